"""What is done with a request for information and nowhere else."""

from __future__ import annotations

from typing import ClassVar

import attrs

from openakimat.case.act import OPEN, Act, text_field


@attrs.frozen
class AnswerOrally(Act):
    """An oral question is answered, on one of the topics that the law names. Source: Law 401-V, 11(4)."""

    tag: ClassVar[str] = "answer-orally"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    topic: str = attrs.field(metadata=OPEN)


@attrs.frozen
class RefuseInformation(Act):
    """The information is refused, and the requester told why. Source: Law 401-V, 11(16), (17)."""

    tag: ClassVar[str] = "refuse-information"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    ground: str = attrs.field(metadata=OPEN)
    reason: str = text_field(10_000)
