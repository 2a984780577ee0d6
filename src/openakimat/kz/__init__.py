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
from openakimat.kz.simplified import (
    Simplified2021,
)

__all__ = [
    "KINDS",
    "Appeal",
    "Appeal2021",
    "Appeal2026",
    "AppealL221",
    "CorruptionReport",
    "Retaliation",
    "Reward",
    "Simplified",
    "Simplified2021",
    "Simplified2026",
    "SimplifiedL221",
    "calendar",
    "committed",
    "competent_body",
    "hours",
    "is_reporter",
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
