"""The law of Kazakhstan, read from its data files: the only room that opens any."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from openakimat.dated import Dated, Edition, Evidence, in_order
from openakimat.errors import AkimatError, PackError
from openakimat.kz.appeal import APPEALS
from openakimat.kz.simplified import SIMPLIFIED
from openakimat.limits import Rule, TimeLimit, term
from openakimat.office import Change, Choice, Law, Reading
from openakimat.procedure import ProcedureType

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
_MEANT = {
    "base": {"receipt", "registration", "decision", "start", "term"},
    "first_day": {"next", "same"},
    "late": {"next-working-day", "same-day"},
    "roll": {"next-working-day", "none"},
}


def _limit(key: str, edition: Data, names: Mapping[str, str]) -> TimeLimit:
    rules = {
        name: _rule(edition.get(name, standing), edition) for name, standing in _DEFAULTS.items()
    }
    rules["base"] = _rule(edition["base"], edition)
    for name, rule in rules.items():
        if rule.value not in _MEANT[name]:
            raise ValueError(f"{name} {rule.value!r} is none of {sorted(_MEANT[name])}")
    counted = term(edition["term"])
    if counted.unit == "Months" and rules["first_day"].value == "same":
        raise ValueError("a term in months ends on the same number: it has no first day")
    direction = edition.get("direction", "after")
    if direction not in {"after", "before"}:
        raise ValueError(f"direction {direction!r} is neither after nor before")
    if direction == "before" and rules["roll"].value != "none":
        raise ValueError("a term counted back does not roll on: that would shorten it")
    return TimeLimit(
        key,
        counted,
        pauses=frozenset(edition.get("pauses", ())),
        direction=direction,
        names=names,
        **rules,
    )


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
        own = {
            name: told[name][law] for name in ("source", "evidence") if law in told.get(name, {})
        }
        edition = {**edition, **own}  # noqa: PLW2901 - what the limit says over what it is like
        try:
            value = _limit(key, edition, told["names"])
            editions.append(
                Edition(
                    value,
                    law,
                    edition.get("since", since[law]),
                    edition["source"],
                    Evidence(edition["evidence"]),
                )
            )
        except (KeyError, TypeError, ValueError, AkimatError) as why:
            raise PackError(
                f"{where}: {why!r}" if isinstance(why, KeyError) else f"{where}: {why}"
            ) from why
    return Dated(key, in_order(editions))


def _reading(name: str, told: Data) -> Reading:
    try:
        choices = {
            key: Choice(
                key,
                choice["title"],
                choice["source"],
                Evidence(choice["evidence"]),
                tuple(
                    Change(c["limit"], c["law"], c["rule"], c["is"]) for c in choice.get("set", ())
                ),
            )
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
    wordings = Dated(
        "wordings",
        in_order(
            Edition(w["law"], w["law"], w["since"], w["source"], Evidence(w["evidence"]))
            for w in told["wording"]
        ),
    )
    by_law = {edition.law: edition for edition in wordings}

    def edition(chart: ProcedureType) -> Edition[ProcedureType]:
        of = by_law[chart.law]
        return Edition(chart, of.law, of.since, of.source, of.evidence)

    return Law(
        wordings=wordings,
        limits={
            key: _dated(key, limit, told["limit"], since) for key, limit in told["limit"].items()
        },
        procedures={
            charts[0].code: Dated(charts[0].code, in_order(map(edition, charts)))
            for charts in procedures
        },
        readings={name: _reading(name, reading) for name, reading in told["reading"].items()},
    )


@cache
def law() -> Law:
    """The law of appeals of Kazakhstan, in every wording.

    >>> [edition.law for edition in law().limits["appeal.consideration"]]
    ['l221', 'appc-2021', 'appc-2026']
    """
    return read_law(read("limits.toml"), (APPEALS, SIMPLIFIED))
