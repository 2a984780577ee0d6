"""The governor's check of a front office."""

from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.chart.table import Clock
from openakimat.kz.front_office import acts
from openakimat.kz.front_office.guards import ANSWERED, nothing_unmet, something_unmet
from openakimat.kz.roles import CHIEF_OF_STAFF, DEPUTY, HEAD, INSPECTOR, SUPERIOR
from openakimat.kz.sources import OF_FRONT_OFFICES

LEADERS = (HEAD, DEPUTY, SUPERIOR)


class FrontOfficeCheck(Procedure):
    """The governor's check of a front office."""

    code = "front-office-check"
    law = "practice"
    source = OF_FRONT_OFFICES
    opens = opening(acts.ScheduleVisit, by=(*LEADERS, CHIEF_OF_STAFF, INSPECTOR))

    visit_scheduled = Stage(initial=True)
    found_wanting = Stage()
    findings_presented = Stage()
    put_in_order = Stage()
    still_wanting = Stage()
    escalated = Stage()
    found_in_order = Stage()
    in_conformity = Stage(final=True)

    inspect_office = step(
        acts.InspectOffice,
        when(visit_scheduled.to(found_wanting), *ANSWERED, something_unmet),
        when(visit_scheduled.to(found_in_order), *ANSWERED, nothing_unmet),
        by=INSPECTOR,
    )
    present_findings = step(
        acts.PresentFindings, found_wanting.to(findings_presented), by=INSPECTOR
    )
    order_to_standard = step(
        acts.OrderToStandard, put_in_order.after(findings_presented, escalated), by=LEADERS
    )
    recheck_office = step(
        acts.RecheckOffice,
        when(put_in_order.to(still_wanting), *ANSWERED, something_unmet),
        when(put_in_order.to(found_in_order), *ANSWERED, nothing_unmet),
        by=INSPECTOR,
    )
    escalate_findings = step(
        acts.EscalateFindings, still_wanting.to(escalated), by=(INSPECTOR, *LEADERS)
    )
    find_in_conformity = step(acts.FindInConformity, found_in_order.to(in_conformity), by=LEADERS)

    recheck = Clock(
        starts=acts.OrderToStandard,
        stops=(acts.RecheckOffice, acts.FindInConformity),
        principal=True,
    )
