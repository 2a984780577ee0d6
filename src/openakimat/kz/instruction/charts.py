"""Instructions under the Code."""

from __future__ import annotations

import attrs

from openakimat.chart.amendment import amended
from openakimat.chart.steps import opening, stay, step, when
from openakimat.kz.acts import Extend
from openakimat.kz.guards import among
from openakimat.kz.instruction.acts import (
    CheckExecution,
    IssueInstruction,
    PlanMeasures,
    RecordExtension,
    RecordRemoval,
    Remind,
    RemoveFromControl,
    ReportExecution,
    ReturnForRework,
    SetTerm,
)
from openakimat.kz.instruction.guards import (
    EXECUTION,
    METHODS,
    PRACTICE,
    basis_named,
    extension_asked,
    for_those_who_ordered,
    later_than_now,
    measures_named,
    no_executor,
    of_the_body,
    of_the_state,
    term_runs,
    the_holder,
    told_why,
)
from openakimat.kz.instruction.l107 import ISSUERS, InstructionL107
from openakimat.kz.roles import CONTROLLER, EXECUTOR, HEADS


class Instruction2021(InstructionL107):
    """An instruction on control under the Code, articles 37 and 38.

    Article 38(5) leaves removal and extension to the leadership for legal acts of individual
    application; an instruction of a head is treated alike, by analogy.

    {statechart:md}
    """

    law = "appc-2021"
    opens = opening(IssueInstruction, by=ISSUERS, source="APPC 38(1)")
    _of = InstructionL107
    _before_report = stay(_of.given, _of.taken_up, _of.in_execution)

    set_term = amended(_of, "set_term", source="APPC 37(3)")
    plan_measures = step(
        PlanMeasures,
        when(_before_report, measures_named),
        by=(*HEADS, EXECUTOR),
        source="APPC 37(2)",
    )
    contribute = amended(_of, "contribute", source=PRACTICE)
    report_progress = amended(_of, "report_progress", source="APPC 38(2)(2)")
    report_execution = amended(_of, "report_execution", source="APPC 38(2)(2)")
    check_execution = step(
        CheckExecution,
        when(
            stay(_of.taken_up, _of.in_execution, _of.execution_reported),
            among("method", METHODS, code="check.no-method"),
        ),
        by=(CONTROLLER, *HEADS),
        source="APPC 38(2)",
    )
    ask_to_extend = amended(_of, "ask_to_extend", source=PRACTICE)
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
            no_executor,
            basis_named,
            term_runs,
            later_than_now,
        ),
        by=CONTROLLER,
        source=PRACTICE,
    )
    refuse_extension = amended(
        _of,
        "refuse_extension",
        guards=[of_the_body, for_those_who_ordered, no_executor, the_holder, extension_asked],
        source="APPC 38(5)",
    )
    remind = amended(_of, "remind", by=CONTROLLER, source="APPC 38(6)")
    review_execution = amended(_of, "review_execution", source="APPC 38(3), 38(4)")
    review_liability = amended(_of, "review_liability", source="APPC 38(4)")
    remove_from_control = amended(
        _of,
        "remove_from_control",
        guards=[of_the_body, for_those_who_ordered, no_executor, the_holder],
        source="APPC 38(5)",
    )
    record_removal = step(
        RecordRemoval,
        when(
            _of.execution_reviewed.to(_of.removed_from_control),
            of_the_state,
            no_executor,
            basis_named,
        ),
        by=CONTROLLER,
        source="APPC 38(5)",
    )
    execution = attrs.evolve(
        _of.table.clocks[EXECUTION],
        stops=(ReportExecution, RemoveFromControl, RecordRemoval),
        extends=(Extend, RecordExtension),
    )
    reminder = attrs.evolve(
        _of.table.clocks["instruction.reminder"],
        starts=(IssueInstruction, SetTerm, Extend, RecordExtension, ReturnForRework),
        stops=(Remind, ReportExecution, RemoveFromControl, RecordRemoval),
    )


INSTRUCTIONS = (InstructionL107, Instruction2021)
