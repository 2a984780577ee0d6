"""What the law allows an act to leave: a record, and whom to tell of it."""

from __future__ import annotations

from datetime import datetime

import attrs

from openakimat.case.record import Case, Record
from openakimat.chart.table import AskedOffice


@attrs.frozen
class Notice:
    """A duty to tell the participant what was done, `within` a limit counted from `at`."""

    to: str
    about: str
    within: str
    at: datetime


@attrs.frozen
class Decision:
    """The law allows an act: the record to keep, and whom to tell of it."""

    record: Record
    notices: tuple[Notice, ...] = ()


def notices(case: Case, /, *, office: AskedOffice) -> tuple[Notice, ...]:
    """Everything the participant has had to be told, in the order it was done."""
    steps = zip(case.records, case.records[1:], strict=False)
    # Of the ways that an act may go the first will do: they are of one step, and tell the same.
    return tuple(
        Notice("applicant", after.act.tag, row.tells, after.at)
        for before, after in steps
        for row in office.table_of(after.under).rows.get((before.stage, after.act.tag), ())[:1]
        if row.tells
    )
