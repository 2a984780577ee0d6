"""A public service, from the application to the result.

Dates were counted by hand on the calendar of 2026: Monday 6 April, no holidays until 1 May.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import attrs
import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.calendar.terms import term
from openakimat.case.act import Link
from openakimat.case.acts import Lapse, Register
from openakimat.case.people import TheLaw
from openakimat.errors import Incomplete, Malformed, NotAllowed, NotCompetent, Refusal, TooLate
from openakimat.judgement import docket
from openakimat.judgement.deadlines import deadline_of
from openakimat.kz.acts import (
    Accept,
    ConfirmReceipt,
    Decide,
    Hear,
    Object,
    Propose,
    Terminate,
    Withdraw,
)
from openakimat.kz.data import pack
from openakimat.kz.request.acts import CHANNELS
from openakimat.kz.request.refusal import BANS, REFUSAL, REFUSAL_2013, UNHEARD
from openakimat.kz.roles import AUTHORISED, CONSULTED, EXECUTOR, HEAD, OPERATOR, REGISTRAR
from openakimat.limits.explain import explain

ASKS = kz.Applicant("Айгерім", id="aigerim")
CLERK = oa.Official("clerk", {REGISTRAR, EXECUTOR})
CENTRE = oa.Official("centre", {OPERATOR})
CHIEF = oa.Official("chief", {HEAD})
BODY = oa.Official("body", {CONSULTED})
CHARTS = (
    kz.request.Request2013,
    kz.request.Request2016,
    kz.request.Request2019,
    kz.request.Request2022,
    kz.request.Request2024,
    kz.request.Request2026,
    kz.Consultation,
    kz.one_application.OneApplication2016,
    kz.one_application.OneApplication2024,
    kz.one_application.OneApplication2026,
)


def at(text: str, hour: str = "10:00") -> datetime:
    """An instant by the clocks of Astana since March 2024."""
    return datetime.fromisoformat(f"2026-{text}T{hour}+05:00")


class Counter:
    """A desk, and a request on it."""

    def __init__(self, **office: Any) -> None:
        self.desk = oa.Desk(
            kz.office("astana", **office), journal=memory.Journal(), numbers=memory.Numbers()
        )
        self.id = ""

    def open(self, service: str, on: str, *, by: Any = ASKS, **told: Any) -> Counter:
        """A request for a service of the sample, its whole package handed in."""
        kind = kz.request.services()[service]
        channel = told.pop("channel", kind.channels[0])
        asked = kind.applied(channel=channel, papers=[d.code for d in kind.documents])
        self.id = self.desk.open(kz.Request, by=by, at=at(on), **{**asked, **told}).id
        return self

    def do(self, act: Any, on: str, by: Any = CLERK, case: str = "") -> oa.Case:
        return self.desk.perform(case or self.id, act, by=by, at=at(on))

    def accepted(self, on: str) -> Counter:
        """Registered and taken up by the provider."""
        channel = self.case.received.channel
        if channel == "state-corporation":
            self.do(kz.request.TakeIn(), on, CENTRE)
        else:
            self.do(Register(), on)
        self.do(Accept(), on)
        return self

    def ask(self, body: str, on: str, *, agrees: bool) -> str:
        """Another body asked, in a case of its own."""
        child = self.desk.open(
            kz.Consultation,
            by=CLERK,
            at=at(on),
            body=body,
            silence_agrees=agrees,
            links=(Link(self.id, "child-of"),),
        )
        self.do(kz.consultation.Consult(child.id, body), on)
        return child.id

    @property
    def case(self) -> oa.Case:
        return self.desk.case(self.id)

    def last_day(self, limit: str = "request.service") -> date | None:
        clock = next(iter(kz.Request.table.clocks[limit].becomes.values()), "")
        found = [d for d in self.desk.deadlines(self.id) if d.limit in {limit, clock}]
        return found[0].last_day

    def shares(self, on: str, *children: str) -> tuple[kz.request.DelayShare, ...]:
        cases = [self.desk.case(child) for child in children]
        return kz.request.delays(self.case, cases, office=self.desk.office, at=at(on))


@contextmanager
def refusal(code: str, kind: type[Refusal] = NotAllowed) -> Iterator[None]:
    """The act within is refused with this code; or with several, this one among them."""
    with pytest.raises(kind) as wrong:
        yield
    among = {fault.path for fault in getattr(wrong.value, "missing", ())}
    assert code in {wrong.value.code, *among}


# -- the law --------------------------------------------------------------------------

U, S, C = "unconfirmed", "secondary", "confirmed"

EVIDENCE = {
    "request.service": ("as set", U, C, C, C, C, C),
    "request.service-on-paper": ("as set", U, C, C, C, C, C),
    "request.delivery": ("1 calendar day", U, C, C, C, C, C),
    "request.collection": ("1 month", U, U, U, U, U, U),
    "request.acknowledgement": ("1 calendar day", U, U, U, U, U, U),
    "request.completeness": ("2 working days", C, S, S, S, S),
    "request.handing-over": ("5 working days", C, U, U, U, U),
    "request.consulting": ("2 working days", S, C, S, S, S, S),
    "request.preliminary-decision": ("3 working days", U, U, U, U, U, S),
    "request.objection": ("2 working days", U, U, U, U, S, S),
    "consultation.answer": ("10 working days", S),
    "consultation.notice": ("1 working day", U),
}
"""Term, and mark in each wording, as the fact sheet of the law has them."""


def test_every_limit_has_the_term_and_the_mark_of_the_fact_sheet() -> None:
    ours = {
        key: (dated.editions[0].value.term, *(e.evidence.value for e in dated))
        for key, dated in kz.law().limits.items()
        if key.startswith(("request.", "consultation."))
    }
    assert {key: (term(words), *marks) for key, (words, *marks) in EVIDENCE.items()} == ours


def test_the_only_counting_rule_confirmed_is_that_of_paper() -> None:
    rules = {
        (key, e.law, name): getattr(e.value, name)
        for key, dated in kz.law().limits.items()
        if key.startswith(("request.", "consultation."))
        for e in dated
        for name in ("first_day", "late", "roll")
    }
    usual = {"first_day": "next", "late": "same-day", "roll": "none"}
    seen = {
        (key, law)
        for (key, law, name), rule in rules.items()
        if rule.evidence is oa.Evidence.CONFIRMED
        and (rule.value != usual[name] or ("20(1)" in rule.source and name == "first_day"))
    }
    read = ("psl-2016", "psl-2019", "psl-2022", "psl-2024", "psl-2026")
    assert {("request.service-on-paper", law) for law in read} == seen


@pytest.mark.parametrize(
    ("wording", "cited", "mark"),
    [
        ("psl-2013", "PSL 18(2)", "unconfirmed"),
        ("psl-2024", "PSL 18(2)", "confirmed"),
        ("psl-2026", "PSL 18(2)", "confirmed"),
        ("psl-2013", "PSL 25", "secondary"),
        ("psl-2026", "PSL 25", "confirmed"),
        ("psl-2024", "PSL 27(3)", "confirmed"),
        ("psl-2026", "PSL 27(3)", "confirmed"),
        ("psl-2026", "PSL 21-1", "confirmed"),
        ("psl-2024", "PSL 1(1-4)", "confirmed"),
        ("psl-2026", "PSL 1(1-5)", "confirmed"),
        ("psl-2026", "PSL 1(1-4)", "unconfirmed"),
        ("psl-2026", "APPC 73(2)(8)", "confirmed"),
        ("psl-2024", "APPC 73(2) last part, by-law of the service", "unconfirmed"),
    ],
)
def test_an_article_is_marked_by_what_was_read(wording: str, cited: str, mark: str) -> None:
    assert mark == kz.law().evidence(wording, cited).value


def test_one_application_stands_on_its_own_provision_in_each_wording() -> None:
    """It is 21(4) at first, 1(1-4), and 1(1-5) since Law 254-VIII; 1(4-1) is the socially significant service."""
    for chart, cited in (
        (kz.one_application.OneApplication2016, "PSL 21(4)"),
        (kz.one_application.OneApplication2024, "PSL 1(1-4)"),
        (kz.one_application.OneApplication2026, "PSL 1(1-5)"),
    ):
        rows = [row for way in chart.table.rows.values() for row in way if row.act != "withdraw"]
        assert {cited} == {row.source for row in rows} | {chart.table.opening.source}


def test_a_refusal_of_2026_says_which_wording_of_its_article_was_read() -> None:
    """19-1(1) has another from 12.07.2026, by Law 291-VIII; nobody of us has seen it."""
    cited = {row.source for row in kz.Request.table.rows["considered", "refuse-service"]}
    assert {"PSL 19-1(1) as before 12.07.2026, (2)"} == cited


def test_the_wordings_of_services_begin_no_earlier_than_they_can() -> None:
    """By hand: 15 April 2013 and 30 days are 15 May, 6 April 2016 and 30 days 6 May; 25 November
    2019 and 10 days are 5 December; 30 December 2021 and 60 days are 28 February 2022; 6 April 2024 and 60 days are 5 June; 11 January 2026 and 60 days are 12 March."""
    first_days = {edition.law: edition.since for edition in kz.law().others["services"]}
    assert date(2013, 5, 16) == first_days["psl-2013"]
    assert date(2016, 5, 7) == first_days["psl-2016"]
    assert date(2019, 12, 6) == first_days["psl-2019"]
    assert date(2022, 3, 1) == first_days["psl-2022"]
    assert date(2024, 6, 6) == first_days["psl-2024"]
    assert date(2026, 3, 13) == first_days["psl-2026"]


def test_the_grounds_of_refusal_are_the_six_of_the_law() -> None:
    assert [f"PSL 19-1(2)({n})" for n in range(1, 7)] == list(REFUSAL.values())


def _named() -> Iterator[tuple[str, str]]:
    """All that these procedures introduce and the three languages are owed for."""
    yield from (("procedure", chart.code) for chart in CHARTS)
    yield from (("channel", name) for name in CHANNELS)
    yield from (("kind", kind) for kind in ("service", "proactive", "social", "consultation"))
    yield from (
        ("ground", f"refuse-service.{one}") for one in (*REFUSAL_2013, *REFUSAL, *UNHEARD, *BANS)
    )
    acts: tuple[type[oa.Act], ...] = (
        kz.request.Apply, kz.request.TakeIn, kz.request.RefuseToAccept, kz.request.HandOver, kz.request.Check, kz.consultation.Consult, kz.request.Refuse,
        kz.request.SendResult, kz.request.Issue, kz.request.DeemUncollected, kz.request.DeemIssued, kz.request.DeemReceived, kz.consultation.Ask, kz.consultation.GiveOpinion, kz.consultation.DeemAgreed,
        kz.one_application.ApplyForSeveral, kz.one_application.SplitOff, kz.one_application.AnswerAll,
    )  # fmt: skip
    yield from (("act", act.tag) for act in acts)


@pytest.mark.parametrize(("kind", "key"), list(_named()))
def test_everything_has_words_in_three_languages(kind: str, key: str) -> None:
    for language in ("kk", "ru", "en"):
        assert kz.law().words(kind, key, language)


def test_every_stage_and_refusal_of_ours_has_words_here_or_with_the_appeals() -> None:
    shared = {"registered", "considered", "proposed", "answered", "withdrawn"}
    stages = {stage for chart in CHARTS for stage in chart.table.stages} - shared
    assert stages <= set(pack()["label"]["stage"])
    codes = {
        guard.code
        for chart in CHARTS
        for way in chart.table.rows.values()
        for row in way
        for guard in row.guards
    } - {"applicant.another", "children.open", "office.propose", "outcome.unknown"}
    assert codes <= set(pack()["label"]["refusal"])


# -- the application ------------------------------------------------------------------


def test_an_unknown_channel_is_told_with_those_there_are() -> None:
    with pytest.raises(Malformed, match="'fax' is none of provider, state-corporation") as wrong:
        kz.request.Apply(channel="fax")
    assert "channel.unknown" == wrong.value.code


def test_a_service_is_not_applied_for_where_it_is_not_given() -> None:
    with pytest.raises(Malformed, match="'self-service' is none of state-corporation, portal"):
        kz.request.services()["S-08"].applied(channel="self-service")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"service": "S-07"}, "term: a service has one, by its by-law"),
        ({"service": "S-07", "term": "a while"}, "is not a number of"),
        ({"service": "S-07", "term": "0 working days"}, "is no time"),
        ({"term": "as set"}, "is to say how long"),
        ({"kind": "favour"}, "'favour' is none of service, proactive, social"),
    ],
)
def test_what_could_not_be_counted_is_refused(told: dict[str, Any], why: str) -> None:
    with pytest.raises(Malformed, match=why):
        kz.request.Apply(**told)


def test_a_proactive_service_wants_phone_and_consent_both_told_at_once() -> None:
    with pytest.raises(Malformed) as wrong:
        kz.request.Apply(kind="proactive")
    assert ["phone", "consent"] == [fault.path for fault in wrong.value.faults]


def test_a_proactive_service_is_begun_by_the_provider_without_an_application() -> None:
    told = {"kind": "proactive", "phone": "+7 700 000 00 00", "consent": True, "papers": ()}
    begun = Counter().open("S-02", "04-06", by=CLERK, applicant=ASKS, required=(), **told)
    begun.accepted("04-06")
    begun.do(Decide("rendered"), "04-06", CHIEF)
    assert "issued" == begun.do(kz.request.Issue(), "04-06").stage

    applied = Counter().open("S-02", "04-06", required=(), **told)
    with refusal("proactive.applied", NotCompetent):
        applied.do(Register(), "04-06")


def test_a_socially_responsible_service_is_of_the_law_of_2026() -> None:
    new = Counter().open("S-07", "04-06", channel="portal", kind="social")
    assert "registered" == new.do(Register(), "04-06").stage
    old = Counter().open("S-07", "03-02", channel="portal", kind="social")
    with refusal("service.not-yet"):
        old.do(Register(), "03-02")


def test_a_request_is_made_again_when_its_cause_is_removed() -> None:
    first = Counter().open("S-07", "04-06", channel="portal").accepted("04-06")
    first.do(kz.request.Refuse("requirements", unheard="short-term"), "04-07", CHIEF)
    before = first.id
    first.open("S-07", "04-08", channel="portal", links=(Link(before, "repeats"),))
    assert (Link(before, "repeats"),) == first.case.received.links
    assert "considered" == first.accepted("04-08").case.stage


def test_only_the_applicant_withdraws() -> None:
    request = Counter().open("S-07", "04-06", channel="portal")
    with refusal("applicant.another", NotCompetent):
        request.do(Withdraw(), "04-06", kz.Applicant("Болат", id="bolat"))
    assert "withdrawn" == request.do(Withdraw(), "04-06", ASKS).stage


# -- the package ----------------------------------------------------------------------

PACKAGE = {
    "required": ("income", "medical", "photo"),
    "available": ("identity",),
    "papers": (kz.request.Paper("income", date(2026, 4, 5)), kz.request.Paper("photo")),
}


def test_a_package_is_refused_with_all_that_it_lacks_at_once() -> None:
    request = Counter().open("S-05", "04-06", **PACKAGE)
    with refusal("package.not-accepted", Incomplete):
        request.do(Register(), "04-06")
    told = kz.request.lacking(request.case, at=at("04-06"), office=request.desk.office)
    assert kz.request.RefuseToAccept(("medical",), ("income",)) == told
    assert told is not None
    with refusal("acceptance.not-all", Incomplete):
        request.do(kz.request.RefuseToAccept(("medical",)), "04-06")
    refused = request.do(attrs.evolve(told, receipt="7"), "04-06")
    assert "acceptance_refused" == refused.stage
    found = docket.line(refused, at=at("06-01"), office=request.desk.office)
    assert docket.Standing.IN_TIME is found.standing


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (kz.request.RefuseToAccept(), "acceptance.no-ground"),
        (kz.request.RefuseToAccept(("medical", "identity"), ("income",)), "acceptance.available"),
        (kz.request.RefuseToAccept(("medical", "photo"), ("income",)), "acceptance.not-missing"),
        (kz.request.RefuseToAccept(("medical", "a letter"), ("income",)), "acceptance.not-missing"),
        (kz.request.RefuseToAccept(("medical",), ("income", "photo")), "acceptance.not-expired"),
    ],
)
def test_a_refusal_names_what_is_lacking_and_nothing_else(
    act: kz.request.RefuseToAccept, code: str
) -> None:
    with refusal(code, Refusal):
        Counter().open("S-05", "04-06", **PACKAGE).do(act, "04-06")


def test_a_full_package_is_accepted() -> None:
    request = Counter().open("S-05", "04-06")
    assert kz.request.lacking(request.case, at=at("04-06"), office=request.desk.office) is None
    with refusal("acceptance.not-missing", NotAllowed):
        request.do(kz.request.RefuseToAccept(("income",)), "04-06")
    assert "registered" == request.do(Register(), "04-06").stage


def test_a_paper_is_good_on_its_last_day() -> None:
    papers = (kz.request.Paper("income", date(2026, 4, 6)),)
    request = Counter().open("S-05", "04-06", required=("income",), papers=papers)
    assert "registered" == request.do(Register(), "04-06").stage


def test_an_office_that_tells_no_list_may_refuse_what_was_not_handed_in() -> None:
    request = Counter().open("S-05", "04-06", required=None, papers=(kz.request.Paper("photo"),))
    with refusal("acceptance.not-missing"):
        request.do(kz.request.RefuseToAccept(("photo",)), "04-06")
    assert "acceptance_refused" == request.do(kz.request.RefuseToAccept(("income",)), "04-06").stage


def test_what_comes_by_the_portal_is_checked_by_the_provider_within_two_days() -> None:
    request = Counter().open("S-04", "04-06", channel="portal", papers=())
    request.do(Register(), "04-06")
    with refusal("package.incomplete", Incomplete):
        request.do(Accept(), "04-06")
    assert date(2026, 4, 8) == request.last_day("request.completeness")
    request.do(kz.request.Check(), "04-07")
    assert date(2026, 4, 8) == request.last_day("request.completeness")
    assert "acceptance_refused" == request.do(kz.request.RefuseToAccept(("income",)), "04-08").stage


# -- the term -------------------------------------------------------------------------


def test_the_day_of_acceptance_counts_on_the_portal_and_not_on_paper() -> None:
    portal = Counter().open("S-07", "04-06", channel="portal").accepted("04-06")
    assert date(2026, 4, 8) == portal.last_day()
    paper = Counter().open("S-07", "04-06", channel="state-corporation")
    paper.do(kz.request.TakeIn(), "04-06", CENTRE)
    paper.do(kz.request.HandOver(), "04-06", CENTRE)
    assert date(2026, 4, 9) == paper.last_day()
    with refusal("hand-over-paper.twice"):
        paper.do(kz.request.HandOver(), "04-06", CENTRE)


def test_the_other_reading_counts_from_the_day_after_everywhere() -> None:
    asked = Counter(readings={"first-day-services": "next"})
    assert date(2026, 4, 9) == asked.open("S-07", "04-06", channel="portal").last_day()


def test_what_comes_after_hours_counts_from_the_next_working_day() -> None:
    request = Counter()
    told = kz.request.services()["S-07"].applied(channel="portal")
    case = request.desk.open(kz.Request, by=ASKS, at=at("04-10", "18:30"), **told)
    found = next(d for d in request.desk.deadlines(case.id) if d.limit == "request.service")
    assert date(2026, 4, 15) == found.last_day


def test_who_goes_through_the_corporation_is_registered_and_served_there() -> None:
    through = Counter().open("S-07", "04-06", channel="state-corporation")
    with refusal("channel.corporation"):
        through.do(Register(), "04-06")
    through.accepted("04-06")
    through.do(Decide("rendered"), "04-06", CHIEF)
    with refusal("channel.corporation"):
        through.do(kz.request.Issue(), "04-06")
    by_itself = Counter().open("S-07", "04-06", channel="portal")
    with refusal("channel.not-corporation"):
        by_itself.do(kz.request.TakeIn(), "04-06", CENTRE)
    by_itself.accepted("04-06")
    by_itself.do(Decide("rendered"), "04-06", CHIEF)
    with refusal("channel.not-corporation"):
        by_itself.do(kz.request.SendResult(), "04-06")


@pytest.mark.parametrize(("sent", "days_late"), [("04-10", 0), ("04-13", 1)])
def test_the_result_is_delivered_a_day_before_the_term_across_a_weekend(
    sent: str, days_late: int
) -> None:
    """Tuesday 7 April, 5 working days: Monday the 13th; a day before is Sunday the 12th."""
    request = Counter().open("S-12", "04-07", channel="state-corporation").accepted("04-07")
    request.do(Decide("rendered"), sent, CHIEF)
    request.do(kz.request.SendResult(), sent)
    found = kz.request.delivery(request.case, office=request.desk.office)
    assert found is not None
    assert date(2026, 4, 13) == request.last_day()
    assert date(2026, 4, 12) == found.last_day
    assert days_late == found.days_late(at(sent))
    assert "PSL 5(2)(5)" in explain(found, "en")


@pytest.mark.parametrize(
    ("service", "channel"), [("S-01", "state-corporation"), ("S-07", "portal")]
)
def test_nothing_is_owed_a_day_before_within_one_day_or_off_the_corporation(
    service: str, channel: str
) -> None:
    request = Counter().open(service, "04-07", channel=channel)
    assert kz.request.delivery(request.case, office=request.desk.office) is None


def test_a_result_not_collected_is_kept_and_issued_when_somebody_comes() -> None:
    request = Counter().open("S-07", "04-06", channel="state-corporation").accepted("04-06")
    request.do(Decide("rendered"), "04-07", CHIEF)
    request.do(kz.request.SendResult(), "04-07")
    kept = request.desk.lapse(request.id, at=at("05-08", "00:00"))
    assert "uncollected" == kept.stage
    assert "issued" == request.do(kz.request.Issue(), "06-01", CENTRE).stage


def test_a_term_that_passes_is_recorded_and_grants_nothing() -> None:
    request = Counter().open("S-07", "04-06", channel="portal").accepted("04-06")
    late = request.desk.lapse(request.id, at=at("04-09", "00:00"))
    assert ("considered", "lapse") == (late.stage, late.records[-1].act.tag)
    line = docket.line(late, at=at("04-09"), office=request.desk.office)
    assert docket.Standing.OVERDUE is line.standing
    assert "rendered" == request.do(Decide("rendered"), "04-09", CHIEF).stage


def test_the_package_is_checked_within_two_days_of_receipt_whenever_the_check_begins() -> None:
    """Received on Monday 6 April by the portal, on the 8th on paper; nobody begins a check."""
    portal = Counter().open("S-07", "04-06", channel="portal")
    assert date(2026, 4, 8) == portal.last_day("request.completeness")
    portal.do(Register(), "04-06")
    late = portal.desk.lapse(portal.id, at=at("04-09", "00:00"))
    assert "request.completeness" in {r.act.clock for r in late.records if isinstance(r.act, Lapse)}
    paper = Counter().open("S-09", "04-06", channel="state-corporation")
    paper.do(kz.request.TakeIn(), "04-06", CENTRE)
    paper.do(kz.request.HandOver(), "04-08", CENTRE)
    assert date(2026, 4, 10) == paper.last_day("request.completeness")


@pytest.mark.parametrize("how", ["refused", "not accepted", "withdrawn"])
def test_nothing_is_owed_to_the_corporation_where_there_is_no_result(how: str) -> None:
    request = Counter().open("S-12", "04-01", channel="state-corporation")
    acts: dict[str, tuple[oa.Act, Any]] = {
        "refused": (kz.request.Refuse("requirements", "floods", unheard="urgent"), CHIEF),
        "not accepted": (kz.request.RefuseToAccept(("a letter",)), CENTRE),
        "withdrawn": (Withdraw(), ASKS),
    }
    if how == "not accepted":
        request.open("S-12", "04-01", channel="state-corporation", required=("a letter",))
    else:
        request.accepted("04-01")
        owed = kz.request.delivery(request.case, office=request.desk.office)
        assert owed is not None
    act, by = acts[how]
    request.do(act, "04-01", by)
    assert kz.request.delivery(request.case, office=request.desk.office) is None


def test_a_service_within_minutes_is_due_within_them() -> None:
    desk = Counter().desk
    case = desk.open(kz.Request, by=ASKS, at=at("04-06"), service="X", term="20 minutes")
    assert at("04-06", "10:20") == desk.deadlines(case.id)[0].at


# -- the refusal ----------------------------------------------------------------------


def test_the_hearing_is_waived_for_a_service_of_three_working_days() -> None:
    request = Counter().open("S-07", "04-06", channel="portal").accepted("04-06")
    refused = request.do(kz.request.Refuse("requirements", unheard="short-term"), "04-07", CHIEF)
    assert "service_refused" == refused.stage


@pytest.mark.parametrize(
    ("words", "short"),
    [
        ("4 working days", True),
        ("20 minutes", True),
        ("5 working days", False),
        ("1 month", False),
    ],
)
def test_a_term_is_short_under_five_working_days(words: str, short: bool) -> None:  # noqa: FBT001 - a row of a table
    request = Counter().open("S-09", "04-06", term=words).accepted("04-06")
    act = kz.request.Refuse("requirements", unheard="short-term")
    said = request.desk.may(request.id, act, by=CHIEF, at=at("04-06"))
    assert short is (said is None)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (kz.request.Refuse("requirements"), "hearing.due"),
        (kz.request.Refuse("requirements", unheard="no time"), "hearing.due"),
        (kz.request.Refuse("requirements", unheard="short-term"), "hearing.long-term"),
        (kz.request.Refuse("a bad day", "floods", unheard="urgent"), "refusal.no-ground"),
        (
            kz.request.Refuse("negative-answer", "floods", unheard="urgent"),
            "refusal.no-negative-answer",
        ),
        (kz.request.Refuse("requirements", unheard="court-ban"), "hearing.no-ban"),
        (kz.request.Refuse("special-right", unheard="court-ban"), "hearing.no-ban"),
        (Decide("refused"), "outcome.unknown"),
    ],
)
def test_a_service_of_ten_working_days_is_not_refused_unheard_or_without_ground(
    act: oa.Act, code: str
) -> None:
    with refusal(code):
        Counter().open("S-09", "04-06").accepted("04-06").do(act, "04-07", CHIEF)


def test_an_urgent_refusal_says_why_nobody_could_be_heard() -> None:
    request = Counter().open("S-09", "04-06").accepted("04-06")
    with refusal("hearing.unexplained", Incomplete):
        request.do(kz.request.Refuse("requirements", " ", unheard="urgent"), "04-07", CHIEF)
    told = kz.request.Refuse("requirements", "the bank is washed away", unheard="urgent")
    assert "service_refused" == request.do(told, "04-07", CHIEF).stage


@pytest.mark.parametrize("ground", BANS)
def test_nobody_is_heard_about_what_a_court_has_decided(ground: str) -> None:
    """APPC 73(2)(8) names public services: a ban on an activity, a special right taken away."""
    request = Counter().open("S-09", "04-06").accepted("04-06")
    refused = request.do(kz.request.Refuse(ground, unheard=ground), "04-07", CHIEF)
    assert "service_refused" == refused.stage


@pytest.mark.parametrize(
    ("day", "code"),
    [("2025-12-26", "hearing.no-ban"), ("2025-12-29", ""), ("2024-06-05", "hearing.due")],
)
def test_the_ban_of_a_court_waives_the_hearing_since_law_241(day: str, code: str) -> None:
    """The wording of services is of 2024 on the first two days; that of the Code changes between."""
    desk = Counter().desk
    then = datetime.fromisoformat(f"{day}T10:00+05:00")
    case = desk.open(
        kz.Request, by=ASKS, at=then, service="X", term="15 working days", channel="portal"
    ).id
    for act in (Register(), Accept()):
        desk.perform(case, act, by=CLERK, at=then)
    said = desk.may(case, kz.request.Refuse("court-ban", unheard="court-ban"), by=CHIEF, at=then)
    assert code == getattr(said, "code", "")


def test_the_recipient_has_three_days_to_answer_and_two_to_object() -> None:
    """Proposed on Tuesday 7 April: objected to by Thursday the 9th, refused from Friday the 10th."""
    request = Counter().open("S-09", "04-06").accepted("04-06")
    request.do(Propose("refused"), "04-07")
    request.do(ConfirmReceipt("propose"), "04-07", ASKS)
    with refusal("hearing.too-early"):
        request.do(kz.request.Refuse("requirements"), "04-09", CHIEF)
    request.do(Object("It meets them", oral=True), "04-09", ASKS)
    with refusal("objection.too-late", TooLate):
        request.do(Object("And more"), "04-10", ASKS)
    with refusal("hearing.oral-due"):
        request.do(kz.request.Refuse("requirements"), "04-10", CHIEF)
    request.do(Hear("minutes 3"), "04-10")
    assert "service_refused" == request.do(kz.request.Refuse("requirements"), "04-10", CHIEF).stage


def test_an_office_may_keep_apart_who_prepares_a_refusal_and_who_signs() -> None:
    for answer, allowed in (("kept", False), ("none", True)):
        request = Counter(readings={"separation": answer}).open("S-09", "04-06").accepted("04-06")
        request.do(Propose("refused"), "04-07", CHIEF)
        for act in (kz.request.Refuse("requirements"), Decide("rendered")):
            said = request.desk.may(request.id, act, by=CHIEF, at=at("04-10"))
            assert ("" if allowed else "office.propose") == getattr(said, "code", "")
            other = oa.Official("deputy", {AUTHORISED})
            assert request.desk.may(request.id, act, by=other, at=at("04-10")) is None


def test_who_is_heard_may_convince() -> None:
    request = Counter().open("S-09", "04-06").accepted("04-06")
    request.do(Propose("refused"), "04-07")
    request.do(Object("Here is the survey"), "04-08", ASKS)
    assert "rendered" == request.do(Decide("rendered"), "04-08", CHIEF).stage


def test_before_the_code_of_2021_nobody_had_to_be_heard() -> None:
    desk = Counter().desk
    then = datetime.fromisoformat("2020-03-02T10:00+06:00")
    case = desk.open(
        kz.Request, by=ASKS, at=then, service="X", term="15 working days", channel="portal"
    ).id
    for act, by in (
        (Register(), CLERK),
        (Accept(), CLERK),
        (kz.request.Refuse("requirements"), CHIEF),
    ):
        desk.perform(case, act, by=by, at=then)
    assert "request/psl-2019" == desk.case(case).under.partition("@")[0]


# -- other bodies ---------------------------------------------------------------------


def test_the_silence_of_a_body_agrees_and_the_service_goes_on() -> None:
    """Asked on Tuesday 7 April, 10 working days: to the end of Tuesday the 21st."""
    request = Counter().open("S-09", "04-06").accepted("04-06")
    child = request.ask("water department", "04-07", agrees=True)
    with refusal("children.open"):
        request.do(Decide("rendered"), "04-21", CHIEF)
    assert "rendered" == request.do(Decide("rendered"), "04-22", CHIEF).stage
    silent = request.desk.lapse(child, at=at("04-22"))
    assert "deemed_agreed" == silent.stage
    assert ["consultation.notice"] == [n.within for n in request.desk.notices(child)]


def test_where_silence_does_not_agree_it_is_only_recorded() -> None:
    request = Counter().open("S-10", "04-06").accepted("04-06")
    child = request.ask("land registry", "04-07", agrees=False)
    late = request.desk.lapse(child, at=at("04-30"))
    assert ("asked", "lapse") == (late.stage, late.records[-1].act.tag)
    with refusal("children.open"):
        request.do(Decide("rendered"), "04-30", CHIEF)
    request.do(kz.consultation.GiveOpinion("positive"), "04-30", BODY, child)
    assert "rendered" == request.do(Decide("rendered"), "04-30", CHIEF).stage


def test_a_request_waits_for_both_of_two_bodies() -> None:
    request = Counter().open("S-09", "04-06").accepted("04-06")
    water = request.ask("water department", "04-07", agrees=False)
    power = request.ask("power grid", "04-07", agrees=False)
    request.do(kz.consultation.GiveOpinion("positive"), "04-08", BODY, water)
    for act in (Decide("rendered"), kz.request.Refuse("requirements", "floods", unheard="urgent")):
        with refusal("children.open"):
            request.do(act, "04-08", CHIEF)
    with refusal("children.open"):
        request.do(Propose("refused"), "04-08")
    request.do(kz.consultation.GiveOpinion("negative"), "04-09", BODY, power)
    request.do(Propose("refused"), "04-09")
    refused = request.do(kz.request.Refuse("negative-answer"), "04-14", CHIEF)
    assert "service_refused" == refused.stage


def test_an_opinion_is_positive_or_negative_and_a_question_is_recalled_on_a_ground() -> None:
    request = Counter().open("S-09", "04-06").accepted("04-06")
    child = request.ask("water department", "04-07", agrees=True)
    with refusal("opinion.unknown"):
        request.do(kz.consultation.GiveOpinion("perhaps"), "04-08", BODY, child)
    with refusal("recall.no-ground"):
        request.do(Terminate("a whim"), "04-08", CLERK, child)
    request.do(Terminate("not-needed"), "04-08", CLERK, child)
    assert "rendered" == request.do(Decide("rendered"), "04-08", CHIEF).stage


def test_nobody_is_asked_without_a_name_and_only_by_the_provider() -> None:
    request = Counter().open("S-09", "04-06").accepted("04-06")
    with refusal("consult.nobody"):
        request.do(kz.consultation.Consult("a case", " "), "04-07")
    with pytest.raises(NotCompetent):
        request.desk.open(kz.Consultation, by=ASKS, at=at("04-07"), silence_agrees=True)
    with pytest.raises(TypeError, match="silence_agrees"):
        kz.consultation.Ask(body="water department")  # type: ignore[call-arg]  # it has to be told


def test_a_silence_that_does_not_agree_is_told_so() -> None:
    ask = kz.consultation.Ask(body="land registry", silence_agrees=False)
    office = kz.office("astana")
    case = oa.open_case("consultation", ask, id="1", at=at("04-07"), by=CLERK, office=office)
    said = oa.judge(
        case,
        kz.consultation.DeemAgreed("consultation.answer", at("04-22")),
        at=at("04-22"),
        by=TheLaw(),
        office=office,
    )
    assert "silence.no-answer" == getattr(said, "code", "")


def test_a_body_is_to_be_asked_within_two_days_of_registration() -> None:
    request = Counter().open("S-09", "04-06").accepted("04-06")
    assert () == kz.request.consultings(request.case, office=request.desk.office)
    request.ask("water department", "04-08", agrees=True)
    request.ask("power grid", "04-09", agrees=True)
    found = kz.request.consultings(request.case, office=request.desk.office)
    assert [date(2026, 4, 8)] * 2 == [d.last_day for d in found]
    assert [False, True] == [d.missed(at("04-09")) for d in found]
    unregistered = Counter().open("S-09", "04-06")
    assert () == kz.request.consultings(unregistered.case, office=unregistered.desk.office)


# -- whose lateness -------------------------------------------------------------------


def test_a_late_certificate_is_the_lateness_of_the_body_that_held_it() -> None:
    """30 working days from 6 April end on 20 May; the body's own ten ended on 21 April."""
    request = Counter().open("S-10", "04-06").accepted("04-06")
    child = request.ask("land registry", "04-07", agrees=False)
    request.do(kz.consultation.GiveOpinion("positive"), "05-22", BODY, child)
    request.do(Decide("rendered"), "05-22", CHIEF)
    assert date(2026, 5, 20) == request.last_day()
    own, registry = request.shares("06-01", child)
    assert kz.request.DelayShare("", request.id, 2, date(2026, 5, 20), 0, 0) == own
    assert kz.request.DelayShare("land registry", child, 30, date(2026, 4, 21), 20, 2) == registry


