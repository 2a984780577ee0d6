"""Whether a value is what its field is declared to hold: the annotations, held at run time."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

import attrs

from openakimat.calendar.times import instant
from openakimat.errors import Fault, Malformed, describe_value, make_fault

Wrong = Callable[[Any], Fault | None]
"""What is wrong with a value, or nothing."""


def misfits(value: attrs.AttrsInstance, /) -> list[Fault]:
    """What of a value does not hold what it is declared to hold, all at once.

    Told are text, whole numbers, yes and no, days, instants with an offset, literals, other
    classes, and tuples, sets and unions of these. A field declared to be anything else is passed
    over. What was typed is told again where it is short, and no whole object ever.

    >>> from openakimat.kz.acts import Extend
    >>> [str(fault) for fault in misfits(Extend(date(2026, 4, 20)))]
    []
    """
    faults = []
    for name, surely, wrong in _fields(type(value)):
        content = getattr(value, name)
        # Acts are made by the million in a simulation: most fields pass by their class alone.
        if type(content) not in surely and (fault := wrong(content)):
            faults.append(attrs.evolve(fault, path=name + fault.path))
    return faults


@cache
def _fields(kind: type[attrs.AttrsInstance]) -> tuple[tuple[str, frozenset[object], Wrong], ...]:
    """Each field: its name, the classes whose every value it may hold, what is wrong with others."""
    all_hints = get_type_hints(kind)
    hints = {field.name: all_hints[field.name] for field in attrs.fields(kind)}
    return tuple((name, _surely(hint), fault_of(hint)) for name, hint in hints.items())


def _surely(hint: Any) -> frozenset[object]:
    """The classes whose every instance fits; a datetime may lack its offset."""
    ways = get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)
    return frozenset(way for way in ways if isinstance(way, type) and way is not datetime)


def settle_instants(value: attrs.AttrsInstance, /) -> None:
    """Put the plain instant, as `instant` has it, in the place of each that a new value holds."""
    for name in _instants(type(value)):
        object.__setattr__(value, name, _settled(getattr(value, name)))


@cache
def _instants(kind: type[attrs.AttrsInstance]) -> tuple[str, ...]:
    """The fields that may hold instants: of nearly all classes, none."""
    hints = get_type_hints(kind)
    return tuple(field.name for field in attrs.fields(kind) if _holds_instants(hints[field.name]))


def _holds_instants(hint: Any) -> bool:
    return hint is datetime or any(map(_holds_instants, get_args(hint)))


def _settled(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_settled, value))
    return instant(value) if isinstance(value, datetime) else value


def _plain(kind: type, code: str, *but: type) -> Wrong:
    # A bool is an int, and a datetime a date, to Python only.
    def wrong(value: Any) -> Fault | None:
        if type(value) is kind or (isinstance(value, kind) and not isinstance(value, but)):
            return None
        return make_fault("", code, describe_value(value))

    return wrong


def _instant(value: Any) -> Fault | None:
    try:
        instant(value)
    except Malformed as wrong:
        return attrs.evolve(wrong.faults[0], path="")
    return None


_PLAIN: dict[object, Wrong] = {
    str: _plain(str, "no-text"),
    int: _plain(int, "no-integer", bool),
    bool: _plain(bool, "no-boolean"),
    date: _plain(date, "no-day", datetime),
    datetime: _instant,
    NoneType: _plain(NoneType, "no-none"),
}


def fault_of(hint: Any, /) -> Wrong:
    """What is wrong with values of an annotation: a question to put to a value."""
    of, inside = get_origin(hint), get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if of is Literal:
        return _literal(inside)
    if isinstance(hint, NewType):
        return fault_of(hint.__supertype__)
    if of is tuple and inside[1:] == (...,):
        return _tuple(fault_of(inside[0]))
    if of is frozenset:
        return _set(fault_of(inside[0]))
    if of in {Union, UnionType}:
        return _union([fault_of(way) for way in inside])
    # A float is left to the codec, which has no bytes for it and refuses the class of the act.
    return _of_class(hint) if isinstance(hint, type) and hint is not float else lambda _: None


def _literal(meant: tuple[Any, ...]) -> Wrong:
    # With their classes, for True equals 1.
    known = {(type(choice), choice) for choice in meant}
    choices = ", ".join(map(str, meant))

    def fault(value: Any) -> Fault | None:
        fits = _hashed(value) in known
        return None if fits else make_fault("", "none-of", describe_value(value), choices)

    return fault


def _hashed(value: Any) -> object:
    # What is neither text nor number may have no hash to look it up by.
    return (type(value), value) if isinstance(value, str | int) else None


def _tuple(wrong: Wrong) -> Wrong:
    def fault(value: Any) -> Fault | None:
        if not isinstance(value, tuple):
            return make_fault("", "no-tuple", type(value).__name__)
        for n, item in enumerate(value):
            if found := wrong(item):
                return attrs.evolve(found, path=f"[{n}]{found.path}")
        return None

    return fault


def _set(wrong: Wrong) -> Wrong:
    def fault(value: Any) -> Fault | None:
        if not isinstance(value, frozenset):
            return make_fault("", "no-set", type(value).__name__)
        # In the order of the reasons: what is in a set has none.
        return min(filter(None, map(wrong, value)), key=str, default=None)

    return fault


def _union(ways: list[Wrong]) -> Wrong:
    def fault(value: Any) -> Fault | None:
        # Why not in the first way, which is what the field is for; the others are mostly None.
        why = None
        for wrong in ways:
            if (found := wrong(value)) is None:
                return None
            why = why or found
        return why

    return fault


def _of_class(kind: type) -> Wrong:
    """The value is not told again: it may be a person's name."""
    return lambda value: (
        None
        if isinstance(value, kind)
        else make_fault("", "no-class", type(value).__name__, kind.__name__)
    )
