"""A store on Django's own connection: SQLAlchemy compiles, Django's connection executes.

Rules. (1) A transaction of the store is a `transaction.atomic` of Django: alone it commits, within
another it is a savepoint. So what is refused is undone alone, and what the host rolls back is gone
with the host's rows. (2) Each thread has Django's connection of its own. (3) Django's migrations
make the tables.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import sqlalchemy as sa
from django import conf
from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction
from sqlalchemy.event import listen
from sqlalchemy.exc import InvalidRequestError

from openakimat.adapters import sql
from openakimat.adapters.store import Tx
from openakimat.errors import JournalError

_URLS = {"sqlite": "sqlite://", "postgresql": "postgresql+psycopg://"}
"""By the vendor that Django names, how SQLAlchemy compiles."""


class _Connection:
    """Django's connection of this thread, as SQLAlchemy wants one of a driver."""

    def __init__(self, using: str) -> None:
        self._django = connections[using]
        self._atomic: transaction.Atomic | None = None

    def cursor(self, *given: Any) -> Any:
        """A cursor of the driver itself, so that SQLAlchemy knows what it says."""
        try:
            if self._atomic is None:
                (atomic := transaction.atomic(self._django.alias)).__enter__()
                self._atomic = atomic
            self._django.validate_no_broken_transaction()
            return self._django.cursor(*given).cursor
        except Error as wrong:
            # What has no cause a driver never saw: the host has broken its transaction.
            raise wrong.__cause__ or InvalidRequestError(f"{wrong}") from None

    def commit(self) -> None:
        """End what the first cursor has begun; nothing, where there was none."""
        self._end(None)

    def rollback(self) -> None:
        self._end(RuntimeError())

    def _end(self, wrong: Exception | None) -> None:
        atomic, self._atomic = self._atomic, None
        try:
            if atomic is not None:
                atomic.__exit__(type(wrong) if wrong else None, wrong, None)
        except Error as failed:
            raise failed.__cause__ or failed from None

    def idle(self, *_: Any, **__: Any) -> None:
        """Change nothing: the connection is Django's to close and to set up."""

    close = create_function = add_notice_handler = idle

    def __getattr__(self, name: str) -> Any:
        return getattr(self._django.connection, name)


@cache
def engine(using: str = DEFAULT_DB_ALIAS, /) -> sa.Engine:
    """An engine whose connections are Django's, and whose transactions are `transaction.atomic`.

    `using` is the alias of a database of Django's: SQLite, or PostgreSQL by psycopg 3.
    Raises `JournalError` if it is another kind of database, or Django would chop the zone off instants.
    """
    vendor = connections[using].vendor
    if vendor not in _URLS:
        why = f"{vendor}: a journal is proven on {' and '.join(_URLS)} only"
        raise JournalError(why, code="journal.dialect")
    if not conf.settings.USE_TZ:
        raise JournalError("Django: USE_TZ = True keeps instants whole", code="journal.database")
    # What SQLAlchemy would ask a connection when it first meets it, to set it up.
    own: dict[str, Any] = {"use_native_hstore": False} if vendor == "postgresql" else {}
    made = sa.create_engine(
        _URLS[vendor], creator=lambda: _Connection(using), poolclass=sa.NullPool,
        pool_reset_on_return=None, hide_parameters=True, execution_options={"of_host": True}, **own,
    )  # fmt: skip
    known: dict[str, Any] = {}  # what the store knows of the tables, whatever connection asked
    listen(made, "connect", lambda _, record: record.info.update(openakimat=known))
    return made


class Store(sql.Store):
    """All that an office keeps, in a database of Django's; see the rules above.

    It is made on the alias of one as a `Database` is; its tables are made by `create_tables`.
    Raises `JournalError` if the tables are not there, or as `engine` raises.
    """

    def __init__(
        self, using: str = DEFAULT_DB_ALIAS, /, *, metadata: sa.MetaData | None = None,
        create: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(engine(using), metadata=metadata, create=create)

    @contextmanager
    def begin(self) -> Iterator[Tx]:
        """A transaction: an atomic block of Django's, within the host's if it is in one."""
        with self.connected() as connection, self.opened(connection):
            self.journal.lock(connection)
            yield Tx(self, connection, begun=True)


def create_tables(_apps: object, schema_editor: Any) -> None:
    """Make the tables of a store: for ``migrations.RunPython(create_tables, RunPython.noop)``."""
    Store(schema_editor.connection.alias, create=True)
