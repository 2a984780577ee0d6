"""The trail is evidence: each case is a chain of sealed records.

Rules. (1) A seal is SHA-256 over 0x00 and the canonical bytes of the record, which
hold its case, its number and the seal before it. (2) Bytes are sealed as stored,
never written anew to be checked. (3) A case is loaded by what verifies it, so that nothing is
believed that verification would not. (4) Verification is total: whatever it is given,
it answers with a verdict and its place. What it cannot know: a chain cut short, or
made anew by whoever holds all of it, is seen only against a head kept elsewhere.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import reduce

import attrs

from openakimat.case import Case, Record, personal_fields, yields
from openakimat.chart.form import Charts
from openakimat.errors import BrokenTrail, Malformed
from openakimat.judgement.replay import believe, case_of
from openakimat.trail.canonical import Plain, encode, parse
from openakimat.trail.codec import plain, record
from openakimat.trail.commitments import Persons, Salt, commit, reveal

FIRST = bytes(32)
"""What the first record of a case has for the seal before it."""

FORM = 2
"""The form in which records are sealed; those of the first edition do not name theirs."""


@attrs.frozen
class Sealed:
    """A record as stored.

    Attributes:
        body: Its canonical bytes.
        seal: SHA-256 over them, 32 bytes.
        private: The values that the bytes only commit to, each with its salt; empty if none.
        office: Whose case it is, to be searched by; empty in the first edition.
    """

    case: str
    no: int
    body: bytes = attrs.field(repr=False)
    seal: bytes
    private: bytes = attrs.field(default=b"", repr=False)
    office: str = ""


@attrs.frozen
class Verdict:
    """What verification found, and where.

    `kind` is ``intact``; ``altered``, ``gap`` or ``tail missing``, of the chain; ``unread``, of a
    row that bears its seal and that no desk can load. Of a form it is told by its name, at no record.
    """

    kind: str
    case: str
    at_record: int
    why: str = ""

    def __str__(self) -> str:
        where = (
            f" at record {self.at_record} of {self.case}" if self.at_record else f" at {self.case}"
        )
        where = where if self.why else ""
        return f"{self.kind}{where}{': ' + self.why if self.why else ''}"


@attrs.frozen
class Verification:
    """The verdict on a whole journal: what was counted, and every chain that is not intact."""

    n_records: int = 0
    n_cases: int = 0
    broken: tuple[Verdict, ...] = ()

    @property
    def intact(self) -> bool:
        """Whether every chain is whole."""
        return not self.broken

    @property
    def empty(self) -> bool:
        """Whether there was nothing to verify: that is no evidence of anything."""
        return self.n_records == 0

    def __str__(self) -> str:
        counted = (
            f"{self.n_records} record{'s' * (self.n_records != 1)}, "
            f"{self.n_cases} case{'s' * (self.n_cases != 1)}"
        )
        if self.broken:
            return "\n".join([f"BROKEN: {len(self.broken)} of {counted}", *map(str, self.broken)])
        return "empty: no records" if self.empty else f"intact: {counted}"


def seal(
    case: str, of: Record, before: bytes = FIRST, /, *, salt: Salt, persons: Persons | None = None
) -> Sealed:
    """Seal a record onto the one before it.

    The `salt` gives bytes that nobody can guess; a journal has one. `persons` are everybody who has
    acted in the case: they are added to.
    """
    fields, known = plain(of), {} if persons is None else persons
    private = commit(fields, personal_fields(type(of.act)), salt, known)
    # Case and seal before are in the bytes, so that no record can be put into another place.
    fields["form"], fields["case"], fields["prev"] = FORM, case, before.hex()
    body = encode(fields)
    return Sealed(case, of.no, body, _seal_of(body), private, of.office)


def seal_all(
    case: str, records: Iterable[Record], before: bytes = FIRST, /, *, salt: Salt,
    persons: Persons | None = None,
) -> list[Sealed]:  # fmt: skip
    """Seal records in order, each onto the one before."""
    known = {} if persons is None else persons
    rows = []
    for of in records:
        rows.append(seal(case, of, before, salt=salt, persons=known))
        before = rows[-1].seal
    return rows


def _seal_of(body: bytes) -> bytes:
    # The leaf hash of RFC 6962, which puts 0x01 before inner nodes: in a tree of seals no pair of
    # them could be shown as a record.
    return hashlib.sha256(b"\0" + body).digest()


def unseal(sealed: Sealed, /) -> Record:
    """The record in a seal.

    Raises `BrokenTrail` if the bytes do not bear the seal, or hold no record of that case.
    """
    return _record_in(sealed, _fields_of(sealed), {})


def _fields_of(row: Sealed) -> Plain:
    """What the bytes of a row say, if they bear its seal and are of its case and number."""
    # The seal first: without it nothing that the bytes say is worth asking. A verdict is never an
    # error, and what a store gives back may be anything.
    bears = isinstance(row, Sealed) and type(row.body) is bytes and _seal_of(row.body) == row.seal
    if not bears:
        raise _altered(row, "the bytes do not bear the seal")
    try:
        fields = parse(row.body)
    except Malformed as wrong:
        raise _altered(row, str(wrong)) from wrong
    # Case and number stand beside the bytes to be looked up by, and there they are not sealed.
    if fields.get("case") != row.case:
        raise _altered(row, "it is of another case")
    if type(no := fields.get("no")) is not int or no != row.no:
        raise _altered(row, f"it is numbered {no} inside and {row.no} outside")
    return fields


def _record_in(row: Sealed, fields: Plain, persons: Persons) -> Record:
    """The record that a row tells, with what stands beside it in the place of its commitments."""
    form = fields.pop("form", None)
    del fields["case"]
    fields.pop("prev", None)
    if form is not None and form != FORM:
        raise _broken(row, f"its form {form!r} is of a later library", "unread")
    # Cases are listed by the office that stands beside: it must be the one that is sealed. Records
    # of the first edition name none, and have nothing beside them.
    if fields.get("office", "") != row.office:
        raise _altered(row, "it is of another office")
    try:
        reveal(fields, row.private, persons)
    except Malformed as wrong:
        raise _altered(row, str(wrong)) from wrong
    try:
        return record(fields)
    except Malformed as wrong:
        raise _broken(row, str(wrong), "unread") from wrong


def _altered(row: Sealed, why: str) -> BrokenTrail:
    return _broken(row, why, "altered")


def _broken(row: Sealed, why: str, kind: str) -> BrokenTrail:
    case, no = getattr(row, "case", "?"), getattr(row, "no", 0)
    at_record = no if type(no) is int else 0
    return BrokenTrail(f"{case}, record {no}: {why}", at_record=at_record, code=f"trail.{kind}")


@attrs.define
class Chain:
    """The records of a case as far as they are read and believed: what more may be sealed onto.

    Attributes:
        tail: The last records, from the last on that yields to nothing; see `yields`.
        tags: The act of each record.
        persons: Everybody who has acted in it.
    """

    case: str
    seal: bytes = FIRST
    tail: tuple[Record, ...] = ()
    tags: list[str] = attrs.field(factory=list)
    persons: Persons = attrs.field(factory=dict, repr=False)

    def copy(self) -> "Chain":
        """One that takes more, while this stays as it is."""
        return attrs.evolve(self, tags=[*self.tags], persons={**self.persons})

    def seal_on(self, records: Sequence[Record], /, *, salt: Salt) -> "tuple[list[Sealed], Chain]":
        """Seal records onto the last, and give the chain that comes of it; this stays as it is."""
        persons, tags = {**self.persons}, [*self.tags, *(of.act.tag for of in records)]
        rows = seal_all(self.case, records, self.seal, salt=salt, persons=persons)
        tail = reduce(_tail, records, self.tail)
        return rows, Chain(self.case, rows[-1].seal, tail, tags, persons)

    def take(self, row: Sealed, charts: Charts | None = None, /) -> Record:
        """Read the next row.

        What it is held against, the charts, is not kept: a desk remembers its chains, and would be
        kept alive by them.
        Raises `BrokenTrail` if it is not whole, not the next, or not borne out by its chart.
        """
        fields = _fields_of(row)
        if row.case != self.case:
            raise _altered(row, "it is of another case")
        # A number left out, before the seals: a row removed breaks both, and the gap tells more.
        if row.no != len(self.tags) + 1:
            raise _broken(row, f"it stands in the place of record {len(self.tags) + 1}", "gap")
        if fields.get("prev") != self.seal.hex():
            raise _altered(row, "it is not sealed onto the one before")
        inside = _record_in(row, fields, self.persons)
        if charts is not None:
            inside = believe(self.case, self.tail, inside, charts, tags=self.tags)
        self.seal, self.tail = row.seal, _tail(self.tail, inside)
        self.tags.append(inside.act.tag)
        return inside


def _tail(before: tuple[Record, ...], record: Record) -> tuple[Record, ...]:
    return (*before, record) if yields(record) else (record,)


def read_case(case: str, rows: Iterable[Sealed], charts: Charts, /) -> tuple[Case, Chain]:
    """A case from its rows, and the chain that more may be sealed onto.

    Raises `BrokenTrail` if a row is not what verification believes, or there is none.
    """
    chain = Chain(case)
    return case_of(case, [chain.take(row, charts) for row in rows]), chain


def verify(
    case: str, rows: Sequence[Sealed], /, *, head: tuple[int, bytes] | None = None,
    charts: Charts | None = None,
) -> Verdict:  # fmt: skip
    """Whether the records of a case are whole, in order and unaltered.

    Args:
        case: Its id.
        rows: Its sealed records as stored.
        head: The number and seal of its last record as known from elsewhere.
        charts: The charts that its records name; without them, none is held against its chart.
    """
    chain = Chain(case)
    for row in rows:
        if (verdict := _verdict(chain, row, charts)) is not None:
            return verdict
    # A chain cut short is whole by itself: only who remembers its head can miss the rest.
    known, of_known = head or (0, FIRST)
    if len(rows) < known:
        return Verdict("tail missing", case, len(rows) + 1, f"{known} records were known")
    if known > 0 and rows[known - 1].seal != of_known:
        return Verdict("altered", case, known, "its seal is not the one known")
    return Verdict("intact", case, len(rows))


def verify_all(rows: Iterable[Sealed], /, charts: Charts | None = None) -> Verification:
    """Whether every chain is whole, in one pass over records in the order they were kept."""
    chains: dict[str, Chain] = {}
    broken: dict[str, Verdict] = {}
    n = 0
    for row in rows:
        n += 1
        case = row.case if isinstance(row, Sealed) and isinstance(row.case, str) else "?"
        chain = chains.setdefault(case, Chain(case))
        # Of a chain the first fault is told: after it all that follows hangs in the air.
        if case not in broken and (verdict := _verdict(chain, row, charts)) is not None:
            broken[case] = verdict
    return Verification(n, len(chains), tuple(broken.values()))


def _verdict(chain: Chain, row: Sealed, charts: Charts | None) -> Verdict | None:
    """What is wrong with the next row of a chain, or None; whatever it is, it is no error."""
    try:
        chain.take(row, charts)
    except BrokenTrail as wrong:
        kind = wrong.code.removeprefix("trail.")
        kind = kind if kind in {"altered", "gap"} else "unread"
        _, _, why = str(wrong).rpartition(f"record {wrong.at_record}: ")
        return Verdict(kind, chain.case, len(chain.tags) + 1, why)
    return None
