"""A public service asked for and given, in every wording of the law."""

from collections.abc import Mapping
from functools import partial

from openakimat.case.acts import Register
from openakimat.chart.amendment import as_before, clock_as_before
from openakimat.chart.clock import Clock, Principal
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, Step, opening, stay, step, when
from openakimat.chart.table import Guard
from openakimat.kz import by
from openakimat.kz.acts import Accept, Decide, Deliver, Hear, Propose, Withdraw
from openakimat.kz.consultation import PERMITS, Consult, somebody_asked
from openakimat.kz.data import values
from openakimat.kz.entitlements import objecting, withdrawing
from openakimat.kz.guards import another, closed, once, outcome_in
from openakimat.kz.request import acts
from openakimat.kz.request.guards import (
    MAY_REFUSE_TO_ACCEPT,
    applied_for,
    channel_open,
    complete_at_the_counter,
    deemed_when_silent,
    incomplete_at_corporation,
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
    REFUSAL,
    REFUSAL_2013,
    UNHEARD_MAY_BE,
    UNHEARD_SINCE_BANS,
    on_a_ground,
)
from openakimat.kz.roles import AUTHORISED, DEPUTY, EXECUTOR, HEAD, OPERATOR, REGISTRAR

DECIDERS = (HEAD, DEPUTY, AUTHORISED)
STAFF = (REGISTRAR, EXECUTOR, *DECIDERS)
CONSIDERERS = (EXECUTOR, *DECIDERS)
COUNTER = (REGISTRAR, OPERATOR, EXECUTOR)
by_deciders, by_considerers, by_counter = (
    partial(step, by=of) for of in (DECIDERS, CONSIDERERS, COUNTER)
)
CENTRES = "practice of service centres"
ACKNOWLEDGED = "request.acknowledgement"
BEFORE_PROACTIVE = (applied_for, public_only)
PROACTIVE_TOO = (on_own_initiative, public_only)


def refusal(
    of: "type[Request2013]", grounds: Mapping[str, str], unheard: tuple[Guard, ...], /
) -> Step:
    """The refusal of a service on these grounds, unheard where the law lets that be, or heard."""
    return by_deciders(
        acts.Refuse,
        when(of.considered.to(of.service_refused), *on_a_ground(grounds), *unheard),
        when(of.proposed.to(of.service_refused), *on_a_ground(grounds), *HEARD),
        source="PSL 19-1(1), (2)",
    )


class Request2013(Procedure):
    """A public service under the law of 2013, the text of which to 2016 was not read.

    It is refused on the grounds of other laws; nothing is seen by which a package is not accepted.
    """

    code = "request"
    law = "psl-2013"
    opens = opening(acts.Apply, source="PSL 18(2)", guards=[channel_open])

    requested = Stage(initial=True)
    registered = in_check = considered = proposed = rendered = at_corporation = Stage()
    uncollected = Stage()
    issued = Stage(final=True)
    service_refused = refusal_at_corporation = Stage()
    refusal_delivered = withdrawn = Stage(final=True)

    register = by.registrar(
        Register,
        when(requested.to(registered), not_by_corporation, *BEFORE_PROACTIVE),
        source="PSL 19",
        tells=ACKNOWLEDGED,
    )
    take_in = by.operator(
        acts.TakeIn,
        when(requested.to(registered), through_corporation, *BEFORE_PROACTIVE),
        source="PSL 20(2)",
        tells=ACKNOWLEDGED,
    )
    hand_over = by.operator(
        acts.HandOver,
        when(stay(registered), through_corporation, once(acts.HandOver)),
        source="PSL 20(1)",
    )
    check = step(acts.Check, registered.to(in_check), by=(REGISTRAR, EXECUTOR), source=PERMITS)
    accept = step(Accept, considered.after(registered, in_check), by=STAFF, source="PSL 5(2)(1)")
    consult = by_considerers(Consult, when(stay(considered), somebody_asked), source=PERMITS)
    propose = by_considerers(
        Propose, when(considered.to(proposed), closed(Consult)), source=HEARING
    )
    confirm_receipt, object_, objection = objecting(
        (Decide, acts.Refuse, Withdraw), proposed, staff=STAFF, also=", by-law of the service"
    )
    hear = by_considerers(Hear, stay(proposed), source="APPC 74, by-law of the service")
    decide = by_deciders(
        Decide,
        when(
            rendered.after(considered, proposed),
            outcome_in("request.rendered"),
            closed(Consult),
            another(Propose),
        ),
        source="PSL 5(2)(1)",
    )
    refuse = by_deciders(
        acts.Refuse,
        when(considered.to(service_refused), *on_a_ground(REFUSAL_2013), *UNHEARD_MAY_BE),
        when(proposed.to(service_refused), *on_a_ground(REFUSAL_2013), *HEARD),
        source="PSL 5(1)(2)",
    )
    deliver = by_counter(
        Deliver,
        when(service_refused.to(refusal_delivered), not_by_corporation),
        refusal_at_corporation.to(refusal_delivered),
        source="APPC 81, by-law of the service",
    )
    send_result = step(
        acts.SendResult,
        when(rendered.to(at_corporation), through_corporation),
        when(service_refused.to(refusal_at_corporation), through_corporation),
        by=STAFF,
        source="PSL 5(2)(5)",
    )
    issue = by_counter(
        acts.Issue,
        when(rendered.to(issued), not_by_corporation),
        issued.after(at_corporation, uncollected),
        source="PSL 1",
    )
    deem_uncollected = by.law(
        acts.DeemUncollected,
        at_corporation.to(uncollected),
        stay(refusal_at_corporation),
        source=CENTRES,
    )
    withdraw = withdrawing(
        withdrawn.after(requested, registered, in_check, considered, proposed),
        source="APPC 64(9), by-law of the service",
    )

    service = Principal(
        starts=acts.Apply,
        stops=(Decide, acts.Refuse, Withdraw),
        becomes={acts.HandOver: "request.service-on-paper"},
    )
    collection = Clock(
        starts=acts.SendResult, stops=(acts.Issue, Deliver), on_lapse=acts.DeemUncollected
    )


