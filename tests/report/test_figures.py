"""Figures tell what they count: open cases, whose time it was, who is passed over, and no person."""

from __future__ import annotations

import csv
import json
import re
from base64 import b64decode
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import attrs
import hypothesis.strategies as st
import jsonschema
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from openakimat import Desk, Official, Register, kz, register
from openakimat.__main__ import app
from openakimat.adapters import memory, sql
from openakimat.case.acts import InnerNote, Receive
from openakimat.case.record import Case, Record
from openakimat.chart.table import Table
from openakimat.errors import Malformed
from openakimat.judgement.docket import Standing
from openakimat.judgement.running import follow
from openakimat.kz.acts import Accept, Decide, Redirect
from openakimat.kz.appeal.acts import AskToCorrect, Correct
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.law.words import Words
from openakimat.register.figures import CUSTOMS, count_journal, count_register
from openakimat.report.figures import page
from openakimat.report.figures.cases import Counted, count_case
from openakimat.report.figures.delay import PARTIES, split_time
from openakimat.report.figures.page import make_report, publish, report_page
from openakimat.report.figures.pictures import draw_pictures
from openakimat.report.figures.queue import Called, audit_queue, power
from openakimat.report.figures.runaround import trace_runaround
from openakimat.report.figures.shares import (
    BY,
    Figures,
    break_down,
    figures_of,
    league,
    share,
)
from openakimat.report.figures.silence import list_silences

ROOT = Path(__file__).parents[2]
KHROMTAU = ROOT / "examples" / "khromtau" / "register.csv"
SCHEMA = json.loads((Path(page.__file__).parent / "report.schema.json").read_text("utf-8"))
LOG = ROOT.parent / "shared" / "data" / "receipt.csv"
MAPPING = ROOT / "examples" / "receipt" / "mapping.toml"
OFFICE = kz.office("khromtau")
AT = datetime.fromisoformat("2026-03-31T18:30+05:00")
YEAR_END = datetime.fromisoformat("2020-11-19T18:30+05:00")
DAY = timedelta(days=1)
TABLES = [edition.value for dated in kz.law().procedures.values() for edition in dated]
CLERK, BOSS = Official("clerk", {REGISTRAR, EXECUTOR}), Official("boss", {HEAD})


def row(case: str = "a", **told: object) -> Counted:
    start = AT - 40 * DAY
    fields = {"received": start, "standing": Standing.OPEN, "due": start + 15 * DAY} | told
    fields.setdefault("due_gross", fields["due"])
    return Counted(case, "appeal", "khromtau", **fields)  # type: ignore[arg-type]  # its fields


