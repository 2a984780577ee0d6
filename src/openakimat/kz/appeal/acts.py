"""What is done in the consideration of an appeal and nowhere before it."""

from datetime import date
from typing import ClassVar, Literal

import attrs

from openakimat.case import OPEN, Act, Branch, Lapse, text_field
from openakimat.kz.acts import Deliver

Score = Literal[1, 2, 3, 4, 5]


@attrs.frozen
class AskToCorrect(Act, tag="ask-to-correct"):
    """Requisites are missing: which, and by what day to supply them. Source: APPC 64(6)."""

    until: date
    missing: tuple[str, ...] = ()


class Correct(Act, tag="correct"):
    """The applicant supplies what was missing. Source: APPC 64(6)."""


@attrs.frozen
class RedirectPart(Branch, tag="redirect-part"):
    """One or several demands go to the body competent for them. Source: APPC 65(2)."""

    elsewhere: ClassVar[bool] = True
    to: str = attrs.field(metadata=OPEN)
    demands: tuple[str, ...]


@attrs.frozen
class Inquire(Act, tag="inquire"):
    """Others are asked for information, or the place is visited. Source: Law 221, 8(2)."""

    of: str = text_field()


class SignProtocol(Act, tag="sign-protocol"):
    """The protocol of an oral hearing is made and signed. Source: APPC 74(4)."""


class DeliverUninstructed(Deliver, tag="deliver-uninstructed"):
    """It is, without saying where and in what term it may be complained of. Source: APPC 92(1-1)."""


@attrs.frozen
class Entrust(Act, tag="entrust"):
    """The execution of what was decided is given to somebody. Source: APPC 86."""

    to: str = text_field()


@attrs.frozen
class Execute(Act, tag="execute"):
    """What was decided has been done. Source: APPC 86."""

    summary: str = text_field(10_000)


@attrs.frozen
class Rate(Act, tag="rate"):
    """The applicant rates how the matter was handled, from 1 to 5."""

    score: Score
    comment: str = text_field(10_000)


class Close(Act, tag="close"):
    """The file is closed: nothing more is to be done."""


class CorrectionOver(Lapse, tag="correction-over"):
    """The term to supply what was missing is over. Source: APPC 64(7)(1)."""


class DeemClosed(Lapse, tag="deem-closed"):
    """The time to complain is over: the file is closed. Source: APPC 92(1)."""


class DeemRefused(Lapse, tag="deem-refused"):
    """Silence past the term is a refusal. Source: APPC 91(2)."""
