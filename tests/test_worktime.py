"""The working calendar: held to a day list, to `holidays`, to hand counts and to naive stepping.

Vectors: `vectors/kz_days.csv` (every exceptional day, with the six-day week) and the
hand-counted terms of the fact sheet of the calendar. Second witness: `holidays`.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import holidays
import pytest
from hypothesis import given, strategies as st

from openakimat import kz
from openakimat.calendar.days import ROUND_THE_CLOCK, DayNote, Hours, intervals
from openakimat.calendar.terms import CalendarDays, Months, WorkingDays
from openakimat.calendar.times import Place
from openakimat.calendar.worktime import WorkCalendar
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import BeyondCalendar, Forecast, Malformed
from openakimat.kz.data import read
from openakimat.limits.deadline import due
from openakimat.limits.limit import Rule, TimeLimit

FIRST, LAST = date(2007, 1, 1), date(2027, 12, 31)
ONE_DAY, ONE_SECOND = timedelta(days=1), timedelta(seconds=1)
ALL_DAYS = [FIRST + n * ONE_DAY for n in range((LAST - FIRST).days + 1)]
WEEKS = {"five-day": {5, 6}, "six-day": {6}}
GAINED_AN_HOUR = datetime(2024, 2, 29, 18, tzinfo=dt.UTC)
"""When the clocks of Almaty and Astana went from +06 to +05."""


def day(text: str) -> date:
    return date.fromisoformat(text)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def listed() -> dict[date, tuple[str, str]]:
    """The exceptional days of the vector file: kind and what a six-day week does."""
    path = Path(__file__).parent / "vectors" / "kz_days.csv"
    with path.open(encoding="utf-8") as file:
        return {day(row["date"]): (row["kind"], row["six_day"]) for row in csv.DictReader(file)}


def works_by_list(week: str) -> dict[date, bool]:
    """Every day of 2007 to 2027 in a week regime, by the vector file alone."""
    rows, works = listed(), {}
    for one in ALL_DAYS:
        kind, six = rows.get(one, ("", ""))
        if week == "six-day" and six == "work":
            kind = ""
        works[one] = one.weekday() not in WEEKS[week] if not kind else kind == "working_weekend"
    return works


WORKS = {week: works_by_list(week) for week in WEEKS}


def limit(term: WorkingDays | CalendarDays | Months, roll: str = "none") -> Edition[TimeLimit]:
    of = TimeLimit("x", term, base=Rule("receipt"), roll=Rule(roll))
    return Edition(of, "x", FIRST, "x", Evidence.CONFIRMED)


# -- days against their witnesses -----------------------------------------------------


@pytest.mark.parametrize("week", WEEKS)
def test_every_day_is_as_listed(week: str) -> None:
    """The calendar equals the vector file on every day of 2007 to 2027."""
    calendar = kz.calendar(week)
    assert [] == [one for one in ALL_DAYS if WORKS[week][one] != calendar.is_working(one)]


def test_days_and_rests_part_the_calendar() -> None:
    """Working days and days off are each in order and together all the days."""
    calendar = kz.calendar()
    assert sorted(calendar.days[1:]) == list(calendar.days[1:])
    assert sorted(calendar.rests) == list(calendar.rests)
    assert ALL_DAYS == sorted([*calendar.days[1:], *calendar.rests])


def test_holidays_differs_on_three_documented_days_only() -> None:
    """The `holidays` package agrees on all days but three of 2008."""
    witness, calendar = holidays.country_holidays("KZ", years=range(2007, 2028)), kz.calendar()
    documented = {day("2008-07-07"), day("2008-12-13"), day("2008-12-15")}
    differing = {one for one in ALL_DAYS if witness.is_working_day(one) != calendar.is_working(one)}
    assert documented == differing


YEARLY = {
    2007: 250, 2008: 249, 2009: 249, 2010: 247, 2011: 247, 2012: 247, 2013: 246, 2014: 245,
    2015: 245, 2016: 245, 2017: 245, 2018: 246, 2019: 246, 2020: 246, 2021: 245, 2022: 246,
    2023: 246, 2024: 249, 2025: 246, 2026: 247, 2027: 247,
}  # fmt: skip


def n_in_year(calendar: WorkCalendar, year: int) -> int:
    return sum(one.year == year for one in calendar.days[1:])


def n_in_month(calendar: WorkCalendar, year: int, month: int) -> int:
    return sum((one.year, one.month) == (year, month) for one in calendar.days[1:])


def test_yearly_counts() -> None:
    """The five-day working days of each year are those counted from the decrees."""
    assert Counter(YEARLY) == Counter(one.year for one in kz.calendar().days[1:])


@pytest.mark.parametrize(
    ("week", "year", "known_on", "expected"),
    [
        ("five-day", 2024, "2024-01-15", 248), ("five-day", 2024, "2024-06-07", 249),
        ("six-day", 2024, "2024-01-15", 300), ("six-day", 2024, "2024-06-07", 301),
        ("five-day", 2026, "2026-01-15", 246), ("five-day", 2026, "2026-03-18", 247),
        ("five-day", 2022, "2022-01-15", 245), ("five-day", 2022, "2022-09-29", 246),
    ],
)  # fmt: skip
def test_yearly_counts_as_published_and_as_revised(
    week: str, year: int, known_on: str, expected: int
) -> None:
    """The year's balance is the one published then, before and after each revision."""
    assert expected == n_in_year(kz.calendar(week, known_on=day(known_on)), year)


