"""Shares and delays of many cases: how many are counted, how many are open, with what interval.

Rules. (1) A share late counts who is overdue and not answered; the naive one, of answers alone,
stands beside it. (2) By Kaplan and Meier a case whose term runs yet counts for as long as it is
known. (3) What is not judged is counted, and is in no share. (4) Few cases are told of nobody.
They do not know competing risks: a case withdrawn or returned counts as done.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import hypot, isnan
from typing import Any

from openakimat.report.figures.cases import Counted

Figures = dict[str, Any]
"""Plain data: numbers by name."""

BY: Mapping[str, Callable[[Counted], str]] = {
    "month": lambda row: f"{row.received:%Y-%m}",
    "procedure": lambda row: row.procedure,
    "kind": lambda row: row.kind,
    "topic": lambda row: row.topic,
    "channel": lambda row: row.channel,
    "office": lambda row: row.office,
    "sector": lambda row: row.sector,
    "official": lambda row: row.executor,
    "outcome": lambda row: row.outcome,
}
"""What cases are counted by, of each as its row tells it."""

LEAST = 5
"""The least number of cases that anything is told of."""

_DAY = timedelta(days=1)
_JUST = timedelta(microseconds=1)


def share(k: int, n: int, /, level: float = 0.95) -> Figures:
    """A share with its interval (Wilson) of 95 %, or of another level; of nothing there is none.

    >>> share(8, 10)
    {'k': 8, 'n': 10, 'share': 0.8, 'low': 0.4902, 'high': 0.9433}
    """
    from scipy.stats import binomtest

    if not n:
        return {"k": k, "n": n, "share": None, "low": None, "high": None}
    interval = binomtest(k, n).proportion_ci(level, method="wilson")
    return {"k": k, "n": n} | _rounded(k / n, interval.low, interval.high)


def _rounded(value: float, low: float, high: float) -> Figures:
    return {"share": round(value, 4), "low": round(float(low), 4), "high": round(float(high), 4)}


def change(before: Figures, after: Figures, /) -> Figures | None:
    """By how much a share changed, with its interval (Newcombe); None where one is of nothing.

    >>> change(share(48, 80), share(56, 70))
    {'share': 0.2, 'low': 0.0524, 'high': 0.3339}
    """
    if not (before["n"] and after["n"]):
        return None
    by = after["share"] - before["share"]
    down = hypot(after["share"] - after["low"], before["high"] - before["share"])
    up = hypot(after["high"] - after["share"], before["share"] - before["low"])
    return _rounded(by, by - down, by + up)


def figures_of(rows: Iterable[Counted], /, *, at: datetime) -> Figures:
    """The figures of some cases at an instant; of each what it counts stands in the guide.

    `in_time` counts open overdue cases against the office, `naive` answers alone, `gross` as if
    nothing had stood still; percentiles are None where too many are open to tell.
    """
    rows = [*rows]
    judged = [row for row in rows if row.judged]
    answered = [row for row in judged if row.done is not None]
    past = [row for row in judged if row.missed or row.done is not None]
    gross = [row for row in judged if row.done is not None or _gross_due(row) <= at]
    return {
        "n": len(rows),
        "open": sum(row.done is None for row in rows),
        "overdue": sum(row.missed and row.done is None for row in rows),
        "late": sum(row.missed and row.done is not None for row in rows),
        "not_judged": len(rows) - len(judged),
        "in_time": share(sum(not row.missed for row in past), len(past)),
        "naive": share(sum(not row.missed for row in answered), len(answered)),
        "gross": share(sum((row.done or at) < _gross_due(row) for row in gross), len(gross)),
        "survival": _survival(judged, at),
        "electronic": share(sum(row.electronic for row in rows), len(rows)),
        "extended": sum(row.extended for row in rows),
        "days": _percentiles([(row, timedelta()) for row in rows], at),
        "days_net": _percentiles([(row, row.paused) for row in rows], at),
    }


def _gross_due(row: Counted) -> datetime:
    assert row.due_gross is not None  # noqa: S101 - a case judged has a term
    return row.due_gross


def _survival(rows: Sequence[Counted], at: datetime) -> Figures:
    """The chance that a case is done before its term is over, by Kaplan and Meier."""
    known, running = list[float](), list[float]()
    for row in rows:
        assert row.due is not None  # noqa: S101 - as above
        late = (row.done or at) - row.due
        # What was late in a former round is late; a term that stands still is not over.
        late = max(late, timedelta()) if row.missed else min(late, -_JUST)
        (running if row.done is None else known).append(late / _DAY)
    if not rows:
        return share(0, 0)
    curve, interval = _curve(known, running)
    values = [float(one.evaluate(-_JUST / _DAY / 2)) for one in (curve, *interval)]
    # Where nothing or everything has happened Greenwood has no interval, and Wilson has one.
    plain = share(round(values[0] * len(rows)), len(rows))
    pairs = zip((plain["low"], plain["high"]), values[1:], strict=True)
    low, high = (either if isnan(value) else value for either, value in pairs)
    return {"n": len(rows), "open": len(running)} | _rounded(values[0], low, high)


def _curve(known: Sequence[float], running: Sequence[float]) -> tuple[Any, tuple[Any, Any]]:
    from scipy.stats import CensoredData, ecdf

    cdf = ecdf(CensoredData(uncensored=known, right=running)).cdf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of where there is no interval
        interval = cdf.confidence_interval(method="log-log")
    return cdf, (interval.low, interval.high)


def _percentiles(rows: Sequence[tuple[Counted, timedelta]], at: datetime) -> Figures:
    """Within how many days so many hundredths were done; parked ones count as not done yet."""
    from scipy.stats import CensoredData, ecdf

    took = [(r.done is None, ((r.done or at) - r.received - less) / _DAY) for r, less in rows]
    names = (50, 80, 90)
    known, running = ([days for is_open, days in took if is_open is of] for of in (False, True))
    if not known:
        return {f"p{name}": None for name in names}
    cdf = ecdf(CensoredData(uncensored=known, right=running)).cdf
    reached = zip(cdf.quantiles, cdf.probabilities, strict=True)
    points = [(float(days), float(p)) for days, p in reached]
    firsts = {n: next((d for d, p in points if p >= n / 100 - 1e-12), None) for n in names}
    return {f"p{n}": None if days is None else round(days, 1) for n, days in firsts.items()}


def break_down(
    rows: Iterable[Counted], by: str, /, *, at: datetime, least: int = LEAST
) -> list[Figures]:
    """The figures of the cases of each name: months in order, others by size; see `suppress`.

    Empty where no case tells any.
    """  # fmt: skip
    groups: defaultdict[str, list[Counted]] = defaultdict(list)
    for row in rows:
        groups[BY[by](row)].append(row)
    if not any(groups):
        return []
    keys = sorted(groups) if by == "month" else sorted(groups, key=lambda k: (-len(groups[k]), k))
    return suppress([{"key": key, **figures_of(groups[key], at=at)} for key in keys], least)


def suppress(groups: Sequence[Figures], least: int = LEAST, /) -> list[Figures]:
    """The groups without the figures of those that have few cases.

    Where that is one, the next smallest goes with it: else the total would tell it.

    >>> [one["n"] for one in suppress([{"key": "a", "n": 9}, {"key": "b", "n": 2}, {"key": "c", "n": 7}])]
    [9, None, None]
    """
    few = [n for n, group in enumerate(groups) if group["n"] < least]
    if len(few) == 1 and len(groups) > 1:
        few.append(
            min((n for n in range(len(groups)) if n not in few), key=lambda n: groups[n]["n"])
        )
    return [
        {name: value if name == "key" else None for name, value in group.items()} if n in few else group
        for n, group in enumerate(groups)
    ]  # fmt: skip


def league(groups: Iterable[Figures], /) -> list[Figures]:
    """The places that groups can hold by `in_time`: of each the best and the worst.

    All of them hold at once in 95 of 100 (Šidák), so that no order is told that chance could have made.
    Empty where there is nobody to stand beside.

    >>> counts = {"a": (98, 99), "b": (90, 99), "c": (30, 99)}
    >>> groups = [{"key": key, "in_time": share(*of)} for key, of in counts.items()]
    >>> [(one["key"], one["best"], one["worst"]) for one in league(groups)]
    [('a', 1, 2), ('b', 1, 2), ('c', 3, 3)]
    """
    of = {group["key"]: group["in_time"] for group in groups if group["in_time"]}
    of = {key: one for key, one in of.items() if one["n"]}
    if len(of) < 2:  # noqa: PLR2004 - one has no place
        return []
    wide = {key: share(one["k"], one["n"], 0.95 ** (1 / len(of))) for key, one in of.items()}
    rows = [
        {
            "key": key,
            "best": 1 + sum(one["low"] > mine["high"] for one in wide.values()),
            "worst": len(of) - sum(one["high"] < mine["low"] for one in wide.values()),
            "in_time": of[key],
        }
        for key, mine in wide.items()
    ]
    return sorted(rows, key=lambda row: (row["best"], row["worst"], row["key"]))


def delay_of(rows: Iterable[Counted], /) -> dict[str, float]:
    """Whose the time of these cases was, in days; all parts together are all of it."""
    total: defaultdict[str, timedelta] = defaultdict(timedelta)
    for row in rows:
        for party, time in row.spent.items():
            total[party] += time
    return {party: round(time / _DAY, 2) for party, time in total.items()}
