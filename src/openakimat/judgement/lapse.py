"""What the law does when time runs out."""

from __future__ import annotations

from datetime import datetime
from functools import reduce

from openakimat.calendar.times import instant
from openakimat.case.acts import Lapse
from openakimat.case.people import TheLaw
from openakimat.case.record import Case, Record, evolve
from openakimat.chart.table import Clock
from openakimat.judgement.deadlines import pending
from openakimat.judgement.judge import judge
from openakimat.judgement.notices import Decision
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline


def lapse(case: Case, /, *, at: datetime, office: Office) -> tuple[Record, ...]:
    """What the law has done by an instant: a record for each clock that ran out, in order.

    A clock without an act of its own only leaves its `Lapse`; a case that the
    stage of the moment does not let the law act upon is left as it is, and the
    lapse is recorded.
    """
    records: list[Record] = []
    at = instant(at)
    # One at a time: what the law performs may stop the other clocks, or set some running.
    while (soonest := pending(case, office)) and soonest[0][0] <= at:
        due_at, _, clock, deadline = soonest[0]
        # A law or calendar changed since may put the end before the last record. The trail goes
        # forwards all the same, and `due` tells the end.
        lapsed_at = max(due_at, case.records[-1].at)
        record = _lapse_record(case, clock, lapsed_at, deadline, office)
        records.append(record)
        case = evolve(case, record)
    return tuple(records)


def elapsed(case: Case, /, *, at: datetime, office: Office) -> Case:
    """The case as the law has left it by an instant; see `lapse`."""
    return reduce(evolve, lapse(case, at=at, office=office), case)


def _lapse_record(
    case: Case, clock: Clock, at: datetime, deadline: Deadline, office: Office
) -> Record:
    """The record of one lapse."""
    law = TheLaw()
    act = clock.on_lapse(clock=clock.limit, due=deadline.at)
    if type(act) is not Lapse:
        answer = judge(case, act, at=at, by=law, office=office)
        if isinstance(answer, Decision):
            return answer.record
    # Recorded all the same: a clock that ran out and left nothing would be found again for ever.
    bare = Lapse(clock=clock.limit, due=deadline.at)
    last = case.records[-1]
    return Record(last.no + 1, at, law.id, "law", bare, case.stage, case.under)
