"""Scenarios run many times beside each other: what is measured in a run, and what is known of it."""

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from datetime import timedelta
from functools import lru_cache, partial
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openakimat.errors import Fault, Malformed, unknown_fault
from openakimat.law.words import Words
from openakimat.limits.deadline import due
from openakimat.simulate.demand import Drawn, lawful
from openakimat.simulate.engines import many
from openakimat.simulate.engines.load import Ints, Lives, Staff
from openakimat.simulate.engines.minutes import NEVER
from openakimat.simulate.engines.streams import stream
from openakimat.simulate.scenario import Scenario, draw_run, numbers, placed
from openakimat.simulate.sweep import LEAST, Result, interval, sweep

Runs = Mapping[str, Sequence[Result]]
Row = dict[str, str | float | None]
Known = tuple[float | None, float | None, float | None]

MOST = 1_000
"""The most runs in which a precision is sought, where no others are told."""

_OF_NO_VALUE, _PLAIN = ("mean", "cv", "shape", "seen", "from", "to"), str.maketrans("", "", '{}[]"')


def measure(scenario: Scenario, seed: int, replication: int) -> Result:
    """One run of a scenario, by measure: minutes, days, shares and counts; ``wait:window`` is of one queue.

    ``wait_50@09:window`` is of those who joined it from 9 to 10. A backlog that does not clear is infinite.
    """
    drawn, staff, who = draw_run(scenario, seed, replication)
    lives = many.run(drawn.load, staff)
    run = scenario, drawn, lives
    return dict((*_of_cases(*run), *_waits(*run), *_used(scenario, staff, who, lives)))


def _of_cases(scenario: Scenario, drawn: Drawn, lives: Lives) -> Iterator[tuple[str, float]]:
    load, k = drawn.load, len(scenario.backlog.stop)
    n, last, begun = len(drawn.person), load.first[1:] - 1, lives.started >= 0
    done, ends = (begun & (lives.ended >= 0))[last], lives.ended[last]
    # Of whoever came while the office was still filling up nothing is told but that they came.
    kept = load.arrives >= scenario.since
    days = (ends - np.append(scenario.backlog.came, load.arrives[k:]))[kept & done] / 1440
    walks = np.isin(load.queue, np.flatnonzero(scenario.staff.finishes)) & kept[drawn.case]
    walks &= lives.joined >= 0
    yield from (("cases", float(n - k)), ("unserved", _at(~done[kept])))
    yield from (("days", _at(days)), ("days_90", _at(days, 0.9)))
    yield "visits", float(walks.sum() / max(len(np.unique(drawn.case[walks])), 1))
    yield "out_of_turn", _at(jumped(drawn, lives)[begun & kept[drawn.case]])
    yield "open", _at(scenario.open.open[scenario.calendar.open])
    remains = ~(done | np.isin(np.arange(n), drawn.case[~begun & (lives.ended >= 0)]))
    yield "remain", float(remains.sum())
    if k:
        yield from (("initial", float(k)), ("remain_initial", float(remains[:k].sum())))
        clears = lives.ended[: load.first[k]].max() / 1440
        yield "clears", math.inf if remains[:k].any() else float(clears)
    for trait in ("topic", "channel"):
        names = [*getattr(scenario.demand, f"{trait}s")]
        counts = np.bincount(getattr(drawn, trait)[k:], minlength=len(names)).astype(float).tolist()
        yield from ((f"{trait}:{one}", n) for one, n in zip(names, counts, strict=True) if one)
    if "limit" in scenario.told:
        yield "late", _at(_late(scenario, drawn, ends, done))


def _waits(scenario: Scenario, drawn: Drawn, lives: Lives) -> Iterator[tuple[str, float]]:
    known = (lives.started >= 0) & (lives.joined >= scenario.since)
    # How long those open at the beginning have waited already is not known.
    known[drawn.load.first[: len(scenario.backlog.stop)]] = False
    for place, queue in enumerate(scenario.queues):
        here = known & (drawn.load.queue == place)
        waits, hours = (lives.started - lives.joined)[here], lives.joined[here] // 60 % 24
        yield f"wait:{queue}", _at(waits)
        parts = ("", waits), *((f"@{hour:02}", waits[hours == hour]) for hour in range(24))
        for hour, of in parts:
            yield from ((f"wait_{p}{hour}:{queue}", _at(of, p / 100)) for p in (50, 90))


