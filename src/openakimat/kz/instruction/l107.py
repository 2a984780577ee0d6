"""Instructions on control under Law 107."""

from __future__ import annotations

from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import Accept, Assign, Extend
from openakimat.kz.appeal.guards import reasoned
from openakimat.kz.instruction.acts import (
    AskToExtend,
    Contribute,
    IssueInstruction,
    LiftPersonalControl,
    Reassign,
    RefuseExtension,
    Remind,
    RemoveFromControl,
    ReportExecution,
    ReportProgress,
    ReturnForRework,
    ReviewExecution,
    ReviewLiability,
    SetTerm,
    TakePersonalControl,
)
from openakimat.kz.instruction.guards import (
    EXECUTION,
    ISSUERS,
    PRACTICE,
    an_executor,
    extension_asked,
    for_giver_or_authorised,
    ill_executed,
    later_than_now,
    no_executor,
    no_other_executors,
    no_term_yet,
    not_under_personal_control,
    term_runs,
    the_coordinator,
    the_holder,
    the_issuer,
    under_personal_control,
)
from openakimat.kz.roles import AUTHORISED, CONTROLLER, EXECUTOR, HEADS, REGISTRAR, SUPERIOR


class InstructionL107(Procedure):
    """An instruction on control under Law 107 (2000 to 30.06.2021)."""

    code = "instruction"
    law = "l107"
    opens = opening(IssueInstruction, by=ISSUERS, source="Law 107, 14(3)")

    given = Stage(initial=True)
    taken_up = Stage()
    in_execution = Stage()
    execution_reported = Stage()
    execution_reviewed = Stage()
    removed_from_control = Stage(final=True)

    _taken = stay(taken_up, in_execution)
    _before_report = stay(given, taken_up, in_execution)
    _throughout = stay(given, taken_up, in_execution, execution_reported, execution_reviewed)

    accept = step(Accept, when(given.to(taken_up), an_executor), by=EXECUTOR, source=PRACTICE)
    set_term = step(
        SetTerm,
        when(_before_report, no_term_yet, no_other_executors),
        by=(*HEADS, SUPERIOR),
        source=PRACTICE,
    )
    assign = step(
        Assign,
        when((taken_up.to(in_execution), in_execution.to.itself()), an_executor),
        by=EXECUTOR,
        source=PRACTICE,
    )
    reassign = step(
        Reassign,
        when(given.after(given, taken_up, in_execution), no_executor),
        by=ISSUERS,
        source=PRACTICE,
    )
    contribute = step(Contribute, when(_taken, an_executor), by=EXECUTOR, source="Law 107, 14(3)")
    report_progress = step(ReportProgress, when(_taken, an_executor), by=EXECUTOR, source=PRACTICE)
    report_execution = step(
        ReportExecution,
        when(execution_reported.after(taken_up, in_execution), the_coordinator),
        by=EXECUTOR,
        source="Law 107, 14(3)",
    )
    ask_to_extend = step(
        AskToExtend, when(_taken, the_coordinator, reasoned), by=EXECUTOR, source="Law 107, 14(5)"
    )
    extend = step(
        Extend,
        when(
            _taken, the_issuer, no_executor, the_holder, extension_asked, term_runs, later_than_now
        ),
        by=ISSUERS,
        source="Law 107, 14(5)",
    )
    refuse_extension = step(
        RefuseExtension,
        when(_taken, the_issuer, no_executor, the_holder, extension_asked),
        by=ISSUERS,
        source="Law 107, 14(5)",
    )
    remind = step(Remind, _before_report, by=(CONTROLLER, REGISTRAR), source="Law 107, 14(4)")
    review_execution = step(
        ReviewExecution,
        when(execution_reported.to(execution_reviewed), no_executor),
        by=(CONTROLLER, *HEADS),
        source=PRACTICE,
    )
    return_for_rework = step(
        ReturnForRework,
        when(in_execution.after(execution_reported, execution_reviewed), no_executor),
        by=(*HEADS, SUPERIOR),
        source=PRACTICE,
    )
    take_personal_control = step(
        TakePersonalControl,
        when(_throughout, no_executor, not_under_personal_control),
        by=ISSUERS,
        source=PRACTICE,
    )
    lift_personal_control = step(
        LiftPersonalControl,
        when(_throughout, under_personal_control, the_holder),
        by=ISSUERS,
        source=PRACTICE,
    )
    review_liability = step(
        ReviewLiability, when(_throughout, no_executor, ill_executed), by=HEADS, source=PRACTICE
    )
    remove_from_control = step(
        RemoveFromControl,
        when(
            execution_reviewed.to(removed_from_control),
            for_giver_or_authorised,
            no_executor,
            the_holder,
        ),
        by=(*ISSUERS, AUTHORISED),
        source="Law 107, 14(6)",
    )

    execution = Clock(
        EXECUTION,
        starts=(IssueInstruction, SetTerm),
        stops=(ReportExecution, RemoveFromControl),
        extends=Extend,
        reopens=ReturnForRework,
        principal=True,
    )
    reminder = Clock(
        "instruction.reminder",
        starts=(IssueInstruction, SetTerm, Extend, ReturnForRework),
        stops=(Remind, ReportExecution, RemoveFromControl),
        ahead=EXECUTION,
    )
