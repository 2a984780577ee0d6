"""A newcomer adds a step with its clock: nothing outside the folder of the procedure changes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

FOLDER = Path("src", "openakimat", "kz", "appeal")

END = ""

ACT = '''

@attrs.frozen
class Acknowledge(Act):
    """The applicant is told that the appeal has come in."""

    tag: ClassVar[str] = "acknowledge"
'''

STEP = """\
    acknowledge = step(
        Acknowledge,
        when(registered.to.itself(), once(Acknowledge)),
        by=REGISTRAR,
        source=OF_OFFICE,
    )

"""

# A window, and no duty: the cases of jurists tell every breach, and a new duty would be one of them.
CLOCK = """\
    acknowledgement = Clock(
        "appeal.acknowledgement",
        starts=Register,
        stops=(Acknowledge, Accept, acts.AskToCorrect, Redirect, Return, Terminate, Withdraw),
        window=True,
    )
"""

LIMIT = """
[limit."appeal.acknowledgement"]
names = { kk = "Жолданымның келгенін хабарлау", ru = "Уведомление о поступлении обращения", en = "Acknowledgement of the appeal" }

[[limit."appeal.acknowledgement".edition]]
law = "appc-2021"
term = "1 working day"
base = "start"
source = "order of the office"
evidence = "unconfirmed"

[[limit."appeal.acknowledgement".edition]]
law = "appc-2026"
term = "1 working day"
base = "start"
source = "order of the office"
evidence = "unconfirmed"
"""

WORD = """\
acknowledge = { kk = "келгенін хабарлау", ru = "уведомление о поступлении", en = "acknowledge" }
"""

ADDED = [
    ("acts.py", END, ACT),
    (
        "code2021.py",
        "from openakimat.kz.appeal import acts, guards\n",
        "from openakimat.kz.appeal.acts import Acknowledge\n",
    ),
    ("code2021.py", "    # -- consideration --", STEP),
    ("code2021.py", END, CLOCK),
    ("law.toml", "# -- marks of what is cited", LIMIT),
    ("law.toml", "entrust = {", WORD),
]
"""What is written by hand: in which file of the folder, before which line, and what."""


def add(path: Path, before: str, text: str) -> None:
    """Write a text into a file before a line of it, or at its end."""
    whole = path.read_text("utf-8")
    assert before == END or whole.count(before) == 1, f"{path.name}: {before!r}"
    at = whole.index(before) if before else len(whole)
    path.write_text(whole[:at] + text + whole[at:], "utf-8")


@pytest.mark.thorough
def test_a_step_with_its_clock_touches_the_folder_of_its_procedure_alone(tmp_path: Path) -> None:
    copy = tmp_path / "openakimat"
    unneeded = shutil.ignore_patterns(".*", "__pycache__", "dist", "site", "thorough")
    shutil.copytree(ROOT, copy, ignore=unneeded)
    for name, before, text in ADDED:
        add(copy / FOLDER / name, before, text)
    # the copy is imported, and not what is installed; quick, whatever lane this is asked in
    environment = {**os.environ, "PYTHONPATH": str(copy / "src"), "HYPOTHESIS_PROFILE": "quick"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    # Simulated offices ask of no chart but what the other tests ask of all.
    command.append("--ignore=tests/simulate")
    ran = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-10_000:]
