"""Scenarios run many times beside each other: what is measured in a run, and what is known of it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import lru_cache, partial
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openakimat.errors import Fault, Malformed, unknown_fault
from openakimat.law.words import Words
from openakimat.limits.deadline import due
from openakimat.simulate import many
from openakimat.simulate.demand import Drawn, corrupt, draw_cases, lawful
from openakimat.simulate.load import Ints, Lives
from openakimat.simulate.minutes import NEVER
from openakimat.simulate.scenario import Scenario, numbers
from openakimat.simulate.streams import stream
from openakimat.simulate.sweep import LEAST, Result, interval, sweep

Runs = Mapping[str, Sequence[Result]]
Row = dict[str, str | float | None]

_OF_NO_VALUE, _PLAIN = ("mean", "cv", "shape", "seen", "from", "to"), str.maketrans("", "", '{}[]"')


def measure(scenario: Scenario, seed: int, replication: int) -> Result:
    """One run of a scenario, by measure: minutes, days, shares and counts; ``wait:window`` is of one queue."""
    paid = scenario.told.get("bribes")
    drawn = draw_cases(
        scenario.demand, scenario.way, scenario.calendar,
        seed=seed, replication=replication, discipline=corrupt(paid["value"]) if paid else lawful,
    )  # fmt: skip
    lives = many.run(drawn.load, scenario.staff)
    n, last = len(drawn.person), drawn.load.first[1:] - 1
    done, ends = lives.started[last] >= 0, lives.ended[last]
    days, begun = (ends - drawn.load.arrives)[done] / 1440, lives.started >= 0
    walks = np.isin(drawn.load.queue, np.flatnonzero(scenario.staff.finishes))
    found = {
        "cases": float(n), "unserved": _at(~done), "days": _at(days), "days_90": _at(days, 0.9),
        "visits": walks.sum() / max(len(np.unique(drawn.case[walks])), 1),
        "out_of_turn": _at(jumped(drawn, lives)[begun]),
        "open": float(scenario.open.worked[-1] / max(scenario.calendar.worked[-1], 1)),
    }  # fmt: skip
    for trait in ("topic", "channel"):
        names = [*getattr(scenario.demand, f"{trait}s")]
        counts = np.bincount(getattr(drawn, trait), minlength=len(names)).astype(float).tolist()
        found |= {f"{trait}:{one}": n for one, n in zip(names, counts, strict=True) if one}
    waits = lives.started - lives.joined
    for place, queue in enumerate(scenario.queues):
        of_queue = waits[begun & (drawn.load.queue == place)]
        found[f"wait:{queue}"] = _at(of_queue)
        found |= {f"wait_{p}:{queue}": _at(of_queue, p / 100) for p in (50, 90)}
    if "limit" in scenario.told:
        found["late"] = _at(_late(scenario, drawn, ends, done))
    return found | {f"use:{group}": use for group, use in _used(scenario, lives)}


def _at(values: NDArray[Any], share: float | None = None) -> float:
    """Their mean, or what a share of them is within; not a number where there are none."""
    if not len(values):
        return math.nan
    return float(values.mean() if share is None else np.quantile(values, share))


def _used(scenario: Scenario, lives: Lives) -> Iterator[tuple[str, float]]:
    """The share of its open minutes that each group of staff works."""
    clock = scenario.open.worked.astype(np.int64)
    for group in dict.fromkeys(scenario.groups):
        servers = [k for k, of in enumerate(scenario.groups) if of == group]
        mine = np.isin(lives.server, servers)
        ends = (clock[np.clip(of[mine], 0, len(clock) - 1)].sum() for of in lives[1:3])
        yield group, float(-np.subtract(*ends) / max(len(servers) * clock[-1], 1))


def jumped(drawn: Drawn, lives: Lives) -> NDArray[np.bool_]:
    """Which visits were begun while one that the law has go before them waited in their queue. Shape (visits,)."""
    ranks, begun = lawful(drawn, partial(stream, 0, 0)), lives.started >= 0
    left = np.where(begun | (lives.ended < 0), np.where(begun, lives.started, NEVER), lives.ended)
    found: NDArray[np.bool_] = np.zeros(len(ranks), np.bool_)
    for queue in np.unique(drawn.load.queue):
        for rank in np.unique(ranks):
            of = (drawn.load.queue == queue) & (ranks <= rank) & (lives.joined >= 0)
            here = np.flatnonzero(of)[np.argsort(lives.joined[of], kind="stable")]
            joined = lives.joined[here]
            # Of all who joined before, when the last of them was taken or left.
            latest = np.append(-1, np.maximum.accumulate(left[here]))
            latest = latest[np.searchsorted(joined, joined)]
            found[here] |= (latest > lives.started[here]) & (ranks[here] == rank) & begun[here]
    return found


def _late(of: Scenario, drawn: Drawn, ends: Ints, done: NDArray[Any]) -> NDArray[Any]:
    """Of the cases whose last day is within the run, which were not ended by it."""
    opens, among = of.calendar.opens[drawn.load.arrives].astype(np.int64), [*of.demand.topics]
    topics = [among.index(topic) for topic in of.told.get("limit_topics", among)]
    judged = np.isin(drawn.topic, topics) & (opens != NEVER)
    ends_by = _due(of)[opens[judged] // 1440]
    late: NDArray[Any] = ~done[judged] | (ends[judged] > ends_by)
    return np.compress(ends_by <= len(of.calendar.open), late)


@lru_cache(16)
def _due(scenario: Scenario) -> Ints:
    """The first minute too late for what came in on each day, while it was open. Shape (days,)."""
    calendar, key = scenario.calendar, scenario.told["limit"]
    found = np.full(len(calendar.open) // 1440, NEVER, np.int64)
    for day in np.unique(np.flatnonzero(calendar.open) // 1440).tolist():
        at = calendar.at(int(calendar.opens[day * 1440]))
        on = scenario.office.day_of(at)
        edition = scenario.office.limit(key, on, scenario.office.wording_on(on))
        found[day] = calendar.minute(due(edition, at, scenario.office.calendar).at)
    return found


def run_scenarios(
    scenarios: Sequence[Scenario], executor: Executor | Callable[[], Executor] | None = None, *,
    reps: int = LEAST, seed: int = 0,
) -> Runs:  # fmt: skip
    """Each so many times, on common random numbers.

    Raises `Malformed` if two have one name, or one is about what none measures.
    """
    jobs = {of.name: partial(measure, of) for of in scenarios}
    faults = [Fault("scenarios", "two have one name")] if len(jobs) < len(scenarios) else []
    for of in scenarios:
        # Of one run, so that nobody waits for thirty to be told of a word mistyped.
        known = measure(of, seed, 0)
        asked = (*of.told["measures"], *of.told.get("check", ()))
        faults += [unknown_fault(of.name, one, [*known]) for one in asked if one not in known]
    if faults:
        raise Malformed("scenarios", faults)
    return sweep(jobs, executor, reps=reps, seed=seed)


def known_of(values: Sequence[float]) -> tuple[float | None, float | None, float | None]:
    """The mean of the runs that have one, and the bounds it lies between, where there are enough of them."""
    there = [value for value in values if not math.isnan(value)]
    if len(there) >= LEAST:
        return interval(there)
    return (fmean(there) if there else None, None, None)


def rows(scenarios: Sequence[Scenario], runs: Runs, words: Words, /) -> dict[str, list[Row]]:
    """What is known, as rows for a report: measures with their intervals, and the numbers they rest on."""
    measures, data = list[Row](), list[Row]()
    for of in scenarios:
        first = dict.fromkeys((*of.told["measures"], *of.told.get("check", ()), *runs[of.name][0]))
        measures += [_row(of, name, runs, scenarios[0].name, words) for name in first]
        for key, one in numbers(of.told):
            value = one.get("value") or {k: v for k, v in one.items() if k in _OF_NO_VALUE}
            text = json.dumps(value, ensure_ascii=False).translate(_PLAIN)
            source = one.get("source") or words("phrase", "run-assumed")
            told = {"scenario": of.name, "key": key, "told": text, "unit": one["unit"]}
            data.append({**told, "rests_on": source})
    return {"measures": measures, "data": data}


def sheet(scenarios: Sequence[Scenario], runs: Runs, seed: int, words: Words, /) -> dict[str, str]:
    """The reporting sheet, as STRESS asks: purpose, logic, data, what was assumed, runs and seed."""
    lines = dict[str, str]()
    for of in scenarios:
        assumed = ["assumed" in one for _, one in numbers(of.told)]
        blanks = {"body": of.office.body.names[words.language], "n": len(assumed)}
        about = {**of.told, **blanks, "assumed": sum(assumed)}
        lines[of.name] = words("phrase", "run-sheet").format(**about)
    n = len(runs[scenarios[0].name])
    return lines | {"runs": words("phrase", "run-runs").format(runs=n, seed=seed, least=LEAST)}


def _row(of: Scenario, name: str, runs: Runs, base: str, words: Words) -> Row:
    values = [run[name] for run in runs[of.name]]
    kind, _, about = name.partition(":")
    mean, low, high = known_of(values)
    row: Row = {
        "scenario": of.name, "measure": kind, "about": about, "told": _shown(mean, low, high),
        "mean": mean, "low": low, "high": high,
    }  # fmt: skip
    if of.name != base and name in runs[base][0]:
        pairs = zip(values, (run[name] for run in runs[base]), strict=True)
        row["more"] = _shown(*known_of([here - there for here, there in pairs]))
    if check := of.told.get("check", {}).get(name):
        # A published figure is one year, and is held beside single runs and not beside their mean.
        least, most = np.nanquantile(values, [0.025, 0.975])
        word = "run-within" if least <= check["value"] <= most else "run-not-within"
        held = f": {words('phrase', word)} {least:,.5g} – {most:,.5g}" if low is not None else ""
        row["published"] = f"{check['value']:,}{held}"
        row["rests_on"] = check["source"]
    return row


def _shown(mean: float | None, low: float | None, high: float | None) -> str:
    bounds = f" ({low:,.5g} – {high:,.5g})" if low is not None else ""
    return "–" if mean is None else f"{mean:,.5g}{bounds}"
