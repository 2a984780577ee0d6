"""How a file of another system becomes a register: a mapping, and what may be wrong with one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs

from openakimat import kz
from openakimat.calendar.times import Place
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import Fault, Malformed, describe_value, reason_of, unknown_fault
from openakimat.register.columns import COLUMNS
from openakimat.register.faults import register_fault
from openakimat.register.times import PIVOT

ANY = "*"
"""The activity that stands for every one."""


def _listed(told: Any) -> tuple[Any, ...]:
    """One or several, as several."""
    return tuple(told) if isinstance(told, (list, tuple)) else (told,)


def _each_listed(told: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {name: _listed(one) for name, one in told.items()}


@attrs.frozen
class Mark:
    """What an activity of an event log tells: a column of ours, by its first, last or each event."""

    column: str
    which: str = "first"


@attrs.frozen
class Events:
    """The columns of case, activity and time of an event log, and what its activities mark.

    Attributes:
        case: The column of the case.
        activity: The column of the activity.
        time: The column of its time.
        marks: What each activity tells; ``*`` is any.
        outcomes: The activities that end a case, and the outcome that each of them is.
        ended: The column of ours that holds when the last of those was.
    """

    case: str
    activity: str
    time: str
    marks: Mapping[str, tuple[Mark, ...]] = attrs.field(factory=dict, converter=_each_listed)
    outcomes: Mapping[str, str] = attrs.field(factory=dict)
    ended: str = "answered_at"


@attrs.frozen
class ColumnMapping:
    """How a file of another system becomes a register.

    Attributes:
        columns: Their columns for each of ours: a day and an hour are joined, of others the first
            that is not empty counts.
        constants: Our columns that have one value throughout.
        values: Our words for theirs, by our column.
        only: The rows that count: those that have one of these words in a column of theirs.
        nulls: Words that stand where nothing is told, beside the usual ones.
        formats: Spellings of times beside ours, as ``strptime`` has them.
        pivot: A year of two digits below it is of this century.
        zone: Where times are told that have no offset: a town of the country or an offset; the
            place of the office, if not given.
        clock: ``instant`` keeps the moment; ``wall`` keeps the hour on the wall, as if
            it had been told by the clock of the office.
        sheet: The sheet of a spreadsheet.
        partial: Whether a file may lack columns that are mapped, but for those it must have.
        events: For an event log, how it is read.
    """

    columns: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict, converter=_each_listed)
    constants: Mapping[str, str] = attrs.field(factory=dict)
    values: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)
    only: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    nulls: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    pivot: int = PIVOT
    zone: str = ""
    clock: str = "instant"
    sheet: str = ""
    partial: bool = False
    events: Events | None = None

    @property
    def place(self) -> Place | None:
        """Where times are told that have no offset; None where the office's own clock tells them."""
        return _find_zone(self.zone) if self.zone else None


_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")


def _find_zone(zone: str) -> Place:
    """A place by its name, or by an offset that it always had.

    Raises:
        Malformed: No place has that name.
        ValueError: There is no such offset.
    """
    if offset := _OFFSET.fullmatch(zone):
        seconds = int(f"{offset[1]}{int(offset[2]) * 3600 + int(offset[3]) * 60}")
        always = Edition(seconds, zone, date.min, "the mapping", Evidence.CONFIRMED)
        return Place(zone, Dated(zone, (always,)))
    return kz.place(zone)


