"""Who looked at a case, and why, is kept in a sealed chain of its own; what is confidential is not shown."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

import pytest

from openakimat import Case, Desk, Official, Register, kz
from openakimat.adapters import memory, sql
from openakimat.case.acts import Look, Rectify, Seclude
from openakimat.case.people import Mandate
from openakimat.desk.rollup import roll_up
from openakimat.errors import Conflict, Malformed, NotCompetent, UnknownCase
from openakimat.kz.acts import Accept, Assign
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import ANTICORRUPTION, CHIEF_OF_STAFF, EXECUTOR, HEAD, REGISTRAR
from openakimat.law.words import Words
from openakimat.trail.seal import Chain

AT = datetime.fromisoformat
CLERK = Official("clerk", {REGISTRAR})
CHIEF = Official("chief", {HEAD})
OTHER = Official("other", {EXECUTOR, REGISTRAR})
ASKS = Applicant("Aigerim", id="a-7")
NOON = AT("2026-03-17T12:00+05:00")
SECRET = Seclude((CHIEF_OF_STAFF,), reason="a family matter")


@pytest.fixture(params=[memory.Store, partial(sql.Store, "sqlite://")], ids=["memory", "sqlite"])
def desk(request: pytest.FixtureRequest) -> Desk:
    desk = Desk(kz.office("khromtau"), request.param(), secret=b"a key of the host's")
    desk.open("appeal", topic="roads", by=ASKS, at=AT("2026-03-16T10:00+05:00"), id="A")
    put(desk, Register(), CLERK)
    put(desk, Accept(), CLERK)
    put(desk, Assign("g.omarova"), CHIEF)
    return desk


def put(desk: Desk, act: Any, by: Any) -> Case:
    return desk.perform("A", act, at=AT("2026-03-16T11:00+05:00"), by=by)


def look(desk: Desk, by: Any, why: str = "a question of the applicant's", at: Any = NOON) -> Case:
    return desk.look("A", at=at, by=by, why=why)


def test_a_look_is_kept_and_changes_nothing_of_the_case(desk: Desk) -> None:
    before, wakes, lines = desk.case("A"), desk.next_wakeup(), desk.docket(at=NOON)
    assert desk.case("A", at=NOON) == look(desk, OTHER, "to answer the phone")
    assert look(desk, ASKS)
    assert (before, wakes, lines) == (desk.case("A"), desk.next_wakeup(), desk.docket(at=NOON))
    looks = desk.case("A/looks").records
    assert [("other", "to answer the phone")] == [
        (one.by, getattr(one.act, "why", "")) for one in looks[:1]
    ]
    assert ["other", "a-7"] == [one.by for one in looks]
    assert ["A"] == [case.id for case in desk.files()]
    assert ["A"] == [found.card.case for found in desk.find(at=NOON).found]
    assert not (*desk.adoptions(), *desk.broken(), *roll_up([desk], at=NOON).unattended)
    assert 0 == desk.rebuild()
    assert () == desk.missing()


def test_the_chain_is_verified_and_tells_nobody_s_name_or_reason(desk: Desk) -> None:
    look(desk, OTHER, "Aigerim rang")
    look(desk, CHIEF)
    assert desk.verify().intact
    rows = desk.journal.read("A/looks")
    assert not any(b"Aigerim" in row.body or b"other" in row.body for row in rows)
    fresh = Desk(kz.office("khromtau"), desk.store)
    assert desk.case("A/looks") == fresh.case("A/looks")
    fresh.look("A", at=NOON, by=CLERK, why="once more")
    assert 3 == fresh.case("A/looks").version
    assert fresh.verify().intact


def test_two_windows_whose_clocks_differ_both_look(desk: Desk) -> None:
    look(desk, OTHER)
    look(desk, CLERK, at=AT("2026-03-17T11:59+05:00"))
    assert NOON == desk.case("A/looks").records[-1].at
    assert desk.verify().intact


def test_a_look_says_why_and_at_what_there_is(desk: Desk) -> None:
    with pytest.raises(Malformed, match="why: is empty"):
        look(desk, OTHER, "")
    with pytest.raises(UnknownCase):
        desk.look("B", at=NOON, by=OTHER, why="by mistake")
    with pytest.raises(UnknownCase):
        desk.case("A/looks")
    # Of a register, say, that was kept without a desk.
    rows, _ = Chain("A/looks").seal_on(desk.case("A").records[:1], salt=bytes)
    desk.journal.append("A/looks", rows, expected=0)
    with pytest.raises(Conflict):
        look(desk, OTHER)
    assert 1 == desk.case("A/looks").version
    assert desk.verify().intact


def test_an_applicant_is_given_their_own_case_alone(desk: Desk) -> None:
    assert look(desk, ASKS).id == "A"
    for stranger in (Applicant("Bolat"), Applicant()):
        with pytest.raises(NotCompetent):
            look(desk, stranger)


def test_what_an_act_makes_confidential_is_given_to_those_it_names(desk: Desk) -> None:
    put(desk, SECRET, CLERK)
    lent = Mandate("g.omarova", {EXECUTOR}, "order 1", date(2026, 3, 17), date(2026, 3, 17))
    substitute = Official("other", {EXECUTOR}, mandates=(lent,))
    named = (ASKS, CLERK, CHIEF, Official("g.omarova", {EXECUTOR}), substitute)
    for by in (*named, Official("boss", {CHIEF_OF_STAFF})):
        assert look(desk, by)
    for by, at in ((OTHER, NOON), (substitute, AT("2026-03-18T12:00+05:00"))):
        with pytest.raises(NotCompetent) as no:
            look(desk, by, at=at)
        assert ("look.confidential", ("chief-of-staff",)) == (no.value.code, no.value.competent)
        assert "конфиденциально" in Words(desk.office.law, "ru").refusal(no.value)
    assert 6 == desk.case("A/looks").version
    assert desk.verify().intact


def test_to_whom_it_is_open_is_corrected_like_any_slip(desk: Desk) -> None:
    case = put(desk, SECRET, CLERK)
    wider = Seclude((CHIEF_OF_STAFF, EXECUTOR), reason="a family matter")
    put(desk, Rectify(case.version, wider, "the executors too"), CLERK)
    assert look(desk, OTHER)


def test_a_role_that_there_is_none_of_is_refused_with_its_neighbour(desk: Desk) -> None:
    with pytest.raises(Malformed, match=r"open_to: 'hed' is none of .*nearest: head"):
        put(desk, Seclude(("hed",), reason="a family matter"), CLERK)


def test_a_report_of_corruption_is_confided_to_a_service() -> None:
    desk = Desk(kz.office("khromtau"), memory.Store())
    spy = Official("spy", {HEAD, EXECUTOR})
    service = Official("s", {ANTICORRUPTION})
    case = desk.open("corruption", at=NOON, by=service, reporter="ab" * 32)
    with pytest.raises(NotCompetent) as no:
        desk.look(case.id, at=NOON, by=spy, why="curious")
    assert ("anti-corruption",) == no.value.competent
    assert desk.look(case.id, at=NOON, by=Official("t", {ANTICORRUPTION}), why="on duty")


def test_nobody_writes_a_look_by_another_door(desk: Desk) -> None:
    look(desk, OTHER)
    for act in (Look("again"), SECRET):
        refusal = desk.may("A/looks", act, at=NOON, by=OTHER)
        assert refusal is not None
    rows = desk.journal.read("A/looks")
    assert isinstance(desk.may("A", Look("x"), at=NOON, by=OTHER), Exception)
    assert 1 == len(rows)


def test_who_comes_under_no_name_is_shown_no_report_of_another_such() -> None:
    desk = Desk(kz.office("khromtau"), memory.Store(), secret=b"a key of the host's")
    nobody = kz.corruption.pseudonym()
    desk.open("corruption", by=nobody, at=NOON, id="R")
    with pytest.raises(NotCompetent) as told:
        desk.look("R", at=NOON, by=nobody, why="my own")
    assert "look.confidential" == told.value.code


def test_an_ordinary_case_of_another_is_not_called_confidential(desk: Desk) -> None:
    other = Applicant("Bolat", id="b-1")
    with pytest.raises(NotCompetent) as told:
        look(desk, other)
    assert "look.of-another" == told.value.code
    assert "It is the case of somebody else" in Words(desk.office.law, "en").refusal(told.value)
    put(desk, SECRET, CHIEF)
    with pytest.raises(NotCompetent) as told:
        look(desk, other)
    assert "look.confidential" == told.value.code


def test_whoever_a_case_is_given_to_beside_the_executor_may_look_at_it(desk: Desk) -> None:
    put(desk, Assign("g.omarova", also=("a.serik", "b.berik")), CHIEF)
    put(desk, SECRET, CHIEF)
    for name in ("g.omarova", "a.serik", "b.berik"):
        assert look(desk, Official(name, {EXECUTOR}))
    with pytest.raises(NotCompetent):
        look(desk, OTHER)


def test_no_case_is_given_the_name_of_a_trail_of_looks(desk: Desk) -> None:
    with pytest.raises(Malformed, match="id: 'A/looks' is the name of a trail of looks"):
        desk.open("appeal", by=ASKS, at=NOON, id="A/looks")
    assert look(desk, OTHER)
    assert desk.open("appeal", by=ASKS, at=NOON, id="A/looks/1").id
