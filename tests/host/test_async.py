"""An `AsyncDesk` does what a `Desk` does, on asyncpg and on aiosqlite, alone and within the host's transaction."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from tests.host.lives import (
    ASKS,
    BOSS,
    CLERK,
    KEY,
    OFFICE,
    OPENS,
    PAST,
    RECEIVED,
    REGISTERED,
)

import openakimat as oa
from openakimat import kz
from openakimat.adapters import sql
from openakimat.adapters.async_desk import AsyncDesk
from openakimat.ports import Event


@pytest.fixture(params=["aiosqlite", "asyncpg"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, with a driver that is awaited."""
    if request.param == "aiosqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/akimat.db"
    request.getfixturevalue("pg_engine").dispose()
    return str(request.getfixturevalue("postgres")).replace("postgresql:", "postgresql+asyncpg:")


@asynccontextmanager
async def at_desk(
    bind: str | AsyncEngine | AsyncConnection, **options: Any
) -> AsyncIterator[AsyncDesk]:
    desk = AsyncDesk(OFFICE, bind, secret=KEY, **options)
    try:
        yield desk
    finally:
        await desk.close()


@asynccontextmanager
async def engine_of(url: str) -> AsyncIterator[AsyncEngine]:
    engine = AsyncEngine(sql.engine(url))
    try:
        yield engine
    finally:
        await engine.dispose()


async def registered(desk: AsyncDesk) -> oa.Case:
    case = await desk.open("appeal", at=RECEIVED, **OPENS)
    return await desk.perform(case.id, oa.Register(), by=CLERK, at=REGISTERED, expected=1)


def test_it_has_every_method_of_the_desk_as_it_is() -> None:
    methods = {
        name: method
        for name, method in inspect.getmembers(oa.Desk)
        if name[0] != "_" and inspect.isfunction(method)
    }
    own = {name: vars(AsyncDesk).get(name) for name in methods}
    assert {} == {name: method for name, method in own.items() if method is None}
    assert {name: inspect.signature(method) for name, method in methods.items()} == {
        name: inspect.signature(method) for name, method in own.items() if method
    }
    assert all(inspect.iscoroutinefunction(method) for method in own.values())


def test_a_life_is_kept_found_woken_and_told(url: str) -> None:
    async def main() -> None:
        told: list[str] = []

        async def send(event: Event) -> None:
            await asyncio.sleep(0)
            told.append(event.id)

        async with at_desk(url) as desk:
            case = await registered(desk)
            assert "registered" == case.stage
            await desk.perform(case.id, kz.appeal.Accept(), by=CLERK, at=REGISTERED)
            with pytest.raises(oa.NotCompetent):
                await desk.perform(case.id, kz.appeal.Decide("favourable"), by=CLERK, at=REGISTERED)
            (found,) = (await desk.find(at=REGISTERED, applicant=ASKS.id)).found
            assert (case.id, "considered") == (found.card.case, found.card.stage)
            assert 1 == await desk.count(at=REGISTERED, is_open=True)
            assert "ЖТ-2026-00000001" == found.card.number
            labels = [
                one.label("ru") for one in await desk.possible(case.id, by=BOSS, at=REGISTERED)
            ]
            assert labels
            assert all(labels)
            wakeup = await desk.next_wakeup()
            assert wakeup is not None
            (outcome,) = await desk.lapse_due(at=PAST)
            assert ["deem-refused"] == [record.act.tag for record in outcome.records]
            assert () == await desk.lapse_due(at=PAST)
            assert [case.id] == [each.id for each in await desk.files()]
            assert "intact: 4 records, 1 case" == str(await desk.verify())
            assert 0 == await desk.rebuild()
            while await desk.relay(send):
                pass
            assert f"{case.id}/4" in told
            assert len(told) == len(set(told))
            assert desk.office.body.id == OFFICE.body.id
        # Whoever reads with the driver that is not awaited sees the same.
        plain = sql.Store(url.replace("+aiosqlite", "").replace("+asyncpg", ""))
        assert 4 == len(plain.journal.read(case.id))
        plain.close()

    asyncio.run(main())


