"""What sweeping costs beside the runs themselves, on two workers; in processor time, parent and workers."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from statistics import median

from tests.bench.race import Figure, seconds
from tests.bench.stages import WAY, staff, year

from openakimat.simulate import many
from openakimat.simulate.demand import Demand, draw_cases
from openakimat.simulate.sweep import Result, sweep

PEERS: tuple[str, ...] = ()
REPS, CASES = 400, 6_000


def a_year(seed: int, replication: int, *, cases: int = CASES) -> Result:
    """A year of an office: how long a case stays in it."""
    drawn = draw_cases(Demand(cases / 247), WAY, year(), seed=seed, replication=replication)
    lives = many.run(drawn.load, staff(cases, year()))
    done = lives.ended >= 0
    return {"stay": float((lives.ended - lives.joined)[done].mean())}


def figures() -> Iterator[Figure]:
    """Runs of some milliseconds: the pool is made beforehand, as it would be for many sweeps."""
    a_year(0, 0)
    context = multiprocessing.get_context("fork")  # what is compiled is there already
    scenario = {"as it is": partial(a_year)}
    here, there, same = [], [], 0
    for seed in range(5):
        alone = [a_year(seed, k) for k in range(REPS)] if seed == 0 else []
        here.append(_spent(lambda s=seed: [a_year(s, k) for k in range(REPS)]))  # type: ignore[misc]

        def swept(seed: int = seed, alone: list[Result] = alone) -> None:
            nonlocal same
            with ProcessPoolExecutor(2, mp_context=context) as pool:
                found = sweep(scenario, pool, reps=REPS, seed=seed)["as it is"]
            same += sum(a == b for a, b in zip(found, alone, strict=False))

        there.append(_spent(swept))
    ours, work = median(there), median(here)
    yield Figure(
        "two workers: cost beside the runs", 100 * (ours / work - 1), " %", bar=2, at_most=True,
        ours=seconds(ours / REPS), peer="a run alone", theirs=seconds(work / REPS), same=f"{same}/{REPS}",
    )  # fmt: skip


def _spent(run: Callable[[], object]) -> float:
    """Seconds of processor time, of this process and of those that it waited for."""
    before = sum(os.times()[:4])
    run()
    return sum(os.times()[:4]) - before
