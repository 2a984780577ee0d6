"""A visit to a front office: the ticket and its clocks, calls in and out of turn, the ways it ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.calendar.terms import term
from openakimat.case.act import Act
from openakimat.case.record import Record
from openakimat.dated import Dated
from openakimat.errors import Malformed
from openakimat.judgement.deadlines import deadline_of
from openakimat.judgement.judge import judge, open_case
from openakimat.judgement.notices import Decision
from openakimat.kz.roles import DEPUTY, HEAD, OPERATOR, SPECIALIST
from openakimat.kz.sources import OF_FRONT_OFFICES
from openakimat.kz.visit.acts import GROUNDS, SECTORS, DeemLeft
from openakimat.kz.visit.charts import WINDOW
from openakimat.kz.visit.guards import calling
from openakimat.law.words import refusal_text
from openakimat.trail.canonical import canonical, parse
from openakimat.trail.codec import plain, record

OFFICE = kz.office("Хромтау ауданы")
OPERATOR_1 = oa.Official("window-1", {OPERATOR})
UPSTAIRS = oa.Official("land-214", {SPECIALIST})
BOSS = oa.Official("head", {HEAD})


def at(clock: str) -> datetime:
    """An instant of Wednesday 18 March 2026 by the clocks of Khromtau."""
    return datetime.fromisoformat(f"2026-03-18T{clock}+05:00")


def desk(office: oa.Office = OFFICE) -> oa.Desk:
    return oa.Desk(office, journal=memory.Journal(), numbers=memory.Numbers())


def take(at_desk: oa.Desk, clock: str, ticket: str, **fields: Any) -> str:
    """A ticket by the norm of twenty minutes; the visitor bears its number."""
    visitor = kz.Applicant(ticket, id=ticket)
    fields = {"term": "20 minutes", **fields}
    return at_desk.open("visit", by=visitor, at=at(clock), ticket=ticket, id=ticket, **fields).id


def do(at_desk: oa.Desk, visit: str, clock: str, *acts: Act, by: object = OPERATOR_1) -> oa.Case:
    """Acts at one time, the whole queue shown."""
    for act in acts:
        queue = list(at_desk.files())
        case = at_desk.perform(visit, act, at=at(clock), by=by, beside=queue)  # type: ignore[arg-type]  # an actor
    return case


def refusal(at_desk: oa.Desk, visit: str, clock: str, act: Act, by: object = OPERATOR_1) -> str:
    with pytest.raises(oa.Refusal) as said:
        do(at_desk, visit, clock, act, by=by)
    return said.value.code


# -- the facts --------------------------------------------------------------------------

FACTS = {
    "visit.waiting": ("as set", "secondary", {"base": "unconfirmed"}),
    "visit.serving": ("as set", "secondary", {"base": "unconfirmed"}),
    "visit.day": ("1 calendar day", "unconfirmed", {"first_day": "unconfirmed"}),
    "visit.notice": ("1 calendar day", "unconfirmed", {"first_day": "unconfirmed"}),
}
"""No national norm of waiting was found: addendum, section 4."""


def test_every_limit_is_in_the_table_of_facts() -> None:
    assert set(FACTS) == {key for key in kz.law().limits if key.startswith("visit.")}


@pytest.mark.parametrize("key", FACTS)
def test_a_limit_has_the_term_and_the_marks_of_the_fact_sheet(key: str) -> None:
    (edition,) = kz.law().limits[key]
    words, mark, rules = FACTS[key]
    assert ("practice", term(words), mark) == (
        edition.law,
        edition.value.term,
        edition.evidence.value,
    )
    for rule, of in rules.items():
        assert of == getattr(edition.value, rule).evidence.value


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_ground_out_of_turn_claims_no_more_than_was_seen(ground: str) -> None:
    """It was seen for personal reception, of another body; for a queue it is our conclusion."""
    mark = kz.law().evidence("practice", GROUNDS[ground], f"call-visitor.{ground}")
    assert oa.Evidence.UNCONFIRMED is mark


def test_everything_has_words_in_three_languages() -> None:
    table, words = kz.Visit.table, kz.law().labels
    guards = [guard for way in table.rows.values() for row in way for guard in row.guards]
    wanted = {("procedure", "visit"), ("kind", "visit"), ("act", table.opening.act)}
    wanted |= {("stage", stage) for stage in table.stages}
    wanted |= {("act", act) for _, act in table.rows}
    wanted |= {("refusal", guard.code) for guard in guards if guard.code != "applicant.another"}
    wanted |= {("ground", f"call-visitor.{ground}") for ground in GROUNDS}
    wanted |= {("sector", sector) for sector in SECTORS}
    assert set() == wanted - set(words)
    assert all({"kk", "ru", "en"} == set(words[one].words) for one in wanted)


ACTS = (
    kz.visit.TakeTicket(
        ticket="A-7",
        sector="lawyers",
        services=("land", "housing"),
        priority="veteran",
        booked_at=at("10:30"),
        term="15 minutes",
    ),
    kz.visit.Call("3", "veteran"),
    kz.visit.CallOverride("3", "a visitor fell ill"),
    kz.visit.Serve("land", "20 minutes"),
    kz.visit.ServeNext("housing"),
    kz.visit.Help("address certificate"),
    kz.visit.IssueSignature(),
    kz.visit.MarkAbsent(),
    kz.visit.Recall(),
    kz.visit.HandOn("office 214", "the land register is kept there"),
    kz.visit.Leave(),
    kz.visit.DoneAlone(),
    kz.visit.Finish("issued"),
    DeemLeft(clock="visit.day", due=at("23:59")),
)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: str(act.tag))
def test_an_act_comes_back_from_its_bytes(act: Act) -> None:
    one = Record(1, at("10:00"), "a", "operator", act, "waiting", kz.Visit.table.under)
    assert one == record(parse(canonical(plain(one))))


@pytest.mark.parametrize("norm", ["1 working day", "20", "as set"])
def test_a_norm_of_waiting_is_in_minutes(norm: str) -> None:
    with pytest.raises(Malformed):
        kz.visit.TakeTicket(term=norm)


def test_a_time_booked_names_its_offset() -> None:
    with pytest.raises(Malformed, match="booked_at"):
        kz.visit.TakeTicket(booked_at=at("10:00").replace(tzinfo=None))


def test_there_is_one_ground_of_absence() -> None:
    with pytest.raises(Malformed, match="ground"):
        kz.visit.MarkAbsent("tired")  # type: ignore[arg-type]  # none of its grounds


# -- the clocks -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("norm", "called", "due", "missed"),
    [
        ("15 minutes", "10:14", "10:15", False),
        ("20 minutes", "10:19", "10:20", False),
        ("20 minutes", "10:20", "10:20", True),
        ("20 minutes", "10:21", "10:20", True),
        ("30 minutes", "10:21", "10:30", False),
    ],
)
def test_waiting_is_counted_in_minutes_from_the_ticket(
    norm: str, called: str, due: str, *, missed: bool
) -> None:
    """By hand: ten o'clock and the norm; the end of a term is the first instant too late."""
    here = desk()
    visit = take(here, "10:00", "A1", term=norm)
    case = do(here, visit, called, kz.visit.Call())
    found = deadline_of(case, "visit.waiting", office=OFFICE)
    assert found is not None
    assert (at(due), missed) == (found.at, found.missed(at("18:00")))
    assert missed == any(type(r.act) is oa.Lapse for r in case.records)


