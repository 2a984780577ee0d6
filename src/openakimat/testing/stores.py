"""What a store owes: all of an act or nothing of it, whoever else is at work.

Subclass a contract and say how a fresh store is made, as for a journal.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any, ClassVar

import attrs

from openakimat.errors import Conflict, JournalError, NumberBorne, UnknownCase
from openakimat.judgement.card import Card
from openakimat.ports import Change, Event, Repeat, Store
from openakimat.testing.contract import Contract, Opener, try_again
from openakimat.testing.machine import LOOK_ALIKE, bodies, refused, rows_of, same
from openakimat.trail.seal import Sealed

AT = datetime(2026, 3, 18, 10, 0, 0, 1, tzinfo=UTC)
OFFICE = "khromtau"


def change(case: str, no: int = 1, /, *, n: int = 1, office: str = OFFICE, **more: Any) -> Change:
    """What an act leaves: `n` records from a number on, the card and an event of each.

    >>> change("a", 2).expected, [event.id for event in change("a", 2, n=2).events]
    (1, ['a/2', 'a/3'])
    """
    last = no + n - 1
    rows = rows_of(case, last, office=office)[no - 1 :]
    events = tuple(Event(f"{case}/{row.no}", office, case, "told", AT, "{}") for row in rows)
    card = Card(case, office, last, number=f"R-{case}", received_at=AT)
    return attrs.evolve(Change(case, rows, no - 1, card=card, events=events), **more)


def _bearing(case: str, no: int, number: str) -> Change:
    office = "yesil" if case == "c" else OFFICE
    return change(
        case, no, office=office, card=Card(case, office, no, number=number), number=number
    )


def keep(store: Store, *changes: Change) -> None:
    """Keep what acts leave, in a transaction of its own."""
    with store.begin() as tx:
        tx.keep(*changes)


def tell_all(store: Store) -> list[str]:
    """The ids of the events untold, as they are told; from then on they are."""
    ids: list[str] = []
    while True:
        with store.outbox.claim(100) as page:
            for one in page:
                store.outbox.settle(one.place)
        if not page:
            return ids
        ids += [one.event.id for one in page]


def holds(store: Store) -> tuple[object, ...]:
    """What a store holds, but for what it has told."""
    rows = bodies([row for _, row in store.journal.since()])
    return rows, list(store.journal.forms()), list(store.cards.find([]))


def numbers_of(store: Store, series: str, n: int) -> list[int]:
    """The next numbers of a series, each of a transaction of its own."""
    given = []
    for _ in range(n):
        with store.begin() as tx:
            given.append(tx.next(series))
    return given


class StoreContract(Contract[Store]):
    """What every store owes, to which each of several writers does `n_acts`.

    >>> from openakimat.adapters import memory
    >>> class TestMemory(StoreContract):
    ...     n_writers = 1
    ...     def make(self):
    ...         return memory.Store()
    >>> TestMemory().test_an_act_is_kept_whole()
    """

    n_acts: ClassVar[int] = 20

    def test_an_act_is_kept_whole(self, store: Store) -> None:
        """Its records, form, card, events and key; each may be asked for at once."""
        one = change("a", n=2, forms={"f": b"form"}, key="k", asked="asked")
        with store.begin() as tx:
            tx.keep(one)
            same(bodies(one.rows), bodies(store.journal.read("a")), "records read within")
            same(Repeat("a", 2, "asked"), tx.repeat(OFFICE, "k"), "of the key, within")
        same((bodies(one.rows), ["f"], [one.card]), holds(store), "what is held")
        same(["a/1", "a/2"], tell_all(store), "events")
        keep(store, change("a", 3), change("b"))
        same([3, 1], [card.version for card in store.cards.find([])], "cards then")

    def test_what_raises_is_undone(self, store: Store) -> None:
        """Whatever the host fails of, and after everything was kept."""
        keep(store, change("a"))
        before = holds(store)
        new = change("b", key="k", forms={"f": b"form"})
        with suppress(LookupError), store.begin() as tx:
            tx.next("s")
            tx.keep(change("a", 2), new)
            raise LookupError
        same(before, holds(store), "what is held")
        same(["a/1"], tell_all(store), "events")
        with store.begin() as tx:
            same(None, tx.repeat(OFFICE, "k"), "of the key")
            same(1, tx.next("s"), "number")
            tx.keep(change("a", 2), new)
        same([2, 1], [card.version for card in store.cards.find([])], "versions, kept again")

    def test_a_stale_act_is_a_conflict_and_leaves_nothing(self, store: Store) -> None:
        """Of several acts neither the others, nor the number taken for them."""
        keep(store, change("a", n=2))
        before = holds(store)
        for no in (1, 2, 4):
            stale = change("a", no, forms={"f": b"form"}, key="k")
            wrong = refused(Conflict, f"record {no}", partial(self._number_and_keep, store, stale))
            both = getattr(wrong, "expected", None), getattr(wrong, "found", None)
            same((no - 1, 2), both, "expected and found")
            same(before, holds(store), f"what is held after record {no}")
        same(["a/1", "a/2"], tell_all(store), "events")
        same([1], numbers_of(store, "s", 1), "number")

    def _number_and_keep(self, store: Store, one: Change) -> None:
        with store.begin() as tx:
            tx.next("s")
            tx.keep(change("b"), one)

    def test_rows_that_do_not_follow_are_refused(self, store: Store) -> None:
        """They are no conflict, and leave nothing."""
        gap = attrs.evolve(change("a", 2), expected=0)
        wrong = refused(JournalError, "a gap", partial(keep, store, change("b"), gap))
        same("journal.not-consecutive", wrong.code, "code")
        same(([], [], []), holds(store), "what is held")

    def test_a_key_is_kept_once_in_its_office(self, store: Store) -> None:
        """Taken already it is a conflict, and what came with it is not kept."""
        keep(store, change("a", key="k", asked="1"))
        before = holds(store)
        again = change("b", key="k", asked="2")
        refused(Conflict, "a key again", partial(keep, store, again))
        same(before, holds(store), "what is held")
        keep(store, change("c", office="yesil", key="k", asked="3"))
        with store.begin() as tx:
            asked = [(OFFICE, "k"), ("yesil", "k"), (OFFICE, "K"), ("", "k")]
            expected = [Repeat("a", 1, "1"), Repeat("c", 1, "3"), None, None]
            same(expected, [tx.repeat(*one) for one in asked], "of keys")
        same(["a/1", "c/1"], tell_all(store), "events")

    def test_a_number_is_borne_once_in_its_office(self, store: Store) -> None:
        """What would bear it again is not kept, nor what came with it; another number is taken then."""
        keep(store, change("a"), change("b"), change("c", office="yesil"))
        before = holds(store)
        for beside in ((), (change("d"),), (change("a", 2),)):
            with store.begin() as tx:
                again = partial(tx.keep, *beside, _bearing("e", 1, "R-a"))
                wrong = refused(NumberBorne, "a number again", again)
                same("a", getattr(wrong, "by", None), "who bears it")
                same(before, holds(store), "what is held")
        # One's own, another's in another office, and one that looks alike; then what was left.
        taken = [("a", 2, "R-a"), ("c", 2, "R-b"), ("b", 2, "r-a"), ("a", 3, "R-b")]
        for case, no, number in taken:
            with suppress(NumberBorne):
                keep(store, _bearing(case, no, number))
        same([3, 2, 2], [card.version for card in store.cards.find([])], "versions then")
        # Old registers give a number twice: what is kept without taking one does not fail.
        keep(store, change("e", card=Card("e", OFFICE, 1, number="R-b")))

    def test_series_count_without_gaps(self, store: Store) -> None:
        """Apart, from 1; what is undone is given again, and to hold one takes nothing."""
        for turn in (1, 2, 3):
            with suppress(LookupError), store.begin() as tx:
                tx.next("a")
                raise LookupError
            with store.begin() as tx:
                tx.hold("a")
                tx.hold("never")
                numbers = [tx.next(series) for series in LOOK_ALIKE]
            same([turn] * len(LOOK_ALIKE), numbers, "numbers")
        same([1], numbers_of(store, "never", 1), "of a series that was held")

    def test_serials_never_come_twice(self, store: Store) -> None:
        """Gaps or none."""
        given = [store.serial("a") for _ in range(5)]
        with suppress(LookupError), store.begin():
            raise LookupError
        given += [store.serial("a") for _ in range(5)]
        same(10, len({*given}), f"different serials among {given}")

    def test_watched_cases_are_counted(self, store: Store) -> None:
        """Those that are there."""
        keep(store, change("a", n=3), change("b"))
        with store.begin() as tx:
            same({"a": 3, "b": 1}, dict(tx.watch(["b", "nobody", "a"])), "records")

    def test_what_is_kept_outlives_its_host(self) -> None:
        """Stopped and started, the store has what it had, and goes on."""
        store = self.make()
        try:
            keep(store, change("a", key="k"))
            before, serial = holds(store), store.serial("a")
            same([1], numbers_of(store, "s", 1), "number")
            store = self.reopen(store)
            same(before, holds(store), "what is held")
            refused(Conflict, "a key again", partial(keep, store, change("b", key="k")))
            same(([2], ["a/1"]), (numbers_of(store, "s", 1), tell_all(store)), "number and events")
            same(2, len({serial, store.serial("a")}), "different serials")
        finally:
            self.done(store)

    def test_of_writers_at_once_exactly_one_wins(self, store: Store) -> None:
        """All of its act is kept, and nothing of the others'."""
        for turn in range(5):
            acts = [
                change("a", turn + 1, key=f"k{turn}", asked=str(which))
                for which in range(self.n_writers)
            ]
            given = self.at_once(lambda which, acts=acts: keep(store, acts[which]))  # type: ignore[misc]  # a default of no type of its own
            same(1, given.count(None), f"winners among {given}")
            with store.begin() as tx:
                asked = Repeat("a", turn + 1, str(given.index(None)))
                same(asked, tx.repeat(OFFICE, f"k{turn}"), "of the key")
            kinds = {type(one) for one in given if not isinstance(one, Conflict)}
            same({type(None)}, kinds, "what others were told, but for conflicts")
        same([f"a/{no}" for no in range(1, 6)], tell_all(store), "events")

    def test_of_two_that_watch_each_other_one_is_kept(self) -> None:
        """Neither is kept beside what the other has become meanwhile."""
        for turn in range(5 if self.n_writers > 1 else 0):
            with self.fresh() as store:
                keep(store, change("a"), change("b"))

                def act(which: int, store: Store = store) -> bool:
                    with store.begin() as tx:
                        if tx.watch(["a", "b"]) != {"a": 1, "b": 1}:
                            return False
                        tx.keep(change("ab"[which], 2))
                    return True

                given = self.at_once(act, 2)
                same(1, given.count(True), f"kept in turn {turn} among {given}")

    def test_several_at_work_lose_and_double_nothing(self, store: Store) -> None:
        """On cases of their own with numbers of one series, and all on one case."""
        given = self.race(store, partial(_work, self.n_acts))
        n = self.n_writers * self.n_acts
        same([list] * self.n_writers, [*map(type, given)], f"what the writers give: {given}")
        same([*range(1, n + 1)], sorted(no for numbers in given for no in numbers), "numbers")
        rows = [(row.case, row.no) for _, row in store.journal.since()]
        cases = {str(which): self.n_acts for which in range(self.n_writers)} | {"one": n}
        expected = [(case, no + 1) for case, last in cases.items() for no in range(last)]
        same(sorted(expected), sorted(rows), "records")
        same(cases, {card.case: card.version for card in store.cards.find([])}, "cards")
        events = tell_all(store)
        same(sorted(f"{case}/{no}" for case, no in expected), sorted(events), "events")
        for case, last in cases.items():
            of = [event for event in events if event.startswith(f"{case}/")]
            same([f"{case}/{no + 1}" for no in range(last)], of, f"events of {case}")


def _work(n: int, opened: Opener[Store], which: int) -> list[int]:
    """Do acts on a case of one's own, each with a number, and as many on one that is everybody's."""
    store, numbers = opened(), list[int]()
    for no in range(1, n + 1):
        numbers.append(try_again(lambda no=no: _number(store, change(str(which), no))))  # type: ignore[misc]  # a default of no type of its own
        try_again(lambda: keep(store, change("one", len(_rows(store, "one")) + 1)))
    return numbers


def _number(store: Store, one: Change) -> int:
    with store.begin() as tx:
        number = tx.next("s")
        tx.keep(one)
    return number


def _rows(store: Store, case: str) -> Sequence[Sealed]:
    try:
        return store.journal.read(case)
    except UnknownCase:
        return ()
