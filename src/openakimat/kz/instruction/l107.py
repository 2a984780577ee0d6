"""Instructions on control under Law 107."""

from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import Accept, Assign, Extend
from openakimat.kz.appeal.guards import reasoned
from openakimat.kz.instruction import acts, guards
from openakimat.kz.roles import AUTHORISED, CONTROLLER, EXECUTOR, HEADS, REGISTRAR, SUPERIOR


class InstructionL107(Procedure):
    """An instruction on control under Law 107 (2000 to 30.06.2021)."""

    code = "instruction"
    law = "l107"
    source = guards.PRACTICE
    opens = opening(acts.IssueInstruction, by=guards.ISSUERS, source="Law 107, 14(3)")

    given = Stage(initial=True)
    taken_up = Stage()
    in_execution = Stage()
    execution_reported = Stage()
    execution_reviewed = Stage()
    removed_from_control = Stage(final=True)

    _taken = stay(taken_up, in_execution)
    _before_report = stay(given, taken_up, in_execution)
    _throughout = stay(given, taken_up, in_execution, execution_reported, execution_reviewed)

    accept = step(Accept, when(given.to(taken_up), guards.an_executor), by=EXECUTOR)
    set_term = step(
        acts.SetTerm,
        when(_before_report, guards.no_term_yet, guards.no_other_executors),
        by=(*HEADS, SUPERIOR),
    )
    assign = step(
        Assign,
        when((taken_up.to(in_execution), in_execution.to.itself()), guards.an_executor),
        by=EXECUTOR,
    )
    reassign = step(
        acts.Reassign,
        when(given.after(given, taken_up, in_execution), guards.no_executor),
        by=guards.ISSUERS,
    )
    contribute = step(
        acts.Contribute, when(_taken, guards.an_executor), by=EXECUTOR, source="Law 107, 14(3)"
    )
    report_progress = step(acts.ReportProgress, when(_taken, guards.an_executor), by=EXECUTOR)
    report_execution = step(
        acts.ReportExecution,
        when(execution_reported.after(taken_up, in_execution), guards.the_coordinator),
        by=EXECUTOR,
        source="Law 107, 14(3)",
    )
    ask_to_extend = step(
        acts.AskToExtend,
        when(_taken, guards.the_coordinator, reasoned),
        by=EXECUTOR,
        source="Law 107, 14(5)",
    )
    extend = step(
        Extend,
        when(
            _taken,
            guards.the_issuer,
            guards.no_executor,
            guards.the_holder,
            guards.extension_asked,
            guards.term_runs,
            guards.later_than_now,
        ),
        by=guards.ISSUERS,
        source="Law 107, 14(5)",
    )
    refuse_extension = step(
        acts.RefuseExtension,
        when(
            _taken, guards.the_issuer, guards.no_executor, guards.the_holder, guards.extension_asked
        ),
        by=guards.ISSUERS,
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
    take_personal_control = step(
        acts.TakePersonalControl,
        when(_throughout, guards.no_executor, guards.not_under_personal_control),
        by=guards.ISSUERS,
    )
    lift_personal_control = step(
        acts.LiftPersonalControl,
        when(_throughout, guards.under_personal_control, guards.the_holder),
        by=guards.ISSUERS,
    )
    review_liability = step(
        acts.ReviewLiability, when(_throughout, guards.no_executor, guards.ill_executed), by=HEADS
    )
    remove_from_control = step(
        acts.RemoveFromControl,
        when(
            execution_reviewed.to(removed_from_control),
            guards.for_giver_or_authorised,
            guards.no_executor,
            guards.the_holder,
        ),
        by=(*guards.ISSUERS, AUTHORISED),
        source="Law 107, 14(6)",
    )

    execution = Clock(
        starts=(acts.IssueInstruction, acts.SetTerm),
        stops=(acts.ReportExecution, acts.RemoveFromControl),
        extends=Extend,
        reopens=acts.ReturnForRework,
        principal=True,
    )
    reminder = Clock(
        starts=(acts.IssueInstruction, acts.SetTerm, Extend, acts.ReturnForRework),
        stops=(acts.Remind, acts.ReportExecution, acts.RemoveFromControl),
        ahead=guards.EXECUTION,
    )
