"""What the law asks of an act on a complaint, beside stage and role."""

from openakimat.case import APPLICANT, Act, Case
from openakimat.chart.table import Circumstances, Guard, guard, guard_what, guard_who
from openakimat.kz.acts import Hear, Notify, Object, Propose
from openakimat.kz.appeal.acts import Correct
from openakimat.kz.appeal.hearing import urgency_explained
from openakimat.kz.complaint import acts
from openakimat.kz.complaint.grounds import DISMISSAL, REVERSAL, UNHEARD
from openakimat.kz.complaint.redress import complaint_of, filing_deadline
from openakimat.kz.guards import (
    Values,
    after,
    among,
    another,
    delivered,
    in_window,
    last_act,
    outcome_in,
    receipt_of,
    says,
    speaks_for,
    the_applicant,
    told_before,
)


def complained_of(against: str, circumstances: Circumstances, /) -> bool:
    """Whether whoever acts is the official complained of, or stands in for them."""
    return against in speaks_for(circumstances)


@guard_who(
    "review.own-act", source="APPC 97(2)", asks="by record:register-for-review.panel office:now"
)
def not_complained_of(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever acts is not the official complained of, nor their substitute; or a panel reviews."""
    registered = last_act(case, acts.RegisterForReview)
    by_panel = registered is not None and registered.panel
    return by_panel or not complained_of(complaint_of(case).against, circumstances)


@guard_who("complaint.not-a-party", asks="by by.roles office:now")
def a_party(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return APPLICANT in circumstances.roles or complained_of(
        complaint_of(case).against, circumstances
    )


@guard("complaint.oral", source="APPC 93(1)", asks="record:correct")
def in_writing(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return case.received.channel not in acts.ORAL or case.last(Correct) is not None


forwarded_first = after(acts.Forward, code="complaint.not-forwarded")

with_reviewer = after(
    acts.RegisterForReview, code="review.not-registered", source="APPC 94(1), 64(3)"
)

exceptional = among("ground", "complaint.exceptions", code="stay.no-exception")
exceptional_2021 = among("ground", "complaint.exceptions-2021", code="stay.no-exception")


@guard_what(
    "stay.not-stated",
    source="APPC 96(2)",
    asks="act.ground=regulator act.stated_in_act act.reason",
    # Which exceptions must be stated hangs on which it is.
    relies=(exceptional,),
)
def stated_in_act(case: Case, act: acts.KeepInForce, circumstances: Circumstances) -> bool:
    """It says so with its reasons; the acts of article 96(1)(2) need not."""
    return act.ground == "regulator" or (act.stated_in_act and bool(act.reason.strip()))


in_full = says("fully", True, code="self-correction.partial")

in_time_to_forward = in_window("forwarding", code="self-correction.too-late")

proposal_made = after(Propose, code="proposal.missing")

not_for_the_worse = says("worsens", False, code="complaint.worsens", source="APPC 98(6)")


@guard(
    "reversal.no-ground",
    why=f"ground is none of {', '.join(REVERSAL)}",
    source="APPC 100(3)",
    values=REVERSAL,
    field="ground",
    asks="act.ground",
)
def grounded(case: Case, act: acts.Satisfy | acts.Remit, circumstances: Circumstances) -> bool:
    """The ground is one of the three; a decision that tells none is taken to have one."""
    return not act.ground or act.ground in REVERSAL


within_competence = says(
    "beyond_competence", False, code="reversal.not-competent", source="APPC 100(2)"
)

restoration_asked = says("on_motion", True, code="restoration.not-asked", source="APPC 92(2)")

copied = after(acts.CopyDecision, code="copy.not-sent", source="APPC 100(4)")

told_of_it = after(Notify, code="notice.missing")


@guard("complaint.not-late", source="APPC 92(3)", asks="act.ground=late record:restore-term")
def late_if_so_told(case: Case, act: acts.Dismiss, circumstances: Circumstances) -> bool:
    if act.ground != "late":
        return True
    term = filing_deadline(case, office=circumstances.office)
    return term is not None and term.missed(case.opened_at) and case.last(acts.RestoreTerm) is None


@guard_what(
    "complaint.unheard",
    source="APPC 98(3), 73(1)",
    values=UNHEARD,
    field="unheard",
    asks="act.unheard record:propose record:hear record:*.oral office:complaint.objection office:now",
)
def heard(case: Case, act: acts.Dismiss, circumstances: Circumstances) -> bool:
    if act.unheard in UNHEARD:
        return True
    proposed, hearing = case.last(Propose), case.last(Hear)
    oral = [r.no for r in case.records if isinstance(r.act, Object) and r.act.oral]
    if proposed is None or (oral and (hearing is None or hearing.no < oral[-1])):
        return False
    return told_before(case, proposed, circumstances)


PROPOSAL_RECEIVED = (the_applicant, proposal_made, receipt_of("propose", "APPC 73(3)"))
DECISION_RECEIVED = (the_applicant, delivered, receipt_of("deliver", "APPC 136(6)"))
SIGNED_BY_ANOTHER = another(Propose)

REVIEWED = (with_reviewer, not_complained_of)
"""What is asked of every decision of the reviewing body."""

MAY_RESTORE = (
    *REVIEWED,
    restoration_asked,
    among("ground", "complaint.restoration", code="restoration.no-ground"),
)

MAY_SATISFY = (
    *REVIEWED,
    outcome_in("complaint.satisfaction"),
    not_for_the_worse,
    grounded,
    within_competence,
    SIGNED_BY_ANOTHER,
)

MAY_DISMISS = (
    *REVIEWED,
    among("ground", DISMISSAL, code="dismissal.no-ground"),
    late_if_so_told,
    heard,
    urgency_explained,
    SIGNED_BY_ANOTHER,
)

MAY_REMIT = (*REVIEWED, grounded, SIGNED_BY_ANOTHER)


def may_leave(grounds: Values, /) -> tuple[Guard, ...]:
    """All that the law asks of leaving a complaint without consideration, on these grounds."""
    return *REVIEWED, among("ground", grounds, code="unconsidered.no-ground"), SIGNED_BY_ANOTHER
