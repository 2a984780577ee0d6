"""The glossary fixes one row for each identifier."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "glossary.md"


def test_no_identifier_has_two_rows_and_every_row_has_five_cells() -> None:
    rows = [
        line.strip().strip("|").split("|")
        for line in PAGE.read_text("utf-8").splitlines()
        if line.startswith("| `")
    ]
    named = Counter(name for first, *_ in rows for name in re.findall(r"`([^`]+)`", first))
    assert [] == [name for name, n in named.items() if n > 1]
    assert {5} == {len(cells) for cells in rows}
