"""The README and the pages that show code run as they stand."""

from __future__ import annotations

import contextlib
import importlib
import io
import re
import shlex
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

import openakimat
from openakimat import kz
from openakimat.__main__ import app

ROOT = Path(__file__).parent.parent
PAGES = (
    "README.md",
    *sorted(
        page.relative_to(ROOT).as_posix()
        for page in (ROOT / "docs").rglob("*.md")
        if "```python" in page.read_text("utf-8")
    ),
)
AT_LENGTH = {
    "docs/explanation/simulation.md",
    "docs/how-to/extend.md",
    "docs/how-to/what-if.md",
}
"""Pages that try whole procedures and years: the calls they show are tested at hand on less."""
_BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)


def blocks(page: str) -> list[tuple[str, str]]:
    return _BLOCK.findall((ROOT / page).read_text("utf-8"))


@cache
def printed(page: str) -> str:
    """What the Python of a page prints, run from top to bottom as it stands."""
    code = "\n".join(text for language, text in blocks(page) if language == "python")
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(compile(code, page, "exec", dont_inherit=True), {"__name__": page})  # noqa: S102 - it is our own page
    return told.getvalue()


def said(page: str) -> list[str]:
    """What a page says is printed: its blocks of text, and the lines of code that are comments."""
    found = []
    for language, text in blocks(page):
        if language == "python":
            found += re.findall(r"^# (.*)$", text, re.MULTILINE)
        elif language == "text":
            found += text.splitlines()
    return found


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=pytest.mark.thorough if page in AT_LENGTH else ()) for page in PAGES],
)
def test_the_python_of_a_page_runs_and_prints_what_the_page_says(page: str) -> None:
    told = printed(page).splitlines()
    code = (ROOT / page).read_text("utf-8")
    assert [] == [
        line
        for line in re.findall(r"^print\(.*\)  # (.*)$", code, re.MULTILINE)
        if line not in told
    ]
    if page != "README.md" and said(page):
        assert said(page) == told


def test_whatever_a_page_calls_of_a_country_or_the_library_is_a_public_name() -> None:
    """What a procedure gives too: `shares` is there after `from openakimat import kz` alone."""
    faces = {"kz": kz, "oa": openakimat}
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    text = "\n".join(page.read_text("utf-8") for page in pages)
    named = set(re.findall(r"(?<![\w./])(kz|oa)\.(\w+)(?:\.(\w+))?", text))
    assert ("kz", "visit", "shares") in named
    for face, name, of in named:
        assert hasattr(faces[face], name), f"{face}.{name}"
        assert not of or hasattr(getattr(faces[face], name), of), f"{face}.{name}.{of}"


PROSE = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    # a decision stands as it was made, whatever became of the names since
    *(page for page in sorted((ROOT / "docs").rglob("*.md")) if page.parent.name != "adr"),
]


def is_there(name: str) -> bool:
    """Whether a dotted name is a module's, or of something in one."""
    parts = name.split(".")
    for n in range(len(parts), 0, -1):
        with contextlib.suppress(ModuleNotFoundError):
            found: object = importlib.import_module(".".join(parts[:n]))
            for part in parts[n:]:
                found = getattr(found, part, None)
            return found is not None
    return False


@pytest.mark.parametrize("page", PROSE, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_module_name_and_file_that_a_page_tells_of_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    names = set(re.findall(r"(?<![\w./])openakimat(?:\.[A-Za-z_]\w*)+", text))
    assert [] == [name for name in sorted(names) if not is_there(name)]
    files = set(re.findall(r"`((?:src|kz|report|examples|tests|docs)/[\w./-]+)`", text))
    within = (ROOT, ROOT / "src" / "openakimat")
    assert [] == [file for file in sorted(files) if not any((at / file).exists() for at in within)]


def test_the_readme_prints_what_it_says_it_prints() -> None:
    found = blocks("README.md")
    at = next(n for n, (language, _) in enumerate(found) if language == "python")
    assert found[at + 1][1].strip() == printed("README.md").strip()


def test_the_explanation_in_the_readme_is_the_one_printed() -> None:
    found = blocks("README.md")
    at = next(n for n, (_, text) in enumerate(found) if "explain --limit" in text)
    command = shlex.split(found[at][1].partition("openakimat ")[2])
    said = found[at + 1][1].rstrip().removesuffix("…").rstrip()
    assert CliRunner().invoke(app, command).output.startswith(said)


def test_the_register_of_the_readme_is_checked_with_nothing_overdue() -> None:
    line = next(text for _, text in blocks("README.md") if "openakimat check" in text)
    command = shlex.split(line.partition("openakimat ")[2])
    command[1] = str(ROOT / command[1])
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 0
    assert "Rows in 1,215 = accepted 1,215 + not judged 0 + faulty 0" in result.output
