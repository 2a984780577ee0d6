"""What is supposed of a law, a calendar or other bodies: each a value of one line, told in words.

Rules. (1) Supposing changes nothing: another office is made of the one there is. (2) A limit is
supposed in every wording, from its first day, with its base, its roll and its pauses, unless told
otherwise. (3) Whatever is wrong with what is supposed is told at once; a name mistyped with the
nearest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import attrs

from openakimat.calendar.days import DayNote
from openakimat.calendar.terms import CalendarDays, Months, Term, WorkingDays, WorkingHours
from openakimat.chart.procedure import ProcedureType
from openakimat.chart.table import Table
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import Fault, Malformed, PackError, make_fault, unknown_fault
from openakimat.law.law import Law
from openakimat.law.office import Office, standard_faults
from openakimat.law.words import Words
from openakimat.limits.limit import Rule, TimeLimit

Value = Term | Table | str | None


@attrs.frozen
class Supposition:
    """One thing supposed; made by the functions of this room.

    Attributes:
        kind: The function that made it, by its name.
        of: What it is about: a limit, a day, a procedure, a reading, a wording.
        value: What is supposed of it.
        wording: The only wording that it is supposed in; all, where none is told.
        rules: The rules by which a limit is to be counted, where they are told.
    """

    kind: str
    of: str
    value: Value = None
    wording: str = ""
    rules: tuple[tuple[str, str], ...] = ()

    def told(self, words: Words, /) -> str:
        """It in words.

        >>> from openakimat import kz
        >>> limit("appeal.consideration", working_days=10).told(Words(kz.law()))
        'What if: Consideration of an appeal – 10 working days'
        """
        spoken, value = words.spoken, self.value
        if isinstance(value, Term):
            text = spoken.amount(value.n, value.unit)
        else:
            text = value if isinstance(value, str) else ""
        parts = [text, *(f"{name}: {rule}" for name, rule in self.rules)]
        parts.append(words("wording", self.wording) if self.wording else "")
        of = self.of
        if self.kind in _NAMED:
            of = words.heading(_NAMED[self.kind], self.of)
        elif self.kind.endswith("day") or self.kind == "day_off":
            of = spoken.day_text(date.fromisoformat(self.of))
        elif self.kind == "reading" and self.of in words.law.readings:
            reading = words.law.readings[self.of]
            of, parts[0] = (
                of.title[words.language] for of in (reading, reading.choices[str(value)])
            )
        said = words("phrase", f"what-if-{self.kind.replace('_', '-')}")
        return said.format(of=of, value=", ".join(filter(None, parts)))


_NAMED = {
    "limit": "limit", "standard": "procedure", "answer": "procedure", "law": "wording", "chart": "procedure"
}  # fmt: skip
"""What is named by what is supposed, as the law has words for it."""


# -- the rules ----------------------------------------------------------------------------


def limit(
    key: str,
    /,
    *,
    working_days: int | None = None,
    calendar_days: int | None = None,
    months: int | None = None,
    working_hours: int | None = None,
    wording: str = "",
    base: str = "",
    first_day: str = "",
    late: str = "",
    roll: str = "",
    pauses: Iterable[str] | None = None,
) -> Supposition:
    """A limit of another length, or counted by other rules.

    Args:
        key: The limit.
        working_days, calendar_days, months, working_hours: Its term, one of them; as it is, if none.
        wording: The only wording that it is supposed in.
        base, first_day, late, roll: By which rules it is counted; see `TimeLimit`.
        pauses: The grounds that stop it.

    Raises:
        Malformed: Two terms are told, or nothing is.

    >>> limit("appeal.consideration", working_days=10).value
    WorkingDays(n=10)
    """
    term = _term(key, working_days, calendar_days, months, working_hours)
    told = {"base": base, "first_day": first_day, "late": late, "roll": roll}
    rules = [(name, value) for name, value in told.items() if value]
    if pauses is not None:
        rules.append(("pauses", ",".join(sorted(pauses))))
    if term is None and not rules:
        raise Malformed("rule", [Fault(key, "nothing is supposed of it")])
    return Supposition("limit", key, term, wording, tuple(rules))


def day_off(day: date | str, /) -> Supposition:
    """A day that is off, whatever it was."""
    return Supposition("day_off", _iso(day))


def working_day(day: date | str, /) -> Supposition:
    """A day that is worked, whatever it was."""
    return Supposition("working_day", _iso(day))


def answer(
    procedure: str, /, *, working_days: int | None = None, calendar_days: int | None = None
) -> Supposition:
    """Other bodies answer within a term: whoever waits for them goes on as much sooner."""
    term = _term(procedure, working_days, calendar_days)
    return Supposition("answer", procedure, _needed(procedure, term))


def reading(name: str, choice: str, /) -> Supposition:
    """A disputed question of law is answered so."""
    return Supposition("reading", name, choice)


def law(wording: str, /) -> Supposition:
    """Everything is judged by one wording, whatever the day."""
    return Supposition("law", wording)


def standard(
    of: str, /, *, working_days: int | None = None, calendar_days: int | None = None
) -> Supposition:
    """The office promises a term of its own, by procedure or by limit."""
    return Supposition("standard", of, _needed(of, _term(of, working_days, calendar_days)))


def chart(of: ProcedureType | Table, /) -> Supposition:
    """A procedure goes by another chart in its wording."""
    table = of if isinstance(of, Table) else of.table
    return Supposition("chart", table.procedure, table, table.law)


def _term(of: str, /, *counts: int | None) -> Term | None:
    kinds = (WorkingDays, CalendarDays, Months, WorkingHours)
    told = [(kind, n) for kind, n in zip(kinds, counts, strict=False) if n is not None]
    if len(told) > 1:
        raise Malformed("rule", [Fault(of, "one term is told, and not several")])
    for kind, n in told:
        if n < 1:
            raise Malformed("rule", [make_fault(of, "zero-term", n)])
        return kind(n)
    return None


def _needed(of: str, term: Term | None) -> Term:
    if term is None:
        raise Malformed("rule", [Fault(of, "no term is told")])
    return term


def _iso(day: date | str) -> str:
    try:
        return date.fromisoformat(str(day)).isoformat()
    except ValueError:
        raise Malformed("rule", [make_fault("day", "day-form", repr(day))]) from None


# -- an office of which they hold -----------------------------------------------------------

Fields = dict[str, Any]
"""What the other office has otherwise: its pack, calendar, readings, wording and standards."""


def _suppose_limit(office: Office, of: Supposition, fields: Fields) -> Iterator[Fault]:
    pack: Law = fields["pack"]
    if of.of not in pack.limits:
        yield unknown_fault("limit", of.of, pack.limits)
        return
    dated = pack.limits[of.of]
    if of.wording and of.wording not in (known := [one.law for one in dated]):
        yield unknown_fault(f"{of.of}.wording", of.wording, known)
        return
    try:
        editions = [_amend(one, of) if of.wording in {"", one.law} else one for one in dated]
    except PackError as wrong:
        yield Fault(of.of, str(wrong))
        return
    limits = {**pack.limits, of.of: Dated(of.of, editions)}
    fields["pack"] = attrs.evolve(pack, limits=limits)


def _amend(edition: Edition[TimeLimit], of: Supposition) -> Edition[TimeLimit]:
    """An edition as it is supposed to be: nobody's law, and marked as that."""
    source, evidence = f"? {edition.source}", Evidence.UNCONFIRMED
    told: dict[str, Any] = {
        name: frozenset(filter(None, value.split(",")))
        if name == "pauses"
        else Rule(value, source, evidence)
        for name, value in of.rules
    }
    if isinstance(of.value, Term):
        told["term"] = of.value
    value = attrs.evolve(edition.value, **told)
    return attrs.evolve(edition, value=value, source=source, evidence=evidence)


