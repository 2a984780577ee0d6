"""What the command line prints: tables and the summary of a check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from openakimat.dated import Evidence, weakest
from openakimat.errors import AkimatError, Malformed
from openakimat.judgement.docket import Line, Standing, summary
from openakimat.law.words import Words
from openakimat.limits.limit import Rule
from openakimat.report.doubts import doubts

_TINTS = {
    Standing.BROKEN: "bold magenta",
    Standing.OVERDUE: "bold red",
    Standing.DUE_SOON: "yellow",
    Standing.NOT_JUDGED: "magenta",
    Standing.OPEN: "blue",
    Standing.LATE: "red",
    Standing.IN_TIME: "green",
}

Titled = tuple[str, Table]


def _table(words: Words, *columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in columns:
        right = name in {"cases", "days", "share_late"}
        table.add_column(words("column", name), justify="right" if right else "left")
    return table


def _tinted(standing: Standing, words: Words) -> str:
    return f"[{_TINTS[standing]}]{words('standing', standing.value)}[/]"


def _more(words: Words, phrase: str, most: int, total: int) -> str:
    """How many of all are shown, where not all are."""
    if total <= most:
        return ""
    return f", {words('phrase', phrase).format(n=most, total=total)}"


def standings(lines: Sequence[Line], words: Words) -> Titled:
    """How many cases stand where."""
    table = _table(words, "standing", "cases")
    rare = {Standing.BROKEN.value, Standing.NOT_JUDGED.value}
    for name, count in summary(lines).items():
        # Told only where there are such: of most registers there are none.
        if name in rare and not count:
            continue
        table.add_row(_tinted(Standing(name), words), f"{count:,}")
    return words("heading", "standing"), table


def pressing(lines: Iterable[Line], words: Words, /, *, most: int = 15) -> Titled:
    """The cases past their term, open or closed, the longest late first."""
    late = sorted((line for line in lines if line.days_late), key=lambda line: -line.days_late)
    table = _table(words, "case", "stage", "due", "days", "standing", "law")
    for line in late[:most]:
        assert line.deadline is not None  # noqa: S101 - what is late has a deadline
        due = line.deadline
        table.add_row(
            escape(line.case),
            words("stage", line.stage),
            words.spoken.day_text(due.last_day or due.at.date()),
            str(line.days_late),
            _tinted(line.standing, words),
            f"{words.source(due.edition.source)} ({words.mark(due.evidence)})",
        )
    return words("heading", "late") + _more(words, "longest", most, len(late)), table


def due_soon(lines: Iterable[Line], words: Words, /, *, most: int = 15) -> Titled:
    """The open cases whose term ends in a few working days, the soonest first."""
    due_lines = [line for line in lines if line.standing is Standing.DUE_SOON and line.deadline]
    table = _table(words, "case", "stage", "due", "days")
    for line in sorted(due_lines, key=lambda line: line.days_left or 0)[:most]:
        assert line.deadline is not None  # noqa: S101 - what is due has a deadline
        last = line.deadline.last_day or line.deadline.at.date()
        table.add_row(
            escape(line.case),
            words("stage", line.stage),
            words.spoken.day_text(last),
            str(line.days_left),
        )
    return words("heading", "due-soon") + _more(words, "first", most, len(due_lines)), table


def breaches(lines: Iterable[Line], words: Words) -> Titled:
    """Which other limits were missed, and in how many cases."""
    table = _table(words, "limit", "cases")
    for name, count in Counter(limit for line in lines for limit in line.breaches).most_common():
        table.add_row(escape(words("limit", name)), f"{count:,}")
    return words("heading", "breaches"), table


class Tally(Protocol):
    """Cases of one name, and the share late of those judged."""

    @property
    def name(self) -> str:
        """What they are called."""

    @property
    def n(self) -> int:
        """How many there are."""

    @property
    def share(self) -> float | None:
        """The share late of what was judged; None where nothing was."""


def shares(tallies: Sequence[Tally], name: str, words: Words, /, *, most: int = 10) -> Titled:
    """Cases and the share late, by a column of the register, the first ones."""
    table = _table(words, name, "cases", "share_late")
    for one in tallies[:most]:
        table.add_row(
            escape(one.name), f"{one.n:,}", "–" if one.share is None else f"{one.share:.1%}"
        )
    return words("heading", f"by-{name}") + _more(words, "first", most, len(tallies)), table


def limits(words: Words) -> Table:
    """Every limit with its editions, sources and marks."""
    table = _table(
        words, "limit", "wording", "since", "term", "base", "first-day", "source", "evidence"
    )
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
    return screen if screen.is_terminal else Console(stderr=stderr, highlight=False, width=160)


@contextmanager
def row_progress(path: Path, /) -> Iterator[Callable[[int], None] | None]:
    """What shows on a screen how many lines of a file have been read; None where there is no screen."""
    screen = console(stderr=True)
    if not screen.is_terminal or not path.is_file():
        yield None
        return
    with path.open("rb") as file:
        # What is packed or marked up has no line a row: how much of it is left is not told.
        table = not file.peek(4).lstrip().startswith((b"PK\3\4", b"\x1f\x8b", b"\xd0\xcf", b"<"))
        chunks = iter(lambda: file.read(1 << 20), b"")
        n_lines = sum(chunk.count(b"\n") for chunk in chunks) if table else None
    columns = (
        TextColumn("checking"),
        BarColumn(),
        TextColumn("{task.completed:,} rows"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=screen, transient=True) as progress:
        task = progress.add_task("", total=n_lines)
        yield lambda line: progress.update(task, completed=line)


def error_lines(wrong: AkimatError, /) -> list[str]:
    """An error as lines: what it is, then everything wrong at once."""
    if isinstance(wrong, Malformed):
        head = str(wrong).partition(":")[0]
        return [f"{head}:", *(f"  {fault}" for fault in wrong.faults)]
    return [str(wrong)]
