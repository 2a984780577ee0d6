"""By which day: the deadline of every clock that the records of a case have set running.

What is asked here of a case may be asked of a case kept with its clocks, and costs less then.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from operator import attrgetter

import attrs

from openakimat.calendar.terms import AsSet
from openakimat.case import Act, Case, Record, wording_of
from openakimat.case.forgotten import Forgotten, field_of
from openakimat.chart.clock import Clock, bare
from openakimat.chart.table import AskedOffice, Counts, Table
from openakimat.dated import Edition
from openakimat.errors import Fault, Malformed, Undated
from openakimat.judgement.clocks import Run
from openakimat.judgement.running import Running, follow
from openakimat.limits.deadline import Deadline, due
from openakimat.limits.limit import TimeLimit, as_told


def reopened(case: Case, table: Table, /) -> bool:
    """Whether a case was taken up again after its last answer."""
    tags = {tag for clock in table.clocks.values() for tag in clock.reopens}
    for record in reversed(case.records):
        if record.act.answers or record.act.tag in tags:
            return record.act.tag in tags
    return False


@attrs.frozen
class NotJudged:
    """A deadline that cannot be counted: today's law has its limit, or the wording, no more."""

    limit: str
    why: str


def deadlines(
    case: Case | Running, /, *, office: AskedOffice, but: Collection[str] = ()
) -> tuple[Deadline, ...]:
    """The deadline of every clock that ever started, soonest first; not those of some limits."""
    of = follow(case, office=office)
    asked = [limit for limit, run in of.runs.items() if run.limit not in but]
    counted = [day for limit in asked if (day := _deadline(of, limit)) is not None]
    counted.sort(key=attrgetter("at"))
    return tuple(counted)


def tell_moved(of: Running, since: Running | None, /) -> None:
    """Count the deadlines that records have moved since a case was loaded, if ever it was.

    Raises `BeyondCalendar` if no calendar tells one of them.
    """
    before = since.runs if since else {}
    for limit, run in of.runs.items():
        # What stops a clock moves no day of it, unless it ends a pause.
        if run.stopped is not None and not run.pauses:
            continue
        # Counted back from another, it moves when that one does.
        if before.get(limit) is not run or run.became or of.is_ahead(limit):
            _deadline(of, limit)


def not_judged(case: Case | Running, /, *, office: AskedOffice) -> tuple[NotJudged, ...]:
    """The clocks of a case whose deadlines today's law cannot count."""
    of = follow(case, office=office)
    # What is counted was judged: of most cases that is all.
    uncounted = (
        run
        for limit, run in of.runs.items()
        if (known := of.counted.get(limit)) is None or known[0] is not run or known[3] is None
    )
    runs = (*uncounted, *(run for _, run in of.over))
    missing = {run.limit: _edition_of(run, of.office) for run in runs}
    return tuple(each for each in missing.values() if isinstance(each, NotJudged))


def deadline_of(case: Case | Running, limit: str, /, *, office: AskedOffice) -> Deadline | None:
    """The deadline of the clock that runs a limit; None when it never started."""
    of = follow(case, office=office)
    return _deadline(of, limit) if limit in of.runs else None


def counts_in(of: Running, /) -> Counts:
    """What counts deadlines in the circumstances of a case kept with its clocks, and of others."""

    def count(case: Case, limit: str, /, *, office: AskedOffice) -> Deadline | None:
        return deadline_of(of if case is of.case else case, limit, office=office)

    return count


def rounds(case: Case | Running, /, *, office: AskedOffice) -> tuple[Deadline, ...]:
    """The deadlines of the runs that are over because their clock was started or taken up again.

    Each is as it stood then. Clocks that run ahead of others are left out: they have no run
    of their own.
    """
    of = follow(case, office=office)
    counted = [
        _count(of, clock, run, _stopped(of, run))
        for limit, run in of.over
        if (clock := of.clock(limit)) and not clock.ahead
    ]
    return tuple(filter(None, counted))


_Base = tuple[datetime, list[tuple[datetime, datetime]], bool]
"""What a run is counted from: an instant, the pauses since, whether it stands still now."""


