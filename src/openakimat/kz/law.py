"""The law of Kazakhstan, read from its data files: the only room that opens any."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from openakimat.dated import Dated, Edition, Evidence, in_order
from openakimat.errors import AkimatError, Fault, Malformed, PackError
from openakimat.kz.appeal import APPEALS
from openakimat.kz.numbers import registration_number
from openakimat.kz.simplified import SIMPLIFIED
from openakimat.limits import Rule, TimeLimit, term
from openakimat.office import Change, Choice, Law, Office, Reading
from openakimat.people import Body
from openakimat.procedure import ProcedureType
from openakimat.times import Place
from openakimat.worktime import ROUND_THE_CLOCK, DayNote, Hours, WorkCalendar, intervals

Data = Mapping[str, Any]

KINDS: Mapping[str, str] = {
    "application": "appeal",
    "notification": "simplified",
    "proposal": "simplified",
    "response": "simplified",
    "inquiry": "simplified",
}
"""The procedure of each kind of appeal. Source: APPC 4(1), 87(1)."""


@cache
def _read(name: str) -> Data:
    return tomllib.loads(files("openakimat.kz").joinpath(name).read_text("utf-8"))


# -- limits ---------------------------------------------------------------------------


def _rule(given: object, edition: Data) -> Rule:
    if isinstance(given, str):
        return Rule(given, edition["source"], Evidence(edition["evidence"]))
    if isinstance(given, Mapping):
        return Rule(given["is"], given["source"], Evidence(given["evidence"]))
    raise TypeError(f"{given!r} is no rule")


_DEFAULTS = {"first_day": "next", "late": "same-day", "roll": "none"}
_MEANT = {
    "base": {"receipt", "registration", "decision", "start", "term"},
    "first_day": {"next", "same"},
    "late": {"next-working-day", "same-day"},
    "roll": {"next-working-day", "none"},
}


def _limit(key: str, edition: Data, names: Mapping[str, str]) -> TimeLimit:
    rules = {name: _rule(edition.get(name, standing), edition)
             for name, standing in _DEFAULTS.items()}
    rules["base"] = _rule(edition["base"], edition)
    for name, rule in rules.items():
        if rule.value not in _MEANT[name]:
            raise ValueError(f"{name} {rule.value!r} is none of {sorted(_MEANT[name])}")
    direction = edition.get("direction", "after")
    if direction not in {"after", "before"}:
        raise ValueError(f"direction {direction!r} is neither after nor before")
    return TimeLimit(key, term(edition["term"]), pauses=frozenset(edition.get("pauses", ())),
                     direction=direction, names=names, **rules)


def _dated(key: str, told: Data, all_of: Data, since: Mapping[str, date]) -> Dated[TimeLimit]:
    """One limit, its editions taken from another limit where it is like it."""
    like = told.get("like")
    if like is not None and like not in all_of:
        raise PackError(f"{key}: like {like!r}, which is no limit")
    editions = []
    for edition in told["edition"] if like is None else all_of[like]["edition"]:
        law = edition.get("law", "?")
        where = f"limits.toml: {key}, edition {law}"
        if law not in since:
            raise PackError(f"{where}: no such wording")
        own = {name: told[name][law] for name in ("source", "evidence") if law in told.get(name, {})}
        edition = {**edition, **own}  # noqa: PLW2901 - what the limit says over what it is like
        try:
            value = _limit(key, edition, told["names"])
            editions.append(Edition(value, law, edition.get("since", since[law]),
                                    edition["source"], Evidence(edition["evidence"])))
        except (KeyError, TypeError, ValueError, AkimatError) as why:
            raise PackError(f"{where}: {why!r}" if isinstance(why, KeyError)
                            else f"{where}: {why}") from why
    return Dated(key, in_order(editions))


def _reading(name: str, told: Data) -> Reading:
    try:
        choices = {
            key: Choice(key, choice["title"], choice["source"], Evidence(choice["evidence"]),
                        tuple(Change(c["limit"], c["law"], c["rule"], c["is"])
                              for c in choice.get("set", ())))
            for key, choice in told["choice"].items()
        }
        reading = Reading(name, told["title"], told["default"], choices)
    except (KeyError, ValueError) as why:
        raise PackError(f"limits.toml: reading {name}: {why}") from why
    if reading.default not in choices:
        raise PackError(f"limits.toml: reading {name}: no choice {reading.default!r}")
    return reading


def read_law(told: Data, procedures: Iterable[Sequence[ProcedureType]], /) -> Law:
    """A law from its data and its charts.

    Raises:
        PackError: It contradicts itself; the key and the edition are named.
    """
    since = {wording["law"]: wording["since"] for wording in told["wording"]}
    wordings = Dated("wordings", in_order(
        Edition(w["law"], w["law"], w["since"], w["source"], Evidence(w["evidence"]))
        for w in told["wording"]))
    by_law = {edition.law: edition for edition in wordings}

    def edition(chart: ProcedureType) -> Edition[ProcedureType]:
        of = by_law[chart.law]
        return Edition(chart, of.law, of.since, of.source, of.evidence)

    return Law(
        wordings=wordings,
        limits={key: _dated(key, limit, told["limit"], since)
                for key, limit in told["limit"].items()},
        procedures={charts[0].code: Dated(charts[0].code, in_order(map(edition, charts)))
                    for charts in procedures},
        readings={name: _reading(name, reading) for name, reading in told["reading"].items()},
    )


@cache
def law() -> Law:
    """The law of appeals of Kazakhstan, in every wording.

    >>> [edition.law for edition in law().limits["appeal.consideration"]]
    ['l221', 'appc-2021', 'appc-2026']
    """
    return read_law(_read("limits.toml"), (APPEALS, SIMPLIFIED))


# -- places, hours, calendar ----------------------------------------------------------


@cache
def place(town: str = "Astana") -> Place:
    """A place by the name of a town.

    Raises:
        Malformed: No place has that town.
    """
    places = _read("offices.toml")["places"]
    for told in places.values():
        if town in told["towns"]:
            return Place(town, Dated(f"UTC offset of {town}", tuple(
                Edition(o["hours"] * 3600, f"utc+{o['hours']}", o["since"], told["source"],
                        Evidence(told["evidence"]))
                for o in told["offsets"])))
    towns = sorted(town for told in places.values() for town in told["towns"])
    raise Malformed("place", [Fault("town", f"{town!r} is none of {towns}")])


@cache
def hours(name: str = "usual") -> Dated[Hours]:
    """Opening hours by name, with the day each edition holds from.

    Raises:
        Malformed: No hours have that name.
    """
    told = _read("offices.toml")["hours"]
    if name not in told:
        raise Malformed("hours", [Fault("name", f"{name!r} is none of {sorted(told)}")])
    return Dated(f"hours {name}", tuple(
        Edition(Hours(intervals(*e["daily"])), f"{name} {e['since']}", e["since"], e["source"],
                Evidence(e["evidence"]))
        for e in told[name]["editions"]))


@cache
def _notes() -> tuple[DayNote, ...]:
    told = _read("workdays.toml")
    return tuple(
        DayNote(
            on=day["on"], kind=day["is"], names=told["names"].get(day.get("name"), {}),
            source=told["sources"].get(day["source"], day["source"]),
            confidence=day["confidence"], moved=day.get("for"),
            weeks=frozenset(day.get("weeks", ())),
            known_from=day.get("known_from", date.min), known_until=day.get("known_until"),
        )
        for day in told["days"]
    )


def calendar(  # noqa: PLR0913 - each is a dimension of a calendar
    week: str = "five-day",
    *,
    town: str = "Astana",
    open: str | Dated[Hours] = "usual",  # noqa: A002 - the word on the door
    notes: Iterable[DayNote] = (),
    known_on: date = date.max,
    strict: bool = False,
) -> WorkCalendar:
    """The working calendar of Kazakhstan, 2007 to 2027.

    Args:
        week: ``five-day``, ``six-day`` or ``24x7``.
        town: Where; see `place`.
        open: Opening hours, by name (see `hours`) or of your own.
        notes: Days of your own, laid over the nation's.
        known_on: As the calendar was known on this day.
        strict: End at the last day decreed instead of forecasting.

    Raises:
        Malformed: No week, town or hours have that name.

    >>> calendar().is_working(date(2026, 3, 24))
    False
    """
    own = tuple(notes)
    if isinstance(open, str) and not own:
        return _standard(week, town, open, known_on, strict)
    return _calendar(week, town, hours(open) if isinstance(open, str) else open, own, known_on, strict)


_USUAL = ("five-day", "Astana", "usual", date.max, False)


@cache
def _standard(week: str, town: str, open: str, known_on: date, strict: bool) -> WorkCalendar:  # noqa: A002, FBT001 - as `calendar`
    return _calendar(week, town, hours(open), (), known_on, strict)


def _calendar(  # noqa: PLR0913, PLR0917 - as `calendar`
    week: str, town: str, open: Dated[Hours], own: tuple[DayNote, ...], known_on: date, strict: bool  # noqa: A002, FBT001
) -> WorkCalendar:
    told = _read("workdays.toml")
    always = Dated("always", (Edition(ROUND_THE_CLOCK, "always", date.min, "", Evidence.CONFIRMED),))
    return WorkCalendar(
        told["first"], told["last"], told["confirmed_until"], _notes() + own, week,
        hours=always if week == "24x7" else open, place=place(town),
        known_on=known_on, strict=strict,
    )


@attrs.frozen
class Label:
    """A status name of another system: its code there and its words."""

    code: str
    text: str


def labels(system: str = "e-otinish") -> Mapping[str, Label]:
    """The status that another system shows after each act, by the tag of the act.

    Source: tests of the e-Otinish system, 2022 (secondary); it names no other status.

    Raises:
        Malformed: No label set has that name.

    >>> labels()["extend"]
    Label(code='PROLONG', text='Продлен срок обращения')
    """
    told = _read("labels.toml")
    if system not in told:
        raise Malformed("labels", [Fault("system", f"{system!r} is none of {sorted(told)}")])
    return {act: Label(one["code"], one["ru"]) for act, one in told[system]["acts"].items()}


# -- offices --------------------------------------------------------------------------


def office(  # noqa: PLR0913 - each is a fact of the office
    of: str | Body = "astana",
    /,
    *,
    calendar: WorkCalendar | None = None,
    readings: Mapping[str, str] | None = None,
    wording: str | None = None,
    since: Mapping[str, date] | None = None,
    pack: Law | None = None,
) -> Office:
    """An office under the law of Kazakhstan; offline, and with no clock hidden in it.

    Args:
        of: A sample office by id or by name in any language, or a body of your own.
        calendar: Its calendar; a sample office has its own.
        readings: Answers to the disputed questions of the law.
        wording: Judge by this wording whatever the day.
        since: First days of wordings other than ours.
        pack: Another law, such as one extended by the host.

    Raises:
        Malformed: No sample office, reading, choice or wording has that name.

    >>> office("Хромтау ауданы").body.id
    'khromtau'
    """
    told = _read("offices.toml")["offices"]
    if isinstance(of, Body):
        body, own = of, calendar or _standard(*_USUAL)
    else:
        found = [key for key, o in told.items() if of == key or of in o["names"].values()]
        if not found:
            known = sorted(o["names"]["en"] for o in told.values())
            raise Malformed("office", [Fault("name", f"{of!r} is none of {known}")])
        sample = told[found[0]]
        body = Body(found[0], sample["names"])
        own = calendar or _standard("five-day", sample["town"], sample["hours"], date.max, False)  # noqa: FBT003
    read = (pack or law()).starting(since or {})
    return Office(body, own, read, readings or {}, wording, registration_number)

