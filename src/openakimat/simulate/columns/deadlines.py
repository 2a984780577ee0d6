"""Deadlines of whole columns of cases: counted by the law of one, once for each day they begin on.

A deadline is a function of when things were done, and no engine simulates it. What begins on one day
and is not moved ends alike, so `due` is asked once a day; what moves it is counted in days.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from openakimat.calendar.terms import InTime, Term, WorkingDays
from openakimat.calendar.times import EPOCH_ORDINAL
from openakimat.dated import Edition
from openakimat.errors import Fault, Malformed
from openakimat.judgement.docket import Standing
from openakimat.limits.deadline import due
from openakimat.limits.limit import TimeLimit
from openakimat.simulate.columns.days import Columns
from openakimat.simulate.engines.load import Ints

_DAY = 86_400


def due_at(
    edition: Edition[TimeLimit], columns: Columns, starts: Ints, /, *,
    pauses: Sequence[tuple[Ints, Ints]] = (), until: NDArray[np.datetime64] | None = None,
    extended_at: Ints | None = None,
) -> Ints:  # fmt: skip
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

    def stood(pauses: Iterable[tuple[Ints, Ints]]) -> Ints:
        days = ([columns.wall_seconds(at) // _DAY for at in pause] for pause in pauses)
        each = (worth(columns, limit.term, *pause) for pause in days)
        return sum(each, start=np.zeros(len(starts), np.int64))

    days = move_on(columns, limit.term, _unmoved(edition, columns, starts), stood(pauses))
    if until is not None:
        named = np.where(np.isnat(until), days, until.astype(np.int64))
        since = np.iinfo(np.int64).min if extended_at is None else extended_at
        later = ((np.maximum(start, since), np.maximum(end, since)) for start, end in pauses)
        named = move_on(columns, limit.term, named, stood(later))
        days = np.where(np.isnat(until), days, np.maximum(days, named))
    if limit.roll.value == "next-working-day":
        days = columns.after(days - 1, 1)
    ends, of = np.unique(days + 1, return_inverse=True)
    found = [place.start_of(date.fromordinal(int(d) + EPOCH_ORDINAL)).timestamp() for d in ends]
    return np.array(found, np.int64)[of]


def move_on(columns: Columns, term: Term, days: Ints, n: Ints | int, /) -> Ints:
    """So many days on, of the kind that a term counts; none, and a day stays where it is."""
    if not isinstance(term, WorkingDays):
        return days + n
    n, moved = np.broadcast_to(n, days.shape), days.copy()
    moved[n > 0] = columns.after(days[n > 0], n[n > 0])
    return moved


def worth(columns: Columns, term: Term, first: Ints, end: Ints, /) -> Ints:
    """What pauses from one day to another are worth in a term: the day on which it runs on counts again."""
    if not isinstance(term, WorkingDays):
        return end - first
    return columns.rank(end - 1) - columns.rank(first - 1)


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
