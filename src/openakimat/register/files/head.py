"""Where the head of a table stands, what its columns are called, and the rows under it.

Rules. (1) The head is the line that has most of the names asked for; where none has any, the first
that is nearly as wide as the widest and holds no time and no number. (2) A head of two lines is one
name a column: the upper word reaches to the next, as a merged cell does. (3) A line of 1, 2, 3 …
under a head is of the head. (4) Nothing under it is passed over but empty lines.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import Any

import attrs

from openakimat.errors import Malformed
from openakimat.register.entries.cells import RawRow
from openakimat.register.faults import register_fault

MAX_COLUMNS = 16_384
"""As many as a spreadsheet has."""

_LOOK = 40
_WIDE = 0.6
_BLANKS = re.compile(r"\s+")

_INVISIBLE = re.compile(
    r"[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)

Record = tuple[int, list[str]]
"""A line and its cells."""


@attrs.frozen
class Table:
    """A file as far as its head, and its rows as they are wanted; no names, where each row tells its own."""

    kind: str
    rows: Iterator[RawRow]
    names: tuple[str, ...] | None = None
    encoding: str = ""
    separator: str = ""
    head: int = 0


def clean(cell: str, /) -> str:
    r"""A cell without blanks around it and signs that cannot be seen, its letters composed.

    >>> clean("\u00a0А-1\u200b ")
    'А-1'
    """
    if cell.isascii():
        return cell.strip()
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", cell)).strip()


@lru_cache(4096)
def key_of(cell: str, /) -> str:
    r"""By what two words are the same: however they are spaced, and in letters of any size.

    >>> key_of("Дата \n поступления")
    'дата поступления'
    """
    return _BLANKS.sub(" ", clean(cell)).casefold()


def show_value(value: Any, /) -> str:
    """A value as a cell: nothing where there is none, a day without an hour where it is midnight.

    >>> show_value(77.0), show_value(None), show_value(float("nan"))
    ('77', '', '')
    >>> show_value(datetime(2026, 3, 2, 9, 15)), show_value(datetime(2026, 3, 2))
    ('2026-03-02 09:15', '2026-03-02')
    """
    if isinstance(value, str):
        return value
    # NaN and NaT are not themselves, and of NA of pandas nobody can tell.
    if value is None or type(value).__name__ == "NAType" or value != value:  # noqa: PLR0124 - what it asks
        return ""
    if isinstance(value, datetime):
        # A spreadsheet and a frame have no days: theirs are midnights.
        midnight = value.time() == time() and value.tzinfo is None
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return "; ".join(map(show_value, value))
    return str(value)


def find_table(kind: str, records: Iterable[Record], wanted: Collection[str], **of: str) -> Table:
    """The head among the first lines, and the rows under it.

    `wanted` are the names that are asked for, as `key_of` has them.
    """
    lines = iter(records)
    first = [record for record in islice(lines, _LOOK) if any(map(str.strip, record[1]))]
    if not first:
        raise Malformed("register", [register_fault("", "file-empty")])
    if max(len(cells) for _, cells in first) > MAX_COLUMNS:
        raise Malformed("register", [register_fault("", "too-wide", f"{MAX_COLUMNS:,}")])
    n, height = _find_head(first, wanted)
    cells = _join_heads(*(one for _, one in first[n : n + height]))
    names = _name_columns(cells, wanted)
    under = first[n + height :]
    if under and _is_numbering(under[0][1]):
        under = under[1:]
    rows = _rows_under(names, len(cells), chain(under, lines))
    return Table(kind, rows, tuple(names), head=first[n][0], **of)


def _find_head(first: Sequence[Record], wanted: Collection[str]) -> tuple[int, int]:
    """Which line the head begins on, and of how many it is."""
    scores = dict[tuple[int, int], int]()
    for n, (_, cells) in enumerate(first):
        scores[n, 1] = sum(key_of(cell) in wanted for cell in cells)
        if n + 1 < len(first) and not any(map(str.isdigit, "".join(first[n + 1][1]))):
            joined = _join_heads(cells, first[n + 1][1])
            scores[n, 2] = sum(key_of(cell) in wanted for cell in joined)
    best = max(scores, key=lambda one: (scores[one], -one[0], -one[1]))
    if scores[best]:
        return best
    widths = [sum(map(bool, map(str.strip, cells))) for _, cells in first]
    wide = [n for n, width in enumerate(widths) if width >= _WIDE * max(widths)]
    worded = (n for n in wide if not any(cell[:1].isdigit() for cell in first[n][1]))
    n = next(worded, wide[0])
    return n, 2 if _is_upper(first[n][1], first[n + 1 : n + 2]) else 1


def _is_upper(cells: Sequence[str], after: Sequence[Record]) -> bool:
    """Whether a line is the upper one of two heads: where it is empty, the lower one tells a name."""
    under = after[0][1] if after else []
    inner = [n for n, cell in enumerate(cells[: len(under)]) if not cell.strip()]
    named = bool(inner) and all(under[n].strip() for n in inner)
    return named and bool(cells[0].strip()) and not any(map(str.isdigit, "".join(under)))


def _join_heads(upper: Sequence[str], lower: Sequence[str] = ()) -> list[str]:
    if not lower:
        return list(upper)
    joined, reach = [], ""
    for n in range(max(len(upper), len(lower))):
        own = upper[n] if n < len(upper) else ""
        part = lower[n] if n < len(lower) else ""
        reach = own if own.strip() else reach
        joined.append(f"{reach} {part}" if part.strip() else own)
    return joined


def _name_columns(cells: Sequence[str], wanted: Collection[str]) -> list[str]:
    """The names of the columns, those at the end that are empty left out; no name stands twice."""
    names = [_BLANKS.sub(" ", clean(cell)) for cell in cells]
    while names and not names[-1]:
        names.pop()
    twice = [name for name, n in Counter(names).items() if n > 1 and key_of(name) in wanted]
    if twice:
        raise Malformed(
            "register", [register_fault(name, "column-twice") for name in sorted(twice)]
        )
    seen = Counter[str]()
    for n, name in enumerate(names):
        seen[name] += 1
        if not name:
            names[n] = f"#{n + 1}"
        elif seen[name] > 1:
            names[n] = f"{name} ({seen[name]})"
    return names


def _is_numbering(cells: Sequence[str]) -> bool:
    told = [cell.strip() for cell in cells if cell.strip()]
    numbers = [int(cell) for cell in told if cell.isascii() and cell.isdigit() and len(cell) < 6]  # noqa: PLR2004 - a serial of columns is short
    few = 3
    return len(told) == len(numbers) >= few and all(b - a == 1 for a, b in pairwise([0, *numbers]))


def _rows_under(names: Sequence[str], width: int, records: Iterable[Record]) -> Iterator[RawRow]:
    """Rows by the names of the head; of another shape is one that has cells where it has no names."""
    n_names = len(names)
    for line, cells in records:
        if not any(cells):
            continue
        if n_names <= len(cells) <= width and not any(cells[n_names:]):
            yield RawRow(line, dict(zip(names, cells, strict=False)))
        else:
            yield RawRow(line, dict(zip(names, cells, strict=False)), (len(cells), n_names))
