"""The doors: what comes in wrong is refused in our words, and what goes out tells of nobody."""

from __future__ import annotations

import copy
import importlib
import io
import multiprocessing
import pickle
import pkgutil
import re
import struct
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, cast, get_args, get_type_hints
from zoneinfo import ZoneInfo

import attrs
import numpy as np
import pytest

import openakimat
from openakimat import errors, kz
from openakimat.adapters import memory
from openakimat.calendar.terms import term as term_of
from openakimat.calendar.times import instant
from openakimat.case.act import VOCABULARY, Act, Link
from openakimat.case.acts import Receive, Register
from openakimat.case.people import APPLICANT, LAW, Actor, Mandate, Official, Representative
from openakimat.case.record import Case
from openakimat.chart.procedure import Procedure
from openakimat.chart.steps import Stage, step, when
from openakimat.chart.table import Circumstances, Guard, guard
from openakimat.desk import Desk
from openakimat.errors import AkimatError, BeyondCalendar, Fault, Malformed, Refusal
from openakimat.judgement import docket
from openakimat.judgement.changes import reproject
from openakimat.judgement.judge import decide, judge, may, open_case
from openakimat.judgement.lapse import elapsed, lapse
from openakimat.kz.acts import Accept, Decide, Redirect, Terminate
from openakimat.kz.corruption.acts import AskAgreement, ReportCorruption
from openakimat.kz.corruption.reporter import committed, pseudonym
from openakimat.kz.retaliation import materials_due
from openakimat.kz.roles import AUTHORISED, HEAD, OPERATOR, REGISTRAR
from openakimat.kz.visit.queue import term_for, waits
from openakimat.limits.deadline import due
from openakimat.proving.lint import lint

OFFICE = kz.office("astana")
AT = datetime(2026, 3, 18, 10, tzinfo=timezone(timedelta(hours=5)))
DAY = date(2026, 3, 10)
CLERK = Official("s", {REGISTRAR})
BOSS = Official("h", {HEAD})


def _desk() -> Desk:
    return Desk(OFFICE, journal=memory.Journal(), numbers=memory.Numbers())


# -- instants -------------------------------------------------------------------------


def _almaty() -> ZoneInfo:
    """Almaty as zoneinfo reads it, of the change of 2024 alone: a test waits for no new tzdata."""
    change = int(datetime(2024, 2, 29, 18, tzinfo=UTC).timestamp())
    counts = struct.pack(">6l", 0, 0, 0, 1, 2, 8)
    offsets = struct.pack(">lBBlBB", 6 * 3600, 0, 0, 5 * 3600, 0, 4)
    file = b"TZif" + bytes(16) + counts + struct.pack(">lB", change, 1) + offsets + b"+06\0+05\0"
    return ZoneInfo.from_file(io.BytesIO(file), key="Almaty")


ALMATY = _almaty()


def night(clock: str, fold: int) -> datetime:
    """An instant of the evening of 29 February 2024, of which one hour came twice."""
    return datetime.fromisoformat(f"2024-02-29T{clock}").replace(tzinfo=ALMATY, fold=fold)


class Boast(datetime):
    """A datetime of some library, which tells of itself what it likes."""

    def utcoffset(self) -> timedelta:
        return timedelta(hours=-9)

    def isoformat(self, *_: Any, **__: Any) -> str:
        return "next week"


def test_an_hour_that_comes_twice_is_two_instants() -> None:
    first, second = (instant(night("23:30", fold)) for fold in (0, 1))
    assert "2024-02-29T23:30:00+06:00" == first.isoformat()
    assert "2024-02-29T23:30:00+05:00" == second.isoformat()
    assert timedelta(hours=1) == second - first


@pytest.mark.parametrize(
    "given", [AT, night("12:00", 0), night("23:30", 1), Boast(2026, 3, 18, 10, tzinfo=AT.tzinfo)]
)
def test_an_instant_is_a_plain_datetime_at_a_fixed_offset(given: datetime) -> None:
    """Whatever its class says of itself, it is what its parts say."""
    at = instant(given)
    assert (datetime, timezone) == (type(at), type(at.tzinfo))
    assert given.replace(tzinfo=None).timetuple() == at.replace(tzinfo=None).timetuple()
    assert cast("Any", given.tzinfo).utcoffset(given) == at.utcoffset()


