"""The same as amended by Law 241-VIII."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from openakimat.case.acts import Register
from openakimat.chart.amendment import amended
from openakimat.chart.procedure import ProcedureType
from openakimat.chart.steps import Path, Step, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import Accept, Deliver, Redirect, Return, Terminate, Withdraw
from openakimat.kz.appeal.acts import AskToCorrect, DeemRefused, DeliverUninstructed
from openakimat.kz.appeal.code2021 import Appeal2021
from openakimat.kz.appeal.grounds import AT_ONCE, REDIRECTION, RETURN, UNHEARD
from openakimat.kz.appeal.guards import may_return
from openakimat.kz.appeal.hearing import may_decide
from openakimat.kz.guards import may_redirect, once
from openakimat.kz.roles import CHIEF_OF_STAFF, HEADS, STAFF


def redirected_at_once(
    of: ProcedureType, ways: Iterable[Path], /, grounds: Mapping[str, str] = AT_ONCE
) -> Step:
    """The redirection of a chart as amended. Source: APPC 64(7-2).

    What tells of a crime or of a threat to security is sent on at once: where the chart
    redirects, on these grounds as well, and on the ways told, on these alone.
    """
    alone = may_redirect(grounds, code="redirection.not-at-once")
    return amended(
        of, "redirect", when(ways, *alone), guards=may_redirect({**REDIRECTION, **grounds})
    )


def returned_on_ground(
    of: ProcedureType, way: Path, /, grounds: Mapping[str, str] = RETURN, *, source: str = ""
) -> Step:
    """The return of a chart as amended: soon after registration too. Source: APPC 64(7)(2)."""
    return amended(of, "return_", when(way, *may_return(grounds)), source=source)


class Appeal2026(Appeal2021):
    """Consideration of an application under the Code as amended by Law 241-VIII.

    {statechart:md}
    """

    law = "appc-2026"
    _of = Appeal2021

    return_ = returned_on_ground(_of, _of.registered.to(_of.returned), source="APPC 64(7)")
    deliver_uninstructed = step(
        DeliverUninstructed,
        when(_of.answered.to.itself(), once(Deliver)),
        by=STAFF,
        source="APPC 92(1-1)",
    )
    redirect = redirected_at_once(_of, _of.redirected.after(_of.awaiting_correction, _of.proposed))
    extend = amended(_of, "extend", by=(*HEADS, CHIEF_OF_STAFF))
    decide = amended(_of, "decide", guards=may_decide({**UNHEARD, "court-ban": "APPC 73(2)"}))
    # the term runs from registration, so that of what is not registered silence refuses nothing
    deem_refused = amended(_of, "deem_refused", stages={_of.received: None})
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
