"""A file is read for what it is; what cannot be read is told for what it is, and what to do."""

from __future__ import annotations

import gzip
import io
import json
import random
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import quoteattr

import pandas as pd
import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, strategies as st

from openakimat import Malformed, kz, register
from openakimat.errors import Fault
from openakimat.law.words import Words
from openakimat.register import look
from openakimat.register.files import open_table, text
from openakimat.register.files.mapping import ColumnMapping, Events, Mark

HEAD = ["Рег. №", "Дата поступления", "Тема", "Дата ответа"]
TOLD = ColumnMapping(
    {
        "number": "Рег. №",
        "received_at": "Дата поступления",
        "topic": "Тема",
        "answered_at": "Дата ответа",
    }
)
OURS = list(TOLD.columns)
ROWS = [
    ["ЖТ-1", "02.03.2026 9:15", "жол; көше", "18.03.2026"],
    ["ЖТ-2", "2026-03-03 10:00", 'вода, "газ"', ""],
]
CELLS = [dict(zip(OURS, row, strict=True)) for row in ROWS]


def as_csv(head: list[str], rows: list[list[str]], separator: str = ",") -> str:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    return "".join(separator.join(map(quoted, row)) + "\r\n" for row in [head, *rows])


def as_xlsx(head: list[str], rows: list[list[object]], *, above: int = 0) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Лист1")
        for n, row in enumerate([list[object](head), *rows], start=above):
            for m, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(n, m, cell)
                elif isinstance(cell, datetime):
                    sheet.write_datetime(n, m, cell, book.add_format({"num_format": "dd.mm.yyyy"}))
                else:
                    sheet.write(n, m, cell)
    return held.getvalue()


