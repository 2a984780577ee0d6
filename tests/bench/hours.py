"""Working time between two instants, forty days apart, with a lunch break."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from tests.bench.race import Figure, against, peer, race

from openakimat import kz
from openakimat.calendar.worktime import WorkCalendar

PEERS = ("businesstimedelta", "pytz")


def figures() -> Iterator[Figure]:
    """Against `businesstimedelta`: a working day, a break, and every day off of ours as a holiday.

    As its manual has it, with a time zone and a rule for lunch; and in the quickest way
    that we found for it, which few places can use: one fixed offset, two rules of work.
    """
    calendar = kz.calendar(town="Aqtobe")
    rng = random.Random(40)  # noqa: S311 - instants to count from, no secret
    span = (calendar.last - calendar.first).days - 60
    pairs = []
    for _ in range(1000):
        start = calendar.place.start_of(calendar.first + timedelta(days=rng.randrange(span)))
        start += timedelta(minutes=rng.randrange(24 * 60))
        pairs.append((start, start + timedelta(days=40, minutes=rng.randrange(-300, 300))))
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
