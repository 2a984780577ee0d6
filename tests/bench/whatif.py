"""A hundred thousand appeals under another limit: from arrays, and lived again one by one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from random import Random

import attrs
import numpy as np
from tests.bench.race import Figure, against, race, seconds
from tests.simulate.lives import AT, appeal

from openakimat import kz
from openakimat.simulate import rule
from openakimat.simulate.columns.cases import Recorded, record
from openakimat.simulate.whatif import whatif

PEERS: tuple[str, ...] = ("numpy",)
N, FEW = 100_000, 1_000
TEN = rule.limit("appeal.consideration", working_days=10)


def figures() -> Iterator[Figure]:
    """The whole what-if, its counts and flips with it; against the same of fewer cases replayed."""
    office, rng = kz.office("khromtau"), Random(1)  # noqa: S311 - made-up cases, no secret
    cases = [appeal(rng, f"appeal-{n}", office) for n in range(FEW)]
    start = time.process_time()
    few = record(cases, office, at=AT)
    took = (time.process_time() - start) / FEW
    many = _times(few, N // FEW)
    (arrays, replayed) = race(
        lambda: whatif(many, office, TEN).total.n,
        lambda: whatif(cases, office, TEN, at=AT).total.n,
        rounds=3,
    )
    slow, fast = whatif(cases, office, TEN, at=AT), whatif(few, office, TEN)
    differing = {(f.case, f.late, f.days) for f in slow.flips} ^ {
        (f.case, f.late, f.days) for f in fast.flips
    }
    same = f"{FEW - len({case for case, *_ in differing})}/{FEW}"
    yield against(
        f"{N:,} appeals under 10 days", arrays, "replaying them", replayed, bar=50, same=same
    )
    yield Figure("… put into arrays, once: a case", took * 1e6, " µs", ours=seconds(took))


def _times(of: Recorded, n: int) -> Recorded:
    """The same cases so many times over: those that arrays do not hold are left out."""
    size = len(of.ids)
    return attrs.evolve(
        of,
        ids=[*of.ids] * n,
        of={by: np.tile(values, n) for by, values in of.of.items()},
        groups={
            group: (places + size * np.arange(n)[:, None]).ravel()
            for group, places in of.groups.items()
        },
        times=np.tile(of.times, (n, 1)),
        pauses=np.tile(of.pauses, (n, 1, 1)),
        rest=(),
    )
