"""The command line: check a register, explain a deadline, verify a journal, draw a procedure.

It is a host: it owns the clock, the files and the screen.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

try:
    import typer
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
except ImportError:  # pragma: no cover - told to whoever installed without the extra
    sys.stderr.write("The command line needs the extra 'cli': pip install 'openakimat[cli]'\n")
    sys.exit(2)

from openakimat import kz, register
from openakimat.calendar.terms import AsSet
from openakimat.dated import Edition
from openakimat.errors import AkimatError, Fault, Malformed, none_of
from openakimat.judgement.deadlines import deadlines
from openakimat.judgement.docket import urgency
from openakimat.judgement.replay import replay
from openakimat.kz.cases import CASES
from openakimat.kz.roles import ROLES
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.limits.deadline import Deadline, due
from openakimat.limits.explain import explain as explain_deadline
from openakimat.limits.limit import TimeLimit, as_told
from openakimat.proving.command import Proof, codes, proofs, prove
from openakimat.register import summary
from openakimat.report import console, export, pages
from openakimat.report.draw import draw as draw_table
from openakimat.report.output import discard_output, ending_with_reader
from openakimat.trail.seal import Verification, unseal, verify_all

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


class Language(StrEnum):
    """Languages of explanations."""

    KK = "kk"
    RU = "ru"
    EN = "en"


class Law(StrEnum):
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


def _wrong(option: str, why: str) -> Malformed:
    return Malformed("option", [Fault(option, why)])


def _instant(text: str, option: str, office: Office) -> datetime:
    why = f"{text!r} is no instant with its offset, such as 2026-03-18T18:40+05:00"
    try:
        at = datetime.fromisoformat(text)
        if at.utcoffset() is None:
            raise _wrong(option, why)
        return office.calendar.place.local(at)
    except (ValueError, OverflowError):
        raise _wrong(option, why) from None


def _journal(url: str, *, create: bool) -> Any:
    """A journal; to read one is not to make one."""
    try:
        from openakimat.adapters import sql
    except ImportError:
        raise Malformed(
            "journal", [Fault(url, "needs the extra 'sql': pip install 'openakimat[sql]'")]
        ) from None
    return sql.Journal(url if "://" in url else f"sqlite:///{url}", create=create)


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
    now = datetime.now().astimezone()  # noqa: TID251 - the command line owns the clock
    now = _instant(at, "--at", where) if at else where.calendar.place.local(now)
    if out is not None:
        export.checked_name(out)
    columns = register.read_mapping(mapping) if mapping else None
    store = _journal(journal, create=True) if journal else None
    with _bar(path) as bar:
        result = register.check(
            register.rows(path, columns, encoding=encoding),
            kz.KINDS,
            where,
            at=now,
            keep=store.keep if store else None,
            progress=bar,
        )
    if not result.n_rows:
        raise Malformed("register", [Fault(str(path), "no rows under its head: nothing to check")])
    lines = sorted(result.lines, key=urgency)
    if out is not None:
        export.write(lines, out, words)
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
    if result.n_faulty or not trail.intact:
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
    term: Annotated[
        str, typer.Option(help="The term, where the body sets it: '10 working days'.")
    ] = "",
    until: Annotated[
        str, typer.Option(help="Its last day, where the body sets that: 2026-04-20.")
    ] = "",
    journal: Annotated[str, typer.Option(help="Where the case is kept.")] = "",
    office: Annotated[
        str,
        typer.Option(help="A sample office, by id or name; of a case, the one it is kept by."),
    ] = "",
    law: Wording = Law.AUTO,
    reading: Readings = None,
    lang: Lang = Language.EN,
) -> None:
    """Explain a deadline: of a limit from an instant, or of each clock of a case."""
    where = _office(office or "astana", law, reading)
    if limit and since and not (case or journal):
        found = _from(where, limit, _instant(since, "--from", where), term, until)
    elif case and journal and not (limit or since or term or until):
        if not office:
            raise _wrong("--office", "whose case is it? Its days are those of its office")
        rows = _journal(journal, create=False).read(case)
        found = deadlines(replay(case, map(unseal, rows), office=where), office=where)
    else:
        either = "give --limit and --from (with --term or --until), or CASE and --journal"
        raise Malformed("explain", [Fault("", either)])
    for deadline in found:
        typer.echo(explain_deadline(deadline, lang.value))


def _from(office: Office, key: str, at: datetime, term: str, until: str) -> tuple[Deadline, ...]:
    """The deadline of a limit; where it is counted from registration, that of registering first."""
    day = office.day_of(at)
    wording = office.wording_on(day)
    edition, last = _set(office.limit(key, day, wording), term, _last_day(until, day))
    if edition.value.base.value != "registration":
        return (due(edition, at, office.calendar, until=last),)
    registration = office.limit(f"{key.partition('.')[0]}.registration", day, wording)
    return (
        due(registration, at, office.calendar),
        due(edition, office.calendar.counted_at(at), office.calendar, until=last),
    )


def _last_day(until: str, first: date) -> date | None:
    try:
        day = date.fromisoformat(until) if until else None
    except ValueError:
        raise _wrong("--until", f"{until!r} is no day, such as 2026-04-20") from None
    if day is not None and day < first:
        raise _wrong("--until", f"{day} is before {first}, the day of --from")
    return day


def _set(
    edition: Edition[TimeLimit], term: str, until: date | None
) -> tuple[Edition[TimeLimit], date | None]:
    """A limit with the term that the body sets, where the law leaves it to the body."""
    key, given = edition.value.key, bool(term) + (until is not None)
    if not isinstance(edition.value.term, AsSet):
        if given:
            why = f"{key}: the law sets this term, {edition.value.term}; --term and --until do not"
            raise _wrong("--limit", why)
        return edition, None
    if given != 1 or term == "as set":
        why = f"{key}: the body sets this term; tell it by --term '10 working days' or --until DAY"
        raise _wrong("--limit", why)
    try:
        return as_told(edition, term), until
    except Malformed as wrong:
        raise _wrong("--term", wrong.faults[0].why) from None


@app.command()
def verify(journal: Annotated[str, typer.Argument(help="sqlite:///file.db, or a file.")]) -> None:
    """Verify that a journal is whole, in order and unaltered."""
    trail = verify_all(sealed for _, sealed in _journal(journal, create=False).since())
    typer.echo(str(trail))
    raise typer.Exit(NOTHING_OVERDUE if trail.intact else SOMETHING_OVERDUE)


class Form(StrEnum):
    """Forms of a drawing."""

    MERMAID = "mermaid"
    SVG = "svg"
    MD = "md"


@app.command()
def draw(
    name: Annotated[str, typer.Argument(help="A procedure such as appeal, or all.")],
    *,
    form: Annotated[Form | None, typer.Option("--as", help="mermaid, if not given.")] = None,
    law: Annotated[str, typer.Option(help="The wording; the newest, if not given.")] = "",
    lang: Annotated[Language | None, typer.Option(help="Its language; en, if not given.")] = None,
    out: Annotated[Path | None, typer.Option(help="All: the folder to draw into.")] = None,
) -> None:
    """Draw a procedure, or the pages of all of them in every language."""
    idle: dict[str, object] = {"--out": out}
    if name == "all":
        idle = {"--as": form, "--law": law, "--lang": lang}
    if given := [option for option, value in idle.items() if value]:
        which = "one procedure" if name == "all" else "all"
        raise Malformed("draw", [Fault(option, f"goes with {which} only") for option in given])
    if name == "all":
        pages.write(out or Path(), pages.pages(kz.law()))
        return
    pack = kz.law()
    if name not in pack.procedures:
        raise Malformed("draw", [Fault("", none_of(name, [*pack.procedures, "all"]))])
    tables = {edition.law: edition.value for edition in pack.procedures[name]}
    if (wanted := law or [*tables][-1]) not in tables:
        raise Malformed("draw", [Fault("--law", none_of(law, tables))])
    drawn, tongue = form or Form.MERMAID, lang or Language.EN
    typer.echo(draw_table(tables[wanted], drawn.value, law=pack, language=tongue.value))


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
    return tuple(proofs(kz.office(), code, cases=CASES, roles=ROLES))


def main() -> None:
    """Run the command line; what is wrong is told on one page, without a traceback.

    Only what nobody foresaw has a traceback, and a code of its own.
    """
    try:
        with ending_with_reader():
            app()
    except AkimatError as wrong:
        screen = console.console(stderr=True)
        for line in console.error_lines(wrong):
            screen.print(line, markup=False)
        sys.exit(BAD_INPUT)
    except OSError as wrong:
        discard_output()
        print(f"openakimat: {wrong}", file=sys.stderr)  # noqa: T201 - a screen of rich may have failed
        sys.exit(NOT_WRITTEN)
    except Exception:  # noqa: BLE001 - Python would exit with 1, which is an answer of `check`
        traceback.print_exc()
        sys.exit(UNFORESEEN)


if __name__ == "__main__":
    main()
