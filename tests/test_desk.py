"""The desk: load, decide, append. What a host sees of it, from the receipt to the proof."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast

import attrs
import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.case.people import TheLaw
from openakimat.desk import Wakeup
from openakimat.judgement import docket
from openakimat.kz.roles import CHIEF_OF_STAFF, EXECUTOR, HEAD, REGISTRAR
from openakimat.trail.seal import Sealed

ASKS = kz.Applicant("Айгерім")
CLERK = oa.Official("s", frozenset({REGISTRAR}))
BOSS = oa.Official("h", frozenset({HEAD}))


def _at(text: str) -> datetime:
    """An instant by the clocks of Khromtau."""
    return datetime.fromisoformat(text + "+05:00")


class Tampered(memory.Journal):
    """A journal that somebody has access to."""

    def put(self, case: str, no: int, row: Sealed) -> None:
        """A row in the place of another, counted from 1."""
        old = self._cases[case][no - 1]
        self._cases[case][no - 1] = self._rows[self._rows.index(old)] = row


def _desk(journal: oa.Journal | None = None, office: oa.Office | None = None) -> oa.Desk:
    return oa.Desk(
        office or kz.office("Хромтау ауданы"),
        journal=memory.Journal() if journal is None else journal,
        numbers=memory.Numbers(),
    )


def _opened(desk: oa.Desk, at: str = "2026-03-18T18:40") -> str:
    return desk.open(kz.Appeal, topic="street-lighting", channel="paper", by=ASKS, at=_at(at)).id


def _taken_up(desk: oa.Desk) -> str:
    """The appeal of Wednesday 18 March 2026, received after hours."""
    case = _opened(desk)
    desk.perform(case, oa.Register(), by=CLERK, at=_at("2026-03-19T09:00"))
    return desk.perform(case, kz.appeal.Accept(), by=CLERK, at=_at("2026-03-19T10:00")).id


def _tags(case: oa.Case) -> list[str]:
    return [record.act.tag for record in case.records]


# -- the story --------------------------------------------------------------------------


def test_an_appeal_from_receipt_to_a_late_answer() -> None:
    """Received after hours, registered, accepted; silence; answered late; proved."""
    desk = _desk()
    case = desk.open(
        kz.Appeal, topic="street-lighting", channel="paper", by=ASKS, at=_at("2026-03-18T18:40")
    )
    assert ("khromtau/appeal-2026-1", "received", ASKS) == (
        case.id,
        case.stage,
        case.received.applicant,
    )
    case = desk.perform(case.id, oa.Register(), by=CLERK, at=_at("2026-03-19T09:00"))
    assert oa.Register("ЖТ-2026-00000001") == case.records[-1].act
    due = {one.limit: (one.last_day, one.at) for one in desk.deadlines(case.id)}
    assert (date(2026, 3, 19), _at("2026-03-20T00:00")) == due["appeal.registration"]
    assert (date(2026, 3, 26), _at("2026-03-27T00:00")) == due["appeal.redirection"]
    assert (date(2026, 4, 14), _at("2026-04-15T00:00")) == due["appeal.consideration"]
    desk.perform(case.id, kz.appeal.Accept(), by=CLERK, at=_at("2026-03-19T10:00"))
    case = desk.perform(
        case.id, kz.appeal.Decide("favourable"), by=BOSS, at=_at("2026-04-19T10:00")
    )
    assert ["receive", "register", "accept", "deem-refused", "decide"] == _tags(case)
    assert case == desk.case(case.id)
    assert "intact: 5 records, 1 case" == str(desk.verify())
    (line,) = desk.docket(at=_at("2026-04-20T10:00"))
    assert ("khromtau/appeal-2026-1", "ЖТ-2026-00000001", oa.Standing.LATE, 3, None) == (
        line.case, line.number, line.standing, line.days_late, line.days_left,
    )  # fmt: skip


def test_what_the_desk_keeps_is_what_it_gave_back() -> None:
    """Every answer of `perform` is the case that its records make."""
    desk = _desk()
    case = _taken_up(desk)
    for act, by, at in (
        (kz.appeal.Extend(date(2026, 4, 30), "why"), BOSS, "2026-03-20T10:00"),
        (kz.appeal.Notify("extension"), CLERK, "2026-03-20T11:00"),
        (kz.appeal.Terminate("decided-before"), BOSS, "2026-03-26T11:00"),
    ):
        assert desk.perform(case, act, by=by, at=_at(at)) == desk.case(case)


# -- who may ----------------------------------------------------------------------------


def test_the_desk_says_who_may_and_why_not() -> None:
    """By stage and role for a kind of act; with its guards for an act."""
    desk = _desk()
    case, at = _taken_up(desk), _at("2026-03-19T11:00")
    told = desk.may(case, kz.appeal.Decide, by=CLERK, at=at)
    assert isinstance(told, oa.NotCompetent)
    assert ("authorised", "deputy", "head") == told.competent
    assert None is desk.may(case, kz.appeal.Decide, by=BOSS, at=at)
    assert None is desk.may(case, kz.appeal.Decide("favourable"), by=BOSS, at=at)
    told = desk.may(case, kz.appeal.Decide("zz"), by=BOSS, at=at)
    assert isinstance(told, oa.NotAllowed)
    assert "outcome.unknown" == told.code
    told = desk.may(case, kz.appeal.Correct, by=ASKS, at=at)
    assert isinstance(told, oa.NotAllowed)
    assert "act.not-available" == told.code


def test_asking_changes_nothing() -> None:
    """Neither `may` nor a question about days leaves a record."""
    desk = _desk()
    case = _taken_up(desk)
    before = list(desk.journal.since())
    desk.may(case, kz.appeal.Decide("favourable"), by=BOSS, at=_at("2027-03-19T11:00"))
    desk.deadlines(case)
    desk.docket(at=_at("2027-03-19T11:00"))
    desk.next_wakeup()
    assert before == list(desk.journal.since())


def test_the_chief_of_staff_extends_a_case_of_2026_and_none_of_2025() -> None:
    """The circle of officials is that of the wording."""
    chief = oa.Official("c", frozenset({CHIEF_OF_STAFF}))
    desk = _desk()
    case = _taken_up(desk)
    extended = desk.perform(
        case, kz.appeal.Extend(date(2026, 4, 30), "why"), by=chief, at=_at("2026-03-20T10:00")
    )
    assert "chief-of-staff" == extended.records[-1].role
    older = _opened(desk, "2025-11-03T10:00")
    desk.perform(older, oa.Register(), by=CLERK, at=_at("2025-11-03T10:10"))
    desk.perform(older, kz.appeal.Accept(), by=CLERK, at=_at("2025-11-03T10:20"))
    with pytest.raises(oa.NotCompetent):
        desk.perform(
            older, kz.appeal.Extend(date(2025, 12, 1), "why"), by=chief, at=_at("2025-11-04T10:00")
        )


# -- time -------------------------------------------------------------------------------


def test_the_desk_wants_to_be_woken_when_the_next_term_ends() -> None:
    """Of all open cases the soonest; none when all are closed."""
    desk = _desk()
    assert None is desk.next_wakeup()
    first, second = _opened(desk), _opened(desk, "2026-03-19T09:00")
    assert Wakeup(_at("2026-03-20T00:00"), first) == desk.next_wakeup()
    desk.perform(first, oa.Register(), by=CLERK, at=_at("2026-03-19T09:00"))
    assert Wakeup(_at("2026-03-20T00:00"), second) == desk.next_wakeup()
    desk.perform(second, kz.appeal.Withdraw(), by=ASKS, at=_at("2026-03-19T10:00"))
    running = [one.at for one in desk.deadlines(first) if not one.stopped_at]
    assert Wakeup(min(running), first) == desk.next_wakeup()
    desk.perform(first, kz.appeal.Withdraw(), by=ASKS, at=_at("2026-03-19T11:00"))
    assert None is desk.next_wakeup()


def test_the_law_acts_once_at_the_first_instant_past() -> None:
    """Not before, and not again however often it is asked."""
    desk = _desk()
    case = _taken_up(desk)
    assert "considered" == desk.lapse(case, at=_at("2026-04-14T23:59:59")).stage
    lapsed = desk.lapse(case, at=_at("2026-04-15T00:00"))
    assert ("deemed_refused", 4) == (lapsed.stage, len(lapsed.records))
    # until the three months to complain of the silence are over, which is on record too
    for at in ("2026-04-15T00:00", "2026-04-16T10:00", "2026-07-01T10:00"):
        assert lapsed == desk.lapse(case, at=_at(at))
    assert "intact: 4 records, 1 case" == str(desk.verify())


def test_a_host_that_wakes_when_asked_keeps_every_lapse() -> None:
    """Waking at each wish of the desk ends, and gives what one late waking gives."""
    often, once = _desk(), _desk()
    for desk in (often, once):
        for at in ("2026-03-18T18:40", "2026-03-20T09:00"):
            _opened(desk, at)
    woken = 0
    while wish := often.next_wakeup():
        often.lapse(wish.case, at=wish.at)
        woken += 1
    assert woken == 4
    for case in once.journal.cases():
        once.lapse(case, at=_at("2026-12-01T10:00"))
        assert once.case(case) == often.case(case)


def test_a_refusal_tells_the_lapses_before_it_and_keeps_nothing() -> None:
    """The act came too late; that the term ended is found out again by whoever asks next."""
    desk = _desk()
    case = _taken_up(desk)
    with pytest.raises(oa.NotAllowed) as told:
        desk.perform(
            case, kz.appeal.Extend(date(2026, 5, 30), "why"), by=BOSS, at=_at("2026-04-20T10:00")
        )
    assert ("act.not-available", "deemed_refused") == (told.value.code, told.value.stage)
    assert ["receive", "register", "accept"] == _tags(desk.case(case))
    lapsed = desk.lapse(case, at=_at("2026-04-20T10:00"))
    assert ["receive", "register", "accept", "deem-refused"] == _tags(lapsed)


def test_whether_an_act_may_be_performed_is_asked_of_the_case_as_the_law_has_left_it() -> None:
    """Due by the end of Tuesday 14 April: on the 15th silence has been a refusal."""
    desk = _desk()
    case = _taken_up(desk)
    for on, stage in (("2026-04-14T10:00", "considered"), ("2026-04-15T10:00", "deemed_refused")):
        no = desk.may(case, kz.appeal.Entrust(), by=BOSS, at=_at(on))
        assert no is not None
        assert stage == no.stage
    assert "considered" == desk.case(case).stage


def test_a_refusal_without_lapses_leaves_the_journal_as_it_was() -> None:
    """The case is untouched."""
    desk = _desk()
    case = _taken_up(desk)
    before = desk.journal.read(case)
    with pytest.raises(oa.NotCompetent):
        desk.perform(case, kz.appeal.Decide("favourable"), by=CLERK, at=_at("2026-03-20T10:00"))
    assert before == desk.journal.read(case)


def test_an_act_before_the_last_record_is_refused() -> None:
    """Time in a case does not go back."""
    desk = _desk()
    case = _taken_up(desk)
    with pytest.raises(oa.NotAllowed) as told:
        desk.perform(case, kz.appeal.Withdraw(), by=ASKS, at=_at("2026-03-19T09:30"))
    assert "act.before-last" == told.value.code


NAIVE = datetime(2026, 3, 20, 10)  # noqa: DTZ001 - that is what is wrong
ASKED: dict[str, Callable[[oa.Desk, str], object]] = {
    "open": lambda desk, _: desk.open(kz.Appeal, by=ASKS, at=NAIVE),
    "open with an id": lambda desk, _: desk.open(kz.Appeal, by=ASKS, at=NAIVE, id="zz"),
    "perform": lambda desk, case: desk.perform(case, kz.appeal.Withdraw(), by=ASKS, at=NAIVE),
    "register": lambda desk, case: desk.perform(case, oa.Register(), by=CLERK, at=NAIVE),
    "lapse": lambda desk, case: desk.lapse(case, at=NAIVE),
    "may": lambda desk, case: desk.may(case, kz.appeal.Withdraw(), by=ASKS, at=NAIVE),
    "may, of a kind": lambda desk, case: desk.may(case, kz.appeal.Withdraw, by=ASKS, at=NAIVE),
    "docket": lambda desk, _: desk.docket(at=NAIVE),
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED.keys())
def test_an_instant_without_an_offset_is_refused(asked: Callable[[oa.Desk, str], object]) -> None:
    """At every door of the desk, and nothing is kept."""
    for lived in (_opened, _taken_up):
        desk = _desk()
        case = lived(desk)
        before = list(desk.journal.since())
        with pytest.raises(oa.Malformed, match="names no UTC offset"):
            asked(desk, case)
        assert before == list(desk.journal.since())


# -- numbers ----------------------------------------------------------------------------


def test_cases_are_numbered_by_procedure_and_year_of_the_office() -> None:
    """The year is that of the office's clocks: 31 December 19:30 in London is next year here."""
    office = "khromtau"
    desk = _desk()
    late = datetime.fromisoformat("2025-12-31T19:30+00:00")
    names = [desk.open(kind, by=ASKS, at=late).id for kind in (kz.Appeal, kz.Appeal, kz.Simplified)]
    names.append(desk.open("appeal", by=ASKS, at=late - timedelta(hours=1)).id)
    told = ["appeal-2026-1", "appeal-2026-2", "simplified-2026-1", "appeal-2025-1"]
    assert [f"{office}/{one}" for one in told] == names


