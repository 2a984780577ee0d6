"""How long whoever takes a ticket will wait, from what its queue did before; and whether such estimates held.

Rules. (1) A ticket is compared with those that met a like line at a like hour: as many before them,
by the lawful order, for each window at work. (2) Who left uncalled, or waits yet, waited that long at
least. (3) Of few like it nothing is told, nor of a line longer than those seen. (4) What is told
for an instant rests on what was known then.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from math import ceil, floor, log2
from typing import NamedTuple

from openakimat.report.figures.forecast import LATEST, THIN
from openakimat.report.figures.shares import Figures, incidence, share, time_of

LIKE, NEAREST = 0.5, 100
"""How far a line may be from another, in doublings; as many at most, the nearest, it is compared with."""

CHECKED = 500
"""As many past tickets, the latest, are told what they would have been told, and held to it."""


class Ticket(NamedTuple):
    """A ticket, taken `at` a local time: how many were `before` it, and how many windows at work.

    It waited `until` then, whether it was `called` or left; None where it waits yet.
    """

    at: datetime
    before: int
    windows: int
    until: datetime | None = None
    called: bool = False


class Line(NamedTuple):
    """The queue of a sector: the tickets it had, and that of whoever comes now."""

    office: str
    sector: str
    past: Sequence[Ticket]
    now: Ticket


def estimate_waits(past: Iterable[Ticket], /) -> Callable[[Ticket], Figures | None]:
    """What tells of a ticket how many minutes it waits: ``least`` and ``longest`` eight in ten times, ``half``.

    None where `THIN` of those like it were not called; a number is None where too many of them left.

    >>> from datetime import timedelta
    >>> nine, minute = datetime.fromisoformat("2026-03-18T09:00+05:00"), timedelta(minutes=1)
    >>> taken = [(nine + n * minute, n % 4) for n in range(200)]
    >>> tell = estimate_waits(Ticket(at, n, 1, at + 5 * n * minute, called=True) for at, n in taken)
    >>> tell(Ticket(nine + 240 * minute, 3, 1)), tell(Ticket(nine + 240 * minute, 9, 1))
    ({'n': 50, 'least': 15, 'half': 15, 'longest': 15}, None)
    """
    import numpy as np

    known = sorted(past, key=lambda one: one.at)
    taken = np.array([one.at.timestamp() / 60 for one in known])
    waited = (
        np.array([one.until.timestamp() / 60 if one.until else np.inf for one in known]) - taken
    )
    called, places = np.array([one.called for one in known], bool), np.array([*map(_place, known)])

    def tell(asked: Ticket) -> Figures | None:
        stop = int(taken.searchsorted(now := asked.at.timestamp() / 60))
        part = slice(max(stop - LATEST, 0), stop)
        far = np.abs(places.reshape(-1, 2)[part] - _place(asked)).sum(axis=1)
        near = far.argsort(kind="stable")[:NEAREST]
        near = near[far[near] <= LIKE]
        gone = now - taken[part][near]
        times, ended = np.minimum(waited[part][near], gone), called[part][near]
        ended &= waited[part][near] <= gone
        if ended.sum() < THIN:
            return None
        # So many of n are as unlikely to hold the next one as a tenth of n + 1.
        n, found = len(near), incidence(times, ended, ended)
        least, half, longest = (
            time_of(found, k / n) for k in (floor((n + 1) / 10), n / 2, ceil((n + 1) * 0.9))
        )
        return {
            "n": n, "least": least and floor(least), "half": half and round(half),
            "longest": longest and ceil(longest),
        }  # fmt: skip

    return tell


def _place(of: Ticket) -> tuple[float, float]:
    """Where a ticket stands among others: its line in doublings, and the hour, of which eight are one."""
    return log2((of.before + 1) / max(of.windows, 1)), (of.at.hour + of.at.minute / 60) / 8


def tell_waits(lines: Iterable[Line], /) -> list[Figures]:
    """Of each queue who waits now, what whoever comes is told, and how often what was told so ``held``.

    >>> tell_waits([])
    []
    """
    told = list[Figures]()
    for line in lines:
        tell = estimate_waits(line.past)
        row = {"key": line.sector, "office": line.office, "waiting": line.now.before, "windows": line.now.windows}  # fmt: skip
        open_now = (tell(line.now) if line.now.before or line.now.windows else None) or {}
        row |= {name: open_now.get(name) for name in ("least", "half", "longest", "n")}
        called = sorted(one for one in line.past if one.called)[-CHECKED:]
        held = [_is_within(one, of) for one in called if (of := tell(one))]
        told.append(row | {"held": share(sum(held), len(held))})
    return told


def _is_within(of: Ticket, told: Figures) -> bool:
    assert of.until is not None  # noqa: S101 - it was called
    waited = (of.until - of.at).total_seconds() / 60
    return (
        (told["least"] or 0)
        <= waited
        <= (float("inf") if told["longest"] is None else told["longest"])
    )
