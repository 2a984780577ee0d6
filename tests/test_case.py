"""What the law says to an act, what it does when time is up, and what records alone make of a case."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, get_type_hints

import attrs
import hypothesis.strategies as st
import pytest
from hypothesis import given

from openakimat import kz
from openakimat.case.act import VOCABULARY, Act, Link
from openakimat.case.acts import Lapse, Receive, Register, Reopen, Resume
from openakimat.case.people import APPLICANT, Actor, Official, Role
from openakimat.case.record import Case, Record, evolve
from openakimat.errors import (
    BrokenTrail,
    Incomplete,
    Malformed,
    NotAllowed,
    NotCompetent,
    PackError,
    Refusal,
    TooLate,
    Undated,
)
from openakimat.judgement import docket
from openakimat.judgement.deadlines import deadline_of, deadlines, next_wakeup
from openakimat.judgement.judge import decide, judge, may, open_case
from openakimat.judgement.lapse import lapse
from openakimat.judgement.notices import Decision
from openakimat.judgement.replay import replay
from openakimat.kz.acts import (
    Accept,
    Decide,
    Extend,
    Notify,
    Object,
    Propose,
    Redirect,
    Return,
    Terminate,
    Withdraw,
)
from openakimat.kz.appeal.acts import (
    AskToCorrect,
    Correct,
    DeemRefused,
    Inquire,
    Rate,
    RedirectPart,
)
from openakimat.kz.charts import PROCEDURES
from openakimat.kz.data import pack
from openakimat.kz.identity import Applicant
from openakimat.kz.law import read_law
from openakimat.kz.roles import (
    AUTHORISED,
    CHIEF_OF_STAFF,
    CONTROLLER,
    DEPUTY,
    EXECUTOR,
    HEAD,
    REGISTRAR,
)
from openakimat.kz.simplified.acts import Reply
from openakimat.law.office import Office
from openakimat.trail.seal import seal_all, unseal, verify

ASKS = Applicant("Айгерім")
CLERK = Official("clerk", frozenset({REGISTRAR}))
BOSS = Official("boss", frozenset({HEAD}))
CHIEF = Official("chief", frozenset({CHIEF_OF_STAFF}))
HERE = timedelta(hours=5)

Told = tuple[str, Act, Actor]


def _at(text: str) -> datetime:
    """An instant by the clocks of Khromtau."""
    return datetime.fromisoformat(text + "+05:00")


def _office(**how: Any) -> Office:
    return kz.office("khromtau", **how)


def _lived(office: Office, *told: Told, procedure: str = "appeal") -> Case:
    """The case that acts make of it, lapses before each."""
    (at, received, by), *rest = told
    assert isinstance(received, Receive)
    case = open_case(procedure, received, id="1", at=_at(at), by=by, office=office)
    for at, act, by in rest:
        for record in lapse(case, at=_at(at), office=office):
            case = evolve(case, record)
        case = evolve(case, decide(case, act, at=_at(at), by=by, office=office).record)
    return case


def _lapsed(case: Case, at: str, office: Office) -> Case:
    for record in lapse(case, at=_at(at), office=office):
        case = evolve(case, record)
    return case


def _refused(case: Case, act: Act, *, at: str, by: Actor, office: Office) -> Refusal:
    answer = judge(case, act, at=_at(at), by=by, office=office)
    assert isinstance(answer, Refusal)
    return answer


def _last_day(case: Case, limit: str, office: Office) -> date | None:
    found = deadline_of(case, limit, office=office)
    assert found is not None
    return found.last_day


TAKEN_UP: tuple[Told, ...] = (
    ("2026-03-18T18:40", Receive(topic="street-lighting"), ASKS),
    ("2026-03-19T09:00", Register("ЖТ-2026-00000001"), CLERK),
    ("2026-03-19T10:00", Accept(), CLERK),
)


# -- random lives: records alone make the same case -------------------------------------

ROLES = [APPLICANT, REGISTRAR, EXECUTOR, HEAD, DEPUTY, CHIEF_OF_STAFF, AUTHORISED, CONTROLLER]
ACTS = sorted(
    {act for code in ("appeal", "simplified") for chart in kz.law().procedures[code] for _, act in chart.value.rows}
    | {"receive", "pause", "resume", "lapse"}
)  # fmt: skip
"""The acts of these charts in every wording, and some that none of them takes."""

MAKE: dict[str, Callable[[date, int], Act]] = {
    "register": lambda _, n: Register(f"ЖТ-{n}"),
    "ask-to-correct": lambda day, n: AskToCorrect(day + timedelta(n % 20 - 2), ("iin",)),
    "return": lambda _, n: Return(("not-corrected", "obscene", "zz")[n % 3]),
    "extend": lambda day, n: Extend(day + timedelta(n % 80 - 3), ("why", "")[n % 5 == 0]),
    "notify": lambda _, n: Notify(("extension", "termination")[n % 4 == 0]),
    "redirect-part": lambda _, n: RedirectPart(f"1/{n}", "akimat-aqtobe", ("roads",)[: n % 3]),
    "propose": lambda _, n: Propose(("burdening", "favourable", "zz")[n % 3]),
    "object": lambda _, n: Object("no", oral=n % 2 == 0),
    "decide": lambda _, n: Decide(
        ("favourable", "burdening", "satisfied", "refused", "zz")[n % 5],
        ("", "urgent", "zz")[n % 3],
    ),
    "rate": lambda _, __: Rate(5),
    "reopen": lambda _, n: Reopen("remitted", ("fresh", "continue")[n % 4 == 0]),
    "reply": lambda _, n: Reply(("explained", "satisfied", "zz")[n % 3]),
    "terminate": lambda _, n: Terminate(("withdrawn", "repeat", "other-law", "anonymous", "zz")[n % 5]),
}  # fmt: skip
"""Acts whose fields decide whether the law takes them; any other is as plain as can be."""

PLAIN: dict[object, object] = {
    str: "somebody",
    bool: True,
    Literal["accepted", "partly", "rejected"]: "accepted",
    datetime: datetime(2026, 1, 1, tzinfo=UTC),
}


def _act(tag: str, day: date, n: int) -> Act:
    """An act that may be put on a day, one of several by number."""
    if tag in MAKE:
        return MAKE[tag](day, n)
    kind = VOCABULARY[tag]
    hints = get_type_hints(kind)
    asked = [field.name for field in attrs.fields(kind) if field.default is attrs.NOTHING]
    return kind(**{name: {**PLAIN, date: day}[hints[name]] for name in asked})


@attrs.frozen
class Step:
    """One step of a random life."""

    fitting: bool
    which: int
    role: int
    minutes: int
    lapsing: bool


STEPS = st.lists(
    st.builds(
        Step,
        fitting=st.sampled_from([True, True, True, False]),
        which=st.integers(0, 999),
        role=st.integers(0, 999),
        minutes=st.one_of(st.integers(0, 600), st.integers(0, 40 * 24 * 60)),
        lapsing=st.sampled_from([True, True, True, False]),
    ),
    max_size=14,
)


def _put(case: Case, step: Step, at: datetime, office: Office) -> tuple[Act, Actor]:
    """An act that the stage takes, by somebody who may; or any act by anybody."""
    table = office.table_of(case.under)
    choices: list[tuple[str, Sequence[str]]] = [*table.allowed(case.stage)] if step.fitting else []
    choices = choices or [(tag, ROLES) for tag in ACTS]
    tag, roles = choices[step.which % len(choices)]
    act = _act(tag, office.calendar.place.day_of(at), step.which // len(choices))
    return act, _somebody(roles[step.role % len(roles)], *([CONTROLLER] if step.role % 2 else []))


def _somebody(role: str, *more: Role) -> Actor:
    """Somebody of a role: the applicant, or an official who may have another too."""
    return ASKS if role == APPLICANT else Official("somebody", {Role(role), *more})


def _walk(office: Office, procedure: str, start: datetime, steps: Sequence[Step]) -> Iterator[Case]:
    """The case after each record of a random life; refusals leave it as it was."""
    # One that repeats another may come to be joined to it.
    opened = Receive(links=(Link("somebody", "repeats"),) if len(steps) % 2 else ())
    case, at = open_case(procedure, opened, id="1", at=start, by=ASKS, office=office), start
    yield case
    for step in steps:
        at += timedelta(minutes=step.minutes)
        for record in lapse(case, at=at, office=office) if step.lapsing else ():
            case = evolve(case, record)
            yield case
        act, by = _put(case, step, at, office)
        before, answer = case, judge(case, act, at=at, by=by, office=office)
        asked = may(case, act, at=at, by=by, office=office)
        assert before is case
        assert isinstance(answer, Decision) == (asked is None)
        if isinstance(answer, Decision):
            case = evolve(case, answer.record)
            yield case


OFFICES = {law: _office(wording=law) for law in ("l221", "appc-2021", "appc-2026")}
LIVES: list[Any] = [
    pytest.param(OFFICES[law], code, "2024-03-01T16:00", id=f"{code}-{law}")
    for code in ("appeal", "simplified")
    for law in OFFICES
] + [
    pytest.param(_office(readings={"governing": reading}), code, start, id=f"{code}-{reading}-{start[:4]}")
    for code in ("appeal", "simplified")
    for reading, start in (("act", "2021-06-16T11:00"), ("act", "2025-12-18T18:00"), ("opening", "2025-12-18T18:00"))
]  # fmt: skip


@pytest.mark.parametrize(("office", "procedure", "start"), LIVES)
def test_records_alone_make_the_case_that_deciding_made(
    office: Office, procedure: str, start: str
) -> None:
    """Every prefix of every life, from records and from sealed bytes; its deadlines too."""

    @given(STEPS)
    def check(steps: list[Step]) -> None:
        cases = list(_walk(office, procedure, _at(start), steps))
        rows = seal_all("1", cases[-1].records, salt=bytes)
        assert "intact" == verify("1", rows).kind
        for n, case in enumerate(cases, start=1):
            again = replay("1", map(unseal, rows[:n]), office=office)
            assert (case, n) == (again, len(again.records))
            assert deadlines(case, office=office) == deadlines(again, office=office)
            assert next_wakeup(case, office=office) == next_wakeup(again, office=office)

    check()


@pytest.mark.parametrize(("office", "procedure", "start"), LIVES)
def test_time_may_pass_in_any_number_of_steps(office: Office, procedure: str, start: str) -> None:
    """Lapses are the same whether asked for once or often, and none is recorded twice."""

    @given(STEPS, st.lists(st.integers(0, 60 * 24 * 60), max_size=4))
    def check(steps: list[Step], waits: list[int]) -> None:
        *_, case = _walk(office, procedure, _at(start), steps)
        at = [case.records[-1].at + timedelta(minutes=wait) for wait in sorted(waits)]
        often = case
        for instant in at:
            for record in lapse(often, at=instant, office=office):
                often = evolve(often, record)
            assert () == lapse(often, at=instant, office=office)
            wanted = next_wakeup(often, office=office)
            assert wanted is None or wanted > instant
        once = lapse(case, at=at[-1], office=office) if at else ()
        assert often.records == (*case.records, *once)

    check()


@pytest.mark.parametrize(("office", "procedure", "start"), LIVES)
def test_what_a_refusal_says_is_so(office: Office, procedure: str, start: str) -> None:
    """Its stage is that of the case, and each act it allows is one the stage takes from those roles."""

    @given(STEPS)
    def check(steps: list[Step]) -> None:
        *_, case = _walk(office, procedure, _at(start), steps)
        at = case.records[-1].at
        for tag in ACTS:
            answer = judge(case, _act(tag, at.date(), 1), at=at, by=CLERK, office=office)
            if not isinstance(answer, Refusal):
                continue
            assert (tag, case.stage) == (answer.act, answer.stage)
            for allowed, roles in answer.allowed:
                told = may(case, VOCABULARY[allowed], at=at, by=_somebody(roles[0]), office=office)
                # A guard may refuse it, never the stage or the role.
                assert told is None or told.code not in {"act.not-available", "role.not-competent"}

    check()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("law", "procedure"), [(law, code) for code in ("appeal", "simplified") for law in OFFICES]
)
def test_random_lives_reach_every_stage(law: str, procedure: str) -> None:
    """Lives like those above are not all cut short at the counter; these too are replayed."""
    office, stages = OFFICES[law], set[str]()
    wanted = set(office.table(procedure, law).stages)
    for seed in range(3_000):
        draw = random.Random(seed)  # noqa: S311 - the same lives each time
        steps = [
            Step(fitting=n != 3, which=draw.randrange(1000), role=draw.randrange(1000),
                 minutes=draw.choice([45, 600, 3_000, 9_000]), lapsing=True)
            for n in range(23 + seed % 2)
        ]  # fmt: skip
        cases = list(_walk(office, procedure, _at("2024-03-01T16:00"), steps))
        assert cases[-1] == replay("1", cases[-1].records, office=office)
        stages |= {case.stage for case in cases}
        if wanted == stages:
            break
    assert wanted == stages


# -- records that cannot be true --------------------------------------------------------

LIFE = _lived(
    _office(),
    *TAKEN_UP,
    ("2026-03-20T10:00", Extend(date(2026, 4, 30), "why"), BOSS),
    ("2026-03-20T11:00", Notify("extension"), CLERK),
    ("2026-05-12T11:00", Decide("favourable"), BOSS),
)


def _broken(records: Sequence[Record], office: Office | None = None) -> BrokenTrail:
    with pytest.raises(BrokenTrail) as told:
        replay("1", records, office=office or _office())
    return told.value


def _swapped(which: int, /, **over: Any) -> list[Record]:
    """The records of a life with one of them, counted from 1, saying something else."""
    records = list(LIFE.records)
    records[which - 1] = attrs.evolve(records[which - 1], **over)
    return records


def test_the_life_is_true_as_it_stands() -> None:
    """With a lapse in it, which is where the forgeries below begin."""
    assert ["receive", "register", "accept", "extend", "notify", "deem-refused", "decide"] == [
        record.act.tag for record in LIFE.records
    ]
    assert LIFE == replay("1", LIFE.records, office=_office())


@pytest.mark.parametrize("at", range(1, 8))
def test_no_record_leads_to_another_stage(at: int) -> None:
    """Every other stage of the procedure, and one that is none."""
    stages = {*_office().table_of(LIFE.under).stages, "zz"} - {LIFE.records[at - 1].stage}
    for stage in stages:
        assert at == _broken(_swapped(at, stage=stage)).at_record


@pytest.mark.parametrize("at", range(2, 8))
def test_no_record_is_by_a_role_that_may_not(at: int) -> None:
    """Nor by one that is none."""
    wrong = {2: "head", 3: "applicant", 4: "registrar", 5: "applicant", 6: "head", 7: "executor"}
    for role in (wrong[at], "", "zz"):
        assert at == _broken(_swapped(at, role=role)).at_record


@pytest.mark.parametrize("at", range(1, 8))
def test_no_record_is_numbered_or_dated_out_of_order(at: int) -> None:
    """A number that is not the next, an instant before the last."""
    for no in (0, at - 1, at + 1, -1):
        assert no == _broken(_swapped(at, no=no)).at_record
    if at > 1:
        early = LIFE.records[at - 2].at - timedelta(microseconds=1)
        assert at == _broken(_swapped(at, at=early)).at_record


@pytest.mark.parametrize("at", range(1, 8))
def test_no_record_is_of_another_act(at: int) -> None:
    """An act that the stage does not take, or takes elsewhere."""
    for act in (Redirect("zz"), Withdraw(), Inquire(), Receive(), Resume()):
        if type(act) is not type(LIFE.records[at - 1].act):
            assert at == _broken(_swapped(at, act=act)).at_record


@pytest.mark.parametrize("at", range(1, 7))
def test_no_record_is_left_out_or_changes_places(at: int) -> None:
    """The first record out of its place is told."""
    records = list(LIFE.records)
    assert at + 1 == _broken([*records[: at - 1], *records[at:]]).at_record
    records[at - 1], records[at] = records[at], records[at - 1]
    assert at + 1 == _broken(records).at_record


@pytest.mark.parametrize("at", range(1, 8))
def test_no_record_is_under_a_table_that_the_office_does_not_know(at: int) -> None:
    """A table changed since, or of another country."""
    for under in ("appeal/appc-2026@000000000000", "", "zz"):
        told = _broken(_swapped(at, under=under))
        assert (at, "trail.unknown-table") == (told.at_record, told.code)


@pytest.mark.parametrize("at", range(2, 8))
def test_no_record_is_of_another_procedure(at: int) -> None:
    """Stages of the simplified procedure bear the same names."""
    under = _office().table("simplified", "appc-2026").under
    told = _broken(_swapped(at, under=under))
    assert (at, f"1, record {at}: it is of 'simplified', the case of 'appeal'") == (
        told.at_record,
        str(told),
    )


def test_a_case_has_records_and_opens_with_a_receipt() -> None:
    """No records, or another act first."""
    assert 0 == _broken([]).at_record
    assert 1 == _broken([attrs.evolve(LIFE.records[1], no=1)]).at_record


def test_the_law_lapses_nothing_before_its_time() -> None:
    """A refusal by silence recorded a moment too early; a bare lapse likewise."""
    due = LIFE.records[5].act
    assert isinstance(due, DeemRefused)
    early = due.due - timedelta(microseconds=1)
    assert 6 == _broken([*LIFE.records[:5], attrs.evolve(LIFE.records[5], at=early)]).at_record


@pytest.mark.parametrize(
    "over",
    [{"stage": "answered"}, {"role": "registrar"}, {"act": Lapse("zz", _at("2026-03-27T00:00"))}],
)
def test_a_bare_lapse_is_the_laws_own_and_leads_nowhere(over: dict[str, Any]) -> None:
    """It leaves the stage, is by the law, and of a clock that the procedure has."""
    case = _lapsed(_lived(_office(), *TAKEN_UP[:2]), "2026-03-27T00:00", _office())
    assert "lapse" == case.records[-1].act.tag
    assert case == replay("1", case.records, office=_office())
    assert 3 == _broken([*case.records[:2], attrs.evolve(case.records[2], **over)]).at_record


# -- when time is up --------------------------------------------------------------------


def test_silence_is_a_refusal_from_the_first_instant_past_the_term() -> None:
    """Due by the end of 14 April: at 24:00 the law acts, and not a moment before."""
    office, case = _office(), _lived(_office(), *TAKEN_UP)
    assert _at("2026-04-15T00:00") == next_wakeup(case, office=office)
    assert () == lapse(case, at=_at("2026-04-14T23:59:59.999999"), office=office)
    (record,) = lapse(case, at=_at("2026-04-15T00:00"), office=office)
    assert DeemRefused("appeal.consideration", _at("2026-04-15T00:00")) == record.act
    assert (_at("2026-04-15T00:00"), "law", "law", "deemed_refused") == (
        record.at, record.by, record.role, record.stage,
    )  # fmt: skip


def test_a_lapse_is_recorded_at_its_instant_however_late_it_is_asked_for() -> None:
    """A host that slept a month records what it would have recorded."""
    office, case = _office(), _lived(_office(), *TAKEN_UP)
    assert lapse(case, at=_at("2026-04-15T00:00"), office=office) == lapse(
        case, at=_at("2026-05-15T13:00"), office=office
    )


def test_a_lapse_that_comes_to_light_after_an_act_is_dated_by_the_act() -> None:
    """A host that did not ask in time cannot put a record before the last one."""
    office, case = _office(), _lived(_office(), *TAKEN_UP[:2])
    at = _at("2026-03-30T09:00")
    case = evolve(
        case, decide(case, AskToCorrect(date(2026, 4, 6)), at=at, by=CLERK, office=office).record
    )
    case = evolve(
        case, decide(case, Correct(), at=_at("2026-05-06T09:00"), by=ASKS, office=office).record
    )
    records = lapse(case, at=_at("2026-05-06T09:00"), office=office)
    assert [_at("2026-05-06T09:00")] * len(records) == [record.at for record in records]
    assert ["deem-refused"] == [record.act.tag for record in records]


def test_a_missed_term_without_consequence_leaves_the_case_where_it_is() -> None:
    """Redirection is due in three working days; past them there is a trace, no more."""
    office, case = _office(), _lived(_office(), *TAKEN_UP[:2])
    records = lapse(case, at=_at("2026-03-30T00:00"), office=office)
    missed = [record.act for record in records]
    assert Lapse("appeal.redirection", _at("2026-03-27T00:00")) in missed
    assert {(Lapse, case.stage)} == {(type(record.act), record.stage) for record in records}


def test_a_closed_case_wants_nothing() -> None:
    """No wake-up and no lapse, whatever ran."""
    office = _office()
    extended = ("2026-03-20T10:00", Extend(date(2026, 4, 30), "why"), BOSS)
    ended = (("2026-03-20T10:00", Terminate("court-decision"), BOSS),)
    withdrawn = (
        ("2026-03-20T10:00", Withdraw(), ASKS),
        ("2026-03-20T11:00", Terminate("withdrawn"), BOSS),
    )
    for acts in (ended, withdrawn):
        told = ("2026-03-20T12:00", Notify("termination"), CLERK)
        case = _lived(office, *TAKEN_UP, extended, *acts, told)
        assert "closed" == case.stage
        assert None is next_wakeup(case, office=office)
        assert () == lapse(case, at=_at("2027-01-20T10:00"), office=office)


def test_a_late_decision_leaves_the_case_late() -> None:
    """An answer after the refusal by silence closes the case and undoes nothing."""
    office = _office()
    case = _lived(office, *TAKEN_UP, ("2026-04-19T10:00", Decide("favourable"), BOSS))
    assert "answered" == case.stage
    line = docket.line(case, at=_at("2026-06-01T10:00"), office=office)
    assert (docket.Standing.LATE, 3) == (line.standing, line.days_late)


# -- who may, and when ------------------------------------------------------------------


def test_an_act_that_the_stage_does_not_take_is_refused_with_what_it_takes() -> None:
    """What is allowed now, and by whom."""
    office, case = _office(), _lived(_office(), *TAKEN_UP[:2])
    told = _refused(case, Decide("favourable"), at="2026-03-19T10:00", by=BOSS, office=office)
    assert (NotAllowed, "act.not-available", "registered", "decide") == (
        type(told), told.code, told.stage, told.act,
    )  # fmt: skip
    assert office.table_of(case.under).allowed("registered") == told.allowed
    assert {("terminate", ("authorised", "deputy", "head")), ("withdraw", ("applicant",))} < {
        *told.allowed
    }


def test_an_act_of_another_role_is_refused_with_the_roles_that_may() -> None:
    """A clerk does not decide."""
    office, case = _office(), _lived(_office(), *TAKEN_UP)
    told = _refused(case, Decide("favourable"), at="2026-03-19T11:00", by=CLERK, office=office)
    assert isinstance(told, NotCompetent)
    assert (("authorised", "deputy", "head"), "role.not-competent", "APPC 77") == (
        told.competent,
        told.code,
        told.source,
    )


def test_nobody_acts_as_the_law() -> None:
    """A refusal by silence cannot be performed, nor can a lapse."""
    office, case = _office(), _lived(_office(), *TAKEN_UP)
    everything = Official("boss", frozenset(ROLES) - {APPLICANT})
    silence = DeemRefused("appeal.consideration", _at("2026-04-15T00:00"))
    told = _refused(case, silence, at="2026-04-20T10:00", by=everything, office=office)
    assert isinstance(told, NotCompetent)
    assert ("law",) == told.competent
    bare = Lapse("appeal.consideration", _at("2026-04-15T00:00"))
    assert (
        "act.not-available"
        == _refused(case, bare, at="2026-04-20T10:00", by=everything, office=office).code
    )


def test_an_act_before_the_last_record_is_refused() -> None:
    """At the same instant it is taken."""
    office, case = _office(), _lived(_office(), *TAKEN_UP)
    told = _refused(case, Withdraw(), at="2026-03-19T09:59:59", by=ASKS, office=office)
    assert (NotAllowed, "act.before-last") == (type(told), told.code)
    assert isinstance(
        judge(case, Withdraw(), at=_at("2026-03-19T10:00"), by=ASKS, office=office), Decision
    )


def test_the_role_recorded_is_one_that_may() -> None:
    """Of several roles held, the first by name among those the law names."""
    both = Official("both", frozenset({HEAD, DEPUTY, CONTROLLER}))
    answer = decide(_lived(_office(), *TAKEN_UP), Decide("favourable"), at=_at("2026-03-20T10:00"), by=both, office=_office())  # fmt: skip
    assert ("both", "deputy") == (answer.record.by, answer.record.role)


# -- the extension ----------------------------------------------------------------------


def _extending(wording: str, until: date, reason: str = "why", by: Actor = BOSS, at: str = "2026-03-20T10:00",
               **how: Any) -> Decision | Refusal:  # fmt: skip
    office = _office(wording=wording, **how)
    inquired = [("2026-03-19T11:00", Inquire("the roads"), BOSS)] if wording == "l221" else []
    return judge(
        _lived(office, *TAKEN_UP, *inquired),
        Extend(until, reason),
        at=_at(at),
        by=by,
        office=office,
    )


def test_an_extension_is_reasoned() -> None:
    """Spaces are no reason."""
    for reason in ("", "  \n"):
        told = _extending("appc-2026", date(2026, 4, 30), reason)
        assert isinstance(told, Incomplete)
        assert ["extension.no-reason"] == [fault.path for fault in told.missing]


def test_an_extension_ends_within_two_months_of_its_decision() -> None:
    """From 20 March to 20 May inclusive; and it gives more time than there was."""
    assert isinstance(_extending("appc-2026", date(2026, 5, 20)), Decision)
    assert isinstance(_extending("appc-2026", date(2026, 4, 15)), Decision)
    for until, code in (
        (date(2026, 5, 21), "extension.beyond-cap"),
        (date(2026, 4, 14), "extension.not-later"),
    ):
        told = _extending("appc-2026", until)
        assert isinstance(told, NotAllowed)
        assert code == told.code


@pytest.mark.parametrize(
    ("governing", "last"), [("opening", date(2026, 3, 16)), ("act", date(2026, 3, 12))]
)
def test_the_cap_of_a_case_that_straddles_a_change_is_of_the_wording_that_governs(
    governing: str, last: date
) -> None:
    """Received 24 December 2025, extended 12 January 2026: from the end of the 15 days, or from then."""
    office = _office(readings={"governing": governing})
    case = _lived(
        office,
        ("2025-12-24T10:00", Receive(), ASKS),
        ("2025-12-24T11:00", Register("1"), CLERK),
        ("2025-12-24T11:00", Accept(), CLERK),
    )
    at = datetime.fromisoformat("2026-01-12T10:00+05:00")
    for until, allowed in ((last, True), (last + timedelta(days=1), False)):
        answer = judge(case, Extend(until, "why"), at=at, by=BOSS, office=office)
        assert allowed == isinstance(answer, Decision)


def test_the_last_day_of_a_cap_that_is_off_rolls_on() -> None:
    """Two months from Monday 13 April end on Saturday 13 June, so on Monday 15 June."""
    assert isinstance(_extending("appc-2026", date(2026, 6, 15), at="2026-04-13T10:00"), Decision)
    told = _extending("appc-2026", date(2026, 6, 16), at="2026-04-13T10:00")
    assert isinstance(told, NotAllowed)


def test_a_second_extension_is_refused_unless_the_office_reads_otherwise() -> None:
    """The reading ``second-extension``."""
    for answer, kind in (("no", NotAllowed), ("yes", Decision)):
        office = _office(readings={"second-extension": answer})
        case = _lived(
            office, *TAKEN_UP, ("2026-03-20T10:00", Extend(date(2026, 4, 30), "why"), BOSS)
        )
        told = judge(
            case,
            Extend(date(2026, 5, 10), "more"),
            at=_at("2026-03-23T10:00"),
            by=BOSS,
            office=office,
        )
        assert kind is type(told)
        assert "extension.second" == getattr(told, "code", "extension.second")


def test_an_extension_after_the_term_is_too_late() -> None:
    """Under Law 221, where silence was no refusal: 30 calendar days, 19 March the first: it came after hours."""
    told = _extending("l221", date(2026, 4, 30), at="2026-04-18T10:00")
    assert isinstance(told, TooLate)
    assert ("extension.too-late", _at("2026-04-18T00:00")) == (told.code, told.deadline)
    assert isinstance(_extending("l221", date(2026, 4, 30), at="2026-04-17T23:59"), Decision)


def test_everything_that_an_extension_lacks_is_told_at_once() -> None:
    """No reason, too late, beyond its cap, and the second: four faults in one refusal."""
    office = _office(wording="l221")
    case = _lived(
        office,
        *TAKEN_UP,
        ("2026-03-19T11:00", Inquire("the roads"), BOSS),
        ("2026-03-20T10:00", Extend(date(2026, 4, 20), "why"), BOSS),
    )
    told = _refused(
        case, Extend(date(2027, 4, 20), ""), at="2026-04-22T10:00", by=BOSS, office=office
    )
    assert isinstance(told, Incomplete)
    assert [
        "extension.no-reason",
        "extension.too-late",
        "extension.beyond-cap",
        "extension.second",
    ] == [fault.path for fault in told.missing]
    assert str(told) == "; ".join(fault.why for fault in told.missing)


def test_the_chief_of_staff_extends_only_since_the_amendment_of_2026() -> None:
    """The circle of officials grew with Law 241-VIII."""
    assert isinstance(_extending("appc-2026", date(2026, 4, 30), by=CHIEF), Decision)
    for law in ("l221", "appc-2021"):
        told = _extending(law, date(2026, 4, 10), by=CHIEF)
        assert isinstance(told, NotCompetent)
        assert ("deputy", "head") == told.competent


def test_an_extension_moves_the_deadline_to_its_day() -> None:
    office = _office()
    until = date(2026, 4, 30)
    case = _lived(office, *TAKEN_UP, ("2026-03-20T10:00", Extend(until, "why"), BOSS))
    assert until == _last_day(case, "appeal.consideration", office)


# -- instants ---------------------------------------------------------------------------

NAIVE = datetime(2026, 3, 20, 10)  # noqa: DTZ001 - that is what is wrong
ASKED: dict[str, Callable[[Case, Office], object]] = {
    "open_case": lambda _, o: open_case("appeal", Receive(), id="1", at=NAIVE, by=ASKS, office=o),
    "judge": lambda c, o: judge(c, Withdraw(), at=NAIVE, by=ASKS, office=o),
    "judge what the stage does not take": lambda c, o: judge(
        c, Correct(), at=NAIVE, by=ASKS, office=o
    ),
    "decide": lambda c, o: decide(c, Withdraw(), at=NAIVE, by=ASKS, office=o),
    "lapse": lambda c, o: lapse(c, at=NAIVE, office=o),
    "may": lambda c, o: may(c, Withdraw(), at=NAIVE, by=ASKS, office=o),
    "may, of a kind": lambda c, o: may(c, Withdraw, at=NAIVE, by=ASKS, office=o),
    "docket.line": lambda c, o: docket.line(c, at=NAIVE, office=o),
}


@pytest.mark.parametrize("reading", ["opening", "act"])
@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED.keys())
def test_an_instant_without_an_offset_is_refused(
    asked: Callable[[Case, Office], object], reading: str
) -> None:
    """Everywhere, open case or closed; nobody's local time is guessed."""
    office = _office(readings={"governing": reading})
    for told in (TAKEN_UP, (*TAKEN_UP, ("2026-03-19T12:00", Withdraw(), ASKS))):
        with pytest.raises(Malformed, match="2026-03-20 10:00:00 names no UTC offset"):
            asked(_lived(office, *told), office)


