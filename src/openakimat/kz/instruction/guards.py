"""Who may do what to an instruction, and when: what control of execution asks of its acts.

Whoever is named first of several executors coordinates the others and reports the whole.
Whoever ever was an executor judges nothing of it. Personal control is lifted only by the one
who took it; meanwhile nobody else of the body extends or ends what is held. What those above
decide is only recorded here, and no mark of the body's own leadership keeps it out.
"""

import attrs

from openakimat.case import Act, Case, Record, Role
from openakimat.chart.table import Circumstances, Guard, guard, guard_what, guard_when, guard_who
from openakimat.kz.acts import Accept, Assign, Extend
from openakimat.kz.appeal.guards import reasoned
from openakimat.kz.guards import filled, opened_as, speaks_for
from openakimat.kz.instruction import acts
from openakimat.kz.roles import AUTHORISED, CHIEF_OF_STAFF, DEPUTY, EXECUTOR, HEAD, HEADS, SUPERIOR
from openakimat.kz.sources import OF_OFFICE

PRACTICE = "practice of control of execution"
"""Where no provision is seen, what control services do."""

EXECUTION = "instruction.execution"

ISSUERS = (*HEADS, CHIEF_OF_STAFF, SUPERIOR)
"""Who gives instructions: for them nobody acts whose mandate lends another role."""

told_why = attrs.evolve(reasoned, source=OF_OFFICE)
"""An extension gives its reasons: no provision seen asks it of the leadership."""

_OF_EXECUTORS = (
    Accept, Assign, acts.Contribute, acts.ReportProgress, acts.AskToExtend, acts.ReportExecution,
)  # fmt: skip
"""What executors alone do to an instruction."""


_BY_EXECUTORS = ("by", "record:*.executors", "office:now")
_CONTROL = "record:lift-personal-control|take-personal-control"


def executors(case: Case, /) -> tuple[str, ...]:
    """The executors as last named, the coordinator first."""
    for record in reversed(case.records):
        named: tuple[str, ...] = getattr(record.act, "executors", ())
        if named:
            return named
    return ()


def ever_executors(case: Case, /) -> frozenset[str]:
    """Whoever ever was named executor or did something as one, and on whose behalf."""
    ids = {""}
    for record in case.records:
        act = record.act
        ids.update(getattr(act, "executors", ()))
        if isinstance(act, _OF_EXECUTORS):
            ids.update((record.by, record.on_behalf))
        if isinstance(act, Assign):
            ids.update((act.to, *act.also))
    return frozenset(ids - {""})


def _taken(case: Case) -> Record | None:
    """The record by which the case was taken under the personal control it is under."""
    record = case.latest(acts.LiftPersonalControl, acts.TakePersonalControl)
    return record if record and isinstance(record.act, acts.TakePersonalControl) else None


def personal_control(case: Case, /) -> str:
    """The id of the leader who holds the case under personal control; none, if nobody does."""
    taken = _taken(case)
    return (taken.on_behalf or taken.by) if taken else ""


def _issuer(case: Case) -> str:
    """Who gave the instruction: who is told to have, or who entered it."""
    issued, first = case.received, case.records[0]
    return (
        (issued.issuer if isinstance(issued, acts.IssueInstruction) else "")
        or first.on_behalf
        or first.by
    )


@guard_who("executor.another", source=PRACTICE, asks=_BY_EXECUTORS)
def an_executor(case: Case, act: Act, circumstances: Circumstances) -> bool:
    named = executors(case)
    return not named or not speaks_for(circumstances, EXECUTOR).isdisjoint(named)


@guard_who("executor.not-coordinator", asks=_BY_EXECUTORS)
def the_coordinator(case: Case, act: Act, circumstances: Circumstances) -> bool:
    named = executors(case)
    return not named or named[0] in speaks_for(circumstances, EXECUTOR)


