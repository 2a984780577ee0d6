"""A register played through the procedures: every row judged, sealed and counted."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from secrets import token_bytes
from typing import Protocol

import attrs

from openakimat.case.act import Act
from openakimat.case.record import Basis, Case, Record, evolve
from openakimat.errors import AkimatError, Fault, Malformed, Refusal
from openakimat.judgement import docket
from openakimat.judgement.bounds import bounds
from openakimat.judgement.judge import judge, open_case
from openakimat.judgement.lapse import elapsed
from openakimat.judgement.notices import Decision
from openakimat.law.form import law_form
from openakimat.law.office import Office
from openakimat.register.cells import RawRow, When
from openakimat.register.columns import find_missing, read_entry
from openakimat.register.entry import Entry, Listed
from openakimat.trail.commitments import Salt
from openakimat.trail.seal import Sealed, Verification, seal_all, verify_all


@attrs.frozen
class RowFault:
    """What is wrong with a row: its line, and the fault, whose path is the column."""

    line: int
    fault: Fault

    @property
    def column(self) -> str:
        """The column it is in; nothing where it is the whole row."""
        return self.fault.path

    @property
    def why(self) -> str:
        """Why it is wrong, in English."""
        return self.fault.why

    def __str__(self) -> str:
        return f"line {self.line}{', ' if self.column else ''}{self.column}: {self.why}"


@attrs.frozen
class Refused:
    """An act that the register tells of and the law does not allow."""

    line: int
    act: str
    refusal: Refusal


@attrs.frozen
class Checked:
    """A row judged: its entry, its case, its line in the docket, its sealed records, the acts refused."""

    entry: Entry
    case: Case
    line: docket.Line
    sealed: tuple[Sealed, ...]
    refused: tuple[Refused, ...] = ()
    hangs_on: tuple[str, ...] = ()
    """The readings, by any of which it would not be late."""


@attrs.define
class Result:
    """What a check found. Rows in = accepted + refused + faulty."""

    n_rows: int = 0
    n_faulty: int = 0
    n_assumed: int = 0
    faults: list[RowFault] = attrs.field(factory=list)
    refused: list[Refused] = attrs.field(factory=list)
    lines: list[docket.Line] = attrs.field(factory=list)
    entries: list[Entry] = attrs.field(factory=list)
    """What each of the lines was read from."""
    of_topic: Counter[tuple[str, bool]] = attrs.field(factory=Counter)
    of_channel: Counter[tuple[str, bool]] = attrs.field(factory=Counter)
    hangs_on: Counter[str] = attrs.field(factory=Counter)
    """Of each reading, how many cases are late that would not be by another answer to it."""
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

    def count(self, checked: Checked | list[RowFault], /) -> None:
        """Count one row."""
        self.n_rows += 1
        if isinstance(checked, list):
            self.n_faulty += 1
            self.faults.extend(checked)
            return
        entry, line = checked.entry, checked.line
        self.lines.append(line)
        self.entries.append(entry)
        self.refused.extend(checked.refused)
        self.n_assumed += entry.registered_at is None and bool(line.number)
        late = line.standing in {docket.Standing.LATE, docket.Standing.OVERDUE}
        self.of_topic[entry.topic, late] += 1
        self.of_channel[entry.channel, late] += 1
        self.hangs_on.update(checked.hangs_on)


# -- judging --------------------------------------------------------------------------


def judge_entry(
    entry: Entry, office: Office, /, *, at: datetime, salt: Salt = token_bytes
) -> Checked:
    """An entry played through its procedure up to an instant.

    An act that the law does not allow is left out and reported; the rest is judged
    without it.

    Args:
        entry: The entry.
        office: Whose register it is in.
        at: Up to when.
        salt: Gives the bytes that hide what is personal; that of a journal, where one keeps it.

    Raises:
        Malformed: What it tells makes no act.
        AkimatError: It falls outside the law or the calendar.
    """
    receipt, by = entry.make_receipt()
    received = entry.received_at.at
    case = open_case(entry.procedure, receipt, id=entry.number, at=received, by=by, office=office)
    case = attrs.evolve(case, records=(_rest_on("told", case.records[0]),))
    refused = []
    for when, act, listed in _order_acts(entry, office):
        moment = when.at if when.exact else max(when.at, case.records[-1].at)
        case = elapsed(case, at=moment, office=office)
        answer = judge(case, act, at=moment, by=listed.by, office=office)
        if isinstance(answer, Decision):
            case = evolve(case, _rest_on(listed.basis, answer.record))
        else:
            refused.append(Refused(entry.line, act.tag, answer))
    case = elapsed(case, at=at, office=office)
    line = docket.line(case, at=at, office=office)
    sealed = tuple(seal_all(case.id, case.records, salt=salt))
    hangs_on = tuple(_readings_hung_on(case, line, office, at))
    return Checked(entry, case, line, sealed, tuple(refused), hangs_on)


def _readings_hung_on(case: Case, line: docket.Line, office: Office, at: datetime) -> Iterator[str]:
    """The readings by another answer to which a case found late is in time."""
    if line.standing not in {docket.Standing.LATE, docket.Standing.OVERDUE} or not line.deadline:
        return
    found = bounds(case, line.deadline.limit, office=office)
    if found is not None and not found.latest.deadline.missed(at):
        yield from found.latest.answers


def _rest_on(basis: Basis, record: Record) -> Record:
    """A record on its basis: what is assumed was judged as if somebody had done it, and nobody did."""
    if basis == "assumed":
        return attrs.evolve(record, basis=basis, by="", role="", on_behalf="")
    return attrs.evolve(record, basis=basis)


def _order_acts(entry: Entry, office: Office) -> list[tuple[When, Act, Listed]]:
    """What was done after the receipt: by day, and within a day as the law has it."""
    place = office.calendar.place
    listed = entry.list_acts(office)
    acts = [(one.when, one.make(), one) for one in listed if one.when is not None]
    return sorted(acts, key=lambda one: place.day_of(one[0].at))


def check_row(
    row: RawRow,
    kinds: Mapping[str, str],
    office: Office,
    numbers: set[str],
    /,
    *,
    at: datetime,
    salt: Salt = token_bytes,
) -> Checked | list[RowFault]:
    """One row judged, and its number added to those of earlier lines; or everything wrong with it."""
    try:
        entry = read_entry(row, kinds, office, numbers, at=at)
        checked = judge_entry(entry, office, at=at, salt=salt)
    except Malformed as wrong:
        return [RowFault(row.line, fault) for fault in wrong.faults]
    except AkimatError as wrong:
        return [RowFault(row.line, Fault("", str(wrong)))]
    numbers.add(entry.number)
    return checked


class Keeps(Protocol):
    """A journal, as far as a check needs it: that in SQL is one."""

    def keep(
        self, cases: Iterable[tuple[str, Sequence[Sealed]]], /, *, forms: Mapping[str, bytes]
    ) -> None:
        """Keep new cases with their sealed records, and the charts that these name."""
        ...

    def salt(self, n: int, /) -> bytes:
        """So many bytes that nobody can guess."""
        ...


def check(
    rows: Iterable[RawRow],
    kinds: Mapping[str, str],
    office: Office,
    /,
    *,
    at: datetime,
    journal: Keeps | None = None,
    progress: Callable[[int], None] | None = None,
) -> Result:
    """Check a register against the law.

    Args:
        rows: Its rows.
        kinds: The procedure of each kind of appeal.
        office: The office whose register it is.
        at: The instant up to which it is judged.
        journal: Keeps the records, of all rows or of none: its other writers wait meanwhile.
        progress: Is called with the line of each row read.

    Raises:
        Malformed: The register lacks the columns it must have.
    """
    result, forms = Result(), dict[str, bytes]()
    salt = journal.salt if journal else token_bytes
    judged = _judge_rows(rows, kinds, office, result, at=at, salt=salt, progress=progress)
    cases = ((one.entry.number, _seal(one, office, result, forms)) for one in judged)
    if journal is None:
        deque(cases, maxlen=0)
    else:
        forms.update([law_form(office)])  # as where a desk opens cases
        # One transaction: a register that fails at its last row could not be kept again.
        journal.keep(cases, forms=forms)
    return result


def _judge_rows(
    rows: Iterable[RawRow],
    kinds: Mapping[str, str],
    office: Office,
    result: Result,
    *,
    at: datetime,
    salt: Salt,
    progress: Callable[[int], None] | None,
) -> Iterator[Checked]:
    """Each row judged and counted; those without fault are given on."""
    numbers = set[str]()
    for row in rows:
        if result.n_rows == 0 and (missing := find_missing(row.cells)):
            raise Malformed("register", missing)
        checked = check_row(row, kinds, office, numbers, at=at, salt=salt)
        result.count(checked)
        if progress is not None:
            progress(row.line)
        if isinstance(checked, Checked):
            yield checked


def _seal(
    checked: Checked, office: Office, result: Result, forms: dict[str, bytes]
) -> Sequence[Sealed]:
    """The records of a case, verified as sealed, and the charts that they name."""
    for record in checked.case.records:
        forms.setdefault(record.under, office.table_of(record.under).form)
    verified, trail = verify_all(checked.sealed, office.table_of), result.trail
    result.trail = Verification(
        trail.n_records + verified.n_records,
        trail.n_cases + verified.n_cases,
        trail.broken + verified.broken,
    )
    return checked.sealed
