"""One act, one transaction: what a store holds, whatever goes wrong, and whoever writes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from threading import Barrier, Event
from types import SimpleNamespace
from typing import Any

import attrs
import pytest
import sqlalchemy as sa

import openakimat as oa
from openakimat import Conflict, Desk, Malformed, Official, Refusal, Register, kz
from openakimat.adapters import memory, sql
from openakimat.case.acts import Rectify
from openakimat.desk import Filters
from openakimat.errors import JournalError, TryAgain
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.testing.machine import rows_of
from openakimat.testing.stores import change

OFFICE = kz.office("khromtau")
ASKS = kz.Applicant("Айгерім", id="aigerim")
CLERK = Official("clerk", {REGISTRAR, EXECUTOR, HEAD})
KEY = b"of the host"

LEVELS = ("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}T10:00+05:00")


AT = at("03-18")


@pytest.fixture(params=["memory", "file", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[Any]:
    """An empty store of each kind."""
    if request.param == "memory":
        yield memory.Store()
        return
    opened = sql.Store(_address(request, request.param))
    yield opened
    opened.close()


@pytest.fixture(params=["file", "postgres"])
def shared(request: pytest.FixtureRequest) -> Iterator[sql.Store]:
    """An empty store that several write to at once."""
    opened = sql.Store(_address(request, request.param))
    yield opened
    opened.close()


@pytest.fixture
def pg_store(request: pytest.FixtureRequest) -> Iterator[sql.Store]:
    """An empty store in PostgreSQL."""
    opened = sql.Store(_address(request, "postgres"))
    yield opened
    opened.close()


def _address(request: pytest.FixtureRequest, kind: str) -> str:
    if kind == "file":
        return f"sqlite:///{request.getfixturevalue('tmp_path')}/akimat.db"
    request.getfixturevalue("pg_engine").dispose()
    return str(request.getfixturevalue("postgres"))


def desk_on(store: Any) -> Desk:
    return Desk(OFFICE, store, secret=KEY)


def opened(desk: Desk, name: str | None = None, **more: Any) -> str:
    return desk.open(kz.Appeal, at=AT, by=ASKS, id=name, topic="lights", **more).id


def registered(desk: Desk, name: str, number: str = "") -> str:
    return _number(desk.perform(name, Register(number), at=AT, by=CLERK))


def _number(case: oa.Case) -> str:
    record = case.last(Register)
    assert record is not None
    assert isinstance(record.act, Register)
    return record.act.number


def told(store: Any) -> list[str]:
    """The events untold, those of each case in order; each is told with that."""
    names: list[str] = []
    while True:
        with store.outbox.claim(100) as page:
            if not page:
                return names
            for one in page:
                names.append(one.event.id)
                store.outbox.settle(one.place)


def kept(store: Any) -> tuple[object, ...]:
    """All that a store holds, but for its events."""
    rows = [(row.case, row.no, bytes(row.body)) for _, row in store.journal.since()]
    return rows, list(store.journal.forms()), store.cards.find([])


def at_once(*do: Callable[[], object]) -> list[object]:
    """What threads give that set out together; an error of ours is given."""
    start = Barrier(len(do))

    def run(one: Callable[[], object]) -> object:
        start.wait()
        try:
            return one()
        except oa.AkimatError as wrong:
            return wrong

    with ThreadPoolExecutor(len(do)) as pool:
        return list(pool.map(run, do))


# -- all or nothing ---------------------------------------------------------------------


def test_an_act_leaves_number_record_card_and_events(store: Any) -> None:
    desk = desk_on(store)
    name = opened(desk)
    number = registered(desk, name)
    (card,) = store.cards.find([[("number", "is", number)]])
    assert (name, 2, "registered") == (card.case, card.version, card.stage)
    assert [f"{name}/1", f"{name}/2"] == told(store)[:2]


def test_a_refusal_writes_nothing(store: Any) -> None:
    """Neither what the law has done by then, nor a number."""
    desk = desk_on(store)
    name = opened(desk)
    registered(desk, name)
    desk.perform(name, kz.appeal.Accept(), at=AT, by=CLERK)
    before = kept(store)
    for act in (Register(), Register("7"), kz.appeal.Accept()):
        with pytest.raises((Refusal, Malformed)):
            desk.perform(name, act, at=at("09-01"), by=CLERK)
    with pytest.raises(Refusal):
        desk.open(kz.Instruction, at=AT, by=ASKS, until=AT.date(), executors=("x",))
    assert before == kept(store)
    assert "ЖТ-2026-00000002" == registered(desk, opened(desk))


def test_an_act_that_comes_too_late_burns_no_number(store: Any) -> None:
    """Somebody writes to the case between its reading and its keeping."""
    desk, other = desk_on(store), desk_on(store)
    name = opened(desk)
    keep = desk._files.keep

    def too_late(*args: Any, **more: Any) -> None:
        desk._files.keep = keep  # type: ignore[method-assign]
        if isinstance(store, sql.Store) and store.bind.dialect.name == "postgresql":
            # Who takes a number is waited for: of those who take none anybody may come between.
            with ThreadPoolExecutor(1) as pool:
                rows = rows_of(name, 1, after=list(other.journal.read(name)))
                pool.submit(other.journal.append, name, rows, expected=1).result()
        else:
            tx, *rest = args
            stale = lambda *of: tx.keep(*(attrs.evolve(one, expected=0) for one in of))  # noqa: E731
            args = (SimpleNamespace(keep=stale), *rest)
        keep(*args, **more)

    desk._files.keep = too_late  # type: ignore[method-assign]
    with pytest.raises((Conflict, oa.errors.JournalError)):
        registered(desk, name)
    assert "ЖТ-2026-00000001" == registered(other, opened(other))


def test_what_a_block_kept_is_undone_when_it_raises(store: Any) -> None:
    desk = desk_on(store)
    opened(desk, "a")
    told(store)
    before = kept(store)
    with pytest.raises(LookupError, match="of the host"):
        _keep_within(desk, store)
    assert before == kept(store)
    assert [] == told(store)
    assert "ЖТ-2026-00000001" == registered(desk, "a")
    opened(desk, "b", key="k")


def _keep_within(desk: Desk, store: Any) -> None:
    """Acts under a transaction that is open, and then a failure of the host's."""
    with store.begin():
        opened(desk, "b", key="k")
        registered(desk, "a")
        with suppress(Refusal):
            registered(desk, "a")
        registered(desk, "b")
        raise LookupError("of the host")


