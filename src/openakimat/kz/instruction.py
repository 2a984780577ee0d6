"""An instruction on control: given, executed, reported, reviewed, removed from control."""

from __future__ import annotations

from openakimat.acts import Accept, Assign, Extend
from openakimat.kz.control import (
    AskToExtend,
    CheckExecution,
    Contribute,
    Issue,
    LiftPersonalControl,
    PlanMeasures,
    Reassign,
    RecordRemoval,
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
from openakimat.kz.guards import among, reasoned
from openakimat.kz.oversight import (
    EXECUTION,
    METHODS,
    PRACTICE,
    an_executor,
    basis_named,
    extension_asked,
    held,
    ill_executed,
    later_than_now,
    measures_named,
    no_executor,
    no_term_yet,
    not_held,
    of_the_body,
    of_the_state,
    term_runs,
    the_coordinator,
    the_holder,
    the_issuer,
)
from openakimat.people import (
    CHIEF_OF_STAFF,
    CONTROLLER,
    DEPUTY,
    EXECUTOR,
    HEAD,
    REGISTRAR,
    SUPERIOR,
)
from openakimat.procedure import Path, Procedure, Stage, opening, step, when
from openakimat.table import Clock

LEADERS = (HEAD, DEPUTY)
ISSUERS = (HEAD, DEPUTY, CHIEF_OF_STAFF, SUPERIOR)


def stay(*stages: Stage) -> tuple[Path, ...]:
    """The paths that leave a case where it is, at several stages."""
    return tuple(stage.to.itself() for stage in stages)


class InstructionL107(Procedure):
    """An instruction on control under Law 107 (2000 to 30.06.2021).

    {statechart:md}
    """

    code = "instruction"
    law = "l107"
    opens = opening(Issue, by=ISSUERS, source="Law 107, 14(3)")

    given = Stage(initial=True)
    taken_up = Stage()
    in_execution = Stage()
    execution_reported = Stage()
    execution_reviewed = Stage()
    removed_from_control = Stage(final=True)

    accept = step(Accept, when(given.to(taken_up), an_executor), by=EXECUTOR, source=PRACTICE)
    set_term = step(
        SetTerm,
        when(stay(given, taken_up, in_execution), no_term_yet),
        by=(*LEADERS, SUPERIOR),
        source=PRACTICE,
    )
    assign = step(
        Assign,
        when((taken_up.to(in_execution), in_execution.to.itself()), an_executor),
        by=EXECUTOR,
        source=PRACTICE,
    )
    reassign = step(
        Reassign, given.after(given, taken_up, in_execution), by=ISSUERS, source=PRACTICE
    )
    contribute = step(
        Contribute,
        when(stay(taken_up, in_execution), an_executor),
        by=EXECUTOR,
        source="Law 107, 14(3)",
    )
    report_progress = step(
        ReportProgress,
        when(stay(taken_up, in_execution), an_executor),
        by=EXECUTOR,
        source=PRACTICE,
    )
    report_execution = step(
        ReportExecution,
        when(execution_reported.after(taken_up, in_execution), the_coordinator),
        by=EXECUTOR,
        source="Law 107, 14(3)",
    )
    ask_to_extend = step(
        AskToExtend,
        when(stay(taken_up, in_execution), the_coordinator, reasoned),
        by=EXECUTOR,
        source="Law 107, 14(5)",
    )
    extend = step(
        Extend,
        when(stay(taken_up, in_execution), the_issuer, extension_asked, term_runs, later_than_now),
        by=ISSUERS,
        source="Law 107, 14(5)",
    )
    refuse_extension = step(
        RefuseExtension,
        when(stay(taken_up, in_execution), the_issuer, extension_asked),
        by=ISSUERS,
        source="Law 107, 14(5)",
    )
    remind = step(
        Remind,
        stay(given, taken_up, in_execution),
        by=(CONTROLLER, REGISTRAR),
        source="Law 107, 14(4)",
    )
    review_execution = step(
        ReviewExecution,
        when(execution_reported.to(execution_reviewed), no_executor),
        by=(CONTROLLER, *LEADERS),
        source=PRACTICE,
    )
    return_for_rework = step(
        ReturnForRework,
        when(in_execution.after(execution_reported, execution_reviewed), no_executor),
        by=(*LEADERS, SUPERIOR),
        source=PRACTICE,
    )
    take_personal_control = step(
        TakePersonalControl,
        when(stay(given, taken_up, in_execution, execution_reported, execution_reviewed), not_held),
        by=ISSUERS,
        source=PRACTICE,
    )
    lift_personal_control = step(
        LiftPersonalControl,
        when(
            stay(given, taken_up, in_execution, execution_reported, execution_reviewed),
            held,
            the_holder,
        ),
        by=ISSUERS,
        source=PRACTICE,
    )
    review_liability = step(
        ReviewLiability,
        when(
            stay(given, taken_up, in_execution, execution_reported, execution_reviewed),
            ill_executed,
        ),
        by=LEADERS,
        source=PRACTICE,
    )
    remove_from_control = step(
        RemoveFromControl,
        when(execution_reviewed.to(removed_from_control), no_executor, the_holder),
        by=LEADERS,
        source=PRACTICE,
    )

    execution = Clock(
        EXECUTION,
        starts=(Issue, SetTerm),
        stops=(ReportExecution, RemoveFromControl),
        extends=Extend,
        reopens=ReturnForRework,
        principal=True,
    )
    reminder = Clock(
        "instruction.reminder",
        starts=(Issue, SetTerm, Extend, ReturnForRework),
        stops=(Remind, ReportExecution, RemoveFromControl),
        ahead=EXECUTION,
    )


class Instruction2021(InstructionL107):
    """An instruction on control under the Code, articles 37 and 38.

    {statechart:md}
    """

    law = "appc-2021"
    opens = opening(Issue, by=ISSUERS, source="APPC 38(1)")
    _of = InstructionL107

    set_term = step(
        SetTerm,
        when(stay(_of.given, _of.taken_up, _of.in_execution), no_term_yet),
        by=(*LEADERS, SUPERIOR),
        source="APPC 37(3)",
    )
    plan_measures = step(
        PlanMeasures,
        when(stay(_of.given, _of.taken_up, _of.in_execution), measures_named),
        by=(*LEADERS, EXECUTOR),
        source="APPC 37(2)",
    )
    contribute = step(
        Contribute,
        when(stay(_of.taken_up, _of.in_execution), an_executor),
        by=EXECUTOR,
        source=PRACTICE,
    )
    report_progress = step(
        ReportProgress,
        when(stay(_of.taken_up, _of.in_execution), an_executor),
        by=EXECUTOR,
        source="APPC 38(2)(2)",
    )
    report_execution = step(
        ReportExecution,
        when(_of.execution_reported.after(_of.taken_up, _of.in_execution), the_coordinator),
        by=EXECUTOR,
        source="APPC 38(2)(2)",
    )
    check_execution = step(
        CheckExecution,
        when(
            stay(_of.taken_up, _of.in_execution, _of.execution_reported),
            among("method", METHODS, code="check.no-method"),
        ),
        by=(CONTROLLER, *LEADERS),
        source="APPC 38(2)",
    )
    ask_to_extend = step(
        AskToExtend,
        when(stay(_of.taken_up, _of.in_execution), the_coordinator, reasoned),
        by=EXECUTOR,
        source=PRACTICE,
    )
    extend = step(
        Extend,
        when(stay(_of.given, _of.taken_up, _of.in_execution), term_runs, later_than_now),
        by=LEADERS,
        source="APPC 38(5)",
    )
    refuse_extension = step(
        RefuseExtension,
        when(stay(_of.taken_up, _of.in_execution), extension_asked),
        by=LEADERS,
        source="APPC 38(5)",
    )
    remind = step(
        Remind,
        stay(_of.given, _of.taken_up, _of.in_execution),
        by=CONTROLLER,
        source="APPC 38(6)",
    )
    review_execution = step(
        ReviewExecution,
        when(_of.execution_reported.to(_of.execution_reviewed), no_executor),
        by=(CONTROLLER, *LEADERS),
        source="APPC 38(3), 38(4)",
    )
    review_liability = step(
        ReviewLiability,
        when(
            stay(
                _of.given,
                _of.taken_up,
                _of.in_execution,
                _of.execution_reported,
                _of.execution_reviewed,
            ),
            ill_executed,
        ),
        by=LEADERS,
        source="APPC 38(4)",
    )
    remove_from_control = step(
        RemoveFromControl,
        when(
            _of.execution_reviewed.to(_of.removed_from_control),
            of_the_body,
            no_executor,
            the_holder,
        ),
        by=LEADERS,
        source="APPC 38(5)",
    )
    record_removal = step(
        RecordRemoval,
        when(_of.execution_reviewed.to(_of.removed_from_control), of_the_state, basis_named),
        by=CONTROLLER,
        source="APPC 38(5)",
    )
    execution = Clock(
        EXECUTION,
        starts=(Issue, SetTerm),
        stops=(ReportExecution, RemoveFromControl, RecordRemoval),
        extends=Extend,
        reopens=ReturnForRework,
        principal=True,
    )


INSTRUCTIONS = (InstructionL107, Instruction2021)
