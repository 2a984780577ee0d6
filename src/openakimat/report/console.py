"""What the command line prints: tables and the summary of a check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from openakimat.docket import Line, Standing, summary
from openakimat.errors import AkimatError, Malformed
from openakimat.explain import amount, day_text
from openakimat.limits import TimeLimit
from openakimat.terms import AsSet

if TYPE_CHECKING:
    from openakimat.office import Law

MARKS = {"confirmed": "", "secondary": "secondary", "unconfirmed": "[yellow]unconfirmed[/]"}
_TINTS = {
    Standing.OVERDUE: "bold red",
    Standing.DUE_SOON: "yellow",
    Standing.OPEN: "blue",
    Standing.LATE: "red",
    Standing.IN_TIME: "green",
}


Titled = tuple[str, Table]


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in columns:
        right = name in {"cases", "days", "share late"}
        table.add_column(name, justify="right" if right else "left")
    return table


def standings(lines: Sequence[Line]) -> Titled:
    """How many cases stand where."""
    table = _table("standing", "cases")
    for name, count in summary(lines).items():
        table.add_row(f"[{_TINTS[Standing(name)]}]{name}[/]", f"{count:,}")
    return "Standing", table


def pressing(lines: Iterable[Line], language: str, /, *, most: int = 15) -> Titled:
    """The cases past their term, open or closed, the longest late first."""
    late = sorted((one for one in lines if one.days_late), key=lambda one: -one.days_late)
    more = f", the longest {most} of {len(late)}" if len(late) > most else ""
    table = _table("case", "stage", "due", "days", "standing", "law")
    for one in late[:most]:
        assert one.deadline is not None  # noqa: S101 - what is late has a deadline
        due = one.deadline
        table.add_row(
            escape(one.case),
            one.stage.replace("_", " "),
            day_text(due.last_day or due.at.date(), language),
            str(one.days_late),
            f"[{_TINTS[one.standing]}]{one.standing.value}[/]",
            f"{due.edition.source} ({due.evidence.value})",
        )
    return f"Past the term, working days late{more}", table


def due_soon(lines: Iterable[Line], language: str, /, *, most: int = 15) -> Titled:
    """The open cases whose term ends in a few working days, the soonest first."""
    found = [one for one in lines if one.standing is Standing.DUE_SOON and one.deadline]
    more = f", the first {most} of {len(found)}" if len(found) > most else ""
    table = _table("case", "stage", "due", "days")
    for one in sorted(found, key=lambda one: one.days_left or 0)[:most]:
        assert one.deadline is not None  # noqa: S101 - what is due has a deadline
        last = one.deadline.last_day or one.deadline.at.date()
        table.add_row(
            escape(one.case),
            one.stage.replace("_", " "),
            day_text(last, language),
            str(one.days_left),
        )
    return f"Due soon, working days left{more}", table


def breaches(lines: Iterable[Line]) -> Titled:
    """Which other limits were missed, and in how many cases."""
    table = _table("limit", "cases")
    for name, count in Counter(b for one in lines for b in one.breaches).most_common():
        table.add_row(name, f"{count:,}")
    return "Other limits missed", table


def shares(counted: Counter[tuple[str, bool]], name: str, /, *, most: int = 10) -> Titled:
    """Cases and the share late, by a column of the register."""
    table = _table(name, "cases", "share late")
    totals: Counter[str] = Counter()
    for (key, _), count in counted.items():
        totals[key] += count
    for key, count in totals.most_common(most):
        table.add_row(escape(key) or "(none)", f"{count:,}", f"{counted[key, True] / count:.1%}")
    return f"By {name}", table


def limits(law: Law, language: str) -> Table:
    """Every limit with its editions, sources and marks."""
    table = _table(
        "limit", "wording", "since", "term", "counted from", "first day", "source", "evidence"
    )
    for key, dated in law.limits.items():
        for n, edition in enumerate(dated):
            limit = edition.value
            table.add_row(
                "" if n else key,
                edition.law,
                str(edition.since),
                term(limit, language),
                limit.base.value,
                limit.first_day.value,
                escape(edition.source),
                MARKS[edition.evidence.value] or "confirmed",
            )
    return table


def term(limit: TimeLimit, language: str, /) -> str:
    """The term of a limit in words."""
    if isinstance(limit.term, AsSet):
        return "as set"
    told = amount(limit.term.n, limit.term.unit, language)
    return told if limit.direction == "after" else f"≥ {told} ←"


def readings(law: Law, language: str) -> Table:
    """The disputed readings, their choices and defaults."""
    table = _table("reading", "choice", "", "source", "evidence")
    for name, reading in law.readings.items():
        for n, choice in enumerate(reading.choices.values()):
            table.add_row(
                "" if n else name,
                choice.name + (" *" if choice.name == reading.default else ""),
                escape(choice.title.get(language, "")),
                escape(choice.source),
                MARKS[choice.evidence.value] or "confirmed",
            )
    return table


def console(*, stderr: bool = False) -> Console:
    """A console that wraps nothing when its output is not a screen."""
    made = Console(stderr=stderr, highlight=False)
    return made if made.is_terminal else Console(stderr=stderr, highlight=False, width=160)


def told(wrong: AkimatError, /) -> list[str]:
    """An error as lines: what it is, then everything wrong at once."""
    if isinstance(wrong, Malformed):
        head = str(wrong).partition(":")[0]
        return [f"{head}:", *(f"  {fault}" for fault in wrong.faults)]
    return [str(wrong)]
