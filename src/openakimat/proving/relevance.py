"""What may still be asked of a case, from each stage on: by guards, of clocks, of persons.

What no row still to be reached asks for is nothing to what becomes of a case. Nor is what
only rows ask for that come back to where they were and move no clock into an act of the
law: such a row leaves a trace that nobody needs but its like. A search that missed one of
them asks again, with that row among those asked for (see `model`).
"""

from __future__ import annotations

from collections.abc import Container, Iterable

import attrs

from openakimat.case.act import VOCABULARY, Act
from openakimat.case.acts import Lapse, Reopen
from openakimat.chart.table import Row, Table
from openakimat.proving.actors import told_apart
from openakimat.proving.asks import Reading, read_guard, read_rows, readings_of


class Foresight:
    """What is still to come from each stage of a table.

    Attributes:
        telling: The rows that can change what becomes of a case, by identity.
        guards: What those guards look at that look at acts.
        clocks: The limits whose clocks guards ask for.
        days: The limits whose clocks an act sets the day of, where guards read that day.
        apart: The acts of which it matters who performed them.
        acts: The classes of acts that may still be performed.
    """

    def __init__(self, table: Table, asked: Iterable[Row] = ()) -> None:
        self.telling = telling = _telling(table, asked)
        self._reopening: tuple[type[Act], ...] = tuple(
            {Reopen, *(act for clock in table.clocks.values() for act in clock.reopens)}
        )
        reopening = {kind.tag for kind in self._reopening}
        onward = {stage: _onward(table, stage) for stage in table.stages}
        asking = {
            stage: [row for row in rows if id(row) in telling] for stage, rows in onward.items()
        }
        self.guards = {
            stage: self._guards(
                rows, [row for row in _onward(table, stage, reopening) if id(row) in telling]
            )
            for stage, rows in asking.items()
        }
        self.clocks = {stage: clocks_asked(table, rows) for stage, rows in asking.items()}
        self.days = {stage: _days_read(table, rows) for stage, rows in asking.items()}
        self.apart = {stage: told_apart(rows) for stage, rows in onward.items()}
        self.acts = {
            stage: frozenset({Lapse, *(VOCABULARY[row.act] for row in rows)})
            for stage, rows in onward.items()
        }

    def since_reopened(self, found: list[Act]) -> list[Act]:
        """The acts after the last reopening among them."""
        reopened = [n for n, act in enumerate(found) if isinstance(act, self._reopening)]
        return found[reopened[-1] + 1 :] if reopened else found

    def weighs_reopening(self, guard: Reading) -> bool:
        """Whether a guard weighs other acts against a reopening."""
        reopening = {kind for kind in guard.kinds if issubclass(kind, self._reopening)}
        return bool(reopening) and reopening != guard.kinds

    def _guards(self, onward: Iterable[Row], before: Iterable[Row]) -> tuple[Reading, ...]:
        """The guards that look at acts: what they see since a reopening is gone with the next."""
        later, sooner = (
            [read_guard(guard.holds) for row in rows for guard in row.guards]
            for rows in (onward, before)
        )
        lasting = [one for one in later if not self.weighs_reopening(one)]
        asking = dict.fromkeys((*lasting, *filter(self.weighs_reopening, sooner)))
        return tuple(one for one in asking if one.kinds or one.of_all)


def clocks_asked(table: Table, rows: Iterable[Row], /) -> frozenset[str]:
    """The clocks that the guards of some rows ask for, and those that these are ahead of.

    >>> from openakimat import kz
    >>> table = kz.Appeal.table
    >>> sorted(clocks_asked(table, table.rows["considered", "extend"]))
    ['appeal.consideration']
    """
    found = set[str]()
    for one in readings_of(rows):
        if any(issubclass(kind, Lapse) for kind in one.kinds):
            return frozenset(table.clocks)
        found |= one.limits_among(table.clocks)
    while fresh := {table.clocks[key].ahead for key in found} - {"", *found}:
        found |= fresh
    return frozenset(found)


def _days_read(table: Table, rows: Iterable[Row]) -> frozenset[str]:
    """The clocks whose last day an act sets, where the guards of some rows read it."""
    readings = readings_of(rows)
    return frozenset(
        key
        for key, clock in table.clocks.items()
        for kind in (*clock.starts, *clock.extends)
        if {"until", "term"} & {field.name for field in attrs.fields(kind)}
        and any(kind in one.kinds and {"until", "term"} & one.names for one in readings)
    )


def _telling(table: Table, asked: Iterable[Row]) -> set[int]:
    """The rows that can change what becomes of a case, by identity.

    They lead on, move a clock that may run out into an act of the law, are given as asked
    for, or are asked for by the guards of such rows.
    """
    rows = [row for way in table.rows.values() for row in way]
    moving = {
        act.tag
        for clock in table.clocks.values()
        if clock.on_lapse is not Lapse
        for acts in (clock.starts, clock.stops, clock.pauses, clock.resumes, clock.reopens)
        for act in acts
    }
    found = [row for row in rows if row.source != row.target or row.act in moving]
    found += asked
    while True:
        kinds = read_rows(found).kinds
        known = set(map(id, found))
        fresh = [
            row
            for row in rows
            if id(row) not in known and any(issubclass(VOCABULARY[row.act], of) for of in kinds)
        ]
        if not fresh:
            return known
        found += fresh


def _onward(table: Table, stage: str, but: Container[str] = ()) -> list[Row]:
    """The rows that a case at a stage may still come to, not going on by some acts."""
    reached, open_ = {stage}, [stage]
    found: list[Row] = []
    while open_:
        at = open_.pop()
        rows = [row for (of, _), way in table.rows.items() if of == at for row in way]
        found += rows
        fresh = {row.target for row in rows if row.act not in but} - reached
        reached |= fresh
        open_ += fresh
    return found
