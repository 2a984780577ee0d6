"""A journal and numbers in SQL: SQLite on one machine, PostgreSQL when one is not enough.

Rules. (1) Who appends takes the write lock before counting, so nobody writes between
the count and the rows, and positions grow in the order of commits: a reader that goes
on `since` its last position misses nothing. (2) A unique key of case and number stands
behind that. (3) A SQLite file is written ahead and synced in full: what is kept
survives a power cut. (4) The database tells no time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.event import listen
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from openakimat.errors import Conflict, JournalError, UnknownCase
from openakimat.ports import consecutive
from openakimat.trail.seal import Sealed

PAGE = 500
"""Rows read, or cases written, at a time."""


_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

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
        sqlite_autoincrement=True,
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
    if at.drivername == "postgresql":
        at = at.set(drivername="postgresql+psycopg")
    if at.get_backend_name() != "sqlite":
        return sa.create_engine(at)
    options: dict[str, Any] = {"connect_args": {"timeout": 30, "check_same_thread": False}}
    if at.database in {None, "", ":memory:"}:  # one connection, which is the database
        options |= {"poolclass": sa.QueuePool, "pool_size": 1, "max_overflow": 0}
    elif not create and "uri" not in at.query and not Path(str(at.database)).is_file():
        raise JournalError(f"{at.database}: no such file", code="journal.none")
    made = sa.create_engine(at, **options)
    listen(made, "connect", _durable(ahead=create))
    return made


def _proven(name: str) -> None:
    """Refuse a kind of database on which positions could appear out of order."""
    if name not in _INSERT:
        raise JournalError(
            f"{name}: a journal is proven on {' and '.join(_INSERT)} only",
            code="journal.dialect",
        )


def _durable(*, ahead: bool) -> Callable[[sqlite3.Connection, object], None]:
    """What syncs a SQLite file in full and, if so told, has it written ahead from now on."""

    def make_durable(connection: sqlite3.Connection, _: object) -> None:
        try:
            with suppress(sqlite3.OperationalError):  # read-only, or another process is doing it
                if ahead:
                    connection.execute("PRAGMA journal_mode=WAL")
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
        said = wrong.orig if isinstance(wrong, DBAPIError) else wrong
        where = "journal"
        if not isinstance(bind, str):
            where = bind.engine.url.render_as_string(hide_password=True)
        raise JournalError(f"{where}: {said}", code="journal.database") from wrong


class _Store:
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
        self._records, self._series = tables(self._metadata)
        if isinstance(self.bind, sa.Engine):
            try:
                self._make() if create else self._find()
            except JournalError:
                self.close()
                raise

    def _make(self) -> None:
        """Make the tables, once, where they are not there."""
        with self._connected() as connection:
            known = sa.inspect(connection)
            made = [self._records, self._series]
            if all(known.has_table(table.name, schema=table.schema) for table in made):
                return
            if not getattr(connection.connection.driver_connection, "in_transaction", False):
                connection.exec_driver_sql(_MAKING[connection.dialect.name])
            self._metadata.create_all(connection, tables=made)

    def _find(self) -> None:
        """Refuse a database without the tables; nothing in it is changed."""
        with self._connected() as connection:
            known = sa.inspect(connection)
            for table in (self._records, self._series):
                if not known.has_table(table.name, schema=table.schema):
                    where = connection.engine.url.render_as_string(hide_password=True)
                    raise JournalError(
                        f"{where}: no journal, it has no table {table.name}", code="journal.none"
                    )

    def close(self) -> None:
        """Let go of the connections; those of a host's transaction stay."""
        if isinstance(self.bind, sa.Engine):
            self.bind.dispose()

    @contextmanager
    def _connected(self) -> Iterator[sa.Connection]:
        with _translate_db_errors(self.bind):
            if isinstance(self.bind, sa.Connection):
                yield self.bind
            else:
                with self.bind.begin() as connection:
                    yield connection