def test_a_host_may_name_its_cases() -> None:
    """A name taken already is a conflict, and the case under it stays."""
    desk = _desk()
    assert "Іс №5" == desk.open(kz.Appeal, by=ASKS, at=_at("2026-03-18T10:00"), id="Іс №5").id
    with pytest.raises(oa.Conflict) as told:
        desk.open(kz.Appeal, by=ASKS, at=_at("2026-03-18T11:00"), id="Іс №5")
    assert (0, 1) == (told.value.expected, told.value.found)
    assert _at("2026-03-18T10:00") == desk.case("Іс №5").opened_at


def test_a_registration_has_the_number_given_or_the_next_of_its_year() -> None:
    """A refused registration takes no number: the register has no gaps to explain."""
    desk = _desk()
    first, second, third = (_opened(desk) for _ in range(3))
    at = _at("2026-03-19T09:00")
    with pytest.raises(oa.NotCompetent):
        desk.perform(first, oa.Register(), by=BOSS, at=at)
    given = [
        desk.perform(case, act, by=CLERK, at=at).records[-1].act
        for case, act in (
            (first, oa.Register()),
            (second, oa.Register("вх-77")),
            (third, oa.Register()),
        )
    ]
    assert [oa.Register(no) for no in ("ЖТ-2026-00000001", "вх-77", "ЖТ-2026-00000002")] == given


