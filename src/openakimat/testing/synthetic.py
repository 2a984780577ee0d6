"""Invented cases of any procedure, lawful, and marked as invented in every row: they estimate nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import attrs

from openakimat.case import VOCABULARY, Applicant, Case, Register, is_lapse
from openakimat.chart.table import Table
from openakimat.desk import Desk
from openakimat.errors import Fault, Malformed, Undated
from openakimat.law.form import law_form
from openakimat.law.office import Office
from openakimat.lives.examples import openings
from openakimat.lives.ways import Ways
from openakimat.testing.strategies import live
from openakimat.trail.seal import Chain

MARK, _TRIES, _LOOKS = "synthetic", 50, 600


def invent_cases(
    office: Office, year: int, n: int, seed: int, /, *, procedures: Sequence[str] = ()
) -> list[Case]:
    """So many cases that came to an office in a year; of all its procedures, if none are told.

    Raises `Malformed` if none of the procedures opens a case in that year.

    >>> from openakimat import kz
    >>> [case.id for case in invent_cases(kz.office("khromtau"), 2025, 2, 7, procedures=["appeal"])]
    ['khromtau/synthetic-appeal-2025-1', 'khromtau/synthetic-appeal-2025-2']
    """
    rng, found, known = Random(seed), list[Case](), dict[str, tuple[Ways, Any]]()  # noqa: S311 - no secret
    names = [*(procedures or office.law.procedures)]
    days = [day for day in office.calendar.days[1:] if day.year == year]
    for _ in range(_TRIES * n if days else 0):
        name, day = rng.choice(names), rng.choice(days)
        opens, closes = rng.choice(office.calendar.hours_of(day))
        minutes = rng.randrange(opens // 60, closes // 60)
        at = office.calendar.place.start_of(day) + timedelta(minutes=minutes)
        with suppress(Undated):
            table = office.table_on(name, day)
            if table.under not in known:
                ways = _ways(rng, table, office)
                known[table.under] = ways, [*ways.to_each(at, bound=_LOOKS).values()]
            ways, lives = known[table.under]
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


def register_rows(cases: Iterable[Case], kinds: Mapping[str, str], /) -> Iterator[dict[str, str]]:
    """The rows of a register, of cases that registers have: `kinds` tells the procedure of each kind."""
    usual = {procedure: kind for kind, procedure in reversed([*kinds.items()])}
    for case in cases:
        if (kind := usual.get(case.procedure)) is None:
            continue
        told = case.received
        kind = told.kind if kinds.get(told.kind) == case.procedure else kind
        answers = [r.at for r in case.records if r.act.answers and not is_lapse(r)]
        times = {"received_at": case.opened_at, "answered_at": max(answers, default=None)}
        times["registered_at"] = getattr(case.last(Register), "at", None)
        cells = {name: f"{at:%Y-%m-%d %H:%M}" if at else "" for name, at in times.items()}
        yield {"number": case.id, "kind": kind, "channel": told.channel, "topic": MARK, **cells}


def _ways(rng: Random, table: Table, office: Office) -> Ways:
    """The ways of a table, begun by several channels."""
    kind, trials = VOCABULARY[table.opening.act], office.law.trials.get(table.procedure, {})
    channels, acts = office.law.by_kind.get("channel", ("",)), list[Any]()
    act: Any
    for act in (*openings(kind, {}), *openings(kind, trials.get("examples", {}))):
        acts.append(attrs.evolve(act, topic=MARK))
        with suppress(Malformed):  # not everything comes by every channel
            acts[-1] = attrs.evolve(acts[-1], channel=rng.choice(channels))
    return Ways(table, office, alone=True, examples={kind: acts})


def _mark(case: Case, name: str) -> Case:
    """The same under its id, which is its number too."""
    records = list(case.records)
    for n, record in enumerate(records):
        if isinstance(record.act, Register):
            records[n] = attrs.evolve(record, act=attrs.evolve(record.act, number=name))
    return attrs.evolve(case, id=name, records=tuple(records))
