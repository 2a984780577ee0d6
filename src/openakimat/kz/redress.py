"""What may be done with a complaint, and what the law asks of it beside stage and role."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, Literal

import attrs

from openakimat.acts import (
    Act,
    Correct,
    Decide,
    Hear,
    Lapse,
    Object,
    Propose,
    Receive,
    Register,
    among,
)
from openakimat.case import Case, deadline_of
from openakimat.errors import Incomplete, NotCompetent, TooLate
from openakimat.limits import Deadline, due
from openakimat.office import Office
from openakimat.people import APPLICANT, persons
from openakimat.table import Circumstances, guard

ORAL = frozenset({"oral", "phone", "reception", "video", "video-conference"})
"""Channels by which nothing is put in writing."""

NextStep = Literal["another-body", "court"]
"""Where a complainant may go who was not satisfied. Source: APPC 100(6), 91(5)."""

RETURN = {"not-in-order": "APPC 95(1)"}
RESTORATION: dict[str, str] = dict.fromkeys(("illness", "force-majeure", "other"), "APPC 92(2)")
EXCEPTIONS = {"exception-of-96": "APPC 96"}
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
    """The reviewing body enters the complaint in its own register. Source: APPC 99."""

    tag: ClassVar[str] = "register-for-review"


@attrs.frozen
class RestoreTerm(Act):
    """The term to complain, which was missed for a good reason, is restored. Source: APPC 92(2)."""

    tag: ClassVar[str] = "restore-term"
    ground: str
    reason: str = ""


@attrs.frozen
class KeepInForce(Act):
    """The act complained of is not suspended: it is one of the exceptions. Source: APPC 96."""

    tag: ClassVar[str] = "keep-in-force"
    ground: str = "exception-of-96"
    reason: str = ""


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
    next_step: NextStep = attrs.field(validator=among(NextStep))
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
    """The act that opened a complaint."""
    act = case.received
    assert isinstance(act, FileComplaint)  # noqa: S101 - replay sees to it
    return act


def filing_deadline(case: Case, /, *, office: Office) -> Deadline | None:
    """By when the complaint was to be filed; None when nobody told the day it counts from.

    Being late never stops a complaint from being received. Source: APPC 92(1), (1-1), (3).

    Args:
        case: The complaint.
        office: Whose case it is; its place says when a day begins.
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
    """
    lifted = (KeepInForce, DeemDismissed)
    return (
        case.wording != "l221"
        and case.stage in _UNDECIDED
        and all(case.last(kind) is None for kind in lifted)
    )


# -- guards ---------------------------------------------------------------------------


@guard(
    "review.own-act",
    why="the official complained of may not review the complaint",
    source="APPC 97(2)",
    refusal=NotCompetent,
)
def not_complained_of(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever acts is not the official complained of, and does not stand in for them."""
    day = circumstances.office.calendar.place.day_of(circumstances.at)
    return filed(case).against not in persons(circumstances.by, day)


@guard(
    "complaint.not-a-party",
    why="only the complainant and the official complained of are heard",
    refusal=NotCompetent,
)
def a_party(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever objects is the complainant, or the official complained of."""
    day = circumstances.office.calendar.place.day_of(circumstances.at)
    return APPLICANT in circumstances.roles or filed(case).against in persons(circumstances.by, day)


@guard(
    "complaint.oral",
    why="a complaint is made only in writing: ask for it in writing",
    source="APPC 93(1)",
)
def in_writing(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """It came in writing, or was put in writing when that was asked."""
    return case.received.channel not in ORAL or case.last(Correct) is not None


@guard("self-correction.partial", why="the act must satisfy the complaint in full")
def in_full(case: Case, act: SelfCorrect, circumstances: Circumstances) -> bool:
    """Nothing is left to complain of."""
    return act.fully


@guard(
    "self-correction.too-late",
    why="the 3 working days are over: the complaint is to be forwarded",
    refusal=TooLate,
)
def in_time_to_forward(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The term to forward still runs."""
    running = deadline_of(case, "complaint.forwarding", office=circumstances.office)
    return running is None or not running.missed(circumstances.at)


@guard("proposal.missing", why="no preliminary decision has been told")
def proposal_made(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """There is a preliminary decision to be heard on."""
    return case.last(Propose) is not None


@guard(
    "complaint.worsens",
    why="a complaint may not leave the complainant worse off",
    source="APPC 98(6)",
)
def not_for_the_worse(case: Case, act: Satisfy, circumstances: Circumstances) -> bool:
    """The complainant is no worse off."""
    return not act.worsens


@guard(
    "complaint.not-late",
    why="it was filed in time, or its term was restored, or nobody told the day it counts from",
    source="APPC 92(3)",
)
def late_if_so_told(case: Case, act: Dismiss, circumstances: Circumstances) -> bool:
    """Where lateness is the ground, it really was late, and the term was not restored."""
    if act.ground != "late":
        return True
    term = filing_deadline(case, office=circumstances.office)
    return term is not None and term.missed(case.opened_at) and case.last(RestoreTerm) is None


@guard(
    "complaint.unheard",
    why="the preliminary decision must be told 3 working days before, and who asks must be heard",
    source="APPC 98(3), 73(1)",
    refusal=Incomplete,
    values=UNHEARD,
)
def heard(case: Case, act: Dismiss, circumstances: Circumstances) -> bool:
    """Both sides could object in time, and a hearing asked for was held; or the law lets it be."""
    if act.unheard in UNHEARD:
        return True
    proposed, hearing = case.last(Propose), case.last(Hear)
    asked = [r.no for r in case.records if isinstance(r.act, Object) and r.act.oral]
    if proposed is None or (asked and (hearing is None or hearing.no < asked[-1])):
        return False
    return _told_before(proposed.at, circumstances)


def _told_before(at: datetime, circumstances: Circumstances) -> bool:
    """Whether a preliminary decision of an instant may be followed by the decision now."""
    office, now = circumstances.office, circumstances.at
    day = office.calendar.place.day_of(now)
    edition = office.limit("complaint.preliminary-decision", day, circumstances.wording)
    return not due(edition, now, office.calendar).missed(at)
