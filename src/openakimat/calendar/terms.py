"""How much time a limit allows: amounts of different units, none of which turns into another."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import ClassVar

import attrs

from openakimat.errors import Fault, Malformed


@attrs.frozen
class Term:
    """How much time a limit allows: `n` of a unit."""

    unit: ClassVar[str] = ""
    n: int = attrs.field(validator=attrs.validators.ge(1))

    def __str__(self) -> str:
        """The words that `term` reads."""
        if isinstance(self, AsSet):
            return "as set"
        return f"{self.n} {_WORDS.get(type(self), self.unit)}{'s' * (self.n != 1)}"


@attrs.frozen
class WorkingDays(Term):
    """Working days of the office's calendar."""

    unit: ClassVar[str] = "WorkingDays"


@attrs.frozen
class CalendarDays(Term):
    """Days, working or not."""

    unit: ClassVar[str] = "CalendarDays"


@attrs.frozen
class Months(Term):
    """Calendar months: to the same number, or the last day where there is none."""

    unit: ClassVar[str] = "Months"


@attrs.frozen
class WorkingHours(Term):
    """Hours in which the office is open."""

    unit: ClassVar[str] = "WorkingHours"


@attrs.frozen
class ClockHours(Term):
    """Hours of real time, night and day."""

    unit: ClassVar[str] = "ClockHours"


@attrs.frozen
class Minutes(Term):
    """Minutes of real time."""

    unit: ClassVar[str] = "Minutes"


@attrs.frozen
class AsSet(Term):
    """As many days as the act itself sets."""

    unit: ClassVar[str] = "AsSet"
    n: int = 0


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
    """A term from its words.

    Raises:
        Malformed: The words are not a term.

    >>> term("15 working days"), term("1 month"), term("as set")
    (WorkingDays(n=15), Months(n=1), AsSet(n=0))
    """
    if text == "as set":
        return AsSet()
    written = _WRITTEN.fullmatch(text)
    if written is None or written[2] not in _TERMS:
        raise Malformed("term", [Fault("term", f"{text!r} is not a number of {list(_TERMS)}")])
    try:
        return _TERMS[written[2]](int(written[1]))
    except ValueError as wrong:
        raise Malformed("term", [Fault("term", f"{text!r} is no time")]) from wrong


def add_months(day: date, months: int, /) -> date:
    """The same number so many months on, or the last day of a shorter month.

    >>> add_months(date(2024, 12, 31), 2)
    datetime.date(2025, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