def as_ods(head: list[str], rows: list[list[str]]) -> bytes:
    def cell(text: str) -> str:
        escaped = quoteattr(text)[1:-1].replace("<", "&lt;")
        return f'<table:table-cell office:value-type="string"><text:p>{escaped}</text:p></table:table-cell>'

    lines = "".join(
        f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in [head, *rows]
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{space}manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0"'
            f' xmlns:text="{space}text:1.0"><office:body><office:spreadsheet><table:table'
            f' table:name="a">{lines}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return held.getvalue()


def as_xes(head: list[str], rows: list[list[str]]) -> str:
    """A trace of one event each."""
    traces = "".join(
        "<trace>"
        + "".join(
            f"<string key={quoteattr(name)} value={quoteattr(cell)}/>"
            for name, cell in zip(head, row, strict=True)
        )
        + '<event><string key="concept:name" value="x"/></event></trace>'
        for row in rows
    )
    return f'<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">{traces}</log>'


def as_lines(head: list[str], rows: list[list[str]]) -> str:
    return "".join(
        json.dumps(dict(zip(head, row, strict=True)), ensure_ascii=False) + "\n" for row in rows
    )


def read(
    path: Path, held: str | bytes, told: ColumnMapping | None = TOLD, encoding: str = ""
) -> tuple[list[register.RawRow], list[Fault]]:
    file = path / "register.bin"
    file.write_bytes(held.encode() if isinstance(held, str) else held)
    warned = list[Fault]()
    return list(register.rows(file, told, encoding=encoding, warn=warned.append)), warned


def cells(path: Path, held: str | bytes, told: ColumnMapping | None = TOLD) -> list[dict[str, str]]:
    return [row.cells for row in read(path, held, told)[0]]


# -- the same register, whatever it is written in -----------------------------------------

FORMS: dict[str, Callable[[], str | bytes]] = {
    **{f"csv with {sep!r}": partial(as_csv, HEAD, ROWS, sep) for sep in ",;\t|^"},
    **{
        f"csv in {name}": partial(as_csv(HEAD, ROWS, ";").encode, name)
        for name in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "kz1048")
    },
    "sep= first": lambda: "\ufeffsep=;\r\n" + as_csv(HEAD, ROWS, ";"),
    "xlsx": lambda: as_xlsx(HEAD, [list(row) for row in ROWS]),
    "ods": lambda: as_ods(HEAD, ROWS),
    "json lines": lambda: as_lines(HEAD, ROWS),
    "json array": lambda: json.dumps([dict(zip(HEAD, row, strict=True)) for row in ROWS], indent=1),
    "json in an object": lambda: json.dumps(
        {"total": 2, "data": [dict(zip(HEAD, row, strict=True)) for row in ROWS]}
    ),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("packed", [False, True])
def test_a_register_of_any_form_gives_the_same_rows(
    form: str,
    packed: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    held = FORMS[form]()
    held = held.encode() if isinstance(held, str) else held
    assert cells(tmp_path, gzip.compress(held) if packed else held) == CELLS


CELL = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Zs")), max_size=8
).filter(lambda cell: "_x" not in cell)
NAMED = st.lists(
    st.tuples(st.integers(1, 99).map("ЖТ-{}".format), *[CELL] * 3).map(list), max_size=4
).map(lambda rows: [["ЖТ-0", "02.03.2026", "x", ""], *rows])


@given(NAMED)
def test_any_register_gives_the_same_rows_in_every_form(rows: list[list[str]]) -> None:
    frame = {name: [row[n] for row in rows] for n, name in enumerate(HEAD)}
    of_trace = ColumnMapping({ours: f"case:{told[0]}" for ours, told in TOLD.columns.items()})
    expected = [row.cells for row in register.rows(pd.DataFrame(frame), TOLD)]
    assert [row.cells for row in register.rows(pl.DataFrame(frame), TOLD)] == expected
    assert len(expected) == len(rows)
    for told, held in (
        (TOLD, as_csv(HEAD, rows)),
        (TOLD, as_csv(HEAD, rows, ";").encode("utf-16")),
        (TOLD, as_xlsx(HEAD, [list(row) for row in rows])),
        (TOLD, as_lines(HEAD, rows)),
        (of_trace, as_xes(HEAD, rows)),
    ):
        with TemporaryDirectory() as folder:
            assert cells(Path(folder), held, told) == expected


# -- spreadsheets -------------------------------------------------------------------------


def test_days_and_numbers_of_a_spreadsheet_are_days_and_numbers(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [77.0, datetime(2026, 3, 2, 9, 15), "land", datetime(2026, 3, 18)],  # noqa: DTZ001
        [78, 46083, "", ""],
    ]
    found = cells(tmp_path, as_xlsx(HEAD, rows))
    assert [one["number"] for one in found] == ["77", "78"]
    assert found[0]["received_at"] == "2026-03-02 09:15"
    assert found[0]["answered_at"] == "2026-03-18"
    assert found[1]["received_at"] == "46083"


def test_the_lines_of_a_spreadsheet_are_those_that_its_user_sees(tmp_path: Path) -> None:
    rows, _ = read(tmp_path, as_xlsx(HEAD, [list(row) for row in ROWS], above=3))
    assert [row.line for row in rows] == [5, 6]


def test_a_sheet_is_chosen_by_its_name(tmp_path: Path) -> None:
    told = ColumnMapping(TOLD.columns, sheet="Лист2")
    with pytest.raises(Malformed, match="sheet: 'Лист2' is none of Лист1"):
        read(tmp_path, as_xlsx(HEAD, [list(row) for row in ROWS]), told)


# -- the head -----------------------------------------------------------------------------

HEADS = {
    "title lines above": (f"Отчёт за март;;;\n;;;\n{';'.join(HEAD)}\n", 4),
    "a line break in a name": ('"Рег.\n№";Дата  поступления;Тема;Дата ответа\n', 3),
    "empty columns behind": (f"{';'.join(HEAD)};;;\n", 2),
    "two lines": ("Рег. №;Дата;Тема;Дата ответа\n;поступления;;\n", 3),
    "merged over two": ("Рег. №;Тема;Дата;\n;;поступления;ответа\n", 3),
    "a numbering beneath": (f"{';'.join(HEAD)}\n1;2;3;4\n", 3),
    "letters of another size": (f"{';'.join(HEAD).upper()}\n", 2),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_head_is_found_wherever_it_stands(name: str, tmp_path: Path) -> None:
    head, line = HEADS[name]
    order = (0, 2, 1, 3) if name == "merged over two" else (0, 1, 2, 3)
    extra = ";;;" if "behind" in name else ""
    row = ";".join(ROWS[0][n].replace(";", ",") for n in order) + extra
    rows, _ = read(tmp_path, head + row + "\n")
    [found] = rows
    assert found.line == line
    assert found.wrong is None
    assert found.cells == CELLS[0] | {"topic": "жол, көше"}


def test_a_separator_within_a_quoted_name_does_not_divide_it(tmp_path: Path) -> None:
    text = 'number;"Тема, вопрос, категория, раздел";received_at\n1;x;2026-03-02\n'
    told = ColumnMapping(
        {
            "number": "number",
            "received_at": "received_at",
            "topic": "Тема, вопрос, категория, раздел",
        }
    )
    assert cells(tmp_path, text, told)[0]["topic"] == "x"


def test_rows_of_another_shape_keep_their_lines(tmp_path: Path) -> None:
    text = 'number,received_at\n\n1,"a\nb"\n2\n3,x,y\n4,z\n'
    rows, _ = read(tmp_path, text, None)
    assert [(row.line, row.wrong) for row in rows] == [
        (3, None),
        (5, (1, 2)),
        (6, (3, 2)),
        (7, None),
    ]


def test_a_name_in_brackets_makes_no_json(tmp_path: Path) -> None:
    told = ColumnMapping({"number": "[Рег. №]", "received_at": "{Дата}"})
    assert cells(tmp_path, "[Рег. №],{Дата}\n1,2026-03-02\n", told)[0]["number"] == "1"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(st.lists(JSON, max_size=5), st.sampled_from([None, 1]), st.integers(1, 9))
def test_an_array_is_read_value_by_value_wherever_a_piece_of_it_ends(
    told: list[object], indent: int | None, chunk: int
) -> None:
    written = json.dumps([{}, *told], indent=indent)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "_CHUNK", chunk)
        file = Path(folder) / "array.json"
        file.write_text(written, "utf-8")
        with open_table(file, ()) as table:
            rows = [*table.rows]
    whole = json.loads(written, parse_int=str, parse_float=str)
    assert rows == [text._row(n, one) for n, one in enumerate(whole, start=1)]


def test_an_array_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "long.json"
    row = json.dumps({"number": "ЖТ-1", "received_at": "2026-03-02", "topic": "x" * 900})
    path.write_text(f"[{','.join([row] * 10_000)}]", "utf-8")
    tracemalloc.start()
    assert 10_000 == sum(1 for _ in register.rows(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < path.stat().st_size


def test_an_archive_that_unpacks_to_more_than_can_be_held_is_refused(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for n in range(3):
            with archive.open(f"xl/workbook{n}.xml", "w", force_zip64=True) as file:
                for _ in range(43):
                    file.write(bytes(2**23))
    with pytest.raises(Malformed, match="is bigger than 256 MiB"):
        read(tmp_path, held.getvalue(), None)


# -- encodings ----------------------------------------------------------------------------

RUSSIAN = "Рег. №;Дата поступления;Тема;Дата ответа\nЖТ-1;02.03.2026;Вода и свет;\n"


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "kz1048", "utf-8", "utf-16-le"])
def test_an_encoding_is_found(encoding: str, tmp_path: Path) -> None:
    rows, warned = read(
        tmp_path,
        RUSSIAN.replace("№", "N").encode(encoding),
        ColumnMapping({**TOLD.columns, "number": "Рег. N"}),
    )
    assert rows[0].cells["topic"] == "Вода и свет"
    assert "encoding-guessed" not in {one.code for one in warned}


def test_an_encoding_that_is_not_sure_is_told(tmp_path: Path) -> None:
    _, warned = read(tmp_path, b"number,received_at\n\xff\xb0\xb1\xb2\xb5,2026-03-02\n", None, "")
    assert "encoding-guessed" in {one.code for one in warned}


@pytest.mark.parametrize("name", ["utf8", "UTF-8", "utf-8", "U8", "utf-8-sig"])
def test_a_mark_is_passed_over_under_any_spelling(name: str, tmp_path: Path) -> None:
    rows, _ = read(tmp_path, "\ufeff" + as_csv(HEAD, ROWS), TOLD, name)
    assert [row.cells for row in rows] == CELLS


def test_a_bad_byte_is_told_by_its_place_in_the_file(tmp_path: Path) -> None:
    good = "number,received_at\n" + "1,2026-03-02\n" * 100_000
    place = len(good) + 2
    with pytest.raises(Malformed, match=f"byte {place} is not utf-8"):
        read(tmp_path, good.encode() + b"2,\xff\n", None)


# -- what holds no register ---------------------------------------------------------------


def _zip(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


WRONG = {
    "pdf": (b"%PDF-1.7\n...", "is-pdf"),
    "docx": (_zip("[Content_Types].xml", "word/document.xml"), "is-document"),
    "doc": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "is-document",
    ),
    "rtf": (b"{\\rtf1 x}", "is-document"),
    "zip": (_zip("register.csv"), "is-archive"),
    "gz in gz": (gzip.compress(gzip.compress(b"a,b\n")), "is-archive"),
    "rar": (b"Rar!\x1a\x07", "is-archive"),
    "png": (b"\x89PNG\r\n\x1a\n", "is-image"),
    "jpeg": (b"\xff\xd8\xff\xe0", "is-image"),
    "parquet": (b"PAR1" + bytes(20), "is-parquet"),
    "sqlite": (b"SQLite format 3\0", "is-database"),
    "html as xls": (b"<html><body><table><tr><td>a", "is-page"),
    "another xml": (b"<?xml version='1.0'?><Workbook/>", "is-page"),
    "nothing but NUL": (bytes(1000), "is-binary"),
    "empty": (b"", "file-empty"),
    "blank lines": (b"\n\n;;\n", "file-empty"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_kind_of_file_is_told_for_what_it_is(name: str, tmp_path: Path) -> None:
    held, code = WRONG[name]
    with pytest.raises(Malformed) as told:
        read(tmp_path, held, None)
    assert [code] == [one.code for one in told.value.faults]
    said = {Words(kz.law(), language).faults(told.value) for language in ("kk", "ru", "en")}
    assert len(said) == 3


BROKEN = {
    "a cut xlsx": as_xlsx(HEAD, [list(row) for row in ROWS])[:900],
    "a cut gz": gzip.compress(as_csv(HEAD, ROWS * 999).encode())[:-40],
    "no xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "gbk": b'<?xml version="1.0" encoding="gbk"?><log/>',
    "no such encoding": b'<?xml version="1.0" encoding="nosuch"?><log/>',
    "a cut log": b"<log><trace>",
    "deep json": b"[" * 100_000,
    "deep lines": b'{"a":' * 100_000,
    "cut json": b'{"a": [',
    "a cut array": b'[{"number": "1"}, {"number"',
    "an array without its end": b'[{"number": "1"}, ',
    "an array and more": b'[{"number": "1"}] {}',
    "an array of what is no value": b'[{"number": "1"}, x]',
    "an array parted otherwise": b'[{"number": "1"}; {"number": "2"}]',
    "a deep array": b'[{"a": 1}, ' + b"[" * 200_000,
    "deep xml": b"<log>" + b"<a>" * 200_000,
    "a deep ocel log": b"<log><object-types>" + b"<a>" * 200_000,
    "a log that unfolds": (
        b'<!DOCTYPE log [<!ENTITY a0 "xxxxxxxxxx">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
        + b"]><log><object-types>&a8;</object-types></log>"
    ),
    "an open quote": b'a,b\n1,"' + b"x\n" * (2**24 + 9),
    "a line without end": b"a," * 2**22,
    "too many columns": b",".join(b"c%d" % n for n in range(20_000)) + b"\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_or_one_without_bounds_is_a_documented_error(
    name: str, tmp_path: Path
) -> None:
    with pytest.raises(Malformed, match="^register "):
        read(tmp_path, BROKEN[name], None)


def test_a_stream_without_end_is_refused() -> None:
    with pytest.raises(Malformed, match="no text and no spreadsheet"):
        list(register.rows(Path("/dev/zero")))


def test_sixteen_thousand_columns_are_read_at_once(tmp_path: Path) -> None:
    head = ["number", "received_at", *(f"c{n}" for n in range(16_000))]
    rows, _ = read(tmp_path, ",".join(head) + "\n" + ",".join(head) + "\n", None)
    assert len(rows[0].cells) == len(head)


# -- event logs ---------------------------------------------------------------------------

XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/">
<global scope="trace"><string key="kind" value="application"/></global>
<global scope="event"><string key="concept:name" value="noted"/></global>
<trace><string key="concept:name" value="A"/><string key="topic" value="land"/>
<event><string key="concept:name" value="in"/><date key="time:timestamp" value="2026-03-02T10:00:00+05:00"/></event>
<event><date key="time:timestamp" value="2026-03-03T10:00:00+05:00"/></event>
<event><string key="concept:name" value="noted"/></event></trace>
<trace><string key="concept:name" value="B"/>
<event><string key="concept:name" value="in"/><date key="time:timestamp" value="2026-03-04T10:00:00+05:00"/></event></trace>
</log>"""
LOG = Events("case:concept:name", "concept:name", "time:timestamp")


def test_a_log_has_its_defaults_and_traces_that_lack_what_others_have(tmp_path: Path) -> None:
    events = Events(
        LOG.case,
        LOG.activity,
        LOG.time,
        {
            "in": (Mark("received_at"),),
            "noted": (Mark("registered_at"),),
            "never": (Mark("heard_at"),),
        },
    )
    told = ColumnMapping(
        {"number": "case:concept:name", "topic": "case:topic", "kind": "case:kind"}, events=events
    )
    rows, warned = read(tmp_path, XES, told)
    assert [row.cells["kind"] for row in rows] == ["application"] * 2
    assert [row.cells.get("topic", "") for row in rows] == ["land", ""]
    assert rows[0].cells["registered_at"] == "2026-03-03T10:00:00+05:00"
    assert {one.code: one.path for one in warned} == {
        "none-of": "events.marks.never",
        "events-untimed": "line 3",
    }


OCEL_JSON = json.dumps(
    {
        "objectTypes": [],
        "eventTypes": [],
        "objects": [
            {
                "id": "A",
                "type": "appeal",
                "attributes": [
                    {"name": "topic", "value": "land", "time": "2026-03-03"},
                    {"name": "topic", "value": "water", "time": "2026-03-02"},
                ],
            },
            {"id": "P", "type": "person"},
        ],
        "events": [
            {
                "id": "e1",
                "type": "in",
                "time": "2026-03-02T10:00:00Z",
                "relationships": [{"objectId": "A"}, {"objectId": "P"}],
            }
        ],
    }
)
OCEL_XML = """<?xml version="1.0" encoding="UTF-8"?>
<log><object-types><object-type name="appeal"/></object-types><event-types/>
<events><event id="e1" type="in" time="2026-03-02T10:00:00Z"><attributes/><objects>
<relationship object-id="A" qualifier="of"/><relationship object-id="P" qualifier="by"/></objects></event></events>
<objects><object id="A" type="appeal"><attributes>
<attribute name="topic" time="2026-03-03">land</attribute><attribute name="topic" time="2026-03-02">water</attribute>
</attributes><objects><relationship object-id="P" qualifier="by"/></objects></object>
<object id="P" type="person"><attributes/></object></objects></log>"""


@pytest.mark.parametrize("log", [OCEL_JSON, OCEL_XML])
def test_an_ocel_log_has_a_row_of_each_event_and_each_object_it_is_of(
    log: str, tmp_path: Path
) -> None:
    told = ColumnMapping(
        {"number": "case:concept:name", "topic": "case:topic", "received_at": "time:timestamp"},
        only={"case:type": ("appeal",)},
    )
    assert cells(tmp_path, log, told) == [
        {"number": "A", "topic": "land", "received_at": "2026-03-02T10:00:00Z"}
    ]


@pytest.mark.parametrize("name", ["id", "objectId"])
def test_an_object_of_no_name_breaks_no_log(name: str, tmp_path: Path) -> None:
    log = json.loads(OCEL_JSON)
    (log["objects"][0] if name == "id" else log["events"][0]["relationships"][0])[name] = [{}]
    assert len(read(tmp_path, json.dumps(log), None)[0]) == 2


# -- any bytes ----------------------------------------------------------------------------

SEEDS = [form() for form in FORMS.values()] + [
    XES,
    OCEL_JSON,
    OCEL_XML,
    as_xes(HEAD, ROWS),
    *(one for one, _ in WRONG.values()),
]
BYTES = [one.encode() if isinstance(one, str) else one for one in SEEDS]


def mutate(seed: bytes, draw: Callable[[int], int]) -> bytes:
    """A seed with a few of its bytes changed, cut out, doubled or put in."""
    held = bytearray(seed)
    for _ in range(1 + draw(4)):
        n = draw(len(held) + 1)
        how = draw(5)
        if how == 0:
            held[n:n] = struct.pack("B", draw(256))
        elif how == 1:
            del held[n : n + draw(20)]
        elif how == 2:
            held[n:n] = held[n : n + draw(20)]
        elif how == 3:
            held[n : n + 1] = b'",;\n<>{}[]\0='[draw(12) :][:1]
        else:
            held = held[: n + 1]
    return bytes(held)


def fuzz(path: Path, n: int, seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - drawn again by anyone
    for _ in range(n):
        held = mutate(draw.choice(BYTES), draw.randrange)
        for told in (TOLD, None):
            with suppress(Malformed):
                read(path, held, told)
        with suppress(Malformed):
            look.draft(look.look(path / "register.bin"))


def test_any_bytes_are_rows_or_a_documented_error(tmp_path: Path) -> None:
    fuzz(tmp_path, 400, seed=10)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_thousand_files_are_rows_or_a_documented_error(seed: int, tmp_path: Path) -> None:
    fuzz(tmp_path, 25_000, seed=seed)
