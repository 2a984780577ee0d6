"""What a control department sees of a check: every column, total and fault, in every form."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import tracemalloc
import zipfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, strategies as st
from tests.test_main import run

from openakimat import Malformed, kz, register
from openakimat.kz.alphabet import LETTERS, sort_key
from openakimat.law.words import Words
from openakimat.register.docket import _compare_days, choose, make_book
from openakimat.register.entries.cells import RawRow, mask
from openakimat.register.totals import FAULTY, tally
from openakimat.report import export
from openakimat.report.columns import SHEETS, Book, Row

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((Path(export.__file__).parent / "docket.schema.json").read_text("utf-8"))
OFFICE = kz.office("khromtau")
AT = datetime.fromisoformat("2026-06-01T10:00+05:00")
AS_OF = ("--at", "2026-06-01T10:00+05:00", "--office", "khromtau")
HEAD = (
    "number;received_at;registered_at;answered_at;topic;channel;iin;official;against;kind;applicant"
)
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no offsets
IIN = "850817300107"
LATE = "Ж-1;02.02.2026 10:00;02.02.2026 11:00;20.03.2026 10:00;жер;paper;;;;;"
OVERDUE = f"Ж-2;02.03.2026 10:00;02.03.2026 11:00;;гр. {IIN};egov;{IIN};;;;Айгерім"
IN_TIME = "Ж-3;02.02.2026 10:00;02.02.2026 11:00;05.02.2026;=cmd|x;paper;;;;;"
UNREAD = "Ж-4;вчера;;;;;;;;;"
RECEPTION = "Қ-5;02.02.2026 10:00;02.02.2026 11:00;;жер;reception;;әкім;;reception;"
ROWS = (LATE, OVERDUE, IN_TIME.replace("=cmd|x", "су"), UNREAD, RECEPTION)


def written(path: Path, *rows: str) -> str:
    file = path / "register.csv"
    file.write_text("\n".join((HEAD, *rows, "")), "utf-8")
    return str(file)


def check(path: Path, form: str, *rows: str, lang: str = "ru", more: tuple[str, ...] = ()) -> Path:
    out = path / f"docket.{form}"
    ended = run(
        "check", written(path, *rows or ROWS), *AS_OF, "--lang", lang, "--out", str(out), *more
    )
    assert out.is_file(), ended.stderr
    return out


def table(path: Path, lang: str = "ru") -> list[dict[str, str]]:
    separator = "," if lang == "en" else ";"
    return [*csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=separator)]


def sheets(path: Path) -> dict[str, list[dict[str, Any]]]:
    """A workbook as it is, by head: texts as texts, numbers and days as numbers."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    tables = {}
    with zipfile.ZipFile(path) as book:
        names = re.findall('<sheet name="(.*?)"', book.read("xl/workbook.xml").decode())
        for n, name in enumerate(names, 1):
            root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{n}.xml"))  # noqa: S314
            rows = []
            for row in root.iterfind(".//m:row", space):
                cells = {}
                for cell in row:
                    text, number = cell.find(".//m:t", space), cell.find("m:v", space)
                    told = text.text if text is not None else float(number.text or 0)  # type: ignore[union-attr]
                    cells[cell.attrib["r"].rstrip("0123456789")] = told
                rows.append(cells)
            head, *below = rows
            tables[name] = [{str(head[at]): one[at] for at in one} for one in below]
    return tables


def book_of(*cells: dict[str, str], **options: Any) -> Book:
    raws = [RawRow(n, one) for n, one in enumerate(cells, 2)]
    result = register.check(raws, kz.KINDS, OFFICE, at=AT)
    return make_book(result, OFFICE, Words(kz.law()), at=AT, **options)


# -- row 27: what the docket has ------------------------------------------------------


