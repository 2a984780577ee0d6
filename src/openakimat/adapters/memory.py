"""A store in memory, and its journal and numbers: for tests, simulations and a first look."""

import secrets
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from openakimat.calendar.times import instant
from openakimat.desk.shelf import Shelf
from openakimat.errors import Conflict, JournalError, NumberBorne, UnknownCase
from openakimat.judgement.card import Card
from openakimat.ports import NO_FORMS, Change, Event, Forms, Repeat, Told, consecutive
from openakimat.trail.seal import Sealed


class Journal:
    """Sealed records in memory. One thread at a time.

    >>> list(Journal().cases())
    []
    """

    def __init__(self) -> None:
        self._rows: list[Sealed] = []
        self._cases: dict[str, list[Sealed]] = {}
        self._forms: dict[str, bytes] = {}

    def append(
        self, case: str, rows: Sequence[Sealed], /, *, expected: int, forms: Forms = NO_FORMS
    ) -> None:
        """Keep records of a case and the forms they name, if it has `expected` records now."""
        # A copy: a list changed after the append must change nothing that was kept.
        rows = tuple(rows)
        self.refuse(case, rows, expected, forms)
        self._forms.update(forms)
        if rows:  # to keep nothing opens no case
            self._cases.setdefault(case, []).extend(rows)
            self._rows.extend(rows)

    def refuse(self, case: str, rows: Sequence[Sealed], expected: int, forms: Forms, /) -> None:
        """Refuse records that `append` would refuse."""
        # Before the count: rows that do not follow are no conflict, and loading again mends nothing.
        consecutive(case, rows, expected=expected)
        if (found := len(self._cases.get(case, ()))) != expected:
            raise Conflict(case, expected=expected, found=found)
        for name, body in forms.items():
            if self._forms.get(name, body) != body:
                raise JournalError(f"form {name} has other bytes", code="journal.form")

    def take_back(self, case: str, n: int, forms: Iterable[str], /) -> None:
        """Take back the last records that were kept, and the forms kept with them."""
        del self._rows[len(self._rows) - n :], self._cases[case][-n:]
        if not self._cases[case]:
            del self._cases[case]
        for name in forms:
            del self._forms[name]

    def lengths(self, cases: Sequence[str], /) -> Mapping[str, int]:
        """How many records cases have, of those that have any."""
        return {case: len(self._cases[case]) for case in cases if case in self._cases}

    def read(self, case: str, /) -> Sequence[Sealed]:
        """All records of a case."""
        if case not in self._cases:
            raise UnknownCase(case)
        return tuple(self._cases[case])

    def since(self, position: int | None = None, /) -> Iterator[tuple[int, Sealed]]:
        """Every record kept after a position, with its own."""
        # Of a copy, so that records may be kept while these are read.
        start = position or 0
        return iter(list(enumerate(self._rows[start:], start=start + 1)))

    def cases(self, office: str | None = None, /) -> Iterator[str]:
        """The ids of all cases, or of those of an office."""
        of = {office, ""}
        cases = self._cases.items()
        return iter([case for case, rows in cases if office is None or rows[0].office in of])

    def form(self, name: str, /) -> bytes | None:
        """The form of that name, or None."""
        return self._forms.get(name)

    def forms(self) -> Iterator[str]:
        """The names of all forms."""
        return iter(tuple(self._forms))

    def salt(self, n: int, /) -> bytes:
        """Fresh bytes of the operating system."""
        return secrets.token_bytes(n)


class Numbers:
    """Serial numbers in memory.

    >>> numbers = Numbers()
    >>> numbers.next("R-2026"), numbers.next("R-2026"), numbers.next("R-2027")
    (1, 2, 1)
    """

    def __init__(self) -> None:
        self._last: Counter[str] = Counter()

    def next(self, series: str, /) -> int:
        """The next number of a series, from 1."""
        self._last[series] += 1
        return self._last[series]

    def hold(self, series: str, past: int, /) -> int:
        """The last number of a series, moved on to one where it is less."""
        last = self._last[series] = max(self._last[series], past)
        return last

    def copy(self) -> "Numbers":
        """The same numbers, which go on by themselves."""
        other = Numbers()
        other._last.update(self._last)
        return other


