"""Whether a value is what its field is declared to hold: the annotations, held at run time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from reprlib import repr as shown
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from openakimat.errors import Fault

Wrong = Callable[[Any], str]
"""What is wrong with a value, or nothing."""


def misfits(value: attrs.AttrsInstance, /) -> list[Fault]:
    """What of a value does not hold what it is declared to hold, all at once.

    Told are text, whole numbers, yes and no, days, instants with an offset, literals, other
    classes, and tuples and unions of these. A field declared to be anything else is passed over.

    >>> from openakimat.kz.acts import Extend
    >>> [str(fault) for fault in misfits(Extend(date(2026, 4, 20)))]
    []
    """
    faults = []
    for name, surely, wrong in _fields(type(value)):
        given = getattr(value, name)
        if type(given) not in surely and (why := wrong(given)):
            faults.append(Fault(name, why))
    return faults


@cache
def _fields(kind: type[attrs.AttrsInstance]) -> tuple[tuple[str, frozenset[object], Wrong], ...]:
    """Each field: its name, the classes whose every value it may hold, what is wrong with others."""
    hints = get_type_hints(kind)
    told = ((one.name, hints[one.name]) for one in attrs.fields(kind))
    return tuple((name, _surely(hint), fault_of(hint)) for name, hint in told)


def _surely(hint: Any) -> frozenset[object]:
    ways = get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)
    return frozenset(way for way in ways if isinstance(way, type) and way is not datetime)


def _plain(kind: type, why: str, *but: type) -> Wrong:
    def wrong(given: Any) -> str:
        if type(given) is kind or (isinstance(given, kind) and not isinstance(given, but)):
            return ""
        return f"{shown(given)} is {why}"

    return wrong


def _instant(given: Any) -> str:
    if isinstance(given, datetime) and given.utcoffset() is not None:
        return ""
    return f"{shown(given)} is not an instant with an offset"


_PLAIN: dict[object, Wrong] = {
    str: _plain(str, "not text"),
    int: _plain(int, "not an integer", bool),
    bool: _plain(bool, "neither true nor false"),
    date: _plain(date, "not a day", datetime),
    datetime: _instant,
    NoneType: _plain(NoneType, "not None"),
}


def fault_of(hint: Any, /) -> Wrong:
    """What is wrong with values of an annotation: a question to put to a value.

    >>> fault_of(int)(True), fault_of(int)(3)
    ('True is not an integer', '')
    """
    of, inside = get_origin(hint), get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if of is Literal:
        return _literal(inside)
    if of is tuple and inside[1:] == (...,):
        return _tuple(fault_of(inside[0]))
    if of in {Union, UnionType}:
        return _union([fault_of(one) for one in inside])
    return _of_class(hint) if isinstance(hint, type) and hint is not float else lambda _: ""


def _literal(meant: tuple[Any, ...]) -> Wrong:
    known = {(type(one), one) for one in meant}
    why = f"is none of {', '.join(map(str, meant))}"
    return lambda given: "" if _hashed(given) in known else f"{given!r} {why}"


def _hashed(given: Any) -> object:
    return (type(given), given) if isinstance(given, str | int) else None


def _tuple(wrong: Wrong) -> Wrong:
    def fault(given: Any) -> str:
        if not isinstance(given, tuple):
            return f"is one {type(given).__name__}, not a tuple"
        found = ((n, wrong(one)) for n, one in enumerate(given))
        return next((f"[{n}]: {why}" for n, why in found if why), "")

    return fault


def _union(ways: list[Wrong]) -> Wrong:
    def fault(given: Any) -> str:
        found = [wrong(given) for wrong in ways]
        return found[0] if all(found) else ""

    return fault


def _of_class(kind: type) -> Wrong:
    """The value is not told again: it may be a person's name."""
    return lambda given: (
        "" if isinstance(given, kind) else f"is of {type(given).__name__}, not of {kind.__name__}"
    )
