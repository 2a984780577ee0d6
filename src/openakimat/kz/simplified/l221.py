"""The same under Law 221."""

from openakimat.case.acts import Receive
from openakimat.chart.amendment import amended
from openakimat.chart.steps import STRUCK, Stage, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import Extend, JoinFile, Notify, Redirect, Terminate, Withdraw
from openakimat.kz.appeal.acts import Inquire
from openakimat.kz.appeal.l221 import AppealL221
from openakimat.kz.guards import outcome_in
from openakimat.kz.roles import HEADS
from openakimat.kz.simplified.acts import Note, Reply


class SimplifiedL221(AppealL221):
    """A proposal, response, inquiry or report under Law 221 (2007 to 30.06.2021)."""

    code = "simplified"
    _of = AppealL221

    answered = STRUCK
    decide = STRUCK
    replied = Stage(final=True)
    noted = Stage(final=True)

    reply = step(
        Reply,
        when(_of.considered.to(replied), outcome_in("simplified.outcomes-l221")),
        by=HEADS,
        source="Law 221, 10",
    )
    note = step(Note, _of.considered.to(noted), by=HEADS, source="Law 221, 9")
    redirect = amended(_of, "redirect", tells="redirection-notice")
    redirect_part = amended(_of, "redirect_part", tells="redirection-notice")
    terminate = amended(_of, "terminate", tells="termination-notice")
    join_file = amended(_of, "join_file", tells="joining-notice")

    consideration = Clock(
        starts=Receive,
        principal=True,
        stops=(Reply, Note, Terminate, Withdraw, Redirect, JoinFile),
        extends=Extend,
        becomes={Inquire: "simplified.consideration-with-inquiry"},
    )
    extension_notice = Clock(starts=Extend, stops=(Notify, Reply))
