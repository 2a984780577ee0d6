"""The world: every simulated case is one that the law has judged, and leaves ordinary records."""

from __future__ import annotations

import hashlib
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
from tests.simulate.worlds import (
    APPEAL_PLAYS,
    OFFICE,
    PEOPLE,
    WAY,
    an_appeal,
    appeals,
    appeals_staff,
    register,
    visits,
)

from openakimat import kz
from openakimat.case.acts import Lapse, Receive, Register
from openakimat.errors import Malformed
from openakimat.judgement.deadlines import deadlines
from openakimat.judgement.docket import line
from openakimat.kz.acts import Decide
from openakimat.kz.appeal.acts import DeemRefused
from openakimat.kz.roles import REGISTRAR
from openakimat.kz.visit.audit import passed_over
from openakimat.kz.visit.queue import waits
from openakimat.simulate.columns.days import Columns
from openakimat.simulate.columns.deadlines import due_at
from openakimat.simulate.demand import corrupt
from openakimat.simulate.engines import loop
from openakimat.simulate.experiment import measure
from openakimat.simulate.scenario import read_scenario
from openakimat.simulate.sweep import Result, sweep
from openakimat.simulate.world import Play, World, live_scenario, run_world
from openakimat.trail.seal import Sealed, read_case, verify_all


def digest(world: World) -> str:
    return hashlib.sha256(b"".join(row.seal for row in world.sealed)).hexdigest()


def test_every_case_leaves_ordinary_sealed_records() -> None:
    world, drawn = appeals()
    n_records = sum(len(case.records) for case in world.cases)
    verdict = verify_all(world.sealed)
    assert verdict.intact
    assert (len(world.cases), n_records) == (verdict.n_cases, verdict.n_records)
    assert len(world.cases) == len(drawn.person) > 500
    acts = Counter(record.act.tag for case in world.cases for record in case.records)
    assert acts.keys() >= {
        "receive",
        "register",
        "accept",
        "assign",
        "propose",
        "decide",
        "deliver",
    }
    by_case: dict[str, list[Sealed]] = {}
    for row in world.sealed:
        by_case.setdefault(row.case, []).append(row)
    for case in world.cases[:40]:
        assert read_case(case.id, by_case[case.id], OFFICE.table_of)[0] == case


def test_what_was_done_is_what_the_loop_says_was_done() -> None:
    """Without a law that refuses anything, acts stand at the minutes that either engine tells."""
    world, drawn = appeals()
    assert not world.refused
    bare = loop.run(drawn.load, appeals_staff())
    assert all(np.array_equal(ours, theirs) for ours, theirs in zip(world.lives, bare, strict=True))
    table = appeals_staff().minutes[0]
    ends = {
        WAY[s].name: (c, e)
        for c, s, e in zip(drawn.case, drawn.stop, bare.ended, strict=True)
        if e >= 0
    }
    assert ends.keys() == {stop.name for stop in WAY}
    for name, kind in (("register", Register), ("sign", Decide)):
        stop = next(k for k, of in enumerate(WAY) if of.name == name)
        for visit in np.flatnonzero((drawn.stop == stop) & (bare.ended >= 0)):
            record = world.cases[drawn.case[visit]].last(kind)
            assert record is not None
            assert record.at == table.at(bare.ended[visit])


def test_who_is_slow_is_refused_by_the_law_itself_and_the_docket_says_so() -> None:
    world, _ = appeals(executors=3)
    silent = [case for case in world.cases if case.last(DeemRefused)]
    assert 50 < len(silent) < len(world.cases)
    end = appeals_staff().minutes[0].at(len(appeals_staff().minutes[0].open))
    standings = Counter(line(case, at=end, office=OFFICE).standing.value for case in world.cases)
    assert standings["late"] + standings["overdue"] >= len(silent)
    assert any(isinstance(record.act, Lapse) for case in world.cases for record in case.records)
    assert verify_all(world.sealed).intact


def test_columns_count_the_deadlines_that_the_law_counts() -> None:
    world, _ = appeals(executors=3)
    registered = [(case, record) for case in world.cases if (record := case.last(Register))]
    edition = OFFICE.limit("appeal.consideration", OFFICE.day_of(registered[0][1].at), "appc-2026")
    starts = np.array([int(record.at.timestamp()) for _, record in registered])
    found = due_at(edition, Columns(OFFICE.calendar), starts)
    for (case, _), second in zip(registered, found, strict=True):
        (exact,) = (d for d in deadlines(case, office=OFFICE) if d.limit == "appeal.consideration")
        assert exact.at.timestamp() == second


def digests(seed: int, replication: int) -> Result:
    world, _ = appeals(seed, replication=replication)
    return {"seals": float(int(digest(world)[:12], 16))}


