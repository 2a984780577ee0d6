"""A register of real cases, checked against the law: rows to acts to records."""

from openakimat.register.check import check, check_file
from openakimat.register.docket import make_book
from openakimat.register.entries.cells import RawRow
from openakimat.register.entries.columns import COLUMNS
from openakimat.register.entries.entry import Entry
from openakimat.register.files.mapping import ColumnMapping, read_mapping
from openakimat.register.files.sources import rows
from openakimat.register.result import Checked, NotJudged, Refused, Result, RowFault

__all__ = [
    "COLUMNS", "Checked", "ColumnMapping", "Entry", "NotJudged", "RawRow", "Refused", "Result",
    "RowFault", "check", "check_file", "make_book", "read_mapping", "rows",
]  # fmt: skip
