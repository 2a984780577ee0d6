"""The command line: check a register, explain a deadline, verify a journal, draw a procedure.

It is a host: it owns the clock, the files and the screen.
"""

from __future__ import annotations

import json
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from shlex import quote
from typing import Annotated

import attrs

try:
    import typer
except ImportError:  # pragma: no cover - told to whoever installed without the extra
    sys.stderr.write("The command line needs the extra 'cli': pip install 'openakimat[cli]'\n")
    sys.exit(2)

from openakimat import kz, options, register
from openakimat.desk import Desk, verify_journal
from openakimat.errors import AkimatError, Fault, Malformed, unknown_fault
from openakimat.judgement.bounds import bounds_from
from openakimat.kz.roles import ROLES
from openakimat.law.words import Words
from openakimat.limits.explain import explain as explain_deadline
from openakimat.proving.command import Proof, codes, proofs, prove
from openakimat.register import docket, figures, look, personal, summary
from openakimat.register.importing import import_register
from openakimat.report import console, export, output, pages
from openakimat.report.bounds import bounds_text
from openakimat.report.columns import Book
from openakimat.report.draw import draw as draw_table
from openakimat.report.figures.page import make_report, report_page
from openakimat.report.figures.queue import Called, audit_queue
from openakimat.report.upgrade import examine, lines, move_cases
from openakimat.trail.plain import KINDS
from openakimat.trail.schema import components, schema as schema_of
from openakimat.trail.seal import Verification

NOTHING_OVERDUE, SOMETHING_OVERDUE, BAD_INPUT = 0, 1, 2
SOUND, UNSOUND = 0, 1
UNFORESEEN, NOT_WRITTEN = 70, 74
"""As sysexits.h has them: EX_SOFTWARE, EX_IOERR."""

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
    out: Annotated[Path, typer.Option(help="Write the report: .html or .json")],
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"])] = None,
    month: Annotated[str, typer.Option(help="Only received in it: 2020-11.")] = "",
    mapping: options.MappingName = "",
    at: options.AsOf = "",
    office: Annotated[str, typer.Option(help="By id, name or file; of a journal each.")] = "",
    law: options.Wording = options.Law.AUTO,
    lang: options.Lang = options.Language.EN,
) -> None:
    """Report figures of cases: each with what it counts, who is open behind it, and its interval."""
    if out.suffix not in {".html", ".json"} or out.exists() or not out.parent.is_dir():
        raise options.option_fault("--out", "is no new .html or .json in a folder that is there")
    now = datetime.now().astimezone()  # noqa: TID251 - as `check`
    where, now = options.office_and_instant(office or "astana", law, None, ("--at", at), now)
    words = Words(kz.law(), lang.value)
    path, calls, n_faulty = Path(source), list[Called](), 0
    if "://" in source or _is_database(path):
        store = options.open_store(source, context, create=False)
        of, _ = options.choose_offices(store.journal, office, None)
        desks = [Desk(each, store) for each in of]
        rows, calls = figures.count_journal(desks, at=now)
    else:
        columns = register.read_mapping(mapping) if mapping else None
        rows, result = figures.count_register(path, where, at=now, mapping=columns)
        n_faulty = result.n_faulty
    first, last = str(since.date() if since else ""), str(until.date() if until else "9999")
    rows = [row for row in rows if _is_of(f"{row.received:%Y-%m-%d}", month, first, last)]
    calls = [call for call in calls if _is_of(call.stratum[0], month, first, last)]
    told = make_report(rows, now, figures.CUSTOMS["only-counted"]["procedures"])
    told |= {"faulty": n_faulty, "queue": audit_queue(calls)}
    if out.suffix == ".html":
        title = f"{where.body.names[lang.value]}: {words('figure', 'report')}"
        out.write_text(report_page(told, title, words), "utf-8")
    else:
        out.write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    typer.echo(str(out))