# -- whose delay ----------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.procedure}-{table.law}")
def test_the_parts_of_the_time_a_case_took_add_up_exactly(table: Table) -> None:
    moments = st.lists(st.integers(0, 10**8), min_size=2, max_size=9).map(sorted)

    @settings(max_examples=settings().max_examples // 5)
    @given(moments, st.data())
    def adds_up(seconds: list[int], data: st.DataObject) -> None:
        first = datetime.fromisoformat("2023-11-01T10:00+06:00")
        times = [first + timedelta(seconds=n) for n in seconds]
        records = [
            Record(
                n, at, "x", "registrar", Receive() if n == 1 else InnerNote("x"),
                data.draw(st.sampled_from(table.stages)), table.under,
                basis="told" if n == 1 else data.draw(st.sampled_from(["told", "assumed"])),
            )
            for n, at in enumerate(times[:-1], 1)
        ]  # fmt: skip
        case = Case("a", table.procedure, records[-1].stage, table.under, tuple(records))
        pauses = [
            (ground, start, data.draw(st.none() | st.just(start + 5 * DAY)))
            for ground in ("ask-to-correct", "no such")
            for start in data.draw(st.lists(st.sampled_from(times), max_size=2))
        ]
        spent = split_time(follow(case, office=OFFICE), times[-1], pauses, CUSTOMS)
        assert times[-1] - times[0] == sum(spent.values(), timedelta())
        assert min(spent.values()) >= timedelta()
        assert set(PARTIES) == spent.keys()

    adds_up()


def test_time_is_theirs_who_may_move_the_case_on_and_days_off_are_nobodys() -> None:
    desk, by = Desk(OFFICE, memory.Store()), kz.Applicant("A")
    at = [datetime.fromisoformat(f"2026-03-{day:02}T10:00+05:00") for day in (2, 3, 4, 6, 12)]
    case = desk.open(kz.Appeal, by=by, at=at[0])
    desk.perform(case.id, Register(), by=CLERK, at=at[1])
    desk.perform(
        case.id, AskToCorrect(datetime.fromisoformat("2026-03-20").date()), by=CLERK, at=at[2]
    )
    desk.perform(case.id, Correct(), by=by, at=at[3])
    case = desk.case(case.id, at=at[4])
    told = count_case(case, at=at[4], office=OFFICE, customs=CUSTOMS)
    off = sum(not OFFICE.calendar.is_working(at[3].date() + n * DAY) for n in range(1, 6))
    assert off >= 3  # the weekend and the eighth of March, or the day it moved to
    assert {"front-office": 1, "department": 1 + 6 - off, "applicant": 2, "calendar": off} == {
        party: time / DAY for party, time in told.spent.items() if time
    }
    assert (None, True) == (told.done, told.judged)


@pytest.mark.parametrize(("reading", "days"), [("inside", 0), ("outside", 2)])
def test_a_pause_counts_only_where_the_law_as_read_lets_it(reading: str, days: int) -> None:
    office = kz.office("khromtau", readings={"correction-2021": reading})
    desk, by = Desk(office, memory.Store()), kz.Applicant("A")
    at = [datetime.fromisoformat(f"2023-03-{day:02}T10:00+06:00") for day in (1, 1, 2, 6, 7)]
    case = desk.open(kz.Appeal, by=by, at=at[0])
    desk.perform(case.id, Register(), by=CLERK, at=at[1])
    desk.perform(case.id, AskToCorrect(at[4].date()), by=CLERK, at=at[2])
    waiting = count_case(desk.case(case.id), at=at[3], office=office, customs=CUSTOMS)
    assert (4 * DAY if days else timedelta()) == waiting.paused
    desk.perform(case.id, Correct(), by=by, at=at[3])
    told = count_case(desk.case(case.id), at=at[4], office=office, customs=CUSTOMS)
    assert waiting.paused == told.paused
    assert told.due is not None
    assert told.due_gross is not None
    assert bool(days) == (told.due > told.due_gross)
    assert 2 == told.spent["applicant"] / DAY  # the other two were a weekend


# -- a rate that is no lie ------------------------------------------------------------


def test_who_is_overdue_and_unanswered_counts_against_the_office() -> None:
    good = [row(f"g{n}", done=AT - 30 * DAY, standing=Standing.IN_TIME) for n in range(10)]
    bad = [row(f"b{n}", standing=Standing.OVERDUE) for n in range(10)]
    outside = [row("x", standing=Standing.NOT_JUDGED), row("y", due=AT + DAY)]
    told = figures_of([*good, *bad, *outside], at=AT)
    assert 1.0 == told["naive"]["share"]
    assert (0.5, 20) == (told["in_time"]["share"], told["in_time"]["n"])
    assert (22, 12, 10, 1) == (told["n"], told["open"], told["overdue"], told["not_judged"])
    assert told["days"]["p90"] is None  # parked cases are no quick ones
    assert 10.0 == figures_of(good, at=AT)["days"]["p90"]


def product_limit(rows: list[Counted]) -> float:
    """The chance to be done before the term is over, as a textbook has it."""
    late = [((one.done or AT) - one.due, one.done is not None) for one in rows if one.due]
    left = 1.0
    for moment in sorted({time for time, done in late if done and time < timedelta()}):
        risk = sum(time >= moment for time, _ in late)
        left *= 1 - sum(done and time == moment for time, done in late) / risk
    return 1 - left


@given(st.lists(st.tuples(st.integers(0, 39), st.integers(1, 60), st.booleans()), min_size=1))
def test_kaplan_and_meier_are_those_of_the_textbook(told: list[tuple[int, int, bool]]) -> None:
    rows = []
    for n, (took, term, done) in enumerate(told):
        start = AT - 40 * DAY
        due, end = start + term * DAY, start + took * DAY if done else None
        late = due <= (end or AT)
        standing = {True: Standing.LATE if done else Standing.OVERDUE}.get(late, Standing.OPEN)
        rows.append(row(str(n), due=due, done=end, standing=standing))
    survival = figures_of(rows, at=AT)["survival"]
    watched = any(one.due and one.due <= (one.done or AT) for one in rows)
    if not watched and product_limit(rows) < 1 - 1e-9:  # the last of them runs on: it is not late
        assert survival["share"] is None
        return
    assert product_limit(rows) == pytest.approx(survival["share"], abs=1e-4)
    assert survival["low"] - 1e-4 <= survival["share"] <= survival["high"] + 1e-4


def test_whoever_runs_on_makes_nobody_surer() -> None:
    """Of nine cases one was answered in time: the others may all end late."""
    rows = [row("0", due=AT - DAY, done=AT - 2 * DAY, standing=Standing.IN_TIME)]
    rows += [row(str(n), due=AT + 9 * DAY) for n in range(1, 9)]
    told = figures_of(rows, at=AT)
    assert share(1, 1) == told["in_time"]
    assert {"open": 8, **share(1, 1), "n": 9} == {"k": 1, **told["survival"]}


def test_an_interval_is_that_of_wilson() -> None:
    # Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29
    for (k, n), low, high in (
        ((81, 263), 0.2553, 0.3662),
        ((15, 148), 0.0624, 0.1605),
        ((0, 20), 0.0, 0.1611),
        ((1, 29), 0.0061, 0.1718),
    ):
        assert (low, high) == (share(k, n)["low"], share(k, n)["high"])
    assert share(0, 0)["share"] is None


def test_few_cases_are_told_of_nobody_and_no_total_gives_them_away() -> None:
    rows = [row(f"{topic}{n}", topic=topic) for topic, n_of in (("a", 9), ("b", 2), ("c", 6)) for n in range(n_of)]  # fmt: skip
    assert [9, None, None] == [one["n"] for one in break_down(rows, "topic", at=AT)["topic"]]
    told = make_report([*rows, row(), *[Counted("k", "corruption", "", AT, Standing.OPEN)] * 7], AT, ("corruption",))  # fmt: skip
    assert [{"key": "corruption", "n": 7}] == told["only-counted"]
    assert "corruption" not in json.dumps(told["parts"])


# -- where people are sent ------------------------------------------------------------


def test_cycles_are_named_and_people_are_not() -> None:
    desk = Desk(OFFICE, memory.Store())
    start = datetime.fromisoformat("2026-03-02T10:00+05:00")
    for n in range(6):
        by = kz.Applicant(f"Somebody {n}")
        for days in (0, 10):
            at = start + days * DAY
            case = desk.open(kz.Appeal, by=by, at=at)
            desk.perform(case.id, Register(), by=CLERK, at=at + timedelta(hours=1))
            if not days:
                desk.perform(
                    case.id, Redirect("Land department"), by=CLERK, at=at + timedelta(hours=2)
                )
    rows, calls, *_ = count_journal([desk], at=AT)
    told = trace_runaround(rows)
    assert {"khromtau → land department → khromtau": 6} == told["cycles"]
    assert (6, 12, 6, 6, {"redirect": 6}) == tuple(told[k] for k in ("people", "cases", "came_again", "sent", "moves"))  # fmt: skip
    assert [] == calls
    whole = json.dumps(make_report(rows, AT))
    assert not any(one.applicant in whole for one in rows)
    assert "Somebody" not in whole
    few = trace_runaround(rows, least=7)
    assert ({}, None, None) == (few["cycles"], few["other_cycles"], few["sent"])


# -- a queue --------------------------------------------------------------------------


def day_calls(draw: Random, bribes: float, usual: float) -> list[Called]:
    """A thousand calls of each of five operators over twenty days, of whom the first takes bribes."""
    return [
        Called(f"w{n}", (str(day),), draw.random() < usual + (1 - usual) * bribes * (n == 0))
        for day in range(20)
        for n in range(5)
        for _ in range(50)
    ]


@pytest.mark.parametrize("n", [15, pytest.param(60, marks=pytest.mark.thorough)])
def test_bribes_are_found_at_the_rate_told_and_honest_days_are_not_accused(n: int) -> None:
    draw, usual = Random(20260318), 0.01  # noqa: S311 - invented calls
    one_in = power(1000, usual, 5)
    assert one_in is not None
    found = Counter[str]()
    for _ in range(n):
        found.update(one["operator"] for one in audit_queue(day_calls(draw, 1 / one_in, usual)) if one["excess"])  # fmt: skip
    # Eight in ten, less what so many days of chance and the bribes among what is usual take.
    assert found["w0"] >= n * 0.8 - 2 - n // 7
    assert sum(found.values()) - found["w0"] <= 1 + n // 8
    honest = [
        any(one["excess"] for one in audit_queue(day_calls(draw, 0, usual))) for _ in range(n)
    ]
    assert sum(honest) <= 1 + n // 10


def test_who_is_alone_is_compared_with_nobody_and_grounds_are_no_excess() -> None:
    alone = audit_queue([Called("a", ("1",), passed_over=True)] * 30)
    assert (None, None) == (alone[0]["p"], alone[0]["excess"])
    lawful = [Called(who, ("1",), who == "a", lawful=True) for who in "ab" for _ in range(30)]
    assert not any(one["excess"] for one in audit_queue(lawful))


# -- real registers -------------------------------------------------------------------


def test_the_published_counts_come_out_as_published() -> None:
    rows, result = count_register(KHROMTAU, OFFICE, at=YEAR_END)
    whole = figures_of(rows, at=YEAR_END)
    reception = [one for one in rows if one.channel == "reception"]
    applications = [one for one in rows if one.kind == "application" and one not in reception]
    # over 600 applications, over 500 appeals and other inquiries, 95 at the personal reception
    assert (612, 508, 95) == (len(applications), len(rows) - len(applications) - len(reception), len(reception))  # fmt: skip
    assert {"reception": 95} == {one["key"]: one["n"] for one in break_down(rows, "channel", at=YEAR_END)["channel"] if one["key"] == "reception"}  # fmt: skip
    assert 1215 == whole["n"] == result.n_rows
    late = sum(line.standing in {Standing.LATE, Standing.OVERDUE} for line in result.lines)
    assert late == whole["late"] + whole["overdue"]


@pytest.mark.skipif(not LOG.is_file(), reason="the event log is not there")
def test_figures_of_a_real_log_are_those_of_another_query() -> None:
    office = kz.office("astana", wording="appc-2026")
    at = datetime.fromisoformat("2012-01-31T18:30+06:00")
    rows, result = count_register(LOG, office, at=at, mapping=register.read_mapping(MAPPING))
    # one row of the log a case, by its own columns
    log = (
        pl.read_csv(LOG, infer_schema_length=0)
        .group_by("case:concept:name")
        .agg(pl.col("case:channel", "case:startdate", "case:enddate").first())
        .filter(pl.col("case:concept:name").is_in([line.case for line in result.lines]))
        .with_columns(pl.col("case:startdate").str.slice(0, 7).alias("month"))
    )
    ours = {one["key"]: one["n"] for one in break_down(rows, "channel", at=at, least=1)["channel"]}
    assert dict(log.group_by("case:channel").len().iter_rows()) == ours
    months = {
        one["key"]: (one["n"], one["open"])
        for one in break_down(rows, "month", at=at, least=1)["month"]
    }
    ended = (pl.col("case:enddate").fill_null("") == "") | (
        pl.col("case:enddate") > "2012-01-31T18:30"
    )
    query = log.group_by("month").agg(pl.len().alias("n"), ended.sum().alias("open"))
    n_open = {month: (n, of) for month, n, of in query.iter_rows()}
    assert n_open.keys() == months.keys()
    assert {month: n for month, (n, _) in n_open.items()} == {m: n for m, (n, _) in months.items()}
    outside = {one.number for one in result.not_judged}
    standing = Counter(line.standing for line in result.lines if line.case not in outside)
    whole = figures_of(rows, at=at)
    assert standing[Standing.IN_TIME] == whole["in_time"]["k"] == whole["naive"]["k"]
    assert standing[Standing.LATE] == whole["late"]
    assert standing[Standing.OVERDUE] == whole["in_time"]["n"] - whole["naive"]["n"]


# -- the command ----------------------------------------------------------------------


def run(*arguments: str) -> None:
    made = CliRunner().invoke(app, ["report", *arguments, "--at", YEAR_END.isoformat()])
    assert 0 == made.exit_code, made.output


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_page_has_the_numbers_of_the_json_and_needs_nothing_from_elsewhere(
    language: str, tmp_path: Path, some_rows: Path
) -> None:
    where = (str(some_rows), "--office", "khromtau", "--lang", language, "--month", "2020-10")
    run(*where, "--out", str(tmp_path / "r.json"))
    run(*where, "--out", str(tmp_path / "r.html"))
    told = json.loads((tmp_path / "r.json").read_text("utf-8"))
    text = (tmp_path / "r.html").read_text("utf-8")
    (whole,) = told["parts"]["whole"]
    assert ["2020-10"] == [one["key"] for one in told["parts"]["month"]]
    assert f"n = {whole['in_time']['n']:,}" in text
    assert not re.search(
        r'https?://|src="(?!data:image/svg)|NaN|None|"not_judged|"in_time',
        text.partition("<script>")[0],
    )
    body = text[text.index("<body>") :]
    assert body.count("<th>") == 0
    for picture in re.findall(r'base64,([^"]+)', text):
        assert not re.search(r"<script|href=.(?!#)", b64decode(picture).decode())
    assert body.count("<meter ") == len(re.findall(r'<meter [^>]*aria-label="[^"]+"', body)) > 10


def test_of_a_long_table_a_page_shows_the_first_lines_and_says_so() -> None:
    rows = [row(str(n), topic=f"t{n // 5:03}") for n in range(5 * (page.MOST + 7))]
    told = make_report(rows, AT)
    shown = report_page(told, "t", Words(kz.law()))
    assert page.MOST + 7 == len(told["parts"]["topic"])
    assert page.MOST == len(re.findall(r"<span>t\d+</span>", shown))
    assert "… and 7 more, in the workbook and in JSON" in shown


def test_what_has_nothing_to_tell_is_named_in_one_line() -> None:
    rows = [row(f"{topic}{n}", topic=topic) for topic, n_of in (("a", 9), ("b", 2), ("c", 6)) for n in range(n_of)]  # fmt: skip
    shown = report_page(make_report(rows, AT), "t", Words(kz.law()))
    assert ["a"] == re.findall(r"<span>([abc])</span>", shown)
    assert "<p>Nothing to tell, or too few cases: c; b</p></details>" in shown
    (last,) = re.findall(r"</section>\n<p>Nothing to tell, or too few cases: ([^<]*)</p>", shown)
    assert {"sector", "executor", "plan and fact"} <= {*last.split("; ")}
    assert 'id="sector"' not in shown


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_sheet_has_the_numbers_of_the_json(suffix: str, tmp_path: Path, some_rows: Path) -> None:
    for name in ("r.json", f"r.{suffix}"):
        run(str(some_rows), "--office", "khromtau", "--out", str(tmp_path / name))
    told, out = json.loads((tmp_path / "r.json").read_text("utf-8")), tmp_path / f"r.{suffix}"
    if suffix == "csv":
        rows: Iterable[dict[str, Any]] = csv.DictReader(out.read_text("utf-8-sig").splitlines())
    else:
        head, *lines = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
        rows = [dict(zip(map(str, head), line, strict=True)) for line in lines]
    of = {(one["part"], one["name"], one["figure"]): one for one in rows}
    in_time = of["channel", "on paper", "in time, open overdue cases counted"]
    days = of["all cases", "all cases", "half, within days"]["number"]
    paper = next(one for one in told["parts"]["channel"] if one["key"] == "paper")["in_time"]
    assert str(told["parts"]["whole"][0]["days"]["p50"]) == str(days)
    assert paper["n"] == float(in_time["out of"])
    wanted = f"{paper['share']:.1%}" if suffix == "csv" else paper["share"]
    assert wanted == in_time["share"]


def test_a_page_and_a_sheet_tell_as_of_when_and_of_what_period(tmp_path: Path) -> None:
    def write(name: str, *of: str) -> str:
        out = tmp_path / name
        run(
            str(KHROMTAU),
            "--office",
            "khromtau",
            "--at",
            YEAR_END.isoformat(),
            "--lang",
            "ru",
            *of,
            "--out",
            str(out),
        )
        return out.read_text("utf-8")

    month = ("--month", "2020-11")
    page, sheet = write("r.html", *month), write("r.csv", *month).splitlines()
    assert "<p>по состоянию на: 19.11.2020 18:30</p><p>поступили за период: 2020-11</p>" in page
    assert sheet[1:3] == [
        "Показатели;19.11.2020 18:30;по состоянию на;;;;;",
        "Показатели;2020-11;поступили за период;;;;;",
    ]
    assert "2020-11" == json.loads(write("r.json", *month))["period"]
    assert "../2020-03-31" == json.loads(write("q.json", "--to", "2020-03-31"))["period"]
    assert "всего;всего;половина, за дней;8,9;;;;" in sheet  # 8.9 would be the eighth of September
    (change,) = (line for line in sheet if ";изменение" in line and line.count(";электронно;"))
    assert change.endswith(";-0,4%;-15,6%;15,0%;62")
    assert (
        '<th scope="row"><span>всего</span></th><td class="n" data-label="дел" data-key="62">'
        in page
    )
    told = (
        '<td class="n" data-label="предсказано, в среднем" data-key="0.0404"><span>4.0%</span></td>'
    )
    assert told in page


def test_a_report_is_what_its_schema_tells(tmp_path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    log = ROOT / "examples" / "register" / "mixed.csv"
    where = (str(log), "--office", "yesil", "--at", AT.isoformat())
    run(*where, "--out", str(tmp_path / "all.json"))
    run(*where, "--public", "--licence", "CC0", "--out", str(tmp_path / "open.json"))
    whole, public = (
        json.loads((tmp_path / f"{n}.json").read_text("utf-8")) for n in ("all", "open")
    )
    for told in (whole, public):
        jsonschema.validate(told, SCHEMA)
    assert "official" not in public["parts"]
    assert ("CC0", whole["parts"]["month"]) == (public["licence"], public["parts"]["month"])


@pytest.mark.parametrize(("first", "last"), [("2020-02-01", "2020-02-29"), ("2020-04-01", "2020-06-30"), ("2020-01-01", "2020-12-31")])  # fmt: skip
def test_open_data_of_a_whole_period_says_that_others_are_not_to_overlap(
    first: str, last: str, tmp_path: Path
) -> None:
    out = tmp_path / "r.html"
    run(str(KHROMTAU), "--public", "--from", first, "--to", last, "--out", str(out))
    assert "Only periods that do not overlap are published" in out.read_text("utf-8")
    assert "overlap" not in report_page(make_report([], AT), "t", Words(kz.law()))


def test_open_data_names_no_person() -> None:
    rows = [row(str(n), executor="Серік А.", applicant=f"{n % 3}") for n in range(9)]
    told = make_report(rows, AT) | {"queue": [{"by": "Серік А."}]}
    words = Words(kz.law(), "kk")
    assert "Серік" in report_page(told, "t", words)
    public = publish(told, "CC0")
    assert "Серік" not in json.dumps(public, ensure_ascii=False) + report_page(public, "t", words)
    assert "CC0" in report_page(public, "t", words)
    # The tenths of a calibration count few.
    assert {"calibration", "findings"} <= told["sections"].keys() - public["sections"].keys()


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.integers(0, 60), st.integers(0, 60)))
)
def test_a_league_tells_no_order_that_chance_could_have_made(
    of: dict[str, tuple[int, int]],
) -> None:
    groups: list[Figures] = [{"key": k, "in_time": share(min(m, n), n)} for k, (m, n) in of.items()]
    told = {one["key"]: one for one in league(groups)}
    known = [one["key"] for one in groups if one["in_time"]["n"]]
    assert ({*known} if len(known) > 1 else set()) == told.keys()
    for one in told.values():
        assert 1 <= one["best"] <= one["worst"] <= len(told)
        for other in told.values():  # whoever stands surely before another did surely better
            if one["worst"] < other["best"]:
                assert one["in_time"]["low"] > other["in_time"]["high"]
            if one["in_time"]["share"] == other["in_time"]["share"]:
                assert one["best"] <= other["worst"]


