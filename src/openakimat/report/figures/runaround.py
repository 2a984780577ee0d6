"""Where people are sent: hand-overs, redirections and returns of one applicant, joined across cases.

And which cases may be about one matter: that is proposed, and joined by whoever has read them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from operator import attrgetter
from typing import Any

from openakimat.report.figures.cases import Counted
from openakimat.report.figures.few import LEAST
from openakimat.report.figures.shares import Figures, group

WITHIN = timedelta(days=180)
"""So long after one case of somebody the next is taken to belong to it."""


def trace_runaround(
    rows: Iterable[Counted], /, *, within: timedelta = WITHIN, least: int = LEAST
) -> dict[str, Any]:
    """How people are sent about; nobody is named, and ways of few people are only counted.

    A way is a cycle where it comes back to a place after another: the office, the places that its
    cases name, and the office again once the applicant comes with a new case after being sent away.

    Cases whose applicant cannot be told from others are counted as `untold`.
    """
    people = group(rows, lambda row: row.applicant)
    untold = len(people.pop("", []))
    moves, cycles, sent, again = Counter[str](), Counter[str](), list[int](), 0
    for cases in people.values():
        cases.sort(key=lambda row: row.received)
        close = [b.received - a.received <= within for a, b in pairwise(cases)]
        again += any(close)
        sent.append(sum(len(row.moves) for row in cases))
        moves.update(how for row in cases for how, _ in row.moves)
        cycles.update({" → ".join(cycle) for cycle in _cycles(cases, close)})
    named = {name: n for name, n in cycles.most_common() if n >= least}

    def hide(n: int) -> int | None:
        return n if n >= least or not n else None

    return {
        "people": len(people),
        "cases": sum(map(len, people.values())),
        "untold": untold,
        "came_again": hide(again),
        "sent": hide(sum(map(bool, sent))),
        "most": max(sent, default=0) if sum(map(bool, sent)) >= least else None,
        "moves": {how: hide(n) for how, n in moves.most_common()},
        "cycles": named,
        "other_cycles": hide(sum(n for name, n in cycles.items() if name not in named)),
    }


def _cycles(cases: Sequence[Counted], close: Sequence[bool]) -> Iterator[tuple[str, ...]]:
    """The ways of one person that come back to where they began."""
    way = list[str]()
    for row, belongs in zip(cases, (False, *close), strict=True):
        if not belongs:
            way = []
        # Whoever was not sent anywhere comes with another matter.
        for place in (row.office, *(" ".join(to.casefold().split()) for _, to in row.moves if to)):
            if place in way[:-1]:
                yield (*way[way.index(place) :], place)
                way = []
            if way[-1:] != [place]:
                way.append(place)
        if not row.moves:
            way = []


def propose_joins(rows: Iterable[Counted], /, *, within: timedelta = WITHIN) -> list[Figures]:
    """Cases of one office and procedure that may be joined, the first received first.

    A ``duplicate`` is of one applicant, with the same text, or none and the same topic, not long
    after the one before; ``collective`` is the same text of several.
    """
    # What is joined already is proposed to nobody; a service asked for again is another, as a ticket is.
    free = [row for row in rows if not (row.services or row.sector or "join-file" in dict(row.moves))]  # fmt: skip
    alone = [row for row in free if row.applicant and (row.matter or row.topic)]
    whose = group(alone, lambda row: (row.office, row.procedure, row.applicant, row.matter or row.topic))  # fmt: skip
    texts = group((row for row in free if row.matter), lambda row: (row.office, row.procedure, row.matter))  # fmt: skip
    received = attrgetter("received", "case")
    lists = [sorted(of, key=received) for of in whose.values() if len(of) > 1]
    near = [pair for of in lists for pair in pairwise(of) if pair[1].received - pair[0].received <= within]  # fmt: skip
    several = [sorted(of, key=received) for of in texts.values() if len({row.applicant or row.case for row in of}) > 1]  # fmt: skip
    found = [("duplicate", of) for of in near] + [("collective", of) for of in several]
    found.sort(key=lambda one: (one[0] == "collective", received(one[1][0])))
    return [{"key": key, "cases": [row.case for row in of]} for key, of in found]
