"""A real log counted twice: by the library, and by a few lines that know nothing of it.

The count beside ours reads the log and the days off for itself and knows three sentences of law: from
which moment, whether its day is the first, how many days. No verdict differs; what we do not judge is
explained row by row.
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from openakimat import kz, register
from openakimat.judgement.docket import LATE

ROOT = Path(__file__).parents[2]
LOG = ROOT.parent / "shared" / "data" / "receipt.csv"
MAPPING = ROOT / "examples" / "receipt" / "mapping.toml"
AT = datetime.fromisoformat("2012-01-31T18:30+06:00")
CLOSES = (18, 30)
DAY = timedelta(days=1)
NOT_JUDGED = {
    "l221": {"refused-told": 23, "hangs-on-reading": 9},
    "appc-2021": {"refused-told": 23, "hangs-on-reading": 10},
    "appc-2026": {"refused-told": 23},
}

EARLIER = ("l221", "appc-2021")
N_LATE = {"l221": 1317, "appc-2021": 1249, "appc-2026": 861}

Case = tuple[datetime, datetime | None, datetime | None]
"""When it was received, registered and answered, by the clock on the wall."""


def days_off() -> dict[date, bool]:
    """Of each day that differs from the plain week, whether it is off."""
    file = tomllib.loads((ROOT / "src/openakimat/kz/workdays.toml").read_text("utf-8"))
    return {
        day["on"]: day["is"] != "working-day"
        for day in file["days"]
        if "five-day" in day.get("weeks", ["five-day"]) and "known_until" not in day
    }


OFF = days_off()


def works(day: date) -> bool:
    return not OFF.get(day, day.weekday() >= 5)


def roll(day: date) -> date:
    while not works(day):
        day += DAY
    return day


def last_day(wording: str, case: Case, *, first: bool) -> date:
    """The last day of the term; `first` says whether the day it is counted from is the first."""
    received, registered, _ = case
    if wording == "appc-2026":
        assert registered is not None
        received = registered
    day = received.date()
    if wording == "l221":
        # What comes after closing or on a day off came on the next working day.
        if not works(day) or (received.hour, received.minute) >= CLOSES:
            day = roll(day + DAY)
        return roll(day + timedelta(days=14 if first else 15))
    left = 15
    if not first:
        day += DAY
    while True:
        left -= works(day)
        if not left:
            return day
        day += DAY


def read_log() -> dict[str, Case]:
    def wall(text: str) -> datetime | None:
        return datetime.fromisoformat(text).replace(tzinfo=None, second=0, microsecond=0) if text else None  # fmt: skip

    cases: dict[str, Case] = {}
    confirmed: dict[str, datetime] = {}
    with LOG.open(encoding="utf-8", newline="") as file:
        for event in csv.DictReader(file):
            number = event["case:concept:name"]
            if number not in cases:
                received = wall(event["case:startdate"])
                assert received is not None
                cases[number] = received, None, wall(event["case:enddate"])
            at = datetime.fromisoformat(event["time:timestamp"])
            if event["concept:name"] == "Confirmation of receipt":
                confirmed[number] = min(at, confirmed.get(number, at))
    return {
        number: (received, wall(str(confirmed.get(number, ""))), answered)
        for number, (received, _, answered) in cases.items()
    }


@pytest.mark.skipif(not LOG.is_file(), reason="the event log is not there")
@pytest.mark.parametrize(
    "wording", [*(pytest.param(law, marks=pytest.mark.thorough) for law in EARLIER), "appc-2026"]
)
def test_every_verdict_on_a_real_log_is_that_of_an_independent_count(wording: str) -> None:
    office = kz.office("astana", wording=wording)
    rows = register.rows(LOG, register.read_mapping(MAPPING))
    result = register.check(rows, kz.KINDS, office, at=AT)
    cases, first = read_log(), wording != "appc-2026"
    outside = {one.number: one for one in result.not_judged}
    now = AT.replace(tzinfo=None)
    assert 1434 == len(cases) == result.n_rows
    assert 1434 == result.n_accepted + result.n_not_judged + result.n_faulty
    assert N_LATE[wording] == sum(line.standing in LATE for line in result.lines)
    assert result.trail.intact
    assert NOT_JUDGED[wording] == Counter(one.why.code for one in result.not_judged)
    for line in result.lines:
        case = cases[line.case]
        late = (case[2] or now).date() > last_day(wording, case, first=first)
        if line.case not in outside:
            assert line.deadline is not None
            assert last_day(wording, case, first=first) == line.deadline.last_day
            assert late == (line.standing in LATE), line.case
        elif outside[line.case].why.code == "hangs-on-reading":
            # late by the reading of the office, in time by the other
            assert late
            assert (case[2] or now).date() <= last_day(wording, case, first=not first)
        else:
            # told as answered before it was registered
            assert case[1] is None or case[2] is None or case[2] < case[1]
    # told as registered on a day before they were received
    faulty = {n for n, (received, at, _) in cases.items() if at and at.date() < received.date()}
    assert faulty == cases.keys() - {line.case for line in result.lines}
