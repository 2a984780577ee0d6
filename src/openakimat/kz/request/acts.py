"""What is done with a request for a public service, from the package to the result."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

import attrs

from openakimat.calendar.terms import term
from openakimat.case import Act, Lapse, Receive, Register, open_field
from openakimat.dated import LATER
from openakimat.errors import Fault, Malformed, unknown_fault
from openakimat.kz.acts import OnGround
from openakimat.kz.data import read, values


class TakeIn(Register, tag="take-in"):
    """The State Corporation accepts the package and registers it. Source: PSL 20(2)."""


class HandOver(Act, tag="hand-over-paper", marks="receipt"):
    """The State Corporation hands the package over to the provider on paper. Source: PSL 20(1)."""


class Check(Act, tag="check-package"):
    """The provider looks whether the package is whole. Source: Law 202-V (2014), 25."""


class SendResult(Act, tag="send-result"):
    """The result goes to the State Corporation, which issues it. Source: PSL 5(2)(5)."""


class Issue(Act, tag="issue-result", marks="knowledge", answers=True):
    """The result is issued to the recipient. Source: PSL 1."""


class DeemIssued(Lapse, tag="deem-issued", marks="decision"):
    """A permit neither issued nor refused in time is deemed issued. Source: Law 202-V (2014), 26(1)."""


class DeemReceived(Lapse, tag="deem-received"):
    """What is not handed out is proved by the receipt of acceptance. Source: Law 202-V (2014), 26(2)."""


class DeemUncollected(Lapse, tag="deem-uncollected"):
    """Nobody came for the result; it is kept, and issued when somebody does."""


Kind = Literal["service", "proactive", "social"]
"""What is asked for: a public service, one at the provider's initiative, a socially responsible one."""

CHANNELS = values("request.channels")
"""Where a service may be applied for, each with its article."""

FIRST_DAYS: Mapping[str, date] = read("request/law.toml")["channels-since"]
"""The earliest day on which the law can have had a channel that it had not from the beginning.

Until 01.03.2016 service centres stood where the State Corporation stands since.
"""

COUNTERS = frozenset({"", "provider", "state-corporation", "partner"})
"""Where somebody looks at the package before it is registered."""


def _a_channel(_: object, attribute: "attrs.Attribute[str]", channel: str) -> None:
    # What is no text is found with whatever else is wrong: validators come before that.
    if channel and isinstance(channel, str) and channel not in CHANNELS:
        fault = unknown_fault(attribute.name, channel, CHANNELS)
        raise Malformed("request", [fault], code="channel.unknown")


@attrs.frozen
class Paper:
    """A document handed in, and its last day where it has one."""

    code: str
    until: date | None = None


@attrs.frozen
class Apply(Receive, tag="apply"):
    """A service is asked for, or begun by the provider. Source: PSL 18(2), 19, 21-1.

    Args:
        service: Its code in the register of services; empty while nobody has told it.
        term: How long it takes by its by-law, such as ``"3 working days"``. With neither
            service nor term it is due on the day of receipt.
        required: The documents asked for and not to be had from information systems; None
            when the office tells none of them.
        available: Documents that information systems have: nobody may demand them.
        phone, consent: Of the recipient of a proactive service.
        deemed_issued: Whether it is a permit that is deemed issued when the term is over, and no
            entry that the law excepts from it.

    Raises:
        Malformed: No such kind or channel; a service without its term; a proactive service
            without a registered phone and the recipient's consent.
    """

    kind: Kind = "service"
    channel: str = attrs.field(default="", validator=_a_channel, metadata={"among": CHANNELS})
    service: str = open_field("")
    term: str = open_field("")
    required: tuple[str, ...] | None = open_field(None)
    available: tuple[str, ...] = open_field(())
    papers: tuple[Paper, ...] = ()
    phone: str = ""
    consent: bool = False
    deemed_issued: bool = attrs.field(default=False, metadata=LATER)

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if faults := [*_of_term(self), *_of_initiative(self)]:
            raise Malformed("request", faults)


def term_fault(words: str, /) -> str:
    """Why words do not say how long a service takes; nothing where they do.

    >>> term_fault("3 working days"), term_fault("0 working days"), term_fault("as set")
    ('', "'0 working days' is no time", 'is to say how long')
    """
    try:
        return "" if term(words).n else "is to say how long"
    except Malformed as wrong:
        return "; ".join(fault.why for fault in wrong.faults)


def _of_term(act: Apply) -> list[Fault]:
    if not act.term:
        why = "a service has one, by its by-law"
        return [Fault("term", why, "no-by-law-term")] if act.service else []
    return [Fault("term", why, "no-duration")] if (why := term_fault(act.term)) else []


def _of_initiative(act: Apply) -> list[Fault]:
    """What a proactive service lacks. Source: PSL 21-1."""
    if act.kind != "proactive":
        return []
    needs = (("phone", act.phone), ("consent", act.consent))
    return [
        Fault(name, "a proactive service is not begun without it", "proactive-lacks")
        for name, has in needs
        if not has
    ]


@attrs.frozen
class RefuseToAccept(Act, tag="refuse-to-accept", marks="decision", answers=True):
    """The package is not accepted, being incomplete or expired. Source: PSL 19, 20(2).

    It names the documents not handed in, and those handed in after their last day; `receipt` is the
    number of the receipt of refusal (its form was not found).
    """

    missing: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    receipt: str = open_field("")


@attrs.frozen
class Refuse(OnGround, tag="refuse-service", marks="decision", answers=True):
    """The service is refused, with the reasons. Source: PSL 19-1(1), (2).

    Where it was urgent, the reasons are also those for which nobody was heard; `unheard` is why nobody
    was, where the law lets that be.
    """

    reason: str = ""
    unheard: str = open_field("")
