"""When two cases are alike, so that what may become of the one may become of the other.

Alike are cases at one stage whose clocks that matter stand alike and would run out in the
same order, in which guards that may still be asked see the same of what was done, and
those who are followed did the same, up to their names. A clock matters when the law acts
on its lapse, when it is the principal one, when a guard asks for its deadline, or when an
act sets its day.

Forgotten is what no row still to be reached asks for; what only rows ask for that come
back to where they were and move no clock (a search that missed such a row asks again, see
`model`); and, where a guard weighs acts against a reopening, what was done before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from datetime import date

import attrs

from openakimat.acts import VOCABULARY, Act, Lapse, Reopen
from openakimat.case import Case, Record, pending
from openakimat.clock import Run, running
from openakimat.office import Office
from openakimat.people import Actor
from openakimat.table import Clock, Row, Table
from openakimat.testing.casts import Cast, told_apart
from openakimat.testing.reading import Reading, read_guard, read_rows

Key = tuple[Hashable, ...]
Deeds = tuple[frozenset[str], frozenset[str]]
"""The acts that somebody has performed, of those that matter, and those they were the last to."""


class Likeness:
    """What makes the cases of a table alike."""

    def __init__(
        self,
        table: Table,
        office: Office,
        people: Iterable[Actor],
        day: date,
        cast: Cast,
        *,
        asked: Iterable[Row] = (),
    ) -> None:
        self._table, self._office = table, office
        self._roles = {person.id: (person.roles, person.mandates) for person in people}
        self._cast = cast
        rows = {stage: _onward(table, stage) for stage in table.stages}
        self.telling = telling = _telling(table, asked)
        self._reopening: tuple[type[Act], ...] = tuple(
            {Reopen, *(a for c in table.clocks.values() for a in c.reopens)}
        )
        tags = {kind.tag for kind in self._reopening}
        self._asking = {
            stage: self._guards(
                [row for row in onward if id(row) in telling],
                [row for row in _onward(table, stage, tags) if id(row) in telling],
            )
            for stage, onward in rows.items()
        }
        self._apart = {stage: told_apart(onward) for stage, onward in rows.items()}
        reading = read_rows(row for way in table.rows.values() for row in way)
        self._asked = _asked(table, reading)
        self._last = "last" in reading.names
        self._readings = {
            read_guard(guard.holds)
            for way in table.rows.values()
            for row in way
            for guard in row.guards
        }
        self._moving = {
            act
            for clock in table.clocks.values()
            for acts in (clock.starts, clock.pauses, clock.resumes, clock.extends, clock.reopens)
            for act in acts
        }
        self.moving = {act.tag for act in self._moving}
        limits = {limit: office.limit(limit, day, table.law).value for limit in _counted(table)}
        self._grounds = {key: limit.pauses for key, limit in limits.items()}
        self.watched = frozenset(
            limit
            for limit, clock in table.clocks.items()
            if limit in self._asked
            or clock.on_lapse is not Lapse
            or clock.principal
            or limits[limit].term.unit == "AsSet"
        )

    def key(self, case: Case, /) -> Key:
        """What a case has in common with those that are like it; the order of clocks comes last."""
        if case.stage in self._table.final:
            return case.id, case.stage
        runs = [
            (clock, running(clock, case.records))
            for limit, clock in self._table.clocks.items()
            if limit in self.watched
        ]
        clocks = tuple(self._stands(clock, run) for clock, run in runs)
        going = [run for _, run in runs if run and not run.stopped and not run.lapsed]
        order = self.order(case) if len(going) > 1 else ()
        return case.id, case.stage, clocks, self._facts(case), self._followed(case), order

    def _followed(self, case: Case) -> Hashable:
        """What those who are followed have done that is still to be remembered, up to their names."""
        tags = self.remembered(case.stage)
        known = self.deeds(case) if tags else {}
        who = (
            (self._roles[by], done & tags, last & tags)
            for by, (done, last) in known.items()
            if by in self._cast.followed
        )
        return frozenset(Counter(who).items())

    def order(self, case: Case, /) -> tuple[str, ...]:
        """The clocks that matter and run, the soonest to run out first."""
        found = pending(case, self._office)
        return tuple(clock.limit for _, _, clock, _ in found if clock.limit in self.watched)

    def paused(self, case: Case, /) -> frozenset[str]:
        """The clocks that matter and stand still."""
        runs = ((key, running(self._table.clocks[key], case.records)) for key in self.watched)
        return frozenset(
            key
            for key, run in runs
            if run and not run.lapsed and not run.stopped and run.stands(self._grounds[run.limit])
        )

    def deeds(self, case: Case, /) -> Mapping[str, Deeds]:
        """What each person has done of the acts that others may still not do after them."""
        tags, last = self._apart[case.stage], dict[str, str]()
        done: dict[str, set[str]] = {}
        for record in case.records if tags else ():
            if record.act.tag in tags and record.by in self._roles:
                done.setdefault(record.by, set()).add(record.act.tag)
                last[record.act.tag] = record.by
        return {
            by: (frozenset(acts), frozenset(tag for tag in last if self._last and last[tag] == by))
            for by, acts in done.items()
        }

    def remembered(self, stage: str, /) -> frozenset[str]:
        """The acts of which it matters from a stage on whether one who is followed performed them."""
        tags = self._apart[stage]
        return tags & {self._cast.of} if self._cast.of else tags

    def _stands(self, clock: Clock, run: Run | None) -> Hashable:
        """How a clock stands; what it has been is forgotten, unless a guard asks."""
        asked = clock.limit in self._asked
        if run is None:
            return "idle" if asked else "off"
        if run.lapsed is not None:
            return "lapsed"
        if run.stopped is not None:
            return "stopped" if asked else "off"
        grounds = self._grounds[run.limit]
        paused = frozenset(ground for ground, _, end in run.pauses if end is None) & grounds
        return run.limit, paused, run.until is not None and asked

    def _facts(self, case: Case) -> Hashable:
        """What each guard that may still be asked sees of what was done, the latest last."""
        last = {type(record.act): record for record in case.records}
        in_order = sorted(last.values(), key=lambda record: record.no)
        return tuple(self._seen(guard, in_order) for guard in self._asking[case.stage])

    def trace(self, act: Act, /) -> Hashable:
        """What is left of an act: what guards see of it, and what moves clocks."""
        seen = {_told(act, one) for one in self._readings if isinstance(act, tuple(one.kinds))}
        fields = attrs.fields(type(act)) if type(act) in self._moving else ()
        return act.tag, frozenset(seen), tuple(getattr(act, field.name) for field in fields)

    def _seen(self, guard: Reading, in_order: Sequence[Record]) -> Hashable:
        """The acts that a guard names; beside a reopening, only those since."""
        kinds: tuple[type[Act], ...] = tuple(guard.kinds)
        found = [r.act for r in in_order if guard.of_all or isinstance(r.act, kinds)]
        if self._since_reopened(guard):
            reopened = [n for n, act in enumerate(found) if isinstance(act, self._reopening)]
            found = found[reopened[-1] + 1 :] if reopened else found
        return tuple(_told(act, guard) for act in found)

    def _since_reopened(self, guard: Reading) -> bool:
        """Whether a guard weighs other acts against a reopening."""
        reopening = {kind for kind in guard.kinds if issubclass(kind, self._reopening)}
        return bool(reopening) and reopening != guard.kinds

    def _guards(self, onward: Iterable[Row], before: Iterable[Row]) -> tuple[Reading, ...]:
        """The guards that look at acts: what they see since a reopening is gone with the next."""
        later, sooner = (
            [read_guard(guard.holds) for row in rows for guard in row.guards]
            for rows in (onward, before)
        )
        lasting = [one for one in later if not self._since_reopened(one)]
        asking = dict.fromkeys((*lasting, *filter(self._since_reopened, sooner)))
        return tuple(one for one in asking if one.kinds or one.of_all)


def _told(act: Act, reading: Reading) -> Hashable:
    """An act as guards see it: its tag, and what they read of it, days left out."""
    read = (field.name for field in attrs.fields(type(act)) if field.name in reading.names)
    values = ((name, getattr(act, name)) for name in read)
    return act.tag, tuple((name, of) for name, of in values if isinstance(of, (str, bool, int)))


def _telling(table: Table, asked: Iterable[Row]) -> set[int]:
    """The rows that can change what becomes of a case, by identity.

    They lead on, move a clock that may run out into an act of the law, are given as asked
    for, or are asked for by the guards of such rows. The others only come back to where they were, and leave a trace
    that nobody needs but their like.
    """
    rows = [row for way in table.rows.values() for row in way]
    moving = {
        act.tag
        for clock in table.clocks.values()
        if clock.on_lapse is not Lapse
        for acts in (clock.starts, clock.stops, clock.pauses, clock.resumes, clock.reopens)
        for act in acts
    }
    found = [row for row in rows if row.source != row.target or row.act in moving]
    found += asked
    while True:
        kinds = read_rows(found).kinds
        known = set(map(id, found))
        fresh = [
            row
            for row in rows
            if id(row) not in known and any(issubclass(VOCABULARY[row.act], of) for of in kinds)
        ]
        if not fresh:
            return known
        found += fresh


def _counted(table: Table) -> set[str]:
    """The limits that the clocks of a table count."""
    return {
        key for clock in table.clocks.values() for key in (clock.limit, *clock.becomes.values())
    }


def _asked(table: Table, reading: Reading) -> frozenset[str]:
    """The clocks that guards ask for."""
    if any(issubclass(kind, Lapse) for kind in reading.kinds):
        return frozenset(table.clocks)
    return reading.limits_among(table.clocks)


def _onward(table: Table, stage: str, but: Container[str] = ()) -> list[Row]:
    """The rows that a case at a stage may still come to, not going on by some acts."""
    reached, open_ = {stage}, [stage]
    found: list[Row] = []
    while open_:
        at = open_.pop()
        rows = [row for (of, _), way in table.rows.items() if of == at for row in way]
        found += rows
        fresh = {row.target for row in rows if row.act not in but} - reached
        reached |= fresh
        open_ += fresh
    return found
