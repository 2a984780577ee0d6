"""Cells under our columns, as they are read: cleaned, in our words, and times as they were meant."""

import re
from collections.abc import Iterator, Mapping

import attrs

from openakimat.calendar.times import Place
from openakimat.errors import Fault
from openakimat.kz.numbers import likeness
from openakimat.register.entries.cells import RawRow, locate, read_day, read_time
from openakimat.register.entries.columns import COLUMNS
from openakimat.register.entries.entry import read_times
from openakimat.register.entries.times import PIVOT, Written, read_written, show_written, words
from openakimat.register.faults import register_fault
from openakimat.register.files.head import clean, key_of
from openakimat.register.files.mapping import ColumnMapping
from openakimat.register.files.text import Warn

TIMES = frozenset(
    name for name, column in COLUMNS.items() if column.read in {read_time, read_day, read_times}
)

_TRANSLATED = ("kind", "channel", "state")
"""Columns whose usual words in Kazakh and Russian are known, with or without a mapping."""

_ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eе][+-]?\d{1,3}", re.IGNORECASE)


@attrs.frozen
class Cells:
    """How the cells of a register are read under a mapping."""

    mapping: ColumnMapping
    warn: Warn
    place: Place | None = None
    nulls: frozenset[str] = frozenset()
    begins: frozenset[str] = frozenset()
    words: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    times_differ: bool = False
    _numbers: dict[str, str] = attrs.field(factory=dict)

    @classmethod
    def of(cls, mapping: ColumnMapping, warn: Warn) -> "Cells":
        """Those of a mapping."""
        ours = {name: dict(words()["values"][name]) for name in _TRANSLATED}
        for name, told in mapping.values.items():
            ours[name] = ours.get(name, {}) | {key_of(word): own for word, own in told.items()}
        nulls = frozenset(map(key_of, (*words()["nulls"], *mapping.nulls)))
        begins = frozenset(word[:1] for word in nulls)
        plain = (mapping.formats, mapping.zone, mapping.clock, mapping.pivot)
        differ = plain != ((), "", "instant", PIVOT)
        return cls(mapping, warn, mapping.place, nulls, begins, ours, differ)

    def read(self, row: RawRow) -> RawRow:
        """A row under our columns, its cells read."""
        cells = {name: self.read_cell(name, cell) for name, cell in row.cells.items()}
        return RawRow(row.line, cells, row.wrong, tuple(self._find_doubts(cells)))

    def read_cell(self, name: str, cell: str) -> str:
        """A cell of a column of ours; as it was written, where it is not understood."""
        cell = clean(cell)
        if not cell:
            return ""
        # Most cells begin as no word for nothing does.
        if cell[0].casefold() in self.begins and key_of(cell) in self.nulls:
            return ""
        if translated := self.words.get(name):
            return translated.get(key_of(cell), cell)
        if name == "their_due" or (self.times_differ and name in TIMES):
            return "; ".join(self._read_time(name, one.strip()) for one in cell.split(";"))
        return cell

    def _read_time(self, name: str, cell: str) -> str:
        told = self.find_time(cell)
        if told is None:
            return cell
        if name == "their_due" and (told.at.hour, told.at.minute) == (23, 59):
            told = attrs.evolve(told, exact=False)  # the last moment of a day is that day
        return show_written(told)

    def find_time(self, cell: str) -> Written | None:
        """The time that a cell tells, with its offset where the mapping tells it."""
        told = read_written(cell, self.mapping.formats, self.mapping.pivot)
        if told is None:
            return None
        at = told.at
        if self.mapping.clock == "wall":
            at = at.replace(tzinfo=None)
        elif at.tzinfo is None and told.exact and self.place is not None:
            at = locate(at, self.place)
        return Written(at, told.exact)

    def _find_doubts(self, cells: dict[str, str]) -> Iterator[Fault]:
        """Numbers that look like others, or like what a spreadsheet made of them."""
        if number := cells.get("number", ""):
            other = self._numbers.setdefault(likeness(number), number)
            if other != number:
                yield register_fault("number", "looks-alike", number, other)
            if _ROUNDED.fullmatch(number):
                yield register_fault("number", "rounded", number)
