"""Invented cases of any procedure, lawful, and marked as invented in every row: they estimate nothing."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import attrs

from openakimat.case import VOCABULARY, Applicant, Case, Register
from openakimat.chart.table import Table
from openakimat.desk import Desk
from openakimat.errors import BeyondCalendar, Fault, Malformed, Undated, make_fault
from openakimat.law.form import law_form
from openakimat.law.office import Office
from openakimat.lives.examples import openings
from openakimat.lives.ways import Ways
from openakimat.testing.strategies import live
from openakimat.trail.seal import Chain

MARK, _TRIES, _LOOKS, _AWAY = "synthetic", 50, 600, timedelta(days=20)


def invent_cases(
    office: Office, year: int, n: int, seed: int, /, *, procedures: Sequence[str] = (),
    kinds: Mapping[str, str] | None = None,
) -> list[Case]:  # fmt: skip
    """So many cases that came to an office in a year; of all its procedures, if none are told.

    `kinds` tells the procedure of each kind, as `kz.KINDS`: no case is then of a kind of another's.

    Raises `Malformed` if there are fewer than none, or none of the procedures opens a case in that year.

    >>> from openakimat import kz
    >>> [case.id for case in invent_cases(kz.office("khromtau"), 2025, 2, 7, procedures=["appeal"])]
    ['khromtau/synthetic-appeal-2025-1', 'khromtau/synthetic-appeal-2025-2']
    """
    faults = [Fault("n", f"{n} is under 0")] if n < 0 else []
    faults += [make_fault("procedures", "no-tuple", "str")] if isinstance(procedures, str) else []
    if faults:
        raise Malformed(MARK, faults)
    rng, found, known = Random(seed), list[Case](), dict[str, tuple[Ways, Any, list[Any]]]()  # noqa: S311 - no secret
    names = [*(procedures or office.law.procedures)]
    days = [day for day in office.calendar.days[1:] if day.year == year]
    for _ in range(_TRIES * n if days else 0):
        name, day = rng.choice(names), rng.choice(days)
        opens, closes = rng.choice(office.calendar.hours_of(day))
        minutes = rng.randrange(opens // 60, closes // 60)
        at = office.calendar.place.start_of(day) + timedelta(minutes=minutes)
        with suppress(Undated, BeyondCalendar):
            table = office.table_on(name, day)
            if table.under not in known:
                ways = _ways(rng, table, office, kinds or {})
                known[table.under] = ways, ways.openings, list[Any]()
            ways, begin, lives = known[table.under]
            ways.openings = [_dated(act, at, office) for act in begin]
            lives += () if lives else ways.to_each(at, bound=_LOOKS).values()
            if "applicant" not in office.law.trials.get(name, {}):
                who = Applicant(id=f"{MARK}-{rng.randrange(10_000)}")
                ways.people = (who, *ways.people[1:])
            opened, (first, way) = ways.opened(at), rng.choice(lives or [(-1, ())])
            found += [live(rng.choice, ways, opened[first], way)] if first in opened else []
        if len(found) == n:
            break
    if len(found) < n:
        raise Malformed(MARK, [Fault("procedures", f"none of {names} opens in {year}")])
    found.sort(key=lambda case: case.opened_at)
    return [
        _mark(case, f"{office.body.id}/{MARK}-{case.procedure}-{year}-{k}")
        for k, case in enumerate(found, 1)
    ]


def keep_cases(cases: Iterable[Case], desk: Desk, /) -> None:
    """Keep cases at a desk: sealed, with the charts and the law that they name, and their cards."""
    law = dict([law_form(desk.office)])
    for case in cases:
        salt = Random(case.id).randbytes  # noqa: S311 - nothing invented is secret
        rows, _ = Chain(case.id).seal_on(case.records, salt=salt)
        forms = {one.under: desk.office.table_of(one.under).form for one in case.records}
        desk.journal.append(case.id, rows, expected=0, forms=law | forms)
    desk.rebuild()


def _ways(rng: Random, table: Table, office: Office, kinds: Mapping[str, str]) -> Ways:
    """The ways of a table, begun by several channels, and by the kinds that are of its procedure."""
    kind, trials = VOCABULARY[table.opening.act], office.law.trials.get(table.procedure, {})
    channels, acts = office.law.by_kind.get("channel", ("",)), list[Any]()
    act: Any
    for act in (*openings(kind, {}), *openings(kind, trials.get("examples", {}))):
        if kinds.get(act.kind, table.procedure) != table.procedure:
            own = [one for one in kinds if kinds[one] == table.procedure]
            act = attrs.evolve(act, kind=rng.choice(own or [act.kind]))  # noqa: PLW2901 - the same of another kind
        acts.append(attrs.evolve(act, topic=MARK))
        with suppress(Malformed):  # not everything comes by every channel
            acts[-1] = attrs.evolve(acts[-1], channel=rng.choice(channels))
    return Ways(table, office, alone=True, examples={kind: acts})


def _dated(act: Any, at: datetime, office: Office) -> Any:
    """An act whose days are of the time it is performed: what it looks back to, and what is ahead of it."""
    told, today = dict[str, Any](), office.day_of(at)
    for name in attrs.fields_dict(type(act)):
        days = getattr(act, name)
        one = days[0] if isinstance(days, tuple) and days else days
        if type(one) is date:
            day = office.calendar.on_or_after(today + (-_AWAY if name.endswith("_on") else _AWAY))
            told[name] = day if one is days else (day,)
    return attrs.evolve(act, **told) if told else act


def _mark(case: Case, name: str) -> Case:
    """The same under its id, which is its number too."""
    records = list(case.records)
    for n, record in enumerate(records):
        if isinstance(record.act, Register):
            records[n] = attrs.evolve(record, act=attrs.evolve(record.act, number=name))
    return attrs.evolve(case, id=name, records=tuple(records))
