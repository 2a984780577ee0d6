"""Plan and fact, electronic and paper, one period and another; and the published figures."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import hypothesis.strategies as st
import jsonschema
import pytest
from hypothesis import given
from typer.testing import CliRunner

import openakimat as oa
from openakimat import Desk, Official, Register, kz
from openakimat.__main__ import app
from openakimat.adapters import memory
from openakimat.case.act import Act
from openakimat.errors import Malformed
from openakimat.judgement.docket import Standing
from openakimat.kz.acts import Accept, Assign
from openakimat.kz.roles import EXECUTOR, HEAD, OPERATOR, REGISTRAR
from openakimat.kz.visit import shares, window
from openakimat.law.words import Words
from openakimat.register.figures import CUSTOMS, count_journal, count_register
from openakimat.report.figures.cases import Counted
from openakimat.report.figures.page import __file__ as page_file, make_report, publish, report_page
from openakimat.report.figures.plan import (
    Plan,
    compare,
    count_electronic,
    plan_against_fact,
    read_plan,
    rows_before,
)
from openakimat.report.figures.sections import INTERNAL

SCHEMA = json.loads((Path(page_file).parent / "report.schema.json").read_text("utf-8"))
KHROMTAU = Path(__file__).parents[2] / "examples" / "khromtau" / "register.csv"
OFFICE = kz.office("khromtau")
AT = datetime.fromisoformat("2020-11-19T18:30+05:00")
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
CLERK = Official("clerk", {REGISTRAR, EXECUTOR, OPERATOR})
BOSS = Official("boss", {HEAD})


def row(case: str, **told: object) -> Counted:
    fields = {"received": AT - 40 * DAY, "standing": Standing.OPEN, "office": "khromtau"} | told
    return Counted(case, str(fields.pop("procedure", "appeal")), **fields)  # type: ignore[arg-type]  # its fields


# -- electronic and paper -------------------------------------------------------------

TICKET = st.tuples(
    st.sampled_from(["", "egov", "self-service"]),
    st.integers(0, 3),
    st.sampled_from(["finish", "alone", "leave"]),
    st.booleans(),
)


@given(st.lists(TICKET, min_size=1, max_size=8), st.integers(0, 5))
def test_what_tickets_are_had_by_is_what_the_front_office_counts_and_parts_are_the_whole(
    tickets: list[tuple[str, int, str, bool]], n_appeals: int
) -> None:
    desk, start = Desk(OFFICE, memory.Store()), AT - 30 * DAY
    for n, (channel, n_services, end, helped) in enumerate(tickets):
        when = start + n * MINUTE
        who, services = kz.Applicant(id=f"{n}"), ("S-01", "S-02", "S-03")[:n_services]
        case = desk.open(
            kz.Visit, by=who, at=when, ticket=f"A{n}", channel=channel, services=services
        ).id
        done: list[Act] = [kz.visit.Call(), kz.visit.Serve()]
        done += [kz.visit.Help()] * (helped or end == "alone")
        done += [kz.visit.Finish() if end == "finish" else kz.visit.DoneAlone() if end == "alone" else kz.visit.Leave()]  # fmt: skip
        for act in done:
            by = who if isinstance(act, kz.visit.Leave) else CLERK
            desk.perform(case, act, by=by, at=when, beside=[desk.case(case)])
    visits = [*desk.files()]
    for n in range(n_appeals):
        desk.open(
            kz.Appeal, by=kz.Applicant(f"{n}"), at=start, channel="egov" if n % 2 else "paper"
        )
    rows, *_ = count_journal([desk], at=AT)
    told = {one["key"]: one for one in count_electronic(rows, least=0)}
    known = shares(visits)
    if (of := told.get("visit")) is not None:
        assert (known.electronic, known.paper) == (of["electronic"]["k"], of["paper"])
        assert of["helped"] == sum(
            window.shares([one]).helped
            for one in visits
            if window.shares([one]).electronic + window.shares([one]).paper
        )
    else:
        assert 0 == known.electronic + known.paper
    if n_appeals:
        assert (n_appeals, n_appeals // 2) == (
            told["appeal"]["n"],
            told["appeal"]["electronic"]["k"],
        )
    whole, parts = told.pop(""), told.values()
    for name in ("n", "paper", "helped"):
        assert whole[name] == sum(one[name] for one in parts)
    assert whole["electronic"]["k"] == sum(one["electronic"]["k"] for one in parts)


def test_what_was_had_on_paper_and_could_be_had_on_the_portal() -> None:
    rows = [row(f"a{n}", channel="paper") for n in range(6)]
    rows += [row(f"b{n}", procedure="visit", services=("S-01", "S-02")) for n in range(6)]
    rows += [row(f"c{n}", electronic=True) for n in range(6)]
    rows += [row("instruction", procedure="instruction", asked=False)]
    rows += [row("gone", done=AT, ended_by="withdraw", standing=Standing.IN_TIME)]
    whole, appeals, visits = count_electronic(rows, ("appeal", "S-01"))
    assert (24, 18) == (whole["n"], whole["paper"])
    assert (6, 0) == (appeals["could"]["k"], visits["could"]["k"])
    assert 1.0 == count_electronic(rows, ("appeal", "S-01", "S-02"))[0]["could"]["share"]
    # who told of no portal is told nothing of it
    assert count_electronic(rows)[0]["could"]["share"] is None


# -- one period and another -----------------------------------------------------------


def of_month(month: str, n: int, n_electronic: int) -> list[Counted]:
    start = datetime.fromisoformat(f"{month}-11T12:00+05:00")
    return [row(f"{month}/{k}", received=start, electronic=k < n_electronic) for k in range(n)]


def test_paper_fell_and_the_change_has_its_interval() -> None:
    before, now = of_month("2016-10", 120, 0), of_month("2017-10", 100, 50)
    told = {one["key"]: one for one in compare(now, [*before, *now], at=AT)}
    assert (120, 50, 2.4) == tuple(told["paper"][name] for name in ("before", "after", "times"))
    assert 0.5 == told["electronic"]["change"]["share"]
    assert 0.3 < told["electronic"]["change"]["low"] < 0.5 < told["electronic"]["change"]["high"]
    assert [] == compare(now, now, at=AT)
    # of a part of a month, or of one that is not over, nobody can tell how many times fewer
    assert [] == compare(now[:50], [*before, *now], at=AT)
    meanwhile = compare(now, [*before, *now], at=now[0].received + 9 * DAY)
    assert [None] == [one["times"] for one in meanwhile if one["key"] == "paper"]
    assert [] == compare(now, [*before[:4], *now], at=AT)


@pytest.mark.parametrize(
    ("held", "found"),
    [
        (("2019-01", "2019-12"), "2019-01"),
        (("2018-12", "2019-12"), "2019-12"),
        (("2018-01", "2019-11"), ""),
    ],
)
def test_a_month_is_compared_with_that_of_a_year_before_or_else_with_the_one_before(
    held: tuple[str, ...], found: str
) -> None:
    now, known = of_month("2020-01", 5, 0), [one for month in held for one in of_month(month, 5, 0)]
    assert {found} - {""} == {f"{one.received:%Y-%m}" for one in rows_before(now, known)}
    # cases of several months are compared with none
    assert [] == rows_before([*now, *known], known)


# -- plan and fact --------------------------------------------------------------------


def test_25_of_57_services_and_9_of_16_centres_of_atyrau() -> None:
    plan = Plan(
        tuple(f"S-{n:02}" for n in range(57)),
        centres={"city": tuple(f"city-{n}" for n in range(4)), "rural": tuple(f"rural-{n}" for n in range(12))},
    )  # fmt: skip
    works = [f"city-{n}" for n in range(2)] + [f"rural-{n}" for n in range(7)]
    rows = [
        row(f"{n}", office=works[n % 9], services=(f"S-{n:02}",), done=AT, ended_by="answered", worked=True)
        for n in range(25)
    ]  # fmt: skip
    rows += [row("asked", services=("S-40",)), row("silent", office="city-3", worked=False)]
    told = {one["key"]: (one["given"], one["planned"]) for one in plan_against_fact(rows, plan)}
    assert {"services": (25, 57), "city": (2, 4), "rural": (7, 12)} == told
    missing = {one["key"]: one["missing"] for one in plan_against_fact(rows, plan)}
    assert (32, ["city-2", "city-3"]) == (len(missing["services"]), missing["city"])


def test_fifteen_service_akimats_and_sixty_five_offices_are_rolled_up() -> None:
    names = [f"service-akimat-{n}" for n in range(15)] + [f"open-office-{n}" for n in range(65)]
    calendar, journal = kz.calendar(town="Aqtobe", open="aktobe"), memory.Journal()
    offices = [kz.office(oa.Body(name, {"en": name}), calendar=calendar) for name in names]
    desks = [Desk(one, journal=journal, numbers=memory.Numbers()) for one in offices]
    for n, desk in enumerate(desks):
        case = desk.open(kz.Appeal, by=kz.Applicant(f"{n}"), at=AT - 9 * DAY).id
        if n:  # the first stands shut
            desk.perform(case, Register(), by=CLERK, at=AT - 9 * DAY)
    rows, *_ = count_journal(desks, at=AT)
    told_plan = f"[centres]\nservice-akimat = {names[:15]}\nopen-office = {names[15:]}"
    plan = read_plan(told_plan.replace("'", '"').encode())
    told = make_report(rows, AT, plan=plan)
    assert {"service-akimat": 15, "open-office": 65} == {
        one["key"]: one["n"] for one in told["parts"]["unit"]
    }
    assert [("service-akimat", 14, 15), ("open-office", 65, 65)] == [
        (one["key"], one["given"], one["planned"]) for one in told["sections"]["plan"]
    ]


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ('services = "S-01"\n[centres]\ncity = "c"', {"services", "centres['city']"}),
        ("portals = []", {"portals"}),
        ("services = [1]", {"services[0]"}),
        ("services = [", {""}),
        ("services = \udcff", {""}),
    ],
)
def test_a_plan_that_cannot_be_read_tells_where(text: str, paths: set[str]) -> None:
    with pytest.raises(Malformed, match="plan") as wrong:
        read_plan(text.encode("utf-8", "surrogateescape"))
    assert paths == {fault.path for fault in wrong.value.faults}


# -- the published figures ------------------------------------------------------------


def test_the_published_figures_come_out_by_month_office_and_official() -> None:
    """600 applications, 500 other inquiries, 95 receptions; 82 kinds of services, 8,000 of them given."""
    rows, _ = count_register(KHROMTAU, OFFICE, at=AT)
    plan = Plan(tuple(f"K-{n:02}" for n in range(1, 83)))
    desk, day = Desk(OFFICE, memory.Store()), date(2020, 1, 6)
    for n in range(82):
        when = OFFICE.calendar.place.start_of(day + n % 40 * DAY) + timedelta(hours=10)
        case = desk.open(kz.Visit, by=kz.Applicant(id=f"{n}"), at=when, ticket=f"{n}", services=plan.services[n : n + 1] * 98).id  # fmt: skip
        for act in (kz.visit.Call(), kz.visit.Serve(), kz.visit.Finish()):
            desk.perform(case, act, by=CLERK, at=when, beside=[desk.case(case)])
    visits, *_ = count_journal([desk], at=AT)
    told = make_report([*rows, *visits], AT, plan=plan)
    kinds = {one["key"]: one["n"] for one in told["parts"]["kind"]}
    channels = {one["key"]: one["n"] for one in told["parts"]["channel"]}
    assert (95, 82) == (channels["reception"], kinds["visit"])
    by_kind = Counter(one.kind for one in rows if one.channel != "reception")
    assert by_kind["application"] > 600
    assert by_kind.total() - by_kind["application"] > 500
    assert [("services", 82, 82)] == [
        (one["key"], one["given"], one["planned"]) for one in told["sections"]["plan"]
    ]
    had = next(one for one in told["sections"]["electronic"] if one["key"] == "visit")
    assert 8036 == had["n"] > 8000
    for by in ("month", "office", "kind", "channel", "procedure"):
        assert 1215 + 82 == sum(one["n"] for one in told["parts"][by])


def test_of_each_official_what_was_given_to_them() -> None:
    desk, start = Desk(OFFICE, memory.Store()), AT - 20 * DAY
    for n in range(12):
        case = desk.open(kz.Appeal, by=kz.Applicant(f"{n}"), at=start).id
        desk.perform(case, Register(), by=CLERK, at=start)
        desk.perform(case, Accept(), by=CLERK, at=start)
        desk.perform(case, Assign("aliya" if n < 5 else "bolat"), by=BOSS, at=start)
    rows, *_ = count_journal([desk], at=AT)
    told = make_report(rows, AT)
    assert {"aliya": 5, "bolat": 7} == {one["key"]: one["n"] for one in told["parts"]["official"]}


# -- what is told of whom -------------------------------------------------------------


def test_reports_of_corruption_are_a_number_in_every_section() -> None:
    desk, only = Desk(OFFICE, memory.Store()), CUSTOMS["only-counted"]["procedures"]
    text = "в отделе земельных отношений за справку просят деньги у всех"
    for n in range(7):
        for by, what in (
            (kz.corruption.pseudonym(), "corruption"),
            (kz.Applicant(f"{n}"), "appeal"),
        ):
            desk.open(what, id=f"{what}-{n}", by=by, at=AT - 30 * DAY, topic="land", summary=text)
    rows, *_ = count_journal([desk], at=AT)
    told = make_report(rows, AT, only, plan=Plan(portal=("corruption",)))
    assert [{"key": "corruption", "n": 7}] == told.pop("only-counted")
    assert "corruption" not in json.dumps(told)
    assert ["collective"] == [one["key"] for one in told["sections"]["joins"]]
    assert INTERNAL - {"waits"} < told["sections"].keys()
    assert "appeal-" not in json.dumps(publish(told, "CC0"))


def test_where_there_are_complaints_it_is_said_whom_they_tell_of() -> None:
    rows = [row(f"{n}", procedure="complaint") for n in range(6)]
    assert ["reporting-bias"] == make_report(rows, AT, complaints=("complaint",))["notes"]
    assert [] == make_report(rows, AT)["notes"]


def test_a_report_with_a_plan_has_each_section_in_words(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text('portal = ["appeal"]\n[centres]\ndistrict = ["khromtau"]\n', "utf-8")
    arguments = ["report", str(KHROMTAU), "--office", "khromtau", "--at", AT.isoformat(), "--month", "2020-10", "--plan", str(plan)]  # fmt: skip
    for out in ("r.json", "r.csv"):
        made = CliRunner().invoke(app, [*arguments, "--out", str(tmp_path / out)])
        assert 0 == made.exit_code, made.output
    told = json.loads((tmp_path / "r.json").read_text("utf-8"))
    jsonschema.validate(told, SCHEMA)
    sections = [name for name, of in told["sections"].items() if of]
    assert {"electronic", "change", "plan", "ends", "audit", "calibration", "score"} <= {*sections}
    assert [True] == [one["before"]["n"] > 50 for one in told["sections"]["change"] if one["key"] == "in_time"]  # fmt: skip
    assert "an answer dated within the term" in (tmp_path / "r.csv").read_text("utf-8-sig")
    for language in ("kk", "ru", "en"):
        page = report_page(told, "R", Words(kz.law(), language))
        body = page[page.index("<body>") : page.index("<script>")]
        for name in sections:
            assert f"<h2>{kz.law().labels['figure', name].words[language]}</h2>" in body
        for stored in ("by30", "days_left", "entered-late", "brier_of_all"):
            assert f">{stored}<" not in body
