"""Deadlines of columns: what the law says of one case, the columns say of each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, strategies as st

from openakimat import kz
from openakimat.calendar.terms import InTime
from openakimat.dated import Edition
from openakimat.errors import Malformed
from openakimat.limits.deadline import due
from openakimat.limits.limit import TimeLimit
from openakimat.simulate.columns.days import Columns
from openakimat.simulate.columns.deadlines import due_at, standings

OFFICE = kz.office("khromtau")
COLUMNS = Columns(OFFICE.calendar)
FIRST = int(datetime(2022, 1, 1, tzinfo=UTC).timestamp())
LIMITS: list[Edition[TimeLimit]] = [
    edition for dated in OFFICE.law.limits.values() for edition in dated
]
IN_DAYS = [
    e for e in LIMITS if e.value.direction == "after" and not isinstance(e.value.term, InTime)
]
seconds = st.integers(0, 3 * 365 * 86_400).map(lambda n: FIRST + n)


def at(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


@given(
    st.sampled_from(IN_DAYS),
    st.lists(
        st.tuples(
            seconds, seconds, st.integers(0, 40 * 86_400), st.integers(-5, 60), st.booleans()
        ),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(["none", "set", "extended"]),
)
def test_each_is_due_when_the_law_says(
    edition: Edition[TimeLimit], cases: list[tuple[int, int, int, int, bool]], named: str
) -> None:
    starts = np.array([start for start, *_ in cases])
    begins = np.array([start + (pause - FIRST) % (20 * 86_400) for start, pause, *_ in cases])
    ends = begins + np.array([length if is_paused else 0 for _, _, length, _, is_paused in cases])
    days = [
        OFFICE.day_of(at(int(s))) + timedelta(days=n)
        for s, (*_, n, _) in zip(starts, cases, strict=True)
    ]
    until = np.array(
        [str(day) if n % 3 else "NaT" for day, (*_, n, _) in zip(days, cases, strict=True)], "M8[D]"
    )
    signed = starts + 5 * 86_400
    found = due_at(
        edition, COLUMNS, starts, pauses=[(begins, ends)],
        until=None if named == "none" else until, extended_at=signed if named == "extended" else None,
    )  # fmt: skip
    for k, day in enumerate(days):
        exact = due(
            edition, at(int(starts[k])), OFFICE.calendar,
            pauses=[(at(int(begins[k])), at(int(ends[k])))] if ends[k] > begins[k] else [],
            until=None if named == "none" or np.isnat(until[k]) else day,
            extended_at=at(int(signed[k])) if named == "extended" else None,
        )  # fmt: skip
        assert at(int(found[k])) == exact.at, (edition.value.key, k)


def test_there_are_limits_of_every_kind_among_them() -> None:
    kinds = {(type(e.value.term).__name__, e.value.late.value, e.value.roll.value) for e in IN_DAYS}
    assert {term for term, _, _ in kinds} >= {"WorkingDays", "CalendarDays", "Months"}
    assert {late for _, late, _ in kinds} == {"next-working-day", "same-day"}
    assert {roll for _, _, roll in kinds} == {"next-working-day", "none"}


def test_a_term_in_hours_is_refused() -> None:
    in_hours = next(e for e in LIMITS if isinstance(e.value.term, InTime))
    with pytest.raises(Malformed, match="not so many days"):
        due_at(in_hours, COLUMNS, np.array([FIRST]))


def test_how_each_stands() -> None:
    dues, stopped = np.array([100] * 5), np.array([99, 100, 101, -1, -1])
    assert standings(dues, stopped, 99).tolist() == ["in time", "late", "late", "open", "open"]
    assert standings(dues, stopped, 100).tolist()[3:] == ["overdue", "overdue"]
