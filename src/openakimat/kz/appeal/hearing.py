"""What the law asks of a decision: who is heard before it, and when they need not be.

Source: APPC 73, 74.
"""

from __future__ import annotations

from collections.abc import Mapping

from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, Guard, guard
from openakimat.errors import TooLate
from openakimat.kz.acts import Decide, Hear, Object, Propose
from openakimat.kz.appeal.grounds import OUTCOMES
from openakimat.kz.appeal.guards import registered_first
from openakimat.kz.guards import after, among, another, lies_before, of_this_round, runs_since

proposed_first = after(
    Propose,
    code="hearing.not-proposed",
    why="no preliminary decision has been made",
    source="APPC 73(1)",
    since_reopened=True,
)


heard_first = after(
    Hear,
    code="hearing.not-held",
    why="nobody has been heard",
    source="APPC 74",
    since_reopened=True,
)


@guard(
    "objection.too-late",
    why="the term to object is over",
    refusal=TooLate,
    asks=("record:propose", "record:reopen", "office:now"),
)
def time_to_object(case: Case, act: Object, circumstances: Circumstances) -> bool:
    """The term to object runs: two working days from the preliminary decision."""
    proposed = of_this_round(case, Propose)
    return proposed is not None and runs_since(
        proposed.at, f"{case.procedure}.objection", circumstances
    )


def heard_before(unheard: Mapping[str, str]) -> Guard:
    """The guard that a burdening decision was told beforehand, or need not have been.

    Args:
        unheard: The grounds on which nobody need be heard, each with its article.
    """

    def holds(case: Case, act: Decide, circumstances: Circumstances) -> bool:
        if act.outcome != "burdening" or act.unheard in unheard:
            return True
        proposed = of_this_round(case, Propose)
        return proposed is not None and lies_before(
            proposed.at, f"{case.procedure}.preliminary-decision", circumstances
        )

    why = (
        "a burdening decision is told as a preliminary one at least 3 working days before, "
        f"unless `unheard` is one of: {', '.join(unheard)}"
    )
    return guard(
        "hearing.missing",
        why=why,
        source="APPC 73(1)",
        values=unheard,
        field="unheard",
        asks=(
            "act.outcome=burdening",
            "act.unheard",
            "record:propose",
            "record:reopen",
            "office:now",
        ),
    )(holds)


@guard(
    "hearing.oral",
    why="an oral hearing was asked for and not held",
    source="APPC 73(3)",
    asks=("record:object.oral", "record:hear", "record:reopen"),
)
def heard_if_asked(case: Case, act: Decide, circumstances: Circumstances) -> bool:
    """Whoever asked to be heard in person has been."""
    objection = of_this_round(case, Object)
    if objection is None or not isinstance(objection.act, Object) or not objection.act.oral:
        return True
    return of_this_round(case, Hear) is not None


def may_decide(unheard: Mapping[str, str], /) -> tuple[Guard, ...]:
    """All that the law asks of a decision; `unheard` says why one may be made without a hearing."""
    return (
        registered_first,
        among("outcome", OUTCOMES, code="outcome.unknown"),
        heard_before(unheard),
        heard_if_asked,
        another(Propose),
    )
