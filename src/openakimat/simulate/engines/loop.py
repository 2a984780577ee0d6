"""The exact engine: one event after the other, in plain Python.

The judge of the other engine, and what `world` runs the law in; the rules are those of `load`. An
event is a minute, what happens, and to whom: the lesser is first, so any run has one order everywhere.
"""

from collections.abc import Callable, Sequence
from heapq import heappop, heappush

import numpy as np

from openakimat.simulate.engines.load import ALWAYS, STAYS, Lives, Load, Staff, Watch
from openakimat.simulate.engines.minutes import NEVER

(_END, _JOIN, _WAKE, _LEAVE), (_IDLE, _BUSY, _GONE) = range(4), range(3)


def run(load: Load, staff: Staff, watch: Watch | None = None) -> Lives:
    """Run cases through an office, event by event.

    Raises `Malformed` if a visit is to a queue that nobody serves.

    >>> load = Load([0, 1], [0, 1, 2], [0, 0], [5, 5], [0, 0], [0, 0], [-1, -1])
    >>> run(load, Staff([[0]])).started.tolist()
    [0, 5]
    """
    loop = _Loop(load, staff, watch)
    for arrives, visit, delay in loop.cases:
        loop.run_until((arrives, _JOIN, visit))
        if watch is not None:
            watch("comes", visit, arrives, -1)
        loop.come(visit, arrives + delay)
    loop.run_until((2**62, _END, 0))
    columns = (loop.joined, loop.started, loop.ended, loop.server)
    return Lives(*(np.array(column, np.int64) for column in columns))


class _Loop:
    def __init__(self, load: Load, staff: Staff, watch: Watch | None) -> None:
        staff.check(load)
        n, self.watch, self.staff = load.n_visits, watch, staff
        self.queue, self.work = load.queue.tolist(), load.work.tolist()
        self.delay, self.rank = load.delay.tolist(), load.rank.tolist()
        self.patience, self.follows = load.patience.tolist(), load.follows.tolist()
        starts = (load.arrives, load.first[:-1], load.delay[load.first[:-1]])
        self.cases = list(zip(*(column.tolist() for column in starts), strict=True))
        self.joined, self.started, self.ended, self.server = ([-1] * n for _ in range(4))
        self.events: list[tuple[int, int, int]] = []
        self.waiting: list[list[tuple[int, int, int]]] = [[] for _ in range(staff.n_queues)]
        servers = range(len(staff.serves))
        self.state, self.wakes = [_IDLE for _ in servers], [False for _ in servers]
        self.serving = [[j for j in servers if k in staff.serves[j]] for k in range(staff.n_queues)]
        self.tables = [(one.opens, one.worked, one.closes) for one in staff.minutes]
        self.on: Sequence[Callable[[int, int], None]] = (self.end, self.join, self.wake, self.leave)

    def run_until(self, event: tuple[int, int, int]) -> None:
        events = self.events
        while events and events[0] < event:
            minute, kind, which = heappop(events)
            self.on[kind](which, minute)

    def come(self, visit: int, minute: int) -> None:
        """A visit may join from a minute on: it does when the door is open."""
        opens = self.opens(self.staff.doors[self.queue[visit]], minute)
        if opens != NEVER:
            heappush(self.events, (opens, _JOIN, visit))

    def opens(self, table: int, minute: int) -> int:
        if table == ALWAYS:
            return min(minute, NEVER)
        opens = self.tables[table][0]
        return int(opens[minute]) if minute < len(opens) else NEVER

    def join(self, visit: int, minute: int) -> None:
        self.joined[visit] = minute
        if self.watch is not None and not self.watch("joins", visit, minute, -1):
            return
        queue = self.queue[visit]
        heappush(self.waiting[queue], (self.rank[visit], minute, visit))
        if self.patience[visit] != STAYS:
            heappush(self.events, (minute + self.patience[visit], _LEAVE, visit))
        for server in self.serving[queue]:
            if self.state[server] == _IDLE:
                self.go_on(server, minute)

    def go_on(self, server: int, minute: int) -> None:
        """Somebody idle takes what waits when they open, and not before all of a minute have come."""
        opens = self.opens(self.staff.table[server], minute)
        if opens != NEVER and not self.wakes[server]:
            self.wakes[server] = True
            heappush(self.events, (opens, _WAKE, server))

    def take(self, server: int, minute: int) -> None:
        while (queue := self.next_queue(server)) >= 0:
            visit = self.waiting[queue][0][2]
            ends = self.ends_at(server, visit, minute)
            if ends == NEVER and self.staff.leaves[server]:
                self.state[server] = _GONE
                return
            heappop(self.waiting[queue])
            if self.watch is None or self.watch("begins", visit, minute, server):
                self.started[visit], self.server[visit] = minute, server
                self.state[server] = _BUSY
                if ends != NEVER:
                    heappush(self.events, (ends, _END, visit))
                return
            self.ended[visit] = minute  # it was sent away

    def next_queue(self, server: int) -> int:
        """The queue whose first comes before those of the others that one serves, or -1."""
        best, queue = (NEVER, 0, 0), -1
        for one in self.staff.serves[server]:
            waiting = self.waiting[one]
            while waiting and self.ended[waiting[0][2]] >= 0:
                heappop(waiting)  # it has left
            if waiting and waiting[0] < best:
                best, queue = waiting[0], one
        return queue

    def ends_at(self, server: int, visit: int, minute: int) -> int:
        need: int = -(-self.work[visit] * self.staff.pace[server] // 100)
        table = self.staff.table[server]
        if table == ALWAYS or self.staff.finishes[self.queue[visit]]:
            return min(minute + need, NEVER)
        _, worked, closes = self.tables[table]
        done = int(worked[minute]) + need
        return int(closes[done]) if done < len(closes) else NEVER

    def end(self, visit: int, minute: int) -> None:
        self.ended[visit] = minute
        server = self.server[visit]
        self.state[server] = _IDLE
        goes_on = self.watch is None or self.watch("ends", visit, minute, server)
        if goes_on and self.follows[visit]:
            self.come(visit + 1, minute + self.delay[visit + 1])
        if self.next_queue(server) >= 0:
            self.go_on(server, minute)

    def wake(self, server: int, minute: int) -> None:
        self.wakes[server] = False
        if self.state[server] == _IDLE:
            self.take(server, minute)

    def leave(self, visit: int, minute: int) -> None:
        if self.started[visit] < 0 and self.ended[visit] < 0:
            self.ended[visit] = minute
            if self.watch is not None:
                self.watch("leaves", visit, minute, -1)