def test_a_journal_is_reported_office_by_office_and_nothing_is_written_over(tmp_path: Path) -> None:
    journal = sql.Store(f"sqlite:///{tmp_path / 'akimat.db'}")
    at = datetime.fromisoformat("2020-03-02T10:00+05:00")
    for name in ("khromtau", "astana"):
        desk = Desk(kz.office(name), journal)
        for n in range(6):
            case = desk.open(kz.Appeal, by=kz.Applicant(f"{name} {n}"), at=at, channel="egov")
            desk.perform(case.id, Register(), by=CLERK, at=at)
            desk.perform(case.id, Accept(), by=CLERK, at=at)
            if n:
                desk.perform(case.id, Decide("explained"), by=BOSS, at=at + 5 * DAY)
    journal.close()
    out = tmp_path / "r.json"
    run(str(tmp_path / "akimat.db"), "--out", str(out))
    told = json.loads(out.read_text("utf-8"))
    assert {"astana": 6, "khromtau": 6} == {one["key"]: one["n"] for one in told["parts"]["office"]}
    assert 2 == told["parts"]["whole"][0]["overdue"]
    assert 1.0 == told["parts"]["whole"][0]["electronic"]["share"]
    again = CliRunner().invoke(app, ["report", str(tmp_path / "akimat.db"), "--out", str(out)])
    assert again.exception is not None