@pytest.mark.parametrize(
    ("week", "known_on", "expected"),
    [
        ("five-day", "2024-06-06", 19), ("five-day", "2024-06-07", 20),
        ("six-day", "2024-06-06", 24), ("six-day", "2024-06-07", 25),
    ],
)  # fmt: skip
def test_june_2024_changes_on_the_day_of_the_revision(
    week: str, known_on: str, expected: int
) -> None:
    """17 June 2024 was a day off until 7 June 2024, and a working day since."""
    assert expected == n_in_month(kz.calendar(week, known_on=day(known_on)), 2024, 6)


# -- terms counted by hand ------------------------------------------------------------

FIFTEEN = [
    ("2007-12-14", "2008-01-14", "2008-01-08"),
    ("2008-12-01", "2008-12-25", "2008-12-22"),
    ("2013-12-20", "2014-01-15", "2014-01-10"),
    ("2018-04-20", "2018-05-16", "2018-05-11"),
    ("2020-04-30", "2020-05-26", "2020-05-21"),
    ("2022-10-05", "2022-10-27", "2022-10-22"),
    ("2024-04-22", "2024-05-16", "2024-05-13"),
    ("2024-06-03", "2024-06-24", "2024-06-20"),
    ("2024-12-20", "2025-01-15", "2025-01-10"),
    ("2026-08-20", "2026-09-10", "2026-09-07"),
]


@pytest.mark.parametrize(("received", "five", "six"), FIFTEEN)
def test_fifteen_working_days(received: str, five: str, six: str) -> None:
    """The golden terms of fifteen working days end as counted by hand, in both regimes."""
    assert day(five) == kz.calendar().after(day(received), 15)
    assert day(six) == kz.calendar("six-day").after(day(received), 15)


@pytest.mark.parametrize(
    ("received", "known_on", "expected"),
    [
        ("2024-06-03", "2024-06-06", "2024-06-25"), ("2024-06-03", "2024-06-07", "2024-06-24"),
        ("2026-08-20", "2026-01-15", "2026-09-11"), ("2026-08-20", "2026-03-17", "2026-09-11"),
        ("2026-08-20", "2026-03-18", "2026-09-10"),
    ],
)  # fmt: skip
def test_fifteen_working_days_as_known_then(received: str, known_on: str, expected: str) -> None:
    """A term is counted by the calendar known on the day named, to the day it changed."""
    assert day(expected) == kz.calendar(known_on=day(known_on)).after(day(received), 15)


@pytest.mark.parametrize(
    ("start", "known_on", "expected", "rolled_from"),
    [
        ("2024-12-31", "9999-12-31", "2025-02-28", None),
        ("2025-06-30", "9999-12-31", "2025-09-02", "2025-08-30"),
        ("2026-06-30", "9999-12-31", "2026-08-31", "2026-08-30"),
        ("2026-06-30", "2026-01-15", "2026-09-01", "2026-08-30"),
        ("2025-11-07", "9999-12-31", "2026-01-08", "2026-01-07"),
        ("2026-12-31", "9999-12-31", "2027-03-01", "2027-02-28"),
    ],
)
def test_two_months(start: str, known_on: str, expected: str, rolled_from: str | None) -> None:
    """Two months end on the same number or the month's last day, and roll off a day off."""
    calendar = kz.calendar(known_on=day(known_on))
    found = due(limit(Months(2), "next-working-day"), instant(f"{start}T10:00+05:00"), calendar)
    assert (day(expected), rolled_from and day(rolled_from)) == (found.last_day, found.rolled_from)


# -- naive stepping -------------------------------------------------------------------

weeks = st.sampled_from(sorted(WEEKS))
inner_days = st.dates(date(2008, 1, 1), date(2026, 11, 20))


def step(works: dict[date, bool], start: date, n: int, way: int) -> date:
    """The n-th working day from a day, one day at a time."""
    one = start
    while n:
        one += way * ONE_DAY
        n -= works[one]
    return one


@given(weeks, inner_days, st.integers(1, 120))
def test_after_and_before_step(week: str, start: date, n: int) -> None:
    """`after` and `before` equal stepping from day to day."""
    calendar = kz.calendar(week)
    assert step(WORKS[week], start, n, +1) == calendar.after(start, n)
    assert step(WORKS[week], start, n, -1) == calendar.before(start, n)


@given(weeks, inner_days, st.integers(0, 400))
def test_between_counts(week: str, start: date, n: int) -> None:
    """`between` counts working days after one day up to another, and its reverse is negative."""
    calendar, end = kz.calendar(week), start + n * ONE_DAY
    expected = sum(WORKS[week][start + k * ONE_DAY] for k in range(1, n + 1))
    assert (expected, -expected) == (calendar.between(start, end), calendar.between(end, start))


@given(weeks, inner_days)
def test_on_or_after_steps(week: str, start: date) -> None:
    """`on_or_after` is the day itself when it works, otherwise the next that does."""
    expected = start if WORKS[week][start] else step(WORKS[week], start, 1, +1)
    assert expected == kz.calendar(week).on_or_after(start)