def test_acts_within_one_transaction_stand_or_fall_together(store: Any) -> None:
    """A host puts several acts under one."""
    desk = desk_on(store)
    with store.begin():
        name = opened(desk)
        assert "ЖТ-2026-00000001" == registered(desk, name)
    assert 2 == desk.case(name).n_sealed


# -- numbers ----------------------------------------------------------------------------


def test_a_number_told_by_hand_is_no_other_cases(store: Any) -> None:
    desk = desk_on(store)
    for name in "abc":
        opened(desk, name)
    registered(desk, "a", "ЖТ-1")
    with pytest.raises(Malformed, match="is the number of a"):
        registered(desk, "b", "ЖТ-1")
    assert "ЖТ-2" == registered(desk, "b", "ЖТ-2")


def test_a_number_told_by_hand_is_passed_over_by_the_series(store: Any) -> None:
    desk = desk_on(store)
    for name in "abcd":
        opened(desk, name)
    registered(desk, "a", "ЖТ-2026-00000001")
    registered(desk, "b", "ЖТ-2026-00000002")
    assert ["ЖТ-2026-00000003", "ЖТ-2026-00000004"] == [registered(desk, name) for name in "cd"]


def test_a_number_corrected_by_hand_is_no_other_cases(store: Any) -> None:
    """What is entered in the place of a registration is checked as that is."""
    desk = desk_on(store)
    for name in "ab":
        opened(desk, name)
        registered(desk, name)
    with pytest.raises(Malformed, match="is the number of a"):
        desk.perform("b", Rectify(2, Register("ЖТ-2026-00000001"), "a slip"), at=AT, by=CLERK)
    for number in ("R-8", "ЖТ-2026-00000002", "R-9"):
        desk.perform("b", Rectify(2, Register(number), "a slip"), at=AT, by=CLERK)
    assert ["b"] == [card.case for card in store.cards.find([[("number", "is", "R-9")]])]


