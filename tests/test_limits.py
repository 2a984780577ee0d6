"""Deadlines: worked examples of the fact sheet, one golden case, and laws that always hold."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import assume, given, strategies as st

from openakimat import kz
from openakimat.calendar.terms import (
    AsSet,
    CalendarDays,
    ClockHours,
    Minutes,
    Months,
    Term,
    WorkingDays,
    WorkingHours,
    add_months,
    term,
)
from openakimat.case.act import Act
from openakimat.case.acts import Pause, Receive, Register, Resume
from openakimat.case.people import Official
from openakimat.case.record import Case, Record, evolve
from openakimat.chart.clock import Clock
from openakimat.dated import Edition, Evidence
from openakimat.errors import Malformed, NotAllowed
from openakimat.judgement.clocks import running
from openakimat.judgement.judge import decide, judge, open_case
from openakimat.kz.acts import Accept, Decide, Extend
from openakimat.kz.identity import Applicant
from openakimat.kz.roles import HEAD, REGISTRAR
from openakimat.law.office import Office
from openakimat.limits.deadline import Deadline, due
from openakimat.limits.explain import explain
from openakimat.limits.language import ENGLISH
from openakimat.limits.limit import Rule, TimeLimit

SPOKEN = kz.law().languages
LANGUAGES = tuple(SPOKEN)
PHRASES = {code: one.phrases for code, one in SPOKEN.items()}
UNITS = {unit: {code: one.units[unit] for code, one in SPOKEN.items()} for unit in ENGLISH.units}
WEEKDAYS = {code: one.weekdays for code, one in SPOKEN.items()}

ONE_DAY, ONE_SECOND, ONE_HOUR = timedelta(days=1), timedelta(seconds=1), timedelta(hours=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def limit(of: Term, **rules: str) -> Edition[TimeLimit]:
    """A limit of one's own: rules by name, `direction` beside them."""
    direction = rules.pop("direction", "after")
    made = TimeLimit(
        "own",
        of,
        base=Rule(rules.pop("base", "receipt")),
        direction=direction,
        pauses=frozenset({"court"}),
        languages=SPOKEN,
        **{name: Rule(value) for name, value in rules.items()},  # type: ignore[arg-type]
    )
    return Edition(made, "own", date(2000, 1, 1), "own 1", Evidence.CONFIRMED)


def of_law(key: str, wording: str) -> Edition[TimeLimit]:
    """As the law is read by default."""
    return kz.office().law.limits[key].on(date.max, law=wording)


# -- worked examples of the fact sheet ------------------------------------------------


@pytest.mark.parametrize(
    ("key", "wording", "start", "last_day"),
    [
        ("appeal.consideration", "appc-2026", "2026-02-02T10:00+05:00", "2026-02-23"),
        ("appeal.redirection", "appc-2026", "2026-02-06T10:00+05:00", "2026-02-11"),
        ("appeal.extension", "appc-2026", "2026-02-20T10:00+05:00", "2026-04-20"),
        ("appeal.redirection", "l221", "2019-07-04T10:00+06:00", "2019-07-09"),
        ("appeal.redirection", "appc-2021", "2025-10-22T10:00+05:00", "2025-10-28"),
        ("appeal.consideration", "l221", "2020-08-03T10:00+06:00", "2020-08-17"),
        ("appeal.consideration-with-inquiry", "l221", "2020-08-03T10:00+06:00", "2020-09-01"),
    ],
    ids=["15 wd", "3 wd", "cap of 2 months", "over Capital Day", "over Republic Day", "15 cd",
         "30 cd"],
)  # fmt: skip
def test_worked_examples(key: str, wording: str, start: str, last_day: str) -> None:
    """The limits of the law end where the fact sheet counts them to."""
    found = due(of_law(key, wording), instant(start), kz.calendar())
    assert day(last_day) == found.last_day


@pytest.mark.parametrize(
    ("n", "start", "last_day"),
    [(20, "2026-02-02T10:00+05:00", "2026-03-02"), (5, "2019-03-15T10:00+06:00", "2019-03-27")],
    ids=["a complaint", "over Nauryz"],
)
def test_worked_examples_of_limits_not_in_the_pack(n: int, start: str, last_day: str) -> None:
    """Working days from the next day on."""
    found = due(limit(WorkingDays(n)), instant(start), kz.calendar())
    assert day(last_day) == found.last_day


def test_received_on_saturday_is_registered_on_monday() -> None:
    """Received Sat 07.02.2026: registered Mon 09.02.2026, fifteen working days to 02.03.2026."""
    received = instant("2026-02-07T11:00+05:00")
    registration = due(of_law("appeal.registration", "appc-2026"), received, kz.calendar())
    assert (day("2026-02-09"),) * 2 == (registration.base_day, registration.last_day)
    registered = instant("2026-02-09T09:30+05:00")
    found = due(of_law("appeal.consideration", "appc-2026"), registered, kz.calendar())
    assert day("2026-03-02") == found.last_day


# -- the golden case ------------------------------------------------------------------

NAURYZ_LEFT_OUT = [
    "2026-03-21", "2026-03-22", "2026-03-23", "2026-03-24", "2026-03-25", "2026-03-28",
    "2026-03-29", "2026-04-04", "2026-04-05", "2026-04-11", "2026-04-12",
]  # fmt: skip


CODE = {"kk": "ӘРПК", "ru": "АППК", "en": "APPC"}