def test_lateness_is_divided_and_sums_up() -> None:
    """10 working days end on 17 April; asked on the 7th, answered on the 27th, decided on the 28th."""
    request = Counter().open("S-09", "04-06").accepted("04-06")
    child = request.ask("water department", "04-07", agrees=False)
    request.do(kz.consultation.GiveOpinion("positive"), "04-27", BODY, child)
    request.do(Decide("rendered"), "04-28", CHIEF)
    own, water = request.shares("06-01", child)
    assert (3, 3) == (own.days, own.late)
    assert (14, 4, 4) == (water.days, water.excess, water.late)
    deadline = deadline_of(request.case, "request.service", office=request.desk.office)
    assert deadline is not None
    assert deadline.days_late(at("06-01")) == own.late + water.late


def test_a_day_with_two_bodies_is_the_slower_ones() -> None:
    """Both asked on the 7th; one answers on the 9th, the other has not by the 28th."""
    request = Counter().open("S-09", "04-06").accepted("04-06")
    quick = request.ask("power grid", "04-07", agrees=False)
    slow = request.ask("water department", "04-07", agrees=False)
    request.do(kz.consultation.GiveOpinion("positive"), "04-09", BODY, quick)
    shares = request.shares("04-28", quick, slow)
    assert ["", "power grid", "water department"] == [share.body for share in shares]
    assert [2, 0, 15] == [share.days for share in shares]
    assert [2, 0, 5] == [share.late for share in shares]


