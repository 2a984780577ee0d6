"""Requests for information: an answer, a refusal, or the way to who holds it."""

from openakimat.case import Act, Case, Receive, Register
from openakimat.chart.clock import Clock, Principal
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.chart.table import Circumstances, guard
from openakimat.kz import by
from openakimat.kz.acts import Decide, Extend, Notify, Redirect, Withdraw
from openakimat.kz.appeal.acts import Inquire
from openakimat.kz.appeal.guards import extension_or, in_time, later_than_now, within_cap
from openakimat.kz.entitlements import withdrawing
from openakimat.kz.guards import after, among, filled, may_redirect, once, outcome_in, tells_of
from openakimat.kz.information_request.acts import AnswerOrally, RefuseInformation
from openakimat.kz.roles import AUTHORISED, HEAD, HEADS, STAFF

ORAL = "oral-question"


@guard("question.oral", source="Law 401-V, 11(4)")
def in_writing(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return case.received.kind != ORAL


@guard("question.written", source="Law 401-V, 11(12)")
def asked_orally(case: Case, act: Act, circumstances: Circumstances) -> bool:
    return case.received.kind == ORAL


@guard("information.asked-again", source="Law 401-V, 11(15)", asks="act.outcome=published")
def first_asked(case: Case, act: Decide, circumstances: Circumstances) -> bool:
    repeats = any(link.how == "repeats" for link in case.received.links)
    return act.outcome != "published" or not repeats


others_asked = after(Inquire, code="extension.nobody-asked", source="Law 401-V, 11(10)")

MAY_EXTEND = (others_asked, in_time, later_than_now, within_cap, once(Extend))
"""All that the law asks of an extension."""

ANSWERS = (*STAFF, AUTHORISED)
_ENDS = (Decide, RefuseInformation, Redirect, Withdraw)


class InformationRequest(Procedure):
    """A request for information, and an oral question, under Law 401-V."""

    code = "information-request"
    law = "ati-2015"
    opens = opening(Receive, source="Law 401-V, 11(3)")

    received = Stage(initial=True)
    considered = redirected = Stage()
    answered = not_given = withdrawn = closed = Stage(final=True)

    answer_orally = step(
        AnswerOrally,
        when(
            received.to(answered),
            asked_orally,
            among("topic", "information-request.orally", code="question.other-topic"),
        ),
        by=ANSWERS,
        source="Law 401-V, 11(4)",
    )
    register = by.registrar(
        Register, when(received.to(considered), in_writing), source="Law 401-V, 11(7)"
    )
    inquire = by.staff(Inquire, stay(considered), source="Law 401-V, 11(10)")
    extend = step(Extend, when(stay(considered), *MAY_EXTEND), by=HEAD, source="Law 401-V, 11(10)")
    notify = by.staff(
        Notify,
        when(stay(considered), extension_or()),
        when(redirected.to(closed), tells_of("redirection", "Law 401-V, 11(11)")),
        source="Law 401-V, 11(10), (11)",
    )
    redirect = by.staff(
        Redirect,
        when(considered.to(redirected), *may_redirect("information-request.redirection")),
        source="Law 401-V, 11(11)",
        tells="redirection-notice",
    )
    decide = step(
        Decide,
        when(considered.to(answered), outcome_in("information-request.outcomes"), first_asked),
        by=ANSWERS,
        source="Law 401-V, 11(10), (15)",
    )
    refuse = step(
        RefuseInformation,
        when(
            considered.to(not_given),
            among("ground", "information-request.refusal", code="refusal.no-ground"),
            filled("reason", code="information.unreasoned"),
        ),
        by=(*HEADS, AUTHORISED),
        source="Law 401-V, 11(16), (17)",
    )
    withdraw = withdrawing(withdrawn.after(received, considered), source="Law 401-V, 7(1)(4)")

    # how it is answered tells in what term it had to be
    consideration = Principal(
        starts=Receive,
        stops=(AnswerOrally, *_ENDS),
        extends=Extend,
        becomes={
            "receive=oral-question": "information-request.oral",
            "decide=published": "information-request.pointer",
            RefuseInformation: "information-request.refusal",
            Redirect: "information-request.redirection",
        },
    )
    extension_notice = Clock(starts=Extend, stops=("notify=extension", *_ENDS))
    redirection_notice = Clock(starts=Redirect, stops="notify=redirection")
