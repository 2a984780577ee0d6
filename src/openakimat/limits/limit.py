"""A time limit as one wording of the law has it: a term, and the rules by which it is counted."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import attrs

from openakimat.calendar.terms import AsSet, Term, term
from openakimat.dated import Edition, Evidence
from openakimat.errors import PackError, none_of
from openakimat.limits.language import ENGLISH, Language


@attrs.frozen
class Rule:
    """One convention of a limit, with its own source and evidence."""

    value: str
    source: str = ""
    evidence: Evidence = Evidence.UNCONFIRMED


ONLY_ENGLISH: Mapping[str, Language] = MappingProxyType({"en": ENGLISH})
"""The languages of a limit that no law has taken up."""

_MEANT: Mapping[str, frozenset[str]] = {
    "base": frozenset(
        {"receipt", "registration", "review", "decision", "start", "term", "knowledge", "lapse"}
    ),
    "first_day": frozenset({"next", "same"}),
    "late": frozenset({"next-working-day", "same-day"}),
    "roll": frozenset({"next-working-day", "none"}),
}
"""What a rule of a limit may say."""


# An explanation looks its limit up in caches: the term and the rules are hashed once.
@attrs.frozen(cache_hash=True)
class TimeLimit:
    """A period allowed, in one wording of the law. Raises `PackError` if a rule says what no rule may.

    Attributes:
        base: What it is counted from: ``receipt``, ``registration``, ``decision``,
            ``knowledge``, ``start``; ``lapse``, the day on which another term ran out; or
            ``review``, a registration after the one that starts the clock, by the body that
            reviews.
        first_day: ``next`` or ``same``: the first day counted.
        late: ``next-working-day`` when a receipt after hours counts from then, or ``same-day``.
        roll: ``next-working-day`` when a last day off rolls on, or ``none``.
        pauses: The grounds that stop it.
        direction: ``after`` the base, or at least so long ``before`` it.
        names: What it is called in each language.
        languages: The languages that a deadline of it is told in, by code.
    """

    key: str
    term: Term
    base: Rule
    first_day: Rule = Rule("next")
    late: Rule = Rule("same-day")
    roll: Rule = Rule("none")
    pauses: frozenset[str] = frozenset()
    direction: str = "after"
    names: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    languages: Mapping[str, Language] = attrs.field(default=ONLY_ENGLISH, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Refuse a rule that would be passed over in silence."""
        for name, meant in _MEANT.items():
            if (value := getattr(self, name).value) not in meant:
                raise PackError(f"{name} {none_of(value, sorted(meant))}")
        if self.direction not in {"after", "before"}:
            raise PackError(f"direction {self.direction!r} is neither after nor before")

    def __reduce__(self) -> tuple[object, ...]:
        """All but its languages: they are tables of the whole law, which whoever reads it has."""
        fields = [getattr(self, field.name) for field in attrs.fields(TimeLimit)[:-1]]
        return TimeLimit, (*fields[:-1], dict(self.names))


@lru_cache(maxsize=256)
def as_told(edition: Edition[TimeLimit], words: str, /) -> Edition[TimeLimit]:
    """A limit that is as set, with the term told; any other limit as it is.

    The words are a term such as ``15 working days``; none where nothing was told.
    Raises `PackError` if the words are no term.
    """
    # Only a limit that leaves its term to the act takes it from there: no act moves one of the law.
    if not words or not isinstance(edition.value.term, AsSet):
        return edition
    return attrs.evolve(edition, value=attrs.evolve(edition.value, term=term(words)))
