"""Fifteen working days from one date."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone

import numpy as np
from tests.bench.hours import workclock_schedule
from tests.bench.race import Figure, against, peer, race

from openakimat import kz
from openakimat.calendar.worktime import WorkCalendar

PEERS = ("holidays", "workclock")
N = 15
AQTOBE = timezone(timedelta(hours=5))


def figures() -> Iterator[Figure]:
    """Against NumPy, which is told every day off as a holiday, and `holidays`, which knows them.

    Each is given a `date`; NumPy may answer with its own kind. What it costs when it is
    given its own kind too is shown beside.
    """
    calendar = kz.calendar()
    rng = random.Random(15)  # noqa: S311 - dates to count from, no secret
    span = (calendar.last - calendar.first).days - 60
    days = [calendar.first + timedelta(days=rng.randrange(span)) for _ in range(1000)]
    told = np.busdaycalendar("1111111", np.array(calendar.rests, "M8[D]"))
    own = [np.datetime64(day) for day in days]
    known = peer("holidays").country_holidays("KZ", years=range(2007, 2028))
    few = days[:200]

    def ours() -> int:
        for day in days:
            calendar.after(day, N)
        return len(days)

    def numpy() -> int:
        for day in days:
            np.busday_offset(day, N, roll="backward", busdaycal=told)
        return len(days)

    def numpys_own() -> int:
        for day in own:
            np.busday_offset(day, N, roll="backward", busdaycal=told)
        return len(own)

    def holidays() -> int:
        for day in few:
            known.get_nth_working_day(day, N)
        return len(few)

    mine, numpys, own_kind, theirs = race(ours, numpy, numpys_own, holidays)
    answers = {day: calendar.after(day, N) for day in days}
    same = sum(_numpy_answer(day, told) == answers[day] for day in days)
    yield against(
        "+15 working days", mine, "numpy.busday_offset", numpys, bar=25, same=f"{same}/{len(days)}"
    )
    yield against("… from datetime64", mine, "numpy.busday_offset", own_kind, bar=None)
    same = sum(known.get_nth_working_day(day, N) == answers[day] for day in few)
    yield against(
        "+15 working days",
        mine,
        "holidays.get_nth_working_day",
        theirs,
        bar=150,
        same=f"{same}/{len(few)}",
    )
    yield _by_hours(calendar, days)


def _by_hours(calendar: WorkCalendar, days: list[date]) -> Figure:
    """Against `workclock`, which is given the end of the day and fifteen times eight hours."""
    schedule, term = workclock_schedule(7, calendar.rests), timedelta(hours=8 * N)
    ends = [datetime.combine(day + timedelta(days=1), time(), AQTOBE) for day in days]

    def ours() -> int:
        for day in days:
            calendar.after(day, N)
        return len(days)

    def workclock() -> int:
        for end in ends:
            schedule.add(end, term)
        return len(ends)

    mine, theirs = race(ours, workclock)
    same = sum(
        schedule.add(end, term).date() == calendar.after(day, N)
        for day, end in zip(days, ends, strict=True)
    )
    told = f"{same}/{len(days)}"
    return against("+15 working days", mine, "workclock, 120 hours", theirs, bar=None, same=told)


def _numpy_answer(day: date, told: np.busdaycalendar) -> date:
    found = np.busday_offset(np.datetime64(day), N, roll="backward", busdaycal=told)
    answer: date = found.astype(date)
    return answer
