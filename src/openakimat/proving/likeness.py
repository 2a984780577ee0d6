"""When two cases are alike, so that what may become of the one may become of the other.

Alike are cases at one stage whose clocks that matter stand alike and would run out in the
same order, in which guards that may still be asked see the same of what was done, and
those who are followed did the same, up to their names.

A clock matters in full while a guard still to be asked reads it. One that the law acts on
matters while it runs, and as long as it could be started again or reopened: not how it came
to an end. Of the others it is told only whether they stand still, and of the principal one
whether it was stopped, as closing asks; they lapse on the way.

Forgotten is what `foresight` does not foresee, and, where a guard weighs acts against a
reopening, what was done before it. A guard that looks through all records for a field sees
only the acts that fill it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache

import attrs

from openakimat.case.act import VOCABULARY, Act
from openakimat.case.acts import Lapse
from openakimat.case.people import Actor
from openakimat.case.record import Case, Record
from openakimat.chart.table import Clock, Row, Table
from openakimat.judgement.clocks import Run, running
from openakimat.judgement.deadlines import pending
from openakimat.law.office import Office
from openakimat.proving.actors import Cast, asks_of_the_last
from openakimat.proving.asks import Reading, readings_of
from openakimat.proving.relevance import Foresight, clocks_asked

Key = tuple[Hashable, ...]

Deeds = tuple[frozenset[str], frozenset[str]]
"""The acts that somebody has performed, of those that matter, and those they were the last to."""


_OF_ANY = frozenset({"answers", "len", "marks", "no", "role", "stage", "tag", "type"})
"""What a guard may ask of every record, whatever was done."""


class Likeness:
    """What makes the cases of a table alike.

    Attributes:
        foresight: What may still be asked from each stage on.
        moving: The acts that move a clock, by tag.
        timed: By stage, the clocks whose running out makes a difference there.
    """

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
        self.foresight = Foresight(table, asked)
        rows = [row for way in table.rows.values() for row in way]
        self._last = asks_of_the_last(rows)
        readings = readings_of(rows)
        kinds = {table.opening.act, *(VOCABULARY[tag] for _, tag in table.rows)}
        self._seeing = {
            kind.tag: [one for one in readings if one.of_all or issubclass(kind, tuple(one.kinds))]
            for kind in kinds
        }
        self._fields = frozenset(field.name for kind in kinds for field in attrs.fields(kind))
        clocks = table.clocks
        self._moving = {
            act
            for clock in clocks.values()
            for acts in (clock.starts, clock.pauses, clock.resumes, clock.extends, clock.reopens)
            for act in acts
        }
        self.moving = {act.tag for act in self._moving}
        limits = {limit: office.limit(limit, day, table.law).value for limit in _counted(table)}
        self._grounds = {key: limit.pauses for key, limit in limits.items()}
        self.acting = frozenset(key for key, one in clocks.items() if one.on_lapse is not Lapse)
        ahead = frozenset(clocks[key].ahead for key in self.acting) - {""}
        self._asked = {stage: found | ahead for stage, found in self.foresight.clocks.items()}
        self.timed = {
            stage: self.acting | found | self.foresight.days[stage]
            for stage, found in self._asked.items()
        }
        self._watched = self.acting.union(
            clocks_asked(table, rows),
            *self._asked.values(),
            (key for key, clock in clocks.items() if clock.principal),
            (key for key in clocks if limits[key].term.unit == "AsSet"),
        )

    def key(self, case: Case, /) -> Key:
        """What a case has in common with those that are like it; the order of clocks comes last."""
        if case.stage in self._table.final:
            return case.id, case.stage
        runs = [
            (clock, running(clock, case.records))
            for limit, clock in self._table.clocks.items()
            if limit in self._watched
        ]
        clocks = tuple(self._stands(clock, run, case.stage) for clock, run in runs)
        timed = self.timed[case.stage]
        going = [c for c, run in runs if c.limit in timed and run and _goes(run)]
        order = self.order(case) if len(going) > 1 else ()
        return case.id, case.stage, clocks, self._facts(case), self._followed(case), order

    def _followed(self, case: Case) -> Hashable:
        """What those who are followed have done that is still to be remembered, up to their names."""
        tags = self.remembered(case.stage)
        known = self.deeds(case) if tags else {}
        who = (
            (self._roles[by], done & tags, last & tags)
            for by, (done, last) in known.items()
            if by in self._cast.followed and done & tags
        )
        return frozenset(Counter(who).items())

    def order(self, case: Case, /) -> tuple[str, ...]:
        """The clocks whose running out makes a difference and that run, the soonest first."""
        found, timed = pending(case, self._office), self.timed[case.stage]
        return tuple(clock.limit for _, _, clock, _ in found if clock.limit in timed)

    def paused(self, case: Case, /) -> frozenset[str]:
        """The clocks that matter and stand still."""
        runs = ((key, running(self._table.clocks[key], case.records)) for key in self._watched)
        return frozenset(
            key for key, run in runs if run and _goes(run) and run.stands(self._grounds[run.limit])
        )

    def runs(self, case: Case, limit: str, /) -> bool:
        """Whether a clock has begun, has come to no end, and does not stand still."""
        run = running(self._table.clocks[limit], case.records)
        return run is not None and _goes(run) and not run.stands(self._grounds[run.limit])

    def deeds(self, case: Case, /) -> Mapping[str, Deeds]:
        """What each person has done of the acts that others may still not do after them."""
        tags, last = self.foresight.apart[case.stage], dict[str, str]()
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
        tags = self.foresight.apart[stage]
        return tags & {self._cast.of} if self._cast.of else tags

    def _stands(self, clock: Clock, run: Run | None, stage: str) -> Hashable:
        """How a clock stands, as far as it makes a difference from a stage on."""
        asked, acting = clock.limit in self._asked[stage], clock.limit in self.acting
        to_come = self.foresight.acts[stage]
        reopens = not to_come.isdisjoint(clock.reopens)
        if run is None:
            return "idle" if asked else "off"
        if _goes(run):
            still = self._paused(run)
            if clock.limit in self.timed[stage] or still or not to_come.isdisjoint(clock.pauses):
                return run.limit, still, asked and (run.until is not None, _says_when(run))
        elif asked or (acting and (reopens or not to_come.isdisjoint(clock.starts))):
            if run.lapsed is not None:
                return "lapsed"
            if asked or reopens:
                return "stopped"
        elif clock.principal and run.stopped is not None and reopens:
            return "stopped"
        return "open" if clock.principal and run.stopped is None else "off"

    def _paused(self, run: Run) -> frozenset[str]:
        """The grounds on which a run stands still."""
        grounds = self._grounds[run.limit]
        return frozenset(ground for ground, _, end in run.pauses if end is None) & grounds

    def _facts(self, case: Case) -> Hashable:
        """What each guard that may still be asked sees of what was done, the latest last."""
        last = {type(record.act): record for record in case.records}
        in_order = sorted(last.values(), key=lambda record: record.no)
        guards = self.foresight.guards[case.stage]
        return tuple(self._seen(guard, in_order, case.records) for guard in guards)

    def trace(self, act: Act, /) -> Hashable:
        """What is left of an act: what guards see of it, and what moves clocks."""
        seen = {_told(act, one) for one in self._seeing[act.tag]}
        fields = attrs.fields(type(act)) if type(act) in self._moving else ()
        return act.tag, frozenset(seen), tuple(getattr(act, field.name) for field in fields)

    def _seen(
        self, guard: Reading, in_order: Sequence[Record], records: Sequence[Record]
    ) -> Hashable:
        """The acts that a guard names; beside a reopening, only those since."""
        kinds: tuple[type[Act], ...] = tuple(guard.kinds)
        found = [r.act for r in in_order if isinstance(r.act, kinds)] if kinds else []
        if guard.of_all:
            found = self._looked_through(guard, in_order, records)
        elif self.foresight.weighs_reopening(guard):
            found = self.foresight.since_reopened(found)
        if guard.of_latest:
            found = found[-1:]
        return tuple(_told(act, guard) for act in found)

    def _looked_through(
        self, guard: Reading, in_order: Sequence[Record], records: Sequence[Record]
    ) -> list[Act]:
        """The acts that are something to a guard which looks through all: that fill a field it names."""
        read = self._fields & (guard.names | guard.words)
        if not (read and guard.names.isdisjoint(_OF_ANY)):
            return [record.act for record in in_order]
        last: dict[type[Act], Act] = {}
        for act in (record.act for record in records):
            if any(getattr(act, name, None) for name in read):
                last.pop(type(act), None)
                last[type(act)] = act
        return [*last.values()]


def _goes(run: Run) -> bool:
    """Whether a run has come to no end."""
    return run.stopped is None and run.lapsed is None


def _says_when(run: Run) -> bool:
    """Whether the act that started a run tells a term or a last day, as one that is as set needs."""
    return any(getattr(run.started.act, name, None) for name in ("term", "until"))


def _told(act: Act, reading: Reading) -> Hashable:
    """An act as guards see it: its tag, and what they read of it, days left out."""
    values = ((name, getattr(act, name)) for name in _read_of(act.tag, reading))
    kept = (str, bool, int, tuple)
    return act.tag, tuple((name, value) for name, value in values if isinstance(value, kept))


@cache
def _read_of(tag: str, reading: Reading) -> tuple[str, ...]:
    """The fields of an act that a guard may read."""
    read = reading.names | reading.words
    return tuple(field.name for field in attrs.fields(VOCABULARY[tag]) if field.name in read)


def _counted(table: Table) -> set[str]:
    """The limits that the clocks of a table count."""
    return {
        key for clock in table.clocks.values() for key in (clock.limit, *clock.becomes.values())
    }