def test_a_docket_has_what_a_control_department_asks_for(tmp_path: Path) -> None:
    rows = {row["номер"]: row for row in table(check(tmp_path, "csv"))}
    late = rows["Ж-1"]
    told = ("тема", "канал", "поступило", "зарегистрировано", "дан ответ", "состояние", "срок")
    assert [
        "жер",
        "на бумаге",
        "02.02.2026 10:00",
        "02.02.2026 11:00",
        "20.03.2026 10:00",
        "с опозданием",
        "Рассмотрение обращения",
    ] == [late[name] for name in told]
    assert "АППК 76(1)" == late["источник"]
    assert "физическое лицо" == rows["Ж-2"]["вид заявителя"]
    assert "әкім" == rows["Қ-5"]["должностное лицо"]
    assert "received_at: 'вчера' — не время" in rows[""]["примечание"]
    assert "с ошибками" == rows[""]["состояние"]


def test_a_day_whose_hour_was_not_told_is_written_as_a_day(tmp_path: Path) -> None:
    [row] = table(check(tmp_path, "csv", IN_TIME.replace("=cmd|x", "су")))
    assert "05.02.2026" == row["дан ответ"]


def test_every_total_is_on_the_screen_and_in_the_files(tmp_path: Path) -> None:
    file, out = written(tmp_path, *ROWS), tmp_path / "docket.json"
    said = run("check", file, *AS_OF, "--lang", "ru", "--out", str(out)).stdout
    for heading in ("По темам", "По каналам", "По должностным лицам", "По месяцам поступления"):
        assert heading in said
    totals = json.loads(out.read_text("utf-8"))["totals"]
    months = [one for one in totals if one["part"] == "by-month"]
    assert [("2026-02", 3), ("2026-03", 1)] == [(one["key"], one["cases"]) for one in months]
    assert [(3, 1), (1, 1)] == [(one["judged"], one["late_cases"]) for one in months]


def test_shares_late_are_of_what_was_judged() -> None:
    rows = [
        {"standing": standing, "official": "a", "received": None}
        for standing in ("late", "in time", "not judged", FAULTY)
    ]
    [one] = tally(rows, "official", Words(kz.law()))
    assert (3, 2, 0.5) == (one["cases"], one["judged"], one["share_late"])


def test_faults_of_one_cause_stand_together_three_on_the_screen_and_all_in_the_file(
    tmp_path: Path,
) -> None:
    rows = [f"Ж-{n};never;;;;;;;;;" for n in range(1985)]
    rows += ["Ж-x;2026-02-02 10:00;;2026-02-01 10:00;;;;;;;"]
    file, out = written(tmp_path, *rows), tmp_path / "docket.json"
    said = run("check", file, *AS_OF, "--out", str(out)).stdout
    assert 3 == said.count("'never' is no time")
    assert "… and 1,982 more alike, 1,985 in all" in said
    faults = json.loads(out.read_text("utf-8"))["faults"]
    assert {"no-time": 1985, "before-receipt": 1} == Counter(one["cause"] for one in faults)
    assert [1985, 1] == [faults[0]["alike"], faults[-1]["alike"]]


def test_only_the_cases_asked_for_are_shown_and_written(tmp_path: Path) -> None:
    for only in ("late,overdue", "с опозданием,просрочено"):
        rows = table(check(tmp_path, "csv", more=("--only", only)))
        assert ["Ж-2", "Ж-1"] == [row["номер"] for row in rows]
    rows = table(check(tmp_path, "csv", more=("--topic", "жер")))
    assert {"Ж-1", "Қ-5"} == {row["номер"] for row in rows}
    rows = table(check(tmp_path, "csv", more=("--topic", "жер", "--official", "әкім")))
    assert ["Қ-5"] == [row["номер"] for row in rows]
    said = run("check", written(tmp_path, *ROWS), *AS_OF, "--only", "late").stdout
    assert "Rows in 5 = " in said
    assert "Rows shown: 1 of 5" in said


def test_what_nothing_is_called_is_named_with_the_nearest(tmp_path: Path) -> None:
    ended = run("check", written(tmp_path, *ROWS), *AS_OF, "--only", "overdu", "--topic", "жир")
    assert 2 == ended.returncode
    assert "--only: 'overdu' is none of" in ended.stderr
    assert "overdue" in ended.stderr
    assert "--topic: 'жир' is none of" in ended.stderr


