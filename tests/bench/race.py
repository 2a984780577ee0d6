"""Runs side by side, and the figure that comes of them."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import attrs

Run = Callable[[], int]
"""A piece of work; it answers with how many operations it was."""

ROUNDS = 7
_AT_LEAST = 0.02
"""Seconds that one runner has in a round."""


@attrs.frozen
class Figure:
    """One figure, what it is held to, and what it was made of.

    Attributes:
        what: What is measured.
        value: The figure, in `unit`.
        bar: What the value must reach (or not pass, if `at_most`); None when only shown.
        ours, peer, theirs: Our time for an operation, who else was timed, and theirs.
        same: How many answers agree, of how many, where the peer can say.
    """

    what: str
    value: float
    unit: str = "x"
    bar: float | None = None
    at_most: bool = False
    ours: str = ""
    peer: str = ""
    theirs: str = ""
    same: str = ""

    @property
    def met(self) -> bool:
        """Whether the bar is reached."""
        if self.bar is None:
            return True
        return self.value <= self.bar if self.at_most else self.value >= self.bar


class MissingPeer(Exception):
    """A peer is not installed."""


def peer(name: str) -> Any:
    """A module to be measured against.

    Raises:
        MissingPeer: It is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingPeer(name) from None


def race(*runs: Run, rounds: int = ROUNDS) -> list[float]:
    """Seconds of processor time an operation, for each run: medians over interleaved rounds."""
    for run in runs:
        run()  # what runs for the first time is slow, and would be thought to need fewer runs
    times = [max(1, round(_AT_LEAST / max(_spent(run, 1), 1e-6))) for run in runs]
    spent: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for run, n, found in zip(runs, times, spent, strict=True):
            found.append(_spent(run, n))
    return [median(found) / run() for found, run in zip(spent, runs, strict=True)]


def _spent(run: Run, times: int) -> float:
    """Seconds of processor time that a run takes, the mean of several in a row."""
    start = time.process_time()
    for _ in range(times):
        run()
    return (time.process_time() - start) / times


def against(
    what: str, ours: float, peer: str, theirs: float, *, bar: float | None, same: str = ""
) -> Figure:
    """How many times faster we are than a peer."""
    return Figure(
        what,
        theirs / ours,
        bar=bar,
        ours=seconds(ours),
        peer=peer,
        theirs=seconds(theirs),
        same=same,
    )


def seconds(took: float) -> str:
    """A time an operation takes, in the unit it is easily read in.

    >>> seconds(7.1e-9), seconds(2.25e-6)
    ('7.1 ns', '2.25 µs')
    """
    for unit, size in (("ms", 1e-3), ("µs", 1e-6)):
        if took >= size:
            return f"{took / size:.3g} {unit}"
    return f"{took / 1e-9:.3g} ns"
