"""The questions that an office and its store are asked: of one case, of many, of all."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Unpack

from openakimat.calendar.times import instant
from openakimat.case import Act, Actor, Branch, Case, Record
from openakimat.chart.adoption import ADOPTION
from openakimat.chart.form import charts_in
from openakimat.desk import questions
from openakimat.desk.apart import Apart, store_of
from openakimat.desk.asked import Asked, Filters
from openakimat.desk.files import Files, Settled, verify_journal
from openakimat.desk.lists import Lists, Page
from openakimat.desk.possible import Possible, possible_acts, possible_openings
from openakimat.desk.ties import refuse_branch
from openakimat.errors import AkimatError, AnotherOffice, Fault, Refusal, UnknownCase
from openakimat.judgement import docket
from openakimat.judgement.card import Broken, Wakeup
from openakimat.judgement.deadlines import deadlines
from openakimat.judgement.judge import judge, may
from openakimat.judgement.lapse import elapsed, found_by
from openakimat.judgement.notices import Decision, Notice, notices
from openakimat.judgement.past import known_by
from openakimat.judgement.running import Running
from openakimat.law.form import is_law
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline
from openakimat.ports import Journal, Numbers, Store
from openakimat.trail.seal import Verification


class Inquiry:
    """What may be asked of an office and its store: nothing is kept.

    Raises `Malformed` if there is neither a store, nor a journal and numbers; or both are told.

    Args:
        office: Its body, law and calendar.
        store: Where records, numbers, cards and events are kept.
        journal: Without a store, where the records are kept.
        numbers: Without a store, serial numbers of cases and of the register.
        secret: Of the host's, under which the words on cards are hashed that may name a person.
            Without one nothing is found by applicant, assignee or topic.
    """

    def __init__(
        self, office: Office, store: Store | Apart | None = None, /, *,
        journal: Journal | None = None, numbers: Numbers | None = None, secret: bytes = b"",
    ) -> None:  # fmt: skip
        self.store = store_of(store, journal, numbers)
        questions.refuse_bad_desk(office, self.store, secret)
        self.journal = self.store.journal
        self._secret = secret
        self._opens_under = office  # whose law is written once, however many charts are read since
        self._files = Files(
            office, self.journal, secret=None if isinstance(self.store, Apart) else secret
        )
        self._lists = Lists(self._files, self.store, secret)

    @property
    def office(self) -> Office:
        """The office, with the charts that it has read in the journal."""
        return self._files.office

    def case(self, case: str, /, *, at: datetime | None = None) -> Case:
        """A case from its records; as of an instant, as it was known and the law had left it then.

        Raises `UnknownCase` if there is none of that id, or was none by then; `AnotherOffice` if it is of
        another office; `BrokenTrail` if its records cannot be true.
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
        Raises `UnknownCase` if there is no such case.
        """
        at = instant(at)
        questions.refuse_bad_question(by)
        questions.refuse_unknown_words(by, self.office.law)
        if case is None:
            return possible_openings(at=at, by=by, office=self.office)
        of, _ = self._files.settle(self._files.load(case).of, at)
        return possible_acts(of, at=at, by=by, office=self.office)

    def may(
        self, case: str, act: type[Act] | Act, /, *, at: datetime, by: Actor,
        beside: Sequence[Case] = (), entered: datetime | None = None,
    ) -> Refusal | None:  # fmt: skip
        """Why an act may not be performed at an instant, or None when it may.

        What the law has done by then is taken into account, and when it would be entered; nothing
        is kept.
        """
        at, entered = instant(at), entered and instant(entered)
        questions.refuse_bad_question(by, None if isinstance(act, type) else act, beside=beside)
        questions.refuse_unknown_words(by, self.office.law)
        of, _ = self._case_for(
            self._files.load(case).of, at, by, questions.entered_over(act, entered)
        )
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
        self, *, at: datetime, standing: Iterable[docket.Standing | str] = (), soon: int = 3,
        order: str = "due", after: str | None = None, limit: int = 50, **by: Unpack[Filters],
    ) -> Page:  # fmt: skip
        """A page of the cases of the office that are asked for, as the law has left them by an instant.

        Raises `Malformed` if there is no such filter, order or page; by such a value no case is ever found;
        or it is asked by a word that may name a person, and the desk was given no secret.

        Args:
            at: The instant.
            standing: Where they stand: one of these; wherever, if none is told.
            soon: How many working days before its last day a case is due soon.
            order: ``due``, ``received``, ``changed`` or ``number``; with a ``-``, from the last.
            after: What the page before gave as `after`.
            limit: How many at most.
            **by: What else is asked of them, all of it; see `Filters`.
        """
        asked = Asked(by, questions.standings(standing), instant(at), soon)
        return self._lists.find(asked, order=order, after=after, limit=limit)

    def count(
        self, *, at: datetime, standing: Iterable[docket.Standing | str] = (), soon: int = 3,
        **by: Unpack[Filters],
    ) -> int:  # fmt: skip
        """How many cases of the office there are of which that holds; see `find`."""
        return self._lists.count(Asked(by, questions.standings(standing), instant(at), soon))

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

    def docket(self, *, at: datetime, soon: int = 3, closed: bool = True) -> docket.Docket:
        """Where every case of the office stands, the most pressing first, from the cards.

        One that cannot be loaded, or whose days no calendar tells, is listed as that.

        `soon` is as for `find`; those for which no answer is waited are listed too, if `closed`.
        """
        return self._lists.lines(Asked({}, frozenset(), instant(at), soon), closed=closed)

    def verify(self) -> Verification:
        """Whether every case of the journal, of whatever office, is whole and as its chart has it."""
        return verify_journal(self.journal, self.office.pack)

    def missing(self) -> tuple[Fault, ...]:
        """What charts kept in the journal speak of and today's law has no more. Ask it at opening.

        Their cases are read and counted all the same, but for the deadlines of limits that are
        missing, which are not judged.
        """
        charts = charts_in(self.journal.form, self.office.pack.first_edition)
        names = (name for name in self.journal.forms() if not is_law(name))
        return tuple(fault for name in names for fault in self.office.law.missing(charts(name)))

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
