"""A journal and a model of it, living the same random life.

What differs is found by Hypothesis and shown in the shortest life that shows it.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from threading import Barrier

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from openakimat.case import Pause, Record
from openakimat.errors import AkimatError, Conflict, JournalError, UnknownCase
from openakimat.ports import Forms, Journal
from openakimat.trail.seal import FIRST, Sealed, seal_all

_AT = datetime(2026, 3, 18, 13, 40, tzinfo=UTC)

TEXTS = (
    '"', "\\", "\\u0041", "\u0001", "\t\r\n", "é", "e\u0301", "Ωμέγα", "\u2028", "\ufeff",
    "\U0001f600", "",
)  # fmt: skip
"""Texts that a store which writes bodies anew gets wrong."""

LOOK_ALIKE = (
    "a", "A", "a ", " a", "\u0430", "ä", "a\u0308", "a%", "_", "1", "01", "é", "e\u0301", "\U0001d49c",
)  # fmt: skip
"""Ids and series that a store which folds texts takes for one."""


def rows_of(
    case: str, n: int, /, *, after: Sequence[Sealed] = (), said: str = "", office: str = "khromtau"
) -> list[Sealed]:
    """The next `n` sealed records of a case: a text is said in their bytes and in what is private.

    >>> [row.no for row in rows_of("a", 2, after=rows_of("a", 1))]
    [2, 3]
    """
    numbers = range(len(after) + 1, len(after) + n + 1)
    act = Pause(said or "contract", said)
    records = (
        Record(no, _AT, "somebody", "officer", act, "considered", "x/y@z", office=office)
        for no in numbers
    )
    # Salts of nothing but zeros: the same rows each time they are asked for.
    return seal_all(case, records, after[-1].seal if after else FIRST, salt=bytes)


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


def bodies(rows: Sequence[Sealed]) -> list[tuple[str, int, bytes, bytes, bytes, str]]:
    """Rows as plain values."""
    return [
        (row.case, row.no, bytes(row.body), bytes(row.seal), bytes(row.private), row.office)
        for row in rows
    ]


def same_forms(journal: Journal, forms: Forms) -> None:
    """The forms kept are these, in this order, byte for byte."""
    same(list(forms), list(journal.forms()), "forms")
    same([*forms.values(), None], [journal.form(name) for name in [*forms, ""]], "their bytes")


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


def at_once(n: int, do: Callable[[int], object]) -> list[object]:
    """What `n` threads give that set out together; an error of ours is given, not raised."""
    start = Barrier(n)

    def run(which: int) -> object:
        start.wait()
        return given_by(do, which)

    with ThreadPoolExecutor(n) as pool:
        return list(pool.map(run, range(n)))


def given_by(do: Callable[[int], object], which: int) -> object:
    """What one of several gives; an error of ours is given, not raised."""
    try:
        return do(which)
    except AkimatError as wrong:
        return wrong


_CASES = st.sampled_from(["a", "b", "A", "ö/1", "c"])
_OFFICES = st.sampled_from(["khromtau", "Khromtau", "yesil", ""])
_FORMS = {name: name.encode() * 2 for name in ("z", "y", "Z", "ö")}
"""Forms by their names, as digests would be: to a name belong the same bytes always."""


class JournalLife(RuleBasedStateMachine):
    """A life of a journal: appends right and stale, batches that go wrong, restarts, readings."""

    make: Callable[[], Journal]
    reopen: Callable[[Journal], Journal]
    done: Callable[[Journal], None]

    def __init__(self) -> None:
        super().__init__()
        self.journal = self.make()
        self.kept: list[Sealed] = []
        self.forms: dict[str, bytes] = {}

    def of(self, case: str) -> list[Sealed]:
        """The records of a case, as the model has them."""
        return [row for row in self.kept if row.case == case]

    @rule(
        case=_CASES,
        n=st.integers(0, 5),
        said=st.sampled_from(TEXTS),
        office=_OFFICES,
        names=st.lists(st.sampled_from([*_FORMS]), max_size=2),
    )
    def append(self, case: str, n: int, said: str, office: str, names: Sequence[str]) -> None:
        """Keep what follows, with forms; the caller's list and forms are changed after."""
        known = self.of(case)
        given = rows_of(case, n, after=known, said=said, office=office)
        forms = {name: _FORMS[name] for name in names}
        self.kept += given
        self.forms.update(forms)
        self.journal.append(case, given, expected=len(known), forms=forms)
        given.clear()
        forms.clear()

    @rule(case=_CASES, n=st.integers(0, 2), off=st.sampled_from([-2, -1, 1, 2]))
    def append_stale(self, case: str, n: int, off: int) -> None:
        """Be refused on another number of records; both numbers are owed in the conflict."""
        found = len(self.of(case))
        expected = max(0, found + off)
        if expected != found:
            rows = rows_of(case, n, after=rows_of(case, expected))
            forms = {"not-kept": b"{}"}
            append = partial(self.journal.append, case, rows, expected=expected, forms=forms)
            wrong = refused(Conflict, f"case {case}, {expected} expected, {found} kept", append)
            both = (getattr(wrong, "expected", None), getattr(wrong, "found", None))
            same((expected, found), both, "expected and found")

    @rule(case=_CASES, n=st.integers(2, 4), at=st.integers(0, 3))
    def append_a_batch_that_goes_wrong(self, case: str, n: int, at: int) -> None:
        """Be refused rows of which one is left out."""
        known = self.of(case)
        rows = rows_of(case, n, after=known)
        del rows[min(at, n - 2)]
        append = partial(self.journal.append, case, rows, expected=len(known), forms=_FORMS)
        refused(JournalError, case, append)

    @rule(case=_CASES, name=st.sampled_from([*_FORMS]))
    def append_a_form_of_other_bytes(self, case: str, name: str) -> None:
        """Be refused another form under a name that is kept, and what comes with it."""
        if name in self.forms:
            known, forms = self.of(case), {"new": b"new", name: b"other"}
            rows = rows_of(case, 1, after=known)
            append = partial(self.journal.append, case, rows, expected=len(known), forms=forms)
            wrong = refused(JournalError, f"form {name!r}", append)
            same("journal.form", wrong.code, "code")

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
        same_forms(self.journal, self.forms)

    @rule(office=_OFFICES)
    def ask_for_the_cases_of_an_office(self, office: str) -> None:
        """Get those whose first row names it, or names none."""
        of = [row.case for row in self.kept if row.no == 1 and row.office in {office, ""}]
        same(of, list(self.journal.cases(office)), f"cases of {office!r}")

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

    `reopen` stops it and starts it again, and `done` lets it go.

    >>> from openakimat.adapters import memory
    >>> life = journal_machine(memory.Journal)()
    >>> life.append("a", 2, "", "khromtau", [])
    >>> life.holds_what_was_kept()
    """
    hooks = {"make": staticmethod(make), "reopen": staticmethod(reopen), "done": staticmethod(done)}
    return type("JournalLife", (JournalLife,), hooks)
