"""Records go to plain data, to bytes and back, and nothing else comes in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar, get_origin, get_type_hints

import attrs
import hypothesis.strategies as st
import pytest
from hypothesis import given

from openakimat.case import people
from openakimat.case.act import VOCABULARY, Act
from openakimat.case.acts import Lapse, Pause, Receive, Register, Reopen, Resume
from openakimat.case.record import Case, Record
from openakimat.errors import Malformed, PackError, UnknownAct
from openakimat.kz import acts as words
from openakimat.kz.acts import Decide, Extend
from openakimat.kz.appeal.acts import (
    AskToCorrect,
    Close,
    Correct,
    CorrectionOver,
    DeemClosed,
    DeemRefused,
    DeliverUninstructed,
    Entrust,
    Execute,
    Inquire,
    Rate,
    RedirectPart,
    SignProtocol,
)
from openakimat.kz.identity import Applicant
from openakimat.kz.simplified.acts import Note, Reply
from openakimat.testing.strategies import acts, instants, records, values
from openakimat.trail import codec
from openakimat.trail.canonical import MAX_BYTES, Plain, canonical, parse
from openakimat.trail.codec import plain, read, record, written
from openakimat.trail.seal import Sealed, seal, unseal, verify

AT = datetime.fromisoformat("2026-03-18T18:40:00+05:00")
ROOMS = {f"openakimat.{room}.acts" for room in ("case", "kz", "kz.appeal", "kz.simplified")}
OURS = [kind for kind in VOCABULARY.values() if kind.__module__ in ROOMS]
"""Acts that take whatever their fields are annotated with."""


def _record(act: Act, no: int = 1) -> Record:
    return Record(
        no, AT, "a.serikova", "registrar", act, "considered", "appeal/appc-2026@0123456789ab"
    )


def _plain(act: dict[str, Any], **over: Any) -> dict[str, Any]:
    return {**plain(_record(Register("ЖТ-2026-1"))), "act": act, **over}


# -- there and back ---------------------------------------------------------------------


@given(records(acts(OURS)))
def test_a_record_of_any_act_comes_back_from_its_bytes_as_it_was(one: Record) -> None:
    """Through plain data, canonical bytes, a parser and the reader."""
    assert one == record(parse(canonical(plain(one))))


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.tag)
def test_each_act_of_the_vocabulary_is_stored_under_its_own_tag(kind: type[Act]) -> None:
    """The tag and the version are stored, never a Python name, and the way back is to the kind."""

    @given(acts([kind]))
    def check(act: Act) -> None:
        stored = plain(_record(act))["act"]
        assert {"is": kind.tag, "v": kind.version} == {key: stored[key] for key in ("is", "v")}
        assert (kind, act) == (type(record(_plain(stored)).act), record(_plain(stored)).act)

    check()


@given(records(acts(OURS)))
def test_what_was_read_is_written_to_the_same_bytes(one: Record) -> None:
    """Bytes, record, bytes: nothing is lost on the way."""
    body = canonical(plain(one))
    assert body == canonical(plain(record(parse(body))))


@given(instants(), instants())
def test_instants_keep_their_order_and_their_offset(one: datetime, other: datetime) -> None:
    """The offset told is the offset stored."""
    again = [record(parse(canonical(plain(attrs.evolve(_record(Register()), at=at))))).at for at in (one, other)]  # fmt: skip
    assert [one.utcoffset(), other.utcoffset()] == [at.utcoffset() for at in again]
    assert (one < other, one == other) == (again[0] < again[1], again[0] == again[1])


# -- the stored bytes of version 1, for ever ----------------------------------------------

GOLDEN: list[Act] = [
    Receive("application", "paper", "street-lighting", "Не горит фонарь\n\tу дома 5", Applicant(
        "Айгерім Ә.", "850817300127", None, "Хромтау, Абай к-сі 1", "applicant-1")),
    Register("ЖТ-2026-00000001"),
    words.Accept(),
    AskToCorrect(date(2026, 3, 27), ("iin", "address")),
    Correct(),
    words.Return("identical"),
    words.Redirect("akimat-aqtobe", "not-competent"),
    Inquire("akimat-astana"),
    words.Extend(date(2026, 5, 1), "нужен выезд на место"),
    words.Notify("extension"),
    Pause("force-majeure", "Су тасқыны"),
    Resume(),
    words.Decide("favourable"),
    Reply("explained"),
    Note(),
    words.Terminate("withdrawn"),
    words.Withdraw(),
    Lapse("appeal.registration", datetime.fromisoformat("2026-03-20T00:00:00+05:00")),
    DeemRefused("appeal.consideration", datetime.fromisoformat("2026-04-15T00:00:00+05:00")),
    RedirectPart(case="ЖТ-2026-00000001/1", to="akimat-aqtobe", demands=("бір", "два")),
    words.Assign(to="akimat-aqtobe", also=("бір", "два")),
    words.Propose(outcome="Сәлем", reason="Сәлем"),
    words.Object(text="Сәлем", oral=True),
    words.Hear(protocol="Сәлем"),
    SignProtocol(),
    words.Deliver(channel="Сәлем"),
    Entrust(to="akimat-aqtobe"),
    Execute(summary="Сәлем"),
    Rate(score=1, comment="Сәлем"),
    Reopen(ground="Сәлем", clock="continue"),
    Close(),
    CorrectionOver(clock="appeal.consideration", due=AT),
    DeemClosed(clock="appeal.consideration", due=AT),
    DeliverUninstructed(channel="Сәлем"),
]  # fmt: skip
STORED = Path(__file__).parent / "vectors" / "stored_records.jsonl"


def _golden() -> Iterator[Sealed]:
    for no, line in enumerate(STORED.read_text("utf-8").splitlines(), start=1):
        told = json.loads(line)
        yield Sealed("golden", no, told["body"].encode(), bytes.fromhex(told["seal"]))


def test_bytes_stored_by_the_first_version_are_read_for_ever() -> None:
    """What an office kept in 2026 is opened by every later version, and means the same."""
    assert GOLDEN == [unseal(row).act for row in _golden()][: len(GOLDEN)]


def test_the_chain_stored_by_the_first_version_is_intact() -> None:
    """Its seals verify against the bytes as they stand in the file."""
    rows = list(_golden())
    assert ("intact", len(rows)) == (verify("golden", rows).kind, len(rows))


def test_what_is_stored_is_written_the_same_today_but_for_what_a_seal_adds() -> None:
    """Acts whose version has not risen are the very plain data of the file."""
    for row in _golden():
        act, told = unseal(row).act, parse(row.body)
        if type(act).version == told["act"]["v"]:
            del told["case"], told["prev"]
            assert told == plain(_record(act, row.no))


# -- acts of other versions ---------------------------------------------------------------


@attrs.frozen
class Relocate(Act):
    """A host's act that is in its third version."""

    tag: ClassVar[str] = "test-relocate"
    version: ClassVar[int] = 3
    to: str
    floor: int = 0


