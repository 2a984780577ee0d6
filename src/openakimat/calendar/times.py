"""Instants are given; a day belongs to a place.

Rules. (1) Every instant is an aware datetime at a fixed offset; a naive one is refused. (2) The
UTC offset of a place is law, dated by day: the old offset runs until the
midnight it itself announces, so a day has 25 hours before clocks are set back one. (3) A day
ends at 24:00, which is the first instant of the next day. (4) What lies in no year that there is,
is `BeyondCalendar`.
"""

from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone

import attrs

from openakimat.dated import Dated
from openakimat.errors import BeyondCalendar, Malformed, describe_value, make_fault

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EDGES = frozenset({MINYEAR, MAXYEAR})
_DAY = 86_400
_MIDNIGHT = time()
_END = date.max.toordinal() + 1
EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


def instant(at: datetime, /, *, path: str = "at") -> datetime:
    """The instant given, if it is one, as a plain `datetime` at the fixed offset of the moment.

    Whoever counts then meets the same in a case at work and in a case read again: of an hour that
    comes twice, each is an instant of its own.
    Raises `Malformed` if it is not a datetime, it is naive, or its year is 1 or 9999, the days of which
    cannot be told everywhere on earth.

    >>> instant(datetime(2026, 3, 18, 18, 40))
    Traceback (most recent call last):
    openakimat.errors.Malformed: instant: at: 2026-03-18 18:40:00 names no UTC offset
    """
    # Asked of every act: one that is so already, as nearly all are, is given back as it is.
    if type(at) is datetime and type(at.tzinfo) is timezone and at.year not in _EDGES:
        return at
    if not isinstance(at, datetime):
        raise Malformed("instant", [make_fault(path, "no-datetime", describe_value(at))])
    # A subclass may tell its offset and its text otherwise than its parts do.
    plain = datetime.combine(datetime.date(at), datetime.timetz(at))
    if plain.year in _EDGES:
        # At another offset its day may be of the year before or after, which there is not.
        raise Malformed("instant", [make_fault(path, "edge-year", plain.year)])
    # A tzinfo may have no offset to give, and the datetime is naive all the same.
    if (offset := plain.utcoffset()) is None:
        raise Malformed("instant", [make_fault(path, "no-offset", plain)])
    return plain.replace(tzinfo=timezone(offset), fold=0)


@attrs.frozen
class Place:
    """Where days begin: a name and the dated UTC offset of its clocks, in seconds."""

    name: str
    offsets: Dated[int]
    _spans: tuple[tuple[float, int, timezone], ...] = attrs.field(init=False, repr=False, eq=False)
    _latest: tuple[float, int, timezone] = attrs.field(init=False, repr=False, eq=False)
    _settled: tuple[tuple[timezone, range], ...] = attrs.field(init=False, repr=False, eq=False)
    """Each offset, the latest first, and the ordinals of the days on which there is no other."""

    def __attrs_post_init__(self) -> None:
        """Turn the editions into spans of UTC seconds, newest first."""
        spans: list[tuple[float, int, timezone]] = []
        former: int | None = None
        for edition in self.offsets:
            # The oldest offset known stands for the time before it too.
            start = float("-inf")
            if former is not None:
                # The midnight of the change is told by the old clocks: they are set back, or on,
                # when they show 00:00.
                start = (edition.since.toordinal() - EPOCH_ORDINAL) * _DAY - former
            former = edition.value
            spans.insert(0, (start, former, timezone(timedelta(seconds=former))))
        object.__setattr__(self, "_spans", tuple(spans))
        object.__setattr__(self, "_latest", spans[0])
        # On those days an instant told in the offset shows the day of the place as it is. Not on that
        # of the change: where clocks are set on, its first hour is still the day before.
        changes = [edition.since.toordinal() for edition in self.offsets.editions[:0:-1]]
        days = map(range, (*(day + 1 for day in changes), 2), (_END, *changes))
        zones = (zone for _, _, zone in spans)
        object.__setattr__(self, "_settled", tuple(zip(zones, days, strict=True)))

    def _span(self, seconds: float) -> tuple[float, int, timezone]:
        for span in self._spans:
            if seconds >= span[0]:
                return span
        raise AssertionError("the oldest span has no start")

    def wall_seconds(self, at: datetime, /) -> int:
        """Seconds on the wall clock of the place since 1970-01-01 00:00 there."""
        gone = at - _EPOCH
        seconds = gone.days * _DAY + gone.seconds
        since, offset, _ = self._latest
        return seconds + (offset if seconds >= since else self._span(seconds)[1])

    def wall(self, at: datetime, /) -> tuple[int, int]:
        """What the wall clock of the place shows: the ordinal of the day, the second of it."""
        # Most instants come in the offset of the place: then the wall clock is read off.
        for zone, days in self._settled:
            if at.tzinfo == zone and (day := at.toordinal()) in days:
                return day, (at.hour * 60 + at.minute) * 60 + at.second
        day, second = divmod(self.wall_seconds(at), _DAY)
        return day + EPOCH_ORDINAL, second

    def day_of(self, at: datetime, /) -> date:
        """The day an instant belongs to here.

        >>> from openakimat.dated import Edition, Evidence
        >>> east = Edition(6 * 3600, "utc+6", date.min, "order on time", Evidence.CONFIRMED)
        >>> town = Place("town", Dated("offset", (east,)))
        >>> town.day_of(datetime.fromisoformat("2026-03-18T18:30+00:00"))
        datetime.date(2026, 3, 19)
        """
        for zone, days in self._settled:
            if at.tzinfo == zone and at.toordinal() in days:
                return at.date()
        return date.fromordinal(self.wall_seconds(at) // _DAY + EPOCH_ORDINAL)

    def start_of(self, day: date, /) -> datetime:
        """The first instant of a day: also the end, exclusive, of the day before."""
        for zone, days in self._settled:
            if day.toordinal() in days:
                return datetime.combine(day, _MIDNIGHT, zone)
        return self.at_wall((day.toordinal() - EPOCH_ORDINAL) * _DAY)

    def at_wall(self, wall: int, /) -> datetime:
        """When the wall clock shows so many seconds since 1970: the later instant of two."""
        # Newest first: of an hour that comes twice it is the second, so that a day ends at the
        # later of its two midnights. An hour that is skipped is counted by the old clocks.
        for start, offset, zone in self._spans:
            if wall - offset >= start:
                try:
                    return datetime.fromtimestamp(wall - offset, zone)
                except (ValueError, OverflowError):
                    why = f"{wall} seconds from 1970 is outside every calendar"
                    raise BeyondCalendar(why) from None
        raise AssertionError("the oldest span has no start")

    def local(self, at: datetime, /) -> datetime:
        """The same instant, told with the offset of this place."""
        for zone, days in self._settled:
            if at.tzinfo == zone and at.toordinal() in days:
                return at
        gone = at - _EPOCH
        return at.astimezone(self._span(gone.days * _DAY + gone.seconds)[2])

    def shift(self, at: datetime, by: timedelta, /) -> datetime:
        """The instant so much real time later, told with the offset of this place."""
        # At a fixed offset before, for in a zone what is added is time on the wall; and after, for
        # the offset then may be another.
        try:
            return self.local(self.local(at) + by)
        except OverflowError:
            raise BeyondCalendar(f"{by} from {at} is outside every calendar") from None
