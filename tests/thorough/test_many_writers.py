"""Eight processes at work on one store: nothing lost, doubled or forked, and numbers without a gap.

`AKIMAT_ACTS=10000` does as many acts on different cases, and a twentieth of them on one.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.thorough.test_killed_writers import (
    N_WRITERS,
    acknowledged,
    assert_kept,
    fresh,
    started,
)
from tests.thorough.writers import desk_at

from openakimat.adapters import sql

N_ACTS = int(os.environ.get("AKIMAT_ACTS", "640"))
PATIENCE = max(120, N_ACTS / 5)
"""Seconds after which whoever is not done is stuck."""

pytestmark = pytest.mark.thorough

__all__ = ["fresh"]


class Follower(threading.Thread):
    """A reader that goes on from where it was, while others write."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.journal, self.heard, self.over = sql.Journal(url), list[tuple[str, int]](), False
        self._position: int | None = None

    def run(self) -> None:
        while not self.over:
            self.hear()
            time.sleep(0.01)
        self.hear()
        self.journal.close()

    def hear(self) -> None:
        for position, row in self.journal.since(self._position):
            self._position = position
            self.heard.append((row.case, row.no))


@pytest.mark.parametrize(
    ("where", "n"),
    [("lives", N_ACTS // 4 // N_WRITERS), ("one", max(40, N_ACTS // 20) // N_WRITERS)],
    ids=["many", "one"],
)
def test_eight_processes_lose_and_double_nothing(
    fresh: Callable[[int], str],
    where: str,
    n: int,
    tmp_path: Path,
) -> None:
    url = fresh(0)
    follower = Follower(url)
    follower.start()
    begun = time.monotonic()
    writers = started(url, where, n, tmp_path / "acks")
    for writer in writers:
        writer.join(timeout=PATIENCE)
    took = time.monotonic() - begun
    follower.over = True
    follower.join()
    assert [0] * N_WRITERS == [writer.exitcode for writer in writers]
    acks = acknowledged(tmp_path / "acks")
    assert n * N_WRITERS * (4 if where == "lives" else 1) <= len(acks)
    with desk_at(url) as desk:
        assert_kept(desk, acks)
        rows = [(row.case, row.no) for _, row in desk.journal.since()]
    # Whatever order they committed in: nothing is missed, and of each case all in order.
    assert rows == follower.heard
    assert len(rows) == len(acks) == len(set(rows))
    print(f"{len(acks)} acts on {where} by {N_WRITERS} processes: {len(acks) / took:,.0f} a second")
