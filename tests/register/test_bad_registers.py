"""A bad register gets a clear message; a bad row never stops a good one; nothing is lost."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from openakimat import Malformed, kz, register
from openakimat.errors import FAULTS, Fault
from openakimat.kz.identity import iin_fault
from openakimat.law.words import Words

_FILLED = re.compile(r"\{\d")
AT = datetime.fromisoformat("2026-11-01T00:00+05:00")
OFFICE = kz.office("khromtau")
HEAD = "number,received_at,registered_at,answered_at,topic,iin\n"
GOOD = "Ж-1,2026-02-02 10:00,2026-02-02 11:00,2026-02-20 10:00,land,\n"


def run(path: Path, text: str | bytes, encoding: str = "utf-8") -> register.Result:
    file = path / "register.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return register.check(register.rows(file, encoding=encoding), kz.KINDS, OFFICE, at=AT)


BAD_ROWS = {
    "no number": (",2026-02-02 10:00,,,land,", "number", "is empty"),
    "no receipt": ("Ж-2,,,,land,", "received_at", "is empty"),
    "no time": ("Ж-2,yesterday,,,land,", "received_at", "'yesterday' is no time"),
    "no such day": ("Ж-2,30.02.2026,,,land,", "received_at", "is no time"),
    "before the calendar": ("Ж-2,1999-02-02 10:00,,,land,", "received_at", "outside the calendar"),
    "after the calendar": ("Ж-2,2099-02-02 10:00,,,land,", "received_at", "outside the calendar"),
    "closing before receipt": (
        "Ж-2,2026-02-10 10:00,,2026-02-09 10:00,land,",
        "answered_at",
        "is before the receipt",
    ),
    "too few cells": ("Ж-2,2026-02-02 10:00", "", "2 cells, where the head has 6"),
    "too many cells": ("Ж-2,2026-02-02 10:00,,,land,,,", "", "8 cells, where the head has 6"),
    "a number twice": ("Ж-1,2026-02-02 10:00,,,land,", "number", "stands on an earlier line"),
}


WARNED = {
    "impossible IIN": ("land,851317300123", "iin", "no such birth date"),
    "IIN with a wrong control digit": ("land,850817300123", "iin", "the control digit is wrong"),
    "NUL in a topic": ("la\0nd,", "topic", "control character"),
    "a million characters": (f"{'a' * 10**6},", "topic", "1,000,000 characters"),
    "a formula": ('"=cmd|x!A0",', "topic", "a spreadsheet would run"),
}


@pytest.mark.parametrize("name", WARNED)
def test_what_changes_no_term_is_a_warning_and_the_row_is_judged(name: str, tmp_path: Path) -> None:
    cells, column, why = WARNED[name]
    result = run(tmp_path, f"{HEAD}Ж-2,2026-02-02 10:00,,2026-02-03 10:00,{cells}\n")
    assert (1, [], ["in time"]) == (
        result.n_accepted,
        result.faults,
        [line.standing.value for line in result.lines],
    )
    [warning] = result.warnings
    assert (2, column) == (warning.line, warning.column)
    assert why in warning.why


def test_an_iin_that_lost_its_zero_is_read_with_it(tmp_path: Path) -> None:
    whole = next(f"04010150000{n}" for n in range(10) if iin_fault(f"04010150000{n}") is None)
    result = run(tmp_path, f"{HEAD}Ж-2,2026-02-02 10:00,,,land,{whole[1:]}\n")
    assert ["its first zero is lost: it is read with it"] == [one.why for one in result.warnings]
    assert whole == result.entries[0].iin


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_listed_with_line_column_and_reason_and_the_good_ones_go_on(
    name: str, tmp_path: Path
) -> None:
    row, column, why = BAD_ROWS[name]
    after = GOOD.replace("Ж-1", "Ж-9")
    result = run(tmp_path, HEAD + GOOD + row + "\n" + after)
    assert (result.n_rows, result.n_accepted, result.n_faulty) == (3, 2, 1)
    [fault] = [f for f in result.faults if f.column == column]
    assert fault.line == 3
    assert why in fault.why


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_fault_is_told_in_the_words_of_each_language(name: str, tmp_path: Path) -> None:
    """None stays in English, and the column and what stands in it are named alike."""
    row, _, _ = BAD_ROWS[name]
    for one in run(tmp_path, HEAD + GOOD + row + "\n").faults:
        said = [Words(kz.law(), language).fault(one.fault) for language in ("kk", "ru", "en")]
        assert 3 == len(set(said))
        assert one.why == said[-1]
        assert not {"{", "}"} & set("".join(said))


def test_every_fault_of_a_row_has_its_words_and_they_take_what_it_gives() -> None:
    for code, english in FAULTS.items():
        words = kz.law().labels["fault", code].words
        for language in ("kk", "ru"):
            assert set(_FILLED.findall(words[language])) <= set(_FILLED.findall(english))
        assert english in {words["en"], "{0}"}


def test_a_fault_of_no_code_is_told_as_it_stands() -> None:
    assert "x is y" == Words(kz.law(), "kk").fault(Fault("", "x is y"))


def test_all_faults_of_a_row_are_told_at_once(tmp_path: Path) -> None:
    result = run(tmp_path, HEAD + ",nonsense,31.04.2026,,=A1,12\n")
    assert sorted(
        (f.column for f in result.faults),
        key=["registered_at", "received_at", "number"].index,
    ) == ["registered_at", "received_at", "number"]
    assert ["topic", "iin"] == [one.column for one in result.warnings] or not result.warnings


def test_an_unknown_kind_is_a_fault_that_names_the_known_ones(tmp_path: Path) -> None:
    result = run(tmp_path, "number,received_at,kind\nЖ-1,2026-02-02 10:00,poem\n")
    assert "'poem' has no procedure here; those that have: application" in result.faults[0].why


def test_a_byte_order_mark_and_semicolons_are_read(tmp_path: Path) -> None:
    text = "\ufeff" + (HEAD + GOOD).replace(",", ";")
    assert run(tmp_path, text).n_accepted == 1


def test_another_encoding_is_named(tmp_path: Path) -> None:
    text = (HEAD + GOOD).encode("cp1251")
    with pytest.raises(
        Malformed, match="is not utf-8: save the file as UTF-8, or name its encoding"
    ):
        run(tmp_path, text)
    assert run(tmp_path, text, encoding="cp1251").n_accepted == 1


def test_an_encoding_that_wants_a_mark_there_is_none_of_is_named(tmp_path: Path) -> None:
    with pytest.raises(Malformed, match="(the file|byte 0) is not utf-16: save the file as UTF-8"):
        run(tmp_path, HEAD + GOOD, encoding="utf-16")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "the file is empty"),
        ("a,b\n1,2\n", "number: the column is missing; received_at: the column is missing"),
        ("number,number,received_at\n1,2,3\n", "number: the column stands twice"),
    ],
)
def test_a_file_that_is_no_register_says_why(text: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(Malformed, match=why):
        run(tmp_path, text)


def test_a_missing_file_a_directory_and_an_unknown_encoding_say_why(tmp_path: Path) -> None:
    for path, encoding in ((tmp_path / "none.csv", "utf-8"), (tmp_path, "utf-8")):
        with pytest.raises(Malformed, match="register"):
            list(register.rows(path, encoding=encoding))
    (tmp_path / "register.csv").write_text(HEAD)
    with pytest.raises(Malformed, match="unknown encoding: klingon"):
        list(register.rows(tmp_path / "register.csv", encoding="klingon"))


def test_columns_that_need_each_other_are_asked_for_together(tmp_path: Path) -> None:
    result = run(
        tmp_path, "number,received_at,extended_at\nЖ-1,2026-02-02 10:00,2026-02-05 10:00\n"
    )
    assert list(map(str, result.faults)) == [
        "line 2, extended_until: is empty, though extended_at is not"
    ]


def test_a_row_of_which_the_law_refuses_an_act_is_not_judged_and_why_is_told(
    tmp_path: Path,
) -> None:
    """The extension goes beyond its cap: without it the answer would be late, and nobody says so."""
    head = (
        "number,received_at,registered_at,extended_at,extended_until,extension_reason,answered_at\n"
    )
    row = "Ж-1,2026-02-02 10:00,2026-02-02 11:00,2026-02-20 10:00,2026-06-20,a survey,2026-06-19 10:00\n"
    result = run(tmp_path, head + row)
    assert (1, 0, 1, 0) == (
        result.n_rows,
        result.n_accepted,
        result.n_not_judged,
        result.n_faulty,
    )
    assert result.refused[0].refusal.code == "extension.beyond-cap"
    (one,) = result.not_judged
    assert one.refused is not None
    told = (one.line, one.number, one.refused.act, one.refused.refusal.stage)
    assert (2, "Ж-1", "extend", "considered") == told
    assert datetime.fromisoformat("2026-02-20T10:00+05:00") == one.refused.when
    assert ("not judged", 0, None) == (
        result.lines[0].standing.value,
        result.lines[0].days_late,
        result.lines[0].days_left,
    )


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(tmp_path_factory: pytest.TempPathFactory, noise: bytes) -> None:
    """Whatever a file holds, it is refused as malformed or every row of it is counted."""
    try:
        result = run(tmp_path_factory.mktemp("noise"), b"number,received_at\n" + noise)
    except Malformed:
        return
    assert result.n_rows == result.n_accepted + result.n_not_judged + result.n_faulty


@given(st.lists(st.lists(st.text(max_size=12), min_size=6, max_size=6), max_size=5))
def test_no_cells_crash_the_check(cells: list[list[str]]) -> None:
    names = HEAD.strip().split(",")
    raws = [
        register.RawRow(n, dict(zip(names, row, strict=True))) for n, row in enumerate(cells, 2)
    ]
    result = register.check(raws, kz.KINDS, OFFICE, at=AT)
    assert len(cells) == result.n_accepted + result.n_not_judged + result.n_faulty
