"""The check of the quality of services: grounds, notice, terms across holidays, invalidity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.calendar.terms import term
from openakimat.case.act import Act
from openakimat.case.acts import Pause, Resume
from openakimat.case.people import Actor
from openakimat.kz.acts import Deliver, Hear, Notify, Object
from openakimat.kz.data import values
from openakimat.kz.inspection.acts import (
    AppointCheck,
    BeginCheck,
    ChangeTeam,
    Invalidate,
    NotifyOfCheck,
    PlanCheck,
    RemoveBreaches,
    ReportOutcome,
    Represent,
    SendDraft,
    SendReport,
)
from openakimat.kz.roles import DEPUTY, HEAD, INSPECTED, INSPECTOR, SUPERIOR
from openakimat.proving.command import proofs

CHIEF = oa.Official("chief", {HEAD})
INSPECTS = oa.Official("inspector", {INSPECTOR})
ABOVE = oa.Official("above", {SUPERIOR})
TSON = oa.Official("tson-1", {INSPECTED})

Deed = tuple[Act, oa.Official, str]


def at(text: str) -> datetime:
    """An instant by the clocks of Astana, +05 since March 2024."""
    return datetime.fromisoformat(text + "+05:00")


def desk() -> oa.Desk:
    return oa.Desk(kz.office("astana"), journal=memory.Journal(), numbers=memory.Numbers())


def done(of: oa.Desk, case: str, deeds: Sequence[Deed]) -> oa.Case:
    for act, by, when in deeds:
        of.perform(case, act, by=by, at=at(when))
    return of.case(case)


def opened(of: oa.Desk, on: str = "2026-03-16T09:00", subject: str = "tson-1") -> str:
    return of.open(kz.Inspection, by=INSPECTS, at=at(on), subject=subject).id


def refused(
    of: oa.Desk, case: str, act: Act, by: Actor, on: str, *, beside: Sequence[oa.Case] = ()
) -> oa.Refusal:
    said = of.may(case, act, by=by, at=at(on), beside=beside)
    assert said is not None
    return said


def last_days(of: oa.Desk, case: str) -> dict[str, date | None]:
    return {one.limit.removeprefix("inspection."): one.last_day for one in of.deadlines(case)}


UNPLANNED: Sequence[Deed] = (
    (AppointCheck("appeals"), CHIEF, "2026-03-16T10:00"),
    (NotifyOfCheck(date(2026, 3, 18)), INSPECTS, "2026-03-17T10:00"),
    (BeginCheck("10 working days"), INSPECTS, "2026-03-18T10:00"),
)
"""Notice exactly a day (24 hours) before."""


def test_no_case_of_it_goes_wrong() -> None:
    assert ["sound"] * 2 == [str(one).split()[-1] for one in proofs(kz.office(), "inspection")]


EVIDENCE = {
    "inspection.beginning": "as set",
    "inspection.notice-planned": "3 working days",
    "inspection.notice-unplanned": "24 hours",
    "inspection.planned": "20 working days",
    "inspection.unplanned": "10 working days",
    "inspection.period": "as set",
    "inspection.suspension-notice": "1 working day",
    "inspection.team-notice": "1 working day",
    "inspection.draft": "3 working days",
    "inspection.objection": "2 working days",
    "inspection.remedy": "30 calendar days",
    "inspection.outcome": "2 working days",
}
"""Terms of articles 27-1 and 27-2, the text of which was read before and after Law 254-VIII."""


@pytest.mark.parametrize("wording", ["psl-2024", "psl-2026"])
def test_the_limits_are_those_of_the_fact_sheet(wording: str) -> None:
    found = {
        key: next(edition for edition in dated if edition.law == wording)
        for key, dated in kz.law().limits.items()
        if key.startswith("inspection.")
    }
    assert {key: term(words) for key, words in EVIDENCE.items()} == {
        key: edition.value.term for key, edition in found.items()
    }
    assert {"confirmed"} == {edition.evidence.value for edition in found.values()}
    counted = [e.value.first_day for e in found.values() if e.value.direction == "after"]
    assert {"unconfirmed"} == {
        rule.evidence.value for rule in counted if "does not say" in rule.source
    }


# -- grounds ---------------------------------------------------------------------------


@pytest.mark.parametrize("ground", values("inspection.planned"))
def test_a_check_is_planned_on_a_case_of_the_law(ground: str) -> None:
    of = desk()
    file = done(of, opened(of), [(PlanCheck(ground, "I/2026"), CHIEF, "2026-03-16T10:00")])
    assert "check_appointed" == file.stage


@pytest.mark.parametrize(
    ("half", "in_time", "late"),
    [("2026-1", "2025-12-10", "2025-12-11"), ("2026-2", "2026-05-10", "2026-05-11")],
)
def test_after_the_day_of_its_plan_only_the_head_changes_it(
    half: str, in_time: str, late: str
) -> None:
    """PSL 27-1(3): by 10 December and by 10 May; a plan of no half-year told is not asked."""
    of, deputy = desk(), oa.Official("deputy", {DEPUTY})
    case = opened(of, "2025-12-01T10:00")
    act = PlanCheck("many-services", half=half)
    assert of.may(case, act, by=deputy, at=at(f"{in_time}T10:00")) is None
    said = refused(of, case, act, deputy, f"{late}T10:00")
    assert ("check.plan-approved", "PSL 27-1(3)") == (said.code, said.source)
    assert of.may(case, act, by=CHIEF, at=at(f"{late}T10:00")) is None
    untold = PlanCheck("many-services")
    assert of.may(case, untold, by=deputy, at=at(f"{late}T10:00")) is None
    with pytest.raises(oa.Malformed, match="no half-year"):
        PlanCheck("many-services", half="2026")


@pytest.mark.parametrize("ground", values("inspection.unplanned"))
def test_a_check_is_appointed_on_a_ground_of_the_law(ground: str) -> None:
    of = desk()
    file = done(of, opened(of), [(AppointCheck(ground), CHIEF, "2026-03-16T10:00")])
    assert "check_appointed" == file.stage


def test_on_no_other_ground_and_on_no_anonymous_appeal() -> None:
    of = desk()
    case, on = opened(of), "2026-03-16T10:00"
    assert "check.no-ground" == refused(of, case, PlanCheck("a whim"), CHIEF, on).code
    assert "check.no-ground" == refused(of, case, AppointCheck("many-services"), CHIEF, on).code
    said = refused(of, case, AppointCheck("appeals", anonymous=True), CHIEF, on)
    assert ("check.anonymous", "PSL 27-1(7)", "confirmed") == (
        said.code, said.source, said.evidence,
    )  # fmt: skip


# -- notice and beginning --------------------------------------------------------------


def test_a_planned_check_begins_three_working_days_after_the_notice() -> None:
    """Before Thursday 26 March 2026, across Nauryz (21 to 25): Wednesday the 18th at the latest."""
    of = desk()
    case = opened(of, "2026-03-10T09:00")
    done(of, case, [(PlanCheck("appeals"), CHIEF, "2026-03-10T10:00")])
    late = refused(of, case, NotifyOfCheck(date(2026, 3, 26)), INSPECTS, "2026-03-19T09:00")
    assert ("check.notice-too-short", "PSL 27-2(2)", "confirmed") == (
        late.code, late.source, late.evidence,
    )  # fmt: skip
    done(of, case, [(NotifyOfCheck(date(2026, 3, 26)), INSPECTS, "2026-03-18T18:00")])
    begin = BeginCheck("20 working days")
    early = refused(of, case, begin, INSPECTS, "2026-03-20T10:00")
    assert ("check.begun-too-early", "PSL 27-2(2)") == (early.code, early.source)
    done(of, case, [(begin, INSPECTS, "2026-03-26T10:00")])
    # 27, 30, 31 March; 1-3, 6-10, 13-17, 20-23 April
    assert date(2026, 4, 23) == last_days(of, case)["period"]


def test_an_unplanned_check_begins_a_day_after_the_notice_to_the_minute() -> None:
    of = desk()
    case = opened(of)
    done(of, case, UNPLANNED[:2])
    begin = BeginCheck("10 working days")
    said = refused(of, case, begin, INSPECTS, "2026-03-18T09:59")
    assert "check.begun-too-early" == said.code
    assert "check_running" == done(of, case, [(begin, INSPECTS, "2026-03-18T10:00")]).stage


def test_a_change_of_the_inspectors_is_told_within_a_working_day() -> None:
    """PSL 27-1(3)."""
    of = desk()
    case = opened(of)
    done(of, case, [*UNPLANNED, (ChangeTeam(("s.ahmetov",)), CHIEF, "2026-03-19T10:00")])
    (notice,) = of.notices(case)
    assert ("change-team", "inspection.team-notice") == (notice.about, notice.within)


def test_a_check_is_not_longer_than_its_kind_allows() -> None:
    of = desk()
    case = opened(of)
    done(of, case, UNPLANNED[:2])
    said = refused(of, case, BeginCheck("11 working days"), INSPECTS, "2026-03-18T10:00")
    assert ("check.too-long", "PSL 27-2(1)") == (said.code, said.source)
    with pytest.raises(oa.Malformed):
        BeginCheck("10 calendar days")


def planned(of: oa.Desk, subject: str, month: int) -> str:
    case = opened(of, f"2026-{month:02}-01T09:00", subject)
    done(
        of,
        case,
        [
            (PlanCheck("appeals"), CHIEF, f"2026-{month:02}-01T10:00"),
            (NotifyOfCheck(date(2026, month, 15)), INSPECTS, f"2026-{month:02}-01T11:00"),
        ],
    )
    return case


def test_one_planned_check_a_year_of_one_body() -> None:
    of = desk()
    first, second, other = (
        planned(of, subject, month)
        for subject, month in (("tson-1", 4), ("tson-1", 9), ("tson-2", 9))
    )
    begin = BeginCheck("20 working days")
    begun = done(of, first, [(begin, INSPECTS, "2026-04-15T10:00")])
    said = refused(of, second, begin, INSPECTS, "2026-09-15T10:00", beside=(begun,))
    assert ("check.second-planned", "PSL 27-1(5)") == (said.code, said.source)
    assert None is of.may(other, begin, by=INSPECTS, at=at("2026-09-15T10:00"), beside=(begun,))
    invalid = done(of, first, [(Invalidate("no-ground"), ABOVE, "2026-04-16T10:00")])
    assert None is of.may(second, begin, by=INSPECTS, at=at("2026-09-15T10:00"), beside=(invalid,))


# -- terms -----------------------------------------------------------------------------


def test_ten_working_days_across_nauryz_and_the_draft_three_before_the_end() -> None:
    """From 18.03.2026: 19, 20, then 26, 27, 30, 31, 1, 2, 3, 6 April; back: 3, 2, 1 April."""
    of = desk()
    case = opened(of)
    done(of, case, UNPLANNED)
    days = last_days(of, case)
    assert (date(2026, 4, 6), date(2026, 4, 1)) == (days["period"], days["draft"])


def test_a_suspension_moves_the_end_and_the_draft_and_is_told_within_a_day() -> None:
    """Suspended on Friday the 20th, resumed on Thursday the 26th: one working day."""
    of = desk()
    case = opened(of)
    done(of, case, UNPLANNED)
    assert (
        "pause.no-ground"
        == refused(of, case, Pause("a holiday"), INSPECTS, "2026-03-20T10:00").code
    )
    done(of, case, [(Pause("information-requested"), INSPECTS, "2026-03-20T10:00")])
    assert None is next(
        (d for d in of.deadlines(case) if d.limit == "inspection.draft" and not d.paused), None
    )
    assert ["inspection.suspension-notice"] == [one.within for one in of.notices(case)]
    assert date(2026, 3, 26) == last_days(of, case)["suspension-notice"]
    assert (
        "notice.unknown"
        == refused(of, case, Notify("resumption"), INSPECTS, "2026-03-20T11:00").code
    )
    done(
        of,
        case,
        [
            (Notify("suspension"), INSPECTS, "2026-03-20T11:00"),
            (Resume(), INSPECTS, "2026-03-26T10:00"),
            (Notify("resumption"), INSPECTS, "2026-03-26T11:00"),
        ],
    )
    days = last_days(of, case)
    assert (date(2026, 4, 7), date(2026, 4, 2)) == (days["period"], days["draft"])
    assert "check_running" == of.case(case).stage


def test_from_draft_to_outcome_day_by_day() -> None:
    of = desk()
    case = opened(of)
    done(
        of,
        case,
        [
            *UNPLANNED,
            (SendDraft(), INSPECTS, "2026-04-01T10:00"),
            (Deliver("by hand"), INSPECTS, "2026-04-01T11:00"),
        ],
    )
    assert date(2026, 4, 3) == last_days(of, case)["objection"]
    soon = refused(of, case, SendReport(("x",)), INSPECTS, "2026-04-03T10:00")
    assert ("report.too-soon", "PSL 27-2(5)") == (soon.code, soon.source)
    late = refused(of, case, Object("no"), TSON, "2026-04-06T09:00")
    assert isinstance(late, oa.TooLate)
    assert ("objection.too-late", "PSL 27-2(6)") == (late.code, late.source)
    stranger = oa.Official("tson-9", {INSPECTED})
    assert "check.another-subject" == refused(of, case, Object(), stranger, "2026-04-02T10:00").code
    done(
        of,
        case,
        [
            (Object("the queue was long that day only"), TSON, "2026-04-02T10:00"),
            (Hear("heard"), INSPECTS, "2026-04-02T15:00"),
            (SendReport(("documents refused without ground",)), INSPECTS, "2026-04-06T12:00"),
            (Represent("remove"), INSPECTS, "2026-04-06T15:00"),
        ],
    )
    # 30 calendar days after 06.04.2026
    assert date(2026, 5, 6) == last_days(of, case)["remedy"]
    done(of, case, [(RemoveBreaches(("staff taught",)), TSON, "2026-05-06T12:00")])
    # the 7th is a holiday, the 9th and 10th a weekend, the 11th moved: 8 and 12 May
    assert date(2026, 5, 12) == last_days(of, case)["outcome"]
    file = done(of, case, [(ReportOutcome(), TSON, "2026-05-12T12:00")])
    assert "check_settled" == file.stage
    (line,) = of.docket(at=at("2026-06-01T10:00"))
    assert (oa.Standing.IN_TIME, ()) == (line.standing, line.breaches)


def drafted(of: oa.Desk, ground: str) -> str:
    """An unplanned check of which the draft came on Wednesday, 1 April 2026."""
    case = opened(of)
    appointed = (AppointCheck(ground), CHIEF, "2026-03-16T10:00")
    sent = (SendDraft(), INSPECTS, "2026-04-01T10:00")
    done(of, case, [appointed, *UNPLANNED[1:], sent])
    done(of, case, [(Deliver(), INSPECTS, "2026-04-01T11:00")])
    return case


def test_those_who_complained_object_beside_the_body_checked() -> None:
    """PSL 27-2(6): the persons of 27-1(6)(1), within the same two working days."""
    of = desk()
    case = drafted(of, "appeals")
    complainant, no = kz.Applicant("Айгерім"), Object("they were rude again")
    done(of, case, [(Object(), TSON, "2026-04-02T10:00")])
    of.perform(case, no, by=complainant, at=at("2026-04-03T18:00"))
    late = refused(of, case, no, complainant, "2026-04-06T09:00")
    assert ("objection.too-late", "PSL 27-2(6)") == (late.code, late.source)


def test_nobody_else_who_applies_objects_to_the_draft() -> None:
    of = desk()
    said = refused(
        of, drafted(of, "observation"), Object(), kz.Applicant("Айгерім"), "2026-04-02T10:00"
    )
    assert ("check.not-on-appeal", "PSL 27-2(6)", "confirmed") == (
        said.code, said.source, said.evidence,
    )  # fmt: skip


def test_a_report_without_breaches_ends_it() -> None:
    of = desk()
    case = opened(of)
    file = done(
        of,
        case,
        [
            *UNPLANNED,
            (SendDraft(), INSPECTS, "2026-04-01T10:00"),
            (SendReport(), INSPECTS, "2026-04-06T12:00"),
        ],
    )
    assert "nothing_found" == file.stage


def test_suspended_after_the_draft_it_goes_on_from_the_draft() -> None:
    of = desk()
    case = opened(of)
    file = done(
        of,
        case,
        [
            *UNPLANNED,
            (SendDraft(), INSPECTS, "2026-03-27T10:00"),
            (Pause("emergency"), CHIEF, "2026-03-30T10:00"),
            (Resume(), CHIEF, "2026-03-31T10:00"),
        ],
    )
    assert "draft_sent" == file.stage


def test_a_late_draft_is_a_breach_of_the_check_itself() -> None:
    of = desk()
    case = opened(of)
    done(of, case, [*UNPLANNED, (SendDraft(), INSPECTS, "2026-04-02T10:00")])
    (line,) = of.docket(at=at("2026-04-02T11:00"))
    assert ("inspection.draft",) == line.breaches


# -- invalidity ------------------------------------------------------------------------


@pytest.mark.parametrize("breach", values("inspection.gross"))
def test_a_check_is_invalid_for_a_gross_breach(breach: str) -> None:
    of = desk()
    case = opened(of)
    file = done(of, case, [*UNPLANNED, (Invalidate(breach), ABOVE, "2026-03-27T10:00")])
    assert "check_invalid" == file.stage
    assert None is of.next_wakeup()


def test_for_no_other_and_by_nobody_but_those_above() -> None:
    of = desk()
    case = opened(of)
    done(of, case, UNPLANNED)
    on = "2026-03-27T10:00"
    assert "check.not-gross" == refused(of, case, Invalidate("bad manners"), ABOVE, on).code
    assert "role.not-competent" == refused(of, case, Invalidate("no-ground"), CHIEF, on).code


def test_from_june_2024_to_march_2026_the_former_wording_holds() -> None:
    of = desk()
    under = [of.case(opened(of, on)).wording for on in ("2024-06-10T10:00", "2026-03-16T10:00")]
    assert ["psl-2024", "psl-2026"] == under


def test_the_law_has_no_such_check_before_2024() -> None:
    with pytest.raises(oa.Undated):
        desk().open(kz.Inspection, by=INSPECTS, at=datetime.fromisoformat("2023-06-01T10:00+06:00"))
