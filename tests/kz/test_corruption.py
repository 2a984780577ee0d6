"""A report of corruption: accepted from anyone, sent on at once, its reporter named nowhere."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

from openakimat import Desk, kz
from openakimat.adapters import memory
from openakimat.calendar.terms import term
from openakimat.case.act import Act, Link, Tie
from openakimat.case.acts import Register
from openakimat.case.people import ANONYMOUS, APPLICANT, Actor, Mandate, Official, Representative
from openakimat.case.record import Case
from openakimat.chart.procedure import ProcedureType
from openakimat.errors import Malformed, NotAllowed, NotCompetent, Refusal, Undated
from openakimat.judgement.deadlines import deadline_of, next_wakeup
from openakimat.judgement.docket import line
from openakimat.kz.acts import Decide, Redirect, Return, Terminate
from openakimat.kz.corruption.acts import (
    AcknowledgeReport,
    AskAgreement,
    ConcludeAgreement,
    FindNoOffence,
    OfferAgreement,
    PayReward,
    RecordVerdict,
    RefuseReward,
    ReportCorruption,
    SortOffence,
)
from openakimat.kz.corruption.competence import AUTHORISED_BODY, LISTED, SOURCES
from openakimat.kz.corruption.guards import confidential
from openakimat.kz.corruption.reporter import (
    committed,
    is_reporter,
    pseudonym,
    reporter_of,
)
from openakimat.kz.data import pack
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import ANTICORRUPTION, EXECUTOR, HEAD, REGISTRAR
from openakimat.limits.explain import explain
from openakimat.trail.canonical import canonical
from openakimat.trail.codec import plain

PERSON = Applicant(
    "Айгерім Серікова", iin="850817400123", address="Хромтау, Абай көшесі, 10", id="a.serikova"
)
SALT = bytes(range(32))
WHO = committed(PERSON, SALT)
REPORTER = pseudonym(WHO)
CLERK = Official("clerk", {REGISTRAR, EXECUTOR})
CHIEF = Official("chief", {HEAD})
SERVICE = Official("service", {ANTICORRUPTION})
ITS_HEAD = Official("head of the service", {ANTICORRUPTION, HEAD})
TUESDAY = datetime.fromisoformat("2026-02-03T10:00+05:00")


def desk() -> Desk:
    return Desk(kz.office("astana"), journal=memory.Journal(), numbers=memory.Numbers())


def reported(at: Desk, by: Actor = REPORTER, when: datetime = TUESDAY, **told: Any) -> Case:
    told = {"reporter": WHO, "summary": "money was asked for a place in a queue", **told}
    return at.open("corruption", by=by, at=when, **told)


Acts = tuple[tuple[Act, Actor], ...]
SENT: Acts = (
    (Register(), CLERK),
    (Redirect("anti-corruption-service"), CLERK),
    (AcknowledgeReport("КУИ-7"), SERVICE),
)
CHECKED: Acts = (*SENT, (SortOffence("criminal"), SERVICE))
FOUND: Acts = (*CHECKED, (Decide("criminal"), SERVICE))


def carried(at: Desk, *acts: tuple[Act, Actor], by: Actor = REPORTER, **told: Any) -> Case:
    case = reported(at, by, **told)
    for act, actor in acts:
        case = at.perform(case.id, act, at=TUESDAY, by=actor)
    return case


def refused(act: Act, by: Actor, *before: tuple[Act, Actor]) -> Refusal:
    at = desk()
    case = carried(at, *before)
    answer = at.may(case.id, act, at=TUESDAY, by=by)
    assert answer is not None
    return answer


# -- the law as data ------------------------------------------------------------------

OLDER = ("unconfirmed", "confirmed")
FACTS = {
    "corruption.registration": ("1 working day", ("secondary", *("confirmed",) * 3)),
    "corruption.redirection": ("1 working day", ("unconfirmed",) * 4),
    "corruption.notice": ("as set", ("unconfirmed",) * 4),
    "corruption.protection": ("36 months", OLDER),
    "retaliation.materials": ("3 working days", OLDER),
    "retaliation.copy": ("3 working days", OLDER),
    "retaliation.disagreement": ("2 working days", OLDER),
    "retaliation.demand": ("15 calendar days", OLDER),
    "retaliation.decision": ("30 calendar days", OLDER),
}
WORDINGS = {4: ("l410", "l410-2021", "l410-2023", "l410-2025"), 2: ("l410-2023", "l410-2025")}
BASES = {
    "corruption.notice": "decision",
    "retaliation.materials": "decision",
    "retaliation.copy": "decision",
}


def test_every_limit_has_the_term_and_the_mark_of_the_fact_sheet() -> None:
    found = {
        (key, edition.law): (edition.value.term, edition.evidence.value, edition.value.base.value)
        for key, dated in kz.law().limits.items()
        if key.startswith(("corruption.", "retaliation."))
        for edition in dated
    }
    wanted = {
        (key, law): (term(words), mark, BASES.get(key, "receipt"))
        for key, (words, marks) in FACTS.items()
        for law, mark in zip(WORDINGS[len(marks)], marks, strict=True)
    }
    assert wanted == found


@pytest.mark.parametrize("key", FACTS)
def test_how_a_term_is_counted_is_confirmed_only_where_the_code_says_it(key: str) -> None:
    for edition in kz.law().limits[key]:
        counted = edition.value.term.unit in {"WorkingDays", "CalendarDays"}
        if counted and key.startswith("retal"):
            assert "before" == edition.value.direction or (
                "unconfirmed" == edition.value.first_day.evidence.value
            )


CORRUPTION, RETALIATION = (
    next(charts for charts in kz.PROCEDURES if charts[0].code == code)
    for code in ("corruption", "retaliation")
)
CHARTS = [*CORRUPTION, *RETALIATION]


@pytest.mark.parametrize(
    ("day", "law", "register", "redirect"),
    [
        ("2016-01-01", "l410", ("Law 221, 7", "secondary"), ("Law 221, 5", "secondary")),
        ("2021-06-30", "l410", ("Law 221, 7", "secondary"), ("Law 221, 5", "secondary")),
        ("2021-07-01", "l410-2021", ("APPC 64(3)", "confirmed"), ("APPC 88(1)(2)", "confirmed")),
        ("2023-03-05", "l410-2023", ("APPC 64(3)", "confirmed"), ("APPC 88(1)(2)", "confirmed")),
        (
            "2025-12-29",
            "l410-2025",
            ("APPC 64(3)", "confirmed"),
            ("APPC 64(7-2), 88(1)(2)", "confirmed"),
        ),
    ],
)
def test_a_report_is_handled_by_the_wording_of_its_day(
    day: str, law: str, register: tuple[str, str], redirect: tuple[str, str]
) -> None:
    office = kz.office("astana")
    table = office.table_on("corruption", date.fromisoformat(day))
    cited = {row.act: row.source for way in table.rows.values() for row in way}
    assert (law, register[0], redirect[0]) == (table.law, cited["register"], cited["redirect"])
    for source, mark in (register, redirect):
        assert mark == office.law.evidence(law, source).value


def test_no_report_is_returned_before_the_code_knew_of_it() -> None:
    acts = [{act for _, act in chart.table.rows} for chart in CORRUPTION]
    assert [False, False, False, True] == ["return" in known for known in acts]


def test_an_agreement_and_three_exclusions_came_with_law_188_vii() -> None:
    """Before it who reports was a state secret, and only a false report was not rewarded."""
    rows = [[row for way in chart.table.rows.values() for row in way] for chart in CORRUPTION]
    agreed = [any(row.act == "conclude-agreement" for row in of) for of in rows]
    assert [False, False, True, True] == agreed
    grounds = [
        {
            value
            for row in of
            if row.act == "refuse-reward"
            for g in row.guards
            for value in g.values
        }
        for of in rows
    ]
    assert [3, 3, 6, 6] == [len(of) for of in grounds]
    before = desk()
    case = reported(before, when=datetime.fromisoformat("2022-02-03T10:00+06:00"))
    assert confidential(case)
    assert not confidential(reported(before))


def test_there_was_no_retaliation_to_report_before_law_188_vii() -> None:
    with pytest.raises(Undated):
        kz.office("astana").table_on("retaliation", date(2023, 3, 4))


def test_what_was_read_in_2026_alone_is_not_confirmed_of_earlier_years() -> None:
    law = kz.law()
    marks = {
        law.evidence(wording, f"Law 410-V, {article}").value
        for wording in ("l410", "l410-2021", "l410-2023")
        for article in ("24-1", "24-2(4)", "24-3(2)", "24-4(2)")
    }
    assert {"unconfirmed"} == marks
    assert "confirmed" == law.evidence("l410", "Law 410-V, 24(1)").value


SHARED = [
    "received",
    "registered",
    "redirected",
    "returned",
    "terminated",
    "termination.no-ground",
    "return.no-ground",
    "outcome.unknown",
    "applicant.another",
    "termination.not-authorised",
]
"""Words of the appeal, told elsewhere."""


@pytest.mark.parametrize("chart", CHARTS)
def test_everything_of_its_own_has_words_in_three_languages(chart: ProcedureType) -> None:
    labels, table = pack()["label"], chart.table
    rows = [row for way in table.rows.values() for row in way]
    guards = [(row, guard) for row in rows for guard in row.guards]
    wanted = {
        "procedure": {chart.code},
        "stage": set(table.stages) - {*SHARED},
        "act": {table.opening.act},
        "refusal": {guard.code for _, guard in guards} - {*SHARED},
        "ground": {
            f"{row.act}.{value}"
            for row, guard in guards
            for value in guard.values
            if row.act not in {"return", "terminate"}
        },
    }
    wanted["act"] |= {row.act for row in rows if "-" in row.act}
    missing = {(kind, key) for kind, keys in wanted.items() for key in keys - set(labels[kind])}
    assert set() == missing
    for kind in wanted:
        for told in labels[kind].values():
            assert {"kk", "ru", "en"} <= set(told)


# -- who reports ----------------------------------------------------------------------


def test_a_commitment_is_of_one_person_and_one_salt() -> None:
    assert 64 == len(WHO)
    assert is_reporter(WHO, PERSON, SALT)
    assert is_reporter(WHO, Applicant(PERSON.name, PERSON.iin, None, PERSON.address), SALT)
    assert not is_reporter(WHO, Applicant("Дана Серікова", PERSON.iin), SALT)
    assert not is_reporter(WHO, PERSON, bytes(32))
    assert not is_reporter("қате", PERSON, SALT)


def test_a_salt_is_of_32_bytes() -> None:
    with pytest.raises(Malformed, match="5 bytes, not 32"):
        committed(PERSON, b"short")


@pytest.mark.parametrize("by", [PERSON, Applicant("Айгерім"), Applicant(id="850817400123")])
def test_who_would_name_themselves_is_stopped_before_anything_is_kept(by: Applicant) -> None:
    at = desk()
    with pytest.raises(Malformed) as wrong:
        reported(at, by)
    assert [] == list(at.journal.cases())
    for secret in (PERSON.name, "Айгерім", "850817400123", PERSON.address):
        assert secret not in str(wrong.value)


@pytest.mark.parametrize("given", ["Айгерім", "850817400123", WHO.upper(), WHO[:-1]])
def test_a_reporter_is_a_commitment_or_nothing(given: str) -> None:
    for make in (ReportCorruption, AskAgreement):
        with pytest.raises(Malformed) as wrong:
            make(reporter=given)
        assert given not in str(wrong.value)
    with pytest.raises(Malformed):
        pseudonym(given)


def test_the_applicant_of_a_report_bears_its_commitment() -> None:
    with pytest.raises(Malformed, match=r"applicant\.id"):
        ReportCorruption(applicant=REPORTER)
    with pytest.raises(Malformed, match=r"applicant\.id"):
        ReportCorruption(applicant=REPORTER, reporter=committed(PERSON, bytes(32)))
    assert REPORTER == ReportCorruption(applicant=REPORTER, reporter=WHO).applicant


@pytest.mark.parametrize("how", ["converted-from", "repeats", "split-from", "child-of"])
def test_a_report_is_not_tied_to_what_may_name_the_reporter(how: Tie) -> None:
    """A reception of this person is another case, which names them."""
    at = desk()
    named = at.open("reception", by=PERSON, at=TUESDAY, official="akim", booked=False)
    kept = list(at.journal.cases())
    with pytest.raises(Malformed, match=f"{how}.*'about'"):
        reported(at, links=(Link(named.id, how),))
    assert kept == list(at.journal.cases())


@pytest.mark.parametrize("by", [pseudonym(), CLERK, SERVICE])
def test_a_report_is_accepted_from_anyone_and_without_any_commitment(by: Actor) -> None:
    for channel in ("visit", "phone", "call-centre", "box", "messenger", "post", "e-otinish"):
        case = reported(desk(), by, reporter="", channel=channel)
        assert ("received", "corruption-report") == (case.stage, case.received.kind)
        assert "" == reporter_of(case)


def secrets() -> list[str]:
    named = [*PERSON.name.split(), PERSON.iin or "", PERSON.address, PERSON.id, SALT.hex()]
    return [*named, *(json.dumps(one)[1:-1] for one in named)]


def test_no_byte_of_the_reporter_is_in_journal_docket_views_or_explanations() -> None:
    at = desk()
    story: Acts = (
        *CHECKED,
        (OfferAgreement(), SERVICE),
        (AskAgreement(), REPORTER),
        (ConcludeAgreement(), SERVICE),
        (Decide("criminal"), SERVICE),
        (RecordVerdict(guilty=True), SERVICE),
        (PayReward("medium", date(2024, 3, 1)), SERVICE),
    )
    case = carried(at, *story)
    again = at.open(
        "retaliation", by=REPORTER, at=TUESDAY, reporter=WHO, accepted_on=TUESDAY.date(),
        links=(Link(case.id, "about"),),
    )  # fmt: skip
    shown = [str(case), repr(case), str(again), repr(again), repr(at.docket(at=TUESDAY))]
    shown += [str(one) for one in at.docket(at=TUESDAY)]
    for deadline in (*at.deadlines(case.id), *at.deadlines(again.id)):
        shown += [explain(deadline, language) for language in ("kk", "ru", "en")]
    shown += [
        repr(at.notices(case.id)),
        str(at.may(case.id, AskAgreement(), at=TUESDAY, by=PERSON)),
    ]
    kept = b"".join(row.body + row.private for _, row in at.journal.since())
    for secret in secrets():
        assert secret.encode() not in kept
        assert not any(secret in one for one in shown)
    assert WHO.encode() in kept
    assert at.verify().intact


# -- the way of a report --------------------------------------------------------------


def test_a_report_is_sent_on_checked_confirmed_and_rewarded_after_the_verdict() -> None:
    at = desk()
    paid = PayReward("medium", date(2024, 3, 1))
    case = carried(at, *FOUND, (RecordVerdict(guilty=True), SERVICE), (paid, SERVICE))
    assert "rewarded" == case.stage
    assert 50 * 3692 == kz.corruption.reward(paid.offence, paid.damage, paid.on).tenge
    assert ["sort-offence", "decide"] == [one.about for one in at.notices(case.id)]


def test_a_report_may_come_to_the_competent_body_itself() -> None:
    assert "at_service" == carried(desk(), SENT[0], SENT[2]).stage


def test_a_report_may_be_sent_on_before_it_is_registered() -> None:
    assert "redirected" == carried(desk(), SENT[1]).stage


def test_what_is_not_confirmed_is_closed_with_an_answer() -> None:
    assert (
        "offence_unconfirmed" == carried(desk(), *CHECKED, (Decide("unconfirmed"), SERVICE)).stage
    )


@pytest.mark.parametrize("act", [Return("identical"), Terminate("anonymous")])
@pytest.mark.parametrize("before", [CHECKED[:1], SENT, CHECKED])
def test_a_report_of_an_offence_is_neither_returned_nor_terminated(act: Act, before: Acts) -> None:
    at = desk()
    case = carried(at, *before, by=pseudonym(), reporter="")
    answer = at.may(case.id, act, at=TUESDAY, by=Official("all", {HEAD, REGISTRAR, ANTICORRUPTION}))
    assert isinstance(answer, NotAllowed)
    if case.stage == "registered":
        assert "act.not-available" == answer.code
    else:
        said = (answer.code, answer.source, answer.evidence)
        assert ("report.offence", "APPC 64(7-2), 88(1)(2)", "confirmed") == said


@pytest.mark.parametrize(
    ("act", "stage"), [(Return("obscene"), "returned"), (Terminate("no-essence"), "terminated")]
)
def test_what_was_found_to_tell_of_no_offence_is_an_ordinary_appeal(act: Act, stage: str) -> None:
    at = desk()
    case = carried(at, *SENT, (FindNoOffence("a poem"), SERVICE), (act, ITS_HEAD))
    assert stage == case.stage
    found = deadline_of(case, "corruption.redirection", office=at.office)
    assert found is not None
    assert TUESDAY == found.stopped_at
    assert [(act.tag, "corruption.notice")] == [(n.about, n.within) for n in at.notices(case.id)]


NO_OFFENCE: Acts = (*SENT, (FindNoOffence("a"), SERVICE))
REFUSED: list[tuple[Act, Actor, Acts, str]] = [
    (Redirect("akimat"), CLERK, (), "body.not-competent"),
    (Redirect("anti-corruption-agency"), CLERK, (), "body.not-competent"),
    (Redirect("authorised-body"), CLERK, (), "body.not-competent"),
    (FindNoOffence("a poem"), SERVICE, NO_OFFENCE, "find-no-offence.twice"),
    (FindNoOffence(" "), SERVICE, SENT, "report.no-reason"),
    (FindNoOffence("a poem"), CHIEF, SENT[:1], "act.not-available"),
    (FindNoOffence("a poem"), CHIEF, SENT, "role.not-competent"),
    (Terminate("no-essence"), CHIEF, NO_OFFENCE, "role.not-competent"),
    (Return("obscene"), CLERK, NO_OFFENCE, "role.not-competent"),
    (Terminate("no-essence"), SERVICE, NO_OFFENCE, "termination.not-authorised"),
    (AskAgreement(), PERSON, (), "applicant.another"),
    (AskAgreement(), REPORTER, ((AskAgreement(), REPORTER),), "ask-agreement.twice"),
    (ConcludeAgreement(), CHIEF, (), "agreement.not-asked"),
    (
        ConcludeAgreement(),
        CHIEF,
        ((AskAgreement(), REPORTER), (ConcludeAgreement(), CHIEF)),
        "conclude-agreement.twice",
    ),
    (Decide("criminal"), SERVICE, (*CHECKED, (AskAgreement(), REPORTER)), "agreement.owed"),
    (Decide("perhaps"), SERVICE, CHECKED, "outcome.unknown"),
    (Decide("criminal"), CHIEF, CHECKED, "role.not-competent"),
    (PayReward("minor", date(2024, 1, 9)), SERVICE, FOUND, "verdict.missing"),
    (
        PayReward("minor", date(2024, 1, 9)),
        SERVICE,
        (*FOUND, (RecordVerdict(guilty=True), SERVICE), (RecordVerdict(guilty=False), SERVICE)),
        "verdict.missing",
    ),
    (
        PayReward("administrative", date(2024, 1, 9)),
        SERVICE,
        (*FOUND, (RecordVerdict(guilty=True), SERVICE)),
        "reward.other-offence",
    ),
    (RefuseReward("stingy"), SERVICE, FOUND, "reward.no-ground"),
    (Terminate("withdrawn"), ITS_HEAD, NO_OFFENCE, "termination.no-ground"),
    (Return("late"), SERVICE, NO_OFFENCE, "return.no-ground"),
]


@pytest.mark.parametrize(("act", "by", "before", "code"), REFUSED)
def test_the_law_says_no(act: Act, by: Actor, before: Acts, code: str) -> None:
    answer = refused(act, by, *before)
    codes = {answer.code, *(fault.path for fault in getattr(answer, "missing", ()))}
    assert code in codes


def test_a_repeat_may_be_terminated_by_whoever_is_authorised_at_the_service() -> None:
    assert "terminated" == carried(desk(), *NO_OFFENCE, (Terminate("repeat"), SERVICE)).stage


@pytest.mark.parametrize("received", ["2018-03-01T10:00+06:00", "2024-03-04T10:00+05:00"])
def test_before_the_end_of_2025_only_the_head_of_the_service_terminates(received: str) -> None:
    at, when = desk(), datetime.fromisoformat(received)
    case = reported(at, when=when)
    sent = Redirect(kz.corruption.competent_body(when.date()).value.id)
    for act in (sent, AcknowledgeReport(), FindNoOffence("a poem")):
        case = at.perform(case.id, act, at=when, by=SERVICE)
    answer = at.may(case.id, Terminate("repeat"), at=when, by=SERVICE)
    assert answer is not None
    assert "termination.not-authorised" == answer.code
    done = at.perform(case.id, Terminate("repeat"), at=when, by=ITS_HEAD)
    assert "terminated" == done.stage


CONVICTED: Acts = (*FOUND, (RecordVerdict(guilty=True), SERVICE))
OWN: list[tuple[Act, Acts, str]] = [
    (Register(), (), "APPC 67(1)(4)"),
    (Redirect("anti-corruption-service"), (), "APPC 67(1)(4)"),
    (AcknowledgeReport(), SENT[:1], "practice of front offices"),
    (OfferAgreement(), (), "practice of front offices"),
    (RecordVerdict(guilty=False), FOUND, "practice of front offices"),
    (PayReward("minor", date(2024, 1, 9)), CONVICTED, "practice of front offices"),
    (ConcludeAgreement(), ((AskAgreement(), REPORTER),), "practice of front offices"),
    (FindNoOffence("a poem"), SENT, "practice of front offices"),
    (SortOffence("criminal"), SENT, "practice of front offices"),
    (Decide("unconfirmed"), CHECKED, "practice of front offices"),
    (RefuseReward("not-claimed"), FOUND, "practice of front offices"),
    (Terminate("no-essence"), NO_OFFENCE, "APPC 67(1)(4)"),
    (Return("obscene"), NO_OFFENCE, "APPC 67(1)(4)"),
]


@pytest.mark.parametrize(("act", "before", "source"), OWN)
def test_the_official_reported_on_has_no_hand_in_the_report(
    act: Act, before: Acts, source: str
) -> None:
    at = desk()
    case = carried(at, *before, against="akim")
    roles = {ANTICORRUPTION, HEAD, REGISTRAR}
    akim = Official("akim", roles)
    order = Mandate("akim", roles, "order No. 1", TUESDAY.date())
    for one in (akim, Official("his deputy", (), mandates=(order,))):
        answer = at.may(case.id, act, at=TUESDAY, by=one)
        assert isinstance(answer, NotCompetent)
        assert ("report.own", source) == (answer.code, answer.source)
    assert at.may(case.id, act, at=TUESDAY, by=ITS_HEAD) is None


@pytest.mark.parametrize("chart", CORRUPTION)
def test_every_step_of_the_body_is_closed_to_the_official_reported_on(
    chart: ProcedureType,
) -> None:
    rows = [row for way in chart.table.rows.values() for row in way]
    open_to_all = {r.act for r in rows if "report.own" not in {g.code for g in r.guards}}
    assert open_to_all <= {"ask-agreement"}


def test_the_head_of_the_office_cannot_close_a_report_about_himself() -> None:
    at = desk()
    case = carried(at, SENT[0], summary="the akim takes bribes", against="chief")
    for act in (FindNoOffence("nonsense"), Terminate("anonymous"), Return("obscene")):
        assert at.may(case.id, act, at=TUESDAY, by=CHIEF) is not None


def test_a_report_that_names_nobody_is_stored_as_before() -> None:
    bare, naming = (plain(reported(desk(), against=who).records[0]) for who in ("", "akim"))
    assert b"against" not in canonical(bare)
    assert b'"against":"akim"' in canonical(naming)


@pytest.mark.parametrize("ground", ["knowingly-false", "perpetrator", "accomplice", "not-claimed"])
def test_who_is_not_rewarded(ground: str) -> None:
    assert "unrewarded" == carried(desk(), *FOUND, (RefuseReward(ground), SERVICE)).stage


# -- the agreement --------------------------------------------------------------------


def test_a_report_is_confidential_by_law_only_once_the_agreement_is_concluded() -> None:
    asked: Acts = ((OfferAgreement(), CLERK), (AskAgreement(), REPORTER))
    assert not confidential(carried(desk(), *asked))
    assert confidential(carried(desk(), *asked, (ConcludeAgreement(), CHIEF)))


def test_the_body_cannot_close_what_it_owes_an_agreement_in() -> None:
    answer = refused(Decide("unconfirmed"), SERVICE, *CHECKED, (AskAgreement(), REPORTER))
    assert ("agreement.owed", "Law 410-V, 24-3(2)") == (answer.code, answer.source)


def test_who_reported_anonymously_may_come_forward() -> None:
    at = desk()
    case = carried(at, by=CLERK, reporter="")
    case = at.perform(case.id, AskAgreement(reporter=WHO), at=TUESDAY, by=REPORTER)
    assert WHO == reporter_of(case)


def test_who_comes_forward_acts_under_no_name() -> None:
    at = desk()
    case = carried(at, by=CLERK, reporter="")
    answer = at.may(case.id, AskAgreement(), at=TUESDAY, by=PERSON)
    assert isinstance(answer, NotCompetent)
    assert "reporter.named" == answer.code


POWER = {APPLICANT}, "power of attorney 12", TUESDAY.date()
NAMED: list[Actor] = [
    Applicant("Серікова", id="a.serikova"),
    Representative("a.serikova", (Mandate(WHO, *POWER),)),
    Representative(ANONYMOUS, (Mandate("a.serikova", *POWER),)),
    Representative(ANONYMOUS, (Mandate(WHO, *POWER), Mandate("a.serikova", *POWER))),
]


@pytest.mark.parametrize("by", NAMED)
@pytest.mark.parametrize("who", ["", WHO])
def test_nobody_asks_for_the_agreement_under_a_name(by: Actor, who: str) -> None:
    at = desk()
    case = carried(at, by=CLERK, reporter=who)
    answer = at.may(case.id, AskAgreement(), at=TUESDAY, by=by)
    assert answer is not None
    assert "reporter.named" == answer.code


def test_a_representative_asks_for_the_agreement_under_no_name() -> None:
    at = desk()
    case = carried(at)
    by = Representative(ANONYMOUS, (Mandate(WHO, *POWER),))
    last = at.perform(case.id, AskAgreement(), at=TUESDAY, by=by).records[-1]
    assert (ANONYMOUS, WHO) == (last.by, last.on_behalf)


TOLD_OF: dict[str, dict[str, Any]] = {
    "corruption": {"reporter": WHO},
    "retaliation": {"reporter": WHO, "accepted_on": date(2026, 1, 20)},
}


@pytest.mark.parametrize("by", [one for one in NAMED if isinstance(one, Representative)])
@pytest.mark.parametrize("procedure", ["corruption", "retaliation"])
def test_nobody_opens_a_report_under_a_name(procedure: str, by: Actor) -> None:
    """A representative is one who may be known; staff who take a report down are not."""
    at = desk()
    with pytest.raises(NotCompetent) as told:
        at.open(procedure, by=by, at=TUESDAY, **TOLD_OF[procedure])
    assert "reporter.named" == told.value.code
    assert [] == list(at.journal.cases())
    for ours in (CLERK, Representative(ANONYMOUS, (Mandate(WHO, *POWER),))):
        assert WHO == reporter_of(at.open(procedure, by=ours, at=TUESDAY, **TOLD_OF[procedure]))


@pytest.mark.parametrize("opened_by", [pseudonym(), CLERK])
def test_nobody_comes_forward_in_the_place_of_the_reporter(opened_by: Actor) -> None:
    at, other = desk(), committed(Applicant("Дана"), bytes(32))
    case = carried(at, by=opened_by)
    answer = at.may(case.id, AskAgreement(reporter=other), at=TUESDAY, by=pseudonym())
    assert answer is not None
    assert "reporter.known" == answer.code
    same = at.perform(case.id, AskAgreement(reporter=WHO), at=TUESDAY, by=pseudonym())
    assert WHO == reporter_of(same)


# -- at once --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "last"),
    [
        ("2026-02-03T10:00+05:00", date(2026, 2, 3)),
        ("2026-02-03T19:00+05:00", date(2026, 2, 4)),
        ("2026-03-20T20:00+05:00", date(2026, 3, 26)),
    ],
)
def test_at_once_is_read_as_by_the_end_of_the_day_and_marked_as_a_reading(
    received: str, last: date
) -> None:
    """By hand: 20.03.2026 is a Friday, 21-25.03 are days off (Nauryz and its substitutes)."""
    at = desk()
    case = reported(at, when=datetime.fromisoformat(received))
    found = deadline_of(case, "corruption.redirection", office=at.office)
    assert found is not None
    assert last == found.last_day
    assert "unconfirmed" == found.evidence.value
    assert "our reading" in explain(found, "en")


def test_a_report_kept_back_is_late() -> None:
    at = desk()
    case = carried(at, SENT[0])
    wakes = next_wakeup(case, office=at.office)
    assert datetime.fromisoformat("2026-02-04T00:00+05:00") == wakes
    late = at.lapse(case.id, at=datetime.fromisoformat("2026-02-05T09:00+05:00"))
    told = line(late, at=datetime.fromisoformat("2026-02-05T09:00+05:00"), office=at.office)
    assert "overdue" == told.standing.value


# -- competent bodies -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "body", "mark"),
    [
        (date(2016, 1, 1), "authorised-body", "confirmed"),
        (date(2020, 11, 19), "anti-corruption-agency", "secondary"),
        (date(2025, 7, 13), "anti-corruption-agency", "secondary"),
        (date(2025, 7, 14), "anti-corruption-service", "confirmed"),
    ],
)
def test_the_authorised_body_by_the_day(day: date, body: str, mark: str) -> None:
    found = kz.corruption.competent_body(day)
    assert (body, mark) == (found.value.id, found.evidence.value)


def test_every_body_has_its_words() -> None:
    words = pack()["label"]["ground"]
    for body in (*LISTED.values(), *(edition.value for edition in AUTHORISED_BODY)):
        told = words[f"redirect.{body.id}"]
        assert dict(body.names) == {language: told[language] for language in body.names}
    assert {*LISTED, *(edition.value.id for edition in AUTHORISED_BODY)} == set(SOURCES)


@pytest.mark.parametrize("to", LISTED)
def test_a_report_may_go_to_any_body_that_the_law_lists(to: str) -> None:
    assert "redirected" == carried(desk(), (Redirect(to), CLERK)).stage
