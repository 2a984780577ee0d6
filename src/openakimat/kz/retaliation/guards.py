"""Who is protected, and by when materials are due."""

from datetime import date, datetime

from openakimat.calendar.times import instant
from openakimat.case.act import Act
from openakimat.case.record import Case
from openakimat.chart.table import AskedOffice, Circumstances, Guard, guard
from openakimat.kz.retaliation.acts import ReportRetaliation, SendMaterials
from openakimat.limits.deadline import Deadline, due


def protection(accepted: date, /, *, office: AskedOffice, wording: str = "") -> Deadline:
    """How long a reporter is protected at work: no clock of a case, for it outlives the case.

    It counts from the day the report was accepted; an empty `wording` is that of the day.

    Source: Law 410-V, 24-1.

    >>> from openakimat import kz
    >>> protection(date(2024, 2, 29), office=kz.office()).last_day
    datetime.date(2027, 2, 28)
    """
    edition = office.limit("corruption.protection", accepted, wording)
    return due(edition, office.calendar.place.start_of(accepted), office.calendar)


def materials_due(sits_at: datetime, /, *, office: AskedOffice, wording: str = "") -> Deadline:
    """By when the materials of a commission that sits then go to the authorised body.

    Source: Law 410-V, 24-2(2).

    >>> from openakimat import kz
    >>> sits_at = datetime.fromisoformat("2026-03-20T10:00+05:00")
    >>> materials_due(sits_at, office=kz.office()).last_day
    datetime.date(2026, 3, 17)
    """
    sits_at = instant(sits_at, path="sits_at")
    day = office.day_of(sits_at)
    return due(office.limit("retaliation.materials", day, wording), sits_at, office.calendar)


def protected(source: str) -> Guard:
    """The guard that the three years since the report was accepted are not over."""

    def holds(case: Case, act: Act, circumstances: Circumstances) -> bool:
        opened, office = case.received, circumstances.office
        if not isinstance(opened, ReportRetaliation):
            return True
        end = protection(opened.accepted_on, office=office, wording=circumstances.wording)
        return circumstances.at < end.at

    why = "more than three years have passed since the report was accepted"
    return guard("protection.over", why=why, source=source, asks=("office:now",))(holds)


@guard(
    "materials.late",
    why="the materials go to the authorised body three working days before the commission sits",
    source="Law 410-V, 24-2(2)",
    asks=("record:send-materials", "office:now"),
)
def materials_in_time(case: Case, act: Act, circumstances: Circumstances) -> bool:
    sent = case.last(SendMaterials)
    if sent is None:
        return False
    due_by = materials_due(
        circumstances.at, office=circumstances.office, wording=circumstances.wording
    )
    return not due_by.missed(sent.at)
