"""The duty to receive at least once a month, in every wording."""

from openakimat.case.people import LAW
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.chart.table import Clock
from openakimat.kz.reception.acts import ApproveSchedule
from openakimat.kz.reception.charts import STAFF
from openakimat.kz.reception_month.acts import CountReception, DeemMissed
from openakimat.kz.reception_month.guards import approvable, held_in_month
from openakimat.kz.roles import HEAD, HEADS


class ReceptionMonthL221(Procedure):
    """A month of an official's receptions under Law 221 (2007 to 30.06.2021)."""

    code = "reception-month"
    law = "l221"
    source = "Law 221, 13"
    opens = opening(ApproveSchedule, by=HEAD, guards=[approvable])

    schedule_approved = Stage(initial=True)
    month_kept = Stage(final=True)
    month_missed = Stage()

    count = step(
        CountReception,
        # What was held in its last hours may be counted after them: the month is kept all the same.
        when(month_kept.after(schedule_approved, month_missed), held_in_month),
        by=(*HEADS, *STAFF),
    )
    deem_missed = step(
        DeemMissed, schedule_approved.to(month_missed), by=LAW, tells="reception.notice"
    )

    month = Clock(
        "reception.month",
        starts=ApproveSchedule,
        principal=True,
        stops=(CountReception, DeemMissed),
        on_lapse=DeemMissed,
    )


class ReceptionMonth2021(ReceptionMonthL221):
    """A month of an official's receptions under the Code of 2021."""

    law = "appc-2021"
    source = "APPC 90(1)"


class ReceptionMonth2026(ReceptionMonth2021):
    """A month of an official's receptions under the Code as amended by Law 241-VIII."""

    law = "appc-2026"
    source = "APPC 90(3)"
