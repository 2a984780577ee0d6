"""What is done when another body is asked."""

from __future__ import annotations

from typing import ClassVar

import attrs

from openakimat.case.act import OPEN, Act, Branch, open_field
from openakimat.case.acts import Lapse, Receive


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
    body: str = open_field("")
    silence_agrees: bool = attrs.field(kw_only=True)


@attrs.frozen
class GiveOpinion(Act):
    """The body asked agrees or not. Source: Law 202-V (2014), 25."""

    tag: ClassVar[str] = "give-opinion"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    outcome: str = attrs.field(metadata=OPEN)
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
    body: str = open_field("")
