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

import pickle
import zlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

import attrs

from openakimat.calendar.excerpt import Excerpt, counting, excerpt
from openakimat.calendar.terms import InDays, InTime, Term, add_days
from openakimat.calendar.times import instant
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
        struck_out: Whether it stopped because its chart has the clock no more.

    Pickled, it has of its calendar the days that it rests on and no others, and tells itself in
    the languages that it is told (`explain(deadline, "en", languages)`); it is equal all the same.
    """

    edition: Edition[TimeLimit]
    base_at: datetime
    base_day: date
    last_day: date | None
    at: datetime
    calendar: WorkCalendar = attrs.field(repr=False, eq=False)
    pauses: tuple[Standstill, ...] = ()
    until: date | None = None
    rolled_from: date | None = None
    stopped_at: datetime | None = None
    paused: bool = False
    extended_at: datetime | None = None
    struck_out: bool = False

    @property
    def limit(self) -> str:
        """The key of the limit."""
        return self.edition.value.key

    @property
    def evidence(self) -> Evidence:
        """The mark of the weakest provision that the day rests on."""
        limit = self.edition.value
        # A rule that changed nothing here weakens nothing: its mark counts only where it showed.
        marks = [self.edition.evidence, limit.base.evidence]
        if limit.direction == "after" and limit.term.counts_days:
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
        # In days not `at`, which is the first instant of the day after.
        return self.at if self.last_day is None else self.calendar.place.start_of(self.last_day)

    def stopping(self, at: datetime | None, /) -> "Deadline":
        """The same deadline of a clock that stopped at an instant, or that runs."""
        # `attrs.evolve` would take longer than to count it anew.
        return Deadline(
            self.edition, self.base_at, self.base_day, self.last_day, self.at, self.calendar,
            self.pauses, self.until, self.rolled_from, at, self.paused, self.extended_at,
            self.struck_out,
        )  # fmt: skip

    def missed(self, at: datetime, /) -> bool:
        """Whether the term was over when the clock stopped, or is over at an instant."""
        # What stands still cannot run out: `at` is then the least that it will be.
        if self.paused:
            return False
        return self.at <= (self.stopped_at if self.stopped_at is not None else at)

    def days_late(self, at: datetime, /) -> int:
        """Working days from the last day to the stop, or to an instant; 0 when in time."""
        if not self.missed(at):
            return 0
        place = self.calendar.place
        last = self.last_day or place.day_of(self.at)
        # Late is late: also on the weekend after the last day, or hours after the end of a term.
        return max(1, self.calendar.between(last, place.day_of(self.stopped_at or at)))

    @property
    def rests_on(self) -> tuple[date, date]:
        """The first and the last day that it rests on, with one more on either side."""
        # One more: a count begins after the day before it, a term ends with the midnight after its
        # last day, and an offset may change at either.
        instants = [self.base_at, self.at, self.stopped_at or self.at]
        instants += [at for pause in self.pauses for at in (pause.start, pause.end)]
        days = [self.calendar.place.day_of(at) for at in instants]
        days += [self.base_day, self.rolled_from or self.base_day]
        return min(days) - timedelta(days=1), max(days) + timedelta(days=1)

    @property
    def excerpt(self) -> Excerpt:
        """What its calendar says of these days."""
        return excerpt(self.calendar, *self.rests_on)

    def __deepcopy__(self, _: object = None) -> "Deadline":
        # Nothing of it is ever changed, and its calendar is a table of twenty years.
        return self

    __copy__ = __deepcopy__

    def __reduce__(self) -> tuple[object, ...]:
        fields = {field.name: getattr(self, field.name) for field in attrs.fields(Deadline)}
        # Packed, for the days off of some years are told with their names in every language.
        return _unpacked, (zlib.compress(pickle.dumps({**fields, "calendar": self.excerpt})),)

    def __str__(self) -> str:
        return f"{self.limit}: {self.last_day or self.at}"


def _unpacked(packed: bytes) -> Deadline:
    fields = pickle.loads(zlib.decompress(packed))  # noqa: S301 - within a pickle
    return Deadline(**{**fields, "calendar": counting(fields["calendar"])})


_Ended = tuple[date, date | None, datetime]
"""The last day of a term, the day off from which it rolled on, and the first instant too late."""


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

    Raises `BeyondCalendar` if a day needed is outside the calendar; `Malformed` if an instant is none, or
    naive.

    Counted is a limit in the wording that governs, from when it started: a receipt, a registration, a
    decision. Its `pauses` are closed; `until` is a later last day that is named, `extended_at` when an
    extension named it: what stood still before is in it. None, where the term was set to it from the
    start: every pause moves it.
    """
    base_at = instant(base_at, path="base_at")
    pauses = [(instant(start), instant(end)) for start, end in pauses] if pauses else ()
    stopped_at = stopped_at and instant(stopped_at, path="stopped_at")
    extended_at = extended_at and instant(extended_at, path="extended_at")
    limit, term = edition.value, edition.value.term
    base_day = _base_day(limit, base_at, calendar)
    standstills = _standstills(term, pauses, calendar) if pauses else ()
    last_day = rolled_from = None
    if isinstance(term, InTime):
        at = _instant(limit.direction, term, base_at, standstills, calendar)
    elif limit.direction == "before" or not (standstills or until):
        last_day, rolled_from, at = _unmoved(limit, base_day, calendar)
    else:
        assert isinstance(term, InDays)  # noqa: S101 - a term ends with a day or at an instant
        day = _last_day(limit, base_day, calendar)
        if standstills:
            day = term.shift(day, _worth(standstills), calendar)
        if until is not None:
            # The later of the two, so that neither a pause nor an extension takes time away.
            day = max(day, _named_day(term, until, pauses, extended_at, calendar))
        last_day, rolled_from, at = _rolled(limit, day, calendar)
    return Deadline(
        edition, base_at, base_day, last_day, at, calendar, standstills, until, rolled_from,
        stopped_at, paused, extended_at,
    )  # fmt: skip