def test_the_same_instant_at_another_offset_is_the_same_instant() -> None:
    """A portal in Astana, a server in UTC: the days are those of the office."""
    office = _office()
    zones = [UTC, datetime.fromisoformat("2026-01-01T00:00-09:00").tzinfo]
    here = _lived(office, *TAKEN_UP)
    for zone in zones:
        case = open_case("appeal", Receive(topic="street-lighting"), id="1", at=here.records[0].at.astimezone(zone), by=ASKS, office=office)  # fmt: skip
        for record in here.records[1:]:
            at = record.at.astimezone(zone)
            case = evolve(case, decide(case, record.act, at=at, by=CLERK, office=office).record)
        assert [d.at for d in deadlines(here, office=office)] == [
            d.at for d in deadlines(case, office=office)
        ]


# -- which wording governs --------------------------------------------------------------

STRADDLING: tuple[Told, ...] = (
    ("2025-12-22T10:00", Receive(), ASKS),
    ("2025-12-23T11:00", Register("1"), CLERK),
    ("2025-12-24T10:00", Accept(), CLERK),
    ("2026-01-05T10:00", Extend(date(2026, 2, 20), "why"), BOSS),
)


def _wordings(case: Case) -> list[str]:
    return [record.under.partition("/")[2].partition("@")[0] for record in case.records]


