"""The desk of an office: load, decide, append. The only caller of ports.

Rules. (1) A desk touches the cases of its own office and no others; it reads of others what a tie
to them asks. (2) What verification would not believe is not loaded, and so never continued.
(3) A case that cannot be loaded hides no other: it is listed as broken.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import attrs

from openakimat.calendar.times import instant
from openakimat.case.act import VOCABULARY, Act
from openakimat.case.acts import Receive, Rectify, Register
from openakimat.case.people import Actor, Applicant, Official
from openakimat.case.record import Case
from openakimat.chart.adoption import ADOPTION
from openakimat.desk import questions
from openakimat.desk.asked import Asked, Filters, refuse_no_count
from openakimat.desk.files import Prepared
from openakimat.desk.inquiry import Inquiry
from openakimat.desk.lists import Outcome
from openakimat.desk.ties import refuse_untrue_ties
from openakimat.errors import Conflict, Malformed, NumberBorne, Refusal, TryAgain, make_fault
from openakimat.judgement.judge import open_case
from openakimat.judgement.refusals import refuse_look
from openakimat.judgement.running import after, follow
from openakimat.judgement.upgrade import adopt_law, adopted_case
from openakimat.law.form import law_form
from openakimat.law.office import Office
from openakimat.ports import Tx


class Desk(Inquiry):
    """An office at work on a store: of each act all that it leaves becomes true together.

    `Desk(office, store)`: it is made, and asked, as an `Inquiry` is.
    """

    def open(
        self, procedure: questions.Coded | str, act: Receive | None = None, /, *, at: datetime,
        by: Actor, id: str | None = None, entered: datetime | None = None,
        unless: Filters | None = None, key: str = "", **received: Any,
    ) -> Case:  # fmt: skip
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
            unless: By what no case of the office may be found, as its records have it by then: a slot
                booked, say, by its topic. Whoever else opens or acts under such a condition waits.
            key: The host's own id of what is asked: asked once more, whenever, it is not done
                again, and the case is given back as it was then. Unique in the office.
            **received: The fields of the act.

        Raises:
            Conflict: A case of that id is there already, or one that is found by `unless`: its id.
            UnknownCase: It is tied to a case that is not there.
            Malformed: The instant is naive, the office has no such procedure or another chart
                of it, its opening act is another or has no such field, the law knows no such
                kind, channel or role, a tie is to a case opened later, or its term ends before
                the day it is set on.
            NotCompetent: The procedure is opened by other roles.
            Undated: No wording was in force that day.
            BeyondCalendar: It would set a term running whose end no calendar tells.
        """
        at, code = instant(at), questions.chart_of(procedure, self.office.law)
        day = self.office.day_of(at)
        opens = VOCABULARY[self.office.table_on(code, day).opening.act]
        questions.refuse_bad_question(by, id=id, key=key)
        fields = received
        if act is not None:
            # Not `attrs.asdict`, which would take apart the applicant and the links as well.
            own = {field.name: getattr(act, field.name) for field in attrs.fields(type(act))}
            fields = {**own, **received}
        # An applicant who opens a case for another names that one, and is not put in their place.
        if isinstance(by, Applicant) and fields.get("applicant") is None:
            fields["applicant"] = by
        act = questions.make_opening(opens if act is None else type(act), fields)
        questions.refuse_unknown_words(by, self.office.law, act, procedure=code)
        asked = questions.asked_of(key, code, act, by, self._secret)

        def do(tx: Tx) -> Case:
            refuse_untrue_ties(act, at, self._files)
            self._refuse_found(tx, unless, None, at)
            # Not of a series without gaps: those who open cases would wait for each other.
            name = id or self._next_of(f"{code}-{day.year}")
            case = open_case(code, act, id=name, at=at, by=by, office=self.office)
            if entered is not None:
                (record,) = case.records
                case = attrs.evolve(case, records=(questions.enter_later(record, entered),))
            of = follow(case, office=self.office)
            # The law goes with the cases opened under it: an upgrade tells which days it moved.
            law = dict([law_form(self._opens_under)])
            opened = self._files.prepare(of, case.records, since=None, beside=law)
            self._files.keep(tx, [opened], key=key, asked=asked)
            return case

        return self._once(do, key, asked)

    def _refuse_found(self, tx: Tx, unless: Filters | None, case: str | None, at: datetime) -> None:
        """Refuse to go on where a case is found that must not be there."""
        if unless is None:
            return
        # One lock for every condition of the office: two may ask for one case by different words. And
        # before all others, for a number is taken later.
        tx.hold(f"{self.office.body.id}/unless")
        if found := self._lists.any_other(Asked(unless, frozenset(), at), case):
            raise Conflict(found.case, expected=0, found=found.version)

    def _next_of(self, series: str) -> str:
        """An id of a series of this office, such as ``khromtau/appeal-2026-1``."""
        series = f"{self.office.body.id}/{series}"
        return f"{series}-{self.store.serial(series)}"

    def perform(
        self, case: str, act: Act, /, *, at: datetime, by: Actor, beside: Sequence[Case] = (),
        entered: datetime | None = None, expected: int | None = None, unless: Filters | None = None,
        key: str = "",
    ) -> Case:  # fmt: skip
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
            unless: By what no other case of the office may be found, as for `open`.
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
                not the version expected, as of then: what changed since is told. Or another case is
                found by `unless`.
        """
        at, entered = instant(at), entered and instant(entered)
        questions.refuse_bad_question(by, act, beside=beside, expected=expected, key=key)
        questions.refuse_unknown_words(by, self.office.law, act)
        asked = questions.asked_of(key, case, act, by, self._secret)

        def do(tx: Tx) -> Case:
            self._refuse_found(tx, unless, case, at)
            loaded = self._files.load(case)
            of, new = self._case_for(loaded.of, at, by, questions.entered_over(act, entered))
            if expected is not None and expected != of.case.version:
                raise _stale(of.case, expected)
            overtakes = of.case.overtaken != loaded.of.case.overtaken
            if overtakes and not getattr(act, "reason", "-").strip():
                raise Malformed(f"act {act.tag!r}", [make_fault("reason", "needed")])
            # What time did to a child is kept with an act of the parent that relies on it.
            children = [*self._settled(of.case.children, at)] if of.case.children else []
            # Hardly any case has one.
            near = [*(child.of.case for child in children), *beside] if children else beside
            seen = (*beside, *(child.since.of.case for child in children))
            answer = self._judged(of, act, at, by, near)
            if isinstance(answer, Refusal):
                questions.refuse_changed(tx, case, seen)
                raise answer
            new = (*new, questions.enter_later(answer.record, entered))
            prepare = self._files.prepare
            prepared = [
                prepare(child.of, child.new, since=child.since) for child in children if child.new
            ]
            prepared.append(prepare(after(of, new[-1]), new, since=loaded))
            return self._keep(tx, prepared, seen, key=key, asked=asked)

        return self._once(do, key, asked)

    def _keep(
        self, tx: Tx, prepared: list[Prepared], seen: Sequence[Case], *, key: str, asked: str
    ) -> Case:
        """Keep what an act leaves: a registration with the next number of the register, or its own."""
        of, record = prepared[-1].of.case, prepared[-1].new[-1]
        act, office = record.act, self.office.body.id
        entered = act.act if isinstance(act, Rectify) else act
        year = self.office.day_of(record.at).year
        series = f"{office}/register-{year}"
        # A number given stands: a row of a register comes with its own.
        number = entered.number if isinstance(entered, Register) else ""
        counts = isinstance(act, Register) and not number
        if number:
            if not number.strip():
                raise Malformed(f"act {act.tag!r}", [make_fault("number", "empty")])
            tx.hold(series)
        while True:
            # As the last of all: a series without gaps waits for whoever took the number before to
            # commit. One told by hand is passed over.
            if counts:
                number = self.office.numbering(year, tx.next(series))
                prepared[-1] = prepared[-1].numbered(number)
            questions.refuse_changed(tx, of.id, seen)
            try:
                self._files.keep(tx, prepared, number=number, key=key, asked=asked)
            except NumberBorne as wrong:
                if counts:
                    continue
                fault = make_fault("number", "number-borne", number, wrong.by)
                raise Malformed(f"act {act.tag!r}", [fault]) from None
            return prepared[-1].of.case

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
        Raises `Malformed` if the instant is naive, it is by no official, or no basis is told.

        `old` is the office as it counted before; `basis` the act, the order, the proclamation.
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

    def _once(self, do: Callable[[Tx], Case], key: str, asked: str) -> Case:
        """What is done; or what was done under the same key, by whoever asked at the same time too."""
        try:
            with self.store.begin() as tx:
                return self._repeated(tx, key, asked) or do(tx)
        except (Conflict, Refusal) as told:
            if not key or isinstance(told, TryAgain):
                raise
            # A button pressed twice is no conflict of its own presser.
            with self.store.begin() as tx:
                if (before := self._repeated(tx, key, asked)) is None:
                    raise
                return before

    def _repeated(self, tx: Tx, key: str, asked: str) -> Case | None:
        if not key or (known := tx.repeat(self.office.body.id, key)) is None:
            return None
        if known.asked != asked:
            raise Malformed("asked", [make_fault("key", "other-asked")])
        return self._files.as_of(known.case, known.no)

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
        questions.refuse_bad_question(by)
        questions.refuse_unknown_words(by, self.office.law)
        seen = self.case(case, at=at)
        if refusal := refuse_look(seen, at=instant(at), by=by, office=self.office):
            raise refusal
        with self.store.begin() as tx:
            self._files.keep(tx, [self._files.look(case, why, at=instant(at), by=by)])
        return seen

    def lapse_due(self, *, at: datetime, limit: int = 100) -> Iterator[Outcome]:
        """Let the law act on the cases whose time is up, the soonest first: for a worker.

        Each is claimed, lapsed and committed by itself, so that any number of workers may ask at
        once. One that cannot be loaded is marked as broken and stands aside.
        Raises `Malformed` if the desk has no store.
        """
        refuse_no_count(limit=limit)
        return self._lists.lapse_due(instant(at), limit)

    def rebuild(self) -> int:
        """Make every card of the office anew from the records; how many were not as these tell it.

        Raises `Malformed` if the desk has no store.
        """
        return self._lists.rebuild()


def _stale(case: Case, expected: int) -> Conflict:
    """What was done to a case since it was looked at: by nobody's name."""
    since = tuple((r.act.tag, r.at, r.role) for r in case.sealed if r.no > expected)
    return Conflict(case.id, expected=expected, found=case.version, changed=since)