@given(weeks, inner_days, st.integers(0, 400))
def test_rests_between_slices(week: str, start: date, n: int) -> None:
    """`rests_between` is the slice of the days off after one day up to another."""
    calendar, end = kz.calendar(week), start + n * ONE_DAY
    expected = [one for one in ALL_DAYS if start < one <= end and not WORKS[week][one]]
    assert expected == list(calendar.rests[slice(*calendar.rests_between(start, end))])


@pytest.mark.parametrize("n", [0, -1])
def test_no_working_days_are_not_a_count(n: int) -> None:
    """`after` and `before` take one working day or more."""
    with pytest.raises(ValueError, match=f"working_days is {n}"):
        kz.calendar().after(day("2026-03-18"), n)
    with pytest.raises(ValueError, match=f"working_days is {n}"):
        kz.calendar().before(day("2026-03-18"), n)


# -- hours against brute force --------------------------------------------------------

USUAL = [("09:00", "13:00"), ("14:30", "18:30")]


def wall(at: datetime) -> datetime:
    """What the clocks of Astana show, by a rule of our own."""
    offset = timedelta(hours=6 if at < GAINED_AN_HOUR else 5)
    return (at.astimezone(dt.UTC) + offset).replace(tzinfo=None)


def openings(one: date) -> Iterable[tuple[datetime, datetime]]:
    """The usual hours of a working day, as the wall clock tells them."""
    if WORKS["five-day"][one]:
        for opens, closes in USUAL:
            yield instant(f"{one}T{opens}"), instant(f"{one}T{closes}")


def worked_by_overlap(start: datetime, end: datetime) -> timedelta:
    """Working time between two instants, as the sum of overlaps with each opening."""
    start, end, total = wall(start), wall(end), timedelta(0)
    for n in range((end.date() - start.date()).days + 1):
        for opens, closes in openings(start.date() + n * ONE_DAY):
            total += max(timedelta(0), min(end, closes) - max(start, opens))
    return total


def minute_is_worked(at: datetime) -> bool:
    shown = wall(at)
    return any(opens <= shown < closes for opens, closes in openings(shown.date()))


NOTABLE = [
    "2008-12-13", "2013-12-28", "2018-12-21", "2024-02-28", "2024-02-29", "2024-03-01",
    "2024-05-04", "2024-05-05", "2025-01-05", "2026-03-20", "2026-03-21", "2026-03-25",
]  # fmt: skip
"""Days off, days moved, the change of the clocks."""
inner_instants = st.one_of(
    st.integers(0, 6900 * 86_400).map(
        lambda n: datetime(2008, 1, 1, tzinfo=dt.UTC) + n * ONE_SECOND
    ),
    st.builds(
        lambda one, n: instant(f"{one}T00:00Z") + n * ONE_SECOND,
        st.sampled_from(NOTABLE),
        st.integers(-86_400, 86_400),
    ),
    st.builds(
        lambda one, edge, n: instant(f"{one}T{edge}+05:00") + n * ONE_SECOND,
        st.sampled_from(NOTABLE),
        st.sampled_from(["09:00", "13:00", "14:30", "18:30"]),
        st.integers(-1, 1),
    ),
)
working_times = st.integers(1, 200 * 3600).map(lambda n: timedelta(seconds=n))


@given(inner_instants, st.integers(0, 5 * 24 * 60))
def test_worked_equals_every_minute_looked_at(start: datetime, minutes: int) -> None:
    """Working time is the number of minutes in which the office was open."""
    start = start.replace(second=0)
    at = [start + timedelta(minutes=n) for n in range(minutes)]
    expected = timedelta(minutes=sum(map(minute_is_worked, at)))
    assert expected == kz.calendar().worked(start, start + timedelta(minutes=minutes))


@given(inner_instants, st.integers(0, 90 * 86_400))
def test_worked_equals_the_overlaps_summed(start: datetime, seconds: int) -> None:
    """Working time is the sum of its overlaps with each opening, lunch left out."""
    end = start + timedelta(seconds=seconds)
    assert worked_by_overlap(start, end) == kz.calendar().worked(start, end)


@given(inner_instants, inner_instants, inner_instants)
def test_worked_is_additive(a: datetime, b: datetime, c: datetime) -> None:
    """W(a, c) = W(a, b) + W(b, c) in any order of the three, so W(b, a) = -W(a, b)."""
    worked = kz.calendar().worked
    assert worked(a, c) == worked(a, b) + worked(b, c)


@given(inner_instants, working_times)
def test_add_is_the_earliest_instant_by_which_so_much_is_worked(
    at: datetime, working: timedelta
) -> None:
    """`add` inverts `worked`, and a second earlier was not yet enough."""
    calendar = kz.calendar()
    end = calendar.add(at, working)
    assert working == calendar.worked(at, end)
    assert working > calendar.worked(at, end - ONE_SECOND)


