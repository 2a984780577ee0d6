"""The complaint against an act, an action or silence, in three wordings of the law."""

from __future__ import annotations

from openakimat.acts import (
    AskToCorrect,
    Correct,
    Decide,
    Deliver,
    Execute,
    Extend,
    Hear,
    Object,
    Propose,
    Register,
    Return,
    Withdraw,
)
from openakimat.kz.appeal import HEADS, STAFF
from openakimat.kz.guards import among, correction_over, the_applicant, time_to_correct
from openakimat.kz.law221 import OUTCOMES as OUTCOMES_L221
from openakimat.kz.redress import (
    DISMISSAL,
    EXCEPTIONS,
    RESTORATION,
    RETURN,
    SATISFACTION,
    UNCONSIDERED,
    UNCONSIDERED_2021,
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
    a_party,
    heard,
    in_full,
    in_time_to_forward,
    in_writing,
    late_if_so_told,
    not_complained_of,
    not_for_the_worse,
    proposal_made,
)
from openakimat.people import APPLICANT, LAW, REGISTRAR, SUPERIOR
from openakimat.procedure import Procedure, Stage, opening, step, when
from openakimat.table import Clock

E_OTINISH = "tests of the e-Otinish system, 2022"


class ComplaintL221(Procedure):
    """A complaint to the superior body under Law 221 (2007 to 30.06.2021): what is known of it.

    {statechart:md}
    """

    code = "complaint"
    law = "l221"
    opens = opening(FileComplaint, source="Law 221, 12")

    received = Stage(initial=True)
    registered = Stage()
    answered = Stage(final=True)
    withdrawn = Stage(final=True)

    register = step(Register, received.to(registered), by=REGISTRAR, source="Law 221, 7")
    decide = step(
        Decide,
        when(registered.to(answered), among("outcome", OUTCOMES_L221, code="outcome.unknown")),
        by=SUPERIOR,
        source="Law 221, 12",
    )
    withdraw = step(
        Withdraw,
        when(withdrawn.after(received, registered), the_applicant),
        by=APPLICANT,
        source="Law 221, 11",
    )

    registration = Clock("complaint.registration", starts=FileComplaint, stops=(Register, Withdraw))
    consideration = Clock(
        "complaint.consideration",
        starts=FileComplaint,
        stops=(Decide, Withdraw),
        principal=True,
    )


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
    withdrawn = Stage(final=True)
    closed = Stage(final=True)
    _reviewed = (considered, proposed, deemed_dismissed)
    _lodged = (received, registered, awaiting_correction, forwarded)

    # the body complained of

    register = step(Register, received.to(registered), by=REGISTRAR, source="APPC 64(3)")
    ask_to_correct = step(
        AskToCorrect,
        when(registered.to(awaiting_correction), time_to_correct),
        by=STAFF,
        source=E_OTINISH,
    )
    correct = step(
        Correct,
        when(awaiting_correction.to(registered), the_applicant),
        by=(APPLICANT, REGISTRAR),
        source=E_OTINISH,
    )
    return_ = step(
        Return,
        when(
            awaiting_correction.to(returned),
            correction_over,
            among("ground", RETURN, code="return.no-ground"),
        ),
        by=STAFF,
        source="APPC 95(1)",
        tells="complaint.unconsidered-notice",
    )
    forward = step(
        Forward, when(registered.to(forwarded), in_writing), by=STAFF, source="APPC 91(4)"
    )
    self_correct = step(
        SelfCorrect,
        when(registered.to(self_corrected), in_full, in_time_to_forward),
        by=HEADS,
        source="APPC 91(4)",
    )

    # the reviewing body

    register_for_review = step(
        RegisterForReview, forwarded.to(considered), by=REGISTRAR, source="APPC 64(3)"
    )
    propose = step(
        Propose,
        when((considered.to(proposed), deemed_dismissed.to.itself()), not_complained_of),
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
            [stage.to.itself() for stage in (considered, proposed, deemed_dismissed)],
            not_complained_of,
            among("ground", RESTORATION, code="restoration.no-ground"),
        ),
        by=SUPERIOR,
        source="APPC 92(2)",
    )
    keep_in_force = step(
        KeepInForce,
        when(
            [stage.to.itself() for stage in (registered, forwarded, considered, proposed)],
            among("ground", EXCEPTIONS, code="stay.no-exception"),
        ),
        by=(*HEADS, SUPERIOR),
        source="APPC 96",
    )
    satisfy = step(
        Satisfy,
        when(
            satisfied.after(*_reviewed),
            not_complained_of,
            among("outcome", SATISFACTION, code="outcome.unknown"),
            not_for_the_worse,
        ),
        by=SUPERIOR,
        source="APPC 100(1)",
    )
    dismiss = step(
        Dismiss,
        when(
            dismissed.after(*_reviewed),
            not_complained_of,
            among("ground", DISMISSAL, code="dismissal.no-ground"),
            late_if_so_told,
            heard,
        ),
        by=SUPERIOR,
        source="APPC 100(1)",
    )
    remit = step(
        Remit,
        when(remitted.after(*_reviewed), not_complained_of),
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
            not_complained_of,
            among("ground", UNCONSIDERED_2021, code="unconsidered.no-ground"),
        ),
        by=SUPERIOR,
        source="APPC 95(1)",
        tells="complaint.unconsidered-notice",
    )
    deliver = step(Deliver, satisfied.to(in_effect), by=(*STAFF, SUPERIOR), source="APPC 83")
    execute = step(Execute, in_effect.to(closed), by=STAFF, source="APPC 86")
    withdraw = step(
        Withdraw,
        when(
            withdrawn.after(*_lodged, *_reviewed),
            the_applicant,
        ),
        by=APPLICANT,
        source="APPC 64(9)",
    )
    deem_dismissed = step(
        DeemDismissed,
        [stage.to.itself() for stage in (received, registered, awaiting_correction, forwarded)],
        deemed_dismissed.after(considered, proposed),
        by=LAW,
        source="APPC 100(5)",
    )

    registration = Clock("complaint.registration", starts=FileComplaint, stops=(Register, Withdraw))
    correction = Clock(
        "complaint.correction", starts=AskToCorrect, stops=(Correct, Return, Withdraw)
    )
    forwarding = Clock(
        "complaint.forwarding",
        starts=FileComplaint,
        stops=(Forward, SelfCorrect, Return, Withdraw),
        pauses=AskToCorrect,
        resumes=Correct,
    )
    review_registration = Clock(
        "complaint.review-registration", starts=Forward, stops=(RegisterForReview, Withdraw)
    )
    consideration = Clock(
        "complaint.consideration",
        starts=FileComplaint,
        stops=(SelfCorrect, Return, Satisfy, Dismiss, Remit, LeaveUnconsidered, Withdraw),
        pauses=AskToCorrect,
        resumes=Correct,
        on_lapse=DeemDismissed,
        principal=True,
    )
    objection = Clock(
        "complaint.objection",
        starts=Propose,
        stops=(Object, Satisfy, Dismiss, Remit, LeaveUnconsidered, Withdraw),
    )
    remittal = Clock("complaint.remittal", starts=Remit, stops=SendBack)


