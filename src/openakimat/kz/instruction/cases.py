"""What a proof tries of an instruction, and holds it to beyond its rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from openakimat.case.act import Act
from openakimat.case.record import Case
from openakimat.kz.acts import Assign, Extend
from openakimat.kz.instruction import acts


def _far(at: datetime) -> date:
    return at.date() + timedelta(days=100)


EXAMPLES: Mapping[type[Act], Sequence[Act] | Callable[[Case, datetime], Sequence[Act]]] = {
    acts.IssueInstruction: (
        acts.IssueInstruction(term="1 month"),
        acts.IssueInstruction(kind="president"),
        acts.IssueInstruction(kind="legal-act", term="1 month"),
    ),
    acts.SetTerm: (acts.SetTerm(term="1 month"),),
    Assign: (Assign("a.serikova"),),
    acts.PlanMeasures: (acts.PlanMeasures(("repair",)),),
    acts.CheckExecution: (acts.CheckExecution("on-site"),),
    acts.Reassign: (acts.Reassign(()),),
    acts.AskToExtend: lambda _, at: (acts.AskToExtend(_far(at), "why"),),
    Extend: lambda _, at: (Extend(_far(at), "why"),),
    acts.RecordExtension: lambda _, at: (acts.RecordExtension(_far(at), basis="a letter"),),
    acts.ReturnForRework: (
        acts.ReturnForRework("again"),
        acts.ReturnForRework("again", clock="none"),
    ),
    acts.RecordRemoval: (acts.RecordRemoval("a letter"),),
}
"""The acts to try."""

APART: Mapping[str, Collection[str]] = {
    "review-execution": ("report-execution",),
    "remove-from-control": ("report-execution",),
}
"""Duties that guards keep apart and no row declares."""
