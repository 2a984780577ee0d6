"""A database that holds a store, and how it is opened: SQLite or PostgreSQL.

Rules. (1) Whatever the database says goes to the host as an error of ours, and none of what it
holds. (2) What another did first is a `Conflict`. (3) While a transaction of a store is open,
whatever its thread asks of the database is asked in it.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.event import listen
from sqlalchemy.exc import NoSuchTableError, SQLAlchemyError, StatementError

from openakimat.adapters.tables import tables
from openakimat.errors import Again, JournalError, TryAgain

INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""The insert of each kind of database that a journal is proven on."""

# Two processes that start at once must not both find the tables missing. There is no table to lock
# yet: SQLite locks the file, and PostgreSQL a number that is nobody else's.
_MAKING = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(6171696)"}

Bind = str | sa.Engine | sa.Connection


def engine(url: str, /, *, create: bool = True) -> sa.Engine:
    """An engine for a journal: SQLite waits for its other writers and syncs in full.

    A SQLite file is made, and set to be written ahead, only if it is to `create` one.
    Raises `JournalError` if it is no address of a database that we know, or there is no such file.
    """
    at = _read_address(url)
    with _translate_db_errors(at, again="act"):
        try:
            return _engine(at, create=create)
        except (ImportError, ValueError) as wrong:
            raise JournalError(f"journal: {wrong}", code="journal.database") from wrong


def _read_address(url: str) -> sa.URL:
    with suppress(SQLAlchemyError, ValueError):
        if "\0" not in url:  # which stands in no name of a file or a host
            return sa.make_url(url)
    # Not shown, nor what is wrong with it: where a password stands in it is not known.
    why = "journal: no address of a database, such as sqlite:///file.db or postgresql://host/db"
    raise JournalError(why, code="journal.database")


def _engine(at: sa.URL, *, create: bool) -> sa.Engine:
    _proven(at.get_backend_name())
    if at.get_backend_name() != "sqlite":
        _refuse_open_password(at)
        # SQLAlchemy would take psycopg2 where no driver is named; the extra brings psycopg 3.
        if at.drivername == "postgresql":
            at = at.set(drivername="postgresql+psycopg")
        return sa.create_engine(at, hide_parameters=True)
    # Writers wait for each other half a minute instead of failing at once, unless the address says
    # how long; a pool hands connections from thread to thread, one at a time.
    waits = {} if "timeout" in at.query else {"timeout": 30}
    options: dict[str, Any] = {"connect_args": {**waits, "check_same_thread": False}}
    if at.database in {None, "", ":memory:"}:  # one connection, which is the database
        pool = sa.AsyncAdaptedQueuePool if at.get_dialect().is_async else sa.QueuePool
        options |= {"poolclass": pool, "pool_size": 1, "max_overflow": 0}
    # To connect would make an empty file. An address with `uri` is SQLite's own to read.
    elif not create and "uri" not in at.query and not _is_file(str(at.database)):
        raise JournalError(f"{at.database}: no such file", code="journal.none")
    sqlite_engine = sa.create_engine(at, hide_parameters=True, **options)
    listen(sqlite_engine, "connect", _durable(ahead=create))
    return sqlite_engine


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except OSError:  # its name is too long for one
        return False


def _refuse_open_password(at: sa.URL) -> None:
    """Refuse an address in which a part of the password is read as the host or the database."""
    # Whatever then fails to be reached is named by its driver, and so is that part.
    if "@" in f"{at.host}{at.database}":
        why = "journal: an @ within a password is written %40"
        raise JournalError(why, code="journal.database")


