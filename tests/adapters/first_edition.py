"""A journal that the first edition has left: see `tests/vectors`."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from openakimat import kz  # noqa: F401 - applicants of the first edition have numbers of its country
from openakimat.trail.seal import Sealed

SCRIPT = (Path(__file__).parents[1] / "vectors" / "first_edition.sql").read_text("utf-8")


def kept_then() -> tuple[list[Any], list[Any]]:
    """The records and the series that the first edition has left, as they stand in its file."""
    with sqlite3.connect(":memory:") as plain:
        plain.executescript(SCRIPT)
        records = plain.execute("SELECT * FROM akimat_record ORDER BY position").fetchall()
        series = plain.execute("SELECT * FROM akimat_series ORDER BY series").fetchall()
    plain.close()
    return records, series


RECORDS, SERIES = kept_then()
ROWS = [Sealed(*row) for _, *row in RECORDS]


def shape(engine: sa.Engine) -> dict[str, Any]:
    """The tables of a database with their columns and indexes."""
    known = sa.inspect(engine)
    return {
        table: (
            {(one["name"], str(one["type"]), one["nullable"]) for one in known.get_columns(table)},
            {one["name"] for one in known.get_indexes(table)},
        )
        for table in known.get_table_names()
        if table.startswith("akimat")
    }


def series_of(engine: sa.Engine) -> list[Any]:
    with engine.connect() as plain:
        found = plain.exec_driver_sql("SELECT series, last FROM akimat_series ORDER BY series")
        return [tuple(row) for row in found]
