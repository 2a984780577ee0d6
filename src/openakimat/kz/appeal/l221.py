"""Consideration of an application under Law 221."""

from openakimat.case.acts import Receive, Register
from openakimat.chart.clock import Clock, Principal, Window
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, when
from openakimat.kz import by
from openakimat.kz.acts import (
    Accept,
    Assign,
    Decide,
    Extend,
    JoinFile,
    Notify,
    Redirect,
    Terminate,
    Withdraw,
)
from openakimat.kz.appeal import guards
from openakimat.kz.appeal.acts import Inquire, RedirectPart
from openakimat.kz.entitlements import withdrawing
from openakimat.kz.guards import may_redirect, outcome_in, terminates_on
from openakimat.kz.sources import OF_OFFICE


class AppealL221(Procedure):
    """Consideration of an appeal under Law 221 (2007 to 30.06.2021)."""

    code = "appeal"
    law = "l221"

    opens = opening(Receive, source="Law 221, 7")

    received = Stage(initial=True)
    registered = considered = Stage()
    answered = joined = redirected = terminated = withdrawn = Stage(final=True)

    register = by.registrar(Register, received.to(registered), source="Law 221, 7")
    accept = by.staff(Accept, registered.to(considered), source="Law 221, 9")
    redirect = by.staff(
        Redirect,
        when(
            redirected.after(received, registered, considered),
            *may_redirect("appeal.redirection-l221"),
        ),
        source="Law 221, 7(6)",
        tells="redirection-notice",
    )
    redirect_part = by.staff(
        RedirectPart,
        when(stay(registered, considered), guards.demands_named),
        source="Law 221, 7(6)",
        tells="redirection-notice",
    )
    join_file = by.staff(
        JoinFile,
        when(joined.after(registered, considered), guards.repeats_that),
        source="Law 221, 9(4)",
        tells="joining-notice",
    )
    assign = by.heads(Assign, stay(considered), source=OF_OFFICE)
    inquire = by.staff(Inquire, stay(considered), source="Law 221, 8(2)")
    extend = by.heads(
        Extend,
        when(stay(considered), guards.inquired_first, *guards.MAY_EXTEND),
        source="Law 221, 8(2), (3)",
    )
    notify = by.staff(
        Notify, when(stay(considered), guards.something_to_tell), source="Law 221, 8(2)"
    )
    decide = by.heads(
        Decide,
        when(considered.to(answered), outcome_in("appeal.outcomes-l221")),
        source="Law 221, 9",
    )
    terminate = by.heads(
        Terminate,
        when(terminated.after(registered, considered), terminates_on("appeal.termination-l221")),
        source="Law 221, 11",
        tells="termination-notice",
    )
    withdraw = withdrawing(
        withdrawn.after(received, registered, considered), source="Law 221, 14(7)"
    )

    registration = Clock(starts=Receive, stops=(Register, Redirect, Withdraw))
    redirection = Window(
        starts=Receive, stops=(Redirect, RedirectPart, Accept, Terminate, Withdraw)
    )
    late_redirection = Clock(starts=(Redirect, RedirectPart), stops=(Redirect, RedirectPart))
    consideration = Principal(
        starts=Receive,
        stops=(Decide, Terminate, Withdraw, Redirect, JoinFile),
        extends=Extend,
        becomes={Inquire: "appeal.consideration-with-inquiry"},
    )
    extension_notice = Clock(starts=Extend, stops=(Notify, Decide))
