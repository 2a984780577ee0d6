"""What is done in a state check of the quality of services."""

from datetime import date

import attrs

from openakimat.calendar.terms import WorkingDays, term as term_of
from openakimat.case import OPEN, Act, Receive, open_field
from openakimat.dated import LATER
from openakimat.errors import Fault, Malformed
from openakimat.kz.acts import OnGround, Written


@attrs.frozen
class OpenCheck(Receive, tag="open-check"):
    """A check of a provider of services is proposed: `subject` is its id. Source: PSL 27(3)."""

    subject: str = open_field("")


@attrs.frozen
class PlanCheck(OnGround, tag="plan-check"):
    """It is put into the half-year plan, on one of the cases of the law. Source: PSL 27-1(3).

    `plan` is what that is called, and `half` the half-year it is for, such as ``"2026-2"``.
    Raises `Malformed` if there is no such half-year.
    """

    plan: str = open_field("")
    half: str = attrs.field(default="", metadata=LATER | OPEN)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.half:
            planned_by(self.half)


def planned_by(half: str, /) -> date:
    """The day by which the plan of a half-year is to be approved. Source: PSL 27-1(3).

    Raises `Malformed` if there is no such half-year.

    >>> planned_by("2026-1"), planned_by("2026-2")
    (datetime.date(2025, 12, 10), datetime.date(2026, 5, 10))
    """
    year, _, of_year = half.partition("-")
    if not year.isdecimal() or of_year not in {"1", "2"}:
        why = f"{half!r} is no half-year such as 2026-1"
        raise Malformed("act", [Fault("half", why, "no-half-year", (repr(half),))])
    return date(int(year) - 1, 12, 10) if of_year == "1" else date(int(year), 5, 10)


@attrs.frozen
class ChangeTeam(Act, tag="change-team"):
    """Other officials are to check, of which the body is told. Source: PSL 27-1(3)."""

    inspectors: tuple[str, ...]


@attrs.frozen
class AppointCheck(OnGround, tag="appoint-check"):
    """It is appointed outside the plan; never on an anonymous appeal. Source: PSL 27-1(6)."""

    anonymous: bool = False


@attrs.frozen
class NotifyOfCheck(Act, tag="notify-of-check"):
    """The body is told on what day the check begins: `until`. Source: PSL 27-2(2)."""

    until: date


@attrs.frozen
class BeginCheck(Act, tag="begin-check"):
    """The check begins; its term is that of the notice, in working days. Source: PSL 27-2(1).

    Raises `Malformed` if the term is not told in working days.
    """

    term: str = attrs.field(metadata=OPEN)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if not isinstance(term_of(self.term), WorkingDays):
            why = f"{self.term!r} is not told in working days"
            raise Malformed("act", [Fault("term", why, "no-working-days", (repr(self.term),))])


class SendDraft(Written, tag="send-draft"):
    """The draft of the report is sent to the body and to those who complained. Source: PSL 27-2(5)."""


@attrs.frozen
class SendReport(Act, tag="send-report", marks="decision", answers=True):
    """The report is sent, which ends the check; `breaches` are those confirmed. Source: PSL 27-2(7)."""

    breaches: tuple[str, ...] = ()


class Represent(Written, tag="represent", marks="decision"):
    """A representation to remove the breaches, which must be considered. Source: PSL 27-2(8)."""


@attrs.frozen
class RemoveBreaches(Act, tag="remove-breaches"):
    """The body has considered the representation and removed the breaches. Source: PSL 27-2(9)."""

    measures: tuple[str, ...] = ()


class ReportOutcome(Written, tag="report-outcome", marks="decision", answers=True):
    """The body reports what came of the representation. Source: PSL 27-2(10)."""


@attrs.frozen
class Invalidate(Act, tag="invalidate-check", marks="decision", answers=True):
    """The check is found invalid for a gross breach, its representation cancelled. Source: PSL 27-4(3)."""

    breach: str = attrs.field(metadata=OPEN)
