"""The cases of a register go on at a desk: kept from the register, with cards made of their records."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from openakimat import Desk, Official, Register, kz, register
from openakimat.adapters import sql
from openakimat.kz.acts import Decide
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR

AT = datetime.fromisoformat("2026-03-20T10:00+05:00")
OFFICE = kz.office("khromtau")
CLERK = Official("clerk", {REGISTRAR, EXECUTOR})
ROWS = """number,kind,topic,channel,received_at,registered_at,answered_at
ЖТ-2026-00000001,application,roads,paper,2026-03-16 10:00,2026-03-16 11:00,
ЖТ-2026-00000002,application,land,paper,2026-03-17 10:00,2026-03-17 11:00,
ЖТ-2026-00000004,application,land,paper,2026-03-10 10:00,2026-03-10 11:00,2026-03-12 10:00
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    store = sql.Store(f"sqlite:///{tmp_path / 'akimat.db'}")
    keep(tmp_path, ROWS, store)
    desk = Desk(OFFICE, store, secret=b"a key of the host's")
    desk.rebuild()
    return desk


def keep(where: Path, rows: str, store: sql.Store) -> register.Result:
    file = where / "register.csv"
    file.write_text(rows, "utf-8")
    return register.check_file(file, OFFICE, at=AT, journal=store.journal)


def test_open_cases_are_listed_and_go_on(desk: Desk) -> None:
    found = {one.card.case: one.line.standing.value for one in desk.find(at=AT).found}
    assert {f"ЖТ-2026-0000000{n}" for n in (1, 2, 4)} == found.keys()
    assert ["ЖТ-2026-00000004"] == [case for case, how in found.items() if how == "in time"]
    assert 1 == desk.count(at=AT, topic="roads")
    case = desk.perform("ЖТ-2026-00000001", Decide("favourable"), by=Official("h", {HEAD}), at=AT)
    assert ["told", "told", "assumed", "done"] == [record.basis for record in case.records]
    assert ["register", "accept"] == [record.act.tag for record in case.records[1:3]]
    assert desk.verify().intact


def test_no_number_of_the_register_is_given_again(desk: Desk) -> None:
    given = []
    for _ in range(2):
        case = desk.open("appeal", by=Applicant("Bolat"), at=AT).id
        act = desk.perform(case, Register(), by=CLERK, at=AT).records[-1].act
        given.append(getattr(act, "number", ""))
    assert ["ЖТ-2026-00000003", "ЖТ-2026-00000005"] == given


def test_it_may_be_kept_again_and_then_tells_what_is_new(tmp_path: Path, desk: Desk) -> None:
    assert isinstance(desk.store, sql.Store)
    later = ROWS + "ЖТ-2026-00000009,application,roads,paper,2026-03-19 10:00,2026-03-19 11:00,\n"
    result = keep(tmp_path, later, desk.store)
    assert (3, []) == (result.n_known, result.differing)
    assert 1 == desk.rebuild()
    assert 2 == desk.count(at=AT, topic="roads")
