"""What others rely on does not change unseen: public names, a page and a picture of a procedure.

Write page and picture anew with `uv run python -m tests.test_golden`, and read the difference. The
picture changes with graphlay too.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import attrs
import pytest
from docs.rooms import SOURCE, list_inside, name_of, write_reference

import openakimat
from openakimat import kz
from openakimat.case.act import VOCABULARY
from openakimat.kz.data import FOLDERS
from openakimat.report.pages import pages

GOLDEN = Path(__file__).with_name("vectors")
PAGES = ("simplified-l221.md", "simplified-l221.svg")
SIMPLIFIED = attrs.evolve(kz.law(), procedures={"simplified": kz.law().procedures["simplified"]})


FACES = (openakimat, kz)


def public(face: ModuleType) -> list[str]:
    """What a face gives, but for the rooms behind it."""
    named = vars(face).items()
    return [key for key, one in named if key[0] != "_" and not isinstance(one, ModuleType)]


def test_a_star_import_takes_the_face_and_no_rooms_behind_it() -> None:
    assert set(public(openakimat)) == set(openakimat.__all__)
    assert {*public(kz), *FOLDERS} == set(kz.__all__)


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.__name__)
def test_a_face_is_small(face: ModuleType) -> None:
    assert 30 < len(public(face)) < 66


@pytest.mark.thorough
def test_every_act_that_somebody_performs_in_a_chart_is_found_in_a_procedure() -> None:
    """Not of the quick lane: whoever tries an act out publishes it when it is to stay."""
    tables = [edition.value for dated in kz.law().procedures.values() for edition in dated]
    acts = {act for table in tables for stage in table.stages for act, _ in table.allowed(stage)}
    kinds = {VOCABULARY[tag] for tag in acts | {table.opening.act for table in tables}}
    homes = [getattr(kz, name) for name in vars(kz) if isinstance(getattr(kz, name), ModuleType)]
    given = {id(one) for home in homes for one in vars(home).values()}
    assert [] == [kind for kind in kinds if id(kind) not in given]


def test_the_reference_has_every_module_that_is_public_and_so_that_of_every_public_name() -> None:
    """Nobody lists them: a module is told of because it stands in a room."""
    files = [*SOURCE.rglob("*.py")]
    modules = {name_of(file) for file in files if file.name[0] != "_"}
    # a small procedure is told on one page: that of its folder
    folders = [file.parent for file in files if file.name == "__init__.py"]
    modules |= {name_of(one) for one in folders if not list_inside(one)}
    listed = [
        line.removeprefix("::: ")
        for page in write_reference().values()
        for line in page.splitlines()
        if line[:1] == ":"
    ]
    assert sorted(modules) == sorted(listed)
    found = [getattr(face, name) for face in FACES for name in public(face)]
    assert {one.__module__ for one in found if callable(one)} <= modules


@pytest.mark.parametrize("name", PAGES)
def test_a_page_and_a_picture_are_as_they_were(name: str) -> None:
    assert (GOLDEN / name).read_text("utf-8") == pages(SIMPLIFIED)[f"procedures/{name}"]


if __name__ == "__main__":
    for name in PAGES:
        (GOLDEN / name).write_text(pages(SIMPLIFIED)[f"procedures/{name}"], "utf-8")