def test_by_the_reading_opening_the_wording_of_the_receipt_governs_to_the_end() -> None:
    """A case received a week before 29 December 2025 stays under the Code of 2021."""
    case = _lived(_office(), *STRADDLING)
    assert ["appc-2021"] * 5 == _wordings(case)
    told = _refused(
        _lived(_office(), *STRADDLING[:3]),
        STRADDLING[3][1],
        at="2026-01-05T10:00",
        by=CHIEF,
        office=_office(),
    )
    assert isinstance(told, NotCompetent)


def test_by_the_reading_act_the_wording_of_the_day_governs_each_act() -> None:
    """The chief of staff may extend the same case in January; what began before counts as before."""
    office = _office(readings={"governing": "act"})
    case = _lived(office, *STRADDLING[:3], (*STRADDLING[3][:2], CHIEF))
    assert ["appc-2021"] * 4 + ["appc-2026"] == _wordings(case)
    before = deadline_of(_lived(office, *STRADDLING[:3]), "appeal.consideration", office=office)
    after = deadline_of(case, "appeal.consideration", office=office)
    assert before is not None
    assert after is not None
    assert ("appc-2021", date(2025, 12, 22), date(2026, 1, 14)) == (
        before.edition.law, before.base_day, before.last_day,
    )  # fmt: skip
    assert ("appc-2021", date(2025, 12, 22), date(2026, 2, 20)) == (
        after.edition.law, after.base_day, after.last_day,
    )  # fmt: skip
    assert "appc-2026" == deadlines(case, office=office)[-2].edition.law


