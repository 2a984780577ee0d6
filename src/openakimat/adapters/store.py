"""A store in SQL: number, records, card and events of an act under one transaction.

Rules. (1) On PostgreSQL an act is one read and one writing statement, committed by itself; one that
takes a number is a transaction of its own, with a trip more. Whoever writes to another case waits
for nobody. (2) Locks are taken in one order: the series; the cards of cases looked at, by id; of a
case that is kept its card, then its records. (3) On SQLite the write lock is taken before anything is read. (4) Within the host's transaction
an act stands behind a savepoint: what is refused is undone alone.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from itertools import starmap
from typing import Any

import sqlalchemy as sa

from openakimat.adapters.database import INSERT, Bind, Database
from openakimat.adapters.journal import Journal, Numbers
from openakimat.adapters.keeping import COLUMNS, bearing, keep
from openakimat.adapters.tables import Tables
from openakimat.calendar.times import instant
from openakimat.desk.shelf import OPERATORS
from openakimat.errors import Conflict, JournalError, NumberBorne
from openakimat.judgement.card import Card
from openakimat.ports import Change, Condition, Event, Repeat, Told, Where, consecutive

_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    **OPERATORS,
    "among": lambda column, values: column.in_(sorted(values)),
}

_AROUND = "openakimat.around"
"""Where a connection has the transaction of a store that another is within."""


class Store(Database):
    """All that an office keeps, in SQL, for any number of threads and processes.

    It is made as a `Database` is: on the host's own open connection every act is part of the host's
    transaction.

    >>> store = Store("sqlite://")
    >>> with store.begin() as tx:
    ...     tx.next("R-2026")
    1
    >>> store.close()
    """

    def __init__(
        self, bind: Bind, /, *, metadata: sa.MetaData | None = None, create: bool = True
    ) -> None:
        super().__init__(bind, metadata=metadata, create=create)
        # Of the same engine, so that a database in memory is the same for all of them.
        self.journal = Journal(self.bind, metadata=self._metadata, create=create)
        self.numbers = Numbers(self.bind, metadata=self._metadata, create=create)
        self.cards = Cards(self)
        self.outbox = Outbox(self)

    @contextmanager
    def begin(self) -> "Iterator[Tx]":
        """A transaction; see the rules above."""
        with self.telling():
            if (joined := self.joined()) is not None:
                self.journal.lock(joined)
                if (around := joined.info.get(_AROUND)) is not None:
                    around.begin()
                with joined.begin_nested():
                    yield Tx(self, joined, begun=True)
                return
            if self.bind.dialect.name == "sqlite":
                with self._engine.begin() as connection, self.opened(connection):
                    self.journal.lock(connection)
                    yield (tx := Tx(self, connection, begun=True))
            else:
                with self._by_itself() as connection, self.opened(connection):
                    self.refuse_first_edition(connection)
                    info, tx = connection.info, Tx(self, connection, begun=False)
                    info[_AROUND] = tx
                    try:
                        yield tx
                    except BaseException as wrong:
                        tx.end("ROLLBACK")
                        if tx.kept:
                            wrong.add_note("the act was kept before this, and is not undone")
                        raise
                    finally:
                        del info[_AROUND]
                    tx.end("COMMIT")
            self.journal.remember_forms(tx.forms)

    def serial(self, series: str, /) -> int:
        """A number that a series has not given yet; on PostgreSQL one of all series."""
        with self.connected() as connection:
            if connection.dialect.supports_sequences:
                return int(connection.scalar(self.tables.serial))
            return self.numbers.next(series)

    def _by_itself(self) -> sa.Connection:
        """A connection, each statement of which is a transaction of its own."""
        # Said of the connection: said of an engine, a level that the host's has would take its place,
        # and nothing would be committed.
        return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")


class Tx:
    """A transaction of a store; begun with the first statement that another one is to follow."""

    def __init__(self, store: Store, connection: sa.Connection, /, *, begun: bool) -> None:
        self._store = store
        self._connection = connection
        self._begun = begun
        self._own = self.kept = False
        self.forms: dict[str, bytes] = {}

    def end(self, how: str, /) -> None:
        """Commit or roll back what was begun here."""
        # A connection that is gone has nothing to undo, and asked for it would hide why it is gone.
        if self._own and not self._connection.invalidated:
            self._connection.exec_driver_sql(how)
        self._own = False

    def begin(self) -> sa.Connection:
        """The connection, on which a transaction is begun by now.

        Raises `JournalError` if a record that stood alone was kept, and committed by that.
        """
        if self.kept:
            why = "an act is kept as the last of its transaction: nothing is done after it"
            raise JournalError(why, code="journal.kept")
        if not self._begun:
            self._connection.exec_driver_sql("BEGIN")
            self._begun = self._own = True
        return self._connection

    def next(self, series: str, /) -> int:
        """The next number of a series, from 1, without gaps."""
        self.begin()
        return self._store.numbers.next(series)

    def hold(self, series: str, /, past: int = 0) -> int:
        """The last number of a series, which nobody else takes one of before this ends."""
        self.begin()
        return self._store.numbers.hold(series, past)

    def repeat(self, office: str, key: str, /) -> Repeat | None:
        """What an office has kept under a key, if anything."""
        at = self._store.tables.keys.c
        known = sa.select(at["case"], at.no, at.asked).where(at.office == office, at.key == key)
        row = self._connection.execute(known).one_or_none()
        return None if row is None else Repeat(*row)

    def watch(self, cases: Sequence[str], /) -> Mapping[str, int]:
        """How many records cases have, each of which nobody else writes to before this ends."""
        at = self._store.tables.cards.c
        locked = sa.select(at["case"], at.version).where(at["case"].in_(sorted(cases)))
        # By id, so that of two who look at each other's cases neither waits for the other.
        rows = self.begin().execute(locked.order_by(at["case"]).with_for_update())
        versions = {case: version for case, version in rows}  # noqa: C416 - a row is no pair to mypy
        # Of a journal that came from elsewhere, and whose cards are not made yet.
        if others := [case for case in cases if case not in versions]:
            versions |= self._store.journal.counted(self._connection, others)
        return versions

    def claim(self, office: str, at: datetime, /) -> str | None:
        """A case whose card wants to be woken by an instant, which nobody else is given."""
        card = self._store.tables.cards.c
        due = sa.select(card["case"]).where(card.office == office, card.wake_at <= at)
        first = due.order_by(card.wake_at, card["case"]).limit(1)
        case: str | None = self.begin().execute(first.with_for_update(skip_locked=True)).scalar()
        return case

    def keep(self, *changes: Change) -> None:
        """Keep what acts leave; a single record alone is a transaction by itself."""
        journal = self._store.journal
        for of in changes:
            # Before the count: rows that do not follow are no conflict.
            consecutive(of.case, of.rows, expected=of.expected)
            self.forms |= journal.unknown_forms(of.forms)
            # Before any is kept: what was kept of another case would stand, and be kept once more.
            if of.number and len(changes) > 1:
                self._refuse_borne(of)
        several = len(changes) > 1 or any(len(of.rows) > 1 or of.key for of in changes)
        if self.kept or self.forms or several:
            self.begin()
        journal.keep_forms(self._connection, self.forms)
        for of in changes:
            tables = self._store.tables
            kept = keep(self._connection, tables, of)
            if kept != len(of.rows):
                if of.number and not kept:
                    self._refuse_borne(of)
                journal.tell_first(self._connection, of.rows, {of.case: kept})
            if of.key:
                self._keep_key(of)
        self.kept = bool(changes) and not self._begun

    def _refuse_borne(self, of: Change) -> None:
        find = bearing(self._store.tables, self._connection.dialect)
        asked = {"case": of.case, "office": of.rows[0].office, "number": of.number}
        for (by,) in find.ask(self._connection, asked):
            raise NumberBorne(of.case, of.number, by)

    def _keep_key(self, of: Change) -> None:
        table = self._store.tables.keys
        once = INSERT[self._connection.dialect.name](table).on_conflict_do_nothing()
        last = of.rows[-1]
        row = {
            "office": last.office,
            "key": of.key,
            "case": of.case,
            "no": last.no,
            "asked": of.asked,
        }
        if self._connection.execute(once.returning(table.c.no), row).first() is None:
            raise Conflict(of.case, expected=of.expected, found=of.expected)


class Cards:
    """The cards of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._at = store.tables.cards.c

    def find(
        self, where: Where, /, *, order: str = "case", after: Card | None = None, limit: int = 500
    ) -> Sequence[Card]:
        """Cards in the order of a column, those that lack it last, and by case at last."""
        name, downwards = order.removeprefix("-"), order.startswith("-")
        column, case = self._at[name], self._at["case"]
        wanted = sa.select(*(self._at[name] for name in COLUMNS)).where(*map(self._any, where))
        asked: list[Any] = []
        last = getattr(after, name) if after else None
        if after is None or last is not None:
            known = wanted.where(column.is_not(None))
            # Both ways at once, as an index is read from either end.
            ways = [column.desc(), case.desc()] if downwards else [column, case]
            if after is not None:
                further = column < last if downwards else column > last
                known = known.where(further | ((column == last) & self._beyond(after, downwards)))
            asked.append(known.order_by(*ways))
        if column.nullable:
            lacking = wanted.where(column.is_(None)).order_by(case.desc() if downwards else case)
            if after is not None and last is None:
                lacking = lacking.where(self._beyond(after, downwards))
            asked.append(lacking)
        found: list[Card] = []
        with self._store.connected() as connection:
            # One way after the other, for each of them is told by an index.
            for one in asked:
                if len(found) < limit:
                    found += starmap(Card, connection.execute(one.limit(limit - len(found))))
        return found

    def _beyond(self, last: Card, downwards: bool) -> sa.ColumnElement[bool]:  # noqa: FBT001 - the way of a list
        case = self._at["case"]
        return case < last.case if downwards else case > last.case

    def put(self, cards: Sequence[Card], /) -> None:
        """Put cards in the place of those of the same cases that are of no later version."""
        with self._store.connected() as connection:
            rows = [{name: getattr(card, name) for name in COLUMNS} for card in cards]
            connection.execute(_putting(self._store.tables, connection.dialect.name), rows)

    def _any(self, group: Sequence[Condition]) -> Any:
        # A text that is empty stands in the statement: by a value bound no partial index is found.
        of = (
            (name, how, sa.literal_column("''") if value == "" else value)
            for name, how, value in group
        )
        holds = (_OPERATORS[how](self._at[name], value) for name, how, value in of)
        return sa.or_(sa.false(), *holds)


