"""A public service asked for and given, in three wordings of the law."""

from __future__ import annotations

from typing import ClassVar

import attrs

from openakimat.acts import (
    Accept,
    Act,
    Decide,
    Hear,
    Lapse,
    Object,
    Propose,
    Register,
    Withdraw,
)
from openakimat.case import Case
from openakimat.errors import NotCompetent
from openakimat.kz.consultation import PERMITS, Consult, somebody_asked
from openakimat.kz.guards import among, closed, once, the_applicant
from openakimat.kz.package import (
    MAY_REFUSE_TO_ACCEPT,
    Apply,
    RefuseToAccept,
    applied,
    whole,
    whole_at_the_counter,
)
from openakimat.kz.refusal import (
    HEARD,
    HEARING,
    ON_A_GROUND,
    UNHEARD_MAY_BE,
    Refuse,
    in_time_to_object,
)
from openakimat.people import (
    APPLICANT,
    AUTHORISED,
    DEPUTY,
    EXECUTOR,
    HEAD,
    LAW,
    OPERATOR,
    REGISTRAR,
    REPRESENTATIVE,
)
from openakimat.procedure import Procedure, Stage, opening, step, when
from openakimat.table import Circumstances, Clock, guard

DECIDERS = (HEAD, DEPUTY, AUTHORISED)
STAFF = (REGISTRAR, EXECUTOR, *DECIDERS)
CENTRES = "practice of service centres"
RENDERED = {"rendered": "PSL 5(2)(1)"}


# -- acts -----------------------------------------------------------------------------


@attrs.frozen
class TakeIn(Register):
    """The State Corporation accepts the package and registers it. Source: PSL 20(2)."""

    tag: ClassVar[str] = "take-in"


@attrs.frozen
class HandOver(Act):
    """The State Corporation hands the package over to the provider on paper. Source: PSL 20(1)."""

    tag: ClassVar[str] = "hand-over-paper"


@attrs.frozen
class Check(Act):
    """The provider has received the package and looks whether it is whole. Source: Law 202-V, 25."""

    tag: ClassVar[str] = "check-package"
    marks: ClassVar[str] = "receipt"


@attrs.frozen
class SendResult(Act):
    """The result goes to the State Corporation, which issues it. Source: PSL 5(2)(5)."""

    tag: ClassVar[str] = "send-result"


@attrs.frozen
class Issue(Act):
    """The result is issued to the recipient. Source: PSL 1."""

    tag: ClassVar[str] = "issue-result"
    marks: ClassVar[str] = "knowledge"
    answers: ClassVar[bool] = True


@attrs.frozen
class DeemUncollected(Lapse):
    """Nobody came for the result; it is kept, and issued when somebody does."""

    tag: ClassVar[str] = "deem-uncollected"


# -- guards ---------------------------------------------------------------------------


def by_corporation(case: Case, /) -> bool:
    """Whether a request goes through the State Corporation: so it was told, or taken in."""
    return applied(case).channel == "state-corporation" or case.last(TakeIn) is not None


