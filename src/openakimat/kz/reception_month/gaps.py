"""Who has not received people, and in which months."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import attrs

from openakimat.calendar.terms import add_months
from openakimat.case.record import Case
from openakimat.kz.reception.acts import AskReception
from openakimat.kz.reception_month.guards import held_by
from openakimat.law.office import Office

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