@given(inner_instants, working_times)
def test_subtract_is_the_latest_instant_that_leaves_so_much(
    at: datetime, working: timedelta
) -> None:
    """`subtract` inverts `worked`, and a second later was no longer enough."""
    calendar = kz.calendar()
    start = calendar.subtract(at, working)
    assert working == calendar.worked(start, at)
    assert working > calendar.worked(start + ONE_SECOND, at)


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-03-13T09:00+05:00", 8, "2026-03-13T18:30+05:00"),
        ("2026-03-13T09:00+05:00", 4, "2026-03-13T13:00+05:00"),
        ("2026-03-13T13:30+05:00", 4, "2026-03-13T18:30+05:00"),
        ("2026-03-12T18:30+05:00", 8, "2026-03-13T18:30+05:00"),
        ("2026-03-20T18:30+05:00", 4, "2026-03-26T13:00+05:00"),
    ],
)
def test_a_term_that_ends_at_closing_ends_there(start: str, hours: int, expected: str) -> None:
    """It ends at closing, for lunch or for the day, and not at the next opening."""
    assert instant(expected) == kz.calendar().add(instant(start), timedelta(hours=hours))


@pytest.mark.parametrize(
    ("end", "hours", "expected"),
    [
        ("2026-03-16T13:00+05:00", 4, "2026-03-16T09:00+05:00"),
        ("2026-03-16T18:30+05:00", 4, "2026-03-16T14:30+05:00"),
        ("2026-03-16T09:00+05:00", 8, "2026-03-13T09:00+05:00"),
    ],
)
def test_a_term_counted_back_starts_at_an_opening(end: str, hours: int, expected: str) -> None:
    """The latest start of full intervals is an opening, not the closing before."""
    assert instant(expected) == kz.calendar().subtract(instant(end), timedelta(hours=hours))


@pytest.mark.parametrize("week", ["five-day", "six-day"])
def test_no_time_is_no_term(week: str) -> None:
    """`add` and `subtract` take more than nothing."""
    calendar, at = kz.calendar(week), instant("2026-03-13T10:00+05:00")
    for move in (calendar.add, calendar.subtract):
        with pytest.raises(ValueError, match="not more than nothing"):
            move(at, timedelta(0))


@given(inner_instants)
def test_open_when_a_minute_is_worked(at: datetime) -> None:
    """The office is open at the instants that count as worked."""
    assert minute_is_worked(at) == kz.calendar().is_open(at)


@pytest.mark.parametrize("opens", ["09:00", "14:30"])
@pytest.mark.parametrize("closes", ["13:00", "18:30"])
def test_hours_are_half_open(opens: str, closes: str) -> None:
    """At the opening it is open and a second before not; at the closing the other way round."""
    calendar = kz.calendar()
    opening, closing = instant(f"2026-03-13T{opens}+05:00"), instant(f"2026-03-13T{closes}+05:00")
    found = [calendar.is_open(at) for at in (opening - ONE_SECOND, opening)]
    found += [calendar.is_open(at) for at in (closing - ONE_SECOND, closing)]
    assert [False, True, True, False] == found
    nothing = timedelta(0)
    assert nothing == calendar.worked(opening - ONE_SECOND, opening)
    assert ONE_SECOND == calendar.worked(opening, opening + ONE_SECOND)
    assert ONE_SECOND == calendar.worked(closing - ONE_SECOND, closing)
    assert nothing == calendar.worked(closing, closing + ONE_SECOND)


@given(inner_instants, inner_instants)
def test_any_offset_tells_the_same_instant(a: datetime, b: datetime) -> None:
    """Instants told in another offset, or in a zone, give the same working time."""
    far, zone = timezone(timedelta(hours=-9, minutes=-30)), ZoneInfo("Asia/Almaty")
    for week in ("five-day", "24x7"):
        worked = kz.calendar(week, town="Almaty").worked
        assert worked(a, b) == worked(a.astimezone(far), b.astimezone(far))
        assert worked(a, b) == worked(a.astimezone(zone), b.astimezone(zone))


# -- opening hours --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("open_as", "last_old", "first_new", "old", "new"),
    [
        ("aktobe", "2025-04-18", "2025-04-21", ("09:00-12:30", "14:00-18:30"),
         ("08:30-12:30", "13:30-17:30")),
        ("astana", "2016-01-29", "2016-02-01", ("09:00-13:00", "14:30-18:30"),
         ("08:30-13:00", "14:30-18:00")),
    ],
)  # fmt: skip
def test_hours_hold_from_their_day(
    open_as: str, last_old: str, first_new: str, old: tuple[str, ...], new: tuple[str, ...]
) -> None:
    """The day before a change has the old hours, the day of it the new."""
    calendar = kz.calendar(open=open_as)
    assert intervals(*old) == calendar.hours_of(day(last_old))
    assert intervals(*new) == calendar.hours_of(day(first_new))


def test_worked_spans_a_change_of_hours() -> None:
    """Working time across a change counts each day by its own hours."""
    calendar = kz.calendar(town="Aqtobe", open="aktobe")
    friday, monday = instant("2025-04-18T12:00+05:00"), instant("2025-04-21T09:00+05:00")
    assert timedelta(hours=5, minutes=30) == calendar.worked(friday, monday)
    assert monday == calendar.add(friday, timedelta(hours=5, minutes=30))
    assert day("2025-04-18") == calendar.counted_on(friday.replace(hour=18))
    assert day("2025-04-22") == calendar.counted_on(monday.replace(hour=18))