def _at(values: NDArray[Any], share: float | None = None) -> float:
    """Their mean, or what a share of them is within; not a number where there are none."""
    if not len(values):
        return math.nan
    return float(values.mean() if share is None else np.quantile(values, share))


def _used(
    scenario: Scenario, staff: Staff, who: Sequence[int], lives: Lives
) -> Iterator[tuple[str, float]]:
    n, group_of = len(scenario.open.open), np.array(scenario.groups)[who]
    place_of, tables = np.array(scenario.staff.table)[who], np.array(staff.table)
    for group in dict.fromkeys(scenario.groups):
        minutes, mine = np.zeros((2, n)), group_of == group
        for table, people in zip(*np.unique(tables[mine], return_counts=True), strict=True):
            minutes[1] += people * staff.minutes[table].open
        # Work rests while the place of whoever does it is closed.
        for place in np.unique(place_of[mine]).tolist():
            here = np.isin(lives.server, np.flatnonzero(mine & (place_of == place)))
            # What is still worked on has ended at -1: which is the last place here, past all minutes.
            begins, ends = (
                np.bincount(np.minimum(of[here], n) % (n + 1), minlength=n + 1) for of in lives[1:3]
            )
            minutes[0] += np.cumsum(begins - ends)[:n] * scenario.staff.minutes[place].open
        minutes[:, : scenario.since] = 0
        used, could = minutes.reshape(2, -1, 24, 60).sum(axis=(1, 3))
        yield f"use:{group}", float(used.sum() / could.sum()) if could.any() else math.nan
        for hour in np.flatnonzero(could):
            yield f"use@{hour:02}:{group}", float(used[hour] / could[hour])


def jumped(drawn: Drawn, lives: Lives) -> NDArray[np.bool_]:
    """Which visits were begun while one that the law has go before them waited in their queue. Shape (visits,)."""
    ranks, begun = lawful(drawn, partial(stream, 0, 0)), lives.started >= 0
    left = np.where(begun | (lives.ended < 0), np.where(begun, lives.started, NEVER), lives.ended)
    found: NDArray[np.bool_] = np.zeros(len(ranks), np.bool_)
    order = np.argsort(lives.joined, kind="stable")
    for queue in np.unique(drawn.load.queue):
        here = (drawn.load.queue == queue) & (lives.joined >= 0)
        for rank in np.unique(ranks):
            taken = np.flatnonzero(here & begun & (ranks == rank))
            # Before them go who joined before them, and whoever of a lesser rank had by then joined.
            for of, until in ((ranks == rank, lives.joined), (ranks < rank, lives.started + 1)):
                before = order[(here & of)[order]]
                latest = np.append(-1, np.maximum.accumulate(left[before]))  # was taken or left
                at = np.searchsorted(lives.joined[before], until[taken])
                found[taken] |= latest[at] > lives.started[taken]
    return found


