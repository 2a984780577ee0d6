"""Consideration of an application, ordinary procedure, under the Code of 2021."""

from functools import partial

from openakimat.case import APPLICANT, Receive, Register, Reopen
from openakimat.chart.clock import Clock, Principal, Window
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.kz import by
from openakimat.kz.acts import (
    Accept,
    Annul,
    Assign,
    ConfirmReceipt,
    Decide,
    DecideRemarks,
    Deliver,
    Extend,
    Hear,
    Notify,
    Object,
    Propose,
    Redirect,
    RemarkOnProtocol,
    Return,
    Terminate,
    WaiveHearing,
    Withdraw,
)
from openakimat.kz.appeal import acts, guards
from openakimat.kz.appeal.hearing import heard_first, may_decide, proposed_first
from openakimat.kz.data import values
from openakimat.kz.entitlements import correcting_slips, recusing, seeing_the_file, withdrawing
from openakimat.kz.guards import (
    among,
    another,
    delivered,
    may_redirect,
    once,
    outcome_in,
    policy_of_office,
    receipt_of,
    tells_of,
    terminates_on,
    the_applicant,
    time_to_object,
)
from openakimat.kz.roles import AUTHORISED, CONTROLLER, EXECUTOR, HEADS, REGISTRAR, STAFF
from openakimat.kz.sources import E_OTINISH, OF_OFFICE

DECIDERS = (*HEADS, AUTHORISED)
CONSIDERERS = (EXECUTOR, *HEADS)
by_considerers = partial(step, by=CONSIDERERS)
DECISION_RECEIVED = (the_applicant, delivered, receipt_of("deliver", "APPC 92(1)"))


