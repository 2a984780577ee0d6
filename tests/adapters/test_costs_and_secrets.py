"""What a journal in SQL asks its database for, and what it tells nobody."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from openakimat.adapters import sql
from openakimat.errors import JournalError
from openakimat.testing.machine import rows_of
from openakimat.trail.seal import Sealed

FORM = {"a": b"{}"}


@contextmanager
def statements(engine: sa.Engine) -> Iterator[list[str]]:
    """What is sent to a database meanwhile."""
    sent: list[str] = []

    def note(*told: object) -> None:
        sent.append(str(told[2]))

    sa.event.listen(engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    """An engine on a database with an empty journal."""
    engine = sql.engine(url)
    sql.Journal(engine)
    yield engine
    engine.dispose()


def test_a_form_that_is_known_to_be_kept_costs_nothing(engine: sa.Engine) -> None:
    journal = sql.Journal(engine)
    journal.append("a", rows_of("a", 1), expected=0, forms=FORM)
    with statements(engine) as without:
        journal.append("b", rows_of("b", 1), expected=0)
    with statements(engine) as sent:
        journal.append("c", rows_of("c", 1), expected=0, forms=FORM)
    assert without == sent


def test_in_the_hosts_transaction_a_form_that_is_kept_costs_one_question(engine: sa.Engine) -> None:
    sql.Journal(engine).append("a", rows_of("a", 1), expected=0, forms=FORM)
    with engine.connect() as connection:
        journal = sql.Journal(connection)
        journal.append("b", rows_of("b", 1), expected=0, forms=FORM)
        with statements(engine) as without:
            journal.append("c", rows_of("c", 1), expected=0)
        with statements(engine) as sent:
            journal.append("d", rows_of("d", 1), expected=0, forms=FORM)
    assert 1 == len(sent) - len(without)


def test_a_form_that_the_host_took_back_is_kept_with_the_next_record(engine: sa.Engine) -> None:
    journal = sql.Journal(engine)
    with engine.connect() as connection:
        within = sql.Journal(connection)
        within.append("a", rows_of("a", 1), expected=0, forms=FORM)
        connection.rollback()
        within.append("a", rows_of("a", 1), expected=0, forms=FORM)
        connection.commit()
    assert b"{}" == journal.form("a")


def test_forms_of_many_cases_are_kept_with_them_or_not_at_all(engine: sa.Engine) -> None:
    """Which they name is known at the end, when all of them are drawn."""
    journal, forms = sql.Journal(engine), dict[str, bytes]()

    def cases(n: int) -> Iterator[tuple[str, list[Sealed]]]:
        for i in range(n):
            forms[str(i % 3)] = b"%d" % (i % 3)
            yield f"case-{i}", rows_of(f"case-{i}", 1)

    journal.keep(cases(sql.PAGE + 7), forms=forms)
    assert ["0", "1", "2"] == list(journal.forms())
    with pytest.raises(JournalError, match="form 0 has other bytes"):
        journal.keep([("new", rows_of("new", 1))], forms={"new": b"", "0": b"other"})
    assert (sql.PAGE + 7, ["0", "1", "2"]) == (len([*journal.cases()]), list(journal.forms()))


@pytest.mark.parametrize("office", [None, "khromtau"])
def test_the_cases_of_an_office_are_told_without_reading_their_records(
    tmp_path: Path, office: str | None
) -> None:
    engine = sql.engine(f"sqlite:///{tmp_path}/akimat.db")
    journal = sql.Journal(engine)
    with statements(engine) as sent:
        list(journal.cases(office))
    (question,) = (one for one in sent if one.startswith("SELECT"))
    with engine.connect() as connection:
        values = (office, sql.PAGE, 0) if office else (sql.PAGE, 0)
        (step,) = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", values).all()
    assert "USING COVERING INDEX akimat_record_opened" in step.detail
    engine.dispose()


def test_a_position_that_no_store_gives_is_refused_and_told_all_the_same(tmp_path: Path) -> None:
    """Whoever alters a table can put a row below all others, where it is told nevertheless."""
    with sql.engine(f"sqlite:///{tmp_path}/akimat.db").connect() as host:
        sql.Journal(host.engine).append("a", rows_of("a", 2), expected=0)
        journal = sql.Journal(host)
        away = "UPDATE akimat_record SET position = -position WHERE no = 1"
        with pytest.raises(sa.exc.IntegrityError, match="akimat_record_position"):
            host.exec_driver_sql(away)
        host.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        host.exec_driver_sql(away)
        assert [(-1, 1), (2, 2)] == [(position, row.no) for position, row in journal.since()]
        assert ["a"] == list(journal.cases())
        host.engine.dispose()


# -- what is told -----------------------------------------------------------------------

SECRET = "SECRETPW"  # noqa: S105 - of nobody
UNREACHED = "127.0.0.1:1"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://clerk:{SECRET}@{UNREACHED}/x",
        f"postgresql://clerk@{UNREACHED}/x?password={SECRET}",
        f"postgresql://clerk:a@{SECRET}@{UNREACHED}/x",
        f"postgresql://clerk:a/{SECRET}@{UNREACHED}/x",
        f"postgresql://clerk:a@b/{SECRET}@{UNREACHED}/x",
        f"postgresql://clerk:a:{SECRET}@{UNREACHED}/x",
        f"postgresql:clerk:{SECRET}@h",
        f"postgresql://clerk:{SECRET}@[h/x",
        f"mysql://clerk:{SECRET}@h/x",
    ],
)
def test_no_part_of_a_password_is_told(address: str) -> None:
    with pytest.raises(JournalError) as told:
        sql.Journal(address)
    assert SECRET not in "".join(traceback.format_exception(told.value))


def test_what_a_database_refuses_is_not_told_with_what_stands_in_it(engine: sa.Engine) -> None:
    """In a traceback neither, which many a host logs."""
    journal = sql.Journal(engine)
    row = Sealed("a", 1, b"Aigul", None, private=b"Aigul")  # type: ignore[arg-type]  # that is what is wrong
    with pytest.raises(JournalError) as told:
        journal.append("a", [row], expected=0)
    text = "".join(traceback.format_exception(told.value))
    assert "Aigul" not in text
    assert b"Aigul".hex() not in text


@pytest.mark.parametrize(("query", "waits_ms"), [("", 30_000), ("?timeout=2", 2_000)])
def test_how_long_a_writer_waits_may_stand_in_the_address(
    tmp_path: Path, query: str, waits_ms: int
) -> None:
    engine = sql.engine(f"sqlite:///{tmp_path}/akimat.db{query}")
    with engine.connect() as connection:
        assert waits_ms == connection.exec_driver_sql("PRAGMA busy_timeout").scalar()
    engine.dispose()


def test_a_name_that_is_too_long_for_a_file_is_none(tmp_path: Path) -> None:
    for name in ("x" * 300, "a\0b"):
        with pytest.raises(JournalError):
            sql.Journal(f"sqlite:///{tmp_path}/{name}", create=False)
        with pytest.raises(JournalError):
            sql.Journal(f"sqlite:///{tmp_path}/{name}")
