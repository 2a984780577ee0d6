"""The desk: load, decide, append. The only caller of ports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import reduce
from typing import Any

import attrs

from openakimat import docket
from openakimat.acts import Act, Branch, Register
from openakimat.case import (
    Case,
    Decision,
    Notice,
    Record,
    deadlines,
    evolve,
    next_wakeup,
    notices,
    replay,
)
from openakimat.errors import Fault, Malformed, NotAllowed, Refusal, UnknownCase
from openakimat.judgement import elapsed, judge, lapse, may, open_case
from openakimat.limits import Deadline
from openakimat.office import Office
from openakimat.people import Actor, Applicant
from openakimat.ports import Journal, Numbers
from openakimat.procedure import ProcedureType
from openakimat.times import instant
from openakimat.trail import FIRST, Sealed, Verification, seal_all, unseal, verify_all


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
        procedure: ProcedureType | str,
        /,
        *,
        at: datetime,
        by: Actor,
        id: str | None = None,
        **received: Any,
    ) -> Case:
        """Open a case with what is received: the fields of its procedure's opening act.

        Without an id, the case is numbered in its procedure and year. An applicant
        who opens it is its applicant.

        Raises:
            Conflict: A case of that id is there already.
            UnknownCase: It is tied to a case that is not there.
            Malformed: The instant is naive, the office has no such procedure, or its
                opening act has no such field.
            NotCompetent: The procedure is opened by other roles.
            Undated: No wording was in force that day.
        """
        code = procedure if isinstance(procedure, str) else procedure.code
        day = self.office.day_of(instant(at))
        opens = self.office.table_on(code, day).opening.act
        if isinstance(by, Applicant):
            received.setdefault("applicant", by)
        if strange := sorted(set(received) - {field.name for field in attrs.fields(opens)}):
            raise Malformed(opens.tag, [Fault(name, "there is no such field") for name in strange])
        act = opens(**received)
        for link in act.links:
            self.journal.read(link.case)
        name = id or f"{code}-{day.year}-{self.numbers.next(f'{code}-{day.year}')}"
        case = open_case(code, act, id=name, at=at, by=by, office=self.office)
        self._keep(case.id, case.records, before=FIRST, expected=0)
        return case

    def perform(
        self, case: str, act: Act, /, *, at: datetime, by: Actor, beside: Sequence[Case] = ()
    ) -> Case:
        """Perform an act, after what the law has done by then.

        Args:
            case: The id of the case.
            act: What is done.
            at: When.
            by: By whom.
            beside: Other cases the law looks at, such as the queue; those opened out of this
                one are put beside it by the desk.

        Raises:
            Refusal: The law says no, or the act names a case that this one descends from.
                Lapses that came before are kept all the same.
            UnknownCase: There is no such case.
            Conflict: Somebody wrote to the case meanwhile; load it and decide again.
        """
        file, rows = self._load(case)
        if isinstance(act, Branch) and act.case in self._line(file):
            raise NotAllowed(
                f"{act.case} cannot come out of {case}, which comes out of it",
                code="link.circle",
                act=act.tag,
                stage=file.stage,
            )
        new = list(lapse(file, at=at, office=self.office))
        file = reduce(evolve, new, file)
        answer = judge(
            file,
            act,
            at=at,
            by=by,
            office=self.office,
            beside=(*self._children(file, at), *beside),
        )
        if isinstance(answer, Decision):
            new.append(attrs.evolve(answer.record, act=self._numbered(act, at)))
            file = evolve(file, new[-1])
        self._keep(case, new, before=rows[-1].seal, expected=len(rows))
        if isinstance(answer, Refusal):
            raise answer
        return file

    def lapse(self, case: str, /, *, at: datetime) -> Case:
        """Let the law act on a case whose time is up."""
        file, rows = self._load(case)
        new = lapse(file, at=at, office=self.office)
        self._keep(case, new, before=rows[-1].seal, expected=len(rows))
        return reduce(evolve, new, file)

    def _line(self, file: Case) -> set[str]:
        """A case and all that it comes out of."""
        found, open_ = {file.id}, [link.case for link in file.received.links]
        while open_:
            name = open_.pop()
            if name not in found:
                found.add(name)
                open_ += (link.case for link in self.case(name).received.links)
        return found

    def _children(self, file: Case, at: datetime) -> Iterator[Case]:
        """The cases opened out of one, as the law has left them by an instant."""
        for name in file.children:
            with suppress(UnknownCase):  # it lives in the journal of another office
                yield elapsed(self.case(name), at=at, office=self.office)

    def _numbered(self, act: Act, at: datetime) -> Act:
        """A registration with the next number of the register, where it has none."""
        if not isinstance(act, Register) or act.number:
            return act
        year = self.office.day_of(at).year
        serial = self.numbers.next(f"register-{year}")
        return attrs.evolve(act, number=self.office.numbering(year, serial))

    def _keep(self, case: str, records: Sequence[Record], *, before: bytes, expected: int) -> None:
        if records:
            self.journal.append(case, seal_all(case, records, before), expected=expected)

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
        file = elapsed(self.case(case), at=at, office=self.office)
        shown = (*self._children(file, at), *beside)
        return may(file, act, at=at, by=by, office=self.office, beside=shown)

    def deadlines(self, case: str, /) -> tuple[Deadline, ...]:
        """The deadlines of a case, soonest first."""
        return deadlines(self.case(case), office=self.office)

    def notices(self, case: str, /) -> tuple[Notice, ...]:
        """What the participant of a case has had to be told, and within which limits."""
        return notices(self.case(case), office=self.office)

    def next_wakeup(self) -> tuple[datetime, str] | None:
        """The soonest instant at which a case wants `lapse`, and its id."""
        wanted = ((next_wakeup(file, office=self.office), file.id) for file in self.files())
        return min(((at, case) for at, case in wanted if at is not None), default=None)

    def files(self) -> Iterator[Case]:
        """Every case of the journal."""
        return (self.case(name) for name in self.journal.cases())

    def docket(self, *, at: datetime, soon: int = 3) -> tuple[docket.Line, ...]:
        """Where every case stands, the most pressing first."""
        lines = (docket.line(file, at=at, office=self.office, soon=soon) for file in self.files())
        return tuple(sorted(lines, key=docket.urgency))

    # -- proof ------------------------------------------------------------------------

    def verify(self) -> Verification:
        """Whether every case of the journal is whole, in order and unaltered."""
        return verify_all(sealed for _, sealed in self.journal.since())
