"""A chain that was touched is told so, with the place; one that was not is intact."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import attrs
import hypothesis.strategies as st
import pytest
from hypothesis import given

from openakimat.case.act import Act
from openakimat.case.acts import Receive, Register
from openakimat.case.forgotten import Forgotten
from openakimat.case.record import Record
from openakimat.errors import BrokenTrail, UnknownAct
from openakimat.kz.acts import Accept, Decide, Extend, Withdraw
from openakimat.testing.strategies import acts, records
from openakimat.trail.canonical import canonical, parse
from openakimat.trail.seal import (
    FIRST,
    Sealed,
    Verdict,
    Verification,
    seal as _seal,
    seal_all as _seal_all,
    unseal,
    verify,
    verify_all,
)

# Salts of zeros, so that the same record is sealed to the same bytes each time.
seal, seal_all = partial(_seal, salt=bytes), partial(_seal_all, salt=bytes)

AT = datetime.fromisoformat("2026-03-18T18:40:00+05:00")
LIFE: list[Act] = [
    Receive(topic="lighting"),
    Register("ЖТ-1"),
    Accept(),
    Extend(date(2026, 5, 1), "why"),
    Decide("favourable"),
]


def _records(life: Sequence[Act] = LIFE) -> list[Record]:
    return [
        Record(no, AT + timedelta(hours=no), "clerk", "registrar", act, "considered", "a/b@c")
        for no, act in enumerate(life, start=1)
    ]


CHAIN = seal_all("a", _records())
HEAD = (len(CHAIN), CHAIN[-1].seal)
UNBORNE = "the bytes do not bear the seal"
UNCHAINED = "it is not sealed onto the one before"
ELSEWHERE = "it is of another case"


def _put(row: Sealed, at: int, chain: Sequence[Sealed] = CHAIN) -> list[Sealed]:
    """The chain with a row in the place of another, counted from 1."""
    return [*chain[: at - 1], row, *chain[at:]]


def _borne(row: Sealed, body: bytes) -> Sealed:
    """A row with another body, and the seal that it bears."""
    return attrs.evolve(row, body=body, seal=hashlib.sha256(b"\0" + body).digest())


def _said(row: Sealed, **over: Any) -> bytes:
    """The body of a row with something else said in it, written anew."""
    return canonical({**parse(row.body), **over})


# -- whole chains -----------------------------------------------------------------------


def test_a_chain_as_sealed_is_intact() -> None:
    """With the head known and without."""
    assert Verdict("intact", "a", 5) == verify("a", CHAIN)
    assert Verdict("intact", "a", 5) == verify("a", CHAIN, head=HEAD)
    assert "intact" == str(verify("a", CHAIN))


def test_a_chain_that_has_grown_since_its_head_was_known_is_intact() -> None:
    """The head of yesterday stands in the chain of today."""
    for known in range(1, len(CHAIN) + 1):
        assert Verdict("intact", "a", 5) == verify("a", CHAIN, head=(known, CHAIN[known - 1].seal))


def test_no_records_are_an_intact_chain_where_none_were_known() -> None:
    """A head of no records knows nothing."""
    assert Verdict("intact", "a", 0) == verify("a", [])
    assert Verdict("intact", "a", 0) == verify("a", [], head=(0, FIRST))
    assert Verdict("intact", "a", 5) == verify("a", CHAIN, head=(0, FIRST))


@given(st.lists(records(acts([Register, Decide, Receive])), max_size=5))
def test_any_records_sealed_in_order_are_intact_and_come_back(some: list[Record]) -> None:
    """Whatever they say, as long as they are numbered from 1."""
    some = [attrs.evolve(one, no=no) for no, one in enumerate(some, start=1)]
    rows = seal_all("ә/1", some)
    assert Verdict("intact", "ә/1", len(some)) == verify("ә/1", rows)
    assert some == [unseal(row) for row in rows]


def test_sealing_on_continues_the_chain() -> None:
    """Sealed at once or one by one, the bytes are the same."""
    head = seal_all("a", _records()[:2])
    assert CHAIN == [*head, *seal_all("a", _records()[2:], head[-1].seal)]


def test_a_seal_is_sha_256_over_a_zero_byte_and_the_bytes() -> None:
    """The leaf hash of RFC 6962: anybody may check it with any tool."""
    for row in CHAIN:
        assert hashlib.sha256(b"\x00" + row.body).digest() == row.seal


# -- every kind of tampering ------------------------------------------------------------


def test_any_single_bit_flipped_in_a_body_is_found_at_its_record() -> None:
    """Every bit of every record of a chain."""
    n = 0
    for at, row in enumerate(CHAIN, start=1):
        for bit in range(8 * len(row.body)):
            body = bytearray(row.body)
            body[bit // 8] ^= 1 << bit % 8
            told = verify("a", _put(attrs.evolve(row, body=bytes(body)), at))
            assert Verdict("altered", "a", at, UNBORNE) == told
            n += 1
    assert n == 8 * sum(len(row.body) for row in CHAIN)


def test_any_single_bit_flipped_in_a_seal_is_found_at_its_record() -> None:
    """Every bit of every seal."""
    for at, row in enumerate(CHAIN, start=1):
        for bit in range(8 * len(row.seal)):
            mark = bytearray(row.seal)
            mark[bit // 8] ^= 1 << bit % 8
            told = verify("a", _put(attrs.evolve(row, seal=bytes(mark)), at))
            assert Verdict("altered", "a", at, UNBORNE) == told


@pytest.mark.parametrize("at", range(1, 6))
def test_a_value_replaced_is_found_at_its_record(at: int) -> None:
    """Written anew as canonically as can be, under the old seal."""
    row = CHAIN[at - 1]
    told = verify("a", _put(attrs.evolve(row, body=_said(row, stage="other")), at))
    assert Verdict("altered", "a", at, UNBORNE) == told


@pytest.mark.parametrize("at", range(1, 5))
def test_a_value_replaced_and_sealed_anew_is_found_at_the_next_record(at: int) -> None:
    """The next one was sealed onto what was there."""
    row = CHAIN[at - 1]
    told = verify("a", _put(_borne(row, _said(row, stage="other")), at))
    assert Verdict("altered", "a", at + 1, UNCHAINED) == told


def test_the_last_value_replaced_and_sealed_anew_is_found_by_the_head_alone() -> None:
    """Nothing follows it; a head kept elsewhere knows."""
    forged = _put(_borne(CHAIN[-1], _said(CHAIN[-1], stage="other")), 5)
    assert Verdict("intact", "a", 5) == verify("a", forged)
    assert Verdict("altered", "a", 5, "its seal is not the one known") == verify(
        "a", forged, head=HEAD
    )


@pytest.mark.parametrize("at", range(1, 5))
def test_a_record_dropped_leaves_a_gap(at: int) -> None:
    """At the first place that does not hold its own record."""
    told = verify("a", [*CHAIN[: at - 1], *CHAIN[at:]])
    assert Verdict("gap", "a", at, f"it stands in the place of record {at}") == told


@pytest.mark.parametrize("at", range(1, 5))
def test_a_record_dropped_and_the_rest_renumbered_is_found(at: int) -> None:
    """The number within speaks against the number without."""
    rest = [attrs.evolve(row, no=row.no - 1) for row in CHAIN[at:]]
    told = verify("a", [*CHAIN[: at - 1], *rest])
    assert Verdict("altered", "a", at, f"it is numbered {at + 1} inside and {at} outside") == told


@pytest.mark.parametrize("at", range(1, 6))
def test_a_record_that_stands_twice_is_found_at_its_second_place(at: int) -> None:
    """A duplicate pushes the rest aside."""
    told = verify("a", [*CHAIN[:at], *CHAIN[at - 1 :]])
    assert Verdict("gap", "a", at + 1, f"it stands in the place of record {at + 1}") == told


@pytest.mark.parametrize("at", range(1, 5))
def test_two_records_that_changed_places_are_found_at_the_first(at: int) -> None:
    """Order is part of the chain."""
    rows = [*CHAIN]
    rows[at - 1], rows[at] = rows[at], rows[at - 1]
    assert Verdict("gap", "a", at, f"it stands in the place of record {at}") == verify("a", rows)


@pytest.mark.parametrize("at", range(1, 6))
def test_a_record_put_in_is_found_at_itself_or_after(at: int) -> None:
    """Sealed well onto the one before, it breaks the one after."""
    before = CHAIN[at - 2].seal if at > 1 else FIRST
    forged = seal("a", attrs.evolve(_records()[at - 1], act=Withdraw()), before)
    told = verify("a", [*CHAIN[: at - 1], forged, *CHAIN[at - 1 :]])
    assert Verdict("gap", "a", at + 1, f"it stands in the place of record {at + 1}") == told


@pytest.mark.parametrize("at", range(1, 6))
def test_a_record_of_another_case_is_found_where_it_stands(at: int) -> None:
    """Whether its row says so or was made to say otherwise."""
    other = seal_all("b", _records())[at - 1]
    for row in (other, attrs.evolve(other, case="a")):
        assert Verdict("altered", "a", at, ELSEWHERE) == verify("a", _put(row, at))


@pytest.mark.parametrize("at", range(1, 6))
def test_a_record_whose_row_was_moved_to_another_case_is_found(at: int) -> None:
    """What the row says outside counts as well."""
    moved = attrs.evolve(CHAIN[at - 1], case="b")
    assert Verdict("altered", "a", at, ELSEWHERE) == verify("a", _put(moved, at))


def test_a_chain_is_not_that_of_another_case() -> None:
    """A whole chain moved is found at its first record."""
    for rows in (CHAIN, [attrs.evolve(row, case="b") for row in CHAIN]):
        assert Verdict("altered", "b", 1, ELSEWHERE) == verify("b", rows)


@pytest.mark.parametrize("at", range(1, 6))
def test_a_seal_replaced_is_found_at_its_record(at: int) -> None:
    """By that of another record, by nothing, by zeros."""
    for mark in (CHAIN[at % 5].seal, b"", FIRST, CHAIN[at - 1].seal + b"\0"):
        told = verify("a", _put(attrs.evolve(CHAIN[at - 1], seal=mark), at))
        assert Verdict("altered", "a", at, UNBORNE) == told


@pytest.mark.parametrize("left", range(5))
def test_a_chain_cut_short_is_found_by_the_head_alone(left: int) -> None:
    """Without one it is a chain as good as any: that is what a trail cannot know."""
    told = verify("a", CHAIN[:left], head=HEAD)
    assert Verdict("tail missing", "a", left + 1, "5 records were known") == told
    assert Verdict("intact", "a", left) == verify("a", CHAIN[:left])


def test_a_chain_made_anew_is_found_by_the_head_alone() -> None:
    """Whoever holds all of it may write another, but not onto a head kept elsewhere."""
    anew = seal_all("a", [attrs.evolve(one, stage="other") for one in _records()])
    assert Verdict("intact", "a", 5) == verify("a", anew)
    assert Verdict("altered", "a", 5, "its seal is not the one known") == verify(
        "a", anew, head=HEAD
    )
    longer = seal_all("a", _records([*LIFE[:2], Withdraw(), *LIFE[2:]]))
    assert Verdict("altered", "a", 5, "its seal is not the one known") == verify(
        "a", longer, head=HEAD
    )


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "bytes: Expecting value: line 1 column 1 (char 0)"),
        (b"[]", "bytes: not an object"),
        (b'{"no":1.0}', "bytes: 1.0 is not an integer"),
        (b'{"no":1,"no":1}', "bytes: a key stands twice"),
        (b"{}", ELSEWHERE),
        (b'{"case":"a"}', "it is numbered None inside and 1 outside"),
        (b'{"case":"a","no":true}', "it is numbered True inside and 1 outside"),
        (b'{"case":"a","no":"1"}', "it is numbered 1 inside and 1 outside"),
        (b'{"case":"a","no":1}', UNCHAINED),
        (b'{"case":"a","no":1,"prev":""}', UNCHAINED),
    ],
)
def test_bytes_that_are_no_record_are_found_even_under_their_own_seal(
    body: bytes, why: str
) -> None:
    """A forger who can seal but not write records."""
    assert Verdict("altered", "a", 1, why) == verify("a", [_borne(CHAIN[0], body)])


# -- the same at random -----------------------------------------------------------------


def _tampered(rows: list[Sealed], draw: random.Random) -> list[Sealed]:
    """The rows after one more act of a forger."""
    at = draw.randrange(len(rows)) if rows else 0
    other = draw.choice([*CHAIN, *seal_all("b", _records())])
    deeds: list[Callable[[], list[Sealed]]] = [
        lambda: rows[:at] + rows[at + 1 :],
        lambda: [*rows[:at], other, *rows[at:]],
        lambda: draw.sample(rows, len(rows)),
        lambda: rows[:at],
        lambda: _put(attrs.evolve(rows[at], no=draw.randrange(7)), at + 1, rows),
        lambda: _put(attrs.evolve(rows[at], case=draw.choice("ab")), at + 1, rows),
        lambda: _put(attrs.evolve(rows[at], seal=other.seal), at + 1, rows),
        lambda: _put(attrs.evolve(rows[at], body=other.body), at + 1, rows),
        lambda: _put(
            _borne(rows[at], rows[at].body.replace(b"registrar", b"registrer")), at + 1, rows
        ),
        lambda: list(_resealed(rows, at)),
    ]
    return draw.choice(deeds)() if rows else [other]


def _resealed(rows: Sequence[Sealed], start: int) -> Iterator[Sealed]:
    """The rows sealed anew from a place on, each onto the one before."""
    before = rows[start - 1].seal if start else FIRST
    yield from rows[:start]
    for row in rows[start:]:
        new = _borne(row, _said(row, prev=before.hex(), stage="other"))
        yield new
        before = new.seal


@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_no_tampering_passes_a_known_head(draw: random.Random, deeds: int) -> None:
    """Intact means that every record known then is there still, byte for byte."""
    rows = list(CHAIN)
    for _ in range(deeds):
        rows = _tampered(rows, draw)
    told = verify("a", rows, head=HEAD)
    assert (told.kind == "intact") == (
        rows[: len(CHAIN)] == CHAIN and verify("a", rows).kind == "intact"
    )
    assert told.kind in {"intact", "altered", "gap", "tail missing"}
    assert 1 <= told.at_record <= max(len(rows), HEAD[0])


@given(st.randoms(use_true_random=False), st.integers(1, 3))
def test_everything_before_the_place_told_is_as_it_was_sealed(
    draw: random.Random, deeds: int
) -> None:
    """The place is the first that is wrong, where no one sealed anew."""
    rows = list(CHAIN)
    for _ in range(deeds):
        rows = _tampered(rows, draw)
    told = verify("a", rows)
    if told.kind != "intact":
        assert "intact" == verify("a", rows[: told.at_record - 1]).kind
        assert "intact" != verify("a", rows[: told.at_record]).kind


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.just(b"{}"),
    st.lists(st.integers(), max_size=2), st.just("a"), st.just(1), st.builds(object),
    st.sampled_from([row.body for row in CHAIN]), st.sampled_from([row.seal for row in CHAIN]),
)  # fmt: skip
GARBAGE = st.one_of(
    st.builds(Sealed, ANYTHING, ANYTHING, ANYTHING, ANYTHING),
    st.builds(
        _borne, st.builds(Sealed, ANYTHING, ANYTHING, st.just(b""), st.just(b"")), st.binary()
    ),
    ANYTHING,
    st.sampled_from(CHAIN),
)


@given(st.lists(GARBAGE, max_size=4), st.none() | st.tuples(st.integers(-2, 6), ANYTHING))
def test_verification_answers_whatever_it_is_given(rows: list[Any], head: Any) -> None:
    """Rows of another kind, values of another kind, heads that cannot be: a verdict, no exception."""
    told = verify("a", rows, head=head)
    assert isinstance(told, Verdict)
    assert isinstance(verify_all(rows), Verification)
    assert str(told)


@given(GARBAGE.filter(lambda row: isinstance(row, Sealed) and row not in CHAIN))
def test_unsealing_garbage_is_a_broken_trail(row: Any) -> None:
    """Never another exception."""
    with pytest.raises(BrokenTrail):
        unseal(row)


# -- unsealing --------------------------------------------------------------------------


def test_a_record_that_does_not_bear_its_seal_is_not_read() -> None:
    """Altered, with its number."""
    with pytest.raises(BrokenTrail, match="record 2: the bytes do not bear the seal") as told:
        unseal(attrs.evolve(CHAIN[1], body=CHAIN[2].body))
    assert ("trail.altered", 2) == (told.value.code, told.value.at_record)


def test_a_record_of_another_case_is_not_read() -> None:
    """A well sealed row under another id."""
    with pytest.raises(BrokenTrail, match="b, record 1: it is of another case") as told:
        unseal(attrs.evolve(CHAIN[0], case="b"))
    assert ("trail.altered", 1) == (told.value.code, told.value.at_record)


def test_a_record_under_another_number_is_not_read() -> None:
    """A well sealed row under another number."""
    with pytest.raises(BrokenTrail, match="a, record 4: it is numbered 2 inside") as told:
        unseal(attrs.evolve(CHAIN[1], no=4))
    assert ("trail.altered", 4) == (told.value.code, told.value.at_record)


def test_bytes_that_are_no_record_are_not_read() -> None:
    """What is wrong with them is told."""
    body = _said(CHAIN[2], role=5, colour="red")
    with pytest.raises(BrokenTrail, match="record 3: .*role: 5 is not text") as told:
        unseal(_borne(CHAIN[2], body))
    assert ("trail.unread", 3) == (told.value.code, told.value.at_record)


def test_a_record_of_an_unknown_act_is_told_as_such() -> None:
    """An older library meets a newer record: tag, version and place are told."""
    row = _borne(CHAIN[3], _said(CHAIN[3], act={"is": "extend", "v": 2}, by="clerk"))
    with pytest.raises(UnknownAct) as told:
        unseal(attrs.evolve(row, private=b""))
    assert ("extend", 2, 4) == (told.value.tag, told.value.version, told.value.at_record)


def test_an_act_of_a_class_that_is_gone_is_read_as_tag_and_fields() -> None:
    """A later code has dropped it; what it says is not lost."""
    row = _borne(CHAIN[3], _said(CHAIN[3], act={"is": "test-gone", "v": 1, "n": 3}, by="clerk"))
    act = unseal(attrs.evolve(row, private=b"")).act
    assert isinstance(act, Forgotten)
    assert ("test-gone", {"n": 3}) == (act.tag, act.fields)


# -- a journal of several cases -----------------------------------------------------------


def test_every_chain_of_a_journal_is_verified_in_one_pass() -> None:
    """Cases that took turns; each one broken is told once, at its first place."""
    a, b, c = (seal_all(name, _records()) for name in "abc")
    rows = [row for turn in zip(a, b, c, strict=True) for row in turn]
    assert Verification(15, 3) == verify_all(rows)
    assert "intact: 15 records, 3 cases" == str(verify_all(rows))
    assert "intact: 1 record, 1 case" == str(verify_all(a[:1]))
    bad = [row for row in rows if row not in (b[1], b[3], c[4])]
    bad[bad.index(a[2])] = attrs.evolve(a[2], body=b"{}")
    told = verify_all(bad)
    assert not told.intact
    assert (
        Verdict("altered", "a", 3, UNBORNE),
        Verdict("gap", "b", 2, "it stands in the place of record 2"),
    ) == told.broken
    assert (
        "BROKEN: 2 of 12 records, 3 cases\n"
        "altered at record 3 of a: the bytes do not bear the seal\n"
        "gap at record 2 of b: it stands in the place of record 2"
    ) == str(told)


def test_a_journal_without_records_is_empty_and_no_evidence() -> None:
    """Nothing of it is broken, and it is not said to be intact."""
    assert (True, "empty: no records") == (verify_all([]).empty, str(verify_all([])))


@given(st.randoms(use_true_random=False), st.integers(0, 3))
def test_one_pass_agrees_with_each_case_by_itself(draw: random.Random, deeds: int) -> None:
    """However the cases take turns, and whatever was done to them."""
    rows = list(CHAIN)
    for _ in range(deeds):
        rows = [attrs.evolve(row, case="a") for row in _tampered(rows, draw)]
    others = seal_all("b", _records())
    mixed = sorted([*enumerate(rows), *enumerate(others)], key=lambda one: one[0])
    alone = [told for told in (verify("a", rows), verify("b", others)) if told.kind != "intact"]
    assert tuple(alone) == verify_all(row for _, row in mixed).broken


# -- the same everywhere ------------------------------------------------------------------

WHOLE_LIFE = """
import hashlib
from datetime import date, datetime
import openakimat as oa
from openakimat import kz
from openakimat.kz import roles
from openakimat.adapters import memory