def golden() -> tuple[Deadline, Deadline]:
    """Registration and consideration of an appeal received Wed 2026-03-18 at 18:40 in Khromtau."""
    office = kz.office("khromtau")
    received, registered = instant("2026-03-18T18:40+05:00"), instant("2026-03-19T09:00+05:00")
    wording = office.wording_on(received.date())

    def of(key: str, at: datetime) -> Deadline:
        return due(office.limit(key, at.date(), wording), at, office.calendar)

    return of("appeal.registration", received), of("appeal.consideration", registered)


def listed(text: str, language: str) -> list[date]:
    """The days told as left out, in the order told."""
    form = "%Y-%m-%d" if language == "en" else "%d.%m.%Y"
    lines = [line for line in text.splitlines() if line.startswith("    ")]
    told = [line.partition(" — ")[0].split() for line in lines]
    days = [datetime.strptime(text, form).date() for _, text in told]  # noqa: DTZ007 - a day
    assert [WEEKDAYS[language][one.weekday()] for one in days] == [name for name, _ in told]
    return days


def test_an_appeal_after_hours_before_nauryz() -> None:
    """It counts as received on Thursday, and the answer is due on 14 April, end of day."""
    registration, consideration = golden()
    assert day("2026-03-19") == registration.last_day == registration.base_day
    assert instant("2026-03-20T00:00+05:00") == registration.at
    assert day("2026-04-14") == consideration.last_day
    assert "2026-04-15T00:00:00+05:00" == consideration.at.isoformat()
    assert consideration.forecast is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_explanation_lists_each_day_left_out_once(language: str) -> None:
    """Eleven days, in order, each with its weekday, under their number."""
    text = explain(golden()[1], language)
    assert [*map(day, NAURYZ_LEFT_OUT)] == listed(text, language)
    assert "  " + PHRASES[language]["left-out"].format(n=11) in text.splitlines()


@pytest.mark.parametrize(
    ("language", "first", "nauryz"),
    [
        ("kk", "Жолданымды қарау: мерзімі сс 14.04.2026 күнінің соңына дейін (24:00 +05:00)",
         "сб 21.03.2026 — Наурыз мейрамы"),
        ("ru", "Рассмотрение обращения: срок истекает в конце дня вт 14.04.2026 (24:00 +05:00)",
         "сб 21.03.2026 — Наурыз мейрамы"),
        ("en", "Consideration of the appeal: due by the end of Tue 2026-04-14 (24:00 +05:00)",
         "Sat 2026-03-21 — Nauryz"),
    ],
)  # fmt: skip
def test_the_explanation_gives_result_articles_and_holidays(
    language: str, first: str, nauryz: str
) -> None:
    """Its head tells the last day; term and first day cite APPC 76(1) and 76(2)."""
    lines = explain(golden()[1], language).splitlines()
    sure = PHRASES[language]["confirmed"]
    assert first == lines[0]
    assert lines[1].endswith(f"[{CODE[language]} 76(1); {sure}]")
    assert 1 == sum(line.endswith(f"[{CODE[language]} 76(2); {sure}]") for line in lines)
    assert 1 == sum(nauryz in line and "267-II" in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_explanation_tells_that_it_came_after_hours(language: str) -> None:
    """The registration explains why Thursday counts, citing APPC 64(3)."""
    lines = explain(golden()[0], language).splitlines()
    late = [line for line in lines if "18:40 +05:00" in line]
    assert 1 == len(late)
    assert late[0].endswith(f"[{CODE[language]} 64(3); {PHRASES[language]['secondary']}]")


def test_a_deadline_is_printed_as_its_limit_and_its_day() -> None:
    """What it rests on is for `explain`."""
    assert "appeal.consideration: 2026-04-14" == str(golden()[1])


@pytest.mark.parametrize("language", ["", "uz", "EN", "kk-KZ"])
def test_an_unknown_language_is_malformed(language: str) -> None:
    """The languages known are named."""
    with pytest.raises(Malformed, match="none of kk, ru, en"):
        explain(golden()[1], language)


# -- words ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "form"),
    [(0, 2), (1, 0), (2, 1), (4, 1), (5, 2), (10, 2), (11, 2), (12, 2), (14, 2), (20, 2), (21, 0),
     (22, 1), (25, 2), (100, 2), (101, 0), (102, 1), (111, 2), (112, 2), (121, 0), (1000, 2)],
)  # fmt: skip
def test_russian_numbers_take_their_form(n: int, form: int) -> None:
    """One, two to four, or many, by the last digits, in every unit."""
    for unit, told in UNITS.items():
        assert f"{n} {told['ru'][form]}" == SPOKEN["ru"].amount(n, unit)


def test_russian_working_days() -> None:
    """The forms themselves, as the language has them."""
    told = [SPOKEN["ru"].amount(n, "WorkingDays") for n in (1, 2, 5, 11, 21, 101, 111)]
    assert [
        "1 рабочий день", "2 рабочих дня", "5 рабочих дней", "11 рабочих дней",
        "21 рабочий день", "101 рабочий день", "111 рабочих дней",
    ] == told  # fmt: skip


def test_english_and_kazakh_numbers() -> None:
    """English has two forms, Kazakh one."""
    assert ["1 hour", "0 hours", "21 hours"] == [
        SPOKEN["en"].amount(n, "ClockHours") for n in (1, 0, 21)
    ]
    assert ["1 жұмыс күні", "5 жұмыс күні"] == [
        SPOKEN["kk"].amount(n, "WorkingDays") for n in (1, 5)
    ]


