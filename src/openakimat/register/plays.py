"""How a row of a register is played: the act that opens its case, and what was done after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from openakimat.case.act import Act, Link
from openakimat.case.acts import Receive, Register
from openakimat.case.people import Actor, Official
from openakimat.kz.acts import (
    Accept,
    Decide,
    Extend,
    Hear,
    Notify,
    Object,
    Propose,
    Redirect,
    Return,
    Terminate,
    Withdraw,
)
from openakimat.kz.appeal.acts import AskToCorrect, Correct, Inquire
from openakimat.kz.instruction import acts as control
from openakimat.kz.reception.acts import (
    AskReception,
    Convert,
    HoldReception,
    Resolve,
    ScheduleReception,
)
from openakimat.kz.request.acts import Apply, Issue, Refuse, SendResult, TakeIn
from openakimat.kz.roles import EXECUTOR, HEAD
from openakimat.kz.simplified.acts import Reply
from openakimat.kz.visit.acts import MarkAbsent
from openakimat.law.office import Office
from openakimat.register.columns import Entry, When
from openakimat.register.complaints import (
    complains,
    complains_of_service,
    complaint,
    service_complaint,
)
from openakimat.register.play import (
    ASKS,
    BOSS,
    CHECKS,
    CLERK,
    OPERATES,
    STAFF,
    Done,
    Play,
    applicant,
    registered,
)

# -- appeals --------------------------------------------------------------------------


def _receives(row: Entry) -> tuple[Receive, Actor]:
    links = (Link(row.repeats, "repeats"),) if row.repeats else ()
    act = Receive(row.kind, row.channel, row.topic, applicant=applicant(row), links=links)
    return act, ASKS


def _answers(procedure: str) -> Callable[[Entry, Office], Act]:
    """The act that answers a row, in the words of its procedure."""

    def answer(row: Entry, office: Office) -> Act:
        if procedure == "simplified":
            return Reply(row.outcome or "explained")
        day = office.day_of(row.received_at.at)
        usual = "explained" if office.wording_on(day) == "l221" else "favourable"
        return Decide(row.outcome or usual, row.unheard)

    return answer


def _appeal(procedure: str) -> Play:
    answer = _answers(procedure)

    def acts(row: Entry, office: Office) -> Sequence[Done]:
        began = registered(row, office)
        taken_up = row.correction_asked_at is None and row.returned_at is None
        accepted = began if taken_up and row.redirected_at is None else None
        today = office.day_of(began.at)
        until, later = row.correction_until or today, row.extended_until or today
        return (
            (began, CLERK, lambda: Register(row.number)),
            (row.correction_asked_at, STAFF, lambda: AskToCorrect(until)),
            (row.corrected_at, ASKS, Correct),
            (row.returned_at, STAFF, lambda: Return(row.return_ground)),
            (accepted, STAFF, Accept),
            (row.redirected_at, STAFF, lambda: Redirect(row.redirected_to)),
            (row.inquired_at, STAFF, Inquire),
            (row.extended_at, BOSS, lambda: Extend(later, row.extension_reason)),
            (row.extension_told_at, STAFF, lambda: Notify("extension")),
            (row.proposed_at, STAFF, lambda: Propose(row.outcome or "burdening")),
            (row.objected_at, ASKS, lambda: Object(oral=row.heard_at is not None)),
            (row.heard_at, STAFF, Hear),
            (row.withdrawn_at, ASKS, Withdraw),
            (row.terminated_at, BOSS, lambda: Terminate(row.termination_ground)),
            (row.answered_at, BOSS, lambda: answer(row, office)),
        )

    return Play(_receives, acts)


# -- services -------------------------------------------------------------------------


def _applies(row: Entry) -> tuple[Receive, Actor]:
    act = Apply(
        channel=row.channel,
        topic=row.topic,
        applicant=applicant(row),
        service=row.service,
        term=row.term,
    )
    return act, ASKS


def _service(row: Entry, office: Office) -> Sequence[Done]:
    began = registered(row, office)
    at_corporation = row.channel == "state-corporation"
    first = TakeIn if at_corporation else Register
    return (
        (began, OPERATES if at_corporation else CLERK, lambda: first(row.number)),
        (began, STAFF, Accept),
        (row.proposed_at, STAFF, lambda: Propose("refused")),
        (row.heard_at, STAFF, Hear),
        (row.withdrawn_at, ASKS, Withdraw),
        (row.refused_at, BOSS, lambda: Refuse(row.refusal_ground, row.refusal_reason, row.unheard)),
        (row.answered_at, BOSS, lambda: Decide(row.outcome or "rendered")),
        (row.answered_at if at_corporation else None, STAFF, SendResult),
        (row.issued_at, CLERK, Issue),
    )


# -- receptions -----------------------------------------------------------------------


def _asks_reception(row: Entry) -> tuple[Receive, Actor]:
    act = AskReception(
        channel=row.channel,
        topic=row.topic,
        applicant=applicant(row),
        official=row.official,
        booked=row.scheduled_for is not None,
    )
    return act, ASKS


def _reception(row: Entry, office: Office) -> Sequence[Done]:
    began = registered(row, office)
    given = row.scheduled_for
    receives = Official(row.held_by or row.official or BOSS.id, {HEAD})
    absent = given if given and row.outcome == "no-show" else None
    resolved = None if row.converted_to else row.answered_at
    converted = row.answered_at if row.converted_to else None
    return (
        (began, CLERK, lambda: Register(row.number)),
        (began if given else None, CLERK, lambda: ScheduleReception((given or began).at)),
        (row.withdrawn_at, ASKS, Withdraw),
        (row.held_at, receives, lambda: HoldReception(row.protocol or row.number)),
        (absent, CLERK, MarkAbsent),
        (row.redirected_at, CLERK, lambda: Redirect(row.redirected_to)),
        (converted, CLERK, lambda: Convert(row.converted_to)),
        (resolved, receives, lambda: Resolve(row.outcome)),
    )


# -- instructions ---------------------------------------------------------------------


def _gives(row: Entry) -> tuple[Receive, Actor]:
    given = Official(row.official or BOSS.id, {HEAD})
    act = control.IssueInstruction(
        topic=row.topic,
        executors=(row.executor,) if row.executor else (),
        term=row.term,
        until=row.due_on,
    )
    return act, given


def _instruction(row: Entry, _: Office) -> Sequence[Done]:
    leads = Official(row.official or BOSS.id, {HEAD})
    executes = Official(row.executor or STAFF.id, {EXECUTOR})
    later = row.extended_until or row.received_at.at.date()
    return (
        (row.received_at, executes, Accept),
        (row.extended_at, leads, lambda: Extend(later, row.extension_reason)),
        (row.reported_at, executes, control.ReportExecution),
        (row.removed_at, CHECKS, control.ReviewExecution),
        (row.removed_at, leads, control.RemoveFromControl),
    )


PLAYS: Mapping[str, Play] = {
    "appeal": _appeal("appeal"),
    "simplified": _appeal("simplified"),
    "complaint": Play(complains, complaint),
    "service-complaint": Play(complains_of_service, service_complaint),
    "request": Play(_applies, _service),
    "reception": Play(_asks_reception, _reception),
    "instruction": Play(_gives, _instruction),
}
"""How a register is played, by procedure."""


def procedure_of(row: Entry, kinds: Mapping[str, str], office: Office, /) -> str | None:
    """The procedure that a row is played by; None where its kind has none.

    Under Law 221 a complaint was an appeal like any other.
    """
    procedure = kinds.get(row.kind)
    if procedure == "complaint":
        day = office.day_of(row.received_at.at)
        return "appeal" if office.wording_on(day) == "l221" else procedure
    return procedure if procedure in PLAYS else None


def acts_of(row: Entry, procedure: str, office: Office, /) -> list[tuple[When, Actor, Act]]:
    """What a row tells was done after its receipt: by day, and within a day as the law has it."""
    place = office.calendar.place
    told = PLAYS[procedure].acts(row, office)
    done = [(when, by, make()) for when, by, make in told if when is not None]
    return sorted(done, key=lambda one: place.day_of(one[0].at))
