"""Eight desks write at once and are killed in the midst: what was acknowledged is there, once and sealed."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.thorough.writers import OFFICE, OPENED_BY_ANYBODY, assign, desk_at, write

from openakimat import Register, kz
from openakimat.adapters import sql
from openakimat.desk import Desk, verify_journal
from openakimat.law.form import law_form

N_WRITERS, N_ROUNDS = 8, 100
KILLED = -9

pytestmark = pytest.mark.thorough


@pytest.fixture(params=["file", "postgres"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[int], str]]:
    """The address of an empty database, for each round another."""
    if request.param == "file":
        yield lambda n: f"sqlite:///{tmp_path}/{n}.db"
        return
    engine: sa.Engine = request.getfixturevalue("pg_engine")

    def of_round(n: int) -> str:
        with engine.begin() as host:
            host.exec_driver_sql(f"DROP SCHEMA IF EXISTS r{n} CASCADE")
            host.exec_driver_sql(f"CREATE SCHEMA r{n}")
        return f"{request.getfixturevalue('postgres')}&options=-csearch_path%3Dr{n}"

    yield of_round


def started(url: str, where: str, n: int, folder: Path) -> list[BaseProcess]:
    """Eight writers at work, each with its own file of what was acknowledged."""
    # Each is forked from a process that has the library loaded and nothing else.
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.thorough.writers"])
    folder.mkdir()
    writers = [
        context.Process(target=write, args=(url, where, str(i), n, folder / f"{i}.jsonl"))
        for i in range(N_WRITERS)
    ]
    for writer in writers:
        writer.start()
    return list(writers)


def acknowledged(folder: Path) -> list[tuple[str, int, str]]:
    """Case, number and act of all that the writers of a round were told is kept."""
    lines = [line for path in folder.iterdir() for line in path.read_text().splitlines()]
    return [(case, no, act) for case, no, act in map(json.loads, lines)]


def kill(writers: list[BaseProcess], folder: Path, dice: random.Random) -> None:
    """Let them write for a while, or begin, and kill one after another."""
    until = time.monotonic() + 10
    begun = dice.random() < 0.1
    while not begun and time.monotonic() < until:
        time.sleep(0.01)
        begun = any(path.stat().st_size for path in folder.iterdir())
    time.sleep(dice.choice([0, dice.uniform(0, 0.1), dice.uniform(0, 0.8)]))
    for writer in dice.sample(writers, len(writers)):
        time.sleep(dice.choice([0, 0, 0.02]))
        writer.kill()


def assert_kept(desk: Desk, acks: list[tuple[str, int, str]]) -> None:
    """Nothing of it is lost, doubled, forked or unsealed, and every form named is there."""
    journal = desk.journal
    # Chains, seals, and each record against the chart that the journal itself keeps.
    assert verify_journal(journal, OFFICE.pack).broken == ()
    records = {case: desk.case(case).records for case in journal.cases(OFFICE.body.id)}
    for case, no, act in acks:
        assert act == repr(records[case][no - 1].act), f"record {no} of {case}"
    assert [] == [ack for ack, n in Counter(acks).items() if n > 1]
    everything = [record for of in records.values() for record in of]
    for what, things in {
        "assigned": [one.act.to for one in everything if isinstance(one.act, kz.appeal.Assign)],
        "numbers": [one.act.number for one in everything if isinstance(one.act, Register)],
    }.items():
        assert [] == [thing for thing, n in Counter(things).items() if n > 1], what
    # One transaction an act: nobody's death burns a number, or leaves a card or an event behind.
    numbers = sorted(one.act.number for one in everything if isinstance(one.act, Register))
    assert [OFFICE.numbering(2026, n + 1) for n in range(len(numbers))] == numbers
    assert 0 == desk.rebuild()
    assert isinstance(desk.store, sql.Store)
    at = desk.store.tables.events.c
    with desk.store.connected() as connection:
        told = connection.scalars(sa.select(at.id).where(at.type != "openakimat.notice"))
        assert sorted(f"{case}/{one.no}" for case in records for one in records[case]) == sorted(
            told
        )
    # Not the same: a server may still finish what a client that is no more has asked for.
    named = {one.under for one in everything} | {law_form(OFFICE)[0] for _ in everything}
    assert named <= set(journal.forms())


@pytest.mark.parametrize("where", ["one", "many"])
def test_of_eight_writers_at_once_each_has_all_its_acts_kept(
    fresh: Callable[[int], str], where: str, tmp_path: Path
) -> None:
    # In as many cases as there are kinds of them, of which one is registered and has three acts more.
    n, url, folder = len(OPENED_BY_ANYBODY), fresh(0), tmp_path / "acks"
    writers = started(url, where, n, folder)
    for writer in writers:
        writer.join(timeout=120)
    assert [0] * N_WRITERS == [writer.exitcode for writer in writers]
    acks = acknowledged(folder)
    assert (3 if where == "one" else 3 * N_WRITERS) + n * N_WRITERS == len(acks)
    with desk_at(url) as desk:
        assert_kept(desk, acks)
        assert len(acks) == len(list(desk.journal.since()))


def test_what_was_acknowledged_outlives_a_hundred_kills_of_eight_writers(
    fresh: Callable[[int], str], tmp_path: Path
) -> None:
    """On a journal made anew for each round, so that its tables and forms are raced for as well."""
    dice, n_acks, n_begun = random.Random(8), 0, 0  # noqa: S311 - no secret
    for turn in range(N_ROUNDS):
        url, folder = fresh(turn), tmp_path / f"acks-{turn}"
        writers = started(url, "one" if turn % 2 else "many", 10_000, folder)
        kill(writers, folder, dice)
        for writer in writers:
            writer.join(timeout=60)
        assert [KILLED] * N_WRITERS == [writer.exitcode for writer in writers]
        acks = acknowledged(folder)
        with desk_at(url) as desk:
            assert_kept(desk, acks)
            # Nobody is kept out by those who are no more.
            for case in {case for case, _, act in acks if act.startswith("Assign")}:
                assign(desk, case, "after")
                break
        n_acks, n_begun = n_acks + len(acks), n_begun + bool(acks)
    # Or the kills came before there was anything to lose.
    assert n_begun > N_ROUNDS // 2
    assert n_acks > 5 * N_ROUNDS
