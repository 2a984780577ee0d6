"""What is supposed of a law, a calendar or other bodies: each a value of one line, told in words.

Rules. (1) To suppose changes nothing: of the office that there is another is made. (2) A limit is
supposed in every wording, from its first day, with its base, roll and pauses, unless told otherwise.
(3) All that is wrong with what is supposed is told at once; of a name mistyped, the nearest.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from openakimat.calendar.days import DayNote
from openakimat.calendar.terms import CalendarDays, Months, Term, WorkingDays, WorkingHours
from openakimat.chart.procedure import ProcedureType
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import Fault, Malformed, PackError, make_fault, unknown_fault
from openakimat.law.office import Office, standard_faults
from openakimat.law.words import Words
from openakimat.limits.limit import Rule

_TERMS: Mapping[str, type[Term]] = {
    "working_days": WorkingDays, "calendar_days": CalendarDays, "months": Months,
    "working_hours": WorkingHours,
}  # fmt: skip
_RULES = ("base", "first_day", "late", "roll")


@attrs.frozen
class Supposition:
    """One thing supposed, of a limit, a day, a procedure, a reading or a wording; in one wording or all."""

    kind: str
    of: str
    value: Term | ProcedureType | str | None = None
    wording: str = ""
    rules: tuple[tuple[str, str], ...] = ()

    def text(self, words: Words, /) -> str:
        """It in words.

        >>> from openakimat import kz
        >>> limit("appeal.consideration", working_days=10).text(Words(kz.law()))
        'What if: Consideration of the appeal – 10 working days'
        """
        of, parts = self.of, [f"{name}: {rule}" for name, rule in self.rules]
        if self.kind == "day":
            of = words.spoken.day_text(date.fromisoformat(of))
        elif (reading := words.law.readings.get(of)) is not None:
            of = reading.title[words.language]
            parts.append(reading.choices[str(self.value)].title[words.language])
        else:
            of = words.heading({"limit": "limit", "law": "wording"}.get(self.kind, "procedure"), of)
        if isinstance(self.value, Term):
            parts.insert(0, words.spoken.amount(self.value.n, self.value.unit))
        parts.append(words("wording", self.wording) if self.wording else "")
        template = words("phrase", f"what-if-{self.value if self.kind == 'day' else self.kind}")
        return template.format(of=of, value=", ".join(filter(None, parts)))


def limit(
    key: str, /, *, wording: str = "", pauses: Iterable[str] | None = None, **told: int | str
) -> Supposition:
    """A limit of another length, or counted by other rules.

    Raises `Malformed` if two terms are told, one that cannot be, or nothing at all.

    Args:
        key: The limit.
        wording: The only wording that it is supposed in.
        pauses: The grounds that stop it.
        told: One of ``working_days``, ``calendar_days``, ``months``, ``working_hours``; and any of
            ``base``, ``first_day``, ``late``, ``roll``, as `TimeLimit` has them.
    """
    rules = [(name, str(told.pop(name))) for name in _RULES if told.get(name)]
    rules += [] if pauses is None else [("pauses", ",".join(sorted(pauses)))]
    term = _term(key, told, _RULES) if told or not rules else None
    return Supposition("limit", key, term, wording, tuple(rules))


def day_off(day: date | str, /) -> Supposition:
    """A day that is off, whatever it was."""
    return Supposition("day", _iso(day), "day-off")


def working_day(day: date | str, /) -> Supposition:
    """A day that is worked, whatever it was."""
    return Supposition("day", _iso(day), "working-day")


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


def chart(of: ProcedureType, /) -> Supposition:
    """A procedure goes by another chart in the wording of that."""
    return Supposition("chart", of.table.procedure, of, of.table.law)


def _term(of: str, told: Mapping[str, int | str], beside: Iterable[str] = (), /) -> Term:
    known = (*_TERMS, *beside)
    faults = [unknown_fault(f"{of}.{name}", name, known) for name in told if name not in known]
    faults += [make_fault(f"{of}.{name}", "zero-term", n) for name, n in told.items() if int(n) < 1]
    faults += [Fault(of, "one term is to be told, and no other")] if len(told) != 1 else []
    if faults:
        raise Malformed("rule", faults)
    ((name, n),) = told.items()
    return _TERMS[name](int(n))


def _iso(day: date | str) -> str:
    try:
        return date.fromisoformat(str(day)).isoformat()
    except ValueError:
        raise Malformed("rule", [make_fault("day", "day-form", repr(day))]) from None


Fields = dict[str, Any]
"""What the other office has otherwise: its pack, calendar, readings, wording, standards."""


def _edition(fields: Fields, of: Supposition) -> Iterator[Fault]:
    """Another limit or chart, in one wording or in all."""
    part = "limits" if of.kind == "limit" else "procedures"
    dated = getattr(fields["pack"], part)
    if of.of not in dated:
        yield unknown_fault(of.kind, of.of, dated)
        return
    if of.wording not in {"", *(laws := [edition.law for edition in dated[of.of]])}:
        yield unknown_fault(f"{of.of}.wording", of.wording, laws)
        return
    try:
        editions = [_other(e, of) if of.wording in {"", e.law} else e for e in dated[of.of]]
    except PackError as wrong:
        yield Fault(of.of, str(wrong))
        return
    changed = {part: {**dated, of.of: Dated(of.of, editions)}}
    fields["pack"] = attrs.evolve(fields["pack"], **changed)


def _other(edition: Edition[Any], of: Supposition) -> Edition[Any]:
    """A chart, or a limit as it is supposed to be: no law, and marked as that."""
    if isinstance(of.value, ProcedureType):
        return attrs.evolve(edition, value=of.value.table)
    source, evidence = f"? {edition.source}", Evidence.UNCONFIRMED
    told: Fields = {name: Rule(rule, source, evidence) for name, rule in of.rules}
    if "pauses" in told:
        told["pauses"] = frozenset(filter(None, told["pauses"].value.split(",")))
    value = attrs.evolve(edition.value, **told, term=of.value or edition.value.term)
    return attrs.evolve(edition, value=value, source=source, evidence=evidence)


def _day(fields: Fields, of: Supposition) -> Iterator[Fault]:
    calendar, day = fields["calendar"], date.fromisoformat(of.of)
    if calendar.first <= day <= calendar.last:
        notes = (*calendar.notes, DayNote(day, str(of.value), {}, "?"))
        fields["calendar"] = attrs.evolve(calendar, notes=notes)
    else:
        yield make_fault("day", "outside-calendar", day, calendar.first, calendar.last)


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
                yield from _edition(fields, Supposition("limit", key, told, edition.law))


def _reading(fields: Fields, of: Supposition) -> Iterator[Fault]:
    fields["readings"] = fields["readings"] | {of.of: of.value}
    try:
        fields["pack"].chosen({of.of: of.value})
    except Malformed as wrong:
        yield from wrong.faults


def _law(fields: Fields, of: Supposition) -> Iterator[Fault]:
    fields["wording"] = of.of
    if of.of not in (names := [edition.law for edition in fields["pack"].wordings]):
        yield unknown_fault(of.kind, of.of, names)


def _standard(fields: Fields, of: Supposition) -> Iterator[Fault]:
    fields["standards"] = {**fields["standards"], of.of: of.value}
    yield from standard_faults(fields["pack"], {of.of: f"{of.value}"})


_KINDS: dict[str, Callable[[Fields, Supposition], Iterable[Fault]]] = {
    "limit": _edition, "chart": _edition, "day": _day, "answer": _answer, "reading": _reading,
    "law": _law, "standard": _standard,
}  # fmt: skip


def suppose(office: Office, rules: Sequence[Supposition], /) -> Office:
    """The office of which all this holds; the office itself, where nothing is supposed.

    Raises `Malformed` if something is supposed of what there is not, or two things of one; all at once;
    `PackError` if the law would contradict itself.

    >>> from openakimat import kz
    >>> suppose(kz.office(), [law("l222")])
    Traceback (most recent call last):
    openakimat.errors.Malformed: rules: law: 'l222' is none of l221, appc-2021, appc-2026
    """
    names = ("pack", "calendar", "wording", "standards")
    fields: Fields = {name: getattr(office, name) for name in names}
    # Only what it has answered itself: its defaults are no answers of its own.
    fields["readings"] = {name: office.readings[name] for name in office.answered}
    faults, known = list[Fault](), set[tuple[str, ...]]()
    for of in rules:
        about = (of.kind, of.of, of.wording)
        faults += [make_fault(of.kind, "named-before", of.of)] if about in known else []
        faults += _KINDS[of.kind](fields, of)
        known.add(about)
    if faults:
        raise Malformed("rules", faults)
    # What the office reads, the other reads too: charts of records made before.
    charts = {**office.stored, **office.tables}
    return attrs.evolve(office, **fields).knowing(charts) if rules else office
