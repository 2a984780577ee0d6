"""The statements that every act sends: compiled once for a database, and sent as its driver takes them.

PostgreSQL keeps the records of an act, its card and its events by one of them. What another has
kept meanwhile is passed over, nothing is put beside it, and how many records were kept is told: an
error would end the transaction of a host.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter, methodcaller
from typing import Any

import attrs
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, StatementError

from openakimat.adapters.tables import Tables
from openakimat.errors import JournalError
from openakimat.judgement.card import Card
from openakimat.ports import Change, storable

COLUMNS = tuple(field.name for field in attrs.fields(Card))

Values = Mapping[str, Any]


class Statement:
    """A statement as a driver takes it.

    SQLAlchemy would find out anew, of each that is sent, that it knows it and what it answers with,
    which takes longer than a database in memory takes to do it.
    """

    def __init__(self, text: str, dialect: sa.Dialect, /) -> None:
        compiled = sa.text(text).compile(dialect=dialect)
        self._dialect = dialect
        self._text = str(compiled)
        self._order: Sequence[str] | None = getattr(compiled, "positiontup", None)

    def ask(self, connection: sa.Connection, values: Values, /) -> Sequence[tuple[Any, ...]]:
        """The rows that it answers with."""
        rows: Sequence[tuple[Any, ...]] = self._send(connection, [values], methodcaller("fetchall"))
        return rows

    def write(self, connection: sa.Connection, /, *values: Values) -> int:
        """Send it once for each of several values; how many rows it wrote."""
        return int(self._send(connection, values, attrgetter("rowcount")))

    def _send(
        self, connection: sa.Connection, values: Sequence[Values], take: Callable[[Any], Any]
    ) -> Any:
        # As SQLAlchemy does with whatever is sent: or a commit of the host's would commit nothing.
        if not connection.in_transaction():
            connection.begin()
        order, link = self._order, connection.connection
        given: list[Any] = (
            [*values] if order is None else [tuple([of[name] for name in order]) for of in values]
        )
        try:
            cursor = link.cursor()
        except Exception as wrong:  # a host's own connection may have reasons of its own
            what = StatementError(f"{wrong}", self._text, None, wrong, hide_parameters=True)
            raise what from wrong
        try:
            if len(given) > 1:
                cursor.executemany(self._text, given)
            else:
                cursor.execute(self._text, given[0])
            return take(cursor)
        except (dbapi := self._dialect.loaded_dbapi).Error as wrong:
            if self._dialect.is_disconnect(wrong, link.dbapi_connection, cursor):
                connection.invalidate(wrong)
            raise DBAPIError.instance(
                self._text, None, wrong, dbapi.Error, hide_parameters=True
            ) from wrong
        finally:
            cursor.close()


@lru_cache
def _fields(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The names of the fields of a class, and what takes their values out of one of it."""
    names = tuple(field.name for field in attrs.fields(kind))
    return names, attrgetter(*names)


@lru_cache(maxsize=64)
def reading(tables: Tables, dialect: sa.Dialect, columns: frozenset[str], /) -> Statement:
    """What reads the records of a case; what an edition before did not keep is read as nothing."""
    private = "COALESCE(private, {empty})" if "private" in columns else "{empty}"
    office = "COALESCE(office, '')" if "office" in columns else "''"
    text = f"SELECT case_id, no, body, seal, {private}, {office} FROM {{records}}"  # noqa: S608 - names of ours
    empty = "x''" if dialect.name == "sqlite" else "CAST('' AS bytea)"
    records = dialect.identifier_preparer.format_table(tables.records)
    text = text.format(records=records, empty=empty)
    return Statement(f"{text} WHERE case_id = :case ORDER BY no", dialect)


@lru_cache(maxsize=16)
def locking(tables: Tables, dialect: sa.Dialect, /) -> Statement:
    """What takes the write lock of SQLite: a write that changes nothing locks all the same."""
    records = dialect.identifier_preparer.format_table(tables.records)
    return Statement(f"DELETE FROM {records} WHERE 0", dialect)  # noqa: S608 - of ours


