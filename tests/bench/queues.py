"""One queue and five windows, run by each of the engines there are; random numbers are in the time.

Beside the speed stands what each says of the wait, and what theory says.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable, Iterator
from statistics import fmean, stdev
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.bench.race import Figure, against, peer, race
from tests.simulate.theory import mmc_wait, priority_waits

from openakimat.simulate.engines import many
from openakimat.simulate.engines.streams import stream
from openakimat.simulate.sweep import interval

PEERS = ("simpy", "ciw", "salabim", "cimba")
SERVERS, SERVICE, RHO, FIRST = 5, 12.0, 0.85, 0.2
GAP = SERVICE / SERVERS / RHO
MANY, SOME, FEW = 1_000_000, 20_000, 2_000
RUNS, SKIP, PART = 30, 1_000, 20_000

Waits = Callable[[int, int], tuple[float, float]]
"""The mean wait of who goes first and of the others, in a run of so many by a seed."""


def figures() -> Iterator[Figure]:
    """First come, then two ranks, then how often an interval holds the truth."""
    truth = mmc_wait(SERVERS, SERVERS * RHO, SERVICE)
    engines: list[tuple[str, Waits, int, float | None]] = [
        ("simpy", _simpy, SOME, 400), ("ciw", _ciw, SOME // 4, 700),
        ("salabim", _salabim, FEW, None), ("cimba", _cimba, MANY // 5, 8),
    ]  # fmt: skip
    mine, *theirs = race(
        lambda: _counted(_ours, MANY), *(lambda e=e, n=n: _counted(e, n) for _, e, n, _ in engines),
        rounds=3,
    )  # fmt: skip
    yield Figure("one queue, 5 windows", 1e-6 / mine, " M/s", same=_told(_ours, SOME, truth))
    for (name, engine, n, bar), took in zip(engines, theirs, strict=True):
        yield against(
            "one queue, 5 windows", mine, name, took, bar=bar, same=_told(engine, n, truth)
        )
    yield from _ranks()
    yield from _coverage()


def _ranks() -> Iterator[Figure]:
    truth = priority_waits(SERVERS, SERVERS * RHO, SERVICE, FIRST)
    mine, theirs = race(
        lambda: _counted(_our_ranks, MANY), lambda: _counted(_simpy_ranks, SOME), rounds=3
    )
    for place, who in enumerate(("who goes first", "the others")):
        told = [_told(of, SOME, truth[place], place) for of in (_our_ranks, _simpy_ranks)]
        yield against(
            f"… by rank: {who}", mine, "simpy", theirs, bar=None if place else 150,
            same=f"ours {told[0]}, theirs {told[1]}",
        )  # fmt: skip


def _coverage() -> Iterator[Figure]:
    """Of 2,000 intervals of 30 runs each, of two windows from an empty start that is left out."""
    truth, held, n = mmc_wait(2, 1.2, SERVICE), 0, 2_000
    for no in range(n):
        rng, means = stream(no, 0, "coverage"), []
        for _ in range(RUNS):
            gaps = rng.standard_exponential(2_500) * SERVICE / 1.2
            waits = many.waits(gaps, rng.standard_exponential(2_500) * SERVICE, 2)
            means.append(float(waits[500:].mean()))
        low, high = interval(means)[1:]
        held += low <= truth <= high
    for at_most, bar in ((False, 93), (True, 96)):
        yield Figure(
            "95 % intervals that hold", 100 * held / n, " %", bar, at_most, same=f"{held}/{n}"
        )


def _counted(engine: Waits, n: int) -> int:
    engine(n, 1)
    return n


def _told(engine: Waits, n: int, truth: float, place: int = 1) -> str:
    runs = RUNS if n >= SOME // 4 else RUNS // 3
    waits = [engine(n, seed)[place] for seed in range(100, 100 + runs)]
    return f"{fmean(waits):.2f}±{stdev(waits) / runs**0.5:.2f} of {truth:.2f}"


def _mean(waits: NDArray[Any]) -> float:
    return float(waits[min(SKIP, len(waits) // 4) :].mean())


def _ours(n: int, seed: int) -> tuple[float, float]:
    """In parts that the cache of a processor holds, each beginning where the last one ended."""
    of_gaps, of_services = (stream(seed, 0, what) for what in ("gaps", "services"))
    state, total = np.zeros(SERVERS + 1), 0.0
    for at in range(0, n, PART):
        gaps = of_gaps.standard_exponential(min(PART, n - at), np.float32)
        services = of_services.standard_exponential(len(gaps), np.float32)
        gaps *= np.float32(GAP)
        services *= np.float32(SERVICE)
        waits = many.waits(gaps, services, SERVERS, state=state)
        total += float(waits[0 if at else SKIP :].sum())
    return 0.0, total / (n - SKIP)


def _our_ranks(n: int, seed: int) -> tuple[float, float]:
    gaps, services = (
        stream(seed, 0, what).standard_exponential(n, np.float32) * np.float32(mean)
        for what, mean in (("gaps", GAP), ("services", SERVICE))
    )
    others = stream(seed, 0, "ranks").random(n, np.float32) >= FIRST
    waits = many.waits(gaps, services, SERVERS, ranks=others.view(np.int8))
    return _mean(waits[~others]), _mean(waits[others])


def _simpy(n: int, seed: int) -> tuple[float, float]:
    simpy, rng, waits = peer("simpy"), random.Random(seed), list[float]()  # noqa: S311 - a model
    env = simpy.Environment()
    windows = simpy.Resource(env, SERVERS)

    def visitor() -> Iterator[object]:
        came = env.now
        with windows.request() as turn:
            yield turn
            waits.append(env.now - came)
            yield env.timeout(rng.expovariate(1 / SERVICE))

    def door() -> Iterator[object]:
        for _ in range(n):
            yield env.timeout(rng.expovariate(1 / GAP))
            env.process(visitor())

    env.process(door())
    env.run()
    return 0.0, _mean(np.array(waits))


def _simpy_ranks(n: int, seed: int) -> tuple[float, float]:
    simpy, rng = peer("simpy"), random.Random(seed)  # noqa: S311 - a model
    env, waits = simpy.Environment(), (list[float](), list[float]())
    windows = simpy.PriorityResource(env, SERVERS)

    def visitor(rank: int) -> Iterator[object]:
        came = env.now
        with windows.request(priority=rank) as turn:
            yield turn
            waits[rank].append(env.now - came)
            yield env.timeout(rng.expovariate(1 / SERVICE))

    def door() -> Iterator[object]:
        for _ in range(n):
            yield env.timeout(rng.expovariate(1 / GAP))
            env.process(visitor(int(rng.random() >= FIRST)))

    env.process(door())
    env.run()
    return _mean(np.array(waits[0])), _mean(np.array(waits[1]))


def _ciw(n: int, seed: int) -> tuple[float, float]:
    ciw = peer("ciw")
    ciw.seed(seed)
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(1 / GAP)],
        service_distributions=[ciw.dists.Exponential(1 / SERVICE)],
        number_of_servers=[SERVERS],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(n)
    records = sorted(simulation.get_all_records(), key=lambda record: record.arrival_date)
    return 0.0, _mean(np.array([record.waiting_time for record in records]))


def _salabim(n: int, seed: int) -> tuple[float, float]:
    salabim, rng, waits = peer("salabim"), random.Random(seed), list[float]()  # noqa: S311 - a model
    salabim.yieldless(False)  # noqa: FBT003 - its own interface
    env = salabim.Environment(trace=False)
    windows = salabim.Resource("windows", capacity=SERVERS)

    class Visitor(salabim.Component):  # type: ignore[misc, name-defined]
        def process(self) -> Iterator[object]:
            came = env.now()
            yield self.request(windows)
            waits.append(env.now() - came)
            yield self.hold(rng.expovariate(1 / SERVICE))
            self.release(windows)

    class Door(salabim.Component):  # type: ignore[misc, name-defined]
        def process(self) -> Iterator[object]:
            for _ in range(n):
                yield self.hold(rng.expovariate(1 / GAP))
                Visitor()

    Door()
    env.run()
    return 0.0, _mean(np.array(waits))


def _cimba(n: int, seed: int) -> tuple[float, float]:
    windows = importlib.import_module("tests.bench.cimba_windows")
    # It tells how many wait; how long, by Little.
    return 0.0, windows.waiting(n - SKIP, seed, SKIP, GAP) * GAP
