"""Rows of complaints and of complaints about public services, and how they are played."""

from collections.abc import Sequence
from datetime import date

import attrs

from openakimat.case import Act, Actor, Official, Receive, Register
from openakimat.kz import acts
from openakimat.kz.appeal import acts as appeal
from openakimat.kz.complaint import acts as complaint
from openakimat.kz.complaint.grounds import DISMISSAL
from openakimat.kz.roles import HEAD, SUPERIOR
from openakimat.kz.service_complaint import acts as service
from openakimat.law.office import Office
from openakimat.register.entries import entry
from openakimat.register.entries.appeals import HeardEntry
from openakimat.register.entries.cells import When
from openakimat.register.entries.entry import (
    ASKS,
    BOSS,
    CLERK,
    STAFF,
    Entry,
    Listed,
    answer,
    column,
)


@attrs.frozen
class ComplaintEntry(HeardEntry):
    """A row of a complaint."""

    procedure = "complaint"

    against: str = ""
    learnt_on: date | None = column(None, backdated=True)
    self_corrected_at: When | None = None
    forwarded_at: When | None = column(None, needs="forwarded_to")
    forwarded_to: str = ""
    review_registered_at: When | None = None
    next_step: str = ""
    instructions: str = ""
    delivered_at: When | None = None

    def make_receipt(self) -> tuple[Receive, Actor]:
        """The complaint filed, and which it repeats."""
        act = complaint.FileComplaint(
            **self.received, links=self.links, against=self.against, learnt_on=self.learnt_on
        )
        return act, ASKS

    def list_acts(self, office: Office, /) -> Sequence[Listed]:
        """What a row tells of a complaint.

        One that tells of its review and not of its forwarding stands in the register of the
        reviewing body: it came there forwarded. No column tells of notices, of the execution, of a
        file sent back, or of who accepted a withdrawal: they are taken to have been in time.
        """
        began = self.find_registration(office)
        reviewed = self.proposed_at or self.answered_at or self.terminated_at
        forwarded = self.forwarded_at or (reviewed and (self.corrected_at or began))
        told = entry.basis_of(self.forwarded_at)
        came = self.review_registered_at or forwarded
        came_told = entry.basis_of(self.review_registered_at)
        ended, ground = self.terminated_at or self.withdrawn_at, self.termination_ground
        remitted = self.answered_at if self.outcome == "remitted" else None
        reviews = Official(self.official, {SUPERIOR}) if self.official else entry.REVIEWS
        return (
            *self.list_correction(office, began),
            Listed(self.returned_at, STAFF, lambda: acts.Notify("return"), "assumed"),
            Listed(self.redirected_at, STAFF, lambda: acts.Redirect(self.redirected_to)),
            Listed(self.redirected_at, STAFF, lambda: acts.Notify("redirection"), "assumed"),
            Listed(self.self_corrected_at, BOSS, lambda: complaint.SelfCorrect(fully=True)),
            Listed(forwarded, STAFF, lambda: complaint.Forward(self.forwarded_to), told),
            Listed(came, CLERK, complaint.RegisterForReview, came_told),
            Listed(self.proposed_at, reviews, lambda: acts.Propose(self.outcome)),
            Listed(self.objected_at, ASKS, lambda: acts.Object(oral=self.heard_at is not None)),
            Listed(self.heard_at, reviews, acts.Hear),
            Listed(self.withdrawn_at, ASKS, acts.Withdraw),
            Listed(self.withdrawn_at, BOSS, lambda: acts.Terminate("withdrawn"), "assumed"),
            Listed(self.terminated_at, reviews, lambda: complaint.LeaveUnconsidered(ground)),
            Listed(ended, STAFF, lambda: acts.Notify("unconsidered"), "assumed"),
            answer(self.answered_at, reviews, self._make_answer, self.outcome, "action"),
            Listed(remitted, CLERK, lambda: complaint.SendBack(""), "assumed"),
            Listed(self.delivered_at, STAFF, acts.Deliver),
            Listed(self.delivered_at if self._won else None, STAFF, appeal.Execute, "assumed"),
        )

    @property
    def _won(self) -> bool:
        lost = self.outcome in {*DISMISSAL, "remitted"}
        return self.self_corrected_at is not None or (self.answered_at is not None and not lost)

    def _make_answer(self, outcome: str, /) -> Act:
        if outcome in DISMISSAL:
            # No column has the arguments: the ground stands for them.
            to = self.next_step or "court"
            return complaint.Dismiss(outcome, to, self.unheard, self.unheard)  # type: ignore[arg-type]  # the act refuses a cell it does not know
        if outcome == "remitted":
            return complaint.Remit(self.instructions)
        return complaint.Satisfy(outcome, self.unheard)


@attrs.frozen
class ServiceComplaintEntry(Entry):
    """A row of a complaint about a public service."""

    procedure = "service-complaint"

    service: str = ""
    addressee: str = ""
    against: str = ""
    extended_at: When | None = column(None, needs="extended_until")
    extended_until: date | None = column(None, needs="extension_ground")
    extension_ground: str = ""
    extension_reason: str = ""
    extension_told_at: When | None = None
    answered_at: When | None = None
    outcome: str = ""
    next_step: str = ""
    delivered_at: When | None = None

    def make_receipt(self) -> tuple[Receive, Actor]:
        """The complaint about a service filed."""
        act = service.FileServiceComplaint(
            **self.received,
            addressee=self.addressee or "provider",  # type: ignore[arg-type]  # as above
            service=self.service,
            against=self.against,
        )
        return act, ASKS

    def list_acts(self, office: Office, /) -> Sequence[Listed]:
        """What a row tells of a complaint about a service."""
        began = self.find_registration(office)
        first = service.RegisterForQuality if self.addressee == "quality-body" else Register
        boss = Official(self.official or BOSS.id, {HEAD})
        return (
            self.list_registration(began, first),
            Listed(self.extended_at, boss, lambda: self._make_extension(began)),
            Listed(self.extension_told_at, STAFF, lambda: acts.Notify("extension")),
            Listed(self.withdrawn_at, ASKS, acts.Withdraw),
            answer(self.answered_at, boss, self._make_answer, self.outcome, "satisfied"),
            Listed(self.delivered_at, STAFF, acts.Deliver),
        )

    def _make_extension(self, began: When) -> Act:
        later, ground = self.extended_until or began.at.date(), self.extension_ground
        return service.ExtendServiceComplaint(later, self.extension_reason, ground=ground)  # type: ignore[arg-type]  # as above

    def _make_answer(self, outcome: str, /) -> Act:
        return service.DecideServiceComplaint(outcome, next_step=self.next_step)  # type: ignore[arg-type]  # as above
