"""What may be done, before there is an act: every guard asked that asks no field of it, and no case beside."""

from __future__ import annotations

from collections.abc import Iterable

from openakimat.case.act import Act
from openakimat.case.record import Case
from openakimat.chart.table import Circumstances, Guard, Row, Table
from openakimat.errors import Refusal
from openakimat.judgement.refusals import refuse_guarded, refuse_stage_or_role
from openakimat.law.law import Law


def open_ways(
    case: Case, kind: type[Act], table: Table, circumstances: Circumstances, /, *, law: Law
) -> tuple[Row, ...] | Refusal:
    """The ways that an act of a class may go, as far as that is known without it; or why there is none.

    Whatever refuses here refuses every act of the class. What is open here may be refused yet.
    """
    refusal = refuse_stage_or_role(case, kind.tag, table, circumstances.roles, law)
    if refusal is not None:
        return refusal
    rows = table.rows[case.stage, kind.tag]
    own = [row for row in rows if not row.by.isdisjoint(circumstances.roles)]
    ways = [(row, _failing(row.guards, case, kind, circumstances)) for row in own]
    taken = tuple(row for row, failing in ways if not failing)
    return taken or refuse_guarded(case, kind, table, ways, circumstances=circumstances, law=law)


def _failing(
    guards: Iterable[Guard], case: Case, kind: type[Act], circumstances: Circumstances
) -> list[Guard]:
    """The guards that fail without an act; one that relies on what was not asked is not asked either."""
    failing, unreliable = [], []
    for guard in guards:
        if not guard.beforehand or any(other in unreliable for other in guard.relies):
            unreliable.append(guard)
        # In the place of the act stands its class: it has the tag, and no field that any of them asks.
        elif not guard.holds(case, kind, circumstances):
            failing.append(guard)
            unreliable.append(guard)
    return failing
