"""Consideration of an application, ordinary procedure, under the Code of 2021."""

from __future__ import annotations

from openakimat.case.acts import Receive, Register, Reopen
from openakimat.case.people import APPLICANT, LAW
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import (
    Accept,
    Assign,
    Decide,
    Deliver,
    Extend,
    Hear,
    Notify,
    Object,
    Propose,
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
    DeemRefused,
    Entrust,
    Execute,
    Rate,
    RedirectPart,
    SignProtocol,
)
from openakimat.kz.appeal.grounds import (
    NOT_CORRECTED,
    OUTCOMES,
    REDIRECTION,
    REOPENING,
    TERMINATION,
    UNHEARD,
)
from openakimat.kz.appeal.guards import (
    MAY_EXTEND,
    correction_asked,
    demands_named,
    entrusted,
    executed,
    may_return_uncorrected,
    registered_first,
    something_to_tell,
    time_to_correct,
)
from openakimat.kz.appeal.hearing import heard_first, may_decide, proposed_first, time_to_object
from openakimat.kz.guards import (
    among,
    another,
    delivered,
    may_redirect,
    once,
    policy_of_office,
    the_applicant,
)
from openakimat.kz.roles import CONTROLLER, EXECUTOR, HEADS, REGISTRAR, STAFF
from openakimat.kz.sources import E_OTINISH, OF_OFFICE


