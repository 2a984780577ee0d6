"""Cells are read as they are written in the country, and a mapping says what they mean."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, strategies as st

from openakimat import Malformed, kz, register
from openakimat.errors import Fault
from openakimat.law.words import Words
from openakimat.register import look
from openakimat.register.entries.cells import Unread, read_time
from openakimat.register.entries.times import read_written, words as written_words
from openakimat.register.files.mapping import ColumnMapping, read_mapping

PLACE = kz.place("Aqtobe")
AT = datetime.fromisoformat("2026-06-01T10:00+05:00")


def told(path: Path, text: str) -> ColumnMapping:
    file = path / "map.toml"
    file.write_text(text, "utf-8")
    return read_mapping(file)


def rows(
    path: Path, text: str, mapping: str = "", *, head: str = "number,received_at,topic"
) -> tuple[list[register.RawRow], list[Fault]]:
    file = path / "r.csv"
    file.write_text(f"{head}\n{text}", "utf-8")
    warned = list[Fault]()
    read = register.rows(file, told(path, mapping) if mapping else None, warn=warned.append)
    return list(read), warned


# -- times --------------------------------------------------------------------------------

TIMES = {
    "02.03.2026 10:00": "2026-03-02T10:00",
    "2.3.2026 9:15": "2026-03-02T09:15",
    "18.03.2026 17.45": "2026-03-18T17:45",
    "18.03.2026 17,45": "2026-03-18T17:45",
    "18.03.2026, 17:45:30": "2026-03-18T17:45",
    "2026-03-18T17:45:59.999999": "2026-03-18T17:45",
    "2026/03/18 17:45": "2026-03-18T17:45",
    "18/03/2026 17:45": "2026-03-18T17:45",
    "18-03-2026 17:45": "2026-03-18T17:45",
    "18.03.26 17:45": "2026-03-18T17:45",
    "18 марта 2026 г. 17:45": "2026-03-18T17:45",
    "«18» марта 2026 года 17:45": "2026-03-18T17:45",
    "18 мая 2026 17:45": "2026-05-18T17:45",
    "2026 ж. 18 наурыз 17:45": "2026-03-18T17:45",
    "2026 жылғы 18 наурыз 17:45": "2026-03-18T17:45",
    "18 қараша 2026 ж. 17:45": "2026-11-18T17:45",
    "18 қаңтар 2026 жыл 17:45": "2026-01-18T17:45",
    "18 Mar 2026 17:45": "2026-03-18T17:45",
    "18.03.2026 г. 17:45": "2026-03-18T17:45",
    "46099.739583": "2026-03-18T17:45",
    "18.03.2026 24:00": "2026-03-18T23:59",
    "2026-03-18 17:45 +05": "2026-03-18T17:45",
    "2026-03-18 17:45+0500": "2026-03-18T17:45",
    "2026-03-18 12:45Z": "2026-03-18T17:45",
    "2026-03-18 13:45 +01:00": "2026-03-18T17:45",
}
DAYS = ["18.03.2026", "2026-03-18", "18.3.26", "18.03.2026 г.", "18 наурыз 2026 ж.", "46099"]
NO_TIMES = [
    "31.02.2026",
    "2026-13-01",
    "18.03.2026 25:00",
    "18.03.2026 24:01",
    "18.03.2026 17:60",
    "18.03.2026 17:45:61",
    "18.03.2026 17",
    "18.03.2026 5 PM",
    "18.03.2026 17:45 вечера",
    "18.03.20261",
    "18 тура 2026",
    "03/18/2026",
    "12345",
    "1",
    "завтра",
    "18.03.0000",
    "18.03.2026 17:45+99:00",
]


@pytest.mark.parametrize("cell", TIMES)
def test_a_time_is_read_as_it_is_written_here(cell: str) -> None:
    when = read_time(cell, PLACE)
    assert when.exact
    assert f"{when.at:%Y-%m-%dT%H:%M}" == TIMES[cell]


@pytest.mark.parametrize("cell", DAYS)
def test_a_day_without_an_hour_has_none(cell: str) -> None:
    when = read_time(cell, PLACE)
    assert (when.exact, f"{when.at:%Y-%m-%d}") == (False, "2026-03-18")


@pytest.mark.parametrize("cell", NO_TIMES)
def test_what_fits_no_spelling_whole_is_no_time_and_is_told_as_it_stands(cell: str) -> None:
    with pytest.raises(Unread) as wrong:
        read_time(cell, PLACE)
    assert wrong.value.args == ("no-time", cell)


@given(
    st.text(max_size=30) | st.from_regex(r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}[ T0-9:.,+Z-]*")
)
def test_any_text_is_a_time_or_none(cell: str) -> None:
    read_written(cell)


@given(
    st.datetimes(datetime(2007, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001
    st.sampled_from(["%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%d.%m.%y %H.%M", "%d/%m/%Y %H,%M"]),
)
def test_what_is_written_is_read(at: datetime, form: str) -> None:
    read = read_written(at.strftime(form))
    assert read is not None
    assert read.at == at.replace(second=0, microsecond=0)


@given(st.from_regex(r"(20\d\d|\d{4})-[0-3]\d-[0-3]\d[T ][0-2]\d:[0-6]\d", fullmatch=True))
def test_a_time_as_programs_write_it_is_what_it_is_with_its_seconds(cell: str) -> None:
    """Also where there is no such time, and of digits that are none of ours."""
    assert read_written(cell) == read_written(f"{cell}:00")


def test_declared_spellings_pivot_and_zone(tmp_path: Path) -> None:
    mapping = (
        'formats = ["%m/%d/%Y %I:%M %p", "%d.%m.%Y"]\npivot = 10\nzone = "+06:00"\n'
        '[columns]\nnumber = "n"\nreceived_at = "t"\n'
    )
    found, _ = rows(
        tmp_path,
        "1,03/18/2026 05:45 PM\n2,01.02.26\n3,01.02.2026\n4,01.02.2026 10:00\n",
        mapping,
        head="n,t",
    )
    assert [row.cells["received_at"] for row in found] == [
        "2026-03-18 17:45+06:00",
        "1926-02-01",
        "2026-02-01",
        "2026-02-01 10:00+06:00",
    ]


def test_a_zone_is_a_town_with_its_offsets_of_each_day(tmp_path: Path) -> None:
    mapping = 'zone = "Astana"\n[columns]\nnumber = "n"\nreceived_at = "t"\n'
    found, _ = rows(tmp_path, "1,01.02.2024 10:00\n2,01.04.2024 10:00\n", mapping, head="n,t")
    assert [row.cells["received_at"][-6:] for row in found] == ["+06:00", "+05:00"]


@pytest.mark.parametrize("offset", ["+05", "+00", " +01:00", "Z", "+0500", ""])
def test_the_wall_clock_takes_off_every_offset_of_every_column(offset: str, tmp_path: Path) -> None:
    mapping = 'clock = "wall"\n[columns]\nnumber = "n"\nreceived_at = "t"\nextended_until = "u"\ndue_on = "d"\n'
    time = f"2026-03-18 23:30{offset}"
    found, _ = rows(tmp_path, f"1,{time},{time},{time}\n", mapping, head="n,t,u,d")
    assert set(found[0].cells.values()) == {"1", "2026-03-18 23:30"}


# -- cells --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", ["NULL", "NaT", "None", "nan", "1900-01-01", "не отвечено", "-", "нет", " Null ", "жоқ"]
)
def test_a_word_for_nothing_is_nothing(cell: str, tmp_path: Path) -> None:
    found, _ = rows(tmp_path, f"1,2026-03-02,{cell}\n")
    assert found[0].cells["topic"] == ""
    added = 'nulls = ["н/д"]\n[columns]\nnumber = "number"\nreceived_at = "received_at"\ntopic = "topic"'
    found, _ = rows(tmp_path, "1,2026-03-02,Н/Д\n", added)
    assert found[0].cells["topic"] == ""


@pytest.mark.parametrize("around", [" ", "\u00a0", "\u200b", "\ufeff", "\u202e", "\t"])
def test_blanks_and_signs_that_nobody_sees_are_taken_off(around: str, tmp_path: Path) -> None:
    found, _ = rows(tmp_path, f"{around}А-1,{around}02.03.2026 10:00{around},x\n")
    assert found[0].cells == {"number": "А-1", "received_at": "02.03.2026 10:00", "topic": "x"}


@pytest.mark.parametrize("topic", ["- о дороге", "@akim", "+7 ...", "-дорога"])
def test_a_topic_that_begins_with_a_dash_is_no_formula(topic: str, tmp_path: Path) -> None:
    found, _ = rows(tmp_path, f"1,2026-03-02 10:00,{topic}\n")
    assert not register.check(found, kz.KINDS, kz.office("khromtau"), at=AT).faults


def test_a_blank_before_a_formula_makes_it_no_other(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "1,2026-03-02 10:00, =1+1\n")
    [warning] = register.check(found, kz.KINDS, kz.office("khromtau"), at=AT).warnings
    assert warning.fault.code == "formula"


def test_no_number_of_a_person_is_told_in_a_warning_of_it(tmp_path: Path) -> None:
    found, _ = rows(
        tmp_path,
        "1,2026-03-02 10:00,нет\n2,2026-03-02 10:00,851317300123\n",
        head="number,received_at,iin",
    )
    assert found[0].cells["iin"] == ""
    [warning] = register.check(found, kz.KINDS, kz.office("khromtau"), at=AT).warnings
    assert (3, "iin") == (warning.line, warning.column)
    assert "851317300123" not in str(warning)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ("ЖT-1", "looks-alike"),
        ("ЖТ–1", "looks-alike"),
        ("жт-1", "looks-alike"),
        ("ЖТ-01", "looks-alike"),
        ("1,01E+11", "rounded"),
    ],
)
def test_numbers_that_look_alike_are_a_warning(other: str, code: str, tmp_path: Path) -> None:
    found, _ = rows(tmp_path, f'ЖТ-1,2026-03-02,\n"{other}",2026-03-02,\n')
    assert [one.cells["number"] for one in found] == ["ЖТ-1", other]
    assert [[(one.path, one.code) for one in row.doubts] for row in found] == [
        [],
        [("number", code)],
    ]


def test_one_number_in_other_bytes_is_the_same_number(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "Й-1,2026-03-02,\nИ\u0306-1\u200b,2026-03-02,\n")
    assert len({one.cells["number"] for one in found}) == 1


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Заявление", "application"),
        ("Application", "application"),
        ("ШАҒЫМ", "complaint"),
        ("poem", "poem"),
    ],
)
def test_usual_kinds_are_known(word: str, kind: str, tmp_path: Path) -> None:
    found, _ = rows(tmp_path, f"1,2026-03-02,{word}\n", head="number,received_at,kind")
    assert found[0].cells["kind"] == kind


# -- rows that are no cases ---------------------------------------------------------------

TOTALS = ["ИТОГО,,", "Итого: 2 обращения,2,", "Всего,,2", "Жиыны,,", "барлығы – 2,,", "TOTAL,2"]


@pytest.mark.parametrize("line", TOTALS)
def test_a_row_that_sums_up_others_is_told_and_is_no_case(line: str, tmp_path: Path) -> None:
    found, warned = rows(tmp_path, f"1,2026-03-02,\n2,2026-03-03,\n{line}\n")
    assert ["1", "2"] == [one.cells["number"] for one in found]
    assert [("total-row", ("4",))] == [(one.code, one.values) for one in warned]  # noqa: PD011 - of a fault


def test_a_case_is_no_total_whatever_it_is_called(tmp_path: Path) -> None:
    text = "Итого,1,2026-03-02\nВсего,2,46083\nИтоговый отчёт,3,\n,4,\n"
    found, warned = rows(tmp_path, text, head="topic,number,received_at")
    assert ["1", "2", "3", "4"] == [one.cells["number"] for one in found]
    assert [] == warned


# -- what a mapping says ------------------------------------------------------------------

COLUMNS = '[columns]\nnumber = "n"\nreceived_at = ["d", "h"]\nanswered_at = ["a", "b"]\ntopic = "s"\noutcome = "o"\nstate = "s"\n'


def test_two_columns_make_one_and_one_makes_two_and_words_are_ours(tmp_path: Path) -> None:
    mapping = (
        COLUMNS
        + '[values.outcome]\n"Удовлетворено" = "satisfied"\n[values.state]\n"закрыто" = "answered"\n[only]\ns = ["Закрыто"]\n'
    )
    found, _ = rows(
        tmp_path,
        "1,02.03.2026,9:15,,03.03.2026,Закрыто,удовлетворено\n2,02.03.2026,,04.03.2026,05.03.2026,Закрыто,x\n3,02.03.2026,,,,Открыто,\n",
        mapping,
        head="n,d,h,a,b,s,o",
    )
    assert [row.line for row in found] == [2, 3]
    assert found[0].cells == {
        "number": "1",
        "received_at": "02.03.2026 9:15",
        "answered_at": "03.03.2026",
        "topic": "Закрыто",
        "outcome": "satisfied",
        "state": "answered",
    }
    assert (found[1].cells["answered_at"], found[1].cells["outcome"]) == ("04.03.2026", "x")


def test_a_column_that_never_tells_and_a_word_that_never_occurs_are_warnings(
    tmp_path: Path,
) -> None:
    mapping = COLUMNS + '[only]\ns = ["Закрыто", "Закрыт"]\n'
    _, warned = rows(tmp_path, "1,02.03.2026,,,,Закрыто,x\n", mapping, head="n,d,h,a,b,s,o")
    assert {one.path: one.code for one in warned} == {
        "columns.answered_at": "never-filled",
        "only.s": "none-of",
    }


def test_a_short_row_of_a_mapped_register_is_a_fault_of_that_row(tmp_path: Path) -> None:
    found, _ = rows(
        tmp_path, "1\n2,02.03.2026\n", '[columns]\nnumber = "n"\nreceived_at = "d"\n', head="n,d"
    )
    assert [(row.line, row.wrong) for row in found] == [(2, (1, 2)), (3, None)]


WRONG = {
    "columns = 7": "columns: 7 is no table",
    "[columns]\nnumber = 7": "columns.number: 7 is not text",
    "events = 7": "events: 7 is no table",
    "[events]\ncase = 1": "events.case: 1 is not text; events.activity: required field missing",
    '[events]\ncase = "c"\nactivity = "a"\ntime = "t"\nmarks = 5': "events.marks: 5 is no table",
    '[events]\ncase = "c"\nactivity = "a"\ntime = "t"\n[events.marks]\nx = ["received_at"]': "events.marks.x: 'received_at' is no table",
    '[events]\ncase = "c"\nactivity = "a"\ntime = "t"\n[events.marks]\nx = {}': "events.marks.x.column: required field missing",
    "[Columns]": "'Columns' is none of the 12 known; the nearest: columns",
    'formats = ["klingon"]': "formats: 'klingon' spells no day",
    'formats = ["%H:%M"]': "spells no day",
    'zone = "Atlantis"': "zone: 'Atlantis' is no town",
    'zone = "+99:00"': "zone: '+99:00' is no town",
    "pivot = 1000": "pivot: 1000 is none of 0",
    "partial = 1": "partial: 1 is neither",
    "[values]\nkind = 1": "values.kind: 1 is no table",
    '[values.kynd]\na = "b"': "values: 'kynd' is none of",
    "a = " + "[" * 3000: "nested too deep",
    "a = " + "9" * 5001: "a number too long",
    "ключ = 1": "names that are not all of Latin letters stand in quotes",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_with_a_mapping_is_told_in_plain_words(text: str, tmp_path: Path) -> None:
    with pytest.raises(Malformed) as wrong:
        told(tmp_path, text)
    assert WRONG[text] in str(wrong.value)
    assert not any(word in str(wrong.value) for word in ("object", "NoneType", "iterable", "attr"))
    for language in ("kk", "ru"):
        Words(kz.law(), language).faults(wrong.value)


def test_all_that_is_wrong_with_a_mapping_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(Malformed) as wrong:
        told(
            tmp_path,
            'clok = 1\npivot = "x"\n[columns]\nnumbr = "a"\nnumber = 1\n[events]\ncase = 1\n',
        )
    assert len(wrong.value.faults) == 7


def test_a_mapping_with_a_mark_of_its_bytes_is_read(tmp_path: Path) -> None:
    assert told(tmp_path, '\ufeff[columns]\nnumber = "a"\n').columns == {"number": ("a",)}


# -- events -------------------------------------------------------------------------------

EVENTS = """[columns]
number = "c"
topic = "s"
[events]
case = "c"
activity = "a"
time = "t"
"""


def log(path: Path, text: str, marks: str) -> tuple[list[register.RawRow], list[Fault]]:
    return rows(path, text, EVENTS + marks, head="c,a,t,s")


@pytest.mark.parametrize(
    ("which", "times", "right"),
    [
        ("last", ["28.02.2026", "03.03.2026"], "03.03.2026"),
        ("first", ["28.01.2026", "05.02.2026"], "28.01.2026"),
        ("first", ["05.02.2026", "2026-01-28"], "2026-01-28"),
        ("last", ["2026-03-02 10:00+05:00", "2026-03-02 06:00Z"], "2026-03-02 06:00Z"),
        ("last", ["", "02.03.2026", "NULL"], "02.03.2026"),
        ("first", ["02.03.2026", "", "NULL"], "02.03.2026"),
        ("first", ["02.03.2026", "02.03.2026 10:00"], "02.03.2026 10:00"),
        ("last", ["02.03.2026 10:00", "02.03.2026"], "02.03.2026 10:00"),
        ("each", ["05.02.2026", "28.01.2026", "05.02.2026"], "28.01.2026; 05.02.2026"),
    ],
)
def test_events_are_ordered_by_their_instants(
    which: str, times: list[str], right: str, tmp_path: Path
) -> None:
    text = "".join(f"1,x,{time},\n" for time in times)
    marks = f'[events.marks]\nx = {{ column = "paused_at", which = "{which}" }}\n'
    [found], _ = log(tmp_path, text, marks)
    assert found.cells["paused_at"] == right
    [found], _ = log(tmp_path, "".join(reversed(text.splitlines(keepends=True))), marks)
    assert found.cells["paused_at"] == right


def test_what_is_told_of_a_case_is_as_its_earliest_event_has_it(tmp_path: Path) -> None:
    text = "1,y,05.03.2026,late\n1,x,02.03.2026,early\n1,z,01.03.2026,\n"
    [found], _ = log(tmp_path, text, '[events.marks]\n"*" = { column = "received_at" }\n')
    assert (found.cells["topic"], found.cells["received_at"]) == ("early", "01.03.2026")


def test_whatever_ended_a_case_tells_its_outcome(tmp_path: Path) -> None:
    marks = '[events.marks]\nin = { column = "received_at" }\n[events.outcomes]\n"Отказ" = "burdening"\n"Да" = "favourable"\n"Нет" = ""\n'
    text = "1,in,01.03.2026,\n1,отказ,03.03.2026,\n1,Да,02.03.2026,\n2,in,01.03.2026,\n"
    found, warned = log(tmp_path, text, marks)
    assert [(one.cells["answered_at"], one.cells["outcome"]) for one in found] == [
        ("03.03.2026", "burdening"),
        ("", ""),
    ]
    assert [one.path for one in warned if one.code.startswith(("none-of", "nearest"))] == [
        "events.outcomes.Нет"
    ]


def test_one_activity_marks_two_columns_and_a_mark_fills_a_column_that_is_blank(
    tmp_path: Path,
) -> None:
    mapping = EVENTS.replace('"s"', '"s"\nregistered_at = "s"') + (
        '[events.marks]\nx = [{ column = "received_at" }, { column = "registered_at" }]\n'
    )
    found, _ = rows(
        tmp_path, "1,x,02.03.2026,\n2,x,02.03.2026,01.03.2026\n", mapping, head="c,a,t,s"
    )
    assert [one.cells["registered_at"] for one in found] == ["02.03.2026", "01.03.2026"]
    assert found[0].cells["received_at"] == "02.03.2026"


def test_a_mark_that_no_event_has_is_a_warning_that_names_the_nearest(tmp_path: Path) -> None:
    text = "1,Confirmation of receipt,02.03.2026,\n"
    _, warned = log(tmp_path, text, '[events.marks]\n"Confirmation" = { column = "received_at" }\n')
    assert "'Confirmation' is none of Confirmation of receipt" in {one.why for one in warned}


def test_an_event_without_its_time_never_makes_a_case_look_unanswered(tmp_path: Path) -> None:
    marks = '[events.marks]\nin = { column = "received_at" }\nout = { column = "answered_at" }\n'
    found, warned = log(tmp_path, "1,in,02.03.2026 10:00,\n1,out,,\n1,note,,\n", marks)
    result = register.check(found, kz.KINDS, kz.office("khromtau"), at=AT)
    assert (result.n_faulty, [one.column for one in result.faults]) == (1, ["answered_at"])
    assert "2, the first of them here" in next(
        one.why for one in warned if one.code == "events-untimed"
    )


def test_an_event_of_another_shape_or_of_no_case_is_a_faulty_row(tmp_path: Path) -> None:
    marks = '[events.marks]\nin = { column = "received_at" }\n'
    text = "1,in,02.03.2026,\n1,in\n,in,02.03.2026,\n1,in,02.03.2026,,x\n"
    found, _ = log(tmp_path, text, marks)
    result = register.check(found, kz.KINDS, kz.office("khromtau"), at=AT)
    assert sorted(one.line for one in result.faults if one.column in {"", "number"}) == [3, 4, 5]
    assert (result.n_rows, result.n_faulty) == (3, 3)  # the case is nowhere without what they tell


# -- e-Otinish ----------------------------------------------------------------------------

OFFICIAL = """reg_number;current_state;start_date;deadline;finish_date;type;executor_id;appealForm
ЖТ-2026-00000077;FINISHED;2026-03-02 10:00:00;2026-03-20 23:59:59.999999;2026-03-10 12:00:00;Запрос;15;PAPER_ON_PURPOSE
ЗТ-Ж-2026-77/1;CREATED;2026-03-03 10:00:00;2026-03-21 23:59:59.999999;;Жалоба;;PA
7;CREATED;2026-03-03 10:00:00;;;109;;PA
"""

STATUSES = {
    "CREATED": (), "IN_PROGRESS": (), "FINISHED": ("not judged",), "REVOKED": ("not judged",),
    "FORWARD": ("not judged",), "PROLONG": ("not judged",), "FORWARD_PARTIAL": ("not judged",),
    "UPWARD": ("not judged",), "START_PROLONG": ("not judged",),
}  # fmt: skip


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_without_its_day_or_unknown_is_no_verdict(status: str, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(
        f"reg_number;current_state;start_date;type\n7;{status};2026-03-03 10:00:00;Жалоба\n",
        "utf-8",
    )
    result = register.check_file(
        file, kz.office("khromtau"), at=AT, mapping=read_mapping("e-otinish")
    )
    (line,) = result.lines
    assert line.standing.value in (STATUSES[status] or ("overdue",))


def test_the_official_register_is_read_by_the_mapping_shipped(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(OFFICIAL, "utf-8")
    found = list(register.rows(file, read_mapping("e-otinish")))
    assert found[0].cells["their_due"] == "2026-03-20"
    assert [row.cells["state"] for row in found] == ["answered", "open", "open"]
    assert [row.cells["kind"] for row in found] == ["inquiry", "complaint", "call-109"]
    assert [row.cells["channel"] for row in found] == ["paper", "e-otinish", "e-otinish"]
    assert found[0].cells["answered_at"] == "2026-03-10 12:00"
    result = register.check(found, kz.KINDS, kz.office("khromtau"), at=AT)
    assert [(one.line, one.fault.code) for one in result.faults] == [(4, "no-appeal")]


KINDS_OF_2022 = {
    "Жалоба": "complaint",
    "Жалоба налогоплательщиков": "taxpayer-complaint",
    "Жалоба налогоплательщиков, подлежащих налоговому мониторингу": "monitored-taxpayer-complaint",
    "Жалоба по вопросам оказания государственных услуг": "service-complaint",
    "Запрос": "inquiry",
    "Запрос нотариуса": "notary-inquiry",
    "Запрос о рассекречивании сведений, отнесенных к государственным секретам": "declassification",
    "Запросы адвокатов": "advocate-inquiry",
    "Запросы о предоставлении информации": "information-request",
    "Запросы средств массовой информации": "media-inquiry",
    "Запросы судебных исполнителей": "bailiff-inquiry",
    "Заявление": "application",
    "Заявление о реабилитации жертв массовых политических репрессий": "rehabilitation",
    "Отклик": "response",
    "Предложение": "proposal",
    "Сообщение": "notification",
}


def test_every_kind_that_the_tests_of_the_official_register_list_is_read(tmp_path: Path) -> None:
    rows = [f"{n};2022-06-07 13:58:00;{kind}" for n, kind in enumerate(KINDS_OF_2022)]
    file = tmp_path / "export.csv"
    file.write_text("\n".join(("reg_number;start_date;type", *rows)), "utf-8")
    result = register.check_file(
        file, kz.office("khromtau"), at=AT, mapping=read_mapping("e-otinish")
    )
    assert ([], [*KINDS_OF_2022.values()]) == (result.faults, [one.kind for one in result.entries])


# -- look ---------------------------------------------------------------------------------


def test_what_look_drafts_runs_with_check(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "Рег. №": ["ЖТ-1", "ЖТ-2"],
            "Дата поступления": ["02.03.2026 9:15", "03.03.2026"],
            "ИИН": ["010101300123", ""],
            "Заявитель": ["Ахметова А.", "Иванов И."],
            "Вид": ["Заявление", "Жалоба"],
            "Прочее": ["x", "y"],
        }
    )
    found = look.look(frame)
    shown = "\n".join(look.lines(found, Words(kz.law(), "kk")))
    assert "010101300123" not in shown
    assert "Ахметова" not in shown
    assert "ЖТ-1" in shown
    mapping = told(tmp_path, look.draft(found))
    result = register.check(register.rows(frame, mapping), kz.KINDS, kz.office("khromtau"), at=AT)
    assert (result.n_rows, result.n_faulty) == (2, 0)
    assert '# not mapped: "Прочее"' in look.draft(found)


def test_what_look_drafts_of_an_event_log_runs_with_check(tmp_path: Path) -> None:
    days = [datetime(2026, 3, 2, 10) + timedelta(days=n) for n in range(4)]  # noqa: DTZ001
    frame = pd.DataFrame(
        {
            "case": ["1", "1", "2", "2"],
            "activity": ["Поступило", "Исполнено", "Поступило", "Звонок"],
            "timestamp": days,
        }
    )
    found = look.look(frame)
    assert found.log == {"case": "case", "activity": "activity", "time": "timestamp"}
    mapping = told(tmp_path, look.draft(found))
    cells = [row.cells for row in register.rows(frame, mapping)]
    assert [one["answered_at"] for one in cells] == ["2026-03-03 10:00", ""]
    assert [one["received_at"] for one in cells] == ["2026-03-02 10:00", "2026-03-04 10:00"]


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [
        ("Заявление", "favourable", "burdening"),
        ("Запрос", "satisfied", "refused"),
        ("Жалоба", "action", "unfounded"),
    ],
)
def test_words_of_outcomes_are_drafted_by_the_kind(kind: str, yes: str, no: str) -> None:
    frame = pd.DataFrame(
        {
            "Рег. №": ["1", "2", "3"],
            "Дата поступления": ["02.03.2026"] * 3,
            "Вид": [kind] * 3,
            "Результат": ["Удовлетворено", "Отказано", "Как-то"],
        }
    )
    drafted = look.draft(look.look(frame)).splitlines()
    assert drafted[drafted.index("[values.outcome]") :][2:] == [
        f'"Удовлетворено" = "{yes}"',
        f'"Отказано" = "{no}"',
        '# "Как-то" = ?',
    ]
    assert f"{yes}" in drafted[drafted.index("[values.outcome]") + 1]


def test_a_word_that_is_one_outcome_of_one_kind_and_another_of_another_is_drafted_with_both() -> (
    None
):
    frame = pd.DataFrame(
        {
            "Рег. №": ["1", "2"],
            "Дата поступления": ["02.03.2026"] * 2,
            "Вид": ["Запрос", "Заявление"],
            "Результат": ["Отказано", "Отказано"],
        }
    )
    drafted = look.draft(look.look(frame))
    assert "# inquiry: explained, satisfied, refused\n# application: favourable" in drafted
    assert '"Отказано" = "burdening"  # or "refused"' in drafted


def test_the_outcomes_that_are_drafted_are_those_of_the_law() -> None:
    law = kz.law()
    for procedure, words in written_words()["outcomes"].items():
        table = [*law.procedures[procedure]][-1].value
        guards = [guard for way in table.rows.values() for row in way for guard in row.guards]
        codes = {"outcome.unknown", "dismissal.no-ground"}
        known = {word for guard in guards if guard.code in codes for word in guard.values}  # noqa: PD011 - of a guard
        assert known == {*words} - {"remitted"}, procedure


def test_a_state_of_redirection_is_read(tmp_path: Path) -> None:
    found, _ = rows(tmp_path, "1,2026-03-02,Переадресовано\n", head="number,received_at,state")
    assert "redirected" == found[0].cells["state"]


FAR = ["0001-01-01 00:00", "0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-12:00"]


@pytest.mark.parametrize("zone", ["", 'zone = "Astana"\n', 'clock = "wall"\n'])
@pytest.mark.parametrize("far", FAR)
def test_a_year_that_means_nothing_is_a_fault_of_its_cell(
    far: str, zone: str, tmp_path: Path
) -> None:
    mapping = told(tmp_path, zone + '[columns]\nnumber = "n"\nreceived_at = "r"\nanswered_at = "a"')
    path = tmp_path / "far.csv"
    path.write_text(f"n;r;a\nA;2026-03-02 10:00;{far}\nB;2026-03-02 10:00;\n", "utf-8")
    at = datetime.fromisoformat("2026-06-01T10:00+05:00")
    result = register.check(register.rows(path, mapping), kz.KINDS, kz.office("khromtau"), at=at)
    assert [("answered_at", "no-time")] == [(one.column, one.fault.code) for one in result.faults]
    assert ["B"] == [line.case for line in result.lines]


@pytest.mark.parametrize("far", FAR)
def test_an_event_of_a_year_that_means_nothing_has_no_time(far: str, tmp_path: Path) -> None:
    marks = '[events.marks]\n"Ответ" = { column = "answered_at", which = "last" }\n'
    [case], warned = log(tmp_path, f"1,Ответ,{far},\n", marks)
    assert far == case.cells["answered_at"]
    assert "events-untimed" in {one.code for one in warned}


def test_a_case_with_an_event_of_another_shape_is_not_judged_without_it(tmp_path: Path) -> None:
    marks = '[events.marks]\n"*" = { column = "received_at", which = "first" }\n'
    text = "1,Поступило,2026-03-02 10:00,\n1,Ответ\n2,Поступило,2026-03-02 10:00,\n"
    found, _ = log(tmp_path, text, marks)
    assert [("1", True), ("2", False)] == [(row.cells["number"], bool(row.wrong)) for row in found]


def test_the_wall_clock_takes_off_the_offset_of_each_of_several_times(tmp_path: Path) -> None:
    mapping = 'clock = "wall"\n[columns]\nnumber = "n"\nreceived_at = "r"\npaused_at = "p"\n'
    text = "A,2026-03-02,2026-03-04 10:00+00:00; 2026-03-06 10:00Z\n"
    [found], _ = rows(tmp_path, text, mapping, head="n,r,p")
    assert found.cells["paused_at"] == "2026-03-04 10:00; 2026-03-06 10:00"