def test_a_day_off_has_no_hours() -> None:
    """Hours of a day off are empty, and nothing is open then."""
    assert () == kz.calendar().hours_of(day("2026-03-21"))
    assert not kz.calendar().is_open(instant("2026-03-21T10:00+05:00"))


def test_a_weekday_may_have_hours_of_its_own() -> None:
    """A short Friday is counted as one."""
    short_friday = Hours(intervals("09:00-13:00", "14:00-18:00"), {4: intervals("09:00-13:00")})
    hours = Dated[Hours]("hours", (Edition(short_friday, "x", FIRST, "x", Evidence.CONFIRMED),))
    calendar = attrs.evolve(kz.calendar(), hours=hours)
    thursday, friday = instant("2026-03-12T17:00+05:00"), instant("2026-03-13T13:00+05:00")
    assert timedelta(hours=5) == calendar.worked(thursday, friday + timedelta(days=2))
    assert friday == calendar.add(thursday, timedelta(hours=5))


@pytest.mark.parametrize(
    "text",
    ["", "09:00", "9-18", "18:00-09:00", "09:00-09:00", "09:00-24:01", "09:00-25:00",
     "09:60-13:00", "09:00-13:00-14:00", "٠٩:٠٠-١٣:٠٠", "09:00-13:00\n", "-1:00-13:00"],
)  # fmt: skip
def test_an_impossible_interval_is_malformed(text: str) -> None:
    """Text that is no interval of a day is refused, with its place."""
    with pytest.raises(Malformed) as caught:
        intervals("08:00-08:30", text)
    assert [text] == [fault.path for fault in caught.value.faults]


def test_every_faulty_interval_is_named_at_once() -> None:
    """Overlaps and nonsense are all told in one error."""
    with pytest.raises(Malformed) as caught:
        intervals("09:00-13:00", "12:00-18:00", "lunch")
    assert ["12:00-18:00", "lunch"] == [fault.path for fault in caught.value.faults]


def test_intervals_that_touch_are_no_overlap() -> None:
    """Half-open intervals may meet, and a day may be open to 24:00."""
    assert ((0, 43_200), (43_200, 86_400)) == intervals("00:00-12:00", "12:00-24:00")


# -- the ends of the calendar ---------------------------------------------------------


def test_past_the_decrees_a_strict_calendar_ends() -> None:
    """A strict calendar answers up to 2026-12-31 and raises from there on."""
    strict = kz.calendar(strict=True)
    assert strict.is_working(day("2026-12-31"))
    asked = (
        lambda: strict.is_working(day("2027-01-01")),
        lambda: strict.after(day("2026-12-31"), 1),
        lambda: strict.worked(instant("2026-12-31T10:00Z"), instant("2027-01-05T10:00Z")),
        lambda: strict.add(instant("2026-12-31T10:00Z"), timedelta(hours=9)),
        lambda: strict.counted_on(instant("2027-01-05T10:00Z")),
    )
    for ask in asked:
        with pytest.raises(BeyondCalendar, match=r"20\d\d-\d\d-\d\d.*strict"):
            ask()


def test_past_the_decrees_a_deadline_is_a_forecast() -> None:
    """A deadline of 2027 is marked, one of 2026 is not, and a strict calendar gives none."""
    fifteen, at = limit(WorkingDays(15)), instant("2026-12-10T10:00+05:00")
    found = due(fifteen, at, kz.calendar())
    assert Forecast(day("2027-01-05"), day("2026-12-31")) == found.forecast
    for calendar in (kz.calendar(), kz.calendar(strict=True)):
        the_last = due(fifteen, at - ONE_DAY, calendar)
        assert (day("2026-12-31"), None) == (the_last.last_day, the_last.forecast)
    with pytest.raises(BeyondCalendar, match="2026-12-10"):
        due(fifteen, at, kz.calendar(strict=True))


@pytest.mark.parametrize("outside", ["2006-12-31", "2028-01-01", "1900-01-01", "9999-12-31"])
def test_a_day_outside_is_named(outside: str) -> None:
    """Every question about a day outside the tables raises, naming the day."""
    calendar, one = kz.calendar(), day(outside)
    asked = (
        lambda: calendar.is_working(one),
        lambda: calendar.rank(one),
        lambda: calendar.after(one, 5),
        lambda: calendar.before(one, 5),
        lambda: calendar.between(day("2026-03-18"), one),
        lambda: calendar.on_or_after(one),
        lambda: calendar.hours_of(one),
        lambda: calendar.is_open(instant(f"{outside}T10:00+05:00")),
        lambda: calendar.counted_on(instant(f"{outside}T10:00+05:00")),
        lambda: calendar.worked(instant("2026-03-18T10:00Z"), instant(f"{outside}T10:00+05:00")),
        lambda: calendar.add(instant(f"{outside}T10:00+05:00"), timedelta(hours=1)),
    )
    for ask in asked:
        with pytest.raises(BeyondCalendar, match=outside):
            ask()


def test_a_count_that_leaves_the_calendar_is_told_whole() -> None:
    """Stepping over either end names the day asked and how far."""
    with pytest.raises(BeyondCalendar, match=r"2027-12-20 \+15 working days"):
        kz.calendar().after(day("2027-12-20"), 15)
    with pytest.raises(BeyondCalendar, match="2007-01-10 -15 working days"):
        kz.calendar().before(day("2007-01-10"), 15)