def test_every_phrase_is_in_every_language_with_the_same_blanks() -> None:
    """No language lacks a phrase, or a value within one."""
    blanks = {
        language: {key: sorted(re.findall(r"{(\w+)}", text)) for key, text in said.items()}
        for language, said in PHRASES.items()
    }
    assert set(LANGUAGES) == set(blanks)
    assert blanks["en"] == blanks["ru"] == blanks["kk"]
    terms = {kind.unit for half in Term.__subclasses__() for kind in half.__subclasses__()}
    terms -= {"AsSet"}
    assert terms | {"Cases", "Records"} == set(UNITS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 working days", WorkingDays(15)), ("1 working day", WorkingDays(1)),
        ("15 calendar days", CalendarDays(15)), ("2 months", Months(2)),
        ("4 working hours", WorkingHours(4)), ("24 hours", ClockHours(24)),
        ("20 minutes", Minutes(20)), ("as set", AsSet()),
    ],
)  # fmt: skip
def test_terms_are_read_from_their_words(text: str, expected: Term) -> None:
    """Each unit is its own type."""
    assert (type(expected), expected) == (type(term(text)), term(text))


@pytest.mark.parametrize(
    "text",
    ["", "15", "days", "15 days", "15 business days", "-1 months", "1.5 hours", "15  working days",
     "15 working days\n", "15 Working Days", "١٥ working days", "as  set", "99999 minutes"],
)  # fmt: skip
def test_other_words_are_no_term(text: str) -> None:
    """A bare day is no unit: it must say which; nor is what is not written plainly."""
    with pytest.raises(Malformed, match="term"):
        term(text)


# -- laws that always hold ------------------------------------------------------------

CALENDARS = {
    "five-day": kz.calendar(),
    "six-day": kz.calendar("six-day"),
    "aktobe": kz.calendar(town="Aqtobe", open="aktobe"),
}
calendars = st.sampled_from(sorted(CALENDARS))
NOTABLE = [
    "2018-12-30", "2020-03-21", "2023-07-01", "2024-01-30", "2024-02-28", "2024-02-29",
    "2024-03-01", "2024-05-04", "2024-05-05", "2025-01-05", "2025-04-20", "2026-03-20",
    "2026-03-21", "2026-03-25",
]  # fmt: skip
"""Ends of months, days off, a moved day, the day of 25 hours, the eves of changes."""
instants = st.one_of(
    st.integers(0, 11 * 365 * 86_400).map(
        lambda n: datetime(2015, 1, 5, tzinfo=dt.UTC) + n * ONE_SECOND
    ),
    st.builds(
        lambda one, n: instant(f"{one}T00:00Z") + n * ONE_SECOND,
        st.sampled_from(NOTABLE),
        st.integers(0, 86_399),
    ),
)
KINDS: list[tuple[Callable[[int], Term], int]] = [
    (WorkingDays, 40),
    (CalendarDays, 60),
    (Months, 3),
    (WorkingHours, 100),
    (ClockHours, 500),
    (Minutes, 5000),
]
terms = st.sampled_from(KINDS).flatmap(lambda kind: st.builds(kind[0], st.integers(1, kind[1])))
rules = st.fixed_dictionaries(
    {
        "first_day": st.sampled_from(["next", "same"]),
        "late": st.sampled_from(["same-day", "next-working-day"]),
        "roll": st.sampled_from(["none", "next-working-day"]),
    }
)
limits = st.builds(lambda of, told: limit(of, **told), terms, rules)
day_limits = st.builds(lambda n, told: limit(WorkingDays(n), **told), st.integers(1, 40), rules)
Pauses = Sequence[tuple[datetime, datetime]]