@lru_cache(maxsize=16)
def counting(tables: Tables, dialect: sa.Dialect, /) -> Statement:
    """What takes so many numbers of a series, and tells the last."""
    series = dialect.identifier_preparer.format_table(tables.series)
    # One statement adds and tells: between a read and a write another could take the number.
    text = f"""INSERT INTO {series} AS s (series, last) VALUES (:series, CAST(:n AS bigint))
    ON CONFLICT (series) DO UPDATE SET last = s.last + excluded.last RETURNING last"""  # noqa: S608 - of ours
    return Statement(text, dialect)


# The last condition is that of the index.
_BEARING = """SELECT "case" FROM {cards}
WHERE office = {office} AND number = {number} AND "case" <> {case} AND number <> ''"""


@lru_cache(maxsize=16)
def bearing(tables: Tables, dialect: sa.Dialect, /) -> Statement:
    """What finds the other cases of an office that bear a number."""
    places = {name: f":{name}" for name in ("office", "number", "case")}
    cards = dialect.identifier_preparer.format_table(tables.cards)
    return Statement(_BEARING.format(cards=cards, **places), dialect)


# The card is waited for before the records: of whoever looks at a case, or wakes it, the card is
# taken alone, and would be waited for by one who has the records that it is to write.
_LOCK = """WITH locked AS (
SELECT 1 FROM {cards} WHERE "case" = CAST(:case AS text) FOR NO KEY UPDATE), """

# Every value is cast, because a driver that sends them apart from the text tells no types. A place
# for each value, and no arrays: a driver writes a text out of them, byte by byte.
_RECORDS = """kept AS (
INSERT INTO {records} (case_id, no, body, seal, private, office)
SELECT CAST(:case AS text), r.no, r.body, r.seal, NULLIF(r.private, ''), NULLIF(r.office, '')
FROM (VALUES {rows}) AS r(no, body, seal, private, office)
WHERE (SELECT count(*) FROM locked) >= 0 AND (CAST(:expected AS int) = 0 OR EXISTS (
    SELECT 1 FROM {records} WHERE case_id = CAST(:case AS text) AND no = CAST(:expected AS int))){free}
ORDER BY r.no ON CONFLICT DO NOTHING RETURNING no)"""

_CARD = """, carded AS (
INSERT INTO {cards} ({names}) SELECT {values} WHERE EXISTS (SELECT 1 FROM kept)
ON CONFLICT ("case") DO UPDATE SET {new})"""

_EVENTS = """, told AS (
INSERT INTO {events} (id, office, "case", type, at, data)
SELECT e.id, CAST(:office AS text), CAST(:case AS text), e.type, e.at, e.data
FROM (VALUES {told}) AS e(n, id, type, at, data)
WHERE EXISTS (SELECT 1 FROM kept) ORDER BY e.n)"""

_ROW_OF = {"no": "int", "body": "bytea", "seal": "bytea", "private": "bytea", "office": "text"}
_EVENT_OF = {"id": "text", "type": "text", "at": "timestamptz", "data": "text"}


@lru_cache(maxsize=128)
def _at_once(
    tables: Tables, dialect: sa.Dialect, n_rows: int, n_events: int, parts: tuple[bool, bool]
) -> Statement:
    """What keeps so many records and events, with a card or not, and with a number or not."""
    carded, numbered = parts
    name, columns = dialect.identifier_preparer.format_table, tables.cards.c
    kinds = {name: columns[name].type.compile(dialect).split(" COLLATE")[0] for name in COLUMNS}
    text = _LOCK + _RECORDS + _CARD * carded + _EVENTS * bool(n_events)
    text = text.format(
        records=name(tables.records),
        rows=", ".join(f"({_places(_ROW_OF, 'row', n)})" for n in range(n_rows)),
        free=_free(name(tables.cards), "CAST(:{} AS text)") if numbered else "",
        cards=name(tables.cards),
        names=", ".join(f'"{column}"' for column in kinds),
        values=_places(kinds, "card", 0),
        new=", ".join(f'"{column}" = EXCLUDED."{column}"' for column in kinds if column != "case"),
        events=name(tables.events),
        told=", ".join(f"({n}, {_places(_EVENT_OF, 'event', n)})" for n in range(n_events)),
    )
    return Statement(f"{text} SELECT count(*) FROM kept", dialect)  # noqa: S608 - names of ours


