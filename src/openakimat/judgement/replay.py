"""A case from its records, none of which is believed that its chart does not bear out.

The chart is the one that the record names, as it was stored. No guard is asked, and no class of a
country is needed.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

import attrs

from openakimat.case.act import Aside
from openakimat.case.acts import Lapse, Move, Rectify
from openakimat.case.forgotten import Forgotten, Traits, field_of, traits_of
from openakimat.case.people import LAW
from openakimat.case.record import (
    Case,
    Record,
    before_lapses,
    evolve,
    may_overtake,
    procedure_of,
    wording_of,
)
from openakimat.chart.form import Charts
from openakimat.chart.table import AskedOffice, Table
from openakimat.errors import BrokenTrail


def replay(id: str, records: Iterable[Record], /, *, office: AskedOffice) -> Case:
    """The case that records make, each held against its chart.

    Raises `BrokenTrail` if a record is out of order, or leads where its chart does not.
    """
    believed: list[Record] = []
    tags: list[str] = []
    for record in records:
        believed.append(believe(id, believed, record, office.table_of, tags=tags))
        tags.append(record.act.tag)
    return case_of(id, believed)


def case_of(id: str, records: Sequence[Record], /) -> Case:
    """The case that records make which are believed, each read as it was corrected since."""
    if not records:
        raise BrokenTrail(f"{id} has no records", at_record=0)
    first, *later = records
    opened = Case(id, procedure_of(first.under), first.stage, first.under, (first,))
    return evolve(opened, *later)


def believe(
    id: str, before: Sequence[Record], record: Record, charts: Charts, /, *, tags: Sequence[str]
) -> Record:
    """A record, as its chart bears it out; an act of a class gone has its traits.

    `id` is that of its case; `before` are the records before it, from the last on that yields to nothing,
    if any; `charts` gives the chart that a record names; `tags` the act of each record before it.
    Raises `BrokenTrail` if it cannot follow what was before, or its chart is not known.
    """
    where = f"{id}, record {record.no}"
    try:
        table = charts(record.under)
    except BrokenTrail as wrong:
        raise BrokenTrail(f"{where}: {wrong}", at_record=record.no, code=wrong.code) from wrong
    if isinstance(record.act, Forgotten):
        traits = table.acts.get(record.act.tag, Traits())
        record = attrs.evolve(record, act=attrs.evolve(record.act, traits=traits))
    why = _untrue(before, record, table, tags) if before else _unopened(record, table)
    if why:
        raise BrokenTrail(f"{where}: {why}", at_record=record.no)
    return record


def _unopened(record: Record, table: Table) -> str:
    # A beginning cut off, an opening of another procedure, or a case that begins decided.
    if record.no != 1 or record.act.tag != table.opening.act:
        return f"a case opens with {table.opening.act!r}"
    if record.stage != table.initial:
        return f"it opens as {record.stage!r}"
    by = table.opening.by
    if by and record.role not in by and not _done_by_nobody(record):
        return f"it is not opened by {record.role!r}"
    return ""


def _untrue(before: Sequence[Record], record: Record, table: Table, tags: Sequence[str]) -> str:
    last = before[-1]
    # Under the chart of another procedure, stages of the same name would allow other acts.
    if table.procedure != procedure_of(last.under):
        return f"it is of {table.procedure!r}, the case of {procedure_of(last.under)!r}"
    # A record taken out, put in twice, or moved.
    if record.no != last.no + 1:
        return f"it follows record {last.no}"
    # A record of one office in the case of another would be counted by days that are not its own.
    if record.office != last.office and last.office:
        return f"it is of the office {record.office!r}, the case of {last.office!r}"
    # Done before the law acted on it, and entered since: it follows what was before the lapses.
    # What only stands beside the case takes the place of nothing.
    late = record.at < last.at and not isinstance(record.act, Aside)
    if late and may_overtake(last, record.entered, {record.role}):
        last = before[before_lapses(before, record.at) - 1]
    # An answer dated back into its term. At the same instant is possible: a lapse, then an act.
    if record.at < last.at:
        return "it is earlier than the one before"
    if record.entered is not None and record.entered < record.at:
        return "it was entered before it was done"
    if isinstance(record.act, Rectify):
        return _untrue_correction(last, record, record.act, table, tags)
    return _leads_elsewhere(last, record, table)


def _leads_elsewhere(last: Record, record: Record, table: Table) -> str:
    """Why an act does not lead from where the case stands to where the record says, or nothing."""
    act = record.act
    # Silence held against a body, or for it, before its time was up.
    due = field_of(act, "due") if traits_of(act).lapses else None
    if isinstance(due, datetime) and record.at < due:
        return f"it lapsed before it was due, {due}"
    # A bare lapse is in no row of the table. Put in by hand, it would move a case anywhere.
    if type(act) is Lapse:
        runs = act.clock in table.clocks and record.role == LAW
        return "" if runs and record.stage == last.stage else "a lapse leads nowhere"
    if isinstance(act, Move):
        enters = table.moves.get((wording_of(last.under), last.stage))
        moves = record.role == LAW and act.leaves == last.stage and record.stage == enters
        return "" if moves else f"no chart moves a case from {last.stage} to {record.stage}"
    # An act that the stage does not take, by a role that has no right to it, or to another end.
    ways = table.ways(last.stage, act.tag)
    by_anyone = _done_by_nobody(record)
    if not any(row.enters == record.stage and (by_anyone or record.role in row.by) for row in ways):
        return f"{act.tag!r} by {record.role!r} does not lead from {last.stage} to {record.stage}"
    return ""


def _done_by_nobody(record: Record) -> bool:
    """Whether it is assumed: nobody knows who did it, and nobody is named."""
    return record.basis == "assumed" and not (record.by or record.role or record.on_behalf)


def _untrue_correction(
    last: Record, record: Record, act: Rectify, table: Table, tags: Sequence[str]
) -> str:
    """Why a record does not correct an earlier one, or nothing."""
    if record.stage != last.stage:
        return "a correction leads nowhere"
    if not 1 <= act.record < record.no or tags[act.record - 1] != act.act.tag:
        return f"it corrects no {act.act.tag!r} as record {act.record}"
    # By whoever may perform it at whatever stage; who may bring a receipt, no row tells.
    ways = (row for (_, tag), way in table.rows.items() if tag == act.act.tag for row in way)
    competent = {role for row in ways for role in row.by}
    if competent and record.role not in competent:
        return f"no {record.role!r} may correct {act.act.tag!r}"
    return ""
