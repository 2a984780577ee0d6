"""Plain data to bytes and back, each in one way only.

Rules. (1) Plain data is a closed domain: null, booleans, integers that a double holds exactly,
text without NUL or half a surrogate pair, lists and objects with text keys, nested no deeper
than 32. No floats, so that every JSON writer gives the same bytes. (2) What is refused, and
why, the standard library tells. (3) orjson is believed where it can say nothing else; whatever
it is not sure of goes the slow way, and without it everything does.
"""

import json
from collections.abc import Iterable
from reprlib import repr as short
from typing import Any

from openakimat.errors import Fault, Malformed

try:
    import orjson
except ImportError:  # PyPy and some browsers have no build of it
    orjson = None  # type: ignore[assignment]  # the module, or none
else:
    _OPTIONS = (
        orjson.OPT_SORT_KEYS
        | orjson.OPT_STRICT_INTEGER
        # What it would write by itself, and the closed domain does not hold.
        | orjson.OPT_PASSTHROUGH_SUBCLASS
        | orjson.OPT_PASSTHROUGH_DATACLASS
        | orjson.OPT_PASSTHROUGH_DATETIME
    )

Plain = dict[str, Any]

MAX_BYTES = 2**21
MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1

_SCALARS = frozenset({str, int, bool, type(None)})
_NESTS = frozenset({dict, list, tuple})

_NUL = b"\\u0000"
"""NUL in the bytes; a text of a backslash and "u0000" looks the same."""
_BACKSLASH = ord("\\")


def canonical(value: object, /) -> bytes:
    """Plain data as bytes: UTF-8 JSON, keys in order, no spaces.

    Raises `Malformed` if something lies outside the closed domain, or it is too large or too deep.

    >>> canonical({"b": 1, "a": "ö"}).decode()
    '{"a":"ö","b":1}'

    """
    return encode(value) if _is_closed((value,), MAX_DEPTH + 1) else _write_slowly(value)


def encode(value: object, /) -> bytes:
    """The canonical bytes of what its maker knows to be plain data.

    It is not searched for floats, enumerations, UUIDs and depth, which may be written all the same.

    >>> encode(["ö", 1]) == canonical(["ö", 1])
    True
    """
    return _write_quickly(value) or _write_slowly(value)


def parse(body: bytes, /) -> Plain:
    """The plain data in bytes.

    Raises:
        Malformed: Not JSON, not an object, too large, too deep, a key twice, a float, an
            integer too large, a text with NUL or half a surrogate pair.
    """
    if not isinstance(body, bytes):
        raise Malformed("bytes", [Fault("", f"{short(body)} is not bytes")])
    # Before anything is decoded: whoever sends a gigabyte gets no work done for it.
    if len(body) > MAX_BYTES:
        raise Malformed("bytes", [Fault("", f"{len(body)} bytes, more than {MAX_BYTES}")])
    value = _read_quickly(body)
    return _read_slowly(body) if value is None else value


def _is_closed(items: Iterable[object], deeper: int) -> bool:
    """Whether all is of the classes of plain data, and none of it too deep.

    Keys, the size of integers and surrogates are left to the encoder, which refuses them itself.
    """
    for item in items:
        # By `type` and not `isinstance`: a subclass may say of itself what it likes when written.
        kind = type(item)
        if kind in _SCALARS:
            continue
        # Before it is gone into: a value that holds itself ends here, and not the stack.
        if deeper == 1 or kind not in _NESTS:
            return False
        nest: Any = item
        if not _is_closed(nest.values() if kind is dict else nest, deeper - 1):
            return False
    return True


def _write_quickly(value: object) -> bytes:
    """The canonical bytes of a value of the closed classes; none where that is not sure."""
    if orjson is None:
        return b""
    try:
        body = orjson.dumps(value, option=_OPTIONS)
    except orjson.JSONEncodeError:
        return b""
    # One byte is looked for in a tenth of the time of six.
    if len(body) > MAX_BYTES or (_BACKSLASH in body and _NUL in body):
        return b""
    return body