def test_told_by_hand_at_once_a_number_is_one_cases(shared: sql.Store) -> None:
    desk = desk_on(shared)
    for turn in range(8):
        names = [opened(desk, f"{turn}-{which}") for which in range(4)]
        given = at_once(
            *(partial(registered, desk_on(shared), name, f"R-{turn}") for name in names)
        )
        assert 1 == given.count(f"R-{turn}"), given
        assert 1 == len(shared.cards.find([[("number", "is", f"R-{turn}")]]))


def test_told_by_hand_and_taken_at_once_a_number_is_one_cases(shared: sql.Store) -> None:
    desk = desk_on(shared)
    for turn in range(8):
        names = [opened(desk, f"{turn}-{which}") for which in range(2)]
        number = OFFICE.numbering(2026, turn * 2 + 1)
        at_once(
            partial(registered, desk_on(shared), names[0], number),
            partial(registered, desk_on(shared), names[1]),
        )
        cards = shared.cards.find([[("number", "not", "")]])
        assert len(cards) == len({card.number for card in cards})


# -- the host's transaction -------------------------------------------------------------


@pytest.fixture(params=["file", *LEVELS, "made SERIALIZABLE"])
def host(request: pytest.FixtureRequest) -> Iterator[sql.Store]:
    """A store on an engine of the host's, with a level of its own."""
    level = request.param.removeprefix("made ")
    if level == "file":
        engine = sql.engine(_address(request, "file"))
    elif level != request.param:
        url = _address(request, "postgres").replace("postgresql:", "postgresql+psycopg:")
        engine = sa.create_engine(url, isolation_level=level)
    else:
        engine = sql.engine(_address(request, "postgres")).execution_options(isolation_level=level)
    opened = sql.Store(engine)
    yield opened
    opened.close()


@contextmanager
def joined(host: sql.Store) -> Iterator[tuple[sa.Connection, Desk]]:
    with host.bind.engine.connect() as connection:
        yield connection, desk_on(sql.Store(connection))


def test_records_card_events_and_number_roll_back_with_the_host(host: sql.Store) -> None:
    desk = desk_on(host)
    name = opened(desk)
    told(host)
    before = kept(host)
    with joined(host) as (connection, within):
        registered(within, name)
        opened(within, key="k")
        connection.rollback()
    assert before == kept(host)
    assert [] == told(host)
    assert "ЖТ-2026-00000001" == registered(desk, name)
    opened(desk, key="k")


def test_what_another_did_first_is_a_conflict_and_the_host_goes_on(host: sql.Store) -> None:
    """Whatever the level: then it is tried again, the act alone or all of it."""
    desk = desk_on(host)
    for name in "ab":
        opened(desk, name)
    with joined(host) as (connection, within):
        stale = within.case("a")
        registered(desk, "a")
        with pytest.raises(Conflict) as wrong:
            within.journal.append("a", stale_rows(within, stale), expected=1)
        # A transaction that has read what is no more so is of no use to a database.
        if getattr(wrong.value, "again", "act") == "transaction":
            connection.rollback()
        registered(within, "b")
        connection.commit()
    assert [2, 2] == [desk.case(name).n_sealed for name in "ab"]


