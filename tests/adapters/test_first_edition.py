"""A journal of the first edition is read as it is, and written once its tables are brought forward."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa
from tests.adapters.first_edition import RECORDS, ROWS, SCRIPT, SERIES, series_of, shape

from openakimat.adapters import sql
from openakimat.errors import Conflict, JournalError, Malformed
from openakimat.testing.machine import bodies, rows_of
from openakimat.trail.seal import verify_all

ON_POSTGRES = """
CREATE TABLE akimat_record (
    position BIGSERIAL NOT NULL, case_id TEXT NOT NULL, no INTEGER NOT NULL, body BYTEA NOT NULL,
    seal BYTEA NOT NULL, PRIMARY KEY (position), CONSTRAINT akimat_record_once UNIQUE (case_id, no)
);
CREATE TABLE akimat_series (series TEXT NOT NULL, last BIGINT NOT NULL, PRIMARY KEY (series));
"""
"""The tables as the first edition made them there; those of SQLite stand in the file."""


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    """A database with that journal in it, made as the first edition made it."""
    engine = sql.engine(url)
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(engine.url.database))) as plain:
            plain.executescript(SCRIPT)
    else:
        with engine.begin() as host:
            host.exec_driver_sql(ON_POSTGRES)
            for table, rows in (("akimat_record", RECORDS), ("akimat_series", SERIES)):
                places = ", ".join(["%s"] * len(rows[0]))
                host.exec_driver_sql(f"INSERT INTO {table} VALUES ({places})", rows)
            host.exec_driver_sql("SELECT setval('akimat_record_position_seq', 1000)")
    yield engine
    engine.dispose()


# -- read as it is ----------------------------------------------------------------------


@pytest.mark.parametrize("create", [True, False])
def test_it_is_read_byte_for_byte_and_nothing_in_it_is_altered(
    engine: sa.Engine, *, create: bool
) -> None:
    before = shape(engine)
    journal = sql.Journal(engine, create=create)
    assert bodies(ROWS) == bodies([row for _, row in journal.since()])
    assert [row[0] for row in RECORDS] == [position for position, _ in journal.since()]
    assert "intact: 141 records, 34 cases" == str(verify_all(row for _, row in journal.since()))
    for case in journal.cases():
        assert bodies([row for row in ROWS if row.case == case]) == bodies(journal.read(case))
    assert before == shape(engine)


def test_its_cases_are_of_any_office_and_it_has_no_forms(engine: sa.Engine) -> None:
    journal = sql.Journal(engine)
    assert list(journal.cases()) == list(journal.cases("yesil")) == list(journal.cases("astana"))
    assert ([], None) == (list(journal.forms()), journal.form("appeal/appc-2021@1b2632bae16e"))


def writings(bind: sql.Bind) -> dict[str, Callable[[], object]]:
    journal, numbers = sql.Journal(bind), sql.Numbers(bind)
    return {
        "append": partial(journal.append, "new", rows_of("new", 1), expected=0),
        "keep": partial(journal.keep, [("new", rows_of("new", 1))]),
        "next": partial(numbers.next, "yesil/appeal-2026"),
    }


@pytest.mark.parametrize("how", ["append", "keep", "next"])
@pytest.mark.parametrize("whose", ["ours", "the host's"])
def test_what_would_write_to_it_is_told_what_to_do(engine: sa.Engine, how: str, whose: str) -> None:
    with engine.connect() as connection:
        write = writings(engine if whose == "ours" else connection)[how]
        with pytest.raises(JournalError, match="openakimat upgrade JOURNAL --office ID") as told:
            write()
    assert "journal.first-edition" == told.value.code
    assert SERIES == series_of(engine)
    assert bodies(ROWS) == bodies([row for _, row in sql.Journal(engine).since()])


def test_it_is_of_the_first_edition_still_where_a_host_has_made_the_missing_tables(
    engine: sa.Engine,
) -> None:
    metadata = sa.MetaData()
    sql.tables(metadata)
    metadata.tables["akimat_form"].create(engine)
    with pytest.raises(JournalError) as told:
        sql.Numbers(engine).next("yesil/appeal-2026")
    assert "journal.first-edition" == told.value.code
    sql.upgrade_tables(engine, office="yesil")
    assert 5 == sql.Numbers(engine).next("yesil/appeal-2026")


def test_a_table_that_is_not_there_is_not_taken_for_one_of_the_first_edition(url: str) -> None:
    numbers = sql.Numbers(url)
    with numbers.bind.engine.begin() as host:
        for table in ("akimat_record", "akimat_series"):
            host.exec_driver_sql(f"DROP TABLE {table}")
    numbers.close()  # and what its connections remember
    with pytest.raises(JournalError, match="akimat_series") as told:
        numbers.next("yesil/appeal-2026")
    assert "journal.database" == told.value.code
    numbers.close()


# -- brought forward --------------------------------------------------------------------


@pytest.mark.usefixtures("engine")
def test_brought_forward_it_is_written_on(url: str) -> None:
    sql.upgrade_tables(url, office="yesil")
    journal, numbers = sql.Journal(url), sql.Numbers(url)
    assert bodies(ROWS) == bodies([row for _, row in journal.since()])
    last = journal.read("appeal-2026-4")
    new = rows_of("appeal-2026-4", 1, after=last, office="yesil")
    journal.append("appeal-2026-4", new, expected=len(last), forms={"a": b"{}"})
    journal.keep([("yesil/appeal-2026-5", rows_of("yesil/appeal-2026-5", 1, office="yesil"))])
    assert bodies([*last, *new]) == bodies(journal.read("appeal-2026-4"))
    assert [*dict.fromkeys(row.case for row in ROWS), "yesil/appeal-2026-5"] == [
        *journal.cases("yesil")
    ]
    assert ["a"] == list(journal.forms())
    assert (5, 9, 1) == tuple(
        numbers.next(series) for series in ("yesil/appeal-2026", "yesil/register-2026", "other/a")
    )
    journal.close()
    numbers.close()


def test_it_has_then_the_tables_that_a_new_journal_has(engine: sa.Engine) -> None:
    sql.upgrade_tables(engine, office="yesil")
    upgraded = shape(engine)
    with engine.begin() as plain:
        for table in upgraded:
            plain.exec_driver_sql(f"DROP TABLE {table}")
    sql.Journal(engine)
    assert upgraded == shape(engine)


def test_to_bring_it_forward_again_changes_nothing(engine: sa.Engine) -> None:
    sql.upgrade_tables(engine, office="yesil")
    before = shape(engine), series_of(engine)
    assert [(f"yesil/{name}", n) for name, n in SERIES] == before[1]
    sql.upgrade_tables(engine, office="astana")
    assert before == (shape(engine), series_of(engine))


def test_several_may_bring_it_forward_at_once(engine: sa.Engine, url: str) -> None:
    start = Barrier(4)

    def upgrade(_: int) -> None:
        start.wait(timeout=10)
        sql.upgrade_tables(url, office="yesil")

    with ThreadPoolExecutor(4) as pool:
        assert [None] * 4 == list(pool.map(upgrade, range(4)))
    assert [(f"yesil/{name}", n) for name, n in SERIES] == series_of(engine)


def test_it_is_brought_forward_whole_or_not_at_all(engine: sa.Engine) -> None:
    """A series of that name is there: then the columns are not added either."""
    with engine.begin() as plain:
        plain.exec_driver_sql("INSERT INTO akimat_series VALUES ('yesil/visit-2026', 1)")
    before = shape(engine), series_of(engine)
    with pytest.raises(JournalError) as told:
        sql.upgrade_tables(engine, office="yesil")
    assert "journal.database" == told.value.code
    assert before == (shape(engine), series_of(engine))


def test_in_the_hosts_transaction_the_host_commits_it(engine: sa.Engine) -> None:
    before = shape(engine), series_of(engine)
    with engine.connect() as connection:
        sql.upgrade_tables(connection, office="yesil")
        assert 5 == sql.Numbers(connection).next("yesil/appeal-2026")
        connection.rollback()
    assert before == (shape(engine), series_of(engine))


def test_a_desk_that_reads_meanwhile_goes_on_and_then_writes(engine: sa.Engine, url: str) -> None:
    journal = sql.Journal(url)
    reader = journal.since()
    first = [next(reader)]
    sql.upgrade_tables(engine, office="yesil")
    assert bodies(ROWS) == bodies([row for _, row in [*first, *reader]])
    row = rows_of("new", 1)
    journal.append("new", row, expected=0)
    with pytest.raises(Conflict):
        journal.append("new", row, expected=0)
    assert bodies(row) == bodies(journal.read("new"))
    journal.close()


@pytest.mark.parametrize("office", ["", "a/b"])
def test_what_is_no_id_of_an_office_names_no_series(office: str) -> None:
    with pytest.raises(Malformed, match="no id of an office"):
        sql.upgrade_tables("sqlite://", office=office)


def test_where_there_is_no_journal_none_is_made(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="no such file"):
        sql.upgrade_tables(f"sqlite:///{tmp_path}/none.db", office="yesil")
    assert [] == list(tmp_path.iterdir())
