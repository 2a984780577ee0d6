"""The commands that play cases through the law: of a register, of a journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import Annotated

import attrs
import typer

from openakimat import kz, options, register
from openakimat.desk import Desk, verify_journal
from openakimat.errors import Fault, Malformed
from openakimat.law.words import Words
from openakimat.register import docket, figures, look, summary
from openakimat.register.entries.cells import mask
from openakimat.register.importing import import_register
from openakimat.report import console, export
from openakimat.report.figures.page import make_report, publish, write_report
from openakimat.report.figures.plan import Plan, read_plan
from openakimat.report.figures.queue import audit_queue
from openakimat.report.figures.shares import Figures
from openakimat.report.figures.waits import tell_waits
from openakimat.trail.seal import Verification

NOTHING_OVERDUE, SOMETHING_OVERDUE, BAD_INPUT = 0, 1, 2
SOUND = 0

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The work of a service akimat, as the law of Kazakhstan has it. "
    "What is wrong with a command or a file as a whole is told in English, for whoever runs it.",
)


# -- check ----------------------------------------------------------------------------


@app.command()
def check(
    context: typer.Context,
    path: options.RegisterFile,
    *,
    mapping: options.MappingName = "",
    journal: options.JournalUrl = "",
    at: options.AsOf = "",
    office: options.OfficeName = "astana",
    law: options.Wording = options.Law.AUTO,
    reading: options.Readings = None,
    lang: options.Lang = options.Language.EN,
    encoding: options.Encoding = "",
    out: options.Out = None,
    only: options.Only = "",
    topic: options.Topics = None,
    official: options.Officials = None,
    workers: options.Workers = None,
    with_persons: options.WithPersons = False,
) -> None:
    """Check a register of cases against the law.

    Exit code 0: nothing overdue. 1: something overdue. 2: bad input, or rows with faults.
    """
    now = datetime.now().astimezone()  # noqa: TID251 - the command line owns the clock
    where, now = options.office_and_instant(office, law, reading, ("--at", at), now)
    words = Words(where.law, lang.value)
    inputs = (path, Path(mapping) if mapping else None, options.file_of(journal), Path(office))
    if out is not None:
        export.check_name(out, *inputs)
    columns = register.read_mapping(mapping) if mapping else None
    store = options.open_store(journal, context, create=True).journal if journal else None
    with console.row_progress(path) as progress:
        result = register.check_file(
            path,
            where,
            at=now,
            mapping=columns,
            encoding=encoding,
            journal=store,
            progress=progress,
            workers=workers,
        )
    book = docket.make_book(result, where, words, at=now, with_persons=with_persons)
    standings = [*filter(None, only.split(","))]
    book = docket.choose(book, words, topic=topic, official=official, standing=standings)
    if out is not None:
        export.check_name(out, *inputs)  # once more: a register may be there by now
        export.write(book, out, words)
    screen = console.console()
    summary.show(result, book, where, words, screen, at=now)
    trail = verify_journal(store, kz.law()) if store else result.trail
    phrase = words("phrase", "trail-kept" if store else "trail-sealed")
    screen.print(f"\n{phrase}: {summary.trail(trail, words)}")
    if out is not None:
        screen.print(f"{words('heading', 'docket')}: {out}", markup=False)
    raise typer.Exit(_exit_code(result, trail))


def _exit_code(result: register.Result, trail: Verification) -> int:
    """How a check ends: a register that was not read whole is never said to be in order."""
    if result.n_faulty or result.differing or not trail.intact:
        return BAD_INPUT
    return SOMETHING_OVERDUE if result.overdue else NOTHING_OVERDUE


# -- import ---------------------------------------------------------------------------


@app.command("import")
def import_cases(
    context: typer.Context,
    path: options.RegisterFile,
    *,
    mapping: options.MappingName = "",
    journal: options.JournalUrl = "",
    apply: Annotated[bool, typer.Option("--apply", help="Keep it; tried only, if not.")] = False,
    at: options.AsOf = "",
    office: options.OfficeName = "astana",
    reading: options.Readings = None,
    lang: options.Lang = options.Language.EN,
    encoding: options.Encoding = "",
    out: options.Out = None,
    workers: options.Workers = None,
) -> None:
    """Take the cases of an old register into a journal, where they go on, and its numbers too.

    Exit code 0: all of it was understood. 2: bad input, or something was not.
    """
    now = datetime.now().astimezone()  # noqa: TID251 - as `check`
    where, now = options.office_and_instant(office, options.Law.AUTO, reading, ("--at", at), now)
    if apply and not journal:
        raise options.option_fault("--journal", "where is it to be kept?")
    if out is not None:
        export.check_name(out, path, options.file_of(journal))
    words = Words(where.law, lang.value)
    columns = register.read_mapping(mapping) if mapping else None
    desk = Desk(where, options.open_store(journal, context, create=apply))
    with console.row_progress(path) as progress:
        of = import_register(
            path, desk, at=now, mapping=columns, encoding=encoding, apply=apply, progress=progress,
            workers=workers,
        )  # fmt: skip
    book = docket.make_book(of.result, where, words, at=now, with_persons=False)
    summary.show_import(of, book, words, console.console())
    if out is not None:
        export.write(book, out, words)
    lost = of.result.n_faulty or of.result.differing or of.result.left_out or of.result.refused
    raise typer.Exit(BAD_INPUT if lost else SOUND)


# -- report ---------------------------------------------------------------------------


@app.command("report")
def make_figures(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="JOURNAL|REGISTER", help="As for `check`.")],
    *,
    out: Annotated[Path, typer.Option(help="Write .html, .json, .xlsx or .csv")],
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"])] = None,
    month: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m"], help="Only received in it: 2020-11.")
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="TOML: services, portal, centres planned."),
    ] = None,
    mapping: options.MappingName = "",
    at: options.AsOf = "",
    office: Annotated[str, typer.Option(help="A name or a file; astana, of a journal each.")] = "",
    law: options.Wording = options.Law.AUTO,
    lang: options.Lang = options.Language.EN,
    public: Annotated[bool, typer.Option("--public", help="As open data: no person.")] = False,
    licence: Annotated[str, typer.Option(help="Of open data; CC BY 4.0, if not given.")] = "",
) -> None:
    """Report figures of cases: each with what it counts, who is open behind it, and its interval.

    Exit code 0: of all of them. 2: bad input, or rows or offices that were not understood are in no figure.
    """
    export.check_name(out)
    if out.exists():
        raise options.option_fault("--out", f"{out} is there already, and is not written over")
    options.require_extra("report", "report", "scipy", "matplotlib")
    now = datetime.now().astimezone()  # noqa: TID251 - as `check`
    where, now = options.office_and_instant(office or "astana", law, None, ("--at", at), now)
    words, path = Words(kz.law(), lang.value), Path(source)
    of_journal = "://" in source or is_database(path)
    idle = {
        "--licence goes with --public": licence and not public,
        "--mapping goes with a register": mapping and of_journal,
        "--law goes with a register": law is not options.Law.AUTO and of_journal,
        "--to is before --from": since and until and until < since,
        "--public goes with a whole month, quarter or year: what overlaps can be subtracted": public and not options.is_whole(since, until),
    }  # fmt: skip
    if wrong := [told for told, is_so in idle.items() if is_so]:
        raise Malformed("report", [Fault("", one) for one in wrong])
    planned = read_plan(plan.read_bytes()) if plan else None
    if of_journal:
        store = options.open_store(source, context, create=False)
        of, unknown = options.choose_offices(store.journal, office, None)
        counted = figures.count_journal([Desk(each, store) for each in of], at=now, unknown=unknown)
    else:
        columns = register.read_mapping(mapping) if mapping else None
        counted = figures.source_in(path, where, now, columns)
    first, last = str(since or "")[:10], str(until or "9999")[:10]

    def within(day: str) -> bool:
        return day.startswith(str(month or "")[:7]) and first <= day <= last

    told = _tell(counted, within, now, planned)
    days = "/".join(str(day or "..")[:10] for day in (since, until))
    told["period"] = f"{month:%Y-%m}" if month else days.replace("../..", "")
    told = publish(told, licence or "CC BY 4.0") if public else told
    write_report(told, out, words)
    lost = [f"--office: {one!r} is not known here: its cases are in no figure" for one in counted.unknown]  # fmt: skip
    if n := counted.n_faulty:
        lost.append(f"{path}: {n} rows with faults are in no figure: see check")
    typer.echo("\n".join((str(out), *lost)))
    raise typer.Exit(BAD_INPUT if lost else SOUND)


def _tell(
    source: figures.Source, within: Callable[[str], bool], at: datetime, plan: Plan | None
) -> Figures:
    """The report of the cases and calls of some days, beside all that the source holds."""
    history = [
        attrs.evolve(row, topic=mask(row.topic), executor=mask(row.executor)) for row in source.rows
    ]
    # When a broken case was received nobody knows.
    rows = [row for row in history if not row.procedure or within(f"{row.received:%Y-%m-%d}")]
    calls = [call for call in source.calls if within(call.stratum[0])]
    told = make_report(
        rows, at, figures.CUSTOMS["only-counted"]["procedures"], plan=plan,
        complaints=figures.CUSTOMS["complaints"]["procedures"], history=history,
    )  # fmt: skip
    told["sections"]["waits"] = tell_waits(source.lines)
    told |= {"faulty": source.n_faulty, "queue": audit_queue(calls), "silence": [*source.silent]}
    return told | {"offices": {one.body.id: dict(one.body.names) for one in source.offices}}


def is_database(path: Path) -> bool:
    """Whether a file is a database, by how it begins. Raises `Malformed` if there is none."""
    if not path.is_file():
        options.read_address(str(path))  # a password is in no fault
        raise options.option_fault("JOURNAL|REGISTER", f"there is no file {path}")
    with path.open("rb") as file:
        return file.read(6) == b"SQLite"


# -- look -----------------------------------------------------------------------------


@app.command("look")
def look_at(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A register of any kind.")],
    *,
    draft: Annotated[
        Path | None, typer.Option(help="Write a mapping that `check --mapping` reads.")
    ] = None,
    encoding: options.Encoding = "",
    sheet: Annotated[str, typer.Option(help="The sheet of a spreadsheet.")] = "",
    lang: options.Lang = options.Language.EN,
) -> None:
    """Look at a file before it is checked: its kind, head, columns and activities.

    Personal numbers are not shown.
    """
    words, doubts = Words(kz.law(), lang.value), list[Fault]()
    found = look.look(path, encoding=encoding, sheet=sheet, warn=doubts.append)
    for line in (*map(words.fault, doubts), *look.lines(found, words)):
        typer.echo(line)
    if draft is not None:
        try:
            with draft.open("x", encoding="utf-8") as file:
                file.write(look.draft(found))
        except FileExistsError:
            why = f"{draft} is there already, and is not written over"
            raise options.option_fault("--draft", why) from None
        typer.echo(f"\nopenakimat check {quote(str(path))} --mapping {quote(str(draft))}")
