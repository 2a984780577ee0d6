"""What is done with a request for information and nowhere else."""

import attrs

from openakimat.case.act import OPEN, Act, text_field
from openakimat.kz.acts import OnGround


@attrs.frozen
class AnswerOrally(Act, tag="answer-orally", marks="decision", answers=True):
    """An oral question is answered, on one of the topics that the law names. Source: Law 401-V, 11(4)."""

    topic: str = attrs.field(metadata=OPEN)


@attrs.frozen
class RefuseInformation(OnGround, tag="refuse-information", marks="decision", answers=True):
    """The information is refused, and the requester told why. Source: Law 401-V, 11(16), (17)."""

    reason: str = text_field(10_000)
