"""When two cases are alike, so that what may become of the one may become of the other.

Alike are cases at one stage whose clocks that matter stand alike and would run out in the
same order, in which guards that may still be asked see the same of what was done, and
those who are followed did the same, up to their names.

A clock matters in full while a guard still to be asked reads it. One that the law acts on
matters while it runs, and as long as it could be started again or reopened: not how it came
to an end. Of the others it is told only whether they stand still, and of the principal one
whether it was stopped, as closing asks; they lapse on the way.

Forgotten is what `relevance` does not name, and, where a guard weighs acts or clocks against
a reopening, what was done and what began before it, and in what order acts came since. Of
each act the last record is remembered, by the name that a guard has for it, with what the
guard says that it looks at; of whoever is followed, also that they ever performed it. A
guard that looks through all records for a field sees only the acts that fill it. That guards
look at no more `watch` tells, as far as it was in any case that was followed.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cache

import attrs

from openakimat.case import VOCABULARY, Act, Actor, Case, Record, Reopen
from openakimat.chart.asks import Asks
from openakimat.chart.clock import Clock, bare
from openakimat.chart.table import Table
from openakimat.judgement.clocks import Run
from openakimat.judgement.deadlines import pending
from openakimat.judgement.running import Running
from openakimat.law.office import Office
from openakimat.lives.actors import Cast
from openakimat.proving.relevance import Relevance

Key = tuple[Hashable, ...]

Deeds = tuple[frozenset[str], frozenset[str]]
"""The acts that somebody has performed, of those that matter, and those they were the last to."""


class Likeness:
    """What makes the cases of a table alike, as far as it makes a difference."""

    def __init__(
        self, table: Table, office: Office, people: Iterable[Actor], cast: Cast, found: Relevance
    ) -> None:
        self._table, self._office, self._cast = table, office, cast
        self._roles = {person.id: (person.roles, person.mandates) for person in people}
        self.relevance = found

    def key(self, of: Running, /) -> Key:
        """What a case has in common with those that are like it; the order of clocks comes last."""
        case = of.case
        if of.closed:
            return case.id, case.stage
        runs = [(clock, of.runs.get(clock.limit)) for clock in self.relevance.watched]
        clocks = tuple(self._stands(clock, run, case.stage) for clock, run in runs)
        timed = self.relevance.ahead[case.stage].timed
        n_going = sum(
            clock.limit in timed and run is not None and _goes(run) for clock, run in runs
        )
        order = self.order(of) if n_going > 1 else ()
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

    def order(self, of: Running, /) -> tuple[str, ...]:
        """The clocks whose running out makes a difference and that run, the soonest first."""
        timed = self.relevance.ahead[of.case.stage].timed
        limits = (clock.limit for _, _, clock, _ in pending(of, self._office))
        return tuple(limit for limit in limits if limit in timed)

    def paused(self, of: Running, /) -> frozenset[str]:
        """The clocks that matter and stand still."""
        return frozenset(
            clock.limit
            for clock in self.relevance.watched
            if (run := of.runs.get(clock.limit)) and _goes(run) and self._grounds(run)
        )

    def runs(self, of: Running, limit: str, /) -> bool:
        """Whether a clock has begun, has come to no end, and does not stand still."""
        run = of.runs.get(limit)
        return run is not None and _goes(run) and not self._grounds(run)

    def deeds(self, case: Case, /) -> Mapping[str, Deeds]:
        """What each person has done of the acts that others may still not do after them."""
        tags, last = self.relevance.ahead[case.stage].apart, dict[str, str]()
        done: dict[str, set[str]] = {}
        for record in case.records if tags else ():
            if isinstance(record.act, Reopen):
                # A new round: who did what before matters only where a guard still asks it.
                ever = self.relevance.lasting
                done = {by: acts & ever for by, acts in done.items() if acts & ever}
            if record.act.tag in tags and record.by in self._roles:
                done.setdefault(record.by, set()).add(record.act.tag)
                last[record.act.tag] = record.by
        return {
            by: (
                frozenset(acts),
                frozenset(tag for tag in acts & self.relevance.last if last[tag] == by),
            )
            for by, acts in done.items()
        }

    def remembered(self, stage: str, /) -> frozenset[str]:
        """The acts of which it matters from a stage on whether one who is followed performed them."""
        tags = self.relevance.ahead[stage].apart
        return tags & {self._cast.of} if self._cast.of else tags

    def _stands(self, clock: Clock, run: Run | None, stage: str) -> Hashable:
        """How a clock stands, as far as it makes a difference from a stage on."""
        ahead = self.relevance.ahead[stage]
        asked, acting = clock.limit in ahead.clocks, clock.limit in self.relevance.acting
        reopens = not ahead.acts.isdisjoint(clock.reopens)
        if run is None:
            return "idle" if asked else "off"
        if _goes(run):
            still = self._grounds(run)
            if clock.limit in ahead.timed or still or not ahead.acts.isdisjoint(clock.pauses):
                return run.limit, still, asked and (run.until is not None, _says_when(run))
        elif asked or (acting and (reopens or not ahead.acts.isdisjoint(bare(clock.starts)))):
            if run.lapsed is not None:
                return "lapsed"
            if asked or reopens:
                return "stopped"
        elif clock.principal and run.stopped is not None and reopens:
            return "stopped"
        return "open" if clock.principal and run.stopped is None else "off"

    def _grounds(self, run: Run) -> frozenset[str]:
        standing = frozenset(ground for ground, _, end in run.pauses if end is None)
        return standing & self.relevance.grounds[run.limit]

    def _facts(self, case: Case) -> Hashable:
        """What each guard that may still be asked sees of what was done, the latest last."""
        last = {type(record.act): record for record in case.records}
        in_order = sorted(last.values(), key=lambda record: record.no)
        return tuple(
            self._seen(asks, in_order, case.records)
            for asks in self.relevance.ahead[case.stage].guards
        )

    def _seen(self, asks: Asks, in_order: Sequence[Record], records: Sequence[Record]) -> Hashable:
        """The acts that a guard looks at; beside a reopening, only those since, in no order."""
        found = _looked_at(asks, in_order, records)
        since = self.relevance.since_reopened(asks, found)
        seen = ((_named(record.act.tag, asks), _values(record.act, asks)) for record in since)
        return tuple(seen) if since is found else frozenset(seen)

    def trace(self, act: Act, /) -> Hashable:
        """What is left of an act: what guards see of it, and what moves clocks."""
        seen = frozenset(_values(act, asks) for asks in self.relevance.seeing[act.tag])
        moves = act.tag in self.relevance.moving
        fields = attrs.fields(type(act)) if moves else ()
        return act.tag, seen, tuple(getattr(act, field.name) for field in fields)


def _looked_at(asks: Asks, in_order: Sequence[Record], records: Sequence[Record]) -> list[Record]:
    """The records that a guard looks at, the last of each act, which are also told `in_order`."""
    kinds = tuple(asks.records)
    looked_at = [record for record in in_order if asks.every or isinstance(record.act, kinds)]
    if not (asks.latest or asks.filling):
        return looked_at
    for group in asks.latest:
        looked_at += [record for record in in_order if isinstance(record.act, tuple(group))][-1:]
    filled = (record for record in records if _fills(record.act, asks)) if asks.filling else ()
    looked_at += {type(record.act): record for record in filled}.values()
    return sorted(
        {record.no: record for record in looked_at}.values(), key=lambda record: record.no
    )


def _fills(act: Act, asks: Asks) -> bool:
    """Whether an act fills a field that a guard looks for in all records."""
    fields = (name for name in _fields(act.tag, asks) if name in asks.filling)
    return any(getattr(act, name) for name in fields)


def _goes(run: Run) -> bool:
    return run.stopped is None and run.lapsed is None


def _says_when(run: Run) -> bool:
    """Whether the act that started a run tells a term or a last day, as one that is as set needs."""
    return any(getattr(run.started.act, name, None) for name in ("term", "until"))


def _values(act: Act, asks: Asks) -> Hashable:
    """What a guard sees of an act, days left out."""
    values = ((name, getattr(act, name)) for name in _fields(act.tag, asks))
    plain = (str, bool, int, tuple)
    return tuple((name, value) for name, value in values if isinstance(value, plain))


@cache
def _named(tag: str, asks: Asks) -> tuple[str, ...]:
    """The names by which a guard looks for an act: of subclasses it does not name it sees none."""
    named = () if asks.every or asks.filling else asks.kinds
    return tuple(sorted(kind.tag for kind in named if issubclass(VOCABULARY[tag], kind))) or (tag,)


@cache
def _fields(tag: str, asks: Asks) -> tuple[str, ...]:
    return tuple(sorted(asks.fields_of(VOCABULARY[tag])))
