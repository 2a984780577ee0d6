"""Working time between two instants, forty days apart, with a lunch break."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from tests.bench.race import Figure, against, peer, race

from openakimat import kz
from openakimat.worktime import WorkCalendar

PEERS = ("businesstimedelta", "pytz")


def figures() -> Iterator[Figure]:
    """Against `businesstimedelta`: a working day, a break, and every day off of ours as a holiday."""
    calendar = kz.calendar(town="Aqtobe")
    rng = random.Random(40)  # noqa: S311 - instants to count from, no secret
    span = (calendar.last - calendar.first).days - 60
    pairs = []
    for _ in range(1000):
        start = calendar.place.start_of(calendar.first + timedelta(days=rng.randrange(span)))
        start += timedelta(minutes=rng.randrange(24 * 60))
        pairs.append((start, start + timedelta(days=40, minutes=rng.randrange(-300, 300))))
    rules = _rules(calendar)
    few = pairs[:20]

    def ours() -> int:
        for start, end in pairs:
            calendar.worked(start, end)
        return len(pairs)

    def theirs() -> int:
        for start, end in few:
            rules.difference(start, end)
        return len(few)

    mine, others = race(ours, theirs)
    sample = pairs[:200]
    same = sum(_difference(rules, *pair) == calendar.worked(*pair) for pair in sample)
    yield against("working time, 40 days", mine, "businesstimedelta", others, bar=1000,
                  same=f"{same}/{len(sample)}")


def _rules(calendar: WorkCalendar) -> Any:
    """The same days and hours as rules: weekdays all open, our days off as holidays."""
    business, zone = peer("businesstimedelta"), peer("pytz").timezone("Asia/Aqtobe")
    week = list(range(7))
    return business.Rules([
        business.WorkDayRule(time(9), time(18, 30), week, tz=zone),
        business.LunchTimeRule(time(13), time(14, 30), week, tz=zone),
        business.HolidayRule(set(calendar.rests), tz=zone),
    ])


def _difference(rules: Any, start: datetime, end: datetime) -> timedelta:
    found: timedelta = rules.difference(start, end).timedelta
    return found