def _read_quickly(body: bytes) -> Plain | None:
    """The object in canonical bytes; none where they are not canonical, whatever else they are."""
    if orjson is None:
        return None
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    if type(value) is not dict or not _is_closed((value,), MAX_DEPTH + 1):
        return None
    # What is written anew as it stood held no key twice, and no number in two ways. Other bytes
    # may be plain data as well: those of other writers, in another order.
    return value if _write_quickly(value) == body else None


_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def _write_slowly(value: object) -> bytes:
    try:
        _refuse_outside((value,), MAX_DEPTH + 1)
        body = _ENCODER.encode(value).encode()
    except UnicodeEncodeError as wrong:
        raise Malformed("text", [Fault("", f"half a surrogate pair at {wrong.start}")]) from wrong
    except ValueError as wrong:
        raise Malformed("plain data", [Fault("", str(wrong))]) from wrong
    # Cheaper in the bytes than in every text.
    if _NUL in body and _holds_nul(value):
        raise Malformed("plain data", [Fault("", "a text holds NUL")])
    if len(body) > MAX_BYTES:
        raise Malformed("bytes", [Fault("", f"{len(body)} bytes, more than {MAX_BYTES}")])
    return body


def _refuse_outside(value: Any, deeper: int) -> None:
    """Refuse what the closed domain does not hold; NUL is looked for in the bytes."""
    if type(value) is dict:
        for key in value:
            if type(key) is not str:
                raise ValueError(f"{short(key)} is no text key")
        value = value.values()
    for item in value:
        kind = type(item)
        if kind is str or kind is bool or item is None:
            continue
        if kind in _NESTS:
            if deeper == 1:
                raise ValueError(f"nested deeper than {MAX_DEPTH}")
            _refuse_outside(item, deeper - 1)
        else:
            _refuse_uncountable(item)


def _holds_nul(value: Any) -> bool:
    if type(value) is str:
        return "\0" in value
    if type(value) is dict:
        return any(map(_holds_nul, (*value, *value.values())))
    return type(value) in {list, tuple} and any(map(_holds_nul, value))


def _refuse_uncountable(value: object) -> None:
    if type(value) is not int:
        raise ValueError(f"{short(value)} is no plain data")
    # What a double holds exactly: a reader in another language must not round it.
    if not -MAX_INTEGER <= value <= MAX_INTEGER:
        raise ValueError(f"an integer is beyond {MAX_INTEGER}")


def _object_once(pairs: list[tuple[str, Any]]) -> Plain:
    # Of a key told twice one reader takes the first, another the last: two records in one seal.
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key stands twice")
    return members


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number here")


def _exact_integer(text: str) -> int:
    # By its length before it is read, for reading takes time with the square of that.
    number = int(text) if len(text) <= len(str(-MAX_INTEGER)) else MAX_INTEGER + 1
    if not -MAX_INTEGER <= number <= MAX_INTEGER:
        raise ValueError(f"an integer is beyond {MAX_INTEGER}")
    return number


def _no_float(text: str) -> None:
    raise ValueError(f"{text} is not an integer")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object_once,
    parse_constant=_no_constant,
    parse_float=_no_float,
    parse_int=_exact_integer,
)


def _read_slowly(body: bytes) -> Plain:
    try:
        value = _DECODER.decode(body.decode())
    except (ValueError, RecursionError) as wrong:
        raise Malformed("bytes", [Fault("", str(wrong))]) from wrong
    if not isinstance(value, dict):
        raise Malformed("bytes", [Fault("", "not an object")])
    # NUL and half a surrogate pair can only come escaped, and depth only by so many brackets:
    # all other bytes need no second walk.
    if b"\\u" in body or body.count(b"[") + body.count(b"{") > MAX_DEPTH:
        _write_slowly(value)
    return value
