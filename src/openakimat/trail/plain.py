"""Whatever is public as plain data, and read again: what JSON can hold, and nothing bent.

Rules. (1) A class is written by its fields, an act with its tag and version. (2) What has no plain
fields has a form of them, in one table here: a deadline has of its calendar the days that it
rests on, a refusal what it is made of. (3) Whoever asks for a record asks for what is in it:
what it says of a person too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar, get_type_hints

import attrs

from openakimat.calendar.excerpt import Excerpt
from openakimat.calendar.terms import Term, term
from openakimat.case.act import VOCABULARY, Act
from openakimat.case.people import Applicant, Official, Representative
from openakimat.case.record import Case, Record
from openakimat.errors import (
    Fault,
    Malformed,
    Refusal,
    UnknownAct,
    make_fault,
    unknown_fault,
)
from openakimat.judgement.docket import Line
from openakimat.judgement.notices import Decision, Notice
from openakimat.limits.deadline import Deadline, with_excerpt
from openakimat.limits.limit import TimeLimit
from openakimat.trail import codec
from openakimat.trail.canonical import Plain
from openakimat.trail.receipt import Receipt

T = TypeVar("T")

KINDS: Mapping[str, Any] = {
    "act": Act,
    "record": Record,
    "case": Case,
    "deadline": Deadline,
    "notice": Notice,
    "decision": Decision,
    "refusal": Refusal,
    "line": Line,
    "receipt": Receipt,
    "applicant": Applicant,
    "official": Official,
    "representative": Representative,
    "fault": Fault,
}
"""What is public, by the name of its schema."""


class Form(NamedTuple):
    """The class of fields that stands for one that has none, or not these; how it becomes which."""

    fields: Any
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _refusals(of: type[Refusal] = Refusal) -> Iterator[tuple[str, type[Refusal]]]:
    yield of.__name__, of
    for kind in of.__subclasses__():
        yield from _refusals(kind)


def _class_like(kind: type, hints: Mapping[str, Any], without: str = "") -> Any:
    """A class of the fields of another, of which some are of other kinds or left out."""
    all_hints = {**get_type_hints(kind), **hints}
    like = {
        field.name: attrs.field(default=field.default, type=all_hints[field.name])
        for field in attrs.fields(kind)
        if field.name != without
    }
    return attrs.make_class(kind.__name__, like, frozen=True)


def _field_values(of: Any) -> dict[str, Any]:
    return {field.name: getattr(of, field.name) for field in attrs.fields(type(of))}


def _refusal_class() -> Any:
    """What a refusal is made of, as its constructor has it."""
    hints = {**get_type_hints(Refusal.__init__), "error": str}
    del hints["return"]
    needed = {"error", "message", "code"}
    defaults = {"allowed": (), "competent": (), "missing": (), "deadline": None}
    like = {
        name: attrs.field(type=hint)
        if name in needed
        else attrs.field(type=hint, default=defaults.get(name, ""))
        for name, hint in sorted(hints.items(), key=lambda of: of[0] not in needed)
    }
    return attrs.make_class("Refusal", like, frozen=True)


_DEADLINE = _class_like(Deadline, {"calendar": Excerpt})
_LIMIT = _class_like(TimeLimit, {}, without="languages")
_REFUSAL = _refusal_class()


def _write_refusal(refusal: Refusal) -> Any:
    told = {name: value for name, value in vars(refusal).items() if name in _REFUSAL_FIELDS}
    return _REFUSAL(error=type(refusal).__name__, message=str(refusal), **told)


def _read_refusal(form: Any) -> Refusal:
    told, known = _field_values(form), dict(_refusals())
    if (kind := known.get(told.pop("error"))) is None:
        raise Malformed("refusal", [unknown_fault("error", form.error, known)])
    return kind(told.pop("message"), **told)


_REFUSAL_FIELDS = attrs.fields_dict(_REFUSAL).keys()

FORMS: Mapping[type, Form] = {
    Deadline: Form(
        _DEADLINE,
        lambda of: _DEADLINE(**{**_field_values(of), "calendar": of.excerpt}),
        lambda form: with_excerpt(_field_values(form)),
    ),
    TimeLimit: Form(
        _LIMIT,
        lambda of: _LIMIT(**{name: getattr(of, name) for name in attrs.fields_dict(_LIMIT)}),
        lambda form: TimeLimit(**_field_values(form)),
    ),
    Refusal: Form(_REFUSAL, _write_refusal, _read_refusal),
    Term: Form(str, str, term),
}
"""What is written as fields that it has not; one more line, and there is one more."""

for _kind, _form in FORMS.items():
    codec.use_form(_kind, *_form)


def plain(value: Any, /) -> Plain:
    """A value of the library as plain data, which `read` reads again and `json` writes.

    Raises:
        Malformed: A field of it does not hold what it is declared to hold.

    >>> from openakimat.case.acts import Register
    >>> plain(Register("R-1"))
    {'is': 'register', 'v': 1, 'number': 'R-1'}
    """
    return codec.plain(value) if isinstance(value, Record) else codec.written(value)


def read(data: Any, kind: type[T], /) -> T:
    """A value from plain data, strictly: no key more, no type bent.

    An act is read by its tag, `read(data, Act)`, or of a class from the fields of a form.

    Raises:
        Malformed: Something is missing, unknown or of another kind; all faults at once, each with
            its path.

    >>> from openakimat.case.acts import Register
    >>> read({"number": "R-1"}, Register) == read({"is": "register", "v": 1, "number": "R-1"}, Act)
    True
    >>> read({"is": "register", "v": 9}, Act)
    Traceback (most recent call last):
    openakimat.errors.Malformed: act: v: 9 is none of 1
    """
    if not issubclass(kind, Act) or not isinstance(data, Mapping) or "is" not in data:
        return codec.read(data, kind)
    try:
        act: Any = codec.read(data, Act)
    except UnknownAct as wrong:
        # Of the one who wrote it, and no broken trail: nothing has been stored.
        known = wrong.tag in VOCABULARY
        fault = unknown_fault("is", wrong.tag, VOCABULARY)
        if known:
            fault = make_fault("v", "none-of", wrong.version, VOCABULARY[wrong.tag].version)
        raise Malformed("act", [fault]) from wrong
    if not isinstance(act, kind):
        raise Malformed("act", [make_fault("is", "none-of", repr(act.tag), kind.tag)])
    return act
