"""A case kept with its clocks: folded record by record, so that an act costs what the act costs.

Rules. (1) A record moves the clocks that its own chart has, as today's revision of that chart has
them: a corrected chart recounts, another wording does not. (2) A clock that came later is not
started by a record made before it. (3) A clock that runs, and that the chart of a record has not
any more, stops with that record as struck out.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

import attrs

from openakimat.case import Case, Record, Rectify, evolve
from openakimat.chart.clock import Clock
from openakimat.chart.table import AskedOffice, Table
from openakimat.judgement.clocks import Run, advance, ended_by, lapsed_clock, names_of, strike_out
from openakimat.limits.deadline import Deadline

Runs = dict[str, Run]

Counted = tuple[Run, Record | None, Record | None, Deadline | None]
"""A run, what stopped it, the record since which another may have moved it, and its deadline."""


class Clockwork(NamedTuple):
    """The clocks of a chart, as today's revision of it has them.

    Attributes:
        was, now: The chart that a record names, and its revision today.
        clocks: Those of the former, each as the latter has it, by the limit they run.
        moved_by: By the tag of an act.
        order: The place of each clock of the latter.
    """

    was: Table
    now: Table
    clocks: Mapping[str, Clock]
    moved_by: Mapping[str, tuple[Clock, ...]]
    order: Mapping[str, int]

    def moves(self, record: Record) -> tuple[Clock, ...]:
        """The clocks that a record may move; the one that it says lapsed before the others."""
        moved = self.moved_by.get(record.act.tag, ())
        if not (lapsed := lapsed_clock(record.act)) or lapsed not in self.clocks:
            return moved
        first = self.clocks[lapsed]
        return (first, *(clock for clock in moved if clock is not first))

    def ends(self, stage: str) -> bool:
        """Whether a stage is one that a case does not leave."""
        # As today's chart has it; where that has the stage no more, as its own has it.
        return stage in (self.now if stage in self.now.stages else self.was).final


@lru_cache(maxsize=256)
def _clockwork(was: Table, now: Table) -> Clockwork:
    """The clocks of a chart: asked of every case that is loaded, and the same for all."""
    order = (limit for limit in dict.fromkeys((*now.clocks, *was.clocks)) if limit in was.clocks)
    clocks = {limit: now.clocks.get(limit, was.clocks[limit]) for limit in order}
    moved_by: dict[str, tuple[Clock, ...]] = {}
    for clock in clocks.values():
        for tag in clock.acts:
            moved_by[tag] = (*moved_by.get(tag, ()), clock)
    return Clockwork(was, now, clocks, moved_by, {limit: n for n, limit in enumerate(now.clocks)})


def _clockwork_of(under: str, office: AskedOffice) -> Clockwork:
    return _clockwork(office.table_of(under), office.revision_of(under))


# Nothing changes one. It is not frozen all the same: one is made for each act, and a frozen one takes
# four times as long to make.
@attrs.define(eq=False)
class Running:
    """A case, the last run of each of its clocks, and the runs that are over.

    Attributes:
        office: By whose law and charts its clocks were moved.
        clockwork: The clocks of the chart of its last record.
        runs: The last run of each clock that ever started, by its limit.
        over: The runs before those, each with its clock's limit, in the order they ended.
        closed: Whether its stage is one that a case does not leave.
        counted: The deadlines counted so far: a run that no record moved is not counted again.
    """

    case: Case
    office: AskedOffice = attrs.field(repr=False)
    clockwork: Clockwork = attrs.field(repr=False)
    runs: Mapping[str, Run]
    over: tuple[tuple[str, Run], ...]
    closed: bool
    counted: dict[str, Counted] = attrs.field(factory=dict, repr=False)

    def clock(self, limit: str, /) -> Clock | None:
        """The clock that runs a limit, as the last chart that had it has it today."""
        if (clock := self.clockwork.clocks.get(limit)) is not None:
            return clock
        # Its last chart has the clock no more: it was struck out, and an earlier one tells of it.
        for record in reversed(self.case.records):
            if (clock := _clockwork_of(record.under, self.office).clocks.get(limit)) is not None:
                return clock
        return None

    def is_ahead(self, limit: str, /) -> bool:
        """Whether the clock that runs a limit is counted back from the end of another."""
        return (clock := self.clock(limit)) is not None and bool(clock.ahead)

    def order(self, limit: str, /) -> int:
        """The place of a clock in the chart; those that it has no more stand after the others."""
        order = self.clockwork.order
        return order.get(limit, len(order))


def follow(case: Case | Running, /, *, office: AskedOffice) -> Running:
    """A case with its clocks as its records have moved them; as it is, if it has them already."""
    if isinstance(case, Running):
        return case
    runs: Runs = {}
    over: list[tuple[str, Run]] = []
    clockwork = _clockwork_of(case.records[0].under, office)
    clockwork = _fold(runs, over, case.records, clockwork, office)
    return Running(case, office, clockwork, runs, tuple(over), clockwork.ends(case.stage))


def after(running: Running, record: Record, /) -> Running:
    """A case and its clocks after one more record."""
    case, office = evolve(running.case, record), running.office
    # What is corrected may have moved any clock at any time since; so have lapses overtaken.
    if isinstance(record.act, Rectify) or case.overtaken is not running.case.overtaken:
        return follow(case, office=office)
    runs, over = dict(running.runs), list(running.over)
    clockwork = _fold(runs, over, (record,), running.clockwork, office)
    closed = clockwork.ends(case.stage)
    # What was counted is shared: a deadline is looked up with the run that it is of.
    return Running(case, office, clockwork, runs, tuple(over), closed, running.counted)


def _fold(
    runs: Runs, over: list[tuple[str, Run]], records: Iterable[Record], clockwork: Clockwork,
    office: AskedOffice,
) -> Clockwork:  # fmt: skip
    """Move runs by records, in order; the clocks of the last are given back."""
    for record in records:
        # By far most records stand under the chart of the one before.
        if another := record.under != clockwork.was.under:
            clockwork = _clockwork_of(record.under, office)
        names = names_of(record.act)
        for clock in clockwork.moves(record):
            run = runs.get(clock.limit)
            moved = advance(clock, run, record, names)
            if moved is run or moved is None:
                continue
            if run is not None and (former := ended_by(run, moved, record)) is not None:
                over.append((clock.limit, former))
            runs[clock.limit] = moved
        # A chart has all the clocks that it sets running: only one of an earlier chart can be gone.
        if another:
            for limit, run in runs.items():
                if limit not in clockwork.was.clocks and run.stopped is None:
                    runs[limit] = strike_out(run, record)
    return clockwork
