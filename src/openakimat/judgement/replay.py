"""A case from its records, none of which is believed that its procedure does not bear out."""

from __future__ import annotations

from collections.abc import Iterable

from openakimat.case.acts import Lapse
from openakimat.case.people import LAW
from openakimat.case.record import Case, Record, evolve
from openakimat.chart.table import AskedOffice, Table
from openakimat.errors import BrokenTrail


def replay(id: str, records: Iterable[Record], /, *, office: AskedOffice) -> Case:
    """The case that records make, each held against its procedure.

    Raises:
        BrokenTrail: A record is out of order, or leads where its table does not.
    """
    case: Case | None = None
    for record in records:
        try:
            table = office.table_of(record.under)
        except BrokenTrail as wrong:
            told = f"{id}, record {record.no}: {wrong}"
            raise BrokenTrail(told, at_record=record.no, code=wrong.code) from wrong
        if why := _untrue(case, record, table):
            raise BrokenTrail(f"{id}, record {record.no}: {why}", at_record=record.no)
        case = (
            Case(id, table.procedure, record.stage, record.under, (record,))
            if case is None
            else evolve(case, record)
        )
    if case is None:
        raise BrokenTrail(f"{id} has no records", at_record=0)
    return case


def _untrue(case: Case | None, record: Record, table: Table) -> str:
    """Why a record cannot follow a case, or nothing."""
    if case is None:
        if record.no != 1 or type(record.act) is not table.opening.act:
            return f"a case opens with {table.opening.act.tag!r}"
        return "" if record.stage == table.initial else f"it opens as {record.stage!r}"
    if table.procedure != case.procedure:
        return f"it is of {table.procedure!r}, the case of {case.procedure!r}"
    if record.no != case.records[-1].no + 1:
        return f"it follows record {case.records[-1].no}"
    if record.at < case.records[-1].at:
        return "it is earlier than the one before"
    if isinstance(record.act, Lapse) and record.at < record.act.due:
        return f"it lapsed before it was due, {record.act.due}"
    if type(record.act) is Lapse:
        runs = record.act.clock in table.clocks and record.role == LAW
        return "" if runs and record.stage == case.stage else "a lapse leads nowhere"
    ways = table.rows.get((case.stage, record.act.tag), ())
    if not any(row.target == record.stage and record.role in row.by for row in ways):
        return f"{record.act.tag!r} by {record.role!r} does not lead from {case.stage} to {record.stage}"
    return ""
