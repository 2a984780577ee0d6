"""What a desk remembers of a case: it saves reading, and nothing is believed for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import given
from tests.revised import ASKS, EVERYBODY, Examine, office_after
from tests.test_revisions import START, STEPS, desk_of

import openakimat as oa
from openakimat.adapters import memory
from openakimat.case.act import VOCABULARY
from openakimat.case.acts import Rectify
from openakimat.case.record import Record
from openakimat.errors import AnotherOffice
from openakimat.trail import remembered
from openakimat.trail.seal import Chain, Sealed, seal

Change = Callable[[Sealed], Sealed]


class Shelf(memory.Journal):
    """A journal that somebody else has access to, at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: list[Callable[[], object]] = []

    def put(self, no: int, change: Change) -> None:
        """Change a row of the licence where it lies."""
        row = self._cases["L"][no - 1]
        self._cases["L"][no - 1] = self._rows[self._rows.index(row)] = change(row)

    def append(
        self,
        case: str,
        rows: Sequence[Sealed],
        /,
        *,
        expected: int,
        forms: Mapping[str, bytes] = {},
    ) -> None:
        """Keep records, after what others did between their loading and now."""
        while self.meanwhile:
            self.meanwhile.pop()()
        super().append(case, rows, expected=expected, forms=forms)


def _desk(journal: Any = None, revision: int = 0) -> oa.Desk:
    return desk_of(office_after(revision), Shelf() if journal is None else journal)


def _filed(desk: oa.Desk) -> oa.Case:
    return desk.open("licence", topic="a stall", at=START, by=ASKS, id="L")


def _registered(desk: oa.Desk) -> oa.Case:
    _filed(desk)
    return desk.perform("L", oa.Register("7"), at=_after(1), by=EVERYBODY)


def _after(days: int) -> datetime:
    return START + timedelta(days=days)


@contextmanager
def _reading() -> Iterator[list[int]]:
    """The numbers of the rows that are read, whoever reads them."""
    numbers: list[int] = []
    take = Chain.take

    def spied(chain: Chain, row: Sealed, *charts: Any) -> Any:
        numbers.append(row.no)
        return take(chain, row, *charts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Chain, "take", spied)
        yield numbers


# -- it saves reading ----------------------------------------------------------------------


def test_a_case_at_work_is_read_once() -> None:
    journal = Shelf()
    _registered(_desk(journal))
    desk = _desk(journal)
    with _reading() as numbers:
        desk.perform("L", Examine("who lives there?"), at=_after(2), by=EVERYBODY)
        desk.perform("L", oa.Pause("weather"), at=_after(3), by=EVERYBODY)
        desk.docket(at=_after(3))
    assert [1, 2] == numbers


def test_of_what_others_wrote_only_that_is_read() -> None:
    journal = Shelf()
    one, other = _desk(journal), _desk(journal)
    _registered(one)
    other.perform("L", Examine("who lives there?"), at=_after(2), by=EVERYBODY)
    with _reading() as numbers:
        assert other.case("L") == one.case("L")
        one.perform("L", oa.Pause("weather"), at=_after(3), by=EVERYBODY)
    assert [3] == numbers
    assert one.verify().intact


@given(STEPS)
def test_a_case_remembered_is_the_case_read_anew(steps: Any) -> None:
    """At desks of three revisions that share a journal, whatever is done at which."""
    journal = Shelf()
    desks = [_desk(journal, revision) for revision in range(3)]
    _filed(desks[0])
    now = START
    for which, days, act in steps:
        now += timedelta(days=days, minutes=1)
        with suppress(oa.Refusal):
            if act is None:
                desks[which].lapse("L", at=now)
            else:
                desks[which].perform("L", act, at=now, by=EVERYBODY)
        anew = _desk(journal, which)
        assert anew.case("L") == desks[which].case("L")
        assert anew.deadlines("L") == desks[which].deadlines("L")
        assert anew.docket(at=now) == desks[which].docket(at=now)
        assert anew.next_wakeup() == desks[which].next_wakeup()
    assert desks[0].verify().intact


# -- nothing is believed for it ------------------------------------------------------------


def _resealed(row: Sealed) -> Sealed:
    """Another record in the place of one, that bears its own seal."""
    record = Record(row.no, _after(1), "ana", "scribe", oa.Register("8"), "registered", "")
    return attrs.evolve(seal("L", record, salt=bytes), office=row.office)