@pytest.mark.parametrize(
    ("reading", "law", "base", "last"),
    [
        ("opening", "appc-2021", date(2025, 12, 22), date(2026, 1, 14)),
        ("act", "appc-2026", date(2025, 12, 30), date(2026, 1, 23)),
    ],
)
def test_a_registration_after_the_amendment_starts_the_term_as_the_reading_has_it(
    reading: str, law: str, base: date, last: date
) -> None:
    """Fifteen working days: from the receipt inclusive, or from the day after the registration."""
    office = _office(readings={"governing": reading})
    case = _lived(office, STRADDLING[0], ("2025-12-30T10:00", Register("1"), CLERK))
    found = deadline_of(case, "appeal.consideration", office=office)
    assert found is not None
    assert (law, base, last) == (found.edition.law, found.base_day, found.last_day)


@pytest.mark.parametrize(("reading", "law"), [("opening", "l221"), ("act", "appc-2021")])
def test_the_code_of_2021_governs_older_cases_as_the_reading_has_it(reading: str, law: str) -> None:
    """An appeal of June 2021, accepted in July: under Law 221 or the Code; its term is that of the receipt.

    Fifteen calendar days, the 25th among them: Law 107, 12-1(5).
    """
    office = _office(readings={"governing": reading})
    case = _lived(
        office,
        ("2021-06-25T10:00", Receive(), ASKS),
        ("2021-06-28T10:00", Register("1"), CLERK),
        ("2021-07-02T10:00", Accept(), CLERK),
    )
    assert law == case.wording
    assert date(2021, 7, 9) == _last_day(case, "appeal.consideration", office)


