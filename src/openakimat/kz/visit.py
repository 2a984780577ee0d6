"""A visit to a front office: ticket, call, window, and no call out of turn without a ground."""

from __future__ import annotations

from collections.abc import Mapping

from openakimat.case import Case
from openakimat.errors import Incomplete
from openakimat.kz.guards import once, the_applicant
from openakimat.kz.practice import HEADS, OF_FRONT_OFFICES
from openakimat.kz.queue import ahead, ticket_of
from openakimat.kz.ticket import (
    GROUNDS,
    PRESS,
    Call,
    CallOverride,
    DeemLeft,
    DoneAlone,
    Finish,
    HandOn,
    Help,
    IssueSignature,
    Leave,
    MarkAbsent,
    Recall,
    Serve,
    ServeNext,
    TakeTicket,
)
from openakimat.people import APPLICANT, LAW, OPERATOR, SPECIALIST
from openakimat.procedure import Procedure, Stage, opening, step, when
from openakimat.table import Circumstances, Clock, Guard, guard

WINDOW = (OPERATOR, SPECIALIST)
"""Who works at a window."""


@guard("queue.not-shown", why="the queue this visitor waits in was not shown", refusal=Incomplete)
def queue_shown(case: Case, act: Call, circumstances: Circumstances) -> bool:
    """The queue put beside the visit has it in it."""
    return case.id in {visit.id for visit in circumstances.beside}


def calling(grounds: Mapping[str, str], /) -> tuple[Guard, ...]:
    """What is asked of a call, where these are the grounds to call out of turn.

    A ground may be shown at the window and not stand on the ticket: it is let through, but
    not before those who have a ground and came earlier; `queue.passed_over` lists it.

    Args:
        grounds: Each with its source; an office's own stand on ``"order of the office"``.
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
    before = "others are before this visitor, and no ground to pass them over is named"
    return (
        queue_shown,
        guard("queue.no-ground", why=no_ground, values=grounds, field="ground")(known),
        guard("queue.out-of-turn", why=before, names=passed)(in_turn),
    )


@guard("queue.no-reason", why="a call out of turn must be reasoned", refusal=Incomplete)
def override_reasoned(case: Case, act: CallOverride, circumstances: Circumstances) -> bool:
    """Whoever overrides the queue says why."""
    return bool(act.reason.strip())


@guard("hand-on.unexplained", why="say where the visitor is sent, and why", refusal=Incomplete)
def sent_with_reason(case: Case, act: HandOn, circumstances: Circumstances) -> bool:
    """Nobody is sent on without being told where and why."""
    return bool(act.to.strip()) and bool(act.reason.strip())


class Visit(Procedure):
    """A visit to a front office by ticket.

    {statechart:md}
    """

    code = "visit"
    law = "practice"
    opens = opening(TakeTicket, source=OF_FRONT_OFFICES)

    waiting = Stage(initial=True)
    called = Stage()
    no_show = Stage()
    serving = Stage()
    handed_on = Stage()
    finished = Stage(final=True)
    done_alone = Stage(final=True)
    left = Stage(final=True)

    call = step(
        Call,
        when(waiting.to(called), *calling(GROUNDS)),
        by=WINDOW,
        source=OF_FRONT_OFFICES,
    )
    call_out_of_turn = step(
        CallOverride,
        when(waiting.to(called), override_reasoned),
        by=HEADS,
        source=OF_FRONT_OFFICES,
    )
    mark_absent = step(MarkAbsent, called.to(no_show), by=WINDOW, source=OF_FRONT_OFFICES)
    recall = step(
        Recall, when(no_show.to(waiting), once(Recall)), by=WINDOW, source=OF_FRONT_OFFICES
    )
    serve = step(Serve, serving.after(called, handed_on), by=WINDOW, source=OF_FRONT_OFFICES)
    serve_next = step(ServeNext, serving.to.itself(), by=WINDOW, source=OF_FRONT_OFFICES)
    help_visitor = step(Help, serving.to.itself(), by=WINDOW, source=PRESS)
    issue_signature = step(IssueSignature, serving.to.itself(), by=WINDOW, source=PRESS)
    hand_on = step(
        HandOn,
        when(handed_on.after(waiting, called, serving, handed_on), sent_with_reason),
        by=WINDOW,
        source=OF_FRONT_OFFICES,
    )
    done_by_visitor = step(DoneAlone, serving.to(done_alone), by=WINDOW, source=PRESS)
    finish = step(Finish, serving.to(finished), by=WINDOW, source=OF_FRONT_OFFICES)
    leave = step(
        Leave,
        when(left.after(waiting, called, no_show, serving, handed_on), the_applicant),
        by=APPLICANT,
        source=OF_FRONT_OFFICES,
    )
    deem_left = step(
        DeemLeft,
        left.after(waiting, called, no_show, handed_on),
        by=LAW,
        source=OF_FRONT_OFFICES,
        tells="visit.notice",
    )

    wait = Clock(
        "visit.waiting",
        starts=TakeTicket,
        principal=True,
        stops=(Call, CallOverride, HandOn, Finish, DoneAlone, Leave, DeemLeft),
    )
    day = Clock(
        "visit.day",
        starts=(TakeTicket, HandOn),
        stops=(Serve, Finish, DoneAlone, Leave, DeemLeft),
        on_lapse=DeemLeft,
    )
    service = Clock(
        "visit.serving",
        starts=(Serve, ServeNext),
        stops=(Finish, DoneAlone, HandOn, Leave),
    )


VISITS = (Visit,)
