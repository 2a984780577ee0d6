"""Shares and delays of many cases: how many are counted, how many are open, with what interval.

Rules. (1) A share late counts who is overdue and not answered; the naive one, of answers alone,
stands beside it. (2) By Kaplan and Meier a case whose term runs yet counts for as long as it is
known. (3) What is not judged is counted, and is in no share. (4) Few cases are told of nobody.
They do not know competing risks: a case withdrawn or returned counts as done.
"""

from __future__ import annotations

import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import isnan
from typing import Any

from openakimat.report.figures.cases import Counted

Figures = dict[str, Any]
"""Plain data: numbers by name."""

BY: Mapping[str, Callable[[Counted], str]] = {
    "month": lambda row: f"{row.received:%Y-%m}" * bool(row.procedure),  # of a broken one unknown
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

_HUNDREDTHS = 50, 80, 90
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


_IS, _TIMES = ("open", "missed", "judged", "electronic", "extended", "ended", "gross"), ("days", "days_net", "past_due")  # fmt: skip


def measure(rows: Iterable[Counted], /, *, at: datetime) -> Any:
    """What is counted of each case at an instant, as a structured array, times in days.

    `ended` is whether its term was over or it was answered, had nothing stood still; `gross` whether
    it was answered within that term.
    """
    import numpy as np

    form = [(name, "?") for name in _IS] + [(name, "f8") for name in _TIMES]
    return np.array([_measured(row, at) for row in rows], form)


def _measured(row: Counted, at: datetime) -> tuple[bool | float, ...]:
    is_open, missed, judged, until = row.done is None, row.missed, row.judged, row.done or at
    took, past_due, ended, gross = until - row.received, timedelta(), False, False
    if judged:
        assert row.due is not None and row.due_gross is not None  # noqa: S101, PT018 - a case judged has a term
        past_due = until - row.due
        # What was late in a former round is late; a term that stands still is not over.
        past_due = max(past_due, timedelta()) if missed else min(past_due, -_JUST)
        ended, gross = not is_open or row.due_gross <= at, until < row.due_gross
    return (
        is_open, missed, judged, row.electronic, row.extended, ended, gross,
        took / _DAY, (took - row.paused) / _DAY, past_due / _DAY,
    )  # fmt: skip


def figures_of(rows: Iterable[Counted], /, *, at: datetime) -> Figures:
    """The figures of some cases at an instant; of each what it counts stands in the guide.

    `in_time` counts open overdue cases against the office, `naive` answers alone, `gross` as if
    nothing had stood still; percentiles are None where too many are open to tell.
    """
    return _figures(measure(rows, at=at))


def _figures(of: Any) -> Figures:
    is_open, missed, judged = of["open"], of["missed"], of["judged"]
    answered, ended = judged & ~is_open, judged & of["ended"]

    def part(k: Any, n: Any) -> Figures:
        return share(int((k & n).sum()), int(n.sum()))

    return {
        "n": len(of),
        "open": int(is_open.sum()),
        "overdue": int((missed & is_open).sum()),
        "late": int((missed & ~is_open).sum()),
        "not_judged": int((~judged).sum()),
        "in_time": part(~missed, judged & (missed | ~is_open)),
        "naive": part(~missed, answered),
        "gross": part(of["gross"], ended),
        "survival": _survival(of[judged]),
        "electronic": share(int(of["electronic"].sum()), len(of)),
        "extended": int(of["extended"].sum()),
        "days": _percentiles(of["days"], is_open),
        "days_net": _percentiles(of["days_net"], is_open),
    }


def _survival(of: Any) -> Figures:
    """The chance that a case is done before its term is over, by Kaplan and Meier."""
    if not len(of):
        return share(0, 0)
    curve = _curve(of["past_due"], of["open"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of where there is no interval
        within = curve.confidence_interval(method="log-log")
    values = [float(c.evaluate(-_JUST / _DAY / 2)) for c in (curve, within.low, within.high)]
    # Where nothing or everything has happened Greenwood has no interval, and Wilson has one.
    plain = share(round(values[0] * len(of)), len(of))
    pairs = zip((plain["low"], plain["high"]), values[1:], strict=True)
    low, high = (either if isnan(value) else value for either, value in pairs)
    return {"n": len(of), "open": int(of["open"].sum())} | _rounded(values[0], low, high)


def _curve(times: Any, running: Any) -> Any:
    from scipy.stats import CensoredData, ecdf

    return ecdf(CensoredData(uncensored=times[~running], right=times[running])).cdf


def _percentiles(days: Any, running: Any) -> Figures:
    """Within how many days so many hundredths were done; parked ones count as not done yet."""
    if running.all():
        return {f"p{name}": None for name in _HUNDREDTHS}
    cdf = _curve(days, running)
    # The first step that reaches it, but for what is lost in adding.
    at = cdf.probabilities.searchsorted([n / 100 - 1e-12 for n in _HUNDREDTHS])
    reached = [round(float(cdf.quantiles[n]), 1) if n < len(cdf.quantiles) else None for n in at]
    return {f"p{name}": one for name, one in zip(_HUNDREDTHS, reached, strict=True)}


def break_down(
    rows: Sequence[Counted], /, *names: str, at: datetime, least: int = LEAST
) -> dict[str, list[Figures]]:
    """The figures of the cases of each name of these of `BY`: months in order, others by size.

    Empty where no case tells any. Of few cases the figures are None, and of as many others as would give them away.

    >>> from openakimat.judgement.docket import Standing
    >>> rows = [Counted("", "appeal", "", datetime.max, Standing.OPEN, topic=one) for one in "aaaaaaaaabbccccccc"]
    >>> [one["n"] for one in break_down(rows, "topic", at=datetime.max)["topic"]]
    [9, None, None]
    """
    measured, of = measure(rows, at=at), dict[tuple[str, str], Sequence[int]]()
    for by in names:
        groups: defaultdict[str, list[int]] = defaultdict(list)
        for n, row in enumerate(rows):
            groups[BY[by](row)].append(n)
        known = sorted(groups if any(groups) else ())
        keys = known if by == "month" else sorted(known, key=lambda key: -len(groups[key]))
        of |= {(by, key): groups[key] for key in keys}
    nothing = dict.fromkeys(_figures(measured[:0]))
    hidden = _hidden({**of, ("whole", ""): range(len(rows))}, least)
    told: dict[str, list[Figures]] = {by: [] for by in names}
    for (by, key), group in of.items():
        figures = nothing if (by, key) in hidden else _figures(measured[group])
        told[by].append({"key": key, **figures})
    return told


def _hidden(of: Mapping[tuple[str, str], Sequence[int]], least: int) -> set[tuple[str, str]]:
    """The groups of few cases, and so many others that no sum or difference of what is told gives those."""
    import numpy as np

    names, has = defaultdict[int, list[Any]](list), defaultdict[Any, list[int]](list)
    for name, rows in of.items():
        for row in rows:
            # Those of one part together may be few too.
            names[row] += (name, name[:1]) if len(rows) < least else (name,)
    # Cases of the same names are one unknown.
    unknown = Counter(map(tuple, names.values()))
    for n, told_of in enumerate(unknown):
        for name in told_of:
            has[name].append(n)
    n_of = np.array([*unknown.values()])
    few = [(by, one) for (by, *_), one in has.items() if n_of[one].sum() < least]
    given = {name for name, rows in of.items() if len(rows) < least}
    hidden = set[tuple[str, str]]()
    while given:
        hidden, given = hidden | given, set()
        told = [name for name in of if name not in hidden]
        sums = np.zeros((len(unknown), len(told)))
        for place, name in enumerate(told):
            sums[has[name], place] = 1
        back = np.linalg.pinv(sums.T @ sums, hermitian=True)
        for by, one in few:
            way = back @ (total := sums[one].sum(axis=0))
            if np.isclose(len(one), total @ way):
                of_it = [
                    name for name, much in zip(told, way, strict=True) if not np.isclose(much, 0)
                ]
                given.add(min(of_it, key=lambda name: (name[0] != by, len(of[name]))))
    return hidden


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
