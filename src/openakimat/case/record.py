"""The trace of an act, and the case that traces make."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

import attrs

from openakimat.case.act import Act, Branch
from openakimat.case.acts import Receive
from openakimat.case.people import APPLICANT
from openakimat.errors import Fault, Malformed


@attrs.frozen
class Record:
    """The trace of an act.

    Attributes:
        no: Its place in the case, from 1.
        at: When it was performed.
        by, role: Who performed it, and in what role.
        on_behalf: For whom, where the role was lent: the person substituted or represented.
        act: What was done.
        stage: What the case was after it.
        under: Procedure, wording and table hash that it was done under.
    """

    no: int
    at: datetime
    by: str = attrs.field(repr=False)
    role: str
    act: Act
    stage: str
    under: str
    on_behalf: str = attrs.field(default="", repr=False)


@attrs.frozen
class Case:
    """One file of a procedure, as its records have made it."""

    id: str
    procedure: str
    stage: str
    under: str
    records: tuple[Record, ...]

    @property
    def opened_at(self) -> datetime:
        """When it was received."""
        return self.records[0].at

    @property
    def received(self) -> Receive:
        """The act that opened it."""
        act = self.records[0].act
        assert isinstance(act, Receive)  # noqa: S101 - open_case and replay see to it
        return act

    @property
    def children(self) -> tuple[str, ...]:
        """The ids of the cases opened out of this one."""
        return tuple(r.act.case for r in self.records if isinstance(r.act, Branch))

    @property
    def wording(self) -> str:
        """The wording of the law it was last handled under."""
        return wording_of(self.under)

    def last(self, kind: type[Act], /) -> Record | None:
        """The last record of a kind of act, or None."""
        for record in reversed(self.records):
            if isinstance(record.act, kind):
                return record
        return None

    def latest(self, *kinds: type[Act]) -> Record | None:
        """The last record of any of several kinds of acts, or None."""
        return next((r for r in reversed(self.records) if isinstance(r.act, kinds)), None)

    def __str__(self) -> str:
        lines = [f"{self.id}: {self.procedure}, {self.stage}"]
        lines += [
            f"  {r.no:>2}  {r.at:%Y-%m-%d %H:%M}  {r.act.tag:<16} {r.by} ({r.role})"
            for r in self.records
        ]
        return "\n".join(lines)


def applicant_of(case: Case, /) -> str:
    """The id of the applicant, or of whoever opened the case as one; empty where staff named none."""
    first, applicant = case.records[0], case.received.applicant
    # Whoever is named, no matter who brought the papers; else who was represented, or came alone.
    if applicant is not None:
        return applicant.id
    return (first.on_behalf or first.by) if first.role == APPLICANT else ""


def wording_of(under: str, /) -> str:
    """The wording in the name of a table: ``petition/code-2@…`` is ``code-2``."""
    return under.partition("/")[2].partition("@")[0]


def evolve(case: Case, record: Record, /) -> Case:
    """The case after one more record."""
    return Case(case.id, case.procedure, record.stage, record.under, (*case.records, record))


_Opening = TypeVar("_Opening", bound=Receive)


def opened_with(kind: type[_Opening], case: Case, /) -> _Opening:
    """The act that opened a case, which is to be of a kind.

    Raises:
        Malformed: The case was opened with another.

    >>> from datetime import datetime
    >>> from openakimat import Applicant, kz
    >>> from openakimat.judgement.judge import open_case
    >>> at = datetime.fromisoformat("2026-02-02T10:00+05:00")
    >>> case = open_case("appeal", Receive(), id="A-7", at=at, by=Applicant(), office=kz.office())
    >>> kz.complaint.filing_deadline(case, office=kz.office())
    Traceback (most recent call last):
    openakimat.errors.Malformed: case A-7: procedure: 'appeal', opened with 'receive', not with 'file-complaint'
    """
    act = case.received
    if not isinstance(act, kind):
        why = f"{case.procedure!r}, opened with {act.tag!r}, not with {kind.tag!r}"
        raise Malformed(f"case {case.id}", [Fault("procedure", why)])
    return act
