"""A licence of Eta: paused and reopened at will, corrected, extended again; lived again, and in arrays."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from hypothesis import example, given, strategies as st
from tests.revised import ASKS, EVERYBODY, Examine, Inspect, Second, office_of
from tests.test_revisions import START, STEPS, desk_of

import openakimat as oa
from openakimat.adapters import memory
from openakimat.simulate.columns.cases import record
from openakimat.simulate.relive import Lives
from openakimat.simulate.whatif import rule, whatif
from openakimat.trail.seal import seal_all

OFFICE = office_of(Second)


def live(steps: list[tuple[int, int, Any]], id: str, desk: oa.Desk) -> oa.Case:
    """A life lived at one desk; some of it is entered days after it was done."""
    case, now = desk.open("licence", topic="a stall", at=START, by=ASKS, id=id), START
    for late, days, act in steps:
        now += timedelta(days=days, minutes=1)
        # Done before what time has done meanwhile, and entered only now.
        at, entered = (now - timedelta(days=9), now) if late == 2 else (now, None)
        with suppress(oa.Refusal, oa.Malformed):
            if act is None:
                case = desk.lapse(id, at=now)
            else:
                case = desk.perform(id, act, at=at, by=EVERYBODY, entered=entered)
    return case


OVERTAKEN = [(0, 1, oa.Register("7")), (0, 0, Examine()), (0, 12, None), (2, 0, Inspect())]
"""What was done in time is entered after its term has run out, and takes the place of that."""


@given(STEPS)
@example(OVERTAKEN)
def test_it_is_lived_again_to_the_bit_also_what_was_corrected_reopened_and_entered_later(
    steps: Any,
) -> None:
    case = live(steps, "L", desk_of(OFFICE, memory.Journal()))
    again = Lives({"L": case}, OFFICE, case.records[-1].at).life("L")
    assert again.of is not None
    assert case.sealed == again.of.case.sealed
    assert case.overtaken == again.of.case.overtaken
    assert [r.seal for r in seal_all("L", case.sealed, salt=bytes)] == [
        r.seal for r in seal_all("L", again.of.case.sealed, salt=bytes)
    ]
    assert ((), False) == (again.kept, again.shifted)


@given(
    st.lists(STEPS, min_size=1, max_size=6),
    st.sampled_from(("working_days", "calendar_days")),
    st.integers(1, 60),
    st.sampled_from(("next-working-day", "none")),
)
def test_arrays_have_the_verdicts_and_days_of_it_lived_again(
    lives: Any, term: str, n: int, roll: str
) -> None:
    desk = desk_of(OFFICE, memory.Journal())
    cases = [live(steps, f"L{n}", desk) for n, steps in enumerate(lives)]
    at = max(r.at for case in cases for r in case.sealed) + timedelta(days=3)
    of = rule.limit("licence.decision", roll=roll, **{term: n})  # type: ignore[arg-type]  # by name
    slow, fast = whatif(cases, OFFICE, of, at=at), whatif(record(cases, OFFICE, at=at), OFFICE, of)
    assert (slow.total, slow.moved) == (fast.total, fast.moved)
    assert {(f.case, f.late, f.days) for f in slow.flips} == {
        (f.case, f.late, f.days) for f in fast.flips
    }


def test_some_of_these_lives_overtake_a_lapse() -> None:
    assert live(OVERTAKEN, "L", desk_of(OFFICE, memory.Journal())).overtaken


def test_a_country_without_our_phrases_is_told_by_their_names() -> None:
    case = live([], "L", desk_of(OFFICE, memory.Journal()))
    found = whatif(
        [case],
        OFFICE,
        rule.limit("licence.decision", working_days=3),
        at=datetime.fromisoformat("2026-03-02T10:00+01:00"),
    )
    assert found.total.after == 1
    assert str(found)