def pauses_after(base: datetime, hours: list[int]) -> Pauses:
    """Pauses in order, none overlapping: gaps and lengths in hours in turn."""
    ends, at = [], base
    for gap in hours[: len(hours) // 2 * 2]:
        at += gap * ONE_HOUR
        ends.append(at)
    return list(zip(ends[::2], ends[1::2], strict=True))


spans = st.lists(st.integers(0, 200), min_size=2, max_size=8)


@given(limits, instants, calendars, spans)
def test_a_pause_never_makes_a_deadline_earlier(
    of: Edition[TimeLimit], base: datetime, week: str, hours: list[int]
) -> None:
    """With each further pause the deadline stays or moves on."""
    calendar = CALENDARS[week]
    pauses = pauses_after(base, hours)
    ends = [due(of, base, calendar, pauses=pauses[:n]).at for n in range(len(pauses) + 1)]
    assert all(earlier <= later for earlier, later in pairwise(ends))


@given(limits, instants, calendars, spans)
def test_the_order_of_pauses_does_not_matter(
    of: Edition[TimeLimit], base: datetime, week: str, hours: list[int]
) -> None:
    """The same pauses in another order lead to the same end."""
    calendar = CALENDARS[week]
    pauses = pauses_after(base, hours)
    ends = {due(of, base, calendar, pauses=way).at for way in (pauses, pauses[::-1])}
    assert 1 == len(ends)


@given(limits, instants, calendars, st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_a_pause_in_two_parts_is_worth_the_whole(  # noqa: PLR0917 - base and three spans
    of: Edition[TimeLimit], base: datetime, week: str, gap: int, one: int, two: int
) -> None:
    """Resumed and paused again at once, nothing is gained or lost."""
    calendar = CALENDARS[week]
    start = base + gap * ONE_HOUR
    middle, end = start + one * ONE_HOUR, start + (one + two) * ONE_HOUR
    whole = due(of, base, calendar, pauses=[(start, end)])
    parts = due(of, base, calendar, pauses=[(start, middle), (middle, end)])
    assert (whole.at, whole.last_day) == (parts.at, parts.last_day)


@given(day_limits, instants, calendars, spans)
def test_a_pause_adds_exactly_the_working_days_it_took(
    of: Edition[TimeLimit], base: datetime, week: str, hours: list[int]
) -> None:
    """The last day moves by the working days within the pauses, one by one counted."""
    calendar = CALENDARS[week]
    pauses = pauses_after(base, hours)
    place = calendar.place
    taken = 0
    for start, end in pauses:
        one = place.day_of(start)
        while one < place.day_of(end):
            taken += calendar.is_working(one)
            one += ONE_DAY
    unpaused, paused = due(of, base, calendar), due(of, base, calendar, pauses=pauses)
    assert unpaused.last_day is not None
    assert paused.last_day is not None
    assert taken == calendar.between(unpaused.last_day, paused.last_day)
    assert taken == sum(pause.worth for pause in paused.pauses)


@given(limits, instants, instants, calendars)
def test_a_later_start_never_ends_earlier(
    of: Edition[TimeLimit], a: datetime, b: datetime, week: str
) -> None:
    """`due` is monotone in its base."""
    calendar = CALENDARS[week]
    earlier, later = sorted((a, b))
    assert due(of, earlier, calendar).at <= due(of, later, calendar).at


@given(limits, instants, st.integers(0, 72), calendars)
def test_a_start_hours_later_never_ends_earlier(
    of: Edition[TimeLimit], base: datetime, hours: int, week: str
) -> None:
    """Monotone also where the two starts are close."""
    calendar = CALENDARS[week]
    assert due(of, base, calendar).at <= due(of, base + hours * ONE_HOUR, calendar).at


@given(limits, instants, calendars)
def test_a_longer_term_never_ends_earlier(
    of: Edition[TimeLimit], base: datetime, week: str
) -> None:
    """One unit more is not less, and a deadline never comes before its start."""
    calendar = CALENDARS[week]
    longer = attrs.evolve(of.value, term=attrs.evolve(of.value.term, n=of.value.term.n + 1))
    found = due(of, base, calendar)
    assert base <= found.at <= due(attrs.evolve(of, value=longer), base, calendar).at


@given(limits, instants, calendars, st.integers(-100, 200))
def test_an_extension_never_shortens(
    of: Edition[TimeLimit], base: datetime, week: str, days: int
) -> None:
    """A day named past the term is the last day, rolled on if the limit rolls; else nothing moves."""
    calendar = CALENDARS[week]
    until = base.date() + days * ONE_DAY
    term_alone, found = due(of, base, calendar), due(of, base, calendar, until=until)
    assume(term_alone.last_day is not None)
    assert term_alone.last_day is not None
    rolls = of.value.roll.value == "next-working-day"
    expected = calendar.on_or_after(until) if rolls else until
    assert max(term_alone.last_day, expected) == found.last_day


@given(limits, instants, calendars)
def test_a_day_ends_at_its_midnight(of: Edition[TimeLimit], base: datetime, week: str) -> None:
    """The end is exclusive: in time to the last microsecond, late at the instant itself."""
    calendar = CALENDARS[week]
    found = due(of, base, calendar)
    assert not found.missed(found.at - timedelta(microseconds=1))
    assert found.missed(found.at)
    if found.last_day is not None:
        assert calendar.place.start_of(found.last_day + ONE_DAY) == found.at
        assert found.last_day == calendar.place.day_of(found.at - ONE_SECOND)


@given(st.integers(1, 40), rules, instants, calendars)
def test_counting_the_first_day_saves_one(
    n: int, told: dict[str, str], base: datetime, week: str
) -> None:
    """n + 1 days with the first counted are n days from the next, if the first works."""
    calendar = CALENDARS[week]
    found = due(limit(WorkingDays(n), **{**told, "first_day": "next"}), base, calendar)
    same = due(limit(WorkingDays(n + 1), **{**told, "first_day": "same"}), base, calendar)
    if calendar.is_working(found.base_day):
        assert found.last_day == same.last_day
    else:
        assert found.last_day == calendar.before(same.last_day or date.min, 1)


@given(day_limits, instants, calendars)
def test_the_days_listed_are_the_days_off_of_the_count(
    of: Edition[TimeLimit], base: datetime, week: str
) -> None:
    """From the first day that may count to the last, each day off once and no other day."""
    calendar = CALENDARS[week]
    found = due(of, base, calendar)
    assert found.last_day is not None
    first = found.base_day + (of.value.first_day.value == "next") * ONE_DAY
    span = [first + n * ONE_DAY for n in range((found.last_day - first).days + 1)]
    assert [one for one in span if not calendar.is_working(one)] == listed(explain(found), "en")
    assert of.value.term.n == sum(map(calendar.is_working, span))


# -- pauses and extensions ------------------------------------------------------------


def trace(no: int, at: datetime, act: Act) -> Record:
    """A record, as far as a clock looks at it."""
    return Record(no, at, "", "", act, "", "own")


COURT = Clock("own", starts=Receive, stops=Decide, pauses=Pause, resumes=Resume, extends=Extend)


def by_records(of: Edition[TimeLimit], acts: Sequence[tuple[datetime, Act]]) -> Deadline:
    """The deadline that a clock leads to, from the acts alone."""
    run = running(COURT, [trace(no, at, act) for no, (at, act) in enumerate(acts, 1)])
    assert run is not None
    until, extended_at = run.extensions[0] if run.extensions else (None, None)
    return due(
        of,
        run.started.at,
        kz.calendar(),
        pauses=run.counted(of.value.pauses),
        until=until,
        paused=run.stands(of.value.pauses),
        extended_at=extended_at,
    )


@given(day_limits, instants, st.lists(st.integers(0, 200), min_size=4, max_size=4))
def test_an_extension_is_moved_by_what_stands_still_after_it(
    of: Edition[TimeLimit], base: datetime, hours: list[int]
) -> None:
    """Signed before a pause or as it begins, it is moved by all of it; when it is over, by nothing."""
    (start, end), (until_at, _) = pauses_after(base, hours)
    until, calendar = until_at.date(), kz.calendar()
    opened: tuple[datetime, Act] = (base, Receive())
    pause = [(start, Pause("court")), (end, Resume())]
    before, within, after = (
        by_records(of, [opened, *pause[:place], (at, Extend(until=until)), *pause[place:]])
        for place, at in enumerate((base, start, end))
    )
    assert before.at == within.at
    assert due(of, base, calendar, pauses=[(start, end)], until=until).at == before.at
    alone = by_records(of, [opened, *pause])
    assert max(alone.at, due(of, base, calendar, until=until).at) == after.at
    assert after.at <= before.at


@given(day_limits, instants, st.lists(st.integers(0, 200), min_size=5, max_size=5))
def test_a_pause_never_makes_a_deadline_extended_earlier(
    of: Edition[TimeLimit], base: datetime, hours: list[int]
) -> None:
    """Whenever the extension was signed; nor is it worth more than it stood still."""
    (start, end), (until_at, _) = pauses_after(base, hours[:4])
    calendar, signed = kz.calendar(), base + hours[4] * ONE_HOUR
    until = until_at.date()
    plain = due(of, base, calendar, until=until, extended_at=signed)
    paused = due(of, base, calendar, pauses=[(start, end)], until=until, extended_at=signed)
    most = due(of, base, calendar, pauses=[(start, end)], until=until)
    assert plain.at <= paused.at <= most.at


@given(day_limits, instants, st.lists(st.integers(0, 200), min_size=4, max_size=4))
def test_to_remove_an_extension_is_to_replay_without_it(
    of: Edition[TimeLimit], base: datetime, hours: list[int]
) -> None:
    """The deadline rests on the records alone, so nothing of a removed act remains."""
    (start, end), (until_at, _) = pauses_after(base, hours)
    acts: list[tuple[datetime, Act]] = [
        (base, Receive()),
        (base, Extend(until=until_at.date())),
        (start, Pause("court")),
        (end, Resume()),
    ]
    without = [acts[0], *acts[2:]]
    assert due(of, base, kz.calendar(), pauses=[(start, end)]).at == by_records(of, without).at


@pytest.mark.parametrize("of", [WorkingDays(10), WorkingHours(40)], ids=str)
def test_a_pause_over_a_holiday_costs_no_working_time(of: Term) -> None:
    """From Saturday to the opening after Nauryz nothing would have been counted."""
    base = instant("2026-03-16T10:00+05:00")
    pause = (instant("2026-03-21T08:00+05:00"), instant("2026-03-26T09:00+05:00"))
    unpaused, paused = (due(limit(of), base, kz.calendar(), pauses=p) for p in ([], [pause]))
    assert (unpaused.at, 0) == (paused.at, paused.pauses[0].worth)


def test_a_pause_that_touches_a_day_off_is_worth_the_working_days_before_it_ends() -> None:
    """380 of them: the day of the pause is left out, that of the resumption is counted."""
    base, calendar = instant("2026-02-02T10:00+05:00"), kz.calendar()
    n_asked = 0
    for first in (date(2026, 2, 3) + n * ONE_DAY for n in range(19)):
        for last in (first + n * ONE_DAY for n in range(1, 21)):
            pause = [(calendar.place.start_of(day) + timedelta(hours=11)) for day in (first, last)]
            stood = [first + n * ONE_DAY for n in range((last - first).days)]
            worth = sum(map(calendar.is_working, stood))
            found = due(limit(WorkingDays(15)), base, calendar, pauses=[(pause[0], pause[1])])
            assert (worth, calendar.after(date(2026, 2, 2), 15 + worth)) == (
                found.pauses[0].worth,
                found.last_day,
            )
            n_asked += 1
    assert 380 == n_asked


def test_a_pause_over_a_holiday_costs_calendar_days() -> None:
    """A term in calendar days counts the holidays, so the pause is worth them."""
    pause = (instant("2026-03-20T18:30+05:00"), instant("2026-03-25T23:00+05:00"))
    found = due(limit(CalendarDays(10)), instant("2026-03-16T10:00+05:00"), kz.calendar(),
                pauses=[pause])  # fmt: skip
    assert (day("2026-03-31"), 5) == (found.last_day, found.pauses[0].worth)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-03-16T10:00+05:00", "2026-03-17T10:00+05:00", 480),
        ("2026-03-16T10:00+05:00", "2026-03-16T20:00+05:00", 420),
        ("2026-03-14T12:00+05:00", "2026-03-16T10:00+05:00", 60),
        ("2026-03-16T13:10+05:00", "2026-03-16T14:20+05:00", 0),
    ],
    ids=["open to open", "open to closed", "closed to open", "within lunch"],
)
def test_a_pause_of_working_hours_is_worth_those_it_took(
    start: str, end: str, minutes: int
) -> None:
    """In or out of hours at either end: one rule."""
    base, calendar = instant("2026-03-12T10:00+05:00"), kz.calendar()
    found = due(limit(WorkingHours(40)), base, calendar, pauses=[(instant(start), instant(end))])
    assert (minutes, "Minutes") == (found.pauses[0].worth, found.pauses[0].unit)
    assert calendar.add(base, timedelta(hours=40, minutes=minutes)) == found.at


