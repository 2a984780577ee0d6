"""A case as a test needs it: lived lawfully from its opening on, and kept."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from pkgutil import resolve_name
from typing import Unpack, cast

import attrs

from openakimat.calendar.times import instant
from openakimat.case import LAW, Actor, Case, Official, Receive, Role, is_lapse
from openakimat.chart.clock import bare
from openakimat.chart.procedure import ProcedureType
from openakimat.desk import Desk
from openakimat.errors import BeyondCalendar, Fault, Malformed, Undated, unknown_fault
from openakimat.judgement import docket
from openakimat.judgement.lapse import settle
from openakimat.judgement.running import Running
from openakimat.law.office import Office
from openakimat.lives.ways import Staging, Turn, Ways, first_days

# By name, and not until a case is asked for: this room imports no country and no adapter.
OFFICES, STORE = "openakimat.kz:office", "openakimat.adapters.memory:Store"

_TEN, _LATER = timedelta(hours=10), timedelta(weeks=18)
_N_DAYS = 500
"""So many working days before it stands as is asked a case is opened at the most."""


@attrs.frozen
class Situation:
    """A case as a test needs it.

    It stands as was asked as of `at`, and its `people` are told by the role in which they took part.
    """

    case: Case
    at: datetime
    desk: Desk = attrs.field(repr=False)
    people: dict[str, Actor] = attrs.field(repr=False)


def case_at(
    chart: ProcedureType, where: Office | Desk | None = None, /, *, stage: str,
    due_in: int | None = None, paused: int | None = None, at: datetime | None = None,
    **staging: Unpack[Staging],
) -> Situation:  # fmt: skip
    """A case of a chart at a stage, by the shortest lawful way there is to it, kept at a desk.

    Every act of it was put to the desk as whoever performed it puts it, as late as what is asked
    allows. No other case is opened for its sake: one that needs such is for the test to open.
    Raises `Malformed` if the chart has no such stage or is not in force then, no way leads to the stage, or
    no such case can be due then: it says what can be.

    Args:
        chart: The procedure, of the law of the office.
        where: An office, whose desk is made on a store in memory; or a desk, to keep the case there.
            If not given, a sample office of the country that ships.
        stage: Where it stands.
        due_in: The working days to the end of its principal term, as the docket counts them:
            0 on the last day, less than that once it is past.
        paused: The working days for which its principal term stood still; or stands still yet, if
            the stage has it so.
        at: As of when; some months after the wording begins, if not given.
        **staging: Who takes part, what is tried, what lies beside a case, as `explore` takes them.

    >>> from openakimat import kz
    >>> office = kz.office(readings={"correction-2026": "outside"})
    >>> now = case_at(kz.Appeal, office, stage="considered", due_in=1, paused=3)
    >>> [record.act.tag for record in now.case.records]
    ['receive', 'register', 'ask-to-correct', 'correct']
    >>> now.desk.docket(at=now.at)[0].days_left
    1
    """
    if not isinstance(where, Desk):
        where = Desk(where or resolve_name(OFFICES)("khromtau"), resolve_name(STORE)())
    table, office = chart.table, where.office
    if stage not in table.stages:
        raise Malformed("case_at", [unknown_fault("stage", stage, table.stages)])
    at = instant(at) if at else first_days(table, office) + _LATER
    asked = _Asked(Ways(table, office, alone=True, **staging), stage, paused, at)
    days_left: list[int] = []
    for of in asked.cases():
        left = docket.line(of, at=at, office=office).days_left
        if due_in is None or left == due_in:
            return _keep(where, of, at, asked.ways)
        days_left += [] if left is None else [left]
        if left is None or left < due_in:
            break
    raise Malformed("case_at", [asked.impossible(due_in, days_left)])


def _keep(desk: Desk, of: Running, at: datetime, ways: Ways) -> Situation:
    """Do at a desk what was done to a case, as it was."""
    by_id = {one.id: one for one in ways.people}
    first, *later = of.case.records
    people = {
        r.role: by_id.get(r.by) or Official(r.by, {Role(r.role)})
        for r in (first, *later)
        if r.role != LAW
    }
    by = people[first.role]
    name = desk.open(of.case.procedure, cast("Receive", first.act), at=first.at, by=by).id
    for record in (one for one in later if not is_lapse(one)):
        who = by_id.get(record.by) or people[record.role]
        beside = ways.beside(desk.case(name))
        desk.perform(name, record.act, at=record.at, by=who, beside=beside)
    return Situation(desk.lapse(name, at=at), at, desk, people)


@attrs.define
class _Asked:
    """What is asked of a case, and what the law made of it instead."""

    ways: Ways
    stage: str
    paused: int | None
    at: datetime
    instead: str = ""

    def cases(self) -> Iterator[Running]:
        """Cases that are at the stage then, the one opened last first."""
        office, table = self.ways.office, self.ways.table
        calendar, today = office.calendar, office.day_of(self.at)
        if office.table_on(table.procedure, today).under != table.under:
            why = f"{table.procedure}/{table.law} is not in force on {today}"
            raise Malformed("case_at", [Fault("at", why)])
        n, way = self._way()
        with suppress(BeyondCalendar, Undated):
            for days in range(_N_DAYS):
                day = calendar.before(today, days) if days else today
                opened_at = calendar.place.start_of(day) + _TEN
                if office.table_on(table.procedure, day).under != table.under:
                    return
                of = self._live(n, way, opened_at) if opened_at <= self.at else None
                if of is not None and of.case.stage != self.stage:
                    self.instead = of.case.stage
                    return
                if of is not None:
                    yield of

    def _way(self) -> tuple[int, tuple[Turn, ...]]:
        """The opening and the turns of a shortest way to the stage, past a standstill if one is asked."""
        begin = self.ways.begun(self.at)
        if self.paused is not None:
            clocks = [clock for clock in self.ways.table.clocks.values() if clock.principal]
            pausing = bare(tag for clock in clocks for tag in clock.pauses)
            rows = (row for row in self.ways.table.every_row if row.act in pausing)
            still = self.ways.reached(begin, {row.enters for row in rows})
            standing = islice((one for one in still if self._stands(one[2])), 12)
            # Of several ways into it the one in which the fewest clocks run out meanwhile.
            begin = sorted(standing, key=lambda one: self._n_lapses(one[2]))[:1]
        for n, way, of in self.ways.reached(begin, {self.stage}, bound=600):
            if of.case.stage == self.stage:
                return n, way
        why = f"no way is known to {self.stage!r}"
        if self.paused is not None:
            why += " past a standstill of its principal term as this office reads the law"
        tied = "give `examples` of acts that lead there; what is tied to other cases is for the test to open"
        raise Malformed("case_at", [Fault("stage", f"{why}: {tied}")])

    def _live(self, n: int, way: Sequence[Turn], opened_at: datetime) -> Running | None:
        """The case as of then that was opened at an instant and has gone a way; None if it cannot have."""
        of: Running | None = self.ways.opened(opened_at).get(n)
        for turn in way:
            if of is None or (at := self._next_at(of, late=turn.late)) > self.at:
                return None
            of = self.ways.take(settle(of, at=at, office=self.ways.office)[0], turn, at)
        if of is None or of.case.records[-1].at > self.at:
            return None
        day = self.ways.office.day_of
        if self.paused and self._stands(of) and day(self._next_at(of)) != day(self.at):
            return None
        return settle(of, at=self.at, office=self.ways.office)[0]

    def _stands(self, of: Running) -> bool:
        term = docket.terms_of(of, self.ways.office).principal
        return term is not None and term.paused

    def _n_lapses(self, of: Running) -> int:
        return len(settle(of, at=self._next_at(of), office=self.ways.office)[1])

    def _next_at(self, of: Running, *, late: bool = False) -> datetime:
        """When a case goes on: soon, or on the morning when it has stood still for as long as asked."""
        if not (self.paused and self._stands(of)):
            return self.ways.soon(of, late=late)
        office = self.ways.office
        day = office.calendar.after(office.day_of(of.case.records[-1].at), self.paused)
        return office.calendar.place.start_of(day) + _TEN

    def impossible(self, due_in: int | None, days_left: Sequence[int]) -> Fault:
        what = f"a case that is {self.stage!r} as of {self.at:%Y-%m-%d %H:%M}"
        if due_in is None or not (days_left or self.instead):
            return Fault("due_in", f"of {what} no term counts down")
        if not days_left:
            return Fault("stage", f"there is no {what}: the law makes it {self.instead!r} by then")
        if due_in > max(days_left):
            return Fault("due_in", f"{what} is due in {max(days_left)} working days at the most")
        past = f", and past that it is {self.instead!r}" if self.instead else ""
        return Fault("due_in", f"{what} is due in {min(days_left)} at the least{past}")
