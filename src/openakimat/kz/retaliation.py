"""What the law sets against retaliation for a report of corruption, for three years."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import attrs

from openakimat.acts import Act, Decide
from openakimat.case import Case
from openakimat.kz.guards import among, the_applicant
from openakimat.kz.practice import HEADS
from openakimat.kz.reporter import Confided, opened_unnamed, unnamed
from openakimat.limits import Deadline, due
from openakimat.people import ANTICORRUPTION, APPLICANT, CHIEF_OF_STAFF
from openakimat.procedure import Procedure, Stage, opening, step, when
from openakimat.table import AskedOffice, Circumstances, Clock, Guard, guard

MEASURES = {"no-measure": "Law 410-V, 24-2(2)", "measure": "Law 410-V, 24-2(2)"}
STANDS = {"no-measure": "Law 410-V, 24-2(4)", "well-founded": "Law 410-V, 24-2(4)"}
TOLD = {"labour-inspection": "Law 410-V, 24-2(4)", "prosecutor": "Law 410-V, 24-2(4)"}
REEXAMINED = {"cancelled": "Law 410-V, 24-4(2)", "upheld": "Law 410-V, 24-4(2)"}
DECLINED = {"unfounded": "Law 410-V, 24-4(2)", "considered-before": "Law 410-V, 24-4(1)(4)"}


def protection(accepted: date, /, *, office: AskedOffice, wording: str = "") -> Deadline:
    """How long a reporter is protected at work: no clock of a case, for it outlives the case.

    Args:
        accepted: The day the report was accepted.
        office: Whose law it is.
        wording: By which wording; empty for that of the day.

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

    >>> from openakimat import kz
    >>> sits_at = datetime.fromisoformat("2026-03-20T10:00+05:00")
    >>> materials_due(sits_at, office=kz.office()).last_day
    datetime.date(2026, 3, 17)
    """
    day = office.day_of(sits_at)
    return due(office.limit("retaliation.materials", day, wording), sits_at, office.calendar)


# -- acts -----------------------------------------------------------------------------


@attrs.frozen
class ReportRetaliation(Confided):
    """A measure against a protected person is meant or taken. Source: Law 410-V, 24-1.

    The case is one of the authorised body; tie it to the report by a link ``about`` only
    where both are kept under the same rules, for it says that this person reported.

    Args:
        accepted_on: The day the report was accepted; protection counts from it.
    """

    tag: ClassVar[str] = "report-retaliation"
    kind: str = "retaliation-report"
    accepted_on: date = attrs.field(kw_only=True)


@attrs.frozen
class SendMaterials(Act):
    """The materials go to the authorised body before the commission sits. Source: 24-2(2)."""

    tag: ClassVar[str] = "send-materials"


@attrs.frozen
class DecideMeasure(Act):
    """The commission has sat, and the head has decided. Source: Law 410-V, 24-2(2), (3)."""

    tag: ClassVar[str] = "decide-measure"
    marks: ClassVar[str] = "decision"
    outcome: str


@attrs.frozen
class SendCopy(Act):
    """A copy of the decision is with the authorised body. Source: Law 410-V, 24-2(3), (4)."""

    tag: ClassVar[str] = "send-copy"
    marks: ClassVar[str] = "receipt"


@attrs.frozen
class ContestMeasure(Act):
    """The authorised body disagrees with the decision. Source: Law 410-V, 24-2(4)."""

    tag: ClassVar[str] = "contest-measure"
    marks: ClassVar[str] = "decision"


@attrs.frozen
class LetMeasureStand(Act):
    """The authorised body does not disagree, on a ground. Source: Law 410-V, 24-2(4)."""

    tag: ClassVar[str] = "let-measure-stand"
    marks: ClassVar[str] = "decision"
    ground: str


@attrs.frozen
class ReferMeasure(Act):
    """The labour inspection or the prosecutor has notice of a retaliation. Source: 24-2(4)."""

    tag: ClassVar[str] = "refer-measure"
    marks: ClassVar[str] = "decision"
    to: str


@attrs.frozen
class AskReexamination(Act):
    """The reporter asks that a measure taken be examined anew. Source: Law 410-V, 24-4(2)."""

    tag: ClassVar[str] = "ask-reexamination"
    marks: ClassVar[str] = "receipt"


@attrs.frozen
class DemandReexamination(Act):
    """The request is founded: the authorised body gives the head notice of it. Source: 24-4(2)."""

    tag: ClassVar[str] = "demand-reexamination"


@attrs.frozen
class DeclineReexamination(Act):
    """The authorised body finds no reason to have a measure examined anew, on a ground.

    Source: Law 410-V, 24-4(2): notice goes out where the request is found to be founded.
    """

    tag: ClassVar[str] = "decline-reexamination"
    marks: ClassVar[str] = "decision"
    ground: str


# -- guards ---------------------------------------------------------------------------


def protected(source: str) -> Guard:
    """The guard that the three years since the report was accepted are not over."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        opened, (at, _, office, wording, *_) = case.received, circumstances
        if not isinstance(opened, ReportRetaliation):
            return True
        return at < protection(opened.accepted_on, office=office, wording=wording).at

    why = "more than three years have passed since the report was accepted"
    return guard("protection.over", why=why, source=source)(holds)


