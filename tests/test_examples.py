"""The examples: one day at a front office in three languages, told from an intact journal."""

from __future__ import annotations

import contextlib
import importlib
import io
import re
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from types import ModuleType

import attrs
import pytest
from tests.host.lives import example
from tests.test_main import run

import openakimat as oa
from openakimat import kz, register
from openakimat.adapters import memory
from openakimat.errors import Malformed
from openakimat.judgement.docket import Standing
from openakimat.law.words import Words
from openakimat.register import look

EXAMPLES = Path(__file__).parents[1] / "examples"
thorough = partial(pytest.param, marks=pytest.mark.thorough)
INTACT = {"kk": "бүтін", "ru": "цела", "en": "intact"}


@pytest.fixture(scope="module")
def day() -> ModuleType:
    sys.path.insert(0, str(EXAMPLES))
    try:
        return importlib.import_module("day")
    finally:
        sys.path.remove(str(EXAMPLES))


def told(day: ModuleType, *arguments: str) -> str:
    """What the script prints; it ends with 0, so its trail is intact."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        assert 0 == day.main(*arguments)
    return printed.getvalue()


@pytest.fixture(scope="module")
def desk(day: ModuleType) -> oa.Desk:
    played = oa.Desk(day.OFFICE, journal=memory.Journal(), numbers=memory.Numbers())
    for _ in day.story(played, Words(day.OFFICE.law)):
        pass
    return played


@pytest.mark.parametrize("language", [*map(thorough, ["kk", "ru"]), "en"])
def test_the_day_is_told_in_every_language(language: str, day: ModuleType) -> None:
    first = told(day, language)
    assert INTACT[language] in first.splitlines()[-1]
    assert kz.office("yesil").body.names[language] in first.splitlines()[0]
    assert "{" not in first


@pytest.mark.parametrize("language", [thorough("kk"), "ru"])
def test_the_day_is_played_in_the_language_it_is_told_in(language: str, day: ModuleType) -> None:
    """No English is left in what is told, nor in what the records hold of what people say."""
    text = re.sub(r"\b[A-Z]{1,2}-\d+|\d+-[IVX]+", "", told(day, language))
    assert [] == re.findall("[A-Za-z]+", text)
    played = oa.Desk(day.OFFICE, journal=memory.Journal(), numbers=memory.Numbers())
    for _ in day.story(played, Words(day.OFFICE.law, language)):
        pass
    acts = [record.act for file in played.files() for record in file.records]
    held = {value for act in acts for value in attrs.astuple(act) if isinstance(value, str)}
    assert set() == held & set(day.SAID)
    assert kz.request.services()["S-09"].names[language] in held


@pytest.mark.thorough
def test_the_day_is_told_the_same_twice_and_in_english_when_not_asked(day: ModuleType) -> None:
    assert told(day, "en") == told(day)


def test_a_language_it_does_not_speak_is_refused(day: ModuleType) -> None:
    with pytest.raises(Malformed, match="'de'"):
        told(day, "de")


def test_every_procedure_of_the_law_takes_part(desk: oa.Desk) -> None:
    assert set(kz.law().procedures) == {case.procedure for case in desk.files()}


def test_everybody_named_has_something_to_do(day: ModuleType, desk: oa.Desk) -> None:
    refused = {row[3].id for part in day.PARTS for row in part.rows if isinstance(row[2], day.No)}
    acted = {record.by for case in desk.files() for record in case.records}
    assert set(day.NAMES) == (acted | refused) & set(day.NAMES)


def test_the_trail_of_the_day_is_intact(desk: oa.Desk) -> None:
    found = desk.verify()
    assert (True, len(tuple(desk.journal.cases()))) == (found.intact, found.n_cases)


def test_of_two_appeals_one_is_decided_on_its_last_day_and_of_the_other_the_law_made_a_refusal(
    day: ModuleType, desk: oa.Desk
) -> None:
    """By hand, from Mon 9 and Tue 10 February: the 15th working days are Mon 2 and Tue 3 March."""
    lines = {line.case: line for line in desk.docket(at=day.at("18:30"))}
    assert [
        ("A-1", "deemed_refused", Standing.OVERDUE, 2),
        ("A-2", "answered", Standing.IN_TIME, 3),
    ] == [
        (name, one.stage, one.standing, one.deadline.last_day.day)
        for name in ("A-1", "A-2")
        if (one := lines[name]).deadline and one.deadline.last_day
    ]


def test_nobody_is_named_who_reports_corruption(desk: oa.Desk) -> None:
    for name in ("K-1", "R-1"):
        for record in desk.case(name).records:
            if record.role == "applicant":
                assert "anonymous" == record.by


def test_a_row_whose_refusal_does_not_come_stops_the_story(day: ModuleType, desk: oa.Desk) -> None:
    row = ("18:40", "A-3", day.No(kz.appeal.Withdraw(), "term.over"), kz.Applicant(id="bolat"))
    with pytest.raises(AssertionError, match=r"A-3: term\.over was foretold, not None"):
        day.perform(desk, row)


# -- the figures of the articles ------------------------------------------------------------


def test_the_figures_of_the_articles_are_counted_from_records(
    capsys: pytest.CaptureFixture[str],
) -> None:
    example("", "figures").main()
    assert [
        "Bayanaul: open 1 of 53 days",
        "Akmola: 23 centres, 11 rented",
        "Akmola: 141 crimes, 49 convicted, 43 of them heads",
        "Atyrau: 9 of 16 centres work, 2 of them in the city",
        "Atyrau: 1000 people a day in 2 centres of the city",
        "Aktobe: 15 service akimats, 65 open offices",
    ] == capsys.readouterr().out.splitlines()


# -- the event log ----------------------------------------------------------------------


@pytest.mark.parametrize("words", [(), ("nowhere.csv",)])
def test_the_script_of_the_event_log_says_what_it_wants(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["wordings.py", *words])
    with pytest.raises(SystemExit) as ended:
        example("receipt", "wordings").main()
    out, err = capsys.readouterr()
    assert (2, "") == (ended.value.code, out)
    assert "wordings.py: error: " in err.splitlines()[-1]


# -- the mixed register -----------------------------------------------------------------


def test_the_committed_register_is_the_one_its_script_makes(tmp_path: Path) -> None:
    made = tmp_path / "mixed.csv"
    example("register", "make_register").write(made)
    assert (EXAMPLES / "register" / "mixed.csv").read_bytes() == made.read_bytes()


def test_the_registers_as_offices_keep_them_are_those_made_and_their_mappings_those_drafted(
    tmp_path: Path,
) -> None:
    """One row in three is written in a spelling of its own; both tell of the same appeals."""
    here, found = EXAMPLES / "register", []
    example("register", "make_register").write_dirty(tmp_path)
    assert (here / "kazakh.csv").read_bytes() == (tmp_path / "kazakh.csv").read_bytes()
    for name in ("russian.xlsx", "kazakh.csv"):
        mapping = (here / name).with_suffix(".toml")
        assert mapping.read_text("utf-8") == look.draft(look.look(here / name))
        rows = [
            [row.cells for row in register.rows(file, register.read_mapping(mapping))]
            for file in (here / name, tmp_path / name)
        ]
        assert rows[0] == rows[1]
        result = register.check(
            register.rows(here / name, register.read_mapping(mapping)),
            kz.KINDS,
            kz.office("yesil"),
            at=datetime.fromisoformat("2026-03-31T18:30+05:00"),
        )
        assert (result.n_rows, result.n_faulty) == (60, 0)
        found.append([(line.case, line.standing) for line in result.lines])
    assert found[0] == found[1]


def test_the_command_line_accounts_for_every_row_of_it() -> None:
    file, at = str(EXAMPLES / "register" / "mixed.csv"), "2026-03-31T18:30+05:00"
    done = run("check", file, "--office", "yesil", "--at", at)
    found = re.search(r"in (\d+) = accepted (\d+) \+ not judged (\d+) \+ faulty (\d+)", done.stdout)
    assert found is not None
    rows, accepted, refused, faulty = map(int, found.groups())
    assert (1, 325, 10, 0, 325) == (
        done.returncode,
        rows,
        refused,
        faulty,
        accepted + refused + faulty,
    )