class Request2016(Request2013):
    """A public service after Law 484-V: what is not accepted, and five grounds of refusal.

    A permit is deemed issued when its term passes in silence, Law 202-V, 26.
    """

    law = "psl-2016"
    _of = Request2013
    _open = (_of.requested, _of.registered, _of.in_check, _of.considered, _of.proposed)

    acceptance_refused = Stage(final=True)
    deemed_issued = deemed_received = Stage()

    register = as_before(guards=[whole_at_the_counter, not_by_corporation, *BEFORE_PROACTIVE])
    take_in = as_before(guards=[complete_at_the_counter, through_corporation, *BEFORE_PROACTIVE])
    refuse_to_accept = by_counter(
        acts.RefuseToAccept,
        when(
            acceptance_refused.after(_of.requested, _of.in_check),
            *MAY_REFUSE_TO_ACCEPT,
            incomplete_at_corporation,
        ),
        source="PSL 19, 20(2)",
    )
    accept = as_before(guards=[whole])
    refuse = refusal(_of, values("request.refusal-2016"), UNHEARD_MAY_BE)
    deem_issued = by.law(
        acts.DeemIssued,
        when(deemed_issued.after(*_open), deemed_when_silent),
        source="Law 202-V (2014), 26(1)",
    )
    deem_received = by.law(
        acts.DeemReceived, deemed_issued.to(deemed_received), source="Law 202-V (2014), 26(2)"
    )
    issue = as_before(_of.issued.after(deemed_issued, deemed_received))

    service = clock_as_before(
        stops=(Decide, acts.Refuse, acts.RefuseToAccept, Withdraw, acts.DeemIssued),
        on_lapse=acts.DeemIssued,
    )
    completeness = Clock(
        starts=(acts.Apply, acts.HandOver),
        stops=(Accept, acts.RefuseToAccept, Withdraw, acts.DeemIssued),
    )
    handing_over = Clock(starts=acts.DeemIssued, stops=acts.Issue, on_lapse=acts.DeemReceived)


class Request2019(Request2016):
    """A public service after Law 272-VI: proactive ones, and what has expired at every counter."""

    law = "psl-2019"
    _of = Request2016

    register = as_before(guards=[whole_at_the_counter, not_by_corporation, *PROACTIVE_TOO])
    take_in = as_before(guards=[whole_at_the_counter, through_corporation, *PROACTIVE_TOO])
    refuse_to_accept = as_before(guards=MAY_REFUSE_TO_ACCEPT)


class Request2022(Request2019):
    """A public service after Law 96-VII: a sixth ground of refusal."""

    law = "psl-2022"
    _of = Request2019

    refuse = refusal(_of, REFUSAL, UNHEARD_MAY_BE)


class Request2024(Request2022):
    """A public service under the law as amended by Law 71-VIII."""

    law = "psl-2024"
    _of = Request2022

    refuse = refusal(_of, REFUSAL, UNHEARD_SINCE_BANS)


class Request2026(Request2024):
    """A public or socially responsible service, after Law 254-VIII.

    Article 19-1(1) has another wording from 12.07.2026 (Law 291-VIII). It was not seen: what
    is cited is the one before it.
    """

    law = "psl-2026"
    _of = Request2024

    register = as_before(guards=[whole_at_the_counter, not_by_corporation, on_own_initiative])
    take_in = as_before(guards=[whole_at_the_counter, through_corporation, on_own_initiative])
    refuse = as_before(source="PSL 19-1(1) as before 12.07.2026, (2)")
