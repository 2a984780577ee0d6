"""Rows of a spreadsheet, and of a frame that is in memory already."""

import io
import zipfile
from collections.abc import Collection, Iterator
from typing import Any

from openakimat.errors import Malformed, unknown_fault
from openakimat.register.faults import register_fault
from openakimat.register.files.head import Record, Table, find_table, show_value
from openakimat.register.files.kind import MAX_WHOLE, Peeked, too_big


def read_sheet(file: Peeked, kind: str, wanted: Collection[str], sheet: str = "") -> Table:
    """A sheet of a spreadsheet: that asked for, or the first that is seen and holds anything."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError
    except ImportError:
        raise Malformed("register", [register_fault("", "needs-extra", "registers")]) from None
    whole = file.read_whole()
    if kind != "xls":
        kind = _check_archive(whole, kind)
    elif "WordDocument".encode("utf-16-le") in whole:
        raise Malformed("register", [register_fault("", "is-document")])
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(whole))
        name = _choose_sheet(book, sheet)
        return find_table(kind, _records(book.get_sheet_by_name(name)), wanted)
    except PasswordError:
        raise Malformed("register", [register_fault("", "is-locked")]) from None
    except CalamineError as wrong:
        raise Malformed("register", [register_fault("", "is-broken", wrong)]) from wrong


def _check_archive(whole: bytes, kind: str) -> str:
    """What the archive is by the names in it; unpacked it is no bigger than may be held."""
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            inside = archive.infolist()
    except NotImplementedError as wrong:  # of a version that is not known
        raise Malformed("register", [register_fault("", "is-broken", wrong)]) from wrong
    if sum(one.file_size for one in inside) > 4 * MAX_WHOLE:
        raise Malformed("register", [too_big()])
    if kind == "zip":
        if not any(one.filename.startswith("xl/workbook") for one in inside):
            raise Malformed("register", [register_fault("", "is-archive")])
        kind = "xlsx"
    return kind


def _choose_sheet(book: Any, sheet: str) -> str:
    names: list[str] = book.sheet_names
    if sheet and sheet not in names:
        raise Malformed("register", [unknown_fault("sheet", sheet, names)])
    seen = [one.name for one in book.sheets_metadata if "Visible" in str(one.visible)]
    full = (name for name in seen or names if book.get_sheet_by_name(name).height)
    return sheet or next(full, names[0])


def _records(sheet: Any) -> Iterator[Record]:
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        yield line, list(map(show_value, cells))


def read_frame(frame: Any, wanted: Collection[str]) -> Table:
    """The rows of a pandas or Polars frame."""
    by_polars = getattr(frame, "iter_rows", None)
    by_pandas = getattr(frame, "itertuples", None)
    if by_polars is not None:
        rows = by_polars()
    elif by_pandas is not None:
        rows = by_pandas(index=False, name=None)
    else:
        raise Malformed("register", [register_fault("", "no-frame", type(frame).__name__)])
    head = [(0, list(map(str, frame.columns)))]
    under = ((n, list(map(show_value, row))) for n, row in enumerate(rows, start=1))
    return find_table("frame", [*head, *under], wanted)
