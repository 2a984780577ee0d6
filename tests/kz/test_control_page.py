"""The page on instructions and checks runs as it stands, and prints what it says."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs/explanation/control.md"


def test_the_code_prints_what_the_comments_say() -> None:
    code = "\n".join(re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, PAGE.name, "exec"), {"__name__": PAGE.name})  # noqa: S102 - our own page
    assert re.findall(r"^# (.*)$", code, re.MULTILINE) == printed.getvalue().splitlines()
