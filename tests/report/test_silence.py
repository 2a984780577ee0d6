"""An office is named for its silence where it was closed, and not for chance, bunches or a season."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import attrs
import numpy as np
import pytest

from openakimat import kz
from openakimat.judgement.docket import Standing
from openakimat.report.figures.cases import Counted
from openakimat.report.figures.silence import LEAST, audit_silence, list_silences
from openakimat.simulate.demand import draw_cases
from openakimat.simulate.engines import many
from openakimat.simulate.scenario import read_scenario

BAYANAUL = Path(__file__).parents[2] / "examples" / "scenarios" / "bayanaul.toml"
CALENDAR = kz.office("yesil").calendar
FIRST, LAST = date(2025, 1, 6), date(2025, 7, 4)
DAYS = [day for day in CALENDAR.days[1:] if FIRST <= day <= LAST]
HOURS = (9, 10, 11, 12, 15, 16, 17)

Habit = Callable[[Random, int], list[int]]
"""The hours with an act of the n-th working day."""


def some(rng: Random, chance: float) -> list[int]:
    return [hour for hour in HOURS if rng.random() < chance]


def one_day_a_week(rng: Random, n: int) -> list[int]:
    return [*HOURS] if Random(f"{rng.getstate()[1][0]}{n // 5}").randrange(5) == n % 5 else []  # noqa: S311


HABITS: dict[str, Habit] = {
    "often": lambda rng, _: some(rng, 0.3),
    "seldom": lambda rng, _: some(rng, 0.03),
    "in bunches": lambda rng, _: [*HOURS] if rng.random() < 0.25 else [],
    "one day a week, whichever": one_day_a_week,
    "hardly in summer": lambda rng, n: some(rng, 0.6 if n < 60 else 0.06),
    "in waves": lambda rng, n: some(rng, 0.3 * (1 + 0.9 * math.sin(n / 9))),
    "on Mondays": lambda rng, n: some(rng, 0.7) if DAYS[n].weekday() == 0 else [],
}


def acts(habit: Habit, seed: int, closed: range = range(0)) -> list[datetime]:
    rng = Random(seed)  # noqa: S311 - made-up acts, no secret
    found = [(day, hour) for n, day in enumerate(DAYS) for hour in habit(rng, n) if n not in closed]
    return [CALENDAR.place.start_of(day) + timedelta(hours=hour, minutes=7) for day, hour in found]


@pytest.mark.parametrize("habit", HABITS)
def test_an_office_always_open_is_named_no_more_often_than_the_level(habit: str) -> None:
    found = [audit_silence(acts(HABITS[habit], k), CALENDAR, FIRST, LAST) for k in range(60)]
    assert all(one["p"] is not None for one in found)
    assert sum(bool(one["silences"]) for one in found) <= 5


def test_an_office_closed_for_two_weeks_is_named_with_its_days() -> None:
    closed = range(40, 50)
    for seed in range(10):
        found = audit_silence(acts(HABITS["often"], seed, closed), CALENDAR, FIRST, LAST)
        (one,) = found["silences"]
        assert one["p"] == found["p"] < 0.001
        assert one["since"][:10] <= DAYS[40].isoformat()
        assert one["until"][:10] >= DAYS[49].isoformat()
        assert 10 < one["expected"] < 40
        assert one["hours"] >= 9 * 10


def test_each_of_two_silences_is_named() -> None:
    times = [at for at in acts(HABITS["often"], 1) if at.date() not in {*DAYS[20:32], *DAYS[80:95]}]
    found = audit_silence(times, CALENDAR, FIRST, LAST)["silences"]
    assert [DAYS[80], DAYS[20]] == [
        next(day for day in (DAYS[80], DAYS[20]) if one["since"] <= f"{day} 09:00" <= one["until"])
        for one in found
    ]


def test_what_is_thin_is_not_judged() -> None:
    times = [CALENDAR.place.start_of(FIRST) + timedelta(hours=hour) for hour in HOURS[: LEAST - 1]]
    found = audit_silence(times, CALENDAR, FIRST, LAST)
    assert (None, []) == (found["p"], found["silences"])
    assert audit_silence([], CALENDAR, FIRST, LAST)["p"] is None


def test_whoever_acts_after_hours_was_there_and_days_off_are_no_silence() -> None:
    late = [CALENDAR.place.start_of(day) + timedelta(hours=20) for day in DAYS]
    assert len(DAYS) == audit_silence(late, CALENDAR, FIRST, LAST)["n"]
    off = CALENDAR.place.start_of(FIRST + timedelta(days=5)) + timedelta(hours=10)
    assert len(DAYS) == audit_silence([*late, off], CALENDAR, FIRST, LAST)["n"]


def test_bayanaul_opened_once_is_named_and_the_same_office_open_is_not() -> None:
    of = read_scenario(BAYANAUL, kz.office)
    named, missed = 0, 0
    for replication in range(20):
        drawn = draw_cases(of.demand, of.way, of.calendar, seed=1, replication=replication)
        for staff in (of.staff, attrs.evolve(of.staff, minutes=[of.calendar])):
            began = many.run(drawn.load, staff).started
            times = [of.open.at(minute) for minute in np.unique(began[began >= 0])]
            found = audit_silence(times, of.office.calendar, date(2020, 8, 3), date(2020, 8, 28))
            if staff is of.staff:
                missed += found["p"] is None
                for one in found["silences"]:
                    assert "2020-08-04 09:00" >= one["since"]
                    assert "2020-08-28 19:00" == one["until"]
                assert (found["p"] is None) == (not found["silences"])
            else:
                named += bool(found["silences"])
    assert (named <= 3, missed <= 2) == (True, True)


# -- in a report ----------------------------------------------------------------------


def test_a_register_is_over_where_it_ends_and_a_journal_is_not() -> None:
    times = [at for at in acts(HABITS["often"], 1) if at.date() <= DAYS[60]]
    row = Counted("a", "appeal", "yesil", times[0], Standing.OPEN)
    rows = [attrs.evolve(row, received=at) for at in times]
    at = CALENDAR.place.start_of(LAST) + timedelta(hours=18)
    assert [{"key": "yesil", "n": 0, "p": 1.0}] == [
        {**one, "p": float(one["p"] >= 0.05)} for one in list_silences(rows, {"yesil": CALENDAR})
    ]
    (one,) = list_silences(rows, {"yesil": CALENDAR}, at)
    assert one["key"].startswith("yesil: 2025-0")
    assert one["key"].endswith("2025-07-04 19:00")
    assert one["n"] > 300


def test_who_writes_from_home_shows_no_office_open_and_an_answer_does() -> None:
    row = Counted(
        "a", "appeal", "yesil", CALENDAR.place.start_of(FIRST), Standing.OPEN, electronic=True
    )
    assert [{"key": "yesil", "n": None, "p": None}] == [*list_silences([row], {"yesil": CALENDAR})]
    done = attrs.evolve(row, done=row.received + timedelta(hours=10))
    assert [{"key": "yesil", "n": None, "p": None}] == [*list_silences([done], {"yesil": CALENDAR})]


def year_of_cases(seed: int, per_day: float) -> list[Counted]:
    """What comes to an office that is always open, and is answered in one to three weeks, at times much later."""
    rng, place, found = Random(seed), CALENDAR.place, list[Counted]()  # noqa: S311 - made up
    days = [day for day in CALENDAR.days[1:] if 2023 <= day.year <= 2025]

    def at(day: date) -> datetime:
        return place.start_of(day) + timedelta(hours=rng.choice(HOURS), minutes=7)

    for no, day in enumerate(days[:-120]):
        if rng.random() < per_day:
            later = rng.randint(5, 15) if rng.random() < 0.95 else rng.randint(20, 120)
            done = at(days[no + later])
            found.append(Counted(f"{no}", "appeal", "yesil", at(day), Standing.IN_TIME, done=done))
    return found


CHOSEN: dict[str, Callable[[Counted], bool]] = {
    "what came in a year": lambda row: row.received.year == 2024,
    "what was answered in it": lambda row: row.done is not None and row.done.year == 2024,
}


@pytest.mark.parametrize("per_day", [0.1, 0.6])
@pytest.mark.parametrize("chosen", CHOSEN)
def test_a_register_of_a_year_accuses_nobody_for_the_months_around_it(
    chosen: str, per_day: float
) -> None:
    named = 0
    for seed in range(40):
        rows = [row for row in year_of_cases(seed, per_day) if CHOSEN[chosen](row)]
        named += bool(next(list_silences(rows, {"yesil": CALENDAR}))["n"])
    assert (
        named <= 4
    )  # of 40, at a level of a twentieth; all but two, where its edges are taken for its days


def test_an_answer_says_nothing_new_of_chance_where_its_receipt_did() -> None:
    named, until = 0, CALENDAR.place.start_of(date(2025, 1, 1))
    for seed in range(60):
        rows = [row for row in year_of_cases(seed, 0.12) if row.received < until]
        named += bool(next(list_silences(rows, {"yesil": CALENDAR}, until))["n"])
    assert named <= 7  # of 60, at a level of a twentieth


def test_years_that_no_calendar_has_are_not_judged() -> None:
    row = Counted("a", "appeal", "yesil", CALENDAR.place.start_of(FIRST), Standing.OPEN)
    at = datetime.fromisoformat("2029-01-10T10:00+05:00")
    assert [{"key": "yesil", "n": None, "p": None}] == [
        *list_silences([row], {"yesil": CALENDAR}, at)
    ]
