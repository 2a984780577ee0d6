"""What is personal stands beside the sealed bytes: they give nobody away, and hold all of it fast."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, get_type_hints

import attrs
import hypothesis.strategies as st
import pytest
from hypothesis import given, reject, settings

import openakimat as oa
from openakimat import kz
from openakimat.adapters import memory
from openakimat.case.act import VOCABULARY, Act, personal_fields
from openakimat.case.people import APPLICANT, Mandate, Representative
from openakimat.case.record import Record
from openakimat.errors import BrokenTrail, Malformed
from openakimat.kz.identity import _control_digit
from openakimat.kz.roles import HEAD, REGISTRAR
from openakimat.testing import strategies
from openakimat.trail.canonical import encode, parse
from openakimat.trail.codec import plain
from openakimat.trail.commitments import commitment
from openakimat.trail.seal import Sealed, seal, seal_all, unseal, verify

AT = datetime.fromisoformat("2026-03-18T18:40:00+05:00")

SALT = memory.Journal().salt


def record(act: Act, no: int = 1, by: str = "aigerim", **over: Any) -> Record:
    return Record(no, AT, by, "applicant", act, "received", "x/y@z", office="khromtau", **over)


# -- nothing personal stands in what is sealed ------------------------------------------

MARKS = st.integers(0, 10**8 - 1).map("mark{:08}".format)

NUMBERED = st.builds(
    kz.Applicant,
    name=MARKS,
    address=MARKS,
    id=MARKS,
    iin=st.sampled_from((None, "850817300107", "900101400209")),
    bin=st.sampled_from((None, "990340000041")),
)


DIGEST = MARKS.map(lambda mark: hashlib.sha256(mark.encode()).hexdigest())

NARROW: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "approve-schedule": {"days": st.just((AT.date(),))},
    "ask-agreement": {"reporter": DIGEST},
    "attach": {"media_type": st.just("text/plain"), "sha256": DIGEST},
    "report-corruption": {"reporter": DIGEST, "applicant": st.none()},
    "report-retaliation": {"reporter": DIGEST, "applicant": st.none()},
    "set-execution-term": {"term": st.just("3 working days")},
}
"""The fields that an act takes in one form only."""


@st.composite
def marked(draw: Any, kind: type[Act]) -> Act:
    """An act of a kind with a mark in every text that is personal."""
    with pytest.MonkeyPatch.context() as patch:
        known = {**strategies._OF, str: lambda: MARKS, oa.Applicant: lambda: NUMBERED}
        patch.setattr(strategies, "_OF", known)
        hints, personal = get_type_hints(kind), personal_fields(kind)
        fields = {
            field.name: strategies.values(hints[field.name])
            for field in attrs.fields(kind)
            if field.name in personal or field.default is attrs.NOTHING
        } | NARROW.get(kind.tag, {})
    try:
        return kind(**{name: draw(values) for name, values in fields.items()})
    except Malformed:
        reject()


def texts_in(value: Any) -> Iterator[str]:
    """Every text in plain data, that is no key."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inside in value.values() if isinstance(value, dict) else value:
            yield from texts_in(inside)


PERSONAL = {
    kind.tag: kind
    for kind in VOCABULARY.values()
    if kind.__module__.startswith("openakimat.") and personal_fields(kind)
}


@pytest.mark.parametrize("tag", sorted(PERSONAL))
def test_no_personal_value_of_any_act_stands_in_what_is_sealed(tag: str) -> None:
    kind, shown = PERSONAL[tag], []

    @settings(max_examples=15)
    @given(marked(kind), MARKS, MARKS)
    def check(act: Act, by: str, on_behalf: str) -> None:
        one = record(act, by=by, on_behalf=on_behalf)
        fields = plain(one)["act"]
        personal = {by, on_behalf, *texts_in([fields[name] for name in personal_fields(kind)])}
        # What an open field holds too, by chance, is no secret.
        personal -= {*texts_in([fields[name] for name in fields.keys() - personal_fields(kind)])}
        secret = [text for text in personal if text.startswith("mark") or len(text) in {12, 64}]
        row = seal("khromtau/x-1", one, salt=SALT)
        assert [text for text in secret if text.encode() in row.body] == []
        assert [text for text in secret if text.encode() not in row.private] == []
        assert unseal(row) == one
        shown.extend(secret)

    check()
    assert len({*shown}) > 2


