"""The columns of a register, and a row read through them: an entry, or all its faults."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from openakimat.calendar.times import Place
from openakimat.calendar.worktime import WorkCalendar
from openakimat.errors import Fault, Malformed, make_fault
from openakimat.law.office import Office
from openakimat.register.entries import appeals
from openakimat.register.entries.cells import RawRow, Unread, When
from openakimat.register.entries.complaints import ComplaintEntry, ServiceComplaintEntry
from openakimat.register.entries.entry import Column, Entry, columns_of
from openakimat.register.entries.services import InstructionEntry, ReceptionEntry, ServiceEntry
from openakimat.register.entries.timing import is_later
from openakimat.register.faults import register_fault

ENTRIES: Mapping[str, type[Entry]] = {
    entry.procedure: entry
    for entry in (
        appeals.AppealEntry, appeals.SimplifiedEntry, ServiceEntry, ReceptionEntry, InstructionEntry,
        ComplaintEntry, ServiceComplaintEntry, appeals.InformationEntry, appeals.OtherLawEntry,
    )
}  # fmt: skip
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

MAX_SOFT = 300
"""So many signs of a topic and the like are kept: as many as an act takes."""

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
    """What is wrong with the columns of a register: those it must have and has not, and what helps.

    >>> [str(one) for one in find_missing(["number", "topic"])][0]
    'received_at: the column is missing'
    """
    missing = [Fault(name, "the column is missing") for name in REQUIRED if name not in head]
    how = "what is called otherwise, a mapping tells: openakimat look FILE --draft map.toml"
    return missing and [*missing, Fault("", how)]


ENDINGS = {
    "answered_at", "withdrawn_at", "terminated_at", "returned_at", "redirected_at", "refused_at",
    "issued_at", "delivered_at", "reported_at", "removed_at", "self_corrected_at",
}  # fmt: skip
"""Columns that tell when something ended: beside one of them a state says nothing more."""

EXTENDED = "extended"
"""The state of what was extended: told without its day, it says that nothing is late by the usual term."""

_ENDED = {name: name.removesuffix("_at") for name in sorted(ENDINGS)} | {
    "outcome": "answered", "redirected_to": "redirected", "return_ground": "returned",
    "termination_ground": "terminated", "refusal_ground": "refused", "converted_to": "converted",
}  # fmt: skip
"""The state that a column tells, where the procedure has none that tells the day of it."""


def read_entry(
    row: RawRow, kinds: Mapping[str, str], office: Office, warnings: list[Fault] | None = None, /,
    *, at: datetime,
) -> Entry:  # fmt: skip
    """A row read into the entry of its procedure, as far as it was known at an instant.

    Columns of other procedures must be readable, and are left out; so is what is told to have come
    after `at`. `kinds` are the procedures by kind; `warnings` is given what is wrong and changes no
    term.

    Raises:
        Malformed: Its faults, all at once; each names its column.
        Undated: No law is known of the day of its receipt.

    >>> from openakimat import kz
    >>> row = RawRow(2, {"number": "1", "received_at": "2026-03-18 10:00", "kind": "reception"})
    >>> at = datetime.fromisoformat("2026-04-01T00:00+05:00")
    >>> read_entry(row, kz.KINDS, kz.office("astana"), at=at).procedure
    'reception'
    """
    warned: list[Fault] = [] if warnings is None else warnings
    values, faults = _read_cells(row, office.calendar.place, warned)
    procedure = kinds.get(values["kind"], "")
    needs = _NEEDS.get(procedure, _NEEDS["appeal"])
    faults += _find_unpaired(values, needs, {one.path for one in faults})
    later: set[str] = set()
    faults += _find_out_of_range(values, office.calendar, at, warned, later)
    if not faults and procedure not in ENTRIES:
        known = ", ".join(kind for kind in kinds if kinds[kind] in ENTRIES)
        faults = [make_fault("kind", "no-procedure", values["kind"], known)]
        if values["kind"] == NO_APPEAL:
            faults = [register_fault("kind", "no-appeal")]
    if faults:
        raise Malformed(f"line {row.line}", faults)
    received = values["received_at"].at
    if procedure == "complaint" and office.wording_on(office.day_of(received)) == "l221":
        procedure = "appeal"  # under Law 221 a complaint was an appeal like any other
    own = _OWN[procedure]
    _settle_state(values, own)
    for name in later:
        _cut(values, name, at, office.calendar.place)
    return ENTRIES[procedure](row.line, **{name: values[name] for name in values if name in own})


def _settle_state(values: dict[str, Any], own: Collection[str]) -> None:
    """Keep a state only where no day of an end is told; where an end is told without, it is one."""
    mine = values.keys() & own
    if not ENDINGS.isdisjoint(mine):
        # It is as of when it is told, which may be later than the check. Of an extension it is not.
        if values.get("state") != EXTENDED or "extended_at" in values:
            values.pop("state", None)
    else:
        # What is proposed has an outcome before it ends; who does not come ends it on the day given.
        ahead = "proposed_at" in mine or values.get("outcome") == "no-show"
        told = (
            _ENDED[name] for name in _ENDED if name in values and not (ahead and name == "outcome")
        )
        values.setdefault("state", next(told, ""))


def _read_cells(
    row: RawRow, place: Place, warned: list[Fault]
) -> tuple[dict[str, Any], list[Fault]]:
    """What the cells of a row hold, by column; and what is wrong with those that are unread."""
    values: dict[str, Any] = {"kind": "application"}
    faults = [make_fault("", "shape", *row.wrong)] if row.wrong else []
    for name, cell in row.cells.items():
        column = COLUMNS.get(name)
        if column is None or not cell or cell.isspace():
            continue
        try:
            values[name] = _read_cell(column, cell, place)
        except Unread as wrong:
            code = wrong.args
            values |= _read_all_the_same(name, cell, code[0], place)
            harmless = column.soft or name in values
            code = ("lost-zero",) if name in values and code[0] in {"iin", "bin"} else code
            (warned if harmless else faults).append(make_fault(name, *code))
    unread = {one.path for one in faults}
    missing = [name for name in REQUIRED if name not in values and name not in unread]
    return values, faults + [make_fault(name, "empty") for name in missing]


def _read_cell(column: Column, cell: str, place: Place) -> Any:
    if column.soft and len(cell) > MAX_SOFT:
        raise Unread("too-long", f"{len(cell):,}", f"{MAX_SOFT:,}")
    return column.read(cell, place)


def _read_all_the_same(name: str, cell: str, code: str, place: Place) -> dict[str, Any]:
    """What a cell says all the same, though a warning is due; nothing, where it says nothing."""
    # No output runs a formula, and a topic may well begin with a dash.
    if code == "formula":
        return {name: cell.strip()}
    if code == "too-long" and COLUMNS[name].soft:
        with suppress(Unread):
            return {name: COLUMNS[name].read(cell[:MAX_SOFT], place)}
    # A spreadsheet takes the zero off; the control digit tells whether that is all that is wrong.
    if name in {"iin", "bin"} and len(cell.strip()) == _IIN_WITHOUT_ZERO:
        with suppress(Unread):
            return {name: COLUMNS[name].read(f"0{cell.strip()}", place)}
    return {}


_IIN_WITHOUT_ZERO = 11


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
    values: dict[str, Any], calendar: WorkCalendar, at: datetime, told: list[Fault], later: set[str]
) -> Iterator[Fault]:
    """Times outside the calendar or before the receipt, and which columns tell of what came later.

    What moves no term is warned of and left out.
    """
    place, first, last = calendar.place, calendar.first, calendar.last
    receipt = place.day_of(values["received_at"].at) if "received_at" in values else first
    for name, value in [*values.items()]:
        if isinstance(value, str):
            continue
        column = COLUMNS[name]
        for one in value if isinstance(value, tuple) else (value,):
            day = one
            if isinstance(one, When):
                day = place.day_of(one.at)
                if one.at > at and not column.ahead:
                    later.add(name)
            if first <= day <= last and (day >= receipt or column.backdated):
                continue
            fault = make_fault(name, "before-receipt", day)
            if not first <= day <= last:
                fault = make_fault(name, "outside-calendar", day, first, last)
            if column.soft:
                told.append(fault)
                del values[name]
            else:
                yield fault


def _cut(values: dict[str, Any], name: str, at: datetime, place: Place) -> None:
    """Leave out what was not known at an instant; of the receipt itself it is asked elsewhere."""
    value = values[name]
    if isinstance(value, tuple):
        values[name] = tuple(when for when in value if not is_later(when, at, place))
    elif name != "received_at" and is_later(value, at, place):
        del values[name]
