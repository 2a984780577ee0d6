"""An excerpt of a calendar: what it says of some days, in plain values, to count by without it."""

from datetime import date
from typing import TypeVar

import attrs

from openakimat.calendar.days import DayNote, Hours
from openakimat.calendar.times import Place
from openakimat.calendar.worktime import WorkCalendar
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import Fault, Malformed

T = TypeVar("T")
Spans = tuple[tuple[int, int], ...]

CENTURY = 36_525
"""Days: no excerpt needs more."""


@attrs.frozen
class OpeningHours:
    """Opening hours from a day on, in seconds since midnight; Monday is 0."""

    since: date
    daily: Spans
    by_weekday: tuple[tuple[int, Spans], ...] = ()


@attrs.frozen
class Offset:
    """The UTC offset of a place from a day on, in seconds, and who says so."""

    since: date
    seconds: int
    law: str
    source: str
    evidence: Evidence


@attrs.frozen
class Excerpt:
    """What a calendar says of the days from `first` to `last`, both inclusive."""

    version: str
    week: str
    first: date
    last: date
    confirmed_until: date
    days: tuple[DayNote, ...]
    hours: tuple[OpeningHours, ...]
    place: str
    offsets: tuple[Offset, ...]


def excerpt(of: WorkCalendar, first_day: date, last_day: date, /) -> Excerpt:
    """What a calendar says of the days from one to another, as far as it goes.

    >>> from openakimat import kz
    >>> nauryz = excerpt(kz.calendar(), date(2026, 3, 20), date(2026, 3, 27))
    >>> [day.kind for day in nauryz.days], [one.seconds for one in nauryz.offsets]
    (['holiday', 'holiday', 'holiday', 'substitute', 'substitute'], [18000])
    """
    # A term may rest on the last day of a calendar: then there is no day after it to tell of.
    first, last = max(of.first, first_day), min(of.last, last_day)
    return Excerpt(
        of.version,
        of.week,
        first,
        last,
        of.confirmed_until,
        tuple(
            # Which weeks a day differs in, and since when that was known, is settled here.
            DayNote(note.on, note.kind, dict(note.names), note.source, note.confidence, note.moved)
            for day, note in sorted(of.exceptions.items())
            if first <= day <= last
        ),
        tuple(
            OpeningHours(each.since, each.value.daily, tuple(sorted(each.value.by_weekday.items())))
            for each in _in_force(of.hours, first, last)
        ),
        of.place.name,
        # By the days asked for, not those that the calendar has: an instant outside it has an offset.
        tuple(
            Offset(edition.since, edition.value, edition.law, edition.source, edition.evidence)
            for edition in _in_force(of.place.offsets, first_day, last_day)
        ),
    )


def _in_force(dated: Dated[T], first: date, last: date) -> tuple[Edition[T], ...]:
    """The editions in force on any day from one to another, or the oldest if none was."""
    editions = dated.editions
    until = (*(edition.since for edition in editions[1:]), date.max)
    spans = zip(editions, until, strict=True)
    found = tuple(one for one, end in spans if one.since <= last and end > first)
    return found or editions[:1]


def counting(of: Excerpt, /) -> WorkCalendar:
    """A calendar of the days of an excerpt, and no others.

    Raises `Malformed` if it tells of more than a century; `PackError` if its hours or offsets contradict
    one another.

    >>> from openakimat import kz
    >>> told = excerpt(kz.calendar(), date(2026, 3, 20), date(2026, 3, 27))
    >>> counting(told).is_working(date(2026, 3, 25))
    False
    """
    # A receipt comes from outside: two dates in it must not make tables of three million days.
    if (of.last - of.first).days > CENTURY:
        raise Malformed("excerpt", [Fault("last", f"{of.last} is too long after {of.first}")])
    # Nothing that is counted asks who decreed the hours or how sure that is.
    sure = Evidence.CONFIRMED
    hours = (
        Edition(Hours(one.daily, dict(one.by_weekday)), f"{one.since}", one.since, "", sure)
        for one in of.hours
    )
    offsets = (Edition(o.seconds, o.law, o.since, o.source, o.evidence) for o in of.offsets)
    place = Place(of.place, Dated(f"UTC offset of {of.place}", offsets))
    return WorkCalendar(
        of.first, of.last, of.confirmed_until, of.days, of.week,
        hours=Dated("hours", hours), place=place,
    )  # fmt: skip
