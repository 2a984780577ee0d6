"""Complaints against an act, an action or silence, in every wording."""

from functools import partial

from openakimat.case import APPLICANT, Register
from openakimat.chart.amendment import as_before, clock_as_before
from openakimat.chart.clock import Clock, Principal, Window
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.kz import by, guards as common
from openakimat.kz.acts import (
    ConfirmReceipt,
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
from openakimat.kz.appeal.acts import AskToCorrect, Close, Correct, CorrectionOver, Execute
from openakimat.kz.appeal.code2021 import Appeal2021
from openakimat.kz.appeal.code2026 import redirected_at_once
from openakimat.kz.appeal.guards import (
    correction_asked,
    may_return,
    may_return_uncorrected,
    registered_first,
)
from openakimat.kz.complaint import acts, guards
from openakimat.kz.data import values
from openakimat.kz.entitlements import withdrawing
from openakimat.kz.roles import CONTROLLER, HEADS, REGISTRAR, STAFF, SUPERIOR
from openakimat.kz.sources import OF_OFFICE


class ComplaintL221(Procedure):
    """A complaint to the superior body under Law 221 (2007 to 30.06.2021): what is known of it."""

    code = "complaint"
    law = "l221"
    opens = opening(acts.FileComplaint, source="Law 221, 12")

    received = Stage(initial=True)
    registered = Stage()
    answered = withdrawn = Stage(final=True)

    register = by.registrar(Register, received.to(registered), source="Law 221, 7")
    decide = by.superior(
        Decide,
        when(registered.to(answered), common.outcome_in("appeal.outcomes-l221")),
        source="Law 221, 12",
    )
    withdraw = withdrawing(withdrawn.after(received, registered), source="Law 221, 11")

    registration = Clock(starts=acts.FileComplaint, stops=(Register, Withdraw))
    consideration = Principal(starts=acts.FileComplaint, stops=(Decide, Withdraw))


DECISIONS = (acts.Satisfy, acts.Dismiss, acts.Remit, acts.LeaveUnconsidered)
EITHER_BODY = (*STAFF, SUPERIOR)
REVIEWER = (REGISTRAR, SUPERIOR)
_on_the_merits = partial(step, by=SUPERIOR, source="APPC 100(1)", tells="delivery")


class Complaint2021(Procedure):
    """A complaint under the Code of 2021 (to 28.12.2025).

    It is filed with the body complained of, which puts it right within 3 working days or
    forwards it with the file; the reviewing body decides.
    """

    code = "complaint"
    law = "appc-2021"
    opens = opening(acts.FileComplaint, source="APPC 91(4)")

    received = Stage(initial=True)
    registered = awaiting_correction = forwarded = considered = proposed = Stage()
    deemed_dismissed = satisfied = self_corrected = in_effect = dismissed = remitted = Stage()
    sent_back = left_unconsidered = returned = redirected = withdrawn = Stage()
    closed = Stage(final=True)
    _reviewed = (considered, proposed, deemed_dismissed)
    _unexecuted = (dismissed, remitted, sent_back)
    _lodged = (received, registered, awaiting_correction, forwarded)

    _as_appeal = partial(
        as_before, of=Appeal2021, stages={Appeal2021.deemed_refused: deemed_dismissed}
    )

    # the body complained of

    register = _as_appeal(source="APPC 94(1), 64(3)", tells="rights-notice")
    redirect = by.staff(
        Redirect,
        when(registered.to(redirected), *common.may_redirect("appeal.redirection")),
        source="APPC 65(1)",
        tells="redirection-notice",
    )
    ask_to_correct = _as_appeal(source="APPC 94(1), 64(6)")
    # back to where it was, unlike an application: it is still to be put right or forwarded
    correct = step(
        Correct,
        when(awaiting_correction.to(registered), common.the_applicant),
        when(stay(deemed_dismissed), common.the_applicant, correction_asked),
        by=(APPLICANT, REGISTRAR),
        source="APPC 94(1), 64(6)",
    )
    correction_lapses = _as_appeal(source="APPC 94(1), 64(7)")
    return_ = _as_appeal(
        guards=may_return_uncorrected("complaint.not-corrected"), source="APPC 94(1), 64(7)"
    )
    forward = by.staff(
        acts.Forward,
        when(registered.to(forwarded), guards.in_writing),
        when(
            stay(deemed_dismissed), registered_first, guards.in_writing, common.once(acts.Forward)
        ),
        source="APPC 91(4)",
    )
    self_correct = by.heads(
        acts.SelfCorrect,
        when(registered.to(self_corrected), guards.in_full, guards.in_time_to_forward),
        source="APPC 91(4)",
        tells="delivery",
    )

    # the reviewing body

    register_for_review = by.registrar(
        acts.RegisterForReview,
        forwarded.to(considered),
        when(stay(deemed_dismissed), guards.forwarded_first, common.once(acts.RegisterForReview)),
        source="APPC 94(1), 64(3)",
    )
    propose = by.superior(
        Propose,
        when(considered.to(proposed), guards.not_complained_of),
        when(stay(deemed_dismissed), guards.with_reviewer, guards.not_complained_of),
        source="APPC 98(3), 73(1)",
    )
    object_ = step(
        Object,
        when(stay(proposed), common.the_applicant, guards.a_party),
        when(stay(deemed_dismissed), common.the_applicant, guards.a_party, guards.proposal_made),
        by=(APPLICANT, *STAFF),
        source="APPC 98(3), 73(3)",
    )
    hear = by.superior(
        Hear,
        when(stay(proposed), guards.not_complained_of),
        when(stay(deemed_dismissed), guards.not_complained_of, guards.proposal_made),
        source="APPC 98(3), 74",
    )
    restore_term = by.superior(
        acts.RestoreTerm, when(stay(*_reviewed), *guards.MAY_RESTORE), source="APPC 92(2)"
    )
    keep_in_force = step(
        acts.KeepInForce,
        when(stay(registered, forwarded, considered, proposed), guards.exceptional_2021),
        by=(*HEADS, SUPERIOR),
        source="APPC 96",
    )
    satisfy = _on_the_merits(acts.Satisfy, when(satisfied.after(*_reviewed), *guards.MAY_SATISFY))
    dismiss = _on_the_merits(acts.Dismiss, when(dismissed.after(*_reviewed), *guards.MAY_DISMISS))
    remit = _on_the_merits(acts.Remit, when(remitted.after(*_reviewed), *guards.MAY_REMIT))
    send_back = step(acts.SendBack, remitted.to(sent_back), by=REVIEWER, source="APPC 100(2)")
    leave_unconsidered = by.superior(
        acts.LeaveUnconsidered,
        when(left_unconsidered.after(*_reviewed), *guards.may_leave("complaint.unconsidered-2021")),
        source="APPC 95(1)",
        tells="unconsidered-notice",
    )
    withdraw = withdrawing(
        withdrawn.after(*_lodged, *_reviewed), source="APPC 94(1), 64(9)", tells="withdrawal-notice"
    )
    # a withdrawal is accepted by a decision, and the complaint left without consideration by it
    terminate = step(
        Terminate,
        when(withdrawn.to(left_unconsidered), common.terminates_on("complaint.withdrawn")),
        by=(*HEADS, SUPERIOR),
        source="APPC 95(1)",
        tells="unconsidered-notice",
    )
    deem_dismissed = by.law(
        acts.DeemDismissed,
        deemed_dismissed.after(*_lodged, considered, proposed),
        source="APPC 100(5)",
    )

    # after the decision

    # every decision is told, also one that gives nothing; what is won takes effect by it
    deliver = step(
        Deliver,
        in_effect.after(satisfied, self_corrected),
        when(stay(*_unexecuted), common.once(Deliver)),
        by=EITHER_BODY,
        source="APPC 100(4), 83",
    )
    copy_decision = step(
        acts.CopyDecision,
        when(
            stay(satisfied, in_effect, *_unexecuted),
            guards.with_reviewer,
            common.once(acts.CopyDecision),
        ),
        by=REVIEWER,
        source="APPC 100(4)",
    )
    execute = by.staff(Execute, in_effect.to(closed), source="APPC 86(3)")
    notify = step(
        Notify,
        when(stay(left_unconsidered), common.tells_of("unconsidered", "APPC 95(2)")),
        when(stay(returned), common.tells_of("return", "APPC 95(2)")),
        when(stay(redirected), common.tells_of("redirection", "APPC 65(1)")),
        by=EITHER_BODY,
        source="APPC 95(2), 65(1)",
    )
    close = step(
        Close,
        when(closed.after(dismissed, sent_back), common.delivered, guards.copied),
        when(closed.after(left_unconsidered, returned, redirected), guards.told_of_it),
        by=(CONTROLLER, *HEADS, SUPERIOR),
        source=OF_OFFICE,
    )

    confirm_receipt = step(
        ConfirmReceipt,
        when(stay(proposed, deemed_dismissed), *guards.PROPOSAL_RECEIVED),
        when(stay(in_effect, *_unexecuted), *guards.DECISION_RECEIVED),
        by=(APPLICANT, *STAFF, SUPERIOR),
        source="APPC 66",
    )

    registration = Clock(starts=acts.FileComplaint, stops=(Register, Withdraw))
    correction = Window(
        starts=AskToCorrect,
        stops=(Correct, Return, Redirect, *DECISIONS, Withdraw),
        on_lapse=CorrectionOver,
    )
    forwarding = Clock(
        starts=acts.FileComplaint,
        stops=(acts.Forward, acts.SelfCorrect, Return, Redirect, Withdraw),
        pauses=AskToCorrect,
        resumes=Correct,
    )
    review_registration = Clock(starts=acts.Forward, stops=(acts.RegisterForReview, Withdraw))
    consideration = Principal(
        starts=acts.FileComplaint,
        stops=(acts.SelfCorrect, Return, Redirect, *DECISIONS, Withdraw),
        pauses=AskToCorrect,
        resumes=Correct,
        on_lapse=acts.DeemDismissed,
    )
    objection = Window(starts="confirm-receipt=propose", stops=(*DECISIONS, Withdraw))
    remittal = Clock(starts=acts.Remit, stops=acts.SendBack)
    unconsidered_notice = Clock(
        starts=(acts.LeaveUnconsidered, Terminate), stops="notify=unconsidered"
    )
    return_notice = Clock(starts=Return, stops="notify=return")
    withdrawal_notice = Clock(starts=Withdraw, stops="notify=unconsidered")
    redirection_notice = Clock(starts=Redirect, stops="notify=redirection")
    execution = Clock(starts=(acts.Satisfy, acts.SelfCorrect), stops=Execute)
    # to court or another body: from the decision told, or from the end of the term kept in silence
    next_step = Window(starts=(Deliver, "confirm-receipt=deliver"), stops=Close)
    next_step_after_silence = Window(
        starts=acts.DeemDismissed, stops=(*DECISIONS, Return, Withdraw)
    )


class Complaint2026(Complaint2021):
    """A complaint under the Code as amended by Law 241-VIII.

    The 20 working days may not be extended. They run from its registration (99); whether from
    the first, which the Code asks of the body complained of, or from that of the reviewing
    body, is the reading ``complaint-registration``. While a complaint is not forwarded they
    run from the first in any case: whoever sits on it does not put off the refusal by silence.
    One that nobody registers has no term to consider: that it should be is told as missed.
    """

    law = "appc-2026"
    forbids = ((Extend, "APPC 99"),)
    _of = Complaint2021

    # the term runs from registration: what is deemed dismissed is registered already
    register = as_before(stages={_of.deemed_dismissed: None})
    redirect = redirected_at_once(
        _of.redirected.after(_of.awaiting_correction), values("complaint.at-once")
    )
    return_ = as_before(when(_of.registered.to(_of.returned), *may_return("complaint.return")))
    correction_lapses = as_before(source="APPC 94(1), 64(7)(1)")
    keep_in_force = as_before(
        guards=[guards.exceptional, guards.stated_in_act], source="APPC 96(1)"
    )
    leave_unconsidered = as_before(guards=guards.may_leave("complaint.unconsidered"))
    deem_dismissed = as_before(stages={_of.received: None})
    consideration = clock_as_before(
        starts=Register, becomes={acts.RegisterForReview: "complaint.consideration-by-reviewer"}
    )
    return_on_ground = Window(
        starts=Register,
        stops=(AskToCorrect, acts.Forward, acts.SelfCorrect, Return, Redirect, Withdraw),
    )
    return_term = Clock(
        "complaint.return",
        starts=CorrectionOver,
        stops=(Correct, Return, Redirect, *DECISIONS, Withdraw),
    )
