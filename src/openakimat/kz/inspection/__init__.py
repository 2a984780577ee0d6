"""The state check of the quality of services. Source: Law 88-V, 27-27-4."""

from openakimat.case.acts import Pause as Pause, Resume as Resume
from openakimat.kz.acts import Deliver as Deliver, Hear as Hear, Notify as Notify, Object as Object
from openakimat.kz.inspection.acts import (
    AppointCheck as AppointCheck,
    BeginCheck as BeginCheck,
    ChangeTeam as ChangeTeam,
    Invalidate as Invalidate,
    NotifyOfCheck as NotifyOfCheck,
    OpenCheck as OpenCheck,
    PlanCheck as PlanCheck,
    RemoveBreaches as RemoveBreaches,
    ReportOutcome as ReportOutcome,
    Represent as Represent,
    SendDraft as SendDraft,
    SendReport as SendReport,
)
from openakimat.kz.inspection.charts import (
    Inspection2024 as Inspection2024,
    Inspection2026 as Inspection2026,
)
