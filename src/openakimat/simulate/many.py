"""The fast engine: the rules of `load` in one loop, compiled by Numba where it is installed.

It answers what `loop` answers, minute for minute. An event is one number: the minute, what happens,
to whom. Who waits is a chain for each queue and rank: whoever joins first is first in it.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from heapq import heappop, heappush
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from openakimat.simulate.load import RANKS, Lives, Load, Staff
from openakimat.simulate.minutes import NEVER, Minutes

F = TypeVar("F", bound=Callable[..., Any])

numba: Any
try:
    import numba
except ImportError:  # tested in a process of its own
    numba = None

_WHO, _JOIN, _WAKE = (1 << 30) - 1, 1 << 30, 2 << 30
_IDLE, _BUSY, _GONE = range(3)


# All that the loop reads and writes: arrays, or lists without a compiler, which it reads sooner. `joins`
# are events of first visits in order; `asked` has, for each queue, a bit of each rank that waits.
_Office = namedtuple(  # noqa: PYI024 - of no one type
    "_Office",
    "queue work delay rank patience follows joins serves serving table pace doors finishes opens "
    "worked closes asked head tail after state wakes joined started ended server",
)


def run(load: Load, staff: Staff) -> Lives:
    """Run cases through an office, all at once.

    >>> load = Load([0, 1], [0, 1, 2], [0, 0], [5, 5], [0, 0], [0, 0], [-1, -1])
    >>> run(load, Staff([[0]])).started.tolist()
    [0, 5]
    """
    staff.check(load)
    queues, n, first = range(staff.n_queues), load.n_visits, load.first[:-1]
    tables = _tables(tuple(staff.minutes))
    opens = tables[0]
    doors = np.array(staff.doors, np.int64)[load.queue[first]]
    joins = load.arrives + load.delay[first]
    if staff.minutes:
        at_door = opens[doors, np.minimum(joins, opens.shape[1] - 1)]
        joins = np.where(doors < 0, joins, at_door)
    lives = [np.full(n, -1, np.int64) for _ in Lives._fields]
    given = _Office._make((
        load.queue, load.work, load.delay, load.rank, load.patience, load.follows,
        np.sort((joins << 32 | _JOIN | first)[joins != NEVER]), _padded(staff.serves, -1),
        _padded([[j for j, of in enumerate(staff.serves) if k in of] for k in queues], -1),
        *(np.array(each, np.int64) for each in (staff.table, staff.pace, staff.doors, staff.finishes)),
        *tables, np.zeros(len(queues), np.int64),
        *np.full((2, len(queues) * RANKS), -1), np.full(n, -1),
        *np.zeros((2, len(staff.serves)), np.int64), *lives,
    ))  # fmt: skip
    if numba is None:
        given = _Office._make(column.tolist() for column in given)
    _run(given)
    joined, started, ended, server = (np.array(column, np.int64) for column in given[-4:])
    # Nobody was free to find out that they had left.
    left = (joined >= 0) & (started < 0) & (load.patience >= 0)
    return Lives(joined, started, np.where(left, joined + load.patience, ended), server)


@lru_cache(8)
def _tables(minutes: tuple[Minutes, ...]) -> tuple[NDArray[np.int64], ...]:
    columns = ("opens", "worked", "closes")
    return tuple(_padded([getattr(one, name) for one in minutes], NEVER) for name in columns)


def _padded(rows: Sequence[Any], fill: int) -> NDArray[np.int64]:
    """Rows of any lengths as one array, each with at least one of what it is filled with."""
    wide = np.full((len(rows), 1 + max(map(len, rows), default=0)), fill, np.int64)
    for row, values in zip(wide, rows, strict=True):
        row[: len(values)] = values
    return wide


def _compiled(function: F) -> F:
    return function if numba is None else cast("F", numba.njit(cache=True, nogil=True)(function))


@_compiled
def _open_from(o: _Office, table: int, minute: int) -> Any:
    return minute if table < 0 else o.opens[table][min(minute, len(o.opens[table]) - 1)]


@_compiled
def _first(o: _Office, queue: int, minute: int) -> Any:
    """The first who waits in a queue, or -1; those who have left are struck out."""
    while o.asked[queue]:
        rank = 0
        while not o.asked[queue] >> rank & 1:
            rank += 1
        visit = o.head[queue * RANKS + rank]
        if o.patience[visit] < 0 or o.joined[visit] + o.patience[visit] >= minute:
            return visit
        _strike(o, visit)
    return -1


@_compiled
def _strike(o: _Office, visit: int) -> None:
    queue, rank = o.queue[visit], o.rank[visit]
    o.head[queue * RANKS + rank] = o.after[visit]
    if o.after[visit] < 0:
        o.asked[queue] &= ~(1 << rank)


@_compiled
def _take(o: _Office, events: Any, server: int, minute: int) -> None:
    """Somebody idle and open begins what is next in the queues they serve."""
    best = (RANKS, 0, -1)
    for queue in o.serves[server]:
        visit = -1 if queue < 0 else _first(o, queue, minute)
        if visit >= 0 and (o.rank[visit], o.joined[visit], visit) < best:
            best = (o.rank[visit], o.joined[visit], visit)
    visit, table = best[2], o.table[server]
    if visit < 0:
        return
    need = (o.work[visit] * o.pace[server] + 99) // 100
    ends = minute + need
    if table >= 0 and not o.finishes[o.queue[visit]]:
        closes = o.closes[table]
        ends = closes[min(o.worked[table][minute] + need, len(closes) - 1)]
        if ends == NEVER:
            o.state[server] = _GONE
            return
    _strike(o, visit)
    o.started[visit], o.server[visit], o.state[server] = minute, server, _BUSY
    heappush(events, ends << 32 | visit)


@_compiled
def _go_on(o: _Office, events: Any, server: int, minute: int) -> None:
    """Somebody idle takes what waits when they open, and not before all of a minute have come."""
    opens = _open_from(o, o.table[server], minute)
    if opens != NEVER and not o.wakes[server]:
        o.wakes[server] = 1
        heappush(events, opens << 32 | _WAKE | server)


@_compiled
def _join(o: _Office, events: Any, visit: int, minute: int) -> None:
    queue, rank = o.queue[visit], o.rank[visit]
    place = queue * RANKS + rank
    o.joined[visit] = minute
    if o.asked[queue] >> rank & 1:
        o.after[o.tail[place]] = visit
    else:
        o.head[place] = visit
        o.asked[queue] |= 1 << rank
    o.tail[place] = visit
    for server in o.serving[queue]:
        if server >= 0 and o.state[server] == _IDLE:
            _go_on(o, events, server, minute)


@_compiled
def _end(o: _Office, events: Any, visit: int, minute: int) -> None:
    server, after = o.server[visit], visit + 1
    o.ended[visit], o.state[server] = minute, _IDLE
    if o.follows[visit]:
        opens = _open_from(o, o.doors[o.queue[after]], minute + o.delay[after])
        if opens != NEVER:
            heappush(events, opens << 32 | _JOIN | after)
    for queue in o.serves[server]:
        if queue >= 0 and o.asked[queue]:
            _go_on(o, events, server, minute)


@_compiled
def _run(o: _Office) -> None:
    events, at = [o.joins[0] for _ in range(0)], 0
    while events or at < len(o.joins):
        if at < len(o.joins) and (not events or o.joins[at] < events[0]):
            key = o.joins[at]
            at += 1
        else:
            key = heappop(events)
        minute, kind, who = key >> 32, key >> 30 & 3, key & _WHO
        if kind == 0:
            _end(o, events, who, minute)
        elif kind == 1:
            _join(o, events, who, minute)
        else:
            o.wakes[who] = 0
            if o.state[who] == _IDLE:
                _take(o, events, who, minute)


@cache
def _first_come(servers: int) -> Callable[..., None]:
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


def waits(
    gaps: NDArray[Any], services: NDArray[Any], servers: int, state: NDArray[Any] | None = None
) -> NDArray[Any]:
    """How long each of one queue waits, first come, that is never closed: in any unit, whole or not.

    `gaps` are before each arrival. `state` is when each server is free, and the last arrival: shape
    (servers + 1,), zeros to begin with; carried on, so that cases may come in parts without end.

    >>> waits(np.array([0, 1, 1]), np.array([5, 5, 5]), 1).tolist()
    [0, 4, 8]
    """
    waited = np.empty_like(gaps)
    if state is None:
        state = np.zeros(servers + 1, np.int64 if gaps.dtype.kind == "i" else np.float64)
    _first_come(servers)(gaps, services, state, waited)
    return waited
