"""Notifications, proposals, responses and inquiries, in every wording."""

from functools import partial

from openakimat.case import Case, Lapse, Receive, Register
from openakimat.chart.amendment import as_before, clock_as_before
from openakimat.chart.clock import Clock, Principal, Window
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import STRUCK, Stage, opening, step, when
from openakimat.chart.table import Circumstances, Guard, guard
from openakimat.kz import by, guards as common
from openakimat.kz.acts import (
    Accept,
    DecideRecusal,
    Deliver,
    Extend,
    JoinFile,
    Notify,
    Redirect,
    RegisterRedirected,
    Return,
    Terminate,
    Withdraw,
)
from openakimat.kz.appeal import acts, guards
from openakimat.kz.appeal.code2021 import Appeal2021
from openakimat.kz.appeal.code2026 import Appeal2026, redirected_at_once
from openakimat.kz.appeal.l221 import AppealL221
from openakimat.kz.entitlements import correcting_slips, recusing, seeing_the_file
from openakimat.kz.roles import AUTHORISED, CHIEF_OF_STAFF, DEPUTY, HEAD, HEADS
from openakimat.kz.simplified.acts import Note, Reply
from openakimat.kz.sources import OF_OFFICE


class SimplifiedL221(AppealL221):
    """A proposal, response, inquiry or report under Law 221 (2007 to 30.06.2021)."""

    code = "simplified"
    _of = AppealL221

    answered = STRUCK
    decide = STRUCK
    replied = noted = Stage(final=True)

    reply = by.heads(
        Reply,
        when(_of.considered.to(replied), common.outcome_in("simplified.outcomes-l221")),
        source="Law 221, 10",
    )
    note = by.heads(Note, _of.considered.to(noted), source="Law 221, 9")
    redirect = redirect_part = as_before(tells="redirection-notice")
    terminate = as_before(tells="termination-notice")
    join_file = as_before(tells="joining-notice")

    consideration = Principal(
        starts=Receive,
        stops=(Reply, Note, Terminate, Withdraw, Redirect, JoinFile),
        extends=Extend,
        becomes={acts.Inquire: "simplified.consideration-with-inquiry"},
    )
    extension_notice = Clock(starts=Extend, stops=(Notify, Reply))


def may_terminate(grounds: common.Values, /) -> tuple[Guard, ...]:
    """All that the law asks of a termination on these grounds, each with its article.

    The head or a deputy decides; for a repeat without novelty, another authorised person too.
    """
    a_ground = common.terminates_on(grounds)

    def head_unless_repeat(case: Case, act: Terminate, circumstances: Circumstances) -> bool:
        return act.ground == "repeat" or not {HEAD, DEPUTY}.isdisjoint(circumstances.roles)

    by_whom = guard(
        "termination.not-authorised",
        source="APPC 88(2)",
        asks="act.ground=repeat by.roles",
        relies=(a_ground,),
    )(head_unless_repeat)
    return a_ground, by_whom


