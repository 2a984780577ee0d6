"""The bounds of a limit over every combination of the readings that touch it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tests.bench.race import Figure, race, seconds

from openakimat import kz
from openakimat.judgement.bounds import bounds_from
from openakimat.limits.deadline import due

PEERS: tuple[str, ...] = ()

LIMIT = "appeal.consideration"


def figures() -> Iterator[Figure]:
    """Against one deadline of the same limit: a combination of answers is one deadline more."""
    office, since = kz.office("khromtau"), datetime.fromisoformat("2023-09-13T17:00+05:00")
    n_combinations = bounds_from(LIMIT, since, office=office).n

    def all_of_them() -> int:
        bounds_from(LIMIT, since, office=office)
        return n_combinations

    def one() -> int:
        day = office.day_of(since)
        due(office.limit(LIMIT, day, office.wording_on(day)), since, office.calendar)
        return 1

    combination, deadline = race(all_of_them, one)
    yield Figure(
        f"one of {n_combinations} combinations of readings",
        combination / deadline,
        bar=2,
        at_most=True,
        ours=seconds(combination),
        peer="one deadline",
        theirs=seconds(deadline),
    )
