"""By which day at the earliest, and at the latest: over every answer to the questions that touch a limit.

A disputed question of law has answers, and an office has chosen. Whoever acts by the day should
know what another answer makes of it: who asks or answers is safe by the earliest, who accuses of
lateness only past the latest.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import product
from operator import attrgetter

import attrs

from openakimat.case import Case
from openakimat.judgement.deadlines import deadline_of
from openakimat.judgement.running import Running
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline, due


@attrs.frozen
class Bound:
    """A deadline, and the answers that make it: those that are not the office's own."""

    deadline: Deadline
    answers: Mapping[str, str] = attrs.field(hash=False)


@attrs.frozen
class Bounds:
    """The earliest and the latest day over the readings that touch a limit.

    By the earliest a citizen acts, and a body answers; a controller calls late what is past the latest.
    The prevailing one is as the office reads the law; `n` combinations of answers were counted.
    """

    earliest: Bound
    prevailing: Bound
    latest: Bound
    n: int

    @property
    def disputed(self) -> bool:
        """Whether the day hangs on a reading."""
        return self.earliest.deadline.at != self.latest.deadline.at


def bounds_from(limit: str, since: datetime, /, *, office: Office) -> Bounds:
    """The bounds of a limit counted from an instant.

    Raises `Malformed` or `Undated` if the office has no such limit, or none on that day; `BeyondCalendar`
    if a day lies outside the calendar.
    """
    day = office.day_of(since)

    def count(of: Office) -> Deadline | None:
        return due(of.limit(limit, day, of.wording_on(day)), since, of.calendar)

    found = _bounds(frozenset({limit}), count, office)
    assert found is not None  # noqa: S101 - a limit counted from an instant has a deadline
    return found


def bounds(case: Case | Running, limit: str, /, *, office: Office) -> Bounds | None:
    """The bounds of the deadline of a clock in a case; None where it has none."""
    file = case.case if isinstance(case, Running) else case
    clock = office.revision_of(file.under).clocks.get(limit)
    keys = {limit, *clock.becomes.values(), clock.ahead} if clock else {limit}
    return _bounds(frozenset(keys), lambda of: deadline_of(file, limit, office=of), office)


def excusing(of: Running, limit: str, /, *, office: Office, at: datetime) -> Mapping[str, str]:
    """The fewest answers by which a deadline that was missed would not be; none, where none excuses.

    What the office has answered itself is no question any more.
    """
    clock = of.clock(limit)
    keys = frozenset({limit, *clock.becomes.values(), clock.ahead} if clock else {limit})
    for answers, other in _differing(office, keys, of.case.wording):
        # The charts are the same by every reading: only days are counted anew.
        alike = attrs.evolve(of, office=other, counted={})
        deadline = deadline_of(alike, limit, office=other)
        if deadline is not None and not deadline.missed(at):
            return answers
    return {}


@lru_cache(maxsize=256)
def _differing(
    office: Office, limits: frozenset[str], wording: str
) -> tuple[tuple[Mapping[str, str], Office], ...]:
    """Of the readers those by whom a wording has other limits, one for each way it has them."""

    def read_by(other: Office) -> list[object]:
        dated = (other.law.limits.get(limit, ()) for limit in sorted(limits))
        # A limit of a law beside goes by the day, and has no edition of that wording.
        return [[one for one in of if one.law == wording] or [*of] for of in dated]

    known, found = [read_by(office)], []
    for answers, other in _readers(office, limits):
        if office.answered.isdisjoint(answers) and (ways := read_by(other)) not in known:
            known.append(ways)
            found.append((answers, other))
    return tuple(found)


def _bounds(
    limits: frozenset[str], count: Callable[[Office], Deadline | None], office: Office
) -> Bounds | None:
    readers = _readers(office, limits)
    counted = [Bound(day, answers) for answers, of in readers if (day := count(of)) is not None]
    if not counted:
        return None
    # Readers stand in order of how far they are from the office: of several that make the same
    # day, the nearest is named.
    by_day = attrgetter("deadline.at")
    earliest, latest = min(counted, key=by_day), max(counted, key=by_day)
    prevailing = next((bound for bound in counted if not bound.answers), counted[0])
    return Bounds(earliest, prevailing, latest, len(counted))


@lru_cache(maxsize=64)
def _readers(
    office: Office, limits: frozenset[str]
) -> tuple[tuple[Mapping[str, str], Office], ...]:
    """The office under every combination of answers to the readings that touch one of some limits.

    Each with the answers that are not the office's own, the fewest first.
    """
    touching = [
        reading
        for reading in office.pack.readings.values()
        if limits & {limit for limit, _ in reading.touches}
    ]
    readers = []
    for choices in product(*(reading.choices for reading in touching)):
        answers = zip((reading.name for reading in touching), choices, strict=True)
        others = {name: answer for name, answer in answers if office.readings[name] != answer}
        reads = {**office.readings, **others}
        readers.append((others, attrs.evolve(office, readings=reads) if others else office))
    return tuple(sorted(readers, key=lambda reader: len(reader[0])))
