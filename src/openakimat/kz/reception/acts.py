"""What is done with a personal reception: asked for, scheduled, held, resolved."""

from datetime import date, datetime, timedelta

import attrs

from openakimat.calendar.terms import add_months
from openakimat.case import OPEN, Act, Branch, Receive
from openakimat.dated import LATER
from openakimat.errors import Fault, Malformed
from openakimat.kz.acts import OnGround

_DAY = timedelta(days=1)


@attrs.frozen
class AskReception(Receive, tag="ask-reception"):
    """Somebody asks to be received in person. Source: Law 221, 13; APPC 90(1).

    `official` is the id of the head or deputy asked for; nothing where any of them will do. What is
    not booked ahead is a visitor who walks in.
    """

    kind: str = "reception"
    official: str = ""
    booked: bool = True
    video: bool = False


@attrs.frozen
class ScheduleReception(Act, tag="schedule-reception"):
    """A time is given on the schedule approved by the head. Source: APPC 90(1), since 2025 90(3)."""

    starts_at: datetime
    place: str = ""

    @property
    def until(self) -> datetime:
        """Its time, the day of which is its last: which day that is, the office tells."""
        return self.starts_at


@attrs.frozen
class MoveReception(ScheduleReception, tag="move-reception"):
    """Another time is given instead, with the reason."""

    reason: str = ""


@attrs.frozen
class ApproveSchedule(Receive, tag="approve-schedule"):
    """The head approves the days on which an official receives in a month. Source: APPC 90(1), since 2025 90(3).

    Raises `Malformed` if the days are none, or of several months.
    """

    kind: str = "reception-schedule"
    official: str = ""
    days: tuple[date, ...] = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if len({day.replace(day=1) for day in self.days}) != 1:
            raise Malformed("schedule", [Fault("days", "are not days of one month", "months")])

    @property
    def month(self) -> date:
        """The first day of the month."""
        return self.days[0].replace(day=1)

    @property
    def until(self) -> date:
        """The last day of the month."""
        return add_months(self.month, 1) - _DAY


@attrs.frozen
class AskMore(Act, tag="ask-more"):
    """Staff ask for more, to make the essence clear; the reception is owed still. Source: APPC 90(2), since 2025."""

    question: str = ""


@attrs.frozen
class RefuseReception(OnGround, tag="refuse-reception", marks="decision", answers=True):
    """The request is refused; who asked is told on what ground. Source: APPC 73(2)(9), since 2025.

    Where it was urgent, the reasons are also those for which nobody was heard; `unheard` is why nobody
    was, where the law asks for a hearing.
    """

    reason: str = ""
    unheard: str = attrs.field(default="", metadata=LATER | OPEN)


@attrs.frozen
class HoldReception(Act, tag="hold-reception"):
    """The visitor is received; `protocol` tells what was said, if one is made. Source: APPC 90(1)."""

    protocol: str = ""
    video: bool = False


@attrs.frozen
class Resolve(Act, tag="resolve", marks="decision", answers=True):
    """The matter is resolved, at the reception or by what was instructed there."""

    answer: str = ""


class Convert(Branch, tag="convert", answers=True):
    """What cannot be resolved at the reception goes on as a written appeal. Source: APPC 90(3), since 2025 90(4).

    The visitor is there and is told. The term of the appeal counts from its own registration.
    """


@attrs.frozen
class GiveInstruction(Branch, tag="give-instruction"):
    """The official instructs somebody to do what the visitor asks."""

    to: str = ""