def test_serving_has_the_norm_that_each_service_tells() -> None:
    here = desk()
    visit = take(here, "10:00", "A1", services=("land", "housing"))
    do(here, visit, "10:05", kz.visit.Call(), kz.visit.Serve("land", term="20 minutes"))
    case = do(here, visit, "10:20", kz.visit.ServeNext("housing", term="15 minutes"))
    found = deadline_of(case, "visit.serving", office=OFFICE)
    assert found is not None
    assert at("10:35") == found.at
    assert "finished" == do(here, visit, "10:30", kz.visit.Finish("both given")).stage


def test_a_ticket_is_good_for_its_day() -> None:
    """At midnight the law of the house closes what waits; the visitor is to be told."""
    here = desk()
    visit = take(here, "17:50", "A1")
    case = here.lapse(visit, at=datetime.fromisoformat("2026-03-19T00:00+05:00"))
    assert ("left", "deem-left") == (case.stage, case.records[-1].act.tag)
    assert ["visit.notice"] == [notice.within for notice in here.notices(visit)]


def test_who_is_being_served_is_not_taken_to_have_left() -> None:
    here = desk()
    visit = take(here, "17:50", "A1")
    do(here, visit, "18:00", kz.visit.Call(), kz.visit.Serve())
    case = here.lapse(visit, at=datetime.fromisoformat("2026-03-19T09:00+05:00"))
    assert "serving" == case.stage


# -- turns ------------------------------------------------------------------------------


