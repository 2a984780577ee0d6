"""The open cases of an old register go on in a store, and so do its numbers; tried first, and undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.test_main import run

from openakimat import Desk, Malformed, Official, Register, kz
from openakimat.adapters import memory, sql
from openakimat.kz.acts import Decide
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.law.words import Words
from openakimat.register.importing import Imported, import_register, serial_of

AT = datetime.fromisoformat("2026-03-20T10:00+05:00")
OFFICE = kz.office("khromtau")
KEY = b"a key of the host's"
CLERK = Official("clerk", {REGISTRAR, EXECUTOR})
ROWS = """number,kind,topic,received_at,registered_at,answered_at,extended_at,extended_until,state,executor,cabinet
ЖТ-2026-00000001,application,roads,2026-03-16 10:00,2026-03-16 11:00,,,,,g.omarova,7
ЖТ-2026-00000002,application,land,2026-03-17 10:00,,,,,registered,,7
ЖТ-2026-00000004,application,land,2026-03-10 10:00,2026-03-10 11:00,2026-03-12 10:00,,,,,
ЖТ-2026-00000009/1,application,land,2026-03-18 10:00,2026-03-18 11:00,,,,closed,,
ЖТ-2025-00000300,application,land,2025-12-20 10:00,2025-12-20 11:00,,2026-01-05 10:00,2027-01-09,,,
17-к,notification,land,2026-03-18 10:00,2026-03-18 11:00,,,,,g.omarova,
ЖТ-2026-00000030,application,land,never,,,,,,,
"""


@pytest.fixture(params=["file", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    if request.param == "file":
        return sql.Store(f"sqlite:///{tmp_path}/akimat.db")
    return sql.Store(request.getfixturevalue("pg_engine"))


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., Imported]:
    file = tmp_path / "old.csv"
    file.write_text(ROWS, "utf-8")
    return partial(import_register, file, at=AT)


def held(store: Any) -> tuple[object, ...]:
    rows = [(row.case, row.no) for _, row in store.journal.since()]
    with store.begin() as tx:
        return (
            rows,
            list(store.journal.forms()),
            store.cards.find([]),
            tx.hold("khromtau/register-2026"),
        )


def given(desk: Desk) -> str:
    case = desk.open("appeal", by=Applicant("Bolat"), at=AT).id
    act = desk.perform(case, Register(), by=CLERK, at=AT).records[-1].act
    assert isinstance(act, Register)
    return act.number


def test_tried_it_tells_all_and_keeps_nothing_and_applied_it_tells_the_same(
    store: Any, take: Callable[..., Imported]
) -> None:
    desk = Desk(OFFICE, store, secret=KEY)
    tried = take(desk)
    assert ([], [], [], 0) == held(store)
    kept = take(desk, apply=True)
    for of in (tried, kept):
        result = of.result
        assert (7, 6, 1) == (result.n_rows, result.n_cases, result.n_faulty)
        assert ["ЖТ-2026-00000009/1"] == [one.number for one in result.left_out]
        assert {2025: "ЖТ-2025-00000301", 2026: "ЖТ-2026-00000031"} == of.following
        assert ({"cabinet": 2}, 1) == (of.unread, of.n_other)
        assert ["extend"] == [one.act for one in result.refused]
        assert (2, 1) == (result.assumed["assign"], result.assumed["register"])
        assert 4 == result.n_going_on
    assert (False, True) == (tried.kept, kept.kept)
    assert [] == [event for event in _events(store) if event]
    assert desk.verify().intact
    assert 0 == desk.rebuild()


def _events(store: Any) -> list[Any]:
    with store.outbox.claim(100) as page:
        return list(page)


def test_its_cases_are_found_and_go_on_and_new_numbers_leave_its_holes(
    store: Any, take: Callable[..., Imported]
) -> None:
    desk = Desk(OFFICE, store, secret=KEY)
    take(desk, apply=True)
    mine = desk.find(at=AT, assignee="g.omarova").found
    assert {"ЖТ-2026-00000001", "17-к"} == {one.card.case for one in mine}
    case = desk.perform("ЖТ-2026-00000001", Decide("favourable"), by=Official("h", {HEAD}), at=AT)
    told = [(record.act.tag, record.basis) for record in case.records]
    assert told == [
        ("receive", "told"), ("register", "told"), ("accept", "assumed"), ("assign", "assumed"),
        ("decide", "done"),
    ]  # fmt: skip
    assert ["ЖТ-2026-00000031", "ЖТ-2026-00000032"] == [given(desk), given(desk)]
    # What the desk has done since stays; and no number is given again.
    again = take(desk, apply=True)
    assert (5, []) == (again.result.n_known, again.result.differing)
    assert 5 == len(desk.case("ЖТ-2026-00000001").records)
    assert "ЖТ-2026-00000033" == given(desk)
    assert desk.verify().intact


def test_words_of_cards_made_without_the_secret_are_found_by_whoever_has_it(
    store: Any, take: Callable[..., Imported]
) -> None:
    take(Desk(OFFICE, store), apply=True)
    desk = Desk(OFFICE, store, secret=KEY)
    assert 2 == len(desk.find(at=AT, assignee="g.omarova").found)
    hashed = [card.topic for card in store.cards.find([])]
    # Who has none lists them as they are, and makes none of them anew.
    assert 5 == len(Desk(OFFICE, store).docket(at=AT))
    assert hashed == [card.topic for card in store.cards.find([])]


def test_in_memory_there_is_no_store_that_takes_many(take: Callable[..., Imported]) -> None:
    with pytest.raises(Malformed, match="store: is of Store, not of sql.Store"):
        take(Desk(OFFICE, memory.Store()))


@pytest.mark.parametrize(
    ("number", "serial"),
    [
        ("ЖТ-2026-00000123", (2026, 123)), (" ЖТ-2026-00000123/2/1 ", (2026, 123)),
        ("ЖТ-2026-123", (0, 0)), ("ЗТ-2026-00000123", (0, 0)), ("", (0, 0)), ("7", (0, 0)),
        ("9" * 5_000, (0, 0)), ("ЖТ-٢٠٢٦-00000001", (0, 0)),
    ],
)  # fmt: skip
def test_a_number_is_of_the_series_that_would_give_it(number: str, serial: tuple[int, int]) -> None:
    assert serial == serial_of(number, OFFICE)


def test_the_command_tries_and_then_keeps(tmp_path: Path) -> None:
    file, journal = tmp_path / "old.csv", tmp_path / "akimat.db"
    file.write_text(ROWS, "utf-8")
    words = ("import", str(file), "--office", "khromtau", "--at", AT.isoformat())
    tried = run(*words)
    assert (2, "") == (tried.returncode, tried.stderr)
    for line in (
        "Rows 7 = taken 5 (of them 4 go on, 0 were there already) + not taken 2",
        "cabinet: 2", "ЖТ-2026-00000031", "Numbers of another form: 1",
        "Left out: ended by the register, and by the law it would go on",
        "Tried only, nothing is kept",
    ):  # fmt: skip
        assert line in tried.stdout
    assert not journal.exists()
    assert "where is it to be kept?" in run(*words, "--apply").stderr
    kept = run(*words, "--journal", str(journal), "--apply")
    assert "Kept" == kept.stdout.splitlines()[-1]
    assert (
        "Rows 7 = taken 5 (of them 4 go on, 5 were there already)"
        in run(*words, "--journal", str(journal)).stdout
    )
    file.write_text(ROWS.replace("2026-03-16 11:00", "2026-03-16 12:00"), "utf-8")
    otherwise = run(*words, "--journal", str(journal))
    told = Words(kz.law(), "en")("phrase", "kept-otherwise").format(cases="ЖТ-2026-00000001")
    assert told in " ".join(otherwise.stdout.split())
    assert run("verify", str(journal)).returncode == 0


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_its_heads_are_told_in_every_language(language: str, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_text(ROWS, "utf-8")
    told = run("import", str(file), "--at", AT.isoformat(), "--lang", language).stdout
    words = Words(kz.law(), language)
    for head in ("import-assumed", "import-unread", "import-numbers", "left-out"):
        assert words("heading", head) in told
