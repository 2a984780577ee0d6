"""The pages of the procedures: what they show, in three languages."""

from __future__ import annotations

import re
from importlib import import_module
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import ClassVar
from xml.etree import ElementTree as ET

import attrs
import pytest

from openakimat import Act, Malformed, kz, step
from openakimat.case.act import VOCABULARY
from openakimat.chart.table import Table
from openakimat.kz.roles import HEAD
from openakimat.law.law import Label
from openakimat.law.words import Words
from openakimat.report.draw import draw, graph
from openakimat.report.layout import arrange
from openakimat.report.pages import pages, write
from openakimat.report.wordlist import word_page

LANGUAGES = tuple(kz.law().languages)

TABLES = [edition.value for dated in kz.law().procedures.values() for edition in dated]
SHORT = attrs.evolve(kz.law(), procedures={"appeal": kz.law().procedures["appeal"]})
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda one: f"{one.procedure}-{one.law}")
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\]\(([^)]+)\)")


def test_every_procedure_has_a_page_and_a_picture_in_each_language_and_every_link_leads_to_one() -> (
    None
):
    told = pages(kz.law())
    assert len(told) == len(LANGUAGES) * (1 + 2 * len(TABLES))
    linked = {
        f"procedures/{name}"
        for path, text in told.items()
        if path.endswith(".md")
        for name in _LINK.findall(text)
    }
    assert set(told) == linked


@pytest.mark.parametrize("language", LANGUAGES)
@each_table
def test_a_chart_is_drawn_in_the_words_of_the_language(table: Table, language: str) -> None:
    words = Words(kz.law(), language)
    picture = ET.fromstring(draw(table, "svg", law=kz.law(), language=language))  # noqa: S314 - our own text
    shown = " ".join(text.text or "" for text in picture.iter("{http://www.w3.org/2000/svg}text"))
    mermaid = draw(table, "mermaid", law=kz.law(), language=language)
    tables = draw(table, "md", law=kz.law(), language=language)
    for stage in table.stages:
        assert f'state "{words("stage", stage)}" as {stage}' in mermaid
        assert words("stage", stage).split()[0] in shown
    for way in table.rows.values():
        for row in way:
            assert f"{words('act', row.act)} `{row.act}`" in tables
            assert words("act", row.act).split()[-1] in shown
            assert words.source(row.source) in tables
    for clock in table.clocks.values():
        assert f"{words('limit', clock.limit)} `{clock.limit}`" in tables


