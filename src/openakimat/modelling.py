"""The commands of an office that is modelled: run forward, fitted to its log, its cases invented."""

from __future__ import annotations

import csv
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from openakimat import kz, options, register
from openakimat.commands import app, is_database
from openakimat.desk import Desk
from openakimat.errors import Fault, Malformed
from openakimat.judgement.docket import OVER, Standing, line
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.register import figures
from openakimat.register.files.sources import read_events
from openakimat.report import console, export
from openakimat.report.columns import Book
from openakimat.report.days import by_hour
from openakimat.report.figures.cases import Counted
from openakimat.report.frames import row_of
from openakimat.simulate.events import events_of

_Office = Annotated[str, typer.Option("--office", help="Whose: an id, a name or a file.")]


@app.command("run")
def run(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="SCENARIO...", help="Files of TOML.")],
    *,
    reps: Annotated[
        int | None,
        typer.Option(min=1, help="Runs of each, 30; with --precision the most of them, 1,000."),
    ] = None,
    precision: Annotated[
        float | None,
        typer.Option(help="Run until the half of each interval is this share of its mean: 0.05."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Where chance begins.")] = 0,
    law: options.Wording = options.Law.AUTO,
    lang: options.Lang = options.Language.EN,
    workers: options.Workers = None,
    out: Annotated[Path | None, typer.Option(help="Write .html, .json, .csv or .xlsx")] = None,
) -> None:
    """Run scenarios beside each other, on common random numbers, and tell what came of them."""
    options.require_extra("run", "simulate", "numpy", "scipy", "jsonschema")
    from openakimat.simulate import experiment, scenario, warmup

    office_of = partial(options.make_office, law=law, readings=None)
    of = [scenario.read_scenario(path, office_of, partial(_cases_of, context)) for path in paths]
    inputs = (
        *paths,
        *(options.file_of(one.told.get(key, "")) for one in of for key in ("initial", "mapping")),
    )
    if out is not None:
        export.check_name(out, *inputs)
    pool = partial(ProcessPoolExecutor, workers) if workers and workers > 1 else None
    of = warmup.warm_up(of, seed)
    with console.progress("running", "runs") as show:
        runs = experiment.run_scenarios(
            of, pool, reps=reps, precision=precision, seed=seed, progress=show
        )
    words = Words(of[0].office.law, lang.value)
    title = f"{words('heading', 'scenarios')}: {', '.join(one.told['title'] for one in of)}"
    sheets = experiment.rows(of, runs, words)
    about = experiment.sheet(of, runs, seed, words, precision)
    book = Book(title, sheets, about, pictures=by_hour(sheets["measures"], words))
    if out is not None:
        export.write(book, out, words)
    for row in book.sheets["measures"]:
        if not row["hour"]:
            name = f"{words('measure', str(row['measure']))} {row['about'] or ''}".strip()
            told = f"{row['scenario']}  {name}: {row['told']}"
            rest = (row["runs"], row.get("more"), row.get("published"))
            typer.echo("; ".join(map(str, (told, *filter(None, rest)))))
    typer.echo("\n".join(("", *about.values())))


def _cases_of(
    context: typer.Context, source: str, mapping: str, office: Office, at: datetime
) -> list[Counted]:
    """The cases of an office as they stand at an instant, by a journal or a register; what is not read is broken."""
    if "://" not in source and not is_database(Path(source)):
        columns = register.read_mapping(mapping) if mapping else None
        rows, result = figures.count_register(Path(source), office, at=at, mapping=columns)
        return rows + [Counted("", "", office.body.id, at, Standing.BROKEN)] * result.n_faulty
    if mapping:
        raise Malformed("mapping", [Fault("", "goes with a register")])
    store = options.open_store(source, context, create=False)
    return figures.count_journal([Desk(office, store)], at=at)[0]


@app.command("fit")
def fit_log(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="JOURNAL|REGISTER", help="Or an event log.")],
    *,
    office: _Office,
    mapping: options.MappingName = "",
    at: options.AsOf = "",
    work: Annotated[bool, typer.Option("--work", help="Begin no step ere who did it was free.")] = False,
    out: Annotated[Path | None, typer.Option(help="Write a scenario for `run`: .toml")] = None,
) -> None:  # fmt: skip
    """Fit an office to its log, and tell how well: who comes when, which way, how long each step takes.

    Of a journal and a register, cases that have not ended are left out.
    """
    options.require_extra("fit", "simulate", "numpy", "scipy")
    from openakimat.simulate.fit import fit

    now = datetime.now().astimezone()  # noqa: TID251 - as `check`
    where, now = options.office_and_instant(office, options.Law.AUTO, None, ("--at", at), now)
    _refuse_written(out, ".toml")
    path, doubts = Path(source), list[Fault]()
    columns = register.read_mapping(mapping) if mapping else None
    of_journal = "://" in source or is_database(path)
    name = f"the journal of {where.body.id}" if of_journal else path.name  # no password
    # In a log of ours time acts too, which is no step of anybody.
    if not of_journal and columns and columns.events and mapping != "openakimat":
        events = read_events(path, columns, where, warn=doubts.append)
    else:
        store = options.open_store(source if of_journal else "", context, create=False)
        if not of_journal:
            register.check_file(path, where, at=now, mapping=columns, journal=store.journal)
        cases = [c for c in Desk(where, store).files() if c.opened_at <= now]
        past = (c for c in cases if c.records[-1].at <= now)
        ended = [c for c in past if line(c, at=now, office=where).standing in OVER]
        events = events_of(ended)
        if n := len(cases) - len(ended):
            doubts.append(Fault("", f"{n} of {len(cases)} cases had not ended, and are left out"))
    fitted = fit(events, where.calendar, source=name, work=work)
    typer.echo("\n".join((str(fitted), *map(str, doubts))))
    if out is not None:
        out.write_text(fitted.scenario(office), "utf-8")
        typer.echo(f"\nopenakimat run {quote(str(out))}")


