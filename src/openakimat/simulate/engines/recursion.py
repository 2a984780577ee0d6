"""One queue that is never closed, without events: a recursion on when each of so many is free next."""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

import numpy as np

from openakimat.simulate.engines.kernels import numba
from openakimat.simulate.engines.load import RANKS


@cache
def first_come(servers: int) -> Callable[..., None]:
    """First come, first served."""

    def serve(gaps: Any, services: Any, state: Any, waits: Any) -> None:
        free, at = state[:-1].copy(), state[-1]
        for case in range(len(gaps)):
            at += gaps[case]
            begins = max(free[0], at)
            waits[case] = begins - at
            ends = begins + services[case]
            # Sorted insertion without a branch: the count is a constant to the compiler.
            for k in range(1, servers):
                least = min(free[k], ends)
                ends = max(free[k], ends)
                free[k - 1] = least
            free[servers - 1] = ends
        state[:-1], state[-1] = free, at

    return serve if numba is None else cast("Callable[..., None]", numba.njit(nogil=True)(serve))


@cache
def by_rank(servers: int) -> Callable[..., None]:
    """The same where the least rank goes first, and whoever has waited too long has left: waits -1."""

    def serve(gaps: Any, services: Any, ranks: Any, patience: Any, waits: Any) -> None:
        n, at, asked = len(gaps), gaps[0] * 0, 0
        free, after = np.zeros(servers, waits.dtype), np.full(n, -1)
        head, tail = np.full(RANKS, -1), np.full(RANKS, -1)
        for case in range(n + 1):
            # All who wait begin that can before the next comes: in one moment all join, then staff begin.
            while asked and (case == n or max(free[0], at) < at + gaps[case]):
                begins, rank = max(free[0], at), 0
                while not (asked >> rank) & 1:
                    rank += 1
                first = head[rank]
                head[rank] = after[first]
                if after[first] < 0:
                    asked &= ~(1 << rank)
                waits[first] = begins - waits[first]
                if len(patience) and 0 <= patience[first] < waits[first]:
                    waits[first] = -1
                    continue
                ends = begins + services[first]
                for k in range(1, servers):
                    least = min(free[k], ends)
                    ends = max(free[k], ends)
                    free[k - 1] = least
                free[servers - 1] = ends
            if case < n:
                at += gaps[case]
                waits[case], rank = at, ranks[case]
                if (asked >> rank) & 1:
                    after[tail[rank]] = case
                else:
                    head[rank] = case
                    asked |= 1 << rank
                tail[rank] = case

    return serve if numba is None else cast("Callable[..., None]", numba.njit(nogil=True)(serve))
