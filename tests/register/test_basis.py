"""What a register tells, and what is assumed where it is silent."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import attrs
import pytest

from openakimat import kz, register
from openakimat.case.acts import Rectify, Register
from openakimat.case.people import LAW
from openakimat.case.record import Basis, Case, Record
from openakimat.errors import BrokenTrail
from openakimat.judgement.judge import judge
from openakimat.judgement.notices import Decision
from openakimat.judgement.replay import replay
from openakimat.kz.acts import Withdraw
from openakimat.register.entries.cells import RawRow
from openakimat.register.entries.entry import ASKS, CLERK
from openakimat.register.judging import Task, check_rows
from openakimat.register.result import Checked

OFFICE = kz.office("yesil")
AT = datetime.fromisoformat("2026-03-31T18:30+05:00")
MIXED = Path(__file__).parents[2] / "examples" / "register" / "mixed.csv"


def played(**cells: str) -> Case:
    """The case of one row."""
    row = RawRow(2, {"number": "1", "received_at": "2026-02-10 10:00", **cells})
    [(_, checked)] = check_rows([row], Task(kz.KINDS, OFFICE, AT))
    assert isinstance(checked, Checked), checked
    assert () == checked.refused
    return checked.case


ANSWERED = {"answered_at": "2026-02-16 12:00"}
COMPLAINT = {"kind": "complaint", **ANSWERED, "outcome": "cancelled"}
STORIES: dict[str, tuple[dict[str, str], str]] = {
    # the cells of a row, and the acts that it does not tell of
    "an appeal of which no registration is told": (
        ANSWERED,
        "register, accept",
    ),
    "an appeal registered": (
        {"registered_at": "2026-02-10 10:10", **ANSWERED},
        "accept",
    ),
    "an appeal redirected, which nobody accepted": (
        {"redirected_at": "2026-02-11 10:00", "redirected_to": "akimat"},
        "register, notify",
    ),
    "a service of the State Corporation": (
        {
            "kind": "service",
            "channel": "state-corporation",
            "service": "S-05",
            "term": "7 working days",
            "answered_at": "2026-02-12 12:00",
            "issued_at": "2026-02-13 12:00",
        },
        "take-in, accept, send-result",
    ),
    "a reception booked on a day that is not told": (
        {
            "kind": "reception",
            "registered_at": "2026-02-10 10:10",
            "scheduled_for": "2026-02-12 15:00",
            "held_at": "2026-02-12 15:00",
        },
        "schedule-reception",
    ),
    "an instruction removed from control": (
        {
            "kind": "instruction",
            "executor": "roads",
            "term": "10 working days",
            "reported_at": "2026-02-13 10:00",
            "removed_at": "2026-02-16 10:00",
        },
        "accept, review-execution",
    ),
    "a complaint in the register of the reviewing body": (
        COMPLAINT,
        "register, forward-complaint, register-for-review",
    ),
    "a complaint in the register of the body complained of": (
        {
            **COMPLAINT,
            "forwarded_at": "2026-02-11 10:00",
            "forwarded_to": "akimat",
            "review_registered_at": "2026-02-12 10:00",
        },
        "register",
    ),
    "a complaint about a service": (
        {"kind": "service-complaint", "delivered_at": "2026-02-16 15:00", **ANSWERED},
        "register",
    ),
}


def who(one: Record) -> str:
    """Whoever a record names, in any of its fields."""
    return one.by + one.role + one.on_behalf


@pytest.mark.parametrize("story", STORIES)
def test_what_a_row_does_not_tell_is_assumed_and_nobody_did_it(story: str) -> None:
    cells, assumed = STORIES[story]
    records = [one for one in played(**cells).records if one.role != LAW]
    assert assumed == ", ".join(one.act.tag for one in records if one.basis == "assumed")
    assert [one.act.tag for one in records if one.basis != "told"] == [
        one.act.tag for one in records if not who(one)
    ]


def test_a_lapse_is_done_by_the_law_in_a_register_too() -> None:
    case = played()
    lapses = [one for one in case.records if one.role == LAW]
    assert lapses
    assert {("law", "done")} == {(one.by, one.basis) for one in lapses}


def test_an_assumed_act_shows_itself() -> None:
    shown = str(played(**ANSWERED)).splitlines()
    assert shown[3].endswith("accept           assumed")
    assert shown[4].endswith("decide           head")


def test_every_case_of_a_register_is_made_again_from_its_records() -> None:
    n_assumed = 0
    for row in register.rows(MIXED):
        [(_, checked)] = check_rows([row], Task(kz.KINDS, OFFICE, AT))
        assert isinstance(checked, Checked)
        case = checked.case
        assert case == replay(case.id, case.records, office=OFFICE)
        n_assumed += sum(one.basis == "assumed" for one in case.records)
    assert n_assumed


# The acceptance, which nobody did.
WRONG: dict[str, dict[str, str]] = {
    "told, and by nobody": {"basis": "told"},
    "done, and by nobody": {"basis": "done"},
    "by somebody who may not": {"by": "a", "role": "applicant"},
    "leading where it does not": {"stage": "answered"},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_no_record_is_believed_without_a_role_unless_it_is_assumed(wrong: str) -> None:
    case = played()
    received, registered, accepted = case.records[:3]
    forged = attrs.evolve(accepted, **WRONG[wrong])  # type: ignore[arg-type]  # fields by name
    with pytest.raises(BrokenTrail, match="does not lead"):
        replay(case.id, (received, registered, forged), office=OFFICE)


@pytest.mark.parametrize("basis", ["done", "told", "assumed"])
def test_who_did_what_is_assumed_is_not_named(basis: Basis) -> None:
    """Also where a record is corrected."""
    case = played(received_at="2026-03-30 10:00", registered_at="2026-03-30 10:10")
    corrected = Rectify(2, Register("2"), reason="a slip")
    for act in (Withdraw(), corrected):
        by = CLERK if act is corrected else ASKS
        answer = judge(case, act, at=AT, by=by, office=OFFICE, basis=basis)
        assert isinstance(answer, Decision), answer
        named = (answer.record.by, answer.record.role) != ("", "")
        assert (basis, basis != "assumed") == (answer.record.basis, named)