def test_a_desk_seals_no_name_number_address_or_id_of_anybody() -> None:
    desk = oa.Desk(kz.office("khromtau"), journal=memory.Journal(), numbers=memory.Numbers())
    who = kz.Applicant("Айгерім Ә.", "850817300107", None, "Хромтау, Абай 1", "acc-77")
    case = desk.open(kz.Appeal, by=who, at=AT, topic="lamp at house 5", summary="It is dark")
    clerk = oa.Official("a.serikova", {REGISTRAR}, name="Серикова")
    power = Mandate("acc-77", {APPLICANT}, "power of attorney 9", AT.date())
    desk.perform(case.id, oa.Register(), by=clerk, at=AT)
    lawyer = Representative("lawyer-3", (power,), name="Адвокат")
    desk.perform(case.id, kz.appeal.Withdraw(), by=lawyer, at=AT)
    # Four digits of a number stand in a digest by chance.
    sealed = re.sub(
        "[0-9a-f]{32,}", "", b"".join(row.body for _, row in desk.journal.since()).decode()
    )
    told = ("Айгерім", "850817300107", "0107", "Абай", "acc-77", "lamp", "dark", "serikova")
    for text in (*told, "Серикова", "lawyer-3", "Адвокат", "power of attorney"):
        assert text not in sealed, text
    assert desk.verify().intact


# -- who holds the sealed bytes alone finds no number -----------------------------------


def numbers_born_on(birth: str) -> Iterator[str]:
    """Every IIN that there can be of a birth date, of whatever century and sex."""
    for rest in range(70_000):
        eleven = f"{birth}{rest:05}"
        if (control := _control_digit(eleven)) < 10:
            yield f"{eleven}{control}"


def numbers_found(body: bytes, about: Callable[[str], Iterator[bytes]], birth: str) -> set[str]:
    """The IINs of a birth date that somebody finds who has the bytes, and knows all but the number.

    Every text of 64 hexadecimal digits is tried as what a value was hashed to; for a salt, none,
    zeros, and the beginning of each such text.
    """
    hexed = {bytes.fromhex(text.decode()) for text in re.findall(rb"[0-9a-f]{64}", body)}
    salts = [b"", b"\2", b"\2" + bytes(16), *(b"\2" + text[:16] for text in hexed)]
    begun = [hashlib.sha256(salt) for salt in salts]

    def hits(value: bytes) -> bool:
        for start in begun:
            digest = start.copy()
            digest.update(value)
            if digest.digest() in hexed:
                return True
        return False

    return {number for number in numbers_born_on(birth) if any(map(hits, about(number)))}


NUMBER = "850817300107"

WHO = kz.Applicant("Айгерім", NUMBER, None, "Хромтау", NUMBER)
"""Whose id is the number itself: the worst that a host can do."""


TOLD = encode(plain(record(oa.Receive(applicant=WHO)))["act"]["applicant"])


def guesses(number: str) -> Iterator[bytes]:
    """What may have been committed to: the id of who acted, or the applicant whole."""
    yield encode(number)
    yield TOLD.replace(NUMBER.encode(), number.encode())


@pytest.mark.parametrize(
    ("received", "by"),
    [
        pytest.param(oa.Receive(), NUMBER, marks=pytest.mark.thorough),
        pytest.param(oa.Receive(topic=NUMBER), "x", marks=pytest.mark.thorough),
        (oa.Receive(applicant=WHO), "x"),
    ],
)
def test_all_numbers_of_a_birth_date_are_tried_on_the_bytes_and_none_is_found(
    received: oa.Receive, by: str
) -> None:
    told = record(received, by=by)
    # The attack itself works: where salts are known, it finds the one number there is.
    known = seal("c", told, salt=bytes)
    assert numbers_found(known.body, guesses, "850817") == {NUMBER}
    row = seal("c", told, salt=SALT)
    assert numbers_found(row.body, guesses, "850817") == set()
    assert unseal(row) == told


def test_there_are_tens_of_thousands_of_numbers_to_try() -> None:
    numbers = [*numbers_born_on("850817")]
    assert len(numbers) == len({*numbers}) > 60_000
    assert NUMBER in numbers


# -- the same person is one in a case, and two in two -----------------------------------


def tokens(rows: list[Sealed] | tuple[Sealed, ...], name: str = "by") -> list[str]:
    return [parse(row.body)[name]["#"] for row in rows]


