"""The audit of a queue, from its records: who was passed over, whatever the counter was shown."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import attrs

from openakimat.case.record import Case, Record
from openakimat.kz.visit.acts import GROUNDS, Call, CallOverride, HandOn
from openakimat.kz.visit.queue import WAITING, calls_of, place, ticket_of, visits_in

_REASONED = (CallOverride, HandOn)


@attrs.frozen
class Passing:
    """A call that passed somebody over without a ground on the ticket, or a serving without one.

    Attributes:
        over: The ids of those passed over, in the order of their turns.
        override: Whether it was owned as out of turn; then `reason` says why.
        reason: Of who was sent on from the queue and served uncalled, why they were sent on.
        claimed: The ground named at the window, where the ticket does not bear it: whoever
            looks into it finds out whether it was shown there.
    """

    case: str
    sector: str
    at: datetime
    by: str
    over: tuple[str, ...]
    override: bool = False
    reason: str = ""
    claimed: str = ""


@attrs.frozen
class _Span:
    visit: Case
    start: datetime
    end: datetime | None


def passed_over(
    visits: Iterable[Case], /, grounds: Mapping[str, str] = GROUNDS
) -> tuple[Passing, ...]:
    """Every call that passed somebody over without a ground on the ticket, from the records alone.

    `visits` are all of an office, served or not. Whoever is sent on from the queue and served uncalled
    is as good as called then. A ground that the ticket does not bear excuses nothing here: it is told
    as `claimed`.
    """
    sectors: defaultdict[str, list[Case]] = defaultdict(list)
    for visit in visits_in(visits):
        sectors[ticket_of(visit).sector].append(visit)
    passings = (passing for of in sectors.values() for passing in _passings(of, grounds))
    return tuple(sorted(passings, key=lambda passing: (passing.at, passing.case)))


def _passings(visits: list[Case], grounds: Mapping[str, str]) -> Iterator[Passing]:
    calls = sorted((c for visit in visits for c in calls_of(visit)), key=lambda call: call[1].at)
    lines = waiting_at(visits, (record.at for _, record in calls))
    for (visit, record), waiting in zip(calls, lines, strict=True):
        mine = place(visit, record.at, grounds)
        over = sorted(
            (theirs, other.id)
            for other in waiting
            if (theirs := place(other, record.at, grounds)) < mine
        )
        if over:
            yield _passing(visit, record, tuple(name for _, name in over), grounds)


def waiting_at(visits: Iterable[Case], moments: Iterable[datetime], /) -> Iterator[list[Case]]:
    """Who waited at each of some moments, told in order; whoever came or went at that very instant did not."""
    spans = (span for visit in visits for span in _spans(visit))
    coming, waiting = sorted(spans, key=lambda s: s.start, reverse=True), list[_Span]()
    for at in moments:
        while coming and coming[-1].start < at:
            waiting.append(coming.pop())
        waiting = [span for span in waiting if span.end is None or at < span.end]
        yield [span.visit for span in waiting]


def _spans(visit: Case) -> Iterator[_Span]:
    start: datetime | None = None
    for record in visit.records:
        if start is None and record.stage == WAITING:
            start = record.at
        elif start is not None and record.stage != WAITING:
            yield _Span(visit, start, record.at)
            start = None
    if start is not None:
        yield _Span(visit, start, None)


def _passing(
    visit: Case, record: Record, over: tuple[str, ...], grounds: Mapping[str, str]
) -> Passing:
    owned = isinstance(record.act, CallOverride)
    reasons = [
        r.act.reason for r in visit.records if r.no <= record.no and isinstance(r.act, _REASONED)
    ]
    named = record.act.ground if isinstance(record.act, Call) else None
    reason = reasons[-1] if reasons and named is None else ""
    ticket = ticket_of(visit)
    claimed = named if named and named in grounds and named != ticket.priority else ""
    return Passing(visit.id, ticket.sector, record.at, record.by, over, owned, reason, claimed)
