"""What the law asks of a refusal to render a service."""

from collections.abc import Mapping

from openakimat.calendar import terms
from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, Guard, guard
from openakimat.kz.acts import Hear, Object, Propose
from openakimat.kz.consultation import Consult, GiveOpinion
from openakimat.kz.data import values
from openakimat.kz.guards import Values, among, another, closed, explained_if_urgent, told_before
from openakimat.kz.request.acts import Refuse
from openakimat.kz.request.guards import application_of

HEARING = "APPC 73(1), by-law of the service"

REFUSAL_2013 = values("request.refusal-2013")
"""Before article 19-1: a service was refused on the grounds of laws, whichever they were."""

REFUSAL = values("request.refusal")
"""The same, with that of Law 96-VII."""

UNHEARD = values("request.unheard")
"""Why nobody need be heard before a refusal."""

BANS = values("request.bans")
"""What nobody need be heard about since Law 241-VIII: what a court has decided."""

_BEFORE_241 = {"l221", "appc-2021"}

_FEW_DAYS = {"appc-2021": 3}
"""Under how many days a term is short, APPC 73(2)(3); five working days since Law 241-VIII.

Of what kind the three days of 2021 are is not told: they are read as the term is told, in either.
"""


@guard(
    "refusal.no-negative-answer",
    source="PSL 19-1(2)(3)",
    asks="act.ground=negative-answer record:consult.case beside",
)
def negative_if_said(case: Case, act: Refuse, circumstances: Circumstances) -> bool:
    if act.ground != "negative-answer":
        return True
    consultations = {r.act.case for r in case.records if isinstance(r.act, Consult)}
    opinions = (
        child.last(GiveOpinion) for child in circumstances.beside if child.id in consultations
    )
    return any(
        opinion is not None and getattr(opinion.act, "outcome", "") == "negative"
        for opinion in opinions
    )


def _wording_of_code(circumstances: Circumstances) -> str:
    """The wording of the law of appeals: that of services has days of its own."""
    return circumstances.office.wording_on(circumstances.today)


def unheard_with_reason(values: Mapping[str, str]) -> Guard:
    """The guard that the law lets the hearing be left out; before the Code there was none."""

    def holds(case: Case, act: Refuse, circumstances: Circumstances) -> bool:
        return act.unheard in values or _wording_of_code(circumstances) == "l221"

    asks = "act.unheard office:now"
    return guard("hearing.due", source=HEARING, values=values, field="unheard", asks=asks)(holds)


@guard("hearing.no-ban", source="APPC 73(2)(8)", asks="act.ground act.unheard office:now")
def ban_if_said(case: Case, act: Refuse, circumstances: Circumstances) -> bool:
    """Where a court is the reason, it is the ground too, and the Code as amended is in force."""
    if act.unheard not in BANS:
        return True
    return act.ground == act.unheard and _wording_of_code(circumstances) not in _BEFORE_241


urgency_explained = explained_if_urgent("APPC 73(2) last part, by-law of the service")


@guard(
    "hearing.long-term",
    source="APPC 73(2), by-law of the service",
    asks="act.unheard=short-term office:now",
)
def short_if_said(case: Case, act: Refuse, circumstances: Circumstances) -> bool:
    few = _FEW_DAYS.get(_wording_of_code(circumstances), 5)
    return act.unheard != "short-term" or _is_short_term(application_of(case).term, few)


def _is_short_term(told: str, few: int) -> bool:
    of = terms.term(told) if told else None
    if isinstance(of, (terms.WorkingDays, terms.CalendarDays)):
        return of.n < few
    return isinstance(of, (terms.WorkingHours, terms.ClockHours, terms.Minutes))


@guard("hearing.too-early", source=HEARING, asks="record:propose office:*.objection office:now")
def days_to_answer(case: Case, act: Refuse, circumstances: Circumstances) -> bool:
    return told_before(case, case.last(Propose), circumstances)


@guard(
    "hearing.oral-due",
    source="APPC 74, by-law of the service",
    asks="record:object.oral record:hear office:now",
)
def heard_if_asked(case: Case, act: Refuse, circumstances: Circumstances) -> bool:
    """Who asked to be heard in person was: a motion that the Code has since Law 241-VIII."""
    if _wording_of_code(circumstances) in _BEFORE_241:
        return True
    objection, hearing = case.last(Object), case.last(Hear)
    oral = objection is not None and isinstance(objection.act, Object) and objection.act.oral
    return not oral or hearing is not None


def on_a_ground(grounds: Values, /) -> tuple[Guard, ...]:
    """What is asked of every refusal, on these grounds."""
    return among("ground", grounds, code="refusal.no-ground"), negative_if_said, closed(Consult)


UNHEARD_MAY_BE = (unheard_with_reason(UNHEARD), short_if_said, urgency_explained)
"""What is asked of a refusal without a preliminary decision."""

UNHEARD_SINCE_BANS = (
    unheard_with_reason({**UNHEARD, **BANS}),
    short_if_said,
    urgency_explained,
    ban_if_said,
)
"""The same, with what Law 241-VIII added."""

HEARD = (days_to_answer, heard_if_asked, another(Propose))
"""What is asked of a refusal after one."""