def test_a_forbidden_pause_moves_nothing() -> None:
    """A ground that the limit does not allow neither stops the clock nor costs it anything."""
    base = instant("2026-03-02T10:00+05:00")
    acts: list[tuple[datetime, Act]] = [(base, Receive()), (base + ONE_DAY, Pause("holiday"))]
    of = limit(WorkingDays(15))
    assert due(of, base, kz.calendar()) == by_records(of, acts)
    resumed = [*acts, (base + 10 * ONE_DAY, Resume())]
    assert due(of, base, kz.calendar()) == by_records(of, resumed)


def test_a_clock_that_stands_still_is_not_late() -> None:
    """While a lawful pause lasts, its deadline is a least value and not missed."""
    base = instant("2026-03-02T10:00+05:00")
    acts: list[tuple[datetime, Act]] = [(base, Receive()), (base + ONE_DAY, Pause("court"))]
    found = by_records(limit(WorkingDays(15)), acts)
    assert found.paused
    assert not found.missed(instant("2027-03-02T10:00+05:00"))
    assert 0 == found.days_late(instant("2027-03-02T10:00+05:00"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pauses_and_extensions_are_explained(language: str) -> None:
    """Each pause with its ends and worth, the day named, and the roll with its article."""
    of = limit(WorkingDays(2), roll="next-working-day")
    found = due(of, instant("2026-03-02T10:00+05:00"), kz.calendar(),
                pauses=[(instant("2026-03-03T10:00+05:00"), instant("2026-03-05T12:00+05:00"))],
                until=day("2026-03-21"))  # fmt: skip
    text = explain(found, language)
    for expected in (
        "03",
        "10:00 +05:00",
        "12:00 +05:00",
        SPOKEN[language].amount(2, "WorkingDays"),
    ):
        assert expected in text
    assert PHRASES[language]["until"].partition("{")[0] in text
    assert day("2026-03-27") == found.last_day


# -- the last day ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roll", "last_day", "rolled_from"),
    [("none", "2026-03-21", None), ("next-working-day", "2026-03-26", "2026-03-21")],
)
def test_a_last_day_off_rolls_on_where_the_limit_says_so(
    roll: str, last_day: str, rolled_from: str | None
) -> None:
    """Five calendar days from 16 March end on Nauryz, or after it."""
    found = due(limit(CalendarDays(5), roll=roll), instant("2026-03-16T10:00+05:00"), kz.calendar())
    assert (day(last_day), rolled_from and day(rolled_from)) == (found.last_day, found.rolled_from)
    assert ("Nauryz" in explain(found)) == (rolled_from is not None)


@given(st.integers(1, 200), instants, calendars)
def test_a_rolled_day_is_the_next_that_works(n: int, base: datetime, week: str) -> None:
    """Only a day off rolls, only to a working day, over days off alone."""
    calendar = CALENDARS[week]
    plain = due(limit(CalendarDays(n)), base, calendar).last_day
    found = due(limit(CalendarDays(n), roll="next-working-day"), base, calendar)
    assert plain is not None
    assert found.last_day is not None
    assert calendar.is_working(found.last_day)
    if calendar.is_working(plain):
        assert (plain, None) == (found.last_day, found.rolled_from)
    else:
        assert (plain, 1) == (found.rolled_from, calendar.between(plain, found.last_day))


@pytest.mark.parametrize(
    ("first_day", "start", "last_day"),
    [
        ("next", "2026-03-18T10:00+05:00", "2026-03-19"),
        ("same", "2026-03-18T10:00+05:00", "2026-03-18"),
        ("next", "2026-03-21T10:00+05:00", "2026-03-26"),
        ("same", "2026-03-21T10:00+05:00", "2026-03-26"),
    ],
)
def test_one_working_day(first_day: str, start: str, last_day: str) -> None:
    """It is the next, or that very day; a day off is never the one."""
    found = due(limit(WorkingDays(1), first_day=first_day), instant(start), kz.calendar())
    assert day(last_day) == found.last_day


def test_2021_counts_the_first_day_or_not_as_the_office_reads() -> None:
    """The disputed reading moves the deadline by one working day."""
    at = instant("2025-11-10T10:00+05:00")
    found = {}
    for answer in ("counted", "next"):
        office = kz.office("khromtau", readings={"first-day-2021": answer})
        of = office.limit("appeal.consideration", at.date(), "appc-2021")
        found[answer] = due(of, at, office.calendar).last_day
    assert {"counted": day("2025-11-28"), "next": day("2025-12-01")} == found


@pytest.mark.parametrize(
    ("stopped", "missed", "late"),
    [
        ("2026-04-14T23:59:59+05:00", False, 0),
        ("2026-04-14T18:59:59Z", False, 0),
        ("2026-04-15T00:00+05:00", True, 1),
        ("2026-04-15T18:00+05:00", True, 1),
        ("2026-04-17T10:00+05:00", True, 3),
        ("2026-04-20T10:00+05:00", True, 4),
    ],
)
def test_late_is_told_by_the_stop_or_the_instant(stopped: str, missed: bool, late: int) -> None:  # noqa: FBT001 - expected
    """In time to 23:59:59 of the last day; late by working days after it, at least one."""
    running_on, at = golden()[1], instant(stopped)
    ended = attrs.evolve(running_on, stopped_at=at)
    far = instant("2026-12-01T10:00+05:00")
    assert (missed, late) == (running_on.missed(at), running_on.days_late(at))
    assert (missed, late) == (ended.missed(far), ended.days_late(far))


def test_late_on_days_off_is_late_by_one() -> None:
    """Past a Friday, Saturday is already late though no working day has gone by."""
    found = due(limit(WorkingDays(1)), instant("2026-03-12T10:00+05:00"), kz.calendar())
    assert day("2026-03-13") == found.last_day
    assert 1 == found.days_late(instant("2026-03-14T10:00+05:00"))


# -- limits before their base ---------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "start", "last_day"),
    [
        (WorkingDays(3), "2026-03-26T10:00+05:00", "2026-03-18"),
        (WorkingDays(3), "2026-03-22T10:00+05:00", "2026-03-18"),
        (CalendarDays(3), "2026-03-26T10:00+05:00", "2026-03-23"),
        (Months(1), "2026-03-31T10:00+05:00", "2026-02-28"),
    ],
    ids=str,
)
def test_a_limit_before_its_base_is_counted_back(of: Term, start: str, last_day: str) -> None:
    """At least so long before: the last day in time has so much between it and the base."""
    found = due(limit(of, direction="before"), instant(start), kz.calendar())
    assert day(last_day) == found.last_day
    assert kz.calendar().place.start_of(day(last_day) + ONE_DAY) == found.at


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (WorkingHours(4), "2026-03-17T14:30+05:00"),
        (ClockHours(24), "2026-03-17T18:30+05:00"),
        (Minutes(30), "2026-03-18T18:00+05:00"),
    ],
    ids=str,
)
def test_a_limit_in_hours_before_its_base(of: Term, expected: str) -> None:
    """Counted back from the instant; a pause does not move it."""
    base = instant(
        "2026-03-18T18:30+05:00" if of.unit != "WorkingHours" else "2026-03-18T09:00+05:00"
    )
    back = limit(of, direction="before")
    pause = (base - 30 * ONE_DAY, base - 20 * ONE_DAY)
    assert instant(expected) == due(back, base, kz.calendar()).at
    assert instant(expected) == due(back, base, kz.calendar(), pauses=[pause]).at