@guard("channel.corporation", why="this goes through the State Corporation")
def not_by_corporation(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The provider deals with the recipient itself."""
    return not by_corporation(case)


@guard("channel.not-corporation", why="this does not go through the State Corporation")
def through_corporation(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """The State Corporation stands between."""
    return by_corporation(case) or (case.last(Register) is None and not applied(case).channel)


@guard(
    "proactive.applied",
    why="a proactive service is begun by the provider, not applied for",
    source="PSL 21-1",
    refusal=NotCompetent,
)
def on_own_initiative(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """A proactive service was not opened by its recipient."""
    of_recipient = case.records[0].role in {APPLICANT, REPRESENTATIVE}
    return applied(case).kind != "proactive" or not of_recipient


@guard(
    "service.not-yet",
    why="there are no socially responsible services before Law 254-VIII",
    source="PSL 1",
)
def public_only(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """It is a public service."""
    return applied(case).kind != "social"


# -- charts ---------------------------------------------------------------------------


class Request2013(Procedure):
    """A public service under the law of 2013.

    {statechart:md}
    """

    code = "request"
    law = "psl-2013"
    opens = opening(Apply, source="PSL 18(2)")

    requested = Stage(initial=True)
    registered = Stage()
    in_check = Stage()
    considered = Stage()
    proposed = Stage()
    rendered = Stage()
    at_corporation = Stage()
    uncollected = Stage()
    issued = Stage(final=True)
    service_refused = Stage(final=True)
    acceptance_refused = Stage(final=True)
    withdrawn = Stage(final=True)

    register = step(
        Register,
        when(
            requested.to(registered),
            whole_at_the_counter,
            not_by_corporation,
            on_own_initiative,
            public_only,
        ),
        by=REGISTRAR,
        source="PSL 19",
    )
    take_in = step(
        TakeIn,
        when(
            requested.to(registered),
            whole_at_the_counter,
            through_corporation,
            on_own_initiative,
            public_only,
        ),
        by=OPERATOR,
        source="PSL 20(2)",
    )
    refuse_to_accept = step(
        RefuseToAccept,
        when(acceptance_refused.after(requested, in_check), *MAY_REFUSE_TO_ACCEPT),
        by=(REGISTRAR, OPERATOR, EXECUTOR),
        source="PSL 19, 20(2)",
    )
    hand_over = step(
        HandOver,
        when(registered.to.itself(), through_corporation, once(HandOver)),
        by=OPERATOR,
        source="PSL 20(1)",
    )
    check = step(Check, registered.to(in_check), by=(REGISTRAR, EXECUTOR), source=PERMITS)
    accept = step(
        Accept,
        when(considered.after(registered, in_check), whole),
        by=STAFF,
        source="PSL 5(2)(1)",
    )
    consult = step(
        Consult,
        when(considered.to.itself(), somebody_asked),
        by=(EXECUTOR, *DECIDERS),
        source=PERMITS,
    )
    propose = step(
        Propose,
        when(considered.to(proposed), closed(Consult)),
        by=(EXECUTOR, *DECIDERS),
        source=HEARING,
    )
    object_ = step(
        Object,
        when(proposed.to.itself(), the_applicant, in_time_to_object),
        by=APPLICANT,
        source="APPC 73(3), by-law of the service",
    )
    hear = step(
        Hear,
        proposed.to.itself(),
        by=(EXECUTOR, *DECIDERS),
        source="APPC 74, by-law of the service",
    )
    decide = step(
        Decide,
        when(
            rendered.after(considered, proposed),
            among("outcome", RENDERED, code="outcome.unknown"),
            closed(Consult),
        ),
        by=DECIDERS,
        source="PSL 5(2)(1)",
    )
    refuse = step(
        Refuse,
        when(considered.to(service_refused), *ON_A_GROUND, *UNHEARD_MAY_BE),
        when(proposed.to(service_refused), *ON_A_GROUND, *HEARD),
        by=DECIDERS,
        source="PSL 19-1(1), (2)",
    )
    send_result = step(
        SendResult,
        when(rendered.to(at_corporation), through_corporation),
        by=STAFF,
        source="PSL 5(2)(5)",
    )
    issue = step(
        Issue,
        when(rendered.to(issued), not_by_corporation),
        issued.after(at_corporation, uncollected),
        by=(REGISTRAR, OPERATOR, EXECUTOR),
        source="PSL 1",
    )
    deem_uncollected = step(DeemUncollected, at_corporation.to(uncollected), by=LAW, source=CENTRES)
    withdraw = step(
        Withdraw,
        when(withdrawn.after(requested, registered, in_check, considered, proposed), the_applicant),
        by=APPLICANT,
        source="APPC 64(9), by-law of the service",
    )

    service = Clock(
        "request.service",
        starts=Apply,
        stops=(Decide, Refuse, RefuseToAccept, Withdraw),
        becomes={HandOver: "request.service-on-paper"},
        principal=True,
    )
    completeness = Clock(
        "request.completeness", starts=Check, stops=(Accept, RefuseToAccept, Withdraw)
    )
    collection = Clock(
        "request.collection", starts=SendResult, stops=Issue, on_lapse=DeemUncollected
    )


class Request2024(Request2013):
    """A public service under the law as amended by Law 71-VIII.

    {statechart:md}
    """

    law = "psl-2024"


class Request2026(Request2024):
    """A public or socially responsible service, after Law 254-VIII.

    {statechart:md}
    """

    law = "psl-2026"
    _of = Request2024

    register = step(
        Register,
        when(
            _of.requested.to(_of.registered),
            whole_at_the_counter,
            not_by_corporation,
            on_own_initiative,
        ),
        by=REGISTRAR,
        source="PSL 19",
    )
    take_in = step(
        TakeIn,
        when(
            _of.requested.to(_of.registered),
            whole_at_the_counter,
            through_corporation,
            on_own_initiative,
        ),
        by=OPERATOR,
        source="PSL 20(2)",
    )


REQUESTS = (Request2013, Request2024, Request2026)
