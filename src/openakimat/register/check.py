"""A register played through the procedures: every row judged, sealed and counted."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from secrets import token_bytes
from typing import Any, Protocol

import attrs

from openakimat.errors import AkimatError, Fault, Malformed, make_fault
from openakimat.judgement.docket import LATE
from openakimat.kz.law import KINDS
from openakimat.law.form import law_form
from openakimat.law.office import Office
from openakimat.ports import Forms
from openakimat.register.entries.cells import RawRow
from openakimat.register.entries.columns import find_missing
from openakimat.register.faults import register_fault
from openakimat.register.files.mapping import ColumnMapping
from openakimat.register.files.sources import rows
from openakimat.register.judging import Task, check_rows
from openakimat.register.result import Checked, Result, RowFault, put_outside
from openakimat.register.workers import Judged, judging
from openakimat.simulate.whatif import Stood
from openakimat.trail.commitments import Salt
from openakimat.trail.seal import Chain, Sealed, unseal

Goes = Callable[[str, Sequence[Sealed], Sequence[Sealed]], Sequence[Sealed]]


class Keeps(Protocol):
    """A journal, as far as a check needs it: that in SQL is one."""

    def keep(
        self, cases: Iterable[tuple[str, Sequence[Sealed]]], /, *, forms: Forms, goes_on: Goes
    ) -> None:
        """Keep cases with their sealed records, and the charts that these name, all or none.

        Of a case that is there already `goes_on` tells what more is to be kept.
        """
        ...

    def salt(self, n: int, /) -> bytes:
        """So many bytes that nobody can guess."""
        ...


def check(
    rows: Iterable[RawRow], kinds: Mapping[str, str], office: Office, /, *, at: datetime,
    journal: Keeps | None = None, ends: bool = False, progress: Callable[[int], None] | None = None,
    workers: int | None = None,
) -> Result:  # fmt: skip
    """Check a register against the law. Raises `Malformed` if the register lacks the columns it must have.

    What is told to have come after `at` is not known yet. A `journal` keeps the records of all rows
    or of none, its other writers waiting, and what it has already, told alike, is passed over;
    `ends` keeps no row that ended and whose case would go on. `progress` is called with the line of
    each row read; rows are judged in so many `workers`: in one, or, of a large register, in as many
    as there are processors.
    """
    # Of an iterator the rows are gone with it, and to keep them all would double what is held.
    again = partial(_again, partial(iter, rows), kinds) if isinstance(rows, Sequence) else None
    result, forms = Result(office=office, at=at, again=again), dict[str, bytes]()
    salt = journal.salt if journal else token_bytes
    task = Task(kinds, office, at, salt, keeps=journal is not None)
    try:
        with judging(_refuse_headless(rows), task, workers) as judged:
            cases = _count(judged, result, office, forms, progress, ends=ends)
            if journal is None:
                deque(cases, maxlen=0)
            else:
                forms.update([law_form(office)])  # as where a desk opens cases
                # One transaction: a register that fails at its last row could not be kept again.
                journal.keep(cases, forms=forms, goes_on=_goes_on(result, salt))
    except Malformed as wrong:
        if journal is None:
            raise
        what = str(wrong).partition(":")[0]
        raise Malformed(what, [*wrong.faults, make_fault("journal", "nothing-kept")]) from wrong
    return result


def check_file(
    source: Path | Any, office: Office, /, *, at: datetime, mapping: ColumnMapping | None = None,
    encoding: str = "", journal: Keeps | None = None, ends: bool = False,
    progress: Callable[[int], None] | None = None, workers: int | None = None,
) -> Result:  # fmt: skip
    """Check a file or a frame: what is not sure of it as a whole is a warning on no line.

    The source is as for `rows`, the rest as for `check`.
    Raises `Malformed` if it cannot be read, or holds nothing to check.
    """
    doubts = list[Fault]()
    raws = rows(source, mapping, encoding=encoding, warn=doubts.append)
    options: Any = {"ends": ends, "progress": progress, "workers": workers}
    result = check(raws, KINDS, office, at=at, journal=journal, **options)
    if not result.n_rows:
        name = str(source) if isinstance(source, Path) else "frame"
        raise Malformed("register", [Fault(name, "no rows under its head: nothing to check")])
    result.warnings += (RowFault(0, doubt) for doubt in doubts)
    result.again = partial(_again, partial(rows, source, mapping, encoding=encoding), KINDS)
    return result


def _again(
    raws: Callable[[], Iterable[RawRow]], kinds: Mapping[str, str], office: Office, at: datetime
) -> Iterator[Stood]:
    """Where each of the same rows stands at an office, with its records."""
    known = dict[str, Checked]()
    for _, one in check_rows(raws(), Task(kinds, office, at, bytes)):
        if not isinstance(one, Checked):
            continue
        first = known.setdefault(one.entry.number, one)
        # Told twice, and late once: nobody is told late by that, see `Result.doubt`.
        if first.line.standing in LATE and one.line.standing not in LATE:
            why = register_fault("number", "told-otherwise", one.entry.line)
            known[first.entry.number] = attrs.evolve(first, line=put_outside(first.line, why))
    for number, one in known.items():
        of = (one.entry.kind, one.entry.topic, one.entry.channel)
        yield Stood(number, of, one.line, one.load)


def _refuse_headless(rows: Iterable[RawRow]) -> Iterator[RawRow]:
    for n, row in enumerate(rows):
        if n == 0 and (missing := find_missing(row.cells)):
            raise Malformed("register", missing)
        yield row


def _count(
    judged: Iterable[Judged], result: Result, office: Office, forms: dict[str, bytes],
    progress: Callable[[int], None] | None, *, ends: bool,
) -> Iterator[tuple[str, Sequence[Sealed]]]:  # fmt: skip
    """Each row counted; of those without fault the records are given on, under the number."""
    numbers = dict[str, int]()
    for row_no, checked in judged:
        if not isinstance(checked, Checked):
            result.count(checked)
        elif (number := checked.entry.number) in numbers:
            result.count([RowFault(row_no, make_fault("number", "number-twice", number))])
            if checked.line.standing not in LATE:
                result.doubt(numbers[number], register_fault("number", "told-otherwise", row_no))
        else:
            numbers[number] = len(result.lines)
            result.count(checked)
            for under in checked.under:
                forms.setdefault(under, office.table_of(under).form)
            if ends and checked.lost_end and checked.not_judged:
                result.left_out.append(checked.not_judged)
            elif checked.n_records:
                result.assumed.update(checked.assumed)
                result.n_going_on += checked.goes_on
                yield number, checked.sealed
        if progress is not None:
            progress(row_no)


def _goes_on(result: Result, salt: Salt) -> Goes:
    """What more is kept of a case that the journal has: what the register tells beyond it."""

    def goes_on(case: str, kept: Sequence[Sealed], told: Sequence[Sealed]) -> Sequence[Sealed]:
        # The salts of two checks differ, and so do their seals: what is sealed is compared.
        records, chain = [unseal(row) for row in told], Chain(case)
        try:
            known = [chain.take(row) for row in kept]
        except AkimatError:
            known = []
        n = min(len(known), len(records))
        if not known or known[:n] != records[:n]:
            result.differing.append(case)
            return ()
        result.n_known += 1
        return chain.seal_on(records[n:], salt=salt)[0] if records[n:] else ()

    return goes_on
