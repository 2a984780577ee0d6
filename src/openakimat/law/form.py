"""The law that an office opens its cases under, as a journal keeps it: what its days are counted by.

Rules. (1) In it is all that a day is counted from, and what that rests on: every limit as the
office reads it, its answers, its calendar. Words are not: they move no day. (2) The digest is
in the name. (3) It is kept to be compared with; cases are counted by the law of today.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import attrs

from openakimat.calendar.days import DayNote
from openakimat.calendar.excerpt import CENTURY, Excerpt, Offset, OpeningHours, counting, excerpt
from openakimat.calendar.terms import term
from openakimat.calendar.worktime import WorkCalendar
from openakimat.case.record import short_name
from openakimat.dated import Dated, Edition, Evidence, in_order
from openakimat.errors import AkimatError, BrokenTrail
from openakimat.law.fingerprint import RULES
from openakimat.law.office import Office
from openakimat.limits.limit import Rule, TimeLimit

_KIND = "law/"

_YEARS_BEFORE = 10
"""How far back from the last year decreed the calendar is kept: few cases are open for longer."""


@attrs.frozen(eq=False)
class KeptLaw:
    """What an office counted days by: its limits as it read them, its answers, its calendar."""

    office: str
    limits: Mapping[str, Dated[TimeLimit]] = attrs.field(repr=False)
    readings: Mapping[str, str]
    calendar: WorkCalendar

    def read_by(self, office: Office, /) -> Office:
        """The office of today as it would count by this law."""
        return office.counting_by(self.limits, self.readings, self.calendar)


def is_law(name: str, office: str = "", /) -> bool:
    """Whether a form is, by its name, a law; of an office, where one is named."""
    # What a store gives back for a name may be no text.
    return isinstance(name, str) and name.startswith(f"{_KIND}{office}@" if office else _KIND)


@lru_cache(maxsize=32)
def law_form(office: Office, /) -> tuple[str, bytes]:
    """The law of an office as a form: its name, its bytes."""
    editions = (edition for dated in office.law.limits.values() for edition in dated)
    plain = {
        "office": office.body.id,
        "limits": sorted(map(_plain_limit, editions), key=lambda limit: limit[:2]),
        "readings": dict(office.readings),
        "calendar": _plain_calendar(office.calendar),
    }
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    form = text.encode()
    return _name_of(office.body.id, form), form


def _name_of(office: str, form: bytes) -> str:
    return f"{_KIND}{office}@{hashlib.sha256(form).hexdigest()}"


def _plain_limit(of: Edition[TimeLimit]) -> list[Any]:
    limit, cited = of.value, (of.source, of.evidence)
    rules = (getattr(limit, name) for name in RULES)
    return [
        limit.key,
        of.law,
        f"{of.since}",
        of.source,
        of.evidence.value,
        f"{limit.term}",
        limit.direction,
        sorted(limit.pauses),
        # Most rules rest on what the limit rests on: then it is not said again.
        *(
            rule.value
            if (rule.source, rule.evidence) == cited
            else [rule.value, rule.source, rule.evidence.value]
            for rule in rules
        ),
    ]


def _plain_calendar(of: WorkCalendar) -> dict[str, Any]:
    year = min(of.confirmed_until, of.last).year - _YEARS_BEFORE
    first = max(of.first, date(max(year, 1), 1, 1))
    # What no excerpt may tell of could not be read again.
    last = date.fromordinal(min(of.last.toordinal(), first.toordinal() + CENTURY))
    whole = excerpt(of, first, last)
    # One decree settles a year of days, and a holiday comes back every year.
    told: dict[str, int] = {}

    def place(names: Mapping[str, str], source: str) -> int:
        key = json.dumps([names, source], ensure_ascii=False, sort_keys=True)
        return told.setdefault(key, len(told))

    days = [
        [f"{d.on}", d.kind, place(d.names, d.source), d.confidence, f"{d.moved or ''}"]
        for d in whole.days
    ]
    return {
        "week": whole.week,
        "first": f"{whole.first}",
        "last": f"{whole.last}",
        "confirmed": f"{whole.confirmed_until}",
        "days": days,
        "told": [json.loads(key) for key in told],
        "hours": [[f"{h.since}", h.daily, h.by_weekday] for h in whole.hours],
        "place": whole.place,
        "offsets": [
            [f"{o.since}", o.seconds, o.law, o.source, o.evidence.value] for o in whole.offsets
        ],
    }


def read_law(form: bytes, /, *, name: str) -> KeptLaw:
    """The law that a form holds. Raises `BrokenTrail` if it does not bear that name, or is no law."""
    try:
        plain = json.loads(form)
        limits: dict[str, list[Edition[TimeLimit]]] = {}
        for edition in map(_read_limit, plain["limits"]):
            limits.setdefault(edition.value.key, []).append(edition)
        law = KeptLaw(
            plain["office"],
            {key: Dated(key, in_order(editions)) for key, editions in limits.items()},
            dict(plain["readings"]),
            counting(_read_calendar(plain["calendar"])),
        )
    # Kept outside, it may be anything by now.
    except (
        AkimatError, ValueError, LookupError, TypeError, AttributeError, RecursionError
    ) as wrong:  # fmt: skip
        raise _altered(name, f"{wrong}") from wrong
    if name != _name_of(law.office, form):
        raise _altered(name, "it does not bear its name")
    return law


def _altered(name: str, why: str) -> BrokenTrail:
    return BrokenTrail(f"{short_name(name)}: {why}", at_record=0, code="trail.altered-law")


def _read_limit(plain: list[Any]) -> Edition[TimeLimit]:
    key, law, since, source, mark, words, direction, pauses, *rules = plain
    base, first_day, late, roll = (_read_rule(rule, source, mark) for rule in rules)
    grounds = frozenset(map(str, pauses))
    limit = TimeLimit(key, term(words), base, first_day, late, roll, grounds, direction)
    return Edition(limit, law, date.fromisoformat(since), source, Evidence(mark))


def _read_rule(plain: str | list[str], source: str, mark: str) -> Rule:
    value, source, mark = (plain, source, mark) if isinstance(plain, str) else plain
    return Rule(value, source, Evidence(mark))


def _read_calendar(plain: Mapping[str, Any]) -> Excerpt:
    day = date.fromisoformat
    return Excerpt(
        "",
        plain["week"],
        day(plain["first"]),
        day(plain["last"]),
        day(plain["confirmed"]),
        tuple(_read_day(each, plain["told"]) for each in plain["days"]),
        tuple(
            OpeningHours(day(since), _spans(daily), tuple((n, _spans(s)) for n, s in by_weekday))
            for since, daily, by_weekday in plain["hours"]
        ),
        plain["place"],
        tuple(
            Offset(day(since), seconds, law, source, Evidence(mark))
            for since, seconds, law, source, mark in plain["offsets"]
        ),
    )


def _read_day(plain: list[Any], told: list[Any]) -> DayNote:
    on, kind, place, confidence, moved = plain
    names, source = told[place]
    day = date.fromisoformat
    return DayNote(day(on), kind, names, source, confidence, day(moved) if moved else None)


def _spans(plain: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in plain)