def test_a_request_in_time_is_nobodys_lateness() -> None:
    request = Counter().open("S-09", "04-06").accepted("04-06")
    other = Counter().open("S-07", "04-06", channel="portal").case
    assert (
        kz.request.DelayShare("", request.id, 2, date(2026, 4, 17), 0, 0),
    ) == kz.request.delays(request.case, [other], office=request.desk.office, at=at("04-07"))


def test_what_is_no_request_has_no_package_and_no_term_of_a_service() -> None:
    office = kz.office("astana")
    appeal = oa.open_case("appeal", oa.Receive(), id="1", at=at("04-06"), by=ASKS, office=office)
    for ask in (
        lambda: kz.request.lacking(appeal, at=at("04-06"), office=office),
        lambda: kz.request.delivery(appeal, office=office),
        lambda: kz.request.delays(appeal, [], office=office, at=at("04-06")),
        lambda: kz.request.consultings(appeal, office=office),
    ):
        with pytest.raises(Malformed, match="case 1: procedure: 'appeal', opened with 'receive'"):
            ask()


def test_a_body_that_is_not_shown_is_not_laid_on_the_provider() -> None:
    """Both held it past their terms; without one of them nobody's share can be told."""
    request = Counter().open("S-09", "04-06").accepted("04-06")
    slow, quick = (request.ask(body, "04-07", agrees=False) for body in ("water", "power"))
    request.do(kz.consultation.GiveOpinion("positive"), "04-27", BODY, slow)
    request.do(kz.consultation.GiveOpinion("positive"), "04-08", BODY, quick)
    with pytest.raises(Malformed) as said:
        request.shares("04-28", quick)
    assert [(slow, f"{request.id} opened it, and it is not given")] == [
        (fault.path, fault.why) for fault in said.value.faults
    ]
    assert request.shares("04-28", slow, quick) == request.shares("04-28", quick, slow)


