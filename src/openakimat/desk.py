"""The desk of an office: load, decide, append. The only caller of ports.

Rules. (1) A desk touches the cases of its own office and no others; it reads of others what a tie
to them asks. (2) What verification would not believe is not loaded, and so never continued.
(3) A case that cannot be loaded hides no other: it is listed as broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple, Protocol

import attrs

from openakimat.calendar.times import instant
from openakimat.case.act import VOCABULARY, Act, Branch
from openakimat.case.acts import Lapse, Receive, Register
from openakimat.case.people import Actor, Applicant, Official, Representative
from openakimat.case.record import Case, Record
from openakimat.chart.form import charts_in, read_form
from openakimat.chart.table import Table
from openakimat.errors import (
    AkimatError,
    AnotherOffice,
    BeyondCalendar,
    BrokenTrail,
    Fault,
    Malformed,
    NotAllowed,
    Refusal,
    Undated,
    UnknownCase,
    describe_value,
    make_fault,
)
from openakimat.judgement import docket
from openakimat.judgement.deadlines import backdated, deadlines, next_wakeup, tell_moved
from openakimat.judgement.judge import judge, may, open_case
from openakimat.judgement.lapse import elapsed, settle
from openakimat.judgement.notices import Decision, Notice, notices
from openakimat.judgement.running import Running, after, follow
from openakimat.law.form import is_law, law_form
from openakimat.law.law import Law
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline
from openakimat.ports import Journal, Numbers
from openakimat.trail.forms import verify_forms
from openakimat.trail.remembered import Loaded, Remembered
from openakimat.trail.seal import Chain, Verification, read_case, verify_all


class Broken(NamedTuple):
    """A case that cannot be loaded, with the code of what is wrong with it."""

    case: str
    code: str
    why: str


class Wakeup(NamedTuple):
    """When a case wants `lapse` the soonest, which it is, and those that cannot be asked."""

    at: datetime
    case: str
    broken: tuple[Broken, ...] = ()


class Coded(Protocol):
    """A chart, as far as a desk needs it: the code of its procedure."""

    @property
    def code(self) -> str:
        """Such as ``appeal``."""
        ...


class Desk:
    """An office at work on a journal.

    Args:
        office: Its body, law and calendar.
        journal: Where the records are kept.
        numbers: Serial numbers of cases and of the register.
    """

    def __init__(self, office: Office, *, journal: Journal, numbers: Numbers) -> None:
        self.office = office
        self._opens_under = office  # whose law is written once, however many charts are read since
        self.journal = journal
        self.numbers = numbers
        self._remembered = Remembered()

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
            Malformed: The instant is naive, the office has no such procedure, its opening
                act is another or has no such field, a tie is to a case opened later, or its
                term ends before the day it is set on.
            NotCompetent: The procedure is opened by other roles.
            Undated: No wording was in force that day.
            BeyondCalendar: It would set a term running whose end no calendar tells.
        """
        code = procedure if isinstance(procedure, str) else procedure.code
        at = instant(at)
        day = self.office.day_of(at)
        opens = VOCABULARY[self.office.table_on(code, day).opening.act]
        _refuse_bad_question(by, id=id)
        fields = received
        if act is not None:
            # Not `attrs.asdict`, which would take apart the applicant and the links as well.
            own = {field.name: getattr(act, field.name) for field in attrs.fields(type(act))}
            fields = {**own, **received}
        # An applicant who opens a case for another names that one, and is not put in their place.
        if isinstance(by, Applicant) and fields.get("applicant") is None:
            fields["applicant"] = by
        act = _opening_act(opens if act is None else type(act), fields)
        self._refuse_untrue_ties(act, at)
        # The number comes after all that can be refused without it. It is part of the case that
        # is judged, so an opening that the law refuses leaves a gap in the series.
        name = id or self._next_of(f"{code}-{day.year}")
        case = open_case(code, act, id=name, at=at, by=by, office=self.office)
        if entered is not None:
            (record,) = case.records
            case = attrs.evolve(case, records=(_entered(record, entered),))
        of = follow(case, office=self.office)
        # The law goes with the cases that are opened under it: an upgrade tells which days it moved.
        self._keep(of, case.records, since=None, beside=dict([law_form(self._opens_under)]))
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
    ) -> Case:
        """Perform an act, after what the law has done by then to the case and to its children.

        Args:
            case: The id of the case.
            act: What is done.
            at: When.
            by: By whom.
            beside: Other cases the law looks at, such as the queue; those opened out of this
                one are put beside it by the desk.
            entered: When it is kept, if that is later than it was done.

        Raises:
            Refusal: The law says no, or the act names as opened out of this case one that
                is not tied to it. Lapses that came before are kept all the same.
            Malformed: It is no act, or one that only time performs, or it sets a term that
                ends before the day it is set on.
            UnknownCase: There is no such case, or the act opens one that is not there.
            AnotherOffice: The case is of another office.
            BrokenTrail: Its records cannot be true.
            BeyondCalendar: It would set a term running whose end no calendar tells.
            Conflict: Somebody wrote to the case meanwhile; load it and decide again.
        """
        at = instant(at)
        _refuse_bad_question(by, act, beside=beside)
        loaded = self._load(case)
        # What time has done by then comes first: the act is put to the case that it left.
        of, new = self._settled(loaded.of, at)
        # What time did to a child is kept before an act of the parent relies on it.
        for child in of.case.children:
            with suppress(UnknownCase, AnotherOffice):  # another office sees to it
                self.lapse(child, at=at)
        answer = self._judged(of, act, at, by, beside)
        if isinstance(answer, Decision):
            # Numbered only when allowed, so that a refusal takes no number of the register.
            new = (*new, _entered(self._numbered(answer.record), entered))
            of = after(of, new[-1])
        # Lapses and act in one append: nobody can write between them. A refusal undoes no lapse.
        self._keep(of, new, since=loaded)
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
        loaded = self._load(case)
        of, new = self._settled(loaded.of, at)
        self._keep(of, new, since=loaded)
        return of.case

    def _settled(self, of: Running, at: datetime) -> tuple[Running, tuple[Record, ...]]:
        """A case as the law has left it by an instant, and the records of it."""
        try:
            return settle(of, at=at, office=self.office)
        except (BeyondCalendar, Undated) as wrong:
            raise _naming_case(of.case, wrong) from wrong

    def _refuse_untrue_ties(self, act: Receive, at: datetime) -> None:
        """Refuse ties that cannot be: to older cases only, each named once, so they make no circle."""
        names = [link.case for link in act.links]
        faults = [
            make_fault(f"links[{n}]", "named-before", name)
            for n, name in enumerate(names)
            if name in names[:n]
        ]
        faults += [
            make_fault(f"links[{n}]", "opened-later", name)
            for n, name in enumerate(names)
            if self._read(name)[0].opened_at > at
        ]
        if faults:
            raise Malformed(act.tag, faults)

    def _judged(
        self, of: Running, act: Act, at: datetime, by: Actor, beside: Sequence[Case]
    ) -> Decision | Refusal:
        neighbours = (*self._children(of.case, at), *beside)
        answer = judge(of, act, at=at, by=by, office=self.office, beside=neighbours)
        if isinstance(act, Branch) and isinstance(answer, Decision):
            return self._refuse_branch(of.case, act, neighbours) or answer
        return answer

    def _refuse_branch(self, file: Case, act: Branch, neighbours: Sequence[Case]) -> Refusal | None:
        """Why a case cannot be opened out of another: it does not say so, or did already."""
        if act.case in file.children:
            why, code = f"{act.case} comes out of it already", "link.twice"
            return NotAllowed(why, code=code, act=act.tag, stage=file.stage)
        try:
            known = (case for case in neighbours if case.id == act.case)
            child = next(known, None) or self._read(act.case)[0]
        except UnknownCase:
            # A part redirected is a case in the journal of the body that took it.
            if act.elsewhere:
                return None
            raise
        # Both say it, the child first: no parent waits for a case that knows nothing of it.
        if any(link.case == file.id for link in child.received.links):
            return None
        why = f"{act.case} is not tied to {file.id}: it was opened with no link to it"
        return NotAllowed(why, code="link.missing", act=act.tag, stage=file.stage)

    def _children(self, file: Case, at: datetime) -> Iterator[Case]:
        """The cases opened out of one, as the law has left them by an instant."""
        for name in file.children:
            with suppress(UnknownCase, AnotherOffice):
                yield elapsed(self._load(name).of, at=at, office=self.office)

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

    def _keep(
        self,
        of: Running,
        new: Sequence[Record],
        *,
        since: Loaded | None,
        beside: Mapping[str, bytes] = {},
    ) -> None:
        """Keep new records of a case, since it was loaded, and forms beside, if its terms can be told."""
        if not new:
            return
        case, journal = of.case, self.journal
        # Terms are counted before they are kept: records are never taken back, and one case
        # whose term no calendar tells would stop the docket of all the others.
        if faults := backdated(case, office=self.office):
            raise Malformed(f"act {new[-1].act.tag!r}", faults)
        try:
            tell_moved(of, since.of if since else None)
        except (BeyondCalendar, Undated) as wrong:
            raise _naming_case(case, wrong) from wrong
        chain = since.chain if since else Chain(case.id, self._chart)
        # The chart that the last record names was kept with that one.
        before = chain.last.under if chain.last else ""
        names = [record.under for record in new if record.under != before]
        forms = {**beside, **{name: self.office.table_of(name).form for name in names}}
        rows, chain = chain.seal_on(new, salt=journal.salt)
        journal.append(case.id, rows, expected=len(case.records) - len(new), forms=forms)
        stored = since.rows if since else ()
        self._remembered.remember(Loaded(of, chain, (*stored, *rows)))

    # -- questions --------------------------------------------------------------------

    def case(self, case: str, /) -> Case:
        """A case from its records.

        Raises:
            UnknownCase: There is none of that id.
            AnotherOffice: It is of another office.
            BrokenTrail: Its records cannot be true.
        """
        return self._load(case).of.case

    def _load(self, name: str) -> Loaded:
        """A case of this office: as it is remembered and went on since, or read anew."""
        rows = tuple(self.journal.read(name))
        loaded = self._remembered.recall(name, rows, office=self.office)
        if loaded is None:
            case, chain = read_case(name, rows, self._chart)
            # Records of the first edition name none: they are of whoever opens the journal.
            if (of := case.records[0].office) not in {"", self.office.body.id}:
                raise AnotherOffice(name, of)
            loaded = Loaded(follow(case, office=self.office), chain, rows)
        self._remembered.remember(loaded)
        return loaded

    def _read(self, name: str) -> tuple[Case, Chain]:
        """A case of whatever office."""
        return read_case(name, self.journal.read(name), self._chart)

    def _chart(self, under: str) -> Table:
        """The chart that a record names: of the code, or as the journal keeps it."""
        try:
            return self.office.table_of(under)
        except BrokenTrail:
            if (form := self.journal.form(under)) is None:
                raise
        table = read_form(form, under=under)
        self.office = self.office.knowing({under: table})
        return table

    def may(
        self,
        case: str,
        act: type[Act] | Act,
        /,
        *,
        at: datetime,
        by: Actor,
        beside: Sequence[Case] = (),
    ) -> Refusal | None:
        """Why an act may not be performed at an instant, or None when it may.

        What the law has done by then is taken into account; nothing is kept.
        """
        at = instant(at)
        _refuse_bad_question(by, None if isinstance(act, type) else act, beside=beside)
        of, _ = settle(self._load(case).of, at=at, office=self.office)
        if isinstance(act, Act):
            answer = self._judged(of, act, at, by, beside)
            return answer if isinstance(answer, Refusal) else None
        return may(of, act, at=at, by=by, office=self.office)

    def deadlines(self, case: str, /) -> tuple[Deadline, ...]:
        """The deadlines of a case, soonest first."""
        return deadlines(self._load(case).of, office=self.office)

    def notices(self, case: str, /) -> tuple[Notice, ...]:
        """What the participant of a case has had to be told, and within which limits."""
        return notices(self.case(case), office=self.office)

    def next_wakeup(self) -> Wakeup | None:
        """The soonest instant at which a case wants `lapse`, and its id. Reads every case."""
        wakeups, broken = [], []
        for name, of in self._files():
            try:
                at = _wakeup(of, self.office)
            except AkimatError as wrong:
                broken.append(Broken(name, wrong.code, str(wrong)))
            else:
                wakeups += [(at, name)] if at else []
        return Wakeup(*min(wakeups), tuple(broken)) if wakeups else None

    def files(self) -> Iterator[Case]:
        """Every case of the office that can be loaded; the others are `broken`."""
        return (of.case for _, of in self._files() if isinstance(of, Running))

    def broken(self) -> tuple[Broken, ...]:
        """The cases of the office that cannot be loaded, and why."""
        files = self._files()
        return tuple(
            Broken(name, of.code, str(of)) for name, of in files if isinstance(of, AkimatError)
        )

    def docket(self, *, at: datetime, soon: int = 3) -> tuple[docket.Line, ...]:
        """Where every case of the office stands, the most pressing first. Reads every case.

        One that cannot be loaded, or whose days no calendar tells, is listed as that.
        """
        lines = [
            docket.broken_line(name, of)
            if isinstance(of, AkimatError)
            else docket.line(of, at=at, office=self.office, soon=soon)
            for name, of in self._files()
        ]
        return tuple(sorted(lines, key=docket.urgency))

    def _files(self) -> Iterator[tuple[str, Running | AkimatError]]:
        """Every case of the office by its id; in its place, why it cannot be loaded."""
        for name in self.journal.cases(self.office.body.id):
            try:
                yield name, self._load(name).of
            except AnotherOffice as wrong:
                # What stands beside the sealed bytes says that it is ours.
                yield name, BrokenTrail(str(wrong), at_record=1, code=wrong.code)
            except AkimatError as wrong:
                yield name, wrong

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


