"""Rows of personal receptions, and how they are played."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from openakimat.case.acts import Receive, Register
from openakimat.case.people import Actor, Official
from openakimat.kz.acts import Redirect, Withdraw
from openakimat.kz.reception.acts import (
    AskReception,
    Convert,
    HoldReception,
    Resolve,
    ScheduleReception,
)
from openakimat.kz.roles import HEAD
from openakimat.kz.visit.acts import MarkAbsent
from openakimat.law.office import Office
from openakimat.register.cells import When
from openakimat.register.entry import ASKS, BOSS, CLERK, Entry, Listed, basis_of, column


@attrs.frozen
class ReceptionEntry(Entry):
    """A row of a personal reception."""

    procedure = "reception"

    scheduled_for: When | None = column(None, ahead=True)
    held_at: When | None = None
    held_by: str = ""
    protocol: str = ""
    redirected_at: When | None = column(None, needs="redirected_to")
    redirected_to: str = ""
    converted_to: str = ""
    answered_at: When | None = None
    outcome: str = ""

    def make_receipt(self) -> tuple[Receive, Actor]:
        """The wish to be received; without a time given, somebody walked in."""
        booked = self.scheduled_for is not None
        return AskReception(**self.received, official=self.official, booked=booked), ASKS

    def list_acts(self, office: Office, /) -> Sequence[Listed]:
        """What a row tells of a reception: one converted is not resolved."""
        began = self.find_registration(office)
        slot = self.scheduled_for
        starts_at = (slot or began).at
        receives = Official(self.held_by or self.official or BOSS.id, {HEAD})
        absent = slot if slot and self.outcome == "no-show" else None
        resolved = None if self.converted_to else self.answered_at
        converted = self.answered_at if self.converted_to else None
        return (
            Listed(began, CLERK, lambda: Register(self.number), basis_of(self.registered_at)),
            # The time given is told, the day on which it was given is not.
            Listed(began if slot else None, CLERK, lambda: ScheduleReception(starts_at), "assumed"),
            Listed(self.withdrawn_at, ASKS, Withdraw),
            Listed(self.held_at, receives, lambda: HoldReception(self.protocol or self.number)),
            Listed(absent, CLERK, MarkAbsent),
            Listed(self.redirected_at, CLERK, lambda: Redirect(self.redirected_to)),
            Listed(converted, CLERK, lambda: Convert(self.converted_to)),
            Listed(resolved, receives, lambda: Resolve(self.outcome)),
        )