class Appeal2021(Procedure):
    """Consideration of an application under the Code of 2021 (to 28.12.2025)."""

    code = "appeal"
    law = "appc-2021"
    opens = opening(Receive, source="APPC 64(1)", guards=[guards.no_video])

    received = Stage(initial=True)
    registered = awaiting_correction = considered = proposed = deemed_refused = answered = Stage()
    closed = Stage(final=True)
    # ended, and the participant is still to be told
    redirected = returned = terminated = withdrawn = Stage()

    _in_hearing = stay(proposed, deemed_refused)

    # -- intake ---------------------------------------------------------------------------

    # a refusal by silence ends no duty: what was left undone may be done late, and once
    register = by.registrar(
        Register,
        received.to(registered),
        when(stay(deemed_refused), once(Register, since_reopened=False)),
        source="APPC 64(3)",
    )
    accept = by.staff(
        Accept,
        registered.to(considered),
        when(stay(deemed_refused), once(Accept, since_reopened=False)),
        source="APPC 62(2)",
    )
    ask_to_correct = by.staff(
        acts.AskToCorrect,
        when(registered.to(awaiting_correction), guards.time_to_correct),
        source="APPC 64(6)",
    )
    correct = step(
        acts.Correct,
        when(awaiting_correction.to(considered), the_applicant),
        when(stay(deemed_refused), the_applicant, guards.correction_asked),
        by=(APPLICANT, REGISTRAR),
        source="APPC 64(6)",
    )
    return_ = by.staff(
        Return,
        when(
            returned.after(awaiting_correction, deemed_refused),
            *guards.may_return_uncorrected("appeal.not-corrected-2021"),
        ),
        source="APPC 64(7)",
        tells="return-notice",
    )
    redirect = by.staff(
        Redirect,
        when(
            redirected.after(registered, considered, deemed_refused),
            guards.registered_first,
            *may_redirect("appeal.redirection"),
        ),
        source="APPC 65(1)",
        tells="redirection-notice",
    )
    redirect_part = by.staff(
        acts.RedirectPart,
        when(stay(registered, considered), guards.demands_named),
        source="APPC 65(2)",
        tells="redirection-notice",
    )

    # -- consideration --------------------------------------------------------------------

    assign = by.heads(Assign, stay(considered, proposed), source=E_OTINISH)
    extend = by.heads(
        Extend, when(stay(considered, proposed), *guards.MAY_EXTEND), source="APPC 76(3)"
    )
    notify = by.staff(
        Notify,
        when(
            stay(registered, considered, proposed, deemed_refused, answered),
            guards.extension_or("redirection", "recusal", "slip", "annulment"),
        ),
        when(redirected.to(closed), tells_of("redirection", "APPC 65(1)")),
        when(returned.to(closed), tells_of("return", "APPC 70(3)")),
        when(terminated.to(closed), tells_of("termination", "APPC 70(3)")),
        source="APPC 66",
    )
    propose = by_considerers(
        Propose,
        when(
            (considered.to(proposed), deemed_refused.to.itself()),
            guards.registered_first,
            once(Propose),
            outcome_in("appeal.outcomes"),
        ),
        source="APPC 73(1)",
    )
    object_ = by.applicant(Object, when(_in_hearing, time_to_object), source="APPC 73(3)")
    waive_hearing = by.applicant(
        WaiveHearing, stay(considered, proposed, deemed_refused), source="APPC 73(2)(5)"
    )
    hear = by_considerers(Hear, when(_in_hearing, proposed_first, once(Hear)), source="APPC 74")
    sign_protocol = by_considerers(
        acts.SignProtocol,
        when(_in_hearing, heard_first, once(acts.SignProtocol)),
        source="APPC 74(4)",
    )

    remark = by.applicant(
        RemarkOnProtocol, when(_in_hearing, guards.time_to_remark), source="APPC 74(6)"
    )
    decide_remarks = by_considerers(DecideRemarks, _in_hearing, source="APPC 74(6)")

    # -- outcome --------------------------------------------------------------------------

    decide = step(
        Decide,
        when(
            answered.after(considered, proposed, deemed_refused),
            *may_decide(values("appeal.unheard"), short=3),
        ),
        by=DECIDERS,
        source="APPC 77",
    )
    terminate = step(
        Terminate,
        when(
            terminated.after(registered, considered, proposed, deemed_refused),
            terminates_on("appeal.termination"),
            another(Propose),
        ),
        # its withdrawal is accepted by a decision
        when(withdrawn.to(terminated), terminates_on("appeal.withdrawn")),
        by=DECIDERS,
        source="APPC 70(1)",
        tells="termination-notice",
    )
    withdraw = withdrawing(
        withdrawn.after(
            received, registered, awaiting_correction, considered, proposed, deemed_refused
        ),
        source="APPC 64(9)",
    )
    correction_lapses = by.law(
        acts.CorrectionOver, stay(awaiting_correction, deemed_refused), source="APPC 64(7)"
    )
    # a proposal is no answer yet: silence refuses there too
    deem_refused = by.law(
        acts.DeemRefused,
        deemed_refused.after(received, registered, awaiting_correction, considered, proposed),
        source="APPC 91(2)",
    )

    # -- after the outcome ----------------------------------------------------------------

    deliver = by.staff(Deliver, when(stay(answered), once(Deliver)), source="APPC 83")
    entrust = by.heads(acts.Entrust, when(stay(answered), once(acts.Entrust)), source="APPC 86(3)")
    execute = by_considerers(
        acts.Execute,
        when(stay(answered), guards.to_execute, once(acts.Execute)),
        source="APPC 86(3)",
    )
    rate = by.applicant(acts.Rate, when(stay(answered), once(acts.Rate)), source=OF_OFFICE)
    reopen = by.heads(
        Reopen,
        when(
            answered.to(considered),
            among("ground", "appeal.reopening", code="reopening.no-ground"),
            policy_of_office,
        ),
        source="APPC 70(5), 100(1)",
    )
    annul = by.heads(
        Annul, when(stay(answered), guards.may_annul, once(Annul)), source="APPC 84, 85"
    )
    # the office may close it before the applicant's term to complain is over, or leave it till then
    close = step(
        acts.Close,
        when(answered.to(closed), delivered, guards.executed),
        by=(CONTROLLER, *HEADS),
        source=OF_OFFICE,
    )
    deem_closed = by.law(acts.DeemClosed, answered.to(closed), source=OF_OFFICE)

    # -- in any procedure under the Code --------------------------------------------------

    confirm_receipt = step(
        ConfirmReceipt,
        when(
            _in_hearing,
            the_applicant,
            among("of", "appeal.received-before", code="receipt.unknown"),
        ),
        when(stay(answered), *DECISION_RECEIVED),
        by=(APPLICANT, *STAFF),
        source="APPC 66",
    )
    ask_file, show_file, file_access = seeing_the_file(answered)
    recuse, decide_recusal, recusal = recusing(considered, proposed, deemed_refused)
    report_slip, correct_slip, slip, slip_copy = correcting_slips(answered)

    # -- clocks ---------------------------------------------------------------------------

    registration = Clock(starts=Receive, stops=(Register, Withdraw))
    # nobody who is competent has to redirect anything: its end alone is no breach
    redirection = Window(
        starts=Receive,
        stops=(Redirect, acts.RedirectPart, Accept, acts.AskToCorrect, Return, Terminate, Withdraw),
    )
    # but whoever redirects, having taken it up or not, has done so within the term or late
    late_redirection = Clock(
        starts=(Redirect, acts.RedirectPart), stops=(Redirect, acts.RedirectPart)
    )
    redirection_notice = Clock(starts=(Redirect, acts.RedirectPart), stops="notify=redirection")
    return_notice = Clock(starts=Return, stops="notify=return")
    termination_notice = Clock(starts=Terminate, stops="notify=termination")
    decision_notice = Clock(starts=Decide, stops=(Deliver, Reopen, acts.Close))
    correction = Window(
        starts=acts.AskToCorrect,
        stops=(acts.Correct, Return, Redirect, Decide, Terminate, Withdraw),
        on_lapse=acts.CorrectionOver,
    )
    return_term = Clock(
        "appeal.return",
        starts=acts.CorrectionOver,
        stops=(acts.Correct, Return, Redirect, Decide, Terminate, Withdraw),
    )
    consideration = Principal(
        starts=Receive,
        stops=(Decide, Terminate, Withdraw, Redirect, Return),
        pauses=acts.AskToCorrect,
        resumes=acts.Correct,
        extends=Extend,
        reopens=Reopen,
        on_lapse=acts.DeemRefused,
    )
    extension_notice = Clock(starts=Extend, stops=("notify=extension", Decide))
    objection = Window(
        starts="confirm-receipt=propose", stops=(Decide, Terminate, Withdraw, Redirect)
    )
    protocol_remarks = Window(
        starts="confirm-receipt=sign-protocol", stops=(Decide, Terminate, Withdraw, Redirect)
    )
    hearing_protocol = Clock(starts=Hear, stops=(acts.SignProtocol, Terminate, Withdraw, Redirect))
    # a favourable act is to be executed, another one if somebody is entrusted with that
    execution = Clock(
        starts=Decide,
        becomes={"decide=burdening": "appeal.execution-as-told", acts.Entrust: "appeal.execution"},
        stops=(acts.Execute, Annul, Reopen, acts.Close),
    )
    complaint_window_of_silence = Window(
        starts=acts.DeemRefused, stops=(Decide, Terminate, Withdraw, Redirect, Return)
    )
    complaint_window = Window(
        starts=(Deliver, "confirm-receipt=deliver"),
        stops=(Reopen, acts.Close),
        on_lapse=acts.DeemClosed,
    )