def test_nobody_is_called_before_those_ahead_of_them_and_the_refusal_names_them() -> None:
    here = desk()
    take(here, "10:00", "A1")
    take(here, "10:01", "A2")
    take(here, "10:02", "B1", sector="lawyers")
    late = take(here, "10:03", "A3")
    with pytest.raises(oa.NotAllowed, match="A1, A2$") as said:
        do(here, late, "10:05", kz.visit.Call())
    assert ("queue.out-of-turn", OF_FRONT_OFFICES, "unconfirmed") == (
        said.value.code,
        said.value.source,
        said.value.evidence,
    )
    assert "A1, A2" == said.value.about
    for language in ("kk", "ru", "en"):
        assert ": A1, A2 [" in refusal_text(said.value, kz.law(), language)
    assert "waiting" == here.case(late).stage
    assert "called" == do(here, "B1", "10:05", kz.visit.Call()).stage


def test_the_queue_must_be_shown() -> None:
    here = desk()
    visit = take(here, "10:00", "A1")
    other = take(here, "10:01", "A2")
    for beside in ([], [here.case(other)]):
        with pytest.raises(oa.Incomplete) as said:
            here.perform(visit, kz.visit.Call(), at=at("10:05"), by=OPERATOR_1, beside=beside)
        assert "queue.not-shown" == said.value.code


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_ground_of_the_law_passes_others_over(ground: str) -> None:
    """Told at the window, or on the ticket from the first."""
    here = desk()
    take(here, "10:00", "A1")
    late = take(here, "10:03", "A2")
    assert "called" == do(here, late, "10:04", kz.visit.Call(ground=ground)).stage
    marked = take(here, "10:05", "A3", priority=ground)
    assert "called" == do(here, marked, "10:06", kz.visit.Call()).stage


def test_a_ground_that_is_none_is_refused_and_none_on_a_ticket_helps() -> None:
    here = desk()
    first = take(here, "10:00", "A1")
    late = take(here, "10:03", "A2", priority="friend-of-the-head")
    assert "queue.no-ground" == refusal(here, first, "10:04", kz.visit.Call(ground="friend"))
    assert "queue.out-of-turn" == refusal(here, late, "10:04", kz.visit.Call())
    with pytest.raises(oa.Incomplete) as said:
        do(here, late, "10:04", kz.visit.Call(ground="friend"))
    assert ["queue.no-ground", "queue.out-of-turn"] == [one.path for one in said.value.missing]


def test_an_office_declares_grounds_of_its_own() -> None:
    own: Mapping[str, str] = {**GROUNDS, "pregnancy": "order of the office"}

    class OurVisit(kz.Visit):
        """With an order of ours."""

        call = oa.step(
            kz.visit.Call,
            oa.when(kz.Visit.waiting.to(kz.Visit.called), *calling(own)),
            by=WINDOW,
            source=OF_FRONT_OFFICES,
        )

    law = kz.law()
    (edition,) = law.procedures["visit"]
    ours = Dated("visit", (attrs.evolve(edition, value=OurVisit.table),))
    pack = attrs.evolve(law, procedures={**law.procedures, "visit": ours})
    here = desk(kz.office("Хромтау ауданы", pack=pack))
    take(here, "10:00", "A1")
    late = take(here, "10:03", "A2")
    assert "called" == do(here, late, "10:04", kz.visit.Call(ground="pregnancy")).stage


def test_a_head_may_override_the_queue_with_a_reason_and_by_an_act_of_its_own() -> None:
    here = desk()
    take(here, "10:00", "A1")
    late = take(here, "10:03", "A2")
    asked = kz.visit.CallOverride(reason="")
    assert "queue.no-reason" == refusal(here, late, "10:04", asked, BOSS)
    own = kz.visit.CallOverride(reason="a visitor fell ill")
    assert "role.not-competent" == refusal(here, late, "10:04", own, OPERATOR_1)
    case = do(here, late, "10:04", own, by=oa.Official("deputy", {DEPUTY}))
    assert ("called", "call-out-of-turn") == (case.stage, case.records[-1].act.tag)


def test_by_appointment_only() -> None:
    """The pilot of 20 February 2026: everybody books; early or late, the time booked decides."""
    here = desk()
    take(here, "10:00", "A1", booked_at=at("11:00"))
    take(here, "10:25", "A2", booked_at=at("10:30"))
    assert "queue.out-of-turn" == refusal(here, "A2", "10:29", kz.visit.Call())
    assert "queue.out-of-turn" == refusal(here, "A1", "10:30", kz.visit.Call())
    assert "called" == do(here, "A2", "10:30", kz.visit.Call()).stage
    assert "called" == do(here, "A1", "10:31", kz.visit.Call()).stage


# -- how a visit goes -------------------------------------------------------------------


