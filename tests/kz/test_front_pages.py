"""The pages on visits and receptions run as they stand, and print what they say."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs" / "explanation"


@pytest.mark.parametrize("page", ["visit.md", "reception.md"])
def test_the_example_of_a_page_prints_what_stands_beside_it(page: str) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (PAGES / page).read_text("utf-8"), re.DOTALL)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, page, "exec"), {})  # noqa: S102 - it is our own page
    assert re.findall(r"^# (.*)$", code, re.MULTILINE) == printed.getvalue().splitlines()
