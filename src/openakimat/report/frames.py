"""Cases, records, deadlines, dockets and cards as frames of Polars or pandas, with typed columns.

Rules. (1) No person stands in one. (2) Instants are told in UTC, days as days, which pandas has only
as midnights. (3) A frame of cases has the columns of a register: `register.check_file` reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from importlib.util import find_spec
from typing import Any

from openakimat.case.acts import Register
from openakimat.case.forgotten import traits_of
from openakimat.case.record import Case, Record
from openakimat.errors import Fault, Malformed, unknown_fault
from openakimat.judgement.card import Card
from openakimat.judgement.deadlines import deadlines
from openakimat.judgement.docket import Line, number_of
from openakimat.limits.deadline import Deadline
from openakimat.report.show import office_of

Row = Mapping[str, Any]


def _case(case: Case) -> Row:
    registered = case.last(Register)
    answers = [record.at for record in case.records if traits_of(record.act).answers]
    return {
        "number": number_of(case) or case.id, "kind": case.received.kind,
        "channel": case.received.channel, "received_at": case.opened_at,
        "registered_at": registered and registered.at, "answered_at": max(answers, default=None),
        "case": case.id, "office": case.records[0].office, "procedure": case.procedure,
        "wording": case.wording, "stage": case.stage, "n_records": case.n_sealed,
    }  # fmt: skip


def _record(record: Record, case: str = "") -> Row:
    return {
        "case": case, "no": record.no, "at": record.at, "act": record.act.tag, "role": record.role,
        "stage": record.stage, "under": record.under, "office": record.office,
        "entered_at": record.entered, "basis": record.basis,
    }  # fmt: skip


def _deadline(due: Deadline, case: str = "") -> Row:
    return {
        "case": case, "limit": due.limit, "base_at": due.base_at, "base_day": due.base_day,
        "last_day": due.last_day, "due_at": due.at, "stopped_at": due.stopped_at,
        "is_paused": due.paused, "n_pauses": len(due.pauses), "wording": due.edition.law,
        "source": due.edition.source, "evidence": due.evidence.value,
    }  # fmt: skip


def _line(line: Line) -> Row:
    due = line.deadline
    return {
        "case": line.case, "number": line.number, "procedure": line.procedure, "stage": line.stage,
        "standing": line.standing.value, "limit": due and due.limit, "last_day": due and due.last_day,
        "due_at": due and due.at, "standard_at": line.standard_at, "days_late": line.days_late,
        "days_left": line.days_left, "breaches": ", ".join(line.breaches),
    }  # fmt: skip


_CARD = (
    "case", "office", "version", "procedure", "stage", "number", "channel", "received_at",
    "registered_at", "answered_at", "due_at", "standard_at", "wake_at", "is_open", "broken",
)  # fmt: skip


def _card(card: Card) -> Row:
    return {name: getattr(card, name) for name in _CARD}


_ROWS: Mapping[str, tuple[type, Callable[..., Row]]] = {
    "cases": (Case, _case),
    "records": (Record, _record),
    "deadlines": (Deadline, _deadline),
    "docket": (Line, _line),
    "cards": (Card, _card),
}


def frame(what: Any, kind: str = "", /, *, engine: str = "") -> Any:
    """A frame of cases, records, deadlines, a docket or cards; of one case its records.

    Args:
        what: The values; of cases also their ``records`` and ``deadlines`` are told.
        kind: What is told of them; what they are, if not given.
        engine: ``polars`` or ``pandas``; whichever is installed, the former first.

    Raises:
        Malformed: They are of several kinds or none, or there is no such engine here.

    >>> from openakimat import kz
    >>> str(frame([], "docket", engine="polars").schema["last_day"])
    'Date'
    """
    values = [what] if isinstance(what, Case) else [*what]
    if not kind:
        kind = "records" if isinstance(what, Case) else _kind_of(values)
    if kind not in _ROWS:
        raise Malformed("frame", [unknown_fault("kind", kind, _ROWS)])
    of, make = _ROWS[kind]
    rows = list[Row]()
    for value in values:
        if isinstance(value, of):
            rows.append(make(value))
        elif isinstance(value, Case) and kind == "records":
            rows += (_record(record, value.id) for record in value.sealed)
        elif isinstance(value, Case) and kind == "deadlines":
            counted = deadlines(value, office=office_of(value))
            rows += (_deadline(due, value.id) for due in counted)
        else:
            raise Malformed("frame", [Fault(kind, f"there is none in a {type(value).__name__}")])
    return _ENGINES[_engine(engine)](rows, _TYPES[kind])


def _kind_of(values: Iterable[object]) -> str:
    first = next(iter(values), None)
    return next((name for name, (of, _) in _ROWS.items() if isinstance(first, of)), "")


def _engine(asked: str) -> str:
    if asked and asked not in _ENGINES:
        raise Malformed("frame", [unknown_fault("engine", asked, _ENGINES)])
    for name in [asked] if asked else _ENGINES:
        if find_spec(name):
            return name
    why = "not installed: pip install 'openakimat[notebook]'"
    raise Malformed("frame", [Fault(asked or "engine", why)])


# -- types ----------------------------------------------------------------------------


def _type_of(name: str) -> type:
    """By the names of the house: instants are `at`, days `day`, counts `n_`."""
    if name == "at" or name.endswith("_at"):
        return datetime
    if name.endswith("_day"):
        return date
    if name in {"no", "version"} or name.startswith(("n_", "days_")):
        return int
    return bool if name.startswith("is_") else str


_NAMES = {
    "cases": "number kind channel received_at registered_at answered_at case office procedure"
    " wording stage n_records",
    "records": "case no at act role stage under office entered_at basis",
    "deadlines": "case limit base_at base_day last_day due_at stopped_at is_paused n_pauses wording"
    " source evidence",
    "docket": "case number procedure stage standing limit last_day due_at standard_at days_late"
    " days_left breaches",
    "cards": " ".join(_CARD),
}
_TYPES = {kind: {name: _type_of(name) for name in of.split()} for kind, of in _NAMES.items()}


def _polars(rows: Iterable[Row], types: Mapping[str, type]) -> Any:
    import polars as pl

    known = {
        datetime: pl.Datetime("us", "UTC"), date: pl.Date(), int: pl.Int64(), bool: pl.Boolean(),
        str: pl.String(),
    }  # fmt: skip
    plain = [{name: _in_utc(value) for name, value in row.items()} for row in rows]
    return pl.DataFrame(plain, schema={name: known[of] for name, of in types.items()})


def _pandas(rows: Iterable[Row], types: Mapping[str, type]) -> Any:
    import pandas as pd

    known = {
        datetime: "datetime64[us, UTC]", date: "datetime64[us]", int: "Int64", bool: "boolean",
        str: "string",
    }  # fmt: skip
    plain = [{name: _in_utc(value) for name, value in row.items()} for row in rows]
    columns = {name: [row[name] for row in plain] for name in types}
    return pd.DataFrame(
        {name: pd.Series(cells, dtype=known[types[name]]) for name, cells in columns.items()}
    )


def _in_utc(value: object) -> object:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


_ENGINES: Mapping[str, Callable[[Iterable[Row], Mapping[str, type]], Any]] = {
    "polars": _polars,
    "pandas": _pandas,
}