def test_a_journal_kept_by_a_check_is_reported_as_its_register_is(
    tmp_path: Path, some_rows: Path
) -> None:
    kept = ["--journal", str(tmp_path / "j.db"), "--at", YEAR_END.isoformat()]
    CliRunner().invoke(app, ["check", str(some_rows), "--office", "khromtau", *kept])
    run(str(some_rows), "--office", "khromtau", "--out", str(tmp_path / "r.json"))
    run(str(tmp_path / "j.db"), "--out", str(tmp_path / "j.json"))
    run(str(tmp_path / "j.db"), "--out", str(tmp_path / "j.html"))
    one, other = (json.loads((tmp_path / f"{x}.json").read_text("utf-8")) for x in "rj")
    # Whoever a register does not name is not one person, and a page is called by its own office.
    assert one["runaround"] == other["runaround"]
    assert one["parts"] == other["parts"]
    assert "<title>Khromtau district: " in (tmp_path / "j.html").read_text("utf-8")


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_outcomes_and_silent_offices_are_told_in_words(language: str) -> None:
    words = Words(kz.law(), language)
    rows = [row(f"{len(of)}-{n}", outcome=of) for of in ("negative", "action", "refuse-service", "rendered") for n in range(5)]  # fmt: skip
    told = make_report(rows, AT, ())
    told |= {
        "silence": [{"key": "khromtau: 2026-01-05 09:00 – 2026-01-06 18:00", "n": 9, "p": 0.01}]
    }
    told["offices"] = {"khromtau": dict(kz.office("khromtau").body.names)}
    heads = re.findall('<th scope="row"><span>([^<]*)', report_page(told, "", words))
    assert not [one for one in heads if re.search(r"negative|action|refuse|rendered|khromtau", one)]


