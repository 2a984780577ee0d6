"""The worked dates of the page on the law are those the library gives."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from openakimat import Desk, Official, Register, kz
from openakimat.adapters import memory
from openakimat.case.record import Case
from openakimat.chart.table import Circumstances
from openakimat.judgement.deadlines import deadline_of
from openakimat.kz.acts import Accept
from openakimat.kz.appeal.acts import AskToCorrect, Correct
from openakimat.kz.appeal.guards import cap_of_extension
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR

CLERK = Official("clerk", {REGISTRAR, EXECUTOR})
CHIEF = Official("chief", {HEAD})


def at(text: str) -> datetime:
    return datetime.fromisoformat(
        f"{text}T10:00+06:00" if text < "2024-03" else f"{text}T10:00+05:00"
    )


def taken_up(
    day: str, readings: dict[str, str], asked: str = "", supplied: str = ""
) -> tuple[Desk, Case]:
    desk = Desk(kz.office(readings=readings), journal=memory.Journal(), numbers=memory.Numbers())
    case = desk.open("appeal", by=Applicant(), at=at(day))
    case = desk.perform(case.id, Register(), by=CLERK, at=at(day))
    if asked:
        ask = AskToCorrect(until=date.fromisoformat(supplied))
        desk.perform(case.id, ask, by=CLERK, at=at(asked))
        return desk, desk.perform(case.id, Correct(), by=CLERK, at=at(supplied))
    return desk, desk.perform(case.id, Accept(), by=CLERK, at=at(day))


@pytest.mark.parametrize(
    ("choice", "last"), [("counted", date(2024, 5, 15)), ("next", date(2024, 5, 16))]
)
def test_the_first_day_of_2021(choice: str, last: date) -> None:
    desk, case = taken_up("2024-04-22", {"first-day-2021": choice})
    found = deadline_of(case, "appeal.consideration", office=desk.office)
    assert found is not None
    assert last == found.last_day


@pytest.mark.parametrize(
    ("choice", "last"), [("inside", date(2026, 2, 23)), ("outside", date(2026, 2, 26))]
)
def test_the_correction_term(choice: str, last: date) -> None:
    desk, case = taken_up("2026-02-02", {"correction-2026": choice}, "2026-02-04", "2026-02-09")
    found = deadline_of(case, "appeal.consideration", office=desk.office)
    assert found is not None
    assert last == found.last_day


@pytest.mark.parametrize(
    ("choice", "last"),
    [("receipt", date(2024, 4, 5)), ("decision", date(2024, 4, 22)), ("term", date(2024, 4, 23))],
)
def test_the_cap_of_2021(choice: str, last: date) -> None:
    desk, case = taken_up("2024-02-05", {"cap-2021": choice})
    decided = Circumstances(at("2024-02-20"), CHIEF, desk.office, "appc-2021", counts=deadline_of)
    assert last == cap_of_extension(case, decided)


def test_every_wording_and_every_reading_stands_on_the_page() -> None:
    page = (Path(__file__).parents[1] / "docs" / "explanation" / "law.md").read_text("utf-8")
    law = kz.law()
    wordings = [one.law for timeline in (law.wordings, *law.others.values()) for one in timeline]
    assert [] == [name for name in (*wordings, *law.readings) if f"`{name}`" not in page]


def test_the_first_days_of_the_other_laws_and_their_marks_are_those_of_the_data() -> None:
    page = (Path(__file__).parents[1] / "docs" / "explanation" / "law.md").read_text("utf-8")
    _, _, section = page.partition("## The other laws")
    rows = re.findall(
        r"^\| `([^`]+)` \| [^|]+ \| (\d+ \w+ \d+)[^|]* \| [^|*]*\*\*(\w+)\*\*",
        section,
        re.MULTILINE,
    )
    assert [
        (one.law, f"{one.since.day} {one.since:%B %Y}", one.evidence.value)
        for timeline in kz.law().others.values()
        for one in timeline
        if one.law not in {wording.law for wording in kz.law().wordings}
    ] == rows
