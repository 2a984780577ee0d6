"""What the law asks of a consultation."""

from datetime import date

from openakimat.case.act import Act
from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, guard
from openakimat.errors import NotAllowed
from openakimat.kz.consultation.acts import Ask
from openakimat.kz.guards import filled

PERMITS = "Law 202-V (2014), 25"


FIRST_DAY = date(2014, 11, 17)
"""Six months after the signing of Law 202-V, article 53: the earliest day there can be."""


@guard(
    "permits.not-yet",
    why="no law had other bodies asked yet",
    source="Law 202-V (2014), 53",
    asks=("office:now",),
)
def permits_in_force(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return circumstances.office.day_of(circumstances.at) >= FIRST_DAY


@guard(
    "silence.no-answer", why="silence is no agreement here: the body has to answer", source=PERMITS
)
def silence_agrees(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return isinstance(case.received, Ask) and case.received.silence_agrees


somebody_asked = filled(
    "body", code="consult.nobody", why="it is not said which body is asked", refusal=NotAllowed
)
