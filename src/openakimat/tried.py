"""What a proof tries of the country's procedures, and what it holds them to beyond their rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import attrs

from openakimat.case.record import Case
from openakimat.kz.acts import Assign, Extend
from openakimat.kz.front_office.acts import Answer, InspectOffice, OrderToStandard, RecheckOffice
from openakimat.kz.front_office.checklist import checklist
from openakimat.kz.instruction.acts import (
    AskToExtend,
    CheckExecution,
    IssueInstruction,
    PlanMeasures,
    Reassign,
    RecordExtension,
    RecordRemoval,
    ReturnForRework,
    SetTerm,
)
from openakimat.kz.reception.acts import ApproveSchedule, AskReception, HoldReception
from openakimat.kz.reception_month.acts import CountReception
from openakimat.kz.service_complaint.acts import FileServiceComplaint
from openakimat.proving.examples import Given
from openakimat.proving.explore import Apart
from openakimat.proving.search import Beside


def _in_order() -> tuple[Answer, ...]:
    return tuple(Answer(item, met=True) for item in checklist())


def _wanting() -> tuple[Answer, ...]:
    first, *rest = _in_order()
    return (Answer(first.item, met=False), *rest)


def _far(at: datetime) -> date:
    return at.date() + timedelta(days=100)


_INSTRUCTION: Given = {
    IssueInstruction: (
        IssueInstruction(term="1 month"),
        IssueInstruction(kind="president"),
        IssueInstruction(kind="legal-act", term="1 month"),
    ),
    SetTerm: (SetTerm(term="1 month"),),
    Assign: (Assign("a.serikova"),),
    PlanMeasures: (PlanMeasures(("repair",)),),
    CheckExecution: (CheckExecution("on-site"),),
    Reassign: (Reassign(()),),
    AskToExtend: lambda _, at: (AskToExtend(_far(at), "why"),),
    Extend: lambda _, at: (Extend(_far(at), "why"),),
    RecordExtension: lambda _, at: (RecordExtension(_far(at), basis="a letter"),),
    ReturnForRework: (ReturnForRework("again"), ReturnForRework("again", clock="none")),
    RecordRemoval: (RecordRemoval("a letter"),),
}


EXAMPLES: Mapping[str, Given] = {
    "reception-month": {CountReception: (CountReception("held"),)},
    "service-complaint": {
        FileServiceComplaint: (
            FileServiceComplaint(addressee="provider"),
            FileServiceComplaint(addressee="quality-body"),
            FileServiceComplaint(social=True),
        )
    },
    "instruction": _INSTRUCTION,
    "front-office-check": {
        InspectOffice: (InspectOffice(_in_order()), InspectOffice(_wanting())),
        RecheckOffice: (RecheckOffice(_in_order()), RecheckOffice(_wanting())),
        OrderToStandard: (OrderToStandard("order", term="1 month"),),
    },
}
"""The acts to try, by procedure."""


def _held(month: Case) -> tuple[Case, ...]:
    """A reception held by the official of a month on the first day of the schedule."""
    told, first = month.received, month.records[0]
    if not isinstance(told, ApproveSchedule):
        return ()
    at = datetime.combine(told.days[0], first.at.timetz())
    asked = attrs.evolve(first, at=at, act=AskReception(official=told.official))
    held = attrs.evolve(asked, no=2, by=told.official, act=HoldReception("held"))
    return (Case("held", "reception", "held", month.under, (asked, held)),)


BESIDE: Mapping[str, Beside] = {"visit": lambda visit: (visit,), "reception-month": _held}
"""What lies beside a case as evidence, by procedure, where it is more than its own children."""


APART: Mapping[str, Apart] = {
    "instruction": {
        "review-execution": ("report-execution",),
        "remove-from-control": ("report-execution",),
    },
}
"""Duties that guards keep apart and no row declares, by procedure."""


APART_WHERE: Mapping[tuple[str, str], Mapping[str, Apart]] = {
    ("separation", "kept"): {"appeal": {"decide": ("propose",)}},
}
"""The same where an office answers a reading so, by reading and answer."""
