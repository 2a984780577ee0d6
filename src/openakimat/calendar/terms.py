"""How much time a limit allows: amounts of different units, none of which turns into another.

Rules. (1) A term in days ends with a day, a term in time at an instant. (2) Each kind of term
knows the same of a calendar: its last day or its end, what a pause is worth in it, and how far
that moves it; a limit asks the term and no longer what kind it is. (3) `first` is whether the
day counted from is the first day of the term, or the day after is. (4) What asks for a day outside
the calendar, or in no year that there is, is `BeyondCalendar`.
It does not know whether a last day off rolls on: that is the limit's.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import ClassVar

import attrs

from openakimat.calendar.worktime import WorkCalendar
from openakimat.errors import BeyondCalendar, Malformed, make_fault

_DAY = timedelta(days=1)


@attrs.frozen
class Term:
    """How much time a limit allows: `n` of a unit."""

    unit: ClassVar[str] = ""
    paused_in: ClassVar[str] = "CalendarDays"
    """The unit that tells what a pause is worth."""
    counts_days: ClassVar[bool] = False
    """Whether days are counted one by one, so that it matters which is the first."""

    n: int = attrs.field(validator=attrs.validators.ge(1))

    def __str__(self) -> str:
        return f"{self.n} {_WORDS.get(type(self), self.unit)}{'s' * (self.n != 1)}"

    def worth(self, start: datetime, end: datetime, calendar: WorkCalendar, /) -> int:
        """What a pause from one instant to another is worth, in `paused_in`."""
        day_of = calendar.place.day_of
        return (day_of(end) - day_of(start)).days


class InDays(Term):
    """A term that ends with a day."""

    def last_day(self, base: date, calendar: WorkCalendar, /, *, first: bool = False) -> date:
        """The last day in time, counted from a day.

        Where `first`, that day is itself the first.

        >>> from openakimat import kz
        >>> WorkingDays(15).last_day(date(2026, 3, 19), kz.calendar())
        datetime.date(2026, 4, 14)
        """
        return add_days(base, self.n - first)

    def day_before(self, base: date, calendar: WorkCalendar, /) -> date:
        """The last day from which the whole term is left until a day."""
        return add_days(base, -self.n)

    def shift(self, day: date, n: int, calendar: WorkCalendar, /) -> date:
        """A last day moved on by pauses worth `n`, in `paused_in`."""
        return add_days(day, n)


@attrs.frozen
class WorkingDays(InDays):
    """Working days of the office's calendar."""

    unit: ClassVar[str] = "WorkingDays"
    paused_in: ClassVar[str] = "WorkingDays"
    counts_days: ClassVar[bool] = True

    def last_day(self, base: date, calendar: WorkCalendar, /, *, first: bool = False) -> date:
        """The n-th working day."""
        # Counted after the day before, so that a base that is a day off is no day of the term.
        return calendar.after(base - _DAY if first else base, self.n)

    def day_before(self, base: date, calendar: WorkCalendar, /) -> date:
        """The n-th working day before."""
        return calendar.before(base, self.n)

    def worth(self, start: datetime, end: datetime, calendar: WorkCalendar, /) -> int:
        """The working days from the first day of the pause up to the day that it ends, left out."""
        # W(end) - W(start), where W is the working days before: the day on which it runs on counts
        # again. `between` leaves out the first day and counts the last.
        first, last = map(calendar.place.day_of, (start, end))
        moved = calendar.is_working(first) - calendar.is_working(last)
        return calendar.between(first, last) + moved

    def shift(self, day: date, n: int, calendar: WorkCalendar, /) -> date:
        """So many working days on."""
        # A day named by an extension may be a day off; `after` nothing it stays, to be rolled on.
        return calendar.after(day, n) if n else day


@attrs.frozen
class CalendarDays(InDays):
    """Days, working or not."""

    unit: ClassVar[str] = "CalendarDays"
    counts_days: ClassVar[bool] = True


@attrs.frozen
class Months(InDays):
    """Calendar months: to the same number, or the last day where there is none."""

    unit: ClassVar[str] = "Months"

    def last_day(self, base: date, calendar: WorkCalendar, /, *, first: bool = False) -> date:
        """The same number so many months on."""
        # Whether the first day counts is no question: a month ends on the day of its number.
        return add_months(base, self.n)

    def day_before(self, base: date, calendar: WorkCalendar, /) -> date:
        """The same number so many months before."""
        return add_months(base, -self.n)


