"""What is done in the consideration of an appeal and nowhere before it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import attrs

from openakimat.case.act import OPEN, Act, Branch, text_field
from openakimat.case.acts import Lapse
from openakimat.kz.acts import Deliver

Score = Literal[1, 2, 3, 4, 5]


@attrs.frozen
class AskToCorrect(Act):
    """Requisites are missing: which, and by what day to supply them. Source: APPC 64(6)."""

    tag: ClassVar[str] = "ask-to-correct"
    until: date
    missing: tuple[str, ...] = ()


@attrs.frozen
class Correct(Act):
    """The applicant supplies what was missing. Source: APPC 64(6)."""

    tag: ClassVar[str] = "correct"


@attrs.frozen
class RedirectPart(Branch):
    """One or several demands go to the body competent for them. Source: APPC 65(2)."""

    tag: ClassVar[str] = "redirect-part"
    elsewhere: ClassVar[bool] = True
    to: str = attrs.field(metadata=OPEN)
    demands: tuple[str, ...]


@attrs.frozen
class Inquire(Act):
    """Others are asked for information, or the place is visited. Source: Law 221, 8(2)."""

    tag: ClassVar[str] = "inquire"
    of: str = text_field()


@attrs.frozen
class SignProtocol(Act):
    """The protocol of an oral hearing is made and signed. Source: APPC 74(4)."""

    tag: ClassVar[str] = "sign-protocol"


@attrs.frozen
class DeliverUninstructed(Deliver):
    """It is, without saying where and in what term it may be complained of. Source: APPC 92(1-1)."""

    tag: ClassVar[str] = "deliver-uninstructed"


@attrs.frozen
class Entrust(Act):
    """The execution of what was decided is given to somebody. Source: APPC 86."""

    tag: ClassVar[str] = "entrust"
    to: str = text_field()


@attrs.frozen
class Execute(Act):
    """What was decided has been done. Source: APPC 86."""

    tag: ClassVar[str] = "execute"
    summary: str = text_field(10_000)


@attrs.frozen
class Rate(Act):
    """The applicant rates how the matter was handled, from 1 to 5.

    Raises:
        Malformed: The score is none from 1 to 5.
    """

    tag: ClassVar[str] = "rate"
    score: Score
    comment: str = text_field(10_000)


@attrs.frozen
class Close(Act):
    """The file is closed: nothing more is to be done."""

    tag: ClassVar[str] = "close"


@attrs.frozen
class CorrectionOver(Lapse):
    """The term to supply what was missing is over. Source: APPC 64(7)(1)."""

    tag: ClassVar[str] = "correction-over"


@attrs.frozen
class DeemClosed(Lapse):
    """The time to complain is over: the file is closed. Source: APPC 92(1)."""

    tag: ClassVar[str] = "deem-closed"


@attrs.frozen
class DeemRefused(Lapse):
    """Silence past the term is a refusal. Source: APPC 91(2)."""

    tag: ClassVar[str] = "deem-refused"
