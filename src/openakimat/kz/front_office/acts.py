"""What is done in a check of a front office."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import attrs

from openakimat.calendar.terms import term as term_of
from openakimat.case.act import Act, Branch, open_field
from openakimat.case.acts import Receive
from openakimat.errors import Fault, Malformed


@attrs.frozen
class Answer:
    """Whether an item of the checklist is met, and what was seen."""

    item: str
    met: bool
    note: str = ""


@attrs.frozen
class ScheduleVisit(Receive):
    """A visit to a front office is ordered.

    Args:
        subject: The id of the office to be visited.
    """

    tag: ClassVar[str] = "schedule-office-visit"
    subject: str = open_field("")


@attrs.frozen
class InspectOffice(Act):
    """The office is visited, and every item of the checklist answered."""

    tag: ClassVar[str] = "inspect-office"
    checked: tuple[Answer, ...] = ()
    text: str = ""


@attrs.frozen
class PresentFindings(Act):
    """What was found is presented to the governor."""

    tag: ClassVar[str] = "present-findings"
    text: str = ""


@attrs.frozen
class OrderToStandard(Branch):
    """It is ordered to bring the office up to the standard: `case` is the instruction.

    Args:
        term: Such as ``"1 month"``, after which the office is looked at again.

    Raises:
        Malformed: There is no such term, or no term and no last day.
    """

    tag: ClassVar[str] = "order-to-standard"
    term: str = open_field("")
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse an order without an end."""
        super().__attrs_post_init__()
        if bool(self.term) == (self.until is not None):
            raise Malformed(
                "order", [Fault("term", "tell either a term or a last day", "term-or-day")]
            )
        if self.term:
            term_of(self.term)


@attrs.frozen
class RecheckOffice(Act):
    """The office is visited again, and every item answered again."""

    tag: ClassVar[str] = "recheck-office"
    checked: tuple[Answer, ...] = ()
    text: str = ""


@attrs.frozen
class FindInConformity(Act):
    """The office is up to the standard."""

    tag: ClassVar[str] = "find-in-conformity"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True


@attrs.frozen
class EscalateFindings(Act):
    """The office is still not up to the standard: it is put before those above."""

    tag: ClassVar[str] = "escalate-findings"
    above: str = ""
    reason: str = ""
