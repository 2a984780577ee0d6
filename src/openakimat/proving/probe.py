"""A table that tells which of its rows are taken."""

from typing import Any

import attrs

from openakimat.case.record import Case
from openakimat.chart.table import Guard, Row, Table
from openakimat.proving.watch import Watch


def marked(table: Table, taken: list[Row], watch: Watch) -> Table:
    """The same table, each row of which puts itself down when all its guards hold.

    >>> from openakimat import kz
    >>> row = marked(kz.Appeal.table, [], Watch()).rows["received", "register"][0]
    >>> [guard.code for guard in row.guards]
    ['taken']
    """
    opening = attrs.evolve(table.opening, guards=tuple(map(watch.watched, table.opening.guards)))
    rows = {
        key: tuple(_marked(row, taken, watch) for row in way) for key, way in table.rows.items()
    }
    return attrs.evolve(table, rows=rows, opening=opening)


def _marked(row: Row, taken: list[Row], watch: Watch) -> Row:
    def holds(case: Case, act: Any, circumstances: object) -> bool:  # noqa: ARG001 - a guard's own parameters
        taken.append(row)
        return True

    watched = map(watch.watched, row.guards)
    return attrs.evolve(row, guards=(*watched, Guard("taken", "", "", holds)))
