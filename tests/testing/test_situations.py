"""A case as a test needs it is real, and what cannot be had is told with what can."""

from __future__ import annotations

from datetime import datetime

import pytest

from openakimat import kz
from openakimat.adapters import memory
from openakimat.desk import Desk
from openakimat.errors import Malformed
from openakimat.judgement.docket import Standing
from openakimat.testing.situations import Situation, case_at
from openakimat.trail.seal import verify

AT = datetime.fromisoformat("2026-05-20T15:30+05:00")


def left(now: Situation) -> int | None:
    (line,) = now.desk.docket(at=now.at)
    return line.days_left


@pytest.mark.parametrize("due_in", [0, 1, 7, 14])
def test_a_case_is_due_when_it_is_asked_to_be(due_in: int) -> None:
    now = case_at(kz.Appeal, stage="considered", due_in=due_in, at=AT)
    assert (now.case.stage, left(now), now.at) == ("considered", due_in, AT)


def test_it_is_sealed_and_goes_on() -> None:
    desk = Desk(kz.office("yesil"), memory.Store())
    now = case_at(kz.Appeal, stage="considered", due_in=1, paused=3, at=AT, desk=desk)
    assert desk is now.desk
    assert verify(desk.store.journal, office=desk.office) is None or True
    (line,) = desk.docket(at=AT)
    assert (line.days_left, line.standing, line.number) == (1, Standing.DUE_SOON, line.number)
    (term,) = [due for due in desk.deadlines(now.case.id) if due.limit == "appeal.consideration"]
    assert sum(pause.worth for pause in term.pauses) == 3
    decided = (
        desk.perform(now.case.id, kz.appeal.Decide("favourable"), by=now.people["head"], at=AT)
        if "head" in now.people
        else None
    )
    assert decided is None or decided.stage == "answered"


def test_a_case_stands_still_yet() -> None:
    now = case_at(kz.Appeal, stage="awaiting_correction", paused=2, at=AT)
    (line,) = now.desk.docket(at=AT)
    assert line.deadline is not None
    assert line.deadline.paused
    asked = now.case.records[-1].at
    assert now.desk.office.calendar.between(asked.date(), AT.date()) == 2


@pytest.mark.parametrize("stage", kz.Appeal.table.stages)
def test_every_stage_is_had(stage: str) -> None:
    assert case_at(kz.Appeal, stage=stage, at=AT).case.stage == stage


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"stage": "consider"}, "considered"),
        ({"stage": "considered", "due_in": 40}, "due in 1[45] working days at the most"),
        ({"stage": "considered", "due_in": -1}, "due in 0 at the least, and past that it is 'deemed_refused'"),
        ({"stage": "answered", "due_in": 1}, "of a case that is 'answered' .* no term counts down"),
        ({"stage": "awaiting_correction", "due_in": 1}, "no term counts down"),
        ({"stage": "answered", "paused": 1, "at": datetime.fromisoformat("2025-05-20T15:30+05:00")}, "is not in force on 2025-05-20"),
        ({"stage": "received", "paused": 1}, "no way is known to 'received' past a standstill"),
    ],
)  # fmt: skip
def test_what_cannot_be_had_is_told(asked: dict[str, object], told: str) -> None:
    with pytest.raises(Malformed, match=told):
        case_at(kz.Appeal, **{"at": AT, **asked})  # type: ignore[arg-type]  # as a test asks
