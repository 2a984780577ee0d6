"""An office: a body, its law, its calendar and hours; what `decide` needs to know.

The law is editions; a disputed reading of it is a named option that changes
editions, so that what an office decides and how it explains itself rest on the
same values. Which wording governs a case that straddles a change is the
reading ``governing``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

import attrs

from openakimat.dated import Dated, Edition, Evidence, Sources
from openakimat.errors import BrokenTrail, Fault, Malformed, PackError, Undated, none_of
from openakimat.limits import Rule, TimeLimit
from openakimat.people import Body
from openakimat.table import Table
from openakimat.worktime import WorkCalendar


@attrs.frozen
class Setting:
    """What a choice changes: a rule, or the pauses, of a limit in one wording."""

    limit: str
    law: str
    rule: str
    value: str


@attrs.frozen
class Choice:
    """One answer to a disputed question, and what it rests on."""

    name: str
    title: Mapping[str, str]
    source: str
    evidence: Evidence
    changes: tuple[Setting, ...] = ()


@attrs.frozen
class Reading:
    """A disputed question of law: the choices and our default."""

    name: str
    title: Mapping[str, str]
    default: str
    choices: Mapping[str, Choice]


@attrs.frozen
class Label:
    """What something is called in each language; `unsure` of those not seen in a source."""

    words: Mapping[str, str]
    unsure: frozenset[str] = frozenset()


def told_sources(labels: Mapping[tuple[str, str], Label], /) -> Sources:
    """How sources are told by the labels of the kind ``source``."""
    return Sources({key: label.words for (kind, key), label in labels.items() if kind == "source"})


@attrs.frozen(slots=False)
class Law:
    """A pack of law: wordings by day, limits, procedures, disputed readings, words.

    `wordings` are those of the law of appeals, by which an office is told to judge; `others`
    those of the laws beside it (services, corruption) and of practice where there is no law.
    """

    wordings: Dated[str]
    limits: Mapping[str, Dated[TimeLimit]] = attrs.field(repr=False)
    procedures: Mapping[str, Dated[Table]] = attrs.field(repr=False)
    readings: Mapping[str, Reading] = attrs.field(repr=False)
    marks: Mapping[tuple[str, str], Evidence] = attrs.field(factory=dict, repr=False)
    """The mark of each article, or act and ground, that charts cite; by wording."""
    others: Mapping[str, Dated[str]] = attrs.field(factory=dict, repr=False)
    labels: Mapping[tuple[str, str], Label] = attrs.field(factory=dict, repr=False)

    @cached_property
    def sources(self) -> Sources:
        """How sources are told, by the labels that the law has of them."""
        return told_sources(self.labels)

    def words(self, kind: str, key: str, /, language: str = "en") -> str:
        """What a stage, act, role, ground, limit or refusal is called.

        Args:
            kind: ``stage``, ``act``, ``role``, ``ground``, ``refusal``, ``procedure``…
            key: Its stored name; of a ground, the act's tag and it, ``decide.refused``.
            language: ``kk``, ``ru`` or ``en``.

        Raises:
            Malformed: It has no words, or none in that language.
        """
        if (label := self.labels.get((kind, key))) is None:
            raise Malformed("label", [Fault(f"{kind}.{key}", "has no words")])
        if language not in label.words:
            raise Malformed("label", [Fault("language", f"{language!r} is none of kk, ru, en")])
        return label.words[language]

    def evidence(self, wording: str, cited: str, /, ground: str = "") -> Evidence:
        """How sure we are of what a step, guard or ground cites; unconfirmed when unlisted.

        Args:
            wording: The wording it is cited under.
            cited: Act and article.
            ground: The act's tag and the ground, such as ``decide.refused``.
        """
        of_article = self.marks.get((wording, cited), Evidence.UNCONFIRMED)
        return self.marks.get((wording, ground), of_article)

    def starting(self, first_days: Mapping[str, date], /) -> Law:
        """The same law, the named wordings beginning on other days.

        Raises:
            Malformed: No wording has that name.
        """
        timelines = (self.wordings, *self.others.values())
        names = {edition.law for timeline in timelines for edition in timeline}
        if strange := [
            Fault(name, f"is none of {sorted(names)}") for name in first_days if name not in names
        ]:
            raise Malformed("first days of wordings", strange)
        return attrs.evolve(
            self,
            wordings=self.wordings.starting(first_days),
            others={name: one.starting(first_days) for name, one in self.others.items()},
            limits={key: dated.starting(first_days) for key, dated in self.limits.items()},
            procedures={key: dated.starting(first_days) for key, dated in self.procedures.items()},
        )

    def chosen(self, answers: Mapping[str, str], /) -> dict[str, str]:
        """Every reading with the answer given, or its default.

        Raises:
            Malformed: No such reading, or no such choice of it.
        """
        faults = [
            Fault(name, f"is none of {sorted(self.readings)}")
            if name not in self.readings
            else Fault(name, f"{answer!r} is none of {sorted(self.readings[name].choices)}")
            for name, answer in answers.items()
            if name not in self.readings or answer not in self.readings[name].choices
        ]
        if faults:
            raise Malformed("readings", faults)
        return {name: answers.get(name, reading.default) for name, reading in self.readings.items()}

    def reading(self, answers: Mapping[str, str], /) -> Law:
        """The law as read: every choice's changes made in the limits."""
        limits = dict(self.limits)
        for name, answer in self.chosen(answers).items():
            choice = self.readings[name].choices[answer]
            for change in choice.changes:
                limits[change.limit] = _changed(limits, name, change, choice)
        return attrs.evolve(self, limits=limits)


