"""Control of execution: the acts of an instruction, and what is asked of them.

Whoever is named first of several executors coordinates the others and reports the whole.
Personal control is lifted only by the one who took it. Nothing here touches the case that an
instruction is about: that keeps its own legal term.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import attrs

from openakimat.acts import Act, Extend, Receive, among
from openakimat.case import Case, deadline_of
from openakimat.errors import Fault, Incomplete, Malformed, NotCompetent, TooLate
from openakimat.kz.guards import OF_OFFICE
from openakimat.people import persons
from openakimat.table import Circumstances, guard
from openakimat.terms import term as term_of

PRACTICE = "practice of control of execution"
"""Where no provision is seen, what control services do."""

EXECUTION = "instruction.execution"

Kind = Literal["head", "legal-act", "government", "president"]
"""Whose instruction, or what act, is put on control. Source: APPC 38(1)."""

Urgency = Literal[
    "", "very-urgent", "urgent", "on-control", "working-control", "to-attend", "to-know", "to-meet"
]
"""The marks of the state document system. They are words: no number of days goes with them."""

Rework = Literal["continue", "none"]
"""What becomes of the term of a report sent back: the days of its review are given back, or none."""

METHODS = {
    "information": "APPC 38(2)(1)",
    "hearing": "APPC 38(2)(2)",
    "documents": "APPC 38(2)(3)",
    "on-site": "APPC 38(2)(4)",
    "other": "APPC 38(2)(5)",
}
"""How execution may be checked."""


def _told(term: str, until: date | None) -> None:
    """Refuse a term told twice, or in words that are none."""
    if term and until is not None:
        raise Malformed("term", [Fault("until", "the term is told as well")])
    if term and term_of(term).unit == "AsSet":
        raise Malformed("term", [Fault("term", "does not say how long")])


# -- acts ------------------------------------------------------------------------------


@attrs.frozen
class Issue(Receive):
    """An instruction is given and put on control. Source: APPC 38(1).

    Args:
        kind: Whose it is: see `Kind`.
        issuer: Who gave it, where that is not who enters it.
        executors: Ids of officials or bodies; the first coordinates the others. Without any,
            it is for whoever has the role.
        term: Such as ``"1 month"`` or ``"30 calendar days"``, counted from now.
        until: Or its last day. Without either, the term is set afterwards: see `SetTerm`.
        urgency: A mark of the document system; it sets no term.

    Raises:
        Malformed: Both term and last day are told, or there is no such kind, mark or term.
    """

    tag: ClassVar[str] = "issue-instruction"
    kind: str = attrs.field(default="head", validator=among(Kind))
    issuer: str = ""
    executors: tuple[str, ...] = ()
    term: str = ""
    until: date | None = None
    urgency: str = attrs.field(default="", validator=among(Urgency))

    def __attrs_post_init__(self) -> None:
        """Refuse a term told twice."""
        _told(self.term, self.until)


@attrs.frozen
class SetTerm(Act):
    """The term and the executors that the instruction does not name are set. Source: APPC 37(3).

    Raises:
        Malformed: Neither term nor last day is told, or both are.
    """

    tag: ClassVar[str] = "set-execution-term"
    term: str = ""
    until: date | None = None
    executors: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse one that sets nothing."""
        _told(self.term, self.until)
        if not self.term and self.until is None:
            raise Malformed("term", [Fault("term", "neither a term nor a last day is told")])


@attrs.frozen
class PlanMeasures(Act):
    """A plan of measures is approved and told to the executors. Source: APPC 37(2)."""

    tag: ClassVar[str] = "plan-measures"
    measures: tuple[str, ...]


@attrs.frozen
class Reassign(Act):
    """It is given to other executors, the first of whom coordinates."""

    tag: ClassVar[str] = "reassign-executors"
    executors: tuple[str, ...]
    reason: str = ""


@attrs.frozen
class Contribute(Act):
    """A co-executor reports their part to the coordinator."""

    tag: ClassVar[str] = "report-part"
    text: str = ""


