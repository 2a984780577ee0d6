"""Every journal and all numbers shipped keep the contract, and the contract tells those that do not."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

import attrs
import pytest
import sqlalchemy as sa
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from openakimat.adapters import memory, sql
from openakimat.errors import Conflict, JournalError, UnknownCase
from openakimat.ports import Journal, Numbers
from openakimat.testing.conformance import JournalContract, NumbersContract
from openakimat.testing.machine import bodies, journal_machine, rows_of, same, same_since
from openakimat.trail.seal import Sealed, verify_all

Store = TypeVar("Store", sql.Journal, sql.Numbers)


# -- the contract, kept -----------------------------------------------------------------


class TestMemoryJournal(JournalContract):
    """The journal in memory, for one thread."""

    n_writers = 1

    def make(self) -> Journal:
        return memory.Journal()


class _Files:
    """A SQLite file for each journal or numbers made."""

    kind: Any

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder, self.n_made = tmp_path, 0

    def make(self) -> Any:
        self.n_made += 1
        return self.kind(f"sqlite:///{self.folder}/{self.n_made}.db")

    def reopen(self, opened: Any) -> Any:
        opened.close()
        return self.kind(f"sqlite:///{self.folder}/{self.n_made}.db")

    def opener(self, _: Any) -> Any:
        return partial(self.kind, f"sqlite:///{self.folder}/{self.n_made}.db")

    def done(self, opened: Any) -> None:
        opened.close()


class TestSQLiteFileJournal(_Files, JournalContract):
    """The journal in a SQLite file."""

    kind = sql.Journal


class TestSQLiteMemoryJournal(JournalContract):
    """The journal in a SQLite database in memory, for several threads by turns."""

    def make(self) -> Journal:
        return sql.Journal("sqlite://")

    def done(self, journal: Any) -> None:
        journal.close()


class _Postgres:
    """Tables emptied for each journal or numbers made."""

    kind: Any

    @pytest.fixture(autouse=True)
    def _engine(self, pg_engine: sa.Engine, postgres: str) -> None:
        self.engine, self.url = pg_engine, postgres

    def make(self) -> Any:
        opened = self.kind(self.engine)
        with self.engine.begin() as connection:
            connection.exec_driver_sql(
                "TRUNCATE akimat_record, akimat_series, akimat_form RESTART IDENTITY"
            )
        return opened

    def reopen(self, opened: Any) -> Any:
        opened.close()
        return self.kind(self.engine)

    def opener(self, _: Any) -> Any:
        return partial(self.kind, self.url)


class TestPostgresJournal(_Postgres, JournalContract):
    """The journal in PostgreSQL."""

    kind = sql.Journal


class TestMemoryNumbers(NumbersContract):
    """The numbers in memory, for one thread."""

    n_writers = 1

    def make(self) -> Numbers:
        return memory.Numbers()


class TestSQLiteFileNumbers(_Files, NumbersContract):
    """The numbers in a SQLite file."""

    kind = sql.Numbers


class TestPostgresNumbers(_Postgres, NumbersContract):
    """The numbers in PostgreSQL."""

    kind = sql.Numbers


# -- the contract, broken ---------------------------------------------------------------


class IgnoresTheNumberExpected(memory.Journal):
    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **forms: Any) -> None:  # noqa: ARG002 - that is what is wrong
        super().append(case, rows, expected=len(self._cases.get(case, ())), **forms)


class KeepsHalfOfABatchThatGoesWrong(memory.Journal):
    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **forms: Any) -> None:
        for no, row in enumerate(rows):
            super().append(case, [row], expected=expected + no, **forms)
        super().append(case, [], expected=expected + len(rows), **forms)


class KeepsRowsBeforeItLooks(memory.Journal):
    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **forms: Any) -> None:
        try:
            super().append(case, rows, expected=expected, **forms)
        except Conflict:
            self._rows.extend(rows)
            raise


class TellsTheWrongNumberFound(memory.Journal):
    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **forms: Any) -> None:
        try:
            super().append(case, rows, expected=expected, **forms)
        except Conflict as wrong:
            raise Conflict(case, expected=expected, found=expected) from wrong


class KeepsTheCallersList(memory.Journal):
    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **forms: Any) -> None:
        super().append(case, rows, expected=expected, **forms)
        if expected == 0 and rows:
            self._cases[case] = rows  # type: ignore[assignment]  # that is what is wrong


class ReadsNothingWhereThereIsNoCase(memory.Journal):
    def read(self, case: str, /) -> Sequence[Sealed]:
        return self._cases.get(case, ())


class ReadsTheNewestFirst(memory.Journal):
    def read(self, case: str, /) -> Sequence[Sealed]:
        return super().read(case)[::-1]


class LosesTheLastOfALargeBatch(memory.Journal):
    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **forms: Any) -> None:
        super().append(case, rows[:3], expected=expected, **forms)


class WritesTextsInTheirComposedForm(memory.Journal):
    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **forms: Any) -> None:
        def composed(body: bytes) -> bytes:
            return unicodedata.normalize("NFC", body.decode()).encode()

        rows = [attrs.evolve(row, body=composed(row.body)) for row in rows]
        super().append(case, rows, expected=expected, **forms)


class TakesIdsAlikeForOne(memory.Journal):
    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **forms: Any) -> None:
        rows = [attrs.evolve(row, case=case.lower()) for row in rows]
        super().append(case.lower(), rows, expected=expected, **forms)

    def read(self, case: str, /) -> Sequence[Sealed]:
        return super().read(case.lower())


class SortsCasesByTheirIds(memory.Journal):
    def cases(self, office: str | None = None, /) -> Iterator[str]:
        return iter(sorted(super().cases(office)))


class TellsThePositionItselfAgain(memory.Journal):
    def since(self, position: int | None = None, /) -> Iterator[tuple[int, Sealed]]:
        return super().since(max(0, (position or 0) - 1))


class CountsPositionsFromWhereItBegan(memory.Journal):
    def since(self, position: int | None = None, /) -> Iterator[tuple[int, Sealed]]:
        return enumerate((row for _, row in super().since(position)), start=1)


class TellsRecordsCaseByCase(memory.Journal):
    def since(self, position: int | None = None, /) -> Iterator[tuple[int, Sealed]]:
        rows = [row for case in self._cases for row in self._cases[case]]
        return iter(list(enumerate(rows, start=1))[position or 0 :])


class OpensACaseWithNothing(memory.Journal):
    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **forms: Any) -> None:
        super().append(case, rows, expected=expected, **forms)
        self._cases.setdefault(case, [])


class ForgetsOnRestart(memory.Journal):
    forgets = True


class LooksThenWaitsThenWrites(memory.Journal):
    """Right for one thread, wrong for several."""

    n_threads = 4

    def __init__(self) -> None:
        super().__init__()
        self._looked = threading.Barrier(self.n_threads)

    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **forms: Any) -> None:
        found = len(self._cases.get(case, ()))
        if found != expected:
            raise Conflict(case, expected=expected, found=found)
        if threading.current_thread() is not threading.main_thread():
            self._looked.wait(timeout=10)
        self._cases.setdefault(case, []).extend(rows)
        self._rows.extend(rows)
        self._forms.update(forms.get("forms", {}))


class DropsWhatIsPrivate(memory.Journal):
    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **forms: Any) -> None:
        rows = [attrs.evolve(row, private=b"") for row in rows]
        super().append(case, rows, expected=expected, **forms)


class TellsAnyOfficeTheCasesOfAll(memory.Journal):
    def cases(self, office: str | None = None, /) -> Iterator[str]:  # noqa: ARG002 - that is what is wrong
        return super().cases()


class TellsAnOfficeTheCasesItLastWroteTo(memory.Journal):
    def cases(self, office: str | None = None, /) -> Iterator[str]:
        of = {office, ""}
        cases = self._cases.items()
        return iter([case for case, rows in cases if office is None or rows[-1].office in of])


class HidesCasesOfNoOffice(memory.Journal):
    def cases(self, office: str | None = None, /) -> Iterator[str]:
        cases = self._cases.items()
        return iter([case for case, rows in cases if office in {None, rows[0].office}])


class KeepsFormsWhateverBecomesOfTheRows(memory.Journal):
    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **forms: Any) -> None:
        self._forms = {**forms.get("forms", {}), **self._forms}
        super().append(case, rows, expected=expected, **forms)


class LetsAFormBeWrittenOver(memory.Journal):
    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **forms: Any) -> None:
        super().append(case, rows, expected=expected)
        self._forms.update(forms.get("forms", {}))


class PassesOverAFormOfOtherBytes(memory.Journal):
    def append(self, case: str, rows: Sequence[Sealed], /, *, expected: int, **forms: Any) -> None:
        super().append(case, rows, expected=expected)
        self._forms = {**forms.get("forms", {}), **self._forms}


class SortsForms(memory.Journal):
    def forms(self) -> Iterator[str]:
        return iter(sorted(self._forms))


class SaltsAlike(memory.Journal):
    def salt(self, n: int, /) -> bytes:
        return bytes(n)


SABOTAGED = [
    IgnoresTheNumberExpected, KeepsHalfOfABatchThatGoesWrong, KeepsRowsBeforeItLooks,
    TellsTheWrongNumberFound, KeepsTheCallersList, ReadsNothingWhereThereIsNoCase,
    ReadsTheNewestFirst, LosesTheLastOfALargeBatch, WritesTextsInTheirComposedForm,
    SortsCasesByTheirIds, TellsThePositionItselfAgain,
    CountsPositionsFromWhereItBegan, TellsRecordsCaseByCase, OpensACaseWithNothing,
    ForgetsOnRestart, DropsWhatIsPrivate, TellsAnyOfficeTheCasesOfAll,
    TellsAnOfficeTheCasesItLastWroteTo, HidesCasesOfNoOffice, KeepsFormsWhateverBecomesOfTheRows,
    LetsAFormBeWrittenOver, PassesOverAFormOfOtherBytes, SortsForms,
]  # fmt: skip
SEEN_BY_NAME = [
    LooksThenWaitsThenWrites, TakesIdsAlikeForOne, SaltsAlike, TellsRecordsCaseByCase,
    TellsAnyOfficeTheCasesOfAll, TellsAnOfficeTheCasesItLastWroteTo, HidesCasesOfNoOffice,
]  # fmt: skip
MODEL = "test_random_lives_agree_with_the_model"


def _broken(contract: JournalContract | NumbersContract) -> list[str]:
    """The names of the tests of a contract that do not hold."""
    broken = []
    for name in sorted(name for name in dir(contract) if name.startswith("test_")):
        try:
            getattr(contract, name)()
        except Exception:  # noqa: BLE001 - whatever way it breaks
            broken.append(name)
    return broken


def _contract(adapter: Callable[[], Journal]) -> JournalContract:
    class Contract(JournalContract):
        n_writers = getattr(adapter, "n_threads", 1)
        n_rounds = 2
        n_examples = 1

        def make(self) -> Journal:
            return adapter()

        def reopen(self, journal: Journal) -> Journal:
            return adapter() if getattr(adapter, "forgets", False) else journal

    return Contract()


@pytest.mark.parametrize(
    "adapter",
    [LooksThenWaitsThenWrites, TakesIdsAlikeForOne, SaltsAlike],
    ids=attrgetter("__name__"),
)
def test_the_contract_tells_a_sabotaged_journal_by_its_named_tests(
    adapter: type[memory.Journal],
) -> None:
    """What random lives do not come to, or not always, has tests of its own."""
    assert [] != [name for name in _broken(_contract(adapter)) if name != MODEL]


@pytest.mark.parametrize("adapter", SABOTAGED, ids=attrgetter("__name__"))
def test_the_model_tells_a_sabotaged_journal(adapter: type[memory.Journal]) -> None:
    """Random lives find it without being told where to look."""
    contract = _contract(adapter)
    machine = journal_machine(contract.make, reopen=contract.reopen)
    lives = settings(max_examples=300, phases=[Phase.generate], deadline=None)
    with pytest.raises((AssertionError, JournalError)):
        run_state_machine_as_test(machine, settings=lives)


def test_the_contract_finds_nothing_wrong_with_a_journal_that_keeps_it() -> None:
    """The sabotage is what breaks it, not the harness."""
    assert [] == _broken(_contract(memory.Journal))


class CountsFrom0(memory.Numbers):
    def next(self, series: str, /) -> int:
        return super().next(series) - 1


class CountsAllSeriesTogether(memory.Numbers):
    def next(self, series: str, /) -> int:  # noqa: ARG002 - that is what is wrong
        return super().next("")


class GivesANumberTwice(memory.Numbers):
    def next(self, series: str, /) -> int:
        given = super().next(series)
        return given - (given == 5)


class StartsAnewAfterARestart(memory.Numbers):
    forgets = True


class LooksThenWaitsThenCounts(memory.Numbers):
    """Right for one thread, wrong for several."""

    n_threads = 4

    def __init__(self) -> None:
        super().__init__()
        self._looked = threading.Barrier(self.n_threads)

    def next(self, series: str, /) -> int:
        given = self._last[series] + 1
        if threading.current_thread() is not threading.main_thread():
            self._looked.wait(timeout=10)
        self._last[series] = given
        return given


@pytest.mark.parametrize(
    "adapter",
    [CountsFrom0, CountsAllSeriesTogether, GivesANumberTwice, StartsAnewAfterARestart,
     LooksThenWaitsThenCounts],
    ids=lambda adapter: adapter.__name__,
)  # fmt: skip
def test_the_contract_tells_sabotaged_numbers(adapter: type[memory.Numbers]) -> None:
    """Each breaks some named test."""

    class Contract(NumbersContract):
        n_writers = getattr(adapter, "n_threads", 1)

        def make(self) -> Numbers:
            return adapter()

        def reopen(self, numbers: Numbers) -> Numbers:
            return adapter() if getattr(adapter, "forgets", False) else numbers

    assert [] != _broken(Contract())


# -- several at once --------------------------------------------------------------------


@contextmanager
def _opened(kind: type[Store], bind: sql.Bind, /, **options: Any) -> Iterator[Store]:
    opened = kind(bind, **options)
    try:
        yield opened
    finally:
        opened.close()


def test_of_two_writers_of_one_version_one_wins_and_the_other_is_told(url: str) -> None:
    """The second hears how many records were expected and how many are there."""
    with _opened(sql.Journal, url) as ours, _opened(sql.Journal, url) as theirs:
        ours.append("a", rows_of("a", 1), expected=0)
        second = rows_of("a", 2)[1:]
        theirs.append("a", second, expected=1)
        with pytest.raises(Conflict) as told:
            ours.append("a", rows_of("a", 1, after=rows_of("a", 1), said="too late"), expected=1)
        assert ("a", 1, 2) == (told.value.case, told.value.expected, told.value.found)
        assert bodies(rows_of("a", 2)) == bodies(ours.read("a"))


NUMBERING = """
import sys
from openakimat.adapters import sql
numbers = sql.Numbers(sys.argv[1])
print(*(numbers.next("register-2026") for _ in range(100)))
numbers.close()
"""


@pytest.mark.thorough
def test_two_processes_never_get_the_same_number(url: str) -> None:
    """Processes that start together on no database share one series without a gap."""
    command = [sys.executable, "-c", NUMBERING, url]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    given = [int(no) for one in running for no in one.communicate(timeout=60)[0].split()]
    assert [0, 0] == [one.returncode for one in running]
    assert list(range(1, 201)) == sorted(given)


WRITING = """
import sys
from openakimat.adapters import sql
from openakimat.errors import Conflict, UnknownCase
from openakimat.testing.machine import rows_of
journal, won = sql.Journal(sys.argv[1]), 0
while won < 25:
    try:
        known = journal.read("a")
    except UnknownCase:
        known = ()
    try:
        journal.append("a", rows_of("a", 1, after=known, said=sys.argv[2]), expected=len(known))
        won += 1
    except Conflict:
        pass
