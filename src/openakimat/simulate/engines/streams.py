"""Where chance comes from: one stream for each run and purpose, and what is drawn from it.

Rules. (1) A stream is found by hashing what it is for, never by arithmetic on seeds: no two are one,
and none depends on who runs what, or in what order. (2) Two offices that differ in one thing draw
all others alike. (3) What is drawn becomes whole minutes at once.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from openakimat.errors import Fault, Malformed
from openakimat.simulate.engines.load import Ints


def stream(seed: int, replication: int, purpose: str, part: int = 0, /) -> np.random.Generator:
    """The stream of random numbers of a run for a purpose; `part` is of what comes in parts.

    >>> bool(stream(1, 2, "a").integers(1000) == stream(1, 2, "a").integers(1000))
    True
    """
    told = repr((int(seed), int(replication), purpose, int(part))).encode()
    key = int.from_bytes(hashlib.blake2b(told, digest_size=16).digest(), "big")
    return np.random.Generator(np.random.Philox(key=key))


@attrs.frozen
class Spread:
    """How long something takes, in minutes: drawn, then rounded to whole minutes, 1 at least.

    Attributes:
        mean: Minutes on average, before rounding.
        cv: Standard deviation over mean.
        shape: ``lognormal``; ``gamma``; ``exponential``, whose cv is 1; or ``constant``, which has none.
        seen: Minutes seen in practice, to be drawn from in the place of a shape.

    >>> Spread(12, shape="constant").draw(stream(1, 0, "work"), 3).tolist()
    [12, 12, 12]
    """

    mean: float = 0.0
    cv: float = 1.0
    shape: Literal["lognormal", "gamma", "exponential", "constant"] = "lognormal"
    seen: Sequence[int] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse what takes no time, a negative spread and an unknown shape, with `Malformed`."""
        faults = [] if self.mean > 0 or self.seen else [Fault("mean", f"{self.mean}, not over 0")]
        faults += [] if self.cv >= 0 else [Fault("cv", f"{self.cv}, under 0")]
        if self.shape not in {"lognormal", "gamma", "exponential", "constant"}:
            faults.append(Fault("shape", f"{self.shape!r} is none of the four"))
        if faults:
            raise Malformed("spread", faults)

    def draw(self, rng: np.random.Generator, n: int, /) -> Ints:
        """Minutes of so many. Shape (n,)."""
        minutes: NDArray[np.float64]
        if self.seen:
            minutes = rng.choice(np.asarray(self.seen, np.float64), n)
        elif self.shape == "exponential":
            minutes = rng.exponential(self.mean, n)
        elif self.shape == "constant" or np.isclose(self.cv, 0):
            minutes = np.full(n, self.mean)
        elif self.shape == "gamma":
            minutes = rng.gamma(self.cv**-2, self.mean * self.cv**2, n)
        else:
            var = np.log1p(self.cv**2)
            minutes = rng.lognormal(np.log(self.mean) - var / 2, np.sqrt(var), n)
        return np.clip(np.rint(minutes), 1, 2**30).astype(np.int64)


def pick(shares: Mapping[str, float], rng: np.random.Generator, n: int, /) -> Ints:
    """For each of so many, the place of its share among them; shares need not add up to 1.

    >>> pick({"paper": 0.0, "portal": 2.0}, stream(1, 0, "channel"), 3).tolist()
    [1, 1, 1]
    """
    ends = np.cumsum(list(shares.values()))
    # The last is the end itself: no rounding puts anybody past it.
    places: Ints = np.searchsorted(ends[:-1] / ends[-1], rng.random(n), side="right").astype(
        np.int64
    )
    return places
