"""Sweeps: the same whoever runs them, whatever dies."""

from __future__ import annotations

import os
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from openakimat import kz
from openakimat.simulate.demand import Demand, Stop, draw_cases
from openakimat.simulate.engines import many
from openakimat.simulate.engines.load import Staff
from openakimat.simulate.engines.minutes import compile_minutes
from openakimat.simulate.engines.streams import Spread
from openakimat.simulate.sweep import Result, WorkerLost, interval, sweep


def month_of_windows(seed: int, replication: int, *, windows: int) -> Result:
    month = compile_minutes(kz.calendar(town="Aqtobe"), date(2026, 3, 1), date(2026, 3, 31))
    drawn = draw_cases(
        Demand(90), [Stop("window", 0, Spread(14))], month, seed=seed, replication=replication
    )
    lives = many.run(
        drawn.load, Staff([[0]] * windows, [month], table=[0] * windows, doors=[0], finishes=[True])
    )
    waits = (lives.started - lives.joined)[lives.started >= 0]
    return {"wait": float(waits.mean()), "over 20": float((waits > 20).mean())}


OFFICES = {f"{n} windows": partial(month_of_windows, windows=n) for n in (3, 4)}


def executors() -> list[Executor]:
    return [
        ThreadPoolExecutor(1),
        ThreadPoolExecutor(3),
        ProcessPoolExecutor(1),
        ProcessPoolExecutor(2),
    ]


def test_who_runs_it_and_how_many_changes_nothing() -> None:
    here = sweep(OFFICES, reps=30, seed=5)
    assert {len(runs) for runs in here.values()} == {30}
    for executor in executors():
        with executor:
            assert sweep(OFFICES, executor, reps=30, seed=5) == here
    assert sweep(OFFICES, reps=31, seed=5)["3 windows"][:30] == here["3 windows"]
    assert sweep(OFFICES, reps=30, seed=6) != here


def test_what_is_made_for_it_is_ended_with_it() -> None:
    made = list[Executor]()

    def make() -> Executor:
        made.append(ThreadPoolExecutor(1))
        return made[-1]

    sweep(OFFICES, make, reps=2)
    with pytest.raises(RuntimeError, match="after shutdown"):
        made[0].submit(print)


def test_on_dask_it_is_the_same() -> None:
    distributed = pytest.importorskip("distributed", reason="no Dask: distributed is not installed")
    here = sweep(OFFICES, reps=12, seed=5)
    with distributed.Client(
        processes=False, n_workers=2, threads_per_worker=1, dashboard_address=None
    ) as client:
        assert sweep(OFFICES, client.get_executor(), reps=12, seed=5) == here


def test_common_random_numbers_tell_offices_apart_sooner() -> None:
    runs = sweep(OFFICES, reps=40, seed=5)
    three, four = ([run["wait"] for run in of] for of in runs.values())
    difference = np.subtract(three, four)
    assert interval(difference.tolist()).low > 0
    assert np.var(difference) < np.var(three) + np.var(four), "the same people come to both"


def dying_once(seed: int, replication: int, *, mark: Path) -> Result:
    """A worker that dies in its fifth run, the first time."""
    if replication == 5 and not mark.exists():
        mark.touch()
        os._exit(1)
    return {"n": float(seed + replication)}


@pytest.mark.parametrize("replaced", ["replaced", ""])
def test_a_worker_that_dies_is_told_and_its_runs_are_done_again(
    tmp_path: Path, replaced: str
) -> None:
    run = partial(dying_once, mark=tmp_path / "died")
    pool = partial(ProcessPoolExecutor, 2)
    with pytest.warns(WorkerLost, match="done again"):
        found = sweep({"office": run}, pool if replaced else pool(), reps=30)
    assert [one["n"] for one in found["office"]] == [float(n) for n in range(30)]


def failing(seed: int, replication: int) -> Result:
    if replication == 7:
        raise LookupError(f"run {seed} {replication}")
    return {}


def test_what_a_run_raises_is_raised_and_is_no_lost_worker() -> None:
    with pytest.raises(LookupError, match="run 0 7"):
        sweep({"office": failing}, reps=30)
    with ProcessPoolExecutor(1) as pool, pytest.raises(LookupError, match="run 0 7"):
        sweep({"office": failing}, pool, reps=30)
