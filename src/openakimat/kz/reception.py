"""Personal reception by the heads of a body: asked for, held by them in person, and what came of it."""

from __future__ import annotations

from typing import ClassVar

import attrs

from openakimat.acts import Act, Branch, Redirect, Register, Withdraw
from openakimat.case import Case
from openakimat.errors import Incomplete, NotCompetent
from openakimat.kz.booking import (
    AskReception,
    MoveReception,
    ScheduleReception,
    ahead_of_now,
    asked,
    moved_with_reason,
    on_schedule,
    time_has_come,
)
from openakimat.kz.guards import among, closed, the_applicant
from openakimat.kz.practice import HEADS
from openakimat.kz.ticket import RECEPTION_RULES, MarkAbsent
from openakimat.people import APPLICANT, CHIEF_OF_STAFF, REGISTRAR, persons
from openakimat.procedure import Procedure, Stage, amended, opening, step, when
from openakimat.table import Circumstances, Clock, guard

PRACTICE = "practice of personal reception"
STAFF = (REGISTRAR, CHIEF_OF_STAFF)
ALL = (*HEADS, *STAFF)

REFUSALS_L221 = {"essence-unclear": RECEPTION_RULES, "not-competent": "Law 221, 13"}
REFUSALS = {"essence-unclear": RECEPTION_RULES, "not-competent": "APPC 90(1)"}
"""The grounds to refuse a reception. Numbers of days to answer a request were not found."""


# -- acts -----------------------------------------------------------------------------


@attrs.frozen
class AskMore(Act):
    """Staff ask for more, to make the essence clear; the reception is owed still. Source: APPC 90(2)."""

    tag: ClassVar[str] = "ask-more"
    question: str = ""


@attrs.frozen
class RefuseReception(Act):
    """The request is refused; who asked is told on what ground. Source: APPC 73(2)(9)."""

    tag: ClassVar[str] = "refuse-reception"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    ground: str
    reason: str = ""


@attrs.frozen
class HoldReception(Act):
    """The visitor is received, and a protocol made of it. Source: APPC 90(1)."""

    tag: ClassVar[str] = "hold-reception"
    protocol: str = ""
    video: bool = False


@attrs.frozen
class Resolve(Act):
    """The matter is resolved, at the reception or by what was instructed there."""

    tag: ClassVar[str] = "resolve"
    marks: ClassVar[str] = "decision"
    answers: ClassVar[bool] = True
    answer: str = ""


@attrs.frozen
class Convert(Branch):
    """What cannot be resolved at the reception goes on as a written appeal. Source: APPC 90(4).

    The visitor is there and is told. The term of the appeal counts from its own registration.
    """

    tag: ClassVar[str] = "convert"
    answers: ClassVar[bool] = True


@attrs.frozen
class GiveInstruction(Branch):
    """The official instructs somebody to do what the visitor asks."""

    tag: ClassVar[str] = "give-instruction"
    to: str = ""


# -- guards ---------------------------------------------------------------------------

refusable_l221 = among("ground", REFUSALS_L221, code="reception.no-ground")
refusable = among("ground", REFUSALS, code="reception.no-ground")


@guard(
    "reception.not-asked",
    why="a request is refused as unclear only after more was asked",
    source=RECEPTION_RULES,
)
def asked_first(case: Case, act: RefuseReception, circumstances: Circumstances) -> bool:
    """Whoever is unclear is asked, and has had the time to make it clear."""
    return act.ground != "essence-unclear" or case.last(AskMore) is not None


redirectable = among("ground", {"not-competent": PRACTICE}, code="redirection.no-ground")


@guard(
    "reception.another",
    why="the reception is held by the official it was asked of, or who stands in for them",
    refusal=NotCompetent,
)
def the_one_asked(case: Case, act: Act, circumstances: Circumstances) -> bool:
    """Whoever receives is the official asked for, or has their mandate."""
    day = circumstances.office.day_of(circumstances.at)
    return asked(case).official in {"", *persons(circumstances.by, day)}


@guard("reception.no-protocol", why="a protocol is made of the reception", refusal=Incomplete)
def minuted(case: Case, act: HoldReception, circumstances: Circumstances) -> bool:
    """What was said is written down."""
    return bool(act.protocol.strip())


@guard("reception.nowhere", why="say to what body the visitor is sent", refusal=Incomplete)
def somewhere(case: Case, act: Redirect, circumstances: Circumstances) -> bool:
    """The body is named."""
    return bool(str(act.to).strip())


# -- charts ---------------------------------------------------------------------------


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
        reception_requested.to.itself(),
        registered.to.itself(),
        reception_scheduled.to.itself(),
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
    refuse = step(
        RefuseReception,
        when(
            _of.reception_refused.after(_of.reception_requested, _of.registered),
            refusable,
            asked_first,
        ),
        by=ALL,
        source=PRACTICE,
    )
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
