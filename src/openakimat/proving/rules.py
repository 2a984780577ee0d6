"""Rules of one's own, held against every case that a search comes to.

A rule looks at a case, and says beforehand at what of it, in the words of guards: what it does not
name is forgotten where two cases are taken for one. That it looks at no more `watch` tells.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, Guard
from openakimat.errors import Fault, Malformed
from openakimat.proving.watch import Watch

Rule = Callable[[Case], bool]
"""What may be true of a case, as its records have made it."""

Rules = Mapping[str, Rule]
"""Rules, each by the sentence in which it is told."""

LeadsTo = Mapping[str, tuple[Rule, Rule]]
"""Two rules by a sentence: wherever the first came true, the second is to come true by and by."""


@attrs.frozen
class Claims:
    """What is claimed of every case, each rule as a guard that is watched.

    What they look at is `remembered`, as a guard that holds of any case; none, if at nothing.
    """

    never: Mapping[str, Guard]
    always: Mapping[str, Guard]
    leads_to: Mapping[str, tuple[Guard, Guard]]
    remembered: tuple[Guard, ...]

    def broken(self, case: Case, around: Circumstances, /) -> Iterator[tuple[str, str]]:
        """The rules that a case breaks: codes and sentences."""
        for code, rules, wrong in (
            ("rule.never", self.never, True),
            ("rule.always", self.always, False),
        ):
            for sentence, rule in rules.items():
                if rule.holds(case, case.records[-1].act, around) is wrong:
                    yield code, sentence

    def owed(self, case: Case, around: Circumstances, /) -> tuple[bool, ...]:
        """Of each that leads to something, whether that is still to come, as the records have it."""
        owed = [False] * len(self.leads_to)
        for n, record in enumerate(case.records, start=1) if owed else ():
            so_far = attrs.evolve(case, records=case.records[:n], stage=record.stage)
            for which, (when, then) in enumerate(self.leads_to.values()):
                asked = so_far, record.act, around
                owed[which] = (owed[which] or when.holds(*asked)) and not then.holds(*asked)
        return tuple(owed)


def make_claims(
    never: Rules, always: Rules, leads_to: LeadsTo, asks: str | Iterable[str], watch: Watch, /
) -> Claims:
    """What is claimed of every case.

    Raises `Malformed` if what the rules look at is nothing that a case remembers for them.
    """
    remembered = Guard("rule", "", "", lambda *_: True, asks=asks)

    def watched(sentence: str, rule: Rule) -> Guard:
        def holds(case: Case, act: object, circumstances: object) -> bool:  # noqa: ARG001 - as every guard
            return bool(rule(case))

        return watch.watched(attrs.evolve(remembered, code=sentence, holds=holds))

    sees = remembered.sees
    if attrs.evolve(sees.only_records, limits=sees.limits) != sees:
        why = "a rule looks at record:TAG, record:TAG.FIELD and office:LIMIT alone: of who may do what ask by `apart`"
        raise Malformed("explore", [Fault("asks", why)])
    return Claims(
        {of: watched(of, rule) for of, rule in never.items()},
        {of: watched(of, rule) for of, rule in always.items()},
        {of: (watched(of, one), watched(of, other)) for of, (one, other) in leads_to.items()},
        (remembered,) if remembered.asks else (),
    )