def test_the_first_and_the_last_working_day_can_be_reached() -> None:
    """A count may end on them, and one day further is outside."""
    calendar = kz.calendar()
    first, last = day("2007-01-03"), day("2027-12-31")
    assert first == calendar.before(day("2007-01-05"), 2)
    assert last == calendar.after(day("2027-12-29"), 2)
    with pytest.raises(BeyondCalendar):
        calendar.before(day("2007-01-05"), 3)
    with pytest.raises(BeyondCalendar):
        calendar.after(day("2027-12-29"), 3)
    with pytest.raises(BeyondCalendar):
        calendar.before(FIRST, 1)


def test_working_hours_that_leave_the_calendar_name_a_day_outside() -> None:
    """Too many hours, on or back, name the first day that the tables lack."""
    with pytest.raises(BeyondCalendar, match=r"^2028-01-01 "):
        kz.calendar().add(instant("2027-12-20T10:00Z"), timedelta(hours=500))
    with pytest.raises(BeyondCalendar, match=r"^2006-12-31 "):
        kz.calendar().subtract(instant("2007-01-10T10:00Z"), timedelta(hours=500))


def test_all_working_hours_of_the_calendar_can_be_added() -> None:
    """From its first instant to its last closing, and one second more is outside."""
    calendar = kz.calendar()
    whole = timedelta(seconds=calendar.work_before[-1])
    start = calendar.place.start_of(FIRST)
    assert instant("2027-12-31T18:30+05:00") == calendar.add(start, whole)
    with pytest.raises(BeyondCalendar):
        calendar.add(start, whole + ONE_SECOND)


# -- round the clock ------------------------------------------------------------------


def test_a_night_of_25_hours_has_25() -> None:
    """29 Feb 2024, 17:00 to 1 March, 10:00 in Almaty are 18 hours of real time."""
    always = kz.calendar("24x7", town="Almaty")
    start, end = instant("2024-02-29T17:00+06:00"), instant("2024-03-01T10:00+05:00")
    eighteen = timedelta(hours=18)
    assert eighteen == always.worked(start, end)
    assert end == always.add(start, eighteen)
    assert start == always.subtract(end, eighteen)


def test_a_night_of_25_hours_has_25_for_instants_of_a_zone() -> None:
    """Two instants of one ZoneInfo are not subtracted by the wall clock."""
    almaty = ZoneInfo("Asia/Almaty")
    if datetime(2024, 3, 2, tzinfo=almaty).utcoffset() != timedelta(hours=5):
        pytest.skip("the host's time zone data is older than the change of 2024")
    always = kz.calendar("24x7", town="Almaty")
    start = datetime(2024, 2, 29, 17, tzinfo=almaty)
    end = datetime(2024, 3, 1, 10, tzinfo=almaty)
    assert timedelta(hours=18) == always.worked(start, end)
    assert end.astimezone(dt.UTC) == always.add(start, timedelta(hours=18)).astimezone(dt.UTC)
    assert start.astimezone(dt.UTC) == always.subtract(end, timedelta(hours=18)).astimezone(dt.UTC)


def test_usual_hours_do_not_see_the_night_of_25_hours() -> None:
    """The same span in usual hours is 1 h 30 min of Thursday and 1 h of Friday."""
    start, end = instant("2024-02-29T17:00+06:00"), instant("2024-03-01T10:00+05:00")
    assert timedelta(hours=2, minutes=30) == kz.calendar(town="Almaty").worked(start, end)


def test_the_long_day_ends_once() -> None:
    """29 Feb 2024 in Almaty ends at 19:00Z, not when its clock first showed 24:00."""
    found = due(
        limit(CalendarDays(1)), instant("2024-02-28T10:00+06:00"), kz.calendar(town="Almaty")
    )
    assert (day("2024-02-29"), instant("2024-02-29T19:00Z")) == (found.last_day, found.at)
    assert not found.missed(instant("2024-02-29T18:59:59Z"))
    assert found.missed(instant("2024-02-29T19:00Z"))


def test_a_term_over_the_change_ends_by_the_new_clocks() -> None:
    """A last day of 2024-03-15 in Almaty ends at 24:00 +05:00, not an hour early."""
    found = due(
        limit(CalendarDays(20)), instant("2024-02-24T10:00+06:00"), kz.calendar(town="Almaty")
    )
    assert day("2024-03-15") == found.last_day
    assert "2024-03-16T00:00:00+05:00" == found.at.isoformat()


def test_qyzylorda_gained_its_hour_in_2018() -> None:
    """20 Dec 2018 had 25 hours in Qyzylorda, and 24 in Almaty."""
    start, end = instant("2018-12-19T19:00Z"), instant("2018-12-21T10:00Z")
    for town, ends in (("Qyzylorda", "2018-12-20T19:00Z"), ("Almaty", "2018-12-20T18:00Z")):
        calendar = kz.calendar("24x7", town=town)
        assert timedelta(hours=39) == calendar.worked(start, end)
        assert instant(ends) == calendar.place.start_of(day("2018-12-21"))


