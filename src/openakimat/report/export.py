"""A docket written as CSV, as a workbook or a page, in words, or as JSON, in stored names."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from openakimat.errors import Fault, Malformed, reason_of
from openakimat.judgement.docket import Line
from openakimat.law.words import Words
from openakimat.limits.language import ENGLISH
from openakimat.report.columns import Book, Row, Sheet, Value
from openakimat.report.page import page

MOST_ROWS = 1_048_575
"""A sheet of a workbook holds no more, beside its head."""

_MOST_SIGNS = 32_767
"""A cell of a workbook holds no more."""


def day_form(words: Words, /) -> str:
    """How a day is written in a cell: as programs that speak the language read it."""
    return "%Y-%m-%d" if "{iso}" in words.spoken.day else "%d.%m.%Y"


def text_of(value: Value, words: Words, /) -> str:
    """A value in words, as text.

    >>> from openakimat import kz
    >>> text_of(date(2026, 3, 18), Words(kz.law(), "ru")), text_of(None, Words(kz.law()))
    ('18.03.2026', '')
    """
    if isinstance(value, float):
        return f"{value:.1%}"
    if isinstance(value, date):
        hour = " %H:%M" if isinstance(value, datetime) else ""
        return value.strftime(day_form(words) + hour)
    return "" if value is None else str(value)


# -- CSV ------------------------------------------------------------------------------


def _safe(value: Value, words: Words) -> str | int:
    """A cell that no spreadsheet runs as a formula; a number stays one."""
    if isinstance(value, int):
        return value
    text = text_of(value, words)
    # A blank before it is stripped by whoever reads the cell.
    return f"'{text}" if text.lstrip()[:1] in set("=+-@") or text[:1] in set("\t\r") else text


def _write_csv(book: Book, words: Words, file: IO[bytes]) -> None:
    """The docket: a byte-order mark, and the separator that a spreadsheet expects of the language."""
    sheet = book.docket.told(words)
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    writer = csv.writer(text, delimiter="," if words.language == ENGLISH.code else ";")
    writer.writerow(words("column", column.name) for column in sheet.columns)
    writer.writerows([_safe(value, words) for value in row] for row in sheet.rows)
    text.detach()


# -- JSON -----------------------------------------------------------------------------


def _plain(value: Value) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def _objects(sheet: Sheet) -> list[dict[str, Any]]:
    names = [column.name for column in sheet.columns]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in sheet.rows]


def _write_json(book: Book, words: Words, file: IO[bytes]) -> None:
    """All of it, numbers as numbers; `docket.schema.json` beside this file tells its form."""
    about = {name: _plain(value) for name, value in book.about.items()}
    sheets = {sheet.name: _objects(sheet) for sheet in (*book.beside, book.docket)}
    whole = {"title": book.title, "language": words.language, **about, **sheets}
    file.write(json.dumps(whole, ensure_ascii=False, indent=1).encode())


# -- a workbook -----------------------------------------------------------------------


def _write_xlsx(book: Book, words: Words, file: IO[bytes]) -> None:
    """A sheet each: filters on, the head in sight, days as days."""
    import xlsxwriter

    workbook = xlsxwriter.Workbook(file, {"constant_memory": True})
    day = day_form(words).replace("%Y", "yyyy").replace("%m", "mm").replace("%d", "dd")
    forms = {
        datetime: workbook.add_format({"num_format": f"{day} hh:mm"}),
        date: workbook.add_format({"num_format": day}),
        float: workbook.add_format({"num_format": "0.0%"}),
    }
    head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    sheets = [sheet.told(words) for sheet in (*book.beside[:1], book.docket, *book.beside[1:])]
    for sheet in sheets:
        _write_sheet(workbook, sheet, words, head, forms)
    workbook.close()


def _write_sheet(
    workbook: Any, sheet: Sheet, words: Words, head: Any, forms: Mapping[type, Any]
) -> None:
    page = workbook.add_worksheet(words("heading", sheet.name)[:31])
    for n, column in enumerate(sheet.columns):
        page.set_column(n, n, column.width)
        page.write_string(0, n, words("column", column.name), head)
    for n_row, row in enumerate(sheet.rows, 1):
        for n, value in enumerate(row):
            _write_cell(page, n_row, n, value, forms)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)


def _write_cell(page: Any, row: int, n: int, value: Value, forms: Mapping[type, Any]) -> None:
    if isinstance(value, datetime):
        # A sheet knows no offsets: the hour is that on the wall of the office.
        page.write_datetime(row, n, value.replace(tzinfo=None), forms[datetime])
    elif isinstance(value, date):
        page.write_datetime(row, n, value, forms[date])
    elif isinstance(value, int | float):
        page.write_number(row, n, value, forms.get(type(value)))
    elif value:
        # As a text whatever it looks like, so that no cell is run.
        page.write_string(row, n, str(value)[:_MOST_SIGNS])


def _find_too_long(book: Book) -> None:
    """Refuse what a workbook would leave out without a word."""
    for sheet in (book.docket, *book.beside):
        if len(sheet.rows) > MOST_ROWS:
            why = f"{len(sheet.rows):,} rows, and a sheet holds {MOST_ROWS:,}: write .csv or .json"
            raise Malformed("docket", [Fault(sheet.name, why)])


# -- any of them ----------------------------------------------------------------------


def _page_text(value: Value, words: Words) -> str:
    """A value as a page has it: a day with its weekday, as on a screen."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return words.spoken.day_text(value)
    return text_of(value, words)


