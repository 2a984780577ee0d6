"""The reward for a report: steps, the share of great damage, its cap; and the years we know."""

from __future__ import annotations

from datetime import date

import pytest

from openakimat import kz
from openakimat.errors import Malformed, Undated
from openakimat.kz.corruption.acts import Offence, PayReward
from openakimat.kz.corruption.reward import MCI, SCALE, mci

IN_2023, IN_2024 = date(2023, 6, 1), date(2024, 6, 1)

STEPS: list[tuple[Offence, int]] = [
    ("administrative", 30),
    ("minor", 40),
    ("medium", 50),
    ("grave", 70),
    ("especially-grave", 100),
]
"""The fact sheet: 30 to 70 by two pages; 100 by another, on the rules before these."""


@pytest.mark.parametrize(("kind", "steps"), STEPS)
@pytest.mark.parametrize("damage", [0, 1000 * 3450])
def test_the_steps_by_kind_of_offence(kind: Offence, steps: int, damage: int) -> None:
    found = kz.corruption.reward(kind, damage, IN_2023)
    mark = "unconfirmed" if kind == "especially-grave" else "secondary"
    assert (steps, steps * 3450, mark) == (found.mci, found.tenge, found.evidence.value)


def test_the_share_of_great_damage_does_not_rest_on_the_step() -> None:
    assert (
        "secondary" == kz.corruption.reward("especially-grave", 10_000_000, IN_2023).evidence.value
    )


@pytest.mark.parametrize(
    ("day", "rules"), [(date(2022, 12, 31), "No. 1131"), (IN_2024, "order of the Agency chairman")]
)
def test_the_rules_of_the_day_are_named(day: date, rules: str) -> None:
    found = SCALE.on(day)
    assert rules in found.source
    assert "step 100: azh.kz on Resolution No. 1077" in found.source


@pytest.mark.parametrize(
    ("damage", "tenge", "index"),
    [
        (3_692_001, 369_200, 100),
        (10_000_009, 1_000_000, 270),
        (147_680_000, 14_768_000, 4000),
        (147_680_010, 14_768_000, 4000),
        (10**12, 14_768_000, 4000),
    ],
)
def test_a_tenth_of_great_damage_up_to_the_cap(damage: int, tenge: int, index: int) -> None:
    """1000 MCI of 2024 are 3,692,000 tenge; 4000 are 14,768,000."""
    found = kz.corruption.reward("grave", damage, IN_2024)
    assert (index, tenge) == (found.mci, found.tenge)


@pytest.mark.parametrize("year", [2016, 2022, 2025, 2026])
def test_the_value_of_a_year_not_seen_is_not_made_up(year: int) -> None:
    with pytest.raises(Undated, match=f"the value of {year} was not seen"):
        mci(date(year, 6, 1))
    with pytest.raises(Undated):
        kz.corruption.reward("minor", 0, date(year, 6, 1))


def test_before_the_rules_there_is_no_reward() -> None:
    with pytest.raises(Undated, match="scale of the reward"):
        kz.corruption.reward("minor", 0, date(2015, 12, 31))


def test_no_such_offence_and_no_negative_damage() -> None:
    with pytest.raises(Malformed) as wrong:
        kz.corruption.reward("petty", -1, IN_2023)  # type: ignore[arg-type]  # that is the test
    assert ["kind", "damage"] == [fault.path for fault in wrong.value.faults]
    with pytest.raises(Malformed, match="less than nothing"):
        PayReward("minor", IN_2023, -1)


def test_nothing_here_claims_to_be_confirmed() -> None:
    for edition in (*SCALE, *MCI):
        assert edition.source
        assert "secondary" == edition.evidence.value