@attrs.frozen
class ReportProgress(Act):
    """An executor reports how far it is. Source: APPC 38(2)(2)."""

    tag: ClassVar[str] = "report-progress"
    text: str = ""


@attrs.frozen
class ReportExecution(Act):
    """The coordinator reports that it is executed, as a whole. Source: APPC 38(2)(2)."""

    tag: ClassVar[str] = "report-execution"
    text: str = ""


@attrs.frozen
class CheckExecution(Act):
    """Control checks the execution by a method of the law. Source: APPC 38(2)."""

    tag: ClassVar[str] = "check-execution"
    method: str
    text: str = ""


@attrs.frozen
class ReviewExecution(Act):
    """Control analyses what is reported and proposes what to do. Source: APPC 38(3), 38(4)."""

    tag: ClassVar[str] = "review-execution"
    text: str = ""


@attrs.frozen
class ReturnForRework(Act):
    """The report is sent back; `clock` says whether the days of its review are given back.

    Raises:
        Malformed: It says neither.
    """

    tag: ClassVar[str] = "return-for-rework"
    reason: str
    clock: Rework = attrs.field(default="continue", validator=among(Rework))


@attrs.frozen
class AskToExtend(Act):
    """The executor asks in writing for more time. Source: Law 107, 14(5)."""

    tag: ClassVar[str] = "ask-to-extend"
    until: date
    reason: str = ""


@attrs.frozen
class RefuseExtension(Act):
    """More time is not given. Source: APPC 38(5)."""

    tag: ClassVar[str] = "refuse-extension"
    reason: str = ""


@attrs.frozen
class Remind(Act):
    """The control service reminds the executor in writing of the term. Source: APPC 38(6)."""

    tag: ClassVar[str] = "remind-executor"
    text: str = ""


@attrs.frozen
class TakePersonalControl(Act):
    """The leader who performs this, or for whom it is performed, holds the matter personally."""

    tag: ClassVar[str] = "take-personal-control"


@attrs.frozen
class LiftPersonalControl(Act):
    """The leader who held the matter personally lets it go."""

    tag: ClassVar[str] = "lift-personal-control"


@attrs.frozen
class ReviewLiability(Act):
    """It is considered who answers for what was not done, or not properly. Source: APPC 38(4)."""

    tag: ClassVar[str] = "review-liability"
    finding: str
    of: str = ""


@attrs.frozen
class RemoveFromControl(Act):
    """The leadership removes it from control. Source: APPC 38(5)."""

    tag: ClassVar[str] = "remove-from-control"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True


@attrs.frozen
class RecordRemoval(Act):
    """It is removed from control in the order set by law: by which document. Source: APPC 38(5)."""

    tag: ClassVar[str] = "record-removal"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    basis: str


# -- who -------------------------------------------------------------------------------


def executors(case: Case, /) -> tuple[str, ...]:
    """The executors as last named, the coordinator first."""
    for record in reversed(case.records):
        act = record.act
        if isinstance(act, (Issue, SetTerm, Reassign)) and act.executors:
            return act.executors
    return ()


def personal_control(case: Case, /) -> str:
    """The id of the leader who holds the case under personal control; none, if nobody does."""
    for record in reversed(case.records):
        if isinstance(record.act, LiftPersonalControl):
            return ""
        if isinstance(record.act, TakePersonalControl):
            return record.on_behalf or record.by
    return ""


def _speaks_for(circumstances: Circumstances) -> frozenset[str]:
    """Whose ids the actor bears on that day."""
    return persons(circumstances.by, circumstances.office.calendar.place.day_of(circumstances.at))


