"""Retaliation for a report: three years, the commission, and the days of Law 410-V, 24-1 to 24-4."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from openakimat import Desk, kz
from openakimat.adapters import memory
from openakimat.case.act import Act, Link
from openakimat.case.people import Actor, Official
from openakimat.case.record import Case
from openakimat.errors import Malformed, Refusal
from openakimat.judgement.deadlines import deadline_of
from openakimat.kz.acts import Decide
from openakimat.kz.corruption.reporter import committed, pseudonym
from openakimat.kz.identity import Applicant
from openakimat.kz.retaliation import (
    AskReexamination,
    ContestMeasure,
    DecideMeasure,
    DeclineReexamination,
    DemandReexamination,
    LetMeasureStand,
    ReferMeasure,
    ReportRetaliation,
    SendCopy,
    SendMaterials,
    materials_due,
    protection,
)
from openakimat.kz.roles import ANTICORRUPTION, HEAD
from openakimat.limits.deadline import Deadline
from openakimat.limits.explain import explain

WHO = committed(Applicant("Дана"), bytes(32))
REPORTER = pseudonym(WHO)
EMPLOYER = Official("employer", {HEAD})
SERVICE = Official("service", {ANTICORRUPTION})
ACCEPTED = date(2026, 2, 3)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T10:00+05:00")


def opened(accepted_on: date = ACCEPTED, when: str = "2026-03-02") -> tuple[Desk, Case]:
    desk = Desk(kz.office("astana"), journal=memory.Journal(), numbers=memory.Numbers())
    told: dict[str, Any] = {"reporter": WHO, "accepted_on": accepted_on}
    return desk, desk.open("retaliation", by=REPORTER, at=at(when), **told)


def carried(*story: tuple[str, Act, Actor], **told: Any) -> tuple[Desk, Case]:
    desk, case = opened(**told)
    for when, act, by in story:
        case = desk.perform(case.id, act, at=at(when), by=by)
    return desk, case


def deadline(desk: Desk, case: Case, limit: str) -> Deadline:
    found = deadline_of(case, limit, office=desk.office)
    assert found is not None
    return found


SAT = (
    ("2026-03-10", SendMaterials(), EMPLOYER),
    ("2026-03-13", DecideMeasure("measure"), EMPLOYER),
)
COPIED = (*SAT, ("2026-03-18", SendCopy(), EMPLOYER))
ASKED = (("2026-03-02", AskReexamination(), REPORTER),)
DEMANDED = (*ASKED, ("2026-03-16", DemandReexamination(), SERVICE))


# -- protection -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "last", "mark"),
    [
        (date(2026, 2, 3), date(2029, 2, 3), "confirmed"),
        (date(2024, 2, 29), date(2027, 2, 28), "unconfirmed"),
        (date(2023, 3, 5), date(2026, 3, 5), "unconfirmed"),
    ],
)
def test_the_reporter_is_protected_for_three_years_from_acceptance(
    accepted: date, last: date, mark: str
) -> None:
    """The article was read in the text of 2026: that it said so before is not confirmed."""
    found = protection(accepted, office=kz.office())
    assert (last, mark) == (found.last_day, found.evidence.value)
    assert "24-1" in explain(found, "kk")


@pytest.mark.parametrize(
    ("accepted", "allowed"), [(date(2023, 3, 2), True), (date(2023, 3, 1), False)]
)
def test_the_commission_of_24_2_is_for_those_still_protected(
    accepted: date, *, allowed: bool
) -> None:
    desk, case = opened(accepted)
    answer = desk.may(case.id, SendMaterials(), at=at("2026-03-02"), by=EMPLOYER)
    assert allowed == (answer is None)
    if answer is not None:
        assert ("protection.over", "Law 410-V, 24-1") == (answer.code, answer.source)


@pytest.mark.parametrize(
    ("accepted", "allowed"), [(date(2023, 3, 2), True), (date(2020, 3, 2), False)]
)
def test_re_examination_is_asked_for_within_the_three_years(
    accepted: date, *, allowed: bool
) -> None:
    desk, case = opened(accepted)
    answer = desk.may(case.id, AskReexamination(), at=at("2026-03-02"), by=REPORTER)
    assert allowed == (answer is None)
    if answer is not None:
        said = (answer.code, answer.source, answer.evidence)
        assert ("protection.over", "Law 410-V, 24-4(1)(4)", "confirmed") == said


def test_what_is_asked_before_the_text_we_read_is_not_confirmed() -> None:
    desk, case = opened(date(2020, 2, 3), when="2024-03-04")
    answer = desk.may(case.id, SendMaterials(), at=at("2024-03-04"), by=EMPLOYER)
    assert answer is not None
    assert ("protection.over", "unconfirmed") == (answer.code, answer.evidence)


# -- before a measure: 24-2 -----------------------------------------------------------


@pytest.mark.parametrize(
    ("sits_on", "last"),
    [
        ("2026-03-13", date(2026, 3, 10)),
        ("2026-03-27", date(2026, 3, 19)),
        ("2026-03-12", date(2026, 3, 6)),
    ],
)
def test_the_materials_come_three_working_days_before_the_commission(
    sits_on: str, last: date
) -> None:
    """By hand with the calendar of 2026: 9 March is off for the 8th, 21 to 25 March for Nauryz."""
    assert last == materials_due(at(sits_on), office=kz.office()).last_day


@pytest.mark.parametrize(("sent", "allowed"), [("2026-03-10", True), ("2026-03-11", False)])
def test_a_commission_that_would_sit_too_soon_decides_nothing(sent: str, *, allowed: bool) -> None:
    desk, case = carried((sent, SendMaterials(), EMPLOYER))
    answer = desk.may(case.id, DecideMeasure("measure"), at=at("2026-03-13"), by=EMPLOYER)
    assert allowed == (answer is None)
    if answer is not None:
        assert ("materials.late", "Law 410-V, 24-2(2)") == (answer.code, answer.source)


def test_the_copy_goes_within_three_working_days() -> None:
    """Decided Fri 13 March: Mon 16, Tue 17, Wed 18."""
    desk, case = carried(*COPIED)
    found = deadline(desk, case, "retaliation.copy")
    assert date(2026, 3, 18) == found.last_day
    assert not found.missed(at("2026-03-30"))


def test_a_disagreement_is_told_within_two_working_days_of_the_copy() -> None:
    """The copy came Wed 18 March: Thu 19, Fri 20; the next working day is Thu 26."""
    desk, case = carried(*COPIED)
    found = deadline(desk, case, "retaliation.disagreement")
    assert (date(2026, 3, 20), "confirmed") == (found.last_day, found.edition.evidence.value)
    assert "unconfirmed" == found.evidence.value  # that the first day is not counted
    case = desk.perform(case.id, ContestMeasure(), at=at("2026-03-20"), by=SERVICE)
    case = desk.perform(case.id, ReferMeasure("prosecutor"), at=at("2026-03-26"), by=SERVICE)
    assert "measure_referred" == case.stage
    assert deadline(desk, case, "retaliation.disagreement").missed(at("2026-03-26"))


def test_an_authorised_body_that_keeps_silent_is_out_of_time_all_the_same() -> None:
    desk, case = carried(*COPIED)
    assert deadline(desk, case, "retaliation.disagreement").missed(at("2026-03-26"))


def test_what_the_authorised_body_does_not_disagree_with_stands() -> None:
    desk, case = carried(*COPIED, ("2026-03-19", LetMeasureStand("well-founded"), SERVICE))
    assert "measure_stands" == case.stage
    assert ["let-measure-stand"] == [one.about for one in desk.notices(case.id)]
    found = deadline(desk, case, "retaliation.disagreement")
    assert (at("2026-03-19"), False) == (found.stopped_at, found.missed(at("2026-03-30")))


# -- after a measure: 24-4 ------------------------------------------------------------


def test_a_request_is_told_to_the_head_in_15_days_and_decided_in_30() -> None:
    """Asked Mon 2 March: the 15th day is Tue 17 March, the 30th Wed 1 April."""
    desk, case = carried(*ASKED)
    assert date(2026, 3, 17) == deadline(desk, case, "retaliation.demand").last_day
    assert date(2026, 4, 1) == deadline(desk, case, "retaliation.decision").last_day
    (told,) = desk.docket(at=at("2026-03-30"))
    assert ("due soon", ("retaliation.demand",)) == (told.standing.value, told.breaches)


def test_the_head_decides_anew() -> None:
    desk, case = carried(*DEMANDED, ("2026-04-02", Decide("cancelled"), EMPLOYER))
    assert "reexamined" == case.stage
    assert "late" == desk.docket(at=at("2026-04-02"))[0].standing.value


@pytest.mark.parametrize("ground", ["unfounded", "considered-before"])
def test_a_request_without_reason_is_declined_and_its_clocks_stop(ground: str) -> None:
    desk, case = carried(*ASKED, ("2026-03-16", DeclineReexamination(ground), SERVICE))
    assert "reexamination_declined" == case.stage
    assert [("decline-reexamination", "corruption.notice")] == [
        (one.about, one.within) for one in desk.notices(case.id)
    ]
    for limit in ("retaliation.demand", "retaliation.decision"):
        assert not deadline(desk, case, limit).missed(at("2026-05-04"))


# -- no ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "act", "by", "code"),
    [
        (SAT[:1], DecideMeasure("flogging"), EMPLOYER, "outcome.unknown"),
        (COPIED, LetMeasureStand("whim"), SERVICE, "measure.no-ground"),
        (
            (*COPIED, ("2026-03-19", ContestMeasure(), SERVICE)),
            ReferMeasure("press"),
            SERVICE,
            "notice.elsewhere",
        ),
        (DEMANDED, Decide("perhaps"), EMPLOYER, "outcome.unknown"),
        (ASKED, DeclineReexamination("whim"), SERVICE, "reexamination.no-ground"),
        (ASKED, DeclineReexamination("unfounded"), EMPLOYER, "role.not-competent"),
        (DEMANDED, DeclineReexamination("unfounded"), SERVICE, "act.not-available"),
        (ASKED, Decide("upheld"), EMPLOYER, "act.not-available"),
        ((), AskReexamination(), Applicant("Дана"), "applicant.another"),
        ((), AskReexamination(), EMPLOYER, "role.not-competent"),
        (COPIED, ContestMeasure(), EMPLOYER, "role.not-competent"),
    ],
)
def test_the_law_says_no(
    before: tuple[tuple[str, Act, Actor], ...], act: Act, by: Actor, code: str
) -> None:
    desk, case = carried(*before)
    answer = desk.may(case.id, act, at=at("2026-03-20"), by=by)
    assert isinstance(answer, Refusal)
    assert code == answer.code


def test_it_is_about_a_report_and_nothing_else() -> None:
    about = ReportRetaliation(links=(Link("corruption-2026-1", "about"),), accepted_on=ACCEPTED)
    assert "about" == about.links[0].how
    with pytest.raises(Malformed, match="not 'about'"):
        ReportRetaliation(links=(Link("corruption-2026-1", "child-of"),), accepted_on=ACCEPTED)


def test_it_names_the_reporter_no_more_than_the_report_does() -> None:
    with pytest.raises(Malformed, match="would name the reporter"):
        ReportRetaliation(applicant=Applicant("Дана"), accepted_on=ACCEPTED)
