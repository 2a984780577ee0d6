"""Which chart an act is put to: that of the day, or of the opening, where the office reads so."""

from datetime import datetime

from openakimat.calendar.times import instant
from openakimat.case import Case
from openakimat.chart.table import Table
from openakimat.errors import NotAllowed
from openakimat.law.office import Office


def governing_chart(case: Case, at: datetime, office: Office, /) -> Table:
    """The chart that governs what is done to a case at an instant.

    It is a stored one where the code has none: a stored chart is believed, and judges nothing.
    """
    if office.by_opening or case.procedure not in office.law.procedures:
        return office.revision_of(case.under)
    return office.table_on(case.procedure, office.day_of(instant(at)))


def refuse_ungoverned(case: Case, tag: str, table: Table, office: Office, /) -> NotAllowed | None:
    """Why no act can be judged in a case: the code has its procedure, wording or stage no more."""
    if not table.stored and case.stage in table.stages:
        return None
    if not table.stored:
        code, why = "chart.no-stage", f"{table.procedure} has no stage {case.stage!r} any more"
    elif case.procedure not in office.law.procedures:
        code, why = "chart.no-procedure", f"there is no procedure {case.procedure!r} any more"
    else:
        code, why = "chart.no-wording", f"{case.procedure} has no wording {table.law!r} any more"
    return NotAllowed(why, code=code, act=tag, stage=case.stage)
