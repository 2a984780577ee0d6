"""What stood open at a past instant is what was known then, whatever came since."""

from __future__ import annotations

from datetime import date, datetime

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.judgement.docket import line
from openakimat.judgement.past import known_by, open_on
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR

OFFICE = kz.office("khromtau")
STAFF = oa.Official("s", {REGISTRAR, EXECUTOR})
BOSS = oa.Official("b", {HEAD})


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+05:00")


def answered() -> oa.Case:
    """Received on 17 March, extended on the 20th, answered on 1 April, and delivered."""
    desk = oa.Desk(OFFICE, journal=memory.Journal(), numbers=memory.Numbers())
    case = desk.open(kz.Appeal, by=kz.Applicant("A"), at=at("2026-03-17T10:00")).id
    desk.perform(case, oa.Register(), by=STAFF, at=at("2026-03-17T11:00"))
    desk.perform(case, kz.appeal.Accept(), by=STAFF, at=at("2026-03-17T12:00"))
    extend = kz.appeal.Extend(date(2026, 4, 30), "a survey")
    desk.perform(case, extend, by=BOSS, at=at("2026-03-20T10:00"))
    decided = kz.appeal.Decide("favourable")
    return desk.perform(case, decided, by=BOSS, at=at("2026-04-01T10:00"))


def duties(case: oa.Case, when: str) -> dict[str, date | None]:
    return {one.limit: one.deadline.last_day for one in open_on(case, at(when), office=OFFICE)}


def test_a_duty_that_was_done_later_stood_open_then() -> None:
    case = answered()
    assert date(2026, 4, 10) == duties(case, "2026-03-19T10:00")["appeal.consideration"]
    assert "appeal.consideration" not in duties(case, "2026-04-02T10:00")


def test_an_extension_that_came_later_moved_no_day_then() -> None:
    case = answered()
    assert date(2026, 4, 10) == duties(case, "2026-03-20T09:59")["appeal.consideration"]
    assert date(2026, 4, 30) == duties(case, "2026-03-20T10:01")["appeal.consideration"]


def test_before_a_case_was_opened_nothing_was_owed() -> None:
    case = answered()
    assert None is known_by(case, at("2026-03-17T09:59"))
    assert {} == duties(case, "2026-03-17T09:59")


def test_what_was_entered_later_was_not_known() -> None:
    desk = oa.Desk(OFFICE, journal=memory.Journal(), numbers=memory.Numbers())
    case = desk.open(kz.Appeal, by=kz.Applicant("A"), at=at("2026-03-17T10:00")).id
    entered = at("2026-03-19T09:00")
    file = desk.perform(case, oa.Register(), by=STAFF, at=at("2026-03-18T10:00"), entered=entered)
    assert "appeal.registration" in duties(file, "2026-03-18T12:00")
    assert "appeal.registration" not in duties(file, "2026-03-19T09:00")


def test_the_docket_as_of_a_past_day_is_what_it_was_that_day() -> None:
    case, then = answered(), at("2026-03-19T10:00")
    prefix = known_by(case, then)
    assert prefix is not None
    told = line(case, at=then, office=OFFICE)
    assert told == line(prefix, at=then, office=OFFICE)
    assert ("considered", "open") == (told.stage, told.standing.value)
