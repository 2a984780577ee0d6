"""The desk of an office: load, decide, append. The only caller of ports.

Rules. (1) A desk touches the cases of its own office and no others; it reads of others what a tie
to them asks. (2) What verification would not believe is not loaded, and so never continued.
(3) A case that cannot be loaded hides no other: it is listed as broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

import attrs

from openakimat.calendar.times import instant
from openakimat.case.act import VOCABULARY, Act, Branch
from openakimat.case.acts import Receive, Register
from openakimat.case.people import Actor, Applicant, Official
from openakimat.case.record import Case, Record
from openakimat.chart.adoption import ADOPTION
from openakimat.chart.form import charts_in
from openakimat.desk.files import Broken, Files, verify_journal
from openakimat.desk.possible import Possible, possible_acts, possible_openings
from openakimat.desk.questions import (
    Coded,
    chart_of,
    enter_later,
    make_opening,
    refuse_bad_question,
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
from openakimat.judgement.deadlines import deadlines, next_wakeup
from openakimat.judgement.judge import judge, may, open_case
from openakimat.judgement.lapse import elapsed, found_by
from openakimat.judgement.notices import Decision, Notice, notices
from openakimat.judgement.past import known_by
from openakimat.judgement.running import Running, after, follow
from openakimat.judgement.upgrade import adopt_law, adopted_case
from openakimat.law.form import is_law, law_form
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline
from openakimat.ports import Journal, Numbers
from openakimat.trail.seal import Verification


class Wakeup(NamedTuple):
    """When a case wants `lapse` the soonest, which it is, and those that cannot be asked."""

    at: datetime
    case: str
    broken: tuple[Broken, ...] = ()


class Desk:
    """An office at work on a journal.

    Args:
        office: Its body, law and calendar.
        journal: Where the records are kept.
        numbers: Serial numbers of cases and of the register.
    """

    def __init__(self, office: Office, *, journal: Journal, numbers: Numbers) -> None:
        self._files = Files(office, journal)
        self._opens_under = office  # whose law is written once, however many charts are read since
        self.journal = journal
        self.numbers = numbers

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
        refuse_untrue_ties(act, at, self._files)
        # The number comes after all that can be refused without it. It is part of the case that
        # is judged, so an opening that the law refuses leaves a gap in the series.
        name = id or self._next_of(f"{code}-{day.year}")
        case = open_case(code, act, id=name, at=at, by=by, office=self.office)
        if entered is not None:
            (record,) = case.records
            case = attrs.evolve(case, records=(enter_later(record, entered),))
        of = follow(case, office=self.office)
        # The law goes with the cases that are opened under it: an upgrade tells which days it moved.
        self._files.keep(of, case.records, since=None, beside=dict([law_form(self._opens_under)]))
        return case

    def _next_of(self, series: str) -> str:
        """The next number of a series of this office, such as ``khromtau/appeal-2026-1``."""
        series = f"{self.office.body.id}/{series}"
        return f"{series}-{self.numbers.next(series)}"

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
            expected: The version of the case that was looked at, if it is to be that one still.

        Raises:
            Refusal: The law says no, or the act names as opened out of this case one that
                is not tied to it. Lapses that came before are kept all the same.
            Malformed: It is no act, or one that only time performs, or it sets a term that
                ends before the day it is set on; or it takes the place of a lapse, and its
                reason is left blank.
            UnknownCase: There is no such case, or the act opens one that is not there.
            AnotherOffice: The case is of another office.
            BrokenTrail: Its records cannot be true.
            BeyondCalendar: It would set a term running whose end no calendar tells.
            Conflict: Somebody wrote to the case meanwhile; load it and decide again. Or it is
                not the version expected: what changed since is told, and lapses that came are
                kept, so that it may be looked at again.
        """
        at, entered = instant(at), entered and instant(entered)
        refuse_bad_question(by, act, beside=beside, expected=expected)
        refuse_unknown_words(by, self.office.law)
        loaded = self._files.load(case)
        of, new = self._case_for(loaded.of, at, by, entered)
        if expected is not None and expected != of.case.version:
            self._files.keep(of, new, since=loaded)
            raise _stale(of.case, expected)
        overtakes = of.case.overtaken != loaded.of.case.overtaken
        if overtakes and not getattr(act, "reason", "-").strip():
            raise Malformed(f"act {act.tag!r}", [make_fault("reason", "needed")])
        # What time did to a child is kept before an act of the parent relies on it.
        children = of.case.children
        for child in children:
            with suppress(UnknownCase, AnotherOffice):  # another office sees to it
                self.lapse(child, at=at)
        # Hardly any case has one.
        neighbours = (*self._elapsed(children, at), *beside) if children else beside
        answer = self._judged(of, act, at, by, neighbours)
        if isinstance(answer, Decision):
            # Numbered only when allowed, so that a refusal takes no number of the register.
            new = (*new, enter_later(self._numbered(answer.record), entered))
            of = after(of, new[-1])
        # Lapses and act in one append: nobody can write between them. A refusal undoes no lapse.
        self._files.keep(of, new, since=loaded)
        if isinstance(answer, Refusal):
            raise answer
        return of.case

    def lapse(self, case: str, /, *, at: datetime) -> Case:
        """Let the law act on a case whose time is up.

        Raises:
            UnknownCase: There is no such case.
            Conflict: Somebody wrote to the case meanwhile.
        """
        at = instant(at)
        loaded = self._files.load(case)
        of, new = self._files.settle(loaded.of, at)
        self._files.keep(of, new, since=loaded)
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
        self._files.keep(of, case.records, since=None, beside=laws)
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

    def _elapsed(self, children: Sequence[str], at: datetime) -> Iterator[Case]:
        """The cases opened out of one, as the law has left them by an instant."""
        for name in children:
            with suppress(UnknownCase, AnotherOffice):
                yield elapsed(self._files.load(name).of, at=at, office=self.office)

    def _numbered(self, record: Record) -> Record:
        """A registration with the next number of the register, where it has none."""
        act = record.act
        # A number given stands: a row of a register comes with its own.
        if not isinstance(act, Register) or act.number:
            return record
        year = self.office.day_of(record.at).year
        serial = self.numbers.next(f"{self.office.body.id}/register-{year}")
        act = attrs.evolve(act, number=self.office.numbering(year, serial))
        return attrs.evolve(record, act=act)

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
        of, _ = self._case_for(self._files.load(case).of, at, by, entered)
        if isinstance(act, Act):
            neighbours = (*self._elapsed(of.case.children, at), *beside)
            answer = self._judged(of, act, at, by, neighbours)
            return answer if isinstance(answer, Refusal) else None
        return may(of, act, at=at, by=by, office=self.office)

    def deadlines(self, case: str, /) -> tuple[Deadline, ...]:
        """The deadlines of a case, soonest first."""
        return deadlines(self._files.load(case).of, office=self.office)

    def notices(self, case: str, /) -> tuple[Notice, ...]:
        """What the participant of a case has had to be told, and within which limits."""
        return notices(self.case(case), office=self.office)

    def next_wakeup(self) -> Wakeup | None:
        """The soonest instant at which a case wants `lapse`, and its id. Reads every case."""
        wakeups, broken = [], []
        for name, of in self._files.every():
            try:
                at = _wakeup(of, self.office)
            except AkimatError as wrong:
                broken.append(Broken(name, wrong.code, str(wrong)))
            else:
                wakeups += [(at, name)] if at else []
        if not wakeups:
            return None
        at, name = min(wakeups)
        return Wakeup(at, name, tuple(broken))

    def files(self) -> Iterator[Case]:
        """Every case of the office that can be loaded; the others are `broken`."""
        return (of.case for _, of in self._files.every() if isinstance(of, Running))

    def adoptions(self) -> tuple[Case, ...]:
        """The laws and calendars that the office has adopted, each with what it moved."""
        files = self._files.every(adoptions=True)
        return tuple(of.case for _, of in files if isinstance(of, Running))

    def broken(self) -> tuple[Broken, ...]:
        """The cases of the office that cannot be loaded, and why."""
        files = self._files.every()
        return tuple(
            Broken(name, of.code, str(of)) for name, of in files if isinstance(of, AkimatError)
        )

    def docket(self, *, at: datetime, soon: int = 3) -> tuple[docket.Line, ...]:
        """Where every case of the office stands, the most pressing first. Reads every case.

        One that cannot be loaded, or whose days no calendar tells, is listed as that.
        """
        at = instant(at)
        lines = [
            docket.broken_line(name, of)
            if isinstance(of, AkimatError)
            else docket.line(of, at=at, office=self.office, soon=soon)
            for name, of in self._files.every()
            # As of a past instant, what was opened since is not among them.
            if isinstance(of, AkimatError) or known_by(of.case, at) is not None
        ]
        return tuple(sorted(lines, key=docket.urgency))

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


def _stale(case: Case, expected: int) -> Conflict:
    """What was done to a case since it was looked at: by nobody's name."""
    since = tuple((r.act.tag, r.at, r.role) for r in case.sealed if r.no > expected)
    return Conflict(case.id, expected=expected, found=case.version, changed=since)


def _wakeup(of: Running | AkimatError, office: Office) -> datetime | None:
    """When a case wants `lapse`; what cannot be loaded says why."""
    if isinstance(of, AkimatError):
        raise of
    return next_wakeup(of, office=office)
