"""An office's own standard stands beside the law's limit, and is nobody's breach."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest

from openakimat import Desk, Official, Register, kz
from openakimat.adapters import memory, sql
from openakimat.calendar.terms import WorkingDays
from openakimat.errors import Malformed
from openakimat.judgement.docket import Standing
from openakimat.kz.acts import Accept, Extend
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.report.columns import row_of
from openakimat.trail.plain import plain, read

AT = datetime.fromisoformat
CLERK = Official("clerk", {REGISTRAR, EXECUTOR})
CHIEF = Official("chief", {HEAD})
WEEK = {"appeal": WorkingDays(7)}


def open_appeal(desk: Desk) -> str:
    case = desk.open("appeal", topic="roads", by=Applicant("a"), at=AT("2026-03-16T10:00+05:00"))
    for act in (Register(), Accept()):
        desk.perform(case.id, act, by=CLERK, at=AT("2026-03-16T11:00+05:00"))
    return case.id


@pytest.mark.parametrize("store", [memory.Store, partial(sql.Store, "sqlite://")])
def test_a_standard_is_counted_from_the_base_of_the_limit_and_is_never_late(store: Any) -> None:
    desk = Desk(kz.office("khromtau", standards=WEEK), store())
    open_appeal(desk)
    at = AT("2026-04-02T10:00+05:00")
    [(card, line)] = desk.find(standard_before=at, at=at).found
    # Registered on 16 March; 23-25 March are days off: the seventh working day after is the 30th.
    assert card.standard_at == line.standard_at == AT("2026-03-31T00:00+05:00")
    assert line.deadline is not None
    assert row_of(line)["standard"] == date(2026, 3, 30)
    assert (Standing.OPEN, 0, ()) == (line.standing, line.days_late, line.breaches)
    assert [line] == list(desk.docket(at=at))
    assert not desk.find(standard_before=card.standard_at, at=at).found
    assert desk.count(standard_from=card.standard_at, at=at) == 1
    assert read(plain(line), type(line)) == line


def test_no_extension_moves_a_standard() -> None:
    desk = Desk(kz.office("khromtau", standards=WEEK), memory.Store())
    case = open_appeal(desk)
    [before] = desk.docket(at=AT("2026-03-17T10:00+05:00"))
    extend = Extend(until=date(2026, 5, 4), reason="a survey")
    desk.perform(case, extend, by=CHIEF, at=AT("2026-03-26T11:00+05:00"))
    [after] = desk.docket(at=AT("2026-03-27T10:00+05:00"))
    assert before.standard_at == after.standard_at
    assert before.deadline != after.deadline


def test_the_standard_of_a_limit_comes_before_that_of_its_procedure() -> None:
    own = {**WEEK, "appeal.consideration": WorkingDays(3)}
    store = memory.Store()
    open_appeal(Desk(kz.office("khromtau"), store))
    at = AT("2026-03-17T10:00+05:00")
    [without] = Desk(kz.office("khromtau"), store).find(at=at).found
    assert without.card.standard_at is without.line.standard_at is None
    # Another standard moves no day of the law, and cards are made anew all the same.
    [found] = Desk(kz.office("khromtau", standards=own), store).find(at=at).found
    assert found.card.standard_at == AT("2026-03-20T00:00+05:00")
    assert attrs.evolve(found.line, standard_at=None) == without.line


def test_a_promise_beyond_the_calendar_hides_no_case() -> None:
    desk = Desk(kz.office("khromtau", standards={"appeal": WorkingDays(2000)}), memory.Store())
    open_appeal(desk)
    [line] = desk.docket(at=AT("2026-03-17T10:00+05:00"))
    assert (Standing.OPEN, None) == (line.standing, line.standard_at)


def test_a_standard_of_nothing_is_refused_with_its_neighbour(tmp_path: Path) -> None:
    with pytest.raises(Malformed) as wrong:
        kz.office(standards={"apeal": WorkingDays(7)})
    assert ["standards"] == [fault.path for fault in wrong.value.faults]
    assert "nearest: appeal" in str(wrong.value)
    example = Path("examples/office/zhanaqala.toml").read_text("utf-8")
    file = tmp_path / "ours.toml"
    file.write_text(example.replace('"7 working days"', '"7 days"'), "utf-8")
    with pytest.raises(Malformed, match=r"standards\.appeal: '7 days' is not written as a number"):
        kz.office(file)
    file.write_text(example.replace("appeal =", "apeal ="), "utf-8")
    with pytest.raises(Malformed, match="apeal"):
        kz.office(file)
    office = kz.office(Path("examples/office/zhanaqala.toml"))
    assert {"appeal": WorkingDays(7)} == office.standards


def test_a_standard_may_be_told_in_words_and_what_is_no_term_is_refused() -> None:
    told = kz.office("khromtau", standards={"appeal": "7 working days"})
    assert WEEK == told.standards == kz.office("khromtau", standards=WEEK).standards
    wrong: Any = {"appeal": "7 workdays", "apeal": WorkingDays(7), "simplified": 7}
    with pytest.raises(Malformed) as refused:
        kz.office("khromtau", standards=wrong)
    assert ["standards", "standards.appeal", "standards.simplified"] == [
        fault.path for fault in refused.value.faults
    ]
