"""The example of a city: it adds to the appeal, takes nothing away, and leaves the parent as it was."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from types import ModuleType

import attrs
import pytest

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.case.people import APPLICANT
from openakimat.chart.table import Table
from openakimat.judgement.deadlines import deadline_of
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.limits.explain import explain
from openakimat.proving.agreement import compare
from openakimat.proving.lint import lint

SCRIPT = Path(__file__).parents[1] / "examples" / "city" / "city.py"


def portrait() -> object:
    """The parent as it is: its table, and each state with the ways out of it."""
    chart = kz.appeal.Appeal2026
    drawn = [
        (s.id, [(t.event, t.target and t.target.id) for t in s.transitions]) for s in chart.states
    ]
    return chart.table.under, drawn


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("city", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BEFORE = portrait()
city = loaded()
OFFICE = city.city_office()
MONDAY = datetime.fromisoformat("2026-02-02T10:00+05:00")
STAFF = oa.Official("staff", {REGISTRAR, EXECUTOR, HEAD})
NAMES = ["reminder", "warning", "last call", "breach", "oblast control"]


def considered(*acts: oa.Act, office: oa.Office = OFFICE) -> tuple[oa.Desk, oa.Case]:
    desk = oa.Desk(office, journal=memory.Journal(), numbers=memory.Numbers())
    case = desk.open("appeal", by=kz.Applicant("Aigerim"), at=MONDAY)
    for act in (oa.Register(), kz.appeal.Accept(), *acts):
        case = desk.perform(case.id, act, at=MONDAY, by=STAFF)
    return desk, case


def deadline(case: oa.Case, limit: str) -> oa.Deadline:
    found = deadline_of(case, limit, office=OFFICE)
    assert found is not None
    return found


# -- the parent -----------------------------------------------------------------------


def test_the_parent_is_as_it_was() -> None:
    assert BEFORE == portrait()
    assert city.CityAppeal.table.under != kz.appeal.Appeal2026.table.under


@pytest.mark.thorough  # the laws of charts are held at hand on those that ship
def test_the_chart_of_the_city_is_sound_and_agrees_with_its_engine() -> None:
    assert [] == lint(city.CityAppeal)
    assert () == compare(city.CityAppeal).disagreements


def test_a_city_that_forgets_a_stage_where_silence_refuses_is_told_so() -> None:
    class Forgetful(kz.appeal.Appeal2026):
        visited = oa.Stage()
        go = oa.step(
            city.GoThere, kz.appeal.Appeal2026.considered.to(visited), by=EXECUTOR, source="1"
        )
        withdraw = oa.also_at(
            visited, kz.appeal.Appeal2026, "withdraw", like=kz.appeal.Appeal2026.considered
        )

    (found,) = lint(Forgetful)
    assert "'appeal.consideration' may run out at 'visited'" in found
    assert "cannot perform 'deem-refused'" in found


def test_a_step_open_at_another_stage_too_is_the_parents_in_all_else() -> None:
    class Rested(kz.appeal.Appeal2026):
        resting = oa.Stage()
        rest = oa.step(
            city.GoThere, kz.appeal.Appeal2026.considered.to(resting), by=EXECUTOR, source="1"
        )
        assign = oa.also_at(
            resting, kz.appeal.Appeal2026, "assign", like=kz.appeal.Appeal2026.considered
        )
        withdraw = oa.also_at(
            resting, kz.appeal.Appeal2026, "withdraw", like=kz.appeal.Appeal2026.considered
        )

    ours, parents = Rested.table.rows, kz.appeal.Appeal2026.table.rows
    for act in ("assign", "withdraw"):
        (here,), (there,) = ours["resting", act], parents["considered", act]
        enters = "resting" if there.enters == "considered" else there.enters
        assert here == attrs.evolve(there, leaves="resting", enters=enters)
        assert ours["considered", act] == parents["considered", act]


@pytest.mark.parametrize(
    ("name", "like", "why"),
    [
        ("deem_refuse", "considered", "Appeal2026 has no step 'deem_refuse'"),
        ("decide", "received", "Appeal2026.decide does not lead out of 'received'"),
    ],
)
def test_a_step_the_parent_does_not_have_there_is_no_step(name: str, like: str, why: str) -> None:
    with pytest.raises(oa.PackError, match=f"^{why}$"):
        oa.also_at(oa.Stage(), kz.appeal.Appeal2026, name, like=getattr(kz.appeal.Appeal2026, like))


def rows(table: Table) -> set[tuple[object, ...]]:
    ways = (row for way in table.rows.values() for row in way)
    return {
        (r.act, r.leaves, r.enters, r.by, tuple(g.code for g in r.guards), r.tells) for r in ways
    }


def test_whatever_the_law_allows_the_city_allows() -> None:
    assert rows(kz.appeal.Appeal2026.table) <= rows(city.CityAppeal.table)
    ours, theirs = kz.appeal.Appeal2026.table.clocks, city.CityAppeal.table.clocks
    assert dict(ours) == {key: theirs[key] for key in ours}
    law = city.city_law()
    assert kz.law().limits == {key: law.limits[key] for key in kz.law().limits}


def test_a_case_opened_before_the_order_goes_on_by_it_and_has_no_term_of_it() -> None:
    desk, case = considered(office=kz.office("astana"))
    rows_kept = list(desk.journal.read(case.id))
    moved = oa.Desk(OFFICE, journal=memory.Journal(), numbers=memory.Numbers())
    forms = {case.under: desk.journal.form(case.under) or b""}
    moved.journal.append(case.id, rows_kept, expected=0, forms=forms)
    assert moved.verify().intact
    assert None is moved.may(case.id, city.GoThere(), at=MONDAY, by=STAFF)
    assert city.INTERNAL not in {deadline.limit for deadline in moved.deadlines(case.id)}
    assert (
        "answered"
        == moved.perform(case.id, kz.appeal.Decide("favourable"), at=MONDAY, by=STAFF).stage
    )


# -- its own act, stage, guard and clock ----------------------------------------------


def test_whoever_comes_back_has_photographs() -> None:
    desk, case = considered(city.GoThere())
    answer = desk.may(case.id, city.ComeBack(), at=MONDAY, by=STAFF)
    assert answer is not None
    assert ("city.no-photographs", "order of the city, 2") == (answer.code, answer.source)
    assert "нет фотографий" == OFFICE.law.words("refusal", answer.code, "ru")


def test_a_visit_takes_three_working_days() -> None:
    """Mon 2 Feb: Tue 3, Wed 4, Thu 5."""
    _, case = considered(city.GoThere())
    assert date(2026, 2, 5) == deadline(case, "city.place-visit").last_day


def test_on_the_way_silence_is_a_refusal_all_the_same() -> None:
    desk, case = considered(city.GoThere())
    late = desk.lapse(case.id, at=MONDAY + timedelta(days=40))
    assert "deemed_refused" == late.stage


@pytest.mark.parametrize("act", ["withdraw", "terminate", "redirect"])
def test_on_the_way_the_law_goes_on(act: str) -> None:
    table = city.CityAppeal.table
    there, home = table.rows["place_visited", act], table.rows["considered", act]
    assert [(r.enters, r.by, r.guards) for r in home] == [(r.enters, r.by, r.guards) for r in there]


def test_the_applicant_may_withdraw_on_the_way() -> None:
    desk, case = considered(city.GoThere())
    assert desk.may(case.id, kz.appeal.Withdraw(), at=MONDAY, by=kz.Applicant("Aigerim")) is None
    assert APPLICANT in city.CityAppeal.table.rows["place_visited", "withdraw"][0].by


# -- a shorter term beside the law's --------------------------------------------------


def test_the_term_of_the_city_stands_beside_that_of_the_law() -> None:
    """By hand from Mon 2 Feb 2026: the 10th working day is Mon 16, the 15th Mon 23 February."""
    desk, case = considered()
    own, law = deadline(case, "city.answer"), deadline(case, "appeal.consideration")
    assert (date(2026, 2, 16), date(2026, 2, 23)) == (own.last_day, law.last_day)
    for language, words in (
        ("kk", "қала бұйрығы"),
        ("ru", "приказ города"),
        ("en", "order of the city"),
    ):
        assert words in explain(own, language)
        assert words not in explain(law, language)
    (line,) = desk.docket(at=datetime.fromisoformat("2026-02-17T10:00+05:00"))
    assert line.deadline == law
    assert "city.answer" in line.breaches
    assert "overdue" != line.standing.value


def test_an_answer_stops_both() -> None:
    _, case = considered(kz.appeal.Decide("favourable"))
    for limit in ("city.answer", "appeal.consideration"):
        assert MONDAY == deadline(case, limit).stopped_at


def test_an_extension_by_the_law_does_not_move_the_term_of_the_city() -> None:
    _, case = considered(kz.appeal.Extend(date(2026, 3, 31), "a long matter"))
    assert date(2026, 2, 16) == deadline(case, "city.answer").last_day
    assert date(2026, 3, 31) == deadline(case, "appeal.consideration").last_day


# -- the ladder -----------------------------------------------------------------------


def days(told: Iterable[tuple[datetime, object]]) -> list[str]:
    return [f"{at:%m-%d %H:%M}" for at, _ in told]


FAR = datetime.fromisoformat("2026-12-01T10:00+05:00")


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ((), ["02-18 08:30", "02-18 08:30", "02-20 08:30", "02-24 00:00", "02-26 08:30"]),
        (
            (kz.appeal.Extend(date(2026, 3, 31), "a long matter"),),
            ["03-12 08:30", "03-26 08:30", "03-30 08:30", "04-01 00:00", "04-03 08:30"],
        ),
    ],
)
def test_the_rungs_of_the_ladder(acts: tuple[oa.Act, ...], expected: list[str]) -> None:
    """By hand. 15 days to 23 February: 11 of them are 70 %, so the 12th, Wed 18, begins past it.

    37 days to 31 March, 9 and 23 to 25 March being off: 26 are 70 %, the 27th is Thu 12 March.
    """
    _, case = considered(*acts)
    law = deadline(case, "appeal.consideration")
    told = city.reached(law, FAR)
    assert expected == days(told)
    assert NAMES == [rung.name for _, rung in told]


@pytest.mark.parametrize(
    ("when", "n"),
    [
        ("02-18T08:29", 0),
        ("02-18T08:30", 2),
        ("02-20T08:30", 3),
        ("02-23T23:59", 3),
        ("02-24T00:00", 4),
        ("02-26T08:29", 4),
        ("02-26T08:30", 5),
    ],
)
def test_a_rung_is_reached_at_its_instant(when: str, n: int) -> None:
    _, case = considered()
    at = datetime.fromisoformat(f"2026-{when}+05:00")
    assert NAMES[:n] == [
        rung.name for _, rung in city.reached(deadline(case, "appeal.consideration"), at)
    ]


def test_nobody_climbs_after_the_answer_nor_while_the_clock_stands_still() -> None:
    _, case = considered(kz.appeal.Decide("favourable"))
    law = deadline(case, "appeal.consideration")
    assert () == city.reached(law, FAR)
    assert () == city.reached(attrs.evolve(law, stopped_at=None, paused=True), FAR)


def test_the_term_of_the_city_may_have_the_ladder_too() -> None:
    """10 days to 16 February: 7 are 70 %, the 8th is Thu 12; 11, 13; the breach on the 17th; 19."""
    _, case = considered()
    told = city.reached(deadline(case, "city.answer"), FAR)
    assert ["02-11 08:30", "02-12 08:30", "02-13 08:30", "02-17 00:00", "02-19 08:30"] == days(told)


# -- the script -----------------------------------------------------------------------


def test_the_script_tells_its_story() -> None:
    ran = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, text=True, check=True)
    told = ran.stdout.splitlines()
    assert told == "\n".join(city.story()).splitlines()
    assert (
        "02-06  city.come-back: no, whoever comes back has photographs [order of the city, 2]"
        in told
    )
    assert (
        "Internal term (order of the city): answer: due by the end of Mon 2026-02-16 (24:00 +05:00)"
        in told
    )
    assert "Consideration of the appeal: due by the end of Mon 2026-02-23 (24:00 +05:00)" in told
    assert told[-2].startswith("late by 4 working days; also missed: ")
    assert "city.answer" in told[-2]
    assert told[-1].startswith("intact: ")