def test_a_month_that_is_none_and_an_office_not_known_are_told(tmp_path: Path) -> None:
    out = ["--out", str(tmp_path / "r.json")]
    assert (
        2
        == CliRunner().invoke(app, ["report", str(KHROMTAU), *out, "--month", "2020-13"]).exit_code
    )
    office = kz.office("khromtau")
    away = attrs.evolve(office, body=attrs.evolve(office.body, id="elsewhere"))
    with closing(sql.Store(f"sqlite:///{tmp_path / 'j.db'}")) as store:
        for desk in (Desk(office, store), Desk(away, store)):
            desk.open(kz.Appeal, by=kz.Applicant("A"), at=YEAR_END)
    made = CliRunner().invoke(app, ["report", str(tmp_path / "j.db"), *out])
    assert (2, True) == (made.exit_code, "'elsewhere' is not known here" in made.output)


# -- dirty data -----------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from("pq")),
        max_size=40,
    )
)
def test_no_sum_and_no_other_name_of_the_same_cases_tells_of_few(
    of: list[tuple[str, str, str]],
) -> None:
    assert_few_are_hidden(of)


def test_of_hundreds_of_small_groups_no_sum_tells_either() -> None:
    draw = Random(3)  # noqa: S311 - invented cases
    assert_few_are_hidden([
        (f"{int(150 * draw.random() ** 2)}", draw.choice("xyz"), draw.choice("pqr"))
        for _ in range(500)
    ])  # fmt: skip


