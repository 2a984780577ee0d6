"""Rows of kinds that other laws give a term of their own, each judged by it.

Days counted by hand: June 2026 has no holiday.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from openakimat import kz, register

AT = datetime.fromisoformat("2026-08-01T10:00+05:00")
HEAD = (
    "number,kind,received_at,registered_at,extended_at,extended_until,extension_told_at,"
    "refused_at,refusal_ground,redirected_at,redirected_to,answered_at"
)
CAME = "2026-06-01 10:00,2026-06-01 10:05"

# the row after its receipt, the last day, the limit it is judged by, whether in time
ROWS = [
    ("information-request", ",,,,,,,2026-06-16 17:00", "06-16", "consideration", True),
    ("information-request", ",,,,,,,2026-06-17 17:00", "06-16", "consideration", False),
    (
        "information-request",
        "2026-06-10,2026-07-01,2026-06-12,,,,,2026-07-01",
        "07-01",
        "consideration",
        True,
    ),
    ("information-request", ",,,2026-06-08,restricted,,,", "06-08", "refusal", True),
    ("information-request", ",,,2026-06-09,restricted,,,", "06-08", "refusal", False),
    ("information-request", ",,,,,2026-06-05,oblast,", "06-04", "redirection", False),
    ("notary-inquiry", ",,,,,,,2026-06-12 10:00", "06-11", "notary-inquiry", False),
    ("advocate-inquiry", ",,,,,,,2026-06-12 10:00", "06-15", "advocate-inquiry", True),
    ("media-inquiry", ",,,,,,,2026-06-12 10:00", "06-10", "media-inquiry", False),
    ("bailiff-inquiry", ",,,,,,,2026-06-04 10:00", "06-04", "bailiff-inquiry", True),
    ("bailiff-inquiry", ",,,,,2026-06-03,oblast,", "06-04", "bailiff-inquiry", True),
    ("bailiff-inquiry", "2026-06-03,2026-06-10,,,,,,2026-06-10", "06-10", "bailiff-inquiry", True),
    ("inquiry", ",,,,,,,2026-06-22 10:00", "06-22", "consideration", True),
]


def test_a_row_is_judged_by_the_term_of_its_kind(tmp_path: Path) -> None:
    rows = [f"{no},{kind},{CAME},{rest}" for no, (kind, rest, *_) in enumerate(ROWS)]
    file = tmp_path / "register.csv"
    file.write_text("\n".join([HEAD, *rows]), "utf-8")
    result = register.check(register.rows(file), kz.KINDS, kz.office("khromtau"), at=AT)
    assert (len(ROWS), [], []) == (result.n_accepted, result.faults, result.refused)
    assert [
        (f"{kz.KINDS[kind]}.{limit}", f"2026-{day}", "in time" if good else "late", ())
        for kind, _, day, limit, good in ROWS
    ] == [
        (line.deadline.limit, f"{line.deadline.last_day}", line.standing.value, line.breaches)
        for line in result.lines
        if line.deadline
    ]


@pytest.mark.parametrize("kind", ["information-request", "notary-inquiry"])
def test_a_row_of_before_their_law_is_judged_by_none(kind: str) -> None:
    cells = {"number": "1", "kind": kind, "received_at": "2015-06-01"}
    result = register.check([register.RawRow(2, cells)], kz.KINDS, kz.office("khromtau"), at=AT)
    assert (1, []) == (result.n_faulty, result.lines)