journal.close()
"""


@pytest.mark.thorough
def test_two_processes_write_one_chain(url: str) -> None:
    """Each conflict is tried again; the chain that comes of it is whole."""
    running = [
        subprocess.Popen([sys.executable, "-c", WRITING, url, name]) for name in ("first", "second")
    ]
    assert [0, 0] == [one.wait(timeout=60) for one in running]
    with _opened(sql.Journal, url) as journal:
        assert "intact: 50 records, 1 case" == str(verify_all(row for _, row in journal.since()))
        assert Counter(first=25, second=25) == Counter(
            "first" if b'"first"' in row.body else "second" for row in journal.read("a")
        )


def test_a_reader_who_goes_on_misses_no_record_that_was_slow_to_commit(url: str) -> None:
    """Positions grow in the order of commits: none appears behind one already told."""
    with _opened(sql.Journal, url) as slow, _opened(sql.Journal, url) as quick:
        written, commit = threading.Event(), threading.Event()

        def hold(_connection: sa.Connection) -> None:
            written.set()
            commit.wait(timeout=10)

        sa.event.listen(slow.bind, "commit", hold)
        first = threading.Thread(
            target=slow.append, args=("a", rows_of("a", 1)), kwargs={"expected": 0}
        )
        second = threading.Thread(
            target=quick.append, args=("b", rows_of("b", 1)), kwargs={"expected": 0}
        )
        first.start()
        assert written.wait(timeout=10)
        second.start()
        second.join(timeout=0.2)
        with _opened(sql.Journal, url) as reader:
            told = list(reader.since())
            commit.set()
            first.join()
            second.join()
            told += reader.since(told[-1][0] if told else 0)
    assert ["a", "b"] == [row.case for _, row in told]


def test_the_tables_may_be_made_by_several_at_the_same_time(url: str) -> None:
    """Whoever comes second finds them made."""
    start = threading.Barrier(6)

    def make(_: int) -> list[str]:
        start.wait(timeout=10)
        with _opened(sql.Journal, url) as journal:
            return list(journal.cases())

    with ThreadPoolExecutor(6) as pool:
        assert [[]] * 6 == list(pool.map(make, range(6)))


# -- many at once -----------------------------------------------------------------------


@pytest.fixture
def journal(url: str) -> Iterator[sql.Journal]:
    """An empty journal."""
    with _opened(sql.Journal, url) as opened:
        yield opened


def _many(n: int) -> Iterator[tuple[str, list[Sealed]]]:
    return ((f"case-{i}", rows_of(f"case-{i}", 1 + i % 3)) for i in range(n))


def test_many_new_cases_are_kept_in_order_in_one_go(journal: sql.Journal) -> None:
    """More cases than a page, from an iterator; `since` and `cases` go on over pages."""
    n = sql.PAGE + 7
    journal.keep(_many(n))
    assert [f"case-{i}" for i in range(n)] == list(journal.cases())
    assert bodies([row for _, rows in _many(n) for row in rows]) == bodies(
        [row for _, row in journal.since()]
    )
    middle = list(journal.since())[n][0]
    assert list(journal.since())[n + 1 :] == list(journal.since(middle))


@pytest.mark.parametrize("at", [3, sql.PAGE + 3])
def test_of_many_cases_none_is_kept_when_one_is_there_already(
    journal: sql.Journal, at: int
) -> None:
    """The first that is there is named; whole pages kept before it are taken back."""
    n = sql.PAGE + 7
    for name in (f"case-{at + 2}", f"case-{at}"):
        journal.append(name, rows_of(name, 2), expected=0)
    with pytest.raises(Conflict) as told:
        journal.keep(_many(n))
    assert (f"case-{at}", 0, 2) == (told.value.case, told.value.expected, told.value.found)
    assert [f"case-{at + 2}", f"case-{at}"] == list(journal.cases())


@pytest.mark.parametrize("again", [1, sql.PAGE + 1])
def test_of_many_cases_none_is_kept_when_one_comes_twice(journal: sql.Journal, again: int) -> None:
    """In one page or in two."""
    with pytest.raises(Conflict) as told:
        journal.keep([*_many(again), *_many(1)])
    assert "case-0" == told.value.case
    assert [] == list(journal.cases())


def test_of_many_cases_none_is_kept_when_a_row_does_not_follow(journal: sql.Journal) -> None:
    """The numbers of each case go from 1."""
    with pytest.raises(JournalError, match="record 2 of b cannot be kept as record 1 of b"):
        journal.keep([("a", rows_of("a", 1)), ("b", rows_of("b", 2)[1:])])
    assert [] == list(journal.cases())


def test_keeping_no_cases_keeps_nothing(journal: sql.Journal) -> None:
    """An empty register loads as well; so does a case without records."""
    journal.keep([])
    journal.keep([("a", [])])
    assert [] == list(journal.cases())


def test_when_the_source_of_many_cases_fails_none_is_kept(journal: sql.Journal) -> None:
    """The failure is the source's own, and it comes through."""

    def failing() -> Iterator[tuple[str, list[Sealed]]]:
        yield from _many(sql.PAGE + 1)
        raise LookupError("the register ends in the midst of a row")

    with pytest.raises(LookupError, match="in the midst"):
        journal.keep(failing())
    assert [] == list(journal.cases())