def _base_day(limit: TimeLimit, base_at: datetime, calendar: WorkCalendar) -> date:
    """The day counted from; of a receipt after hours the next working day, where that is the rule."""
    # Only by this rule: a base that is a day off for another reason is not rolled forward.
    if limit.late.value == "next-working-day":
        return calendar.counted_on(base_at)
    return calendar.place.day_of(base_at)


def _last_day(limit: TimeLimit, base_day: date, calendar: WorkCalendar) -> date:
    """The last day of a term in days that nothing has moved, before it is rolled on."""
    term = limit.term
    assert isinstance(term, InDays)  # noqa: S101 - a term ends with a day or at an instant
    if limit.direction == "before":
        return term.day_before(base_day, calendar)
    return term.last_day(base_day, calendar, first=limit.first_day.value == "same")


def _rolled(limit: TimeLimit, day: date, calendar: WorkCalendar) -> _Ended:
    """What comes of a last day that may be a day off, also where an extension names it."""
    rolled_from = None
    if limit.roll.value == "next-working-day" and not calendar.is_working(day):
        rolled_from, day = day, calendar.on_or_after(day)
    return day, rolled_from, calendar.place.start_of(add_days(day, 1))


@lru_cache(maxsize=16_384)
def _unmoved(limit: TimeLimit, base_day: date, calendar: WorkCalendar) -> _Ended:
    """How a term in days ends that nothing has moved: alike for all that begin on one day."""
    return _rolled(limit, _last_day(limit, base_day, calendar), calendar)


def _standstills(
    term: Term, pauses: Sequence[tuple[datetime, datetime]], calendar: WorkCalendar
) -> tuple[Standstill, ...]:
    """Pauses, and what each is worth in a term."""
    return tuple(
        [
            Standstill(start, end, term.worth(start, end, calendar), term.paused_in)
            for start, end in pauses
        ]
    )


def _worth(standstills: Sequence[Standstill]) -> int:
    return sum([pause.worth for pause in standstills])


def _named_day(
    term: InDays, until: date, pauses: Sequence[tuple[datetime, datetime]],
    extended_at: datetime | None, calendar: WorkCalendar,
) -> date:  # fmt: skip
    """A last day that is named, moved on by what stood still since it was."""
    # Who signs an extension knows what has stood still by then, and names the day that is meant.
    # A pause that lasts at the signing counts from there.
    if extended_at is not None:
        pauses = [(max(start, extended_at), end) for start, end in pauses if end > extended_at]
    return term.shift(until, _worth(_standstills(term, pauses, calendar)), calendar)


def _instant(
    direction: str, term: InTime, base_at: datetime, standstills: Sequence[Standstill],
    calendar: WorkCalendar,
) -> datetime:  # fmt: skip
    """The end of a term in time; one counted back is not moved by pauses."""
    if direction == "before":
        return term.instant_before(base_at, calendar)
    # Pauses are added to the second: minutes are only how they are told.
    paused = (term.elapsed(pause.start, pause.end, calendar) for pause in standstills)
    return term.end(base_at, sum(paused, timedelta(0)), calendar)
