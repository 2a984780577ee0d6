"""The events of an XES log, each with the attributes of its trace."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from openakimat.errors import Malformed
from openakimat.register.cells import RawRow
from openakimat.register.faults import register_fault
from openakimat.register.files.head import Table
from openakimat.register.files.kind import MAX_WHOLE, Peeked

MAX_DEPTH = 100


def read_xes(file: Peeked) -> Table:
    """A log, trace by trace."""
    return Table("xes", _read_events(file))


def _read_events(file: Peeked) -> Iterator[RawRow]:
    """The events in order; what an event or a trace lacks is as the log says of all."""
    n, depth = 0, 0
    defaults: dict[str, dict[str, str]] = {}
    root: ElementTree.Element | None = None
    file.allowed = file.n_read + MAX_WHOLE
    for happens, element in ElementTree.iterparse(file, ("start", "end")):  # noqa: S314 - expat bounds the expansion of entities
        if happens == "start":
            depth += 1
            root = element if root is None else root
            if depth > MAX_DEPTH:
                raise Malformed("register", [register_fault("", "too-deep")])
            continue
        depth -= 1
        tag = element.tag.rpartition("}")[2]
        if depth != 1 or root is None:
            continue
        if tag == "global":
            defaults[element.get("scope", "")] = _attributes(element)
        elif tag == "trace":
            told = defaults.get("trace", {}) | _attributes(element)
            of_trace = {f"case:{key}": value for key, value in told.items()}
            for event in element:
                if event.tag.rpartition("}")[2] == "event":
                    n += 1
                    yield RawRow(n, of_trace | defaults.get("event", {}) | _attributes(event))
        # A log is as long as it likes: what has been read of it is let go, and as much allowed anew.
        root.clear()
        file.allowed = file.n_read + MAX_WHOLE


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    return {
        child.get("key", ""): child.get("value", "") for child in element if "key" in child.attrib
    }
