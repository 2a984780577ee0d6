"""What may be asked of a complaint: what it is about, by when it had to be filed, what it stays."""

from functools import partial

from openakimat.case.record import Case, opened_with
from openakimat.chart.table import AskedOffice
from openakimat.kz.complaint.acts import DeemDismissed, FileComplaint, KeepInForce
from openakimat.limits.deadline import Deadline, due

complaint_of = partial(opened_with, FileComplaint)
"""The act that opened a complaint; another case is `Malformed`."""


def filing_deadline(case: Case, /, *, office: AskedOffice) -> Deadline | None:
    """By when the complaint was to be filed; None when nobody told the day it counts from.

    Being late never stops a complaint from being received. Source: APPC 92(1), (1-1), (3).
    """
    act = complaint_of(case)
    if act.learnt_on is None:
        return None
    key = "complaint.filing" if act.instructed else "complaint.filing-uninstructed"
    edition = office.limit(key, act.learnt_on, case.wording)
    return due(edition, office.calendar.place.start_of(act.learnt_on), office.calendar)


_UNDECIDED = frozenset(
    {"received", "registered", "awaiting_correction", "forwarded", "considered", "proposed"}
)


def is_stayed(case: Case, /) -> bool:
    """Whether the act complained of stands suspended: from the filing until the decision.

    Source: APPC 96. Law 221 is not known to have had such a rule.
    """
    complaint_of(case)
    lifted = (KeepInForce, DeemDismissed)
    return (
        case.wording != "l221"
        and case.stage in _UNDECIDED
        and all(case.last(kind) is None for kind in lifted)
    )