def _changed(
    limits: Mapping[str, Dated[TimeLimit]], reading: str, change: Setting, choice: Choice
) -> Dated[TimeLimit]:
    """A limit with one rule of one edition changed."""
    dated = limits.get(change.limit)
    if dated is None or change.law not in {edition.law for edition in dated}:
        raise PackError(f"reading {reading}: no limit {change.limit!r} under {change.law!r}")

    def change_it(edition: Edition[TimeLimit]) -> Edition[TimeLimit]:
        if edition.law != change.law:
            return edition
        limit = edition.value
        if change.rule == "pauses":
            grounds = frozenset(filter(None, change.value.split(",")))
            return attrs.evolve(edition, value=attrs.evolve(limit, pauses=grounds))
        if change.rule not in {"base", "first_day", "late", "roll"}:
            raise PackError(f"reading {reading}: no rule {change.rule!r} of a limit")
        rule: Any = Rule(change.value, choice.source, choice.evidence)
        try:
            return attrs.evolve(edition, value=attrs.evolve(limit, **{change.rule: rule}))
        except PackError as why:
            told = f"reading {reading}: {change.limit}, edition {change.law}: {why}"
            raise PackError(told) from why

    return Dated(dated.name, tuple(map(change_it, dated)))


def contradictions(law: Law, /) -> list[str]:
    """What the charts and the limits of a law say against each other, key and edition named.

    A clock whose limit has no edition in its wording, or that starts with an act
    which marks another moment than the limit's base; a step that must be told
    within a limit there is none of.
    """
    charts = [edition for dated in law.procedures.values() for edition in dated]
    return [
        said
        for chart in charts
        for said in (
            *_missing(law, chart.value, chart.law),
            *_other_base(law, chart.value, chart.law),
        )
    ]


def _missing(law: Law, table: Table, wording: str) -> list[str]:
    """The limits that a table speaks of and its wording does not have."""
    clocks = table.clocks.values()
    wanted = {key for clock in clocks for key in (clock.limit, *clock.becomes.values())}
    wanted |= {row.tells for way in table.rows.values() for row in way if row.tells}
    return [
        f"{table.under}: no edition of {key} under {wording}"
        for key in sorted(wanted)
        if not _has(law, key, wording)
    ]


def _other_base(law: Law, table: Table, wording: str) -> list[str]:
    """The clocks that start with an act which marks another moment than their limit's base."""
    return [
        f"{table.under}: {clock.limit} under {wording} is counted from {base!r}, "
        f"but {act.tag!r} starts the clock"
        for clock in table.clocks.values()
        if _has(law, clock.limit, wording)
        for act in clock.starts
        if (base := _edition(law, clock.limit, wording).value.base.value)
        not in ({"term"} if clock.ahead else {act.marks or "start", "start"})
    ]