@pytest.mark.thorough
def test_a_world_is_the_same_wherever_it_is_run() -> None:
    assert digest(appeals()[0]) == digest(appeals()[0])
    assert digest(appeals()[0]) != digest(appeals(2)[0])
    here = sweep({"appeals": digests}, reps=4, seed=1)
    with ProcessPoolExecutor(2) as pool:
        assert sweep({"appeals": digests}, pool, reps=4, seed=1) == here
    assert len({run["seals"] for run in here["appeals"]}) == 4


def test_a_queue_in_order_passes_nobody_over_and_a_bribed_one_is_seen_in_its_records() -> None:
    honest, bribed = visits(), visits(corrupt(0.1))
    assert verify_all(honest.sealed).intact
    assert () == passed_over(honest.cases)
    assert {code for _, code in honest.refused} <= {"act.not-available"}, "the day was over"
    seen = passed_over(bribed.cases)
    # A ground was named that no ticket bears. Who was refused even so waits on, and is passed over.
    assert sum(bool(passing.claimed) for passing in seen) > 20
    end = max(record.at for case in honest.cases for record in case.records)
    assert (waits(honest.cases, OFFICE, end).p50 or 0) > 0
    left = [case for case in honest.cases if case.stage == "left"]
    assert left, "some would wait no longer"


WALK = """
title = "Letters"
purpose = "Whether they are registered in time."
logic = "They come and are registered."
office = "khromtau"
first = 2026-03-02
last = 2026-03-31
measures = ["use:chancery"]
[demand]
cases = { value = 9, unit = "cases/day", assumed = true }
topics = { value = { land = 1, lighting = 2 }, unit = "share", assumed = true }
[staff.chancery]
serves = ["chancery"]
people = { value = 2, unit = "people", assumed = true }
turnover = { value = 12, unit = "a year", assumed = true }
newcomer = { value = 150, unit = "% of usual time", assumed = true }
learning = { mean = 9, unit = "days", assumed = true }
[stop.chancery]
work = { mean = 40, unit = "minutes", assumed = true }
"""


def test_a_scenario_leaves_the_records_of_the_run_that_is_measured(tmp_path: Path) -> None:
    (path := tmp_path / "letters.toml").write_text(WALK, "utf-8")
    of = read_scenario(path, kz.office)
    how: Any = {
        "plays": {"chancery": Play(ends=register)},
        "opens": lambda drawn, no: Receive(channel="paper", topic=drawn.trait("topic", no)),
    }
    roles = {"chancery": {REGISTRAR}}
    procedures = dict.fromkeys(("land", "lighting"), "appeal")
    world, run = live_scenario(of, procedures, roles=roles, seed=5, **how), measure(of, 5, 0)
    assert not world.refused
    assert verify_all(world.sealed).intact
    registered = [record for case in world.cases if (record := case.last(Register))]
    assert len(world.cases) == run["cases"]
    assert len(world.cases) - len(registered) == run["remain"]
    assert len({record.by for record in registered}) > 2, "who came after is another official"
    with pytest.raises(Malformed) as wrong:
        live_scenario(of, {"land": "appeal"}, roles={"chancery": {REGISTRAR}, "akim": set()}, **how)
    assert ["procedures: of lighting", "roles: of akim"] == [str(one) for one in wrong.value.faults]


def test_what_the_law_refuses_is_counted_and_the_case_goes_no_further() -> None:
    """Nobody who has no right to decides: the head's pen is given to the registrar."""
    world, drawn = appeals()
    people = [*PEOPLE[:-1], attrs.evolve(PEOPLE[0], id="usurper")]
    usurped = run_world(
        OFFICE, "appeal", drawn, appeals_staff(), people=people, plays=APPEAL_PLAYS, opens=an_appeal
    )
    assert set(usurped.refused) == {("assign", "role.not-competent")}
    assert not any(case.last(Decide) for case in usurped.cases)
    assert any(case.last(Decide) for case in world.cases)
    assert sum(usurped.refused.values()) == sum(
        case.stage == "considered" or case.last(DeemRefused) is not None for case in usurped.cases
    )


def test_what_is_no_world_is_told_all_at_once() -> None:
    _, drawn = appeals()
    with pytest.raises(Malformed) as wrong:
        run_world(
            OFFICE,
            "appeal",
            drawn,
            attrs.evolve(appeals_staff(), minutes=(), table=[-1] * 14, doors=[-1] * 4),
            people=PEOPLE[1:],
            plays={"sing": Play()},
            opens=an_appeal,
        )
    assert {"staff.minutes", "people", "plays"} == {fault.path for fault in wrong.value.faults}
