"""An instruction on control. Source: Law 107, 14; APPC 37, 38."""

from openakimat.kz.acts import Accept as Accept, Assign as Assign, Extend as Extend
from openakimat.kz.instruction.acts import (
    AskToExtend as AskToExtend,
    CheckExecution as CheckExecution,
    Contribute as Contribute,
    IssueInstruction as IssueInstruction,
    LiftPersonalControl as LiftPersonalControl,
    PlanMeasures as PlanMeasures,
    Reassign as Reassign,
    RecordExtension as RecordExtension,
    RecordRemoval as RecordRemoval,
    RefuseExtension as RefuseExtension,
    Remind as Remind,
    RemoveFromControl as RemoveFromControl,
    ReportExecution as ReportExecution,
    ReportProgress as ReportProgress,
    ReturnForRework as ReturnForRework,
    ReviewExecution as ReviewExecution,
    ReviewLiability as ReviewLiability,
    SetTerm as SetTerm,
    TakePersonalControl as TakePersonalControl,
)
from openakimat.kz.instruction.charts import (
    Instruction2021 as Instruction2021,
    InstructionL107 as InstructionL107,
)
