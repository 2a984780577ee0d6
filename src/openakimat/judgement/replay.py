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
        # Each by the chart it was done under: what the law was later makes no record untrue.
        try:
            table = office.table_of(record.under)
        except BrokenTrail as wrong:
            why = f"{id}, record {record.no}: {wrong}"
            raise BrokenTrail(why, at_record=record.no, code=wrong.code) from wrong
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
    """Why a record cannot follow a case, or nothing.

    No guard is asked: it may look at other cases, and nothing but its records is needed to
    believe a case.
    """
    if case is None:
        # A beginning cut off, an opening of another procedure, or a case that begins decided.
        if record.no != 1 or type(record.act) is not table.opening.act:
            return f"a case opens with {table.opening.act.tag!r}"
        return "" if record.stage == table.initial else f"it opens as {record.stage!r}"
    # Under the chart of another procedure, stages of the same name would allow other acts.
    if table.procedure != case.procedure:
        return f"it is of {table.procedure!r}, the case of {case.procedure!r}"
    # A record taken out, put in twice, or moved.
    if record.no != case.records[-1].no + 1:
        return f"it follows record {case.records[-1].no}"
    # An answer dated back into its term. At the same instant is possible: a lapse, then an act.
    if record.at < case.records[-1].at:
        return "it is earlier than the one before"
    # Silence held against a body, or for it, before its time was up.
    if isinstance(record.act, Lapse) and record.at < record.act.due:
        return f"it lapsed before it was due, {record.act.due}"
    # A bare lapse is in no row of the table. Put in by hand, it would move a case anywhere.
    if type(record.act) is Lapse:
        runs = record.act.clock in table.clocks and record.role == LAW
        return "" if runs and record.stage == case.stage else "a lapse leads nowhere"
    # An act that the stage does not take, by a role that has no right to it, or to another end.
    ways = table.rows.get((case.stage, record.act.tag), ())
    nobody = record.basis == "assumed" and not (record.by or record.role or record.on_behalf)
    if not any(row.enters == record.stage and (nobody or record.role in row.by) for row in ways):
        return f"{record.act.tag!r} by {record.role!r} does not lead from {case.stage} to {record.stage}"
    return ""
