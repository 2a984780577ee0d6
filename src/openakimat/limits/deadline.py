"""Time limits as the law has them, and the deadlines they lead to.

Rules. (1) Working days, calendar days, months, working hours, clock hours and
minutes are different types; none turns into another. (2) A deadline is an
instant, end-exclusive: 24:00 of the last day at the office's offset. (3) The
day-count convention belongs to the edition: whether the first day counts,
whether a late receipt counts from the next working day, whether the last day
rolls on. (4) A pause is worth what would have been counted meanwhile, and moves the
term by it. (5) An extension names a last day as things stand when it is signed: only
what stands still from then on moves that day. The later of the two is the last day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import attrs

from openakimat.calendar.terms import AsSet, Months, Term, WorkingDays, add_months
from openakimat.calendar.worktime import WorkCalendar
from openakimat.dated import Edition, Evidence, weakest
from openakimat.errors import Forecast
from openakimat.limits.limit import TimeLimit


@attrs.frozen
class Standstill:
    """A pause: from when to when, and what it is worth in the unit of the term."""

    start: datetime
    end: datetime
    worth: int = 0
    unit: str = ""


@attrs.frozen
class Deadline:
    """The result of a time limit, and all that it rests on.

    Attributes:
        at: The first instant too late. For a limit ``before`` its base, likewise.
        last_day: The last day in time; None for terms in hours and minutes.
        base_day: The day the count starts from.
        until: The last day named, by an extension or by who set the term, if any.
        extended_at: When an extension named it; None where the term was set to it.
        rolled_from: The day off from which the last day rolled on, if it did.
        stopped_at: When the clock stopped, if it did.
        paused: Whether the clock stands still now; then `at` is its least value.
    """

    edition: Edition[TimeLimit]
    base_at: datetime
    base_day: date
    last_day: date | None
    at: datetime
    calendar: WorkCalendar = attrs.field(repr=False)
    pauses: tuple[Standstill, ...] = ()
    until: date | None = None
    rolled_from: date | None = None
    stopped_at: datetime | None = None
    paused: bool = False
    extended_at: datetime | None = None

    @property
    def limit(self) -> str:
        """The key of the limit."""
        return self.edition.value.key

    @property
    def evidence(self) -> Evidence:
        """The mark of the weakest provision that the day rests on."""
        limit = self.edition.value
        marks = [self.edition.evidence, limit.base.evidence]
        if limit.direction == "after" and limit.term.unit in {"WorkingDays", "CalendarDays"}:
            marks.append(limit.first_day.evidence)
        if self.base_day != self.calendar.place.day_of(self.base_at):
            marks.append(limit.late.evidence)
        if self.rolled_from is not None:
            marks.append(limit.roll.evidence)
        return weakest(marks)

    @property
    def forecast(self) -> Forecast | None:
        """The mark of a day whose calendar is not yet decreed, or None."""
        return self.calendar.forecast(self.last_day or self.calendar.place.day_of(self.at))

    @property
    def ends_at(self) -> datetime:
        """What a term counted back from this one is counted from: its last day, or its end."""
        return self.at if self.last_day is None else self.calendar.place.start_of(self.last_day)

    def missed(self, at: datetime, /) -> bool:
        """Whether the term was over when the clock stopped, or is over at an instant."""
        if self.paused:
            return False
        return self.at <= (self.stopped_at if self.stopped_at is not None else at)

    def days_late(self, at: datetime, /) -> int:
        """Working days from the last day to the stop, or to an instant; 0 when in time.

        Raises:
            BeyondCalendar: Either day is outside the calendar.
        """
        if not self.missed(at):
            return 0
        place = self.calendar.place
        last = self.last_day or place.day_of(self.at)
        return max(1, self.calendar.between(last, place.day_of(self.stopped_at or at)))

    def __str__(self) -> str:
        return f"{self.limit}: {self.last_day or self.at}"


_DAY = timedelta(days=1)


def due(
    edition: Edition[TimeLimit],
    base_at: datetime,
    calendar: WorkCalendar,
    /,
    *,
    pauses: Sequence[tuple[datetime, datetime]] = (),
    until: date | None = None,
    stopped_at: datetime | None = None,
    paused: bool = False,
    extended_at: datetime | None = None,
) -> Deadline:
    """The deadline of a limit counted from an instant.

    Args:
        edition: The limit, in the wording that governs.
        base_at: When it started: a receipt, a registration, a decision.
        calendar: The working days and hours of the office.
        pauses: Closed pauses, each from its start to its end.
        until: A later last day that is named.
        stopped_at: When the clock stopped.
        paused: Whether it stands still.
        extended_at: When an extension named that day: what stood still before is in it.
            None where the term was set to it from the start: every pause moves it.

    Raises:
        BeyondCalendar: A day needed is outside the calendar.
    """
    limit = edition.value
    if limit.late.value == "next-working-day":
        base_day = calendar.counted_on(base_at)
    else:
        base_day = calendar.place.day_of(base_at)
    worth = tuple([_worth(limit.term, start, end, calendar) for start, end in pauses])
    rolled_from = None
    if limit.term.unit in _INSTANTS:
        last_day, at = None, _instant(limit, base_at, calendar, worth)
    else:
        last_day = _moved(limit, _last_day(limit, base_day, calendar), worth, calendar)
        if until is not None and limit.direction == "after":
            since = worth if extended_at is None else _since(limit, pauses, extended_at, calendar)
            last_day = max(last_day, _moved(limit, until, since, calendar))
        if limit.roll.value == "next-working-day" and not calendar.is_working(last_day):
            rolled_from, last_day = last_day, calendar.on_or_after(last_day)
        at = calendar.place.start_of(last_day + _DAY)
    return Deadline(
        edition,
        base_at,
        base_day,
        last_day,
        at,
        calendar,
        worth,
        until,
        rolled_from,
        stopped_at,
        paused,
        extended_at,
    )


_INSTANTS = {"WorkingHours": 3600, "ClockHours": 3600, "Minutes": 60}
"""Units of the terms that end at an instant, in seconds."""


def _gone(of: Term, start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    """Time from one instant to another, as a term in hours or minutes counts it."""
    if of.unit == "WorkingHours":
        return calendar.worked(start, end)
    return calendar.place.local(end) - calendar.place.local(start)


def _worth(of: Term, start: datetime, end: datetime, calendar: WorkCalendar) -> Standstill:
    """What a pause is worth: what would have been counted from its start to its end."""
    if of.unit == "WorkingDays":
        worth = calendar.between(calendar.place.day_of(start), calendar.place.day_of(end))
    elif of.unit in _INSTANTS:
        gone = _gone(of, start, end, calendar)
        return Standstill(start, end, int(gone.total_seconds()) // 60, "Minutes")
    else:
        worth = (calendar.place.day_of(end) - calendar.place.day_of(start)).days
    return Standstill(start, end, worth, of.unit if of.unit == "WorkingDays" else "CalendarDays")


def _since(
    limit: TimeLimit,
    pauses: Sequence[tuple[datetime, datetime]],
    at: datetime,
    calendar: WorkCalendar,
) -> Sequence[Standstill]:
    """What pauses are worth from an instant on."""
    later = [(max(start, at), end) for start, end in pauses if end > at]
    return [_worth(limit.term, start, end, calendar) for start, end in later]


def _moved(
    limit: TimeLimit, last: date, pauses: Sequence[Standstill], calendar: WorkCalendar
) -> date:
    """A last day moved by what pauses are worth; one counted back is not."""
    n = sum([pause.worth for pause in pauses])
    if n == 0 or limit.direction == "before":
        return last
    return calendar.after(last, n) if isinstance(limit.term, WorkingDays) else last + n * _DAY


def _last_day(limit: TimeLimit, base: date, calendar: WorkCalendar) -> date:
    """The last day of a term in days or months, before any pause or roll."""
    of = limit.term
    counted = isinstance(of, WorkingDays)
    if limit.direction == "before":
        if counted:
            return calendar.before(base, of.n)
        return add_months(base, -of.n) if isinstance(of, Months) else base - of.n * _DAY
    start = base - _DAY if limit.first_day.value == "same" else base
    if isinstance(of, AsSet):
        return base
    if isinstance(of, Months):
        return add_months(base, of.n)
    return calendar.after(start, of.n) if counted else start + of.n * _DAY


def _instant(
    limit: TimeLimit, base_at: datetime, calendar: WorkCalendar, pauses: Sequence[Standstill]
) -> datetime:
    """The end of a term in hours or minutes."""
    length = timedelta(seconds=limit.term.n * _INSTANTS[limit.term.unit])
    after = limit.direction == "after"
    if after:
        length += sum((_gone(limit.term, p.start, p.end, calendar) for p in pauses), timedelta(0))
    if limit.term.unit == "WorkingHours":
        return calendar.add(base_at, length) if after else calendar.subtract(base_at, length)
    place = calendar.place
    return place.local(place.local(base_at) + (length if after else -length))
