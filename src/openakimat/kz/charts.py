"""The charts of each procedure, in every wording: the first page of the country."""

from collections.abc import Sequence

from openakimat.chart.procedure import ProcedureType
from openakimat.kz import (
    appeal,
    complaint,
    consultation,
    corruption,
    front_office,
    information_request,
    inspection,
    instruction,
    one_application,
    other_law,
    reception,
    reception_month,
    request,
    retaliation,
    service_complaint,
    simplified,
    visit,
)

PROCEDURES: tuple[Sequence[ProcedureType], ...] = (
    (appeal.AppealL221, appeal.Appeal2021, appeal.Appeal2026),
    (simplified.SimplifiedL221, simplified.Simplified2021, simplified.Simplified2026),
    (complaint.ComplaintL221, complaint.Complaint2021, complaint.Complaint2026),
    (
        service_complaint.ServiceComplaint2013,
        service_complaint.ServiceComplaint2016,
        service_complaint.ServiceComplaint2021,
        service_complaint.ServiceComplaint2024,
        service_complaint.ServiceComplaint2026,
    ),
    (information_request.InformationRequest,),
    (other_law.OtherLaw,),
    (visit.Visit,),
    (
        request.Request2013,
        request.Request2016,
        request.Request2019,
        request.Request2022,
        request.Request2024,
        request.Request2026,
    ),
    (consultation.Consultation,),
    (
        one_application.OneApplication2016,
        one_application.OneApplication2024,
        one_application.OneApplication2026,
    ),
    (reception.ReceptionL221, reception.Reception2021, reception.Reception2026),
    (
        reception_month.ReceptionMonthL221,
        reception_month.ReceptionMonth2021,
        reception_month.ReceptionMonth2026,
    ),
    (instruction.InstructionL107, instruction.Instruction2021),
    (inspection.Inspection2024, inspection.Inspection2026),
    (front_office.FrontOfficeCheck,),
    (
        corruption.CorruptionReport2016,
        corruption.CorruptionReport2021,
        corruption.CorruptionReport2023,
        corruption.CorruptionReport2025,
    ),
    (retaliation.Retaliation2023, retaliation.Retaliation2025),
)
"""The charts of each procedure, the oldest wording first."""
