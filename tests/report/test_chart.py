"""Tests of the drawing of state charts."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from openakimat.report.chart import svg
from openakimat.report.layout import Edge, Node

SVG = "{http://www.w3.org/2000/svg}"
Rect = tuple[float, float, float, float]

NODES = [
    Node("received", "received", initial=True),
    Node("registered", "registered"),
    Node("awaiting_correction", "awaiting correction"),
    Node("considered", "considered"),
    Node("deemed_refused", "deemed refused"),
    Node("answered", "answered", final=True),
    Node("redirected", "redirected", final=True),
    Node("returned", "returned", final=True),
    Node("terminated", "terminated", final=True),
    Node("withdrawn", "withdrawn", final=True),
]
ACTS = {
    "register": ("received", "registered"),
    "accept": ("registered", "considered"),
    "ask_to_correct": ("registered", "awaiting_correction"),
    "correct": ("awaiting_correction", "considered"),
    "redirect": ("received registered considered", "redirected"),
    "return": ("registered awaiting_correction", "returned"),
    "extend": ("considered", "considered"),
    "notify": ("considered", "considered"),
    "inquire": ("considered", "considered"),
    "decide": ("considered deemed_refused", "answered"),
    "terminate": ("registered considered deemed_refused", "terminated"),
    "withdraw": (
        "received registered awaiting_correction considered deemed_refused",
        "withdrawn",
    ),
    "deem_refused": ("registered awaiting_correction considered", "deemed_refused"),
}
EDGES = [
    Edge(source, target, label)
    for label, (sources, target) in ACTS.items()
    for source in sources.split()
]
RING = [Node("a", "Өтініш", initial=True), Node("b", "Жауап"), Node("c", "Соңы", final=True)]
TURNS = [
    Edge("a", "b", "қарау"),
    Edge("b", "a", "қайтару"),
    Edge("b", "c", "аяқтау"),
    Edge("c", "a", "жаңарту"),
]
CROWD = [Node(f"s{n}", f"Мәжбүрлі тоқтату {n}", n == 0, n > 11) for n in range(15)]
RUSH = [
    *(Edge(f"s{n * 5 // 8}", f"s{n}", f"әрекет {n}") for n in range(1, 15)),
    *(Edge(f"s{n * 7 % 12}", f"s{n * 4 % 15}", f"отозвать {n % 4}") for n in range(21)),
]
CHARTS = {"appeal": (NODES, EDGES), "ring": (RING, TURNS), "crowd": (CROWD, RUSH)}


def draw(nodes: list[Node], edges: list[Edge], title: str = "x") -> ET.Element:
    return ET.fromstring(svg(nodes, edges, title=title))  # noqa: S314 - our own text


@pytest.fixture(params=CHARTS)
def chart(request: pytest.FixtureRequest) -> ET.Element:
    return draw(*CHARTS[request.param], title="A chart")


@pytest.fixture
def appeal() -> ET.Element:
    return draw(NODES, EDGES, title="An appeal")


def rects(root: ET.Element, kind: str) -> list[Rect]:
    found = [rect.attrib for rect in root.iter(f"{SVG}rect") if rect.get("class") == kind]
    return [
        (float(rect["x"]), float(rect["y"]), float(rect["width"]), float(rect["height"]))
        for rect in found
    ]


def overlap(one: Rect, two: Rect) -> bool:
    return all(one[i] < two[i] + two[i + 2] and two[i] < one[i] + one[i + 2] for i in (0, 1))


def texts(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def stories(root: ET.Element) -> set[str]:
    return {title.text or "" for title in root.findall(f"{SVG}g/{SVG}title")}


def test_is_one_well_formed_accessible_image(appeal: ET.Element) -> None:
    assert appeal.tag == f"{SVG}svg"
    assert appeal.get("role") == "img"
    assert (appeal[0].tag, appeal[0].text) == (f"{SVG}title", "An appeal")


def test_refers_to_nothing_outside_and_leaks_no_style_or_id(appeal: ET.Element) -> None:
    assert {element.tag.removeprefix(SVG) for element in appeal.iter()} == {
        "svg", "title", "g", "path", "circle", "rect", "text",
    }  # fmt: skip
    assert not [element for element in appeal.iter() if {"id", "href"} & {*element.keys()}]


def test_is_the_same_text_in_a_process_that_hashes_differently() -> None:
    code = "import sys, test_chart as t; sys.stdout.write(t.svg(t.NODES, t.EDGES, title='x'))"
    drawn = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "PYTHONHASHSEED": "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1",
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path]),
        },
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    assert drawn == svg(NODES, EDGES, title="x")


def test_shows_every_node_and_every_label_once(appeal: ET.Element) -> None:
    assert sorted(texts(appeal)) == sorted([*(node.label for node in NODES), *ACTS])


def test_tells_in_a_tooltip_which_states_a_shared_line_joins(appeal: ET.Element) -> None:
    assert "registered, awaiting correction → returned: return" in stories(appeal)
    assert "received → registered: register" in stories(appeal)


def test_a_line_that_runs_back_is_told_and_headed_in_its_own_direction() -> None:
    root = draw(RING, TURNS, title="x")
    assert {"Жауап → Өтініш: қайтару", "Соңы → Өтініш: жаңарту"} <= stories(root)
    heads = [path.get("transform", "") for path in root.iter(f"{SVG}path")]
    upwards = [head for head in heads if head.endswith("rotate(-90)")]
    assert (len([*filter(None, heads)]), len(upwards)) == (5, 2)


def test_acts_between_the_same_states_share_one_chip() -> None:
    edges = [Edge("a", "b", "first"), Edge("a", "b", "second"), Edge("a", "b", "first")]
    root = draw(RING[:2], edges, title="x")
    assert len(rects(root, "chip")) == 1
    assert texts(root)[:2] == ["first", "second"]


def test_no_box_or_chip_overlaps_another(chart: ET.Element) -> None:
    drawn = rects(chart, "node") + rects(chart, "chip")
    assert [pair for pair in combinations(drawn, 2) if overlap(*pair)] == []


def test_every_box_and_chip_lies_within_the_view_box(chart: ET.Element) -> None:
    left, top, width, height = map(float, chart.attrib["viewBox"].split())
    for x, y, wide, high in rects(chart, "node") + rects(chart, "chip"):
        assert left <= x <= x + wide <= left + width
        assert top <= y <= y + high <= top + height


def test_a_final_box_has_a_second_border_and_the_initial_one_a_dot(appeal: ET.Element) -> None:
    states = {texts(g)[0]: g for g in appeal.iter(f"{SVG}g") if g.get("class") == "state"}
    inner = {
        label: [rect for rect in state.iter(f"{SVG}rect") if rect.get("class") is None]
        for label, state in states.items()
    }
    assert {label for label, found in inner.items() if len(found) == 1} == {
        node.label for node in NODES if node.final
    }
    assert len(list(appeal.iter(f"{SVG}circle"))) == 1


@pytest.mark.parametrize("label", ["<&\"'>", "]]>", "&amp;", "a<b>c</b>"])
def test_escapes_whatever_a_label_holds(label: str) -> None:
    root = draw([Node("a", label)], [Edge("a", "a", label)], title=label)
    assert [root[0].text, *texts(root)] == [label] * 3


def test_replaces_characters_that_xml_forbids() -> None:
    root = draw([Node("a", "one\x00two\x1b")], [], title="\ud800")
    assert [root[0].text, *texts(root)] == ["\ufffd", "one\ufffdtwo\ufffd"]


def test_an_act_that_leads_nowhere_is_listed_in_its_state(appeal: ET.Element) -> None:
    [state] = [g for g in appeal.iter(f"{SVG}g") if "considered" in texts(g)[:1]]
    assert texts(state) == ["considered", "extend", "notify", "inquire"]


def test_wraps_a_long_node_label_at_its_spaces() -> None:
    label = "Ожидает исправления заявителем"
    assert texts(draw([Node("a", label)], [], title="x")) == [
        "Ожидает исправления",
        "заявителем",
    ]


@pytest.mark.parametrize("edge", [Edge("a", "nowhere", "go"), Edge("nowhere", "b", "go")])
def test_an_edge_to_an_unknown_node_is_refused_by_name(edge: Edge) -> None:
    with pytest.raises(ValueError, match="'nowhere'"):
        svg(RING, [edge], title="x")


def test_two_nodes_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="share a name"):
        svg([Node("a", "A"), Node("a", "B")], [], title="x")


def test_a_chart_of_nothing_is_still_an_image() -> None:
    assert draw([], [], title="x").get("role") == "img"