def test_one_person_has_one_token_in_a_case_and_another_in_the_next() -> None:
    journal = memory.Journal()
    clerk, head = oa.Official("a.serikova", {REGISTRAR}), oa.Official("head", {HEAD})
    for case in ("one", "two"):
        # Each act by a desk of its own, that has read the case anew.
        oa.Desk(kz.office("khromtau"), journal=journal, numbers=memory.Numbers()).open(
            kz.Appeal, id=case, by=clerk, at=AT, topic="roads"
        )
        for act, by in ((oa.Register(), clerk), (kz.appeal.Accept(), head)):
            here = oa.Desk(kz.office("khromtau"), journal=journal, numbers=memory.Numbers())
            here.perform(case, act, by=by, at=AT)
    first, second = (tokens([*journal.read(case)]) for case in ("one", "two"))
    assert (first[0] == first[1] != first[2], second[0] == second[1] != second[2]) == (True, True)
    assert {*first}.isdisjoint(second)


def test_whoever_acts_for_another_is_told_from_them_and_both_are_known_again() -> None:
    told = [
        record(oa.Pause("x"), 1, by="a", on_behalf="b"),
        record(oa.Pause("x"), 2, by="b"),
        record(oa.Pause("x"), 3, by="a"),
    ]
    rows = seal_all("c", told, salt=SALT)
    (acted_for,) = tokens(rows[:1], "on_behalf")
    who = tokens(rows)
    assert who[1] == acted_for != who[0] == who[2]


def test_nobody_and_the_law_are_named_openly() -> None:
    row = seal("c", record(oa.Pause("x"), by="law"), salt=SALT)
    assert (parse(row.body)["by"], row.private) == ("law", b"")


@given(
    st.lists(st.tuples(st.sampled_from("ab"), MARKS, st.sampled_from(("", "p", "q"))), max_size=6)
)
def test_no_salt_is_used_twice_but_for_the_same_person_in_a_case(deeds: Any) -> None:
    used: dict[str, set[tuple[str, ...]]] = {}
    for case in ("one", "two"):
        told = [
            record(oa.Receive(topic=text, summary=text, applicant=WHO), no, by, on_behalf=other)
            for no, (by, text, other) in enumerate(deeds, start=1)
        ]
        for row in seal_all(case, told, salt=SALT):
            for path, (salt, value) in parse(row.private).items():
                person = path in {"by", "on_behalf"}
                where = (case, value) if person else (case, str(row.no), path)
                used.setdefault(salt, set()).add(where)
                assert len(salt) == 32
    assert all(len(places) == 1 for places in used.values())


# -- whatever is done to what stands beside the bytes is told ---------------------------

CHAIN = seal_all(
    "c",
    [
        record(oa.Receive(topic='he said "fine" to me', applicant=WHO), 1),
        record(oa.Pause("x", "rain"), 2, by="head", on_behalf="chief"),
        record(oa.Pause("x", "snow"), 3, by="head"),
    ],
    salt=SALT,
)


def beside(no: int) -> dict[str, Any]:
    return parse(CHAIN[no - 1].private)


def _shorter(salt: str, value: str) -> list[str]:
    """A value and salt that hash alike: what was cut off the value is put on to the salt."""
    cut = encode(value).index(b'\\"') + 1
    return [salt + encode(value)[:cut].hex(), json.loads(encode(value)[cut:])]


def _tampered() -> Iterator[tuple[str, int, bytes]]:
    told = beside(1)
    salt, topic = told["act.topic"]
    rain, snow = beside(2)["act.reason"], beside(3)["act.reason"]
    yield "a value changed", 1, encode({**told, "act.topic": [salt, "he said no"]})
    yield "a salt changed", 1, encode({**told, "act.topic": [salt[::-1], topic]})
    yield "a value cut", 1, encode({**told, "act.topic": _shorter(salt, topic)})
    yield "a salt in capitals", 1, encode({**told, "act.topic": [salt.upper(), topic]})
    yield "a salt with spaces", 1, encode({**told, "act.topic": [f" {salt}", topic]})
    yield "a field of the person changed", 1, encode(
        {**told, "act.applicant": [told["act.applicant"][0], {**told["act.applicant"][1], "iin": None}]}
    )  # fmt: skip
    for path in told:
        yield f"{path} removed", 1, encode({name: told[name] for name in told if name != path})
        yield f"{path} emptied", 1, encode({**told, path: None})
    yield "a value added", 1, encode({**told, "act.summary": [salt, "more"]})
    yield "a value of no field", 1, encode({**told, "act.other": [salt, topic]})
    yield "two swapped", 1, encode({**told, "by": told["act.topic"], "act.topic": told["by"]})
    yield "that of another record", 2, encode({**beside(2), "act.reason": snow})
    yield "its own doubled in another", 3, encode({**beside(3), "act.reason": rain})
    yield "all of another record", 2, CHAIN[2].private
    yield "for whom swapped with by whom", 2, encode(
        {**beside(2), "by": beside(2)["on_behalf"], "on_behalf": beside(2)["by"]}
    )  # fmt: skip
    yield "all removed", 1, b""
    for body in (b"{}", b"[]", b"null", b"\xff", b"{", b"[" * 10_000, CHAIN[0].private + b" x"):
        yield f"no such thing: {body[:9]!r}", 1, body
    yield "no pair", 1, encode({**told, "act.topic": "xy"})
    yield "a pair of others", 1, encode({**told, "act.topic": {"a": 1, "b": 2}})
    yield "no salt", 1, encode({**told, "act.topic": [7, topic]})
    for of in (None, 7, "text"):
        yield f"not even bytes: {of!r}", 1, of  # type: ignore[misc]


