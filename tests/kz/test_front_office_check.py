"""The governor's check of front offices: six districts of Pavlodar oblast, 28 August 2020."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.case.act import Link
from openakimat.case.people import Actor
from openakimat.kz import front_office as s
from openakimat.kz.acts import Accept
from openakimat.kz.data import pack
from openakimat.kz.front_office import (
    Answer,
    EscalateFindings,
    FindInConformity,
    InspectOffice,
    OrderToStandard,
    PresentFindings,
    RecheckOffice,
    ScheduleVisit,
)
from openakimat.kz.instruction import acts as control
from openakimat.kz.roles import CONTROLLER, EXECUTOR, HEAD, INSPECTOR, SUPERIOR
from openakimat.proving.command import proofs

INSPECTS = oa.Official("anti-corruption office", {INSPECTOR})
GOVERNOR = oa.Official("governor of Pavlodar oblast", {SUPERIOR, HEAD})
CONTROL = oa.Official("control", {CONTROLLER})

DISTRICTS = {
    "bayanaul": ("hours-kept",),
    "akkuly": ("premises", "furniture", "equipment"),
    "terenkol": ("premises", "furniture", "equipment"),
    "aktogay": ("premises", "furniture", "equipment", "staff-named"),
    "zhelezin": ("premises", "furniture", "equipment"),
    "uspen": ("premises", "furniture", "equipment"),
}
"""What was found where; in which of the five the equipment was not connected is not told."""


def at(text: str) -> datetime:
    """An instant by the clocks of Pavlodar in 2020."""
    return datetime.fromisoformat(text + "+06:00")


def checked(*not_met: str) -> tuple[Answer, ...]:
    return tuple(Answer(key, key not in not_met) for key in kz.front_office.checklist())


def desk() -> oa.Desk:
    return oa.Desk(kz.office("bayanaul"), journal=memory.Journal(), numbers=memory.Numbers())


def visited(of: oa.Desk, district: str, not_met: Sequence[str]) -> str:
    case = of.open(kz.FrontOfficeCheck, by=INSPECTS, at=at("2020-08-20T09:00"), subject=district).id
    of.perform(case, InspectOffice(checked(*not_met)), by=INSPECTS, at=at("2020-08-25T11:00"))
    return case


def ordered(of: oa.Desk, case: str, district: str) -> str:
    """The order of the governor, and the instruction that is opened by it."""
    of.perform(case, PresentFindings(), by=INSPECTS, at=at("2020-08-28T10:00"))
    name = f"instruction-{district}"
    of.open(
        kz.Instruction,
        id=name,
        by=GOVERNOR,
        at=at("2020-08-28T11:00"),
        term="1 month",
        executors=(f"akim of {district}",),
        links=(Link(case, "child-of"),),
    )
    order = OrderToStandard(name, term="1 month")
    of.perform(case, order, by=GOVERNOR, at=at("2020-08-28T11:00"))
    return name


def refused(of: oa.Desk, case: str, act: oa.Act, by: Actor, on: str) -> oa.Refusal:
    said = of.may(case, act, by=by, at=at(on))
    assert said is not None
    return said


def test_no_case_of_it_goes_wrong() -> None:
    assert ["sound"] == [str(one).split()[-1] for one in proofs(kz.office(), "front-office-check")]


def test_six_districts_a_month_and_a_recheck() -> None:
    """Visited, presented, ordered on 28.08.2020 within a month; five put in order, one not."""
    of = desk()
    for district, not_met in DISTRICTS.items():
        case = visited(of, district, not_met)
        assert set(not_met) == {answer.item for answer in s.unmet(of.case(case))}
        instruction = ordered(of, case, district)
        akim = oa.Official(f"akim of {district}", {EXECUTOR})
        (term, _) = sorted(of.deadlines(instruction), key=lambda d: d.limit)
        assert date(2020, 9, 28) == term.last_day
        (again,) = of.deadlines(case)
        assert ("front-office-check.recheck", date(2020, 9, 28)) == (again.limit, again.last_day)
        of.perform(instruction, Accept(), by=akim, at=at("2020-09-01T10:00"))
        of.perform(instruction, control.ReportExecution(), by=akim, at=at("2020-09-25T10:00"))
        left = ("hours-kept",) if district == "bayanaul" else ()
        of.perform(case, RecheckOffice(checked(*left)), by=INSPECTS, at=at("2020-09-28T10:00"))
    stages = {c.received.subject: c for c in of.files() if isinstance(c.received, ScheduleVisit)}
    assert {"still_wanting"} == {stages["bayanaul"].stage}
    assert {"found_in_order"} == {c.stage for name, c in stages.items() if name != "bayanaul"}
    in_order = of.perform(
        stages["uspen"].id, FindInConformity(), by=GOVERNOR, at=at("2020-09-29T10:00")
    )
    assert "in_conformity" == in_order.stage
    wanting = stages["bayanaul"].id
    of.perform(wanting, EscalateFindings("maslikhat"), by=INSPECTS, at=at("2020-09-29T10:00"))
    of.open(
        kz.Instruction,
        id="second",
        by=GOVERNOR,
        at=at("2020-09-30T10:00"),
        links=(Link(wanting, "child-of"),),
    )
    again_ordered = of.perform(
        wanting,
        OrderToStandard("second", until=date(2020, 10, 15)),
        by=GOVERNOR,
        at=at("2020-09-30T10:00"),
    )
    assert ("put_in_order", ("instruction-bayanaul", "second")) == (
        again_ordered.stage,
        again_ordered.children,
    )


def test_an_office_in_order_needs_no_instruction() -> None:
    of = desk()
    case = visited(of, "pavlodar", ())
    assert "found_in_order" == of.case(case).stage
    of.perform(case, FindInConformity(), by=GOVERNOR, at=at("2020-08-28T10:00"))
    assert "in_conformity" == of.case(case).stage


def test_every_item_is_answered_once_and_none_that_is_not_on_the_list() -> None:
    of = desk()
    case = of.open(kz.FrontOfficeCheck, by=INSPECTS, at=at("2020-08-20T09:00")).id
    every, on = checked(), "2020-08-25T11:00"
    for answers, code in (
        (every[1:], "checklist.unanswered"),
        ((*every, every[0]), "checklist.twice"),
        ((*every, Answer("marble", met=True)), "checklist.unknown-item"),
    ):
        assert code == refused(of, case, InspectOffice(answers), INSPECTS, on).code
    assert (every[0].item,) == s.unanswered(every[1:])


def test_a_recheck_is_judged_by_what_it_finds() -> None:
    of = desk()
    case = visited(of, "uspen", ("premises",))
    ordered(of, case, "uspen")
    said = refused(of, case, RecheckOffice(checked()[1:]), INSPECTS, "2020-09-28T10:00")
    assert "checklist.unanswered" == said.code
    file = of.perform(
        case, RecheckOffice(checked("stands")), by=INSPECTS, at=at("2020-09-28T10:00")
    )
    assert ["stands"] == [answer.item for answer in s.unmet(file)]


def test_an_order_has_an_end() -> None:
    with pytest.raises(oa.Malformed):
        OrderToStandard("x")
    with pytest.raises(oa.Malformed):
        OrderToStandard("x", term="1 month", until=date(2020, 9, 28))


def test_a_recheck_that_never_came_is_seen() -> None:
    of = desk()
    ordered(of, visited(of, "uspen", ("premises",)), "uspen")
    line = next(one for one in of.docket(at=at("2020-10-05T10:00")) if "check" in one.case)
    assert oa.Standing.OVERDUE == line.standing


def test_the_checklist_is_what_the_press_says_in_three_languages() -> None:
    found = kz.front_office.checklist()
    assert set(found) == set(pack()["label"]["checklist"]) == set(kz.front_office.checklist())
    assert {"secondary"} == {item.evidence.value for item in found.values()}
    for item in found.values():
        assert item.source
        assert {"kk", "ru", "en"} == set(item.names)


def test_the_records_come_back_from_their_bytes() -> None:
    """Answers to the checklist are kept in the trail and read back from it."""
    of = desk()
    case = visited(of, "uspen", ("premises",))
    assert checked("premises") == of.case(case).records[1].act.checked  # type: ignore[attr-defined]
    assert of.verify()