def _late(of: Scenario, drawn: Drawn, ends: Ints, done: NDArray[Any]) -> NDArray[Any]:
    """Of the cases whose last day is within the run, which were not ended by it."""
    k, opens = len(of.backlog.due), of.calendar.opens[drawn.load.arrives].astype(np.int64)
    among = [*of.demand.topics]
    topics = [among.index(topic) for topic in of.told.get("limit_topics", among)]
    judged = np.isin(drawn.topic, topics) & (opens != NEVER) & (drawn.load.arrives >= of.since)
    ends_by = _due(of)[np.where(judged, opens, 0) // 1440]
    # What was open before is judged by the term that it has there.
    ends_by[:k] = of.backlog.due
    late: NDArray[Any] = (~done | (ends > ends_by))[judged & (ends_by <= len(of.calendar.open))]
    return late


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
    reps: int | None = None, precision: float | None = None, seed: int = 0,
    progress: Callable[[int, int], object] | None = None,
) -> Runs:  # fmt: skip
    """Each so many times, on common random numbers.

    With a precision they go on until `too_wide` finds nothing that runs could help: looked for after
    `LEAST` runs and after each quarter more (ten at least), and ended by `reps`, then the most of them.

    Raises `Malformed` if two have one name, or one is about what none measures.
    """
    jobs = {of.name: partial(measure, of) for of in scenarios}
    faults = [Fault("scenarios", "two have one name")] if len(jobs) < len(scenarios) else []
    for of in scenarios:
        # Of one run, so that nobody waits for thirty to be told of a word mistyped.
        known = measure(of, seed, 0)
        keys = dict.fromkeys(of.told["measures"], "measures")
        keys |= {one: f"check.{one}" for one in of.told.get("check", ())}
        faults += [
            placed(of.places, unknown_fault(keys[k], k, known)) for k in keys if k not in known
        ]
    if precision is not None and not (0 < precision < 1 and (reps or MOST) >= LEAST):
        told = f"a share of the mean, such as 0.05 for 5 %, in {LEAST} runs or more"
        faults.append(Fault("precision", told))
    if faults:
        raise Malformed("scenarios", faults)
    most, wanted = reps or (MOST if precision else LEAST), 0

    def more(runs: Runs) -> int:
        nonlocal wanted
        n = len(runs[scenarios[0].name])
        wide = [one for one in too_wide(scenarios, runs, precision or math.inf).values() if one]
        # Half-widths fall as the root of runs; of what has no interval yet nothing is foreseen.
        guess = max((n * one * one for one in wide if one < math.inf), default=most)
        wanted = math.ceil(min(most, guess)) * len(jobs)
        return min(max(10, n // 4), most - n) if wide else 0

    return sweep(
        jobs, executor, reps=LEAST if precision else most, seed=seed, more=more,
        progress=progress and (lambda done, of: progress(done, max(of, wanted))),
    )  # fmt: skip


def too_wide(
    scenarios: Sequence[Scenario], runs: Runs, precision: float, /
) -> dict[tuple[str, str], float | None]:
    """The measures that scenarios are about whose half-width over mean is more than a precision: how many times.

    None where no runs will do: there is a value in none of them, or an infinite one.
    """
    found = dict[tuple[str, str], float | None]()
    for of in scenarios:
        for name in of.told["measures"]:
            mean, low, _ = known_of([run[name] for run in runs[of.name]])
            half = math.inf if mean is None or low is None else mean - low
            times = half / abs(mean) / precision if mean else half and math.inf
            if times > 1:
                found[of.name, name] = None if mean is None else times
    return found


def known_of(values: Sequence[float]) -> Known:
    """The mean of the runs that have one, and the bounds it lies between, where there are enough of them."""
    there = [value for value in values if not math.isnan(value)]
    if math.inf in there:
        return None, None, None
    if len(there) >= LEAST:
        return interval(there)
    return (fmean(there) if there else None, None, None)


def rows(scenarios: Sequence[Scenario], runs: Runs, words: Words, /) -> dict[str, list[Row]]:
    """What is known, as rows for a report: measures with their intervals, and the numbers they rest on."""
    measures, data = list[Row](), list[Row]()
    for of in scenarios:
        first = dict.fromkeys((*of.told["measures"], *of.told.get("check", ()), *runs[of.name][0]))
        shown = (_row(of, name, runs, scenarios[0].name, words) for name in first)
        # At most hours nobody comes.
        measures += [row for row in shown if not row["hour"] or row["mean"] is not None]
        for key, one in numbers(of.told):
            value = one.get("value") or {k: v for k, v in one.items() if k in _OF_NO_VALUE}
            text = json.dumps(value, ensure_ascii=False).translate(_PLAIN)
            source = one.get("source") or words("phrase", "run-assumed")
            told = {"scenario": of.name, "key": key, "told": text, "unit": one["unit"]}
            data.append({**told, "rests_on": source})
    return {"measures": sorted(measures, key=lambda row: bool(row["hour"])), "data": data}


def sheet(
    scenarios: Sequence[Scenario], runs: Runs, seed: int, words: Words, /,
    precision: float | None = None,
) -> dict[str, str]:  # fmt: skip
    """The reporting sheet, as STRESS asks: purpose, logic, data, what was assumed, runs and seed."""
    lines = dict[str, str]()
    for of in scenarios:
        assumed = ["assumed" in one for _, one in numbers(of.told)]
        law = words("wording", by) if (by := of.office.wording) else words("phrase", "in-force")
        blanks = {"body": of.office.body.names[words.language], "law": law, "n": len(assumed)}
        about = {**of.told, **blanks, "assumed": sum(assumed)}
        left = ", ".join(f"{words('procedure', k)}: {n}" for k, n in of.left_out.items()) or 0
        begins = {"n": len(of.backlog.stop), "first": of.calendar.first, "left_out": left}
        key = "run-initial" if begins["n"] else "run-warm" if of.warm_up else "run-empty"
        how = words("phrase", key).format(days=of.warm_up, **begins)
        lines[of.name] = f"{words('phrase', 'run-sheet').format(**about)}. {how}"
    n = len(runs[scenarios[0].name])
    lines["runs"] = words("phrase", "run-runs").format(runs=n, seed=seed, least=LEAST)
    if precision is not None:
        wide = ", ".join(map(" ".join, too_wide(scenarios, runs, precision)))
        blanks = {"least": LEAST, "missed": wide or words("phrase", "none")}
        lines["precision"] = words("phrase", "run-precision").format(precision=precision, **blanks)
    return lines


def _row(of: Scenario, name: str, runs: Runs, base: str, words: Words) -> Row:
    values = [run[name] for run in runs[of.name]]
    kind, _, about = name.partition(":")
    kind, _, hour = kind.partition("@")
    mean, low, high = known_of(values)
    row: Row = {
        "scenario": of.name, "measure": kind, "about": about, "hour": hour and f"{hour}:00",
        "told": _shown((mean, low, high)), "mean": mean, "low": low, "high": high,
    }  # fmt: skip
    # A run in which there was nothing to measure is told, and so is one that came to no end.
    n_there = len(values) - sum(map(math.isnan, values))
    row["runs"] = f"{n_there} / {len(values)}" if n_there < len(values) else ""
    if kind == "clears":
        row["told"] = _cleared(of, values, words)
    if of.name != base and name in runs[base][0]:
        of_base = [run[name] for run in runs[base]]
        if math.inf not in {*values, *of_base}:
            row["more"] = _shown(known_of(np.subtract(values, of_base).tolist()))
    if check := of.told.get("check", {}).get(name):
        # A published figure is one year, and is held beside single runs and not beside their mean.
        least, most = np.nanquantile(values, [0.025, 0.975])
        word = "run-within" if least <= check["value"] <= most else "run-not-within"
        held = (
            f": {words('phrase', word)} {_plain(least)} – {_plain(most)}" if low is not None else ""
        )
        row["published"] = f"{check['value']:,}{held}"
        row["rests_on"] = check["source"]
    return row


def _cleared(of: Scenario, values: Sequence[float], words: Words) -> str:
    """By which day; or in how many runs it does not come, and by when in half of them, if it does."""

    def tell(days: float) -> str:
        return words.spoken.day_text(of.calendar.first + timedelta(days=int(days)))

    if not (n := values.count(math.inf)):
        return _shown(known_of(values), tell)
    last, half = tell(len(of.open.open) // 1440 - 1), sorted(values)[len(values) // 2]
    told = words("phrase", "run-not-cleared").format(n=n, runs=len(values), last=last)
    by = words("phrase", "run-half-cleared").format(day=tell(half)) if half < math.inf else ""
    return f"{told}; {by}".rstrip("; ")


def _plain(value: float) -> str:
    """Five digits, and four places at the most; without an exponent, which few read."""
    return f"{float(f'{round(value, 4):.5g}') + 0.0:,.15g}"


def _shown(known: Known, tell: Callable[[float], str] = _plain) -> str:
    mean, low, high = known
    bounds = f" ({tell(low)} – {tell(high)})" if low is not None and high is not None else ""
    return "–" if mean is None else f"{tell(mean)}{bounds}"
