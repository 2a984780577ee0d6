"""A register played through the procedures: every row judged, sealed and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

import attrs

from openakimat import docket
from openakimat.acts import (
    Accept,
    Act,
    AskToCorrect,
    Correct,
    Decide,
    Extend,
    Hear,
    Inquire,
    Link,
    Notify,
    Object,
    Propose,
    Receive,
    Redirect,
    Register,
    Reply,
    Return,
    Terminate,
    Withdraw,
)
from openakimat.case import Case, Decision, evolve
from openakimat.errors import AkimatError, Fault, Malformed, Refusal
from openakimat.judgement import judge, lapse, open_case
from openakimat.office import Office
from openakimat.people import EXECUTOR, HEAD, REGISTRAR, Actor, Applicant, Official
from openakimat.register.columns import Entry, When, entry, head_faults
from openakimat.register.sources import Raw, RowFault
from openakimat.trail import Sealed, Verification, seal_all, verify_all

_CLERK = Official("registrar", frozenset({REGISTRAR}))
_STAFF = Official("executor", frozenset({EXECUTOR}))
_HEAD = Official("head", frozenset({HEAD}))
_APPLICANT = Applicant()


@attrs.frozen
class Refused:
    """An act that the register tells of and the law does not allow."""

    line: int
    act: str
    refusal: Refusal


@attrs.frozen
class Checked:
    """A row judged: its entry, its line in the docket, its sealed records, the acts refused."""

    entry: Entry
    line: docket.Line
    sealed: tuple[Sealed, ...]
    refused: tuple[Refused, ...] = ()


@attrs.define
class Result:
    """What a check found. Rows in = accepted + refused + faulty."""

    n_rows: int = 0
    n_faulty: int = 0
    n_assumed: int = 0
    faults: list[RowFault] = attrs.field(factory=list)
    refused: list[Refused] = attrs.field(factory=list)
    lines: list[docket.Line] = attrs.field(factory=list)
    of_topic: Counter[tuple[str, bool]] = attrs.field(factory=Counter)
    of_channel: Counter[tuple[str, bool]] = attrs.field(factory=Counter)
    trail: Verification = attrs.field(factory=Verification)

    @property
    def n_refused(self) -> int:
        """Rows with an act that the law does not allow."""
        return len({one.line for one in self.refused})

    @property
    def n_accepted(self) -> int:
        """Rows without fault or refusal."""
        return self.n_rows - self.n_faulty - self.n_refused

    @property
    def overdue(self) -> bool:
        """Whether an open case is past its term."""
        return any(line.standing is docket.Standing.OVERDUE for line in self.lines)

    def take(self, row: Checked | list[RowFault]) -> None:
        """Count one row."""
        self.n_rows += 1
        if isinstance(row, list):
            self.n_faulty += 1
            self.faults.extend(row)
            return
        self.lines.append(row.line)
        self.refused.extend(row.refused)
        self.n_assumed += row.entry.registered_at is None
        late = row.line.standing in {docket.Standing.LATE, docket.Standing.OVERDUE}
        self.of_topic[row.entry.topic, late] += 1
        self.of_channel[row.entry.channel, late] += 1


# -- a row as acts --------------------------------------------------------------------

_Told = tuple[When, Actor, Act]


def _registered(row: Entry, office: Office) -> When:
    """When the row was registered; where it does not say, when it had to be."""
    if row.registered_at is not None:
        return row.registered_at
    received = row.received_at
    return When(office.calendar.counted_at(received.at), received.exact)


def _answer(row: Entry, procedure: str, wording: str) -> Act:
    """The act that answers a row, in the words of its procedure."""
    if procedure == "simplified":
        return Reply(row.outcome or "explained")
    usual = "explained" if wording == "l221" else "favourable"
    return Decide(row.outcome or usual, row.unheard)


def acts_of(row: Entry, procedure: str, office: Office, /) -> list[_Told]:
    """What a row tells was done after its receipt: by day, and within a day as the law has it."""
    registered = _registered(row, office)
    wording = office.wording_on(office.calendar.place.day_of(row.received_at.at))
    taken_up = row.correction_asked_at is None and row.returned_at is None
    told: tuple[tuple[When | None, Actor, Callable[[], Act]], ...] = (
        (registered, _CLERK, lambda: Register(row.number)),
        (
            row.correction_asked_at,
            _STAFF,
            lambda: AskToCorrect(row.correction_until or registered.at.date()),
        ),
        (row.corrected_at, _APPLICANT, Correct),
        (row.returned_at, _STAFF, lambda: Return(row.return_ground)),
        (registered if taken_up and row.redirected_at is None else None, _STAFF, Accept),
        (row.redirected_at, _STAFF, lambda: Redirect(row.redirected_to)),
        (row.inquired_at, _STAFF, Inquire),
        (
            row.extended_at,
            _HEAD,
            lambda: Extend(row.extended_until or registered.at.date(), row.extension_reason),
        ),
        (row.extension_told_at, _STAFF, lambda: Notify("extension")),
        (row.proposed_at, _STAFF, lambda: Propose(row.outcome or "burdening")),
        (row.objected_at, _APPLICANT, lambda: Object(oral=row.heard_at is not None)),
        (row.heard_at, _STAFF, Hear),
        (row.withdrawn_at, _APPLICANT, Withdraw),
        (row.terminated_at, _HEAD, lambda: Terminate(row.termination_ground)),
        (row.answered_at, _HEAD, lambda: _answer(row, procedure, wording)),
    )
    place = office.calendar.place
    found = [(when, by, make()) for when, by, make in told if when is not None]
    return sorted(found, key=lambda one: place.day_of(one[0].at))


# -- judging --------------------------------------------------------------------------


def judge_row(row: Entry, kinds: Mapping[str, str], office: Office, /, *, at: datetime) -> Checked:
    """A row played through its procedure up to an instant.

    An act that the law does not allow is left out and reported; the rest is judged
    without it.

    Raises:
        Malformed: Its kind has no procedure.
        AkimatError: It falls outside the law or the calendar.
    """
    if row.kind not in kinds:
        why = f"{row.kind!r} has no procedure here; those that have: {', '.join(kinds)}"
        raise Malformed(f"line {row.line}", [Fault("kind", why)])
    procedure = kinds[row.kind]
    applicant = Applicant(row.applicant, row.iin or None, row.bin or None)
    links = (Link(row.repeats, "repeats"),) if row.repeats else ()
    receipt = Receive(row.kind, row.channel, row.topic, applicant=applicant, links=links)
    case = open_case(
        procedure, receipt, id=row.number, at=row.received_at.at, by=_APPLICANT, office=office
    )
    refused = []
    for when, by, act in acts_of(row, procedure, office):
        moment = when.at if when.exact else max(when.at, case.records[-1].at)
        case = _lapsed(case, moment, office)
        answer = judge(case, act, at=moment, by=by, office=office)
        if isinstance(answer, Decision):
            case = evolve(case, answer.record)
        else:
            refused.append(Refused(row.line, act.tag, answer))
    case = _lapsed(case, at, office)
    line = docket.line(case, at=at, office=office)
    return Checked(row, line, tuple(seal_all(case.id, case.records)), tuple(refused))


def _lapsed(case: Case, at: datetime, office: Office) -> Case:
    """The case after what the law has done by an instant."""
    for record in lapse(case, at=at, office=office):
        case = evolve(case, record)
    return case


def check_row(
    raw: Raw, kinds: Mapping[str, str], office: Office, seen: set[str], /, *, at: datetime
) -> Checked | list[RowFault]:
    """One row judged, or everything wrong with it."""
    try:
        row = entry(raw, office, at=at)
        if row.number in seen:
            return [RowFault(raw.line, "number", f"{row.number} stands on an earlier line")]
        checked = judge_row(row, kinds, office, at=at)
    except Malformed as wrong:
        return [RowFault(raw.line, fault.path, fault.why) for fault in wrong.faults]
    except AkimatError as wrong:
        return [RowFault(raw.line, "", str(wrong))]
    seen.add(row.number)
    return checked


Keep = Callable[[Sequence[tuple[str, Sequence[Sealed]]]], None]
"""Stores new cases with their sealed records."""

BATCH = 2_000


def check(
    raws: Iterable[Raw],
    kinds: Mapping[str, str],
    office: Office,
    /,
    *,
    at: datetime,
    keep: Keep | None = None,
    told: Callable[[int], None] | None = None,
) -> Result:
    """Check a register against the law.

    Args:
        raws: Its rows.
        kinds: The procedure of each kind of appeal.
        office: The office whose register it is.
        at: The instant up to which it is judged.
        keep: Stores the records, batch by batch.
        told: Is called with the line of each row read.

    Raises:
        Malformed: The register lacks the columns it must have.
    """
    result, seen = Result(), set[str]()
    batch: list[tuple[str, Sequence[Sealed]]] = []
    for raw in raws:
        if result.n_rows == 0 and (missing := head_faults(raw.cells)):
            raise Malformed("register", missing)
        row = check_row(raw, kinds, office, seen, at=at)
        result.take(row)
        if told is not None:
            told(raw.line)
        if isinstance(row, list):
            continue
        batch.append((row.entry.number, row.sealed))
        if len(batch) == BATCH:
            _flush(batch, keep, result)
    _flush(batch, keep, result)
    return result


def _flush(batch: list[tuple[str, Sequence[Sealed]]], keep: Keep | None, result: Result) -> None:
    """Store a batch and verify it as sealed."""
    if keep is not None:
        keep(batch)
    found = verify_all(sealed for _, rows in batch for sealed in rows)
    result.trail = Verification(
        result.trail.n_records + found.n_records,
        result.trail.n_cases + found.n_cases,
        result.trail.broken + found.broken,
    )
    batch.clear()