def test_who_did_not_come_is_put_back_once_and_keeps_their_place() -> None:
    here = desk()
    first = take(here, "10:00", "A1")
    take(here, "10:01", "A2")
    do(here, first, "10:05", kz.visit.Call(), kz.visit.MarkAbsent())
    assert "act.not-available" == refusal(here, first, "10:06", kz.visit.Call())
    do(here, first, "10:07", kz.visit.Recall())
    assert "queue.out-of-turn" == refusal(here, "A2", "10:08", kz.visit.Call())
    do(here, first, "10:08", kz.visit.Call(), kz.visit.MarkAbsent())
    assert "recall-visitor.twice" == refusal(here, first, "10:09", kz.visit.Recall())
    assert "called" == do(here, "A2", "10:09", kz.visit.Call()).stage
    case = here.lapse(first, at=at("10:09") + timedelta(days=1))
    assert "left" == case.stage


def test_a_call_that_nobody_came_to_stopped_the_wait_all_the_same() -> None:
    here = desk()
    visit = take(here, "10:00", "A1")
    case = do(here, visit, "10:10", kz.visit.Call(), kz.visit.MarkAbsent(), kz.visit.Recall())
    found = deadline_of(case, "visit.waiting", office=OFFICE)
    assert found is not None
    assert not found.missed(at("12:00"))


def test_only_the_visitor_says_that_they_leave() -> None:
    here = desk()
    visit = take(here, "10:00", "A1")
    other = kz.Applicant("Another", id="A2")
    assert "applicant.another" == refusal(here, visit, "10:05", kz.visit.Leave(), other)
    assert "role.not-competent" == refusal(here, visit, "10:05", kz.visit.Leave())
    assert "left" == do(here, visit, "10:05", kz.visit.Leave(), by=kz.Applicant("A", id="A1")).stage


def test_who_is_sent_upstairs_is_told_where_and_why_and_is_served_there() -> None:
    """S0: people were sent from office to office though the specialists' places stood ready."""
    here = desk()
    visit = take(here, "10:00", "A1")
    do(here, visit, "10:05", kz.visit.Call(), kz.visit.Serve())
    assert "hand-on.unexplained" == refusal(here, visit, "10:10", kz.visit.HandOn("office 214"))
    do(here, visit, "10:10", kz.visit.HandOn("office 214", "the specialist's place is empty"))
    do(here, visit, "10:30", kz.visit.HandOn("office 305", "the key is there"), by=UPSTAIRS)
    case = do(here, visit, "11:00", kz.visit.Serve(), kz.visit.Finish("given"), by=UPSTAIRS)
    assert ("finished", 2) == (
        case.stage,
        sum(isinstance(r.act, kz.visit.HandOn) for r in case.records),
    )


def test_who_was_sent_on_and_never_served_is_closed_with_the_day() -> None:
    here = desk()
    visit = take(here, "10:00", "A1")
    do(
        here,
        visit,
        "10:05",
        kz.visit.Call(),
        kz.visit.Serve(),
        kz.visit.HandOn("office 214", "closed today"),
    )
    case = here.lapse(visit, at=datetime.fromisoformat("2026-03-19T00:00+05:00"))
    assert "left" == case.stage


def test_self_service_with_help_ends_with_a_visitor_who_can_do_it_alone() -> None:
    """S1: an address certificate; the sector teaches to use the portal and the signature."""
    here = desk()
    visit = take(here, "10:00", "A1", sector="self-service", services=("address certificate",))
    acts = (
        kz.visit.Call(),
        kz.visit.Serve(),
        kz.visit.IssueSignature(),
        kz.visit.Help("address certificate"),
    )
    do(here, visit, "10:05", *acts)
    case = do(here, visit, "10:20", kz.visit.DoneAlone())
    assert ("done_alone", True) == (case.stage, case.records[-1].act.answers)


def test_a_visit_is_of_practice_whatever_wording_the_office_is_told_to_judge_by() -> None:
    case = open_case(
        "visit",
        kz.visit.TakeTicket(),
        id="v",
        at=datetime.fromisoformat("2007-08-01T10:00+05:00"),
        by=kz.Applicant(),
        office=kz.office("atyrau", wording="l221"),
    )
    assert "practice" == case.wording
    assert date(2007, 1, 1) == next(iter(kz.law().procedures["visit"])).since


def test_may_asks_the_same_as_the_call() -> None:
    here = desk()
    visit = here.case(take(here, "10:00", "A1"))
    answer = judge(
        visit, kz.visit.Call(), at=at("10:05"), by=OPERATOR_1, office=OFFICE, beside=[visit]
    )
    assert isinstance(answer, Decision)
    assert here.may("A1", kz.visit.Call(), at=at("10:05"), by=OPERATOR_1, beside=[visit]) is None