@pytest.mark.parametrize(
    ("day", "law"),
    [
        ("2021-06-30T23:59", "l221"),
        ("2021-07-01T00:00", "appc-2021"),
        ("2025-12-28T23:59", "appc-2021"),
        ("2025-12-29T00:00", "appc-2026"),
    ],
)
def test_a_wording_governs_from_the_first_instant_of_its_first_day(day: str, law: str) -> None:
    """By the clocks of the office."""
    assert law == _lived(_office(), (day, Receive(), ASKS)).wording


def test_the_first_day_of_a_wording_may_be_told_otherwise() -> None:
    """Sixty days after publication would be another day than the one we hold."""
    since = {"appc-2026": date(2026, 1, 10)}
    assert (
        "appc-2021" == _lived(_office(since=since), ("2026-01-09T10:00", Receive(), ASKS)).wording
    )
    assert (
        "appc-2026" == _lived(_office(since=since), ("2026-01-10T10:00", Receive(), ASKS)).wording
    )
    assert "appc-2026" == _lived(_office(), ("2026-01-09T10:00", Receive(), ASKS)).wording


def test_before_the_first_wording_there_is_no_law() -> None:
    """Nothing is opened in 2006."""
    with pytest.raises(Undated, match="2006-12-31"):
        _lived(_office(), ("2006-12-31T10:00", Receive(), ASKS))