def assert_few_are_hidden(of: list[tuple[str, str, str]]) -> None:
    rows = [row(str(n), topic=t, kind=f"{t}{k}", channel=c) for n, (t, k, c) in enumerate(of)]
    told = break_down(rows, "topic", "kind", "channel", at=AT)
    cases = {
        (by, key): frozenset(one.case for one in rows if BY[by](one) == key)
        for by, groups in told.items()
        for key in [group["key"] for group in groups]
    }
    shown = {cases[by, one["key"]] for by, of in told.items() for one in of if one["n"] is not None}
    # What is told, and what all of them are, as sums of unknown cases.
    sums = [[one.case in ones for one in rows] for ones in shown]
    sums += [[len(rows) >= 5] * len(rows)]
    for by, groups in told.items():
        hidden = [cases[by, one["key"]] for one in groups if one["n"] is None]
        assert all(len(ones) >= 5 for ones in shown)
        for ones in hidden:
            want = np.array([one.case in ones for one in rows], float)
            of_sums = np.array(sums, float).T
            found = of_sums @ np.linalg.lstsq(of_sums, want, rcond=None)[0]
            assert len(ones) >= 5 or abs(found - want).max() > 1e-6
        if hidden and len(hidden) < len(groups):
            assert sum(map(len, hidden)) >= 5


