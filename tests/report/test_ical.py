"""The days of an official, as `icalendar` reads them: whose, when, by which clocks, and what moved."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from tests.test_main import run

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory, sql
from openakimat.law.words import Words
from openakimat.report.ical import calendar_lines

icalendar = pytest.importorskip("icalendar")

OFFICE = kz.office("khromtau")
EPOCH = datetime.fromisoformat("2026-03-18T10:00+05:00")
STAFF = oa.Official("staff", {kz.REGISTRAR, kz.EXECUTOR, kz.HEAD})
HOUR = timedelta(hours=1)
THEN = EPOCH + 6 * HOUR


def events(
    desk: oa.Desk, official: str = "d.kim", language: str = "en", at: datetime = THEN
) -> dict[str, Any]:
    """The events of a calendar by their UIDs."""
    text = "".join(calendar_lines(desk, official, Words(OFFICE.law, language), at=at))
    assert text == "".join(calendar_lines(desk, official, Words(OFFICE.law, language), at=at))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.endswith("END:VCALENDAR\r\n")
    whole = icalendar.Calendar.from_ical(text)
    assert not [wrong for one in whole.walk() for wrong in one.errors]
    found = whole.walk("VEVENT")
    needed = {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "STATUS", "SUMMARY"}
    assert all(needed <= {*one} for one in found)
    by_uid = {str(one["UID"]): one for one in found}
    assert len(by_uid) == len(found)
    return by_uid


def given_to(official: str, office: oa.Office = OFFICE, store: Any = None) -> oa.Desk:
    """An appeal that was accepted and given to somebody."""
    desk = oa.Desk(office, store or memory.Store())
    desk.open(kz.Appeal, id="C-1", by=kz.Applicant("Planted"), at=EPOCH)
    for n, act in enumerate((oa.Register(), kz.appeal.Accept(), kz.appeal.Assign(official)), 1):
        desk.perform("C-1", act, by=STAFF, at=EPOCH + n * HOUR)
    return desk


TERM = "C-1/appeal.consideration"


def test_a_term_is_a_whole_day_and_is_of_who_the_case_was_given_to_last() -> None:
    desk = given_to("d.kim")
    term = events(desk)[TERM]
    (due,) = [d for d in desk.deadlines("C-1") if d.limit == "appeal.consideration"]
    assert due.last_day == term.decoded("DTSTART")
    assert type(term.decoded("DTSTART")) is date
    assert "ЖТ-2026-00000001: consideration of the appeal" == str(term["SUMMARY"]).lower().replace("жт", "ЖТ")  # fmt: skip
    assert "Planted" not in str(term)
    assert events(desk, language="kk")[TERM]["SUMMARY"] != term["SUMMARY"]
    desk.perform("C-1", kz.appeal.Assign("g.omarova"), by=STAFF, at=EPOCH + 5 * HOUR)
    former, now = events(desk)[TERM], events(desk, "g.omarova")[TERM]
    assert ("CANCELLED", "CONFIRMED") == (former["STATUS"], now["STATUS"])
    assert term["SEQUENCE"] < former["SEQUENCE"] == now["SEQUENCE"]
    assert former.decoded("DTSTART") == term.decoded("DTSTART")
    after = {*events(desk)} - {*events(desk, at=EPOCH + 4 * HOUR)}
    assert not after, "what began once it was another's never stood here"


def test_the_sequence_rises_whenever_a_day_moves_and_the_uid_stays() -> None:
    desk = given_to("d.kim")
    before = events(desk)[TERM]
    later = before.decoded("DTSTART") + timedelta(days=20)
    desk.perform("C-1", kz.appeal.Extend(later, "asked others"), by=STAFF, at=EPOCH + 5 * HOUR)
    after = events(desk)[TERM]
    assert later <= after.decoded("DTSTART") < later + timedelta(days=7)
    assert before["SEQUENCE"] < after["SEQUENCE"]


def test_a_day_that_a_calendar_moves_has_a_higher_sequence_once_that_is_adopted() -> None:
    body = oa.Body("zhanaqala", {"en": "Zhanaqala district"})
    old = kz.office(body, calendar=kz.calendar(town="Oral", known_on=date(2026, 1, 10)))
    new = kz.office(body, calendar=kz.calendar(town="Oral", known_on=date(2026, 3, 18)))
    store, at = memory.Store(), datetime.fromisoformat("2026-08-28T10:00+05:00")
    desk = oa.Desk(old, store)
    desk.open(kz.Appeal, id="C-1", by=kz.Applicant("Planted"), at=at)
    for n, act in enumerate((oa.Register(), kz.appeal.Accept(), kz.appeal.Assign("d.kim")), 1):
        desk.perform("C-1", act, by=STAFF, at=at + n * HOUR)
    before = events(desk, at=at + 6 * HOUR)[TERM]
    desk = oa.Desk(new, store)
    desk.adopt(old, at=at + 5 * HOUR, by=STAFF, basis="a proclamation")
    after = events(desk, at=at + 6 * HOUR)[TERM]
    assert events(desk, at=at + 4 * HOUR)[TERM]["SEQUENCE"] == before["SEQUENCE"]
    assert before.decoded("DTSTART") != after.decoded("DTSTART")
    assert before["SEQUENCE"] < after["SEQUENCE"]


def test_what_is_done_is_cancelled_until_its_day_is_over_and_then_gone() -> None:
    desk = given_to("d.kim")
    desk.perform("C-1", kz.appeal.Decide("favourable"), by=STAFF, at=EPOCH + 5 * HOUR)
    stood, is_done = events(desk, at=EPOCH + 4 * HOUR)[TERM], events(desk)[TERM]
    assert ("CONFIRMED", "CANCELLED") == (stood["STATUS"], is_done["STATUS"])
    assert stood["SEQUENCE"] < is_done["SEQUENCE"]
    assert stood.decoded("DTSTART") == is_done.decoded("DTSTART")
    over = datetime.combine(stood.decoded("DTSTART") + timedelta(days=1), datetime.min.time())
    assert TERM in events(desk, at=over.replace(tzinfo=EPOCH.tzinfo) - HOUR)
    assert TERM not in events(desk, at=over.replace(tzinfo=EPOCH.tzinfo))


def test_what_had_ended_before_a_case_was_given_to_somebody_never_stood_there() -> None:
    assert [TERM] == [*events(given_to("d.kim"))]
    assert {} == events(given_to("d.kim"), at=EPOCH + 2 * HOUR)
    assert {} == events(given_to("d.kim"), at=EPOCH - HOUR)


def reception(official: str, office: oa.Office = OFFICE) -> oa.Desk:
    desk = oa.Desk(office, memory.Store())
    asks = kz.Applicant("Planted")
    desk.open(kz.reception.Reception2026, id="R-1", by=asks, at=EPOCH, official=official)
    desk.perform("R-1", oa.Register(), by=STAFF, at=EPOCH + HOUR)
    slot = EPOCH + timedelta(days=9)
    desk.perform("R-1", kz.reception.ScheduleReception(slot), by=STAFF, at=EPOCH + 2 * HOUR)
    return desk


def test_a_reception_is_told_by_the_clocks_of_the_office_and_moves() -> None:
    desk = reception("the.akim")
    before = events(desk, "the.akim")["R-1/scheduled"]
    assert EPOCH + timedelta(days=9) == before.decoded("DTSTART")
    assert "Aqtobe" == before["DTSTART"].params["TZID"]
    assert b"20260327T100000" == before["DTSTART"].to_ical()
    assert {} == events(desk, "d.kim")
    slot = EPOCH + timedelta(days=12)
    moved = kz.reception.MoveReception(slot, reason="a session")
    desk.perform("R-1", moved, by=STAFF, at=EPOCH + 3 * HOUR)
    after = events(desk, "the.akim")["R-1/scheduled"]
    assert slot == after.decoded("DTSTART")
    assert before["SEQUENCE"] < after["SEQUENCE"]
    desk.perform(
        "R-1", kz.reception.HoldReception(), by=oa.Official("the.akim", {kz.HEAD}), at=slot
    )
    resolved = kz.reception.Resolve("told")
    desk.perform("R-1", resolved, by=oa.Official("the.akim", {kz.HEAD}), at=slot + HOUR)
    assert {} == events(desk, "the.akim", at=slot + 2 * HOUR)


def test_a_reception_called_off_is_cancelled_until_its_hour() -> None:
    desk = reception("the.akim")
    desk.perform("R-1", kz.appeal.Withdraw(), by=kz.Applicant("Planted"), at=EPOCH + 3 * HOUR)
    off, slot = events(desk, "the.akim")["R-1/scheduled"], EPOCH + timedelta(days=9)
    assert ("CANCELLED", 4) == (off["STATUS"], off["SEQUENCE"])
    assert 3 == events(desk, "the.akim", at=EPOCH + 2 * HOUR)["R-1/scheduled"]["SEQUENCE"]
    assert {} == events(desk, "the.akim", at=slot)


def test_the_days_of_an_approved_schedule_stand_until_they_are_over() -> None:
    desk, days = oa.Desk(OFFICE, memory.Store()), (date(2026, 4, 7), date(2026, 4, 21))
    told = kz.reception.ApproveSchedule(official="the.akim", days=days)
    desk.open(kz.reception_month.ReceptionMonth2026, told, id="M-1", by=STAFF, at=EPOCH)
    found = events(desk, "the.akim")
    assert [*days] == [found[f"M-1/day-{n}"].decoded("DTSTART") for n in (1, 2)]
    assert "M-1: reception schedule" == str(found["M-1/day-1"]["SUMMARY"]).lower().replace(
        "m-1", "M-1"
    )
    assert {} == events(desk)
    evening = datetime.fromisoformat("2026-04-07T20:00+05:00")
    assert ["M-1/day-1", "M-1/day-2"] == [*events(desk, "the.akim", at=evening)]
    assert ["M-1/day-2"] == [*events(desk, "the.akim", at=evening + 5 * HOUR)]


ACTS = (
    kz.appeal.Assign("d.kim"),
    kz.appeal.Assign("g.omarova"),
    kz.appeal.Extend(date(2026, 5, 20), "asked others"),
    kz.appeal.Propose("burdening"),
    kz.appeal.Decide("favourable"),
    kz.appeal.Terminate("other-law"),
)


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(1, 300)), max_size=5))
@settings(max_examples=30, deadline=None)
def test_whatever_changes_in_an_event_has_a_higher_sequence(done: list[tuple[Any, int]]) -> None:
    desk, at, before = given_to("d.kim"), EPOCH + 4 * HOUR, dict[str, Any]()
    for act, hours in done:
        at += hours * HOUR
        if desk.may("C-1", act, by=STAFF, at=at) is None:
            desk.perform("C-1", act, by=STAFF, at=at)
    moments = [r.at + timedelta(seconds=n) for r in desk.case("C-1").records for n in (-1, 0)]
    for moment in sorted(moments):
        now = events(desk, at=moment)
        for uid in before.keys() & now.keys():
            told = [[e.decoded("DTSTART"), e["STATUS"]] for e in (before[uid], now[uid])]
            grown = now[uid]["SEQUENCE"] - before[uid]["SEQUENCE"]
            assert grown > 0 or (grown == 0 and told[0] == told[1])
        before |= now
    assert before


def test_clocks_are_those_that_the_law_of_the_place_has_had() -> None:
    office = kz.office(oa.Body("almaly", {"en": "Almaly"}), calendar=kz.calendar(town="Almaty"))
    text = "".join(
        calendar_lines(oa.Desk(office, memory.Store()), "x", Words(OFFICE.law), at=EPOCH)
    )
    (zone,) = icalendar.Calendar.from_ical(text).walk("VTIMEZONE")
    told = [(one["DTSTART"].dt, one["TZOFFSETTO"].td) for one in zone.walk("STANDARD")]
    assert told == [
        (datetime(e.since.year, e.since.month, e.since.day), timedelta(seconds=e.value))  # noqa: DTZ001 - told by the wall
        for e in office.calendar.place.offsets
    ]
    assert timedelta(hours=5) == told[-1][1]
    starts = [one["TZOFFSETFROM"].td for one in zone.walk("STANDARD")]
    assert starts[1:] == [offset for _, offset in told[:-1]]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_whatever_an_id_is_it_comes_back(name: str) -> None:
    desk = oa.Desk(OFFICE, memory.Store())
    case = desk.open(kz.Appeal, id=f"a,b;c\\{name}", by=kz.Applicant("x"), at=EPOCH)
    for n, act in enumerate((oa.Register(), kz.appeal.Accept(), kz.appeal.Assign("d.kim")), 1):
        desk.perform(case.id, act, by=STAFF, at=EPOCH + n * HOUR)
    assert f"{case.id}/appeal.consideration" in events(desk)


def test_the_command_writes_it_anew_and_asks_of_which_office(tmp_path: Path) -> None:
    url, out = f"sqlite:///{tmp_path}/akimat.db", tmp_path / "days.ics"
    store = sql.Store(url)
    given_to("d.kim", store=store)
    command = ("export", url, "--out", str(out), "--official", "d.kim", "--at", THEN.isoformat())
    assert 0 == run(*command).returncode
    first = out.read_bytes()
    assert TERM in {str(one["UID"]) for one in icalendar.Calendar.from_ical(first).walk("VEVENT")}
    assert 0 == run(*command).returncode
    assert first == out.read_bytes()
    nobody = run(*(one.replace("d.kim", "d.kin") for one in command))
    assert (0, True) == (nobody.returncode, "no day of 'd.kin' is told" in nobody.stdout)
    log = run("export", url, "--out", str(tmp_path / "log.xes"), "--at", THEN.isoformat())
    assert (2, True) == (log.returncode, "--at: goes with an .ics" in log.stderr)
    assert 0 == run(*command, "--lang", "ru").returncode
    assert first != out.read_bytes()
    oa.Desk(kz.office("astana"), store).open(kz.Appeal, by=kz.Applicant("x"), at=EPOCH)
    store.close()
    ended = run(*command)
    assert 2 == ended.returncode
    assert "--office: whose official is it?" in ended.stderr
    assert 0 == run(*command, "--office", "khromtau").returncode
