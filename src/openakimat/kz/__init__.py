"""Kazakhstan: charts and editions, no mechanism."""

from openakimat.kz.appeal import Appeal2021, Appeal2026, AppealL221
from openakimat.kz.appeal import Appeal2026 as Appeal
from openakimat.kz.checklist import checklist
from openakimat.kz.inspection import Inspection2024, Inspection2026
from openakimat.kz.inspection import Inspection2026 as Inspection
from openakimat.kz.instruction import Instruction2021, InstructionL107
from openakimat.kz.instruction import Instruction2021 as Instruction
from openakimat.kz.law import KINDS, law
from openakimat.kz.numbers import part_number, registration_number
from openakimat.kz.offices import calendar, hours, labels, office, place
from openakimat.kz.presence import presence
from openakimat.kz.simplified import Simplified2021, Simplified2026, SimplifiedL221
from openakimat.kz.simplified import Simplified2026 as Simplified
from openakimat.kz.standard import FrontOfficeCheck

__all__ = [
    "KINDS",
    "Appeal",
    "Appeal2021",
    "Appeal2026",
    "AppealL221",
    "FrontOfficeCheck",
    "Inspection",
    "Inspection2024",
    "Inspection2026",
    "Instruction",
    "Instruction2021",
    "InstructionL107",
    "Simplified",
    "Simplified2021",
    "Simplified2026",
    "SimplifiedL221",
    "calendar",
    "checklist",
    "hours",
    "labels",
    "law",
    "office",
    "part_number",
    "place",
    "presence",
    "registration_number",
]
