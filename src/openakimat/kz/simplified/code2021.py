"""Notifications, proposals, responses and inquiries under the Code of 2021."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from openakimat.case.acts import Receive, Register, Reopen
from openakimat.case.people import APPLICANT
from openakimat.chart.amendment import amended
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import (
    Accept,
    ConfirmReceipt,
    Deliver,
    Extend,
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
    RedirectPart,
)
from openakimat.kz.appeal.code2021 import DECISION_RECEIVED, Appeal2021
from openakimat.kz.appeal.grounds import WITHDRAWN
from openakimat.kz.appeal.guards import no_video, registered_first
from openakimat.kz.entitlements import correcting_slips, recusing, seeing_the_file
from openakimat.kz.guards import delivered, may_redirect, outcome_in, tells_of, terminates_on
from openakimat.kz.roles import CONTROLLER, HEADS, STAFF
from openakimat.kz.simplified.acts import Note, Reply
from openakimat.kz.sources import E_OTINISH, OF_OFFICE

OUTCOMES: dict[str, str] = dict.fromkeys(("explained", "satisfied", "refused"), E_OTINISH)

REDIRECTION = {"not-competent": "APPC 65(1)", "crime": "APPC 88(1)(2)", "security": "APPC 88(1)(2)"}

TERMINATION = {
    "repeat": "APPC 88(1)(1)",
    "anonymous": "APPC 88(1)(2)",
    "no-essence": "APPC 88(1)(3)",
}


class Simplified2021(Procedure):
    """A notification, proposal, response or inquiry under the Code of 2021.

    It goes as an application goes where chapter 12 has nothing of its own (87(2)): nobody is
    heard, silence refuses nothing, and it ends in a reply or a note. It is no subclass, so that
    a step which the law adds to applications does not come here unseen.
    """

    code = "simplified"
    law = "appc-2021"
    opens = opening(Receive, source="APPC 64(1)", guards=[no_video])

    received = Stage(initial=True)
    registered = Stage()
    awaiting_correction = Stage()
    considered = Stage()
    replied = Stage()
    closed = Stage(final=True)
    # ended, and the participant is still to be told
    noted = Stage()
    redirected = Stage()
    returned = Stage()
    terminated = Stage()
    withdrawn = Stage()

    _ordinary = Appeal2021
    _here: ClassVar[Mapping[Stage, Stage | None]] = {
        _ordinary.answered: replied,
        _ordinary.proposed: None,
        _ordinary.deemed_refused: None,
    }

    # -- intake ---------------------------------------------------------------------------

    register = amended(_ordinary, "register", stages=_here)
    accept = amended(_ordinary, "accept", stages=_here)
    ask_to_correct = amended(_ordinary, "ask_to_correct", source="APPC 87(2), 64(6)")
    correct = amended(_ordinary, "correct", source="APPC 87(2), 64(6)", stages=_here)
    return_ = amended(
        _ordinary,
        "return_",
        source="APPC 87(2), 64(7)",
        tells="simplified.return-notice",
        stages=_here,
    )
    redirect = amended(
        _ordinary,
        "redirect",
        guards=(registered_first, *may_redirect(REDIRECTION)),
        source="APPC 65(1), 88(1)(2)",
        tells="simplified.redirection-notice",
        stages=_here,
    )
    redirect_part = amended(_ordinary, "redirect_part", tells="simplified.redirection-notice")

    # -- consideration --------------------------------------------------------------------

    assign = amended(_ordinary, "assign", stages=_here)
    extend = amended(_ordinary, "extend", source="APPC 87(2), 76(3)", stages=_here)
    notify = amended(
        _ordinary, "notify", when(noted.to(closed), tells_of("result", "APPC 89(3)")), stages=_here
    )
    reply = step(
        Reply, when(considered.to(replied), outcome_in(OUTCOMES)), by=HEADS, source="APPC 89(1)(1)"
    )
    note = step(
        Note,
        considered.to(noted),
        by=HEADS,
        source="APPC 89(1)(2)",
        tells="simplified.result-notice",
    )
    # whoever proposed an outcome may not terminate an application; here nobody proposes one
    terminate = step(
        Terminate,
        when(terminated.after(registered, considered), terminates_on(TERMINATION)),
        when(withdrawn.to(terminated), terminates_on(WITHDRAWN)),
        by=HEADS,
        source="APPC 88(1), 70(1)",
        tells="simplified.termination-notice",
    )
    withdraw = amended(_ordinary, "withdraw", source="APPC 87(2), 64(9)", stages=_here)
    correction_lapses = amended(
        _ordinary, "correction_lapses", source="APPC 87(2), 64(7)", stages=_here
    )

    # -- after the outcome ----------------------------------------------------------------

    deliver = amended(_ordinary, "deliver", source="APPC 89(3)", stages=_here)
    rate = amended(_ordinary, "rate", stages=_here)
    reopen = amended(_ordinary, "reopen", stages=_here)
    confirm_receipt = step(
        ConfirmReceipt,
        when(replied.to.itself(), *DECISION_RECEIVED),
        by=(APPLICANT, *STAFF),
        source="APPC 66",
    )
    ask_file, show_file, file_access = seeing_the_file(replied)
    recuse, decide_recusal, recusal = recusing(considered)
    report_slip, correct_slip, slip, slip_copy = correcting_slips(replied)
    # a reply entrusts nobody with anything, so that nothing is asked to have been executed
    close = step(
        Close, when(replied.to(closed), delivered), by=(CONTROLLER, *HEADS), source=OF_OFFICE
    )
    deem_closed = amended(_ordinary, "deem_closed", stages=_here)

    # -- clocks ---------------------------------------------------------------------------

    registration = Clock(starts=Receive, stops=(Register, Withdraw))
    redirection = Clock(
        starts=Receive,
        stops=(Redirect, RedirectPart, Accept, AskToCorrect, Terminate, Withdraw),
        window=True,
    )
    late_redirection = Clock(starts=(Redirect, RedirectPart), stops=(Redirect, RedirectPart))
    redirection_notice = Clock(starts=(Redirect, RedirectPart), stops="notify=redirection")
    return_notice = Clock(starts=Return, stops="notify=return")
    termination_notice = Clock(starts=Terminate, stops="notify=termination")
    result_notice = Clock(starts=(Reply, Note), stops=("notify=result", Deliver, Close))
    correction = Clock(
        starts=AskToCorrect, stops=(Correct, Return, Withdraw), on_lapse=CorrectionOver, window=True
    )
    return_term = Clock(
        "simplified.return", starts=CorrectionOver, stops=(Correct, Return, Withdraw)
    )
    consideration = Clock(
        starts=Receive,
        principal=True,
        stops=(Reply, Note, Terminate, Withdraw, Redirect, Return),
        pauses=AskToCorrect,
        resumes=Correct,
        extends=Extend,
        reopens=Reopen,
    )
    extension_notice = Clock(starts=Extend, stops=("notify=extension", Reply))
    complaint_window = Clock(
        starts=(Deliver, "confirm-receipt=deliver"),
        stops=(Reopen, Close),
        on_lapse=DeemClosed,
        window=True,
    )
