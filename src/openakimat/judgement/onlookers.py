"""Who looks on while the law is put to cases: nobody, unless tests are measured by it.

An onlooker decides nothing and is told nothing of the case: only which line of which chart answered.
"""

from collections.abc import Callable, Sequence

from openakimat.chart.clock import Clock
from openakimat.chart.table import Guard, Opening, Row, Table
from openakimat.law.law import Law

Line = Opening | Row | Clock

Onlooker = Callable[[Law, Table, Line, Sequence[Guard]], None]
"""Is told of a way that was taken, or of a clock that ran out; of a way with the guards that barred it."""

ONLOOKERS: list[Onlooker] = []


def show(law: Law, table: Table, line: Line, barred_by: Sequence[Guard] = (), /) -> None:
    """Show all onlookers what was taken, ran out, or was barred."""
    for onlooker in ONLOOKERS:
        onlooker(law, table, line, barred_by)
