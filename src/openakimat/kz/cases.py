"""What a proof is told of the procedures of the country, by procedure: what no chart says.

`examples` are acts to try where those made of the fields of their class will not do; `beside` gives
the cases that lie beside a case as evidence, where it is more than its own children; `applicant` is whoever
asks, where it cannot be just anybody; `apart` names duties that guards keep apart and no row declares; `apart_where` those kept apart only where an
office answers a reading so.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import attrs

from openakimat.case import Act, Case, Link
from openakimat.kz import (
    appeal,
    corruption,
    front_office,
    information_request,
    instruction,
    reception,
    reception_month,
    request,
    retaliation,
    service_complaint,
)
from openakimat.kz.data import values


def _acts(*acts: Act) -> Mapping[type[Act], Sequence[Act]]:
    return {kind: [act for act in acts if type(act) is kind] for kind in map(type, acts)}


def _far(at: datetime) -> date:
    return at.date() + timedelta(days=100)


def _times(at: datetime) -> list[datetime]:
    """Times on each of the next days, of which some are working."""
    return [at.replace(hour=11) + timedelta(days=n) for n in range(1, 5)]


def _checked(wanting: int = 0) -> tuple[front_office.Answer, ...]:
    """Every item of the checklist answered, the first so many as not met."""
    items = enumerate(front_office.checklist())
    return tuple(front_office.Answer(item, met=n >= wanting) for n, item in items)


def _reception_held(month: Case) -> tuple[Case, ...]:
    """A reception held by the official of a month on the first day of the schedule."""
    told, first = month.received, month.records[0]
    if not isinstance(told, reception.ApproveSchedule):
        return ()
    at = datetime.combine(told.days[0], first.at.timetz())
    asked = attrs.evolve(first, at=at, act=reception.AskReception(official=told.official))
    held = attrs.evolve(asked, no=2, by=told.official, act=reception.HoldReception("held"))
    return (Case("held", "reception", "held", month.under, (asked, held)),)


_OF_APPEALS = _acts(
    appeal.Receive(links=(Link("earlier", "repeats"),)),
    appeal.JoinFile("earlier"),
    appeal.Object(oral=True),
    appeal.Recuse("kinship", "an official"),
    appeal.Decide("favourable"),
    appeal.Decide("favourable", affects_others=True),
    appeal.Decide("burdening"),
    *(
        appeal.Decide("burdening", unheard=ground, reason="reasons")
        for ground in values("appeal.unheard")
    ),
    appeal.Decide("explained"),
)
"""Those that differ in what guards ask: one that repeats another, an objection to be heard."""

_OF_INSTRUCTIONS = {
    **_acts(
        instruction.IssueInstruction(term="1 month"),
        instruction.IssueInstruction(kind="president"),
        instruction.IssueInstruction(kind="legal-act", term="1 month"),
        instruction.SetTerm(term="1 month"),
        instruction.Assign("a.serikova"),
        instruction.PlanMeasures(("repair",)),
        instruction.CheckExecution("on-site"),
        instruction.Reassign(()),
        instruction.ReturnForRework("again"),
        instruction.ReturnForRework("again", clock="none"),
        instruction.RecordRemoval("a letter"),
    ),
    instruction.AskToExtend: lambda _, at: [instruction.AskToExtend(_far(at), "why")],
    instruction.Extend: lambda _, at: [instruction.Extend(_far(at), "why")],
    instruction.RecordExtension: lambda _, at: [
        instruction.RecordExtension(_far(at), basis="a letter")
    ],
}

_REPORTER = corruption.pseudonym("0" * 64)
"""Whoever reports is known by a commitment alone."""

CASES: Mapping[str, Mapping[str, Any]] = {
    "appeal": {
        "examples": _OF_APPEALS,
        "apart_where": {("separation", "kept"): {"decide": ("propose",)}},
    },
    "simplified": {"examples": _OF_APPEALS},
    "service-complaint": {
        "examples": _acts(
            service_complaint.FileServiceComplaint(addressee="provider"),
            service_complaint.FileServiceComplaint(addressee="quality-body"),
            service_complaint.FileServiceComplaint(social=True),
        )
    },
    "information-request": {
        "examples": _acts(
            information_request.Receive("information-request"),
            information_request.Receive("oral-question"),
        )
    },
    "corruption": {
        "applicant": _REPORTER,
        "examples": _acts(corruption.ReportCorruption(reporter=_REPORTER.id)),
    },
    "retaliation": {
        "applicant": _REPORTER,
        # Within three years of it, whichever wording governs.
        "examples": _acts(
            retaliation.ReportRetaliation(reporter=_REPORTER.id, accepted_on=date(2023, 3, 1))
        ),
    },
    # The queue, in which the visit stands alone.
    "visit": {"beside": lambda visit: (visit,)},
    "request": {
        "examples": _acts(request.Apply(), request.Apply(term="3 working days", deemed_issued=True))
    },
    "reception": {
        "examples": {
            reception.ScheduleReception: lambda _, at: [
                reception.ScheduleReception(time) for time in _times(at)
            ],
            reception.MoveReception: lambda _, at: [
                reception.MoveReception(time, reason="why") for time in _times(at)
            ],
        }
    },
    "reception-month": {
        "examples": _acts(reception_month.CountReception("held")),
        "beside": _reception_held,
    },
    "instruction": {
        "examples": _OF_INSTRUCTIONS,
        "apart": dict.fromkeys(("review-execution", "remove-from-control"), ("report-execution",)),
    },
    "front-office-check": {
        "examples": _acts(
            front_office.InspectOffice(_checked()),
            front_office.InspectOffice(_checked(wanting=1)),
            front_office.RecheckOffice(_checked()),
            front_office.RecheckOffice(_checked(wanting=1)),
            front_office.OrderToStandard("order", term="1 month"),
        )
    },
}
