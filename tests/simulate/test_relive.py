"""Cases lived again: under nothing supposed, each record is what it was, in every procedure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from openakimat import Desk, kz
from openakimat.adapters import memory
from openakimat.case.record import Case
from openakimat.chart.table import Table
from openakimat.law.office import Office
from openakimat.lives.ways import Ways, first_days, office_of
from openakimat.simulate.relive import BESIDE, Life, Lives
from openakimat.testing.cases import read_case, tables
from openakimat.testing.playing import play
from openakimat.trail.seal import seal_all

ROOT = Path(__file__).parents[2]
OFFICE = kz.office()
CHARTS = [edition.value for dated in kz.law().procedures.values() for edition in dated]
FILES = sorted((ROOT / "tests" / "law").glob("*.case.toml"))


def seals(case: Case) -> list[bytes]:
    return [row.seal for row in seal_all(case.id, case.sealed, salt=bytes)]


def lived(case: Case, cases: Mapping[str, Case], office: Office) -> tuple[Life, Case]:
    life = Lives(cases, office, case.records[-1].at).life(case.id)
    assert life.of is not None, life.wrong
    assert not life.shifted
    return life, life.of.case


@pytest.mark.parametrize("bound", [40, pytest.param(150, marks=pytest.mark.thorough)])
@pytest.mark.parametrize("table", CHARTS, ids=lambda one: f"{one.procedure}-{one.law}")
def test_every_case_that_a_procedure_could_have_is_lived_again_to_the_bit(
    table: Table, bound: int
) -> None:
    ways = Ways(table, office_of(table, OFFICE))
    begun = ways.begun(first_days(table, OFFICE))
    cases = [of.case for _, _, of in ways.reached(begun, table.stages, bound=bound)]
    assert len(cases) > 2
    codes = set()
    for case in cases:
        life, again = lived(case, {case.id: case}, ways.office)
        assert case == again
        assert seals(case) == seals(again)
        codes |= {step.why for step in life.kept}
    # A case that lies beside is not there: what was decided by it stands as it was decided.
    assert codes <= {
        BESIDE,
        *(g.code for way in table.rows.values() for r in way for g in r.guards if g.sees.beside),
    }


def played() -> list[tuple[str, Desk]]:
    found = []
    for file in FILES:
        for n, table in enumerate(tables(file.read_text("utf-8"))):

            def make_office(*, id: str, readings: Any, wording: str | None) -> Office:
                return kz.office(id or "astana", readings=readings, wording=wording)

            case = read_case(table, make_office)
            desk = Desk(case.office, memory.Store())
            play(case, desk)
            found.append((f"{file.stem}-{n}", desk))
    return found


def test_every_case_of_a_jurist_is_lived_again_to_the_bit_with_what_it_waits_for() -> None:
    n = 0
    for name, desk in played():
        cases = {case.id: case for case in desk.files()}
        for case in cases.values():
            _, again = lived(case, cases, desk.office)
            assert case.sealed == again.sealed, name
            assert seals(case) == seals(again)
            n += 1
    assert n > 100