def test_a_visit_counts_the_same_before_and_after_it_is_read_again() -> None:
    """From half past eleven to a quarter past eleven it was 45 minutes, where 30 are the norm."""
    here, window = _desk(), Official("window-1", {OPERATOR})
    taken, called = night("23:30", 0), night("23:15", 1)
    visitor = kz.Applicant("A1", id="A1")
    opened = here.open(kz.Visit, by=visitor, at=taken, ticket="A1", id="A1", term="30 minutes")
    case = here.perform("A1", kz.visit.Call(), at=called, by=window, beside=[opened])
    assert case == here.case("A1")
    for one in (case, here.case("A1")):
        told = waits([one], OFFICE, called)
        assert (45, 0, 1) == (told.longest, told.in_time, told.late)


def test_a_time_in_the_second_of_two_hours_is_not_past_in_the_first() -> None:
    by_night = kz.office("astana", readings={"reception-time": "any"})
    here = Desk(by_night, journal=memory.Journal(), numbers=memory.Numbers())
    case = here.open(kz.Reception, by=kz.Applicant("Aigerim"), at=night("21:00", 0)).id
    here.perform(case, Register(), by=CLERK, at=night("21:10", 0))
    act = kz.reception.ScheduleReception(night("23:15", 1))
    scheduled = here.perform(case, act, by=CLERK, at=night("23:30", 0))
    assert "reception_scheduled" == scheduled.stage
    assert "45 minutes" == term_for("15 minutes", at=night("23:45", 0), booked_at=night("23:15", 1))


def _holds_instants(hint: Any) -> bool:
    return hint is datetime or any(map(_holds_instants, get_args(hint)))


@attrs.frozen
class Meet(Act):
    """An act of a host, which has times in a row."""

    tag = "test-meet"
    times: tuple[datetime, ...]


def test_no_act_holds_an_instant_that_is_read_again_as_another() -> None:
    n_held = 0
    for kind in (*VOCABULARY.values(), Meet):
        hints = get_type_hints(kind)
        needed = {f.name: "x" for f in attrs.fields(kind) if f.default is attrs.NOTHING}
        for name in (f.name for f in attrs.fields(kind) if _holds_instants(hints[f.name])):
            given = night("23:30", 1)
            act = kind(**{**needed, name: (given,) if name == "times" else given})
            value = getattr(act, name)
            at = value[0] if name == "times" else value
            assert (datetime, timezone) == (type(at), type(at.tzinfo)), kind
            assert given.utcoffset() == at.utcoffset()
            n_held += 1
    assert n_held > 10


Door = Callable[[Desk, Case, datetime], object]

LIMIT = OFFICE.limit("appeal.consideration", DAY, "appc-2026")

DOORS: dict[str, Door] = {
    "open_case": lambda _, __, at: open_case(
        "appeal", Receive(), id="1", at=at, by=BOSS, office=OFFICE
    ),
    "judge": lambda _, case, at: judge(case, Register(), at=at, by=CLERK, office=OFFICE),
    "decide": lambda _, case, at: decide(case, Register(), at=at, by=CLERK, office=OFFICE),
    "may": lambda _, case, at: may(case, Register, at=at, by=CLERK, office=OFFICE),
    "lapse": lambda _, case, at: lapse(case, at=at, office=OFFICE),
    "elapsed": lambda _, case, at: elapsed(case, at=at, office=OFFICE),
    "line": lambda _, case, at: docket.line(case, at=at, office=OFFICE),
    "Desk.open": lambda desk, _, at: desk.open(kz.Appeal, by=BOSS, at=at),
    "Desk.perform": lambda desk, case, at: desk.perform(case.id, Register(), by=CLERK, at=at),
    "Desk.lapse": lambda desk, case, at: desk.lapse(case.id, at=at),
    "Desk.may": lambda desk, case, at: desk.may(case.id, Register, by=CLERK, at=at),
    "Desk.docket": lambda desk, _, at: desk.docket(at=at),
    "reproject": lambda _, case, at: reproject([case], OFFICE, OFFICE, at=at),
    "due": lambda _, __, at: due(LIMIT, at, OFFICE.calendar),
    "due, stopped": lambda _, __, at: due(LIMIT, AT, OFFICE.calendar, stopped_at=at),
    "due, extended": lambda _, __, at: due(
        LIMIT, AT, OFFICE.calendar, until=DAY, extended_at=at
    ),
    "due, paused": lambda _, __, at: due(LIMIT, AT, OFFICE.calendar, pauses=[(AT, at)]),
    "waits": lambda _, case, at: waits([case], OFFICE, at),
    "term_for": lambda _, __, at: term_for("15 minutes", at=at),
    "materials_due": lambda _, __, at: materials_due(at, office=OFFICE),
    "an act": lambda _, __, at: kz.reception.ScheduleReception(at),
}  # fmt: skip

