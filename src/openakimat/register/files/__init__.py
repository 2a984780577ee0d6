"""Files as they are: of any kind that holds a register, known by what they hold."""

import csv
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from openakimat.errors import Fault, Malformed, reason_of
from openakimat.register.faults import register_fault
from openakimat.register.files.encoding import same_encoding
from openakimat.register.files.head import Table
from openakimat.register.files.kind import UNPACKING, find_kind, unpack
from openakimat.register.files.logs import read_log
from openakimat.register.files.sheets import read_frame, read_sheet
from openakimat.register.files.text import Warn, decode_fault, open_text, read_csv, read_json


@contextmanager
def open_table(
    source: Path | Any, wanted: Collection[str], /, *, encoding: str = "", sheet: str = "",
    warn: Warn = lambda _: None,
) -> Iterator[Table]:  # fmt: skip
    """A file or a frame as a table, whose rows are read while it is open.

    `wanted` are the names of columns that are asked for, as `key_of` has them; `encoding` that of a
    text, found, if not given; `warn` is told what is not sure.
    Raises `Malformed` if it cannot be read, in its beginning or while its rows are.
    """
    if not isinstance(source, (str, Path)):
        yield read_frame(source, wanted)
        return
    what = f"register {source}"
    try:
        if encoding:
            same_encoding(encoding)
        with Path(source).open("rb") as stream:
            file = unpack(stream)
            try:
                kind = find_kind(file) if file.sample else "csv"
                if kind in {"xlsx", "xls", "ods", "zip"}:
                    yield read_sheet(file, kind, wanted, sheet)
                elif kind in {"xes", "ocel"}:
                    yield read_log(file, kind)
                else:
                    text, name = open_text(file, encoding, warn)
                    encoding = name
                    yield read_json(text) if kind == "json" else read_csv(text, wanted, name)
            except UnicodeError as wrong:
                raise Malformed(what, [decode_fault(wrong, file, encoding)]) from wrong
    except Malformed as wrong:
        if wrong.args[0].startswith(what):
            raise
        raise Malformed(what, wrong.faults) from wrong
    except (OSError, LookupError) as wrong:
        raise Malformed(what, [Fault("", reason_of(wrong))]) from wrong
    except (csv.Error, ValueError, ElementTree.ParseError, *UNPACKING) as wrong:
        raise Malformed(what, [register_fault("", "is-broken", wrong)]) from wrong
