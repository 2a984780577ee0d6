"""What was entered wrongly is corrected by a record of its own, and nothing sealed is touched."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.revised import ASKS, Decide, Examine, Extend, First, Inspect, office_of
from tests.tiny.charts import COUNCIL, MAYOR, SCRIBE

import openakimat as oa
from openakimat.adapters import memory
from openakimat.case.acts import Move, Rectify
from openakimat.case.people import APPLICANT, Mandate, Representative
from openakimat.case.record import Record
from openakimat.errors import Malformed, NotAllowed, NotCompetent
from openakimat.judgement.deadlines import deadlines
from openakimat.judgement.replay import replay
from openakimat.judgement.running import after, follow
from openakimat.trail.seal import Chain, seal, unseal

ANA = oa.Official("ana", {SCRIBE, MAYOR, COUNCIL})
SCRIBES = oa.Official("sara", {SCRIBE})


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"2026-{day}T10:00+01:00")


@pytest.fixture
def desk() -> oa.Desk:
    """A desk with a licence applied for, registered, examined and extended."""
    here = oa.Desk(office_of(First), journal=memory.Journal(), numbers=memory.Numbers())
    here.open("licence", topic="a stal", channel="papr", at=at("02-02"), by=ASKS, id="L")
    acts = (oa.Register("1"), Examine("who?"), Extend(date(2026, 3, 2), "far"))
    for day, act in zip(("02-03", "02-04", "02-05"), acts, strict=True):
        here.perform("L", act, at=at(day), by=ANA)
    return here


RECEIVED = oa.Receive(topic="a stall", channel="paper", applicant=ASKS)


def rectify(
    desk: oa.Desk,
    record: int,
    act: oa.Act,
    *,
    by: Any = ANA,
    why: str = "a slip",
    day: str = "02-06",
) -> oa.Case:
    return desk.perform("L", Rectify(record, act, why), at=at(day), by=by)


def refused(desk: oa.Desk, record: int, act: oa.Act, **how: Any) -> oa.Refusal:
    before = desk.case("L")
    with pytest.raises(oa.Refusal) as no:
        rectify(desk, record, act, **how)
    assert desk.case("L") == before
    return no.value


# -- what a correction does -------------------------------------------------------------


def test_a_case_reads_the_act_as_it_should_have_been_entered(desk: oa.Desk) -> None:
    case = rectify(desk, 3, Examine("who lives there?"))
    assert case.records[2].act == Examine("who lives there?")
    assert desk.case("L") == case
    assert attrs.evolve(case.records[2], act=Examine("who?")) == unseal(desk.journal.read("L")[2])
    assert case.records[-1].act == Rectify(3, Examine("who lives there?"), "a slip")
    assert (case.stage, case.records[-1].role) == ("examined", "mayor")


def test_what_was_sealed_stays_as_it_was_sealed(desk: oa.Desk) -> None:
    before = desk.journal.read("L")
    rectify(desk, 3, Examine("who lives there?"))
    assert list(desk.journal.read("L")[:4]) == list(before)
    assert str(desk.verify()) == "intact: 5 records, 1 case"


def test_what_the_correction_says_is_as_private_as_what_it_corrects(desk: oa.Desk) -> None:
    rectify(desk, 3, Examine("a name that nobody may read"), why="misheard, says Karlo")
    row = desk.journal.read("L")[-1]
    for text in (b"nobody may read", b"says Karlo", b"ana", b"revised-examine"):
        assert text not in row.body, text
    assert b"nobody may read" in row.private


@pytest.mark.parametrize("number", ["2", ""])
def test_a_number_of_the_register_is_corrected_and_takes_no_new_one(
    desk: oa.Desk, number: str
) -> None:
    case = rectify(desk, 2, oa.Register(number))
    assert case.records[1].act == oa.Register(number)
    assert desk.docket(at=at("02-06"))[0].number == number


def test_a_closed_case_can_be_corrected_too(desk: oa.Desk) -> None:
    assert desk.lapse("L", at=at("03-20")).stage == "refused"
    case = rectify(desk, 3, Examine("who lives there?"), day="03-21")
    assert case.stage == "refused"
    assert case.records[2].act == Examine("who lives there?")


def test_a_correction_is_itself_corrected_by_another(desk: oa.Desk) -> None:
    for remark in ("who lives ther?", "who lives there?", "who lives here?"):
        case = rectify(desk, 3, Examine(remark))
        assert case.records[2].act == Examine(remark)
    assert desk.case("L") == case
    assert [type(record.act) for record in case.records[4:]] == [Rectify] * 3
    assert refused(desk, 3, Examine("who lives here?")).missing[0].code == "rectify.nothing"


def test_acts_go_on_after_a_correction(desk: oa.Desk) -> None:
    rectify(desk, 1, RECEIVED, by=ASKS)
    case = desk.perform("L", Decide("granted"), at=at("02-07"), by=ANA)
    assert case.stage == "decided"
    assert case.received == RECEIVED
    assert desk.verify().intact


# -- by whom ----------------------------------------------------------------------------


def test_whoever_may_perform_an_act_may_correct_it(desk: oa.Desk) -> None:
    assert refused(desk, 3, Examine("x"), by=SCRIBES).competent == ("mayor",)
    assert rectify(desk, 2, oa.Register("2"), by=SCRIBES).records[-1].role == "scribe"


def test_the_role_recorded_is_one_that_may_though_another_comes_first(desk: oa.Desk) -> None:
    archivist = oa.Official("m", {oa.Role("archivist"), MAYOR})
    assert rectify(desk, 3, Examine("x"), by=archivist).records[-1].role == "mayor"


def test_a_receipt_is_corrected_by_its_applicant_and_by_no_other(desk: oa.Desk) -> None:
    stranger = oa.Applicant("Marko", id="marko")
    assert isinstance(refused(desk, 1, RECEIVED, by=stranger), NotCompetent)
    assert isinstance(refused(desk, 1, RECEIVED, by=ANA), NotCompetent)
    case = rectify(desk, 1, RECEIVED, by=ASKS)
    assert (case.records[-1].by, case.records[-1].role) == ("karlo", "applicant")


def test_who_stands_in_for_somebody_corrects_in_their_name(desk: oa.Desk) -> None:
    power = Mandate("karlo", {APPLICANT}, "power of attorney 1", date(2026, 2, 1))
    case = rectify(desk, 1, RECEIVED, by=Representative("lawyer", (power,)))
    record = case.records[-1]
    assert (record.by, record.role, record.on_behalf) == ("lawyer", "applicant", "karlo")
    other = Mandate("marko", {APPLICANT}, "power of attorney 2", date(2026, 2, 1))
    again = oa.Receive(topic="two stalls", channel="paper", applicant=ASKS)
    assert isinstance(refused(desk, 1, again, by=Representative("lawyer", (other,))), NotCompetent)
    substitute = oa.Official(
        "s", {oa.Role("guard")}, mandates=(Mandate("marta", {MAYOR}, "order 3", date(2026, 2, 1)),)
    )
    record = rectify(desk, 3, Examine("x"), by=substitute).records[-1]
    assert (record.by, record.role, record.on_behalf) == ("s", "mayor", "marta")


def test_a_screen_that_asks_by_class_is_not_told_no(desk: oa.Desk) -> None:
    assert desk.may("L", Rectify, at=at("02-06"), by=ANA) is None
    assert desk.may("L", Rectify(3, Examine("x"), "a slip"), at=at("02-06"), by=ANA) is None


# -- what may not be corrected ----------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "act", "code"),
    [
        (4, Extend(date(2026, 3, 3), "far"), "rectify.substance"),  # its clock runs by it
        (4, Extend(date(2026, 3, 2), "very far"), "rectify.substance"),  # a guard asked for it
        (
            1,
            attrs.evolve(RECEIVED, applicant=oa.Applicant("Marko", id="marko")),
            "rectify.substance",
        ),
        (1, attrs.evolve(RECEIVED, applicant=None), "rectify.substance"),
        (1, attrs.evolve(RECEIVED, joined=7), "rectify.substance"),
        (1, attrs.evolve(RECEIVED, links=(oa.Link("M", "about"),)), "rectify.substance"),
        (3, Examine("who?"), "rectify.nothing"),
        (3, Inspect("x"), "rectify.no-record"),  # of another kind
        (0, Examine("x"), "rectify.no-record"),
        (-2, Examine("x"), "rectify.no-record"),
        (5, Examine("x"), "rectify.no-record"),
        (99, Examine("x"), "rectify.no-record"),
    ],
)
def test_what_was_judged_or_counted_by_is_not_corrected(
    desk: oa.Desk, record: int, act: oa.Act, code: str
) -> None:
    by = ASKS if record == 1 else ANA
    assert refused(desk, record, act, by=by).code == code


def test_a_correction_gives_its_reason_and_all_that_is_wrong_is_told_at_once(desk: oa.Desk) -> None:
    refusal = refused(desk, 4, Extend(date(2026, 3, 3), "near"), why=" ")
    assert [(one.path, one.code) for one in refusal.missing] == [
        ("reason", "rectify.reason"),
        ("act.reason", "rectify.substance"),
        ("act.until", "rectify.substance"),
    ]


def test_a_correction_comes_after_the_last_record(desk: oa.Desk) -> None:
    refusal = refused(desk, 3, Examine("x"), day="02-01")
    assert (type(refusal), refusal.code) == (NotAllowed, "act.before-last")


def test_what_the_law_did_and_a_correction_are_corrected_by_nobody(desk: oa.Desk) -> None:
    desk.lapse("L", at=at("03-20"))
    case = rectify(desk, 3, Examine("x"), day="03-21")
    for record in case.records[4:]:
        no = refused(desk, record.no, record.act, day="03-22")
        assert no.code == "rectify.no-record"
    assert case.records[4].role == "law"


def test_a_correction_holds_an_act(desk: oa.Desk) -> None:
    with pytest.raises(Malformed, match="act: is of str, not of Act"):
        Rectify(3, "examine", "x")  # type: ignore[arg-type]
    assert len(desk.case("L").records) == 4


# -- nobody forges one ------------------------------------------------------------------

FORGED = [
    {"role": "archivist"},
    {"stage": "decided"},
    {"act": Rectify(3, Inspect("x"), "x")},
    {"act": Rectify(5, Rectify(5, Examine("x"), "x"), "x")},
    {"act": Rectify(0, Examine("x"), "x")},
    {"act": Rectify(-1, Examine("x"), "x")},
    {"act": Rectify(6, Examine("x"), "x")},
    {"at": at("02-01")},
    {"act": Move("examined"), "role": "law", "stage": "decided"},
]


@pytest.mark.parametrize("over", FORGED)
def test_a_correction_that_no_desk_would_keep_is_not_believed(
    desk: oa.Desk, over: dict[str, Any]
) -> None:
    journal, head = desk.journal, desk.journal.read("L")[-1].seal
    act = Rectify(3, Examine("x"), "x")
    true = Record(5, at("02-06"), "ana", "mayor", act, "examined", First.table.under, office="eta")
    salt = journal.salt
    for record, intact in ((true, True), (attrs.evolve(true, **over), False)):
        kept = memory.Journal()
        kept.append("L", journal.read("L"), expected=0, forms={First.table.under: First.table.form})
        kept.append("L", [seal("L", record, head, salt=salt)], expected=4)
        here = oa.Desk(desk.office, journal=kept, numbers=memory.Numbers())
        assert here.verify().intact is intact
        assert (here.broken() == ()) is intact


# -- replay -----------------------------------------------------------------------------

_CORRECTIONS = st.lists(
    st.one_of(
        st.tuples(st.just(2), st.builds(oa.Register, st.sampled_from(["", "2", "R-3"]))),
        st.tuples(st.just(3), st.builds(Examine, st.sampled_from(["a", "b", "c"]))),
        st.tuples(st.just(0), st.just(Decide("granted"))),
    ),
    max_size=6,
)


@given(_CORRECTIONS)
def test_a_case_corrected_any_number_of_times_is_replayed_the_same(deeds: Any) -> None:
    here = oa.Desk(office_of(First), journal=memory.Journal(), numbers=memory.Numbers())
    here.open("licence", at=at("02-02"), by=ASKS, id="L")
    told = here.perform("L", oa.Register("1"), at=at("02-03"), by=ANA)
    told = here.perform("L", Examine("who?"), at=at("02-04"), by=ANA)
    for record, act in deeds:
        asked = Rectify(record, act, "a slip") if record else act
        if here.may("L", asked, at=at("02-05"), by=ANA) is None:
            told = here.perform("L", asked, at=at("02-05"), by=ANA)
    rows = here.journal.read("L")
    records = [unseal(row) for row in rows]
    assert told == here.case("L") == replay("L", records, office=here.office)
    folded = follow(replay("L", records[:1], office=here.office), office=here.office)
    chain = Chain("L")
    chain.take(rows[0])
    for row, record in zip(rows[1:], records[1:], strict=True):
        folded = after(folded, record)
        assert chain.take(row) == record
    assert folded.case == told
    assert deadlines(folded, office=here.office) == deadlines(told, office=here.office)
