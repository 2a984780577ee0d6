"""A visitor with a ticket, from the queue to the window."""

from functools import partial

from openakimat.chart.clock import Clock, Principal
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.kz import by
from openakimat.kz.guards import once
from openakimat.kz.roles import OPERATOR, SPECIALIST
from openakimat.kz.sources import OF_FRONT_OFFICES
from openakimat.kz.visit import acts
from openakimat.kz.visit.guards import calling, override_reasoned, sent_with_reason

WINDOW = (OPERATOR, SPECIALIST)
"""Who works at a window."""

by_window = partial(step, by=WINDOW)

ENDS = (acts.Finish, acts.DoneAlone, acts.Leave, acts.DeemLeft)


class Visit(Procedure):
    """A visit to a front office by ticket."""

    code = "visit"
    law = "practice"
    source = OF_FRONT_OFFICES
    opens = opening(acts.TakeTicket)

    waiting = Stage(initial=True)
    called = no_show = serving = handed_on = Stage()
    finished = done_alone = left = Stage(final=True)

    call = by_window(acts.Call, when(waiting.to(called), *calling(acts.GROUNDS)))
    call_out_of_turn = by.heads(acts.CallOverride, when(waiting.to(called), override_reasoned))
    mark_absent = by_window(acts.MarkAbsent, called.to(no_show))
    recall = by_window(acts.Recall, when(no_show.to(waiting), once(acts.Recall)))
    serve = by_window(acts.Serve, serving.after(called, handed_on))
    serve_next = by_window(acts.ServeNext, stay(serving))
    help_visitor = by_window(acts.Help, stay(serving), source=acts.PRESS)
    issue_signature = by_window(acts.IssueSignature, stay(serving), source=acts.PRESS)
    hand_on = by_window(
        acts.HandOn, when(handed_on.after(waiting, called, serving, handed_on), sent_with_reason)
    )
    done_by_visitor = by_window(acts.DoneAlone, serving.to(done_alone), source=acts.PRESS)
    finish = by_window(acts.Finish, serving.to(finished))
    leave = by.applicant(acts.Leave, left.after(waiting, called, no_show, serving, handed_on))
    deem_left = by.law(
        acts.DeemLeft, left.after(waiting, called, no_show, handed_on), tells="notice"
    )

    wait = Principal(
        "visit.waiting",
        starts=acts.TakeTicket,
        stops=(acts.Call, acts.CallOverride, acts.HandOn, *ENDS),
    )
    day = Clock(
        starts=(acts.TakeTicket, acts.HandOn), stops=(acts.Serve, *ENDS), on_lapse=acts.DeemLeft
    )
    service = Clock(
        "visit.serving",
        starts=(acts.Serve, acts.ServeNext),
        stops=(acts.Finish, acts.DoneAlone, acts.HandOn, acts.Leave),
    )
