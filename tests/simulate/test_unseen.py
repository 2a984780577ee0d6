"""A log that was not seen, drawn: as far from it by eight distances as two halves of it are apart.

The tool needs another pandas than the library is tested with, and stands in no group:
uv run --with log-distance-measures pytest -n0 -m "" tests/simulate/test_unseen.py
"""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest

from openakimat import kz, register
from openakimat.register.files.sources import read_events
from openakimat.simulate.demand import Demand, Stop, draw_cases
from openakimat.simulate.engines import many
from openakimat.simulate.engines.load import Staff
from openakimat.simulate.engines.minutes import compile_minutes
from openakimat.simulate.engines.streams import Spread
from openakimat.simulate.events import Event

pytest.importorskip("log_distance_measures")
pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
LOG = ROOT.parent / "shared" / "data" / "receipt.csv"
UNSEEN = runpy.run_path(str(ROOT / "examples" / "receipt" / "unseen.py"))
OFFICE = kz.office("khromtau")


def log_of_a_queue(look: float = 120) -> list[Event]:
    """Nine months of an office that does not change: two steps of a queue, a third of all makes one alone."""
    days = compile_minutes(OFFICE.calendar, date(2025, 1, 6), date(2025, 9, 30))
    way = [Stop("look", 0, Spread(look, 0.9), share=0.66), Stop("answer", 1, Spread(60, 0.6))]
    staff = Staff([[0], [0], [0], [1], [1]], [days], table=[0] * 5)
    drawn = draw_cases(Demand(8, by_weekday=(1.6, 1, 1, 1, 0.8, 0, 0)), way, days, seed=7)
    lives, load = many.run(drawn.load, staff), drawn.load
    comes = [Event(str(k), "come", days.at(at)) for k, at in enumerate(load.arrives)]
    return comes + [
        Event(
            str(drawn.case[k]),
            way[drawn.stop[k]].name,
            days.at(lives.ended[k]),
            str(lives.server[k]),
        )
        for k in np.flatnonzero(lives.ended >= 0)
    ]


def test_an_office_that_does_not_change_is_drawn_as_near_as_its_halves_are_apart() -> None:
    for name, found, floor, _ in UNSEEN["table"](log_of_a_queue(), OFFICE, "a queue", reps=5):
        assert fmean(found) <= 3 * floor + 0.01, name


def test_an_office_whose_work_took_twice_as_long_is_further() -> None:
    before, after = UNSEEN["split"](log_of_a_queue())
    other = UNSEEN["split"](log_of_a_queue(240))[1]
    name = "lengths of cases (hours)"
    far, near = (UNSEEN["distance"](name, after, of) for of in (other, before))
    assert far > 3 * near


@pytest.mark.skipif(not LOG.exists(), reason="the log is not here")
def test_the_real_log_is_drawn_as_near_as_its_own_first_part_is() -> None:
    office = kz.office(str(ROOT / "examples/receipt/municipality.toml"))
    mapping = register.read_mapping(ROOT / "examples/receipt/mapping.toml")
    log = [*read_events(LOG, mapping, office)]
    for name, found, _, drift in UNSEEN["table"](log, office, LOG.name, reps=3):
        # Not as its halves: in the second part everything went faster, and no fit knows that.
        assert fmean(found) <= 2.5 * drift, name
