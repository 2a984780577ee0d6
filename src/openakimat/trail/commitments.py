"""What is personal is committed to: the sealed bytes hold its digest, the value stands beside them.

Rules. (1) A commitment is SHA-256 over 0x02, a salt of 16 bytes and the canonical bytes of the
value; 0x00 and 0x01 are of seals and of trees. (2) Every value has a salt of its own, so that
nobody who tries all numbers of people finds one; but whoever acts in a case has one salt there,
and is known again by those who know no names. (3) What is empty says nothing of anybody and is
written as it is.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable
from typing import Any

from openakimat.errors import Fault, Malformed
from openakimat.trail.canonical import Plain, encode, parse

Salt = Callable[[int], bytes]
"""Gives so many bytes that nobody can guess; a journal has one."""

Persons = dict[str, tuple[str, str]]
"""Of everybody who has acted in a case, by id, their salt there in hex and the commitment to them."""

MARK = "#"
"""The key of a commitment, which is an object of this one key."""

_SALT = 16

_NOBODY = {"", "law"}
"""Whom a record may name openly: nobody, and the law itself."""

_WHO = ("by", "on_behalf")


def commitment(value: object, salt: bytes, /) -> str:
    """The commitment to a value, in hex.

    >>> commitment("Aigerim", bytes(16))[:16]
    '8d62aee094a5f3cb'
    """
    return hashlib.sha256(b"\2" + salt + encode(value)).hexdigest()


def commit(record: Plain, personal: Collection[str], draw: Salt, persons: Persons, /) -> bytes:
    """Put commitments in the place of what is personal in a record, and give what stands beside.

    Of its act some fields are `personal`; `draw` gives fresh salts. The record is changed, and
    `persons`, everybody who has acted in the case, are added to.
    """
    act: Plain = record["act"]
    private: Plain = {}
    # In the order of the act, and not of a set: the same salts make the same bytes.
    for name, value in act.items():
        if value and name in personal:
            salt = draw(_SALT)
            private[f"act.{name}"] = [salt.hex(), value]
            act[name] = {MARK: commitment(value, salt)}
    for name in _WHO:
        if (who := record.get(name, "")) not in _NOBODY:
            if (known := persons.get(who)) is None:
                salt = draw(_SALT)
                known = persons[who] = (salt.hex(), commitment(who, salt))
            salted, committed = known
            private[name] = [salted, who]
            record[name] = {MARK: committed}
    return encode(private) if private else b""


def reveal(record: Plain, private: bytes, persons: Persons, /) -> None:
    """Put the values beside a record in the place of the commitments to them.

    `private` is what stands beside it. The record is changed, and `persons` are added to.
    Raises `Malformed` if a value is not what was committed to, is missing, or nothing commits to it.
    """
    beside = parse(private) if private else {}
    for holder, name, path in _places(record):
        committed = holder[name][MARK]
        value, salted = _opened(committed, beside.pop(path, None), path)
        holder[name] = value
        if holder is record:
            # A person is looked up by an id, which is a text; whatever else is refused as no record.
            persons[str(value)] = salted, committed
    if beside:
        raise Malformed("private", [Fault(path, "nothing commits to it") for path in beside])


def _places(record: Plain) -> Iterable[tuple[Plain, str, str]]:
    """Where commitments stand: in what object, under which name, and by what path."""
    places = [(record, name, name) for name in _WHO if _commits(record.get(name))]
    act = record.get("act")
    if type(act) is dict:
        # By the class first: by far most fields are no object.
        objects = [name for name, value in act.items() if type(value) is dict]
        places += [(act, name, f"act.{name}") for name in objects if _commits(act[name])]
    return places


def _commits(value: Any) -> bool:
    return type(value) is dict and len(value) == 1 and MARK in value


def _opened(committed: object, beside: Any, path: str) -> tuple[Any, str]:
    """The value beside a commitment, and its salt in hex."""
    if beside is None:
        raise Malformed("private", [Fault(path, "its value is not beside the record")])
    try:
        hexed, value = beside
        salt = bytes.fromhex(hexed)
    except (TypeError, ValueError) as wrong:
        raise Malformed("private", [Fault(path, "is no salt and value")]) from wrong
    # A longer salt could hold the beginning of the value: of two texts one would be what the other
    # is the end of, and each bear the commitment to the other.
    if len(salt) != _SALT or salt.hex() != hexed:
        raise Malformed("private", [Fault(path, "is no salt and value")])
    if commitment(value, salt) != committed:
        raise Malformed("private", [Fault(path, "is not what was committed to")])
    return value, hexed
