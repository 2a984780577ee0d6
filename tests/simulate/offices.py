"""Offices and cases drawn at random, for engines to be held against each other."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from openakimat import kz
from openakimat.simulate.engines.load import ALWAYS, STAYS, Load, Staff
from openakimat.simulate.engines.minutes import Minutes, compile_minutes

FIRST = date(2026, 1, 5)


def hours(days: int = 60) -> Minutes:
    """The usual hours of an office in Aqtobe, lunch and all."""
    return compile_minutes(kz.calendar(town="Aqtobe"), FIRST, FIRST + timedelta(days=days - 1))


def an_office(seed: int, days: int = 60) -> Staff:
    """Queues, who serves them, their leave, their pace, and doors; some never close."""
    rng = np.random.default_rng([7, seed])
    usual, queues = hours(days), int(rng.integers(1, 6))
    n = queues + int(rng.integers(0, 5))
    tables = [usual]
    for _ in range(n):
        starts = np.sort(rng.integers(0, days * 1440, 2))
        tables.append(usual.less([(usual.at(int(starts[0])), usual.at(int(starts[1])))]))
    # Every queue has somebody, and some have more to do.
    serves = [[k % queues] for k in range(n)]
    for of in serves:
        of += [int(k) for k in rng.integers(0, queues, rng.integers(0, 2)) if k not in of]
    return Staff(
        serves,
        tables,
        table=[int(rng.choice([ALWAYS, 0, k + 1], p=[0.1, 0.3, 0.6])) for k in range(n)],
        pace=rng.integers(60, 160, n).tolist(),
        leaves=rng.choice([True, False], n).tolist(),
        doors=rng.choice([ALWAYS, 0], queues).tolist(),
        finishes=rng.choice([True, False], queues).tolist(),
    )


def some_cases(seed: int, n: int, staff: Staff, days: int = 60) -> Load:
    """Cases that come at any minute, many at the same, each with some visits."""
    rng = np.random.default_rng([8, seed])
    arrives = np.sort(rng.integers(0, days * 1440 * 3 // 4, n))
    # Some all at once, some at the very opening, for ties are where engines differ.
    arrives[: n // 10] = arrives[n // 10]
    arrives[n // 10 : n // 5] = 540
    visits = rng.integers(1, 7, n)
    m = int(visits.sum())
    leaves = rng.random(m) < 0.3
    return Load(
        np.sort(arrives),
        np.append(0, np.cumsum(visits)),
        rng.integers(0, staff.n_queues, m),
        rng.integers(1, 90, m),
        np.where(rng.random(m) < 0.3, rng.integers(1, 9000, m), 0),
        rng.integers(0, 3, m),
        np.where(leaves, rng.integers(0, 300, m), STAYS),
    )
