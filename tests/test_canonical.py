"""Plain data has one form in bytes, whichever engine writes or reads it; nothing else has any."""

from __future__ import annotations

import json
import sys
from collections import OrderedDict, namedtuple
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from types import MappingProxyType
from typing import Any
from unittest.mock import patch
from uuid import UUID

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from openakimat.errors import Malformed
from openakimat.testing.strategies import texts
from openakimat.trail import canonical as room
from openakimat.trail.canonical import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_INTEGER,
    Plain,
    canonical,
    encode,
    parse,
)

CLOSED = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | texts(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(texts(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)
OBJECTS = st.dictionaries(texts(max_size=8), CLOSED, max_size=5)


def outcome(function: Callable[[Any], Any], given: Any) -> str:
    """What comes of a call, told with the classes of all that it gives."""
    try:
        return repr(function(given))
    except Malformed as wrong:
        return f"refused: {wrong}"


def outcome_of_both(function: Callable[[Any], Any], given: Any) -> str:
    """What comes of a call with orjson and without, which is the same."""
    quick = outcome(function, given)
    with patch.object(room, "orjson", None):
        assert outcome(function, given) == quick
    return quick


def nested(depth: int) -> Any:
    """An object that holds a list that holds an object, so deep."""
    value: Any = {} if depth % 2 else []
    for level in range(depth - 1, 0, -1):
        value = {"a": value} if level % 2 else [value]
    return value


# -- written ------------------------------------------------------------------------------


@given(CLOSED)
def test_canonical_bytes_are_what_any_json_writer_gives(given: Any) -> None:
    """Of any value: an object, a list, a text."""
    told = json.dumps(given, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert repr(told) == outcome_of_both(canonical, given) == outcome_of_both(encode, given)


@given(OBJECTS)
def test_plain_data_comes_back_from_its_bytes(given: Plain) -> None:
    """Tuples as the lists that they were written as."""
    assert json.loads(json.dumps(given)) == parse(canonical(given))


@given(OBJECTS)
def test_plain_data_goes_the_quick_way(given: Plain) -> None:
    """There and back, where orjson is."""
    pytest.importorskip("orjson")
    assert canonical(given) == room._write_quickly(given)
    assert parse(canonical(given)) == room._read_quickly(canonical(given))


class Outcome(Enum):
    GRANTED = "granted"


class Number(IntEnum):
    ONE = 1


class Word(StrEnum):
    ONE = "one"


class Text(str):
    __slots__ = ()


class Count(int):
    __slots__ = ()


class Several(list[object]):
    pass


class Members(dict[str, object]):
    pass


@dataclass
class Person:
    name: str = "A"


Pair = namedtuple("Pair", "a b")  # noqa: PYI024 - the plain one

AT = datetime.fromisoformat("2026-03-18T18:40+05:00")
STRANGE = [
    1.5, -0.0, 1e300, float("nan"), float("inf"), MAX_INTEGER + 1, -MAX_INTEGER - 1, 2**64, 10**400,
    AT, AT.date(), AT.time(), AT.tzinfo, AT - AT, UUID(int=7), Outcome.GRANTED, Outcome, Number.ONE,
    Word.ONE, Text("x"), Count(1), Several(), Members(), OrderedDict(), MappingProxyType({}), Person(),
    Person, Pair(1, 2), Decimal(1), b"x", bytearray(b"x"), memoryview(b"x"), {1}, frozenset({1}),
    range(2), object(), ..., "\0", "a\0b", "\ud800", "x\udfff", 1j,
]  # fmt: skip
"""What the closed domain does not hold, and a writer of JSON may write all the same."""
STRANGE_KEYS = [1, 1.5, None, True, b"x", AT, UUID(int=7), Number.ONE, Word.ONE, Text("x"), "\0", "\udfff"]  # fmt: skip


@pytest.mark.parametrize("strange", STRANGE, ids=lambda one: repr(one).partition(" at 0x")[0])
def test_what_lies_outside_the_closed_domain_has_no_canonical_bytes(strange: object) -> None:
    """By itself, in a list, in an object, deep."""
    for one in (strange, [1, strange], (strange,), {"a": strange}, {"a": {"b": [0, [strange]]}}):
        assert outcome_of_both(canonical, one).startswith("refused")


@pytest.mark.parametrize("key", STRANGE_KEYS, ids=repr)
def test_only_a_text_is_a_key(key: object) -> None:
    keyed: list[object] = [{key: 1}, {"a": 1, key: 1}, [{key: {}}]]
    for one in keyed:
        assert outcome_of_both(canonical, one).startswith("refused")


def test_a_part_that_is_encoded_already_is_not_believed() -> None:
    """It may hold anything, and orjson would put it in as it stands."""
    fragment = pytest.importorskip("orjson").Fragment(b'{"a":1.5,"a":NaN}')
    for one in (fragment, [fragment], {"a": fragment}):
        assert outcome_of_both(canonical, one).startswith("refused")


@given(
    st.recursive(
        CLOSED | st.sampled_from(STRANGE) | st.text(st.characters(exclude_categories=())),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(texts(max_size=3) | st.sampled_from(STRANGE_KEYS), inner, max_size=3)
        ),
        max_leaves=6,
    )
)
def test_whatever_is_given_comes_to_the_same_with_either_engine(given: Any) -> None:
    """The same bytes, or refused for the same reason."""
    outcome_of_both(canonical, given)


def test_what_is_known_to_be_plain_is_still_refused_where_the_bytes_would_show_it() -> None:
    for one in (
        ["\0"],
        {"\0": 1},
        "\ud800",
        MAX_INTEGER + 1,
        "x" * MAX_BYTES,
        [AT],
        Text("x"),
        Person(),
    ):
        assert outcome_of_both(encode, one).startswith("refused")


def test_plain_data_may_be_so_deep_and_no_deeper() -> None:
    """Objects and lists alike, written and read."""
    for depth in (1, 2, MAX_DEPTH - 1, MAX_DEPTH):
        assert repr(canonical(nested(depth))) == outcome_of_both(canonical, nested(depth))
        assert json.loads(canonical(nested(depth))) == parse(canonical(nested(depth)))
    for depth in (MAX_DEPTH + 1, MAX_DEPTH + 2, 200):
        why = "refused: plain data: nested deeper than 32"
        assert why == outcome_of_both(canonical, nested(depth))
        assert why == outcome_of_both(
            parse, json.dumps(nested(depth), separators=(",", ":")).encode()
        )


def test_what_holds_itself_is_too_deep() -> None:
    """In an object, in a list: the stack does not end first."""
    given: dict[str, object] = {}
    given["a"] = [given]
    assert outcome_of_both(canonical, given) == "refused: plain data: nested deeper than 32"


def test_plain_data_may_be_so_large_and_no_larger() -> None:
    """In bytes, not in letters."""
    for letter, n in (("x", MAX_BYTES - 2), ("ө", MAX_BYTES // 2 - 1)):
        assert MAX_BYTES == len(canonical(letter * n))
        assert outcome_of_both(canonical, letter * (n + 1)).startswith("refused: bytes: ")


@pytest.mark.parametrize(
    "text", ["\\u0000", "\\\\u0000", "\\", "\\u0000\\", '"', "\n\t\x1f\x7f\u2028"]
)
def test_a_text_that_only_looks_like_nul_is_written(text: str) -> None:
    """A backslash and what would follow it."""
    assert {text: text} == parse(canonical({text: text}))
    assert repr(json.dumps(text, ensure_ascii=False).encode()) == outcome_of_both(canonical, text)


# -- read ---------------------------------------------------------------------------------

HOSTILE = {
    "not a number": b'{"no":NaN}',
    "infinity": b'{"no":-Infinity}',
    "a float": b'{"no":1.0}',
    "a float as we would write it": b'{"no":1.5}',
    "an exponent": b'{"no":1e3}',
    "a key twice": b'{"no":1,"no":2}',
    "a key twice, inside": b'{"a":[{"b":1,"b":1}]}',
    "a key twice, once escaped": b'{"a":1,"\\u0061":2}',
    "depth 100000, lists": b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "depth 100000, objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "depth 100000, never closed": b"[" * 100_000,
    "depth 500": b'{"a":' + b"[" * 500 + b"]" * 500 + b"}",
    "an integer of 5000 digits": b'{"no":' + b"9" * 5000 + b"}",
    "an integer of 4000 digits": b'{"no":-' + b"9" * 4000 + b"}",
    "an integer no double holds": b'{"no":9007199254740992}',
    "half a surrogate pair": b'{"by":"\\ud800"}',
    "the other half": b'{"by":"x\\uDFFF"}',
    "half a pair in a key": b'{"\\udc00":1}',
    "half a pair in bytes": b'{"by":"\xed\xa0\x80"}',
    "NUL escaped": b'{"by":"a\\u0000b"}',
    "NUL in bytes": b'{"by":"a\x00b"}',
    "a bare control character": b'{"by":"a\x01b"}',
    "3 MB": b'{"by":"' + b"x" * 3_000_000 + b'"}',
    "no UTF-8": b'{"by":"\xff"}',
    "UTF-16": '{"by":"x"}'.encode("utf-16"),
    "Latin 1": '{"by":"é"}'.encode("latin-1"),
    "a byte order mark": '\ufeff{"by":"x"}'.encode(),
    "a list": b'[{"no":1}]',
    "a text": b'"no"',
    "a number": b"1",
    "null": b"null",
    "nothing": b"",
    "spaces": b"   ",
    "two objects": b"{}{}",
    "a comment": b'{"no":1} // one',
    "a comma too many": b'{"no":1,}',
    "single quotes": b"{'no':1}",
    "an end too soon": b'{"no":1',
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_bytes_are_malformed_and_nothing_else(body: bytes) -> None:
    """No other exception, no value, and no message that repeats megabytes."""
    told = outcome_of_both(parse, body)
    assert told.startswith("refused")
    assert len(told) < 300


@pytest.mark.parametrize(
    "body", [None, "{}", 5, [], memoryview(b"{}")], ids=lambda body: type(body).__name__
)
def test_what_is_not_bytes_is_malformed(body: Any) -> None:
    """A journal that gives back another type is told so."""
    assert outcome_of_both(parse, body).endswith("is not bytes")


@pytest.mark.parametrize(
    "literal", ["\\\\ud800", "\\\\u0000", "\\u0001", "\\ud83d\\ude00", "\\u0041"]
)
def test_texts_that_only_look_hostile_are_read(literal: str) -> None:
    """An escaped backslash, a control character, a whole pair."""
    body = f'{{"a":"{literal}"}}'.encode()
    assert repr(json.loads(body)) == outcome_of_both(parse, body)


@pytest.mark.parametrize(
    "body", [b'{"b":1,"a":2}', b' {"a" : 1}\n', b'{"a":-0}', b'{"a":"\\/\\u0041"}']
)
def test_what_another_writer_wrote_is_read(body: bytes) -> None:
    """Keys in another order, spaces, another way to write a number or a text."""
    assert repr(json.loads(body)) == outcome_of_both(parse, body)
    assert json.loads(body) == parse(canonical(json.loads(body)))


@given(st.binary(max_size=200))
@example(b'{"a":' * 40 + b"1" + b"}" * 40)
def test_any_bytes_come_to_the_same_with_either_engine(body: bytes) -> None:
    """Plain data, or refused for the same reason."""
    outcome_of_both(parse, body)


PARTS = [b"1", b"1.5", b"-0", b"1e3", b"NaN", b"null", b"9007199254740992", b'"a":1,', b'"":0,', b'"a"', b"[", b"]",
         b"{", b"}", b",", b":", b" ", b"\n", b"\\", b"\\u0000", b"\\ud800", b"\\u0041", b"\x00", b"\xff", b"\xed\xa0\x80",
         b"\xef\xbb\xbf"]  # fmt: skip


@given(OBJECTS, st.data())
def test_altered_bytes_come_to_the_same_with_either_engine(
    told: Plain, data: st.DataObject
) -> None:
    """Parts put in, left out, doubled, moved."""
    body = canonical(told)
    for _ in range(data.draw(st.integers(1, 3))):
        start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(body))] * 2)))
        put_in = data.draw(
            st.sampled_from([*PARTS, b"", body[start:end] * 2]) | st.binary(max_size=2)
        )
        body = body[:start] + put_in + body[end:]
    outcome_of_both(parse, body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(JSON, st.booleans())
def test_any_json_comes_to_the_same_with_either_engine(given: Any, ascii_only: bool) -> None:  # noqa: FBT001 - drawn
    """What is read is what was written, and plain."""
    body = json.dumps(given, ensure_ascii=ascii_only).encode(errors="surrogatepass")
    if not outcome_of_both(parse, body).startswith("refused"):
        assert given == parse(body) == parse(canonical(given))


def test_the_digits_python_allows_do_not_matter() -> None:
    """The bound on integers is ours, not that of the interpreter's settings."""
    allowed = sys.get_int_max_str_digits()
    try:
        sys.set_int_max_str_digits(0)
        assert "integer" in outcome_of_both(parse, HOSTILE["an integer of 5000 digits"])
    finally:
        sys.set_int_max_str_digits(allowed)
