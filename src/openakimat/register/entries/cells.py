"""A row as it stands, how each of its cells is read, and what may be wrong with them."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, NewType

import attrs

from openakimat.calendar.times import EPOCH_ORDINAL, Place
from openakimat.errors import Fault
from openakimat.kz.identity import bin_fault, iin_fault
from openakimat.register.entries.times import read_written

MAX_TEXT = 10_000

Iin = NewType("Iin", str)
"""The number of a person."""

Bin = NewType("Bin", str)
"""The number of an organization."""


@attrs.frozen
class When:
    """A time of a register: an instant, and whether its hour was told."""

    at: datetime
    exact: bool


@attrs.frozen
class RawRow:
    """A row as it stands: its line, its cells by column.

    Where its shape is `wrong`, how many cells it has, and how many names the head; `doubts` change no term.
    """

    line: int
    cells: dict[str, str]
    wrong: tuple[int, int] | None = None
    doubts: tuple[Fault, ...] = ()


class Unread(ValueError):
    """A cell that cannot be read: the code of its fault, and what its words are filled with."""


_FORMULA = re.compile(r"\s*=")
"""A dash, a plus or an `@` begins many a topic: whoever writes a file for a spreadsheet escapes them."""


def read_time(cell: str, place: Place, /) -> When:
    """A time as registers write it, to the minute; without an offset, by the place's clock.

    Raises `Unread` if it is no time, or no such day.

    >>> from openakimat import kz
    >>> read_time("18.03.2026 18:40", kz.place("Aqtobe")).at.isoformat()
    '2026-03-18T18:40:00+05:00'
    """
    written = read_written(cell.strip())
    if written is None:
        raise Unread("no-time", cell[:40])
    at = written.at if written.exact else datetime.combine(written.at.date(), time(12))
    return When(locate(at, place), written.exact)


def locate(at: datetime, place: Place, /) -> datetime:
    """An instant by the clock of a place, which tells it where it has no offset."""
    if at.tzinfo is None:
        wall = (at.toordinal() - EPOCH_ORDINAL) * 86_400 + at.hour * 3600 + at.minute * 60
        at = place.at_wall(wall)
    return place.local(at)


def read_day(cell: str, place: Place, /) -> date:
    """A day, written as a time is or without its hour.

    >>> from openakimat import kz
    >>> read_day("18.03.2026", kz.place("Aqtobe"))
    datetime.date(2026, 3, 18)
    """
    return place.day_of(read_time(cell, place).at)


def read_text(cell: str, _: Place, /) -> str:
    """Words that neither a screen nor a spreadsheet would run.

    Raises `Unread` if they are too many, hold a control character, or begin as a formula does.
    """
    if len(cell) > MAX_TEXT:
        raise Unread("too-long", f"{len(cell):,}", f"{MAX_TEXT:,}")
    # what is printable holds no control character, and is told so without a look at every sign
    if not cell.isprintable() and any(
        unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t\r" for sign in cell
    ):
        raise Unread("control-character")
    if _FORMULA.match(cell):
        raise Unread("formula", cell[:20])
    return cell.strip()


Reader = Callable[[str, Place], Any]


def _read_checked(code: str, find_fault: Callable[[str], str | None]) -> Reader:
    def read(cell: str, _: Place) -> str:
        if why := find_fault(cell.strip()):
            raise Unread(code, why)
        return cell.strip()

    return read


READERS: Mapping[Any, Reader] = {
    str: read_text,
    When: read_time,
    When | None: read_time,
    date | None: read_day,
    Iin | None: _read_checked("iin", iin_fault),
    Bin | None: _read_checked("bin", bin_fault),
}
"""How the cells of a column are read, by the type that its field is declared of."""


_NUMBERS = (
    re.compile(r"(?<!\d)(?=(\d(?:[\s./\\_‐-―-]{0,3}\d){11})(?!\d))"),
    re.compile(r"(?<!\d)(?=(\d{9,11})(?!\d))"),
)
"""Twelve digits parted in any way, or as many as a spreadsheet leaves: it drops zeros in front.

Those that another begins within are looked at too: any of them may be the number.
"""

_SHOWN = 4


def mask(text: str, /) -> str:
    """A text in which no number of a person stands whole.

    >>> mask("Жалоба гр. 850817300107 по делу 2026-00000077")
    'Жалоба гр. ********0107 по делу 2026-00000077'
    """
    if not any(map(str.isdigit, text)):
        return text
    for pattern in _NUMBERS:
        for found in pattern.finditer(text):
            digits = "".join(filter(str.isdigit, found[1])).zfill(12)
            if iin_fault(digits) is None:
                start, shown = found.start(1), found.end(1) - _SHOWN
                text = f"{text[:start]}{'*' * (shown - start)}{text[shown:]}"
    return text
