"""A hundred thousand at once: working time of pairs, and fifteen working days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.bench.hours import workclock_schedule
from tests.bench.race import Figure, against, race, seconds

from openakimat import kz
from openakimat.calendar.days import Hours, intervals
from openakimat.calendar.worktime import WorkCalendar
from openakimat.dated import Dated, Edition, Evidence
from openakimat.simulate.columns.days import Columns

PEERS = ("workclock",)
N, FEW = 100_000, 1_000
DAY, OPENS, OPEN_FOR = 86_400, 9 * 3600, 9 * 3600


def figures() -> Iterator[Figure]:
    """Against the best NumPy has: counting business days, and the two part days by hand."""
    columns = Columns(_nine_to_six())
    starts, ends = np.sort([_instants(columns, 1), _instants(columns, 2)], axis=0)
    wall_starts, wall_ends = columns.wall_seconds(starts), columns.wall_seconds(ends)
    told = np.busdaycalendar("1111111", np.array(columns.calendar.rests, "M8[D]"))
    days = (wall_starts // DAY).astype(np.int32)
    days = np.minimum(days, days.max() - 60).astype("M8[D]")
    whole = days.astype(np.int64).astype(np.int32)
    lunch, stamps = (
        Columns(kz.calendar()),
        [one.astype(np.int64).view("M8[s]") for one in (starts, ends)],
    )

    mine, theirs, with_lunch, stamped, mine_days, their_days = race(
        lambda: columns.worked(starts, ends).size,
        lambda: _recipe(wall_starts, wall_ends, told).size,
        lambda: lunch.worked(starts, ends).size,
        lambda: columns.worked(*stamps).size,
        lambda: columns.after(whole, 15).size,
        lambda: np.busday_offset(days, 15, roll="backward", busdaycal=told).size,
    )
    same = np.sum(columns.worked(starts, ends) == _recipe(wall_starts, wall_ends, told))
    yield against(
        "100,000 pairs, 09-18",
        mine,
        "numpy.busday_count, is_busday, clip",
        theirs,
        bar=25,
        same=f"{same}/{N}",
    )
    yield Figure(
        "100,000 pairs, 09-18: time of a pair",
        mine * 1e9,
        " ns",
        bar=12,
        at_most=True,
        ours=seconds(mine),
    )
    yield Figure("… with lunch", with_lunch * 1e9, " ns", ours=seconds(with_lunch))
    yield _forty_days(stamps[0])
    yield Figure("… 09-18, from datetime64[s]", stamped * 1e9, " ns", ours=seconds(stamped))
    same = np.sum(
        columns.after(days, 15) == np.busday_offset(days, 15, roll="backward", busdaycal=told)
    )
    yield against(
        "100,000 dates, +15 working days",
        mine_days,
        "numpy.busday_offset",
        their_days,
        bar=25,
        same=f"{same}/{N}",
    )


def _forty_days(starts: NDArray[np.datetime64]) -> Figure:
    """Against `workclock`, which takes and gives NumPy's own arrays too."""
    columns, span = Columns(kz.calendar(town="Aqtobe")), np.timedelta64(40, "D")
    schedule = workclock_schedule(7, columns.calendar.rests)
    starts = np.minimum(starts, starts.max() - 2 * span)
    ends, few = starts + span, starts[:FEW]
    mine, theirs = race(
        lambda: columns.worked(starts, ends).size,
        lambda: schedule.between_many(few, few + span).size,
    )
    same = np.sum(columns.worked(few, few + span) == schedule.between_many(few, few + span))
    return against(
        "100,000 pairs, 40 days, with lunch",
        mine,
        "workclock.between_many",
        theirs,
        bar=None,
        same=f"{same}/{FEW}",
    )


def _nine_to_six() -> WorkCalendar:
    """The days of Kazakhstan, and a day that NumPy's recipe can express."""
    usual, ever = kz.calendar(), date(1900, 1, 1)
    hours = Edition(Hours(intervals("09:00-18:00")), "09-18", ever, "", Evidence.CONFIRMED)
    return WorkCalendar(
        usual.first,
        usual.last,
        usual.confirmed_until,
        usual.notes,
        hours=Dated("09-18", (hours,)),
        place=usual.place,
    )


def _instants(columns: Columns, seed: int) -> NDArray[np.int32]:
    calendar = columns.calendar
    first, last = (
        int(calendar.place.start_of(day).timestamp()) for day in (calendar.first, calendar.last)
    )
    return np.random.default_rng(seed).integers(first, last, N, dtype=np.int32)


def _recipe(starts: NDArray[Any], ends: NDArray[Any], told: np.busdaycalendar) -> NDArray[Any]:
    """Whole working days between, and the part days at both ends; by wall seconds."""
    day, until = starts // DAY, ends // DAY
    first, last = day.view("M8[D]"), until.view("M8[D]")
    part_of_first = np.clip(starts - day * DAY - OPENS, 0, OPEN_FOR)
    part_of_last = np.clip(ends - until * DAY - OPENS, 0, OPEN_FOR)
    found: NDArray[Any] = (
        np.busday_count(first, last, busdaycal=told) * OPEN_FOR
        + part_of_last * np.is_busday(last, busdaycal=told)
        - part_of_first * np.is_busday(first, busdaycal=told)
    )
    return found
