"""What of a case makes a difference to what may become of it, from each stage on.

What no row still to be reached asks for is nothing to what becomes of a case. Nor is what
only rows ask for that come back to where they were and move no clock into an act of the
law: such a row leaves a trace that nobody needs but its like. A search that missed one of
them asks again, with that row among those asked for (see `explore`).

What guards ask they say themselves (see `openakimat.chart.asks`); `watch` holds them to it.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from functools import cache

import attrs

from openakimat.case import VOCABULARY, Act, Lapse, Record, Reopen
from openakimat.chart.asks import Asks, joined
from openakimat.chart.clock import Clock, bare
from openakimat.chart.table import Row, Table
from openakimat.law.office import Office
from openakimat.limits.limit import TimeLimit
from openakimat.lives.actors import acts_apart, acts_of, asks_of
from openakimat.proving.lint import reach


@attrs.frozen
class Ahead:
    """What is still to come from a stage on.

    Attributes:
        guards: What the guards to be asked look at of the records, each once.
        clocks: Those that these ask for, or that clocks with an act of the law run ahead of.
        timed: The clocks whose running out makes a difference.
        apart: The acts of which it matters who performed them.
        acts: The classes of acts that may still be performed.
    """

    guards: tuple[Asks, ...]
    clocks: frozenset[str]
    timed: frozenset[str]
    apart: frozenset[str]
    acts: frozenset[str]


@attrs.frozen(eq=False)
class Relevance:
    """What makes a difference in the cases of a table.

    Attributes:
        telling: The rows that can change what becomes of a case, by identity.
        ahead: What is still to come, by stage.
        seeing: What guards look at in the records of an act, by its tag.
        last: The acts, by tag, of which it matters who was the last to perform them.
        lasting: The acts, by tag, of which it matters who performed them in former rounds too.
        acting: The clocks on whose lapse the law acts.
        watched: The clocks that make any difference, in the order of the table.
        grounds: The grounds on which each limit stands still.
    """

    telling: frozenset[int]
    ahead: Mapping[str, Ahead]
    seeing: Mapping[str, tuple[Asks, ...]]
    moving: frozenset[str]
    reopening: tuple[type[Act], ...]
    last: frozenset[str]
    lasting: frozenset[str]
    acting: frozenset[str]
    watched: tuple[Clock, ...]
    grounds: Mapping[str, frozenset[str]]

    def since_reopened(self, asks: Asks, records: Sequence[Record], /) -> Sequence[Record]:
        """The records that a guard sees; where it weighs others against a reopening, those since."""
        if not weighs_reopening(asks, self.reopening):
            return records
        places = (n for n, r in enumerate(records, 1) if isinstance(r.act, self.reopening))
        return records[max(places, default=0) :]


def relevance(
    table: Table, office: Office, day: date, /, *, asked: Iterable[Row] = ()
) -> Relevance:
    """What makes a difference in the cases of a table.

    `asked` are rows that a search is to come to, though they only come back to where they were.

    >>> from openakimat import kz
    >>> found = relevance(kz.Appeal.table, kz.office(), date(2026, 3, 18))
    >>> sorted(found.acting)
    ['appeal.complaint-window', 'appeal.consideration', 'appeal.correction']
    """
    rows, clocks = [*table.every_row], table.clocks
    acting = frozenset(key for key, clock in clocks.items() if clock.on_lapse != Lapse.tag)
    reopening: tuple[type[Act], ...] = (
        Reopen,
        *(VOCABULARY[tag] for clock in clocks.values() for tag in clock.reopens),
    )
    telling = _telling(table, asked)
    ahead = {stage: _ahead(table, stage, telling, acting, reopening) for stage in table.stages}
    limits = _limits(table, office, day)
    watched = acting.union(
        clocks_asked(table, asks_of(rows)),
        *(one.clocks for one in ahead.values()),
        (key for key, clock in clocks.items() if clock.principal),
        # A term that is as set is told by the act that starts it: without one it never runs.
        (key for key in clocks if limits[key].term.unit == "AsSet"),
    )
    return Relevance(
        telling,
        ahead,
        {tag: _seeing(VOCABULARY[tag], asks_of(rows)) for tag in table.tags},
        _moving(clocks.values(), "starts", "pauses", "resumes", "extends", "reopens"),
        reopening,
        acts_of(table, {kind for one in asks_of(rows) for kind in one.performers & one.kinds}),
        _lasting(table, asks_of(rows), reopening),
        acting,
        tuple(clock for key, clock in clocks.items() if key in watched),
        {key: limit.pauses for key, limit in limits.items()},
    )


def _ahead(
    table: Table, stage: str, telling: Container[int], acting: frozenset[str],
    reopening: tuple[type[Act], ...],
) -> Ahead:  # fmt: skip
    onward = _onward(table, stage)
    asking = [row for row in onward if id(row) in telling]
    # What a guard sees since a reopening is gone with the next one.
    before = _onward(table, stage, {kind.tag for kind in reopening})
    sooner = [row for row in before if id(row) in telling]
    taken_up = {key for key, clock in table.clocks.items() if clock.reopens}
    since = {
        sees
        for sees in asks_of(asking)
        if weighs_reopening(
            sees, reopening, clocks=sees.limits_of(table.procedure).isdisjoint(taken_up)
        )
    }
    ever = [sees for sees in asks_of(asking) if sees not in since]
    guards = (*ever, *(sees for sees in asks_of(sooner) if weighs_reopening(sees, reopening)))
    leads = frozenset(table.clocks[key].ahead for key in acting) - {""}
    clocks = leads.union(
        clocks_asked(table, (*ever, *asks_of(sooner))), clocks_asked(table, since) & taken_up
    )
    return Ahead(
        tuple(dict.fromkeys(sees.only_records for sees in guards if sees.of_records)),
        clocks,
        acting | clocks | _days_read(table, asking),
        acts_apart(table, onward),
        frozenset({Lapse.tag, *(row.act for row in onward)}),
    )


@cache
def weighs_reopening(
    asks: Asks, reopening: tuple[type[Act], ...], /, *, clocks: bool = False
) -> bool:
    """Whether a guard weighs other acts, who performed them, or `clocks`, against a reopening.

    >>> from openakimat.kz.acts import Extend
    >>> weighs_reopening(Asks(records=frozenset({Extend, Reopen})), (Reopen,))
    True
    """
    n_reopening = sum(issubclass(kind, reopening) for kind in asks.kinds)
    return 0 < n_reopening < len(asks.kinds | asks.performers) + (clocks and bool(asks.limits))


def _lasting(
    table: Table, asks: Iterable[Asks], reopening: tuple[type[Act], ...]
) -> frozenset[str]:
    """The acts of which some guard asks who performed them at any time, reopened since or not."""
    ever = [one for one in asks if not weighs_reopening(one, reopening)]
    every = any(one.every_performer for one in ever)
    return acts_of(table, {Act} if every else {kind for one in ever for kind in one.performers})


def clocks_asked(table: Table, asks: Iterable[Asks], /) -> frozenset[str]:
    """The clocks that guards ask for, and those that these are ahead of.

    >>> from openakimat import kz
    >>> table = kz.Appeal.table
    >>> sorted(clocks_asked(table, asks_of(table.rows["considered", "extend"])))
    ['appeal.consideration']
    """
    together = joined(asks)
    if any(issubclass(kind, Lapse) for kind in together.kinds):
        return frozenset(table.clocks)
    clocks = set(together.limits_of(table.procedure)) & set(table.clocks)
    while fresh := {table.clocks[key].ahead for key in clocks} - {"", *clocks}:
        clocks |= fresh
    return frozenset(clocks)


def _days_read(table: Table, rows: Iterable[Row]) -> frozenset[str]:
    """The clocks whose last day an act sets, where the guards of some rows read it."""
    asks = joined(asks_of(rows))
    return frozenset(
        key
        for key, clock in table.clocks.items()
        for tag in bare((*clock.starts, *clock.extends))
        if not {"until", "term"}.isdisjoint(asks.fields_of(VOCABULARY[tag]))
    )


def _seeing(kind: type[Act], asks: Iterable[Asks]) -> tuple[Asks, ...]:
    seeing = (sees.only_records for sees in asks if sees.looks_at(kind))
    return tuple(dict.fromkeys(seeing))


def _limits(table: Table, office: Office, day: date) -> Mapping[str, TimeLimit]:
    return {key: office.limit(key, day, table.law).value for key in table.limits}


def _moving(clocks: Iterable[Clock], *ways: str) -> frozenset[str]:
    return bare(tag for clock in clocks for way in ways for tag in getattr(clock, way))


def _telling(table: Table, asked: Iterable[Row]) -> frozenset[int]:
    """The rows that can change what becomes of a case, by identity.

    They lead on, move a clock that may run out into an act of the law, are given as asked
    for, or are asked for by the guards of such rows.
    """
    rows = [*table.every_row]
    acting = [clock for clock in table.clocks.values() if clock.on_lapse != Lapse.tag]
    tags = _moving(acting, "starts", "stops", "pauses", "resumes", "reopens")
    telling = [row for row in rows if row.leaves != row.enters or row.act in tags]
    telling += asked
    while True:
        asks, known = joined(asks_of(telling)), frozenset(map(id, telling))
        seen = {tag for tag in (row.act for row in rows) if _looked_for(VOCABULARY[tag], asks)}
        fresh = [row for row in rows if id(row) not in known and row.act in seen]
        if not fresh:
            return known
        telling += fresh


def _looked_for(kind: type[Act], asks: Asks) -> bool:
    """Whether guards look at an act by name, or at a field of it."""
    return issubclass(kind, tuple(asks.kinds)) or bool(asks.filling & asks.fields_of(kind))


def _onward(table: Table, stage: str, but: Container[str] = ()) -> list[Row]:
    """The rows that a case at a stage may still come to, not going on by some acts."""

    def onward(at: str) -> Iterable[str]:
        return (row.enters for row in table.every_row if row.leaves == at and row.act not in but)

    stages = reach([stage], onward)
    return [row for row in table.every_row if row.leaves in stages]
