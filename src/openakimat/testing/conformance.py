"""What the adapters of a host owe, as tests that their author runs.

Subclass a contract in a test module and say how a fresh adapter is made; pytest does
the rest. Each test tells what did not hold; the last one of a journal puts random acts to it
and to a model of it, and shows the shortest way in which they differ. Without pytest
`check_store` and its like put an adapter to all laws of a contract; see `check`. One on a driver of
asyncio is put to the same laws: `Awaited` stands before the contract, or `awaited=True`.
"""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from openakimat.errors import Conflict, JournalError, UnknownCase
from openakimat.ports import Journal
from openakimat.testing.contract import Awaited, Contract, Opener, check, try_again
from openakimat.testing.lists import CardsContract, NumbersContract, OutboxContract, WakeupsContract
from openakimat.testing.machine import (
    LOOK_ALIKE,
    TEXTS,
    bodies,
    journal_machine,
    refused,
    rows_of,
    same,
    same_forms,
    same_since,
)
from openakimat.testing.stores import StoreContract
from openakimat.trail.seal import Sealed

__all__ = [
    "Awaited", "CardsContract", "JournalContract", "NumbersContract", "OutboxContract", "StoreContract",
    "WakeupsContract", "check_cards", "check_journal", "check_numbers", "check_outbox",
    "check_store", "check_wakeups",
]  # fmt: skip


def _append_one(
    journal: Journal, new: Sequence[Sequence[Sealed]], expected: int, which: int
) -> None:
    journal.append("a", new[which], expected=expected)


