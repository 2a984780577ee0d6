"""A language in which deadlines are told: phrases, units in their forms, days, names of sources.

Rules. (1) English is written here, and is what a language that lacks a phrase falls back on;
every other language is data that a translator edits. (2) A form of a unit is chosen by how
many forms the language has: one form serves every number, two are for one and for many, three
are for one, for two to four, and for many, as the Slavic languages have it.
It does not know languages that count otherwise.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from functools import cached_property, lru_cache

import attrs

from openakimat.dated import Evidence


def _slavic(n: int) -> int:
    tens, units = n % 100 // 10, n % 10
    # Eleven to nineteen are many, whatever they end with.
    if tens == 1 or units == 0 or units > 4:  # noqa: PLR2004 - five and more are many
        return 2
    return int(units > 1)


_FORM: Mapping[int, Callable[[int], int]] = {1: lambda _: 0, 2: lambda n: int(n != 1), 3: _slavic}
"""Which form a number takes, by how many forms there are."""


# Told apart by identity: caches have it in their keys, and its tables cannot be hashed.
@attrs.frozen(eq=False, slots=False)
class Language:
    """How deadlines are told in one language.

    Attributes:
        code: Such as ``en``.
        phrases: Templates by key; those that it lacks are told in English.
        units: The forms of each unit of a term, by its name: one, two or three of them.
        weekdays: From Monday to Sunday.
        day: How a day is written, of ``{weekday}``, ``{iso}``, ``{dd}``, ``{mm}``, ``{yyyy}``.
        sources: How acts and phrases are told of which sources are made; the longest goes
            first, and what has no words is told as it is stored.

    >>> ENGLISH.amount(21, "WorkingDays"), ENGLISH.day_text(date(2026, 3, 19))
    ('21 working days', 'Thu 2026-03-19')
    """

    code: str
    phrases: Mapping[str, str] = attrs.field(repr=False)
    units: Mapping[str, Sequence[str]] = attrs.field(repr=False)
    weekdays: Sequence[str] = attrs.field(repr=False)
    day: str = "{weekday} {iso}"
    sources: Mapping[str, str] = attrs.field(factory=dict, repr=False)

    def __getstate__(self) -> dict[str, object]:
        """What it tells, without what was made of it since: that cannot be sent."""
        return {field.name: getattr(self, field.name) for field in attrs.fields(Language)}

    def phrase(self, key: str, /, **blanks: object) -> str:
        """A phrase, its blanks filled in."""
        template = self.phrases.get(key) or ENGLISH.phrases.get(key, "")
        return template.format(**blanks) if blanks else template

    def mark(self, evidence: Evidence, /) -> str:
        """How sure we are."""
        return self.phrase(evidence.value)

    def amount(self, n: int, unit: str, /) -> str:
        """A number of units in words, in the right form."""
        forms = self.units.get(unit) or ENGLISH.units[unit]
        return f"{n} {forms[_FORM[len(forms)](n)]}"

    def day_text(self, day: date, /) -> str:
        """A day with its weekday."""
        return _day_text(self, day)

    def instant_text(self, at: datetime, /) -> str:
        """An instant to the minute with its offset."""
        hour = f"{at.hour:02}:{at.minute:02}"
        return f"{self.day_text(at.date())} {hour} {offset_text(at.utcoffset())}"

    def source(self, source: str, /) -> str:
        """A source in this language.

        >>> said = attrs.evolve(ENGLISH, sources={"Ordinance": "Verordnung", "amended": "geändert"})
        >>> said.source("Ordinance 4(2) amended"), said.source("order of the town, 4")
        ('Verordnung 4(2) geändert', 'order of the town, 4')
        """
        return self._source(source) if self.sources else source

    @cached_property
    def _source(self) -> Callable[[str], str]:
        # One pass, longest first: "Charter of 2013" is not told by the words for "Charter", and
        # nothing that was told is looked into again.
        longest_first = map(re.escape, sorted(self.sources, key=len, reverse=True))
        phrase = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")

        @lru_cache(maxsize=2048)
        def source(stored: str) -> str:
            return phrase.sub(lambda of: self.sources[of[0]], stored)

        return source


@lru_cache(maxsize=4096)
def _day_text(language: Language, day: date) -> str:
    return language.day.format(
        weekday=language.weekdays[day.weekday()],
        iso=day.isoformat(),
        dd=f"{day.day:02}",
        mm=f"{day.month:02}",
        yyyy=f"{day.year:04}",
    )


@lru_cache(maxsize=64)
def offset_text(offset: timedelta | None, /) -> str:
    """A UTC offset as ``+05:00``; nothing where there is none."""
    return "" if offset is None else time(tzinfo=timezone(offset)).isoformat()[len("00:00:00") :]


ENGLISH = Language(
    "en",
    phrases={
        "due": "{limit}: due by the end of {day} ({at})",
        "due-instant": "{limit}: due by {at}",
        "term": "Term: {n} {base}",
        "term-before": "Term: at least {n} before, counted back {base}",
        "term-set": "The term is set by the body",
        "base-day": "Counted from: {day}",
        "late-next": "Received {at}: the next working day counts",
        "first-next": "First day: the day after",
        "first-same": "First day: that day itself",
        "left-out": "Days left out: {n}",
        "pause": "Paused {start} – {end}: {n}",
        "until": "Extended to {day}",
        "set": "Set: by {day}",
        "rolled": "The last day, {day}, is a day off: on to the next working day",
        "weekend": "day off",
        "moved": "day off moved from {day}",
        "struck-out": "Stopped on {at}: its chart has this clock no more",
        "forecast": "Forecast: the calendar of {day} is not yet decreed",
        "confirmed": "confirmed",
        "secondary": "secondary source",
        "unconfirmed": "unconfirmed",
        "from-receipt": "from the day of receipt",
        "from-registration": "from the day of registration",
        "from-review": "from the day of registration by the reviewing body",
        "from-decision": "from the day of the decision",
        "from-start": "from the start",
        "from-knowledge": "from the day the participant learnt of it",
        "from-term": "from the end of the term",
        "from-lapse": "from the day on which the term ran out",
        "confidence": "confidence",
        "high": "",
        "medium": "confidence: medium",
        "low": "confidence: low",
        "case-allowed": "allowed",
        "case-refused": "refused – {why}",
        "case-differs": "As of {at}, {what}: {expected} was expected, and it is {came}.",
        "case-none": "none",
        "untouched-way": "no test goes this way: {what} [{source}]",
        "untouched-guard": "no test is refused for this: {what} [{source}]",
        "untouched-clock": "no test lets it run out: {what} [{source}]",
    },
    units={
        "WorkingDays": ("working day", "working days"),
        "CalendarDays": ("calendar day", "calendar days"),
        "Months": ("month", "months"),
        "WorkingHours": ("working hour", "working hours"),
        "ClockHours": ("hour", "hours"),
        "Minutes": ("minute", "minutes"),
        "Cases": ("case", "cases"),
        "Records": ("record", "records"),
    },
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
)
"""The language of the library itself."""
