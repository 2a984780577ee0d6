"""What stood open at a past instant, from what had happened and was known by then.

Under the same law and calendar the answer is the same for ever. What it does not know: a record
that was corrected since is read as corrected.
"""

from datetime import datetime

import attrs

from openakimat.calendar.times import instant
from openakimat.case import Case
from openakimat.judgement.deadlines import deadlines
from openakimat.judgement.lapse import settle
from openakimat.judgement.replay import case_of
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline


def known_by(case: Case, at: datetime, /) -> Case | None:
    """A case as it was known at an instant; None where nobody knew of it yet.

    What was done in time and entered later was not known then.
    """
    records = case.sealed
    for n, record in enumerate(records):
        if (record.entered or record.at) > at:
            # Before what was done in time was entered, the lapse in its place was all that was.
            return case_of(case.id, records[:n]) if n else None
    return case


@attrs.frozen
class Duty:
    """What was owed at an instant: by which day, and whether that was over.

    The deadline is as it stood then: what came later has neither moved nor stopped it.
    """

    limit: str
    deadline: Deadline
    overdue: bool


def open_on(case: Case, at: datetime, /, *, office: Office) -> tuple[Duty, ...]:
    """Every duty of the body that stood open in a case at an instant, the soonest first.

    A right of the participant, such as a window to complain, is no duty.
    """
    at = instant(at)
    known = known_by(case, at)
    if known is None:
        return ()
    of, _ = settle(known, at=at, office=office)
    clocks = filter(None, map(of.clock, of.runs))
    windows = [clock for clock in clocks if clock.window]
    rights = {limit for clock in windows for limit in (clock.limit, *clock.becomes.values())}
    return tuple(
        Duty(day.limit, day, day.missed(at))
        for day in deadlines(of, office=office)
        if day.stopped_at is None and day.limit not in rights
    )
