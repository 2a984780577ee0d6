"""What sweeping costs beside the runs themselves; in processor time, parent and workers.

Both ways two forked workers run at once: what they cost each other is no cost of sweeping.
"""

from __future__ import annotations

import multiprocessing
import operator
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from statistics import median

from tests.bench.race import Figure, seconds
from tests.bench.stages import WAY, staff, year

from openakimat.simulate.demand import Demand, draw_cases
from openakimat.simulate.engines import many
from openakimat.simulate.sweep import Result, sweep

PEERS: tuple[str, ...] = ()
REPS, CASES = 400, 6_000


def a_year(seed: int, replication: int, *, cases: int = CASES) -> Result:
    """A year of an office: how long a case stays in it."""
    drawn = draw_cases(Demand(cases / 247), WAY, year(), seed=seed, replication=replication)
    lives = many.run(drawn.load, staff(cases, year()))
    done = lives.ended >= 0
    return {"stay": float((lives.ended - lives.joined)[done].mean())}


def some_years(seed: int, runs: range) -> list[Result]:
    """Runs as a worker has them who is told all of them at once."""
    return [a_year(seed, k) for k in runs]


def figures() -> Iterator[Figure]:
    """Runs of some milliseconds, by a sweep, and by hand: half of them to each of two workers."""
    a_year(0, 0)
    context = multiprocessing.get_context("fork")  # what is compiled is there already
    swept, by_hand, same = [], [], 0
    for seed in range(5):
        found, halves = list[Result](), list[Result]()

        def sweeps(seed: int = seed, found: list[Result] = found) -> None:
            with ProcessPoolExecutor(2, mp_context=context) as pool:
                found += sweep({"it": partial(a_year)}, pool, reps=REPS, seed=seed)["it"]

        def halved(seed: int = seed, found: list[Result] = halves) -> None:
            with ProcessPoolExecutor(2, mp_context=context) as pool:
                runs = [range(REPS // 2), range(REPS // 2, REPS)]
                for half in pool.map(some_years, [seed, seed], runs):
                    found += half

        swept.append(_spent(sweeps))
        by_hand.append(_spent(halved))
        same += sum(map(operator.eq, found, halves))
    ours, work = median(swept), median(by_hand)
    yield Figure(
        "two workers: cost beside the runs", 100 * (ours / work - 1), " %", bar=2, at_most=True,
        ours=seconds(ours / REPS), peer="a run by hand", theirs=seconds(work / REPS),
        same=f"{same}/{5 * REPS}",
    )  # fmt: skip


def _spent(run: Callable[[], object]) -> float:
    """Seconds of processor time, of this process and of those that it waited for."""
    before = sum(os.times()[:4])
    run()
    return sum(os.times()[:4]) - before
