"""What is asked of a call from the queue."""

from collections.abc import Mapping

from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, Guard, guard, guard_what
from openakimat.kz.guards import filled
from openakimat.kz.visit.acts import Call
from openakimat.kz.visit.queue import ahead, ticket_of


@guard_what("queue.not-shown", asks="beside")
def queue_shown(case: Case, act: Call, circumstances: Circumstances) -> bool:
    return case.id in {visit.id for visit in circumstances.beside}


def calling(grounds: Mapping[str, str], /) -> tuple[Guard, ...]:
    """What is asked of a call, where these are the grounds to call out of turn, each with its source.

    A ground may be shown at the window and not stand on the ticket: it is let through, but
    not before those who have a ground and came earlier; `audit.passed_over` lists it. An office's own
    grounds stand on ``"order of the office"``.
    """

    def known(case: Case, act: Call, circumstances: Circumstances) -> bool:
        return not act.ground or act.ground in grounds

    def in_turn(case: Case, act: Call, circumstances: Circumstances) -> bool:
        return not passed(case, act, circumstances)

    def passed(case: Case, act: Call, circumstances: Circumstances) -> str:
        if not (shown := circumstances.beside):
            return ""
        over = ahead(case, shown, circumstances.at, grounds, claimed=act.ground)
        return ", ".join(ticket_of(visit).ticket or visit.id for visit in over)

    no_ground = f"the ground to call out of turn is none of: {', '.join(grounds)}"
    return (
        queue_shown,
        guard("queue.no-ground", why=no_ground, values=grounds, field="ground", asks="act.ground")(
            known
        ),
        guard(
            "queue.out-of-turn",
            names=passed,
            asks="act.ground beside office:now",
            # Another queue does not tell whose turn it is.
            relies=(queue_shown,),
        )(in_turn),
    )


override_reasoned = filled("reason", code="queue.no-reason")

sent_with_reason = filled("to", "reason", code="hand-on.unexplained")