def test_an_official_opens_a_case_for_an_applicant() -> None:
    """Brought by hand: the clerk is on record, the applicant in what was received."""
    desk = _desk()
    case = desk.open(kz.Appeal, by=CLERK, applicant=ASKS, at=_at("2026-03-18T10:00"))
    assert ("s", "registrar", ASKS) == (
        case.records[0].by,
        case.records[0].role,
        case.received.applicant,
    )


def test_what_the_office_does_not_know_is_not_opened() -> None:
    """A procedure, or a day before any law."""
    desk = _desk()
    with pytest.raises(oa.Malformed, match="'zz' is none of"):
        desk.open("zz", by=ASKS, at=_at("2026-03-18T10:00"))
    with pytest.raises(oa.Undated):
        desk.open(kz.Appeal, by=ASKS, at=_at("2006-12-31T10:00"))
    assert [] == list(desk.journal.cases())


def test_a_case_that_is_not_there_is_unknown_to_every_question() -> None:
    """To acts, lapses, questions."""
    desk, at = _desk(), _at("2026-03-18T10:00")
    for asked in (
        lambda: desk.case("zz"),
        lambda: desk.perform("zz", kz.appeal.Withdraw(), by=ASKS, at=at),
        lambda: desk.lapse("zz", at=at),
        lambda: desk.may("zz", kz.appeal.Withdraw, by=ASKS, at=at),
        lambda: desk.deadlines("zz"),
    ):
        with pytest.raises(oa.UnknownCase):
            asked()


