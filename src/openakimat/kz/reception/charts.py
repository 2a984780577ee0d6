"""Personal reception by a head, in every wording."""

from __future__ import annotations

from openakimat.case.acts import Register
from openakimat.case.people import APPLICANT
from openakimat.chart.amendment import amended
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, opening, stay, step, when
from openakimat.chart.table import Clock
from openakimat.kz.acts import Redirect, Withdraw
from openakimat.kz.guards import closed, the_applicant
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
    asked_first,
    minuted,
    moved_with_reason,
    on_schedule,
    redirectable,
    refusable,
    refusable_l221,
    somewhere,
    the_one_asked,
    time_has_come,
)
from openakimat.kz.roles import CHIEF_OF_STAFF, HEADS, REGISTRAR
from openakimat.kz.visit.acts import MarkAbsent

STAFF = (REGISTRAR, CHIEF_OF_STAFF)

ALL = (*HEADS, *STAFF)


class ReceptionL221(Procedure):
    """Personal reception under Law 221 (2007 to 30.06.2021).

    {statechart:md}
    """

    code = "reception"
    law = "l221"
    opens = opening(AskReception, source="Law 221, 13")

    reception_requested = Stage(initial=True)
    registered = Stage()
    reception_scheduled = Stage()
    held = Stage()
    instructed = Stage()
    resolved = Stage(final=True)
    converted = Stage(final=True)
    redirected = Stage(final=True)
    reception_refused = Stage(final=True)
    no_show = Stage(final=True)
    cancelled = Stage(final=True)

    register = step(Register, reception_requested.to(registered), by=REGISTRAR, source=PRACTICE)
    schedule = step(
        ScheduleReception,
        when(registered.to(reception_scheduled), ahead_of_now, on_schedule),
        by=STAFF,
        source="Law 221, 13",
    )
    move = step(
        MoveReception,
        when(reception_scheduled.to.itself(), ahead_of_now, on_schedule, moved_with_reason),
        by=STAFF,
        source=PRACTICE,
    )
    ask_more = step(
        AskMore,
        stay(reception_requested, registered, reception_scheduled),
        by=STAFF,
        source=PRACTICE,
    )
    refuse = step(
        RefuseReception,
        when(reception_refused.after(reception_requested, registered), refusable_l221, asked_first),
        by=ALL,
        source=PRACTICE,
    )
    hold = step(
        HoldReception,
        when(held.after(registered, reception_scheduled), the_one_asked, minuted),
        by=HEADS,
        source="Law 221, 13",
    )
    resolve = step(
        Resolve,
        when(held.to(resolved), the_one_asked),
        when(instructed.to(resolved), closed(GiveInstruction)),
        by=HEADS,
        source=PRACTICE,
    )
    convert = step(Convert, converted.after(held, instructed), by=ALL, source=PRACTICE)
    instruct = step(
        GiveInstruction,
        when(instructed.after(held, instructed), the_one_asked),
        by=HEADS,
        source=PRACTICE,
    )
    redirect = step(
        Redirect,
        when(redirected.after(reception_requested, registered, held), redirectable, somewhere),
        by=ALL,
        source=PRACTICE,
        tells="reception.notice",
    )
    mark_absent = step(
        MarkAbsent,
        when(reception_scheduled.to(no_show), time_has_come),
        by=STAFF,
        source=PRACTICE,
        tells="reception.notice",
    )
    withdraw = step(
        Withdraw,
        when(cancelled.after(reception_requested, registered, reception_scheduled), the_applicant),
        by=APPLICANT,
        source=PRACTICE,
    )

    day = Clock(
        "reception.day",
        starts=(ScheduleReception, MoveReception),
        principal=True,
        stops=(HoldReception, MarkAbsent, Withdraw, Resolve, Convert, Redirect, RefuseReception),
    )


class Reception2021(ReceptionL221):
    """Personal reception under the Code of 2021.

    {statechart:md}
    """

    law = "appc-2021"
    opens = opening(AskReception, source="APPC 90(1)")
    _of = ReceptionL221

    register = amended(_of, "register", source="APPC 69(3)")
    schedule = amended(_of, "schedule", source="APPC 90(3)")
    ask_more = amended(_of, "ask_more", source="APPC 90(2)")
    refuse = amended(_of, "refuse", guards=[refusable, asked_first])
    hold = amended(_of, "hold", source="APPC 90(1)")
    convert = amended(_of, "convert", source="APPC 90(4)")


class Reception2026(Reception2021):
    """Personal reception under the Code as amended by Law 241-VIII.

    {statechart:md}
    """

    law = "appc-2026"
    _of = Reception2021

    refuse = amended(_of, "refuse", source="APPC 73(2)(9)")


RECEPTIONS = (ReceptionL221, Reception2021, Reception2026)
