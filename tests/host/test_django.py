"""A store on Django's connection: one transaction with the host's rows, on SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import django
import psycopg
import pytest
from django.conf import settings
from django.db import connections, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.test import Client
from sqlalchemy.engine import make_url
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
    example,
)

import openakimat as oa
from openakimat import kz
from openakimat.adapters import sql
from openakimat.desk import relay

portal: Any = example("portal", "django_portal")  # which sets up Django

from openakimat.adapters import django as own  # noqa: E402 - after that

MEMORY = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}

pytestmark = pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")


class Row(models.Model):  # noqa: DJ008 - nobody prints it
    """A row of the host's own."""

    case: models.TextField[str, str] = models.TextField(unique=True)

    class Meta:
        app_label = "portal"


class Migration(migrations.Migration):
    """How a host's migration makes the tables."""

    operations = [migrations.RunPython(own.create_tables, migrations.RunPython.noop)]  # noqa: RUF012 - as Django has it


def configure(request: pytest.FixtureRequest, vendor: str, folder: Path) -> dict[str, Any]:
    """The settings of an empty database."""
    if vendor == "sqlite":
        return {**MEMORY, "NAME": str(folder / "portal.db")}
    request.getfixturevalue("pg_engine").dispose()
    at = make_url(request.getfixturevalue("postgres"))
    place = {"NAME": at.database, "USER": at.username, "HOST": at.query["host"]}
    return {"ENGINE": "django.db.backends.postgresql", **place}


@pytest.fixture(params=["sqlite", "postgres"])
def using(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The alias of a database of Django's, with the host's table and, by its migration, ours."""
    alias = f"portal_{request.param}"
    of = configure(request, request.param, tmp_path)
    connections.settings[alias] = connections.configure_settings({"default": of})["default"]
    own.engine.cache_clear()
    with connections[alias].schema_editor() as editor:
        editor.create_model(Row)
        Migration("0001", "portal").apply(ProjectState(), editor)
    yield alias
    connections[alias].close()
    del connections[alias]


@pytest.fixture
def desk(using: str) -> oa.Desk:
    return oa.Desk(OFFICE, own.Store(using), secret=KEY)


def registered(desk: oa.Desk) -> str:
    case = desk.open("appeal", at=RECEIVED, **OPENS)
    return desk.perform(case.id, oa.Register(), by=CLERK, at=REGISTERED).id


def lodge(desk: oa.Desk, using: str) -> str:
    """What a view does: a case, and a row of the host's."""
    with transaction.atomic(using):
        name = registered(desk)
        Row.objects.using(using).create(case=name)
    return name


def kept(desk: oa.Desk, using: str) -> tuple[list[str], list[str]]:
    """The cases, and those that the rows of the host name."""
    rows = Row.objects.using(using).values_list("case", flat=True)
    return sorted(case.id for case in desk.files()), sorted(rows)


def test_the_row_of_the_host_and_the_case_are_kept_together(desk: oa.Desk, using: str) -> None:
    name = lodge(desk, using)
    assert ([name], [name]) == kept(desk, using)
    assert "intact: 2 records, 1 case" == str(desk.verify())
    assert 0 == desk.rebuild()
    # A desk of its own connections reads what the connection of Django has kept.
    at = connections[using].settings_dict
    host = f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}"
    store = sql.Store(host if "postgres" in using else f"sqlite:///{at['NAME']}")
    assert desk.case(name) == oa.Desk(OFFICE, store).case(name)
    store.close()


def test_both_are_gone_when_the_host_rolls_back_and_the_number_is_given_once_more(
    desk: oa.Desk, using: str
) -> None:
    with suppress(ZeroDivisionError), transaction.atomic(using):
        lodge(desk, using)
        raise ZeroDivisionError
    assert ([], []) == kept(desk, using)
    name = lodge(desk, using)
    act = desk.case(name).records[-1].act
    assert oa.Register("ЖТ-2026-00000001") == act
    # The chart that its records name is kept too, although the desk had kept it before.
    assert desk.verify().intact


