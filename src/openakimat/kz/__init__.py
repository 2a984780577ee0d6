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
from openakimat.kz.reception import (
    AskMore,
    AskReception,
    Convert,
    GiveInstruction,
    HoldReception,
    MoveReception,
    Reception2021,
    Reception2026,
    ReceptionL221,
    RefuseReception,
    Resolve,
    ScheduleReception,
)
from openakimat.kz.reception import Reception2026 as Reception
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
from openakimat.kz.schedule import (
    ApproveSchedule,
    CountReception,
    ReceptionMonth2021,
    ReceptionMonth2026,
    ReceptionMonthL221,
)
from openakimat.kz.schedule import ReceptionMonth2026 as ReceptionMonth
from openakimat.kz.service_complaint import (
    ServiceComplaint2013,
    ServiceComplaint2026,
)
from openakimat.kz.service_complaint import ServiceComplaint2026 as ServiceComplaint
from openakimat.kz.simplified import (
    Simplified2021,
)
from openakimat.kz.ticket import (
    Call,
    CallOverride,
    DoneAlone,
    Finish,
    HandOn,
    Help,
    IssueSignature,
    Leave,
    MarkAbsent,
    Recall,
    Serve,
    ServeNext,
    TakeTicket,
)
from openakimat.kz.visit import Visit

__all__ = [
    "KINDS",
    "Appeal",
    "Appeal2021",
    "Appeal2026",
    "AppealL221",
    "ApproveSchedule",
    "AskMore",
    "AskReception",
    "Call",
    "CallOverride",
    "Complaint",
    "Complaint2021",
    "Complaint2026",
    "ComplaintL221",
    "Convert",
    "CorruptionReport",
    "CountReception",
    "DoneAlone",
    "Finish",
    "GiveInstruction",
    "HandOn",
    "Help",
    "HoldReception",
    "IssueSignature",
    "Leave",
    "MarkAbsent",
    "MoveReception",
    "Recall",
    "Reception",
    "Reception2021",
    "Reception2026",
    "ReceptionL221",
    "ReceptionMonth",
    "ReceptionMonth2021",
    "ReceptionMonth2026",
    "ReceptionMonthL221",
    "RefuseReception",
    "Resolve",
    "Retaliation",
    "Reward",
    "ScheduleReception",
    "Serve",
    "ServeNext",
    "ServiceComplaint",
    "ServiceComplaint2013",
    "ServiceComplaint2026",
    "Simplified",
    "Simplified2021",
    "Simplified2026",
    "SimplifiedL221",
    "TakeTicket",
    "Visit",
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
