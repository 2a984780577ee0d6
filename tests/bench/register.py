"""A register judged and sealed, beside what its file and its records cost by themselves.

The peer reads the same CSV and writes and hashes the same records, once, by the standard library: it
judges nothing, counts nothing and hides nobody.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.check import AT, write_register
from tests.bench.race import Figure, race, seconds

from openakimat import kz, register
from openakimat.register.judging import Task, check_rows
from openakimat.register.result import Checked
from openakimat.trail.canonical import Plain, parse

PEERS: tuple[str, ...] = ()

N, MANY = 1_000, 100_000

OFFICE = kz.office("astana")


def figures() -> Iterator[Figure]:
    """The cost of a row on one core, the gain of a second, and the bytes that a row leaves."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        write_register(path, N)
        records = _records(path)

        def judged() -> int:
            return register.check(register.rows(path), kz.KINDS, OFFICE, at=AT, workers=1).n_rows

        def written() -> int:
            return _write(path, records)

        ours, theirs = race(judged, written)
        yield Figure(
            "a row judged and sealed (stretch: 4)",
            ours / theirs,
            bar=6,
            at_most=True,
            ours=seconds(ours),
            peer="csv, json and sha256",
            theirs=seconds(theirs),
        )
        write_register(path, MANY)
        one, peak = _alone(path, 1)
        yield Figure(f"{MANY:,} rows: bytes a row", peak / MANY, " B", ours=f"{one:.1f} s")
        yield Figure(f"{MANY:,} rows: peak memory", peak / 2**20, " MB", bar=300, at_most=True)
        # Other work on the machine would be told as our own slowness.
        if (os.cpu_count() or 1) > 1:
            two, _ = _alone(path, 2)
            yield Figure("two workers against one", one / two, bar=1.7, ours=f"{two:.1f} s")


def _records(path: Path) -> list[Sequence[Plain]]:
    """What is sealed of each row, as plain data."""
    judged = check_rows(register.rows(path), Task(kz.KINDS, OFFICE, AT))
    return [
        [parse(row.body) for row in one.sealed] for _, one in judged if isinstance(one, Checked)
    ]


def _write(path: Path, records: Sequence[Sequence[Plain]]) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        for _, of_row in zip(csv.DictReader(file), records, strict=True):
            for plain in of_row:
                body = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                hashlib.sha256(b"\0" + body.encode()).digest()
    return len(records)


def _alone(path: Path, workers: int) -> tuple[float, int]:
    """Seconds, and bytes at the peak, of a check in a process of its own."""
    start = time.perf_counter()
    if (child := os.fork()) == 0:
        register.check(register.rows(path), kz.KINDS, OFFICE, at=AT, workers=workers)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        os._exit(0 if peak else 1)
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"check of {path} by {workers}: it failed")
    return time.perf_counter() - start, used.ru_maxrss * 1024