def _is_database(path: Path) -> bool:
    if not path.is_file():
        raise options.option_fault("JOURNAL|REGISTER", f"there is no file {path}")
    with path.open("rb") as file:
        return file.read(6) == b"SQLite"


def _is_of(day: str, month: str, first: str, last: str) -> bool:
    return day.startswith(month) and first <= day <= last


# -- run ------------------------------------------------------------------------------


@app.command("run")
def run(
    paths: Annotated[list[Path], typer.Argument(metavar="SCENARIO...", help="Files of TOML.")],
    *,
    reps: Annotated[int, typer.Option(min=1, help="Runs of each; intervals from 30 on.")] = 30,
    seed: Annotated[int, typer.Option(help="Where chance begins.")] = 0,
    law: options.Wording = options.Law.AUTO,
    lang: options.Lang = options.Language.EN,
    workers: options.Workers = None,
    out: Annotated[Path | None, typer.Option(help="Write .html, .json, .csv or .xlsx")] = None,
) -> None:
    """Run scenarios beside each other, on common random numbers, and tell what came of them."""
    from openakimat.simulate import experiment, scenario  # the extra `simulate`

    if out is not None:
        export.check_name(out, *paths)
    of = [
        scenario.read_scenario(p, lambda name: options.make_office(name, law, None)) for p in paths
    ]
    pool = partial(ProcessPoolExecutor, workers) if workers and workers > 1 else None
    runs = experiment.run_scenarios(of, pool, reps=reps, seed=seed)
    words = Words(of[0].office.law, lang.value)
    title = f"{words('heading', 'scenarios')}: {', '.join(one.told['title'] for one in of)}"
    about, sheets = experiment.sheet(of, runs, seed, words), experiment.rows(of, runs, words)
    book = Book(title, sheets, about)
    if out is not None:
        export.write(book, out, words)
    for row in book.sheets["measures"]:
        name = f"{words('measure', str(row['measure']))} {row['about'] or ''}".strip()
        rest = filter(None, (row.get("more"), row.get("published")))
        typer.echo("; ".join(map(str, (f"{row['scenario']}  {name}: {row['told']}", *rest))))
    typer.echo("\n".join(("", *about.values())))


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


# -- explain, verify, draw, limits ----------------------------------------------------


@app.command()
def explain(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="A case of the journal.")] = "",
    *,
    limit: Annotated[
        str, typer.Option(help="A limit by its key, such as appeal.consideration.")
    ] = "",
    since: Annotated[
        str, typer.Option("--from", help="When it was received, decided, or begun.")
    ] = "",
    term: Annotated[
        str, typer.Option(help="The term, where the body sets it: '10 working days'.")
    ] = "",
    until: Annotated[
        str, typer.Option(help="Its last day, where the body sets that: 2026-04-20.")
    ] = "",
    journal: Annotated[str, typer.Option(help="Where the case is kept.")] = "",
    office: Annotated[
        str,
        typer.Option(help="By id or name, or a file: my.toml; of a case, the one it is kept by."),
    ] = "",
    law: options.Wording = options.Law.AUTO,
    reading: options.Readings = None,
    lang: options.Lang = options.Language.EN,
) -> None:
    """Explain a deadline: of a limit from an instant, or of each clock of a case."""
    if limit and since and not (case or journal):
        where, began = options.office_and_instant(
            office or "astana", law, reading, ("--from", since)
        )
        explained = options.find_deadlines(where, limit, began, term, until)
    elif case and journal and not (limit or since or term or until):
        if not office:
            why = "whose case is it? Its days are those of its office: an id, a name or a file"
            raise options.option_fault("--office", why)
        where = options.make_office(office, law, reading)
        explained = Desk(where, options.open_store(journal, context, create=False)).deadlines(case)
    else:
        either = "give --limit and --from (with --term or --until), or CASE and --journal"
        raise Malformed("explain", [Fault("", either)])
    for deadline in explained:
        typer.echo(explain_deadline(deadline, lang.value))


