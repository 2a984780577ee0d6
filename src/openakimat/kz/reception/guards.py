"""What the law asks of a reception, beside stage and role."""

from __future__ import annotations

from openakimat.case.act import Act
from openakimat.case.record import Case, opened_with
from openakimat.chart.table import Circumstances, guard
from openakimat.errors import NotCompetent
from openakimat.kz.guards import among, filled, speaks_for
from openakimat.kz.reception.acts import (
    ApproveSchedule,
    AskMore,
    AskReception,
    RefuseReception,
    ScheduleReception,
)
from openakimat.kz.visit.acts import RECEPTION_RULES


def reception_request_of(case: Case, /) -> AskReception:
    """The request that a reception began with.

    Raises:
        Malformed: The case is no reception.
    """
    return opened_with(AskReception, case)


def schedule_of(case: Case, /) -> ApproveSchedule:
    """The schedule that a month of receptions began with.

    Raises:
        Malformed: The case is no month of receptions.
    """
    return opened_with(ApproveSchedule, case)


@guard("reception.past", why="the time given is past", asks=("act.starts_at", "office:now"))
def ahead_of_now(case: Case, act: ScheduleReception, circumstances: Circumstances) -> bool:
    """A reception is scheduled for later."""
    return act.starts_at > circumstances.at


@guard(
    "reception.off-schedule",
    why="the schedule approved for this official has no reception on that day",
    asks=("act.starts_at", "beside"),
)
def on_schedule(case: Case, act: ScheduleReception, circumstances: Circumstances) -> bool:
    """Where months approved are put beside, the time is on a day of theirs; none binds nobody."""
    official, day = reception_request_of(case).official, circumstances.office.day_of(act.starts_at)
    months = [
        schedule.days
        for schedule in (other.received for other in circumstances.beside)
        if isinstance(schedule, ApproveSchedule)
        and official in {"", schedule.official}
        and schedule.month == day.replace(day=1)
    ]
    return not months or any(day in days for days in months)


moved_with_reason = filled(
    "reason", code="reception.no-reason", why="a reception is moved with a reason"
)


@guard(
    "reception.not-yet",
    why="the time of the reception has not come",
    asks=("record:schedule-reception.starts_at", "office:now"),
)
def time_has_come(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Nobody is absent before their time."""
    times = [r.act.starts_at for r in case.records if isinstance(r.act, ScheduleReception)]
    return bool(times) and times[-1] <= circumstances.at


PRACTICE = "practice of personal reception"

REFUSALS_L221 = {"essence-unclear": RECEPTION_RULES, "not-competent": "Law 221, 13"}

REFUSALS = {"essence-unclear": RECEPTION_RULES, "not-competent": "APPC 90(1)"}
"""The grounds to refuse a reception. Numbers of days to answer a request were not found."""

refusable_l221 = among("ground", REFUSALS_L221, code="reception.no-ground")

refusable = among("ground", REFUSALS, code="reception.no-ground")


@guard(
    "reception.not-asked",
    why="a request is refused as unclear only after more was asked",
    source=RECEPTION_RULES,
    asks=("act.ground=essence-unclear", "record:ask-more"),
)
def asked_first(case: Case, act: RefuseReception, circumstances: Circumstances) -> bool:
    """Whoever is unclear is asked, and has had the time to make it clear."""
    return act.ground != "essence-unclear" or case.last(AskMore) is not None


redirectable = among("ground", {"not-competent": PRACTICE}, code="redirection.no-ground")


@guard(
    "reception.another",
    why="the reception is held by the official it was asked of, or who stands in for them",
    refusal=NotCompetent,
    asks=("by", "office:now"),
)
def the_one_asked(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever receives is the official asked for, or has their mandate."""
    return reception_request_of(case).official in {"", *speaks_for(circumstances)}


minuted = filled(
    "protocol", code="reception.no-protocol", why="a protocol is made of the reception"
)


somewhere = filled("to", code="reception.nowhere", why="say to what body the visitor is sent")
