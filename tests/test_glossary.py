"""The glossary fixes one row for each identifier, and its words are those of the law."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from openakimat import kz
from openakimat.case.act import VOCABULARY

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


def test_an_act_is_called_there_as_the_law_calls_it_and_marked_where_that_was_not_seen() -> None:
    tags: dict[str, set[str]] = {}
    for tag, act in VOCABULARY.items():
        if act.__module__.startswith("openakimat."):
            tags.setdefault(act.__name__, set()).add(tag)
    wrong = {}
    for name, row in re.findall(r"^\| `(\w+)` \| (.*) \|$", PAGE.read_text("utf-8"), re.MULTILINE):
        if len(tags.get(name, ())) == 1:
            label = kz.law().labels["act", tags[name].pop()]
            words = [label.words[code] + " †" * (code in label.unsure) for code in ("kk", "ru")]
            if row.split(" | ")[1:3] != words:
                wrong[name] = words
    assert {} == wrong
