"""What the law asks of it, beside stage and role."""

from openakimat.case.act import Act
from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, guard
from openakimat.kz.acts import Decide, Extend
from openakimat.kz.appeal.acts import Inquire
from openakimat.kz.appeal.guards import in_time, later_than_now, within_cap
from openakimat.kz.guards import after, once

ORAL = "oral-question"


@guard("question.oral", why="an oral question is answered orally", source="Law 401-V, 11(4)")
def in_writing(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return case.received.kind != ORAL


@guard(
    "question.written", why="what is asked in writing is answered so", source="Law 401-V, 11(12)"
)
def asked_orally(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return case.received.kind == ORAL


@guard(
    "information.asked-again",
    why="whoever was told where it is published and asks again is given it",
    source="Law 401-V, 11(15)",
    asks=("act.outcome=published",),
)
def first_asked(case: Case, act: Decide, circumstances: Circumstances) -> bool:
    repeats = any(link.how == "repeats" for link in case.received.links)
    return act.outcome != "published" or not repeats


others_asked = after(
    Inquire,
    code="extension.nobody-asked",
    why="the term is extended only where other holders of the information were asked",
    source="Law 401-V, 11(10)",
)

MAY_EXTEND = (others_asked, in_time, later_than_now, within_cap, once(Extend))
"""All that the law asks of an extension."""