class Complaint2026(Complaint2021):
    """A complaint under the Code as amended by Law 241-VIII.

    The 20 working days run from the registration by the reviewing body, and may not be extended.

    {statechart:md}
    """

    law = "appc-2026"
    forbids = ((Extend, "APPC 99"),)
    _of = Complaint2021

    register_for_review = step(
        RegisterForReview, _of.forwarded.to(_of.considered), by=REGISTRAR, source="APPC 99"
    )
    leave_unconsidered = step(
        LeaveUnconsidered,
        when(
            _of.left_unconsidered.after(_of.considered, _of.proposed, _of.deemed_dismissed),
            not_complained_of,
            among("ground", UNCONSIDERED, code="unconsidered.no-ground"),
        ),
        by=SUPERIOR,
        source="APPC 95(1)",
        tells="complaint.unconsidered-notice",
    )
    execute = step(Execute, _of.in_effect.to(_of.closed), by=STAFF, source="APPC 86(3)")
    deem_dismissed = step(
        DeemDismissed,
        _of.deemed_dismissed.after(_of.considered, _of.proposed),
        by=LAW,
        source="APPC 100(5)",
    )
    consideration = Clock(
        "complaint.consideration",
        starts=RegisterForReview,
        stops=(Satisfy, Dismiss, Remit, LeaveUnconsidered, Withdraw),
        on_lapse=DeemDismissed,
        principal=True,
    )
    execution = Clock("complaint.execution", starts=Deliver, stops=Execute)


COMPLAINTS = (ComplaintL221, Complaint2021, Complaint2026)
