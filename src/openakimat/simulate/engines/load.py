"""What both engines are given, and what they answer: whole minutes, in arrays.

Rules. (1) Nothing is random here: what is drawn has been drawn before. (2) A case is a run of
visits, one after the other; a visit joins a queue, waits, is worked on and ends. (3) Work rests
when whoever does it is closed and goes on when they open, unless its queue `finishes`: then it is
done past closing, as a visitor at a desk is. (4) Whoever comes when the door is shut joins when it
opens. (5) Of those who wait the least rank goes first, then who joined first, then the earlier
case. (6) In one minute work ends, then visits join, then staff begin, then whoever will wait no
longer leaves. (7) What would not end before the minutes do is begun, and still worked on when they
end. Whoever `leaves` with theirs takes nothing of the kind and, met with it, nothing more.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import attrs
import numpy as np
from numpy.typing import NDArray

from openakimat.errors import Fault, Malformed
from openakimat.simulate.engines.minutes import NEVER, Minutes

Ints = NDArray[np.int64]

RANKS = 16
"""How many ranks there are: 0 to one less."""

ALWAYS = -1
"""The place of the minutes of whoever never closes."""

STAYS = -1
"""The patience of whoever does not leave."""


def _ints(values: Any) -> Ints:
    return np.ascontiguousarray(values, np.int64)


@attrs.frozen(eq=False)
class Load:
    """Cases that come, and the visits that each will make.

    Raises `Malformed` if lengths differ, or a value is out of its range; all at once.

    Attributes:
        arrives: The minute each case comes, in order. Shape (cases,).
        first: The place of the first visit of each, and the number of visits. Shape (cases + 1,).
        queue: The queue of each visit. Shape (visits,), as of all below.
        work: Minutes of work, at least 1.
        delay: Minutes, open or not, from the visit before until it may join: another body's answer.
        rank: Who goes first; see `RANKS`.
        patience: Minutes after which it leaves unserved, and its case with it; `STAYS` if it does not.

    >>> Load([0, 3], [0, 1, 2], [0, 0], [5, 5], [0, 0], [0, 0], [-1, -1]).n_visits
    2
    """

    arrives: Ints = attrs.field(converter=_ints, repr=False)
    first: Ints = attrs.field(converter=_ints, repr=False)
    queue: Ints = attrs.field(converter=_ints, repr=False)
    work: Ints = attrs.field(converter=_ints, repr=False)
    delay: Ints = attrs.field(converter=_ints, repr=False)
    rank: Ints = attrs.field(converter=_ints, repr=False)
    patience: Ints = attrs.field(converter=_ints, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse what an engine would read past the end of."""
        m, faults = len(self.queue), list[Fault]()
        lengths = {name: len(getattr(self, name)) for name in ("work", "delay", "rank", "patience")}
        faults += [Fault(name, f"{n} of {m} visits") for name, n in lengths.items() if n != m]
        for name, least, most in (
            ("arrives", 0, NEVER - 1), ("queue", 0, 2**31), ("work", 1, 2**31), ("delay", 0, 2**31),
            ("rank", 0, RANKS - 1), ("patience", STAYS, 2**31),
        ):  # fmt: skip
            column = getattr(self, name)
            if column.size and not (least <= column.min() and column.max() <= most):
                wrong = int(np.argmax((column < least) | (column > most)))
                faults.append(Fault(f"{name}[{wrong}]", f"{column[wrong]}, not {least} to {most}"))
        if np.any(np.diff(self.arrives) < 0):
            faults.append(Fault("arrives", "not in order"))
        whole = len(self.first) == len(self.arrives) + 1 and self.first[[0, -1]].tolist() == [0, m]
        if not whole or np.any(np.diff(self.first) < 1):
            faults.append(Fault("first", "gives not each case a visit, and each visit a case"))
        if faults:
            raise Malformed("load", faults)

    @property
    def n_visits(self) -> int:
        """How many visits there are."""
        return len(self.queue)

    @property
    def follows(self) -> NDArray[np.bool_]:
        """Whether after each visit another of its case comes. Shape (visits,)."""
        follows = np.ones(self.n_visits, np.bool_)
        follows[self.first[1:] - 1] = False
        return follows


