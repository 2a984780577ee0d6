"""The columns of a register are those of its procedures, and a row is read into the entry of its own."""

from __future__ import annotations

from datetime import datetime

import attrs
import pytest

from openakimat import Malformed, kz
from openakimat.register import COLUMNS, RawRow
from openakimat.register.entries.columns import ENTRIES, read_entry
from openakimat.register.entries.entry import Column, columns_of

OFFICE = kz.office("astana")
AT = datetime.fromisoformat("2026-04-01T18:30+05:00")
RECEIVED = {"number": "Ж-1", "received_at": "2026-02-02 10:00"}


def test_the_columns_are_those_of_all_procedures() -> None:
    assert set(COLUMNS) == {name for entry in ENTRIES.values() for name in columns_of(entry)}


@pytest.mark.parametrize("procedure", ENTRIES)
def test_a_column_is_read_alike_whichever_procedure_has_it(procedure: str) -> None:
    """A cell is read before it is known whose it is."""
    for name, column in columns_of(ENTRIES[procedure]).items():
        alike = attrs.evolve(column, needs=COLUMNS[name].needs)
        assert COLUMNS[name] == alike


@pytest.mark.parametrize("procedure", ENTRIES)
def test_a_column_names_others_that_there_are(procedure: str) -> None:
    own: dict[str, Column] = columns_of(ENTRIES[procedure])
    for column in own.values():
        assert {column.needs, column.excludes} <= {"", *own}


@pytest.mark.parametrize("kind", kz.KINDS)
def test_a_row_is_read_into_the_entry_of_its_procedure(kind: str) -> None:
    entry = read_entry(RawRow(2, {**RECEIVED, "kind": kind}), kz.KINDS, OFFICE, at=AT)
    assert (kz.KINDS[kind], 2, "Ж-1") == (entry.procedure, entry.line, entry.number)


def test_under_law_221_a_complaint_is_read_as_an_appeal() -> None:
    row = RawRow(2, {"number": "1", "received_at": "2020-08-03 10:00", "kind": "complaint"})
    assert "appeal" == read_entry(row, kz.KINDS, OFFICE, at=AT).procedure


def test_what_another_procedure_tells_is_read_and_left_out() -> None:
    cells = {**RECEIVED, "kind": "reception", "reported_at": "2026-02-03 10:00"}
    entry = read_entry(RawRow(2, cells), kz.KINDS, OFFICE, at=AT)
    assert "reported_at" not in attrs.asdict(entry)
    with pytest.raises(Malformed, match="reported_at: 'soon' is no time"):
        read_entry(RawRow(2, {**cells, "reported_at": "soon"}), kz.KINDS, OFFICE, at=AT)
