"""Cards say what the records say: docket, lists, searches and wake-ups, after any life of the cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import attrs
import pytest
from hypothesis import given, strategies as st

import openakimat as oa
from openakimat import Desk, Official, Register, kz
from openakimat.adapters import memory, sql
from openakimat.case.acts import Rectify
from openakimat.desk.apart import Apart
from openakimat.desk.asked import ORDERS
from openakimat.desk.lists import Found
from openakimat.judgement import docket
from openakimat.judgement.card import Card, Wakeup, card_of, hash_word, law_name
from openakimat.judgement.lapse import settle
from openakimat.judgement.past import known_by
from openakimat.judgement.running import follow
from openakimat.kz.roles import EXECUTOR, HEAD, REGISTRAR
from openakimat.trail.plain import plain, read
from openakimat.trail.schema import schema
from openakimat.trail.seal import Chain

OFFICE = kz.office("khromtau")
SIX_DAYS = kz.calendar("six-day")
KEY = b"of the host"
START = datetime.fromisoformat("2026-03-16T09:00+05:00")
PEOPLE = [kz.Applicant(name, id=name) for name in ("aigerim", "beibit")]
STAFF = [Official(name, {REGISTRAR, EXECUTOR, HEAD}) for name in ("omarova", "serik")]

ACTS: dict[str, oa.Act] = {
    "register": Register(),
    "register by hand": Register("R-7"),
    "accept": kz.appeal.Accept(),
    "assign": kz.appeal.Assign("omarova"),
    "assign another": kz.appeal.Assign("serik"),
    "ask": kz.appeal.AskToCorrect(date(2026, 4, 10), ("a signature",)),
    "correct": kz.appeal.Correct(),
    "extend": kz.appeal.Extend(date(2026, 5, 5), "a survey is made"),
    "decide": kz.appeal.Decide("favourable"),
    "rectify": Rectify(2, Register("R-8"), "a slip"),
}

STEPS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["register", "accept", "lapse", *ACTS]),
        st.sampled_from([0, 0, 1, 1, 2, 26, 300]),
        st.sampled_from([0, 0, 0, 20]),
        st.booleans(),
    ),
    min_size=6,
    max_size=25,
)
"""Which case, what is done, how many hours later, how many before it is entered, and by which of two."""

Step = tuple[int, str, int, int, bool]


def live(desk: Desk, steps: Sequence[Step]) -> datetime:
    """Cases that live as told, as far as the law allows; the instant at the end."""
    now = START
    for which, what, hours, before, second in steps:
        now += timedelta(hours=hours)
        name, by, late = f"c{which}", STAFF[second], now - timedelta(hours=before)
        if name not in desk.journal.cases():
            topic, channel = ("road", "light")[second], ("paper", "portal")[second]
            desk.open(kz.Appeal, id=name, at=late, by=PEOPLE[second], topic=topic, channel=channel)
            for act in (Register(), kz.appeal.Accept()) if which % 2 else ():
                desk.perform(name, act, at=late, by=by)
        with suppress(oa.Refusal, oa.Malformed):
            if what == "lapse":
                desk.lapse(name, at=now)
            else:
                entered = now if before else None
                desk.perform(name, ACTS[what], at=late, by=by, entered=entered)
    return now


def cards_of(desk: Desk) -> Sequence[Card]:
    """The cards that are kept."""
    assert not isinstance(desk.store, Apart)
    return desk.store.cards.find([])


def instants(end: datetime) -> list[datetime]:
    """Of a life: before it, in its midst, at its end and long after."""
    middle = START + (end - START) / 2
    return [START - timedelta(1), middle, end, end + timedelta(days=20), end + timedelta(days=200)]


@given(STEPS)
def test_cards_are_what_the_records_tell_after_any_life(steps: list[Step]) -> None:
    desk = Desk(OFFICE, memory.Store(), secret=KEY)
    live(desk, steps)
    assert 0 == desk.rebuild()


@given(STEPS)
def test_the_docket_of_cards_is_that_of_the_records_at_any_instant(steps: list[Step]) -> None:
    store = memory.Store()
    desk = Desk(OFFICE, store, secret=KEY)
    apart = Desk(OFFICE, journal=store.journal, numbers=store.numbers)
    for at in instants(live(desk, steps)):
        lines = {line.case: line for line in desk.docket(at=at)}
        told = {
            of.id: docket.line(of, at=at, office=OFFICE)
            for of in apart.files()
            if known_by(of, at) is not None
        }
        assert told == lines, at
        assert desk.docket(at=at) == apart.docket(at=at)
        assert set(desk.docket(at=at, closed=False)) <= set(lines.values())


def stood(desk: Desk, at: datetime) -> Iterator[Found]:
    """Every case as it stood at an instant, from its records alone."""
    for of in desk.files():
        if (known := known_by(of, at)) is not None:
            then, _ = settle(follow(known, office=OFFICE), at=at, office=OFFICE)
            card = card_of(then, OFFICE, law=law_name(OFFICE), secret=KEY)
            yield Found(card, docket.line(then, at=at, office=OFFICE))


def wanted(card: Card, name: str, value: Any) -> bool:
    """Whether a filter asks for a case, in plain words."""
    if name.endswith(("_from", "_before")):
        kind, _, side = name.partition("_")
        when = getattr(card, f"{kind}_at")
        return when is not None and (when >= value if side == "from" else when < value)
    if name in {"topic", "applicant", "assignee"}:
        return bool(getattr(card, name) == hash_word(value, KEY))
    return bool(getattr(card, name) == value)


def filters(at: datetime) -> list[tuple[str, Any]]:
    edges = [at, START + timedelta(days=15), START + timedelta(days=60)]
    return [
        *(("stage", stage) for stage in ("received", "registered", "considered", "answered")),
        *(("number", number) for number in ("R-7", "R-8", "ЖТ-2026-00000001")),
        ("procedure", "appeal"), ("channel", "paper"), ("topic", "road"),
        ("applicant", "aigerim"), ("assignee", "omarova"), ("is_open", True), ("is_open", False),
        *((f"{kind}_{side}", edge) for kind in ("due", "received") for side in ("from", "before")
          for edge in edges),
    ]  # fmt: skip


@given(STEPS)
def test_a_search_finds_what_stood_so_at_the_instant(steps: list[Step]) -> None:
    desk = Desk(OFFICE, memory.Store(), secret=KEY)
    for at in instants(live(desk, steps)):
        every = list(stood(desk, at))
        # By what it bears now a case is found, whatever instant is asked about.
        now = {card.case: card for card in cards_of(desk)}
        for name, value in filters(at):
            told = {
                one.card.case
                for one in every
                if wanted(
                    now[one.card.case] if name in {"number", "assignee"} else one.card, name, value
                )
            }
            page = desk.find(at=at, **{name: value})
            assert told == {one.card.case for one in page.found}, (at, name, value)
            assert len(told) == desk.count(at=at, **{name: value})
        for standing in docket.Standing:
            told = {one.card.case for one in every if one.line.standing is standing}
            page = desk.find(at=at, standing=[standing])
            assert told == {one.card.case for one in page.found}, (at, standing)


@pytest.fixture(scope="module", params=["memory", "file", "postgres"])
def many(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """A desk of some forty cases, many of them alike in what they are listed by."""
    store: Any = memory.Store()
    if request.param == "file":
        store = sql.Store(f"sqlite:///{tmp_path_factory.mktemp('many')}/akimat.db")
    elif request.param == "postgres":
        store = sql.Store(f"{request.getfixturevalue('postgres')}")
        with store.bind.engine.begin() as host:
            for table in store.tables[:-1]:
                host.exec_driver_sql(f"TRUNCATE {table.name} RESTART IDENTITY")
    desk = Desk(OFFICE, store, secret=KEY)
    for n in range(40):
        at = START + timedelta(hours=n // 3)
        desk.open(kz.Appeal, id=f"c{n * 7 % 40:02}", at=at, by=PEOPLE[n % 2], topic="road")
        if n % 3:
            desk.perform(f"c{n * 7 % 40:02}", Register(), at=at, by=STAFF[0])
        if n % 12 == 1:
            desk.perform(f"c{n * 7 % 40:02}", kz.appeal.Accept(), at=at, by=STAFF[0])
            desk.perform(f"c{n * 7 % 40:02}", kz.appeal.Decide("favourable"), at=at, by=STAFF[0])
    yield desk
    if isinstance(store, sql.Store):
        store.close()


@pytest.mark.parametrize("limit", [1, 7, 40, 50])
@pytest.mark.parametrize("order", [f"{way}{name}" for name in ORDERS for way in ("", "-")])
def test_pages_tell_every_case_once_and_in_order(many: Desk, order: str, limit: int) -> None:
    at, after, cards = START + timedelta(days=9), None, list[Any]()
    while True:
        page = many.find(at=at, order=order, after=after, limit=limit)
        cards += [one.card for one in page.found]
        assert len(cards) <= 40
        if (after := page.after) is None:
            break
    assert [f"c{n:02}" for n in range(40)] == sorted(card.case for card in cards)
    column = ORDERS[order.removeprefix("-")]
    kept = {card.case: card for card in cards_of(many)}
    known = [getattr(kept[card.case], column) for card in cards]
    told = [one for one in known if one is not None]
    # Those that have none stand last.
    assert known == [*sorted(told, reverse=order.startswith("-")), *[None] * (40 - len(told))]
    for (value, card), (other, following) in pairwise(zip(known, cards, strict=True)):
        # From the last on, by case too: as an index is read from its other end.
        first, second = (following, card) if order.startswith("-") else (card, following)
        assert value != other or first.case < second.case


def test_each_clock_lapses_once_however_many_workers_ask(many: Desk) -> None:
    """Late, early or asked twice, the law acts when it acts."""
    if isinstance(many.store, memory.Store):
        workers, early = [many], many
    else:
        workers = [Desk(OFFICE, many.store, secret=KEY) for _ in range(4)]
        early = workers[0]
    assert [] == list(early.lapse_due(at=START - timedelta(1)))
    wake = early.next_wakeup()
    assert wake is not None
    assert [] == list(early.lapse_due(at=wake.at - timedelta(microseconds=1)))
    expected = {
        of.id: settle(of, at=START + timedelta(days=400), office=OFFICE)[0].case
        for of in many.files()
    }
    at = START + timedelta(days=400)
    with ThreadPoolExecutor(len(workers)) as pool:
        told = [
            one for of in pool.map(lambda desk: list(desk.lapse_due(at=at)), workers) for one in of
        ]
    assert all(one.wrong is None for one in told)
    lapsed = [(one.case, record.no) for one in told for record in one.records]
    assert 1 == max(Counter(lapsed).values())
    assert expected == {of.id: of for of in many.files()}
    assert many.next_wakeup() is None
    assert [] == list(many.lapse_due(at=at))
    assert 0 == many.rebuild()


# -- broken cases and other laws --------------------------------------------------------


class Tampered(memory.Journal):
    """A journal that somebody has access to."""

    def spoil(self, case: str) -> None:
        """Alter the last record of a case."""
        row = self._cases[case][-1]
        self._cases[case][-1] = attrs.evolve(row, body=row.body + b" ")

    def cut(self, case: str) -> None:
        """Take away the last record of a case."""
        del self._cases[case][-1]


@pytest.fixture
def tampered() -> tuple[Desk, Tampered]:
    store = memory.Store()
    store.journal = journal = Tampered()
    desk = Desk(OFFICE, store, secret=KEY)
    for name in "abc":
        desk.open(kz.Appeal, id=name, at=START, by=PEOPLE[0])
        desk.perform(name, Register(), at=START, by=STAFF[0])
    return desk, journal


def anew(desk: Desk) -> Desk:
    """Another worker on the same store."""
    return Desk(OFFICE, desk.store, secret=KEY)


@pytest.mark.parametrize("how", ["spoil", "cut"])
def test_a_broken_case_is_marked_once_and_stands_aside(
    tampered: tuple[Desk, Tampered], how: str
) -> None:
    desk, journal = tampered
    getattr(journal, how)("b")
    at = START + timedelta(days=400)
    worker = anew(desk)
    told = list(worker.lapse_due(at=at))
    if how == "spoil":
        assert ["b"] == [one.case for one in told if one.wrong is not None]
    assert {"a", "c"} <= {one.case for one in told if one.records}
    assert [] == list(worker.lapse_due(at=at))
    if how == "spoil":
        (line,) = [one for one in worker.docket(at=at) if one.standing is docket.Standing.BROKEN]
        assert "b" == line.case
        page = worker.find(at=at, standing=[docket.Standing.BROKEN])
        assert ["b"] == [one.card.case for one in page.found]
    worker.rebuild()
    assert 0 == worker.rebuild()


def test_a_case_that_has_lost_records_is_marked_and_stops_nobody(
    tampered: tuple[Desk, Tampered],
) -> None:
    desk, journal = tampered
    journal.cut("b")
    worker = anew(desk)
    assert 1 == worker.rebuild()
    assert 0 == worker.rebuild()
    (card,) = [card for card in cards_of(worker) if card.broken]
    assert ("b", "trail.cut") == (card.case, card.broken)


def test_a_desk_of_another_law_counts_its_cards_anew(tampered: tuple[Desk, Tampered]) -> None:
    """Those that were broken under the law before are looked at again, once."""
    desk, journal = tampered
    journal.spoil("b")
    rows = list(journal._cases["b"])
    other = Desk(kz.office("khromtau", calendar=SIX_DAYS), desk.store, secret=KEY)
    at = START + timedelta(days=3)
    assert {"a", "b", "c"} == {line.case for line in other.docket(at=at)}
    journal._cases["b"] = [attrs.evolve(row, body=row.body.rstrip()) for row in rows]
    again = anew(desk)
    assert all(line.standing is not docket.Standing.BROKEN for line in again.docket(at=at))
    assert 0 == again.rebuild()


def test_desks_of_two_laws_at_work_at_once_list_each_by_its_own(many: Desk) -> None:
    """As while a host goes over to another calendar, worker by worker."""
    other = Desk(kz.office("khromtau", calendar=SIX_DAYS), many.store, secret=KEY)
    at = START + timedelta(days=9)
    for _ in range(2):
        for desk in (many, other):
            told = {of.id: docket.line(of, at=at, office=desk.office) for of in desk.files()}
            assert told == {line.case: line for line in desk.docket(at=at)}
    assert 40 == other.rebuild() + many.rebuild()


def test_what_only_a_store_can_is_refused_without_one() -> None:
    desk = Desk(OFFICE, Apart(memory.Journal(), memory.Numbers()))
    with pytest.raises(oa.Malformed, match="no store"):
        list(desk.lapse_due(at=START))
    with pytest.raises(oa.Malformed, match="no store"):
        desk.rebuild()


# -- what nobody should ask, and what nobody should have kept -----------------------------


@pytest.mark.parametrize(
    "token",
    [
        "x", "[" * 100_000, '["due_at", 5, "a"]', '["due_at", "2026-03-18", "a"]',
        '["due_at", "2026-03-18T10:00+05:00", "a\\u0000"]', '["due_at", "9999-12-31T23:59-23:59", "a"]',
        '["due_at", "2026-03-18T10:00+05:00", "\\ud800"]', '["due_at", "2026-03-18T10:00+05:00", 1]',
        '["-due_at", "2026-03-18T10:00+05:00", "a"]', '["received_at", "2026-03-18T10:00+05:00", "a"]',
    ],
)  # fmt: skip
def test_a_list_goes_on_only_where_a_page_of_it_ended(many: Desk, token: str) -> None:
    with pytest.raises(oa.Malformed, match="after: is not where a page ended"):
        many.find(at=START, after=token)
    with pytest.raises(oa.Malformed, match="after: is not where a page ended"):
        many.find(at=START, order="number", after='["number", 5, "a"]')


@pytest.mark.parametrize(
    "asked",
    [
        {"number": "\0"}, {"stage": "\ud800"}, {"applicant": "\ud800"}, {"channel": 5},
        {"is_open": "yes"}, {"received_from": "2026-03-18"}, {"due_before": START.replace(tzinfo=None)},
        {"limit": -1}, {"limit": "5"}, {"soon": "3"}, {"standing": ["overdu"]},
    ],
)  # fmt: skip
def test_what_no_card_can_be_compared_with_is_malformed(many: Desk, asked: dict[str, Any]) -> None:
    with pytest.raises(oa.Malformed, match=f"^(asked|instant): {next(iter(asked))}: "):
        many.find(at=START, **asked)


def test_cards_are_made_anew_many_at_once_and_none_over_what_was_written_meanwhile(
    many: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody acts on a case after its records were read, and before its card is."""
    store: Any = many.store
    cards, find, put = cards_of(many), store.cards.find, store.cards.put
    put([attrs.evolve(card, terms="{") for card in cards])
    name = next(card.case for card in cards if card.stage == "received")
    puts = list[int]()

    def count(of: Any) -> None:
        puts.append(len(of))
        put(of)

    def act(*of: Any, **how: Any) -> Any:
        with monkeypatch.context() as patch:
            patch.setattr(store.cards, "find", find)
            many.perform(name, Register(), at=START + timedelta(days=60), by=STAFF[0])
        monkeypatch.setattr(store.cards, "find", find)
        monkeypatch.setattr(store.cards, "put", count)
        return find(*of, **how)

    monkeypatch.setattr(store.cards, "find", act)
    worker = anew(many)
    assert 39 == worker.rebuild()
    assert [39] == puts
    assert 0 == worker.rebuild()


