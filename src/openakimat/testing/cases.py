"""A jurist's cases, read: what is done by whom and when, and what is to hold then.

Rules. (1) A file holds `[[case]]` tables; what else stands at its top holds for each that does not
tell its own. (2) Every fault of a case is told with its path, all at once. (3) An instant without an
offset is by the clocks of the office. It knows no country: offices are given to it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any, Protocol, TypeVar

import attrs

from openakimat.calendar.times import Place
from openakimat.case.act import VOCABULARY, Act
from openakimat.case.people import (
    APPLICANT,
    REPRESENTATIVE,
    Actor,
    Applicant,
    Official,
    Representative,
)
from openakimat.errors import Fault, Malformed, Undated, none_of
from openakimat.judgement.docket import Standing
from openakimat.law.office import Office
from openakimat.trail.codec import read

T = TypeVar("T")


class OfficeOf(Protocol):
    """Gives the office of an id, under readings and a wording."""

    def __call__(self, id: str, /, *, readings: Mapping[str, str], wording: str | None) -> Office:
        """An office; the usual one, where the id is empty."""
        ...


@attrs.frozen
class Expected:
    """What is to hold; what is not told is not asked.

    Attributes:
        at: As of when; when the act was done, if it is not told.
        stage, standing: As the docket has them.
        due: By its limit the last day of a term, the instant of one in hours, or ``none``.
        breaches: The limits missed.
        notices: The acts of which the participant had to be told.
        warns: The limits whose day rests on a year not yet decreed.
    """

    at: datetime | None = None
    stage: str | None = None
    standing: str | None = None
    due: dict[str, str] = attrs.field(factory=dict)
    breaches: tuple[str, ...] | None = None
    notices: tuple[str, ...] | None = None
    warns: tuple[str, ...] | None = None


@attrs.frozen
class _Line:
    """What a line tells beside the fields of its act."""

    at: datetime
    by: str = ""
    do: str = ""
    upon: str = ""
    beside: tuple[str, ...] = ()
    entered: datetime | None = None
    refused: str = ""
    expect: Expected | None = None


@attrs.frozen(kw_only=True, slots=False)
class _Before:
    """A case opened before the one at issue, and what is done to it."""

    procedure: str
    open: dict[str, Any]
    acts: tuple[dict[str, Any], ...] = ()


@attrs.frozen(kw_only=True, slots=False)
class _Given:
    """Whose office it is, and how it reads the law."""

    office: str = ""
    readings: dict[str, str] = attrs.field(factory=dict)
    wording: str | None = None


@attrs.frozen(kw_only=True, slots=False)
class _Told(_Before, _Given):
    """A case as it is written."""

    name: str
    source: str
    people: dict[str, Any] = attrs.field(factory=dict)
    before: dict[str, _Before] = attrs.field(factory=dict)
    expect: Expected | None = None


@attrs.frozen
class Step:
    """An act put to the case `upon`, or what is expected of it; or both."""

    at: datetime
    upon: str
    by: Actor | None = None
    act: Act | None = None
    opens: str = ""
    beside: tuple[str, ...] = ()
    entered: datetime | None = None
    refused: str = ""
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

    Raises:
        Malformed: It is no TOML, or has no cases.

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
    """A case from its table.

    Raises:
        Malformed: Every fault, with its path.
    """
    faults: list[Fault] = []
    try:
        asked = read({key: table[key] for key in table if key in _GIVEN}, _Given)
        office = office_of(asked.office, readings=asked.readings, wording=asked.wording)
        told = read(_plain(table, office.calendar.place), _Told)
    except Malformed as wrong:
        raise Malformed("cases", list(_placed(wrong, path))) from wrong
    steps = _Reading(told, office, faults).steps(path)
    if not any(step.expected or step.refused for step in steps):
        faults.append(Fault(path, "expects nothing"))
    if faults:
        raise Malformed("cases", faults)
    return LawCase(told.name, told.source, office, steps)


_GIVEN, _OWN = ({field.name for field in attrs.fields(kind)} for kind in (_Given, _Line))

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")


def _plain(value: Any, place: Place) -> Any:
    """A value of TOML as the codec reads it: days and instants as texts, these with an offset."""
    if isinstance(value, dict):
        return {key: _plain(inside, place) for key, inside in value.items()}
    if isinstance(value, list):
        return [_plain(inside, place) for inside in value]
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:  # of the 31st of June the codec tells
            return value
    if isinstance(value, datetime) and value.tzinfo is None:
        value = place.at_wall(int(value.replace(tzinfo=UTC).timestamp()))
    return value.isoformat() if isinstance(value, date) else value


def _placed(wrong: Malformed, path: str) -> Iterator[Fault]:
    """Faults by their path in the file; of fields that there are not, one each."""
    for fault in wrong.faults:
        why, _, names = fault.why.partition(": ")
        unknown = names.split(", ") if why == "no such field" else []
        for name in unknown or [""]:
            where = ".".join(filter(None, (path, fault.path, name)))
            yield Fault(where, why if unknown else fault.why)


@attrs.frozen
class _Reading:
    """A case while it is read, with the faults found so far."""

    told: _Told
    office: Office
    faults: list[Fault]
    people: dict[str, Actor | None] = attrs.field(factory=dict)

    def steps(self, path: str) -> tuple[Step, ...]:
        """What is done, in order: first to the cases that come before."""
        told = self.told
        given: dict[str, Any] = {APPLICANT: {}, **told.people}
        for name, one in given.items():
            self.people[name] = self._person(name, one, f"{path}.people.{name}")
        steps: list[Step | None] = []
        for name, before in told.before.items():
            steps += self._file(before, name, f"{path}.before.{name}")
        steps += self._file(told, "case", path)
        if (expect := told.expect) is not None:
            self._check(expect, f"{path}.expect")
            if expect.at is None:
                self.faults.append(Fault(f"{path}.expect.at", "is to be told"))
            else:
                steps.append(Step(expect.at, "case", expected=expect))
        return tuple(filter(None, steps))

    def _file(self, of: _Before, name: str, path: str) -> Iterator[Step | None]:
        if self._known(of.procedure, self.office.law.procedures, f"{path}.procedure"):
            yield self._step(of.open, f"{path}.open", name, opens=of.procedure)
        for n, told in enumerate(of.acts):
            yield self._step(told, f"{path}.acts[{n}]", name)

    def _step(
        self, told: Mapping[str, Any], path: str, name: str, *, opens: str = ""
    ) -> Step | None:
        line = self._read({key: told[key] for key in told if key in _OWN}, _Line, path)
        if line is None:
            return None
        fields = {key: told[key] for key in told if key not in _OWN}
        act, by = None, None
        if opens or line.do or fields:
            if self._known(line.by, self.people, f"{path}.by"):
                by = self.people[line.by]
            if opens or self._known(line.do, VOCABULARY, f"{path}.do"):
                tag = self._opening(opens, line.at) if opens else line.do
                act = self._read(fields, VOCABULARY[tag], path)
        elif line.expect is None:
            self.faults.append(Fault(path, "neither does nor expects anything"))
        if line.expect is not None:
            self._check(line.expect, f"{path}.expect")
        upon = line.upon or name
        self._known(upon, [*self.told.before, "case"], f"{path}.upon")
        return Step(
            line.at, upon, by, act, opens, line.beside, line.entered, line.refused, line.expect
        )

    def _opening(self, procedure: str, at: datetime) -> str:
        """The tag of the act that opens a procedure."""
        try:
            return self.office.table_on(procedure, self.office.day_of(at)).opening.act
        except Undated:
            # That there was no law yet may be what is to be shown: the desk refuses it when played.
            return self.office.law.procedures[procedure].editions[0].value.opening.act

    def _person(self, name: str, told: Any, path: str) -> Actor | None:
        """Somebody by their roles, or by the fields of an official, representative or applicant."""
        fields = {"id": name, **(told if isinstance(told, dict) else {"roles": told})}
        roles = fields.get("roles")
        among = roles if isinstance(roles, list) else []
        for role in among:
            self._known(role, self._roles(), f"{path}.roles")
        kind: type[Actor] = Official
        if roles is None or APPLICANT in among:
            kind = Applicant
        elif REPRESENTATIVE in among:
            kind = Representative
        if kind is not Official:
            fields.pop("roles", None)
        return self._read(fields, kind, path)

    def _roles(self) -> set[str]:
        """The roles that a chart of the office names, or its law has words for."""
        tables = self.office.tables.values()
        of_rows = {
            role for t in tables for ways in t.rows.values() for row in ways for role in row.by
        }
        worded = {key for kind, key in self.office.law.labels if kind == "role"}
        return {APPLICANT, REPRESENTATIVE, *of_rows, *worded}

    def _check(self, expected: Expected, path: str) -> None:
        """Find the names that nothing has: what is misspelt would never be met, nor missed."""
        law = self.office.law
        stages = {stage for table in self.office.tables.values() for stage in table.stages}
        for name, told, known in (
            ("stage", [expected.stage], stages),
            ("standing", [expected.standing], [standing.value for standing in Standing]),
            ("due", expected.due, law.limits),
            ("breaches", expected.breaches, law.limits),
            ("notices", expected.notices, VOCABULARY),
            ("warns", expected.warns, law.limits),
        ):
            for one in filter(None, told or ()):
                self._known(one, known, f"{path}.{name}")

    def _known(self, name: str, known: Iterable[str], path: str) -> bool:
        if name in known:
            return True
        self.faults.append(Fault(path, none_of(name, sorted(known))))
        return False

    def _read(self, told: Any, kind: type[T], path: str) -> T | None:
        """A value of a class; where it cannot be read, the faults say why."""
        try:
            return read(told, kind)
        except Malformed as wrong:
            self.faults.extend(_placed(wrong, path))
            return None
