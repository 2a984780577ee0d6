"""Records to plain data and back. What cannot be read again is not written either."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from reprlib import repr as short
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import attrs
from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from openakimat.calendar.times import instant
from openakimat.case import VOCABULARY, Act, Applicant, Record
from openakimat.case.fields import fault_of
from openakimat.case.forgotten import Forgotten
from openakimat.errors import Fault, Malformed, PackError, UnknownAct, make_fault
from openakimat.trail.canonical import Plain

T = TypeVar("T")

Upcast = Callable[[Plain], Plain]

UPCASTS: dict[tuple[str, int], Upcast] = {}
"""How the fields of an act of a tag and version become those of the next version."""

_TAG, _VERSION = "is", "v"


def upcast(tag: str, version: int, /) -> Callable[[Upcast], Upcast]:
    """Declare how an act stored under a version is read as the next one.

    Raises `PackError` if it is declared already.

    >>> @attrs.frozen
    ... class Lend(Act):
    ...     tag, version = "doctest-lend", 2
    ...     title: str
    >>> @upcast("doctest-lend", 1)
    ... def _(fields):
    ...     return {"title": fields["book"]}
    >>> read({"is": "doctest-lend", "v": 1, "book": "Abai"}, Act).title
    'Abai'
    >>> del VOCABULARY["doctest-lend"]
    """

    def declare(function: Upcast) -> Upcast:
        if (tag, version) in UPCASTS:
            raise PackError(f"act {tag!r} version {version} is read as the next one in two ways")
        UPCASTS[tag, version] = function
        return function

    return declare


def _checked(kind: type, plainly: Callable[[Any], Any]) -> Callable[..., Any]:
    """How a value of a kind goes through: what fields may hold is asked where acts ask it."""
    fault = fault_of(kind)
    # What is of these very classes has no fault and is plain as it stands: most values are.
    as_it_is = kind if kind in {str, int, bool} else None

    def checked(value: Any, _: object = None) -> Any:
        if type(value) is as_it_is:
            return value
        if wrong := fault(value):
            raise TypeError(wrong)
        return plainly(value)

    return checked


# A text of a class of its own is written as the text it is, whatever it says of itself.
_text = _checked(str, str.__str__)
_integer = _checked(int, int)
_boolean = _checked(bool, bool)
_write_day = _checked(date, date.isoformat)
_write_instant = _checked(datetime, datetime.isoformat)


def _read_day(text: object, _: object) -> date:
    with suppress(ValueError):  # the 31st of June
        # Python reads 20260318 and 2026-W12-3 too: one day would have several sealed forms.
        if type(text) is str and (day := date.fromisoformat(text)).isoformat() == text:
            return day
    raise ValueError(make_fault("", "day-form", short(text)))


def _read_instant(text: object, _: object) -> datetime:
    with suppress(ValueError):
        if type(text) is str and (at := datetime.fromisoformat(text)).tzinfo is not None:
            return instant(at)
    raise ValueError(make_fault("", "instant-form", short(text)))


def _fields_of(kind: type[attrs.AttrsInstance]) -> Callable[[Any], Plain]:
    """How the fields of a class are written: those added later only where they say something."""
    # So the bytes of records made before the field was are what they were.
    later = {
        field.name: override(omit_if_default=True)
        for field in attrs.fields(kind)
        if field.metadata.get("later")
    }
    return make_dict_unstructure_fn(kind, CONVERTER, **later)  # type: ignore[arg-type]  # overrides by field


def _writer(kind: type[Act]) -> Callable[[Act], Plain]:
    """How acts of a kind are written; a kind that holds floats is refused."""
    for name, hint in get_type_hints(kind).items():
        if _holds_float(hint):
            raise PackError(f"act {kind.tag!r}: {name} is a float, which has no canonical bytes")
    write = _fields_of(kind)
    return lambda act: {_TAG: kind.tag, _VERSION: kind.version, **write(act)}


def _holds_float(hint: object) -> bool:
    return hint is float or any(map(_holds_float, get_args(hint)))


def _read_act(data: Any, _: object, *, converter: Converter | None = None) -> Act:
    if not isinstance(data, dict) or type(data.get(_TAG)) is not str:
        raise TypeError("not an act: it has no tag")
    fields = dict(data)
    tag, version = fields.pop(_TAG), fields.pop(_VERSION, None)
    kind = VOCABULARY.get(tag)
    # A later version than ours was written by a later library: it is not guessed at.
    if kind is None or type(version) is not int or not 1 <= version <= kind.version:
        raise UnknownAct(tag, version if type(version) is int else 0, at_record=0)
    for older in range(version, kind.version):
        if (tag, older) not in UPCASTS:
            raise UnknownAct(tag, version, at_record=0)
        fields = UPCASTS[tag, older](fields)
    return (converter or CONVERTER).structure(fields, kind)


def _read_stored_act(data: Any, _: object) -> Act:
    """The act of a record, which may well be of a class that is gone; of a host's input, no act is."""
    gone = isinstance(data, dict) and type(data.get(_TAG)) is str and data[_TAG] not in VOCABULARY
    if gone and type(data.get(_VERSION)) is int:
        fields = {name: value for name, value in data.items() if name not in {_TAG, _VERSION}}
        return Forgotten(data[_TAG], data[_VERSION], fields)
    return _read_act(data, _, converter=_STORED)


