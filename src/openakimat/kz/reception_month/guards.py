"""What counts as a reception held in the month."""

from openakimat.case.record import Case, Record
from openakimat.chart.table import Circumstances, guard
from openakimat.kz.reception.acts import ApproveSchedule, AskReception, HoldReception
from openakimat.kz.reception.guards import IN_HOURS, reception_request_of, schedule_of
from openakimat.kz.reception_month.acts import CountReception
from openakimat.kz.sources import OF_OFFICE


def held_by(reception: Case, /) -> tuple[str, Record] | None:
    """Whose reception was held: of the official asked for, or of who received; None until then.

    Whoever receives for the one asked for has their mandate: the chart lets nobody else.
    """
    record = reception.last(HoldReception)
    if record is None:
        return None
    return reception_request_of(reception).official or record.on_behalf or record.by, record


@guard(
    "reception.none-held",
    why="no reception of this official in this month was shown",
    asks=("act.case", "beside"),
)
def held_in_month(case: Case, act: CountReception, circumstances: Circumstances) -> bool:
    schedule, office = schedule_of(case), circumstances.office
    receptions = (
        held_by(other)
        for other in circumstances.beside
        if other.id == act.case and isinstance(other.received, AskReception)
    )
    return any(
        who == schedule.official and office.day_of(record.at).replace(day=1) == schedule.month
        for who, record in filter(None, receptions)
    )


@guard(
    "reception.day-off",
    why="a day approved is a day off",
    source=OF_OFFICE,
    where=IN_HOURS,
    asks=("act.days",),
)
def approvable(case: Case, act: ApproveSchedule, circumstances: Circumstances) -> bool:
    return all(map(circumstances.office.calendar.is_working, act.days))
