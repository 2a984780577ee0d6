"""Instants and the days of a place, whose offset is dated law."""

from __future__ import annotations

import datetime as dt
from datetime import date, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given, strategies as st

from openakimat import kz
from openakimat.calendar.times import EPOCH_ORDINAL, Place, instant
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import Malformed

EPOCH = datetime(1970, 1, 1, tzinfo=dt.UTC)
ONE_DAY, TICK = timedelta(days=1), timedelta(microseconds=1)
TOWNS = ("Almaty", "Aqtobe", "Qyzylorda")


def place(*editions: tuple[str, float]) -> Place:
    """A place by the day and the hours of each offset."""
    return Place(
        "somewhere",
        Dated(
            "offset",
            tuple(
                Edition(int(hours * 3600), since, date.fromisoformat(since), "", Evidence.CONFIRMED)
                for since, hours in editions
            ),
        ),
    )


FORWARD = place(("2000-01-01", 5), ("2020-06-01", 6))
"""Its clocks went on an hour at the midnight that began 2020-06-01."""
ODD = place(("2000-01-01", -9.5), ("2010-01-01", 5.75))
TWICE = place(("2000-01-01", 5), ("2020-06-01", 6), ("2024-03-01", 5))
PLACES = [*map(kz.place, TOWNS), FORWARD, ODD, TWICE]

places = st.sampled_from(PLACES)
CHANGES = [
    datetime(2010, 1, 1, 9, 30, tzinfo=dt.UTC),
    datetime(2018, 12, 20, 18, tzinfo=dt.UTC),
    datetime(2020, 5, 31, 19, tzinfo=dt.UTC),
    datetime(2024, 2, 29, 18, tzinfo=dt.UTC),
]
instants = st.one_of(
    st.integers(
        int((datetime(2005, 2, 1, tzinfo=dt.UTC) - EPOCH) / TICK),
        int((datetime(2030, 1, 1, tzinfo=dt.UTC) - EPOCH) / TICK),
    ).map(lambda n: EPOCH + n * TICK),
    st.builds(
        lambda change, n: change + n * TICK,
        st.sampled_from(CHANGES),
        st.one_of(st.integers(-1, 1), st.integers(-172_800_000_000, 172_800_000_000)),
    ),
)
days = st.one_of(
    st.dates(date(2005, 2, 1), date(2030, 1, 1)),
    st.builds(
        lambda change, n: change.date() + n * ONE_DAY, st.sampled_from(CHANGES), st.integers(-2, 2)
    ),
)


class Silent(tzinfo):
    """A time zone that does not tell its offset."""

    def utcoffset(self, _: datetime | None) -> None:
        """Nothing."""

    def dst(self, _: datetime | None) -> None:
        """Nothing."""

    def tzname(self, _: datetime | None) -> None:
        """Nothing."""


# -- instants -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "at",
    [None, "2026-03-18T18:40+05:00", 0, 1.5, date(2026, 3, 18), dt.time(18, 40, tzinfo=dt.UTC)],
)
def test_what_is_no_datetime_is_no_instant(at: object) -> None:
    """Text, numbers, days and times of day are refused, and the place of the fault is told."""
    with pytest.raises(Malformed, match="is not a datetime") as caught:
        instant(at, path="records[3].at")  # type: ignore[arg-type]  # what is tested
    assert "records[3].at" == caught.value.faults[0].path


@pytest.mark.parametrize("zone", [None, Silent()])
def test_a_naive_datetime_is_no_instant(zone: tzinfo | None) -> None:
    """A datetime without an offset is refused, also one whose zone does not tell it."""
    with pytest.raises(Malformed, match="names no UTC offset"):
        instant(datetime(2026, 3, 18, 18, 40, tzinfo=zone))


@given(instants, st.integers(-14 * 60, 14 * 60))
def test_an_instant_is_returned_as_given(at: datetime, minutes: int) -> None:
    """An aware datetime passes unchanged, whatever its offset."""
    told = at.astimezone(timezone(timedelta(minutes=minutes)))
    assert told is instant(told)


# -- days of a place ------------------------------------------------------------------


@given(places, days)
def test_a_day_begins_at_its_start_and_not_before(where: Place, one: date) -> None:
    """The start of a day is its first instant; a microsecond earlier is the day before."""
    start = where.start_of(one)
    assert one == where.day_of(start)
    assert one - ONE_DAY == where.day_of(start - TICK)


@given(places, instants)
def test_an_instant_lies_between_the_starts_of_its_day_and_the_next(
    where: Place, at: datetime
) -> None:
    """Days are half-open, leave no gap and do not overlap."""
    one = where.day_of(at)
    assert where.start_of(one) <= at < where.start_of(one + ONE_DAY)


@given(places, instants, instants)
def test_days_follow_instants(where: Place, a: datetime, b: datetime) -> None:
    """A later instant never belongs to an earlier day."""
    earlier, later = sorted((a, b))
    assert where.day_of(earlier) <= where.day_of(later)


