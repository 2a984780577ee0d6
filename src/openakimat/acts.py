"""The vocabulary of acts: what is asked and what is recorded are the same words.

An act is a frozen value. Its `tag` and `version` are what is stored, never its
Python name; `marks` names the moment that a time limit may be counted from.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar

import attrs

from openakimat.errors import Fault, Malformed, PackError
from openakimat.people import Applicant

VOCABULARY: dict[str, type[Act]] = {}
"""Every act by its stored tag; a host's acts enter when their class is made."""


@attrs.frozen
class Act:
    """What may be done to a case. A subclass names its `tag`, unique for ever."""

    tag: ClassVar[str] = ""
    version: ClassVar[int] = 1
    marks: ClassVar[str] = ""

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


def _short(limit: int) -> Callable[[object, attrs.Attribute[str], str], None]:
    def check(_: object, attribute: attrs.Attribute[str], text: str) -> None:
        if len(text) > limit:
            why = f"{len(text):,} characters, more than {limit:,}"
            raise Malformed("act", [Fault(attribute.name, why)])

    return check


def _text(limit: int = 300) -> Any:
    return attrs.field(default="", validator=_short(limit))


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
    """The appeal is given back, with the ground. Source: APPC 64(7)."""

    tag: ClassVar[str] = "return"
    marks: ClassVar[str] = "decision"
    ground: str


@attrs.frozen
class Redirect(Act):
    """The whole appeal goes to the body that is competent. Source: APPC 65(1)."""

    tag: ClassVar[str] = "redirect"
    to: str
    ground: str = "not-competent"


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


# -- outcome --------------------------------------------------------------------------


@attrs.frozen
class Decide(Act):
    """The appeal is decided on the merits. Source: APPC 77."""

    tag: ClassVar[str] = "decide"
    marks: ClassVar[str] = "decision"
    outcome: str


@attrs.frozen
class Reply(Act):
    """A reply on the merits, in the simplified procedure. Source: APPC 89(1)(1)."""

    tag: ClassVar[str] = "reply"
    marks: ClassVar[str] = "decision"
    outcome: str = "explained"


@attrs.frozen
class Note(Act):
    """Taken into consideration, without further measures. Source: APPC 89(1)(2)."""

    tag: ClassVar[str] = "note"
    marks: ClassVar[str] = "decision"


@attrs.frozen
class Terminate(Act):
    """The procedure ends without an act on the merits, on a ground. Source: APPC 70, 88."""

    tag: ClassVar[str] = "terminate"
    marks: ClassVar[str] = "decision"
    ground: str


@attrs.frozen
class Withdraw(Act):
    """The applicant takes the appeal back in writing. Source: APPC 64(9)."""

    tag: ClassVar[str] = "withdraw"


# -- time -----------------------------------------------------------------------------


@attrs.frozen
class Lapse(Act):
    """A term ran out; recorded once, at the first instant past it."""

    tag: ClassVar[str] = "lapse"
    clock: str
    due: datetime


@attrs.frozen
class DeemRefused(Lapse):
    """Silence past the term is a refusal. Source: APPC 91(2)."""

    tag: ClassVar[str] = "deem-refused"
