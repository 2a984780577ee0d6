"""A changed law: what changed is listed, what moves is told with its reason, nothing is guessed."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

from openakimat import kz
from openakimat.adapters import memory
from openakimat.calendar.days import Hours, intervals
from openakimat.calendar.terms import Term, WorkingDays, WorkingHours, term
from openakimat.case.act import Act
from openakimat.case.acts import Receive, Register
from openakimat.case.people import Body, Official
from openakimat.case.record import Case, evolve
from openakimat.chart.steps import STRUCK, step
from openakimat.dated import Dated, Edition, Evidence
from openakimat.desk import Desk
from openakimat.errors import BrokenTrail, Malformed
from openakimat.judgement.changes import Change, Moved, Unreadable, because, diff, reproject
from openakimat.judgement.deadlines import deadline_of, deadlines
from openakimat.judgement.judge import decide, judge, open_case
from openakimat.judgement.lapse import lapse
from openakimat.judgement.notices import Decision
from openakimat.judgement.replay import replay
from openakimat.kz.acts import Accept, Extend
from openakimat.kz.appeal.acts import AskToCorrect, Correct
from openakimat.kz.charts import PROCEDURES
from openakimat.kz.data import pack
from openakimat.kz.identity import Applicant
from openakimat.kz.law import read_law
from openakimat.kz.roles import HEAD, REGISTRAR
from openakimat.law.fingerprint import version
from openakimat.law.law import Law
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline
from openakimat.testing.strategies import instants

BODY = Body("b", {"en": "A body"})
ASKS = Applicant("Айгерім")
STAFF = Official("staff", frozenset({REGISTRAR, HEAD}))
OFFICE = kz.office(BODY)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text + "+05:00")


def office(**how: Any) -> Office:
    return kz.office(BODY, **how)


def case(id: str, *told: tuple[str, Act], by: Office = OFFICE) -> Case:
    """An appeal received, and what was done to it."""
    (at, received), *rest = told
    assert isinstance(received, Receive)
    found = open_case("appeal", received, id=id, at=instant(at), by=ASKS, office=by)
    for at, act in rest:
        answer = decide(found, act, at=instant(at), by=STAFF, office=by)
        found = evolve(found, answer.record)
    return found


def accepted(id: str, day: str, *told: tuple[str, Act], by: Office = OFFICE) -> Case:
    """An appeal received, registered and taken up in the morning of a day."""
    acts: tuple[Act, ...] = (Receive(topic="roads"), Register(f"ЖТ-{id}"), Accept())
    first = [(f"{day}T1{hour}:00", act) for hour, act in enumerate(acts)]
    return case(id, *first, *told, by=by)


def law(key: str, /, wording: str = "appc-2026", **changed: Any) -> Law:
    """Our law with one edition of one limit changed."""
    whole = kz.law()
    editions = tuple(
        attrs.evolve(edition, value=attrs.evolve(edition.value, **changed))
        if edition.law == wording
        else edition
        for edition in whole.limits[key]
    )
    return attrs.evolve(whole, limits={**whole.limits, key: Dated(key, editions)})


def told(found: tuple[Change, ...]) -> list[str]:
    return [str(change) for change in found]


# -- what changed ---------------------------------------------------------------------


def test_the_same_law_has_not_changed() -> None:
    assert () == diff(kz.law(), kz.law()) == diff(OFFICE, office(calendar=OFFICE.calendar))
    assert () == diff(OFFICE, office())


def test_a_limit_shortened_is_one_change() -> None:
    found = diff(kz.law(), law("appeal.consideration", term=WorkingDays(10)))
    assert (
        Change("limit", "appeal.consideration", "appc-2026", "term", "15 working days", "10 working days"),
    ) == found  # fmt: skip
    assert [
        "limit appeal.consideration under appc-2026: term 15 working days becomes 10 working days"
    ] == told(found)


def test_a_better_citation_and_an_earlier_first_day_are_changes() -> None:
    found = diff(kz.law(), kz.law().starting({"appc-2026": date(2025, 12, 28)}))
    assert "wording appc-2026: since 2025-12-29 becomes 2025-12-28" in told(found)
    assert "chart appeal under appc-2026: since 2025-12-29 becomes 2025-12-28" in told(found)
    assert {"since"} == {change.part for change in found}
    marks = {**kz.law().marks, ("appc-2026", "APPC 77"): Evidence.SECONDARY}
    found = diff(kz.law(), attrs.evolve(kz.law(), marks=marks))
    assert ["citation APPC 77 under appc-2026: evidence confirmed becomes secondary"] == told(found)


def test_a_limit_added_is_one_change_and_so_is_one_removed() -> None:
    whole = kz.law()
    kept = {
        key: dated for key, dated in whole.limits.items() if key != "appeal.preliminary-decision"
    }
    without = attrs.evolve(whole, limits=kept)
    assert {"removed"} == {
        one.rpartition(" is ")[2].partition(":")[0] for one in told(diff(whole, without))
    }
    assert told(diff(without, whole))[0].startswith(
        "limit appeal.preliminary-decision under appc-2021 is added: term "
    )
    assert len(kz.law().limits["appeal.preliminary-decision"].editions) == len(diff(whole, without))


def test_steps_clocks_and_stages_of_a_chart_are_compared() -> None:
    class Changed(kz.Appeal):
        """Nobody rates; only the head extends."""

        rate = STRUCK
        extend = step(
            Extend,
            kz.Appeal.considered.to.itself(),
            by=HEAD,
            source="own 3",
        )

    charts = [*(chart for chart in PROCEDURES[0] if chart is not kz.Appeal), Changed]
    changed = read_law(pack(), (charts, *PROCEDURES[1:]))
    found = diff(kz.law(), changed)
    by_name = {(one.kind, one.name, one.part): (one.old, one.new) for one in found}
    extend = "extend from considered of appeal"
    assert ("target answered", None) == by_name["step", "rate from answered of appeal", ""]
    assert ("chief-of-staff, deputy, head", "head") == by_name["step", extend, "by"]
    assert ("APPC 76(3)", "own 3") == by_name["step", extend, "source"]
    assert "" == by_name["step", extend, "guards"][1]
    assert ("chart", "appeal", "table") in by_name
    assert version(OFFICE) != version(office(pack=changed))


def test_a_reading_answered_otherwise_is_told_with_what_it_does() -> None:
    found = told(diff(OFFICE, office(readings={"correction-2026": "outside"})))
    assert (
        "limit appeal.consideration under appc-2026: pauses nothing becomes ask-to-correct" in found
    )
    assert "reading correction-2026: answer inside becomes outside" in found


def test_the_days_of_two_calendars_are_compared_as_known() -> None:
    """Both official calendars that changed after publication. Source: calendar of 2024, of 2026."""
    before = office(calendar=kz.calendar(known_on=date(2024, 6, 6)))
    after = office(calendar=kz.calendar(known_on=date(2024, 6, 7)))
    (found,) = diff(before, after)
    assert ("day", "2024-06-17", "working day") == (found.kind, found.name, found.new)
    assert str(found).startswith(
        "day 2024-06-17: day off, Kurban Ait (first day) [Production calendar for 2024"
    )
    (found,) = diff(office(calendar=kz.calendar(known_on=date(2026, 3, 17))), office())
    assert ("2026-08-31", "working day") == (found.name, found.new)


def test_another_week_place_and_hours_are_changes_of_the_calendar() -> None:
    moved = office(calendar=kz.calendar("six-day", town="Oral"))
    frames = [one for one in diff(OFFICE, moved) if one.kind == "calendar"]
    parts = ["week", "place", "offset from 2005-01-01", "offset from 2024-03-01"]
    assert parts == [one.part for one in frames]
    assert "calendar: offset from 2024-03-01 5:00:00 becomes nothing" == str(frames[-1])


def test_two_offices_have_one_version_if_nothing_but_days_differs() -> None:
    other = kz.office("khromtau", calendar=kz.calendar("six-day"))
    assert version(OFFICE) == version(other)
    assert {"calendar", "day"} == {change.kind for change in diff(OFFICE, other)}
    assert version(OFFICE) != version(office(wording="appc-2021"))
    assert "office: wording in force becomes appc-2021" in told(
        diff(OFFICE, office(wording="appc-2021"))
    )


# -- what moves -----------------------------------------------------------------------


def days(one: Moved | Unreadable) -> tuple[str, str, int]:
    assert isinstance(one, Moved)
    return f"{one.before.last_day}", f"{one.after.last_day}", one.by


@pytest.mark.parametrize(
    ("received", "known", "off", "moved"),
    [
        ("2024-06-04", (date(2024, 6, 6), date(2024, 6, 7)), "2024-06-17", ("2024-06-25", "2024-06-24", -1)),
        ("2026-08-20", (date(2026, 1, 10), date(2026, 3, 18)), "2026-08-31", ("2026-09-11", "2026-09-10", -1)),
    ],
)  # fmt: skip
def test_a_calendar_that_changed_after_publication_moves_open_cases(
    received: str, known: tuple[date, date], off: str, moved: tuple[str, str, int]
) -> None:
    """A day off withdrawn is a day less to answer in. In 2024 the day of receipt counts as well."""
    old, new = (office(calendar=kz.calendar(known_on=day)) for day in known)
    cases = [accepted("1", received, by=old), accepted("2", "2023-02-01", by=old)]
    (found,) = reproject(cases, old, new, at=instant(f"{received}T18:00"))
    assert moved == days(found)
    assert isinstance(found, Moved)
    assert ("1", "appeal.consideration", False) == (found.case, found.limit, found.overdue)
    assert [off] == [change.name for change in found.why]
    assert f"1, appeal.consideration: {moved[0]} becomes {moved[1]} (1 working day earlier)" in str(
        found
    )
    (back,) = reproject(cases, new, old, at=instant(f"{received}T18:00"))
    assert (moved[1], moved[0], 1) == days(back)


def test_a_limit_shortened_moves_the_cases_under_it() -> None:
    new = office(pack=law("appeal.consideration", term=WorkingDays(10)))
    cases = [accepted("1", "2026-02-02"), accepted("2", "2025-11-03")]
    (found,) = reproject(cases, OFFICE, new, at=instant("2026-02-18T10:00"))
    assert ("2026-02-23", "2026-02-16", -5) == days(found)
    assert isinstance(found, Moved)
    assert found.overdue
    assert ["term"] == [change.part for change in found.why]
    assert "(5 working days earlier, overdue)" in str(found)


def test_a_reading_is_named_when_it_moves_a_day() -> None:
    new = office(readings={"correction-2026": "outside"})
    one = case(
        "1",
        ("2026-02-02T10:00", Receive(topic="roads")),
        ("2026-02-02T11:00", Register("ЖТ-1")),
        ("2026-02-03T10:00", AskToCorrect(date(2026, 2, 10), ("iin",))),
        ("2026-02-06T10:00", Correct()),
    )
    (found,) = reproject([one], OFFICE, new, at=instant("2026-02-06T12:00"))
    assert ("2026-02-23", "2026-02-26", 3) == days(found)
    assert isinstance(found, Moved)
    assert [
        "reading correction-2026: answer inside becomes outside",
        "limit appeal.consideration under appc-2026: pauses nothing becomes ask-to-correct",
    ] == told(found.why)


def test_a_clock_that_would_stand_still_is_told_though_its_day_is_the_same() -> None:
    new = office(readings={"correction-2026": "outside"})
    one = case(
        "1",
        ("2026-02-02T10:00", Receive(topic="roads")),
        ("2026-02-02T11:00", Register("ЖТ-1")),
        ("2026-02-03T10:00", AskToCorrect(date(2026, 2, 10), ("iin",))),
    )
    (found,) = reproject([one], OFFICE, new, at=instant("2026-02-03T12:00"))
    assert ("2026-02-23", "2026-02-23", 0) == days(found)
    assert "(the same day, standing still)" in str(found)
    (back,) = reproject([one], new, OFFICE, at=instant("2026-02-03T12:00"))
    assert "(the same day)" in str(back)


def test_closed_cases_and_lapsed_clocks_do_not_move() -> None:
    new = office(pack=law("appeal.consideration", term=WorkingDays(10)))
    one = accepted("1", "2026-02-02")
    at = instant("2026-02-24T10:00")
    for record in lapse(one, at=at, office=OFFICE):
        one = evolve(one, record)
    assert "deemed_refused" == one.stage
    assert () == reproject([one], OFFICE, new, at=at)


def test_opening_hours_and_offset_are_named_where_they_move_an_instant() -> None:
    def hours(*daily: str) -> Dated[Hours]:
        source = ("usual", date(2005, 1, 1), "order of the akim", Evidence.CONFIRMED)
        return Dated("own", (Edition(Hours(intervals(*daily)), *source),))

    def later(of: Term, **how: Any) -> Office:
        return office(pack=law("appeal.consideration", term=of), calendar=kz.calendar(**how))

    of, at = WorkingHours(16), instant("2026-02-03T10:00")
    old = later(of, open=hours("09:00-13:00", "14:00-18:00"))
    one = accepted("1", "2026-02-02", by=old)
    new = later(of, open=hours("09:00-13:00"))
    moved = {one.limit: one for one in reproject([one], old, new, at=at) if isinstance(one, Moved)}
    why = moved["appeal.consideration"].why
    assert (
        "day 2026-02-03: working day, 09:00-13:00 14:00-18:00 becomes working day, 09:00-13:00"
        in told(why)
    )
    old, new = (later(term("40 hours"), town=town) for town in ("Almaty", "Oral"))
    in_2024 = accepted("1", "2024-02-01", by=old)
    found = {
        one.limit: one for one in reproject([in_2024], old, new, at=at) if isinstance(one, Moved)
    }
    assert ["offset Oral: 6:00:00 becomes 5:00:00"] == told(found["appeal.consideration"].why)


# -- what is not guessed --------------------------------------------------------------


def without(stage_step: str) -> Office:
    """An office whose appeals lost a step: another table, of another name."""
    struck: Any = type("Struck", (kz.Appeal,), {stage_step: STRUCK, "__doc__": "Other."})
    charts = [*(chart for chart in PROCEDURES[0] if chart is not kz.Appeal), struck]
    return office(pack=read_law(pack(), (charts, *PROCEDURES[1:])))


def test_a_case_of_a_chart_that_lost_a_step_is_counted_by_the_chart_of_today() -> None:
    one, older = accepted("1", "2026-02-02"), accepted("2", "2025-11-03")
    new = without("rate")
    assert () == reproject([one, older], OFFICE, new, at=instant("2026-02-03T10:00"))
    with pytest.raises(BrokenTrail) as raised:
        replay("1", one.records, office=new)
    assert "trail.unknown-table" == raised.value.code
    knowing = new.knowing({one.under: OFFICE.table_of(one.under)})
    assert one == replay("1", one.records, office=knowing)
    assert (version(new), ()) == (version(knowing), diff(new, knowing))


def test_a_case_whose_day_is_beyond_the_new_calendar_is_listed() -> None:
    one = accepted("1", "2026-12-20")
    strict = office(calendar=kz.calendar(strict=True))
    (found,) = reproject([one], OFFICE, strict, at=instant("2026-12-21T10:00"))
    assert isinstance(found, Unreadable)
    assert "beyond-calendar" == found.code


def test_an_old_office_that_does_not_know_a_case_is_refused() -> None:
    one = accepted("1", "2026-02-02")
    with pytest.raises(BrokenTrail):
        reproject([one], without("rate"), OFFICE, at=instant("2026-02-03T10:00"))
    with pytest.raises(Malformed, match="offset"):
        reproject([one], OFFICE, OFFICE, at=datetime(2026, 2, 3))  # noqa: DTZ001 - it is naive


# -- what always holds ----------------------------------------------------------------


def test_a_dry_run_changes_nothing() -> None:
    journal = memory.Journal()
    desk = Desk(OFFICE, journal=journal, numbers=memory.Numbers())
    at = instant("2026-02-02T10:00")
    for _ in range(3):
        desk.perform(desk.open(kz.Appeal, by=ASKS, at=at).id, Register(), by=STAFF, at=at)
    cases = list(desk.files())
    rows, kept, verdict = list(journal.since()), copy.copy(cases), desk.verify()
    outlined = version(OFFICE)
    new = office(pack=law("appeal.consideration", term=WorkingDays(10)))
    assert len(cases) == len(reproject(cases, OFFICE, new, at=at))
    assert (rows, kept, verdict) == (list(journal.since()), cases, desk.verify())
    assert outlined == version(OFFICE)


CALENDARS = [
    kz.calendar(),
    kz.calendar("six-day"),
    kz.calendar("24x7"),
    kz.calendar(town="Oral"),
    kz.calendar(known_on=date(2022, 1, 10)),
    kz.calendar(known_on=date(2024, 6, 6)),
    kz.calendar(known_on=date(2026, 1, 10)),
    kz.calendar(open="usual", town="Qyzylorda"),
]
PACKS = [
    kz.law(),
    law("appeal.consideration", term=WorkingDays(10)),
    law("appeal.consideration", "l221", term=term("1 month")),
    law("appeal.redirection", term=WorkingHours(20)),
    law("appeal.registration", "appc-2021", term=term("3 hours")),
]
READINGS: list[Mapping[str, str]] = [
    {},
    {"correction-2021": "outside", "correction-2026": "outside"},
]
offices = st.builds(
    lambda calendar, pack, readings: office(calendar=calendar, pack=pack, readings=readings),
    st.integers(0, len(CALENDARS) - 1).map(lambda n: CALENDARS[n]),
    st.integers(0, len(PACKS) - 1).map(lambda n: PACKS[n]),
    st.sampled_from(READINGS),
)


@st.composite
def open_cases(draw: st.DrawFn) -> Case:
    """An appeal received at any instant, a few of its acts after it."""
    at = draw(instants().filter(lambda at: date(2007, 2, 1) < at.date() < date(2027, 1, 1)))
    found = open_case("appeal", Receive(), id="1", at=at, by=ASKS, office=OFFICE)
    later = at.date() + timedelta(days=draw(st.integers(2, 60)))
    acts = [Register("1"), draw(st.sampled_from([Accept(), AskToCorrect(later, ("iin",))])), Correct(), Extend(later, "why")]  # fmt: skip
    for act in acts[: draw(st.integers(0, 4))]:
        at += timedelta(minutes=draw(st.integers(1, 60 * 24 * 9)))
        answer = judge(found, act, at=at, by=STAFF, office=OFFICE)
        found = evolve(found, answer.record) if isinstance(answer, Decision) else found
    return found


@given(open_cases(), offices)
def test_the_same_office_moves_nothing(one: Case, of: Office) -> None:
    assert () == reproject([one], of, of, at=one.opened_at)


@given(open_cases(), offices, offices)
def test_what_moves_has_a_reason_that_differs_between_the_laws(
    one: Case, old: Office, new: Office
) -> None:
    """Each reason is a difference of the two laws or calendars; without one nothing moves."""
    found, changes = reproject([one], old, new, at=one.opened_at), diff(old, new)
    laws = {(each.kind, each.name, each.law, each.part) for each in changes}
    frame = {each.part for each in changes if each.kind == "calendar"}
    for moved in found:
        assert isinstance(moved, Moved)
        assert moved.why
        assert (moved.before.at, moved.before.paused) != (moved.after.at, moved.after.paused)
        for why in moved.why:
            if why.kind in {"limit", "reading"}:
                assert (why.kind, why.name, why.law, why.part) in laws
            elif why.kind == "day":
                assert old.calendar.hours_of(date.fromisoformat(why.name)) != new.calendar.hours_of(
                    date.fromisoformat(why.name)
                )
            else:
                assert "offset" == why.kind
                assert any(part.startswith("offset") for part in frame)
    if not changes:
        assert () == found


@given(open_cases(), offices, offices)
def test_all_that_moves_is_told_and_nothing_else(one: Case, old: Office, new: Office) -> None:
    """Held against the deadlines themselves, clock by clock."""
    table = old.table_of(one.under)
    moved = {each.before.limit for each in reproject([one], old, new, at=one.opened_at) if isinstance(each, Moved)}  # fmt: skip
    expected = set()
    for clock in table.clocks:
        before, after = (deadline_of(one, clock, office=each) for each in (old, new))
        if before and after and before.stopped_at is None and _differ(before, after):
            expected.add(before.limit)
    assert expected == moved


def _differ(before: Deadline, after: Deadline) -> bool:
    return (before.at, before.paused) != (after.at, after.paused)


def test_two_deadlines_of_one_office_have_no_reason_to_differ() -> None:
    (one, *_) = deadlines(accepted("1", "2026-02-02"), office=OFFICE)
    assert () == because(one, one)