def test_an_act_that_could_not_be_read_again_is_not_kept() -> None:
    """The case stays open to the next act."""
    desk = _desk()
    case = _taken_up(desk)
    with pytest.raises(oa.Malformed):
        desk.perform(case, kz.appeal.Redirect("\ud800"), by=CLERK, at=_at("2026-03-20T10:00"))
    with pytest.raises(oa.Malformed):
        desk.perform(case, kz.appeal.Redirect(5), by=CLERK, at=_at("2026-03-20T10:00"))  # type: ignore[arg-type]
    assert (
        "redirected"
        == desk.perform(case, kz.appeal.Redirect("x"), by=CLERK, at=_at("2026-03-20T10:00")).stage
    )


# -- several at one case ----------------------------------------------------------------


class Interrupted(memory.Journal):
    """A journal in which somebody writes after the next reading."""

    def __init__(self) -> None:
        super().__init__()
        self.then: Callable[[], object] | None = None

    def read(self, case: str, /) -> Sequence[Sealed]:
        rows = super().read(case)
        then, self.then = self.then, None
        if then:
            then()
        return rows


def test_of_two_who_decide_at_once_the_second_is_told_and_decides_again() -> None:
    """The conflict tells how many records there were and are; nothing of the second is kept."""
    journal = Interrupted()
    ours, theirs = _desk(journal), _desk(journal)
    case, at = _taken_up(ours), _at("2026-03-20T10:00")
    journal.then = lambda: theirs.perform(case, kz.appeal.Withdraw(), by=ASKS, at=at)
    with pytest.raises(oa.Conflict) as told:
        ours.perform(case, kz.appeal.Decide("favourable"), by=BOSS, at=at)
    assert (3, 4) == (told.value.expected, told.value.found)
    assert "withdrawn" == ours.case(case).stage
    with pytest.raises(oa.NotAllowed):
        ours.perform(case, kz.appeal.Decide("favourable"), by=BOSS, at=at)
    assert ours.verify().intact


