"""Rows of public services asked for, and how they are played."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from openakimat.case.acts import Receive, Register
from openakimat.case.people import Actor
from openakimat.kz.acts import Accept, Decide, Hear, Propose, Withdraw
from openakimat.kz.request.acts import Apply, Issue, Refuse, SendResult, TakeIn
from openakimat.law.office import Office
from openakimat.register.cells import When
from openakimat.register.entry import (
    ASKS,
    BOSS,
    CLERK,
    OPERATES,
    STAFF,
    Entry,
    Listed,
    basis_of,
    column,
)


@attrs.frozen
class ServiceEntry(Entry):
    """A row of a public service asked for."""

    procedure = "request"

    service: str = column("", needs="term")
    term: str = ""
    proposed_at: When | None = None
    heard_at: When | None = None
    refused_at: When | None = column(None, needs="refusal_ground")
    refusal_ground: str = ""
    refusal_reason: str = ""
    unheard: str = ""
    answered_at: When | None = None
    outcome: str = ""
    issued_at: When | None = None

    def make_receipt(self) -> tuple[Receive, Actor]:
        """The application for a service of a term."""
        return Apply(**self.received, service=self.service, term=self.term), ASKS

    def list_acts(self, office: Office, /) -> Sequence[Listed]:
        """What a row tells of a service; the State Corporation takes in, and is sent the result."""
        began = self.find_registration(office)
        at_corporation = self.channel == "state-corporation"
        first, clerk = (TakeIn, OPERATES) if at_corporation else (Register, CLERK)
        ground, reason = self.refusal_ground, self.refusal_reason
        return (
            Listed(began, clerk, lambda: first(self.number), basis_of(self.registered_at)),
            Listed(began, STAFF, Accept, "assumed"),
            Listed(self.proposed_at, STAFF, lambda: Propose("refused")),
            Listed(self.heard_at, STAFF, Hear),
            Listed(self.withdrawn_at, ASKS, Withdraw),
            Listed(self.refused_at, BOSS, lambda: Refuse(ground, reason, self.unheard)),
            Listed(
                self.answered_at,
                BOSS,
                lambda: Decide(self.outcome or "rendered"),
                usual=lambda: Decide("rendered"),
            ),
            Listed(self.answered_at if at_corporation else None, STAFF, SendResult, "assumed"),
            Listed(self.issued_at, CLERK, Issue),
        )
