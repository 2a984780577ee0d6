"""By which day at the earliest and at the latest, and whose reading makes it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.judgement.bounds import bounds, bounds_from
from openakimat.judgement.deadlines import deadline_of
from openakimat.kz.roles import EXECUTOR, REGISTRAR
from openakimat.law.words import Words
from openakimat.report.bounds import bounds_text

OFFICE = kz.office("khromtau")
STAFF = oa.Official("s", {REGISTRAR, EXECUTOR})


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+05:00")


def test_a_limit_that_no_reading_touches_has_one_day() -> None:
    found = bounds_from("appeal.objection", at("2026-03-18T10:00"), office=OFFICE)
    assert (False, 1) == (found.disputed, found.n)
    assert found.earliest.deadline == found.prevailing.deadline == found.latest.deadline
    told = bounds_text(found, Words(OFFICE.law, "en")).splitlines()
    assert "nothing that is disputed touches it" == told[-1].strip()


def test_what_no_reading_changes_says_how_many_were_counted() -> None:
    found = bounds_from("appeal.consideration", at("2026-03-18T10:00"), office=OFFICE)
    told = bounds_text(found, Words(OFFICE.law, "en")).splitlines()
    assert not found.disputed
    assert told[-1].endswith(f"all {found.n} combinations of answers to what is disputed")


def test_the_first_day_of_the_code_of_2021_is_disputed_by_one_day() -> None:
    found = bounds_from("appeal.consideration", at("2023-09-13T17:00"), office=OFFICE)
    days = [one.deadline.last_day for one in (found.earliest, found.prevailing, found.latest)]
    assert [date(2023, 10, 3), date(2023, 10, 3), date(2023, 10, 4)] == days
    assert ({}, {"first-day-2021": "next"}) == (found.earliest.answers, found.latest.answers)


def test_an_office_that_reads_otherwise_has_the_same_bounds_and_another_day() -> None:
    other = kz.office("khromtau", readings={"first-day-2021": "next"})
    since = at("2023-09-13T17:00")
    ours, theirs = (bounds_from("appeal.consideration", since, office=of) for of in (OFFICE, other))
    for end in ("earliest", "latest"):
        assert getattr(ours, end).deadline.at == getattr(theirs, end).deadline.at
    assert date(2023, 10, 4) == theirs.prevailing.deadline.last_day
    assert {"first-day-2021": "counted"} == theirs.earliest.answers


def test_a_correction_may_stop_the_term_of_a_case_or_not() -> None:
    desk = oa.Desk(OFFICE, journal=memory.Journal(), numbers=memory.Numbers())
    case = desk.open(kz.Appeal, by=kz.Applicant("A"), at=at("2026-03-17T10:00")).id
    desk.perform(case, oa.Register(), by=STAFF, at=at("2026-03-17T11:00"))
    asked = kz.appeal.AskToCorrect(date(2026, 3, 27), ("address",))
    desk.perform(case, asked, by=STAFF, at=at("2026-03-17T12:00"))
    desk.perform(case, kz.appeal.Correct(), by=kz.Applicant("A"), at=at("2026-03-27T10:00"))
    found = bounds(desk.case(case), "appeal.consideration", office=OFFICE)
    assert found is not None
    counted = deadline_of(desk.case(case), "appeal.consideration", office=OFFICE)
    assert counted == found.prevailing.deadline == found.earliest.deadline
    assert {"correction-2026": "outside"} == found.latest.answers
    assert found.disputed


def test_a_clock_that_never_started_has_no_bounds() -> None:
    desk = oa.Desk(OFFICE, journal=memory.Journal(), numbers=memory.Numbers())
    case = desk.open(kz.Appeal, by=kz.Applicant("A"), at=at("2026-03-17T10:00"))
    assert None is bounds(case, "appeal.execution", office=OFFICE)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_readings_behind_a_day_are_told_with_what_they_rest_on(language: str) -> None:
    found = bounds_from("appeal.consideration", at("2023-09-13T17:00"), office=OFFICE)
    text = bounds_text(found, Words(OFFICE.law, language))
    reading = OFFICE.law.readings["first-day-2021"]
    assert reading.title[language] in text
    assert reading.choices["next"].title[language] in text
