"""A visitor with a ticket, from the queue to the window."""

from openakimat.case.people import APPLICANT, LAW
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.chart.table import Clock
from openakimat.kz.guards import once, the_applicant
from openakimat.kz.roles import HEADS, OPERATOR, SPECIALIST
from openakimat.kz.sources import OF_FRONT_OFFICES
from openakimat.kz.visit import acts
from openakimat.kz.visit.guards import calling, override_reasoned, sent_with_reason

WINDOW = (OPERATOR, SPECIALIST)
"""Who works at a window."""

ENDS = (acts.Finish, acts.DoneAlone, acts.Leave, acts.DeemLeft)


class Visit(Procedure):
    """A visit to a front office by ticket."""

    code = "visit"
    law = "practice"
    source = OF_FRONT_OFFICES
    opens = opening(acts.TakeTicket)

    waiting = Stage(initial=True)
    called = Stage()
    no_show = Stage()
    serving = Stage()
    handed_on = Stage()
    finished = Stage(final=True)
    done_alone = Stage(final=True)
    left = Stage(final=True)

    call = step(acts.Call, when(waiting.to(called), *calling(acts.GROUNDS)), by=WINDOW)
    call_out_of_turn = step(
        acts.CallOverride, when(waiting.to(called), override_reasoned), by=HEADS
    )
    mark_absent = step(acts.MarkAbsent, called.to(no_show), by=WINDOW)
    recall = step(acts.Recall, when(no_show.to(waiting), once(acts.Recall)), by=WINDOW)
    serve = step(acts.Serve, serving.after(called, handed_on), by=WINDOW)
    serve_next = step(acts.ServeNext, stay(serving), by=WINDOW)
    help_visitor = step(acts.Help, stay(serving), by=WINDOW, source=acts.PRESS)
    issue_signature = step(acts.IssueSignature, stay(serving), by=WINDOW, source=acts.PRESS)
    hand_on = step(
        acts.HandOn,
        when(handed_on.after(waiting, called, serving, handed_on), sent_with_reason),
        by=WINDOW,
    )
    done_by_visitor = step(acts.DoneAlone, serving.to(done_alone), by=WINDOW, source=acts.PRESS)
    finish = step(acts.Finish, serving.to(finished), by=WINDOW)
    leave = step(
        acts.Leave,
        when(left.after(waiting, called, no_show, serving, handed_on), the_applicant),
        by=APPLICANT,
    )
    deem_left = step(
        acts.DeemLeft, left.after(waiting, called, no_show, handed_on), by=LAW, tells="notice"
    )

    wait = Clock(
        "visit.waiting",
        starts=acts.TakeTicket,
        principal=True,
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
