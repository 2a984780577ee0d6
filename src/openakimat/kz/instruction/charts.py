"""Instructions on control, under Law 107 and under the Code."""

from functools import partial

from openakimat.chart.amendment import as_before, clock_as_before
from openakimat.chart.clock import Clock, Principal
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.kz import by
from openakimat.kz.acts import Accept, Assign, Extend
from openakimat.kz.appeal.guards import reasoned
from openakimat.kz.guards import among
from openakimat.kz.instruction import acts, guards
from openakimat.kz.roles import AUTHORISED, CONTROLLER, EXECUTOR, HEADS, REGISTRAR, SUPERIOR

by_issuers = partial(step, by=guards.ISSUERS)


class InstructionL107(Procedure):
    """An instruction on control under Law 107 (2000 to 30.06.2021)."""

    code = "instruction"
    law = "l107"
    source = guards.PRACTICE
    opens = opening(acts.IssueInstruction, by=guards.ISSUERS, source="Law 107, 14(3)")

    given = Stage(initial=True)
    taken_up = in_execution = execution_reported = execution_reviewed = Stage()
    removed_from_control = Stage(final=True)

    _taken = stay(taken_up, in_execution)
    _before_report = stay(given, taken_up, in_execution)
    _throughout = stay(given, taken_up, in_execution, execution_reported, execution_reviewed)

    accept = by.executor(Accept, when(given.to(taken_up), guards.an_executor))
    set_term = step(
        acts.SetTerm,
        when(_before_report, guards.no_term_yet, guards.no_other_executors),
        by=(*HEADS, SUPERIOR),
    )
    assign = by.executor(
        Assign, when((taken_up.to(in_execution), in_execution.to.itself()), guards.an_executor)
    )
    reassign = by_issuers(
        acts.Reassign, when(given.after(given, taken_up, in_execution), guards.no_executor)
    )
    contribute = by.executor(
        acts.Contribute, when(_taken, guards.an_executor), source="Law 107, 14(3)"
    )
    report_progress = by.executor(acts.ReportProgress, when(_taken, guards.an_executor))
    report_execution = by.executor(
        acts.ReportExecution,
        when(execution_reported.after(taken_up, in_execution), guards.the_coordinator),
        source="Law 107, 14(3)",
    )
    ask_to_extend = by.executor(
        acts.AskToExtend, when(_taken, guards.the_coordinator, reasoned), source="Law 107, 14(5)"
    )
    extend = by_issuers(
        Extend,
        when(
            _taken, guards.the_issuer, *guards.BY_ANOTHER, guards.extension_asked, *guards.MORE_TIME
        ),
        source="Law 107, 14(5)",
    )
    refuse_extension = by_issuers(
        acts.RefuseExtension,
        when(_taken, guards.the_issuer, *guards.BY_ANOTHER, guards.extension_asked),
        source="Law 107, 14(5)",
    )
    remind = step(acts.Remind, _before_report, by=(CONTROLLER, REGISTRAR), source="Law 107, 14(4)")
    review_execution = step(
        acts.ReviewExecution,
        when(execution_reported.to(execution_reviewed), guards.no_executor),
        by=(CONTROLLER, *HEADS),
    )
    return_for_rework = step(
        acts.ReturnForRework,
        when(in_execution.after(execution_reported, execution_reviewed), guards.no_executor),
        by=(*HEADS, SUPERIOR),
    )
    take_personal_control = by_issuers(
        acts.TakePersonalControl,
        when(_throughout, guards.no_executor, guards.not_under_personal_control),
    )
    lift_personal_control = by_issuers(
        acts.LiftPersonalControl,
        when(_throughout, guards.under_personal_control, guards.the_holder),
    )
    review_liability = by.heads(
        acts.ReviewLiability, when(_throughout, guards.no_executor, guards.ill_executed)
    )
    remove_from_control = step(
        acts.RemoveFromControl,
        when(
            execution_reviewed.to(removed_from_control),
            guards.for_giver_or_authorised,
            *guards.BY_ANOTHER,
        ),
        by=(*guards.ISSUERS, AUTHORISED),
        source="Law 107, 14(6)",
    )

    execution = Principal(
        starts=(acts.IssueInstruction, acts.SetTerm),
        stops=(acts.ReportExecution, acts.RemoveFromControl),
        extends=Extend,
        reopens=acts.ReturnForRework,
    )
    reminder = Clock(
        starts=(acts.IssueInstruction, acts.SetTerm, Extend, acts.ReturnForRework),
        stops=(acts.Remind, acts.ReportExecution, acts.RemoveFromControl),
        ahead=guards.EXECUTION,
    )


