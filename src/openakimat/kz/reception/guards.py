"""What the law asks of a reception, beside stage and role."""

from functools import partial

from openakimat.case import Act, Case, opened_with
from openakimat.chart.table import Circumstances, guard, guard_who
from openakimat.kz.acts import Propose
from openakimat.kz.data import values
from openakimat.kz.guards import among, filled, speaks_for, told_before
from openakimat.kz.reception import acts
from openakimat.kz.roles import HEADS
from openakimat.kz.sources import OF_OFFICE

reception_request_of = partial(opened_with, acts.AskReception)
"""The request that a reception began with; another case is `Malformed`."""

schedule_of = partial(opened_with, acts.ApproveSchedule)
"""The schedule that a month of receptions began with; another case is `Malformed`."""


@guard("reception.past", asks="act.starts_at office:now")
def ahead_of_now(case: Case, act: acts.ScheduleReception, circumstances: Circumstances) -> bool:
    return act.starts_at > circumstances.at


@guard("reception.off-schedule", asks="act.starts_at beside")
def on_schedule(case: Case, act: acts.ScheduleReception, circumstances: Circumstances) -> bool:
    """Where months approved are put beside, the time is on a day of theirs; none binds nobody."""
    official, day = reception_request_of(case).official, circumstances.office.day_of(act.starts_at)
    months = [
        schedule.days
        for schedule in (other.received for other in circumstances.beside)
        if isinstance(schedule, acts.ApproveSchedule)
        and official in {"", schedule.official}
        and schedule.month == day.replace(day=1)
    ]
    return not months or any(day in days for days in months)


IN_HOURS = ("reception-time", "office-hours")
"""The reading and the answer to it, by which people are received in the hours of the office."""


@guard("reception.out-of-hours", source=OF_OFFICE, where=IN_HOURS, asks="act.starts_at office:now")
def in_hours(case: Case, act: acts.ScheduleReception, circumstances: Circumstances) -> bool:
    """The time given lies between opening and closing of a working day; at lunch it may be."""
    calendar = circumstances.office.calendar
    hours = calendar.hours_of(circumstances.office.day_of(act.starts_at))
    second = calendar.place.wall(act.starts_at)[1]
    return bool(hours) and hours[0][0] <= second < hours[-1][1]


moved_with_reason = filled("reason", code="reception.no-reason")


@guard("reception.not-yet", asks="record:schedule-reception.starts_at office:now")
def time_has_come(case: Case, act: Act, circumstances: Circumstances) -> bool:
    times = [r.act.starts_at for r in case.records if isinstance(r.act, acts.ScheduleReception)]
    return bool(times) and times[-1] <= circumstances.at


PRACTICE = "practice of personal reception"

REFUSALS = values("reception.refusal")
"""The grounds to refuse a reception. Numbers of days to answer a request were not found."""

refusable_before = among("ground", "reception.refusal-before", code="reception.no-ground")
refusable = among("ground", REFUSALS, code="reception.no-ground")

UNHEARD = values("reception.unheard")
"""Why nobody need be heard before a reception is refused, under the Code of 2021."""


@guard(
    "hearing.due",
    why="the refusal was not told 3 working days before, and it is not said why",
    source="APPC 73(1)",
    values=UNHEARD,
    field="unheard",
    asks="act.unheard act.reason record:propose office:*.objection office:now",
)
def heard_before(case: Case, act: acts.RefuseReception, circumstances: Circumstances) -> bool:
    if act.unheard in UNHEARD:
        return act.unheard != "urgent" or bool(act.reason.strip())
    return told_before(case, case.last(Propose), circumstances)


redirectable = among("ground", {"not-competent": PRACTICE}, code="redirection.no-ground")


@guard_who("reception.another", asks="by office:now")
def the_one_asked(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return reception_request_of(case).official in {"", *speaks_for(circumstances, *HEADS)}


somewhere = filled("to", code="reception.nowhere")