def _deadline(of: Running, limit: str) -> Deadline | None:
    """The deadline of the last run of a clock; counted once, until a record moves it."""
    run = of.runs[limit]
    stopped = _stopped(of, run) if of.closed else run.stopped
    last = of.case.records[-1]
    if (before := of.counted.get(limit)) is not None:
        known, stopped_by, since, deadline = before
        if known is run and stopped_by is stopped and (since is None or since is last):
            return deadline
    clock = of.clock(limit)
    assert clock is not None  # noqa: S101 - a clock that ran is in a chart that a record names
    if before is not None and before[3] is not None and _only_stopped(before[0], run, clock):
        counted: Deadline | None = before[3].stopping(stopped.at if stopped else None)
    else:
        counted = _count(of, clock, run, stopped)
    # A clock ahead of another moves when that one does, and what a limit became may be counted
    # from a moment that comes later: any record may move both, and what has no day yet.
    by_any = bool(clock.ahead) or run.became is not None or counted is None
    of.counted[limit] = (run, stopped, last if by_any else None, counted)
    return counted


_ELSEWHERE = frozenset({"lapse", "receipt", "knowledge"})
"""Bases that may be another moment than that of the act by which a clock starts."""


def _count(of: Running, clock: Clock, run: Run, stopped: Record | None) -> Deadline | None:
    """The deadline of a run; None while a term that is as set has not been set, or not judged."""
    office = of.office
    edition = _edition_of(run, office)
    if isinstance(edition, NotJudged):
        return None
    # Most clocks have only run since they were started, and nothing is to be weighed.
    base_of = edition.value.base.value
    plain = not clock.ahead and (base_of == run.started.act.marks or base_of not in _ELSEWHERE)
    stopped_at = stopped.at if stopped else None
    if plain and _only_ran(run) and not isinstance(edition.value.term, AsSet):
        return due(edition, run.started.at, office.calendar, stopped_at=stopped_at)
    if isinstance(edition.value.term, AsSet) and not _is_set(run):
        return None
    # Before the term: what has not come has no day, however long a term it would have.
    base = _base_of(of, clock, run, edition.value)
    if base is None:
        return None
    named: list[tuple[date | None, datetime | None]] = [*run.extensions]
    if isinstance(edition.value.term, AsSet):
        act = run.started.act
        edition = as_told(edition, field_of(act, "term", ""))
        # A last day that the act sets counts from the start, and by no extension.
        if (until := _set_to(act, office)) is not None:
            named.append((until, None))
        if isinstance(edition.value.term, AsSet) and not named:
            if (unless_set := _unless_set(edition, run, office)) is None:
                return None
            edition = unless_set
    base_at, pauses, paused = base
    counted = partial(due, edition, base_at, office.calendar, pauses=pauses, paused=paused)
    ends = [
        counted(until=until, stopped_at=stopped_at, extended_at=extended_at)
        for until, extended_at in named or [(None, None)]
    ]
    # An extension may be signed before a pause and another after: the latest of them counts.
    latest = max(ends, key=attrgetter("at"))
    return attrs.evolve(latest, struck_out=True) if run.struck_out else latest


def _is_set(run: Run) -> bool:
    """Whether a term that is as set may have been, by the act that started it or an extension."""
    act = run.started.act
    told = field_of(act, "until") or field_of(act, "term") or field_of(act, "unless_set")
    return bool(told or run.extensions)


def _only_stopped(was: Run, run: Run, clock: Clock) -> bool:
    """Whether nothing has come of a run since but its stop: its day is what it was."""
    same = was.started is run.started and not clock.ahead
    return same and _only_ran(was) and _only_ran(run)


def _only_ran(run: Run) -> bool:
    """Whether nothing has come of a run but its stop or its lapse."""
    return not (run.pauses or run.extensions or run.became or run.struck_out)


def _edition_of(run: Run, office: AskedOffice) -> Edition[TimeLimit] | NotJudged:
    """The limit of a run, under the wording in which it started, or became another limit."""
    # A term once running is not made longer or shorter by a law that comes into force meanwhile.
    begun = run.became or run.started
    edition = _edition(office, run.limit, office.day_of(begun.at), begun.under)
    act = run.started.act
    if not isinstance(act, Forgotten) or isinstance(edition, NotJudged):
        return edition
    # A class may tell its last day from other fields; how it did is gone with it.
    untold = act.fields.keys().isdisjoint({"until", "term"})
    if untold and isinstance(edition.value.term, AsSet):
        return NotJudged(run.limit, f"it is set by {act.tag!r}, of which no more is known")
    return edition


@lru_cache(maxsize=8192)
def _edition(
    office: AskedOffice, limit: str, day: date, under: str
) -> Edition[TimeLimit] | NotJudged:
    """A limit as an office has it: asked of every case again, and the same for many."""
    try:
        return office.limit(limit, day, wording_of(under))
    except (Malformed, Undated) as gone:
        return NotJudged(limit, str(gone))


def _stopped(of: Running, run: Run) -> Record | None:
    """The record that stopped a run; no clock outlives its case."""
    if run.stopped is None and of.closed:
        return of.case.records[-1]
    return run.stopped


