"""The complaint against an act, an action or silence, under the Code of 2021."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from openakimat.case.acts import Register
from openakimat.case.people import APPLICANT, LAW
from openakimat.chart.amendment import amended
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import Deliver, Hear, Object, Propose, Redirect, Return, Withdraw
from openakimat.kz.appeal.acts import AskToCorrect, Correct, CorrectionOver, Execute
from openakimat.kz.appeal.code2021 import Appeal2021
from openakimat.kz.appeal.grounds import REDIRECTION
from openakimat.kz.appeal.guards import correction_asked, may_return_uncorrected, registered_first
from openakimat.kz.complaint.acts import (
    DeemDismissed,
    Dismiss,
    FileComplaint,
    Forward,
    KeepInForce,
    LeaveUnconsidered,
    RegisterForReview,
    Remit,
    RestoreTerm,
    Satisfy,
    SelfCorrect,
    SendBack,
)
from openakimat.kz.complaint.grounds import (
    DISMISSAL,
    NOT_CORRECTED,
    RESTORATION,
    SATISFACTION,
    UNCONSIDERED_2021,
)
from openakimat.kz.complaint.guards import (
    a_party,
    exceptional,
    forwarded_first,
    heard,
    in_full,
    in_time_to_forward,
    in_writing,
    late_if_so_told,
    not_complained_of,
    not_for_the_worse,
    proposal_made,
    with_reviewer,
)
from openakimat.kz.guards import among, another, may_redirect, once, the_applicant
from openakimat.kz.roles import HEADS, REGISTRAR, STAFF, SUPERIOR

DECISIONS = (Satisfy, Dismiss, Remit, LeaveUnconsidered)

SIGNED_BY_ANOTHER = another(Propose)


class Complaint2021(Procedure):
    """A complaint under the Code of 2021 (to 28.12.2025).

    It is filed with the body complained of, which puts it right within 3 working days or
    forwards it with the file; the reviewing body decides.

    {statechart:md}
    """

    code = "complaint"
    law = "appc-2021"
    opens = opening(FileComplaint, source="APPC 91(4)")

    received = Stage(initial=True)
    registered = Stage()
    awaiting_correction = Stage()
    forwarded = Stage()
    considered = Stage()
    proposed = Stage()
    deemed_dismissed = Stage()
    satisfied = Stage()
    in_effect = Stage()
    remitted = Stage()
    self_corrected = Stage(final=True)
    dismissed = Stage(final=True)
    sent_back = Stage(final=True)
    left_unconsidered = Stage(final=True)
    returned = Stage(final=True)
    redirected = Stage(final=True)
    withdrawn = Stage(final=True)
    closed = Stage(final=True)
    _reviewed = (considered, proposed, deemed_dismissed)
    _lodged = (received, registered, awaiting_correction, forwarded)

    _appeal = Appeal2021
    _here: ClassVar[Mapping[Stage, Stage | None]] = {_appeal.deemed_refused: deemed_dismissed}

    # the body complained of

    register = amended(
        _appeal,
        "register",
        source="APPC 94(1), 64(3)",
        tells="complaint.rights-notice",
        stages=_here,
    )
    redirect = step(
        Redirect,
        when(redirected.after(received, registered), *may_redirect(REDIRECTION)),
        by=STAFF,
        source="APPC 65(1)",
        tells="complaint.redirection-notice",
    )
    ask_to_correct = amended(_appeal, "ask_to_correct", source="APPC 94(1), 64(6)")
    # back to where it was, unlike an application: it is still to be put right or forwarded
    correct = step(
        Correct,
        when(awaiting_correction.to(registered), the_applicant),
        when(deemed_dismissed.to.itself(), the_applicant, correction_asked),
        by=(APPLICANT, REGISTRAR),
        source="APPC 94(1), 64(6)",
    )
    correction_lapses = amended(
        _appeal, "correction_lapses", source="APPC 94(1), 64(7)(1)", stages=_here
    )
    return_ = amended(
        _appeal,
        "return_",
        guards=may_return_uncorrected(NOT_CORRECTED),
        source="APPC 94(1), 64(7)",
        tells="complaint.return-notice",
        stages=_here,
    )
    forward = step(
        Forward,
        when(registered.to(forwarded), in_writing),
        when(deemed_dismissed.to.itself(), registered_first, in_writing, once(Forward)),
        by=STAFF,
        source="APPC 91(4)",
    )
    self_correct = step(
        SelfCorrect,
        when(registered.to(self_corrected), in_full, in_time_to_forward),
        by=HEADS,
        source="APPC 91(4)",
    )

    # the reviewing body

    register_for_review = step(
        RegisterForReview,
        forwarded.to(considered),
        when(deemed_dismissed.to.itself(), forwarded_first, once(RegisterForReview)),
        by=REGISTRAR,
        source="APPC 94(1), 64(3)",
    )
    propose = step(
        Propose,
        when(considered.to(proposed), not_complained_of),
        when(deemed_dismissed.to.itself(), with_reviewer, not_complained_of),
        by=SUPERIOR,
        source="APPC 98(3), 73(1)",
    )
    object_ = step(
        Object,
        when(proposed.to.itself(), the_applicant, a_party),
        when(deemed_dismissed.to.itself(), the_applicant, a_party, proposal_made),
        by=(APPLICANT, *STAFF),
        source="APPC 98(3), 73(3)",
    )
    hear = step(
        Hear,
        when(proposed.to.itself(), not_complained_of),
        when(deemed_dismissed.to.itself(), not_complained_of, proposal_made),
        by=SUPERIOR,
        source="APPC 98(3), 74",
    )
    restore_term = step(
        RestoreTerm,
        when(
            stay(*_reviewed),
            with_reviewer,
            not_complained_of,
            among("ground", RESTORATION, code="restoration.no-ground"),
        ),
        by=SUPERIOR,
        source="APPC 92(2)",
    )
    keep_in_force = step(
        KeepInForce,
        when(stay(registered, forwarded, considered, proposed), exceptional),
        by=(*HEADS, SUPERIOR),
        source="APPC 96(1)",
    )
    satisfy = step(
        Satisfy,
        when(
            satisfied.after(*_reviewed),
            with_reviewer,
            not_complained_of,
            among("outcome", SATISFACTION, code="outcome.unknown"),
            not_for_the_worse,
            SIGNED_BY_ANOTHER,
        ),
        by=SUPERIOR,
        source="APPC 100(1)",
    )
    dismiss = step(
        Dismiss,
        when(
            dismissed.after(*_reviewed),
            with_reviewer,
            not_complained_of,
            among("ground", DISMISSAL, code="dismissal.no-ground"),
            late_if_so_told,
            heard,
            SIGNED_BY_ANOTHER,
        ),
        by=SUPERIOR,
        source="APPC 100(1)",
    )
    remit = step(
        Remit,
        when(remitted.after(*_reviewed), with_reviewer, not_complained_of, SIGNED_BY_ANOTHER),
        by=SUPERIOR,
        source="APPC 100(1)",
    )
    send_back = step(
        SendBack, remitted.to(sent_back), by=(REGISTRAR, SUPERIOR), source="APPC 100(2)"
    )
    leave_unconsidered = step(
        LeaveUnconsidered,
        when(
            left_unconsidered.after(*_reviewed),
            with_reviewer,
            not_complained_of,
            among("ground", UNCONSIDERED_2021, code="unconsidered.no-ground"),
            SIGNED_BY_ANOTHER,
        ),
        by=SUPERIOR,
        source="APPC 95(1)",
        tells="complaint.unconsidered-notice",
    )
    deliver = step(Deliver, satisfied.to(in_effect), by=(*STAFF, SUPERIOR), source="APPC 83")
    execute = step(Execute, in_effect.to(closed), by=STAFF, source="APPC 86")
    withdraw = step(
        Withdraw,
        when(withdrawn.after(*_lodged, *_reviewed), the_applicant),
        by=APPLICANT,
        source="APPC 94(1), 64(9)",
    )
    deem_dismissed = step(
        DeemDismissed,
        deemed_dismissed.after(*_lodged, considered, proposed),
        by=LAW,
        source="APPC 100(5)",
    )

    registration = Clock(
        "complaint.registration", starts=FileComplaint, stops=(Register, Redirect, Withdraw)
    )
    correction = Clock(
        "complaint.correction",
        starts=AskToCorrect,
        stops=(Correct, Return, Redirect, *DECISIONS, Withdraw),
        on_lapse=CorrectionOver,
        window=True,
    )
    return_term = Clock(
        "complaint.return",
        starts=CorrectionOver,
        stops=(Correct, Return, Redirect, *DECISIONS, Withdraw),
    )
    forwarding = Clock(
        "complaint.forwarding",
        starts=FileComplaint,
        stops=(Forward, SelfCorrect, Return, Redirect, Withdraw),
        pauses=AskToCorrect,
        resumes=Correct,
    )
    review_registration = Clock(
        "complaint.review-registration", starts=Forward, stops=(RegisterForReview, Withdraw)
    )
    consideration = Clock(
        "complaint.consideration",
        starts=FileComplaint,
        stops=(SelfCorrect, Return, Redirect, *DECISIONS, Withdraw),
        pauses=AskToCorrect,
        resumes=Correct,
        on_lapse=DeemDismissed,
        principal=True,
    )
    objection = Clock(
        "complaint.objection", starts=Propose, stops=(Object, *DECISIONS, Withdraw), window=True
    )
    remittal = Clock("complaint.remittal", starts=Remit, stops=SendBack)
