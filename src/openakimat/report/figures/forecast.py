"""The chance that an open case breaches its term, from the office's own history; and whether such chances held.

Rules. (1) The age of a case is the share of its own term that is gone. (2) It is compared with the
cases of its procedure that were open at that age, by Kaplan and Meier. (3) Of few nothing is forecast,
nor of what stands still. (4) What was forecast for a past instant rests on what was known then.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from operator import itemgetter

from openakimat.report.figures.cases import Counted
from openakimat.report.figures.shares import BY, Figures, group, incidence, share, share_by

THIN = 30
"""Of fewer cases that were done nothing is forecast."""

LATEST = 5_000
"""How many cases at most, the latest, chances are held against: an office is not what it was long ago."""


def chances_at(rows: Iterable[Counted], at: datetime, /) -> Callable[[Counted], Figures | None]:
    """What tells of a case, open within its term at an instant, the chance of a breach, with its interval.

    None where few that were done had been open at that age, or it stands still.
    """
    import numpy as np

    by = group((r for r in rows if r.judged and not r.still and r.received < at), BY["procedure"])
    ages = {key: np.array([_age(row, at) for row in of]) for key, of in by.items()}
    done = {key: np.array([bool(row.done and row.done <= at) for row in of]) for key, of in by.items()}  # fmt: skip

    @cache
    def chance(procedure: str, since: float) -> Figures | None:
        then = ages.get(procedure, np.array(())) > since
        if procedure not in done or done[procedure][then].sum() < THIN:
            return None
        ended = done[procedure][then]
        found = incidence(ages[procedure][then], ended, ended)
        told = share_by(found, 1 - 1e-9, len(ended), int(ended.sum()))
        value, low, high = (round(1 - told[name], 4) for name in ("share", "high", "low"))
        return {"n": len(ended), "share": value, "low": low, "high": high}

    # To the fiftieth, so that neighbours are asked of once.
    return lambda row: None if row.still else chance(row.procedure, int(_age(row, at) * 50) / 50)


def _age(row: Counted, at: datetime) -> float:
    """The share of its term that is gone, as the term was known; of no term at all it is over."""
    until = min(row.done or at, at)
    term = row.due_known(until) - row.received
    return (until - row.received) / term if term > timedelta() else 1.0


def forecast(rows: Iterable[Counted], known: Iterable[Counted], *, at: datetime) -> list[Figures]:
    """Of each open case within its term the chance of a breach, the soonest due first; see `chances_at`.

    ``becomes`` is what the law makes of silence.
    """
    tell = chances_at(known, at)
    dues = [(r.due_known(at), r) for r in rows if r.judged and not r.missed and r.done is None]
    return [
        {"key": row.case, "due": f"{due - timedelta(minutes=1):%Y-%m-%d %H:%M}", "days_left": round((due - at) / timedelta(days=1), 1), "becomes": row.becomes, "chance": tell(row)}
        for due, row in sorted(dues, key=itemgetter(0))
    ]  # fmt: skip


def calibrate(rows: Sequence[Counted], /, *, at: datetime, n_cuts: int = 8) -> Figures:
    """What was forecast at past instants against what came of it: see `reliability`.

    Of the `LATEST` cases whose terms are over: others would tell of those answered early alone.
    """
    judged = sorted((row for row in rows if row.judged), key=lambda row: row.received)[-LATEST:]
    pairs = list[tuple[float, bool]]()
    for cut in {judged[len(judged) * n // n_cuts].received for n in range(1, n_cuts) if judged}:
        tell = chances_at(judged, cut)
        for row in judged:
            was_open = row.received < cut < (row.done or at) and cut < row.due_known(cut)
            if was_open and row.due_known(at) <= at and (told := tell(row)):
                pairs.append((told["share"], row.missed))
    return reliability(pairs)


def reliability(pairs: Sequence[tuple[float, bool]], /) -> Figures:
    """How chances told held: by tenths what was told and what came, and the score of Brier.

    Beside it stands the score of whoever tells everybody the share of all.

    >>> told = reliability([(0.25, False), (0.25, True), (0.25, False), (0.25, False)])
    >>> told["brier"], told["tenths"][0]["told"], told["tenths"][0]["came"]["share"]
    (0.1875, 0.25, 0.25)
    """
    n, tenths = max(len(pairs), 1), list[Figures]()
    for tenth, of in sorted(group(pairs, lambda one: min(9, int(one[0] * 10))).items()):
        came = share(sum(came for _, came in of), len(of))
        told = round(sum(chance for chance, _ in of) / len(of), 4)
        tenths.append({"key": f"{tenth * 10} – {tenth * 10 + 10} %", "n": len(of), "told": told, "came": came})  # fmt: skip
    of_all = sum(came for _, came in pairs) / n
    brier = round(sum((chance - came) ** 2 for chance, came in pairs) / n, 4)
    return {"n": len(pairs), "brier": brier, "brier_of_all": round(of_all * (1 - of_all), 4), "tenths": tenths}  # fmt: skip
