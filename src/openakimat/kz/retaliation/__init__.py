"""A measure at work against somebody who reported. Source: Law 410-V, 24-1-24-4."""

from datetime import date, datetime
from functools import partial
from typing import Literal

import attrs

from openakimat.calendar.times import instant
from openakimat.case import OPEN, Act, Case
from openakimat.chart.clock import Clock, Principal
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.chart.table import AskedOffice, Circumstances, Guard, guard
from openakimat.dated import LATER
from openakimat.kz import by
from openakimat.kz.acts import Decide, OnGround
from openakimat.kz.corruption.reporter import Confided, opened_unnamed, unnamed
from openakimat.kz.guards import among, outcome_in
from openakimat.kz.roles import ANTICORRUPTION, CHIEF_OF_STAFF, HEADS
from openakimat.limits.deadline import Deadline, due

Measure = Literal["", "discipline", "dismissal", "transfer"]
"""What is not done in a state body to who reported without a recommendation of a collegial body."""


@attrs.frozen
class ReportRetaliation(Confided, tag="report-retaliation"):
    """A measure against a protected person is meant or taken. Source: Law 410-V, 24-1.

    The case is one of the authorised body; tie it to the report by a link ``about`` only
    where both are kept under the same rules, for it says that this person reported.

    Args:
        accepted_on: The day the report was accepted by an authorised body, or that of another
            help given; protection counts from it. Source: Law 410-V, 24-1(1).
    """

    kind: str = "retaliation-report"
    accepted_on: date = attrs.field(kw_only=True)


class SendMaterials(Act, tag="send-materials"):
    """The materials go to the authorised body before the commission sits. Source: 24-2(2)."""


@attrs.frozen
class DecideMeasure(Act, tag="decide-measure", marks="decision"):
    """The commission has sat, and the head has decided. Source: Law 410-V, 24-2(2), (3).

    `measure` is that taken; empty, where nobody told. Source: Law 410-V, 24-2(1).
    """

    outcome: str = attrs.field(metadata=OPEN)
    measure: Measure = attrs.field(default="", metadata=LATER)


class SendCopy(Act, tag="send-copy", marks="receipt"):
    """A copy of the decision is with the authorised body. Source: Law 410-V, 24-2(3), (4)."""


class ContestMeasure(Act, tag="contest-measure", marks="decision"):
    """The authorised body disagrees with the decision. Source: Law 410-V, 24-2(4)."""


class LetMeasureStand(OnGround, tag="let-measure-stand", marks="decision"):
    """The authorised body does not disagree, on a ground. Source: Law 410-V, 24-2(4)."""


@attrs.frozen
class ReferMeasure(Act, tag="refer-measure", marks="decision"):
    """The labour inspection or the prosecutor has notice of a retaliation. Source: 24-2(4)."""

    to: str = attrs.field(metadata=OPEN)


class AskReexamination(Act, tag="ask-reexamination", marks="receipt"):
    """The reporter asks that a measure taken be examined anew. Source: Law 410-V, 24-4(2)."""


class DemandReexamination(Act, tag="demand-reexamination"):
    """The request is founded: the authorised body gives the head notice of it. Source: 24-4(2)."""


class DeclineReexamination(OnGround, tag="decline-reexamination", marks="decision"):
    """The authorised body finds no reason to have a measure examined anew, on a ground.

    Source: Law 410-V, 24-4(2): notice goes out where the request is found to be founded.
    """


def protection(accepted: date, /, *, office: AskedOffice, wording: str = "") -> Deadline:
    """How long a reporter is protected at work: no clock of a case, for it outlives the case.

    It counts from the day the report was accepted; an empty `wording` is that of the day.

    Source: Law 410-V, 24-1.

    >>> from openakimat import kz
    >>> protection(date(2024, 2, 29), office=kz.office()).last_day
    datetime.date(2027, 2, 28)
    """
    edition = office.limit("corruption.protection", accepted, wording)
    return due(edition, office.calendar.place.start_of(accepted), office.calendar)


def materials_due(sits_at: datetime, /, *, office: AskedOffice, wording: str = "") -> Deadline:
    """By when the materials of a commission that sits then go to the authorised body.

    Source: Law 410-V, 24-2(2).
    """
    sits_at = instant(sits_at, path="sits_at")
    day = office.day_of(sits_at)
    return due(office.limit("retaliation.materials", day, wording), sits_at, office.calendar)


