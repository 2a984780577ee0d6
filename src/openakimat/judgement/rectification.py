"""The correction of what was entered: a slip in a record, never what was decided or counted by.

What a guard of the chart asks of an act, and what its clocks run by, was judged when it was done;
to change it is another act of the procedure. The record itself stays as it was sealed.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import attrs

from openakimat.case.act import Act
from openakimat.case.acts import Lapse, Move, Receive, Rectify
from openakimat.case.forgotten import Forgotten
from openakimat.case.people import APPLICANT, OF_MANY, Actor, Role, persons, roles_on
from openakimat.case.record import Case, Record, applicant_of
from openakimat.chart.asks import joined
from openakimat.chart.table import Guard, Table
from openakimat.errors import Fault, Incomplete, NotAllowed, NotCompetent, Refusal

_COUNTED = frozenset({"case", "clock", "due", "ground", "joined", "links", "term", "until"})
"""The fields by which clocks run and cases are tied, whatever the act."""


def refuse_correction(
    case: Case, act: Rectify, table: Table, *, at: datetime, by: Actor, day: date
) -> Refusal | None:
    """Why a record may not be corrected so, or None.

    Refused is what corrects no act of that kind, gives no reason, touches what the act was judged
    or counted by, or comes from somebody who could not have performed it.
    """
    where: dict[str, Any] = {"act": act.tag, "stage": case.stage}
    if at < case.records[-1].at:
        message = f"{at} is before the last record, {case.records[-1].at}"
        return NotAllowed(message, code="act.before-last", **where)
    record = next((one for one in case.records if one.no == act.record), None)
    if record is None or not _corrigible(record.act, act.act):
        message = f"record {act.record} is no {act.act.tag!r} that could be corrected"
        return NotAllowed(message, code="rectify.no-record", **where)
    if not roles_to_correct(case, act, table, by=by, day=day):
        competent = sorted(_competent(record, table))
        message = f"record {act.record} may be corrected by {', '.join(competent)}"
        return NotCompetent(message, code="role.not-competent", competent=competent, **where)
    faults = list(_faults(record.act, act, table))
    if not faults:
        return None
    message = "; ".join(fault.why for fault in faults)
    return Incomplete(message, missing=faults, code=faults[0].code, **where)


def roles_to_correct(
    case: Case, act: Rectify, table: Table, *, by: Actor, day: date
) -> frozenset[Role]:
    """The roles in which somebody may correct a record of a case."""
    record = next(one for one in case.records if one.no == act.record)
    roles = _competent(record, table) & roles_on(by, day)
    # Everybody who comes to the counter is an applicant: of them it is whoever this one is about.
    about = {record.by, record.on_behalf, applicant_of(case)} - OF_MANY
    return roles - {APPLICANT} if about.isdisjoint(persons(by, day, {APPLICANT})) else roles


def _corrigible(was: Act, now: Act) -> bool:
    """Whether an act is one that somebody entered, and of the same kind as it should have been."""
    return type(was) is type(now) and not isinstance(was, Lapse | Move | Rectify | Forgotten)


def _competent(record: Record, table: Table) -> frozenset[Role]:
    """The roles that may perform the act, at whatever stage; of a receipt, the role that brought it."""
    rows = (row for (_, tag), way in table.rows.items() if tag == record.act.tag for row in way)
    return frozenset(role for row in rows for role in row.by) or frozenset({Role(record.role)})


def _faults(was: Act, act: Rectify, table: Table) -> Iterator[Fault]:
    if not act.reason.strip():
        yield Fault("reason", "a correction gives its reason", code="rectify.reason")
    names = [field.name for field in attrs.fields(type(was))]
    changed = {name for name in names if getattr(was, name) != getattr(act.act, name)}
    if not changed:
        yield Fault("act", "it is entered so already", code="rectify.nothing")
    for name in sorted(changed & _judged_by(was, table)):
        why = f"{name} was judged or counted by, and is not to be corrected"
        yield Fault(f"act.{name}", why, code="rectify.substance")
    if isinstance(was, Receive) and isinstance(act.act, Receive):
        ids = [one.applicant and one.applicant.id for one in (was, act.act)]
        if ids[0] != ids[1]:
            why = "the applicant would be somebody else"
            yield Fault("act.applicant", why, code="rectify.substance")


def _judged_by(act: Act, table: Table) -> frozenset[str]:
    """The fields of an act that guards of a chart ask for, or its clocks run by."""
    own: list[Guard] = list(table.opening.guards) if act.tag == table.opening.act else []
    every = list(table.opening.guards)
    for (_, tag), way in table.rows.items():
        guards = [guard for row in way for guard in row.guards]
        every += guards
        own += guards if tag == act.tag else []
    asked = joined(guard.sees for guard in own).act
    return _COUNTED | asked | joined(guard.sees for guard in every).fields_of(type(act))
