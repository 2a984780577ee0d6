"""What a proof tries of the country's procedures, where acts made of their fields are not enough."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

import attrs

from openakimat.acts import Act, Extend
from openakimat.case import Case
from openakimat.kz.booking import ApproveSchedule, AskReception
from openakimat.kz.checklist import checklist
from openakimat.kz.control import (
    AskToExtend,
    CheckExecution,
    IssueInstruction,
    PlanMeasures,
    Reassign,
    RecordExtension,
    RecordRemoval,
    ReportExecution,
    ReturnForRework,
    SetTerm,
    TakePersonalControl,
)
from openakimat.kz.reception import HoldReception
from openakimat.kz.schedule import CountReception
from openakimat.kz.service_complaint import FileServiceComplaint
from openakimat.kz.standard import Answer, InspectOffice, OrderToStandard, RecheckOffice
from openakimat.testing.examples import Given
from openakimat.testing.search import Beside


def _in_order() -> tuple[Answer, ...]:
    return tuple(Answer(item, met=True) for item in checklist())


def _wanting() -> tuple[Answer, ...]:
    first, *rest = _in_order()
    return (Answer(first.item, met=False), *rest)


def _far(at: datetime) -> date:
    return at.date() + timedelta(days=100)


def _own(
    make: Callable[[date], Act], *done: type[Act]
) -> Callable[[Case, datetime], tuple[Act, ...]]:
    """An act, told a day far off, on an instruction of a head where acts of some kinds are not done."""

    def of(case: Case, at: datetime) -> tuple[Act, ...]:
        own = case.received.kind == "head" and not any(map(case.last, done))
        return (make(_far(at)),) if own else ()

    return of


_INSTRUCTION: Given = {
    IssueInstruction: (IssueInstruction(term="1 month"), IssueInstruction(kind="president")),
    SetTerm: (SetTerm(term="1 month"),),
    PlanMeasures: (PlanMeasures(("repair",)),),
    CheckExecution: (CheckExecution("on-site"),),
    Reassign: _own(
        lambda _: Reassign(()), Reassign, TakePersonalControl, AskToExtend, ReportExecution
    ),
    AskToExtend: _own(lambda day: AskToExtend(day, "why"), AskToExtend, Reassign),
    Extend: _own(lambda day: Extend(day, "why"), Reassign),
    RecordExtension: lambda _, at: (RecordExtension(_far(at), basis="a letter"),),
    TakePersonalControl: _own(lambda _: TakePersonalControl(), TakePersonalControl, Reassign),
    ReturnForRework: _own(lambda _: ReturnForRework("again"), Reassign),
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
