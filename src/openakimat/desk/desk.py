"""The desk of an office: load, decide, append. The only caller of ports.

Rules. (1) A desk touches the cases of its own office and no others; it reads of others what a tie
to them asks. (2) What verification would not believe is not loaded, and so never continued.
(3) A case that cannot be loaded hides no other: it is listed as broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Unpack

import attrs

from openakimat.calendar.times import instant
from openakimat.case.act import VOCABULARY, Act, Aside, Branch
from openakimat.case.acts import Receive, Rectify, Register
from openakimat.case.people import Actor, Applicant, Official
from openakimat.case.record import Case, Record
from openakimat.chart.adoption import ADOPTION
from openakimat.chart.form import charts_in
from openakimat.desk.apart import Apart, store_of
from openakimat.desk.files import Broken, Files, Prepared, Settled, verify_journal
from openakimat.desk.lists import Asked, Filters, Lists, Outcome, Page, Wakeup
from openakimat.desk.possible import Possible, possible_acts, possible_openings
from openakimat.desk.questions import (
    Coded,
    asked_of,
    chart_of,
    enter_later,
    make_opening,
    refuse_bad_question,
    refuse_changed,
    refuse_unknown_words,
)
from openakimat.desk.ties import refuse_branch, refuse_untrue_ties
from openakimat.errors import (
    AkimatError,
    AnotherOffice,
    Conflict,
    Fault,
    Malformed,
    Refusal,
    UnknownCase,
    make_fault,
)
from openakimat.judgement import docket
from openakimat.judgement.deadlines import deadlines
from openakimat.judgement.judge import judge, may, open_case
from openakimat.judgement.lapse import elapsed, found_by
from openakimat.judgement.notices import Decision, Notice, notices
from openakimat.judgement.past import known_by
from openakimat.judgement.refusals import refuse_look
from openakimat.judgement.running import Running, after, follow
from openakimat.judgement.upgrade import adopt_law, adopted_case
from openakimat.law.form import is_law, law_form
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline
from openakimat.ports import Journal, Numbers, Store, Tx
from openakimat.trail.seal import Verification


class Desk:
    """An office at work on a store: of each act all that it leaves becomes true together.

    Args:
        office: Its body, law and calendar.
        store: Where records, numbers, cards and events are kept.
        journal: Without a store, where the records are kept.
        numbers: Without a store, serial numbers of cases and of the register.
        key: Under what the words on cards are hashed that may name a person; a secret of the
            host's. Without one nothing is found by applicant, assignee or topic.

    Raises:
        Malformed: There is neither a store, nor a journal and numbers; or both are told.
    """

    def __init__(
        self,
        office: Office,
        store: Store | Apart | None = None,
        /,
        *,
        journal: Journal | None = None,
        numbers: Numbers | None = None,
        key: bytes = b"",
    ) -> None:
        self.store = store_of(store, journal, numbers)
        self.journal = self.store.journal
        self._opens_under = office  # whose law is written once, however many charts are read since
        self._files = Files(
            office, self.journal, key=None if isinstance(self.store, Apart) else key
        )
        self._lists = Lists(self._files, self.store, key)

    @property
    def office(self) -> Office:
        """The office, with the charts that it has read in the journal."""
        return self._files.office

    # -- acts -------------------------------------------------------------------------

    def open(
        self,
        procedure: Coded | str,
        act: Receive | None = None,
        /,
        *,
        at: datetime,
        by: Actor,
        id: str | None = None,
        entered: datetime | None = None,
        key: str = "",
        **received: Any,
    ) -> Case:
        """Open a case with what is received: its procedure's opening act, or the fields of it.

        Without an id, the case is numbered in its office, procedure and year. An applicant
        who opens it is its applicant.

        Args:
            procedure: The chart, or its code.
            act: What is received; or its fields by name.
            at: When.
            by: By whom.
            id: Its id, if it is not to be numbered; unique in the journal.
            entered: When it is kept, if that is later.
            key: The host's own id of what is asked: asked once more, whenever, it is not done
                again, and the case is given back as it was then. Unique in the office.
            **received: The fields of the act.

        Raises:
            Conflict: A case of that id is there already.
            UnknownCase: It is tied to a case that is not there.
            Malformed: The instant is naive, the office has no such procedure or another chart
                of it, its opening act is another or has no such field, the law knows no such
                kind, channel or role, a tie is to a case opened later, or its term ends before
                the day it is set on.
            NotCompetent: The procedure is opened by other roles.
            Undated: No wording was in force that day.
            BeyondCalendar: It would set a term running whose end no calendar tells.
        """
        at, code = instant(at), chart_of(procedure, self.office.law)
        day = self.office.day_of(at)
        opens = VOCABULARY[self.office.table_on(code, day).opening.act]
        refuse_bad_question(by, id=id)
        fields = received
        if act is not None:
            # Not `attrs.asdict`, which would take apart the applicant and the links as well.
            own = {field.name: getattr(act, field.name) for field in attrs.fields(type(act))}
            fields = {**own, **received}
        # An applicant who opens a case for another names that one, and is not put in their place.
        if isinstance(by, Applicant) and fields.get("applicant") is None:
            fields["applicant"] = by
        act = make_opening(opens if act is None else type(act), fields)
        refuse_unknown_words(by, self.office.law, act, procedure=code)
        asked = asked_of(key, code, act, by)
        with self.store.begin() as tx:
            if key and (before := self._repeated(tx, key, asked)):
                return before
            refuse_untrue_ties(act, at, self._files)
            # Not of a series without gaps: those who open cases would wait for each other.
            name = id or self._next_of(f"{code}-{day.year}")
            case = open_case(code, act, id=name, at=at, by=by, office=self.office)
            if entered is not None:
                (record,) = case.records
                case = attrs.evolve(case, records=(enter_later(record, entered),))
            of = follow(case, office=self.office)
            # The law goes with the cases opened under it: an upgrade tells which days it moved.
            law = dict([law_form(self._opens_under)])
            opened = self._files.prepare(of, case.records, since=None, beside=law)
            self._files.keep(tx, [opened], key=key, asked=asked)
        return case

    def _next_of(self, series: str) -> str:
        """An id of a series of this office, such as ``khromtau/appeal-2026-1``."""
        series = f"{self.office.body.id}/{series}"
        return f"{series}-{self.store.serial(series)}"

    def perform(
        self,
        case: str,
        act: Act,
        /,
        *,
        at: datetime,
        by: Actor,
        beside: Sequence[Case] = (),
        entered: datetime | None = None,
        expected: int | None = None,
        key: str = "",
    ) -> Case:
        """Perform an act, after what the law has done by then to the case and to its children.

        Args:
            case: The id of the case.
            act: What is done.
            at: When.
            by: By whom.
            beside: Other cases the law looks at, such as the queue; those opened out of this
                one are put beside it by the desk.
            entered: When it is kept, if that is later than it was done. What staff did before
                the lapses at the end of the case takes their place: they stay sealed, and count
                for nothing.
            expected: The version of the case that was looked at (`case(id, at=now)`), if it is to
                be that one still.
            key: The host's own id of what is asked: asked once more, whenever, it is not done
                again, and the case is given back as it was then. Unique in the office.

        Raises:
            Refusal: The law says no, or the act names as opened out of this case one that
                is not tied to it. Nothing is kept.
            Malformed: It is no act, or one that only time performs, or it sets a term that
                ends before the day it is set on; or it takes the place of a lapse, and its
                reason is left blank.
            UnknownCase: There is no such case, or the act opens one that is not there.
            AnotherOffice: The case is of another office.
            BrokenTrail: Its records cannot be true.
            BeyondCalendar: It would set a term running whose end no calendar tells.
            Conflict: Somebody wrote to the case meanwhile; load it and decide again. Or it is
                not the version expected, as of then: what changed since is told.
        """
        at, entered = instant(at), entered and instant(entered)
        refuse_bad_question(by, act, beside=beside, expected=expected)
        refuse_unknown_words(by, self.office.law, act)
        asked = asked_of(key, case, act, by)
        with self.store.begin() as tx:
            if key and (before := self._repeated(tx, key, asked)):
                return before
            prepared = self._perform(
                tx, case, act, at=at, by=by, beside=beside, entered=entered, expected=expected
            )
            self._files.keep(tx, prepared, key=key, asked=asked)
        return prepared[-1][1].of.case

    def _perform(
        self,
        tx: Tx,
        case: str,
        act: Act,
        /,
        *,
        at: datetime,
        by: Actor,
        beside: Sequence[Case],
        entered: datetime | None,
        expected: int | None,
    ) -> list[Prepared]:
        """What an act leaves, and what the law has done by then to the children it may look at."""
        loaded = self._files.load(case)
        of, new = self._case_for(loaded.of, at, by, _late(act, entered))
        if expected is not None and expected != of.case.version:
            raise _stale(of.case, expected)
        overtakes = of.case.overtaken != loaded.of.case.overtaken
        if overtakes and not getattr(act, "reason", "-").strip():
            raise Malformed(f"act {act.tag!r}", [make_fault("reason", "needed")])
        # What time did to a child is kept with an act of the parent that relies on it.
        children = [*self._settled(of.case.children, at)] if of.case.children else []
        # Hardly any case has one.
        near = [*(child.of.case for child in children), *beside] if children else beside
        answer = self._judged(of, act, at, by, near)
        # Numbered only when allowed, and late: a series without gaps waits for the commit before.
        record = answer if isinstance(answer, Refusal) else self._numbered(tx, case, answer.record)
        if beside or children:
            refuse_changed(tx, case, (*beside, *(child.since.of.case for child in children)))
        if isinstance(record, Refusal):
            raise record
        new = (*new, enter_later(record, entered))
        lapsed = [
            self._files.prepare(child.of, child.new, since=child.since)
            for child in children
            if child.new
        ]
        return [*lapsed, self._files.prepare(after(of, new[-1]), new, since=loaded)]

    def lapse(self, case: str, /, *, at: datetime) -> Case:
        """Let the law act on a case whose time is up.

        Raises:
            UnknownCase: There is no such case.
            Conflict: Somebody wrote to the case meanwhile.
        """
        at = instant(at)
        with self.store.begin() as tx:
            of, new, loaded = self._files.settled(case, at)
            if new:
                self._files.keep(tx, [self._files.prepare(of, new, since=loaded)])
        return of.case

    def adopt(self, old: Office, /, *, at: datetime, by: Official, basis: str) -> Case:
        """Keep that the office has gone from another law or calendar to its own: one sealed record.

        It tells which open cases that moves, from which day to which, and by what; both laws are
        kept beside. What it would tell `reproject` tells before, and keeps nothing.

        Args:
            old: The office as it counted before.
            at: When.
            by: By whom.
            basis: The act, the order, the proclamation.

        Raises:
            Malformed: The instant is naive, it is by no official, or no basis is told.
        """
        at = instant(at)
        if not isinstance(by, Official):
            raise Malformed("asked", [make_fault("by", "no-actor", type(by).__name__)])
        cases = list(self.files())  # first: by then the desk knows every chart that they name
        act = adopt_law(cases, old, self.office, at=at, basis=basis)
        name = self._next_of(f"{ADOPTION.procedure}-{self.office.day_of(at).year}")
        case = adopted_case(act, id=name, at=at, by=by, office=self.office)
        of, laws = follow(case, office=self.office), dict(map(law_form, (old, self.office)))
        with self.store.begin() as tx:
            self._files.keep(tx, [self._files.prepare(of, case.records, since=None, beside=laws)])
        return case

    def _case_for(
        self, of: Running, at: datetime, by: Actor, entered: datetime | None
    ) -> tuple[Running, tuple[Record, ...]]:
        """The case that an act is put to, and what time has done to it by then."""
        office = self.office
        before = found_by(of, at=at, entered=entered, by=by, office=office) if entered else of
        if before is of:
            # What time has done by then comes first: the act is put to the case that it left.
            return self._files.settle(of, at)
        return before, ()

    def _judged(
        self, of: Running, act: Act, at: datetime, by: Actor, neighbours: Sequence[Case]
    ) -> Decision | Refusal:
        answer = judge(of, act, at=at, by=by, office=self.office, beside=neighbours)
        if isinstance(act, Branch) and isinstance(answer, Decision):
            return refuse_branch(of.case, act, neighbours, self._files) or answer
        return answer

    def _settled(self, children: Sequence[str], at: datetime) -> Iterator[Settled]:
        """The cases opened out of one, as the law has left them by an instant."""
        for name in children:
            with suppress(UnknownCase, AnotherOffice):  # another office sees to it
                yield self._files.settled(name, at)

    def _repeated(self, tx: Tx, key: str, asked: str) -> Case | None:
        """What was kept under a key, as it was then."""
        if (known := tx.repeat(self.office.body.id, key)) is None:
            return None
        if known.asked != asked:
            raise Malformed("asked", [make_fault("key", "other-asked")])
        return self._files.as_of(known.case, known.no)

    def _numbered(self, tx: Tx, case: str, record: Record) -> Record:
        """A registration with the next number of the register, where it has none."""
        act, office = record.act, self.office.body.id
        entered = act.act if isinstance(act, Rectify) else act
        if not isinstance(entered, Register):
            return record
        year, number = self.office.day_of(record.at).year, entered.number
        series = f"{office}/register-{year}"
        # A number given stands: a row of a register comes with its own.
        if number:
            tx.hold(series)
            if (borne := tx.bearing(office, number)) not in {None, case}:
                fault = make_fault("number", "number-borne", number, borne)
                raise Malformed(f"act {act.tag!r}", [fault])
        if number or entered is not act:
            return record
        # One told by hand is passed over.
        while not number or tx.bearing(office, number) is not None:
            number = self.office.numbering(year, tx.next(series))
        return attrs.evolve(record, act=attrs.evolve(entered, number=number))

    # -- questions --------------------------------------------------------------------

    def case(self, case: str, /, *, at: datetime | None = None) -> Case:
        """A case from its records; as of an instant, as it was known and the law had left it then.

        Raises:
            UnknownCase: There is none of that id, or was none by then.
            AnotherOffice: It is of another office.
            BrokenTrail: Its records cannot be true.
        """
        of = self._files.load(case).of
        if at is None:
            return of.case
        known = known_by(of.case, instant(at))
        if known is None:
            raise UnknownCase(case)
        return elapsed(of if known is of.case else known, at=at, office=self.office)

    def look(self, case: str, /, *, at: datetime, by: Actor, why: str) -> Case:
        """A case as of an instant, given to somebody; who looked, and why, is kept and never what.

        That stands in a sealed chain of its own, `case(f"{id}/looks")`, and changes no version and
        no day of the case. One that is confidential is given to those it names, by mandate too, and
        to the roles that it is confided to; to an applicant, only their own.

        Raises:
            NotCompetent: Somebody has no business with it. Nothing is kept.
            Malformed: It is not told why.
            UnknownCase: There is no such case.
            Conflict: Somebody else looked at it at once; ask again.
        """
        refuse_bad_question(by)
        refuse_unknown_words(by, self.office.law)
        seen = self.case(case, at=at)
        if refusal := refuse_look(seen, at=instant(at), by=by, office=self.office):
            raise refusal
        with self.store.begin() as tx:
            self._files.keep(tx, [self._files.look(case, why, at=instant(at), by=by)])
        return seen

    def possible(self, case: str | None, /, *, at: datetime, by: Actor) -> tuple[Possible, ...]:
        """What may be done to a case now, or opened where there is none yet; or why not.

        Every act is there that the stage takes from people, with its words, a form, and why it may
        not be done, as far as that is known before there is an act. Nothing is kept.

        Raises:
            UnknownCase: There is no such case.
        """
        at = instant(at)
        refuse_bad_question(by)
        refuse_unknown_words(by, self.office.law)
        if case is None:
            return possible_openings(at=at, by=by, office=self.office)
        of, _ = self._files.settle(self._files.load(case).of, at)
        return possible_acts(of, at=at, by=by, office=self.office)

    def may(
        self,
        case: str,
        act: type[Act] | Act,
        /,
        *,
        at: datetime,
        by: Actor,
        beside: Sequence[Case] = (),
        entered: datetime | None = None,
    ) -> Refusal | None:
        """Why an act may not be performed at an instant, or None when it may.

        What the law has done by then is taken into account, and when it would be entered; nothing
        is kept.
        """
        at, entered = instant(at), entered and instant(entered)
        refuse_bad_question(by, None if isinstance(act, type) else act, beside=beside)
        refuse_unknown_words(by, self.office.law)
        of, _ = self._case_for(self._files.load(case).of, at, by, _late(act, entered))
        if isinstance(act, Act):
            children = (child.of.case for child in self._settled(of.case.children, at))
            neighbours = (*children, *beside)
            answer = self._judged(of, act, at, by, neighbours)
            return answer if isinstance(answer, Refusal) else None
        return may(of, act, at=at, by=by, office=self.office)

    def deadlines(self, case: str, /) -> tuple[Deadline, ...]:
        """The deadlines of a case, soonest first."""
        return deadlines(self._files.load(case).of, office=self.office)

    def notices(self, case: str, /) -> tuple[Notice, ...]:
        """What the participant of a case has had to be told, and within which limits."""
        return notices(self.case(case), office=self.office)

    def find(
        self,
        *,
        at: datetime,
        standing: Iterable[docket.Standing] = (),
        soon: int = 3,
        order: str = "due",
        after: str | None = None,
        limit: int = 50,
        **by: Unpack[Filters],
    ) -> Page:
        """A page of the cases of the office that are asked for, as the law has left them by an instant.

        Args:
            at: The instant.
            standing: Where they stand: one of these; wherever, if none is told.
            soon: How many working days before its last day a case is due soon.
            order: ``due``, ``received``, ``changed`` or ``number``; with a ``-``, from the last.
            after: What the page before gave as `after`.
            limit: How many at most.
            **by: What else is asked of them, all of it; see `Filters`.

        Raises:
            Malformed: There is no such filter, order or page, or it is asked by a word that may
                name a person, and the desk was given no key.
        """
        asked = Asked(by, frozenset(standing), instant(at), soon)
        return self._lists.find(asked, order=order, after=after, limit=limit)

    def count(
        self,
        *,
        at: datetime,
        standing: Iterable[docket.Standing] = (),
        soon: int = 3,
        **by: Unpack[Filters],
    ) -> int:
        """How many cases of the office there are of which that holds; see `find`."""
        return self._lists.count(Asked(by, frozenset(standing), instant(at), soon))

    def lapse_due(self, *, at: datetime, limit: int = 100) -> Iterator[Outcome]:
        """Let the law act on the cases whose time is up, the soonest first: for a worker.

        Each is claimed, lapsed and committed by itself, so that any number of workers may ask at
        once. One that cannot be loaded is marked as broken and stands aside.

        Args:
            at: The instant; the host's clock.
            limit: How many cases at most.

        Raises:
            Malformed: The desk has no store.
        """
        return self._lists.lapse_due(instant(at), limit)

    def rebuild(self) -> int:
        """Make every card of the office anew from the records; how many were not as these tell it.

        Raises:
            Malformed: The desk has no store.
        """
        return self._lists.rebuild()

    def next_wakeup(self) -> Wakeup | None:
        """The soonest instant at which a case wants `lapse`, and its id, from the cards."""
        return self._lists.next_wakeup()

    def files(self) -> Iterator[Case]:
        """Every case of the office that can be loaded; the others are `broken`."""
        return (of.case for _, of in self._files.every() if isinstance(of, Running))

    def adoptions(self) -> tuple[Case, ...]:
        """The laws and calendars that the office has adopted, each with what it moved."""
        files = self._files.every(ADOPTION.procedure)
        return tuple(of.case for _, of in files if isinstance(of, Running))

    def broken(self) -> tuple[Broken, ...]:
        """The cases of the office that cannot be loaded, and why."""
        files = self._files.every()
        return tuple(
            Broken(name, of.code, str(of)) for name, of in files if isinstance(of, AkimatError)
        )

    def docket(
        self, *, at: datetime, soon: int = 3, closed: bool = True
    ) -> tuple[docket.Line, ...]:
        """Where every case of the office stands, the most pressing first, from the cards.

        One that cannot be loaded, or whose days no calendar tells, is listed as that.

        Args:
            at: The instant.
            soon: How many working days before its last day a case is due soon.
            closed: Whether those are listed too for which no answer is waited.
        """
        return self._lists.lines(at=instant(at), soon=soon, closed=closed)

    # -- proof ------------------------------------------------------------------------

    def verify(self) -> Verification:
        """Whether every case of the journal, of whatever office, is whole and as its chart has it."""
        return verify_journal(self.journal, self.office.pack)

    def missing(self) -> tuple[Fault, ...]:
        """What charts kept in the journal speak of and today's law has no more. Ask it at opening.

        Their cases are read and counted all the same, but for the deadlines of limits that are
        missing, which are not judged.
        """
        charts = charts_in(self.journal.form, self.office.pack.first_edition)
        return tuple(
            fault
            for name in self.journal.forms()
            if not is_law(name)
            for fault in self.office.law.missing(charts(name))
        )


def _late(act: Act | type[Act], entered: datetime | None) -> datetime | None:
    """When an act is entered that may take the place of lapses: what only stands beside takes none."""
    aside = issubclass(act if isinstance(act, type) else type(act), Aside)
    return None if aside else entered


def _stale(case: Case, expected: int) -> Conflict:
    """What was done to a case since it was looked at: by nobody's name."""
    since = tuple((r.act.tag, r.at, r.role) for r in case.sealed if r.no > expected)
    return Conflict(case.id, expected=expected, found=case.version, changed=since)
