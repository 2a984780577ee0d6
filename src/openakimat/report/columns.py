"""The columns of a docket and of what stands beside it: one table, of which every form is made."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from importlib.resources import files

import attrs

from openakimat.dated import Evidence
from openakimat.judgement.docket import Line
from openakimat.law.words import Words

Value = str | int | float | Decimal | date | datetime | tuple[str, ...] | None

Row = Mapping[str, Value]
"""What the columns of a row hold, in stored names."""

_TELL: Mapping[str, Callable[[Words, str], str]] = {
    "mark": lambda words, value: words.mark(Evidence(value)),
    "source": lambda words, value: words.source(value),
}


@attrs.frozen
class Column:
    """A column: what it holds, how it is told, and where a page shows it.

    What its attributes mean stands in ``columns.toml``.
    """

    name: str
    kind: str = ""
    under: str = ""
    rare: bool = False
    stored: bool = False
    width: int = 14
    choice: bool = False

    def tell(self, value: Value, words: Words, /) -> Value:
        """A value in words; numbers, days and instants as they are."""
        if isinstance(value, tuple):
            return ", ".join(str(self.tell(one, words)) for one in value)
        if not (self.kind and value and isinstance(value, str)):
            return value
        tell = _TELL.get(self.kind)
        return tell(words, value) if tell else words(self.kind, value)


_TOLD = tomllib.loads(files("openakimat.report").joinpath("columns.toml").read_text("utf-8"))

SHEETS: Mapping[str, Sequence[Column]] = {
    sheet: [Column(**column) for column in columns]
    for sheet, columns in (*_TOLD.items(), ("warnings", _TOLD["faults"]))
}
"""The columns of each sheet: totals, docket, not judged, faults, and warnings as faults."""


def day_form(words: Words, /) -> str:
    """How a day is written in a cell: as programs that speak the language read it."""
    return "%Y-%m-%d" if "{iso}" in words.spoken.day else "%d.%m.%Y"


def text_of(value: Value, words: Words, /, *, spoken: bool = False) -> str:
    """A value in a cell; a day with its weekday where it is `spoken`, as on a screen."""
    if isinstance(value, float):
        return f"{value:.1%}"
    if isinstance(value, date):
        clock = " %H:%M" if isinstance(value, datetime) else ""
        if spoken and not clock:
            return words.spoken.day_text(value)
        return value.strftime(day_form(words) + clock)
    return "" if value is None else str(value)


def row_of(line: Line, /, **told: Value) -> Row:
    """A row of a docket: a line, and what else is told of it."""
    row: dict[str, Value] = {
        "number": line.case, "procedure": line.procedure, "standing": line.standing.value,
        "stage": line.stage, "days_late": line.days_late, "days_left": line.days_left,
        "breaches": line.breaches, "note": line.why,
    }  # fmt: skip
    if (due := line.deadline) is not None:
        row |= {
            "due": due.last_day or due.at, "standard": last_in_time(line.standard_at),
            "limit": due.limit, "source": due.edition.source, "evidence": due.evidence.value,
            "forecast": str(due.forecast or ""),
        }  # fmt: skip
    return row | told


def last_in_time(at: datetime | None) -> date | datetime | None:
    """The day that an instant ends, where it is the first of a day; else the instant."""
    ends = at is not None and at.time() == time.min
    return at.date() - timedelta(days=1) if at and ends else at


@attrs.frozen
class Book:
    """What is written at once: its title, the rows of its sheets, what else is to be known of it.

    A page is sorted by the `alphabet`, and shows `pictures` (SVG) above the sheets.
    """

    title: str
    sheets: Mapping[str, Sequence[Row]]
    about: Mapping[str, Value] = attrs.field(factory=dict)
    alphabet: str = ""
    pictures: Sequence[str] = ()

    def shown(self, name: str, /) -> Sequence[Column]:
        """The columns of a sheet for people: without the rare ones that no row has."""
        rows = self.sheets[name]
        held = {name for row in rows for name, value in row.items() if value not in {None, ""}}
        columns = (one for one in SHEETS[name] if not one.stored)
        return [one for one in columns if not one.rare or one.name in held]