BAD_INSTANTS = {
    "names no UTC offset": datetime(2026, 3, 18, 10),  # noqa: DTZ001 - what is tested
    "year 1: its days": datetime.fromisoformat("0001-01-01T00:00+14:00"),
    "year 9999: its days": datetime.fromisoformat("9999-12-31T23:59+00:00"),
    "is not a datetime": DAY,
    "'2026-03-18' is not a datetime": "2026-03-18",
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("why", BAD_INSTANTS)
def test_what_is_no_instant_is_refused_at_every_door(door: str, why: str) -> None:
    here = _desk()
    case = here.open(kz.Appeal, by=BOSS, at=AT)
    with pytest.raises(Malformed, match=why):
        DOORS[door](here, case, cast("datetime", BAD_INSTANTS[why]))
    assert case == here.case(case.id)


def test_the_years_beside_may_be_at_any_offset() -> None:
    """They are refused by whoever has no calendar of them, or counted, and end in no overflow."""
    for text in ("0002-01-01T00:00+14:00", "9998-12-31T23:59-14:00"):
        at = instant(datetime.fromisoformat(text))
        for hours in (-14, 14):
            assert at == at.astimezone(timezone(timedelta(hours=hours)))
        for door in DOORS.values():
            here = _desk()
            case = here.open(kz.Appeal, by=BOSS, at=AT)
            try:
                door(here, case, at)
            except AkimatError:
                continue


@pytest.mark.parametrize("term", ["9999 months", "9999 calendar days", "9999 hours"])
def test_a_term_into_years_that_there_are_not_is_beyond_the_calendar(term: str) -> None:
    limit = attrs.evolve(
        LIMIT.value, term=term_of(term), roll=attrs.evolve(LIMIT.value.roll, value="none")
    )
    last = datetime.fromisoformat("9998-12-30T10:00+05:00")
    with pytest.raises(BeyondCalendar, match="outside"):
        due(attrs.evolve(LIMIT, value=limit), last, OFFICE.calendar)


def test_a_day_at_the_end_of_time_has_an_end_in_no_calendar() -> None:
    limit = OFFICE.limit("instruction.execution", DAY, "")
    with pytest.raises(BeyondCalendar, match="outside"):
        due(limit, AT, OFFICE.calendar, until=date.max)
    with pytest.raises(BeyondCalendar, match="outside"):
        OFFICE.calendar.place.start_of(date.min)


# -- days -----------------------------------------------------------------------------

CALENDAR = OFFICE.calendar

DAY_QUESTIONS: dict[str, Callable[[Any], object]] = {
    "is_working": CALENDAR.is_working,
    "rank": CALENDAR.rank,
    "after": lambda day: CALENDAR.after(day, 3),
    "before": lambda day: CALENDAR.before(day, 3),
    "between": lambda day: CALENDAR.between(day, DAY),
    "between, the latter": lambda day: CALENDAR.between(DAY, day),
    "on_or_after": CALENDAR.on_or_after,
    "rests_between": lambda day: CALENDAR.rests_between(day, DAY),
    "rests_between, the latter": lambda day: CALENDAR.rests_between(DAY, day),
    "forecast": CALENDAR.forecast,
    "hours_of": CALENDAR.hours_of,
}

NO_DAYS = [
    datetime(2026, 3, 10),  # noqa: DTZ001 - what is tested
    datetime(2026, 3, 10, tzinfo=UTC),
    Boast(2026, 3, 10),
    np.datetime64("2026-03-10"),
    "2026-03-10",
    20260310,
    None,
    [DAY],
]


@pytest.mark.parametrize("question", DAY_QUESTIONS)
def test_what_is_no_day_is_told_so_and_not_that_it_is_outside(question: str) -> None:
    DAY_QUESTIONS[question](DAY)
    for given in NO_DAYS:
        with pytest.raises(Malformed, match="is not a day"):
            DAY_QUESTIONS[question](given)


def test_a_number_of_days_that_is_none_is_no_fault_of_the_day() -> None:
    with pytest.raises(TypeError, match="indices"):
        CALENDAR.after(DAY, cast("int", 2.5))


# -- errors in pools of workers ---------------------------------------------------------

_MISSING = (Fault("topic", "is to be told", "code", ("a", "b")),)

_REFUSED: dict[str, Any] = {
    "code": "role.not-competent",
    "source": "APPC 64(1)",
    "act": "register",
    "stage": "received",
    "allowed": [("accept", ("head",))],
    "evidence": "confirmed",
    "about": "A-7",
    "competent": ["head"],
    "deadline": AT,
    "missing": _MISSING,
}

SAMPLES: list[AkimatError] = [
    AkimatError("anything", code="x", source="y"),
    Refusal("no", **_REFUSED),
    errors.NotAllowed("no", **_REFUSED),
    errors.NotCompetent("no", **_REFUSED),
    errors.TooLate("no", **_REFUSED),
    errors.Incomplete("no", **_REFUSED),
    Malformed("act", _MISSING, code="act.bad"),
    errors.PackError("limit x"),
    errors.Undated("limit x"),
    BeyondCalendar("2040"),
    errors.JournalError("locked", code="journal.database"),
    errors.Conflict("A-7", expected=1, found=2),
    errors.NumberBorne("A-7", "7-2026", "A-6"),
    errors.TryAgain("deadlock detected", again="act"),
    errors.UnknownCase("A-7"),
    errors.AnotherOffice("A-7", "astana"),
    errors.BrokenTrail("altered", at_record=3, code="trail.altered"),
    errors.UnknownAct("later", 2, at_record=4),
]


def _classes(of: type[AkimatError]) -> Iterator[type[AkimatError]]:
    yield of
    for kind in of.__subclasses__():
        yield from _classes(kind)


def _same(one: AkimatError, other: AkimatError) -> bool:
    told = [(type(error), str(error), error.args, vars(error)) for error in (one, other)]
    return told[0] == told[1]


def test_every_error_of_the_library_has_a_sample() -> None:
    """A new one is pickled here too, or this fails."""
    for room in pkgutil.walk_packages(openakimat.__path__, "openakimat."):
        if not room.name.endswith("__main__"):
            importlib.import_module(room.name)
    ours = {kind for kind in _classes(AkimatError) if kind.__module__.startswith("openakimat.")}
    assert ours == {type(sample) for sample in SAMPLES}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda one: type(one).__name__)
