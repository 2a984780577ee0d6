"""Which driver reaches PostgreSQL is the host's choice: psycopg and pg8000 keep the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from tests.host.lives import ASKS, CLERK, KEY, OFFICE, OPENS, PAST, RECEIVED, REGISTERED

import openakimat as oa
from openakimat import kz
from openakimat.adapters import sql
from openakimat.desk import relay, roll_up


@pytest.fixture(params=["psycopg", "pg8000"])
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty PostgreSQL, by a driver."""
    request.getfixturevalue("pg_engine").dispose()
    at = make_url(request.getfixturevalue("postgres")).set(drivername=f"postgresql+{request.param}")
    if request.param == "pg8000":  # which asks for the socket itself
        at = at.set(query={"unix_sock": f"{at.query['host']}/.s.PGSQL.5432"})
    return at.render_as_string(hide_password=False)


@pytest.fixture
def store(url: str) -> Iterator[sql.Store]:
    with closing(sql.Store(url)) as of:
        yield of


@pytest.fixture
def desk(store: sql.Store) -> oa.Desk:
    return oa.Desk(OFFICE, store, secret=KEY)


def considered(desk: oa.Desk) -> str:
    case = desk.open("appeal", at=RECEIVED, **OPENS).id
    for act in (oa.Register(), kz.appeal.Accept()):
        desk.perform(case, act, by=CLERK, at=REGISTERED, key=f"{case} {act.tag}")
    return case


def test_a_life_is_kept_found_woken_and_told(desk: oa.Desk, store: sql.Store) -> None:
    name = considered(desk)
    again = desk.perform(name, oa.Register(), by=CLERK, at=PAST, key=f"{name} register")
    assert ("registered", 2) == (again.stage, again.version)
    (found,) = desk.find(at=REGISTERED, applicant=ASKS.id, received_from=RECEIVED).found
    assert (name, "ЖТ-2026-00000001", RECEIVED) == (
        found.card.case, found.card.number, found.card.received_at,
    )  # fmt: skip
    assert [name] == [outcome.case for outcome in desk.lapse_due(at=PAST)]
    told: list[str] = []
    while relay(store.outbox, lambda event: told.append(event.id)):
        pass
    assert [f"{name}/{no}" for no in range(1, 5)] == [one for one in told if one.count("/") == 2]
    assert len(told) == store.outbox.replay(RECEIVED)
    assert "intact: 4 records, 1 case" == str(desk.verify())
    assert 0 == desk.rebuild()


def test_an_event_that_is_claimed_is_given_to_nobody_else(
    desk: oa.Desk, store: sql.Store, url: str
) -> None:
    considered(desk)
    seen: list[object] = []
    with closing(sql.Store(url)) as other:
        relay(store.outbox, lambda _: seen.append(relay(other.outbox, lambda _: None)))
    assert [()] == seen


def test_in_the_transaction_of_the_host_a_conflict_and_a_refusal_are_harmless(
    desk: oa.Desk, store: sql.Store
) -> None:
    name, engine = considered(desk), store.bind.engine
    with engine.begin() as host:
        host.execute(sa.text("CREATE TABLE own (case_id TEXT)"))
        own = oa.Desk(OFFICE, sql.Store(host), secret=KEY)
        with pytest.raises(oa.NotCompetent):
            own.perform(name, kz.appeal.Decide("favourable"), by=CLERK, at=REGISTERED)
        with pytest.raises(oa.Conflict):
            own.open("appeal", at=RECEIVED, id=name, **OPENS)
        second = considered(own)
        host.execute(sa.text("INSERT INTO own VALUES (:case)"), {"case": second})
    with suppress(ZeroDivisionError), engine.begin() as host:
        considered(oa.Desk(OFFICE, sql.Store(host), secret=KEY))
        raise ZeroDivisionError
    assert [name, second] == [case.id for case in desk.files()]


def test_offices_in_schemas_of_their_own_see_nothing_of_each_other(store: sql.Store) -> None:
    engine, desks = store.bind.engine, {}
    for schema in ("khromtau", "yesil"):
        with engine.begin() as host:
            host.execute(sa.schema.DropSchema(schema, cascade=True, if_exists=True))
            host.execute(sa.schema.CreateSchema(schema))
        own = sql.Store(engine, metadata=sa.MetaData(schema=schema))
        desks[schema] = oa.Desk(kz.office(schema), own, secret=KEY)
    names = [considered(desk) for desk in desks.values()]
    assert names == [case.id for desk in desks.values() for case in desk.files()]
    assert [] == list(store.journal.cases())
    rolled = roll_up(list(desks.values()), at=PAST)
    assert {"khromtau": 1, "yesil": 1} == {name: len(of) for name, of in rolled.lines.items()}
    assert () == rolled.unattended


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_what_another_did_first_is_a_conflict_whatever_the_isolation(
    desk: oa.Desk, store: sql.Store, level: str
) -> None:
    case = desk.open("appeal", at=RECEIVED, **OPENS).id
    with store.bind.engine.connect().execution_options(isolation_level=level) as host:
        own = oa.Desk(OFFICE, sql.Store(host), secret=KEY)
        assert "received" == own.case(case).stage
        desk.perform(case, oa.Register(), by=CLERK, at=REGISTERED)
        with pytest.raises(oa.Conflict, match="try the transaction again"):
            own.perform(case, oa.Register(), by=CLERK, at=REGISTERED)
        host.rollback()


def test_a_connection_that_is_cut_off_says_why_and_the_next_act_has_another(
    desk: oa.Desk, store: sql.Store, url: str
) -> None:
    def cut(tx: Any) -> None:
        tx.next("a")
        with store.connected() as own, closing(sql.Store(url)) as other, other.connected() as host:
            pid = own.scalar(sa.select(sa.func.pg_backend_pid()))
            host.execute(sa.select(sa.func.pg_terminate_backend(pid)))
        tx.next("a")

    with pytest.raises(oa.JournalError) as told, store.begin() as tx:
        cut(tx)
    assert "reconnect" not in str(told.value)
    assert 3 == desk.case(considered(desk)).version
    with store.begin() as tx:
        assert 1 == tx.next("a")


def test_no_server_is_an_error_that_shows_no_password(url: str) -> None:
    at = make_url(url).set(password="s3cret", query={}, host="127.0.0.1", port=1)  # noqa: S106 - none
    with pytest.raises(oa.JournalError) as refused:
        sql.Store(at.render_as_string(hide_password=False))
    assert "s3cret" not in str(refused.value)


def test_of_what_the_database_refuses_no_row_is_told(desk: oa.Desk, store: sql.Store) -> None:
    with store.connected() as connection:
        connection.exec_driver_sql("ALTER TABLE akimat_record ADD CHECK (no > 9)")
    with pytest.raises(oa.JournalError, match="violates check constraint") as told:
        desk.open("appeal", at=RECEIVED, **OPENS)
    assert "Failing row" not in str(told.value)
    assert "'M'" not in str(told.value)
