"""A register of a hundred thousand rows, checked by the command line."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from tests.bench.race import Figure

from openakimat.__main__ import SOMETHING_OVERDUE

PEERS = ("typer",)
MANY, FEW = 100_000, 25_000
AT = datetime.fromisoformat("2026-11-01T00:00+05:00")
COLUMNS = (
    "number",
    "kind",
    "received_at",
    "registered_at",
    "answered_at",
    "outcome",
    "channel",
    "topic",
)
TOPICS = (
    "street lighting",
    "land",
    "greening",
    "housing and utilities",
    "employment",
    "social questions",
)


def figures() -> Iterator[Figure]:
    """Rows a second, and how memory grows with the rows."""
    peaks = {}
    with tempfile.TemporaryDirectory() as folder:
        for n in (FEW, MANY):
            path = Path(folder) / f"{n}.csv"
            write_register(path, n)
            took, peaks[n] = _checked(path)
            yield Figure(
                f"{n:,} rows checked and sealed", n / took, " rows/s", ours=f"{took:.1f} s"
            )
            yield Figure(f"{n:,} rows: peak memory", peaks[n] / 2**20, " MB")
    yield Figure("memory of 4 times the rows", peaks[MANY] / peaks[FEW], bar=4.5, at_most=True)


def write_register(path: Path, n: int) -> None:
    """Write a register of n rows: five years of appeals, most answered within their term."""
    rng = random.Random(n)  # noqa: S311 - a made-up register, no secret
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for no in range(1, n + 1):
            received = AT - timedelta(minutes=rng.randrange(5 * 365 * 24 * 60))
            registered = received + timedelta(minutes=rng.randrange(24 * 60))
            answered = registered + timedelta(hours=rng.randrange(24, 24 * 24))
            known = [
                f"{at:%Y-%m-%d %H:%M}" if at < AT else "" for at in (received, registered, answered)
            ]
            kind, outcome = (
                rng.choice(("application", "application", "inquiry", "notification")),
                "",
            )
            if known[2]:
                outcome = "favourable" if kind == "application" else "explained"
            rows.writerow(
                (
                    f"ЖТ-{received:%Y}-{no:08}",
                    kind,
                    *known,
                    outcome,
                    rng.choice(("egov", "paper")),
                    rng.choice(TOPICS),
                )
            )


def _checked(path: Path) -> tuple[float, int]:
    """Seconds and bytes at the peak that one check takes."""
    command = [sys.executable, "-m", "openakimat", "check", str(path), "--at", AT.isoformat()]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, SOMETHING_OVERDUE):
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    return took, used.ru_maxrss * 1024
