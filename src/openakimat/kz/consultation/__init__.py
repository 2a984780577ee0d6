"""Another body asked about a request. Source: Law 202-V, 25."""

from datetime import date

import attrs

from openakimat.case import OPEN, Act, Branch, Case, Lapse, Receive, open_field
from openakimat.chart.clock import Principal
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.chart.table import Circumstances, guard
from openakimat.errors import NotAllowed
from openakimat.kz import by
from openakimat.kz.acts import Terminate
from openakimat.kz.guards import among, filled, opened_as
from openakimat.kz.roles import AUTHORISED, CONSULTED, DEPUTY, EXECUTOR, HEAD
from openakimat.kz.sources import OF_FRONT_OFFICES


@attrs.frozen
class Ask(Receive, tag="ask-body"):
    """Another body is asked. Source: Law 202-V (2014), 25.

    Whether silence agrees has to be told: so the law on permits has it, but for the entries it marks
    otherwise.
    """

    kind: str = "consultation"
    body: str = open_field("")
    silence_agrees: bool = attrs.field(kw_only=True)


@attrs.frozen
class GiveOpinion(Act, tag="give-opinion", marks="decision", answers=True):
    """The body asked agrees or not. Source: Law 202-V (2014), 25."""

    outcome: str = attrs.field(metadata=OPEN)
    reason: str = ""


class DeemAgreed(Lapse, tag="deem-agreed", marks="decision"):
    """Silence past the term is agreement. Source: Law 202-V (2014), 25."""


@attrs.frozen
class Consult(Branch, tag="consult"):
    """Another body is asked, in the case named. Source: Law 202-V (2014), 25."""

    body: str = open_field("")


PERMITS = "Law 202-V (2014), 25"

FIRST_DAY = date(2014, 11, 17)
"""Six months after the signing of Law 202-V, article 53: the earliest day there can be."""


@guard("permits.not-yet", source="Law 202-V (2014), 53", asks="office:now")
def permits_in_force(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return circumstances.today >= FIRST_DAY


silence_agrees = opened_as("silence_agrees", True, code="silence.no-answer", source=PERMITS)

somebody_asked = filled("body", code="consult.nobody", refusal=NotAllowed)

PROVIDER = (EXECUTOR, HEAD, DEPUTY, AUTHORISED)


class Consultation(Procedure):
    """A consultation of another body in the course of a service."""

    code = "consultation"
    law = "psl-2013"
    source = PERMITS
    opens = opening(Ask, by=PROVIDER, guards=[permits_in_force])

    asked = Stage(initial=True)
    opined = deemed_agreed = recalled = Stage(final=True)

    give_opinion = step(
        GiveOpinion,
        when(asked.to(opined), among("outcome", "consultation.opinions", code="opinion.unknown")),
        by=CONSULTED,
    )
    deem_agreed = by.law(DeemAgreed, when(asked.to(deemed_agreed), silence_agrees), tells="notice")
    recall = step(
        Terminate,
        when(asked.to(recalled), among("ground", "consultation.recalled", code="recall.no-ground")),
        by=PROVIDER,
        source=OF_FRONT_OFFICES,
        tells="notice",
    )

    answer = Principal(starts=Ask, stops=(GiveOpinion, DeemAgreed, Terminate), on_lapse=DeemAgreed)
