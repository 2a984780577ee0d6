"""What a developer gets wrong is told by its name, and never answered by nothing found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

import openakimat as oa
from openakimat import Desk, Official, kz
from openakimat.adapters import memory, sql
from openakimat.case.acts import Seclude
from openakimat.desk.asked import ORDERS
from openakimat.errors import JournalError
from openakimat.trail.plain import read
from openakimat.trail.problem import problem

OFFICE, AT = kz.office("khromtau"), datetime.fromisoformat("2026-03-18T10:00+05:00")
CLERK = Official("s.clerk", {kz.REGISTRAR, kz.EXECUTOR})
AIGERIM = kz.Applicant("Айгерім", id="account-17")
SECRET = b"of the host"


@pytest.fixture
def desk() -> Desk:
    desk = Desk(OFFICE, memory.Store(), secret=SECRET)
    for channel in ("paper", ""):
        desk.open("appeal", topic="roads", channel=channel, by=AIGERIM, at=AT)
    return desk


@pytest.mark.parametrize(
    ("make", "paths"),
    [
        (lambda: Desk(memory.Store(), OFFICE), ["office", "store"]),  # type: ignore[arg-type]
        (lambda: Desk("khromtau", memory.Store()), ["office"]),  # type: ignore[arg-type]
        (lambda: Desk(kz.office, memory.Store()), ["office"]),  # type: ignore[arg-type]
        (lambda: Desk(OFFICE.body, "sqlite://"), ["office", "store"]),  # type: ignore[arg-type]
        (lambda: Desk(OFFICE, memory.Journal()), ["store"]),  # type: ignore[arg-type]
        (lambda: Desk(OFFICE, sql.Store), ["store"]),  # type: ignore[arg-type]
        (lambda: Desk(OFFICE, memory.Store(), secret=kz.HEAD), ["secret"]),  # type: ignore[arg-type]
    ],
)
def test_a_desk_of_what_is_none_is_refused(make: Callable[[], Desk], paths: list[str]) -> None:
    with pytest.raises(oa.Malformed) as told:
        make()
    assert paths == [fault.path for fault in told.value.faults]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"stage": "registred"}, "nearest"),
        ({"procedure": "apeal"}, "nearest"),
        ({"channel": "papper"}, "nearest"),
        ({"applicant": AIGERIM}, "no-text"),
        ({"assignee": AIGERIM}, "no-text"),
        ({"is_open": "yes"}, "no-boolean"),
        ({"standing": "overdue"}, "no-set"),
        ({"standing": ["overdu"]}, "nearest"),
        ({"received_from": date(2026, 3, 1)}, "no-datetime"),
        ({"limit": "10"}, "no-integer"),
        ({"limit": -1}, "negative"),
    ],
)
def test_what_finds_nothing_ever_is_no_question(
    desk: Desk, asked: dict[str, Any], code: str
) -> None:
    with pytest.raises(oa.Malformed) as told:
        desk.find(at=AT, **asked)
    assert [(*asked, code)] == [(fault.path, fault.code) for fault in told.value.faults]


def test_a_standing_may_be_asked_by_its_value_and_a_channel_by_none(desk: Desk) -> None:
    assert 2 == desk.count(at=AT, standing=["open"]) == desk.count(at=AT, is_open=True)
    assert (1, 1) == (desk.count(at=AT, channel=""), desk.count(at=AT, channel="paper"))
    assert 0 == desk.count(at=AT, stage="considered", procedure="complaint")


def test_a_page_of_one_order_ends_nowhere_in_another(desk: Desk) -> None:
    for order in ORDERS:
        after = desk.find(at=AT, order=order, limit=1).after
        assert 1 == len(desk.find(at=AT, order=order, after=after).found)
        for other in {*ORDERS, f"-{order}"} - {order}:
            with pytest.raises(oa.Malformed, match="is not where a page ended"):
                desk.find(at=AT, order=other, after=after)


@pytest.mark.parametrize("body", ["favourable", [1], None])
def test_a_form_that_is_none_is_told_without_what_it_holds(body: Any) -> None:
    with pytest.raises(oa.Malformed) as told:
        read(body, kz.appeal.Decide)
    assert f"act: is of {type(body).__name__}, not of dict" == str(told.value)


def test_a_reading_mistyped_is_told_with_its_neighbour() -> None:
    with pytest.raises(oa.Malformed, match="the nearest: separation"):
        kz.office("khromtau", readings={"seperation": "kept"})


def test_a_key_is_text(desk: Desk) -> None:
    with pytest.raises(oa.Malformed, match="key: a value of class UUID is not text"):
        desk.open("appeal", by=AIGERIM, at=AT, key=UUID(int=1))  # type: ignore[arg-type]


def test_a_driver_that_is_awaited_is_no_stores() -> None:
    with pytest.raises(JournalError, match="aiosqlite: a driver that is awaited"):
        sql.Store("sqlite+aiosqlite://")


@pytest.mark.parametrize(("language", "word"), [("kk", "тіркеу"), ("ru", "регистрация")])
def test_a_stale_screen_is_told_in_its_language(desk: Desk, language: str, word: str) -> None:
    name = "khromtau/appeal-2026-1"
    desk.perform(name, oa.Register(), by=CLERK, at=AT)
    with pytest.raises(oa.Conflict) as told:
        desk.perform(name, kz.appeal.Withdraw(), by=AIGERIM, at=AT, expected=1)
    assert word in problem(told.value, OFFICE.law, language)["detail"]


def test_the_form_of_a_confidential_case_tells_the_roles(desk: Desk) -> None:
    possible = {one.act: one for one in desk.possible("khromtau/appeal-2026-1", by=CLERK, at=AT)}
    roles = possible["seclude"].form("ru")["properties"]["open_to"]["items"]
    assert {"const": "head", "title": "руководитель"} in roles["oneOf"]
    assert set(roles["enum"]) == OFFICE.law.roles
    filled = possible["seclude"].read({"open_to": ["head"], "reason": "a minor"})
    assert Seclude(("head",), "a minor") == filled
    other = kz.Applicant("Ерлан", id="account-18")
    with pytest.raises(oa.Refusal) as told:
        desk.look("khromtau/appeal-2026-1", by=other, at=AT, why="to see")
    assert "competent" not in problem(told.value, OFFICE.law)["detail"]
    assert not problem(told.value, OFFICE.law, "ru")["detail"].endswith(":")
