"""The inner loops of `many`, compiled by Numba where it is installed; without it they run on lists.

All is one memory of whole numbers, `m`, laid out by `many`: a visit, a queue or a server is the place
where its words begin, and an event is one number: the minute, what happens, and to whom. So two
comparisons order all events, nothing is allocated, and no array is passed about but two; the other,
`t`, has the minute tables.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from openakimat.simulate.engines.load import RANKS
from openakimat.simulate.engines.minutes import NEVER

F = TypeVar("F", bound=Callable[..., Any])

numba: Any
try:
    import numba
except ImportError:  # tested in a process of its own
    numba = None

SIZE, HEAP, VISITS_END, WIDTH, CHANGED, SETTLED = range(6)
"""Words of the memory itself: events waiting, where they are, where visits end, minutes of a table; the
first of the queues in which something changed this minute, and the event before which staff begin."""

DOOR, FINISHES, ASKED, IDLE, ALONE, SERVING, N_SERVING, MARKED, HEAD = range(9)
"""Words of a queue: `ASKED` has a bit of each rank that waits, `ALONE` is whether who serves it serves
no other, `MARKED` the next queue that changed. From `HEAD` on is the first of each rank, then the last."""

QUEUES = 6
"""Where the queues begin; after them servers, lists of who serves what, visits, and events."""

TAIL, QUEUE_WORDS = HEAD + RANKS, HEAD + 2 * RANKS

OPENS, WORKED, CLOSES, N_CLOSES, PACE, LEAVES, STATE, WAKES, SERVES, N_SERVES, SERVER_WORDS = range(
    11
)
"""Words of a server."""

KIND, WORK, DELAY, PATIENCE, JOINED, STARTED, ENDED, LINK, VISIT_WORDS = range(9)
"""Words of a visit, as many as a processor fetches at once. `KIND` is its queue, its rank and whether
another follows; `LINK` when its case comes, until it joins, then who waits behind it, then who serves it."""

QUEUE, RANK_MASK = 5, RANKS - 1
END, JOIN, WAKE = range(3)
AT_REST, BUSY, GONE = range(3)
PLACE = 30
WHO, SHIFT = (1 << PLACE) - 1, PLACE + 2
LOST = -2
"""When a visit joins whose door opens no more."""


def compiled(function: F) -> F:
    """A function compiled when first called, or as it is without Numba."""
    return function if numba is None else cast("F", numba.njit(cache=True, nogil=True)(function))


@compiled
def pack(visits: Any, first: Any, arrives: Any, columns: Any) -> None:
    """Lay out the visits of cases, of which `columns` has queue, work, delay, rank and patience."""
    queue, work, delay, rank, patience = columns
    for case in range(len(arrives)):
        for k in range(first[case], first[case + 1]):
            visit, place = visits[k], queue[k] * QUEUE_WORDS + QUEUES
            visit[KIND] = place << QUEUE | rank[k] << 1 | (k + 1 < first[case + 1])
            visit[WORK], visit[DELAY], visit[PATIENCE] = work[k], delay[k], patience[k]
            visit[JOINED], visit[STARTED], visit[ENDED], visit[LINK] = -1, -1, -1, -1
        visits[first[case], LINK] = arrives[case]


@compiled
def tell(visits: Any, servers: int, lives: Any) -> None:
    """What became of visits, from where the servers begin. Shape (4, visits)."""
    for k in range(len(visits)):
        visit = visits[k]
        joined, started, ended = max(visit[JOINED], -1), visit[STARTED], visit[ENDED]
        if joined >= 0 and started < 0 and ended < 0 and visit[PATIENCE] >= 0:
            ended = joined + visit[PATIENCE]  # nobody was free to find out that they had left
        lives[0, k], lives[1, k], lives[2, k] = joined, started, ended
        lives[3, k] = -1 if started < 0 else (visit[LINK] - servers) // SERVER_WORDS


@compiled
def push(m: Any, key: int) -> None:
    """Add an event."""
    heap, n = m[HEAP], m[SIZE]
    m[SIZE] = n + 1
    while n > 0:
        above = m[heap + ((n - 1) >> 1)]
        if above <= key:
            break
        m[heap + n] = above
        n = (n - 1) >> 1
    m[heap + n] = key


@compiled
def pop(m: Any) -> int:
    """Take the earliest event."""
    heap, n = m[HEAP], m[SIZE] - 1
    m[SIZE] = n
    top, key, at, child = m[heap], m[heap + n], 0, 1
    while child < n:
        # Without a branch, which no processor could guess. The last is still behind them all.
        child += m[heap + child + 1] < m[heap + child]
        if m[heap + child] >= key:
            break
        m[heap + at] = m[heap + child]
        at, child = child, 2 * child + 1
    m[heap + at] = key
    return top  # type: ignore[no-any-return]  # memory has no types


@compiled
def open_from(m: Any, t: Any, table: int, minute: int) -> int:
    """The first open minute of a table from one on, itself included."""
    if table < 0:
        return min(minute, NEVER)
    return t[table + minute] if minute < m[WIDTH] else NEVER


@compiled
def come(m: Any, t: Any, visit: int, minute: int) -> None:
    """A visit may join from a minute on."""
    opens = open_from(m, t, m[(m[visit + KIND] >> QUEUE) + DOOR], minute)
    if opens == NEVER:
        m[visit + JOINED] = LOST
    else:
        push(m, (opens << SHIFT) | (JOIN << PLACE) | visit)


@compiled
def set_state(m: Any, server: int, state: int, idle: int) -> None:
    """Say what a server does, and count it among the idle of its queues, or no more."""
    m[server + STATE] = state
    for k in range(m[server + SERVES], m[server + SERVES] + m[server + N_SERVES]):
        m[m[k] + IDLE] += idle


@compiled
def strike(m: Any, visit: int) -> None:
    """Take the first of a rank out of its queue."""
    kind, behind = m[visit + KIND], m[visit + LINK]
    queue, rank = kind >> QUEUE, kind >> 1 & RANK_MASK
    m[queue + HEAD + rank] = behind
    if behind < 0:
        m[queue + TAIL + rank] = -1
        m[queue + ASKED] &= ~(1 << rank)


@compiled
def next_in(m: Any, queue: int, minute: int) -> int:
    """The first who waits in a queue and has not left, or -1; those who have are struck out."""
    while m[queue + ASKED]:
        rank = 0
        while not (m[queue + ASKED] >> rank) & 1:
            rank += 1
        visit = m[queue + HEAD + rank]
        left = m[visit + JOINED] + m[visit + PATIENCE]
        if m[visit + PATIENCE] < 0 or left >= minute:
            return visit  # type: ignore[no-any-return]  # as above
        m[visit + ENDED] = left
        strike(m, visit)
    return -1


@compiled
def take(m: Any, t: Any, server: int, minute: int) -> None:
    """Somebody idle and open begins what is next in the queues they serve."""
    visit = -1
    for k in range(m[server + SERVES], m[server + SERVES] + m[server + N_SERVES]):
        other = next_in(m, m[k], minute)
        mine, its = m[visit + KIND] >> 1 & RANK_MASK, m[other + KIND] >> 1 & RANK_MASK
        if visit < 0 or (other >= 0 and its < mine):
            visit = other
        elif other >= 0 and its == mine:
            sooner = m[other + JOINED] < m[visit + JOINED]
            if sooner or (m[other + JOINED] == m[visit + JOINED] and other < visit):
                visit = other
    if visit < 0:
        return
    ends = minute + (m[visit + WORK] * m[server + PACE] + 99) // 100
    if m[server + OPENS] >= 0 and not m[(m[visit + KIND] >> QUEUE) + FINISHES]:
        done = t[m[server + WORKED] + minute] + ends - minute
        ends = t[m[server + CLOSES] + done] if done < m[server + N_CLOSES] else NEVER
    if ends >= NEVER and m[server + LEAVES]:
        set_state(m, server, GONE, -1)
        return
    strike(m, visit)
    m[visit + STARTED] = minute
    m[visit + LINK] = server
    set_state(m, server, BUSY, -1)
    if ends < NEVER:
        push(m, (ends << SHIFT) | visit)


@compiled
def go_on(m: Any, t: Any, server: int, minute: int, at_once: bool) -> None:
    """Somebody idle takes what waits when they open, and not before all of a minute have come."""
    opens = open_from(m, t, m[server + OPENS], minute)
    if opens == minute and at_once:
        take(m, t, server, minute)
    elif opens != NEVER and not m[server + WAKES]:
        m[server + WAKES] = 1
        push(m, (opens << SHIFT) | (WAKE << PLACE) | server)


@compiled
def serve(m: Any, t: Any, queue: int, minute: int) -> None:
    """Who is idle takes what waits in a queue, each in their order."""
    for k in range(m[queue + SERVING], m[queue + SERVING] + m[queue + N_SERVING]):
        if not m[queue + ASKED]:
            return
        if m[m[k] + STATE] == AT_REST:
            go_on(m, t, m[k], minute, True)


@compiled
def mark(m: Any, queue: int, minute: int) -> None:
    """Say that staff are to look at a queue when all of this minute have come."""
    if m[queue + MARKED] < 0:
        m[queue + MARKED], m[CHANGED] = m[CHANGED], queue
        m[SETTLED] = (minute << SHIFT) | (WAKE << PLACE)


@compiled
def look(m: Any, t: Any) -> None:
    """Staff look at all queues in which something changed."""
    while m[CHANGED] > 0:
        queue = m[CHANGED]
        m[CHANGED], m[queue + MARKED] = m[queue + MARKED], -1
        serve(m, t, queue, m[SETTLED] >> SHIFT)


@compiled
def is_last(m: Any, minute: int, following: int) -> bool:
    """Whether nothing else is of this minute."""
    return minute < following and m[CHANGED] == 0 and (not m[SIZE] or m[m[HEAP]] >> SHIFT > minute)


@compiled
def join(m: Any, t: Any, visit: int, minute: int, following: int) -> None:
    """A visit joins its queue, and the idle are asked."""
    queue, rank = m[visit + KIND] >> QUEUE, m[visit + KIND] >> 1 & RANK_MASK
    m[visit + JOINED], m[visit + LINK] = minute, -1
    last = m[queue + TAIL + rank]
    if last >= 0:
        m[last + LINK] = visit
    else:
        m[queue + HEAD + rank] = visit
        m[queue + ASKED] |= 1 << rank
    m[queue + TAIL + rank] = visit
    if not m[queue + IDLE]:
        return
    if not m[queue + ALONE]:
        # Who serves other queues too is asked in the order of all staff.
        for k in range(m[queue + SERVING], m[queue + SERVING] + m[queue + N_SERVING]):
            if m[m[k] + STATE] == AT_REST:
                go_on(m, t, m[k], minute, False)
    elif is_last(m, minute, following):
        serve(m, t, queue, minute)
    else:
        mark(m, queue, minute)


@compiled
def end(m: Any, t: Any, visit: int, minute: int, following: int) -> None:
    """Work is done: the case goes on, and so does whoever did it."""
    m[visit + ENDED] = minute
    server, after = m[visit + LINK], visit + VISIT_WORDS
    set_state(m, server, AT_REST, 1)
    queue = m[m[server + SERVES]]
    if m[visit + KIND] & 1:
        ready = minute + m[after + DELAY]
        door = open_from(m, t, m[(m[after + KIND] >> QUEUE) + DOOR], ready)
        if door == minute and m[queue + ALONE] and is_last(m, minute, following):
            join(m, t, after, minute, following)
        else:
            come(m, t, after, ready)
    if m[queue + ALONE]:
        if m[queue + ASKED] and m[server + STATE] == AT_REST:
            if is_last(m, minute, following):
                go_on(m, t, server, minute, True)
            else:
                mark(m, queue, minute)
        return
    for k in range(m[server + SERVES], m[server + SERVES] + m[server + N_SERVES]):
        if m[m[k] + ASKED]:
            go_on(m, t, server, minute, False)
            return


@compiled
def run_until(m: Any, t: Any, visit: int, until: int) -> None:
    """All cases come whose first visits are from one on, and all happens that is before an event."""
    past = m[VISITS_END]
    arrival = (m[visit + LINK] << SHIFT) | (JOIN << PLACE) | visit if visit < past else until
    while True:
        if m[CHANGED] and arrival > m[SETTLED] and (not m[SIZE] or m[m[HEAP]] > m[SETTLED]):
            look(m, t)
        elif m[SIZE] and m[m[HEAP]] < arrival:
            key = pop(m)
            minute, kind, who = key >> SHIFT, (key >> PLACE) & 3, key & WHO
            if kind == END:
                end(m, t, who, minute, arrival >> SHIFT)
            elif kind == JOIN:
                join(m, t, who, minute, arrival >> SHIFT)
            else:
                m[who + WAKES] = 0
                if m[who + STATE] == AT_REST:
                    take(m, t, who, minute)
        elif visit < past:
            comes, minute = visit, arrival >> SHIFT
            while m[visit + KIND] & 1:
                visit += VISIT_WORDS
            visit += VISIT_WORDS
            arrival = (
                (m[visit + LINK] << SHIFT) | (JOIN << PLACE) | visit if visit < past else until
            )
            door = open_from(m, t, m[(m[comes + KIND] >> QUEUE) + DOOR], minute + m[comes + DELAY])
            if door == minute:
                # Nothing is before it: it need not be put among the events to be taken out again.
                join(m, t, comes, minute, arrival >> SHIFT)
            else:
                come(m, t, comes, minute + m[comes + DELAY])
        else:
            return
