"""The acts of a visit to a front office, from the ticket to the end of its day.

No law was seen that rules the queue of a front office: what stands here is practice, and
each waiting norm is told by the service itself.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

import attrs

from openakimat.calendar.terms import Minutes, term
from openakimat.case.act import OPEN, Act, open_field
from openakimat.case.acts import Lapse, Receive
from openakimat.errors import Fault, Malformed

Absence = Literal["did-not-come"]

PRESS = "press on front offices and self-service sectors, 2017 to 2021"

RECEPTION_RULES = "news of the regulation of the Supreme Judicial Council on personal reception"

SECTORS = {
    "lawyers": PRESS,
    "self-service": PRESS,
    "civil-registration": PRESS,
    "intake": PRESS,
    "accessibility": PRESS,
    "departments": PRESS,
    "chamber-of-entrepreneurs": PRESS,
}
"""The sectors of a front office in the source articles; an office may name its own."""

GROUNDS = {"veteran": RECEPTION_RULES, "disability": RECEPTION_RULES}
"""On what a visitor is called out of turn. The "some others" of the source are not named in it:
an office declares its own, see `openakimat.kz.visit.guards.calling`."""


def _in_minutes(_: object, attribute: attrs.Attribute[str], words: str) -> None:
    # What is no text is found with whatever else is wrong: validators come before that.
    if words and isinstance(words, str) and not isinstance(term(words), Minutes):
        why = f"{words!r} is not a number of minutes"
        raise Malformed("visit", [Fault(attribute.name, why, "no-minutes", (repr(words),))])


def _norm() -> str:
    norm: str = attrs.field(default="", validator=_in_minutes, metadata=OPEN)
    return norm


@attrs.frozen
class TakeTicket(Receive):
    """A visitor takes a ticket of the queue.

    Args:
        ticket: The number on it.
        sector: Where they are to be served: one of `SECTORS`, or the office's own.
        services: What they came for, in order.
        priority: The ground on which they go before others, or nothing.
        booked_at: The time they booked; None for walk-ins.
        term: How long the service lets people wait, such as ``"20 minutes"``; nothing where
            it tells no norm. For the booked who come early see `queue.term_for`.

    Raises:
        Malformed: The norm is not in minutes.
    """

    tag: ClassVar[str] = "take-ticket"
    kind: str = "visit"
    ticket: str = open_field("")
    sector: str = open_field("intake")
    services: tuple[str, ...] = open_field(())
    # Personal: it may tell of an illness, and so may the ground of a call.
    priority: str = ""
    booked_at: datetime | None = None
    term: str = _norm()


@attrs.frozen
class Call(Act):
    """The visitor is called to a window; out of turn on a ground only."""

    tag: ClassVar[str] = "call-visitor"
    window: str = open_field("")
    ground: str = ""


@attrs.frozen
class CallOverride(Act):
    """A head has the visitor called out of turn without a ground of the law, and says why."""

    tag: ClassVar[str] = "call-out-of-turn"
    window: str = open_field("")
    reason: str = ""


@attrs.frozen
class Serve(Act):
    """The visitor is at the window. `term` is the norm of serving, if the service tells one.

    Raises:
        Malformed: The norm is not in minutes.
    """

    tag: ClassVar[str] = "serve"
    service: str = open_field("")
    term: str = _norm()


@attrs.frozen
class ServeNext(Act):
    """The next of several services of the same visit, at the same window.

    Raises:
        Malformed: The norm is not in minutes.
    """

    tag: ClassVar[str] = "serve-next"
    service: str = open_field("")
    term: str = _norm()


@attrs.frozen
class Help(Act):
    """The visitor is shown how to get it on the portal, and does it with that help."""

    tag: ClassVar[str] = "help-visitor"
    of: str = ""


@attrs.frozen
class IssueSignature(Act):
    """A digital signature is issued to the visitor."""

    tag: ClassVar[str] = "issue-signature"


@attrs.frozen
class MarkAbsent(Act):
    """Whoever was called, or had a time, did not come: there is no other ground.

    Raises:
        Malformed: Another ground is told.
    """

    tag: ClassVar[str] = "mark-absent"
    ground: Absence = "did-not-come"


@attrs.frozen
class Recall(Act):
    """Whoever did not come when called is back: they keep their place, once."""

    tag: ClassVar[str] = "recall-visitor"


@attrs.frozen
class HandOn(Act):
    """The visitor is sent elsewhere: the window was not the only one."""

    tag: ClassVar[str] = "hand-on"
    to: str = ""
    reason: str = ""


@attrs.frozen
class Leave(Act):
    """The visitor goes away."""

    tag: ClassVar[str] = "leave-queue"


@attrs.frozen
class DoneAlone(Act):
    """The visitor did it on the portal, and leaves able to do it without help."""

    tag: ClassVar[str] = "done-alone"
    answers: ClassVar[bool] = True


@attrs.frozen
class Finish(Act):
    """The visitor was served, with what result."""

    tag: ClassVar[str] = "finish-visit"
    answers: ClassVar[bool] = True
    result: str = ""


@attrs.frozen
class DeemLeft(Lapse):
    """A ticket is good for its day: who was not served by then is taken to have left."""

    tag: ClassVar[str] = "deem-left"
