"""What shows itself: small, without script or person, escaped, in three languages."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import given, settings, strategies as st

import openakimat as oa
from openakimat import kz, register, report
from openakimat.adapters import memory
from openakimat.judgement.card import card_of
from openakimat.judgement.docket import Docket
from openakimat.judgement.running import follow
from openakimat.law.words import Words
from openakimat.report.days import months

ROOT = Path(__file__).parents[2]
OFFICE = kz.office("khromtau")
LANGUAGES = ("kk", "ru", "en")
PLANTED = "Жанар<b>Planted&"
at = datetime.fromisoformat


class Printer:
    def text(self, told: str) -> None:
        self.told = told


def html(value: Any) -> str:
    return str(value._repr_html_())


def text(value: Any) -> str:
    printer = Printer()
    value._repr_pretty_(printer, False)  # noqa: FBT003 - as IPython calls it
    return printer.told


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    report.show._SET["office"] = None
    report.language("en")
    yield
    report.show._SET["office"] = None
    report.language("en")


def appeal(name: str = "x") -> oa.Desk:
    """An appeal in which every text that somebody writes freely is a name."""
    desk = oa.Desk(OFFICE, memory.Store())
    case = desk.open(
        kz.Appeal, id="C-1", topic=name, summary=name, channel="paper",
        by=kz.Applicant(name), at=at("2026-03-18T10:00+05:00"),
    )  # fmt: skip
    clerk = oa.Official(name, {kz.REGISTRAR})
    desk.perform(case.id, oa.Register(), by=clerk, at=at("2026-03-18T10:30+05:00"))
    return desk


def shown(desk: oa.Desk) -> list[Any]:
    case = desk.case("C-1")
    return [
        case,
        *desk.deadlines("C-1"),
        desk.docket(at=at("2026-03-20T10:00+05:00")),
        card_of(follow(case, office=OFFICE), OFFICE),
    ]


def checked(tmp_path: Path, name: str) -> register.Result:
    file = tmp_path / "r.csv"
    file.write_text(
        "number,kind,received_at,registered_at,topic,executor,applicant,answered_at\n"
        f"A-1,application,2026-03-02,2026-03-02,{name},{name},{name},\n"
        f"A-2,application,2026-03-02,2026-03-02,{name},{name},{name},{name}\n",
        "utf-8",
    )
    return register.check_file(file, OFFICE, at=at("2026-03-31T18:30+05:00"))


@pytest.fixture(scope="module")
def day() -> oa.Desk:
    sys.path.insert(0, str(ROOT / "examples"))
    try:
        told = importlib.import_module("day")
    finally:
        sys.path.remove(str(ROOT / "examples"))
    desk = oa.Desk(told.OFFICE, journal=memory.Journal(), numbers=memory.Numbers())
    for _ in told.story(desk, Words(told.OFFICE.law)):
        pass
    return desk


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_day_made_is_small_whole_and_without_anything_from_elsewhere(
    language: str, day: oa.Desk
) -> None:
    report.language(language)
    now = at("2026-03-03T18:30+05:00")
    values = [*day.files(), day.docket(at=now), OFFICE.calendar, report.Year(OFFICE.calendar, 2025)]
    values += (due for case in day.files() for due in day.deadlines(case.id))
    tables = [e.value for dated in kz.law().procedures.values() for e in dated]
    # Each table in one language: all of them are drawn in every one for the pages.
    for value in (*values, *tables[LANGUAGES.index(language) :: len(LANGUAGES)]):
        told = html(value)
        assert len(told.encode()) < 200_000
        ET.fromstring(told)  # noqa: S314 - our own; whole, so nothing in it broke out
        assert not re.search(r"<(script|style|link|img|iframe)|\bon\w+=|url\(|(?:src|href)=", told)
        assert not re.sub(r'xmlns="[^"]*"', "", told).count("http")
        assert len(text(value)) < 20_000


def test_each_language_says_it_in_its_own_words() -> None:
    case = appeal().case("C-1")
    told = []
    for language in LANGUAGES:
        report.language(language)
        assert Words(kz.law(), language)("stage", "registered") in text(case)
        told.append(html(case))
    assert 3 == len(set(told))
    with pytest.raises(oa.Malformed, match="language"):
        report.language("de")
    assert html(case) == told[-1]


@given(st.text("абвгәқЖЗxyzQ", min_size=4, max_size=20))
@settings(max_examples=25, deadline=None)
def test_nobody_is_named(name: str) -> None:
    planted = f"Pl{name}An"
    desk = appeal(planted)
    for value in shown(desk):
        assert planted not in html(value) + text(value)
    for kind in ("cases", "records", "deadlines"):
        frame = report.frame(desk.files(), kind, engine="polars")
        assert planted not in str(frame.to_dicts())


def test_a_check_tells_its_summary_and_nobody(tmp_path: Path) -> None:
    result = checked(tmp_path, PLANTED)
    assert "rows in 2 = accepted 1 + not judged 0 + faulty 1" in repr(result)
    for told in (html(result), text(result), repr(result)):
        assert "Planted" not in told
        assert len(told) < 20_000
    assert "A-1" in html(result)


def test_markup_is_escaped() -> None:
    odd, desk = "<script>alert(1)</script>\x00", appeal()
    case = attrs.evolve(desk.case("C-1"), id=odd)
    card = attrs.evolve(card_of(follow(case, office=OFFICE), OFFICE), case=odd, number=odd)
    (line,) = desk.docket(at=at("2026-03-20T10:00+05:00"))
    for value in (case, card, Docket([attrs.evolve(line, number=odd)])):
        told = html(value)
        assert "<script" not in told
        assert "&lt;script&gt;" in told
        ET.fromstring(told)  # noqa: S314 - our own
    odd = months(date(2026, 3, 1), date(2026, 3, 1), lambda _: ("off", "<i>&"), title="<b>")
    assert "<i>" not in odd
    assert "<b>" not in odd


def test_each_day_left_out_is_told_on_hover_and_in_text() -> None:
    limit = OFFICE.limit("appeal.consideration", date(2026, 3, 18), "appc-2026")
    told = html(due := oa.due(limit, at("2026-03-18T10:00+05:00"), OFFICE.calendar))
    titles = "".join(re.findall("<title>(.*?)</title>", told))
    off = re.findall(r"^    (\S+ \S+) — ", oa.explain(due, "en"), re.MULTILINE)
    assert 11 == len(off) + 2 or len(off) > 5
    for day in off:
        assert f"{day} — " in titles
        assert f"{day} — " in text(due)


def test_the_current_stage_is_marked_in_the_chart_of_a_case_and_of_it_alone() -> None:
    assert html(appeal().case("C-1")).count("#b25e00") > 0
    assert "#b25e00" not in html(kz.Appeal.table)


def test_a_case_of_an_office_that_is_not_known_is_shown_and_not_counted() -> None:
    case = appeal().case("C-1")
    strange = attrs.evolve(
        case, records=tuple(attrs.evolve(r, office="nowhere") for r in case.records)
    )
    told = text(strange)
    assert "No terms are counted" in told
    assert "due by" not in told
    report.language("en", office=OFFICE)
    assert "due by" in text(strange)


# -- frames -----------------------------------------------------------------------------


def test_frames_have_typed_columns_in_either_engine() -> None:
    desk = appeal()
    polars = report.frame(desk.files(), "deadlines", engine="polars")
    pandas = report.frame(desk.files(), "deadlines", engine="pandas")
    assert "Date" == str(polars.schema["last_day"])
    assert "UTC" in str(polars.schema["due_at"])
    assert "datetime64[us, UTC]" == str(pandas.dtypes["due_at"])
    assert "boolean" == str(pandas.dtypes["is_paused"])
    assert polars["due_at"].to_list() == [one.to_pydatetime() for one in pandas["due_at"]]
    assert [d.at for d in desk.deadlines("C-1")] == polars["due_at"].to_list()
    assert 2 == len(report.frame(desk.case("C-1")))
    assert 1 == len(report.frame(desk.docket(at=at("2026-03-20T10:00+05:00"))))


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_every_kind_has_the_same_columns_with_rows_and_without(engine: str) -> None:
    desk = appeal()
    case, docket = desk.case("C-1"), desk.docket(at=at("2026-03-20T10:00+05:00"))
    of = {
        "cases": [case],
        "records": [case],
        "deadlines": [case],
        "docket": docket,
        "cards": [card_of(follow(case, office=OFFICE), OFFICE)],
        "queue": visits().files(),
    }
    for kind, values in of.items():
        some, none = (report.frame(v, kind, engine=engine) for v in (values, []))
        assert [*some.columns] == [*none.columns]
        assert [*map(str, some.dtypes)] == [*map(str, none.dtypes)]


def visits() -> oa.Desk:
    """One visitor who was called twice and served, and one who waits; and an appeal."""
    desk, window = appeal(), oa.Official("w", {kz.OPERATOR})
    for n, sector in enumerate(("services", "services")):
        ticket = kz.visit.TakeTicket(ticket=f"A{n}", sector=sector, term="20 minutes")
        desk.open(kz.visit.Visit, ticket, id=f"V-{n}", by=kz.Applicant("x"), at=at("2026-03-18T10:00+05:00"))  # fmt: skip
    for minute, act in enumerate(
        (
            kz.visit.Call("1"),
            kz.visit.MarkAbsent(),
            kz.visit.Recall(),
            kz.visit.Call("2"),
            kz.visit.Serve("x"),
        ),
        1,
    ):
        queue = [case for case in desk.files() if case.procedure == "visit"]
        desk.perform("V-0", act, by=window, at=at(f"2026-03-18T10:0{minute}+05:00"), beside=queue)
    return desk


def test_a_queue_tells_of_each_visit_when_it_was_called_and_served() -> None:
    rows = report.frame(visits().files(), "queue", engine="polars").to_dicts()
    assert ["A0", "A1"] == [row["ticket"] for row in rows]
    first, second = rows
    assert at("2026-03-18T10:01+05:00") == first["called_at"]
    assert at("2026-03-18T10:05+05:00") == first["served_at"]
    assert "2" == first["window"]
    assert second["called_at"] is None


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_a_frame_of_cases_is_a_register_that_a_check_judges_alike(engine: str) -> None:
    desk = appeal()
    now = at("2026-05-20T10:00+05:00")
    frame = report.frame(desk.files(), engine=engine)
    result = register.check_file(frame, OFFICE, at=now)
    (line,), (ours,) = result.lines, desk.docket(at=now)
    assert (line.standing, line.days_late) == (ours.standing, ours.days_late)
    assert line.deadline
    assert ours.deadline
    assert line.deadline.at == ours.deadline.at
    assert ["overdue"] == [
        *report.frame(result, engine=engine)["standing"]
    ]  # a check is its docket


@pytest.mark.parametrize(
    ("what", "kind", "engine"),
    [
        ([1], "", ""),
        ([], "", ""),
        ([1], "cases", ""),
        ([], "cases", "excel"),
        ([], "case", ""),
        ([1, 2], "docket", ""),
        (None, "", ""),
    ],
)
def test_what_is_no_frame_is_refused(what: Any, kind: str, engine: str) -> None:
    with pytest.raises(oa.Malformed):
        report.frame(what, kind, engine=engine)
