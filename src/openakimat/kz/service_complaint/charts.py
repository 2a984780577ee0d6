"""A complaint about how a service was given, in every wording."""

from functools import partial

from openakimat.case import Act, Case, Register, opened_with
from openakimat.chart.amendment import also_at, as_before, clock_as_before
from openakimat.chart.clock import Clock, Principal, Window
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.chart.table import Circumstances, guard_what, guard_who
from openakimat.errors import NotCompetent
from openakimat.kz import by
from openakimat.kz.acts import Deliver, Notify, Redirect, Return, Withdraw
from openakimat.kz.appeal import guards
from openakimat.kz.appeal.acts import AskToCorrect, Close, Correct, CorrectionOver
from openakimat.kz.appeal.code2021 import Appeal2021
from openakimat.kz.complaint.acts import DeemDismissed
from openakimat.kz.complaint.guards import complained_of, told_of_it
from openakimat.kz.entitlements import withdrawing
from openakimat.kz.guards import may_redirect, once, opened_as, outcome_in, tells_of, the_applicant
from openakimat.kz.roles import CONTROLLER, HEADS
from openakimat.kz.service_complaint import acts
from openakimat.kz.service_complaint.acts import DecideServiceComplaint, FileServiceComplaint
from openakimat.kz.sources import OF_OFFICE

service_complaint_of = partial(opened_with, FileServiceComplaint)
"""The act that opened a complaint about a service; another case is `Malformed`."""


_who_renders = partial(opened_as, "addressee", "provider", "state-corporation", "body")
_quality_body = partial(opened_as, "addressee", "quality-body")

to_who_renders = _who_renders(code="addressee.quality-body")
to_quality_body = _quality_body(code="addressee.not-quality-body")

public = opened_as("social", False, code="service.social")
social = opened_as("social", True, code="service.not-social")

body_may_extend = _quality_body(
    "body", code="extension.not-for-addressee", source="PSL 25(4)", refusal=NotCompetent
)
"""Only the authorised body, a central or local executive body or an akim extends."""


