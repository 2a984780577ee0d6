"""Kazakhstan: charts and editions, no mechanism."""

from openakimat.kz.appeal import Appeal2021, Appeal2026, AppealL221
from openakimat.kz.appeal import Appeal2026 as Appeal
from openakimat.kz.consultation import Ask, Consult, Consultation, DeemAgreed, GiveOpinion
from openakimat.kz.lateness import Share, consultings, delays, delivery
from openakimat.kz.law import KINDS, law
from openakimat.kz.numbers import part_number, registration_number
from openakimat.kz.offices import calendar, hours, labels, office, place
from openakimat.kz.package import Apply, Paper, RefuseToAccept, lacking
from openakimat.kz.refusal import Refuse
from openakimat.kz.request import (
    Check,
    DeemUncollected,
    HandOver,
    Issue,
    Request2013,
    Request2024,
    Request2026,
    SendResult,
    TakeIn,
)
from openakimat.kz.request import Request2026 as Request
from openakimat.kz.services import Coverage, Document, Service, Waiting, coverage, services
from openakimat.kz.several import (
    AnswerAll,
    ApplyForSeveral,
    OneApplication2024,
    OneApplication2026,
    SplitOff,
)
from openakimat.kz.several import OneApplication2026 as OneApplication
from openakimat.kz.simplified import Simplified2021, Simplified2026, SimplifiedL221
from openakimat.kz.simplified import Simplified2026 as Simplified

__all__ = [
    "KINDS",
    "AnswerAll",
    "Appeal",
    "Appeal2021",
    "Appeal2026",
    "AppealL221",
    "Apply",
    "ApplyForSeveral",
    "Ask",
    "Check",
    "Consult",
    "Consultation",
    "Coverage",
    "DeemAgreed",
    "DeemUncollected",
    "Document",
    "GiveOpinion",
    "HandOver",
    "Issue",
    "OneApplication",
    "OneApplication2024",
    "OneApplication2026",
    "Paper",
    "Refuse",
    "RefuseToAccept",
    "Request",
    "Request2013",
    "Request2024",
    "Request2026",
    "SendResult",
    "Service",
    "Share",
    "Simplified",
    "Simplified2021",
    "Simplified2026",
    "SimplifiedL221",
    "SplitOff",
    "TakeIn",
    "Waiting",
    "calendar",
    "consultings",
    "coverage",
    "delays",
    "delivery",
    "hours",
    "labels",
    "lacking",
    "law",
    "office",
    "part_number",
    "place",
    "registration_number",
    "services",
]
