"""Plain data to bytes and back, each in one way only.

Plain data is a closed domain: null, booleans, integers that a double holds exactly, text
without NUL or half a surrogate pair, lists and objects with text keys, nested no deeper
than 32. No floats, so that every JSON writer gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from reprlib import repr as shown
from typing import Any

from openakimat.errors import Fault, Malformed

Plain = dict[str, Any]

MAX_BYTES = 2**21
MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def canonical(given: Mapping[str, Any], /) -> bytes:
    """Plain data as bytes: UTF-8 JSON, keys in order, no spaces.

    Raises:
        Malformed: Something lies outside the closed domain, or it is too large or too deep.

    >>> canonical({"b": 1, "a": "ö"}).decode()
    '{"a":"ö","b":1}'

    """
    try:
        _closed(given, MAX_DEPTH)
        body = _ENCODER.encode(given).encode()
    except UnicodeEncodeError as wrong:
        raise Malformed("text", [Fault("", f"half a surrogate pair at {wrong.start}")]) from wrong
    except ValueError as wrong:
        raise Malformed("plain data", [Fault("", str(wrong))]) from wrong
    if b"\\u0000" in body and _holds_nul(given):
        raise Malformed("plain data", [Fault("", "a text holds NUL")])
    if len(body) > MAX_BYTES:
        raise Malformed("bytes", [Fault("", f"{len(body)} bytes, more than {MAX_BYTES}")])
    return body


def _closed(given: Any, deeper: int) -> None:
    """Refuse what the closed domain does not hold; NUL is looked for in the bytes."""
    if type(given) is dict:
        for key in given:
            if type(key) is not str:
                raise ValueError(f"{shown(key)} is no text key")
        given = given.values()
    for one in given:
        kind = type(one)
        if kind is str or kind is bool or one is None:
            continue
        if kind is dict or kind is list or kind is tuple:
            if deeper == 1:
                raise ValueError(f"nested deeper than {MAX_DEPTH}")
            _closed(one, deeper - 1)
        else:
            _countable(one)


def _holds_nul(given: Any) -> bool:
    if type(given) is str:
        return "\0" in given
    if type(given) is dict:
        return any(map(_holds_nul, (*given, *given.values())))
    return type(given) in {list, tuple} and any(map(_holds_nul, given))


def _countable(one: object) -> None:
    if type(one) is not int:
        raise ValueError(f"{shown(one)} is no plain data")
    if not -MAX_INTEGER <= one <= MAX_INTEGER:
        raise ValueError(f"an integer is beyond {MAX_INTEGER}")


def _once(pairs: list[tuple[str, Any]]) -> Plain:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number here")


def _exact(text: str) -> int:
    number = int(text) if len(text) <= len(str(-MAX_INTEGER)) else MAX_INTEGER + 1
    if not -MAX_INTEGER <= number <= MAX_INTEGER:
        raise ValueError(f"an integer is beyond {MAX_INTEGER}")
    return number


def _no_float(text: str) -> None:
    raise ValueError(f"{text} is not an integer")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_no_float, parse_int=_exact
)


def parse(body: bytes, /) -> Plain:
    """The plain data in bytes.

    Raises:
        Malformed: Not JSON, not an object, too large, too deep, a key twice, a float, an
            integer too large, a text with NUL or half a surrogate pair.
    """
    if not isinstance(body, bytes):
        raise Malformed("bytes", [Fault("", f"{shown(body)} is not bytes")])
    if len(body) > MAX_BYTES:
        raise Malformed("bytes", [Fault("", f"{len(body)} bytes, more than {MAX_BYTES}")])
    try:
        found = _DECODER.decode(body.decode())
    except (ValueError, RecursionError) as wrong:
        raise Malformed("bytes", [Fault("", str(wrong))]) from wrong
    if not isinstance(found, dict):
        raise Malformed("bytes", [Fault("", "not an object")])
    if b"\\u" in body or body.count(b"[") + body.count(b"{") > MAX_DEPTH:
        canonical(found)
    return found
