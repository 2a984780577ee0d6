"""What is kept under a name, told in words: stages, acts, limits, refusals.

Words begin in lower case, unless with a proper name: `heading` is for the start of a line.
Refusals are sentences; limits, wordings and headings are called as a line begins.

A host's own stage or act may have no words yet: it is told by its name, without underscores;
its own refusal by the sentence it was given, its own source as it is stored. `missing` lists
what a law has no words for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import attrs

from openakimat import errors
from openakimat.calendar.terms import AsSet
from openakimat.case import ASIDES, VOCABULARY, Act, Look
from openakimat.chart.table import Table
from openakimat.dated import Evidence
from openakimat.law.law import Law
from openakimat.limits.deadline import Deadline
from openakimat.limits.explain import explain
from openakimat.limits.language import ENGLISH, Language
from openakimat.limits.limit import TimeLimit

_OF_ANY_CASE = (
    "act.not-available", "act.before-last", "act.forbidden", "role.not-competent",
    "authority.signs", "look.confidential", "look.of-another", "link.missing", "link.twice",
    "chart.no-procedure", "chart.no-wording", "chart.no-stage", "rectify.no-record",
    "rectify.reason", "rectify.nothing", "rectify.substance",
)  # fmt: skip
"""The codes of refusals that no chart tells of."""

_NAME = re.compile(r"[A-Za-z_]\w*")

_VALUES_OF = {"how": "tie", "clock": "policy", "open_to": "role"}
"""The kind of the words for what a field holds, where it is not the name of the field."""

_OF_HOSTS = {"limit", "channel", "topic"}
"""What a host names as it likes, and is told as it stands."""


@attrs.frozen
class Words:
    """The words of a law in one language. Raises `Malformed` if the language is none of these.

    >>> from openakimat import kz
    >>> words = Words(kz.law(), "en")
    >>> words("phrase", "as-set"), words("stage", "on_the_moon")
    ('as set', 'on the moon')
    """

    law: Law = attrs.field(repr=False)
    language: str = "en"

    def __attrs_post_init__(self) -> None:
        if self.language not in self.law.tongues:
            fault = errors.unknown_fault("language", self.language, self.law.tongues)
            raise errors.Malformed("words", [fault])

    @property
    def spoken(self) -> Language:
        """How deadlines, days and numbers are told in it."""
        return self.law.languages[self.language]

    def __call__(self, kind: str, key: str, /) -> str:
        """What something of a kind is called, as in `Law.words`; its own name, plainly, where it has no words."""
        plain = key if kind in _OF_HOSTS else key.replace("_", " ").replace("-", " ")
        return _by_language(self.law, kind, key).get(self.language, plain)

    def heading(self, kind: str, key: str, /) -> str:
        """What something is called at the start of a line: as it is called, capitalised."""
        return _capital(self(kind, key))

    def source(self, source: str, /) -> str:
        """Where the law says so: act and article."""
        return self.spoken.source(source)

    def reason(self, code: str, /, plain: str = "") -> str:
        """Why an act is refused, by the code of the refusal; where it has no words, as it is told plainly.

        A family of codes is told as one, with the word of the act: ``duties.*``, ``*.twice``.
        """
        # The code itself goes before its family, which tells the same of every act.
        for family, act in ((code, ""), *_families(code)):
            if template := _by_language(self.law, "refusal", family).get(self.language):
                return _capital(template.replace("{act}", self("act", act)) if act else template)
        return _capital(plain or self("refusal", code))

    def fault(self, fault: errors.Fault, /) -> str:
        """Why an input is wrong; as it stands, in English and where its code has no words."""
        # English is what the library itself speaks: its own sentence tells more than a template.
        template = _by_language(self.law, "fault", fault.code).get(self.language)
        if self.language == ENGLISH.code or template is None:
            return fault.why
        return template.format(*fault.values)

    def faults(self, wrong: errors.Malformed, /) -> str:
        """Everything wrong with an input, a line each: where, and why."""
        told = ((self.place(fault.path), self.fault(fault)) for fault in wrong.faults)
        return "\n".join(": ".join(filter(None, line)) for line in told)

    def place(self, path: str, /) -> str:
        """Where a fault is: the path, and what the field that it leads to is called."""
        *_, name = _NAME.findall(path) or [""]
        called = _by_language(self.law, "field", name).get(self.language)
        return f"{called} ({path})" if called else path

    def public_stage(self, stage: str, /) -> str:
        """What a citizen is told that a case is: in their own words, where the law has such."""
        own = _by_language(self.law, "public-stage", stage).get(self.language)
        return own or self("stage", stage)

    def value(self, act: str, field: str, value: object, /) -> str:
        """What a value of a field of an act is called, as a ground or by its field; else as it is.

        >>> from openakimat import kz
        >>> Words(kz.law()).value("decide", "outcome", "burdening"), Words(kz.law()).value("", "n", 5)
        ('burdening act', '5')
        """
        known = (("ground", f"{act}.{value}"), (_VALUES_OF.get(field, field), str(value)))
        kind, key = next((each for each in known if each in self.law.labels), ("", str(value)))
        return self(kind, key)

    def roles(self, names: Iterable[str], /) -> str:
        """Roles, in the order given; those of a set by name."""
        ordered = sorted(names) if isinstance(names, frozenset) else names
        return ", ".join(self("role", name) for name in ordered)

    def term(self, limit: TimeLimit, /) -> str:
        """The term of a limit."""
        if isinstance(limit.term, AsSet):
            return self("phrase", "as-set")
        n = self.spoken.amount(limit.term.n, limit.term.unit)
        return n if limit.direction == "after" else f"≥ {n} ←"

    def explain(self, deadline: Deadline, /) -> str:
        """A deadline in words, its sources as this law tells them.

        That of a receipt, which holds no law, is told so in full.
        """
        return explain(deadline, self.language, self.law.languages)

    def mark(self, evidence: Evidence, /) -> str:
        """How sure we are."""
        return self.spoken.mark(evidence)

    def cited(self, refusal: errors.Refusal, /) -> str:
        """Where the law says so, and how sure we are of it; nothing where it does not."""
        mark = self.mark(Evidence(refusal.evidence)) if refusal.evidence else ""
        return "; ".join(filter(None, (self.source(refusal.source), mark)))

    def refusal(self, refusal: errors.Refusal, /, *, about: bool = True) -> str:
        """A refusal: why, by which article, what the case is, what is possible now, for whom.

        Whom or what of the case it is about, which may be a person, is told if `about`.
        """
        act = self.heading("act", refusal.act) if refusal.act else ""
        plain, by, whom = _own(refusal), self.cited(refusal), refusal.about if about else ""
        head = ": ".join(filter(None, (act, self.reason(refusal.code, plain), whom)))
        return "\n".join((head + (f" [{by}]" if by else ""), *self._beside(refusal, about=about)))

    def _beside(self, refusal: errors.Refusal, *, about: bool) -> Iterator[str]:
        """What a refusal tells beside its reason, a line each."""

        def line(key: str, value: str = "") -> str:
            return f"  {self('phrase', key)}: {value}".rstrip()

        if refusal.stage:
            yield line("stage", self("stage", refusal.stage))
        if isinstance(refusal, errors.Incomplete):
            yield line("missing")
            yield from (
                f"    {self.reason(fault.code or fault.path, fault.why if about else '')}"
                for fault in refusal.missing
            )
        if isinstance(refusal, errors.TooLate) and refusal.deadline is not None:
            yield line("deadline", self.spoken.instant_text(refusal.deadline))
        if isinstance(refusal, errors.NotCompetent) and refusal.competent:
            yield line("competent", self.roles(refusal.competent))
        if refusal.allowed:
            yield line("possible")
        for act, by in refusal.allowed:
            yield f"    {self('act', act)}: {self.roles(by)}"


def refusal_text(refusal: errors.Refusal, law: Law, /, language: str = "en") -> str:
    """A refusal in words, for the person at the counter.

    >>> from openakimat import NotAllowed, kz
    >>> no = NotAllowed("", code="extension.second", source="Charter 7", evidence="confirmed",
    ...                 act="extend", stage="considered", allowed=[("withdraw", ("applicant",))])
    >>> print(refusal_text(no, kz.law()))
    Extend the term: The term has been extended already [Charter 7; confirmed]
      stage: under consideration
      possible now:
        withdraw: applicant
    """
    return Words(law, language).refusal(refusal)


def _own(refusal: errors.Refusal) -> str:
    """The sentence that a refusal was given, without whom or what it is about."""
    missing = refusal.missing if isinstance(refusal, errors.Incomplete) else ()
    # Of several things missing the message tells all; the reason is the first, the rest is listed.
    why = next((fault.why for fault in missing if fault.path == refusal.code), str(refusal))
    return why.removesuffix(refusal.about).removesuffix(": ") if refusal.about else why


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _by_language(law: Law, kind: str, key: str) -> Mapping[str, str]:
    """The words for something by language: of a limit those of its newest edition."""
    if kind == "limit" and key in law.limits:
        return law.limits[key].editions[-1].value.names
    label = law.labels.get((kind, key))
    return label.words if label else {}


def _families(code: str) -> tuple[tuple[str, str], ...]:
    """The families a code may be of, each with the act that it names."""
    first, _, rest = code.partition(".")
    front, _, last = code.rpartition(".")
    return (f"{first}.*", rest), (f"*.{last}", front)


def missing(law: Law, /) -> list[str]:
    """What charts of a law name and the law has no words for, in which language and procedure.

    Procedures and wordings; their stages, each with its word for the citizen; their acts, with the
    fields of each, roles and grounds; the codes they refuse with; the limits they count; the codes
    of faults.

    >>> from openakimat import kz
    >>> missing(kz.law())
    []
    """
    wanted: dict[tuple[str, str], set[str]] = {("refusal", code): set() for code in _OF_ANY_CASE}
    wanted |= {("limit", key): set() for key in law.limits}
    wanted |= {("fault", code): set() for code in errors.FAULTS}
    of_any_case: tuple[type[Act], ...] = (*ASIDES, Look)
    wanted |= {("act", kind.tag): set() for kind in of_any_case}
    wanted |= {("field", one.name): set() for kind in of_any_case for one in attrs.fields(kind)}
    for procedure, dated in law.procedures.items():
        for edition in dated:
            for named in (("wording", edition.law), *_named(edition.value)):
                wanted.setdefault(named, set()).add(procedure)
    return [
        f"{kind}.{key} has no words in {language}{_of(procedures)}"
        for (kind, key), procedures in sorted(wanted.items())
        for language in law.tongues
        if not _has(law, kind, key, language)
    ]


def _of(procedures: Iterable[str]) -> str:
    """Whose charts name it: there is the file to edit."""
    return f" ({', '.join(sorted(procedures))})" if procedures else ""


def _has(law: Law, kind: str, key: str, language: str) -> bool:
    """Whether there are words for something; for a code, those of its family do."""
    families = [family for family, _ in _families(key)] if kind == "refusal" else []
    return any(_by_language(law, kind, name).get(language, "").strip() for name in (key, *families))


def _named(table: Table) -> Iterator[tuple[str, str]]:
    yield "procedure", table.procedure
    yield "act", table.opening.act
    yield from (("role", role) for role in table.opening.by)
    yield from (("refusal", guard.code) for guard in table.opening.guards)
    yield from ((kind, stage) for stage in table.stages for kind in ("stage", "public-stage"))
    # A stored act may be of a class that is gone: nobody is asked for its fields.
    kinds = (VOCABULARY[tag] for tag in table.tags if tag in VOCABULARY)
    yield from (("field", field.name) for kind in kinds for field in attrs.fields(kind))
    for row in table.every_row:
        yield "act", row.act
        yield from (("role", role) for role in row.by)
        yield from (("refusal", guard.code) for guard in row.guards)
        yield from (
            ("ground", f"{row.act}.{value}") for guard in row.guards for value in guard.values
        )
        if row.tells:
            yield "limit", row.tells
    yield from (("limit", key) for key in table.limits)
    yield from (("act", clock.on_lapse) for clock in table.clocks.values())
