"""What is done with a report of corruption."""

from datetime import date
from typing import Literal

import attrs

from openakimat.case.act import Act, open_field
from openakimat.dated import LATER
from openakimat.errors import Fault, Malformed
from openakimat.kz.acts import OnGround
from openakimat.kz.corruption.reporter import Confided, commitment

Channel = Literal["visit", "phone", "call-centre", "box", "messenger", "post", "e-otinish"]
"""How a report comes in: in person, to the office, to 1424, in a box, by Telegram, in writing."""

Nature = Literal["criminal", "non-criminal"]


@attrs.frozen
class ReportCorruption(Confided, tag="report-corruption"):
    """A report of corruption, from anyone, anonymous too. Source: Law 410-V, 24(1).

    Its `summary` never says who tells it; `against` is the id of the official reported on, if known.
    """

    kind: str = "corruption-report"
    channel: Channel = "visit"
    against: str = attrs.field(default="", metadata=LATER)


@attrs.frozen
class AcknowledgeReport(Act, tag="acknowledge-report"):
    """The competent body has entered it in its own register. Source: egov.kz (secondary)."""

    number: str = open_field("")


@attrs.frozen
class SortOffence(Act, tag="sort-offence", marks="decision"):
    """It is sorted: a criminal matter, or none. Source: egov.kz (secondary)."""

    nature: Nature


@attrs.frozen
class FindNoOffence(Act, tag="find-no-offence", marks="decision"):
    """The service finds that it tells of no offence: the rules of ordinary appeals apply.

    Source: practice; where the Code rules, APPC 64(7), 88(1).
    """

    reason: str


class OfferAgreement(Act, tag="offer-agreement"):
    """The reporter is told of the agreement on non-disclosure. Source: Law 410-V, 24-3."""


@attrs.frozen
class AskAgreement(Act, tag="ask-agreement"):
    """The reporter wants the agreement. Source: Law 410-V, 24-3(2).

    After an anonymous report, `reporter` is the commitment to whoever comes forward.
    """

    reporter: str = commitment()


class ConcludeAgreement(Act, tag="conclude-agreement"):
    """The agreement is concluded: the report is confidential. Source: Law 410-V, 24(4), 24-3(2)."""


Offence = Literal["administrative", "minor", "medium", "grave", "especially-grave"]
OF_VERDICT = "kz-reporter.kz, 2023"


@attrs.frozen
class RecordVerdict(Act, tag="record-verdict"):
    """The verdict of the court, or the ruling on the administrative offence, is entered."""

    guilty: bool


@attrs.frozen
class PayReward(Act, tag="pay-reward", marks="decision", answers=True):
    """The reward is paid; its amount is `reward(offence, damage, on)`. Source: Law 410-V, 24(3).

    Raises `Malformed` if the damage is negative.
    """

    offence: Offence
    on: date
    damage: int = 0

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if self.damage < 0:
            why = f"{self.damage} is less than nothing"
            raise Malformed("act", [Fault("damage", why, "negative", (str(self.damage),))])


class RefuseReward(OnGround, tag="refuse-reward", marks="decision", answers=True):
    """No reward is paid, on a ground. Source: Law 410-V, 24(3)."""
