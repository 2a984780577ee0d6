"""What a participant sees of their case: what was done, in their words, and by which days.

Who works on it, and what is written inside, is never among it: which acts and limits are shown is
data of the country (`openakimat.law.law.Face`), and what that does not name is not shown.
"""

from datetime import date, datetime

import attrs

from openakimat.case import Case, Record
from openakimat.case.forgotten import field_of
from openakimat.judgement.deadlines import deadlines
from openakimat.judgement.docket import number_of
from openakimat.law.law import Face
from openakimat.law.office import Office
from openakimat.law.words import Words


@attrs.frozen
class Entry:
    """One thing that was done: when, what it is called, the ground or outcome, where that led."""

    at: datetime
    what: str
    ground: str
    stage: str


@attrs.frozen
class Day:
    """A day that matters to the participant; of a term in hours, the instant."""

    limit: str
    last_day: date | None
    at: datetime


@attrs.frozen
class PublicCase:
    """A case as its participant sees it: its number or id, matter and stage, what was done, the days to come."""

    number: str
    matter: str
    stage: str
    received_at: datetime
    entries: tuple[Entry, ...]
    days: tuple[Day, ...]


def public(case: Case, language: str = "en", /, *, office: Office) -> PublicCase:
    """What the participant sees of a case. Raises `Malformed` if the language is none of these.

    It is as of now if the case was asked so: `Desk.case(id, at=now)`.

    >>> from openakimat import Applicant, kz
    >>> from openakimat.judgement.judge import open_case
    >>> at, by = datetime.fromisoformat("2026-02-02T10:00+05:00"), Applicant("Aigerim")
    >>> case = open_case("appeal", kz.appeal.Receive(), id="A-7", at=at, by=by, office=kz.office())
    >>> seen = public(case, office=kz.office())
    >>> seen.stage, [f"{day.limit}: {day.last_day}" for day in seen.days]
    ('we have it; it has yet to be registered', ['Registration of the appeal: 2026-02-02'])
    """
    words, face = Words(office.law, language), office.law.faces.get(case.procedure, Face())

    def entry(record: Record) -> Entry:
        tag, act = record.act.tag, record.act
        said = [("ground", f"{tag}.{field_of(act, name)}") for name in ("outcome", "ground")]
        ground = next((words(*key) for key in said if key in office.law.labels), "")
        return Entry(record.at, words.heading("act", tag), ground, words.public_stage(record.stage))

    return PublicCase(
        number=number_of(case) or case.id,
        matter=words.heading("procedure", case.procedure),
        stage=words.public_stage(case.stage),
        received_at=case.opened_at,
        # By the tag alone, also of a class that is gone; the opening is known to who opened it.
        entries=tuple(entry(r) for r in case.records if r.no == 1 or r.act.tag in face.acts),
        days=tuple(
            Day(words("limit", due.limit), due.last_day, due.at)
            for due in deadlines(case, office=office)
            if due.limit in face.limits and due.stopped_at is None
        ),
    )


def coupon(case: Case, language: str = "en", /, *, office: Office) -> str:
    """The receipt that is handed to who brings something: its number, when it came, by when what is due.

    It names nobody. See `public` for what it takes.
    """
    words, seen = Words(office.law, language), public(case, language, office=office)
    day_text, instant_text = words.spoken.day_text, words.spoken.instant_text
    told = {
        "number": seen.number,
        "received": instant_text(office.calendar.place.local(seen.received_at)),
        "matter": seen.matter,
        "stage": seen.stage,
    }
    ends = (day_text(day.last_day) if day.last_day else instant_text(day.at) for day in seen.days)
    return "\n".join(
        (
            office.body.names.get(language, office.body.id),
            words("coupon", "heading"),
            *(words("coupon", key).format(value) for key, value in told.items()),
            *(f"{day.limit}: {end}" for day, end in zip(seen.days, ends, strict=True)),
        )
    )
