"""The acts that several procedures of the country share."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import attrs

from openakimat.case.act import OPEN, Act, open_field, text_field
from openakimat.case.acts import Register
from openakimat.dated import LATER


@attrs.frozen
class Accept(Act):
    """The body takes the appeal up as its own matter. Source: APPC 64(1)."""

    tag: ClassVar[str] = "accept"


@attrs.frozen
class Return(Act):
    """It is given back, with the ground. Source: APPC 64(7)."""

    tag: ClassVar[str] = "return"
    marks: ClassVar[str] = "decision"
    ground: str = attrs.field(metadata=OPEN)


@attrs.frozen
class Redirect(Act):
    """The whole of it goes to the body that is competent. Source: APPC 65(1)."""

    tag: ClassVar[str] = "redirect"
    marks: ClassVar[str] = "decision"
    to: str = attrs.field(metadata=OPEN)
    ground: str = open_field("not-competent")


@attrs.frozen
class Extend(Act):
    """The term is extended by a reasoned decision, up to a day inclusive. Source: APPC 76(3)."""

    tag: ClassVar[str] = "extend"
    marks: ClassVar[str] = "decision"
    until: date
    reason: str = text_field(10_000)


@attrs.frozen
class Notify(Act):
    """The participant is told of something: ``"extension"``, ``"termination"``, ``"return"``.

    Source: APPC 66.
    """

    tag: ClassVar[str] = "notify"
    of: str = attrs.field(metadata=OPEN)


@attrs.frozen
class Assign(Act):
    """The matter is given to an executor, `to`, and to co-executors with him, `also`."""

    tag: ClassVar[str] = "assign"
    assigns: ClassVar[str] = "to"
    to: str
    also: tuple[str, ...] = ()


@attrs.frozen
class Propose(Act):
    """A preliminary decision is made and told to the participant. Source: APPC 73(1)."""

    tag: ClassVar[str] = "propose"
    marks: ClassVar[str] = "decision"
    outcome: str = attrs.field(metadata=OPEN)
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
class Decide(Act):
    """The matter is decided on the merits. Source: APPC 77.

    Args:
        outcome: What is decided.
        unheard: Why nobody was heard before a burdening decision, where the law lets that be.
        reason: The arguments for which nobody was heard, where the act must state them.
        affects_others: Whether a favourable act touches the rights of somebody else.
    """

    tag: ClassVar[str] = "decide"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    outcome: str = attrs.field(metadata=OPEN)
    unheard: str = attrs.field(default="", metadata=LATER | OPEN)
    reason: str = attrs.field(default="", metadata=LATER)
    affects_others: bool = attrs.field(default=False, metadata=LATER)


@attrs.frozen
class Terminate(Act):
    """The procedure ends without an act on the merits, on a ground. Source: APPC 70, 88."""

    tag: ClassVar[str] = "terminate"
    marks: ClassVar[str] = "decision"
    ground: str = attrs.field(metadata=OPEN)


@attrs.frozen
class Withdraw(Act):
    """The applicant takes it back in writing. Source: APPC 64(9)."""

    tag: ClassVar[str] = "withdraw"


@attrs.frozen
class Deliver(Act):
    """The decision is brought to the participant's notice. Source: APPC 83."""

    tag: ClassVar[str] = "deliver"
    marks: ClassVar[str] = "knowledge"
    channel: str = text_field(personal=False)


@attrs.frozen
class ConfirmReceipt(Act):
    """What was sent has come to the participant: the tag of the act that sent it. Source: APPC 66."""

    tag: ClassVar[str] = "confirm-receipt"
    marks: ClassVar[str] = "knowledge"
    of: str = attrs.field(metadata=OPEN)


@attrs.frozen
class RegisterRedirected(Register):
    """What another body sent on as not its own is registered. Source: APPC 65(3), 76(2)."""

    tag: ClassVar[str] = "register-redirected"
    sent_by: str = open_field("")


@attrs.frozen
class WaiveHearing(Act):
    """The participant asks that no hearing be held. Source: APPC 73(2)(5)."""

    tag: ClassVar[str] = "waive-hearing"


@attrs.frozen
class JoinFile(Act):
    """It goes to the file of an earlier one, which it repeats. Source: APPC 64(8); Law 221, 9(4)."""

    tag: ClassVar[str] = "join-file"
    marks: ClassVar[str] = "decision"
    to: str = attrs.field(metadata=OPEN)


# -- what may be asked for in any procedure under the Code ----------------------------------


@attrs.frozen
class AskFile(Act):
    """The participant asks to see the file. Source: APPC 75(1)."""

    tag: ClassVar[str] = "ask-file"


@attrs.frozen
class ShowFile(Act):
    """The participant is let see the file. Source: APPC 75(1)."""

    tag: ClassVar[str] = "show-file"


@attrs.frozen
class Recuse(Act):
    """An official is to be recused: whom, on what ground and facts. Source: APPC 67(1)."""

    tag: ClassVar[str] = "recuse"
    ground: str = attrs.field(metadata=OPEN)
    official: str
    facts: str = text_field(10_000)


@attrs.frozen
class DecideRecusal(Act):
    """Whether the official is recused. Source: APPC 67(3)."""

    tag: ClassVar[str] = "decide-recusal"
    marks: ClassVar[str] = "decision"
    granted: bool


@attrs.frozen
class ReportSlip(Act):
    """Somebody asks that a slip in the act be corrected. Source: APPC 82."""

    tag: ClassVar[str] = "report-slip"
    slip: str = text_field(10_000)


@attrs.frozen
class CorrectSlip(Act):
    """A slip in the act is corrected, its substance left as it was. Source: APPC 82."""

    tag: ClassVar[str] = "correct-slip"
    slip: str = text_field(10_000)


@attrs.frozen
class Annul(Act):
    """The body cancels its own act, on a ground. Source: APPC 84, 85."""

    tag: ClassVar[str] = "annul"
    marks: ClassVar[str] = "decision"
    ground: str = attrs.field(metadata=OPEN)
    reason: str = text_field(10_000)


@attrs.frozen
class RemarkOnProtocol(Act):
    """The participant remarks on the protocol of the hearing. Source: APPC 74(6)."""

    tag: ClassVar[str] = "remark-on-protocol"
    text: str = text_field(10_000)


@attrs.frozen
class DecideRemarks(Act):
    """The chair accepts the remarks, or rejects them in whole or part. Source: APPC 74(6)."""

    tag: ClassVar[str] = "decide-remarks"
    outcome: Literal["accepted", "partly", "rejected"]