class JournalContract(Contract[Journal]):
    """What every journal owes.

    Several write at once `n_rounds` times, among `n_cases`: where counting takes time, another comes between.
    It is compared with its model in `n_examples` random lives of `n_steps`.

    >>> from openakimat.adapters import memory
    >>> class TestMemory(JournalContract):
    ...     n_writers = 1
    ...     def make(self):
    ...         return memory.Journal()
    >>> TestMemory().test_a_batch_is_kept_whole_or_not_at_all()
    """

    n_rounds: ClassVar[int] = 10
    n_cases: ClassVar[int] = 1_200
    n_examples: ClassVar[int] = 25
    n_steps: ClassVar[int] = 25

    def test_bytes_come_back_as_they_were_given(self, journal: Journal) -> None:
        """Whatever the texts in a body, its bytes are not written anew."""
        for said in TEXTS:
            known = _known(journal, "a")
            journal.append("a", rows_of("a", 1, after=known, said=said), expected=len(known))
            new = rows_of("a", 1, after=known, said=said)
            same(bodies(new), bodies(journal.read("a")[-1:]), f"a body that says {said!r}")

    def test_a_batch_is_kept_whole_or_not_at_all(self, journal: Journal) -> None:
        """A batch that goes wrong in its midst leaves nothing behind."""
        rows = rows_of("a", 4)
        for wrong in ([rows[0], rows[2]], [rows[0], rows[0]], [*rows[:2], rows_of("b", 3)[2]]):
            what = f"records {[(row.case, row.no) for row in wrong]}"
            refused(JournalError, what, partial(journal.append, "a", wrong, expected=0))
            same([], list(journal.cases()), "cases after a batch refused")
            same([], list(journal.since()), "records after a batch refused")
        journal.append("a", rows, expected=0)
        same(bodies(rows), bodies(journal.read("a")), "read")

    def test_an_unknown_case_is_told_so(self, journal: Journal) -> None:
        """A case nobody opened is unknown, whatever its id holds."""
        journal.append("a", rows_of("a", 1), expected=0)
        for case in ("b", "", "A", "a\0", "\ud800", "a' OR '1'='1", "x" * 10_000):
            refused(UnknownCase, f"case {case!r}", partial(journal.read, case))

    def test_ids_that_look_alike_are_told_apart(self, journal: Journal) -> None:
        """Case, accents, spaces and wildcards make another id."""
        for case in LOOK_ALIKE:
            journal.append(case, rows_of(case, 1), expected=0)
        same(list(LOOK_ALIKE), list(journal.cases()), "cases")
        for case in LOOK_ALIKE:
            same(bodies(rows_of(case, 1)), bodies(journal.read(case)), f"case {case!r}")

    def test_since_goes_on_after_a_position(self, journal: Journal) -> None:
        """From any position on, what was kept later is told, in the order kept, and no more."""
        kept: list[Sealed] = []
        for turn in range(3):
            for case in ("b", "a"):
                new = rows_of(case, 2, after=[row for row in kept if row.case == case])
                journal.append(case, new, expected=2 * turn)
                kept += new
        same_since(journal, kept)

    def test_since_may_be_read_while_records_are_kept(self, journal: Journal) -> None:
        """A reader in the midst neither fails nor hears anything twice."""
        journal.append("a", rows_of("a", 3), expected=0)
        told = []
        for position, row in journal.since():
            told.append((position, row.case, row.no))
            if row.case == "a":
                journal.append(f"b{row.no}", rows_of(f"b{row.no}", 1), expected=0)
        same(sorted(set(told)), told, "what a reader heard")
        same([1, 2, 3], [no for _, case, no in told if case == "a"], "of what was there")

    def test_what_stands_beside_the_bytes_comes_back(self, journal: Journal) -> None:
        """What is private and whose the case is; where there is nothing, nothing."""
        beside = ((b"\0\xff{}", "ö"), (b"", "Ω"), (b"{}", ""), (b"", ""))
        rows = [Sealed("a", no, b"{}", bytes(32), *of) for no, of in enumerate(beside, start=1)]
        journal.append("a", rows, expected=0)
        same(bodies(rows), bodies(journal.read("a")), "read")
        same_since(journal, rows)

    def test_the_cases_of_an_office_are_told_apart(self, journal: Journal) -> None:
        """By the first row of each, to the letter; those that name no office are of any."""
        offices = {"a": "x", "b": "y", "c": "", "d": "X", "e": "x"}
        for case, office in offices.items():
            journal.append(case, rows_of(case, 1, office=office), expected=0)
        journal.append("b", rows_of("b", 2, office="x")[1:], expected=1)
        for office, cases in {"x": "ace", "y": "bc", "X": "cd", "z": "c"}.items():
            same([*cases], list(journal.cases(office)), f"cases of {office}")
        same([*offices], list(journal.cases()), "cases")

    def test_forms_are_kept_with_the_records(self, journal: Journal) -> None:
        """Once each, in the order kept, whatever their bytes."""
        forms = {"b": b"\0\xff", "a": b"{}"}
        journal.append("a", rows_of("a", 1), expected=0, forms=forms)
        more = {"c": "Ωμέγα".encode(), **forms}
        journal.append("b", rows_of("b", 1), expected=0, forms=more)
        more.clear()
        same_forms(journal, {**forms, "c": "Ωμέγα".encode()})
        same([None] * 3, [journal.form(name) for name in ("A", "a\0", "\ud800")], "no forms")
        same(["a", "b"], list(journal.cases()), "cases, of which forms are none")

    def test_a_salt_is_fresh_and_as_long_as_asked(self, journal: Journal) -> None:
        """No two are the same."""
        for n in (16, 32, 100):
            salts = [journal.salt(n) for _ in range(100)]
            same({n}, {len(salt) for salt in salts}, "lengths")
            same(100, len(set(salts)), f"different salts of {n} bytes")

    def test_of_writers_at_once_exactly_one_wins(self, journal: Journal) -> None:
        """The same number expected by all: one keeps its records, the others are told of it."""
        for turn in range(self.n_rounds if self.n_writers > 1 else 0):
            known = _known(journal, "a")
            new = [rows_of("a", 1, after=known, said=str(i)) for i in range(self.n_writers)]
            write = partial(_append_one, journal, new, turn)
            given = self.at_once(write)
            same(1, given.count(None), f"winners among {given}")
            lost, numbers = [one for one in given if one is not None], ("expected", "found")
            told = [(type(one), *(getattr(one, n, None) for n in numbers)) for one in lost]
            same([(Conflict, turn, turn + 1)] * len(told), told, "what the others were told")
            same(bodies(new[given.index(None)]), bodies(journal.read("a")[turn:]), "kept")

    def test_writers_of_different_cases_do_not_meet(self, journal: Journal) -> None:
        """Each writer to a case of its own keeps everything."""

        def write(which: int) -> None:
            for no in range(self.n_rounds):
                new = rows_of(str(which), 1, after=rows_of(str(which), no))
                journal.append(str(which), new, expected=no)

        same([None] * self.n_writers, self.at_once(write), "what the writers were told")
        for which in range(self.n_writers):
            kept = bodies(journal.read(str(which)))
            same(bodies(rows_of(str(which), self.n_rounds)), kept, f"case {which}")
        same(self.n_writers * self.n_rounds, len(list(journal.since())), "records")

    def test_among_many_cases_nothing_is_lost_or_doubled(self, journal: Journal) -> None:
        """Written to at once by processes, where it can be opened in one; and all of it is told."""
        names = [f"case-{n}" for n in range(self.n_cases)]
        for name in names:
            journal.append(name, rows_of(name, 1), expected=0)
        given = self.race(journal, partial(_go_on, self.n_rounds))
        same([None] * self.n_writers, given, "what the writers were told")
        same([*names, "a"], list(journal.cases()), "cases")
        rows = [(row.case, row.no) for _, row in journal.since()]
        expected = [(name, 1) for name in names]
        expected += [("a", no + 1) for no in range(self.n_writers * self.n_rounds)]
        same(expected, rows, "records")
        same(rows[self.n_cases :], [(row.case, row.no) for row in journal.read("a")], "read")

    def test_random_lives_agree_with_the_model(self) -> None:
        """Whatever is done to the journal, it holds what a list would."""
        machine = journal_machine(self.make, reopen=self.reopen, done=self.done)
        lives = settings(
            max_examples=self.n_examples,
            stateful_step_count=self.n_steps,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        )
        run_state_machine_as_test(machine, settings=lives)


def _go_on(n: int, opened: Opener[Journal], which: int) -> None:
    """Keep so many records of one case, however often others are first."""
    journal = opened()

    def append() -> None:
        known = _known(journal, "a")
        new = rows_of("a", 1, after=known, said=str(which))
        journal.append("a", new, expected=len(known))

    for _ in range(n):
        try_again(append)


def _known(journal: Journal, case: str) -> Sequence[Sealed]:
    """The records of a case, none where it is unknown."""
    try:
        return journal.read(case)
    except UnknownCase:
        return []


check_journal = partial(check, JournalContract)
check_numbers = partial(check, NumbersContract)
check_store = partial(check, StoreContract)
check_cards = partial(check, CardsContract)
check_outbox = partial(check, OutboxContract)
check_wakeups = partial(check, WakeupsContract)
