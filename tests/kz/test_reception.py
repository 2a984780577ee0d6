"""Personal reception: asked for, held in person, what came of it; each month at least once."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from datetime import date, datetime
from itertools import cycle, islice

import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.calendar.terms import term
from openakimat.case.act import Act
from openakimat.case.people import Actor, Mandate
from openakimat.case.record import Record
from openakimat.chart.procedure import ProcedureType
from openakimat.errors import Malformed
from openakimat.judgement.deadlines import deadline_of
from openakimat.judgement.docket import Standing
from openakimat.kz.acts import ConfirmReceipt
from openakimat.kz.reception.guards import (
    REFUSALS,
    UNHEARD,
    reception_request_of,
    schedule_of,
)
from openakimat.kz.reception_month import DeemMissed, Gap, schedule_gaps
from openakimat.kz.roles import DEPUTY, HEAD, REGISTRAR
from openakimat.limits.explain import explain
from openakimat.trail.canonical import canonical, parse
from openakimat.trail.codec import plain, record

CHARTS: list[ProcedureType] = [
    kz.reception.ReceptionL221,
    kz.reception.Reception2021,
    kz.reception.Reception2026,
    kz.reception_month.ReceptionMonthL221,
    kz.reception_month.ReceptionMonth2021,
    kz.reception_month.ReceptionMonth2026,
]
OFFICE = kz.office("Хромтау ауданы")
CLERK = oa.Official("clerk", {REGISTRAR})
AKIM = oa.Official("akim", {HEAD})
VICE = oa.Official("vice", {DEPUTY})
ASKS = kz.Applicant("Айгерім", id="aigerim")


def at(text: str) -> datetime:
    """An instant by the clocks of Khromtau."""
    return datetime.fromisoformat(f"{text}+05:00")


def desk(office: oa.Office = OFFICE) -> oa.Desk:
    return oa.Desk(office, journal=memory.Journal(), numbers=memory.Numbers())


def ask(here: oa.Desk, official: str = "akim", *, video: bool = False) -> str:
    when = at("2026-03-10T09:00")
    case = here.open(
        kz.Reception, by=ASKS, at=when, official=official, topic="housing", video=video
    )
    return here.perform(case.id, oa.Register(), by=CLERK, at=when).id


def booked(here: oa.Desk, official: str = "akim", *, video: bool = False) -> str:
    """A reception for Thursday 12 March 2026 at three."""
    case = ask(here, official, video=video)
    scheduled = kz.reception.ScheduleReception(at("2026-03-12T15:00"), "ground floor")
    return here.perform(case, scheduled, by=CLERK, at=at("2026-03-10T10:00")).id


def held(here: oa.Desk, when: str = "2026-03-12T15:00", by: Actor = AKIM) -> str:
    case = booked(here)
    here.perform(case, kz.reception.HoldReception("asks for a flat"), by=by, at=at(when))
    return case


def refusal(here: oa.Desk, case: str, act: Act, when: str, by: Actor) -> str:
    with pytest.raises(oa.Refusal) as said:
        here.perform(case, act, by=by, at=at(when))
    return said.value.code


# -- the facts --------------------------------------------------------------------------

FACTS = {
    ("reception.month", "l221"): ("as set", "secondary"),
    ("reception.month", "appc-2021"): ("as set", "confirmed"),
    ("reception.month", "appc-2026"): ("as set", "confirmed"),
    ("reception.day", "l221"): ("as set", "unconfirmed"),
    ("reception.day", "appc-2021"): ("as set", "unconfirmed"),
    ("reception.day", "appc-2026"): ("as set", "unconfirmed"),
    ("reception.notice", "l221"): ("1 calendar day", "unconfirmed"),
    ("reception.notice", "appc-2021"): ("1 calendar day", "unconfirmed"),
    ("reception.notice", "appc-2026"): ("1 calendar day", "unconfirmed"),
    ("reception.preliminary-decision", "appc-2021"): ("3 working days", "confirmed"),
    ("reception.objection", "appc-2021"): ("2 working days", "confirmed"),
}
"""Fact sheet, 2.2, 3.1 and 3.2: no number of days is known but the month."""


def test_every_limit_is_in_the_table_of_facts() -> None:
    limits = kz.law().limits.items()
    known = {(key, e.law) for key, of in limits if key.startswith("reception.") for e in of}
    assert set(FACTS) == known


@pytest.mark.parametrize(("key", "law"), FACTS)
def test_a_limit_has_the_term_and_the_mark_of_the_fact_sheet(key: str, law: str) -> None:
    edition = kz.law().limits[key].on(date(2026, 1, 1), law=law)
    words, mark = FACTS[key, law]
    assert (term(words), mark) == (edition.value.term, edition.evidence.value)
    if key in {"reception.month", "reception.day", "reception.notice"}:
        assert oa.Evidence.CONFIRMED is not edition.value.base.evidence


@pytest.mark.parametrize(
    ("wording", "cited", "ground", "mark"),
    [
        ("l221", "Law 221, 13", "", "secondary"),
        ("appc-2021", "APPC 90(1)", "", "confirmed"),
        ("appc-2021", "APPC 90(3)", "", "confirmed"),
        ("appc-2021", "APPC 69(3)", "", "unconfirmed"),
        ("appc-2026", "APPC 90(1)", "", "confirmed"),
        ("appc-2026", "APPC 90(4)", "", "confirmed"),
        ("appc-2026", "APPC 73(2)(9)", "", "confirmed"),
        ("appc-2026", "APPC 90(1)", "refuse-reception.not-competent", "unconfirmed"),
    ],
)
def test_no_mark_claims_more_than_was_seen(
    wording: str, cited: str, ground: str, mark: str
) -> None:
    assert mark == kz.law().evidence(wording, cited, ground).value


SHARED = {"registered", "redirected", "register", "redirect", "withdraw", "no_show", "mark-absent"}
SHARED |= {"applicant.another", "children.open", "redirection.no-ground"}


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: str(chart.table.under))
def test_everything_has_words_in_three_languages(chart: ProcedureType) -> None:
    table, words = chart.table, kz.law().labels
    guards = [guard for way in table.rows.values() for row in way for guard in row.guards]
    wanted = {("procedure", table.procedure), ("act", table.opening.act)}
    wanted |= {("kind", "reception"), ("kind", "reception-schedule")}
    wanted |= {("stage", stage) for stage in table.stages}
    wanted |= {("act", act) for _, act in table.rows}
    wanted |= {("refusal", guard.code) for guard in guards}
    wanted |= {("ground", f"refuse-reception.{ground}") for ground in (*REFUSALS, *UNHEARD)}
    wanted = {one for one in wanted if one[1] not in SHARED}
    assert set() == wanted - set(words)
    assert all({"kk", "ru", "en"} == set(words[one].words) for one in wanted)


ACTS = (
    kz.reception.AskReception(official="akim", booked=False, video=True, applicant=ASKS),
    kz.reception.ScheduleReception(at("2026-03-12T15:00"), "ground floor"),
    kz.reception.MoveReception(
        at("2026-03-19T15:00"), "ground floor", "a session of the maslikhat"
    ),
    kz.reception.AskMore("which house"),
    kz.reception.RefuseReception("not-competent", "a matter of the court"),
    kz.reception.HoldReception("asks for a flat", video=True),
    kz.reception.Resolve("the lamp is repaired"),
    kz.reception.Convert("appeal-1"),
    kz.reception.GiveInstruction("instruction-1", "housing department"),
    kz.reception.ApproveSchedule(official="akim", days=(date(2026, 3, 12), date(2026, 3, 26))),
    kz.reception_month.CountReception("reception-1"),
    DeemMissed(clock="reception.month", due=at("2026-04-01T00:00")),
)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: str(act.tag))
def test_an_act_comes_back_from_its_bytes(act: Act) -> None:
    one = Record(1, at("2026-03-10T09:00"), "a", "head", act, "held", kz.Reception.table.under)
    assert one == record(parse(canonical(plain(one))))


# -- the stories ------------------------------------------------------------------------


def test_a_walk_in_is_received_by_the_district_akim_and_resolved_on_the_spot() -> None:
    """S2, Yesil district: no booking is needed any more for the reception of the akim."""
    here = desk(kz.office("Есіл ауданы"))
    then = datetime.fromisoformat("2021-02-10T11:00+06:00")
    case = here.open(
        "reception", by=ASKS, at=then, official="akim", booked=False, topic="employment"
    )
    here.perform(case.id, oa.Register(), by=CLERK, at=then)
    here.perform(case.id, kz.reception.HoldReception("asks for work"), by=AKIM, at=then)
    done = here.perform(case.id, kz.reception.Resolve("a place was found"), by=AKIM, at=then)
    assert ("resolved", "l221") == (done.stage, done.wording)
    assert "ЖТ-2021-00000001" == getattr(done.records[1].act, "number", "")


def about(case: str) -> oa.Link:
    return oa.Link(case, "about")


def test_ninety_five_receptions_of_a_year_by_topic() -> None:
    """S4, Khromtau, to 19 November 2020: help to a disabled child is one of them."""
    here = desk()
    topics = ("social", "housing", "land", "street-lighting", "greening", "employment", "telecom")
    for n, topic in enumerate(islice(cycle(topics), 94)):
        when = f"2020-{n % 11 + 1:02}-11T10:00"
        case = here.open("reception", by=ASKS, at=at(when), topic=topic, booked=False)
        here.perform(case.id, oa.Register(), by=CLERK, at=at(when))
        here.perform(case.id, kz.reception.HoldReception("heard"), by=AKIM, at=at(when))
        here.perform(case.id, kz.reception.Resolve("explained"), by=AKIM, at=at(when))
    now = at("2020-11-19T10:00")
    child = here.open("reception", by=ASKS, at=now, topic="disabled-child", official="akim")
    here.perform(child.id, oa.Register(), by=CLERK, at=now)
    here.perform(child.id, kz.reception.HoldReception("a wheelchair is needed"), by=AKIM, at=now)
    work = here.open("instruction", by=AKIM, at=now, id="i-1", links=(about(child.id),)).id
    here.perform(child.id, kz.reception.GiveInstruction(work, "social department"), by=AKIM, at=now)
    files = [one for one in here.files() if one.procedure == "reception"]
    assert {"resolved": 94, "instructed": 1} == Counter(one.stage for one in files)
    assert {"l221"} == {one.wording for one in files}
    assert 1 == Counter(one.received.topic for one in files)["disabled-child"]
    months = schedule_gaps(files, ["akim"], date(2020, 1, 1), date(2020, 11, 30), office=OFFICE)
    assert () == months


def test_what_cannot_be_resolved_becomes_an_appeal_with_a_term_of_its_own() -> None:
    """By hand: registered Thursday 12 March 2026; 15 working days from the 13th, 23 to 25 March
    off (the CSV of the calendar): 13, 16-20, 26, 27, 30, 31 March, 1-3, 6 and 7 April."""
    here = desk()
    case, now = held(here), at("2026-03-12T15:30")
    link = oa.Link(case, "converted-from")
    appeal = here.open("appeal", by=ASKS, at=now, channel="reception", links=(link,)).id
    here.perform(appeal, oa.Register(), by=CLERK, at=now)
    done = here.perform(case, kz.reception.Convert(appeal), by=AKIM, at=now)
    found = deadline_of(here.case(appeal), "appeal.consideration", office=OFFICE)
    assert ("converted", (appeal,)) == (done.stage, done.children)
    assert found is not None
    assert date(2026, 4, 7) == found.last_day


def test_an_appeal_registered_later_counts_from_its_own_registration() -> None:
    """By hand: registered Monday 16 March 2026; the fifteenth working day is Thursday 9 April."""
    here = desk()
    case = held(here)
    link = oa.Link(case, "converted-from")
    appeal = here.open("appeal", by=ASKS, at=at("2026-03-13T19:00"), links=(link,)).id
    here.perform(case, kz.reception.Convert(appeal), by=CLERK, at=at("2026-03-13T19:00"))
    here.perform(appeal, oa.Register(), by=CLERK, at=at("2026-03-16T09:00"))
    found = deadline_of(here.case(appeal), "appeal.consideration", office=OFFICE)
    assert found is not None
    assert date(2026, 4, 9) == found.last_day


def test_an_instruction_is_no_answer_until_it_is_done() -> None:
    """What was instructed is resolved when its case is closed, or goes on in writing: 90(4)."""
    here = desk()
    case, now = held(here), at("2026-03-12T15:30")
    work = here.open("simplified", by=ASKS, at=now, id="work", links=(about(case),)).id
    here.perform(case, kz.reception.GiveInstruction(work, "housing department"), by=AKIM, at=now)
    told = kz.reception.Resolve("the roof is mended")
    assert "children.open" == refusal(here, case, told, "2026-03-12T16:00", AKIM)
    here.perform(work, oa.Register(), by=CLERK, at=now)
    here.perform(work, kz.appeal.Withdraw(), by=ASKS, at=now)
    here.perform(work, kz.appeal.Terminate("withdrawn"), by=AKIM, at=now)
    here.perform(work, kz.appeal.Notify("termination"), by=CLERK, at=now)
    assert "resolved" == here.perform(case, told, by=VICE, at=now).stage


def test_an_instruction_may_still_go_on_in_writing() -> None:
    here = desk()
    case, now = held(here), at("2026-03-12T15:30")
    work = here.open("simplified", by=ASKS, at=now, links=(about(case),)).id
    here.perform(case, kz.reception.GiveInstruction(work), by=AKIM, at=now)
    link = oa.Link(case, "converted-from")
    appeal = here.open("appeal", by=ASKS, at=now, links=(link,)).id
    assert "converted" == here.perform(case, kz.reception.Convert(appeal), by=AKIM, at=now).stage


def test_who_is_sent_to_another_body_is_told() -> None:
    here = desk()
    case, when = held(here), "2026-03-12T15:30"
    assert "reception.nowhere" == refusal(here, case, kz.appeal.Redirect(" "), when, AKIM)
    odd = kz.appeal.Redirect("court", ground="tired")
    assert "redirection.no-ground" == refusal(here, case, odd, when, AKIM)
    done = here.perform(case, kz.appeal.Redirect("court"), by=AKIM, at=at(when))
    assert "redirected" == done.stage
    assert ["reception.notice"] == [notice.within for notice in here.notices(case)]


# -- who receives -----------------------------------------------------------------------


def test_the_official_asked_for_receives_and_staff_do_not_stand_in_for_them() -> None:
    """APPC 90(2): staff may ask for more; that does not replace the reception."""
    here = desk()
    case, when = booked(here), "2026-03-12T15:00"
    asked = here.perform(
        case, kz.reception.AskMore("which house"), by=CLERK, at=at("2026-03-11T10:00")
    )
    assert "reception_scheduled" == asked.stage
    hold = kz.reception.HoldReception("asks for a flat")
    assert "role.not-competent" == refusal(here, case, hold, when, CLERK)
    assert "reception.another" == refusal(here, case, hold, when, VICE)
    assert "held" == here.perform(case, hold, by=AKIM, at=at(when)).stage
    assert "reception.another" == refusal(here, case, kz.reception.Resolve("no"), when, VICE)


def test_who_stands_in_by_mandate_receives_for_whom_they_stand_in() -> None:
    here = desk()
    order = Mandate("akim", {HEAD}, "order 12 of 2026-03-09", date(2026, 3, 9), date(2026, 3, 13))
    acting = oa.Official("acting", {REGISTRAR}, mandates=(order,))
    done = here.case(held(here, by=acting))
    assert ("acting", "akim") == (done.records[-1].by, done.records[-1].on_behalf)
    assert "reception.another" == refusal(
        here, booked(here), kz.reception.HoldReception("x"), "2026-03-14T15:00", VICE
    )


def test_any_head_receives_who_asked_for_none_by_name_and_by_video_too() -> None:
    here = desk()
    case = booked(here, official="", video=True)
    hold = kz.reception.HoldReception("by video", video=True)
    assert "held" == here.perform(case, hold, by=VICE, at=at("2026-03-12T15:00")).stage


def test_the_day_of_a_reception_is_the_day_it_is_at_the_office() -> None:
    """Told from Anchorage on the evening of the 9th: in Khromtau it is ten on Friday the 10th."""
    here = desk()
    case = ask(here)
    told = kz.reception.ScheduleReception(datetime.fromisoformat("2026-04-09T21:00-08:00"))
    here.perform(case, told, by=CLERK, at=at("2026-03-10T10:00"))
    found = deadline_of(here.case(case), "reception.day", office=OFFICE)
    assert found is not None
    assert date(2026, 4, 10) == found.last_day
    (line,) = here.docket(at=at("2026-04-10T09:00"))
    assert Standing.DUE_SOON is line.standing
    assert "Set: by Fri 2026-04-10" in explain(found)


def test_what_is_no_reception_was_asked_of_nobody() -> None:
    here = desk()
    appeal = here.open("appeal", id="1", by=ASKS, at=at("2026-03-10T09:00"))
    with pytest.raises(Malformed, match="opened with 'receive', not with 'ask-reception'"):
        reception_request_of(appeal)
    with pytest.raises(Malformed, match="opened with 'receive', not with 'approve-schedule'"):
        schedule_of(appeal)


# -- before it is held ------------------------------------------------------------------


def test_a_refusal_names_a_ground_answers_and_needs_no_hearing() -> None:
    """APPC 73(2)(9). An unclear essence is none: who is asked for more is received still, 90(2)."""
    here = desk()
    case, when = ask(here), "2026-03-10T10:00"
    for odd in ("the akim is busy", "essence-unclear"):
        refused = kz.reception.RefuseReception(odd)
        assert "reception.no-ground" == refusal(here, case, refused, when, CLERK)
    not_ours = kz.reception.RefuseReception("not-competent")
    done = here.perform(case, not_ours, by=CLERK, at=at("2026-03-12T10:00"))
    assert ("reception_refused", True) == (done.stage, done.records[-1].act.answers)
    assert {"propose", "hear"}.isdisjoint(act for _, act in kz.Reception.table.rows)


def test_under_the_code_of_2021_who_is_to_be_refused_is_heard() -> None:
    """APPC 73(1), (3). Told on Monday 11 September 2023, refused from Thursday the 14th."""
    here = desk(kz.office("khromtau"))

    def then(text: str) -> datetime:
        return datetime.fromisoformat(f"2023-09-{text}T10:00+05:00")

    case = here.open(kz.Reception, by=ASKS, at=then("11"), official="akim").id
    here.perform(case, oa.Register(), by=CLERK, at=then("11"))
    refused = kz.reception.RefuseReception("not-competent")
    unexplained = kz.reception.RefuseReception("not-competent", unheard="urgent")
    for act in (refused, unexplained):
        said = here.may(case, act, by=CLERK, at=then("11"))
        assert ("hearing.due", "APPC 73(1)") == (
            getattr(said, "code", ""),
            getattr(said, "source", ""),
        )
    assert "act.not-available" == getattr(
        here.may(case, kz.reception.AskMore("which house"), by=CLERK, at=then("11")), "code", ""
    )
    here.perform(case, kz.reception.Propose("refused"), by=CLERK, at=then("11"))
    here.perform(case, ConfirmReceipt("propose"), by=ASKS, at=then("11"))
    assert "hearing.due" == getattr(here.may(case, refused, by=CLERK, at=then("13")), "code", "")
    here.perform(case, kz.reception.Object("it is theirs"), by=ASKS, at=then("13"))
    late = here.may(case, kz.reception.Object("and more"), by=ASKS, at=then("14"))
    assert "objection.too-late" == getattr(late, "code", "")
    assert here.may(case, kz.reception.HoldReception(), by=AKIM, at=then("14")) is None
    assert "reception_refused" == here.perform(case, refused, by=CLERK, at=then("14")).stage


@pytest.mark.parametrize("when", ["2026-03-13T03:00", "2026-03-15T11:00", "2026-03-23T11:00"])
def test_nobody_is_received_at_night_on_a_sunday_or_a_holiday(when: str) -> None:
    """A reading of the office: days and hours are made known, and no law says which."""
    here, given = desk(), kz.reception.ScheduleReception(at(when))
    assert "reception.out-of-hours" == refusal(here, ask(here), given, "2026-03-10T10:00", CLERK)
    free = desk(kz.office("khromtau", readings={"reception-time": "any"}))
    assert free.may(ask(free), given, by=CLERK, at=at("2026-03-10T10:00")) is None


def test_no_month_is_approved_with_a_day_off() -> None:
    """9 March 2026 is off, for the 8th is a Sunday."""
    days = (date(2026, 3, 9), date(2026, 3, 26))
    for answer, refused in (("office-hours", True), ("any", False)):
        here = desk(kz.office("khromtau", readings={"reception-time": answer}))
        with pytest.raises(oa.Refusal, match="day off") if refused else nullcontext():
            here.open(
                "reception-month", by=AKIM, at=at("2026-02-25T10:00"), official="akim", days=days
            )


def test_a_mandate_for_another_role_lends_no_reception() -> None:
    here = desk()
    order = Mandate("akim", {REGISTRAR}, "order 12 of 2026-03-09", date(2026, 3, 9))
    vice = oa.Official("vice", {DEPUTY}, mandates=(order,))
    hold = kz.reception.HoldReception("asks for a flat")
    assert "reception.another" == refusal(here, booked(here), hold, "2026-03-12T15:00", vice)


def test_what_is_scheduled_can_be_moved_with_a_reason_and_not_refused() -> None:
    here = desk()
    case, when = booked(here), "2026-03-11T10:00"
    later = at("2026-03-19T15:00")
    assert "act.not-available" == refusal(
        here, case, kz.reception.RefuseReception("not-competent"), when, AKIM
    )
    assert "reception.no-reason" == refusal(
        here, case, kz.reception.MoveReception(later), when, CLERK
    )
    past = kz.reception.MoveReception(at("2026-03-10T15:00"), reason="x")
    assert "reception.past" == refusal(here, case, past, when, CLERK)
    moved = kz.reception.MoveReception(later, reason="a session of the maslikhat")
    done = here.perform(case, moved, by=CLERK, at=at(when))
    found = deadline_of(done, "reception.day", office=OFFICE)
    assert found is not None
    assert ("reception_scheduled", date(2026, 3, 19)) == (done.stage, found.last_day)


@pytest.mark.parametrize(
    ("days", "whose", "code"),
    [
        ((date(2026, 3, 12), date(2026, 3, 26)), "akim", ""),
        ((date(2026, 3, 26),), "akim", "reception.off-schedule"),
        ((date(2026, 3, 26),), "vice", ""),
        ((date(2026, 4, 9),), "akim", ""),
    ],
)
def test_a_time_is_given_on_a_day_of_the_schedule_that_is_shown(
    days: tuple[date, ...], whose: str, code: str
) -> None:
    """APPC 90(3). A schedule of another official or month binds nobody; nor does none at all."""
    here = desk()
    case, when = ask(here), at("2026-03-10T10:00")
    month = here.open(kz.ReceptionMonth, by=AKIM, at=when, official=whose, days=days)
    given = kz.reception.ScheduleReception(at("2026-03-12T15:00"))
    said = here.may(case, given, by=CLERK, at=when, beside=[month])
    assert code == getattr(said, "code", "")
    assert here.may(case, given, by=CLERK, at=when) is None


def test_who_asked_for_no_official_is_given_a_day_of_any_of_them() -> None:
    here = desk()
    case, when = ask(here, ""), at("2026-03-10T10:00")
    months = [
        here.open(kz.ReceptionMonth, by=AKIM, at=when, official=who, days=(date(2026, 3, day),))
        for who, day in (("akim", 26), ("vice", 12))
    ]
    given = kz.reception.ScheduleReception(at("2026-03-12T15:00"))
    here.perform(case, given, by=CLERK, at=when, beside=months)
    moved = kz.reception.MoveReception(at("2026-03-13T15:00"), reason="a session of the maslikhat")
    said = here.may(case, moved, by=CLERK, at=when, beside=months)
    assert "reception.off-schedule" == getattr(said, "code", "")


def test_a_time_given_names_its_offset() -> None:
    with pytest.raises(Malformed, match="starts_at"):
        kz.reception.ScheduleReception(at("2026-03-12T15:00").replace(tzinfo=None))


def test_a_time_already_past_is_not_given() -> None:
    here = desk()
    given = kz.reception.ScheduleReception(at("2026-03-09T15:00"))
    assert "reception.past" == refusal(here, ask(here), given, "2026-03-10T10:00", CLERK)


def test_who_did_not_come_is_marked_absent_when_their_time_has_come() -> None:
    here = desk()
    case = booked(here)
    absent = kz.visit.MarkAbsent()
    assert "reception.not-yet" == refusal(here, case, absent, "2026-03-12T14:59", CLERK)
    done = here.perform(case, absent, by=CLERK, at=at("2026-03-12T15:30"))
    assert "no_show" == done.stage
    assert ["reception.notice"] == [notice.within for notice in here.notices(case)]


def test_a_reception_that_nobody_held_stands_late_in_the_docket() -> None:
    here = desk()
    case = booked(here)
    here.lapse(case, at=at("2026-03-13T09:00"))
    (line,) = here.docket(at=at("2026-03-13T09:00"))
    assert (Standing.OVERDUE, 1) == (line.standing, line.days_late)


def test_only_the_visitor_cancels() -> None:
    here = desk()
    case, when = booked(here), "2026-03-11T10:00"
    assert "role.not-competent" == refusal(here, case, kz.appeal.Withdraw(), when, AKIM)
    other = kz.Applicant("Another", id="another")
    assert "applicant.another" == refusal(here, case, kz.appeal.Withdraw(), when, other)
    assert "cancelled" == here.perform(case, kz.appeal.Withdraw(), by=ASKS, at=at(when)).stage


# -- once a month -----------------------------------------------------------------------


def approve(here: oa.Desk, official: str = "akim", when: str = "2026-02-25T10:00") -> str:
    days = (date(2026, 3, 12), date(2026, 3, 26))
    return here.open("reception-month", by=AKIM, at=at(when), official=official, days=days).id


def test_a_reception_held_in_the_month_keeps_it() -> None:
    here = desk()
    month, reception = approve(here), held(here)
    count = kz.reception_month.CountReception(reception)
    assert "reception.none-held" == refusal(here, month, count, "2026-03-12T18:00", CLERK)
    shown = [here.case(reception)]
    done = here.perform(month, count, by=CLERK, at=at("2026-03-12T18:00"), beside=shown)
    assert "month_kept" == done.stage


def test_a_reception_of_another_official_or_month_does_not() -> None:
    here = desk()
    reception = held(here)
    shown, count = [here.case(reception)], kz.reception_month.CountReception(reception)
    for month, when in (
        (approve(here, "vice"), "2026-03-12T18:00"),
        (_april(here), "2026-04-02T10:00"),
    ):
        with pytest.raises(oa.Refusal) as said:
            here.perform(month, count, by=CLERK, at=at(when), beside=shown)
        assert "reception.none-held" == said.value.code


def _april(here: oa.Desk) -> str:
    days = (date(2026, 4, 9),)
    return here.open(
        "reception-month", by=AKIM, at=at("2026-03-30T10:00"), official="akim", days=days
    ).id


def test_a_month_without_a_reception_is_missed_on_its_last_midnight() -> None:
    here = desk()
    month = approve(here)
    assert "schedule_approved" == here.lapse(month, at=at("2026-03-31T23:59")).stage
    done = here.lapse(month, at=at("2026-04-01T00:00"))
    (found,) = here.deadlines(month)
    assert ("month_missed", date(2026, 3, 31)) == (done.stage, found.last_day)
    assert oa.Evidence.UNCONFIRMED is found.evidence


def test_a_month_kept_on_its_last_evening_and_counted_the_next_morning_is_kept() -> None:
    """Counted as of the evening it is in time, whether or not the midnight is recorded by then."""
    evening, morning = "2026-03-31T20:00", "2026-04-01T09:00"
    for told, entered, recorded in (
        (evening, morning, False),
        (evening, morning, True),
        (morning, "", True),
    ):
        here = desk()
        month, reception = approve(here), held(here, "2026-03-31T20:00")
        if recorded:
            here.lapse(month, at=at("2026-04-01T00:00"))
        done = here.perform(
            month,
            kz.reception_month.CountReception(reception),
            by=CLERK,
            at=at(told),
            entered=at(entered) if entered else None,
            beside=[here.case(reception)],
        )
        assert "month_kept" == done.stage
        (line,) = (one for one in here.docket(at=at("2026-04-02T09:00")) if one.case == month)
        assert (Standing.IN_TIME if entered else Standing.LATE) is line.standing


@pytest.mark.parametrize("days", [(), (date(2026, 3, 31), date(2026, 4, 1))])
def test_a_schedule_is_of_one_month(days: tuple[date, ...]) -> None:
    with pytest.raises(Malformed):
        kz.reception.ApproveSchedule(official="akim", days=days)


def test_only_the_head_approves_the_schedule() -> None:
    with pytest.raises(oa.NotCompetent):
        desk().open(
            "reception-month",
            by=VICE,
            at=at("2026-02-25T10:00"),
            official="vice",
            days=(date(2026, 3, 12),),
        )


def test_gaps_are_whole_months_in_which_nobody_was_received() -> None:
    """From the records of receptions alone, whatever was approved; by mandate it counts for the akim."""
    here = desk()
    order = Mandate("akim", {HEAD}, "order 12 of 2026-03-09", date(2026, 3, 9), date(2026, 3, 13))
    held(here, by=oa.Official("vice", {DEPUTY}, mandates=(order,)))
    booked(here)
    here.open("appeal", by=ASKS, at=at("2026-03-12T10:00"))
    found = schedule_gaps(
        here.files(), ["akim", "vice"], date(2026, 1, 15), date(2026, 4, 29), office=OFFICE
    )
    february, march = date(2026, 2, 1), date(2026, 3, 1)
    assert [Gap("akim", february), Gap("vice", february), Gap("vice", march)] == sorted(
        found, key=lambda gap: (gap.month, gap.official)
    )


def test_a_reception_late_in_the_evening_belongs_to_the_day_of_the_place() -> None:
    """19:30 UTC of 31 March is 00:30 of 1 April in Khromtau."""
    here = desk()
    case = ask(here)
    hold = kz.reception.HoldReception("late")
    here.perform(case, hold, by=AKIM, at=datetime.fromisoformat("2026-03-31T19:30+00:00"))
    gaps = schedule_gaps(here.files(), ["akim"], date(2026, 3, 1), date(2026, 4, 30), office=OFFICE)
    assert (Gap("akim", date(2026, 3, 1)),) == gaps
