"""Numbers of persons, which no output shows whole unless it is asked to."""

import re

from openakimat.kz.identity import iin_fault

_NUMBERS = (
    re.compile(r"(?<!\d)(?=(\d(?:[\s./\\_‐-―-]{0,3}\d){11})(?!\d))"),
    re.compile(r"(?<!\d)(?=(\d{9,11})(?!\d))"),
)
"""Twelve digits parted in any way, or as many as a spreadsheet leaves: it drops zeros in front.

Those that another begins within are looked at too: any of them may be the number.
"""

_SHOWN = 4


def mask(text: str, /) -> str:
    """A text in which no number of a person stands whole.

    >>> mask("Жалоба гр. 850817300107 по делу 2026-00000077")
    'Жалоба гр. ********0107 по делу 2026-00000077'
    """
    if not any(map(str.isdigit, text)):
        return text
    for pattern in _NUMBERS:
        for found in pattern.finditer(text):
            digits = "".join(filter(str.isdigit, found[1])).zfill(12)
            if iin_fault(digits) is None:
                start, shown = found.start(1), found.end(1) - _SHOWN
                text = f"{text[:start]}{'*' * (shown - start)}{text[shown:]}"
    return text
