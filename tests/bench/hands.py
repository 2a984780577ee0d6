"""Lives of four acts on a database, in a process of its own: by a desk, and by hand with the driver.

By hand an act is one read of the case's records, and one transaction of number, record, card and
event: what a desk keeps, without asking any law. `bare` is one row inserted and committed an act.

    python -m tests.bench.hands WAY URL LIVES     prints {"acts": …, "seconds": …}
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing
from datetime import datetime, timedelta
from typing import Any

AT = datetime.fromisoformat("2026-03-18T10:00+05:00")
ACT = {"is": "receive", "v": 1, "kind": "application", "topic": "lights", "channel": "paper"}

TABLES = (
    """CREATE TABLE hand_record (position {serial}, case_id text NOT NULL, no int NOT NULL,
    body {bytes} NOT NULL, seal {bytes} NOT NULL{tx}, UNIQUE (case_id, no))""",
    """CREATE TABLE hand_card (case_id text PRIMARY KEY, office text, stage text, due text,
    wake text, topic text, no int)""",
    "CREATE INDEX hand_due ON hand_card (office, due)",
    "CREATE INDEX hand_wake ON hand_card (wake)",
    "CREATE TABLE hand_event (position {serial}, case_id text, no int, body text)",
    "CREATE TABLE hand_series (series text PRIMARY KEY, last bigint NOT NULL)",
    "INSERT INTO hand_series VALUES ('office-2026', 0)",
)
READ = "SELECT no, body, seal FROM hand_record WHERE case_id = {case} ORDER BY no"
NUMBER = "UPDATE hand_series SET last = last + 1 WHERE series = 'office-2026' RETURNING last"
ROW = "INSERT INTO hand_record (case_id, no, body, seal) VALUES ({case}, {no}, {body}, {seal})"
CARD = """INSERT INTO hand_card VALUES ({case}, 'office', 'considered', '2026-04-14', '2026-04-14', 'lights', {no})
ON CONFLICT (case_id) DO UPDATE SET stage = excluded.stage, due = excluded.due, wake = excluded.wake, no = excluded.no"""
TOLD = "INSERT INTO hand_event (case_id, no, body) VALUES ({case}, {no}, '{{}}')"
AT_ONCE = f"""WITH kept AS ({ROW} ON CONFLICT DO NOTHING RETURNING no), carded AS (
{CARD.replace("VALUES (", "SELECT ").replace(", {no})", ", no FROM kept")}){{told}} SELECT count(*) FROM kept"""
TOLD_AT_ONCE = (
    ", told AS (INSERT INTO hand_event (case_id, no, body) SELECT {case}, no, '{{}}' FROM kept)"
)

Life = Callable[[str], None]


def main(way: str, url: str, lives: int) -> None:
    """Wait for a line, live so many lives, tell how long they took."""
    with _begun(way, url) as live:
        for n in range(5):
            live(f"{os.getpid()}-before-{n}")
        print("ready", flush=True)
        sys.stdin.readline()
        start = time.perf_counter()
        for n in range(lives):
            live(f"{os.getpid()}-{n}")
        print(json.dumps({"acts": 4 * lives, "seconds": time.perf_counter() - start}), flush=True)


def _begun(way: str, url: str) -> AbstractContextManager[Life]:
    begin: Any = _Desk if way == "desk" else _Postgres if url.startswith("postgres") else _SQLite
    begun: AbstractContextManager[Life] = begin(url, bare=way == "bare")
    return begun


class _Desk:
    """A desk on a store: cards, events and all."""

    def __init__(self, url: str, *, bare: bool) -> None:
        from openakimat import kz
        from openakimat.adapters import sql
        from openakimat.case.acts import Register
        from openakimat.case.people import Official
        from openakimat.desk import Desk
        from openakimat.kz.acts import Accept, Assign
        from openakimat.kz.roles import HEAD, REGISTRAR

        assert not bare
        self._store = sql.Store(url)
        self._desk = Desk(kz.office("khromtau"), self._store, secret=b"a key of the host's")
        self._open = kz.Appeal, kz.Applicant("Aigerim")
        clerk, head = Official("clerk", {REGISTRAR}), Official("head", {HEAD})
        self._acts = ((Register(), clerk), (Accept(), clerk), (Assign("executor"), head))

    def __enter__(self) -> Life:
        return self._live

    def __exit__(self, *_: object) -> None:
        self._store.close()

    def _live(self, name: str) -> None:
        chart, who = self._open
        case = self._desk.open(chart, at=AT, by=who, channel="paper", topic="lights", id=name).id
        for n, (act, by) in enumerate(self._acts, 1):
            self._desk.perform(case, act, by=by, at=AT + timedelta(hours=n))


class _Hand:
    """The same reads and writes by a driver."""

    places: Mapping[str, str]
    """How the driver writes the place of a value."""

    def __init__(self, url: str, *, bare: bool) -> None:
        self._bare = bare
        self._url = url

    def __enter__(self) -> Life:
        return self._live

    def _live(self, case: str) -> None:
        before = bytes(32)
        for no in range(1, 5):
            if self._bare:
                body, seal = _sealed(case, no, None, before)
                self.keep_bare({"case": case, "no": no, "body": body, "seal": seal})
            else:
                before = self.act(case, no, before)

    def keep_bare(self, values: Mapping[str, Any]) -> None:
        raise NotImplementedError

    def act(self, case: str, no: int, before: bytes) -> bytes:
        raise NotImplementedError


class _SQLite(_Hand):
    def __enter__(self) -> Life:
        self._link = connect_sqlite(self._url)
        return super().__enter__()

    def __exit__(self, *_: object) -> None:
        self._link.close()

    def keep_bare(self, values: Mapping[str, Any]) -> None:
        self._link.execute("BEGIN IMMEDIATE")
        self._link.execute(ROW.format_map(_COLONS), values)
        self._link.execute("COMMIT")

    def act(self, case: str, no: int, before: bytes) -> bytes:
        run = self._link.execute
        run("BEGIN IMMEDIATE")
        rows = run(READ.format_map(_COLONS), {"case": case}).fetchall()
        number = run(NUMBER).fetchone()[0] if no == 2 else None
        body, seal = _sealed(case, no, number, rows[-1][2] if rows else before)
        values = {"case": case, "no": no, "body": body, "seal": seal}
        run(ROW.format_map(_COLONS), values)
        run(CARD.format_map(_COLONS), values)
        if no > 2:
            run(TOLD.format_map(_COLONS), values)
        run("COMMIT")
        return seal


class _Postgres(_Hand):
    def __enter__(self) -> Life:
        import psycopg

        self._link = psycopg.connect(self._url)
        self._cursor = self._link.cursor()
        return super().__enter__()

    def __exit__(self, *_: object) -> None:
        self._link.close()

    def keep_bare(self, values: Mapping[str, Any]) -> None:
        self._cursor.execute(ROW.format_map(_PERCENTS), values)
        self._link.commit()

    def act(self, case: str, no: int, before: bytes) -> bytes:
        run = self._cursor.execute
        rows = run(READ.format_map(_PERCENTS), {"case": case}).fetchall()
        (number,) = run(NUMBER).fetchone() or (None,) if no == 2 else (None,)
        body, seal = _sealed(case, no, number, rows[-1][2] if rows else before)
        told = TOLD_AT_ONCE.format_map(_PERCENTS) if no > 2 else ""
        run(AT_ONCE.format_map({**_PERCENTS, "told": told}), _values(case, no, body, seal))
        kept = self._cursor.fetchone()
        assert kept == (1,)
        self._link.commit()
        return seal


_COLONS = {name: f":{name}" for name in ("case", "no", "body", "seal")}
_PERCENTS = {name: f"%({name})s" for name in _COLONS}


def _values(case: str, no: int, body: bytes, seal: bytes) -> dict[str, Any]:
    return {"case": case, "no": no, "body": body, "seal": seal}


def connect_sqlite(url: str) -> sqlite3.Connection:
    """A file written ahead and synced in full, as the library's is."""
    link = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, timeout=30)
    link.execute("PRAGMA journal_mode=WAL")
    link.execute("PRAGMA synchronous=FULL")
    return link


def make_tables(url: str) -> None:
    """The tables of what is kept by hand."""
    if url.startswith("sqlite"):
        kinds = {"serial": "integer PRIMARY KEY AUTOINCREMENT", "bytes": "blob", "tx": ""}
        with closing(connect_sqlite(url)) as link:
            for text in TABLES:
                link.execute(text.format_map(kinds))
        return
    import psycopg

    serial = "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    tx = ", tx xid8 NOT NULL DEFAULT pg_current_xact_id()"
    with psycopg.connect(url, autocommit=True) as host:
        for text in TABLES:
            host.execute(text.format_map({"serial": serial, "bytes": "bytea", "tx": tx}))


def _sealed(case: str, no: int, number: int | None, before: bytes) -> tuple[bytes, bytes]:
    """A record as JSON, and its seal over the one before."""
    told = {
        "act": ACT,
        "at": AT.isoformat(),
        "by": "clerk",
        "case": case,
        "no": no,
        "number": number,
    }
    told |= {"office": "office", "prev": before.hex(), "role": "registrar", "stage": "registered"}
    body = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return body, hashlib.sha256(b"\0" + body).digest()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
