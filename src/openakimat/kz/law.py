"""The law of Kazakhstan: its charts, and what its files tell, as one `Law`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any

import attrs

from openakimat.calendar.terms import Months, term
from openakimat.chart.procedure import ProcedureType
from openakimat.chart.table import Table
from openakimat.dated import Dated, Edition, Evidence, in_order
from openakimat.errors import AkimatError, PackError
from openakimat.kz.cases import CASES
from openakimat.kz.charts import PROCEDURES
from openakimat.kz.data import Data, file_of, first_edition, languages, pack, read
from openakimat.law.contradictions import contradictions
from openakimat.law.law import Choice, Face, Label, Law, Reading, Setting, with_sources
from openakimat.limits.limit import Rule, TimeLimit

KINDS: Mapping[str, str] = read("law.toml")["kinds"]
"""The procedure of each kind of row in a register.

Source: APPC 4(1), 87(1), 91; PSL 18, 25; Law 401-V, 11; APPC 90, 38.
"""


def _rule(given: object, edition: Data) -> Rule:
    if isinstance(given, str):
        return Rule(given, edition["source"], Evidence(edition["evidence"]))
    if isinstance(given, Mapping):
        return Rule(given["is"], given["source"], Evidence(given["evidence"]))
    raise TypeError(f"{given!r} is no rule")


_DEFAULTS = {"first_day": "next", "late": "same-day", "roll": "none"}
_WRONG = (KeyError, TypeError, ValueError, AttributeError, AkimatError)


@contextmanager
def _at(where: str, *path: str) -> Iterator[None]:
    """Whatever is wrong with the data is told with its place, and the file that has the path."""
    try:
        yield
    except _WRONG as why:
        message = f"{why!r}" if isinstance(why, KeyError) else f"{why}"
        # The innermost place is the exact one: its message passes those around it as it stands.
        if not message.startswith("the law: "):
            file = file_of(*path) if path else ""
            message = ": ".join(filter(None, ("the law", file, where, message)))
        raise PackError(message) from why


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
    pauses = frozenset(edition.get("pauses", ()))
    return TimeLimit(key, counted, pauses=pauses, direction=direction, **words, **rules)


def _dated(key: str, all_of: Data, since: Mapping[str, date], words: Data) -> Dated[TimeLimit]:
    """One limit, its editions taken from another limit where it is like it."""
    limit = all_of[key]
    like = limit.get("like")
    if like is not None and like not in all_of:
        raise PackError(f"like {like!r}, which is no limit")
    editions = []
    told = limit["edition"] if like is None else all_of[like]["edition"]
    for law, edition in ((law, each) for each in told for law in _laws(each)):
        with _at(f"{key}, edition {law}", "limit", key):
            if law not in since:
                raise PackError("no such wording")
            own = {
                name: limit[name][law]
                for name in ("source", "evidence")
                if law in limit.get(name, {})
            }
            editions.append(_edition(key, {**edition, **own, "law": law}, words, since[law]))
    return Dated(key, in_order(editions))


def _laws(edition: Data) -> Sequence[str]:
    """The wordings that an edition is told for: one, or several that have it alike."""
    law: str | Sequence[str] = edition["law"]
    return [law] if isinstance(law, str) else law


def _edition(key: str, told: Data, words: Data, since: date) -> Edition[TimeLimit]:
    """One edition of a limit, which may begin on another day than its wording."""
    value = _limit(key, told, words)
    evidence = Evidence(told["evidence"])
    return Edition(value, told["law"], told.get("since", since), told["source"], evidence)


def _choice(name: str, told: Data) -> Choice:
    changes = tuple(Setting(c["limit"], c["law"], c["rule"], c["is"]) for c in told.get("set", ()))
    if strange := [text for c in changes for text in attrs.astuple(c) if not isinstance(text, str)]:
        raise TypeError(f"{strange[0]!r} is not text")
    return Choice(name, told["title"], told["source"], Evidence(told["evidence"]), changes)


def _reading(name: str, told: Data) -> Reading:
    with _at(f"reading {name}", "reading", name):
        choices = {key: _choice(key, choice) for key, choice in told["choice"].items()}
        if told["default"] not in choices:
            raise PackError(f"no choice {told['default']!r}")
        return Reading(name, told["title"], told["default"], choices)


def _wording(told: Data) -> Edition[str]:
    evidence = Evidence(told["evidence"])
    return Edition(told["law"], told["law"], told["since"], told["source"], evidence)


def _procedure(charts: Sequence[ProcedureType], by_law: Mapping[str, Edition[str]]) -> Dated[Table]:
    of = ((chart, by_law[chart.law]) for chart in charts)
    editions = (Edition(chart.table, w.law, w.since, w.source, w.evidence) for chart, w in of)
    return Dated(charts[0].code, in_order(editions))


def read_law(told: Data, procedures: Iterable[Sequence[ProcedureType]], /) -> Law:
    """A law from its data and its charts.

    Raises `PackError` if it contradicts itself; the key and the edition are named.
    """
    with _at("the pack"):
        with _at("wordings", "wording"):
            others = _timelines(told["wording"])
        by_law = {edition.law: edition for timeline in others.values() for edition in timeline}
        since = {law: edition.since for law, edition in by_law.items()}
        labels = {
            (kind, key): _label(kind, key, label)
            for kind, of_kind in told.get("label", {}).items()
            for key, label in of_kind.items()
        }
        limits, spoken = {}, with_sources(languages(), labels)
        for key in told["limit"]:
            with _at(key, "limit", key):
                # A label too, for what is unsure of its name and where the law has it.
                label = labels["limit", key] = _label("limit", key, told["limit"][key]["names"])
                words = {"names": label.words, "languages": spoken}
                limits[key] = _dated(key, told["limit"], since, words)
        charts = {of[0].code: _procedure(of, by_law) for of in procedures}
        readings = {name: _reading(name, reading) for name, reading in told["reading"].items()}
        marks = {
            (wording, cited): _mark(mark, table, wording, cited)
            for table in ("articles", "grounds")
            for wording, cites in told[table].items()
            for cited, mark in cites.items()
        }
        faces = {code: _face(code, told) for code in charts}
    wordings, stored = others.pop(_APPEALS), first_edition()
    return Law(
        wordings, limits, charts, readings, marks, others, labels, languages(), stored, faces, CASES
    )


def _face(code: str, told: Data) -> Face:
    with _at(f"face {code}", "face", code):
        shown = told.get("face", {}).get(code, {})
        lists = [shown.get(name, ()) for name in ("kinds", "acts", "limits", "confided_to")]
        if strange := [word for words in lists for word in words if not isinstance(word, str)]:
            raise TypeError(f"{strange[0]!r} is not text")
        kinds = tuple(kind for kind, procedure in KINDS.items() if procedure == code)
        return Face((*kinds, *lists[0]), *map(frozenset, lists[1:]))


_APPEALS = "appeals"


def _timelines(told: Iterable[Data]) -> dict[str, Dated[str]]:
    """The wordings of each law, oldest first; those of the law of appeals name no other."""
    editions: dict[str, list[Edition[str]]] = {_APPEALS: []}
    for wording in told:
        editions.setdefault(wording.get("of", _APPEALS), []).append(_wording(wording))
    return {
        name: Dated(f"wordings {name}", in_order(timeline)) for name, timeline in editions.items()
    }


def _label(kind: str, key: str, told: Data) -> Label:
    with _at(f"{kind} {key}", *(("limit", key) if kind == "limit" else ("label", kind, key))):
        words = {lang: told[lang] for lang in languages()}
        if strange := [text for text in words.values() if not isinstance(text, str)]:
            raise TypeError(f"{strange[0]!r} is not text")
        return Label(words, frozenset(told.get("unsure", ())), told.get("source", ""))


def _mark(mark: str, *path: str) -> Evidence:
    """How sure we are of an article or a ground; `path` is where the data has it."""
    with _at(" ".join(path), *path):
        return Evidence(mark)


@cache
def law() -> Law:
    """The law of Kazakhstan, in every wording.

    >>> [edition.law for edition in law().limits["appeal.consideration"]]
    ['l221', 'appc-2021', 'appc-2026']
    """
    return read_law(pack(), PROCEDURES).making(law)


@contextmanager
def naming_files(of: Law, /) -> Iterator[None]:
    """What the charts and the limits of a law say against each other is told with the file to edit.

    The engine finds the contradiction, and knows no files; a chart of a host has none of ours.
    """
    try:
        yield
    except PackError as why:
        message = str(why)
        for code, dated in of.procedures.items():
            if file := file_of("label", "procedure", code):
                for each in contradictions(attrs.evolve(of, procedures={code: dated})):
                    message = message.replace(each, f"{each} ({file})")
        raise PackError(message) from why
