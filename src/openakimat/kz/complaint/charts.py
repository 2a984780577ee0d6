"""Complaints under Law 221, and under the Code as amended."""

from openakimat.case.acts import Register
from openakimat.chart.amendment import amended, amended_clock
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import Decide, Extend, Redirect, Return, Withdraw
from openakimat.kz.appeal.acts import AskToCorrect, Correct, CorrectionOver
from openakimat.kz.appeal.code2026 import redirected_at_once, returned_on_ground
from openakimat.kz.complaint.acts import FileComplaint, Forward, RegisterForReview, SelfCorrect
from openakimat.kz.complaint.code2021 import DECISIONS, Complaint2021
from openakimat.kz.complaint.guards import exceptional, may_leave, stated_in_act
from openakimat.kz.data import values
from openakimat.kz.entitlements import withdrawing
from openakimat.kz.guards import outcome_in
from openakimat.kz.roles import REGISTRAR, SUPERIOR


class ComplaintL221(Procedure):
    """A complaint to the superior body under Law 221 (2007 to 30.06.2021): what is known of it."""

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
        when(registered.to(answered), outcome_in("appeal.outcomes-l221")),
        by=SUPERIOR,
        source="Law 221, 12",
    )
    withdraw = withdrawing(withdrawn.after(received, registered), source="Law 221, 11")

    registration = Clock(starts=FileComplaint, stops=(Register, Withdraw))
    consideration = Clock(starts=FileComplaint, stops=(Decide, Withdraw), principal=True)


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
    register = amended(_of, "register", stages={_of.deemed_dismissed: None})
    redirect = redirected_at_once(
        _of, _of.redirected.after(_of.awaiting_correction), values("complaint.at-once")
    )
    return_ = returned_on_ground(_of, _of.registered.to(_of.returned), values("complaint.return"))
    correction_lapses = amended(_of, "correction_lapses", source="APPC 94(1), 64(7)(1)")
    keep_in_force = amended(
        _of, "keep_in_force", guards=[exceptional, stated_in_act], source="APPC 96(1)"
    )
    leave_unconsidered = amended(
        _of, "leave_unconsidered", guards=may_leave("complaint.unconsidered")
    )
    deem_dismissed = amended(_of, "deem_dismissed", stages={_of.received: None})
    consideration = amended_clock(
        _of,
        "consideration",
        starts=Register,
        becomes={RegisterForReview: "complaint.consideration-by-reviewer"},
    )
    return_on_ground = Clock(
        starts=Register,
        stops=(AskToCorrect, Forward, SelfCorrect, Return, Redirect, Withdraw),
        window=True,
    )
    return_term = Clock(
        "complaint.return",
        starts=CorrectionOver,
        stops=(Correct, Return, Redirect, *DECISIONS, Withdraw),
    )