def test_a_procedure_without_an_edition_in_a_wording_is_undated() -> None:
    """A host's chart for one wording alone."""
    law = kz.law()
    only = attrs.evolve(law.procedures["appeal"], editions=law.procedures["appeal"].editions[1:])
    office = _office(pack=attrs.evolve(law, procedures={"appeal": only}))
    with pytest.raises(Undated, match="appeal has no edition on 2021-06-25"):
        _lived(office, ("2021-06-25T10:00", Receive(), ASKS))


# -- disputed readings ------------------------------------------------------------------

OF_2022: tuple[Told, ...] = (
    ("2022-02-01T10:00", Receive(), ASKS),
    ("2022-02-01T11:00", Register("1"), CLERK),
)


@pytest.mark.parametrize("procedure", ["appeal", "simplified"])
@pytest.mark.parametrize(
    ("answer", "last"), [("counted", date(2022, 2, 21)), ("next", date(2022, 2, 22))]
)
def test_the_day_of_receipt_counts_as_the_reading_has_it(
    procedure: str, answer: str, last: date
) -> None:
    """Fifteen working days of February 2022, from the 1st or from the 2nd."""
    office = _office(readings={"first-day-2021": answer})
    case = _lived(office, *OF_2022, procedure=procedure)
    assert last == _last_day(case, f"{procedure}.consideration", office)