@app.command()
def verify(
    context: typer.Context,
    journal: Annotated[str, typer.Argument(help="sqlite:///file.db, or a file.")],
) -> None:
    """Verify that a journal is whole, in order and unaltered."""
    trail = verify_journal(options.open_store(journal, context, create=False).journal, kz.law())
    typer.echo(str(trail))
    raise typer.Exit(NOTHING_OVERDUE if trail.intact and not trail.empty else SOMETHING_OVERDUE)


@app.command()
def upgrade(
    context: typer.Context,
    journal: Annotated[str, typer.Argument(help="sqlite:///file.db, or a file.")],
    *,
    office: Annotated[
        str, typer.Option(help="By id or name, or a file: my.toml; each sample one, if not given.")
    ] = "",
    apply: Annotated[
        bool, typer.Option("--apply", help="Bring the tables forward and move the cases.")
    ] = False,
    reading: options.Readings = None,
    lang: options.Lang = options.Language.EN,
) -> None:
    """Tell what an installation changes for a journal: its charts, cases, days.

    Nothing is changed by asking. With --apply, tables of the first edition are brought forward, and cases are moved where a
    chart says they go.

    Exit code 0: nothing is left to a person. 1: something is. 2: bad input.
    """
    store = options.open_store(journal, context, create=False)
    with store.connected() as connection:
        first = store.is_of_first_edition(connection)
    if apply and first and not office:
        raise options.option_fault(
            "--office", "whose journal is it? Its series of numbers are named by it"
        )
    of, others = options.choose_offices(store.journal, office, reading)
    desks = [Desk(each, store) for each in of]
    words, now = Words(kz.law(), lang.value), datetime.now().astimezone()  # noqa: TID251 - as `check`
    found = examine(store.journal, kz.law(), desks, at=now, unattended=others, first_edition=first)
    typer.echo("\n".join(lines(found, words)))
    if apply and first:
        options.upgrade_tables(store, of[0].body.id)
        typer.echo(words("phrase", "brought-forward").format(office=of[0].body.id))
        found = attrs.evolve(found, first_edition=False)
    if apply:
        typer.echo(words("phrase", "moved-cases").format(n=move_cases(desks, found, at=now)))
    raise typer.Exit(SOUND if found.settled else UNSOUND)


