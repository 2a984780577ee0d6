"""The fast engine: the rules of `load` in compiled loops, for as many cases as there are.

It answers what `loop` answers, minute for minute. Cases may come in parts without end: what is
still open is carried on, and what is over is given back, so that memory does not grow with them.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from openakimat.errors import Fault, Malformed
from openakimat.simulate.engines import kernels, recursion
from openakimat.simulate.engines.load import RANKS, Ints, Lives, Load, Staff

_END_OF_TIME = 2**63 - 1


class Part(NamedTuple):
    """Cases that are over, in the order they came: their numbers, what they were given, their lives."""

    cases: Ints
    load: Load
    lives: Lives


def run(load: Load, staff: Staff) -> Lives:
    """Run cases through an office.

    Raises `Malformed` if a visit is to a queue that nobody serves, or there are more than 130 million.

    >>> load = Load([0, 1], [0, 1, 2], [0, 0], [5, 5], [0, 0], [0, 0], [-1, -1])
    >>> run(load, Staff([[0]])).started.tolist()
    [0, 5]
    """
    going = _Going(staff)
    going.run(load, _END_OF_TIME)
    return going.lives(going.visits)


def stream(loads: Iterable[Load], staff: Staff) -> Iterator[Part]:
    """Run cases through an office part by part, each beginning where the last one ended.

    Given are the cases that were over when the next part began; with the last, all that are left.
    Raises `Malformed` as `run`, or if a part begins before the one before it ended.

    >>> load = Load([0, 1], [0, 1, 2], [0, 0], [5, 5], [0, 0], [0, 0], [-1, -1])
    >>> later = Load([7], [0, 1], [0], [5], [0], [0], [-1])
    >>> [part.cases.tolist() for part in stream([load, later], Staff([[0]]))]
    [[0], [1, 2]]
    """
    going = _Going(staff)
    parts = (load for load in loads if len(load.arrives))
    for load, following in pairwise(chain(parts, [None])):
        assert load is not None  # noqa: S101 - only the last is followed by none
        if following is None:
            going.run(load, _END_OF_TIME)
            yield going.part(np.ones(len(going.cases), np.bool_))
        else:
            if following.arrives[0] < load.arrives[-1]:
                raise Malformed("load", [Fault("arrives", "a part begins before another ended")])
            # Work ends and visits join before whoever comes in the same minute: they came earlier.
            before = int(following.arrives[0]) << 2 | kernels.WAKE
            going.run(load, before << kernels.PLACE)
            yield going.part(going.over())


class _Going:
    """An office at work: the open cases, and all that has been put off."""

    def __init__(self, staff: Staff) -> None:
        self.staff, self.n_cases = staff, 0
        self.cases = self.arrives = np.empty(0, np.int64)
        self.fixed, self.tables = _lay_out(staff)
        self.visits = np.empty((0, kernels.VISIT_WORDS), np.int64)
        self.heap = np.empty(0, np.int64)

    def run(self, load: Load, event: int) -> None:
        """Put new cases behind those that are open, and let all happen that is before an event."""
        self.staff.check(load)
        k, n_open, n = kernels, len(self.visits), len(load.arrives)
        self.cases = np.append(self.cases, np.arange(self.n_cases, self.n_cases + n))
        self.arrives = np.append(self.arrives, load.arrives)
        self.n_cases += n
        start = len(self.fixed)
        end = start + (n_open + load.n_visits) * k.VISIT_WORDS
        # Of each open case and of each server one event waits at most, and one for when they open.
        memory = np.empty(end + len(self.cases) + 2 * len(self.staff.serves) + 1, np.int64)
        if memory.size > k.WHO:
            raise Malformed("load", [Fault("queue", "over 130 million visits at a time")])
        memory[:start], memory[end : end + len(self.heap)] = self.fixed, self.heap
        memory[: k.WIDTH] = len(self.heap), end, end
        visits = memory[start:end].reshape(-1, k.VISIT_WORDS)
        visits[:n_open], new = self.visits, visits[n_open:]
        columns = (load.queue, load.work, load.delay, load.rank, load.patience)
        k.pack(new, load.first, load.arrives, columns)
        came = start + n_open * k.VISIT_WORDS
        if k.numba is not None:
            k.run_until(memory, self.tables, came, event)
        else:
            # Plain Python reads lists many times faster than arrays.
            words = memory.tolist()
            k.run_until(words, self.tables.tolist(), came, event)
            memory[:] = words
        self.fixed, self.visits = memory[:start].copy(), visits
        self.heap = memory[end:][: memory[k.SIZE]].copy()

    def over(self) -> NDArray[np.bool_]:
        """Of each case, whether nothing more will happen to it."""
        k, v = kernels, self.visits
        last = v[:, k.KIND] & 1 == 0
        gone = (v[:, k.ENDED] >= 0) & ((v[:, k.STARTED] < 0) | last) | (v[:, k.JOINED] == k.LOST)
        over: NDArray[np.bool_] = np.logical_or.reduceat(gone, self.first()[:-1])
        return over

    def first(self) -> Ints:
        """The place of the first visit of each open case, and the number of visits."""
        return np.append(0, np.flatnonzero(self.visits[:, kernels.KIND] & 1 == 0) + 1)

    def part(self, over: NDArray[np.bool_]) -> Part:
        """Take out cases that are over, and close up what is left."""
        k, n_visits = kernels, np.diff(self.first())
        out = np.repeat(over, n_visits)
        done = self.visits[out]
        load = Load(
            self.arrives[over], np.append(0, np.cumsum(n_visits[over])),
            ((done[:, k.KIND] >> k.QUEUE) - k.QUEUES) // k.QUEUE_WORDS, done[:, k.WORK],
            done[:, k.DELAY], done[:, k.KIND] >> 1 & k.RANK_MASK, done[:, k.PATIENCE],
        )  # fmt: skip
        part = Part(self.cases[over], load, self.lives(done))
        # A place among those left, in the same order: so that what is first among events stays so.
        start, width = len(self.fixed), k.VISIT_WORDS
        place = np.append((np.cumsum(~out) - 1) * width + start, -1)

        def move(places: Ints) -> Ints:
            return np.where(places < 0, -1, place[np.maximum(places - start, 0) // width])

        who = self.heap & k.WHO
        of_visit = (self.heap >> k.PLACE & 3) != k.WAKE
        self.heap[of_visit] += (move(who) - who)[of_visit]
        v = self.visits
        waits = (v[:, k.JOINED] >= 0) & (v[:, k.STARTED] < 0) & (v[:, k.ENDED] < 0)
        v[waits, k.LINK] = move(v[waits, k.LINK])
        self.visits, self.cases, self.arrives = v[~out], self.cases[~over], self.arrives[~over]
        words = self.fixed[k.QUEUES :][: self.staff.n_queues * k.QUEUE_WORDS]
        queues = words.reshape(-1, k.QUEUE_WORDS)
        queues[:, k.HEAD :] = move(queues[:, k.HEAD :])
        return part

    def lives(self, visits: Ints) -> Lives:
        """What became of visits so far; for good, once nothing is left to happen."""
        told = np.empty((4, len(visits)), np.int64)
        servers = kernels.QUEUES + self.staff.n_queues * kernels.QUEUE_WORDS
        kernels.tell(visits, servers, told)
        return Lives(*told)


def _lay_out(staff: Staff) -> tuple[Ints, NDArray[np.int32]]:
    """Queues and servers as `kernels` has them, and all tables one after the other."""
    queues, servers = range(staff.n_queues), range(len(staff.serves))
    serving = [[j for j in servers if k in staff.serves[j]] for k in queues]
    tables = [one.table for one in staff.minutes]
    sizes = [len(column) for of in staff.minutes for column in (of.opens, of.worked, of.closes)]
    at = [-1, *np.cumsum([0, *sizes])[:-1].tolist()]  # nothing is at the place of `ALWAYS`
    first = kernels.QUEUES + len(queues) * kernels.QUEUE_WORDS
    lists = first + len(servers) * kernels.SERVER_WORDS
    memory, words = [0, 0, 0, sizes[0] if sizes else 0, 0, 0], list[int]()

    def keep(places: Sequence[int], start: int, width: int) -> tuple[int, int]:
        words.extend(start + place * width for place in places)
        return lists + len(words) - len(places), len(places)

    def table(place: int, column: int) -> int:
        return -1 if place < 0 else at[1 + place * 3 + column]

    for k in queues:
        alone = all(len(staff.serves[j]) == 1 for j in serving[k])
        memory += [table(staff.doors[k], 0), staff.finishes[k], 0, len(serving[k]), alone]
        memory += [*keep(serving[k], first, kernels.SERVER_WORDS), -1, *[-1] * 2 * RANKS]
    for j in servers:
        of = staff.table[j]
        memory += [*(table(of, column) for column in range(3)), sizes[of * 3 + 2] if of >= 0 else 0]
        serves = keep(staff.serves[j], kernels.QUEUES, kernels.QUEUE_WORDS)
        memory += [staff.pace[j], staff.leaves[j], kernels.AT_REST, 0, *serves]
    if len(tables) == 1:  # nothing need be copied
        return np.array(memory + words, np.int64), tables[0]
    return np.array(memory + words, np.int64), np.concatenate([np.empty(0, np.int32), *tables])


Reals = TypeVar("Reals", np.int64, np.float32, np.float64)


def waits(
    gaps: NDArray[Reals], services: NDArray[Reals], servers: int, /, *,
    state: NDArray[Any] | None = None, ranks: NDArray[np.int8] | None = None,
    patience: NDArray[Reals] | None = None,
) -> NDArray[Reals]:  # fmt: skip
    """How long each of one queue waits that is never closed: the shortest way there is; -1 of who left.

    Numbers of any unit, whole or not; of whole ones `run` says the same. `gaps` are from each arrival to
    the next, the first from the beginning, or from the last part. `state` is when each server is free, and
    the last arrival: shape (servers + 1,), zeros to begin with; it is carried on, so that cases may come in
    parts without end, where first come alone. Of `ranks` the least goes first; see `RANKS`. With them
    `patience` is how long each waits at most; under 0, who stays.

    >>> waits(np.array([0, 1, 1]), np.array([5, 5, 5]), 1).tolist()
    [0, 4, 8]
    >>> waits(np.array([0, 1, 1]), np.array([5, 5, 5]), 1, ranks=np.array([0, 1, 0], np.int8)).tolist()
    [0, 9, 3]
    """
    waited = np.empty_like(gaps)
    if ranks is not None:
        empty = np.empty(0, gaps.dtype)
        leaves = empty if patience is None else patience
        recursion.by_rank(servers)(gaps, services, ranks, leaves, waited)
        return waited
    wide = np.int64 if gaps.dtype.kind == "i" else np.float64
    state = np.zeros(servers + 1, wide) if state is None else state
    recursion.first_come(servers)(gaps, services, state, waited)
    return waited
