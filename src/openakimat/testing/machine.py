"""A journal and a model of it, living the same random life.

What differs is found by Hypothesis and shown in the shortest life that shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from openakimat.case.acts import Pause
from openakimat.case.record import Record
from openakimat.errors import AkimatError, Conflict, JournalError, UnknownCase
from openakimat.ports import Journal
from openakimat.trail.seal import FIRST, Sealed, seal_all

_AT = datetime(2026, 3, 18, 13, 40, tzinfo=UTC)

TEXTS = (
    '"', "\\", "\\u0041", "\u0001", "\t\r\n", "é", "e\u0301", "Ωμέγα", "\u2028", "\ufeff",
    "\U0001f600", "",
)  # fmt: skip
"""Texts that a store which writes bodies anew gets wrong."""


def rows_of(case: str, n: int, /, *, after: Sequence[Sealed] = (), said: str = "") -> list[Sealed]:
    """The next `n` sealed records of a case.

    >>> [row.no for row in rows_of("a", 2, after=rows_of("a", 1))]
    [2, 3]
    """
    numbers = range(len(after) + 1, len(after) + n + 1)
    act = Pause("contract", said)
    records = (Record(no, _AT, "somebody", "officer", act, "considered", "x/y@z") for no in numbers)
    return seal_all(case, records, after[-1].seal if after else FIRST)


def same(expected: object, actual: object, what: str) -> None:
    """Say what differs, if it does."""
    if expected != actual:
        raise AssertionError(f"{what}: expected {expected!r}, not {actual!r}")


def refused(kind: type[JournalError], what: str, ask: Callable[[], object]) -> AkimatError:
    """The error that was owed, or say that it was not raised."""
    try:
        answer = ask()
    except kind as wrong:
        return wrong
    raise AssertionError(f"{what}: expected {kind.__name__}, not {answer!r}")


def conflict(
    journal: Journal, case: str, rows: Sequence[Sealed], *, expected: int, found: int
) -> None:
    """Append rows on a stale number; both numbers are owed in the conflict."""
    append = partial(journal.append, case, rows, expected=expected)
    wrong = refused(Conflict, f"case {case}, {expected} expected, {found} kept", append)
    both = (getattr(wrong, "expected", None), getattr(wrong, "found", None))
    same((expected, found), both, "expected and found")


def bodies(rows: Sequence[Sealed]) -> list[tuple[str, int, bytes, bytes]]:
    """Rows as plain values."""
    return [(row.case, row.no, bytes(row.body), bytes(row.seal)) for row in rows]


def same_since(journal: Journal, kept: Sequence[Sealed]) -> None:
    """`since` tells all that was kept, at growing positions, from each of them on."""
    placed = list(journal.since())
    positions = [position for position, _ in placed]
    same(bodies(kept), bodies([row for _, row in placed]), "since the beginning")
    same(sorted({0, *positions}), [0, *positions], "positions, after 0")
    for n, position in enumerate(positions, start=1):
        rest = list(journal.since(position))
        same(bodies(kept[n:]), bodies([row for _, row in rest]), f"since {position}")
        same(positions[n:], [place for place, _ in rest], f"positions since {position}")


_CASES = st.sampled_from(["a", "b", "A", "ö/1", "c"])


class JournalLife(RuleBasedStateMachine):
    """A life of a journal: appends right and stale, batches that go wrong, restarts, readings."""

    make: Callable[[], Journal]
    reopen: Callable[[Journal], Journal]
    done: Callable[[Journal], None]

    def __init__(self) -> None:
        super().__init__()
        self.journal = self.make()
        self.kept: list[Sealed] = []

    def of(self, case: str) -> list[Sealed]:
        """The records of a case, as the model has them."""
        return [row for row in self.kept if row.case == case]

    @rule(case=_CASES, n=st.integers(0, 5), said=st.sampled_from(TEXTS))
    def append(self, case: str, n: int, said: str) -> None:
        """Keep what follows; the caller's list is changed after."""
        known = self.of(case)
        given = rows_of(case, n, after=known, said=said)
        self.kept += given
        self.journal.append(case, given, expected=len(known))
        given.clear()

    @rule(case=_CASES, n=st.integers(0, 2), off=st.sampled_from([-2, -1, 1, 2]))
    def append_stale(self, case: str, n: int, off: int) -> None:
        """Be refused on another number of records."""
        found = len(self.of(case))
        expected = max(0, found + off)
        if expected != found:
            rows = rows_of(case, n, after=rows_of(case, expected))
            conflict(self.journal, case, rows, expected=expected, found=found)

    @rule(case=_CASES, n=st.integers(2, 4), at=st.integers(0, 3))
    def append_a_batch_that_goes_wrong(self, case: str, n: int, at: int) -> None:
        """Be refused rows of which one is left out."""
        known = self.of(case)
        rows = rows_of(case, n, after=known)
        del rows[min(at, n - 2)]
        refused(JournalError, case, partial(self.journal.append, case, rows, expected=len(known)))

    @rule(case=_CASES)
    def read_what_is_not_there(self, case: str) -> None:
        """Be told of a case that nobody opened."""
        if not self.of(case):
            refused(UnknownCase, f"case {case!r}", partial(self.journal.read, case))

    @rule()
    def stop_and_start(self) -> None:
        """Let the host stop and start."""
        self.journal = self.reopen(self.journal)

    @rule()
    def since(self) -> None:
        """Read on from every position."""
        same_since(self.journal, self.kept)

    @invariant()
    def holds_what_was_kept(self) -> None:
        """Every case is there, in order, byte for byte."""
        cases = list(dict.fromkeys(row.case for row in self.kept))
        same(cases, list(self.journal.cases()), "cases")
        for case in cases:
            same(bodies(self.of(case)), bodies(self.journal.read(case)), f"case {case}")

    def teardown(self) -> None:
        """Let go of the journal."""
        self.done(self.journal)


def journal_machine(
    make: Callable[[], Journal],
    /,
    *,
    reopen: Callable[[Journal], Journal] = lambda journal: journal,
    done: Callable[[Journal], None] = lambda _: None,
) -> type[JournalLife]:
    """A Hypothesis machine that lives with a journal and a model of it at once.

    Args:
        make: How a fresh journal is made.
        reopen: How it is stopped and started.
        done: How it is let go.

    >>> from openakimat.adapters import memory
    >>> life = journal_machine(memory.Journal)()
    >>> life.append("a", 2, "")
    >>> life.holds_what_was_kept()
    """
    hooks = {"make": staticmethod(make), "reopen": staticmethod(reopen), "done": staticmethod(done)}
    return type("JournalLife", (JournalLife,), hooks)