_EXTENSION = "APPC 38(5), 46(5)"

_EXTENDED = (
    guards.of_the_body,
    guards.only_of("legal-act", guards.for_those_who_ordered, "APPC 38(5)"),
    guards.only_of("head", guards.the_issuer, "APPC 46(5)"),
    guards.only_of("head", guards.extension_asked, "APPC 46(5)"),
    *guards.BY_ANOTHER,
)
"""Who extends: of a legal act the leadership, of another's instruction its giver, when asked."""


class Instruction2021(InstructionL107):
    """An instruction on control under the Code, articles 37, 38, 44 and 46.

    A legal act of individual application is extended and removed by the leadership, 38(5). An
    instruction on service documents is extended by the leader who gave it, asked in writing,
    46(5), and removed by the giver or another authorised, 46(6).
    """

    law = "appc-2021"
    opens = opening(acts.IssueInstruction, by=guards.ISSUERS, source="APPC 38(1)")
    _of = InstructionL107
    _before_report = stay(_of.given, _of.taken_up, _of.in_execution)

    set_term = as_before(source="APPC 37(3)")
    plan_measures = step(
        acts.PlanMeasures,
        when(_before_report, guards.measures_named),
        by=(*HEADS, EXECUTOR),
        source="APPC 37(2)",
    )
    contribute = as_before(source="APPC 46(3)")
    report_progress = as_before(source="APPC 38(2)(2)")
    report_execution = as_before(source="APPC 38(2)(2), 46(3)")
    check_execution = step(
        acts.CheckExecution,
        when(
            stay(_of.taken_up, _of.in_execution, _of.execution_reported),
            among("method", "instruction.methods", code="check.no-method"),
        ),
        by=(CONTROLLER, *HEADS),
        source="APPC 38(2)",
    )
    ask_to_extend = as_before(source="APPC 46(5)")
    extend = by_issuers(
        Extend,
        when(_before_report, *_EXTENDED, guards.told_why, *guards.MORE_TIME),
        source=_EXTENSION,
    )
    record_extension = step(
        acts.RecordExtension,
        when(_before_report, *guards.DECIDED_ABOVE, *guards.MORE_TIME),
        by=CONTROLLER,
    )
    refuse_extension = as_before(guards=[*_EXTENDED, guards.extension_asked], source=_EXTENSION)
    remind = as_before(source="APPC 38(6), 46(4)")
    review_execution = as_before(source="APPC 38(3), 38(4)")
    review_liability = as_before(source="APPC 38(4)")
    remove_from_control = as_before(
        guards=[guards.of_the_body, guards.for_giver_or_authorised, *guards.BY_ANOTHER],
        source="APPC 38(5), 46(6)",
    )
    record_removal = step(
        acts.RecordRemoval,
        when(_of.execution_reviewed.to(_of.removed_from_control), *guards.DECIDED_ABOVE),
        by=CONTROLLER,
        source="APPC 38(5)",
    )
    execution = clock_as_before(
        stops=(acts.ReportExecution, acts.RemoveFromControl, acts.RecordRemoval),
        extends=(Extend, acts.RecordExtension),
    )
    reminder = clock_as_before(
        starts=(
            acts.IssueInstruction,
            acts.SetTerm,
            Extend,
            acts.RecordExtension,
            acts.ReturnForRework,
        ),
        stops=(acts.Remind, acts.ReportExecution, acts.RemoveFromControl, acts.RecordRemoval),
    )