def stale_rows(desk: Desk, case: oa.Case) -> list[Any]:
    """A second record, as whoever has read but the first would keep."""
    return rows_of(case.id, 1, after=list(desk.journal.read(case.id))[: case.n_sealed])


def test_a_second_writer_is_told_of_a_conflict_at_every_level(host: sql.Store) -> None:
    """`Numbers` too: 22 of 120 were an error of the database once."""
    desk = desk_on(host)
    names = [opened(desk, f"c{turn}") for turn in range(6)]
    wrong: list[object] = []

    def work() -> None:
        for name in names:
            while True:
                try:
                    with joined(host) as (connection, within):
                        registered(within, name)
                        connection.commit()
                except Refusal as told:
                    wrong.append(told)
                # The host's own commit may be what the database lets go of.
                except (Conflict, sa.exc.OperationalError):
                    continue
                break

    assert [None] * 4 == at_once(*[work] * 4)
    assert len(names) == len(host.cards.find([[("stage", "is", "registered")]]))
    numbers = sorted(card.number for card in host.cards.find([]))
    assert [OFFICE.numbering(2026, n + 1) for n in range(len(names))] == numbers


def test_each_level_of_the_server_holds_for_our_own_transactions(
    pg_engine: sa.Engine, postgres: str
) -> None:
    """`default_transaction_isolation`, as a host may set it."""
    pg_engine.dispose()
    for level in ("repeatable read", "serializable"):
        option = level.replace(" ", "%5C%20")
        url = f"{postgres}&options=-cdefault_transaction_isolation%3D{option}"
        store = sql.Store(url)
        desk = desk_on(store)
        names = [opened(desk, f"{level}{turn}") for turn in range(6)]

        def work(store: sql.Store = store, names: list[str] = names) -> None:
            for name in names:
                while True:
                    try:
                        registered(desk_on(store), name)
                    except Refusal:
                        break
                    except Conflict:
                        continue

        assert [None] * 4 == at_once(*[work] * 4)
        store.close()
    store = sql.Store(postgres)
    numbers = sorted(card.number for card in store.cards.find([]))
    assert [OFFICE.numbering(2026, n + 1) for n in range(12)] == numbers
    store.close()


@pytest.mark.parametrize("level", LEVELS)
def test_a_refused_act_of_any_kind_leaves_the_hosts_transaction_usable(
    pg_store: sql.Store, level: str
) -> None:
    """A key that is taken, a case beside that has changed, a number that is borne."""
    desk = desk_on(pg_store)
    for name in "abc":
        opened(desk, name)
    registered(desk, "a", "R-1")
    old = desk.case("b")
    registered(desk, "b")
    opened(desk, "d", key="k")
    engine = pg_store.bind.engine.execution_options(isolation_level=level)
    with engine.connect() as connection:
        within = desk_on(sql.Store(connection))
        refused: list[tuple[type[Exception], Callable[[], object]]] = [
            (Malformed, partial(opened, within, "e", key="k", channel="paper")),
            (Conflict, partial(opened, within, "a")),
            (Conflict, partial(within.perform, "c", Register(), at=AT, by=CLERK, beside=[old])),
            (Malformed, partial(registered, within, "c", "R-1")),
            (Refusal, partial(within.perform, "a", Register(), at=AT, by=CLERK)),
            (oa.UnknownCase, partial(registered, within, "nobody")),
            (Malformed, partial(opened, within, "a\0b")),
            (Malformed, partial(opened, within, "e", key="a\0b")),
            (Malformed, partial(within.find, at=AT, number="a\0b")),
        ]
        for kind, act in refused:
            with pytest.raises(kind):
                act()
        registered(within, "c")
        connection.commit()
    assert ["R-1", "ЖТ-2026-00000001", "ЖТ-2026-00000002", ""] == [
        card.number for card in pg_store.cards.find([])
    ]
    assert 0 == desk.rebuild()


