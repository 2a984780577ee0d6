"""What comes of a row and of a register: judged, not judged and why, or faulty."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

import attrs

from openakimat.case import Basis, Case
from openakimat.errors import Fault, Malformed, Refusal
from openakimat.judgement.docket import LATE, Line, Standing, summary
from openakimat.judgement.replay import case_of
from openakimat.law.office import Office
from openakimat.register.entries.entry import Entry
from openakimat.simulate.comparison import Comparison
from openakimat.simulate.rule import Supposition
from openakimat.simulate.whatif import Stood, count
from openakimat.trail.seal import Sealed, Verification, unseal

Again = Callable[[Office, datetime], Iterator[Stood]]
"""Checks the same rows once more, at an office as of an instant: where each stands."""


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
    """An act that the register tells of and the law does not allow.

    By its `basis` the register tells of the act itself, or it was assumed, as a registration may be too.
    """

    line: int
    act: str
    refusal: Refusal
    when: datetime
    basis: Basis = "told"
    registration_assumed: bool = False


@attrs.frozen
class NotJudged:
    """Why a row stands outside: nobody is told late by what the register does not tell.

    Where that is why, the first act that the law refuses is told; or the verdicts by one and another answer.
    """

    line: int
    number: str
    why: Fault
    refused: Refused | None = None
    verdicts: tuple[Standing, ...] = ()

    def __str__(self) -> str:
        return f"line {self.line}: {self.why.why}"


@attrs.frozen
class Checked:
    """A row read: its entry, its line in the docket, its sealed records, and what is to be told of it.

    Attributes:
        hangs_on: The readings, by other answers to which it would not be late.
        warnings: What is wrong with cells and changes no term.
        under: The charts that its records name.
        n_records: How many records it has, also where they were not sent along.
        assumed: The acts that it does not tell of and could not have been without.
        goes_on: Whether an answer is waited for.
        lost_end: Whether it does although the register says that it ended.
    """

    entry: Entry
    line: Line
    sealed: tuple[Sealed, ...] = ()
    refused: tuple[Refused, ...] = ()
    not_judged: NotJudged | None = None
    hangs_on: tuple[str, ...] = ()
    warnings: tuple[Fault, ...] = ()
    under: tuple[str, ...] = ()
    n_records: int = 0
    assumed: tuple[str, ...] = ()
    goes_on: bool = False
    lost_end: bool = False

    def load(self) -> Case | None:
        """The case, if it has records."""
        return self.case if self.sealed else None

    @property
    def case(self) -> Case:
        """The case, as its sealed records tell it."""
        return case_of(self.entry.number, [unseal(row) for row in self.sealed])


def put_outside(line: Line, why: Fault, /) -> Line:
    """The line of a row that is not judged: nothing that it missed is told."""
    return Line(
        line.case, line.number, line.procedure, line.stage, Standing.NOT_JUDGED, line.deadline,
        why=line.why or why.why,
    )  # fmt: skip


@attrs.define(repr=False)
class Result:
    """What a check found. Rows in = accepted + not judged + faulty.

    Attributes:
        lines: The docket, a line a row that is not faulty, in the order of the register.
        entries: What each of them was read from.
        n_assumed: Rows that tell of no registration.
        hangs_on: Of each reading, how many rows are late by it and not by another answer.
        n_records, n_cases: What was sealed.
        n_known: Cases that the journal had already, told alike.
        differing: Cases that the journal has otherwise, which were left as they are.
        left_out: Rows whose end was not understood, where such are not kept.
        assumed: The acts assumed, by tag, of the rows that are kept; and how many of these go on.
        again: Checks the same rows once more; none, where they were read only once.
    """

    n_rows: int = 0
    n_faulty: int = 0
    n_assumed: int = 0
    n_known: int = 0
    n_records: int = 0
    n_cases: int = 0
    faults: list[RowFault] = attrs.field(factory=list)
    warnings: list[RowFault] = attrs.field(factory=list)
    refused: list[Refused] = attrs.field(factory=list)
    not_judged: list[NotJudged] = attrs.field(factory=list)
    lines: list[Line] = attrs.field(factory=list)
    entries: list[Entry] = attrs.field(factory=list)
    differing: list[str] = attrs.field(factory=list)
    left_out: list[NotJudged] = attrs.field(factory=list)
    assumed: Counter[str] = attrs.field(factory=Counter)
    n_going_on: int = 0
    hangs_on: Counter[str] = attrs.field(factory=Counter)
    office: Office | None = attrs.field(default=None, eq=False, kw_only=True)
    at: datetime | None = attrs.field(default=None, eq=False, kw_only=True)
    again: Again | None = attrs.field(default=None, eq=False, kw_only=True)

    def __repr__(self) -> str:
        # Not each line of a register of thousands.
        rows = f"rows in {self.n_rows:,} = accepted {self.n_accepted:,}"
        rows += f" + not judged {self.n_not_judged:,} + faulty {self.n_faulty:,}"
        stand = (f"{name} {n:,}" for name, n in summary(self.lines).items() if n)
        return f"<Result: {rows}; {', '.join(stand) or 'nothing judged'}>"

    @property
    def trail(self) -> Verification:
        """The records sealed: whole as they were made, and not read again."""
        return Verification(self.n_records, self.n_cases)

    @property
    def n_not_judged(self) -> int:
        """Rows that stand outside."""
        return len(self.not_judged)

    @property
    def n_accepted(self) -> int:
        """Rows that are judged."""
        return self.n_rows - self.n_faulty - self.n_not_judged

    @property
    def overdue(self) -> bool:
        """Whether an open case is past its term."""
        return any(line.standing is Standing.OVERDUE for line in self.lines)

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
        self.warnings.extend(RowFault(entry.line, fault) for fault in checked.warnings)
        self.refused.extend(checked.refused)
        if checked.hangs_on:
            self.hangs_on.update(checked.hangs_on)
        self.n_assumed += entry.registered_at is None and bool(line.number)
        self.n_records += checked.n_records
        self.n_cases += checked.n_records > 0
        if checked.not_judged is not None:
            self.not_judged.append(checked.not_judged)

    def doubt(self, n: int, why: Fault, /) -> None:
        """Tell of a line no more that it is late."""
        if self.lines[n].standing in LATE:
            self.lines[n] = put_outside(self.lines[n], why)
            entry = self.entries[n]
            self.not_judged.append(NotJudged(entry.line, entry.number, why))

    def compared(
        self, rules: tuple[Supposition, ...], office: Office, other: Office, at: datetime | None, /
    ) -> Comparison:
        """What comes of the same rows at both offices; see `openakimat.simulate.whatif`.

        Raises `Malformed` if the rows were read once, and are gone.
        """
        at = at or self.at
        if self.again is None or at is None:
            why = "its rows are gone: check a list of them, or a file"
            raise Malformed("whatif", [Fault("register", why)])
        before, after = ({one.case: one for one in self.again(of, at)} for of in (office, other))
        both, unfit = {**before, **after}, Fault("", "it cannot be read by this law")
        # A row that one office can read and the other cannot is not judged there.
        unread = {case: of._replace(line=put_outside(of.line, unfit)) for case, of in both.items()}
        pairs = [(before.get(case, of), after.get(case, of)) for case, of in unread.items()]
        return count(pairs, rules, office, other, at)