def test_a_refused_act_a_conflict_and_a_bad_number_leave_the_transaction_of_the_host_usable(
    desk: oa.Desk, using: str
) -> None:
    with transaction.atomic(using):
        name = registered(desk)
        with pytest.raises(oa.NotCompetent):
            desk.perform(name, kz.appeal.Accept(), by=ASKS, at=REGISTERED)
        with pytest.raises(oa.Conflict):
            desk.open("appeal", at=RECEIVED, id=name, **OPENS)
        with pytest.raises(oa.Conflict):
            desk.perform(name, kz.appeal.Accept(), by=CLERK, at=REGISTERED, expected=1)
        other = desk.open("appeal", at=RECEIVED, **OPENS).id
        with pytest.raises(oa.Malformed):
            desk.perform(other, oa.Register("ЖТ-2026-00000001"), by=CLERK, at=REGISTERED)
        Row.objects.using(using).create(case=name)
    assert (sorted([name, other]), [name]) == kept(desk, using)
    assert 2 == desk.case(name).version


def test_an_act_outside_a_transaction_is_one_of_its_own(desk: oa.Desk, using: str) -> None:
    name = registered(desk)
    assert not connections[using].in_atomic_block
    with pytest.raises(oa.NotCompetent):
        desk.perform(name, kz.appeal.Accept(), by=ASKS, at=REGISTERED)
    assert ([name], []) == kept(desk, using)
    assert connections[using].get_autocommit()


def test_a_fault_of_the_host_after_an_act_does_not_undo_what_stood_in_a_block_before(
    desk: oa.Desk, using: str
) -> None:
    with transaction.atomic(using):
        name = lodge(desk, using)
        with suppress(django.db.IntegrityError), transaction.atomic(using):
            other = registered(desk)
            Row.objects.using(using).create(case=name)
    assert ([name], [name]) == kept(desk, using)
    with pytest.raises(oa.UnknownCase):
        desk.case(other)


def test_a_transaction_that_the_host_has_broken_is_not_gone_on_with(
    desk: oa.Desk, using: str
) -> None:
    with transaction.atomic(using):
        name = lodge(desk, using)
        transaction.set_rollback(rollback=True, using=using)
        with pytest.raises(oa.JournalError, match="until the end of the 'atomic' block"):
            desk.case(name)
        with pytest.raises(oa.JournalError, match="until the end of the 'atomic' block"):
            lodge(desk, using)
    assert ([], []) == kept(desk, using)


def test_cards_wake_ups_keys_and_the_outbox_work_on_it(desk: oa.Desk) -> None:
    case = desk.open("appeal", at=RECEIVED, key="a", **OPENS)
    assert case == desk.open("appeal", at=RECEIVED, key="a", **OPENS)
    for act in (oa.Register(), kz.appeal.Accept()):
        desk.perform(case.id, act, by=CLERK, at=REGISTERED)
    (found,) = desk.find(at=REGISTERED, applicant=ASKS.id, stage="considered").found
    assert (case.id, RECEIVED) == (found.card.case, found.card.received_at)
    assert [case.id] == [outcome.case for outcome in desk.lapse_due(at=PAST)]
    assert () == tuple(desk.lapse_due(at=PAST))
    told: list[str] = []
    while relay(desk.store.outbox, lambda event: told.append(event.id)):  # type: ignore[union-attr]
        pass
    assert f"{case.id}/4" in told
    desk.perform(case.id, kz.appeal.Decide("favourable"), by=BOSS, at=PAST)
    assert desk.verify().intact


