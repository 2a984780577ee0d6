"""Acts that stand for all others of their kind: the values at which a guard could answer otherwise.

A field is varied when a guard says that it looks at it, in the act asked about or in a record of
it, or when it may matter to time or to closing: `ground`, `to`, `until`, `clock`. Texts are empty or one of the values that
the guards name, days are yesterday, tomorrow, the day after the latest term, and far. Every
other field stands at its default, or at the first value it may have.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, product
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from openakimat.case import VOCABULARY, Act, Applicant, Case
from openakimat.chart.asks import joined
from openakimat.chart.table import Row, Table
from openakimat.errors import AkimatError, PackError
from openakimat.judgement.deadlines import deadlines
from openakimat.law.office import Office
from openakimat.lives.actors import asks_of

Given = Mapping[type[Act], Sequence[Act] | Callable[[Case, datetime], Sequence[Act]]]
"""Acts of a host's own by their class, as such or as a case and an instant ask for them."""

CLOSING = ("ground", "to")
"""The fields that say why a case is closed."""

_OF_TIME = ("until", "clock")
_DAY = timedelta(days=1)
_FAR = 180 * _DAY
_NOON = time(12)
_PLAIN = {"term": "5 working days"}


def openings(kind: type[Act], given: Given, /) -> Sequence[Act]:
    """The acts that open a case: those given, or the plainest there is.

    >>> from openakimat.case.acts import Receive
    >>> openings(Receive, {})
    (Receive(kind='application', channel='', links=(), joined=1),)
    """
    acts = given.get(kind)
    if acts is not None and not callable(acts):
        return acts
    return tuple(islice(_Ways(kind, ()).built((date(2026, 1, 5),)), 1))


class Examples:
    """The acts that are put to the cases of a table.

    `given` are acts to put instead of those made here, by their class.
    """

    def __init__(self, table: Table, office: Office, given: Given) -> None:
        self._office, self._given = office, given
        rows: dict[str, list[Row]] = {}
        for (_, tag), way in table.rows.items():
            rows.setdefault(tag, []).extend(way)
        asks = joined(asks_of(table.every_row))
        self._ways = {
            tag: _Ways(VOCABULARY[tag], of, asks.fields_of(VOCABULARY[tag]))
            for tag, of in rows.items()
        }
        self._fixed: dict[str, tuple[Act, ...]] = {}

    def of(self, tag: str, case: Case, at: datetime, /) -> Sequence[Act]:
        """Acts of one tag, as they might be performed on a case at an instant."""
        acts = self._given.get(VOCABULARY[tag])
        if acts is not None:
            return acts(case, at) if callable(acts) else acts
        if self._ways[tag].dated:
            return tuple(self._ways[tag].built(_days(case, at, self._office)))
        if tag not in self._fixed:
            self._fixed[tag] = tuple(self._ways[tag].built(()))
        return self._fixed[tag]


def _days(case: Case, at: datetime, office: Office) -> tuple[date, ...]:
    """Before now, tomorrow, past the terms that run, and far."""
    today = office.day_of(at)
    last = [
        deadline.last_day for deadline in deadlines(case, office=office) if not deadline.stopped_at
    ]
    latest = max((day for day in last if day), default=today)
    return tuple(dict.fromkeys((today - _DAY, today + _DAY, latest + _DAY, today + _FAR)))


class _Ways:
    def __init__(
        self, kind: type[Act], rows: Sequence[Row], remembered: Iterable[str] = ()
    ) -> None:
        self._kind, self._hints = kind, get_type_hints(kind)
        asks = joined(asks_of(rows))
        self._read = {*asks.act, *remembered, *CLOSING, *_OF_TIME}
        self._words = _words(rows, asks.values)
        self._fields = [
            field
            for field in attrs.fields(kind)
            if field.default is attrs.NOTHING or field.name in self._read
        ]
        self.dated = any(self._hints[field.name] in {date, datetime} for field in self._fields)

    def built(self, days: Sequence[date]) -> Iterator[Act]:
        """Every combination of the values of its fields that can be."""
        names = [field.name for field in self._fields]
        for values in product(*(self._values(field, days) for field in self._fields)):
            try:
                yield self._kind(**dict(zip(names, values, strict=True)))
            except AkimatError:
                continue

    def _values(self, field: "attrs.Attribute[Any]", days: Sequence[date]) -> list[Any]:
        words = sorted(self._words.get(field.name, ()))
        default = field.default if isinstance(field.default, str) else ""
        plain = default or _PLAIN.get(field.name) or (words[0] if words else "something")
        texts = list(dict.fromkeys((plain, *words, "")))
        where = f"{self._kind.tag}.{field.name}"
        values = _of_hint(self._hints[field.name], texts, days, where)
        return list(values) if field.name in self._read else list(islice(values, 1))


def _words(rows: Iterable[Row], values: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """The values that guards have for fields, and those they compare them with."""
    words: dict[str, set[str]] = {}
    for guard in (guard for row in rows for guard in row.guards):
        words.setdefault(guard.field, set()).update(guard.values)
    for field, value in values:
        words.setdefault(field, set()).add(value)
    return {field: frozenset(found) for field, found in words.items()}


def _of_hint(hint: Any, texts: list[str], days: Sequence[date], where: str) -> Iterator[Any]:
    plain: Mapping[object, Sequence[object]] = {
        str: texts,
        bool: (True, False),
        int: (1, 0),
        date: days,
        datetime: [datetime.combine(day, _NOON, UTC) for day in days],
        Applicant: (Applicant(id="citizen"),),
        NoneType: (None,),
    }
    if hint in plain:
        yield from plain[hint]
    elif get_origin(hint) is tuple:
        yield from ((one,) for one in _of_hint(get_args(hint)[0], texts, days, where))
        yield ()
    elif get_origin(hint) is Literal:
        yield from get_args(hint)
    elif attrs.has(hint):
        hints, fields = get_type_hints(hint), attrs.fields(hint)
        required = [f for f in fields if f.init and f.default is attrs.NOTHING]
        parts = [list(_of_hint(hints[f.name], texts, days, f"{where}.{f.name}")) for f in required]
        names = [f.alias for f in required]
        yield from (
            hint(**dict(zip(names, one, strict=True))) for one in islice(product(*parts), 8)
        )
    elif get_origin(hint) in {Union, UnionType}:
        for one in get_args(hint):
            yield from _of_hint(one, texts, days, where)
    else:
        raise PackError(f"{where}: no values of {hint} are known, give examples of the act")
