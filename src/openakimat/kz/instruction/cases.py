"""What a proof tries of an instruction, and holds it to beyond its rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from openakimat.case.act import Act
from openakimat.case.record import Case
from openakimat.kz.acts import Assign, Extend
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


def _far(at: datetime) -> date:
    return at.date() + timedelta(days=100)


EXAMPLES: Mapping[type[Act], Sequence[Act] | Callable[[Case, datetime], Sequence[Act]]] = {
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
"""The acts to try."""

APART: Mapping[str, Collection[str]] = {
    "review-execution": ("report-execution",),
    "remove-from-control": ("report-execution",),
}
"""Duties that guards keep apart and no row declares."""
