"""How long an office takes to fill up, where work is carried over from day to day; until then nothing is measured.

The rule is White's, MSER-5 (Simulation 69, 1997, 323-334): of the cases open at each midnight, by the mean of
some runs, the beginning is cut by so many times five days that what is left has the least standard error.
"""

from collections.abc import Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

from openakimat.errors import Fault, Malformed
from openakimat.simulate.engines import many
from openakimat.simulate.scenario import Scenario, draw_run

RUNS = 10
"""How many runs are looked at."""


def warm_up(scenarios: Sequence[Scenario], seed: int = 0, /) -> list[Scenario]:
    """Scenarios that are measured from the day on which those of them are filled up that ask for it with `warm_up`.

    All from the same day, so that they stay comparable, but those that start from cases open in fact. Of one
    that never settles nothing is cut. Raises `Malformed` if one has no other days.
    """
    asked = (of for of in scenarios if of.told.get("warm_up"))
    days = max((_filling(of, seed) for of in asked), default=0)
    short = [
        of for of in scenarios if len(of.open.open) <= days * 1440 and not len(of.backlog.stop)
    ]
    if short:
        why = f"another needs {days} days to fill up, which leave none of its own to be measured"
        raise Malformed("scenarios", [Fault(of.name, why) for of in short])
    return [of if len(of.backlog.stop) else attrs.evolve(of, warm_up=days) for of in scenarios]


def _filling(of: Scenario, seed: int) -> int:
    # Of runs that are never measured: what is cut is not chosen by what is left.
    days: NDArray[np.float64] = np.mean([_open_at(of, seed, -1 - k) for k in range(RUNS)], axis=0)
    return 5 * mser(days[: len(days) // 5 * 5].reshape(-1, 5).mean(axis=1))


def _open_at(of: Scenario, seed: int, replication: int) -> NDArray[np.int64]:
    """How many cases are open when each day is over."""
    drawn, staff, _ = draw_run(of, seed, replication)
    lives, n = many.run(drawn.load, staff), len(of.open.open) // 1440
    last, begun = drawn.load.first[1:] - 1, lives.started >= 0
    ends = np.where((begun & (lives.ended >= 0))[last], lives.ended[last], n * 1440)
    left = ~begun & (lives.ended >= 0)
    ends[drawn.case[left]] = lives.ended[left]
    came, gone = (
        np.bincount(np.minimum(one // 1440, n), minlength=n + 1)[:n]
        for one in (drawn.load.arrives, ends)
    )
    return np.cumsum(came - gone)


def mser(values: NDArray[np.float64], /) -> int:
    """How many to cut from the beginning; none where the least is past the middle: then nothing settles.

    >>> mser(np.array([0, 4, 8, 10, 9, 11, 10, 10, 9, 11.0]))
    3
    """
    left = [values[k:] for k in range(len(values) * 3 // 4)]
    least = int(np.argmin([one.var() / len(one) for one in left]))
    return least if least <= len(values) // 2 else 0
