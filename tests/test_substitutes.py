"""The list of a substitute holds the work of whom they stand in for, while the order of it holds."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from openakimat import Desk, Official, Register, kz
from openakimat.adapters import memory
from openakimat.case.acts import InnerNote
from openakimat.case.people import Mandate
from openakimat.kz.acts import Accept, Assign
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR

AT = datetime.fromisoformat
CLERK = Official("clerk", {REGISTRAR, EXECUTOR, HEAD})
ABSENT = Mandate("omarova", {EXECUTOR}, "order 7", date(2026, 3, 17), date(2026, 3, 20))
"""By which somebody does the work of G. Omarova while she is away."""
LENT_ON = Mandate("omarova", {EXECUTOR}, "order 9", date(2026, 3, 1), None, under=ABSENT)
"""By which a third does it, for whom the substitute has it from."""


@pytest.fixture(scope="module")
def desk() -> Desk:
    desk = Desk(kz.office("khromtau"), memory.Store(), secret=b"a key of the host's")
    at = AT("2026-03-16T10:00+05:00")
    for name, executor in (("A", "omarova"), ("B", "seitov"), ("C", "third")):
        desk.open("appeal", by=Applicant(), at=at, id=name)
        for act in (Register(), Accept(), Assign(executor)):
            desk.perform(name, act, by=CLERK, at=at)
    return desk


def listed(desk: Desk, who: Official | str, at: str) -> list[str]:
    page = desk.find(assignee=who, at=AT(f"{at}+05:00"))
    assert len(page.found) == desk.count(assignee=who, at=AT(f"{at}+05:00"))
    return sorted(found.card.case for found in page.found)


@pytest.mark.parametrize(
    ("at", "cases"),
    [
        ("2026-03-16T23:59", ["B"]),  # the day before the order
        ("2026-03-17T00:00", ["A", "B"]),
        ("2026-03-20T23:59", ["A", "B"]),
        ("2026-03-21T00:00", ["B"]),  # its last day is over where the office is
    ],
)
def test_the_work_of_the_absent_is_listed_while_the_order_holds(
    desk: Desk, at: str, cases: list[str]
) -> None:
    assert cases == listed(desk, Official("seitov", {EXECUTOR}, mandates=(ABSENT,)), at)


def test_whoever_is_absent_has_their_list_still_and_an_id_alone_lends_nothing(desk: Desk) -> None:
    assert ["A"] == listed(desk, Official("omarova", {EXECUTOR}), "2026-03-18T10:00")
    assert ["A"] == listed(desk, "omarova", "2026-03-18T10:00")
    assert ["B"] == listed(desk, "seitov", "2026-03-18T10:00")


@pytest.mark.parametrize(
    ("at", "cases"),
    [
        ("2026-03-16T10:00", ["C"]),  # its own order holds, and not yet that which it rests on
        ("2026-03-18T10:00", ["A", "C"]),
        ("2026-03-21T10:00", ["C"]),
    ],
)
def test_a_chain_of_substitutes_holds_as_long_as_its_weakest_link(
    desk: Desk, at: str, cases: list[str]
) -> None:
    assert cases == listed(desk, Official("third", {EXECUTOR}, mandates=(LENT_ON,)), at)


def test_several_mandates_bring_the_work_of_all(desk: Desk) -> None:
    other = Mandate("seitov", {EXECUTOR}, "order 8", date(2026, 3, 18))
    third = Official("third", {EXECUTOR}, mandates=(ABSENT, other))
    assert ["A", "C"] == listed(desk, third, "2026-03-17T10:00")
    assert ["A", "B", "C"] == listed(desk, third, "2026-03-18T10:00")


def test_a_substitute_may_do_what_is_listed(desk: Desk) -> None:
    """Whoever finds a case by a mandate is named in it by the same."""
    substitute = Official("seitov", set(), mandates=(ABSENT,))
    at = AT("2026-03-18T10:00+05:00")
    record = desk.perform("A", InnerNote("she is away"), by=substitute, at=at).records[-1]
    assert ("executor", "omarova") == (record.role, record.on_behalf)
