"""A journal and numbers in memory: for tests, simulations and a first look."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from openakimat.errors import Conflict, JournalError, UnknownCase
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
        self._forms: dict[str, bytes] = {}

    def append(
        self,
        case: str,
        rows: Sequence[Sealed],
        /,
        *,
        expected: int,
        forms: Mapping[str, bytes] = {},
    ) -> None:
        """Keep records of a case and the forms they name, if it has `expected` records now.

        Raises:
            Conflict: It has another number of them.
            JournalError: The rows do not follow, or a form of that name has other bytes.
        """
        # A copy: a list changed after the append must change nothing that was kept.
        rows = tuple(rows)
        # Before the count: rows that do not follow are no conflict, and loading again mends nothing.
        consecutive(case, rows, expected=expected)
        known = self._cases.get(case, ())
        if len(known) != expected:
            raise Conflict(case, expected=expected, found=len(known))
        for name, body in forms.items():
            if self._forms.get(name, body) != body:
                raise JournalError(f"form {name} has other bytes", code="journal.form")
        self._forms.update(forms)
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

    def since(self, position: int | None = None, /) -> Iterator[tuple[int, Sealed]]:
        """Every record kept after a position, with its own."""
        # Of a copy, so that records may be kept while these are read.
        start = position or 0
        return iter(list(enumerate(self._rows[start:], start=start + 1)))

    def cases(self, office: str | None = None, /) -> Iterator[str]:
        """The ids of all cases, or of those of an office."""
        of = {office, ""}
        cases = self._cases.items()
        return iter([case for case, rows in cases if office is None or rows[0].office in of])

    def form(self, name: str, /) -> bytes | None:
        """The form of that name, or None."""
        return self._forms.get(name)

    def forms(self) -> Iterator[str]:
        """The names of all forms."""
        return iter(tuple(self._forms))

    def salt(self, n: int, /) -> bytes:
        """Fresh bytes of the operating system."""
        return secrets.token_bytes(n)


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
