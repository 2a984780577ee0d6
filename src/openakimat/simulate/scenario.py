"""A scenario told in a TOML file: `scenario.schema.json` tells its form, and this makes plain values of it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs

from openakimat.errors import AkimatError, Fault, Malformed, reason_of, unknown_fault
from openakimat.law.office import Office
from openakimat.simulate.demand import Demand, Stop
from openakimat.simulate.load import ALWAYS, Staff
from openakimat.simulate.minutes import Minutes, compile_minutes
from openakimat.simulate.streams import Spread

Told = Mapping[str, Any]

_MINUTES = {"minutes": 1, "hours": 60, "days": 1440}


@attrs.frozen(eq=False)
class Scenario:
    """A world to be run: `told` as its file has it; open by its `calendar`, and in fact by `open`."""

    name: str
    told: Told = attrs.field(repr=False)
    office: Office = attrs.field(repr=False)
    calendar: Minutes = attrs.field(repr=False)
    open: Minutes = attrs.field(repr=False)
    demand: Demand
    way: Sequence[Stop]
    staff: Staff = attrs.field(repr=False)
    queues: Sequence[str]
    groups: Sequence[str]


def numbers(told: Told, path: str = "") -> Iterator[tuple[str, Told]]:
    """Every number that a scenario tells: its key, and the table with its unit and source."""
    for key, one in told.items():
        if isinstance(one, dict):
            within = f"{path}.{key}" if path else key
            yield from [(within, one)] if "unit" in one else numbers(one, within)


def read_scenario(path: Path, office_of: Callable[[str], Office], /) -> Scenario:
    """The scenario that a file tells; `office_of` finds its office by the name it has there.

    Raises `Malformed` with all that is wrong, each with its file, line and key.
    """
    places: dict[str, str] = {"": path.name}
    told = _whole(path, places, ())
    found = [*_misfits(told)] or _make(path.stem, told, office_of)
    if isinstance(found, Scenario):
        return found
    faults = list[Fault]()
    for fault in found:
        key = fault.path
        while key not in places:
            key = key.rpartition(".")[0]
        faults.append(Fault(f"{places[key]} {fault.path}".rstrip(), fault.why))
    raise Malformed(f"scenario {path}", faults)


def _whole(path: Path, places: dict[str, str], seen: tuple[Path, ...]) -> Any:
    """A file with what it extends, its days as text; and the place of each key."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        told: dict[str, Any] = json.loads(json.dumps(tomllib.loads(text), default=str))
    except (OSError, ValueError, RecursionError) as wrong:
        raise Malformed(f"scenario {path}", [Fault("", reason_of(wrong))]) from wrong
    under: dict[str, Any] = {}
    if isinstance(beside := told.get("extends"), str):
        if path.resolve() in seen:
            raise Malformed(f"scenario {path}", [Fault("extends", "files extend each other")])
        under = _whole(path.parent / beside, places, (*seen, path.resolve()))
    table = ""
    for no, line in enumerate(text.splitlines(), 1):
        if found := re.match(r"\s*(?:\[([^]]+)]|([\w.\"' -]+?)\s*=)", line):
            head, key = (re.sub("[\"']", "", one or "").strip() for one in found.groups())
            table = head or table
            places[f"{table}.{key}".strip(".")] = f"{path.name}:{no}"
    return _over(under, told)


def _over(under: Any, told: Any) -> Any:
    """A table over another; what has a unit is replaced whole."""
    if not (isinstance(under, dict) and isinstance(told, dict)) or "unit" in under:
        return told
    return under | {key: _over(under.get(key), one) for key, one in told.items()}


def _misfits(told: Told) -> Iterator[Fault]:
    """What does not have the form that the schema tells."""
    import jsonschema  # as the rest of the extra `simulate`, and only where a file is read

    of = files("openakimat.simulate").joinpath("scenario.schema.json").read_text("utf-8")
    kind = jsonschema.Draft202012Validator
    judge = kind(json.loads(of), format_checker=kind.FORMAT_CHECKER)
    for wrong in judge.iter_errors(told):
        path = ".".join(map(str, wrong.absolute_path))
        if wrong.validator == "additionalProperties":
            known = wrong.schema["properties"]
            keys = {f"{path}.{one}".strip("."): one for one in wrong.instance if one not in known}
            yield from (unknown_fault(at, one, known) for at, one in keys.items())
        elif wrong.validator == "anyOf":
            yield Fault(path, "a number has its `source`, or `assumed = true`")
        else:
            yield Fault(path, wrong.message)


