"""Where rows come from: a CSV register, or an event log (CSV or XES) told by a mapping."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import attrs

from openakimat.errors import Fault, Malformed, none_of
from openakimat.register.columns import COLUMNS, Raw
from openakimat.trail.codec import read

csv.field_size_limit(2**24)

_OFFSET = re.compile(r"(?<=\d)(Z|[+-]\d{2}:?\d{2})$")


@attrs.frozen
class RowFault:
    """What is wrong with a row: its line, and the fault, whose path is the column."""

    line: int
    fault: Fault

    @property
    def column(self) -> str:
        """The column it is in; nothing where it is the whole row."""
        return self.fault.path

    @property
    def why(self) -> str:
        """Why it is wrong, in English."""
        return self.fault.why

    def __str__(self) -> str:
        return f"line {self.line}{', ' if self.column else ''}{self.column}: {self.why}"


def _among(*known: str) -> Callable[[object, attrs.Attribute[str], str], None]:
    def check(_: object, attribute: attrs.Attribute[str], told: str) -> None:
        if told not in known:
            raise ValueError(f"{attribute.name} {none_of(told, known)}")

    return check


@attrs.frozen
class Mark:
    """What an activity of an event log tells: a column of ours, by its first or last event."""

    column: str
    which: str = attrs.field(default="first", validator=_among("first", "last"))


@attrs.frozen
class Events:
    """The columns of case, activity and time of an event log, and what its activities mark."""

    case: str
    activity: str
    time: str
    marks: dict[str, Mark] = attrs.field(factory=dict)


@attrs.frozen
class Mapping:
    """How a file of another system becomes a register.

    Attributes:
        columns: Their column for each of ours: ``received_at = "case:startdate"``.
        constants: Our columns that have one value throughout.
        events: For an event log, how it is read.
        clock: ``instant`` keeps the moment; ``wall`` keeps the hour on the wall, as if
            it had been told by the clock of the office.
    """

    columns: dict[str, str] = attrs.field(factory=dict)
    constants: dict[str, str] = attrs.field(factory=dict)
    events: Events | None = None
    clock: str = attrs.field(default="instant", validator=_among("instant", "wall"))


def read_mapping(path: Path, /) -> Mapping:
    """The mapping in a TOML file.

    Raises:
        Malformed: It is not TOML, or has keys or values that mean nothing; all at once. A
            column that there is none of is told with the nearest.
    """
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise Malformed(f"mapping {path}", [Fault("", str(wrong))]) from wrong
    wrong_keys = [*_taken_out(told)]
    try:
        found = read(told, Mapping)
    except Malformed as wrong:
        raise Malformed(f"mapping {path}", [*wrong_keys, *wrong.faults]) from wrong
    wrong_keys += (
        Fault(f"events.marks.{activity}", none_of(mark.column, COLUMNS))
        for activity, mark in (found.events.marks if found.events else {}).items()
        if mark.column not in COLUMNS
    )
    if wrong_keys:
        raise Malformed(f"mapping {path}", wrong_keys)
    return found


_KEYS: dict[str, Iterable[str]] = {
    "": [field.name for field in attrs.fields(Mapping)],
    "columns": COLUMNS,
    "constants": COLUMNS,
    "events": [field.name for field in attrs.fields(Events)],
}
"""The keys that each table of a mapping may have."""


def _taken_out(told: dict[str, Any]) -> Iterator[Fault]:
    """The keys of a mapping that mean nothing, each taken out of it and told with the nearest."""
    for part, known in _KEYS.items():
        table = told.get(part) if part else told
        if not isinstance(table, dict):
            continue
        for name in [one for one in table if one not in known]:
            del table[name]
            yield Fault(part, none_of(name, known))


def rows(
    path: Path, mapping: Mapping | None = None, /, *, encoding: str = "utf-8"
) -> Iterator[Raw]:
    """The rows of a register, read as they are wanted.

    Raises:
        Malformed: The file cannot be read, is in another encoding, or lacks a column mapped.
    """
    found = _xes(path) if path.suffix == ".xes" else _csv(path, encoding)
    if mapping is None:
        return found
    if mapping.events is not None:
        found = _cases(found, mapping, mapping.events)
    else:
        found = (attrs.evolve(raw, cells=_mapped(raw.cells, mapping)) for raw in found)
    return found if mapping.clock == "instant" else map(_off_the_wall, found)


def _off_the_wall(raw: Raw) -> Raw:
    """A row whose times have lost their offsets."""
    cells = {
        name: _OFFSET.sub("", cell) if name.endswith(("_at", "_for")) else cell
        for name, cell in raw.cells.items()
    }
    return attrs.evolve(raw, cells=cells)


def _mapped(cells: dict[str, str], mapping: Mapping) -> dict[str, str]:
    """Cells under our columns.

    Raises:
        Malformed: A column mapped is not there.
    """
    if missing := [
        Fault(theirs, "no such column")
        for theirs in mapping.columns.values()
        if theirs not in cells
    ]:
        raise Malformed("register", missing)
    return {
        **mapping.constants,
        **{ours: cells[theirs] for ours, theirs in mapping.columns.items()},
    }


def _cases(found: Iterable[Raw], mapping: Mapping, events: Events) -> Iterator[Raw]:
    """One row a case: the cells of its first event, and the times that its activities mark."""
    cases: dict[str, Raw] = {}
    for raw in found:
        if missing := [
            Fault(name, "no such column")
            for name in (events.case, events.activity, events.time)
            if name not in raw.cells
        ]:
            raise Malformed("event log", missing)
        case = cases.get(raw.cells[events.case])
        if case is None:
            case = attrs.evolve(raw, cells=_mapped(raw.cells, mapping))
            cases[raw.cells[events.case]] = case
        if mark := events.marks.get(raw.cells[events.activity]):
            time, known = raw.cells[events.time], case.cells.get(mark.column)
            if known is None or _earlier(time, known) == (mark.which == "first"):
                case.cells[mark.column] = time
    yield from cases.values()


def _earlier(time: str, other: str) -> bool:
    """Whether one written time is before another; as text, where they are no times."""
    try:
        return datetime.fromisoformat(time) < datetime.fromisoformat(other)
    except (ValueError, TypeError):
        return time < other


# -- files ----------------------------------------------------------------------------


def _csv(path: Path, encoding: str) -> Iterator[Raw]:
    """The rows of a CSV file."""
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    try:
        with path.open(encoding=name, newline="") as file:
            yield from _table(file, path)
    except UnicodeError as wrong:
        what = f"byte {wrong.start}" if isinstance(wrong, UnicodeDecodeError) else "the file"
        why = (
            f"{what} is not {encoding}: save the file as UTF-8, or name its "
            "encoding (cp1251 is usual for spreadsheets in Russian and Kazakh)"
        )
        raise Malformed(f"register {path}", [Fault("", why)]) from wrong
    except (OSError, LookupError, ValueError, csv.Error) as wrong:
        raise Malformed(f"register {path}", [Fault("", str(wrong))]) from wrong


def _table(file: Iterable[str], path: Path) -> Iterator[Raw]:
    """Rows under the names of a head; the separator is told from the head."""
    lines = iter(file)
    head = next(lines, "")
    separator = max(",;\t", key=head.count)
    names = [name.strip() for name in next(csv.reader([head], delimiter=separator), [])]
    if not any(names):
        raise Malformed(f"register {path}", [Fault("", "the file is empty")])
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Malformed(
            f"register {path}", [Fault(name, "the column stands twice") for name in twice]
        )
    reader = csv.reader(lines, delimiter=separator)
    line = 2
    for cells in reader:
        if any(cells):
            wrong = None if len(cells) == len(names) else (len(cells), len(names))
            yield Raw(line, dict(zip(names, cells, strict=False)), wrong)
        line = reader.line_num + 2


def _xes(path: Path) -> Iterator[Raw]:
    """The events of an XES log, each with the attributes of its trace as ``case:…``."""
    n = 0
    try:
        for _, element in ElementTree.iterparse(path):  # noqa: S314 - expat bounds the expansion of entities
            if _tag(element) != "trace":
                continue
            of_trace = {f"case:{key}": value for key, value in _attributes(element).items()}
            for event in element:
                if _tag(event) == "event":
                    n += 1
                    yield Raw(n, {**of_trace, **_attributes(event)})
            element.clear()
    except (OSError, ElementTree.ParseError) as wrong:
        raise Malformed(f"register {path}", [Fault("", str(wrong))]) from wrong


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    return {
        child.get("key", ""): child.get("value", "") for child in element if "key" in child.attrib
    }
