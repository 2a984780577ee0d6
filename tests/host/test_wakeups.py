"""Procrastinate wakes an office, late or twice: each clock is lapsed once, and a broken case stands aside."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import procrastinate
import pytest
import sqlalchemy as sa
from procrastinate.testing import InMemoryConnector
from tests.host.lives import CLERK, KEY, OFFICE, OPENS, PAST, RECEIVED, REGISTERED

import openakimat as oa
from openakimat import kz
from openakimat.adapters import sql
from openakimat.adapters.procrastinate import add_wakeups

NAME = "openakimat.lapse_due/khromtau"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sql.Store]:
    with closing(sql.Store(f"sqlite:///{tmp_path}/akimat.db")) as of:
        yield of


@pytest.fixture
def desk(store: sql.Store) -> oa.Desk:
    """An office with three cases under consideration."""
    desk = oa.Desk(OFFICE, store, secret=KEY)
    for _ in range(3):
        case = desk.open("appeal", at=RECEIVED, **OPENS).id
        for act in (oa.Register(), kz.appeal.Accept()):
            desk.perform(case, act, by=CLERK, at=REGISTERED)
    return desk


def tags(desk: oa.Desk) -> list[list[str]]:
    return [[record.act.tag for record in case.records[3:]] for case in desk.files()]


def run(desk: oa.Desk, *instants: datetime) -> InMemoryConnector:
    """Defer the task for instants, and let a worker run until nothing waits."""
    connector = InMemoryConnector()
    app = procrastinate.App(connector=connector)
    task = add_wakeups(app, desk)

    async def main() -> None:
        async with app.open_async():
            for at in instants:
                await task.defer_async(timestamp=int(at.timestamp()))
                await app.run_worker_async(wait=False, install_signal_handlers=False)

    asyncio.run(main())
    return connector


def test_it_is_planned_every_minute_and_waits_once(desk: oa.Desk) -> None:
    app = procrastinate.App(connector=InMemoryConnector())
    task = add_wakeups(app, desk)
    ((key, planned),) = app.periodic_registry.periodic_tasks.items()
    assert ((NAME, NAME), "* * * * *") == (key, planned.cron)
    assert planned.task is task
    with app.open():
        task.defer(timestamp=0)
        with pytest.raises(procrastinate.exceptions.AlreadyEnqueued):
            task.defer(timestamp=60)
    assert task(timestamp=int(PAST.timestamp())) == {"lapsed": 3, "broken": []}


def test_a_run_lapses_what_is_due_by_the_instant_planned_and_a_second_run_nothing(
    desk: oa.Desk,
) -> None:
    wakeup = desk.next_wakeup()
    assert wakeup is not None
    run(desk, wakeup.at - timedelta(seconds=1))
    assert [[], [], []] == tags(desk)
    connector = run(desk, wakeup.at, wakeup.at, PAST)
    assert {"succeeded"} == {str(job["status"]) for job in connector.jobs.values()}
    assert [["deem-refused"]] * 3 == tags(desk)
    assert desk.verify().intact


def test_a_broken_case_is_told_once_and_stands_aside(desk: oa.Desk, store: sql.Store) -> None:
    first, *_ = desk.files()
    altered = sa.update(store.records).where(store.records.c.case_id == first.id)
    with store.connected() as host:
        host.execute(altered.where(store.records.c.no == 2).values(body=b"{}"))
    task = add_wakeups(procrastinate.App(connector=InMemoryConnector()), desk)
    assert {"lapsed": 2, "broken": [first.id]} == task(timestamp=int(PAST.timestamp()))
    assert {"lapsed": 0, "broken": []} == task(timestamp=int(PAST.timestamp()))


def test_several_workers_lapse_each_clock_once(pg_engine: sa.Engine) -> None:
    desks = [oa.Desk(OFFICE, sql.Store(pg_engine), secret=KEY) for _ in range(4)]
    for _ in range(12):
        case = desks[0].open("appeal", at=RECEIVED, **OPENS).id
        for act in (oa.Register(), kz.appeal.Accept()):
            desks[0].perform(case, act, by=CLERK, at=REGISTERED)
    tasks = [add_wakeups(procrastinate.App(connector=InMemoryConnector()), one) for one in desks]
    with ThreadPoolExecutor(4) as pool:
        told = [*pool.map(lambda task: task(timestamp=int(PAST.timestamp())), tasks)]
    assert 12 == sum(one["lapsed"] for one in told)
    assert [["deem-refused"]] * 12 == tags(desks[0])
