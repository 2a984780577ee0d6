"""A public service asked for and given, in three wordings of the law."""

from __future__ import annotations

from openakimat.case.acts import Register
from openakimat.case.people import APPLICANT, LAW
from openakimat.chart.amendment import amended
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import Accept, Decide, Hear, Object, Propose, Withdraw
from openakimat.kz.consultation.acts import Consult
from openakimat.kz.consultation.guards import PERMITS, somebody_asked
from openakimat.kz.guards import among, another, closed, once, the_applicant
from openakimat.kz.request.acts import (
    Apply,
    Check,
    DeemUncollected,
    HandOver,
    Issue,
    Refuse,
    RefuseToAccept,
    SendResult,
    TakeIn,
)
from openakimat.kz.request.guards import (
    MAY_REFUSE_TO_ACCEPT,
    not_by_corporation,
    on_own_initiative,
    public_only,
    through_corporation,
    whole,
    whole_at_the_counter,
)
from openakimat.kz.request.refusal import (
    HEARD,
    HEARING,
    ON_A_GROUND,
    UNHEARD_MAY_BE,
    UNHEARD_SINCE_BANS,
    in_time_to_object,
)
from openakimat.kz.roles import AUTHORISED, DEPUTY, EXECUTOR, HEAD, OPERATOR, REGISTRAR

DECIDERS = (HEAD, DEPUTY, AUTHORISED)

STAFF = (REGISTRAR, EXECUTOR, *DECIDERS)

CENTRES = "practice of service centres"

RENDERED = {"rendered": "PSL 5(2)(1)"}


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
            another(Propose),
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
        "request.completeness",
        starts=(Apply, HandOver),
        stops=(Accept, RefuseToAccept, Withdraw),
    )
    collection = Clock(
        "request.collection", starts=SendResult, stops=Issue, on_lapse=DeemUncollected
    )


class Request2024(Request2013):
    """A public service under the law as amended by Law 71-VIII.

    {statechart:md}
    """

    law = "psl-2024"
    _of = Request2013

    refuse = step(
        Refuse,
        when(_of.considered.to(_of.service_refused), *ON_A_GROUND, *UNHEARD_SINCE_BANS),
        when(_of.proposed.to(_of.service_refused), *ON_A_GROUND, *HEARD),
        by=DECIDERS,
        source="PSL 19-1(1), (2)",
    )


class Request2026(Request2024):
    """A public or socially responsible service, after Law 254-VIII.

    Article 19-1(1) has another wording from 12.07.2026 (Law 291-VIII). It was not seen: what
    is cited is the one before it.

    {statechart:md}
    """

    law = "psl-2026"
    _of = Request2024

    register = amended(
        _of, "register", guards=[whole_at_the_counter, not_by_corporation, on_own_initiative]
    )
    take_in = amended(
        _of, "take_in", guards=[whole_at_the_counter, through_corporation, on_own_initiative]
    )
    refuse = amended(_of, "refuse", source="PSL 19-1(1) as before 12.07.2026, (2)")


REQUESTS = (Request2013, Request2024, Request2026)
