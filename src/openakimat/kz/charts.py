"""The charts of each procedure, in every wording: the first page of the country."""

from __future__ import annotations

from collections.abc import Sequence

from openakimat.chart.procedure import ProcedureType
from openakimat.kz.appeal.charts import APPEALS
from openakimat.kz.complaint.charts import COMPLAINTS
from openakimat.kz.consultation.charts import CONSULTATIONS
from openakimat.kz.corruption.charts import CORRUPTION
from openakimat.kz.front_office.charts import FRONT_OFFICE_CHECKS
from openakimat.kz.information_request.charts import INFORMATION_REQUESTS
from openakimat.kz.inspection.charts import INSPECTIONS
from openakimat.kz.instruction.charts import INSTRUCTIONS
from openakimat.kz.one_application.charts import ONE_APPLICATIONS
from openakimat.kz.other_law.charts import OTHER_LAWS
from openakimat.kz.reception.charts import RECEPTIONS
from openakimat.kz.reception_month.charts import MONTHS
from openakimat.kz.request.charts import REQUESTS
from openakimat.kz.retaliation.charts import RETALIATION
from openakimat.kz.service_complaint.charts import SERVICE_COMPLAINTS
from openakimat.kz.simplified.charts import SIMPLIFIED
from openakimat.kz.visit.charts import VISITS

PROCEDURES: tuple[Sequence[ProcedureType], ...] = (
    APPEALS,
    SIMPLIFIED,
    COMPLAINTS,
    SERVICE_COMPLAINTS,
    INFORMATION_REQUESTS,
    OTHER_LAWS,
    VISITS,
    REQUESTS,
    CONSULTATIONS,
    ONE_APPLICATIONS,
    RECEPTIONS,
    MONTHS,
    INSTRUCTIONS,
    INSPECTIONS,
    FRONT_OFFICE_CHECKS,
    CORRUPTION,
    RETALIATION,
)
"""The charts of each procedure, the oldest wording first."""
