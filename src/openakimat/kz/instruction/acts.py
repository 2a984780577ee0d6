"""Control of execution: the acts of an instruction.

Nothing here touches the case that an instruction is about: that keeps its own legal term.
"""

from datetime import date
from typing import Literal

import attrs

from openakimat.calendar.terms import AsSet, term as term_of
from openakimat.case import OPEN, Act, Receive, open_field
from openakimat.dated import LATER
from openakimat.errors import Fault, Malformed
from openakimat.kz.acts import Extend, Written

Kind = Literal["head", "legal-act", "government", "president"]
"""Whose instruction, or what act, is put on control. Source: APPC 38(1)."""

Urgency = Literal[
    "", "very-urgent", "urgent", "on-control", "working-control", "to-attend", "to-know", "to-meet"
]
"""The marks of the state document system. They are words: no number of days goes with them."""

Rework = Literal["continue", "none"]
"""What becomes of the term of a report sent back: the days of its review are given back, or none."""


def _refuse_bad_term(term: str, until: date | None) -> None:
    """Refuse a term told twice, or in words that are none."""
    if term and until is not None:
        raise Malformed("term", [Fault("until", "the term is told as well", "term-and-day")])
    if term and isinstance(term_of(term), AsSet):
        raise Malformed("term", [Fault("term", "does not say how long", "no-duration")])


@attrs.frozen
class IssueInstruction(Receive, tag="issue-instruction"):
    """An instruction is given and put on control. Source: APPC 38(1).

    Raises `Malformed` if both term and last day are told, or there is no such kind, mark or term.

    Args:
        issuer: Who gave it, where that is not who enters it.
        executors: Ids of officials or bodies; the first coordinates the others. Without any,
            it is for whoever has the role.
        term: Such as ``"1 month"`` or ``"30 calendar days"``, counted from now.
        until: Or its last day. Without either, the term is set afterwards: see `SetTerm`.
        urgency: A mark of the document system; it sets no term.
        on_document: Whether it is written on a document that the body considers: then the law
            has a term for it until one is set.
    """

    kind: Kind = "head"
    issuer: str = ""
    executors: tuple[str, ...] = ()
    term: str = open_field("")
    until: date | None = None
    urgency: Urgency = ""
    on_document: bool = attrs.field(default=False, metadata=LATER)

    @property
    def unless_set(self) -> str:
        """The limit that runs while no term is told. Source: Law 107, 12(6); APPC 44(5)."""
        # Of nothing else: 37(3) has the term of a legal act set, and above decide those above.
        return "instruction.document" if self.on_document and self.kind == "head" else ""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        _refuse_bad_term(self.term, self.until)


@attrs.frozen
class SetTerm(Act, tag="set-execution-term"):
    """The term and the executors that the instruction does not name are set. Source: APPC 37(3).

    Raises `Malformed` if neither term nor last day is told, or both are.
    """

    term: str = open_field("")
    until: date | None = None
    executors: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        _refuse_bad_term(self.term, self.until)
        if not self.term and self.until is None:
            raise Malformed(
                "term", [Fault("term", "neither a term nor a last day is told", "term-or-day")]
            )


@attrs.frozen
class PlanMeasures(Act, tag="plan-measures"):
    """A plan of measures is approved and told to the executors. Source: APPC 37(2)."""

    measures: tuple[str, ...]


@attrs.frozen
class Reassign(Act, tag="reassign-executors"):
    """It is given to other executors, the first of whom coordinates."""

    executors: tuple[str, ...]
    reason: str = ""


class Contribute(Written, tag="report-part"):
    """A co-executor reports their part to the coordinator."""


class ReportProgress(Written, tag="report-progress"):
    """An executor reports how far it is. Source: APPC 38(2)(2)."""


class ReportExecution(Written, tag="report-execution"):
    """The coordinator reports that it is executed, as a whole. Source: APPC 38(2)(2)."""


@attrs.frozen
class CheckExecution(Act, tag="check-execution"):
    """Control checks the execution by a method of the law. Source: APPC 38(2)."""

    method: str = attrs.field(metadata=OPEN)
    text: str = ""


class ReviewExecution(Written, tag="review-execution"):
    """Control analyses what is reported and proposes what to do. Source: APPC 38(3), 38(4)."""


@attrs.frozen
class ReturnForRework(Act, tag="return-for-rework"):
    """The report is sent back; `clock` says whether the days of its review are given back."""

    reason: str
    clock: Rework = "continue"


@attrs.frozen
class AskToExtend(Act, tag="ask-to-extend"):
    """The executor asks in writing for more time. Source: Law 107, 14(5); APPC 46(5)."""

    until: date
    reason: str = ""


@attrs.frozen
class RecordExtension(Extend, tag="record-extension"):
    """What the President or the Government ordered is extended by them: by which document."""

    basis: str = attrs.field(kw_only=True, metadata=OPEN)


@attrs.frozen
class RefuseExtension(Act, tag="refuse-extension"):
    """More time is not given. Source: Law 107, 14(5); APPC 46(5)."""

    reason: str = ""


class Remind(Written, tag="remind-executor"):
    """The control service reminds the executor in writing of the term. Source: APPC 38(6), 46(4)."""


class TakePersonalControl(Act, tag="take-personal-control"):
    """The leader who performs this, or for whom it is performed, holds the matter personally."""


class LiftPersonalControl(Act, tag="lift-personal-control"):
    """The leader who held the matter personally lets it go."""


@attrs.frozen
class ReviewLiability(Act, tag="review-liability"):
    """It is considered who answers for what was not done, or not properly. Source: APPC 38(4)."""

    finding: str
    of: str = ""


class RemoveFromControl(Act, tag="remove-from-control", marks="decision", answers=True):
    """It is removed from control. Source: Law 107, 14(6); APPC 38(5), 46(6)."""


@attrs.frozen
class RecordRemoval(Act, tag="record-removal", marks="decision", answers=True):
    """It is removed from control in the order set by law: by which document. Source: APPC 38(5)."""

    basis: str = attrs.field(metadata=OPEN)
