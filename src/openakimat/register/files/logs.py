"""The events of a log: of XES each with the attributes of its trace, of OCEL with those of its objects."""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from openakimat.errors import Malformed
from openakimat.register.entries.cells import RawRow
from openakimat.register.faults import register_fault
from openakimat.register.files.head import Table, show_value
from openakimat.register.files.kind import MAX_WHOLE, Peeked

MAX_DEPTH = 100


def read_log(file: Peeked, kind: str) -> Table:
    """A log in XML."""
    file.allowed = file.n_read + MAX_WHOLE
    if kind == "xes":
        return Table(kind, _read_traces(file))
    log: dict[str, list[Any]] = {"objects": [], "events": []}
    for element in _elements(file, depth=2):
        log.get(f"{_tag(element)}s", []).append(_plain(element))
    return Table(kind, read_ocel(log))


def _elements(file: Peeked, *, depth: int) -> Iterator[ElementTree.Element]:
    """The elements that stand so deep, each let go once it was seen."""
    around: list[ElementTree.Element] = []
    for happens, element in ElementTree.iterparse(file, ("start", "end")):  # noqa: S314 - expat bounds the expansion of entities
        if happens == "start":
            around.append(element)
            if len(around) > MAX_DEPTH:
                raise Malformed("register", [register_fault("", "too-deep")])
            continue
        around.pop()
        if len(around) == depth:
            yield element
            around[-1].clear()


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _read_traces(file: Peeked) -> Iterator[RawRow]:
    """The events in order; what an event or a trace lacks is as the log says of all."""
    n = 0
    defaults: dict[str, dict[str, str]] = {}
    for element in _elements(file, depth=1):
        # A log is as long as it likes: what has been read of it is let go, and as much allowed anew.
        file.allowed = file.n_read + MAX_WHOLE
        if _tag(element) == "global":
            defaults[element.get("scope", "")] = _attributes(element)
        elif _tag(element) == "trace":
            told = defaults.get("trace", {}) | _attributes(element)
            of_trace = {f"case:{key}": value for key, value in told.items()}
            for event in element:
                if _tag(event) == "event":
                    n += 1
                    yield RawRow(n, of_trace | defaults.get("event", {}) | _attributes(event))


def _attributes(element: ElementTree.Element) -> dict[str, str]:
    return {
        child.get("key", ""): child.get("value", "") for child in element if "key" in child.attrib
    }


def _plain(element: ElementTree.Element) -> dict[str, Any]:
    """An object or event of a log in XML, as that in JSON has it."""
    attributes = element.iterfind("{*}attributes/{*}attribute")
    return {
        **element.attrib,
        "attributes": [{**one.attrib, "value": one.text} for one in attributes],
        "relationships": [
            {"objectId": one.get("object-id")} for one in element.iterfind("{*}objects/*")
        ],
    }


def read_ocel(log: dict[str, Any]) -> Iterator[RawRow]:
    """A row of each event and each object that it is of, by the names that XES has for them."""
    objects = {show_value(one.get("id")): _told_of(one, "case:") for one in _listed(log, "objects")}
    for n, event in enumerate(_listed(log, "events"), start=1):
        own = {
            "concept:name": show_value(event.get("type")),
            "time:timestamp": show_value(event.get("time")),
            **_told_of(event),
        }
        for of in _listed(event, "relationships"):
            case = show_value(of.get("objectId"))
            yield RawRow(n, own | objects.get(case, {}) | {"case:concept:name": case})


def _listed(of: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = of.get(name)
    listed = found if isinstance(found, list) else []
    return [one for one in listed if isinstance(one, dict)]


def _told_of(of: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """The attributes of an object or event; of one that changed, as it was told last."""
    told = {
        f"{prefix}{one.get('name')}": show_value(one.get("value"))
        for one in sorted(_listed(of, "attributes"), key=lambda one: str(one.get("time", "")))
    }
    return {f"{prefix}type": show_value(of.get("type"))} | told if prefix else told
