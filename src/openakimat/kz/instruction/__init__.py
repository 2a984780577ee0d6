"""An instruction on control. Source: Law 107, 14; APPC 37, 38."""

from openakimat.kz.acts import Accept as Accept, Assign as Assign, Extend as Extend
from openakimat.kz.instruction.acts import *
from openakimat.kz.instruction.charts import (
    Instruction2021 as Instruction2021,
    InstructionL107 as InstructionL107,
)
