"""A desk for hosts that await: the same `Desk`, run where SQLAlchemy awaits what it asks of a database.

Rules. (1) No second logic: every method is that of `Desk`. (2) Each call is a transaction of its
own, or part of that of the host's open connection. (3) One task at a time asks on one connection.
(4) What was begun is done before its task is cancelled: it is kept, or refused.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.util import await_only, greenlet_spawn

from openakimat.adapters import sql
from openakimat.desk import Desk, relay
from openakimat.errors import JournalError
from openakimat.law.office import Office
from openakimat.ports import Event, Told

P = ParamSpec("P")
T = TypeVar("T")


def _awaited(
    ask: Callable[Concatenate[Desk, P], T],
) -> "Callable[Concatenate[AsyncDesk, P], Coroutine[Any, Any, T]]":
    @wraps(ask)
    async def ask_awaited(self: "AsyncDesk", /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.run(ask, *args, **kwargs)

    return ask_awaited


def _drawn(
    ask: Callable[Concatenate[Desk, P], Iterator[T]],
) -> Callable[Concatenate[Desk, P], tuple[T, ...]]:
    """What a desk gives one by one, all at once: each is asked of the database."""

    @wraps(ask)
    def ask_all(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> tuple[T, ...]:
        return tuple(ask(desk, *args, **kwargs))

    return ask_all


class AsyncDesk:
    """An office at work on a store, as `Desk` is, for hosts that await.

    Raises `JournalError` if it is no such database, or its driver is none that is awaited.

    Args:
        office: Its body, law and calendar.
        bind: An address such as ``postgresql+asyncpg://…`` or ``sqlite+aiosqlite:///akimat.db``,
            an engine, or the host's own open connection: then every act is part of the host's
            transaction, and the tables must be there.
        secret, metadata, create: As for `Desk` and `Store`; tables are made at the first call.
    """

    def __init__(
        self, office: Office, bind: str | AsyncEngine | AsyncConnection, /, *, secret: bytes = b"",
        metadata: sa.MetaData | None = None, create: bool = True,
    ) -> None:  # fmt: skip
        self._office = office
        bound = sql.engine(bind, create=create) if isinstance(bind, str) else bind.engine
        self._engine = bound.sync_engine if isinstance(bound, AsyncEngine) else bound
        if not self._engine.dialect.is_async:
            name = self._engine.url.drivername
            why = (
                f"{name}: all tasks would wait for it; there are asyncpg, aiosqlite, psycopg_async"
            )
            raise JournalError(why, code="journal.dialect")
        self._joins = bind if isinstance(bind, AsyncConnection) else None
        self._store_with = partial(sql.Store, metadata=metadata, create=create)
        self._desk_at = partial(Desk, office, secret=secret)
        self._made: tuple[Desk, sql.Store] | None = None

    def _make(self) -> tuple[Desk, sql.Store]:
        """The desk and its store, made within the first call: a database is asked for it."""
        if self._made is None:
            joined = self._joins and self._joins.sync_connection
            store = self._store_with(joined or self._engine)
            self._made = self._desk_at(store), store
        return self._made

    async def run(
        self, ask: Callable[Concatenate[Desk, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Whatever else can be asked of a desk; while `ask` waits for other things, all tasks wait."""

        def ask_here() -> T:
            # Here and not before: what it asks of a database is awaited only within the spawned.
            desk, _ = self._make()
            return ask(desk, *args, **kwargs)

        task = asyncio.ensure_future(greenlet_spawn(ask_here))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            # Cut off within a statement, a driver may keep its locks until it times out.
            await asyncio.wait([task])
            raise

    async def relay(
        self, send: Callable[[Event], Awaitable[object]], /, *, limit: int = 20
    ) -> tuple[Told, ...]:
        """Tell the earliest events untold, as `relay` does; `send` is awaited."""

        def relay_here() -> tuple[Told, ...]:
            _, store = self._make()
            return relay(store.outbox, lambda event: await_only(send(event)), limit=limit)

        return await greenlet_spawn(relay_here)

    async def close(self) -> None:
        """Let go of the connections; those of a host's transaction stay."""
        if self._joins is None:
            await greenlet_spawn(self._engine.dispose)

    @property
    def office(self) -> Office:
        """The office, with the charts that it has read in the journal."""
        return self._made[0].office if self._made else self._office

    open = _awaited(Desk.open)
    perform = _awaited(Desk.perform)
    lapse = _awaited(Desk.lapse)
    adopt = _awaited(Desk.adopt)
    case = _awaited(Desk.case)
    look = _awaited(Desk.look)
    possible = _awaited(Desk.possible)
    may = _awaited(Desk.may)
    deadlines = _awaited(Desk.deadlines)
    notices = _awaited(Desk.notices)
    find = _awaited(Desk.find)
    count = _awaited(Desk.count)
    lapse_due = _awaited(_drawn(Desk.lapse_due))
    rebuild = _awaited(Desk.rebuild)
    next_wakeup = _awaited(Desk.next_wakeup)
    files = _awaited(_drawn(Desk.files))
    adoptions = _awaited(Desk.adoptions)
    broken = _awaited(Desk.broken)
    docket = _awaited(Desk.docket)
    verify = _awaited(Desk.verify)
    missing = _awaited(Desk.missing)
