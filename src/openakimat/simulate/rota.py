"""Who works in a scenario, and when: hours of one's own, leave, people who change and learn."""

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any

import attrs
import numpy as np

from openakimat.calendar.days import intervals
from openakimat.errors import BeyondCalendar
from openakimat.simulate.engines.load import ALWAYS, Staff
from openakimat.simulate.engines.minutes import Minutes
from openakimat.simulate.engines.streams import Spread

Told = Mapping[str, Any]
"""A table of a scenario's file."""

_MINUTES = {"minutes": 1, "hours": 60, "days": 1440}
_YEAR = 365 * 1440
_WEEKDAYS = "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"


def read_spread(told: Told, /) -> Spread:
    """A time as it is told."""
    shape = {how: told[how] for how in ("cv", "shape") if how in told}
    unit = _MINUTES[told["unit"]]
    seen = [round(one * unit) for one in told.get("seen", ())]
    return Spread(told.get("mean", 0) * unit, seen=seen, **shape)


def without(opened: Minutes, spans: Collection[Told]) -> Minutes:
    """Opening hours without spans of days, of which there may be none within them."""
    left = opened.open.copy()
    for of in spans:
        begins, ends = ((date.fromisoformat(of[key]) - opened.first).days for key in ("from", "to"))
        left[max(begins, 0) * 1440 : max(ends + 1, 0) * 1440] = False
    return attrs.evolve(opened, open=left) if spans else opened


def within(opened: Minutes, told: Told | None) -> Minutes:
    """Opening hours in which somebody of hours of their own works; `BeyondCalendar` if in a week there is none."""
    if told is None:
        return opened
    week = np.zeros((7, 1440), np.bool_)
    for weekday, name in enumerate(_WEEKDAYS):
        for opens, closes in intervals(*told["value"].get(name, ())):
            week[weekday, opens // 60 : closes // 60] = True
    days = opened.first.weekday() + np.arange(len(opened.open) // 1440)
    own = attrs.evolve(opened, open=opened.open & week[days % 7].ravel())
    if len(days) >= len(_WEEKDAYS) and not own.open.any():
        raise BeyondCalendar("none of them is an hour of the office's")
    return own


def make_staff(
    told: Told, queues: Sequence[str], opened: Minutes, hours: Mapping[str, Minutes], /
) -> tuple[Staff, list[str]]:
    """All who work, in the `hours` of their groups; and the group of each."""
    groups, own = list[str](), list[Minutes]()
    for group, of in told["staff"].items():
        spans, found = of.get("away", {}), dict[tuple[str, ...], Minutes]()
        for person in range(int(of["people"]["value"])):
            gone = tuple(key for key in spans if person < spans[key].get("people", math.inf))
            if gone not in found:  # else thousands had a table each
                found[gone] = without(hours[group], [spans[key] for key in gone])
            groups.append(group)
            own.append(found[gone])
    of_each = [told["staff"][group] for group in groups]
    walks = [queue in told.get("walk_in", ()) for queue in queues]
    serving = (
        [hours[key] for key, of in told["staff"].items() if queue in of["serves"]]
        for queue in queues
    )
    # Who walks in waits for whoever is away, and comes in the hours of any who serve there.
    doors = [reduce(_either, of) if walk else None for of, walk in zip(serving, walks, strict=True)]
    tables = [*dict.fromkeys((opened, *own, *filter(None, doors)))]
    staff = Staff(
        [[queues.index(queue) for queue in of["serves"]] for of in of_each],
        tables,
        table=[*map(tables.index, own)],
        pace=[int(of["pace"]["value"]) if "pace" in of else 100 for of in of_each],
        doors=[tables.index(door) if door else ALWAYS for door in doors],
        finishes=walks,
    )
    return staff, groups


def _either(one: Minutes, other: Minutes) -> Minutes:
    return one if one is other else attrs.evolve(one, open=one.open | other.open)


def staff_of(
    told: Told,
    staff: Staff,
    groups: Sequence[str],
    draw: Callable[[str, int], np.random.Generator],
    /,
) -> tuple[Staff, list[int]]:
    """Who works in a run, each for a time and at a pace; and whose place in the office each has.

    Who leaves begins nothing that they could not end: it waits for others, and for who comes after
    them, slower until they have learnt.
    """
    tables = [*staff.minutes]
    working = list[tuple[int, int, int, bool]]()
    for person, group in enumerate(groups):
        of, at, usual = told["staff"][group], 0, staff.pace[person]
        table = tables[staff.table[person]]
        opened = table.open
        if "turnover" not in of:
            working.append((person, staff.table[person], usual, False))
            continue
        rng = draw(f"turnover of {group}", person - groups.index(group))
        while at < len(opened):
            leaves = at + 1 + int(rng.exponential(_YEAR / of["turnover"]["value"]))
            # Who is there at the beginning has learnt.
            learnt = at and min(at + int(read_spread(of["learning"]).draw(rng, 1)[0]), leaves)
            shifts = (at, learnt, int(of["newcomer"]["value"])), (learnt, leaves, usual)
            for begins, ends, slow in shifts:
                there = np.zeros_like(opened)
                there[begins:ends] = opened[begins:ends]
                if there.any():
                    working.append((person, len(tables), slow, ends < len(opened)))
                    tables.append(attrs.evolve(table, open=there))
            at = leaves
        if not working or working[-1][0] != person:  # never there: they are waited for, as on leave
            working.append((person, staff.table[person], usual, False))
    who = [person for person, *_ in working]
    _, places, pace, goes = zip(*working, strict=True)
    serves = [staff.serves[person] for person in who]
    of_run = attrs.evolve(
        staff, serves=serves, minutes=tables, table=places, pace=pace, leaves=goes
    )
    return of_run, who
