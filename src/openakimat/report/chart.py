"""State charts drawn as self-contained SVG text."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from statistics import fmean
from textwrap import wrap
from xml.sax.saxutils import escape, quoteattr

import attrs

_LINE, _LOOP, _LEAD = 17.0, 26.0, 9.0
_INK, _PLAIN = "#1d2531", "#7d8696"
_TINTS = "#bf6a30", "#3f80c0", "#8c66ba", "#2f9170", "#bb5674", "#8c7c30"
_FONT = "system-ui,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif"
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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


_Acts = Mapping[tuple[str, str], Sequence[str]]


@attrs.define(eq=False)
class _Cell:
    """Whatever takes room in a row: a box, a starting dot, a chip or a line passing by."""

    row: int
    lines: Sequence[str] = ()
    width: float = 0.0
    height: float = 0.0
    margin: float = 8.0
    loop: Sequence[str] = ()
    node: Node | None = None
    slot: int = 0
    x: float = 0.0
    y: float = 0.0
    band: float = 0.0
    ups: list[_Cell] = attrs.field(factory=list)
    downs: list[_Cell] = attrs.field(factory=list)

    @property
    def left(self) -> float:
        return self.width / 2 + self.margin

    @property
    def right(self) -> float:
        return self.left + (_LOOP + _extent(self.loop)[0] if self.loop else 0.0)

    def port(self, other: _Cell) -> float:
        """Return where the line to the other cell ends, measured from the middle of this one."""
        side = self.ups if other.row < self.row else self.downs
        step = min(16.0, (self.width - 24) / len(side)) if self.node else 0.0
        return (side.index(other) - (len(side) - 1) / 2) * step


@attrs.define(eq=False)
class _Wire:
    """Lines that share a label and a target, drawn as branches that join one trunk."""

    lower: _Cell
    lines: Sequence[str] = ()
    back: bool = False
    uppers: list[_Cell] = attrs.field(factory=list)
    links: list[tuple[_Cell, _Cell]] = attrs.field(factory=list)


def svg(nodes: Sequence[Node], edges: Sequence[Edge], /, *, title: str) -> str:
    """Draw a state chart, top down, as one SVG element.

    The same arguments always give the same text. Acts between the same two states share
    one line; so do acts with the same label that lead forward to the same state.

    Args:
        nodes: The states, in the order that breaks ties in the layout.
        edges: The acts, each naming its two states.
        title: What the chart shows, for tooltips and screen readers.

    Returns:
        The text of an ``<svg>`` element, legible on light and dark backgrounds.

    Raises:
        ValueError: An edge names a state that is not among the nodes, or a name repeats.

    >>> door = [Node("shut", "Shut", initial=True), Node("open", "Open")]
    >>> text = svg(door, [Edge("shut", "open", "push")], title="A door")
    >>> text.startswith("<svg ") and ">push</text>" in text
    True
    """
    acts = _acts(nodes, edges)
    boxes = _boxes(nodes, acts)
    wires = _wires(boxes, acts)
    rows = _rows(boxes, wires)
    _untangle(rows)
    for row in [*rows, *rows[::-1]] * 60:
        _settle(row, _balanced)
    for row in rows[::-1] * 3:
        _settle(row, _aligned)
    _stack(rows)
    return _document([cell for row in rows for cell in row], wires, title)


def _acts(nodes: Sequence[Node], edges: Sequence[Edge]) -> _Acts:
    known = {node.name for node in nodes}
    if len(known) < len(nodes):
        raise ValueError(f"two nodes share a name: {[node.name for node in nodes]}")
    found: dict[tuple[str, str], dict[str, None]] = {}
    for edge in edges:
        for name in (edge.source, edge.target):
            if name not in known:
                raise ValueError(f"edge {edge.label!r} names an unknown node: {name!r}")
        labels = found.setdefault((edge.source, edge.target), {})
        labels[" ".join(edge.label.split())] = None
    return {pair: tuple(labels) for pair, labels in found.items()}


def _boxes(nodes: Sequence[Node], acts: _Acts) -> list[_Cell]:
    layers = _layers(nodes, acts)
    boxes = []
    for node in nodes:
        lines = wrap(node.label, 20, break_long_words=False) or [node.name]
        width, height = _extent(lines)
        loop = acts.get((node.name, node.name), ())
        row = 2 * layers[node.name]
        boxes.append(_Cell(row, lines, width + 24, height + 18, 12.0, loop, node))
    return boxes


def _layers(nodes: Sequence[Node], acts: _Acts) -> dict[str, int]:
    """Count the longest way to each node, the lines that close a cycle being reversed."""
    order = _order(nodes, acts)
    layers = dict.fromkeys(order, int(any(node.initial for node in nodes)))
    ways = [sorted(map(order.index, pair)) for pair in acts]
    for upper, lower in sorted(ways):
        below = layers[order[upper]] + (upper != lower)
        layers[order[lower]] = max(layers[order[lower]], below)
    return layers


def _order(nodes: Sequence[Node], acts: _Acts) -> list[str]:
    """Order the names depth first, so that only the lines that close a cycle run backwards."""
    seen: set[str] = set()
    done: list[str] = []

    def visit(name: str) -> None:
        if name not in seen:
            seen.add(name)
            for source, target in acts:
                if source == name:
                    visit(target)
            done.append(name)

    for node in sorted(nodes, key=lambda node: not node.initial):
        visit(node.name)
    return done[::-1]


def _wires(boxes: Sequence[_Cell], acts: _Acts) -> list[_Wire]:
    named = {box.node.name: box for box in boxes if box.node}
    starts = [box for box in boxes if box.node and box.node.initial]
    found: dict[tuple[str | None, ...], _Wire] = {}
    for (source, target), lines in acts.items():
        if source != target:
            back = named[target].row < named[source].row
            upper, lower = (target, source) if back else (source, target)
            wire = _Wire(named[lower], lines, back)
            key = (source if back else None, target, *lines)
            found.setdefault(key, wire).uppers.append(named[upper])
    dots = [_Wire(box, uppers=[_Cell(box.row - 2, (), 10.0, 10.0)]) for box in starts]
    return dots + list(found.values())


def _rows(boxes: Sequence[_Cell], wires: Sequence[_Wire]) -> list[list[_Cell]]:
    cells = [*boxes, *(cell for wire in wires for cell in wire.uppers if not cell.node)]
    deepest = max((cell.row for cell in cells), default=0)
    rows = [[cell for cell in cells if cell.row == row] for row in range(deepest + 1)]
    for wire in wires:
        _thread(wire, rows)
    return rows


def _thread(wire: _Wire, rows: Sequence[list[_Cell]]) -> None:
    """Lead a wire through every row between its ends, with its chip in the emptiest one."""
    free = range(max(cell.row for cell in wire.uppers) + 1, wire.lower.row, 2)
    chosen = min(free, key=lambda row: sum(cell.left + cell.right for cell in rows[row]))
    below = wire.lower
    for row in range(wire.lower.row - 1, min(cell.row for cell in wire.uppers), -1):
        chip = wire.lines and row == chosen
        cell = _Cell(row, wire.lines, *_extent(wire.lines)) if chip else _Cell(row)
        rows[row].append(cell)
        wire.links += [(cell, below), *((up, cell) for up in wire.uppers if up.row == row - 1)]
        below = cell
    for upper, lower in wire.links:
        upper.downs.append(lower)
        lower.ups.append(upper)


def _untangle(rows: Sequence[list[_Cell]]) -> None:
    """Order every row by barycentres, and keep the orders with the fewest crossings."""
    fewest, kept = math.inf, dict[_Cell, int]()
    for sweep in range(24):
        for row in rows if sweep % 2 else rows[::-1]:
            _sort(row, above=sweep % 2 == 1)
        count = sum(_crossings(a, b) for row in rows for a, b in combinations(row, 2))
        if count < fewest:
            fewest, kept = count, {cell: cell.slot for row in rows for cell in row}
    for cells in [*rows, *(side for cell in kept for side in (cell.ups, cell.downs))]:
        cells.sort(key=kept.__getitem__)


def _sort(row: list[_Cell], *, above: bool) -> None:
    def barycentre(cell: _Cell) -> float:
        near = cell.ups if above else cell.downs
        return fmean(other.slot for other in near) if near else cell.slot

    row.sort(key=barycentre)
    for slot, cell in enumerate(row):
        cell.slot = slot


def _crossings(left: _Cell, right: _Cell) -> int:
    return sum(a.slot > b.slot for a in left.ups for b in right.ups)


def _settle(row: Sequence[_Cell], wanted: Callable[[_Cell], tuple[float, float]]) -> None:
    """Give each cell of a row the x nearest to its wish, pooling those that would overlap."""
    offset = 0.0
    pools: list[tuple[float, float, list[tuple[_Cell, float]]]] = []
    for index, cell in enumerate(row):
        offset += row[index - 1].right + cell.left if index else 0.0
        wish, weight = wanted(cell)
        wish, members = wish - offset, [(cell, offset)]
        while pools and pools[-1][0] > wish:
            mean, mass, others = pools.pop()
            wish = (mean * mass + wish * weight) / (mass + weight)
            weight, members = mass + weight, others + members
        pools.append((wish, weight, members))
    for mean, _, members in pools:
        for cell, shift in members:
            cell.x = mean + shift


def _balanced(cell: _Cell) -> tuple[float, float]:
    """Return where its lines pull a cell, and how strongly: far pulls yield to near ones."""
    total = weight = 0.0
    for other in cell.ups + cell.downs:
        place = other.x + other.port(cell) - cell.port(other)
        pull = (1.0 if cell.node or other.node else 5.0) / (4 + abs(place - cell.x))
        total, weight = total + pull * place, weight + pull
    return (total / weight, weight) if weight else (cell.x, 1.0)


def _aligned(cell: _Cell) -> tuple[float, float]:
    """Return where a line passes straight down; a box stays where it is."""
    if cell.node:
        return cell.x, 1e6
    return cell.downs[0].x + cell.downs[0].port(cell), 1.0


def _stack(rows: Sequence[Sequence[_Cell]]) -> None:
    """Choose every y, with more air where lines run further sideways."""
    y = 0.0
    for row in rows:
        bend = max((abs(cell.x - up.x) for cell in row for up in cell.ups), default=0.0)
        band = max((max(cell.height, _extent(cell.loop)[1]) for cell in row), default=0.0) / 2
        y += band + _LEAD + min(44.0, 8 + bend / 6)
        for cell in row:
            cell.y, cell.band = y, band
        y += band


def _extent(lines: Sequence[str]) -> tuple[float, float]:
    """Estimate, generously, the width and the height of a chip with these lines."""
    width = max((sum(map(_advance, line)) for line in lines), default=0.0)
    return width + 12, len(lines) * _LINE + 4


def _advance(char: str) -> float:
    wide = char in "mwMW@%жмфшщыюЖМФШЩЫЮ" or char > "\u10ff"
    return 7.4 + 1.2 * (not char.isascii()) + 2.0 * char.isupper() + 4.0 * wide


def _document(cells: Sequence[_Cell], wires: Sequence[_Wire], title: str) -> str:
    left = min((cell.x - cell.left for cell in cells), default=0.0)
    width = max((cell.x + cell.right for cell in cells), default=0.0) - left
    height = max((cell.y + cell.band for cell in cells), default=0.0) + _LEAD
    joined = [wire for wire in wires if len(wire.uppers) > 1]
    tints = {id(wire): _TINTS[n % len(_TINTS)] for n, wire in enumerate(joined)}
    text = _tag(
        "svg",
        _tag("title", escape(title)),
        *(_edge(wire, tints.get(id(wire), _PLAIN)) for wire in wires),
        *(_box(cell, cell.node) for cell in cells if cell.node),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{left:.1f} 0 {width:.1f} {height:.1f}",
        width=width,
        height=height,
        role="img",
        font_family=_FONT,
        font_size="13",
        style="max-width:100%;height:auto",
    )
    return _ILLEGAL.sub("\ufffd", text)


def _tag(name: str, *inside: str, **attributes: str | float) -> str:
    opening = name
    for key, value in attributes.items():
        shown = value if isinstance(value, str) else f"{value:.1f}"
        opening += f" {key.strip('_').replace('_', '-')}={quoteattr(shown)}"
    return f"<{opening}>{''.join(inside)}</{name}>"


def _edge(wire: _Wire, tint: str) -> str:
    upper, lower = wire.links[-1 if wire.back else 0]
    head = f"M{_end(lower, upper, -0.5)}l-4.5-9h9z"
    if wire.back:
        head = f"M{_end(upper, lower, 0.5)}l-4.5 9h9z"
    path = "".join(_curve(*link) for link in wire.links)
    chips = [cell for cell, _ in wire.links if cell.lines and not cell.node]
    return _tag(
        "g",
        _tag("title", escape(_story(wire))),
        _tag("path", d=path, fill="none", stroke=tint, stroke_width="1.6"),
        _tag("path", d=head, fill=tint),
        *(_tag("circle", cx=c.x, cy=c.y, r=5.0, fill=tint) for c in wire.uppers if not c.node),
        *(_chip(cell.x, cell.y, cell.lines, tint) for cell in chips),
        class_="edge",
    )


def _story(wire: _Wire) -> str:
    uppers = ", ".join(" ".join(cell.lines) for cell in wire.uppers)
    ends = [uppers, " ".join(wire.lower.lines)]
    return " → ".join(ends[::-1] if wire.back else ends) + ": " + ", ".join(wire.lines)


def _curve(upper: _Cell, lower: _Cell) -> str:
    top = upper.y + upper.band + (_LEAD if upper.node else 0.0)
    bottom = lower.y - lower.band - (_LEAD if lower.node else 0.0)
    x, to, middle = upper.x + upper.port(lower), lower.x + lower.port(upper), (top + bottom) / 2
    bend = f"C{x:.1f} {middle:.1f} {to:.1f} {middle:.1f} {to:.1f} {bottom:.1f}"
    return f"M{_end(upper, lower, 0.5)}V{top:.1f}{bend}V{lower.y - lower.height / 2:.1f}"


def _end(cell: _Cell, other: _Cell, side: float) -> str:
    return f"{cell.x + cell.port(other):.1f} {cell.y + side * cell.height:.1f}"


def _box(cell: _Cell, node: Node) -> str:
    fill, tint = ("#f5f1e4", "#8c7c46") if node.final else ("#e9f0fa", "#4a74ad")
    x, y, width, height = cell.x, cell.y, cell.width, cell.height
    style = {"class_": "node", "fill": fill, "stroke": tint, "stroke_width": "1.6"}
    parts = [_rect(x, y, width, height, 9.0, **style), _text(x, y, cell.lines)]
    if node.final:
        parts.append(_rect(x, y, width - 7, height - 7, 6.0, fill="none", stroke=tint))
    if cell.loop:
        parts.append(_loop(x + width / 2, y, cell.loop))
    return _tag("g", *parts, class_="state")


def _loop(x: float, y: float, lines: Sequence[str]) -> str:
    turn = f"M{x + 1:.1f} {y - 9:.1f}h8a9 9 0 0 1 0 18h-2"
    return (
        _tag("path", d=turn, fill="none", stroke=_PLAIN, stroke_width="1.6")
        + _tag("path", d=f"M{x:.1f} {y + 9:.1f}l9-4.5v9z", fill=_PLAIN)
        + _chip(x + _LOOP + _extent(lines)[0] / 2, y, lines, _PLAIN)
    )


def _chip(x: float, y: float, lines: Sequence[str], tint: str) -> str:
    width, height = _extent(lines)
    style = {"class_": "chip", "fill": "#f6f7fa", "stroke": tint, "stroke_width": "0.8"}
    return _rect(x, y, width, height, 5.0, **style) + _text(x, y, lines)


def _rect(x: float, y: float, width: float, height: float, rx: float, **style: str) -> str:
    left, top = x - width / 2, y - height / 2
    return _tag("rect", x=left, y=top, width=width, height=height, rx=rx, **style)


def _text(x: float, y: float, lines: Sequence[str]) -> str:
    first = y + 4.5 - (len(lines) - 1) * _LINE / 2
    spots = [(escape(line), first + n * _LINE) for n, line in enumerate(lines)]
    return "".join(_tag("text", t, x=x, y=y, text_anchor="middle", fill=_INK) for t, y in spots)
