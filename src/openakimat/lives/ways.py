"""From a case to the next: what may lawfully become of it, in the order of its chart.

A way is told by its turns, each an act by its tag and the number of its example, or time that runs
until the next clock runs out (`LAPSE`): so it can be gone again at another time of the year.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import chain, count, islice
from typing import Any, NamedTuple, TypedDict, Unpack, cast

import attrs

from openakimat.case.act import VOCABULARY, Act, Branch
from openakimat.case.acts import Receive
from openakimat.case.forgotten import receipt_in
from openakimat.case.people import APPLICANT, Actor, Applicant, Official, roles_on
from openakimat.case.record import Case
from openakimat.chart.table import Table
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import BeyondCalendar, Refusal
from openakimat.judgement.deadlines import backdated, pending
from openakimat.judgement.judge import judge, open_case
from openakimat.judgement.lapse import settle
from openakimat.judgement.notices import Decision
from openakimat.judgement.running import Running, after, follow
from openakimat.law.office import Office
from openakimat.lives.actors import casts
from openakimat.lives.examples import Examples, Given, openings

Beside = Callable[[Case], Sequence[Case]]
"""The cases that lie beside a case as evidence."""

LAPSE = ""
"""In the place of the tag of an act: nobody acts until the next clock runs out."""

SOON, _MINUTE, _MONTH = timedelta(minutes=10), timedelta(minutes=1), timedelta(days=30)
_TEN, _WEEKS = timedelta(hours=10), timedelta(weeks=8)


class Turn(NamedTuple):
    """One step of a way: an act by its tag, the number of its example, where it leads, and if it waits."""

    tag: str
    example: int
    enters: str
    late: bool = False


Lived = tuple[int, tuple[Turn, ...], Running]
"""A case, the number of its opening, and the turns that lead to it."""


def closed_children(table: Table, case: Case, /) -> tuple[Case, ...]:
    """The cases opened out of a case, closed: how they came to that is a story of their own."""
    stage = min(table.final, default=case.stage)
    return tuple(attrs.evolve(case, id=child, stage=stage) for child in case.children)


def open_with(
    act: Act, table: Table, office: Office, people: Sequence[Actor], /, *, id: str, at: datetime
) -> Case:
    """The case that an act opens, by the first of some people who may; the first of them asks."""
    opening, day = table.opening, office.day_of(at)
    able = (one for one in people if opening.by & roles_on(one, day))
    somebody = people[0] if APPLICANT in opening.by else Official("somebody", opening.by)
    by = next(able, somebody) if opening.by else people[0]
    act = cast("Receive", act)
    return open_case(table.procedure, act, id=id, at=at, by=by, office=office)


def office_of(table: Table, office: Office, /) -> Office:
    """The same office, whose one edition of the procedure is this table."""
    only = Edition(table, table.law, date.min, "", Evidence.UNCONFIRMED)
    dated = Dated(table.procedure, (only,))
    pack = attrs.evolve(office.pack, procedures={**office.pack.procedures, table.procedure: dated})
    return attrs.evolve(office, pack=pack)


def first_days(table: Table, office: Office, /) -> datetime:
    """The morning of a working day by which all that a wording has is in force."""
    law, calendar = office.law, office.calendar
    dated: Iterable[Dated[Any]] = (law.wordings, *law.others.values(), *law.limits.values())
    editions = chain.from_iterable(dated)
    begun = max((e.since for e in editions if e.law == table.law), default=date.min)
    day = calendar.on_or_after(max(begun, calendar.first) + _WEEKS)
    return calendar.place.start_of(day) + _TEN


class Staging(TypedDict, total=False):
    """What a chart does not say of its cases.

    Attributes:
        people: The officials; as many as its roles and duties ask for, if none are given.
        examples: Acts to try instead of those made of the fields of their class.
        beside: The cases that lie beside a case; if not given, those opened out of it, closed.
        applicant: Whoever asks; somebody with an id, if not given.

    What is not given is as the law of the office has it in its `trials`; examples stand beside those.
    """

    people: Sequence[Official]
    examples: Given
    beside: Beside
    applicant: Applicant


def set_stage(
    table: Table, office: Office, staging: Staging, /
) -> tuple[Sequence[Official], Given, Beside, Applicant]:
    """What is given of the cases of a table, and what is not."""
    of = office.law.trials.get(table.procedure, {})
    return (
        staging.get("people", ()),
        {**of.get("examples", {}), **staging.get("examples", {})},
        staging.get("beside") or of.get("beside") or partial(closed_children, table),
        staging.get("applicant") or of.get("applicant") or Applicant(id="citizen"),
    )


class Ways:
    """What may lawfully become of the cases of a table in an office, one turn after another.

    They begin by the plainest opening, and by those of the law's trials, or by those that are given.
    `alone`, no case is tied to another nor opened out of it.
    """

    def __init__(
        self, table: Table, office: Office, /, *, alone: bool = False, **staging: Unpack[Staging]
    ) -> None:
        self.table, self.office, self._alone = table, office, alone
        people, given, self.beside, applicant = set_stage(table, office, staging)
        self.people: tuple[Actor, ...] = (applicant, *(people or _people(table)))
        self._examples, self._far = Examples(table, office, given), _far_apart(table)
        kind = VOCABULARY[table.opening.act]
        plain = () if kind in staging.get("examples", {}) else openings(kind, {})
        self.openings = [
            act for act in (*plain, *openings(kind, given)) if not (alone and receipt_in(act).links)
        ]

    def opened(self, at: datetime, /) -> dict[int, Running]:
        """The cases that anything may begin with, by the number of the act that opens them."""
        found: dict[int, Running] = {}
        for n, act in enumerate(self.openings):
            with suppress(Refusal):
                case = open_with(act, self.table, self.office, self.people, id="case", at=at)
                found[n] = follow(case, office=self.office)
        return found

    def begun(self, at: datetime, /) -> list[Lived]:
        """The same, no turn taken yet."""
        return [(n, (), of) for n, of in self.opened(at).items()]

    def tags(self, of: Running, /) -> list[str]:
        """The acts that the stage of a case takes from people."""
        tags = (tag for tag, _ in self.table.allowed(of.case.stage))
        return [tag for tag in tags if not (self._alone and issubclass(VOCABULARY[tag], Branch))]

    def acted(self, of: Running, tag: str, at: datetime, /) -> Iterator[tuple[Turn, Running]]:
        """The case after each example of an act that somebody may perform at an instant."""
        rows, day = self.table.ways(of.case.stage, tag), self.office.day_of(at)
        by = frozenset().union(*(row.by for row in rows))
        able = [one for one in self.people if not by.isdisjoint(roles_on(one, day))]
        beside = self.beside(of.case)
        for n, act in enumerate(self._examples.of(tag, of.case, at)):
            done = (self._put(of, act, at, one, beside) for one in able)
            if (then := next(filter(None, done), None)) is not None:
                yield Turn(tag, n, then.case.stage), then

    def _put(
        self, of: Running, act: Act, at: datetime, by: Actor, beside: Sequence[Case]
    ) -> Running | None:
        answer = judge(of, act, at=at, by=by, office=self.office, beside=beside)
        if not isinstance(answer, Decision):
            return None
        then = after(of, answer.record)
        # As a desk has it: nobody sets a term to a day that is past.
        return None if backdated(then.case, office=self.office) else then

    def lapsed(self, of: Running, /) -> Running | None:
        """The case when its next clock has run out; None where none will."""
        soonest = pending(of, self.office)
        return settle(of, at=soonest[0][0], office=self.office)[0] if soonest else None

    def take(self, of: Running, turn: Turn, at: datetime, /) -> Running | None:
        """The case after a turn; None where it is not open now, or leads elsewhere."""
        if turn.tag == LAPSE:
            return self.lapsed(of)
        acted = self.acted(of, turn.tag, at)
        return next((then for one, then in acted if one[:3] == turn[:3]), None)

    def soon(self, of: Running, /, *, late: bool = False) -> datetime:
        """Some minutes after the last record, or `late` a month; before the next clock runs out."""
        last, soonest = of.case.records[-1].at, pending(of, self.office)
        at = last + (_MONTH if late else SOON)
        return max(last, min(at, soonest[0][0] - _MINUTE)) if soonest else at

    def reached(
        self, begin: Iterable[Lived], towards: Container[str], /, *, bound: int = 2_000
    ) -> Iterator[Lived]:
        """Cases, and what becomes of them, the nearest to some stages first.

        The stages may become fewer meanwhile. No two are told of which the same was done, and no
        more than the bound.
        """
        turn, seen = count(), set[object]()
        open_: list[tuple[int, int, Lived]] = []

        def add(n: int, way: tuple[Turn, ...], of: Running) -> None:
            key = n, of.case.stage, frozenset(way)
            if key not in seen:
                seen.add(key)
                near = min(
                    (far for stage, far in self._far[of.case.stage].items() if stage in towards),
                    default=len(self.table.stages),
                )
                heappush(open_, (len(way) + 2 * near, next(turn), (n, way, of)))

        for known in begin:
            add(*known)
        for n, way, of in islice(iter(lambda: heappop(open_)[2] if open_ else None, None), bound):
            yield n, way, of
            if not of.closed:
                for one, then in self._onward(of):
                    add(n, (*way, one), then)

    def to_each(
        self, at: datetime, /, *, bound: int = 2_000
    ) -> dict[str, tuple[int, tuple[Turn, ...]]]:
        """By the stages that a way leads to, the shortest first, the opening and turns of one."""
        missing, found = set(self.table.stages), dict[str, tuple[int, tuple[Turn, ...]]]()
        for n, way, of in self.reached(self.begun(at), missing, bound=bound):
            if of.case.stage in missing:
                missing.remove(of.case.stage)
                found[of.case.stage] = n, way
            if not missing:
                break
        return dict(sorted(found.items(), key=lambda item: len(item[1][1])))

    def _onward(self, of: Running) -> Iterator[tuple[Turn, Running]]:
        """What may become of a case next, soon or when its next clock runs out."""
        try:
            for tag in self.tags(of):
                if open_ := [*self.acted(of, tag, self.soon(of))]:
                    yield from open_
                    continue
                # A guard may ask for days that are past, without a clock that tells of them.
                for one, then in self.acted(of, tag, self.soon(of, late=True)):
                    yield one._replace(late=True), then
            if (silent := self.lapsed(of)) is not None:
                yield Turn(LAPSE, 0, silent.case.stage), silent
        except BeyondCalendar:
            return


def _people(table: Table) -> Sequence[Official]:
    """A sufficient office; at the end somebody of every role, where a guard asks for two in one hand."""
    first, *others = casts(table)
    return (*first.people, *(cast.people[0] for cast in others[:1]))


def _far_apart(table: Table) -> dict[str, dict[str, int]]:
    """From each stage, how many rows away the stages are that rows lead to from there."""
    onward: dict[str, set[str]] = {stage: set() for stage in table.stages}
    for (stage, _), way in table.rows.items():
        onward[stage].update(row.enters for row in way)
    far = {stage: {stage: 0} for stage in table.stages}
    for found in far.values():
        open_ = [*found]
        for stage in open_:  # it grows while it is gone through
            fresh = sorted(onward[stage] - found.keys())
            found.update(dict.fromkeys(fresh, found[stage] + 1))
            open_ += fresh
    return far