class RollUp(NamedTuple):
    """The dockets of several offices of a journal, and the cases that are of none of them."""

    lines: Mapping[str, tuple[docket.Line, ...]]
    unattended: tuple[str, ...]


def roll_up(desks: Sequence[Desk], /, *, at: datetime, soon: int = 3) -> RollUp:
    """Where the cases of several offices stand, each by the law and days of its own.

    Args:
        desks: The desks of the offices, of one journal or of several.
        at: The instant.
        soon: How many working days before its last day a case is due soon.
    """
    lines = {desk.office.body.id: desk.docket(at=at, soon=soon) for desk in desks}
    attended = {line.case for of_office in lines.values() for line in of_office}
    every = dict.fromkeys(name for desk in desks for name in desk.journal.cases())
    return RollUp(lines, tuple(name for name in every if name not in attended))


def verify_journal(journal: Journal, law: Law, /) -> Verification:
    """Whether every case of a journal is whole, and as the charts that it keeps have it; its forms too.

    Args:
        journal: The journal.
        law: The law that knows the charts of the first edition, whose journals kept none.
    """
    charts = charts_in(journal.form, law.first_edition)
    of = verify_all((sealed for _, sealed in journal.since()), charts)
    return attrs.evolve(of, broken=(*of.broken, *verify_forms(journal.forms(), journal.form)))


