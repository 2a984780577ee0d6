"""The duty to receive at least once a month. Source: Law 221, 13; APPC 90(3)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import attrs

from openakimat.calendar.terms import add_months
from openakimat.case import OPEN, Act, Case, Lapse, Record
from openakimat.chart.clock import Principal
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.chart.table import Circumstances, guard
from openakimat.kz import by
from openakimat.kz.reception.acts import ApproveSchedule, AskReception, HoldReception
from openakimat.kz.reception.charts import STAFF
from openakimat.kz.reception.guards import IN_HOURS, reception_request_of, schedule_of
from openakimat.kz.roles import HEAD, HEADS
from openakimat.kz.sources import OF_OFFICE
from openakimat.law.office import Office


@attrs.frozen
class CountReception(Act, tag="count-reception", answers=True):
    """A reception held is counted for the month: `case` is its id, and it is put beside."""

    case: str = attrs.field(metadata=OPEN)


class DeemMissed(Lapse, tag="deem-missed"):
    """The month is over and the official has received nobody. Source: APPC 90(1), since 2025 90(3)."""


def held_by(reception: Case, /) -> tuple[str, Record] | None:
    """Whose reception was held: of the official asked for, or of who received; None until then.

    Whoever receives for the one asked for has their mandate: the chart lets nobody else.
    """
    record = reception.last(HoldReception)
    if record is None:
        return None
    return reception_request_of(reception).official or record.on_behalf or record.by, record


@guard("reception.none-held", asks="act.case beside")
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


@guard("reception.day-off", source=OF_OFFICE, where=IN_HOURS, asks="act.days")
def approvable(case: Case, act: ApproveSchedule, circumstances: Circumstances) -> bool:
    return all(map(circumstances.office.calendar.is_working, act.days))


class ReceptionMonthL221(Procedure):
    """A month of an official's receptions under Law 221 (2007 to 30.06.2021)."""

    code = "reception-month"
    law = "l221"
    source = "Law 221, 13"
    opens = opening(ApproveSchedule, by=HEAD, guards=[approvable])

    schedule_approved = Stage(initial=True)
    month_kept = Stage(final=True)
    month_missed = Stage()

    count = step(
        CountReception,
        # What was held in its last hours may be counted after them: the month is kept all the same.
        when(month_kept.after(schedule_approved, month_missed), held_in_month),
        by=(*HEADS, *STAFF),
    )
    deem_missed = by.law(DeemMissed, schedule_approved.to(month_missed), tells="reception.notice")

    month = Principal(
        "reception.month",
        starts=ApproveSchedule,
        stops=(CountReception, DeemMissed),
        on_lapse=DeemMissed,
    )


class ReceptionMonth2021(ReceptionMonthL221):
    """A month of an official's receptions under the Code of 2021."""

    law = "appc-2021"
    source = "APPC 90(1)"


class ReceptionMonth2026(ReceptionMonth2021):
    """A month of an official's receptions under the Code as amended by Law 241-VIII."""

    law = "appc-2026"
    source = "APPC 90(3)"


_DAY = timedelta(days=1)


@attrs.frozen
class Gap:
    """A month, by its first day, in which an official received nobody."""

    official: str
    month: date


def schedule_gaps(
    cases: Iterable[Case], officials: Iterable[str], since: date, until: date, /, *, office: Office
) -> tuple[Gap, ...]:
    """The months in which officials received nobody, from the records of receptions alone.

    `officials` are the ids of the head and the deputies; only calendar months count that lie wholly
    from the day `since` to the day `until`. Other cases are passed over. A reception held by mandate
    counts for whom it was held. Source: APPC 90(1), 90(3).

    >>> from openakimat import kz
    >>> schedule_gaps([], ["akim"], date(2026, 1, 1), date(2026, 2, 27), office=kz.office())
    (Gap(official='akim', month=datetime.date(2026, 1, 1)),)
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
