"""Rows of instructions on control, and how they are played."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from openakimat.case.acts import Receive
from openakimat.case.people import Actor, Official
from openakimat.kz.acts import Accept, Extend, Withdraw
from openakimat.kz.instruction.acts import (
    AskToExtend,
    IssueInstruction,
    RemoveFromControl,
    ReportExecution,
    ReviewExecution,
)
from openakimat.kz.roles import EXECUTOR, HEAD
from openakimat.law.office import Office
from openakimat.register.cells import When
from openakimat.register.entry import BOSS, CHECKS, STAFF, Entry, Listed, column


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
        act = IssueInstruction(
            topic=self.topic, executors=executors, term=self.term, until=self.due_on
        )
        return act, self._leader()

    def list_acts(self, _: Office, /) -> Sequence[Listed]:
        """What a row tells of an instruction: one removed from control was reviewed before."""
        leads = self._leader()
        executes = Official(self.executor or STAFF.id, {EXECUTOR})
        later = self.extended_until or self.received_at.at.date()
        return (
            Listed(self.received_at, executes, Accept, "assumed"),
            # No register tells of the request: who extended is read to have been asked.
            Listed(self.extended_at, executes, lambda: AskToExtend(later, self._why), "assumed"),
            Listed(self.extended_at, leads, lambda: Extend(later, self.extension_reason)),
            Listed(self.withdrawn_at, leads, Withdraw),  # the law knows no such act: it refuses it
            Listed(self.reported_at, executes, ReportExecution),
            Listed(self.removed_at, CHECKS, ReviewExecution, "assumed"),
            Listed(self.removed_at, leads, RemoveFromControl),
        )

    @property
    def _why(self) -> str:
        return self.extension_reason or "-"

    def _leader(self) -> Official:
        return Official(self.official or BOSS.id, {HEAD})
