"""A case kept with its clocks: folded record by record, so that an act costs what the act costs.

Rules. (1) A record moves the clocks that its own chart has, as today's revision of that chart has
them: a corrected chart recounts, another wording does not. (2) A clock that came later is not
started by a record made before it. (3) A clock that runs, and that the chart of a record has not
any more, stops with that record as struck out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from openakimat.case.acts import Rectify
from openakimat.case.record import Case, Record, evolve
from openakimat.chart.table import AskedOffice, Clock, Table
from openakimat.judgement.clocks import Run, advance, ended_by, lapsed_clock, strike_out
from openakimat.limits.deadline import Deadline

Runs = dict[str, Run]

Counted = tuple[Run, Record | None, Deadline | None]
"""A run, what stopped it, and the deadline counted of the two."""


@attrs.frozen(eq=False)
class Running:
    """A case, the last run of each of its clocks, and the runs that are over.

    Attributes:
        case: The case.
        office: By whose law and charts its clocks were moved.
        runs: The last run of each clock that ever started, by its limit.
        over: The runs before those, each with its clock's limit, in the order they ended.
        counted: The deadlines counted so far: a run that no record moved is not counted again.
    """

    case: Case
    office: AskedOffice = attrs.field(repr=False)
    runs: Mapping[str, Run]
    over: tuple[tuple[str, Run], ...]
    counted: dict[str, Counted] = attrs.field(factory=dict, repr=False)

    @property
    def closed(self) -> bool:
        """Whether its stage is one that a case does not leave."""
        # As today's chart has it; where that has the stage no more, as its own has it.
        was, now = self._charts(self.case.under)
        return self.case.stage in (now if self.case.stage in now.stages else was).final

    def clock(self, limit: str, /) -> Clock | None:
        """The clock that runs a limit, as the last chart that had it has it today."""
        for record in reversed(self.case.records):
            if (clock := _clock(*self._charts(record.under), limit)) is not None:
                return clock
        return None

    def order(self, limit: str, /) -> int:
        """The place of a clock in the chart; those that it has no more stand after the others."""
        known = list(self._charts(self.case.under)[1].clocks)
        return known.index(limit) if limit in known else len(known)

    def _charts(self, under: str) -> tuple[Table, Table]:
        return self.office.table_of(under), self.office.revision_of(under)


def follow(case: Case | Running, /, *, office: AskedOffice) -> Running:
    """A case with its clocks as its records have moved them; as it is, if it has them already."""
    if isinstance(case, Running):
        return case
    runs: Runs = {}
    over: list[tuple[str, Run]] = []
    _fold(runs, over, case.records, office)
    return Running(case, office, runs, tuple(over))


def after(running: Running, record: Record, /) -> Running:
    """A case and its clocks after one more record."""
    case, office = evolve(running.case, record), running.office
    # What is corrected may have moved any clock at any time since.
    if isinstance(record.act, Rectify):
        return follow(case, office=office)
    runs, over = dict(running.runs), list(running.over)
    _fold(runs, over, (record,), office)
    return Running(case, office, runs, tuple(over), dict(running.counted))


def _fold(
    runs: Runs, over: list[tuple[str, Run]], records: Iterable[Record], office: AskedOffice
) -> None:
    """Move runs by records, in order."""
    for record in records:
        was, now = office.table_of(record.under), office.revision_of(record.under)
        for limit in _moved(was, now, record):
            clock = _clock(was, now, limit)
            if clock is None:
                continue
            run = runs.get(limit)
            moved = advance(clock, run, record)
            if run is not None and (former := ended_by(run, moved, record)) is not None:
                over.append((limit, former))
            if moved is not None:
                runs[limit] = moved
        for limit, run in runs.items():
            if limit not in was.clocks and run.stopped is None:
                runs[limit] = strike_out(run, record)


def _moved(was: Table, now: Table, record: Record) -> Iterable[str]:
    """The limits of the clocks that a record may move."""
    limits = now.moved_by.get(record.act.tag, ())
    if now is not was:
        limits = tuple(dict.fromkeys((*limits, *was.moved_by.get(record.act.tag, ()))))
    lapsed = lapsed_clock(record.act)
    return (lapsed, *(limit for limit in limits if limit != lapsed)) if lapsed else limits


def _clock(was: Table, now: Table, limit: str) -> Clock | None:
    """A clock that a chart has, as today's revision of it has it."""
    then = was.clocks.get(limit)
    return then and now.clocks.get(limit, then)
