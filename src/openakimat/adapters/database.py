"""The tables of a journal in a database, and how one is opened: SQLite or PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.event import listen
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from openakimat.errors import JournalError

# SQLite numbers rows by itself only in a column that is declared INTEGER.
_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""The insert of each kind of database that a journal is proven on."""

# Two processes that start at once must not both find the tables missing. There is no table to lock
# yet: SQLite locks the file, and PostgreSQL a number that is nobody else's.
_MAKING = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(6171696)"}

Bind = str | sa.Engine | sa.Connection


def tables(metadata: sa.MetaData, /) -> tuple[sa.Table, sa.Table]:
    """The tables of records and of series in a `MetaData`, as a host's migrations see them.

    >>> [table.name for table in tables(sa.MetaData())]
    ['akimat_record', 'akimat_series']
    """
    records = sa.Table(
        "akimat_record",
        metadata,
        sa.Column("position", _SERIAL, primary_key=True, autoincrement=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("no", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("seal", sa.LargeBinary(32), nullable=False),
        sa.UniqueConstraint("case_id", "no", name="akimat_record_once"),
        # Or SQLite could give the position of a row that was deleted to the next one, and a reader
        # that has gone past it would miss that.
        sqlite_autoincrement=True,
        # A host's metadata may know them already: a second store on it is no mistake.
        keep_existing=True,
    )
    series = sa.Table(
        "akimat_series",
        metadata,
        sa.Column("series", sa.Text, primary_key=True),
        sa.Column("last", sa.BigInteger, nullable=False),
        keep_existing=True,
    )
    return records, series


def engine(url: str, /, *, create: bool = True) -> sa.Engine:
    """An engine for a journal: SQLite waits for its other writers and syncs in full.

    Args:
        url: The address of a database.
        create: Whether a SQLite file may be made, and set to be written ahead.

    Raises:
        JournalError: It is no address of a database that we know, or there is no such file.
    """
    with _translate_db_errors(url):
        try:
            return _engine(sa.make_url(url), create=create)
        except (ImportError, ValueError) as wrong:
            raise JournalError(f"journal: {wrong}", code="journal.database") from wrong


def _engine(at: sa.URL, *, create: bool) -> sa.Engine:
    _proven(at.get_backend_name())
    # SQLAlchemy would take psycopg2 where no driver is named; the extra brings psycopg 3.
    if at.drivername == "postgresql":
        at = at.set(drivername="postgresql+psycopg")
    if at.get_backend_name() != "sqlite":
        return sa.create_engine(at)
    # Writers wait for each other half a minute instead of failing at once; a pool hands connections
    # from thread to thread, one at a time.
    options: dict[str, Any] = {"connect_args": {"timeout": 30, "check_same_thread": False}}
    if at.database in {None, "", ":memory:"}:  # one connection, which is the database
        options |= {"poolclass": sa.QueuePool, "pool_size": 1, "max_overflow": 0}
    # To connect would make an empty file. An address with `uri` is SQLite's own to read.
    elif not create and "uri" not in at.query and not Path(str(at.database)).is_file():
        raise JournalError(f"{at.database}: no such file", code="journal.none")
    sqlite_engine = sa.create_engine(at, **options)
    listen(sqlite_engine, "connect", _durable(ahead=create))
    return sqlite_engine


def _proven(name: str) -> None:
    """Refuse a kind of database on which positions could appear out of order."""
    if name not in INSERT:
        raise JournalError(
            f"{name}: a journal is proven on {' and '.join(INSERT)} only",
            code="journal.dialect",
        )


def _durable(*, ahead: bool) -> Callable[[sqlite3.Connection, object], None]:
    """What syncs a SQLite file in full and, if so told, has it written ahead from now on."""

    def make_durable(connection: sqlite3.Connection, _: object) -> None:
        try:
            with suppress(sqlite3.OperationalError):  # read-only, or another process is doing it
                # Readers and the one writer do not wait for each other. It is a property of the
                # file, and who only reads changes no file.
                if ahead:
                    connection.execute("PRAGMA journal_mode=WAL")
            # Written ahead, NORMAL would lose the last commits in a power cut: and what an office
            # has told a person is kept by then.
            connection.execute("PRAGMA synchronous=FULL")
        except sqlite3.Error:
            connection.close()
            raise

    return make_durable


@contextmanager
def _translate_db_errors(bind: Bind) -> Iterator[None]:
    """Whatever the database says goes to the host as a `JournalError`, without its password."""
    try:
        yield
    except (SQLAlchemyError, UnicodeError, OverflowError) as wrong:
        reason = wrong.orig if isinstance(wrong, DBAPIError) else wrong
        # An address not read yet is not shown at all: where its password stands is not known.
        where = "journal"
        if not isinstance(bind, str):
            where = bind.engine.url.render_as_string(hide_password=True)
        raise JournalError(f"{where}: {reason}", code="journal.database") from wrong


class Store:
    """The tables in a database.

    Args:
        bind: Its address, an engine, or the host's own open connection: then everything
            is part of the host's transaction, the tables must be there, and a failure is
            the host's to roll back. A SQLite engine of the host's should be as `engine` has it.
        metadata: Where the tables are defined; its schema is theirs.
        create: Whether to make the tables where they are not there, and a SQLite file for
            them; who only reads says no, and is refused a database without a journal.

    Raises:
        JournalError: It is no such database, it cannot be opened, or holds no journal and
            none may be made.
    """

    def __init__(
        self, bind: Bind, /, *, metadata: sa.MetaData | None = None, create: bool = True
    ) -> None:
        self.bind = engine(bind, create=create) if isinstance(bind, str) else bind
        _proven(self.bind.dialect.name)
        self._metadata = metadata or sa.MetaData()
        self.records, self.series = tables(self._metadata)
        # In the transaction of a host nothing is made: its migrations have seen to the tables.
        if isinstance(self.bind, sa.Engine):
            try:
                self._make() if create else self._find()
            except JournalError:
                self.close()
                raise

    def _make(self) -> None:
        """Make the tables, once, where they are not there."""
        with self.connected() as connection:
            if self._missing(connection):
                # An engine of the host's may have begun by now; SQLite knows no BEGIN within another.
                if not getattr(connection.connection.driver_connection, "in_transaction", False):
                    connection.exec_driver_sql(_MAKING[connection.dialect.name])
                self._metadata.create_all(connection, tables=[self.records, self.series])

    def _find(self) -> None:
        """Refuse a database without the tables; nothing in it is changed."""
        with self.connected() as connection:
            if missing := self._missing(connection):
                where = connection.engine.url.render_as_string(hide_password=True)
                why = f"{where}: no journal, it has no table {missing[0]}"
                raise JournalError(why, code="journal.none")

    def _missing(self, connection: sa.Connection) -> list[str]:
        known, tables = sa.inspect(connection), (self.records, self.series)
        return [t.name for t in tables if not known.has_table(t.name, schema=t.schema)]

    def close(self) -> None:
        """Let go of the connections; those of a host's transaction stay."""
        if isinstance(self.bind, sa.Engine):
            self.bind.dispose()

    @contextmanager
    def connected(self) -> Iterator[sa.Connection]:
        """A transaction: one of our own, or that of the host, which ends it."""
        with _translate_db_errors(self.bind):
            if isinstance(self.bind, sa.Connection):
                yield self.bind
            else:
                with self.bind.begin() as connection:
                    yield connection
