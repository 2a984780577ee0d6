"""Lists, searches and wake-ups of an office, from its cards.

Rules. (1) What a card does not tell as of an instant, because the law acts before it or a record
came after it, its records tell. (2) Cards counted by another law are made anew before they are
listed. (3) A case that cannot be loaded hides no other: it is marked, listed as broken, and stands
aside until it is mended.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from heapq import merge
from itertools import chain, islice
from operator import itemgetter
from typing import Any, NamedTuple

import attrs

from openakimat.case.record import Record
from openakimat.desk.apart import Apart, no_store
from openakimat.desk.asked import (
    Asked,
    Group,
    column_of,
    conditions,
    place_of,
    read_token,
    refuse_no_count,
    token_of,
)
from openakimat.desk.files import Files, of_case
from openakimat.desk.shelf import Shelf, fulfils
from openakimat.errors import AkimatError, BrokenTrail, Conflict
from openakimat.judgement import docket
from openakimat.judgement.card import Broken, Card, Wakeup, line_of
from openakimat.judgement.past import known_by
from openakimat.judgement.running import Running, follow
from openakimat.ports import Cards, Condition, Store, Where

PAGE = 500
"""Cards read at a time."""


class Outcome(NamedTuple):
    """What the law did to a case whose time was up, or why it could not be asked."""

    case: str
    records: tuple[Record, ...]
    wrong: AkimatError | None = None


class Found(NamedTuple):
    """A case found: its card and its line, both as of the instant asked."""

    card: Card
    line: docket.Line


class Page(NamedTuple):
    """Cases found, and what the next page begins after; None when there is none."""

    found: tuple[Found, ...]
    after: str | None


class Lists:
    """The cards of an office."""

    def __init__(self, files: Files, store: Store | Apart, secret: bytes) -> None:
        self._files = files
        self._store = store
        self._secret = secret

    def find(self, asked: Asked, *, order: str, after: str | None, limit: int) -> Page:
        """The cases that are asked for, in an order, a page of them."""
        refuse_no_count(limit=limit)
        column = column_of(order)
        last = read_token(after, column) if after else None
        page = tuple(islice(self._search(asked, column, last, limit), limit))
        # By the card as it is kept the next page begins, wherever the case stood at the instant.
        after = token_of(page[-1][0], column) if limit and len(page) == limit else None
        return Page(tuple(Found(self._here(card), line) for _, (card, line) in page), after)

    def count(self, asked: Asked) -> int:
        """How many cases are asked for."""
        return sum(1 for _ in self._search(asked, "case", None, PAGE))

    def any_other(self, asked: Asked, case: str | None) -> Card | None:
        """The card of a case that is asked for, but for one, as its records have it by now."""
        own, moved = conditions(asked, self._files.office, self._secret)
        found = self._every(self._cards(), [*own, *moved, [("case", "not", case or "")]], size=1)
        return next(found, None)

    def lines(self, asked: Asked, *, closed: bool) -> docket.Docket:
        """Where every case stands, the most pressing first."""
        conditions(asked, self._files.office, self._secret)  # or what is asked is malformed
        cards = self._cards()
        # Of what was closed since a past instant it was not known then that it would be.
        later: Where = [[("is_open", "is", False)], [("changed_at", "from", asked.at)]]
        lists: Sequence[Where] = [[]] if closed else [[[("is_open", "is", True)]], later]
        every = chain.from_iterable(self._every(cards, where) for where in lists)
        lines = (self._at(card, asked.at, asked.soon)[1] for card in every)
        return docket.Docket(sorted(filter(None, lines), key=docket.urgency))

    def next_wakeup(self) -> Wakeup | None:
        """The soonest instant at which a case wants `lapse`."""
        cards = self._cards()
        soonest = next(iter(cards.find([self._own], order="wake_at", limit=1)), None)
        if soonest is None or soonest.wake_at is None:
            return None
        marked = self._every(cards, [[("broken", "not", "")]])
        broken = (Broken(card.case, card.broken, card.why) for card in marked)
        at = self._files.office.calendar.place.local(soonest.wake_at)
        return Wakeup(at, soonest.case, tuple(broken))

    def lapse_due(self, at: datetime, limit: int) -> Iterator[Outcome]:
        """Let the law act on the cases whose time is up, each claimed and kept by itself."""
        cards = self._cards()
        for _ in range(limit):
            outcome = None
            with (
                suppress(Conflict),
                self._store.begin() as tx,
            ):  # another was first: nothing is lost
                if (name := tx.claim(self._files.office.body.id, at)) is None:
                    return
                try:
                    of, new, since = self._files.settled(name, at)
                    if new:
                        self._files.keep(tx, [self._files.prepare(of, new, since=since)])
                    else:  # its card was of another law
                        cards.put([self._files.card(of)])
                    outcome = Outcome(name, new)
                except AkimatError as wrong:
                    cards.put(
                        [self._mark_broken(name, of_case(wrong), self._card_kept(cards, name))]
                    )
                    outcome = Outcome(name, (), wrong)
            if outcome is not None:
                yield outcome

    def rebuild(self) -> int:
        """Make every card anew from the records; how many were not as these tell it."""
        cards, wrong, there = self._store_cards(), 0, set[str]()
        files = self._files.every()
        # Many in a transaction, each of which waits for the disk; by id, as cards are locked.
        while page := dict(sorted(islice(files, PAGE), key=itemgetter(0))):
            there |= page.keys()
            of_page: Where = [[("case", "among", page.keys())]]
            before = {card.case: card for card in cards.find(of_page, limit=PAGE)}
            anew = [self._card_told(name, of, before.get(name)) for name, of in page.items()]
            if new := [card for card in anew if card != before.get(card.case)]:
                cards.put(new)
                wrong += len(new)
        for kept in self._every(cards, []):
            # Whose records are gone, all of them, unless it was opened meanwhile.
            if kept.case not in there and (card := self._make_anew(kept.case, kept)) != kept:
                cards.put([card])
                wrong += 1
        return wrong

    def _card_told(self, name: str, of: Running | AkimatError, kept: Card | None) -> Card:
        """The card that the records of a case tell."""
        # One of the first edition is of no office until one goes on with it: who was first has it.
        of_none = isinstance(of, Running) and not of.case.records[-1].office
        if of_none and kept and kept.office != self._files.office.body.id:
            return kept
        card = self._make_card(name, of, kept)
        # Read anew, for somebody may have written to it between its records and its card.
        return self._make_anew(name, kept) if card.broken and card != kept else card

    @property
    def _own(self) -> Sequence[Condition]:
        return [("office", "is", self._files.office.body.id)]

    def _store_cards(self) -> Cards:
        if isinstance(self._store, Apart):
            raise no_store("cards")
        return self._store.cards

    def _cards(self) -> Cards:
        if isinstance(self._store, Apart):
            return Shelf(self._make_card(name, of, None) for name, of in self._files.every())
        cards, law = self._store.cards, self._files.law
        # Whenever they are listed: a desk of another law, or without the secret, may be at work too. Asked by
        # ranges, which an index tells at once.
        others: Group = [("counted_by", "before", law), ("counted_by", "from", self._files.up_to)]
        while page := cards.find([self._own, others], limit=PAGE):
            cards.put([self._make_anew(card.case, card) for card in page])
        return cards

    def _here(self, card: Card) -> Card:
        """A card by the clocks of the office, whatever zone a database tells its instants in."""
        local = self._files.office.calendar.place.local
        told = attrs.asdict(card)
        here: dict[str, Any] = {n: local(at) for n, at in told.items() if isinstance(at, datetime)}
        return attrs.evolve(card, **here)

    def _card_kept(self, cards: Cards, name: str) -> Card | None:
        return next(iter(cards.find([[("case", "is", name)]])), None)

    def _make_anew(self, name: str, kept: Card | None) -> Card:
        """The card of a case, whose records are read after the one that is kept."""
        try:
            return self._make_card(name, self._files.load(name).of, kept)
        except AkimatError as wrong:
            return self._mark_broken(name, of_case(wrong), kept)

    def _make_card(self, name: str, of: Running | AkimatError, kept: Card | None) -> Card:
        if isinstance(of, AkimatError):
            return self._mark_broken(name, of, kept)
        card = self._files.card(of)
        if kept is not None and kept.version > card.version:
            why = f"{card.version} records are left of the {kept.version} that its card tells of"
            wrong = BrokenTrail(why, at_record=card.version + 1, code="trail.cut")
            return self._mark_broken(name, wrong, kept)
        return card

    def _mark_broken(self, name: str, wrong: AkimatError, kept: Card | None) -> Card:
        """The card of a case that cannot be loaded: nothing of it is believed, and nothing wakes it."""
        # Of the version of that which it replaces: whatever is written to the case since replaces it.
        version = kept.version if kept else 0
        # Its number is given to no other case, and it is found by it.
        number = kept.number if kept else ""
        office, law = self._files.office.body.id, self._files.law
        return Card(name, office, version, law, number=number, broken=wrong.code, why=str(wrong))

    def _every(
        self, cards: Cards, where: Where, order: str = "case", after: Card | None = None,
        size: int = PAGE,
    ) -> Iterator[Card]:  # fmt: skip
        """Cards of the office, a page at a time, the first of a size."""
        while page := cards.find([self._own, *where], order=order, after=after, limit=size):
            yield from page
            if len(page) < size:
                return
            after, size = page[-1], PAGE

    def _search(
        self, asked: Asked, column: str, after: Card | None, limit: int
    ) -> Iterator[tuple[Card, Found]]:
        """The cards that are kept of what is asked for, each with how it stood at the instant."""
        own, moved = conditions(asked, self._files.office, self._secret)
        # What the law has acted upon by then, or anybody since, is looked at as it stood then: lists
        # of their own, for no index tells them all at once.
        then, cards = asked.at + timedelta(microseconds=1), self._cards()
        asks: tuple[Where, ...] = (
            moved,
            [[("wake_at", "before", then)]],
            [[("changed_at", "from", then)]],
        )
        lists = (
            self._every(cards, [*own, *more], column, after, min(limit, PAGE)) for more in asks
        )
        before = None
        # The three are in one order, in which what stands in several of them comes at once.
        way = partial(place_of, column)
        for card in merge(*lists, key=way, reverse=column.startswith("-")):
            if card.case == before:
                continue
            before = card.case
            now, line = self._at(card, asked.at, asked.soon, settled=True)
            wanted = line is not None and (not asked.standing or line.standing in asked.standing)
            if line is not None and wanted and (now is card or fulfils(now, moved)):
                yield card, Found(now, line)

    def _at(
        self, card: Card, at: datetime, soon: int, *, settled: bool = False
    ) -> tuple[Card, docket.Line | None]:
        """A card and its line as of an instant; no line where the case was not known by then."""
        office, woken = self._files.office, card.wake_at is not None and card.wake_at <= at
        if not (settled and woken) and (line := line_of(card, at=at, office=office, soon=soon)):
            return card, line
        try:
            of = self._files.load(card.case).of
            if (known := known_by(of.case, at)) is None:
                return card, None
            if settled:
                of, _ = self._files.settle(
                    of if known is of.case else follow(known, office=office), at
                )
                card = self._files.card(of)
            return card, docket.line(of, at=at, office=office, soon=soon)
        except AkimatError as wrong:
            return card, docket.broken_line(card.case, of_case(wrong))
