"""The command line: check a register, explain a deadline, verify a journal, draw a procedure.

It is a host: it owns the clock, the files and the screen.
"""

import json
import sys
import traceback
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Annotated

import attrs

try:
    import typer
except ImportError:  # pragma: no cover - told to whoever installed without the extra
    sys.stderr.write("The command line needs the extra 'cli': pip install 'openakimat[cli]'\n")
    sys.exit(2)

import openakimat.modelling  # noqa: F401 - its commands
from openakimat import kz, options
from openakimat.commands import BAD_INPUT, NOTHING_OVERDUE, SOMETHING_OVERDUE, SOUND, app
from openakimat.desk import Desk, verify_journal
from openakimat.errors import AkimatError, Fault, Malformed, unknown_fault
from openakimat.judgement.bounds import bounds_from
from openakimat.kz.roles import ROLES
from openakimat.law.words import Words
from openakimat.limits.explain import explain as explain_deadline
from openakimat.proving.command import Proof, codes, proofs, prove
from openakimat.register.entries.cells import mask
from openakimat.report import console, output, pages
from openakimat.report.bounds import bounds_text
from openakimat.report.draw import draw as draw_table
from openakimat.report.exchange import LOGS, write_log
from openakimat.report.ical import calendar_lines
from openakimat.report.upgrade import examine, lines, move_cases
from openakimat.trail.plain import KINDS
from openakimat.trail.schema import components, schema as schema_of

__all__ = ["NOTHING_OVERDUE", "SOMETHING_OVERDUE", "app", "main"]

UNSOUND = 1
UNFORESEEN, NOT_WRITTEN = 70, 74
"""As sysexits.h has them: EX_SOFTWARE, EX_IOERR."""


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


@app.command("export")
def export_cases(
    context: typer.Context,
    journal: Annotated[str, typer.Argument(help="sqlite:///file.db, or a file.")],
    *,
    out: Annotated[Path, typer.Option(help="Write .xes, .json (OCEL 2.0) or .ics (iCalendar)")],
    official: Annotated[str, typer.Option(help="Whose days, by id: of .ics.")] = "",
    office: Annotated[str, typer.Option(help="By id, name or file; each, if not given.")] = "",
    at: options.AsOf = "",
    lang: options.Lang = options.Language.EN,
    with_persons: options.WithPersons = False,
) -> None:
    """Write the cases of a journal as an event log, or the days of an official as a calendar.

    Exit code 0: all of them. 2: bad input, or cases that cannot be read are not among them.
    """
    form = out.suffix.lower()
    if form not in {*LOGS, ".ics"} or not out.parent.is_dir() or (form in LOGS and out.exists()):
        raise options.option_fault(
            "--out", "name a new .xes or .json, or an .ics, in a folder that is there"
        )
    if bool(official) != (form == ".ics"):
        raise options.option_fault(
            "--official", "tell whose days an .ics has, by id, and only of an .ics"
        )
    if at and form != ".ics":
        raise options.option_fault("--at", "goes with an .ics: a log has all that was recorded")
    now = options.read_instant("--at", at) if at else datetime.now().astimezone()  # noqa: TID251 - as `check`
    store, law, left_out = options.open_store(journal, context, create=False), kz.law(), 0
    of, others = options.choose_offices(store.journal, office, None)
    desks = [Desk(each, store) for each in of]
    if official and len(desks) != 1:
        raise options.option_fault("--office", "whose official is it? An id, a name or a file")
    doubts = list[str]()
    part = out.with_name(f".{out.name}.part")
    context.call_on_close(lambda: part.unlink(missing_ok=True))
    with part.open("w", encoding="utf-8", newline="") as file:
        if form == ".ics":
            lines = [*calendar_lines(desks[0], official, Words(law, lang.value), at=now)]
            file.writelines(lines)
            if "BEGIN:VEVENT\r\n" not in lines:
                why = f"no day of {official!r} is told: is it the id that records have?"
                doubts.append(f"--official: {why}")
        else:
            cases = chain.from_iterable(desk.files() for desk in desks)
            left_out = write_log(cases, file, form, law=law, with_persons=with_persons)
    part.replace(out)
    lost = [f"{one.case}: {one.why} [{one.code}]" for desk in desks for one in desk.broken()]
    lost += [f"--office: {name!r} is not known here: its cases are not written" for name in others]
    typer.echo("\n".join((f"{out}: {left_out} confidential left out", *lost, *doubts)))
    raise typer.Exit(BAD_INPUT if lost else SOUND)


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
            screen.print(mask(line), markup=False)
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
