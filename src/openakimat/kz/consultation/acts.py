"""What is done when another body is asked."""

import attrs

from openakimat.case.act import OPEN, Act, Branch, open_field
from openakimat.case.acts import Lapse, Receive


@attrs.frozen
class Ask(Receive, tag="ask-body"):
    """Another body is asked. Source: Law 202-V (2014), 25.

    Args:
        body: Who is asked.
        silence_agrees: Whether its silence is agreement: so the law on permits has it, but
            for the entries it marks otherwise. It has to be told.
    """

    kind: str = "consultation"
    body: str = open_field("")
    silence_agrees: bool = attrs.field(kw_only=True)


@attrs.frozen
class GiveOpinion(Act, tag="give-opinion", marks="decision", answers=True):
    """The body asked agrees or not. Source: Law 202-V (2014), 25."""

    outcome: str = attrs.field(metadata=OPEN)
    reason: str = ""


@attrs.frozen
class DeemAgreed(Lapse, tag="deem-agreed", marks="decision"):
    """Silence past the term is agreement. Source: Law 202-V (2014), 25."""


@attrs.frozen
class Consult(Branch, tag="consult"):
    """Another body is asked, in the case named. Source: Law 202-V (2014), 25."""

    body: str = open_field("")
