"""The layout of a state chart: which row a state stands in, and where its lines run."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from statistics import fmean
from textwrap import wrap

import attrs

LINE, LOOP, LEAD = 17.0, 26.0, 9.0
"""Heights of a line of text and of a gap, and the reach of a loop, in pixels."""


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
class Cell:
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
    ups: list[Cell] = attrs.field(factory=list)
    downs: list[Cell] = attrs.field(factory=list)

    @property
    def left(self) -> float:
        """Room taken left of the middle."""
        return self.width / 2 + self.margin

    @property
    def right(self) -> float:
        """Room taken right of the middle, with its loop."""
        return self.left + (LOOP + extent(self.loop)[0] if self.loop else 0.0)

    def port(self, other: Cell) -> float:
        """Return where the line to the other cell ends, measured from the middle of this one."""
        side = self.ups if other.row < self.row else self.downs
        step = min(16.0, (self.width - 24) / len(side)) if self.node else 0.0
        return (side.index(other) - (len(side) - 1) / 2) * step


@attrs.define(eq=False)
class Wire:
    """Lines that share a label and a target, drawn as branches that join one trunk."""

    lower: Cell
    lines: Sequence[str] = ()
    back: bool = False
    uppers: list[Cell] = attrs.field(factory=list)
    links: list[tuple[Cell, Cell]] = attrs.field(factory=list)


def arrange(nodes: Sequence[Node], edges: Sequence[Edge], /) -> tuple[list[Cell], list[Wire]]:
    """The cells and wires of a chart, each where it belongs.

    Raises:
        ValueError: An edge names a state that is not among the nodes, or a name repeats.
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
    return [cell for row in rows for cell in row], wires


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


def _boxes(nodes: Sequence[Node], acts: _Acts) -> list[Cell]:
    layers = _layers(nodes, acts)
    boxes = []
    for node in nodes:
        lines = wrap(node.label, 20, break_long_words=False) or [node.name]
        width, height = extent(lines)
        loop = _folded(acts.get((node.name, node.name), ()))
        row = 2 * layers[node.name]
        boxes.append(Cell(row, lines, width + 24, height + 18, 12.0, loop, node))
    return boxes


def _folded(labels: Sequence[str]) -> Sequence[str]:
    """The lines of a chip; where one of several labels is folded, each begins with a dot."""
    folded = [wrap(label, 28, break_long_words=False) or [""] for label in labels]
    dot = "· " if len(folded) > 1 and any(len(lines) > 1 for lines in folded) else ""
    return tuple(line for first, *rest in folded for line in (dot + first, *rest))


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


def _wires(boxes: Sequence[Cell], acts: _Acts) -> list[Wire]:
    named = {box.node.name: box for box in boxes if box.node}
    starts = [box for box in boxes if box.node and box.node.initial]
    found: dict[tuple[str | None, ...], Wire] = {}
    for (source, target), lines in acts.items():
        if source != target:
            back = named[target].row < named[source].row
            upper, lower = (target, source) if back else (source, target)
            wire = Wire(named[lower], lines, back)
            key = (source if back else None, target, *lines)
            found.setdefault(key, wire).uppers.append(named[upper])
    dots = [Wire(box, uppers=[Cell(box.row - 2, (), 10.0, 10.0)]) for box in starts]
    return dots + list(found.values())


def _rows(boxes: Sequence[Cell], wires: Sequence[Wire]) -> list[list[Cell]]:
    cells = [*boxes, *(cell for wire in wires for cell in wire.uppers if not cell.node)]
    deepest = max((cell.row for cell in cells), default=0)
    rows = [[cell for cell in cells if cell.row == row] for row in range(deepest + 1)]
    for wire in wires:
        _thread(wire, rows)
    return rows


