"""What a host brings: a journal of sealed records, and numbers. A conformance kit proves both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from openakimat.errors import JournalError
from openakimat.trail.seal import Sealed


class Journal(Protocol):
    """Where sealed records are kept. Nothing is ever changed or removed."""

    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int) -> None:
        """Keep records of a case, all or none, if it has `expected` records now.

        Raises:
            Conflict: It has another number of them: somebody wrote first.
            JournalError: The rows do not follow; see `consecutive`.
        """
        ...

    def read(self, case: str, /) -> Sequence[Sealed]:
        """All records of a case, in order.

        Raises:
            UnknownCase: There are none.
        """
        ...

    def since(self, position: int = 0, /) -> Iterator[tuple[int, Sealed]]:
        """Every record kept after a position, with its own, in the order kept."""
        ...

    def cases(self) -> Iterator[str]:
        """The ids of all cases, in the order they were opened."""
        ...


def consecutive(case: str, rows: Sequence[Sealed], /, *, expected: int) -> None:
    """Refuse rows that are not the next records of a case, which a journal must not keep.

    Raises:
        JournalError: One is of another case, or does not bear the next number.

    >>> consecutive("a", [Sealed("a", 2, b"{}", bytes(32))], expected=0)
    Traceback (most recent call last):
    openakimat.errors.JournalError: record 2 of a cannot be kept as record 1 of a
    """
    for no, row in enumerate(rows, start=expected + 1):
        if row.case != case or row.no != no:
            raise JournalError(
                f"record {row.no} of {row.case} cannot be kept as record {no} of {case}",
                code="journal.not-consecutive",
            )


class Numbers(Protocol):
    """Serial numbers without repetition."""

    def next(self, series: str, /) -> int:
        """The next number of a series, from 1."""
        ...
