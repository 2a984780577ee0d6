"""Who comes, when, with what, and by which way: drawn beforehand, so that engines decide nothing.

All of this is modelled; none of it is law. Cases come as a Poisson process whose rate changes by
hour, weekday and month; what they are, which stops they make and how long each takes is drawn for
each by itself, from a stream of its own purpose.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

import attrs
import numpy as np
from numpy.typing import NDArray

from openakimat.errors import Fault, Malformed
from openakimat.simulate.engines.load import RANKS, STAYS, Ints, Load
from openakimat.simulate.engines.minutes import Minutes
from openakimat.simulate.engines.streams import Spread, pick, stream

Draw = Callable[[str], np.random.Generator]
"""The stream of a purpose, in one run."""

EVERYBODY: Mapping[str, float] = {"": 1.0}


@attrs.frozen
class Demand:
    """How many come, when, and what they are.

    Raises `Malformed` if a number is negative, or there are not as many as there are hours, days, months.

    Attributes:
        per_day: Cases expected on a day whose factors are 1.
        by_hour: Weights of the 24 hours of a day, or of the 168 of a week from Monday on; only their
            proportions within a day count.
        by_weekday, by_month: Factors, from Monday and from January.
        closed_days: Whether cases come on days off too, as they do electronically.
        topics, channels, grounds: Shares, by name: what it is about, how it comes, and on what
            ground it goes before others; ``""`` is none.
        persons: How many people they come from; each comes as often as chance has it.
        learns: The chance that a visit teaches its person to use `self_service`, the channel by
            which they come ever after.
    """

    per_day: float
    by_hour: Sequence[float] = (0,) * 9 + (1,) * 4 + (0.5,) + (1,) * 4 + (0,) * 6
    by_weekday: Sequence[float] = (1,) * 7
    by_month: Sequence[float] = (1,) * 12
    closed_days: bool = False
    topics: Mapping[str, float] = EVERYBODY
    channels: Mapping[str, float] = EVERYBODY
    grounds: Mapping[str, float] = EVERYBODY
    persons: int = 10_000
    learns: float = 0.0
    self_service: str = ""

    def __attrs_post_init__(self) -> None:
        """Refuse what is no rate and no share."""
        faults = []
        for name, n in (("by_hour", 24), ("by_weekday", 7), ("by_month", 12)):
            told = getattr(self, name)
            lengths = (n, 168) if name == "by_hour" else (n,)
            if len(told) not in lengths or min(told, default=-1) < 0 or not sum(told) > 0:
                faults.append(Fault(name, f"not {n} numbers of 0 or more, one of them over 0"))
        for name in ("topics", "channels", "grounds"):
            told = getattr(self, name).values()
            if min(told, default=-1) < 0 or not sum(told) > 0:
                faults.append(Fault(name, "shares are 0 or more, one of them over 0"))
        if not (self.per_day >= 0 and self.persons > 0 and 0 <= self.learns <= 1):
            faults.append(Fault("per_day", "under 0, or nobody comes, or learns is no chance"))
        if self.learns and self.self_service not in self.channels:
            faults.append(Fault("self_service", f"{self.self_service!r} is none of the channels"))
        if faults:
            raise Malformed("demand", faults)

    def daily(self, minutes: Minutes, /) -> NDArray[np.float64]:
        """Cases expected on each day. Shape (days,)."""
        days = minutes.day(np.arange(0, len(minutes.open), 1440))
        weekdays = (days.astype(np.int64) + 3) % 7
        months = days.astype("M8[M]").astype(np.int64) % 12
        rates: Any = np.asarray(self.by_weekday, np.float64)[weekdays] * self.per_day
        rates = rates * np.asarray(self.by_month, np.float64)[months]
        if not self.closed_days:
            rates = rates * minutes.open.reshape(-1, 1440).any(axis=1)
        return np.asarray(rates, np.float64)

    def arrivals(self, minutes: Minutes, rng: np.random.Generator, /) -> Ints:
        """The minutes at which cases come, in order."""
        hours = np.asarray(self.by_hour, np.float64).reshape(-1, 24)
        hours /= np.maximum(hours.sum(axis=1, keepdims=True), np.finfo(float).tiny)
        weekdays = (minutes.first.weekday() + np.arange(len(minutes.open) // 1440)) % len(hours)
        expected: Any = (self.daily(minutes)[:, None] * hours[weekdays]).ravel()
        counts = rng.poisson(expected)
        starts = np.repeat(np.arange(len(counts)) * 60, counts)
        return np.sort(starts + rng.integers(0, 60, len(starts)))


@attrs.frozen
class Stop:
    """A visit that cases make on their way.

    Attributes:
        share: The chance that a case makes it.
        channels, topics: Of which cases alone; of all, where none is named.
        delay: Minutes of waiting elsewhere before it, as for the answer of another body.
        patience: Minutes after which it leaves; without, it stays.
    """

    name: str
    queue: int
    work: Spread
    share: float = 1.0
    channels: Collection[str] = ()
    topics: Collection[str] = ()
    delay: Spread | None = None
    patience: Spread | None = None


class Backlog(NamedTuple):
    """Cases that are open when a run begins, the oldest first. Shape (cases,) each.

    Attributes:
        stop: The place of the stop that each goes on from, at its beginning.
        topic, channel: Of each, by their places in a demand; -1 is drawn as of whoever comes.
        came, due: The minute each came, under 0, and the first too late for it.
    """

    stop: Ints
    topic: Ints
    channel: Ints
    came: Ints
    due: Ints


NOTHING_OPEN = Backlog(*[np.empty(0, np.int64)] * 5)


@attrs.frozen(eq=False)
class Drawn:
    """The cases of one run, as drawn.

    Attributes:
        load: What engines are given; case k here is case k there.
        stop, case: Which stop of the way each visit is, and of which case. Shape (visits,).
        person: Whose each case is. Shape (cases,).
        topic, channel, ground: The place of each case's in `demand`. Shape (cases,).
    """

    demand: Demand
    way: Sequence[Stop]
    load: Load
    stop: Ints
    case: Ints
    person: Ints
    topic: Ints
    channel: Ints
    ground: Ints

    def trait(self, name: str, case: int, /) -> str:
        """The topic, channel or ground of a case."""
        names: list[str] = list(getattr(self.demand, name + "s"))
        return names[int(getattr(self, name)[case])]


Discipline = Callable[[Drawn, Draw], Ints]
"""Who goes first: gives each visit a rank, the least first. It may draw."""


def first_come(drawn: Drawn, _: Draw, /) -> Ints:
    """Nobody goes before whoever came earlier."""
    return np.zeros(len(drawn.stop), np.int64)


def lawful(drawn: Drawn, _: Draw, /) -> Ints:
    """Who has a ground goes before others, and so does what was begun and waited for another body."""
    ground = drawn.ground[drawn.case] != list(drawn.demand.grounds).index("")
    return np.where(ground | (drawn.load.delay > 0), 1, 2).astype(np.int64)


def corrupt(share: float, of: Discipline = lawful, /) -> Discipline:
    """A discipline for experiments: a share of the cases, drawn at random, is let before all others."""

    def ranks(drawn: Drawn, draw: Draw, /) -> Ints:
        paid = draw("bribes").random(len(drawn.person)) < share
        return np.where(paid[drawn.case], 0, np.minimum(of(drawn, draw) + 1, RANKS - 1))

    return ranks


def draw_cases(
    demand: Demand, way: Sequence[Stop], minutes: Minutes, *, seed: int, replication: int = 0,
    discipline: Discipline = lawful, backlog: Backlog = NOTHING_OPEN,
) -> Drawn:  # fmt: skip
    """The cases of one run: those of the backlog first, at minute 0; none that would make no stop.

    The same `seed` and `replication` draw the same; who comes is drawn as without a `backlog`.

    >>> from datetime import date
    >>> from openakimat import kz
    >>> from openakimat.simulate.engines.minutes import compile_minutes
    >>> march = compile_minutes(kz.calendar(), date(2026, 3, 1), date(2026, 3, 31))
    >>> way = [Stop("window", 0, Spread(12))]
    >>> drawn = draw_cases(Demand(100), way, march, seed=1)
    >>> 1700 < drawn.load.n_visits < 2100
    True
    """

    def draw(purpose: str) -> np.random.Generator:
        return stream(seed, replication, purpose)

    arrives, k = demand.arrivals(minutes, draw("arrivals")), len(backlog.stop)
    # The backlog draws after all who come, so that these draw alike with it and without.
    arrives, n, opened = np.append(arrives, [0] * k), len(arrives) + k, slice(len(arrives), None)
    traits = {
        name: pick(getattr(demand, name + "s"), draw(name), n)
        for name in ("topic", "channel", "ground")
    }
    person = draw("person").integers(0, demand.persons, n)
    if demand.learns:
        learned = _learned(person, draw("learning").random(n) < demand.learns)
        traits["channel"][learned] = list(demand.channels).index(demand.self_service)
    for name in ("topic", "channel"):
        of = getattr(backlog, name)
        traits[name][opened] = np.where(of < 0, traits[name][opened], of)
    # Each stop is drawn for every case, taken or not, so that no other stop's numbers hang on it.
    makes = np.stack([_makes(stop, demand, traits, draw, n) for stop in way], axis=1)
    places = np.arange(len(way)) - backlog.stop[:, None]
    makes[opened] = (makes[opened] & (places > 0)) | (places == 0)
    order = np.roll(np.arange(n), k)
    order = order[makes[order].any(axis=1)]
    makes = makes[order]
    of_stops = zip(*(_columns(stop, draw, n) for stop in way), strict=True)
    columns = (np.stack(column, axis=1)[order][makes] for column in of_stops)
    first = np.append(0, np.cumsum(makes.sum(axis=1)))
    (case, stop), (queue, work, delay, patience) = np.nonzero(makes), columns
    load = Load(arrives[order], first, queue, work, delay, np.zeros(len(case), np.int64), patience)
    own = (traits[name][order] for name in traits)
    drawn = Drawn(demand, way, load, stop, case, person[order], *own)
    ranked = attrs.evolve(load, rank=discipline(drawn, draw))
    return attrs.evolve(drawn, load=ranked)


def _learned(person: Ints, taught: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of each case, whether an earlier one of the same person taught them."""
    order = np.argsort(person, kind="stable")
    own, told = person[order], taught[order].astype(np.int64)
    before = np.cumsum(told) - told
    # Less what was before the first of the same person.
    before -= before[np.searchsorted(own, own)]
    learned = np.zeros(len(person), np.bool_)
    learned[order] = before > 0
    return learned


def _makes(
    stop: Stop, demand: Demand, traits: Mapping[str, Ints], draw: Draw, n: int
) -> NDArray[np.bool_]:
    makes: NDArray[np.bool_] = draw(f"share of {stop.name}").random(n) < stop.share
    for trait in ("channel", "topic"):
        if names := getattr(stop, f"{trait}s"):
            among = enumerate(getattr(demand, f"{trait}s"))
            makes &= np.isin(traits[trait], [k for k, name in among if name in names])
    return makes


def _columns(stop: Stop, draw: Draw, n: int) -> tuple[Ints, Ints, Ints, Ints]:
    def minutes(what: str, of: Spread | None, none: int) -> Ints:
        return np.full(n, none) if of is None else of.draw(draw(f"{what} of {stop.name}"), n)

    return (
        np.full(n, stop.queue), minutes("work", stop.work, 1),
        minutes("delay", stop.delay, 0), minutes("patience", stop.patience, STAYS),
    )  # fmt: skip