def test_a_reader_hears_in_order_what_was_committed_out_of_order(pg_store: sql.Store) -> None:
    """An act of a long transaction of the host's comes late, and is not missed; how many wait is told."""
    desk = desk_on(pg_store)
    opened(desk, "a")
    heard = list(pg_store.journal.since())
    with pg_store.bind.engine.connect() as connection:
        opened(desk_on(sql.Store(connection)), "long")
        for name in "bcd":
            opened(desk, name)
        assert [] == list(pg_store.journal.since(heard[-1][0]))
        assert 3 == pg_store.journal.n_waiting()
        connection.commit()
    heard += pg_store.journal.since(heard[-1][0])
    assert 0 == pg_store.journal.n_waiting()
    assert sorted(["a", "b", "c", "d", "long"]) == sorted(row.case for _, row in heard)
    assert heard == list(pg_store.journal.since())


# -- locks ------------------------------------------------------------------------------


def test_no_order_of_acts_ends_in_a_deadlock(pg_store: sql.Store) -> None:
    """Cases beside each other, plain acts on the same, numbers and workers, all at once."""
    desk = desk_on(pg_store)
    for name in ("a", "b", "n0", "n1", "n2", "n3", "n4", "n5"):
        opened(desk, name)
    for name in "ab":
        registered(desk, name)
        desk.perform(name, kz.appeal.Accept(), at=AT, by=CLERK)
    wrong: list[object] = []

    def work(of: Desk, do: Callable[[Desk, int], object]) -> None:
        for turn in range(30):
            try:
                do(of, turn)
            except TryAgain as told:
                wrong.append(str(told))
            except (Conflict, Refusal):
                pass

    acts: list[Callable[[Desk, int], object]] = [
        lambda of, _: _assign(of, "a", beside=[of.case("b")]),
        lambda of, _: _assign(of, "b", beside=[of.case("a")]),
        lambda of, _: _assign(of, "a"),
        lambda of, _: _assign(of, "b"),
        lambda of, turn: of.perform(
            f"n{turn % 6}", Register(), at=AT, by=CLERK, beside=[of.case("a")]
        ),
        lambda of, turn: list(of.lapse_due(at=at("12-01"), limit=1)) if turn > 20 else None,
    ]
    at_once(*(partial(work, desk_on(pg_store), do) for do in acts))
    assert [] == wrong
    assert oa.desk.verify_journal(pg_store.journal, OFFICE.pack).broken == ()
    assert 0 == desk.rebuild()


def test_a_worker_and_a_clerk_at_one_case_wait_for_each_other_in_one_order(
    pg_store: sql.Store,
) -> None:
    """The worker has claimed; the clerk writes; the worker keeps."""
    desk = desk_on(pg_store)
    opened(desk, "a")
    registered(desk, "a")
    desk.perform("a", kz.appeal.Accept(), at=AT, by=CLERK)
    claimed, go = Event(), Event()

    def worker() -> object:
        with pg_store.begin() as tx:
            assert "a" == tx.claim(OFFICE.body.id, at("12-01"))
            claimed.set()
            assert go.wait(10)
            return desk_on(pg_store).lapse("a", at=at("12-01")).n_sealed

    def clerk() -> object:
        assert claimed.wait(10)
        go.set()
        return desk_on(pg_store).perform("a", kz.appeal.Assign("x"), at=AT, by=CLERK).n_sealed

    given = at_once(worker, clerk)
    assert not any(isinstance(one, TryAgain) for one in given), given


def test_of_two_that_look_at_each_other_one_is_told(shared: sql.Store) -> None:
    """Both see the other as it was: only one may be kept."""
    desk = desk_on(shared)
    for turn in range(6):
        cases = []
        for name in (f"{turn}-a", f"{turn}-b"):
            opened(desk, name)
            registered(desk, name)
            cases.append(desk.perform(name, kz.appeal.Accept(), at=AT, by=CLERK))
        given = at_once(
            *(
                partial(_assign, desk_on(shared), of.id, beside=[cases[1 - n]])
                for n, of in enumerate(cases)
            )
        )
        assert 1 == sum(isinstance(one, Conflict) for one in given), given


