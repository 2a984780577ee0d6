"""The layout of a state chart: where its boxes stand, and where its lines run.

1. A state is a box, top down from the one where a case begins. Acts that leave it where it is
   are listed inside the box.
2. Any other act is a chip, with a line from each state that it leaves and one to the state it
   enters; acts between the same states share a chip, and so do states left by the same acts.
3. An act that leads to a state listed before is drawn upwards: the order of the states is the
   order of the procedure.

graphlay finds the places. It measures no text: what a line of text takes is estimated here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import attrs

from openakimat.errors import Fault, Malformed

if TYPE_CHECKING:
    from graphlay import Graph

LINE = 17.0
"""The height of a line of text, in pixels."""

_SPACING = {
    "layer_gap": 34.0, "node_gap": 24.0, "dummy_gap": 12.0, "port_gap": 10.0,
    "port_stroke_clear": 8.0, "stub": 10.0,
}  # fmt: skip
"""Denser than graphlay's own, so that a procedure of a dozen stages fits a page."""

Point = tuple[float, float]
_Acts = Mapping[tuple[str, str], Sequence[str]]


@attrs.frozen
class Node:
    """A state of the chart."""

    name: str
    label: str
    initial: bool = False
    final: bool = False


@attrs.frozen
class Edge:
    """An act that leads from one state to another, or back to the same one."""

    source: str
    target: str
    label: str


@attrs.frozen
class Box:
    """A rectangle with text: of a state, with the acts inside it, or the chip of acts."""

    lines: Sequence[str]
    width: float
    height: float
    inside: Sequence[str] = ()
    middle: Point = (0.0, 0.0)


@attrs.frozen
class Way:
    """Acts that lead to a state: their chip, the states they leave, a line from each, and one that enters."""

    target: str
    labels: Sequence[str]
    back: bool
    chip: Box
    sources: list[str] = attrs.field(factory=list)
    lines: Sequence[Sequence[Point]] = ()


@attrs.frozen
class Picture:
    """A chart laid out: the box of each state, the ways, the starts, and the room they take."""

    boxes: Mapping[str, Box]
    ways: Sequence[Way]
    starts: Sequence[Sequence[Point]]
    corners: tuple[Point, Point]


def arrange(nodes: Sequence[Node], edges: Sequence[Edge], /) -> Picture:
    """A chart with everything where it belongs; the same chart is always laid out alike.

    Raises `ValueError` if an edge names a state that is not among the nodes, or a name repeats; `Malformed`
    if graphlay is not installed.

    >>> door = [Node("shut", "Shut", initial=True), Node("open", "Open", final=True)]
    >>> picture = arrange(door, [Edge("shut", "open", "push"), Edge("shut", "shut", "knock")])
    >>> picture.boxes["shut"].inside, picture.ways[0].labels
    (('knock',), ('push',))
    >>> picture.boxes["shut"].middle[1] < picture.boxes["open"].middle[1]  # y grows downwards
    True
    """
    try:
        from graphlay import Graph, layout
    except ImportError:
        why = "needs the extra 'report': pip install 'openakimat[report]'"
        raise Malformed("drawing", [Fault("svg", why)]) from None
    acts = _acts(nodes, edges)
    boxes = {node.name: _box(node, acts.get((node.name, node.name), ())) for node in nodes}
    ways = _ways(nodes, acts)
    starts = [node.name for node in nodes if node.initial]
    for wider in (0.0, 1.0, 2.0, 4.0):
        graph = Graph()
        _fill(graph, boxes, ways, starts)
        spacing = {**_SPACING, "node_gap": _SPACING["node_gap"] + wider}
        drawn = layout(graph, preset="process_map", options={"spacing": spacing})
        places = drawn.positions()
        # A line at the margin may graze the widest box there; a hair more room parts them.
        chips = {n: way.chip for n, way in enumerate(ways)}
        if not _grazed({**boxes, **chips}, places, map(_points, drawn.edges)):
            break
    lines = iter([_points(edge) for edge in drawn.edges])
    # In the order in which `_fill` drew them: graphlay names no edge.
    first = [next(lines) for _ in starts]
    placed = list[Way]()
    for n, way in enumerate(ways):
        chip, of = attrs.evolve(way.chip, middle=places[n]), (*way.sources, way.target)
        placed.append(attrs.evolve(way, chip=chip, lines=[next(lines) for _ in of]))
    stand = {name: attrs.evolve(box, middle=places[name]) for name, box in boxes.items()}
    low, high = drawn.bounds["min"], drawn.bounds["max"]
    return Picture(stand, placed, first, ((low["x"], low["y"]), (high["x"], high["y"])))