def _suppose_day(office: Office, of: Supposition, fields: Fields) -> Iterator[Fault]:
    calendar, day = fields["calendar"], date.fromisoformat(of.of)
    if not calendar.first <= day <= calendar.last:
        yield make_fault("day", "outside-calendar", day, calendar.first, calendar.last)
        return
    note = DayNote(day, of.kind.replace("_", "-"), {}, "?")
    fields["calendar"] = attrs.evolve(calendar, notes=(*calendar.notes, note))


def _suppose_answer(office: Office, of: Supposition, fields: Fields) -> Iterator[Fault]:
    """Silence is over by then too; what was answered is moved where a case is lived again."""
    pack: Law = fields["pack"]
    if of.of not in pack.procedures:
        yield unknown_fault("answer", of.of, pack.procedures)
        return
    clocks = (c for edition in pack.procedures[of.of] for c in edition.value.clocks.values())
    for key in {clock.limit for clock in clocks if clock.principal}:
        longer = [e.law for e in pack.limits[key] if _is_longer(e.value.term, of.value)]
        for wording in longer:
            yield from _suppose_limit(office, attrs.evolve(of, of=key, wording=wording), fields)


def _is_longer(term: Term, other: Value) -> bool:
    return type(term) is type(other) and isinstance(other, Term) and term.n > other.n


