"""A jurist's cases, read: what is done by whom and when, and what is to hold then.

Rules. (1) A file holds `[[case]]` tables; what else stands at its top holds for each that does not
tell its own. (2) Every fault of a case is told with its path, all at once. (3) An instant without an
offset is by the clocks of the office. It knows no country: offices are given to it.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import attrs

from openakimat.calendar.times import Place
from openakimat.case.act import VOCABULARY, Act
from openakimat.case.people import (
    APPLICANT,
    NAMELESS,
    REPRESENTATIVE,
    Actor,
    Applicant,
    Official,
    Representative,
)
from openakimat.errors import FAULTS, Fault, Malformed, Undated, none_of
from openakimat.judgement.docket import Standing
from openakimat.law.office import Office
from openakimat.trail.codec import read

T = TypeVar("T")

OfficeOf = Callable[..., Office]
"""Gives the office of an ``id=``, the usual one where it is empty, by ``readings=`` and ``wording=``."""

NONE = "none"
"""Of a term: that it does not run, nor ever did."""


@attrs.frozen
class Expected:
    """What is to hold; what is not told is not asked.

    Attributes:
        at: As of when: of the act beside it, if it is not told.
        stage, standing: As the docket has them.
        due: By its limit the last day of a term, the instant of one in hours, or ``none``.
        breaches: The limits missed.
        notices: The acts of which the participant had to be told.
        warns: The limits whose day rests on a year not yet decreed.
    """

    at: datetime
    stage: str | None = None
    standing: Standing | None = None
    due: dict[str, str] = attrs.field(factory=dict)
    breaches: tuple[str, ...] | None = None
    notices: tuple[str, ...] | None = None
    warns: tuple[str, ...] | None = None


@attrs.frozen
class Line:
    """What is told of an act beside its own fields, or of an instant at which something is to hold.

    Attributes:
        at, by: When, and by whom of the people.
        do: The tag of the act.
        upon: The case, if it is another than the one at issue.
        entered: When it is kept, if that is later than it was done.
        refused: The code of the refusal to come.
        expect: What is to hold then.
    """

    at: datetime
    by: str = ""
    do: str = ""
    upon: str = ""
    entered: datetime | None = None
    refused: str = ""
    expect: dict[str, Any] | None = None


@attrs.frozen(kw_only=True)
class _Before:
    procedure: str
    open: dict[str, Any]
    acts: tuple[dict[str, Any], ...] = ()


@attrs.frozen(kw_only=True)
class _Told(_Before):
    name: str
    source: str
    office: str = ""
    readings: dict[str, str] = attrs.field(factory=dict)
    wording: str | None = None
    people: dict[str, Any] = attrs.field(factory=dict)
    before: dict[str, _Before] = attrs.field(factory=dict)
    expect: dict[str, Any] | None = None


@attrs.frozen
class Step:
    """An act put to a case, or what is expected of it; or both."""

    line: Line
    upon: str
    by: Actor | None = None
    act: Act | None = None
    opens: str = ""
    expected: Expected | None = None


@attrs.frozen
class LawCase:
    """A case to be played: its name, where the law says so, whose it is, what is done."""

    name: str
    source: str
    office: Office
    steps: tuple[Step, ...]


def tables(text: str, /) -> tuple[dict[str, Any], ...]:
    r"""The tables of the cases of a file.

    Raises `Malformed` if it is no TOML, or has no cases.

    >>> tables('procedure = "petition"\n[[case]]\nname = "silence grants it"')
    ({'procedure': 'petition', 'name': 'silence grants it'},)
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise Malformed("cases", [Fault("", str(wrong))]) from wrong
    cases = told.pop("case", None)
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        raise Malformed("cases", [Fault("case", "there is none: each begins with [[case]]")])
    return tuple({**told, **case} for case in cases)


