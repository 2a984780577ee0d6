"""What a proof is told of the procedures of the country, by procedure: what no chart says.

`examples` are acts to try where those made of the fields of their class will not do; `beside` gives
the cases that lie beside a case as evidence, where it is more than its own children; `apart` names
duties that guards keep apart and no row declares; `apart_where` those kept apart only where an
office answers a reading so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openakimat.kz.appeal import cases as appeal
from openakimat.kz.front_office import cases as front_office
from openakimat.kz.information_request import cases as information_request
from openakimat.kz.instruction import cases as instruction
from openakimat.kz.reception import cases as reception
from openakimat.kz.reception_month import cases as reception_month
from openakimat.kz.request import cases as request
from openakimat.kz.service_complaint import cases as service_complaint
from openakimat.kz.visit import cases as visit

CASES: Mapping[str, Mapping[str, Any]] = {
    "appeal": {"examples": appeal.EXAMPLES, "apart_where": appeal.APART_WHERE},
    "simplified": {"examples": appeal.EXAMPLES},
    "service-complaint": {"examples": service_complaint.EXAMPLES},
    "information-request": {"examples": information_request.EXAMPLES},
    "visit": {"beside": visit.beside},
    "request": {"examples": request.EXAMPLES},
    "reception": {"examples": reception.EXAMPLES},
    "reception-month": {"examples": reception_month.EXAMPLES, "beside": reception_month.beside},
    "instruction": {"examples": instruction.EXAMPLES, "apart": instruction.APART},
    "front-office-check": {"examples": front_office.EXAMPLES},
}
