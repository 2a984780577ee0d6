"""What a participant sees of their case, and what never."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.errors import Malformed
from openakimat.judgement.public import coupon, public
from openakimat.trail.plain import plain

OFFICE = kz.office("astana")
AT = datetime.fromisoformat("2026-09-14T10:00+05:00")
PERSON = kz.Applicant("Айгерім Сейтқали", iin="850817300107", address="Абай 7", id="aigerim")
STAFF = oa.Official("omarova", {kz.REGISTRAR, kz.HEAD, kz.EXECUTOR, kz.CONTROLLER}, name="Омарова")
LAW = kz.law()


@pytest.fixture
def desk() -> oa.Desk:
    return oa.Desk(OFFICE, journal=memory.Journal(), numbers=memory.Numbers())


@pytest.fixture
def case(desk: oa.Desk) -> str:
    case = desk.open(kz.Appeal, at=AT, by=PERSON, topic="light", channel="paper").id
    for act in (oa.Register(), kz.appeal.Accept(), kz.appeal.Assign("b.aliev", also=("c.kim",))):
        desk.perform(case, act, at=AT, by=STAFF)
    return case


def test_the_participant_sees_what_was_done_in_their_words_and_no_executor(
    desk: oa.Desk, case: str
) -> None:
    seen = public(desk.case(case), "ru", office=OFFICE)
    assert ["Поступление", "Регистрация"] == [entry.what for entry in seen.entries]
    assert "рассматривается" == seen.stage
    assert ["получено, ожидает регистрации", "зарегистрировано"] == [e.stage for e in seen.entries]
    text = json.dumps(
        [plain(seen), coupon(desk.case(case), "ru", office=OFFICE)], ensure_ascii=False
    )
    for inner in (
        "omarova",
        "Омарова",
        "b.aliev",
        "c.kim",
        "исполнител",
        "head",
        "executor",
        "Айгерім",
        "Абай",
        "8508",
    ):
        assert inner not in text


def test_the_days_are_those_that_are_to_come(desk: oa.Desk, case: str) -> None:
    (day,) = public(desk.case(case), office=OFFICE).days
    (due,) = [d for d in desk.deadlines(case) if d.limit == "appeal.consideration"]
    assert (due.last_day, due.at) == (day.last_day, day.at)
    desk.perform(case, kz.appeal.Withdraw(), at=AT, by=PERSON)
    assert () == public(desk.case(case), office=OFFICE).days


def test_what_was_decided_is_told_and_silence_too(desk: oa.Desk, case: str) -> None:
    late = AT + timedelta(days=60)
    seen = public(desk.case(case, at=late), office=OFFICE)
    assert "refus" in seen.stage
    assert "deem refused (silence)" in [entry.what.lower() for entry in seen.entries]
    desk.perform(case, kz.appeal.Decide("favourable"), at=AT, by=STAFF)
    assert "favourable act" == public(desk.case(case), office=OFFICE).entries[-1].ground


def test_the_coupon_has_the_number_the_day_it_came_and_by_when(desk: oa.Desk, case: str) -> None:
    file = desk.case(case)
    number = file.last(oa.Register).act.number  # type: ignore[union-attr]
    lines = coupon(file, "kk", office=OFFICE).splitlines()
    assert OFFICE.body.names["kk"] == lines[0]
    assert f"Нөмірі: {number}" in lines
    assert any(line.startswith("Келіп түсті: ") and "2026" in line for line in lines)
    fresh = desk.open(kz.Appeal, at=AT, by=PERSON)
    assert f"Number: {fresh.id}" in coupon(fresh, office=OFFICE).splitlines()


def test_a_procedure_that_shows_nothing_shows_that_it_came_and_where_it_stands(
    desk: oa.Desk,
) -> None:
    case = desk.open("consultation", at=AT, by=STAFF, silence_agrees=True)
    seen = public(case, office=OFFICE)
    assert (1, ()) == (len(seen.entries), seen.days)


def test_a_language_that_the_law_has_not_is_refused(desk: oa.Desk, case: str) -> None:
    with pytest.raises(Malformed):
        public(desk.case(case), "xx", office=OFFICE)


@pytest.mark.parametrize("code", sorted(LAW.procedures))
def test_a_face_names_acts_and_limits_of_its_procedure_and_nothing_inner(code: str) -> None:
    tables = [edition.value for edition in LAW.procedures[code]]
    acts = {tag for table in tables for _, tag in table.rows} | {
        table.opening.act for table in tables
    }
    limits = {
        limit
        for table in tables
        for clock in table.clocks.values()
        for limit in (clock.limit, *clock.becomes.values())
    }
    face = LAW.faces[code]
    assert face.acts <= acts
    assert face.limits <= limits
    inner = {
        "assign",
        "entrust",
        "inquire",
        "consult",
        "recuse",
        "decide-recusal",
        "reassign-executors",
        "accept",
    }
    assert not face.acts & inner or code == "request"


def test_most_that_people_bring_has_a_face() -> None:
    bare = {code for code, face in LAW.faces.items() if not face.acts}
    assert {
        "consultation", "corruption", "front-office-check", "inspection", "instruction", "reception-month",
        "retaliation",
    } == bare  # fmt: skip
    assert date(2026, 9, 14) == AT.date()