def test_a_request_that_tells_no_term_is_nobodys_lateness() -> None:
    desk = Counter().desk
    case = desk.open(kz.Request, by=ASKS, at=at("04-06"), channel="state-corporation")
    assert kz.request.delivery(case, office=desk.office) is None
    with pytest.raises(Malformed, match=f"case {case.id}: term: it tells no term"):
        kz.request.delays(case, [], office=desk.office, at=at("04-06"))


# -- one application ------------------------------------------------------------------


def test_one_application_for_three_services_is_answered_when_all_are() -> None:
    counter = Counter()
    desk = counter.desk
    wanted = ("S-01", "S-04", "S-07")
    one = desk.open(kz.OneApplication, by=ASKS, at=at("04-06"), services=wanted).id
    desk.perform(one, Register(), by=CENTRE, at=at("04-06"))
    split = []
    for service in wanted:
        counter.open(service, "04-06", channel="portal", links=(Link(one, "child-of"),))
        split.append(counter.id)
        desk.perform(
            one, kz.one_application.SplitOff(counter.id, service), by=CENTRE, at=at("04-06")
        )
        counter.accepted("04-06")
        if service != wanted[-1]:
            with refusal("one-application.not-split", Refusal):
                desk.perform(one, kz.one_application.AnswerAll(), by=CENTRE, at=at("04-06"))
    for service in ("S-07", "S-09"):
        with refusal("one-application.other-service"):
            desk.perform(one, kz.one_application.SplitOff("x", service), by=CENTRE, at=at("04-06"))
    for request in split:
        with refusal("children.open"):
            desk.perform(one, kz.one_application.AnswerAll(), by=CENTRE, at=at("04-06"))
        counter.do(Decide("rendered"), "04-06", CHIEF, request)
        counter.do(kz.request.Issue(), "04-06", CLERK, request)
    assert (
        "answered"
        == desk.perform(one, kz.one_application.AnswerAll(), by=CENTRE, at=at("04-06")).stage
    )
    assert tuple(split) == desk.case(one).children
    assert desk.verify()


def test_an_authorised_person_decides_too() -> None:
    request = Counter().open("S-07", "04-06", channel="portal").accepted("04-06")
    clerk = oa.Official("authorised", {AUTHORISED})
    assert "rendered" == request.do(Decide("rendered"), "04-06", clerk).stage