def _each(value: int, count: Callable[[Any], int]) -> Any:
    return attrs.field(
        kw_only=True, default=attrs.Factory(lambda of: [value] * count(of), takes_self=True)
    )


@attrs.frozen(eq=False)
class Staff:
    """Who works, when, how fast and at what.

    Raises `Malformed` if lengths differ, a place is of no table, or tables are not of the same days.

    Attributes:
        serves: The queues that each may take from; of several idle the first in order is asked.
        minutes: The tables that the places below are in; all of one first day and length.
        table: The place of the minutes of each, or `ALWAYS`; all of them `ALWAYS` without.
        pace: Hundredths of the usual time that work takes each; 100 without.
        leaves: Whether each is gone for good when their minutes end, so that these are not just the last told.
        doors: The place of the minutes in which each queue may be joined, or `ALWAYS`.
        finishes: Whether work of each queue, begun, is done past closing.

    >>> Staff([[0]] * 5).n_queues
    1
    """

    serves: Sequence[Sequence[int]]
    minutes: Sequence[Minutes] = ()
    table: Sequence[int] = _each(ALWAYS, lambda staff: len(staff.serves))
    pace: Sequence[int] = _each(100, lambda staff: len(staff.serves))
    leaves: Sequence[bool] = _each(0, lambda staff: len(staff.serves))
    doors: Sequence[int] = _each(ALWAYS, lambda staff: staff.n_queues)
    finishes: Sequence[bool] = _each(0, lambda staff: staff.n_queues)

    def __attrs_post_init__(self) -> None:
        """Refuse what an engine would read past the end of."""
        n, q, faults = len(self.serves), self.n_queues, list[Fault]()
        wanted = {"table": n, "pace": n, "leaves": n, "doors": q, "finishes": q}
        lengths = {name: len(getattr(self, name)) for name in wanted}
        faults += [
            Fault(k, f"{lengths[k]} of {wanted[k]}") for k in wanted if lengths[k] != wanted[k]
        ]
        for name in ("table", "doors"):
            if strange := [k for k in getattr(self, name) if not -1 <= k < len(self.minutes)]:
                faults.append(Fault(name, f"{strange[0]} is none of {len(self.minutes)} tables"))
        if any(pace < 1 for pace in self.pace) or any(k < 0 for of in self.serves for k in of):
            faults.append(Fault("pace", "under 1, or a queue under 0"))
        if len({(one.first, len(one.open)) for one in self.minutes}) > 1:
            faults.append(Fault("minutes", "not of the same days"))
        if faults:
            raise Malformed("staff", faults)

    @property
    def n_queues(self) -> int:
        """How many queues there are."""
        return 1 + max((k for of in self.serves for k in of), default=-1)

    def check(self, load: Load, /) -> None:
        """Refuse visits to a queue that nobody serves. Raises `Malformed` if there is such a visit."""
        served = np.zeros(self.n_queues + 1, np.bool_)
        served[[k for of in self.serves for k in of]] = True
        if not (known := served[np.minimum(load.queue, self.n_queues)]).all():
            unserved = load.queue[~known].min()
            raise Malformed("staff", [Fault("serves", f"nobody serves queue {unserved}")])


class Lives(NamedTuple):
    """What became of each visit: minutes, or -1 for what never was. Shape (visits,) each.

    Who left unserved has `ended` without `started`, and what is still worked on `started` without `ended`.
    """

    joined: Ints
    started: Ints
    ended: Ints
    server: Ints


Watch = Callable[[str, int, int, int], bool]
"""Who looks on: told what happens (`comes`, `joins`, `begins`, `ends`, `leaves`), the visit, the minute
and who serves or -1, before it counts; and says whether the case goes on."""