@guard_who("review.own-act", source="PSL 25(1)", asks="by office:now")
def not_complained_of(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever acts is not the official complained of: as APPC 97(2) has it of any complaint."""
    return not complained_of(service_complaint_of(case).against, circumstances)


@guard_what("next-step.missing", source="PSL 25(1)", asks="act.outcome=refused act.next_step")
def next_step_named(case: Case, act: DecideServiceComplaint, circumstances: Circumstances) -> bool:
    """Whoever is not satisfied is told where to go: as APPC 100(6) has it of any complaint."""
    return act.outcome != "refused" or bool(act.next_step)


MAY_DECIDE = (outcome_in("service-complaint.outcomes"), not_complained_of, next_step_named)
"""All that is asked of a decision."""

ENDS = (acts.DecideServiceComplaint, Redirect, Withdraw)


class ServiceComplaint2013(Procedure):
    """A complaint about a public service, from 2013. No rule on silence is known of that time."""

    code = "service-complaint"
    law = "psl-2013"
    opens = opening(acts.FileServiceComplaint, source="PSL 25")

    received = Stage(initial=True)
    considered = answered = redirected = Stage()
    closed = withdrawn = Stage(final=True)

    register = by.registrar(
        Register, when(received.to(considered), to_who_renders), source="PSL 25(2)"
    )
    register_for_quality = by.registrar(
        acts.RegisterForQuality, when(received.to(considered), to_quality_body), source="PSL 25(2)"
    )
    # nothing is sent on unregistered: it is registered by whom it came to
    redirect = by.staff(
        Redirect,
        when(considered.to(redirected), *may_redirect("service-complaint.redirection-2013")),
        source="PSL 25(1), Law 221, 7(6)",
        tells="redirection-notice",
    )
    extend = by.heads(
        acts.ExtendServiceComplaint,
        when(stay(considered), body_may_extend, not_complained_of, *guards.MAY_EXTEND),
        source="PSL 25(4)",
    )
    notify = by.staff(
        Notify,
        when(stay(considered), guards.something_to_tell),
        when(stay(redirected), tells_of("redirection", "PSL 25(1)")),
        source="PSL 25(4)",
    )
    decide = by.heads(
        acts.DecideServiceComplaint, when(considered.to(answered), *MAY_DECIDE), source="PSL 25(2)"
    )
    deliver = by.staff(Deliver, answered.to(closed), source="PSL 25(1)")
    close = step(
        Close, when(redirected.to(closed), told_of_it), by=(CONTROLLER, *HEADS), source=OF_OFFICE
    )
    withdraw = withdrawing(withdrawn.after(received, considered), source="PSL 25(1)")

    registration = Clock(
        starts=acts.FileServiceComplaint, stops=(Register, acts.RegisterForQuality, Withdraw)
    )
    consideration = Principal(
        starts=(Register, acts.RegisterForQuality),
        stops=ENDS,
        becomes={acts.RegisterForQuality: "service-complaint.consideration-quality"},
        extends=acts.ExtendServiceComplaint,
    )
    extension_notice = Clock(starts=acts.ExtendServiceComplaint, stops=(Notify, *ENDS))
    # nobody who is competent has to redirect anything; whoever does, in time or late
    redirection = Clock(starts=Redirect, stops=Redirect)
    redirection_notice = Clock(starts=Redirect, stops="notify=redirection")


class ServiceComplaint2016(ServiceComplaint2013):
    """A complaint about a public service, as article 25 was read from 2016 on."""

    law = "psl-2016"


class ServiceComplaint2021(ServiceComplaint2016):
    """A complaint about a public service beside the Code, from 01.07.2021.

    By PSL 25(1) complaints about services go by the general rules but for their own particulars.
    So what does not meet the requisites is corrected or returned (64(6), (7)), and silence is a
    refusal (100(5)), though that article itself speaks of the terms of the Code only. What of the
    Code that leaves is our reading.
    """

    law = "psl-2021"
    _of = ServiceComplaint2016

    awaiting_correction = deemed_dismissed = returned = Stage()

    _as_appeal = partial(
        as_before, of=Appeal2021, stages={Appeal2021.deemed_refused: deemed_dismissed}
    )

    redirect = as_before(
        guards=may_redirect("service-complaint.redirection"), source="PSL 25(1), APPC 65(1)"
    )
    ask_to_correct = by.staff(
        AskToCorrect,
        when(_of.considered.to(awaiting_correction), guards.time_to_correct, once(AskToCorrect)),
        source="PSL 25(1), APPC 64(6)",
    )
    correct = _as_appeal(source="PSL 25(1), APPC 64(6)")
    correction_lapses = _as_appeal(source="PSL 25(1), APPC 64(7)")
    return_ = _as_appeal(
        guards=guards.may_return_uncorrected("service-complaint.not-corrected"),
        source="PSL 25(1), APPC 64(7)",
    )
    # silence takes nothing away: it is decided late, told and withdrawn as before
    decide = also_at(deemed_dismissed, _of, "decide", like=_of.considered)
    notify = as_before(
        when(stay(deemed_dismissed), guards.something_to_tell),
        when(stay(returned), tells_of("return", "PSL 25(1)")),
    )
    close = as_before(when(returned.to(_of.closed), told_of_it))
    withdraw = as_before(
        when(_of.withdrawn.after(awaiting_correction, deemed_dismissed), the_applicant)
    )
    deem_dismissed = by.law(
        DeemDismissed,
        deemed_dismissed.after(_of.considered, awaiting_correction),
        source="PSL 25(1), APPC 100(5)",
    )

    correction = Window(
        starts=AskToCorrect, stops=(Correct, Return, *ENDS), on_lapse=CorrectionOver
    )
    consideration = clock_as_before(
        stops=(Return, *ENDS), pauses=AskToCorrect, resumes=Correct, on_lapse=DeemDismissed
    )
    return_notice = Clock(starts=Return, stops="notify=return")


class ServiceComplaint2024(ServiceComplaint2021):
    """A complaint about a public service, as the law read from 2024 to Law 254-VIII."""

    law = "psl-2024"


class ServiceComplaint2026(ServiceComplaint2024):
    """A complaint about a public or socially responsible service, after Law 254-VIII."""

    law = "psl-2026"
    _of = ServiceComplaint2024

    register = as_before(guards=[to_who_renders, public])
    register_social = by.registrar(
        acts.RegisterSocial,
        when(_of.received.to(_of.considered), to_who_renders, social),
        source="PSL 25(2)",
    )
    consideration = clock_as_before(
        starts=(Register, acts.RegisterForQuality, acts.RegisterSocial),
        becomes={
            acts.RegisterForQuality: "service-complaint.consideration-quality",
            acts.RegisterSocial: "service-complaint.consideration-social",
        },
    )
    registration = clock_as_before(
        stops=(Register, acts.RegisterForQuality, acts.RegisterSocial, Withdraw)
    )
    return_term = Clock(
        "service-complaint.return", starts=CorrectionOver, stops=(Correct, Return, *ENDS)
    )
