"""A log as an office is fitted to it: one event a row, from records or from wherever a register comes from."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from openakimat.case.people import APPLICANT, REPRESENTATIVE
from openakimat.case.record import Case, is_lapse


class Event(NamedTuple):
    """What was done to a case, when, and by whom, if that is told."""

    case: str
    name: str
    at: datetime
    by: str = ""


def events_of(cases: Iterable[Case], /) -> Iterator[Event]:
    """What people are told to have done: nothing assumed, nothing that time did, and no applicant named."""
    for case in cases:
        for one in (r for r in case.records if r.basis != "assumed" and not is_lapse(r)):
            by = "" if one.role in {APPLICANT, REPRESENTATIVE} else one.by
            yield Event(case.id, one.act.tag, one.at, by)
