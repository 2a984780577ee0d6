"""Kazakhstan: charts and editions, no mechanism."""

from openakimat.kz.appeal import Appeal2021, Appeal2026, AppealL221
from openakimat.kz.appeal import Appeal2026 as Appeal
from openakimat.kz.law import KINDS, law
from openakimat.kz.numbers import part_number, registration_number
from openakimat.kz.offices import calendar, hours, labels, office, place
from openakimat.kz.simplified import Simplified2021, Simplified2026, SimplifiedL221
from openakimat.kz.simplified import Simplified2026 as Simplified

__all__ = [
    "KINDS",
    "Appeal",
    "Appeal2021",
    "Appeal2026",
    "AppealL221",
    "Simplified",
    "Simplified2021",
    "Simplified2026",
    "SimplifiedL221",
    "calendar",
    "hours",
    "labels",
    "law",
    "office",
    "part_number",
    "place",
    "registration_number",
]
