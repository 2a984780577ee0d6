"""State charts drawn as self-contained SVG text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from openakimat.report.layout import LEAD, LINE, LOOP, Cell, Edge, Node, Wire, arrange, extent

_INK, _PLAIN = "#1d2531", "#7d8696"

_TINTS = "#bf6a30", "#3f80c0", "#8c66ba", "#2f9170", "#bb5674", "#8c7c30"

_FONT = "system-ui,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif"

_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
    return _document(*arrange(nodes, edges), title)


def _document(cells: Sequence[Cell], wires: Sequence[Wire], title: str) -> str:
    left = min((cell.x - cell.left for cell in cells), default=0.0)
    width = max((cell.x + cell.right for cell in cells), default=0.0) - left
    height = max((cell.y + cell.band for cell in cells), default=0.0) + LEAD
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


def _edge(wire: Wire, tint: str) -> str:
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


def _story(wire: Wire) -> str:
    uppers = ", ".join(" ".join(cell.lines) for cell in wire.uppers)
    ends = [uppers, " ".join(wire.lower.lines)]
    return " → ".join(ends[::-1] if wire.back else ends) + ": " + ", ".join(wire.lines)


def _curve(upper: Cell, lower: Cell) -> str:
    top = upper.y + upper.band + (LEAD if upper.node else 0.0)
    bottom = lower.y - lower.band - (LEAD if lower.node else 0.0)
    x, to, middle = upper.x + upper.port(lower), lower.x + lower.port(upper), (top + bottom) / 2
    bend = f"C{x:.1f} {middle:.1f} {to:.1f} {middle:.1f} {to:.1f} {bottom:.1f}"
    return f"M{_end(upper, lower, 0.5)}V{top:.1f}{bend}V{lower.y - lower.height / 2:.1f}"


def _end(cell: Cell, other: Cell, side: float) -> str:
    return f"{cell.x + cell.port(other):.1f} {cell.y + side * cell.height:.1f}"


def _box(cell: Cell, node: Node) -> str:
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
        + _chip(x + LOOP + extent(lines)[0] / 2, y, lines, _PLAIN)
    )


def _chip(x: float, y: float, lines: Sequence[str], tint: str) -> str:
    width, height = extent(lines)
    style = {"class_": "chip", "fill": "#f6f7fa", "stroke": tint, "stroke_width": "0.8"}
    return _rect(x, y, width, height, 5.0, **style) + _text(x, y, lines)


def _rect(x: float, y: float, width: float, height: float, rx: float, **style: str) -> str:
    left, top = x - width / 2, y - height / 2
    return _tag("rect", x=left, y=top, width=width, height=height, rx=rx, **style)


def _text(x: float, y: float, lines: Sequence[str]) -> str:
    first = y + 4.5 - (len(lines) - 1) * LINE / 2
    spots = [(escape(line), first + n * LINE) for n, line in enumerate(lines)]
    return "".join(_tag("text", t, x=x, y=y, text_anchor="middle", fill=_INK) for t, y in spots)
