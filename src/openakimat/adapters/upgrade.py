"""Tables of the first edition brought to the second form. No row that is sealed is touched."""

import sqlalchemy as sa

from openakimat.adapters.database import Bind, Database, columns_of, lock_tables
from openakimat.adapters.tables import THIS_TRANSACTION
from openakimat.errors import Fault, Malformed


def upgrade_tables(bind: Bind, /, *, office: str, metadata: sa.MetaData | None = None) -> None:
    """Bring a journal of the first edition to the second form, where that is not done yet.

    Of a dump of another PostgreSQL that was restored here, the transactions are told to be over; who
    reads on by `since` then begins anew. Columns, indexes and tables are added, and each series of numbers is named by its office; all
    in one transaction. The checks of tables made anew are not
    added: what was kept before is for `verify` to judge, and no reason not to go on.
    Raises `Malformed` if it is no id of an office; `JournalError` if there is no such journal, or the
    database fails.

    Args:
        bind: As for `Database`; on the host's own connection it is the host that commits.
        office: The id of the office that has used the series.
        metadata: As for `Database`.

    >>> from openakimat.adapters.sql import Numbers, engine
    >>> first = engine("sqlite://")
    >>> with first.begin() as host:
    ...     for columns in ("record (position, case_id, no, body, seal)", "series (series, last)"):
    ...         _ = host.exec_driver_sql(f"CREATE TABLE akimat_{columns}")
    ...     _ = host.exec_driver_sql("INSERT INTO akimat_series VALUES ('appeal-2026', 7)")
    >>> upgrade_tables(first, office="khromtau")
    >>> with first.connect() as host:
    ...     host.exec_driver_sql("SELECT * FROM akimat_series").all()
    [('khromtau/appeal-2026', 7)]
    >>> first.dispose()
    """
    if not office or "/" in office:
        raise Malformed("office", [Fault("office", f"{office!r} is no id of an office")])
    store = Database(bind, metadata=metadata, create=False)
    try:
        with store.connected() as connection:
            lock_tables(connection)
            _add_columns(store, connection)
            _name_series(store, connection, office)
            if store.is_restored(connection):
                connection.execute(sa.update(store.records).values(tx=0))
    finally:
        if isinstance(bind, str):  # an engine of the host's stays as it is
            store.close()


def _add_columns(store: Database, connection: sa.Connection) -> None:
    preparer = connection.dialect.identifier_preparer
    name, there = preparer.format_table(store.records), columns_of(store.records, connection)
    for column in (store.records.c.private, store.records.c.office, store.records.c.tx):
        if column.name in there:
            continue
        kind = column.type.compile(connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {name} ADD COLUMN {column.name} {kind}")
        # Apart, so that what is there already is of no transaction, and stands before all others.
        if column.name == "tx" and connection.dialect.name == "postgresql":
            connection.execute(sa.update(store.records).values(tx=0))
            default = THIS_TRANSACTION.compile(dialect=connection.dialect)
            connection.exec_driver_sql(f"ALTER TABLE {name} ALTER COLUMN tx SET DEFAULT {default}")
    for table in store.tables[2:-1]:
        table.create(connection, checkfirst=True)
    for index in store.records.indexes:
        index.create(connection, checkfirst=True)
    _begin_serial(store, connection)


def _begin_serial(store: Database, connection: sa.Connection) -> None:
    """Let the ids of cases go on above all that were given before."""
    serial, last = store.tables.serial, store.series.c.last
    if connection.dialect.name == "postgresql":
        serial.create(connection, checkfirst=True)
        name = connection.dialect.identifier_preparer.format_sequence(serial)
        most = sa.select(sa.func.coalesce(sa.func.max(last), 0) + 1).scalar_subquery()
        connection.execute(sa.select(sa.func.setval(sa.literal(name), most, sa.false())))


def _name_series(store: Database, connection: sa.Connection, office: str) -> None:
    # A name with a slash is of the second edition already: the first put none into its names.
    series = store.series.c.series
    unnamed = sa.update(store.series).where(series.not_like("%/%"))
    connection.execute(unnamed.values(series=sa.literal(f"{office}/") + series))
