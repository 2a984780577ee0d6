"""Rows of a text with separators, and of JSON: read line by line, each of them bounded."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain, islice
from typing import Any

from openakimat.errors import Fault, Malformed
from openakimat.register.entries.cells import RawRow
from openakimat.register.faults import register_fault
from openakimat.register.files.encoding import find_encoding, same_encoding
from openakimat.register.files.head import Record, Table, find_table, show_value
from openakimat.register.files.kind import MAX_WHOLE, Peeked, too_big
from openakimat.register.files.logs import read_ocel

csv.field_size_limit(2**24)

MAX_LINE = 2**22

MAX_RECORD = 2**25
"""A row of many lines has no more signs: a quote that is never closed would take in all the rest."""

_SEPARATORS = ",;\t|^¦"
_LOOK = 40
Warn = Callable[[Fault], None]


def open_text(file: Peeked, encoding: str, warn: Warn) -> tuple[io.TextIOWrapper, str]:
    """The text of a file, and its encoding: that told, or that found."""
    if encoding:
        name = same_encoding(encoding)
    else:
        name, sure = find_encoding(file.sample)
        if not sure:
            warn(register_fault("", "encoding-guessed", name))
    return io.TextIOWrapper(file, name, newline=""), name  # type: ignore[arg-type]  # it asks for more of a stream than it uses


def decode_fault(wrong: UnicodeError, file: Peeked, encoding: str) -> Fault:
    """The fault of a byte that is not of the encoding, by its place in the file."""
    if isinstance(wrong, UnicodeDecodeError):
        place = file.n_read - len(wrong.object) + wrong.start
        return register_fault("", "no-encoding", place, encoding.removesuffix("-sig"))
    return register_fault("", "no-mark", encoding)


class _Lines:
    """The lines of a text, and how many signs were read since a row began."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.size = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(MAX_LINE + 1):
            self.size += len(line)
            if len(line) > MAX_LINE or self.size > MAX_RECORD:
                raise Malformed("register", [register_fault("", "line-too-long", f"{MAX_LINE:,}")])
            yield line


def read_csv(text: io.TextIOWrapper, wanted: Collection[str], encoding: str) -> Table:
    """A table of a text."""
    lines = _Lines(text)
    stream = iter(lines)
    first = list(islice(stream, _LOOK))
    named = first[0].strip().lstrip("\ufeff").lower() if first else ""
    n_before = 0
    if named.startswith("sep=") and len(named) == len("sep=;"):
        separator, n_before = named[-1], 1
    else:
        separator = _find_separator(first)
    records = _records(chain(first[n_before:], stream), separator, lines, n_before)
    return find_table("csv", records, wanted, encoding=encoding, separator=separator)


def _find_separator(lines: Iterable[str]) -> str:
    lines = list(lines)
    scores = dict[str, tuple[float, int]]()
    for separator in _SEPARATORS:
        try:
            widths = Counter(len(one) for one in csv.reader(lines, delimiter=separator) if one)
        except csv.Error:
            continue
        wide = {width: n for width, n in widths.items() if width > 1}
        if wide:
            width = max(wide, key=lambda one: (wide[one], one))
            scores[separator] = (wide[width] / widths.total(), width)
    return max(scores, key=lambda one: scores[one], default=",")


def _records(lines: Iterable[str], separator: str, read: _Lines, n_before: int) -> Iterator[Record]:
    reader = csv.reader(lines, delimiter=separator)
    line = n_before + 1
    for cells in reader:
        yield line, cells
        line, read.size = reader.line_num + n_before + 1, 0


_OCEL = {"events", "objects"}
_CHUNK = 2**16
_JSON = json.JSONDecoder(parse_int=str, parse_float=str)
"""Numbers stay as they are written: no zero is lost, and none is too long."""


def read_json(text: io.TextIOWrapper) -> Table:
    """The rows of JSON lines, of an array, of an object that holds one, or of an OCEL log."""
    first = text.readline(MAX_LINE + 1).lstrip("\ufeff")
    while first and not first.strip():
        first = text.readline(MAX_LINE + 1)
    if first.lstrip().startswith("["):
        return Table("json", _read_array(first.lstrip()[1:], text))
    try:
        row = _load(_JSON.decode, first)
    except ValueError:
        row = None
    if isinstance(row, dict) and not _find_rows(row) and not row.keys() >= _OCEL:
        return Table("json lines", _read_lines(first, text))
    rest = text.read(MAX_WHOLE + 1)
    if len(rest) > MAX_WHOLE:
        raise Malformed("register", [too_big()])
    whole = _load(_JSON.decode, first + rest)
    if isinstance(whole, dict) and whole.keys() >= _OCEL:
        return Table("ocel", read_ocel(whole))
    return Table("json", (_row(n, one) for n, one in enumerate(_find_rows(whole), start=1)))


def _read_array(held: str, text: io.TextIOWrapper) -> Iterator[RawRow]:
    """The values of an array after its bracket, each let go once it was read."""
    n = at = 0
    while True:
        start = at
        try:
            row, at = _load(_JSON.raw_decode, held, _skip_blanks(held, start))
            at = _skip_blanks(held, at)
            sign = held[at]
        except (ValueError, IndexError):
            if not n and held[start:].lstrip().startswith("]"):
                return
            more = text.read(max(_CHUNK, len(held) - start))
            if not more or len(held) - start > MAX_RECORD:
                raise ValueError("an array that does not end, or holds what is no value") from None
            held, at = held[start:] + more, 0
            continue
        n, at = n + 1, at + 1
        yield _row(n, row)
        if sign != ",":
            break
    if sign != "]" or (held[at:] + text.read(_CHUNK)).strip():
        raise ValueError("something beside the values of an array")


def _skip_blanks(text: str, at: int) -> int:
    while text[at : at + 1].isspace():
        at += 1
    return at


def _load(read: Callable[..., Any], *of: Any) -> Any:
    try:
        return read(*of)
    except RecursionError:
        raise Malformed("register", [register_fault("", "too-deep")]) from None


def _find_rows(whole: dict[str, Any]) -> list[Any]:
    """The one list of objects that an object holds."""
    lists = [one for one in whole.values() if isinstance(one, list) and one]
    found = [one for one in lists if all(isinstance(row, dict) for row in one)]
    return found[0] if len(found) == 1 else []


def _read_lines(first: str, text: io.TextIOWrapper) -> Iterator[RawRow]:
    line, n = first, 1
    while line:
        if len(line) > MAX_LINE:
            raise Malformed("register", [register_fault("", "line-too-long", f"{MAX_LINE:,}")])
        if line.strip():
            try:
                yield _row(n, _load(_JSON.decode, line))
            except ValueError:
                yield RawRow(n, {}, (0, 1))
        line, n = text.readline(MAX_LINE + 1), n + 1


def _row(line: int, row: Any) -> RawRow:
    if not isinstance(row, dict):
        return RawRow(line, {}, (0, 1))
    cells = dict[str, str]()
    for name, value in row.items():
        if isinstance(value, dict):
            cells |= {f"{name}.{inner}": show_value(one) for inner, one in value.items()}
        else:
            cells[name] = show_value(value)
    return RawRow(line, cells)