def test_round_the_clock_never_closes() -> None:
    """No minute of it is closed, midnight and holidays included, and every day works."""
    always = kz.calendar("24x7")
    assert (ROUND_THE_CLOCK.daily, ()) == (always.hours_of(day("2026-01-01")), always.rests)
    for text in ("2026-01-01T23:59:59.9+05:00", "2026-01-02T00:00+05:00", "2026-01-02T03:00+05:00"):
        assert always.is_open(instant(text))
        assert always.counted_on(instant(text)) == instant(text).date()


ZONES = {
    "Qostanay": "Asia/Qostanay", "Qyzylorda": "Asia/Qyzylorda", "Aqtobe": "Asia/Aqtobe",
    "Aqtau": "Asia/Aqtau", "Atyrau": "Asia/Atyrau", "Oral": "Asia/Oral",
    # what the database calls most of Kazakhstan
    **dict.fromkeys(
        (
            "Almaty", "Astana", "Kokshetau", "Oskemen", "Pavlodar", "Petropavl", "Qaraghandy",
            "Qonaev", "Semey", "Shymkent", "Taldyqorghan", "Taraz", "Turkistan", "Zhezqazghan",
        ),
        "Asia/Almaty",
    ),
}  # fmt: skip


def test_the_centre_of_each_oblast_and_each_city_of_the_republic_has_a_place() -> None:
    places = read("offices.toml")["places"].values()
    assert 17 + 3 == len(ZONES)
    assert sorted(ZONES) == sorted(town for place in places for town in place["towns"])


@pytest.mark.parametrize("town", ZONES)
def test_offsets_agree_with_the_time_zone_database(town: str) -> None:
    """At every sixth hour of 2007 to 2027 the offset of a town is the one of its zone."""
    if datetime(2024, 3, 2, tzinfo=ZoneInfo("Asia/Almaty")).utcoffset() != timedelta(hours=5):
        pytest.skip("the host's time zone data is older than the change of 2024")
    place, zone = kz.place(town), ZoneInfo(ZONES[town])
    first, six = datetime(2007, 1, 1, tzinfo=dt.UTC), timedelta(hours=6)
    told = [first + n * six for n in range(4 * 7600)]
    assert [] == [
        at for at in told if place.local(at).utcoffset() != at.astimezone(zone).utcoffset()
    ]


# -- the day that counts --------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-03-18T00:00+05:00", "2026-03-18"),
        ("2026-03-18T08:59+05:00", "2026-03-18"),
        ("2026-03-18T13:45+05:00", "2026-03-18"),
        ("2026-03-18T18:29:59+05:00", "2026-03-18"),
        ("2026-03-18T18:29:59.999999+05:00", "2026-03-18"),
        ("2026-03-18T18:30+05:00", "2026-03-19"),
        ("2026-03-18T18:31+05:00", "2026-03-19"),
        ("2026-03-18T23:59:59+05:00", "2026-03-19"),
        ("2026-03-18T20:00Z", "2026-03-19"),
        ("2026-03-15T10:00+05:00", "2026-03-16"),
        ("2026-03-20T18:30+05:00", "2026-03-26"),
        ("2024-05-04T10:00+05:00", "2024-05-04"),
        ("2024-05-04T18:30+05:00", "2024-05-06"),
    ],
    ids=["midnight", "before opening", "lunch", "last second", "last microsecond", "closing",
         "after closing", "late night", "in UTC", "Sunday", "before Nauryz", "working Saturday",
         "working Saturday, late"],
)  # fmt: skip
def test_the_working_day_that_a_receipt_belongs_to(received: str, expected: str) -> None:
    """The same day until closing, otherwise the next working day."""
    assert day(expected) == kz.calendar().counted_on(instant(received))


# -- notes of a day -------------------------------------------------------------------


def note(on: str, kind: str, **told: object) -> DayNote:
    return DayNote(day(on), kind, {}, "the office", **told)  # type: ignore[arg-type]  # keywords of DayNote


def month_of(off: set[int]) -> WorkCalendar:
    """November 2026 with the weekdays named off by notes of the office."""
    closed = tuple(
        note(f"2026-11-{n:02}", "day-off")
        for n in range(1, 31)
        if date(2026, 11, n).weekday() in off
    )
    return attrs.evolve(
        kz.calendar(town="Aqtobe"), first=day("2026-11-01"), last=day("2026-11-30"), notes=closed
    )


def test_a_week_of_one_day() -> None:
    """An office open on Wednesdays only counts Wednesdays, and their hours."""
    calendar = month_of({0, 1, 3, 4})
    assert [4, 11, 18, 25] == [one.day for one in calendar.days[1:]]
    assert day("2026-11-18") == calendar.after(day("2026-11-05"), 2)
    assert timedelta(hours=16) == calendar.worked(
        instant("2026-11-04T18:30+05:00"), instant("2026-11-19T09:00+05:00")
    )
    assert day("2026-11-11") == calendar.counted_on(instant("2026-11-04T18:30+05:00"))


def test_a_week_without_monday_and_thursday() -> None:
    """Missing weekdays do not break the sum."""
    calendar = month_of({0, 3})
    monday, friday = instant("2026-11-02T00:00+05:00"), instant("2026-11-07T00:00+05:00")
    assert timedelta(hours=24) == calendar.worked(monday, friday)
    assert instant("2026-11-06T18:30+05:00") == calendar.add(monday, timedelta(hours=24))
    assert day("2026-11-06") == calendar.after(day("2026-11-01"), 3)


