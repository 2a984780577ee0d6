"""Kazakhstan: charts and editions, no mechanism."""

from openakimat.kz.amended import (
    Appeal2026,
    Simplified2026,
)
from openakimat.kz.amended import Appeal2026 as Appeal
from openakimat.kz.amended import Simplified2026 as Simplified
from openakimat.kz.appeal import (
    Appeal2021,
)
from openakimat.kz.competence import (
    competent_body,
)
from openakimat.kz.complaint import (
    Complaint2021,
    Complaint2026,
    ComplaintL221,
)
from openakimat.kz.complaint import Complaint2026 as Complaint
from openakimat.kz.corruption import (
    CorruptionReport,
)
from openakimat.kz.law import (
    KINDS,
    law,
)
from openakimat.kz.law221 import (
    AppealL221,
    SimplifiedL221,
)
from openakimat.kz.numbers import (
    part_number,
    registration_number,
)
from openakimat.kz.offices import (
    calendar,
    hours,
    labels,
    office,
    place,
)
from openakimat.kz.redress import (
    filing_deadline,
    is_stayed,
)
from openakimat.kz.reporter import (
    committed,
    is_reporter,
    pseudonym,
)
from openakimat.kz.retaliation import (
    Retaliation,
    protection,
)
from openakimat.kz.reward import (
    Reward,
    reward,
)
from openakimat.kz.service_complaint import (
    ServiceComplaint2013,
    ServiceComplaint2026,
)
from openakimat.kz.service_complaint import ServiceComplaint2026 as ServiceComplaint
from openakimat.kz.simplified import (
    Simplified2021,
)

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
    "CorruptionReport",
    "Retaliation",
    "Reward",
    "ServiceComplaint",
    "ServiceComplaint2013",
    "ServiceComplaint2026",
    "Simplified",
    "Simplified2021",
    "Simplified2026",
    "SimplifiedL221",
    "calendar",
    "committed",
    "competent_body",
    "filing_deadline",
    "hours",
    "is_reporter",
    "is_stayed",
    "labels",
    "law",
    "office",
    "part_number",
    "place",
    "protection",
    "pseudonym",
    "registration_number",
    "reward",
]