@pytest.mark.parametrize(
    ("reading", "answer", "year", "last"),
    [
        ("correction-2021", "inside", 2022, date(2022, 2, 21)),
        ("correction-2021", "outside", 2022, date(2022, 2, 24)),
        ("correction-2026", "inside", 2026, date(2026, 2, 23)),
        # Worth four: the 8th is a Sunday, and the days before it all stood still.
        ("correction-2026", "outside", 2026, date(2026, 2, 27)),
    ],
)
def test_a_correction_pauses_the_term_as_the_reading_has_it(
    reading: str, answer: str, year: int, last: date
) -> None:
    """Asked on the 3rd of February, supplied on the 8th: worth the working days between, or none."""
    office = _office(readings={reading: answer})
    opened = f"{year}-02-01" if year == 2022 else f"{year}-02-02"
    case = _lived(
        office,
        (f"{opened}T10:00", Receive(), ASKS),
        (f"{opened}T11:00", Register("1"), CLERK),
        (f"{year}-02-03T10:00", AskToCorrect(date(year, 2, 10), ("iin",)), CLERK),
        (f"{year}-02-08T10:00", Correct(), ASKS),
    )
    assert last == _last_day(case, "appeal.consideration", office)


def test_while_a_pause_lasts_the_clock_stands() -> None:
    """No wake-up for the term of consideration before the correction's own."""
    told = ("2022-02-03T10:00", AskToCorrect(date(2022, 12, 1), ("iin",)), CLERK)
    outside, inside = (
        _office(readings={"correction-2021": answer}) for answer in ("outside", "inside")
    )
    assert _at("2022-12-02T00:00") == next_wakeup(_lived(outside, *OF_2022, told), office=outside)
    assert _at("2022-02-22T00:00") == next_wakeup(_lived(inside, *OF_2022, told), office=inside)


@pytest.mark.parametrize("procedure", ["appeal", "simplified"])
@pytest.mark.parametrize(
    ("answer", "cap"),
    [("receipt", date(2022, 4, 1)), ("decision", date(2022, 4, 11)), ("term", date(2022, 4, 21))],
)
def test_the_cap_of_an_extension_is_counted_as_the_reading_has_it(
    procedure: str, answer: str, cap: date
) -> None:
    """Two months from the receipt, the decision of the 10th (a Sunday, rolled on), or the 21st."""
    office = _office(readings={"cap-2021": answer})
    case = _lived(office, *OF_2022, ("2022-02-02T10:00", Accept(), CLERK), procedure=procedure)
    for until, kind in ((cap, Decision), (cap + timedelta(1), NotAllowed)):
        told = judge(case, Extend(until, "why"), at=_at("2022-02-10T10:00"), by=BOSS, office=office)
        assert kind is type(told)
        assert "extension.beyond-cap" == getattr(told, "code", "extension.beyond-cap")


@pytest.mark.parametrize(
    ("how", "name"),
    [
        ({"readings": {"zz-reading": "yes"}}, "zz-reading"),
        ({"readings": {"governing": "zz-choice"}}, "zz-choice"),
        ({"wording": "zz-wording"}, "zz-wording"),
        ({"since": {"zz-first-day": date(2026, 1, 1)}}, "zz-first-day"),
    ],
)
def test_what_the_law_does_not_name_is_malformed_and_named(how: dict[str, Any], name: str) -> None:
    """Reading, choice, wording; the error lists those there are."""
    with pytest.raises(Malformed, match=name) as told:
        _office(**how)
    assert any(known in str(told.value) for known in ("governing", "opening", "appc-2026"))


