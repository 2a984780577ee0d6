"""Kazakhstan: charts and editions, no mechanism."""

from openakimat.kz.appeal import Appeal2021, Appeal2026, AppealL221
from openakimat.kz.appeal import Appeal2026 as Appeal
from openakimat.kz.law import KINDS, law
from openakimat.kz.numbers import part_number, registration_number
from openakimat.kz.offices import calendar, hours, labels, office, place
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
from openakimat.kz.schedule import (
    ApproveSchedule,
    CountReception,
    ReceptionMonth2021,
    ReceptionMonth2026,
    ReceptionMonthL221,
)
from openakimat.kz.schedule import ReceptionMonth2026 as ReceptionMonth
from openakimat.kz.simplified import Simplified2021, Simplified2026, SimplifiedL221
from openakimat.kz.simplified import Simplified2026 as Simplified
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
    "Convert",
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
    "ScheduleReception",
    "Serve",
    "ServeNext",
    "Simplified",
    "Simplified2021",
    "Simplified2026",
    "SimplifiedL221",
    "TakeTicket",
    "Visit",
    "calendar",
    "hours",
    "labels",
    "law",
    "office",
    "part_number",
    "place",
    "registration_number",
]
