"""The search of a procedure with one cast: its cases, what they lead to, what goes wrong in them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

import attrs

from openakimat.case.act import VOCABULARY, Act
from openakimat.case.people import APPLICANT, Actor, Applicant, Role, TheLaw, roles_on
from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, Guard, Row, Table
from openakimat.errors import BeyondCalendar
from openakimat.judgement.deadlines import counts_in, pending
from openakimat.judgement.judge import judge
from openakimat.judgement.lapse import lapse
from openakimat.judgement.notices import Decision
from openakimat.judgement.running import Running, after, follow
from openakimat.law.office import Office
from openakimat.lives.actors import Cast
from openakimat.lives.examples import Examples, Given, openings
from openakimat.lives.story import Finding, tell
from openakimat.lives.ways import Beside, office_of, open_with
from openakimat.proving import checks
from openakimat.proving.likeness import Key, Likeness
from openakimat.proving.relevance import relevance
from openakimat.proving.rules import Claims
from openakimat.proving.tries import Group, Try, tries_at
from openakimat.proving.watch import Watch

_HOUR, _MINUTE, _MONTH = timedelta(hours=1), timedelta(minutes=1), timedelta(days=30)


@attrs.define(eq=False)
class Node:
    """A case that stands for all those like it: where acts lead from it, and whether one ends it.

    Attributes:
        answers: Whether somebody else than the applicant can answer it here.
        closes: Whether the body or the law can close it here.
        owes: Of the rules that lead to something, whether that is still to come.
        cut: Whether something of it was not.
    """

    of: Running
    onward: set[tuple[str, Key]] = attrs.field(factory=set)
    answers: bool = False
    closes: bool = False
    owes: tuple[bool, ...] = ()
    followed: bool = False
    cut: bool = False

    @property
    def known(self) -> bool:
        """Whether all that becomes of it was looked at."""
        return self.followed and not self.cut


class Search:
    """A search from the opening on, the cases with the fewest records first.

    Its `nodes` are a case for each that no other is like; `taken` are rows by identity; `refused` says why
    an act last was at a stage.
    """

    def __init__(
        self, table: Table, office: Office, cast: Cast, at: datetime, *, examples: Given,
        beside: Beside, watch: Watch, claims: Claims, applicant: Applicant,
        asked: Iterable[Row] = (),
    ) -> None:  # fmt: skip
        self.table, self.given, self.opened_at = table, examples, at
        self.beside = beside
        self.heard: list[Row] = []
        self.claims = claims
        self.office = office_of(_marked_table(table, self.heard, watch), office)
        self.people: tuple[Actor, ...] = (applicant, *cast.people)
        day = office.day_of(at)
        self.roles: dict[Actor, frozenset[Role]] = {
            person: roles_on(person, day) for person in self.people
        }
        found = relevance(table, self.office, day, asked=asked)
        self.likeness = Likeness(table, self.office, self.people, cast, found)
        self.cast = cast
        self.examples = Examples(table, self.office, examples)
        self.tries = tries_at(table, self.roles, self.likeness)
        self.nodes: dict[Key, Node] = {}
        self.turn = count()
        self.taken, self.tried = set[int](), set[str]()
        self.refused: dict[tuple[str, str], str] = {}
        self.found: dict[tuple[str, str], Finding] = {}
        self.bounds: list[str] = []

    def run(self, bound: int) -> None:
        """Follow every case to where there is nothing new."""
        open_: list[tuple[int, int, Key]] = []
        kind = VOCABULARY[self.table.opening.act]
        for n, act in enumerate(openings(kind, self.given), start=1):
            where = self.table, self.office, self.people
            case = open_with(act, *where, id=f"case {n}", at=self.opened_at)
            self._reach(follow(case, office=self.office), open_)
        while open_ and len(self.nodes) <= bound:
            *_, key = heappop(open_)
            node = self.nodes[key]
            if node.followed:
                continue
            node.followed, n_bounds = True, len(self.bounds)
            try:
                for tag, of in self._onward(key, node):
                    if (reached := self._reach(of, open_)) is not None:
                        node.onward.add((tag, reached))
                        node.closes |= of.closed and of.case.records[-1].role != APPLICANT
            except BeyondCalendar as why:
                self._beyond(node.of.case, why)
            node.cut = len(self.bounds) > n_bounds
        if open_:
            self.bounds.append(f"stopped at {bound} states: {len(open_)} were not followed")
        for code, sentence, case in checks.orders(self.office, self._orders(), self.put):
            self._report([(code, sentence)], case)

    def _orders(self) -> Iterator[tuple[Key, tuple[str, ...], Running]]:
        """Each case where several clocks run, with all that its key says but their order, and that."""
        for key, node in self.nodes.items():
            order = self.likeness.order(node.of) if node.known else ()
            if len(order) > 1:
                yield key[:-1], order, node.of

    def _report(self, findings: Iterable[tuple[str, str]], case: Case) -> None:
        """Keep what went wrong with a case, the shortest story of it."""
        for code, sentence in findings:
            known = self.found.get((code, sentence))
            if known is None or len(case.records) < len(known.story):
                self.found[code, sentence] = Finding(code, sentence, tell(case))

    def _reach(self, of: Running, open_: list[tuple[int, int, Key]]) -> Key | None:
        """The key of a case, which is to be followed if it is the first of its kind.

        None, and it is told, where the calendar does not reach its deadlines.
        """
        length = len(of.case.records)
        try:
            self._report(self.claims.broken(of.case, self._lately(of)), of.case)
            key = self.key(of)
        except BeyondCalendar as why:
            self._beyond(of.case, why)
            return None
        node = self.nodes.get(key)
        if node is None or (length < len(node.of.case.records) and not node.followed):
            self.nodes[key] = Node(of, owes=self.claims.owed(of.case, self._lately(of)))
            if not of.closed:
                heappush(open_, (length, next(self.turn), key))
        return key

    def key(self, of: Running, /) -> Key:
        """What makes a case like others: what rules say will come, and whether it is accounted for."""
        owed = self.claims.owed(of.case, self._lately(of))
        accounted = not of.closed and checks.accounted(self.table, of.case)
        return owed, accounted, *self.likeness.key(of)

    def _onward(self, key: Key, node: Node) -> Iterator[tuple[str, Running]]:
        yield from self._acted(node, node.of, self._promptly(node.of))
        self._report(checks.lapses(self.office, node.of, self.put), node.of.case)
        late, at = self._late(node.of)
        if late is node.of or self.key(late) == key:
            yield from self._acted(node, late, at, late=True)
            yield from self._lapsed(late)
        else:
            yield late.case.records[-1].act.tag, late

    def _promptly(self, of: Running) -> datetime:
        """An hour after the last record, or as much of it as no clock runs out in."""
        last, soonest = of.case.records[-1].at, pending(of, self.office)
        if soonest and soonest[0][0] <= last + _HOUR:
            return last
        return last + _HOUR

    def _late(self, of: Running) -> tuple[Running, datetime]:
        """The case and the last instant before a clock that matters runs out; others have by then."""
        while soonest := pending(of, self.office):
            when, _, clock, _ = soonest[0]
            timed = self.likeness.relevance.ahead[of.case.stage].timed
            if clock.limit in timed:
                return of, max(when - _MINUTE, of.case.records[-1].at)
            of = after(of, lapse(of, at=when, office=self.office)[0])
        return of, of.case.records[-1].at + _MONTH

    def _lapsed(self, of: Running) -> Iterator[tuple[str, Running]]:
        soonest = pending(of, self.office)
        self.heard.clear()
        for record in lapse(of, at=soonest[0][0], office=self.office) if soonest else ():
            of = after(of, record)
            rows = [
                row for row in self.heard if (row.act, row.enters) == (record.act.tag, record.stage)
            ]
            self.taken.update(map(id, rows))
            if rows:
                self._check(of, rows[-1])
        if soonest:
            yield of.case.records[-1].act.tag, of

    def _acted(
        self, node: Node, of: Running, at: datetime, *, late: bool = False
    ) -> Iterator[tuple[str, Running]]:
        """The case after each act that somebody may perform at an instant.

        Later than at once, only those that move a clock or whose guards ask what time it is.
        """
        case = of.case
        for one in self.tries[case.stage]:
            if late and not one.late:
                continue
            idle = bool(self.cast.of) and self.cast.of not in {one.tag, *one.apart}
            groups = tuple(one.groups(self.likeness.deeds(case), self.cast.followed, idle=idle))
            traces = set[object]()
            for act in self.examples.of(one.tag, case, at) if groups else ():
                for alike, able in self._trying(one, of, act, at, groups):
                    if (then := self._first(of, act, at, able)) is None:
                        continue
                    row = self.heard[-1]
                    self.taken.add(id(row))
                    theirs = then.case.records[-1].role == APPLICANT
                    node.answers |= act.answers and not theirs
                    self._check(then, row)
                    trace = (alike, theirs, then.case.stage, self.likeness.trace(act))
                    if trace not in traces:
                        traces.add(trace)
                        yield one.tag, then

    def _trying(
        self, one: Try, of: Running, act: Act, at: datetime, groups: Sequence[Group]
    ) -> Iterable[Group]:
        """Those who try an act; where it is refused whoever tries, one who is told why."""
        case, asked = of.case, self._around(of, at)
        try:
            may_be = one.open_to_anybody(lambda guard: guard.holds(case, act, asked))
        except BeyondCalendar:
            return groups
        return groups if may_be else [(alike, able[:1]) for alike, able in groups[:1]]

    def _around(self, of: Running, at: datetime) -> Circumstances:
        beside = self.beside(of.case)
        law = self.table.law
        return Circumstances(at, TheLaw(), self.office, law, frozenset(), beside, counts_in(of))

    def _lately(self, of: Running) -> Circumstances:
        """The same, as of its last record."""
        return self._around(of, of.case.records[-1].at)

    def _first(self, of: Running, act: Act, at: datetime, able: Iterable[Actor]) -> Running | None:
        """The case after an act by the first who may perform it, or None."""
        acted = (self.put(of, act, at, by) for by in able)
        return next((then for then in acted if then is not None), None)

    def _check(self, of: Running, row: Row) -> None:
        self._report(checks.duties(of.case, row), of.case)
        if of.closed:
            self._report(checks.closing(self.table, self.office, of, row), of.case)

    def put(self, of: Running, act: Act, at: datetime, by: Actor) -> Running | None:
        """The case after an act, or None; then why not is kept."""
        self.heard.clear()
        self.tried.add(act.tag)
        try:
            beside = self.beside(of.case)
            answer = judge(of, act, at=at, by=by, office=self.office, beside=beside)
        except BeyondCalendar as why:
            self._beyond(of.case, why)
            return None
        if isinstance(answer, Decision):
            return after(of, answer.record)
        self.refused[of.case.stage, act.tag] = str(answer)
        return None

    def _beyond(self, case: Case, why: BeyondCalendar) -> None:
        self.bounds.append(f"not followed on from {case.stage!r}: {why}")


def _marked_table(table: Table, taken: list[Row], watch: Watch) -> Table:
    """The same table, each row of which puts itself down when all its guards hold."""
    opening = attrs.evolve(table.opening, guards=tuple(map(watch.watched, table.opening.guards)))
    rows = {
        key: tuple(_marked_row(row, taken, watch) for row in way) for key, way in table.rows.items()
    }
    return attrs.evolve(table, rows=rows, opening=opening)


def _marked_row(row: Row, taken: list[Row], watch: Watch) -> Row:
    def holds(case: Case, act: Act, circumstances: object) -> bool:  # noqa: ARG001 - a guard's own parameters
        taken.append(row)
        return True

    watched = map(watch.watched, row.guards)
    return attrs.evolve(row, guards=(*watched, Guard("taken", "", "", holds)))
