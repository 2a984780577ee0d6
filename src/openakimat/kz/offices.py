"""Where offices are, when they are open, and by which calendar and law they work."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import attrs

from openakimat.calendar.days import ROUND_THE_CLOCK, DayNote, Hours, intervals
from openakimat.calendar.terms import Term
from openakimat.calendar.times import Place
from openakimat.calendar.worktime import WorkCalendar
from openakimat.case.people import Body
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import Malformed, unknown_fault
from openakimat.kz.alphabet import sort_key
from openakimat.kz.data import dated, read
from openakimat.kz.law import law, naming_files
from openakimat.kz.numbers import registration_number
from openakimat.kz.office_file import read_office
from openakimat.law.authority import Signs
from openakimat.law.law import Law
from openakimat.law.office import Office


@cache
def place(town: str = "Astana") -> Place:
    """A place by the name of a town. Raises `Malformed` if no place has that town."""
    places = read("offices.toml")["places"]
    for told in places.values():
        if town in told["towns"]:
            offsets = [{**told, **o, "law": f"utc+{o['hours']}"} for o in told["offsets"]]
            return Place(
                town, dated(f"UTC offset of {town}", offsets, lambda o: int(o["hours"]) * 3600)
            )
    towns = sorted(town for told in places.values() for town in told["towns"])
    raise Malformed("place", [unknown_fault("town", town, towns)])


@cache
def hours(name: str = "usual") -> Dated[Hours]:
    """Opening hours by name, with the day each edition holds from.

    Raises `Malformed` if no hours have that name.
    """
    all_hours = read("offices.toml")["hours"]
    if name not in all_hours:
        raise Malformed("hours", [unknown_fault("name", name, all_hours)])
    editions = [{**e, "law": f"{name} {e['since']}"} for e in all_hours[name]["editions"]]
    return dated(f"hours {name}", editions, lambda e: Hours(intervals(*e["daily"])))


@cache
def _notes() -> tuple[DayNote, ...]:
    file = read("workdays.toml")
    return tuple(
        DayNote(
            on=day["on"],
            kind=day["is"],
            names=file["names"].get(day.get("name"), {}),
            source=file["sources"].get(day["source"], day["source"]),
            confidence=day["confidence"],
            moved=day.get("for"),
            weeks=frozenset(day.get("weeks", ())),
            known_from=day.get("known_from", date.min),
            known_until=day.get("known_until"),
        )
        for day in file["days"]
    )


def calendar(
    week: str = "five-day",
    *,
    town: str = "Astana",
    open: str | Dated[Hours] = "usual",
    notes: Iterable[DayNote] = (),
    known_on: date = date.max,
    strict: bool = False,
) -> WorkCalendar:
    """The working calendar of Kazakhstan, 2007 to 2027.

    Raises `Malformed` if no week, town or hours have that name.

    Args:
        week: ``five-day``, ``six-day`` or ``24x7``.
        town: Where; see `place`.
        open: Opening hours, by name (see `hours`) or of your own.
        notes: Days of your own, laid over the nation's.
        known_on: As the calendar was known on this day.
        strict: End at the last day decreed instead of forecasting.

    >>> calendar().is_working(date(2026, 3, 24))
    False
    """
    return _calendar(week, town, open, tuple(notes), known_on, strict=strict)


@lru_cache(maxsize=64)
def _calendar(
    week: str, town: str, open: str | Dated[Hours], own: tuple[DayNote, ...], known_on: date, *,
    strict: bool,
) -> WorkCalendar:  # fmt: skip
    file = read("workdays.toml")
    always = Dated(
        "always", (Edition(ROUND_THE_CLOCK, "always", date.min, "", Evidence.CONFIRMED),)
    )
    return WorkCalendar(
        file["first"], file["last"], file["confirmed_until"], _notes() + own, week,
        hours=always if week == "24x7" else hours(open) if isinstance(open, str) else open,
        place=place(town), known_on=known_on, strict=strict,
    )  # fmt: skip


_calendar_of = calendar
"""The same where that name is of what is given."""


def _where(own: WorkCalendar, given: WorkCalendar) -> WorkCalendar:
    """A calendar given to a sample office, at its place and hours where no others were chosen."""
    at = own.place if given.place is place("Astana") else given.place
    opens = own.hours if given.hours is hours("usual") else given.hours
    if at is given.place and opens is given.hours:
        return given
    return attrs.evolve(given, place=at, hours=opens)


def office(
    of: str | Body | Path = "astana",
    /,
    *,
    calendar: WorkCalendar | None = None,
    readings: Mapping[str, str] | None = None,
    wording: str | None = None,
    since: Mapping[str, date] | None = None,
    standards: Mapping[str, Term | str] | None = None,
    authority: Sequence[Signs] = (),
    pack: Law | None = None,
) -> Office:
    """An office under the law of Kazakhstan; offline, and with no clock hidden in it.

    Raises `Malformed` if no sample office, reading, choice or wording has that name, or of the file
    something means nothing: all at once.

    Args:
        of: A sample office by id or by name in any language, a body of your own, or the file
            of an office, whose name ends with ``.toml``; see `office_file`.
        calendar: Its calendar; a sample office has its own, and of another the place and the
            hours, unless these are chosen.
        readings: Answers to the disputed questions of the law.
        wording: Judge by this wording whatever the day.
        since: First days of wordings other than ours.
        standards: What it promises itself beside the law, by procedure or limit, such as
            ``{"appeal": "7 working days"}``; see `Office`.
        authority: Who signs what in it, of those who may by law; see `Signs`.
        pack: Another law, such as one extended by the host.

    >>> office("Хромтау ауданы").body.id
    'khromtau'
    """
    samples = read("offices.toml")["offices"]
    if isinstance(of, Path) or (isinstance(of, str) and of.lower().endswith(".toml")):
        file = read_office(Path(of))
        body = file.body
        own = calendar or _calendar_of(
            file.week, town=file.town, open=file.opening, notes=file.notes
        )
        readings, since = {**file.readings, **(readings or {})}, {**file.since, **(since or {})}
        standards = {**file.standards, **(standards or {})}
        authority = (*file.authority, *authority)
    elif isinstance(of, Body):
        body, own = of, calendar or _calendar_of()
    else:
        matching = [key for key, o in samples.items() if of == key or of in o["names"].values()]
        if not matching:
            known = sorted((o["names"]["en"] for o in samples.values()), key=sort_key)
            raise Malformed("office", [unknown_fault("name", of, known)])
        sample = samples[matching[0]]
        body = Body(matching[0], sample["names"])
        own = _calendar_of(town=sample["town"], open=sample["hours"])
        if calendar is not None:
            own = _where(own, calendar)
    begun = (pack or law()).starting(since or {})
    with naming_files(begun):
        return Office(
            body, own, begun, readings or {}, wording, registration_number,
            standards=standards or {}, authority=tuple(authority),
        )  # fmt: skip
