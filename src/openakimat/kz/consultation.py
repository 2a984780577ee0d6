"""What another body is asked in the course of a service: a case of its own, with its own clock."""

from __future__ import annotations

from typing import ClassVar

import attrs

from openakimat.acts import Act, Branch, Lapse, Receive, Terminate
from openakimat.case import Case
from openakimat.kz.guards import among
from openakimat.kz.practice import OF_FRONT_OFFICES
from openakimat.people import AUTHORISED, CONSULTED, DEPUTY, EXECUTOR, HEAD, LAW
from openakimat.procedure import Procedure, Stage, opening, step, when
from openakimat.table import Circumstances, Clock, guard

PERMITS = "Law 202-V (2014), 25"
PROVIDER = (EXECUTOR, HEAD, DEPUTY, AUTHORISED)

OPINIONS = {"positive": PERMITS, "negative": PERMITS}
RECALLED: dict[str, str] = dict.fromkeys(("request-withdrawn", "not-needed"), OF_FRONT_OFFICES)


@attrs.frozen
class Ask(Receive):
    """Another body is asked. Source: Law 202-V (2014), 25.

    Args:
        body: Who is asked.
        silence_agrees: Whether its silence is agreement: so the law on permits has it, but
            for the entries it marks otherwise. It has to be told.
    """

    tag: ClassVar[str] = "ask-body"
    kind: str = "consultation"
    body: str = ""
    silence_agrees: bool = attrs.field(kw_only=True)


@attrs.frozen
class GiveOpinion(Act):
    """The body asked agrees or not. Source: Law 202-V (2014), 25."""

    tag: ClassVar[str] = "give-opinion"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    outcome: str
    reason: str = ""


@attrs.frozen
class DeemAgreed(Lapse):
    """Silence past the term is agreement. Source: Law 202-V (2014), 25."""

    tag: ClassVar[str] = "deem-agreed"
    marks: ClassVar[str] = "decision"


@attrs.frozen
class Consult(Branch):
    """Another body is asked, in the case named. Source: Law 202-V (2014), 25."""

    tag: ClassVar[str] = "consult"
    body: str = ""


@guard(
    "silence.no-answer",
    why="silence is no agreement here: the body has to answer",
    source=PERMITS,
)
def silence_agrees(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The law lets the silence of the body asked stand for its agreement."""
    return isinstance(case.received, Ask) and case.received.silence_agrees


@guard("consult.nobody", why="it is not said which body is asked")
def somebody_asked(case: Case, act: Consult, circumstances: Circumstances) -> bool:
    """The body is named."""
    return bool(act.body.strip())


class Consultation(Procedure):
    """A consultation of another body in the course of a service.

    {statechart:md}
    """

    code = "consultation"
    law = "psl-2013"
    opens = opening(Ask, by=PROVIDER, source=PERMITS)

    asked = Stage(initial=True)
    opined = Stage(final=True)
    deemed_agreed = Stage(final=True)
    recalled = Stage(final=True)

    give_opinion = step(
        GiveOpinion,
        when(asked.to(opined), among("outcome", OPINIONS, code="opinion.unknown")),
        by=CONSULTED,
        source=PERMITS,
    )
    deem_agreed = step(
        DeemAgreed,
        when(asked.to(deemed_agreed), silence_agrees),
        by=LAW,
        source=PERMITS,
        tells="consultation.notice",
    )
    recall = step(
        Terminate,
        when(asked.to(recalled), among("ground", RECALLED, code="recall.no-ground")),
        by=PROVIDER,
        source=OF_FRONT_OFFICES,
        tells="consultation.notice",
    )

    answer = Clock(
        "consultation.answer",
        starts=Ask,
        stops=(GiveOpinion, DeemAgreed, Terminate),
        on_lapse=DeemAgreed,
        principal=True,
    )


CONSULTATIONS = (Consultation,)
