"""The law of Kazakhstan: its procedures in every wording, its calendar, its offices.

An act is found with its procedure, `kz.complaint.Forward`; one that several share with the ordinary
procedure, `kz.appeal.Hear`.
"""

from types import ModuleType as _Module

from openakimat.kz import (
    appeal as appeal,
    complaint as complaint,
    consultation as consultation,
    corruption as corruption,
    front_office as front_office,
    information_request as information_request,
    inspection as inspection,
    instruction as instruction,
    one_application as one_application,
    other_law as other_law,
    reception as reception,
    reception_month as reception_month,
    request as request,
    retaliation as retaliation,
    service_complaint as service_complaint,
    simplified as simplified,
    visit as visit,
)
from openakimat.kz.charts import PROCEDURES as PROCEDURES
from openakimat.kz.competence import advise_addressee as advise_addressee, competent as competent
from openakimat.kz.consultation import Consultation as Consultation
from openakimat.kz.data import FOLDERS as _FOLDERS
from openakimat.kz.front_office import FrontOfficeCheck as FrontOfficeCheck
from openakimat.kz.identity import Applicant as Applicant
from openakimat.kz.information_request.charts import InformationRequest as InformationRequest
from openakimat.kz.law import KINDS as KINDS, law as law
from openakimat.kz.offices import (
    calendar as calendar,
    hours as hours,
    office as office,
    place as place,
)
from openakimat.kz.other_law import OtherLaw as OtherLaw
from openakimat.kz.roles import (
    ANTICORRUPTION as ANTICORRUPTION,
    AUTHORISED as AUTHORISED,
    CHIEF_OF_STAFF as CHIEF_OF_STAFF,
    CONSULTED as CONSULTED,
    CONTROLLER as CONTROLLER,
    DEPUTY as DEPUTY,
    EXECUTOR as EXECUTOR,
    HEAD as HEAD,
    INSPECTED as INSPECTED,
    INSPECTOR as INSPECTOR,
    OPERATOR as OPERATOR,
    REGISTRAR as REGISTRAR,
    SPECIALIST as SPECIALIST,
    SUPERIOR as SUPERIOR,
)
from openakimat.kz.visit.charts import Visit as Visit

Appeal = appeal.Appeal2026
Simplified = simplified.Simplified2026
Complaint = complaint.Complaint2026
ServiceComplaint = service_complaint.ServiceComplaint2026
Request = request.Request2026
OneApplication = one_application.OneApplication2026
Reception = reception.Reception2026
ReceptionMonth = reception_month.ReceptionMonth2026
Instruction = instruction.Instruction2021
Inspection = inspection.Inspection2026
CorruptionReport = corruption.CorruptionReport2025
Retaliation = retaliation.Retaliation2025
"""The newest wording of each."""

# The list is what stands above: a star import and `help` take that, and of the rooms the procedures.
__all__ = [  # pyright: ignore[reportUnsupportedDunderAll]  # what stands above tells it the names
    name
    for name, given in vars().items()
    if name[0] != "_" and (name in _FOLDERS or not isinstance(given, _Module))
]
