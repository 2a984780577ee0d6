"""The columns of a register, and a row read through them: an entry, or all its faults."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

import attrs

from openakimat.calendar.times import EPOCH_ORDINAL, Place
from openakimat.calendar.worktime import WorkCalendar
from openakimat.case.people import bin_fault, iin_fault
from openakimat.errors import Fault, Malformed
from openakimat.law.office import Office

MAX_TEXT = 10_000


@attrs.frozen
class Raw:
    """A row as it stands: its line, its cells by column.

    Where its shape is wrong, `wrong` tells how many cells it has, and how many names the head.
    """

    line: int
    cells: dict[str, str]
    wrong: tuple[int, int] | None = None


@attrs.frozen
class When:
    """A time of a register: an instant, and whether its hour was told."""

    at: datetime
    exact: bool


@attrs.frozen
class Entry:
    """A row of a register, read."""

    line: int
    number: str
    received_at: When
    kind: str = "application"
    channel: str = ""
    topic: str = ""
    applicant: str = ""
    iin: str = ""
    bin: str = ""
    registered_at: When | None = None
    correction_asked_at: When | None = None
    correction_until: date | None = None
    corrected_at: When | None = None
    returned_at: When | None = None
    return_ground: str = ""
    repeats: str = ""
    redirected_at: When | None = None
    redirected_to: str = ""
    inquired_at: When | None = None
    extended_at: When | None = None
    extended_until: date | None = None
    extension_reason: str = ""
    extension_told_at: When | None = None
    proposed_at: When | None = None
    objected_at: When | None = None
    heard_at: When | None = None
    answered_at: When | None = None
    outcome: str = ""
    unheard: str = ""
    terminated_at: When | None = None
    termination_ground: str = ""
    withdrawn_at: When | None = None
    service: str = ""
    term: str = ""
    refused_at: When | None = None
    refusal_ground: str = ""
    refusal_reason: str = ""
    issued_at: When | None = None
    official: str = ""
    scheduled_for: When | None = None
    held_at: When | None = None
    held_by: str = ""
    protocol: str = ""
    converted_to: str = ""
    executor: str = ""
    due_on: date | None = None
    reported_at: When | None = None
    removed_at: When | None = None
    against: str = ""
    learnt_on: date | None = None
    forwarded_at: When | None = None
    forwarded_to: str = ""
    review_registered_at: When | None = None
    self_corrected_at: When | None = None
    next_step: str = ""
    instructions: str = ""
    addressee: str = ""
    extension_ground: str = ""
    delivered_at: When | None = None


COLUMNS: Mapping[str, attrs.Attribute[Any]] = {
    field.name: field for field in attrs.fields(Entry) if field.name != "line"
}
"""The columns a register may have; `number` and `received_at` it must."""


REQUIRED = ("number", "received_at")

TOGETHER = {
    "extended_at": "extended_until",
    "redirected_at": "redirected_to",
    "returned_at": "return_ground",
    "terminated_at": "termination_ground",
    "correction_asked_at": "correction_until",
    "service": "term",
    "refused_at": "refusal_ground",
    "forwarded_at": "forwarded_to",
}
"""Columns that say nothing one without the other."""


APART = {"due_on": "term"}
"""Columns of which a row has one or the other."""


TOGETHER_OF = {
    "service-complaint": {
        **{name: other for name, other in TOGETHER.items() if name != "service"},
        "extended_until": "extension_ground",
    }
}
"""The same for kinds that are other than the rest: a complaint about a service has no term of it."""


FAULTS: Mapping[str, str] = {
    "shape": "{0} cells, where the head has {1}",
    "empty": "is empty",
    "alone": "is empty, though {0} is not",
    "beside": "stands beside {0}: one of them is told",
    "no-time": "{0!r} is no time: YYYY-MM-DD HH:MM or DD.MM.YYYY HH:MM",
    "too-long": "{0} characters, more than {1}",
    "control-character": "it holds a control character",
    "formula": "{0!r} is a formula that a spreadsheet would run",
    "iin": "{0}",
    "bin": "{0}",
    "outside-calendar": "{0} is outside the calendar {1} to {2}",
    "after-check": "{0} is later than the check, {1}",
    "before-receipt": "{0} is before the receipt",
    "no-procedure": "{0!r} has no procedure here; those that have: {1}",
    "number-twice": "{0} stands on an earlier line",
}
"""What may be wrong with a row, by code, in English; the words of the law have the other languages."""


def fault(path: str, code: str, /, *values: object) -> Fault:
    """A fault of a row.

    >>> str(fault("extended_until", "alone", "extended_at"))
    'extended_until: is empty, though extended_at is not'
    """
    told = tuple(map(str, values))
    return Fault(path, FAULTS[code].format(*told), code, told)


class Unread(ValueError):
    """A cell that cannot be read: the code of its fault, and what its words are filled with."""

    def __init__(self, code: str, *values: object) -> None:
        super().__init__(FAULTS[code].format(*values))
        self.code = code
        self.values = values


_KAZAKH = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})(.*)")

_FORMULA = re.compile(r"[=@\t\r]|[+-][^\d ]")


def head_faults(cells: Mapping[str, str], /) -> list[Fault]:
    """What is wrong with the columns of a register: those it must have and has not."""
    return [Fault(name, "the column is missing") for name in REQUIRED if name not in cells]


# -- cells ----------------------------------------------------------------------------


def when(text: str, place: Place, /) -> When:
    """A time as registers write it, to the minute; without an offset, by the place's clock.

    Raises:
        Unread: It is no time, or no such day.

    >>> from openakimat import kz
    >>> when("18.03.2026 18:40", kz.place("Aqtobe")).at.isoformat()
    '2026-03-18T18:40:00+05:00'
    """
    if found := _KAZAKH.fullmatch(text):
        text = f"{found[3]}-{found[2]}-{found[1]}{found[4]}"
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Unread("no-time", text[:40]) from None
    exact = len(text.strip()) > len("2026-03-18")
    if not exact:
        at = datetime.combine(at.date(), time(12))
    at = at.replace(second=0, microsecond=0)
    if at.tzinfo is None:
        wall = (at.toordinal() - EPOCH_ORDINAL) * 86_400 + at.hour * 3600 + at.minute * 60
        at = place.at_wall(wall)
    return When(place.local(at), exact)


def _day(text: str, place: Place) -> date:
    return place.day_of(when(text, place).at)


def _words(text: str, _: Place) -> str:
    if len(text) > MAX_TEXT:
        raise Unread("too-long", f"{len(text):,}", f"{MAX_TEXT:,}")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t\r" for sign in text):
        raise Unread("control-character")
    if _FORMULA.match(text):
        raise Unread("formula", text[:20])
    return text.strip()


def _checked(code: str, wrong: Callable[[str], str | None]) -> Callable[[str, Place], str]:
    def read(text: str, _: Place) -> str:
        if why := wrong(text.strip()):
            raise Unread(code, why)
        return text.strip()

    return read


_AHEAD = {"scheduled_for"}
"""Times that a row may tell of before they come."""


_BEFORE = {"learnt_on"}
"""Days that a row may tell of before its receipt."""


_DAYS, _TIMES = ("_until", "_on"), ("_at", "_for")


_READ: dict[str, Callable[[str, Place], Any]] = {
    name: _day if name.endswith(_DAYS) else when if name.endswith(_TIMES) else _words
    for name in COLUMNS
} | {"iin": _checked("iin", iin_fault), "bin": _checked("bin", bin_fault)}


def entry(raw: Raw, office: Office, /, *, at: datetime) -> Entry:
    """A row read through the columns.

    Raises:
        Malformed: Its faults, all at once; each names its column.
    """
    faults = [fault("", "shape", *raw.wrong)] if raw.wrong else []
    found: dict[str, Any] = {}
    place = office.calendar.place
    for name, cell in raw.cells.items():
        if name not in COLUMNS or not cell.strip():
            continue
        try:
            found[name] = _READ[name](cell, place)
        except Unread as wrong:
            faults.append(fault(name, wrong.code, *wrong.values))
        except OverflowError:
            faults.append(fault(name, "no-time", cell[:40]))
    unread = {one.path for one in faults}
    faults += [
        fault(name, "empty") for name in REQUIRED if name not in found and name not in unread
    ]
    faults += _alone(found, unread)
    faults += _out_of_range(found, office.calendar, at)
    if faults:
        raise Malformed(f"line {raw.line}", faults)
    return Entry(raw.line, **found)


def _alone(found: Mapping[str, Any], unread: set[str]) -> list[Fault]:
    """Columns that stand without the one they need, or beside the one they exclude."""
    alone = [
        fault(other, "alone", name)
        for name, other in TOGETHER_OF.get(found.get("kind", ""), TOGETHER).items()
        if name in found and other not in found and other not in unread
    ]
    beside = [
        fault(name, "beside", other)
        for name, other in APART.items()
        if name in found and other in found
    ]
    return alone + beside


def _out_of_range(found: Mapping[str, Any], calendar: WorkCalendar, at: datetime) -> list[Fault]:
    """Times outside the calendar, before the receipt, or later than the day of the check."""
    received = found.get("received_at")
    faults = []
    for name, told in found.items():
        if isinstance(told, When | date):
            day = calendar.place.day_of(told.at) if isinstance(told, When) else told
            ahead = isinstance(told, When) and name not in _AHEAD
            after = None if name in _BEFORE else received
            if why := _why_out(told, day, calendar, at if ahead else None, after):
                code, values = why
                faults.append(fault(name, code, *values))
    return faults


def _why_out(
    told: When | date,
    day: date,
    calendar: WorkCalendar,
    at: datetime | None,
    received: When | None,
) -> tuple[str, tuple[object, ...]] | None:
    """The code of the fault of a time out of range and what fills its words, or None."""
    if not calendar.first <= day <= calendar.last:
        return "outside-calendar", (day, calendar.first, calendar.last)
    if isinstance(told, When) and at is not None and told.at > at:
        return "after-check", (f"{told.at:%Y-%m-%d %H:%M}", f"{at:%Y-%m-%d %H:%M}")
    if received is not None and day < calendar.place.day_of(received.at):
        return "before-receipt", (day,)
    return None
