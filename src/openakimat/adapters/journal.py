"""A journal and numbers in SQL.

Rules. (1) The unique key of case and number decides who was first, and nobody who writes to
another case waits: what is there already is passed over and counted, so that a conflict leaves a
transaction usable. (2) PostgreSQL lets a transaction commit after one that began later: a reader
goes on by transaction and position, below the oldest that is still open, and misses nothing. SQLite
has one writer at a time, and positions that grow with commits. (3) A SQLite file is written ahead
and synced in full: what is kept survives a power cut. (4) The database tells no time. (5) Forms
are kept in the transaction of the records that name them. (6) Tables of an edition before are read
as they are, and written only after they were brought forward.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice, starmap
from typing import Any

import sqlalchemy as sa

from openakimat.adapters.database import INSERT, Bind, Database, number_of
from openakimat.adapters.keeping import counting, keep, locking, reading
from openakimat.errors import Conflict, JournalError, UnknownCase
from openakimat.ports import NO_FORMS, Change, Forms, consecutive, storable
from openakimat.trail.seal import Sealed

PAGE = 500
"""Rows read, or cases written, at a time."""

_BITS = 63
"""Of a position told by PostgreSQL: below the place of the row, above it that of its transaction."""

_OLDEST = number_of(sa.func.pg_snapshot_xmin(sa.func.pg_current_snapshot()))
"""The oldest transaction that is open: all before it are over."""


class Journal(Database):
    """Sealed records in SQL, for any number of threads and processes.

    >>> from openakimat.trail.seal import Sealed
    >>> journal = Journal("sqlite://")
    >>> journal.append("a", [Sealed("a", 1, b"{}", bytes(32))], expected=0)
    >>> list(journal.cases()), journal.read("a")[0].body
    (['a'], b'{}')
    >>> journal.close()
    """

    def __init__(
        self, bind: Bind, /, *, metadata: sa.MetaData | None = None, create: bool = True
    ) -> None:
        super().__init__(bind, metadata=metadata, create=create)
        self._known_forms: dict[str, bytes] = {}

    def append(
        self, case: str, rows: Sequence[Sealed], /, *, expected: int, forms: Forms = NO_FORMS
    ) -> None:
        """Keep records of a case and the forms they name, if it has `expected` records now.

        Raises:
            Conflict: It has another number of them: somebody wrote first.
            JournalError: The rows do not follow, a form of that name has other bytes, the
                tables are those of the first edition, or the database fails.
        """
        # Before the count: rows that do not follow are no conflict, and loading again mends nothing.
        consecutive(case, rows, expected=expected)
        of = Change(case, rows, expected)
        with self.writing() as connection:
            self.keep_forms(connection, forms)
            if not rows:
                self.refuse_others(connection, case, expected)
            elif (kept := keep(connection, self.tables, of)) != len(rows):
                self.tell_first(connection, rows, {case: kept})
        self.remember_forms(forms)

    def keep(
        self, cases: Iterable[tuple[str, Sequence[Sealed]]], /, *, forms: Forms = NO_FORMS,
        goes_on: Callable[[str, Sequence[Sealed], Sequence[Sealed]], Sequence[Sealed]]
        | None = None,
    ) -> None:  # fmt: skip
        """Keep cases, all or none, in one transaction: for loading many.

        Args:
            cases: Each by its id, with its records; drawn a page at a time.
            forms: What they name; looked at when all cases are drawn, so that it may grow by then.
            goes_on: Of a case that is there already, what more is to be kept: it is given the id,
                the records that are there, and those that came. Without it every case is new.

        Raises:
            Conflict: A case is there already; the first such is named.
            JournalError: As `append` raises it.
        """
        remaining = iter(cases)
        with self.writing() as connection:
            # A page at a time: a register of any length goes through, and one query counts many.
            while page := list(islice(remaining, PAGE)):
                known = self.counted(connection, [case for case, _ in page])
                there = self._rows_of(connection, known) if goes_on else {}
                new: list[Sealed] = []
                for case, rows in page:
                    consecutive(case, rows, expected=0)
                    more, n_kept = rows, known.get(case, 0)
                    if goes_on is not None and (kept := there.pop(case, None)):
                        consecutive(case, more := goes_on(case, kept, rows), expected=n_kept)
                    elif n_kept:
                        raise Conflict(case, expected=0, found=n_kept)
                    # Told twice in one page, it is not in the database yet.
                    known[case] = n_kept + len(more)
                    new += more
                self.insert(connection, new)
            self.keep_forms(connection, forms)
        self.remember_forms(forms)

    def read(self, case: str, /) -> Sequence[Sealed]:
        """All records of a case, in order.

        Raises `UnknownCase` if there are none; `JournalError` if the database fails.
        """
        # PostgreSQL would fail on such a text; that there is no such case is the true answer.
        if not storable(case):
            raise UnknownCase(case)
        with self.connected() as connection:
            read = reading(self.tables, connection.dialect, self.columns(connection))
            rows = [*starmap(Sealed, read.ask(connection, {"case": case}))]
        if not rows:
            raise UnknownCase(case)
        return rows

    def since(self, position: int | None = None, /) -> Iterator[tuple[int, Sealed]]:
        """Every record kept after a position, with its own, in the order kept; page by page.

        On PostgreSQL as far as every transaction is over that began before: see `n_waiting`.
        Raises `JournalError` if a dump of another server was restored; see `upgrade_tables`.
        """
        while True:
            with self.connected() as connection:
                page = self._page_since(connection, position)
            yield from page
            if len(page) < PAGE:
                return
            position = page[-1][0]

    def n_waiting(self) -> int:
        """How many records are kept that `since` does not tell yet: an older transaction is open."""
        with self.connected() as connection:
            if not self._by_transaction(connection):
                return 0
            later = sa.select(sa.func.count()).where(self.records.c.tx >= _OLDEST)
            return int(connection.execute(later).scalar_one())

    def _page_since(
        self, connection: sa.Connection, position: int | None
    ) -> list[tuple[int, Sealed]]:
        at = self.records.c
        rest = sa.select(*self._columns(connection), at.position).limit(PAGE)
        # The first page has no bound: a row that was put below all others is told too.
        if not self._by_transaction(connection):
            rest = rest.order_by(at.position)
            if position is not None:
                rest = rest.where(at.position > position)
            rows = connection.execute(rest).all()
            return [(place, Sealed(*row)) for *row, place in rows]
        rest = rest.add_columns(at.tx).where(at.tx < _OLDEST).order_by(at.tx, at.position)
        if position is not None:
            last = sa.tuple_(sa.literal(position >> _BITS), sa.literal(position & (2**_BITS - 1)))
            rest = rest.where(sa.tuple_(at.tx, at.position) > last)
        rows = connection.execute(rest).all()
        if len(rows) < PAGE and self.is_restored(connection, (position or 0) >> _BITS):
            why = "the dump of another server was restored: bring it over by `sql.upgrade_tables`"
            why += ", and read it from the beginning"
            raise JournalError(f"{self._where}: {why}", code="journal.restored")
        return [((of << _BITS) + place, Sealed(*row)) for *row, place, of in rows]

    def _by_transaction(self, connection: sa.Connection) -> bool:
        """Whether records are told in the order of transactions."""
        named = connection.dialect.name == "postgresql"
        return named and "tx" in self.columns(connection)

    def cases(self, office: str | None = None, /) -> Iterator[str]:
        """The ids of cases, of all or of an office, in the order they were opened; page by page."""
        at = self.records.c

        def wanted(connection: sa.Connection) -> Any:
            # A number that is bound is none by which a database finds the index of first records.
            opened = sa.select(at.case_id).where(at.no == sa.literal_column("1"))
            if office is None or self.is_of_first_edition(connection):
                return opened
            return opened.where(at.office.is_(None) | (at.office == office))

        return (case for case, _ in self._paged(wanted, None))

    def form(self, name: str, /) -> bytes | None:
        """The form of that name, or None where none is kept."""
        if not storable(name):
            return None
        with self.connected() as connection:
            if self.is_of_first_edition(connection):
                return None
            at = self.form_table.c
            body: bytes | None = connection.scalar(sa.select(at.body).where(at.name == name))
            return body

    def forms(self) -> Iterator[str]:
        """The names of all forms, in the order kept."""
        at = self.form_table.c
        with self.connected() as connection:
            if self.is_of_first_edition(connection):
                return iter(())
            return iter(connection.scalars(sa.select(at.name).order_by(at.position)).all())

    def salt(self, n: int, /) -> bytes:
        """Fresh bytes of the operating system."""
        return secrets.token_bytes(n)

    def _columns(self, connection: sa.Connection) -> list[Any]:
        """What a row is read from; what an edition before did not keep is read as nothing."""
        at, columns = self.records.c, self.columns(connection)
        added = [
            sa.func.coalesce(at[name], otherwise) if name in columns else otherwise
            for name, otherwise in (("private", sa.literal(b"")), ("office", sa.literal("")))
        ]
        return [at.case_id, at.no, at.body, at.seal, *added]

    def _paged(self, wanted: Callable[[sa.Connection], Any], position: int | None) -> Iterator[Any]:
        """Rows after a position, each page in a transaction of its own."""
        # By position and not by offset, and no transaction longer than a page: whoever reads a
        # journal to its end keeps nobody from writing meanwhile.
        place = self.records.c.position
        while True:
            with self.connected() as connection:
                rest = wanted(connection).add_columns(place).order_by(place).limit(PAGE)
                # The first page has no bound: a row that was put below all others is told too.
                if position is not None:
                    rest = rest.where(place > position)
                page = connection.execute(rest).all()
            if not page:
                return
            yield from page
            position = page[-1].position

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes: on SQLite with the write lock from its start."""
        with self.connected() as connection:
            self.lock(connection)
            if isinstance(self.bind, sa.Engine):
                yield connection
            else:  # what goes wrong is undone, and the host goes on
                with connection.begin_nested():
                    yield connection

    def lock(self, connection: sa.Connection) -> None:
        """Take the write lock, where there is one for all, and refuse tables of an edition before."""
        if connection.dialect.name == "sqlite":
            # Had it begun with a read, SQLite could refuse to let it write after another.
            locking(self.tables, connection.dialect).write(connection, {})
        self.refuse_first_edition(connection)

    def refuse_others(self, connection: sa.Connection, case: str, expected: int) -> None:
        """Refuse to go on with a case that has another number of records."""
        if (n_kept := self.counted(connection, [case]).get(case, 0)) != expected:
            raise Conflict(case, expected=expected, found=n_kept)

    def counted(self, connection: sa.Connection, cases: Sequence[str]) -> dict[str, int]:
        """How many records cases have, of those that have any."""
        at = self.records.c.case_id
        if bad := [case for case in cases if not storable(case)]:
            raise JournalError(f"{bad[0]!r} cannot be the id of a case", code="journal.bad-id")
        wanted = sa.select(at, sa.func.count()).where(at.in_(cases)).group_by(at)
        return {case: int(n_kept) for case, n_kept in connection.execute(wanted)}

    def _rows_of(self, connection: sa.Connection, cases: Iterable[str]) -> dict[str, list[Sealed]]:
        at = self.records.c
        wanted = sa.select(*self._columns(connection)).where(at.case_id.in_([*cases]))
        found: dict[str, list[Sealed]] = {}
        for row in connection.execute(wanted.order_by(at.case_id, at.no)):
            found.setdefault(row.case_id, []).append(Sealed(*row))
        return found

    def insert(self, connection: sa.Connection, rows: Sequence[Sealed]) -> None:
        """Keep rows; the first that another has kept meanwhile is a conflict."""
        if not rows:
            return
        once = INSERT[connection.dialect.name](self.records).on_conflict_do_nothing()
        # Told how many were kept, and not that one could not be: of that a transaction would die.
        returned = once.returning(self.records.c.case_id)
        kept = Counter(connection.scalars(returned, list(map(_values, rows))))
        if kept.total() != len(rows):
            self.tell_first(connection, rows, kept)

    def tell_first(
        self, connection: sa.Connection, rows: Sequence[Sealed], kept: Mapping[str, int]
    ) -> None:
        """Refuse rows of which another has kept some first; how many of each case were is known."""
        expected = {row.case: row.no - 1 for row in reversed(rows)}
        counted = self.counted(connection, [*expected])
        found = {case: n - kept.get(case, 0) for case, n in counted.items()}
        case = next(case for case in expected if found.get(case, 0) != expected[case])
        raise Conflict(case, expected=expected[case], found=found.get(case, 0))

    def keep_forms(self, connection: sa.Connection, forms: Forms) -> None:
        """Keep the forms that are not kept yet."""
        new = self.unknown_forms(forms)
        if self._without_kept(connection, new):
            once = INSERT[connection.dialect.name](self.form_table).on_conflict_do_nothing()
            connection.execute(once, [{"name": name, "body": body} for name, body in new.items()])
            # Whoever kept it meanwhile is waited for above, and may have kept other bytes.
            self._without_kept(connection, new)

    def _without_kept(self, connection: sa.Connection, forms: dict[str, bytes]) -> dict[str, bytes]:
        if forms:
            at = self.form_table.c
            there = sa.select(at.name, at.body).where(at.name.in_(list(forms)))
            for name, body in connection.execute(there):
                if forms.pop(name) != body:
                    raise JournalError(f"form {name} has other bytes", code="journal.form")
        return forms

    def unknown_forms(self, forms: Forms) -> dict[str, bytes]:
        """The forms that are not known to be committed: nearly every act names one that is."""
        known = self._known_forms
        return {name: body for name, body in forms.items() if known.get(name) != body}

    def remember_forms(self, forms: Forms) -> None:
        """Remember that forms are committed, if they are."""
        # Of the host's transaction, and of one that is open, that is not known.
        if not self.of_host and self.joined() is None:
            self._known_forms.update(forms)


def _values(row: Sealed) -> dict[str, Any]:
    return {
        "case_id": row.case,
        "no": row.no,
        "body": row.body,
        "seal": row.seal,
        "private": row.private or None,
        "office": row.office or None,
    }


class Numbers(Database):
    """Serial numbers in SQL, for any number of threads and processes.

    >>> numbers = Numbers("sqlite://")
    >>> numbers.next("R-2026"), numbers.next("R-2026"), numbers.next("R-2027")
    (1, 2, 1)
    >>> numbers.close()
    """

    def next(self, series: str, /) -> int:
        """The next number of a series, from 1."""
        return self._add(series, 1)

    def hold(self, series: str, /, past: int = 0) -> int:
        """The last number of a series, which nobody else takes one of before the open transaction ends."""
        last = self._add(series, 0)
        return last if last >= past else self._add(series, past - last)

    def _add(self, series: str, n: int) -> int:
        with self.connected() as connection:
            # There a series bears no office, and would be counted from 1 anew once it does.
            self.refuse_first_edition(connection)
            adding = counting(self.tables, connection.dialect)
            return int(adding.ask(connection, {"series": series, "n": n})[0][0])
