"""A visitor with a ticket, from the queue to the window."""

from __future__ import annotations

from openakimat.case.people import APPLICANT, LAW
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.chart.table import Clock
from openakimat.kz.guards import once, the_applicant
from openakimat.kz.roles import HEADS, OPERATOR, SPECIALIST
from openakimat.kz.sources import OF_FRONT_OFFICES
from openakimat.kz.visit.acts import (
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
from openakimat.kz.visit.guards import calling, override_reasoned, sent_with_reason

WINDOW = (OPERATOR, SPECIALIST)
"""Who works at a window."""


class Visit(Procedure):
    """A visit to a front office by ticket."""

    code = "visit"
    law = "practice"
    source = OF_FRONT_OFFICES
    opens = opening(TakeTicket)

    waiting = Stage(initial=True)
    called = Stage()
    no_show = Stage()
    serving = Stage()
    handed_on = Stage()
    finished = Stage(final=True)
    done_alone = Stage(final=True)
    left = Stage(final=True)

    call = step(Call, when(waiting.to(called), *calling(GROUNDS)), by=WINDOW)
    call_out_of_turn = step(CallOverride, when(waiting.to(called), override_reasoned), by=HEADS)
    mark_absent = step(MarkAbsent, called.to(no_show), by=WINDOW)
    recall = step(Recall, when(no_show.to(waiting), once(Recall)), by=WINDOW)
    serve = step(Serve, serving.after(called, handed_on), by=WINDOW)
    serve_next = step(ServeNext, serving.to.itself(), by=WINDOW)
    help_visitor = step(Help, serving.to.itself(), by=WINDOW, source=PRESS)
    issue_signature = step(IssueSignature, serving.to.itself(), by=WINDOW, source=PRESS)
    hand_on = step(
        HandOn,
        when(handed_on.after(waiting, called, serving, handed_on), sent_with_reason),
        by=WINDOW,
    )
    done_by_visitor = step(DoneAlone, serving.to(done_alone), by=WINDOW, source=PRESS)
    finish = step(Finish, serving.to(finished), by=WINDOW)
    leave = step(
        Leave,
        when(left.after(waiting, called, no_show, serving, handed_on), the_applicant),
        by=APPLICANT,
    )
    deem_left = step(
        DeemLeft, left.after(waiting, called, no_show, handed_on), by=LAW, tells="notice"
    )

    wait = Clock(
        "visit.waiting",
        starts=TakeTicket,
        principal=True,
        stops=(Call, CallOverride, HandOn, Finish, DoneAlone, Leave, DeemLeft),
    )
    day = Clock(
        starts=(TakeTicket, HandOn),
        stops=(Serve, Finish, DoneAlone, Leave, DeemLeft),
        on_lapse=DeemLeft,
    )
    service = Clock(
        "visit.serving", starts=(Serve, ServeNext), stops=(Finish, DoneAlone, HandOn, Leave)
    )
