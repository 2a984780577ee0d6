"""Many runs of several offices, on whatever executor there is; and what is known from them.

Rules. (1) A run is told by its seed and replication alone: the same on any worker, and run k of two
offices draws alike. (2) An interval rests on runs, never on the cases within one. (3) A worker that
dies takes nothing with it: it is told, and its runs are done again.
"""

import math
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from statistics import fmean, stdev
from typing import NamedTuple

from scipy.stats import t as student

from openakimat.errors import Fault, Malformed

Result = Mapping[str, float]
Run = Callable[[int, int], Result]
"""One run of an office, from seed and replication to what is asked of it; for processes it pickles."""

LEAST = 30
"""The fewest runs that an interval rests on."""

_BATCH_SECONDS, _POOLS = 0.25, 3


class WorkerLost(RuntimeWarning):
    """A worker died; its runs are done again."""


class Interval(NamedTuple):
    """A mean over runs, and the bounds it lies between with the confidence asked."""

    mean: float
    low: float
    high: float


def sweep(
    scenarios: Mapping[str, Run],
    executor: Executor | Callable[[], Executor] | None = None,
    *,
    reps: int = LEAST,
    seed: int = 0,
    more: Callable[[Mapping[str, Sequence[Result]]], int] = lambda _: 0,
    progress: Callable[[int, int], object] | None = None,
) -> dict[str, tuple[Result, ...]]:
    """Run each so many times; the results of each, in the order of replications.

    An executor that breaks is replaced, up to twice, where what makes one is given; what is left then, or
    without any, is run here. When the runs are done, how many further ones of each is asked of `more`; how
    many are done, of how many, is told to `progress`.

    >>> def draw(seed, replication):
    ...     return {"wait": float(replication)}
    >>> [run["wait"] for run in sweep({"as it is": draw}, reps=3)["as it is"]]
    [0.0, 1.0, 2.0]
    """
    made = ExitStack()  # ended before the interpreter is, which would find them half gone
    pool, n_pools = made.enter_context(executor()) if callable(executor) else executor, 1
    # The first run of each says how many make a batch; it is kept, for it is one of those asked.
    began = time.perf_counter()
    found = {name: [run(seed, 0)] for name, run in scenarios.items()}
    each = (time.perf_counter() - began) / max(len(found), 1)
    size = max(1, min(round(_BATCH_SECONDS / max(each, 1e-9)), math.ceil(reps / 8)))
    jobs, start = list[tuple[str, range]](), 1

    def submit() -> list[Callable[[], list[Result] | Exception]]:
        if pool is None:
            return [lambda k=k: _run_batch(scenarios[k[0]], seed, k[1]) for k in jobs]  # type: ignore[misc]  # a default of no type of its own
        return [pool.submit(_run_batch, scenarios[name], seed, runs).result for name, runs in jobs]

    with made:
        while start < reps or (reps := reps + more(found)) > start:
            batches = [range(k, min(k + size, reps)) for k in range(start, reps, size)]
            jobs = [(name, runs) for name in scenarios for runs in batches]
            start, waiting = reps, submit()
            while jobs:
                name, runs = jobs[0]
                try:
                    results = waiting[0]()
                except Exception as lost:  # noqa: BLE001 - whatever an executor calls it
                    told = f"{name}, runs {runs[0]} to {runs[-1]}: {type(lost).__name__}"
                    warnings.warn(f"{told}; done again", WorkerLost, stacklevel=2)
                    pool = made.enter_context(executor()) if callable(executor) and n_pools < _POOLS else None  # fmt: skip
                    n_pools += 1
                    waiting = submit()
                    continue
                if isinstance(results, Exception):
                    raise results
                found[name] += results
                if progress:
                    progress(sum(map(len, found.values())), reps * len(found))
                del jobs[0], waiting[0]
    return {name: tuple(results) for name, results in found.items()}


def _run_batch(run: Run, seed: int, runs: range) -> list[Result] | Exception:
    # What a run raises is its own, and is told; whatever else a future raises, its worker did.
    try:
        return [run(seed, replication) for replication in runs]
    except Exception as wrong:  # noqa: BLE001 - raised where the sweep was asked for
        return wrong


def interval(values: Sequence[float], confidence: float = 0.95) -> Interval:
    """The mean over runs, between the bounds of Student's t; of two offices, give the differences.

    Raises `Malformed` if there are fewer than `LEAST` runs.

    >>> [round(value, 2) for value in interval([float(n) for n in range(31)])]
    [15.0, 11.66, 18.34]
    """
    n = len(values)
    if n < LEAST:
        raise Malformed("interval", [Fault("values", f"{n} runs, and it rests on {LEAST} or more")])
    mean, t = fmean(values), float(student.ppf((1 + confidence) / 2, n - 1))
    half = t * stdev(values) / math.sqrt(n)
    return Interval(mean, mean - half, mean + half)
