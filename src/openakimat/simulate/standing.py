"""Deadlines of whole columns of cases: counted by the law of one, once for each day they begin on.

A deadline is a function of when things were done, and no engine simulates it. What begins on one day
and is not moved ends alike, so `due` is asked once a day; what moves it is counted in days.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from openakimat.calendar.terms import InTime, WorkingDays
from openakimat.calendar.times import EPOCH_ORDINAL
from openakimat.dated import Edition
from openakimat.errors import Fault, Malformed
from openakimat.judgement.docket import Standing
from openakimat.limits.deadline import due
from openakimat.limits.limit import TimeLimit
from openakimat.simulate.arrays import Columns
from openakimat.simulate.load import Ints

_DAY = 86_400


def due_at(
    edition: Edition[TimeLimit],
    columns: Columns,
    starts: Ints,
    /,
    *,
    pauses: Sequence[tuple[Ints, Ints]] = (),
    until: NDArray[np.datetime64] | None = None,
    extended_at: Ints | None = None,
) -> Ints:
    """The first instant too late of each case, as `limits.deadline.due` has it.

    Raises `BeyondCalendar` if a day needed is outside the calendar; `Malformed` if the term is in hours or
    minutes, or counted back.

    Args:
        edition: The limit; a term in days, after its base.
        columns: The calendar of the office.
        starts: When each clock started: seconds since 1970-01-01 00:00 UTC, as all instants here.
        pauses: Closed pauses: from when to when, of each case. One that ends as it begins is none.
        until: A later last day that is named, datetime64[D]; NaT where none is.
        extended_at: When an extension named it; without, the term was set to it from the start.

    Returns:
        Seconds since 1970-01-01 00:00 UTC. Shape (cases,).

    >>> from openakimat import kz
    >>> office = kz.office()
    >>> limit = office.limit("appeal.consideration", date(2026, 3, 18), "appc-2026")
    >>> columns = Columns(office.calendar)
    >>> due_at(limit, columns, np.array([1773896400])).astype("datetime64[s]")
    array(['2026-04-14T19:00:00'], dtype='datetime64[s]')
    """
    limit, place = edition.value, columns.calendar.place
    if isinstance(limit.term, InTime) or limit.direction == "before":
        raise Malformed("limit", [Fault("term", f"{limit.key} is not so many days after its base")])
    works = np.array([day.toordinal() - EPOCH_ORDINAL for day in columns.calendar.days[1:]])
    in_working_days = isinstance(limit.term, WorkingDays)

    def day_of(instants: Ints) -> Ints:
        return columns.wall_seconds(instants) // _DAY

    def worth(start: Ints, end: Ints) -> Ints:
        first, last = day_of(start), day_of(end)
        return (
            np.searchsorted(works, last) - np.searchsorted(works, first)
            if in_working_days
            else last - first
        )

    def shift(days: Ints, n: Ints) -> Ints:
        if not in_working_days:
            return days + n
        return np.where(n > 0, works.take(np.searchsorted(works, days, "right") + n - 1), days)

    days = _unmoved(edition, columns, starts)
    stood = sum((worth(*pause) for pause in pauses), start=np.zeros(len(starts), np.int64))
    days = shift(days, stood)
    if until is not None:
        named = np.where(np.isnat(until), days, until.astype(np.int64))
        since = np.iinfo(np.int64).min if extended_at is None else extended_at
        later = [(np.maximum(start, since), np.maximum(end, since)) for start, end in pauses]
        stood = sum((worth(*pause) for pause in later), start=np.zeros(len(starts), np.int64))
        days = np.where(np.isnat(until), days, np.maximum(days, shift(named, stood)))
    if limit.roll.value == "next-working-day":
        days = works.take(np.searchsorted(works, days))
    ends, of = np.unique(days + 1, return_inverse=True)
    found = [place.start_of(date.fromordinal(int(d) + EPOCH_ORDINAL)).timestamp() for d in ends]
    return np.array(found, np.int64)[of]


def _unmoved(edition: Edition[TimeLimit], columns: Columns, starts: Ints) -> Ints:
    """The last day of each before it is moved or rolled on: asked once of each day, early and late."""
    calendar = columns.calendar
    days, seconds = np.divmod(columns.wall_seconds(starts), _DAY)
    ordinals, of = np.unique(days, return_inverse=True)
    told = [date.fromordinal(int(day) + EPOCH_ORDINAL) for day in ordinals]
    closing = np.array([max((h[1] for h in calendar.hours_of(day)), default=0) for day in told])
    lasts = []
    for day in told:
        early = calendar.place.start_of(day)
        # A limit may count what came after closing from the next working day: ask of both.
        for at in (early, early + timedelta(seconds=_DAY - 1)):
            one = due(edition, at, calendar)
            last = one.rolled_from or one.last_day
            assert last is not None  # noqa: S101 - a term in days ends with one
            lasts.append(last.toordinal() - EPOCH_ORDINAL)
    return np.array(lasts, np.int64)[2 * of + (seconds >= closing[of])]


def standings(dues: Ints, stopped: Ints, at: int, /) -> NDArray[np.str_]:
    """How each case stands at an instant: the values of `Standing`.

    Told by the first instant too late of each, and when its clock `stopped`: -1 where it runs.

    >>> standings(np.array([10, 10, 10, 10]), np.array([9, 10, -1, -1]), 9).tolist()
    ['in time', 'late', 'open', 'open']
    """
    over, missed = stopped >= 0, dues <= np.where(stopped >= 0, stopped, at)
    names = [Standing.LATE, Standing.IN_TIME, Standing.OVERDUE]
    picks = [over & missed, over, missed]
    return np.select(picks, [one.value for one in names], Standing.OPEN.value)