def test_an_office_or_a_procedure_that_is_not_there_is_malformed_and_named() -> None:
    """With the names of those that are."""
    with pytest.raises(Malformed, match="'Atlantis' is none of .*Khromtau district"):
        kz.office("Atlantis")
    with pytest.raises(Malformed, match="'zz' is none of appeal, .*simplified"):
        _lived(_office(), *TAKEN_UP, procedure="zz")


def test_all_unknown_readings_are_told_at_once() -> None:
    """One refusal to start, not three."""
    with pytest.raises(Malformed) as told:
        _office(readings={"zz": "a", "governing": "b", "cap-2021": "c"})
    assert ["zz", "governing", "cap-2021"] == [fault.path for fault in told.value.faults]


# -- a pack that contradicts itself -----------------------------------------------------


def _pack(path: str, value: object) -> Office:
    """An office under our law with one value of its data replaced, or taken out by ``...``."""
    told = copy.deepcopy(dict(pack()))
    *steps, last = path.split("/")
    place: Any = told
    for step in steps:
        place = place[int(step) if isinstance(place, list) else step]
    key = int(last) if isinstance(place, list) else last
    if value is ...:
        del place[key]
    else:
        place[key] = value
    return kz.office("astana", pack=read_law(told, PROCEDURES))


TERM = "limit/appeal.consideration/edition"
CONTRADICTIONS = [
    (f"{TERM}/2/term", "15 days", "appeal.consideration, edition appc-2026: .*15 days"),
    (f"{TERM}/2/term", ..., "appeal.consideration, edition appc-2026: .*term"),
    (f"{TERM}/2/term", 15, "appeal.consideration, edition appc-2026"),
    (f"{TERM}/1/base", "payment", "appeal.consideration, edition appc-2021: base 'payment'"),
    (f"{TERM}/1/base", ..., "appeal.consideration, edition appc-2021: .*base"),
    (f"{TERM}/1/first_day", {"is": "next"}, "appeal.consideration, edition appc-2021: .*source"),
    (f"{TERM}/1/first_day/is", "third", "appeal.consideration, edition appc-2021: first_day 'third'"),
    (f"{TERM}/1/roll/is", "back", "appeal.consideration, edition appc-2021: roll 'back'"),
    (f"{TERM}/0/late/is", "never", "appeal.consideration, edition l221: late 'never'"),
    (f"{TERM}/0/evidence", "hearsay", "appeal.consideration, edition l221: .*hearsay"),
    (f"{TERM}/0/source", ..., "appeal.consideration, edition l221: .*source"),
    (f"{TERM}/0/law", "l222", "appeal.consideration, edition l222: no such wording"),
    (f"{TERM}/0/law", ..., "appeal.consideration: .*law"),
    (f"{TERM}/0/law", "appc-2021", "appeal.consideration: two editions under appc-2021"),
    (f"{TERM}/0/since", date(2021, 7, 1), "appeal.consideration: edition .* does not follow"),
    (f"{TERM}/1/direction", "up", "appeal.consideration, edition appc-2021: direction 'up'"),
    ("limit/appeal.consideration/edition", ..., "appeal.consideration: .*edition"),
    ("limit/appeal.consideration/names", ..., "appeal.consideration: .*names"),
    ("limit/simplified.redirection/like", "zz", "simplified.redirection: like 'zz', which is no limit"),
    ("limit/appeal.registration/edition/2", ..., "appeal/appc-2026@.*: no edition of appeal.registration under appc-2026"),
    (f"{TERM}/2", ..., "reading correction-2026: no limit 'appeal.consideration' under 'appc-2026'"),
    (f"{TERM}/2/base", "knowledge", "appeal.consideration under appc-2026 is counted from 'knowledge', but 'register'"),
    ("limit/appeal.hearing-protocol", ..., "no edition of appeal.hearing-protocol under appc-2021"),
    ("limit/appeal.consideration-with-inquiry", ..., "no limit|like 'appeal.consideration-with-inquiry'"),
    ("wording/2", ..., "appc-2026"),
    ("wording/0/since", "soon", "wordings"),
    ("wording/0/law", ..., "wordings: .*law"),
    ("wording/1/since", date(2007, 1, 30), "wordings.*: edition .* does not follow"),
    ("reading/governing/default", "zz", "reading governing: no choice 'zz'"),
    ("reading/governing/choice/act/source", ..., "reading governing: .*source"),
    ("reading/cap-2021/choice/term/set/0/limit", "zz", "reading cap-2021: no limit 'zz' under 'appc-2021'"),
    ("reading/cap-2021/choice/term/set/0/law", "zz", "reading cap-2021: no limit 'appeal.extension' under 'zz'"),
    ("reading/cap-2021/choice/term/set/0/rule", "zz", "reading cap-2021: no rule 'zz'"),
    ("reading/cap-2021/choice/term/set/0/is", "zz", "reading cap-2021: appeal.extension, edition appc-2021: base 'zz'"),
    ("reading/cap-2021/choice/term/set/0/is", 5, "reading cap-2021: 5 is not text"),
    ("reading/cap-2021/choice", None, "reading cap-2021"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "told"), CONTRADICTIONS)
def test_a_pack_that_contradicts_itself_is_refused_with_key_and_edition(
    path: str, value: object, told: str
) -> None:
    """The editor of the law learns where to look; an office is never opened under such a law."""
    with pytest.raises(PackError, match=told):
        _pack(path, value)


def _paths(told: object, path: str = "") -> Iterator[str]:
    items = (
        told.items()
        if isinstance(told, dict)
        else enumerate(told)
        if isinstance(told, list)
        else ()
    )
    for key, value in items:
        yield f"{path}{key}"
        yield from _paths(value, f"{path}{key}/")


@pytest.mark.thorough
@pytest.mark.parametrize("value", [..., None, 5, "zz", {}, []], ids=repr)
def test_whatever_is_put_into_a_pack_it_is_read_or_refused_as_one(value: object) -> None:
    """Any value of the data taken out or replaced: a law, or a `PackError`, and no other exception."""
    paths = list(_paths(pack()))
    for path in random.Random(repr(value)).sample(paths, 300):  # noqa: S311 - the same places each time
        try:
            assert isinstance(_pack(path, value), Office)
        except PackError as told:
            assert str(told)  # noqa: PT017 - which of the two it is depends on the path