def test_to_choose_nothing_leaves_a_book_as_it_is() -> None:
    book = book_of({"number": "1", "received_at": "2026-02-02 10:00"})
    assert book == choose(book, Words(kz.law()), topic=None, standing=[])


# -- row 28: as spreadsheets and programs read it -------------------------------------


@pytest.mark.parametrize(("lang", "separator"), [("ru", ";"), ("kk", ";"), ("en", ",")])
def test_a_csv_opens_well_in_a_spreadsheet_of_its_language(
    lang: str, separator: str, tmp_path: Path
) -> None:
    raw = check(tmp_path, "csv", lang=lang).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").splitlines()[0].count(separator) > 10


def test_a_negative_number_is_a_number_and_a_formula_none(tmp_path: Path) -> None:
    path = check(tmp_path, "csv", OVERDUE)
    [row] = table(path)
    assert int(row["осталось рабочих дней"]) < 0
    for text in ("=1+1", " =1+1", "+7", "-x", "@a", "\t=1", "\n=1", "\u2003=1", "＝1"):
        assert str(export._safe(text, Words(kz.law()))).startswith("'")
    assert -42 == export._safe(-42, Words(kz.law()))


def test_a_docket_in_json_is_what_its_schema_tells(tmp_path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    told = json.loads(check(tmp_path, "json").read_text("utf-8"))
    jsonschema.validate(told, SCHEMA)
    late = next(row for row in told["docket"] if row["number"] == "Ж-1")
    assert isinstance(late["days_late"], int)
    assert "2026-02-02T10:00:00+05:00" == late["received"]
    for name, columns in SHEETS.items():
        if name in {"measures", "data", "figures"}:  # of scenarios and reports, and not of a check
            continue
        of = SCHEMA["properties"][name]["items"]
        of = SCHEMA["$defs"]["fault"] if "$ref" in of else of
        assert [one.name for one in columns] == of["required"] == [*of["properties"]]


def test_a_workbook_has_days_as_days_numbers_as_numbers_filters_and_fixed_heads(
    tmp_path: Path,
) -> None:
    path = check(tmp_path, "xlsx")
    tables = sheets(path)
    assert ["Итоги", "Реестр дел", "Не оценено", "Строки с ошибками", "Предупреждения"] == [*tables]
    [late] = [row for row in tables["Реестр дел"] if row.get("номер") == "Ж-1"]
    assert (
        "2026-02-02 10:00" == str(EPOCH + timedelta(minutes=round(late["поступило"] * 1440)))[:16]
    )
    assert isinstance(late["рабочих дней опоздания"], float)
    with zipfile.ZipFile(path) as book:
        docket = book.read("xl/worksheets/sheet2.xml").decode()
        assert "dd.mm.yyyy" in book.read("xl/styles.xml").decode()
    assert "<autoFilter" in docket
    assert 'state="frozen"' in docket
    assert "<f>" not in docket


def test_a_page_needs_nothing_from_elsewhere_and_runs_nothing_that_a_register_holds(
    tmp_path: Path,
) -> None:
    attack = "Ж-9;02.02.2026 10:00;;;<script>alert(1)</script>;paper;;;;;"
    page = check(tmp_path, "html", *ROWS, attack).read_text("utf-8")
    assert not re.search(r"(src|href)=|url\(|https?:", page)
    assert "<script>alert" not in page
    assert 1 == page.count("<script>")
    for needed in ("@media print", "max-width:700px", "data-choice", 'name="viewport"'):
        assert needed in page


@pytest.mark.skipif(not Path("/usr/bin/chromium").exists(), reason="there is no browser")
def test_a_page_is_written_piece_by_piece(tmp_path: Path) -> None:
    row: Row = {"number": "ЖТ-1", "standing": "late", "note": "x" * 400}
    book = Book("t", {"docket": [row] * 5_000})
    words = Words(kz.law(), "ru")
    export.write(book, tmp_path / "once.html", words)
    tracemalloc.start()
    export.write(book, tmp_path / "a.html", words)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < (tmp_path / "a.html").stat().st_size / 4


@pytest.mark.parametrize("width", [500, 1200])
def test_a_page_is_never_wider_than_its_screen(width: int, tmp_path: Path) -> None:
    long = f"Ж-9;02.02.2026 10:00;;;{'ұзын' * 60};paper;;;;;"
    page = check(tmp_path, "html", *ROWS, long)
    text = (
        page.read_text("utf-8")
        .replace("<meta http-equiv", "<meta x")
        .replace(
            "</body>",
            "<script>document.title = document.documentElement.scrollWidth</script></body>",
        )
    )
    page.write_text(text, "utf-8")
    drawn = subprocess.run(
        ["/usr/bin/chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
         f"--window-size={width},900", page.as_uri()],
        capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    title = re.search("<title>(.*?)</title>", drawn.stdout)
    assert title is not None
    assert int(title[1]) <= width
    assert 'class="tools"' in drawn.stdout


_ROW = st.fixed_dictionaries({
    "number": st.sampled_from(["", "Ж-1", "Ж-2", "Ж-3", "=1"]),
    "received_at": st.sampled_from(["", "2026-02-02 10:00", "2026-05-29 09:00", "soon"]),
    "answered_at": st.sampled_from(["", "2026-02-20 10:00", "2026-05-30", "2027-01-01"]),
    "kind": st.sampled_from(["", "application", "proposal", "moon"]),
    "topic": st.text("аә<>&=;\",'{}$\\ ", max_size=9),
})  # fmt: skip


@given(st.lists(_ROW, min_size=1, max_size=8))
def test_rows_in_are_those_of_the_docket_in_every_form(cells: list[dict[str, str]]) -> None:
    raws = [RawRow(n, one) for n, one in enumerate(cells, 2)]
    result, words = register.check(raws, kz.KINDS, OFFICE, at=AT), Words(kz.law(), "ru")
    book = make_book(result, OFFICE, words, at=AT)
    forms = {}
    for form, write in export.WRITERS.items():
        file = io.BytesIO()
        write(book, words, file)
        forms[form] = file.getvalue()
    told = json.loads(forms[".json"])
    jsonschema.validate(told, SCHEMA)
    n = {row["key"]: row["cases"] for row in told["totals"] if row["part"] == "rows"}
    assert len(cells) == n["rows-in"] == n["accepted"] + n["not-judged"] + n["faulty"]
    assert len(cells) == len(told["docket"])
    rows = csv.reader(io.StringIO(forms[".csv"].decode("utf-8-sig")), delimiter=";")
    assert len(cells) == len([*rows]) - 1
    docket = (
        forms[".html"].decode().partition('<section class="docket">')[2].partition("</section>")[0]
    )
    assert len(cells) == docket.count("<tr>") - 1
    with zipfile.ZipFile(io.BytesIO(forms[".xlsx"])) as workbook:
        assert len(cells) == workbook.read("xl/worksheets/sheet2.xml").decode().count("<row ") - 1


# -- row 31: nothing is lost, whatever the screen and the disk ------------------------


@pytest.mark.parametrize("link", [None, "symlink_to", "hardlink_to"])
def test_what_is_read_is_never_written_over(link: str | None, tmp_path: Path) -> None:
    file = written(tmp_path, *ROWS)
    out = Path(file)
    if link:
        out = tmp_path / "docket.csv"
        getattr(out, link)(file)
    before = Path(file).read_bytes()
    ended = run("check", file, *AS_OF, "--out", str(out))
    assert 2 == ended.returncode
    assert "is what is read, and would be lost" in ended.stderr
    assert before == Path(file).read_bytes()


@pytest.mark.parametrize("form", ["csv", "json", "html", "xlsx"])
def test_a_full_disk_leaves_the_former_docket_whole(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = check(tmp_path, form)
    before = out.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ended = run("check", written(tmp_path, *ROWS), *AS_OF, "--out", str(out))
    assert 2 == ended.returncode
    assert "No space left on device" in ended.stderr
    assert before == out.read_bytes()
    assert {"register.csv", out.name} == {one.name for one in tmp_path.iterdir()}


COMMANDS = {
    "check": ("check", "some.csv", "--office", "yesil", "--at", "2026-03-31T18:30+05:00"),
    "limits": ("limits",),
    "explain": ("explain", "--limit", "appeal.consideration", "--from", "2026-03-18T18:40+05:00"),
    "draw": ("draw", "appeal"),
}


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "ascii"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_screen_or_pipe_of_any_encoding_has_every_command_in_every_language(
    encoding: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, *rows = (ROOT / "examples/register/mixed.csv").read_text("utf-8").splitlines()
    (tmp_path / "some.csv").write_text("\n".join((head, *rows[::16])), "utf-8")
    monkeypatch.chdir(tmp_path)
    for lang in ("kk", "ru", "en"):
        screen = io.TextIOWrapper(io.BytesIO(), encoding)
        monkeypatch.setattr(sys, "stdout", screen)
        monkeypatch.setattr(sys, "argv", ["openakimat", *COMMANDS[name], "--lang", lang])
        from openakimat.__main__ import main

        try:
            main()
            code: object = 0
        except SystemExit as ended:
            code = ended.code
        screen.flush()
        assert code in {None, 0, 1}
        # A screen of no letters but Latin is taken for one that was not set up, and spoken to in UTF-8.
        raw = screen.buffer.getvalue()
        told = raw.decode() if encoding == "ascii" and not raw.isascii() else raw.decode(encoding)
        # Not all of it is question marks: what has a near letter is told by that.
        assert told
        assert told.count("?") < len(told) / 50 or encoding == "ascii"


# -- their deadline, names, numbers of persons ----------------------------------------


@pytest.mark.parametrize(
    ("theirs", "days"),
    [
        ("2026-02-23", 0),
        ("2026-02-23T23:59+05:00", 0),  # the last microsecond of a day, as some systems store it
        ("2026-02-24", 1),
        ("2026-02-20", -1),
        ("2026-02-21", -1),
        ("2026-02-22T10:00+05:00", -1),
        ("2026-03-02", 5),
        ("1999-01-01", None),
    ],
)
def test_their_last_day_is_compared_with_that_of_the_law(theirs: str, days: int | None) -> None:
    raws = [RawRow(2, {"number": "1", "received_at": "2026-02-02 10:00"})]
    [line] = register.check(raws, kz.KINDS, OFFICE, at=AT).lines
    assert line.deadline is not None
    assert "2026-02-23" == str(line.deadline.last_day)
    at = datetime.fromisoformat(theirs)
    day = at if at.tzinfo else at.date()
    assert days == _compare_days(line, day, OFFICE)


def test_what_their_system_says_and_what_the_law_says_stands_row_by_row() -> None:
    told = {"received_at": "2026-02-02 10:00", "their_due": "2026-02-24"}
    book = book_of({"number": "1", **told})
    [row] = book.sheets["docket"]
    assert ("2026-02-24", 1) == (str(row["their_due"]), row["difference"])
    agrees = {
        one["key"]: one["cases"] for one in book.sheets["totals"] if one["part"] == "their-due"
    }
    assert {"agrees": 0, "theirs-earlier": 0, "theirs-later": 1, "not-compared": 0} == agrees


@given(st.permutations(LETTERS))
def test_names_sort_as_the_alphabet_has_its_letters(letters: list[str]) -> None:
    assert [*LETTERS] == sorted(letters, key=sort_key)
    assert [*LETTERS.upper()] == sorted((one.upper() for one in letters), key=sort_key)


def test_there_are_forty_two_letters() -> None:
    assert 42 == len(set(LETTERS))


def test_no_number_of_a_person_stands_whole_in_any_output(tmp_path: Path) -> None:
    wrong = f"Ж-8;вчера {IIN};;;;;;;;;"
    for form in ("csv", "json", "html", "xlsx"):
        out = check(tmp_path, form, *ROWS, wrong, f"{IIN};02.02.2026 10:00;;;;;;;;;")
        raw = out.read_bytes()
        if form == "xlsx":
            with zipfile.ZipFile(out) as book:
                raw = b"".join(book.read(name) for name in book.namelist())
        assert IIN.encode() not in raw
        assert "Айгерім".encode() not in raw
        assert b"********0107" in raw
    said = run("check", written(tmp_path, *ROWS, wrong), *AS_OF, "--journal", f"{tmp_path}/j.db")
    assert IIN not in said.stdout + said.stderr
    out = check(tmp_path, "csv", more=("--with-persons",))
    assert IIN in out.read_text("utf-8")
    assert "Айгерім" in out.read_text("utf-8")


@pytest.mark.parametrize(
    "text", ["2026-00000077", "ЖТ-202600000077", "+7 701 123 45 67", "87011234567", "сумма 1200000"]
)
def test_what_is_no_number_of_a_person_is_left(text: str) -> None:
    assert text == mask(text)


# -- row 30: an office of one's own ---------------------------------------------------

SAMPLE = ROOT / "examples" / "office" / "zhanaqala.toml"


def test_an_office_in_a_file_counts_by_its_own_days_hours_and_readings() -> None:
    office = kz.office(SAMPLE)
    assert ("zhanaqala", "decision") == (office.body.id, office.answer("cap-2021"))
    assert not office.calendar.is_working(datetime.fromisoformat("2026-04-13").date())
    hours = {day: office.calendar.hours.on(datetime.fromisoformat(day).date()).value for day in
             ("2007-01-09", "2026-06-02")}  # fmt: skip
    assert ((9 * 3600, 13 * 3600), (52200, 66600)) == hours["2007-01-09"].daily
    friday = hours["2026-06-02"].on(datetime.fromisoformat("2026-06-05").date())
    assert (13.5 * 3600, 16.5 * 3600) == friday[-1]
    assert "decision" == kz.office(SAMPLE).readings["cap-2021"]
    assert "term" == kz.office(SAMPLE, readings={"cap-2021": "term"}).readings["cap-2021"]


def test_the_command_line_takes_an_office_from_a_file(tmp_path: Path) -> None:
    file = written(tmp_path, *ROWS)
    told = run("check", file, "--at", "2026-06-01T10:00+05:00", "--office", str(SAMPLE))
    assert "Zhanaqala district" in told.stdout
    assert "Read otherwise" in told.stdout


def test_everything_wrong_with_an_office_is_told_at_once_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(
        'id = "Жаңақала"\nnames = { kk = 5 }\ntown = "Orall"\nweeek = "five-day"\n'
        '[[hours]]\nopen = "9:00-18:30"\nweekdays = { fryday = { opn = "1" } }\n'
        '[[hours]]\nopen = "09:00-18:30"\nlunch = "20:00-14:30"\n'
        '[[days]]\non = "2026"\nkind = "holy"\n'
        '[[days]]\non = "2026-02-31"\nkind = "holiday"\n'
        '[readings]\ncap-2021 = "x"\n[since]\nzzz = 2026-01-01\n',
        "utf-8",
    )
    with pytest.raises(Malformed) as told:
        kz.office(path)
    said = "\n".join(map(str, told.value.faults))
    for part in (
        "names.kk: 5 is no text",
        "town: 'Orall' is none of the 20 known; the nearest: Oral",
        "'weeek' is none of the 10 known; the nearest: week",
        "hours[0].open: '9:00-18:30' is not written as HH:MM-HH:MM",
        "the nearest: friday",
        "days[0].kind: 'holy' is none of holiday",
        "hours[1]: 09:00-18:30, lunch 20:00-14:30",
        "days[1]: 2026-02-31 is not a day",
        "cap-2021: 'x' is none of",
        "zzz: 'zzz' is none of",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('lunch = "20:00-14:30"', "hours[0]: 09:00-18:30, lunch 20:00-14:30"),
        ('[readings]\ncap-2021 = "x"', "cap-2021: 'x' is none of"),
        ("[since]\nzzz = 2026-01-01", "zzz: 'zzz' is none of"),
        ('[[hours]]\nopen = "09:00-18:30"', "hours[1]: others begin on 2005-01-01 too"),
        ('[[days]]\non = "2026-02-31"\nkind = "day-off"', "days[0]: 2026-02-31 is not a day"),
        ("x = [[[", "Invalid value"),
    ],
)
def test_what_means_nothing_in_an_office_is_told(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    head = 'id = "a"\nnames = { kk = "а" }\ntown = "Oral"\n[[hours]]\nopen = "09:00-18:30"\n'
    path.write_text(f"\ufeff{head}{text}\n", "utf-8")
    with pytest.raises(Malformed, match=re.escape(said)):
        kz.office(path)


def test_the_schema_of_an_office_is_one_and_knows_every_town() -> None:
    import tomllib

    folder = Path(kz.__file__).parent
    schema = json.loads((folder / "office.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    places = tomllib.loads((folder / "offices.toml").read_text("utf-8"))["places"].values()
    assert schema["properties"]["town"]["enum"] == [t for one in places for t in one["towns"]]
    plain = json.loads(json.dumps(tomllib.loads(SAMPLE.read_text("utf-8")), default=str))
    jsonschema.validate(plain, schema)


PARTED = [
    "850817 300107", "8508 1730 0107", "850 817 300 107", "850817\xa0300107", "85-08-17-300107",
    "850817.300107", "850817/300107", "850817 - 300107", "850817  300107", "850817_300107",
    "85081730 0107", "850817\u202f300107", "8.5.0.8.1.7.3.0-0107",
]  # fmt: skip


@pytest.mark.parametrize("number", PARTED)
def test_a_number_of_a_person_in_groups_is_not_told_whole(number: str) -> None:
    assert mask(f"гр. {number}, дом 5") == f"гр. {'*' * (len(number) - 4)}{number[-4:]}, дом 5"


def test_a_number_of_a_person_is_hidden_after_other_digits_too() -> None:
    assert mask("2026 85.08.17 300107") == "2026 ***********0107"
    assert mask("кв. 12 850817300107; 850817/300107") == "кв. 12 ********0107; *********0107"


def test_why_a_row_is_not_judged_is_told_once_in_the_language_asked_for() -> None:
    """Neither in English beside it, nor twice."""
    cells = {"number": "A", "received_at": "2026-03-02 10:00"}
    refused = {**cells, "paused_at": "2026-03-04 10:00"}
    raws = [RawRow(2, refused), RawRow(3, {**cells, "number": "B", "state": "closed"})]
    result = register.check(raws, kz.KINDS, OFFICE, at=AT)
    rows = make_book(result, OFFICE, Words(OFFICE.law, "ru"), at=AT).sheets["docket"]
    notes = sorted(str(row["note"]) for row in rows)
    assert "указано 'closed', а с какого дня, не указано" == notes[1]
    assert re.fullmatch(r"в таком виде закон не допускает: [^a-z]+", notes[0])


def test_a_pipe_cuts_and_wraps_nothing(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(f"number,received_at,topic\n{'A' * 200},2026-03-02,{'тема ' * 50}\n", "utf-8")
    done = run("check", str(path), *AS_OF)
    assert "A" * 200 in done.stdout
    assert ("тема " * 50).strip() in done.stdout


def test_cases_that_a_journal_has_otherwise_are_named_without_a_number_of_a_person(
    tmp_path: Path,
) -> None:
    path, journal = tmp_path / "one.csv", tmp_path / "j.db"
    for day in (10, 11):
        text = (
            f"number,received_at,answered_at\n850817300107,2026-03-02 10:00,2026-03-{day} 10:00\n"
        )
        path.write_text(text, "utf-8")
        done = run("check", str(path), *AS_OF, "--journal", str(journal))
    assert "********0107" in done.stdout
    assert "850817300107" not in done.stdout
