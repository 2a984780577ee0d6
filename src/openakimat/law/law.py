"""A pack of law: wordings by day, limits, procedures, disputed readings, words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any

import attrs

from openakimat.case import APPLICANT, REPRESENTATIVE, short_name
from openakimat.chart.adoption import OF_THE_OFFICE
from openakimat.chart.table import Table
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import Fault, Malformed, PackError, unknown_fault
from openakimat.limits.language import ENGLISH, Language
from openakimat.limits.limit import ONLY_ENGLISH, Rule, TimeLimit


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

    @property
    def touches(self) -> frozenset[tuple[str, str]]:
        """The limits that its choices change, each with the wording."""
        changes = (change for choice in self.choices.values() for change in choice.changes)
        return frozenset((change.limit, change.law) for change in changes)


@attrs.frozen
class Label:
    """What something is called in each language; `unsure` of those not seen in a source.

    `source` is where the law has the words, or the term that a sentence is made of.
    """

    words: Mapping[str, str]
    unsure: frozenset[str] = frozenset()
    source: str = ""


@attrs.frozen
class Face:
    """What a procedure shows to who is not staff.

    Attributes:
        kinds: The kinds of what it is opened with; only that of its opening act, where none is told.
        acts, limits: Those that the participant sees in their case, and whose days.
        confided_to: The roles of staff to whom its cases are confided; to all, where none are.
    """

    kinds: tuple[str, ...] = ()
    acts: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()
    confided_to: frozenset[str] = frozenset()


def with_sources(
    languages: Mapping[str, Language], labels: Mapping[tuple[str, str], Label], /
) -> dict[str, Language]:
    """Languages that tell sources as the labels of the kind ``source`` have them."""
    named = {key: label.words for (kind, key), label in labels.items() if kind == "source"}
    return {
        code: attrs.evolve(
            language, sources={key: words[code] for key, words in named.items() if code in words}
        )
        for code, language in languages.items()
    }


@attrs.frozen(slots=False)
class Law:
    """A pack of law: wordings by day, limits, procedures, disputed readings, words.

    `wordings` are those of the law by which an office is told to judge; `others` those of the
    laws beside it, and of practice where there is no law.
    """

    wordings: Dated[str]
    limits: Mapping[str, Dated[TimeLimit]] = attrs.field(repr=False)
    procedures: Mapping[str, Dated[Table]] = attrs.field(repr=False)
    readings: Mapping[str, Reading] = attrs.field(repr=False)
    marks: Mapping[tuple[str, str], Evidence] = attrs.field(factory=dict, repr=False)
    """The mark of each article, or act and ground, that charts cite; by wording."""
    others: Mapping[str, Dated[str]] = attrs.field(factory=dict, repr=False)
    labels: Mapping[tuple[str, str], Label] = attrs.field(factory=dict, repr=False)
    tongues: Mapping[str, Language] = attrs.field(factory=lambda: {"en": ENGLISH}, repr=False)
    """The languages that its words are in, by code, without the names of its sources."""
    first_edition: Mapping[str, bytes] = attrs.field(factory=dict, repr=False)
    """The charts that records of the first edition name, by the names they had then."""
    faces: Mapping[str, Face] = attrs.field(factory=dict, repr=False)
    """What each procedure shows to the participant; of one that is not here, only where it stands."""
    trials: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict, repr=False)
    """By procedure, what no chart says and whoever tries its cases needs: `openakimat.lives.ways.Staging`,
    and the duties kept `apart`, or kept so `apart_where` an office answers a reading so."""

    made_by: "Callable[[], Law] | None" = attrs.field(
        default=None, init=False, repr=False, eq=False
    )
    """What makes it anew where it is pickled, for its charts are code; what is evolved of it has none."""

    def making(self, again: "Callable[[], Law]", /) -> "Law":
        """The same law, which is pickled as what makes it: a function of a module."""
        object.__setattr__(self, "made_by", again)
        return self

    def __reduce_ex__(self, protocol: Any, /) -> Any:
        """By what makes it, if that is known."""
        return (self.made_by, ()) if self.made_by else super().__reduce_ex__(protocol)

    @cached_property
    def languages(self) -> Mapping[str, Language]:
        """The languages that it is told in, with the names of its sources."""
        return with_sources(self.tongues, self.labels)

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[str, ...]]:
        """Whatever it has words for, by its kind: ``channel``, ``role`` and so on."""
        keys: dict[str, tuple[str, ...]] = {}
        for kind, key in self.labels:
            keys[kind] = (*keys.get(kind, ()), key)
        return keys

    @cached_property
    def tables(self) -> Sequence[Table]:
        """Its procedures in every wording."""
        return [edition.value for dated in self.procedures.values() for edition in dated]

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles that its charts name, and those that it has words for."""
        rows = (row.by for table in self.tables for row in table.every_row)
        named = frozenset[str]().union(*rows, *(table.opening.by for table in self.tables))
        return named.union(self.by_kind.get("role", ()), (APPLICANT, REPRESENTATIVE))

    @cached_property
    def forms(self) -> dict[object, str]:
        """The forms that were asked of it, as they are asked again; kept by who writes them."""
        return {}

    def words(self, kind: str, key: str, /, language: str = "en") -> str:
        """What a stage, act, role, ground, limit or refusal is called.

        `kind` is ``stage``, ``act``, ``role``, ``ground``, ``refusal``, ``procedure``…, and `key` its stored
        name: of a ground, the act's tag and it, ``decide.refused``.
        Raises `Malformed` if it has no words, or none in that language.
        """
        if (label := self.labels.get((kind, key))) is None:
            raise Malformed("label", [Fault(f"{kind}.{key}", "has no words")])
        if language not in label.words:
            raise Malformed("label", [unknown_fault("language", language, self.tongues)])
        return label.words[language]

    def evidence(self, wording: str, cited: str, /, ground: str = "") -> Evidence:
        """How sure we are of what a step or guard cites under a wording, or of a ground; unconfirmed when unlisted.

        A ground is told with the act's tag: ``decide.refused``.
        """
        # A ground has a mark of its own: its article may have been read where the ground was not.
        of_article = self.marks.get((wording, cited), Evidence.UNCONFIRMED)
        return self.marks.get((wording, ground), of_article)

    def missing(self, table: Table, /) -> tuple[Fault, ...]:
        """What a stored chart speaks of and this law has no more: its wording, limits."""
        if table.under in OF_THE_OFFICE:
            return ()
        wordings = {edition.law for edition in self.procedures.get(table.procedure, ())}
        gone = [
            limit
            for limit in sorted(table.limits)
            if table.law not in {edition.law for edition in self.limits.get(limit, ())}
        ]
        where = short_name(table.under)
        faults = [Fault(where, f"no wording {table.law!r} of {table.procedure!r} any more")]
        faults = faults if table.law not in wordings else []
        return (*faults, *(Fault(where, f"no limit {limit!r} any more") for limit in gone))

    def starting(self, first_days: Mapping[str, date], /) -> "Law":
        """The same law, the named wordings beginning on other days.

        Raises `Malformed` if no wording has that name.
        """
        timelines = (self.wordings, *self.others.values())
        names = {edition.law for timeline in timelines for edition in timeline}
        if strange := [
            unknown_fault(name, name, sorted(names)) for name in first_days if name not in names
        ]:
            raise Malformed("first days of wordings", strange)
        if not first_days:
            return self
        begun = attrs.evolve(
            self,
            wordings=self.wordings.starting(first_days),
            others={name: dated.starting(first_days) for name, dated in self.others.items()},
            limits={key: dated.starting(first_days) for key, dated in self.limits.items()},
            procedures={key: dated.starting(first_days) for key, dated in self.procedures.items()},
        )
        return begun.making(partial(self.starting, first_days))

    def chosen(self, answers: Mapping[str, str], /) -> dict[str, str]:
        """Every reading with the answer given, or its default.

        Raises `Malformed`: no such reading, or no such choice of it.
        """
        faults = [
            unknown_fault(name, name, sorted(self.readings))
            if name not in self.readings
            else unknown_fault(name, answer, sorted(self.readings[name].choices))
            for name, answer in answers.items()
            if name not in self.readings or answer not in self.readings[name].choices
        ]
        if faults:
            raise Malformed("readings", faults)
        return {name: answers.get(name, reading.default) for name, reading in self.readings.items()}

    def reading(self, answers: Mapping[str, str], /) -> "Law":
        """The law as read: every choice's changes made in the limits."""
        limits = {key: _spoken(dated, self.languages) for key, dated in self.limits.items()}
        # Onto what the readings before have made of a limit: two may touch one, each another rule.
        for name, answer in self.chosen(answers).items():
            choice = self.readings[name].choices[answer]
            for change in choice.changes:
                limits[change.limit] = _change_rule(limits, name, change, choice)
        return attrs.evolve(self, limits=limits)


