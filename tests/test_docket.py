"""The docket survives any one case: what no calendar tells is left untold, and the others are listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import attrs
import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.case.act import VOCABULARY
from openakimat.case.acts import Pause, Resume
from openakimat.judgement.docket import Line, Standing
from openakimat.kz.inspection.acts import AppointCheck, BeginCheck, NotifyOfCheck
from openakimat.kz.roles import DEPUTY, EXECUTOR, HEAD, INSPECTOR, REGISTRAR

ASKS = kz.Applicant("Айгерім", id="aigerim")
CLERK = oa.Official("clerk", {REGISTRAR, EXECUTOR})
AKIM = oa.Official("akim", {HEAD, DEPUTY})
CHIEF = oa.Official("chief", {HEAD})
INSPECTS = oa.Official("inspector", {INSPECTOR})

STRICT = kz.office("khromtau", calendar=kz.calendar(strict=True))
"""Its calendar ends with the last day that is decreed, of 2026."""

USUAL = kz.office("khromtau")
"""Its calendar ends with 2027."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+05:00")


def desk(office: oa.Office) -> oa.Desk:
    return oa.Desk(office, journal=memory.Journal(), numbers=memory.Numbers())


def schedule_of_january(here: oa.Desk, id: str = "far") -> None:
    """The schedule of January 2027, approved in November."""
    days = (date(2027, 1, 12),)
    when = at("2026-11-28T10:00")
    here.open(kz.ReceptionMonth, id=id, by=AKIM, at=when, official="akim", days=days)


def reception_in_january(here: oa.Desk) -> None:
    """A reception on 12 January 2027."""
    when = at("2026-12-20T10:00")
    here.open(kz.Reception, id="far", by=ASKS, at=when, official="akim", topic="housing")
    here.perform("far", oa.Register(), by=CLERK, at=when)
    scheduled = kz.reception.ScheduleReception(at("2027-01-12T15:00"), "ground floor")
    here.perform("far", scheduled, by=CLERK, at=when)


def service_of_forty_days(here: oa.Desk, year: int = 2026) -> None:
    """A service of 40 calendar days, applied for shortly before New Year."""
    when = at(f"{year}-12-20T10:00")
    here.open(kz.Request, id="far", by=ASKS, at=when, service="S-01", term="40 calendar days")
    here.perform("far", oa.Register(), by=CLERK, at=when)


def service_into_2028(here: oa.Desk) -> None:
    """The same a year later, past the usual calendar."""
    service_of_forty_days(here, 2027)


FAR = [
    (STRICT, service_of_forty_days, "2026-12-22T10:00", "2027-01-29"),
    (USUAL, service_into_2028, "2027-12-22T10:00", "2028-01-28"),
]
"""Terms named by day or in calendar days, of which the last day is in no calendar."""


@pytest.mark.parametrize("keep", [schedule_of_january, reception_in_january])
def test_a_reception_past_the_calendar_is_not_kept(keep: Callable[[oa.Desk], None]) -> None:
    """People are received on working days, and nobody can say yet which those are."""
    here = desk(STRICT)
    with pytest.raises(oa.BeyondCalendar):
        keep(here)
    assert here.next_wakeup() is None or here.docket(at=at("2026-12-22T10:00"))


@pytest.mark.parametrize(("office", "keep", "when", "last_day"), FAR)
def test_a_term_past_the_calendar_is_kept_and_its_days_are_untold(
    office: oa.Office, keep: Callable[[oa.Desk], None], when: str, last_day: str
) -> None:
    here = desk(office)
    keep(here)
    here.open(kz.Appeal, id="near", by=ASKS, at=at(f"{when[:4]}-12-01T10:00"), topic="roads")
    lines = {line.case: line for line in here.docket(at=at(when))}
    far, near = lines["far"], lines["near"]
    assert (far.days_left, far.days_late) == (None, 0)
    assert far.standing is Standing.NOT_JUDGED
    assert f"{last_day} is outside the calendar" in far.why
    assert far.deadline is not None
    assert str(far.deadline.last_day) == last_day
    assert (near.standing is Standing.NOT_JUDGED, near.why) == (False, "")
    assert here.next_wakeup() is not None
    assert here.broken() == ()


def overdue(office: oa.Office, year: int) -> oa.Desk:
    here = desk(office)
    here.open(kz.Request, id="late", by=ASKS, at=at(f"{year}-12-01T10:00"), term="2 working days")
    here.perform("late", oa.Register(), by=CLERK, at=at(f"{year}-12-01T10:30"))
    return here