def test_in_the_transaction_of_the_host_what_is_undone_there_is_undone(url: str) -> None:
    async def main() -> None:
        async with at_desk(url) as desk:
            assert () == await desk.files()
        async with engine_of(url) as engine:
            async with engine.begin() as host:
                await host.execute(sa.text("CREATE TABLE own (case_id TEXT)"))

            async def both() -> str:
                case = await registered(AsyncDesk(OFFICE, host, secret=KEY))
                await host.execute(sa.text("INSERT INTO own VALUES (:case)"), {"case": case.id})
                return case.id

            with suppress(ZeroDivisionError):
                async with engine.begin() as host:
                    await both()
                    raise ZeroDivisionError
            assert () == await AsyncDesk(OFFICE, engine).files()
            async with engine.begin() as host:
                desk, name = AsyncDesk(OFFICE, host, secret=KEY), await both()
                # Neither a refusal nor a conflict ends the transaction of the host.
                with pytest.raises(oa.NotCompetent):
                    await desk.perform(name, kz.appeal.Accept(), by=ASKS, at=REGISTERED)
                with pytest.raises(oa.Conflict):
                    await desk.open("appeal", at=RECEIVED, id=name, **OPENS)
                await desk.perform(name, kz.appeal.Accept(), by=CLERK, at=REGISTERED)
            async with engine.connect() as host:
                desk = AsyncDesk(OFFICE, engine)
                kept = (await host.execute(sa.text("SELECT case_id FROM own"))).scalars().all()
                assert [name] == [each.id for each in await desk.files()] == [*kept]
                assert 3 == (await desk.case(name)).version

    asyncio.run(main())


def test_tasks_at_one_desk_lose_nothing_and_number_without_a_gap(url: str) -> None:
    async def main() -> None:
        async with at_desk(url) as desk:
            cases = await asyncio.gather(*(registered(desk) for _ in range(12)))
            numbers = sorted(case.records[-1].act.number for case in cases)  # type: ignore[attr-defined]
            assert [f"ЖТ-2026-{n:08}" for n in range(1, 13)] == numbers
            acts = [
                desk.perform(cases[0].id, kz.appeal.Accept(), by=CLERK, at=REGISTERED)
                for _ in range(5)
            ]
            answers = await asyncio.gather(*acts, return_exceptions=True)
            assert 1 == sum(isinstance(answer, oa.Case) for answer in answers)
            refused = [answer for answer in answers if isinstance(answer, oa.AkimatError)]
            assert {oa.Conflict, oa.NotAllowed} >= {type(answer) for answer in refused}
            assert 4 == len(refused)

    asyncio.run(main())


def test_a_task_that_is_cancelled_leaves_nothing_half_done_and_nothing_locked(url: str) -> None:
    async def main() -> None:
        async with at_desk(url) as desk:
            await registered(desk)
            for n_steps in range(1, 60, 3):
                task = asyncio.create_task(registered(desk))
                for _ in range(n_steps):
                    await asyncio.sleep(0.0005)
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            last = await registered(desk)
            cases = await desk.files()
            numbers = [r.act.number for case in cases for r in case.records[1:]]  # type: ignore[attr-defined]
            assert [f"ЖТ-2026-{n:08}" for n in range(1, len(numbers) + 1)] == sorted(numbers)
            assert last in cases
            assert (await desk.verify()).intact
            assert 0 == await desk.rebuild()

    asyncio.run(main())


def test_a_database_in_memory_is_one_for_all_tasks() -> None:
    async def main() -> None:
        async with at_desk("sqlite+aiosqlite://") as desk:
            await asyncio.gather(*(registered(desk) for _ in range(3)))
            assert 3 == len(await desk.files())

    asyncio.run(main())


def test_a_driver_that_is_not_awaited_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(oa.JournalError, match="sqlite: all tasks would wait for it") as refused:
        AsyncDesk(OFFICE, f"sqlite:///{tmp_path}/akimat.db")
    assert "journal.dialect" == refused.value.code