@given(st.integers(1, 40), instants, calendars)
def test_the_days_listed_of_a_limit_before_lie_between(n: int, base: datetime, week: str) -> None:
    """Days off after the last day in time and before the base day, itself not one of them."""
    calendar = CALENDARS[week]
    found = due(limit(WorkingDays(n), direction="before"), base, calendar)
    assert found.last_day is not None
    between = [found.last_day + k * ONE_DAY for k in range((found.base_day - found.last_day).days)]
    assert [one for one in between if not calendar.is_working(one)] == listed(explain(found), "en")
    assert n == sum(map(calendar.is_working, between))


def test_the_preliminary_decision_is_told_three_working_days_before() -> None:
    """APPC 73(1): of an act to be adopted on 26 March 2026, notice is due on the 18th."""
    of = of_law("appeal.preliminary-decision", "appc-2026")
    found = due(of, instant("2026-03-26T10:00+05:00"), kz.calendar())
    assert day("2026-03-18") == found.last_day
    assert "at least 3 working days before" in explain(found)


# -- units ----------------------------------------------------------------------------


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(-60, 60))
def test_months_keep_the_number_of_the_day_or_end_with_the_month(one: date, months: int) -> None:
    """31 January and one month is the last of February; twelve months are a year."""
    found = add_months(one, months)
    assert months == (found.year - one.year) * 12 + found.month - one.month
    assert min(one.day, monthrange(found.year, found.month)[1]) == found.day


