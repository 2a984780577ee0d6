"""An office told in a TOML file, for those who write no Python: `office.schema.json` tells its form."""

import json
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs

from openakimat.calendar.days import DayNote, Hours, Interval, intervals
from openakimat.calendar.terms import Term, term
from openakimat.case.people import Body
from openakimat.dated import Dated, Edition, Evidence, in_order
from openakimat.errors import Fault, Malformed, make_fault, reason_of, unknown_fault
from openakimat.kz.law import law
from openakimat.law.authority import Signs, authority_faults
from openakimat.law.office import standard_faults

_BEGINNING = "2005-01-01"

_KINDS: Mapping[str, tuple[type[Any], str]] = {
    "object": (dict, "is no table"),
    "array": (list, "is no list"),
    "string": (str, "is no text"),
    "integer": (int, "is no whole number"),
}


@attrs.frozen
class OfficeFile:
    """An office as its file tells it: its body, town, week, hours, days, readings, first days, standards, order of signing."""

    body: Body
    town: str
    week: str
    opening: Dated[Hours]
    notes: tuple[DayNote, ...]
    readings: Mapping[str, str]
    since: Mapping[str, date]
    standards: Mapping[str, Term]
    authority: tuple[Signs, ...]


def read_office(path: Path, /) -> OfficeFile:
    """The office that a file tells.

    Raises `Malformed` if it cannot be read, or something in it means nothing: all at once, each with its
    place and with what would be right.
    """
    try:
        told = _without_dates(tomllib.loads(path.read_bytes().decode("utf-8-sig")))
    except (OSError, ValueError, RecursionError) as wrong:
        raise Malformed(f"office {path}", [Fault("", reason_of(wrong))]) from wrong
    schema = json.loads(files("openakimat.kz").joinpath("office.schema.json").read_text("utf-8"))
    faults = [*_misfits(told, schema, "", schema["$defs"])]
    if faults := [*faults, *_contradictions(told, [one.path for one in faults])]:
        raise Malformed(f"office {path}", faults)
    return OfficeFile(
        Body(told["id"], told["names"]),
        told["town"],
        told.get("week", "five-day"),
        _open(told),
        tuple(
            DayNote(_day(one["on"]), one["kind"], one.get("names", {}), one.get("source", ""))
            for one in told.get("days", ())
        ),
        told.get("readings", {}),
        {name: _day(day) for name, day in told.get("since", {}).items()},
        {name: term(text) for name, text in told.get("standards", {}).items()},
        tuple(Signs(**line) for line in told.get("authority", ())),
    )


_day = date.fromisoformat


def _without_dates(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_dates(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [*map(_without_dates, value)]
    return value.isoformat() if type(value) is date else value


def _misfits(value: Any, schema: Any, path: str, named: Any) -> Iterator[Fault]:
    """What does not have the form that a schema tells; so much of JSON Schema as ours has."""
    schema = named[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    kind, why = _KINDS[schema.get("type", "string")]
    if not isinstance(value, kind) or isinstance(value, bool):
        yield Fault(path, f"{value!r:.40} {why}")
    elif isinstance(value, str):
        yield from _misspelt(value, schema, path)
    elif isinstance(value, list):
        if not value:
            yield make_fault(path, "empty")
        for n, one in enumerate(value):
            yield from _misfits(one, schema["items"], f"{path}[{n}]", named)
    elif isinstance(value, dict):
        within, known = f"{path}." if path else "", schema.get("properties", {})
        yield from (
            make_fault(within + name, "needed")
            for name in schema.get("required", ())
            if name not in value
        )
        for key, one in value.items():
            if inner := known.get(key) or schema.get("additionalProperties"):
                yield from _misfits(key, schema.get("propertyNames", {}), path, named)
                yield from _misfits(one, inner, within + key, named)
            else:
                yield unknown_fault(path, key, known)


def _misspelt(value: str, schema: Any, path: str) -> Iterator[Fault]:
    if value not in (known := schema.get("enum", [value])):
        yield unknown_fault(path, value, known)
    if not re.search(schema.get("pattern", ""), value):
        yield Fault(path, f"{value!r:.40} is not written as {schema['description']}")


def _contradictions(told: Any, wrong: Collection[str]) -> Iterator[Fault]:
    """What of an office has its form, unlike what is `wrong`, and means nothing."""

    def whole(path: str) -> bool:
        return not any(one == path or one.startswith((f"{path}.", f"{path}[")) for one in wrong)

    def listed(name: str) -> dict[str, Any]:
        held = () if name in wrong else told.get(name, ())
        return {f"{name}[{n}]": one for n, one in enumerate(held) if whole(f"{name}[{n}]")}

    hours, since = listed("hours"), told.get("since", {}) if whole("since") else {}
    begun = {path: one.get("since", _BEGINNING) for path, one in hours.items()}
    for n, (path, day) in enumerate(begun.items()):
        if day in [*begun.values()][:n]:
            yield Fault(path, f"others begin on {day} too: tell `since` of the later ones")
    for path, one in hours.items():
        for where, of in {"": one, **one.get("weekdays", {})}.items():
            told_as = ", lunch ".join(filter(None, (of["open"], of.get("lunch"))))
            yield from _tried(f"{path}{where and f'.{where}'}: {told_as}", _intervals, of)
    if whole("readings"):
        yield from _tried("readings", law().chosen, told.get("readings", {}))
    days = since | {path: one["on"] for path, one in listed("days").items()} | begun
    for name, day in days.items():
        try:
            _day(day)
        except ValueError:
            yield make_fault(name, "no-day", day)
    yield from standard_faults(law(), told.get("standards", {}) if whole("standards") else {})
    order = {path: Signs(**line) for path, line in listed("authority").items()}
    yield from authority_faults(law(), order)
    yield from _tried("since", law().starting, dict.fromkeys(since, date.max))


def _tried(path: str, make: Callable[[Any], object], value: Any) -> Iterator[Fault]:
    try:
        make(value)
    except Malformed as wrong:
        yield from (Fault(path, str(one)) for one in wrong.faults)


def _intervals(hours: Any) -> tuple[Interval, ...]:
    opens, _, closes = hours["open"].partition("-")
    noon, _, back = hours.get("lunch", "").partition("-")
    return intervals(*((f"{opens}-{noon}", f"{back}-{closes}") if back else (hours["open"],)))


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _open(told: Any) -> Dated[Hours]:
    """Its opening hours; the first of them stand for the time before them too."""
    first = min(one.get("since", _BEGINNING) for one in told["hours"])
    editions = []
    for one in told["hours"]:
        since = one.get("since", _BEGINNING)
        others = {_WEEKDAYS.index(d): _intervals(of) for d, of in one.get("weekdays", {}).items()}
        begun = _day(min(since, _BEGINNING) if since == first else since)
        evidence = Evidence(one.get("evidence", "confirmed"))
        hours = Hours(_intervals(one), others)
        editions.append(
            Edition(hours, f"{told['id']} {since}", begun, one.get("source", ""), evidence)
        )
    return Dated(f"hours of {told['id']}", in_order(editions))
