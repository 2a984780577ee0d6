"""Registration numbers in the form of the official system.

Source: tests of the e-Otinish system, 2022 (secondary). The index of legal entities was not
seen (unconfirmed).
"""

import re

from openakimat.kz.data import read

_LOOK_ALIKE = str.maketrans("abcehikmoptxyё‐‑‒–—−", "авсенікмортхуе------")
_FIRST_ZEROS = re.compile(r"-0+(?=[0-9])")


def registration_number(year: int, serial: int, /, *, of: str = "person") -> str:
    """The number given once, at registration, and kept when the appeal is passed on.

    >>> registration_number(2026, 1234567)
    'ЖТ-2026-01234567'
    """
    index = read("law.toml")["system"]["e-otinish"]["indexes"][of]
    return f"{index}-{year:04d}-{serial:08d}"


def likeness(number: str, /) -> str:
    """By what two numbers look alike: in letters of either alphabet, with any dash, blank and first zeros.

    Other systems put letters of their own before the year, and no zeros: ``ЗТ-Ж-2026-77``.

    >>> likeness("ЖT–2026–77/1") == likeness("ЖТ-2026-00000077/1")
    True
    """
    plain = "".join(number.casefold().split()).translate(_LOOK_ALIKE)
    return _FIRST_ZEROS.sub("-", plain)
