"""The command line: check a register, explain a deadline, verify a journal, draw a procedure.

It is a host: it owns the clock, the files and the screen.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

try:
    import typer
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
except ImportError:  # pragma: no cover - told to whoever installed without the extra
    sys.exit("The command line needs the extra 'cli': pip install 'openakimat[cli]'")

from openakimat import kz, proof, register
from openakimat.case import deadlines, replay
from openakimat.docket import urgency
from openakimat.errors import AkimatError, Fault, Malformed
from openakimat.limits import Deadline, due
from openakimat.office import Office
from openakimat.register import summary
from openakimat.report import console, docket, pages, procedure
from openakimat.times import instant
from openakimat.trail import Verification, unseal, verify_all
from openakimat.words import Words

NOTHING_OVERDUE, SOMETHING_OVERDUE, BAD_INPUT = 0, 1, 2

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The work of a service akimat, as the law of Kazakhstan has it.",
)


class Language(str, Enum):
    """Languages of explanations."""

    KK = "kk"
    RU = "ru"
    EN = "en"


class Law(str, Enum):
    """Wordings to judge by; auto is the law in force."""

    AUTO = "auto"
    L221 = "l221"
    APPC_2021 = "appc-2021"
    APPC_2026 = "appc-2026"


OfficeName = Annotated[str, typer.Option("--office", help="A sample office, by id or name.")]
Wording = Annotated[Law, typer.Option("--law", help="The wording to judge by.")]
Lang = Annotated[Language, typer.Option("--lang", help="Language of explanations.")]
Readings = Annotated[
    list[str] | None,
    typer.Option("--reading", help="Answer a disputed reading: NAME=CHOICE; see `limits`."),
]


def _office(name: str, law: Law, readings: list[str] | None) -> Office:
    answers = {name: choice for name, _, choice in (one.partition("=") for one in readings or ())}
    return kz.office(name, wording=None if law is Law.AUTO else law.value, readings=answers)


def _instant(text: str, office: Office) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed(
            "option", [Fault("instant", f"{text!r} is no instant, such as 2026-03-18T18:40+05:00")]
        ) from None
    return office.calendar.place.local(instant(at, path=text))


def _journal(url: str) -> Any:
    try:
        from openakimat.adapters import sql
    except ImportError:
        raise Malformed(
            "journal", [Fault(url, "needs the extra 'sql': pip install 'openakimat[sql]'")]
        ) from None
    return sql.Journal(url if "://" in url else f"sqlite:///{url}")


def _kept(url: str) -> Any:
    """A journal that is there already: to read one is not to make one."""
    path = url.removeprefix("sqlite:///")
    if "://" not in path and not Path(path).is_file():
        raise Malformed("journal", [Fault(url, "no such file")])
    return _journal(url)


# -- check ----------------------------------------------------------------------------


@contextmanager
def _bar(path: Path) -> Iterator[Callable[[int], None] | None]:
    """A progress bar on a screen, by the share of the file read; nothing elsewhere."""
    screen = console.console(stderr=True)
    if not screen.is_terminal or not path.is_file():
        yield None
        return
    with path.open("rb") as file:
        total = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    columns = (
        TextColumn("checking"),
        BarColumn(),
        TextColumn("{task.completed:,} rows"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=screen, transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda line: progress.update(task, completed=line)


@app.command()
def check(
    path: Annotated[
        Path, typer.Argument(metavar="REGISTER", help="CSV register, or CSV/XES event log.")
    ],
    *,
    mapping: Annotated[
        Path | None, typer.Option("--map", help="TOML: how the file becomes a register.")
    ] = None,
    journal: Annotated[str, typer.Option(help="Keep the sealed records: sqlite:///file.db")] = "",
    at: Annotated[str, typer.Option(help="Judge as of this instant; now, if not given.")] = "",
    office: OfficeName = "astana",
    law: Wording = Law.AUTO,
    reading: Readings = None,
    lang: Lang = Language.EN,
    encoding: Annotated[str, typer.Option(help="Encoding of the file.")] = "utf-8",
    out: Annotated[Path | None, typer.Option(help="Write the docket: .csv, .html or .json")] = None,
) -> None:
    """Check a register of cases against the law.

    Exit code 0: nothing overdue. 1: something overdue. 2: bad input, or rows with faults.
    """
    where = _office(office, law, reading)
    words = Words(where.law, lang.value)
    now = _instant(at, where) if at else where.calendar.place.local(datetime.now().astimezone())  # noqa: TID251 - the command line owns the clock
    if out is not None:
        docket.checked_name(out)
    told = register.read_mapping(mapping) if mapping else None
    store = _journal(journal) if journal else None
    with _bar(path) as bar:
        result = register.check(
            register.rows(path, told, encoding=encoding),
            kz.KINDS,
            where,
            at=now,
            keep=store.keep if store else None,
            told=bar,
        )
    lines = sorted(result.lines, key=urgency)
    if out is not None:
        docket.write(lines, out, words)
    screen = console.console()
    summary.show(result, where, now, words, screen)
    trail = verify_all(sealed for _, sealed in store.since()) if store else result.trail
    kept = words("phrase", "trail-kept" if store else "trail-sealed")
    screen.print(f"\n{kept}: {summary.trail(trail, words)}")
    if out is not None:
        screen.print(f"{words('heading', 'docket')}: {out}")
    raise typer.Exit(_code(result, trail))


def _code(result: register.Result, trail: Verification) -> int:
    """How a check ends: a register that was not read whole is never said to be in order."""
    if result.n_faulty or not result.n_rows or not trail.intact:
        return BAD_INPUT
    return SOMETHING_OVERDUE if result.overdue else NOTHING_OVERDUE


# -- explain, verify, draw, limits ----------------------------------------------------


@app.command()
def explain(
    case: Annotated[str, typer.Argument(help="A case of the journal.")] = "",
    *,
    limit: Annotated[
        str, typer.Option(help="A limit by its key, such as appeal.consideration.")
    ] = "",
    since: Annotated[
        str, typer.Option("--from", help="When it was received, decided, or begun.")
    ] = "",
    journal: Annotated[str, typer.Option(help="Where the case is kept.")] = "",
    office: OfficeName = "astana",
    law: Wording = Law.AUTO,
    reading: Readings = None,
    lang: Lang = Language.EN,
) -> None:
    """Explain a deadline: of a limit from an instant, or of each clock of a case."""
    where = _office(office, law, reading)
    if limit and since:
        found = _from(where, limit, _instant(since, where))
    elif case and journal:
        rows = _kept(journal).read(case)
        found = deadlines(replay(case, map(unseal, rows), office=where), office=where)
    else:
        raise Malformed("explain", [Fault("", "give --limit and --from, or CASE and --journal")])
    for deadline in found:
        typer.echo(deadline.explain(lang.value))


def _from(office: Office, key: str, at: datetime) -> tuple[Deadline, ...]:
    """The deadline of a limit; where it is counted from registration, that of registering first."""
    day = office.day_of(at)
    wording = office.wording_on(day)
    edition = office.limit(key, day, wording)
    if edition.value.base.value != "registration":
        return (due(edition, at, office.calendar),)
    registration = office.limit(f"{key.partition('.')[0]}.registration", day, wording)
    return (
        due(registration, at, office.calendar),
        due(edition, office.calendar.counted_at(at), office.calendar),
    )


@app.command()
def verify(journal: Annotated[str, typer.Argument(help="sqlite:///file.db, or a file.")]) -> None:
    """Verify that a journal is whole, in order and unaltered."""
    trail = verify_all(sealed for _, sealed in _kept(journal).since())
    typer.echo(str(trail))
    raise typer.Exit(NOTHING_OVERDUE if trail.intact else SOMETHING_OVERDUE)


class Form(str, Enum):
    """Forms of a drawing."""

    MERMAID = "mermaid"
    SVG = "svg"
    MD = "md"


@app.command()
def draw(
    name: Annotated[str, typer.Argument(help="A procedure such as appeal, or all.")],
    *,
    form: Annotated[Form, typer.Option("--as")] = Form.MERMAID,
    law: Annotated[str, typer.Option(help="The wording; the newest, if not given.")] = "",
    lang: Lang = Language.EN,
    out: Annotated[Path, typer.Option(help="All: the folder to draw into.")] = Path(),
    check: Annotated[bool, typer.Option("--check", help="All: only say what is stale.")] = False,
) -> None:
    """Draw a procedure, or the pages of all of them in every language."""
    pack = kz.law()
    if name == "all":
        _draw_all(out, check=check)
        return
    if name not in pack.procedures:
        raise Malformed("draw", [Fault(name, f"is none of {', '.join(pack.procedures)}, all")])
    charts = {edition.law: edition.value for edition in pack.procedures[name]}
    if (wanted := law or [*charts][-1]) not in charts:
        raise Malformed("draw", [Fault("law", f"{law!r} is none of {', '.join(charts)}")])
    typer.echo(procedure.draw(charts[wanted], form.value, law=pack, language=lang.value))


def _draw_all(folder: Path, *, check: bool) -> None:
    told = pages.pages(kz.law())
    if not check:
        pages.write(folder, told)
    if found := pages.stale(folder, told):
        raise Malformed("drawings", [Fault("", one) for one in found])


@app.command()
def limits(
    *,
    unconfirmed: Annotated[
        bool,
        typer.Option(
            "--unconfirmed", help="Only what is not confirmed: steps and grounds as well."
        ),
    ] = False,
    lang: Lang = Language.EN,
) -> None:
    """Show every limit with its editions, sources and evidence, and the disputed readings."""
    screen, words = console.console(), Words(kz.law(), lang.value)
    if unconfirmed:
        screen.print(console.unconfirmed(words))
        return
    screen.print(console.limits(words))
    screen.print(f"\n[bold]{words('heading', 'readings')}[/]")
    screen.print(console.readings(words))


app.command()(proof.lint)


def main() -> None:
    """Run the command line; what is wrong is told on one page, without a traceback."""
    try:
        app()
    except AkimatError as wrong:
        screen = console.console(stderr=True)
        for line in console.told(wrong):
            screen.print(line, markup=False)
        sys.exit(BAD_INPUT)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
