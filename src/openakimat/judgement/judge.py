"""An act is put to a case: the law allows it and says what it leads to, or says why not.

`judge` answers with a value, `decide` raises the refusal; `lapse` lets the law act when
time is up. Nothing here looks at a clock or keeps anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from openakimat.calendar.times import instant
from openakimat.case.act import Act
from openakimat.case.acts import Receive
from openakimat.case.people import APPLICANT, Actor, Role, acted_for, roles_on, taken_up
from openakimat.case.record import Case, Record, applicant_of
from openakimat.chart.table import Circumstances, Guard, Row, Table
from openakimat.errors import (
    Fault,
    Incomplete,
    Malformed,
    NotAllowed,
    NotCompetent,
    Refusal,
    TooLate,
)
from openakimat.judgement.deadlines import deadline_of, deadlines
from openakimat.judgement.notices import Decision, Notice
from openakimat.law.law import Law
from openakimat.law.office import Office


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
    """Open a case. An appeal is received from anyone and cannot be refused. Source: APPC 64(1).

    Raises:
        Malformed: The instant is naive, the office has no such procedure, it opens with
            another act, or the case is tied to itself.
        NotCompetent: The procedure is not opened by anyone, but by roles this one has not.
        Refusal: A guard on its opening does not hold.
        Undated: No wording was in force that day.
    """
    day = office.day_of(instant(at))
    table = office.table_on(procedure, day)
    faults = [Fault("links", "it is tied to itself") for link in act.links if link.case == id]
    if type(act) is not table.opening.act:
        why = f"{procedure} opens with {table.opening.act.tag!r}, not with {act.tag!r}"
        faults.append(Fault("act", why))
    if faults:
        raise Malformed(f"case {id}", faults)
    role = _opening_role(table, by, day, office.law)
    record = Record(
        1, at, by.id, role, act, table.initial, table.under, acted_for(by, Role(role), day)
    )
    case = Case(id, procedure, table.initial, table.under, (record,))
    if guards := table.opening.guards:
        counted = partial(deadline_of, office=office)
        circumstances = Circumstances(
            at, by, office, table.law, roles_on(by, day), deadline_of=counted
        )
        for guard in guards:
            if not guard.holds(case, act, circumstances):
                raise _unopened(table, guard, office.law)
    return case


def _unopened(table: Table, guard: Guard, law: Law) -> Refusal:
    """The refusal of an opening by a guard."""
    opening = table.opening
    source = guard.source or opening.source
    told: dict[str, Any] = {
        "code": guard.code,
        "source": source,
        "evidence": law.evidence(table.law, source).value,
        "act": opening.act.tag,
    }
    if issubclass(guard.refusal, NotCompetent):
        return NotCompetent(guard.why, competent=sorted(opening.by), **told)
    return NotAllowed(guard.why, **told)


def _opening_role(table: Table, by: Actor, day: date, law: Law) -> str:
    """The role somebody opens a case in."""
    opening, roles = table.opening, roles_on(by, day)
    if open_to := opening.by & roles if opening.by else roles:
        return taken_up(by, open_to)
    if not opening.by:
        return ""
    raise NotCompetent(
        f"{table.procedure} is opened by {', '.join(sorted(opening.by))}",
        competent=sorted(opening.by),
        code="role.not-competent",
        source=opening.source,
        evidence=law.evidence(table.law, opening.source).value,
        act=opening.act.tag,
        allowed=((opening.act.tag, tuple(sorted(opening.by))),),
    )


def judge(
    case: Case,
    act: Act,
    /,
    *,
    at: datetime,
    by: Actor,
    office: Office,
    beside: Sequence[Case] = (),
) -> Decision | Refusal:
    """What the law says to an act: a decision, or a refusal as a value.

    Args:
        case: The case.
        act: What is to be done to it.
        at: When.
        by: By whom.
        office: Whose case it is.
        beside: The cases that the law looks at as well: those opened out of this one, or the
            queue it stands in.
    """
    table = _table(case, at, office)
    rows = table.rows.get((case.stage, act.tag), ())
    last = case.records[-1]
    if instant(at) < last.at and rows:
        message = f"{at} is before the last record, {last.at}"
        return NotAllowed(message, code="act.before-last", **_told(case, act.tag, table))
    roles = by.roles
    if by.mandates:
        roles = roles_on(by, office.day_of(at))
    counted = partial(deadline_of, office=office)
    circumstances = Circumstances(at, by, office, table.law, roles, beside, counted)
    for row in rows:
        if row.by.isdisjoint(roles):
            continue
        for guard in row.guards:
            if not guard.holds(case, act, circumstances):
                break
        else:
            role, whose = min(row.by & roles), ""
            if by.mandates:
                role = taken_up(by, row.by & roles)
                known = applicant_of(case) if role == APPLICANT else ""
                whose = acted_for(by, role, office.day_of(at), whose=known)
            record = Record(last.no + 1, at, by.id, role, act, row.target, table.under, whose)
            return Decision(
                record, (Notice("applicant", act.tag, row.tells, at),) if row.tells else ()
            )
    return _by_stage_or_role(case, act.tag, table, roles, office.law) or _by_guards(
        case, act, table, rows, circumstances, office.law
    )


def decide(
    case: Case,
    act: Act,
    /,
    *,
    at: datetime,
    by: Actor,
    office: Office,
    beside: Sequence[Case] = (),
) -> Decision:
    """Put an act to a case; see `judge`.

    Lapses that came before must be recorded first: see `lapse`.

    Raises:
        Refusal: The law says no; see its subclasses.
        Malformed: The instant is naive.
    """
    answer = judge(case, act, at=at, by=by, office=office, beside=beside)
    if isinstance(answer, Refusal):
        raise answer
    return answer


def may(
    case: Case,
    kind: type[Act] | Act,
    /,
    *,
    at: datetime,
    by: Actor,
    office: Office,
    beside: Sequence[Case] = (),
) -> Refusal | None:
    """Why an act may not be performed now, or None when it may.

    Given the class of an act, only stage and role are asked; given an act, its guards too.
    """
    if isinstance(kind, Act):
        answer = judge(case, kind, at=at, by=by, office=office, beside=beside)
        return answer if isinstance(answer, Refusal) else None
    roles = roles_on(by, office.day_of(instant(at)))
    return _by_stage_or_role(case, kind.tag, _table(case, at, office), roles, office.law)


def _table(case: Case, at: datetime, office: Office) -> Table:
    """The table that governs an act: that of the opening, or of the day, as the office reads."""
    if office.readings["governing"] == "opening":
        return office.table_of(case.under)
    return office.table_on(case.procedure, office.day_of(instant(at)))


def _told(case: Case, tag: str, table: Table) -> dict[str, Any]:
    """What every refusal tells."""
    return {"act": tag, "stage": case.stage, "allowed": table.allowed(case.stage)}


def _by_stage_or_role(
    case: Case, tag: str, table: Table, roles: frozenset[Role], law: Law
) -> Refusal | None:
    """Why the stage does not take an act, or the role may not perform it; None when neither."""
    told = _told(case, tag, table)
    rows = table.rows.get((case.stage, tag))
    if source := table.forbids.get(tag):
        mark = law.evidence(table.law, source).value
        told |= {"source": source, "evidence": mark, "code": "act.forbidden"}
        return NotAllowed(f"the law forbids {tag!r}", **told)
    if rows is None:
        return NotAllowed(f"{case.stage} does not take {tag!r}", code="act.not-available", **told)
    if any(not row.by.isdisjoint(roles) for row in rows):
        return None
    competent = sorted({role for row in rows for role in row.by})
    return NotCompetent(
        f"{tag!r} may be performed by {', '.join(competent)}",
        competent=competent,
        code="role.not-competent",
        source=rows[0].law,
        evidence=law.evidence(table.law, rows[0].law).value,
        **told,
    )


def _by_guards(
    case: Case,
    act: Act,
    table: Table,
    rows: Sequence[Row],
    circumstances: Circumstances,
    law: Law,
) -> Refusal:
    """Why no way open to the actor may be taken: all that the nearest of them misses."""
    open_to = (row for row in rows if not row.by.isdisjoint(circumstances.roles))
    row, failing = min(
        (
            (row, [one for one in row.guards if not one.holds(case, act, circumstances)])
            for row in open_to
        ),
        key=lambda one: len(one[1]),
    )
    first = failing[0]
    source = first.source or row.law
    mark = law.evidence(table.law, source)
    told = {
        **_told(case, act.tag, table),
        "code": first.code,
        "source": source,
        "evidence": mark.value,
    }
    about = {guard.code: guard.about(case, act, circumstances) for guard in failing}
    told["about"] = "; ".join(filter(None, about.values()))
    said = [": ".join(filter(None, (guard.why, about[guard.code]))) for guard in failing]
    message = "; ".join(dict.fromkeys(said))
    if len(failing) > 1 or issubclass(first.refusal, Incomplete):
        missing = [Fault(guard.code, why) for guard, why in zip(failing, said, strict=True)]
        return Incomplete(message, missing=missing, **told)
    if issubclass(first.refusal, TooLate):
        past = [
            d.at for d in deadlines(case, office=circumstances.office) if d.at <= circumstances.at
        ]
        return TooLate(message, deadline=max(past, default=None), **told)
    if issubclass(first.refusal, NotCompetent):
        return NotCompetent(message, competent=sorted(row.by), **told)
    return first.refusal(message, **told)