TAMPERED: Mapping[str, Change] = {
    "its bytes": lambda row: attrs.evolve(row, body=row.body.replace(b'"no":2', b'"no":3')),
    "its bytes and its seal": _resealed,
    "its seal": lambda row: attrs.evolve(row, seal=bytes(32)),
    "a value that is personal": lambda row: attrs.evolve(
        row, private=row.private.replace(b"ana", b"eva")
    ),
    "all that is personal": lambda row: attrs.evolve(row, private=b""),
    "its office": lambda row: attrs.evolve(row, office="theta"),
    "its case": lambda row: attrs.evolve(row, case="M"),
    "its number": lambda row: attrs.evolve(row, no=3),
}


ASKED: Mapping[str, Callable[[oa.Desk], object]] = {
    "an act": lambda desk: desk.perform("L", Examine("x"), at=_after(2), by=EVERYBODY),
    "a lapse": lambda desk: desk.lapse("L", at=_after(200)),
    "the case": lambda desk: desk.case("L"),
}


@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED)
@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_what_was_tampered_with_between_two_acts_is_found(
    change: Change, ask: Callable[[oa.Desk], object]
) -> None:
    journal = Shelf()
    desk = _desk(journal)
    _registered(desk)
    kept = journal.read("L")
    journal.put(2, change)
    assert kept != journal.read("L")
    with pytest.raises(oa.BrokenTrail):
        ask(desk)
    assert ([], ["L"]) == ([*desk.files()], [one.case for one in desk.broken()])
    assert 2 == len(journal.read("L"))


def test_what_was_tampered_with_and_put_right_is_read_again() -> None:
    desk = _desk()
    case = _registered(desk)
    row = desk.journal.read("L")[1]
    assert isinstance(desk.journal, Shelf)
    desk.journal.put(2, TAMPERED["its seal"])
    with pytest.raises(oa.BrokenTrail):
        desk.case("L")
    desk.journal.put(2, lambda _: row)
    with _reading() as numbers:
        assert case == desk.case("L")
    assert [1, 2] == numbers


def test_what_was_added_by_hand_is_found() -> None:
    desk = _desk()
    _registered(desk)
    forged = attrs.evolve(TAMPERED["its bytes and its seal"](desk.journal.read("L")[1]), no=3)
    desk.journal.append("L", [forged], expected=2)
    with pytest.raises(oa.BrokenTrail, match="record 3"):
        desk.case("L")


def test_a_case_is_read_by_the_office_that_the_desk_has_now() -> None:
    """Its clocks are those of the law that counts, and not of the one it was read by."""
    desk = _desk()
    _registered(desk)
    desk.perform("L", Examine("who lives there?"), at=_after(2), by=EVERYBODY)
    desk._files.office = office_after(1)
    anew = _desk(desk.journal, 1)
    assert anew.deadlines("L") == desk.deadlines("L")
    desk._files.office = attrs.evolve(desk.office, body=oa.Body("theta", {"eo": "Alia"}))
    with pytest.raises(AnotherOffice):
        desk.case("L")


def test_a_case_is_read_anew_with_a_class_that_was_declared_since() -> None:
    journal = Shelf()
    desk = _desk(journal)
    _registered(desk)
    desk.perform("L", Examine("who lives there?"), at=_after(2), by=EVERYBODY)
    gone = VOCABULARY.pop(Examine.tag)
    try:
        assert not isinstance(desk.case("L").records[-1].act, Examine)
    finally:
        VOCABULARY[Examine.tag] = gone
    assert Examine("who lives there?") == desk.case("L").records[-1].act


# -- nothing is remembered that is not stored ----------------------------------------------


def test_of_an_act_that_came_too_late_nothing_is_remembered() -> None:
    journal = Shelf()
    desk, other = _desk(journal), _desk(journal)
    _registered(desk)
    journal.meanwhile = [lambda: other.perform("L", Examine("theirs"), at=_after(2), by=EVERYBODY)]
    with pytest.raises(oa.Conflict):
        desk.perform("L", Examine("ours"), at=_after(2), by=EVERYBODY)
    assert Examine("theirs") == desk.case("L").records[-1].act
    assert _desk(journal).case("L") == desk.case("L")
    desk.perform("L", oa.Pause("weather"), at=_after(3), by=EVERYBODY)
    assert desk.verify().intact


def test_of_an_opening_that_came_too_late_nothing_is_remembered() -> None:
    journal = Shelf()
    desk, other = _desk(journal), _desk(journal)
    other.open("licence", topic="theirs", at=START, by=ASKS, id="L")
    with pytest.raises(oa.Conflict):
        desk.open("licence", topic="ours", at=START, by=ASKS, id="L")
    assert "theirs" == desk.case("L").received.topic


