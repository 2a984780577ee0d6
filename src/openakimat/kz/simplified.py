"""The simplified procedure: notification, proposal, response, inquiry, in three wordings."""

from __future__ import annotations

from openakimat.acts import (
    Accept,
    Extend,
    Inquire,
    Note,
    Notify,
    Receive,
    Redirect,
    Register,
    Reply,
    Terminate,
    Withdraw,
)
from openakimat.kz.appeal import HEADS, STAFF, TERMINATION_L221
from openakimat.kz.guards import (
    MAY_EXTEND,
    among,
    head_unless_repeat,
    something_to_tell,
)
from openakimat.people import APPLICANT, AUTHORISED, CHIEF_OF_STAFF, REGISTRAR
from openakimat.procedure import STRUCK, Procedure, Stage, step, when
from openakimat.table import Clock

OUTCOMES_L221: dict[str, str] = dict.fromkeys(("explained", "satisfied", "refused"), "Law 221, 9")
OUTCOMES: dict[str, str] = dict.fromkeys(
    ("explained", "satisfied", "refused"), "tests of the e-Otinish system, 2022"
)
TERMINATION_2021 = {
    "repeat": "APPC 88(1)(1)",
    "anonymous": "APPC 88(1)(2)",
    "no-essence": "APPC 88(1)(3)",
}
TERMINATION = {**TERMINATION_2021, "withdrawn": "APPC 88(1)(4)"}


class SimplifiedL221(Procedure):
    """A proposal, response, inquiry or report under Law 221 (2007 to 30.06.2021).

    {statechart:md}
    """

    code = "simplified"
    law = "l221"

    received = Stage(initial=True)
    registered = Stage()
    considered = Stage()
    replied = Stage(final=True)
    noted = Stage(final=True)
    redirected = Stage(final=True)
    terminated = Stage(final=True)
    withdrawn = Stage(final=True)

    register = step(Register, received.to(registered), by=REGISTRAR, source="Law 221, 7")
    accept = step(Accept, registered.to(considered), by=STAFF, source="Law 221, 9")
    redirect = step(
        Redirect,
        redirected.after(received, registered, considered),
        by=STAFF,
        source="Law 221, 6",
    )
    inquire = step(Inquire, considered.to.itself(), by=STAFF, source="Law 221, 8(2)")
    extend = step(
        Extend,
        when(considered.to.itself(), *MAY_EXTEND),
        by=HEADS,
        source="Law 221, 8(3)",
    )
    notify = step(
        Notify,
        when(considered.to.itself(), something_to_tell),
        by=STAFF,
        source="Law 221, 8",
    )
    reply = step(
        Reply,
        when(
            considered.to(replied),
            among("outcome", OUTCOMES_L221, code="outcome.unknown"),
        ),
        by=HEADS,
        source="Law 221, 10",
    )
    note = step(Note, considered.to(noted), by=HEADS, source="Law 221, 9")
    terminate = step(
        Terminate,
        when(
            terminated.after(registered, considered),
            among("ground", TERMINATION_L221, code="termination.no-ground"),
        ),
        by=HEADS,
        source="Law 221, 11",
    )
    withdraw = step(
        Withdraw,
        withdrawn.after(received, registered, considered),
        by=APPLICANT,
        source="Law 221, 11",
    )

    registration = Clock(
        "simplified.registration",
        starts=Receive,
        stops=(Register, Redirect, Withdraw),
    )
    redirection = Clock(
        "simplified.redirection",
        starts=Receive,
        stops=(Redirect, Accept, Terminate, Withdraw),
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


class Simplified2021(SimplifiedL221):
    """A notification, proposal, response or inquiry under the Code of 2021.

    {statechart:md}
    """

    law = "appc-2021"
    _of = SimplifiedL221

    register = step(Register, _of.received.to(_of.registered), by=REGISTRAR, source="APPC 64(3)")
    accept = step(Accept, _of.registered.to(_of.considered), by=STAFF, source="APPC 64(1)")
    redirect = step(
        Redirect,
        _of.redirected.after(_of.received, _of.registered, _of.considered),
        by=STAFF,
        source="APPC 65(1), 88(1)(2)",
    )
    inquire = STRUCK
    extend = step(
        Extend,
        when(_of.considered.to.itself(), *MAY_EXTEND),
        by=HEADS,
        source="APPC 87(2), 76(3)",
    )
    notify = step(
        Notify,
        when(_of.considered.to.itself(), something_to_tell),
        by=STAFF,
        source="APPC 87(2), 76(3)",
    )
    reply = step(
        Reply,
        when(
            _of.considered.to(_of.replied),
            among("outcome", OUTCOMES, code="outcome.unknown"),
        ),
        by=HEADS,
        source="APPC 89(1)(1)",
    )
    note = step(Note, _of.considered.to(_of.noted), by=HEADS, source="APPC 89(1)(2)")
    terminate = step(
        Terminate,
        when(
            _of.terminated.after(_of.registered, _of.considered),
            among("ground", TERMINATION_2021, code="termination.no-ground"),
        ),
        by=HEADS,
        source="APPC 88(1)",
    )
    withdraw = step(
        Withdraw,
        _of.withdrawn.after(_of.received, _of.registered, _of.considered),
        by=APPLICANT,
        source="APPC 87(2), 64(9)",
    )
    consideration = Clock(
        "simplified.consideration",
        starts=Receive,
        principal=True,
        stops=(Reply, Note, Terminate, Withdraw, Redirect),
        extends=Extend,
    )


class Simplified2026(Simplified2021):
    """A notification, proposal, response or inquiry under the Code as amended by Law 241-VIII.

    {statechart:md}
    """

    law = "appc-2026"
    _of = Simplified2021

    extend = step(
        Extend,
        when(_of.considered.to.itself(), *MAY_EXTEND),
        by=(*HEADS, CHIEF_OF_STAFF),
        source="APPC 87(2), 76(3)",
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
    )
    consideration = Clock(
        "simplified.consideration",
        starts=Register,
        principal=True,
        stops=(Reply, Note, Terminate, Withdraw, Redirect),
        extends=Extend,
    )


SIMPLIFIED = (SimplifiedL221, Simplified2021, Simplified2026)
