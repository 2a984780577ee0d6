"""Receipts: a day counted again from what is written alone, and what is seen when it is not true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from openakimat import kz
from openakimat.calendar.days import Hours, intervals
from openakimat.calendar.terms import (
    AsSet,
    CalendarDays,
    ClockHours,
    Minutes,
    Months,
    Term,
    WorkingDays,
    WorkingHours,
)
from openakimat.calendar.worktime import WorkCalendar
from openakimat.case.people import Body
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import AkimatError, BeyondCalendar, BrokenTrail, Malformed
from openakimat.law.office import Office
from openakimat.law.words import Words
from openakimat.limits.deadline import Deadline, due
from openakimat.limits.explain import explain
from openakimat.limits.limit import Rule, TimeLimit
from openakimat.testing.strategies import instants
from openakimat.trail.canonical import canonical, parse
from openakimat.trail.codec import read, written
from openakimat.trail.receipt import LIBRARY, Receipt, receipt, recount, reproduce

LANGUAGES = tuple(kz.law().languages)

T = TypeVar("T")
ROOT = Path(__file__).parent.parent
STORED = Path(__file__).with_name("vectors") / "receipt.json"
BODY = Body("b", {"en": "A body"})
SHORT_FRIDAYS = Dated(
    "own hours",
    (
        Edition(
            Hours(intervals("08:30-12:30", "13:30-17:30"), {4: intervals("08:30-15:00")}),
            "own",
            date(2005, 1, 1),
            "order of the akim",
            Evidence.CONFIRMED,
        ),
        Edition(
            Hours(intervals("00:00-24:00")),
            "later",
            date(2024, 5, 20),
            "order of the akim",
            Evidence.CONFIRMED,
        ),
    ),
)
CALENDARS = [
    kz.calendar(),
    kz.calendar("six-day", town="Oral"),
    kz.calendar("24x7", town="Qyzylorda"),
    kz.calendar(open=SHORT_FRIDAYS),
    kz.calendar(known_on=date(2024, 6, 6)),
    kz.calendar(known_on=date(2026, 1, 10), town="Almaty"),
    kz.calendar(strict=True),
]
READINGS = [{}, {"correction-2021": "outside", "correction-2026": "outside"}]
OFFICES = [
    kz.office(BODY, calendar=calendar, readings=readings)
    for calendar in CALENDARS
    for readings in READINGS
]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def own(of: Term, calendar: WorkCalendar, **rules: str) -> tuple[Office, Edition[TimeLimit]]:
    """An office whose law has one limit more: rules by name, `direction` beside them."""
    direction = rules.pop("direction", "after")
    told: dict[str, Any] = {name: Rule(value, f"own {name}") for name, value in rules.items()}
    made = TimeLimit(
        "own",
        of,
        base=Rule("receipt", "own 1", Evidence.CONFIRMED),
        direction=direction,
        pauses=frozenset({"court", "inquiry"}),
        names={"en": "Own", "kk": "Өз", "ru": "Своё"},
        **told,
    )
    edition = Edition(made, "appc-2026", date(2000, 1, 1), "own 1", Evidence.SECONDARY)
    limits = {**kz.law().limits, "own": Dated("own", (edition,))}
    return kz.office(BODY, calendar=calendar, pack=attrs.evolve(kz.law(), limits=limits)), edition


def of_law(office: Office, key: str, base_at: str, **how: Any) -> Deadline:
    at = instant(base_at)
    return due(office.limit(key, at.date(), "appc-2026"), at, office.calendar, **how)


def stored(given: Receipt) -> Receipt:
    """A receipt after it was written and read."""
    return read(parse(canonical(written(given))), Receipt)


def holds(deadline: Deadline, office: Office) -> None:
    """A receipt gives the same deadline, by words and by value, also after it was written."""
    given = receipt(deadline, office=office)
    assert given == stored(given)
    assert canonical(written(given)) == canonical(written(stored(given)))
    again = reproduce(stored(given))
    assert deadline == attrs.evolve(again, calendar=deadline.calendar)
    for language in LANGUAGES:
        words = Words(office.law, language)
        assert words.explain(deadline) == words.explain(again)
    assert deadline.evidence == again.evidence
    assert deadline.forecast == again.forecast
    at = deadline.stopped_at or deadline.at
    calendar, last_day = deadline.calendar, deadline.last_day or deadline.at.date()
    if all(calendar.first <= day <= calendar.last for day in (last_day, calendar.place.day_of(at))):
        assert deadline.days_late(at) == again.days_late(at)


def one_of_many(few: Sequence[T]) -> st.SearchStrategy[T]:
    """One of some values too large to be shown."""
    return st.integers(0, len(few) - 1).map(lambda n: few[n])


@st.composite
def circumstances(draw: st.DrawFn) -> dict[str, Any]:
    """Instants in order: a base, pauses after it, an extension, a stop."""
    base_at = draw(instants())
    gaps = draw(st.lists(st.integers(1, 60 * 24 * 30), max_size=4))
    marks = [base_at]
    for gap in gaps:
        marks.append(marks[-1] + timedelta(minutes=gap))
    pauses = list(zip(marks[1::2], marks[2::2], strict=False))
    until = draw(st.none() | st.integers(0, 90))
    late = draw(st.none() | st.integers(1, 60 * 24 * 90))
    signed = draw(st.none() | st.integers(0, 60 * 24 * 90)) if until is not None else None
    return {
        "base_at": base_at,
        "pauses": pauses,
        "until": None if until is None else base_at.date() + timedelta(days=until),
        "stopped_at": None if late is None else marks[-1] + timedelta(minutes=late),
        "paused": draw(st.booleans()),
        "extended_at": None if signed is None else base_at + timedelta(minutes=signed),
    }


def counted(edition: Edition[TimeLimit], office: Office, told: dict[str, Any]) -> Deadline:
    base_at, how = told["base_at"], {k: v for k, v in told.items() if k != "base_at"}
    try:
        found = due(edition, base_at, office.calendar, **how)
        explain(found)
        return found  # noqa: TRY300 - both may be beyond the calendar
    except BeyondCalendar:
        assume(False)  # noqa: FBT003 - hypothesis says it so
        raise


# -- the day again --------------------------------------------------------------------


@given(one_of_many(OFFICES), st.data(), circumstances())
def test_every_deadline_of_the_law_is_counted_again_from_its_receipt(
    office: Office, data: st.DataObject, told: dict[str, Any]
) -> None:
    editions = [edition for dated in office.law.limits.values() for edition in dated]
    holds(counted(data.draw(st.sampled_from(editions)), office, told), office)


TERMS = [WorkingDays, CalendarDays, Months, WorkingHours, ClockHours, Minutes]


@given(
    st.sampled_from(TERMS).flatmap(lambda kind: st.integers(1, 60).map(kind)) | st.just(AsSet()),
    st.fixed_dictionaries(
        {
            "direction": st.sampled_from(["after", "before"]),
            "first_day": st.sampled_from(["next", "same"]),
            "late": st.sampled_from(["same-day", "next-working-day"]),
            "roll": st.sampled_from(["none", "next-working-day"]),
        }
    ),
    one_of_many(CALENDARS),
    circumstances(),
)
def test_so_is_one_of_every_unit_direction_and_rule(
    of: Term, rules: dict[str, str], calendar: WorkCalendar, told: dict[str, Any]
) -> None:
    office, edition = own(of, calendar, **rules)
    holds(counted(edition, office, told), office)


@pytest.mark.parametrize("town", ["Almaty", "Oral"])
@pytest.mark.parametrize("start", ["2024-02-29T23:30+05:00", "2024-02-27T10:00+06:00"])
@pytest.mark.parametrize("of", [WorkingDays(1), ClockHours(30), WorkingHours(20), CalendarDays(2)])
def test_across_the_night_that_had_an_hour_more(of: Term, start: str, town: str) -> None:
    office, edition = own(of, kz.calendar(town=town))
    holds(due(edition, instant(start), office.calendar), office)


def test_at_the_edges_of_the_calendar() -> None:
    calendar = kz.calendar()
    office, edition = own(WorkingDays(1), calendar)
    holds(due(edition, instant("2007-01-01T10:00+06:00"), calendar), office)
    holds(due(edition, instant("2027-12-30T10:00+05:00"), calendar), office)
    office, edition = own(Months(1), calendar, direction="before")
    early = due(edition, instant("2007-01-30T10:00+06:00"), calendar)
    holds(early, office)
    with pytest.raises(BeyondCalendar, match="2006-12-30"):
        early.days_late(instant("2007-01-31T10:00+06:00"))
    office, edition = own(Minutes(30), calendar)
    holds(due(edition, instant("2031-01-01T10:00+05:00"), calendar), office)


def test_it_holds_what_the_day_rests_on_and_no_more() -> None:
    office = kz.office()
    given = receipt(of_law(office, "appeal.consideration", "2026-03-19T09:00+05:00"), office=office)
    assert ("appeal.consideration", "appc-2026") == (given.limit, given.law)
    assert ("15 working days", "after") == (given.term, given.direction)
    assert date(2026, 4, 14) == given.last_day
    assert (date(2026, 3, 18), date(2026, 4, 16)) == (given.calendar.first, given.calendar.last)
    assert [21, 22, 23, 24, 25] == [day.on.day for day in given.calendar.days]
    assert [18000] == [offset.seconds for offset in given.calendar.offsets]
    assert {"correction-2026": "inside", "late-registration": "literal"} == dict(given.readings)
    assert office.calendar.version == given.calendar.version
    assert len(canonical(written(given))) < 4000
    assert "2026-04-14, 15 working days" in str(given)


def test_the_library_it_names_is_the_one_packaged() -> None:
    assert metadata.version("openakimat") == LIBRARY


def test_a_receipt_stored_is_read_for_ever() -> None:
    body = STORED.read_bytes()
    given = read(parse(body), Receipt)
    assert date(2026, 4, 21) == reproduce(given).last_day
    assert canonical(written(given)) == body


# -- what is not true -----------------------------------------------------------------


def certified() -> Receipt:
    """Of a term from after hours, paused once, extended, rolled on over Nauryz."""
    office, edition = own(
        WorkingDays(15), kz.calendar(), late="next-working-day", roll="next-working-day"
    )
    paused = (instant("2026-03-26T10:00+05:00"), instant("2026-04-02T10:00+05:00"))
    found = due(edition, instant("2026-03-18T18:40+05:00"), office.calendar, pauses=[paused])
    return receipt(found, office=office)


@pytest.mark.parametrize(
    ("altered", "said"),
    [
        ({"last_day": date(2026, 4, 20)}, "last_day is 2026-04-20, what it rests on gives 2026-04-21"),
        ({"at": instant("2026-04-23T00:00+05:00")}, "at is 2026-04-23"),
        ({"term": "14 working days"}, "gives 2026-04-20"),
        ({"term": "15 moons"}, "cannot be counted"),
        ({"base_at": instant("2026-03-17T10:00+05:00")}, "last_day is 2026-04-21"),
        ({"late": Rule("same-day")}, "gives 2026-04-20"),
        ({"roll": Rule("sideways")}, "cannot be counted: roll"),
        ({"pauses": ()}, "gives 2026-04-14"),
        ({"until": date(2026, 5, 20)}, "outside the calendar 2026-03-17 to"),
    ],
    ids=lambda given: "" if isinstance(given, str) else "-".join(given),
)  # fmt: skip
def test_an_altered_receipt_tells_what_differs(altered: dict[str, Any], said: str) -> None:
    assert date(2026, 4, 21) == certified().last_day
    with pytest.raises(BrokenTrail, match=said) as raised:
        reproduce(attrs.evolve(certified(), **altered))
    assert raised.value.code == "receipt.untrue"


def test_a_day_off_struck_out_of_a_receipt_is_seen() -> None:
    given = certified()
    without = attrs.evolve(given.calendar, days=given.calendar.days[:-1])
    with pytest.raises(BrokenTrail, match="gives 2026-04-20"):
        reproduce(attrs.evolve(given, calendar=without))


def test_no_receipt_is_given_for_the_law_or_the_days_of_another_office() -> None:
    found = of_law(kz.office(), "appeal.consideration", "2026-03-19T09:00+05:00")
    with pytest.raises(Malformed, match="not that of this office"):
        receipt(found, office=kz.office(BODY, calendar=kz.calendar("six-day")))
    with pytest.raises(Malformed, match="not so in the law"):
        receipt(found, office=kz.office(readings={"correction-2026": "outside"}))
    with pytest.raises(BrokenTrail):
        receipt(attrs.evolve(found, last_day=date(2026, 4, 15)), office=kz.office())


STRANGE: list[Any] = [None, True, -1, 2**50, "", "x", "0001-01-01", "9999-12-31", [], {}, [[-(2**40), 2**40]],
           "0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00", "9999 months"]  # fmt: skip


def leaves(told: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in plain data: what holds it, and its key there."""
    for key in list(told) if isinstance(told, dict) else range(len(told)):
        yield told, key
        if isinstance(told[key], dict | list):
            yield from leaves(told[key])


