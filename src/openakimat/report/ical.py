"""The days of an official as iCalendar: the terms that run in cases given to them, and their receptions.

Rules. (1) An event has one UID for ever, of its case and limit; its SEQUENCE rises with each record of
the case, and with each law or calendar that the office adopts. (2) Days are days, hours are told by the
clocks of the office, and these as its law has them.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from openakimat.calendar.times import Place
from openakimat.case.forgotten import field_of
from openakimat.case.record import Case
from openakimat.desk import Desk
from openakimat.judgement.docket import number_of, terms_of
from openakimat.judgement.running import follow
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.report.frames import row_of

_CLOCK = "%Y%m%dT%H%M%S"


def calendar_lines(desk: Desk, official: str, words: Words, /, *, at: datetime) -> Iterator[str]:
    """The calendar of an official by the id that records have, as it is made at an instant.

    >>> from openakimat import kz
    >>> from openakimat.adapters import memory
    >>> desk, at = Desk(kz.office(), memory.Store()), datetime.fromisoformat("2026-03-18T10:00+05:00")
    >>> "".join(calendar_lines(desk, "d.kim", Words(kz.law()), at=at))[:15]
    'BEGIN:VCALENDAR'
    """
    place, n_adopted = desk.office.calendar.place, len(desk.adoptions())
    stamp = f"DTSTAMP:{at.astimezone(UTC):{_CLOCK}}Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//openakimat//EN", *_clocks(place)]
    for case in desk.files():
        for of, day, title in _days(case, official, desk.office):
            start = f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
            if isinstance(day, datetime):
                start = f"DTSTART;TZID={place.name}:{place.local(day):{_CLOCK}}"
            texts = f"UID:{case.id}/{of}", f"SUMMARY:{number_of(case) or case.id}: {words(*title)}"
            escaped = (re.sub(r"[\\;,]", r"\\\g<0>", " ".join(text.split())) for text in texts)
            sequence = f"SEQUENCE:{case.n_sealed + n_adopted}"
            lines += ("BEGIN:VEVENT", *escaped, stamp, start, sequence, "END:VEVENT")
    for line in (*lines, "END:VCALENDAR"):
        # No line has more than 75 bytes, and a sign up to four.
        short = len(line.encode()) <= 75  # noqa: PLR2004 - RFC 5545
        yield (line if short else "\r\n ".join(re.findall(".{1,18}", line))) + "\r\n"


def _days(case: Case, official: str, office: Office) -> Iterator[tuple[str, date, tuple[str, str]]]:
    """The days of a case that are of an official: what each is, when, and its words."""
    of = follow(case, office=office)
    given = [record.act.handlers for record in case.records if record.act.assigns]
    if given and official in given[-1]:
        terms = terms_of(of, office)
        # Of a limit the last: those of former rounds stand first.
        for due in {d.limit: d for d in (*terms.others, terms.principal) if d}.values():
            if due.stopped_at is None and not due.paused:
                yield due.limit, due.last_day or due.at, ("limit", due.limit)
    slot = row_of(case, "cases")["scheduled_for"]
    if slot and field_of(case.received, "official") == official and not of.closed:
        yield "scheduled", slot, ("procedure", case.procedure)


def _clocks(place: Place) -> Iterator[str]:
    yield from ("BEGIN:VTIMEZONE", f"TZID:{place.name}")
    former = place.offsets.editions[0]
    for edition in place.offsets:
        told = [f"{one.value // 3600:+03}{one.value // 60 % 60:02}" for one in (former, edition)]
        yield from ("BEGIN:STANDARD", f"DTSTART:{edition.since:{_CLOCK}}")
        yield from (f"TZOFFSETFROM:{told[0]}", f"TZOFFSETTO:{told[1]}", "END:STANDARD")
        former = edition
    yield "END:VTIMEZONE"
