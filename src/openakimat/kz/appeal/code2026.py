"""The same as amended by Law 241-VIII."""

from collections.abc import Iterable, Mapping
from typing import Any

from openakimat.case.acts import Register, Reopen
from openakimat.chart.amendment import as_before, clock_as_before
from openakimat.chart.clock import Clock, Window
from openakimat.chart.steps import Path, Stage, stay, when
from openakimat.chart.table import Guard
from openakimat.kz import by
from openakimat.kz.acts import (
    Accept,
    Annul,
    Decide,
    DecideRecusal,
    Deliver,
    JoinFile,
    Redirect,
    RegisterRedirected,
    Return,
    Terminate,
    Withdraw,
)
from openakimat.kz.appeal.acts import AskToCorrect, Close, DeemRefused, DeliverUninstructed
from openakimat.kz.appeal.code2021 import Appeal2021
from openakimat.kz.appeal.guards import (
    may_return,
    may_return_uncorrected,
    registered_first,
    repeats_that,
)
from openakimat.kz.appeal.hearing import heard_if_asked, may_decide
from openakimat.kz.data import values
from openakimat.kz.entitlements import seeing_the_file
from openakimat.kz.guards import may_redirect, once
from openakimat.kz.roles import CHIEF_OF_STAFF, HEADS
from openakimat.kz.sources import OF_OFFICE


def redirected_at_once(
    ways: Iterable[Path], /, grounds: Mapping[str, str] = values("appeal.at-once"), *,
    guards: tuple[Guard, ...] = (),
) -> Any:  # fmt: skip
    """The redirection of a chart as amended. Source: APPC 64(7-2).

    What tells of a crime or of a threat to security is sent on at once: where the chart
    redirects, on these grounds as well, and on the ways told, on these alone.
    """
    alone = may_redirect(grounds, code="redirection.not-at-once")
    there = (*guards, *may_redirect({**values("appeal.redirection"), **grounds}))
    return as_before(when(ways, *alone), guards=there)


class Appeal2026(Appeal2021):
    """Consideration of an application under the Code as amended by Law 241-VIII."""

    law = "appc-2026"
    _of = Appeal2021

    joined = Stage(final=True)

    # of what is not registered silence refuses nothing, so that nothing is registered after it
    register = as_before(stages={_of.deemed_refused: None})
    register_redirected = by.registrar(
        RegisterRedirected, _of.received.to(_of.registered), source="APPC 65(3), 76(2)"
    )
    accept = as_before(source=OF_OFFICE)
    return_ = as_before(
        when(
            _of.returned.after(_of.registered, _of.considered, _of.proposed),
            *may_return("appeal.return"),
        ),
        guards=may_return_uncorrected("appeal.not-corrected"),
        source="APPC 64(7)",
        tells="return-sent",
    )
    join_file = by.staff(
        JoinFile,
        when(joined.after(_of.registered, _of.considered), repeats_that),
        source="APPC 64(8)",
        tells="joining-notice",
    )
    deliver_uninstructed = by.staff(
        DeliverUninstructed, when(stay(_of.answered), once(Deliver)), source="APPC 92(1-1)"
    )
    redirect = redirected_at_once(
        _of.redirected.after(_of.awaiting_correction, _of.proposed), guards=(registered_first,)
    )
    extend = as_before(by=(*HEADS, CHIEF_OF_STAFF))
    decide = as_before(guards=(*may_decide(values("appeal.unheard"), short=5), heard_if_asked))
    correction_lapses = as_before(source="APPC 64(7)(1)")
    # the term runs from registration, so that of what is not registered silence refuses nothing
    deem_refused = as_before(stages={_of.received: None})
    ask_file, show_file, file_access = seeing_the_file(_of.considered, _of.proposed, _of.answered)

    registration = clock_as_before(stops=(Register, RegisterRedirected, Withdraw))
    consideration = clock_as_before(
        starts=(Register, RegisterRedirected),
        becomes={RegisterRedirected: "appeal.consideration-redirected"},
        stops=(Decide, Terminate, Withdraw, Redirect, Return, JoinFile),
    )
    return_on_ground = Window(
        starts=(Register, RegisterRedirected),
        stops=(Accept, AskToCorrect, Return, Redirect, Terminate, Withdraw, DeemRefused, JoinFile),
    )
    # the return itself gives its reasons; only what was not corrected ends by it
    return_notice = clock_as_before(starts="return=not-corrected")
    recusal_notice = Clock(starts=DecideRecusal, stops=("notify=recusal", Decide))
    annulment_notice = Clock(starts=Annul, stops=("notify=annulment", Reopen))
    decision_notice = clock_as_before(stops=(Deliver, DeliverUninstructed, Reopen, Close))
    complaint_window = clock_as_before(
        starts=(Deliver, DeliverUninstructed, "confirm-receipt=deliver"),
        becomes={DeliverUninstructed: "appeal.complaint-window-uninstructed"},
    )
