"""Numbers of persons, which no output shows whole unless it is asked to."""

from __future__ import annotations

import re

from openakimat.kz.identity import iin_fault

_DIGITS = re.compile(r"(?<!\d)(?:\d{9,12}|\d(?:[ \xa0–-]?\d){11})(?!\d)")
"""Twelve digits in any groups, or as many as a spreadsheet leaves of them: it drops zeros in front."""

_SHOWN = 4


def mask(text: str, /) -> str:
    """A text in which no number of a person stands whole.

    >>> mask("Жалоба гр. 850817300107 по делу 2026-00000077")
    'Жалоба гр. ********0107 по делу 2026-00000077'
    """
    return _DIGITS.sub(_mask_number, text) if any(map(str.isdigit, text)) else text


def _mask_number(found: re.Match[str]) -> str:
    number = found[0]
    digits = re.sub(r"\D", "", number).zfill(12)
    if iin_fault(digits) is not None:
        return number
    return "*" * (len(number) - _SHOWN) + number[-_SHOWN:]
