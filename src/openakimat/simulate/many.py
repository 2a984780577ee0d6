"""The fast engine: the rules of `load` in compiled loops, for as many cases as there are.

It answers what `loop` answers, minute for minute. Cases may come in parts without end: what is
still open is carried on, and what is over is given back, so that memory does not grow with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from openakimat.errors import Fault, Malformed
from openakimat.simulate import kernels
from openakimat.simulate.kernels import Desks, Now, Visits
from openakimat.simulate.load import RANKS, Ints, Lives, Load, Staff

_COLUMNS = ("queue", "work", "delay", "rank", "patience")
_END_OF_TIME = 2**62


class Part(NamedTuple):
    """Cases that are over, in the order they came: their numbers, what they were given, their lives."""

    cases: Ints
    load: Load
    lives: Lives


def run(load: Load, staff: Staff) -> Lives:
    """Run cases through an office.

    Raises:
        Malformed: A visit is to a queue that nobody serves, or there are more than 67 million.

    >>> load = Load([0, 1], [0, 1, 2], [0, 0], [5, 5], [0, 0], [0, 0], [-1, -1])
    >>> run(load, Staff([[0]])).started.tolist()
    [0, 5]
    """
    going = _Going(staff)
    going.add(load)
    going.run_until(_END_OF_TIME)
    return going.lives()


def stream(loads: Iterable[Load], staff: Staff) -> Iterator[Part]:
    """Run cases through an office part by part, each beginning where the last one ended.

    Args:
        loads: The cases; no case of a part comes before one of the part before.
        staff: Who works.

    Yields:
        The cases that were over when the next part began; with the last, all that are left.

    Raises:
        Malformed: As `run`; or a part begins before the one before it ended.

    >>> load = Load([0, 1], [0, 1, 2], [0, 0], [5, 5], [0, 0], [0, 0], [-1, -1])
    >>> later = Load([7], [0, 1], [0], [5], [0], [0], [-1])
    >>> [part.cases.tolist() for part in stream([load, later], Staff([[0]]))]
    [[0], [1, 2]]
    """
    going = _Going(staff)
    parts = (load for load in loads if len(load.arrives))
    for load, following in pairwise(chain(parts, [None])):
        assert load is not None  # noqa: S101 - only the last is followed by none
        going.add(load)
        if following is None:
            going.run_until(_END_OF_TIME)
            yield going.part(np.ones(len(going.cases), np.bool_))
        else:
            if following.arrives[0] < load.arrives[-1]:
                raise Malformed("load", [Fault("arrives", "a part begins before another ended")])
            # Work ends and visits join before whoever comes in the same minute: they came earlier.
            before = int(following.arrives[0]) << 2 | kernels.WAKE
            going.run_until(before << kernels.PAYLOAD)
            yield going.part(going.over())


class _Going:
    """An office at work: the open cases, and all that has been put off."""

    def __init__(self, staff: Staff) -> None:
        n, q = len(staff.serves), staff.n_queues
        self.staff, self.desks, self.n_cases = staff, _desks(staff), 0
        self.cases = np.empty(0, np.int64)
        none = np.empty(0, np.int64)
        self.load = Load(none, np.zeros(1, np.int64), *[none] * 5)
        idle = np.bincount(np.array(self.desks.serves, np.int64), minlength=q)
        slots, empty = np.full(q * RANKS, -1), np.zeros(n, np.int64)
        self.now = Now(
            none, np.zeros(1, np.int64), slots, slots.copy(), np.zeros(q, np.int64),
            idle.astype(np.int64), empty, empty.copy(), *[none] * 5,
        )  # fmt: skip

    def add(self, load: Load) -> None:
        """Put new cases behind those that are open."""
        self.staff.check(load)
        n_open, m_open, m = len(self.cases), self.load.n_visits, load.n_visits
        self.came = n_open
        new = np.arange(self.n_cases, self.n_cases + len(load.arrives))
        self.n_cases += len(load.arrives)
        self.cases = np.concatenate([self.cases, new])
        self.load = _joined(self.load, load)
        if self.load.n_visits > kernels.WHO:
            raise Malformed("load", [Fault("queue", f"over {kernels.WHO:,} visits at a time")])
        # Each open case has one event at most, and so has each server, but for when it opens.
        heap = np.zeros(len(self.cases) + 2 * len(self.staff.serves) + 1, np.int64)
        heap[: len(self.now.heap)] = self.now.heap
        grown = [np.concatenate([one, np.full(m, -1)]) for one in self.now[-5:]]
        assert m_open + m == len(grown[0])  # noqa: S101 - one of each visit
        self.now = Now(heap, *self.now[1:-5], *grown)

    def run_until(self, event: int) -> None:
        load = self.load
        columns = [getattr(load, name) for name in _COLUMNS]
        visits = Visits._make([load.arrives, load.first, *columns, load.follows])
        if kernels.numba is not None:
            kernels.run_until(visits, self.desks, self.now, self.came, event)
            return
        # Plain Python reads lists many times faster than arrays.
        now = Now(*(one.tolist() for one in self.now))
        kernels.run_until(
            Visits(*(one.tolist() for one in visits)), self.desks, now, self.came, event
        )
        self.now = Now(*(np.array(one, np.int64) for one in now))

    def over(self) -> NDArray[np.bool_]:
        """Of each case, whether nothing more will happen to it."""
        now = self.now
        left_or_done = (now.ended >= 0) & ((now.started < 0) | ~self.load.follows)
        gone = (now.joined == kernels.LOST) | left_or_done
        over: NDArray[np.bool_] = np.logical_or.reduceat(gone, self.load.first[:-1])
        return over

    def lives(self) -> Lives:
        """What became of each visit so far; for good, once nothing is left to happen."""
        now, patience = self.now, self.load.patience
        joined = np.maximum(now.joined, -1)
        # Nobody was free to find out that they had left.
        left = (joined >= 0) & (now.started < 0) & (now.ended < 0) & (patience >= 0)
        return Lives(joined, now.started, np.where(left, joined + patience, now.ended), now.server)

    def part(self, over: NDArray[np.bool_]) -> Part:
        """Take out cases that are over, and close up what is left."""
        visits = np.repeat(over, np.diff(self.load.first))
        done = Part(
            self.cases[over],
            _some(self.load, over, visits),
            Lives(*(column[visits] for column in self.lives())),
        )
        # A place among those left, in the same order: so that what is first among events stays so.
        place = np.append(np.cumsum(~visits) - 1, -1)
        now, n = self.now, self.now.size[0]
        heap = now.heap[:n].copy()
        of_visit = (heap >> kernels.PAYLOAD & 3) != kernels.WAKE
        heap[of_visit] += place[heap[of_visit] & kernels.WHO] - (heap[of_visit] & kernels.WHO)
        after, *lives = (column[~visits] for column in now[-5:])
        self.cases = self.cases[~over]
        self.load = _some(self.load, ~over, ~visits)
        self.now = Now(
            heap, now.size, place[now.head], place[now.tail], *now[4:8], place[after], *lives
        )
        return done


def _joined(load: Load, more: Load) -> Load:
    columns = (np.concatenate([getattr(one, c) for one in (load, more)]) for c in _COLUMNS)
    first = np.concatenate([load.first[:-1], more.first + load.n_visits])
    return Load(np.concatenate([load.arrives, more.arrives]), first, *columns)


def _some(load: Load, cases: NDArray[np.bool_], visits: NDArray[np.bool_]) -> Load:
    first = np.append(0, np.cumsum(np.diff(load.first)[cases]))
    return Load(load.arrives[cases], first, *(getattr(load, c)[visits] for c in _COLUMNS))


def _desks(staff: Staff) -> Desks:
    """Who works, in flat arrays; in lists, where no compiler is."""
    tables, queues = staff.minutes, range(staff.n_queues)
    serving = [[j for j, of in enumerate(staff.serves) if k in of] for k in queues]
    alone = [all(len(staff.serves[j]) == 1 for j in of) for of in serving]
    serves_at, serving_at = _places(staff.serves), _places(serving)
    closes_at = _places([one.closes for one in tables])
    columns = Desks(
        len(tables[0].opens) if tables else 0,
        _flat([one.opens for one in tables], np.int32), _flat([one.worked for one in tables], np.int32),
        _flat([one.closes for one in tables], np.int32),
        closes_at, np.array(staff.table, np.int64), np.array(staff.pace, np.int64),
        _flat(staff.serves), serves_at, _flat(serving), serving_at, np.array(alone, np.bool_),
        np.array(staff.doors, np.int64), np.array(staff.finishes, np.bool_),
    )  # fmt: skip
    if kernels.numba is not None:
        return columns
    return Desks(columns.width, *(column.tolist() for column in columns[1:]))


def _flat(parts: Sequence[Any], kind: Any = np.int64) -> NDArray[Any]:
    return np.concatenate([np.empty(0, kind), *(np.asarray(part, kind) for part in parts)])


def _places(parts: Sequence[Any]) -> Ints:
    return np.cumsum([0, *map(len, parts)])


Reals = TypeVar("Reals", np.int64, np.float32, np.float64)


def waits(
    gaps: NDArray[Reals],
    services: NDArray[Reals],
    servers: int,
    state: NDArray[Any] | None = None,
    /,
) -> NDArray[Reals]:
    """How long each of one queue waits that is served first come, and never closed.

    The shortest way there is for what has no ranks, hours or patience; whole numbers of any unit
    stay whole.

    Args:
        gaps: From each arrival to the next; the first from the beginning, or from the last part.
        services: How long each is served.
        servers: How many serve.
        state: When each is free, and the last arrival: shape (servers + 1,), zeros to begin with.
            It is carried on, so that cases may come in parts without end.

    Returns:
        Waits, in the unit given.

    >>> waits(np.array([0, 1]), np.array([5, 5]), 1).tolist()
    [0, 4]
    """
    waited = np.empty_like(gaps)
    wide = np.int64 if gaps.dtype.kind == "i" else np.float64
    state = np.zeros(servers + 1, wide) if state is None else state
    kernels.first_come(servers)(gaps, services, state, waited)
    return waited
