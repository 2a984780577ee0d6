"""What a proof tries of a month of reception, and what lies beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from openakimat.case.act import Act
from openakimat.case.record import Case
from openakimat.kz.reception.acts import ApproveSchedule, AskReception, HoldReception
from openakimat.kz.reception_month.acts import CountReception

EXAMPLES: Mapping[type[Act], Sequence[Act]] = {CountReception: (CountReception("held"),)}
"""The acts to try."""


def beside(month: Case) -> tuple[Case, ...]:
    """A reception held by the official of a month on the first day of the schedule."""
    told, first = month.received, month.records[0]
    if not isinstance(told, ApproveSchedule):
        return ()
    at = datetime.combine(told.days[0], first.at.timetz())
    asked = attrs.evolve(first, at=at, act=AskReception(official=told.official))
    held = attrs.evolve(asked, no=2, by=told.official, act=HoldReception("held"))
    return (Case("held", "reception", "held", month.under, (asked, held)),)
