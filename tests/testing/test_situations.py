"""A case as a test needs it is real, and what cannot be had is told with what can."""

from __future__ import annotations

from datetime import datetime

import pytest

from openakimat import kz
from openakimat.adapters import memory
from openakimat.case.people import Official
from openakimat.desk import Desk
from openakimat.errors import Malformed
from openakimat.judgement.docket import Standing
from openakimat.testing.situations import Situation, case_at
from openakimat.trail.seal import read_case

OUTSIDE = kz.office("yesil", readings={"correction-2026": "outside"})
"""Of the readings by which a correction stops the term."""

AT = datetime.fromisoformat("2026-05-20T15:30+05:00")


def left(now: Situation) -> int | None:
    (line,) = now.desk.docket(at=now.at)
    return line.days_left


@pytest.mark.parametrize("due_in", [0, 1, 7, 14])
def test_a_case_is_due_when_it_is_asked_to_be(due_in: int) -> None:
    now = case_at(kz.Appeal, stage="considered", due_in=due_in, at=AT)
    assert (now.case.stage, left(now), now.at) == ("considered", due_in, AT)


def test_it_is_sealed_and_goes_on() -> None:
    desk = Desk(OUTSIDE, memory.Store())
    now = case_at(kz.Appeal, desk, stage="considered", due_in=1, paused=3, at=AT)
    assert now.desk is desk
    assert (
        read_case(now.case.id, desk.store.journal.read(now.case.id), OUTSIDE.table_of)[0]
        == now.case
    )
    (line,) = desk.docket(at=AT)
    assert (line.days_left, line.standing) == (1, Standing.DUE_SOON)
    assert line.deadline is not None
    assert [pause.worth for pause in line.deadline.pauses] == [3]
    head = Official("k.head", {kz.HEAD})
    assert (
        desk.perform(now.case.id, kz.appeal.Decide("favourable"), by=head, at=AT).stage
        == "answered"
    )
    again = case_at(kz.Appeal, desk, stage="considered", at=AT)
    assert now.case.id != again.case.id


def test_a_case_stands_still_yet() -> None:
    now = case_at(kz.Appeal, OUTSIDE, stage="awaiting_correction", paused=2, at=AT)
    (line,) = now.desk.docket(at=AT)
    assert line.deadline is not None
    assert line.deadline.paused
    asked = now.case.last(kz.appeal.AskToCorrect)
    assert asked is not None
    assert OUTSIDE.calendar.between(asked.at.date(), AT.date()) == 2


@pytest.mark.parametrize("due_in", range(-3, 18))
def test_a_day_is_had_or_told_what_can_be(due_in: int) -> None:
    if 0 <= due_in <= 15:
        assert left(case_at(kz.Appeal, OUTSIDE, stage="proposed", due_in=due_in, at=AT)) == due_in
    else:
        with pytest.raises(Malformed, match="due in 15 working days at the most|0 at the least"):
            case_at(kz.Appeal, OUTSIDE, stage="proposed", due_in=due_in, at=AT)


@pytest.mark.parametrize("stage", [one for one in kz.Appeal.table.stages if one != "joined"])
def test_every_stage_is_had(stage: str) -> None:
    assert case_at(kz.Appeal, stage=stage, at=AT).case.stage == stage


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"stage": "consider"}, "considered"),
        ({"stage": "considered", "due_in": 40}, "due in 1[45] working days at the most"),
        ({"stage": "considered", "due_in": -1}, "due in 0 at the least, and past that it is 'deemed_refused'"),
        ({"stage": "answered", "due_in": 1}, "of a case that is 'answered' .* no term counts down"),
        pytest.param({"stage": "joined"}, "no way is known to 'joined': .* tied to other cases", marks=pytest.mark.thorough),
        ({"stage": "answered", "paused": 1, "at": datetime.fromisoformat("2025-05-20T15:30+05:00")}, "is not in force on 2025-05-20"),
        pytest.param({"stage": "received", "paused": 1}, "past a standstill of its principal term as this office reads the law", marks=pytest.mark.thorough),
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_told(asked: dict[str, object], told: str) -> None:
    with pytest.raises(Malformed, match=told):
        case_at(kz.Appeal, **{"at": AT, **asked})  # type: ignore[arg-type]  # as a test asks
