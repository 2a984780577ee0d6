"""The figures of the house, taken of a house of four files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from tests.house import circles, figures, read_room

ABOVE = '''"""A room.

It has a docstring of three lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from {package}.below import answer

if TYPE_CHECKING:
    from {package} import (
        beside,
    )

# the reason for it
LIMIT = 15  # noqa: ERA001
"""What a name means."""
TEXT = """
# no comment
"""


@staticmethod
def told(at: beside.Other) -> int:
    """A docstring."""
    return answer() + LIMIT  # another reason
'''


@pytest.fixture
def house(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of its own name, for modules are kept by name."""
    root = tmp_path / f"house_of_{request.node.name}"
    root.mkdir()
    (root / "__init__.py").write_text(f"from {root.name}.above import LIMIT as LIMIT\n")
    (root / "above.py").write_text(ABOVE.replace("{package}", root.name))
    (root / "below.py").write_text("def answer() -> int:\n    return 42\n")
    (root / "beside.py").write_text("class Other:\n    pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    return root


def test_a_line_is_of_one_kind(house: Path) -> None:
    room = read_room(house / "above.py")
    lines = {"docstring": 6, "import": 6, "code": 8, "comment": 1, "blank": 7}
    assert Counter(lines) == room.lines
    assert 2 == room.comments


def test_a_function_is_as_long_as_its_code(house: Path) -> None:
    (function,) = read_room(house / "above.py").functions
    assert ("told", 2) == (function.name, function.size)


def test_a_circle_held_by_type_checking_is_a_circle(house: Path) -> None:
    assert set() == circles(house.name)
    above, beside = f"{house.name}.above", f"{house.name}.beside"
    (house / "beside.py").write_text(f"from {above} import told\n\nclass Other:\n    pass\n")
    assert {frozenset({above, beside})} == circles(house.name)


def test_what_misses_its_bar_says_so(house: Path) -> None:
    long = "\n".join(["def answer() -> int:", *["    print()"] * 60, "    return 42\n"])
    (house / "below.py").write_text(long)
    made = {figure.what.strip(): figure for figure in figures(house, (house.name,))}
    missed = [what for what, figure in made.items() if not figure.met]
    assert ["of the longest"] == missed
    assert "MISSED" in str(made["of the longest"])
    assert 4 == made["files"].value
    assert 1 == made[f"names of {house.name}"].value
    assert "told, above.py:26" == made["functions named by a participle"].note
