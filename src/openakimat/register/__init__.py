"""A register of real cases, checked against the law: rows to acts to records."""

from openakimat.register.check import Checked, Refused, Result, check
from openakimat.register.columns import COLUMNS, Entry
from openakimat.register.sources import Mapping, RowFault, read_mapping, rows

__all__ = [
    "COLUMNS",
    "Checked",
    "Entry",
    "Mapping",
    "Refused",
    "Result",
    "RowFault",
    "check",
    "read_mapping",
    "rows",
]
