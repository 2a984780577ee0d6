"""Whether an office was really open, from what its staff recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.case.acts import Register
from openakimat.kz.acts import Accept
from openakimat.kz.roles import REGISTRAR
from openakimat.kz.visit.presence import Silence

OFFICE = kz.office("bayanaul")
CLERK = oa.Official("clerk", {REGISTRAR})
SINCE, UNTIL = date(2020, 6, 15), date(2020, 8, 28)
"""From a presentation on Monday 15 June 2020 to the governor's review; the day is invented."""


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}+06:00")


def worked(*days: date, hour: int = 10) -> list[oa.Case]:
    """An application on each of these days, sent at night and taken up at an hour by staff."""
    desk = oa.Desk(OFFICE, journal=memory.Journal(), numbers=memory.Numbers())
    for day in days:
        sent = at(day, 0, 5)
        case = desk.open(kz.Appeal, by=kz.Applicant("Айгерім"), channel="portal", at=sent).id
        desk.perform(case, Register(), by=CLERK, at=at(day, hour))
        desk.perform(case, Accept(), by=CLERK, at=at(day, hour, 20))
    return list(desk.files())


def workdays() -> Iterator[date]:
    for n in range((UNTIL - SINCE).days + 1):
        if OFFICE.calendar.is_working(SINCE + timedelta(days=n)):
            yield SINCE + timedelta(days=n)


def test_open_on_the_day_of_its_presentation_only() -> None:
    """55 weekdays, Capital Day (6 July) and Kurban Ait (31 July) left out: 53 declared."""
    found = kz.visit.presence(worked(SINCE), OFFICE, since=SINCE, until=UNTIL)
    assert found.only_on(SINCE)
    assert (1, 53) == (len(found.open_days), len(found.declared))
    assert 1 / 53 == found.share
    assert Silence(date(2020, 6, 16), date(2020, 8, 28), 52) == found.longest_silence
    assert (at(SINCE, 10), at(SINCE, 10, 20)) == (found.first, found.last)
    assert "open 1 of 53 days; silent 2020-06-16 to 2020-08-28" == str(found)


def test_an_office_that_works_as_declared() -> None:
    found = kz.visit.presence(worked(*workdays()), OFFICE, since=SINCE, until=UNTIL)
    assert 1.0 == found.share
    assert None is found.longest_silence
    assert not found.only_on(SINCE)
    assert "open 53 of 53 days" == str(found)


def test_days_off_are_not_silent_and_do_not_break_a_silence() -> None:
    """Thursday 30 July and Monday 3 August 2020 around Kurban Ait and a weekend."""
    since, until = date(2020, 7, 29), date(2020, 8, 4)
    found = kz.visit.presence(worked(since, until), OFFICE, since=since, until=until)
    assert ["open", "silent", "off", "off", "off", "silent", "open"] == [
        day.standing for day in found.days
    ]
    assert Silence(date(2020, 7, 30), date(2020, 8, 3), 2) == found.longest_silence


def test_work_outside_the_hours_does_not_make_it_open() -> None:
    found = kz.visit.presence(worked(SINCE, hour=20), OFFICE, since=SINCE, until=SINCE)
    assert ("silent", 2) == (found.days[0].standing, found.days[0].n_outside)


def test_the_break_is_outside_the_hours() -> None:
    found = kz.visit.presence(worked(SINCE, hour=13), OFFICE, since=SINCE, until=SINCE)
    assert 0 == found.days[0].n_acts


def test_neither_applicants_nor_lapses_make_it_open() -> None:
    """What a citizen sends at noon, and what the law does when time is up, is nobody's presence."""
    desk = oa.Desk(OFFICE, journal=memory.Journal(), numbers=memory.Numbers())
    case = desk.open(kz.Appeal, by=kz.Applicant("Айгерім"), at=at(SINCE, 12)).id
    desk.lapse(case, at=at(UNTIL, 12))
    found = kz.visit.presence(desk.files(), OFFICE, since=SINCE, until=UNTIL)
    assert () == found.open_days
    assert None is found.first


def test_records_do_as_well_as_cases() -> None:
    cases = worked(SINCE)
    records = [record for case in cases for record in case.records]
    assert kz.visit.presence(cases, OFFICE, since=SINCE, until=UNTIL) == kz.visit.presence(
        records, OFFICE, since=SINCE, until=UNTIL
    )


def test_of_no_days_there_is_no_share() -> None:
    sunday = date(2020, 6, 14)
    found = kz.visit.presence((), OFFICE, since=sunday, until=sunday)
    assert (0.0, None) == (found.share, found.longest_silence)


def test_beyond_the_calendar_it_says_so() -> None:
    with pytest.raises(oa.BeyondCalendar):
        kz.visit.presence((), OFFICE, since=date(2030, 1, 1), until=date(2030, 1, 2))
