"""Rules of one's own, held against every case that a search comes to.

A rule looks at a case, and says beforehand at what of it, in the words of guards: what it does not
name is forgotten where two cases are taken for one. That it looks at no more `watch` tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, Guard
from openakimat.errors import Fault, Malformed
from openakimat.judgement.running import Running
from openakimat.proving.watch import Watch

Rule = Callable[[Case], bool]
"""What may be true of a case, as its records have made it."""

Rules = Mapping[str, Rule]
"""Rules, each by the sentence in which it is told."""

LeadsTo = Mapping[str, tuple[Rule, Rule]]
"""Two rules by a sentence: wherever the first came true, the second is to come true by and by."""


@attrs.frozen
class Claims:
    """What is claimed of every case.

    Attributes:
        never, always: What is true of no case, and what of each.
        leads_to: What comes true by and by, once something else did.
        asks: What these look at.
    """

    never: Rules
    always: Rules
    leads_to: LeadsTo
    asks: tuple[str, ...]
    watch: Watch

    def guard(self, sentence: str = "rule", rule: Rule | None = None, /) -> Guard:
        """A guard that looks at what the rules do: one of them, or one that holds of any case."""

        def holds(case: Case, act: object, circumstances: object) -> bool:  # noqa: ARG001 - as every guard
            return rule is None or rule(case)

        return Guard(sentence, "", "", holds, asks=self.asks)

    def broken(self, of: Running, around: Circumstances, /) -> Iterator[tuple[str, str]]:
        """The rules that a case breaks: codes and sentences."""
        for code, rules, broken_where in (
            ("rule.never", self.never, True),
            ("rule.always", self.always, False),
        ):
            for sentence, rule in rules.items():
                if self._holds(of.case, sentence, rule, around) is broken_where:
                    yield code, sentence

    def owed(self, case: Case, around: Circumstances, /) -> tuple[bool, ...]:
        """Of each that leads to something, whether that is still to come, as the records have it."""
        return tuple(self._owes(case, of, *two, around) for of, two in self.leads_to.items())

    def _owes(
        self, case: Case, sentence: str, when: Rule, then: Rule, around: Circumstances
    ) -> bool:
        owes = False
        for n, record in enumerate(case.records, start=1):
            so_far = attrs.evolve(case, records=case.records[:n], stage=record.stage)
            owes = owes or self._holds(so_far, sentence, when, around)
            owes = owes and not self._holds(so_far, sentence, then, around)
        return owes

    def _holds(self, case: Case, sentence: str, rule: Rule, around: Circumstances) -> bool:
        watched = self.watch.watched(self.guard(sentence, rule))
        return watched.holds(case, case.records[-1].act, around)


def make_claims(
    never: Rules, always: Rules, leads_to: LeadsTo, asks: Iterable[str], watch: Watch, /
) -> Claims:
    """What is claimed of every case.

    Raises:
        Malformed: What the rules look at is nothing that a case remembers for them.
    """
    claims = Claims(never, always, leads_to, tuple(asks), watch)
    sees = claims.guard().sees
    if attrs.evolve(sees.only_records, latest=sees.latest, limits=sees.limits) != sees:
        why = "a rule looks at record:TAG, record:TAG.FIELD and office:LIMIT alone; of who may do what ask by `apart`"
        raise Malformed("explore", [Fault("asks", why)])
    return claims
