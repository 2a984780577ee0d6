"""Complaints in a register: of the body complained of, of the reviewing one, about services, of 2020.

Dates were counted by hand in the production calendars of 2020 and 2026.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from openakimat import kz, register

AT = datetime.fromisoformat("2026-04-01T18:30+05:00")
AT_2020 = datetime.fromisoformat("2020-09-30T18:30+06:00")
RECEIVED = {"number": "Ж-1", "received_at": "2026-02-02 10:00", "kind": "complaint"}


def check(path: Path, /, **told: str) -> register.Result:
    """A register of one row, checked: one of 2020 as of then."""
    at = AT_2020 if told.get("received_at", "").startswith("2020") else AT
    row = {**RECEIVED, **told}
    (path / "r.csv").write_text(";".join(row) + "\n" + ";".join(row.values()) + "\n")
    return register.check(register.rows(path / "r.csv"), kz.KINDS, kz.office("astana"), at=at)


def stood(result: register.Result) -> tuple[str, str, str]:
    """Procedure, stage and standing of the one row."""
    (line,) = result.lines
    assert ([], [], True) == (result.faults, result.refused, result.trail.intact)
    return line.procedure, line.stage, line.standing.value


FORWARDED = {"forwarded_at": "2026-02-04 10:00", "forwarded_to": "akimat"}
STORIES: dict[str, tuple[dict[str, str], str, str]] = {
    "put right by the body itself": (
        {"self_corrected_at": "2026-02-05 10:00"},
        "self_corrected",
        "in time",
    ),
    "forwarded and satisfied on the last day": (
        {**FORWARDED, "answered_at": "2026-03-02 10:00", "outcome": "cancelled"},
        "satisfied",
        "in time",
    ),
    "told of it": (
        {**FORWARDED, "answered_at": "2026-03-03 10:00", "delivered_at": "2026-03-04"},
        "closed",
        "late",
    ),
    "heard and dismissed": (
        {
            "proposed_at": "2026-02-16 10:00",
            "objected_at": "2026-02-17",
            "heard_at": "2026-02-18",
            "answered_at": "2026-02-20",
            "outcome": "unfounded",
            "next_step": "court",
        },
        "dismissed",
        "in time",
    ),
    "remitted": (
        {"answered_at": "2026-02-20", "outcome": "remitted", "instructions": "measure anew"},
        "sent_back",
        "in time",
    ),
    "left without consideration": (
        {"terminated_at": "2026-02-20", "termination_ground": "court-claim"},
        "left_unconsidered",
        "in time",
    ),
    "corrected, then forwarded": (
        {
            "channel": "phone",
            "correction_asked_at": "2026-02-02",
            "correction_until": "2026-02-06",
            "corrected_at": "2026-02-04",
            "answered_at": "2026-02-20",
        },
        "satisfied",
        "in time",
    ),
    "returned": (
        {"returned_at": "2026-02-03", "return_ground": "obscene"},
        "returned",
        "in time",
    ),
    "to the wrong body": (
        {"redirected_at": "2026-02-03", "redirected_to": "tax office"},
        "redirected",
        "in time",
    ),
    "withdrawn": ({"withdrawn_at": "2026-02-03"}, "left_unconsidered", "in time"),
    "sat upon": ({}, "deemed_dismissed", "overdue"),
}


@pytest.mark.parametrize("story", STORIES)
def test_a_complaint_is_played_to_its_end(story: str, tmp_path: Path) -> None:
    told, stage, standing = STORIES[story]
    result = check(tmp_path, **told)
    assert ("complaint", stage, standing) == stood(result)
    if story != "sat upon":
        assert () == result.lines[0].breaches


def test_the_official_complained_of_is_known_by_name(tmp_path: Path) -> None:
    told = {"against": "akhmetov", "official": "akhmetov", "answered_at": "2026-02-20"}
    (refused,) = check(tmp_path, **told).refused
    assert ("satisfy-complaint", "review.own-act") == (refused.act, refused.refusal.code)


def test_what_came_late_may_be_dismissed_as_late(tmp_path: Path) -> None:
    late = {"answered_at": "2026-02-20", "outcome": "late", "unheard": "at-request"}
    assert "dismissed" == stood(check(tmp_path, **late, learnt_on="2025-10-01"))[1]
    (refused,) = check(tmp_path, **late, learnt_on="2026-01-12").refused
    assert "complaint.not-late" == refused.refusal.code


def test_a_next_step_that_is_none_is_a_fault(tmp_path: Path) -> None:
    told = {"answered_at": "2026-02-20", "outcome": "unfounded", "next_step": "nowhere"}
    (fault,) = check(tmp_path, **told).faults
    assert "line 2, next_step: 'nowhere' is none of another-body, court" == str(fault)


@pytest.mark.parametrize(
    ("answered", "standing"),
    [
        ("2020-08-17 10:00", "in time"),
        # in time, if that day is not among them: nobody here has answered the question
        ("2020-08-18 10:00", "not judged"),
        ("2020-08-19 10:00", "late"),
    ],
)
def test_under_law_221_a_complaint_was_an_appeal(
    answered: str, standing: str, tmp_path: Path
) -> None:
    """Received on Monday 3 August 2020: 15 calendar days, that day among them, end on the 17th."""
    told = {"received_at": "2020-08-03 10:00", "answered_at": answered, "outcome": "satisfied"}
    assert ("appeal", "answered", standing) == stood(check(tmp_path, **told))


SERVICE = {"kind": "service-complaint", "service": "00301001"}


@pytest.mark.parametrize(
    ("addressee", "answered", "standing"),
    [
        ("provider", "2026-02-09", "in time"),
        ("provider", "2026-02-10", "late"),
        ("quality-body", "2026-02-23", "in time"),
        ("", "2026-02-10", "late"),
    ],
)
def test_a_complaint_about_a_service_has_the_term_of_its_addressee(
    addressee: str, answered: str, standing: str, tmp_path: Path
) -> None:
    told = {**SERVICE, "addressee": addressee, "answered_at": answered}
    assert ("service-complaint", "answered", standing) == stood(check(tmp_path, **told))


def test_it_is_extended_told_refused_and_delivered(tmp_path: Path) -> None:
    told = {
        **SERVICE,
        "addressee": "body",
        "extended_at": "2026-02-04",
        "extended_until": "2026-02-23",
        "extension_ground": "site-check",
        "extension_reason": "the place must be seen",
        "extension_told_at": "2026-02-05",
        "answered_at": "2026-02-20",
        "outcome": "refused",
        "next_step": "quality-body",
        "delivered_at": "2026-02-21",
    }
    assert ("service-complaint", "closed", "in time") == stood(check(tmp_path, **told))


def test_what_a_row_lacks_is_a_fault(tmp_path: Path) -> None:
    told = {**SERVICE, "extended_at": "2026-02-04", "extended_until": "2026-02-13"}
    assert ["extension_ground"] == [one.column for one in check(tmp_path, **told).faults]
    (fault,) = check(tmp_path, forwarded_at="2026-02-04").faults
    assert "forwarded_to" == fault.column