def test_of_two_hosts_that_wake_at_once_one_records_the_lapse() -> None:
    """The second is told of a conflict; asked again, it finds nothing left to do."""
    journal = Interrupted()
    ours, theirs = _desk(journal), _desk(journal)
    case, at = _taken_up(ours), _at("2026-04-15T00:00")
    journal.then = lambda: theirs.lapse(case, at=at)
    with pytest.raises(oa.Conflict):
        ours.lapse(case, at=at)
    assert ["receive", "register", "accept", "deem-refused"] == _tags(ours.lapse(case, at=at))


# -- the docket -------------------------------------------------------------------------


def test_the_docket_tells_how_every_case_stands_the_most_pressing_first() -> None:
    """Overdue, due soon, open, late, in time."""
    desk = _desk()
    stories: dict[str, tuple[str, str | None]] = {
        "in time": ("2026-03-18T10:00", "2026-03-30T10:00"),
        "late": ("2026-03-18T10:00", "2026-04-16T10:00"),
        "overdue": ("2026-03-18T10:00", None),
        "due soon": ("2026-03-30T10:00", None),
        "open": ("2026-04-13T10:00", None),
    }
    for name, (opened, answered) in stories.items():
        at = _at(opened)
        desk.open(kz.Appeal, by=ASKS, at=at, id=name)
        desk.perform(name, oa.Register(), by=CLERK, at=at)
        desk.perform(name, kz.appeal.Accept(), by=CLERK, at=at)
        if answered:
            desk.perform(name, kz.appeal.Decide("favourable"), by=BOSS, at=_at(answered))
    lines = desk.docket(at=_at("2026-04-17T10:00"))
    told = [(line.case, line.standing.value, line.days_late, line.days_left) for line in lines]
    assert [
        ("overdue", "overdue", 4, -4),
        ("due soon", "due soon", 0, 1),
        ("open", "open", 0, 11),
        ("late", "late", 3, None),
        ("in time", "in time", 0, None),
    ] == told
    counted = {"in time": 1, "late": 1, "open": 1, "due soon": 1, "overdue": 1}
    assert {**counted, "not judged": 0, "broken": 0} == docket.summary(lines)
    assert "open" == desk.docket(at=_at("2026-04-17T10:00"), soon=0)[1].standing.value