def test_a_day_is_not_24_hours() -> None:
    """On the day of 25 hours in Almaty the day ends an hour after 24 hours of clock time."""
    base = instant("2024-02-28T00:00+06:00") + ONE_DAY
    calendar = kz.calendar(town="Almaty")
    one_day = due(limit(CalendarDays(1), first_day="same"), base, calendar)
    hours = due(limit(ClockHours(24)), base, calendar)
    assert instant("2024-02-29T19:00Z") == one_day.at
    assert instant("2024-02-29T18:00Z") == hours.at


@pytest.mark.parametrize("of", [ClockHours(18), Minutes(18 * 60)], ids=str)
def test_clock_time_is_real_also_for_instants_of_a_zone(of: Term) -> None:
    """A base told in a ZoneInfo of the host does not lose the hour that the clocks went back."""
    almaty = ZoneInfo("Asia/Almaty")
    if datetime(2024, 3, 2, tzinfo=almaty).utcoffset() != timedelta(hours=5):
        pytest.skip("the host's time zone data is older than the change of 2024")
    base, calendar = datetime(2024, 2, 29, 17, tzinfo=almaty), kz.calendar(town="Almaty")
    assert instant("2024-03-01T10:00+05:00") == due(limit(of), base, calendar).at
    pause = (base, datetime(2024, 3, 1, 10, tzinfo=almaty))
    paused = due(limit(of), base, calendar, pauses=[pause])
    assert 18 * 60 == paused.pauses[0].worth
    assert instant("2024-03-02T04:00+05:00") == paused.at


