"""A journal and numbers in SQL: SQLite on one machine, PostgreSQL when one is not enough.

Rules. (1) Who appends takes the write lock before counting, so nobody writes between
the count and the rows, and positions grow in the order of commits: a reader that asks
`since` its last position misses nothing. (2) A unique key of case and number stands
behind that. (3) SQLite files are written ahead and synced in full: what is kept
survives a power cut. (4) No time is told by the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    delete,
    event,
    false,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from openakimat.errors import Conflict, JournalError, UnknownCase
from openakimat.trail import Sealed

PAGE = 500
"""Rows fetched, or cases written, at a time."""

_SERIAL = BigInteger().with_variant(Integer(), "sqlite")
_UPSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def tables(metadata: MetaData, /) -> tuple[Table, Table]:
    """The tables of records and of series in a `MetaData`, as a host's migrations see them.

    >>> [table.name for table in tables(MetaData())]
    ['akimat_record', 'akimat_series']
    """
    records = Table(
        "akimat_record", metadata,
        Column("position", _SERIAL, primary_key=True, autoincrement=True),
        Column("case_id", Text, nullable=False),
        Column("no", Integer, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("seal", LargeBinary(32), nullable=False),
        UniqueConstraint("case_id", "no", name="akimat_record_once"),
        sqlite_autoincrement=True, keep_existing=True,
    )  # fmt: skip
    series = Table(
        "akimat_series", metadata,
        Column("series", Text, primary_key=True),
        Column("last", BigInteger, nullable=False),
        keep_existing=True,
    )  # fmt: skip
    return records, series


def engine(url: str, /) -> Engine:
    """An engine whose SQLite files keep what they are given, and wait for each other.

    Raises:
        JournalError: It is no address of a SQLite or PostgreSQL database.
    """
    with _told(url):
        at = make_url(url)
        if at.get_backend_name() != "sqlite":
            return create_engine(at)
        given = {"timeout": 30, "check_same_thread": False}
        if at.database in {None, "", ":memory:"}:
            return create_engine(at, connect_args=given, poolclass=QueuePool, pool_size=1, max_overflow=0)
        made = create_engine(at, connect_args=given)
        event.listen(made, "connect", _durable)
        return made
