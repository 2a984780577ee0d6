"""Registration numbers in the form of the official system.

Source: tests of the e-Otinish system, 2022 (secondary). The index of legal entities,
ЗТ, was not seen (unconfirmed).
"""

from __future__ import annotations

import re

from openakimat.errors import Fault, Malformed

INDEXES = {"person": "ЖТ", "organisation": "ЗТ"}

_FORM = re.compile(r"(ЖТ|ЗТ)-([0-9]{4})-([0-9]{1,10})((?:/[1-9][0-9]{0,3})*)")


def registration_number(year: int, serial: int, /, *, of: str = "person") -> str:
    """The number given once, at registration, and kept when the appeal is passed on.

    >>> registration_number(2026, 1234567)
    'ЖТ-2026-01234567'
    """
    return f"{INDEXES[of]}-{year:04d}-{serial:08d}"


def part_number(number: str, part: int, /) -> str:
    """The number of a part that is redirected.

    Raises:
        Malformed: It is no registration number.

    >>> part_number("ЖТ-2026-01234567", 1)
    'ЖТ-2026-01234567/1'
    """
    if not _FORM.fullmatch(number) or part < 1:
        raise Malformed("number", [Fault("", f"{number!r}/{part} is not ЖТ-YYYY-serial/part")])
    return f"{number}/{part}"