def _free(cards: str, place: str) -> str:
    """The condition that no other case bears the number."""
    # Asked by itself it would be a trip more, and whoever takes the next number waits for all of them.
    places = {name: place.format(name) for name in ("office", "number", "case")}
    return f" AND NOT EXISTS ({_BEARING.format(cards=cards, **places)})"


def _places(kinds: Mapping[str, str], of: str, n: int) -> str:
    return ", ".join(f"CAST(:{of}_{n}_{name} AS {kind})" for name, kind in kinds.items())


@lru_cache(maxsize=256)
def _placed(kind: Any, of: str, n: int) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The places of the fields of the value of a class that comes so many others after the first."""
    names, take = _fields(kind)
    return tuple(f"{of}_{n}_{name}" for name in names), take


def _keep_at_once(connection: sa.Connection, tables: Tables, of: Change) -> int:
    first = of.rows[0]
    values: dict[str, Any] = {"case": first.case, "office": first.office, "expected": first.no - 1}
    if of.number:
        values["number"] = of.number
    given: tuple[tuple[Sequence[Any], str], ...] = (
        (of.rows, "row"),
        (of.events, "event"),
        ([] if of.card is None else [of.card], "card"),
    )
    for each, what in given:
        for n, value in enumerate(each):
            kind: Any = type(value)
            places, take = _placed(kind, what, n)
            values |= zip(places, take(value), strict=True)
    parts = of.card is not None, bool(of.number)
    statement = _at_once(tables, connection.dialect, len(of.rows), len(of.events), parts)
    return int(statement.ask(connection, values)[0][0])


_ROW = """INSERT INTO {records} (case_id, no, body, seal, private, office)
SELECT :case, :no, :body, :seal, NULLIF(:private, x''), NULLIF(:office, '')
WHERE (:no = 1 OR EXISTS (SELECT 1 FROM {records} WHERE case_id = :case AND no = :no - 1)){free}
ON CONFLICT DO NOTHING"""

_PUT = """INSERT INTO {cards} ({names}) VALUES ({values})
ON CONFLICT ("case") DO UPDATE SET {new}"""

_EVENT = """INSERT INTO {events} (id, office, "case", type, at, data)
VALUES (:id, :office, :case, :type, :at, :data)"""


@lru_cache(maxsize=32)
def _in_turn(tables: Tables, dialect: sa.Dialect, /, *, numbered: bool) -> Sequence[Statement]:
    name = dialect.identifier_preparer.format_table
    cards = name(tables.cards)
    put = _PUT.format(
        cards=cards,
        names=", ".join(f'"{column}"' for column in COLUMNS),
        values=", ".join(f":{column}" for column in COLUMNS),
        new=", ".join(f'"{column}" = EXCLUDED."{column}"' for column in COLUMNS),
    )
    row = _ROW.format(records=name(tables.records), free=_free(cards, ":{}") if numbered else "")
    texts = row, put, _EVENT.format(events=name(tables.events))
    return [Statement(text, dialect) for text in texts]


def _keep_in_turn(connection: sa.Connection, tables: Tables, of: Change) -> int:
    add, put, tell = _in_turn(tables, connection.dialect, numbered=bool(of.number))
    kept = add.write(connection, *({**_plain(row), "number": of.number} for row in of.rows))
    if kept == len(of.rows):
        if of.card is not None:
            put.write(connection, _plain(of.card))
        if of.events:
            tell.write(connection, *map(_plain, of.events))
    return kept


def _plain(value: Any) -> dict[str, Any]:
    """The fields of a value, instants as the column of this database has them."""
    kind: Any = type(value)
    names, take = _fields(kind)
    return {
        name: of.astimezone(UTC).isoformat(timespec="microseconds")
        if isinstance(of, datetime)
        else of
        for name, of in zip(names, take(value), strict=True)
    }


def keep(connection: sa.Connection, tables: Tables, of: Change, /) -> int:
    """Keep the next records of a case with its card and events; how many records it kept.

    Fewer than there are when another was first: then it is to be undone, and only one that stands
    alone may be left. None where another case of the office bears the number.
    """
    if of.rows and not storable(of.case):
        raise JournalError(f"{of.case!r} cannot be the id of a case", code="journal.bad-id")
    by = _keep_at_once if connection.dialect.name == "postgresql" else _keep_in_turn
    return by(connection, tables, of) if of.rows else 0