def _make(name: str, told: Told, office_of: Callable[[str], Office]) -> Scenario | list[Fault]:
    """The scenario, or all that means nothing in it."""
    stops: Told = told["stop"]
    queues = [*dict.fromkeys(stop.get("queue", key) for key, stop in stops.items())]
    faults, day = [*_strangers(told, queues)], date.fromisoformat
    found: dict[str, Any] = {"office": None, "first": None}

    def tried(path: str, make: Callable[[], Any]) -> None:
        try:
            found[path] = make()
        except AkimatError as wrong:
            of = getattr(wrong, "faults", (wrong,))
            faults.extend(Fault(path, str(one)) for one in of)

    tried("office", lambda: office_of(told["office"]))
    office = found["office"]
    if office:
        days = day(told["first"]), day(told["last"])
        tried("first", lambda: compile_minutes(office.calendar, *days))
        if key := told.get("limit"):
            tried("limit", lambda: office.limit(key, days[0], office.wording_on(days[0])))
    calendar = found["first"]
    if calendar:
        tried("demand", lambda: _demand(told["demand"], calendar))
    if faults:
        return faults
    start_of = office.calendar.place.start_of
    opened = calendar.less(
        (start_of(day(of["from"])), start_of(day(of["to"]) + timedelta(days=1)))
        for of in told.get("closed", {}).values()
    )
    way = [_stop(key, of, queues.index(of.get("queue", key))) for key, of in stops.items()]
    groups = [key for key, of in told["staff"].items() for _ in range(of["people"]["value"])]
    of_each = [told["staff"][group] for group in groups]
    walks = [queue in told.get("walk_in", ()) for queue in queues]
    staff = Staff(
        [[queues.index(queue) for queue in of["serves"]] for of in of_each],
        [opened],
        table=[0] * len(groups),
        pace=[of["pace"]["value"] if "pace" in of else 100 for of in of_each],
        doors=[0 if walks_in else ALWAYS for walks_in in walks],
        finishes=walks,
    )
    made = found["demand"], way, staff
    return Scenario(name, told, office, calendar, opened, *made, queues, groups)


def _strangers(told: Told, queues: Sequence[str]) -> Iterator[Fault]:
    """Names that are of nothing, and queues that nobody serves."""
    of_demand: dict[str, Sequence[str]] = {
        name: [*told["demand"].get(name, {"value": ()})["value"]] for name in ("topics", "channels")
    }
    uses = [("walk_in", told.get("walk_in", ()), queues)]
    uses += [("limit_topics", told.get("limit_topics", ()), of_demand["topics"])]
    uses += [(f"staff.{key}.serves", of["serves"], queues) for key, of in told["staff"].items()]
    uses += [
        (f"stop.{key}.{trait}", stop.get(trait, ()), known)
        for key, stop in told["stop"].items()
        for trait, known in of_demand.items()
    ]
    for path, names, known in uses:
        yield from (unknown_fault(path, name, known) for name in names if name not in known)
    served = {queue for of in told["staff"].values() for queue in of["serves"]}
    yield from (Fault("staff", f"nobody serves {one!r}") for one in queues if one not in served)


def _stop(name: str, of: Told, queue: int) -> Stop:
    plain: dict[str, Any] = {key: tuple(of[key]) for key in ("channels", "topics") if key in of}
    plain |= {
        key: Spread(
            of[key].get("mean", 0) * _MINUTES[of[key]["unit"]],
            seen=[round(one * _MINUTES[of[key]["unit"]]) for one in of[key].get("seen", ())],
            **{how: of[key][how] for how in ("cv", "shape") if how in of[key]},
        )
        for key in ("work", "delay", "patience")
        if key in of
    }
    return Stop(name, queue, share=of["share"]["value"] if "share" in of else 1.0, **plain)


def _demand(of: Told, calendar: Minutes) -> Demand:
    named = {key: one["value"] for key, one in of.items() if isinstance(one, dict)}
    cases = named.pop("cases")
    if grounds := named.get("grounds"):
        named["grounds"] = {"": max(0.0, 1 - sum(grounds.values())), **grounds}
    demand = Demand(1.0, closed_days=of.get("closed_days", False), **named)
    # A figure published for all of a period is spread over its days as the factors have it.
    days = demand.daily(calendar).sum() if of["cases"]["unit"] == "cases" else 1.0
    if not days:
        raise Malformed("demand", [Fault("", "there is no day on which anybody could come")])
    return attrs.evolve(demand, per_day=cases / days)