def test_open_data_has_no_names_of_few_cases_and_no_report_numbers_of_persons() -> None:
    topics = ["жалоба гр. Иванова", *["roads"] * 9, *["жалоба 850817300107"] * 6]
    rows = [row(str(n), topic=topic) for n, topic in enumerate(topics)]
    public = publish(make_report(rows, AT), "CC0")
    assert ["roads"] == [one["key"] for one in public["parts"]["topic"]]
    assert [None] == [one["n"] for one in publish(make_report([], AT), "CC0")["parts"]["whole"]]


def dirty(tmp_path: Path, *lines: str) -> str:
    head = "number,kind,channel,topic,executor,received_at,registered_at,answered_at"
    (path := tmp_path / "dirty.csv").write_text("\n".join((head, *lines)), "utf-8")
    return str(path)


def test_numbers_of_persons_stand_whole_in_no_report(tmp_path: Path) -> None:
    line = "{},application,paper,жалоба 850817300107,clerk 850817300107,2020-03-0{} 10:00,2020-03-0{} 11:00,"
    path = dirty(tmp_path, *(line.format(n, n, n) for n in range(1, 8)))
    for form in ("json", "html", "csv"):
        run(path, "--office", "khromtau", "--out", str(out := tmp_path / f"r.{form}"))
        assert "********0107" in (text := out.read_text("utf-8-sig"))
        assert "850817300107" not in text


@pytest.mark.parametrize("suffix", ["HTML", "JSON", "CSV", "XLSX"])
def test_a_suffix_in_capitals_is_the_same_form(suffix: str, tmp_path: Path) -> None:
    path = dirty(tmp_path, "1,application,paper,,,2020-02-03 10:00,,")
    for name in (suffix, suffix.lower()):
        run(path, "--office", "khromtau", "--out", str(tmp_path / f"r.{name}"))
    one, other = ((tmp_path / f"r.{name}").read_bytes() for name in (suffix, suffix.lower()))
    assert one == other or suffix == "XLSX"
    assert abs(len(one) - len(other)) < 100


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--month", "2020-1x"], "2020-1x"),
        (["--month", "foo"], "foo"),
        (["--from", "2020-05-01", "--to", "2020-01-01"], "--to is before --from"),
        (["--licence", "CC0"], "goes with --public"),
        (["--public", "--from", "2020-01-01"], "what overlaps can be subtracted"),
        (["--public", "--from", "2020-02-01", "--to", "2020-04-30"], "a whole month, quarter"),
        (["--public", "--from", "2020-01-01", "--to", "2020-03-30"], "a whole month, quarter"),
    ],
)
def test_what_would_be_ignored_is_a_fault(options: list[str], told: str, tmp_path: Path) -> None:
    made = CliRunner().invoke(
        app, ["report", str(KHROMTAU), "--out", str(tmp_path / "r.json"), *options]
    )
    assert made.exit_code != 0
    assert told in f"{made.output}{made.exception}"
    assert not (tmp_path / "r.json").exists()