def _page(book: Book, words: Words) -> str:
    return page(book, words, lambda value: _page_text(value, words))


def _write_html(book: Book, words: Words, file: IO[bytes]) -> None:
    file.write(_page(book, words).encode())


WRITERS: Mapping[str, Callable[[Book, Words, IO[bytes]], None]] = {
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
    ".json": _write_json,
    ".html": _write_html,
}


def to_html(lines: Iterable[Line], words: Words, /) -> str:
    """A docket as one page of HTML in words.

    >>> from openakimat import kz
    >>> "<h1>Docket: 0 cases</h1>" in to_html([], Words(kz.law()))
    True
    """
    rows = [*map(Row, lines)]
    title = f"{words('heading', 'docket')}: {words.spoken.amount(len(rows), 'Cases')}"
    return _page(Book(title, Sheet.of(rows)), words)


def check_name(path: Path, /, *inputs: Path | None) -> None:
    """Refuse what a docket cannot be written to, or would destroy.

    Args:
        path: Where it is to be written.
        inputs: What is read, and written over never.

    Raises:
        Malformed: The name asks for no form we know, its folder is not there, or it is an input.
    """
    suffix = path.suffix.lower()
    if suffix not in WRITERS:
        raise Malformed("docket", [Fault(path.name, f"ends in none of {', '.join(WRITERS)}")])
    if not path.parent.is_dir():
        raise Malformed("docket", [Fault(str(path), "no such folder")])
    for other in filter(None, inputs):
        with suppress(OSError):
            if path.samefile(other):
                why = "is what is read: name another file, for it would be lost"
                raise Malformed("docket", [Fault(str(path), why)])
    if suffix == ".xlsx":
        try:
            import xlsxwriter  # noqa: F401 - asked before an hour is spent on a check
        except ImportError:
            why = "needs the extra 'registers': pip install 'openakimat[registers]'"
            raise Malformed("docket", [Fault(path.name, why)]) from None


def write(book: Book, path: Path, words: Words, /, *inputs: Path | None) -> None:
    """Write a docket in the form that the name of the file asks for: all of it, or none.

    Args:
        book: The docket, and what stands beside it.
        path: Where to.
        words: The words it is in; JSON has stored names.
        inputs: What is read, and written over never.

    Raises:
        Malformed: The name asks for no form we know, it is an input, or it cannot be written.
    """
    check_name(path, *inputs)
    if path.suffix.lower() == ".xlsx":
        _find_too_long(book)
    # Beside it and then in its place: a disk that fills up leaves the former one whole.
    beside = path.with_name(f".{path.name[:100]}.{os.getpid()}.part")
    try:
        with beside.open("xb") as file:
            WRITERS[path.suffix.lower()](book, words, file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as wrong:
        raise Malformed("docket", [Fault(str(path), reason_of(wrong))]) from wrong
    finally:
        beside.unlink(missing_ok=True)
