"""What is kept under a name, told in words: stages, acts, limits, refusals; in kk, ru and en.

A host's own stage or act may have no words yet: it is told by its name, without underscores.
`missing` lists what a law has no words for.
"""

from __future__ import annotations

from collections.abc import Iterator

from openakimat.errors import Fault, Incomplete, Malformed, NotCompetent, Refusal, TooLate
from openakimat.explain import LANGUAGES, PHRASES, amount, instant_text
from openakimat.limits import TimeLimit
from openakimat.office import Label, Law
from openakimat.table import Table
from openakimat.terms import AsSet

_OF_ANY_CASE = (
    "act.not-available",
    "act.before-last",
    "role.not-competent",
    "link.circle",
)
"""The codes of refusals that no chart tells of."""


def known(language: str, /) -> str:
    """The language, if there are words in it.

    Raises:
        Malformed: It is none of kk, ru, en.
    """
    if language not in LANGUAGES:
        raise Malformed("words", [Fault("language", f"{language!r} is none of {LANGUAGES}")])
    return language


def said(law: Law, kind: str, key: str, /, language: str = "en") -> str:
    """What something is called; its own name, plainly, where the law has no words for it.

    Args:
        law: The law that has the words.
        kind: ``stage``, ``act``, ``role``, ``limit``, ``ground``, ``column``…; see `Law.words`.
        key: Its stored name.
        language: ``kk``, ``ru`` or ``en``.

    Raises:
        Malformed: The language is none of these.

    >>> from openakimat import kz
    >>> said(kz.law(), "stage", "awaiting_correction", "ru")
    'ожидает приведения в соответствие'
    >>> said(kz.law(), "stage", "on_the_moon", "ru")
    'on the moon'
    """
    words = _words(law, kind, key)
    plain = key if kind == "limit" else key.replace("_", " ").replace("-", " ")
    return words.get(known(language), plain)


def _words(law: Law, kind: str, key: str) -> dict[str, str]:
    """The words for something by language: of a limit those of its newest edition."""
    if kind == "limit" and key in law.limits:
        return dict(law.limits[key].editions[-1].value.names)
    return dict(law.labels.get((kind, key), Label({})).words)


def reason(law: Law, code: str, /, language: str = "en") -> str:
    """Why an act is refused, by the code of the refusal.

    A family of codes is told as one, with the word of the act: ``duties.*``, ``*.twice``.

    >>> from openakimat import kz
    >>> reason(kz.law(), "duties.accept", "ru")
    'Кто совершил действие «принятие к рассмотрению», не вправе совершить это действие'
    """
    for family, act in ((code, ""), *_families(code)):
        if template := _words(law, "refusal", family).get(known(language)):
            return template.replace("{act}", said(law, "act", act, language)) if act else template
    return said(law, "refusal", code, language)


def _families(code: str) -> tuple[tuple[str, str], ...]:
    """The families a code may be of, each with the act that it names."""
    first, _, rest = code.partition(".")
    front, _, last = code.rpartition(".")
    return (f"{first}.*", rest), (f"*.{last}", front)


def told(refusal: Refusal, law: Law, /, language: str = "en") -> str:
    """A refusal in words: why, by which article, what the case is, what is possible, and for whom.

    Args:
        refusal: The refusal.
        law: The law that has the words.
        language: ``kk``, ``ru`` or ``en``.

    Raises:
        Malformed: The language is none of these.

    >>> from openakimat import NotAllowed, kz
    >>> no = NotAllowed("", code="extension.second", source="APPC 76(3)", evidence="confirmed",
    ...                 act="extend", stage="considered", allowed=[("decide", ("head", "deputy"))])
    >>> print(told(no, kz.law(), "ru"))
    Продление срока: Срок уже продлевался [APPC 76(3); подтверждено]
      стадия: на рассмотрении
      теперь возможно:
        принятие решения: руководитель, заместитель
    """
    act = said(law, "act", refusal.act, language) if refusal.act else ""
    head = ": ".join(filter(None, (act[:1].upper() + act[1:], reason(law, refusal.code, language))))
    return "\n".join((head + cited(refusal, language), *_circumstances(refusal, law, language)))


