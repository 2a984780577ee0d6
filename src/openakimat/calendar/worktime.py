"""Working days and working hours, counted once and looked up after.

Rules. (1) A calendar is nation x week regime x office overlay x opening hours x
the day it was known on; each exceptional day carries its source. (2) Every
question is a table read: no stepping from day to day. (3) Opening hours are
half-open intervals [open, close) with validity dates. (4) Office hours are told
by the wall clock of the place; a calendar that never closes counts real time,
so a night of 25 hours has 25. (5) Past `confirmed_until` an answer is a
forecast; a strict calendar ends there. It does not know part-time days that
no source announces, and it never computes Kurban Ait.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

import attrs

from openakimat import errors
from openakimat.calendar.days import REST_DAYS, DayNote, Hours, Interval
from openakimat.calendar.times import EPOCH_ORDINAL, Place
from openakimat.dated import Dated

_DAY = 86_400
_ONE_DAY = timedelta(days=1)
_ONE_SECOND = timedelta(seconds=1)
_NOTHING = timedelta(0)


@attrs.frozen(eq=False)
class WorkCalendar:
    """The working days of one office from `first` to `last`, and its hours.

    Args:
        first, last: The span of the tables, both inclusive.
        confirmed_until: The last day whose calendar has been published.
        notes: The exceptional days, those of the nation before those of the office.
        week: A regime of `REST_DAYS`.
        known_on: Build the calendar as it was known on this day.
        strict: End the tables at `confirmed_until`.
    """

    first: date
    last: date
    confirmed_until: date
    notes: Sequence[DayNote] = attrs.field(repr=False)
    week: str = "five-day"
    hours: Dated[Hours] = attrs.field(repr=False, kw_only=True)
    place: Place = attrs.field(repr=False, kw_only=True)
    known_on: date = date.max
    strict: bool = False
    exceptions: Mapping[date, DayNote] = attrs.field(init=False, repr=False)
    days: tuple[date, ...] = attrs.field(init=False, repr=False)
    """Working days in order, after one place left empty: `days[n]` is the n-th."""
    rests: tuple[date, ...] = attrs.field(init=False, repr=False)
    """Days off in order."""
    spans: tuple[tuple[Interval, ...], ...] = attrs.field(init=False, repr=False)
    """Opening hours of each day of the table."""
    work_before: tuple[int, ...] = attrs.field(init=False, repr=False)
    """Seconds of work before each day of the table, and after the last."""
    _rank: dict[date, int] = attrs.field(init=False, repr=False)
    _day_one: int = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.week not in REST_DAYS:
            raise errors.Malformed("calendar", [errors.unknown_fault("week", self.week, REST_DAYS)])
        last = min(self.last, self.confirmed_until) if self.strict else self.last
        # The later note of a day stands: those of the office come after those of the nation.
        noted = {note.on: note for note in self.notes if note.stands(self.week, self.known_on)}
        tables = _count(_span(self.first, last), noted, self.week, self.hours)
        for name, value in {
            "last": last,
            "exceptions": noted,
            "_day_one": self.first.toordinal(),
            **tables,
        }.items():
            object.__setattr__(self, name, value)

    def is_working(self, day: date, /) -> bool:
        """Whether a day is a working day.

        Raises:
            BeyondCalendar: The day is outside the tables.
            Malformed: It is no day: an instant, say, or a text. So says every question about a day.
        """
        return self.days[self.rank(day)] == day

    def rank(self, day: date, /) -> int:
        """The number of working days from `first` up to a day, itself included."""
        try:
            return self._rank[day]
        # Unhashable is no day either; what is one costs no look at its class.
        except (KeyError, TypeError):
            raise self._refuse(day) from None

    def after(self, day: date, /, working_days: int) -> date:
        """The n-th working day after a day, itself not counted; n is at least 1.

        >>> from openakimat import kz
        >>> kz.calendar().after(date(2026, 3, 19), working_days=15)
        datetime.date(2026, 4, 14)
        """
        if working_days < 1:
            raise ValueError(f"working_days is {working_days}, not 1 or more")
        try:
            return self.days[self._rank[day] + working_days]
        except (KeyError, IndexError):
            raise self._refuse(day, working_days) from None
        except TypeError:
            self.rank(day)  # refuses it, if it is the day that is none
            raise

    def before(self, day: date, /, working_days: int) -> date:
        """The n-th working day before a day, itself not counted; n is at least 1."""
        if working_days < 1:
            raise ValueError(f"working_days is {working_days}, not 1 or more")
        # The rank of a day counts the day itself, if it is worked, and here it is not to be.
        place = self.rank(day) - self.is_working(day) - working_days + 1
        # Place 0 is the one left empty, and a place below it would be read from the end.
        if place < 1:
            raise self._refuse(day, -working_days)
        return self.days[place]

    def between(self, day: date, other: date, /) -> int:
        """The number of working days after one day up to another, the latter included."""
        return self.rank(other) - self.rank(day)

    def on_or_after(self, day: date, /) -> date:
        """The day itself if it is a working day, otherwise the next one."""
        return day if self.is_working(day) else self.after(day, 1)

    def rests_between(self, day: date, other: date, /) -> tuple[int, int]:
        """The slice of `rests` after one day up to another, the latter included."""
        return self._n_rests(day), self._n_rests(other)

    def _n_rests(self, day: date) -> int:
        rank = self.rank(day)  # first, for it refuses what is no day
        return day.toordinal() - self._day_one + 1 - rank

    def forecast(self, day: date, /) -> errors.Forecast | None:
        """The mark a day past the confirmed horizon carries, or None."""
        if type(day) is not date and not _is_day(day):
            raise self._refuse(day)
        return errors.Forecast(day, self.confirmed_until) if day > self.confirmed_until else None

    def worked(self, start: datetime, end: datetime, /) -> timedelta:
        """Working time between two instants; negative when they are in reverse order.

        >>> from openakimat import kz
        >>> friday = datetime.fromisoformat("2026-03-13T17:30+05:00")
        >>> str(kz.calendar().worked(friday, friday + timedelta(days=3)))
        '8:00:00'
        """
        # What never closes counts real time, not wall clocks: a night of 25 hours has 25.
        if self.week == "24x7":
            return self.place.local(end) - self.place.local(start)
        done = _ONE_SECOND * (self._work(end) - self._work(start))
        # Of an hour that comes twice the wall shows the later half as if it were earlier.
        return done if (done < _NOTHING) == (end < start) else _NOTHING

    def _work(self, at: datetime) -> int:
        """Seconds of work from the start of the tables to an instant."""
        # By the wall clock: an hour that comes twice at night lies outside office hours.
        day, second = self.place.wall(at)
        day -= self._day_one
        if not 0 <= day < len(self.spans):
            raise self._refuse(self.place.day_of(at))
        done = self.work_before[day]
        for opens, closes in self.spans[day]:
            if second <= opens:
                break
            done += (second if second < closes else closes) - opens  # noqa: FURB136 - min() is a call
        return done

    def add(self, at: datetime, /, working: timedelta) -> datetime:
        """The earliest instant by which so much working time has passed since another.

        A term that ends exactly at closing ends at closing, not at the next opening.
        """
        if self.week == "24x7":
            return self.place.shift(at, working)
        if working <= timedelta(0):
            raise ValueError(f"working is {working}, not more than nothing")
        return self._at_work(self._work(at) + int(working.total_seconds()))

    def subtract(self, at: datetime, /, working: timedelta) -> datetime:
        """The latest instant from which so much working time is left until another."""
        if self.week == "24x7":
            return self.place.shift(at, -working)
        if working <= timedelta(0):
            raise ValueError(f"working is {working}, not more than nothing")
        return self._at_work(self._work(at) - int(working.total_seconds()), latest=True)

    def _at_work(self, work: int, *, latest: bool = False) -> datetime:
        """The first instant by which so many seconds of work have passed, or the latest such."""
        # All of a night and of a day off have one and the same amount of work before them. The
        # first instant of it is a closing, the latest the next opening.
        find = bisect_right if latest else bisect_left
        day = find(self.work_before, work) - 1
        if not 0 <= day < len(self.spans):
            raise self._refuse(self.last + _ONE_DAY if day >= 0 else self.first - _ONE_DAY)
        left = work - self.work_before[day]
        second = 0
        for opens, closes in self.spans[day]:
            second = opens + left
            if second < closes or (second == closes and not latest):
                break
            left -= closes - opens
        return self.place.at_wall((day + self._day_one - EPOCH_ORDINAL) * _DAY + second)

    def hours_of(self, day: date, /) -> tuple[Interval, ...]:
        """The opening hours of a day; empty on a day off."""
        self.rank(day)  # refuses a day outside, which would be read from the other end
        return self.spans[day.toordinal() - self._day_one]

    def is_open(self, at: datetime, /) -> bool:
        """Whether the office is open at an instant."""
        second = self.place.wall(at)[1]
        return any(a <= second < b for a, b in self.hours_of(self.place.day_of(at)))

    def counted_on(self, at: datetime, /) -> date:
        """The working day that something received at an instant belongs to.

        The same day, or the next working day when it came after closing or on a
        day off.
        """
        day = self.place.day_of(at)
        hours = self.hours_of(day)
        # What comes before the opening or at lunch is of the same day: only its last closing
        # ends it.
        if hours and self.place.wall(at)[1] < hours[-1][1]:
            return day
        # An office may be closed on a weekday that is worked all the same.
        while not self.hours_of(day := self.after(day, 1)):
            pass
        return day

    def counted_at(self, at: datetime, /) -> datetime:
        """The instant itself, or the next opening when it came after closing or on a day off."""
        day = self.counted_on(at)
        if day == self.place.day_of(at):
            return at
        return self.place.start_of(day) + timedelta(seconds=self.hours_of(day)[0][0])

    @property
    def version(self) -> str:
        """A short hash of all that the calendar answers with."""
        return _version(self)

    def _refuse(self, day: date, working_days: int = 0) -> errors.BeyondCalendar | errors.Malformed:
        if not _is_day(day):
            return errors.Malformed(
                "calendar", [errors.make_fault("day", "no-day", errors.describe_value(day))]
            )
        how = f" {working_days:+d} working days" if working_days else ""
        return errors.BeyondCalendar(
            f"{day}{how} is outside the calendar {self.first} to {self.last}"
            + (" (strict: confirmed days only)" if self.strict else "")
        )


def _is_day(day: object) -> bool:
    # A datetime is a date to Python, and equal to none.
    return isinstance(day, date) and not isinstance(day, datetime)


@lru_cache(maxsize=64)
def _version(calendar: WorkCalendar) -> str:
    # Receipts keep it. What it holds is what answers: not the names of days or who decreed them,
    # so that a better source makes no other calendar.
    answers = repr(
        (
            calendar.week,
            calendar.place.name,
            [(edition.since, edition.value) for edition in calendar.place.offsets],
            calendar.first,
            calendar.last,
            calendar.spans,
            [day.toordinal() for day in calendar.rests],
        )
    )
    return hashlib.sha256(answers.encode()).hexdigest()[:12]


def _span(first: date, last: date) -> Iterable[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _count(
    span: Iterable[date], noted: Mapping[date, DayNote], week: str, hours: Dated[Hours]
) -> dict[str, object]:
    rest = REST_DAYS[week]
    # `days` begins with a place left empty, so that the rank of a day is also its place.
    days, rests, rank = [date.min], list[date](), dict[date, int]()
    spans, before = list[tuple[Interval, ...]](), [0]
    for day in span:
        note = noted.get(day)
        works = day.weekday() not in rest if note is None else note.kind == "working-day"
        # What never closes keeps no holidays; its notes are still told.
        if week == "24x7":
            works = True
        (days if works else rests).append(day)
        # Of a day off it is the rank of the last working day before: to count on from it is right.
        rank[day] = len(days) - 1
        spans.append(hours.on(day).value.on(day) if works else ())
        before.append(before[-1] + sum(closes - opens for opens, closes in spans[-1]))
    return {
        "days": tuple(days),
        "rests": tuple(rests),
        "_rank": rank,
        "spans": tuple(spans),
        "work_before": tuple(before),
    }
