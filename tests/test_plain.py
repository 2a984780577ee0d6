"""Everything public as plain data, its schemas, its problems; a deadline travels light."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import attrs
import hypothesis.strategies as st
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import openakimat as oa
from openakimat import errors, kz
from openakimat.__main__ import app
from openakimat.adapters import memory
from openakimat.case.act import VOCABULARY, Act
from openakimat.case.acts import Rectify
from openakimat.errors import AkimatError, Fault, Malformed, Refusal
from openakimat.judgement.card import card_of
from openakimat.judgement.docket import Line
from openakimat.judgement.notices import Notice
from openakimat.judgement.public import public
from openakimat.judgement.running import follow
from openakimat.limits.deadline import Deadline
from openakimat.testing.strategies import acts, instants, records, texts
from openakimat.trail.plain import KINDS, plain, read
from openakimat.trail.problem import STATUS, problem
from openakimat.trail.receipt import receipt
from openakimat.trail.schema import components, schema

OFFICE = kz.office("astana")
AT = datetime.fromisoformat("2026-09-14T10:00+05:00")
NAME, ADDRESS, IIN = "Сейтқали Айгерім", "Абай к-сі 7", "850817300107"
PERSON = kz.Applicant(NAME, iin=IIN, address=ADDRESS, id="aigerim")
STAFF = oa.Official("omarova", {kz.REGISTRAR, kz.HEAD, kz.EXECUTOR}, name="Омарова Гүлнар")
OURS = [kind for kind in VOCABULARY.values() if kind.__module__.startswith("openakimat.")]


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(plain(value)))


def valid(name: str, data: Any) -> bool:
    return bool(Draft202012Validator(schema(name)).is_valid(data))


@pytest.fixture(scope="module")
def desk() -> oa.Desk:
    desk = oa.Desk(OFFICE, journal=memory.Journal(), numbers=memory.Numbers())
    case = desk.open(kz.Appeal, at=AT, by=PERSON, topic="light", channel="paper", id="A-1").id
    for act in (oa.Register(), kz.appeal.Accept(), kz.appeal.Assign("b.aliev")):
        desk.perform(case, act, at=AT, by=STAFF)
    desk.perform(case, kz.appeal.Extend(date(2026, 11, 2), reason="facts"), at=AT, by=STAFF)
    other = desk.open(kz.Appeal, at=AT, by=PERSON, id="A-9").id
    desk.perform(other, oa.Register(), at=AT, by=STAFF)
    desk.perform(other, kz.appeal.Redirect("energy"), at=AT, by=STAFF)
    return desk


# -- round trips ----------------------------------------------------------------------------


@given(acts(OURS))
def test_an_act_is_read_as_it_was_and_fits_its_schema(act: Act) -> None:
    data = through_json(act)
    assert act == read(data, Act) == read(data, type(act))
    assert valid(act.tag, data)
    fields = {name: value for name, value in data.items() if name not in {"is", "v"}}
    assert act == read(fields, type(act))


@given(records(acts([oa.Receive, oa.Pause, oa.Reopen, kz.appeal.AskToCorrect, Rectify])))
def test_a_record_is_read_as_it_was_and_fits_its_schema(record: oa.Record) -> None:
    data = through_json(record)
    assert record == read(data, oa.Record)
    assert valid("record", data)
    case = oa.Case("c", "p", record.stage, record.under, (record,), (record,))
    assert case == read(through_json(case), oa.Case)
    assert valid("case", through_json(case))


LIMITS = [edition for dated in OFFICE.law.limits.values() for edition in dated]


@given(
    st.sampled_from(LIMITS),
    st.datetimes(datetime(2010, 1, 1), datetime(2025, 1, 1)),  # noqa: DTZ001 - of the office
    st.integers(0, 3),
    st.none() | st.just(40),
)
def test_a_deadline_is_read_as_it_was_and_travels_light(
    edition: Any, base: datetime, paused: int, days: int | None
) -> None:
    base = OFFICE.calendar.place.local(base.astimezone(AT.tzinfo))
    pauses = [
        (base + timedelta(days=9 * n), base + timedelta(days=9 * n + 4)) for n in range(paused)
    ]
    end = base + timedelta(days=days or 40)
    try:
        of = _due(edition, base, pauses, end if days else None)
    except (AkimatError, AssertionError):
        return  # a term that is as set ends nowhere
    assert len(pickle.dumps(of)) < 4_000
    for other in (
        pickle.loads(pickle.dumps(of)),  # noqa: S301 - our own
        read(through_json(of), Deadline),
        copy.deepcopy(of),
    ):
        assert of == other
        assert str(of) == str(other)
        assert (of.forecast, of.evidence, of.missed(end)) == (
            other.forecast,
            other.evidence,
            other.missed(end),
        )
        for language in ("kk", "ru", "en"):
            languages = OFFICE.law.languages
            assert oa.explain(of, language) == oa.explain(other, language, languages)
    assert valid("deadline", through_json(of))


def _due(edition: Any, base: datetime, pauses: Any, stopped: datetime | None) -> Deadline:
    from openakimat.limits.deadline import due

    return due(edition, base, OFFICE.calendar, pauses=pauses, stopped_at=stopped)


def test_deadlines_of_other_days_are_not_equal() -> None:
    one, other = (_due(LIMITS[0], AT + timedelta(days=n), (), None) for n in (0, 7))
    assert one != pickle.loads(pickle.dumps(other))  # noqa: S301 - our own


def test_whatever_a_desk_answers_is_read_as_it_was(desk: oa.Desk) -> None:
    lines = desk.docket(at=AT + timedelta(days=30))
    due = desk.deadlines("A-1")
    answers = [
        *lines,
        *due,
        *desk.notices("A-9"),
        desk.case("A-1"),
        receipt(due[0], office=OFFICE),
        public(desk.case("A-1"), "kk", office=OFFICE),
        card_of(follow(desk.case("A-1"), office=OFFICE), OFFICE, law="kz", secret=b"k" * 32),
        STAFF,
        PERSON,
    ]
    names = {kind: name for name, kind in KINDS.items()}
    kinds = {type(one) for one in answers}
    assert {Line, Deadline, Notice, oa.Case} <= kinds
    assert lines == read(through_json(lines), tuple[Line, ...])
    assert valid("docket", through_json(lines))
    with pytest.raises(Malformed, match=r"\[1\]\.zz: there is no such field"):
        read([through_json(lines[0]), {**through_json(lines[1]), "zz": 1}], tuple[Line, ...])
    for one in answers:
        assert one == read(through_json(one), type(one))
        name = "applicant" if isinstance(one, oa.Applicant) else names[type(one)]
        assert valid(name, through_json(one)), name


def refusal_classes(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    yield of
    for kind in of.__subclasses__():
        yield from refusal_classes(kind)


@given(
    st.sampled_from([kind for kind in refusal_classes() if kind.__module__ == errors.__name__]),
    st.fixed_dictionaries(
        {"code": texts(max_size=9)},
        optional={
            "source": texts(),
            "stage": texts(),
            "about": texts(),
            "allowed": st.lists(
                st.tuples(texts(), st.lists(texts(), max_size=2).map(tuple)), max_size=2
            ),
            "competent": st.lists(texts(), max_size=2),
            "deadline": st.none() | instants(),
            "missing": st.lists(st.builds(Fault, texts(), texts()), max_size=2),
        },
    ),
    texts(),
)
def test_a_refusal_is_read_as_it_was(
    kind: type[Refusal], told: dict[str, Any], message: str
) -> None:
    refusal = kind(message, **told)
    data = through_json(refusal)
    again = read(data, Refusal)
    assert type(again) is kind
    assert (str(refusal), vars(refusal)) == (str(again), vars(again))
    assert valid("refusal", data)


# -- reading is strict ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind", "faults"),
    [
        ({"is": "extnd", "v": 1}, Act, {"is": "'extnd' is none of"}),
        ({"is": "extend", "v": 7}, Act, {"v": "7 is none of 1"}),
        (
            {"is": "extend", "v": 1, "until": "2026-02-30"},
            Act,
            {"until": "'2026-02-30' is not a day YYYY-MM-DD"},
        ),
        (
            {"is": "extend", "v": 1, "until": "2026-09-14"},
            oa.Register,
            {"is": "'extend' is none of register"},
        ),
        (
            {"outcme": 1},
            kz.appeal.Decide,
            {"outcome": "required", "outcme": "there is no such field"},
        ),
        ({"error": "Nay", "message": "", "code": ""}, Refusal, {"error": "'Nay' is none of"}),
    ],
)
def test_what_cannot_be_read_is_told_with_its_path(
    data: Any, kind: Any, faults: dict[str, str]
) -> None:
    with pytest.raises(Malformed) as told:
        read(data, kind)
    found = {fault.path: fault.why for fault in told.value.faults}
    assert faults.keys() == found.keys()
    for path, why in faults.items():
        assert found[path].startswith(why)


@given(st.sampled_from([kind for name, kind in KINDS.items() if name != "act"]), st.data())
def test_what_is_no_value_of_a_kind_is_malformed_and_nothing_else(
    kind: Any, data: st.DataObject
) -> None:
    junk = st.recursive(
        st.none() | st.integers() | texts(), lambda of: st.lists(of, max_size=2), max_leaves=3
    )
    names = (
        [field.name for field in attrs.fields(kind)]
        if attrs.has(kind)
        else ["error", "message", "code"]
    )
    with pytest.raises(Malformed):
        read(data.draw(st.dictionaries(st.sampled_from(names), junk, min_size=1)) | {"zz": 1}, kind)


# -- schemas --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*KINDS, "extend"])
def test_the_command_prints_the_schema_of_each(name: str) -> None:
    told = CliRunner().invoke(app, ["schema", name])
    assert schema(name) == json.loads(told.output)
    Draft202012Validator.check_schema(schema(name))


def test_the_command_prints_all_and_the_components_of_openapi() -> None:
    assert KINDS.keys() == json.loads(CliRunner().invoke(app, ["schema"]).output).keys()
    told = json.loads(CliRunner().invoke(app, ["schema", "--openapi"]).output)
    assert components() == told
    schemas, text = told["components"]["schemas"], json.dumps(told)
    assert {name.title().replace("-", "") for name in KINDS} <= schemas.keys()
    named = {part.partition('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= schemas.keys()
    assert "#/$defs" not in text
    # Each is what it says, and no reference to itself.
    assert not [name for name, of in schemas.items() if of.get("$ref", "").endswith(f"/{name}")]


def test_the_command_names_the_neighbour_and_takes_one_kind_or_all() -> None:
    with pytest.raises(Malformed, match="the nearest: case"):
        schema("caze")
    assert isinstance(CliRunner().invoke(app, ["schema", "case", "--openapi"]).exception, Malformed)


def test_a_schema_refuses_what_reading_refuses(desk: oa.Desk) -> None:
    data = through_json(desk.case("A-1"))
    for name in data:
        less = {key: value for key, value in data.items() if key != name}
        assert not valid("case", less) or "overtaken" == name
    assert not valid("case", {**data, "zz": 1})
    assert not valid("case", {**data, "stage": 5})


# -- problems -------------------------------------------------------------------------------


def examples_of_errors(desk: oa.Desk) -> list[AkimatError]:
    other = kz.Applicant("Ким Берик", id="kim")
    found: list[AkimatError] = [
        answer
        for answer in (
            desk.may("A-1", kz.appeal.Withdraw(), at=AT, by=other),
            desk.may("A-1", oa.Register(), at=AT, by=STAFF),
            desk.may("A-1", kz.appeal.Extend(date(2026, 12, 31)), at=AT, by=STAFF),
            desk.may("A-1", kz.appeal.Recuse("kinship", "Омарова Гүлнар", ""), at=AT, by=PERSON),
        )
        if answer
    ]
    assert 3 <= len(found)
    for ask in (
        lambda: desk.case("A-2"),
        lambda: desk.perform("A-1", kz.appeal.Withdraw(), at=AT, by=PERSON, expected=1),
        lambda: read({"outcme": 1}, kz.appeal.Decide),
        lambda: desk.open("nothing", at=AT, by=PERSON),
    ):
        with pytest.raises(AkimatError) as told:
            ask()
        found.append(told.value)
    return [
        *found,
        errors.BrokenTrail("no", at_record=1),
        errors.Undated("no"),
        oa.NotCompetent("she may: Омарова Гүлнар", code="own.code", about="Омарова Гүлнар"),
        oa.Incomplete("x", code="a", about=NAME, missing=[Fault("own.thing", f"of {NAME}")]),
    ]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_error_is_a_problem_of_rfc_9457_that_tells_of_nobody(
    desk: oa.Desk, language: str
) -> None:
    for error in examples_of_errors(desk):
        told = problem(error, kz.law(), language)
        assert {"type", "title", "status", "detail", "code"} <= told.keys()
        assert told["type"].startswith("urn:openakimat:problem:")
        assert 400 <= told["status"] < 600
        assert told["title"]
        text = json.dumps(told, ensure_ascii=False)
        for personal in (NAME, ADDRESS, IIN, "Омарова", "Ким Берик", "b.aliev"):
            assert personal not in text, error


def test_each_kind_of_error_has_its_status_and_what_it_knows(desk: oa.Desk) -> None:
    said = {type(error): problem(error, kz.law()) for error in examples_of_errors(desk)}
    statuses = {kind: told["status"] for kind, told in said.items()}
    assert {
        oa.NotCompetent: 403, oa.NotAllowed: 409, oa.Incomplete: 422, oa.UnknownCase: 404, oa.Conflict: 409,
        oa.Malformed: 400, oa.BrokenTrail: 500, oa.Undated: 422,
    }.items() <= statuses.items()  # fmt: skip
    assert ["procedure"] == [one["path"] for one in said[oa.Malformed]["errors"]]
    assert ["register", "accept", "assign", "extend"] == [
        one[0] for one in said[oa.Conflict]["changed"]
    ]
    assert (1, 5) == (said[oa.Conflict]["expected"], said[oa.Conflict]["found"])
    assert said[oa.NotAllowed]["stage"] == "considered"


def test_no_kind_of_error_stands_behind_its_family() -> None:
    kinds = list(STATUS)
    assert not [
        (kind, later)
        for n, kind in enumerate(kinds)
        for later in kinds[n + 1 :]
        if issubclass(later, kind)
    ]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_fails_inside_is_told_to_nobody_outside(language: str) -> None:
    where = "postgresql://akimat:***@db.internal:5432/akimat"
    for error in (
        oa.JournalError(f"{where}: refused", code="journal.database"),
        oa.BrokenTrail(f"{where}, record 2", at_record=2, code="trail.altered"),
    ):
        told = problem(error, kz.law(), language)
        assert "akimat" not in told["detail"] + told["title"]
        assert " " in told["title"]
        assert error.code == told["code"]
