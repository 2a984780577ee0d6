"""An old register taken into a store: its open cases go on there, and so do its numbers.

Rules. (1) All of it is kept in one transaction, with its cards, or nothing; to try it is the same,
undone at the end. (2) What a row does not tell and could not have been without is kept as assumed.
(3) No case is kept open that the register says ended: such a row is left out, and listed. (4) A new
number is above every one of the register, whether its row was understood or not. (5) It is no news:
no event tells of it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs

from openakimat.desk import Desk
from openakimat.errors import Malformed, make_fault
from openakimat.law.office import Office
from openakimat.ports import Forms
from openakimat.register.check import Goes, check_file
from openakimat.register.entries.columns import COLUMNS
from openakimat.register.files.mapping import ColumnMapping
from openakimat.register.files.sources import rows
from openakimat.register.result import Result
from openakimat.trail.seal import Sealed


@attrs.frozen
class Imported:
    """What was taken of a register, and what was not understood of it.

    Attributes:
        result: Its rows: taken, left out, faulty, or there already.
        n_other: How many numbers are of another form than the office gives.
        unread: The columns of which nothing is read, each with how many cells tell something.
    """

    result: Result
    following: Mapping[int, str]
    n_other: int
    unread: Mapping[str, int]
    kept: bool


def import_register(
    source: Path | Any, desk: Desk, /, *, at: datetime, mapping: ColumnMapping | None = None,
    encoding: str = "", apply: bool = False, progress: Callable[[int], None] | None = None,
    workers: int | None = None,
) -> Imported:  # fmt: skip
    """Take the cases of an old register into the store of a desk; nothing is kept by trying.

    The source, which is read twice, is as for `check_file`, and so is how; the desk is of the
    office whose register it is, on a store in SQL, others who write to it waiting. The old register
    ends `at` an instant: what it tells to have come later is not known yet.
    Raises `Malformed` if it cannot be read, or the store is none that keeps many cases at once.
    """
    if not hasattr(desk.journal, "keep"):
        kind = type(desk.store).__name__
        raise Malformed("desk", [make_fault("store", "no-class", kind, "sql.Store")])
    office, last, unread, n_other = desk.office, Counter[int](), Counter[str](), 0
    for row in rows(source, mapping, encoding=encoding):
        told = {name: cell for name, cell in row.cells.items() if cell and not cell.isspace()}
        unread.update(name for name in told if name not in COLUMNS)
        year, serial = serial_of(told.get("number", ""), office)
        last[year] = max(last[year], serial)
        n_other += not serial
    del last[0]
    keeping = _Keeping(desk, {office.day_of(at).year: 0, **last}, apply=apply)
    options: Any = {"mapping": mapping, "encoding": encoding, "progress": progress}
    result = check_file(
        source, office, at=at, journal=keeping, ends=True, workers=workers, **options
    )
    return Imported(result, keeping.following, n_other, unread, apply)


def serial_of(number: str, office: Office, /) -> tuple[int, int]:
    """The year and the serial that an office has made a number of, or a part of it; else zeros.

    >>> from openakimat import kz
    >>> serial_of("ЖТ-2026-00000123/1", kz.office("khromtau")), serial_of("123", kz.office())
    ((2026, 123), (0, 0))
    """
    whole = number.strip().partition("/")[0]
    digits = [int(part) for part in re.findall(r"[0-9]{1,10}", whole)[-2:]]
    if len(digits) > 1 and office.numbering(*digits) == whole:
        return digits[0], digits[1]
    return 0, 0


class _Undo(Exception):
    """It was tried only."""


class _Keeping:
    """What keeps the cases of a check with their cards, and moves the series on."""

    def __init__(self, desk: Desk, last: Mapping[int, int], /, *, apply: bool) -> None:
        self._desk, self._last, self._apply = desk, last, apply
        self.salt = desk.journal.salt
        self.following: dict[int, str] = {}

    def keep(
        self, cases: Iterable[tuple[str, Sequence[Sealed]]], /, *, forms: Forms, goes_on: Goes
    ) -> None:
        """Keep cases, their cards and the numbers that go on, all or none."""
        desk, office, journal = self._desk, self._desk.office, self._desk.journal
        with suppress(_Undo), desk.store.begin() as tx:
            for year, last in sorted(self._last.items()):
                number = 1 + tx.hold(f"{office.body.id}/register-{year}", last)
                self.following[year] = office.numbering(year, number)
            journal.keep(cases, forms=forms, goes_on=goes_on)  # type: ignore[attr-defined]  # asked above
            desk.rebuild()
            if not self._apply:
                raise _Undo
