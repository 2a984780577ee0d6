"""What an appeal lives through beside intake and term: a hearing, parts, people, and after the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import attrs
import pytest

from openakimat import Refusal, kz
from openakimat.case.act import Act, Link
from openakimat.case.acts import Receive, Register, Reopen
from openakimat.case.people import APPLICANT, Actor, Mandate, Official, Representative
from openakimat.case.record import Case, evolve
from openakimat.errors import Malformed, NotCompetent, TooLate
from openakimat.judgement import docket
from openakimat.judgement.deadlines import deadline_of, next_wakeup
from openakimat.judgement.judge import judge, open_case
from openakimat.judgement.lapse import lapse
from openakimat.judgement.notices import Decision
from openakimat.judgement.replay import replay
from openakimat.kz.acts import (
    Accept,
    Assign,
    ConfirmReceipt,
    Decide,
    Deliver,
    Hear,
    Object,
    Propose,
    Redirect,
    Return,
    Terminate,
    Withdraw,
)
from openakimat.kz.appeal.acts import (
    AskToCorrect,
    Close,
    Correct,
    DeliverUninstructed,
    Entrust,
    Execute,
    Rate,
    RedirectPart,
    SignProtocol,
)
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import DEPUTY, EXECUTOR, HEAD, REGISTRAR
from openakimat.kz.simplified.acts import Reply
from openakimat.law.office import Office

ASKS = Applicant("Айгерім", id="aigerim")
CLERK = Official("clerk", {REGISTRAR})
EXPERT = Official("expert", {EXECUTOR})
BOSS = Official("boss", {HEAD})
OFFICE = kz.office("khromtau")
Told = tuple[str, Act, Actor]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+05:00")


def asked(
    case: Case, told: Told, office: Office = OFFICE, beside: Sequence[Case] = ()
) -> Decision | Refusal:
    when, act, by = told
    return judge(case, act, at=at(when), by=by, office=office, beside=beside)


def lived(*told: Told, office: Office = OFFICE, procedure: str = "appeal", **received: Any) -> Case:
    """Received on Monday 2 February at ten, then these acts; lapses before each."""
    act = Receive(applicant=ASKS, **received)
    case = open_case(procedure, act, id="1", at=at("02-02T10:00"), by=ASKS, office=office)
    for one in told:
        for record in lapse(case, at=at(one[0]), office=office):
            case = evolve(case, record)
        answer = asked(case, one, office)
        assert isinstance(answer, Decision), answer
        case = evolve(case, answer.record)
    assert case == replay("1", case.records, office=office)
    return case


def refused(case: Case, told: Told, office: Office = OFFICE) -> Refusal:
    answer = asked(case, told, office)
    assert isinstance(answer, Refusal)
    return answer


TAKEN_UP: tuple[Told, ...] = (
    ("02-02T10:30", Register("ЖТ-2026-00000007"), CLERK),
    ("02-02T11:00", Accept(), CLERK),
)
ANSWERED: tuple[Told, ...] = (*TAKEN_UP, ("02-13T10:00", Decide("favourable"), BOSS))
PROPOSED: tuple[Told, ...] = (*TAKEN_UP, ("02-10T10:00", Propose("burdening"), EXPERT))
"""A preliminary decision of Tuesday 10 February: objections to the 12th, a decision from the 13th."""


# -- hearing: APPC 73, 74 ---------------------------------------------------------------


def test_a_burdening_decision_without_a_hearing_is_refused() -> None:
    told = refused(lived(*TAKEN_UP), ("02-10T10:00", Decide("burdening"), BOSS))
    assert ("hearing.missing", "APPC 73(1)", "confirmed") == (told.code, told.source, told.evidence)


def test_on_a_ground_of_the_law_nobody_need_be_heard() -> None:
    case = lived(*TAKEN_UP, ("02-10T10:00", Decide("burdening", "enforcement"), BOSS))
    assert "answered" == case.stage


def test_a_favourable_decision_needs_no_hearing() -> None:
    assert "answered" == lived(*ANSWERED).stage


@pytest.mark.parametrize(
    ("when", "allowed"),
    [("02-12T18:00", False), ("02-13T09:00", True)],
    ids=["two working days after", "three working days after"],
)
def test_the_preliminary_decision_is_told_three_working_days_before(
    when: str, *, allowed: bool
) -> None:
    answer = asked(lived(*PROPOSED), (when, Decide("burdening"), BOSS))
    assert allowed == isinstance(answer, Decision)


def test_an_objection_is_made_within_two_working_days_of_the_receipt() -> None:
    case = lived(*PROPOSED, ("02-10T11:00", ConfirmReceipt("propose"), CLERK))
    deadline = deadline_of(case, "appeal.objection", office=OFFICE)
    assert deadline is not None
    assert date(2026, 2, 12) == deadline.last_day
    assert isinstance(asked(case, ("02-12T23:59", Object("no"), ASKS)), Decision)
    assert "objection.too-late" == refused(case, ("02-13T00:00", Object("no"), ASKS)).code


def test_no_objection_does_not_block_the_decision_and_is_nobodys_breach() -> None:
    case = lived(*PROPOSED, ("02-16T10:00", Decide("burdening"), BOSS))
    line = docket.line(case, at=at("02-17T10:00"), office=OFFICE)
    assert (docket.Standing.IN_TIME, ()) == (line.standing, line.breaches)


def test_whoever_asked_for_an_oral_hearing_is_heard_first() -> None:
    case = lived(*PROPOSED, ("02-11T10:00", Object("no", oral=True), ASKS))
    assert "hearing.oral" == refused(case, ("02-16T10:00", Decide("burdening"), BOSS)).code
    heard = lived(
        *PROPOSED,
        ("02-11T10:00", Object("no", oral=True), ASKS),
        ("02-13T10:00", Hear(), EXPERT),
        ("02-16T10:00", Decide("burdening"), BOSS),
    )
    assert "answered" == heard.stage


def test_the_protocol_of_a_hearing_is_signed_within_two_working_days() -> None:
    case = lived(*PROPOSED, ("02-12T10:00", Hear(), EXPERT))
    deadline = deadline_of(case, "appeal.hearing-protocol", office=OFFICE)
    assert deadline is not None
    assert date(2026, 2, 16) == deadline.last_day
    signed = lived(
        *PROPOSED,
        ("02-12T10:00", Hear(), EXPERT),
        ("02-16T10:00", SignProtocol(), EXPERT),
    )
    assert "proposed" == signed.stage


def test_there_is_no_hearing_and_no_protocol_of_nothing() -> None:
    case = lived(*PROPOSED)
    assert "hearing.not-held" == refused(case, ("02-11T10:00", SignProtocol(), EXPERT)).code
    assert "act.not-available" == refused(lived(*TAKEN_UP), ("02-11T10:00", Hear(), EXPERT)).code


# -- people -----------------------------------------------------------------------------


def test_another_applicant_may_not_withdraw_it() -> None:
    told = refused(lived(*TAKEN_UP), ("02-10T10:00", Withdraw(), Applicant("Ерлан", id="erlan")))
    assert (NotCompetent, "applicant.another") == (type(told), told.code)


def power(of: str = "aigerim", until: date | None = None) -> Mandate:
    return Mandate(of, {APPLICANT}, "power of attorney 12 of 01.02.2026", date(2026, 2, 1), until)


def test_a_representative_acts_for_the_applicant_while_the_mandate_holds() -> None:
    lawyer = Representative("lawyer", (power(until=date(2026, 2, 28)),))
    case = lived(*TAKEN_UP, ("02-10T10:00", Withdraw(), lawyer))
    last = case.records[-1]
    assert ("lawyer", "applicant", "aigerim") == (last.by, last.role, last.on_behalf)
    late = refused(lived(*TAKEN_UP), ("03-01T10:00", Withdraw(), lawyer))
    assert "role.not-competent" == late.code


def test_a_mandate_of_another_person_is_none_for_this_case() -> None:
    lawyer = Representative("lawyer", (power(of="erlan"),))
    assert (
        "applicant.another" == refused(lived(*TAKEN_UP), ("02-10T10:00", Withdraw(), lawyer)).code
    )


def test_a_mandate_names_a_document_and_ends_after_it_begins() -> None:
    with pytest.raises(Malformed) as wrong:
        Mandate("boss", {HEAD}, " ", date(2026, 2, 2), date(2026, 2, 1))
    assert ["basis", "until"] == [fault.path for fault in wrong.value.faults]


def test_an_official_stands_in_for_the_head_on_leave() -> None:
    leave = Mandate("boss", {HEAD}, "order 7-k", date(2026, 2, 9), date(2026, 2, 20))
    expert = Official("expert", {EXECUTOR}, mandates=(leave,))
    decide = Decide("favourable")
    case = lived(*TAKEN_UP, ("02-10T10:00", decide, expert))
    last = case.records[-1]
    assert ("expert", "head", "boss") == (last.by, last.role, last.on_behalf)
    before = refused(lived(*TAKEN_UP), ("02-06T10:00", decide, expert))
    assert isinstance(before, NotCompetent)
    assert ("authorised", "deputy", "head") == before.competent


def test_an_office_may_keep_apart_who_prepares_and_who_signs() -> None:
    kept = kz.office("khromtau", readings={"separation": "kept"})
    both = Official("both", {EXECUTOR, HEAD})
    prepared: Told = ("02-10T10:00", Propose("burdening"), both)
    decide: Told = ("02-16T10:00", Decide("burdening"), both)
    told = refused(lived(*TAKEN_UP, prepared, office=kept), decide, kept)
    assert ("office.propose", "order of the office") == (told.code, told.source)
    assert isinstance(asked(lived(*TAKEN_UP, prepared), decide), Decision)
    ended: Told = ("02-16T10:00", Terminate("other-law"), both)
    assert "office.propose" == refused(lived(*TAKEN_UP, prepared, office=kept), ended, kept).code


@pytest.mark.parametrize("by", ["boss", "sub"])
def test_who_prepared_does_not_sign_by_the_hand_of_another_either(by: str) -> None:
    """The boss prepares and a substitute signs for the boss, or the other way round."""
    kept = kz.office("khromtau", readings={"separation": "kept"})
    leave = Mandate("boss", {HEAD}, "order 7-k", date(2026, 2, 9))
    two = {"boss": BOSS, "sub": Official("sub", (), mandates=(leave,))}
    prepared: Told = ("02-10T10:00", Propose("burdening"), two.pop(by))
    (signs,) = two.values()
    case = lived(*TAKEN_UP, prepared, office=kept)
    told = refused(case, ("02-16T10:00", Decide("burdening"), signs), kept)
    assert "office.propose" == told.code
    third: Told = ("02-16T10:00", Decide("burdening"), Official("deputy", {DEPUTY}))
    assert isinstance(asked(case, third, kept), Decision)


# -- parts, repeats, returns --------------------------------------------------------------


def test_part_of_it_goes_to_another_body_and_the_rest_stays() -> None:
    part = RedirectPart("ЖТ-2026-00000007/1", "roads-department", ("the road to the school",))
    case = lived(*TAKEN_UP[:1], ("02-03T10:00", part, CLERK), ("02-03T11:00", Accept(), CLERK))
    assert ("considered", ("ЖТ-2026-00000007/1",)) == (case.stage, case.children)
    nothing = RedirectPart("x", "roads-department", ())
    told = refused(lived(*TAKEN_UP[:1]), ("02-03T10:00", nothing, CLERK))
    assert "redirection.no-demands" == told.code


def test_the_record_names_the_one_represented_here_and_what_is_lent_counts() -> None:
    """Of two powers the one of this applicant; one that lends no such role speaks for nobody."""
    lawyer = Representative("lawyer", (power(of="erlan"), power()))
    told = asked(lived(*TAKEN_UP), ("02-10T10:00", Withdraw(), lawyer))
    assert isinstance(told, Decision)
    assert "aigerim" == told.record.on_behalf
    letters = Mandate("aigerim", set(), "collects letters", date(2026, 1, 1))
    courier = Representative("courier", (power(of="erlan"), letters))
    assert (
        "applicant.another" == refused(lived(*TAKEN_UP), ("02-10T10:00", Withdraw(), courier)).code
    )


def test_whoever_opened_a_case_without_naming_an_applicant_is_its_applicant() -> None:
    """Also through a representative; a case of the staff that names none has nobody to compare."""
    lawyer = Representative("lawyer", (power(),))
    case = open_case("appeal", Receive(), id="1", at=at("02-02T10:00"), by=lawyer, office=OFFICE)
    assert ("applicant", "aigerim") == (case.records[0].role, case.records[0].on_behalf)
    withdrawn = ("02-02T11:00", Withdraw())
    assert "applicant.another" == refused(case, (*withdrawn, Applicant("Ерлан"))).code
    for by in (lawyer, ASKS):
        assert isinstance(asked(case, (*withdrawn, by)), Decision)
    nobodys = open_case("appeal", Receive(), id="1", at=at("02-02T10:00"), by=CLERK, office=OFFICE)
    assert isinstance(asked(nobodys, (*withdrawn, Applicant("Ерлан"))), Decision)


def test_a_redirection_is_told_to_the_applicant_the_same_day() -> None:
    answer = asked(lived(*TAKEN_UP[:1]), ("02-03T10:00", Redirect("health-department"), CLERK))
    assert isinstance(answer, Decision)
    assert ["appeal.redirection-notice"] == [notice.within for notice in answer.notices]


def test_information_on_a_crime_is_redirected_even_while_it_is_corrected() -> None:
    case = lived(*TAKEN_UP[:1], ("02-02T11:00", AskToCorrect(date(2026, 2, 9)), CLERK))
    assert isinstance(asked(case, ("02-02T12:00", Redirect("police", "crime"), CLERK)), Decision)
    told = refused(case, ("02-02T12:00", Redirect("police"), CLERK))
    assert "redirection.not-at-once" == told.code


def test_an_identical_appeal_is_returned_when_it_names_the_one_it_repeats() -> None:
    identical: Told = ("02-03T10:00", Return("identical"), CLERK)
    told = refused(lived(*TAKEN_UP[:1]), identical)
    assert "return.repeats-nothing" == told.code
    repeated = lived(*TAKEN_UP[:1], identical, links=(Link("ЖТ-2025-00000044", "repeats"),))
    assert "returned" == repeated.stage


def test_what_it_repeats_was_considered_before_and_terminated() -> None:
    again = lived(*TAKEN_UP[:1], links=(Link("0", "repeats"),))
    identical: Told = ("02-03T10:00", Return("identical"), CLERK)
    open_still = attrs.evolve(lived(*TAKEN_UP), id="0")
    answer = asked(again, identical, beside=[open_still])
    assert isinstance(answer, Refusal)
    assert ("return.not-terminated", "APPC 64(7)(2)") == (answer.code, answer.source)
    ended = lived(*TAKEN_UP, ("02-02T12:00", Terminate("decided-before"), BOSS))
    assert isinstance(asked(again, identical, beside=[attrs.evolve(ended, id="0")]), Decision)


def test_what_is_not_corrected_is_returned_within_three_working_days_of_the_term() -> None:
    asked_to = ("02-02T11:00", AskToCorrect(date(2026, 2, 6), ("address",)), CLERK)
    case = lived(*TAKEN_UP[:1], asked_to, ("02-09T10:00", Return("not-corrected"), CLERK))
    deadline = deadline_of(case, "appeal.return", office=OFFICE)
    assert deadline is not None
    assert (date(2026, 2, 11), False) == (deadline.last_day, deadline.missed(at("03-01T10:00")))
    late = lived(*TAKEN_UP[:1], asked_to, ("02-12T10:00", Return("not-corrected"), CLERK))
    line = docket.line(late, at=at("02-12T11:00"), office=OFFICE)
    assert ("appeal.return",) == line.breaches


def test_an_insulting_appeal_is_returned_within_three_working_days_of_registration() -> None:
    case = lived(*TAKEN_UP[:1])
    assert isinstance(asked(case, ("02-05T23:59", Return("obscene"), CLERK)), Decision)
    told = refused(case, ("02-06T00:00", Return("obscene"), CLERK))
    assert (TooLate, "return.too-late", "APPC 64(7)(2)") == (type(told), told.code, told.source)


def test_a_report_of_a_crime_is_redirected_in_the_simplified_procedure_too() -> None:
    asked_to: Told = ("02-02T11:00", AskToCorrect(date(2026, 2, 9)), CLERK)
    case = lived(*TAKEN_UP[:1], asked_to, procedure="simplified", kind="notification")
    assert isinstance(asked(case, ("02-02T12:00", Redirect("police", "crime"), CLERK)), Decision)


def test_a_withdrawal_is_accepted_by_a_decision_and_told() -> None:
    withdrawn = lived(*TAKEN_UP, ("02-10T10:00", Withdraw(), ASKS))
    answer = asked(withdrawn, ("02-10T11:00", Terminate("withdrawn"), BOSS))
    assert isinstance(answer, Decision)
    assert ["appeal.termination-notice"] == [notice.within for notice in answer.notices]


def test_without_instructions_to_complain_there_are_six_months_to() -> None:
    case = lived(
        *ANSWERED,
        ("02-16T10:00", DeliverUninstructed(), CLERK),
        ("02-16T11:00", Execute("the lamp burns"), EXPERT),
    )
    # 16 August is a Sunday
    assert at("08-18T00:00") == next_wakeup(case, office=OFFICE)


def test_staff_of_the_body_represent_nobody_before_it() -> None:
    clerk = Official("clerk", {REGISTRAR}, mandates=(power(),))
    told = refused(lived(*TAKEN_UP), ("02-10T10:00", Withdraw(), clerk))
    assert "applicant.another" == told.code


def test_a_collective_appeal_says_how_many_join_in_it() -> None:
    assert 120 == lived(*TAKEN_UP, joined=120).received.joined


# -- after the answer ---------------------------------------------------------------------


def test_an_answered_appeal_is_closed_when_nobody_may_complain_any_more() -> None:
    done: Told = ("02-16T11:00", Execute("the lamp burns"), EXPERT)
    closed = lived(*ANSWERED, ("02-16T10:00", Deliver(), CLERK), done)
    # 16 May is a Saturday
    assert at("05-19T00:00") == next_wakeup(closed, office=OFFICE)
    for record in lapse(closed, at=at("05-19T00:00"), office=OFFICE):
        closed = evolve(closed, record)
    assert ("closed", "law") == (closed.stage, closed.records[-1].by)


def test_what_was_decided_is_done_within_five_working_days() -> None:
    entrusted: tuple[Told, ...] = (*ANSWERED, ("02-16T10:00", Entrust("expert"), BOSS))
    delivered = lived(*entrusted, ("02-16T11:00", Deliver(), CLERK))
    deadline = deadline_of(delivered, "appeal.execution", office=OFFICE)
    assert deadline is not None
    assert date(2026, 2, 23) == deadline.last_day
    assert "execution.open" == refused(delivered, ("02-17T10:00", Close(), BOSS)).code
    closed = lived(
        *entrusted,
        ("02-16T11:00", Deliver(), CLERK),
        ("02-20T10:00", Execute("the lamp burns"), EXPERT),
        ("02-20T11:00", Rate(5), ASKS),
        ("02-20T12:00", Close(), BOSS),
    )
    assert "closed" == closed.stage


def test_a_decision_not_delivered_is_not_closed() -> None:
    assert (
        "decision.not-delivered" == refused(lived(*ANSWERED), ("02-17T10:00", Close(), BOSS)).code
    )
    burdening = lived(*PROPOSED, ("02-16T10:00", Decide("burdening"), BOSS))
    assert "execution.not-entrusted" == refused(burdening, ("02-17T10:00", Execute(), EXPERT)).code


@pytest.mark.parametrize("score", [0, 6, True])
def test_a_rating_is_from_one_to_five(score: Any) -> None:
    with pytest.raises(Malformed, match="score"):
        Rate(score)


REOPENED = "03-02T10:00"


@pytest.mark.parametrize(
    ("policy", "last_day"),
    [
        ("fresh", date(2026, 3, 27)),
        ("continue", date(2026, 3, 11)),
        ("none", date(2026, 2, 23)),
    ],
)
def test_a_case_reopened_has_the_term_its_office_declared(policy: Any, last_day: date) -> None:
    """Registered 2 February, 15 working days to the 23rd; answered on the 13th, reopened 2 March.

    Afresh: 15 working days from 2 March, without 7 to 9 and 21 to 25 March. Continued: between
    13 February and 2 March lie 11 working days, which move 23 February to 11 March.
    """
    office = kz.office("khromtau", readings={"reopening": policy})
    reopen: Told = (REOPENED, Reopen("remitted", policy), BOSS)
    case = lived(*ANSWERED, reopen, office=office)
    deadline = deadline_of(case, "appeal.consideration", office=office)
    assert deadline is not None
    assert ("considered", last_day) == (case.stage, deadline.last_day)


def test_another_policy_than_the_offices_is_refused() -> None:
    told = refused(lived(*ANSWERED), (REOPENED, Reopen("remitted", "none"), BOSS))
    assert "reopening.policy" == told.code


def test_a_reopened_case_is_open_again_and_heard_anew() -> None:
    case = lived(*ANSWERED, (REOPENED, Reopen("remitted", "fresh"), BOSS))
    assert docket.Standing.OPEN is docket.line(case, at=at("03-03T10:00"), office=OFFICE).standing
    again = lived(
        *PROPOSED,
        ("02-16T10:00", Decide("burdening"), BOSS),
        (REOPENED, Reopen("new-circumstances", "fresh"), BOSS),
    )
    assert "hearing.missing" == refused(again, ("03-03T10:00", Decide("burdening"), BOSS)).code


# -- the simplified procedure ---------------------------------------------------------------


def test_a_notification_is_corrected_replied_to_and_rated() -> None:
    case = lived(
        TAKEN_UP[0],
        ("02-02T11:00", AskToCorrect(date(2026, 2, 9)), CLERK),
        ("02-06T11:00", Correct(), ASKS),
        ("02-10T11:00", Assign("expert", ("engineer",)), BOSS),
        ("02-13T11:00", Reply("explained"), BOSS),
        ("02-13T12:00", Deliver(), CLERK),
        ("02-14T12:00", Rate(4), ASKS),
        ("02-16T12:00", Close(), BOSS),
        procedure="simplified",
        kind="notification",
    )
    assert "closed" == case.stage
