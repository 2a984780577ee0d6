"""A case: what was received, the records of what was done to it, and what it is now.

`decide` asks the law about an act; `lapse` lets the law act when time is up;
`evolve` takes a record in; `replay` does so for all of them and believes none
that its procedure does not bear out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import attrs

from openakimat.acts import Act, Lapse, Receive
from openakimat.clock import Run, moved, running
from openakimat.errors import (
    BrokenTrail,
    Fault,
    Incomplete,
    NotAllowed,
    NotCompetent,
    Refusal,
    TooLate,
)
from openakimat.limits import Deadline, due
from openakimat.office import Office
from openakimat.people import LAW, Actor, TheLaw
from openakimat.table import Circumstances, Clock, Row, Table
from openakimat.times import instant


@attrs.frozen
class Record:
    """The trace of an act.

    Attributes:
        no: Its place in the case, from 1.
        at: When it was performed.
        by, role: Who performed it, and in what role.
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
    def wording(self) -> str:
        """The wording of the law it was last handled under."""
        return wording_of(self.under)

    def last(self, kind: type[Act], /) -> Record | None:
        """The last record of a kind of act, or None."""
        for record in reversed(self.records):
            if isinstance(record.act, kind):
                return record
        return None

    def __str__(self) -> str:
        lines = [f"{self.id}: {self.procedure}, {self.stage}"]
        lines += [
            f"  {r.no:>2}  {r.at:%Y-%m-%d %H:%M}  {r.act.tag:<16} {r.by} ({r.role})"
            for r in self.records
        ]
        return "\n".join(lines)


def wording_of(under: str, /) -> str:
    """The wording in the name of a table: ``appeal/appc-2026@…`` is ``appc-2026``."""
    return under.partition("/")[2].partition("@")[0]


# -- acts -----------------------------------------------------------------------------


def open_case(
    procedure: str,
    act: Receive,
    /,
    *,
    id: str,
    at: datetime,
    by: Actor,
    office: Office,
) -> Case:
    """Open a case: it is received, and cannot be refused. Source: APPC 64(1).

    Raises:
        Malformed: The instant is naive, or the office has no such procedure.
        Undated: No wording was in force that day.
    """
    wording = office.wording_on(office.calendar.place.day_of(instant(at)))
    table = office.table(procedure, wording)
    record = Record(1, at, by.id, min(by.roles, default=""), act, table.initial, table.under)
    return Case(id, procedure, table.initial, table.under, (record,))


def judge(
    case: Case, act: Act, /, *, at: datetime, by: Actor, office: Office
) -> Decision | Refusal:
    """What the law says to an act: a decision, or a refusal as a value."""
    table = _table(case, at, office)
    rows = table.rows.get((case.stage, act.tag), ())
    last = case.records[-1]
    if instant(at) < last.at and rows:
        message = f"{at} is before the last record, {last.at}"
        return NotAllowed(message, code="act.before-last", **_told(case, act.tag, table))
    circumstances = Circumstances(at, by, office)
    for row in rows:
        if row.by.isdisjoint(by.roles):
            continue
        for guard in row.guards:
            if not guard.holds(case, act, circumstances):
                break
        else:
            role = min(row.by & by.roles)
            record = Record(last.no + 1, at, by.id, role, act, row.target, table.under)
            return Decision(
                record, (Notice("applicant", act.tag, row.tells, at),) if row.tells else ()
            )
    return _by_stage_or_role(case, act.tag, table, by) or _by_guards(
        case, act, table, rows, circumstances
    )


def decide(case: Case, act: Act, /, *, at: datetime, by: Actor, office: Office) -> Decision:
    """Put an act to a case.

    Lapses that came before must be recorded first: see `lapse`.

    Raises:
        Refusal: The law says no; see its subclasses.
        Malformed: The instant is naive.
    """
    answer = judge(case, act, at=at, by=by, office=office)
    if isinstance(answer, Refusal):
        raise answer
    return answer


def _table(case: Case, at: datetime, office: Office) -> Table:
    """The table that governs an act: that of the opening, or of the day, as the office reads."""
    if office.readings["governing"] == "opening":
        return office.table_of(case.under)
    wording = office.wording_on(office.calendar.place.day_of(instant(at)))
    return office.table(case.procedure, wording)


def _told(case: Case, tag: str, table: Table) -> dict[str, Any]:
    """What every refusal tells."""
    return {"act": tag, "stage": case.stage, "allowed": table.allowed(case.stage)}


def _by_stage_or_role(case: Case, tag: str, table: Table, by: Actor) -> Refusal | None:
    """Why the stage does not take an act, or the role may not perform it; None when neither."""
    told = _told(case, tag, table)
    rows = table.rows.get((case.stage, tag))
    if rows is None:
        return NotAllowed(f"{case.stage} does not take {tag!r}", code="act.not-available", **told)
    if any(not row.by.isdisjoint(by.roles) for row in rows):
        return None
    competent = sorted({role for row in rows for role in row.by})
    return NotCompetent(
        f"{tag!r} may be performed by {', '.join(competent)}",
        competent=competent,
        code="role.not-competent",
        source=rows[0].law,
        **told,
    )


