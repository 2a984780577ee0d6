"""How long whoever takes a ticket will wait, from what its queue did before; and whether such estimates held.

Rules. (1) A ticket is compared with those that met a like line at a like hour: as many before them,
by the lawful order, for each window at work. (2) Who left uncalled, or waits yet, waited that long at
least. (3) Of few like it nothing is told, nor of a line longer than those seen. (4) What is told
for an instant rests on what was known then.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from math import ceil, floor, inf, log2
from typing import NamedTuple

from openakimat.report.figures.forecast import LATEST, THIN
from openakimat.report.figures.shares import Figures, incidence, share, time_of

LIKE, NEAREST, CHECKED = 0.5, 100, 500
"""How far a line may be from another, in doublings; with how many at most, the nearest, it is compared; how many
past tickets, the latest, are held to what they would have been told."""


class Ticket(NamedTuple):
    """A ticket taken at a local time: how many were before it, and how many windows at work.

    It waited so many minutes until it was called, or left, or so far.
    """

    at: datetime
    before: int
    windows: int
    waited: float = 0
    called: bool = False


Lines = Mapping[tuple[str, str], Sequence[Ticket]]
"""The queues by office and sector: the tickets of each, the last of whoever comes now."""


def estimate_waits(past: Iterable[Ticket], /) -> Callable[[Ticket], Figures | None]:
    """What tells of a ticket how many minutes it waits: ``least`` and ``longest`` eight in ten times, ``half``.

    None where `THIN` of those like it were not called; a number is None where too many of them left.

    >>> nine = datetime.fromisoformat("2026-03-18T09:00+05:00")
    >>> past = [Ticket(nine.replace(minute=n % 60), n % 4, 1, 5 * (n % 4), called=True) for n in range(200)]
    >>> tell = estimate_waits(past)
    >>> tell(Ticket(nine.replace(hour=12), 3, 1)), tell(Ticket(nine.replace(hour=12), 9, 1))
    ({'n': 50, 'least': 15, 'half': 15, 'longest': 15}, None)
    """
    import numpy as np

    known = [
        (one.at.timestamp() / 60, one.waited, one.called, *_place(one)) for one in sorted(past)
    ]
    taken, waited, called, lines, hours = np.array(known, float).reshape(-1, 5).T

    def tell(asked: Ticket) -> Figures | None:
        now, (line, hour) = asked.at.timestamp() / 60, _place(asked)
        stop = int(taken.searchsorted(now))
        start = max(stop - LATEST, 0)
        far = abs(lines[start:stop] - line) + abs(hours[start:stop] - hour)
        near = far.argsort(kind="stable")[:NEAREST]
        near = near[far[near] <= LIKE] + start
        gone = now - taken[near]
        ended = (called[near] > 0) & (waited[near] <= gone)
        if ended.sum() < THIN:
            return None
        n, found = len(near), incidence(np.minimum(waited[near], gone), ended, ended)
        # A tenth of n + 1: the next one is none of these n.
        least, half, longest = (
            time_of(found, k / n) for k in ((n + 1) // 10, n / 2, ceil((n + 1) * 0.9))
        )
        return {"n": n, "least": floor(least or 0), "half": half and round(half), "longest": longest and ceil(longest)}  # fmt: skip

    return tell


def _place(of: Ticket) -> tuple[float, float]:
    """Where a ticket stands among others: its line in doublings, and the hour, of which eight are one."""
    return log2((of.before + 1) / max(of.windows, 1)), (of.at.hour + of.at.minute / 60) / 8


def tell_waits(lines: Lines, /) -> list[Figures]:
    """Of each queue who waits now, what whoever comes is told, and how often what was told so ``held``.

    >>> tell_waits({})
    []
    """
    told = list[Figures]()
    for (office, sector), (*past, now) in lines.items():
        tell, called = estimate_waits(past), sorted(one for one in past if one.called)[-CHECKED:]
        of_now = (tell(now) if now.before or now.windows else None) or {}
        row = {"key": sector, "office": office, "waiting": now.before, "windows": now.windows}
        row |= {name: of_now.get(name) for name in ("least", "half", "longest", "n")}
        pairs = [(one.waited, of) for one in called if (of := tell(one))]
        held = [of["least"] <= waited <= (inf if of["longest"] is None else of["longest"]) for waited, of in pairs]  # fmt: skip
        told.append(row | {"held": share(sum(held), len(held))})
    return told
