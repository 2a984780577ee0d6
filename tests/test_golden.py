"""What others rely on does not change unseen: public names, diagrams.

Write the files anew with `uv run python tests/test_golden.py`, and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import openakimat
from openakimat import kz
from openakimat.report.procedure import draw

GOLDEN = Path(__file__).with_name("vectors")
CHARTS = {f"{e.value.code}-{e.law}": e.value for d in kz.law().procedures.values() for e in d}


def names() -> str:
    found = [f"openakimat.{name}" for name in openakimat.__all__]
    found += [f"openakimat.kz.{name}" for name in kz.__all__]
    return "\n".join(found) + "\n"


def test_the_public_names_are_those_written_down() -> None:
    assert (GOLDEN / "public_names.txt").read_text("utf-8") == names()


def test_the_public_names_are_sorted_and_there() -> None:
    for face in (openakimat, kz):
        assert len(set(face.__all__)) == len(face.__all__)
        assert all(hasattr(face, name) for name in face.__all__)


@pytest.mark.parametrize("name", CHARTS)
def test_a_procedure_is_the_one_drawn(name: str) -> None:
    assert (GOLDEN / f"{name}.md").read_text("utf-8") == draw(
        CHARTS[name], "md", law=kz.law()
    ) + "\n"


if __name__ == "__main__":
    (GOLDEN / "public_names.txt").write_text(names(), "utf-8")
    for name, chart in CHARTS.items():
        (GOLDEN / f"{name}.md").write_text(draw(chart, "md", law=kz.law()) + "\n", "utf-8")
