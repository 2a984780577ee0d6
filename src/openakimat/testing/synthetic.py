"""Invented cases of any procedure, lawful, and marked as invented in every row.

Who, when and how long is drawn, and estimates nothing; whether it is allowed is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import attrs

from openakimat.case.act import VOCABULARY
from openakimat.case.acts import Register
from openakimat.case.people import Applicant
from openakimat.case.record import Case, is_lapse
from openakimat.chart.table import Table
from openakimat.desk import Desk
from openakimat.errors import BeyondCalendar, Fault, Malformed, Undated
from openakimat.judgement.lapse import settle
from openakimat.judgement.running import Running
from openakimat.law.form import law_form
from openakimat.law.office import Office
from openakimat.lives.examples import openings
from openakimat.lives.ways import LAPSE, Turn, Ways
from openakimat.trail.seal import Chain

MARK = "synthetic"
_TRIES, _DAYS = 50, (0, 0, 0, 0, 1, 1, 2, 4, 9)
"""How often a case is tried, and after how many days the next thing is done, any as likely as another."""


def invent_cases(
    office: Office, year: int, n: int, seed: int, /, *, procedures: Sequence[str] = ()
) -> list[Case]:
    """So many cases that came to an office in a year, with what became of them to its end.

    They are of all that the office has, if no procedures are told.

    Raises:
        Malformed: None of the procedures opens a case in that year.

    >>> from openakimat import kz
    >>> [case.id for case in invent_cases(kz.office("khromtau"), 2025, 2, 7, procedures=["appeal"])]
    ['khromtau/synthetic-appeal-2025-1', 'khromtau/synthetic-appeal-2025-2']
    """
    rng, found = Random(seed), list[Case]()  # noqa: S311 - no secret
    names = [*(procedures or office.law.procedures)]
    days = [day for day in office.calendar.days[1:] if day.year == year]
    known = dict[str, tuple[Ways, dict[str, tuple[int, Sequence[Turn]]]]]()
    for _ in range(_TRIES * n if days else 0):
        if len(found) == n:
            break
        name, at = rng.choice(names), _within_hours(rng, office, rng.choice(days))
        with suppress(Undated):
            table = office.table_on(name, office.day_of(at))
            if table.under not in known:
                ways = _ways(rng, table, office)
                known[table.under] = ways, {**ways.to_each(at)}
            ways, lives = known[table.under]
            # Most are brought to an end.
            weights = [9 if stage in table.final else 1 for stage in lives]
            for life in rng.choices([*lives.values()], weights) if lives else ():
                found += _lived(rng, ways, *life, at)
    if len(found) < n:
        raise Malformed(MARK, [Fault("procedures", f"none of {names} opens in {year}")])
    found.sort(key=lambda case: case.opened_at)
    return [_marked(case, f"{office.body.id}/{MARK}-{case.procedure}-{year}-{k}") for k, case in enumerate(found, 1)]  # fmt: skip


def keep_cases(cases: Iterable[Case], desk: Desk, /) -> None:
    """Keep cases at a desk, sealed, with the charts and the law that they name, and their cards."""
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
        if case.procedure in usual:
            kind = case.received.kind
            answers = [r.at for r in case.records if r.act.answers and not is_lapse(r)]
            times = {"received_at": case.opened_at, "answered_at": max(answers, default=None)}
            times["registered_at"] = getattr(case.last(Register), "at", None)
            yield {
                "number": case.id,
                "kind": kind if kinds.get(kind) == case.procedure else usual[case.procedure],
                "channel": case.received.channel,
                "topic": MARK,
                **{name: f"{at:%Y-%m-%d %H:%M}" if at else "" for name, at in times.items()},
            }


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


def _within_hours(rng: Random, office: Office, day: date) -> datetime:
    opens, closes = rng.choice(office.calendar.hours_of(day))
    minutes = rng.randrange(opens // 60, closes // 60)
    return office.calendar.place.start_of(day) + timedelta(minutes=minutes)


def _lived(
    rng: Random, ways: Ways, opening: int, way: Sequence[Turn], at: datetime
) -> Iterable[Case]:
    """The case that goes a way, as far as the law and the year let it; none where it is not opened."""
    ways.people = (Applicant(id=f"{MARK}-{rng.randrange(10_000)}"), *ways.people[1:])
    if (of := ways.opened(at).get(opening)) is None:
        return
    with suppress(BeyondCalendar):
        for turn in way:
            then = _turned(rng, ways, of, turn)
            if then is None or then.case.records[-1].at.year > at.year:
                break
            of = then
    yield of.case


def _turned(rng: Random, ways: Ways, of: Running, turn: Turn) -> Running | None:
    """A case after a turn; soon, where it is not open at the moment drawn."""
    if turn.tag == LAPSE:
        return ways.lapsed(of)
    office, last = ways.office, of.case.records[-1].at
    day = office.calendar.on_or_after(office.day_of(last) + timedelta(days=rng.choice(_DAYS)))
    at = max(last, _within_hours(rng, office, day))
    settled, _ = settle(of, at=at, office=office)
    return ways.take(settled, turn, at) or ways.take(of, turn, ways.soon(of, late=turn.late))


def _marked(case: Case, name: str) -> Case:
    """The same under its id, which is its number too."""
    records = tuple(
        attrs.evolve(one, act=attrs.evolve(one.act, number=name))
        if isinstance(one.act, Register)
        else one
        for one in case.records
    )
    return attrs.evolve(case, id=name, records=records)
