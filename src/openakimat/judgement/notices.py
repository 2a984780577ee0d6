"""What the law allows an act to leave: a record, and whom to tell of it."""

from datetime import datetime

import attrs

from openakimat.case import Case, Record
from openakimat.chart.table import AskedOffice


@attrs.frozen
class Notice:
    """A duty to tell the participant what was done, `within` a limit counted from `at`.

    `no` is the number of the record that it was done with.
    """

    to: str
    about: str
    within: str
    at: datetime
    no: int = 0


@attrs.frozen
class Decision:
    """The law allows an act: the record to keep, and whom to tell of it."""

    record: Record
    notices: tuple[Notice, ...] = ()


def notices(case: Case, /, *, office: AskedOffice, since: int = 0) -> tuple[Notice, ...]:
    """Everything the participant has had to be told, in the order it was done: of records after `since`."""
    told, records = [], case.records
    n = len(records)
    while n > 1 and records[n - 1].no > since:
        before, after, n = records[n - 2], records[n - 1], n - 1
        # Of the ways that an act may go the first will do: they are of one step, and tell the same.
        ways = office.table_of(after.under).rows.get((before.stage, after.act.tag), ())[:1]
        told += [
            Notice("applicant", after.act.tag, r.tells, after.at, after.no) for r in ways if r.tells
        ]
    return tuple(reversed(told))
