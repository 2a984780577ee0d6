"""How many cases of a docket stand where: by standing, topic, channel, official and month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import attrs

from openakimat.judgement.docket import Standing
from openakimat.kz.alphabet import sort_key
from openakimat.law.words import Words
from openakimat.report.columns import Row, Value

FAULTY = "faulty"
"""What stands in a docket for a row that could not be read."""

_LATE = {Standing.LATE.value, Standing.OVERDUE.value}

_UNJUDGED = {Standing.NOT_JUDGED.value, Standing.BROKEN.value, FAULTY}


@attrs.frozen
class Tally:
    """Cases of one name: how many, how many of them were judged, and how many of these are late."""

    key: str
    name: str
    n: int = 0
    judged: int = 0
    late: int = 0

    @property
    def share(self) -> float | None:
        """The share late of what was judged; None where nothing was."""
        return self.late / self.judged if self.judged else None


def _month(row: Row) -> str:
    received = row["received"]
    return f"{received:%Y-%m}" if isinstance(received, date) else ""


def _name(column: str) -> Callable[[Row], str]:
    return lambda row: str(row[column] or "")


BY: Mapping[str, Callable[[Row], str]] = {
    "topic": _name("topic"),
    "channel": _name("channel"),
    "official": _name("official"),
    "month": _month,
}
"""What cases are counted by."""


def tally(rows: Iterable[Row], by: str, words: Words, /) -> list[Tally]:
    """The cases of each name: months in their order, others the most first.

    What is told in the same words is counted together.
    """
    tallies: dict[str, Tally] = {}
    for row in rows:
        standing, key = str(row["standing"]), BY[by](row)
        if standing == FAULTY:
            continue
        name = words(by, key) if by in {"topic", "channel"} and key else key
        one = tallies.get(name) or Tally(key, name or words("phrase", "none"))
        judged, late = standing not in _UNJUDGED, standing in _LATE
        tallies[name] = Tally(one.key, one.name, one.n + 1, one.judged + judged, one.late + late)
    if by == "month":
        return sorted(tallies.values(), key=lambda one: one.key)
    return sorted(tallies.values(), key=lambda one: (-one.n, sort_key(one.name)))


def count_standings(rows: Iterable[Row], /) -> dict[str, int]:
    """How many rows stand where; the rare standings only where there are such."""
    counted = Counter(str(row["standing"]) for row in rows)
    rare = {Standing.BROKEN.value, Standing.NOT_JUDGED.value, FAULTY}
    names = (*(standing.value for standing in Standing), FAULTY)
    return {name: counted[name] for name in names if counted[name] or name not in rare}


def compare_due(rows: Iterable[Row], /) -> dict[str, int]:
    """How often their system and the law agree on the last day; empty where theirs is never told.

    >>> compare_due([Row(None, {"their_due": "2026-03-18", "difference": 2})])
    {'agrees': 0, 'theirs-earlier': 0, 'theirs-later': 1, 'not-compared': 0}
    """
    theirs: Sequence[Value] = [row["difference"] for row in rows if row["their_due"] is not None]
    if not theirs:
        return {}
    days = [one for one in theirs if isinstance(one, int)]
    return {
        "agrees": days.count(0),
        "theirs-earlier": sum(one < 0 for one in days),
        "theirs-later": sum(one > 0 for one in days),
        "not-compared": len(theirs) - len(days),
    }
