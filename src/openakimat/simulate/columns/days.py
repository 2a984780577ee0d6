"""A working calendar for whole columns: NumPy over the tables of `WorkCalendar`.

Rules. (1) The tables are the calendar's own: what `WorkCalendar` says of one, `Columns`
says of each. (2) A day is days since 1970-01-01; an instant is seconds since 1970-01-01
00:00 UTC, and becomes the wall clock of the place by its dated offset. (3) One element
outside the calendar refuses the whole call, and is named. (4) Nothing is searched for:
an element costs one division and a few reads.
"""

from datetime import timedelta
from functools import cached_property
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from openakimat.calendar.days import Interval
from openakimat.calendar.times import EPOCH_ORDINAL
from openakimat.calendar.worktime import WorkCalendar
from openakimat.errors import BeyondCalendar, Fault, Malformed

_DAY = 86_400

_BLOCK = 16_384
"""As many elements at a time as the cache of a processor holds."""

Days = TypeVar("Days", np.int32, np.int64, np.datetime64)
Seconds = TypeVar("Seconds", np.int32, np.int64)


class Columns:
    """A calendar that answers for whole columns.

    Arrays may have any shape and order, and the two of a call are broadcast. Whole
    numbers are int32 or int64; int32 seconds reach 2038, and are the faster.
    A table of the calendar becomes an array when first needed.

    >>> from openakimat import kz
    >>> columns = Columns(kz.calendar())
    >>> columns.after(np.array(["2026-03-19", "2026-08-20"], "datetime64[D]"), 15)
    array(['2026-04-14', '2026-09-10'], dtype='datetime64[D]')
    """

    def __init__(self, calendar: WorkCalendar, /) -> None:
        self.calendar = calendar
        self._day_one = calendar.first.toordinal() - EPOCH_ORDINAL

    def after(self, days: NDArray[Days], working_days: int | NDArray[Any], /) -> NDArray[Days]:
        """The n-th working day after each day, itself not counted; n is at least 1, one for all or each.

        Days are told since 1970-01-01 (int32 or int64) or as datetime64[D], and given back alike.
        Raises `BeyondCalendar` if a day, or the day it leads to, is outside the calendar; `Malformed` if an
        array holds something else.

        >>> from openakimat import kz
        >>> Columns(kz.calendar()).after(np.array([20531], np.int32), np.array([15, 16]))
        array([20557, 20558], dtype=int32)
        """
        numbers = _whole("days", days, "M8[D]")
        n = _whole("working_days", np.asarray(working_days))
        if n.size and n.min() < 1:
            raise ValueError(f"working_days is {n.min()}, not 1 or more")
        ranks = self.rank(days) + n
        if (place := _outside(ranks, 0, len(self._days))) is not None:
            raise self._beyond("working days after days", np.broadcast_to(days, ranks.shape), place)
        last_days: NDArray[Days] = self._days.take(ranks).astype(numbers.dtype).view(days.dtype)
        return last_days

    def rank(self, days: NDArray[Days], /) -> NDArray[np.intp]:
        """How many working days of the calendar there are up to each day, itself included.

        Raises `BeyondCalendar` if a day is outside the calendar; `Malformed` if the array holds no days.

        >>> from openakimat import kz
        >>> np.diff(Columns(kz.calendar()).rank(np.array(["2026-03-19", "2026-03-26"], "M8[D]")))
        array([2])
        """
        numbers = _whole("days", days, "M8[D]")
        # Looked for beforehand: `take` reads a place below nothing from the other end.
        if (place := _outside(numbers, self._day_one, self._day_one + len(self._rank))) is not None:
            raise self._beyond("days", days, place)
        return self._rank.take(numbers - self._day_one)

    @cached_property
    def _days(self) -> NDArray[np.int32]:
        """The n-th working day since 1970-01-01, after one place left empty. Shape (n + 1,)."""
        return np.array([day.toordinal() - EPOCH_ORDINAL for day in self.calendar.days], np.int32)

    @cached_property
    def _rank(self) -> NDArray[np.intp]:
        """Working days up to each day of the calendar, itself included. Shape (days,)."""
        works = np.zeros(len(self.calendar.spans), np.intp)
        works[self._days[1:] - self._day_one] = 1
        return works.cumsum()

    @overload
    def worked(
        self, starts: NDArray[np.datetime64], ends: NDArray[np.datetime64], /
    ) -> NDArray[np.timedelta64]: ...

    @overload
    def worked(self, starts: NDArray[Seconds], ends: NDArray[Seconds], /) -> NDArray[Seconds]: ...

    def worked(self, starts: NDArray[Any], ends: NDArray[Any], /) -> NDArray[Any]:
        """Working time from each start to its end; negative where they are in reverse order.

        Instants are seconds since 1970-01-01 00:00 UTC (int32 or int64) or datetime64[s]; the time is
        told in seconds of the wider kind given, timedelta64[s] for datetime64[s].
        Raises `BeyondCalendar` if an instant is outside the calendar; `Malformed` if an array holds
        something else, or the two differ in kind.

        >>> from openakimat import kz
        >>> friday = np.array(["2026-03-13T12:30"], "datetime64[s]")
        >>> Columns(kz.calendar()).worked(friday, friday + np.timedelta64(3, "D"))
        array([28800], dtype='timedelta64[s]')
        """
        first, last = _whole("starts", starts, "M8[s]"), _whole("ends", ends, "M8[s]")
        if starts.dtype.kind != ends.dtype.kind:
            raise Malformed(
                "arrays", [Fault("ends", f"{ends.dtype}, where starts is {starts.dtype}")]
            )
        if self.calendar.week == "24x7":
            gone: NDArray[Any] = ends - starts
            return gone
        for name, instants, seconds in (("starts", starts, first), ("ends", ends, last)):
            if (place := _outside(seconds, *self._reach)) is not None:
                raise self._beyond(name, instants, place)
        first, last = np.broadcast_arrays(first, last)
        gone = np.empty(first.shape, np.promote_types(first.dtype, last.dtype))
        first, last, flat = first.reshape(-1), last.reshape(-1), gone.reshape(-1)
        for at in range(0, gone.size, _BLOCK):
            block = slice(at, at + _BLOCK)
            flat[block] = self._work(last[block]) - self._work(first[block])
        return gone.view("m8[s]") if starts.dtype.kind == "M" else gone

    def wall_seconds(self, instants: NDArray[Any], /) -> NDArray[np.int64]:
        """Seconds on the wall clock of the place since 1970-01-01 00:00 there; of instants as in `worked`.

        Raises `Malformed` if the array holds something else.

        >>> from openakimat import kz
        >>> told = np.array(["2026-03-18T17:30", "2026-03-18T19:30"], "datetime64[s]")
        >>> Columns(kz.calendar()).wall_seconds(told).view("datetime64[s]")
        array(['2026-03-18T22:30:00', '2026-03-19T00:30:00'], dtype='datetime64[s]')
        """
        return self._wall(_whole("instants", instants, "M8[s]").astype(np.int64), 0, np.int64)

    def _wall(self, instants: NDArray[Any], since: int, kind: type[Any]) -> NDArray[Any]:
        """Seconds on the wall clock since a second of it, of a kind that must hold them."""
        (_, oldest), *changes = self._offsets
        wide = np.promote_types(instants.dtype, kind)
        wall: NDArray[Any] = np.subtract(instants, since - oldest, dtype=wide).astype(kind)
        for changed_at, change in changes:
            wall += (instants >= changed_at) * kind(change)
        return wall

    def _work(self, instants: NDArray[Any]) -> NDArray[Any]:
        """Seconds of work from the start of the calendar to each instant."""
        second = self._wall(instants, self._day_one * _DAY, self._kind)
        day = (second // _DAY).astype(np.intp)
        # "clip" only because it is the faster: nothing outside comes here.
        done: NDArray[Any] = self._before.take(day, mode="clip")
        for opens, length in self._openings:
            open_for = second - opens.take(day, mode="clip")
            most = length.take(day, mode="clip") if length.ndim else length
            done += np.clip(open_for, 0, most, out=open_for)
        return done

    @cached_property
    def _kind(self) -> type[Any]:
        return np.int32 if (len(self.calendar.spans) + 1) * _DAY < 2**31 else np.int64

    @cached_property
    def _reach(self) -> tuple[int, int]:
        place, calendar = self.calendar.place, self.calendar
        days = calendar.first, calendar.last + timedelta(days=1)
        first, past = (int(place.start_of(day).timestamp()) for day in days)
        return first, past

    @cached_property
    def _offsets(self) -> list[tuple[int, int]]:
        """The oldest offset, then each change of it, with the instant at which it comes."""
        changes, before = [], 0
        for edition in self.calendar.place.offsets:
            # At the midnight that the old clocks show, as `Place` has it.
            midnight = (edition.since.toordinal() - EPOCH_ORDINAL) * _DAY
            changes.append((midnight - before, edition.value - before))
            before = edition.value
        return changes

    @cached_property
    def _before(self) -> NDArray[Any]:
        """Seconds of work before each day of the calendar. Shape (days,)."""
        return np.array(self.calendar.work_before[:-1], self._kind)

    @cached_property
    def _openings(self) -> list[tuple[NDArray[Any], NDArray[Any]]]:
        """The first openings of all days, the second ones, and so on."""
        # Days with fewer openings than others are filled up, so that no element needs a branch.
        spans = self.calendar.spans
        most = max(map(len, spans), default=0)
        full = [day + (_NEVER,) * (most - len(day)) for day in spans]
        return [self._opening([day[nth] for day in full]) for nth in range(most)]

    def _opening(self, spans: list[Interval]) -> tuple[NDArray[Any], NDArray[Any]]:
        """When each day opens, in seconds since the calendar began, and for how long.

        Shapes: (days,), and () or (days,): one length where all days have the same.
        """
        opens = [no * _DAY + opens for no, (opens, _) in enumerate(spans)]
        lengths = [closes - opens for opens, closes in spans]
        # A day off has its opening at midnight after it, so that whatever the length no second of
        # the day is in it: then one length will do for all.
        if len({length for length in lengths if length}) == 1:
            return np.array(opens, self._kind), np.array(max(lengths), self._kind)
        return np.array(opens, self._kind), np.array(lengths, self._kind)

    def _beyond(self, name: str, array: NDArray[Any], place: int) -> BeyondCalendar:
        at = ", ".join(map(str, np.unravel_index(place, array.shape)))
        ends = f"{self.calendar.first} to {self.calendar.last}"
        return BeyondCalendar(f"{name}[{at}], {array.flat[place]}, is outside the calendar {ends}")


_NEVER: Interval = (_DAY, _DAY)
"""The opening of a day that has none: at its end, for no time."""


def _whole(name: str, array: NDArray[Any], moment: str = "") -> NDArray[Any]:
    """An array as whole numbers, if it holds those or moments of one unit."""
    if array.dtype in (np.int32, np.int64):
        return array
    # NaT is the least number there is: whoever looks for what is outside finds it.
    if moment and array.dtype == np.dtype(moment):
        return array.view(np.int64)
    kinds = f"int32, int64 or {np.dtype(moment)}" if moment else "int32 or int64"
    raise Malformed("arrays", [Fault(name, f"{array.dtype}, not {kinds}")])


def _outside(numbers: NDArray[Any], first: int, past: int) -> int | None:
    """The first place, in C order, whose number is under the first or is the one past or more."""
    # The ends first: which element it is, is asked only when there is one.
    if not numbers.size or (first <= numbers.min() and numbers.max() < past):
        return None
    return int(np.argmax((numbers < first) | (numbers >= past)))