def test_what_a_journal_lost_is_not_remembered() -> None:
    """A store that forgot to keep what it said it kept."""

    class Leaky(Shelf):
        leaks: ClassVar[list[int]] = []

        def append(self, case: str, rows: Sequence[Sealed], /, **more: Any) -> None:
            if not self.leaks:
                super().append(case, rows, **more)

    journal = Leaky()
    desk = _desk(journal)
    case = _registered(desk)
    journal.leaks.append(1)
    desk.perform("L", Examine("x"), at=_after(2), by=EVERYBODY)
    journal.leaks.clear()
    assert case == desk.case("L")
    desk.perform("L", Examine("y"), at=_after(3), by=EVERYBODY)
    assert (3, True) == (len(desk.case("L").records), desk.verify().intact)


# -- and it is shared by many --------------------------------------------------------------


def test_a_case_that_was_given_away_stays_as_it_was() -> None:
    """Whoever counts on it, in another thread, is not overtaken by those who go on with it."""
    journal = Shelf()
    desk, stranger = _desk(journal), oa.Official("boris", EVERYBODY.roles)
    _registered(desk)
    given = desk._files.load("L")
    chain = attrs.asdict(given.chain, recurse=False)
    before = given.of.case, {**given.of.runs}, [*chain["tags"]], {**chain["persons"]}
    desk.perform("L", Examine("x"), at=_after(2), by=stranger)
    _desk(journal).perform("L", oa.Pause("weather"), at=_after(3), by=stranger)
    desk.perform("L", Rectify(3, Examine("y"), "a slip"), at=_after(3), by=stranger)
    assert before == (given.of.case, given.of.runs, given.chain.tags, given.chain.persons)
    assert chain == attrs.asdict(given.chain, recurse=False)
    assert "boris" in desk._files.load("L").chain.persons


def test_a_case_that_others_went_on_with_is_not_changed_for_who_has_it() -> None:
    journal = Shelf()
    desk = _desk(journal)
    _registered(desk)
    given = desk._files.load("L")
    _desk(journal).perform("L", Examine("x"), at=_after(2), by=oa.Official("b", EVERYBODY.roles))
    assert 3 == len(desk._files.load("L").chain.tags)
    assert (2, 2) == (len(given.chain.tags), len(given.of.case.records))
    assert "b" not in given.chain.persons


def test_no_more_cases_are_remembered_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of those at work the latest stay."""
    monkeypatch.setattr(remembered, "N_CASES", 8)
    desk = _desk()
    _registered(desk)
    for n in range(30):
        desk.open("licence", at=_after(2), by=ASKS, id=f"M{n}")
        desk.case("L")
        assert len(desk._files._remembered._cases) <= 8
    with _reading() as numbers:
        desk.case("L")
    assert [] == numbers


def test_a_person_is_not_shown_with_what_is_remembered() -> None:
    desk = _desk()
    _registered(desk)
    assert "karlo" not in repr(desk._files.load("L"))


class Locked(Shelf):
    """A journal for several threads."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()

    def append(self, case: str, rows: Sequence[Sealed], /, **more: Any) -> None:
        """Keep records, one thread at a time."""
        with self._lock:
            super().append(case, rows, **more)


def test_several_threads_at_one_desk_lose_and_double_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remembered, "N_CASES", 3)
    desk = _desk(Locked())
    cases = [f"L{n}" for n in range(5)]
    for case in cases:
        desk.open("licence", at=START, by=ASKS, id=case)
        desk.perform(case, oa.Register("7"), at=_after(1), by=EVERYBODY)
        desk.perform(case, Examine("x"), at=_after(1), by=EVERYBODY)

    def work(who: int) -> int:
        done = 0
        official = oa.Official(f"official-{who}", EVERYBODY.roles)
        for n in range(60):
            act = oa.Pause("weather") if (n + who) % 2 else oa.Resume()
            try:
                desk.perform(cases[(n * who) % 5], act, at=_after(2), by=official)
            except oa.Conflict:
                continue
            done += 1
        return done

    with ThreadPoolExecutor(6) as pool:
        done = sum(pool.map(work, range(1, 7)))
    assert desk.verify().intact
    assert 3 * 5 + done == desk.verify().n_records
    anew = _desk(desk.journal)
    for case in cases:
        assert anew.case(case) == desk.case(case)
        assert anew.deadlines(case) == desk.deadlines(case)