# -- the host's own database ------------------------------------------------------------


def test_in_the_hosts_transaction_the_host_commits(url: str) -> None:
    """Records and the host's outbox are kept together or not at all."""
    with _opened(sql.Journal, url) as journal:
        outbox = sa.Table("outbox", sa.MetaData(), sa.Column("told", sa.Text))
        outbox.drop(journal.bind, checkfirst=True)
        outbox.create(journal.bind)
        for told, commit in (("lost", False), ("kept", True)):
            with journal.bind.engine.connect() as connection:
                sql.Journal(connection).append(told, rows_of(told, 1), expected=0)
                assert 1 == sql.Numbers(connection).next("register")
                connection.execute(outbox.insert().values(told=told))
                if commit:
                    connection.commit()
        with journal.bind.engine.connect() as connection:
            assert ["kept"] == list(connection.scalars(sa.select(outbox.c.told)))
        assert ["kept"] == list(journal.cases())


def test_in_the_hosts_transaction_a_conflict_leaves_it_open(url: str) -> None:
    """After a conflict the host may go on in the same transaction."""
    with _opened(sql.Journal, url) as journal:
        journal.append("a", rows_of("a", 1), expected=0)
        with journal.bind.engine.connect() as connection:
            within = sql.Journal(connection)
            with pytest.raises(Conflict):
                within.append("a", rows_of("a", 1), expected=0)
            within.append("a", rows_of("a", 2)[1:], expected=1)
            connection.commit()
        same_since(journal, rows_of("a", 2))


