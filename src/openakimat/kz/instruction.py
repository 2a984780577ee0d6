"""An instruction on control: given, executed, reported, reviewed, removed from control."""

from __future__ import annotations

from openakimat.acts import Extend
from openakimat.kz.control import (
    AskToExtend,
    CheckExecution,
    Contribute,
    IssueInstruction,
    PlanMeasures,
    RecordExtension,
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
)
from openakimat.kz.guards import among, reasoned
from openakimat.kz.law107 import ISSUERS, LEADERS, InstructionL107, stay
from openakimat.kz.oversight import (
    EXECUTION,
    METHODS,
    PRACTICE,
    an_executor,
    basis_named,
    extension_asked,
    for_those_who_ordered,
    ill_executed,
    later_than_now,
    measures_named,
    no_executor,
    no_term_yet,
    of_the_body,
    of_the_state,
    term_runs,
    the_coordinator,
    the_holder,
    told_why,
)
from openakimat.people import (
    CONTROLLER,
    EXECUTOR,
    SUPERIOR,
)
from openakimat.procedure import opening, step, when
from openakimat.table import Clock


class Instruction2021(InstructionL107):
    """An instruction on control under the Code, articles 37 and 38.

    Article 38(5) leaves removal and extension to the leadership for legal acts of individual
    application; an instruction of a head is treated alike, by analogy.

    {statechart:md}
    """

    law = "appc-2021"
    opens = opening(IssueInstruction, by=ISSUERS, source="APPC 38(1)")
    _of = InstructionL107
    _taken = stay(_of.taken_up, _of.in_execution)
    _before_report = stay(_of.given, _of.taken_up, _of.in_execution)

    set_term = step(
        SetTerm,
        when(_before_report, no_term_yet),
        by=(*LEADERS, SUPERIOR),
        source="APPC 37(3)",
    )
    plan_measures = step(
        PlanMeasures,
        when(_before_report, measures_named),
        by=(*LEADERS, EXECUTOR),
        source="APPC 37(2)",
    )
    contribute = step(
        Contribute,
        when(_taken, an_executor),
        by=EXECUTOR,
        source=PRACTICE,
    )
    report_progress = step(
        ReportProgress,
        when(_taken, an_executor),
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
        when(_taken, the_coordinator, reasoned),
        by=EXECUTOR,
        source=PRACTICE,
    )
    extend = step(
        Extend,
        when(
            _before_report,
            of_the_body,
            for_those_who_ordered,
            no_executor,
            the_holder,
            told_why,
            term_runs,
            later_than_now,
        ),
        by=ISSUERS,
        source="APPC 38(5)",
    )
    record_extension = step(
        RecordExtension,
        when(
            _before_report,
            of_the_state,
            basis_named,
            term_runs,
            later_than_now,
        ),
        by=CONTROLLER,
        source=PRACTICE,
    )
    refuse_extension = step(
        RefuseExtension,
        when(
            _taken,
            of_the_body,
            for_those_who_ordered,
            no_executor,
            the_holder,
            extension_asked,
        ),
        by=ISSUERS,
        source="APPC 38(5)",
    )
    remind = step(
        Remind,
        _before_report,
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
            no_executor,
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
            for_those_who_ordered,
            no_executor,
            the_holder,
        ),
        by=(*LEADERS, SUPERIOR),
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
        starts=(IssueInstruction, SetTerm),
        stops=(ReportExecution, RemoveFromControl, RecordRemoval),
        extends=(Extend, RecordExtension),
        reopens=ReturnForRework,
        principal=True,
    )
    reminder = Clock(
        "instruction.reminder",
        starts=(IssueInstruction, SetTerm, Extend, RecordExtension, ReturnForRework),
        stops=(Remind, ReportExecution, RemoveFromControl, RecordRemoval),
        ahead=EXECUTION,
    )


INSTRUCTIONS = (InstructionL107, Instruction2021)
