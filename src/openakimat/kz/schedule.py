"""The duty of each head and deputy to receive people at least once a month, and who missed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import ClassVar

import attrs

from openakimat.acts import Act, Lapse
from openakimat.case import Case, Record
from openakimat.kz.booking import ApproveSchedule, AskReception, approved, asked
from openakimat.kz.practice import HEADS
from openakimat.kz.reception import STAFF, HoldReception
from openakimat.office import Office
from openakimat.people import HEAD, LAW
from openakimat.procedure import Procedure, Stage, amended, opening, step, when
from openakimat.table import Circumstances, Clock, guard
from openakimat.terms import add_months

_DAY = timedelta(days=1)


# -- acts -----------------------------------------------------------------------------


@attrs.frozen
class CountReception(Act):
    """A reception held is counted for the month: `case` is its id, and it is put beside."""

    tag: ClassVar[str] = "count-reception"
    answers: ClassVar[bool] = True
    case: str


@attrs.frozen
class DeemMissed(Lapse):
    """The month is over and the official has received nobody. Source: APPC 90(3)."""

    tag: ClassVar[str] = "deem-missed"


# -- receptions held ------------------------------------------------------------------


def held_by(reception: Case, /) -> tuple[str, Record] | None:
    """Whose reception was held: of the official asked for, or of who received; None until then.

    Whoever receives for the one asked for has their mandate: the chart lets nobody else.
    """
    held = reception.last(HoldReception)
    return (asked(reception).official or held.on_behalf or held.by, held) if held else None


@guard("reception.none-held", why="no reception of this official in this month was shown")
def held_in_month(case: Case, act: CountReception, circumstances: Circumstances) -> bool:
    """The reception named is beside, and was held by the official in the month."""
    told, place = approved(case), circumstances.office.calendar.place
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


@attrs.frozen
class Gap:
    """A month, by its first day, in which an official received nobody."""

    official: str
    month: date


def schedule_gaps(
    cases: Iterable[Case],
    officials: Iterable[str],
    since: date,
    until: date,
    /,
    *,
    office: Office,
) -> tuple[Gap, ...]:
    """The months in which officials received nobody, from the records of receptions alone.

    A reception held by mandate counts for whom it was held. Source: APPC 90(1), 90(3).

    Args:
        cases: Receptions; other cases are passed over.
        officials: The ids of the head and the deputies.
        since: The first day of the time looked at.
        until: Its last day; only calendar months that lie wholly between them count.
        office: Whose receptions they are: its place says which day it was.

    >>> from openakimat import kz
    >>> schedule_gaps([], ["akim"], date(2026, 1, 1), date(2026, 3, 30), office=kz.office())
    (Gap(official='akim', month=datetime.date(2026, 1, 1)), Gap(official='akim', month=datetime.date(2026, 2, 1)))
    """
    held = {
        (who, office.day_of(record.at).replace(day=1))
        for case in cases
        if isinstance(case.received, AskReception)
        for who, record in filter(None, [held_by(case)])
    }
    months = tuple(_whole_months(since, until))
    return tuple(
        Gap(official, month)
        for official in officials
        for month in months
        if (official, month) not in held
    )


def _whole_months(since: date, until: date) -> Iterator[date]:
    """The first days of the months that lie wholly between two days."""
    month = since if since.day == 1 else add_months(since.replace(day=1), 1)
    while (following := add_months(month, 1)) - _DAY <= until:
        yield month
        month = following


# -- charts ---------------------------------------------------------------------------


class ReceptionMonthL221(Procedure):
    """A month of an official's receptions under Law 221 (2007 to 30.06.2021).

    {statechart:md}
    """

    code = "reception-month"
    law = "l221"
    opens = opening(ApproveSchedule, by=HEAD, source="Law 221, 13")

    schedule_approved = Stage(initial=True)
    month_kept = Stage(final=True)
    month_missed = Stage(final=True)

    count = step(
        CountReception,
        when(schedule_approved.to(month_kept), held_in_month),
        by=(*HEADS, *STAFF),
        source="Law 221, 13",
    )
    deem_missed = step(
        DeemMissed,
        schedule_approved.to(month_missed),
        by=LAW,
        source="Law 221, 13",
        tells="reception.notice",
    )

    month = Clock(
        "reception.month",
        starts=ApproveSchedule,
        principal=True,
        stops=(CountReception, DeemMissed),
        on_lapse=DeemMissed,
    )


class ReceptionMonth2021(ReceptionMonthL221):
    """A month of an official's receptions under the Code of 2021.

    {statechart:md}
    """

    law = "appc-2021"
    opens = opening(ApproveSchedule, by=HEAD, source="APPC 90(3)")
    _of = ReceptionMonthL221

    count = amended(_of, "count", source="APPC 90(3)")
    deem_missed = amended(_of, "deem_missed", source="APPC 90(3)")


class ReceptionMonth2026(ReceptionMonth2021):
    """A month of an official's receptions under the Code as amended by Law 241-VIII.

    {statechart:md}
    """

    law = "appc-2026"


MONTHS = (ReceptionMonthL221, ReceptionMonth2021, ReceptionMonth2026)
