"""How a file of another system becomes a register: a mapping, and what may be wrong with one."""

import re
import tomllib
from collections import abc
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, cast, get_args, get_origin, get_type_hints

import attrs

from openakimat import kz
from openakimat.calendar.times import Place
from openakimat.dated import Dated, Edition, Evidence
from openakimat.errors import Fault, Malformed, describe_value, reason_of, unknown_fault
from openakimat.register.entries.columns import COLUMNS
from openakimat.register.entries.times import PIVOT
from openakimat.register.faults import register_fault

ANY = "*"
"""The activity that stands for every one."""

Ours = Annotated[str, COLUMNS]


def _listed(told: Any) -> tuple[Any, ...]:
    return tuple(told) if isinstance(told, (list, tuple)) else (told,)


def _each_listed(told: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {name: _listed(one) for name, one in told.items()}


@attrs.frozen
class Mark:
    """What an activity of an event log tells: a column of ours, by its first, last or each event."""

    column: Ours
    which: Annotated[str, ("first", "last", "each")] = "first"


@attrs.frozen
class Events:
    """The columns of case, activity and time of an event log, and what its activities mark.

    Attributes:
        by: That of who did it, which is asked where an office is fitted to the log.
        marks: What each activity tells; ``*`` is any.
        outcomes: The activities that end a case, and the outcome that each of them is.
        ended: The column of ours that holds when the last of those was.
    """

    case: str
    activity: str
    time: str
    marks: Mapping[str, tuple[Mark, ...]] = attrs.field(factory=dict, converter=_each_listed)
    outcomes: Mapping[str, str] = attrs.field(factory=dict)
    ended: Ours = "answered_at"
    by: str = ""


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
        partial: Whether a file may lack columns that are mapped, but for those it must have.
        events: For an event log, how it is read.
    """

    columns: Mapping[Ours, tuple[str, ...]] = attrs.field(factory=dict, converter=_each_listed)
    constants: Mapping[Ours, str] = attrs.field(factory=dict)
    values: Mapping[Ours, Mapping[str, str]] = attrs.field(factory=dict)
    only: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    nulls: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    pivot: int = PIVOT
    zone: str = ""
    clock: Annotated[str, ("instant", "wall")] = "instant"
    sheet: str = ""
    partial: bool = False
    events: Events | None = None

    @property
    def place(self) -> Place | None:
        """Where times are told that have no offset; None where the office's own clock tells them."""
        return _find_zone(self.zone) if self.zone else None


_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")


def _find_zone(zone: str) -> Place:
    if offset := _OFFSET.fullmatch(zone):
        seconds = int(f"{offset[1]}{int(offset[2]) * 3600 + int(offset[3]) * 60}")
        always = Edition(seconds, zone, date.min, "the mapping", Evidence.CONFIRMED)
        return Place(zone, Dated(zone, (always,)))
    return kz.place(zone)


def shipped() -> list[str]:
    """The mappings that come with the library, by name.

    >>> shipped()
    ['e-otinish', 'openakimat']
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
    mapping: ColumnMapping = _read(ColumnMapping, "", plain, faults)
    if faults := [*faults, *_senseless(mapping)]:
        raise Malformed(f"mapping {source}", faults)
    return mapping


def _unread_fault(wrong: OSError | ValueError) -> Fault:
    if isinstance(wrong, UnicodeDecodeError):
        return register_fault("", "no-mark", "utf-8")
    if isinstance(wrong, tomllib.TOMLDecodeError):
        return Fault("", f"{wrong}; names that are not all of Latin letters stand in quotes")
    return Fault(
        "", reason_of(wrong) if isinstance(wrong, OSError) else "it holds a number too long"
    )


def _read(hint: Any, path: str, value: Any, faults: list[Fault]) -> Any:
    """What stands at a path, as a field of that type holds it; what is wrong is added to the faults."""
    of, inside = get_origin(hint) or hint, get_args(hint)
    if of is Annotated:
        word: str = _read(str, path, value, faults)
        known = hint.__metadata__[0]
        if isinstance(value, str) and word not in known:
            faults.append(unknown_fault(path, word, known))
        return word
    if of is UnionType:
        return _read(inside[0], path, value, faults)
    if of is tuple:
        read = [_read(inside[0], path, one, faults) for one in _listed(value)]
        return tuple(one for one in read if one is not None)
    if of in _PLAIN:
        if type(value) is not of:
            faults.append(register_fault(path, _PLAIN[of], describe_value(value)))
            return of()
        return value
    return _read_table(of, inside, path, value, faults)


def _read_table(of: Any, inside: Any, path: str, value: Any, faults: list[Fault]) -> Any:
    """A table of any keys or of those known; or of a class, None where it lacks what that must have."""
    if not isinstance(value, dict):
        faults.append(register_fault(path, "no-table", describe_value(value)))
        return {} if of is abc.Mapping else None
    if of is abc.Mapping:
        known = getattr(inside[0], "__metadata__", (value,))[0]
        hints = dict.fromkeys(known, inside[1])
    else:
        hints = get_type_hints(of, include_extras=True)
    dotted, told = f"{path}." if path else "", {}
    for key, one in value.items():
        if key in hints:
            told[key] = _read(hints[key], dotted + key, one, faults)
        else:
            faults.append(unknown_fault(path, key, hints))
    if of is abc.Mapping:
        return told
    required = [field.name for field in attrs.fields(of) if field.default is attrs.NOTHING]
    lacking = [register_fault(dotted + name, "needed") for name in required if name not in told]
    faults += lacking
    return None if lacking else cast("Any", of)(**told)


_PLAIN: Mapping[Any, str] = {str: "no-text", int: "no-integer", bool: "no-boolean"}


def _senseless(mapping: ColumnMapping) -> Iterator[Fault]:
    """What of a mapping has its form, and means nothing."""
    day = datetime(2026, 3, 18, 9, 15)  # noqa: DTZ001 - any day
    for form in mapping.formats:
        with suppress(ValueError):
            if datetime.strptime(day.strftime(form), form).date() == day.date():  # noqa: DTZ007 - likewise
                continue
        yield register_fault("formats", "no-format", form)
    try:
        _ = mapping.place
    except (Malformed, ValueError):
        yield register_fault("zone", "no-zone", mapping.zone)
    if not 0 <= mapping.pivot <= 100:  # noqa: PLR2004 - years of two digits
        yield register_fault("pivot", "none-of", str(mapping.pivot)[:20], "0 – 100")
