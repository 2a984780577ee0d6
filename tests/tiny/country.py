"""Eta, a tiny country: what it takes to model one, in five files that are read in five minutes.

* `charts.py`: roles, acts, guards and two procedures, which a jurist reads as tables.
* `law.toml`: the wording in force and every limit, each with its source and how sure we are.
* `calendar.toml`: a year with two holidays, and the opening hours.
* `words.toml`: the language of the country, Esperanto, and what everything is called in it.
* `country.py`, here: reads these into a `Law`, a `WorkCalendar` and an `Office`.

No more is needed: a desk keeps its cases, deadlines explain themselves, the tools of proof search
its charts. Nothing of it comes from another country, and no file of the library knows of it.

>>> from openakimat.calendar.terms import WorkingDays
>>> office().law.limits["petition.answer"].editions[0].value.term == WorkingDays(10)
True
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tests.tiny.charts import Petition, Review

from openakimat import Body, Evidence, Law, Office, TimeLimit, WorkCalendar
from openakimat.calendar.days import DayNote, Hours, intervals
from openakimat.calendar.terms import term
from openakimat.calendar.times import Place
from openakimat.dated import Dated, Edition
from openakimat.law.law import Label
from openakimat.limits.language import Language
from openakimat.limits.limit import Rule

Data = Mapping[str, Any]


def read(name: str) -> Data:
    """A file of this folder."""
    return tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))


# -- law --------------------------------------------------------------------------------


@cache
def law() -> Law:
    """The law of Eta: one wording, its limits, its charts, its words."""
    told, words = read("law.toml"), read("words.toml")
    charter = told["wording"]
    eo = Language(words["code"], words["phrases"], words["units"], words["weekdays"], words["day"])
    labels = {
        (kind, key): Label({eo.code: text})
        for kind, of_kind in words["label"].items()
        for key, text in of_kind.items()
    }

    def dated(name: str, value: Any, told: Data) -> Dated[Any]:
        """A value with one edition, that of the charter, and what it rests on."""
        evidence = Evidence(told["evidence"])
        edition = Edition(value, charter["law"], charter["since"], told["source"], evidence)
        return Dated(name, (edition,))

    return Law(
        wordings=dated("wordings", charter["law"], charter),
        limits={
            key: dated(key, _limit(key, limit, labels["limit", key].words), limit)
            for key, limit in told["limit"].items()
        },
        procedures={
            chart.code: dated(chart.code, chart.table, charter) for chart in (Petition, Review)
        },
        readings={},
        marks={(charter["law"], cited): Evidence(mark) for cited, mark in told["marks"].items()},
        labels=labels,
        tongues={eo.code: eo},
    )


_RULES = {"first_day": "next", "late": "same-day", "roll": "none"}
"""How a limit is counted that does not say."""


def _limit(key: str, told: Data, names: Mapping[str, str]) -> TimeLimit:
    """A limit; each of its rules rests on the article of the limit itself."""

    def rule(value: str) -> Rule:
        return Rule(value, told["source"], Evidence(told["evidence"]))

    rules: Data = {name: rule(told.get(name, standing)) for name, standing in _RULES.items()}
    return TimeLimit(key, term(told["term"]), rule(told["base"]), names=names, **rules)


# -- days and hours ---------------------------------------------------------------------


@cache
def calendar() -> WorkCalendar:
    """The year 2026 of Eta."""
    told = read("calendar.toml")
    source = told["source"]

    def always(name: str, value: Any) -> Dated[Any]:
        return Dated(name, (Edition(value, name, date.min, source, Evidence.CONFIRMED),))

    return WorkCalendar(
        told["first"],
        told["last"],
        told["confirmed_until"],
        [
            DayNote(date.fromisoformat(day), "holiday", {"eo": name}, source)
            for day, name in told["holidays"].items()
        ],
        hours=always("hours", Hours(intervals(*told["hours"]))),
        place=Place("Eta", always("offset", told["offset"])),
    )


@cache
def office() -> Office:
    """The town hall of Eta."""
    return Office(Body("eta", {"eo": "Urbodomo de Eta"}), calendar(), law())
