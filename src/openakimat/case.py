"""A case: what was received, the records of what was done to it, and what it is now.

`evolve` takes a record in; `replay` does so for all of them and believes none that its
procedure does not bear out; `deadlines` counts what the records have set running.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

import attrs

from openakimat.acts import Act, Branch, Lapse, Receive
from openakimat.clock import Run, ended, moved, running
from openakimat.errors import BrokenTrail, Fault
from openakimat.limits import Deadline, as_told, due
from openakimat.people import APPLICANT, LAW
from openakimat.table import AskedOffice, Clock, Table


@attrs.frozen
class Record:
    """The trace of an act.

    Attributes:
        no: Its place in the case, from 1.
        at: When it was performed.
        by, role: Who performed it, and in what role.
        on_behalf: For whom, where the role was lent: the person substituted or represented.
        act: What was done.
        stage: What the case was after it.
        under: Procedure, wording and table hash that it was done under.
    """

    no: int
    at: datetime
    by: str
    role: str
    act: Act
    stage: str
    under: str
    on_behalf: str = ""


@attrs.frozen
class Notice:
    """A duty to tell the participant what was done, `within` a limit counted from `at`."""

    to: str
    about: str
    within: str
    at: datetime


@attrs.frozen
class Decision:
    """The law allows an act: the record to keep, and whom to tell of it."""

    record: Record
    notices: tuple[Notice, ...] = ()


@attrs.frozen
class Case:
    """One file of a procedure, as its records have made it."""

    id: str
    procedure: str
    stage: str
    under: str
    records: tuple[Record, ...]

    @property
    def opened_at(self) -> datetime:
        """When it was received."""
        return self.records[0].at

    @property
    def received(self) -> Receive:
        """The act that opened it."""
        act = self.records[0].act
        assert isinstance(act, Receive)  # noqa: S101 - open_case and replay see to it
        return act

    @property
    def children(self) -> tuple[str, ...]:
        """The ids of the cases opened out of this one."""
        return tuple(r.act.case for r in self.records if isinstance(r.act, Branch))

    @property
    def wording(self) -> str:
        """The wording of the law it was last handled under."""
        return wording_of(self.under)

    def last(self, kind: type[Act], /) -> Record | None:
        """The last record of a kind of act, or None."""
        for record in reversed(self.records):
            if isinstance(record.act, kind):
                return record
        return None

    def latest(self, *kinds: type[Act]) -> Record | None:
        """The last record of any of several kinds of acts, or None."""
        return next((r for r in reversed(self.records) if isinstance(r.act, kinds)), None)

    def __str__(self) -> str:
        lines = [f"{self.id}: {self.procedure}, {self.stage}"]
        lines += [
            f"  {r.no:>2}  {r.at:%Y-%m-%d %H:%M}  {r.act.tag:<16} {r.by} ({r.role})"
            for r in self.records
        ]
        return "\n".join(lines)


def applicant_of(case: Case, /) -> str:
    """The id of the applicant, or of whoever opened the case as one; empty where staff named none."""
    first, applicant = case.records[0], case.received.applicant
    if applicant is not None:
        return applicant.id
    return (first.on_behalf or first.by) if first.role == APPLICANT else ""


def wording_of(under: str, /) -> str:
    """The wording in the name of a table: ``appeal/appc-2026@…`` is ``appc-2026``."""
    return under.partition("/")[2].partition("@")[0]


def evolve(case: Case, record: Record, /) -> Case:
    """The case after one more record."""
    return Case(case.id, case.procedure, record.stage, record.under, (*case.records, record))


def replay(id: str, records: Iterable[Record], /, *, office: AskedOffice) -> Case:
    """The case that records make, each held against its procedure.

    Raises:
        BrokenTrail: A record is out of order, or leads where its table does not.
    """
    case: Case | None = None
    for record in records:
        try:
            table = office.table_of(record.under)
        except BrokenTrail as wrong:
            told = f"{id}, record {record.no}: {wrong}"
            raise BrokenTrail(told, at_record=record.no, code=wrong.code) from wrong
        if why := _untrue(case, record, table):
            raise BrokenTrail(f"{id}, record {record.no}: {why}", at_record=record.no)
        case = (
            Case(id, table.procedure, record.stage, record.under, (record,))
            if case is None
            else evolve(case, record)
        )
    if case is None:
        raise BrokenTrail(f"{id} has no records", at_record=0)
    return case


def _untrue(case: Case | None, record: Record, table: Table) -> str:
    """Why a record cannot follow a case, or nothing."""
    if case is None:
        if record.no != 1 or type(record.act) is not table.opening.act:
            return f"a case opens with {table.opening.act.tag!r}"
        return "" if record.stage == table.initial else f"it opens as {record.stage!r}"
    if table.procedure != case.procedure:
        return f"it is of {table.procedure!r}, the case of {case.procedure!r}"
    if record.no != case.records[-1].no + 1:
        return f"it follows record {case.records[-1].no}"
    if record.at < case.records[-1].at:
        return "it is earlier than the one before"
    if isinstance(record.act, Lapse) and record.at < record.act.due:
        return f"it lapsed before it was due, {record.act.due}"
    if type(record.act) is Lapse:
        runs = record.act.clock in table.clocks and record.role == LAW
        return "" if runs and record.stage == case.stage else "a lapse leads nowhere"
    ways = table.rows.get((case.stage, record.act.tag), ())
    if not any(row.target == record.stage and record.role in row.by for row in ways):
        return f"{record.act.tag!r} by {record.role!r} does not lead from {case.stage} to {record.stage}"
    return ""


def notices(case: Case, /, *, office: AskedOffice) -> tuple[Notice, ...]:
    """Everything the participant has had to be told, in the order it was done."""
    steps = zip(case.records, case.records[1:], strict=False)
    return tuple(
        Notice("applicant", after.act.tag, row.tells, after.at)
        for before, after in steps
        for row in office.table_of(after.under).rows.get((before.stage, after.act.tag), ())[:1]
        if row.tells
    )


# -- time -----------------------------------------------------------------------------


def reopened(case: Case, table: Table, /) -> bool:
    """Whether a case was taken up again after its last answer."""
    kinds = {kind for clock in table.clocks.values() for kind in clock.reopens}
    for record in reversed(case.records):
        if record.act.answers or type(record.act) in kinds:
            return type(record.act) in kinds
    return False


def deadlines(case: Case, /, *, office: AskedOffice) -> tuple[Deadline, ...]:
    """The deadline of every clock that ever started, soonest first."""
    found = (_deadline(case, clock, run, office) for clock, run in _runs(case, office))
    return tuple(sorted((one for one in found if one), key=lambda deadline: deadline.at))


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
    if case.records[0].under == case.under:
        return running(clock, case.records)
    run: Run | None = None
    for record in case.records:
        then = office.table_of(record.under).clocks.get(clock.limit)
        run = moved(then, run, record) if then else run
    return run


def rounds(case: Case, /, *, office: AskedOffice) -> tuple[Deadline, ...]:
    """The deadlines of the runs that are over because their clock was started or taken up again.

    Each is as it stood then. Clocks that run ahead of others are left out: they have no run
    of their own.
    """
    found = (
        _deadline(case, clock, run, office)
        for clock in office.table_of(case.under).clocks.values()
        if not clock.ahead
        for run in _over(case, clock, office)
    )
    return tuple(one for one in found if one)


def _over(case: Case, clock: Clock, office: AskedOffice) -> Iterator[Run]:
    """The runs of a clock but the last."""
    run: Run | None = None
    for record in case.records:
        then = office.table_of(record.under).clocks.get(clock.limit)
        after = moved(then, run, record) if then else run
        if run is not None and (former := ended(run, after, record)) is not None:
            yield former
        run = after


def _deadline(case: Case, clock: Clock, run: Run, office: AskedOffice) -> Deadline | None:
    """The deadline of a run, under the wording in which it started, or its limit became another.

    No clock outlives its case: what still ran when the case was closed stopped then. None
    while a term that is as set has not been set.
    """
    started, stopped = run.started, run.stopped
    ruled = run.became or started
    edition = office.limit(run.limit, office.day_of(ruled.at), wording_of(ruled.under))
    limit = edition.value
    if stopped is None and case.stage in office.table_of(case.under).final:
        stopped = case.records[-1]
    named: list[tuple[date | None, datetime | None]] = [*run.extensions]
    if limit.term.unit == "AsSet":
        told: str = getattr(started.act, "term", "")
        edition = as_told(edition, told)
        if (until := _set_to(started.act, office)) is not None:
            named.append((until, None))
        if not told and not named:
            return None
    base_at, paused = _counted_from(case, run, limit.base.value), run.stands(limit.pauses)
    pauses = [pause for pause in run.counted(limit.pauses) if pause[0] >= base_at]
    if clock.ahead:
        if (other := deadline_of(case, clock.ahead, office=office)) is None:
            return None
        still = other.paused or other.stopped_at is not None
        base_at, paused = other.ends_at, still and stopped is None
    found = [
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
    return max(found, key=lambda one: one.at)


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
    >>> from openakimat.judgement import open_case
    >>> from openakimat.kz.control import IssueInstruction
    >>> from openakimat.people import HEAD, Official
    >>> at, head = datetime.fromisoformat("2026-03-18T10:00+05:00"), Official("h", {HEAD})
    >>> told = IssueInstruction(until=date(2026, 3, 17))
    >>> made = open_case("instruction", told, id="i", at=at, by=head, office=kz.office())
    >>> [str(fault) for fault in backdated(made, office=kz.office())]
    ['until: 2026-03-17 is before 2026-03-18, the day it is set on']
    """
    last = case.records[-1]
    day, until = office.day_of(last.at), _set_to(last.act, office)
    clocks = office.table_of(last.under).clocks.values()
    if until is None or until >= day or not any(type(last.act) in one.starts for one in clocks):
        return ()
    return (Fault("until", f"{until} is before {day}, the day it is set on"),)


def pending(case: Case, office: AskedOffice, /) -> list[tuple[datetime, int, Clock, Deadline]]:
    """Clocks that run and have not lapsed, by the instant they will; not those of a closed case."""
    if case.stage in office.table_of(case.under).final:
        return []
    found = []
    for order, (clock, run) in enumerate(_runs(case, office)):
        if run.stopped is None and run.lapsed is None:
            deadline = _deadline(case, clock, run, office)
            if deadline is not None and not deadline.paused:
                found.append((deadline.at, order, clock, deadline))
    return sorted(found, key=lambda one: one[:2])


def next_wakeup(case: Case, /, *, office: AskedOffice) -> datetime | None:
    """When the core wants to be asked to `lapse`, or None."""
    soonest = pending(case, office)
    return soonest[0][0] if soonest else None
