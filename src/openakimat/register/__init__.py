"""A register of real cases, checked against the law: rows to acts to records."""

from openakimat.register.cells import RawRow
from openakimat.register.check import check, check_file
from openakimat.register.columns import COLUMNS
from openakimat.register.docket import make_book
from openakimat.register.entry import Entry
from openakimat.register.mapping import ColumnMapping, read_mapping
from openakimat.register.result import Checked, NotJudged, Refused, Result, RowFault
from openakimat.register.sources import rows

__all__ = [
    "COLUMNS", "Checked", "ColumnMapping", "Entry", "NotJudged", "RawRow", "Refused", "Result",
    "RowFault", "check", "check_file", "make_book", "read_mapping", "rows",
]  # fmt: skip
