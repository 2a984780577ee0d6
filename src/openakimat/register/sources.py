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

from openakimat.errors import Fault, Malformed, none_of, reason_of, unknown_fault
from openakimat.register.cells import RawRow, read_time
from openakimat.register.columns import COLUMNS
from openakimat.trail.codec import read

csv.field_size_limit(2**24)

_OFFSET = re.compile(r"(?<=\d)(Z|[+-]\d{2}:?\d{2})$")

_TIMES = {name for name, column in COLUMNS.items() if column.read is read_time}


def _one_of(*known: str) -> Callable[[object, attrs.Attribute[str], str], None]:
    def check(_: object, attribute: attrs.Attribute[str], word: str) -> None:
        if word not in known:
            raise ValueError(f"{attribute.name} {none_of(word, known)}")

    return check


@attrs.frozen
class Mark:
    """What an activity of an event log tells: a column of ours, by its first or last event."""

    column: str
    which: str = attrs.field(default="first", validator=_one_of("first", "last"))


@attrs.frozen
class Events:
    """The columns of case, activity and time of an event log, and what its activities mark."""

    case: str
    activity: str
    time: str
    marks: dict[str, Mark] = attrs.field(factory=dict)


@attrs.frozen
class ColumnMapping:
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
    clock: str = attrs.field(default="instant", validator=_one_of("instant", "wall"))


def read_mapping(path: Path, /) -> ColumnMapping:
    """The mapping in a TOML file.

    Raises:
        Malformed: It is not TOML, or has keys or values that mean nothing; all at once. A
            column that there is none of is told with the nearest.
    """
    try:
        plain = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
        raise Malformed(f"mapping {path}", [Fault("", reason_of(wrong))]) from wrong
    faults = [*_take_out_unknown(plain)]
    try:
        mapping = read(plain, ColumnMapping)
    except Malformed as wrong:
        raise Malformed(f"mapping {path}", [*faults, *wrong.faults]) from wrong
    faults += (
        unknown_fault(f"events.marks.{activity}", mark.column, COLUMNS)
        for activity, mark in (mapping.events.marks if mapping.events else {}).items()
        if mark.column not in COLUMNS
    )
    if faults:
        raise Malformed(f"mapping {path}", faults)
    return mapping


_KEYS: dict[str, Iterable[str]] = {
    "": [field.name for field in attrs.fields(ColumnMapping)],
    "columns": COLUMNS,
    "constants": COLUMNS,
    "events": [field.name for field in attrs.fields(Events)],
}
"""The keys that each table of a mapping may have."""


def _take_out_unknown(plain: dict[str, Any]) -> Iterator[Fault]:
    """The keys of a mapping that mean nothing, each taken out of it and told with the nearest."""
    for part, known in _KEYS.items():
        table = plain.get(part) if part else plain
        if not isinstance(table, dict):
            continue
        for name in [key for key in table if key not in known]:
            del table[name]
            yield unknown_fault(part, name, known)


def rows(
    path: Path, mapping: ColumnMapping | None = None, /, *, encoding: str = "utf-8"
) -> Iterator[RawRow]:
    """The rows of a register, read as they are wanted.

    Raises:
        Malformed: The file cannot be read, is in another encoding, or lacks a column mapped.
    """
    theirs = _read_xes(path) if path.suffix == ".xes" else _read_csv(path, encoding)
    if mapping is None:
        return theirs
    if mapping.events is not None:
        ours = _gather_cases(theirs, mapping, mapping.events)
    else:
        ours = (_map_row(row, mapping) for row in theirs)
    return ours if mapping.clock == "instant" else map(_strip_offsets, ours)


def _strip_offsets(row: RawRow) -> RawRow:
    """A row whose times have lost their offsets."""
    times = {name: _OFFSET.sub("", cell) for name, cell in row.cells.items() if name in _TIMES}
    return attrs.evolve(row, cells=row.cells | times)


def _map_row(row: RawRow, mapping: ColumnMapping) -> RawRow:
    """A row under our columns."""
    _require("register", mapping.columns.values(), row)
    cells = {ours: row.cells[theirs] for ours, theirs in mapping.columns.items()}
    return attrs.evolve(row, cells=mapping.constants | cells)


def _require(what: str, names: Iterable[str], row: RawRow) -> None:
    """Raise Malformed where a column that the mapping names is not there."""
    if missing := [Fault(name, "no such column") for name in names if name not in row.cells]:
        raise Malformed(what, missing)


def _gather_cases(
    rows: Iterable[RawRow], mapping: ColumnMapping, events: Events
) -> Iterator[RawRow]:
    """One row a case: the cells of its first event, and the times that its activities mark."""
    cases: dict[str, RawRow] = {}
    for event in rows:
        _require("event log", (events.case, events.activity, events.time), event)
        number, time = event.cells[events.case], event.cells[events.time]
        if number not in cases:
            cases[number] = _map_row(event, mapping)
        if mark := events.marks.get(event.cells[events.activity]):
            cells = cases[number].cells
            known = cells.get(mark.column)
            if known is None or _is_earlier(time, known) == (mark.which == "first"):
                cells[mark.column] = time
    yield from cases.values()


def _is_earlier(time: str, other: str) -> bool:
    """Whether one written time is before another; as text, where they are no times."""
    try:
        return datetime.fromisoformat(time) < datetime.fromisoformat(other)
    except (ValueError, TypeError):
        return time < other


# -- files ----------------------------------------------------------------------------


def _read_csv(path: Path, encoding: str) -> Iterator[RawRow]:
    """The rows of a CSV file."""
    name = "utf-8-sig" if encoding == "utf-8" else encoding
    try:
        with path.open(encoding=name, newline="") as file:
            yield from _read_table(file, path)
    except UnicodeError as wrong:
        what = f"byte {wrong.start}" if isinstance(wrong, UnicodeDecodeError) else "the file"
        why = (
            f"{what} is not {encoding}: save the file as UTF-8, or name its "
            "encoding (cp1251 is usual for spreadsheets in Russian and Kazakh)"
        )
        raise Malformed(f"register {path}", [Fault("", why)]) from wrong
    except (OSError, LookupError, ValueError, csv.Error) as wrong:
        raise Malformed(f"register {path}", [Fault("", reason_of(wrong))]) from wrong


def _read_table(file: Iterable[str], path: Path) -> Iterator[RawRow]:
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
            yield RawRow(line, dict(zip(names, cells, strict=False)), wrong)
        line = reader.line_num + 2


def _read_xes(path: Path) -> Iterator[RawRow]:
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
                    yield RawRow(n, {**of_trace, **_attributes(event)})
            element.clear()
    except (OSError, ElementTree.ParseError) as wrong:
        raise Malformed(f"register {path}", [Fault("", reason_of(wrong))]) from wrong


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    return {
        child.get("key", ""): child.get("value", "") for child in element if "key" in child.attrib
    }
