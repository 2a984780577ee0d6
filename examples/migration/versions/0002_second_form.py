"""The second form: what is private, whose a case is, the forms; and series named by their office."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

OFFICE = "yesil"
"""Whose numbers the journal holds."""

SERIES = sa.table("akimat_series", sa.column("series", sa.Text))
KEPT = sa.text(
    "SELECT EXISTS (SELECT 1 FROM akimat_record WHERE private IS NOT NULL OR office IS NOT NULL)"
    " OR EXISTS (SELECT 1 FROM akimat_form)"
)


def upgrade() -> None:
    """Add what is new, and touch no record."""
    op.add_column("akimat_record", sa.Column("private", sa.LargeBinary))
    op.add_column("akimat_record", sa.Column("office", sa.Text))
    op.create_index(
        "akimat_record_opened",
        "akimat_record",
        ["position", "office", "case_id", "no"],
        sqlite_where=sa.text("no = 1"),
        postgresql_where=sa.text("no = 1"),
    )
    op.create_table(
        "akimat_form",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("name", name="akimat_form_once"),
        sqlite_autoincrement=True,
    )
    # `appeal-2026` becomes `yesil/appeal-2026`, and goes on where it stood
    op.execute(SERIES.update().values(series=f"{OFFICE}/" + SERIES.c.series))


def downgrade() -> None:
    """Take it away again, as long as nothing stands in it."""
    if op.get_bind().scalar(KEPT):
        raise RuntimeError("records of the second form are kept already: there is no way back")
    op.drop_index("akimat_record_opened", "akimat_record")
    op.drop_table("akimat_form")
    op.drop_column("akimat_record", "office")
    op.drop_column("akimat_record", "private")
    name = sa.func.substr(SERIES.c.series, len(f"{OFFICE}/") + 1)
    named = SERIES.c.series.startswith(f"{OFFICE}/", autoescape=True)
    op.execute(SERIES.update().where(named).values(series=name))
