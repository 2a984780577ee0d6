"""The complaint: who may do what with it, by when, and where it ends.

Dates were counted by hand in the production calendars of Kazakhstan of 2020, 2024 to 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.calendar.terms import WorkingDays, term
from openakimat.case.act import Act, Link
from openakimat.case.people import APPLICANT, Mandate, Representative
from openakimat.case.record import Case, wording_of
from openakimat.judgement.deadlines import deadline_of
from openakimat.kz.acts import ConfirmReceipt, Deliver, Hear, Object, Propose, Terminate
from openakimat.kz.appeal.acts import AskToCorrect, Close, Execute
from openakimat.kz.complaint import acts as redress
from openakimat.kz.complaint.acts import (
    Dismiss,
    Forward,
    KeepInForce,
    LeaveUnconsidered,
    RegisterForReview,
    Remit,
    RestoreTerm,
    Satisfy,
    SelfCorrect,
    SendBack,
)
from openakimat.kz.complaint.redress import complaint_of, filing_deadline, is_stayed
from openakimat.kz.data import values
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR, SUPERIOR

ASKS = kz.Applicant("Айгерім", id="aigerim")
ACCUSED = "a.akhmetov"
CLERK = oa.Official("clerk", {REGISTRAR, EXECUTOR})
BOSS = oa.Official("boss", {HEAD})
REVIEWER = oa.Official("reviewer", {SUPERIOR})

CHARTS = (kz.complaint.ComplaintL221, kz.complaint.Complaint2021, kz.complaint.Complaint2026)


def at(text: str) -> datetime:
    """An instant in Astana: at ten, unless an hour is told."""
    day, _, hour = text.partition(" ")
    return datetime.fromisoformat(
        f"{day}T{hour or '10:00'}{'+05:00' if day > '2024-02' else '+06:00'}"
    )


def desk_of(**readings: str) -> oa.Desk:
    office = kz.office("astana", readings=readings)
    return oa.Desk(office, journal=memory.Journal(), numbers=memory.Numbers())


def filed_at(desk: oa.Desk, when: str, **told: Any) -> Case:
    told = {"against": ACCUSED, "body": "land department", **told}
    return desk.open(kz.Complaint, by=ASKS, at=at(when), **told)


def registered(desk: oa.Desk, when: str, **told: Any) -> str:
    case = filed_at(desk, when, **told)
    return desk.perform(case.id, oa.Register(), by=CLERK, at=at(when)).id


def reviewed(desk: oa.Desk, when: str = "2026-02-02", **told: Any) -> str:
    """Filed, forwarded and registered by the reviewing body on one day."""
    case = registered(desk, when, **told)
    desk.perform(case, Forward("akimat"), by=CLERK, at=at(f"{when} 11:00"))
    return desk.perform(case, RegisterForReview(), by=CLERK, at=at(f"{when} 12:00")).id


def last_day(desk: oa.Desk, case: str, limit: str) -> date | None:
    found = deadline_of(desk.case(case), limit, office=desk.office)
    assert found is not None
    return found.last_day


def refused(
    desk: oa.Desk, case: str, act: Act, when: str, by: oa.Official = REVIEWER
) -> oa.Refusal:
    with pytest.raises(oa.Refusal) as no:
        desk.perform(case, act, by=by, at=at(when))
    return no.value


def breaches(desk: oa.Desk, when: str) -> tuple[str, ...]:
    (line,) = desk.docket(at=at(when))
    return line.breaches


UNFOUNDED = Dismiss("unfounded", next_step="court")


# -- by when ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("registered_on", "last"),
    [
        ("2026-02-02", date(2026, 3, 2)),  # the worked example of the fact sheet
        ("2026-03-16", date(2026, 4, 16)),  # over Nauryz
    ],
)
def test_a_complaint_is_considered_in_20_working_days(registered_on: str, last: date) -> None:
    desk = desk_of()
    assert last == last_day(desk, reviewed(desk, registered_on), "complaint.consideration")


BY_REVIEWER = "complaint.consideration-by-reviewer"


@pytest.mark.parametrize(
    ("choice", "last"), [("first", date(2026, 3, 2)), ("reviewing", date(2026, 3, 4))]
)
def test_whose_registration_starts_the_20_days_is_a_reading(choice: str, last: date) -> None:
    """Registered on Monday 2 February, at the reviewing body on Wednesday the 4th."""
    desk = desk_of(**{"complaint-registration": choice})
    case = registered(desk, "2026-02-02")
    assert date(2026, 3, 2) == last_day(desk, case, "complaint.consideration")
    desk.perform(case, Forward("akimat"), by=CLERK, at=at("2026-02-04"))
    desk.perform(case, RegisterForReview(), by=CLERK, at=at("2026-02-04"))
    found = deadline_of(desk.case(case), "complaint.consideration", office=desk.office)
    assert found is not None
    assert (BY_REVIEWER, last, "unconfirmed") == (
        found.limit,
        found.last_day,
        found.edition.value.base.evidence.value,
    )


@pytest.mark.parametrize(
    ("choice", "last"), [("first", date(2026, 3, 5)), ("reviewing", date(2026, 3, 6))]
)
def test_a_pause_to_correct_counts_only_after_the_day_counted_from(choice: str, last: date) -> None:
    """Three working days pass from asking on the 3rd to correcting on the 6th: so much after 2 March."""
    desk = desk_of(**{"complaint-registration": choice, "correction-2026": "outside"})
    case = registered(desk, "2026-02-02")
    desk.perform(case, AskToCorrect(until=date(2026, 2, 6)), by=CLERK, at=at("2026-02-03"))
    desk.perform(case, kz.appeal.Correct(), by=ASKS, at=at("2026-02-06"))
    desk.perform(case, Forward("akimat"), by=CLERK, at=at("2026-02-06"))
    desk.perform(case, RegisterForReview(), by=CLERK, at=at("2026-02-06"))
    assert last == last_day(desk, case, "complaint.consideration")


@pytest.mark.parametrize(("choice", "last"), [("counted", (2024, 5, 22)), ("next", (2024, 5, 23))])
def test_under_the_code_of_2021_they_run_from_receipt(
    choice: str, last: tuple[int, int, int]
) -> None:
    desk = desk_of(**{"first-day-2021": choice})
    case = filed_at(desk, "2024-04-22")
    assert date(*last) == last_day(desk, case.id, "complaint.consideration")


def test_under_law_221_a_complaint_is_considered_as_an_appeal() -> None:
    """From the day of receipt itself (Law 107, 12-1(5)): Monday the 3rd is the first of 15."""
    desk = desk_of()
    case = filed_at(desk, "2020-08-03")
    assert date(2020, 8, 17) == last_day(desk, case.id, "complaint.consideration")


@pytest.mark.parametrize(
    ("received", "last"),
    [("2026-02-06", date(2026, 2, 11)), ("2025-10-22", date(2025, 10, 28))],
)
def test_it_is_forwarded_in_3_working_days(received: str, last: date) -> None:
    """Over a week end; over Republic Day, under the Code of 2021."""
    desk = desk_of()
    assert last == last_day(desk, filed_at(desk, received).id, "complaint.forwarding")


def test_what_is_remitted_is_sent_in_5_working_days() -> None:
    desk = desk_of()
    case = reviewed(desk)
    desk.perform(case, Remit("measure the plot"), by=REVIEWER, at=at("2026-02-26"))
    desk.perform(case, SendBack("land department"), by=CLERK, at=at("2026-03-05"))
    assert date(2026, 3, 5) == last_day(desk, case, "complaint.remittal")
    assert ("sent_back", ()) == (desk.case(case).stage, breaches(desk, "2026-03-30"))


def test_what_is_decided_is_executed_in_5_working_days_of_its_delivery() -> None:
    """Told on Wednesday 18 March: Nauryz lies between."""
    desk = desk_of()
    case = reviewed(desk, "2026-03-10")
    desk.perform(case, Satisfy("cancelled"), by=REVIEWER, at=at("2026-03-17"))
    desk.perform(case, Deliver("egov"), by=CLERK, at=at("2026-03-18"))
    assert date(2026, 3, 30) == last_day(desk, case, "complaint.execution")
    assert "closed" == desk.perform(case, Execute(), by=CLERK, at=at("2026-03-31")).stage
    assert ("complaint.execution",) == breaches(desk, "2026-04-01")


def test_objections_are_awaited_for_2_working_days() -> None:
    desk = desk_of()
    case = reviewed(desk)
    desk.perform(case, Propose("unfounded"), by=REVIEWER, at=at("2026-02-19"))
    desk.perform(case, ConfirmReceipt("propose"), by=CLERK, at=at("2026-02-23"))
    assert date(2026, 2, 25) == last_day(desk, case, "complaint.objection")
    assert "complaint.unheard" == refused(desk, case, UNFOUNDED, "2026-02-25").code


LIMITS = {
    ("complaint.filing", "l221"): ("3 months", "secondary"),
    ("complaint.filing", "appc-2021"): ("3 months", "confirmed"),
    ("complaint.filing", "appc-2026"): ("3 months", "confirmed"),
    ("complaint.filing-uninstructed", "l221"): ("3 months", "secondary"),
    ("complaint.filing-uninstructed", "appc-2021"): ("3 months", "confirmed"),
    ("complaint.filing-uninstructed", "appc-2026"): ("6 months", "confirmed"),
    ("complaint.registration", "l221"): ("1 working day", "unconfirmed"),
    ("complaint.registration", "appc-2021"): ("1 working day", "confirmed"),
    ("complaint.registration", "appc-2026"): ("1 working day", "confirmed"),
    ("complaint.correction", "appc-2021"): ("as set", "confirmed"),
    ("complaint.correction", "appc-2026"): ("as set", "confirmed"),
    ("complaint.rights-notice", "appc-2021"): ("as set", "confirmed"),
    ("complaint.rights-notice", "appc-2026"): ("as set", "confirmed"),
    ("complaint.redirection-notice", "l221"): ("1 working day", "unconfirmed"),
    ("complaint.redirection-notice", "appc-2021"): ("1 working day", "confirmed"),
    ("complaint.redirection-notice", "appc-2026"): ("1 working day", "confirmed"),
    ("complaint.return", "appc-2026"): ("3 working days", "confirmed"),
    ("complaint.return-on-ground", "appc-2026"): ("3 working days", "secondary"),
    ("complaint.return-notice", "appc-2021"): ("3 working days", "confirmed"),
    ("complaint.return-notice", "appc-2026"): ("3 working days", "confirmed"),
    ("complaint.forwarding", "appc-2021"): ("3 working days", "confirmed"),
    ("complaint.forwarding", "appc-2026"): ("3 working days", "confirmed"),
    ("complaint.review-registration", "appc-2021"): ("1 working day", "unconfirmed"),
    ("complaint.review-registration", "appc-2026"): ("1 working day", "unconfirmed"),
    ("complaint.consideration", "l221"): ("15 calendar days", "unconfirmed"),
    ("complaint.consideration", "appc-2021"): ("20 working days", "confirmed"),
    ("complaint.consideration", "appc-2026"): ("20 working days", "confirmed"),
    (BY_REVIEWER, "appc-2026"): ("20 working days", "confirmed"),
    ("complaint.preliminary-decision", "appc-2021"): ("3 working days", "confirmed"),
    ("complaint.preliminary-decision", "appc-2026"): ("3 working days", "confirmed"),
    ("complaint.objection", "appc-2021"): ("2 working days", "confirmed"),
    ("complaint.objection", "appc-2026"): ("2 working days", "confirmed"),
    ("complaint.unconsidered-notice", "appc-2021"): ("3 working days", "confirmed"),
    ("complaint.unconsidered-notice", "appc-2026"): ("3 working days", "confirmed"),
    ("complaint.remittal", "appc-2021"): ("5 working days", "confirmed"),
    ("complaint.remittal", "appc-2026"): ("5 working days", "confirmed"),
    ("complaint.withdrawal-notice", "appc-2021"): ("3 working days", "confirmed"),
    ("complaint.withdrawal-notice", "appc-2026"): ("3 working days", "confirmed"),
    ("complaint.delivery", "appc-2021"): ("as set", "confirmed"),
    ("complaint.delivery", "appc-2026"): ("as set", "confirmed"),
    ("complaint.execution", "appc-2021"): ("5 working days", "confirmed"),
    ("complaint.execution", "appc-2026"): ("5 working days", "confirmed"),
    ("complaint.next-step", "appc-2021"): ("1 month", "confirmed"),
    ("complaint.next-step", "appc-2026"): ("1 month", "confirmed"),
    ("complaint.next-step-after-silence", "appc-2021"): ("1 month", "confirmed"),
    ("complaint.next-step-after-silence", "appc-2026"): ("1 month", "confirmed"),
}
"""Term and mark of each edition, as the fact sheet of the law and its addendum have them."""


def test_every_limit_has_the_term_and_the_mark_of_the_fact_sheet() -> None:
    told = {
        (key, e.law): (e.value.term, e.evidence.value)
        for key, dated in kz.law().limits.items()
        if key.startswith("complaint.")
        for e in dated
    }
    assert {key: (term(words), mark) for key, (words, mark) in LIMITS.items()} == told


def test_where_the_20_days_begin_was_read_for_2021() -> None:
    """The number and the receipt stand in article 99; that the day counts in 76(2) with 62(2)."""
    desk = desk_of()
    case = filed_at(desk, "2024-04-22")
    found = deadline_of(case, "complaint.consideration", office=desk.office)
    assert found is not None
    limit = found.edition.value
    assert ("confirmed", "confirmed", "secondary") == (
        found.edition.evidence.value,
        limit.base.evidence.value,
        found.evidence.value,
    )


def test_the_official_system_counted_a_complaint_20_days_in_2022() -> None:
    """Source: tests of the e-Otinish system, 2022: «Жалоба» 20 working days, received on 18 April 2022."""
    desk = desk_of()
    case = filed_at(desk, "2022-04-18")
    found = deadline_of(case, "complaint.consideration", office=desk.office)
    assert found is not None
    assert (WorkingDays(20), date(2022, 5, 18)) == (found.edition.value.term, found.last_day)


# -- the body complained of -------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "missed"),
    [("2026-02-05", ()), ("2026-02-06", ("complaint.forwarding",))],
)
def test_it_may_be_forwarded_late_and_that_is_told(day: str, missed: tuple[str, ...]) -> None:
    """Received on Monday 2 February: Thursday is the third day, Friday the fourth."""
    desk = desk_of()
    case = registered(desk, "2026-02-02")
    assert "forwarded" == desk.perform(case, Forward("akimat"), by=CLERK, at=at(day)).stage
    assert missed == breaches(desk, day)


def test_the_body_may_put_it_right_itself_on_the_third_day() -> None:
    desk = desk_of()
    case = registered(desk, "2026-02-02")
    done = desk.perform(case, SelfCorrect(fully=True), by=BOSS, at=at("2026-02-05 18:00"))
    assert ("self_corrected", ()) == (done.stage, breaches(desk, "2026-03-30"))


def test_on_the_fourth_day_it_may_only_forward() -> None:
    desk = desk_of()
    case = registered(desk, "2026-02-02")
    no = refused(desk, case, SelfCorrect(fully=True), "2026-02-06 09:00", BOSS)
    assert isinstance(no, oa.TooLate)
    assert ("self-correction.too-late", "APPC 91(4)", at("2026-02-06 00:00")) == (
        no.code,
        no.source,
        no.deadline,
    )
    assert "forwarded" == desk.perform(case, Forward("x"), by=CLERK, at=at("2026-02-06")).stage


def test_only_full_satisfaction_is_self_correction() -> None:
    desk = desk_of()
    no = refused(desk, registered(desk, "2026-02-02"), SelfCorrect(fully=False), "2026-02-03", BOSS)
    assert ("self-correction.partial", "APPC 91(4)") == (no.code, no.source)


def test_an_oral_complaint_is_received_and_asked_for_in_writing() -> None:
    """Nothing is refused at the counter (64(1)); but nothing oral goes on (93(1))."""
    desk = desk_of()
    case = registered(desk, "2026-02-02", channel="reception")
    no = refused(desk, case, Forward("akimat"), "2026-02-02", CLERK)
    assert ("complaint.oral", "APPC 93(1)", "confirmed") == (no.code, no.source, no.evidence)
    ask = AskToCorrect(until=date(2026, 2, 6), missing=("written form",))
    desk.perform(case, ask, by=CLERK, at=at("2026-02-02"))
    desk.perform(case, kz.appeal.Correct(), by=ASKS, at=at("2026-02-04"))
    assert "forwarded" == desk.perform(case, Forward("x"), by=CLERK, at=at("2026-02-04")).stage


def test_one_never_put_in_writing_is_returned_and_that_is_told() -> None:
    desk = desk_of()
    case = registered(desk, "2026-02-02", channel="phone")
    desk.perform(case, AskToCorrect(until=date(2026, 2, 6)), by=CLERK, at=at("2026-02-02"))
    back = kz.appeal.Return("not-corrected")
    assert "correction.term-runs" == refused(desk, case, back, "2026-02-06", CLERK).code
    assert (
        "return.no-ground"
        == refused(desk, case, kz.appeal.Return("ugly"), "2026-02-09", CLERK).code
    )
    assert "returned" == desk.perform(case, back, by=CLERK, at=at("2026-02-09")).stage
    told = ["complaint.rights-notice", "complaint.return-notice"]
    assert told == [n.within for n in desk.notices(case)]


def test_what_is_not_corrected_is_returned_in_3_working_days() -> None:
    """To be corrected by Friday 6 February: the term is over at its end, Wednesday the third day."""
    desk = desk_of()
    case = registered(desk, "2026-02-02", channel="phone")
    desk.perform(case, AskToCorrect(until=date(2026, 2, 6)), by=CLERK, at=at("2026-02-02"))
    over = desk.lapse(case, at=at("2026-02-09"))
    assert "correction-over" == over.records[-1].act.tag
    back = desk.perform(case, kz.appeal.Return("not-corrected"), by=CLERK, at=at("2026-02-13"))
    found = deadline_of(back, "complaint.return", office=desk.office)
    assert found is not None
    assert (True, "APPC 94(1), 64(7)(1)") == (
        found.missed(at("2026-02-13")),
        found.edition.source,
    )


@pytest.mark.parametrize("ground", ["identical", "obscene"])
def test_what_is_identical_or_insulting_is_returned_in_3_working_days_of_registration(
    ground: str,
) -> None:
    """Registered on Monday 2 February: Thursday is the third day."""
    desk = desk_of()
    links = (Link(filed_at(desk, "2026-01-12").id, "repeats"),)
    early, late = (registered(desk, "2026-02-02", links=links) for _ in range(2))
    done = desk.perform(early, kz.appeal.Return(ground), by=CLERK, at=at("2026-02-05"))
    assert "returned" == done.stage
    no = refused(desk, late, kz.appeal.Return(ground), "2026-02-06", CLERK)
    assert isinstance(no, oa.TooLate)
    assert ("return.too-late", "APPC 64(7)(2)") == (no.code, no.source)


def test_an_identical_complaint_names_what_it_repeats() -> None:
    desk = desk_of()
    no = refused(
        desk, registered(desk, "2026-02-02"), kz.appeal.Return("identical"), "2026-02-03", CLERK
    )
    assert "return.repeats-nothing" == no.code


def test_in_2021_no_return_on_such_a_ground_is_known() -> None:
    desk = desk_of()
    no = refused(
        desk, registered(desk, "2024-04-22"), kz.appeal.Return("obscene"), "2024-04-23", CLERK
    )
    assert "act.not-available" == no.code


def test_a_complaint_to_the_wrong_body_is_redirected_and_that_is_told() -> None:
    desk = desk_of()
    case = filed_at(desk, "2026-02-02").id
    unregistered = refused(desk, case, kz.appeal.Redirect("tax office"), "2026-02-02", CLERK)
    assert "act.not-available" == unregistered.code
    desk.perform(case, oa.Register(), by=CLERK, at=at("2026-02-02"))
    done = desk.perform(case, kz.appeal.Redirect("tax office"), by=CLERK, at=at("2026-02-06"))
    assert ("redirected", ("complaint.forwarding",)) == (done.stage, breaches(desk, "2026-02-06"))
    assert "complaint.redirection-notice" == desk.notices(case)[-1].within
    late = ("complaint.forwarding", "complaint.redirection-notice")
    assert late == breaches(desk, "2026-02-09")
    desk.perform(case, kz.complaint.Notify("redirection"), by=CLERK, at=at("2026-02-09"))
    assert "closed" == desk.perform(case, Close(), by=BOSS, at=at("2026-02-10")).stage


@pytest.mark.parametrize("ground", ["crime", "security"])
def test_what_tells_of_a_crime_is_redirected_even_while_a_correction_is_awaited(
    ground: str,
) -> None:
    desk = desk_of()
    case = registered(desk, "2026-02-02", channel="phone")
    desk.perform(case, AskToCorrect(until=date(2026, 2, 6)), by=CLERK, at=at("2026-02-02"))
    no = refused(desk, case, kz.appeal.Redirect("x", "not-competent"), "2026-02-03", CLERK)
    assert "redirection.not-at-once" == no.code
    act = kz.appeal.Redirect("police", ground)
    assert "redirected" == desk.perform(case, act, by=CLERK, at=at("2026-02-03")).stage


@pytest.mark.parametrize(
    ("tag", "law", "source", "mark"),
    [
        ("ask-to-correct", "appc-2026", "APPC 94(1), 64(6)", "confirmed"),
        ("ask-to-correct", "appc-2021", "APPC 94(1), 64(6)", "confirmed"),
        ("return", "appc-2026", "APPC 94(1), 64(7)", "confirmed"),
        ("return", "appc-2021", "APPC 94(1), 64(7)", "confirmed"),
        ("withdraw", "appc-2026", "APPC 94(1), 64(9)", "confirmed"),
        ("withdraw", "appc-2021", "APPC 94(1), 64(9)", "confirmed"),
    ],
)
def test_intake_return_and_withdrawal_go_by_article_94(
    tag: str, law: str, source: str, mark: str
) -> None:
    table = kz.office().table("complaint", law)
    laws = {row.source for (_, act), way in table.rows.items() if act == tag for row in way}
    assert ({source}, mark) == (laws, kz.law().evidence(law, source).value)


def test_rights_and_duties_are_explained_after_the_registration() -> None:
    desk = desk_of()
    (notice,) = desk.notices(registered(desk, "2026-02-02"))
    assert ("register", "complaint.rights-notice") == (notice.about, notice.within)


@pytest.mark.parametrize(
    ("choice", "last"), [("inside", date(2026, 2, 5)), ("outside", date(2026, 2, 10))]
)
def test_whether_the_correction_runs_inside_the_3_days_is_a_reading(
    choice: str, last: date
) -> None:
    desk = desk_of(**{"correction-2026": choice})
    case = registered(desk, "2026-02-02", channel="oral")
    desk.perform(case, AskToCorrect(until=date(2026, 2, 6)), by=CLERK, at=at("2026-02-03"))
    desk.perform(case, kz.appeal.Correct(), by=ASKS, at=at("2026-02-06"))
    assert last == last_day(desk, case, "complaint.forwarding")


# -- filed late -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("learnt", "filed", "instructed", "last"),
    [
        ("2025-11-30", "2026-02-02", True, date(2026, 3, 2)),  # 28 February is a Saturday
        ("2026-01-31", "2026-02-02", True, date(2026, 4, 30)),
        ("2026-02-28", "2026-03-02", True, date(2026, 5, 28)),
        ("2025-08-31", "2026-02-02", False, date(2026, 3, 2)),
        ("2026-03-31", "2026-04-01", False, date(2026, 9, 30)),
        ("2023-11-30", "2023-12-01", True, date(2024, 2, 29)),
        ("2023-11-30", "2023-12-01", False, date(2024, 2, 29)),  # no 6 months before 2026
        (
            "2020-05-31",
            "2020-06-01",
            True,
            date(2020, 8, 31),
        ),  # a day off: Law 107, 12-1(3) rolls none
    ],
)
def test_the_term_to_complain(learnt: str, filed: str, *, instructed: bool, last: date) -> None:
    desk = desk_of()
    case = filed_at(desk, filed, learnt_on=date.fromisoformat(learnt), instructed=instructed)
    found = filing_deadline(case, office=desk.office)
    assert found is not None
    assert last == found.last_day


def test_a_term_that_rolls_on_rests_on_a_rule_not_read() -> None:
    desk = desk_of()
    case = filed_at(desk, "2026-02-02", learnt_on=date(2025, 11, 30))
    found = filing_deadline(case, office=desk.office)
    assert found is not None
    assert "unconfirmed" == found.evidence.value


def test_lateness_never_blocks_receipt_and_is_no_ground_without_a_day() -> None:
    desk = desk_of()
    late = filed_at(desk, "2026-02-02", learnt_on=date(2024, 1, 9))
    assert "received" == late.stage
    assert None is filing_deadline(filed_at(desk, "2026-02-02"), office=desk.office)


LATE = Dismiss("late", next_step="court", unheard="at-request")


@pytest.mark.parametrize(
    ("filed", "learnt"), [("2026-03-02", date(2025, 11, 30)), ("2026-03-02", None)]
)
def test_in_time_or_from_a_day_nobody_told_it_is_not_late(filed: str, learnt: date | None) -> None:
    desk = desk_of()
    no = refused(desk, reviewed(desk, filed, learnt_on=learnt), LATE, "2026-03-03")
    assert ("complaint.not-late", "APPC 92(3)") == (no.code, no.source)


def test_a_late_one_may_be_dismissed_as_late() -> None:
    desk = desk_of()
    case = reviewed(desk, "2026-03-03", learnt_on=date(2025, 11, 30))
    assert "dismissed" == desk.perform(case, LATE, by=REVIEWER, at=at("2026-03-04")).stage


def test_the_act_that_did_not_say_how_to_complain_leaves_3_months_more() -> None:
    desk = desk_of()
    case = reviewed(desk, "2026-03-03", learnt_on=date(2025, 11, 30), instructed=False)
    assert "complaint.not-late" == refused(desk, case, LATE, "2026-03-04").code


def test_a_term_restored_is_no_ground_any_more() -> None:
    desk = desk_of()
    case = reviewed(desk, "2026-03-03", learnt_on=date(2025, 11, 30))
    assert "restoration.no-ground" == refused(desk, case, RestoreTerm("mood"), "2026-03-04").code
    desk.perform(case, RestoreTerm("illness", "in hospital"), by=REVIEWER, at=at("2026-03-04"))
    assert "complaint.not-late" == refused(desk, case, LATE, "2026-03-05").code


# -- who reviews ------------------------------------------------------------------------

ACCUSED_IN_CHARGE = oa.Official(ACCUSED, {SUPERIOR, HEAD})
ACCUSED_AS_SUBSTITUTE = oa.Official(
    ACCUSED, {EXECUTOR}, mandates=(Mandate("reviewer", {SUPERIOR}, "order 5", date(2026, 1, 5)),)
)
SUBSTITUTE_OF_ACCUSED = oa.Official(
    "deputy", {SUPERIOR}, mandates=(Mandate(ACCUSED, {HEAD}, "order 6", date(2026, 1, 5)),)
)
REVIEWING = (
    Propose("unfounded"),
    RestoreTerm("illness"),
    Satisfy("cancelled"),
    LATE,
    Remit("measure the plot"),
    LeaveUnconsidered("court-claim"),
)


@pytest.mark.parametrize("act", REVIEWING, ids=lambda act: str(act.tag))
@pytest.mark.parametrize(
    "by",
    [ACCUSED_IN_CHARGE, ACCUSED_AS_SUBSTITUTE, SUBSTITUTE_OF_ACCUSED],
    ids=["in charge", "by mandate", "their substitute"],
)
def test_the_official_complained_of_does_not_review(act: Act, by: oa.Official) -> None:
    """Neither in a role of theirs, nor by mandate, nor through whoever stands in for them."""
    desk = desk_of()
    case = reviewed(desk, "2026-03-03", learnt_on=date(2025, 11, 30))
    no = refused(desk, case, act, "2026-03-04", by)
    assert isinstance(no, oa.NotCompetent)
    assert ("review.own-act", "APPC 97(2)", "confirmed") == (no.code, no.source, no.evidence)


def test_nor_do_they_hold_the_hearing() -> None:
    desk = desk_of()
    case = reviewed(desk)
    desk.perform(case, Propose("unfounded"), by=REVIEWER, at=at("2026-02-03"))
    assert "review.own-act" == refused(desk, case, Hear(), "2026-02-04", ACCUSED_IN_CHARGE).code


def test_a_mandate_that_is_over_does_not_bar() -> None:
    past = Mandate(ACCUSED, {HEAD}, "order 4", date(2025, 1, 6), date(2025, 12, 30))
    by = oa.Official("deputy", {SUPERIOR}, mandates=(past,))
    desk = desk_of()
    case = reviewed(desk)
    assert "satisfied" == desk.perform(case, Satisfy("action"), by=by, at=at("2026-02-03")).stage


# -- hearing ----------------------------------------------------------------------------


def test_nobody_is_dismissed_unheard() -> None:
    desk = desk_of()
    no = refused(desk, reviewed(desk), UNFOUNDED, "2026-02-10")
    assert isinstance(no, oa.Incomplete)
    assert ("complaint.unheard", "APPC 98(3), 73(1)") == (no.code, no.source)


@pytest.mark.parametrize(
    ("day", "stage"), [("2026-02-12", "dismissed"), ("2026-02-11", "proposed")]
)
def test_the_preliminary_decision_is_told_3_working_days_before(day: str, stage: str) -> None:
    """Proposed on Monday 9 February: from Thursday on the complaint may be dismissed."""
    desk = desk_of()
    case = reviewed(desk)
    desk.perform(case, Propose("unfounded"), by=REVIEWER, at=at("2026-02-09"))
    if stage == "dismissed":
        desk.perform(case, UNFOUNDED, by=REVIEWER, at=at(day))
    else:
        assert "complaint.unheard" == refused(desk, case, UNFOUNDED, day).code
    assert stage == desk.case(case).stage


def test_who_asks_to_be_heard_is_heard_first() -> None:
    desk = desk_of()
    case = reviewed(desk)
    desk.perform(case, Propose("unfounded"), by=REVIEWER, at=at("2026-02-09"))
    desk.perform(case, Object("I ask to be heard", oral=True), by=ASKS, at=at("2026-02-10"))
    accused = oa.Official(ACCUSED, {HEAD})
    desk.perform(case, Object("I was right"), by=accused, at=at("2026-02-10"))
    assert "complaint.unheard" == refused(desk, case, UNFOUNDED, "2026-02-13").code
    desk.perform(case, Hear("protocol 1"), by=REVIEWER, at=at("2026-02-13"))
    assert "dismissed" == desk.perform(case, UNFOUNDED, by=REVIEWER, at=at("2026-02-13")).stage


def test_only_the_parties_object() -> None:
    desk = desk_of()
    case = reviewed(desk)
    desk.perform(case, Propose("unfounded"), by=REVIEWER, at=at("2026-02-09"))
    no = refused(desk, case, Object("I know better"), "2026-02-10", BOSS)
    assert ("complaint.not-a-party", "APPC 98(3), 73(3)") == (no.code, no.source)


def test_the_law_lets_some_decisions_be_made_unheard() -> None:
    desk = desk_of()
    act = Dismiss("unfounded", next_step="another-body", unheard="urgent", reason="a dam breaks")
    assert "dismissed" == desk.perform(reviewed(desk), act, by=REVIEWER, at=at("2026-02-03")).stage


# -- outcomes ---------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", ["cancelled", "replaced", "action"])
def test_a_complaint_is_satisfied_three_ways(outcome: str) -> None:
    desk = desk_of()
    case = reviewed(desk)
    done = desk.perform(case, Satisfy(outcome), by=REVIEWER, at=at("2026-02-10"))
    assert "satisfied" == done.stage


def test_a_complaint_does_not_make_things_worse() -> None:
    desk = desk_of()
    no = refused(desk, reviewed(desk), Satisfy("replaced", worsens=True), "2026-02-10")
    assert ("complaint.worsens", "APPC 98(6)", "confirmed") == (no.code, no.source, no.evidence)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (Satisfy("forgiven"), "outcome.unknown"),
        (Dismiss("tired", next_step="court", unheard="urgent"), "dismissal.no-ground"),
        (LeaveUnconsidered("tired"), "unconsidered.no-ground"),
        (KeepInForce("tired"), "stay.no-exception"),
    ],
    ids=lambda one: one if isinstance(one, str) else one.tag,
)
def test_what_the_law_does_not_name_is_refused(act: Act, code: str) -> None:
    desk = desk_of()
    assert code == refused(desk, reviewed(desk), act, "2026-02-10").code


def test_the_next_step_is_named_when_it_is_dismissed() -> None:
    with pytest.raises(oa.Malformed, match="next_step"):
        Dismiss("unfounded", next_step="nowhere")  # type: ignore[arg-type]


def test_left_without_consideration_it_is_told_in_3_working_days() -> None:
    desk = desk_of()
    case = reviewed(desk)
    desk.perform(case, LeaveUnconsidered("court-claim"), by=REVIEWER, at=at("2026-02-20"))
    *_, notice = desk.notices(case)
    assert ("left_unconsidered", "complaint.unconsidered-notice") == (
        desk.case(case).stage,
        notice.within,
    )


def test_a_pending_claim_was_no_ground_in_2021() -> None:
    desk = desk_of()
    no = refused(desk, reviewed(desk, "2024-04-22"), LeaveUnconsidered("court-claim"), "2024-04-23")
    assert "unconsidered.no-ground" == no.code


def test_the_complainant_may_withdraw_it_and_nobody_else() -> None:
    desk = desk_of()
    case = reviewed(desk)
    with pytest.raises(oa.NotCompetent) as no:
        desk.perform(
            case, kz.appeal.Withdraw(), by=kz.Applicant(id="neighbour"), at=at("2026-02-10")
        )
    assert "applicant.another" == no.value.code
    assert (
        "withdrawn" == desk.perform(case, kz.appeal.Withdraw(), by=ASKS, at=at("2026-02-10")).stage
    )
    accepted = desk.perform(case, Terminate("withdrawn"), by=REVIEWER, at=at("2026-02-11"))
    assert "left_unconsidered" == accepted.stage
    desk.perform(case, kz.complaint.Notify("unconsidered"), by=CLERK, at=at("2026-02-13"))
    assert () == breaches(desk, "2026-06-01")


def test_a_representative_withdraws_by_mandate() -> None:
    desk = desk_of()
    case = reviewed(desk)
    power = Mandate("aigerim", {APPLICANT}, "power of attorney 1", date(2026, 1, 5))
    lawyer = Representative("lawyer", (power,))
    done = desk.perform(case, kz.appeal.Withdraw(), by=lawyer, at=at("2026-02-10"))
    assert ("withdrawn", "aigerim") == (done.stage, done.records[-1].on_behalf)


# -- silence ----------------------------------------------------------------------------


def test_silence_is_a_refusal_and_a_late_decision_may_still_be_made() -> None:
    desk = desk_of()
    case = reviewed(desk)
    silent = desk.lapse(case, at=at("2026-03-03"))
    assert ("deemed_dismissed", "deem-dismissed") == (silent.stage, silent.records[-1].act.tag)
    late = desk.perform(case, Satisfy("cancelled"), by=REVIEWER, at=at("2026-03-10"))
    (line,) = desk.docket(at=at("2026-03-10"))
    assert ("satisfied", oa.Standing.LATE, 5) == (late.stage, line.standing, line.days_late)


def test_after_silence_it_is_dismissed_only_when_heard() -> None:
    desk = desk_of()
    case = reviewed(desk)
    desk.lapse(case, at=at("2026-03-03"))
    assert "proposal.missing" == refused(desk, case, Hear(), "2026-03-03").code
    with pytest.raises(oa.NotAllowed):
        desk.perform(case, Object("why?"), by=ASKS, at=at("2026-03-03"))
    assert "complaint.unheard" == refused(desk, case, UNFOUNDED, "2026-03-10").code
    desk.perform(case, Propose("unfounded"), by=REVIEWER, at=at("2026-03-10"))
    desk.perform(case, Object("no"), by=ASKS, at=at("2026-03-11"))
    assert "dismissed" == desk.perform(case, UNFOUNDED, by=REVIEWER, at=at("2026-03-16")).stage


@pytest.mark.parametrize(
    ("day", "term", "late", "choice"),
    [
        ("2024-04-22", "2024-05-23", "2024-05-27", "first"),
        ("2026-02-02", "2026-03-03", "2026-03-10", "first"),
        ("2026-02-02", "2026-03-03", "2026-03-10", "reviewing"),
    ],
)
def test_silence_is_a_refusal_wherever_the_complaint_lies(
    day: str, term: str, late: str, choice: str
) -> None:
    """Never forwarded, it is dismissed all the same; it may still go on to whoever reviews it."""
    desk = desk_of(**{"complaint-registration": choice})
    case = registered(desk, day)
    silent = desk.lapse(case, at=at(term))
    assert ("deemed_dismissed", "deem-dismissed") == (silent.stage, silent.records[-1].act.tag)
    satisfied = Satisfy("action")
    assert "review.not-registered" == refused(desk, case, satisfied, late).code
    assert "complaint.not-forwarded" == refused(desk, case, RegisterForReview(), late, CLERK).code
    desk.perform(case, Forward("akimat"), by=CLERK, at=at(late))
    desk.perform(case, RegisterForReview(), by=CLERK, at=at(late))
    assert "register-for-review.twice" == refused(desk, case, RegisterForReview(), late, CLERK).code
    assert "satisfied" == desk.perform(case, satisfied, by=REVIEWER, at=at(late)).stage


@pytest.mark.parametrize("channel", ["paper", "phone"])
def test_silence_while_a_correction_is_awaited(channel: str) -> None:
    """The correction, or the return of what was not corrected, may still come."""
    desk = desk_of()
    case = registered(desk, "2026-02-02", channel=channel)
    desk.perform(case, AskToCorrect(until=date(2026, 3, 6)), by=CLERK, at=at("2026-02-03"))
    assert "deemed_dismissed" == desk.lapse(case, at=at("2026-03-03")).stage
    if channel == "paper":
        done = desk.perform(case, kz.appeal.Correct(), by=ASKS, at=at("2026-03-05"))
        assert "deemed_dismissed" == done.stage
    else:
        done = desk.perform(case, kz.appeal.Return("not-corrected"), by=CLERK, at=at("2026-03-10"))
        assert "returned" == done.stage


# -- what the law forbids ---------------------------------------------------------------


@pytest.mark.parametrize("stage", ["registered", "considered"])
def test_the_term_may_not_be_extended_and_the_refusal_says_by_what_law(stage: str) -> None:
    desk = desk_of()
    case = registered(desk, "2026-02-02") if stage == "registered" else reviewed(desk)
    no = refused(desk, case, kz.appeal.Extend(date(2026, 4, 1), "much to do"), "2026-02-10")
    assert ("act.forbidden", "APPC 99", "confirmed") == (no.code, no.source, no.evidence)
    told = desk.may(case, kz.appeal.Extend, by=REVIEWER, at=at("2026-02-10"))
    assert isinstance(told, oa.NotAllowed)
    assert "act.forbidden" == told.code


def test_in_2021_no_extension_is_known() -> None:
    desk = desk_of()
    no = refused(
        desk, reviewed(desk, "2024-04-22"), kz.appeal.Extend(date(2024, 6, 3), "x"), "2024-04-23"
    )
    assert ("act.not-available", "") == (no.code, no.source)


def test_an_act_both_forbidden_and_allowed_is_a_contradiction() -> None:
    with pytest.raises(oa.PackError, match="'satisfy-complaint' is forbidden"):

        class Odd(kz.complaint.Complaint2021):
            forbids = ((Satisfy, "APPC 99"),)


# -- the act complained of --------------------------------------------------------------


def test_the_act_is_suspended_from_the_filing_to_the_decision() -> None:
    desk = desk_of()
    assert is_stayed(filed_at(desk, "2026-02-02"))
    case = reviewed(desk)
    assert is_stayed(desk.case(case))
    assert not is_stayed(desk.perform(case, Satisfy("action"), by=REVIEWER, at=at("2026-02-10")))


@pytest.mark.parametrize(
    "act",
    [
        KeepInForce("protection", "the house may fall", stated_in_act=True),
        KeepInForce("other-law", "Law on emergencies", stated_in_act=True),
        KeepInForce("regulator"),
    ],
    ids=lambda act: str(act.ground),
)
def test_it_stays_in_force_where_it_is_one_of_the_exceptions(act: KeepInForce) -> None:
    desk = desk_of()
    case = registered(desk, "2026-02-02")
    assert not is_stayed(desk.perform(case, act, by=BOSS, at=at("2026-02-02")))


@pytest.mark.parametrize(
    "act",
    [
        KeepInForce("protection", "the house may fall"),
        KeepInForce("protection", stated_in_act=True),
        KeepInForce("other-law"),
    ],
    ids=["not stated", "no reason", "neither"],
)
def test_the_exception_and_its_reasons_stand_in_the_act_complained_of(act: KeepInForce) -> None:
    """Nobody adds an exception after the act was made."""
    desk = desk_of()
    no = refused(desk, registered(desk, "2026-02-02"), act, "2026-02-02", BOSS)
    assert isinstance(no, oa.Incomplete)
    assert ("stay.not-stated", "APPC 96(2)", "confirmed") == (no.code, no.source, no.evidence)


@pytest.mark.parametrize(
    ("law", "exceptions", "cited"),
    [
        ("appc-2021", values("complaint.exceptions-2021"), "APPC 96, {})"),
        ("appc-2026", values("complaint.exceptions"), "APPC 96(1)({})"),
    ],
)
def test_the_exceptions_are_those_of_article_96(
    law: str, exceptions: Mapping[str, str], cited: str
) -> None:
    """Which was not divided into parts before Law 241-VIII."""
    numbers = [cited.format(no) for no in (1, 2, 3)]
    assert numbers == list(exceptions.values())
    assert {"confirmed"} == {kz.law().evidence(law, one).value for one in numbers}


def test_silence_lifts_the_suspension() -> None:
    desk = desk_of()
    assert not is_stayed(desk.lapse(reviewed(desk), at=at("2026-03-03")))
    assert not is_stayed(desk.lapse(registered(desk, "2024-04-22"), at=at("2024-05-23")))
    assert not is_stayed(filed_at(desk, "2020-08-03"))


def test_a_complaint_names_the_case_it_is_about() -> None:
    desk = desk_of()
    appeal = desk.open(kz.Appeal, by=ASKS, at=at("2026-01-12"))
    case = filed_at(desk, "2026-02-02", links=(Link(appeal.id, "about"),))
    assert (Link(appeal.id, "about"),) == case.received.links


# -- the charts -------------------------------------------------------------------------


def test_the_day_of_filing_chooses_the_wording() -> None:
    desk = desk_of()
    days = ("2020-08-03", "2025-12-26", "2025-12-29")
    assert ["l221", "appc-2021", "appc-2026"] == [
        wording_of(filed_at(desk, day).under) for day in days
    ]


def test_under_law_221_the_superior_body_answers() -> None:
    desk = desk_of()
    case = registered(desk, "2020-08-03")
    done = desk.perform(case, kz.appeal.Decide("refused"), by=REVIEWER, at=at("2020-08-17"))
    assert ("answered", ()) == (done.stage, breaches(desk, "2020-09-01"))


def test_everything_is_named_in_three_languages() -> None:
    law = kz.law()
    shared = {"received", "registered", "awaiting_correction", "considered", "proposed"}
    shared |= {"answered", "withdrawn", "returned", "redirected", "closed"}
    tables = [chart.table for chart in CHARTS]
    wanted = [("stage", one) for table in tables for one in table.stages if one not in shared]
    ours = [kind for kind in vars(redress).values() if isinstance(kind, type)]
    wanted += [
        ("act", kind.tag)
        for kind in ours
        if issubclass(kind, Act) and kind.__module__ == redress.__name__
    ]
    wanted += [
        ("ground", f"{row.act}.{value}")
        for table in tables
        for way in table.rows.values()
        for row in way
        for guard in row.guards
        for value in guard.values
        if row.act not in {"decide", "return", "redirect"}
    ]
    assert [] == [one for one in wanted if one not in law.labels]
    assert "рассмотрение жалобы" == law.words("procedure", "complaint", "ru")


@pytest.mark.parametrize(
    "act",
    [UNFOUNDED, Satisfy("cancelled"), Remit("look again"), LeaveUnconsidered("court-decision")],
)
@pytest.mark.parametrize("when", ["2025-02-03", "2026-02-02"])
def test_an_office_may_keep_apart_who_prepares_and_who_signs(act: Act, when: str) -> None:
    desk, later = desk_of(separation="kept"), at(when) + timedelta(days=9)
    case = reviewed(desk, when)
    desk.perform(case, Propose("unfounded"), by=REVIEWER, at=at(f"{when} 15:00"))
    order = Mandate("reviewer", {SUPERIOR}, "order 3", date.fromisoformat(when))
    for one in (REVIEWER, oa.Official("sub", (), mandates=(order,))):
        said = desk.may(case, act, by=one, at=later)
        assert ("office.propose", "order of the office") == (
            getattr(said, "code", ""), getattr(said, "source", ""),
        )  # fmt: skip
    another = oa.Official("another", {SUPERIOR})
    assert desk.may(case, act, by=another, at=later) is None


def test_what_is_no_complaint_is_told_as_such() -> None:
    desk = desk_of()
    appeal = desk.open("appeal", by=ASKS, at=at("2026-02-02"))
    for ask in (
        lambda: complaint_of(appeal),
        lambda: filing_deadline(appeal, office=desk.office),
        lambda: is_stayed(appeal),
        lambda: complaint_of(appeal),
    ):
        with pytest.raises(oa.Malformed, match="procedure: 'appeal', opened with 'receive'") as no:
            ask()
        assert appeal.id in str(no.value)
