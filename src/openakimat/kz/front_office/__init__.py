"""The governor's check of a front office: practice."""

from openakimat.kz.front_office.acts import (
    Answer as Answer,
    EscalateFindings as EscalateFindings,
    FindInConformity as FindInConformity,
    InspectOffice as InspectOffice,
    OrderToStandard as OrderToStandard,
    PresentFindings as PresentFindings,
    RecheckOffice as RecheckOffice,
    ScheduleVisit as ScheduleVisit,
)
from openakimat.kz.front_office.charts import FrontOfficeCheck as FrontOfficeCheck
from openakimat.kz.front_office.checklist import checklist as checklist
from openakimat.kz.front_office.guards import unanswered as unanswered, unmet as unmet
