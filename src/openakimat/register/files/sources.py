"""Where rows come from: a file of any kind or a frame, through a mapping."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs

from openakimat.errors import Fault, Malformed, unknown_fault
from openakimat.law.office import Office
from openakimat.register.entries.cells import RawRow, Unread, read_time
from openakimat.register.entries.columns import COLUMNS, REQUIRED
from openakimat.register.entries.times import is_clock, words as written_words
from openakimat.register.faults import register_fault
from openakimat.register.files import open_table
from openakimat.register.files.events import Gathering
from openakimat.register.files.head import Table, key_of
from openakimat.register.files.mapping import ColumnMapping, Events
from openakimat.register.files.text import Warn
from openakimat.register.files.values import Cells
from openakimat.simulate.events import Event

_SHOWN = 30
_MANY = 1_000
_WORD = re.compile(r"\W")


def rows(
    source: Path | Any, mapping: ColumnMapping | None = None, /, *, encoding: str = "",
    warn: Warn | None = None,
) -> Iterator[RawRow]:  # fmt: skip
    """The rows of a register, read as they are wanted.

    The source is a file of any kind that `look` knows, or a pandas or Polars frame; without a
    mapping it has our columns. `warn` is told what is not sure, or may not be meant; the last of it
    at the end.
    Raises `Malformed` if the file cannot be read, is in another encoding, or lacks a column mapped.

    >>> import pandas
    >>> frame = pandas.DataFrame({"Рег. №": ["1"], "Поступило": ["2 марта 2026 г."]})
    >>> told = ColumnMapping({"number": "Рег. №", "received_at": "Поступило"})
    >>> next(rows(frame, told)).cells
    {'number': '1', 'received_at': '2 марта 2026 г.'}
    """
    mapping, tell = mapping or ColumnMapping(), warn or (lambda _: None)
    asked = {key_of(name) for name in _names_of(mapping)} or set(COLUMNS)
    with open_table(source, asked, encoding=encoding, sheet=mapping.sheet, warn=tell) as table:
        columns = _Columns.of(mapping, table)
        cells = Cells.of(mapping, tell)
        theirs = columns.only(table.rows, cells)
        if (events := columns.events) is not None:
            ours = Gathering(events, cells, columns.map).rows(theirs)
        else:
            ours = (RawRow(row.line, columns.map(row), row.wrong, row.doubts) for row in theirs)
        for row in ours:
            yield cells.read(row)
        columns.tell_unused(tell)


def read_events(
    source: Path | Any, mapping: ColumnMapping, office: Office, /, *, warn: Warn | None = None
) -> Iterator[Event]:
    """The events of a log for `simulate.fit`, whatever they mark; what has no case or hour is told of.

    Raises `Malformed` as `rows` does, or where the mapping is of no event log.
    """
    if (of := mapping.events) is None:
        raise Malformed("mapping", [Fault("events", "of no event log")])
    told = {"number": of.case, "topic": of.activity, "received_at": of.time, "official": of.by}
    columns: Any = {ours: (theirs,) for ours, theirs in told.items() if theirs}
    plain = attrs.evolve(mapping, columns=columns, constants={}, values={}, events=None)
    untimed = list[int]()
    for row in rows(source, plain, warn=warn):
        case, name, cell, by = (row.cells.get(ours, "") for ours in told)
        with suppress(Unread):
            when = read_time(cell, office.calendar.place)
            if case and when.exact and not row.wrong:
                yield Event(case, name, when.at, by)
                continue
        untimed.append(row.line)
    if untimed and warn:
        warn(register_fault(f"line {untimed[0]}", "events-untimed", len(untimed)))


def _names_of(mapping: ColumnMapping) -> Iterator[str]:
    for theirs in mapping.columns.values():
        yield from theirs
    yield from mapping.only
    if mapping.events is not None:
        yield from (mapping.events.case, mapping.events.activity, mapping.events.time)


@attrs.define
class _Columns:
    """The columns of a file that a mapping names, as the file has them."""

    mapping: ColumnMapping
    table: Table
    names: Mapping[str, str]
    """Each name of the mapping, and of the file."""
    theirs: Mapping[str, tuple[str, ...]]
    filled: set[str] = attrs.field(factory=set)
    seen: set[str] = attrs.field(factory=set)
    n_rows: int = 0

    @classmethod
    def of(cls, mapping: ColumnMapping, table: Table) -> "_Columns":
        asked = list(dict.fromkeys(_names_of(mapping)))
        if table.names is None:
            names = {name: name for name in asked}
        else:
            known = {key_of(name): name for name in reversed(table.names)}
            names = {name: known[key_of(name)] for name in asked if key_of(name) in known}
        theirs = {
            ours: tuple(names[name] for name in told if name in names)
            for ours, told in mapping.columns.items()
        }
        columns = cls(mapping, table, names, theirs)
        lacking = [name for name in asked if name not in names]
        if mapping.partial:
            needed = [mapping.columns.get(name, ()) for name in REQUIRED]
            lacking = [one[0] for one in needed if one and not set(one) & set(names)]
        columns.refuse(lacking)
        return columns

    @property
    def events(self) -> Events | None:
        """How the log is read, by the names that it has itself."""
        events = self.mapping.events
        if events is None:
            return None
        own: dict[str, Any] = {
            part: self.names[getattr(events, part)] for part in ("case", "activity", "time")
        }
        return attrs.evolve(events, **own)

    def _sums_up(self, row: RawRow, cells: Cells) -> bool:
        """Whether a row begins with a word for what sums up others, and tells no time: it is no case."""
        first = key_of(next(filter(str.strip, row.cells.values()), ""))
        if _WORD.split(first, 1)[0] not in written_words()["totals"]:
            return False
        columns = self.mapping.columns
        names = columns.get("received_at", () if columns else ("received_at",))
        if self.events is not None:
            names = (*names, self.events.time)
        told = (row.cells.get(self.names.get(name, name), "") for name in names)
        return not any(cells.find_time(cell.strip()) for cell in told)

    def refuse(self, lacking: Iterable[str]) -> None:
        has = ", ".join((self.table.names or sorted(self.seen))[:_SHOWN])
        if faults := [register_fault(name, "no-column", has) for name in lacking]:
            raise Malformed("register", faults)

    def only(self, theirs: Iterable[RawRow], cells: Cells) -> Iterator[RawRow]:
        """The rows that count: of the wrong shape all, and none that sums up others."""
        kept = {
            self.names[name]: (name, {key_of(word): word for word in told})
            for name, told in self.mapping.only.items()
            if name in self.names
        }
        found: dict[str, dict[str, str]] = {name: {} for name in kept}
        for row in theirs:
            if self._sums_up(row, cells):
                cells.warn(register_fault("", "total-row", row.line))
                continue
            counts = True
            for name, (_, told) in kept.items():
                word = row.cells.get(name, "")
                counts &= key_of(word) in told
                if len(found[name]) < _MANY:
                    found[name].setdefault(key_of(word), word)
            if counts or row.wrong:
                self.n_rows += 1
                yield row
        for name, (asked, told) in kept.items():
            for key, word in told.items():
                if key not in found[name]:
                    cells.warn(unknown_fault(f"only.{asked}", word, found[name].values()))

    def map(self, row: RawRow) -> dict[str, str]:
        cells = row.cells
        if self.table.names is None:
            self.seen |= cells.keys()
        mapped = dict(self.mapping.constants)
        if not self.mapping.columns and self.mapping.events is None:
            return mapped | cells
        for ours, theirs in self.theirs.items():
            mapped[ours] = cell = _join_cells([cells.get(name, "") for name in theirs])
            if cell:
                self.filled.add(ours)
        return mapped

    def tell_unused(self, warn: Warn) -> None:
        """Warn of columns that are mapped and never told anything."""
        if not self.n_rows:
            return
        if self.table.names is None:
            needed = [name for ours in REQUIRED for name in self.mapping.columns.get(ours, ())[:1]]
            if events := self.mapping.events:
                needed += (events.case, events.activity, events.time)
            self.refuse(name for name in needed if name not in self.seen)
            if self.mapping.partial:  # nothing tells which columns the log has
                return
        for ours, theirs in self.theirs.items():
            if ours not in self.filled and theirs:
                warn(register_fault(f"columns.{ours}", "never-filled", ", ".join(theirs)))


def _join_cells(cells: list[str]) -> str:
    """What several columns tell of one of ours: a day with its hour, or the first that is filled."""
    filled = [cell.strip() for cell in cells if cell and not cell.isspace()]
    if len(filled) > 1 and is_clock(filled[1]):
        return f"{filled[0]} {filled[1]}"
    return filled[0] if filled else ""
