"""What the law asks in the simplified procedure alone."""

from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, Guard, guard
from openakimat.kz.acts import Terminate
from openakimat.kz.guards import Values, terminates_on
from openakimat.kz.roles import DEPUTY, HEAD


def may_terminate(grounds: Values, /) -> tuple[Guard, ...]:
    """All that the law asks of a termination on these grounds, each with its article.

    The head or a deputy decides; for a repeat without novelty, another authorised person too.
    """
    a_ground = terminates_on(grounds)

    def head_unless_repeat(case: Case, act: Terminate, circumstances: Circumstances) -> bool:
        return act.ground == "repeat" or not {HEAD, DEPUTY}.isdisjoint(circumstances.roles)

    by_whom = guard(
        "termination.not-authorised",
        why="only the head or a deputy may terminate on this ground",
        source="APPC 88(2)",
        asks=("act.ground=repeat", "by.roles"),
        relies=(a_ground,),
    )(head_unless_repeat)
    return a_ground, by_whom
