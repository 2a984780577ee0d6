"""What a proof tries of a reception: times given on one of the next days, of which some are working."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from openakimat.case.act import Act
from openakimat.case.record import Case
from openakimat.kz.reception.acts import MoveReception, ScheduleReception


def _times(at: datetime) -> list[datetime]:
    return [at.replace(hour=11) + timedelta(days=n) for n in range(1, 5)]


EXAMPLES: Mapping[type[Act], Sequence[Act] | Callable[[Case, datetime], Sequence[Act]]] = {
    ScheduleReception: lambda _, at: tuple(map(ScheduleReception, _times(at))),
    MoveReception: lambda _, at: tuple(MoveReception(time, reason="why") for time in _times(at)),
}
"""The acts to try."""