def _assign(desk: Desk, name: str, *, to: str = "x", beside: Sequence[oa.Case] = ()) -> oa.Case:
    return desk.perform(name, kz.appeal.Assign(to), at=AT, by=CLERK, beside=beside)


def test_what_an_act_looks_at_and_somebody_changed_is_a_conflict(store: Any) -> None:
    desk = desk_on(store)
    for name in "ab":
        opened(desk, name)
        registered(desk, name)
        desk.perform(name, kz.appeal.Accept(), at=AT, by=CLERK)
    before = desk.case("b")
    desk.perform("b", kz.appeal.Assign("x"), at=AT, by=CLERK)
    with pytest.raises(Conflict, match="case b"):
        desk.perform("a", kz.appeal.Assign("y"), at=AT, by=CLERK, beside=[before])
    assert 3 == desk.case("a").n_sealed


# -- asked once more --------------------------------------------------------------------


def test_asked_once_more_under_its_key_an_act_is_given_back(store: Any) -> None:
    desk = desk_on(store)
    name = opened(desk, key="open")
    assert name == opened(desk, key="open")
    registered(desk, name)
    first = desk.perform(name, kz.appeal.Accept(), at=AT, by=CLERK, key="accept")
    desk.perform(name, kz.appeal.Assign("x"), at=AT, by=CLERK)
    assert first == desk.perform(name, kz.appeal.Accept(), at=at("03-20"), by=CLERK, key="accept")
    with pytest.raises(Malformed, match="something else was asked"):
        desk.perform(name, kz.appeal.Assign("y"), at=AT, by=CLERK, key="accept")
    boss = Official("another", CLERK.roles)
    with pytest.raises(Malformed, match="something else was asked"):
        desk.perform(name, kz.appeal.Accept(), at=AT, by=boss, key="accept")
    assert 4 == desk.case(name).n_sealed


def test_a_refusal_is_not_kept_under_its_key(store: Any) -> None:
    desk = desk_on(store)
    name = opened(desk)
    with pytest.raises(Refusal):
        desk.perform(name, kz.appeal.Accept(), at=AT, by=CLERK, key="k")
    assert 2 == desk.perform(name, Register(), at=AT, by=CLERK, key="k").n_sealed


def test_a_key_is_of_its_office(store: Any) -> None:
    here, there = desk_on(store), Desk(kz.office("astana"), store)
    assert opened(here, key="k") != opened(there, key="k")


def test_of_those_at_once_under_one_key_one_is_kept_and_each_is_given_it(shared: sql.Store) -> None:
    for turn in range(8):
        (name,) = {*at_once(*[partial(opened, desk_on(shared), key=f"k{turn}")] * 4)}
        assert name == opened(desk_on(shared), key=f"k{turn}")
        press = partial(
            desk_on(shared).perform, name, Register(), at=AT, by=CLERK, expected=1, key=f"r{turn}"
        )
        assert [2] * 4 == [getattr(case, "version", case) for case in at_once(*[press] * 4)]
    assert 8 == len(list(shared.journal.cases()))


@pytest.mark.parametrize("word", ["a\0", "\ud800", "k" * 501, 5])
@pytest.mark.parametrize("name", ["key", "id"])
def test_what_no_database_keeps_is_no_key_and_no_id(store: Any, name: str, word: Any) -> None:
    desk = desk_on(store)
    with pytest.raises(Malformed, match=f"asked: {name}: "):
        desk.open(kz.Appeal, at=AT, by=ASKS, **{name: word})
    longest: dict[str, Any] = {name: "k" * 500}
    case = desk.open(kz.Appeal, at=AT, by=ASKS, **longest)
    assert [case.id] == list(store.journal.cases())


