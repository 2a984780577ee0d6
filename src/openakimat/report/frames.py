"""Cases, records, deadlines, dockets, cards and queues as frames of Polars or pandas, with typed columns.

Rules. (1) No person stands in one. (2) Instants are told in UTC, days as days, which pandas has only
as midnights. (3) A frame of cases has the columns of a register: `register.check_file` reads it.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import reduce
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from openakimat.case import Case, Record
from openakimat.case.forgotten import field_of, traits_of
from openakimat.errors import AkimatError, Fault, Malformed, unknown_fault
from openakimat.judgement.card import Card
from openakimat.judgement.deadlines import deadlines
from openakimat.judgement.docket import Line, number_of
from openakimat.limits.deadline import Deadline
from openakimat.report.show import office_of

_COLUMNS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    files("openakimat.report").joinpath("frames.toml").read_text("utf-8")
)
_KINDS = (Case, Record, Deadline, Line, Card, Case)
_OF: Mapping[str, type] = dict(zip(_COLUMNS, _KINDS, strict=True))
# Acts that answer, and have a column of their own; to refuse a reception is not to resolve it.
_REFUSALS = {f"refuse-{one}" for one in ("service", "information", "reception")}
_APART = {*_REFUSALS, "issue-result", "self-correct"}


def _state(case: Case) -> str | None:
    """That it is over, in whatever way no column tells."""
    with suppress(AkimatError):  # of an office that is not known here
        return "closed" if case.stage in office_of(case).revision_of(case.under).final else None
    return None


# An instruction tells in its kind who gave it.
_MADE: Mapping[str, Callable[[Case], object]] = {
    "NUMBER": lambda case: number_of(case) or case.id,
    "KIND": lambda case: {"instruction": "instruction"}.get(case.procedure, case.received.kind),
    "REPEATS": lambda case: next((t.case for t in case.received.links if t.how == "repeats"), None),
    "ANSWERED": lambda case: max(
        (r.at for r in case.records if traits_of(r.act).answers and r.act.tag not in _APART),
        default=None,
    ),
    "STATE": _state,
}


def frame(what: Any, kind: str = "", /, *, engine: str = "") -> Any:
    """A frame of cases, records, deadlines, a docket (also of a check) or cards; of one case its records.

    Of cases their ``records``, ``deadlines`` and ``queue`` (visits) are told too, if these are the `kind`
    asked for. The `engine` is ``polars`` or ``pandas``; whichever is installed, the former first.
    Raises `Malformed` if they are of several kinds or none, or there is no such engine here.

    >>> str(frame([], "docket", engine="polars").schema["last_day"])
    'Date'
    """
    told = getattr(what, "lines", what)
    values = [*told] if isinstance(told, Iterable) else [told]
    first = Record if isinstance(what, Case) else type(values[0]) if values else None
    kind = kind or next((name for name, of in _OF.items() if of is first), "")
    engines = [name for name in ([engine] if engine else _ENGINES) if find_spec(name)]
    if kind not in _COLUMNS:
        raise Malformed("frame", [unknown_fault("kind", kind, _COLUMNS)])
    if engine not in {"", *_ENGINES}:
        raise Malformed("frame", [unknown_fault("engine", engine, _ENGINES)])
    if not engines:
        raise Malformed("frame", [Fault("engine", "pip install 'openakimat[notebook]'")])
    of, rows = _OF[kind], list[dict[str, Any]]()
    for value in values:
        beneath: Sequence[object] = [value]
        case = {"case": getattr(value, "id", "")}
        if isinstance(value, Case) and kind in {"records", "deadlines"}:
            beneath = value.sealed if of is Record else deadlines(value, office=office_of(value))
        if not all(isinstance(one, of) for one in beneath):
            raise Malformed("frame", [Fault(kind, f"there is none in a {type(value).__name__}")])
        rows += (case | row_of(one, kind) for one in beneath)
    if kind == "queue":
        rows = [row for row in rows if row["ticket"] is not None]
    types = {name: _type_of(name, path) for name, path in [("case", ""), *_COLUMNS[kind].items()]}
    return _ENGINES[engines[0]](rows, types)


def row_of(value: Any, kind: str, /) -> dict[str, Any]:
    """What the columns of a kind of frame hold of a value."""
    records = value.records if isinstance(value, Case) else ()
    done = [(f"{r.act.tag}-{field_of(r.act, 'of', '')}".rstrip("-"), r) for r in records]
    return {name: _cell(value, path, done) for name, path in _COLUMNS[kind].items()}


def _cell(value: Any, path: str, done: Sequence[tuple[str, Record]]) -> object:
    """What a column holds of a value; nothing where a part of the way is not there."""
    if path in _MADE:
        cell = _MADE[path](value)
    elif path[0] in "@^*":
        tags = {tag: of for tag, _, of in (one.partition(".") for one in path[1:].split("|"))}
        found = [(r, tags[tag]) for tag, r in done if tag in tags]
        told = [f[1:] if f[:1] == "=" else field_of(r.act, f) if f else r.at for r, f in found]
        if path[0] == "*":
            return "; ".join(f"{at}" for at in told) or None
        cell = told[0 if path[0] == "^" else -1] if told else None
    elif path.isidentifier():
        cell = getattr(value, path, None)
    else:
        cell = reduce(lambda of, name: getattr(of, name, None), path.split("."), value)
    if isinstance(cell, datetime):
        return cell.astimezone(UTC)
    return ", ".join(cell) if isinstance(cell, tuple) else cell


_ENDS = {"at": datetime, "for": datetime, "day": date, "on": date, "until": date}


def _type_of(name: str, path: str) -> type:
    """By the names of the house: instants are `at`, days `day`, counts `n_`."""
    if (of := _ENDS.get(name.rsplit("_", maxsplit=1)[-1])) and path[:1] != "*":
        return of
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