@pytest.mark.parametrize(("office", "year"), [(STRICT, 2026), (USUAL, 2027)])
def test_a_case_overdue_is_so_on_the_first_day_past_the_calendar_too(
    office: oa.Office, year: int
) -> None:
    here = overdue(office, year)
    (before,) = here.docket(at=at(f"{year}-12-31T23:59"))
    (after,) = here.docket(at=at(f"{year + 1}-01-01T00:00"))
    assert before.standing is after.standing is Standing.OVERDUE
    assert before.days_late == -(before.days_left or 0) > 10
    assert (after.days_late, after.days_left) == (0, None)
    assert f"{year + 1}-01-01 is outside the calendar" in after.why


def test_a_day_past_every_calendar_stops_no_question() -> None:
    here = overdue(USUAL, 2027)
    for year in (2028, 2100, 9998):
        (line,) = here.docket(at=at(f"{year}-06-01T10:00"))
        assert line.standing is Standing.OVERDUE
    assert here.lapse("late", at=at("2100-01-01T10:00")).records[-1].at < at("2028-01-01T00:00")


# -- what stands still does not count down ----------------------------------------------


def inspection() -> oa.Desk:
    """Ten working days from 6 April 2026, stopped on the 8th."""
    here = oa.Desk(kz.office("astana"), journal=memory.Journal(), numbers=memory.Numbers())
    here.open(kz.Inspection, id="i", by=INSPECTS, at=at("2026-04-02T09:00"), subject="tson-1")
    for act, by, when in (
        (AppointCheck("appeals"), CHIEF, "2026-04-02T10:00"),
        (NotifyOfCheck(date(2026, 4, 6)), INSPECTS, "2026-04-03T09:00"),
        (BeginCheck("10 working days"), INSPECTS, "2026-04-06T10:00"),
        (Pause("information-requested", "an expert is asked"), CHIEF, "2026-04-08T10:00"),
    ):
        here.perform("i", act, by=by, at=at(when))
    return here


def line_on(here: oa.Desk, when: str) -> Line:
    (line,) = here.docket(at=at(when))
    return line


def test_a_case_that_stands_still_does_not_count_down() -> None:
    here = inspection()
    for when in ("2026-04-09T10:00", "2026-05-20T10:00", "2026-09-01T10:00"):
        line = line_on(here, when)
        assert (line.standing, line.days_left, line.days_late) == (Standing.OPEN, None, 0)
    # What lapses meanwhile is the term of the notice, and not the one that stands still.
    lapsed = here.lapse("i", at=at("2026-05-20T10:00")).records[-1].act
    assert getattr(lapsed, "clock", "") == "inspection.suspension-notice"


def test_it_counts_on_where_it_stood_once_it_runs_again() -> None:
    here = inspection()
    here.perform("i", Resume(), by=INSPECTS, at=at("2026-05-20T10:00"))
    line = line_on(here, "2026-05-20T11:00")
    assert line.standing is Standing.OPEN
    assert line.days_left is not None
    assert line.days_left > 3


# -- one broken case --------------------------------------------------------------------


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_broken_case_is_listed_first_and_hides_no_other(which: int) -> None:
    here = desk(USUAL)
    for n in range(3):
        here.open(kz.Appeal, id=f"c{n}", by=ASKS, at=at("2026-03-18T10:00"), topic="roads")
    journal = here.journal
    assert isinstance(journal, memory.Journal)
    del journal._cases[f"c{which}"][0]
    journal._cases[f"c{which}"].append(journal.read(f"c{(which + 1) % 3}")[0])
    lines = here.docket(at=at("2026-03-19T10:00"))
    assert [line.case for line in lines] == [
        f"c{which}",
        *(f"c{n}" for n in range(3) if n != which),
    ]
    assert [line.standing for line in lines].count(Standing.BROKEN) == 1
    assert "another case" in lines[0].why
    assert [one.case for one in here.broken()] == [f"c{which}"]
    assert [case.id for case in here.files()] == [f"c{n}" for n in range(3) if n != which]
    wakeup = here.next_wakeup()
    assert wakeup is not None
    assert (wakeup.case != f"c{which}", len(wakeup.broken)) == (True, 1)


def test_a_last_day_that_only_a_class_could_tell_is_not_judged_once_that_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = desk(USUAL)
    reception_in_january(here)
    schedule_of_january(here, "month")
    law = attrs.evolve(kz.law(), procedures={})
    later = oa.Desk(oa.Office(USUAL.body, USUAL.calendar, law), here.store)
    assert [line.standing for line in later.docket(at=at("2026-12-22T10:00"))] == [
        Standing.OPEN
    ] * 2
    for kind in (kz.reception.ScheduleReception, kz.reception.ApproveSchedule):
        monkeypatch.delitem(VOCABULARY, kind.tag)
    # One that remembers no class.
    later = oa.Desk(later.office, here.store)
    for line in later.docket(at=at("2026-12-22T10:00")):
        assert line.standing is Standing.NOT_JUDGED
        assert "of which no more is known" in line.why
    assert later.verify().intact
