"""What queueing theory says, for engines to be held against."""

from __future__ import annotations

from math import factorial

import numpy as np


def erlang_c(servers: int, load: float) -> float:
    """The chance to wait in M/M/c; `load` is arrivals by mean service."""
    all_busy = load**servers / factorial(servers) * servers / (servers - load)
    return all_busy / (sum(load**k / factorial(k) for k in range(servers)) + all_busy)


def mmc_wait(servers: int, load: float, service: float) -> float:
    """The mean wait in M/M/c."""
    return erlang_c(servers, load) * service / (servers - load)


def mg1_wait(load: float, service: float, cv: float) -> float:
    """The mean wait in M/G/1. Source: Pollaczek and Khinchine."""
    return load / (1 - load) * service * (1 + cv**2) / 2


def priority_waits(servers: int, load: float, service: float, first: float) -> tuple[float, float]:
    """The mean waits of two classes in M/M/c, not pre-emptive; `first` is the share of the former.

    Source: Kella and Yechiali 1985, for equal service times.
    """
    rho = load / servers
    base = erlang_c(servers, load) * service / servers
    ahead = 1 - rho * first
    return base / ahead, base / (ahead * (1 - rho))


def mmcm(servers: int, rate: float, service: float, patience: float) -> tuple[float, float]:
    """The share that leaves M/M/c+M, and the mean number waiting; by its birth and death."""
    weights = [1.0]
    for n in range(1, 4000):
        death = min(n, servers) / service + max(n - servers, 0) / patience
        weights.append(weights[-1] * rate / death)
        if weights[-1] < 1e-16 * sum(weights[:10]):
            break
    chances = np.array(weights) / sum(weights)
    waiting = float(np.sum(chances * np.maximum(np.arange(len(chances)) - servers, 0)))
    return waiting / patience / rate, waiting
