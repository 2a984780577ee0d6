"""A store in SQL: SQLite on one machine, PostgreSQL when one is not enough."""

from openakimat.adapters.database import Bind, engine
from openakimat.adapters.journal import PAGE, Journal, Numbers
from openakimat.adapters.store import Store
from openakimat.adapters.tables import Tables, tables
from openakimat.adapters.upgrade import upgrade_tables

__all__ = [
    "PAGE", "Bind", "Journal", "Numbers", "Store", "Tables", "engine", "tables", "upgrade_tables",
]  # fmt: skip
