"""The columns of a register, and a row read through them: an entry, or all its faults."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from openakimat.calendar.times import Place
from openakimat.calendar.worktime import WorkCalendar
from openakimat.errors import Fault, Malformed, make_fault
from openakimat.law.office import Office
from openakimat.register.appeals import AppealEntry, SimplifiedEntry
from openakimat.register.cells import RawRow, Unread, When
from openakimat.register.complaints import ComplaintEntry, ServiceComplaintEntry
from openakimat.register.entry import Column, Entry, columns_of
from openakimat.register.faults import make_fault as word_fault
from openakimat.register.instructions import InstructionEntry
from openakimat.register.receptions import ReceptionEntry
from openakimat.register.services import ServiceEntry

ENTRIES: Mapping[str, type[Entry]] = {
    entry.procedure: entry
    for entry in (
        AppealEntry,
        SimplifiedEntry,
        ServiceEntry,
        ReceptionEntry,
        InstructionEntry,
        ComplaintEntry,
        ServiceComplaintEntry,
    )
}
"""What a row is read into, by procedure; columns are listed, and looked through, in this order."""

_OWN = {procedure: columns_of(entry) for procedure, entry in ENTRIES.items()}


def _unite() -> dict[str, Column]:
    """The columns of all; one of several procedures as the first of them declares it."""
    united: dict[str, Column] = {}
    for own in _OWN.values():
        united |= {name: column for name, column in own.items() if name not in united}
    return united


COLUMNS: Mapping[str, Column] = _unite()
"""The columns a register may have; `number` and `received_at` it must."""

NO_APPEAL = "call-109"
"""The kind of what came to the contact centre, of which the law of appeals does not speak."""

REQUIRED = ("number", "received_at")


def _needs_of(procedure: str) -> dict[str, str]:
    """Columns that say nothing one without the other, in the rows of a procedure.

    Those of other procedures are asked of it too: a row that tells of them is read whole.
    """
    needs = {name: column.needs for name, column in COLUMNS.items() if column.needs}
    needs |= {name: column.needs for name, column in _OWN[procedure].items()}
    return {name: other for name, other in needs.items() if other}


_NEEDS = {procedure: _needs_of(procedure) for procedure in ENTRIES}


def find_missing(head: Collection[str], /) -> list[Fault]:
    """What is wrong with the columns of a register: those it must have and has not.

    >>> [str(one) for one in find_missing(["number", "topic"])]
    ['received_at: the column is missing']
    """
    return [Fault(name, "the column is missing") for name in REQUIRED if name not in head]


def read_entry(
    row: RawRow,
    kinds: Mapping[str, str],
    office: Office,
    numbers: Collection[str] = (),
    /,
    *,
    at: datetime,
) -> Entry:
    """A row read into the entry of its procedure.

    Args:
        row: The row; columns that belong to other procedures must be readable, and are left out.
        kinds: The procedure of each kind.
        office: The office whose register it is.
        numbers: Those of earlier lines.
        at: The instant of the check.

    Raises:
        Malformed: Its faults, all at once; each names its column.
        Undated: No law is known of the day of its receipt.

    >>> from openakimat import kz
    >>> row = RawRow(2, {"number": "1", "received_at": "2026-03-18 10:00", "kind": "reception"})
    >>> at = datetime.fromisoformat("2026-04-01T00:00+05:00")
    >>> read_entry(row, kz.KINDS, kz.office("astana"), at=at).procedure
    'reception'
    """
    values, faults = _read_cells(row, office.calendar.place)
    procedure = kinds.get(values["kind"], "")
    needs = _NEEDS.get(procedure, _NEEDS["appeal"])
    faults += _find_unpaired(values, needs, {one.path for one in faults})
    faults += _find_out_of_range(values, office.calendar, at)
    if not faults and values["number"] in numbers:
        faults = [make_fault("number", "number-twice", values["number"])]
    if not faults and procedure not in ENTRIES:
        known = ", ".join(kind for kind in kinds if kinds[kind] in ENTRIES)
        faults = [make_fault("kind", "no-procedure", values["kind"], known)]
        if values["kind"] == NO_APPEAL:
            faults = [word_fault("kind", "no-appeal")]
    if faults:
        raise Malformed(f"line {row.line}", faults)
    received = values["received_at"].at
    if procedure == "complaint" and office.wording_on(office.day_of(received)) == "l221":
        procedure = "appeal"  # under Law 221 a complaint was an appeal like any other
    own = _OWN[procedure]
    return ENTRIES[procedure](row.line, **{name: values[name] for name in values if name in own})


def _read_cells(row: RawRow, place: Place) -> tuple[dict[str, Any], list[Fault]]:
    """What the cells of a row hold, by column; and what is wrong with those that are unread."""
    values: dict[str, Any] = {"kind": "application"}
    faults = [make_fault("", "shape", *row.wrong)] if row.wrong else []
    for name, cell in row.cells.items():
        column = COLUMNS.get(name)
        if column is None or not cell.strip():
            continue
        try:
            values[name] = column.read(cell, place)
        except Unread as wrong:
            faults.append(make_fault(name, *wrong.args))
        except OverflowError:
            faults.append(make_fault(name, "no-time", cell[:40]))
    unread = {one.path for one in faults}
    missing = [name for name in REQUIRED if name not in values and name not in unread]
    return values, faults + [make_fault(name, "empty") for name in missing]


def _find_unpaired(
    values: Mapping[str, Any], needs: Mapping[str, str], unread: Collection[str]
) -> Iterator[Fault]:
    """Columns that stand without the one they need, or beside the one they exclude."""
    for name, other in needs.items():
        if name in values and other not in values and other not in unread:
            yield make_fault(other, "alone", name)
    for name in values:
        if COLUMNS[name].excludes in values:
            yield make_fault(name, "beside", COLUMNS[name].excludes)


def _find_out_of_range(
    values: Mapping[str, Any], calendar: WorkCalendar, at: datetime
) -> Iterator[Fault]:
    """Times outside the calendar, before the receipt, or later than the check."""
    place = calendar.place
    receipt = place.day_of(values["received_at"].at) if "received_at" in values else None
    for name, value in values.items():
        if isinstance(value, str):
            continue
        day = place.day_of(value.at) if isinstance(value, When) else value
        if not calendar.first <= day <= calendar.last:
            yield make_fault(name, "outside-calendar", day, calendar.first, calendar.last)
        elif isinstance(value, When) and value.at > at and not COLUMNS[name].ahead:
            times = (f"{one:%Y-%m-%d %H:%M}" for one in (value.at, at))
            yield make_fault(name, "after-check", *times)
        elif receipt is not None and day < receipt and not COLUMNS[name].backdated:
            yield make_fault(name, "before-receipt", day)
