"""Personal reception by a head, in every wording."""

from functools import partial

from openakimat.case.acts import Register
from openakimat.chart.amendment import also_at, as_before
from openakimat.chart.clock import Principal
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import STRUCK, Stage, opening, stay, step, when
from openakimat.kz import by
from openakimat.kz.acts import Propose, Redirect, Withdraw
from openakimat.kz.entitlements import objecting, withdrawing
from openakimat.kz.guards import closed
from openakimat.kz.reception.acts import (
    AskMore,
    AskReception,
    Convert,
    GiveInstruction,
    HoldReception,
    MoveReception,
    RefuseReception,
    Resolve,
    ScheduleReception,
)
from openakimat.kz.reception.guards import (
    PRACTICE,
    ahead_of_now,
    heard_before,
    in_hours,
    moved_with_reason,
    on_schedule,
    redirectable,
    refusable,
    refusable_before,
    somewhere,
    the_one_asked,
    time_has_come,
)
from openakimat.kz.roles import CHIEF_OF_STAFF, HEADS, REGISTRAR
from openakimat.kz.visit.acts import MarkAbsent

STAFF = (REGISTRAR, CHIEF_OF_STAFF)
ALL = (*HEADS, *STAFF)
by_staff, by_all = partial(step, by=STAFF), partial(step, by=ALL)

TIME = (ahead_of_now, in_hours, on_schedule)
"""What is asked of the time given to a visitor."""


class ReceptionL221(Procedure):
    """Personal reception under Law 221 (2007 to 30.06.2021)."""

    code = "reception"
    law = "l221"
    source = PRACTICE
    opens = opening(AskReception, source="Law 221, 13")

    reception_requested = Stage(initial=True)
    registered = reception_scheduled = held = instructed = Stage()
    resolved = converted = redirected = reception_refused = no_show = cancelled = Stage(final=True)

    register = by.registrar(Register, reception_requested.to(registered))
    schedule = by_staff(
        ScheduleReception, when(registered.to(reception_scheduled), *TIME), source="Law 221, 13"
    )
    move = by_staff(MoveReception, when(stay(reception_scheduled), *TIME, moved_with_reason))
    refuse = by_all(
        RefuseReception,
        when(reception_refused.after(reception_requested, registered), refusable_before),
    )
    hold = by.heads(
        HoldReception,
        when(held.after(registered, reception_scheduled), the_one_asked),
        source="Law 221, 13",
    )
    resolve = by.heads(
        Resolve,
        when(held.to(resolved), the_one_asked),
        when(instructed.to(resolved), closed(GiveInstruction)),
    )
    convert = by_all(Convert, converted.after(held, instructed))
    instruct = by.heads(GiveInstruction, when(instructed.after(held, instructed), the_one_asked))
    redirect = by_all(
        Redirect,
        when(redirected.after(reception_requested, registered, held), redirectable, somewhere),
        tells="notice",
    )
    mark_absent = by_staff(
        MarkAbsent, when(reception_scheduled.to(no_show), time_has_come), tells="notice"
    )
    withdraw = withdrawing(cancelled.after(reception_requested, registered, reception_scheduled))

    day = Principal(
        starts=(ScheduleReception, MoveReception),
        stops=(HoldReception, MarkAbsent, Withdraw, Resolve, Convert, Redirect, RefuseReception),
    )


class Reception2021(ReceptionL221):
    """Personal reception under the Code of 2021: who is to be refused is heard, article 73."""

    law = "appc-2021"
    opens = opening(AskReception, source="APPC 90(1)")
    _of = ReceptionL221

    proposed = Stage()

    schedule = as_before(when(proposed.to(_of.reception_scheduled), *TIME), source="APPC 90(1)")
    propose = by_all(
        Propose, proposed.after(_of.reception_requested, _of.registered), source="APPC 73(1)"
    )
    confirm_receipt, object_, objection = objecting(
        (RefuseReception, ScheduleReception, HoldReception, Convert, Redirect, Withdraw),
        proposed,
        staff=STAFF,
    )
    refuse = as_before(
        when(proposed.to(_of.reception_refused), refusable_before, heard_before),
        guards=[refusable_before, heard_before],
    )
    hold = as_before(when(proposed.to(_of.held), the_one_asked), source="APPC 90(1)")
    convert = as_before(source="APPC 90(3)")
    redirect = also_at(proposed, _of, "redirect", like=_of.registered)
    withdraw = also_at(proposed, _of, "withdraw", like=_of.registered)


class Reception2026(Reception2021):
    """Personal reception under the Code as amended by Law 241-VIII: nobody is heard, 73(2)(9)."""

    law = "appc-2026"
    _of = Reception2021
    _unheard = partial(as_before, stages={_of.proposed: None})

    proposed = propose = confirm_receipt = object_ = objection = STRUCK

    register = as_before(source="APPC 69(3)")
    schedule = _unheard(source="APPC 90(3)")
    ask_more = by_staff(
        AskMore,
        stay(_of.reception_requested, _of.registered, _of.reception_scheduled),
        source="APPC 90(2)",
    )
    refuse = _unheard(guards=[refusable], source="APPC 73(2)(9)")
    hold = _unheard()
    convert = as_before(source="APPC 90(4)")
    redirect = withdraw = _unheard()
