"""What a proof holds the country's procedures to: duties kept apart, under which reading."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from openakimat import kz
from openakimat.chart.table import Table
from openakimat.proving import command as proof
from openakimat.proving.explore import Exploration, explore

OFFICE = kz.office()
CHARTS = kz.law().procedures


def unguarded(table: Table, code: str) -> Table:
    """The table, every act of which has lost a guard."""
    rows = {
        key: tuple(
            attrs.evolve(row, guards=tuple(g for g in row.guards if g.code != code)) for row in way
        )
        for key, way in table.rows.items()
    }
    return attrs.evolve(table, rows=rows)


@pytest.mark.parametrize(
    "table", [one.value for one in CHARTS["instruction"]], ids=lambda one: str(one.law)
)
def test_whoever_reports_and_judges_an_execution_is_found(table: Table) -> None:
    acts = {act for _, act in table.rows}
    duties = {
        act: told for act, told in OFFICE.law.trials["instruction"]["apart"].items() if act in acts
    }
    assert duties
    found = explore(
        unguarded(table, "executor.not-own"),
        OFFICE,
        examples=OFFICE.law.trials["instruction"]["examples"],
        apart=duties,
        bound=100,
    ).findings
    told = {one.sentence for one in found if one.code == "duty.same-person"}
    assert told == {
        f"the same person performs 'report-execution' and {act!r}, which are to be apart"
        for act in duties
    }


@pytest.mark.thorough
def test_a_reading_that_keeps_no_duties_apart_is_found_out() -> None:
    apart = OFFICE.law.trials["appeal"]["apart_where"]["separation", "kept"]
    first = CHARTS["appeal"].editions[1].value
    codes = [one.code for one in explore(first, OFFICE, apart=apart, bound=200).findings]
    assert "duty.same-person" in codes
    kept = kz.office(readings={"separation": "kept"})
    codes = [one.code for one in explore(first, kept, apart=apart, bound=200).findings]
    assert "duty.same-person" not in codes


def test_a_chart_that_asks_for_a_reading_is_proved_under_it_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, str, Any]] = []

    def noted(chart: Table, office: Any, **how: Any) -> Exploration:
        asked.append((chart.law, office.answer("separation"), how["apart"]))
        return Exploration(f"{chart.procedure}/{chart.law}", 1, 0, ())

    monkeypatch.setattr(proof, "explore", noted)
    told = [str(one) for one in proof.proofs(OFFICE, "appeal")]
    kept = {"decide": ("propose",)}
    assert asked == [
        ("l221", "none", {}),
        ("appc-2021", "none", {}),
        ("appc-2021", "kept", kept),
        ("appc-2026", "none", {}),
        ("appc-2026", "kept", kept),
    ]
    assert [line.split()[1] for line in told].count("separation=kept") == 2
