"""Whether an office was really open: hours of it without any act, longer than chance makes them.

Rules. (1) An hour of office has an act or has none: many at once count once. (2) Chance is the office's own
rate by hour of the week outside the silence judged; none is expected in hours it has no rate of. (3) Where
acts come in bunches, by the day or by the week, so much less is known of it. (4) The level is of the whole
period: of a hundred offices that are always open five are named at the most. (5) Who is not named is not
cleared, and a silence is a reason to look: an office may be open and nobody come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from openakimat.calendar.worktime import WorkCalendar
from openakimat.errors import BeyondCalendar
from openakimat.report.figures.cases import Counted

LEVEL, LEAST = 0.05, 5
"""Acts in fewer hours than that say nothing of the others."""


def audit_silence(
    times: Iterable[datetime], calendar: WorkCalendar, first: date, last: date, /, *,
    each: float = 1.0,
) -> dict[str, Any]:  # fmt: skip
    """The silences of an office that are longer than chance, the longest first; `times` are of acts done there.

    Of acts that come of one another `each` tells how many do: that an answer follows a receipt says nothing new.

    Returns:
        ``n`` hours with an act of all its ``hours``; ``p`` of its longest silence, None where it is not
        judged; of each of the ``silences`` from which hour to which, how many, how many ``expected``, ``p``.

    >>> from openakimat import kz
    >>> times = [datetime.fromisoformat(f"2020-08-03T{hour}:30+06:00") for hour in range(10, 19)]
    >>> found = audit_silence(times, kz.calendar(), date(2020, 8, 3), date(2020, 8, 28))
    >>> [(one["since"], one["until"]) for one in found["silences"]]
    [('2020-08-04 09:00', '2020-08-28 19:00')]
    """
    import numpy as np

    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    spans = {day: [(a // 3600, -(-b // 3600)) for a, b in calendar.hours_of(day)] for day in days}
    opened = {day: sorted({h for span in of for h in range(*span)}) for day, of in spans.items()}
    hours, acts = [(day, h) for day, of in opened.items() for h in of], set[tuple[date, int]]()
    for at in map(calendar.place.local, times):
        # Whoever acts before or after hours was there.
        if here := opened.get(at.date()):
            acts.add((at.date(), min(here, key=lambda hour: abs(hour - at.hour))))
    act, kept = np.array([hour in acts for hour in hours]), np.ones(len(hours), np.bool_)
    cell = np.array([day.weekday() * 24 + hour for day, hour in hours], np.int64)
    on, n = np.array([(day - first).days for day, _ in hours], np.int64), len(acts)
    told: dict[str, Any] = {"n": n, "hours": len(hours), "p": None, "silences": []}
    if n < LEAST:
        return told

    def rates() -> Any:
        there = np.bincount(cell[kept], minlength=168)
        return (np.bincount(cell[act], minlength=168) / np.maximum(there, 1))[cell]

    sums, cuts = np.append(0, rates().cumsum()), [0, *(np.flatnonzero(act) + 1), len(hours) + 1]
    # The longest first, by how many hours with an act there would usually be.
    for start, end in sorted(pairwise(cuts), key=lambda run: sums[run[0]] - sums[run[1] - 1]):
        kept[start : end - 1] = False
        rate = rates()
        varies, off = (rate * (1 - rate))[kept].sum(), (act - rate)[kept]
        squares = ((np.bincount(of[kept], off) ** 2).sum() for of in (on, on // 7))
        m = n / max(each, *(one / varies for one in squares)) if varies else n / each
        expected = rate[start : end - 1].sum()
        # As many silences as there are acts, and one: that not one of them is as long.
        p = round(float(min(1.0, (m + 1) * (1 + expected / n) ** -m)), 6)
        told["p"] = p if told["p"] is None else told["p"]
        if p > LEVEL:
            break
        (day, since), (last, until) = hours[start], hours[end - 2]
        since, until = f"{day} {since:02}:00", f"{last} {until + 1:02}:00"
        silent = {"since": since, "until": until, "hours": int(end - 1 - start)}
        told["silences"].append({**silent, "expected": round(float(expected), 1), "p": p})
    return told


def list_silences(
    rows: Sequence[Counted], calendars: Mapping[str, WorkCalendar], until: datetime | None = None, /
) -> Iterator[dict[str, Any]]:
    """The silences of offices for a report, by what was received on paper and answered; ``n`` hours each.

    Of each from when it both received and answered until it last did, or to a later instant until which none is
    missing: a register of what came in a year, or was answered in it, has few acts of the months around it.
    ``n`` is 0 where an office has none, and None where it is not judged.
    """
    for office, calendar in sorted(calendars.items()):
        mine = [row for row in rows if row.office == office and row.procedure]  # or it is broken
        done, day_of = [row.done for row in mine if row.done], calendar.place.day_of
        ways = [[*map(day_of, of)] for of in ([row.received for row in mine], done) if of]
        found: dict[str, Any] = {"silences": [], "p": None}
        with suppress(BeyondCalendar):  # of which no hours are known
            if ways:
                last = day_of(until) if until else min(map(max, ways))
                times = [row.received for row in mine if not row.electronic] + done
                first, each = max(map(min, ways)), max(1.0, len(times) / len(mine))
                found = audit_silence(times, calendar, first, last, each=each)
        none = {"hours": None if found["p"] is None else 0, "p": found["p"]}
        for one in found["silences"] or [none]:
            when = f": {one['since']} – {one['until']}" if "since" in one else ""
            yield {"key": f"{office}{when}", "n": one["hours"], "p": one["p"]}