def read_case(table: Mapping[str, Any], office_of: OfficeOf, /, *, path: str = "case") -> LawCase:
    """A case from its table. Raises `Malformed`: every fault, with its path."""
    try:
        told = read({key: table[key] for key in table if key in _TOLD}, _Told)
    except Malformed as wrong:
        raise Malformed("cases", list(_placed(wrong, path))) from wrong
    try:
        office = office_of(id=told.office, readings=told.readings, wording=told.wording)
    except Malformed as wrong:
        raise Malformed("cases", list(_placed_in(told, wrong, path))) from wrong
    reading = _Reading(told, office)
    for name in table.keys() - _TOLD:
        reading.add_fault(f"{path}.{name}", FAULTS["no-field"])
    steps = reading.steps(path)
    if not reading.faults and not any(step.expected or step.line.refused for step in steps):
        reading.add_fault(path, "expects nothing")
    for n, step in enumerate(steps):
        if step.expected and step.expected.at < max(of.line.at for of in steps[: n + 1]):
            reading.add_fault(
                path, f"expects something as of {step.expected.at}, before what was done"
            )
    if reading.faults:
        raise Malformed("cases", reading.faults)
    return LawCase(told.name, told.source, office, steps)


_TOLD, _LINE = (attrs.fields_dict(kind).keys() for kind in (_Told, Line))
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")


