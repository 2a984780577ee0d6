"""Appeals under the Code as amended by Law 241-VIII (from 29.12.2025)."""

from __future__ import annotations

import attrs

from openakimat.acts import (
    Accept,
    AskToCorrect,
    Correct,
    Decide,
    DeemRefused,
    Deliver,
    DeliverUninstructed,
    Propose,
    Redirect,
    Register,
    Return,
    Terminate,
    Withdraw,
)
from openakimat.kz import simplified
from openakimat.kz.appeal import (
    NOT_CORRECTED,
    OUTCOMES,
    REDIRECTION,
    UNHEARD,
    Appeal2021,
)
from openakimat.kz.guards import (
    among,
    another,
    head_unless_repeat,
    may_redirect,
    may_return,
    may_return_uncorrected,
    once,
    registered_first,
)
from openakimat.kz.hearing import heard_before, heard_if_asked
from openakimat.kz.practice import HEADS, STAFF
from openakimat.kz.simplified import Simplified2021
from openakimat.people import AUTHORISED, CHIEF_OF_STAFF, LAW
from openakimat.procedure import amended, step, when
from openakimat.table import Clock

AT_ONCE = {"crime": "APPC 64(7-2)", "security": "APPC 64(7-2)"}
RETURN = {"identical": "APPC 64(7)(2)", "obscene": "APPC 64(7)(2)"}
TERMINATION = {**simplified.TERMINATION, "withdrawn": "APPC 88(1)(4)"}


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