@pytest.mark.parametrize("language", LANGUAGES)
@each_table
def test_no_line_of_a_chart_runs_through_a_box_and_no_box_over_another(
    table: Table, language: str
) -> None:
    picture = arrange(*graph(table, Words(kz.law(), language)))
    boxes = [  # less a hair: lines end on borders
        (x - wide, y - high, x + wide, y + high)
        for box in (*picture.boxes.values(), *(way.chip for way in picture.ways))
        for (x, y), wide, high in ((box.middle, box.width / 2 - 0.1, box.height / 2 - 0.1),)
    ]
    lines = [line for way in picture.ways for line in way.lines]
    pieces = [
        (min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
        for line in (*lines, *picture.starts)
        for (x, y), (to_x, to_y) in pairwise(line)
    ]
    assert [] == [pair for pair in combinations(boxes, 2) if _meet(*pair)]
    assert [] == [pair for pair in product(boxes, pieces) if _meet(*pair)]


def _meet(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    """Whether two rectangles have more in common than their borders."""
    return all(
        max(one[low], two[low]) < min(one[high], two[high]) or one[low] < two[low] < one[high]
        for low, high in ((0, 2), (1, 3))
    )


@each_table
def test_each_ground_stands_once_beside_the_field_of_the_act_it_belongs_to(table: Table) -> None:
    drawn = draw(table, "md", law=kz.law(), language="en")
    _, _, rest = drawn.partition("## Grounds\n\n")
    rows = [line.split(" | ") for line in rest.partition("\n\n")[0].splitlines()[2:]]
    named = [tuple(_CODE.findall("|".join(row[:3]))) for row in rows]
    assert len(named) == len(set(named))
    for act, field, _ in named:
        assert field in {one.name for one in attrs.fields(VOCABULARY[act])}


def test_a_reason_not_to_hear_is_no_ground_of_refusal() -> None:
    drawn = draw(kz.law().procedures["request"].editions[-1].value, "md", law=kz.law())
    for line in drawn.splitlines():
        if "`short-term`" in line:
            assert "| refuse the service `refuse-service` | why nobody is heard `unheard` |" in line
    assert 2 == drawn.count("`court-ban`")


@each_table
def test_a_page_names_the_class_of_each_act_that_somebody_performs(table: Table) -> None:
    told = draw(table, "md", law=kz.law())
    rows = re.findall(r"^\| [^|]+ `([\w-]+)` \| `([\w.]+)` \|$", told, re.MULTILINE)
    acts = {act for stage in table.stages for act, _ in table.allowed(stage)}
    assert sorted({table.opening.act, *acts}) == sorted(tag for tag, _ in rows)
    for tag, name in rows:
        module, _, kind = name.rpartition(".")
        assert getattr(import_module(module), kind).tag == tag


def test_an_act_of_a_host_is_named_by_its_module() -> None:
    class Wave(Act):
        """Somebody waves."""

        tag: ClassVar[str] = "wave-on-a-page"

    class Waved(kz.appeal.Appeal2026):
        wave = step(Wave, kz.appeal.Appeal2026.considered.to.itself(), by=HEAD, source="order, 1")

    assert f"`{Wave.__module__}.{Wave.__qualname__}` |" in draw(Waved.table, "md", law=kz.law())


def test_the_same_law_always_gives_the_same_pages() -> None:
    assert pages(SHORT) == pages(SHORT)


def test_pages_are_written_anew_and_nothing_else_in_the_folder_is_touched(tmp_path: Path) -> None:
    (tmp_path / "procedures").mkdir()
    (tmp_path / "procedures" / "index.md").write_text("Something else")
    (tmp_path / "notes.md").write_text("Mine")
    told = pages(SHORT)
    write(tmp_path, told)
    found = {path.relative_to(tmp_path).as_posix(): path for path in tmp_path.rglob("*.*")}
    assert "Mine" == found.pop("notes.md").read_text()
    assert {name: path.read_bytes().decode() for name, path in found.items()} == told


def test_a_word_replaced_stands_on_the_pages() -> None:
    other = Label({"kk": "арыз келді", "ru": "пришло", "en": "came in"})
    labels = {**kz.law().labels, ("stage", "received"): other}
    found = pages(attrs.evolve(SHORT, labels=labels))
    for name, word in {"": "came in", ".ru": "пришло", ".kk": "арыз келді"}.items():
        assert word in found[f"procedures/appeal-l221{name}.svg"]
        assert word in found[f"procedures/appeal-l221{name}.md"]


def test_a_folder_that_is_not_there_is_malformed(tmp_path: Path) -> None:
    with pytest.raises(Malformed, match="no such folder"):
        write(tmp_path / "nowhere", {})


def test_a_form_nobody_draws_is_malformed() -> None:
    with pytest.raises(Malformed, match="none of mermaid, md, svg"):
        draw(kz.Appeal.table, "pdf", law=kz.law())


# -- every word -------------------------------------------------------------------------


def test_every_word_stands_on_one_page_in_three_languages_with_what_is_unsure() -> None:
    page = word_page(kz.law()).splitlines()
    rows = {line for line in page if line.startswith("| `")}
    for (kind, key), label in kz.law().labels.items():
        kk, ru, en = (label.words[code].replace("|", "\\|") for code in ("kk", "ru", "en"))
        unsure = ", ".join(sorted(label.unsure))
        row = f"| `{key}` | {kk} | {ru} | {en} | {unsure} | {label.source} |"
        assert row in rows, (kind, key)
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {7}


def test_the_page_counts_what_was_not_seen_by_kind() -> None:
    labels = [label for (kind, _), label in kz.law().labels.items() if kind == "stage"]
    unseen = sum("kk" in label.unsure for label in labels)
    assert f"| [stage](#stage) | {len(labels)} | kk {unseen}, " in word_page(kz.law())
