"""The same as amended by Law 241-VIII."""

from openakimat.case.acts import Register
from openakimat.chart.amendment import amended, amended_clock
from openakimat.chart.steps import Stage, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import (
    Accept,
    DecideRecusal,
    JoinFile,
    Redirect,
    RegisterRedirected,
    Return,
    Terminate,
    Withdraw,
)
from openakimat.kz.appeal.acts import AskToCorrect, Correct
from openakimat.kz.appeal.code2026 import Appeal2026, redirected_at_once
from openakimat.kz.appeal.guards import may_return, may_return_uncorrected, registered_first
from openakimat.kz.entitlements import seeing_the_file
from openakimat.kz.roles import AUTHORISED, CHIEF_OF_STAFF, HEADS
from openakimat.kz.simplified.acts import Note, Reply
from openakimat.kz.simplified.code2021 import Simplified2021
from openakimat.kz.simplified.guards import may_terminate
from openakimat.kz.sources import OF_OFFICE


class Simplified2026(Simplified2021):
    """A notification, proposal, response or inquiry under the Code as amended by Law 241-VIII."""

    law = "appc-2026"
    _of = Simplified2021

    joined = Stage(final=True)

    register_redirected = amended(Appeal2026, "register_redirected")
    accept = amended(_of, "accept", source=OF_OFFICE)
    extend = amended(_of, "extend", by=(*HEADS, CHIEF_OF_STAFF))
    return_ = amended(
        _of,
        "return_",
        when(_of.returned.after(_of.registered, _of.considered), *may_return("appeal.return")),
        guards=may_return_uncorrected("appeal.not-corrected"),
        tells="return-sent",
    )
    join_file = amended(Appeal2026, "join_file", tells="joining-notice")
    redirect = redirected_at_once(
        _of, _of.redirected.after(_of.awaiting_correction), guards=(registered_first,)
    )
    terminate = step(
        Terminate,
        when(
            _of.terminated.after(_of.registered, _of.considered),
            *may_terminate("simplified.termination"),
        ),
        when(_of.withdrawn.to(_of.terminated), *may_terminate("simplified.withdrawn-2026")),
        by=(*HEADS, AUTHORISED),
        source="APPC 88(1), 88(2)",
        tells="termination-notice",
    )
    ask_file, show_file, file_access = seeing_the_file(_of.considered, _of.replied)

    registration = amended_clock(
        _of, "registration", stops=(Register, RegisterRedirected, Withdraw)
    )
    consideration = amended_clock(
        _of,
        "consideration",
        starts=(Register, RegisterRedirected),
        becomes={RegisterRedirected: "simplified.consideration-redirected"},
        stops=(Reply, Note, Terminate, Withdraw, Redirect, Return, JoinFile),
    )
    correction = amended_clock(_of, "correction", stops=(Correct, Return, Redirect, Withdraw))
    return_term = amended_clock(_of, "return_term", stops=(Correct, Return, Redirect, Withdraw))
    return_on_ground = Clock(
        starts=(Register, RegisterRedirected),
        stops=(Accept, AskToCorrect, Return, Redirect, Terminate, Withdraw, JoinFile),
        window=True,
    )
    return_notice = amended_clock(_of, "return_notice", starts="return=not-corrected")
    recusal_notice = Clock(starts=DecideRecusal, stops=("notify=recusal", Reply, Note))
