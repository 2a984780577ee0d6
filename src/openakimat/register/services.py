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
from openakimat.register.entry import ASKS, BOSS, CLERK, OPERATES, STAFF, Done, Entry, column


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

    def list_acts(self, office: Office, /) -> Sequence[Done]:
        """What a row tells of a service; the State Corporation takes in, and is sent the result."""
        began = self.find_registration(office)
        at_corporation = self.channel == "state-corporation"
        first = TakeIn if at_corporation else Register
        ground, reason = self.refusal_ground, self.refusal_reason
        return (
            (began, OPERATES if at_corporation else CLERK, lambda: first(self.number)),
            (began, STAFF, Accept),
            (self.proposed_at, STAFF, lambda: Propose("refused")),
            (self.heard_at, STAFF, Hear),
            (self.withdrawn_at, ASKS, Withdraw),
            (self.refused_at, BOSS, lambda: Refuse(ground, reason, self.unheard)),
            (self.answered_at, BOSS, lambda: Decide(self.outcome or "rendered")),
            (self.answered_at if at_corporation else None, STAFF, SendResult),
            (self.issued_at, CLERK, Issue),
        )
