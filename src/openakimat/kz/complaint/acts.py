"""What may be done with a complaint."""

from datetime import date
from typing import Literal

import attrs

from openakimat.case import OPEN, Act, Lapse, Receive, Register, open_field
from openakimat.dated import LATER
from openakimat.kz.acts import Decide, OnGround

ORAL = frozenset({"oral", "phone", "reception", "video", "video-conference"})
"""Channels by which nothing is put in writing."""

NextStep = Literal["another-body", "court"]
"""Where a complainant may go who was not satisfied. Source: APPC 100(6), 91(5)."""


@attrs.frozen
class FileComplaint(Receive, tag="file-complaint"):
    """A complaint comes to the body complained of: the act that opens a case. Source: APPC 91(4).

    The case or act complained of is a link, ``about``. A complaint is only made in
    writing (93(1)); by another channel it is received all the same, and asked for in writing.

    Args:
        body: Whose act, action or silence it is.
        learnt_on: The day the participant learnt of it; None where that is not told, and then
            nobody can find it late.
        instructed: Whether the act said how and by when to complain. Source: APPC 80(5).
    """

    kind: str = "complaint"
    against: str = ""
    body: str = open_field("")
    learnt_on: date | None = None
    instructed: bool = True


@attrs.frozen
class Forward(Act, tag="forward-complaint"):
    """The complaint goes with the file to the body that reviews it. Source: APPC 91(4)."""

    to: str = attrs.field(metadata=OPEN)


@attrs.frozen
class SelfCorrect(Act, tag="self-correct", marks="decision", answers=True):
    """The body complained of adopts a favourable act instead of forwarding. Source: APPC 91(4)."""

    fully: bool
    summary: str = ""


@attrs.frozen
class RegisterForReview(Register, tag="register-for-review", marks="review"):
    """The reviewing body enters the complaint in its own register. Source: APPC 94(1), 64(3).

    On a panel the official complained of may sit. Source: APPC 97(2)(1).
    """

    panel: bool = attrs.field(default=False, metadata=LATER)


@attrs.frozen
class RestoreTerm(Act, tag="restore-term"):
    """The term to complain, which was missed for a good reason, is restored. Source: APPC 92(2)."""

    # Personal: it may tell of an illness.
    ground: str
    reason: str = ""
    on_motion: bool = attrs.field(default=True, metadata=LATER)


@attrs.frozen
class KeepInForce(OnGround, tag="keep-in-force"):
    """The act complained of is not suspended: it is one of the exceptions. Source: APPC 96(1).

    It is one by its `ground`, and it may itself have stated that, with why. Source: APPC 96(2).
    """

    reason: str = ""
    stated_in_act: bool = attrs.field(default=False, metadata=LATER)


@attrs.frozen
class Satisfy(Decide, tag="satisfy-complaint"):
    """The complaint is satisfied: the act cancelled or replaced, an action taken. Source: APPC 100(1).

    `ground` is one of the three; empty, where nobody told (100(3)). What is `beyond_competence` is not
    the reviewing body's to do (100(2)).
    """

    worsens: bool = False
    ground: str = attrs.field(default="", metadata=LATER | OPEN)
    beyond_competence: bool = attrs.field(default=False, metadata=LATER)


@attrs.frozen
class Dismiss(OnGround, tag="dismiss-complaint", marks="decision", answers=True):
    """The complaint is not satisfied, on the merits or because it was late. Source: APPC 100(1).

    `unheard` is why nobody was heard, where the law lets that be.
    """

    next_step: NextStep
    unheard: str = open_field("")
    reason: str = ""


@attrs.frozen
class Remit(Act, tag="remit-complaint", marks="decision", answers=True):
    """The file is to go back for the procedure to be carried out, with proposals. Source: APPC 100(1).

    `ground` is one of the three; empty, where nobody told. Source: APPC 100(3).
    """

    instructions: str
    ground: str = attrs.field(default="", metadata=LATER | OPEN)


@attrs.frozen
class SendBack(Act, tag="send-back"):
    """What was remitted is sent. Source: APPC 100(2)."""

    to: str = attrs.field(metadata=OPEN)


class CopyDecision(Act, tag="copy-decision"):
    """The body complained of has a copy of the decision. Source: APPC 100(4)."""


class LeaveUnconsidered(OnGround, tag="leave-unconsidered", marks="decision"):
    """The complaint is left without consideration, on a ground. Source: APPC 95(1)."""


class DeemDismissed(Lapse, tag="deem-dismissed"):
    """Silence past the term is a refusal to satisfy. Source: APPC 100(5)."""
