"""The README and the pages that show code run as they stand."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from openakimat.__main__ import app

ROOT = Path(__file__).parent.parent
PAGES = (
    "README.md",
    "docs/tutorial/index.md",
    *sorted(
        f"docs/how-to/{page.name}"
        for page in (ROOT / "docs/how-to").glob("*.md")
        if "```python" in page.read_text("utf-8")
    ),
)
_BLOCK = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)


def blocks(page: str) -> list[tuple[str, str]]:
    return _BLOCK.findall((ROOT / page).read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_the_python_of_a_page_runs_from_top_to_bottom(page: str) -> None:
    code = "\n".join(text for language, text in blocks(page) if language == "python")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, page, "exec"), {"__name__": page})  # noqa: S102 - it is our own page
    for line in re.findall(
        r"# (received|2026-04-14|deemed_refused|intact: .*)$", code, re.MULTILINE
    ):
        assert line in printed.getvalue()


def test_the_readme_prints_what_it_says_it_prints() -> None:
    found = blocks("README.md")
    at = next(n for n, (language, _) in enumerate(found) if language == "python")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(found[at][1], "README.md", "exec"), {})  # noqa: S102 - it is our own page
    assert found[at + 1][1].strip() == printed.getvalue().strip()


@pytest.mark.parametrize(
    "page",
    [
        page
        for page in PAGES
        if "```text" in (ROOT / page).read_text("utf-8") and "words" not in page
    ],
)
def test_a_page_prints_what_it_says_it_prints(page: str) -> None:
    """Its blocks of text, one after another, are the whole of what its code prints."""
    found = blocks(page)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = "\n".join(text for language, text in found if language == "python")
        exec(compile(code, page, "exec"), {"__name__": page})  # noqa: S102 - it is our own page
    assert "".join(text for language, text in found if language == "text") == printed.getvalue()


def test_the_refusal_on_the_page_of_words_is_the_one_told() -> None:
    found = blocks("docs/how-to/words.md")
    code = "\n".join(text for language, text in found if language == "python")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "words.md", "exec"), {})  # noqa: S102 - it is our own page
    said = [text.strip() for language, text in found if language == "text"]
    said += re.findall(r"^# (.*)$", code, re.MULTILINE)
    assert [] == [text for text in said if text not in printed.getvalue()]


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
    assert "Rows in 1,215 = accepted 1,215 + refused 0 + faulty 0" in result.output
