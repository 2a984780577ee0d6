# mypy: disable-error-code="misc, call-arg"
"""Appeals of five stages: hours, an external pause, those resumed first; and ten million of them streamed.

SimPy runs the same model on the same numbers, and every minute of every stage is compared.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from datetime import date
from functools import cache
from heapq import heappop, heappush
from itertools import pairwise
from subprocess import DEVNULL, PIPE, Popen
from typing import Any

import numpy as np
from tests.bench.race import Figure, against, peer, race, seconds

from openakimat import kz
from openakimat.simulate.demand import Demand, Stop, draw_cases
from openakimat.simulate.engines import loop, many
from openakimat.simulate.engines.load import Lives, Load, Staff
from openakimat.simulate.engines.minutes import Minutes, compile_minutes
from openakimat.simulate.engines.streams import Spread

PEERS = ("simpy",)
REGISTRY, CONSIDER, SIGN = range(3)
WAY = (
    Stop("register", REGISTRY, Spread(4)),
    Stop("assign", SIGN, Spread(2)),
    Stop("consider", CONSIDER, Spread(15)),
    Stop("consider the answer of others", CONSIDER, Spread(15), share=0.3, delay=Spread(5 * 1440)),
    Stop("sign", SIGN, Spread(2)),
    Stop("answer", REGISTRY, Spread(3)),
)
CALENDAR = kz.calendar(town="Aqtobe")
A_YEAR, MILLION = 6_000, 1_000_000
MOST_MEMORY = 2.0


@cache
def year() -> Minutes:
    return compile_minutes(CALENDAR, date(2025, 1, 1), date(2025, 12, 31))


def staff(cases: int, table: Minutes) -> Staff:
    """As many as are busy 85 % of the time with so many cases a year."""
    open_minutes, work = 118_000, {REGISTRY: 7, CONSIDER: 19.5, SIGN: 4}
    n = {queue: max(1, round(cases * each / open_minutes / 0.85)) for queue, each in work.items()}
    serves = [[queue] for queue in n for _ in range(n[queue])]
    return Staff(serves, [table], table=[0] * len(serves), doors=[0] * len(n))


def figures() -> Iterator[Figure]:
    """A year of an office of ten, of one of a hundred; then ten million cases."""
    for cases in (A_YEAR, 10 * A_YEAR):
        table, per_day = year(), cases / 247
        office = staff(cases, table)
        load = draw_cases(Demand(per_day), WAY, table, seed=1).load
        few = draw_cases(
            Demand(per_day), WAY, table.less([(table.at(30 * 1440), table.at(10**6))]), seed=1
        ).load

        def drawn_and_run(per_day: float = per_day, office: Staff = office) -> int:
            drawn = draw_cases(Demand(per_day), WAY, year(), seed=1)
            many.run(drawn.load, office)
            return len(drawn.person)

        mine, exact, all_in, theirs = race(
            lambda load=load, o=office: _counted(many.run, load, o),
            lambda few=few, o=office: _counted(loop.run, few, o),
            drawn_and_run,
            lambda few=few, o=office: _counted(_simpy, few, o),
            rounds=3,
        )  # fmt: skip
        ours, other = many.run(few, office), _simpy(few, office)
        same = sum(
            int(np.sum(getattr(ours, k) == getattr(other, k)))
            for k in ("joined", "started", "ended")
        )
        yield against(
            f"five stages, {len(office.serves)} officials", mine, "simpy", theirs, bar=100,
            same=f"{same}/{3 * few.n_visits}",
        )  # fmt: skip
        yield Figure("… random numbers included", 1e-3 / all_in, " k/s", ours=seconds(all_in))
        yield against("… by the exact loop", exact, "simpy", theirs, bar=None)
    yield from _streamed()


def _counted(engine: Any, load: Load, office: Staff) -> int:
    engine(load, office)
    return len(load.arrives)


def _streamed() -> Iterator[Figure]:
    """In a process of its own each, so that the peak of memory is that of the stream."""
    took, peaks = {}, {}
    for n in (MILLION, 10 * MILLION):
        process = Popen(
            [sys.executable, "-m", "tests.bench.stages", str(n)], stdout=PIPE, stderr=DEVNULL
        )
        told = process.communicate()[0].split()
        took[n], peaks[n] = float(told[0]) / int(told[1]), float(told[2])
        yield Figure(f"{n:,} streamed", 1e-3 / took[n], " k/s", ours=seconds(took[n]))
        yield Figure(
            f"{n:,} streamed: peak memory", peaks[n], " GiB", bar=MOST_MEMORY, at_most=True
        )
    yield Figure(
        "cost a case, ten million to one",
        took[10 * MILLION] / took[MILLION],
        "x",
        1.2,
        at_most=True,
    )


def stream_years(n: int) -> int:
    """Half a million cases a year, month by month, drawn as they come; how many were seen through."""
    first, per_year = date(2007, 1, 1), MILLION // 2
    years = n // per_year
    table = compile_minutes(CALENDAR, first, date(first.year + years - 1, 12, 31))

    def months() -> Iterator[Load]:
        starts = [date(first.year + m // 12, 1 + m % 12, 1) for m in range(12 * years + 1)]
        for no, (start, following) in enumerate(pairwise(starts)):
            part = compile_minutes(CALENDAR, start, date.fromordinal(following.toordinal() - 1))
            drawn = draw_cases(Demand(per_year / 247), WAY, part, seed=1, replication=no).load
            columns = (drawn.queue, drawn.work, drawn.delay, drawn.rank, drawn.patience)
            yield Load(drawn.arrives + (start - first).days * 1440, drawn.first, *columns)

    return sum(len(part.cases) for part in many.stream(months(), staff(per_year, table)))


@cache
def _lists(table: Minutes) -> tuple[list[int], ...]:
    """The tables as plain Python reads them soonest, made once."""
    return tuple(column.tolist() for column in (table.opens, table.worked, table.closes))


def _simpy(load: Load, office: Staff) -> Lives:  # noqa: C901 - a model reads best in one piece
    """A process for each case and each official; in a quarter of a minute ends come, then joins, then staff."""
    env, table = peer("simpy").Environment(), office.minutes[0]
    opens, worked, closes = _lists(table)
    work, delay, rank, queue_of = (
        c.tolist() for c in (load.work, load.delay, load.rank, load.queue)
    )
    joined, started, ended = ([-1] * load.n_visits for _ in range(3))
    queues: list[list[Any]] = [[] for _ in range(office.n_queues)]
    resting: list[list[Any]] = [[] for _ in range(office.n_queues)]
    done = [env.event() for _ in range(load.n_visits)]
    last = len(opens) - 1

    def case(visits: range, at: int) -> Iterator[object]:
        for visit in visits:
            at += delay[visit]
            if at > last or opens[at] > last:
                return
            at = joined[visit] = opens[at]
            yield env.timeout(4 * at + 1 - env.now)
            queue = queue_of[visit]
            heappush(queues[queue], (rank[visit], at, visit))
            if resting[queue]:
                resting[queue].pop().succeed()
            yield done[visit]
            at = ended[visit]

    def official(queue: int) -> Iterator[object]:
        while True:
            if not queues[queue]:
                resting[queue].append(env.event())
                yield resting[queue][-1]
            at = opens[min(env.now // 4, last)]
            if at > last:
                return
            yield env.timeout(4 * at + 2 - env.now)
            if not queues[queue]:
                continue
            visit = queues[queue][0][2]
            heappop(queues[queue])
            started[visit] = at
            if worked[at] + work[visit] >= len(closes):
                return
            ends = closes[worked[at] + work[visit]]
            yield env.timeout(4 * ends - env.now)
            ended[visit] = ends
            done[visit].succeed()

    def door() -> Iterator[object]:
        for at, (a, b) in zip(load.arrives.tolist(), pairwise(load.first.tolist()), strict=True):
            yield env.timeout(4 * at - env.now)
            env.process(case(range(a, b), at))

    env.process(door())
    for of in office.serves:
        env.process(official(of[0]))
    env.run()
    columns = [np.array(column, np.int64) for column in (joined, started, ended)]
    return Lives(*columns, np.zeros(0, np.int64))


if __name__ == "__main__":
    stream_years(MILLION // 2)  # what is compiled once is no cost of a case
    began = time.process_time()
    cases = stream_years(int(sys.argv[1]))
    spent = time.process_time() - began
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - no file
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    sys.stdout.write(f"{spent} {cases} {peak / 2**20}\n")
    os._exit(0)