@guard(
    "materials.late",
    why="the materials go to the authorised body three working days before the commission sits",
    source="Law 410-V, 24-2(2)",
)
def materials_in_time(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The commission sits no sooner than the materials allow."""
    sent = case.last(SendMaterials)
    if sent is None:
        return False
    at, _, office, wording, *_ = circumstances
    return not materials_due(at, office=office, wording=wording).missed(sent.at)


# -- chart ----------------------------------------------------------------------------


class Retaliation2016(Procedure):
    """A measure at work against somebody who reported corruption: before it is taken, and after.

    Read in the text of 2026; since when the articles say so was not seen.

    {statechart:md}
    """

    code = "retaliation"
    law = "l410"
    opens = opening(ReportRetaliation, source="Law 410-V, 24-1", guards=[opened_unnamed])

    received = Stage(initial=True)
    awaiting_commission = Stage()
    measure_decided = Stage()
    copy_sent = Stage()
    measure_disputed = Stage()
    reexamination_asked = Stage()
    reexamination_demanded = Stage()
    measure_stands = Stage(final=True)
    measure_referred = Stage(final=True)
    reexamination_declined = Stage(final=True)
    reexamined = Stage(final=True)

    send_materials = step(
        SendMaterials,
        when(received.to(awaiting_commission), protected("Law 410-V, 24-1")),
        by=(*HEADS, CHIEF_OF_STAFF),
        source="Law 410-V, 24-2(2)",
    )
    decide_measure = step(
        DecideMeasure,
        when(
            awaiting_commission.to(measure_decided),
            materials_in_time,
            among("outcome", MEASURES, code="outcome.unknown"),
        ),
        by=HEADS,
        source="Law 410-V, 24-2(2)",
    )
    send_copy = step(
        SendCopy,
        measure_decided.to(copy_sent),
        by=(*HEADS, CHIEF_OF_STAFF),
        source="Law 410-V, 24-2(3)",
    )
    contest_measure = step(
        ContestMeasure,
        copy_sent.to(measure_disputed),
        by=ANTICORRUPTION,
        source="Law 410-V, 24-2(4)",
    )
    let_measure_stand = step(
        LetMeasureStand,
        when(copy_sent.to(measure_stands), among("ground", STANDS, code="measure.no-ground")),
        by=ANTICORRUPTION,
        source="Law 410-V, 24-2(4)",
        tells="corruption.notice",
    )
    refer_measure = step(
        ReferMeasure,
        when(measure_disputed.to(measure_referred), among("to", TOLD, code="notice.elsewhere")),
        by=ANTICORRUPTION,
        source="Law 410-V, 24-2(4)",
        tells="corruption.notice",
    )
    ask_reexamination = step(
        AskReexamination,
        when(
            received.to(reexamination_asked),
            the_applicant,
            unnamed,
            protected("Law 410-V, 24-4(1)(4)"),
        ),
        by=APPLICANT,
        source="Law 410-V, 24-4(2)",
    )
    demand_reexamination = step(
        DemandReexamination,
        reexamination_asked.to(reexamination_demanded),
        by=ANTICORRUPTION,
        source="Law 410-V, 24-4(2)",
    )
    decline_reexamination = step(
        DeclineReexamination,
        when(
            reexamination_asked.to(reexamination_declined),
            among("ground", DECLINED, code="reexamination.no-ground"),
        ),
        by=ANTICORRUPTION,
        source="Law 410-V, 24-4(2)",
        tells="corruption.notice",
    )
    decide = step(
        Decide,
        when(
            reexamination_demanded.to(reexamined),
            among("outcome", REEXAMINED, code="outcome.unknown"),
        ),
        by=HEADS,
        source="Law 410-V, 24-4(2)",
    )

    copy = Clock("retaliation.copy", starts=DecideMeasure, stops=SendCopy)
    disagreement = Clock(
        "retaliation.disagreement", starts=SendCopy, stops=(ReferMeasure, LetMeasureStand)
    )
    demand = Clock(
        "retaliation.demand",
        starts=AskReexamination,
        stops=(DemandReexamination, DeclineReexamination),
    )
    decision = Clock(
        "retaliation.decision",
        starts=AskReexamination,
        stops=(Decide, DeclineReexamination),
        principal=True,
    )


class Retaliation2025(Retaliation2016):
    """A measure at work against somebody who reported corruption, by the text read in 2026.

    {statechart:md}
    """

    law = "l410-2025"


RETALIATION = (Retaliation2016, Retaliation2025)
"""The charts of the procedure, the oldest wording first."""