class Outbox:
    """What a store has to tell. On SQLite one relay is at work at a time: nothing is locked there."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @contextmanager
    def claim(self, limit: int, /, *, but: Collection[str] = ()) -> Iterator[Sequence[Told]]:
        """The earliest events untold, one of a case; those tried least before the others."""
        table = self._store.tables.events
        at, other = table.c, table.alias().c
        before = (other["case"] == at["case"]) & ~other.told & (other.position < at.position)
        first = sa.select(at.position, at.id, at.office, at["case"], at.type, at.at, at.data)
        first = first.add_columns(at.tries, at.error).where(~at.told, ~sa.exists().where(before))
        first = first.where(at["case"].not_in(sorted(but))) if but else first
        first = first.order_by(at.tries, at.position).limit(limit)
        if self._store.bind.dialect.name == "sqlite":
            with self._store.connected() as connection:
                rows = connection.execute(first).all()
            yield [Told(place, Event(*event), tries, error) for place, *event, tries, error in rows]
            return
        with self._store.connected() as connection, self._store.opened(connection):
            rows = connection.execute(first.with_for_update(skip_locked=True)).all()
            yield [Told(place, Event(*event), tries, error) for place, *event, tries, error in rows]

    def settle(self, place: int, /, error: str = "") -> None:
        """Say that an event was told, or why it could not be."""
        at = self._store.tables.events.c
        said = sa.update(self._store.tables.events).where(at.position == place)
        with self._store.connected() as connection:
            connection.execute(said.values(tries=at.tries + 1, error=error, told=not error))

    def replay(self, since: datetime, /) -> int:
        """Tell the events done since an instant once more; how many they are."""
        at, since = self._store.tables.events.c, instant(since, path="since")
        again = sa.update(self._store.tables.events).where(at.at >= since, at.told)
        with self._store.connected() as connection:
            return connection.execute(again.values(told=False)).rowcount


@lru_cache(maxsize=16)
def _putting(tables: Tables, dialect: str) -> Any:
    put = INSERT[dialect](tables.cards)
    new = {name: put.excluded[name] for name in COLUMNS if name != "case"}
    at = tables.cards.c
    return put.on_conflict_do_update(
        index_elements=[at["case"]], set_=new, where=put.excluded.version >= at.version
    )
