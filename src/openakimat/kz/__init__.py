"""Kazakhstan: charts and editions, no mechanism.

Every act that somebody performs in a chart is here, unless it is in `openakimat` itself.
"""

from openakimat.kz import queue, schedule, standard, window
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
from openakimat.kz.checks import (
    AppointCheck,
    BeginCheck,
    Invalidate,
    NotifyOfCheck,
    OpenCheck,
    PlanCheck,
    RemoveBreaches,
    ReportOutcome,
    Represent,
    SendDraft,
    SendReport,
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
from openakimat.kz.control import (
    AskToExtend,
    CheckExecution,
    Contribute,
    IssueInstruction,
    LiftPersonalControl,
    PlanMeasures,
    Reassign,
    RecordExtension,
    RecordRemoval,
    RefuseExtension,
    Remind,
    RemoveFromControl,
    ReportExecution,
    ReportProgress,
    ReturnForRework,
    ReviewExecution,
    ReviewLiability,
    SetTerm,
    TakePersonalControl,
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
from openakimat.kz.offence import (
    AcknowledgeReport,
    AskAgreement,
    ConcludeAgreement,
    FindNoOffence,
    OfferAgreement,
    ReportCorruption,
    SortOffence,
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
    Dismiss,
    FileComplaint,
    Forward,
    KeepInForce,
    LeaveUnconsidered,
    RegisterForReview,
    Remit,
    RestoreTerm,
    Satisfy,
    SelfCorrect,
    SendBack,
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
    AskReexamination,
    ContestMeasure,
    DecideMeasure,
    DeclineReexamination,
    DemandReexamination,
    LetMeasureStand,
    ReferMeasure,
    ReportRetaliation,
    Retaliation2016,
    Retaliation2025,
    SendCopy,
    SendMaterials,
    protection,
)
from openakimat.kz.retaliation import Retaliation2025 as Retaliation
from openakimat.kz.reward import (
    PayReward,
    RecordVerdict,
    RefuseReward,
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
    DecideServiceComplaint,
    ExtendServiceComplaint,
    FileServiceComplaint,
    RegisterForQuality,
    RegisterSocial,
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
    EscalateFindings,
    FindInConformity,
    FrontOfficeCheck,
    InspectOffice,
    OrderToStandard,
    PresentFindings,
    RecheckOffice,
    ScheduleVisit,
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
    "AcknowledgeReport",
    "AnswerAll",
    "Appeal",
    "Appeal2021",
    "Appeal2026",
    "AppealL221",
    "Apply",
    "ApplyForSeveral",
    "AppointCheck",
    "ApproveSchedule",
    "Ask",
    "AskAgreement",
    "AskMore",
    "AskReception",
    "AskReexamination",
    "AskToExtend",
    "BeginCheck",
    "Call",
    "CallOverride",
    "Check",
    "CheckExecution",
    "Complaint",
    "Complaint2021",
    "Complaint2026",
    "ComplaintL221",
    "ConcludeAgreement",
    "Consult",
    "Consultation",
    "ContestMeasure",
    "Contribute",
    "Convert",
    "CorruptionReport",
    "CorruptionReport2016",
    "CorruptionReport2021",
    "CorruptionReport2025",
    "CountReception",
    "Coverage",
    "DecideMeasure",
    "DecideServiceComplaint",
    "DeclineReexamination",
    "DeemAgreed",
    "DeemUncollected",
    "DemandReexamination",
    "Dismiss",
    "Document",
    "DoneAlone",
    "EscalateFindings",
    "ExtendServiceComplaint",
    "FileComplaint",
    "FileServiceComplaint",
    "FindInConformity",
    "FindNoOffence",
    "Finish",
    "Forward",
    "FrontOfficeCheck",
    "GiveInstruction",
    "GiveOpinion",
    "HandOn",
    "HandOver",
    "Help",
    "HoldReception",
    "InspectOffice",
    "Inspection",
    "Inspection2024",
    "Inspection2026",
    "Instruction",
    "Instruction2021",
    "InstructionL107",
    "Invalidate",
    "Issue",
    "IssueInstruction",
    "IssueSignature",
    "KeepInForce",
    "Leave",
    "LeaveUnconsidered",
    "LetMeasureStand",
    "LiftPersonalControl",
    "MarkAbsent",
    "MoveReception",
    "NotifyOfCheck",
    "OfferAgreement",
    "OneApplication",
    "OneApplication2024",
    "OneApplication2026",
    "OpenCheck",
    "OrderToStandard",
    "Paper",
    "PayReward",
    "PlanCheck",
    "PlanMeasures",
    "PresentFindings",
    "Reassign",
    "Recall",
    "Reception",
    "Reception2021",
    "Reception2026",
    "ReceptionL221",
    "ReceptionMonth",
    "ReceptionMonth2021",
    "ReceptionMonth2026",
    "ReceptionMonthL221",
    "RecheckOffice",
    "RecordExtension",
    "RecordRemoval",
    "RecordVerdict",
    "ReferMeasure",
    "Refuse",
    "RefuseExtension",
    "RefuseReception",
    "RefuseReward",
    "RefuseToAccept",
    "RegisterForQuality",
    "RegisterForReview",
    "RegisterSocial",
    "Remind",
    "Remit",
    "RemoveBreaches",
    "RemoveFromControl",
    "ReportCorruption",
    "ReportExecution",
    "ReportOutcome",
    "ReportProgress",
    "ReportRetaliation",
    "Represent",
    "Request",
    "Request2013",
    "Request2024",
    "Request2026",
    "Resolve",
    "RestoreTerm",
    "Retaliation",
    "Retaliation2016",
    "Retaliation2025",
    "ReturnForRework",
    "ReviewExecution",
    "ReviewLiability",
    "Reward",
    "Satisfy",
    "ScheduleReception",
    "ScheduleVisit",
    "SelfCorrect",
    "SendBack",
    "SendCopy",
    "SendDraft",
    "SendMaterials",
    "SendReport",
    "SendResult",
    "Serve",
    "ServeNext",
    "Service",
    "ServiceComplaint",
    "ServiceComplaint2013",
    "ServiceComplaint2024",
    "ServiceComplaint2026",
    "SetTerm",
    "Share",
    "Simplified",
    "Simplified2021",
    "Simplified2026",
    "SimplifiedL221",
    "SortOffence",
    "SplitOff",
    "TakeIn",
    "TakePersonalControl",
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
    "queue",
    "registration_number",
    "reward",
    "schedule",
    "services",
    "standard",
    "window",
]