@pytest.mark.parametrize("number", ["R\0", "R\ud800", "  "])
def test_what_is_no_number_is_malformed_whatever_the_store(store: Any, number: str) -> None:
    desk = desk_on(store)
    with pytest.raises(Malformed):
        desk.perform(opened(desk, "a"), Register(number), at=AT, by=CLERK)
    assert "1" == registered(desk, "a")[-1]


def test_the_key_of_an_act_tells_nobody_whom_it_is_about(store: Any) -> None:
    """The same asked of hosts with other secrets leaves other digests: nobody can try who it was."""
    asked = set()
    for secret in (b"one", b"another"):
        desk = Desk(OFFICE, store, secret=secret)
        opened(desk, key=secret.decode())
        with store.begin() as tx:
            asked.add(tx.repeat("khromtau", secret.decode()).asked)
    assert 2 == len(asked)


def test_what_an_act_looks_at_is_watched_before_there_are_cards(shared: sql.Store) -> None:
    """As in a journal of the first edition, brought forward and not yet rebuilt."""
    desk = desk_on(shared)
    for name in "ab":
        opened(desk, name)
    before = desk.case("b")
    registered(desk, "b")
    with shared.connected() as connection:
        connection.execute(sa.delete(shared.tables.cards))
    with pytest.raises(Conflict, match="case b"):
        desk.perform("a", Register(), at=AT, by=CLERK, beside=[before])


def test_a_dump_of_another_server_is_brought_over(pg_store: sql.Store) -> None:
    """Its records are of transactions that this server has not come to."""
    desk = desk_on(pg_store)
    registered(desk, opened(desk, "a"))
    (*_, (read_to, _)) = pg_store.journal.since()
    with pg_store.connected() as connection:
        at = pg_store.tables.records.c.tx
        connection.execute(sa.update(pg_store.tables.records).values(tx=at + 2**40))
        # Its own writing is of no other server.
        assert pg_store.is_restored(connection)
    for ask in (desk.verify, lambda: list(pg_store.journal.since(read_to))):
        with pytest.raises(oa.JournalError, match="dump of another server") as told:
            ask()
        assert "journal.restored" == told.value.code
    sql.upgrade_tables(pg_store.bind, office="khromtau")
    opened(desk, "b")
    assert "intact: 3 records, 2 cases" == str(desk.verify())
    assert [("a", 1), ("a", 2), ("b", 1)] == [(r.case, r.no) for _, r in pg_store.journal.since()]
    with pytest.raises(oa.JournalError, match="from the beginning"):
        list(pg_store.journal.since((2**40 << 63) + 1))
    with pg_store.begin():  # what this transaction itself has written is of no other server
        opened(desk, "c")
        assert 3 == len(list(pg_store.journal.since()))


def test_nothing_is_done_after_a_record_that_was_committed_by_itself(pg_store: sql.Store) -> None:
    """Or it would be of another transaction than the record; what raises then is told what is kept."""
    more: tuple[Callable[[Any], object], ...] = (
        lambda tx: tx.next("s"),
        lambda tx: tx.hold("s"),
        lambda tx: tx.watch(["a"]),
        lambda tx: tx.claim("khromtau", AT),
        lambda tx: tx.keep(change("b")),
        lambda _: Desk(OFFICE, pg_store, secret=KEY).open("appeal", at=AT, by=ASKS),
    )

    def keep_and_ask(no: int, ask: Callable[[Any], object]) -> None:
        with pg_store.begin() as tx:
            tx.keep(change("a", no))
            ask(tx)

    for no, ask in enumerate(more, start=1):
        with pytest.raises(JournalError, match="as the last of its transaction") as told:
            keep_and_ask(no, ask)
        assert "journal.kept" == told.value.code
        assert ["the act was kept before this, and is not undone"] == told.value.__notes__
        assert no == len(pg_store.journal.read("a"))
    assert ["a"] == list(pg_store.journal.cases())
    # What comes before is of the same transaction, and so is what is told of at once.
    with suppress(LookupError), pg_store.begin() as tx:
        assert 1 == tx.next("s")
        tx.keep(change("b"))
        raise LookupError
    assert ["a"] == list(pg_store.journal.cases())
    with pg_store.begin() as tx:
        tx.keep(change("b"))
        assert 1 == len(pg_store.journal.read("b"))
        assert tx.repeat("khromtau", "k") is None


