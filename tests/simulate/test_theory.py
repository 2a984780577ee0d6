"""Queues without hours obey the theory that there is of them; each by many runs, not within one."""

from __future__ import annotations

from statistics import fmean, stdev

import numpy as np
import pytest
from hypothesis import given, strategies as st
from tests.simulate.offices import an_office, some_cases
from tests.simulate.theory import erlang_c, mg1_wait, mmc_wait, mmcm, priority_waits

from openakimat.errors import Malformed
from openakimat.simulate.engines import many
from openakimat.simulate.engines.load import STAYS, Load, Staff
from openakimat.simulate.engines.streams import stream
from openakimat.simulate.sweep import interval

RUNS, N, SKIP = 40, 40_000, 2_000
SERVERS, SERVICE, RHO = 5, 12.0, 0.85
LOAD = SERVERS * RHO
GAP = SERVICE / LOAD
TICKS = 100
"""Whole hundredths of a minute, so that nothing is lost to rounding."""


def near(values: list[float], truth: float, within: float = 3.5) -> None:
    off = (fmean(values) - truth) / (stdev(values) / len(values) ** 0.5)
    assert abs(off) < within, f"{fmean(values):.4f}, {truth:.4f} by theory: {off:+.1f} errors off"


def drawn(run: int, n: int = N) -> tuple[np.ndarray, np.ndarray]:
    gaps = stream(12, run, "gaps").standard_exponential(n) * GAP
    return gaps, stream(12, run, "services").standard_exponential(n)


def test_of_erlang_c_itself() -> None:
    assert erlang_c(SERVERS, LOAD) == pytest.approx(0.6545, abs=5e-5)
    assert mmc_wait(SERVERS, LOAD, SERVICE) == pytest.approx(10.4715, abs=5e-5)
    assert erlang_c(1, 0.5) == pytest.approx(0.5)


def test_many_servers_wait_as_erlang_says() -> None:
    waits = [many.waits(g, s * SERVICE, SERVERS)[SKIP:] for g, s in map(drawn, range(RUNS))]
    near([float(one.mean()) for one in waits], mmc_wait(SERVERS, LOAD, SERVICE))
    near([float((one > 0).mean()) for one in waits], erlang_c(SERVERS, LOAD))
    truth = erlang_c(SERVERS, LOAD) * np.exp(-(SERVERS - LOAD) / SERVICE * 20)
    near([float((one > 20).mean()) for one in waits], truth)


@pytest.mark.parametrize("cv", [0.0, 0.5, 2.0])
def test_one_server_waits_as_pollaczek_and_khinchine_say(cv: float) -> None:
    found = []
    for run in range(RUNS):
        gaps, _ = drawn(run)
        rng, var = stream(13, run, "services"), np.log1p(cv**2)
        services = rng.lognormal(-var / 2, np.sqrt(var), N) if cv else np.ones(N)
        found.append(
            float(many.waits(gaps / GAP / 0.7 * SERVICE, services * SERVICE, 1)[SKIP:].mean())
        )
    near(found, mg1_wait(0.7, SERVICE, cv))


def one_queue(run: int, *, first: float = 0.0, patience: float = 0.0, n: int = N) -> Load:
    """One queue in hundredths of a minute, for the engine that knows ranks and patience."""
    gaps, services = drawn(run, n)
    zeros = np.zeros(n, np.int64)
    leaves = stream(12, run, "patience").standard_exponential(n) * patience
    return Load(
        np.rint(np.cumsum(gaps) * TICKS).astype(np.int64),
        np.arange(n + 1),
        zeros,
        np.maximum(1, np.rint(services * SERVICE * TICKS)).astype(np.int64),
        zeros,
        np.where(stream(12, run, "ranks").random(n) < first, 0, 1),
        np.rint(leaves * TICKS).astype(np.int64) if patience else zeros + STAYS,
    )


def test_who_goes_first_waits_as_kella_and_yechiali_say() -> None:
    before, after = [], []
    for run in range(RUNS):
        load = one_queue(run, first=0.2)
        lives = many.run(load, Staff([[0]] * SERVERS))
        waits = (lives.started - lives.joined)[SKIP:] / TICKS
        before.append(float(waits[load.rank[SKIP:] == 0].mean()))
        after.append(float(waits[load.rank[SKIP:] == 1].mean()))
    of_first, of_others = priority_waits(SERVERS, LOAD, SERVICE, 0.2)
    near(before, of_first)
    near(after, of_others)


def test_as_many_leave_as_theory_says() -> None:
    found = []
    for run in range(RUNS):
        lives = many.run(one_queue(run, patience=15.0), Staff([[0]] * SERVERS))
        found.append(float((lives.started < 0)[SKIP:-SKIP].mean()))
    near(found, mmcm(SERVERS, 1 / GAP, SERVICE, 15.0)[0])


@given(st.integers(0, 10_000), st.integers(1, 150))
def test_little_counts_the_same_by_cases_and_by_minutes(seed: int, n: int) -> None:
    """How many wait, minute by minute, adds up to how long each has waited."""
    staff = an_office(seed)
    load = some_cases(seed, n, staff)
    lives = many.run(load, staff)
    until = np.where(lives.started >= 0, lives.started, lives.ended)
    waited = (lives.joined >= 0) & (until >= 0)
    horizon = int(max(until.max(initial=0), 1)) + 1
    changes = np.zeros(horizon + 1, np.int64)
    np.add.at(changes, lives.joined[waited], 1)
    np.add.at(changes, until[waited], -1)
    in_queue = np.cumsum(changes)
    assert in_queue.min() >= 0
    rate, mean = (
        waited.sum() / horizon,
        (until - lives.joined)[waited].mean() if waited.any() else 0,
    )
    assert in_queue[:horizon].sum() / horizon == pytest.approx(rate * mean)


def test_an_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Of 400 intervals of 30 runs; a run within itself is never asked."""
    truth = mmc_wait(2, 1.2, SERVICE)
    held = 0
    for no in range(400):
        means = []
        for run in range(30):
            rng = stream(no, run, "coverage")
            gaps = rng.standard_exponential(2_500) * SERVICE / 1.2
            waits = many.waits(gaps, rng.standard_exponential(2_500) * SERVICE, 2)
            means.append(float(waits[500:].mean()))
        found = interval(means)
        held += found.low <= truth <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_no_interval_rests_on_few_runs() -> None:
    with pytest.raises(Malformed, match="rests on 30"):
        interval([1.0] * 29)