def test_the_password_of_an_address_mistyped_is_not_repeated(tmp_path: Path) -> None:
    out = str(tmp_path / "r.json")
    made = CliRunner().invoke(app, ["report", "postgresql:clerk:qwerty@host", "--out", out])
    assert isinstance(made.exception, Malformed)
    assert "qwerty" not in str(made.exception)


def test_what_is_in_no_figure_is_told_and_ends_as_a_check_does(tmp_path: Path) -> None:
    path = dirty(tmp_path, "1,application,paper,,,2020-02-31 10:00,,")
    out = str(tmp_path / "r.json")
    made = CliRunner().invoke(app, ["report", path, "--office", "khromtau", "--out", out])
    assert (2, True) == (made.exit_code, "1 rows with faults are in no figure" in made.output)


def test_a_register_that_cannot_be_read_is_told_of_in_its_own_words(tmp_path: Path) -> None:
    path = Path(dirty(tmp_path, *(f"{n},application,paper,,,2020-03-02 10:00,," for n in range(9))))
    path.write_text("no,columns\n1,2\n", "utf-8")
    out = str(tmp_path / "r.json")
    made = CliRunner().invoke(app, ["report", str(path), "--office", "khromtau", "--out", out])
    assert isinstance(made.exception, Malformed)
    assert "number" in str(made.exception)
    assert "journal" not in str(made.exception)


def test_a_month_is_that_of_the_office_and_its_name_stands_over_its_report(tmp_path: Path) -> None:
    journal = sql.Store(f"sqlite:///{tmp_path / 'akimat.db'}")
    late = datetime.fromisoformat("2020-10-31T20:00+00:00")  # the first of November there
    for name in ("khromtau", "elsewhere"):
        office = kz.office("khromtau")
        body = attrs.evolve(office.body, id=name)
        desk = Desk(attrs.evolve(office, body=body), journal)
        for n in range(6):
            desk.open(kz.Appeal, by=kz.Applicant(f"{name} {n}"), at=late, channel="egov")
    journal.close()
    source = str(tmp_path / "akimat.db")
    for form in ("json", "html"):
        out = str(tmp_path / f"r.{form}")
        made = CliRunner().invoke(
            app, ["report", source, "--at", YEAR_END.isoformat(), "--out", out]
        )
        assert (2, True) == (made.exit_code, "'elsewhere' is not known here" in made.output)
    told = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert ["2020-11"] == [one["key"] for one in told["parts"]["month"]]
    assert "<title>Khromtau district: Figures</title>" in (tmp_path / "r.html").read_text("utf-8")


def test_a_broken_case_is_of_no_month() -> None:
    rows = [row(str(n)) for n in range(6)] + [Counted("x", "", "khromtau", AT, Standing.BROKEN)]
    assert ["", "2026-02"] == [
        one["key"] for one in break_down(rows, "month", at=AT, least=1)["month"]
    ]
    assert [{"key": "khromtau", "n": None, "p": None}] == [
        *list_silences(rows[-1:], {"khromtau": OFFICE.calendar})
    ]


@pytest.mark.parametrize("name", ["A $x_$ B", "$\\frac$", "<b>&"])
def test_pictures_are_drawn_of_any_name(name: str) -> None:
    rows = [
        row(f"{who}{n}", done=AT, standing=Standing.IN_TIME) for who in ("a", "b") for n in range(9)
    ]
    told = make_report([attrs.evolve(one, office=one.case[0]) for one in rows], AT)
    told["offices"] = {"a": {"en": name}, "b": {"en": "b"}}
    svg, alt = draw_pictures(told, Words(kz.law(), "en"))["league"]
    ElementTree.fromstring(svg)  # noqa: S314 - made here
    assert name in alt


def test_operators_are_compared_with_those_of_their_office_and_day() -> None:
    store = memory.Store()
    for name in ("khromtau", "astana"):
        desk = Desk(kz.office(name), store)
        at = datetime.fromisoformat("2026-03-02T20:30+00:00")  # the third of March there
        visit = desk.open(
            kz.Visit, kz.visit.TakeTicket(term="20 minutes"), by=kz.Applicant(name), at=at
        )
        worker = Official(name, {kz.OPERATOR})
        desk.perform(visit.id, kz.visit.Call("1"), by=worker, at=at, beside=[visit])
    desks = [Desk(kz.office(name), store) for name in ("khromtau", "astana")]
    calls = count_journal(desks, at=AT).calls
    assert [("2026-03-03", of, "intake") for of in ("khromtau", "astana")] == [
        one.stratum for one in calls
    ]
    assert [None, None] == [one["p"] for one in audit_queue(calls)]
