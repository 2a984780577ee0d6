"""The words of acts: what is asked and what is recorded are the same words."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Literal

import attrs

from openakimat.people import Applicant
from openakimat.vocabulary import (
    LATER,
    VOCABULARY,
    Act,
    Branch,
    Link,
    Tie,
    text_field,
)

__all__ = ["LATER", "VOCABULARY", "Act", "Branch", "Link", "Tie"]

Policy = Literal["continue", "fresh", "none"]
"""What becomes of the term of a case that is reopened."""

Score = Literal[1, 2, 3, 4, 5]

# -- intake ---------------------------------------------------------------------------


@attrs.frozen
class Receive(Act):
    """An appeal is received: the act that opens a case. Source: APPC 64(1)."""

    tag: ClassVar[str] = "receive"
    marks: ClassVar[str] = "receipt"
    kind: str = "application"
    channel: str = text_field()
    topic: str = text_field()
    summary: str = text_field(100_000)
    applicant: Applicant | None = None
    links: tuple[Link, ...] = attrs.field(default=(), metadata=LATER)
    joined: int = attrs.field(default=1, metadata=LATER)
    """How many people join in it: more than one, and it is collective."""


@attrs.frozen
class Register(Act):
    """It is entered in the register under a number. Source: APPC 64(3)."""

    tag: ClassVar[str] = "register"
    marks: ClassVar[str] = "registration"
    number: str = text_field()


@attrs.frozen
class Accept(Act):
    """The body takes the appeal up as its own matter. Source: APPC 64(1)."""

    tag: ClassVar[str] = "accept"


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
class Return(Act):
    """It is given back, with the ground. Source: APPC 64(7)."""

    tag: ClassVar[str] = "return"
    marks: ClassVar[str] = "decision"
    ground: str


@attrs.frozen
class Redirect(Act):
    """The whole of it goes to the body that is competent. Source: APPC 65(1)."""

    tag: ClassVar[str] = "redirect"
    to: str
    ground: str = "not-competent"


@attrs.frozen
class RedirectPart(Branch):
    """One or several demands go to the body competent for them. Source: APPC 65(2)."""

    tag: ClassVar[str] = "redirect-part"
    elsewhere: ClassVar[bool] = True
    to: str
    demands: tuple[str, ...]


# -- consideration --------------------------------------------------------------------


@attrs.frozen
class Inquire(Act):
    """Others are asked for information, or the place is visited. Source: Law 221, 8(2)."""

    tag: ClassVar[str] = "inquire"
    of: str = text_field()


@attrs.frozen
class Extend(Act):
    """The term is extended by a reasoned decision, up to a day inclusive. Source: APPC 76(3)."""

    tag: ClassVar[str] = "extend"
    marks: ClassVar[str] = "decision"
    until: date
    reason: str = text_field(10_000)


@attrs.frozen
class Notify(Act):
    """The participant is told of something: ``"extension"``, ``"termination"``. Source: APPC 66."""

    tag: ClassVar[str] = "notify"
    of: str


@attrs.frozen
class Pause(Act):
    """The clocks that this ground may stop are stopped."""

    tag: ClassVar[str] = "pause"
    ground: str
    reason: str = text_field(10_000)


@attrs.frozen
class Resume(Act):
    """The clocks stopped run on."""

    tag: ClassVar[str] = "resume"


@attrs.frozen
class Assign(Act):
    """The matter is given to an executor, and to others with him.

    Args:
        to: Who is responsible.
        also: Co-executors.
    """

    tag: ClassVar[str] = "assign"
    to: str
    also: tuple[str, ...] = ()


@attrs.frozen
class Propose(Act):
    """A preliminary decision is made and told to the participant. Source: APPC 73(1)."""

    tag: ClassVar[str] = "propose"
    marks: ClassVar[str] = "decision"
    outcome: str
    reason: str = text_field(10_000)


@attrs.frozen
class Object(Act):
    """The participant objects, or asks to be heard in person. Source: APPC 73(3)."""

    tag: ClassVar[str] = "object"
    text: str = text_field(100_000)
    oral: bool = False


@attrs.frozen
class Hear(Act):
    """The participant has been heard. Source: APPC 74."""

    tag: ClassVar[str] = "hear"
    protocol: str = text_field(10_000)


@attrs.frozen
class SignProtocol(Act):
    """The protocol of an oral hearing is made and signed. Source: APPC 74(4)."""

    tag: ClassVar[str] = "sign-protocol"


# -- outcome --------------------------------------------------------------------------


@attrs.frozen
class Decide(Act):
    """The matter is decided on the merits. Source: APPC 77.

    Args:
        outcome: What is decided.
        unheard: Why nobody was heard before a burdening decision, where the law lets that be.
    """

    tag: ClassVar[str] = "decide"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    outcome: str
    unheard: str = attrs.field(default="", metadata=LATER)


@attrs.frozen
class Reply(Act):
    """A reply on the merits, in the simplified procedure. Source: APPC 89(1)(1)."""

    tag: ClassVar[str] = "reply"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    outcome: str = "explained"


@attrs.frozen
class Note(Act):
    """Taken into consideration, without further measures. Source: APPC 89(1)(2)."""

    tag: ClassVar[str] = "note"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True


@attrs.frozen
class Terminate(Act):
    """The procedure ends without an act on the merits, on a ground. Source: APPC 70, 88."""

    tag: ClassVar[str] = "terminate"
    marks: ClassVar[str] = "decision"
    ground: str


@attrs.frozen
class Withdraw(Act):
    """The applicant takes it back in writing. Source: APPC 64(9)."""

    tag: ClassVar[str] = "withdraw"


# -- after the outcome ----------------------------------------------------------------


@attrs.frozen
class Deliver(Act):
    """The decision is brought to the participant's notice. Source: APPC 83."""

    tag: ClassVar[str] = "deliver"
    marks: ClassVar[str] = "knowledge"
    channel: str = text_field()


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
class Reopen(Act):
    """The matter is taken up again; `clock` says whether its term continues, is fresh, or none."""

    tag: ClassVar[str] = "reopen"
    ground: str
    clock: Policy


@attrs.frozen
class Close(Act):
    """The file is closed: nothing more is to be done."""

    tag: ClassVar[str] = "close"


# -- time -----------------------------------------------------------------------------


@attrs.frozen
class Lapse(Act):
    """A term ran out; recorded once, at the first instant past it."""

    tag: ClassVar[str] = "lapse"
    clock: str
    due: datetime


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
