"""The same as amended by Law 241-VIII."""

from __future__ import annotations

import attrs

from openakimat.case.acts import Register
from openakimat.chart.procedure import amended
from openakimat.chart.steps import step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import Accept, Redirect, Return, Terminate, Withdraw
from openakimat.kz.appeal.acts import AskToCorrect, Correct
from openakimat.kz.appeal.code2021 import NOT_CORRECTED, REDIRECTION
from openakimat.kz.appeal.code2026 import AT_ONCE, RETURN
from openakimat.kz.appeal.guards import may_return, may_return_uncorrected
from openakimat.kz.guards import among, may_redirect
from openakimat.kz.roles import AUTHORISED, CHIEF_OF_STAFF, HEADS, STAFF
from openakimat.kz.simplified import code2021 as simplified
from openakimat.kz.simplified.code2021 import Simplified2021
from openakimat.kz.simplified.guards import head_unless_repeat

TERMINATION = {**simplified.TERMINATION, "withdrawn": "APPC 88(1)(4)"}


class Simplified2026(Simplified2021):
    """A notification, proposal, response or inquiry under the Code as amended by Law 241-VIII.

    {statechart:md}
    """

    law = "appc-2026"
    _of = Simplified2021

    extend = amended(_of, "extend", by=(*HEADS, CHIEF_OF_STAFF))
    return_ = step(
        Return,
        when(_of.awaiting_correction.to(_of.returned), *may_return_uncorrected(NOT_CORRECTED)),
        when(_of.registered.to(_of.returned), *may_return(RETURN)),
        by=STAFF,
        source="APPC 87(2), 64(7)",
        tells="simplified.return-notice",
    )
    redirect = step(
        Redirect,
        when(
            _of.redirected.after(_of.received, _of.registered, _of.considered),
            *may_redirect({**REDIRECTION, **AT_ONCE}),
        ),
        when(
            _of.awaiting_correction.to(_of.redirected),
            *may_redirect(AT_ONCE, code="redirection.not-at-once"),
        ),
        by=STAFF,
        source="APPC 65(1), 88(1)(2)",
        tells="simplified.redirection-notice",
    )
    terminate = step(
        Terminate,
        when(
            _of.terminated.after(_of.registered, _of.considered),
            among("ground", TERMINATION, code="termination.no-ground"),
            head_unless_repeat,
        ),
        by=(*HEADS, AUTHORISED),
        source="APPC 88(1), 88(2)",
        tells="simplified.termination-notice",
    )
    consideration = attrs.evolve(_of.table.clocks["simplified.consideration"], starts=Register)
    correction = attrs.evolve(
        _of.table.clocks["simplified.correction"], stops=(Correct, Return, Redirect, Withdraw)
    )
    return_term = attrs.evolve(
        _of.table.clocks["simplified.return"], stops=(Correct, Return, Redirect, Withdraw)
    )
    return_on_ground = Clock(
        "simplified.return-on-ground",
        starts=Register,
        stops=(Accept, AskToCorrect, Return, Redirect, Terminate, Withdraw),
        window=True,
    )
