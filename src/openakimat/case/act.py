"""What an act is: a frozen value with a tag; and how acts tie cases to one another.

Its `tag` and `version` are what is stored, never its Python name; `marks` names the moment
that a time limit may be counted from.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any, ClassVar, Literal, TypeVar, get_args, get_origin, get_type_hints

import attrs

from openakimat.case.fields import misfits, settle_instants
from openakimat.errors import Malformed, PackError, make_fault

T = TypeVar("T")

VOCABULARY: "dict[str, type[Act]]" = {}
"""Every act by its stored tag; a host's acts enter when their class is made."""


@attrs.frozen
class Act:
    """What may be done to a case. A subclass tells of itself, as ``class Accept(Act, tag="accept")``.

    Its `tag` is unique for ever; `marks`, `answers` and `assigns` are those of its parent, if not told.
    One that adds fields is `attrs.frozen` itself; one that adds none has its parent's.
    """

    tag: ClassVar[str] = ""
    version: ClassVar[int] = 1
    marks: ClassVar[str] = ""
    answers: ClassVar[bool] = False
    """Whether the act itself gives the participant an answer."""
    assigns: ClassVar[str] = ""
    """The field that names who handles the case from then on, if it has one."""

    @property
    def handlers(self) -> frozenset[str]:
        """Whom the case is given to by it: who handles it, and whoever else is to."""
        return frozenset({str(getattr(self, self.assigns))} if self.assigns else ())

    def __init_subclass__(
        cls, *, tag: str | None = None, marks: str | None = None, answers: bool | None = None,
        assigns: str | None = None,
    ) -> None:  # fmt: skip
        """Enter the act in the vocabulary. Raises `PackError` if another act bears the same tag."""
        super().__init_subclass__()
        told = {"tag": tag, "marks": marks, "answers": answers, "assigns": assigns}
        for name in (name for name, value in told.items() if value is not None):
            setattr(cls, name, told[name])
        # Before attrs, which writes one of its own only where the class has none.
        if "__repr__" not in cls.__dict__:
            cls.__repr__ = _show_open  # type: ignore[method-assign,assignment]  # in the place of what attrs made
        # A class without a tag of its own is a family of acts, such as `Branch`, and no act.
        if not isinstance(tag := cls.__dict__.get("tag"), str):
            return
        # By name, not by identity: attrs makes each class twice, and the second stands.
        known = VOCABULARY.get(tag, cls)
        if (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise PackError(
                f"two acts are tagged {tag!r}: {known.__qualname__}, {cls.__qualname__}"
            )
        VOCABULARY[tag] = cls

    def __attrs_post_init__(self) -> None:
        """Refuse what a field is not declared to hold, and hold instants as they are read again.

        Raises `Malformed`: whatever is of another kind, all at once.
        """
        if faults := misfits(self):
            raise Malformed(f"act {self.tag!r}", faults)
        settle_instants(self)


def _show_open(act: Act) -> str:
    """An act as it is printed, by a traceback too: without what is personal."""
    hidden = personal_fields(type(act))
    names = (field.name for field in attrs.fields(type(act)) if field.name not in hidden)
    shown = (f"{name}={getattr(act, name)!r}" for name in names)
    return f"{type(act).__name__}({', '.join(shown)})"


def _written_as(limit: int, pattern: str) -> "Callable[[object, attrs.Attribute[str], str], None]":
    def check(_: object, attribute: "attrs.Attribute[str]", text: str) -> None:
        # What is no text is found by `misfits`, with whatever else is wrong.
        if not isinstance(text, str):
            return
        if len(text) > limit:
            fault = make_fault(attribute.name, "too-long", f"{len(text):,}", f"{limit:,}")
            raise Malformed("act", [fault])
        if not re.search(pattern, text):
            fault = make_fault(attribute.name, *(("pattern", pattern) if text else ("empty",)))
            raise Malformed("act", [fault])

    return check


OPEN = {"personal": False}
"""A field that says nothing of a person: a code, a number, an id of a case or a body, a term."""


def open_field(default: T, /) -> T:
    """A field with a default that says nothing of a person."""
    return attrs.field(default=default, metadata=OPEN)


def text_field(limit: int = 300, *, personal: bool = True, pattern: str = "") -> Any:
    """A field of text no longer than so many characters: empty, if it may be, or as a pattern has it."""
    told = {"personal": personal, "longest": limit, "pattern": pattern}
    return attrs.field(default="", validator=_written_as(limit, pattern), metadata=told)


def personal_fields(kind: type[attrs.AttrsInstance], /) -> frozenset[str]:
    """The fields of an act that may name a person, or say something of one.

    Text is personal, and so is any value of a class of its own, unless it is declared `OPEN`:
    an act that declares nothing gives nobody away.

    >>> from openakimat.case.acts import Pause, Receive
    >>> sorted(personal_fields(Pause)), sorted(personal_fields(Receive))
    (['reason'], ['applicant', 'summary', 'topic'])
    """
    return _personal(kind)


@cache
def _personal(kind: type[attrs.AttrsInstance]) -> frozenset[str]:
    declared: dict[str, bool] = {}
    # A field whose default alone a subclass tells anew is still what the parent declared it.
    for parent in filter(attrs.has, reversed(kind.__mro__)):
        own = (field for field in attrs.fields(parent) if not field.inherited)
        declared |= {of.name: of.metadata["personal"] for of in own if "personal" in of.metadata}
    hints = get_type_hints(kind)
    names = (field.name for field in attrs.fields(kind))
    return frozenset(n for n in names if declared.get(n, True) and _may_name(hints[n]))


# The dots are those of a tuple of any length.
_NAMELESS = frozenset({int, float, bool, date, datetime, NoneType, ...})


def _may_name(hint: Any) -> bool:
    if hint in _NAMELESS or get_origin(hint) is Literal:
        return False
    inside = get_args(hint)
    return any(map(_may_name, inside)) if inside else True


Tie = Literal["child-of", "converted-from", "split-from", "about", "repeats"]
"""How a case may be tied to another; only a parent waits for a child."""


@attrs.frozen
class Link:
    """A tie of a case to an older one, named when it is opened."""

    case: str
    how: Tie

    def __attrs_post_init__(self) -> None:
        if faults := misfits(self):
            raise Malformed("link", faults)


@attrs.frozen
class Branch(Act):
    """Another case is opened out of this one: `case` is its id."""

    elsewhere: ClassVar[bool] = False
    """Whether the other case may be in the journal of another body."""

    case: str = attrs.field(metadata=OPEN)


@attrs.frozen
class Aside(Act):
    """What stands beside the procedure: it moves no stage and no clock, and no chart has a row for it.

    It is open at every stage that a case may yet leave, to whoever may act on the case. A host's own
    is to stay as long as a record of it does: without its class nothing tells what it was.
    """

    inner: ClassVar[bool] = False
    """Whether it is for the staff alone."""
