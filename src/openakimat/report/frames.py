"""Cases, records, deadlines and dockets as frames of Polars or pandas, with typed columns.

Rules. (1) No person stands in one. (2) Instants are told in UTC, days as days, which pandas has only
as midnights. (3) A frame of cases has the columns of a register: `register.check_file` reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import reduce
from importlib.util import find_spec
from typing import Any

from openakimat.case.acts import Register
from openakimat.case.forgotten import traits_of
from openakimat.case.record import Case, Record
from openakimat.errors import Fault, Malformed, unknown_fault
from openakimat.judgement.deadlines import deadlines
from openakimat.judgement.docket import Line, number_of
from openakimat.limits.deadline import Deadline
from openakimat.report.show import office_of

# A column by its name, and after the sign where its value is, if elsewhere.
_COLUMNS: Mapping[str, tuple[type, str]] = {
    "cases": (Case, ("number=NUMBER kind=received.kind channel=received.channel received_at=opened_at"
        " registered_at=REGISTERED answered_at=ANSWERED case=id procedure wording stage n_records=n_sealed")),
    "records": (Record, "no at act=act.tag role stage under office entered_at=entered basis"),
    "deadlines": (Deadline, ("limit base_at base_day last_day due_at=at stopped_at is_paused=paused"
        " wording=edition.law source=edition.source evidence=evidence.value")),
    "docket": (Line, ("case number procedure stage standing=standing.value limit=deadline.limit"
        " last_day=deadline.last_day due_at=deadline.at standard_at days_late days_left breaches")),
}  # fmt: skip

_MADE: Mapping[str, Callable[[Case], object]] = {
    "NUMBER": lambda case: number_of(case) or case.id,
    "REGISTERED": lambda case: getattr(case.last(Register), "at", None),
    "ANSWERED": lambda case: max([r.at for r in case.records if traits_of(r.act).answers], default=None),
}  # fmt: skip


def frame(what: Any, kind: str = "", /, *, engine: str = "") -> Any:
    """A frame of cases, records, deadlines or a docket; of one case its records.

    Of cases their ``records`` and ``deadlines`` are told too, if these are the `kind` asked for. The
    `engine` is ``polars`` or ``pandas``; whichever is installed, the former first.

    Raises:
        Malformed: They are of several kinds or none, or there is no such engine here.

    >>> str(frame([], "docket", engine="polars").schema["last_day"])
    'Date'
    """
    values = [what] if isinstance(what, Case) else [*what]
    first = Record if isinstance(what, Case) else type(values[0]) if values else None
    kind = kind or next((name for name, (of, _) in _COLUMNS.items() if of is first), "")
    engines = [name for name in ([engine] if engine else _ENGINES) if find_spec(name)]
    if kind not in _COLUMNS:
        raise Malformed("frame", [unknown_fault("kind", kind, _COLUMNS)])
    if engine not in {"", *_ENGINES}:
        raise Malformed("frame", [unknown_fault("engine", engine, _ENGINES)])
    if not engines:
        raise Malformed("frame", [Fault("engine", "pip install 'openakimat[notebook]'")])
    of, columns = _COLUMNS[kind]
    parts = (column.partition("=") for column in columns.split())
    paths = [(name, path or name) for name, _, path in parts]
    rows = list[dict[str, Any]]()
    for value in values:
        beneath: Sequence[object] = [value]
        case = {"case": getattr(value, "id", "")}
        if isinstance(value, Case) and kind in {"records", "deadlines"}:
            beneath = value.sealed if of is Record else deadlines(value, office=office_of(value))
        if not all(isinstance(one, of) for one in beneath):
            raise Malformed("frame", [Fault(kind, f"there is none in a {type(value).__name__}")])
        rows += (case | {name: _cell(one, path) for name, path in paths} for one in beneath)
    return _ENGINES[engines[0]](rows, {name: _type_of(name) for name, _ in [("case", ""), *paths]})


def _cell(value: Any, path: str) -> object:
    """What a column holds of a value; nothing where a part of the way is not there."""
    if path in _MADE:
        cell = _MADE[path](value)
    else:
        cell = reduce(lambda of, name: getattr(of, name, None), path.split("."), value)
    if isinstance(cell, datetime):
        return cell.astimezone(UTC)
    return ", ".join(cell) if isinstance(cell, tuple) else cell


def _type_of(name: str) -> type:
    """By the names of the house: instants are `at`, days `day`, counts `n_`."""
    if name.rsplit("_", maxsplit=1)[-1] in {"at", "day"}:
        return datetime if name.endswith("at") else date
    if name == "no" or name.startswith(("n_", "days_")):
        return int
    return bool if name.startswith("is_") else str


def _polars(rows: list[dict[str, Any]], types: Mapping[str, type]) -> Any:
    import polars as pl

    at = pl.Datetime("us", "UTC")
    known: Any = {datetime: at, date: pl.Date, int: pl.Int64, bool: pl.Boolean}
    return pl.DataFrame(rows, schema={name: known.get(of, pl.String) for name, of in types.items()})


def _pandas(rows: list[dict[str, Any]], types: Mapping[str, type]) -> Any:
    import pandas as pd

    known = {datetime: "datetime64[us, UTC]", date: "datetime64[us]", int: "Int64", bool: "boolean"}
    return pd.DataFrame({
        name: pd.Series([row.get(name) for row in rows], dtype=known.get(of, "string"))
        for name, of in types.items()
    })  # fmt: skip


_ENGINES: Mapping[str, Callable[[list[dict[str, Any]], Mapping[str, type]], Any]] = {
    "polars": _polars,
    "pandas": _pandas,
}
