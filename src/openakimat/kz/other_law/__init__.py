"""What the official system counts by another law: inquiries of notaries, advocates, media, bailiffs and others.

Of those laws none was seen: only the kinds and the days by which the official system counts them,
and what it does with anything. Nothing is forbidden here that they may allow.

Source: tests of the e-Otinish system, 2022.
"""

from openakimat.case.acts import Receive, Register
from openakimat.chart.clock import Principal
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, when
from openakimat.kz import by
from openakimat.kz.acts import Extend, Redirect, Withdraw
from openakimat.kz.appeal.guards import later_than_now
from openakimat.kz.data import read
from openakimat.kz.entitlements import withdrawing
from openakimat.kz.guards import may_redirect
from openakimat.kz.simplified.acts import Reply
from openakimat.kz.sources import E_OTINISH

KINDS = tuple(kind for kind, of in read("law.toml")["kinds"].items() if of == "other-law")
"""The kinds that have a term of their own, each its limit; another one has none here."""


class OtherLaw(Procedure):
    """A matter that the official system counts by another law than that of appeals."""

    code = "other-law"
    law = "e-otinish-2021"
    source = E_OTINISH
    opens = opening(Receive)

    received = Stage(initial=True)
    considered = Stage()
    replied = redirected = withdrawn = Stage(final=True)

    register = by.registrar(Register, received.to(considered))
    extend = by.heads(Extend, when(stay(considered), later_than_now))
    redirect = by.staff(
        Redirect,
        when(considered.to(redirected), *may_redirect({"not-competent": E_OTINISH})),
        tells="redirection-notice",
    )
    reply = by.heads(Reply, considered.to(replied))
    withdraw = withdrawing(withdrawn.after(received, considered))

    consideration = Principal(
        starts=Receive,
        stops=(Reply, Redirect, Withdraw),
        extends=Extend,
        becomes={f"receive={kind}": f"other-law.{kind}" for kind in KINDS},
    )