@app.command()
def draw(
    name: Annotated[str, typer.Argument(help="A procedure such as appeal, or all.")],
    *,
    form: Annotated[
        options.Form | None, typer.Option("--as", help="mermaid, if not given.")
    ] = None,
    law: Annotated[str, typer.Option(help="The wording; the newest, if not given.")] = "",
    lang: Annotated[
        options.Language | None, typer.Option(help="Its language; en, if not given.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="All: the folder to draw into.")] = None,
) -> None:
    """Draw a procedure, or the pages of all of them in every language."""
    idle: dict[str, object] = {"--out": out}
    if name == "all":
        idle = {"--as": form, "--law": law, "--lang": lang}
    if misplaced := [option for option, value in idle.items() if value]:
        which = "one procedure" if name == "all" else "all"
        raise Malformed("draw", [Fault(option, f"goes with {which} only") for option in misplaced])
    if name == "all":
        pages.write(out or Path(), pages.pages(kz.law()))
        return
    pack = kz.law()
    if name not in pack.procedures:
        raise Malformed("draw", [unknown_fault("", name, [*pack.procedures, "all"])])
    tables = {edition.law: edition.value for edition in pack.procedures[name]}
    if (wanted := law or [*tables][-1]) not in tables:
        raise Malformed("draw", [unknown_fault("--law", law, tables)])
    drawn, tongue = form or options.Form.MERMAID, lang or options.Language.EN
    typer.echo(draw_table(tables[wanted], drawn.value, law=pack, language=tongue.value))


@app.command()
def bounds(
    *,
    limit: Annotated[str, typer.Option(help="A limit by its key, such as appeal.consideration.")],
    since: Annotated[str, typer.Option("--from", help="When it was received, decided, or begun.")],
    office: options.OfficeName = "astana",
    reading: options.Readings = None,
    lang: Annotated[
        options.Language | None, typer.Option(help="The language; all three, if not given.")
    ] = None,
) -> None:
    """Tell the earliest and the latest day over every reading of the law that touches a limit."""
    where, at = options.office_and_instant(office, options.Law.AUTO, reading, ("--from", since))
    for deadline in options.find_deadlines(where, limit, at, "", ""):
        found = bounds_from(deadline.limit, deadline.base_at, office=where)
        for language in [lang] if lang else options.Language:
            typer.echo(bounds_text(found, Words(where.law, language.value)))


@app.command()
def limits(
    *,
    unconfirmed: Annotated[
        bool,
        typer.Option(
            "--unconfirmed", help="Only what is not confirmed: steps and grounds as well."
        ),
    ] = False,
    lang: options.Lang = options.Language.EN,
) -> None:
    """Show every limit with its editions, sources and evidence, and the disputed readings."""
    # The table counts as the office does that answers no disputed question itself.
    screen, words = console.console(), Words(kz.law().reading({}), lang.value)
    if unconfirmed:
        screen.print(console.unconfirmed(words))
        return
    screen.print(console.limits(words))
    screen.print(f"\n[bold]{words('heading', 'readings')}[/]")
    screen.print(console.readings(words))


@app.command()
def lint(
    name: Annotated[str, typer.Argument(help="A procedure; every one, if not given.")] = "",
    *,
    but: Annotated[str, typer.Option("--except", help="A procedure to leave out.")] = "",
) -> None:
    """Prove every procedure: its tables are sound, and no case of it goes wrong.

    Exit code 0: nothing found. 1: something found, each with the story that leads to it.
    """
    sound = prove(codes(kz.office(), name, but=but), proved=_proved, tell=typer.echo)
    raise typer.Exit(SOUND if sound else UNSOUND)


def _proved(code: str) -> tuple[Proof, ...]:
    """The proofs of a procedure; a function of the module, for other processes find it by name."""
    return tuple(proofs(kz.office(), code, roles=ROLES))


@app.command()
def schema(
    kind: Annotated[
        str, typer.Argument(help="Such as case, or the tag of an act; every kind, if not given.")
    ] = "",
    *,
    openapi: Annotated[bool, typer.Option(help="As components of OpenAPI 3.1.")] = False,
) -> None:
    """Print the JSON Schema of what is public as plain data."""
    if openapi and kind:
        raise Malformed("schema", [Fault("--openapi", "goes with every kind only")])
    all_of_them = components() if openapi else {name: schema_of(name) for name in KINDS}
    told = schema_of(kind) if kind else all_of_them
    typer.echo(json.dumps(told, ensure_ascii=False, indent=2))


def main() -> None:
    """Run the command line; what is wrong is told on one page, without a traceback.

    What nobody foresaw has a code of its own; Python's development mode (-X dev) shows where it was.
    """
    output.speak_any_encoding()
    try:
        with output.ending_with_reader():
            app()
    except AkimatError as wrong:
        screen = console.console(stderr=True)
        for line in console.error_lines(wrong):
            screen.print(personal.mask(line), markup=False)
        sys.exit(BAD_INPUT)
    except OSError as wrong:
        output.discard_output()
        print(f"openakimat: {wrong}", file=sys.stderr)  # noqa: T201 - a screen of rich may have failed
        sys.exit(NOT_WRITTEN)
    except Exception as wrong:  # noqa: BLE001 - Python would exit with 1, which is an answer of `check`
        if sys.flags.dev_mode:
            traceback.print_exc()
        # Not its message: it may hold what stands in a cell.
        print(f"openakimat: {output.describe_unforeseen(wrong)}", file=sys.stderr)  # noqa: T201 - as above
        sys.exit(UNFORESEEN)


if __name__ == "__main__":
    main()
