"""An event log as a register: one row a case, of what its events tell.

Rules. (1) Events are ordered by their instants, in whatever order they stand and however they are
written. (2) What is told of the case is as its earliest event has it. (3) An event that tells of a
column of ours without its time makes that column unreadable, unless another event has the time: a
case is never judged as if it had not happened.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import attrs

from openakimat import kz
from openakimat.errors import unknown_fault
from openakimat.register.entries.cells import RawRow
from openakimat.register.entries.times import Written
from openakimat.register.faults import register_fault
from openakimat.register.files.head import clean, key_of
from openakimat.register.files.mapping import ANY, Events, Mark
from openakimat.register.files.values import Cells

_MANY = 10_000

Order = tuple[int, bool, datetime]
"""By what one event is before another: its day, whether its hour is told, the instant."""


@attrs.define
class _Told:
    """What the events tell of a column: the cell that counts, or each."""

    order: Order | None = None
    cell: str = ""
    each: set[tuple[Order, str]] = attrs.field(factory=set)
    outcome: str = ""


@attrs.define
class _Case:
    line: int
    cells: dict[str, _Told] = attrs.field(factory=dict)
    marked: dict[str, _Told] = attrs.field(factory=dict)
    unread: dict[str, str] = attrs.field(factory=dict)


class Gathering:
    """The events of a log, gathered by their cases."""

    def __init__(
        self, events: Events, cells: Cells, map_row: Callable[[RawRow], dict[str, str]]
    ) -> None:
        self._events = events
        self._cells = cells
        self._map = map_row
        self._place = cells.place or kz.place()
        self._outcomes = {key_of(name): word for name, word in events.outcomes.items()}
        ends = (Mark(events.ended, "last"),)
        self._marks = {key_of(name): marks for name, marks in events.marks.items()}
        for key in self._outcomes:
            self._marks[key] = self._marks.get(key, ()) + ends
        self._which = {mark.column: mark.which for marks in self._marks.values() for mark in marks}
        self._blank = dict.fromkeys((*self._which, *(["outcome"] if self._outcomes else ())), "")
        self._cases: dict[str, _Case] = {}
        self._activities: dict[str, str] = {}
        self._broken = set[str]()
        self._untimed: list[int] = []

    def rows(self, theirs: Iterable[RawRow]) -> Iterator[RawRow]:
        """One row a case, after the events that cannot be said to be of one."""
        for event in theirs:
            number = clean(event.cells.get(self._events.case, ""))
            mapped = self._map(event)
            if event.wrong or not number:
                self._broken.add(number)
                yield attrs.evolve(event, cells=self._blank | mapped | {"number": number})
            else:
                case = self._cases.setdefault(number, _Case(event.line))
                self._take(case, event, mapped)
        for number, case in self._cases.items():
            # Who knows what an event of another shape would have told of it.
            if number not in self._broken:
                yield RawRow(case.line, self._sum_up(case))
        self._tell_unused()

    def _take(self, case: _Case, event: RawRow, mapped: dict[str, str]) -> None:
        activity = event.cells.get(self._events.activity, "")
        key = key_of(activity)
        if len(self._activities) < _MANY:
            self._activities.setdefault(key, activity)
        cell = self._cells.read_cell(self._events.ended, event.cells.get(self._events.time, ""))
        told = self._cells.find_time(cell)
        if told is None:
            self._untimed.append(event.line)
        order = self._order(told, "first") if told else None
        for name, one in mapped.items():
            if one.strip():
                _keep(case.cells.setdefault(name, _Told()), order, one, "first")
        for mark in (*self._marks.get(key, ()), *self._marks.get(ANY, ())):
            if told is None:
                case.unread.setdefault(mark.column, cell or "?")
                continue
            known = case.marked.setdefault(mark.column, _Told())
            if _keep(known, self._order(told, mark.which), cell, mark.which):
                known.outcome = self._outcomes.get(key, "")

    def _order(self, told: Written, which: str) -> Order:
        """By what an event is ordered: of one day, that with its hour counts."""
        at = told.at
        if at.tzinfo is not None:
            at = self._place.local(at).replace(tzinfo=None)
        return at.toordinal(), told.exact == (which == "last"), at

    def _sum_up(self, case: _Case) -> dict[str, str]:
        """The cells of a case: what its events mark goes with what is told of it."""
        cells = self._blank | {name: told.cell for name, told in case.cells.items()}
        for name, known in case.marked.items():
            which = self._which[name]
            if told := self._cells.find_time(cells[name]):
                _keep(known, self._order(told, which), cells[name], which)
            cells[name] = "; ".join(one for _, one in sorted(known.each)) or known.cell
            if name == self._events.ended and known.outcome:
                cells["outcome"] = known.outcome
        for name, cell in case.unread.items():
            cells[name] = cells[name] or cell
        return cells

    def _tell_unused(self) -> None:
        seen = self._activities
        for part in ("marks", "outcomes"):
            for name in getattr(self._events, part):
                if name != ANY and key_of(name) not in seen:
                    path = f"events.{part}.{name}"
                    self._cells.warn(unknown_fault(path, name, seen.values()))
        if self._untimed:
            first = f"line {self._untimed[0]}"
            self._cells.warn(register_fault(first, "events-untimed", len(self._untimed)))


def _keep(known: _Told, order: Order | None, cell: str, which: str) -> bool:
    """Keep a cell if it is the first so far, or the last, or is kept beside the others.

    What has no time goes behind all.
    """
    if which == "each" and order is not None:
        known.each.add((order, cell))
        return True
    if known.cell and (
        order is None or (known.order is not None and (order > known.order) != (which == "last"))
    ):
        return False
    known.order, known.cell = order, cell
    return True
