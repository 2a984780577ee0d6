"""Another body asked about a request."""

from openakimat.case.people import LAW
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import Terminate
from openakimat.kz.consultation.acts import Ask, DeemAgreed, GiveOpinion
from openakimat.kz.consultation.guards import PERMITS, permits_in_force, silence_agrees
from openakimat.kz.guards import among
from openakimat.kz.roles import AUTHORISED, CONSULTED, DEPUTY, EXECUTOR, HEAD
from openakimat.kz.sources import OF_FRONT_OFFICES

PROVIDER = (EXECUTOR, HEAD, DEPUTY, AUTHORISED)


class Consultation(Procedure):
    """A consultation of another body in the course of a service."""

    code = "consultation"
    law = "psl-2013"
    source = PERMITS
    opens = opening(Ask, by=PROVIDER, guards=[permits_in_force])

    asked = Stage(initial=True)
    opined = Stage(final=True)
    deemed_agreed = Stage(final=True)
    recalled = Stage(final=True)

    give_opinion = step(
        GiveOpinion,
        when(asked.to(opined), among("outcome", "consultation.opinions", code="opinion.unknown")),
        by=CONSULTED,
    )
    deem_agreed = step(
        DeemAgreed, when(asked.to(deemed_agreed), silence_agrees), by=LAW, tells="notice"
    )
    recall = step(
        Terminate,
        when(asked.to(recalled), among("ground", "consultation.recalled", code="recall.no-ground")),
        by=PROVIDER,
        source=OF_FRONT_OFFICES,
        tells="notice",
    )

    answer = Clock(
        starts=Ask, stops=(GiveOpinion, DeemAgreed, Terminate), on_lapse=DeemAgreed, principal=True
    )