def _has(law: Law, key: str, wording: str) -> bool:
    return key in law.limits and any(edition.law == wording for edition in law.limits[key])


def _edition(law: Law, key: str, wording: str) -> Edition[TimeLimit]:
    return next(edition for edition in law.limits[key] if edition.law == wording)


@attrs.frozen(eq=False)
class Office:
    """An office of a body.

    Args:
        body: Whose office it is.
        calendar: Its working days, hours and place.
        pack: The law before any reading.
        readings: Answers to disputed questions; the rest stand at their defaults.
        wording: The wording to judge by, whatever the day; None for the law in force.
        numbering: The registration number of a year and a serial number.
        former: Charts that stored cases were handled under and that the law no longer has;
            such a case is read, judged and closed by its own.
    """

    body: Body
    calendar: WorkCalendar
    pack: Law = attrs.field(repr=False)
    readings: Mapping[str, str] = attrs.field(factory=dict)
    wording: str | None = None
    numbering: Callable[[int, int], str] = attrs.field(default="{}-{}".format, repr=False)
    former: Sequence[Table] = ()
    law: Law = attrs.field(init=False, repr=False)
    tables: Mapping[str, Table] = attrs.field(init=False, repr=False)
    _by_wording: Mapping[tuple[str, str], Table] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Read the law once, and refuse one that contradicts itself."""
        names = {edition.law for edition in self.pack.wordings}
        if self.wording is not None and self.wording not in names:
            raise Malformed(
                "office", [Fault("wording", f"{self.wording!r} is none of {sorted(names)}")]
            )
        law = self.pack.reading(self.readings)
        if said := contradictions(law):
            raise PackError("; ".join(said))
        in_law = (edition.value for dated in law.procedures.values() for edition in dated)
        tables = {table.under: table for table in (*self.former, *in_law)}
        for name, value in (
            ("law", law),
            ("readings", self.pack.chosen(self.readings)),
            ("tables", tables),
            ("_by_wording", _by_wording(law)),
        ):
            object.__setattr__(self, name, value)

    def day_of(self, at: datetime, /) -> date:
        """The day an instant belongs to where the office is."""
        return self.calendar.place.day_of(at)

    def answer(self, reading: str, /) -> str:
        """The choice made of a disputed reading."""
        return self.readings[reading]

    def wording_on(self, day: date, /) -> str:
        """The wording that governs what happens on a day."""
        return self.wording or self.law.wordings.on(day).law

    def table_on(self, procedure: str, day: date, /) -> Table:
        """The table of a procedure in the wording that governs a day.

        Raises:
            Malformed: The law has no such procedure.
            Undated: It has none by that day.
        """
        return self._editions(procedure).on(day, law=self.wording).value

    def _editions(self, procedure: str) -> Dated[Table]:
        if procedure not in self.law.procedures:
            known = sorted(self.law.procedures)
            raise Malformed("office", [Fault("procedure", f"{procedure!r} is none of {known}")])
        return self.law.procedures[procedure]

    def table(self, procedure: str, wording: str, /) -> Table:
        """The table of a procedure in a wording.

        Raises:
            Malformed: The law has no such procedure.
            Undated: It has none in that wording.
        """
        self._editions(procedure)
        if (found := self._by_wording.get((procedure, wording))) is None:
            raise Undated(f"{procedure} has no edition under {wording}")
        return found

    def table_of(self, under: str, /) -> Table:
        """The table a record names.

        Raises:
            BrokenTrail: This office knows no such table.
        """
        try:
            return self.tables[under]
        except KeyError:
            raise BrokenTrail(
                f"{under} is no table of this office", at_record=0, code="trail.unknown-table"
            ) from None

    def limit(self, key: str, day: date, wording: str, /) -> Edition[TimeLimit]:
        """A limit as a wording has it.

        Raises:
            Malformed: The law has no such limit.
            Undated: It has no edition by that day.
        """
        if key not in self.law.limits:
            raise Malformed("office", [Fault("limit", none_of(key, self.law.limits))])
        return self.law.limits[key].on(day, law=wording)


def _by_wording(law: Law) -> dict[tuple[str, str], Table]:
    return {
        (key, edition.law): edition.value
        for key, dated in law.procedures.items()
        for edition in dated
    }
