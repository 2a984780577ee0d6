"""What others rely on does not change unseen: public names, the pages of the procedures.

Write the names anew with `uv run python tests/test_golden.py`, and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import openakimat
from openakimat import kz
from openakimat.case.act import VOCABULARY
from openakimat.report.pages import pages, stale

GOLDEN = Path(__file__).with_name("vectors")
REFERENCE = Path(__file__).parents[1] / "docs" / "reference"


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


def test_every_act_that_somebody_performs_in_a_chart_is_a_public_name() -> None:
    tables = [edition.value for dated in kz.law().procedures.values() for edition in dated]
    acts = {act for table in tables for stage in table.stages for act, _ in table.allowed(stage)}
    kinds = {VOCABULARY[tag] for tag in acts | {table.opening.act.tag for table in tables}}
    public = {(name, id(getattr(face, name))) for face in (openakimat, kz) for name in face.__all__}
    assert [] == [kind for kind in kinds if (kind.__name__, id(kind)) not in public]


def test_the_reference_has_the_module_of_every_public_name() -> None:
    pages = "\n".join(page.read_text("utf-8") for page in REFERENCE.glob("*.md"))
    told = {line.removeprefix("::: ") for line in pages.splitlines()}
    found = [getattr(face, name) for face in (openakimat, kz) for name in face.__all__]
    assert {one.__module__ for one in found if callable(one)} <= told


def test_the_pages_of_the_procedures_are_those_of_the_law() -> None:
    """Write them anew with `uv run openakimat draw all --out docs/reference/`."""
    assert [] == stale(REFERENCE, pages(kz.law()))


if __name__ == "__main__":
    (GOLDEN / "public_names.txt").write_text(names(), "utf-8")
