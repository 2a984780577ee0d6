"""What may be done now: each act with its words, whether it may be done or why not, and its form."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

import attrs

from openakimat.case import ASIDES, VOCABULARY, Act, Actor, Seclude, roles_on
from openakimat.chart.table import Guard
from openakimat.desk.questions import words_received
from openakimat.errors import Refusal, Undated
from openakimat.judgement.judge import ways_now
from openakimat.judgement.refusals import refuse_opener
from openakimat.judgement.running import Running
from openakimat.law.law import Law
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.trail.plain import read
from openakimat.trail.schema import Choices, form_of


@attrs.frozen(eq=False)
class Possible:
    """An act, or the opening of a procedure, as it is put before somebody now.

    Attributes:
        refusal: Why it may not be done, whatever its fields say; None where it may.
        choices: By a field, the values it may have, each with its article.
        needed: The fields that are to be filled although they have a default.
        opens: Whether it opens a case.
    """

    act: str
    procedure: str
    source: str
    refusal: Refusal | None
    choices: Choices = attrs.field(repr=False)
    needed: tuple[str, ...] = attrs.field(repr=False)
    law: Law = attrs.field(repr=False)
    opens: bool = False

    @property
    def kind(self) -> type[Act]:
        """The class of the act."""
        return VOCABULARY[self.act]

    def label(self, language: str = "en", /) -> str:
        """What it is called: the act, or of an opening the procedure."""
        words = Words(self.law, language)
        kind, key = ("procedure", self.procedure) if self.opens else ("act", self.act)
        return words.heading(kind, key)

    def why_not(self, language: str = "en", /) -> str:
        """Why it may not be done, in words; nothing where it may."""
        return Words(self.law, language).refusal(self.refusal) if self.refusal else ""

    def form(self, language: str = "en", /) -> dict[str, Any]:
        """The JSON Schema of its fields; what is filled in by it, `read` makes the act of."""
        asked = tuple((name, tuple(values.items())) for name, values in self.choices.items())
        key = self.opens, self.procedure, self.act, self.source, asked, self.needed, language
        if (text := self.law.forms.get(key)) is None:
            words = Words(self.law, language)
            fields = form_of(self.kind, words, choices=self.choices, needed=self.needed)
            head = {"title": self.label(language), "description": words.source(self.source)}
            text = self.law.forms[key] = json.dumps({**fields, **head})
        # Read anew each time: it is theirs who asked, and they may change it.
        form: dict[str, Any] = json.loads(text)
        return form

    def read(self, filled: Mapping[str, Any], /) -> Act:
        """The act that a filled form tells.

        Raises `Malformed`: every fault, each with the path of its field; `Words.faults` tells them.
        """
        return read(filled, self.kind)


def possible_acts(
    of: Running, /, *, at: datetime, by: Actor, office: Office
) -> tuple[Possible, ...]:
    """Every act that the stage of a case takes from people, and whether somebody may do it now."""
    case, table = of.case, office.revision_of(of.case.under)
    kinds = [VOCABULARY[tag] for tag, _ in table.allowed(case.stage) if tag in VOCABULARY]
    # At the end of those that the stage takes, what may stand beside any case that is not over.
    kinds += ASIDES if case.stage not in table.final else ()
    possible = []
    for kind, answer in zip(kinds, ways_now(of, kinds, at=at, by=by, office=office), strict=True):
        refusal = answer if isinstance(answer, Refusal) else None
        rows = table.ways(case.stage, kind.tag) if isinstance(answer, Refusal) else answer
        choices, needed = _asked_of([row.guards for row in rows])
        if kind is Seclude:
            choices = {"open_to": dict.fromkeys(sorted(office.law.roles), "")}
        told = kind.tag, case.procedure, rows[0].source, refusal, choices, needed, office.law
        possible.append(Possible(*told))
    return tuple(possible)


def possible_openings(*, at: datetime, by: Actor, office: Office) -> tuple[Possible, ...]:
    """Every procedure of the day, and whether somebody has the role to open it.

    What its guards ask is the case as it would be, so none of them is asked beforehand.
    """
    day, law, possible = office.day_of(at), office.law, []
    for code in law.procedures:
        try:
            table = office.table_on(code, day)
        except Undated:
            continue
        opening, kind = table.opening, VOCABULARY[table.opening.act]
        barred = opening.by and opening.by.isdisjoint(roles_on(by, day))
        refusal = refuse_opener(table, law) if barred else None
        choices, needed = _asked_of([opening.guards])
        known = words_received(kind, law, code)
        choices = {**{name: dict.fromkeys(of, "") for name, of in known.items()}, **choices}
        # What the act calls it where nobody does is none of these: somebody is to.
        if attrs.fields_dict(kind)["kind"].default not in choices.get("kind", ("",)):
            needed = (*needed, "kind")
        told = kind.tag, code, opening.source, refusal, choices, needed, law
        possible.append(Possible(*told, opens=True))
    return tuple(possible)


def _asked_of(ways: Sequence[Sequence[Guard]]) -> tuple[Choices, tuple[str, ...]]:
    """What the fields of an act may be by one way or another, and which every way wants filled."""
    first, *others = map(_choices, ways)
    # By a way that does not ask it a field may be anything.
    choices = {
        name: dict(chain(values.items(), *(of[name].items() for of in others)))
        for name, values in first.items()
        if all(name in of for of in others)
    }
    wanted = [{name for guard in way for name in guard.needs} for way in ways]
    return choices, tuple(sorted(set.intersection(*wanted)))


def _choices(way: Iterable[Guard]) -> dict[str, Mapping[str, str]]:
    """By a field, what the guards of one way let it be: where two ask it, what both do."""
    asked: dict[str, Mapping[str, str]] = {}
    for guard in way:
        if guard.field and guard.values:
            known = asked.get(guard.field, guard.values)
            asked[guard.field] = {v: known[v] for v in guard.values if v in known}
    return asked