class Appeal2021(Procedure):
    """Consideration of an application under the Code of 2021 (to 28.12.2025).

    {statechart:md}
    """

    code = "appeal"
    law = "appc-2021"
    opens = opening(Receive, source="APPC 64(1)")

    received = Stage(initial=True)
    registered = Stage()
    awaiting_correction = Stage()
    considered = Stage()
    proposed = Stage()
    deemed_refused = Stage()
    answered = Stage()
    closed = Stage(final=True)
    redirected = Stage(final=True)
    returned = Stage(final=True)
    terminated = Stage(final=True)
    withdrawn = Stage(final=True)

    # -- intake ---------------------------------------------------------------------------

    # a refusal by silence ends no duty: what was left undone may be done late, and once
    register = step(
        Register,
        received.to(registered),
        when(deemed_refused.to.itself(), once(Register)),
        by=REGISTRAR,
        source="APPC 64(3)",
    )
    accept = step(
        Accept,
        registered.to(considered),
        when(deemed_refused.to.itself(), once(Accept)),
        by=STAFF,
        source="APPC 64(1)",
    )
    ask_to_correct = step(
        AskToCorrect,
        when(registered.to(awaiting_correction), time_to_correct),
        by=STAFF,
        source="APPC 64(6)",
    )
    correct = step(
        Correct,
        when(awaiting_correction.to(considered), the_applicant),
        when(deemed_refused.to.itself(), the_applicant, correction_asked),
        by=(APPLICANT, REGISTRAR),
        source="APPC 64(6)",
    )
    return_ = step(
        Return,
        when(
            returned.after(awaiting_correction, deemed_refused),
            *may_return_uncorrected(NOT_CORRECTED),
        ),
        by=STAFF,
        source="APPC 64(7)(1)",
        tells="appeal.return-notice",
    )
    redirect = step(
        Redirect,
        when(
            redirected.after(received, registered, considered, deemed_refused),
            *may_redirect(REDIRECTION),
        ),
        by=STAFF,
        source="APPC 65(1)",
        tells="appeal.redirection-notice",
    )
    redirect_part = step(
        RedirectPart,
        when(stay(registered, considered), demands_named),
        by=STAFF,
        source="APPC 65(2)",
        tells="appeal.redirection-notice",
    )

    # -- consideration --------------------------------------------------------------------

    assign = step(Assign, stay(considered, proposed), by=HEADS, source=E_OTINISH)
    extend = step(
        Extend,
        when(stay(considered, proposed), *MAY_EXTEND),
        by=HEADS,
        source="APPC 76(3)",
    )
    notify = step(
        Notify,
        when(stay(considered, proposed, deemed_refused), something_to_tell),
        by=STAFF,
        source="APPC 76(3)",
    )
    propose = step(
        Propose,
        when(
            (considered.to(proposed), deemed_refused.to.itself()),
            registered_first,
            once(Propose),
            among("outcome", OUTCOMES, code="outcome.unknown"),
        ),
        by=(EXECUTOR, *HEADS),
        source="APPC 73(1)",
    )
    object_ = step(
        Object,
        when(stay(proposed, deemed_refused), the_applicant, time_to_object),
        by=APPLICANT,
        source="APPC 73(3)",
    )
    hear = step(
        Hear,
        when(stay(proposed, deemed_refused), proposed_first, once(Hear)),
        by=(EXECUTOR, *HEADS),
        source="APPC 74",
    )
    sign_protocol = step(
        SignProtocol,
        when(stay(proposed, deemed_refused), heard_first, once(SignProtocol)),
        by=(EXECUTOR, *HEADS),
        source="APPC 74(4)",
    )

    # -- outcome --------------------------------------------------------------------------

    decide = step(
        Decide,
        when(answered.after(considered, proposed, deemed_refused), *may_decide(UNHEARD)),
        by=HEADS,
        source="APPC 77",
    )
    terminate = step(
        Terminate,
        when(
            terminated.after(registered, considered, proposed, deemed_refused),
            among("ground", TERMINATION, code="termination.no-ground"),
            another(Propose),
        ),
        by=HEADS,
        source="APPC 70(1)",
        tells="appeal.termination-notice",
    )
    withdraw = step(
        Withdraw,
        when(
            withdrawn.after(
                received, registered, awaiting_correction, considered, proposed, deemed_refused
            ),
            the_applicant,
        ),
        by=APPLICANT,
        source="APPC 64(9)",
        tells="appeal.termination-notice",
    )
    correction_lapses = step(
        CorrectionOver,
        stay(awaiting_correction, deemed_refused),
        by=LAW,
        source="APPC 64(7)(1)",
    )
    # a proposal is no answer yet: silence refuses there too
    deem_refused = step(
        DeemRefused,
        deemed_refused.after(received, registered, awaiting_correction, considered, proposed),
        by=LAW,
        source="APPC 91(2)",
    )

    # -- after the outcome ----------------------------------------------------------------

    deliver = step(Deliver, when(answered.to.itself(), once(Deliver)), by=STAFF, source="APPC 83")
    entrust = step(
        Entrust, when(answered.to.itself(), once(Entrust)), by=HEADS, source="APPC 86(3)"
    )
    execute = step(
        Execute,
        when(answered.to.itself(), entrusted, once(Execute)),
        by=(EXECUTOR, *HEADS),
        source="APPC 86(3)",
    )
    rate = step(
        Rate,
        when(answered.to.itself(), the_applicant, once(Rate)),
        by=APPLICANT,
        source=OF_OFFICE,
    )
    reopen = step(
        Reopen,
        when(
            answered.to(considered),
            among("ground", REOPENING, code="reopening.no-ground"),
            policy_of_office,
        ),
        by=HEADS,
        source="APPC 70(5), 100(1)",
    )
    # the office may close it before the applicant's term to complain is over; the law does after
    close = step(
        Close,
        when(answered.to(closed), delivered, executed),
        by=(CONTROLLER, *HEADS),
        source=OF_OFFICE,
    )
    deem_closed = step(DeemClosed, answered.to(closed), by=LAW, source="APPC 92(1)")

    # -- clocks ---------------------------------------------------------------------------

    registration = Clock(
        "appeal.registration", starts=Receive, stops=(Register, Redirect, Withdraw)
    )
    # whatever takes the appeal further shows that the body holds itself competent
    redirection = Clock(
        "appeal.redirection",
        starts=Receive,
        stops=(Redirect, RedirectPart, Accept, AskToCorrect, Return, Terminate, Withdraw),
    )
    correction = Clock(
        "appeal.correction",
        starts=AskToCorrect,
        stops=(Correct, Return, Redirect, Decide, Terminate, Withdraw),
        on_lapse=CorrectionOver,
        window=True,
    )
    return_term = Clock(
        "appeal.return",
        starts=CorrectionOver,
        stops=(Correct, Return, Redirect, Decide, Terminate, Withdraw),
    )
    consideration = Clock(
        "appeal.consideration",
        starts=Receive,
        principal=True,
        stops=(Decide, Terminate, Withdraw, Redirect, Return),
        pauses=AskToCorrect,
        resumes=Correct,
        extends=Extend,
        reopens=Reopen,
        on_lapse=DeemRefused,
    )
    extension_notice = Clock("appeal.extension-notice", starts=Extend, stops=(Notify, Decide))
    objection = Clock(
        "appeal.objection",
        starts=Propose,
        stops=(Object, Decide, Terminate, Withdraw, Redirect),
        window=True,
    )
    protocol = Clock(
        "appeal.hearing-protocol",
        starts=Hear,
        stops=(SignProtocol, Terminate, Withdraw, Redirect),
    )
    execution = Clock("appeal.execution", starts=Entrust, stops=(Execute, Reopen, Close))
    complaint_window = Clock(
        "appeal.complaint-window",
        starts=Deliver,
        stops=(Reopen, Close),
        on_lapse=DeemClosed,
        window=True,
    )