def test_a_term_set_by_the_body_ends_on_the_day_named() -> None:
    """The term to correct an appeal is the day the body names."""
    of = of_law("appeal.correction", "appc-2026")
    found = due(of, instant("2026-03-18T10:00+05:00"), kz.calendar(), until=day("2026-04-01"))
    assert (day("2026-04-01"), instant("2026-04-02T00:00+05:00")) == (found.last_day, found.at)
    assert "The term is set by the body" in explain(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_in_hours_is_due_by_an_instant(language: str) -> None:
    """It has no last day, and its explanation tells the minute."""
    found = due(limit(WorkingHours(8)), instant("2026-03-13T17:30+05:00"), kz.calendar())
    assert (None, instant("2026-03-16T17:30+05:00")) == (found.last_day, found.at)
    head, *rest = explain(found, language).splitlines()
    assert "17:30 +05:00" in head
    assert SPOKEN[language].amount(8, "WorkingHours") in rest[0]


def test_a_calendar_edited_moves_the_deadline() -> None:
    """What was counted with a day since repealed is counted anew, from the same base."""
    of, base = limit(WorkingDays(15)), instant("2026-08-20T10:00+05:00")
    then, now = due(of, base, kz.calendar(known_on=day("2026-01-15"))), due(of, base, kz.calendar())
    assert (day("2026-09-11"), day("2026-09-10")) == (then.last_day, now.last_day)
    assert (True, False) == ("2026-08-31" in explain(then), "2026-08-31" in explain(now))


# -- the cap of an extension ----------------------------------------------------------

CLERK, CHIEF = Official("clerk", frozenset({REGISTRAR})), Official("chief", frozenset({HEAD}))


def considered(office: Office, received: str) -> Case:
    """A case received, registered and accepted at one instant."""
    at = instant(received)
    case = open_case("appeal", Receive(), id="1", at=at, by=Applicant("A"), office=office)
    for act in (Register(number="1"), Accept()):
        case = evolve(case, decide(case, act, at=at, by=CLERK, office=office).record)
    return case


@pytest.mark.parametrize(
    ("received", "decided", "readings", "last"),
    [
        ("2026-02-02T10:00+05:00", "2026-02-20T10:00+05:00", {}, "2026-04-20"),
        ("2026-02-25T10:00+05:00", "2026-03-09T10:00+05:00", {}, "2026-05-12"),
        ("2025-06-30T10:00+05:00", "2025-07-15T10:00+05:00", {"cap-2021": "receipt"}, "2025-09-02"),
        ("2025-06-30T10:00+05:00", "2025-07-15T10:00+05:00", {"cap-2021": "decision"}, "2025-09-15"),
        ("2025-06-30T10:00+05:00", "2025-07-15T10:00+05:00", {}, "2025-09-22"),
    ],
    ids=["2026", "2026, rolled", "2021, from receipt", "2021, from decision", "2021, from the term"],
)  # fmt: skip
def test_an_extension_ends_by_its_cap(
    received: str, decided: str, readings: dict[str, str], last: str
) -> None:
    """Two months from the day the wording or the reading says: that day is allowed, the next not."""
    office, at = kz.office("khromtau", readings=readings), instant(decided)
    case = considered(office, received)

    def asked(until: date) -> object:
        act = Extend(until=until, reason="facts to establish")
        return judge(case, act, at=at, by=CHIEF, office=office)

    assert not isinstance(asked(day(last)), Exception)
    refused = asked(day(last) + ONE_DAY)
    assert isinstance(refused, NotAllowed)
    assert "extension.beyond-cap" == refused.code


@pytest.mark.parametrize(
    ("key", "law", "at", "mark"),
    [
        ("appeal.consideration", "appc-2026", "2026-02-02T10:00+05:00", "confirmed"),
        ("appeal.consideration", "appc-2021", "2024-02-05T10:00+06:00", "unconfirmed"),
        ("appeal.consideration", "l221", "2020-02-03T10:00+06:00", "unconfirmed"),
        ("appeal.registration", "appc-2021", "2024-02-05T10:00+06:00", "confirmed"),
        ("appeal.redirection", "appc-2026", "2026-02-02T10:00+05:00", "unconfirmed"),
    ],
)
def test_a_deadline_is_no_surer_than_the_weakest_rule_it_rests_on(
    key: str, law: str, at: str, mark: str
) -> None:
    """Whether the first day counts was not read in the earlier wordings, nor for redirection."""
    of = kz.law().limits[key].on(date(2026, 1, 1), law=law)
    assert mark == due(of, instant(at), kz.calendar()).evidence.value
