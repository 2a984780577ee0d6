"""What may be done with a complaint."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import attrs

from openakimat.case.act import OPEN, Act, open_field
from openakimat.case.acts import Lapse, Receive, Register
from openakimat.dated import LATER
from openakimat.kz.acts import Decide

ORAL = frozenset({"oral", "phone", "reception", "video", "video-conference"})
"""Channels by which nothing is put in writing."""

NextStep = Literal["another-body", "court"]
"""Where a complainant may go who was not satisfied. Source: APPC 100(6), 91(5)."""


@attrs.frozen
class FileComplaint(Receive):
    """A complaint comes to the body complained of: the act that opens a case. Source: APPC 91(4).

    The case or act complained of is a link, ``about``. A complaint is only made in
    writing (93(1)); by another channel it is received all the same, and asked for in writing.

    Args:
        against: The id of the official complained of.
        body: Whose act, action or silence it is.
        learnt_on: The day the participant learnt of it; None where that is not told, and then
            nobody can find it late.
        instructed: Whether the act said how and by when to complain. Source: APPC 80(5).
    """

    tag: ClassVar[str] = "file-complaint"
    kind: str = "complaint"
    against: str = ""
    body: str = open_field("")
    learnt_on: date | None = None
    instructed: bool = True


@attrs.frozen
class Forward(Act):
    """The complaint goes with the file to the body that reviews it. Source: APPC 91(4)."""

    tag: ClassVar[str] = "forward-complaint"
    to: str = attrs.field(metadata=OPEN)


@attrs.frozen
class SelfCorrect(Act):
    """The body complained of adopts a favourable act instead of forwarding. Source: APPC 91(4).

    Args:
        fully: Whether the act satisfies the complaint in full.
    """

    tag: ClassVar[str] = "self-correct"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    fully: bool
    summary: str = ""


@attrs.frozen
class RegisterForReview(Register):
    """The reviewing body enters the complaint in its own register. Source: APPC 94(1), 64(3)."""

    tag: ClassVar[str] = "register-for-review"
    marks: ClassVar[str] = "review"


@attrs.frozen
class RestoreTerm(Act):
    """The term to complain, which was missed for a good reason, is restored. Source: APPC 92(2)."""

    tag: ClassVar[str] = "restore-term"
    # Personal: it may tell of an illness.
    ground: str
    reason: str = ""


@attrs.frozen
class KeepInForce(Act):
    """The act complained of is not suspended: it is one of the exceptions. Source: APPC 96(1).

    Args:
        ground: Which of the three.
        reason: Why it is, as the act complained of has it.
        stated_in_act: Whether that act itself says that it is one, and why. Source: APPC 96(2).
    """

    tag: ClassVar[str] = "keep-in-force"
    ground: str = attrs.field(metadata=OPEN)
    reason: str = ""
    stated_in_act: bool = attrs.field(default=False, metadata=LATER)


@attrs.frozen
class Satisfy(Decide):
    """The complaint is satisfied: the act cancelled or replaced, an action taken. Source: APPC 100(1).

    Args:
        worsens: Whether it leaves the complainant worse off than before.
    """

    tag: ClassVar[str] = "satisfy-complaint"
    worsens: bool = False


@attrs.frozen
class Dismiss(Act):
    """The complaint is not satisfied. Source: APPC 100(1).

    Args:
        ground: Why: on the merits, or because it was late.
        next_step: Where the complainant may go now.
        unheard: Why nobody was heard, where the law lets that be.
    """

    tag: ClassVar[str] = "dismiss-complaint"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    ground: str = attrs.field(metadata=OPEN)
    next_step: NextStep
    unheard: str = open_field("")
    reason: str = ""


@attrs.frozen
class Remit(Act):
    """The matter is to go back for a new consideration, with instructions. Source: APPC 100(1)."""

    tag: ClassVar[str] = "remit-complaint"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    instructions: str


@attrs.frozen
class SendBack(Act):
    """What was remitted is sent. Source: APPC 100(2)."""

    tag: ClassVar[str] = "send-back"
    to: str = attrs.field(metadata=OPEN)


@attrs.frozen
class LeaveUnconsidered(Act):
    """The complaint is left without consideration, on a ground. Source: APPC 95(1)."""

    tag: ClassVar[str] = "leave-unconsidered"
    marks: ClassVar[str] = "decision"
    ground: str = attrs.field(metadata=OPEN)


@attrs.frozen
class DeemDismissed(Lapse):
    """Silence past the term is a refusal to satisfy. Source: APPC 100(5)."""

    tag: ClassVar[str] = "deem-dismissed"
