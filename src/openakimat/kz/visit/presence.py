"""Whether an office was really open: what its staff recorded, held against its declared hours.

Rules. (1) Only what staff did counts: no lapse of the law, nothing an applicant or their
representative sent. (2) A day counts when hours are declared for it: days off never do.
(3) An act within the hours makes a day open; without one it is silent. (4) This is evidence
of work, no verdict: an open office to which nobody came is silent too.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

import attrs

from openakimat.calendar.days import Interval
from openakimat.case import APPLICANT, LAW, REPRESENTATIVE, Case, Record
from openakimat.law.office import Office

_NOT_STAFF = frozenset({APPLICANT, REPRESENTATIVE, LAW})


@attrs.frozen
class OfficeDay:
    """One day: the hours declared, and what staff recorded.

    `declared` are its opening hours, in seconds from midnight, none on a day off. Of the acts of staff
    within them it has the number, the first and the last; of those outside, the number.
    """

    on: date
    declared: tuple[Interval, ...]
    n_acts: int = 0
    first: datetime | None = None
    last: datetime | None = None
    n_outside: int = 0

    @property
    def standing(self) -> str:
        """``open``, ``silent`` or ``off``."""
        if not self.declared:
            return "off"
        return "open" if self.n_acts else "silent"


@attrs.frozen
class Silence:
    """A run of declared days without an act: its first and last day, and how many there are."""

    since: date
    until: date
    n_days: int


@attrs.frozen
class Presence:
    """What the records say of an office's being open, day by day."""

    days: tuple[OfficeDay, ...]

    @property
    def declared(self) -> tuple[OfficeDay, ...]:
        """The days for which hours were declared."""
        return tuple(day for day in self.days if day.declared)

    @property
    def open_days(self) -> tuple[date, ...]:
        """The days on which staff did something."""
        return tuple(day.on for day in self.days if day.standing == "open")

    @property
    def share(self) -> float:
        """Open days of those declared, from 0 to 1; 0 where none were declared."""
        declared = len(self.declared)
        return len(self.open_days) / declared if declared else 0.0

    @property
    def first(self) -> datetime | None:
        """The first act within the hours, or None."""
        return next((day.first for day in self.days if day.first), None)

    @property
    def last(self) -> datetime | None:
        """The last act within the hours, or None."""
        return next((day.last for day in reversed(self.days) if day.last), None)

    @property
    def longest_silence(self) -> Silence | None:
        """The longest run of silent days, the earliest of equals; days off do not break it."""
        runs = list(self._silences())
        return max(runs, key=lambda run: (run.n_days, -run.since.toordinal()), default=None)

    def _silences(self) -> Iterator[Silence]:
        run: Silence | None = None
        for day in self.declared:
            if day.standing == "silent":
                since = run.since if run else day.on
                run = Silence(since, day.on, run.n_days + 1 if run else 1)
            elif run:
                yield run
                run = None
        if run:
            yield run

    def only_on(self, day: date, /) -> bool:
        """Whether it was open on that day and on no other."""
        return self.open_days == (day,)

    def __str__(self) -> str:
        told = f"open {len(self.open_days)} of {len(self.declared)} days"
        quiet = self.longest_silence
        return f"{told}; silent {quiet.since} to {quiet.until}" if quiet else told


def presence(
    of: Iterable[Case | Record], office: Office, /, *, since: date, until: date
) -> Presence:
    """Hold what staff recorded against the hours that an office declares.

    From the day `since` to the day `until`, by cases or by records of that office.
    Raises `BeyondCalendar` if a day is outside the calendar.

    >>> from openakimat import kz
    >>> print(presence((), kz.office("bayanaul"), since=date(2020, 8, 27), until=date(2020, 8, 31)))
    open 0 of 2 days; silent 2020-08-27 to 2020-08-28
    """
    done = sorted(at for at, role in _acts(of) if role not in _NOT_STAFF)
    n = (until - since).days + 1
    return Presence(tuple(_day(since + timedelta(days=k), done, office) for k in range(n)))


def _acts(of: Iterable[Case | Record]) -> Iterator[tuple[datetime, str]]:
    for one in of:
        records = one.records if isinstance(one, Case) else (one,)
        yield from ((record.at, record.role) for record in records)


def _day(day: date, done: list[datetime], office: Office) -> OfficeDay:
    """One day of an office; `done` is in order."""
    calendar = office.calendar
    start, end = (calendar.place.start_of(day + timedelta(days=k)) for k in (0, 1))
    acts = done[bisect_left(done, start) : bisect_left(done, end)]
    within = [at for at in acts if calendar.is_open(at)]
    return OfficeDay(
        day,
        calendar.hours_of(day),
        len(within),
        min(within, default=None),
        max(within, default=None),
        len(acts) - len(within),
    )
