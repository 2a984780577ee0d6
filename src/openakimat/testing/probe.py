"""A table that tells which of its rows are taken, and an office that reads it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import attrs

from openakimat.case import Case
from openakimat.dated import Dated, Edition, Evidence, in_order
from openakimat.office import Office
from openakimat.procedure import ProcedureType
from openakimat.table import Guard, Row, Table


def marked(table: Table, taken: list[Row]) -> Table:
    """The same table, each row of which puts itself down when all its guards hold.

    >>> from openakimat import kz
    >>> row = marked(kz.Appeal.table, []).rows["received", "register"][0]
    >>> [guard.code for guard in row.guards]
    ['taken']
    """
    rows = {key: tuple(_marked(row, taken) for row in way) for key, way in table.rows.items()}
    return attrs.evolve(table, rows=rows)


def _marked(row: Row, taken: list[Row]) -> Row:
    def holds(case: Case, act: Any, circumstances: object) -> bool:  # noqa: ARG001 - a guard's own parameters
        taken.append(row)
        return True

    return attrs.evolve(row, guards=(*row.guards, Guard("taken", "", "", holds)))


def office_of(table: Table, office: Office, /) -> Office:
    """The same office, judging every day by a table's wording, and in it by this table."""
    chart = cast("ProcedureType", SimpleNamespace(table=table))
    wording = next(one for one in office.pack.wordings if one.law == table.law)
    own = Edition(chart, table.law, wording.since, "", Evidence.UNCONFIRMED)
    others = office.pack.procedures.get(table.procedure, Dated(table.procedure, ()))
    dated = Dated(table.procedure, in_order((own, *(e for e in others if e.law != table.law))))
    pack = attrs.evolve(office.pack, procedures={**office.pack.procedures, table.procedure: dated})
    return attrs.evolve(office, pack=pack, wording=table.law)
