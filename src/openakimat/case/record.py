"""The trace of an act, and the case that traces make."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Literal, TypeVar

import attrs

from openakimat.case.act import Act, Aside, Branch
from openakimat.case.acts import Receive, Rectify, Reopen
from openakimat.case.forgotten import Forgotten, field_of, receipt_in, traits_of
from openakimat.case.people import APPLICANT, LAW, REPRESENTATIVE
from openakimat.errors import Fault, Malformed

Basis = Literal["done", "told", "assumed"]
"""What a record rests on: an act done before the desk, one that a register tells of, or one that
it leaves to be assumed. The last is no evidence that somebody did it."""

_MAY_BRANCH = (Branch, Forgotten)


@attrs.frozen
class Record:
    """The trace of an act.

    Attributes:
        no: Its place in the case, from 1.
        by, role: Who performed it, and in what role.
        on_behalf: For whom, where the role was lent: the person substituted or represented.
        stage: What the case was after it.
        under: Procedure, wording and digest of the chart that it was done under.
        office: Whose case it is; empty in the first edition.
        entered: When it was kept, where that is not when it was performed.
    """

    no: int
    at: datetime
    by: str = attrs.field(repr=False)
    role: str
    act: Act
    stage: str
    under: str
    on_behalf: str = attrs.field(default="", repr=False)
    office: str = ""
    entered: datetime | None = None
    basis: Basis = "done"


@attrs.frozen
class Case:
    """One file of a procedure, as its records have made it.

    Attributes:
        under: The chart of its last record.
        records: What made it, each read as it was corrected since.
        overtaken: Lapses sealed beside these that count for nothing: before them was done what was
            entered only after them.
    """

    id: str
    procedure: str
    stage: str
    under: str
    records: tuple[Record, ...]
    overtaken: tuple[Record, ...] = ()

    @property
    def sealed(self) -> tuple[Record, ...]:
        """All records in the order in which they were kept, the overtaken among them."""
        if not self.overtaken:
            return self.records
        return tuple(sorted((*self.records, *self.overtaken), key=attrgetter("no")))

    @property
    def n_sealed(self) -> int:
        """How many records are kept of it."""
        return len(self.records) + len(self.overtaken)

    version = n_sealed
    """The same, as whoever looked at it tells what they saw; see `Desk.perform`."""

    @property
    def opened_at(self) -> datetime:
        """When it was received."""
        return self.records[0].at

    @property
    def received(self) -> Receive:
        """The act that opened it."""
        return receipt_in(self.records[0].act)

    @property
    def children(self) -> tuple[str, ...]:
        """The ids of the cases opened out of this one."""
        # By class first, for hardly any act of a long case is one of these.
        acts = [record.act for record in self.records if isinstance(record.act, _MAY_BRANCH)]
        return (
            tuple(field_of(act, "case") for act in acts if traits_of(act).branches) if acts else ()
        )

    @property
    def this_round(self) -> tuple[Record, ...]:
        """The records since it was last reopened; all, if it never was."""
        records = self.records
        for n in range(len(records), 0, -1):
            if isinstance(records[n - 1].act, Reopen):
                return records[n:]
        return records

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
        # In what role, and never by whom: an id may be a name.
        lines = [f"{self.id}: {self.procedure}, {self.stage}"]
        lines += [
            f"  {r.no:>2}  {_minute(r.at)}  {r.act.tag:<16} {r.role or r.basis}{self._noted(r)}"
            for r in self.sealed
        ]
        return "\n".join(lines)

    def _noted(self, record: Record) -> str:
        """What is to be known of a record beside what it says."""
        if record in self.overtaken:
            return ", overtaken"
        return f", entered {_minute(record.entered)}" if record.entered else ""


def _minute(at: datetime) -> str:
    # No town of ours is at Greenwich: a host that keeps its instants in UTC is told them as that.
    return f"{at:%Y-%m-%d %H:%M}{'' if at.utcoffset() else 'Z'}"


def applicant_of(case: Case, /) -> str:
    """The id of the applicant, or of whoever opened the case as one; empty where staff named none."""
    first, applicant = case.records[0], case.received.applicant
    # Whoever is named, no matter who brought the papers; else who was represented, or came alone.
    if applicant is not None:
        return applicant.id
    return (first.on_behalf or first.by) if first.role == APPLICANT else ""


@lru_cache(maxsize=256)
def procedure_of(under: str, /) -> str:
    """The procedure in the name of a table: ``petition/code-2@…`` is ``petition``."""
    return under.partition("/")[0]


@lru_cache(maxsize=256)
def wording_of(under: str, /) -> str:
    """The wording in the name of a table: ``petition/code-2@…`` is ``code-2``."""
    return under.partition("/")[2].partition("@")[0]


def short_name(under: str, /) -> str:
    """The name of a table as screens show it: twelve digits of its digest.

    >>> short_name("petition/code-2@0123456789abcdef")
    'petition/code-2@0123456789ab'
    """
    name, at, digest = under.partition("@")
    return name + at + digest[:12]


def evolve(case: Case, /, *more: Record) -> Case:
    """The case after more records.

    One that rectifies another is read in its place; one that was done before the last lapses takes
    theirs.
    """
    # One list for all of them: a tuple for each would take time with the square of how many.
    records, overtaken = [*case.records], case.overtaken
    for record in more:
        if record.at < records[-1].at and (n := before_lapses(records, record.at)) < len(records):
            records, overtaken = records[:n], (*overtaken, *records[n:])
        if isinstance(record.act, Rectify):
            records = [
                _told_anew(one, record.act.act) if one.no == record.act.record else one
                for one in records
            ]
        records.append(record)
    last = records[-1]
    return Case(case.id, case.procedure, last.stage, last.under, tuple(records), overtaken)


def _told_anew(record: Record, act: Act) -> Record:
    if isinstance(act, Forgotten):
        # What it is to its procedure the chart of the record tells, which may be older.
        act = attrs.evolve(act, traits=traits_of(record.act))
    return attrs.evolve(record, act=act)


def set_back(case: Case, at: datetime, /) -> Case:
    """A case as it stood before the lapses at its end that came after an instant."""
    n = before_lapses(case.records, at)
    if n == len(case.records):
        return case
    records, later = case.records[:n], case.records[n:]
    last, overtaken = records[-1], (*case.overtaken, *later)
    return Case(case.id, case.procedure, last.stage, last.under, records, overtaken)


def before_lapses(records: Sequence[Record], at: datetime, /) -> int:
    """How many records there are without the lapses at their end that came after an instant.

    What was put beside the case since goes with them: it stays sealed, and has never counted.
    """
    n = len(records)
    while n > 1 and records[n - 1].at > at and yields(records[n - 1]):
        n -= 1
    return n if any(map(is_lapse, records[n:])) else len(records)


def yields(record: Record, /) -> bool:
    """Whether something done before it and entered since may take its place."""
    return is_lapse(record) or isinstance(record.act, Aside)


def is_lapse(record: Record, /) -> bool:
    """Whether the law alone made it, for nothing was known to be done in time."""
    return record.role == LAW and traits_of(record.act).lapses


def may_overtake(lapse: Record, entered: datetime | None, roles: Iterable[str], /) -> bool:
    """Whether what is entered then, in one of these roles, may take the place of a lapse before."""
    # What an applicant did in time its staff enter: nobody enters late for themselves.
    return entered is not None and entered >= lapse.at and _NOT_OF_STAFF.isdisjoint(roles)


_NOT_OF_STAFF = frozenset({APPLICANT, REPRESENTATIVE, LAW})

_Opening = TypeVar("_Opening", bound=Receive)


def opened_with(kind: type[_Opening], case: Case, /) -> _Opening:
    """The act that opened a case, which is to be of a kind.

    Raises `Malformed` if the case was opened with another.
    """
    act = case.received
    if not isinstance(act, kind):
        why = f"{case.procedure!r}, opened with {act.tag!r}, not with {kind.tag!r}"
        raise Malformed(f"case {case.id}", [Fault("procedure", why)])
    return act