@pytest.mark.parametrize("terms", ["{", "[]", "null", '{"judged": [[]]}', '{"judged": [["x"]]}'])
def test_a_card_that_cannot_be_read_is_told_by_the_records(many: Desk, terms: str) -> None:
    """Of another edition of the library, or written by hand."""
    at, cards = START + timedelta(days=9), cards_of(many)
    told = many.docket(at=at), many.find(at=at, limit=50)
    store: Any = many.store
    store.cards.put([attrs.evolve(card, terms=terms) for card in cards])
    assert told[0] == many.docket(at=at)
    assert [one.line for one in told[1].found] == [
        one.line for one in many.find(at=at, limit=50).found
    ]
    assert 40 == many.rebuild()
    assert cards == cards_of(many)


def test_the_number_of_a_broken_case_is_no_other_cases(tampered: tuple[Desk, Tampered]) -> None:
    desk, journal = tampered
    number = next(card.number for card in cards_of(desk) if card.case == "b")
    journal.spoil("b")
    worker = anew(desk)
    assert 1 == worker.rebuild()
    (found,) = worker.find(at=START, number=number).found
    assert ("b", docket.Standing.BROKEN) == (found.line.case, found.line.standing)
    worker.open(kz.Appeal, id="d", at=START, by=PEOPLE[0])
    with pytest.raises(oa.Malformed, match=f"{number} is the number of b"):
        worker.perform("d", Register(number), at=START, by=STAFF[0])


