"""The charts of each procedure, in every wording: the first page of the country."""

from collections.abc import Mapping, Sequence
from datetime import date
from importlib import import_module

from openakimat.chart.procedure import ProcedureType
from openakimat.kz.data import FOLDERS, pack

_BEGUN: Mapping[str, date] = {wording["law"]: wording["since"] for wording in pack()["wording"]}


def _charts_in(folder: str) -> Sequence[ProcedureType]:
    given = vars(import_module(f"openakimat.kz.{folder}")).values()
    # Of a procedure that several wordings know; their parent `Procedure` is of none.
    charts = (one for one in given if isinstance(one, ProcedureType) and one.law)
    return tuple(sorted(charts, key=lambda chart: _BEGUN[chart.law]))


PROCEDURES: tuple[Sequence[ProcedureType], ...] = tuple(map(_charts_in, FOLDERS))
"""The charts of each procedure, the oldest wording first."""
