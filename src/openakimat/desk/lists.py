"""Lists, searches and wake-ups of an office, from its cards.

Rules. (1) What a card does not tell as of an instant, because the law acts before it or a record
came after it, its records tell. (2) Cards counted by another law are made anew before they are
listed. (3) A case that cannot be loaded hides no other: it is marked, listed as broken, and stands
aside until it is mended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from typing import Literal, NamedTuple, TypedDict

import attrs

from openakimat.calendar.times import instant
from openakimat.case.people import Official
from openakimat.case.record import Record
from openakimat.desk.apart import Apart, no_store
from openakimat.desk.files import Broken, Files
from openakimat.desk.shelf import Shelf, fulfils
from openakimat.errors import AkimatError, Conflict, Fault, Malformed, make_fault, unknown_fault
from openakimat.judgement import docket
from openakimat.judgement.card import Card, hash_word, line_of
from openakimat.judgement.past import known_by
from openakimat.judgement.running import follow
from openakimat.ports import Cards, Condition, Store, Where

PAGE = 500
"""Cards read at a time."""


class Wakeup(NamedTuple):
    """When a case wants `lapse` the soonest, which it is, and those that cannot be asked."""

    at: datetime
    case: str
    broken: tuple[Broken, ...] = ()


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


class Filters(TypedDict, total=False):
    """What cases are found by; what is None asks nothing.

    Attributes:
        number, procedure, stage, channel, topic, applicant: As the records have them.
        assignee: Who handles it; of an official also the work of those whom they act for.
        received_from, received_before: When it was received.
        due_from, due_before: The first instant too late by its principal term.
        standard_from, standard_before: The same by the office's own standard.
        is_open: Whether an answer is waited for.
    """

    number: str | None
    procedure: str | None
    stage: str | None
    channel: str | None
    topic: str | None
    applicant: str | None
    assignee: str | Official | None
    received_from: datetime | None
    received_before: datetime | None
    due_from: datetime | None
    due_before: datetime | None
    standard_from: datetime | None
    standard_before: datetime | None
    is_open: bool | None


@attrs.frozen
class Asked:
    """Which cases are asked for.

    Attributes:
        filters: By their cards.
        standing: Where they stand; wherever, if none is told.
        at: The instant asked about.
        soon: How many working days before its last day a case is due soon.
    """

    filters: Filters
    standing: frozenset[docket.Standing]
    at: datetime
    soon: int = 3


Group = Sequence[Condition]

How = Literal["is", "not", "from", "before", "among"]

_FILTERS: Mapping[str, tuple[str, How]] = {
    "number": ("number", "is"),
    "procedure": ("procedure", "is"),
    "channel": ("channel", "is"),
    "topic": ("topic", "is"),
    "applicant": ("applicant", "is"),
    "assignee": ("assignee", "among"),
    "received_from": ("received_at", "from"),
    "received_before": ("received_at", "before"),
    "stage": ("stage", "is"),
    "due_from": ("due_at", "from"),
    "due_before": ("due_at", "before"),
    "standard_from": ("standard_at", "from"),
    "standard_before": ("standard_at", "before"),
    "is_open": ("is_open", "is"),
}
"""What cases are found by: a column of their cards, and how it is compared."""

_HASHED = frozenset({"topic", "applicant", "assignee"})
_MOVED = frozenset(
    {"stage", "due_from", "due_before", "standard_from", "standard_before", "is_open"}
)
"""What the law may change when a term runs out: asked of the case as it stands at the instant."""

ORDERS = {"due": "due_at", "received": "received_at", "changed": "changed_at", "number": "number"}
"""What cases are listed by."""


class Lists:
    """The cards of an office.

    Args:
        files: Its cases.
        store: Where their cards are kept.
        key: What words on them are hashed under.
    """

    def __init__(self, files: Files, store: Store | Apart, key: bytes) -> None:
        self._files = files
        self._store = store
        self._key = key

    # -- questions --------------------------------------------------------------------

    def find(self, asked: Asked, *, order: str, after: str | None, limit: int) -> Page:
        """The cases that are asked for, in an order, a page of them."""
        column = _column(order)
        last = _read_token(after, column) if after else None
        page = tuple(islice(self._found(asked, column, last), limit))
        return Page(page, _token(page[-1].card, column) if limit and len(page) == limit else None)

    def count(self, asked: Asked) -> int:
        """How many cases are asked for."""
        return sum(1 for _ in self._found(asked, "case", None))

    def lines(self, *, at: datetime, soon: int, closed: bool) -> tuple[docket.Line, ...]:
        """Where every case stands, the most pressing first."""
        # Of what was closed since a past instant it was not known then that it would be.
        still: Sequence[Condition] = (
            ("is_open", "is", True), ("changed_at", "from", at), ("broken", "not", ""),
        )  # fmt: skip
        cards = self._cards()
        every = self._every(cards, [] if closed else [still], "case", None)
        lines = (self._at(card, at, soon)[1] for card in every)
        return tuple(sorted(filter(None, lines), key=docket.urgency))

    def next_wakeup(self) -> Wakeup | None:
        """The soonest instant at which a case wants `lapse`."""
        cards = self._cards()
        soonest = next(iter(cards.find([self._own], order="wake_at", limit=1)), None)
        if soonest is None or soonest.wake_at is None:
            return None
        marked = self._every(cards, [[("broken", "not", "")]], "case", None)
        broken = (Broken(card.case, card.broken, card.why) for card in marked)
        return Wakeup(soonest.wake_at, soonest.case, tuple(broken))

    # -- what is kept anew ------------------------------------------------------------

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
                except Conflict:
                    raise
                except AkimatError as wrong:
                    cards.put([self._marked(name, wrong)])
                    outcome = Outcome(name, (), wrong)
            if outcome is not None:
                yield outcome

    def rebuild(self) -> int:
        """Make every card anew from the records; how many were not as these tell it."""
        cards, wrong = self._store_cards(), 0
        for name, of in self._files.every():
            card = self._marked(name, of) if isinstance(of, AkimatError) else self._files.card(of)
            if [card] != [*cards.find([[("case", "is", name)]])]:
                cards.put([card])
                wrong += 1
        return wrong

    # -- cards ------------------------------------------------------------------------

    @property
    def _own(self) -> Sequence[Condition]:
        return [("office", "is", self._files.office.body.id)]

    def _store_cards(self) -> Cards:
        if isinstance(self._store, Apart):
            raise no_store("cards")
        return self._store.cards

    def _cards(self) -> Cards:
        """The cards of the office, all of them counted by its law of now."""
        if isinstance(self._store, Apart):
            return Shelf(
                self._marked(name, of) if isinstance(of, AkimatError) else self._files.card(of)
                for name, of in self._files.every()
            )
        cards = self._store.cards
        stale: list[Group] = [
            self._own,
            [("counted_by", "not", self._files.law)],
            [("broken", "is", "")],
        ]
        while page := cards.find(stale, limit=PAGE):
            cards.put([self._anew(card.case) for card in page])
        return cards

    def _anew(self, name: str) -> Card:
        try:
            return self._files.card(self._files.load(name).of)
        except AkimatError as wrong:
            return self._marked(name, wrong)

    def _marked(self, name: str, wrong: AkimatError) -> Card:
        """The card of a case that cannot be loaded: nothing of it is believed, and nothing wakes it."""
        office = self._files.office.body.id
        # Of the version that no record has: whatever is written to the case since replaces it.
        return Card(name, office, broken=wrong.code, why=str(wrong))

    def _every(self, cards: Cards, where: Where, order: str, after: Card | None) -> Iterator[Card]:
        """Cards of the office, a page at a time."""
        while page := cards.find([self._own, *where], order=order, after=after, limit=PAGE):
            yield from page
            after = page[-1]

    def _found(self, asked: Asked, column: str, after: Card | None) -> Iterator[Found]:
        own, moved = self._conditions(asked)
        # What the law has acted upon by then is looked at as it stands then.
        woken: Condition = ("wake_at", "before", asked.at + timedelta(microseconds=1))
        where = [*own, *([*group, woken] for group in moved)]
        for card in self._every(self._cards(), where, column, after):
            now, line = self._at(card, asked.at, asked.soon, settled=True)
            wanted = line is not None and (not asked.standing or line.standing in asked.standing)
            if line is not None and wanted and (now is card or fulfils(now, moved)):
                # In the order of the cards as they are kept, by which the next page begins.
                yield Found(now, line)

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
            return card, docket.broken_line(card.case, wrong)

    def _conditions(self, asked: Asked) -> tuple[list[Group], list[Group]]:
        """What is asked of a card for good, and what the law may move."""
        groups: tuple[list[Group], list[Group]] = [], []
        faults: list[Fault] = []
        for name, value in asked.filters.items():
            if name not in _FILTERS:
                faults.append(unknown_fault("find", name, sorted(_FILTERS)))
            elif name in _HASHED and not self._key:
                faults.append(make_fault(name, "no-key"))
            elif value is not None:
                column, how = _FILTERS[name]
                groups[name in _MOVED].append([(column, how, self._put(name, value, asked.at))])
        if faults:
            raise Malformed("asked", faults)
        return groups

    def _put(self, name: str, value: object, at: datetime) -> object:
        """What a column of a card is compared with."""
        if name == "assignee":
            own = {value} if isinstance(value, str) else set[object]()
            if isinstance(value, Official):
                day = self._files.office.day_of(at)
                own = {value.id, *(lent.of for lent in value.mandates if lent.holds(day))}
            return frozenset(hash_word(str(each), self._key) for each in own)
        if name in _HASHED:
            return hash_word(str(value), self._key)
        return instant(value, path=name) if isinstance(value, datetime) else value


def _column(order: str) -> str:
    """The column that cases are listed by, with the sign of the way."""
    name = order.removeprefix("-")
    if name not in ORDERS:
        raise Malformed("asked", [unknown_fault("order", name, sorted(ORDERS))])
    return order.replace(name, ORDERS[name])


def _token(card: Card, column: str) -> str:
    """Where a page ended, as text: what the last card had, and its case."""
    value = getattr(card, column.removeprefix("-"))
    return json.dumps([value.isoformat() if isinstance(value, datetime) else value, card.case])


def _read_token(token: str, column: str) -> Card:
    name = column.removeprefix("-")
    try:
        value, case = json.loads(token)
        if value is not None and name != "number":
            value = datetime.fromisoformat(value)
        return attrs.evolve(Card(str(case), ""), **{name: value})
    except (ValueError, TypeError) as wrong:
        raise Malformed("asked", [make_fault("after", "no-page")]) from wrong
