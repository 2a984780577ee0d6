"""What a calendar is made of: exceptional days, week regimes, opening hours."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

import attrs

from openakimat.dated import LATER
from openakimat.errors import Fault, Malformed, describe_value, make_fault, unknown_fault

_DAY = 86_400

Interval = tuple[int, int]
"""Half-open, in seconds since midnight."""

REST_DAYS: Mapping[str, frozenset[int]] = {
    "five-day": frozenset({5, 6}),
    "six-day": frozenset({6}),
    "24x7": frozenset(),
}
"""Week regimes: the weekdays off (Monday is 0)."""


def _weeks(names: Iterable[str]) -> frozenset[str]:
    return frozenset(names)


_KINDS = ("holiday", "substitute", "day-off", "working-day")


@attrs.frozen
class DayNote:
    """A day that differs from the plain week, and who says so.

    `kind` is ``holiday``, ``substitute`` (the day off after a holiday that fell on
    a day off), ``day-off`` or ``working-day`` (a pair moved by decree); `moved` is
    the other day of the pair; `weeks` the regimes it holds for, all when empty.
    `known_from` and `known_until` bound, half-open, the days on which it stood
    in the published calendar.
    """

    on: date
    kind: str
    names: Mapping[str, str] = attrs.field(hash=False)
    source: str
    confidence: str = "high"
    moved: date | None = None
    weeks: frozenset[str] = attrs.field(default=frozenset(), converter=_weeks, metadata=LATER)
    known_from: date = attrs.field(default=date.min, metadata=LATER)
    known_until: date | None = attrs.field(default=None, metadata=LATER)

    def __attrs_post_init__(self) -> None:
        """Refuse a note that would say nothing, or the opposite of what was meant.

        Raises `Malformed` if it is of no day, of no kind, or for a week that there is none of.
        """
        faults = [unknown_fault("weeks", week, REST_DAYS) for week in self.weeks - REST_DAYS.keys()]
        if self.kind not in _KINDS:
            faults.append(unknown_fault("kind", self.kind, _KINDS))
        if type(self.on) is not date:
            faults.append(make_fault("on", "no-day", describe_value(self.on)))
        if faults:
            raise Malformed("day note", faults)

    def stands(self, week: str, known_on: date) -> bool:
        """Whether the note holds for a regime, as the calendar was known on a day."""
        return (
            (not self.weeks or week in self.weeks)
            and self.known_from <= known_on
            and (self.known_until is None or known_on < self.known_until)
        )


_INTERVAL = re.compile(r"([0-9]{2}):([0-5][0-9])-([0-9]{2}):([0-5][0-9])")


def intervals(*texts: str) -> tuple[Interval, ...]:
    """Half-open intervals of a day, in seconds, from ``"09:00-13:00"`` and the like.

    Raises `Malformed` if a text is no interval, or the intervals overlap.

    >>> intervals("09:00-13:00", "14:30-18:30")
    ((32400, 46800), (52200, 66600))
    """
    faults: list[Fault] = []
    found: list[Interval] = []
    for text in texts:
        written = _INTERVAL.fullmatch(text)
        if written is None:
            faults.append(Fault(text, "not an interval HH:MM-HH:MM"))
            continue
        from_hour, from_minute, to_hour, to_minute = map(int, written.groups())
        opens, closes = from_hour * 3600 + from_minute * 60, to_hour * 3600 + to_minute * 60
        # In order and apart: `worked` adds up intervals and stops at the first that lies ahead.
        after = found[-1][1] if found else 0
        if not after <= opens < closes <= _DAY:
            faults.append(Fault(text, "empty, out of order or past 24:00"))
        found.append((opens, closes))
    if faults:
        raise Malformed("opening hours", faults)
    return tuple(found)


@attrs.frozen
class Hours:
    """Opening hours: of every working day, and of the weekdays that differ (Monday is 0)."""

    daily: tuple[Interval, ...]
    by_weekday: Mapping[int, tuple[Interval, ...]] = attrs.field(factory=dict, hash=False)

    def on(self, day: date) -> tuple[Interval, ...]:
        """The intervals of a working day."""
        return self.by_weekday.get(day.weekday(), self.daily)


ROUND_THE_CLOCK = Hours(((0, _DAY),))
