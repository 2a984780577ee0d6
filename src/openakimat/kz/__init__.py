"""Kazakhstan: charts and editions, no mechanism."""

from openakimat.kz.appeal import Appeal2021, Appeal2026, AppealL221
from openakimat.kz.appeal import Appeal2026 as Appeal
from openakimat.kz.complaint import Complaint2021, Complaint2026, ComplaintL221
from openakimat.kz.complaint import Complaint2026 as Complaint
from openakimat.kz.law import KINDS, law
from openakimat.kz.numbers import part_number, registration_number
from openakimat.kz.offices import calendar, hours, labels, office, place
from openakimat.kz.redress import filing_deadline, is_stayed
from openakimat.kz.service_complaint import ServiceComplaint2013, ServiceComplaint2026
from openakimat.kz.service_complaint import ServiceComplaint2026 as ServiceComplaint
from openakimat.kz.simplified import Simplified2021, Simplified2026, SimplifiedL221
from openakimat.kz.simplified import Simplified2026 as Simplified

__all__ = [
    "KINDS",
    "Appeal",
    "Appeal2021",
    "Appeal2026",
    "AppealL221",
    "Complaint",
    "Complaint2021",
    "Complaint2026",
    "ComplaintL221",
    "ServiceComplaint",
    "ServiceComplaint2013",
    "ServiceComplaint2026",
    "Simplified",
    "Simplified2021",
    "Simplified2026",
    "SimplifiedL221",
    "calendar",
    "filing_deadline",
    "hours",
    "is_stayed",
    "labels",
    "law",
    "office",
    "part_number",
    "place",
    "registration_number",
]
