"""The engine knows no country: its rooms name none, and a tiny one is played without Kazakhstan."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from openakimat.kz.charts import PROCEDURES
from openakimat.kz.data import languages
from openakimat.kz.roles import ROLES

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "openakimat"

OF_THE_COUNTRY = (
    "kz", "register", "report", "options.py", "commands.py", "modelling.py", "__main__.py",
)  # fmt: skip
"""The country, and the rooms that may know it."""

# What is cited, and who is named, nowhere: no comment, no docstring, no doctest of the engine.
CITED = re.compile(
    r"\bAPPC\b|\bPSL\b|\bLaw (No\. )?\d|Labour Code|\bIIN\b|\bBIN\b|[Kk]azakh|\b[Aa]kim\b|adilet"
    r"|Otinish|[\u0400-\u04ff]"
)

_CODES = {chart.code for charts in PROCEDURES for chart in charts}
_WORDINGS = {chart.law for charts in PROCEDURES for chart in charts}
_TONGUES = {*languages()} - {"en"}

# What no value of the engine is; a doctest may play a procedure of the country where a neutral
# example would be worse.
VALUES = re.compile(f'"({"|".join(map(re.escape, {*ROLES, *_CODES, *_WORDINGS, *_TONGUES}))})"')

_EXAMPLE = re.compile(r'^ *>>> .*\n(?:(?! *""")(?: *\S.*)\n)*', re.MULTILINE)


# Every file of the engine, as the folders are there: a new room is covered.
ROOMS = [
    path
    for path in sorted(SOURCE.rglob("*.py"))
    if path.relative_to(SOURCE).parts[0] not in OF_THE_COUNTRY
]


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_room_of_the_engine_names_no_country(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [] == [found[0] for found in CITED.finditer(text)]
    assert [] == [found[0] for found in VALUES.finditer(_EXAMPLE.sub("", text))]


def test_the_patterns_find_what_they_are_to_find() -> None:
    for cited in ("APPC 64(1)", "Law 221, 7", "Labour Code 71", "their IIN", "АППК"):
        assert CITED.search(cited), cited
    for value in ('"registrar"', '"appeal"', '"appc-2026"', '"kk"'):
        assert VALUES.search(value), value
    doctest = '    """Told.\n\n    >>> head("registrar")\n    "kk"\n    """\n    x = "ru"\n'
    assert VALUES.findall(_EXAMPLE.sub("", doctest)) == ["ru"]


PLAY = """
import importlib, sys
import pytest
played = ["tests/tiny", "tests/test_revisions.py"]
code = pytest.main(["-q", "--import-mode=importlib", "-o", "addopts=", "-m", "not thorough", *played])
for name in sys.argv[1:]:
    importlib.import_module(name)
print(sorted(name for name in sys.modules if name.startswith("openakimat.kz")))
sys.exit(code)
"""


@pytest.mark.thorough
def test_a_tiny_country_is_played_without_kazakhstan() -> None:
    """Every test of the tiny country and of its revisions, every room of the engine, in one process."""
    names = [
        ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        for path in ROOMS
        if path.name != "__init__.py"
    ]
    run = subprocess.run(
        [sys.executable, "-c", PLAY, *names], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.splitlines()[-1] == "[]"
