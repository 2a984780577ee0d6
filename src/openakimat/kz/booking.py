"""When a reception is held: the days that the head approves, and the times given on them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

import attrs

from openakimat.acts import Act, Receive
from openakimat.case import Case
from openakimat.errors import Fault, Incomplete, Malformed
from openakimat.kz.ticket import aware
from openakimat.table import Circumstances, guard
from openakimat.terms import add_months

_DAY = timedelta(days=1)


# -- acts -----------------------------------------------------------------------------


@attrs.frozen
class AskReception(Receive):
    """Somebody asks to be received in person. Source: APPC 90(1).

    Args:
        official: The id of the head or deputy asked for; nothing where any of them will do.
        booked: Whether it is booked ahead; without, the visitor walks in.
        video: Whether it is asked for by video.
    """

    tag: ClassVar[str] = "ask-reception"
    kind: str = "reception"
    official: str = ""
    booked: bool = True
    video: bool = False


@attrs.frozen
class ScheduleReception(Act):
    """A time is given on the schedule approved by the head. Source: APPC 90(3).

    Raises:
        Malformed: The time names no offset.
    """

    tag: ClassVar[str] = "schedule-reception"
    starts_at: datetime = attrs.field(validator=aware)
    place: str = ""

    @property
    def until(self) -> datetime:
        """Its time, the day of which is its last: which day that is, the office tells."""
        return self.starts_at


@attrs.frozen
class MoveReception(ScheduleReception):
    """Another time is given instead, with the reason."""

    tag: ClassVar[str] = "move-reception"
    reason: str = ""


def _of_one_month(
    _: object, attribute: attrs.Attribute[tuple[date, ...]], days: tuple[date, ...]
) -> None:
    if len({day.replace(day=1) for day in days}) != 1:
        raise Malformed("schedule", [Fault(attribute.name, "are not days of one month")])


@attrs.frozen
class ApproveSchedule(Receive):
    """The head approves the days on which an official receives in a month. Source: APPC 90(3).

    Args:
        official: The id of the head or deputy who is to receive.
        days: Of one month, and at least one.

    Raises:
        Malformed: The days are none, or of several months.
    """

    tag: ClassVar[str] = "approve-schedule"
    kind: str = "reception-schedule"
    official: str = ""
    days: tuple[date, ...] = attrs.field(kw_only=True, validator=_of_one_month)

    @property
    def month(self) -> date:
        """The first day of the month."""
        return self.days[0].replace(day=1)

    @property
    def until(self) -> date:
        """The last day of the month."""
        return add_months(self.month, 1) - _DAY


# -- guards ---------------------------------------------------------------------------


def asked(case: Case, /) -> AskReception:
    """The request that a reception began with.

    Raises:
        Malformed: The case is no reception.
    """
    act = case.received
    if not isinstance(act, AskReception):
        raise Malformed(
            f"case {case.id}", [Fault("procedure", f"{case.procedure!r} is no reception")]
        )
    return act


def approved(case: Case, /) -> ApproveSchedule:
    """The schedule that a month of receptions began with.

    Raises:
        Malformed: The case is no month of receptions.
    """
    act = case.received
    if not isinstance(act, ApproveSchedule):
        told = f"{case.procedure!r} is no month of receptions"
        raise Malformed(f"case {case.id}", [Fault("procedure", told)])
    return act


@guard("reception.past", why="the time given is past")
def ahead_of_now(case: Case, act: ScheduleReception, circumstances: Circumstances) -> bool:
    """A reception is scheduled for later."""
    return act.starts_at > circumstances.at


@guard(
    "reception.off-schedule",
    why="the schedule approved for this official has no reception on that day",
)
def on_schedule(case: Case, act: ScheduleReception, circumstances: Circumstances) -> bool:
    """Where months approved are put beside, the time is on a day of theirs; none binds nobody."""
    official, day = asked(case).official, circumstances.office.day_of(act.starts_at)
    months = [
        told.days
        for told in (one.received for one in circumstances.beside)
        if isinstance(told, ApproveSchedule)
        and official in {"", told.official}
        and told.month == day.replace(day=1)
    ]
    return not months or any(day in days for days in months)


@guard("reception.no-reason", why="a reception is moved with a reason", refusal=Incomplete)
def moved_with_reason(case: Case, act: MoveReception, circumstances: Circumstances) -> bool:
    """Whoever moves it says why."""
    return bool(act.reason.strip())


@guard("reception.not-yet", why="the time of the reception has not come")
def time_has_come(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Nobody is absent before their time."""
    given = [r.act.starts_at for r in case.records if isinstance(r.act, ScheduleReception)]
    return bool(given) and given[-1] <= circumstances.at