class Simplified2021(Procedure):
    """A notification, proposal, response or inquiry under the Code of 2021.

    It goes as an application goes where chapter 12 has nothing of its own (87(2)): nobody is
    heard, silence refuses nothing, and it ends in a reply or a note. It is no subclass, so that
    a step which the law adds to applications does not come here unseen.
    """

    code = "simplified"
    law = "appc-2021"
    opens = opening(Receive, source="APPC 64(1)", guards=[guards.no_video])

    received = Stage(initial=True)
    registered = awaiting_correction = considered = replied = Stage()
    closed = Stage(final=True)
    # ended, and the participant is still to be told
    noted = redirected = returned = terminated = withdrawn = Stage()

    _as_appeal = partial(
        as_before,
        of=Appeal2021,
        stages={
            Appeal2021.answered: replied,
            Appeal2021.proposed: None,
            Appeal2021.deemed_refused: None,
        },
    )
    _clock_of_appeal = partial(clock_as_before, of=Appeal2021)

    # -- intake ---------------------------------------------------------------------------

    register = accept = _as_appeal()
    ask_to_correct = correct = _as_appeal(source="APPC 87(2), 64(6)")
    return_ = _as_appeal(source="APPC 87(2), 64(7)")
    redirect = _as_appeal(
        guards=(guards.registered_first, *common.may_redirect("simplified.redirection")),
        source="APPC 65(1), 88(1)(2)",
    )
    redirect_part = _as_appeal()

    # -- consideration --------------------------------------------------------------------

    assign = _as_appeal()
    extend = _as_appeal(source="APPC 87(2), 76(3)")
    notify = _as_appeal(when(noted.to(closed), common.tells_of("result", "APPC 89(3)")))
    reply = by.heads(
        Reply,
        when(considered.to(replied), common.outcome_in("simplified.outcomes")),
        source="APPC 89(1)(1)",
    )
    note = by.heads(Note, considered.to(noted), source="APPC 89(1)(2)", tells="result-notice")
    # whoever proposed an outcome may not terminate an application; here nobody proposes one
    terminate = by.heads(
        Terminate,
        when(
            terminated.after(registered, considered), common.terminates_on("simplified.termination")
        ),
        when(withdrawn.to(terminated), common.terminates_on("appeal.withdrawn")),
        source="APPC 88(1), 70(1)",
        tells="termination-notice",
    )
    withdraw = _as_appeal(source="APPC 87(2), 64(9)")
    correction_lapses = _as_appeal(source="APPC 87(2), 64(7)")

    # -- after the outcome ----------------------------------------------------------------

    deliver = _as_appeal(source="APPC 89(3)")
    rate = reopen = confirm_receipt = _as_appeal()
    ask_file, show_file, file_access = seeing_the_file(replied)
    recuse, decide_recusal, recusal = recusing(considered)
    report_slip, correct_slip, slip, slip_copy = correcting_slips(replied)
    # a reply entrusts nobody with anything, so that nothing is asked to have been executed
    close = _as_appeal(guards=[common.delivered])
    deem_closed = _as_appeal()

    # -- clocks ---------------------------------------------------------------------------

    registration = _clock_of_appeal()
    redirection = _clock_of_appeal(
        stops=(Redirect, acts.RedirectPart, Accept, acts.AskToCorrect, Terminate, Withdraw)
    )
    late_redirection = redirection_notice = return_notice = termination_notice = _clock_of_appeal()
    result_notice = Clock(starts=(Reply, Note), stops=("notify=result", Deliver, acts.Close))
    correction = _clock_of_appeal(stops=(acts.Correct, Return, Withdraw))
    return_term = Clock(
        "simplified.return", starts=acts.CorrectionOver, stops=(acts.Correct, Return, Withdraw)
    )
    consideration = _clock_of_appeal(
        stops=(Reply, Note, Terminate, Withdraw, Redirect, Return),
        # silence refuses nothing
        on_lapse=Lapse,
    )
    extension_notice = Clock(starts=Extend, stops=("notify=extension", Reply))
    complaint_window = _clock_of_appeal()


class Simplified2026(Simplified2021):
    """A notification, proposal, response or inquiry under the Code as amended by Law 241-VIII."""

    law = "appc-2026"
    _of = Simplified2021

    joined = Stage(final=True)

    register_redirected = as_before(of=Appeal2026)
    accept = as_before(source=OF_OFFICE)
    extend = as_before(by=(*HEADS, CHIEF_OF_STAFF))
    return_ = as_before(
        when(
            _of.returned.after(_of.registered, _of.considered), *guards.may_return("appeal.return")
        ),
        guards=guards.may_return_uncorrected("appeal.not-corrected"),
        tells="return-sent",
    )
    join_file = as_before(of=Appeal2026, tells="joining-notice")
    redirect = redirected_at_once(
        _of.redirected.after(_of.awaiting_correction), guards=(guards.registered_first,)
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

    registration = clock_as_before(stops=(Register, RegisterRedirected, Withdraw))
    consideration = clock_as_before(
        starts=(Register, RegisterRedirected),
        becomes={RegisterRedirected: "simplified.consideration-redirected"},
        stops=(Reply, Note, Terminate, Withdraw, Redirect, Return, JoinFile),
    )
    correction = clock_as_before(stops=(acts.Correct, Return, Redirect, Withdraw))
    return_term = clock_as_before(stops=(acts.Correct, Return, Redirect, Withdraw))
    return_on_ground = Window(
        starts=(Register, RegisterRedirected),
        stops=(Accept, acts.AskToCorrect, Return, Redirect, Terminate, Withdraw, JoinFile),
    )
    return_notice = clock_as_before(starts="return=not-corrected")
    recusal_notice = Clock(starts=DecideRecusal, stops=("notify=recusal", Reply, Note))
