"""What an act is to its procedure, and an act of which no more is known: its class is gone.

A chart outlives the code of its acts. What the engine asks of an act beside its tag is kept with
the chart: whether it opens a case, lapses, branches, answers, and what moment it marks.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import attrs

from openakimat.calendar.times import instant
from openakimat.case.act import Act, Branch, Link
from openakimat.case.acts import Lapse, Receive
from openakimat.case.people import Applicant
from openakimat.errors import Malformed


@attrs.frozen
class Traits:
    """What the engine asks of an act beside its tag."""

    opens: bool = False
    lapses: bool = False
    branches: bool = False
    answers: bool = False
    marks: str = ""


def traits_of(act: Act | type[Act], /) -> Traits:
    """What an act, or a class of acts, is to its procedure.

    >>> traits_of(Lapse)
    Traits(opens=False, lapses=True, branches=False, answers=False, marks='')
    """
    if isinstance(act, Forgotten):
        return act.traits
    kind = act if isinstance(act, type) else type(act)
    return _OF_CLASS.get(kind) or _OF_CLASS.setdefault(kind, _of_class(kind))


_OF_CLASS: dict[type[Act], Traits] = {}


def _of_class(kind: type[Act]) -> Traits:
    opens, lapses, branches = (issubclass(kind, of) for of in (Receive, Lapse, Branch))
    return Traits(opens, lapses, branches, kind.answers, kind.marks)


@attrs.frozen
class Forgotten(Act):
    """An act as it was sealed, of a class that the code has no more: its tag, version and plain fields.

    Its traits are what the chart that it was done under says of it.
    """

    name: str
    form: int
    fields: Mapping[str, Any] = attrs.field(hash=False)
    traits: Traits = Traits()

    @property
    def tag(self) -> str:  # type: ignore[override]  # of a class gone, each act has its own
        """Its tag."""
        return self.name

    @property
    def marks(self) -> str:  # type: ignore[override]  # as its chart has it
        """The moment that a time limit may be counted from."""
        return self.traits.marks

    @property
    def answers(self) -> bool:  # type: ignore[override]  # as its chart has it
        """Whether it gives the participant an answer."""
        return self.traits.answers


def field_of(act: Act, name: str, /, otherwise: Any = None) -> Any:
    """A field of an act by its name, of a class gone too.

    >>> field_of(Forgotten("old", 1, {"until": "2026-03-18"}), "until")
    datetime.date(2026, 3, 18)
    """
    if not isinstance(act, Forgotten):
        return getattr(act, name, otherwise)
    value = act.fields.get(name, otherwise)
    if name in {"until", "due"}:
        value = _as_day(value)
    # No class has ever asked whether the field holds what it should: what it cannot is not told.
    return value if isinstance(value, _KINDS.get(name, object)) else otherwise


_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "case": str,
    "clock": str,
    "due": datetime,
    "ground": str,
    "term": str,
    "until": date,
}
"""What clocks and ties ask of an act whatever it is."""


def _as_day(text: object) -> date | datetime | None:
    if not isinstance(text, str):
        return None
    with suppress(ValueError):
        return date.fromisoformat(text)
    with suppress(ValueError, Malformed):
        return instant(datetime.fromisoformat(text))
    return None


def receipt_in(act: Act, /) -> Receive:
    """What was received, by whatever act: of a class gone, as far as any receipt tells it."""
    if isinstance(act, Receive):
        return act
    receipt = Receive()
    for name in ("kind", "channel", "topic", "summary", "applicant", "links"):
        told = field_of(act, name)
        # A receipt that a later class allows more: what does not fit into any is left out.
        with suppress(Malformed, TypeError):
            if name == "links":
                told = tuple(Link(**link) for link in told)
            if name == "applicant" and isinstance(told, Mapping):
                known = ("name", "address", "id")
                told = Applicant(**{key: told[key] for key in known if key in told})
            receipt = attrs.evolve(receipt, **{name: told})
    return receipt
