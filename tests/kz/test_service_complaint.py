"""The complaint about a service: its term hangs on whom it is addressed to.

Dates were counted by hand in the production calendars of Kazakhstan of 2019, 2022 and 2026.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.calendar.terms import WorkingDays, term
from openakimat.case.act import Link
from openakimat.case.people import Mandate
from openakimat.case.record import Case, wording_of
from openakimat.judgement.deadlines import deadline_of
from openakimat.kz import service_complaint
from openakimat.kz.acts import Deliver
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.kz.service_complaint.acts import (
    DecideServiceComplaint,
    ExtendServiceComplaint,
    RegisterForQuality,
    RegisterSocial,
)

ASKS = kz.Applicant("Айгерім", id="aigerim")
CLERK = oa.Official("clerk", {REGISTRAR, EXECUTOR})
BOSS = oa.Official("boss", {HEAD})
TERM = "service-complaint.consideration"


def at(text: str) -> datetime:
    """Ten in the morning in Astana."""
    return datetime.fromisoformat(f"{text}T10:00{'+05:00' if text > '2024-02' else '+06:00'}")


def desk_of() -> oa.Desk:
    return oa.Desk(kz.office("astana"), journal=memory.Journal(), numbers=memory.Numbers())


def filed_at(desk: oa.Desk, when: str, addressee: str = "provider", **told: Any) -> str:
    told = {"addressee": addressee, "service": "00301001", **told}
    return desk.open(kz.ServiceComplaint, by=ASKS, at=at(when), **told).id


def taken(
    desk: oa.Desk,
    when: str,
    addressee: str = "provider",
    *,
    social: bool = False,
    against: str = "",
) -> Case:
    """Filed and registered, by whatever registration is its own."""
    case = filed_at(desk, when, addressee, social=social, against=against)
    act = RegisterSocial() if social else oa.Register()
    act = RegisterForQuality() if addressee == "quality-body" else act
    return desk.perform(case, act, by=CLERK, at=at(when))


def last_day(desk: oa.Desk, case: Case) -> date | None:
    found = deadline_of(case, TERM, office=desk.office)
    assert found is not None
    return found.last_day


def extended(until: date) -> ExtendServiceComplaint:
    return ExtendServiceComplaint(until, "the site must be seen", ground="site-check")


# -- by when ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("registered_on", "addressee", "last"),
    [
        ("2019-03-15", "provider", date(2019, 3, 27)),  # over Nauryz, as the fact sheet has it
        ("2026-02-02", "state-corporation", date(2026, 2, 9)),
        ("2026-02-02", "body", date(2026, 2, 9)),
        ("2026-02-02", "quality-body", date(2026, 2, 23)),
        ("2026-04-06", "provider", date(2026, 4, 13)),
        ("2026-04-06", "quality-body", date(2026, 4, 27)),
    ],
)
def test_the_term_hangs_on_the_addressee(registered_on: str, addressee: str, last: date) -> None:
    desk = desk_of()
    assert last == last_day(desk, taken(desk, registered_on, addressee))


def test_the_term_of_the_quality_body_is_the_one_the_case_is_late_by() -> None:
    desk = desk_of()
    case = taken(desk, "2026-02-02", "quality-body")
    desk.perform(case.id, DecideServiceComplaint("satisfied"), by=BOSS, at=at("2026-02-24"))
    (line,) = desk.docket(at=at("2026-02-24"))
    assert line.deadline is not None
    assert (oa.Standing.LATE, f"{TERM}-quality") == (line.standing, line.deadline.limit)


LAWS = ("psl-2013", "psl-2016", "psl-2021", "psl-2024", "psl-2026")
LIMITS = {
    (key, law): (words, "secondary" if law == "psl-2013" else "confirmed")
    for law in LAWS
    for key, words in (
        (TERM, "5 working days"),
        (f"{TERM}-quality", "15 working days"),
        ("service-complaint.extension", "10 working days"),
        ("service-complaint.extension-notice", "3 working days"),
    )
} | {
    (key, law): (words, mark)
    for key, words, laws, mark in (
        (f"{TERM}-social", "5 working days", LAWS[4:], "unconfirmed"),
        ("service-complaint.registration", "1 working day", LAWS[:2], "unconfirmed"),
        ("service-complaint.registration", "1 working day", LAWS[2:], "confirmed"),
        ("service-complaint.redirection", "3 working days", LAWS[:2], "unconfirmed"),
        ("service-complaint.redirection", "3 working days", LAWS[2:], "confirmed"),
        ("service-complaint.redirection-notice", "as set", LAWS[:2], "unconfirmed"),
        ("service-complaint.redirection-notice", "1 working day", LAWS[2:], "unconfirmed"),
        ("service-complaint.correction", "as set", LAWS[2:], "confirmed"),
        ("service-complaint.return", "3 working days", LAWS[4:], "unconfirmed"),
        ("service-complaint.return-notice", "3 working days", LAWS[2:], "confirmed"),
    )
    for law in laws
}
"""Term and mark of each edition, as the fact sheet of the law and its addendum have them."""


def test_every_limit_has_the_term_and_the_mark_of_the_fact_sheet() -> None:
    told = {
        (key, e.law): (e.value.term, e.evidence.value)
        for key, dated in kz.law().limits.items()
        if key.startswith("service-complaint.")
        for e in dated
    }
    assert {key: (term(words), mark) for key, (words, mark) in LIMITS.items()} == told


def test_the_official_system_counted_a_complaint_on_services_5_days_in_2022() -> None:
    """Source: tests of the e-Otinish system, 2022: «Жалоба по вопросам оказания госуслуг» 5 working days."""
    desk = desk_of()
    found = deadline_of(taken(desk, "2022-04-18"), TERM, office=desk.office)
    assert found is not None
    assert WorkingDays(5) == found.edition.value.term


def test_the_day_of_registration_chooses_nothing_but_the_day_of_filing_the_wording() -> None:
    desk = desk_of()
    days = (
        "2013-05-16",
        "2016-05-07",
        "2021-06-30",
        "2021-07-01",
        "2024-06-05",
        "2024-06-06",
        "2026-03-12",
        "2026-03-13",
    )
    told = [wording_of(taken(desk, day).under) for day in days]
    assert [
        "psl-2013",
        "psl-2016",
        "psl-2016",
        "psl-2021",
        "psl-2021",
        "psl-2024",
        "psl-2024",
        "psl-2026",
    ] == told


# -- extension --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("addressee", "cap"), [("body", date(2026, 2, 23)), ("quality-body", date(2026, 3, 10))]
)
def test_a_body_extends_by_up_to_10_working_days(addressee: str, cap: date) -> None:
    """From Monday 9 February ten working days end on the 23rd; from the 23rd, after 9 March, a day off."""
    desk = desk_of()
    case = taken(desk, "2026-02-02", addressee)
    beyond = extended(date.fromordinal(cap.toordinal() + 1))
    told = desk.may(case.id, beyond, by=BOSS, at=at("2026-02-04"))
    assert isinstance(told, oa.NotAllowed)
    assert ("extension.beyond-cap", "PSL 25(4)") == (told.code, told.source)
    case = desk.perform(case.id, extended(cap), by=BOSS, at=at("2026-02-04"))
    assert cap == last_day(desk, case)


@pytest.mark.parametrize("addressee", ["provider", "state-corporation"])
def test_a_provider_and_the_state_corporation_do_not(addressee: str) -> None:
    desk = desk_of()
    case = taken(desk, "2026-02-02", addressee)
    told = desk.may(case.id, extended(date(2026, 2, 16)), by=BOSS, at=at("2026-02-04"))
    assert isinstance(told, oa.NotCompetent)
    assert ("extension.not-for-addressee", "PSL 25(4)", "confirmed") == (
        told.code,
        told.source,
        told.evidence,
    )


def test_an_extension_names_one_of_three_needs() -> None:
    with pytest.raises(oa.Malformed, match="additional-study, site-check, information"):
        ExtendServiceComplaint(date(2026, 2, 16), "busy", ground="busy")  # type: ignore[arg-type]


def test_the_extension_is_told_in_3_working_days() -> None:
    """Extended on Wednesday 4 February: told by Monday the 9th."""
    desk = desk_of()
    case = taken(desk, "2026-02-02", "body")
    desk.perform(case.id, extended(date(2026, 2, 16)), by=BOSS, at=at("2026-02-04"))
    case = desk.perform(case.id, kz.appeal.Notify("extension"), by=CLERK, at=at("2026-02-10"))
    found = deadline_of(case, "service-complaint.extension-notice", office=desk.office)
    assert found is not None
    assert (date(2026, 2, 9), True) == (found.last_day, found.missed(at("2026-02-10")))


# -- whose register ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("addressee", "social", "act", "code"),
    [
        ("quality-body", False, oa.Register(), "addressee.quality-body"),
        ("provider", False, RegisterForQuality(), "addressee.not-quality-body"),
        ("provider", True, oa.Register(), "service.social"),
        ("provider", False, RegisterSocial(), "service.not-social"),
    ],
)
def test_each_is_registered_as_what_it_is(
    addressee: str, act: oa.Register, code: str, *, social: bool
) -> None:
    desk = desk_of()
    case = filed_at(desk, "2026-04-06", addressee, social=social)
    told = desk.may(case, act, by=CLERK, at=at("2026-04-06"))
    assert isinstance(told, oa.NotAllowed)
    assert code == told.code


def test_the_term_for_a_socially_responsible_service_is_shown_as_unconfirmed() -> None:
    desk = desk_of()
    found = deadline_of(taken(desk, "2026-04-06", social=True), TERM, office=desk.office)
    assert found is not None
    assert (date(2026, 4, 13), "unconfirmed") == (found.last_day, found.edition.evidence.value)


def test_there_is_no_such_addressee() -> None:
    with pytest.raises(oa.Malformed, match="addressee"):
        filed_at(desk_of(), "2026-04-06", "ministry")


# -- outcome and what follows -----------------------------------------------------------


def test_one_refused_is_followed_by_a_complaint_under_the_code() -> None:
    """Service by-laws name APPC 91(4) as the next step."""
    desk = desk_of()
    case = taken(desk, "2026-02-02")
    told = desk.may(case.id, DecideServiceComplaint("explained"), by=BOSS, at=at("2026-02-05"))
    assert isinstance(told, oa.NotAllowed)
    assert "outcome.unknown" == told.code
    no_more = DecideServiceComplaint("refused", next_step="another-body")
    done = desk.perform(case.id, no_more, by=BOSS, at=at("2026-02-05"))
    next_one = desk.open(
        kz.Complaint,
        by=ASKS,
        at=at("2026-02-09"),
        learnt_on=date(2026, 2, 5),
        links=(Link(done.id, "about"),),
    )
    assert ("answered", "received") == (done.stage, next_one.stage)


def test_whoever_is_refused_is_told_where_to_go_next() -> None:
    desk = desk_of()
    case = taken(desk, "2026-02-02")
    told = desk.may(case.id, DecideServiceComplaint("refused"), by=BOSS, at=at("2026-02-05"))
    assert isinstance(told, oa.Incomplete)
    assert ("next-step.missing", "PSL 25(1)", "confirmed") == (
        told.code,
        told.source,
        told.evidence,
    )
    act = DecideServiceComplaint("refused", next_step="quality-body")
    assert "answered" == desk.perform(case.id, act, by=BOSS, at=at("2026-02-05")).stage
    with pytest.raises(oa.Malformed, match="next_step"):
        DecideServiceComplaint("refused", next_step="nowhere")  # type: ignore[arg-type]


def test_the_answer_is_delivered_and_the_file_closed() -> None:
    desk = desk_of()
    case = taken(desk, "2026-02-02")
    desk.perform(case.id, DecideServiceComplaint("satisfied"), by=BOSS, at=at("2026-02-05"))
    done = desk.perform(case.id, Deliver("egov"), by=CLERK, at=at("2026-02-06"))
    assert "closed" == done.stage


SUBSTITUTE = oa.Official(
    "deputy", {HEAD}, mandates=(Mandate("a.akhmetov", {HEAD}, "order 6", date(2019, 1, 5)),)
)


@pytest.mark.parametrize("by", [oa.Official("a.akhmetov", {HEAD}), SUBSTITUTE], ids=["self", "for"])
@pytest.mark.parametrize(
    "act",
    [DecideServiceComplaint("satisfied"), extended(date(2019, 3, 29))],
    ids=["decide", "extend"],
)
@pytest.mark.parametrize("day", ["2019-03-15", "2026-02-02"])
def test_the_official_complained_of_does_not_review_it(
    day: str, act: oa.Act, by: oa.Official
) -> None:
    """Neither in person nor through whoever stands in for them."""
    desk = desk_of()
    case = taken(desk, day, "body", against="a.akhmetov")
    if not isinstance(act, DecideServiceComplaint) and day > "2020":
        act = extended(date(2026, 2, 12))
    told = desk.may(case.id, act, by=by, at=at(day))
    assert isinstance(told, oa.NotCompetent)
    assert "review.own-act" == told.code
    assert None is desk.may(case.id, act, by=BOSS, at=at(day))


def test_silence_is_a_refusal_since_the_code_and_a_late_answer_may_still_come() -> None:
    """Registered on Monday 2 February 2026: the 9th is the fifth day."""
    desk = desk_of()
    old, new = taken(desk, "2019-03-15"), taken(desk, "2026-02-02")
    assert "considered" == desk.lapse(old.id, at=at("2019-04-30")).stage
    assert "deemed_dismissed" == desk.lapse(taken(desk, "2022-04-18").id, at=at("2022-04-26")).stage
    silent = desk.lapse(new.id, at=at("2026-02-10"))
    assert ("deemed_dismissed", "deem-dismissed") == (silent.stage, silent.records[-1].act.tag)
    late = desk.perform(new.id, DecideServiceComplaint("satisfied"), by=BOSS, at=at("2026-02-11"))
    assert "answered" == late.stage


def test_it_may_be_withdrawn_by_its_applicant() -> None:
    desk = desk_of()
    case = taken(desk, "2026-02-02")
    told = desk.may(case.id, kz.appeal.Withdraw(), by=kz.Applicant(id="x"), at=at("2026-02-03"))
    assert isinstance(told, oa.NotCompetent)
    assert (
        "withdrawn"
        == desk.perform(case.id, kz.appeal.Withdraw(), by=ASKS, at=at("2026-02-03")).stage
    )


# -- the charts -------------------------------------------------------------------------


def test_everything_is_named_in_three_languages() -> None:
    labels = kz.law().labels
    ours = [
        kind.tag
        for kind in vars(service_complaint).values()
        if isinstance(kind, type)
        and issubclass(kind, oa.Act)
        and kind.__module__ == service_complaint.__name__
    ]
    needs = ("additional-study", "site-check", "information")
    assert all(("act", tag) in labels for tag in ours)
    assert all(("ground", f"extend-service-complaint.{one}") in labels for one in needs)
    assert "consideration of a complaint about a public service" == kz.law().words(
        "procedure", "service-complaint"
    )
