"""A case lived again at another office: what people did is put to its law, what time does is derived.

Rules. (1) Who acted, when and for whom stays as it is recorded; the stage and the chart come of the
law. (2) Where a guard asks more than was recorded, or for cases that are not there, the recorded
outcome is taken, and told. (3) What the stage takes no more, or what comes too late by the other law,
is left out, and told. (4) What came after a case that was waited for keeps its distance from the end
of it, in working time: that is a model, and no law.
It does not know what anybody would have done otherwise.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial

import attrs

from openakimat.calendar.terms import InDays, InTime, Term
from openakimat.calendar.worktime import WorkCalendar
from openakimat.case import people
from openakimat.case.act import Aside, Branch
from openakimat.case.acts import Rectify
from openakimat.case.forgotten import Forgotten
from openakimat.case.record import Case, Record, applicant_of, may_overtake, set_back
from openakimat.chart.table import Row
from openakimat.errors import AkimatError, Malformed, Refusal, TooLate
from openakimat.judgement.governing import governing_chart
from openakimat.judgement.judge import judge, open_case
from openakimat.judgement.lapse import settle
from openakimat.judgement.notices import Decision
from openakimat.judgement.past import known_by
from openakimat.judgement.running import Running, after, follow
from openakimat.law.office import Office

Anchor = tuple[datetime, datetime] | None
"""When what was waited for had ended, and when it ends now."""

BESIDE = "beside"
"""Why a step is taken as recorded, where a guard asks for cases that are not there."""


@attrs.frozen
class Kept:
    """A step not let through as it was recorded: left out, or its recorded outcome taken all the same.

    `why` is the code of the refusal, or `BESIDE`.
    """

    case: str
    no: int
    act: str
    why: str
    taken: bool


@attrs.frozen
class Life:
    """A case as it would stand; or why not, where the law or the calendar does not reach it."""

    of: Running | None
    kept: tuple[Kept, ...] = ()
    shifted: bool = False
    wrong: str = ""


@attrs.define
class Lives:
    """Cases lived again at an office, each once; within `answers` the cases of a procedure are answered."""

    cases: Mapping[str, Case]
    office: Office
    until: datetime
    answers: Mapping[str, Term] = attrs.field(factory=dict)
    _lives: dict[str, Life] = attrs.field(factory=dict)

    def life(self, id: str, anchor: Anchor = None, /) -> Life:
        """A case lived again; `anchor` is what its opening has waited for."""
        if id not in self._lives:
            try:
                self._lives[id] = self._relive(self.cases[id], anchor)
            except AkimatError as wrong:
                self._lives[id] = Life(None, wrong=str(wrong))
        return self._lives[id]

    def settled(self, case: Case, /) -> Life:
        """A case as it is recorded, and time has left it."""
        at = max(self.until, case.records[-1].at)
        try:
            return Life(settle(case, at=at, office=self.office)[0])
        except AkimatError as wrong:
            return Life(None, wrong=str(wrong))

    def _relive(self, case: Case, anchor: Anchor) -> Life:
        if case.procedure not in self.office.law.procedures:
            return Life(follow(case, office=self.office))
        first, *later = case.sealed
        of, kept = self._open(case, first, anchor)
        numbers, seen, term = {first.no: 1}, first.at, self.answers.get(case.procedure)
        shifted = of.case.opened_at != first.at
        for record in later:
            if record.role == people.LAW:
                # Derived anew; by then a lapse had been kept, whatever was entered after it.
                seen = record.at
                continue
            anchor = self._released(of.case.children, record.at) or anchor
            at = _shift(record.at, anchor, self.office.calendar)
            if term is not None and record.act.answers:
                at, term = min(at, self._answered_by(term, of.case.opened_at, at)), None
                anchor = (record.at, at)
            if record.entered is None:
                # What was done while waiting was done all the same, and nothing before it.
                at = max(at, of.case.records[-1].at)
            shifted |= at != record.at
            of, steps = self._put(self._as_met(of, record, at, seen), record, at, numbers)
            kept += steps
            if isinstance(record.act, Branch) and record.act.case in self.cases:
                self.life(record.act.case, anchor)
        of, _ = settle(of, at=max(self.until, of.case.records[-1].at), office=self.office)
        return Life(of, tuple(kept), shifted)

    def _open(self, case: Case, first: Record, anchor: Anchor) -> tuple[Running, list[Kept]]:
        """A case opened as it was, in the first stage that the law of the day has."""
        office, at = self.office, _shift(first.at, anchor, self.office.calendar)
        day = office.day_of(at)
        table, whys = office.table_on(case.procedure, day), list[str]()
        for by in _actors(first, case, (), day):
            try:
                open_case(case.procedure, case.received, id=case.id, at=at, by=by, office=office)
            except (Refusal, Malformed) as wrong:
                whys.append(wrong.code)
            else:
                whys.clear()
                break
        record = attrs.evolve(first, at=at, stage=table.initial, under=table.under)
        opened = Case(case.id, case.procedure, record.stage, record.under, (record,))
        kept = [Kept(case.id, first.no, first.act.tag, why, taken=True) for why in whys[-1:]]
        return follow(opened, office=office), kept

    def _as_met(self, of: Running, record: Record, at: datetime, seen: datetime) -> Running:
        """A case as an act finds it; as a desk does, see `Desk.perform`."""
        entered = record.entered
        if entered is not None and not isinstance(record.act, Aside):
            of, _ = settle(of, at=max(seen, of.case.records[-1].at), office=self.office)
            if may_overtake(of.case.records[-1], entered, {record.role}):
                before = set_back(of.case, at)
                if before is not of.case:
                    return follow(before, office=self.office)
        return settle(of, at=at, office=self.office)[0]

    def _put(
        self, of: Running, record: Record, at: datetime, numbers: dict[int, int]
    ) -> tuple[Running, list[Kept]]:
        """A case after an act was put to it, and what is to be told of that."""
        table = governing_chart(of.case, at, self.office)
        act, no = record.act, of.case.n_sealed + 1
        # What it corrects was read as corrected from the start: nothing is left to be judged.
        if isinstance(act, Rectify):
            stage, why = (of.case.stage, "") if act.record in numbers else ("", "rectify.no-record")
            act = attrs.evolve(act, record=numbers.get(act.record, act.record))
        else:
            stage, why = self._outcome(of, record, at, table.ways(of.case.stage, act.tag))
        kept = [Kept(of.case.id, record.no, act.tag, why, taken=bool(stage))]
        kept = kept if why or not stage else []
        if stage:
            numbers[record.no] = no
            made = attrs.evolve(record, no=no, at=at, act=act, stage=stage, under=table.under)
            of = after(of, made)
        return of, kept

    def _outcome(
        self, of: Running, record: Record, at: datetime, rows: Sequence[Row]
    ) -> tuple[str, str]:
        """The stage that an act leads to, none where it is left out; and why not as recorded."""
        enters = [row.enters for row in rows]
        recorded = record.stage if record.stage in enters else next(iter(enters), "")
        # Of a class that is gone no guard knows the fields.
        if isinstance(record.act, Forgotten):
            return recorded, "act.unknown"
        lives = (self.life(child).of for child in of.case.children if child in self.cases)
        near = [one for life in lives if life and (one := known_by(life.case, at))]
        refusals = list[Refusal]()
        put = partial(
            judge, of, record.act, at=at, office=self.office, beside=near, basis=record.basis
        )
        for by in _actors(record, of.case, rows, self.office.day_of(at)):
            if isinstance(answer := put(by=by), Decision):
                stage = answer.record.stage
                asks = any(guard.sees.beside for row in rows for guard in row.guards)
                return (recorded, BESIDE) if asks and stage != recorded else (stage, "")
            refusals.append(answer)
        # Of several who it may have been the first is the likeliest.
        return "" if isinstance(refusals[0], TooLate) else recorded, refusals[0].code

    def _released(self, children: Iterable[str], at: datetime) -> Anchor:
        """When the last of the cases waited for had ended by an instant, and when it ends now."""
        known = [child for child in children if child in self.cases]
        lives = [(self.cases[child], self.life(child).of) for child in known]
        ends = [(self._end(case), of and self._end(of.case)) for case, of in lives]
        told = [(was, now) for was, now in ends if was and now]
        if not told or len(told) < len(ends) or any(was > at for was, _ in told):
            return None
        was, now = (max(of) for of in zip(*told, strict=True))
        return None if was == now else (was, now)

    def _end(self, case: Case) -> datetime | None:
        """When a case came to a stage that it does not leave."""
        final = self.office.table_of(case.under).final
        return case.records[-1].at if case.stage in final else None

    def _answered_by(self, term: Term, asked: datetime, at: datetime) -> datetime:
        """The latest that an answer comes which is given within a term, at the hour it was given."""
        calendar, day_of = self.office.calendar, self.office.day_of
        if isinstance(term, InTime):
            return term.end(asked, timedelta(0), calendar)
        assert isinstance(term, InDays)  # noqa: S101 - a term ends with a day or at an instant
        late = day_of(at) - term.last_day(day_of(asked), calendar)
        return at - max(late, timedelta(0))


def _shift(at: datetime, anchor: Anchor, calendar: WorkCalendar) -> datetime:
    """An instant as far from what was waited for as it was, in working time."""
    if anchor is None or at < anchor[0]:
        return at
    was, now = anchor
    worked = calendar.worked(was, at)
    return calendar.add(now, worked) if worked > timedelta(0) else now


def _actors(record: Record, case: Case, rows: Sequence[Row], day: date) -> Iterator[people.Actor]:
    """Whoever may have performed a recorded act: by role, person and for whom."""
    role, who, whose = record.role, record.by, record.on_behalf
    others = {people.LAW, people.APPLICANT, people.REPRESENTATIVE}
    every = frozenset(one for row in rows for one in row.by) - others
    named = case.received.applicant
    if record.basis == "assumed" and not role:
        # Nobody is known to have done it, so that whoever may is as good as another.
        if every:
            yield people.Official(_NOBODY, every)
        yield named or people.Applicant(id=applicant_of(case))
        return
    mandates = (people.Mandate(whose, {people.Role(role)}, _RECORDED, day),) if whose else ()
    if role in {people.APPLICANT, people.REPRESENTATIVE}:
        if whose or role == people.REPRESENTATIVE:
            yield people.Representative(who, mandates)
        else:
            yield named if named is not None and named.id == who else people.Applicant(id=who)
        return
    # The role was lent; or it was their own, and what a guard asked was lent.
    own = {people.Role(role)} if role else frozenset[people.Role]()
    yield people.Official(who or _NOBODY, frozenset() if whose else own, mandates=mandates)
    if whose and every:
        yield people.Official(who, own, mandates=(people.Mandate(whose, every, _RECORDED, day),))


_NOBODY, _RECORDED = "-", "as recorded"
