"""The acts that several procedures of the country share."""

from datetime import date
from typing import Literal

import attrs

from openakimat.case import OPEN, Act, Register, open_field, text_field
from openakimat.dated import LATER


@attrs.frozen
class OnGround(Act):
    """What is done on a ground, which is one that the law names."""

    ground: str = attrs.field(metadata=OPEN)


@attrs.frozen
class Written(Act):
    """What is a text in itself: a report, a draft, a reminder."""

    text: str = ""


class Accept(Act, tag="accept"):
    """The body takes the appeal up as its own matter. Source: APPC 64(1)."""


class Return(OnGround, tag="return", marks="decision"):
    """It is given back, with the ground. Source: APPC 64(7)."""


@attrs.frozen
class Redirect(Act, tag="redirect", marks="decision"):
    """The whole of it goes to the body that is competent. Source: APPC 65(1)."""

    to: str = attrs.field(metadata=OPEN)
    ground: str = open_field("not-competent")


@attrs.frozen
class Extend(Act, tag="extend", marks="decision"):
    """The term is extended by a reasoned decision, up to a day inclusive. Source: APPC 76(3)."""

    until: date
    reason: str = text_field(10_000)


@attrs.frozen
class Notify(Act, tag="notify"):
    """The participant is told of something: ``"extension"``, ``"termination"``, ``"return"``.

    Source: APPC 66.
    """

    of: str = attrs.field(metadata=OPEN)


@attrs.frozen
class Assign(Act, tag="assign", assigns="to"):
    """The matter is given to an executor, `to`, and to co-executors with him, `also`."""

    to: str
    also: tuple[str, ...] = ()

    @property
    def handlers(self) -> frozenset[str]:
        """The executor, and those with him."""
        return super().handlers.union(self.also)


@attrs.frozen
class Propose(Act, tag="propose", marks="decision"):
    """A preliminary decision is made and told to the participant. Source: APPC 73(1)."""

    outcome: str = attrs.field(metadata=OPEN)
    reason: str = text_field(10_000)


@attrs.frozen
class Object(Act, tag="object"):
    """The participant objects, or asks to be heard in person. Source: APPC 73(3)."""

    text: str = text_field(100_000)
    oral: bool = False


@attrs.frozen
class Hear(Act, tag="hear"):
    """The participant has been heard. Source: APPC 74."""

    protocol: str = text_field(10_000)


@attrs.frozen
class Decide(Act, tag="decide", marks="decision", answers=True):
    """The matter is decided on the merits. Source: APPC 77.

    `unheard` is why nobody was heard before a burdening decision, where the law lets that be, and
    `reason` the arguments for it, where the act must state them.
    """

    outcome: str = attrs.field(metadata=OPEN)
    unheard: str = attrs.field(default="", metadata=LATER | OPEN)
    reason: str = attrs.field(default="", metadata=LATER)
    affects_others: bool = attrs.field(default=False, metadata=LATER)


class Terminate(OnGround, tag="terminate", marks="decision"):
    """The procedure ends without an act on the merits, on a ground. Source: APPC 70, 88."""


class Withdraw(Act, tag="withdraw"):
    """The applicant takes it back in writing. Source: APPC 64(9)."""


@attrs.frozen
class Deliver(Act, tag="deliver", marks="knowledge"):
    """The decision is brought to the participant's notice. Source: APPC 83."""

    channel: str = text_field(personal=False)


@attrs.frozen
class ConfirmReceipt(Act, tag="confirm-receipt", marks="knowledge"):
    """What was sent has come to the participant: the tag of the act that sent it. Source: APPC 66."""

    of: str = attrs.field(metadata=OPEN)


@attrs.frozen
class RegisterRedirected(Register, tag="register-redirected"):
    """What another body sent on as not its own is registered. Source: APPC 65(3), 76(2)."""

    sent_by: str = open_field("")


class WaiveHearing(Act, tag="waive-hearing"):
    """The participant asks that no hearing be held. Source: APPC 73(2)(5)."""


@attrs.frozen
class JoinFile(Act, tag="join-file", marks="decision"):
    """It goes to the file of an earlier one, which it repeats. Source: APPC 64(8); Law 221, 9(4)."""

    to: str = attrs.field(metadata=OPEN)


class AskFile(Act, tag="ask-file"):
    """The participant asks to see the file. Source: APPC 75(1)."""


class ShowFile(Act, tag="show-file"):
    """The participant is let see the file. Source: APPC 75(1)."""


@attrs.frozen
class Recuse(OnGround, tag="recuse"):
    """An official is to be recused: whom, on what ground and facts. Source: APPC 67(1)."""

    official: str
    facts: str = text_field(10_000)


@attrs.frozen
class DecideRecusal(Act, tag="decide-recusal", marks="decision"):
    """Whether the official is recused. Source: APPC 67(3)."""

    granted: bool


@attrs.frozen
class ReportSlip(Act, tag="report-slip"):
    """Somebody asks that a slip in the act be corrected. Source: APPC 82."""

    slip: str = text_field(10_000)


@attrs.frozen
class CorrectSlip(Act, tag="correct-slip"):
    """A slip in the act is corrected, its substance left as it was. Source: APPC 82."""

    slip: str = text_field(10_000)


@attrs.frozen
class Annul(OnGround, tag="annul", marks="decision"):
    """The body cancels its own act, on a ground. Source: APPC 84, 85."""

    reason: str = text_field(10_000)


@attrs.frozen
class RemarkOnProtocol(Act, tag="remark-on-protocol"):
    """The participant remarks on the protocol of the hearing. Source: APPC 74(6)."""

    text: str = text_field(10_000)


@attrs.frozen
class DecideRemarks(Act, tag="decide-remarks"):
    """The chair accepts the remarks, or rejects them in whole or part. Source: APPC 74(6)."""

    outcome: Literal["accepted", "partly", "rejected"]
