"""The package of documents of a request: what it lacks, and how its acceptance may be refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar, Literal

import attrs

from openakimat.acts import Act, Receive
from openakimat.case import Case
from openakimat.errors import Fault, Incomplete, Malformed
from openakimat.kz.opened import opened_with
from openakimat.kz.practice import OF_FRONT_OFFICES
from openakimat.table import AskedOffice, Circumstances, guard
from openakimat.terms import term

Kind = Literal["service", "proactive", "social"]
"""What is asked for: a public service, one at the provider's initiative, a socially responsible one."""

CHANNELS: Mapping[str, str] = {
    "provider": "PSL 18(2)",
    "state-corporation": "PSL 18(2)",
    "partner": "PSL 18(2)",
    "portal": "PSL 18(2)",
    "telephone": "PSL 18(2)",
    "mobile": "PSL 18(2)",
    "other-system": "PSL 18(2)",
    "self-service": OF_FRONT_OFFICES,
}
"""Where a service may be applied for, each with its article."""

COUNTERS = frozenset({"", "provider", "state-corporation", "partner"})
"""Where somebody looks at the package before it is registered."""


def _a_channel(_: object, attribute: attrs.Attribute[str], channel: str) -> None:
    if channel and channel not in CHANNELS:
        why = f"{channel!r} is none of {', '.join(CHANNELS)}"
        raise Malformed("request", [Fault(attribute.name, why)], code="channel.unknown")


@attrs.frozen
class Paper:
    """A document handed in, and its last day where it has one."""

    code: str
    until: date | None = None


@attrs.frozen
class Apply(Receive):
    """A service is asked for, or begun by the provider. Source: PSL 18(2), 19, 21-1.

    Args:
        service: Its code in the register of services; empty while nobody has told it.
        term: How long it takes by its by-law, such as ``"3 working days"``. With neither
            service nor term it is due on the day of receipt.
        required: The documents asked for and not to be had from information systems; None
            when the office tells none of them.
        available: Documents that information systems have: nobody may demand them.
        papers: What is handed in.
        phone, consent: Of the recipient of a proactive service.

    Raises:
        Malformed: No such kind or channel; a service without its term; a proactive service
            without a registered phone and the recipient's consent.
    """

    tag: ClassVar[str] = "apply"
    kind: Kind = "service"
    channel: str = attrs.field(default="", validator=_a_channel)
    service: str = ""
    term: str = ""
    required: tuple[str, ...] | None = None
    available: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    phone: str = ""
    consent: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse what could be neither counted nor begun; all of it at once."""
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


def _of_term(told: Apply) -> list[Fault]:
    if not told.term:
        return [Fault("term", "a service has one, by its by-law")] if told.service else []
    return [Fault("term", why)] if (why := term_fault(told.term)) else []


def _of_initiative(told: Apply) -> list[Fault]:
    """What a proactive service lacks. Source: PSL 21-1."""
    if told.kind != "proactive":
        return []
    asked = (("phone", told.phone), ("consent", told.consent))
    return [
        Fault(name, "a proactive service is not begun without it") for name, has in asked if not has
    ]


@attrs.frozen
class RefuseToAccept(Act):
    """The package is not accepted, being incomplete or expired. Source: PSL 19, 20(2).

    Args:
        missing: The documents that were not handed in.
        expired: Those handed in after their last day.
        receipt: The number of the receipt of refusal (its form was not found).
    """

    tag: ClassVar[str] = "refuse-to-accept"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    missing: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    receipt: str = ""


def applied(case: Case, /) -> Apply:
    """The act that opened a request.

    Raises:
        Malformed: The case is no request.
    """
    return opened_with(Apply, case)


def _missing(told: Apply) -> tuple[str, ...]:
    held = {paper.code for paper in told.papers}
    asked = dict.fromkeys(told.required or ())
    return tuple(code for code in asked if code not in held and code not in told.available)


def _expired(told: Apply, day: date) -> tuple[str, ...]:
    valid = {p.code for p in told.papers if p.until is None or day <= p.until}
    return tuple(dict.fromkeys(p.code for p in told.papers if p.code not in valid))


def lacking(case: Case, /, *, at: datetime, office: AskedOffice) -> RefuseToAccept | None:
    """The refusal that names all that a package lacks; None when it must be accepted.

    Args:
        case: A request.
        at: When it is looked at: a paper is good up to and on its last day.
        office: Whose day counts.

    Raises:
        Malformed: The case is no request.

    Source: PSL 19, 20(2).
    """
    told, day = applied(case), office.day_of(at)
    missing, expired = _missing(told), _expired(told, day)
    return RefuseToAccept(missing, expired) if missing or expired else None


def _short_of(case: Case, circumstances: Circumstances) -> RefuseToAccept | None:
    return lacking(case, at=circumstances.at, office=circumstances.office)


@guard(
    "package.incomplete",
    why="the package is incomplete, or a document of it has expired",
    source="PSL 19, 20(2)",
    refusal=Incomplete,
)
def whole(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Every document asked for is there, and in force."""
    return _short_of(case, circumstances) is None


@guard(
    "package.not-accepted",
    why="the package is incomplete or expired: its acceptance is to be refused at the counter",
    source="PSL 19, 20(2)",
    refusal=Incomplete,
)
def whole_at_the_counter(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The same, where somebody looks; what comes by a system is registered as it is."""
    return applied(case).channel not in COUNTERS or _short_of(case, circumstances) is None


@guard(
    "acceptance.no-ground",
    why="a package is refused only for documents named as missing or expired",
    source="PSL 19, 20(2)",
)
def a_document_named(case: Case, act: RefuseToAccept, circumstances: Circumstances) -> bool:
    """A refusal says what the package lacks; a full one must be accepted."""
    return bool(act.missing or act.expired)


@guard(
    "acceptance.available",
    why="a document that information systems have may not be demanded",
    source="PSL 5(2)",
)
def nothing_forbidden(case: Case, act: RefuseToAccept, circumstances: Circumstances) -> bool:
    """Nothing is demanded that the provider can see itself."""
    return set(applied(case).available).isdisjoint(act.missing)


@guard(
    "acceptance.not-missing",
    why="a document named as missing was handed in, or is not asked for",
    source="PSL 19, 20(2)",
)
def really_missing(case: Case, act: RefuseToAccept, circumstances: Circumstances) -> bool:
    """What is named as missing is."""
    told = applied(case)
    asked = act.missing if told.required is None else told.required
    return set(asked).difference(p.code for p in told.papers).issuperset(act.missing)


@guard(
    "acceptance.not-expired",
    why="a document named as expired is in force, or was not handed in",
    source="PSL 19, 20(2)",
)
def really_expired(case: Case, act: RefuseToAccept, circumstances: Circumstances) -> bool:
    """What is named as expired is."""
    day = circumstances.office.day_of(circumstances.at)
    return set(_expired(applied(case), day)).issuperset(act.expired)


@guard(
    "acceptance.not-all",
    why="a refusal names all that the package lacks at once",
    source=OF_FRONT_OFFICES,
    refusal=Incomplete,
)
def all_at_once(case: Case, act: RefuseToAccept, circumstances: Circumstances) -> bool:
    """Nobody is sent away twice."""
    short = _short_of(case, circumstances)
    return short is None or (
        set(short.missing).issubset(act.missing) and set(short.expired).issubset(act.expired)
    )


MAY_REFUSE_TO_ACCEPT = (
    a_document_named,
    nothing_forbidden,
    really_missing,
    really_expired,
    all_at_once,
)
"""All that the law asks of a refusal to accept."""