@codec.upcast("test-relocate", 1)
def _named_where(fields: Plain) -> Plain:
    return {"target": fields.pop("where"), **fields}


@codec.upcast("test-relocate", 2)
def _named_target(fields: Plain) -> Plain:
    return {"to": fields.pop("target"), **fields}


@pytest.mark.parametrize(
    "stored",
    [
        {"is": "test-relocate", "v": 1, "where": "Абая 1", "floor": 2},
        {"is": "test-relocate", "v": 2, "target": "Абая 1", "floor": 2},
        {"is": "test-relocate", "v": 3, "to": "Абая 1", "floor": 2},
    ],
)
def test_an_older_act_is_read_as_the_newest_step_by_step(stored: dict[str, Any]) -> None:
    """From whatever version, through each of the next."""
    before = dict(stored)
    assert Relocate("Абая 1", 2) == record(_plain(stored)).act
    assert before == stored


def test_an_older_act_that_lacks_its_own_field_is_malformed() -> None:
    """An upcast that finds nothing to rename is no crash."""
    with pytest.raises(Malformed) as told:
        record(_plain({"is": "test-relocate", "v": 1}))
    assert "act" == told.value.faults[0].path


@attrs.frozen
class Forgotten(Act):
    """An act whose first version nobody can read any more."""

    tag: ClassVar[str] = "test-forgotten"
    version: ClassVar[int] = 3


@codec.upcast("test-forgotten", 2)
def _unchanged(fields: Plain) -> Plain:
    return fields


@pytest.mark.parametrize(
    ("tag", "version", "known"),
    [
        ("register", 2, 2),
        ("register", 0, 0),
        ("register", -1, -1),
        ("register", True, 0),
        ("register", "1", 0),
        ("register", None, 0),
        ("test-relocate", 4, 4),
        ("test-forgotten", 1, 1),
    ],
)
def test_an_act_of_an_unknown_tag_or_version_is_told_with_its_record(
    tag: str, version: Any, known: int
) -> None:
    """Tag, version and number of the record; another fault of the record does not hide it."""
    with pytest.raises(UnknownAct) as told:
        record(_plain({"is": tag, "v": version}, no=7, by=5))
    assert (tag, known, 7) == (told.value.tag, told.value.version, told.value.at_record)


