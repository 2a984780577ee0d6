"""The acts of any procedure: what opens a case, registers it, takes it up again, stops and starts its time."""

import hashlib
from datetime import datetime
from typing import ClassVar, Literal

import attrs

from openakimat.case.act import OPEN, VOCABULARY, Act, Aside, Link, open_field, text_field
from openakimat.case.people import Applicant
from openakimat.dated import LATER
from openakimat.errors import Malformed, make_fault, unknown_fault

Policy = Literal["continue", "fresh", "none"]
"""What becomes of the term of a case that is reopened."""


def named(tag: str, /) -> type[Act]:
    """The class of an act by its tag. Raises `Malformed` if there is none of that tag; the nearest is told.

    >>> named("register").__name__
    'Register'
    """
    if tag not in VOCABULARY:
        raise Malformed("act", [unknown_fault("is", tag, VOCABULARY)])
    return VOCABULARY[tag]


def _not_less(_: object, field: "attrs.Attribute[int]", n: int) -> None:
    least = field.metadata["least"]
    if isinstance(n, int) and n < least:
        known = f"{least}, {least + 1}, …"
        raise Malformed("act", [make_fault(field.name, "none-of", n, known)])


@attrs.frozen
class Receive(Act, tag="receive", marks="receipt"):
    """Something is received: the act that opens a case."""

    kind: str = open_field("application")
    channel: str = text_field(personal=False)
    topic: str = text_field()
    summary: str = text_field(100_000)
    applicant: Applicant | None = None
    links: tuple[Link, ...] = attrs.field(default=(), metadata=LATER | OPEN)
    joined: int = attrs.field(default=1, validator=_not_less, metadata=LATER | {"least": 1})
    """How many people join in it: more than one, and it is collective."""


@attrs.frozen
class Register(Act, tag="register", marks="registration"):
    """It is entered in the register under a number."""

    number: str = text_field(personal=False)


@attrs.frozen
class Pause(Act, tag="pause"):
    """The clocks that this ground may stop are stopped."""

    ground: str = attrs.field(metadata=OPEN)
    reason: str = text_field(10_000)


class Resume(Act, tag="resume"):
    """The clocks stopped run on."""


@attrs.frozen
class Reopen(Act, tag="reopen"):
    """The matter is taken up again; `clock` says whether its term continues, is fresh, or none."""

    ground: str = attrs.field(metadata=OPEN)
    clock: Policy


@attrs.frozen
class Lapse(Act, tag="lapse"):
    """A term ran out; recorded once, at the first instant past it."""

    clock: str = attrs.field(metadata=OPEN)
    due: datetime


@attrs.frozen
class Move(Act, tag="move"):
    """A chart that came later has another stage for the one that a case stood at."""

    leaves: str = attrs.field(metadata=OPEN)


@attrs.frozen
class Rectify(Act, tag="rectify"):
    """What was entered in a record is corrected: the act as it should have been entered, and why.

    The record stays as it was sealed; the case reads it as corrected from here on.
    """

    record: int
    act: Act
    reason: str = text_field(10_000)


_MEDIA = "[A-Za-z0-9.+_-]+"
_END = r"$(?!\n)"  # to Python what stands before a last line feed ends the text too


@attrs.frozen
class Attach(Aside, tag="attach"):
    """A file is put to the case: what it is, by which whoever keeps it can be held to it.

    Its digest is personal too: of a form of few blanks whoever tries all names finds the one.

    >>> file = Attach.describing(b"%PDF-1.7", name="plan.pdf", media_type="application/pdf")
    >>> file.size, file.sha256[:12]
    (8, '86edbaa24831')
    """

    name: str = text_field(pattern=r"\S")
    media_type: str = text_field(personal=False, pattern=f"^{_MEDIA}/{_MEDIA}{_END}")
    size: int = attrs.field(default=0, validator=_not_less, metadata={"least": 0})
    sha256: str = text_field(64, pattern="^[0-9a-f]{64}" + _END)

    @classmethod
    def describing(cls, content: bytes, /, *, name: str, media_type: str) -> "Attach":
        """The act that puts a file to a case; the file itself is the host's to keep.

        Raises `Malformed` if its content is no bytes, or it has no such name or media type.
        """
        if not isinstance(content, bytes | bytearray | memoryview):
            kind = type(content).__name__
            raise Malformed("act 'attach'", [make_fault("content", "no-class", kind, "bytes")])
        return cls(name, media_type, len(content), hashlib.sha256(content).hexdigest())


@attrs.frozen
class InnerNote(Aside, tag="inner-note"):
    """The staff note something for themselves: no participant is shown it."""

    inner: ClassVar[bool] = True
    text: str = text_field(10_000, pattern=r"\S")


@attrs.frozen
class Seclude(Aside, tag="seclude"):
    """The case is confidential from here on: open to those it names, and to these roles."""

    inner: ClassVar[bool] = True
    open_to: tuple[str, ...] = open_field(())
    reason: str = text_field(10_000, pattern=r"\S")


@attrs.frozen
class Look(Act, tag="look"):
    """Somebody looks at a case, and says why: kept in a chain of its own, and no act of the case."""

    why: str = text_field(10_000, pattern=r"\S")


ASIDES: tuple[type[Aside], ...] = (Attach, InnerNote, Seclude)
"""What may stand beside every case."""


@attrs.frozen
class Shift:
    """An open case whose day another law or calendar moves.

    Its last day, or of a term in hours the instant, `was` and is `now`; `by` is in working days between
    them, negative when earlier.
    """

    case: str
    limit: str
    was: str
    now: str
    by: int


@attrs.frozen
class AdoptLaw(Act, tag="adopt-law"):
    """The office counts by another law or calendar from now on: what that moves, and by what.

    Attributes:
        basis: The act, the order, the proclamation.
        old, new: The names of both laws, as the journal keeps them.
        why: What moves them, each change once.
        uncounted: The cases that one of both laws cannot count.
    """

    basis: str = text_field(10_000)
    old: str = open_field("")
    new: str = open_field("")
    shifts: tuple[Shift, ...] = open_field(())
    why: tuple[str, ...] = open_field(())
    uncounted: tuple[str, ...] = open_field(())
