"""Many cases at once: which are late under another limit, from the times that were recorded.

Rules. (1) Whether a case is late is a function of recorded times: what started its principal term,
stopped it, had it stand still and extended it. (2) A term that has run out stays so: of each pause and
extension it is asked whether it came in time. (3) What arrays do not hold is lived again, one by one: a
case reopened, entered later or extended twice, and a term that is not in days.
They know only limits that these cases are judged by, counted otherwise from the same moment.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, NamedTuple

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
from openakimat.limits.limit import TimeLimit
from openakimat.simulate.columns.days import Columns
from openakimat.simulate.columns.deadlines import move_on, worth
from openakimat.simulate.comparison import BY, Comparison, Count, Flip
from openakimat.simulate.relive import Lives
from openakimat.simulate.rule import Supposition, limit as supposed_limit, suppose
from openakimat.simulate.whatif import whatif

Days = NDArray[np.int64]
Which = NDArray[np.bool_]
Group = tuple[str, str, date]
"""A limit, the wording that it has, and a day of that."""

_NEVER = 2**40
_IN_DAYS = (WorkingDays, CalendarDays)


class Times(NamedTuple):
    """The days that the principal term of a case hangs on, since 1970-01-01; or columns of them.

    Attributes:
        base, counted: From which it is counted; the next of work, where that came after hours.
        end: When it stopped, or is judged; `stands`, whether it stands still then.
        extended, named: When it was extended and to which day; `_NEVER`, if it was not.
        place: How many pauses had begun by then; `within`, whether the last of them lasted.
    """

    base: Any
    counted: Any
    end: Any
    stands: Any
    extended: Any
    named: Any
    place: Any
    within: Any


@attrs.frozen(eq=False)
class Recorded:
    """Cases in arrays, to be given to `whatif`; made by `record`. Those that are not among them are the `rest`.

    Attributes:
        groups: By limit and wording, the places of the cases that are judged by it.
        times: As `Times` has them. Shape (cases, 8).
        pauses: The first day of each, its last, its first after an extension. Shape (cases, pauses, 3).
    """

    ids: Sequence[str]
    of: Mapping[str, NDArray[np.str_]]
    groups: Mapping[Group, NDArray[np.intp]]
    times: Days
    pauses: Days
    columns: Columns
    at: datetime
    rest: tuple[Case, ...] = ()

    def late(self, office: Office, /) -> tuple[Which, Days]:
        """Which of the cases are late by the law of an office, and the last day of each."""
        late, last = np.zeros(len(self.ids), np.bool_), np.zeros(len(self.ids), np.int64)
        for (limit, wording, since), places in self.groups.items():
            value = office.limit(limit, since, wording).value
            late[places], last[places] = self._late(value, places)
        return late, last

    def _late(self, limit: TimeLimit, places: NDArray[np.intp]) -> tuple[Which, Days]:
        times, pauses, term = Times(*self.times[places].T), self.pauses[places], limit.term
        base = times.counted if limit.late.value == "next-working-day" else times.base
        on, stood = partial(move_on, self.columns, term), partial(worth, self.columns, term)
        plain = on(base - (limit.first_day.value == "same"), term.n)
        late, last, none = np.zeros(len(places), np.bool_), plain, np.zeros_like(plain)
        moved, after = none, none

        def ask(day: Days, of: Which, extended: Which) -> None:
            """Whether what comes on a day finds the term over, by what came before."""
            nonlocal late, last
            days = on(plain, moved)
            named = np.where(extended, times.named, days)
            days = np.maximum(days, on(named, np.where(extended, after, none)))
            if limit.roll.value == "next-working-day":
                days = self.columns.after(days - 1, 1)
            last = np.where(late, last, days)
            late |= of & (day > last)

        for n in range(pauses.shape[1] + 1):
            # Too late it gives no time; while the term stands still, it cannot be too late.
            ask(times.extended, (times.place == n) & (times.within == 0), none > 0)
            extended = (times.place >= 0) & (times.place <= n)
            if n < pauses.shape[1]:
                first, end, later = pauses[:, n].T
                ask(first, first < _NEVER, extended)
                # While it lasts, it is worth nothing.
                first, later, end = (np.where(end < _NEVER, d, plain) for d in (first, later, end))
                moved, after = moved + stood(first, end), after + stood(later, end)
        ask(times.end, times.stands == 0, times.place >= 0)
        return late, last

    def compared(
        self, rules: tuple[Supposition, ...], office: Office, other: Office, at: datetime | None, /
    ) -> Comparison:
        """What comes of the cases at both offices; see `openakimat.simulate.whatif`.

        Raises `Malformed` if something is supposed that arrays do not know, or another instant is told.
        """
        if faults := [*self._unknown(rules, office, other, at)]:
            raise Malformed("whatif", faults)
        (before, was), (after, now) = (self.late(of) for of in (office, other))
        days = self.columns.rank(now) - self.columns.rank(was)
        flips = list[Flip]()
        for (limit, wording, since), places in self.groups.items():
            article = office.limit(limit, since, wording).source
            for n in map(int, places[before[places] != after[places]]):
                kind, topic, channel = (str(self.of[by][n]) for by in BY)
                of = self.ids[n], kind, topic, channel, bool(after[n]), limit, int(days[n])
                flips.append(Flip(*of, article=article))
        counts = {by: _count(values, before, after) for by, values in self.of.items()}
        total = Count(len(self.ids), int(before.sum()), int(after.sum()))
        moved = int((was != now).sum())
        mine = Comparison(rules, self.at, office.pack, total, counts, tuple(flips), moved)
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
    late = [np.bincount(places, of, len(names)).astype(int) for of in (before, after)]
    rows = zip(names.tolist(), counts.tolist(), *(of.tolist() for of in late), strict=True)
    return {name: Count(*of) for name, *of in rows}


def record(cases: Iterable[Case], office: Office, /, *, at: datetime) -> Recorded:
    """Cases in arrays, as they are judged at an instant: once, for any number of suppositions.

    The instant is not before any of their records.

    >>> from openakimat import kz
    >>> at = datetime.fromisoformat("2026-05-01T10:00+05:00")
    >>> record([], kz.office(), at=at).late(kz.office())[0].tolist()
    []
    """
    at, held, rest = instant(at), list[tuple[Case, Group, Times, list[list[int]]]](), list[Case]()
    forgiving = _without_lapses(office)
    for case in cases:
        if (told := _times(case, office, forgiving, at)) is None:
            rest.append(case)
        else:
            held.append((case, *told))
    pauses = np.full((len(held), max((len(p) for *_, p in held), default=0), 3), _NEVER)
    groups: dict[Group, list[int]] = {}
    for n, (_, group, _, stood) in enumerate(held):
        pauses[n, : len(stood)] = np.array(stood).reshape(-1, 3)
        groups.setdefault(group, []).append(n)
    received = [case.received for case, *_ in held]
    return Recorded(
        [case.id for case, *_ in held],
        {by: np.array([getattr(one, by) for one in received], str) for by in BY},
        {group: np.array(places) for group, places in groups.items()},
        np.array([times for _, _, times, _ in held], np.int64).reshape(-1, len(Times._fields)),
        pauses,
        Columns(office.calendar),
        at,
        tuple(rest),
    )


def _without_lapses(office: Office) -> Office:
    """The office, no principal term in days of which ever runs out."""
    charts = (edition.value for dated in office.law.procedures.values() for edition in dated)
    clocks = (clock for table in charts for clock in table.clocks.values() if clock.principal)
    keys = {key for clock in clocks for key in clock.limits}
    rules = [
        supposed_limit(key, calendar_days=_AGES, wording=edition.law, roll="none")
        for key in keys
        for edition in office.law.limits[key]
        if isinstance(edition.value.term, _IN_DAYS)
    ]
    return suppose(office, rules)


_AGES = 100_000


def _times(
    case: Case, office: Office, forgiving: Office, at: datetime
) -> tuple[Group, Times, list[list[int]]] | None:
    """What the principal term of a case hangs on; None, where arrays do not hold it."""
    if case.records[-1].at > at or any(record.entered for record in case.sealed):
        return None
    clocks = [c.limit for c in office.revision_of(case.under).clocks.values() if c.principal]
    of = follow(case, office=office)
    limits = [limit for limit in clocks if limit in of.runs]
    if len(limits) != 1 or (due := deadline_of(of, limits[0], office=office)) is None:
        return None
    if of.runs[limits[0]].lapsed is not None:
        # What people did is what it would be, had the law not acted upon it.
        life = Lives({case.id: case}, forgiving, at).life(case.id)
        if life.of is None:
            return None
        of = life.of
    run, limit = of.runs[limits[0]], due.edition.value
    again = any(one == limits[0] for one, _ in of.over) or run.became or len(run.extensions) > 1
    if again or of.is_ahead(limits[0]) or not isinstance(limit.term, _IN_DAYS):
        return None

    def day(at: datetime) -> int:
        return office.day_of(at).toordinal() - EPOCH_ORDINAL

    named, signed = next(iter(run.extensions), (None, datetime.max.replace(tzinfo=UTC)))
    stood = [(start, end) for start, end in run.counted(limit.pauses) if start >= due.base_at]
    lasting = [of for ground, of, end in run.pauses if end is None and ground in limit.pauses]
    # Of several that last, the first has stopped it, and whatever resumes it ends them all.
    stood += [(of, at) for of in sorted(lasting)[:1]]
    place = sum(start <= signed for start, _ in stood) if named else -1
    # What was over when an extension was signed moves nothing of the day that it names.
    pauses = [[day(start), day(end), day(min(max(start, signed), end))] for start, end in stood]
    stopped = run.stopped or (of.case.records[-1] if of.closed else None)
    stands = stopped is None and bool(lasting)
    if stands:
        pauses[-1][1:] = [_NEVER, _NEVER]
    times = Times(
        day(due.base_at), office.calendar.counted_on(due.base_at).toordinal() - EPOCH_ORDINAL,
        day(stopped.at if stopped else at), stands, day(signed) if named else _NEVER,
        named.toordinal() - EPOCH_ORDINAL if named else 0, place,
        any(start <= signed < end for start, end in stood),
    )  # fmt: skip
    return (limit.key, due.edition.law, office.day_of(due.base_at)), times, pauses
