"""A scenario told in a TOML file: `scenario.schema.json` tells its form, and this makes plain values of it."""

import json
import math
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs
import numpy as np

from openakimat.errors import AkimatError, Fault, Malformed, reason_of, unknown_fault
from openakimat.law.office import Office
from openakimat.simulate.demand import (
    NOTHING_OPEN,
    Backlog,
    Demand,
    Drawn,
    Stop,
    corrupt,
    draw_cases,
    lawful,
)
from openakimat.simulate.engines.load import Staff
from openakimat.simulate.engines.minutes import NEVER, Minutes, compile_minutes
from openakimat.simulate.engines.streams import stream
from openakimat.simulate.rota import Told, make_staff, read_spread, staff_of, within, without

_FILLS = 50
"""Days in which it can be seen how an office fills up."""

_MOST = 10_000_000  # cases of a run, that memory may hold

_WHY = {  # where a schema would say it in its own words
    "anyOf": "a number has its `source`, or `assumed = true`",
    "oneOf": "a time has its `mean`, `cv` and `shape`, or the times `seen`",
    "not": "it means nothing here",
}

CasesOf = Callable[[str, str, Office, datetime], Sequence[Any]]
"""The cases of an office at an instant, by the address of a journal, or of a register and its mapping if it has one:
`report.figures.cases.Counted`."""


@attrs.frozen(eq=False)
class Scenario:
    """A world to be run: `told` as its file has it; open by its `calendar`, and in fact by `open`.

    `left_out` are the cases of its journal that make none of its stops, by what they are; `warm_up` the days
    after which it is measured: see `simulate.warmup`; `places` the file and line of each key.
    """

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
    backlog: Backlog = attrs.field(default=NOTHING_OPEN, repr=False)
    left_out: Mapping[str, int] = attrs.field(factory=dict)
    warm_up: int = 0
    places: Mapping[str, str] = attrs.field(factory=lambda: {"": ""}, repr=False)

    @property
    def since(self) -> int:
        """The minute from which it is measured."""
        return self.warm_up * 1440


def numbers(told: Told, path: str = "") -> Iterator[tuple[str, Told]]:
    """Every number that a scenario tells: its key, and the table with its unit and source."""
    for key, one in told.items():
        if isinstance(one, dict):
            within = f"{path}.{key}" if path else key
            # A stop or a group may be called unit.
            yield from [(within, one)] if isinstance(one.get("unit"), str) else numbers(one, within)


def read_scenario(
    path: Path, office_of: Callable[[str], Office], cases_of: CasesOf | None = None, /
) -> Scenario:
    """The scenario that a file tells; `office_of` finds its office by the name it has there.

    `cases_of` finds the cases that it is to start from, if it tells where: `register.figures` makes them.

    Raises `Malformed` with all that is wrong, each with its file, line and key.
    """
    places: dict[str, str] = {"": path.name}
    told = _whole(path, places, ())
    found = [*_misfits(told)] or _make(path.stem, told, office_of, cases_of)
    if isinstance(found, Scenario):
        return attrs.evolve(found, places=places)
    raise Malformed(f"scenario {path}", [placed(places, fault) for fault in found])


def placed(places: Mapping[str, str], fault: Fault, /) -> Fault:
    """A fault with the file and line of its key, or of the table that it is in."""
    key = fault.path
    while key not in places:
        key = key.rpartition(".")[0]
    return Fault(f"{places[key]} {fault.path}".strip(), fault.why)


