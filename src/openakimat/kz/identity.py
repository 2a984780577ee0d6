"""Identification numbers of persons and organisations, and the applicant who has one."""

import re
from collections.abc import Callable
from datetime import date

import attrs

from openakimat.case import people
from openakimat.errors import Fault, Malformed

_TWELVE = re.compile(r"[0-9]{12}")
_CENTURY = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
_WEIGHTS = (tuple(range(1, 12)), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))


def _control_digit(digits: str) -> int:
    """The twelfth digit that the first eleven ask for; 10 when none can be."""
    control = 10
    for weights in _WEIGHTS:
        control = sum(int(d) * w for d, w in zip(digits, weights, strict=False)) % 11
        if control < 10:  # noqa: PLR2004 - a remainder of 10 asks for the second weights
            break
    return control


def iin_fault(text: str, /) -> str | None:
    """Why a text is not an individual identification number (IIN), or None.

    Twelve digits: birth date YYMMDD, a digit for century and sex (0 for some
    residents abroad: then the century is unknown), four of order, one of control.

    Source: Rules of forming the identification number (unconfirmed: not read).

    >>> iin_fault("850817300123")
    'the control digit is wrong'
    >>> iin_fault("851317300123")
    'no such birth date: 1985-13-17'
    """
    if not isinstance(text, str) or not _TWELVE.fullmatch(text):
        return "not twelve digits"
    century = _CENTURY.get(text[6])
    if century is None and text[6] != "0":
        return f"the seventh digit is {text[6]}, not 0 to 6"
    year, month, day = (century or 2000) + int(text[:2]), int(text[2:4]), int(text[4:6])
    try:
        date(year, month, day)
    except ValueError:
        return f"no such birth date: {year}-{text[2:4]}-{text[4:6]}"
    return None if _control_digit(text) == int(text[11]) else "the control digit is wrong"


def bin_fault(text: str, /) -> str | None:
    """Why a text is not a business identification number (BIN), or None.

    Twelve digits: year and month of registration, a digit for the kind of person
    (4 to 6), a digit for head, branch or other, five of order, one of control.

    Source: Rules of forming the identification number (unconfirmed: not read).
    """
    if not isinstance(text, str) or not _TWELVE.fullmatch(text):
        return "not twelve digits"
    if not 1 <= int(text[2:4]) <= 12:  # noqa: PLR2004 - months
        return f"no such month: {text[2:4]}"
    if text[4] not in "456":
        return f"the fifth digit is {text[4]}, not 4 to 6"
    return None if _control_digit(text) == int(text[11]) else "the control digit is wrong"


def _number(
    fault: Callable[[str], str | None],
) -> "Callable[[object, attrs.Attribute[str | None], str | None], None]":
    def check(_: object, attribute: "attrs.Attribute[str | None]", text: str | None) -> None:
        why = None if text is None else fault(text)
        if why:
            wrong = Fault(attribute.name, why, attribute.name, (why,))
            raise Malformed("person", [wrong], code=f"{attribute.name}.invalid")

    return check


def _usual_id(one: "Applicant") -> str:
    # As text, for it comes before whatever is none is refused.
    parts = str(one.name), str(one.iin or one.bin or "")[-4:]
    return " ".join(filter(None, parts)) or people.NAMELESS


@attrs.frozen
class Applicant(people.Applicant):
    """A participant of the procedure: a person (IIN) or an organisation (BIN).

    As its `id`, by which records name them, give the one your accounts have: without it, it is the
    name and the last four digits of the number, and namesakes without a number are one.
    Raises `Malformed` if the IIN or BIN is impossible, or another field holds what it may not.

    Source: APPC 63(2).

    >>> Applicant("Aigerim", iin="850817300107").id, Applicant().id
    ('Aigerim 0107', 'applicant')
    """

    name: str = attrs.field(default="", repr=False)
    iin: str | None = attrs.field(default=None, repr=False, validator=_number(iin_fault))
    bin: str | None = attrs.field(default=None, repr=False, validator=_number(bin_fault))
    address: str = attrs.field(default="", repr=False)
    id: str = attrs.field(default=attrs.Factory(_usual_id, takes_self=True), repr=False)
