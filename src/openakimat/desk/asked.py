"""Which cases are asked for: by what, in which order, from where on."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Literal, NamedTuple, TypedDict, get_type_hints

import attrs

from openakimat.calendar.times import instant
from openakimat.case import Official
from openakimat.case.fields import fault_of, misfits
from openakimat.desk.questions import word_fault
from openakimat.errors import Malformed, describe_value, make_fault, unknown_fault
from openakimat.judgement import docket
from openakimat.judgement.card import Card, hash_word
from openakimat.law.office import Office
from openakimat.ports import Condition, storable


class Filters(TypedDict, total=False):
    """What cases are found by; what is None asks nothing.

    Attributes:
        number, procedure, channel, topic, applicant: As the records have them by now.
        assignee: Who handles it now; of an official also the work of those whom they act for.
        received_from, received_before: When it was received.
        stage: Where it stood at the instant.
        due_from, due_before: The first instant too late by its principal term, as of then.
        standard_from, standard_before: The same by the office's own standard.
        is_open: Whether an answer was waited for then.
    """

    number: str | None
    procedure: str | None
    stage: str | None
    channel: str | None
    topic: str | None
    applicant: str | None
    assignee: str | Official | None
    received_from: datetime | None
    received_before: datetime | None
    due_from: datetime | None
    due_before: datetime | None
    standard_from: datetime | None
    standard_before: datetime | None
    is_open: bool | None


@attrs.frozen
class Asked:
    """Which cases are asked for: wherever they stand, if no standing is told; `soon` is in working days."""

    filters: Mapping[str, Any]
    standing: frozenset[docket.Standing]
    at: datetime
    soon: int = 3


Group = Sequence[Condition]

How = Literal["is", "not", "from", "before", "among"]


class Filter(NamedTuple):
    """How cases are found by one thing: a column of their cards, and how it is compared.

    Attributes:
        hashed: Whether what stands there is hashed, for it may name a person.
        moved: Whether the law may change it when a term runs out: it is asked of the case as it
            stands at the instant.
        partly: Whether its index holds only the cards that have it.
    """

    column: str
    how: How
    hashed: bool = False
    moved: bool = False
    partly: bool = False


_FILTERS: Mapping[str, Filter] = {
    "number": Filter("number", "is", partly=True),
    "procedure": Filter("procedure", "is"),
    "channel": Filter("channel", "is"),
    "topic": Filter("topic", "is", hashed=True),
    "applicant": Filter("applicant", "is", hashed=True, partly=True),
    "assignee": Filter("assignee", "among", hashed=True),
    "received_from": Filter("received_at", "from"),
    "received_before": Filter("received_at", "before"),
    "stage": Filter("stage", "is", moved=True),
    "due_from": Filter("due_at", "from", moved=True),
    "due_before": Filter("due_at", "before", moved=True),
    "standard_from": Filter("standard_at", "from", moved=True),
    "standard_before": Filter("standard_at", "before", moved=True),
    "is_open": Filter("is_open", "is", moved=True),
}


def refuse_no_count(**told: object) -> None:
    """Refuse what is no number of cases, or less than nothing; all of it at once."""
    faults = [
        make_fault(name, "negative" if type(n) is int else "no-integer", describe_value(n))
        for name, n in told.items()
        if type(n) is not int or n < 0
    ]
    if faults:
        raise Malformed("asked", faults)


_FAULTS = {name: fault_of(hint) for name, hint in get_type_hints(Filters).items()}

ORDERS = {"due": "due_at", "received": "received_at", "changed": "changed_at", "number": "number"}


def conditions(asked: Asked, office: Office, secret: bytes, /) -> tuple[list[Group], list[Group]]:
    """What is asked of a card for good, and what the law may move.

    Raises `Malformed` if there is no such filter, it is asked by what it cannot be, or by a word that may
    name a person, and there is no secret.
    """
    groups: tuple[list[Group], list[Group]] = [], []
    faults = misfits(asked)
    for name, value in asked.filters.items():
        if (by := _FILTERS.get(name)) is None:
            faults.append(unknown_fault("find", name, sorted(_FILTERS)))
        elif fault := _FAULTS[name](value):
            faults.append(attrs.evolve(fault, path=name))
        elif isinstance(value, str) and not storable(value):
            faults.append(make_fault(name, "control-character"))
        elif by.hashed and not secret:
            faults.append(make_fault(name, "no-secret"))
        elif fault := word_fault(name, value, office):
            faults.append(fault)
        elif value is not None:
            compared = _compared(name, value, asked.at, office, secret)
            groups[by.moved].append([(by.column, by.how, compared)])
            if by.partly:
                groups[0].append([(by.column, "not", "")])
    if faults:
        raise Malformed("asked", faults)
    return groups


def _compared(name: str, value: object, at: datetime, office: Office, secret: bytes) -> object:
    if name == "assignee":
        own = {value} if isinstance(value, str) else set[object]()
        if isinstance(value, Official):
            day = office.day_of(at)
            own = {value.id, *(lent.of for lent in value.mandates if lent.holds(day))}
        return frozenset(hash_word(str(each), secret) for each in own)
    if _FILTERS[name].hashed:
        return hash_word(str(value), secret)
    return instant(value, path=name) if isinstance(value, datetime) else value


def column_of(order: str) -> str:
    """The column that cases are listed by, with the sign of the way."""
    name = order.removeprefix("-")
    if name not in ORDERS:
        raise Malformed("asked", [unknown_fault("order", name, sorted(ORDERS))])
    return order.replace(name, ORDERS[name])


def place_of(column: str, card: Card) -> tuple[bool, Any, str]:
    """The place of a card in a list: what lacks the column stands last, whichever way it goes."""
    value = getattr(card, column.removeprefix("-"))
    return (value is None) is not column.startswith("-"), value, card.case


def token_of(card: Card, column: str) -> str:
    """Where a page ended, as text: what the last card had, and its case."""
    value = getattr(card, column.removeprefix("-"))
    last = value.isoformat() if isinstance(value, datetime) else value
    return json.dumps([column, last, card.case])


def read_token(token: str, column: str) -> Card:
    """Where a page ended, from its text."""
    # Whoever asks may have written it.
    with suppress(ValueError, TypeError, RecursionError, Malformed):
        of, value, case = json.loads(token)
        texts = [case, value] if column.endswith("number") else [case]
        if value is not None and len(texts) == 1:
            value = instant(datetime.fromisoformat(value))
        if of == column and all(map(storable, texts)):
            return attrs.evolve(Card(case, ""), **{column.removeprefix("-"): value})
    raise Malformed("asked", [make_fault("after", "no-page")])