@attrs.frozen
class AsSet(InDays):
    """As many days as the act itself sets."""

    unit: ClassVar[str] = "AsSet"
    n: int = 0

    def __str__(self) -> str:
        return "as set"

    def last_day(self, base: date, calendar: WorkCalendar, /, *, first: bool = False) -> date:
        """The day itself, until another is set."""
        return base


class InTime(Term):
    """A term that ends at an instant; its pauses are told in minutes."""

    paused_in: ClassVar[str] = "Minutes"
    seconds: ClassVar[int] = 3600
    """How long one of the unit lasts."""

    def elapsed(self, start: datetime, end: datetime, calendar: WorkCalendar, /) -> timedelta:
        """Time from one instant to another, as this term counts it."""
        # Told with fixed offsets both, so that a night of 25 hours counts 25: two datetimes that
        # share a zone are subtracted by their wall clocks.
        return calendar.place.local(end) - calendar.place.local(start)

    def worth(self, start: datetime, end: datetime, calendar: WorkCalendar, /) -> int:
        """Whole minutes."""
        return int(self.elapsed(start, end, calendar).total_seconds()) // 60

    def length(self) -> timedelta:
        """How long it lasts, as this term counts time."""
        return timedelta(seconds=self.n * self.seconds)

    def end(self, base: datetime, paused: timedelta, calendar: WorkCalendar, /) -> datetime:
        """Its first instant too late, counted from an instant, pauses added."""
        return calendar.place.shift(base, self.length() + paused)

    def instant_before(self, base: datetime, calendar: WorkCalendar, /) -> datetime:
        """The last instant from which the whole term is left until an instant."""
        return calendar.place.shift(base, -self.length())


@attrs.frozen
class WorkingHours(InTime):
    """Hours in which the office is open."""

    unit: ClassVar[str] = "WorkingHours"

    def elapsed(self, start: datetime, end: datetime, calendar: WorkCalendar, /) -> timedelta:
        """Working time."""
        return calendar.worked(start, end)

    def end(self, base: datetime, paused: timedelta, calendar: WorkCalendar, /) -> datetime:
        """The instant by which so much working time has passed."""
        return calendar.add(base, self.length() + paused)

    def instant_before(self, base: datetime, calendar: WorkCalendar, /) -> datetime:
        """The instant from which so much working time is left."""
        return calendar.subtract(base, self.length())


@attrs.frozen
class ClockHours(InTime):
    """Hours of real time, night and day."""

    unit: ClassVar[str] = "ClockHours"


@attrs.frozen
class Minutes(InTime):
    """Minutes of real time."""

    unit: ClassVar[str] = "Minutes"
    seconds: ClassVar[int] = 60


_TERMS: Mapping[str, type[Term]] = {
    "working day": WorkingDays,
    "calendar day": CalendarDays,
    "month": Months,
    "working hour": WorkingHours,
    "hour": ClockHours,
    "minute": Minutes,
}
_WORDS: Mapping[type[Term], str] = {kind: words for words, kind in _TERMS.items()}
_WRITTEN = re.compile(r"([0-9]{1,4}) ([a-z ]+?)s?")


def term(text: str, /) -> Term:
    """A term from its words. Raises `Malformed` if the words are not a term.

    >>> term("15 working days"), term("1 month"), term("as set")
    (WorkingDays(n=15), Months(n=1), AsSet(n=0))
    """
    if text == "as set":
        return AsSet()
    written = _WRITTEN.fullmatch(text)
    if written is None or written[2] not in _TERMS:
        raise Malformed("term", [make_fault("term", "no-term", repr(text), list(_TERMS))])
    try:
        return _TERMS[written[2]](int(written[1]))
    except ValueError as wrong:  # none at all: "0 hours"
        raise Malformed("term", [make_fault("term", "zero-term", repr(text))]) from wrong


def add_days(day: date, n: int, /) -> date:
    """So many days on, working or not.

    >>> add_days(date(2024, 12, 31), 60)
    datetime.date(2025, 3, 1)
    """
    try:
        return day + n * _DAY
    except OverflowError:
        raise BeyondCalendar(f"{day} {n:+d} days is outside every calendar") from None


def add_months(day: date, months: int, /) -> date:
    """The same number so many months on, or the last day of a shorter month.

    >>> add_months(date(2024, 12, 31), 2)
    datetime.date(2025, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise BeyondCalendar(f"{day} {months:+d} months is outside every calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