TAMPERED = [*_tampered()]


@pytest.mark.parametrize(("no", "private"), [t[1:] for t in TAMPERED], ids=[t[0] for t in TAMPERED])
def test_what_stands_beside_the_bytes_is_held_by_them(no: int, private: bytes) -> None:
    rows = [*CHAIN]
    rows[no - 1] = attrs.evolve(rows[no - 1], private=private)
    verdict = verify("c", rows)
    assert (verdict.kind, verdict.at_record) == ("altered", no)
    with pytest.raises(BrokenTrail) as broken:
        unseal(rows[no - 1])
    assert broken.value.code == "trail.altered"
    # Nor does the error tell what stands there.
    assert not any(
        text in str(broken.value) for text in ("fine", "rain", "snow", NUMBER, "Айгерім")
    )


def test_the_chain_as_sealed_is_intact() -> None:
    assert verify("c", CHAIN).kind == "intact"


def test_a_text_cut_short_hashes_alike_with_a_longer_salt() -> None:
    """So the length of a salt is looked at: the hash alone would not tell."""
    salt, topic = beside(1)["act.topic"]
    longer, shorter = _shorter(salt, topic)
    assert topic == f'he said "{shorter}'
    assert commitment(shorter, bytes.fromhex(longer)) == commitment(topic, bytes.fromhex(salt))


def test_who_is_no_text_is_no_record_and_no_crash() -> None:
    who: Any = [["a"]]
    fields = parse(CHAIN[2].body)
    salt = bytes(16)
    fields["by"] = {"#": commitment(who, salt)}
    body = encode(fields)
    private = encode({**beside(3), "by": [salt.hex(), who]})
    forged = Sealed("c", 3, body, hashlib.sha256(b"\0" + body).digest(), private, "khromtau")
    assert verify("c", [*CHAIN[:2], forged]).kind == "unread"


# -- what is taken away later leaves the seal as it is ----------------------------------


def test_a_redaction_changes_no_seal() -> None:
    """Whoever holds the bytes alone can still prove every record, and the order of them."""
    redacted = [attrs.evolve(row, private=b"") for row in CHAIN]
    before = bytes(32)
    for row, was in zip(redacted, CHAIN, strict=True):
        assert (row.body, row.seal) == (was.body, was.seal)
        assert hashlib.sha256(b"\0" + row.body).digest() == row.seal
        assert parse(row.body)["prev"] == before.hex()
        before = row.seal
    # As yet no act says that it was lawful, and a value missing is a broken trail.
    verdict = verify("c", redacted)
    assert (verdict.kind, verdict.at_record) == ("altered", 1)
    assert "its value is not beside the record" in verdict.why


def test_records_of_the_first_edition_have_nothing_beside_them() -> None:
    told = record(oa.Pause("x", "rain"))
    body = encode({**plain(attrs.evolve(told, office="")), "case": "c", "prev": bytes(32).hex()})
    row = Sealed("c", 1, body, hashlib.sha256(b"\0" + body).digest())
    assert verify("c", [row]).kind == "intact"
    for over in ({"private": beside_nothing()}, {"office": "yesil"}):
        assert verify("c", [attrs.evolve(row, **over)]).kind == "altered"


def beside_nothing() -> bytes:
    return encode({"act.reason": [bytes(16).hex(), "sun"]})