@app.command("invent")
def invent(
    context: typer.Context,
    procedures: Annotated[list[str] | None, typer.Argument(metavar="PROCEDURE...", help="All, if not given.")] = None,
    *,
    office: _Office,
    year: Annotated[int, typer.Option(help="When they came.")],
    n: Annotated[int, typer.Option("-n", min=1, help="How many.")] = 100,
    seed: Annotated[int, typer.Option(help="Where chance begins.")] = 0,
    out: Annotated[Path, typer.Option(help="Write a register, .csv, or a journal, .db")],
) -> None:  # fmt: skip
    """Invent lawful cases of an office, each marked as synthetic: they estimate nothing."""
    options.require_extra("invent", "testing", "hypothesis")
    from openakimat.testing.synthetic import MARK, invent_cases, keep_cases

    _refuse_written(out, ".csv", ".db")
    where = options.make_office(office, options.Law.AUTO, None)
    cases = invent_cases(where, year, n, seed, procedures=procedures or (), kinds=kz.KINDS)
    if out.suffix == ".db":
        keep_cases(cases, Desk(where, options.open_store(str(out), context, create=True)))
        typer.echo(f"{out}: {n} synthetic cases")
        return
    told = ((case.procedure, row_of(case, "cases") | {"topic": MARK}) for case in cases)
    rows = [row for procedure, row in told if kz.KINDS.get(row["kind"]) == procedure]
    if not rows:
        raise options.option_fault("--out", "a register has no rows of such cases: name a .db")
    with out.open("x", encoding="utf-8-sig", newline="") as file:
        (writer := csv.DictWriter(file, rows[0])).writeheader()
        writer.writerows(rows)
    typer.echo(f"{out}: {len(rows)} synthetic cases; {n - len(rows)} have no rows in a register")


def _refuse_written(out: Path | None, *forms: str) -> None:
    """Refuse a file that is there already, has no folder, or a name of none of the forms."""
    if out and (out.suffix not in forms or out.exists() or not out.parent.is_dir()):
        why = f"name a new {' or '.join(forms)}, in a folder that is there"
        raise options.option_fault("--out", why)
