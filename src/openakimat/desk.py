"""The desk: load, decide, append. The only caller of ports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import reduce
from typing import Any, Protocol

import attrs

from openakimat.calendar.times import instant
from openakimat.case.act import Act, Branch
from openakimat.case.acts import Lapse, Receive, Register
from openakimat.case.people import Actor, Applicant, Official, Representative
from openakimat.case.record import Case, Record, evolve
from openakimat.errors import (
    BeyondCalendar,
    Fault,
    Malformed,
    NotAllowed,
    Refusal,
    Undated,
    UnknownCase,
    describe_value,
)
from openakimat.judgement import docket
from openakimat.judgement.deadlines import backdated, deadlines, next_wakeup
from openakimat.judgement.judge import judge, may, open_case
from openakimat.judgement.lapse import elapsed, lapse
from openakimat.judgement.notices import Decision, Notice, notices
from openakimat.judgement.replay import replay
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline
from openakimat.ports import Journal, Numbers
from openakimat.trail.seal import FIRST, Sealed, Verification, seal_all, unseal, verify_all


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
        self.journal = journal
        self.numbers = numbers

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
        **received: Any,
    ) -> Case:
        """Open a case with what is received: its procedure's opening act, or the fields of it.

        Without an id, the case is numbered in its procedure and year. An applicant
        who opens it is its applicant.

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
        opens = self.office.table_on(code, day).opening.act
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
        name = id or f"{code}-{day.year}-{self.numbers.next(f'{code}-{day.year}')}"
        case = open_case(code, act, id=name, at=at, by=by, office=self.office)
        self._keep(case, case.records, before=FIRST)
        return case

    def perform(
        self, case: str, act: Act, /, *, at: datetime, by: Actor, beside: Sequence[Case] = ()
    ) -> Case:
        """Perform an act, after what the law has done by then to the case and to its children.

        Args:
            case: The id of the case.
            act: What is done.
            at: When.
            by: By whom.
            beside: Other cases the law looks at, such as the queue; those opened out of this
                one are put beside it by the desk.

        Raises:
            Refusal: The law says no, or the act names as opened out of this case one that
                is not tied to it. Lapses that came before are kept all the same.
            Malformed: It is no act, or one that only time performs, or it sets a term that
                ends before the day it is set on.
            UnknownCase: There is no such case, or the act opens one that is not there.
            BeyondCalendar: It would set a term running whose end no calendar tells.
            Conflict: Somebody wrote to the case meanwhile; load it and decide again.
        """
        at = instant(at)
        _refuse_bad_question(by, act, beside=beside)
        file, rows = self._load(case)
        # What time has done by then comes first: the act is put to the case that it left.
        with _naming_case(case):
            new = list(lapse(file, at=at, office=self.office))
        file = reduce(evolve, new, file)
        # What time did to a child is kept before an act of the parent relies on it.
        for child in file.children:
            with suppress(UnknownCase):  # it lives in the journal of another office
                self.lapse(child, at=at)
        answer = self._judged(file, act, at, by, beside)
        if isinstance(answer, Decision):
            # Numbered only when allowed, so that a refusal takes no number of the register.
            new.append(attrs.evolve(answer.record, act=self._numbered(act, at)))
            file = evolve(file, new[-1])
        # Lapses and act in one append: nobody can write between them. A refusal undoes no lapse.
        self._keep(file, new, before=rows[-1].seal)
        if isinstance(answer, Refusal):
            raise answer
        return file

    def lapse(self, case: str, /, *, at: datetime) -> Case:
        """Let the law act on a case whose time is up.

        Raises:
            UnknownCase: There is no such case.
            Conflict: Somebody wrote to the case meanwhile.
        """
        at = instant(at)
        file, rows = self._load(case)
        with _naming_case(case):
            new = lapse(file, at=at, office=self.office)
        file = reduce(evolve, new, file)
        self._keep(file, new, before=rows[-1].seal)
        return file

    def _refuse_untrue_ties(self, act: Receive, at: datetime) -> None:
        """Refuse ties that cannot be: to older cases only, each named once, so they make no circle."""
        names = [link.case for link in act.links]
        faults = [
            Fault(f"links[{n}]", f"{name} is named before")
            for n, name in enumerate(names)
            if name in names[:n]
        ]
        faults += [
            Fault(f"links[{n}]", f"{name} was opened later")
            for n, name in enumerate(names)
            if self.case(name).opened_at > at
        ]
        if faults:
            raise Malformed(act.tag, faults)

    def _judged(
        self, file: Case, act: Act, at: datetime, by: Actor, beside: Sequence[Case]
    ) -> Decision | Refusal:
        neighbours = (*self._children(file, at), *beside)
        answer = judge(file, act, at=at, by=by, office=self.office, beside=neighbours)
        if isinstance(act, Branch) and isinstance(answer, Decision):
            return self._refuse_branch(file, act, neighbours) or answer
        return answer

    def _refuse_branch(self, file: Case, act: Branch, neighbours: Sequence[Case]) -> Refusal | None:
        """Why a case cannot be opened out of another: it does not say so, or did already."""
        if act.case in file.children:
            why, code = f"{act.case} comes out of it already", "link.twice"
            return NotAllowed(why, code=code, act=act.tag, stage=file.stage)
        try:
            child = next((c for c in neighbours if c.id == act.case), None) or self.case(act.case)
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
            with suppress(UnknownCase):
                yield elapsed(self.case(name), at=at, office=self.office)

    def _numbered(self, act: Act, at: datetime) -> Act:
        """A registration with the next number of the register, where it has none."""
        # A number given stands: a row of a register comes with its own.
        if not isinstance(act, Register) or act.number:
            return act
        year = self.office.day_of(at).year
        serial = self.numbers.next(f"register-{year}")
        return attrs.evolve(act, number=self.office.numbering(year, serial))

    def _keep(self, file: Case, new: Sequence[Record], *, before: bytes) -> None:
        """Keep new records of a case, if its terms can be told."""
        if not new:
            return
        # Terms are counted before they are kept: records are never taken back, and one case
        # whose term no calendar tells would stop the docket of all the others.
        if faults := backdated(file, office=self.office):
            raise Malformed(f"act {new[-1].act.tag!r}", faults)
        with _naming_case(file.id):
            deadlines(file, office=self.office)
        expected = len(file.records) - len(new)
        self.journal.append(file.id, seal_all(file.id, new, before), expected=expected)

    # -- questions --------------------------------------------------------------------

    def case(self, case: str, /) -> Case:
        """A case from its records.

        Raises:
            UnknownCase: There is none of that id.
            BrokenTrail: Its records cannot be true.
        """
        return self._load(case)[0]

    def _load(self, case: str) -> tuple[Case, list[Sealed]]:
        rows = list(self.journal.read(case))
        # Each record is held to its own seal and to its chart; `verify` holds the chain of seals.
        return replay(case, map(unseal, rows), office=self.office), rows

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
        file = elapsed(self.case(case), at=at, office=self.office)
        if isinstance(act, Act):
            answer = self._judged(file, act, at, by, beside)
            return answer if isinstance(answer, Refusal) else None
        return may(file, act, at=at, by=by, office=self.office)

    def deadlines(self, case: str, /) -> tuple[Deadline, ...]:
        """The deadlines of a case, soonest first."""
        return deadlines(self.case(case), office=self.office)

    def notices(self, case: str, /) -> tuple[Notice, ...]:
        """What the participant of a case has had to be told, and within which limits."""
        return notices(self.case(case), office=self.office)

    def next_wakeup(self) -> tuple[datetime, str] | None:
        """The soonest instant at which a case wants `lapse`, and its id. Reads every case."""
        wakeups = []
        for file in self.files():
            with _naming_case(file.id):
                at = next_wakeup(file, office=self.office)
            if at is not None:
                wakeups.append((at, file.id))
        return min(wakeups, default=None)

    def files(self) -> Iterator[Case]:
        """Every case of the journal."""
        return (self.case(name) for name in self.journal.cases())

    def docket(self, *, at: datetime, soon: int = 3) -> tuple[docket.Line, ...]:
        """Where every case stands, the most pressing first. Reads every case."""
        at, lines = instant(at), []
        for file in self.files():
            with _naming_case(file.id):
                lines.append(docket.line(file, at=at, office=self.office, soon=soon))
        return tuple(sorted(lines, key=docket.urgency))

    # -- proof ------------------------------------------------------------------------

    def verify(self) -> Verification:
        """Whether every case of the journal is whole, in order and unaltered."""
        return verify_all(sealed for _, sealed in self.journal.since())


