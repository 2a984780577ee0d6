"""The example of a host's migrations brings a journal of the first edition to the second form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from tests.adapters.first_edition import RECORDS, ROWS, SERIES, series_of, shape

from openakimat.adapters import sql
from openakimat.testing.machine import bodies, rows_of

EXAMPLE = Path(__file__).parents[2] / "examples" / "migration" / "alembic.ini"


@pytest.fixture
def config(url: str) -> Config:
    """Alembic at an empty database."""
    config = Config(EXAMPLE)
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


@pytest.fixture
def engine(config: Config, url: str) -> Iterator[sa.Engine]:
    """A database at the first revision, with a journal of the first edition in it."""
    command.upgrade(config, "0001")
    engine = sql.engine(url)
    names = "position", "case_id", "no", "body", "seal"
    with engine.begin() as host:
        host.execute(
            sa.table("akimat_record", *map(sa.column, names)).insert(),
            [dict(zip(names, row, strict=True)) for row in RECORDS],
        )
        host.execute(
            sa.table("akimat_series", sa.column("series"), sa.column("last")).insert(),
            [{"series": name, "last": last} for name, last in SERIES],
        )
        if engine.dialect.name == "postgresql":
            host.exec_driver_sql("SELECT setval('akimat_record_position_seq', 1000)")
    yield engine
    engine.dispose()


def test_it_leads_to_the_tables_of_the_library(config: Config, engine: sa.Engine) -> None:
    command.upgrade(config, "head")
    command.check(config)  # or it raises what Alembic would change
    migrated = shape(engine)
    with engine.begin() as host:
        for table in migrated:
            host.exec_driver_sql(f"DROP TABLE {table}")
    sql.Journal(engine)
    assert migrated == shape(engine)


def test_it_keeps_every_record_and_names_the_series(config: Config, engine: sa.Engine) -> None:
    command.upgrade(config, "head")
    journal = sql.Journal(engine)
    assert bodies(ROWS) == bodies([row for _, row in journal.since()])
    assert [(f"yesil/{name}", last) for name, last in SERIES] == series_of(engine)
    journal.append("new", rows_of("new", 1), expected=0, forms={"a": b"{}"})
    assert 5 == sql.Numbers(engine).next("yesil/appeal-2026")


def test_it_goes_back_only_while_nothing_of_the_second_form_is_kept(
    config: Config, engine: sa.Engine
) -> None:
    before: Any = shape(engine), series_of(engine)
    command.upgrade(config, "head")
    command.downgrade(config, "0001")
    assert before == (shape(engine), series_of(engine))
    command.upgrade(config, "head")
    sql.Journal(engine).append("new", rows_of("new", 2)[:1], expected=0)
    after = shape(engine)
    with pytest.raises(RuntimeError, match="no way back"):
        command.downgrade(config, "0001")
    assert after == shape(engine)
