"""The trail is evidence: each case is a chain of sealed records.

Rules. (1) A seal is SHA-256 over 0x00 and the canonical bytes of the record, which
hold its case, its number and the seal before it. (2) Bytes are sealed as stored,
never written anew to be checked. (3) Verification is total: whatever it is given,
it answers with a verdict and its place. What it cannot know: a chain cut short, or
made anew by whoever holds all of it, is seen only against a head kept elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import attrs

from openakimat.case.record import Record
from openakimat.errors import AkimatError, BrokenTrail, UnknownAct
from openakimat.trail.canonical import Plain, canonical, parse
from openakimat.trail.codec import plain, record

FIRST = bytes(32)
"""What the first record of a case has for the seal before it."""


@attrs.frozen
class Sealed:
    """A record as stored.

    Attributes:
        case, no: Its case, and its place in it.
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
    """What verification found: ``intact``, ``altered``, ``gap`` or ``tail missing``, and where."""

    kind: str
    case: str
    at_record: int
    why: str = ""

    def __str__(self) -> str:
        where = f" at record {self.at_record} of {self.case}" if self.why else ""
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

    def __str__(self) -> str:
        counted = (
            f"{self.n_records} record{'s' * (self.n_records != 1)}, "
            f"{self.n_cases} case{'s' * (self.n_cases != 1)}"
        )
        if self.intact:
            return f"intact: {counted}"
        return "\n".join([f"BROKEN: {len(self.broken)} of {counted}", *map(str, self.broken)])


def seal(case: str, of: Record, before: bytes = FIRST, /) -> Sealed:
    """Seal a record onto the one before it.

    Args:
        case: The id of its case.
        of: The record.
        before: The seal before it, 32 bytes.
    """
    # Case and seal before are in the bytes, so that no record can be put into another place.
    body = canonical({**plain(of), "case": case, "prev": before.hex()})
    return Sealed(case, of.no, body, _seal_of(body))


def seal_all(case: str, records: Iterable[Record], before: bytes = FIRST, /) -> list[Sealed]:
    """Seal records in order, each onto the one before."""
    rows = []
    for of in records:
        rows.append(seal(case, of, before))
        before = rows[-1].seal
    return rows


def _seal_of(body: bytes) -> bytes:
    # The leaf hash of RFC 6962, which puts 0x01 before inner nodes: in a tree of seals no pair of
    # them could be shown as a record.
    return hashlib.sha256(b"\0" + body).digest()


def unseal(sealed: Sealed, /) -> Record:
    """The record in a seal.

    Raises:
        BrokenTrail: The bytes do not bear the seal, or hold no record of that case.
    """
    if not _bears(sealed):
        raise _altered(sealed, "the bytes do not bear the seal")
    try:
        fields = parse(sealed.body)
        # One record cannot tell whether the seal before it is right: `verify` holds the chain.
        case, _ = fields.pop("case", None), fields.pop("prev", None)
        inside = record(fields)
    except UnknownAct:
        raise  # not altered: of a later library, perhaps
    except AkimatError as wrong:
        raise BrokenTrail(
            f"{sealed.case}, record {sealed.no}: {wrong}", at_record=sealed.no
        ) from wrong
    # Case and number stand beside the bytes to be looked up by, and there they are not sealed.
    if case != sealed.case:
        raise _altered(sealed, "it is of another case")
    if inside.no != sealed.no:
        raise _altered(sealed, f"it is numbered {inside.no} inside")
    return inside


def _bears(row: Sealed) -> bool:
    """Whether a row is one, and its bytes bear its seal."""
    # A verdict is never an error: what a store gives back may be anything.
    return isinstance(row, Sealed) and type(row.body) is bytes and _seal_of(row.body) == row.seal


def _altered(row: Sealed, why: str) -> BrokenTrail:
    return BrokenTrail(
        f"{row.case}, record {row.no}: {why}", at_record=row.no, code="trail.altered"
    )


def verify(
    case: str, rows: Sequence[Sealed], /, *, head: tuple[int, bytes] | None = None
) -> Verdict:
    """Whether the records of a case are whole, in order and unaltered.

    Args:
        case: Its id.
        rows: Its sealed records as stored.
        head: The number and seal of its last record as known from elsewhere.
    """
    before = FIRST
    for expected, row in enumerate(rows, start=1):
        if verdict := _fault_of(case, expected, row, before):
            return verdict
        before = row.seal
    # A chain cut short is whole by itself: only who remembers its head can miss the rest.
    known, of_known = head or (0, FIRST)
    if len(rows) < known:
        return Verdict("tail missing", case, len(rows) + 1, f"{known} records were known")
    if known > 0 and rows[known - 1].seal != of_known:
        return Verdict("altered", case, known, "its seal is not the one known")
    return Verdict("intact", case, len(rows))


def verify_all(rows: Iterable[Sealed], /) -> Verification:
    """Whether every chain is whole, in one pass over records in the order they were kept."""
    heads: dict[str, tuple[int, bytes]] = {}
    broken: dict[str, Verdict] = {}
    n = 0
    for row in rows:
        n += 1
        case = row.case if isinstance(row, Sealed) and isinstance(row.case, str) else "?"
        no, before = heads.get(case, (0, FIRST))
        # Of a chain the first fault is told: after it all that follows hangs in the air.
        wrong = None if case in broken else _fault_of(case, no + 1, row, before)
        if wrong:
            broken[case] = wrong
        heads[case] = (no + 1, before if case in broken else row.seal)
    return Verification(n, len(heads), tuple(broken.values()))


def _fault_of(case: str, expected: int, row: Sealed, before: bytes) -> Verdict | None:
    """What is wrong with one row of a chain, or None."""
    # The seal first: without it nothing that the bytes say is worth asking.
    if not _bears(row):
        return Verdict("altered", case, expected, "the bytes do not bear the seal")
    try:
        fields: Plain = parse(row.body)
    except AkimatError as wrong:
        return Verdict("altered", case, expected, str(wrong))
    no = fields.get("no")
    if row.case != case or fields.get("case") != case:
        return Verdict("altered", case, expected, "it is of another case")
    if type(no) is not int or no != row.no:
        return Verdict(
            "altered", case, expected, f"it is numbered {no} inside and {row.no} outside"
        )
    # A number left out, before the seals: a row removed breaks both, and the gap tells more.
    if no != expected:
        return Verdict("gap", case, expected, f"record {no} stands in its place")
    if fields.get("prev") != before.hex():
        return Verdict("altered", case, expected, "it is not sealed onto the one before")
    return None
