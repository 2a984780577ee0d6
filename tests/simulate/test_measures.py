"""Measures counted again by hand, visit by visit, on scenarios of every kind; by both engines the same lives."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import fmean

import numpy as np
import pytest

from openakimat import kz
from openakimat.simulate.demand import Drawn
from openakimat.simulate.engines import loop, many
from openakimat.simulate.engines.load import Lives, Staff
from openakimat.simulate.experiment import measure
from openakimat.simulate.scenario import Scenario, draw_run, read_scenario
from openakimat.simulate.warmup import warm_up

ASSUMED = "assumed = true }"
HEAD = """
title = "Any"
purpose = "Whether what is measured is so."
logic = "Drawn."
office = "khromtau"
first = 2026-02-02
last = 2026-05-31
measures = ["cases"]
"""


def any_scenario(seed: int, folder: Path) -> Scenario:
    """Two queues, hours, leave, turnover, ground, bribe, delay, patience and work too long for the run."""
    rng = Random(seed)  # noqa: S311 - nothing drawn is secret
    text = [HEAD, f"warm_up = {str(rng.random() < 0.5).lower()}"]
    text += [rng.choice(["", 'walk_in = ["a"]', 'walk_in = ["a", "b"]'])]
    text += [f'bribes = {{ value = {rng.choice([0, 0.3])}, unit = "share", {ASSUMED}']
    text += ["[demand]", f'cases = {{ value = {rng.choice([2, 9])}, unit = "cases/day", {ASSUMED}']
    text += [f'grounds = {{ value = {{ entitled = 0.2 }}, unit = "share", {ASSUMED}']
    for group, serves in (("one", ["a", "b"]), ("two", ["b"])):
        text += [f"[staff.{group}]", f"serves = {serves}"]
        text += [f'people = {{ value = {rng.randint(1, 3)}, unit = "people", {ASSUMED}']
        if rng.random() < 0.5:
            text += [f'turnover = {{ value = 12, unit = "a year", {ASSUMED}']
            text += [f'newcomer = {{ value = 150, unit = "% of usual time", {ASSUMED}']
            text += [f'learning = {{ mean = 9, unit = "days", {ASSUMED}']
        if rng.random() < 0.5:
            day, hours = rng.choice(["monday", "friday"]), '["10:00-12:00", "15:00-16:30"]'
            text += [f'hours = {{ value = {{ {day} = {hours} }}, unit = "hours", {ASSUMED}']
        if rng.random() < 0.5:
            text += [f"[staff.{group}.away.leave]", "from = 2026-03-02", "to = 2026-03-20"]
            text += ["people = 1", 'unit = "days"', "assumed = true"]
    for stop, queue in (("first", "a"), ("then", "b"), ("last", "a")):
        text += [f"[stop.{stop}]", f'queue = "{queue}"']
        text += [f'work = {{ mean = {rng.choice([9, 99, 5000])}, unit = "minutes", {ASSUMED}']
        text += [f'share = {{ value = {rng.choice([0.5, 1])}, unit = "share", {ASSUMED}']
        if rng.random() < 0.4:
            text += [f'delay = {{ mean = {rng.choice([2, 60])}, unit = "days", {ASSUMED}']
        if rng.random() < 0.4:
            text += [f'patience = {{ mean = {rng.choice([30, 3000])}, unit = "minutes", {ASSUMED}']
    (path := folder / "any.toml").write_text("\n".join(text), "utf-8")
    return warm_up([read_scenario(path, kz.office)])[0]


def of_cases(of: Scenario, drawn: Drawn, lives: Lives) -> dict[str, float]:
    first, came = drawn.load.first.tolist(), drawn.load.arrives.tolist()
    visits = list(zip(*(column.tolist() for column in lives[:3]), strict=True))
    cases = [visits[a:b] for a, b in pairwise(first)]
    done = [case[-1][1] >= 0 and case[-1][2] >= 0 for case in cases]
    left = [any(s < 0 <= e for _, s, e in case) for case in cases]
    kept = [minute >= of.since for minute in came]
    days = [(cases[k][-1][2] - came[k]) / 1440 for k in range(len(cases)) if kept[k] and done[k]]
    walks = Counter(
        case
        for case, queue, joined in zip(drawn.case, drawn.load.queue, lives.joined, strict=True)
        if of.staff.finishes[queue] and joined >= 0 and kept[case]
    )
    return {
        "cases": len(cases),
        "unserved": fmean([not one for one, k in zip(done, kept, strict=True) if k]),
        "days": fmean(days) if days else math.nan,
        "remain": sum(not one and not gone for one, gone in zip(done, left, strict=True)),
        "visits": walks.total() / max(len(walks), 1),
    }


def out_of_turn(of: Scenario, drawn: Drawn, lives: Lives) -> float:
    n, ground = drawn.load.n_visits, [*of.demand.grounds].index("")
    first = [drawn.ground[drawn.case[v]] != ground or drawn.load.delay[v] > 0 for v in range(n)]
    gone = [lives.started[v] if lives.started[v] >= 0 else lives.ended[v] for v in range(n)]
    found = list[bool]()
    for v in np.flatnonzero(lives.started >= 0):
        at, queue = lives.started[v], drawn.load.queue[v]
        waited = [
            first[w] > first[v] or (first[w] == first[v] and lives.joined[w] < lives.joined[v])
            for w in np.flatnonzero((drawn.load.queue == queue) & (lives.joined >= 0))
            if lives.joined[w] <= at and (gone[w] < 0 or gone[w] > at)
        ]
        if drawn.load.arrives[drawn.case[v]] >= of.since:
            found.append(any(waited))
    return float(np.mean(found)) if found else math.nan


def used(of: Scenario, staff: Staff, who: list[int], lives: Lives) -> dict[str, float]:
    found, n = dict[str, float](), len(of.open.open)
    for group in of.groups:
        busy = could = 0
        for server, person in enumerate(who):
            if of.groups[person] == group:
                there = of.staff.minutes[of.staff.table[person]].open
                could += staff.minutes[staff.table[server]].open[of.since :].sum()
                for v in np.flatnonzero(lives.server == server):
                    end = lives.ended[v] if lives.ended[v] >= 0 else n
                    busy += there[max(lives.started[v], of.since) : max(end, of.since)].sum()
        found[f"use:{group}"] = busy / could if could else math.nan
    return found


@pytest.mark.parametrize("seed", [*range(6), *(pytest.param(k, marks=pytest.mark.thorough) for k in range(6, 60))])  # fmt: skip
def test_measures_are_what_is_counted_by_hand(seed: int, tmp_path: Path) -> None:
    of = any_scenario(seed, tmp_path)
    drawn, staff, who = draw_run(of, seed, 1)
    lives = many.run(drawn.load, staff)
    for one, other in zip(lives, loop.run(drawn.load, staff), strict=True):
        np.testing.assert_array_equal(one, other)
    counted = of_cases(of, drawn, lives) | used(of, staff, who, lives)
    counted["out_of_turn"] = out_of_turn(of, drawn, lives)
    for place, queue in enumerate(of.queues):
        known = (lives.started >= 0) & (lives.joined >= of.since) & (drawn.load.queue == place)
        waits = [lives.started[v] - lives.joined[v] for v in np.flatnonzero(known)]
        counted[f"wait:{queue}"] = np.mean(waits) if waits else math.nan
    run = measure(of, seed, 1)
    assert {name: run[name] for name in counted} == pytest.approx(counted, nan_ok=True)
