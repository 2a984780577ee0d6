"""A store: cards, events, keys; and the transaction of each record, by which readers go on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from openakimat.adapters import sql

revision = "0003"
down_revision = "0002"

OF_A_STORE = ("akimat_card", "akimat_event", "akimat_key")


def upgrade() -> None:
    """Add what is new, and touch nothing that is sealed."""
    bind, metadata = op.get_bind(), sa.MetaData()
    known = sql.tables(metadata)
    op.add_column("akimat_record", sa.Column("tx", known.records.c.tx.type))
    if bind.dialect.name == "postgresql":
        # Apart from the column, so that what is kept already is of no transaction.
        op.execute("UPDATE akimat_record SET tx = 0")
        op.alter_column("akimat_record", "tx", server_default=known.records.c.tx.server_default)
        op.execute("CREATE SEQUENCE akimat_serial")
        most = "SELECT coalesce(max(last), 0) + 1 FROM akimat_series"
        op.execute(f"SELECT setval('akimat_serial', ({most}), false)")
    op.create_index("akimat_record_since", "akimat_record", ["tx", "position"])
    metadata.create_all(bind, tables=[metadata.tables[name] for name in OF_A_STORE])


def downgrade() -> None:
    """Take it away again: cards are made anew, and what was told stays told."""
    for name in OF_A_STORE:
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP SEQUENCE akimat_serial")
    op.drop_index("akimat_record_since", "akimat_record")
    op.drop_column("akimat_record", "tx")
