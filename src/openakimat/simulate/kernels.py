"""The inner loops of `many`: integers in flat arrays, compiled by Numba where it is installed.

Without Numba the same functions run on lists. Nothing here allocates, draws or checks: `many` does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, TypeVar, cast

from openakimat.simulate.load import RANKS
from openakimat.simulate.minutes import NEVER

F = TypeVar("F", bound=Callable[..., Any])

numba: Any
try:
    import numba
except ImportError:  # tested in a process of its own
    numba = None

END, JOIN, WAKE = range(3)
IDLE, BUSY, GONE = range(3)
PAYLOAD = 26
WHO, SHIFT = (1 << PAYLOAD) - 1, PAYLOAD + 2
"""An event in one integer: the minute, two bits of what happens, and whom it happens to."""

LOST = -2
"""When a visit joins whose door opens no more."""


def compiled(function: F) -> F:
    """A function compiled when first called, or as it is without Numba."""
    return function if numba is None else cast("F", numba.njit(cache=True, nogil=True)(function))


class Visits(NamedTuple):
    """The columns of a `Load`, those still open before the new."""

    arrives: Any
    first: Any
    queue: Any
    work: Any
    delay: Any
    rank: Any
    patience: Any
    follows: Any


class Desks(NamedTuple):
    """A `Staff` in flat arrays: table k of `opens` and `worked` begins at k * width."""

    width: Any
    opens: Any
    worked: Any
    closes: Any
    closes_at: Any
    table: Any
    pace: Any
    serves: Any
    serves_at: Any
    serving: Any
    serving_at: Any
    alone: Any
    doors: Any
    finishes: Any


class Now(NamedTuple):
    """All that changes: events, queues as linked lists, servers, and what became of each visit."""

    heap: Any
    size: Any
    head: Any
    tail: Any
    ranks: Any
    idle: Any
    state: Any
    wakes: Any
    after: Any
    joined: Any
    started: Any
    ended: Any
    server: Any


@compiled
def push(now: Now, key: int) -> None:
    """Add an event."""
    heap, n = now.heap, now.size[0]
    now.size[0] = n + 1
    while n > 0:
        above = heap[(n - 1) >> 1]
        if above <= key:
            break
        heap[n] = above
        n = (n - 1) >> 1
    heap[n] = key


@compiled
def pop(now: Now) -> int:
    """Take the earliest event."""
    heap, n = now.heap, now.size[0] - 1
    now.size[0] = n
    top, key, at, child = heap[0], heap[n], 0, 1
    while child < n:
        if child + 1 < n and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= key:
            break
        heap[at] = heap[child]
        at, child = child, 2 * child + 1
    heap[at] = key
    return top  # type: ignore[no-any-return]


@compiled
def open_from(desks: Desks, table: int, minute: int) -> int:
    """The first open minute of a table from one on, itself included."""
    if table < 0:
        return minute
    if minute >= desks.width:
        return NEVER
    return desks.opens[table * desks.width + minute]  # type: ignore[no-any-return]


@compiled
def come(visits: Visits, desks: Desks, now: Now, visit: int, minute: int) -> None:
    """A visit may join from a minute on."""
    opens = open_from(desks, desks.doors[visits.queue[visit]], minute)
    if opens == NEVER:
        now.joined[visit] = LOST
    else:
        push(now, (opens << SHIFT) | (JOIN << PAYLOAD) | visit)


@compiled
def set_idle(desks: Desks, now: Now, server: int, state: int, by: int) -> None:
    """Count a server among the idle of the queues it serves, or no more."""
    now.state[server] = state
    for k in range(desks.serves_at[server], desks.serves_at[server + 1]):
        now.idle[desks.serves[k]] += by


@compiled
def next_in(visits: Visits, now: Now, queue: int, minute: int) -> int:
    """The first who waits in a queue and has not left, or -1; those who have are struck out."""
    while now.ranks[queue]:
        rank = 0
        while not (now.ranks[queue] >> rank) & 1:
            rank += 1
        visit = now.head[queue * RANKS + rank]
        left = now.joined[visit] + visits.patience[visit]
        if visits.patience[visit] < 0 or left >= minute:
            return visit  # type: ignore[no-any-return]
        now.ended[visit] = left
        strike(visits, now, visit)
    return -1


@compiled
def strike(visits: Visits, now: Now, visit: int) -> None:
    """Take the first of a rank out of its queue."""
    queue, rank, behind = visits.queue[visit], visits.rank[visit], now.after[visit]
    now.head[queue * RANKS + rank] = behind
    if behind < 0:
        now.tail[queue * RANKS + rank] = -1
        now.ranks[queue] &= ~(1 << rank)


@compiled
def take(visits: Visits, desks: Desks, now: Now, server: int, minute: int) -> None:
    """Somebody idle and open begins what is next in the queues they serve."""
    visit, rank = -1, RANKS
    for k in range(desks.serves_at[server], desks.serves_at[server + 1]):
        other = next_in(visits, now, desks.serves[k], minute)
        if other < 0 or visits.rank[other] > rank:
            continue
        first = visit < 0 or visits.rank[other] < rank or now.joined[other] < now.joined[visit]
        if first or (now.joined[other] == now.joined[visit] and other < visit):
            visit, rank = other, visits.rank[other]
    if visit < 0:
        return
    ends = minute + (visits.work[visit] * desks.pace[server] + 99) // 100
    table = desks.table[server]
    if table >= 0 and not desks.finishes[visits.queue[visit]]:
        done = desks.worked[table * desks.width + minute] + ends - minute
        place = desks.closes_at[table] + done
        if place >= desks.closes_at[table + 1]:
            set_idle(desks, now, server, GONE, -1)
            return
        ends = desks.closes[place]
    strike(visits, now, visit)
    now.started[visit], now.server[visit] = minute, server
    set_idle(desks, now, server, BUSY, -1)
    push(now, (ends << SHIFT) | visit)


@compiled
def go_on(visits: Visits, desks: Desks, now: Now, server: int, minute: int, following: int) -> None:
    """Somebody idle takes what waits when they open, and not before all of a minute have come."""
    opens = open_from(desks, desks.table[server], minute)
    # Where nothing else is of this minute, they need not be put among the events.
    if opens == minute < following and (not now.size[0] or now.heap[0] >> SHIFT > minute):
        take(visits, desks, now, server, minute)
    elif opens != NEVER and not now.wakes[server]:
        now.wakes[server] = 1
        push(now, (opens << SHIFT) | (WAKE << PAYLOAD) | server)


@compiled
def join(visits: Visits, desks: Desks, now: Now, visit: int, minute: int, following: int) -> None:
    """A visit joins its queue, and the idle are asked."""
    queue, rank = visits.queue[visit], visits.rank[visit]
    now.joined[visit], now.after[visit] = minute, -1
    slot = queue * RANKS + rank
    if now.tail[slot] >= 0:
        now.after[now.tail[slot]] = visit
    else:
        now.head[slot] = visit
        now.ranks[queue] |= 1 << rank
    now.tail[slot] = visit
    if now.idle[queue]:
        for k in range(desks.serving_at[queue], desks.serving_at[queue + 1]):
            if now.state[desks.serving[k]] == IDLE:
                go_on(visits, desks, now, desks.serving[k], minute, following)
                # Who serves other queues too is asked all the same: they may wait there.
                if desks.alone[queue] and not now.ranks[queue]:
                    return


@compiled
def end(visits: Visits, desks: Desks, now: Now, visit: int, minute: int, following: int) -> None:
    """Work is done: the case goes on, and so does whoever did it."""
    now.ended[visit] = minute
    server = now.server[visit]
    set_idle(desks, now, server, IDLE, 1)
    if visits.follows[visit]:
        come(visits, desks, now, visit + 1, minute + visits.delay[visit + 1])
    for k in range(desks.serves_at[server], desks.serves_at[server + 1]):
        if now.ranks[desks.serves[k]]:
            go_on(visits, desks, now, server, minute, following)
            return


@compiled
def run_until(visits: Visits, desks: Desks, now: Now, case: int, until: int) -> None:
    """All cases from one on come, and all happens that is before an event."""
    n = len(visits.arrives)
    while True:
        arrival = until
        if case < n:
            visit = visits.first[case]
            arrival = (visits.arrives[case] << SHIFT) | (JOIN << PAYLOAD) | visit
        if now.size[0] and now.heap[0] < arrival:
            key = pop(now)
            minute, kind, who = key >> SHIFT, (key >> PAYLOAD) & 3, key & WHO
            if kind == END:
                end(visits, desks, now, who, minute, arrival >> SHIFT)
            elif kind == JOIN:
                join(visits, desks, now, who, minute, arrival >> SHIFT)
            else:
                now.wakes[who] = 0
                if now.state[who] == IDLE:
                    take(visits, desks, now, who, minute)
        elif case < n:
            minute = visits.arrives[case] + visits.delay[visit]
            case += 1
            following = visits.arrives[case] if case < n else until >> SHIFT
            if open_from(desks, desks.doors[visits.queue[visit]], minute) == arrival >> SHIFT:
                # Nothing is before it: it need not be put among the events to be taken out again.
                join(visits, desks, now, visit, minute, following)
            else:
                come(visits, desks, now, visit, minute)
        else:
            return


@cache
def first_come(servers: int) -> Callable[..., None]:
    """One queue, first come, never closed: a recursion on when each of so many is free next."""

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