def _refuse_bad_question(
    by: Actor, act: object = None, *, id: str | None = None, beside: Sequence[Case] = ()
) -> None:
    """Refuse a question that is none; all that is wrong with it at once."""
    faults = []
    # `TheLaw` is an actor too, but none that a host may send, and a lapse no act that it may put:
    # either would let the law act on a case before its time is up.
    if not isinstance(by, Applicant | Official | Representative):
        # Not told again, whatever it is: it is meant for a person.
        faults.append(make_fault("by", "no-actor", type(by).__name__))
    if not isinstance(id, str | None):
        faults.append(make_fault("id", "no-text", describe_value(id)))
    if act is not None and not isinstance(act, Act):
        faults.append(make_fault("act", "no-act", describe_value(act)))
    if isinstance(act, Lapse):
        faults.append(make_fault("act", "of-time", repr(act.tag)))
    if beside and not all(isinstance(case, Case) for case in beside):
        faults.append(make_fault("beside", "no-case"))
    if faults:
        raise Malformed("asked", faults)


def _wakeup(of: Running | AkimatError, office: Office) -> datetime | None:
    """When a case wants `lapse`; what cannot be loaded says why."""
    if isinstance(of, AkimatError):
        raise of
    return next_wakeup(of, office=office)


def _entered(record: Record, entered: datetime | None) -> Record:
    """A record that was kept when it was, if that is not when it was done."""
    if entered is None or instant(entered) == record.at:
        return record
    if entered < record.at:
        why, values = f"{entered} is before {record.at}, when it was done", (entered, record.at)
        raise Malformed("asked", [Fault("entered", why, "before", tuple(map(str, values)))])
    return attrs.evolve(record, entered=entered)


def _opening_act(kind: type[Act], fields: dict[str, Any]) -> Receive:
    """The opening act of a kind, from its fields; every name wrong or missing at once."""
    needed = {field.name: field.default is attrs.NOTHING for field in attrs.fields(kind)}
    faults = [make_fault(name, "no-field") for name in sorted(set(fields) - set(needed))]
    missing = [name for name, is_needed in needed.items() if is_needed and name not in fields]
    faults += [make_fault(name, "needed") for name in missing]
    if faults:
        raise Malformed(kind.tag, faults)
    act = kind(**fields)
    assert isinstance(act, Receive)  # noqa: S101 - a chart opens with such, and a host gave one
    return act


def _naming_case(case: Case, wrong: BeyondCalendar | Undated) -> BeyondCalendar | Undated:
    """An error that names the case whose days no table tells: a calendar knows of no cases."""
    return type(wrong)(f"case {case.id}: {wrong}")