class Journal(_Store):
    """Sealed records in SQL, for any number of threads and processes.

    >>> from openakimat.trail.seal import Sealed
    >>> journal = Journal("sqlite://")
    >>> journal.append("a", [Sealed("a", 1, b"{}", bytes(32))], expected=0)
    >>> list(journal.cases()), journal.read("a")[0].body
    (['a'], b'{}')
    >>> journal.close()
    """

    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int) -> None:
        """Keep records of a case, all or none, if it has `expected` records now.

        Raises:
            Conflict: It has another number of them: somebody wrote first.
            JournalError: The rows do not follow, or the database fails.
        """
        consecutive(case, rows, expected=expected)
        with self._writing() as connection:
            found = self._counted(connection, [case]).get(case, 0)
            if found != expected:
                raise Conflict(case, expected=expected, found=found)
            self._insert(connection, rows)

    def keep(self, cases: Iterable[tuple[str, Sequence[Sealed]]], /) -> None:
        """Keep new cases, all or none, in one transaction: for loading many.

        Raises:
            Conflict: A case is there already; the first such is named.
            JournalError: The rows do not follow, or the database fails.
        """
        told = iter(cases)
        with self._writing() as connection:
            while page := list(islice(told, PAGE)):
                known = self._counted(connection, [case for case, _ in page])
                for case, rows in page:
                    consecutive(case, rows, expected=0)
                    if case in known:
                        raise Conflict(case, expected=0, found=known[case])
                    known[case] = len(rows)
                self._insert(connection, [row for _, rows in page for row in rows])

    def read(self, case: str, /) -> Sequence[Sealed]:
        """All records of a case, in order.

        Raises:
            UnknownCase: There are none.
            JournalError: The database fails.
        """
        at = self._records.c
        wanted = sa.select(at.no, at.body, at.seal).where(at.case_id == case).order_by(at.no)
        if not _storable(case):
            raise UnknownCase(case)
        with self._connected() as connection:
            rows = [Sealed(case, no, body, seal) for no, body, seal in connection.execute(wanted)]
        if not rows:
            raise UnknownCase(case)
        return rows

    def since(self, position: int = 0, /) -> Iterator[tuple[int, Sealed]]:
        """Every record kept after a position, with its own, in the order kept; page by page."""
        at = self._records.c
        wanted = sa.select(at.position, at.case_id, at.no, at.body, at.seal)
        return ((place, Sealed(*row)) for place, *row in self._paged(wanted, position))

    def cases(self) -> Iterator[str]:
        """The ids of all cases, in the order they were opened; page by page."""
        at = self._records.c
        wanted = sa.select(at.position, at.case_id).where(at.no == 1)
        return (case for _, case in self._paged(wanted, 0))

    def _paged(self, wanted: Any, position: int) -> Iterator[Any]:
        """Rows after a position, each page in a transaction of its own."""
        place = self._records.c.position
        wanted = wanted.order_by(place).limit(PAGE)
        while True:
            with self._connected() as connection:
                page = connection.execute(wanted.where(place > position)).all()
            if not page:
                return
            yield from page
            position = page[-1].position

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A transaction that holds the write lock from its start."""
        with self._connected() as connection:
            if (
                connection.dialect.name == "sqlite"
            ):  # a write that changes nothing locks all the same
                connection.execute(sa.delete(self._records).where(sa.false()))
            else:
                name = connection.dialect.identifier_preparer.format_table(self._records)
                connection.exec_driver_sql(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE")
            yield connection

    def _counted(self, connection: sa.Connection, cases: Sequence[str]) -> dict[str, int]:
        at = self._records.c.case_id
        if bad := [case for case in cases if not _storable(case)]:
            raise JournalError(f"{bad[0]!r} cannot be the id of a case", code="journal.bad-id")
        wanted = sa.select(at, sa.func.count()).where(at.in_(cases)).group_by(at)
        return {case: int(found) for case, found in connection.execute(wanted)}

    def _insert(self, connection: sa.Connection, rows: Sequence[Sealed]) -> None:
        if rows:
            connection.execute(
                sa.insert(self._records),
                [
                    {"case_id": row.case, "no": row.no, "body": row.body, "seal": row.seal}
                    for row in rows
                ],
            )


def _storable(case: str) -> bool:
    """Whether every database can keep a text: no NUL, no half of a surrogate pair."""
    return "\0" not in case and case == case.encode(errors="replace").decode()


class Numbers(_Store):
    """Serial numbers in SQL, for any number of threads and processes.

    >>> numbers = Numbers("sqlite://")
    >>> numbers.next("R-2026"), numbers.next("R-2026"), numbers.next("R-2027")
    (1, 2, 1)
    >>> numbers.close()
    """

    def next(self, series: str, /) -> int:
        """The next number of a series, from 1.

        Raises:
            JournalError: The database fails.
        """
        last = self._series.c.last
        first = _INSERT[self.bind.dialect.name](self._series).values(series=series, last=1)
        given = first.on_conflict_do_update(
            index_elements=[self._series.c.series], set_={"last": last + 1}
        ).returning(last)
        with self._connected() as connection:
            return int(connection.execute(given).scalar_one())
