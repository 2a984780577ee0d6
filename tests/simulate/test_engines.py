"""Two engines, one truth: on the same whole minutes both answer the same, and queues obey theory."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise

import attrs
import numpy as np
import pytest
from hypothesis import given, strategies as st
from tests.simulate.offices import an_office, hours, some_cases

from openakimat.errors import Malformed
from openakimat.simulate.engines import loop, many
from openakimat.simulate.engines.load import RANKS, STAYS, Lives, Load, Staff

SIZES = (1, 2, 7, 40, 150, 600)


def differences(one: Lives, other: Lives) -> dict[str, int]:
    return {
        name: int(np.sum(getattr(one, name) != getattr(other, name)))
        for name in Lives._fields
        if np.any(getattr(one, name) != getattr(other, name))
    }


@pytest.mark.parametrize("seed", range(60))
def test_both_engines_say_the_same_of_every_minute(seed: int) -> None:
    staff = an_office(seed)
    for n in SIZES:
        load = some_cases(seed, n, staff)
        assert {} == differences(loop.run(load, staff), many.run(load, staff)), n


@given(st.integers(0, 10_000), st.integers(1, 60), st.sampled_from([2**20, 2**30, 2**31]))
def test_what_takes_longer_than_there_are_minutes_never_comes_in_either(
    seed: int, n: int, least: int
) -> None:
    staff = an_office(seed)
    load, rng = some_cases(seed, n, staff), np.random.default_rng([9, seed])
    far = {
        name: np.where(rng.random(load.n_visits) < 0.2, least - rng.integers(0, 9), of)
        for name, of in {"work": load.work, "delay": load.delay}.items()
    }
    load, staff = attrs.evolve(load, **far), attrs.evolve(staff, pace=[100_000, *staff.pace[1:]])
    assert {} == differences(loop.run(load, staff), many.run(load, staff))


def parts_of(load: Load, cuts: list[int]) -> list[Load]:
    """Cases in parts, as they would come in."""
    bounds = sorted({0, *(cut % len(load.arrives) for cut in cuts), len(load.arrives)})
    columns = ("queue", "work", "delay", "rank", "patience")
    return [
        Load(
            load.arrives[a:b],
            load.first[a : b + 1] - load.first[a],
            *(getattr(load, c)[load.first[a] : load.first[b]] for c in columns),
        )
        for a, b in pairwise(bounds)
    ]


@given(st.integers(0, 10_000), st.integers(1, 200), st.lists(st.integers(0, 200), max_size=8))
def test_parts_say_what_the_whole_says(seed: int, n: int, cuts: list[int]) -> None:
    staff = an_office(seed)
    load = some_cases(seed, n, staff)
    parts = list(many.stream(parts_of(load, cuts), staff))
    cases = np.concatenate([part.cases for part in parts])
    assert sorted(cases.tolist()) == list(range(n)), "each case is given back once"
    whole = many.run(load, staff)
    for part in parts:
        for at, case in enumerate(part.cases):
            mine = slice(part.load.first[at], part.load.first[at + 1])
            theirs = slice(load.first[case], load.first[case + 1])
            for ours, all_ in zip(part.lives, whole, strict=True):
                assert ours[mine].tolist() == all_[theirs].tolist()


@given(st.integers(0, 10_000), st.integers(1, 300))
def test_cases_are_conserved_and_nothing_happens_out_of_order(seed: int, n: int) -> None:
    staff = an_office(seed)
    load = some_cases(seed, n, staff)
    lives = many.run(load, staff)
    joined, started, ended = lives.joined >= 0, lives.started >= 0, lives.ended >= 0
    over = started & ended
    left = ended & ~started
    assert np.all(joined | ~ended)
    assert np.all(load.patience[left] >= 0), "only who may leave does"
    assert np.all((lives.ended - lives.joined)[left] == load.patience[left])
    served = started & (load.patience >= 0)
    assert np.all((lives.started - lives.joined)[served] <= load.patience[served])
    assert np.all(lives.joined[started] <= lives.started[started])
    assert np.all(lives.started[over] < lives.ended[over])
    # What came to a queue is served, has left, or waits; what was not served goes no further.
    follows = np.flatnonzero(load.follows)
    assert np.all(~joined[follows + 1] | (ended & started)[follows])
    assert np.all(
        lives.joined[follows + 1][joined[follows + 1]]
        >= (lives.ended + 0)[follows][joined[follows + 1]]
    )
    # Nobody does two things at once, or anything that they do not serve.
    for server, of in enumerate(staff.serves):
        mine = np.flatnonzero(lives.server == server)
        order = mine[np.argsort(lives.started[mine], kind="stable")]
        assert np.all(lives.ended[order][:-1] <= lives.started[order][1:])
        assert over[order][:-1].all(), "whoever still works on something does nothing after it"
        assert over[order].all() or not staff.leaves[server]
        assert set(load.queue[mine].tolist()) <= set(of)


@given(st.integers(0, 10_000))
def test_work_takes_the_open_minutes_that_it_takes(seed: int) -> None:
    staff = an_office(seed)
    load = some_cases(seed, 200, staff)
    lives = many.run(load, staff)
    for visit in np.flatnonzero(lives.started >= 0):
        server = lives.server[visit]
        need = -(-load.work[visit] * staff.pace[server] // 100)
        start, end, table = lives.started[visit], lives.ended[visit], staff.table[server]
        if table < 0 or staff.finishes[load.queue[visit]]:
            assert end - start == need
            continue
        opened = staff.minutes[table].open
        assert opened[start]
        if end < 0:
            assert opened[start:].sum() < need, "only what would not end is not ended"
        else:
            assert opened[start:end].sum() == need
            assert opened[end - 1]


def test_without_a_compiler_the_same_is_said() -> None:
    """In a process of its own, where Numba cannot be imported."""
    code = (
        "import sys; sys.modules['numba'] = None\n"
        "from tests.simulate.offices import an_office, some_cases\n"
        "from tests.simulate.test_engines import differences, parts_of\n"
        "from openakimat.simulate.engines import kernels, loop, many\n"
        "import numpy as np\n"
        "assert kernels.numba is None\n"
        "for seed in range(4):\n"
        "    staff = an_office(seed)\n"
        "    load = some_cases(seed, 60, staff)\n"
        "    exact = loop.run(load, staff)\n"
        "    assert not differences(exact, many.run(load, staff)), seed\n"
        "    parts = list(many.stream(parts_of(load, [7, 20, 41]), staff))\n"
        "    assert sorted(np.concatenate([p.cases for p in parts])) == list(range(60))\n"
        "gaps = np.array([0, 1, 1, 5]); services = np.array([4, 4, 4, 4])\n"
        "print(many.waits(gaps, services, 2).tolist())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "[0, 0, 2, 0]\n"), done.stderr


@given(
    st.sampled_from((1, 3)),  # for each number of them another loop is compiled
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 30)), min_size=1, max_size=200),
)
def test_the_recursion_says_what_the_events_say(servers: int, of: list[tuple[int, int]]) -> None:
    gaps, services = np.array(of, np.int64).T.copy()
    n, zeros = len(of), np.zeros(len(of), np.int64)
    load = Load(np.cumsum(gaps), np.arange(n + 1), zeros, services, zeros, zeros, zeros + STAYS)
    lives = loop.run(load, Staff([[0]] * servers))
    assert many.waits(gaps, services, servers).tolist() == (lives.started - lives.joined).tolist()
    state = np.zeros(servers + 1, np.int64)
    halves = [
        many.waits(g, s, servers, state=state)
        for g, s in zip(np.array_split(gaps, 2), np.array_split(services, 2), strict=True)
    ]
    assert np.concatenate(halves).tolist() == (lives.started - lives.joined).tolist()


@given(
    st.sampled_from((1, 3)),  # for each number of them another loop is compiled
    st.lists(
        st.tuples(
            st.integers(0, 9), st.integers(1, 30), st.integers(0, RANKS - 1), st.integers(-1, 40)
        ),
        min_size=1,
        max_size=200,
    ),
)
def test_of_ranks_and_patience_too(servers: int, of: list[tuple[int, int, int, int]]) -> None:
    gaps, services, ranks, patience = np.array(of, np.int64).T.copy()
    n, zeros = len(of), np.zeros(len(of), np.int64)
    for leaves in (zeros - 1, patience):
        load = Load(np.cumsum(gaps), np.arange(n + 1), zeros, services, zeros, ranks, leaves)
        lives = loop.run(load, Staff([[0]] * servers))
        wanted = np.where(lives.started < 0, -1, lives.started - lives.joined)
        few = ranks.astype(np.int8)
        found = many.waits(gaps, services, servers, ranks=few, patience=leaves)
        assert found.tolist() == wanted.tolist()
    assert many.waits(gaps, services, servers, ranks=few).tolist() == (
        many.waits(gaps, services, servers, ranks=few, patience=zeros - 1).tolist()
    )


def test_a_day_of_a_desk_by_hand() -> None:
    """Monday 5 January 2026: 09:00-13:00 and 14:30-18:30. One registrar, who rests; one window, who ends."""
    day = hours(2)
    staff = Staff([[0], [1]], [day], table=[0, 0], doors=[0, 0], finishes=[False, True])
    #              07:00 -> opens   12:50, over lunch   18:20, to the next day      window at 18:25
    load = Load([420, 770, 1100, 1105], [0, 1, 2, 3, 4], [0, 0, 0, 1], [30, 20, 30, 40],
                [0] * 4, [0] * 4, [STAYS] * 4)  # fmt: skip
    lives = loop.run(load, staff)
    assert [540, 770, 1100, 1105] == lives.started.tolist()
    assert [570, 880, 1440 + 560, 1145] == lives.ended.tolist()


def test_one_in_one_out_every_minute_by_hand() -> None:
    """D/D/1: of those who come each minute and take a minute nobody waits, and all are served."""
    n, zeros = 24, np.zeros(24, np.int64)
    load = Load(np.arange(n), np.arange(n + 1), zeros, zeros + 1, zeros, zeros, zeros + STAYS)
    for engine in (loop, many):
        lives = engine.run(load, Staff([[0]]))
        assert lives.started.tolist() == list(range(n))
        assert lives.ended.tolist() == list(range(1, n + 1))


def test_of_nobody_nothing_is_told() -> None:
    nobody = Load([], [0], [], [], [], [], [])
    for engine in (loop, many):
        lives = engine.run(nobody, Staff([[0]]))
        assert [(0, np.int64)] * 4 == [(len(column), column.dtype) for column in lives]
    assert not list(many.stream([nobody], Staff([[0]])))


def test_what_is_wrong_is_told_all_at_once() -> None:
    with pytest.raises(Malformed) as wrong:
        Load([3, 1], [0, 1, 3], [0, 0], [0, 1], [0], [RANKS, 0], [-2, 0])
    paths = {fault.path for fault in wrong.value.faults}
    assert paths == {"arrives", "first", "work[0]", "delay", "rank[0]", "patience[0]"}
    with pytest.raises(Malformed) as wrong:
        Staff([[0]], table=[1], pace=[0], doors=[0, 0], finishes=[True])
    assert {"table", "pace", "doors"} == {fault.path for fault in wrong.value.faults}
    load = Load([0], [0, 1], [1], [1], [0], [0], [-1])
    for engine in (loop, many):
        with pytest.raises(Malformed, match="queue 1"):
            engine.run(load, Staff([[0]]))
    with pytest.raises(Malformed, match="before another"):
        list(
            many.stream(
                [Load([5], [0, 1], [0], [1], [0], [0], [-1])] * 2
                + [Load([4], [0, 1], [0], [1], [0], [0], [-1])],
                Staff([[0]]),
            )
        )
