"""A file and a note stand beside the procedure: they move nothing, and are open to who may act."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import attrs
import pytest

from openakimat import Case, Desk, Official, Register, kz
from openakimat.adapters import memory
from openakimat.case.act import Act
from openakimat.case.acts import Attach, InnerNote, Receive, Rectify
from openakimat.errors import BrokenTrail, Malformed, NotAllowed, NotCompetent
from openakimat.judgement.public import public
from openakimat.judgement.replay import replay
from openakimat.kz.acts import Accept, Decide, Deliver
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.law.words import Words
from openakimat.trail.plain import read
from openakimat.trail.seal import seal_all

AT = datetime.fromisoformat
CLERK = Official("clerk", {REGISTRAR, EXECUTOR})
CHIEF = Official("chief", {HEAD})
ASKS = Applicant("Aigerim", id="a-7")
PLAN = Attach.describing(b"%PDF-1.7", name="Aigerim's plan.pdf", media_type="application/pdf")
NOTE = InnerNote("Aigerim wrote in 2024 too")


@pytest.fixture
def desk() -> Desk:
    desk = Desk(kz.office("khromtau"), memory.Store())
    desk.open("appeal", topic="roads", by=ASKS, at=AT("2026-03-16T10:00+05:00"), id="A")
    for act in (Register(), Accept()):
        put(desk, act, "2026-03-16T11:00")
    return desk


def put(desk: Desk, act: Act, at: str, *, by: Any = CLERK, **how: Any) -> Any:
    return desk.perform("A", act, at=AT(f"{at}+05:00"), by=by, **how)


def close(desk: Desk) -> Case:
    put(desk, Decide("favourable"), "2026-03-20T10:00", by=CHIEF)
    put(desk, Deliver(), "2026-03-20T11:00")
    case = desk.lapse("A", at=AT("2027-03-16T10:00+05:00"))
    assert "closed" == case.stage
    return case


def test_they_move_no_stage_and_no_clock(desk: Desk) -> None:
    before, days = desk.case("A"), desk.deadlines("A")
    for act, by in ((PLAN, ASKS), (NOTE, CLERK), (PLAN, CHIEF)):
        put(desk, act, "2026-03-17T10:00", by=by)
    after = desk.case("A")
    assert (before.stage, days) == (after.stage, desk.deadlines("A"))
    assert ["applicant", "executor", "head"] == [record.role for record in after.records[-3:]]
    assert after == replay("A", after.records, office=desk.office)
    assert desk.verify().intact


def test_the_procedure_goes_on_as_without_them(desk: Desk) -> None:
    put(desk, NOTE, "2026-03-17T10:00")
    put(desk, PLAN, "2026-03-17T10:00")
    case = put(desk, Decide("favourable"), "2026-03-20T10:00", by=CHIEF)
    assert "answered" == case.stage
    [line] = desk.docket(at=AT("2026-06-01T10:00+05:00"))
    assert ("in time", ()) == (line.standing.value, line.breaches)


def test_a_note_is_of_the_staff_alone_and_a_file_of_whom_the_case_is_about(desk: Desk) -> None:
    with pytest.raises(NotCompetent) as no:
        put(desk, NOTE, "2026-03-17T10:00", by=ASKS)
    assert {"executor", "head", "registrar"} <= set(no.value.competent)
    assert "applicant" not in no.value.competent
    assert "inner-note" not in Words(desk.office.law, "ru").refusal(no.value)
    for stranger in (Applicant("Bolat"), Official("guest", set())):
        with pytest.raises(NotCompetent):
            put(desk, PLAN, "2026-03-17T10:00", by=stranger)


def test_nothing_is_put_beside_what_is_over_nor_before_the_last_record(desk: Desk) -> None:
    with pytest.raises(NotAllowed) as no:
        put(desk, NOTE, "2026-03-16T10:30")
    assert "act.before-last" == no.value.code
    close(desk)
    with pytest.raises(NotAllowed) as no:
        put(desk, NOTE, "2027-03-17T11:00")
    assert "act.not-available" == no.value.code


def test_what_they_say_is_sealed_as_commitments_and_shown_to_no_citizen(desk: Desk) -> None:
    put(desk, PLAN, "2026-03-17T10:00")
    case = put(desk, NOTE, "2026-03-17T10:00")
    rows = seal_all("A", case.records, salt=bytes)
    told = b"".join(row.body for row in rows[-2:])
    assert b"plan" not in told
    assert b"2024" not in told
    assert PLAN.sha256.encode() not in told
    assert "plan" not in repr(case)
    shown = public(case, "en", office=desk.office)
    assert "attach" not in repr(shown).lower()
    assert "note" not in repr(shown).lower()


def test_they_are_offered_with_a_form_that_tells_how_they_are_written(desk: Desk) -> None:
    at = AT("2026-03-17T10:00+05:00")
    offered = {one.act: one for one in desk.possible("A", by=CLERK, at=at)}
    assert "приложение файла к делу" == offered["attach"].label("ru").lower()
    form = offered["attach"].form("ru")
    assert "^[0-9a-f]{64}$(?!\\n)" == form["properties"]["sha256"]["pattern"]
    assert offered["inner-note"].refusal is None
    asked = {one.act: one.refusal for one in desk.possible("A", by=ASKS, at=at)}
    assert asked["attach"] is None
    assert isinstance(asked["inner-note"], NotCompetent)
    assert str(desk.may("A", InnerNote, by=ASKS, at=at)) == str(asked["inner-note"])
    close(desk)
    assert not {"attach", "inner-note"} & {
        one.act for one in desk.possible("A", by=CLERK, at=AT("2027-03-18T10:00+05:00"))
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"media_type": "pdf"},
        {"media_type": "a/b\n"},
        {"size": -1},
        {"sha256": "ab"},
        {"sha256": PLAN.sha256.upper()},
    ],
)
def test_what_describes_no_file_is_malformed(wrong: dict[str, Any]) -> None:
    with pytest.raises(Malformed) as no:
        attrs.evolve(PLAN, **wrong)
    assert [*wrong] == [fault.path for fault in no.value.faults]
    with pytest.raises(Malformed):
        read({**attrs.asdict(PLAN), **wrong}, Attach)


def test_a_note_of_nothing_is_malformed() -> None:
    with pytest.raises(Malformed, match="text: is empty"):
        InnerNote()


def test_a_name_entered_wrongly_is_corrected(desk: Desk) -> None:
    case = put(desk, PLAN, "2026-03-17T10:00")
    right = attrs.evolve(PLAN, name="plan of the house.pdf")
    case = put(desk, Rectify(case.version, right, "a slip"), "2026-03-17T11:00")
    assert right == case.records[-2].act
    assert desk.verify().intact


def test_a_note_after_a_lapse_keeps_nothing_done_in_time_out(desk: Desk) -> None:
    """What was done before the lapse and entered since takes its place, whatever was noted since."""
    case = desk.lapse("A", at=AT("2026-05-20T10:00+05:00"))
    assert "deemed_refused" == case.stage
    put(desk, NOTE, "2026-05-20T11:00")
    entered = AT("2026-05-20T12:00+05:00")
    case = put(
        desk,
        Decide("favourable", reason="it was signed in time"),
        "2026-03-20T10:00",
        by=CHIEF,
        entered=entered,
    )
    assert "answered" == case.stage
    assert NOTE in [record.act for record in case.sealed]
    assert desk.verify().intact


def test_a_note_entered_late_takes_the_place_of_no_lapse(desk: Desk) -> None:
    desk.lapse("A", at=AT("2026-05-20T10:00+05:00"))
    entered = AT("2026-05-20T12:00+05:00")
    with pytest.raises(NotAllowed):
        put(desk, NOTE, "2026-03-20T10:00", entered=entered)


def test_records_that_put_something_beside_wrongly_are_not_believed(desk: Desk) -> None:
    case = put(desk, NOTE, "2026-03-17T10:00")
    last = case.records[-1]
    for wrong in (
        {"stage": "answered"},
        {"role": "applicant"},
        {"role": "law"},
        {"at": AT("2026-03-16T10:30+05:00"), "entered": AT("2026-03-17T10:30+05:00")},
    ):
        with pytest.raises(BrokenTrail):
            replay("A", (*case.records[:-1], attrs.evolve(last, **wrong)), office=desk.office)
    over = close(desk)
    late = attrs.evolve(last, no=over.version + 1, at=over.records[-1].at, stage=over.stage)
    with pytest.raises(BrokenTrail):
        replay("A", (*over.records, late), office=desk.office)


@pytest.mark.parametrize("content", ["text", None, 7])
def test_a_file_is_described_by_its_bytes(content: Any) -> None:
    kind = type(content).__name__
    with pytest.raises(Malformed, match=f"content: is of {kind}, not of bytes"):
        Attach.describing(content, name="plan.pdf", media_type="application/pdf")


@pytest.mark.parametrize("n", [-1, 0])
def test_nobody_joins_less_than_one(n: int) -> None:
    with pytest.raises(Malformed, match=f"joined: {n} is none of 1, 2, …"):
        Receive(joined=n)
    with pytest.raises(Malformed, match="size: -1 is none of 0, 1, …"):
        attrs.evolve(PLAN, size=-1)