def test_other_limits_missed_are_told_beside_the_term() -> None:
    """Registered two days late, yet answered in time."""
    desk = _desk()
    case = _opened(desk, "2026-04-13T10:00")
    desk.perform(case, oa.Register(), by=CLERK, at=_at("2026-04-15T10:00"))
    desk.perform(case, kz.appeal.Accept(), by=CLERK, at=_at("2026-04-15T10:00"))
    desk.perform(case, kz.appeal.Decide("favourable"), by=BOSS, at=_at("2026-04-16T10:00"))
    (line,) = desk.docket(at=_at("2026-06-17T10:00"))
    assert (oa.Standing.IN_TIME, ("appeal.registration",)) == (line.standing, line.breaches)


# -- proof ------------------------------------------------------------------------------


def test_a_record_altered_in_the_journal_is_found_and_not_acted_upon() -> None:
    """The verdict names the case and the record; the desk refuses to go on from it."""
    journal = Tampered()
    desk = _desk(journal)
    case, other = _taken_up(desk), _opened(desk)
    row = journal.read(case)[1]
    journal.put(case, 2, attrs.evolve(row, body=row.body.replace(b"registrar", b"registrer")))
    told = desk.verify()
    assert ("altered", case, 2) == (
        told.broken[0].kind,
        told.broken[0].case,
        told.broken[0].at_record,
    )
    assert "BROKEN: 1 of 4 records, 2 cases" == str(told).splitlines()[0]
    with pytest.raises(oa.BrokenTrail) as wrong:
        desk.perform(case, kz.appeal.Decide("favourable"), by=BOSS, at=_at("2026-03-20T10:00"))
    assert ("trail.altered", 2) == (wrong.value.code, wrong.value.at_record)
    assert "received" == desk.case(other).stage


def test_an_empty_journal_is_no_evidence() -> None:
    assert "empty: no records" == str(_desk().verify())


# -- questions that are none --------------------------------------------------------------


def _asks(desk: oa.Desk, case: str) -> list[tuple[str, Callable[[], object]]]:
    """What a host might ask by mistake, and what is said to it."""
    now = _at("2026-03-19T09:00")
    any_: Any = oa.Register
    return [
        ("act: 'register' is no act", lambda: desk.perform(case, any_.tag, by=CLERK, at=now)),
        ("act: the class .* is no act", lambda: desk.perform(case, any_, by=CLERK, at=now)),
        (
            "by: what is of str is no Applicant",
            lambda: desk.perform(case, any_(), by=cast("Any", "s"), at=now),
        ),
        (
            "by: what is of NoneType is no Applicant",
            lambda: desk.may(case, any_, by=cast("Any", None), at=now),
        ),
        ("by: .* is no Applicant", lambda: desk.perform(case, any_(), by=TheLaw(), at=now)),
        ("beside: holds", lambda: desk.perform(case, any_(), by=CLERK, at=now, beside=[any_])),
        (
            "act: 'deem-refused' is what time does",
            lambda: desk.perform(case, kz.appeal.DeemRefused("x", now), by=CLERK, at=now),
        ),
        ("id: 7 is not text", lambda: desk.open(kz.Appeal, id=cast("Any", 7), by=ASKS, at=now)),
        ("topic: 7 is not text", lambda: desk.open(kz.Appeal, by=ASKS, at=now, topic=7)),
        (
            "silence_agrees: required field missing",
            lambda: desk.open(kz.Consultation, by=BOSS, at=now),
        ),
    ]


