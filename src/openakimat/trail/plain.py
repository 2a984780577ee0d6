"""Whatever is public as plain data, and read again: what JSON can hold, and nothing bent.

Rules. (1) A class is written by its fields, an act with its tag and version. (2) A deadline has of
its calendar the days that it rests on, a refusal what it is made of. (3) Whoever asks for a record
asks for what is in it: what it says of a person too.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

import attrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from openakimat.calendar.excerpt import Excerpt, counting
from openakimat.calendar.terms import Term, term
from openakimat.calendar.worktime import WorkCalendar
from openakimat.case import Act, Applicant, Case, Official, Record, Representative, named
from openakimat.errors import Fault, Malformed, Refusal, UnknownAct, make_fault, unknown_fault
from openakimat.judgement.card import Card, Wakeup
from openakimat.judgement.docket import Docket, Line
from openakimat.judgement.notices import Decision, Notice
from openakimat.judgement.public import PublicCase
from openakimat.limits.deadline import Deadline
from openakimat.limits.limit import TimeLimit
from openakimat.trail.canonical import Plain
from openakimat.trail.codec import CONVERTER, read as read_fields, written
from openakimat.trail.receipt import Receipt

T = TypeVar("T")

KINDS: Mapping[str, Any] = {
    "act": Act, "record": Record, "case": Case, "card": Card, "deadline": Deadline, "notice": Notice,
    "decision": Decision, "refusal": Refusal, "line": Line, "docket": tuple[Line, ...],
    "public-case": PublicCase, "receipt": Receipt, "applicant": Applicant, "official": Official,
    "representative": Representative, "fault": Fault, "wakeup": Wakeup,
}  # fmt: skip
"""What is public, by the name of its schema."""


@attrs.frozen
class RefusalFields:
    """What a refusal is made of, and which it is."""

    error: str
    message: str
    code: str
    source: str = ""
    act: str = ""
    stage: str = ""
    allowed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    evidence: str = ""
    about: str = ""
    competent: tuple[str, ...] = ()
    deadline: datetime | None = None
    missing: tuple[Fault, ...] = ()


LIKE: Mapping[Any, Any] = {WorkCalendar: Excerpt, Refusal: RefusalFields}
"""What is written in the place of another."""

NOT_WRITTEN = {(TimeLimit, "languages")}
"""Fields of no data: tables of the whole law, which whoever reads it has."""


def _refusals(of: type[Refusal] = Refusal) -> Iterator[tuple[str, type[Refusal]]]:
    yield of.__name__, of
    for kind in of.__subclasses__():
        yield from _refusals(kind)


def _write_refusal(refusal: Refusal) -> Plain:
    _, _, *names = attrs.fields_dict(RefusalFields)
    told = {name: getattr(refusal, name) for name in names}
    return written(RefusalFields(type(refusal).__name__, str(refusal), **told))


def _read_refusal(data: Any, _: object) -> Refusal:
    form = CONVERTER.structure(data, RefusalFields)
    told, known = attrs.asdict(form, recurse=False), dict(_refusals())
    if (kind := known.get(told.pop("error"))) is None:
        raise Malformed("refusal", [unknown_fault("error", form.error, known)])
    return kind(told.pop("message"), **told)


# What is written within another goes first: how a class is written is settled once.
CONVERTER.register_unstructure_hook(Term, str)
CONVERTER.register_structure_hook(Term, lambda text, _: term(text))
_NO_LANGUAGES: Any = {"languages": override(omit=True)}
CONVERTER.register_unstructure_hook(
    TimeLimit, make_dict_unstructure_fn(TimeLimit, CONVERTER, **_NO_LANGUAGES)
)
CONVERTER.register_structure_hook(
    TimeLimit,
    make_dict_structure_fn(TimeLimit, CONVERTER, _cattrs_forbid_extra_keys=True, **_NO_LANGUAGES),
)
_write_deadline = make_dict_unstructure_fn(Deadline, CONVERTER, calendar=override(omit=True))
CONVERTER.register_unstructure_hook(
    Deadline, lambda due: {**_write_deadline(due), "calendar": CONVERTER.unstructure(due.excerpt)}
)
CONVERTER.register_structure_hook(
    WorkCalendar, lambda data, _: counting(CONVERTER.structure(data, Excerpt))
)
CONVERTER.register_unstructure_hook(Refusal, _write_refusal)
CONVERTER.register_structure_hook(Refusal, _read_refusal)
# A class of its own only to show itself.
CONVERTER.register_unstructure_hook(Docket, lambda of: [*map(CONVERTER.unstructure, of)])
CONVERTER.register_structure_hook(
    Docket, lambda data, _: Docket(CONVERTER.structure(data, tuple[Line, ...]))
)


def plain(value: Any, /) -> Plain:
    """A value of the library as plain data, which `read` reads again and `json` writes.

    Raises `Malformed` if a field of it does not hold what it is declared to hold.

    >>> from openakimat.case.acts import Register
    >>> plain(Register("R-1"))
    {'is': 'register', 'v': 1, 'number': 'R-1'}
    """
    return written(value)


def read(data: Any, kind: type[T], /) -> T:
    """A value from plain data, strictly: no key more, no type bent.

    An act is read by its tag, `read(data, Act)`, or of a class from the fields of a form.
    Raises `Malformed` if something is missing, unknown or of another kind; all faults at once, each with
    its path.

    >>> from openakimat.case.acts import Register
    >>> read({"number": "R-1"}, Register) == read({"is": "register", "v": 1, "number": "R-1"}, Act)
    True
    >>> read({"is": "register", "v": 9}, Act)
    Traceback (most recent call last):
    openakimat.errors.Malformed: act: v: 9 is none of 1
    """
    if not (isinstance(kind, type) and issubclass(kind, Act)):
        return read_fields(data, kind)
    if not isinstance(data, Mapping):
        raise Malformed("act", [make_fault("", "no-class", type(data).__name__, "dict")])
    if "is" not in data:
        return read_fields(data, kind)
    try:
        act: Any = read_fields(data, Act)
    except UnknownAct as wrong:
        # Of the one who wrote it, and no broken trail: nothing has been stored.
        newest = named(wrong.tag).version
        raise Malformed("act", [make_fault("v", "none-of", wrong.version, newest)]) from wrong
    if not isinstance(act, kind):
        raise Malformed("act", [make_fault("is", "none-of", repr(act.tag), kind.tag)])
    return act
