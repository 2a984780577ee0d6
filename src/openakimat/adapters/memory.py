"""A journal and numbers in memory: for tests, simulations and a first look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from openakimat.errors import Conflict, UnknownCase
from openakimat.ports import consecutive
from openakimat.trail.seal import Sealed


class Journal:
    """Sealed records in memory. One thread at a time.

    >>> list(Journal().cases())
    []
    """

    def __init__(self) -> None:
        self._rows: list[Sealed] = []
        self._cases: dict[str, list[Sealed]] = {}

    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int) -> None:
        """Keep records of a case, if it has `expected` records now.

        Raises:
            Conflict: It has another number of them.
            JournalError: The rows do not follow.
        """
        # A copy: a list changed after the append must change nothing that was kept.
        rows = tuple(rows)
        # Before the count: rows that do not follow are no conflict, and loading again mends nothing.
        consecutive(case, rows, expected=expected)
        known = self._cases.get(case, ())
        if len(known) != expected:
            raise Conflict(case, expected=expected, found=len(known))
        if rows:  # to keep nothing opens no case
            self._cases.setdefault(case, []).extend(rows)
            self._rows.extend(rows)

    def read(self, case: str, /) -> Sequence[Sealed]:
        """All records of a case.

        Raises:
            UnknownCase: There are none.
        """
        if case not in self._cases:
            raise UnknownCase(case)
        return tuple(self._cases[case])

    def since(self, position: int = 0, /) -> Iterator[tuple[int, Sealed]]:
        """Every record kept after a position, with its own."""
        # Of a copy, so that records may be kept while these are read.
        return iter(list(enumerate(self._rows[position:], start=position + 1)))

    def cases(self) -> Iterator[str]:
        """The ids of all cases."""
        return iter(tuple(self._cases))


class Numbers:
    """Serial numbers in memory.

    >>> numbers = Numbers()
    >>> numbers.next("R-2026"), numbers.next("R-2026"), numbers.next("R-2027")
    (1, 2, 1)
    """

    def __init__(self) -> None:
        self._last: Counter[str] = Counter()

    def next(self, series: str, /) -> int:
        """The next number of a series, from 1."""
        self._last[series] += 1
        return self._last[series]