def test_an_act_without_a_version_is_unknown() -> None:
    """No version is guessed."""
    with pytest.raises(UnknownAct):
        record(_plain({"is": "register", "number": "1"}))


# -- all faults at once -------------------------------------------------------------------


def test_all_faults_are_told_at_once_each_with_its_path() -> None:
    """Outside and inside the act, in a list and in the applicant."""
    bad = {
        "no": "1", "at": "2026-03-18T18:40", "by": 5, "stage": None, "under": ["x"], "colour": "red",
        "act": {
            "is": "ask-to-correct", "v": 1, "until": "2026-02-30", "missing": ["iin", 7, "bin", False],
            "why": "",
        },
    }  # fmt: skip
    with pytest.raises(Malformed) as told:
        record(bad)
    faults = {fault.path: fault.why for fault in told.value.faults}
    assert {
        "colour": "there is no such field",
        "no": "'1' is not an integer",
        "at": "'2026-03-18T18:40' is not an instant with an offset",
        "by": "5 is not text",
        "role": "required field missing",
        "stage": "None is not text",
        "under": "a value of class list is not text",
        "act.why": "there is no such field",
        "act.until": "'2026-02-30' is not a day YYYY-MM-DD",
        "act.missing[1]": "7 is not text",
        "act.missing[3]": "False is not text",
    } == faults
    assert len(faults) == len(told.value.faults)


def test_what_the_law_of_numbers_refuses_is_told_at_its_place() -> None:
    """An impossible IIN in a stored record is a fault of the applicant."""
    act = {"is": "receive", "v": 1, "applicant": {"iin": "850817300123"}}
    with pytest.raises(Malformed) as told:
        record(_plain(act))
    assert [("act.applicant.iin", "the control digit is wrong")] == [
        (fault.path, fault.why) for fault in told.value.faults
    ]


@pytest.mark.parametrize(
    "given",
    [None, 5, "x", [], [("no", 1)], {}, {1: 2}, {"no": 1, 5: 6}, {None: None}, {"act": {1: 2}}],
)
def test_what_is_no_record_is_malformed(given: Any) -> None:
    """Whatever it is instead."""
    with pytest.raises(Malformed):
        record(given)