@pytest.mark.parametrize("strange", STRANGE, ids=repr)
def test_whatever_is_written_on_it_nothing_but_our_errors_comes_of_it(strange: Any) -> None:
    plain = parse(canonical(written(certified())))
    for holder, key in leaves(plain):
        kept, holder[key] = holder[key], strange
        try:
            given = read(plain, Receipt)
            assert given.last_day == reproduce(given).last_day
        except AkimatError:
            pass
        holder[key] = kept


def test_a_receipt_of_another_form_is_not_read() -> None:
    with pytest.raises(Malformed, match="form"):
        read({**parse(canonical(written(certified()))), "form": 2}, Receipt)


# -- the law of today -----------------------------------------------------------------


def test_a_day_that_the_calendar_moved_is_told_with_its_reason() -> None:
    old = kz.office(BODY, calendar=kz.calendar(known_on=date(2026, 1, 10)))
    given = receipt(of_law(old, "appeal.consideration", "2026-08-20T10:00+05:00"), office=old)
    found = recount(given, office=kz.office(BODY))
    assert (False, ("calendar",)) == (found.stands, found.changed)
    assert (date(2026, 9, 11), date(2026, 9, 10)) == (found.before.last_day, found.after.last_day)
    assert ["2026-08-31"] == [change.name for change in found.why]
    assert str(found).startswith("moved: 2026-09-11 becomes 2026-09-10\n  day 2026-08-31: day off")


def test_a_calendar_changed_elsewhere_leaves_the_day() -> None:
    old = kz.office(BODY, calendar=kz.calendar(known_on=date(2026, 1, 10)))
    given = receipt(of_law(old, "appeal.consideration", "2026-03-19T09:00+05:00"), office=old)
    found = recount(given, office=kz.office(BODY))
    assert (True, ("calendar",), ()) == (found.stands, found.changed, found.why)
    assert "stands: 2026-04-14" == str(found)
    assert () == recount(given, office=old).changed


def test_another_reading_is_told_though_the_receipt_cannot_count_by_it() -> None:
    given = receipt(
        of_law(kz.office(), "appeal.consideration", "2026-03-19T09:00+05:00"), office=kz.office()
    )
    found = recount(given, office=kz.office(readings={"correction-2026": "outside"}))
    assert (True, ("pack",)) == (found.stands, found.changed)
    assert ["pauses"] == [change.part for change in found.why]
    assert "nothing becomes ask-to-correct" in str(found)


if __name__ == "__main__":
    STORED.write_bytes(canonical(written(certified())))