def test_an_error_is_pickled_and_copied_with_all_that_it_says(sample: AkimatError) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert _same(sample, pickle.loads(pickle.dumps(sample, protocol)))  # noqa: S301 - our own
    assert _same(sample, copy.copy(sample))
    assert _same(sample, copy.deepcopy(sample))


def test_an_error_goes_through_a_pool_of_workers() -> None:
    """There and back; one that cannot would break the pool for every later job."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["openakimat.testing.conformance"])
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        for sample, answer in zip(SAMPLES, pool.map(copy.copy, SAMPLES), strict=True):
            assert _same(sample, answer)


def test_an_error_raised_anew_is_of_its_class_and_can_be_noted() -> None:
    refusal = pickle.loads(pickle.dumps(SAMPLES[1]))  # noqa: S301 - our own
    refusal.add_note("at the counter")
    with pytest.raises(Refusal) as told:
        raise pickle.loads(pickle.dumps(refusal))  # noqa: S301 - our own
    assert ["at the counter"] == told.value.__notes__


# -- errors and prints without persons ------------------------------------------------

SECRETS = ("Zhumabek", "Abai 17", "850817300107", "0107", "bribe at school 4", "s-e-c-r-e-t")

WHO = kz.Applicant("Zhumabek", iin="850817300107", address="Abai 17")

SAYS = kz.Applicant("Zhumabek", iin="850817300107", address="Abai 17", id="s-e-c-r-e-t")

LAWYER = Representative("s-e-c-r-e-t", (Mandate(WHO.id, {APPLICANT}, "Zhumabek's power", DAY),))


def _told(*texts: object) -> list[str]:
    """Which of what is to be kept stands in texts; digits of an address or a hash tell of nobody."""
    plain = [re.sub(r"0x[0-9a-f]+|[0-9a-f]{32,}", "", str(text)) for text in texts]
    return [secret for secret in SECRETS for text in plain if secret in text]


def _case(desk: Desk, by: Actor = WHO) -> Case:
    fields: dict[str, Any] = {
        "topic": "bribe at school 4",
        "summary": "Zhumabek was there",
        "applicant": SAYS,
    }
    return desk.open(kz.Appeal, by=by, at=AT, **fields)


LEAKS: dict[str, Callable[[Desk, Any], object]] = {
    "a case for an id": lambda desk, case: desk.perform(case, Register(), by=CLERK, at=AT),
    "a case for an id, asked": lambda desk, case: desk.may(case, Register, by=CLERK, at=AT),
    "a case for an id, lapsed": lambda desk, case: desk.lapse(case, at=AT),
    "a person for an id": lambda desk, _: desk.case(cast("str", WHO)),
    "a row for an actor": lambda desk, _: desk.open(
        kz.Appeal, at=AT, by=cast("Any", {"name": "Zhumabek", "iin": "850817300107"})
    ),
    "a name for an actor": lambda desk, _: desk.open(kz.Appeal, at=AT, by=cast("Any", "Zhumabek")),
    "a person for an act": lambda desk, case: desk.perform(
        case.id, cast("Any", WHO), by=CLERK, at=AT
    ),
    "a person beside": lambda desk, case: desk.perform(
        case.id, Register(), by=CLERK, at=AT, beside=cast("Any", [WHO])
    ),
    "a person for an instant": lambda desk, _: desk.docket(at=cast("Any", SAYS)),
    "a person for a body": lambda _, __: Redirect(to=cast("Any", WHO)),
    "a case for a link": lambda _, case: Receive(links=cast("Any", (case,))),
    "a case in a link": lambda _, case: Link(case, cast("Any", SAYS)),
    "a person in a link": lambda _, __: Link(cast("Any", WHO), "about"),
    "a person for a score": lambda _, __: kz.appeal.Rate(cast("Any", WHO)),
    "people in a tuple": lambda _, __: kz.appeal.AskToCorrect(DAY, cast("Any", (WHO, SAYS))),
    "a long text for a day": lambda _, __: kz.acts.Extend(
        cast("Any", "until Zhumabek of Abai 17 has brought all his papers")
    ),
    "a wrong number": lambda _, __: kz.Applicant("Zhumabek", iin="850817300108"),
    "a row for a name": lambda _, __: kz.Applicant(cast("Any", ["Zhumabek"]), iin="850817300107"),
    "a person for whom one acts": lambda _, __: Mandate(cast("Any", WHO), {HEAD}, "order", DAY),
    "a person for a mandate": lambda _, __: Representative("x", cast("Any", [SAYS])),
    "a person for an official": lambda _, __: Official(cast("Any", SAYS), cast("Any", [WHO])),
    "a name for a reporter": lambda _, __: ReportCorruption(reporter="Zhumabek"),
    "a row for a reporter": lambda _, __: AskAgreement(reporter=cast("Any", ["Zhumabek"])),
    "a name for a pseudonym": lambda _, __: pseudonym("Zhumabek"),
    "a name for a person": lambda _, __: committed(cast("Any", "Zhumabek"), b"s-e-c-r-e-t"),
    "a text for a salt": lambda _, __: committed(WHO, cast("Any", "s-e-c-r-e-t")),
}  # fmt: skip


@pytest.mark.parametrize("leak", LEAKS)
def test_an_error_tells_of_nobody(leak: str) -> None:
    """A wrong value is told by its class; what was typed, only if it is short."""
    here = _desk()
    case = _case(here)
    with pytest.raises(AkimatError) as told:
        LEAKS[leak](here, case)
    assert not _told(told.value, repr(told.value), vars(told.value))


def test_a_short_word_that_was_typed_is_told_again() -> None:
    """Whoever mistypes a code sees what they typed."""
    with pytest.raises(Malformed, match="'minr' is none of administrative"):
        kz.corruption.PayReward(cast("Any", "minr"), DAY)


@pytest.mark.parametrize("by", [WHO, SAYS, LAWYER], ids=["named", "own id", "represented"])
def test_what_is_printed_tells_of_nobody(by: Actor) -> None:
    """Neither person, nor act, record, case, circumstances."""
    here = _desk()
    case = _case(here, by)
    around = Circumstances(AT, by, OFFICE, "appc-2026", beside=[case])
    printed = (by, SAYS, case, case.records[0], case.received, around, here.docket(at=AT))
    assert not _told(*map(repr, printed))
    assert "Applicant()" == repr(WHO)
    assert "kind='application'" in repr(case)


def test_the_locals_of_a_traceback_tell_of_nobody() -> None:
    here = _desk()
    case = _case(here)
    with pytest.raises(Refusal) as told:
        here.perform(case.id, kz.acts.Withdraw(), by=kz.Applicant("Another"), at=AT)
    told_whole = traceback.TracebackException.from_exception(told.value, capture_locals=True)
    ours = [frame for frame in told_whole.stack if "/src/openakimat/" in frame.filename]
    assert ours
    assert not _told(*(frame.locals for frame in ours))


# -- what no field can hold -----------------------------------------------------------

NONSENSE: tuple[object, ...] = (
    None,
    3,
    2.5,
    b"x",
    "",
    "x",
    [],
    ["x"],
    ("x",),
    (3,),
    {"x": 1},
    object(),
    WHO,
    DAY,
    AT,
)


@pytest.mark.parametrize("kind", list(VOCABULARY.values()), ids=lambda kind: kind.tag)
def test_an_act_holds_what_it_is_declared_to_or_is_malformed(kind: type[Act]) -> None:
    """Whatever is given for any of its fields, and for all that it needs."""
    needed = [field.name for field in attrs.fields(kind) if field.default is attrs.NOTHING]
    for field in attrs.fields(kind):
        for value in NONSENSE:
            try:
                kind(**{**dict.fromkeys(needed, value), field.name: value})
            except Malformed:
                continue


@pytest.mark.parametrize(
    ("make", "paths"),
    [
        (lambda: Official("x", set(), mandates=cast("Any", ("no mandate",))), {"mandates[0]"}),
        (lambda: Official("x", set(), mandates=cast("Any", 3)), {"mandates"}),
        (lambda: Official(cast("Any", ["x"]), cast("Any", {1, None})), {"id", "roles"}),
        (lambda: Official(cast("Any", None), cast("Any", 3), cast("Any", 3)), {"id", "roles", "name"}),
        (lambda: Official("", {LAW}), {"id", "roles"}),
        (lambda: Official("x", cast("Any", [["y"]])), {"roles"}),
        (lambda: Mandate("x", {HEAD}, "order 1", AT), {"since"}),
        (lambda: Mandate("x", {HEAD}, "order 1", DAY, AT), {"until"}),
        (lambda: Mandate(cast("Any", 3), {HEAD}, "", DAY), {"of", "basis"}),
        (lambda: Mandate("", {LAW}, cast("Any", None), DAY, date.min), {"of", "roles", "basis", "until"}),
        (lambda: Representative("", cast("Any", [WHO])), {"id", "mandates[0]"}),
        (lambda: kz.Applicant("x", id=cast("Any", 4), address=cast("Any", 5)), {"id", "address"}),
        (lambda: kz.Applicant(cast("Any", 3)), {"name"}),
        (lambda: ReportCorruption(reporter=cast("Any", 3)), {"reporter"}),
        (lambda: ReportCorruption(reporter=cast("Any", b"")), {"reporter"}),
        (lambda: pseudonym(cast("Any", 3)), {"commitment"}),
        (lambda: committed(WHO, cast("Any", "x" * 32)), {"salt"}),
        (lambda: committed(WHO, b"x"), {"salt"}),
        (lambda: committed(cast("Any", "x"), cast("Any", 3)), {"applicant", "salt"}),
    ],
)  # fmt: skip
def test_whoever_cannot_be_is_refused_with_all_that_is_wrong(
    make: Callable[[], object], paths: set[str]
) -> None:
    with pytest.raises(Malformed) as told:
        make()
    assert paths == {fault.path for fault in told.value.faults}


# -- guards that rely on others ---------------------------------------------------------


@guard("entry.missing", why="it was not registered", asks=("record:register",))
def registered(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - a guard
    return case.last(Register) is not None


@guard(
    "number.missing",
    why="it has no number",
    asks=("record:register.number",),
    relies=(registered,),
)
def numbered(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - a guard
    return bool(case.last(Register).act.number)  # type: ignore[union-attr]  # it relies on that


@guard("number.foreign", why="it has another's", asks=(), relies=(numbered,))
def own_number(case: Case, act: Act, circumstances: Circumstances) -> bool:  # noqa: ARG001 - a guard
    raise AssertionError("asked of no number")


@guard("outcome.other", why="another outcome", asks=("act.outcome",))
def favourable(case: Case, act: Decide, circumstances: Circumstances) -> bool:  # noqa: ARG001 - a guard
    return act.outcome == "favourable"


def _petition(*guards: Guard) -> Any:
    class Petition(Procedure):
        code, law = "appeal", "appc-2026"
        filed = Stage(initial=True)
        answered = Stage(final=True)
        decide = step(Decide, when(filed.to(answered), *guards), by=HEAD, source="Draft, 1")

    return Petition


def _refused(*guards: Guard, outcome: str = "favourable") -> Refusal:
    """Why a petition that nobody registered is not decided under these guards."""
    table = _petition(*guards).table
    law = kz.law()
    (*_, edition) = law.procedures["appeal"].editions
    ours = attrs.evolve(law.procedures["appeal"], editions=(attrs.evolve(edition, value=table),))
    pack = attrs.evolve(law, procedures={**law.procedures, "appeal": ours})
    office = kz.office(pack=pack)
    case = open_case("appeal", Receive(), id="1", at=AT, by=WHO, office=office)
    answer = judge(case, Decide(outcome), at=AT, by=BOSS, office=office)
    assert isinstance(answer, Refusal)
    return answer


def test_a_guard_is_not_asked_where_one_that_it_relies_on_fails() -> None:
    """Nor is one that relies on what was not asked."""
    refusal = _refused(registered, numbered, own_number)
    assert ("entry.missing", "it was not registered") == (refusal.code, str(refusal))


def test_all_that_independent_guards_miss_is_told_at_once() -> None:
    refusal = _refused(registered, numbered, own_number, favourable, outcome="burdening")
    assert ["entry.missing", "outcome.other"] == [fault.path for fault in refusal.missing]


def test_what_a_guard_relies_on_is_no_part_of_what_it_is() -> None:
    """No chart is renamed by it."""
    bare = attrs.evolve(numbered, relies=())
    assert (numbered, hash(numbered)) == (bare, hash(bare))
    assert _petition(registered, numbered).table.under == _petition(registered, bare).table.under


def test_lint_finds_a_guard_that_relies_on_none_before_it() -> None:
    sentence = "the guard 'number.missing' of 'decide' at 'filed' relies on 'entry.missing', which"
    for guards in ((numbered,), (numbered, registered)):
        assert [f"{sentence} does not stand before it"] == lint(_petition(*guards))
    assert [] == lint(_petition(registered, numbered))


def test_another_queue_does_not_tell_whose_turn_it_is() -> None:
    here = _desk()
    for n in (1, 2):
        visitor = kz.Applicant(f"A{n}", id=f"A{n}")
        here.open(kz.Visit, by=visitor, at=AT, ticket=f"A{n}", id=f"A{n}", term="20 minutes")
    window, shown = Official("window-1", {OPERATOR}), [here.case("A1")]
    refusal = here.may("A2", kz.visit.Call(), at=AT, by=window, beside=shown)
    assert refusal is not None
    assert "queue.not-shown" == refusal.code
    assert ["queue.not-shown"] == [fault.path for fault in refusal.missing]


def test_whether_an_exception_must_be_stated_hangs_on_which_it_is() -> None:
    here = _desk()
    case = here.open(kz.Complaint, by=WHO, at=AT).id
    here.perform(case, Register(), at=AT, by=CLERK)
    refusal = here.may(case, kz.complaint.KeepInForce("regulatr"), at=AT, by=BOSS)
    assert refusal is not None
    assert ("stay.no-exception", ()) == (refusal.code, refusal.missing)
    refusal = here.may(case, kz.complaint.KeepInForce("protection"), at=AT, by=BOSS)
    assert refusal is not None
    assert "stay.not-stated" == refusal.code


def test_who_may_terminate_hangs_on_the_ground() -> None:
    here = _desk()
    case = here.open(kz.Simplified, by=WHO, at=AT).id
    here.perform(case, Register(), at=AT, by=CLERK)
    here.perform(case, Accept(), at=AT, by=CLERK)
    refusals = [
        here.may(case, Terminate(ground), at=AT, by=Official("e", {AUTHORISED}))
        for ground in ("repaet", "repeat")
    ]
    assert ["termination.no-ground", None] == [no and no.code for no in refusals]
    assert refusals[0] is not None
    assert () == refusals[0].missing
