"""What is done in a check of a front office."""

from datetime import date

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
class ScheduleVisit(Receive, tag="schedule-office-visit"):
    """A visit to a front office is ordered.

    Args:
        subject: The id of the office to be visited.
    """

    subject: str = open_field("")


@attrs.frozen
class InspectOffice(Act, tag="inspect-office"):
    """The office is visited, and every item of the checklist answered."""

    checked: tuple[Answer, ...] = ()
    text: str = ""


@attrs.frozen
class PresentFindings(Act, tag="present-findings"):
    """What was found is presented to the governor."""

    text: str = ""


@attrs.frozen
class OrderToStandard(Branch, tag="order-to-standard"):
    """It is ordered to bring the office up to the standard: `case` is the instruction.

    Args:
        term: Such as ``"1 month"``, after which the office is looked at again.

    Raises:
        Malformed: There is no such term, or no term and no last day.
    """

    term: str = open_field("")
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if bool(self.term) == (self.until is not None):
            raise Malformed(
                "order", [Fault("term", "tell either a term or a last day", "term-or-day")]
            )
        if self.term:
            term_of(self.term)


@attrs.frozen
class RecheckOffice(Act, tag="recheck-office"):
    """The office is visited again, and every item answered again."""

    checked: tuple[Answer, ...] = ()
    text: str = ""


@attrs.frozen
class FindInConformity(Act, tag="find-in-conformity", marks="decision", answers=True):
    """The office is up to the standard."""


@attrs.frozen
class EscalateFindings(Act, tag="escalate-findings"):
    """The office is still not up to the standard: it is put before those above."""

    above: str = ""
    reason: str = ""