def _refuse_bad_question(
    by: Actor, act: object = None, *, id: str | None = None, beside: Sequence[Case] = ()
) -> None:
    """Refuse a question that is none; all that is wrong with it at once."""
    faults = []
    # `TheLaw` is an actor too, but none that a host may send, and a lapse no act that it may put:
    # either would let the law act on a case before its time is up.
    if not isinstance(by, Applicant | Official | Representative):
        # Not told again, whatever it is: it is meant for a person.
        why = f"what is of {type(by).__name__} is no Applicant, Official or Representative"
        faults.append(Fault("by", why))
    if not isinstance(id, str | None):
        faults.append(Fault("id", f"{describe_value(id)} is not text"))
    if act is not None and not isinstance(act, Act):
        faults.append(Fault("act", f"{describe_value(act)} is no act"))
    if isinstance(act, Lapse):
        faults.append(Fault("act", f"{act.tag!r} is what time does: see `lapse`"))
    if not all(isinstance(case, Case) for case in beside):
        faults.append(Fault("beside", "holds something that is no case"))
    if faults:
        raise Malformed("asked", faults)


def _opening_act(kind: type[Receive], fields: dict[str, Any]) -> Receive:
    """The opening act of a kind, from its fields; every name wrong or missing at once."""
    needed = {field.name: field.default is attrs.NOTHING for field in attrs.fields(kind)}
    faults = [Fault(name, "there is no such field") for name in sorted(set(fields) - set(needed))]
    missing = [name for name, is_needed in needed.items() if is_needed and name not in fields]
    faults += [Fault(name, "is to be told") for name in missing]
    if faults:
        raise Malformed(kind.tag, faults)
    return kind(**fields)


@contextmanager
def _naming_case(case: str) -> Iterator[None]:
    """Name the case whose days no table tells: a calendar knows of no cases."""
    try:
        yield
    except (BeyondCalendar, Undated) as wrong:
        raise type(wrong)(f"case {case}: {wrong}") from wrong
