"""State charts drawn as self-contained SVG text."""

import math
import re
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from openakimat.report.layout import LINE, Box, Edge, Node, Point, Way, arrange, extent

_INK, _PLAIN = "#1d2531", "#7d8696"

_TINTS = "#bf6a30", "#3f80c0", "#8c66ba", "#2f9170", "#bb5674", "#8c7c30"
_FONT = "system-ui,'Segoe UI',Roboto,'Noto Sans','DejaVu Sans',sans-serif"

_MARGIN, _BEND = 10.0, 6.0

ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def svg(nodes: Sequence[Node], edges: Sequence[Edge], /, *, title: str, current: str = "") -> str:
    """Draw a state chart, top down, as one SVG element.

    The same arguments always give the same text. Acts between the same two states share
    one chip; so do acts with the same label that lead to the same state.
    The states come in the order that a case goes through them; that which it is in is `current`. The
    `title` is for tooltips and screen readers.
    Raises `ValueError` if an edge names a state that is not among the nodes, or a name repeats; `Malformed`
    if the extra `report` is not installed.

    >>> door = [Node("shut", "Shut", initial=True), Node("open", "Open")]
    >>> text = svg(door, [Edge("shut", "open", "push")], title="A door")
    >>> text.startswith("<svg ") and ">push</text>" in text
    True
    """
    picture = arrange(nodes, edges)
    (left, top), (right, bottom) = picture.corners
    width, height = right - left + 2 * _MARGIN, bottom - top + 2 * _MARGIN
    shared = [n for n, way in enumerate(picture.ways) if len(way.sources) > 1]
    tints = {n: _TINTS[place % len(_TINTS)] for place, n in enumerate(shared)}
    labels = {node.name: node.label or node.name for node in nodes}
    text = tag(
        "svg", tag("title", escape(title)), *(_start(line) for line in picture.starts),
        *(_way(way, labels, tints.get(n, _PLAIN)) for n, way in enumerate(picture.ways)),
        *(_state(node, picture.boxes[node.name], current=node.name == current) for node in nodes),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{left - _MARGIN:.1f} {top - _MARGIN:.1f} {width:.1f} {height:.1f}", width=width,
        height=height, role="img", font_family=_FONT, font_size="13",
        style="max-width:100%;height:auto",
    )  # fmt: skip
    return ILLEGAL.sub("\ufffd", text)


def tag(name: str, *inside: str, **attributes: str | float) -> str:
    """An element, its attributes escaped; what is inside it stands as it is."""
    opening = name
    for key, value in attributes.items():
        shown = value if isinstance(value, str) else f"{value:.1f}"
        opening += f" {key.strip('_').replace('_', '-')}={quoteattr(shown)}"
    return f"<{opening}>{''.join(inside)}</{name}>"


def _start(line: Sequence[Point]) -> str:
    x, y = line[0]
    return tag("circle", cx=x, cy=y - 5, r=5.0, fill=_PLAIN) + _arrow(line, _PLAIN)


def _way(way: Way, labels: Mapping[str, str], tint: str) -> str:
    sources = ", ".join(labels[name] for name in way.sources)
    title = f"{sources} → {labels[way.target]}: {', '.join(way.labels)}"
    *into, out = way.lines
    return tag(
        "g", tag("title", escape(title)), *(_line(line, tint) for line in into), _arrow(out, tint),
        _chip(way.chip, tint), class_="edge",
    )  # fmt: skip


def _arrow(line: Sequence[Point], tint: str) -> str:
    (x, y), (to_x, to_y) = line[-2:]
    turn = math.degrees(math.atan2(to_y - y, to_x - x))
    place = f"translate({to_x:.1f} {to_y:.1f}) rotate({turn:.0f})"
    return _line(line, tint) + tag("path", d="M0 0l-9-4.5v9z", fill=tint, transform=place)


def _line(points: Sequence[Point], tint: str) -> str:
    bends = "".join(map(_bend, points, points[1:], points[2:]))
    path = f"M{_at(points[0])}{bends}L{_at(points[-1])}"
    return tag("path", d=path, fill="none", stroke=tint, stroke_width="1.6")


def _bend(before: Point, corner: Point, after: Point) -> str:
    return f"L{_at(_near(corner, before))}Q{_at(corner)} {_at(_near(corner, after))}"


def _near(corner: Point, other: Point) -> Point:
    """A point by a corner, on the way to the next one and never past the middle."""
    share = _BEND / max(math.dist(corner, other), 2 * _BEND)
    (x, y), (to_x, to_y) = corner, other
    return x + (to_x - x) * share, y + (to_y - y) * share


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _state(node: Node, box: Box, *, current: bool) -> str:
    fill, tint = ("#f5f1e4", "#8c7c46") if node.final else ("#e9f0fa", "#4a74ad")
    wide = "1.6"
    if current:
        fill, tint, wide = "#ffd98a", "#b25e00", "3"
    (x, y), width, height = box.middle, box.width, box.height
    style = {"class_": "node", "fill": fill, "stroke": tint, "stroke_width": wide}
    within = extent(box.inside)[1] if box.inside else 0.0
    parts = [_rect(x, y, width, height, 9.0, **style), _text(x, y - within / 2, box.lines)]
    if node.final:
        parts.append(_rect(x, y, width - 7, height - 7, 6.0, fill="none", stroke=tint))
    if box.inside:
        rule = y + height / 2 - within - 2
        parts.append(tag("path", d=f"M{x - width / 2:.1f} {rule:.1f}h{width:.1f}", stroke=tint))
        parts.append(_text(x, y + height / 2 - within / 2 - 1, box.inside))
    return tag("g", *parts, class_="state")


def _chip(box: Box, tint: str) -> str:
    x, y = box.middle
    style = {"class_": "chip", "fill": "#f6f7fa", "stroke": tint, "stroke_width": "0.8"}
    return _rect(x, y, box.width, box.height, 5.0, **style) + _text(x, y, box.lines)


def _rect(x: float, y: float, width: float, height: float, rx: float, **style: str) -> str:
    left, top = x - width / 2, y - height / 2
    return tag("rect", x=left, y=top, width=width, height=height, rx=rx, **style)


def _text(x: float, y: float, lines: Sequence[str]) -> str:
    first = y + 4.5 - (len(lines) - 1) * LINE / 2
    spots = [(escape(line), first + n * LINE) for n, line in enumerate(lines)]
    return "".join(tag("text", t, x=x, y=y, text_anchor="middle", fill=_INK) for t, y in spots)