def _plain(value: Any, place: Place) -> Any:
    """A value of TOML as the codec reads it: days and instants as texts, these with an offset."""
    if isinstance(value, dict):
        return {key: _plain(inside, place) for key, inside in value.items()}
    if isinstance(value, list):
        return [_plain(inside, place) for inside in value]
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        with suppress(ValueError):  # the codec tells of the 31st of June
            value = datetime.fromisoformat(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        value = place.at_wall(int(value.replace(tzinfo=UTC).timestamp()))
    return value.isoformat() if isinstance(value, date) else value


def _placed(wrong: Malformed, path: str, fields: Iterable[str] = ()) -> Iterator[Fault]:
    """Faults by their path in the file; of a field that there is none of, with those there are."""
    there = f"; there are {', '.join(fields)}" if fields else ""
    for fault in wrong.faults:
        nearby = there if fault.code == "no-field" and "." not in fault.path else ""
        yield Fault(".".join(filter(None, (path, fault.path))), fault.why + nearby)


def _placed_in(told: _Told, wrong: Malformed, path: str) -> Iterator[Fault]:
    """Faults of an office by the field that asked for it: how it reads the law, or which it is."""
    for fault in wrong.faults:
        field = "office"
        if fault.path in told.readings:
            field = f"readings.{fault.path}"
        elif fault.path == "wording":
            field = "wording"
        elif fault.path != "name":  # a place in the file of an office
            field = ".".join(filter(None, (field, fault.path)))
        yield attrs.evolve(fault, path=f"{path}.{field}")


@attrs.frozen
class _Reading:
    """A case while it is read, with its people and the faults found so far."""

    told: _Told
    office: Office
    people: dict[str, Actor | None] = attrs.field(factory=dict)
    faults: list[Fault] = attrs.field(factory=list)

    def steps(self, path: str) -> tuple[Step, ...]:
        """What is done, in order: first to the cases that come before."""
        told = self.told
        people: dict[str, Any] = {APPLICANT: {}, **told.people}
        for name, one in people.items():
            self.people[name] = self._person(name, one, f"{path}.people.{name}")
        steps: list[Step | None] = []
        for name, before in told.before.items():
            steps += self._file(before, name, f"{path}.before.{name}")
        steps += self._file(told, "case", path)
        if told.expect is not None and (expected := self._expected(told.expect, path)):
            steps.append(Step(Line(expected.at), "case", expected=expected))
        return tuple(filter(None, steps))

    def _file(self, of: _Before, name: str, path: str) -> Iterator[Step | None]:
        if self._known(of.procedure, self.office.law.procedures, f"{path}.procedure"):
            yield self._step(of.open, f"{path}.open", name, of.procedure)
        for n, told in enumerate(of.acts):
            yield self._step(told, f"{path}.acts[{n}]", name)

    def _step(self, told: Mapping[str, Any], path: str, name: str, opens: str = "") -> Step | None:
        told = _plain(told, self.office.calendar.place)
        line = self._read({key: told[key] for key in told if key in _LINE}, Line, path)
        if line is None:
            return None
        fields = {key: told[key] for key in told if key not in _LINE}
        act = by = expected = None
        if opens or line.do or fields:
            if self._known(line.by, self.people, f"{path}.by"):
                by = self.people[line.by]
            if opens or self._known_act(line.do, line.upon or name, f"{path}.do"):
                tag = self._opening(opens, line.at) if opens else line.do
                act = self._read(fields, VOCABULARY[tag], path)
        elif line.expect is None:
            self.add_fault(path, "neither does nor expects anything")
        if line.expect is not None:
            expected = self._expected({"at": told["at"], **line.expect}, path)
        upon = line.upon or name
        self._known(upon, (*self.told.before, "case"), f"{path}.upon")
        return Step(line, upon, by, act, opens, expected)

    def _opening(self, procedure: str, at: datetime) -> str:
        try:
            return self.office.table_on(procedure, self.office.day_of(at)).opening.act
        except Undated:
            # That there was no law yet may be what is to be shown: the desk refuses it when played.
            return self.office.law.procedures[procedure].editions[0].value.opening.act

    def _person(self, name: str, told: Any, path: str) -> Actor | None:
        """Somebody by their roles, or by the fields of an official, representative or applicant."""
        fields = told if isinstance(told, dict) else {"roles": told}
        # Called by the role alone one would be nameless, and may do nothing to their own case.
        called = f"the {name}" if name == NAMELESS else name
        fields = {"id": called, **_plain(fields, self.office.calendar.place)}
        roles = fields.pop("roles", [APPLICANT])
        roles = roles if isinstance(roles, list) else [roles]
        for role in roles:
            self._known(str(role), self._roles(), f"{path}.roles")
        if APPLICANT in roles:
            return self._read(fields, Applicant, path)
        if REPRESENTATIVE in roles:
            return self._read(fields, Representative, path)
        return self._read({**fields, "roles": roles}, Official, path)

    def _roles(self) -> Collection[str]:
        tables = self.office.tables.values()
        rows = (row for table in tables for ways in table.rows.values() for row in ways)
        return {APPLICANT, REPRESENTATIVE}.union(*(row.by for row in rows))

    def _expected(self, told: Mapping[str, Any], path: str) -> Expected | None:
        path, told = f"{path}.expect", _plain(told, self.office.calendar.place)
        standing, known = told.get("standing"), [each.value for each in Standing]
        if isinstance(standing, str) and not self._known(standing, known, f"{path}.standing"):
            return None
        expected = self._read(told, Expected, path)
        for limit, day in expected.due.items() if expected else ():
            # A term that is misspelt would never run, as may well be expected.
            self._known(limit, self.office.law.limits, f"{path}.due")
            try:
                if day != NONE:
                    datetime.fromisoformat(day)
            except ValueError:
                self.add_fault(f"{path}.due.{limit}", f"{day!r} is neither a day nor {NONE!r}")
        return expected

    def _known_act(self, tag: str, upon: str, path: str) -> bool:
        """Whether there is such an act; if none is near, those of the procedure it is put to are told."""
        if tag in VOCABULARY:
            return True
        why = none_of(tag, sorted(VOCABULARY))
        if "nearest" not in why and (of := {"case": self.told, **self.told.before}.get(upon)):
            tables = (t for t in self.office.tables.values() if t.procedure == of.procedure)
            rows = (row for table in tables for row in table.rows.items())
            tags = {tag for (_, tag), ways in rows if any(way.by for way in ways)}
            why += f"; of {of.procedure}: {', '.join(sorted(tags))}"
        self.add_fault(path, why)
        return False

    def _known(self, name: str, known: Iterable[str], path: str) -> bool:
        if name not in known:
            self.add_fault(path, none_of(name, sorted(known)))
        return name in known

    def _read(self, told: Any, kind: type[T], path: str) -> T | None:
        """A value of a class; where it cannot be read, the faults say why."""
        try:
            return read(told, kind)
        except Malformed as wrong:
            fields = attrs.fields_dict(kind) if issubclass(kind, Act) else ()
            self.faults.extend(_placed(wrong, path, fields))
            return None

    def add_fault(self, path: str, why: str) -> None:
        self.faults.append(Fault(path, why))
