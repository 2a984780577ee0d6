"""Registration numbers in the form of the official system.

Source: tests of the e-Otinish system, 2022 (secondary). The index of legal entities was not
seen (unconfirmed).
"""

import re
from collections.abc import Mapping

from openakimat.errors import Fault, Malformed
from openakimat.kz.data import read


def _indexes() -> Mapping[str, str]:
    indexes: Mapping[str, str] = read("law.toml")["system"]["e-otinish"]["indexes"]
    return indexes


_FORM = re.compile(r"[^\W\d_]{1,4}(?:-[^\W\d_]{1,4})?-[0-9]{4}-[0-9]{1,10}(?:/[1-9][0-9]{0,3})*")
"""Other systems put letters of their own before the year, and no zeros: ``ЗТ-Ж-2026-77``."""

_LOOK_ALIKE = str.maketrans("abcehikmoptxyё‐‑‒–—−", "авсенікмортхуе------")
_FIRST_ZEROS = re.compile(r"-0+(?=[0-9])")


def registration_number(year: int, serial: int, /, *, of: str = "person") -> str:
    """The number given once, at registration, and kept when the appeal is passed on.

    >>> registration_number(2026, 1234567)
    'ЖТ-2026-01234567'
    """
    return f"{_indexes()[of]}-{year:04d}-{serial:08d}"


def part_number(number: str, part: int, /) -> str:
    """The number of a part that is redirected. Raises `Malformed` if it is no registration number.

    >>> part_number("ЖТ-2026-01234567", 1), part_number("ЗТ-Ж-2026-77", 1)
    ('ЖТ-2026-01234567/1', 'ЗТ-Ж-2026-77/1')
    """
    if not _FORM.fullmatch(number) or part < 1:
        form = f"{_indexes()['person']}-YYYY-serial/part"
        raise Malformed("number", [Fault("", f"{number!r}/{part} is not {form}")])
    return f"{number}/{part}"


def likeness(number: str, /) -> str:
    """By what two numbers look alike: in letters of either alphabet, with any dash, blank and first zeros.

    >>> likeness("ЖT–2026–77/1") == likeness("ЖТ-2026-00000077/1")
    True
    """
    plain = "".join(number.casefold().split()).translate(_LOOK_ALIKE)
    return _FIRST_ZEROS.sub("-", plain)