BENT = [
    ("no", True), ("no", 1.0), ("no", "1"), ("no", None),
    ("at", "2026-03-18"), ("at", "2026-03-18T18:40:00"), ("at", "soon"), ("at", 0), ("at", None),
    ("by", None), ("by", 5), ("by", ["a"]), ("role", False), ("stage", 1), ("under", {}), ("act", None),
    ("act", "register"), ("act", []), ("act", {"is": None, "v": 1}), ("act", {"v": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), BENT)
def test_no_value_is_bent_into_the_kind_wanted(field: str, value: Any) -> None:
    """``True`` is no number, ``5`` is no text, a day is no instant."""
    with pytest.raises(Malformed) as told:
        record(_plain({"is": "accept", "v": 1}) | {field: value})
    assert [field] == [fault.path for fault in told.value.faults]


SEVERAL = [
    (kind, name)
    for kind in VOCABULARY.values()
    for name, hint in get_type_hints(kind).items()
    if get_origin(hint) is tuple
]


@pytest.mark.parametrize(("kind", "field"), SEVERAL)
def test_one_value_is_never_taken_for_several(kind: type[Act], field: str) -> None:
    """A text would be a tuple of its letters, a table one of its keys."""
    for one in ("S-01", "", {"S-01": 1}, 1):
        with pytest.raises(Malformed) as wrong:
            read({field: one}, kind)
        assert ["no-tuple"] == [f.code for f in wrong.value.faults if f.path == field]


def test_a_set_is_read_of_several_too() -> None:
    Roles = attrs.make_class("Roles", {"of": attrs.field(type=frozenset[str])}, frozen=True)  # noqa: N806 - a class
    assert {"head"} == read({"of": ["head"]}, Roles).of
    with pytest.raises(Malformed, match="of: is one str, not a set"):
        read({"of": "head"}, Roles)


@pytest.mark.parametrize(
    "day", ["20260327", "2026-W13-5", "2026-3-27", "2026-03-27T00:00", "٢٠٢٦-03-27", ""]
)
def test_a_day_is_told_in_one_form(day: str) -> None:
    """YYYY-MM-DD, and no other form that a library might take."""
    with pytest.raises(Malformed):
        record(_plain({"is": "ask-to-correct", "v": 1, "until": day}))


@attrs.frozen
class Mark(Act):
    """A host's act with fields of every plain kind."""

    tag: ClassVar[str] = "test-mark"
    seen: bool
    count: int = 0
    maybe: int | None = None
    tags: tuple[str, ...] = ()
    given: bool | None = None


@given(values(Mark))
def test_a_hosts_act_is_stored_like_ours(act: Mark) -> None:
    """Booleans, integers, what may be missing and rows of texts."""
    assert act == record(parse(canonical(plain(_record(act))))).act


@pytest.mark.parametrize("seen", ["false", 0, 1, None, "", []])
def test_nothing_but_true_and_false_is_a_boolean(seen: Any) -> None:
    """``"false"`` is not true."""
    with pytest.raises(Malformed) as told:
        record(_plain({"is": "test-mark", "v": 1, "seen": seen}))
    assert ["act.seen"] == [fault.path for fault in told.value.faults]


# -- what is written ----------------------------------------------------------------------


def test_an_act_with_a_float_is_refused_when_it_is_first_written() -> None:
    """Alone, among others or in a row."""
    for name, kind in (("a", float), ("b", float | None), ("c", tuple[float, ...])):
        tag = {"tag": f"test-float-{name}", "__annotations__": {"sum": kind}}
        bad = attrs.frozen(type(f"Pay{name}", (Act,), tag))
        with pytest.raises(PackError, match=f"'test-float-{name}': sum is a float"):
            plain(_record(bad((1.0,) if name == "c" else 1.0)))


MISSHAPEN: list[tuple[str, Callable[..., Act], tuple[Any, ...]]] = [
    ("to: 5 is not text", words.Redirect, (5,)),
    ("to: None is not text", words.Redirect, (None,)),
    ("outcome: a value of class bytes is not text", Decide, (b"favourable",)),
    ("until: '2026-05-01' is not a day; reason: 5 is not text", Extend, ("2026-05-01", 5)),
    ("until: .* is not a day", Extend, (AT, "why")),
    (r"missing\[1\]: 2 is not text", AskToCorrect, (date(2026, 5, 1), ("a", 2))),
    ("missing: is one str, not a tuple", AskToCorrect, (date(2026, 5, 1), "stamp")),
    ("due: .* names no UTC offset", Lapse, ("x", AT.replace(tzinfo=None))),
    ("seen: 'yes' is neither true nor false", Mark, ("yes",)),
    ("count: 1.0 is not an integer", Mark, (True, 1.0)),
    ("count: True is not an integer", Mark, (True, True)),
    ("applicant: is of str, not of Applicant", Receive, ("inquiry", "post", "", "", "Aigerim")),
    ("score: 6 is none of 1, 2, 3, 4, 5", Rate, (6,)),
]


@pytest.mark.parametrize(("why", "kind", "given"), MISSHAPEN, ids=lambda one: str(one)[:40])
def test_no_act_holds_what_its_fields_are_not_declared_to(
    why: str, kind: Callable[..., Act], given: tuple[Any, ...]
) -> None:
    """Everything wrong with it is told at once, when it is made."""
    with pytest.raises(Malformed, match=why):
        kind(*given)


UNREADABLE: list[tuple[str, Act]] = [
    ("integer", Mark(seen=True, count=2**53)),
    ("surrogate", Register("\ud800")),
    ("NUL", Register("ЖТ\0")),
    ("bytes", Decide("x" * MAX_BYTES)),
]


@pytest.mark.parametrize(("why", "act"), UNREADABLE)
def test_what_could_not_be_read_again_is_not_sealed(why: str, act: Act) -> None:
    """A case is never shut by a record that nobody can open."""
    with pytest.raises(Malformed, match=why):
        seal("a", _record(act), salt=bytes)


@pytest.mark.parametrize(
    "over",
    [{"no": "1"}, {"by": None}, {"role": 5}, {"stage": None}, {"at": AT.replace(tzinfo=None)}],
)
def test_no_field_of_a_record_is_sealed_with_another_kind(over: dict[str, Any]) -> None:
    """Number, instant, names."""
    with pytest.raises(Malformed):
        seal("a", attrs.evolve(_record(Register()), **over), salt=bytes)


@given(records(acts(OURS)))
def test_canonical_bytes_of_a_record_are_what_any_json_writer_gives(one: Record) -> None:
    """Records too, chained to a case."""
    orjson = pytest.importorskip("orjson")
    told = {**plain(one), "case": "appeal-2026-1", "prev": "0" * 64}
    assert orjson.dumps(told, option=orjson.OPT_SORT_KEYS) == canonical(told)


# -- hostile input ------------------------------------------------------------------------


def test_a_refused_text_is_not_repeated_at_length() -> None:
    """A megabyte where a number should be does not fill the log."""
    with pytest.raises(Malformed) as told:
        record(_plain({"is": "accept", "v": 1}, no="9" * 1_000_000))
    assert len(str(told.value)) < 300


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


FIELDS = ["no", "at", "by", "role", "act", "stage", "under", "is", "v", "until", "missing", "clock", "due",
          "applicant", "iin", "number", "kind", "summary"]  # fmt: skip
TAGS = st.sampled_from([*(kind.tag for kind in OURS), "test-relocate", "test-mark", "zz"])
NEARLY = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=2), JSON, max_size=5)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "no": JSON, "at": JSON | instants().map(datetime.isoformat), "by": JSON, "role": JSON,
            "stage": JSON, "under": JSON, "zz": JSON,
            "act": JSON | st.builds(lambda tag, v, rest: {**rest, "is": tag, "v": v}, TAGS, JSON | st.just(1), NEARLY),
        },
    )
)  # fmt: skip
def test_record_gives_a_record_or_malformed_or_unknown(given: dict[str, Any]) -> None:
    """For any plain data at all, near a record or far from one."""
    try:
        found = record(given)
    except (Malformed, UnknownAct):
        return
    assert isinstance(found, Record)


