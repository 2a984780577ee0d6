"""Appeals under Law 221 (2007 to 30.06.2021): the ordinary and the simplified way alike."""

from __future__ import annotations

from openakimat.acts import (
    Accept,
    Assign,
    Decide,
    Extend,
    Inquire,
    Note,
    Notify,
    Receive,
    Redirect,
    RedirectPart,
    Register,
    Reply,
    Terminate,
    Withdraw,
)
from openakimat.kz.guards import (
    MAY_EXTEND,
    among,
    demands_named,
    may_redirect,
    something_to_tell,
    the_applicant,
)
from openakimat.kz.practice import HEADS, OF_OFFICE, STAFF
from openakimat.people import APPLICANT, REGISTRAR
from openakimat.procedure import STRUCK, Procedure, Stage, amended, opening, step, when
from openakimat.table import Clock

OUTCOMES: dict[str, str] = dict.fromkeys(
    ("satisfied", "partly-satisfied", "refused", "explained"), "Law 221, 9"
)
REPLIES: dict[str, str] = dict.fromkeys(("explained", "satisfied", "refused"), "Law 221, 9")
TERMINATION = {
    "anonymous": "Law 221, 5",
    "no-essence": "Law 221, 5",
    "repeat": "Law 221, 11",
    "court-decision": "Law 221, 11",
    "withdrawn": "Law 221, 11",
}
REDIRECTION = {
    "not-competent": "Law 221, 6",
    "crime": "Law 221, 5",
    "security": "Law 221, 5",
}


class AppealL221(Procedure):
    """Consideration of an appeal under Law 221 (2007 to 30.06.2021).

    {statechart:md}
    """

    code = "appeal"
    law = "l221"

    opens = opening(Receive, source="Law 221, 7")

    received = Stage(initial=True)
    registered = Stage()
    considered = Stage()
    answered = Stage(final=True)
    redirected = Stage(final=True)
    terminated = Stage(final=True)
    withdrawn = Stage(final=True)

    register = step(Register, received.to(registered), by=REGISTRAR, source="Law 221, 7")
    accept = step(Accept, registered.to(considered), by=STAFF, source="Law 221, 9")
    redirect = step(
        Redirect,
        when(redirected.after(received, registered, considered), *may_redirect(REDIRECTION)),
        by=STAFF,
        source="Law 221, 6",
        tells="appeal.redirection-notice",
    )
    redirect_part = step(
        RedirectPart,
        when((registered.to.itself(), considered.to.itself()), demands_named),
        by=STAFF,
        source="Law 221, 6",
        tells="appeal.redirection-notice",
    )
    assign = step(Assign, considered.to.itself(), by=HEADS, source=OF_OFFICE)
    inquire = step(Inquire, considered.to.itself(), by=STAFF, source="Law 221, 8(2)")
    extend = step(
        Extend, when(considered.to.itself(), *MAY_EXTEND), by=HEADS, source="Law 221, 8(3)"
    )
    notify = step(
        Notify, when(considered.to.itself(), something_to_tell), by=STAFF, source="Law 221, 8"
    )
    decide = step(
        Decide,
        when(considered.to(answered), among("outcome", OUTCOMES, code="outcome.unknown")),
        by=HEADS,
        source="Law 221, 9",
    )
    terminate = step(
        Terminate,
        when(
            terminated.after(registered, considered),
            among("ground", TERMINATION, code="termination.no-ground"),
        ),
        by=HEADS,
        source="Law 221, 11",
        tells="appeal.termination-notice",
    )
    withdraw = step(
        Withdraw,
        when(withdrawn.after(received, registered, considered), the_applicant),
        by=APPLICANT,
        source="Law 221, 11",
    )

    registration = Clock(
        "appeal.registration", starts=Receive, stops=(Register, Redirect, Withdraw)
    )
    redirection = Clock(
        "appeal.redirection",
        starts=Receive,
        stops=(Redirect, RedirectPart, Accept, Terminate, Withdraw),
    )
    consideration = Clock(
        "appeal.consideration",
        starts=Receive,
        principal=True,
        stops=(Decide, Terminate, Withdraw, Redirect),
        extends=Extend,
        becomes={Inquire: "appeal.consideration-with-inquiry"},
    )
    extension_notice = Clock("appeal.extension-notice", starts=Extend, stops=Notify)


class SimplifiedL221(AppealL221):
    """A proposal, response, inquiry or report under Law 221 (2007 to 30.06.2021).

    {statechart:md}
    """

    code = "simplified"
    _of = AppealL221

    answered = STRUCK
    decide = STRUCK
    replied = Stage(final=True)
    noted = Stage(final=True)

    reply = step(
        Reply,
        when(_of.considered.to(replied), among("outcome", REPLIES, code="outcome.unknown")),
        by=HEADS,
        source="Law 221, 10",
    )
    note = step(Note, _of.considered.to(noted), by=HEADS, source="Law 221, 9")
    redirect = amended(_of, "redirect", tells="simplified.redirection-notice")
    redirect_part = amended(_of, "redirect_part", tells="simplified.redirection-notice")
    terminate = amended(_of, "terminate", tells="simplified.termination-notice")

    registration = Clock(
        "simplified.registration", starts=Receive, stops=(Register, Redirect, Withdraw)
    )
    redirection = Clock(
        "simplified.redirection",
        starts=Receive,
        stops=(Redirect, RedirectPart, Accept, Terminate, Withdraw),
    )
    consideration = Clock(
        "simplified.consideration",
        starts=Receive,
        principal=True,
        stops=(Reply, Note, Terminate, Withdraw, Redirect),
        extends=Extend,
        becomes={Inquire: "simplified.consideration-with-inquiry"},
    )
    extension_notice = Clock("simplified.extension-notice", starts=Extend, stops=Notify)
