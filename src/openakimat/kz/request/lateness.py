"""The terms of a request that are counted from others, and who made it late.

Rules. (1) A working day belongs to whoever the request stood with: to the body asked while
it had not answered, otherwise to the provider; of several asked at once, to the one that
answered last. (2) The days a body held it past its own last day are its own excess. (3) Of
the days by which the request is late, each body bears up to its excess, in the order they
were asked; the provider bears the rest. So the rows sum up to the whole, days and lateness.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import attrs

from openakimat.calendar.terms import CalendarDays, Months, WorkingDays
from openakimat.calendar.times import instant
from openakimat.case import Case, Register, wording_of
from openakimat.errors import Fault, Malformed
from openakimat.judgement.deadlines import deadline_of
from openakimat.kz.consultation import Ask, Consult
from openakimat.kz.request.acts import Refuse, SendResult
from openakimat.kz.request.guards import application_of, by_corporation
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline, due

SERVICE = "request.service"
_DAY = timedelta(days=1)


def delivery(case: Case, /, *, office: Office) -> Deadline | None:
    """By when the result must be at the State Corporation: a day before the term ends.

    None where the request does not go through it, is for a service given within one
    working day, or tells no term of it; and once it is closed without a result, since the
    refusal of a service is an answer to the recipient, PSL 19-1(1), and is not waited for at
    the State Corporation.

    Source: PSL 5(2)(5).
    """
    sent = case.last(SendResult)
    if case.last(Refuse) or not by_corporation(case) or (sent is None and _closed(case, office)):
        return None
    of_service = deadline_of(case, SERVICE, office=office)
    if of_service is None or of_service.last_day is None or _within_a_day(of_service):
        return None
    place = office.calendar.place
    ends = place.start_of(of_service.last_day)
    opened = wording_of(case.records[0].under)
    edition = office.limit("request.delivery", place.day_of(case.opened_at), opened)
    return due(edition, ends, office.calendar, stopped_at=sent.at if sent else None)


def _closed(case: Case, office: Office) -> bool:
    return case.stage in office.table_of(case.under).final


def _of_service(case: Case, office: Office) -> Deadline:
    """The deadline of the service itself, which runs from the opening of a request on."""
    application_of(case)
    if (found := deadline_of(case, SERVICE, office=office)) is None:
        raise Malformed(f"case {case.id}", [Fault("term", "it tells no term of its service")])
    return found


def _within_a_day(of_service: Deadline) -> bool:
    counted = of_service.edition.value.term
    return not isinstance(counted, (WorkingDays, CalendarDays, Months)) or counted == WorkingDays(1)


def consultings(case: Case, /, *, office: Office) -> tuple[Deadline, ...]:
    """By when each body had to be asked, and when it was; in the order they were asked.

    Source: Law 202-V (2014), 25.
    """
    application_of(case)
    registered = case.last(Register)
    if registered is None:
        return ()
    day = office.day_of(registered.at)
    edition = office.limit("request.consulting", day, wording_of(registered.under))
    consulted_at = (record.at for record in case.records if isinstance(record.act, Consult))
    return tuple(due(edition, registered.at, office.calendar, stopped_at=at) for at in consulted_at)


@attrs.frozen
class DelayShare:
    """What one body has of the time of a request.

    Attributes:
        body: Who held it; empty for the provider.
        case: The consultation, or the request itself.
        days: Working days it stood there.
        last_day: The last day of the body's own term; None where there is none in days.
        excess: Of the days, those past it; 0 for the provider.
        late: Of the working days by which the request is late, those this body bears.
    """

    body: str
    case: str
    days: int
    last_day: date | None
    excess: int
    late: int


@attrs.frozen
class _Holding:
    """From when to when a body was asked, days as the calendar has them."""

    body: str
    case: str
    since: date
    until: date
    last_day: date | None

    def covers(self, day: date) -> bool:
        return self.since < day <= self.until


def delays(
    parent: Case, children: Iterable[Case], /, *, office: Office, at: datetime
) -> tuple[DelayShare, ...]:
    """Who held a request, for how many working days, and who made it late by how many.

    `children` are all the consultations opened out of it, and `at` is until when, for what is
    not closed.
    Raises `Malformed` if the parent is no request or tells no term, or a consultation it opened is not
    given: what that body held would be laid on the provider.

    The provider is first, then each body in the order they were asked. `days` sum up to the working days
    of the request, `late` to those it is late.
    """
    of_service = _of_service(parent, office)
    holdings = _holdings(parent, children, office, instant(at))
    days = _days(of_service, office, instant(at))
    of_bodies = _borne(holdings, days, of_service.days_late(at))
    late = of_service.days_late(at) - sum(share.late for share in of_bodies)
    own = len(days) - sum(share.days for share in of_bodies)
    return (DelayShare("", parent.id, own, of_service.last_day, 0, late), *of_bodies)


def _holdings(
    parent: Case, children: Iterable[Case], office: Office, at: datetime
) -> tuple[_Holding, ...]:
    by_id = {child.id: child for child in children}
    consulted = (r.act.case for r in parent.records if isinstance(r.act, Consult))
    if missing := [name for name in consulted if name not in by_id]:
        faults = [Fault(name, f"{parent.id} opened it, and it is not given") for name in missing]
        raise Malformed("consultations", faults)
    consultations = (by_id[name] for name in parent.children if name in by_id)
    return tuple(
        _holding(child, child.received, office, at)
        for child in consultations
        if isinstance(child.received, Ask)
    )


def _holding(child: Case, asked: Ask, office: Office, at: datetime) -> _Holding:
    day_of = office.day_of
    until = child.records[-1].at if _closed(child, office) else max(at, child.opened_at)
    answer = deadline_of(child, "consultation.answer", office=office)
    last_day = answer.last_day if answer else None
    return _Holding(asked.body, child.id, day_of(child.opened_at), day_of(until), last_day)


def _days(of_service: Deadline, office: Office, at: datetime) -> Sequence[date]:
    calendar = office.calendar
    counts = of_service.edition.value.first_day.value == "same"
    before = of_service.base_day - _DAY if counts else of_service.base_day
    until = calendar.place.day_of(of_service.stopped_at or at)
    return [calendar.after(before, n + 1) for n in range(max(0, calendar.between(before, until)))]


def _borne(holdings: Sequence[_Holding], days: Sequence[date], late: int) -> tuple[DelayShare, ...]:
    """The rows of the bodies: each day to one of them, lateness up to its excess."""
    whose = {
        day: max(holding_it, key=lambda holding: holding.until)
        for day in days
        if (holding_it := [holding for holding in holdings if holding.covers(day)])
    }
    shares = []
    for holding in holdings:
        own = [day for day, holder in whose.items() if holder is holding]
        excess = sum(holding.last_day is not None and day > holding.last_day for day in own)
        borne = min(excess, late)
        late -= borne
        shares.append(
            DelayShare(holding.body, holding.case, len(own), holding.last_day, excess, borne)
        )
    return tuple(shares)
