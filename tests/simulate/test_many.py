"""The vectorised calendar: what `WorkCalendar` says of one, `Columns` says of each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray

from openakimat import kz
from openakimat.calendar.days import ROUND_THE_CLOCK, Hours, intervals
from openakimat.calendar.times import EPOCH_ORDINAL, Place
from openakimat.calendar.worktime import WorkCalendar
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import BeyondCalendar, Malformed
from openakimat.simulate.columns.days import Columns

T = TypeVar("T")
N = 100_000
DAY = 86_400
GAINED_AN_HOUR = int(datetime(2024, 2, 29, 18, tzinfo=UTC).timestamp())


def dated(*editions: tuple[date, T]) -> Dated[T]:
    return Dated(
        "test",
        tuple(
            Edition(value, str(since), since, "test", Evidence.CONFIRMED)
            for since, value in editions
        ),
    )


def kazakh(*hours: tuple[date, Hours], town: str = "Astana") -> WorkCalendar:
    """The days of Kazakhstan with hours of our own."""
    usual = kz.calendar()
    return WorkCalendar(
        usual.first,
        usual.last,
        usual.confirmed_until,
        usual.notes,
        hours=dated(*hours),
        place=kz.place(town),
    )


LONG_AGO = date(1900, 1, 1)
SHORT_FRIDAY = Hours(intervals("09:00-13:00", "14:00-18:00"), {4: intervals("09:00-13:00")})
CALENDARS = {
    "lunch": kz.calendar(),
    "six-day": kz.calendar("six-day", town="Aqtobe"),
    "one opening": kazakh((LONG_AGO, Hours(intervals("09:00-18:00")))),
    "hours that change": kz.calendar(town="Aqtobe", open="aktobe"),
    "hours that change, and an offset": kz.calendar(open="astana"),
    "another offset": kz.calendar(town="Qyzylorda"),
    "lunch given up": kazakh(
        (LONG_AGO, SHORT_FRIDAY), (date(2015, 6, 1), Hours(intervals("08:00-17:00")))
    ),
    "three openings": kazakh(
        (LONG_AGO, Hours(intervals("00:00-04:00", "09:00-13:00", "14:00-24:00")))
    ),
    "night and day": kazakh((LONG_AGO, ROUND_THE_CLOCK)),
    "as known before": kz.calendar(known_on=date(2026, 1, 10), strict=True),
}


@pytest.fixture(params=CALENDARS)
def calendar(request: pytest.FixtureRequest) -> WorkCalendar:
    return CALENDARS[request.param]


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(2026)


def reach(calendar: WorkCalendar) -> tuple[int, int]:
    """The first instant of a calendar, and the first past it."""
    days = calendar.first, calendar.last + timedelta(days=1)
    first, past = (int(calendar.place.start_of(day).timestamp()) for day in days)
    return first, past


def moments(calendar: WorkCalendar, rng: np.random.Generator) -> NDArray[np.int64]:
    """Instants: anywhere, on the hour and half hour, about a change of offset, and the two ends."""
    first, past = reach(calendar)
    found = rng.integers(first, past, N)
    found[: N // 4] -= found[: N // 4] % 1800
    found[N // 4 : N // 2] = GAINED_AN_HOUR + rng.integers(-2 * DAY, 2 * DAY, N // 4)
    found[-2:] = first, past - 1
    return rng.permutation(found)


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def test_worked_of_many_is_worked_of_each(calendar: WorkCalendar, rng: np.random.Generator) -> None:
    starts, ends = moments(calendar, rng), moments(calendar, rng)
    each = [
        calendar.worked(at(a), at(b)) // timedelta(seconds=1)
        for a, b in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    assert each == Columns(calendar).worked(starts, ends).tolist()


def test_after_of_many_is_after_of_each(calendar: WorkCalendar, rng: np.random.Generator) -> None:
    n_days = calendar.last.toordinal() - calendar.first.toordinal() + 1
    days = calendar.first.toordinal() - EPOCH_ORDINAL + rng.integers(0, n_days - 200, N)
    working_days = rng.integers(1, 100, N)
    each = [
        calendar.after(date.fromordinal(day + EPOCH_ORDINAL), n).toordinal() - EPOCH_ORDINAL
        for day, n in zip(days.tolist(), working_days.tolist(), strict=True)
    ]
    assert each == Columns(calendar).after(days, working_days).tolist()


def test_wall_seconds_of_many_is_that_of_each(
    calendar: WorkCalendar, rng: np.random.Generator
) -> None:
    instants = moments(calendar, rng)
    each = [calendar.place.wall_seconds(at(one)) for one in instants.tolist()]
    assert each == Columns(calendar).wall_seconds(instants).tolist()


def test_24x7_counts_real_time_without_end() -> None:
    calendar = kz.calendar("24x7")
    starts = np.array([GAINED_AN_HOUR - DAY, -(10**9)])
    ends = np.array([GAINED_AN_HOUR + DAY, 10**10])
    each = [
        calendar.worked(at(a), at(b)) // timedelta(seconds=1)
        for a, b in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    assert each == Columns(calendar).worked(starts, ends).tolist()


def test_a_calendar_longer_than_32_bits_of_seconds(rng: np.random.Generator) -> None:
    calendar = WorkCalendar(
        date(1950, 1, 1),
        date(2049, 12, 31),
        date(2049, 12, 31),
        (),
        hours=dated((LONG_AGO, SHORT_FRIDAY)),
        place=Place("there", dated((LONG_AGO, 18_000))),
    )
    first, past = reach(calendar)
    starts = rng.integers(first, past, 1000)
    ends: NDArray[Any] = rng.integers(0, 2**31 - 1, 1000).astype(np.int32)
    each = [
        calendar.worked(at(a), at(b)) // timedelta(seconds=1)
        for a, b in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    assert each == Columns(calendar).worked(starts, ends).tolist()
    assert each == Columns(calendar).worked(starts, ends.astype(np.int64)).tolist()
    zeros = np.zeros(1000, np.int32)
    back = Columns(calendar).worked(ends, zeros)
    assert np.dtype(np.int32) == back.dtype
    assert [
        calendar.worked(at(b), at(0)) // timedelta(seconds=1) for b in ends.tolist()
    ] == back.tolist()


# -- kinds and shapes -------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["i4", "i8", "M8[s]"])
def test_worked_answers_in_the_kind_given(kind: str) -> None:
    columns = Columns(kz.calendar())
    starts = np.array(["2026-03-13T12:30", "2026-03-18T13:40"], "M8[s]").astype(np.int64)
    found = columns.worked(starts.astype(kind), (starts + 3 * DAY).astype(kind))
    assert np.dtype("m8[s]" if kind == "M8[s]" else kind) == found.dtype
    expected = [8 * 3600, 16 * 3600]
    assert expected == found.astype(np.int64).tolist()


def test_worked_of_32_and_64_bits_has_64() -> None:
    wide = np.array([1_773_000_000])
    narrow: NDArray[Any] = wide.astype(np.int32)
    columns = Columns(kz.calendar())
    assert np.dtype(np.int64) == columns.worked(narrow, wide).dtype
    assert np.dtype(np.int64) == columns.worked(wide, narrow).dtype


@pytest.mark.parametrize("kind", ["i4", "i8", "M8[D]"])
def test_after_answers_in_the_kind_given(kind: str) -> None:
    days = np.array(["2026-03-19", "2026-08-20"], "M8[D]").astype(np.int64).astype(kind)
    found = Columns(kz.calendar()).after(days, 15)
    assert np.dtype(kind) == found.dtype
    expected = ["2026-04-14", "2026-09-10"]
    assert expected == found.astype("M8[D]").astype(str).tolist()


def test_any_shape_and_order_and_broadcasting(rng: np.random.Generator) -> None:
    columns = Columns(kz.calendar())
    first, past = reach(columns.calendar)
    starts = rng.integers(first, past, (40, 60))
    flat = columns.worked(starts.reshape(-1), starts[::-1].reshape(-1)).reshape(40, 60)
    assert np.array_equal(flat, columns.worked(np.asfortranarray(starts), starts[::-1]))
    assert np.array_equal(flat.T, columns.worked(starts.T, starts[::-1].T))
    row = columns.worked(starts[:1], starts)
    assert np.array_equal(columns.worked(np.broadcast_to(starts[0], (40, 60)), starts), row)
    assert columns.worked(np.array(first), np.array(past - 1)).shape == ()
    days = np.array([[20_531], [20_600]])
    assert columns.after(days, np.array([1, 2, 3])).shape == (2, 3)


def test_empty_arrays() -> None:
    columns = Columns(kz.calendar())
    none = np.array([], np.int32)
    assert columns.worked(none, none).tolist() == []
    assert columns.after(none, 15).tolist() == []
    assert columns.after(none.astype("M8[D]"), none).dtype == np.dtype("M8[D]")
    assert columns.wall_seconds(none).dtype == np.dtype(np.int64)
    assert columns.worked(none.astype("M8[s]"), none.astype("M8[s]")).dtype == np.dtype("m8[s]")


def test_what_is_given_is_left_as_it_was(rng: np.random.Generator) -> None:
    columns = Columns(kz.calendar())
    starts = moments(columns.calendar, rng).astype(np.int32)
    before = starts.copy()
    columns.worked(starts, starts)
    columns.wall_seconds(starts)
    assert np.array_equal(before, starts)


# -- refusals ---------------------------------------------------------------------------


def test_the_first_instant_outside_is_named() -> None:
    columns = Columns(kz.calendar())
    first, past = reach(columns.calendar)
    inside = np.full(5, first)
    outside = np.array([past - 1, first, past, first - 1, past])
    with pytest.raises(
        BeyondCalendar, match=r"^ends\[2\], .* outside the calendar 2007-01-01 to 2027"
    ):
        columns.worked(inside, outside)
    with pytest.raises(BeyondCalendar, match=r"^starts\[2\]"):
        columns.worked(outside, inside)
    with pytest.raises(BeyondCalendar, match=r"^starts\[0, 2\], 2028-01-01T01:00:00, "):
        columns.worked(
            np.array([["2026-01-01", "2026-01-02", "2028-01-01T01:00"]], "M8[s]"),
            np.array(["2026-01-01"], "M8[s]"),
        )
    with pytest.raises(BeyondCalendar, match=r"^starts\[1\], NaT, "):
        columns.worked(*[np.array(["2026-01-01", "NaT"], "M8[s]")] * 2)


def test_numbers_far_out_do_not_wrap_round() -> None:
    columns = Columns(kz.calendar())
    for kind in (np.int32, np.int64):
        for far in (np.iinfo(kind).min, np.iinfo(kind).max):
            given: NDArray[Any] = np.array([far], kind)
            with pytest.raises(BeyondCalendar):
                columns.worked(given, given)
            with pytest.raises(BeyondCalendar):
                columns.after(given, 1)


def test_the_first_day_outside_is_named() -> None:
    columns = Columns(kz.calendar())
    days = np.array(["2026-01-01", "2027-12-20", "2028-01-01", "2006-12-31"], "M8[D]")
    with pytest.raises(BeyondCalendar, match=r"^days\[2\], 2028-01-01, is outside"):
        columns.after(days, 1)
    with pytest.raises(BeyondCalendar, match=r"^days\[0\], 2006-12-31, is outside"):
        columns.after(days[3:], 1)
    with pytest.raises(
        BeyondCalendar, match=r"^working days after days\[1\], 2027-12-20, is outside"
    ):
        columns.after(days[:2], 15)
    with pytest.raises(BeyondCalendar, match=r"^working days after days\[0, 1\], 2026-01-01, "):
        columns.after(days[:1], np.array([[1, 2**40]]))


def test_a_strict_calendar_ends_where_it_is_confirmed() -> None:
    columns = Columns(kz.calendar(strict=True))
    with pytest.raises(BeyondCalendar, match="to 2026-12-31"):
        columns.after(np.array(["2027-01-05"], "M8[D]"), 1)


@pytest.mark.parametrize(
    "given",
    [
        np.array([1.0]),
        np.array([1], np.uint32),
        np.array([True]),
        np.array([1], np.int16),
        np.array(["2026-01-01"], "M8[ns]"),
        np.array(["2026-01-01"]),
        np.array([None]),
    ],
    ids=lambda given: str(given.dtype),
)
def test_other_kinds_are_refused(given: NDArray[Any]) -> None:
    columns = Columns(kz.calendar())
    with pytest.raises(Malformed, match=r"starts: .*, not int32, int64 or datetime64\[s\]"):
        columns.worked(given, given)
    with pytest.raises(Malformed, match=r"instants: "):
        columns.wall_seconds(given)
    with pytest.raises(Malformed, match=r"days: .*, not int32, int64 or datetime64\[D\]"):
        columns.after(given, 1)
    with pytest.raises(Malformed, match=r"working_days: .*, not int32 or int64"):
        columns.after(np.array([20_531]), given)


def test_days_are_no_instants_and_instants_no_days() -> None:
    columns = Columns(kz.calendar())
    with pytest.raises(Malformed, match="starts: "):
        columns.worked(np.array(["2026-01-01"], "M8[D]"), np.array(["2026-01-01"], "M8[D]"))
    with pytest.raises(Malformed, match="days: "):
        columns.after(np.array(["2026-01-01"], "M8[s]"), 1)
    with pytest.raises(Malformed, match=r"ends: int64, where starts is datetime64\[s\]"):
        columns.worked(np.array(["2026-01-01"], "M8[s]"), np.array([1_773_000_000]))


@pytest.mark.parametrize("working_days", [0, -3, np.array([5, 0])], ids=str)
def test_no_working_days_are_refused(working_days: int | NDArray[Any]) -> None:
    with pytest.raises(ValueError, match="not 1 or more"):
        Columns(kz.calendar()).after(np.array([20_531, 20_532]), working_days)


def test_the_tables_are_built_when_first_needed() -> None:
    columns = Columns(kz.calendar())
    assert "_openings" not in vars(columns)
    columns.after(np.array([20_531]), 1)
    assert "_openings" not in vars(columns)
