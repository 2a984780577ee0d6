"""A register played through the procedures: every row judged, sealed and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

import attrs

from openakimat.case.record import evolve
from openakimat.errors import AkimatError, Fault, Malformed, Refusal
from openakimat.judgement import docket
from openakimat.judgement.judge import judge, open_case
from openakimat.judgement.lapse import elapsed
from openakimat.judgement.notices import Decision
from openakimat.law.office import Office
from openakimat.register.columns import Entry, Raw, entry, fault, head_faults
from openakimat.register.plays import PLAYS, acts_of, procedure_of
from openakimat.register.sources import RowFault
from openakimat.trail.seal import Sealed, Verification, seal_all, verify_all


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
        self.n_assumed += row.entry.registered_at is None and bool(row.line.number)
        late = row.line.standing in {docket.Standing.LATE, docket.Standing.OVERDUE}
        self.of_topic[row.entry.topic, late] += 1
        self.of_channel[row.entry.channel, late] += 1


# -- judging --------------------------------------------------------------------------


def judge_row(row: Entry, kinds: Mapping[str, str], office: Office, /, *, at: datetime) -> Checked:
    """A row played through its procedure up to an instant.

    An act that the law does not allow is left out and reported; the rest is judged
    without it.

    Raises:
        Malformed: Its kind has no procedure.
        AkimatError: It falls outside the law or the calendar.
    """
    procedure = procedure_of(row, kinds, office)
    if procedure is None:
        known = ", ".join(kind for kind in kinds if kinds[kind] in PLAYS)
        raise Malformed(f"line {row.line}", [fault("kind", "no-procedure", row.kind, known)])
    receipt, by = PLAYS[procedure].opens(row)
    case = open_case(procedure, receipt, id=row.number, at=row.received_at.at, by=by, office=office)
    refused = []
    for when, by, act in acts_of(row, procedure, office):
        moment = when.at if when.exact else max(when.at, case.records[-1].at)
        case = elapsed(case, at=moment, office=office)
        answer = judge(case, act, at=moment, by=by, office=office)
        if isinstance(answer, Decision):
            case = evolve(case, answer.record)
        else:
            refused.append(Refused(row.line, act.tag, answer))
    case = elapsed(case, at=at, office=office)
    line = docket.line(case, at=at, office=office)
    return Checked(row, line, tuple(seal_all(case.id, case.records)), tuple(refused))


def check_row(
    raw: Raw, kinds: Mapping[str, str], office: Office, seen: set[str], /, *, at: datetime
) -> Checked | list[RowFault]:
    """One row judged, or everything wrong with it."""
    try:
        row = entry(raw, office, at=at)
        if row.number in seen:
            return [RowFault(raw.line, fault("number", "number-twice", row.number))]
        checked = judge_row(row, kinds, office, at=at)
    except Malformed as wrong:
        return [RowFault(raw.line, one) for one in wrong.faults]
    except AkimatError as wrong:
        return [RowFault(raw.line, Fault("", str(wrong)))]
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
