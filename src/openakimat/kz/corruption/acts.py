"""What is done with a report of corruption."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import attrs

from openakimat.case.act import OPEN, Act, open_field
from openakimat.dated import LATER
from openakimat.errors import Fault, Malformed
from openakimat.kz.corruption.reporter import Confided, commitment

Channel = Literal["visit", "phone", "call-centre", "box", "messenger", "post", "e-otinish"]
"""How a report comes in: in person, to the office, to 1424, in a box, by Telegram, in writing."""

Nature = Literal["criminal", "non-criminal"]


@attrs.frozen
class ReportCorruption(Confided):
    """A report of corruption, from anyone, anonymous too. Source: Law 410-V, 24(1).

    Args:
        summary: What happened; never who tells it.
        against: The id of the official reported on, where it is known.
    """

    tag: ClassVar[str] = "report-corruption"
    kind: str = "corruption-report"
    channel: Channel = "visit"
    against: str = attrs.field(default="", metadata=LATER)


@attrs.frozen
class AcknowledgeReport(Act):
    """The competent body has entered it in its own register. Source: egov.kz (secondary)."""

    tag: ClassVar[str] = "acknowledge-report"
    number: str = open_field("")


@attrs.frozen
class SortOffence(Act):
    """It is sorted: a criminal matter, or none. Source: egov.kz (secondary)."""

    tag: ClassVar[str] = "sort-offence"
    marks: ClassVar[str] = "decision"
    nature: Nature


@attrs.frozen
class FindNoOffence(Act):
    """The service finds that it tells of no offence: the rules of ordinary appeals apply.

    Source: practice; where the Code rules, APPC 64(7), 88(1).
    """

    tag: ClassVar[str] = "find-no-offence"
    marks: ClassVar[str] = "decision"
    reason: str


@attrs.frozen
class OfferAgreement(Act):
    """The reporter is told of the agreement on non-disclosure. Source: Law 410-V, 24-3."""

    tag: ClassVar[str] = "offer-agreement"


@attrs.frozen
class AskAgreement(Act):
    """The reporter wants the agreement. Source: Law 410-V, 24-3(2).

    Args:
        reporter: The commitment to somebody who comes forward after an anonymous report.
    """

    tag: ClassVar[str] = "ask-agreement"
    reporter: str = commitment()


@attrs.frozen
class ConcludeAgreement(Act):
    """The agreement is concluded: the report is confidential. Source: Law 410-V, 24(4), 24-3(2)."""

    tag: ClassVar[str] = "conclude-agreement"


Offence = Literal["administrative", "minor", "medium", "grave", "especially-grave"]

OF_VERDICT = "kz-reporter.kz, 2023"


@attrs.frozen
class RecordVerdict(Act):
    """The verdict of the court, or the ruling on the administrative offence, is entered."""

    tag: ClassVar[str] = "record-verdict"
    guilty: bool


@attrs.frozen
class PayReward(Act):
    """The reward is paid; its amount is `reward(offence, damage, on)`. Source: Law 410-V, 24(3).

    Args:
        offence: The kind of offence confirmed.
        damage: The damage or the bribe, in tenge.
        on: The day whose MCI counts.

    Raises:
        Malformed: There is no such kind of offence, or the damage is negative.
    """

    tag: ClassVar[str] = "pay-reward"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    offence: Offence
    on: date
    damage: int = 0

    def __attrs_post_init__(self) -> None:
        """Refuse a damage that is none."""
        super().__attrs_post_init__()
        if self.damage < 0:
            why = f"{self.damage} is less than nothing"
            raise Malformed("act", [Fault("damage", why, "negative", (str(self.damage),))])


@attrs.frozen
class RefuseReward(Act):
    """No reward is paid, on a ground. Source: Law 410-V, 24(3)."""

    tag: ClassVar[str] = "refuse-reward"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    ground: str = attrs.field(metadata=OPEN)