def _spoken(dated: Dated[TimeLimit], languages: Mapping[str, Language]) -> Dated[TimeLimit]:
    """A limit that speaks the languages of its law, where it was given none of its own."""
    if all(edition.value.languages is not ONLY_ENGLISH for edition in dated):
        return dated

    def speak(of: Edition[TimeLimit]) -> Edition[TimeLimit]:
        own = of.value.languages
        spoken = languages if own is ONLY_ENGLISH else own
        return attrs.evolve(of, value=attrs.evolve(of.value, languages=spoken))

    return dated.mapped(speak)


def _change_rule(
    limits: Mapping[str, Dated[TimeLimit]], reading: str, change: Setting, choice: Choice
) -> Dated[TimeLimit]:
    dated = limits.get(change.limit)
    if dated is None or change.law not in {edition.law for edition in dated}:
        raise PackError(f"reading {reading}: no limit {change.limit!r} under {change.law!r}")

    def changed(of: Edition[TimeLimit]) -> Edition[TimeLimit]:
        if of.law != change.law:
            return of
        return attrs.evolve(of, value=_changed_limit(of.value, reading, change, choice))

    return dated.mapped(changed)


def _changed_limit(limit: TimeLimit, reading: str, change: Setting, choice: Choice) -> TimeLimit:
    if change.rule == "pauses":
        grounds = frozenset(filter(None, change.value.split(",")))
        return attrs.evolve(limit, pauses=grounds)
    if change.rule not in {"base", "first_day", "late", "roll"}:
        raise PackError(f"reading {reading}: no rule {change.rule!r} of a limit")
    # The rule now rests on what the choice rests on, and an explanation says so.
    rule: Any = Rule(change.value, choice.source, choice.evidence)
    try:
        return attrs.evolve(limit, **{change.rule: rule})
    except PackError as why:
        where = f"reading {reading}: {change.limit}, edition {change.law}"
        raise PackError(f"{where}: {why}") from why
