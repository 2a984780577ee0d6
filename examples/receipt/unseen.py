"""Fit the first part of a log, draw the second, and hold it beside what came, by eight distances.

The distances are those of `log-distance-measures`; each is 0 where two logs are alike. Beside them stands
the floor: two halves of what came, drawn by lot, are as far apart; and the drift: the first part itself,
put in the place of the second.

uv run --with log-distance-measures python examples/receipt/unseen.py receipt.csv
"""

from __future__ import annotations

import random
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from statistics import fmean, stdev
from typing import Any

from openakimat import AkimatError, kz, register
from openakimat.law.office import Office
from openakimat.register.files.sources import read_events
from openakimat.report.output import ending_with_reader
from openakimat.simulate.engines.minutes import compile_minutes
from openakimat.simulate.events import Event
from openakimat.simulate.fit import fit

HERE = Path(__file__).parent
Log = Sequence[Event]

DISTANCES: dict[str, tuple[str, dict[str, Any]]] = {
    "runs of three events (share)": ("n_gram_distribution", {}),
    "ways of cases (share)": ("control_flow_log_distance", {"parallel": False}),
    "events over the period (hours)": ("absolute_event_distribution", {}),
    "arrivals over the period (hours)": ("case_arrival_distribution", {}),
    "hours of each weekday (hours)": ("circadian_event_distribution", {}),
    "people at work by hour (hours)": ("circadian_workforce_distribution", {}),
    "events since their case came (hours)": ("relative_event_distribution", {}),
    "lengths of cases (hours)": ("cycle_time_distribution", {"bin_size": timedelta(hours=1)}),
}
"""The eight, by what they compare."""


def distance(name: str, one: Log, other: Log) -> float:
    """How far two logs are apart."""
    import pandas as pd

    ids = import_module("log_distance_measures.config").DEFAULT_XES_IDS
    module, how = DISTANCES[name]
    function = module if module.endswith("_distance") else f"{module}_distance"
    measure = getattr(import_module(f"log_distance_measures.{module}"), function)

    def frame(log: Log) -> Any:
        # By the clock on the wall; what was done in one minute keeps its order.
        times = [e.at.replace(tzinfo=None) + timedelta(microseconds=n) for n, e in enumerate(log)]
        columns = {ids.case: 0, ids.activity: 1, ids.resource: 3}
        found = {column: [event[k] for event in log] for column, k in columns.items()}
        return pd.DataFrame(found | {ids.start_time: times, ids.end_time: times})

    return float(measure(frame(one), ids, frame(other), ids, **how))


def cases_of(log: Log) -> list[list[Event]]:
    """The events of each case, in order of its coming."""
    found = defaultdict[str, list[Event]](list)
    for one in sorted(log, key=lambda one: one.at):
        found[one.case].append(one)
    return [*found.values()]


def split(log: Log, share: float = 0.6) -> tuple[list[Event], list[Event]]:
    """Cases that were over by an instant, and those that came after it; none of both is looked at.

    The instant is that by which a share of the cases had come.
    """
    cases = cases_of(log)
    at = cases[int(len(cases) * share)][0].at
    first = [one for case in cases if case[-1].at < at for one in case]
    return first, [one for case in cases if case[0].at >= at for one in case]


def moved(log: Log, first: datetime, last: datetime) -> list[Event]:
    """The last weeks of a log, put in the place of others."""
    weeks = timedelta(weeks=(last - max(case[0].at for case in cases_of(log))).days // 7)
    there = [[e._replace(at=e.at + weeks) for e in case] for case in cases_of(log)]
    return [e for case in there if case[0].at >= first for e in case if e.at <= last]


def table(
    log: Log, office: Office, source: str, *, reps: int = 10
) -> Iterator[tuple[str, list[float], float, float]]:
    """Of each distance: that of each draw, the floor, and the drift."""
    before, after = split(log)
    fitted = fit(before, office.calendar, source=source)
    first, last = min(e.at for e in after), max(e.at for e in after)
    minutes = compile_minutes(office.calendar, office.day_of(first), office.day_of(last))
    drawn = [[*fitted.draw(minutes, seed=1, replication=k)] for k in range(reps)]
    rng, cases, halves = random.Random(1), cases_of(after), list[tuple[Log, Log]]()  # noqa: S311 - no secret
    for _ in range(reps):
        rng.shuffle(cases)
        one, other = cases[::2], cases[1::2]
        halves.append(([e for case in one for e in case], [e for case in other for e in case]))
    for name in DISTANCES:
        found = [distance(name, after, of) for of in drawn]
        floor = fmean(distance(name, *of) for of in halves)
        yield name, found, floor, distance(name, after, moved(before, first, last))


@ending_with_reader()
def main() -> None:
    """Print the table."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("log", type=Path, help="the event log, receipt.csv")
    parser.add_argument("--reps", type=int, default=10, help="draws, and splits in halves")
    told = parser.parse_args()
    try:
        office = kz.office(str(HERE / "municipality.toml"))
        mapping = register.read_mapping(HERE / "mapping.toml")
        log = [*read_events(told.log, mapping, office)]
        print(fit(split(log)[0], office.calendar, source=told.log.name))
        print(f"\n{'distance':<40}{'drawn':>8}{'±':>8}{'floor':>8}{'drift':>8}")
        for name, found, floor, drift in table(log, office, told.log.name, reps=told.reps):
            print(f"{name:<40}{fmean(found):>8.2f}{stdev(found):>8.2f}{floor:>8.2f}{drift:>8.2f}")
    except AkimatError as wrong:
        parser.error(str(wrong))


if __name__ == "__main__":
    main()
