"""What the command line prints: tables and the summary of a check."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import cast

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from openakimat.dated import Evidence, weakest
from openakimat.errors import AkimatError, Malformed
from openakimat.judgement.docket import Standing
from openakimat.law.words import Words
from openakimat.limits.limit import Rule
from openakimat.report.columns import SHEETS, Column, Row, Value
from openakimat.report.doubts import doubts

_TINTS: Mapping[object, str] = {
    Standing.BROKEN.value: "bold magenta", Standing.OVERDUE.value: "bold red",
    Standing.DUE_SOON.value: "yellow", Standing.NOT_JUDGED.value: "magenta",
    Standing.OPEN.value: "blue", Standing.LATE.value: "red", Standing.IN_TIME.value: "green",
}  # fmt: skip

Titled = tuple[str, Table]


def _table(words: Words, *columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in columns:
        right = name in {"cases", "days_late", "days_left", "share_late"}
        table.add_column(words("column", name), justify="right" if right else "left")
    return table


def _more(words: Words, phrase: str, most: int, total: int) -> str:
    if total <= most:
        return ""
    return f", {words('phrase', phrase).format(n=most, total=total)}"


def cases(
    rows: Sequence[Row], heading: str, names: Sequence[str], words: Words, /, *, more: str,
    most: int = 15,
) -> Titled:  # fmt: skip
    """The first of some cases of a docket, in some of its columns."""
    known = {one for one in names if any(row.get(one) not in {None, ""} for row in rows)}
    columns = [column for column in SHEETS["docket"] if column.name in known]
    table = _table(words, *(column.name for column in columns))
    for row in rows[:most]:
        table.add_row(*(_cell(column, row.get(column.name), words) for column in columns))
    return words("heading", heading) + _more(words, more, most, len(rows)), table


def _cell(column: Column, value: Value, words: Words) -> str:
    if isinstance(value, date):
        return words.spoken.day_text(value)
    told = escape(str(column.tell(value, words)))
    return f"[{_TINTS.get(value, '')}]{told}[/]" if column.name == "standing" else told


def shares(rows: Sequence[Row], part: str, words: Words, /, *, most: int = 10) -> Titled:
    """The first of a part of the totals: cases, and the share late of those judged."""
    shared = rows[0].get("judged") is not None
    table = _table(words, part.removeprefix("by-"), "cases", *["share_late"] * shared)
    for row in rows[:most]:
        share = row.get("share_late")
        cells = ["–" if share is None else f"{share:.1%}"] * shared
        tint = _TINTS.get(row["key"], "none") if part == "standing" else "none"
        table.add_row(f"[{tint}]{escape(str(row['label']))}[/]", f"{row['cases']:,}", *cells)
    return words("heading", part) + _more(words, "first", most, len(rows)), table


def breaches(rows: Iterable[Row], words: Words, /) -> Titled:
    """Which other limits were missed, and in how many cases."""
    table = _table(words, "limit", "cases")
    missed = (limit for row in rows for limit in cast("tuple[str, ...]", row.get("breaches") or ()))
    for name, count in Counter(missed).most_common():
        table.add_row(escape(words("limit", name)), f"{count:,}")
    return words("heading", "breaches"), table


def limits(words: Words) -> Table:
    """Every limit with its editions, sources and marks."""
    columns = ("limit", "wording", "since", "term", "base", "first-day", "source", "evidence")
    table = _table(words, *columns)
    table.columns[0].no_wrap = True
    for key, dated in words.law.limits.items():
        for n, edition in enumerate(dated):
            limit = edition.value
            table.add_row(
                "" if n else key,
                edition.law,
                str(edition.since),
                words.term(limit),
                words.spoken.phrase(f"from-{limit.base.value}"),
                _ruled(limit.first_day, edition.evidence, words),
                escape(words.source(edition.source)),
                _marked(edition.evidence, words),
            )
    return table


def _ruled(rule: Rule, of_term: Evidence, words: Words) -> str:
    """A counting rule, with its mark where it is weaker than that of the term."""
    text = words("rule", rule.value)
    if weakest((rule.evidence, of_term)) is of_term:
        return text
    return f"{text} ({_marked(rule.evidence, words)})"


def unconfirmed(words: Words) -> Table:
    """Everything of the law that is not confirmed."""
    table = _table(words, "procedure", "wording", "kind", "name", "source")
    for n in (0, 1, 2):
        table.columns[n].no_wrap = True
    last = ""
    for doubt in doubts(words.law):
        row = (doubt.wording, words("column", doubt.kind), doubt.name, words.source(doubt.source))
        table.add_row("" if doubt.procedure == last else doubt.procedure, *map(escape, row))
        last = doubt.procedure
    return table


def _marked(evidence: Evidence, words: Words) -> str:
    text = words.mark(evidence)
    return f"[yellow]{text}[/]" if evidence is Evidence.UNCONFIRMED else text


def readings(words: Words) -> Table:
    """The disputed readings, their choices and defaults."""
    table = _table(words, "reading", "choice", "title", "source", "evidence")
    for name, reading in words.law.readings.items():
        for n, choice in enumerate(reading.choices.values()):
            table.add_row(
                "" if n else name,
                choice.name + (" *" if choice.name == reading.default else ""),
                escape(choice.title.get(words.language, "")),
                escape(words.source(choice.source)),
                _marked(choice.evidence, words),
            )
    return table


def console(*, stderr: bool = False) -> Console:
    """A console that wraps nothing when its output is not a screen."""
    screen = Console(stderr=stderr, highlight=False)
    return screen if screen.is_terminal else Console(stderr=stderr, highlight=False, width=10_000)


@contextmanager
def progress(
    doing: str, counted: str, n: int | None = None, /
) -> Iterator[Callable[..., None] | None]:
    """What shows on a screen how much is done, of `n` or as it is told, and the time left; or None."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield None
        return
    done = TextColumn(doing), BarColumn(), TextColumn(f"{{task.completed:,}} {counted}")
    times = TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn()
    with Progress(*done, *times, console=screen, transient=True) as bar:
        task = bar.add_task("", total=n)
        yield lambda done, total=n: bar.update(task, completed=done, total=total)


def row_progress(path: Path, /) -> AbstractContextManager[Callable[[int], None] | None]:
    """What shows on a screen how many lines of a file have been read; None where there is no screen."""
    n_lines = None
    if console(stderr=True).is_terminal and path.is_file():
        with path.open("rb") as file:
            # What is packed or marked up has no line a row: how much of it is left is not told.
            marked = file.peek(4).lstrip().startswith((b"PK\3\4", b"\x1f\x8b", b"\xd0\xcf", b"<"))
            chunks = iter(lambda: file.read(1 << 20), b"")
            n_lines = None if marked else sum(chunk.count(b"\n") for chunk in chunks)
    return progress("checking", "rows", n_lines)


def error_lines(wrong: AkimatError, /) -> list[str]:
    """An error as lines: what it is, then everything wrong at once."""
    if isinstance(wrong, Malformed):
        head = str(wrong).partition(":")[0]
        return [f"{head}:", *(f"  {fault}" for fault in wrong.faults)]
    return [str(wrong)]