class Outbox:
    """Events in memory, until they are told and after."""

    def __init__(self) -> None:
        self._events: list[Told] = []
        self._told: set[int] = set()

    def add(self, events: Sequence[Event], /) -> None:
        """Put events behind the others."""
        for event in events:
            self._events.append(Told(len(self._events), event, 0, ""))

    def take_back(self, n: int, /) -> None:
        """Take back the last events."""
        del self._events[len(self._events) - n :]

    @contextmanager
    def claim(self, limit: int, /, *, but: Collection[str] = ()) -> Iterator[Sequence[Told]]:
        """The earliest events untold, one of a case; those tried least before the others."""
        first: dict[str, Told] = {}
        for told in self._events:
            if told.place not in self._told and told.event.case not in but:
                first.setdefault(told.event.case, told)
        yield sorted(first.values(), key=lambda told: (told.tries, told.place))[:limit]

    def settle(self, place: int, /, error: str = "") -> None:
        """Say that an event was told, or why it could not be."""
        told = self._events[place]
        self._events[place] = told._replace(tries=told.tries + 1, error=error)
        if not error:
            self._told.add(place)

    def replay(self, since: datetime, /) -> int:
        """Tell the events done since an instant once more."""
        since = instant(since, path="since")
        again = {told.place for told in self._events if told.event.at >= since} & self._told
        self._told -= again
        return len(again)


class Store:
    """All that an office keeps, in memory. One thread at a time.

    >>> store = Store()
    >>> with store.begin() as tx:
    ...     tx.next("R-2026")
    1
    >>> with store.begin() as tx:
    ...     raise ValueError(tx.next("R-2026"))
    Traceback (most recent call last):
    ValueError: 2
    >>> with store.begin() as tx:
    ...     tx.next("R-2026")
    2
    """

    def __init__(self) -> None:
        self.journal, self.numbers = Journal(), Numbers()
        self.cards, self.outbox = Shelf(), Outbox()
        self._serials = Numbers()
        self._keys: dict[tuple[str, str], Repeat] = {}
        self._undo: list[Callable[[], None]] | None = None

    def serial(self, series: str, /) -> int:
        """A number that a series of ids has not given yet."""
        return self._serials.next(series)

    @contextmanager
    def begin(self) -> "Iterator[Store]":
        """A transaction; the store is its own, for one thread alone is at work on it."""
        numbers, around = self.numbers.copy(), self._undo
        undo: list[Callable[[], None]] = []
        self._undo = undo
        try:
            yield self
        except BaseException:
            for one in reversed(undo):
                one()
            self.numbers = numbers
            raise
        else:
            # What stands may still be undone with what it is within.
            if around is not None:
                around += undo
        finally:
            self._undo = around

    def next(self, series: str, /) -> int:
        """The next number of a series, from 1."""
        return self.numbers.next(series)

    def hold(self, series: str, /, past: int = 0) -> int:
        """The last number of a series; nobody else is there who could take one."""
        return self.numbers.hold(series, past)

    def repeat(self, office: str, key: str, /) -> Repeat | None:
        """What an office has kept under a key, if anything."""
        return self._keys.get((office, key))

    def watch(self, cases: Sequence[str], /) -> Mapping[str, int]:
        """How many records cases have."""
        return self.journal.lengths(cases)

    def claim(self, office: str, at: datetime, /) -> str | None:
        """The case whose card wants to be woken by an instant the soonest."""
        own = self.cards.find([[("office", "is", office)]], order="wake_at", limit=1)
        return next((c.case for c in own if c.wake_at is not None and c.wake_at <= at), None)

    def keep(self, *changes: Change) -> None:
        """Keep what acts leave, all or none."""
        for of in changes:
            if of.key and (of.rows[0].office, of.key) in self._keys:
                raise Conflict(of.case, expected=of.expected, found=of.expected)
            bearer = self.cards.bearing(of.rows[0].office, of.number) if of.number else None
            if bearer not in {None, of.case}:
                raise NumberBorne(of.case, of.number, str(bearer))
            self.journal.refuse(of.case, of.rows, of.expected, of.forms)
        for of in changes:
            if self._undo is not None:
                new = [name for name in of.forms if self.journal.form(name) is None]
                self._undo.append(partial(self._take_back, of, new, self.cards.get(of.case)))
            self.journal.append(of.case, of.rows, expected=of.expected, forms=of.forms)
            self.outbox.add(of.events)
            if of.card is not None:
                self.cards.put([of.card])
            if of.key:
                self._keys[of.rows[-1].office, of.key] = Repeat(of.case, of.rows[-1].no, of.asked)

    def _take_back(self, of: Change, forms: Sequence[str], card: Card | None) -> None:
        self.journal.take_back(of.case, len(of.rows), forms)
        self.outbox.take_back(len(of.events))
        self.cards.set(of.case, card)
        if of.key:
            del self._keys[of.rows[-1].office, of.key]
