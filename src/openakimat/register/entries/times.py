"""A time as somebody wrote it: of many spellings, each read in one way only.

Rules. (1) The day stands before the month, as it is written in Kazakhstan and Russia; a spelling
of another country is declared. (2) What is told without its hour has none: it is some time on
that day. (3) What fits no spelling whole is no time: nothing is cut off and nothing guessed.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

PIVOT = 70
"""A year of two digits below it is of this century."""


@attrs.frozen
class Written:
    """A time that was read: with an offset only where one is told; and whether its hour is told."""

    at: datetime
    exact: bool


@cache
def words() -> Mapping[str, Any]:
    """What columns, months and empty cells are called by those who keep registers."""
    text = files("openakimat.register").joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text)


_CLOCK = re.compile(
    r"[T\s,]+(\d{1,2})[:.,](\d{2})(?:[:.,](\d{2})(?:[.,]\d{1,9})?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?"
)

_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", re.ASCII)

_DAYS = (
    re.compile(r"(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4}|\d{2})(?!\d)"),
    re.compile(r"(?P<d>\d{1,2})\s+(?P<m>[^\W\d]+)\.?\s+(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})\s+(?P<d>\d{1,2})\s+(?P<m>[^\W\d]+)\.?"),
)

_YEAR_WORD = re.compile(r"(?<=\d)\s*(?:года|год|г|жылғы|жылы|жыл|ж)(?![^\W\d])\.?,?", re.IGNORECASE)

_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,](\d{1,15}))?")
"""A day as spreadsheets count it, of the years 1954 to 2119."""

_LAST_HOUR = 24

_YEARS = (1900, 2199)
"""Of no other year is anything told: what some programs write there means nothing."""


def read_written(cell: str, /, formats: Iterable[str] = (), pivot: int = PIVOT) -> Written | None:
    """The time that a cell tells, to the minute; None where it is none.

    `formats` are tried before ours, as ``strptime`` has them; a year of two digits below `pivot` is
    of this century.

    >>> read_written("2 наурыз 2026 ж. 9.15")
    Written(at=datetime.datetime(2026, 3, 2, 9, 15), exact=True)
    >>> read_written("02.03.26 г."), read_written("02.30.2026")
    (Written(at=datetime.datetime(2026, 3, 2, 0, 0), exact=False), None)
    """
    told = _read(cell, formats, pivot)
    return told if told is not None and _YEARS[0] <= told.at.year <= _YEARS[1] else None


def _read(cell: str, formats: Iterable[str], pivot: int) -> Written | None:
    for spelling in formats:
        try:
            at = datetime.strptime(cell, spelling)  # noqa: DTZ007 - who declared the form tells the zone
        except ValueError:
            continue
        return Written(
            at.replace(second=0, microsecond=0),
            any(h in spelling for h in ("%H", "%I", "%c", "%X")),
        )
    # As programs write it, which is nearly every cell.
    if _ISO.fullmatch(cell):
        with suppress(ValueError):
            return Written(datetime.fromisoformat(cell), exact=True)
    if not cell.isascii():
        cell = _YEAR_WORD.sub(" ", cell).translate({ord(mark): None for mark in "«»“”"}).strip()
    try:
        for form in _DAYS:
            if day := form.match(cell):
                return _join(day, cell[day.end() :], pivot)
        if serial := _SERIAL.fullmatch(cell):
            days = float(f"{serial[1]}.{serial[2] or 0}")
            at = datetime(1899, 12, 30) + timedelta(seconds=round(days * 86_400))  # noqa: DTZ001 - a wall time, as the file has it
            return Written(at.replace(second=0), at.time() != time())
    except (ValueError, OverflowError):
        pass
    return None


def _join(day: re.Match[str], rest: str, pivot: int) -> Written | None:
    year, month = int(day["y"]), day["m"]
    if len(day["y"]) == 2:  # noqa: PLR2004 - digits
        year += 2000 if year < pivot else 1900
    told = datetime(year, int(month) if month.isdigit() else _month(month), int(day["d"]))  # noqa: DTZ001 - likewise
    if not rest:
        return Written(told, exact=False)
    if (clock := _CLOCK.fullmatch(rest)) is None:
        return None
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if hour == _LAST_HOUR and not minute and not second:
        # The end of the day that is written, not the first moment of the next: it is told of that day.
        hour, minute = 23, 59
    time(hour, minute, second)  # raises where there is no such second
    return Written(told.replace(hour=hour, minute=minute, tzinfo=_zone(clock[4])), exact=True)


def _month(word: str) -> int:
    lower = word.lower()
    for n, stems in enumerate(words()["months"], start=1):
        if any(lower.startswith(stem) for stem in stems):
            return n
    raise ValueError(word)


def _zone(offset: str | None) -> timezone | None:
    if offset is None:
        return None
    if offset == "Z":
        return timezone(timedelta())
    digits = offset[1:].replace(":", "").ljust(4, "0")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-away if offset[0] == "-" else away)


def is_clock(cell: str, /) -> bool:
    """Whether a cell tells an hour without its day, which another cell has.

    >>> is_clock("9:15"), is_clock("02.03.2026")
    (True, False)
    """
    return _CLOCK.fullmatch(" " + cell) is not None


def show_written(told: Written, /) -> str:
    """A time as every reader of ours reads it.

    >>> show_written(Written(datetime(2026, 3, 2, 9, 15), exact=True))
    '2026-03-02 09:15'
    """
    return told.at.isoformat(" ", "minutes") if told.exact else date.isoformat(told.at.date())