@given(places, instants)
def test_local_is_the_same_instant_on_the_day_it_shows(where: Place, at: datetime) -> None:
    """`local` changes what is told, not when: its date is the day, its clock the wall clock."""
    told = where.local(at)
    assert (at, where.day_of(at)) == (told, told.date())
    shown = (told.hour * 60 + told.minute) * 60 + told.second
    assert where.wall_seconds(at) == (told.toordinal() - EPOCH_ORDINAL) * 86_400 + shown


@given(places, instants, st.one_of(st.sampled_from([300, 360, 345]), st.integers(-840, 840)))
def test_the_offset_an_instant_is_told_in_does_not_matter(
    where: Place, at: datetime, minutes: int
) -> None:
    """Every answer about an instant is the same in any offset, that of the place among them."""
    other = at.astimezone(timezone(timedelta(minutes=minutes)))
    for told in (other, where.local(at)):
        assert where.day_of(at) == where.day_of(told)
        assert where.wall_seconds(at) == where.wall_seconds(told)
        assert where.wall(at) == where.wall(told)
        assert where.local(at).isoformat() == where.local(told).isoformat()


@given(places, instants)
def test_wall_is_the_day_and_the_second_of_it(where: Place, at: datetime) -> None:
    """Both ways to read the wall clock agree, also by the place's own offset."""
    expected = divmod(where.wall_seconds(at), 86_400)
    for told in (at, where.local(at)):
        day, second = where.wall(told)
        assert expected == (day - EPOCH_ORDINAL, second)


@given(st.sampled_from(PLACES[:3]), st.integers(1_110_000_000, 1_890_000_000))
def test_at_wall_is_the_last_instant_that_shows_so(where: Place, wall: int) -> None:
    """Where clocks only went back, each reading has an instant, and no later one shows it."""
    at = where.at_wall(wall)
    assert wall == where.wall_seconds(at)
    assert wall != where.wall_seconds(at + timedelta(hours=1))


@pytest.mark.parametrize(
    ("where", "one", "hours"),
    [
        (PLACES[0], "2024-02-28", 24),
        (PLACES[0], "2024-02-29", 25),
        (PLACES[0], "2024-03-01", 24),
        (PLACES[1], "2024-02-29", 24),
        (PLACES[2], "2018-12-20", 25),
        (PLACES[2], "2024-02-29", 24),
        (FORWARD, "2020-05-31", 24),
        (FORWARD, "2020-06-01", 23),
        (FORWARD, "2020-06-02", 24),
    ],
    ids=str,
)
def test_the_length_of_a_day(where: Place, one: str, hours: int) -> None:
    """A day whose clocks go back has 25 hours, one whose clocks go on has 23."""
    start = where.start_of(date.fromisoformat(one))
    end = where.start_of(date.fromisoformat(one) + ONE_DAY)
    assert timedelta(hours=hours) == end.astimezone(dt.UTC) - start.astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("at", "day", "told"),
    [
        ("2024-02-29T17:30:00+00:00", "2024-02-29", "2024-02-29T23:30:00+06:00"),
        ("2024-02-29T17:59:59+00:00", "2024-02-29", "2024-02-29T23:59:59+06:00"),
        ("2024-02-29T18:00:00+00:00", "2024-02-29", "2024-02-29T23:00:00+05:00"),
        ("2024-02-29T18:30:00+00:00", "2024-02-29", "2024-02-29T23:30:00+05:00"),
        ("2024-02-29T19:00:00+00:00", "2024-03-01", "2024-03-01T00:00:00+05:00"),
    ],
)
def test_the_hour_that_almaty_had_twice(at: str, day: str, told: str) -> None:
    """23:00 to 24:00 came twice, both times on 29 February 2024."""
    given_at, almaty = datetime.fromisoformat(at), kz.place("Almaty")
    assert date.fromisoformat(day) == almaty.day_of(given_at)
    assert told == almaty.local(given_at).isoformat()


@pytest.mark.parametrize(
    ("minutes", "utc"), [(-1, "16:59"), (0, "18:00"), (30, "18:30"), (59, "18:59"), (60, "19:00")]
)
def test_a_reading_shown_twice_is_the_later(minutes: int, utc: str) -> None:
    """On 29 February 2024 in Almaty 23:00 to 24:00 is told the second time it was shown."""
    eleven = (date(2024, 2, 29).toordinal() - EPOCH_ORDINAL) * 86_400 + 23 * 3600
    expected = datetime.fromisoformat(f"2024-02-29T{utc}+00:00")
    assert expected == kz.place("Almaty").at_wall(eleven + minutes * 60)


def test_the_first_offset_holds_for_all_time_before() -> None:
    """A place has days before its first edition too: nothing is refused for being old."""
    old = datetime(1999, 12, 31, 18, 30, tzinfo=dt.UTC)
    assert date(2000, 1, 1) == kz.place("Almaty").day_of(old)
    assert date(1999, 12, 31) == kz.place("Aqtobe").day_of(old - timedelta(hours=1))


def test_an_unknown_town_is_malformed() -> None:
    """The towns known are named."""
    with pytest.raises(Malformed, match=r"'Bishkek' is none of .*Almaty"):
        kz.place("Bishkek")
