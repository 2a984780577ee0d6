"""Records to plain data and back; canonical bytes.

Plain data is a closed domain: null, booleans, integers, text, lists and objects with
text keys. No floats, so that every JSON writer gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar, get_type_hints

import attrs
from cattrs import Converter, transform_error
from cattrs.errors import ClassValidationError
from cattrs.gen import make_dict_unstructure_fn

from openakimat.acts import VOCABULARY, Act
from openakimat.case import Record
from openakimat.errors import Fault, Malformed, PackError, UnknownAct

Plain = dict[str, Any]
T = TypeVar("T")
Upcast = Callable[[Plain], Plain]

UPCASTS: dict[tuple[str, int], Upcast] = {}
"""How the fields of an act of a tag and version become those of the next version."""

MAX_BYTES = 2**21
_TAG, _VERSION = "is", "v"


def upcast(tag: str, version: int, /) -> Callable[[Upcast], Upcast]:
    """Declare how an act stored under a version is read as the next one.

    >>> @upcast("example-act", 1)
    ... def _(fields):
    ...     return {**fields, "channel": fields.pop("via")}
    """

    def declare(function: Upcast) -> Upcast:
        UPCASTS[tag, version] = function
        return function

    return declare


# -- the converter --------------------------------------------------------------------


def _text(given: object, _: object) -> str:
    if type(given) is not str:
        raise TypeError(f"{given!r} is not text")
    return given


def _integer(given: object, _: object) -> int:
    if type(given) is not int:
        raise TypeError(f"{given!r} is not an integer")
    return given


def _day(given: object, _: object) -> date:
    if type(given) is not str or len(given) != len("2026-01-01"):
        raise ValueError(f"{given!r} is not a day YYYY-MM-DD")
    return date.fromisoformat(given)


def _instant(given: object, _: object) -> datetime:
    at = datetime.fromisoformat(given) if type(given) is str else None
    if at is None or at.tzinfo is None:
        raise ValueError(f"{given!r} is not an instant with an offset")
    return at


def _writer(kind: type[Act]) -> Callable[[Act], Plain]:
    """How acts of a kind are written; a kind that holds floats is refused."""
    for name, hint in get_type_hints(kind).items():
        if hint is float:
            raise PackError(f"act {kind.tag!r}: {name} is a float, which has no canonical bytes")
    write = make_dict_unstructure_fn(kind, _CONVERTER)
    return lambda act: {_TAG: kind.tag, _VERSION: kind.version, **write(act)}


def _read_act(given: Any, _: object) -> Act:
    if not isinstance(given, dict) or type(given.get(_TAG)) is not str:
        raise TypeError("not an act: it has no tag")
    fields = dict(given)
    tag, version = fields.pop(_TAG), fields.pop(_VERSION, None)
    kind = VOCABULARY.get(tag)
    if kind is None or type(version) is not int or not 1 <= version <= kind.version:
        raise UnknownAct(tag, version if type(version) is int else 0, at_record=0)
    for older in range(version, kind.version):
        if (tag, older) not in UPCASTS:
            raise UnknownAct(tag, version, at_record=0)
        fields = UPCASTS[tag, older](fields)
    return _CONVERTER.structure(fields, kind)


def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _integer)
    converter.register_structure_hook(date, _day)
    converter.register_structure_hook(datetime, _instant)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook_func(lambda kind: kind is Act, _read_act)
    return converter


_CONVERTER = _converter()
_CONVERTER.register_unstructure_hook_factory(
    lambda kind: attrs.has(kind) and issubclass(kind, Act), _writer
)


def plain(record: Record, /) -> Plain:
    """A record as plain data.

    >>> from openakimat.acts import Register
    >>> at = datetime.fromisoformat("2026-03-19T09:00+05:00")
    >>> plain(Record(2, at, "clerk", "registrar", Register("ЖТ-2026-1"), "registered", "x"))["act"]
    {'is': 'register', 'v': 1, 'number': 'ЖТ-2026-1'}
    """
    return {
        "no": record.no,
        "at": record.at.isoformat(),
        "by": record.by,
        "role": record.role,
        "act": _CONVERTER.unstructure(record.act),
        "stage": record.stage,
        "under": record.under,
    }


def record(given: Mapping[str, Any], /) -> Record:
    """The record that plain data tells of.

    Raises:
        Malformed: Something is missing, unknown or of another kind; all faults at once.
        UnknownAct: The act's tag or version is not known.
    """
    try:
        return read(given, Record)
    except Malformed as wrong:
        if unknown := _unknown_act(wrong.__cause__):
            at = given.get("no")
            raise UnknownAct(
                unknown.tag, unknown.version, at_record=at if type(at) is int else 0
            ) from wrong
        raise


def read(given: Any, kind: type[T], /) -> T:
    """A value of an attrs class from plain data, strictly: no key more, no type bent.

    Raises:
        Malformed: Something is missing, unknown or of another kind; all faults at once.
    """
    try:
        return _CONVERTER.structure(given, kind)
    except ClassValidationError as wrong:
        raise Malformed(kind.__name__.lower(), faults(wrong)) from wrong
    except (TypeError, ValueError) as wrong:
        raise Malformed(kind.__name__.lower(), [Fault("", str(wrong))]) from wrong


def _unknown_act(wrong: BaseException | None) -> UnknownAct | None:
    if isinstance(wrong, UnknownAct):
        return wrong
    inner = getattr(wrong, "exceptions", ())
    return next((found for one in inner if (found := _unknown_act(one))), None)


def faults(wrong: ClassValidationError, /) -> list[Fault]:
    """Everything a failed reading found, each with its path."""
    told = (line.rpartition(" @ ") for line in transform_error(wrong, format_exception=_said))
    return [Fault(path.removeprefix("$").removeprefix("."), why) for why, _, path in told]


def _said(wrong: BaseException, _: type | None) -> str:
    if isinstance(wrong, KeyError):
        return "required field missing"
    return str(wrong) or type(wrong).__name__


# -- bytes ----------------------------------------------------------------------------

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


def canonical(given: Mapping[str, Any], /) -> bytes:
    """Plain data as bytes: UTF-8 JSON, keys in order, no spaces.

    Raises:
        Malformed: A text holds half a surrogate pair.

    >>> canonical({"b": 1, "a": "ә"}).decode()
    '{"a":"ә","b":1}'

    """
    try:
        return _ENCODER.encode(given).encode()
    except UnicodeEncodeError as wrong:
        raise Malformed("text", [Fault("", f"half a surrogate pair at {wrong.start}")]) from wrong


def _once(pairs: list[tuple[str, Any]]) -> Plain:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number here")


def _no_float(text: str) -> None:
    raise ValueError(f"{text} is not an integer")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_no_float
)


def parse(body: bytes, /) -> Plain:
    """The plain data in bytes.

    Raises:
        Malformed: Not JSON, not an object, too large, too deep, a key twice, a float.
    """
    if len(body) > MAX_BYTES:
        raise Malformed("bytes", [Fault("", f"{len(body)} bytes, more than {MAX_BYTES}")])
    try:
        found = _DECODER.decode(body.decode())
    except (ValueError, RecursionError) as wrong:
        raise Malformed("bytes", [Fault("", str(wrong))]) from wrong
    if not isinstance(found, dict):
        raise Malformed("bytes", [Fault("", "not an object")])
    return found
