"""Imports in fresh processes: of the library, of the law and an office, and of what both stand on."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from statistics import median

from tests.bench.race import Figure, seconds

PEERS: tuple[str, ...] = ()
ROUNDS = 11
FLOOR = "import attrs, cattrs, statemachine"
OURS = "import openakimat"
OFFICE = "from openakimat import kz; kz.office()"
TIMED = "import time; start = time.process_time(); {}; print(time.process_time() - start)"


def figures() -> Iterator[Figure]:
    """How many times the floor: the import of the packages that we are built on."""
    spent: dict[str, list[float]] = {FLOOR: [], OURS: [], OFFICE: []}
    with tempfile.TemporaryDirectory() as compiled:
        for command in spent:
            _seconds_of(command, compiled)
        for _ in range(ROUNDS):
            for command, found in spent.items():
                found.append(_seconds_of(command, compiled))
    floor, *ours = (median(found) for found in spent.values())
    for command, took, bar in zip((OURS, OFFICE), ours, (2, 6), strict=True):
        yield Figure(
            command,
            took / floor,
            bar=bar,
            at_most=True,
            ours=seconds(took),
            peer=FLOOR,
            theirs=seconds(floor),
        )


def _seconds_of(command: str, compiled: str) -> float:
    """Processor time of a command in a process of its own, whose bytecode lies in a folder."""
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    ran = subprocess.run(
        [sys.executable, "-c", TIMED.format(command)],
        env={**environment, "PYTHONPYCACHEPREFIX": compiled},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(ran.stdout)
