"""Pauses that look like a way round the clock, and offices that look closed.

Each finding is a reason to look: it tells what was seen, and how likely that is by chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from openakimat.calendar.worktime import WorkCalendar
from openakimat.report.figures.cases import Counted

BRINK = timedelta(hours=24)
"""A pause that begins with so little of the term left begins at its very end."""


def audit_pauses(
    rows: Iterable[Counted], /, *, at: datetime, brink: timedelta = BRINK
) -> dict[str, Any]:
    """Pauses opened at the brink of a breach, repeated, or kept up after their ground had ended.

    Returns:
        ``n`` pauses; the cases of each finding; ``p_brink``, the chance of so many at the brink
        had pauses begun anywhere in their terms; ``days_after_ground``, for all of them.
    """
    from scipy.stats import binomtest

    stops = [(row.case, stop) for row in rows for stop in row.stops]
    # What began after the end moved nothing.
    within = [(case, stop) for case, stop in stops if stop.left > timedelta()]
    brinks = [case for case, stop in within if stop.left <= brink]
    usual = [min(1.0, brink / (stop.left + stop.gone)) for _, stop in within]
    chance = sum(usual) / len(usual) if usual else 0.0
    alike = Counter((case, stop.ground) for case, stop in stops)
    ended = [(case, (stop.end or at) - stop.ended) for case, stop in stops if stop.ended]
    return {
        "n": len(stops),
        "brink": sorted({*brinks}),
        "p_brink": round(float(binomtest(len(brinks), len(usual), chance, "greater").pvalue), 6)
        if usual
        else None,
        "repeated": sorted({case for (case, _), n in alike.items() if n > 1}),
        "ground_ended": sorted({case for case, _ in ended}),
        "days_after_ground": round(sum((d for _, d in ended), timedelta()) / timedelta(days=1), 1),
    }


def longest_silence(
    rows: Iterable[Counted], first: date, last: date, calendar: WorkCalendar, /
) -> dict[str, Any]:
    """The longest run of working days on which an office received nothing, and the chance of one.

    By chance means: had its cases come on any of its working days alike. The level is a bound from
    above, and knows no season; an office with no case at all is not judged.

    Args:
        rows: Its cases.
        first, last: The days looked at, within its calendar.
        calendar: Its working days.
    """
    days = calendar.between(first - timedelta(days=1), last)
    came = [calendar.between(first - timedelta(days=1), row.received.date()) for row in rows]
    came = sorted(n for n in came if 1 <= n <= days)
    gaps = [(b - a - 1, a) for a, b in zip([0, *came], [*came, days + 1], strict=True)]
    if not came:
        return {"n": 0, "working_days": days, "silent_days": None, "after": None, "p": None}
    longest, since = max(gaps)
    p = min(1.0, (days - longest + 1) * ((days - longest) / days) ** len(came))
    after = calendar.after(first - timedelta(days=1), since) if since else first
    told = {"n": len(came), "working_days": days, "silent_days": longest}
    return told | {"after": after.isoformat(), "p": round(p, 6)}
