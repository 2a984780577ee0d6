"""The law or the calendar changed: what changed, and which open cases it moves.

Rules. (1) Nothing is changed by asking: cases, offices and journals stay as they are.
(2) A day moves for a reason that can be named: a rule of its limit, a reading, a day off,
the opening hours, the offset. (3) A case is counted by the charts that its records name, as the new office has
them today. What it cannot count is not guessed at; it is listed as it would be refused.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

import attrs

from openakimat.calendar.terms import WorkingDays, WorkingHours
from openakimat.calendar.times import instant
from openakimat.calendar.worktime import WorkCalendar
from openakimat.case import Case
from openakimat.errors import AkimatError
from openakimat.judgement.deadlines import deadline_of, pending
from openakimat.judgement.running import follow
from openakimat.law.fingerprint import Outline, describe_day, describe_rules, frame, outline
from openakimat.law.law import Law
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline

_ONE_DAY = timedelta(days=1)


@attrs.frozen
class Change:
    """One thing that is otherwise than it was.

    Attributes:
        kind: ``wording``, ``limit``, ``chart``, ``stage``, ``step``, ``clock``, ``reading``,
            ``citation``, ``calendar``, ``day``, ``offset``; of a stored chart ``act``, ``move``.
        name: The name of the limit, step and so on; of a day, the day itself.
        law: The wording it is of, where it is of one.
        part: What of it changed; empty when all of it was added or removed.
        old, new: What it was and what it is; None where it is not.

    >>> str(Change("limit", "own", "2027", "term", "15 working days", "10 working days"))
    'limit own under 2027: term 15 working days becomes 10 working days'
    """

    kind: str
    name: str
    law: str
    part: str
    old: str | None
    new: str | None

    def __str__(self) -> str:
        under = f"under {self.law}" if self.law else ""
        subject = " ".join(filter(None, (self.kind, self.name, under)))
        if self.part == "" and self.old is None:
            return f"{subject} is added: {self.new}"
        if self.part == "" and self.new is None:
            return f"{subject} is removed: {self.old}"
        change = f"{self.old or 'nothing'} becomes {self.new or 'nothing'}"
        return f"{subject}: {self.part} {change}" if self.part else f"{subject}: {change}"


def diff(old: Law | Office, new: Law | Office, /) -> tuple[Change, ...]:
    """What changed from one law to another; of two offices, in their calendars as well.

    An office's law is compared as the office reads it.

    >>> from openakimat import kz
    >>> later = kz.office(readings={"cap-2021": "decision"})
    >>> print(diff(kz.office(), later)[0])
    limit appeal.extension under appc-2021: base term becomes decision
    """
    changes = compare(outline(old), outline(new))
    if isinstance(old, Office) and isinstance(new, Office):
        changes += _calendars(old.calendar, new.calendar)
    return tuple(changes)


def compare(before: Outline, after: Outline, /) -> list[Change]:
    """What another outline tells otherwise.

    >>> str(*compare({("limit", "own", ""): {"term": "1 month"}}, {}))
    'limit own is removed: term 1 month'
    """
    changes: list[Change] = []
    for where in {**before, **after}:  # not a set: in the order in which the laws tell it
        if where not in before:
            changes.append(Change(*where, "", None, _first(after[where])))
        elif where not in after:
            changes.append(Change(*where, "", _first(before[where]), None))
        else:
            changes += _parts(*where, before[where], after[where])
    return changes


def _first(parts: Mapping[str, str]) -> str:
    part, value = next(iter(parts.items()))
    return f"{part} {value}"


def _parts(
    kind: str, name: str, law: str, old: Mapping[str, str], new: Mapping[str, str]
) -> list[Change]:
    return [
        Change(kind, name, law, part, old.get(part), new.get(part))
        for part in {**old, **new}
        if old.get(part) != new.get(part)
    ]


def _calendars(old: WorkCalendar, new: WorkCalendar) -> list[Change]:
    if old is new:
        return []
    first, last = max(old.first, new.first), min(old.last, new.last)
    differ = set(_between(old.days, first, last)) ^ set(_between(new.days, first, last))
    days = (
        Change("day", f"{day}", "", "", describe_day(old, day), describe_day(new, day))
        for day in sorted(differ)
    )
    return [*_parts("calendar", "", "", frame(old), frame(new)), *days]


def _between(days: Iterable[date], first: date, last: date) -> Iterator[date]:
    return (day for day in days if first <= day <= last)


_SEEN_IN = {"late": ("base_day",), "roll": ("rolled_from",), "pauses": ("pauses", "paused")}
"""Where a rule shows that may as well have moved nothing."""


def because(before: Deadline, after: Deadline, /) -> tuple[Change, ...]:
    """What changed among the things that two deadlines of one run rest on."""
    return (*_rules(before, after), *_days(before, after), *_offsets(before, after))


def _rules(before: Deadline, after: Deadline) -> Iterator[Change]:
    was, now = before.edition, after.edition
    old = {"wording": was.law, **describe_rules(was.value)}
    new = {"wording": now.law, **describe_rules(now.value)}
    for change in _parts("limit", after.limit, now.law, old, new):
        seen = _SEEN_IN.get(change.part)
        if seen is None or any(getattr(before, at) != getattr(after, at) for at in seen):
            yield change


def _days(before: Deadline, after: Deadline) -> Iterator[Change]:
    """The days looked at that are off in one calendar and not in the other, or open otherwise."""
    old, new = before.calendar, after.calendar
    if old is new:
        return
    later = before.base_day != after.base_day
    looked_at = _looked_at(before, later=later) | _looked_at(after, later=later)
    first, last = max(old.first, new.first), min(old.last, new.last)
    for day in sorted(_between(looked_at, first, last)):
        hours = looked_at[day]
        if old.is_working(day) != new.is_working(day) or (
            hours and old.hours_of(day) != new.hours_of(day)
        ):
            was, now = (describe_day(calendar, day, hours=hours) for calendar in (old, new))
            yield Change("day", f"{day}", "", "", was, now)


def _looked_at(deadline: Deadline, *, later: bool) -> dict[date, bool]:
    """The days that a deadline rests on, and whether their opening hours matter.

    `later` is whether the day it is counted from is in question.
    """
    term, day_of = deadline.edition.value.term, deadline.calendar.place.day_of
    last = deadline.last_day or day_of(deadline.at)
    in_hours = isinstance(term, WorkingHours)
    looked_at: dict[date, bool] = {}
    # Later entries stand over earlier ones: from the day alone to the hours of it.
    if deadline.last_day and deadline.edition.value.roll.value == "next-working-day":
        looked_at |= dict.fromkeys(_span(deadline.rolled_from or last, last), False)
    if in_hours or isinstance(term, WorkingDays):
        spans = [(deadline.base_day, last)]
        spans += [(day_of(pause.start), day_of(pause.end)) for pause in deadline.pauses]
        for span in spans:
            # A term counted back ends before the day that it is counted from.
            looked_at |= dict.fromkeys(_span(min(span), max(span)), in_hours)
    # Received before closing or after it, on a day worked or not: there the hours tell.
    if later:
        looked_at |= dict.fromkeys(_span(day_of(deadline.base_at), deadline.base_day), True)
    return looked_at


def _span(first: date, last: date) -> Iterator[date]:
    return (first + n * _ONE_DAY for n in range((last - first).days + 1))


def _offsets(before: Deadline, after: Deadline) -> Iterator[Change]:
    """The offset, where the place has another at the start or at the end."""
    old, new = before.calendar.place, after.calendar.place
    for at in (before.base_at, before.at):
        was, now = old.local(at).utcoffset(), new.local(at).utcoffset()
        if was != now:
            yield Change("offset", new.name, "", "", f"{was}", f"{now}")
            return


@attrs.frozen
class Moved:
    """An open case whose day another law or calendar moves, from the deadline `before` to that `after`.

    `by` so many working days of the new calendar, negative when earlier; `overdue` if it would be at the
    instant asked, and is not now.
    """

    case: str
    limit: str
    before: Deadline
    after: Deadline
    by: int
    overdue: bool
    why: tuple[Change, ...]

    def __str__(self) -> str:
        days = f"{abs(self.by)} working day{'s' * (abs(self.by) != 1)}"
        how = f"{days} {'later' if self.by > 0 else 'earlier'}" if self.by else "the same day"
        stands = ", standing still" if self.after.paused else ""
        late = ", overdue" if self.overdue else ""
        was, now = (deadline.last_day or deadline.at for deadline in (self.before, self.after))
        move = f"{was} becomes {now} ({how}{stands}{late})"
        return "\n".join((f"{self.case}, {self.limit}: {move}", *(f"  {why}" for why in self.why)))


@attrs.frozen
class Unreadable:
    """A case that the new office would not count, with the code of its refusal."""

    case: str
    code: str
    why: str

    def __str__(self) -> str:
        return f"{self.case}: {self.why} [{self.code}]"


def reproject(
    cases: Iterable[Case], old: Office, new: Office, /, *, at: datetime
) -> tuple[Moved | Unreadable, ...]:
    """The open cases whose day moves when one office's law and calendar become another's.

    Only clocks that run or stand still are asked about, not those stopped or lapsed. A case
    that the new office cannot count is listed, open or closed. Nothing is changed.
    Raises `BrokenTrail` if the old office does not know a case; `BeyondCalendar` if a deadline lies outside
    the old calendar; `Malformed` if the instant is naive.

    `new` is the same office under the changed law or calendar.
    """
    at, read = instant(at), _readings(old, new)
    # What the old office reads the new one will find in the same journal.
    new = new.knowing({**old.stored, **old.tables})
    return tuple(move for case in cases for move in _reprojected(case, old, new, at, read))


Read = list[tuple[Change, frozenset[tuple[str, str]]]]


def _readings(old: Office, new: Office) -> Read:
    """The readings answered otherwise, each with the limits and wordings that its choices touch."""
    answered = ((name, old.readings.get(name), answer) for name, answer in new.readings.items())
    return [
        (Change("reading", name, "", "answer", was, now), new.law.readings[name].touches)
        for name, was, now in answered
        if was != now
    ]


def _reprojected(
    case: Case, old: Office, new: Office, at: datetime, read: Read
) -> Iterator[Moved | Unreadable]:
    running = _running(case, old)
    try:
        for clock, before in running.items():
            after = deadline_of(case, clock, office=new)
            if after and (before.at, before.paused) != (after.at, after.paused):
                yield _describe_move(case.id, before, after, at, read)
    except AkimatError as wrong:
        # Listed, and the others are still asked about: one case must not hide what becomes of them.
        yield Unreadable(case.id, wrong.code, str(wrong))


def _running(case: Case, office: Office) -> dict[str, Deadline]:
    """The deadlines of a case that run or stand still, by the limit of their clock."""
    deadlines = {clock.limit: deadline for _, _, clock, deadline in pending(case, office)}
    of = follow(case, office=office)
    # `pending` leaves out what stands still, for it cannot lapse; its day moves all the same.
    for limit in () if of.closed else of.runs:
        deadline = deadline_of(of, limit, office=office)
        if deadline and deadline.paused and deadline.stopped_at is None:
            deadlines[limit] = deadline
    return deadlines


def _describe_move(case: str, before: Deadline, after: Deadline, at: datetime, read: Read) -> Moved:
    day_of = after.calendar.place.day_of
    was, now = (deadline.last_day or day_of(deadline.at) for deadline in (before, after))
    why = because(before, after)
    touched = {(change.name, change.law) for change in why if change.kind == "limit"}
    return Moved(
        case,
        after.limit,
        before,
        after,
        after.calendar.between(was, now),
        after.missed(at) and not before.missed(at),
        (*(change for change, limits in read if limits & touched), *why),
    )
