"""A report of corruption, in every wording."""

from functools import partial

from openakimat.case.acts import Register
from openakimat.chart.amendment import as_before, clock_as_before
from openakimat.chart.clock import Clock, Principal
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.kz import by
from openakimat.kz.acts import Decide, Redirect, Return, Terminate
from openakimat.kz.corruption import acts
from openakimat.kz.corruption.guards import (
    agreement_kept,
    agreement_wanted,
    by_head,
    competent,
    no_offence,
    not_reported_on,
    reasoned,
)
from openakimat.kz.corruption.reporter import opened_unnamed, unclaimed, unnamed
from openakimat.kz.corruption.reward import as_confirmed, convicted
from openakimat.kz.data import values
from openakimat.kz.guards import among, once, outcome_in, terminates_on
from openakimat.kz.roles import ANTICORRUPTION, HEADS, STAFF
from openakimat.kz.simplified.charts import may_terminate
from openakimat.kz.sources import OF_FRONT_OFFICES

OF_SERVICE = "egov.kz, 27.04.2021"
OF_LAW = "Law 410-V, 24(2)"
OF_RECUSAL = "APPC 67(1)(4)"
TERMINATION = values("simplified.termination")
RECUSED = not_reported_on(OF_RECUSAL)

ANYBODY = (*STAFF, ANTICORRUPTION)
_by_service = partial(step, by=ANTICORRUPTION)
_by_anybody = partial(step, by=ANYBODY)


class CorruptionReport2016(Procedure):
    """A report of corruption while Law 221 ruled appeals: at the office, and at the service.

    Who reports was a state secret (24(4)): no agreement was needed for that, and none is known.
    """

    code = "corruption"
    law = "l410"
    opens = opening(acts.ReportCorruption, source="Law 410-V, 24(1)", guards=[opened_unnamed])

    received = Stage(initial=True)
    registered = redirected = at_service = under_check = offence_confirmed = Stage()
    offence_unconfirmed = rewarded = unrewarded = terminated = Stage(final=True)

    _another = not_reported_on(OF_FRONT_OFFICES)

    register = _by_anybody(Register, when(received.to(registered), _another), source="Law 221, 7")
    redirect = _by_anybody(
        Redirect,
        when(redirected.after(received, registered), competent, _another),
        source="Law 221, 5",
    )
    acknowledge = _by_service(
        acts.AcknowledgeReport,
        when(at_service.after(registered, redirected), _another),
        source=OF_SERVICE,
    )
    sort = _by_service(
        acts.SortOffence,
        when(at_service.to(under_check), _another),
        source=OF_SERVICE,
        tells="notice",
    )
    decide = _by_service(
        Decide,
        when(under_check.to(offence_confirmed), _another, outcome_in("corruption.confirmed")),
        when(under_check.to(offence_unconfirmed), _another, outcome_in("corruption.unconfirmed")),
        source=OF_LAW,
        tells="notice",
    )
    find_no_offence = _by_service(
        acts.FindNoOffence,
        when(stay(at_service, under_check), reasoned, once(acts.FindNoOffence), _another),
        source=OF_FRONT_OFFICES,
    )
    terminate = _by_service(
        Terminate,
        when(
            terminated.after(at_service, under_check),
            no_offence(source="Law 221, 5"),
            terminates_on("corruption.termination-l221"),
            by_head,
            _another,
        ),
        source="Law 221, 11",
        tells="notice",
    )
    record_verdict = _by_service(
        acts.RecordVerdict, when(stay(offence_confirmed), _another), source=acts.OF_VERDICT
    )
    pay_reward = _by_service(
        acts.PayReward,
        when(offence_confirmed.to(rewarded), _another, convicted, as_confirmed),
        source="Law 410-V, 24(3)",
    )
    refuse_reward = _by_service(
        acts.RefuseReward,
        when(
            offence_confirmed.to(unrewarded),
            _another,
            among("ground", "corruption.no-reward-2016", code="reward.no-ground"),
        ),
        source="Law 410-V, 24(3)",
    )

    registration = Clock(starts=acts.ReportCorruption, stops=(Register, Redirect))
    redirection = Principal(
        starts=acts.ReportCorruption, stops=(Redirect, acts.AcknowledgeReport, Terminate)
    )


class CorruptionReport2021(CorruptionReport2016):
    """A report of corruption under the Code of 2021."""

    law = "l410-2021"
    _of = CorruptionReport2016

    register = as_before(guards=[RECUSED], source="APPC 64(3)")
    redirect = as_before(guards=[competent, RECUSED], source="APPC 88(1)(2)")
    terminate = as_before(
        guards=[no_offence(source="APPC 88(1)(2)"), terminates_on(TERMINATION), by_head, RECUSED],
        source="APPC 88(1)",
    )


class CorruptionReport2023(CorruptionReport2021):
    """A report of corruption since Law 188-VII: confidential by an agreement."""

    law = "l410-2023"
    _of = CorruptionReport2021
    _another = not_reported_on(OF_FRONT_OFFICES)
    _anywhere = stay(
        _of.received,
        _of.registered,
        _of.redirected,
        _of.at_service,
        _of.under_check,
        _of.offence_confirmed,
    )

    offer_agreement = _by_anybody(
        acts.OfferAgreement, when(_anywhere, _another), source="Law 410-V, 24-3"
    )
    ask_agreement = by.applicant(
        acts.AskAgreement,
        when(_anywhere, unnamed, unclaimed, once(acts.AskAgreement)),
        source="Law 410-V, 24-3(2)",
    )
    conclude_agreement = step(
        acts.ConcludeAgreement,
        when(_anywhere, agreement_wanted, once(acts.ConcludeAgreement), _another),
        by=(*HEADS, ANTICORRUPTION),
        source="Law 410-V, 24-3(2)",
    )
    decide = pay_reward = as_before(besides=[agreement_kept])
    refuse_reward = as_before(
        guards=[
            _another,
            among("ground", "corruption.no-reward", code="reward.no-ground"),
            agreement_kept,
        ]
    )


class CorruptionReport2025(CorruptionReport2023):
    """A report of corruption under the Code as amended by Law 241-VIII."""

    law = "l410-2025"
    _of = CorruptionReport2023
    _an_offence = "APPC 64(7-2), 88(1)(2)"

    returned = Stage(final=True)

    redirect = as_before(source=_an_offence)
    terminate = as_before(
        guards=[no_offence(source=_an_offence), *may_terminate(TERMINATION), RECUSED]
    )
    return_ = _by_service(
        Return,
        when(
            returned.after(_of.at_service, _of.under_check),
            no_offence(source=_an_offence),
            among("ground", "appeal.return", code="return.no-ground"),
            RECUSED,
        ),
        source="APPC 64(7)",
        tells="notice",
    )
    redirection = clock_as_before(stops=(Redirect, acts.AcknowledgeReport, Return, Terminate))