def _thread(wire: Wire, rows: Sequence[list[Cell]]) -> None:
    """Lead a wire through every row between its ends, with its chip in the emptiest one."""
    free = range(max(cell.row for cell in wire.uppers) + 1, wire.lower.row, 2)
    chosen = min(free, key=lambda row: sum(cell.left + cell.right for cell in rows[row]))
    below = wire.lower
    for row in range(wire.lower.row - 1, min(cell.row for cell in wire.uppers), -1):
        lines = _folded(wire.lines) if row == chosen else ()
        cell = Cell(row, lines, *extent(lines)) if lines else Cell(row)
        rows[row].append(cell)
        wire.links += [(cell, below), *((up, cell) for up in wire.uppers if up.row == row - 1)]
        below = cell
    for upper, lower in wire.links:
        upper.downs.append(lower)
        lower.ups.append(upper)


def _untangle(rows: Sequence[list[Cell]]) -> None:
    """Order every row by barycentres, and keep the orders with the fewest crossings."""
    fewest, kept = math.inf, dict[Cell, int]()
    for sweep in range(24):
        for row in rows if sweep % 2 else rows[::-1]:
            _sort(row, above=sweep % 2 == 1)
        count = sum(_crossings(a, b) for row in rows for a, b in combinations(row, 2))
        if count < fewest:
            fewest, kept = count, {cell: cell.slot for row in rows for cell in row}
    for cells in [*rows, *(side for cell in kept for side in (cell.ups, cell.downs))]:
        cells.sort(key=kept.__getitem__)


def _sort(row: list[Cell], *, above: bool) -> None:
    def barycentre(cell: Cell) -> float:
        near = cell.ups if above else cell.downs
        return fmean(other.slot for other in near) if near else cell.slot

    row.sort(key=barycentre)
    for slot, cell in enumerate(row):
        cell.slot = slot


def _crossings(left: Cell, right: Cell) -> int:
    return sum(a.slot > b.slot for a in left.ups for b in right.ups)


def _settle(row: Sequence[Cell], wanted: Callable[[Cell], tuple[float, float]]) -> None:
    """Give each cell of a row the x nearest to its wish, pooling those that would overlap."""
    offset = 0.0
    pools: list[tuple[float, float, list[tuple[Cell, float]]]] = []
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


def _balanced(cell: Cell) -> tuple[float, float]:
    """Return where its lines pull a cell, and how strongly: far pulls yield to near ones."""
    total = weight = 0.0
    for other in cell.ups + cell.downs:
        place = other.x + other.port(cell) - cell.port(other)
        pull = (1.0 if cell.node or other.node else 5.0) / (4 + abs(place - cell.x))
        total, weight = total + pull * place, weight + pull
    return (total / weight, weight) if weight else (cell.x, 1.0)


def _aligned(cell: Cell) -> tuple[float, float]:
    """Return where a line passes straight down; a box stays where it is."""
    if cell.node:
        return cell.x, 1e6
    return cell.downs[0].x + cell.downs[0].port(cell), 1.0


def _stack(rows: Sequence[Sequence[Cell]]) -> None:
    """Choose every y, with more air where lines run further sideways."""
    y = 0.0
    for row in rows:
        bend = max((abs(cell.x - up.x) for cell in row for up in cell.ups), default=0.0)
        band = max((max(cell.height, extent(cell.loop)[1]) for cell in row), default=0.0) / 2
        y += band + LEAD + min(44.0, 8 + bend / 6)
        for cell in row:
            cell.y, cell.band = y, band
        y += band


def extent(lines: Sequence[str]) -> tuple[float, float]:
    """Estimate, generously, the width and the height of a chip with these lines."""
    width = max((sum(map(_advance, line)) for line in lines), default=0.0)
    return width + 12, len(lines) * LINE + 4


def _advance(char: str) -> float:
    wide = char in "mwMW@%жмфшщыюЖМФШЩЫЮ" or char > "\u10ff"
    return 7.4 + 1.2 * (not char.isascii()) + 2.0 * char.isupper() + 4.0 * wide
