"""What a check of a register found, on a screen, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from rich.console import Console
from rich.markup import escape

from openakimat.judgement.docket import Standing
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.register.check import Result
from openakimat.register.docket import FaultGroup, Findings, Unjudged
from openakimat.register.totals import BY, compare_due, tally
from openakimat.report import console
from openakimat.trail.seal import Verification

_LINES, _EXAMPLES = 12, 3
"""So many are shown of each kind; a file has all."""


def show(
    result: Result,
    found: Findings,
    office: Office,
    words: Words,
    screen: Console,
    /,
    *,
    at: datetime,
) -> None:
    """Print the summary that a control department wants.

    Args:
        result: What the check found.
        found: The same in words, or those rows of it that were asked for.
        office: Whose register it is.
        words: The words.
        screen: Where it is printed.
        at: The instant of the check.
    """
    name = escape(office.body.names.get(words.language, office.body.id))
    wording = office.wording and words("wording", office.wording)
    head = words("phrase", "as-of").format(
        office=f"[bold]{name}[/]",
        at=words.spoken.instant_text(at),
        law=wording or words("phrase", "in-force"),
    )
    screen.print(head)
    for name, answer in office.readings.items():
        if answer != office.law.readings[name].default:
            screen.print(_reading("read-otherwise", name, answer, office, words), markup=False)
    _show_counts(result, found, office, words, screen)
    for title, table in _tables(found, words):
        screen.print(f"\n[bold]{title}[/]")
        screen.print(table)
    if found.unjudged:
        screen.print(f"\n[bold]{words('heading', 'refused')}[/]")
        _show_unjudged(found.unjudged, words, screen)
    if found.faults:
        screen.print(f"\n[bold]{words('heading', 'faults')}[/]")
        _show_faults(found.faults, words, screen)


def _show_counts(
    result: Result, found: Findings, office: Office, words: Words, screen: Console
) -> None:
    """The rows of the register, and what is to be known of how they were judged."""
    rows = {"n": result.n_rows, "accepted": result.n_accepted}
    rows |= {"refused": result.n_refused, "faulty": result.n_faulty}
    counts = {key: f"{n:,}" for key, n in rows.items()}
    screen.print(words("phrase", "rows").format(**counts))
    if len(found.rows) != result.n_rows:
        screen.print(
            words("phrase", "chosen").format(n=f"{len(found.rows):,}", total=f"{result.n_rows:,}")
        )
    if result.n_assumed:
        screen.print(words("phrase", "assumed").format(n=f"{result.n_assumed:,}"))
    for name, n in result.hangs_on.most_common():
        told = _reading("hangs-on", name, office.readings[name], office, words)
        screen.print(told.format(n=f"{n:,}"), markup=False)
    if compared := compare_due(found.rows):
        told = ", ".join(f"{words('total', name)} {n:,}" for name, n in compared.items() if n)
        screen.print(f"{words('heading', 'their-due')}: {told}", markup=False)


def _reading(phrase: str, name: str, answer: str, office: Office, words: Words) -> str:
    """A sentence about a reading and the answer to it, with a place for a number."""
    reading, language = office.law.readings[name], words.language
    title, choice = reading.title[language], reading.choices[answer].title[language]
    return words("phrase", phrase).format(reading=title, answer=choice, n="{n}")


def _tables(found: Findings, words: Words) -> Iterator[console.Titled]:
    """The tables of a check; none that would be empty."""
    lines = found.lines
    yield console.standings(lines, words)
    if any(line.days_late for line in lines):
        yield console.pressing(lines, words)
    if any(line.standing is Standing.DUE_SOON for line in lines):
        yield console.due_soon(lines, words)
    if any(line.breaches for line in lines):
        yield console.breaches(lines, words)
    for by in BY:
        tallies = tally(found.rows, by, words)
        if any(one.key for one in tallies):
            yield console.shares(tallies, by, words)


def _show_unjudged(unjudged: Iterable[Unjudged], words: Words, screen: Console) -> None:
    """What the law refused, that refused alike together."""
    alike: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for one in unjudged:
        alike[one.act, one.why].append(one.line)
    for (_, why), on in sorted(alike.items(), key=lambda one: -len(one[1])):
        screen.print(f"  {len(on):,} x {why}", markup=False)
        more = " …" if len(on) > _LINES else ""
        lines = ", ".join(map(str, on[:_LINES]))
        screen.print(f"      {words('phrase', 'lines')}: {lines}{more}", style="dim")


def _show_faults(groups: Iterable[FaultGroup], words: Words, screen: Console) -> None:
    """The faults of each cause: how many, and the first of them."""
    for group in groups:
        for line, why in group.told[:_EXAMPLES]:
            on = words("phrase", "line").format(n=line)
            screen.print(f"  {', '.join(filter(None, (on, group.column)))}: {why}", markup=False)
        if (n := len(group.told)) > _EXAMPLES:
            told = words("phrase", "alike").format(n=f"{n - _EXAMPLES:,}", total=f"{n:,}")
            screen.print(f"      {told}", style="dim", markup=False)


def trail(found: Verification, words: Words, /) -> str:
    """The verdict on the sealed records in words; what is broken is told as it stands."""
    if not found.intact:
        return str(found)
    counted = ((found.n_records, "Records"), (found.n_cases, "Cases"))
    counts = ", ".join(words.spoken.amount(n, unit) for n, unit in counted)
    return f"{words('phrase', 'intact')}: {counts}"
