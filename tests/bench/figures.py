"""Figures of a journal, beside reading and replaying its records once; a million of them, by themselves."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import polars
from tests.bench.check import AT, write_register
from tests.bench.race import Figure, race, seconds

from openakimat import Desk, kz, register
from openakimat.adapters import sql
from openakimat.judgement.running import follow
from openakimat.register.figures import CUSTOMS, count_journal
from openakimat.report.figures.page import make_report
from openakimat.report.figures.shares import break_down
from openakimat.trail.seal import read_case

PEERS: tuple[str, ...] = ()

N, MANY = 4_000, 225_000
"""Rows of a register; the latter leave a million records."""

OFFICE = kz.office("astana")


def figures() -> Iterator[Figure]:
    """The cost of a case reported, of few and of what a million records tell of."""
    with tempfile.TemporaryDirectory() as folder:
        store = _keep(Path(folder), N)
        ours, theirs = race(lambda: _report(store), lambda: _replay(store), rounds=5)
        yield Figure(
            f"a case reported, of {N:,}",
            ours / theirs,
            ours=seconds(ours),
            peer="reading and replaying it",
            theirs=seconds(theirs),
        )
        yield from _from_cards(store, Path(folder) / f"{N}.db")
        store.close()
        store = _keep(Path(folder), MANY)
        n_records = sum(1 for _ in store.journal.since())
        (ours, took, peak), (theirs, _, _) = _alone(_report, store), _alone(_replay, store)
        yield Figure(
            f"{n_records:,} records reported",
            ours / theirs,
            bar=2,
            at_most=True,
            ours=f"{ours:.0f} s",
            peer="reading and replaying them",
            theirs=f"{theirs:.0f} s",
        )
        yield Figure("… in", took, " s", ours=f"{n_records / took:,.0f} /s")
        yield Figure("… peak memory", peak, " GiB", bar=1, at_most=True)


def _from_cards(store: sql.Store, path: Path) -> Iterator[Figure]:
    """How many cases of each procedure there are, and are open: which needs no record."""
    start = time.perf_counter()
    took = Desk(OFFICE, store).rebuild() / (time.perf_counter() - start)
    yield Figure("a card made anew", 1e3 / took, " ms", ours=f"{took:,.0f} /s")
    query = 'SELECT procedure, count("case"), sum(is_open) FROM akimat_card GROUP BY procedure'

    def counted() -> set[tuple[object, ...]]:
        return {*polars.read_database(query, sql.engine(f"sqlite:///{path}")).rows()}

    def reported() -> set[tuple[object, ...]]:
        rows, *_ = count_journal([Desk(OFFICE, store)], at=AT)
        groups = break_down(rows, "procedure", at=AT)["procedure"]
        return {(one["key"], one["n"], one["open"]) for one in groups}

    ours, theirs = race(lambda: len(counted()), lambda: len(reported()), rounds=5)
    same = len(counted() & reported())
    yield Figure(
        "open by procedure, from cards as a frame",
        theirs / ours,
        bar=20,
        ours=seconds(ours),
        peer="from their records",
        theirs=seconds(theirs),
        same=f"{same}/{len(reported())}",
    )


def _alone(run: Callable[[sql.Store], int], store: sql.Store) -> tuple[float, float, float]:
    """Seconds of processor time and by the clock, and GiB at the peak, in a process of its own."""
    start = time.perf_counter()
    if (child := os.fork()) == 0:
        os._exit(0 if run(store) else 1)
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{run.__name__}: it failed")
    took = time.perf_counter() - start
    return used.ru_utime + used.ru_stime, took, used.ru_maxrss / 2**20


def _keep(folder: Path, n: int) -> sql.Store:
    """The journal that a check of so many rows leaves."""
    path = folder / f"{n}.csv"
    write_register(path, n)
    store = sql.Store(f"sqlite:///{folder / f'{n}.db'}")
    register.check_file(path, OFFICE, at=AT, journal=store.journal)
    return store


def _report(store: sql.Store) -> int:
    rows, *_ = count_journal([Desk(OFFICE, store)], at=AT)
    return int(
        make_report(rows, AT, CUSTOMS["only-counted"]["procedures"])["parts"]["whole"][0]["n"]
    )


def _replay(store: sql.Store) -> int:
    charts, journal = Desk(OFFICE, store).office.table_of, store.journal
    cases = (read_case(name, journal.read(name), charts)[0] for name in journal.cases("astana"))
    return sum(1 for case in cases if follow(case, office=OFFICE).case.records)
