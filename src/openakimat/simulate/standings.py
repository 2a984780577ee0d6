"""Many cases at once: which are late under another limit, from the times that were recorded.

Rules. (1) Whether a case is late is a function of recorded times: what started its principal term, and
what stopped it. (2) What arrays do not hold is lived again, one by one: a case paused, extended, reopened
or entered later, and a term that is not in days.
They know only limits that these cases are judged by, counted otherwise from the same moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

import attrs
import numpy as np
from numpy.typing import NDArray

from openakimat.calendar.terms import CalendarDays, WorkingDays
from openakimat.calendar.times import EPOCH_ORDINAL, instant
from openakimat.case.record import Case
from openakimat.errors import Fault, Malformed
from openakimat.judgement.deadlines import deadline_of
from openakimat.judgement.running import follow
from openakimat.law.office import Office
from openakimat.simulate.arrays import Columns
from openakimat.simulate.comparison import BY, Comparison, Count, Flip
from openakimat.simulate.relive import Lives
from openakimat.simulate.rule import Supposition, limit as supposed_limit, suppose
from openakimat.simulate.whatif import whatif

Days = NDArray[np.int64]
Which = NDArray[np.bool_]
Group = tuple[str, str, date]
"""A limit, the wording that it has, and a day of that."""

_AGES = 100_000
_IN_DAYS = (WorkingDays, CalendarDays)


@attrs.frozen(eq=False)
class Recorded:
    """Cases in arrays, to be given to `whatif`; made by `record`.

    Attributes:
        of: Of each of `BY`, the value of each case.
        groups: By limit and wording, the places of the cases that are judged by it.
        times: Days since 1970-01-01: from which it is counted; the same, or the next of work after
            hours; on which it stopped, or is judged. Shape (cases, 3).
        rest: The cases that are not among them.
    """

    ids: Sequence[str]
    of: Mapping[str, NDArray[np.str_]]
    groups: Mapping[Group, NDArray[np.intp]]
    times: Days
    columns: Columns
    at: datetime
    rest: tuple[Case, ...] = ()

    def late(self, office: Office, /) -> tuple[Which, Days]:
        """Which of the cases are late by the law of an office, and the last day of each."""
        last = np.zeros(len(self.ids), np.int64)
        for (key, wording, since), places in self.groups.items():
            limit = office.limit(key, since, wording).value
            from_day, worked, _ = self.times[places].T
            base = worked if limit.late.value == "next-working-day" else from_day
            base, n = base - (limit.first_day.value == "same"), limit.term.n
            days = isinstance(limit.term, CalendarDays)
            ends: Days = base + n if days else self.columns.after(base, n)
            rolls = limit.roll.value == "next-working-day"
            last[places] = self.columns.after(ends - 1, 1) if rolls else ends
        return self.times[:, 2] > last, last

    def compared(
        self, rules: tuple[Supposition, ...], office: Office, other: Office, at: datetime | None, /
    ) -> Comparison:
        """What comes of the cases at both offices; see `openakimat.simulate.whatif`.

        Raises:
            Malformed: Something is supposed that arrays do not know, or another instant is told.
        """
        if faults := [*self._unknown(rules, office, other, at)]:
            raise Malformed("whatif", faults)
        (before, was), (after, now), flips = self.late(office), self.late(other), list[Flip]()
        ends = np.stack((was, now), 1) + EPOCH_ORDINAL
        for (limit, wording, since), places in self.groups.items():
            article = office.limit(limit, since, wording).source
            for n in map(int, places[before[places] != after[places]]):
                days = office.calendar.between(*map(date.fromordinal, ends[n].tolist()))
                kind, topic, channel = (str(self.of[by][n]) for by in BY)
                of = (self.ids[n], kind, topic, channel, bool(after[n]), limit, days)
                flips.append(Flip(*of, article=article))
        by = {name: _count(values, before, after) for name, values in self.of.items()}
        total = Count(len(self.ids), int(before.sum()), int(after.sum()))
        moved = int((was != now).sum())
        mine = Comparison(rules, self.at, office.law, total, by, tuple(flips), moved)
        return whatif(self.rest, office, *rules, at=self.at).joined(mine) if self.rest else mine

    def _unknown(
        self, rules: tuple[Supposition, ...], office: Office, other: Office, at: datetime | None
    ) -> Iterator[Fault]:
        if at is not None and instant(at) != self.at:
            yield Fault("at", f"the cases are recorded as of {self.at}")
        limits = {limit for limit, _, _ in self.groups}
        for of in rules:
            if limits and (of.kind != "limit" or of.of not in limits):
                yield Fault(f"{of.kind} {of.of}", "arrays do not know it: give the cases")
        for limit, wording, since in self.groups:
            was, now = (of.limit(limit, since, wording).value for of in (office, other))
            same = (was.base.value, was.pauses) == (now.base.value, now.pauses)
            if not (same and isinstance(now.term, _IN_DAYS)):
                yield Fault(limit, "arrays count days, from the same moment, with the same pauses")


def _count(values: NDArray[np.str_], before: Which, after: Which) -> dict[str, Count]:
    names, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    late = [np.bincount(places, of, len(names)).astype(int).tolist() for of in (before, after)]
    return dict(zip(names.tolist(), map(Count, counts.tolist(), *late), strict=True))


def record(cases: Iterable[Case], office: Office, /, *, at: datetime) -> Recorded:
    """Cases in arrays, as they are judged at an instant: once, for any number of suppositions.

    >>> from openakimat import kz
    >>> at = datetime.fromisoformat("2026-05-01T10:00+05:00")
    >>> record([], kz.office(), at=at).late(kz.office())[0].tolist()
    []
    """
    at, held, rest = instant(at), list[Case](), list[Case]()
    forgiving, groups, rows = _without_lapses(office), dict[Group, list[int]](), list[list[int]]()
    for case in cases:
        if (told := _times(case, office, forgiving, at)) is None:
            rest.append(case)
            continue
        groups.setdefault(told[0], []).append(len(held))
        held.append(case)
        rows.append([day.toordinal() - EPOCH_ORDINAL for day in told[1]])
    return Recorded(
        [case.id for case in held],
        {by: np.array([getattr(case.received, by) for case in held], str) for by in BY},
        {group: np.array(places) for group, places in groups.items()},
        np.array(rows, np.int64).reshape(-1, 3), Columns(office.calendar), at, tuple(rest),
    )  # fmt: skip


def _without_lapses(office: Office) -> Office:
    """The office, no principal term in days of which ever runs out."""
    charts = (edition.value for dated in office.law.procedures.values() for edition in dated)
    clocks = (clock for table in charts for clock in table.clocks.values() if clock.principal)
    rules = [
        supposed_limit(key, calendar_days=_AGES, wording=edition.law, roll="none")
        for key in {key for clock in clocks for key in clock.limits}
        for edition in office.law.limits[key]
        if isinstance(edition.value.term, _IN_DAYS)
    ]
    return suppose(office, rules)


def _times(
    case: Case, office: Office, forgiving: Office, at: datetime
) -> tuple[Group, tuple[date, date, date]] | None:
    """What the principal term of a case hangs on; None, where arrays do not hold it."""
    if case.records[-1].at > at or any(record.entered for record in case.sealed):
        return None
    clocks = [c.limit for c in office.revision_of(case.under).clocks.values() if c.principal]
    of = follow(case, office=office)
    keys = [key for key in clocks if key in of.runs]
    if len(keys) != 1 or (due := deadline_of(of, keys[0], office=office)) is None:
        return None
    if of.runs[keys[0]].lapsed is not None:
        # What people did is what it would be, had the law not acted upon it.
        life = Lives({case.id: case}, forgiving, at).life(case.id)
        if life.of is None:
            return None
        of = life.of
    run, limit = of.runs[keys[0]], due.edition.value
    stood = run.extensions or any(ground in limit.pauses for ground, *_ in run.pauses)
    again = any(key == keys[0] for key, _ in of.over) or run.became
    if stood or again or of.is_ahead(keys[0]) or not isinstance(limit.term, _IN_DAYS):
        return None
    stopped, day = (
        run.stopped or (of.case.records[-1] if of.closed else None),
        office.day_of(due.base_at),
    )
    ends = office.day_of(stopped.at if stopped else at)
    worked = office.calendar.counted_on(due.base_at)
    return (limit.key, due.edition.law, day), (day, worked, ends)
