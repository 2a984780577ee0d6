"""What is drawn: the same for the same run, near what was asked, and no two streams are one."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

import attrs
import numpy as np
import pytest
from hypothesis import given, strategies as st

from openakimat import kz
from openakimat.errors import BeyondCalendar, Malformed
from openakimat.simulate.demand import Demand, Stop, corrupt, draw_cases, first_come, lawful
from openakimat.simulate.engines.minutes import NEVER, compile_minutes
from openakimat.simulate.engines.streams import Spread, pick, stream

CALENDAR = kz.calendar(town="Aqtobe")
YEAR = compile_minutes(CALENDAR, date(2026, 1, 1), date(2026, 12, 31))
WAY = (
    Stop("register", 0, Spread(5)),
    Stop("ask", 1, Spread(30), share=0.3, delay=Spread(5 * 1440), topics=("land",)),
    Stop("answer", 0, Spread(10), channels=("paper",), patience=Spread(60)),
)
DEMAND = Demand(
    40,
    by_weekday=(2, 1, 1, 1, 1, 1, 1),
    by_month=(1, 1, 3, *[1] * 9),
    topics={"land": 0.25, "lighting": 0.75},
    channels={"paper": 0.6, "portal": 0.4},
    grounds={"": 0.9, "disability": 0.1},
    persons=500,
)


@given(st.integers(0, YEAR.open.size - 1))
def test_tables_say_of_a_minute_what_the_calendar_says(minute: int) -> None:
    at = YEAR.at(minute)
    assert YEAR.minute(at) == minute
    assert YEAR.open[minute] == CALENDAR.is_open(at)
    opens = int(YEAR.opens[minute])
    if opens != NEVER:
        assert YEAR.open[opens]
        assert not YEAR.open[minute:opens].any()
    done = int(YEAR.worked[minute])
    assert done == CALENDAR.worked(YEAR.at(0), at).total_seconds() // 60
    if 0 < done:
        assert YEAR.at(int(YEAR.closes[done])) == CALENDAR.add(
            YEAR.at(0), (at - at) + CALENDAR.worked(YEAR.at(0), at)
        )


def test_who_is_away_is_not_open() -> None:
    leave = (
        datetime.fromisoformat("2026-03-02T00:00+05:00"),
        datetime.fromisoformat("2026-03-16T00:00+05:00"),
    )
    away = YEAR.less([leave])
    first, past = map(YEAR.minute, leave)
    assert not away.open[first:past].any()
    assert np.array_equal(
        np.delete(away.open, np.s_[first:past]), np.delete(YEAR.open, np.s_[first:past])
    )
    with pytest.raises(BeyondCalendar):
        compile_minutes(CALENDAR, date(2026, 2, 1), date(2026, 1, 1))


def test_no_two_streams_are_one() -> None:
    of = [
        (seed, run, what, part)
        for seed in range(8)
        for run in range(8)
        for what in ("a", "b")
        for part in (0, 1)
    ]
    assert len({int(stream(*one).integers(2**63)) for one in of}) == len(of)


def test_as_many_come_as_were_asked_for() -> None:
    runs = [DEMAND.arrivals(YEAR, stream(1, run, "arrivals")) for run in range(40)]
    days = YEAR.day(np.arange(0, len(YEAR.open), 1440))
    works: np.ndarray = np.asarray(YEAR.open.reshape(-1, 1440).any(axis=1))
    monday = (days.astype(np.int64) + 3) % 7 == 0
    march = days.astype("M8[M]") == np.datetime64("2026-03")
    expected = 40 * (works * np.where(monday, 2, 1) * np.where(march, 3, 1)).sum()
    error = (expected / len(runs)) ** 0.5
    assert abs(np.mean([len(run) for run in runs]) - expected) < 3.5 * error
    every = np.concatenate(runs)
    assert works[every // 1440].all(), "nobody comes on a day off"
    assert set((every // 60 % 24).tolist()) == {9, 10, 11, 12, 13, 14, 15, 16, 17}
    lunch, morning = ((every // 60 % 24 == hour).sum() for hour in (13, 10))
    assert lunch / morning == pytest.approx(0.5, rel=0.1)
    online = attrs.evolve(DEMAND, closed_days=True).arrivals(YEAR, stream(1, 0, "arrivals"))
    assert not works[online // 1440].all()


def test_cases_are_what_was_asked_for() -> None:
    drawn = draw_cases(DEMAND, WAY, YEAR, seed=3)
    n = len(drawn.person)
    assert np.mean(drawn.topic == 0) == pytest.approx(0.25, abs=0.02)
    assert np.mean(drawn.ground == 1) == pytest.approx(0.1, abs=0.02)
    land, asked = drawn.topic == 0, np.isin(np.arange(n), drawn.case[drawn.stop == 1])
    assert not asked[~land].any()
    assert asked[land].mean() == pytest.approx(0.3, abs=0.03)
    on_paper = np.isin(np.arange(n), drawn.case[drawn.stop == 2])
    assert np.array_equal(on_paper, drawn.channel == 0)
    assert drawn.load.work[drawn.stop == 1].mean() == pytest.approx(30, rel=0.1)
    assert np.all((drawn.load.delay > 0) == (drawn.stop == 1))
    assert np.all((drawn.load.patience >= 0) == (drawn.stop == 2))
    assert drawn.trait("channel", 0) in DEMAND.channels


def test_what_one_office_does_otherwise_leaves_all_else_as_it_was() -> None:
    slow = (WAY[0], attrs.evolve(WAY[1], work=Spread(90), share=0.9), WAY[2])
    one, other = (draw_cases(DEMAND, way, YEAR, seed=3, replication=2) for way in (WAY, slow))
    assert np.array_equal(one.load.arrives, other.load.arrives)
    for stop in (0, 2):
        assert np.array_equal(one.load.work[one.stop == stop], other.load.work[other.stop == stop])
    again, another = (draw_cases(DEMAND, WAY, YEAR, seed=3, replication=k) for k in (2, 3))
    assert np.array_equal(one.load.work, again.load.work)
    assert len(one.load.work) != len(another.load.work) or np.any(
        one.load.work != another.load.work
    )


def test_whoever_has_learned_comes_no_more_to_the_window() -> None:
    demand = attrs.evolve(DEMAND, persons=20, learns=0.5, self_service="portal")
    drawn, taught = (
        draw_cases(demand, WAY[:1], YEAR, seed=3),
        stream(3, 0, "learning").random(10**5) < 0.5,
    )
    plain = draw_cases(attrs.evolve(demand, learns=0.0), WAY[:1], YEAR, seed=3)
    learned: set[int] = set()
    for case, person in enumerate(drawn.person.tolist()):
        wanted = 1 if person in learned else plain.channel[case]
        assert drawn.channel[case] == wanted, case
        learned |= {person} if taught[case] else set()
    assert len(learned) == 20


def test_who_goes_first() -> None:
    ranks = {
        name: draw_cases(DEMAND, WAY, YEAR, seed=3, discipline=of)
        for name, of in {"come": first_come, "law": lawful, "bribe": corrupt(0.2)}.items()
    }
    assert set(ranks["come"].load.rank.tolist()) == {0}
    law = ranks["law"]
    grounded = (law.ground[law.case] == 1) | (law.load.delay > 0)
    assert np.array_equal(law.load.rank == 1, grounded)
    bribe = ranks["bribe"]
    paid = np.unique(bribe.case[bribe.load.rank == 0])
    assert len(paid) / len(bribe.person) == pytest.approx(0.2, abs=0.02)
    assert np.all(bribe.load.rank[np.isin(bribe.case, paid)] == 0), (
        "who has paid goes first everywhere"
    )
    assert np.array_equal(
        bribe.load.rank[bribe.load.rank > 0], law.load.rank[bribe.load.rank > 0] + 1
    )


@pytest.mark.parametrize(
    ("shape", "cv"),
    [("lognormal", 0.5), ("lognormal", 2.0), ("exponential", 1.0), ("constant", 0.0)],
)
def test_it_takes_as_long_as_was_asked(shape: str, cv: float) -> None:
    minutes = Spread(400, cv, shape).draw(stream(1, 0, "work"), 200_000)  # type: ignore[arg-type]
    assert minutes.mean() == pytest.approx(400, rel=0.02)
    assert minutes.std() / 400 == pytest.approx(cv, abs=0.1)
    assert Spread(0.1).draw(stream(1, 0, "work"), 100).min() == 1
    assert set(Spread(seen=(7, 9)).draw(stream(1, 0, "work"), 100).tolist()) == {7, 9}


@given(
    st.dictionaries(st.text(max_size=3), st.floats(0, 1e6), min_size=1).filter(
        lambda d: sum(d.values()) > 1e-300
    )
)
def test_nobody_is_of_a_share_that_is_none(shares: dict[str, float]) -> None:
    places = pick(shares, stream(1, 0, "any"), 200)
    assert all(list(shares.values())[place] > 0 for place in places)


def test_the_same_is_drawn_everywhere() -> None:
    """The minutes of one run as a digest: whoever draws others tells so here."""
    load = draw_cases(DEMAND, WAY, YEAR, seed=2026).load
    columns = b"".join(getattr(load, f.name).tobytes() for f in attrs.fields(type(load)))
    assert hashlib.sha256(columns).hexdigest()[:16] == "2a32b9c81f942ced"


def test_what_cannot_be_drawn_is_told_all_at_once() -> None:
    with pytest.raises(Malformed) as wrong:
        Demand(
            -1,
            by_hour=(1,) * 23,
            by_weekday=(-1,) * 7,
            topics={},
            learns=0.5,
            self_service="portal",
        )
    assert {"per_day", "by_hour", "by_weekday", "topics", "self_service"} == {
        f.path for f in wrong.value.faults
    }
    with pytest.raises(Malformed) as wrong:
        Spread(0, -1, "normal")  # type: ignore[arg-type]
    assert {"mean", "cv", "shape"} == {f.path for f in wrong.value.faults}
