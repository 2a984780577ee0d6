"""Whose delay it was: the time a case has taken, split so that it adds up exactly.

Rules. (1) Time is theirs who may move the case on; of several, the department's before the front
office's, the body's before the applicant's. (2) While it stands still it is theirs who is waited for.
(3) Days off are the calendar's, whoever has the case. (4) A stretch in which the case changed
hands at a moment only assumed is told of nobody, and so is one of which no chart or custom tells.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

from openakimat.calendar.worktime import WorkCalendar
from openakimat.case.people import LAW
from openakimat.case.record import Record
from openakimat.chart.table import Table
from openakimat.errors import BeyondCalendar
from openakimat.judgement.running import Running

Customs = Mapping[str, Mapping[str, Any]]
"""What figures take from a country: ``parties``, ``stages``, ``waits``, ``sent``, ``electronic``."""

Pauses = Sequence[tuple[str, datetime, datetime | None]]
"""Ground, start and end of each; no end while it lasts."""

UNTOLD, CALENDAR = "untold", "calendar"
_WHOSE = ("front-office", "department", "other-body", "applicant")
PARTIES: tuple[str, ...] = (*_WHOSE, CALENDAR, UNTOLD)

_DAY = timedelta(days=1)
_RANKED = ("department", "front-office", "other-body", "applicant")


def split_time(
    of: Running, until: datetime, pauses: Pauses, customs: Customs, /
) -> dict[str, timedelta]:
    """Whose the time from the receipt until an instant was, by party."""
    spent = dict.fromkeys(PARTIES, timedelta())
    for start, end, holder in _stretches(of, until, customs):
        cuts = {at for _, *ends in pauses for at in ends if at is not None and start < at < end}
        points = sorted({start, end, *cuts}) if cuts else (start, end)
        for here, there in pairwise(points):
            still = [g for g, first, last in pauses if first <= here and (last is None or there <= last)]  # fmt: skip
            off = _days_off(here, there, of.office.calendar)
            whose = customs["waits"].get(still[-1], UNTOLD) if still else holder
            spent[CALENDAR] += off
            spent[whose] += there - here - off
    return spent


def _stretches(
    of: Running, until: datetime, customs: Customs
) -> Iterator[tuple[datetime, datetime, str]]:
    """The stretches between moments that are told, and who had the case in each."""

    def holder(record: Record) -> str:
        return _holder(of.office.revision_of(record.under), record.stage, customs)

    first, *others = of.case.records
    start, holders = first.at, {holder(first)}
    for record in others:
        if record.at >= until:
            break
        if record.basis != "assumed":
            yield start, record.at, holders.pop() if len(holders) == 1 else UNTOLD
            start, holders = record.at, set()
        holders.add(holder(record))
    yield start, max(start, until), holders.pop() if len(holders) == 1 else UNTOLD


def _holder(table: Table, stage: str, customs: Customs) -> str:
    if named := customs["stages"].get(stage):
        return str(named)
    parties = {customs["parties"].get(role, UNTOLD) for role in _movers(table, stage)}
    # Of a role that no custom tells of, anybody may be: who can only take it back holds nothing up.
    if UNTOLD in parties:
        return UNTOLD
    return next((party for party in _RANKED if party in parties), UNTOLD)


@lru_cache(maxsize=1024)
def _movers(table: Table, stage: str) -> frozenset[str]:
    """The roles that may move a case on from a stage: the same of every case."""
    ways = (row for (leaves, _), way in table.rows.items() if leaves == stage for row in way)
    return frozenset(role for row in ways if row.enters != stage for role in row.by) - {LAW}


def _days_off(start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    """How much of a stretch were days off; nothing where no calendar tells."""
    place = calendar.place
    first, last = place.day_of(start), place.day_of(end)
    try:
        works = calendar.is_working(first), calendar.is_working(last)
        if first == last:
            return timedelta() if works[0] else end - start
        # Whole days between; that two or three of twenty years have another hour is the holder's.
        off = _DAY * ((last - first).days - 1 - calendar.between(first, last - _DAY))
        off += timedelta() if works[0] else place.start_of(first + _DAY) - start
        off += timedelta() if works[1] else end - place.start_of(last)
    except BeyondCalendar:
        return timedelta()
    return min(off, end - start)