def test_each_thread_is_at_work_on_its_own_connection(desk: oa.Desk, using: str) -> None:
    """Four requests at once: nothing is lost, and the register has no gap."""
    wrong: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(5):
                while True:
                    with suppress(oa.Conflict):
                        lodge(desk, using)
                        break
        except Exception as error:  # noqa: BLE001 - told below
            wrong.append(error)
        finally:
            connections[using].close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [] == wrong
    cases, rows = kept(desk, using)
    assert (20, cases) == (len(cases), rows)
    numbers = sorted(str(case.records[-1].act.number) for case in desk.files())  # type: ignore[attr-defined]
    assert [f"ЖТ-2026-{n:08}" for n in range(1, 21)] == numbers


def test_what_another_did_first_is_a_conflict_also_when_django_commits(
    desk: oa.Desk, using: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under SERIALIZABLE PostgreSQL may say so only then; SQLite, where the file is locked."""
    wrong: Exception = psycopg.errors.SerializationFailure("could not serialize access")
    if using == "portal_sqlite":
        wrong = sqlite3.OperationalError("database is locked")
        wrong.sqlite_errorname = "SQLITE_BUSY"

    def commit() -> None:
        raise django.db.OperationalError from wrong

    with monkeypatch.context() as patched:
        patched.setattr(connections[using], "commit", commit)
        with pytest.raises(oa.Conflict, match="try the transaction again"):
            registered(desk)
    assert ([], []) == kept(desk, using)
    assert 2 == desk.case(registered(desk)).version


def test_what_the_database_cannot_do_is_an_error_of_ours(tmp_path: Path) -> None:
    places = {"nowhere": str(tmp_path / "no" / "such.db"), "empty": ":memory:"}
    for alias, name in places.items():
        of = connections.configure_settings({"default": {**MEMORY, "NAME": name}})
        connections.settings[alias] = of["default"]
    with pytest.raises(oa.JournalError, match="unable to open database file"):
        own.Store("nowhere")
    with pytest.raises(oa.JournalError, match="no table akimat_record"):
        own.Store("empty")


def test_without_zones_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "USE_TZ", False)
    own.engine.cache_clear()
    with pytest.raises(oa.JournalError, match="USE_TZ"):
        own.Store("default")


# -- the portal -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """The example, on a database in memory."""
    own.engine.cache_clear()
    with connections["default"].schema_editor() as editor:
        editor.create_model(portal.Call)
        Migration("0001", "portal").apply(ProjectState(), editor)
    yield Client()
    connections["default"].close()


def post(client: Client, path: str, body: dict[str, Any], user: str, **headers: str) -> Any:
    told = {"X-User": user, **headers}
    return client.post(path, body, content_type="application/json", headers=told)


def test_the_portal_keeps_its_row_with_the_case_once(client: Client) -> None:
    body = {"topic": "roads", "channel": "paper", "phone": "+7"}
    first, second = (
        post(client, "/cases", body, "aigerim", **{"Idempotency-Key": "a"}) for _ in range(2)
    )
    assert (201, first.json()) == (first.status_code, second.json())
    row = portal.Call.objects.get(case=first.json()["id"])
    done = post(client, f"/cases/{row.case}/register", {}, "clerk")
    assert "registered" == done.json()["stage"]


def test_what_the_portal_is_refused_is_a_problem_and_leaves_neither_row_nor_case(
    client: Client,
) -> None:
    body: dict[str, Any] = {"topic": "roads", "channel": "paper", "phone": "+7"}
    name = post(client, "/cases", body, "aigerim").json()["id"]
    before = [case.id for case in portal.desk().files()], portal.Call.objects.count()
    told = post(client, "/cases", {**body, "channel": "carrier pigeon"}, "aigerim")
    assert (400, "application/problem+json") == (told.status_code, told["Content-Type"])
    assert ["channel"] == [fault["path"] for fault in told.json()["errors"]]
    with pytest.raises(django.db.IntegrityError):  # after the case was opened
        post(client, "/cases", {**body, "phone": None}, "aigerim")
    assert before == ([case.id for case in portal.desk().files()], portal.Call.objects.count())
    refused = post(client, f"/cases/{name}/accept", {}, "aigerim")
    assert (409, "act.not-available") == (refused.status_code, refused.json()["code"])
