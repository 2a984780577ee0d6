"""What the law asks of a decision: who is heard before it, and when they need not be.

Source: APPC 73, 74.
"""

from collections.abc import Mapping

from openakimat.calendar.terms import InDays, InTime
from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, Guard, guard
from openakimat.kz import guards
from openakimat.kz.acts import Decide, Hear, Object, Propose, WaiveHearing
from openakimat.kz.appeal.guards import registered_first

proposed_first = guards.after(
    Propose, code="hearing.not-proposed", source="APPC 73(1)", since_reopened=True
)

heard_first = guards.after(Hear, code="hearing.not-held", source="APPC 74", since_reopened=True)


def heard_before(unheard: Mapping[str, str]) -> Guard:
    """The guard that a burdening decision was told beforehand, or a ground says why it was not."""

    def holds(case: Case, act: Decide, circumstances: Circumstances) -> bool:
        harmless = act.outcome != "burdening" and not act.affects_others
        if harmless or act.unheard in unheard:
            return True
        return guards.told_before(case, guards.of_this_round(case, Propose), circumstances)

    why = (
        "a decision that burdens somebody is told as a preliminary one at least 3 working days "
        f"before, unless `unheard` is one of: {', '.join(unheard)}"
    )
    return guard(
        "hearing.missing",
        why=why,
        source="APPC 73(1)",
        values=unheard,
        field="unheard",
        asks="act.outcome=burdening act.affects_others act.unheard record:propose office:*.objection record:reopen office:now",
    )(holds)


@guard("hearing.oral", source="APPC 73(3)", asks="record:object.oral record:hear record:reopen")
def heard_if_asked(case: Case, act: Decide, circumstances: Circumstances) -> bool:
    """Whoever asked to be heard in person has been."""
    objection = guards.of_this_round(case, Object)
    if objection is None or not isinstance(objection.act, Object) or not objection.act.oral:
        return True
    return guards.of_this_round(case, Hear) is not None


def short_if_said(days: int, /) -> Guard:
    """The guard that a term is under so many days, where its shortness is why nobody was heard."""

    def holds(case: Case, act: Decide, circumstances: Circumstances) -> bool:
        term = circumstances.limit(f"{case.procedure}.consideration").value.term
        short = isinstance(term, InTime) or (isinstance(term, InDays) and term.n < days)
        return act.unheard != "short-term" or short

    why = f"the term of consideration is not under {days} days"
    return guard(
        "unheard.not-short",
        why=why,
        source="APPC 73(2)(3)",
        asks="act.unheard=short-term office:now",
    )(holds)


@guard(
    "unheard.not-asked",
    source="APPC 73(2)(5)",
    asks="act.unheard=at-request record:waive-hearing record:reopen",
)
def waived_if_said(case: Case, act: Decide, circumstances: Circumstances) -> bool:
    return act.unheard != "at-request" or guards.of_this_round(case, WaiveHearing) is not None


urgency_explained = guards.explained_if_urgent("APPC 73(2)")


def may_decide(unheard: Mapping[str, str], /, *, short: int) -> tuple[Guard, ...]:
    """All that the law asks of a decision, but for a hearing that was asked for.

    `unheard` are the grounds to decide without a hearing; a term under `short` days is short.
    """
    return (
        registered_first,
        guards.outcome_in("appeal.outcomes"),
        heard_before(unheard),
        short_if_said(short),
        waived_if_said,
        urgency_explained,
        guards.another(Propose),
    )
