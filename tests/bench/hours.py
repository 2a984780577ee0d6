"""Working time between two instants, forty days apart, and added to one; with a lunch break."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from tests.bench.race import Figure, against, peer, race

from openakimat import kz
from openakimat.calendar.worktime import WorkCalendar

PEERS = ("businesstimedelta", "pytz", "workclock")

FIVE = 5

Pair = tuple[datetime, datetime]
Count = Callable[[Any, Any], object]


def figures() -> Iterator[Figure]:
    """Against `businesstimedelta` and `workclock`: hours, a break, each day off of ours a holiday."""
    calendar = kz.calendar(town="Aqtobe")
    pairs = _pairs(calendar)
    yield from _against_businesstimedelta(calendar, pairs)
    yield from _against_workclock(calendar, pairs)


def _pairs(calendar: WorkCalendar) -> list[Pair]:
    """A thousand instants of the calendar, each with one about forty days later."""
    rng = random.Random(40)  # noqa: S311 - instants to count from, no secret
    span = (calendar.last - calendar.first).days - 60
    pairs = []
    for _ in range(1000):
        start = calendar.place.start_of(calendar.first + timedelta(days=rng.randrange(span)))
        start += timedelta(minutes=rng.randrange(24 * 60))
        pairs.append((start, start + timedelta(days=40, minutes=rng.randrange(-300, 300))))
    return pairs


def _against_businesstimedelta(calendar: WorkCalendar, pairs: list[Pair]) -> Iterator[Figure]:
    """As its manual has it, with a time zone and a rule for lunch; and in the quickest way.

    The quickest that we found for it is one that few places can use: one fixed offset, two
    rules of work.
    """
    as_told, quickest = _as_told(calendar), _quickest(calendar)
    few = pairs[:20]

    def ours() -> int:
        for start, end in pairs:
            calendar.worked(start, end)
        return len(pairs)

    def theirs(rules: Any) -> int:
        for start, end in few:
            rules.difference(start, end)
        return len(few)

    mine, *others = race(ours, lambda: theirs(as_told), lambda: theirs(quickest))
    for rules, took, how, bar in (
        (as_told, others[0], "", 1000),
        (quickest, others[1], ", quickest", None),
    ):
        sample = pairs[:100]
        same = sum(_difference(rules, *pair) == calendar.worked(*pair) for pair in sample)
        yield against(
            "working time, 40 days",
            mine,
            f"businesstimedelta{how}",
            took,
            bar=bar,
            same=f"{same}/{len(sample)}",
        )


def _against_workclock(calendar: WorkCalendar, pairs: list[Pair]) -> Iterator[Figure]:
    """A week of seven days with each day off a holiday says the same as we do.

    A week of five is the quicker, but it knows no Sunday that is worked in exchange for a
    Monday: the answers across one differ.
    """
    rng = random.Random(41)  # noqa: S311 - amounts to add, no secret
    sums = [(start, timedelta(minutes=rng.randrange(1, 40 * 8 * 60))) for start, _ in pairs]
    usual = [day for day in calendar.rests if day.weekday() < FIVE]
    seven, five = workclock_schedule(7, calendar.rests), workclock_schedule(FIVE, usual)
    yield from _compare(
        "working time, 40 days", pairs, calendar.worked, seven.between, five.between
    )
    yield from _compare("1 minute to 320 hours added", sums, calendar.add, seven.add, five.add)


def _compare(
    what: str, of: Sequence[tuple[Any, Any]], ours: Count, seven: Count, five: Count
) -> Iterator[Figure]:
    """Our time and answers beside those of both weeks."""
    mine, *theirs = race(*(partial(_run, count, of) for count in (ours, seven, five)))
    for count, took, week in zip((seven, five), theirs, ("", ", a 5-day week"), strict=True):
        same = sum(count(*one) == ours(*one) for one in of)
        yield against(what, mine, f"workclock{week}", took, bar=None, same=f"{same}/{len(of)}")


def _run(count: Count, of: Sequence[tuple[Any, Any]]) -> int:
    for start, other in of:
        count(start, other)
    return len(of)


def workclock_schedule(days: int, rests: Sequence[date]) -> Any:
    """The hours of ours on the first days of the week, less the days off."""
    workclock, week = peer("workclock"), range(days)
    return workclock.Schedule(
        [
            workclock.WorkDay(time(9), time(18, 30), week),
            workclock.Break(time(13), time(14, 30), week),
            workclock.Holidays(rests),
        ],
        time_zone="Asia/Aqtobe",
    )


def _as_told(calendar: WorkCalendar) -> Any:
    """The same days and hours as rules: weekdays all open, our days off as holidays."""
    business, zone = peer("businesstimedelta"), peer("pytz").timezone("Asia/Aqtobe")
    week = list(range(7))
    return business.Rules(
        [
            business.WorkDayRule(time(9), time(18, 30), week, tz=zone),
            business.LunchTimeRule(time(13), time(14, 30), week, tz=zone),
            business.HolidayRule(set(calendar.rests), tz=zone),
        ]
    )


def _quickest(calendar: WorkCalendar) -> Any:
    business, zone = peer("businesstimedelta"), peer("pytz").FixedOffset(300)
    week = list(range(7))
    return business.Rules(
        [
            business.WorkDayRule(time(9), time(13), week, tz=zone),
            business.WorkDayRule(time(14, 30), time(18, 30), week, tz=zone),
            business.HolidayRule(set(calendar.rests), tz=zone),
        ]
    )


def _difference(rules: Any, start: datetime, end: datetime) -> timedelta:
    found: timedelta = rules.difference(start, end).timedelta
    return found
