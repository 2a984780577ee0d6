"""A register of all that a front office takes in: services, receptions and instructions beside appeals."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from openakimat import kz, register
from openakimat.judgement.docket import Standing

OFFICE = kz.office("yesil")
AT = datetime.fromisoformat("2026-03-31T18:30+05:00")
SERVICE = {
    "kind": "service",
    "channel": "provider",
    "service": "S-05",
    "term": "7 working days",
    "received_at": "2026-03-02 10:00",
    "registered_at": "2026-03-02 10:10",
}
RECEPTION = {
    "kind": "reception",
    "official": "akim",
    "received_at": "2026-03-03 14:35",
    "registered_at": "2026-03-03 14:36",
}
BOOKED = RECEPTION | {"scheduled_for": "2026-03-12 15:00"}
INSTRUCTION = {
    "kind": "instruction",
    "official": "akim",
    "executor": "roads",
    "received_at": "2026-03-02 10:10",
}
APPEAL = {"received_at": "2026-02-10 10:00", "registered_at": "2026-02-10 10:10"}


def checked(path: Path, **cells: str) -> register.Result:
    """One row checked as the command line does."""
    text, row = io.StringIO(), {"number": "1", **cells}
    writer = csv.DictWriter(text, row.keys())
    writer.writeheader()
    writer.writerow(row)
    file = path / "register.csv"
    file.write_text(text.getvalue(), "utf-8")
    result = register.check(register.rows(file), kz.KINDS, OFFICE, at=AT)
    assert (1, 1) == (
        result.n_rows,
        result.n_accepted + result.n_not_judged + result.n_faulty,
    )
    return result


# -- deadlines --------------------------------------------------------------------------

DEADLINES = {
    # by hand; off are the weekends, Mon 9 and Mon 23 to Wed 25 March
    "an application": (APPEAL, "appeal.consideration", date(2026, 3, 3)),
    "a notification": (
        APPEAL | {"kind": "notification"},
        "simplified.consideration",
        date(2026, 3, 3),
    ),
    # 2, 3, 4, 5, 6, 10, 11: the day of receipt is the first
    "a service": (SERVICE, "request.service", date(2026, 3, 11)),
    "a reception booked": (BOOKED, "reception.day", date(2026, 3, 12)),
    # 3, 4, 5, 6, 10, 11, 12, 13, 16, 17
    "an instruction by a term": (
        INSTRUCTION | {"term": "10 working days"},
        "instruction.execution",
        date(2026, 3, 17),
    ),
    "an instruction by a last day": (
        INSTRUCTION | {"due_on": "2026-03-20"},
        "instruction.execution",
        date(2026, 3, 20),
    ),
}


@pytest.mark.parametrize("name", DEADLINES)
def test_each_kind_has_the_deadline_of_its_procedure(name: str, tmp_path: Path) -> None:
    row, limit, last_day = DEADLINES[name]
    (line,) = checked(tmp_path, **row).lines
    assert line.deadline is not None
    assert (limit, last_day) == (line.deadline.limit, line.deadline.last_day)


@pytest.mark.parametrize(
    ("row", "limit"), [(RECEPTION, "reception.day"), (INSTRUCTION, "instruction.execution")]
)
def test_who_walks_in_and_what_is_given_no_term_has_no_deadline(
    row: dict[str, str], limit: str, tmp_path: Path
) -> None:
    (line,) = checked(tmp_path, **row).lines
    assert (None, 0) == (line.deadline, line.days_late), limit


# -- stories ----------------------------------------------------------------------------

LATE, IN_TIME = Standing.LATE, Standing.IN_TIME
STORIES = {
    "rendered on the last day and issued": (
        SERVICE | {"answered_at": "2026-03-11 18:00", "issued_at": "2026-03-12 10:00"},
        ("issued", IN_TIME, 0),
    ),
    # by another reading the day of receipt is not the first, and it was in time
    "rendered a working day late": (
        SERVICE | {"answered_at": "2026-03-12 10:00"},
        ("rendered", Standing.NOT_JUDGED, 0),
    ),
    "rendered two working days late": (
        SERVICE | {"answered_at": "2026-03-13 10:00"},
        ("rendered", LATE, 2),
    ),
    "rendered and issued through the State Corporation": (
        SERVICE
        | {"channel": "state-corporation", "answered_at": "2026-03-11 18:00"}
        | {"issued_at": "2026-03-12 10:00"},
        ("issued", IN_TIME, 0),
    ),
    "waiting at the State Corporation": (
        SERVICE | {"channel": "state-corporation", "answered_at": "2026-03-11 18:00"},
        ("at_corporation", IN_TIME, 0),
    ),
    "refused on a ground, heard before": (
        SERVICE
        | {"proposed_at": "2026-03-04 10:00", "refused_at": "2026-03-11 10:00"}
        | {"refusal_ground": "requirements"},
        ("service_refused", IN_TIME, 0),
    ),
    "refused unheard, the term being short": (
        SERVICE
        | {"service": "S-07", "term": "3 working days", "refused_at": "2026-03-04 10:00"}
        | {"refusal_ground": "false-data", "unheard": "short-term"},
        ("service_refused", IN_TIME, 0),
    ),
    "received without booking, resolved": (
        RECEPTION | {"held_at": "2026-03-03 15:00", "answered_at": "2026-03-03 15:20"},
        ("resolved", IN_TIME, 0),
    ),
    "received, turned into a written appeal": (
        RECEPTION
        | {"held_at": "2026-03-03 15:00", "answered_at": "2026-03-03 15:20"}
        | {"converted_to": "A-4"},
        ("converted", IN_TIME, 0),
    ),
    "booked and not come": (BOOKED | {"outcome": "no-show"}, ("no_show", IN_TIME, 0)),
    "executed on the last day and removed": (
        INSTRUCTION
        | {"term": "10 working days", "reported_at": "2026-03-17 12:00"}
        | {"removed_at": "2026-03-18 12:00"},
        ("removed_from_control", IN_TIME, 0),
    ),
    "executed three working days late": (
        INSTRUCTION
        | {"term": "10 working days", "reported_at": "2026-03-20 12:00"}
        | {"removed_at": "2026-03-30 12:00"},
        ("removed_from_control", LATE, 3),
    ),
    # from Tue 17: 18, 19, 20, 26, 27, 30, 31
    "not executed at all": (
        INSTRUCTION | {"term": "10 working days"},
        ("taken_up", Standing.OVERDUE, 7),
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_a_row_without_refusal_ends_where_its_procedure_leads(name: str, tmp_path: Path) -> None:
    row, expected = STORIES[name]
    result = checked(tmp_path, **row)
    (line,) = result.lines
    assert [] == result.refused
    assert expected == (line.stage, line.standing, line.days_late)


# -- refusals ---------------------------------------------------------------------------

REFUSALS = {
    "a service refused on no statutory ground": (
        SERVICE
        | {"refused_at": "2026-03-04 10:00", "refusal_ground": "too-many-papers"}
        | {"unheard": "urgent"},
        ["refusal.no-ground"],
    ),
    "a service refused, nobody heard": (
        SERVICE | {"refused_at": "2026-03-11 10:00", "refusal_ground": "requirements"},
        ["hearing.due"],
    ),
    "a long service refused as if short": (
        SERVICE
        | {"refused_at": "2026-03-11 10:00", "refusal_ground": "requirements"}
        | {"unheard": "short-term"},
        ["hearing.long-term"],
    ),
    "a service refused two days after the preliminary decision": (
        SERVICE
        | {"proposed_at": "2026-03-10 10:00", "refused_at": "2026-03-12 10:00"}
        | {"refusal_ground": "requirements"},
        ["hearing.too-early"],
    ),
    "a service issued that was not rendered": (
        SERVICE | {"issued_at": "2026-03-11 10:00"},
        ["act.not-available"],
    ),
    "a reception held by another official": (
        BOOKED | {"held_at": "2026-03-12 15:00", "held_by": "deputy"},
        ["reception.another"],
    ),
    "a reception scheduled for a time past": (
        RECEPTION | {"scheduled_for": "2026-03-03 14:36"},
        ["reception.past"],
    ),
    "a reception resolved that was not held": (
        RECEPTION | {"answered_at": "2026-03-03 15:20"},
        ["act.not-available"],
    ),
    "an instruction removed that nobody reported": (
        INSTRUCTION | {"due_on": "2026-03-20", "removed_at": "2026-03-20 12:00"},
        ["act.not-available", "act.not-available"],
    ),
    "an instruction extended when its term was over": (
        INSTRUCTION
        | {"due_on": "2026-03-20", "extended_at": "2026-03-27 10:00"}
        | {"extended_until": "2026-04-10", "extension_reason": "rain"},
        ["extension.too-late"],
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_the_law_does_not_allow_is_refused_by_its_code(name: str, tmp_path: Path) -> None:
    row, codes = REFUSALS[name]
    result = checked(tmp_path, **row)
    assert codes == [one.refusal.code for one in result.refused]


# -- faults -----------------------------------------------------------------------------

FAULTS = {
    "a service without its term": (SERVICE | {"term": ""}, "term"),
    "a service of a term that is none": (SERVICE | {"term": "some days"}, "term"),
    "a service by a channel that is none": (SERVICE | {"channel": "dove"}, "channel"),
    "a service refused, no ground told": (
        SERVICE | {"refused_at": "2026-03-04 10:00"},
        "refusal_ground",
    ),
    "an instruction by a term and by a last day": (
        INSTRUCTION | {"term": "10 working days", "due_on": "2026-03-20"},
        "due_on",
    ),
    "an instruction due before it was given": (
        INSTRUCTION | {"due_on": "2026-02-20"},
        "due_on",
    ),
    "a kind that is none": (SERVICE | {"kind": "miracle"}, "kind"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_row_that_cannot_be_read_is_faulty_and_its_column_named(
    name: str, tmp_path: Path
) -> None:
    row, column = FAULTS[name]
    result = checked(tmp_path, **row)
    assert (1, column) == (result.n_faulty, result.faults[0].column)


def test_a_reception_may_be_told_of_before_it_comes(tmp_path: Path) -> None:
    result = checked(tmp_path, **RECEPTION | {"scheduled_for": "2026-04-02 15:00"})
    (line,) = result.lines
    assert ("reception_scheduled", Standing.DUE_SOON, 0) == (
        line.stage,
        line.standing,
        result.n_faulty,
    )


# -- the committed example --------------------------------------------------------------


def test_every_kind_of_row_and_of_refusal_stands_in_the_committed_register() -> None:
    path = Path(__file__).parents[2] / "examples" / "register" / "mixed.csv"
    result = register.check(register.rows(path), kz.KINDS, OFFICE, at=AT)
    others = {"information-request", "other-law"}  # test_other_laws.py
    assert set(kz.KINDS.values()) - others == {line.procedure for line in result.lines}
    assert {
        "hearing.missing": 5,
        "reception.another": 3,
        "act.not-available": 3,
        "hearing.due": 1,
        "refusal.no-ground": 1,
    } == Counter(one.refusal.code for one in result.refused)
    assert result.trail.intact
