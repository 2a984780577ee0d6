"""The charts of each procedure, in every wording: the first page of the country."""

from __future__ import annotations

from collections.abc import Sequence

from openakimat.kz.amended import Appeal2026, Simplified2026
from openakimat.kz.appeal import Appeal2021
from openakimat.kz.complaint import COMPLAINTS
from openakimat.kz.consultation import CONSULTATIONS
from openakimat.kz.corruption import CORRUPTION
from openakimat.kz.inspection import INSPECTIONS
from openakimat.kz.instruction import INSTRUCTIONS
from openakimat.kz.law221 import AppealL221, SimplifiedL221
from openakimat.kz.reception import RECEPTIONS
from openakimat.kz.request import REQUESTS
from openakimat.kz.retaliation import RETALIATION
from openakimat.kz.schedule import MONTHS
from openakimat.kz.service_complaint import SERVICE_COMPLAINTS
from openakimat.kz.several import ONE_APPLICATIONS
from openakimat.kz.simplified import Simplified2021
from openakimat.kz.standard import FRONT_OFFICE_CHECKS
from openakimat.kz.visit import VISITS
from openakimat.procedure import ProcedureType

APPEALS = (AppealL221, Appeal2021, Appeal2026)
SIMPLIFIED = (SimplifiedL221, Simplified2021, Simplified2026)

PROCEDURES: tuple[Sequence[ProcedureType], ...] = (
    APPEALS,
    SIMPLIFIED,
    COMPLAINTS,
    SERVICE_COMPLAINTS,
    VISITS,
    REQUESTS,
    CONSULTATIONS,
    ONE_APPLICATIONS,
    RECEPTIONS,
    MONTHS,
    INSTRUCTIONS,
    INSPECTIONS,
    FRONT_OFFICE_CHECKS,
    CORRUPTION,
    RETALIATION,
)
"""The charts of each procedure, the oldest wording first."""