def _whole(path: Path, places: dict[str, str], seen: tuple[Path, ...]) -> Any:
    """A file with what it extends, its days as text; and the place of each key."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        plain = json.dumps(tomllib.loads(text), default=str)
        # Numbers that are none would be within any bounds.
        told: dict[str, Any] = json.loads(plain, parse_constant=str)
    except (OSError, ValueError, RecursionError) as wrong:
        raise Malformed(f"scenario {path}", [Fault("", reason_of(wrong))]) from wrong
    for key in ("initial", "mapping"):
        if isinstance(told.get(key), str) and (near := path.parent / told[key]).is_file():
            told[key] = str(near)
    under: dict[str, Any] = {}
    if isinstance(beside := told.get("extends"), str):
        if path.resolve() in seen:
            raise Malformed(f"scenario {path}", [Fault("extends", "files extend each other")])
        under = _whole(path.parent / beside, places, (*seen, path.resolve()))
        under.pop("check", None)  # a published figure is of the days and people of its own file
    table = ""
    for no, line in enumerate(text.splitlines(), 1):
        if found := re.match(r"\s*(?:\[([^]]+)]|([\w.\"' -]+?)\s*=)", line):
            head, key = (re.sub("[\"']", "", one or "").strip() for one in found.groups())
            table = head or table
            places[f"{table}.{key}".strip(".")] = f"{path.name}:{no}"
    return _over(under, told)


def _over(under: Any, told: Any) -> Any:
    """A table over another; what has a unit is replaced whole."""
    if not isinstance(under, dict) or not isinstance(told, dict) or type(under.get("unit")) is str:
        return told
    return under | {key: _over(under.get(key), one) for key, one in told.items()}


def _misfits(told: Told) -> Iterator[Fault]:
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
        else:
            yield Fault(path, _WHY.get(str(wrong.validator)) or wrong.message)


def _make(
    name: str, told: Told, office_of: Callable[[str], Office], cases_of: CasesOf | None
) -> Scenario | list[Fault]:
    """The scenario, or all that means nothing in it."""
    stops: Told = told["stop"]
    queues = [*dict.fromkeys(stop.get("queue", key) for key, stop in stops.items())]
    faults, day = list[Fault](), date.fromisoformat
    found: dict[str, Any] = {"office": None}
    calendar: Any = None
    first, last = day(told["first"]), day(told["last"])

    def tried(path: str, make: Callable[[], Any]) -> None:
        try:
            found[path] = make()
        except AkimatError as wrong:
            faults.extend(_reasons(path, wrong, told.get(path)))

    tried("office", lambda: office_of(told["office"]))
    office = found["office"]
    faults += [*_strangers(told, queues, office), *_impossible(told)]
    if office:
        tried("first", lambda: compile_minutes(office.calendar, first, first))
        tried("last", lambda: compile_minutes(office.calendar, last, last))
        if key := told.get("limit"):
            tried("limit", lambda: office.limit(key, first, office.wording_on(first)))
    way = [_stop(key, of, queues.index(of.get("queue", key))) for key, of in stops.items()]
    if {"first", "last"} <= found.keys() and first <= last:
        calendar = compile_minutes(office.calendar, first, last)
        tried("demand", lambda: _demand(told["demand"], calendar))
        for key, of in told["staff"].items():
            tried(f"staff.{key}.hours", partial(within, calendar, of.get("hours")))
    if "initial" in told and cases_of is None:
        faults.append(Fault("initial", "nobody reads journals here: give `cases_of`"))
    elif "initial" in told and cases_of and "demand" in found:
        cases = partial(cases_of, told["initial"], told.get("mapping", ""), office)
        tried("initial", lambda: _backlog(told, cases, calendar, found["demand"], way))
    if faults:
        return faults
    closed = told.get("closed", {}).values()
    opened = without(calendar, closed)
    own = {key: found[f"staff.{key}.hours"] for key in told["staff"]}
    hours = {key: opened if of is calendar else without(of, closed) for key, of in own.items()}
    staff, groups = make_staff(told, queues, opened, hours)
    made = found["demand"], way, staff, queues, groups
    return Scenario(name, told, office, calendar, opened, *made, *found.get("initial", ()))


def _reasons(path: str, wrong: AkimatError, table: Any) -> Iterator[Fault]:
    # Each at its key, if it names one of a table's; what names nothing is told with what it is of.
    of: Sequence[Fault] = getattr(wrong, "faults", ())
    for one in of if any(one.path for one in of) else (wrong,):
        if isinstance(one, Fault) and isinstance(table, dict) and one.path in table:
            yield Fault(f"{path}.{one.path}", one.why)
        else:
            yield Fault(path, str(one).removeprefix(f"{path}: "))


def draw_run(
    scenario: Scenario, seed: int, replication: int = 0, /
) -> tuple[Drawn, Staff, list[int]]:
    """One run of a scenario, as engines take it: who comes, who works, and whose place each of them has."""
    paid = scenario.told.get("bribes")
    drawn = draw_cases(
        scenario.demand, scenario.way, scenario.calendar, seed=seed, replication=replication,
        discipline=corrupt(paid["value"]) if paid else lawful, backlog=scenario.backlog,
    )  # fmt: skip
    draw = partial(stream, seed, replication)
    return drawn, *staff_of(scenario.told, scenario.staff, scenario.groups, draw)


def _strangers(told: Told, queues: Sequence[str], office: Office | None) -> Iterator[Fault]:
    of_demand: dict[str, Sequence[str]] = {
        name: [*told["demand"].get(name, {"value": ()})["value"]] for name in ("topics", "channels")
    }
    if office:
        tables = (one.value for dated in office.law.procedures.values() for one in dated)
        of_demand["stages"] = [*dict.fromkeys(stage for of in tables for stage in of.stages)]
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


def _impossible(told: Told) -> Iterator[Fault]:
    for key, group in told["staff"].items():
        for name, span in group.get("away", {}).items():
            if (n := span.get("people", 0)) > (there := group["people"]["value"]):
                yield Fault(f"staff.{key}.away.{name}.people", f"{n} of {there}")
    for path, of in (*numbers(told), ("last", {"from": told["first"], "to": told["last"]})):
        if of.get("to", "9") < of.get("from", ""):
            yield Fault(path, f"{of['to']} is before {of['from']}")
    days = date.fromisoformat(told["last"]) - date.fromisoformat(told["first"])
    if told.get("warm_up") and ("initial" in told or days.days < _FILLS):
        yield Fault("warm_up", f"of more than {_FILLS} days, and not with `initial`")


def _backlog(
    told: Told, cases: Callable[[datetime], Sequence[Any]], calendar: Minutes, demand: Demand,
    way: Sequence[Stop],
) -> tuple[Backlog, Mapping[str, int]]:  # fmt: skip
    """The cases that are open, each at the stop that its stage is of, or at the first that takes it."""
    rows, left_out = list[tuple[int, ...]](), Counter[str]()
    topics, channels = [*demand.topics], [*demand.channels]
    still = (case for case in cases(calendar.at(0)) if case.done is None)
    for case in sorted(still, key=lambda case: case.received):
        names = case.topic, case.kind, case.procedure, ""
        name = next((one for one in names if one in topics), None)
        channel = channels.index(case.channel) if case.channel in channels else -1
        takes = [
            k
            for k, of in enumerate(way)
            if not of.channels or channel < 0 or case.channel in of.channels
            if not of.topics or name in of.topics
        ]
        if name is None or not (takes and case.procedure):  # or it cannot be loaded
            left_out[case.procedure or case.standing.value] += 1
            continue
        stages = [k for k in takes if case.stage in told["stop"][way[k].name].get("stages", ())]
        due = NEVER if case.due is None else calendar.minute(case.due)
        came = calendar.minute(case.received)
        rows.append(((stages or takes)[0], topics.index(name), channel, came, due))
    if not rows:
        of_others = f" that makes a stop here, but {', '.join(left_out)}" if left_out else ""
        why = f"at {told['office']} no case is open on {calendar.first}{of_others}"
        raise Malformed("initial", [Fault("", why)])
    return Backlog(*np.array(rows, np.int64).T), left_out


def _stop(name: str, of: Told, queue: int) -> Stop:
    plain: dict[str, Any] = {key: tuple(of[key]) for key in ("channels", "topics") if key in of}
    plain |= {key: read_spread(of[key]) for key in ("work", "delay", "patience") if key in of}
    return Stop(name, queue, share=of["share"]["value"] if "share" in of else 1.0, **plain)


def _demand(of: Told, calendar: Minutes) -> Demand:
    named = {key: one["value"] for key, one in of.items() if isinstance(one, dict)}
    cases = named.pop("cases")
    if grounds := named.get("grounds"):
        if (share := math.fsum(grounds.values())) > 1:
            raise Malformed("demand", [Fault("grounds", f"{share:g} of all, more than 1")])
        named["grounds"] = {"": 1 - share, **grounds}
    named |= {key: of[key] for key in ("closed_days", "self_service") if key in of}
    demand = Demand(1.0, **named)
    # A figure published for all of a period is spread over its days as the factors have it.
    days = demand.daily(calendar).sum()
    in_all = of["cases"]["unit"] == "cases"
    if in_all and not days:
        raise Malformed("demand", [Fault("", "there is no day on which anybody could come")])
    if (n := cases if in_all else cases * days) > _MOST:
        raise Malformed("demand", [Fault("cases", f"{n:,.0f} in a run, more than {_MOST:,}")])
    return attrs.evolve(demand, per_day=cases / days if in_all else cases)
