"""The vocabulary of acts: what is asked and what is recorded are the same words.

An act is a frozen value. Its `tag` and `version` are what is stored, never its
Python name; `marks` names the moment that a time limit may be counted from.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar, Literal

import attrs

from openakimat.errors import Fault, Malformed, PackError
from openakimat.people import Applicant
from openakimat.shapes import misfits

VOCABULARY: dict[str, type[Act]] = {}
"""Every act by its stored tag; a host's acts enter when their class is made."""


@attrs.frozen
class Act:
    """What may be done to a case. A subclass names its `tag`, unique for ever."""

    tag: ClassVar[str] = ""
    version: ClassVar[int] = 1
    marks: ClassVar[str] = ""
    answers: ClassVar[bool] = False
    """Whether the act itself gives the participant an answer."""

    def __init_subclass__(cls, **options: Any) -> None:
        """Enter the act in the vocabulary.

        Raises:
            PackError: Another act bears the same tag.
        """
        super().__init_subclass__(**options)
        tag = cls.__dict__.get("tag")
        if not tag:
            return
        known = VOCABULARY.setdefault(tag, cls)
        if (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise PackError(
                f"two acts are tagged {tag!r}: {known.__qualname__}, {cls.__qualname__}"
            )
        VOCABULARY[tag] = cls

    def __attrs_post_init__(self) -> None:
        """Refuse what a field is not declared to hold.

        Raises:
            Malformed: Whatever is of another kind, all at once.
        """
        if faults := misfits(self):
            raise Malformed(f"act {self.tag!r}", faults)


def _short(limit: int) -> Callable[[object, attrs.Attribute[str], str], None]:
    def check(_: object, attribute: attrs.Attribute[str], text: str) -> None:
        if isinstance(text, str) and len(text) > limit:
            why = f"{len(text):,} characters, more than {limit:,}"
            raise Malformed("act", [Fault(attribute.name, why)])

    return check


LATER = {"later": True}
"""A field added to an act after such acts were stored: written only where it says something."""


def _text(limit: int = 300) -> Any:
    return attrs.field(default="", validator=_short(limit))


Tie = Literal["child-of", "converted-from", "split-from", "about", "repeats"]
"""How a case may be tied to another; only a parent waits for a child."""

Policy = Literal["continue", "fresh", "none"]
"""What becomes of the term of a case that is reopened."""

Score = Literal[1, 2, 3, 4, 5]


@attrs.frozen
class Link:
    """A tie of a case to an older one, named when it is opened.

    Raises:
        Malformed: There is no such tie.
    """

    case: str
    how: Tie

    def __attrs_post_init__(self) -> None:
        """Refuse a tie that is none."""
        if faults := misfits(self):
            raise Malformed("link", faults)


@attrs.frozen
class Branch(Act):
    """Another case is opened out of this one: `case` is its id."""

    elsewhere: ClassVar[bool] = False
    """Whether the other case may be in the journal of another body."""

    case: str


# -- intake ---------------------------------------------------------------------------


@attrs.frozen
class Receive(Act):
    """An appeal is received: the act that opens a case. Source: APPC 64(1)."""

    tag: ClassVar[str] = "receive"
    marks: ClassVar[str] = "receipt"
    kind: str = "application"
    channel: str = _text()
    topic: str = _text()
    summary: str = _text(100_000)
    applicant: Applicant | None = None
    links: tuple[Link, ...] = attrs.field(default=(), metadata=LATER)
    joined: int = attrs.field(default=1, metadata=LATER)
    """How many people join in it: more than one, and it is collective."""


@attrs.frozen
class Register(Act):
    """It is entered in the register under a number. Source: APPC 64(3)."""

    tag: ClassVar[str] = "register"
    marks: ClassVar[str] = "registration"
    number: str = _text()


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
    of: str = _text()


@attrs.frozen
class Extend(Act):
    """The term is extended by a reasoned decision, up to a day inclusive. Source: APPC 76(3)."""

    tag: ClassVar[str] = "extend"
    marks: ClassVar[str] = "decision"
    until: date
    reason: str = _text(10_000)


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
    reason: str = _text(10_000)


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
    reason: str = _text(10_000)


@attrs.frozen
class Object(Act):
    """The participant objects, or asks to be heard in person. Source: APPC 73(3)."""

    tag: ClassVar[str] = "object"
    text: str = _text(100_000)
    oral: bool = False


@attrs.frozen
class Hear(Act):
    """The participant has been heard. Source: APPC 74."""

    tag: ClassVar[str] = "hear"
    protocol: str = _text(10_000)


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
    channel: str = _text()


@attrs.frozen
class DeliverUninstructed(Deliver):
    """It is, without saying where and in what term it may be complained of. Source: APPC 92(1-1)."""

    tag: ClassVar[str] = "deliver-uninstructed"


@attrs.frozen
class Entrust(Act):
    """The execution of what was decided is given to somebody. Source: APPC 86."""

    tag: ClassVar[str] = "entrust"
    to: str = _text()


@attrs.frozen
class Execute(Act):
    """What was decided has been done. Source: APPC 86."""

    tag: ClassVar[str] = "execute"
    summary: str = _text(10_000)


@attrs.frozen
class Rate(Act):
    """The applicant rates how the matter was handled, from 1 to 5.

    Raises:
        Malformed: The score is none from 1 to 5.
    """

    tag: ClassVar[str] = "rate"
    score: Score
    comment: str = _text(10_000)


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
