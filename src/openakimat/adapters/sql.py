"""A journal and numbers in SQL: SQLite on one machine, PostgreSQL when one is not enough.

Rules. (1) Who appends takes the write lock before counting, so nobody writes between
the count and the rows, and positions grow in the order of commits: a reader that goes
on `since` its last position misses nothing. (2) A unique key of case and number stands
behind that. (3) A SQLite file is written ahead and synced in full: what is kept
survives a power cut. (4) The database tells no time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import sqlalchemy as sa

from openakimat.adapters.database import INSERT, Bind, Store, engine, tables
from openakimat.errors import Conflict, JournalError, UnknownCase
from openakimat.ports import consecutive
from openakimat.trail.seal import Sealed

__all__ = ["PAGE", "Bind", "Journal", "Numbers", "engine", "tables"]

PAGE = 500
"""Rows read, or cases written, at a time."""


class Journal(Store):
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
        # Before the count: rows that do not follow are no conflict, and loading again mends nothing.
        consecutive(case, rows, expected=expected)
        with self._writing() as connection:
            n_kept = self._counted(connection, [case]).get(case, 0)
            if n_kept != expected:
                raise Conflict(case, expected=expected, found=n_kept)
            self._insert(connection, rows)

    def keep(self, cases: Iterable[tuple[str, Sequence[Sealed]]], /) -> None:
        """Keep new cases, all or none, in one transaction: for loading many.

        Raises:
            Conflict: A case is there already; the first such is named.
            JournalError: The rows do not follow, or the database fails.
        """
        remaining = iter(cases)
        with self._writing() as connection:
            # A page at a time: a register of any length goes through, and one query counts many.
            while page := list(islice(remaining, PAGE)):
                known = self._counted(connection, [case for case, _ in page])
                for case, rows in page:
                    consecutive(case, rows, expected=0)
                    if case in known:
                        raise Conflict(case, expected=0, found=known[case])
                    # Told twice in one page, it is not in the database yet.
                    known[case] = len(rows)
                self._insert(connection, [row for _, rows in page for row in rows])

    def read(self, case: str, /) -> Sequence[Sealed]:
        """All records of a case, in order.

        Raises:
            UnknownCase: There are none.
            JournalError: The database fails.
        """
        at = self.records.c
        wanted = sa.select(at.no, at.body, at.seal).where(at.case_id == case).order_by(at.no)
        # PostgreSQL would fail on such a text; that there is no such case is the true answer.
        if not _storable(case):
            raise UnknownCase(case)
        with self.connected() as connection:
            rows = [Sealed(case, no, body, seal) for no, body, seal in connection.execute(wanted)]
        if not rows:
            raise UnknownCase(case)
        return rows

    def since(self, position: int = 0, /) -> Iterator[tuple[int, Sealed]]:
        """Every record kept after a position, with its own, in the order kept; page by page."""
        at = self.records.c
        wanted = sa.select(at.position, at.case_id, at.no, at.body, at.seal)
        return ((place, Sealed(*row)) for place, *row in self._paged(wanted, position))

    def cases(self) -> Iterator[str]:
        """The ids of all cases, in the order they were opened; page by page."""
        at = self.records.c
        wanted = sa.select(at.position, at.case_id).where(at.no == 1)
        return (case for _, case in self._paged(wanted, 0))

    def _paged(self, wanted: Any, position: int) -> Iterator[Any]:
        """Rows after a position, each page in a transaction of its own."""
        # By position and not by offset, and no transaction longer than a page: whoever reads a
        # journal to its end keeps nobody from writing meanwhile.
        place = self.records.c.position
        wanted = wanted.order_by(place).limit(PAGE)
        while True:
            with self.connected() as connection:
                page = connection.execute(wanted.where(place > position)).all()
            if not page:
                return
            yield from page
            position = page[-1].position

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        """A transaction that holds the write lock from its start."""
        with self.connected() as connection:
            if connection.dialect.name == "sqlite":
                # A write that changes nothing locks all the same; had it begun with a read, SQLite
                # could refuse to let it write after another.
                connection.execute(sa.delete(self.records).where(sa.false()))
            else:
                # Keeps out other writers and no reader. A row lock would not do: of two cases the
                # one that took the earlier position could commit later, and be missed by `since`.
                name = connection.dialect.identifier_preparer.format_table(self.records)
                connection.exec_driver_sql(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE")
            yield connection

    def _counted(self, connection: sa.Connection, cases: Sequence[str]) -> dict[str, int]:
        at = self.records.c.case_id
        if bad := [case for case in cases if not _storable(case)]:
            raise JournalError(f"{bad[0]!r} cannot be the id of a case", code="journal.bad-id")
        wanted = sa.select(at, sa.func.count()).where(at.in_(cases)).group_by(at)
        return {case: int(n_kept) for case, n_kept in connection.execute(wanted)}

    def _insert(self, connection: sa.Connection, rows: Sequence[Sealed]) -> None:
        values = [
            {"case_id": row.case, "no": row.no, "body": row.body, "seal": row.seal} for row in rows
        ]
        if values:
            connection.execute(sa.insert(self.records), values)


def _storable(case: str) -> bool:
    """Whether every database can keep a text: no NUL, no half of a surrogate pair."""
    return "\0" not in case and case == case.encode(errors="replace").decode()


class Numbers(Store):
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
        # One statement adds and tells: between a read and a write another could take the number.
        last = self.series.c.last
        first = INSERT[self.bind.dialect.name](self.series).values(series=series, last=1)
        taking = first.on_conflict_do_update(
            index_elements=[self.series.c.series], set_={"last": last + 1}
        ).returning(last)
        with self.connected() as connection:
            return int(connection.execute(taking).scalar_one())
