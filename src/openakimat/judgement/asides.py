"""What is put beside a case: a file, a note. It is judged by who may act on the case, and by no row."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from openakimat.case.act import Act, Aside
from openakimat.case.people import (
    APPLICANT,
    LAW,
    NAMELESS,
    REPRESENTATIVE,
    Actor,
    Role,
    persons,
    roles_on,
)
from openakimat.case.record import Case, applicant_of
from openakimat.chart.table import Table
from openakimat.errors import NotAllowed, NotCompetent, Refusal


@lru_cache(maxsize=256)
def _roles_in(table: Table) -> frozenset[Role]:
    rows = (row for way in table.rows.values() for row in way)
    return frozenset(role for row in rows for role in row.by) - {LAW}


def roles_beside(table: Table, act: Aside | type[Aside] | Act, /) -> frozenset[Role]:
    """The roles that may put something beside a case: those that may act on it at whatever stage."""
    outsiders = {APPLICANT, REPRESENTATIVE} if getattr(act, "inner", False) else frozenset[Role]()
    return _roles_in(table) - outsiders


def roles_to_put(
    case: Case, act: Aside | type[Aside], table: Table, *, by: Actor, day: date
) -> frozenset[Role]:
    """The roles in which somebody may put something beside a case."""
    roles = roles_beside(table, act) & roles_on(by, day)
    # Everybody who comes to the counter is an applicant: of them it is whoever this one is about.
    own = persons(by, day, {APPLICANT}) - {"", NAMELESS}
    return roles if applicant_of(case) in own else roles - {APPLICANT}


def refuse_aside(
    case: Case, act: Aside | type[Aside], table: Table, *, at: datetime, by: Actor, day: date
) -> Refusal | None:
    """Why something may not be put beside a case, or None."""
    where: dict[str, Any] = {"act": act.tag, "stage": case.stage}
    # No clock outlives its case: it stops with the last record, and nothing comes after that.
    if case.stage in table.final:
        message = f"{case.stage} does not take {act.tag!r}"
        return NotAllowed(message, code="act.not-available", **where)
    if at < case.records[-1].at:
        message = f"{at} is before the last record, {case.records[-1].at}"
        return NotAllowed(message, code="act.before-last", **where)
    if roles_to_put(case, act, table, by=by, day=day):
        return None
    competent = sorted(roles_beside(table, act))
    message = f"{act.tag!r} may be performed by {', '.join(competent)}"
    return NotCompetent(message, code="role.not-competent", competent=competent, **where)
