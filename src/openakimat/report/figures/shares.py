"""Shares and delays of many cases: how many are counted, how many are open, with what interval.

Rules. (1) A share late counts who is overdue and not answered; the naive one, of answers alone,
stands beside it. (2) By Kaplan and Meier a case whose term runs yet counts for as long as it is
known. (3) What is not judged is counted, and is in no share. (4) Few cases are told of nobody.
Here a case withdrawn or returned counts as done; `ends_of` tells ends apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import exp, hypot, log, sqrt
from typing import Any, TypeVar

from openakimat.report.figures.cases import Counted
from openakimat.report.figures.few import LEAST, hide_few, suppress

T = TypeVar("T")

Incidence = tuple[Any, Any, Any]
"""The times at which some case ended; of each the share of all at an end of a kind, and its variance."""

Figures = dict[str, Any]
"""Plain data: numbers by name."""

Key = Callable[[Counted], str]

BY: Mapping[str, Key] = {
    "month": lambda row: (
        f"{row.received.year}-{row.received.month:02}" * bool(row.procedure)
    ),  # of a broken one unknown
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

_DAY = timedelta(days=1)
_JUST = timedelta(microseconds=1)
_NOTHING = 1e-12


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
    {'n': 70, 'share': 0.2, 'low': 0.0524, 'high': 0.3339}
    """
    if not (before["n"] and after["n"]):
        return None
    by = after["share"] - before["share"]
    down = hypot(after["share"] - after["low"], before["high"] - before["share"])
    up = hypot(after["high"] - after["share"], before["share"] - before["low"])
    return {"n": after["n"]} | _rounded(by, by - down, by + up)


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
    curve = incidence(of["past_due"], ~of["open"], ~of["open"])
    told = share_by(curve, -_JUST / _DAY / 2, len(of), int((~of["open"] | of["missed"]).sum()))
    # Where nobody was watched to the end of a term, those that run on may all end in it.
    known = not len(of) or told["share"] == 1 or of["past_due"].max() >= 0
    return {"open": int(of["open"].sum())} | (told if known else share(0, 0))


def _percentiles(days: Any, running: Any) -> Figures:
    """Within how many days so many hundredths were done; parked ones count as not done yet."""
    curve = incidence(days, ~running, ~running)
    return {f"p{n}": time_of(curve, n / 100) for n in (50, 80, 90)}


def incidence(times: Any, ended: Any, of_kind: Any, /) -> Incidence:
    """The share of cases that came to an end of a kind by each time, by Aalen and Johansen.

    Of all, also of those that came to another end, or to none yet; where all ends are of one kind it is
    Kaplan and Meier.

    >>> import numpy as np
    >>> ends = np.array(["answered", "", "withdraw", "answered"])
    >>> at, shares, _ = incidence(np.arange(1.0, 5), ends != "", ends == "answered")
    >>> at.tolist(), shares.tolist()
    ([1.0, 3.0, 4.0], [0.25, 0.25, 0.625])
    """
    import numpy as np

    moments, n_ended = np.unique(times[ended], return_counts=True)
    risk = len(times) - np.searchsorted(np.sort(times), moments)
    n = np.bincount(np.searchsorted(moments, times[of_kind]), minlength=len(moments))
    left = np.cumprod(np.append(1.0, 1 - n_ended / risk))[:-1]
    shares = np.cumsum(left * n / risk)
    # The delta method, as Marubini and Valsecchi have it. After the last there is nobody to vary.
    spread = n_ended / (risk * np.maximum(risk - n_ended, 1)) * (risk > n_ended)
    cross, own = left * n / risk**2, left**2 * n * (risk - n) / risk**3
    first, second = np.cumsum(spread), np.cumsum(shares * spread + cross)
    variance = shares**2 * first - 2 * shares * second
    variance += np.cumsum(shares**2 * spread + 2 * shares * cross + own)
    return moments, shares, np.maximum(variance, 0)


