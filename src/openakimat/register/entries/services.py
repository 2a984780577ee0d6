"""Rows of services asked for, of personal receptions and of instructions, and how they are played."""

from collections.abc import Sequence
from datetime import date

import attrs

from openakimat.case import Actor, Official, Receive, Register
from openakimat.kz import acts
from openakimat.kz.instruction import acts as instruction
from openakimat.kz.instruction.acts import AskToExtend
from openakimat.kz.reception import acts as reception
from openakimat.kz.reception.acts import HoldReception, ScheduleReception
from openakimat.kz.request import acts as request
from openakimat.kz.roles import EXECUTOR, HEAD
from openakimat.kz.visit.acts import MarkAbsent
from openakimat.law.office import Office
from openakimat.register.entries import entry
from openakimat.register.entries.cells import When
from openakimat.register.entries.entry import ASKS, BOSS, CLERK, STAFF, Entry, Listed, column


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
        return request.Apply(**self.received, service=self.service, term=self.term), ASKS

    def list_acts(self, office: Office, /) -> Sequence[Listed]:
        """What a row tells of a service; the State Corporation takes in, and is sent the result."""
        began = self.find_registration(office)
        at_corporation = self.channel == "state-corporation"
        first, clerk = (request.TakeIn, entry.OPERATES) if at_corporation else (Register, CLERK)
        sent = self.answered_at if at_corporation else None
        ground, reason = self.refusal_ground, self.refusal_reason
        return (
            self.list_registration(began, first, clerk),
            Listed(began, STAFF, acts.Accept, "assumed"),
            Listed(self.proposed_at, STAFF, lambda: acts.Propose("refused")),
            Listed(self.heard_at, STAFF, acts.Hear),
            Listed(self.withdrawn_at, ASKS, acts.Withdraw),
            Listed(self.refused_at, BOSS, lambda: request.Refuse(ground, reason, self.unheard)),
            entry.answer(self.answered_at, BOSS, acts.Decide, self.outcome, "rendered"),
            Listed(sent, STAFF, request.SendResult, "assumed"),
            Listed(self.issued_at, CLERK, request.Issue),
        )


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
        return reception.AskReception(**self.received, official=self.official, booked=booked), ASKS

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
            self.list_registration(began),
            # The time given is told, the day on which it was given is not.
            Listed(began if slot else None, CLERK, lambda: ScheduleReception(starts_at), "assumed"),
            Listed(self.withdrawn_at, ASKS, acts.Withdraw),
            Listed(self.held_at, receives, lambda: HoldReception(self.protocol or self.number)),
            Listed(absent, CLERK, MarkAbsent),
            Listed(self.redirected_at, CLERK, lambda: acts.Redirect(self.redirected_to)),
            Listed(converted, CLERK, lambda: reception.Convert(self.converted_to)),
            Listed(resolved, receives, lambda: reception.Resolve(self.outcome)),
        )


@attrs.frozen
class InstructionEntry(Entry):
    """A row of an instruction: given when received, it is not registered."""

    procedure = "instruction"

    executor: str = ""
    term: str = ""
    due_on: date | None = column(None, excludes="term")
    extended_at: When | None = column(None, needs="extended_until")
    extended_until: date | None = None
    extension_reason: str = ""
    reported_at: When | None = None
    removed_at: When | None = None

    def make_receipt(self) -> tuple[Receive, Actor]:
        """The instruction, by who gives it."""
        executors = (self.executor,) if self.executor else ()
        act = instruction.IssueInstruction(
            topic=self.topic, executors=executors, term=self.term, until=self.due_on
        )
        return act, self._leader()

    def list_acts(self, _: Office, /) -> Sequence[Listed]:
        """What a row tells of an instruction: one removed from control was reviewed before."""
        leads = self._leader()
        executes = Official(self.executor or STAFF.id, {EXECUTOR})
        later = self.extended_until or self.received_at.at.date()
        why = self.extension_reason or "-"
        return (
            Listed(self.received_at, executes, acts.Accept, "assumed"),
            # No register tells of the request: who extended is read to have been asked.
            Listed(self.extended_at, executes, lambda: AskToExtend(later, why), "assumed"),
            Listed(self.extended_at, leads, lambda: acts.Extend(later, self.extension_reason)),
            # The law knows no such act: it refuses it.
            Listed(self.withdrawn_at, leads, acts.Withdraw),
            Listed(self.reported_at, executes, instruction.ReportExecution),
            Listed(self.removed_at, entry.CHECKS, instruction.ReviewExecution, "assumed"),
            Listed(self.removed_at, leads, instruction.RemoveFromControl),
        )

    def _leader(self) -> Official:
        return Official(self.official or BOSS.id, {HEAD})
