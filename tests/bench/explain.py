"""A deadline and its explanation in words."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from tests.bench.race import Figure, against, peer, race

from openakimat import kz
from openakimat.limits.deadline import due
from openakimat.limits.explain import explain

LANGUAGES = tuple(kz.law().languages)

PEERS = ("lexdays",)


def figures() -> Iterator[Figure]:
    """Against `lexdays`, which knows no Kazakh law and renders its twelve languages at once."""
    rng = random.Random(15)  # noqa: S311 - dates to count from, no secret
    days = [date(2022, 1, 3) + timedelta(days=rng.randrange(1600)) for _ in range(500)]
    calendar = kz.calendar()
    edition = kz.law().limits["appeal.consideration"].on(date(2026, 3, 18))
    received = [
        calendar.place.start_of(day) + timedelta(minutes=rng.randrange(24 * 60)) for day in days
    ]
    rules = peer("lexdays").rulepack("us/frcp")

    def in_one(language: str) -> int:
        for at in received:
            explain(due(edition, at, calendar), language)
        return len(received)

    def in_all() -> int:
        for at in received:
            deadline = due(edition, at, calendar)
            for language in LANGUAGES:
                explain(deadline, language)
        return len(received)

    def theirs() -> int:
        for day in days[:40]:
            rules.compute(day, "P15D")
        return 40

    english, russian, kazakh, all_three, others = race(
        lambda: in_one("en"), lambda: in_one("ru"), lambda: in_one("kk"), in_all, theirs
    )
    told = "lexdays, 12 languages"
    yield against("due() and explain(), en", english, told, others, bar=50)
    yield against("due() and explain(), ru", russian, told, others, bar=50)
    yield against("due() and explain(), kk", kazakh, told, others, bar=50)
    yield against("due() and explain(), kk, ru and en", all_three, told, others, bar=None)
