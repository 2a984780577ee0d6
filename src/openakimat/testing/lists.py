"""What the cards, the outbox and the wake-ups of a store owe, and numbers.

Subclass a contract and say how a fresh one is made, as for a journal.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from functools import partial
from itertools import product
from operator import attrgetter
from typing import Any, ClassVar

import attrs

from openakimat.desk.shelf import fulfils
from openakimat.judgement.card import Card
from openakimat.ports import Condition, Numbers, Store, Told, Where
from openakimat.testing.contract import Contract, Opener, try_again
from openakimat.testing.machine import LOOK_ALIKE, TEXTS, same
from openakimat.testing.stores import AT, OFFICE, change, keep, tell_all

SOON, LATER = AT + timedelta(microseconds=1), AT + timedelta(days=1)

CARDS = (
    Card("a", OFFICE, 1, "law", "petition", "received", received_at=AT, wake_at=LATER, due_at=SOON),
    Card("b", OFFICE, 2, "law", "ticket", "registered", "R-1", "paper", registered_at=AT),
    Card("c", "yesil", 3, "old", "petition", "received", "R-2", due_at=AT, is_open=False),
    Card("d", OFFICE, 1, assignee="x", answered_at=SOON, changed_at=LATER, due_at=SOON),
    Card("e", OFFICE, 7, "law", broken="trail.broken", why="\n".join(TEXTS), entered_late=True),
    Card("f", OFFICE, 7, applicant="x", topic="y", terms='{"a": "ö"}', wake_at=SOON, due_at=LATER),
)  # fmt: skip
"""Cards of which in every column some are alike and some are not."""

COLUMNS = tuple(field.name for field in attrs.fields(Card))


def _conditions() -> Iterator[Condition]:
    """Every column compared in every way with whatever any card has in it."""
    for name in COLUMNS:
        values = {getattr(card, name) for card in CARDS} - {None}
        for value in values:
            yield name, "is", value
            yield name, "not", value
            # Which of two texts comes first each database says by its own lights.
            if isinstance(value, datetime) or name == "version":
                yield name, "from", value
                yield name, "before", value
        yield name, "among", frozenset()
        yield name, "among", frozenset(sorted(values)[:2])


class CardsContract(Contract[Store]):
    """What the cards of a store owe.

    >>> from openakimat.adapters import memory
    >>> class TestMemory(CardsContract):
    ...     def make(self):
    ...         return memory.Store()
    >>> TestMemory().test_cards_come_back_as_they_were_put()
    """

    def _find(self, store: Store, where: Where, **how: Any) -> list[str]:
        return [card.case for card in store.cards.find(where, **how)]

    def test_cards_come_back_as_they_were_put(self, store: Store) -> None:
        """Every column of them, instants to the microsecond."""
        store.cards.put(CARDS)
        same(list(CARDS), list(store.cards.find([])), "cards")

    def test_a_card_replaces_none_of_a_later_version(self, store: Store) -> None:
        """One of the same version it does; the others stay as they are."""
        store.cards.put(CARDS[:2])
        for version, stage in ((1, "first"), (3, "third"), (2, "second"), (3, "again")):
            store.cards.put([Card("b", OFFICE, version, stage=stage)])
            expected = {1: "registered", 2: "third"}.get(version, stage)
            same(["received", expected], [c.stage for c in store.cards.find([])], "stages")

    def test_every_column_is_found_by_in_every_way(self, store: Store) -> None:
        """What a card lacks fulfils nothing; instants are compared as such."""
        store.cards.put(CARDS)
        for one in _conditions():
            expected = [card.case for card in CARDS if fulfils(card, [[one]])]
            same(expected, self._find(store, [[one]]), f"of which {one}")
        there = SOON.astimezone(timezone(timedelta(hours=5)))
        same(["a", "d"], self._find(store, [[("due_at", "is", there)]]), "due then elsewhere")

    def test_of_each_group_one_condition_holds(self, store: Store) -> None:
        """Of none nothing is asked, and an empty one holds of nothing."""
        store.cards.put(CARDS)
        own: Condition = ("office", "is", OFFICE)
        either: list[Condition] = [("due_at", "is", AT), ("wake_at", "from", AT)]
        same(["a", "f"], self._find(store, [[own], either]), "of one office, and of one of two")
        same(["a", "c", "f"], self._find(store, [either]), "of one of two")
        same([], self._find(store, [[own], []]), "of an empty group")

    def test_pages_tell_every_card_once_and_in_order(self, store: Store) -> None:
        """By any column and either way, and by case what is alike; what lacks it comes last."""
        store.cards.put(CARDS)
        names = [name for name in COLUMNS if name.endswith("_at")] + ["case", "version"]
        for name, way, limit in product(names, ("", "-"), (1, 2, 5, 6, 9)):
            ordered = sorted(CARDS, key=attrgetter("case"), reverse=way == "-")
            known = [card for card in ordered if getattr(card, name) is not None]
            known.sort(key=attrgetter(name), reverse=way == "-")
            lacking = [card for card in ordered if getattr(card, name) is None]
            expected = [card.case for card in known + lacking]
            what = f"by {way}{name}, {limit} at a time"
            same(expected, self._paged(store, f"{way}{name}", limit), what)

    def _paged(self, store: Store, order: str, limit: int) -> list[str]:
        after, cases = None, list[str]()
        while page := store.cards.find([], order=order, after=after, limit=limit):
            cases, after = cases + [card.case for card in page], page[-1]
            same([], page[limit:] or cases[len(CARDS) :], "more than there are")
        return cases


class OutboxContract(Contract[Store]):
    """What the outbox of a store owes; `n_writers` relays are at work at once."""

    def _claimed(self, store: Store, limit: int = 100) -> list[str]:
        with store.outbox.claim(limit) as page:
            return [one.event.id for one in page]

    def _settle(self, store: Store, limit: int = 100, error: str = "") -> None:
        with store.outbox.claim(limit) as page:
            for one in page:
                store.outbox.settle(one.place, error)

    def test_of_each_case_the_events_are_told_in_order(self, store: Store) -> None:
        """One of a case at a time, the earliest first, and no more than asked for."""
        keep(store, change("b", n=2), change("a"))
        keep(store, change("b", 3))
        same(["b/1"], self._claimed(store, 1), "the earliest")
        same([["b/1", "a/1"]] * 2, [self._claimed(store) for _ in range(2)], "claimed, not told")
        self._settle(store)
        same(["b/2"], self._claimed(store), "the next")
        same(["b/2", "b/3"], tell_all(store), "the others")
        same([], self._claimed(store), "when all is told")

    def test_an_event_comes_back_as_it_was_kept(self, store: Store) -> None:
        """With its place, and how often it was tried."""
        texts = attrs.evolve(change("a").events[0], data="\n".join(TEXTS))
        keep(store, change("a", events=(texts,)))
        with store.outbox.claim(1) as (one,):
            same(Told(one.place, texts, 0, ""), one, "event")

    def test_what_could_not_be_told_is_tried_again(self, store: Store) -> None:
        """After the others, which it does not keep back; its own case waits for it."""
        keep(store, change("a", n=2), change("b", n=2))
        self._settle(store, 1, "no answer")
        same(["b/1", "a/1"], self._claimed(store), "the untried before it")
        with store.outbox.claim(9) as page:
            tried = {one.event.id: (one.tries, one.error) for one in page}
        same({"b/1": (0, ""), "a/1": (1, "no answer")}, tried, "tries and errors")
        same(
            ["a/1", "a/2"],
            [event for event in tell_all(store) if event.startswith("a")],
            "events of a",
        )

    def test_a_relay_that_fails_loses_nothing(self) -> None:
        """What it has not settled is claimed again, after a restart too."""
        store = self.make()
        try:
            keep(store, change("a"), change("b"))
            with suppress(LookupError), store.outbox.claim(9):
                raise LookupError
            store = self.reopen(store)
            same(["a/1", "b/1"], tell_all(store), "events")
            store = self.reopen(store)
            same([], tell_all(store), "events after they were told")
        finally:
            self.done(store)

    def test_what_was_told_is_told_once_more_on_demand(self, store: Store) -> None:
        """All that was done since an instant, and in order."""
        events = change("a", n=3).events
        times = zip(events, (AT, SOON, LATER), strict=True)
        timed = tuple(attrs.evolve(event, at=at) for event, at in times)
        keep(store, change("a", n=3, events=timed))
        for since, again in ((AT, 3), (SOON, 2), (LATER, 1), (LATER + timedelta(1), 0)):
            tell_all(store)
            same(again, store.outbox.replay(since), f"how many since {since}")
            same([f"a/{no}" for no in range(4 - again, 4)], tell_all(store), f"since {since}")

    def test_relays_at_once_share_no_case(self, store: Store) -> None:
        """Each event is told once, where no relay fails."""
        for which in range(10):
            keep(store, change(str(which), n=3))
        given = self.at_once(lambda _: tell_all(store))
        same([list] * self.n_writers, [*map(type, given)], f"what the relays give: {given}")
        events = [event for one in given if isinstance(one, list) for event in one]
        expected = [f"{which}/{no}" for which in range(10) for no in (1, 2, 3)]
        same(expected, sorted(events), "events told")


class WakeupsContract(Contract[Store]):
    """What the claims of a store owe to those who wake cases up, several workers `n_cases` at once."""

    n_cases: ClassVar[int] = 40

    def _claim(self, store: Store, at: datetime, office: str = OFFICE) -> str | None:
        with store.begin() as tx:
            return tx.claim(office, at)

    def test_the_soonest_that_is_due_is_claimed(self, store: Store) -> None:
        """Of its office, and at its very instant; what wants nothing never is."""
        store.cards.put(CARDS)
        store.cards.put([Card("g", "yesil", wake_at=AT)])
        same(None, self._claim(store, AT), "before any is due")
        same("f", self._claim(store, SOON), "at its very instant")
        same("f", self._claim(store, LATER), "the soonest")
        same("g", self._claim(store, LATER, "yesil"), "of another office")
        store.cards.put([Card("f", OFFICE, 7, broken="x")])
        same([None, "a"], [self._claim(store, at) for at in (SOON, LATER)], "where one is broken")

    def test_a_claim_undone_is_free_again(self, store: Store) -> None:
        """Nothing is lost with a worker that fails."""
        store.cards.put(CARDS)
        with suppress(LookupError), store.begin() as tx:
            tx.claim(OFFICE, SOON)
            tx.keep(change("f"))
            raise LookupError
        same("f", self._claim(store, SOON), "claimed")

    def test_several_workers_wake_each_case_once(self, store: Store) -> None:
        """However many there are, and whoever is first."""
        names = [str(which) for which in range(self.n_cases)]
        for name in names:
            keep(store, change(name, card=Card(name, OFFICE, 1, wake_at=AT)))
        given = self.race(store, _wake)
        same([list] * self.n_writers, [*map(type, given)], f"what the workers give: {given}")
        woken = sorted((name for one in given for name in one), key=int)
        same(names, woken, "woken")
        lengths = {name: len(store.journal.read(name)) for name in names}
        same(dict.fromkeys(names, 2), lengths, "records")


def _wake(opened: Opener[Store], _which: int) -> Sequence[str]:
    store, woken = opened(), list[str]()
    while (name := try_again(partial(_wake_one, store))) is not None:
        woken.append(name)
    return woken


def _wake_one(store: Store) -> str | None:
    with store.begin() as tx:
        if (name := tx.claim(OFFICE, AT)) is not None:
            tx.keep(change(name, 2))
    return name


class NumbersContract(Contract[Numbers]):
    """What numbers owe, of which each of several asks for `n_asked` at once.

    >>> from openakimat.adapters import memory
    >>> class TestMemory(NumbersContract):
    ...     def make(self):
    ...         return memory.Numbers()
    >>> TestMemory().test_a_series_counts_from_1()
    """

    n_asked: ClassVar[int] = 25

    def test_a_series_counts_from_1(self, numbers: Numbers) -> None:
        """Asked one after another, the numbers are 1, 2, 3."""
        same([1, 2, 3, 4, 5], [numbers.next("a") for _ in range(5)], "numbers")

    def test_series_count_apart(self, numbers: Numbers) -> None:
        """Series that look alike are told apart."""
        for turn in (1, 2, 3):
            for series in LOOK_ALIKE:
                same(turn, numbers.next(series), f"series {series!r}")

    def test_numbers_go_on_after_a_restart(self) -> None:
        """What was given is not given again."""
        numbers = self.make()
        try:
            first = [numbers.next("a"), numbers.next("a")]
            numbers = self.reopen(numbers)
            same([1, 2, 3], [*first, numbers.next("a")], "numbers")
        finally:
            self.done(numbers)

    def test_asked_at_once_no_number_is_given_twice(self, numbers: Numbers) -> None:
        """Each of several threads gets numbers of its own, and they grow; processes likewise."""
        given = self.at_once(partial(_ask, self.n_asked, lambda: numbers))
        given += self.race(numbers, partial(_ask, self.n_asked))
        flat = [no for one in given for no in (one if isinstance(one, list) else [one])]
        same(2 * self.n_writers * self.n_asked, len(set(flat)), f"different numbers among {flat}")
        for one in given:
            same(sorted(one) if isinstance(one, list) else [], one, "numbers of one thread")


def _ask(n: int, opened: Opener[Numbers], _: int) -> list[int]:
    numbers = opened()
    return [numbers.next("a") for _ in range(n)]
