"""The worked dates of the page on the law are those the library gives."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

from openakimat import Desk, Official, Register, kz
from openakimat.adapters import memory
from openakimat.case.record import Case
from openakimat.chart.table import Circumstances
from openakimat.dated import Evidence
from openakimat.judgement.deadlines import deadline_of
from openakimat.kz.acts import Accept
from openakimat.kz.appeal.acts import AskToCorrect, Correct
from openakimat.kz.appeal.guards import cap_of_extension
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.report.doubts import doubts

ROOT = Path(__file__).parents[1]
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
    page = (ROOT / "docs" / "explanation" / "law.md").read_text("utf-8")
    law = kz.law()
    wordings = [one.law for timeline in (law.wordings, *law.others.values()) for one in timeline]
    assert [] == [name for name in (*wordings, *law.readings) if f"`{name}`" not in page]


def test_the_first_days_of_the_other_laws_and_their_marks_are_those_of_the_data() -> None:
    page = (ROOT / "docs" / "explanation" / "law.md").read_text("utf-8")
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


# -- what the review found ----------------------------------------------------------------


PARTS = {
    "Findings A to P": "findings A to P",
    "Worked cases that disagreed": "worked cases that disagreed",
    "Provisions of the Code": "provisions of the Code told wrongly or not at all",
    "Provisions of other laws": "provisions of other laws",
}


@cache
def review() -> str:
    page = (ROOT / "docs" / "explanation" / "law.md").read_text("utf-8")
    _, _, rest = page.partition("## What the review of November 2026 found\n")
    return rest.partition("\n## ")[0]


def rows(part: str) -> list[list[str]]:
    """The rows of a table: what it is about, what the library did, its cases, how it is now."""
    _, _, rest = review().partition(f"### {part}\n")
    lines = [line for line in rest.partition("\n###")[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


EVERY_ROW = [row for part in PARTS for row in rows(part)]
FILES = {path.name.removesuffix(".case.toml"): path for path in ROOT.glob("tests/law/*.case.toml")}


def held_by(row: list[str]) -> list[str]:
    """The texts of the case files that a row names; of a test, its own."""
    found = []
    for name in re.findall(r"`([^`]+)`", row[2]):
        path, _, function = name.partition("::")
        text = (ROOT / path if function else FILES[name]).read_text("utf-8")
        assert not function or f"def {function}(" in text
        found.append(text)
    return found


def sources(text: str) -> str:
    """What the cases of a file cite."""
    return "; ".join(case["source"] for case in tomllib.loads(text)["case"])


def test_the_findings_are_those_of_the_review() -> None:
    assert list("ABCDEFGHIJKLMNOP") == [row[0] for row in rows("Findings A to P")]
    assert [14, 15, 16, 17, 18, 19, 20, 28, 31, 34, 37, 43, 44, 45, 47] == [
        int(row[0]) for row in rows("Worked cases that disagreed")
    ]


@pytest.mark.parametrize(("part", "called"), PARTS.items())
def test_what_the_page_counts_of_the_review_is_so(part: str, called: str) -> None:
    states = Counter(re.findall(r"\*\*([a-z ]+)\*\*", " ".join(row[3] for row in rows(part))))
    assert len(rows(part)) == states.total()
    told = [f"{states[one]} {one}" for one in ("settled", "in part", "open") if states[one]]
    assert f"- of {states.total()} {called}: {', '.join(told)}\n" in review()


def test_whatever_is_settled_is_played_and_whatever_is_open_says_why() -> None:
    assert [] == [row[0] for row in EVERY_ROW if "**open**" not in row[3] and not held_by(row)]
    assert [] == [row[0] for row in EVERY_ROW if re.search(r"\*\*(open|in part)\*\*$", row[3])]


def test_every_case_file_stands_in_the_review() -> None:
    named = set(re.findall(r"`([^`]+)`", review()))
    assert [] == [name for name in FILES if name not in named]


@pytest.mark.parametrize(
    "row", [*rows("Provisions of the Code"), *rows("Provisions of other laws")], ids=lambda r: r[0]
)
def test_a_provision_that_is_settled_is_cited_by_a_case(row: list[str]) -> None:
    number = row[0].rpartition(" ")[2]
    cited = [sources(text) for text in held_by(row) if "[[case]]" in text]
    assert not cited or re.search(rf"(?<![\d(-]){re.escape(number)}(?!\d)", "; ".join(cited))


@pytest.mark.parametrize("row", rows("Worked cases that disagreed"), ids=lambda r: r[0])
def test_a_worked_case_is_played_by_its_day_or_its_code(row: list[str]) -> None:
    days = re.findall(r"(\d\d)\.(\d\d)\.(\d{4})", row[1].rpartition(": ")[2])
    wanted = [f"= {year}-{month}-{day}" for day, month, year in days]
    wanted += re.findall(r"`([a-z-]+\.[a-z-]+)`", row[1])
    assert wanted
    assert [] == [one for one in wanted if not any(one in text for text in held_by(row))]


@pytest.mark.thorough  # whoever tries a step out counts it when it is to stay
def test_how_much_is_unconfirmed_is_counted_from_the_law() -> None:
    law = kz.law().reading({})
    limits = [edition.evidence for dated in law.limits.values() for edition in dated]
    answers = [one.evidence for each in law.readings.values() for one in each.choices.values()]
    no = Evidence.UNCONFIRMED
    assert (
        f"The law ships {len(law.limits)} limits in {len(limits)} editions, "
        f"{limits.count(no)} of their terms unconfirmed, and {len(law.readings)} readings with "
        f"{len(answers)} answers, {answers.count(no)} of them unconfirmed. With steps, grounds, "
        f"counting rules and first days {len(doubts(law))} things are unconfirmed"
    ) in review()