def protected(source: str) -> Guard:
    """The guard that the three years since the report was accepted are not over."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        opened, office = case.received, circumstances.office
        if not isinstance(opened, ReportRetaliation):
            return True
        end = protection(opened.accepted_on, office=office, wording=circumstances.wording)
        return circumstances.at < end.at

    return guard("protection.over", source=source, asks="office:now")(holds)


@guard("materials.late", source="Law 410-V, 24-2(2)", asks="record:send-materials office:now")
def materials_in_time(case: Case, act: Act, circumstances: Circumstances) -> bool:
    sent = case.last(SendMaterials)
    if sent is None:
        return False
    due_by = materials_due(
        circumstances.at, office=circumstances.office, wording=circumstances.wording
    )
    return not due_by.missed(sent.at)


class Retaliation2023(Procedure):
    """A measure at work against somebody who reported corruption: before it is taken, and after.

    Law 188-VII brought the articles; they were read in the text of 2026.
    """

    code = "retaliation"
    law = "l410-2023"
    source = "Law 410-V, 24-4(2)"
    opens = opening(ReportRetaliation, source="Law 410-V, 24-1", guards=[opened_unnamed])

    received = Stage(initial=True)
    awaiting_commission = measure_decided = copy_sent = measure_disputed = Stage()
    reexamination_asked = reexamination_demanded = Stage()
    measure_stands = measure_referred = reexamination_declined = reexamined = Stage(final=True)

    _by_service = partial(step, by=ANTICORRUPTION, source="Law 410-V, 24-2(4)")

    send_materials = step(
        SendMaterials,
        when(received.to(awaiting_commission), protected("Law 410-V, 24-1")),
        by=(*HEADS, CHIEF_OF_STAFF),
        source="Law 410-V, 24-2(2)",
    )
    decide_measure = by.heads(
        DecideMeasure,
        when(
            awaiting_commission.to(measure_decided),
            materials_in_time,
            outcome_in("retaliation.measures"),
        ),
        source="Law 410-V, 24-2(2)",
    )
    send_copy = step(
        SendCopy,
        measure_decided.to(copy_sent),
        by=(*HEADS, CHIEF_OF_STAFF),
        source="Law 410-V, 24-2(3)",
    )
    contest_measure = _by_service(ContestMeasure, copy_sent.to(measure_disputed))
    let_measure_stand = _by_service(
        LetMeasureStand,
        when(
            copy_sent.to(measure_stands),
            among("ground", "retaliation.stands", code="measure.no-ground"),
        ),
        tells="corruption.notice",
    )
    refer_measure = _by_service(
        ReferMeasure,
        when(
            measure_disputed.to(measure_referred),
            among("to", "retaliation.told", code="notice.elsewhere"),
        ),
        tells="corruption.notice",
    )
    ask_reexamination = by.applicant(
        AskReexamination,
        when(received.to(reexamination_asked), unnamed, protected("Law 410-V, 24-4(1)(4)")),
    )
    demand_reexamination = step(
        DemandReexamination, reexamination_asked.to(reexamination_demanded), by=ANTICORRUPTION
    )
    decline_reexamination = step(
        DeclineReexamination,
        when(
            reexamination_asked.to(reexamination_declined),
            among("ground", "retaliation.declined", code="reexamination.no-ground"),
        ),
        by=ANTICORRUPTION,
        tells="corruption.notice",
    )
    decide = by.heads(
        Decide, when(reexamination_demanded.to(reexamined), outcome_in("retaliation.reexamined"))
    )

    copy = Clock(starts=DecideMeasure, stops=SendCopy)
    disagreement = Clock(starts=SendCopy, stops=(ReferMeasure, LetMeasureStand))
    demand = Clock(starts=AskReexamination, stops=(DemandReexamination, DeclineReexamination))
    decision = Principal(starts=AskReexamination, stops=(Decide, DeclineReexamination))


class Retaliation2025(Retaliation2023):
    """A measure at work against somebody who reported corruption, by the text read in 2026."""

    law = "l410-2025"
