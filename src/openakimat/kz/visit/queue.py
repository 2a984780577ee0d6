"""The queue of a front office, read from its records: who is next, and who waited how long.

Rules. (1) First come those with a lawful ground to go before others, then the booked whose
time has come, then the rest by their tickets; a booked visitor who comes early is one of
the rest until then. (2) Sectors are queues of their own. (3) Whoever is recalled keeps
their place. (4) Waiting is counted to the first call, from the ticket, or from the time
booked if that is later; whoever is served without one waited until then. (5) Nothing here
needs more than records. (6) Cases that are no visits are passed over, and `Malformed` where one is asked
about, as is a naive instant.
It does not know windows or how long they are free.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from functools import partial

import attrs

from openakimat.calendar.terms import term
from openakimat.calendar.times import instant
from openakimat.case.record import Case, Record, opened_with
from openakimat.judgement.deadlines import deadline_of
from openakimat.kz.visit.acts import GROUNDS, Call, CallOverride, Serve, TakeTicket
from openakimat.law.office import Office

WAITING = "waiting"
LIMIT = "visit.waiting"
Place = tuple[int, datetime, int, str, str]
_MINUTE = timedelta(minutes=1)

ticket_of = partial(opened_with, TakeTicket)
"""The ticket that a visit began with; another case is `Malformed`."""


def visits_in(cases: Iterable[Case], /) -> Iterator[Case]:
    """The visits among cases."""
    return (case for case in cases if isinstance(case.received, TakeTicket))


def term_for(norm: str, /, *, at: datetime, booked_at: datetime | None = None) -> str:
    """The term of a ticket: the norm, and for those who come early the minutes to their time.

    Raises `Malformed` if the norm is no term, or an instant is naive.

    >>> ten = datetime.fromisoformat("2026-03-18T10:00+05:00")
    >>> term_for("15 minutes", at=ten, booked_at=ten + timedelta(minutes=20))
    '35 minutes'
    """
    at = instant(at)
    early = timedelta(0)
    if booked_at is not None:
        early = max(instant(booked_at, path="booked_at") - at, early)
    return f"{term(norm).n + -(-early // _MINUTE)} minutes"


def place(
    visit: Case, at: datetime, /, grounds: Mapping[str, str] = GROUNDS, *, claimed: str = ""
) -> Place:
    """What puts a visit before others at an instant: the lesser goes first.

    `claimed` is the ground named at the window, which counts as if the ticket bore it.
    """
    at = instant(at)
    ticket, taken_at = ticket_of(visit), visit.opened_at
    rank, since = 2, taken_at
    if ticket.priority in grounds or claimed in grounds:
        rank = 0
    elif ticket.booked_at is not None and ticket.booked_at <= at:
        rank, since = 1, ticket.booked_at
    return rank, since, len(ticket.ticket), ticket.ticket, visit.id


def order(
    visits: Iterable[Case], at: datetime, /, grounds: Mapping[str, str] = GROUNDS
) -> tuple[Case, ...]:
    """The visits that wait, those of all sectors together, in the order of their turns.

    A booked visitor's time may have come by the instant.
    """
    at = instant(at)
    waiting = (visit for visit in visits_in(visits) if visit.stage == WAITING)
    return tuple(sorted(waiting, key=lambda visit: place(visit, at, grounds)))


def next_in(
    visits: Iterable[Case], sector: str, at: datetime, /, grounds: Mapping[str, str] = GROUNDS
) -> Case | None:
    """Whose turn it is in a sector, or None when nobody waits there."""
    of_sector = (visit for visit in visits_in(visits) if ticket_of(visit).sector == sector)
    return next(iter(order(of_sector, at, grounds)), None)


def ahead(
    visit: Case, visits: Iterable[Case], at: datetime, /, grounds: Mapping[str, str] = GROUNDS, *,
    claimed: str = "",
) -> tuple[Case, ...]:  # fmt: skip
    """Those of its sector whom a call of a visit would pass over, in the order of their turns.

    Nobody is passed over who has a ground too and came earlier, whatever ground is claimed.
    """
    mine = place(visit, at, grounds, claimed=claimed)
    others = (
        other
        for other in visits_in(visits)
        if other.id != visit.id
        and ticket_of(other).sector == ticket_of(visit).sector
        and place(other, at, grounds) < mine
    )
    return order(others, at, grounds)


@attrs.frozen
class Waits:
    """How long visitors waited.

    Attributes:
        p50, p90, longest: Whole minutes waited, of everybody: until the first call, until
            they left uncalled, or so far. None without tickets.
        in_time, late: How many were called, or served without a call, within the norm told
            to them, and how many were after it or wait past it still.
        left: How many left, or were sent on, before they were called and before the norm was
            over.
    """

    n: int
    p50: int | None
    p90: int | None
    longest: int | None
    in_time: int
    late: int
    left: int

    @property
    def share(self) -> Fraction | None:
        """The share called in time, of those who were called or waited past the norm."""
        known = self.in_time + self.late
        return Fraction(self.in_time, known) if known else None


def waits(visits: Iterable[Case], office: Office, at: datetime, /) -> Waits:
    """How long the visitors of an office have waited by an instant.

    Who still waits counts: so far in minutes, and as late once the norm is over. A visit
    whose service tells no norm is neither in time nor late.
    """
    at, visits = instant(at), tuple(visits_in(visits))
    minutes = sorted(waited(visit, at) // _MINUTE for visit in visits)
    n_standing = Counter(_standing(visit, office, at) for visit in visits)
    return Waits(
        len(visits), _percentile(minutes, 50), _percentile(minutes, 90), _percentile(minutes, 100),
        n_standing["in time"], n_standing["late"], n_standing["left"],
    )  # fmt: skip


def first_call(visit: Case, /) -> Record | None:
    """The record of the first call, or of the serving that came without one."""
    return next((record for _, record in calls_of(visit)), None)


def waited(visit: Case, at: datetime, /) -> timedelta:
    """How long a visitor waited: see rule 4."""
    since = max(visit.opened_at, ticket_of(visit).booked_at or visit.opened_at)
    called = first_call(visit)
    ended = (r.at for r in visit.records if r.stage != WAITING)
    until = called.at if called else next(ended, at)
    return max(until - since, timedelta(0))


def _standing(visit: Case, office: Office, at: datetime) -> str:
    """How a visit stands by the norm told: in time, late, left, or open."""
    norm = deadline_of(visit, LIMIT, office=office) if ticket_of(visit).term else None
    if norm is None:
        return "open"
    if called := first_call(visit):
        return "late" if norm.at <= called.at else "in time"
    if norm.missed(at):
        return "late"
    return "open" if visit.stage == WAITING else "left"


def _percentile(ordered: list[int], share: int) -> int | None:
    return ordered[-(-len(ordered) * share // 100) - 1] if ordered else None


def calls_of(visit: Case, /) -> Iterator[tuple[Case, Record]]:
    """The calls of a visit, and each serving of who has not been called since they waited."""
    called = False
    for record in visit.records:
        if isinstance(record.act, (Call, CallOverride)) or (
            isinstance(record.act, Serve) and not called
        ):
            called = True
            yield visit, record
        elif record.stage == WAITING:
            called = False
