"""The law of Kazakhstan, read from its data files: the only room that opens any."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache, reduce
from importlib.resources import files
from typing import Any

import attrs

from openakimat.calendar.terms import Months, term
from openakimat.chart.procedure import ProcedureType
from openakimat.chart.table import Table
from openakimat.dated import Dated, Edition, Evidence, Sources, in_order
from openakimat.errors import AkimatError, PackError
from openakimat.kz.charts import PROCEDURES
from openakimat.law.law import Choice, Label, Law, Reading, Setting, told_sources
from openakimat.limits.explain import LANGUAGES
from openakimat.limits.limit import Rule, TimeLimit

Data = Mapping[str, Any]


KINDS: Mapping[str, str] = {
    "application": "appeal",
    "notification": "simplified",
    "proposal": "simplified",
    "response": "simplified",
    "inquiry": "simplified",
    "complaint": "complaint",
    "service-complaint": "service-complaint",
    "service": "request",
    "reception": "reception",
    "instruction": "instruction",
}
"""The procedure of each kind of row in a register.

Source: APPC 4(1), 87(1), 91; PSL 18, 25; APPC 90, 38.
"""


FILES = (
    "limits.toml",
    "labels.toml",
    "complaint.toml",
    "request.toml",
    "visit.toml",
    "reception.toml",
    "instruction.toml",
    "corruption.toml",
    "inspection.toml",
)
"""Where the law is told: what is common, and what each procedure has of its own."""


@cache
def read(name: str) -> Data:
    """The data of a file of this package."""
    return tomllib.loads(files("openakimat.kz").joinpath(name).read_text("utf-8"))


# -- limits ---------------------------------------------------------------------------


def _rule(given: object, edition: Data) -> Rule:
    if isinstance(given, str):
        return Rule(given, edition["source"], Evidence(edition["evidence"]))
    if isinstance(given, Mapping):
        return Rule(given["is"], given["source"], Evidence(given["evidence"]))
    raise TypeError(f"{given!r} is no rule")


_DEFAULTS = {"first_day": "next", "late": "same-day", "roll": "none"}

_WRONG = (KeyError, TypeError, ValueError, AttributeError, AkimatError)


@contextmanager
def _at(where: str) -> Iterator[None]:
    """Whatever is wrong with the data is told with its place."""
    try:
        yield
    except _WRONG as why:
        said = f"{why!r}" if isinstance(why, KeyError) else f"{why}"
        told = said if said.startswith("the law: ") else f"the law: {where}: {said}"
        raise PackError(told) from why


def _limit(key: str, edition: Data, words: Data) -> TimeLimit:
    rules: dict[str, Any] = {
        name: _rule(edition.get(name, standing), edition) for name, standing in _DEFAULTS.items()
    }
    rules["base"] = _rule(edition["base"], edition)
    counted, direction = term(edition["term"]), edition.get("direction", "after")
    if isinstance(counted, Months) and rules["first_day"].value == "same":
        raise ValueError("a term in months ends on the same number: it has no first day")
    if direction == "before" and rules["roll"].value != "none":
        raise ValueError("a term counted back does not roll on: that would shorten it")
    return TimeLimit(
        key,
        counted,
        pauses=frozenset(edition.get("pauses", ())),
        direction=direction,
        **words,
        **rules,
    )


def _dated(key: str, all_of: Data, since: Mapping[str, date], sources: Sources) -> Dated[TimeLimit]:
    """One limit, its editions taken from another limit where it is like it."""
    told = all_of[key]
    like = told.get("like")
    if like is not None and like not in all_of:
        raise PackError(f"like {like!r}, which is no limit")
    editions = []
    for edition in told["edition"] if like is None else all_of[like]["edition"]:
        law = edition["law"]
        with _at(f"{key}, edition {law}"):
            if law not in since:
                raise PackError("no such wording")
            own = {
                name: told[name][law]
                for name in ("source", "evidence")
                if law in told.get(name, {})
            }
            words = {"names": told["names"], "sources": sources}
            editions.append(_edition(key, {**edition, **own}, words, since[law]))
    return Dated(key, in_order(editions))


def _edition(key: str, told: Data, words: Data, since: date) -> Edition[TimeLimit]:
    """One edition of a limit, which may begin on another day than its wording."""
    value = _limit(key, told, words)
    evidence = Evidence(told["evidence"])
    return Edition(value, told["law"], told.get("since", since), told["source"], evidence)


def _choice(name: str, told: Data) -> Choice:
    """One answer to a disputed question, and what it changes."""
    changes = tuple(Setting(c["limit"], c["law"], c["rule"], c["is"]) for c in told.get("set", ()))
    if strange := [text for c in changes for text in attrs.astuple(c) if not isinstance(text, str)]:
        raise TypeError(f"{strange[0]!r} is not text")
    return Choice(name, told["title"], told["source"], Evidence(told["evidence"]), changes)


def _reading(name: str, told: Data) -> Reading:
    with _at(f"reading {name}"):
        choices = {key: _choice(key, choice) for key, choice in told["choice"].items()}
        if told["default"] not in choices:
            raise PackError(f"no choice {told['default']!r}")
        return Reading(name, told["title"], told["default"], choices)


def _wording(told: Data) -> Edition[str]:
    evidence = Evidence(told["evidence"])
    return Edition(told["law"], told["law"], told["since"], told["source"], evidence)


def _procedure(charts: Sequence[ProcedureType], by_law: Mapping[str, Edition[str]]) -> Dated[Table]:
    """The charts of a procedure, each in force with its wording."""
    of = ((chart, by_law[chart.law]) for chart in charts)
    editions = (Edition(chart.table, w.law, w.since, w.source, w.evidence) for chart, w in of)
    return Dated(charts[0].code, in_order(editions))


def read_law(told: Data, procedures: Iterable[Sequence[ProcedureType]], /) -> Law:
    """A law from its data and its charts.

    Raises:
        PackError: It contradicts itself; the key and the edition are named.
    """
    with _at("the pack"):
        with _at("wordings"):
            timelines = _timelines(told["wording"])
        by_law = {edition.law: edition for one in timelines.values() for edition in one}
        since = {law: edition.since for law, edition in by_law.items()}
        labels = {
            (kind, key): _label(label)
            for kind, of_kind in told.get("label", {}).items()
            for key, label in of_kind.items()
        }
        limits, sources = {}, told_sources(labels)
        for key in told["limit"]:
            with _at(key):
                limits[key] = _dated(key, told["limit"], since, sources)
        charted = {charts[0].code: _procedure(charts, by_law) for charts in procedures}
        readings = {name: _reading(name, reading) for name, reading in told["reading"].items()}
        marks = {
            (wording, cited): Evidence(mark)
            for table in ("articles", "grounds")
            for wording, cites in told[table].items()
            for cited, mark in cites.items()
        }
    wordings = timelines.pop(_APPEALS)
    return Law(wordings, limits, charted, readings, marks, timelines, labels)


_APPEALS = "appeals"


def _timelines(told: Iterable[Data]) -> dict[str, Dated[str]]:
    """The wordings of each law, oldest first; those of the law of appeals name no other."""
    found: dict[str, list[Edition[str]]] = {_APPEALS: []}
    for wording in told:
        found.setdefault(wording.get("of", _APPEALS), []).append(_wording(wording))
    return {name: Dated(f"wordings {name}", in_order(one)) for name, one in found.items()}


def _label(told: Data) -> Label:
    words = {lang: told[lang] for lang in LANGUAGES}
    if strange := [text for text in words.values() if not isinstance(text, str)]:
        raise TypeError(f"{strange[0]!r} is not text")
    return Label(words, frozenset(told.get("unsure", ())))


def merged(one: Data, other: Data, where: str = "", /) -> Data:
    """Two files of law as one; what stands in both must be the same.

    Wordings, and what a choice of a reading sets, are told by each file for itself.

    Raises:
        PackError: They contradict each other; the place is named.
    """
    found = dict(one)
    for key, value in other.items():
        path = f"{where}.{key}" if where else key
        known = found.get(key, value)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            found[key] = merged(known, value, path) if key in found else value
        elif (path == "wording" or key == "set") and key in found:
            found[key] = [*found[key], *value]
        elif known == value:
            found[key] = value
        else:
            raise PackError(f"{path} is told twice: {known!r} and {value!r}")
    return found


@cache
def pack() -> Data:
    """The data of every file of the law as one."""
    return reduce(merged, map(read, FILES))


@cache
def law() -> Law:
    """The law of Kazakhstan, in every wording.

    >>> [edition.law for edition in law().limits["appeal.consideration"]]
    ['l221', 'appc-2021', 'appc-2026']
    """
    return read_law(pack(), PROCEDURES)
