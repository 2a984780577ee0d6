"""Lives of a chart are lawful, come to every stage, shrink to about the shortest, and are quick to draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings, strategies as st

from openakimat import kz
from openakimat.case.people import Official
from openakimat.case.record import Case
from openakimat.chart.table import Table
from openakimat.judgement.lapse import lapse
from openakimat.judgement.replay import replay
from openakimat.lives.ways import Ways, first_days, office_of
from openakimat.testing.strategies import live, lives
from openakimat.trail.seal import FIRST, seal_all

OFFICE = kz.office("khromtau")
APPEALS = st.deferred(lambda: lives(kz.Appeal, OFFICE))
ONLY = [Official("only", {kz.REGISTRAR, kz.EXECUTOR})]
N = 28
"""So many lives for each stage of a chart come to all of them: half of them straight, 14 a stage, so
that of four hundred stages one is missed once in thousands of versions of Hypothesis."""


def shipped() -> Iterator[Any]:
    for dated in OFFICE.law.procedures.values():
        for edition in dated:
            yield pytest.param(edition.value, id=f"{edition.value.procedure}/{edition.law}")


@pytest.mark.parametrize(
    "table", [charts[-1].table for charts in kz.PROCEDURES], ids=lambda table: str(table.under)
)
def test_by_the_way_that_is_known_a_life_comes_to_every_stage(table: Table) -> None:
    at, ways = first_days(table, OFFICE), Ways(table, office_of(table, OFFICE))
    known = ways.to_each(at)
    assert set(table.stages) == known.keys()
    for stage, (n, way) in known.items():
        case = live(lambda of: of[0], ways, ways.opened(at)[n], way)
        assert stage in {record.stage for record in case.records}
        assert replay(case.id, case.records, office=OFFICE) == case


@pytest.mark.thorough
@pytest.mark.parametrize("table", [*shipped()])
def test_lives_come_to_every_stage_and_their_records_are_believed(table: Table) -> None:
    reached: set[str] = set()

    @settings(
        max_examples=N * len(table.stages),
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        database=None,
    )
    @given(lives(table, OFFICE))
    def lived(case: Case) -> None:
        assert replay(case.id, case.records, office=OFFICE) == case
        assert seal_all(case.id, case.records, FIRST, salt=bytes)
        reached.update(record.stage for record in case.records)

    lived()
    assert set(table.stages) == reached


def shortest(condition: Callable[[Case], bool]) -> list[str]:
    # `find` gives back what the phase that explains has tried last.
    how = settings(max_examples=2000, derandomize=True, phases=[Phase.generate, Phase.shrink])
    return [record.act.tag for record in find(APPEALS, condition, settings=how).records]


def test_a_failing_life_shrinks_to_about_the_shortest() -> None:
    assert shortest(lambda _: True) == ["receive"]
    # Whether accepted or asked for corrections meanwhile, a life is as short.
    first, second, _, last = shortest(lambda case: case.stage == "deemed_refused")
    assert ["receive", "register", "deem-refused"] == [first, second, last]
    corrected = shortest(lambda case: case.last(kz.appeal.Correct) is not None)
    # Some versions of Hypothesis let a clock run out on the way, and shrink no further.
    assert ["receive", "register", "ask-to-correct", "correct"] == [
        tag for tag in corrected if tag != "deem-refused"
    ]


@given(st.deferred(lambda: lives(kz.information_request.InformationRequest, OFFICE, people=ONLY)))
def test_of_people_told_alone_a_life_is_lived(case: Case) -> None:
    assert {record.by for record in case.records} <= {"citizen", "only", "law"}


@given(APPEALS, st.integers(0, 40))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_what_time_has_done_stands_in_a_life(case: Case, n: int) -> None:
    """At no record was any lapse before it left out."""
    last, *later = case.records[n % len(case.records) :]
    so_far = replay(case.id, case.records[: last.no], office=OFFICE)
    by_then = [record for record in later if record.at == last.at]
    assert len(lapse(so_far, at=last.at, office=OFFICE)) <= len(by_then)