def test_the_tables_may_be_the_hosts_own(url: str) -> None:
    """Defined in the host's metadata, twice if need be, and made by its migrations."""
    metadata = sa.MetaData()
    assert sql.tables(metadata) == sql.tables(metadata)
    engine = sql.engine(url)
    metadata.create_all(engine)
    with _opened(sql.Journal, engine, metadata=metadata) as journal:
        journal.append("a", rows_of("a", 1), expected=0)
        parts = ("record", "series", "form", "card", "event", "key")
        assert {f"akimat_{part}" for part in parts} == set(metadata.tables)
        assert ["a"] == list(journal.cases())


def test_the_tables_may_stand_in_a_schema(pg_engine: sa.Engine) -> None:
    """Two journals in two schemas of one database do not meet."""
    with pg_engine.begin() as connection:
        for name in ("Бірінші", "second"):
            connection.exec_driver_sql(f'DROP SCHEMA IF EXISTS "{name}" CASCADE')
            connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')
    first, second = (
        sql.Journal(pg_engine, metadata=sa.MetaData(schema=s)) for s in ("Бірінші", "second")
    )
    first.append("a", rows_of("a", 1), expected=0)
    assert (["a"], []) == (list(first.cases()), list(second.cases()))


def test_a_host_that_begins_its_own_transactions_on_sqlite_is_served(tmp_path: Path) -> None:
    """SQLAlchemy's recipe for SQLite, which sends BEGIN itself."""
    engine = sa.create_engine(f"sqlite:///{tmp_path}/akimat.db")

    @sa.event.listens_for(engine, "connect")
    def _quiet(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    with _opened(sql.Journal, engine) as journal:
        journal.append("a", rows_of("a", 2), expected=0)
        journal.keep(_many(3))
        assert ["a", "case-0", "case-1", "case-2"] == list(journal.cases())


def test_a_sqlite_file_is_written_ahead_and_synced_in_full(tmp_path: Path) -> None:
    """What is kept survives a power cut."""
    with (
        _opened(sql.Journal, f"sqlite:///{tmp_path}/akimat.db") as journal,
        journal.bind.engine.connect() as connection,
    ):
        full = 2
        assert "wal" == connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        assert full == connection.exec_driver_sql("PRAGMA synchronous").scalar()


# -- what goes wrong --------------------------------------------------------------------


def test_a_file_that_is_no_database_is_told_so(tmp_path: Path) -> None:
    """The address and the reason stand in the error."""
    path = tmp_path / "akimat.db"
    path.write_text("это не база данных " * 100)
    with pytest.raises(JournalError, match=r"akimat\.db: file is not a database") as told:
        sql.Journal(f"sqlite:///{path}")
    assert "journal.database" == told.value.code


def test_a_folder_is_no_journal(tmp_path: Path) -> None:
    """SQLite opens files."""
    with pytest.raises(JournalError, match="unable to open database file"):
        sql.Journal(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize("path", ["/proc/akimat.db", "/no/such/folder/akimat.db"])
def test_where_no_file_can_be_made_there_is_no_journal(path: str) -> None:
    """Nor is there one in a folder that is not there."""
    with pytest.raises(JournalError, match=rf"{path}: unable to open database file"):
        sql.Journal(f"sqlite:///{path}")


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_a_journal_opened_to_be_read_only_is_read_and_not_written(
    tmp_path: Path, mode: str
) -> None:
    """An auditor's copy verifies; who appends is told why not."""
    path = tmp_path / "akimat.db"
    with _opened(sql.Journal, f"sqlite:///{path}") as journal:
        journal.append("a", rows_of("a", 2), expected=0)
    plain = sqlite3.connect(path)
    plain.execute(f"PRAGMA journal_mode={mode}")
    plain.close()
    with _opened(sql.Journal, f"sqlite:///file:{path}?mode=ro&uri=true") as journal:
        same(bodies(rows_of("a", 2)), bodies(journal.read("a")), "read")
        with pytest.raises(JournalError, match="attempt to write a readonly database"):
            journal.append("a", rows_of("a", 3)[2:], expected=2)


def test_a_journal_that_cannot_be_reached_is_told_without_its_password() -> None:
    """The host's logs hold no secret of ours."""
    with pytest.raises(JournalError, match=r"connection") as told:
        sql.Journal("postgresql://clerk:qwerty123@127.0.0.1:1/akimat")
    assert "qwerty123" not in str(told.value)


@pytest.mark.parametrize("address", ["akimat.db", "", "postgresql://host:door/akimat"])
def test_what_is_no_address_is_told_so(address: str) -> None:
    """An address names its kind of database."""
    with pytest.raises(JournalError) as told:
        sql.Journal(address)
    assert "journal.database" == told.value.code


def test_a_kind_of_database_that_is_not_proven_is_refused() -> None:
    """On others, positions could appear out of order."""
    engine = sa.create_mock_engine("mysql://", lambda *_, **__: None)
    with pytest.raises(JournalError, match="proven on sqlite and postgresql only"):
        sql.Journal(engine)  # type: ignore[arg-type]  # as good as an engine of MySQL here


@pytest.mark.parametrize("kind", ["mysql", "oracle", "mysteriousdb"])
def test_an_address_of_such_a_database_is_refused_whether_or_not_its_driver_is_there(
    kind: str,
) -> None:
    """Nobody is told to install a driver in vain."""
    with pytest.raises(JournalError, match=f"^{kind}: a journal is proven on sqlite and") as told:
        sql.Journal(f"{kind}://host/akimat")
    assert "journal.dialect" == told.value.code


def test_who_only_reads_makes_nothing_in_a_database_of_others(tmp_path: Path) -> None:
    """Neither tables nor a file nor another mode of writing; the refusal says what is missing."""
    path = tmp_path / "others.db"
    for sentence in ("", "CREATE TABLE invoice (no)"):
        with closing(sqlite3.connect(path)) as others:
            others.execute(sentence)
        before = path.read_bytes()
        for kind in (sql.Journal, sql.Numbers):
            with pytest.raises(JournalError, match="no journal, it has no table akimat_record"):
                kind(f"sqlite:///{path}", create=False)
        assert before == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())
    with pytest.raises(JournalError, match="no such file"):
        sql.Journal(f"sqlite:///{tmp_path}/nowhere.db", create=False)
    with pytest.raises(JournalError, match="no journal"):
        sql.Journal("sqlite://", create=False)
    assert [path] == list(tmp_path.iterdir())


def test_who_only_reads_reads_a_journal_that_is_there(url: str) -> None:
    """In a file or in PostgreSQL; where there is none, it is refused."""
    if url.startswith("postgresql"):
        with pytest.raises(JournalError, match="no journal"):
            sql.Journal(url, create=False)
    with _opened(sql.Journal, url) as journal:
        journal.append("a", rows_of("a", 2), expected=0)
    with _opened(sql.Journal, url, create=False) as journal:
        assert bodies(rows_of("a", 2)) == bodies(journal.read("a"))


def test_a_case_kept_twice_is_told_to_be_there_already(journal: sql.Journal) -> None:
    """Whoever loads a register again reads what happened, not a count."""
    journal.append("a", rows_of("a", 2), expected=0)
    with pytest.raises(Conflict, match="case a: it is in the journal already, with 2 records"):
        journal.keep([("a", rows_of("a", 2))])


def test_a_journal_taken_away_is_told_so(tmp_path: Path) -> None:
    """A table that is no more is a `JournalError` of every question."""
    with _opened(sql.Journal, f"sqlite:///{tmp_path}/akimat.db") as journal:
        journal.append("a", rows_of("a", 1), expected=0)
        with journal.bind.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE akimat_record")
        for asked in (
            partial(journal.read, "a"),
            lambda: list(journal.since()),
            lambda: list(journal.cases()),
            partial(journal.append, "a", rows_of("a", 2)[1:], expected=1),
        ):
            with pytest.raises(JournalError, match="no such table: akimat_record"):
                asked()


@pytest.mark.parametrize("case", ["a\0b", "\ud800"])
def test_an_id_that_no_database_keeps_is_no_crash(journal: sql.Journal, case: str) -> None:
    """Asked for, it is unknown; kept, it is refused or read back as it was."""
    with pytest.raises(UnknownCase):
        journal.read(case)
    with pytest.raises(JournalError):
        journal.append(case, [Sealed(case, 1, b"{}", bytes(32))], expected=0)
    assert [] == list(journal.cases())


def test_a_position_beyond_all_is_told_as_such(journal: sql.Journal) -> None:
    """No database counts so far."""
    assert [] == list(journal.since(2**62))
    with pytest.raises(JournalError):
        list(journal.since(2**200))


def test_a_file_kept_by_one_version_of_the_tables_is_read_by_sqlite_itself(tmp_path: Path) -> None:
    """The stored form is public: one row a record, bytes as sealed."""
    with _opened(sql.Journal, f"sqlite:///{tmp_path}/akimat.db") as journal:
        journal.append("a", rows_of("a", 2), expected=0)
    with sqlite3.connect(tmp_path / "akimat.db") as plain:
        found = plain.execute(
            "SELECT position, case_id, no, body, seal, coalesce(private, x''), office"
            " FROM akimat_record ORDER BY position"
        ).fetchall()
    plain.close()
    assert [(n, *row) for n, row in enumerate(bodies(rows_of("a", 2)), start=1)] == found