def shipped() -> list[str]:
    """The mappings that come with the library, by name.

    >>> shipped()
    ['e-otinish']
    """
    names = (one.name for one in files("openakimat.register").joinpath("mappings").iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def read_mapping(source: Path | str, /) -> ColumnMapping:
    """The mapping in a TOML file, or one that comes with the library, by its name.

    Raises:
        Malformed: It is not TOML, or has keys or values that mean nothing; all at once. A
            column that there is none of is told with the nearest.

    >>> read_mapping("e-otinish").values["state"]["FINISHED"]
    'answered'
    """
    try:
        if str(source) in shipped():
            text = files("openakimat.register").joinpath("mappings", f"{source}.toml").read_bytes()
        else:
            text = Path(source).read_bytes()
        plain = tomllib.loads(text.decode("utf-8-sig"))
    except RecursionError:
        raise Malformed(f"mapping {source}", [register_fault("", "too-deep")]) from None
    except (OSError, ValueError) as wrong:
        raise Malformed(f"mapping {source}", [_unread_fault(wrong)]) from wrong
    faults = list[Fault]()
    mapping: ColumnMapping = _read_record(ColumnMapping, _KEYS, "", plain, faults)
    if faults:
        raise Malformed(f"mapping {source}", faults)
    return mapping


def _unread_fault(wrong: OSError | ValueError) -> Fault:
    """Why a text is no TOML."""
    if isinstance(wrong, UnicodeDecodeError):
        return register_fault("", "no-mark", "utf-8")
    if isinstance(wrong, tomllib.TOMLDecodeError):
        return Fault("", f"{wrong}; names that are not all of Latin letters stand in quotes")
    return Fault(
        "", reason_of(wrong) if isinstance(wrong, OSError) else "it holds a number too long"
    )


# -- what each key may hold ---------------------------------------------------------------

Reader = Callable[[str, Any, list[Fault]], Any]
"""Reads what stands at a path, and adds to the faults what is wrong with it."""


def _read_typed(wanted: type, code: str, path: str, value: Any, faults: list[Fault]) -> Any:
    if type(value) is wanted:
        return value
    faults.append(register_fault(path, code, describe_value(value)))
    return wanted()


_text = partial(_read_typed, str, "no-text")


def _texts(path: str, value: Any, faults: list[Fault]) -> tuple[str, ...]:
    return tuple(_text(path, one, faults) for one in _listed(value))


def _one_of(known: Iterable[str], path: str, value: Any, faults: list[Fault]) -> str:
    word: str = _text(path, value, faults)
    if isinstance(value, str) and word not in known:
        faults.append(unknown_fault(path, word, known))
    return word


def _read_table(
    each: Reader, keys: Collection[str], path: str, value: Any, faults: list[Fault]
) -> dict[str, Any]:
    """A table, of the keys known; of any, where none are told."""
    if not isinstance(value, dict):
        faults.append(register_fault(path, "no-table", describe_value(value)))
        return {}
    read = {}
    for key, one in value.items():
        if keys and key not in keys:
            faults.append(unknown_fault(path, key, keys))
        else:
            read[key] = each(f"{path}.{key}", one, faults)
    return read


def _read_record(
    of: type, keys: Mapping[str, Reader], path: str, value: Any, faults: list[Fault]
) -> Any:
    """A table whose keys each hold something of their own."""
    if not isinstance(value, dict):
        faults.append(register_fault(path, "no-table", describe_value(value)))
        return None
    faults.extend(unknown_fault(path, key, keys) for key in value if key not in keys)
    dotted = f"{path}." if path else ""
    read = {key: keys[key](dotted + key, one, faults) for key, one in value.items() if key in keys}
    required = [field.name for field in attrs.fields(of) if field.default is attrs.NOTHING]
    lacking = [name for name in required if name not in read]
    faults.extend(register_fault(dotted + name, "needed") for name in lacking)
    return None if lacking else of(**read)


def _marks(path: str, value: Any, faults: list[Fault]) -> tuple[Mark, ...]:
    read = (_read_record(Mark, _MARK, path, one, faults) for one in _listed(value))
    return tuple(mark for mark in read if mark is not None)


def _formats(path: str, value: Any, faults: list[Fault]) -> tuple[str, ...]:
    read = _texts(path, value, faults)
    for form in read:
        try:
            day = datetime(2026, 3, 18, 9, 15)  # noqa: DTZ001 - any day
            if datetime.strptime(day.strftime(form), form).date() == day.date():  # noqa: DTZ007 - likewise
                continue
        except ValueError:
            pass
        faults.append(register_fault(path, "no-format", form))
    return read


def _zone(path: str, value: Any, faults: list[Fault]) -> str:
    zone: str = _text(path, value, faults)
    try:
        if zone:
            _find_zone(zone)
    except (Malformed, ValueError):
        faults.append(register_fault(path, "no-zone", zone))
    return zone


def _pivot(path: str, value: Any, faults: list[Fault]) -> int:
    pivot: int = _read_typed(int, "no-integer", path, value, faults)
    if not 0 <= pivot <= 100:  # noqa: PLR2004 - years of two digits
        faults.append(register_fault(path, "none-of", str(pivot)[:20], "0 – 100"))
    return pivot


_column = partial(_one_of, COLUMNS)

_words = partial(_read_table, _text, ())

_MARK: Mapping[str, Reader] = {
    "column": _column,
    "which": partial(_one_of, ("first", "last", "each")),
}

_EVENTS: Mapping[str, Reader] = {
    "case": _text,
    "activity": _text,
    "time": _text,
    "marks": partial(_read_table, _marks, ()),
    "outcomes": _words,
    "ended": _column,
}

_KEYS: Mapping[str, Reader] = {
    "columns": partial(_read_table, _texts, COLUMNS),
    "constants": partial(_read_table, _text, COLUMNS),
    "events": partial(_read_record, Events, _EVENTS),
    "values": partial(_read_table, _words, COLUMNS),
    "only": partial(_read_table, _texts, ()),
    "nulls": _texts,
    "formats": _formats,
    "pivot": _pivot,
    "zone": _zone,
    "clock": partial(_one_of, ("instant", "wall")),
    "sheet": _text,
    "partial": partial(_read_typed, bool, "no-boolean"),
}