@guard_who(
    "executor.not-own",
    source=OF_OFFICE,
    asks=(
        "by",
        "record:*.executors",
        *(f"record:{kind.tag}.by" for kind in _OF_EXECUTORS),
        "record:assign.to",
        "record:assign.also",
        "office:now",
    ),
)
def no_executor(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return speaks_for(circumstances).isdisjoint(ever_executors(case))


@guard("executor.named-already", source=PRACTICE, asks="act.executors record:*.executors")
def no_other_executors(case: Case, act: acts.SetTerm, circumstances: Circumstances) -> bool:
    return not act.executors or executors(case) in {(), act.executors}


@guard_who("issuer.another", asks="by office:now")
def the_issuer(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return _issuer(case) in speaks_for(circumstances, *ISSUERS)


@guard_who("issuer.above", source=PRACTICE, asks="by by.roles office:now")
def for_those_who_ordered(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever acts leads those who gave the instruction, or gave it: a legal act has no such giver."""
    return _ordered(case, circumstances, HEAD, DEPUTY)


@guard_who(
    "issuer.above",
    why="what came from above is for those above, and the body's own for who gave it or is authorised",
    asks="by by.roles office:now",
)
def for_giver_or_authorised(case: Case, act: Act, circumstances: Circumstances) -> bool:
    own = (HEAD, DEPUTY) if case.received.kind == "legal-act" else (HEAD, DEPUTY, AUTHORISED)
    return _ordered(case, circumstances, *own)


def _ordered(case: Case, circumstances: Circumstances, *own: Role) -> bool:
    """Whether whoever acts has one of the roles of those who ordered, or gave the instruction.

    It came from above when it was opened in the role of a superior.
    """
    above = case.records[0].role == SUPERIOR
    if not circumstances.roles.isdisjoint({SUPERIOR} if above else own):
        return True
    return case.received.kind == "head" and _issuer(case) in speaks_for(circumstances, *ISSUERS)


def only_of(kind: str, asked: Guard, source: str, /) -> Guard:
    """A guard that asks its question of one kind of instruction alone, by an article of its own."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        return case.received.kind != kind or asked.holds(case, act, circumstances)

    return attrs.evolve(asked, holds=holds, source=source)


@guard("personal-control.held", source=PRACTICE, asks=(_CONTROL,))
def not_under_personal_control(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return _taken(case) is None


@guard("personal-control.none", source=PRACTICE, asks=(_CONTROL,))
def under_personal_control(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return _taken(case) is not None


@guard_who(
    "personal-control.another",
    source=PRACTICE,
    asks=("by", _CONTROL, "record:take-personal-control.by", "office:now"),
)
def the_holder(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Nobody holds it personally, or whoever acts does, or has the mandate of the one who does."""
    return personal_control(case) in {"", *speaks_for(circumstances, *ISSUERS)}


@guard("term.set-already", asks="record:set-execution-term")
def no_term_yet(case: Case, act: Act, circumstances: Circumstances) -> bool:
    # Not by the deadline: a document has one by the law, which gives way to what is set.
    issued = case.received
    told = isinstance(issued, acts.IssueInstruction) and bool(issued.term or issued.until)
    return not told and case.last(acts.SetTerm) is None


@guard_when(
    "extension.too-late",
    why="the term is over, or none is set",
    source=PRACTICE,
    asks="office:instruction.execution office:now",
)
def term_runs(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """There is a term, and it is not over: one that has run out is not undone."""
    running = circumstances.deadline_of(case, EXECUTION)
    return running is not None and not running.missed(circumstances.at)


@guard("extension.not-later", source=PRACTICE, asks="act.until office:instruction.execution")
def later_than_now(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    running = circumstances.deadline_of(case, EXECUTION)
    return running is None or running.last_day is None or act.until > running.last_day


@guard("extension.not-asked", asks="record:ask-to-extend|extend|refuse-extension")
def extension_asked(case: Case, act: Act, circumstances: Circumstances) -> bool:
    record = case.latest(acts.AskToExtend, Extend, acts.RefuseExtension)
    return record is not None and isinstance(record.act, acts.AskToExtend)


of_the_body = opened_as("kind", "head", "legal-act", code="control.set-by-law", source="APPC 38(5)")

of_the_state = opened_as("kind", "president", "government", code="control.by-leadership")

basis_named = filled("basis", code="control.no-basis")


@guard(
    "liability.no-breach", asks="record:return-for-rework office:instruction.execution office:now"
)
def ill_executed(case: Case, act: Act, circumstances: Circumstances) -> bool:
    running = circumstances.deadline_of(case, EXECUTION)
    late = running is not None and running.missed(circumstances.at)
    return late or case.last(acts.ReturnForRework) is not None


@guard_what("plan.empty", asks="act.measures")
def measures_named(case: Case, act: acts.PlanMeasures, circumstances: Circumstances) -> bool:
    return any(measure.strip() for measure in act.measures)


BY_ANOTHER = (no_executor, the_holder)
"""What is asked of whoever ends or extends: they execute nothing, and the holder lets them."""

DECIDED_ABOVE = (of_the_state, no_executor, basis_named)
"""What is asked of who records what the President or the Government decided."""

MORE_TIME = (term_runs, later_than_now)
"""What is asked of every extension."""
