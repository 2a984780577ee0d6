"""What is supposed of a law, a calendar or other bodies: each a value of one line, told in words.

Rules. (1) To suppose changes nothing: of the office that there is another is made. (2) A limit is
supposed in every wording, from its first day, with its base, roll and pauses, unless told otherwise.
(3) All that is wrong with what is supposed is told at once; of a name mistyped, the nearest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from openakimat.calendar.days import DayNote
from openakimat.calendar.terms import CalendarDays, Months, Term, WorkingDays, WorkingHours
from openakimat.chart.procedure import ProcedureType
from openakimat.chart.table import Table
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import Fault, Malformed, PackError, make_fault, unknown_fault
from openakimat.law.office import Office, standard_faults
from openakimat.law.words import Words
from openakimat.limits.limit import Rule, TimeLimit


@attrs.frozen
class Supposition:
    """One thing supposed; made by the functions of this room.

    Attributes:
        kind: Of what kind it is: ``limit``, ``day-off``, ``working-day``, ``answer``, ``reading``,
            ``law``, ``standard`` or ``chart``.
        of: What it is about: a limit, a day, a procedure, a reading, a wording.
        value: What is supposed of it.
        wording: The only wording that it is supposed in; all, where none is told.
        rules: By which a limit is counted, where they are told.
    """

    kind: str
    of: str
    value: Term | Table | str | None = None
    wording: str = ""
    rules: tuple[tuple[str, str], ...] = ()

    def text(self, words: Words, /) -> str:
        """It in words.

        >>> from openakimat import kz
        >>> limit("appeal.consideration", working_days=10).text(Words(kz.law()))
        'What if: Consideration of the appeal – 10 working days'
        """
        of, parts = self.of, [f"{name}: {rule}" for name, rule in self.rules]
        if self.kind in _NAMED:
            of = words.heading(_NAMED[self.kind], of)
        elif self.kind.endswith("-off") or self.kind.endswith("-day"):
            of = words.spoken.day_text(date.fromisoformat(of))
        elif (reading := words.law.readings.get(of)) is not None:
            of = reading.title[words.language]
            parts.append(reading.choices[str(self.value)].title[words.language])
        if isinstance(self.value, Term):
            parts.insert(0, words.spoken.amount(self.value.n, self.value.unit))
        parts.append(words("wording", self.wording) if self.wording else "")
        template = words("phrase", f"what-if-{self.kind}")
        return template.format(of=of, value=", ".join(filter(None, parts)))


_NAMED = {
    "limit": "limit", "standard": "procedure", "answer": "procedure", "law": "wording",
    "chart": "procedure",
}  # fmt: skip
"""What is named by `Supposition.of`, as the law has words for it."""


def limit(
    key: str,
    /,
    *,
    wording: str = "",
    base: str = "",
    first_day: str = "",
    late: str = "",
    roll: str = "",
    pauses: Iterable[str] | None = None,
    **term: int,
) -> Supposition:
    """A limit of another length, or counted by other rules.

    Args:
        key: The limit.
        wording: The only wording that it is supposed in.
        base: What it is counted from; this and the rest as `TimeLimit` has them.
        first_day: The first day counted.
        late: Whether what comes after hours is counted from the next working day.
        roll: Whether a last day off rolls on.
        pauses: The grounds that stop it.
        term: One of ``working_days``, ``calendar_days``, ``months``, ``working_hours``; as it is, if none.

    Raises:
        Malformed: Two terms are told, one that cannot be, or nothing at all.
    """
    told = {"base": base, "first_day": first_day, "late": late, "roll": roll}
    rules = [(name, value) for name, value in told.items() if value]
    rules += [] if pauses is None else [("pauses", ",".join(sorted(pauses)))]
    return Supposition(
        "limit", key, None if rules and not term else _term(key, term), wording, tuple(rules)
    )


def day_off(day: date | str, /) -> Supposition:
    """A day that is off, whatever it was."""
    return Supposition("day-off", _iso(day))


def working_day(day: date | str, /) -> Supposition:
    """A day that is worked, whatever it was."""
    return Supposition("working-day", _iso(day))


def answer(procedure: str, /, **term: int) -> Supposition:
    """Other bodies answer within a term: whoever waits for them goes on as much sooner."""
    return Supposition("answer", procedure, _term(procedure, term))


def reading(name: str, choice: str, /) -> Supposition:
    """A disputed question of law is answered so."""
    return Supposition("reading", name, choice)


def law(wording: str, /) -> Supposition:
    """Everything is judged by one wording, whatever the day."""
    return Supposition("law", wording)


def standard(of: str, /, **term: int) -> Supposition:
    """The office promises a term of its own, by procedure or by limit."""
    return Supposition("standard", of, _term(of, term))


def chart(of: ProcedureType | Table, /) -> Supposition:
    """A procedure goes by another chart in the wording of that."""
    table = of if isinstance(of, Table) else of.table
    return Supposition("chart", table.procedure, table, table.law)


_TERMS: Mapping[str, type[Term]] = {
    "working_days": WorkingDays, "calendar_days": CalendarDays, "months": Months,
    "working_hours": WorkingHours,
}  # fmt: skip


def _term(of: str, told: Mapping[str, int], /) -> Term:
    """The one term that is told of something."""
    faults = [unknown_fault(f"{of}.{name}", name, _TERMS) for name in told if name not in _TERMS]
    faults += [make_fault(f"{of}.{name}", "zero-term", n) for name, n in told.items() if n < 1]
    faults += [Fault(of, "one term is to be told, and no other")] if len(told) != 1 else []
    if faults:
        raise Malformed("rule", faults)
    ((name, n),) = told.items()
    return _TERMS[name](n)


def _iso(day: date | str) -> str:
    try:
        return date.fromisoformat(str(day)).isoformat()
    except ValueError:
        raise Malformed("rule", [make_fault("day", "day-form", repr(day))]) from None


# -- an office of which they hold -----------------------------------------------------------

Fields = dict[str, Any]
"""What the other office has otherwise: its pack, calendar, readings, wording, standards."""

Change = Callable[[Edition[Any]], Edition[Any]]


def _amend(fields: Fields, part: str, of: Supposition, change: Change) -> Iterator[Fault]:
    """Change the editions of a limit or a procedure, in one wording or in all."""
    dated = getattr(fields["pack"], part)
    if of.of not in dated:
        yield unknown_fault(of.kind, of.of, dated)
        return
    laws = [edition.law for edition in dated[of.of]]
    if of.wording not in {"", *laws}:
        yield unknown_fault(f"{of.of}.wording", of.wording, laws)
        return
    try:
        editions = [change(e) if of.wording in {"", e.law} else e for e in dated[of.of]]
    except PackError as wrong:
        yield Fault(of.of, str(wrong))
        return
    changed = {part: {**dated, of.of: Dated(of.of, editions)}}
    fields["pack"] = attrs.evolve(fields["pack"], **changed)


def _count_otherwise(edition: Edition[TimeLimit], of: Supposition) -> Edition[TimeLimit]:
    """A limit as it is supposed to be: no law, and marked as that."""
    source, evidence = f"? {edition.source}", Evidence.UNCONFIRMED
    told: dict[str, Any] = {name: Rule(rule, source, evidence) for name, rule in of.rules}
    if "pauses" in told:
        told["pauses"] = frozenset(filter(None, told["pauses"].value.split(",")))
    if of.value is not None:
        told["term"] = of.value
    value = attrs.evolve(edition.value, **told)
    return attrs.evolve(edition, value=value, source=source, evidence=evidence)


def _limit(fields: Fields, of: Supposition) -> Iterator[Fault]:
    return _amend(fields, "limits", of, lambda edition: _count_otherwise(edition, of))


def _day(fields: Fields, of: Supposition) -> Iterator[Fault]:
    calendar, day = fields["calendar"], date.fromisoformat(of.of)
    if not calendar.first <= day <= calendar.last:
        yield make_fault("day", "outside-calendar", day, calendar.first, calendar.last)
        return
    note = DayNote(day, of.kind, {}, "?")
    fields["calendar"] = attrs.evolve(calendar, notes=(*calendar.notes, note))


def _answer(fields: Fields, of: Supposition) -> Iterator[Fault]:
    """Silence is over by then too; what was answered is moved where a case is lived again."""
    procedures, limits = fields["pack"].procedures, fields["pack"].limits
    if of.of not in procedures:
        yield unknown_fault(of.kind, of.of, procedures)
        return
    clocks = [clock for one in procedures[of.of] for clock in one.value.clocks.values()]
    for key in {clock.limit for clock in clocks if clock.principal}:
        for edition in limits[key]:
            own, told = edition.value.term, of.value
            if isinstance(told, Term) and type(own) is type(told) and own.n > told.n:
                yield from _limit(fields, attrs.evolve(of, of=key, wording=edition.law))


def _reading(fields: Fields, of: Supposition) -> Iterator[Fault]:
    answers = {of.of: of.value}
    try:
        fields["pack"].chosen(answers)
    except Malformed as wrong:
        yield from wrong.faults
    fields["readings"] = fields["readings"] | answers


def _law(fields: Fields, of: Supposition) -> Iterator[Fault]:
    names = [edition.law for edition in fields["pack"].wordings]
    if of.of not in names:
        yield unknown_fault(of.kind, of.of, names)
    fields["wording"] = of.of


def _standard(fields: Fields, of: Supposition) -> Iterator[Fault]:
    fields["standards"] = {**fields["standards"], of.of: of.value}
    yield from standard_faults(fields["pack"], {of.of: f"{of.value}"})


def _chart(fields: Fields, of: Supposition) -> Iterator[Fault]:
    change: Change = lambda edition: attrs.evolve(edition, value=of.value)  # noqa: E731 - as short as it is
    return _amend(fields, "procedures", of, change)


_KINDS: dict[str, Callable[[Fields, Supposition], Iterable[Fault]]] = {
    "limit": _limit, "day-off": _day, "working-day": _day, "answer": _answer,
    "reading": _reading, "law": _law, "standard": _standard, "chart": _chart,
}  # fmt: skip


def suppose(office: Office, rules: Sequence[Supposition], /) -> Office:
    """The office of which all this holds; the office itself, where nothing is supposed.

    Raises:
        Malformed: Something is supposed of what there is not, or two things of one; all at once.
        PackError: The law would contradict itself.

    >>> from openakimat import kz
    >>> suppose(kz.office(), [limit("appeal.considration", working_days=10), law("l222")])
    Traceback (most recent call last):
    openakimat.errors.Malformed: rules: limit: 'appeal.considration' is none of the 152 known; the
    nearest: appeal.consideration, appeal.correction, appeal.consideration-redirected; law: 'l222' is
    none of l221, appc-2021, appc-2026
    """
    names = ("pack", "calendar", "wording", "standards")
    fields: Fields = {name: getattr(office, name) for name in names}
    # Only what it has answered itself: its defaults are no answers of its own.
    fields["readings"] = {name: office.readings[name] for name in office.answered}
    faults: list[Fault] = []
    known: set[tuple[str, ...]] = set()
    for of in rules:
        about = ("day" if of.kind.endswith(("-off", "-day")) else of.kind, of.of, of.wording)
        faults += [make_fault(of.kind, "named-before", of.of)] if about in known else []
        faults += _KINDS[of.kind](fields, of)
        known.add(about)
    if faults:
        raise Malformed("rules", faults)
    # What the office reads, the other reads too: charts of records made before.
    charts = {**office.stored, **office.tables}
    return attrs.evolve(office, **fields).knowing(charts) if rules else office
