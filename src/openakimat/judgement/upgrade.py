"""What an installation changes for a journal: for its charts, its open cases, their days.

Rules. (1) A chart is compared as it is stored: neither guards nor citations of then are there.
(2) What becomes of a case is what acts and time would meet with, asked of the same rooms.
(3) Nothing is changed by asking; what an office keeps of it is an act of its own.
"""

from collections.abc import Iterable
from datetime import datetime

import attrs

from openakimat.calendar.times import instant
from openakimat.case.acts import AdoptLaw, Shift
from openakimat.case.people import Official, Role, acted_for, roles_on, taken_up
from openakimat.case.record import Case, Record, short_name
from openakimat.chart.adoption import ADOPTION, OF_THE_OFFICE
from openakimat.chart.table import Table
from openakimat.errors import AkimatError, Malformed, make_fault
from openakimat.judgement.changes import Change, Moved, Unreadable, compare, reproject
from openakimat.judgement.governing import governing_chart, refuse_ungoverned
from openakimat.judgement.lapse import move_case
from openakimat.judgement.running import Running, follow
from openakimat.law.fingerprint import outline_chart
from openakimat.law.form import law_form
from openakimat.law.law import Law
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline


@attrs.frozen
class KeptChart:
    """A chart that a journal keeps under a name, beside that of today.

    Its fate is ``same`` or ``revised``, or that the code has ``no wording`` or ``no procedure`` of it.
    """

    under: str
    fate: str
    changes: tuple[Change, ...] = ()

    def __str__(self) -> str:
        head = f"{short_name(self.under)}: {self.fate}"
        return "\n".join((head, *(f"  {change}" for change in self.changes)))


def compare_chart(was: Table, law: Law, /) -> KeptChart:
    """What has become of a chart in the law of today."""
    if was.under in OF_THE_OFFICE:
        return KeptChart(was.under, "same")
    if was.procedure not in law.procedures:
        return KeptChart(was.under, "no procedure")
    by_wording = {edition.law: edition.value for edition in law.procedures[was.procedure]}
    if (now := by_wording.get(was.law)) is None:
        return KeptChart(was.under, "no wording")
    if was.form == now.form:
        return KeptChart(was.under, "same")
    before, after = outline_chart(was), outline_chart(now)
    # An act comes and goes with its step, which is told already.
    alone = {where for where in before.keys() ^ after.keys() if where[0] == "act"}
    for entries in (before, after):
        for where in alone & entries.keys():
            del entries[where]
    # Order is told last: it decides among ways that are the same in all else.
    order = Change("chart", was.procedure, was.law, "order", "as it was", "another")
    return KeptChart(was.under, "revised", tuple(compare(before, after)) or (order,))


@attrs.frozen
class Onward:
    """What becomes of an open case under the charts of today: the stage it `enters`, if a chart moves it.

    `code` and `why` tell why no act can be performed in it until one does. Its running clocks that its
    chart has no more are `struck_out` with the next act.
    """

    case: str
    stage: str
    enters: str = ""
    code: str = ""
    why: str = ""
    struck_out: tuple[str, ...] = ()

    def __str__(self) -> str:
        becomes = f"{self.stage} becomes {self.enters}" if self.enters else self.stage
        reason = f": {self.why} [{self.code}]" if self.code else ""
        struck = "".join(f"\n  clock {limit} is struck out" for limit in self.struck_out)
        return f"{self.case}, {becomes}{reason}{struck}"


def foresee(case: Case | Running, /, *, at: datetime, office: Office) -> Onward:
    """What becomes of an open case. Raises `Undated` if its procedure has no chart on that day."""
    of = follow(case, office=office)
    now = office.revision_of(of.case.under)
    running = (limit for limit, run in of.runs.items() if run.stopped is None)
    # Stored clocks go on where the wording is gone: there is none of today to strike them out.
    struck = () if now.stored else tuple(each for each in running if each not in now.clocks)
    onward = Onward(of.case.id, of.case.stage, struck_out=struck)
    if (move := move_case(of.case, at, office)) is not None:
        return attrs.evolve(onward, enters=move.stage)
    refusal = refuse_ungoverned(of.case, "", governing_chart(of.case, at, office), office)
    return attrs.evolve(onward, code=refusal.code, why=str(refusal)) if refusal else onward


def shift_case(
    case: Case, then: Office, today: Office, /, *, at: datetime
) -> tuple[Moved | Unreadable, ...]:
    """The days of an open case that shift from one law of its office to another; see `reproject`.

    What the law of then cannot count is listed as well: nothing may be said of its days.
    """
    try:
        return reproject([case], then, today, at=at)
    except AkimatError as wrong:
        return (Unreadable(case.id, wrong.code, str(wrong)),)


def adopt_law(
    cases: Iterable[Case], old: Office, new: Office, /, *, at: datetime, basis: str
) -> AdoptLaw:
    """The act by which an office goes from one law to another: which open cases it moves, and why.

    `new` is the same office under the changed law or calendar; `basis` is by what: the act, the
    order, the proclamation. Raises `Malformed` if the instant is naive, or no basis is told.
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
