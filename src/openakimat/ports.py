"""What a host brings: a journal of sealed records, and numbers. A conformance kit proves both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from openakimat.errors import JournalError
from openakimat.trail.seal import Sealed


class Journal(Protocol):
    """Where sealed records are kept, and beside them the forms that they name.

    A row comes back as it was kept: its office, its bytes and what is private beside them.
    A form is bytes under their own digest, such as a chart. Nothing is ever changed or removed.
    """

    def append(
        self,
        case: str,
        rows: Sequence[Sealed],
        /,
        *,
        expected: int,
        forms: Mapping[str, bytes] = {},
    ) -> None:
        """Keep records of a case, all or none, if it has `expected` records now.

        Args:
            case: Its id.
            rows: Its next records.
            expected: How many it is known to have.
            forms: What they name: kept with them or not at all, each once. Whoever calls sees
                to it that a name is the digest of its bytes.

        Raises:
            Conflict: It has another number of them: somebody wrote first.
            JournalError: The rows do not follow; see `consecutive`. Or a form of that name
                has other bytes (`journal.form`).
        """
        ...

    def read(self, case: str, /) -> Sequence[Sealed]:
        """All records of a case, in order.

        Raises:
            UnknownCase: There are none.
        """
        ...

    def since(self, position: int | None = None, /) -> Iterator[tuple[int, Sealed]]:
        """Every record kept after a position, with its own, in the order kept.

        Without a position it is every record there is, wherever somebody may have put it.
        """
        ...

    def cases(self, office: str | None = None, /) -> Iterator[str]:
        """The ids of cases, in the order they were opened: of all, or those of an office.

        A case is of the office that its first row names. One of the first edition, whose rows
        name none, is of any.
        """
        ...

    def form(self, name: str, /) -> bytes | None:
        """The form of that name, or None where none is kept."""
        ...

    def forms(self) -> Iterator[str]:
        """The names of all forms, in the order kept."""
        ...

    def salt(self, n: int, /) -> bytes:
        """So many fresh bytes that nobody can guess: the spine draws none itself."""
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
