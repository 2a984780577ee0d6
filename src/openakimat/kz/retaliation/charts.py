"""A measure at work against somebody who reported, in every wording."""

from openakimat.case.people import APPLICANT
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import Decide
from openakimat.kz.corruption.reporter import opened_unnamed, unnamed
from openakimat.kz.guards import among, outcome_in, the_applicant
from openakimat.kz.retaliation import acts
from openakimat.kz.retaliation.guards import materials_in_time, protected
from openakimat.kz.roles import ANTICORRUPTION, CHIEF_OF_STAFF, HEADS


class Retaliation2023(Procedure):
    """A measure at work against somebody who reported corruption: before it is taken, and after.

    Law 188-VII brought the articles; they were read in the text of 2026.
    """

    code = "retaliation"
    law = "l410-2023"
    opens = opening(acts.ReportRetaliation, source="Law 410-V, 24-1", guards=[opened_unnamed])

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
        acts.SendMaterials,
        when(received.to(awaiting_commission), protected("Law 410-V, 24-1")),
        by=(*HEADS, CHIEF_OF_STAFF),
        source="Law 410-V, 24-2(2)",
    )
    decide_measure = step(
        acts.DecideMeasure,
        when(
            awaiting_commission.to(measure_decided),
            materials_in_time,
            outcome_in("retaliation.measures"),
        ),
        by=HEADS,
        source="Law 410-V, 24-2(2)",
    )
    send_copy = step(
        acts.SendCopy,
        measure_decided.to(copy_sent),
        by=(*HEADS, CHIEF_OF_STAFF),
        source="Law 410-V, 24-2(3)",
    )
    contest_measure = step(
        acts.ContestMeasure,
        copy_sent.to(measure_disputed),
        by=ANTICORRUPTION,
        source="Law 410-V, 24-2(4)",
    )
    let_measure_stand = step(
        acts.LetMeasureStand,
        when(
            copy_sent.to(measure_stands),
            among("ground", "retaliation.stands", code="measure.no-ground"),
        ),
        by=ANTICORRUPTION,
        source="Law 410-V, 24-2(4)",
        tells="corruption.notice",
    )
    refer_measure = step(
        acts.ReferMeasure,
        when(
            measure_disputed.to(measure_referred),
            among("to", "retaliation.told", code="notice.elsewhere"),
        ),
        by=ANTICORRUPTION,
        source="Law 410-V, 24-2(4)",
        tells="corruption.notice",
    )
    ask_reexamination = step(
        acts.AskReexamination,
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
        acts.DemandReexamination,
        reexamination_asked.to(reexamination_demanded),
        by=ANTICORRUPTION,
        source="Law 410-V, 24-4(2)",
    )
    decline_reexamination = step(
        acts.DeclineReexamination,
        when(
            reexamination_asked.to(reexamination_declined),
            among("ground", "retaliation.declined", code="reexamination.no-ground"),
        ),
        by=ANTICORRUPTION,
        source="Law 410-V, 24-4(2)",
        tells="corruption.notice",
    )
    decide = step(
        Decide,
        when(reexamination_demanded.to(reexamined), outcome_in("retaliation.reexamined")),
        by=HEADS,
        source="Law 410-V, 24-4(2)",
    )

    copy = Clock(starts=acts.DecideMeasure, stops=acts.SendCopy)
    disagreement = Clock(starts=acts.SendCopy, stops=(acts.ReferMeasure, acts.LetMeasureStand))
    demand = Clock(
        starts=acts.AskReexamination, stops=(acts.DemandReexamination, acts.DeclineReexamination)
    )
    decision = Clock(
        starts=acts.AskReexamination, stops=(Decide, acts.DeclineReexamination), principal=True
    )


class Retaliation2025(Retaliation2023):
    """A measure at work against somebody who reported corruption, by the text read in 2026."""

    law = "l410-2025"