def _proven(name: str) -> None:
    """Refuse a kind of database on which positions could appear out of order."""
    if name not in INSERT:
        raise JournalError(
            f"{name}: a journal is proven on {' and '.join(INSERT)} only", code="journal.dialect"
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


def _shown(at: sa.URL) -> str:
    """An address without what may be secret: its password, and all that stands in its query."""
    return at.set(query={}).render_as_string(hide_password=True)


@contextmanager
def _translate_db_errors(at: sa.URL, *, again: Again) -> Iterator[None]:
    """Whatever the database says goes to the host as a `JournalError`, and none of what it holds."""
    try:
        yield
    except (SQLAlchemyError, UnicodeError, OverflowError) as wrong:
        reason = (isinstance(wrong, StatementError) and wrong.orig) or wrong
        # PostgreSQL tells in detail which row failed, and a traceback would show it: so the chain
        # of causes ends here, and of several lines only the first is told.
        first = getattr(getattr(reason, "diag", None), "message_primary", None)
        first = first or _field(reason, "M") or f"{reason}".partition("\n")[0]
        if _state_of(reason) in _FIRST:
            raise TryAgain(f"{_shown(at)}: {first}", again=again) from None
        raise JournalError(f"{_shown(at)}: {first}", code="journal.database") from None


_FIRST = frozenset({"40001", "40P01", "55P03", "SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT"})
"""Another transaction was first: it cannot be serialized after that one, or each waits for the other."""


def _state_of(reason: object) -> object:
    """The state that a database fails with, as each driver tells it."""
    # psycopg and asyncpg; sqlite3; or pg8000.
    for name in ("sqlstate", "sqlite_errorname"):
        if (state := getattr(reason, name, None)) is not None:
            return state
    return _field(reason, "C")


def _field(reason: object, name: str) -> object:
    """A field of what PostgreSQL told, as pg8000 has it."""
    told = getattr(reason, "args", ())
    return told[0].get(name) if told and isinstance(told[0], dict) else None


_OWN = sa.MetaData()
"""Where the tables stand for a host that has no metadata of its own."""

_OPEN: ContextVar[Mapping[sa.Engine, sa.Connection]] = ContextVar("open", default={})  # noqa: B039 - never changed
"""The connections on which this thread, or task, has a transaction open, by engine."""


class Database:
    """The tables of a store in a database.

    Raises `JournalError` if it is no such database, it cannot be opened, or holds no journal and none may
    be made.

    Args:
        bind: Its address, an engine, or the host's own open connection: then everything
            is part of the host's transaction, the tables must be there, and a failure is
            the host's to roll back. A SQLite engine of the host's should be as `engine` has it.
        metadata: Where the tables are defined; its schema is theirs.
        create: Whether to make the tables where they are not there, and a SQLite file for
            them; who only reads says no, and is refused a database without a journal.
    """

    def __init__(
        self, bind: Bind, /, *, metadata: sa.MetaData | None = None, create: bool = True
    ) -> None:
        self.bind = engine(bind, create=create) if isinstance(bind, str) else bind
        _proven(self.bind.dialect.name)
        if isinstance(bind, str) and self.bind.dialect.is_async:
            why = f"{sa.make_url(bind).drivername}: a driver that is awaited is for an AsyncDesk"
            raise JournalError(why, code="journal.dialect")
        # Whether what was kept is committed is then not known here.
        options = self.bind.get_execution_options()
        self.of_host = isinstance(self.bind, sa.Connection) or options.get("of_host", False)
        # Of the same tables the same statements are compiled once, however many stores there are.
        self._metadata = _OWN if metadata is None else metadata
        self.tables = tables(self._metadata)
        self.records, self.series, self.form_table = self.tables[:3]
        # In the transaction of a host nothing is made: its migrations have seen to the tables.
        if isinstance(self.bind, sa.Engine):
            try:
                self._make() if create else self._find()
            except JournalError:
                self.close()
                raise

    def _make(self) -> None:
        """Make the tables, once, where they are not there; those of the first edition stay so."""
        with self.connected() as connection:
            if self._missing(connection):
                lock_tables(connection)
                self._metadata.create_all(connection, tables=[*self.tables[:-1]])
                if connection.dialect.supports_sequences:
                    self.tables.serial.create(connection, checkfirst=True)

    def _find(self) -> None:
        """Refuse a database without the tables; nothing in it is changed."""
        with self.connected() as connection:
            if missing := self._missing(connection):
                why = f"{self._where}: no journal, it has no table {missing[0]}"
                raise JournalError(why, code="journal.none")

    def _missing(self, connection: sa.Connection) -> list[str]:
        # Not that of forms, which the first edition had not.
        known, tables = sa.inspect(connection), (self.records, self.series)
        return [t.name for t in tables if not known.has_table(t.name, schema=t.schema)]

    @property
    def _where(self) -> str:
        return _shown(self.bind.engine.url)

    def close(self) -> None:
        """Let go of the connections; those of a host's transaction stay."""
        if isinstance(self.bind, sa.Engine):
            self.bind.dispose()

    @contextmanager
    def connected(self) -> Iterator[sa.Connection]:
        """A transaction: that which is open, one of our own, or that of the host, which ends it."""
        with self.telling():
            if (connection := self.joined()) is not None:
                yield connection
            else:
                with self._engine.begin() as connection:
                    yield connection

    @property
    def _engine(self) -> sa.Engine:
        return self.bind.engine

    def joined(self) -> sa.Connection | None:
        """The connection whose transaction is gone on with: the host's, or that which is open."""
        return self.bind if isinstance(self.bind, sa.Connection) else _OPEN.get().get(self.bind)

    @contextmanager
    def opened(self, connection: sa.Connection) -> Iterator[None]:
        """Whatever is asked of the database meanwhile is asked on a connection."""
        before = _OPEN.set({**_OPEN.get(), self._engine: connection})
        try:
            yield
        finally:
            _OPEN.reset(before)

    def telling(self) -> AbstractContextManager[None]:
        """Tell whatever the database says as an error of ours."""
        again: Again = "transaction" if self.of_host else "act"
        return _translate_db_errors(self.bind.engine.url, again=again)

    def columns(self, connection: sa.Connection) -> frozenset[str]:
        """The columns of the records, by which the edition of the tables is known."""
        # Once brought forward, they stay so, and a connection asks no more. Until then each
        # transaction asks anew: a desk that only reads may be at work meanwhile.
        known = connection.info.setdefault("openakimat", {})
        name = self.records.fullname
        if name not in known:
            columns = frozenset(columns_of(self.records, connection))
            if not columns >= _NEW:
                return columns
            known[name] = columns
        return cast("frozenset[str]", known[name])

    def is_of_first_edition(self, connection: sa.Connection) -> bool:
        """Whether the tables have not been brought to the form of today yet."""
        columns = self.columns(connection)
        # Without any table the next statement tells so.
        return bool(columns) and not columns >= _NEW

    def is_restored(self, connection: sa.Connection, /, read_to: int = 0) -> bool:
        """Whether there are transactions that this server has not come to: of a dump of another one.

        Of records, or that which a reader says it has read to.
        """
        if connection.dialect.name != "postgresql" or "tx" not in self.columns(connection):
            return False
        of = self.records.c.tx
        asked = sa.exists().where(of >= _NEXT, of != _THIS) | (sa.literal(read_to) >= _NEXT)
        return bool(connection.scalar(sa.select(asked)))

    def refuse_first_edition(self, connection: sa.Connection) -> None:
        """Refuse to write to tables that cannot hold what is written."""
        if self.is_of_first_edition(connection):
            raise JournalError(
                f"{self._where}: a journal of the first edition is only read. Bring it forward: "
                "openakimat upgrade JOURNAL --office ID --apply, or by the host's migration",
                code="journal.first-edition",
            )


def number_of(transaction: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """The number of a transaction of PostgreSQL, as a row has it."""
    return sa.cast(sa.cast(transaction, sa.Text), sa.BigInteger)


_NEXT = number_of(sa.func.pg_snapshot_xmax(sa.func.pg_current_snapshot()))
"""No transaction from this one on is over."""

_THIS = sa.func.coalesce(number_of(sa.func.pg_current_xact_id_if_assigned()), 0)
"""The transaction that asks, if it has written."""

_NEW = frozenset({"private", "office", "tx"})
"""The columns that the first edition had not."""


def columns_of(table: sa.Table, connection: sa.Connection) -> set[str]:
    """The names of the columns that a table has in a database; none where it is not there."""
    try:
        columns = sa.inspect(connection).get_columns(table.name, schema=table.schema)
    except NoSuchTableError:
        return set()
    return {column["name"] for column in columns}


def lock_tables(connection: sa.Connection) -> None:
    """Keep out, to the end of the transaction, whoever else would make or alter the tables."""
    # An engine of the host's may have begun by now; SQLite knows no BEGIN within another.
    if not getattr(connection.connection.driver_connection, "in_transaction", False):
        connection.exec_driver_sql(_MAKING[connection.dialect.name])
