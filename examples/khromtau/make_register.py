"""Make the register of a year at the published volumes of Khromtau. SYNTHETIC DATA.

From 1 January to 19 November 2020 the district reported over 600 applications, over 500
appeals and other inquiries, and 95 applications at the personal reception. This script
draws as many rows with a fixed seed: who wrote, when and about what is invented; the
topics are those the report names.

    uv run python examples/khromtau/make_register.py
"""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, time, timedelta
from pathlib import Path

from openakimat import kz
from openakimat.calendar.worktime import WorkCalendar

SEED = 20201119
FIRST, LAST = date(2020, 1, 3), date(2020, 11, 19)
VOLUMES = {"application": 612, "other": 508, "reception": 95}
OTHER_KINDS = ("notification", "proposal", "response", "inquiry")
TOPICS = (
    "street lighting",
    "greening",
    "employment",
    "communications",
    "land",
    "housing and utilities",
    "help to a disabled child",
    "social questions",
)
COLUMNS = (
    "number",
    "kind",
    "channel",
    "topic",
    "received_at",
    "registered_at",
    "inquired_at",
    "redirected_at",
    "redirected_to",
    "answered_at",
    "outcome",
)


def _moment(draw: random.Random, day: date, first: int, last: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=draw.randrange(first * 60, last * 60))


def _row(
    draw: random.Random, serial: int, kind: str, channel: str, calendar: WorkCalendar
) -> dict[str, str]:
    """One invented row: most are answered well within the term, a few are late."""
    day = FIRST + timedelta(days=draw.randrange((LAST - FIRST).days + 1))
    if channel == "reception":
        day = min(calendar.on_or_after(day), LAST)
    received = _moment(draw, day, 9, 18) if channel == "reception" else _moment(draw, day, 7, 23)
    zone = calendar.place.start_of(day).tzinfo
    counted = calendar.counted_on(received.replace(tzinfo=zone))
    registered = max(received, _moment(draw, counted, 9, 12))
    row = {
        "number": kz.numbers.registration_number(2020, serial),
        "kind": kind,
        "channel": channel,
        "topic": draw.choice(TOPICS),
        "received_at": f"{received:%Y-%m-%d %H:%M}",
    }
    if counted > LAST:
        return row
    row["registered_at"] = f"{registered:%Y-%m-%d %H:%M}"
    fate = draw.random()
    if fate < 0.07:
        row |= _redirected(counted, calendar)
    else:
        row |= _considered(draw, counted, kind, calendar, late=fate > 0.96, checked=fate > 0.80)
    return row


def _redirected(counted: date, calendar: WorkCalendar) -> dict[str, str]:
    day = calendar.after(counted, 2)
    if day > LAST:
        return {}
    return {"redirected_at": f"{day} 11:00", "redirected_to": "department of the oblast"}


def _considered(
    draw: random.Random,
    counted: date,
    kind: str,
    calendar: WorkCalendar,
    *,
    late: bool,
    checked: bool,
) -> dict[str, str]:
    """Answered in 2 to 14 days; in up to 29 where others were asked; the late ones after that."""
    allowed = 30 if checked else 15
    days = draw.randrange(allowed + 3, allowed + 12) if late else draw.randrange(2, allowed - 1)
    row = {"inquired_at": f"{calendar.after(counted, 1)} 10:00"} if checked else {}
    answered = calendar.on_or_after(counted + timedelta(days=days))
    if not late:
        answered = min(
            answered, max(d for d in calendar.days[1:] if d <= counted + timedelta(days=allowed))
        )
    if answered <= LAST:
        row |= {"answered_at": f"{answered} 16:00", "outcome": _outcome(draw, kind)}
    return {
        key: value
        for key, value in row.items()
        if value[:10] <= LAST.isoformat() or key == "outcome"
    }


def _outcome(draw: random.Random, kind: str) -> str:
    if kind == "application":
        return draw.choice(("satisfied", "partly-satisfied", "explained", "refused"))
    return draw.choice(("explained", "satisfied"))


def rows(seed: int = SEED) -> list[dict[str, str]]:
    """All rows, in the order they were received."""
    draw = random.Random(seed)  # noqa: S311 - invented data, drawn again by anyone
    calendar = kz.office("khromtau").calendar
    kinds = [("application", draw.choice(("paper", "egov"))) for _ in range(VOLUMES["application"])]
    kinds += [
        (draw.choice(OTHER_KINDS), draw.choice(("paper", "egov"))) for _ in range(VOLUMES["other"])
    ]
    kinds += [("application", "reception")] * VOLUMES["reception"]
    made = [_row(draw, 0, kind, channel, calendar) for kind, channel in kinds]
    made.sort(key=lambda row: row["received_at"])
    for serial, row in enumerate(made, start=1):
        row["number"] = kz.numbers.registration_number(2020, serial)
    return made


def write(path: Path) -> None:
    """Write the register as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())


if __name__ == "__main__":
    write(Path(__file__).with_name("register.csv"))
