"""Opening hours in whole minutes: arrays that answer with one read.

Rules. (1) A minute is one of the wall clock of the place, counted from 00:00 of the first day.
(2) Whoever is away, whatever is broken and an office that stays closed are one thing: minutes that
are not open. (3) What is asked for past the tables is `NEVER`.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property

import attrs
import numpy as np
from numpy.typing import NDArray

from openakimat.calendar.times import EPOCH_ORDINAL
from openakimat.calendar.worktime import WorkCalendar
from openakimat.errors import BeyondCalendar

NEVER = 2**31 - 1
"""A minute that does not come."""

_DAY = 1440


@attrs.frozen(eq=False)
class Minutes:
    """When something is open, by the minute.

    The 00:00 of the `first` day is minute 0; `open` is of shape (minutes,).

    >>> from openakimat import kz
    >>> week = compile_minutes(kz.calendar(), date(2026, 3, 9), date(2026, 3, 13))
    >>> int(week.opens[0]), int(week.worked[-1]), week.at(540).isoformat()
    (1980, 1920, '2026-03-09T09:00:00+05:00')
    """

    calendar: WorkCalendar
    first: date
    open: NDArray[np.bool_] = attrs.field(repr=False)

    @cached_property
    def table(self) -> NDArray[np.int32]:
        """`opens`, `worked` and `closes`, one after the other."""
        here = np.append(np.where(self.open, np.arange(len(self.open)), NEVER), NEVER)
        opens = np.minimum.accumulate(here[::-1])[::-1]
        closes = np.flatnonzero(self.open) + 1
        return np.concatenate([opens, [0], np.cumsum(self.open), [0], closes]).astype(np.int32)

    @property
    def opens(self) -> NDArray[np.int32]:
        """The first open minute from each on, itself included, or `NEVER`. Shape (minutes + 1,)."""
        return self.table[: len(self.open) + 1]

    @property
    def worked(self) -> NDArray[np.int32]:
        """Open minutes before each minute, and in all. Shape (minutes + 1,)."""
        return self.table[len(self.open) + 1 :][: len(self.open) + 1]

    @property
    def closes(self) -> NDArray[np.int32]:
        """The earliest minute by which so many open ones are over. Shape (open minutes + 1,)."""
        return self.table[2 * (len(self.open) + 1) :]

    def minute(self, at: datetime, /) -> int:
        """The minute of an instant; below 0 or past the last outside the tables."""
        return (self.calendar.place.wall_seconds(at) - self._zero) // 60

    def at(self, minute: int, /) -> datetime:
        """The instant at which a minute begins."""
        return self.calendar.place.at_wall(self._zero + int(minute) * 60)

    def day(self, minutes: NDArray[np.int64], /) -> NDArray[np.datetime64]:
        """The day that each minute is of, as datetime64[D]."""
        return (minutes // _DAY + (self._zero // 86_400)).astype("datetime64[D]")

    @cached_property
    def _zero(self) -> int:
        return (self.first.toordinal() - EPOCH_ORDINAL) * 86_400

    def less(self, away: Iterable[tuple[datetime, datetime]], /) -> "Minutes":
        """The same without spans of instants, each half-open: leave, a breakdown, a closed office.

        >>> from openakimat import kz
        >>> day = compile_minutes(kz.calendar(), date(2026, 3, 12), date(2026, 3, 12))
        >>> int(day.less([(day.at(0), day.at(600))]).opens[0])
        600
        """
        left = self.open.copy()
        for start, end in away:
            left[max(self.minute(start), 0) : max(self.minute(end), 0)] = False
        return Minutes(self.calendar, self.first, left)


def compile_minutes(calendar: WorkCalendar, first: date, last: date, /) -> Minutes:
    """The opening hours of a calendar from one day to another, both inclusive.

    Raises `BeyondCalendar` if a day is outside the calendar, or there is none.
    """
    if last < first:
        raise BeyondCalendar(f"from {first} to {last} there is no day")
    n = (last - first).days + 1
    opened = np.zeros(n * _DAY, np.bool_)
    for no in range(n):
        for opens, closes in calendar.hours_of(first + timedelta(days=no)):
            opened[no * _DAY + opens // 60 : no * _DAY + closes // 60] = True
    return Minutes(calendar, first, opened)
