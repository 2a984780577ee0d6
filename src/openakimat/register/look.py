"""A look at a file before it is mapped: what it is, what its columns seem to hold, a mapping drafted.

Rules. (1) Everything here is a guess for a person to read; nothing is judged by it. (2) No personal
number is shown whole, and of whose names a column holds nothing is shown.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from openakimat.kz.identity import bin_fault, iin_fault
from openakimat.kz.law import KINDS
from openakimat.law.words import Words
from openakimat.register.entries.cells import mask
from openakimat.register.entries.columns import REQUIRED
from openakimat.register.entries.times import read_written, words as written_words
from openakimat.register.files import open_table
from openakimat.register.files.head import clean, key_of
from openakimat.register.files.text import Warn

_MANY = 1_000
_EXAMPLES = 3
_MOSTLY = 0.9
_PERSONAL = re.compile(r"\d{10,}")


@attrs.define
class ColumnLook:
    """What a column holds: how many cells, the first words, and what it seems to be."""

    name: str
    n_filled: int = 0
    n_of: Counter[str] = attrs.field(factory=Counter)
    ours: str = ""

    @property
    def seems(self) -> str:
        """What most of its first words are: time, day, person, unique, words, text, or empty."""
        n = self.n_of.total()
        if not n:
            return "empty"
        told = [read_written(cell) for cell in self.n_of]
        times = [one for one in told if one is not None]
        if len(times) >= _MOSTLY * len(told):
            return "time" if any(one.exact for one in times) else "day"
        if sum(not (iin_fault(one) and bin_fault(one)) for one in self.n_of) >= _MOSTLY * len(told):
            return "person"
        if len(self.n_of) == n > 1:
            return "unique"
        return "words" if 2 * len(self.n_of) <= n else "text"

    @property
    def examples(self) -> list[str]:
        """Some of its words, without what tells of persons."""
        if self.ours == "applicant":
            return ["•••"] if self.n_filled else []
        shown = (_PERSONAL.sub(lambda one: "•" * len(one[0]), mask(cell)) for cell in self.n_of)
        return [one[:40] for one, _ in zip(shown, range(_EXAMPLES), strict=False)]


@attrs.frozen
class Look:
    """What a file is and seems to hold.

    The lines `wrong` are first rows that have not the shape of the head; a `log` has columns of case,
    activity and time.
    """

    kind: str
    encoding: str
    separator: str
    head: int
    n_rows: int
    wrong: tuple[int, ...]
    columns: tuple[ColumnLook, ...]
    log: Mapping[str, str]

    def column(self, name: str) -> ColumnLook:
        """The column of a name."""
        return next(one for one in self.columns if one.name == name)


def look(
    source: Path | Any, /, *, encoding: str = "", sheet: str = "", warn: Warn = lambda _: None
) -> Look:
    """Look at a file, or at a frame. Raises `Malformed` if it cannot be read.

    >>> import pandas
    >>> found = look(pandas.DataFrame({"Рег. №": ["1", "2"], "Поступило": ["2 марта 2026 г."] * 2}))
    >>> [(one.ours, one.seems) for one in found.columns]
    [('number', 'unique'), ('received_at', 'day')]
    """
    usual = written_words()
    wanted = {name for part in ("columns", "log") for told in usual[part].values() for name in told}
    n, wrong, columns = 0, list[int](), dict[str, ColumnLook]()
    with open_table(source, wanted, encoding=encoding, sheet=sheet, warn=warn) as table:
        columns |= {name: ColumnLook(name) for name in table.names or ()}
        for row in table.rows:
            n += 1
            if row.wrong and len(wrong) < _MANY:
                wrong.append(row.line)
            for name, cell in row.cells.items():
                column = columns.setdefault(name, ColumnLook(name))
                if cell := clean(cell):
                    column.n_filled += 1
                    if len(column.n_of) < _MANY or cell in column.n_of:
                        column.n_of[cell] += 1
    known = {key_of(name): name for name in reversed(columns)}
    for ours, name in _guess(usual["columns"], known).items():
        columns[name].ours = columns[name].ours or ours
    log = _guess(usual["log"], known)
    # One row a case is a register, whatever its columns are called.
    if len(log) < len(usual["log"]) or columns[log["case"]].seems == "unique":
        log = {}
    if not log:
        _guess_required(list(columns.values()))
    found = tuple(columns.values())
    return Look(
        table.kind, table.encoding, table.separator, table.head, n, tuple(wrong), found, log
    )


def _guess(usual: Mapping[str, list[str]], known: Mapping[str, str]) -> dict[str, str]:
    """Their column for each of ours that one of the usual names tells; each of theirs once."""
    found = dict[str, str]()
    for ours, names in usual.items():
        free = (
            known[name] for name in names if name in known and known[name] not in found.values()
        )
        if name := next(free, ""):
            found[ours] = name
    return found


def _guess_required(columns: list[ColumnLook]) -> None:
    """Where no name tells number and receipt: the first column that is of their kind."""
    fitting = {"number": ("unique",), "received_at": ("time", "day")}
    for ours in REQUIRED:
        if all(one.ours != ours for one in columns):
            free = (one for one in columns if not one.ours and one.seems in fitting[ours])
            if column := next(free, None):
                column.ours = ours


def draft(found: Look, /) -> str:
    """A mapping of the file, as TOML: it runs, and a person reads it first."""
    return "\n".join(_draft(found)) + "\n"


def _draft(found: Look) -> Iterator[str]:
    yield "# Drafted by `openakimat look`: read every line before you rely on it."
    columns = {one.ours: one.name for one in found.columns if one.ours}
    if found.log:
        columns["number"] = found.log["case"]
        taken = {found.log["activity"], found.log["time"]}
        columns = {ours: name for ours, name in columns.items() if name not in taken}
    yield "\n[columns]"
    yield from (f"{ours} = {_quote(name)}" for ours, name in columns.items())
    for one in found.columns:
        if one.name not in {*columns.values(), *found.log.values()}:
            yield f"# not mapped: {_quote(one.name)} ({one.seems})"
    if "kind" not in columns:
        yield '\n[constants]\nkind = "application"'
    for ours, usual in written_words()["values"].items():
        if ours in columns:
            yield f"\n[values.{ours}]"
            yield from _draft_words(found, columns, ours, usual)
    if found.log:
        yield "\n[events]"
        yield from (f"{part} = {_quote(name)}" for part, name in found.log.items())
        yield "\n[events.marks]"
        yield from _draft_marks(found, columns)


def _draft_words(
    found: Look, columns: Mapping[str, str], ours: str, usual: Mapping[str, str | list[str]]
) -> Iterator[str]:
    """Our word for each of theirs; of outcomes that of the kinds that the file has."""
    known = dict[str, list[str]]()
    if ours == "outcome":
        theirs = found.column(columns["kind"]).n_of if "kind" in columns else ("application",)
        kinds = (written_words()["values"]["kind"].get(key_of(word), word) for word in theirs)
        outcomes = written_words()["outcomes"]
        known = {kind: outcomes.get(KINDS.get(kind), []) for kind in dict.fromkeys(kinds)}
    yield from (f"# {kind}: {', '.join(words)}" for kind, words in known.items() if words)
    fitting = {one for words in known.values() for one in words}
    for word in list(found.column(columns[ours]).n_of)[:50]:
        told = usual.get(key_of(word), [])
        fits = [told] if isinstance(told, str) else [one for one in told if one in fitting]
        beside = f"  # or {', '.join(map(_quote, fits[1:]))}" if fits[1:] else ""
        yield f"{_quote(word)} = {_quote(fits[0])}{beside}" if fits else f"# {_quote(word)} = ?"


def _draft_marks(found: Look, columns: Mapping[str, str]) -> Iterator[str]:
    """What the activities seem to tell; what none tells of the receipt, the first event does."""
    marked = set[str](columns)
    for activity in found.column(found.log["activity"]).n_of:
        stems = written_words()["activities"].items()
        key = key_of(activity)
        ours = next((name for name, told in stems if key.startswith(tuple(told))), "")
        if ours and ours not in columns:
            which = "last" if ours == "answered_at" else "first"
            marked.add(ours)
            yield f'{_quote(activity)} = {{ column = "{ours}", which = "{which}" }}'
        else:
            yield f"# {_quote(activity)} = ?"
    if "received_at" not in marked:
        yield '"*" = { column = "received_at", which = "first" }'


def _quote(text: str) -> str:
    # A text of JSON is one of TOML, but for this sign.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def lines(found: Look, words: Words, /) -> Iterator[str]:
    """What was found, line by line, in a language."""
    told = {
        "kind": found.kind,
        "encoding": found.encoding.removesuffix("-sig"),
        "separator": repr(found.separator) if found.separator else "",
        "head": words("phrase", "line").format(n=found.head) if found.head else "",
        "rows": f"{found.n_rows:,}",
        "wrong": ", ".join(map(str, found.wrong[:10])),
    }
    yield from (f"{words.heading('look', name)}: {one}" for name, one in told.items() if one)
    yield ""
    for column in found.columns:
        ours = f"  → {column.ours}" if column.ours else ""
        seems = f"{words('look', column.seems)}, {column.n_filled:,}"
        shown = "" if column.seems == "empty" else ": " + " | ".join(column.examples)
        yield f"{column.name}{ours}\n    {seems}{shown}"
    if found.log:
        yield f"\n{words.heading('look', 'activities')}"
        for activity, n in found.column(found.log["activity"]).n_of.most_common():
            yield f"{n:>9,}  {activity}"
