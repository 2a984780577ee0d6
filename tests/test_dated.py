"""A dated value: which edition holds on a day, and which editions contradict each other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from openakimat.dated import Dated, Edition, Evidence, in_order
from openakimat.errors import PackError, Undated

FIRST = date(2000, 1, 1)
ONE_DAY = timedelta(days=1)


def edition(n: int, since: date, law: str | None = None) -> Edition[int]:
    return Edition(n, law or f"law-{n}", since, f"art. {n}", Evidence.CONFIRMED)


days = st.integers(0, 10_000).map(lambda n: FIRST + n * ONE_DAY)
histories = st.lists(days, min_size=1, max_size=8, unique=True).map(
    lambda found: Dated("limit", tuple(edition(n, one) for n, one in enumerate(sorted(found))))
)


@given(histories, days)
def test_the_newest_edition_begun_holds(dated: Dated[int], day: date) -> None:
    """On a day, the last edition that has begun holds; before the first there is none."""
    begun = [one for one in dated if one.since <= day]
    if begun:
        assert begun[-1] is dated.on(day)
    else:
        with pytest.raises(Undated, match=f"limit has no edition on {day}"):
            dated.on(day)


@given(histories, st.data())
def test_an_edition_holds_from_its_first_day_to_the_eve_of_the_next(
    dated: Dated[int], data: st.DataObject
) -> None:
    """The first day belongs to the new edition, the day before to the old."""
    n = data.draw(st.integers(0, len(dated.editions) - 1))
    found = dated.editions[n]
    assert found is dated.on(found.since)
    if n + 1 < len(dated.editions):
        assert found is dated.on(dated.editions[n + 1].since - ONE_DAY)


@given(histories, days, st.data())
def test_a_wording_named_governs_whatever_the_day(
    dated: Dated[int], day: date, data: st.DataObject
) -> None:
    """The edition of the wording named is given, also before its first day."""
    chosen = data.draw(st.sampled_from(dated.editions))
    assert chosen is dated.on(day, law=chosen.law)


@given(histories)
def test_a_wording_without_an_edition_is_ignored(dated: Dated[int]) -> None:
    """Where the value has no edition of that wording, the day decides."""
    assert dated.editions[-1] is dated.on(date(2100, 1, 1), law="no such law")
    with pytest.raises(Undated):
        dated.on(FIRST - ONE_DAY, law="no such law")


def test_a_value_without_editions_is_undated() -> None:
    """No edition holds on any day."""
    with pytest.raises(Undated, match="nothing has no edition on 2000-01-01"):
        Dated[int]("nothing", ()).on(FIRST)


def test_two_editions_of_one_wording_contradict() -> None:
    """The value and the wording are named."""
    with pytest.raises(PackError, match="limit: two editions under law-1"):
        Dated("limit", (edition(1, FIRST), edition(2, FIRST + ONE_DAY, "law-1")))


@pytest.mark.parametrize("gap", [0, -1])
def test_editions_follow_each_other(gap: int) -> None:
    """Two editions from one day, or a later one first, contradict; both are named."""
    second = FIRST + gap * ONE_DAY
    with pytest.raises(PackError, match=rf"law-2 \({second}\) does not follow law-1 \({FIRST}\)"):
        Dated("limit", (edition(1, FIRST), edition(2, second)))


@given(st.lists(days, max_size=8, unique=True))
def test_in_order_is_oldest_first(found: list[date]) -> None:
    """Editions given in any order come out as Dated takes them."""
    ordered = in_order(edition(n, one) for n, one in enumerate(found))
    assert sorted(found) == [one.since for one in ordered]
    assert ordered == Dated("limit", ordered).editions


@given(histories, days)
def test_starting_moves_one_wording_and_leaves_the_rest(dated: Dated[int], day: date) -> None:
    """The wording named begins on the new day, in order, or two begin at once and are refused."""
    law = dated.editions[0].law
    others = {one.since for one in dated.editions[1:]}
    if day in others:
        with pytest.raises(PackError, match="does not follow"):
            dated.starting({law: day})
        return
    moved = dated.starting({law: day})
    expected = {one.law: one.since for one in dated.editions} | {law: day}
    assert expected == {one.law: one.since for one in moved}
    assert {one.law: one.value for one in dated} == {one.law: one.value for one in moved}


@given(histories, days)
def test_starting_a_wording_without_an_edition_changes_nothing(
    dated: Dated[int], day: date
) -> None:
    """A first day for a wording this value does not have is not its business."""
    assert dated is dated.starting({"no such law": day})
    assert dated is dated.starting({})
