"""How a host's Alembic knows the tables of a journal: they stand in the metadata of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context

from openakimat.adapters import sql

METADATA = sa.MetaData()
sql.tables(METADATA)


def migrate(url: str) -> None:
    """Run what Alembic was asked for, all of it or nothing."""
    engine = sql.engine(url)
    with engine.begin() as connection:
        # Python's driver of SQLite begins nothing before it alters a table, and each step would
        # be kept by itself.
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(connection, target_metadata=METADATA, transactional_ddl=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


migrate(context.config.get_main_option("sqlalchemy.url") or "")
