"""Another law or calendar is adopted: what it moves, as the one act of the office that keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from openakimat.calendar.times import instant
from openakimat.case.acts import AdoptLaw, Shift
from openakimat.case.people import Official, Role, acted_for, roles_on, taken_up
from openakimat.case.record import Case, Record
from openakimat.chart.adoption import ADOPTION
from openakimat.errors import Malformed, make_fault
from openakimat.judgement.changes import Moved
from openakimat.judgement.upgrade import shift_case
from openakimat.law.form import law_form
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline


def adopt_law(
    cases: Iterable[Case], old: Office, new: Office, /, *, at: datetime, basis: str
) -> AdoptLaw:
    """The act by which an office goes from one law to another: which open cases it moves, and why.

    Args:
        cases: The cases as they stand.
        old: The office that they were counted by.
        new: The same office under the changed law or calendar.
        at: The instant by which it is asked.
        basis: By what: the act, the order, the proclamation.

    Raises:
        Malformed: The instant is naive, or no basis is told.
    """
    if not basis.strip():
        raise Malformed("asked", [make_fault("basis", "needed")])
    # What the new office has read in the journal the old one is to find there too.
    then = old.knowing({**new.stored, **new.tables})
    found = [each for case in cases for each in shift_case(case, then, new, at=instant(at))]
    moved = [each for each in found if isinstance(each, Moved)]
    shifts = (
        Shift(one.case, one.limit, _day_of(one.before), _day_of(one.after), one.by) for one in moved
    )
    return AdoptLaw(
        basis,
        law_form(old)[0],
        law_form(new)[0],
        tuple(shifts),
        tuple(dict.fromkeys(f"{why}" for one in moved for why in one.why)),
        tuple(dict.fromkeys(each.case for each in found if not isinstance(each, Moved))),
    )


def _day_of(deadline: Deadline) -> str:
    return f"{deadline.last_day or deadline.at.isoformat()}"


def adopted_case(act: AdoptLaw, /, *, id: str, at: datetime, by: Official, office: Office) -> Case:
    """The case that keeps such an act: one record."""
    day, chart = office.day_of(at), ADOPTION
    roles = roles_on(by, day)
    role = taken_up(by, roles) if roles else Role("")
    whose = acted_for(by, role, day)
    record = Record(
        1, instant(at), by.id, role, act, chart.initial, chart.under, whose, office.body.id
    )
    return Case(id, chart.procedure, chart.initial, chart.under, (record,))
