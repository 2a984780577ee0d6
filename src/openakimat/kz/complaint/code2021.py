"""The complaint against an act, an action or silence, under the Code of 2021."""

from functools import partial

from openakimat.case.act import Act
from openakimat.case.acts import Register
from openakimat.case.people import APPLICANT, LAW
from openakimat.chart.amendment import amended
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Path, Stage, Step, opening, stay, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import (
    ConfirmReceipt,
    Deliver,
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
from openakimat.kz.appeal.guards import correction_asked, may_return_uncorrected, registered_first
from openakimat.kz.complaint import acts, guards
from openakimat.kz.entitlements import withdrawing
from openakimat.kz.guards import (
    delivered,
    may_redirect,
    once,
    tells_of,
    terminates_on,
    the_applicant,
)
from openakimat.kz.roles import CONTROLLER, HEADS, REGISTRAR, STAFF, SUPERIOR
from openakimat.kz.sources import OF_OFFICE

DECISIONS = (acts.Satisfy, acts.Dismiss, acts.Remit, acts.LeaveUnconsidered)


def _decided(act: type[Act], ways: tuple[Path, ...]) -> Step:
    """The step of a decision on the merits."""
    return step(act, ways, by=SUPERIOR, source="APPC 100(1)", tells="delivery")


class Complaint2021(Procedure):
    """A complaint under the Code of 2021 (to 28.12.2025).

    It is filed with the body complained of, which puts it right within 3 working days or
    forwards it with the file; the reviewing body decides.
    """

    code = "complaint"
    law = "appc-2021"
    opens = opening(acts.FileComplaint, source="APPC 91(4)")

    received = Stage(initial=True)
    registered = Stage()
    awaiting_correction = Stage()
    forwarded = Stage()
    considered = Stage()
    proposed = Stage()
    deemed_dismissed = Stage()
    satisfied = Stage()
    self_corrected = Stage()
    in_effect = Stage()
    dismissed = Stage()
    remitted = Stage()
    sent_back = Stage()
    left_unconsidered = Stage()
    returned = Stage()
    redirected = Stage()
    withdrawn = Stage()
    closed = Stage(final=True)
    _reviewed = (considered, proposed, deemed_dismissed)
    _unexecuted = (dismissed, remitted, sent_back)
    _lodged = (received, registered, awaiting_correction, forwarded)

    _as_appeal = partial(amended, Appeal2021, stages={Appeal2021.deemed_refused: deemed_dismissed})

    # the body complained of

    register = _as_appeal("register", source="APPC 94(1), 64(3)", tells="rights-notice")
    redirect = step(
        Redirect,
        when(registered.to(redirected), *may_redirect("appeal.redirection")),
        by=STAFF,
        source="APPC 65(1)",
        tells="redirection-notice",
    )
    ask_to_correct = _as_appeal("ask_to_correct", source="APPC 94(1), 64(6)")
    # back to where it was, unlike an application: it is still to be put right or forwarded
    correct = step(
        Correct,
        when(awaiting_correction.to(registered), the_applicant),
        when(deemed_dismissed.to.itself(), the_applicant, correction_asked),
        by=(APPLICANT, REGISTRAR),
        source="APPC 94(1), 64(6)",
    )
    correction_lapses = _as_appeal("correction_lapses", source="APPC 94(1), 64(7)")
    return_ = _as_appeal(
        "return_",
        guards=may_return_uncorrected("complaint.not-corrected"),
        source="APPC 94(1), 64(7)",
    )
    forward = step(
        acts.Forward,
        when(registered.to(forwarded), guards.in_writing),
        when(deemed_dismissed.to.itself(), registered_first, guards.in_writing, once(acts.Forward)),
        by=STAFF,
        source="APPC 91(4)",
    )
    self_correct = step(
        acts.SelfCorrect,
        when(registered.to(self_corrected), guards.in_full, guards.in_time_to_forward),
        by=HEADS,
        source="APPC 91(4)",
        tells="delivery",
    )

    # the reviewing body

    register_for_review = step(
        acts.RegisterForReview,
        forwarded.to(considered),
        when(deemed_dismissed.to.itself(), guards.forwarded_first, once(acts.RegisterForReview)),
        by=REGISTRAR,
        source="APPC 94(1), 64(3)",
    )
    propose = step(
        Propose,
        when(considered.to(proposed), guards.not_complained_of),
        when(deemed_dismissed.to.itself(), guards.with_reviewer, guards.not_complained_of),
        by=SUPERIOR,
        source="APPC 98(3), 73(1)",
    )
    object_ = step(
        Object,
        when(proposed.to.itself(), the_applicant, guards.a_party),
        when(deemed_dismissed.to.itself(), the_applicant, guards.a_party, guards.proposal_made),
        by=(APPLICANT, *STAFF),
        source="APPC 98(3), 73(3)",
    )
    hear = step(
        Hear,
        when(proposed.to.itself(), guards.not_complained_of),
        when(deemed_dismissed.to.itself(), guards.not_complained_of, guards.proposal_made),
        by=SUPERIOR,
        source="APPC 98(3), 74",
    )
    restore_term = step(
        acts.RestoreTerm,
        when(stay(*_reviewed), *guards.MAY_RESTORE),
        by=SUPERIOR,
        source="APPC 92(2)",
    )
    keep_in_force = step(
        acts.KeepInForce,
        when(stay(registered, forwarded, considered, proposed), guards.exceptional_2021),
        by=(*HEADS, SUPERIOR),
        source="APPC 96",
    )
    satisfy = _decided(acts.Satisfy, when(satisfied.after(*_reviewed), *guards.MAY_SATISFY))
    dismiss = _decided(acts.Dismiss, when(dismissed.after(*_reviewed), *guards.MAY_DISMISS))
    remit = _decided(acts.Remit, when(remitted.after(*_reviewed), *guards.MAY_REMIT))
    send_back = step(
        acts.SendBack, remitted.to(sent_back), by=(REGISTRAR, SUPERIOR), source="APPC 100(2)"
    )
    leave_unconsidered = step(
        acts.LeaveUnconsidered,
        when(left_unconsidered.after(*_reviewed), *guards.may_leave("complaint.unconsidered-2021")),
        by=SUPERIOR,
        source="APPC 95(1)",
        tells="unconsidered-notice",
    )
    withdraw = withdrawing(
        withdrawn.after(*_lodged, *_reviewed), source="APPC 94(1), 64(9)", tells="withdrawal-notice"
    )
    # a withdrawal is accepted by a decision, and the complaint left without consideration by it
    terminate = step(
        Terminate,
        when(withdrawn.to(left_unconsidered), terminates_on("complaint.withdrawn")),
        by=(*HEADS, SUPERIOR),
        source="APPC 95(1)",
        tells="unconsidered-notice",
    )
    deem_dismissed = step(
        acts.DeemDismissed,
        deemed_dismissed.after(*_lodged, considered, proposed),
        by=LAW,
        source="APPC 100(5)",
    )

    # after the decision

    # every decision is told, also one that gives nothing; what is won takes effect by it
    deliver = step(
        Deliver,
        in_effect.after(satisfied, self_corrected),
        when(stay(*_unexecuted), once(Deliver)),
        by=(*STAFF, SUPERIOR),
        source="APPC 100(4), 83",
    )
    copy_decision = step(
        acts.CopyDecision,
        when(
            stay(satisfied, in_effect, *_unexecuted), guards.with_reviewer, once(acts.CopyDecision)
        ),
        by=(REGISTRAR, SUPERIOR),
        source="APPC 100(4)",
    )
    execute = step(Execute, in_effect.to(closed), by=STAFF, source="APPC 86(3)")
    notify = step(
        Notify,
        when(left_unconsidered.to.itself(), tells_of("unconsidered", "APPC 95(2)")),
        when(returned.to.itself(), tells_of("return", "APPC 95(2)")),
        when(redirected.to.itself(), tells_of("redirection", "APPC 65(1)")),
        by=(*STAFF, SUPERIOR),
        source="APPC 95(2), 65(1)",
    )
    close = step(
        Close,
        when(closed.after(dismissed, sent_back), delivered, guards.copied),
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
    correction = Clock(
        starts=AskToCorrect,
        stops=(Correct, Return, Redirect, *DECISIONS, Withdraw),
        on_lapse=CorrectionOver,
        window=True,
    )
    forwarding = Clock(
        starts=acts.FileComplaint,
        stops=(acts.Forward, acts.SelfCorrect, Return, Redirect, Withdraw),
        pauses=AskToCorrect,
        resumes=Correct,
    )
    review_registration = Clock(starts=acts.Forward, stops=(acts.RegisterForReview, Withdraw))
    consideration = Clock(
        starts=acts.FileComplaint,
        stops=(acts.SelfCorrect, Return, Redirect, *DECISIONS, Withdraw),
        pauses=AskToCorrect,
        resumes=Correct,
        on_lapse=acts.DeemDismissed,
        principal=True,
    )
    objection = Clock(starts="confirm-receipt=propose", stops=(*DECISIONS, Withdraw), window=True)
    remittal = Clock(starts=acts.Remit, stops=acts.SendBack)
    unconsidered_notice = Clock(
        starts=(acts.LeaveUnconsidered, Terminate), stops="notify=unconsidered"
    )
    return_notice = Clock(starts=Return, stops="notify=return")
    withdrawal_notice = Clock(starts=Withdraw, stops="notify=unconsidered")
    redirection_notice = Clock(starts=Redirect, stops="notify=redirection")
    execution = Clock(starts=(acts.Satisfy, acts.SelfCorrect), stops=Execute)
    # to court or another body: from the decision told, or from the end of the term kept in silence
    next_step = Clock(starts=(Deliver, "confirm-receipt=deliver"), stops=Close, window=True)
    next_step_after_silence = Clock(
        starts=acts.DeemDismissed, stops=(*DECISIONS, Return, Withdraw), window=True
    )
