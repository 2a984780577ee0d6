"""What may be done with a complaint, on which grounds, and what may be asked of one."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import attrs

from openakimat.acts import LATER, Act, Decide, Lapse, Receive, Register
from openakimat.case import Case
from openakimat.kz.opened import opened_with
from openakimat.limits import Deadline, due
from openakimat.office import Office

ORAL = frozenset({"oral", "phone", "reception", "video", "video-conference"})
"""Channels by which nothing is put in writing."""

NextStep = Literal["another-body", "court"]
"""Where a complainant may go who was not satisfied. Source: APPC 100(6), 91(5)."""

NOT_CORRECTED = {"not-corrected": "APPC 94(1), 64(7)(1)"}
RETURN: dict[str, str] = dict.fromkeys(("identical", "obscene"), "APPC 94(1), 64(7)(2)")
AT_ONCE: dict[str, str] = dict.fromkeys(("crime", "security"), "APPC 94(1), 64(7-2)")
RESTORATION: dict[str, str] = dict.fromkeys(("illness", "force-majeure", "other"), "APPC 92(2)")
EXCEPTIONS = {
    "protection": "APPC 96(1)(1)",
    "regulator": "APPC 96(1)(2)",
    "other-law": "APPC 96(1)(3)",
}
SATISFACTION: dict[str, str] = dict.fromkeys(("cancelled", "replaced", "action"), "APPC 100(1)")
DISMISSAL = {"unfounded": "APPC 100(1)", "late": "APPC 92(3)"}
UNHEARD: dict[str, str] = dict.fromkeys(("enforcement", "urgent", "at-request"), "APPC 73(2)")
UNCONSIDERED_2021: dict[str, str] = dict.fromkeys(
    ("decided-before", "court-decision", "returned", "withdrawn"), "APPC 95(1)"
)
UNCONSIDERED = {**UNCONSIDERED_2021, "court-claim": "APPC 95(1)(5)"}


# -- acts -----------------------------------------------------------------------------


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
    body: str = ""
    learnt_on: date | None = None
    instructed: bool = True


@attrs.frozen
class Forward(Act):
    """The complaint goes with the file to the body that reviews it. Source: APPC 91(4)."""

    tag: ClassVar[str] = "forward-complaint"
    to: str


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
    ground: str
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
    ground: str
    next_step: NextStep
    unheard: str = ""
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
    to: str


@attrs.frozen
class LeaveUnconsidered(Act):
    """The complaint is left without consideration, on a ground. Source: APPC 95(1)."""

    tag: ClassVar[str] = "leave-unconsidered"
    marks: ClassVar[str] = "decision"
    ground: str


@attrs.frozen
class DeemDismissed(Lapse):
    """Silence past the term is a refusal to satisfy. Source: APPC 100(5)."""

    tag: ClassVar[str] = "deem-dismissed"


# -- questions ------------------------------------------------------------------------


def filed(case: Case, /) -> FileComplaint:
    """The act that opened a complaint.

    Raises:
        Malformed: The case is no complaint.
    """
    return opened_with(FileComplaint, case)


def filing_deadline(case: Case, /, *, office: Office) -> Deadline | None:
    """By when the complaint was to be filed; None when nobody told the day it counts from.

    Being late never stops a complaint from being received. Source: APPC 92(1), (1-1), (3).

    Args:
        case: The complaint.
        office: Whose case it is; its place says when a day begins.

    Raises:
        Malformed: The case is no complaint.
    """
    act = filed(case)
    if act.learnt_on is None:
        return None
    key = "complaint.filing" if act.instructed else "complaint.filing-uninstructed"
    edition = office.limit(key, act.learnt_on, case.wording)
    return due(edition, office.calendar.place.start_of(act.learnt_on), office.calendar)


_UNDECIDED = frozenset(
    {"received", "registered", "awaiting_correction", "forwarded", "considered", "proposed"}
)


def is_stayed(case: Case, /) -> bool:
    """Whether the act complained of stands suspended: from the filing until the decision.

    Source: APPC 96. Law 221 is not known to have had such a rule.

    Raises:
        Malformed: The case is no complaint.
    """
    filed(case)
    lifted = (KeepInForce, DeemDismissed)
    return (
        case.wording != "l221"
        and case.stage in _UNDECIDED
        and all(case.last(kind) is None for kind in lifted)
    )