@given(
    st.one_of(
        JSON, st.dictionaries(JSON.filter(lambda one: not isinstance(one, (list, dict))), JSON)
    )
)
def test_record_of_anything_is_told_as_malformed_or_unknown(given: Any) -> None:
    """No object, keys that are no texts."""
    with pytest.raises((Malformed, UnknownAct)):
        record(given)


@given(records(acts(OURS)), st.data())
def test_record_survives_any_one_change_of_stored_data(one: Record, data: st.DataObject) -> None:
    """A field replaced or removed, outside or in the act, is a record still or is told."""
    stored = parse(canonical(plain(one)))
    where = stored["act"] if data.draw(st.booleans()) else stored
    key = data.draw(st.sampled_from(sorted(where)))
    if data.draw(st.booleans()):
        del where[key]
    else:
        where[key] = data.draw(JSON)
    try:
        found = record(stored)
    except (Malformed, UnknownAct):
        return
    assert isinstance(found, Record)


def test_read_is_strict_for_any_class_of_plain_fields() -> None:
    """The same reader serves other files of ours."""
    with pytest.raises(Malformed, match="applicant"):
        read({"name": 5, "age": 7}, Applicant)
    assert Applicant("Айгерім") == read({"name": "Айгерім"}, Applicant)


def test_an_applicant_is_read_as_what_it_was_whichever_country_came_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A country whose applicants have fewer fields than those of another is not taken for it."""
    monkeypatch.setattr(people.Applicant, "kinds", dict(people.Applicant.kinds))

    @attrs.frozen
    class Islander(people.Applicant):
        iin: str = ""

    @attrs.frozen
    class WithPhone(Applicant):
        phone: str = ""

    kinds = list(people.Applicant.kinds.items())
    told = (people.Applicant("A"), Applicant("A"), Islander("A", iin="7"), WithPhone("A"))
    for order in (kinds, kinds[::-1]):
        people.Applicant.kinds.clear()
        people.Applicant.kinds.update(order)
        for one in told:
            kept = _record(Receive(applicant=one))
            assert kept == record(plain(kept))


def test_of_an_applicant_only_what_no_country_knows_is_called_strange() -> None:
    stored = plain(_record(Receive(applicant=Applicant("A"))))
    stored["act"]["applicant"]["colour"] = "red"
    with pytest.raises(Malformed, match=r"colour: there is no such field$"):
        record(stored)


@given(st.lists(records(acts(OURS)), min_size=1, max_size=3))
def test_a_case_is_written_and_read_as_it_was(some: list[Record]) -> None:
    """Through JSON too, whatever its acts are."""
    case = Case("a", "b", "c", "d/e@f", tuple(some))
    assert case == read(json.loads(json.dumps(written(case))), Case)