def test_a_case_whose_records_are_gone_is_marked(tampered: tuple[Desk, Tampered]) -> None:
    desk, journal = tampered
    del journal._cases["b"]
    worker = anew(desk)
    assert 1 == worker.rebuild()
    assert 0 == worker.rebuild()
    (line,) = [one for one in worker.docket(at=START) if one.standing is docket.Standing.BROKEN]
    assert "b" == line.case


@pytest.mark.parametrize("ask", ["rebuild", "broken", "docket", "find", "lapse_due"])
def test_a_journal_that_fails_accuses_no_case(
    tampered: tuple[Desk, Tampered], ask: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _ = tampered
    cards, worker = cards_of(desk), anew(desk)

    def fail(*_: object) -> Any:
        raise oa.JournalError("the server has closed the connection", code="journal.database")

    asks: dict[str, Any] = {
        "docket": lambda: worker.docket(at=START - timedelta(1)),
        "find": lambda: worker.find(at=START - timedelta(1)),
        "lapse_due": lambda: list(worker.lapse_due(at=START + timedelta(days=400))),
    }
    with monkeypatch.context() as patch:
        patch.setattr(Tampered, "read", fail)
        with pytest.raises(oa.JournalError, match="closed the connection"):
            asks.get(ask, getattr(worker, ask))()
    assert cards == cards_of(worker)
    assert 3 == len(list(worker.lapse_due(at=START + timedelta(days=400))))


def test_a_case_of_no_office_stays_where_it_was_listed_first() -> None:
    """As those of the first edition are, until an office goes on with them."""
    store = memory.Store()
    here, there = (Desk(kz.office(name), store, secret=KEY) for name in ("khromtau", "astana"))
    case = here.open(kz.Appeal, id="a", at=START, by=PEOPLE[0])
    nobodys = attrs.evolve(case.records[0], office="")
    rows, _ = Chain("a").seal_on([nobodys], salt=store.journal.salt)
    store.journal._cases["a"] = [attrs.evolve(row, office="") for row in rows]
    for desk in (anew(here), Desk(kz.office("astana"), store, secret=KEY)):
        desk.rebuild()
    assert ["a"] == [line.case for line in here.docket(at=START)]
    assert () == there.docket(at=START)
    there.perform("a", Register(), at=START, by=STAFF[0])
    assert ["a"] == [line.case for line in there.docket(at=START)]
    assert () == here.docket(at=START)


@pytest.mark.parametrize("soon", ["3", 3.0, None, True])
def test_a_docket_is_asked_by_whole_days(soon: Any) -> None:
    desk = Desk(OFFICE, memory.Store())
    with pytest.raises(oa.Malformed, match="soon: .* is not an integer"):
        desk.docket(at=START, soon=soon)
    with pytest.raises(oa.Malformed, match="limit: .* is not an integer"):
        desk.lapse_due(at=START, limit=soon)
    with pytest.raises(oa.Malformed, match="limit: -1 is less than nothing"):
        desk.lapse_due(at=START, limit=-1)


@pytest.mark.parametrize("kind", ["memory", "file", "postgres"])
def test_instants_are_told_by_the_clocks_of_the_office_on_every_store(
    kind: str, request: pytest.FixtureRequest, tmp_path: Any
) -> None:
    made: Any = {
        "memory": memory.Store,
        "file": lambda: sql.Store(f"sqlite:///{tmp_path}/akimat.db"),
        "postgres": lambda: sql.Store(request.getfixturevalue("pg_engine")),
    }[kind]
    desk = Desk(OFFICE, made(), secret=KEY)
    desk.open("appeal", by=PEOPLE[0], at=START.astimezone(UTC))
    wakeup = desk.next_wakeup()
    assert wakeup is not None
    assert "2026-03-17T00:00:00+05:00" == wakeup.at.isoformat()
    (found,) = desk.find(at=START).found
    assert "2026-03-16T09:00:00+05:00" == (found.card.received_at or START).isoformat()
    assert wakeup == read(plain(wakeup), Wakeup)
    assert {"at", "case", "broken"} == schema("wakeup")["$defs"]["Wakeup"]["properties"].keys()
