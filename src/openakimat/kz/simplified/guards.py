"""What the law asks in the simplified procedure alone."""

from __future__ import annotations

from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, guard
from openakimat.kz.acts import Terminate
from openakimat.kz.roles import DEPUTY, HEAD


@guard(
    "termination.not-authorised",
    why="only the head or a deputy may terminate on this ground",
    source="APPC 88(2)",
    asks=("act.ground=repeat", "by.roles"),
)
def head_unless_repeat(case: Case, act: Terminate, circumstances: Circumstances) -> bool:
    """The head or a deputy decides; for a repeat without novelty, another authorised person too."""
    return act.ground == "repeat" or not {HEAD, DEPUTY}.isdisjoint(circumstances.roles)
