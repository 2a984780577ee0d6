"""The columns of a docket and of what stands beside it: one table, of which every form is made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

import attrs

from openakimat.dated import Evidence
from openakimat.judgement.docket import Line
from openakimat.law.words import Words
from openakimat.limits.deadline import Deadline

Value = str | int | float | date | datetime | tuple[str, ...] | None


TELL: Mapping[str, Callable[[Words, str], str]] = {
    "mark": lambda words, value: words.mark(Evidence(value)),
    "source": lambda words, value: words.source(value),
}
"""How a value is told in words, where it is not the word of a kind."""


@attrs.frozen
class Column:
    """A column: what it holds, how it is told, and where a page shows it.

    Attributes:
        name: Its stored name.
        of: What it holds of a line of a docket, where it is not told beside it.
        kind: The kind of words that tell its values, or a way of `TELL`; as they stand, if empty.
        under: The column beneath which a page shows it, for a page is narrow.
        rare: Whether it is left out where no row has it.
        stored: Whether only programs are told it: it is said in words beside.
        width: In a sheet, in characters.
        choice: Whether a page offers its values to choose by.
    """

    name: str
    of: Callable[[Line], Value] = lambda _: None
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
        if not self.kind or not isinstance(value, str) or not value:
            return value
        tell = TELL.get(self.kind)
        return tell(words, value) if tell else words(self.kind, value)


def _due(get: Callable[[Deadline], Value]) -> Callable[[Line], Value]:
    """Of the principal term, where there is one."""
    return lambda line: None if line.deadline is None else get(line.deadline)


COLUMNS = (
    Column("line", under="number", rare=True, width=8),
    Column("number", lambda line: line.case, width=20),
    Column("applicant_kind", kind="applicant-kind", under="number", rare=True, choice=True),
    Column("applicant", under="number", rare=True, width=30),
    Column("iin", under="number", rare=True),
    Column("bin", under="number", rare=True),
    Column("procedure", lambda line: line.procedure, "procedure", "number", width=24),
    Column("topic", kind="topic", rare=True, width=30, choice=True),
    Column("channel", kind="channel", under="topic", rare=True, width=24, choice=True),
    Column("official", rare=True, width=24, choice=True),
    Column("received", rare=True, width=20),
    Column("registered", under="received", rare=True, width=17),
    Column("answered", under="received", rare=True, width=17),
    Column("due", _due(lambda due: due.last_day or due.at), width=17),
    Column("their_due", under="due", rare=True, width=17),
    Column("difference", under="due", rare=True),
    Column("standing", lambda line: line.standing.value, "standing", width=20, choice=True),
    Column("stage", lambda line: line.stage, "stage", "standing", width=24),
    Column("days_late", lambda line: line.days_late, under="standing"),
    Column("days_left", lambda line: line.days_left, under="standing"),
    Column("limit", _due(lambda due: due.limit), "limit", width=34),
    Column("source", _due(lambda due: due.edition.source), "source", "limit", width=34),
    Column("evidence", _due(lambda due: due.evidence.value), "mark", "limit"),
    Column("forecast", _due(lambda due: str(due.forecast or "")), under="limit", rare=True),
    Column("breaches", lambda line: line.breaches, "limit", "note", width=34),
    Column("note", lambda line: line.why, rare=True, width=60),
)
"""Those of a docket. What a register tells beside a line is under their names too."""


@attrs.frozen
class Row:
    """A case of a docket, and what else is told of it, by column; of a row not read, that alone."""

    line: Line | None
    told: Mapping[str, Value] = attrs.field(factory=dict)

    def __getitem__(self, name: str, /) -> Value:
        """What a column of a docket holds."""
        return self.get(_BY_NAME[name])

    def get(self, column: Column, /) -> Value:
        """What a column holds."""
        if column.name in self.told or self.line is None:
            return self.told.get(column.name)
        return column.of(self.line)


_BY_NAME = {column.name: column for column in COLUMNS}


@attrs.frozen
class Sheet:
    """A table: its name, its columns, and a value for each of them in every row."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]

    @classmethod
    def of(cls, rows: Iterable[Row], /) -> Sheet:
        """A docket."""
        return cls("docket", COLUMNS, [[row.get(column) for column in COLUMNS] for row in rows])

    def told(self, words: Words, /) -> Sheet:
        """The table in words, without the rare columns that no row has."""
        for_people = [n for n, one in enumerate(self.columns) if not one.stored]
        shown = [n for n in for_people if not self.columns[n].rare or self._has(n)]
        columns = [self.columns[n] for n in shown]
        return attrs.evolve(
            self, columns=columns, rows=[[*_told(row, columns, shown, words)] for row in self.rows]
        )

    def _has(self, n: int) -> bool:
        return any(row[n] not in {None, ""} for row in self.rows)


def _told(
    row: Sequence[Value], columns: Sequence[Column], shown: Collection[int], words: Words
) -> Iterator[Value]:
    for column, n in zip(columns, shown, strict=True):
        yield column.tell(row[n], words)


@attrs.frozen
class Book:
    """What is written at once: the docket, and what stands beside it.

    Attributes:
        title: What it is about.
        about: What else is to be known of it, by name: when, by which law.
        docket: The docket.
        beside: Totals, what was not judged, faults.
        order: By what a text is sorted.
    """

    title: str
    docket: Sheet
    about: Mapping[str, Value] = attrs.field(factory=dict)
    beside: Sequence[Sheet] = ()
    order: Callable[[str], object] = str.casefold