# -- a case that must not be there ------------------------------------------------------


@pytest.mark.parametrize("booked", [{"topic": "10:00"}, {"topic": "10:00", "channel": "portal"}])
def test_a_slot_is_booked_once_though_nobody_lays_the_other_case_beside(
    shared: sql.Store, booked: Any
) -> None:
    """Neither booking is there when the other looks: and they ask for it by different words."""
    asks: tuple[Any, Any] = ({"topic": "10:00"}, booked)

    def book(which: int) -> object:
        desk = desk_on(shared)
        return desk.open(
            kz.Appeal, at=AT, by=ASKS, topic="10:00", channel="portal", unless=asks[which]
        )

    answers = at_once(partial(book, 0), partial(book, 1))
    assert {oa.Case, Conflict} == {*map(type, answers)}
    (first,) = (one for one in answers if isinstance(one, oa.Case))
    (second,) = (one for one in answers if isinstance(one, Conflict))
    assert first.id == second.case
    assert 1 == desk_on(shared).count(at=AT, topic="10:00")


def test_an_act_is_not_done_where_another_case_is_found(store: Any) -> None:
    desk = desk_on(store)
    name, other = opened(desk), desk.open(kz.Appeal, at=AT, by=ASKS, topic="roads").id
    number, strange = registered(desk, name, "R-1"), Filters(topik="x")  # type: ignore[typeddict-unknown-key]
    with pytest.raises(Conflict, match=name) as told:
        desk.perform(other, Register(), at=AT, by=CLERK, unless=Filters(number=number))
    assert (name, 0, 2) == (told.value.case, told.value.expected, told.value.found)
    # The case itself is none other; and by what nothing is found, nothing is refused.
    desk.perform(name, kz.appeal.Accept(), at=AT, by=CLERK, unless=Filters(number=number))
    desk.perform(other, Register(), at=AT, by=CLERK, unless=Filters(topic="a bench"), key="k")
    with pytest.raises(Malformed, match="find: 'topik' is none of"):
        desk.open(kz.Appeal, at=AT, by=ASKS, unless=strange)
    # Asked once more under its key it is given back, though by now it is found itself.
    asked: dict[str, Any] = {"at": AT, "by": ASKS, "topic": "11:00", "key": "b"}
    first = desk.open(kz.Appeal, unless=Filters(topic="11:00"), **asked)
    assert first == desk.open(kz.Appeal, unless=Filters(topic="11:00"), **asked)


@pytest.mark.parametrize("level", LEVELS)
def test_of_two_transactions_of_hosts_that_look_for_one_slot_one_is_told(
    level: Any, pg_store: sql.Store
) -> None:
    desk_on(pg_store).open(kz.Appeal, at=AT, by=ASKS, topic="lights")
    engine = pg_store.bind.engine.execution_options(isolation_level=level)

    def book() -> object:
        with engine.connect() as host, host.begin():
            desk = desk_on(sql.Store(host))
            desk.count(at=AT)  # of what is there when the transaction begins
            return desk.open(
                kz.Appeal, at=AT, by=ASKS, topic="10:00", unless=Filters(topic="10:00")
            )

    answers = at_once(book, book)
    assert 1 == sum(isinstance(one, oa.Case) for one in answers)
    assert 1 == sum(isinstance(one, Conflict) for one in answers)
    assert 1 == desk_on(pg_store).count(at=AT, topic="10:00")
