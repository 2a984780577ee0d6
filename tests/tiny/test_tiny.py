"""Eta is played from the desk to the proofs: the engine needs no more of a country than it has."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import attrs
import numpy as np
import pytest
from tests.tiny.charts import (
    COUNCIL,
    MAYOR,
    ROLES,
    SCRIBE,
    Answer,
    AskReview,
    Conclude,
    Contest,
    DeemGranted,
    Petition,
    Review,
    Rule,
    Settle,
)
from tests.tiny.country import calendar, law, office

import openakimat as oa
from openakimat.adapters import memory
from openakimat.chart.procedure import ProcedureType
from openakimat.desk import Wakeup
from openakimat.errors import Malformed
from openakimat.law.fingerprint import describe_day, outline, version
from openakimat.law.words import Words, missing, refusal_text
from openakimat.limits.language import ENGLISH
from openakimat.proving.agreement import compare
from openakimat.proving.command import proofs
from openakimat.proving.explore import explore
from openakimat.proving.lint import lint
from openakimat.report.draw import FORMS, draw
from openakimat.report.export import to_html
from openakimat.simulate.columns.days import Columns
from openakimat.trail.receipt import receipt, recount, reproduce

FOLDER = Path(__file__).parent
PAGE = FOLDER.parent.parent / "docs" / "how-to" / "country.md"
CHARTS = (Petition, Review)
KARLO = oa.Applicant("Karlo")
SARA, MARKO = oa.Official("sara", {SCRIBE}), oa.Official("marko", {MAYOR})
KORA = oa.Official("kora", {COUNCIL})


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+01:00")


@pytest.fixture
def desk() -> oa.Desk:
    return oa.Desk(office(), journal=memory.Journal(), numbers=memory.Numbers())


@pytest.fixture
def refused(desk: oa.Desk) -> oa.Case:
    """A petition that the mayor refused, with the reason that he gave."""
    case = desk.open(Petition, topic="a bench", by=KARLO, at=at("03-02T17:30"))
    desk.perform(case.id, oa.Register(), by=SARA, at=at("03-03T09:30"))
    answer = Answer(granted=False, reason="no room")
    return desk.perform(case.id, answer, by=MARKO, at=at("03-06T10:00"))


# -- at the desk ------------------------------------------------------------------------


def test_a_refusal_is_reviewed_and_the_petition_closed(desk: oa.Desk, refused: oa.Case) -> None:
    links = (oa.Link(refused.id, "child-of"),)
    review = desk.open(Review, links=links, by=KARLO, at=at("03-09T16:00"))
    assert isinstance(review.received, AskReview)
    desk.perform(refused.id, Contest(review.id), by=KARLO, at=at("03-09T16:00"))
    with pytest.raises(oa.NotAllowed) as early:
        desk.perform(refused.id, Conclude(), by=SARA, at=at("03-10T10:00"))
    assert early.value.code == "review.open"
    desk.perform(review.id, Rule("upheld"), by=KORA, at=at("03-11T10:00"))
    case = desk.perform(refused.id, Conclude(), by=SARA, at=at("03-11T11:00"))
    assert case.stage == "settled"
    assert [(record.act.tag, record.role) for record in case.records] == [
        ("receive", "applicant"),
        ("register", "scribe"),
        ("tiny-answer", "mayor"),
        ("tiny-contest", "applicant"),
        ("tiny-conclude", "scribe"),
    ]
    assert case.records[1].act == oa.Register("2026-1")
    assert str(desk.verify()) == "intact: 7 records, 2 cases"


def test_who_opens_a_review_without_a_tie_to_the_petition_cannot_contest_with_it(
    desk: oa.Desk, refused: oa.Case
) -> None:
    review = desk.open(Review, by=KARLO, at=at("03-09T16:00"))
    no = desk.may(refused.id, Contest(review.id), by=KARLO, at=at("03-09T16:00"))
    assert no is not None
    assert no.code == "link.missing"


def test_silence_grants_a_petition(desk: oa.Desk) -> None:
    case = desk.open(Petition, by=KARLO, at=at("04-01T10:00"))
    assert desk.next_wakeup() == Wakeup(at("04-16T00:00"), case.id)
    case = desk.lapse(case.id, at=at("04-20T10:00"))
    assert (case.stage, type(case.records[-1].act)) == ("granted", DeemGranted)
    assert [notice.within for notice in desk.notices(case.id)] == ["petition.notice"]


def test_an_answer_that_nobody_contests_stands_after_a_month(
    desk: oa.Desk, refused: oa.Case
) -> None:
    # The 6th of April is a Monday.
    last = next(one for one in desk.deadlines(refused.id) if one.limit == "petition.contest")
    assert last.last_day == date(2026, 4, 6)
    assert desk.lapse(refused.id, at=at("04-06T23:59")).stage == "answered"
    case = desk.lapse(refused.id, at=at("04-07T00:00"))
    assert (case.stage, type(case.records[-1].act)) == ("settled", Settle)


def test_a_docket_names_the_most_pressing_case_first(desk: oa.Desk, refused: oa.Case) -> None:
    review = desk.open(Review, by=KARLO, at=at("03-09T16:00"))
    lines = desk.docket(at=at("03-12T10:01"))
    told = [(line.case, line.standing, line.days_left) for line in lines]
    assert told == [(review.id, oa.Standing.OVERDUE, -1), (refused.id, oa.Standing.IN_TIME, None)]


# -- in its language --------------------------------------------------------------------


def test_a_deadline_is_explained_in_working_days(desk: oa.Desk, refused: oa.Case) -> None:
    first = next(one for one in desk.deadlines(refused.id) if one.limit == "petition.answer")
    assert oa.explain(first, "eo").splitlines() == [
        "Respondo al peticio: ĝis la fino de mer 18.03.2026 (24:00 +01:00)",
        "  Daŭro: 10 labortagoj ekde la tago de ricevo [Ĉarto 3; konfirmita]",
        "  Ricevita lun 02.03.2026 17:30 +01:00: validas la sekva labortago [Ĉarto 3; konfirmita]",
        "  Kalkulata de: mar 03.03.2026",
        "  Unua tago: la sekva [Ĉarto 3; konfirmita]",
        "  Tagoj ne kalkulataj: 5",
        "    ĵaŭ 05.03.2026 — Fondotago [Kalendara dekreto 1]",
        "    sab 07.03.2026 — libera tago",
        "    dim 08.03.2026 — libera tago",
        "    sab 14.03.2026 — libera tago",
        "    dim 15.03.2026 — libera tago",
    ]


def test_a_deadline_is_explained_in_working_hours(desk: oa.Desk) -> None:
    review = desk.open(Review, by=KARLO, at=at("03-09T16:00"))
    assert oa.explain(desk.deadlines(review.id)[0], "eo").splitlines() == [
        "Decido de la konsilantaro: ĝis ĵaŭ 12.03.2026 10:00 +01:00",
        "  Daŭro: 16 laborhoroj ekde la tago de ricevo [Ĉarto 6; duaranga fonto]",
    ]


def test_a_refusal_is_told_at_the_counter(desk: oa.Desk) -> None:
    case = desk.open(Petition, by=KARLO, at=at("03-02T10:00"))
    desk.perform(case.id, oa.Register(), by=SARA, at=at("03-03T09:30"))
    no = desk.may(case.id, Answer(granted=False), by=MARKO, at=at("03-04T10:00"))
    assert no is not None
    assert refusal_text(no, law(), "eo").splitlines() == [
        "Respondo: Rifuzo bezonas kialon [Ĉarto 3; konfirmita]",
        "  stadio: registrita",
        "  mankas:",
        "    Rifuzo bezonas kialon",
        "  nun eblas:",
        "    respondo: urbestro",
    ]


def test_nothing_lacks_words_nor_falls_back_on_english() -> None:
    eo = Words(law(), "eo").spoken
    assert missing(law()) == []
    assert (set(eo.phrases), set(eo.units)) == (set(ENGLISH.phrases), set(ENGLISH.units))


def test_a_country_has_its_own_languages_and_no_other() -> None:
    assert list(law().languages) == ["eo"]
    with pytest.raises(Malformed, match="'en' is none of"):
        Words(law(), "en")


@pytest.mark.usefixtures("refused")
def test_a_docket_and_charts_are_shown_in_its_words(desk: oa.Desk) -> None:
    page = to_html(desk.docket(at=at("03-12T10:00")), Words(law(), "eo"))
    assert "<h1>Aferaro: 1 afero</h1>" in page
    assert "mer 18.03.2026" in page
    for form in FORMS:
        assert "konsento per silento" in draw(Petition.table, form, law=law(), language="eo")


# -- its law ----------------------------------------------------------------------------


def test_an_office_of_a_country_without_disputed_readings_has_none() -> None:
    assert office().readings == {}


def test_the_outline_and_its_hash_tell_one_law_from_another() -> None:
    parts = outline(office())["limit", "review.ruling", "charter"]
    assert (parts["term"], parts["evidence"]) == ("16 working hours", "secondary")
    later = oa.Office(office().body, calendar(), law().starting({"charter": date(2026, 2, 1)}))
    assert version(later) != version(office())
    changes = {(one.kind, one.name, one.part) for one in oa.diff(office(), later)}
    assert ("wording", "charter", "since") in changes


def test_a_day_off_is_told_in_the_language_there_is() -> None:
    assert describe_day(calendar(), date(2026, 3, 5)) == "day off, Fondotago [Calendar order 1]"


def test_a_receipt_proves_a_deadline(desk: oa.Desk, refused: oa.Case) -> None:
    given = receipt(desk.deadlines(refused.id)[0], office=office())
    assert recount(given, office=office()).stands
    told = Words(law(), "eo").explain(reproduce(given))
    assert told.startswith("Respondo al peticio: ĝis la fino de mer 18.03.2026")


def test_columns_count_as_the_calendar_does() -> None:
    start = np.datetime64("2026-03-04T15:00", "s")
    starts, ends = np.array([start]), np.array([start + np.timedelta64(3, "D")])
    (worked,) = Columns(calendar()).worked(starts, ends)
    assert timedelta(seconds=int(worked / np.timedelta64(1, "s"))) == calendar().worked(
        at("03-04T16:00"), at("03-07T16:00")
    )


# -- its charts -------------------------------------------------------------------------


@pytest.mark.parametrize("chart", CHARTS)
def test_its_charts_are_sound(chart: ProcedureType) -> None:
    assert lint(chart, roles=ROLES) == []
    assert compare(chart).disagreements == ()
    found = explore(chart, office())
    assert (found.findings, found.bounds) == ((), ())


def test_its_law_is_proved() -> None:
    assert [proof.sound for proof in proofs(office(), roles=ROLES)] == [True, True]


def test_a_clock_that_lapses_into_nothing_is_found() -> None:
    rows = {key: way for key, way in Petition.table.rows.items() if key[0] != "received"}
    found = lint(attrs.evolve(Petition.table, rows=rows), roles=ROLES)
    assert any("may run out at 'received'" in one for one in found)


# -- its page ---------------------------------------------------------------------------


def test_the_page_that_walks_through_it_quotes_it_as_it_stands() -> None:
    files = "\n".join(path.read_text("utf-8") for path in FOLDER.iterdir() if path.is_file())
    quoted = re.findall(r"```(?:py|toml)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert quoted
    assert [block for block in quoted if block not in files] == []
