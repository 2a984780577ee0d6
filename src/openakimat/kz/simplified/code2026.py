"""The same as amended by Law 241-VIII."""

from __future__ import annotations

import attrs

from openakimat.case.acts import Register
from openakimat.chart.amendment import amended
from openakimat.chart.table import Clock
from openakimat.kz.acts import Accept, Redirect, Return, Terminate, Withdraw
from openakimat.kz.appeal.acts import AskToCorrect, Correct
from openakimat.kz.appeal.code2026 import redirected_at_once, returned_on_ground
from openakimat.kz.roles import AUTHORISED, CHIEF_OF_STAFF, HEADS
from openakimat.kz.simplified import code2021 as simplified
from openakimat.kz.simplified.code2021 import Simplified2021
from openakimat.kz.simplified.guards import may_terminate

TERMINATION = {**simplified.TERMINATION, "withdrawn": "APPC 88(1)(4)"}


class Simplified2026(Simplified2021):
    """A notification, proposal, response or inquiry under the Code as amended by Law 241-VIII.

    {statechart:md}
    """

    law = "appc-2026"
    _of = Simplified2021

    extend = amended(_of, "extend", by=(*HEADS, CHIEF_OF_STAFF))
    return_ = returned_on_ground(_of, _of.registered.to(_of.returned))
    redirect = redirected_at_once(_of, _of.redirected.after(_of.awaiting_correction))
    terminate = amended(
        _of,
        "terminate",
        by=(*HEADS, AUTHORISED),
        guards=may_terminate(TERMINATION),
        source="APPC 88(1), 88(2)",
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