def _suppose_reading(office: Office, of: Supposition, fields: Fields) -> Iterator[Fault]:
    answers = {of.of: str(of.value)}
    try:
        office.pack.chosen(answers)
    except Malformed as wrong:
        yield from wrong.faults
    fields["readings"] = {**fields["readings"], **answers}


def _suppose_law(office: Office, of: Supposition, fields: Fields) -> Iterator[Fault]:
    names = [edition.law for edition in office.pack.wordings]
    if of.of not in names:
        yield unknown_fault("law", of.of, names)
    fields["wording"] = of.of


def _suppose_standard(office: Office, of: Supposition, fields: Fields) -> Iterator[Fault]:
    yield from standard_faults(office.law, [of.of])
    fields["standards"] = {**fields["standards"], of.of: of.value}


def _suppose_chart(office: Office, of: Supposition, fields: Fields) -> Iterator[Fault]:
    pack: Law = fields["pack"]
    if of.of not in pack.procedures:
        yield unknown_fault("chart", of.of, pack.procedures)
        return
    dated = pack.procedures[of.of]
    if of.wording not in (known := [one.law for one in dated]):
        yield unknown_fault(f"{of.of}.law", of.wording, known)
        return
    editions = [attrs.evolve(e, value=of.value) if e.law == of.wording else e for e in dated]
    procedures = {**pack.procedures, of.of: Dated(of.of, editions)}
    fields["pack"] = attrs.evolve(pack, procedures=procedures)


_SUPPOSE: dict[str, Callable[[Office, Supposition, Fields], Iterable[Fault]]] = {
    "limit": _suppose_limit,
    "day_off": _suppose_day,
    "working_day": _suppose_day,
    "answer": _suppose_answer,
    "reading": _suppose_reading,
    "law": _suppose_law,
    "standard": _suppose_standard,
    "chart": _suppose_chart,
}


def suppose(office: Office, rules: Sequence[Supposition], /) -> Office:
    """The office of which all this holds; the office itself, where nothing is supposed.

    Raises:
        Malformed: Something is supposed of what there is not, or two things of one; all at once.
        PackError: The law would contradict itself.

    >>> from openakimat import kz
    >>> suppose(kz.office(), [limit("appeal.considration", working_days=10), law("l222")])
    Traceback (most recent call last):
    openakimat.errors.Malformed: rules: limit: 'appeal.considration' is none of the 145 known; the nearest:
    appeal.consideration; law: 'l222' is none of l221, appc-2021, appc-2026
    """
    names = ("pack", "calendar", "readings", "wording", "standards")
    fields: Fields = {name: getattr(office, name) for name in names}
    # An answered reading is one answered by the office itself: the defaults are nobody's answer.
    fields["readings"] = {name: office.readings[name] for name in office.answered}
    faults: list[Fault] = []
    known: set[tuple[str, str, str]] = set()
    for of in rules:
        about = (of.kind.removeprefix("working_").removesuffix("_off"), of.of, of.wording)
        if about in known:
            faults.append(make_fault(of.kind, "named-before", of.of))
        known.add(about)
        faults += _SUPPOSE[of.kind](office, of, fields)
    if faults:
        raise Malformed("rules", faults)
    if not rules:
        return office
    # What the office reads the other one reads too: charts of records made before.
    return attrs.evolve(office, **fields).knowing({**office.stored, **office.tables})
