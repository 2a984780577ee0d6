"""Every store shipped keeps the contracts, and the contracts tell a store that does not, by the law it breaks."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import timedelta
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

import attrs
import pytest
import sqlalchemy as sa
from sqlalchemy.util import await_only

from openakimat import kz
from openakimat.adapters import memory, sql
from openakimat.adapters.async_desk import AsyncDesk
from openakimat.errors import Conflict, UnknownCase
from openakimat.ports import Change
from openakimat.testing.conformance import (
    Awaited,
    CardsContract,
    JournalContract,
    OutboxContract,
    StoreContract,
    WakeupsContract,
    check_cards,
    check_journal,
    check_numbers,
    check_outbox,
    check_store,
    check_wakeups,
)
from openakimat.testing.contract import Contract, check
from openakimat.testing.stores import OFFICE
from openakimat.trail.seal import Sealed

# -- kept -------------------------------------------------------------------------------


class _Memory:
    n_writers = 1

    def make(self) -> Any:
        return memory.Store()


class _File:
    """A SQLite file for each store made."""

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder, self.n_made = tmp_path, 0

    def make(self) -> Any:
        self.n_made += 1
        return sql.Store(f"sqlite:///{self.folder}/{self.n_made}.db")

    def reopen(self, store: Any) -> Any:
        store.close()
        return sql.Store(f"sqlite:///{self.folder}/{self.n_made}.db")

    def opener(self, _: Any) -> Any:
        return partial(sql.Store, f"sqlite:///{self.folder}/{self.n_made}.db")

    def done(self, store: Any) -> None:
        store.close()


class _Postgres:
    """Tables emptied for each store made."""

    @pytest.fixture(autouse=True)
    def _engine(self, pg_engine: sa.Engine, postgres: str) -> None:
        self.engine, self.url = pg_engine, postgres

    def make(self) -> Any:
        store = sql.Store(self.engine)
        names = ", ".join(table.name for table in store.tables[:-1])
        with self.engine.begin() as connection:
            connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
        return store

    def reopen(self, store: Any) -> Any:
        store.close()
        return sql.Store(self.engine)

    def opener(self, _: Any) -> Any:
        return partial(sql.Store, self.url)


class TestMemoryStore(_Memory, StoreContract): ...


class TestMemoryCards(_Memory, CardsContract): ...


class TestMemoryOutbox(_Memory, OutboxContract): ...


class TestMemoryWakeups(_Memory, WakeupsContract): ...


class TestSQLiteStore(_File, StoreContract): ...


class TestSQLiteCards(_File, CardsContract): ...


class TestSQLiteOutbox(_File, OutboxContract):
    """Where one relay is at work at a time."""

    n_writers = 1


class TestSQLiteWakeups(_File, WakeupsContract): ...


class TestPostgresStore(_Postgres, StoreContract): ...


class TestPostgresCards(_Postgres, CardsContract): ...


class TestPostgresOutbox(_Postgres, OutboxContract): ...


class TestPostgresWakeups(_Postgres, WakeupsContract): ...


# -- the same, where the driver is awaited ----------------------------------------------


def _of_desk(url: str) -> Any:
    """The store of a desk that is awaited."""
    return await_only(AsyncDesk(kz.office("khromtau"), url).run(attrgetter("store")))


class _AwaitedFile(_File):
    n_acts, n_cases = 4, 12

    @property
    def url(self) -> str:
        return f"sqlite+aiosqlite:///{self.folder}/{self.n_made}.db"

    def make(self) -> Any:
        self.n_made += 1
        return _of_desk(self.url)

    def reopen(self, store: Any) -> Any:
        store.close()
        return _of_desk(self.url)

    def opener(self, _: Any) -> Any:
        return partial(_of_desk, self.url)


class _AwaitedPostgres(_Postgres):
    n_acts, n_cases = 4, 12

    def make(self) -> Any:
        super().make()
        return _of_desk(self.url)

    def reopen(self, store: Any = None) -> Any:
        if store is not None:
            store.close()
        return _of_desk(self.url)

    def done(self, store: Any) -> None:
        store.close()

    def opener(self, _: Any) -> Any:
        return partial(_of_desk, self.url)

    @pytest.fixture(autouse=True)
    def _asyncpg(self, _engine: None) -> None:
        self.url = self.url.replace("postgresql:", "postgresql+asyncpg:")


class TestAiosqliteStore(Awaited[Any], _AwaitedFile, StoreContract): ...


class TestAiosqliteCards(Awaited[Any], _AwaitedFile, CardsContract): ...


class TestAiosqliteOutbox(Awaited[Any], _AwaitedFile, OutboxContract):
    n_writers = 1


class TestAiosqliteWakeups(Awaited[Any], _AwaitedFile, WakeupsContract): ...


class TestAsyncpgStore(Awaited[Any], _AwaitedPostgres, StoreContract): ...


class TestAsyncpgCards(Awaited[Any], _AwaitedPostgres, CardsContract): ...


class TestAsyncpgOutbox(Awaited[Any], _AwaitedPostgres, OutboxContract): ...


class TestAsyncpgWakeups(Awaited[Any], _AwaitedPostgres, WakeupsContract): ...


class _JournalOf:
    """The journal of a store, let go of with it."""

    n_cases, n_rounds, n_examples = 100, 4, 5

    def make(self) -> Any:
        return super().make().journal  # type: ignore[misc]  # of the store that stands behind

    def opener(self, _: Any) -> Any:
        return partial(_journal_of_desk, self.url)  # type: ignore[attr-defined]  # likewise

    def reopen(self, store: Any = None) -> Any:
        return super().reopen(store).journal  # type: ignore[misc]  # likewise


def _journal_of_desk(url: str) -> Any:
    return _of_desk(url).journal


class TestAiosqliteJournal(Awaited[Any], _JournalOf, _AwaitedFile, JournalContract): ...


class TestAsyncpgJournal(Awaited[Any], _JournalOf, _AwaitedPostgres, JournalContract): ...


def test_an_awaited_store_that_breaks_a_law_is_told_by_it() -> None:
    def make() -> Any:
        store = sql.Store(sql.engine("sqlite+aiosqlite://"))
        store.serial = lambda _series: 7  # type: ignore[method-assign]
        return store

    with pytest.raises(ExceptionGroup) as told:
        check_store(make, awaited=True, n_writers=1, done=lambda store: store.close())
    assert ["test_serials_never_come_twice", "test_what_is_kept_outlives_its_host"] == [
        wrong.__notes__[-1] for wrong in told.value.exceptions
    ]


# -- broken -----------------------------------------------------------------------------

Sabotage = Callable[..., Any]
"""What is done in the place of a method: it is given the store, the method, and the arguments."""


def _changed(**how: Any) -> Sabotage:
    """Keep acts of which something is lost or another."""

    def keep(_: memory.Store, method: Any, *changes: Change) -> None:
        method(*(attrs.evolve(one, **how) for one in changes))

    return keep


def _kept_or_not(_: memory.Store, method: Any, *changes: Change) -> None:
    with suppress(Conflict):
        method(*changes)


def _begun_for_nothing(store: memory.Store, _: Any) -> Any:
    @contextmanager
    def begin() -> Iterator[memory.Store]:
        with suppress(LookupError):
            yield store

    return begin()


def _numbers_kept(store: memory.Store, method: Any) -> Any:
    @contextmanager
    def begin() -> Iterator[memory.Store]:
        try:
            with method():
                yield store
        except BaseException:
            store.numbers.next("s")
            raise

    return begin()


def _without_condition(_: memory.Store, method: Any, where: Any, **how: Any) -> Any:
    return method(where[:1], **how)


def _all_conditions(_: memory.Store, method: Any, where: Any, **how: Any) -> Any:
    return method([[one] for group in where for one in group] if [] not in where else where, **how)


def _after_by_case(
    _: memory.Store, method: Any, where: Any, *, after: Any = None, **how: Any
) -> Any:
    found = method(where, **{**how, "limit": 500})
    return [card for card in found if after is None or card.case > after.case][
        : how.get("limit", 500)
    ]


def _told_all(store: memory.Store, _: Any, limit: int) -> Any:
    events = store.outbox
    return nullcontext([one for one in events._events if one.place not in events._told][:limit])


def _told_reversed(_: memory.Store, method: Any, limit: int) -> Any:
    with method(500) as page:
        return nullcontext(page[::-1][:limit])


SABOTAGED: list[tuple[str, Sabotage, type[Contract[Any]], str]] = [
    ("keep", _changed(card=None), StoreContract, "an_act_is_kept_whole"),
    ("keep", _changed(events=()), StoreContract, "an_act_is_kept_whole"),
    ("keep", _changed(forms={}), StoreContract, "an_act_is_kept_whole"),
    ("keep", _changed(key=""), StoreContract, "a_key_is_kept_once_in_its_office"),
    ("keep", _changed(asked=""), StoreContract, "an_act_is_kept_whole"),
    ("keep", _kept_or_not, StoreContract, "a_stale_act_is_a_conflict_and_leaves_nothing"),
    ("begin", _begun_for_nothing, StoreContract, "what_raises_is_undone"),
    ("begin", _numbers_kept, StoreContract, "a_stale_act_is_a_conflict_and_leaves_nothing"),
    ("repeat", lambda _, method, _office, key: method(OFFICE, key), StoreContract,
     "a_key_is_kept_once_in_its_office"),
    ("repeat", lambda *_: None, StoreContract, "an_act_is_kept_whole"),
    ("keep", _changed(number=""), StoreContract, "a_number_is_borne_once_in_its_office"),
    ("cards.bearing", lambda _, method, _office, number: method(OFFICE, number), StoreContract,
     "a_number_is_borne_once_in_its_office"),
    ("next", lambda _, method, _series: method("s"), StoreContract, "series_count_without_gaps"),
    ("next", lambda _, method, series: method(series) + 1, StoreContract,
     "series_count_without_gaps"),
    ("hold", lambda store, _, series: store.next(series), StoreContract,
     "series_count_without_gaps"),
    ("serial", lambda *_: 7, StoreContract, "serials_never_come_twice"),
    ("watch", lambda _, _method, cases: dict.fromkeys(cases, 1), StoreContract,
     "watched_cases_are_counted"),
    ("cards.find", _without_condition, CardsContract, "of_each_group_one_condition_holds"),
    ("cards.find", _all_conditions, CardsContract, "of_each_group_one_condition_holds"),
    ("cards.find", _after_by_case, CardsContract, "pages_tell_every_card_once_and_in_order"),
    ("cards.put", lambda store, _, cards: [store.cards.set(card.case, card) for card in cards],
     CardsContract, "a_card_replaces_none_of_a_later_version"),
    ("outbox.claim", _told_all, OutboxContract, "of_each_case_the_events_are_told_in_order"),
    ("outbox.claim", _told_reversed, OutboxContract, "of_each_case_the_events_are_told_in_order"),
    ("outbox.settle", lambda _, method, place, _error="": method(place), OutboxContract,
     "what_could_not_be_told_is_tried_again"),
    ("outbox.replay", lambda _, method, since: method(since + timedelta(1)), OutboxContract,
     "what_was_told_is_told_once_more_on_demand"),
    ("claim", lambda _, method, office, at: method(office, at - timedelta(microseconds=1)),
     WakeupsContract, "the_soonest_that_is_due_is_claimed"),
    ("claim", lambda _, method, _office, at: method(OFFICE, at), WakeupsContract,
     "the_soonest_that_is_due_is_claimed"),
    ("claim", lambda _, method, office, at: method(office, at + timedelta(1)), WakeupsContract,
     "the_soonest_that_is_due_is_claimed"),
]  # fmt: skip
"""A method, what is done in its place, and the law that this breaks."""


def _sabotaged(path: str, sabotage: Sabotage) -> memory.Store:
    store = memory.Store()
    owner, _, name = path.rpartition(".")
    of = getattr(store, owner) if owner else store
    setattr(of, name, partial(sabotage, store, getattr(of, name)))
    return store


@pytest.mark.parametrize("which", range(len(SABOTAGED)), ids=lambda n: f"{SABOTAGED[n][0]}-{n}")
def test_the_contract_tells_a_sabotaged_store_by_the_law_it_breaks(which: int) -> None:
    path, sabotage, contract, law = SABOTAGED[which]
    with pytest.raises(ExceptionGroup) as told:
        check(contract, lambda: _sabotaged(path, sabotage), n_writers=1)
    laws = [wrong.__notes__[-1] for wrong in told.value.exceptions]
    assert f"test_{law}" in laws, laws
    # What the law says stands in what is told, and not an accident within the harness.
    assert any(isinstance(wrong, AssertionError) for wrong in told.value.exceptions)


def test_a_store_that_keeps_them_is_told_nothing() -> None:
    for checked in (check_store, check_cards, check_outbox, check_wakeups):
        checked(memory.Store, n_writers=1)
    check_journal(memory.Journal, n_writers=1, n_examples=2)
    check_numbers(memory.Numbers, n_writers=1)


class Lines:
    """A journal in a file of lines, which counts, and then writes: without a lock another comes between."""

    def __init__(self, path: Path, lock: Callable[[Any, int], object]) -> None:
        self.path, self.lock = path, lock
        self.path.touch()

    def _kept(self) -> list[Sealed]:
        # Who reads has no lock: of a line that is being written only the beginning may be there.
        whole, _, _ = self.path.read_text().rpartition("\n")
        rows = (json.loads(line) for line in whole.splitlines())
        return [Sealed(case, no, bytes.fromhex(body), bytes(32)) for case, no, body in rows]

    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **_forms: Any) -> None:
        with self.path.open("a") as file:
            self.lock(file, fcntl.LOCK_EX)
            found = sum(row.case == case for row in self._kept())
            if found != expected:
                raise Conflict(case, expected=expected, found=found)
            file.writelines(json.dumps([row.case, row.no, row.body.hex()]) + "\n" for row in rows)

    def read(self, case: str, /) -> Sequence[Sealed]:
        if not (rows := [row for row in self._kept() if row.case == case]):
            raise UnknownCase(case)
        return rows

    def since(self) -> Iterator[tuple[int, Sealed]]:
        return enumerate(self._kept(), start=1)

    def cases(self) -> Iterator[str]:
        return iter(dict.fromkeys(row.case for row in self._kept()))


def _no_lock(_file: Any, _how: int) -> None:
    """Keep nobody out."""


@pytest.mark.parametrize("lock", [fcntl.flock, _no_lock], ids=["locked", "unlocked"])
def test_a_journal_without_a_lock_is_told_by_processes_among_many_cases(
    tmp_path: Path, lock: Any
) -> None:
    law = "test_among_many_cases_nothing_is_lost_or_doubled"
    hooks = {
        "make": lambda _: Lines(tmp_path / "lines", lock),
        "opener": lambda _, journal: partial(Lines, journal.path, lock),
        "n_cases": 300,
        "n_rounds": 25,
    }
    hold = getattr(type("Contract", (JournalContract,), hooks)(), law)
    if lock is fcntl.flock:
        hold()
    else:
        with pytest.raises((AssertionError, ValueError)):
            hold()
