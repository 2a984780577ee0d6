"""The complaint about how a public service was rendered, in three wordings of the law on services."""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs

from openakimat.acts import (
    LATER,
    Act,
    Decide,
    Deliver,
    Extend,
    Notify,
    Receive,
    Register,
    Withdraw,
)
from openakimat.case import Case
from openakimat.errors import Incomplete, NotCompetent
from openakimat.kz.guards import (
    MAY_EXTEND,
    among,
    something_to_tell,
    the_applicant,
)
from openakimat.kz.opened import opened_with
from openakimat.kz.practice import HEADS, STAFF
from openakimat.kz.redress import DeemDismissed
from openakimat.kz.review import complained_of
from openakimat.people import APPLICANT, LAW, REGISTRAR
from openakimat.procedure import Procedure, Stage, opening, step, when
from openakimat.table import Circumstances, Clock, guard

Addressee = Literal["provider", "state-corporation", "body", "quality-body"]
"""Whom a complaint is addressed to: a provider, the State Corporation, a body that renders the
service itself (central, local executive, akim), or the body authorised to control quality."""

Need = Literal["additional-study", "site-check", "information"]
"""What an extension is needed for. Source: PSL 25(4)."""

Onward = Literal["", "quality-body", "another-body", "court"]
"""Where a complainant may go next: to the body that controls quality, which looks into why they
were not satisfied by an answer (PSL 25(3)(1)), to another reviewing body or to court (APPC 100(6))."""

OUTCOMES = {"satisfied": "PSL 25(2)", "refused": "PSL 25(2)"}


@attrs.frozen
class FileServiceComplaint(Receive):
    """A complaint about a public service comes in: the act that opens a case. Source: PSL 25.

    Args:
        addressee: Whom it is addressed to; the term hangs on that.
        service: The code of the service.
        social: Whether it is a socially responsible service, which is no public one.
        against: The id of the official complained of, if it is about one.

    Raises:
        Malformed: There is no such addressee.
    """

    tag: ClassVar[str] = "file-service-complaint"
    kind: str = "service-complaint"
    addressee: Addressee = "provider"
    service: str = ""
    social: bool = False
    against: str = attrs.field(default="", metadata=LATER)


@attrs.frozen
class RegisterForQuality(Register):
    """The body authorised to control quality registers it. Source: PSL 25(2)."""

    tag: ClassVar[str] = "register-for-quality"


@attrs.frozen
class RegisterSocial(Register):
    """A complaint about a socially responsible service is registered. Source: PSL 25(2)."""

    tag: ClassVar[str] = "register-social"


@attrs.frozen
class ExtendServiceComplaint(Extend):
    """The term is extended for a need that the law names. Source: PSL 25(4).

    Raises:
        Malformed: The law names no such need.
    """

    tag: ClassVar[str] = "extend-service-complaint"
    ground: Need = attrs.field(kw_only=True)


@attrs.frozen
class DecideServiceComplaint(Decide):
    """The complaint is decided, and the complainant told where to go next. Source: PSL 25(2).

    Raises:
        Malformed: There is no such next step.
    """

    tag: ClassVar[str] = "decide-service-complaint"
    next_step: Onward = ""


def filed(case: Case, /) -> FileServiceComplaint:
    """The act that opened a complaint about a service.

    Raises:
        Malformed: The case is none.
    """
    return opened_with(FileServiceComplaint, case)


@guard("addressee.quality-body", why="it is addressed to the body that controls quality")
def to_who_renders(case: Case, act: Register, circumstances: Circumstances) -> bool:
    """It is addressed to whoever renders the service."""
    return filed(case).addressee != "quality-body"


@guard("addressee.not-quality-body", why="it is addressed to whoever renders the service")
def to_quality_body(case: Case, act: Register, circumstances: Circumstances) -> bool:
    """It is addressed to the body authorised to control quality."""
    return filed(case).addressee == "quality-body"


@guard("service.social", why="a socially responsible service is registered as such")
def public(case: Case, act: Register, circumstances: Circumstances) -> bool:
    """It is about a public service."""
    return not filed(case).social


@guard("service.not-social", why="the service is a public one")
def social(case: Case, act: Register, circumstances: Circumstances) -> bool:
    """It is about a socially responsible service."""
    return filed(case).social


@guard(
    "extension.not-for-addressee",
    why="a provider and the State Corporation may not extend the term",
    source="PSL 25(4)",
    refusal=NotCompetent,
)
def body_may_extend(case: Case, act: Extend, circumstances: Circumstances) -> bool:
    """Only the authorised body, a central or local executive body or an akim extends."""
    return filed(case).addressee in {"body", "quality-body"}


