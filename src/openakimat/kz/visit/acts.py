"""The acts of a visit to a front office, from the ticket to the end of its day.

No law was seen that rules the queue of a front office: what stands here is practice, and
each waiting norm is told by the service itself.
"""

from datetime import datetime
from typing import Literal

import attrs

from openakimat.calendar.terms import Minutes, term
from openakimat.case import OPEN, Act, Lapse, Receive, open_field
from openakimat.errors import Fault, Malformed
from openakimat.kz.data import values

Absence = Literal["did-not-come"]
PRESS = "press on front offices and self-service sectors, 2017 to 2021"
RECEPTION_RULES = "news of the regulation of the Supreme Judicial Council on personal reception"

SECTORS = values("visit.sectors")
"""The sectors of a front office in the source articles; an office may name its own."""

GROUNDS = values("visit.grounds")
"""On what a visitor is called out of turn. The "some others" of the source are not named in it:
an office declares its own, see `openakimat.kz.visit.guards.calling`."""


def _in_minutes(_: object, attribute: "attrs.Attribute[str]", words: str) -> None:
    # What is no text is found with whatever else is wrong: validators come before that.
    if words and isinstance(words, str) and not isinstance(term(words), Minutes):
        why = f"{words!r} is not a number of minutes"
        raise Malformed("visit", [Fault(attribute.name, why, "no-minutes", (repr(words),))])


def _norm() -> str:
    """A norm in minutes, if any; what is none is `Malformed`."""
    norm: str = attrs.field(default="", validator=_in_minutes, metadata=OPEN)
    return norm


@attrs.frozen
class TakeTicket(Receive, tag="take-ticket"):
    """A visitor takes a ticket of the queue.

    Args:
        sector: Where they are to be served: one of `SECTORS`, or the office's own.
        priority: The ground on which they go before others, or nothing.
        booked_at: The time they booked; None for walk-ins.
        term: How long the service lets people wait, such as ``"20 minutes"``; nothing where
            it tells no norm. For the booked who come early see `queue.term_for`.
    """

    kind: str = "visit"
    ticket: str = open_field("")
    sector: str = open_field("intake")
    services: tuple[str, ...] = open_field(())
    # Personal: it may tell of an illness, and so may the ground of a call.
    priority: str = ""
    booked_at: datetime | None = None
    term: str = _norm()


@attrs.frozen
class Call(Act, tag="call-visitor"):
    """The visitor is called to a window; out of turn on a ground only."""

    window: str = open_field("")
    ground: str = ""


@attrs.frozen
class CallOverride(Act, tag="call-out-of-turn"):
    """A head has the visitor called out of turn without a ground of the law, and says why."""

    window: str = open_field("")
    reason: str = ""


@attrs.frozen
class Serve(Act, tag="serve"):
    """The visitor is at the window. `term` is the norm of serving, if the service tells one."""

    service: str = open_field("")
    term: str = _norm()


@attrs.frozen
class ServeNext(Act, tag="serve-next"):
    """The next of several services of the same visit, at the same window."""

    service: str = open_field("")
    term: str = _norm()


@attrs.frozen
class Help(Act, tag="help-visitor"):
    """The visitor is shown how to get it on the portal, and does it with that help."""

    of: str = ""


class IssueSignature(Act, tag="issue-signature"):
    """A digital signature is issued to the visitor."""


@attrs.frozen
class MarkAbsent(Act, tag="mark-absent"):
    """Whoever was called, or had a time, did not come: there is no other ground."""

    ground: Absence = "did-not-come"


class Recall(Act, tag="recall-visitor"):
    """Whoever did not come when called is back: they keep their place, once."""


@attrs.frozen
class HandOn(Act, tag="hand-on"):
    """The visitor is sent elsewhere: the window was not the only one."""

    to: str = ""
    reason: str = ""


class Leave(Act, tag="leave-queue"):
    """The visitor goes away."""


class DoneAlone(Act, tag="done-alone", answers=True):
    """The visitor did it on the portal, and leaves able to do it without help."""


@attrs.frozen
class Finish(Act, tag="finish-visit", answers=True):
    """The visitor was served, with what result."""

    result: str = ""


class DeemLeft(Lapse, tag="deem-left"):
    """A ticket is good for its day: who was not served by then is taken to have left."""
