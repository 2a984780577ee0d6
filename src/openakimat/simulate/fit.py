"""What a log tells of an office: who comes when, by which way, and how long each step takes.

Rules. (1) The first event of a case is its coming; each later one ends a step. (2) A step takes working
time of the calendar. (3) Of its shapes that with the least AIC is taken, and tested by Kolmogorov and
Smirnov against draws that are fitted again: the usual tables know no fitted parameters. (4) A shape that
the test rejects is not used: what was seen is drawn from. (5) Nothing is fitted to what is thin. It does
not know why a case is slow: each step is drawn by itself, and an office that changes is fitted as it was.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

import attrs
import numpy as np
from numpy.typing import NDArray

from openakimat.calendar.times import instant
from openakimat.calendar.worktime import WorkCalendar
from openakimat.errors import Fault, Malformed
from openakimat.simulate.demand import Demand
from openakimat.simulate.engines.minutes import Minutes, compile_minutes
from openakimat.simulate.engines.streams import Spread, pick, stream
from openakimat.simulate.events import Event

LEAST, CASES, WEEKS, YEAR = 30, 200, 8, 52
"""The fewest times of a step, cases and weeks that are fitted to; and weeks that a season takes."""

LEVEL, _DRAWS, _MANY, _SEEN = 0.05, 199, 1_000, 100
_A_MINUTE = timedelta(minutes=1)


_TOLD = {
    "purpose": "How many come and how long their cases take, were all as the log has it.",
    "logic": "Cases come and go their ways as in the log. Each step is drawn by itself, and made once in a way. "
    "Where it is not known how much of it was work, it is a delay by the clock that keeps nobody busy.",
}
_MINUTE = '{ mean = 1, shape = "constant", unit = "minutes", assumed = true }'


class Step(NamedTuple):
    """How long a step takes: what is drawn from, and how many times were seen.

    Below `LEVEL`, `p`, the chance of as bad a fit had the times that `shape`, rejects it. A step seen fewer
    than `LEAST` times has the times of all such together.
    """

    spread: Spread
    n: int
    shape: str = "constant"
    p: float = 1.0


@attrs.frozen(eq=False)
class Fitted:
    """An office as a log has it: `p` is the chance of weeks that differ as much, were the cases of each day Poisson.

    `routes` tells how often each way was gone, as the names of its events; `steps` how long each takes that
    ends with an event of that name; `people` how often each person did it, where that is told; `waits` how
    long each takes by the clock, where waiting is part of it; `days` the mean from coming to the end, and
    what 90 % are within, of cases of more than one event.
    """

    source: str
    n_cases: int
    first: date
    last: date
    demand: Demand = attrs.field(repr=False)
    p: float
    routes: Mapping[tuple[str, ...], int] = attrs.field(repr=False)
    steps: Mapping[str, Step] = attrs.field(repr=False)
    people: Mapping[str, Mapping[str, int]] = attrs.field(repr=False)
    waits: Mapping[str, Spread] = attrs.field(factory=dict, repr=False)
    days: tuple[float, float] = (0.0, 0.0)

    def __str__(self) -> str:
        """How well each part fits, a line each."""
        per_day = f"{self.demand.per_day:.2f} cases a day; weeks as Poisson: p = {self.p:.3f}"
        days = "days from coming to the end: mean {:.1f}, 90 % within {:.1f}".format(*self.days)
        lines = [f"{self._seen(self.n_cases)}\n  {per_day}\n  {days}"]
        for name, (spread, n, shape, p) in self.steps.items():
            drawn = f"{shape} rejected, what was seen" if spread.seen else shape
            rare = " of all rare steps" if n < LEAST else ""
            lines.append(f"  {name}: n = {n:,}, {drawn}{rare}, p = {p:.3f}")
        return "\n".join(lines)

    def draw(self, minutes: Minutes, /, *, seed: int, replication: int = 0) -> Iterator[Event]:
        """A log of the same office on other days, case by case; what ends after them is not in it."""
        purposes = "arrivals", "route", "time", "who"
        arrivals, route, time, who = (stream(seed, replication, purpose) for purpose in purposes)
        came, ways = self.demand.arrivals(minutes, arrivals).tolist(), [*self.routes]
        gone = pick({str(way): n for way, n in self.routes.items()}, route, len(came))
        for case, (at, way) in enumerate(zip(came, gone, strict=True), 1):
            for place, name in enumerate(ways[way]):
                if place:
                    done = minutes.worked[at] + self.steps[name].spread.draw(time, 1)[0]
                    if done >= len(minutes.closes):
                        break
                    at = int(minutes.closes[done])  # noqa: PLW2901 - the next step begins where this ended
                people = self.people.get(name)
                by = [*people][pick(people, who, 1)[0]] if people else ""
                yield Event(f"drawn-{case}", name, minutes.at(at), by)

    def scenario(self, office: str, /) -> str:
        """The file of a scenario of these days, each number with the log for its source.

        `office` is told as a scenario tells it. Ways are topics, those of one event make no stop; a step is made
        once in a way, and where waiting is part of it a delay by the clock and a minute of work.
        """
        text, of = partial(json.dumps, ensure_ascii=False), self.demand

        def number(told: str, unit: str, n: int = self.n_cases) -> str:
            return f'{{ {told}, unit = "{unit}", source = {text(self._seen(n))} }}'

        lines = [f"title = {text(self.source)}", f"office = {text(office)}"]
        lines += [f"first = {self.first}", f"last = {self.last}", 'measures = ["cases", "days_90"]']
        lines += [f"{key} = {text(told)}" for key, told in _TOLD.items()]
        lines += ["\n[demand]", f"closed_days = {str(of.closed_days).lower()}"]
        lines += [f"cases = {number(f'value = {of.per_day:.4f}', 'cases/day')}"]
        for key, unit in (("by_hour", "weight"), ("by_weekday", "factor"), ("by_month", "factor")):
            values = [round(value, 4) for value in getattr(of, key)]
            lines.append(f"{key} = {number(f'value = {values}', unit)}")
        makes, places, topics = Counter[str](), Counter[str](), defaultdict[str, list[str]](list)
        for no, (way, n) in enumerate(self.routes.items(), 1):
            lines.append(f"# way {no}: {' > '.join(map(text, way))}")
            for place, name in enumerate(dict.fromkeys(way[1:])):
                makes[name] += n
                places[name] += n * place
                topics[name].append(f"way {no}")
        told = ", ".join(f'"way {no}" = {n}' for no, n in enumerate(self.routes.values(), 1))
        lines.append(f"topics = {number(f'value = {{ {told} }}', 'cases')}")
        stops = sorted(makes, key=lambda name: places[name] / makes[name])
        who = {name for people in self.people.values() for name in people}
        somebody = '{ value = 1, unit = "people", assumed = true }'
        people = number(f"value = {len(who)}", "people") if who else somebody
        serves = ["office"] if self.waits else stops
        lines += ["\n[staff.office]", f"serves = {text(serves)}", f"people = {people}"]
        for name in stops:
            spread, n, shape, _ = self.steps[name]
            work = f'mean = {spread.mean:.2f}, cv = {spread.cv:.4f}, shape = "{shape}"'
            work = number(f"seen = {[*spread.seen]}" if spread.seen else work, "minutes", n)
            if wait := self.waits.get(name):
                delay = number(f"seen = {[*wait.seen]}", "minutes", n)
                work = f'{_MINUTE}\ndelay = {delay}\nqueue = "office"'
            lines += [f"\n[stop.{text(name)}]", f"topics = {text(topics[name])}", f"work = {work}"]
        of_days = (number(f"value = {days:.4f}", "days") for days in self.days)
        lines += ["\n[check]", *map("{} = {}".format, ("days", "days_90"), of_days)]
        return "\n".join(lines) + "\n"

    def _seen(self, n: int) -> str:
        return f"{self.source}, {self.first} to {self.last}, n = {n:,}"


def fit(
    events: Iterable[Event], calendar: WorkCalendar, /, *, source: str, season: bool = False, work: bool = False,
) -> Fitted:  # fmt: skip
    """Fit an office to its log.

    Cases that were not over when the log ended are better left out. Months differ where a `season` is asked
    for. For `work` a step begins no sooner than whoever did it had done what they did before; otherwise the
    waiting for them is part of it. Numbers are told with the log for their `source`.
    Raises `Malformed` if it is thin, or tells not by whom things were done; all of it at once;
    `BeyondCalendar` if an event is outside the calendar.

    >>> from openakimat import kz
    >>> fit([], kz.calendar(), source="log.csv")
    Traceback (most recent call last):
    openakimat.errors.Malformed: log.csv: cases: 0, it takes 200; weeks: 0, it takes 8
    """
    ways, people = defaultdict[str, list[str]](list), defaultdict[str, Counter[str]](Counter)
    seen, clock = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list)
    came, log = list[datetime](), [*events]
    since = dict[tuple[str, str], datetime]()
    for one in sorted(log, key=lambda one: instant(one.at)):
        if one.case in ways:
            begun = since["case", one.case]
            begun = max(begun, since.get(("by", one.by), begun)) if work else begun
            seen[one.name].append(calendar.worked(begun, one.at) / _A_MINUTE)
            clock[one.name].append((one.at - begun) / _A_MINUTE)
        else:
            came.append(one.at)
        ways[one.case].append(one.name)
        people[one.name].update([one.by] if one.by else ())
        since["case", one.case] = since["by", one.by] = one.at
    rare = {name: times for name, times in seen.items() if len(times) < LEAST}
    pool = [one for times in rare.values() for one in times]
    weeks = ((came[-1] - came[0]).days + 1) // 7 if came else 0
    needs = {"cases": (len(came), CASES), "weeks": (weeks, YEAR if season else WEEKS)}
    if len(pool) < LEAST:
        needs |= {f"steps.{name}": (len(times), LEAST) for name, times in rare.items()}
    faults = [
        Fault(name, f"{n}, it takes {least}") for name, (n, least) in needs.items() if n < least
    ]
    if work and not all(one.by for one in log):
        faults.append(Fault("by", "of some events it is not told who did them"))
    if faults:
        raise Malformed(source, faults)
    first, last = (calendar.place.day_of(at) for at in (came[0], came[-1]))
    demand, p = _fit_demand(came, compile_minutes(calendar, first, last), season=season)
    steps = {name: _fit_step(name, pool if name in rare else seen[name], len(seen[name])) for name in sorted(seen)}  # fmt: skip
    routes, pooled = Counter(map(tuple, ways.values())), [t for name in rare for t in clock[name]]
    waits = {} if work else {name: _spread_seen(pooled if name in rare else clock[name]) for name in steps}  # fmt: skip
    spans = [(since["case", one] - at) / timedelta(days=1) for (one, way), at in zip(ways.items(), came, strict=True) if way[1:]]  # fmt: skip
    days = float(np.mean(spans or [0])), float(np.quantile(spans or [0], 0.9))
    return Fitted(source, len(came), first, last, demand, p, routes, steps, people, waits, days)


def _fit_demand(
    came: Sequence[datetime], minutes: Minutes, *, season: bool
) -> tuple[Demand, float]:
    from scipy.stats import chi2, chi2_contingency

    days, at = minutes.day(np.arange(0, len(minutes.open), 1440)), np.array([*map(minutes.minute, came)])  # fmt: skip
    hours, table = np.zeros((len(days), 24)), np.zeros((7, 24))
    np.add.at(hours, (at // 1440, at // 60 % 24), 1)
    weekdays, months = (days.astype(int) + 3) % 7, days.astype("M8[M]").astype(int) % 12
    opened, counts = minutes.open.reshape(-1, 1440).any(axis=1), hours.sum(axis=1)
    closed_days = bool(counts[~opened].any())

    def rate(factor: NDArray[Any], of: NDArray[Any], n: int) -> NDArray[Any]:
        exposed = np.bincount(of, factor * (opened | closed_days), n)
        return np.bincount(of, counts, n) / np.where(exposed > 0, exposed, 1)

    by_weekday, by_month = np.ones(7), np.ones(12)
    # Each given the other in turn: the likeliest of all products of the two.
    for _ in range(50 if season else 1):
        by_weekday = rate(by_month[months], weekdays, 7)
        by_month = rate(by_weekday[weekdays], months, 12) if season else by_month
    per_day = float(by_weekday[by_weekday > 0].mean())
    np.add.at(table, weekdays, hours)
    by_hour, told = table.sum(axis=0), table[np.ix_(table.any(axis=1), table.any(axis=0))]
    # The hours of each weekday are told apart where AIC has it so.
    if min(told.shape) > 1:
        found: Any = chi2_contingency(told, lambda_="log-likelihood")
        by_hour = table.ravel() if found[0] > 2 * found[2] else by_hour
    factors = (by_weekday / per_day).tolist(), by_month.tolist()
    demand, n = Demand(per_day, by_hour.tolist(), *factors, closed_days), len(days) // 7
    want, there = (of[: n * 7].reshape(n, 7).sum(axis=1) for of in (demand.daily(minutes), counts))
    misses = ((there - want)[want > 0] ** 2 / want[want > 0]).sum()
    return demand, float(chi2.sf(misses, n - 1))


def _fit_step(name: str, times: Sequence[float], n: int) -> Step:
    from scipy import stats

    minutes = np.maximum(times, 1.0)  # as they are drawn: 1 at least
    if not np.ptp(minutes):
        return Step(Spread(float(minutes[0]), shape="constant"), n)
    shapes = {"lognormal": stats.lognorm, "gamma": stats.gamma, "exponential": stats.expon}
    fits = {shape: of.fit(minutes, floc=0) for shape, of in shapes.items()}
    aic = {shape: 2 * len(found) - 2 * shapes[shape].logpdf(minutes, *found).sum() for shape, found in fits.items()}  # fmt: skip
    shape, rng = min(aic, key=aic.__getitem__), stream(0, 0, f"test of {name}")
    tried = rng.permutation(minutes)[:_MANY]  # more would reject for what nobody would notice
    how: Any = {"statistic": "ks", "n_mc_samples": _DRAWS, "random_state": rng}
    p = float(stats.goodness_of_fit(shapes[shape], tried, known_params={"loc": 0}, **how).pvalue)
    mean, var = (float(one) for one in shapes[shape].stats(*fits[shape]))
    spread = Spread(mean, var**0.5 / mean, shape)  # type: ignore[arg-type]  # one of these
    if p < LEVEL:
        spread = _spread_seen(minutes)
    return Step(spread, n, shape, p)


def _spread_seen(times: Sequence[float] | NDArray[Any]) -> Spread:
    """Times as they were seen: each, or the means of so many equal parts of them, which keep their mean."""
    of = np.sort(np.maximum(times, 1.0))
    n, k = len(of), min(len(of), _SEEN)
    before = np.interp(np.linspace(0, n, k + 1), np.arange(n + 1), np.append(0, np.cumsum(of)))
    return Spread(seen=np.rint(np.diff(before) * k / n).astype(int).tolist())
