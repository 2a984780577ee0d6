"""What counts as a reception held in the month."""

from __future__ import annotations

from openakimat.case.record import Case, Record
from openakimat.chart.table import Circumstances, guard
from openakimat.kz.reception.acts import AskReception, HoldReception
from openakimat.kz.reception.guards import reception_request_of, schedule_of
from openakimat.kz.reception_month.acts import CountReception


def held_by(reception: Case, /) -> tuple[str, Record] | None:
    """Whose reception was held: of the official asked for, or of who received; None until then.

    Whoever receives for the one asked for has their mandate: the chart lets nobody else.
    """
    held = reception.last(HoldReception)
    return (
        (reception_request_of(reception).official or held.on_behalf or held.by, held)
        if held
        else None
    )


@guard(
    "reception.none-held",
    why="no reception of this official in this month was shown",
    asks=("act.case", "beside"),
)
def held_in_month(case: Case, act: CountReception, circumstances: Circumstances) -> bool:
    """The reception named is beside, and was held by the official in the month."""
    told, place = schedule_of(case), circumstances.office.calendar.place
    shown = (
        held_by(one)
        for one in circumstances.beside
        if one.id == act.case and isinstance(one.received, AskReception)
    )
    return any(
        held[0] == told.official and place.day_of(held[1].at).replace(day=1) == told.month
        for held in shown
        if held
    )
