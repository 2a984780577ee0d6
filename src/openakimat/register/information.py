"""Rows of requests for information and of what another law counts, and how they are played."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import attrs

from openakimat.case.acts import Receive, Register
from openakimat.case.people import Actor
from openakimat.kz.acts import Decide, Extend, Notify, Redirect, Withdraw
from openakimat.kz.appeal.acts import Inquire
from openakimat.kz.information_request.acts import RefuseInformation
from openakimat.kz.simplified.acts import Reply
from openakimat.law.office import Office
from openakimat.register.cells import When
from openakimat.register.entry import ASKS, BOSS, CLERK, STAFF, Entry, Listed, basis_of, column


@attrs.frozen
class OtherLawEntry(Entry):
    """A row of a kind that another law gives its own term."""

    procedure = "other-law"

    extended_at: When | None = column(None, needs="extended_until")
    extended_until: date | None = None
    extension_reason: str = ""
    redirected_at: When | None = column(None, needs="redirected_to")
    redirected_to: str = ""
    answered_at: When | None = None
    outcome: str = ""

    def make_receipt(self) -> tuple[Receive, Actor]:
        """The receipt, and of what kind: the term hangs on that."""
        return Receive(self.kind, **self.received), ASKS

    def list_acts(self, office: Office, /) -> Sequence[Listed]:
        """What a row tells of it."""
        began = self.find_registration(office)
        later = self.extended_until or office.day_of(began.at)
        return (
            Listed(began, CLERK, lambda: Register(self.number), basis_of(self.registered_at)),
            *self._list_extension(later),
            Listed(self.withdrawn_at, ASKS, Withdraw),
            Listed(self.redirected_at, STAFF, lambda: Redirect(self.redirected_to)),
            *self._list_answer(),
        )

    def _list_extension(self, later: date) -> Iterator[Listed]:
        yield Listed(self.extended_at, BOSS, lambda: Extend(later, self.extension_reason))

    def _list_answer(self) -> Iterator[Listed]:
        yield Listed(self.answered_at, BOSS, lambda: Reply(self.outcome or "explained"))


@attrs.frozen
class InformationEntry(OtherLawEntry):
    """A row of a request for information."""

    procedure = "information-request"

    extension_told_at: When | None = None
    refused_at: When | None = column(None, needs="refusal_ground")
    refusal_ground: str = ""
    refusal_reason: str = ""

    def _list_extension(self, later: date) -> Iterator[Listed]:
        # No column tells that others were asked, without which nothing is extended.
        yield Listed(self.extended_at, STAFF, Inquire, "assumed")
        yield from super()._list_extension(later)
        yield Listed(self.extension_told_at, STAFF, lambda: Notify("extension"))

    def _list_answer(self) -> Iterator[Listed]:
        # The answer of refusal gives its reasons, whether the register has them or not.
        ground, reason = self.refusal_ground, self.refusal_reason or self.refusal_ground
        yield Listed(self.redirected_at, STAFF, lambda: Notify("redirection"), "assumed")
        yield Listed(self.refused_at, BOSS, lambda: RefuseInformation(ground, reason))
        yield Listed(self.answered_at, BOSS, lambda: Decide(self.outcome or "given"))