def _base_of(of: Running, clock: Clock, run: Run, limit: TimeLimit) -> _Base | None:
    """What a run is counted from; None where that has not come, or its clock never started."""
    at = _counted_from(of.case, clock, run, limit.base.value)
    if at is None:
        return None
    # What stood still before the moment that the term is counted from took nothing from it.
    pauses = [pause for pause in run.counted(limit.pauses) if pause[0] >= at]
    if not clock.ahead:
        return at, pauses, run.stands(limit.pauses)
    other = deadline_of(of, clock.ahead, office=of.office)
    if other is None:
        return None
    # It stands still with the clock it is ahead of, and when that one has stopped, unless it did.
    still = other.paused or other.stopped_at is not None
    return other.ends_at, pauses, still and _stopped(of, run) is None


def _unless_set(
    edition: Edition[TimeLimit], run: Run, office: AskedOffice
) -> Edition[TimeLimit] | None:
    """A limit that is as set with the term that the law has for it while nothing is set, if any."""
    named: str = field_of(run.started.act, "unless_set", "")
    other = _edition_of(run._replace(limit=named), office) if named else None
    if not isinstance(other, Edition):
        return None
    value = attrs.evolve(edition.value, term=other.value.term)
    return attrs.evolve(edition, value=value, source=other.source, evidence=other.evidence)


def _set_to(act: Act, office: AskedOffice) -> date | None:
    """The last day that an act sets a term to; of an instant, the day it is at the office."""
    until: date | datetime | None = field_of(act, "until")
    return office.day_of(until) if isinstance(until, datetime) else until


def _told_at(case: Case, started: Record) -> datetime | None:
    """When what a record decided was first brought to the participant's notice, if it was."""
    for record in (one for one in case.records if one.no > started.no):
        if record.act.marks == "knowledge":
            return record.at
        if record.act.answers:
            break
    return None


def _counted_from(case: Case, clock: Clock, run: Run, base: str) -> datetime | None:
    """When a run was started; where its limit became one of a later moment, when that came.

    None while what it is counted from has not come.
    """
    started = run.started
    # A term in days is over at the first instant of the day after its last.
    if base == "lapse":
        return started.at - timedelta(seconds=1)
    if started.act.marks == base:
        return started.at
    # What runs from the receipt or from the notice does so whatever act shows that it runs.
    if base == "receipt" and run.became is None and started.act.tag in _started_by(clock.starts):
        return case.opened_at
    if base == "knowledge" and started.act.tag in _started_by(clock.starts):
        return _told_at(case, started)
    if run.became is None:
        return started.at
    later = (r.at for r in reversed(case.records) if r.act.marks == base and r.no > started.no)
    return next(later, started.at)


_started_by = lru_cache(bare)
"""The tags of what starts a clock: asked at each act, and the same for each chart."""


def backdated(case: Case, /, *, office: AskedOffice) -> tuple[Fault, ...]:
    """What is wrong with the terms that the last record sets: a last day before they begin."""
    last = case.records[-1]
    # Hardly any act sets a term to a day: of the others nothing is to be found out.
    if (until := _set_to(last.act, office)) is None:
        return ()
    day = office.day_of(last.at)
    clocks = office.revision_of(last.under).clocks.values()
    starts = any(last.act.tag in _started_by(clock.starts) for clock in clocks)
    if until >= day or not starts:
        return ()
    why = f"{until} is before {day}, the day it is set on"
    return (Fault("until", why, "before", (str(until), str(day))),)


def pending(
    case: Case | Running, office: AskedOffice, /, *, by: datetime | None = None
) -> list[tuple[datetime, int, Clock, Deadline]]:
    """Clocks that run and have not lapsed, by the instant they will; not those of a closed case.

    Those alone that run out `by` an instant, where one is told.
    """
    of = follow(case, office=office)
    if of.closed:
        return []
    waiting = []
    # Of two that run out at one instant the law acts first on the one declared first.
    for limit, run in of.runs.items():
        if run.stopped is None and run.lapsed is None:
            deadline = _deadline(of, limit)
            if deadline is None or deadline.paused or (by is not None and deadline.at > by):
                continue
            if (clock := of.clock(limit)) is not None:
                waiting.append((deadline.at, of.order(limit), clock, deadline))
    # Mostly there is one.
    if len(waiting) > 1:
        waiting.sort(key=lambda item: item[:2])
    return waiting


def next_wakeup(case: Case | Running, /, *, office: AskedOffice) -> datetime | None:
    """When the core wants to be asked to `lapse`, or None."""
    soonest = pending(case, office)
    return soonest[0][0] if soonest else None