def test_notes_of_the_office_win_over_those_of_the_nation() -> None:
    """Astana rested on 1-2 Dec 2010 and worked on 27-28 Nov; the nation did not."""
    nation = kz.calendar(town="Astana")
    summit = (
        note("2010-12-01", "day-off", moved=day("2010-11-27")),
        note("2010-12-02", "day-off", moved=day("2010-11-28")),
        note("2010-11-27", "working-day"),
        note("2010-11-28", "working-day"),
        note("2010-12-16", "working-day"),
    )
    astana = attrs.evolve(nation, notes=(*nation.notes, *summit))
    days = [day("2010-11-27"), day("2010-11-28"), day("2010-12-01"), day("2010-12-02")]
    assert [False, False, True, True] == [nation.is_working(one) for one in days]
    assert [True, True, False, False] == [astana.is_working(one) for one in days]
    holiday = day("2010-12-16")
    assert (False, True) == (nation.is_working(holiday), astana.is_working(holiday))
    assert n_in_year(nation, 2010) + 1 == n_in_year(astana, 2010)
    assert summit[0] == astana.exceptions[day("2010-12-01")]


def test_a_note_stands_from_the_day_it_was_known_until_withdrawn() -> None:
    """Its days are half-open, and it holds for the regimes it names."""
    bounded = note(
        "2026-08-31",
        "substitute",
        weeks=frozenset({"five-day"}),
        known_from=day("2026-01-01"),
        known_until=day("2026-03-18"),
    )
    days = ("2025-12-31", "2026-01-01", "2026-03-17", "2026-03-18")
    assert [False, True, True, False] == [bounded.stands("five-day", day(one)) for one in days]
    assert not bounded.stands("six-day", day("2026-01-01"))


def test_an_unknown_week_is_malformed() -> None:
    """A regime is one of three."""
    with pytest.raises(Malformed, match="four-day"):
        kz.calendar("four-day")


def test_version_tells_calendars_apart() -> None:
    """Equal tables have one version; other days, hours, weeks or places another."""
    nation = kz.calendar()
    assert attrs.evolve(nation).version == nation.version
    others = (
        kz.calendar(known_on=day("2026-01-15")),
        kz.calendar("six-day"),
        kz.calendar(open="aktobe"),
        kz.calendar(town="Aqtobe"),
        kz.calendar(strict=True),
    )
    assert 6 == len({nation.version, *(other.version for other in others)})


@pytest.mark.parametrize(("since", "hours"), [("2024-03-01", 4), ("2024-03-02", 5)])
def test_version_tells_a_change_of_offset(since: str, hours: int) -> None:
    """The same days in a place of the same name whose clocks differ are another calendar."""
    nation = kz.calendar()
    old, new = nation.place.offsets
    other = attrs.evolve(new, since=day(since), value=hours * 3600)
    moved = Place(nation.place.name, Dated[int]("offset", (old, other)))
    assert nation.version != attrs.evolve(nation, place=moved).version
    same = Place(nation.place.name, Dated[int]("offset", (old, new)))
    assert nation.version == attrs.evolve(nation, place=same).version


def test_an_office_closed_on_a_weekday_counts_from_the_next_day_it_is_open() -> None:
    daily = ((9 * 3600, 18 * 3600),)
    opens = Dated("h", (Edition(Hours(daily, {2: ()}), "h", date.min, "", Evidence.CONFIRMED),))
    tuesday = datetime.fromisoformat("2026-03-17T20:00+05:00")
    opened = kz.calendar(open=opens).counted_at(tuesday)
    assert datetime.fromisoformat("2026-03-19T09:00+05:00") == opened


def test_later_is_never_less_work_also_in_the_hour_that_comes_twice() -> None:
    night = ((0, 3600), (79_200, 86_400))
    opens = Dated("h", (Edition(Hours(night), "h", date.min, "", Evidence.CONFIRMED),))
    first = datetime.fromisoformat("2024-02-29T23:30+06:00")
    second = datetime.fromisoformat("2024-02-29T23:10+05:00")
    assert timedelta(0) == kz.calendar(open=opens).worked(first, second)


@pytest.mark.parametrize("wrong", [{"kind": "workday"}, {"weeks": {"5-day"}}, {"on": "2026-03-18"}])
def test_a_note_that_says_nothing_is_refused(wrong: dict[str, Any]) -> None:
    fields: dict[str, Any] = {"on": date(2026, 3, 18), "kind": "day-off", "names": {}}
    with pytest.raises(Malformed, match=f"day note: {next(iter(wrong))}: "):
        DayNote(**{**fields, "source": "a decree", **wrong})


def test_a_sample_office_given_days_of_its_own_stays_where_it_is() -> None:
    note = DayNote(date(2026, 3, 18), "day-off", {}, "a decree")
    given, own = kz.office("khromtau", calendar=kz.calendar(notes=[note])), kz.office("khromtau")
    assert own.calendar.place == given.calendar.place
    assert own.calendar.hours == given.calendar.hours
    assert not given.calendar.is_working(date(2026, 3, 18))
