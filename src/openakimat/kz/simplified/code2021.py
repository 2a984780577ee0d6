"""Notifications, proposals, responses and inquiries under the Code of 2021."""

from __future__ import annotations

from openakimat.case.acts import Receive, Register, Reopen
from openakimat.case.people import APPLICANT, LAW
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import (
    Accept,
    Assign,
    Deliver,
    Extend,
    Notify,
    Redirect,
    Return,
    Terminate,
    Withdraw,
)
from openakimat.kz.appeal.acts import (
    AskToCorrect,
    Close,
    Correct,
    CorrectionOver,
    DeemClosed,
    Rate,
    RedirectPart,
)
from openakimat.kz.appeal.code2021 import NOT_CORRECTED, REOPENING
from openakimat.kz.appeal.guards import (
    MAY_EXTEND,
    demands_named,
    may_return_uncorrected,
    something_to_tell,
    time_to_correct,
)
from openakimat.kz.guards import (
    among,
    delivered,
    may_redirect,
    once,
    policy_of_office,
    the_applicant,
)
from openakimat.kz.roles import CONTROLLER, HEADS, REGISTRAR, STAFF
from openakimat.kz.simplified.acts import Note, Reply
from openakimat.kz.sources import E_OTINISH, OF_OFFICE

OUTCOMES: dict[str, str] = dict.fromkeys(("explained", "satisfied", "refused"), E_OTINISH)

REDIRECTION = {
    "not-competent": "APPC 65(1)",
    "crime": "APPC 88(1)(2)",
    "security": "APPC 88(1)(2)",
}

TERMINATION = {
    "repeat": "APPC 88(1)(1)",
    "anonymous": "APPC 88(1)(2)",
    "no-essence": "APPC 88(1)(3)",
}


class Simplified2021(Procedure):
    """A notification, proposal, response or inquiry under the Code of 2021.

    {statechart:md}
    """

    code = "simplified"
    law = "appc-2021"

    received = Stage(initial=True)
    registered = Stage()
    awaiting_correction = Stage()
    considered = Stage()
    replied = Stage()
    noted = Stage(final=True)
    closed = Stage(final=True)
    redirected = Stage(final=True)
    returned = Stage(final=True)
    terminated = Stage(final=True)
    withdrawn = Stage(final=True)

    # -- intake ---------------------------------------------------------------------------

    register = step(Register, received.to(registered), by=REGISTRAR, source="APPC 64(3)")
    accept = step(Accept, registered.to(considered), by=STAFF, source="APPC 64(1)")
    ask_to_correct = step(
        AskToCorrect,
        when(registered.to(awaiting_correction), time_to_correct),
        by=STAFF,
        source="APPC 87(2), 64(6)",
    )
    correct = step(
        Correct,
        when(awaiting_correction.to(considered), the_applicant),
        by=(APPLICANT, REGISTRAR),
        source="APPC 87(2), 64(6)",
    )
    return_ = step(
        Return,
        when(awaiting_correction.to(returned), *may_return_uncorrected(NOT_CORRECTED)),
        by=STAFF,
        source="APPC 87(2), 64(7)",
        tells="simplified.return-notice",
    )
    redirect = step(
        Redirect,
        when(redirected.after(received, registered, considered), *may_redirect(REDIRECTION)),
        by=STAFF,
        source="APPC 65(1), 88(1)(2)",
        tells="simplified.redirection-notice",
    )
    redirect_part = step(
        RedirectPart,
        when((registered.to.itself(), considered.to.itself()), demands_named),
        by=STAFF,
        source="APPC 65(2)",
        tells="simplified.redirection-notice",
    )

    # -- consideration --------------------------------------------------------------------

    assign = step(Assign, considered.to.itself(), by=HEADS, source=E_OTINISH)
    extend = step(
        Extend,
        when(considered.to.itself(), *MAY_EXTEND),
        by=HEADS,
        source="APPC 87(2), 76(3)",
    )
    notify = step(
        Notify,
        when(considered.to.itself(), something_to_tell),
        by=STAFF,
        source="APPC 87(2), 76(3)",
    )
    reply = step(
        Reply,
        when(considered.to(replied), among("outcome", OUTCOMES, code="outcome.unknown")),
        by=HEADS,
        source="APPC 89(1)(1)",
    )
    note = step(
        Note,
        considered.to(noted),
        by=HEADS,
        source="APPC 89(1)(2)",
        tells="simplified.result-notice",
    )
    terminate = step(
        Terminate,
        when(
            terminated.after(registered, considered),
            among("ground", TERMINATION, code="termination.no-ground"),
        ),
        by=HEADS,
        source="APPC 88(1)",
        tells="simplified.termination-notice",
    )
    withdraw = step(
        Withdraw,
        when(withdrawn.after(received, registered, awaiting_correction, considered), the_applicant),
        by=APPLICANT,
        source="APPC 87(2), 64(9)",
        tells="simplified.termination-notice",
    )
    correction_lapses = step(
        CorrectionOver, awaiting_correction.to.itself(), by=LAW, source="APPC 87(2), 64(7)"
    )

    # -- after the outcome ----------------------------------------------------------------

    deliver = step(Deliver, when(replied.to.itself(), once(Deliver)), by=STAFF, source="APPC 89(3)")
    rate = step(
        Rate,
        when(replied.to.itself(), the_applicant, once(Rate)),
        by=APPLICANT,
        source=OF_OFFICE,
    )
    reopen = step(
        Reopen,
        when(
            replied.to(considered),
            among("ground", REOPENING, code="reopening.no-ground"),
            policy_of_office,
        ),
        by=HEADS,
        source="APPC 70(5), 100(1)",
    )
    close = step(
        Close,
        when(replied.to(closed), delivered),
        by=(CONTROLLER, *HEADS),
        source=OF_OFFICE,
    )
    deem_closed = step(DeemClosed, replied.to(closed), by=LAW, source="APPC 92(1)")

    # -- clocks ---------------------------------------------------------------------------

    registration = Clock(
        "simplified.registration", starts=Receive, stops=(Register, Redirect, Withdraw)
    )
    redirection = Clock(
        "simplified.redirection",
        starts=Receive,
        stops=(Redirect, RedirectPart, Accept, AskToCorrect, Terminate, Withdraw),
    )
    correction = Clock(
        "simplified.correction",
        starts=AskToCorrect,
        stops=(Correct, Return, Withdraw),
        on_lapse=CorrectionOver,
        window=True,
    )
    return_term = Clock(
        "simplified.return", starts=CorrectionOver, stops=(Correct, Return, Withdraw)
    )
    consideration = Clock(
        "simplified.consideration",
        starts=Receive,
        principal=True,
        stops=(Reply, Note, Terminate, Withdraw, Redirect, Return),
        pauses=AskToCorrect,
        resumes=Correct,
        extends=Extend,
        reopens=Reopen,
    )
    extension_notice = Clock("simplified.extension-notice", starts=Extend, stops=(Notify, Reply))
    complaint_window = Clock(
        "simplified.complaint-window",
        starts=Deliver,
        stops=(Reopen, Close),
        on_lapse=DeemClosed,
        window=True,
    )
