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
from openakimat.kz.booking import (
    ApproveSchedule,
    AskReception,
    MoveReception,
    ScheduleReception,
)
from openakimat.kz.checklist import (
    checklist,
)
from openakimat.kz.competence import (
    competent_body,
)
from openakimat.kz.complaint import (
    Complaint2026,
    ComplaintL221,
)
from openakimat.kz.complaint import Complaint2026 as Complaint
from openakimat.kz.complaint2021 import (
    Complaint2021,
)
from openakimat.kz.consultation import (
    Ask,
    Consult,
    Consultation,
    DeemAgreed,
    GiveOpinion,
)
from openakimat.kz.corruption import (
    CorruptionReport2016,
    CorruptionReport2021,
    CorruptionReport2025,
)
from openakimat.kz.corruption import CorruptionReport2025 as CorruptionReport
from openakimat.kz.counter import (
    Check,
    DeemUncollected,
    HandOver,
    Issue,
    SendResult,
    TakeIn,
)
from openakimat.kz.inspection import (
    Inspection2024,
    Inspection2026,
)
from openakimat.kz.inspection import Inspection2026 as Inspection
from openakimat.kz.instruction import (
    Instruction2021,
)
from openakimat.kz.instruction import Instruction2021 as Instruction
from openakimat.kz.lateness import (
    Share,
    consultings,
    delays,
    delivery,
)
from openakimat.kz.law import (
    KINDS,
    law,
)
from openakimat.kz.law107 import (
    InstructionL107,
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
from openakimat.kz.package import (
    Apply,
    Paper,
    RefuseToAccept,
    lacking,
)
from openakimat.kz.presence import (
    presence,
)
from openakimat.kz.reception import (
    AskMore,
    Convert,
    GiveInstruction,
    HoldReception,
    Reception2021,
    Reception2026,
    ReceptionL221,
    RefuseReception,
    Resolve,
)
from openakimat.kz.reception import Reception2026 as Reception
from openakimat.kz.redress import (
    filing_deadline,
    is_stayed,
)
from openakimat.kz.refusal import (
    Refuse,
)
from openakimat.kz.reporter import (
    committed,
    is_reporter,
    pseudonym,
)
from openakimat.kz.request import (
    Request2013,
    Request2024,
    Request2026,
)
from openakimat.kz.request import Request2026 as Request
from openakimat.kz.retaliation import (
    Retaliation2016,
    Retaliation2025,
    protection,
)
from openakimat.kz.retaliation import Retaliation2025 as Retaliation
from openakimat.kz.reward import (
    Reward,
    reward,
)
from openakimat.kz.schedule import (
    CountReception,
    ReceptionMonth2021,
    ReceptionMonth2026,
    ReceptionMonthL221,
)
from openakimat.kz.schedule import ReceptionMonth2026 as ReceptionMonth
from openakimat.kz.service_complaint import (
    ServiceComplaint2013,
    ServiceComplaint2024,
    ServiceComplaint2026,
)
from openakimat.kz.service_complaint import ServiceComplaint2026 as ServiceComplaint
from openakimat.kz.services import (
    Coverage,
    Document,
    Service,
    Waiting,
    coverage,
    services,
)
from openakimat.kz.several import (
    AnswerAll,
    ApplyForSeveral,
    OneApplication2024,
    OneApplication2026,
    SplitOff,
)
from openakimat.kz.several import OneApplication2026 as OneApplication
from openakimat.kz.simplified import (
    Simplified2021,
)
from openakimat.kz.standard import (
    FrontOfficeCheck,
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
from openakimat.kz.visit import (
    Visit,
)

__all__ = [
    "KINDS",
    "AnswerAll",
    "Appeal",
    "Appeal2021",
    "Appeal2026",
    "AppealL221",
    "Apply",
    "ApplyForSeveral",
    "ApproveSchedule",
    "Ask",
    "AskMore",
    "AskReception",
    "Call",
    "CallOverride",
    "Check",
    "Complaint",
    "Complaint2021",
    "Complaint2026",
    "ComplaintL221",
    "Consult",
    "Consultation",
    "Convert",
    "CorruptionReport",
    "CorruptionReport2016",
    "CorruptionReport2021",
    "CorruptionReport2025",
    "CountReception",
    "Coverage",
    "DeemAgreed",
    "DeemUncollected",
    "Document",
    "DoneAlone",
    "Finish",
    "FrontOfficeCheck",
    "GiveInstruction",
    "GiveOpinion",
    "HandOn",
    "HandOver",
    "Help",
    "HoldReception",
    "Inspection",
    "Inspection2024",
    "Inspection2026",
    "Instruction",
    "Instruction2021",
    "InstructionL107",
    "Issue",
    "IssueSignature",
    "Leave",
    "MarkAbsent",
    "MoveReception",
    "OneApplication",
    "OneApplication2024",
    "OneApplication2026",
    "Paper",
    "Recall",
    "Reception",
    "Reception2021",
    "Reception2026",
    "ReceptionL221",
    "ReceptionMonth",
    "ReceptionMonth2021",
    "ReceptionMonth2026",
    "ReceptionMonthL221",
    "Refuse",
    "RefuseReception",
    "RefuseToAccept",
    "Request",
    "Request2013",
    "Request2024",
    "Request2026",
    "Resolve",
    "Retaliation",
    "Retaliation2016",
    "Retaliation2025",
    "Reward",
    "ScheduleReception",
    "SendResult",
    "Serve",
    "ServeNext",
    "Service",
    "ServiceComplaint",
    "ServiceComplaint2013",
    "ServiceComplaint2024",
    "ServiceComplaint2026",
    "Share",
    "Simplified",
    "Simplified2021",
    "Simplified2026",
    "SimplifiedL221",
    "SplitOff",
    "TakeIn",
    "TakeTicket",
    "Visit",
    "Waiting",
    "calendar",
    "checklist",
    "committed",
    "competent_body",
    "consultings",
    "coverage",
    "delays",
    "delivery",
    "filing_deadline",
    "hours",
    "is_reporter",
    "is_stayed",
    "labels",
    "lacking",
    "law",
    "office",
    "part_number",
    "place",
    "presence",
    "protection",
    "pseudonym",
    "registration_number",
    "reward",
    "services",
]
