"""Instructions under the Code."""

from openakimat.chart.amendment import amended, amended_clock
from openakimat.chart.steps import opening, stay, step, when
from openakimat.kz.acts import Extend
from openakimat.kz.guards import among
from openakimat.kz.instruction import acts, guards
from openakimat.kz.instruction.l107 import InstructionL107
from openakimat.kz.roles import CONTROLLER, EXECUTOR, HEADS

_EXTENSION = "APPC 38(5), 46(5)"

_EXTENDED = (
    guards.only_of("legal-act", guards.for_those_who_ordered, "APPC 38(5)"),
    guards.only_of("head", guards.the_issuer, "APPC 46(5)"),
    guards.only_of("head", guards.extension_asked, "APPC 46(5)"),
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

    set_term = amended(_of, "set_term", source="APPC 37(3)")
    plan_measures = step(
        acts.PlanMeasures,
        when(_before_report, guards.measures_named),
        by=(*HEADS, EXECUTOR),
        source="APPC 37(2)",
    )
    contribute = amended(_of, "contribute", source="APPC 46(3)")
    report_progress = amended(_of, "report_progress", source="APPC 38(2)(2)")
    report_execution = amended(_of, "report_execution", source="APPC 38(2)(2), 46(3)")
    check_execution = step(
        acts.CheckExecution,
        when(
            stay(_of.taken_up, _of.in_execution, _of.execution_reported),
            among("method", "instruction.methods", code="check.no-method"),
        ),
        by=(CONTROLLER, *HEADS),
        source="APPC 38(2)",
    )
    ask_to_extend = amended(_of, "ask_to_extend", source="APPC 46(5)")
    extend = step(
        Extend,
        when(
            _before_report,
            guards.of_the_body,
            *_EXTENDED,
            guards.no_executor,
            guards.the_holder,
            guards.told_why,
            guards.term_runs,
            guards.later_than_now,
        ),
        by=guards.ISSUERS,
        source=_EXTENSION,
    )
    record_extension = step(
        acts.RecordExtension,
        when(
            _before_report,
            guards.of_the_state,
            guards.no_executor,
            guards.basis_named,
            guards.term_runs,
            guards.later_than_now,
        ),
        by=CONTROLLER,
    )
    refuse_extension = amended(
        _of,
        "refuse_extension",
        guards=[
            guards.of_the_body,
            *_EXTENDED,
            guards.no_executor,
            guards.the_holder,
            guards.extension_asked,
        ],
        source=_EXTENSION,
    )
    remind = amended(_of, "remind", source="APPC 38(6), 46(4)")
    review_execution = amended(_of, "review_execution", source="APPC 38(3), 38(4)")
    review_liability = amended(_of, "review_liability", source="APPC 38(4)")
    remove_from_control = amended(
        _of,
        "remove_from_control",
        guards=[
            guards.of_the_body,
            guards.for_giver_or_authorised,
            guards.no_executor,
            guards.the_holder,
        ],
        source="APPC 38(5), 46(6)",
    )
    record_removal = step(
        acts.RecordRemoval,
        when(
            _of.execution_reviewed.to(_of.removed_from_control),
            guards.of_the_state,
            guards.no_executor,
            guards.basis_named,
        ),
        by=CONTROLLER,
        source="APPC 38(5)",
    )
    execution = amended_clock(
        _of,
        "execution",
        stops=(acts.ReportExecution, acts.RemoveFromControl, acts.RecordRemoval),
        extends=(Extend, acts.RecordExtension),
    )
    reminder = amended_clock(
        _of,
        "reminder",
        starts=(
            acts.IssueInstruction,
            acts.SetTerm,
            Extend,
            acts.RecordExtension,
            acts.ReturnForRework,
        ),
        stops=(acts.Remind, acts.ReportExecution, acts.RemoveFromControl, acts.RecordRemoval),
    )