def _fill(
    graph: Graph, boxes: Mapping[str, Box], ways: Sequence[Way], starts: Sequence[str]
) -> None:
    for name, box in boxes.items():
        graph.node(name, width=box.width, height=box.height)
    for start in starts:
        graph.node((start,), width=10.0, height=10.0, rank="first")
        graph.edge((start,), start)
    for n, way in enumerate(ways):
        graph.node(n, width=way.chip.width, height=way.chip.height)
        for source in way.sources:
            graph.edge(source, n, reverse_for_ranking=way.back)
        graph.edge(n, way.target, reverse_for_ranking=way.back)


def _grazed(
    boxes: Mapping[Any, Box], places: Mapping[Any, Point], lines: Iterable[Sequence[Point]]
) -> bool:
    upright = [
        (x, min(y, to_y), max(y, to_y))
        for line in lines
        for (x, y), (to_x, to_y) in pairwise(line)
        if x == to_x
    ]
    return any(
        abs(x - places[name][0]) < box.width / 2 - 0.1
        and low < places[name][1] + box.height / 2 - 0.1
        and high > places[name][1] - box.height / 2 + 0.1
        for name, box in boxes.items()
        for x, low, high in upright
    )


def _points(edge: Mapping[str, Any]) -> list[Point]:
    return [(point["x"], point["y"]) for point in edge["points"]]


def _acts(nodes: Sequence[Node], edges: Sequence[Edge]) -> _Acts:
    known = {node.name for node in nodes}
    if len(known) < len(nodes):
        raise ValueError(f"two nodes share a name: {[node.name for node in nodes]}")
    labels_of: dict[tuple[str, str], dict[str, None]] = {}
    for edge in edges:
        for name in (edge.source, edge.target):
            if name not in known:
                raise ValueError(f"edge {edge.label!r} names an unknown node: {name!r}")
        labels = labels_of.setdefault((edge.source, edge.target), {})
        labels[" ".join(edge.label.split())] = None
    return {pair: tuple(labels) for pair, labels in labels_of.items()}


def _ways(nodes: Sequence[Node], acts: _Acts) -> list[Way]:
    # A final state is the end of the procedure, wherever it is listed.
    ends = {node.name: (not node.initial, node.final, n) for n, node in enumerate(nodes)}
    ways: dict[tuple[object, ...], Way] = {}
    for (source, target), labels in acts.items():
        if source != target:
            back = ends[target] < ends[source]
            lines = _folded(labels)
            way = Way(target, labels, back, Box(lines, *extent(lines)))
            ways.setdefault((target, back, *labels), way).sources.append(source)
    return list(ways.values())


def _box(node: Node, inside: Sequence[str]) -> Box:
    lines = wrap(node.label, 20, break_long_words=False) or [node.name]
    width, height = extent(lines)
    width, height = width + 24, height + 18
    if not inside:
        return Box(lines, width, height)
    within = _folded(inside)
    least, more = extent(within)
    return Box(lines, max(width, least + 8), height + more + 4, within)


def _folded(labels: Sequence[str]) -> Sequence[str]:
    """The lines of labels; where one of several is folded, each begins with a dot."""
    folded = [wrap(label, 28, break_long_words=False) or [""] for label in labels]
    dot = "· " if len(folded) > 1 and any(len(lines) > 1 for lines in folded) else ""
    return tuple(line for first, *rest in folded for line in (dot + first, *rest))


def extent(lines: Sequence[str]) -> tuple[float, float]:
    """Estimate, generously, the width and the height of a chip with these lines."""
    width = max((sum(map(_advance, line)) for line in lines), default=0.0)
    return width + 12, len(lines) * LINE + 4


def _advance(char: str) -> float:
    wide = char in "mwMW@%жмфшщыюЖМФШЩЫЮ" or char > "\u10ff"
    return 7.4 + 1.2 * (not char.isascii()) + 2.0 * char.isupper() + 4.0 * wide
