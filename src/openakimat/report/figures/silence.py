"""Whether an office was really open: hours of it without any act, longer than chance makes them.

Rules. (1) An hour of office has an act or has none: many at once count once. (2) Chance is the office's own
rate by hour of the week outside the silence judged; none is expected in hours it has no rate of. (3) Where
acts come in bunches, by the day or by the week, so much less is known of it. (4) The level is of the whole
period: of a hundred offices that are always open five are named at the most. (5) Who is not named is not
cleared, and a silence is a reason to look: an office may be open and nobody come.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate, pairwise
from typing import Any

from openakimat.calendar.worktime import WorkCalendar
from openakimat.report.figures.cases import Counted

LEVEL, LEAST = 0.05, 5
"""Acts in fewer hours than that say nothing of the others."""

Hour = tuple[date, int]


def audit_silence(
    times: Iterable[datetime], calendar: WorkCalendar, first: date, last: date, /
) -> dict[str, Any]:
    """The silences of an office that are longer than chance, the longest first; `times` are of acts done there.

    Returns:
        ``n`` hours with an act of all its ``hours``; whether it is ``judged``; ``p`` of its longest silence;
        and of each of the ``silences`` when, how many ``hours``, how many with an act were ``expected``, ``p``.

    >>> from openakimat import kz
    >>> times = [datetime.fromisoformat(f"2020-08-03T{hour}:30+06:00") for hour in range(10, 19)]
    >>> found = audit_silence(times, kz.calendar(), date(2020, 8, 3), date(2020, 8, 28))
    >>> [(one["since"], one["until"]) for one in found["silences"]]
    [('2020-08-04T09:00', '2020-08-28T18:30')]
    """
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    spans = {day: calendar.hours_of(day) for day in days}
    opened = {
        day: sorted({h for a, b in of for h in range(a // 3600, -(-b // 3600))})
        for day, of in spans.items()
    }
    acts = set[Hour]()
    for at in map(calendar.place.local, times):
        # Whoever acts before or after hours was there.
        if here := opened.get(at.date()):
            acts.add((at.date(), min(here, key=lambda hour: abs(hour - at.hour))))
    hours = [(day, hour) for day, here in opened.items() for hour in here]
    n, p, silences, kept = len(acts), None, list[dict[str, Any]](), hours
    for silent in _longest_first(hours, acts) if n >= LEAST else ():
        kept = [hour for hour in kept if not silent[0] <= hour <= silent[-1]]
        rates = _rates(kept, acts)
        m, expected = n / _bunched(kept, acts, rates), sum(rates[_cell(hour)] for hour in silent)
        # As many silences as there are acts, and one: that not one of them is as long.
        chance = round(min(1.0, (m + 1) * (1 + expected / n) ** -m), 6)
        p = chance if p is None else p
        if chance > LEVEL:
            break
        (since, begins), (until, ends) = silent[0], silent[-1]
        closes = min(ends * 3600 + 3600, max(b for _, b in spans[until]))
        told = datetime.combine(since, time(begins)), datetime.combine(until, time()) + timedelta(seconds=closes)  # fmt: skip
        when = dict(
            zip(("since", "until"), (one.isoformat("T", "minutes") for one in told), strict=True)
        )
        silences.append({**when, "hours": len(silent), "expected": round(expected, 1), "p": chance})
    return {"n": n, "hours": len(hours), "judged": n >= LEAST, "p": p, "silences": silences}


def list_silences(
    rows: Sequence[Counted], calendars: Mapping[str, WorkCalendar], until: datetime | None = None, /
) -> Iterator[dict[str, Any]]:
    """The silences of offices for a report: by what was received otherwise than electronically, and answered.

    Up to the last act of each, or a later day until which nothing of it is missing: a register is over
    where it ends, and not its office. Of a silent stretch ``n`` is its hours; 0 where there is none, and
    None where an office is not judged.
    """
    for office, calendar in sorted(calendars.items()):
        mine = [row for row in rows if row.office == office]
        times = [row.received for row in mine if not row.electronic]
        times += [row.done for row in mine if row.done]
        if days := [*map(calendar.place.day_of, times)]:
            last = calendar.place.day_of(until) if until else max(days)
            found = audit_silence(times, calendar, min(days), max(*days, last))
            for one in found["silences"]:
                yield {
                    "key": f"{office}: {one['since']} – {one['until']}",
                    "n": one["hours"],
                    "p": one["p"],
                }
            if not found["silences"]:
                yield {"key": office, "n": 0 if found["judged"] else None, "p": found["p"]}


def _longest_first(hours: Sequence[Hour], acts: set[Hour]) -> Iterator[Sequence[Hour]]:
    """The stretches without an act, by how many acts there would usually be."""
    rates = _rates(hours, acts)
    sums = [0.0, *accumulate(rates[_cell(hour)] for hour in hours)]
    cuts = [-1, *(k for k, hour in enumerate(hours) if hour in acts), len(hours)]
    runs = [(a + 1, b) for a, b in pairwise(cuts) if b > a + 1]
    for start, end in sorted(runs, key=lambda run: sums[run[0]] - sums[run[1]]):
        yield hours[start:end]


def _cell(hour: Hour) -> tuple[int, int]:
    return hour[0].weekday(), hour[1]


def _rates(hours: Iterable[Hour], acts: Iterable[Hour]) -> Mapping[tuple[int, int], float]:
    """The share with an act of each hour of the week; none of those there are not."""
    there, some = Counter(map(_cell, hours)), Counter(map(_cell, acts))
    return defaultdict(float, {cell: some[cell] / n for cell, n in there.items()})


def _bunched(
    hours: Iterable[Hour], acts: set[Hour], rates: Mapping[tuple[int, int], float]
) -> float:
    """How many times as much as by chance days, or weeks, differ; 1 at least."""
    off, by_chance = defaultdict[tuple[int, int], float](float), 0.0
    for hour in hours:
        rate = rates[_cell(hour)]
        by_chance += rate * (1 - rate)
        for days in (1, 7):
            off[days, hour[0].toordinal() // days] += (hour in acts) - rate
    differ = (sum(one * one for (of, _), one in off.items() if of == days) for days in (1, 7))
    return max(1.0, *(one / by_chance for one in differ)) if by_chance else 1.0