def cited(refusal: Refusal, /, language: str = "en") -> str:
    """Where the law says so, and how sure we are of it, in brackets; nothing where it does not."""
    mark = PHRASES[known(language)].get(refusal.evidence, refusal.evidence)
    by = "; ".join(filter(None, (refusal.source, mark)))
    return f" [{by}]" if by else ""


def _circumstances(refusal: Refusal, law: Law, language: str) -> Iterator[str]:
    """What the refusal tells beside its reason, a line each."""

    def line(key: str, value: str = "") -> str:
        return f"  {said(law, 'phrase', key, language)}:" + (f" {value}" if value else "")

    if refusal.stage:
        yield line("stage", said(law, "stage", refusal.stage, language))
    if isinstance(refusal, Incomplete):
        yield line("missing")
        yield from (f"    {reason(law, fault.path, language)}" for fault in refusal.missing)
    if isinstance(refusal, TooLate) and refusal.deadline is not None:
        yield line("deadline", instant_text(refusal.deadline, language))
    if isinstance(refusal, NotCompetent):
        yield line("competent", roles(law, refusal.competent, language))
    if refusal.allowed:
        yield line("possible")
    for act, by in refusal.allowed:
        yield f"    {said(law, 'act', act, language)}: {roles(law, by, language)}"


def roles(law: Law, names: tuple[str, ...] | frozenset[str], /, language: str = "en") -> str:
    """Roles in words, in the order given; those of a set by name."""
    ordered = sorted(names) if isinstance(names, frozenset) else names
    return ", ".join(said(law, "role", name, language) for name in ordered)


def term(law: Law, limit: TimeLimit, /, language: str = "en") -> str:
    """The term of a limit in words.

    >>> from openakimat import kz
    >>> consideration = kz.law().limits["appeal.consideration"].editions[-1].value
    >>> term(kz.law(), consideration, "kk")
    '15 жұмыс күні'
    """
    if isinstance(limit.term, AsSet):
        return said(law, "phrase", "as-set", language)
    n = amount(limit.term.n, limit.term.unit, known(language))
    return n if limit.direction == "after" else f"≥ {n} ←"


# -- what has no words ------------------------------------------------------------------


def missing(law: Law, /) -> list[str]:
    """What charts of a law name and the law has no words for, and in which language.

    Procedures and wordings; their stages, acts, roles and grounds; the codes they refuse with;
    the limits they count.

    >>> from openakimat import kz
    >>> missing(kz.law())
    []
    """
    wanted = {("refusal", code) for code in _OF_ANY_CASE} | {("limit", key) for key in law.limits}
    for dated in law.procedures.values():
        for edition in dated:
            wanted |= {("wording", edition.law), *_named(edition.value.table)}
    return [
        f"{kind}.{key} has no words in {language}"
        for kind, key in sorted(wanted)
        for language in LANGUAGES
        if not _has(law, kind, key, language)
    ]


def _has(law: Law, kind: str, key: str, language: str) -> bool:
    """Whether there are words for something; for a code, those of its family do."""
    families = [family for family, _ in _families(key)] if kind == "refusal" else []
    return any(_words(law, kind, name).get(language, "").strip() for name in (key, *families))


def _named(table: Table) -> Iterator[tuple[str, str]]:
    """Whatever a chart names, by its kind."""
    yield "procedure", table.procedure
    yield "act", table.opening.act.tag
    yield from (("role", role) for role in table.opening.by)
    yield from (("stage", stage) for stage in table.stages)
    for row in (row for way in table.rows.values() for row in way):
        yield "act", row.act
        yield from (("role", role) for role in row.by)
        yield from (("refusal", guard.code) for guard in row.guards)
        yield from (
            ("ground", f"{row.act}.{value}") for guard in row.guards for value in guard.values
        )
        if row.tells:
            yield "limit", row.tells
    for clock in table.clocks.values():
        yield from (("limit", key) for key in (clock.limit, *clock.becomes.values()))
        yield "act", clock.on_lapse.tag