def _read_applicant(data: Any, _: object) -> Applicant:
    """An applicant of the class whose fields are told: a country's, or the plain one."""
    names = frozenset(data) if isinstance(data, dict) else frozenset[str]()
    kind = _kind_of(names, tuple(Applicant.kinds.values()))
    return _READ_PLAIN(data, kind) if kind is Applicant else CONVERTER.structure(data, kind)


def _read_stored_applicant(data: Any, _: object) -> Applicant:
    """An applicant of a record: of a country that is not loaded, what every applicant has."""
    countries = tuple(Applicant.kinds.values())
    if isinstance(data, dict) and _kind_of(frozenset(data), countries) is Applicant:
        known = attrs.fields_dict(Applicant)
        data = {name: value for name, value in data.items() if name in known}
    return _read_applicant(data, _)


@lru_cache(maxsize=64)
def _kind_of(names: frozenset[str], countries: tuple[type[Applicant], ...]) -> type[Applicant]:
    """The class of applicants that fits best: of fields that it has not, and that are not told."""

    # The bytes name no class, for none was named when the first were written: the fields tell.
    def misfit(kind: type[Applicant]) -> tuple[int, int]:
        fields = attrs.fields_dict(kind).keys()
        return len(names - fields), len(fields - names)

    # Of classes that fit alike the first: a subclass that adds no field is read as its parent.
    kinds: list[type[Applicant]] = [Applicant, *countries]
    return min(kinds, key=misfit)


def _write_applicant(applicant: Applicant) -> Plain:
    """What the class of an applicant has, and not only what every applicant has."""
    if type(applicant) is Applicant:
        return _WRITE_PLAIN(applicant)
    fields: Plain = CONVERTER.unstructure(applicant, type(applicant))
    return fields


def _write_act(act: Act) -> Plain:
    if not act.tag:
        raise TypeError("an act without a tag of its own")
    fields: Plain = CONVERTER.unstructure(act, type(act))
    return fields


def _write_forgotten(act: Forgotten) -> Plain:
    return {_TAG: act.name, _VERSION: act.form, **act.fields}


def _is(origin: Any) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) is origin


