"""How cases end, with what chance they breach, and whether such chances held."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from xml.etree import ElementTree

import attrs
import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from openakimat import kz
from openakimat.judgement.docket import Standing
from openakimat.law.words import Words
from openakimat.report.figures.cases import Counted
from openakimat.report.figures.forecast import (
    THIN,
    calibrate,
    chances_at,
    reliability,
)
from openakimat.report.figures.page import make_report, publish
from openakimat.report.figures.pictures import draw_pictures
from openakimat.report.figures.shares import Incidence, ends_of, incidence, share_by

AT = datetime.fromisoformat("2026-03-31T18:30+05:00")
DAY = timedelta(days=1)
TERM = 15


# -- ends that compete ----------------------------------------------------------------


def curve(days: list[float], ends: list[str], end: str) -> Incidence:
    kinds = np.array(ends)
    return incidence(np.array(days), kinds != "", kinds == end)


def test_ends_that_compete_are_those_of_lifelines() -> None:
    """Drawn with `Random(5)`; the figures are those of `AalenJohansenFitter` of lifelines 0.30.3."""
    draw = Random(5)  # noqa: S311 - invented cases
    days = [round(draw.expovariate(1 / 20), 3) for _ in range(60)]
    ends = [draw.choice(["", "answered", "answered", "redirect", "withdraw"]) for _ in days]
    found = curve(days, ends, "answered")
    for day, value, spread, low, high in (
        (5, 0.16978200371057522, 0.002399676958890708, 0.0872, 0.2755),
        (15, 0.26051550490326014, 0.00337203719579994, 0.1555, 0.3783),
        (30, 0.33754484400439233, 0.0040297031355372315, 0.2176, 0.4614),
        (60, 0.4629597835467788, 0.00504399443895287, 0.3205, 0.5938),
    ):
        n = int(found[0].searchsorted(day, "right")) - 1
        assert value == pytest.approx(found[1][n])
        assert spread == pytest.approx(found[2][n])
        told = share_by(found, day, 60, 60)
        assert (round(value, 4), low, high) == (told["share"], told["low"], told["high"])


CASES = st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["", "a", "b"])), min_size=1)


@given(CASES)
def test_the_shares_of_all_ends_and_of_none_are_all_cases(told: list[tuple[int, str]]) -> None:
    days, ends = [float(day) for day, _ in told], [end for _, end in told]
    left, each = 1.0, {"a": 0.0, "b": 0.0}
    curves = {end: curve(days, ends, end) for end in each}
    # as a textbook has it, a day after the other
    for n, moment in enumerate(sorted({day for day, end in zip(days, ends, strict=True) if end})):
        risk = sum(day >= moment for day in days)
        ended = {end: told.count((int(moment), end)) for end in each}
        each = {end: each[end] + left * ended[end] / risk for end in each}
        left *= 1 - sum(ended.values()) / risk
        assert {end: pytest.approx(value) for end, value in each.items()} == {
            end: found[1][n] for end, found in curves.items()
        }
        assert left + sum(each.values()) == pytest.approx(1)


def case(
    n: int, received: datetime, took: float, end: str = "answered", at: datetime = AT
) -> Counted:
    due, done = received + TERM * DAY, received + took * DAY
    is_open = done > at
    late = due <= (at if is_open else done)
    standing = {
        (True, True): Standing.OVERDUE, (True, False): Standing.OPEN,
        (False, True): Standing.LATE, (False, False): Standing.IN_TIME,
    }[is_open, late]  # fmt: skip
    return Counted(
        f"c{n}", "appeal", "khromtau", received, standing, due=due, due_gross=due,
        done=None if is_open else done, ended_by="" if is_open else end,
    )  # fmt: skip


def test_neither_parked_nor_withdrawn_cases_make_an_answer_look_quicker() -> None:
    start = AT - 100 * DAY
    quick = [case(n, start, 3) for n in range(40)]
    parked = [case(n + 40, start, 500) for n in range(30)]
    gone = [case(n + 70, start, 1, "withdraw") for n in range(30)]
    told = {one["end"]: one for one in ends_of([*quick, *parked, *gone], at=AT)}
    assert {"answered": 40, "withdraw": 30} == {end: one["n"] for end, one in told.items()}
    answered = told["answered"]
    assert (0.4, None) == (answered["by90"]["share"], answered["p50"])
    assert answered["by90"]["low"] < 0.4 < answered["by90"]["high"]
    assert 3.0 == ends_of(quick, at=AT)[0]["p50"]


# -- the chance of a breach -----------------------------------------------------------


def history(draw: Random, n: int, mean: float, at: datetime = AT) -> list[Counted]:
    """Cases over two years, each done after a time of no memory: the chance is known exactly."""
    return [
        case(k, at - 730 * DAY + draw.random() * 730 * DAY, draw.expovariate(1 / mean), at=at)
        for k in range(n)
    ]


@pytest.mark.parametrize("age", [0.2, 5, 12])
def test_a_chance_is_that_of_the_world_within_its_interval(age: float) -> None:
    """Without memory a case open at an age is so at the end of its term with chance exp(-rest / mean)."""
    from math import exp

    missed, truth = 0, exp(-(TERM - age) / 10)
    for seed in range(60):
        rows = history(Random(seed), 400, 10)  # noqa: S311 - invented cases
        told = chances_at(rows, AT)(case(-1, AT - age * DAY, 99))
        assert told is not None
        missed += not told["low"] <= truth <= told["high"]
    # One in twenty of sixty, with room for chance and for the fiftieth that ages are rounded to.
    assert missed <= 9


def test_of_few_and_of_what_stands_still_nothing_is_forecast() -> None:
    rows = [case(n, AT - 60 * DAY, 10) for n in range(THIN)]
    waits = case(-1, AT - 5 * DAY, 99)
    assert chances_at(rows, AT)(waits) is not None
    assert chances_at(rows[1:], AT)(waits) is None
    # none of them was open at so great an age
    assert chances_at(rows, AT)(case(-1, AT - 11 * DAY, 99)) is None
    assert chances_at(rows, AT)(attrs.evolve(waits, still=True)) is None
    assert chances_at(rows, AT)(attrs.evolve(waits, procedure="complaint")) is None
    # what is parked is no breach: it says nothing of the others
    parked = [
        attrs.evolve(case(n, AT - 60 * DAY, 99), still=True, standing=Standing.OPEN)
        for n in range(30)
    ]
    assert chances_at([*rows, *parked], AT)(waits) == chances_at(rows, AT)(waits)


@given(st.integers(0, 10**6), st.integers(100, 600))
def test_a_forecast_for_a_past_instant_knows_nothing_of_what_came_later(
    seed: int, ago: int
) -> None:
    draw, cut = Random(seed), AT - ago * DAY  # noqa: S311 - invented cases
    rows = history(draw, 80, 10)
    later = [
        attrs.evolve(one, done=cut + draw.random() * 50 * DAY) if (one.done or AT) > cut else one
        for one in rows
    ]
    asked = case(-1, cut - 4 * DAY, 99)
    assert chances_at(rows, cut)(asked) == chances_at(later, cut)(asked)


def test_chances_told_for_the_past_held() -> None:
    rows = history(Random(7), 3000, 10)  # noqa: S311 - invented cases
    told = calibrate(rows, at=AT)
    assert told["n"] > 100
    assert told["brier"] < told["brier_of_all"]
    held = [one["came"]["low"] <= one["told"] <= one["came"]["high"] for one in told["tenths"]]
    assert len(held) >= 4
    assert sum(held) >= len(held) - 1
    assert sum(one["n"] for one in told["tenths"]) == told["n"]


def test_what_was_forecast_and_what_came_are_a_picture_told_in_words_and_not_published() -> None:
    told, words = make_report(history(Random(7), 900, 10), AT), Words(kz.law(), "en")  # noqa: S311 - invented cases
    svg, alt = draw_pictures(told, words)["calibration"]
    ElementTree.fromstring(svg)  # noqa: S314 - made here
    for one in told["sections"]["calibration"]:
        came = one["came"]
        assert (
            f"{one['told']:.0%} – {came['share']:.0%} ({came['low']:.0%} – {came['high']:.0%})"
            in alt
        )
    assert "calibration" not in draw_pictures(publish(told, "CC0"), words)
    assert "calibration" not in draw_pictures(make_report([], AT), words)


def test_chances_that_did_not_hold_are_told_as_such() -> None:
    """An office that slows down to a third is told more than it held."""
    turn = AT - 200 * DAY
    quick = [one for one in history(Random(1), 1500, 4) if one.received < turn]  # noqa: S311 - invented
    slow = [one for one in history(Random(2), 1500, 40) if one.received >= turn]  # noqa: S311 - invented
    told = calibrate([*quick, *slow], at=AT)
    assert any(one["came"]["low"] > one["told"] + 0.1 for one in told["tenths"])


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_the_score_is_the_mean_square_and_that_of_all_is_the_best_of_one_share(
    pairs: list[tuple[float, bool]],
) -> None:
    told = reliability(pairs)
    assert told["brier"] == pytest.approx(
        sum((p - came) ** 2 for p, came in pairs) / len(pairs), abs=1e-4
    )
    for p in (0.1, 0.5, 0.9):
        assert told["brier_of_all"] <= reliability([(p, came) for _, came in pairs])["brier"] + 1e-3


def test_silence_is_warned_of_before_it_becomes_a_decision() -> None:
    soon, later = case(1, AT - 13 * DAY, 99), case(2, AT - 5 * DAY, 99)
    over = case(3, AT - 20 * DAY, 99)
    rows = [attrs.evolve(one, becomes="deem-refused") for one in (soon, later, over)]
    rows.append(attrs.evolve(soon, case="c4"))
    told = make_report(rows, AT, least=1)
    assert ["c1"] == [one["key"] for one in told["sections"]["warnings"]]
    assert [2.0, 2.0, 10.0] == [one["days_left"] for one in told["sections"]["forecast"]]


def test_the_history_is_all_that_the_source_holds() -> None:
    rows = history(Random(3), 500, 10)  # noqa: S311 - invented cases
    month = [one for one in rows if f"{one.received:%Y-%m}" == "2026-03"]
    told = make_report(month, AT, history=rows)
    assert all(one["chance"] for one in told["sections"]["forecast"] if one["days_left"] > 5)
    assert (
        len(told["sections"]["forecast"])
        == sum(one.done is None and not one.missed for one in month)
        > 2
    )
    assert all(one["before"]["n"] for one in told["sections"]["change"][:4])
