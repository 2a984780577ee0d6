"""What is put to a desk, looked at before anything is loaded: all that is wrong with it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import attrs

from openakimat.calendar.times import instant
from openakimat.case.act import Act
from openakimat.case.acts import Lapse, Receive
from openakimat.case.people import Actor, Applicant, Official, Representative
from openakimat.case.record import Case, Record
from openakimat.errors import Conflict, Fault, Malformed, describe_value, make_fault
from openakimat.ports import Tx
from openakimat.trail.canonical import encode
from openakimat.trail.codec import written

_ACTORS = (Applicant, Official, Representative)
"""Whoever may ask a desk for an act."""


def refuse_bad_question(
    by: Actor, act: object = None, *, id: str | None = None, beside: Sequence[Case] = ()
) -> None:
    """Refuse a question that is none; all that is wrong with it at once."""
    faults = []
    # `TheLaw` is an actor too, but none that a host may send, and a lapse no act that it may put:
    # either would let the law act on a case before its time is up.
    if not isinstance(by, _ACTORS):
        # Not told again, whatever it is: it is meant for a person.
        faults.append(make_fault("by", "no-actor", type(by).__name__))
    if id is not None and not isinstance(id, str):
        faults.append(make_fault("id", "no-text", describe_value(id)))
    if act is not None and not isinstance(act, Act):
        faults.append(make_fault("act", "no-act", describe_value(act)))
    if isinstance(act, Lapse):
        faults.append(make_fault("act", "of-time", repr(act.tag)))
    if beside and not all(isinstance(case, Case) for case in beside):
        faults.append(make_fault("beside", "no-case"))
    if faults:
        raise Malformed("asked", faults)


def enter_later(record: Record, entered: datetime | None) -> Record:
    """A record, kept at another instant than it was done.

    Raises:
        Malformed: It would be kept before it was done.
    """
    if entered is None or instant(entered) == record.at:
        return record
    if entered < record.at:
        why, values = f"{entered} is before {record.at}, when it was done", (entered, record.at)
        raise Malformed("asked", [Fault("entered", why, "before", tuple(map(str, values)))])
    return attrs.evolve(record, entered=entered)


def make_opening(kind: type[Act], fields: dict[str, Any]) -> Receive:
    """The opening act of a kind, from its fields; every name wrong or missing at once."""
    try:
        act = kind(**fields)
    except TypeError as wrong:
        if faults := _misnamed(kind, fields):
            raise Malformed(kind.tag, faults) from wrong
        raise
    assert isinstance(act, Receive)  # noqa: S101 - a chart opens with such, and a host gave one
    return act


def _misnamed(kind: type[Act], fields: dict[str, Any]) -> list[Fault]:
    """The fields that an act of a kind has not, and those that it lacks."""
    needed = {field.name: field.default is attrs.NOTHING for field in attrs.fields(kind)}
    missing = [name for name, is_needed in needed.items() if is_needed and name not in fields]
    return [
        *(make_fault(name, "no-field") for name in sorted(set(fields) - set(needed))),
        *(make_fault(name, "needed") for name in missing),
    ]


def asked_of(key: str, about: str, act: Act, by: Actor) -> str:
    """The digest of what is asked under a key: of the act and the actor, whenever; or nothing."""
    if not key:
        return ""
    # Kept beside the sealed bytes, where what is private stands in plain.
    return hashlib.sha256(encode([about, written(act), by.id])).hexdigest()


def refuse_changed(tx: Tx, case: str, beside: Sequence[Case]) -> None:
    """Refuse an act that looks at cases which somebody has written to since they were loaded.

    From here on nobody else writes to them, or to the case, until the act is kept.

    Raises:
        Conflict: One was; it is named.
    """
    kept = tx.watch([case, *(other.id for other in beside)])
    for other in beside:
        # One that is kept nowhere is the host's own to see to.
        if (found := kept.get(other.id, other.n_sealed)) != other.n_sealed:
            raise Conflict(other.id, expected=other.n_sealed, found=found)
