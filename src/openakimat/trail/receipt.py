"""The receipt of a deadline: all that the day rests on, from which it can be counted again.

Rules. (1) A receipt is plain values of its own: it needs neither the law nor the calendar
it was made under. (2) It is given only if the day can be counted again from it. (3) What
it says may be checked against itself; that nobody wrote all of it anew is for the trail.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import attrs

from openakimat.calendar.excerpt import Excerpt, counting
from openakimat.calendar.terms import term
from openakimat.calendar.worktime import WorkCalendar
from openakimat.dated import LATER, Edition, Evidence
from openakimat.errors import AkimatError, BrokenTrail, Fault, Malformed
from openakimat.judgement.changes import Change, because
from openakimat.law.fingerprint import describe_rules, version
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline, due
from openakimat.limits.limit import Rule, TimeLimit, as_told

LIBRARY = "0.1.0"
"""The version of this library, written here alone: receipts name it, and so does the package."""

FORM = 1
"""The form in which receipts are written; a change of it keeps the older ones readable."""


@attrs.frozen
class Receipt:
    """A deadline with everything that it rests on, so that it can be counted again from this alone.

    Attributes:
        limit, law, since, source, evidence: The limit, the wording, its first day, article, mark.
        term: Such as ``15 working days``; `direction` is ``after`` the base or ``before`` it.
        base, first_day, late, roll: The rules it is counted by, each with its own source.
        grounds: The pauses that the limit allows.
        base_at: The instant counted from.
        pauses: Those counted, each from its start to its end.
        until: The last day that is named, by an extension or by who set the term.
        stopped_at, paused: When the clock stopped; whether it stood still.
        at: The answer: the first instant too late.
        last_day: The last day in time; None for terms in hours and minutes.
        readings: The answers given to disputed questions that touch the limit.
        pack: The version of the law as the office read it.
        calendar: The days it rests on.
        library, form: What counted it, and how this is written.
        extended_at: When an extension named its last day.
    """

    limit: str
    law: str
    since: date
    source: str
    evidence: Evidence
    names: Mapping[str, str] = attrs.field(hash=False)
    term: str
    direction: str
    base: Rule
    first_day: Rule
    late: Rule
    roll: Rule
    grounds: tuple[str, ...]
    base_at: datetime
    pauses: tuple[tuple[datetime, datetime], ...]
    until: date | None
    stopped_at: datetime | None
    paused: bool
    at: datetime
    last_day: date | None
    readings: Mapping[str, str] = attrs.field(hash=False)
    pack: str
    calendar: Excerpt
    library: str = LIBRARY
    form: int = attrs.field(default=FORM, validator=attrs.validators.in_((FORM,)))
    extended_at: datetime | None = attrs.field(default=None, metadata=LATER)

    def __str__(self) -> str:
        return (
            f"{self.limit}, {self.law}: {self.last_day or self.at}, {self.term} from {self.base_at} "
            f"[{self.source}; {self.evidence.value}]; law {self.pack}, "
            f"calendar {self.calendar.version}, openakimat {self.library}"
        )


def receipt(deadline: Deadline, /, *, office: Office) -> Receipt:
    """The receipt of a deadline.

    Raises `Malformed` if it was counted by another limit or another calendar; `BrokenTrail` if it is not
    the day that what it holds leads to.

    >>> from openakimat import kz
    >>> office = kz.office()
    >>> limit = office.limit("appeal.consideration", date(2026, 3, 19), "appc-2026")
    >>> base_at = datetime.fromisoformat("2026-03-19T09:00+05:00")
    >>> given = receipt(due(limit, base_at, office.calendar), office=office)
    >>> given.term, given.last_day, [f"{day.on}" for day in given.calendar.days][:3]
    ('15 working days', datetime.date(2026, 4, 14), ['2026-03-21', '2026-03-22', '2026-03-23'])
    """
    _of_office(deadline, office)
    edition, local = deadline.edition, deadline.calendar.place.local
    limit, stopped, extended = edition.value, deadline.stopped_at, deadline.extended_at
    written = Receipt(
        limit=limit.key,
        **_told_by(edition, "law", "since", "source", "evidence"),
        names=dict(limit.names),
        term=str(limit.term),
        **_told_by(limit, "direction", "base", "first_day", "late", "roll"),
        grounds=tuple(sorted(limit.pauses)),
        base_at=local(deadline.base_at),
        pauses=tuple((local(pause.start), local(pause.end)) for pause in deadline.pauses),
        **_told_by(deadline, "until", "paused", "at", "last_day"),
        stopped_at=local(stopped) if stopped else None,
        readings=_touching(edition, office),
        pack=version(office),
        calendar=deadline.excerpt,
        extended_at=local(extended) if extended else None,
    )
    # Not given unless it can be counted again: nobody is to find out years later that it cannot.
    reproduce(written)
    return written


def _told_by(of: object, *names: str) -> dict[str, Any]:
    return {name: getattr(of, name) for name in names}


def _of_office(deadline: Deadline, office: Office) -> None:
    """Refuse to certify a day by law or days that it was not counted by."""
    faults = []
    # A limit that is as set has the term that an act told, which no edition of the law has.
    words = str(deadline.edition.value.term)
    editions = [as_told(edition, words) for edition in office.law.limits.get(deadline.limit, ())]
    if deadline.edition not in editions:
        faults.append(Fault("limit", f"{deadline.limit} is not so in the law of this office"))
    if deadline.calendar.version != office.calendar.version:
        faults.append(Fault("calendar", "is not that of this office"))
    if faults:
        raise Malformed("deadline", faults)


def _touching(edition: Edition[TimeLimit], office: Office) -> dict[str, str]:
    where = edition.value.key, edition.law
    readings = office.law.readings.items()
    return {name: office.readings[name] for name, reading in readings if where in reading.touches}


def reproduce(receipt: Receipt, /) -> Deadline:
    """The deadline counted again from what the receipt holds alone.

    Raises `BrokenTrail` if what it holds leads to another day than the one written on it, or to none; the
    message names what differs.

    >>> from openakimat import kz
    >>> office = kz.office()
    >>> limit = office.limit("appeal.redirection", date(2026, 8, 28), "appc-2026")
    >>> base_at = datetime.fromisoformat("2026-08-28T09:00+05:00")
    >>> given = receipt(due(limit, base_at, office.calendar), office=office)
    >>> reproduce(given).last_day
    datetime.date(2026, 9, 2)
    >>> reproduce(attrs.evolve(given, last_day=date(2026, 9, 3)))
    Traceback (most recent call last):
    openakimat.errors.BrokenTrail: receipt of appeal.redirection from 2026-08-28 09:00:00+05:00:
    last_day is 2026-09-03, what it rests on gives 2026-09-02
    """
    # A receipt comes from outside and may hold anything: dates that no calendar has, terms past
    # the year 9999. Whatever goes wrong in counting, it is the receipt that is not true.
    try:
        counted = _count_again(receipt, _edition(receipt), counting(receipt.calendar))
    except (AkimatError, ValueError, LookupError, OverflowError, OSError) as wrong:
        raise _untrue(receipt, f"it cannot be counted: {wrong}") from wrong
    # Both: the day is what a person was told, the instant is what an act is late by.
    for name in ("last_day", "at"):
        was, now = getattr(receipt, name), getattr(counted, name)
        if was != now:
            raise _untrue(receipt, f"{name} is {was}, what it rests on gives {now}")
    return counted


def _untrue(receipt: Receipt, why: str) -> BrokenTrail:
    what = f"receipt of {receipt.limit} from {receipt.base_at}"
    return BrokenTrail(f"{what}: {why}", at_record=0, code="receipt.untrue")


def _count_again(receipt: Receipt, edition: Edition[TimeLimit], calendar: WorkCalendar) -> Deadline:
    return due(
        edition, receipt.base_at, calendar, pauses=receipt.pauses, until=receipt.until,
        stopped_at=receipt.stopped_at, paused=receipt.paused, extended_at=receipt.extended_at,
    )  # fmt: skip


def _edition(receipt: Receipt) -> Edition[TimeLimit]:
    limit = TimeLimit(
        receipt.limit, term(receipt.term), receipt.base, receipt.first_day, receipt.late,
        receipt.roll, frozenset(receipt.grounds), receipt.direction, receipt.names,
    )  # fmt: skip
    return Edition(limit, receipt.law, receipt.since, receipt.source, receipt.evidence)


@attrs.frozen
class Recount:
    """What the day of a receipt would be by the law and calendar of an office.

    The versions `changed` are ``pack``, ``calendar`` or both; `why` is what of it the day rests on.
    """

    before: Deadline
    after: Deadline
    changed: tuple[str, ...]
    why: tuple[Change, ...]

    @property
    def stands(self) -> bool:
        """Whether it is the same day."""
        return self.before.at == self.after.at

    def __str__(self) -> str:
        was, now = (f"{day.last_day or day.at}" for day in (self.before, self.after))
        verdict = f"stands: {now}" if self.stands else f"moved: {was} becomes {now}"
        return "\n".join((verdict, *(f"  {change}" for change in self.why)))


def recount(receipt: Receipt, /, *, office: Office) -> Recount:
    """Whether the law and calendar of an office still give the day of a receipt, and why not.

    Pauses are taken as the receipt counts them. Where another reading counts others,
    `why` says so, and the case itself must be asked.
    Raises `BrokenTrail` if the receipt is not true to itself; `Malformed` or `Undated` if the office has no
    such limit, or none on that day; `BeyondCalendar` if a day needed is outside the office's calendar.

    >>> from openakimat import kz
    >>> then = kz.office(calendar=kz.calendar(known_on=date(2026, 1, 10)))
    >>> limit = then.limit("appeal.redirection", date(2026, 8, 28), "appc-2026")
    >>> base_at = datetime.fromisoformat("2026-08-28T09:00+05:00")
    >>> given = receipt(due(limit, base_at, then.calendar), office=then)
    >>> found = recount(given, office=kz.office())
    >>> found.changed, found.stands, [change.name for change in found.why]
    (('calendar',), False, ['2026-08-31'])
    """
    before = reproduce(receipt)
    day = before.calendar.place.day_of(receipt.base_at)
    edition = as_told(office.limit(receipt.limit, day, receipt.law), receipt.term)
    after = _count_again(receipt, edition, office.calendar)
    versions = {
        "pack": (receipt.pack, version(office)),
        "calendar": (receipt.calendar.version, office.calendar.version),
    }
    changed = tuple(name for name, (was, now) in versions.items() if was != now)
    return Recount(before, after, changed, (*_grounds(before, after), *because(before, after)))


def _grounds(before: Deadline, after: Deadline) -> Iterable[Change]:
    # `because` tells of grounds only where a pause was counted otherwise; here all are as they were.
    was, now = (describe_rules(day.edition.value)["pauses"] for day in (before, after))
    if was == now:
        return []
    return [Change("limit", after.limit, after.edition.law, "pauses", was, now)]