D = datetime.fromisoformat
office = kz.office("Хромтау ауданы")
journal = memory.Journal()
journal.salt = bytes  # zeros, for the bytes are to be the same
desk = oa.Desk(office, journal=journal, numbers=memory.Numbers())
asks = kz.Applicant("Айгерім")
clerk = oa.Official("s", {roles.EXECUTOR, roles.REGISTRAR, roles.CONTROLLER})
head = oa.Official("h", {roles.DEPUTY, roles.HEAD, roles.CHIEF_OF_STAFF})
case = desk.open(kz.Appeal, topic="Көше жарығы", channel="paper", by=asks, at=D("2026-03-18T18:40+05:00")).id
desk.perform(case, oa.Register(), by=clerk, at=D("2026-03-19T09:00+05:00"))
desk.perform(case, kz.appeal.AskToCorrect(date(2026, 3, 30), ("iin", "address")), by=clerk, at=D("2026-03-19T09:30+05:00"))
desk.perform(case, kz.appeal.Correct(), by=asks, at=D("2026-03-20T04:00+00:00"))
desk.perform(case, kz.appeal.Extend(date(2026, 5, 5), "выезд"), by=head, at=D("2026-03-26T10:00+05:00"))
desk.perform(case, kz.appeal.Notify("extension"), by=clerk, at=D("2026-03-26T10:10+05:00"))
desk.lapse(case, at=D("2026-05-20T10:00+05:00"))
desk.perform(case, kz.appeal.Decide("favourable"), by=head, at=D("2026-05-21T10:00+05:00"))
rows = desk.journal.read(case)
assert any(isinstance(r.act, kz.appeal.DeemRefused) for r in desk.case(case).records)
print(len(rows), hashlib.sha256(b"".join(row.body for row in rows)).hexdigest())
"""


def test_one_life_gives_the_same_bytes_under_any_hash_seed_and_time_zone() -> None:
    """Sets, dictionaries and the clock of the machine leave no trace."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WHOLE_LIFE],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed, zone in (("1", "Pacific/Kiritimati"), ("2", "America/Anchorage"))
    ]
    told = [one.communicate(timeout=60)[0] for one in started]
    assert [0, 0] == [one.returncode for one in started]
    assert told[0] == told[1]
    assert 8 <= int(told[0].split()[0])