@guard(
    "review.own-act",
    why="the official complained of may not review the complaint",
    source="PSL 25(1)",
    refusal=NotCompetent,
)
def not_complained_of(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever acts is not the official complained of: as APPC 97(2) has it of any complaint."""
    return not complained_of(filed(case).against, circumstances)


@guard(
    "next-step.missing",
    why="where the complainant may go now is not told",
    source="PSL 25(1)",
    refusal=Incomplete,
)
def next_step_named(case: Case, act: DecideServiceComplaint, circumstances: Circumstances) -> bool:
    """Whoever is not satisfied is told where to go: as APPC 100(6) has it of any complaint."""
    return act.outcome != "refused" or bool(act.next_step)


MAY_DECIDE = (
    among("outcome", OUTCOMES, code="outcome.unknown"),
    not_complained_of,
    next_step_named,
)
"""All that is asked of a decision."""


class ServiceComplaint2013(Procedure):
    """A complaint about a public service, from 2013. No rule on silence is known of that time.

    {statechart:md}
    """

    code = "service-complaint"
    law = "psl-2013"
    opens = opening(FileServiceComplaint, source="PSL 25")

    received = Stage(initial=True)
    considered = Stage()
    answered = Stage()
    closed = Stage(final=True)
    withdrawn = Stage(final=True)

    register = step(
        Register,
        when(received.to(considered), to_who_renders),
        by=REGISTRAR,
        source="PSL 25(2)",
    )
    register_for_quality = step(
        RegisterForQuality,
        when(received.to(considered), to_quality_body),
        by=REGISTRAR,
        source="PSL 25(2)",
    )
    extend = step(
        ExtendServiceComplaint,
        when(considered.to.itself(), body_may_extend, not_complained_of, *MAY_EXTEND),
        by=HEADS,
        source="PSL 25(4)",
    )
    notify = step(
        Notify,
        when(considered.to.itself(), something_to_tell),
        by=STAFF,
        source="PSL 25(4)",
    )
    decide = step(
        DecideServiceComplaint,
        when(considered.to(answered), *MAY_DECIDE),
        by=HEADS,
        source="PSL 25(2)",
    )
    deliver = step(Deliver, answered.to(closed), by=STAFF, source="PSL 25(1)")
    withdraw = step(
        Withdraw,
        when(withdrawn.after(received, considered), the_applicant),
        by=APPLICANT,
        source="PSL 25(1)",
    )

    consideration = Clock(
        "service-complaint.consideration",
        starts=(Register, RegisterForQuality),
        stops=(DecideServiceComplaint, Withdraw),
        becomes={RegisterForQuality: "service-complaint.consideration-quality"},
        extends=ExtendServiceComplaint,
        principal=True,
    )
    extension_notice = Clock(
        "service-complaint.extension-notice",
        starts=ExtendServiceComplaint,
        stops=(Notify, DecideServiceComplaint, Withdraw),
    )


class ServiceComplaint2024(ServiceComplaint2013):
    """A complaint about a public service, as the law read from 2024 to Law 254-VIII.

    Silence is a refusal, as the Code has it of any complaint (100(5)): by PSL 25(1) complaints
    about services go by the general rules but for their own particulars. Article 100(5) itself
    speaks of the terms of the Code only, so this is unconfirmed.

    {statechart:md}
    """

    law = "psl-2024"
    _of = ServiceComplaint2013

    deemed_dismissed = Stage()

    decide = step(
        DecideServiceComplaint,
        when(_of.answered.after(_of.considered, deemed_dismissed), *MAY_DECIDE),
        by=HEADS,
        source="PSL 25(2)",
    )
    notify = step(
        Notify,
        when((_of.considered.to.itself(), deemed_dismissed.to.itself()), something_to_tell),
        by=STAFF,
        source="PSL 25(4)",
    )
    withdraw = step(
        Withdraw,
        when(
            _of.withdrawn.after(_of.received, _of.considered, deemed_dismissed),
            the_applicant,
        ),
        by=APPLICANT,
        source="PSL 25(1)",
    )
    deem_dismissed = step(
        DeemDismissed,
        _of.considered.to(deemed_dismissed),
        by=LAW,
        source="PSL 25(1), APPC 100(5)",
    )

    consideration = attrs.evolve(
        _of.table.clocks["service-complaint.consideration"], on_lapse=DeemDismissed
    )


class ServiceComplaint2026(ServiceComplaint2024):
    """A complaint about a public or socially responsible service, after Law 254-VIII.

    {statechart:md}
    """

    law = "psl-2026"
    _of = ServiceComplaint2024

    register = step(
        Register,
        when(_of.received.to(_of.considered), to_who_renders, public),
        by=REGISTRAR,
        source="PSL 25(2)",
    )
    register_social = step(
        RegisterSocial,
        when(_of.received.to(_of.considered), to_who_renders, social),
        by=REGISTRAR,
        source="PSL 25(2)",
    )
    consideration = attrs.evolve(
        _of.table.clocks["service-complaint.consideration"],
        starts=(Register, RegisterForQuality, RegisterSocial),
        becomes={
            RegisterForQuality: "service-complaint.consideration-quality",
            RegisterSocial: "service-complaint.consideration-social",
        },
    )


SERVICE_COMPLAINTS = (ServiceComplaint2013, ServiceComplaint2024, ServiceComplaint2026)
