"""A docket written as CSV, as a workbook or a page, in words, or as JSON, in stored names."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import IO, Any

from openakimat.errors import Fault, Malformed, reason_of
from openakimat.judgement.docket import Line
from openakimat.law.words import Words
from openakimat.limits.language import ENGLISH
from openakimat.report.columns import SHEETS, Book, Value, day_form, row_of, text_of
from openakimat.report.page import page

_MOST_ROWS, _MOST_SIGNS = 1_048_575, 32_767
"""What a sheet of a workbook holds beside its head, and what a cell of it."""


def _rows_in_words(book: Book, name: str, words: Words) -> Iterator[list[Value]]:
    columns = book.shown(name)
    yield [words("column", column.name) for column in columns]
    for row in book.sheets[name]:
        yield [column.tell(row.get(column.name), words) for column in columns]


# -- the forms ------------------------------------------------------------------------


def _safe(value: Value, words: Words) -> str | int:
    """A cell that no spreadsheet runs as a formula; a number stays one."""
    if isinstance(value, int):
        return value
    text = text_of(value, words)
    # In Kazakh and Russian a spreadsheet takes 9.2 for the ninth of February.
    if isinstance(value, float | Decimal):
        return text if words.language == ENGLISH.code else text.replace(".", ",")
    # What is blank before it is stripped by whoever reads the cell, and some read wide signs alike.
    runs = text.lstrip().startswith(tuple("=+-@＝＋－＠"))
    return f"'{text}" if runs or text.startswith(("\t", "\r", "\n")) else text


def _write_csv(book: Book, words: Words, file: IO[bytes]) -> None:
    """The docket, or what was measured: with a byte-order mark, and the separator that a spreadsheet expects of the language."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    main = "docket" if "docket" in book.sheets else next(iter(book.sheets))
    writer = csv.writer(text, delimiter="," if words.language == ENGLISH.code else ";")
    writer.writerows([_safe(v, words) for v in row] for row in _rows_in_words(book, main, words))
    text.detach()


def _write_json(book: Book, words: Words, file: IO[bytes]) -> None:
    """All of it, numbers as numbers; `docket.schema.json` beside this file tells its form."""
    sheets = {
        name: [{column.name: row.get(column.name) for column in SHEETS[name]} for row in rows]
        for name, rows in book.sheets.items()
    }
    whole = {"title": book.title, "language": words.language, **book.about, **sheets}
    text = io.TextIOWrapper(file, "utf-8", newline="")
    json.dump(whole, text, ensure_ascii=False, indent=1, default=lambda value: value.isoformat())
    text.detach()


def _write_xlsx(book: Book, words: Words, file: IO[bytes]) -> None:
    """A sheet each: filters on, the head in sight, days as days."""
    import xlsxwriter

    for name, rows in book.sheets.items():
        if len(rows) > _MOST_ROWS:
            why = f"{len(rows):,} rows, and a sheet holds {_MOST_ROWS:,}: write .csv or .json"
            raise Malformed("docket", [Fault(name, why)])
    workbook = xlsxwriter.Workbook(file, {"constant_memory": True})
    day = day_form(words).replace("%Y", "yyyy").replace("%m", "mm").replace("%d", "dd")
    numbers = {datetime: f"{day} hh:mm", date: day, float: "0.0%"}
    forms = {kind: workbook.add_format({"num_format": form}) for kind, form in numbers.items()}
    forms[str] = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for name, rows in book.sheets.items():
        title = words("heading", name).partition(":")[0][:31]  # with no sign that is forbidden
        sheet, columns = workbook.add_worksheet(title), book.shown(name)
        for n, column in enumerate(columns):
            sheet.set_column(n, n, column.width)
        for n_row, row in enumerate(_rows_in_words(book, name, words)):
            for n, value in enumerate(row):
                _write_cell(sheet, n_row, n, value, forms)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
    workbook.close()


def _write_cell(sheet: Any, row: int, n: int, value: Value, forms: Mapping[type, Any]) -> None:
    if isinstance(value, datetime):
        # A sheet knows no offsets: the hour is that on the wall of the office.
        sheet.write_datetime(row, n, value.replace(tzinfo=None), forms[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(row, n, value, forms[date])
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, n, value, forms.get(type(value)))
    elif value:
        # As a text whatever it looks like, so that no cell is run.
        sheet.write_string(row, n, str(value)[:_MOST_SIGNS], None if row else forms[str])


WRITERS: Mapping[str, Callable[[Book, Words, IO[bytes]], object]] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
    ".json": _write_json,
    ".html": lambda book, words, file: file.writelines(map(str.encode, page(book, words))),
}


def to_html(lines: Iterable[Line], words: Words, /) -> str:
    """A docket as one page of HTML in words.

    >>> from openakimat import kz
    >>> "<h1>Docket: 0 cases</h1>" in to_html([], Words(kz.law()))
    True
    """
    rows = [*map(row_of, lines)]
    title = f"{words('heading', 'docket')}: {words.spoken.amount(len(rows), 'Cases')}"
    return "".join(page(Book(title, {"docket": rows}), words))


# -- on disk --------------------------------------------------------------------------


def check_name(path: Path, /, *inputs: Path | None) -> None:
    """Refuse what a docket cannot be written to, or would destroy.

    Raises `Malformed` if its name asks for no form we know, its folder is not there, or it is one of the
    `inputs`.
    """
    why = ""
    if path.suffix.lower() not in WRITERS:
        why = f"ends in none of {', '.join(WRITERS)}"
    elif not path.parent.is_dir():
        why = "no such folder"
    for other in filter(None, inputs):
        with suppress(OSError):
            if path.samefile(other):
                why = "is what is read, and would be lost: name another file"
    if not why and path.suffix.lower() == ".xlsx":
        try:
            import xlsxwriter  # noqa: F401 - asked before an hour is spent on a check
        except ImportError:
            why = "needs the extra 'registers': pip install 'openakimat[registers]'"
    if why:
        raise Malformed("docket", [Fault(str(path), why)])


def write(book: Book, path: Path, words: Words, /) -> None:
    """Write a docket in the form that the name of its file asks for, which `check_name` lets pass: see `write_whole`."""
    write_whole(path, partial(WRITERS[path.suffix.lower()], book, words))


def write_whole(path: Path, fill: Callable[[IO[bytes]], object], /) -> None:
    """Write a file: all of it, or none.

    Raises:
        Malformed: It cannot be written; what was there before is whole.
    """
    # Beside it and then in its place: a disk that fills up leaves the former one as it was.
    beside = path.with_name(f".{path.name[:100]}.{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as wrong:
        raise Malformed("docket", [Fault(str(path), reason_of(wrong))]) from wrong
    finally:
        beside.unlink(missing_ok=True)
