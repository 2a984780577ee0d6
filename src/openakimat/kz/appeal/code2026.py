"""The same as amended by Law 241-VIII."""

from __future__ import annotations

import attrs

from openakimat.case.acts import Register
from openakimat.case.people import LAW
from openakimat.chart.procedure import amended
from openakimat.chart.steps import step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import (
    Accept,
    Decide,
    Deliver,
    Propose,
    Redirect,
    Return,
    Terminate,
    Withdraw,
)
from openakimat.kz.appeal.acts import AskToCorrect, DeemRefused, DeliverUninstructed
from openakimat.kz.appeal.code2021 import NOT_CORRECTED, OUTCOMES, REDIRECTION, UNHEARD, Appeal2021
from openakimat.kz.appeal.guards import may_return, may_return_uncorrected, registered_first
from openakimat.kz.appeal.hearing import heard_before, heard_if_asked
from openakimat.kz.guards import among, another, may_redirect, once
from openakimat.kz.roles import CHIEF_OF_STAFF, HEADS, STAFF

AT_ONCE = {"crime": "APPC 64(7-2)", "security": "APPC 64(7-2)"}

RETURN = {"identical": "APPC 64(7)(2)", "obscene": "APPC 64(7)(2)"}


class Appeal2026(Appeal2021):
    """Consideration of an application under the Code as amended by Law 241-VIII.

    {statechart:md}
    """

    law = "appc-2026"
    _of = Appeal2021

    return_ = step(
        Return,
        when(
            _of.returned.after(_of.awaiting_correction, _of.deemed_refused),
            *may_return_uncorrected(NOT_CORRECTED),
        ),
        when(_of.registered.to(_of.returned), *may_return(RETURN)),
        by=STAFF,
        source="APPC 64(7)",
        tells="appeal.return-notice",
    )
    deliver_uninstructed = step(
        DeliverUninstructed,
        when(_of.answered.to.itself(), once(Deliver)),
        by=STAFF,
        source="APPC 92(1-1)",
    )
    redirect = step(
        Redirect,
        when(
            _of.redirected.after(_of.received, _of.registered, _of.considered, _of.deemed_refused),
            *may_redirect({**REDIRECTION, **AT_ONCE}),
        ),
        when(
            _of.redirected.after(_of.awaiting_correction, _of.proposed),
            *may_redirect(AT_ONCE, code="redirection.not-at-once"),
        ),
        by=STAFF,
        source="APPC 65(1)",
        tells="appeal.redirection-notice",
    )
    extend = amended(_of, "extend", by=(*HEADS, CHIEF_OF_STAFF))
    decide = step(
        Decide,
        when(
            _of.answered.after(_of.considered, _of.proposed, _of.deemed_refused),
            registered_first,
            among("outcome", OUTCOMES, code="outcome.unknown"),
            heard_before({**UNHEARD, "court-ban": "APPC 73(2)"}),
            heard_if_asked,
            another(Propose),
        ),
        by=HEADS,
        source="APPC 77",
    )
    deem_refused = step(
        DeemRefused,
        _of.deemed_refused.after(
            _of.registered, _of.awaiting_correction, _of.considered, _of.proposed
        ),
        by=LAW,
        source="APPC 91(2)",
    )
    consideration = attrs.evolve(_of.table.clocks["appeal.consideration"], starts=Register)
    return_on_ground = Clock(
        "appeal.return-on-ground",
        starts=Register,
        stops=(Accept, AskToCorrect, Return, Redirect, Terminate, Withdraw, DeemRefused),
        window=True,
    )
    complaint_window = attrs.evolve(
        _of.table.clocks["appeal.complaint-window"],
        starts=(Deliver, DeliverUninstructed),
        becomes={DeliverUninstructed: "appeal.complaint-window-uninstructed"},
    )
