"""The days of an official as iCalendar: the terms that run in cases given to them, and their receptions.

Rules. (1) An event has one UID for ever, of its case and limit; its SEQUENCE rises with each record of
the case, and with each law or calendar that the office adopts. (2) Days are days, hours are told by the
clocks of the office, and these as its law has them. (3) What stood there and does no more is CANCELLED
until its day is over, for who has imported it drops nothing that is merely gone. (4) There is no METHOD:
a feed is a snapshot, and nobody is asked to answer (RFC 5545, 3.7.2).
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from openakimat.calendar.times import Place
from openakimat.case.forgotten import field_of
from openakimat.desk import Desk
from openakimat.judgement.docket import number_of, terms_of
from openakimat.judgement.lapse import settle
from openakimat.judgement.past import known_by
from openakimat.judgement.running import Running
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.report.frames import row_of

_CLOCK = "%Y%m%dT%H%M%S"


def calendar_lines(desk: Desk, official: str, words: Words, /, *, at: datetime) -> Iterator[str]:
    """The calendar of an official by the id that records have, as of an instant.

    >>> from openakimat import kz
    >>> from openakimat.adapters import memory
    >>> desk, at = Desk(kz.office(), memory.Store()), datetime.fromisoformat("2026-03-18T10:00+05:00")
    >>> "".join(calendar_lines(desk, "d.kim", Words(kz.law()), at=at))[:15]
    'BEGIN:VCALENDAR'
    """
    place, stamp = desk.office.calendar.place, f"DTSTAMP:{at.astimezone(UTC):{_CLOCK}}Z"
    n_adopted = sum(known_by(one, at) is not None for one in desk.adoptions())
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//openakimat//EN", *_clocks(place)]
    for known in filter(None, (known_by(case, at) for case in desk.files())):
        of, _ = settle(known, at=at, office=desk.office)
        case, sequence = of.case, f"SEQUENCE:{of.case.n_sealed + n_adopted}"
        for name, day, title, stands in _days(of, official, desk.office, at):
            start = f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
            if isinstance(day, datetime):
                start = f"DTSTART;TZID={place.name}:{place.local(day):{_CLOCK}}"
            texts = (
                f"UID:{case.id}/{name}",
                f"SUMMARY:{number_of(case) or case.id}: {words(*title)}",
            )
            escaped = (re.sub(r"[\\;,]", r"\\\g<0>", " ".join(text.split())) for text in texts)
            status = f"STATUS:{'CONFIRMED' if stands else 'CANCELLED'}"
            lines += ("BEGIN:VEVENT", *escaped, stamp, start, sequence, status, "END:VEVENT")
    for line in (*lines, "END:VCALENDAR"):
        # No line has more than 75 bytes, and a sign up to four.
        short = len(line.encode()) <= 75  # noqa: PLR2004 - RFC 5545
        yield (line if short else "\r\n ".join(re.findall(".{1,18}", line))) + "\r\n"


def _days(
    of: Running, official: str, office: Office, at: datetime
) -> Iterator[tuple[str, date, tuple[str, str], bool]]:
    """The days of a case that are of an official: what each is, when, its words, and whether it stands."""
    case = of.case
    hands = [(r.at, official in r.act.handlers) for r in case.records if r.act.assigns]
    if held := [n for n, (_, theirs) in enumerate(hands) if theirs]:
        terms, (lost, _) = terms_of(of, office), [*hands, (at, True)][held[-1] + 1]
        # Of a limit the last: those of former rounds stand first.
        for due in {d.limit: d for d in (*terms.others, terms.principal) if d}.values():
            ran = due.base_at <= lost and (due.stopped_at or lost) > hands[held[0]][0]
            stands = hands[-1][1] and due.stopped_at is None and not due.paused
            if stands or (ran and due.at > at):
                yield due.limit, due.last_day or due.at, ("limit", due.limit), stands
    if field_of(case.received, "official") == official:
        slot = row_of(case, "cases")["scheduled_for"]
        if slot and (slot > at or not of.closed):
            yield "scheduled", slot, ("procedure", case.procedure), not of.closed
        for n, day in enumerate(field_of(case.received, "days") or ()):
            if day >= office.day_of(at):
                yield f"day-{n + 1}", day, ("kind", case.received.kind), True


def _clocks(place: Place) -> Iterator[str]:
    yield from ("BEGIN:VTIMEZONE", f"TZID:{place.name}")
    former = place.offsets.editions[0]
    for edition in place.offsets:
        told = [f"{one.value // 3600:+03}{one.value // 60 % 60:02}" for one in (former, edition)]
        yield from ("BEGIN:STANDARD", f"DTSTART:{edition.since:{_CLOCK}}")
        yield from (f"TZOFFSETFROM:{told[0]}", f"TZOFFSETTO:{told[1]}", "END:STANDARD")
        former = edition
    yield "END:VTIMEZONE"
