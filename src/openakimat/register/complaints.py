"""How rows of complaints are played: the complaint, and the complaint about a public service."""

from __future__ import annotations

from collections.abc import Sequence

from openakimat.case.act import Act, Link
from openakimat.case.acts import Receive, Register
from openakimat.case.people import Actor, Official
from openakimat.kz.acts import Deliver, Hear, Notify, Object, Propose, Redirect, Return, Withdraw
from openakimat.kz.appeal.acts import AskToCorrect, Correct
from openakimat.kz.complaint.acts import (
    Dismiss,
    FileComplaint,
    Forward,
    LeaveUnconsidered,
    RegisterForReview,
    Remit,
    Satisfy,
    SelfCorrect,
)
from openakimat.kz.complaint.grounds import DISMISSAL
from openakimat.kz.roles import HEAD, SUPERIOR
from openakimat.kz.service_complaint.acts import (
    DecideServiceComplaint,
    ExtendServiceComplaint,
    FileServiceComplaint,
    RegisterForQuality,
)
from openakimat.law.office import Office
from openakimat.register.columns import Entry
from openakimat.register.play import ASKS, BOSS, CLERK, REVIEWS, STAFF, Done, applicant, registered


def complains(row: Entry) -> tuple[Receive, Actor]:
    """How a row opens a complaint."""
    act = FileComplaint(
        channel=row.channel,
        topic=row.topic,
        applicant=applicant(row),
        links=(Link(row.repeats, "repeats"),) if row.repeats else (),
        against=row.against,
        learnt_on=row.learnt_on,
    )
    return act, ASKS


def _resolves(row: Entry) -> Act:
    """The act that decides a complaint, by its outcome."""
    if row.outcome in DISMISSAL:
        return Dismiss(row.outcome, row.next_step or "court", row.unheard)  # type: ignore[arg-type]  # the act refuses a cell it does not know
    if row.outcome == "remitted":
        return Remit(row.instructions)
    return Satisfy(row.outcome or "action", row.unheard)


def complaint(row: Entry, office: Office) -> Sequence[Done]:
    """What a row tells of a complaint.

    One that tells of its review and not of its forwarding stands in the register of the
    reviewing body: it came there forwarded.
    """
    began = registered(row, office)
    reviewed = row.proposed_at or row.answered_at or row.terminated_at
    forwarded = row.forwarded_at or (reviewed and (row.corrected_at or began))
    came = row.review_registered_at or forwarded
    until = row.correction_until or office.day_of(began.at)
    reviews = Official(row.official, {SUPERIOR}) if row.official else REVIEWS
    return (
        (began, CLERK, lambda: Register(row.number)),
        (row.correction_asked_at, STAFF, lambda: AskToCorrect(until)),
        (row.corrected_at, ASKS, Correct),
        (row.returned_at, STAFF, lambda: Return(row.return_ground)),
        (row.redirected_at, STAFF, lambda: Redirect(row.redirected_to)),
        (row.self_corrected_at, BOSS, lambda: SelfCorrect(fully=True)),
        (forwarded, STAFF, lambda: Forward(row.forwarded_to)),
        (came, CLERK, RegisterForReview),
        (row.proposed_at, reviews, lambda: Propose(row.outcome)),
        (row.objected_at, ASKS, lambda: Object(oral=row.heard_at is not None)),
        (row.heard_at, reviews, Hear),
        (row.withdrawn_at, ASKS, Withdraw),
        (row.terminated_at, reviews, lambda: LeaveUnconsidered(row.termination_ground)),
        (row.answered_at, reviews, lambda: _resolves(row)),
        (row.delivered_at, STAFF, Deliver),
    )


def complains_of_service(row: Entry) -> tuple[Receive, Actor]:
    """How a row opens a complaint about a service."""
    act = FileServiceComplaint(
        channel=row.channel,
        topic=row.topic,
        applicant=applicant(row),
        addressee=row.addressee or "provider",  # type: ignore[arg-type]  # as above
        service=row.service,
        against=row.against,
    )
    return act, ASKS


def service_complaint(row: Entry, office: Office) -> Sequence[Done]:
    """What a row tells of a complaint about a service."""
    began = registered(row, office)
    first = RegisterForQuality if row.addressee == "quality-body" else Register
    later, boss = row.extended_until, Official(row.official or BOSS.id, {HEAD})
    reason, need, onward = row.extension_reason, row.extension_ground, row.next_step
    outcome = row.outcome or "satisfied"
    return (
        (began, CLERK, lambda: first(row.number)),
        (
            row.extended_at,
            boss,
            lambda: ExtendServiceComplaint(later or began.at.date(), reason, ground=need),  # type: ignore[arg-type]  # as above
        ),
        (row.extension_told_at, STAFF, lambda: Notify("extension")),
        (row.withdrawn_at, ASKS, Withdraw),
        (
            row.answered_at,
            boss,
            lambda: DecideServiceComplaint(outcome, next_step=onward),  # type: ignore[arg-type]  # as above
        ),
        (row.delivered_at, STAFF, Deliver),
    )
