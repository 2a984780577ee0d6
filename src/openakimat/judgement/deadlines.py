"""By which day: the deadline of every clock that the records of a case have set running."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from operator import attrgetter

from openakimat.calendar.terms import AsSet
from openakimat.case.act import Act
from openakimat.case.record import Case, Record, wording_of
from openakimat.chart.table import AskedOffice, Clock, Table
from openakimat.dated import Edition
from openakimat.errors import Fault
from openakimat.judgement.clocks import Run, advance, ended_by, running
from openakimat.limits.deadline import Deadline, due
from openakimat.limits.limit import TimeLimit, as_told


def reopened(case: Case, table: Table, /) -> bool:
    """Whether a case was taken up again after its last answer."""
    kinds = {kind for clock in table.clocks.values() for kind in clock.reopens}
    for record in reversed(case.records):
        if record.act.answers or type(record.act) in kinds:
            return type(record.act) in kinds
    return False


def deadlines(case: Case, /, *, office: AskedOffice) -> tuple[Deadline, ...]:
    """The deadline of every clock that ever started, soonest first."""
    counted = (_deadline(case, clock, run, office) for clock, run in _runs(case, office))
    return tuple(sorted(filter(None, counted), key=lambda deadline: deadline.at))


def deadline_of(case: Case, limit: str, /, *, office: AskedOffice) -> Deadline | None:
    """The deadline of the clock that runs a limit; None when it never started."""
    clock = office.table_of(case.under).clocks.get(limit)
    if clock is None or (run := _run(case, clock, office)) is None:
        return None
    return _deadline(case, clock, run, office)


def _runs(case: Case, office: AskedOffice) -> list[tuple[Clock, Run]]:
    clocks = office.table_of(case.under).clocks.values()
    return [(clock, run) for clock in clocks if (run := _run(case, clock, office))]


def _run(case: Case, clock: Clock, office: AskedOffice) -> Run | None:
    """The last run of a clock; each record moves it as the wording it was done under has it."""
    # A case goes on to a later wording and never back: the first and the last tell of them all.
    if case.records[0].under == case.under:
        return running(clock, case.records)
    run: Run | None = None
    for record in case.records:
        then = office.table_of(record.under).clocks.get(clock.limit)
        run = advance(then, run, record) if then else run
    return run


def rounds(case: Case, /, *, office: AskedOffice) -> tuple[Deadline, ...]:
    """The deadlines of the runs that are over because their clock was started or taken up again.

    Each is as it stood then. Clocks that run ahead of others are left out: they have no run
    of their own.
    """
    counted = (
        _deadline(case, clock, run, office)
        for clock in office.table_of(case.under).clocks.values()
        if not clock.ahead
        for run in _over(case, clock, office)
    )
    return tuple(filter(None, counted))


def _over(case: Case, clock: Clock, office: AskedOffice) -> Iterator[Run]:
    """The runs of a clock but the last."""
    run: Run | None = None
    for record in case.records:
        then = office.table_of(record.under).clocks.get(clock.limit)
        after = advance(then, run, record) if then else run
        if run is not None and (former := ended_by(run, after, record)) is not None:
            yield former
        run = after


_Base = tuple[datetime, list[tuple[datetime, datetime]], bool]
"""What a run is counted from: an instant, the pauses since, whether it stands still now."""


def _deadline(case: Case, clock: Clock, run: Run, office: AskedOffice) -> Deadline | None:
    """The deadline of a run; None while a term that is as set has not been set."""
    edition = _edition_of(run, office)
    named: list[tuple[date | None, datetime | None]] = [*run.extensions]
    if isinstance(edition.value.term, AsSet):
        act = run.started.act
        edition = as_told(edition, getattr(act, "term", ""))
        # A last day that the act sets counts from the start, and by no extension.
        if (until := _set_to(act, office)) is not None:
            named.append((until, None))
        if isinstance(edition.value.term, AsSet) and not named:
            return None
    stopped = _stopped(case, run, office)
    base = _base_of(case, clock, run, edition.value, office)
    if base is None:
        return None
    base_at, pauses, paused = base
    ends = [
        due(
            edition,
            base_at,
            office.calendar,
            pauses=pauses,
            until=until,
            stopped_at=stopped.at if stopped else None,
            paused=paused,
            extended_at=extended_at,
        )
        for until, extended_at in named or [(None, None)]
    ]
    # An extension may be signed before a pause and another after: the latest of them counts.
    return max(ends, key=attrgetter("at"))


def _edition_of(run: Run, office: AskedOffice) -> Edition[TimeLimit]:
    """The limit of a run, under the wording in which it started, or became another limit."""
    # A term once running is not made longer or shorter by a law that comes into force meanwhile.
    begun = run.became or run.started
    return office.limit(run.limit, office.day_of(begun.at), wording_of(begun.under))


def _stopped(case: Case, run: Run, office: AskedOffice) -> Record | None:
    """The record that stopped a run; no clock outlives its case."""
    if run.stopped is None and case.stage in office.table_of(case.under).final:
        return case.records[-1]
    return run.stopped


def _base_of(
    case: Case, clock: Clock, run: Run, limit: TimeLimit, office: AskedOffice
) -> _Base | None:
    """What a run is counted from; None where it runs ahead of a clock that never started."""
    at = _counted_from(case, run, limit.base.value)
    # What stood still before the moment that the term is counted from took nothing from it.
    pauses = [pause for pause in run.counted(limit.pauses) if pause[0] >= at]
    if not clock.ahead:
        return at, pauses, run.stands(limit.pauses)
    other = deadline_of(case, clock.ahead, office=office)
    if other is None:
        return None
    # It stands still with the clock it is ahead of, and when that one has stopped, unless it did.
    still = other.paused or other.stopped_at is not None
    return other.ends_at, pauses, still and _stopped(case, run, office) is None


def _set_to(act: Act, office: AskedOffice) -> date | None:
    """The last day that an act sets a term to; of an instant, the day it is at the office."""
    until: date | None = getattr(act, "until", None)
    return office.day_of(until) if isinstance(until, datetime) else until


def _counted_from(case: Case, run: Run, base: str) -> datetime:
    """When a run was started; where its limit became one of a later moment, when that came."""
    started = run.started
    if run.became is None or started.act.marks == base:
        return started.at
    later = (r.at for r in reversed(case.records) if r.act.marks == base and r.no > started.no)
    return next(later, started.at)


def backdated(case: Case, /, *, office: AskedOffice) -> tuple[Fault, ...]:
    """What is wrong with the terms that the last record sets: a last day before they begin.

    >>> from openakimat import kz
    >>> from openakimat.judgement.judge import open_case
    >>> from openakimat.kz.instruction.acts import IssueInstruction
    >>> from openakimat.kz.roles import HEAD
    >>> from openakimat.case.people import Official
    >>> at, head = datetime.fromisoformat("2026-03-18T10:00+05:00"), Official("h", {HEAD})
    >>> told = IssueInstruction(until=date(2026, 3, 17))
    >>> made = open_case("instruction", told, id="i", at=at, by=head, office=kz.office())
    >>> [str(fault) for fault in backdated(made, office=kz.office())]
    ['until: 2026-03-17 is before 2026-03-18, the day it is set on']
    """
    last = case.records[-1]
    day, until = office.day_of(last.at), _set_to(last.act, office)
    clocks = office.table_of(last.under).clocks.values()
    starts = any(type(last.act) in clock.starts for clock in clocks)
    if until is None or until >= day or not starts:
        return ()
    return (Fault("until", f"{until} is before {day}, the day it is set on"),)


def pending(case: Case, office: AskedOffice, /) -> list[tuple[datetime, int, Clock, Deadline]]:
    """Clocks that run and have not lapsed, by the instant they will; not those of a closed case."""
    if case.stage in office.table_of(case.under).final:
        return []
    waiting = []
    # Of two that run out at one instant the law acts first on the one declared first.
    for order, (clock, run) in enumerate(_runs(case, office)):
        if run.stopped is None and run.lapsed is None:
            deadline = _deadline(case, clock, run, office)
            if deadline is not None and not deadline.paused:
                waiting.append((deadline.at, order, clock, deadline))
    return sorted(waiting, key=lambda item: item[:2])


def next_wakeup(case: Case, /, *, office: AskedOffice) -> datetime | None:
    """When the core wants to be asked to `lapse`, or None."""
    soonest = pending(case, office)
    return soonest[0][0] if soonest else None
