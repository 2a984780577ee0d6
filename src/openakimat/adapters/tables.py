"""The tables of a store, as a host's migrations see them: SQLite or PostgreSQL."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement

# SQLite numbers rows by itself only in a column that is declared INTEGER.
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class _ThisTransaction(FunctionElement[int]):
    """The number of the transaction that a row is written in, which never comes again."""

    inherit_cache = True


@compiles(_ThisTransaction, "postgresql")
def _this_transaction(*_: object, **__: object) -> str:
    return "CAST(CAST(pg_current_xact_id() AS text) AS bigint)"


@compiles(_ThisTransaction)
def _no_transaction(*_: object, **__: object) -> str:
    return "0"


THIS_TRANSACTION = _ThisTransaction()


class _UtcText(sa.types.TypeDecorator[datetime]):
    """An instant where a database has no such type: text in UTC, which sorts as instants do."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 - its name
        return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002 - its name
        return datetime.fromisoformat(value) if value else None


INSTANT = sa.DateTime(timezone=True).with_variant(_UtcText(), "sqlite")

# Lists of a desk are put together in the order of Python and SQLite, whatever the locale is that a
# database was made with.
_BY_BYTES = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


class Tables(NamedTuple):
    """The tables of a store."""

    records: sa.Table
    series: sa.Table
    forms: sa.Table
    cards: sa.Table
    events: sa.Table
    keys: sa.Table
    serial: sa.Sequence


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


@lru_cache(maxsize=32)
def tables(metadata: sa.MetaData, /) -> Tables:
    """The tables of a store in a `MetaData`.

    >>> [table.name for table in tables(sa.MetaData())[:3]]
    ['akimat_record', 'akimat_series', 'akimat_form']
    """
    series = sa.Table(
        "akimat_series",
        metadata,
        sa.Column("series", sa.Text, primary_key=True),
        sa.Column("last", sa.BigInteger, nullable=False),
        keep_existing=True,
    )
    # A metadata that knows the tables knows it too.
    serial = sa.Sequence("akimat_serial", schema=metadata.schema, metadata=metadata)
    serial = series.info.setdefault("serial", serial)
    makers = _records, _forms, _cards, _events, _keys
    records, forms, cards, events, keys = (make(metadata) for make in makers)
    return Tables(records, series, forms, cards, events, keys, serial)


def _records(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "akimat_record",
        metadata,
        sa.Column("position", _SERIAL, primary_key=True, autoincrement=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("no", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("seal", sa.LargeBinary(32), nullable=False),
        # The first edition had none of these, and tables that were altered have them behind.
        sa.Column("private", sa.LargeBinary),
        sa.Column("office", sa.Text),
        # What a reader goes on by: of two writers the one that took the earlier position may
        # commit later, and by position alone its record would be missed.
        sa.Column("tx", _SERIAL, server_default=THIS_TRANSACTION),
        sa.UniqueConstraint("case_id", "no", name="akimat_record_once"),
        sa.CheckConstraint("position > 0", name="akimat_record_position"),
        sa.CheckConstraint("no > 0", name="akimat_record_no"),
        # All that `cases` asks for, in its order: or the bodies of all records would be read for it.
        # SQLite asks for `no` even where the index holds no other.
        sa.Index("akimat_record_opened", "position", "office", "case_id", "no", **_where("no = 1")),
        sa.Index("akimat_record_since", "tx", "position"),
        # Or SQLite could give the position of a row that was deleted to the next one, and a reader
        # that has gone past it would miss that.
        sqlite_autoincrement=True,
        # A host's metadata may know them already: a second store on it is no mistake.
        keep_existing=True,
    )


def _forms(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "akimat_form",
        metadata,
        sa.Column("position", _SERIAL, primary_key=True, autoincrement=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("name", name="akimat_form_once"),
        sqlite_autoincrement=True,
        keep_existing=True,
    )


def _cards(metadata: sa.MetaData) -> sa.Table:
    instants = (
        "received_at", "registered_at", "answered_at", "changed_at", "due_at", "standard_at", "wake_at",
    )  # fmt: skip
    return sa.Table(
        "akimat_card",
        metadata,
        sa.Column("case", _BY_BYTES, primary_key=True),
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("counted_by", _BY_BYTES, nullable=False, server_default=""),
        sa.Column("number", _BY_BYTES, nullable=False, server_default=""),
        *map(_text, ("procedure", "stage", "channel")),
        *map(_text, ("topic", "applicant", "assignee", "terms", "broken", "why")),
        *(sa.Column(name, INSTANT) for name in instants),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("entered_late", sa.Boolean, nullable=False),
        sa.Index("akimat_card_wake", "office", "wake_at", "case", **_where("wake_at IS NOT NULL")),
        sa.Index("akimat_card_due", "office", "is_open", "due_at", "case"),
        sa.Index("akimat_card_changed", "office", "changed_at", "case"),
        sa.Index("akimat_card_counted", "office", "counted_by"),
        sa.Index("akimat_card_broken", "office", "case", **_where("broken <> ''")),
        sa.Index("akimat_card_number", "office", "number", **_where("number <> ''")),
        sa.Index("akimat_card_applicant", "office", "applicant", **_where("applicant <> ''")),
        keep_existing=True,
    )


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _events(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "akimat_event",
        metadata,
        sa.Column("position", _SERIAL, primary_key=True, autoincrement=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("error", sa.Text, nullable=False, server_default=""),
        sa.Column("told", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Index("akimat_event_untold", "case", "position", **_where("NOT told")),
        sqlite_autoincrement=True,
        keep_existing=True,
    )


def _keys(metadata: sa.MetaData) -> sa.Table:
    return sa.Table(
        "akimat_key",
        metadata,
        sa.Column("office", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("case", sa.Text, nullable=False),
        sa.Column("no", sa.Integer, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        keep_existing=True,
    )
