"""What is done with a request for information and nowhere else."""

import attrs

from openakimat.case.act import OPEN, Act, text_field


@attrs.frozen
class AnswerOrally(Act, tag="answer-orally", marks="decision", answers=True):
    """An oral question is answered, on one of the topics that the law names. Source: Law 401-V, 11(4)."""

    topic: str = attrs.field(metadata=OPEN)


@attrs.frozen
class RefuseInformation(Act, tag="refuse-information", marks="decision", answers=True):
    """The information is refused, and the requester told why. Source: Law 401-V, 11(16), (17)."""

    ground: str = attrs.field(metadata=OPEN)
    reason: str = text_field(10_000)