def _by_guards(
    case: Case, act: Act, table: Table, rows: Sequence[Row], circumstances: Circumstances
) -> Refusal:
    """Why no way open to the actor may be taken: all that the nearest of them misses."""
    open_to = (row for row in rows if not row.by.isdisjoint(circumstances.by.roles))
    failing = min(
        ([one for one in row.guards if not one.holds(case, act, circumstances)] for row in open_to),
        key=len,
    )
    first = failing[0]
    told = {**_told(case, act.tag, table), "code": first.code, "source": first.source}
    message = "; ".join(dict.fromkeys(guard.why for guard in failing))
    if len(failing) > 1 or issubclass(first.refusal, Incomplete):
        missing = [Fault(guard.code, guard.why) for guard in failing]
        return Incomplete(message, missing=missing, **told)
    if issubclass(first.refusal, TooLate):
        past = [
            d.at for d in deadlines(case, office=circumstances.office) if d.at <= circumstances.at
        ]
        return TooLate(message, deadline=max(past, default=None), **told)
    return first.refusal(message, **told)


def evolve(case: Case, record: Record, /) -> Case:
    """The case after one more record."""
    return Case(case.id, case.procedure, record.stage, record.under, (*case.records, record))


def replay(id: str, records: Iterable[Record], /, *, office: Office) -> Case:
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
        if record.no != 1 or not isinstance(record.act, Receive):
            return "a case opens with the receipt of something"
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


# -- time -----------------------------------------------------------------------------


def deadlines(case: Case, /, *, office: Office) -> tuple[Deadline, ...]:
    """The deadline of every clock that ever started, soonest first."""
    found = (_deadline(run, office) for _, run in _runs(case, office))
    return tuple(sorted(found, key=lambda deadline: deadline.at))


def deadline_of(case: Case, limit: str, /, *, office: Office) -> Deadline | None:
    """The deadline of the clock that runs a limit; None when it never started."""
    clock = office.table_of(case.under).clocks.get(limit)
    run = _run(case, clock, office) if clock else None
    return _deadline(run, office) if run else None


def _runs(case: Case, office: Office) -> list[tuple[Clock, Run]]:
    clocks = office.table_of(case.under).clocks.values()
    return [(clock, run) for clock in clocks if (run := _run(case, clock, office))]


def _run(case: Case, clock: Clock, office: Office) -> Run | None:
    """The last run of a clock; each record moves it as the wording it was done under has it."""
    if case.records[0].under == case.under:
        return running(clock, case.records)
    run: Run | None = None
    for record in case.records:
        then = office.table_of(record.under).clocks.get(clock.limit)
        run = moved(then, run, record) if then else run
    return run


def _deadline(run: Run, office: Office) -> Deadline:
    """The deadline of a run, under the wording in which it started."""
    started = run.started
    wording = wording_of(started.under)
    day = office.calendar.place.day_of(started.at)
    edition = office.limit(run.limit, day, wording)
    limit = edition.value
    until = run.until
    if limit.term.unit == "AsSet":
        until = getattr(started.act, "until", None)
    return due(
        edition,
        started.at,
        office.calendar,
        pauses=run.counted(limit.pauses),
        until=until,
        stopped_at=run.stopped.at if run.stopped else None,
        paused=run.stands(limit.pauses),
    )


def _pending(case: Case, office: Office) -> list[tuple[datetime, int, Clock, Deadline]]:
    """Clocks that run and have not lapsed, by the instant they will; not those of a closed case."""
    if case.stage in office.table_of(case.under).final:
        return []
    found = []
    for order, (clock, run) in enumerate(_runs(case, office)):
        if run.stopped is None and run.lapsed is None:
            deadline = _deadline(run, office)
            if not deadline.paused:
                found.append((deadline.at, order, clock, deadline))
    return sorted(found, key=lambda one: one[:2])


def next_wakeup(case: Case, /, *, office: Office) -> datetime | None:
    """When the core wants to be asked to `lapse`, or None."""
    pending = _pending(case, office)
    return pending[0][0] if pending else None


def lapse(case: Case, /, *, at: datetime, office: Office) -> tuple[Record, ...]:
    """What the law has done by an instant: a record for each clock that ran out, in order.

    A clock without an act of its own only leaves its `Lapse`; a case that the
    stage of the moment does not let the law act upon is left as it is, and the
    lapse is recorded.
    """
    records: list[Record] = []
    at = instant(at)
    while (pending := _pending(case, office)) and pending[0][0] <= at:
        when, _, clock, deadline = pending[0]
        record = _lapsed(case, clock, max(when, case.records[-1].at), deadline, office)
        records.append(record)
        case = evolve(case, record)
    return tuple(records)


def _lapsed(case: Case, clock: Clock, at: datetime, deadline: Deadline, office: Office) -> Record:
    """The record of one lapse."""
    law = TheLaw()
    act = clock.on_lapse(clock=clock.limit, due=deadline.at)
    if type(act) is not Lapse:
        answer = judge(case, act, at=at, by=law, office=office)
        if isinstance(answer, Decision):
            return answer.record
    bare = Lapse(clock=clock.limit, due=deadline.at)
    last = case.records[-1]
    return Record(last.no + 1, at, law.id, "law", bare, case.stage, case.under)


def may(
    case: Case, kind: type[Act] | Act, /, *, at: datetime, by: Actor, office: Office
) -> Refusal | None:
    """Why an act may not be performed now, or None when it may.

    Given the class of an act, only stage and role are asked; given an act, its guards too.
    """
    if isinstance(kind, Act):
        answer = judge(case, kind, at=at, by=by, office=office)
        return answer if isinstance(answer, Refusal) else None
    return _by_stage_or_role(case, kind.tag, _table(case, instant(at), office), by)