def _several(kind: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    """How what holds several values is read: never of one, as a text would be of its letters."""
    of: Any = get_origin(kind)
    listed, code = list[get_args(kind)[0]], "no-set" if of is frozenset else "no-tuple"  # type: ignore[misc]  # known as it runs
    read_all = converter.get_structure_hook(listed)

    def checked(value: Any, _: object) -> Any:
        if not isinstance(value, list | tuple | set | frozenset):
            raise TypeError(make_fault("", code, type(value).__name__))
        return of(read_all(value, listed))

    return checked


def _converter() -> Converter:
    # A field that is not known may be one that says otherwise: the record is not read without it.
    converter = Converter(forbid_extra_keys=True)
    ways: dict[type, tuple[Callable[..., Any], Callable[..., Any]]] = {
        str: (_text, _text), int: (_integer, _integer), bool: (_boolean, _boolean),
        date: (_read_day, _write_day), datetime: (_read_instant, _write_instant),
    }  # fmt: skip
    for kind, (read_one, write_one) in ways.items():
        converter.register_structure_hook(kind, read_one)
        converter.register_unstructure_hook(kind, write_one)
    # In order, for the bytes of what is sealed are to be the same whenever they are written.
    converter.register_unstructure_hook_func(_is(frozenset), sorted)
    converter.register_structure_hook_func(lambda kind: kind is Act, _read_act)
    converter.register_structure_hook_factory(
        _is(Literal), lambda kind: _checked(kind, lambda value: value)
    )
    converter.register_structure_hook_factory(_is(frozenset), _several)
    converter.register_structure_hook_factory(lambda kind: get_args(kind)[1:] == (...,), _several)
    return converter


CONVERTER = _converter()

CONVERTER.register_structure_hook_factory(
    lambda kind: kind is Record,
    lambda kind: make_dict_structure_fn(
        kind, CONVERTER, _cattrs_forbid_extra_keys=True, act=override(struct_hook=_read_stored_act)
    ),
)

CONVERTER.register_unstructure_hook_factory(attrs.has, _fields_of)

CONVERTER.register_unstructure_hook_factory(
    lambda kind: attrs.has(kind) and issubclass(kind, Act), _writer
)
# By the class of the act at hand, for the field of a record says only that it is one.
CONVERTER.register_unstructure_hook_func(lambda kind: kind is Act, _write_act)
CONVERTER.register_unstructure_hook_func(lambda kind: kind is Forgotten, _write_forgotten)
_READ_PLAIN: Callable[..., Applicant] = CONVERTER.gen_structure_attrs_fromdict(Applicant)
_WRITE_PLAIN: Callable[[Applicant], Plain] = _fields_of(Applicant)
CONVERTER.register_structure_hook_func(lambda kind: kind is Applicant, _read_applicant)
CONVERTER.register_unstructure_hook_func(lambda kind: kind is Applicant, _write_applicant)

_STORED = CONVERTER.copy()
"""Reads what is within an act that is sealed: also of a class that is gone, or not loaded."""

_STORED.register_structure_hook_func(lambda kind: kind is Act, _read_stored_act)
_STORED.register_structure_hook_func(lambda kind: kind is Applicant, _read_stored_applicant)


def plain(record: Record, /) -> Plain:
    """A record as plain data.

    >>> from openakimat.case.acts import Register
    >>> at = datetime.fromisoformat("2026-03-19T09:00+05:00")
    >>> plain(Record(2, at, "j.smith", "officer", Register("R-1"), "registered", "x"))["act"]
    {'is': 'register', 'v': 1, 'number': 'R-1'}
    """
    try:
        by, role, stage, under = record.by, record.role, record.stage, record.under
        # All at once, for each of them nearly always is what it should be.
        if not (type(by) is type(role) is type(stage) is type(under) is str):
            by, role, stage, under = map(_text, (by, role, stage, under))
        fields = {
            "no": _integer(record.no),
            "at": _write_instant(record.at),
            "by": by,
            "role": role,
            "act": _write_act(record.act),
            "stage": stage,
            "under": under,
        }
        # Later than the first records, which have no such keys.
        if record.on_behalf:
            fields["on_behalf"] = _text(record.on_behalf)
        if record.office:
            fields["office"] = _text(record.office)
        if record.entered:
            fields["entered"] = _write_instant(record.entered)
        if record.basis != "done":
            fields["basis"] = record.basis
    except (TypeError, ValueError, AttributeError) as wrong:
        raise Malformed(f"act {record.act.tag!r}", [Fault("", str(wrong))]) from wrong
    return fields


CONVERTER.register_unstructure_hook(Record, plain)


def record(data: Mapping[str, Any], /) -> Record:
    """The record that plain data tells of.

    Raises `Malformed` if something is missing, unknown or of another kind; all faults at once; `UnknownAct`
    if the act's tag or version is not known.
    """
    try:
        return read(data, Record)
    except Malformed as wrong:
        # Told as what it is, however deep among the faults: a newer library may well read it.
        if unknown := _unknown_act(wrong.__cause__):
            no = data.get("no")
            at_record = no if type(no) is int else 0
            raise UnknownAct(unknown.tag, unknown.version, at_record=at_record) from wrong
        raise


def read(data: Any, kind: type[T], /) -> T:
    """A value of an attrs class from plain data, strictly: no key more, no type bent.

    Raises `Malformed` if something is missing, unknown or of another kind; all faults at once.
    """
    try:
        return CONVERTER.structure(data, kind)
    except BaseValidationError as wrong:
        raise Malformed(kind.__name__.lower(), faults(wrong)) from wrong
    except (TypeError, ValueError, AttributeError) as wrong:
        raise Malformed(kind.__name__.lower(), [Fault("", f"{short(data)}: {wrong}")]) from wrong


def written(value: attrs.AttrsInstance, /) -> Plain:
    """A value of an attrs class as plain data, which `read` reads again.

    Raises `Malformed` if a field of it does not hold what it is declared to hold.

    >>> from openakimat.errors import Forecast
    >>> written(Forecast(date(2027, 1, 20), date(2026, 12, 31)))
    {'day': '2027-01-20', 'confirmed_until': '2026-12-31'}
    """
    try:
        fields: Plain = CONVERTER.unstructure(value)
    except (TypeError, ValueError, AttributeError) as wrong:
        raise Malformed(type(value).__name__.lower(), [Fault("", str(wrong))]) from wrong
    return fields


def _unknown_act(wrong: BaseException | None) -> UnknownAct | None:
    if isinstance(wrong, UnknownAct):
        return wrong
    for inner in getattr(wrong, "exceptions", ()):
        if unknown := _unknown_act(inner):
            return unknown
    return None


def faults(wrong: BaseValidationError, /) -> list[Fault]:
    """Everything a failed reading found, each with its path."""
    found: list[Sequence[Fault]] = []

    # What it formats is text: the place of the faults among those found stands for them.
    def keep(inner: BaseException, _: type | None) -> str:
        found.append(_faults_in(inner))
        return str(len(found) - 1)

    placed = []
    for line in transform_error(wrong, format_exception=keep):
        n, _, path = line.rpartition(" @ ")
        within = path.removeprefix("$").removeprefix(".")
        placed += [attrs.evolve(one, path=_join(within, one.path)) for one in found[int(n)]]
    return placed


def _join(path: str, inner: str) -> str:
    return f"{path}.{inner}" if path and inner and inner[0] != "[" else path + inner


def _faults_in(wrong: BaseException) -> Sequence[Fault]:
    if isinstance(wrong, Malformed):
        return wrong.faults
    if isinstance(wrong, KeyError):
        return [make_fault("", "needed")]
    if isinstance(wrong, ForbiddenExtraKeysError):
        return [make_fault(name, "no-field") for name in sorted(map(str, wrong.extra_fields))]
    # What is raised here holds its fault, so that it is told in any language.
    if wrong.args and isinstance(wrong.args[0], Fault):
        return [wrong.args[0]]
    return [Fault("", str(wrong) or type(wrong).__name__)]