@guard(
    "executor.another",
    why="only an executor of this instruction may do this",
    source=PRACTICE,
    refusal=NotCompetent,
)
def an_executor(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever acts is one of the executors named, if any are."""
    named = executors(case)
    return not named or not _speaks_for(circumstances).isdisjoint(named)


@guard(
    "executor.not-coordinator",
    why="only the executor named first may do this",
    source="Law 107, 14(3)",
    refusal=NotCompetent,
)
def the_coordinator(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever acts is the executor named first, if any are named."""
    named = executors(case)
    return not named or named[0] in _speaks_for(circumstances)


@guard(
    "executor.not-own",
    why="whoever executes an instruction does not judge its execution",
    source=OF_OFFICE,
    refusal=NotCompetent,
)
def no_executor(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever acts neither is an executor nor has reported."""
    reported = {r.by for r in case.records if isinstance(r.act, ReportExecution)}
    return _speaks_for(circumstances).isdisjoint({*executors(case), *reported})


@guard(
    "issuer.another",
    why="only the official who gave the instruction may do this",
    refusal=NotCompetent,
)
def the_issuer(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever acts gave the instruction."""
    issued, first = case.received, case.records[0]
    issuer = (issued.issuer if isinstance(issued, Issue) else "") or first.on_behalf or first.by
    return issuer in _speaks_for(circumstances)


# -- personal control ------------------------------------------------------------------


@guard("personal-control.held", why="it is under personal control already", source=PRACTICE)
def not_held(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Nobody holds it personally yet."""
    return not personal_control(case)


@guard("personal-control.none", why="it is under nobody's personal control", source=PRACTICE)
def held(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Somebody holds it personally."""
    return bool(personal_control(case))


@guard(
    "personal-control.another",
    why="only the leader who holds it under personal control may do this",
    source=PRACTICE,
    refusal=NotCompetent,
)
def the_holder(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Nobody holds it personally, or whoever acts does, or has the mandate of the one who does."""
    return personal_control(case) in {"", *_speaks_for(circumstances)}


# -- term ------------------------------------------------------------------------------


@guard("term.set-already", why="the term is set; only an extension changes it")
def no_term_yet(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Neither the instruction nor anybody after has told a term."""
    return deadline_of(case, EXECUTION, office=circumstances.office) is None


@guard(
    "extension.too-late",
    why="the term is over, or none is set",
    source=PRACTICE,
    refusal=TooLate,
)
def term_runs(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """There is a term, and it is not over: one that has run out is not undone."""
    running = deadline_of(case, EXECUTION, office=circumstances.office)
    return running is not None and not running.missed(circumstances.at)


@guard(
    "extension.not-later",
    why="the new last day is not later than the present one",
    source=PRACTICE,
)
def later_than_now(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    """The extension gives more time than there is."""
    running = deadline_of(case, EXECUTION, office=circumstances.office)
    return running is None or running.last_day is None or act.until > running.last_day


@guard("extension.not-asked", why="no extension has been asked for that is not answered")
def extension_asked(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The executor has asked for more time, and has had no answer."""
    for record in reversed(case.records):
        if isinstance(record.act, (AskToExtend, Extend, RefuseExtension)):
            return isinstance(record.act, AskToExtend)
    return False


# -- removal and liability -------------------------------------------------------------

_SET_BY_LAW = ("president", "government")


def _kind(case: Case) -> str:
    return case.received.kind


@guard(
    "removal.set-by-law",
    why="an instruction of the President or the Government is removed in the order set by law",
)
def of_the_body(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """It is the body's own instruction, which its leadership may remove."""
    return _kind(case) not in _SET_BY_LAW


@guard("removal.by-leadership", why="the leadership of the body removes its own instructions")
def of_the_state(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """It is an instruction of the President or the Government."""
    return _kind(case) in _SET_BY_LAW


@guard("removal.no-basis", why="the document of the removal is not named", refusal=Incomplete)
def basis_named(case: Case, act: RecordRemoval, circumstances: Circumstances) -> bool:
    """The document by which it was removed is named."""
    return bool(act.basis.strip())


@guard("liability.no-breach", why="it is neither overdue nor sent back")
def ill_executed(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The term was missed, or a report was sent back."""
    running = deadline_of(case, EXECUTION, office=circumstances.office)
    late = running is not None and running.missed(circumstances.at)
    return late or case.last(ReturnForRework) is not None


@guard("plan.empty", why="the plan names no measure", refusal=Incomplete)
def measures_named(case: Case, act: PlanMeasures, circumstances: Circumstances) -> bool:
    """The plan has something in it."""
    return any(measure.strip() for measure in act.measures)
