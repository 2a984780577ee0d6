"""When the acts of a row were done, where it tells the day and not the hour.

Rules. (1) A day without an hour is some time on that day: acts of one day stand in the order in
which the law has them. (2) What is assumed was done when it had to be, and never later than what is
told to have come after it. (3) What is later than the check is not known yet.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import itemgetter

import attrs

from openakimat.calendar.times import Place
from openakimat.register.entries.cells import When
from openakimat.register.entries.entry import Entry, Listed

Hours = tuple[int, int]
"""The minute of the day at which acts of no hour are put: the last that is told, and all others."""

NOON: Hours = (720, 720)
"""How a row is played first."""

FORGIVING: Hours = (0, 1439)
"""Begun as late in the day as may be, and ended as early: if it is late then, it is late."""

STRICT: Hours = (1439, 0)
"""Begun as early in the day as may be, and ended as late: if it is in time then, it is in time."""

Timed = tuple[datetime, Listed]


def is_later(when: When, at: datetime, place: Place, /) -> bool:
    """Whether something is told to have been after an instant; of that day, it may have been before."""
    if when.exact:
        return when.at > at
    return place.day_of(when.at) > place.day_of(at)


def time_receipt(
    entry: Entry, listed: Sequence[Listed], place: Place, at: datetime, hours: Hours = NOON, /
) -> Entry:
    """A row with an hour of its receipt, before what else is told of that day."""
    if entry.received_at.exact:
        return entry
    told = [one.when for one in listed if one.when is not None and one.basis == "told"]
    received = _resolve(entry.received_at, None, told, place, at, minute=hours[1])
    return attrs.evolve(entry, received_at=When(received, exact=True))


def time_acts(
    entry: Entry, listed: Sequence[Listed], place: Place, at: datetime, hours: Hours = NOON, /
) -> list[Timed]:
    """What was done after the receipt, in the order of time.

    `listed` stands in the order in which the law has it done within a day; the row has the hour of
    its receipt, see `time_receipt`.
    """
    done = [(one.when, one) for one in listed if one.when is not None]
    told = [when for when, one in done if one.basis == "told"]
    # What only begins a term ends none, though it may be the last that is told.
    last = told[-1] if told and told[-1] is not entry.registered_at else None
    received = entry.received_at.at
    timed: list[Timed] = []
    latest = received
    for when, one in done:
        if one.basis == "assumed":
            after = min((_earliest(other, place) for other in told), default=when.at)
            moment = max(received, min(when.at, after))
        else:
            told = told[1:]
            minute = hours[when is not last]
            moment = _resolve(when, latest, told, place, at, minute=minute)
        if moment <= at:
            timed.append((moment, one))
        latest = max(latest, moment)
    return sorted(timed, key=itemgetter(0))


def _earliest(when: When, place: Place) -> datetime:
    return when.at if when.exact else place.start_of(place.day_of(when.at))


def _resolve(
    when: When, before: datetime | None, after: Sequence[When], place: Place, at: datetime, *,
    minute: int,
) -> datetime:  # fmt: skip
    """An instant of a day: as near to an hour as what came before and after it on that day allows."""
    if when.exact:
        return when.at
    day = place.day_of(when.at)
    start = place.start_of(day)
    others = (other.at for other in after if other.exact and place.day_of(other.at) == day)
    moment = min(start + timedelta(minutes=minute), at, *others)
    # What came before on another day binds nothing; what is told out of order, the law refuses.
    if before is not None and place.day_of(before) == day:
        return max(moment, before)
    return moment
