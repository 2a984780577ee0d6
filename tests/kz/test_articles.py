"""The figures of the source articles, told of records made up for them by the library itself.

Each story makes cases at the volumes that an article prints and asks the library what they
show. What an article does not print is invented: names, days, how the work was shared out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

import openakimat as oa
from openakimat import kz, register
from openakimat.adapters import memory
from openakimat.case.act import Act, Link
from openakimat.case.acts import Receive, Register
from openakimat.case.people import Actor
from openakimat.case.record import evolve
from openakimat.desk import roll_up
from openakimat.judgement.deadlines import deadline_of
from openakimat.judgement.docket import line
from openakimat.judgement.judge import decide, open_case
from openakimat.kz import front_office as standard
from openakimat.kz.acts import Accept, Decide, Redirect
from openakimat.kz.corruption.acts import (
    ReportCorruption,
)
from openakimat.kz.front_office import (
    Answer,
    EscalateFindings,
    FindInConformity,
    InspectOffice,
    OrderToStandard,
    PresentFindings,
    RecheckOffice,
    ScheduleVisit,
)
from openakimat.kz.instruction import acts as control
from openakimat.kz.roles import (
    ANTICORRUPTION,
    CONSULTED,
    EXECUTOR,
    HEAD,
    INSPECTOR,
    OPERATOR,
    REGISTRAR,
    SUPERIOR,
)
from openakimat.kz.service_complaint.acts import FileServiceComplaint
from openakimat.kz.visit import acts as ticket, audit, queue, window

ROOT = Path(__file__).parents[2]
ASKS = kz.Applicant("Айгерім", id="aigerim")
CLERK = oa.Official("clerk", {REGISTRAR, EXECUTOR})
WINDOW = oa.Official("window", {OPERATOR})
AKIM = oa.Official("akim", {HEAD})
GOVERNOR = oa.Official("governor", {SUPERIOR, HEAD})
INSPECTS = oa.Official("inspector", {INSPECTOR})
SERVICE = oa.Official("service", {ANTICORRUPTION})

Deed = tuple[datetime, Actor, Act]
Told = tuple[dict[str, Any], tuple[Act, ...]]
MINUTE = timedelta(minutes=1)


def at(text: str, office: oa.Office) -> datetime:
    """An instant by the clocks of an office."""
    day, _, hour = text.partition(" ")
    zone = office.calendar.place.start_of(date.fromisoformat(day)).tzinfo
    return datetime.fromisoformat(f"{day}T{hour or '10:00'}").replace(tzinfo=zone)


def carried(case: oa.Case, office: oa.Office, deeds: Iterable[Deed]) -> oa.Case:
    """A case after what was done to it."""
    for when, by, act in deeds:
        case = evolve(case, decide(case, act, at=when, by=by, office=office, beside=[case]).record)
    return case


def visits(office: oa.Office, start: datetime, tickets: Iterable[Told]) -> Iterator[oa.Case]:
    """Visits one after another: a ticket each minute, called at once, with what is done there."""
    for n, (told, acts) in enumerate(tickets):
        when, by = start + n * MINUTE, kz.Applicant(id=f"visitor-{n}")
        act = kz.visit.TakeTicket(**{"ticket": f"A{n}", "term": "20 minutes", **told})
        case = open_case("visit", act, id=f"v{n}", at=when, by=by, office=office)
        yield carried(
            case,
            office,
            [(when, WINDOW, one) for one in (kz.visit.Call(), kz.visit.Serve(), *acts)],
        )


# -- S0, Pavlodar, 28 August 2020 -------------------------------------------------------

BAYANAUL = kz.office("bayanaul")


def test_s0_2_bayanaul_was_open_on_the_day_of_its_presentation_only() -> None:
    """Presented on a Monday, 15 June 2020 (invented); appeals came all summer, staff came once."""
    presented, review = date(2020, 6, 15), date(2020, 8, 28)
    days = [presented + timedelta(days=7 * n) for n in range(11)]
    cases = []
    for day in days:
        sent = at(f"{day} 00:05", BAYANAUL)
        case = open_case("appeal", Receive(), id=f"{day}", at=sent, by=ASKS, office=BAYANAUL)
        seen = [(at(f"{day} 10:00", BAYANAUL), CLERK, Register())] if day == presented else []
        cases.append(carried(case, BAYANAUL, seen))
    found = kz.visit.presence(cases, BAYANAUL, since=presented, until=review)
    assert found.only_on(presented)
    assert found.longest_silence is not None
    assert (review, len(found.declared) - 1) == (
        found.longest_silence.until,
        found.longest_silence.n_days,
    )


DISTRICTS = ("akkuly", "terenkol", "aktogay", "zhelezin", "uspen")
WANTING = ("premises", "furniture", "equipment", "staff-named")
NOT_CONNECTED = "not connected on the opening day"


def answers(*unmet: str, note: str = "") -> tuple[Answer, ...]:
    """Every item of the checklist answered; a note stands at the equipment."""
    return tuple(
        Answer(key, key not in unmet, note if key == "equipment" else "")
        for key in kz.front_office.checklist()
    )


def checked(district: str, *given: Answer) -> oa.Case:
    """A front office visited, and what was found there presented."""
    told = ScheduleVisit(subject=district)
    when = at("2020-08-26", BAYANAUL)
    case = open_case(
        "front-office-check", told, id=f"check-{district}", at=when, by=INSPECTS, office=BAYANAUL
    )
    deeds: list[Deed] = [
        (when, INSPECTS, InspectOffice(given)),
        (at("2020-08-28", BAYANAUL), INSPECTS, PresentFindings()),
    ]
    return carried(case, BAYANAUL, deeds)


def review() -> dict[str, oa.Case]:
    """The six offices as the review found them; whose equipment was not connected is not told."""
    cases = {
        name: checked(name, *answers(*WANTING, note=NOT_CONNECTED * (name == "uspen")))
        for name in DISTRICTS
    }
    return {**cases, "bayanaul": checked("bayanaul", *answers("hours-kept"))}


def test_s0_3_what_was_wanting_in_the_front_offices_of_six_districts() -> None:
    found = [answer for case in review().values() for answer in standard.unmet(case)]
    items = Counter(answer.item for answer in found)
    assert {**dict.fromkeys(WANTING, 5), "hours-kept": 1} == items
    assert 1 == [answer.note for answer in found].count(NOT_CONNECTED)


def test_s0_4_an_order_to_bring_them_up_to_the_standard_within_one_month() -> None:
    """28 August 2020 and a month: 28 September. Five are put in order; the sixth goes further."""
    now, then = at("2020-08-28 11:00", BAYANAUL), at("2020-09-28 10:00", BAYANAUL)
    stages = {}
    for name, case in review().items():
        about, answers_for = (Link(case.id, "child-of"),), (f"akim of {name}",)
        given = control.IssueInstruction(term="1 month", executors=answers_for, links=about)
        instruction = open_case(
            "instruction", given, id=f"i-{name}", at=now, by=GOVERNOR, office=BAYANAUL
        )
        term = deadline_of(instruction, "instruction.execution", office=BAYANAUL)
        assert term is not None
        assert date(2020, 9, 28) == term.last_day
        order = OrderToStandard(instruction.id, term="1 month")
        left = ("hours-kept",) if name == "bayanaul" else ()
        closed = carried(
            case,
            BAYANAUL,
            [
                (now, GOVERNOR, order),
                (then, INSPECTS, RecheckOffice(answers(*left))),
                (then, GOVERNOR, EscalateFindings())
                if left
                else (then, GOVERNOR, FindInConformity()),
            ],
        )
        stages[name] = closed.stage
    assert {"in_conformity": 5, "escalated": 1} == Counter(stages.values())
    assert "escalated" == stages["bayanaul"]


@pytest.mark.parametrize(
    ("day", "body"),
    [("2019-12-20", "authorised-body"), ("2020-08-28", "anti-corruption-agency")],
)
def test_s0_5_anyone_may_come_and_report(day: str, body: str) -> None:
    """Since the end of 2019: in person and without a name; it goes on to the body of that day."""
    when = at(day, BAYANAUL)
    told = ReportCorruption(channel="visit", summary="sent from office to office")
    case = open_case(
        "corruption", told, id="r", at=when, by=kz.corruption.pseudonym(), office=BAYANAUL
    )
    case = carried(case, BAYANAUL, [(when, CLERK, Register()), (when, CLERK, Redirect(body))])
    assert ("redirected", "anonymous") == (case.stage, case.records[0].by)


# -- S1, Akmola, 2017 -------------------------------------------------------------------

KOKSHETAU = kz.office("yesil")
EACH = 400
"""One service here stands for so many there: four million of them are ten thousand."""
CERTIFICATE = "S-07"
ON_PORTAL = {code for code, one in kz.request.services().items() if "portal" in one.channels}


def year(electronic: int, paper: int, *, users: int, taught: int) -> list[oa.Case]:
    """A year of services: users of the portal have the electronic ones, those who come one each.

    Of those who come, four in seven want the certificate that the portal gives as well, and
    some are taught and given a signature before they are served.
    """
    share, more = divmod(electronic, users)
    tickets: list[Told] = [
        (
            {"channel": "egov", "services": (CERTIFICATE,) * (share + (n < more))},
            (kz.visit.Finish(),),
        )
        for n in range(users)
    ]
    for n in range(paper):
        wants = CERTIFICATE if n % 7 < 4 else "S-05"
        lesson = (kz.visit.IssueSignature(), kz.visit.Help(wants)) if n < taught else ()
        tickets.append(({"services": (wants,)}, (*lesson, kz.visit.Finish())))
    return list(visits(KOKSHETAU, at("2017-01-04", KOKSHETAU), tickets))


@pytest.fixture(scope="module")
def of_2017() -> list[oa.Case]:
    return year(6_500, 3_500, users=1_500, taught=200)


def test_s1_2_four_million_services_65_percent_electronic_paper_fell_2_4_times(
    of_2017: list[oa.Case],
) -> None:
    before = window.shares(year(1_200, 8_400, users=600, taught=0))
    now = window.shares(of_2017)
    assert 4_000_000 == (now.electronic + now.paper) * EACH
    assert Fraction(65, 100) == now.share
    assert Fraction(24, 10) == now.paper_fell(before)


def test_s1_3_seventy_percent_come_in_person_most_for_a_certificate_of_the_portal(
    of_2017: list[oa.Case],
) -> None:
    found = window.in_person(of_2017, ON_PORTAL)
    assert Fraction(7, 10) == found.share
    assert found.needless * 2 > found.came
    assert 80_000 == window.shares(of_2017).signatures * EACH
    assert 200 == window.shares(of_2017).helped


# -- S2, Yesil district -----------------------------------------------------------------

YESIL = kz.office("Есіл ауданы")
DEPARTMENTS = tuple(f"department-{n}" for n in range(1, 7))
FIVE = ("lawyers", "self-service", "civil-registration", "intake", "accessibility")
OPENED = at("2021-02-10 09:00", YESIL)


def test_s2_1_an_open_space_with_everything_of_the_article_keeps_one_window() -> None:
    had = {"self-service", "waiting-hall", "stands", "legal-advice", "accessibility", "one-window"}
    assert had <= set(kz.front_office.checklist())
    served: list[Told] = [({}, (kz.visit.ServeNext(), kz.visit.Finish()))] * 20
    found = window.one_window(visits(YESIL, OPENED, served))
    assert (20, 0) == (found.kept, found.broken)


def test_s2_2_five_sectors_six_departments_and_the_chamber_are_twelve_queues() -> None:
    """Each has a next of its own, and a call in one passes over nobody in another."""
    sectors = (*FIVE, *DEPARTMENTS, "chamber-of-entrepreneurs")
    assert {*FIVE, "chamber-of-entrepreneurs"} <= set(ticket.SECTORS)
    waiting = {
        f"{sector}-{n}": open_case(
            "visit",
            kz.visit.TakeTicket(ticket=f"{n}", sector=sector),
            id=f"{sector}-{n}",
            at=OPENED + k * MINUTE,
            by=kz.Applicant(id=f"{sector}-{n}"),
            office=YESIL,
        )
        for n in (1, 2)
        for k, sector in enumerate(sectors)
    }
    now = OPENED + 30 * MINUTE
    first = [queue.next_in(waiting.values(), sector, now) for sector in sectors]
    assert [f"{sector}-1" for sector in sectors] == [one.id for one in first if one]
    for visit in filter(None, first):
        made = decide(
            visit, kz.visit.Call(), at=now, by=WINDOW, office=YESIL, beside=[*waiting.values()]
        )
        waiting[visit.id] = evolve(visit, made.record)
    assert () == audit.passed_over(waiting.values())
    assert 12 == len({queue.ticket_of(one).sector for one in waiting.values()})


def test_s2_3_most_services_are_had_electronically_with_the_help_of_staff() -> None:
    alone = ({"sector": "self-service"}, (kz.visit.Help(), kz.visit.DoneAlone()))
    found = window.shares(visits(YESIL, OPENED, [alone] * 6 + [({}, (kz.visit.Finish(),))] * 4))
    assert found.share is not None
    assert found.share > Fraction(1, 2)
    assert (6, 6) == (found.helped, found.alone)


# -- S3, Atyrau, about 2007 -------------------------------------------------------------

ATYRAU = kz.office("atyrau")


def test_s3_1_ten_days_become_a_year_and_another_body_bears_most_of_it() -> None:
    """A document of ten days, applied for in September 2024; the registry holds it a year."""
    kind = kz.request.Apply(
        service="A-01", topic="registration of real estate", term="10 calendar days"
    )
    started, ended = at("2024-09-02", ATYRAU), at("2025-09-01", ATYRAU)
    request = open_case("request", kind, id="r", at=started, by=ASKS, office=ATYRAU)
    about = (Link(request.id, "child-of"),)
    ask = kz.consultation.Ask(body="land registry", silence_agrees=False, links=about)
    asked = at("2024-09-03", ATYRAU)
    child = open_case("consultation", ask, id="c", at=asked, by=CLERK, office=ATYRAU)
    registry = oa.Official("registry", {CONSULTED})
    answered: list[Deed] = [
        (at("2025-08-29", ATYRAU), registry, kz.consultation.GiveOpinion("positive"))
    ]
    child = carried(child, ATYRAU, answered)
    taken: list[Deed] = [
        (started, CLERK, Register()),
        (started, CLERK, Accept()),
        (asked, CLERK, kz.consultation.Consult(child.id, "land registry")),
    ]
    request = carried(request, ATYRAU, taken)
    made = decide(
        request, Decide("rendered"), at=ended, by=AKIM, office=ATYRAU, beside=[request, child]
    )
    request = evolve(request, made.record)
    term = deadline_of(request, "request.service", office=ATYRAU)
    assert term is not None
    assert date(2024, 9, 11) == term.last_day
    own, other = kz.request.delays(request, [child], office=ATYRAU, at=ended)
    assert term.days_late(ended) == own.late + other.late
    assert other.late > 9 * own.late
    assert oa.Standing.LATE == line(request, at=ended, office=ATYRAU).standing


def test_s3_1_rude_treatment_and_a_bribe_each_have_a_way_of_their_own() -> None:
    """A complaint about the service, a report of corruption: both may name what they are about."""
    when, about = at("2026-04-06", ATYRAU), (Link("r", "about"),)
    rude = FileServiceComplaint(summary="they were rude", links=about)
    complaint = open_case("service-complaint", rude, id="c", at=when, by=ASKS, office=ATYRAU)
    complaint = carried(complaint, ATYRAU, [(when, CLERK, Register())])
    term = deadline_of(complaint, "service-complaint.consideration", office=ATYRAU)
    assert term is not None
    assert date(2026, 4, 13) == term.last_day
    bribe = ReportCorruption(summary="documents out of turn", links=about)
    report = open_case(
        "corruption", bribe, id="b", at=when, by=kz.corruption.pseudonym(), office=ATYRAU
    )
    sent = Redirect(kz.corruption.competent_body(when.date()).value.id)
    assert "redirected" == carried(report, ATYRAU, [(when, CLERK, sent)]).stage


def test_s3_2_a_commission_reports_within_30_days_and_meets_again_at_the_end_of_august() -> None:
    """Instructed on Wednesday 25 July 2007 (invented): 24 August; whom it is to hear from, too."""
    minister = oa.Official("minister of justice", {EXECUTOR})
    akim = oa.Official("akim of Atyrau oblast", {EXECUTOR})
    given = control.IssueInstruction(term="30 calendar days", executors=(minister.id, akim.id))
    begun = at("2007-07-25", ATYRAU)
    case = open_case("instruction", given, id="i", at=begun, by=GOVERNOR, office=ATYRAU)
    term = deadline_of(case, "instruction.execution", office=ATYRAU)
    assert term is not None
    assert date(2007, 8, 24) == term.last_day
    deeds: list[Deed] = [
        (begun, minister, Accept()),
        (at("2007-08-10", ATYRAU), akim, control.Contribute("centres visited")),
        (at("2007-08-24", ATYRAU), minister, control.ReportExecution("shortcomings removed")),
        (at("2007-08-31", ATYRAU), GOVERNOR, control.ReviewExecution("the follow-up meeting")),
        (at("2007-08-31 11:00", ATYRAU), GOVERNOR, control.RemoveFromControl()),
    ]
    assert "removed_from_control" == carried(case, ATYRAU, deeds).stage


def test_s3_3_a_thousand_people_a_day_in_two_city_centres() -> None:
    """Five hundred in each, a ticket a minute; the main kind is real estate; nobody out of turn."""
    kinds = ("real-estate", "address", "real-estate", "civil-registration")
    halls = []
    for _ in range(2):
        wanted = ({"services": (kind,)} for _, kind in zip(range(500), cycle(kinds)))
        start = at("2007-08-20 09:00", ATYRAU)
        halls.append(list(visits(ATYRAU, start, ((told, (kz.visit.Finish(),)) for told in wanted))))
    end = at("2007-08-20 18:30", ATYRAU)
    assert 1000 == sum(queue.waits(hall, ATYRAU, end).n for hall in halls)
    assert [(), ()] == [audit.passed_over(hall) for hall in halls]
    had = Counter(one for hall in halls for v in hall for one in queue.ticket_of(v).services)
    assert ("real-estate", 500) == had.most_common(1)[0]


# -- S4, Khromtau, 19 November 2020 -----------------------------------------------------

KHROMTAU = kz.office("Хромтау ауданы")
NOW = at("2020-11-19 18:30", KHROMTAU)


def test_s4_2_every_appeal_is_under_personal_control_with_someone_named() -> None:
    """Nobody else takes or lifts the control, and the appeal keeps the term of the law."""
    topics = ("social", "utilities", "land", "street-lighting", "greening", "employment")
    when, other = at("2020-11-19 11:00", KHROMTAU), oa.Official("deputy", {HEAD})
    for n, topic in enumerate(topics):
        asked = Receive(topic=topic, channel="reception")
        appeal = open_case("appeal", asked, id=f"a{n}", at=when, by=ASKS, office=KHROMTAU)
        appeal = carried(appeal, KHROMTAU, [(when, CLERK, Register())])
        given = control.IssueInstruction(
            executors=(f"department of {topic}",), links=(Link(appeal.id, "about"),)
        )
        case = open_case("instruction", given, id=f"i{n}", at=when, by=AKIM, office=KHROMTAU)
        case = carried(case, KHROMTAU, [(when, AKIM, control.TakePersonalControl())])
        for act, code in (
            (control.TakePersonalControl(), "personal-control.held"),
            (control.LiftPersonalControl(), "personal-control.another"),
        ):
            said = oa.may(case, act, at=when, by=other, office=KHROMTAU)
            assert code == (said and said.code)
        stranger = oa.may(case, Accept(), at=when, by=CLERK, office=KHROMTAU)
        assert "executor.another" == (stranger and stranger.code)
        term = deadline_of(appeal, "appeal.consideration", office=KHROMTAU)
        assert term is not None
        assert date(2020, 12, 3) == term.last_day


def test_s4_3_a_reception_is_scheduled_in_the_room_and_a_lawyer_has_a_queue() -> None:
    when = at("2020-11-16", KHROMTAU)
    asked = kz.reception.AskReception(topic="land", official="akim")
    case = open_case("reception", asked, id="r", at=when, by=ASKS, office=KHROMTAU)
    given = kz.reception.ScheduleReception(at("2020-11-19 10:00", KHROMTAU), place="Open Space")
    case = carried(case, KHROMTAU, [(when, CLERK, Register()), (when, CLERK, given)])
    assert ("reception_scheduled", "Open Space") == (case.stage, given.place)
    assert "legal-advice" in kz.front_office.checklist()
    assert "lawyers" in ticket.SECTORS


def test_s4_4_over_600_applications_over_500_other_inquiries_and_95_receptions() -> None:
    """The synthetic register of the district, played through the law."""
    path = ROOT / "examples" / "khromtau" / "register.csv"
    found = register.check(register.rows(path), kz.KINDS, KHROMTAU, at=NOW)
    played = Counter(one.procedure for one in found.lines)
    received = sum(entry.channel == "reception" for entry in found.entries)
    assert 95 == received
    assert played["appeal"] - received > 600
    assert played["simplified"] > 500
    assert found.n_rows == found.n_accepted == played.total()


KIND = """
[[service]]
code = "K-{n:02}"
names = {{ kk = "қызмет {n}", ru = "услуга {n}", en = "service {n}" }}
provider = "akimat"
channels = ["provider"]
term = "3 working days"
fee = 0
documents = []
silence = "none"
source = "register of the district, made up"
evidence = "unconfirmed"
"""


def test_s4_4_82_kinds_of_services_and_over_8_000_given() -> None:
    """Each kind is rendered once; and 2,050 visitors had four services each."""
    plan = kz.request.services("".join(KIND.format(n=n) for n in range(1, 83)))
    when, given = at("2020-11-16", KHROMTAU), []
    for code, kind in plan.items():
        case = open_case(
            "request",
            kz.request.Apply(**kind.applied()),
            id=code,
            at=when,
            by=ASKS,
            office=KHROMTAU,
        )
        done: list[Deed] = [
            (when, CLERK, Register()),
            (when, CLERK, Accept()),
            (when, AKIM, Decide("rendered")),
        ]
        given.append(carried(case, KHROMTAU, done))
    assert (82, 82) == ((found := kz.request.coverage(plan, given)).n_planned, found.n_given)
    wanted = [({"services": tuple(plan)[:4]}, (kz.visit.Finish(),))] * 2_050
    had = window.shares(visits(KHROMTAU, at("2020-01-06", KHROMTAU), wanted))
    assert had.electronic + had.paper > 8_000


def test_s4_5_fifteen_service_akimats_and_sixty_five_open_offices_under_one_law() -> None:
    """Each is an office of its own body; their cases stand in one journal and have one term.

    Received on 16 November 2020: 15 calendar days, that day among them, end on the 30th.
    """
    names = [f"service-akimat-{n}" for n in range(15)] + [f"open-office-{n}" for n in range(65)]
    calendar, journal = kz.calendar(town="Aqtobe", open="aktobe"), memory.Journal()
    offices = [kz.office(oa.Body(name, {"en": name}), calendar=calendar) for name in names]
    desks = [oa.Desk(one, journal=journal, numbers=memory.Numbers()) for one in offices]
    terms = Counter[date | None]()
    for desk in desks:
        when = at("2020-11-16", desk.office)
        case = desk.open(kz.Appeal, id=f"{desk.office.body.id}/1", by=ASKS, at=when)
        desk.perform(case.id, Register(number=case.id), by=CLERK, at=when)
        terms.update(
            d.last_day for d in desk.deadlines(case.id) if d.limit == "appeal.consideration"
        )
    assert {date(2020, 11, 30): 80} == terms
    assert [1] * 80 == [len(list(desk.files())) for desk in desks]
    with pytest.raises(oa.JournalError, match="is of the office 'service-akimat-1'"):
        desks[0].case("service-akimat-1/1")
    rolled = roll_up(desks[:-1], at=at("2020-12-01", offices[0]))
    assert (79, ("open-office-64/1",)) == (len(rolled.lines), rolled.unattended)
    assert desks[-1].verify().intact
