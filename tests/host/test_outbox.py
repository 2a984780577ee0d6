"""What a store has to tell is relayed at least once, in order per case, and what fails is kept."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from tests.host.lives import CLERK, OFFICE, OPENS, RECEIVED, REGISTERED, example

import openakimat as oa
from openakimat.adapters import memory, sql
from openakimat.desk import relay
from openakimat.ports import Event, Told

relays: Any = example("outbox", "relays")


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "memory":
        yield memory.Store()
    elif request.param == "sqlite":
        with closing(sql.Store("sqlite://")) as of:
            yield of
    else:
        yield sql.Store(request.getfixturevalue("pg_engine"))


@pytest.fixture
def cases(store: Any) -> list[str]:
    """Two appeals, each received and registered."""
    desk = oa.Desk(OFFICE, store)
    opened = [desk.open("appeal", at=RECEIVED, **OPENS).id for _ in range(2)]
    for case in opened:
        desk.perform(case, oa.Register(), by=CLERK, at=REGISTERED)
    return opened


@contextmanager
def listening(*answers: int) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
    """A server that answers so, and what it was sent."""
    came: list[tuple[str, Any]] = []
    statuses = iter(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            came.append((self.headers["Content-Type"], json.loads(body)))
            self.send_response(next(statuses, 204))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", came
        finally:
            server.shutdown()
            thread.join()


def told_all(store: Any, send: Any) -> list[Told]:
    tried: list[Told] = []
    while more := [each for each in relay(store.outbox, send) if not each.error]:
        tried += more
    return tried


def test_a_webhook_is_told_each_event_once_and_of_each_case_in_order(
    store: Any, cases: list[str]
) -> None:
    with listening() as (url, came):
        tried = told_all(store, relays.webhook(url))
    assert {"application/cloudevents+json; charset=utf-8"} == {kind for kind, _ in came}
    events = [event for _, event in came]
    assert [each.event.id for each in tried] == [event["id"] for event in events]
    for case in cases:
        own = [event for event in events if event["subject"] == case]
        assert f"{case}/1" == own[0]["id"]
        assert "openakimat.act.receive" == own[0]["type"]
        assert "openakimat.act.register" in [event["type"] for event in own]
        assert {"1.0"} == {event["specversion"] for event in own}
        assert {"appeal"} == {event["data"]["procedure"] for event in own}
    assert () == relay(store.outbox, lambda event: pytest.fail(event.id))


def test_a_webhook_that_fails_keeps_its_error_and_the_next_of_its_case_waits(
    store: Any, cases: list[str]
) -> None:
    with listening(503) as (url, came):
        failed, told = relay(store.outbox, relays.webhook(url))
        assert (cases[0], 1, "HTTPError: HTTP Error 503: Service Unavailable") == (
            failed.event.case, failed.tries, failed.error,
        )  # fmt: skip
        assert (cases[1], 1, "") == (told.event.case, told.tries, told.error)
        # What has been tried least comes first; what failed is told by the same id once more.
        again = relay(store.outbox, relays.webhook(url))
    assert [(cases[1], 1), (cases[0], 2)] == [(one.event.case, one.tries) for one in again]
    assert came[0] == came[-1]


def test_an_address_where_nobody_listens_is_an_error_that_is_kept(
    store: Any, cases: list[str]
) -> None:
    with listening() as (url, _):
        pass
    (tried,) = relay(store.outbox, relays.webhook(url, timeout=1), limit=1)
    assert cases[0] == tried.event.case
    assert tried.error.startswith("URLError: ")


def test_an_error_that_no_database_keeps_as_it_is_is_kept(store: Any, cases: list[str]) -> None:
    def send(_: Event) -> None:
        raise ValueError("a\0b\udce9")

    (tried,) = relay(store.outbox, send, limit=1)
    assert "ValueError: ab?" == tried.error
    assert cases[0] == tried.event.case


def test_a_queue_is_given_the_case_as_its_key_and_what_is_replayed_once_more(
    store: Any, cases: list[str]
) -> None:
    put: list[tuple[str, bytes]] = []
    told_all(store, relays.queue(lambda key, body: put.append((key, body))))
    assert set(cases) == {key for key, _ in put}
    first = [json.loads(body)["id"] for _, body in put]
    put.clear()
    assert len(first) == store.outbox.replay(RECEIVED)
    told_all(store, relays.queue(lambda key, body: put.append((key, body))))
    assert sorted(first) == sorted(json.loads(body)["id"] for _, body in put)


def test_it_is_replayed_since_an_instant_and_since_no_wall_clock(store: Any) -> None:
    with pytest.raises(oa.Malformed, match="since: .* names no UTC offset"):
        store.outbox.replay(RECEIVED.replace(tzinfo=None))


def test_a_target_that_fails_in_the_middle_and_one_that_ends_the_relay_undo_no_other(
    store: Any,
) -> None:
    """One of a case at a time: of four the second fails, the third ends the process; the rest stands."""
    desk = oa.Desk(OFFICE, store)
    names = [desk.open("appeal", at=RECEIVED, **OPENS).id for _ in range(4)]
    came: list[str] = []

    def send(event: Event) -> None:
        came.append(event.id)
        if event.case == names[1]:
            raise ConnectionError("no answer")
        if event.case == names[2]:
            raise SystemExit

    with pytest.raises(SystemExit):
        relay(store.outbox, send)
    assert [f"{name}/1" for name in names[:3]] == came
    with store.outbox.claim(9) as page:
        left = {each.event.id: (each.tries, each.error) for each in page}
    assert (1, "ConnectionError: no answer") == left.pop(f"{names[1]}/1")
    # What ended the relay was not answered: it is told again, and before what has failed.
    assert {f"{names[0]}/1/appeal.registration"} >= {*left} - {f"{names[2]}/1", f"{names[3]}/1"}
    assert (0, "") == left[f"{names[2]}/1"] == left[f"{names[3]}/1"]
    again = relay(store.outbox, lambda event: came.append(event.id))
    assert [names[2], names[3]] == [one.event.case for one in again if one.event.case in names[2:]]
    assert (f"{names[1]}/1", 2, "") == (again[-1].event.id, again[-1].tries, again[-1].error)


def relay_until_killed(url: str, heard: Path, n: int) -> None:
    """Tell events, each written down as it is heard; in the midst of so many the process is killed."""
    with closing(sql.Store(url)) as store, heard.open("a", buffering=1) as file:

        def send(event: Event) -> None:
            file.write(f"{event.id}\n")
            if len(heard.read_text().splitlines()) == n:
                os.kill(os.getpid(), signal.SIGKILL)

        while relay(store.outbox, send):
            pass


def test_a_relay_that_is_killed_tells_again_only_what_it_had_in_hand(
    url: str, tmp_path: Path
) -> None:
    with closing(sql.Store(url)) as store:
        desk = oa.Desk(OFFICE, store)
        for _ in range(4):
            case = desk.open("appeal", at=RECEIVED, **OPENS).id
            desk.perform(case, oa.Register(), by=CLERK, at=REGISTERED)
        at = store.tables.events.c
        with store.connected() as connection:
            events = connection.scalars(sa.select(at.id).order_by(at.position)).all()
    heard = tmp_path / "heard"
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["openakimat.testing.conformance", __name__])
    for n, code in ((3, -signal.SIGKILL), (8, -signal.SIGKILL), (0, 0)):
        process = context.Process(target=relay_until_killed, args=(url, heard, n))
        process.start()
        process.join(60)
        assert code == process.exitcode
    came = heard.read_text().splitlines()
    assert sorted([*events, came[2], came[7]]) == sorted(came)
    for case in {event.rpartition("/")[0] for event in events if event.count("/") == 2}:
        own = [event for event in events if event.startswith(f"{case}/")]
        assert own == list(dict.fromkeys(event for event in came if event.startswith(f"{case}/")))
