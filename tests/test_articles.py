"""Every row of the source articles has an entry, and what the entry names is there."""

from __future__ import annotations

import ast
import importlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import openakimat
from openakimat import kz
from openakimat.case.act import VOCABULARY, Branch

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "articles.md"
ROWS = [
    f"{article}.{n}"
    for article, rows in {"S0": 5, "S1": 4, "S2": 5, "S3": 3, "S4": 5}.items()
    for n in range(1, rows + 1)
]
"""What the five articles tell, a row for each thing."""


@cache
def entries() -> dict[str, list[str]]:
    """The cells of each entry after its row."""
    lines = PAGE.read_text("utf-8").splitlines()
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rows = [cells for cells in told if re.fullmatch(r"S\d\.\d+", cells[0])]
    assert len({cells[0] for cells in rows}) == len(rows)
    return {cells[0]: cells[1:] for cells in rows}


def named(row: str, cell: int) -> list[str]:
    """What stands in code in a cell of an entry, with nothing else beside it."""
    text = entries()[row][cell]
    found = re.findall(r"`([^`]+)`", text)
    assert text == ", ".join(f"`{one}`" for one in found)
    assert found
    return found


def reached(dotted: str) -> Any:
    """What a dotted name of the library stands for."""
    first, *rest = dotted.split(".")
    at: Any = {"kz": kz, "openakimat": openakimat}[first]
    for name in rest:
        at = (
            getattr(at, name)
            if hasattr(at, name)
            else importlib.import_module(f"{at.__name__}.{name}")
        )
    return at


@cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_row_has_an_entry_and_no_entry_is_of_no_row() -> None:
    assert list(entries()) == ROWS


@pytest.mark.parametrize("row", ROWS)
def test_an_entry_tells_its_row_in_words(row: str) -> None:
    told, *others = entries()[row]
    assert len(told) > 30
    assert 3 == len(others)


@pytest.mark.parametrize("row", ROWS)
def test_what_serves_a_row_is_in_the_library(row: str) -> None:
    for one in named(row, 1):
        if "." in one:
            assert callable(reached(one))
        else:
            assert one in kz.law().procedures


@pytest.mark.parametrize("row", ROWS)
def test_the_tests_of_a_row_are_there(row: str) -> None:
    for one in named(row, 2):
        path, _, name = one.partition("::")
        assert name in functions_of(path)


@pytest.mark.parametrize("row", ROWS)
def test_the_examples_of_a_row_are_there(row: str) -> None:
    for one in named(row, 3):
        assert (ROOT / one).exists(), f"{one}, which {row} names, is not there"


def test_every_procedure_serves_some_row() -> None:
    found = {one for row in ROWS for one in named(row, 1) if "." not in one}
    assert set(kz.law().procedures) == found


def test_every_story_of_the_articles_is_named_on_the_page() -> None:
    path = "tests/kz/test_articles.py"
    stories = {name for name in functions_of(path) if name.startswith("test_")}
    said = {one for row in ROWS for one in named(row, 2)}
    assert {f"{path}::{name}" for name in stories} <= said


def test_the_map_tells_the_charts_and_wordings_of_the_law() -> None:
    told = (ROOT / "docs" / "explanation" / "procedures.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| `(kz\.\w+)` \| ([^|]+) \|", told, re.MULTILINE)
    assert {code: [e.law for e in dated] for code, dated in kz.law().procedures.items()} == {
        code: re.findall(r"`([^`]+)`", wordings) for code, _, wordings in rows
    }
    assert [] == [chart for code, chart, _ in rows if reached(chart).code != code]
    ours = [act for act in VOCABULARY.values() if act.__module__.startswith("openakimat.kz.")]
    opening = [act.__name__ for act in ours if issubclass(act, Branch)]
    assert [] == [name for name in opening if f"`{name}`" not in told]


@pytest.mark.parametrize("page", ["README.md", "docs/explanation/procedures.md"])
def test_a_page_that_lists_the_procedures_lists_them_all(page: str) -> None:
    lines = (ROOT / page).read_text("utf-8").splitlines()
    listed = [found[1] for line in lines if (found := re.match(r"\| `([a-z-]+)` \|", line))]
    assert list(kz.law().procedures) == list(dict.fromkeys(listed))