@pytest.mark.parametrize("n", range(10))
def test_a_question_that_is_none_is_malformed_and_changes_nothing(n: int) -> None:
    desk = _desk()
    case = _opened(desk)
    why, ask = _asks(desk, case)[n]
    with pytest.raises(oa.Malformed, match=why):
        ask()
    assert [case] == list(desk.journal.cases())
    assert 1 == len(desk.case(case).records)


def test_a_case_is_opened_with_an_act_as_well_as_with_its_fields() -> None:
    desk = _desk()
    by_fields = desk.open(kz.Appeal, by=ASKS, at=_at("2026-03-18T10:00"), topic="roads")
    by_act = desk.open(kz.Appeal, oa.Receive(topic="roads"), by=ASKS, at=_at("2026-03-18T10:00"))
    assert by_fields.received == by_act.received
    with pytest.raises(oa.Malformed, match="appeal opens with 'receive', not with 'take-ticket'"):
        desk.open(kz.Appeal, kz.visit.TakeTicket(), by=ASKS, at=_at("2026-03-18T10:00"))


# -- where the calendar ends --------------------------------------------------------------


def test_nothing_is_kept_whose_term_no_calendar_tells() -> None:
    """A case that could not be counted would stop the docket of all others."""
    desk = _desk()
    kept = _opened(desk)
    now = _at("2026-03-19T09:00")
    with pytest.raises(oa.BeyondCalendar, match="case late: 2028-03-18 .*outside the calendar"):
        desk.open(kz.Appeal, id="late", by=ASKS, at=_at("2028-03-18T10:00"))
    with pytest.raises(oa.BeyondCalendar, match="case long: 2028"):
        desk.open(kz.Instruction, id="long", by=BOSS, at=now, term="24 months", executors=("e",))
    desk.open(kz.Instruction, id="i", by=BOSS, at=now, term="1 month", executors=("e",))
    executor = oa.Official("e", {EXECUTOR})
    desk.perform("i", kz.appeal.Accept(), by=executor, at=now)
    asked = kz.instruction.AskToExtend(date(2028, 2, 1), "more to do")
    desk.perform("i", asked, by=executor, at=now)
    with pytest.raises(oa.BeyondCalendar, match="case i: 2028"):
        desk.perform("i", kz.appeal.Extend(date(2028, 2, 1), "more to do"), by=BOSS, at=now)
    assert {kept, "i"} == set(desk.journal.cases())
    assert {kept, "i"} == {line.case for line in desk.docket(at=now)}


def test_no_term_ends_before_the_day_it_is_set_on() -> None:
    desk, now, past = _desk(), _at("2026-03-19T09:00"), date(2026, 3, 18)
    with pytest.raises(oa.Malformed, match="until: 2026-03-18 is before 2026-03-19"):
        desk.open(kz.Instruction, by=BOSS, at=now, until=past, executors=("e",))
    case = desk.open(kz.Instruction, by=BOSS, at=now).id
    with pytest.raises(oa.Malformed, match="until: 2026-03-18 is before 2026-03-19"):
        desk.perform(case, kz.instruction.SetTerm(until=past, executors=("e",)), by=BOSS, at=now)
    assert 1 == len(desk.case(case).records)
    desk.perform(case, kz.instruction.SetTerm(until=now.date(), executors=("e",)), by=BOSS, at=now)


def test_who_counts_by_a_shorter_calendar_is_told_which_case_it_does_not_reach() -> None:
    desk = _desk()
    case = _opened(desk, "2027-01-20T10:00")
    strict = _desk(desk.journal, kz.office("khromtau", calendar=kz.calendar(strict=True)))
    other = _opened(desk, "2026-12-01T10:00")
    wakeup = strict.next_wakeup()
    assert wakeup is not None
    assert (other, [(case, "beyond-calendar")]) == (
        wakeup.case,
        [(one.case, one.code) for one in wakeup.broken],
    )
    lines = {line.case: line for line in strict.docket(at=_at("2027-01-20T11:00"))}
    assert ({case, other}, "not judged") == (set(lines), lines[case].standing.value)
    line = lines[case]
    assert "2027" in line.why
