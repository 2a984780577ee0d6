"""What a check of a register found, on a screen, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.console import Console
from rich.markup import escape

from openakimat.judgement.docket import Standing
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.register.result import Refused, Result
from openakimat.report import console
from openakimat.trail.seal import Verification

_SHOWN = 12


def show(result: Result, office: Office, at: datetime, words: Words, screen: Console, /) -> None:
    """Print the summary that a control department wants."""
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
    rows = {"n": result.n_rows, "accepted": result.n_accepted}
    rows |= {"refused": result.n_not_judged, "faulty": result.n_faulty}
    counts = {key: f"{n:,}" for key, n in rows.items()}
    screen.print(words("phrase", "rows").format(**counts))
    if result.n_assumed:
        screen.print(words("phrase", "assumed").format(n=f"{result.n_assumed:,}"))
    for name, n in result.hangs_on.most_common():
        told = _reading("hangs-on", name, office.readings[name], office, words)
        screen.print(told.format(n=f"{n:,}"), markup=False)
    _kept(result, words, screen)
    for title, table in _tables(result, words):
        screen.print(f"\n[bold]{title}[/]")
        screen.print(table)
    if result.refused:
        screen.print(f"\n[bold]{words('heading', 'refused')}[/]")
        _refused(result, words, screen)
    if result.faults:
        screen.print(f"\n[bold]{words('heading', 'faults')}[/]")
    for fault in result.faults:
        line = words("phrase", "line").format(n=fault.line)
        where = ", ".join(filter(None, (line, fault.column)))
        screen.print(f"  {where}: {words.fault(fault.fault)}", markup=False)


def _kept(result: Result, words: Words, screen: Console) -> None:
    """What the journal had before."""
    if result.n_known:
        screen.print(words("phrase", "kept-before").format(n=f"{result.n_known:,}"))
    if result.differing:
        cases = ", ".join(result.differing)
        screen.print(words("phrase", "kept-otherwise").format(cases=cases), markup=False)


def _reading(phrase: str, name: str, answer: str, office: Office, words: Words) -> str:
    """A sentence about a reading and the answer to it, with a place for a number."""
    reading, language = office.law.readings[name], words.language
    title, choice = reading.title[language], reading.choices[answer].title[language]
    return words("phrase", phrase).format(reading=title, answer=choice, n="{n}")


def _tables(result: Result, words: Words) -> Iterator[console.Titled]:
    """The tables of a check; none that would be empty."""
    lines = result.lines
    yield console.standings(lines, words)
    if any(line.days_late for line in lines):
        yield console.pressing(lines, words)
    if any(line.standing is Standing.DUE_SOON for line in lines):
        yield console.due_soon(lines, words)
    if any(line.breaches for line in lines):
        yield console.breaches(lines, words)
    if lines:
        yield console.shares(result.of_topic, "topic", words)
        yield console.shares(result.of_channel, "channel", words)


def _refused(result: Result, words: Words, screen: Console) -> None:
    """The acts that the law refused, those refused alike together."""
    alike: dict[tuple[str, str], list[Refused]] = {}
    for one in result.refused:
        alike.setdefault((one.act, one.refusal.code), []).append(one)
    for found in sorted(alike.values(), key=len, reverse=True):
        first = found[0]
        lines = ", ".join(str(one.line) for one in found[:_SHOWN])
        head, *_ = words.refusal(first.refusal).splitlines()
        screen.print(f"  {len(found):,} x {head}", markup=False)
        more = " …" if len(found) > _SHOWN else ""
        screen.print(f"      {words('phrase', 'lines')}: {lines}{more}", style="dim")


def trail(found: Verification, words: Words, /) -> str:
    """The verdict on the sealed records in words; what is broken is told as it stands."""
    if not found.intact:
        return str(found)
    counted = ((found.n_records, "Records"), (found.n_cases, "Cases"))
    counts = ", ".join(words.spoken.amount(n, unit) for n, unit in counted)
    return f"{words('phrase', 'intact')}: {counts}"