def share_by(found: Incidence, time: float, n: int, n_known: int, /) -> Figures:
    """The share of n cases by a time, with its interval of 95 % (log-log); `n_known` of them known until then."""
    of = int(found[0].searchsorted(time, "right")) - 1
    value = float(found[1][of]) if of >= 0 else 0.0
    if n and 0 < value < 1 - 1e-9 and found[2][of] > _NOTHING:
        wide = 1.96 * sqrt(found[2][of]) / (value * -log(value))
        return {"n": n} | _rounded(value, value ** exp(wide), value ** exp(-wide))
    # Where nothing or everything has happened there is no variance, and Wilson has an interval: of
    # those known, for whoever runs on has yet to show it.
    told = share(round(value * n_known), n_known)
    del told["k"]
    return told | {"n": n}


def time_of(found: Incidence, value: float, /) -> float | None:
    """The time by which a share of cases had come to an end; None where it never has."""
    n = int(found[1].searchsorted(value - _NOTHING))
    return round(float(found[0][n]), 1) if n < len(found[1]) else None


def ends_of(rows: Iterable[Counted], /, *, at: datetime, least: int = LEAST) -> list[Figures]:
    """Of the cases of each procedure, how many came to each end, and what share of all by which day.

    ``p50`` and ``p80`` are the days by which so many hundredths of all had come to it; None where
    they have not.
    """
    import numpy as np

    groups, told = group(rows, BY["procedure"]), list[Figures]()
    for one in suppress([{"key": key, "n": len(of)} for key, of in sorted(groups.items())], least):
        of = groups[one["key"]] if one["n"] else []
        days = np.array([((row.done or at) - row.received) / _DAY for row in of])
        ends, each = np.array([row.ended_by if row.done else "" for row in of]), list[Figures]()
        for end, n in Counter(filter(None, ends.tolist())).most_common():
            found = incidence(days, ends != "", ends == end)
            known = {day: int(((ends != "") | (days >= day)).sum()) for day in (15, 30, 60, 90)}
            by: Figures = {
                f"by{day}": share_by(found, day, len(of), of_n) for day, of_n in known.items()
            }
            by |= {f"p{part}": time_of(found, part / 100) for part in (50, 80)}
            each.append({"key": one["key"], "end": end, "n": n} | by)
        told += suppress(each, least)
    return told


def group(rows: Iterable[T], key: Callable[[T], Any], /) -> dict[Any, list[T]]:
    """Rows by what each is told to be."""
    groups: defaultdict[Any, list[T]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def break_down(
    rows: Sequence[Counted], /, *names: str, at: datetime, least: int = LEAST, **others: Key
) -> dict[str, list[Figures]]:
    """The figures of the cases of each name of these of `BY`, and of `others`: months in order, else by size.

    Empty where no case tells any. Of few cases the figures are None, and of as many others as would give them away.

    >>> from openakimat.judgement.docket import Standing
    >>> rows = [Counted("", "appeal", "", datetime.max, Standing.OPEN, topic=one) for one in "aaaaaaaaabbccccccc"]
    >>> [one["n"] for one in break_down(rows, "topic", at=datetime.max)["topic"]]
    [9, None, None]
    """
    measured, of = measure(rows, at=at), dict[tuple[str, str], Sequence[int]]()
    keys_of = {**{by: BY[by] for by in names}, **others}
    for by, key_of in keys_of.items():
        groups = group(range(len(rows)), [*map(key_of, rows)].__getitem__)
        known = sorted(groups if any(groups) else ())
        keys = known if by == "month" else sorted(known, key=lambda key: -len(groups[key]))
        of |= {(by, key): groups[key] for key in keys}
    nothing = dict.fromkeys(_figures(measured[:0]))
    hidden = hide_few({**of, ("whole", ""): range(len(rows))}, least)
    told: dict[str, list[Figures]] = {by: [] for by in keys_of}
    for (by, key), some in of.items():
        figures = nothing if (by, key) in hidden else _figures(measured[some])
        told[by].append({"key": key, **figures})
    return told


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
