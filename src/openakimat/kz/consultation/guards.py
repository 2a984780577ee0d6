"""What the law asks of a consultation."""

from __future__ import annotations

from openakimat.case.act import Act
from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, guard
from openakimat.errors import NotAllowed
from openakimat.kz.consultation.acts import Ask
from openakimat.kz.guards import filled

PERMITS = "Law 202-V (2014), 25"


@guard(
    "silence.no-answer",
    why="silence is no agreement here: the body has to answer",
    source=PERMITS,
)
def silence_agrees(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The law lets the silence of the body asked stand for its agreement."""
    return isinstance(case.received, Ask) and case.received.silence_agrees


somebody_asked = filled(
    "body", code="consult.nobody", why="it is not said which body is asked", refusal=NotAllowed
)
