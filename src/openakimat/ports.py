"""What a host brings, and a conformance kit proves: a journal and numbers, or a whole store.

Rules. (1) Within `Store.begin` all becomes true together or not at all: number, records, card,
events. (2) Whoever wrote first is told by the number of a record: the other has a `Conflict`.
(3) A card is never believed against the records of its case.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

import attrs

from openakimat.errors import JournalError
from openakimat.judgement.card import Card
from openakimat.trail.seal import Sealed

Forms = Mapping[str, bytes]
"""Forms by their names: charts and laws, as the records of a journal name them."""

NO_FORMS: Forms = {}


class Journal(Protocol):
    """Where sealed records are kept, and beside them the forms that they name.

    A row comes back as it was kept: its office, its bytes and what is private beside them.
    A form is bytes under their own digest, such as a chart. Nothing is ever changed or removed.
    """

    def append(
        self, case: str, rows: Sequence[Sealed], /, *, expected: int, forms: Forms = NO_FORMS
    ) -> None:
        """Keep records of a case, all or none, if it has `expected` records now.

        Args:
            case: Its id.
            rows: Its next records.
            expected: How many it is known to have.
            forms: What they name: kept with them or not at all, each once. Whoever calls sees
                to it that a name is the digest of its bytes.

        Raises:
            Conflict: It has another number of them: somebody wrote first.
            JournalError: The rows do not follow; see `consecutive`. Or a form of that name
                has other bytes (`journal.form`).
        """
        ...

    def read(self, case: str, /) -> Sequence[Sealed]:
        """All records of a case, in order. Raises `UnknownCase` if there are none."""
        ...

    def since(self, position: int | None = None, /) -> Iterator[tuple[int, Sealed]]:
        """Every record kept after a position, with its own, in the order kept.

        Without a position it is every record there is, wherever somebody may have put it.
        """
        ...

    def cases(self, office: str | None = None, /) -> Iterator[str]:
        """The ids of cases, in the order they were opened: of all, or those of an office.

        A case is of the office that its first row names. One of the first edition, whose rows
        name none, is of any.
        """
        ...

    def form(self, name: str, /) -> bytes | None:
        """The form of that name, or None where none is kept."""
        ...

    def forms(self) -> Iterator[str]:
        """The names of all forms, in the order kept."""
        ...

    def salt(self, n: int, /) -> bytes:
        """So many fresh bytes that nobody can guess: the spine draws none itself."""
        ...


def consecutive(case: str, rows: Sequence[Sealed], /, *, expected: int) -> None:
    """Refuse rows that are not the next records of a case, which a journal must not keep.

    Raises `JournalError` if one is of another case, or does not bear the next number.

    >>> consecutive("a", [Sealed("a", 2, b"{}", bytes(32))], expected=0)
    Traceback (most recent call last):
    openakimat.errors.JournalError: record 2 of a cannot be kept as record 1 of a
    """
    for no, row in enumerate(rows, start=expected + 1):
        if row.case != case or row.no != no:
            raise JournalError(
                f"record {row.no} of {row.case} cannot be kept as record {no} of {case}",
                code="journal.not-consecutive",
            )


def storable(case: object, /) -> bool:
    r"""Whether every database can keep it: a text without NUL and half a surrogate pair.

    >>> storable("a-1"), storable("a\0"), storable(1)
    (True, False, False)
    """
    # Of another kind it is in tables that somebody has altered, and names nothing.
    if not isinstance(case, str):
        return False
    return "\0" not in case and case == case.encode(errors="replace").decode()


class Numbers(Protocol):
    """Serial numbers without repetition."""

    def next(self, series: str, /) -> int:
        """The next number of a series, from 1."""
        ...


@attrs.frozen
class Event:
    """Something to tell the systems of a host: CloudEvents 1.0, kept with what it tells of.

    Attributes:
        id: The same however often it is made: case, number of the record, and which of it.
        office, case: Of whom; the case is its subject.
        type: What it is, such as ``openakimat.act.register``.
        data: Plain data as JSON; of no person.
    """

    id: str
    office: str
    case: str
    type: str
    at: datetime
    data: str

    def cloud(self) -> dict[str, Any]:
        """The event in the JSON format of CloudEvents 1.0, its data still as text.

        >>> from datetime import UTC
        >>> at = datetime(2026, 3, 18, 10, tzinfo=UTC)
        >>> Event("a-1/1", "khromtau", "a-1", "openakimat.act.receive", at, "{}").cloud()["id"]
        'a-1/1'
        """
        return {
            "specversion": "1.0",
            "id": self.id,
            "source": f"/openakimat/{self.office}",
            "type": self.type,
            "subject": self.case,
            "time": self.at.isoformat(),
            "datacontenttype": "application/json",
            "data": self.data,
        }


class Repeat(NamedTuple):
    """What was kept under a key: of which case, as which record, and the digest of what was asked."""

    case: str
    no: int
    asked: str


@attrs.frozen
class Change:
    """What one act leaves: its records, and what is kept beside them.

    Attributes:
        case, rows, expected, forms: As for `Journal.append`.
        card: Where the case stands then; None where none is kept.
        events: What is to be told of it, in order.
        number: The number that it takes in the register, which no other case of the office may bear.
        key: The host's own id of what was asked, unique in the office; with the `asked` digest.
    """

    case: str
    rows: Sequence[Sealed]
    expected: int
    card: Card | None = None
    forms: Forms = NO_FORMS
    events: tuple[Event, ...] = ()
    number: str = ""
    key: str = ""
    asked: str = ""


class Tx(Protocol):
    """One transaction of a store: it is committed when its block ends, undone when that raises.

    Whatever is read of the store within it is read in it.
    """

    def next(self, series: str, /) -> int:
        """The next number of a series, from 1, without gaps: it waits for whoever took the last."""
        ...

    def hold(self, series: str, /, past: int = 0) -> int:
        """The last number of a series, moved on to `past` where it is less; nobody else takes one meanwhile."""
        ...

    def repeat(self, office: str, key: str, /) -> Repeat | None:
        """What an office has kept under a key, if anything."""
        ...

    def watch(self, cases: Sequence[str], /) -> Mapping[str, int]:
        """How many records cases have, each of which nobody else writes to before this ends."""
        ...

    def claim(self, office: str, at: datetime, /) -> str | None:
        """A case whose card wants to be woken by an instant, the soonest first, and that is nobody's.

        Nobody else is given it before this ends.
        """
        ...

    def keep(self, *changes: Change) -> None:
        """Keep what acts leave, each of another case: once in a transaction, and as its last.

        Raises:
            NumberBorne: Another case bears the number. Nothing is kept, and another may be taken.
            Conflict: The case has another number of records, or the key is there already.
            JournalError: The rows do not follow, or a form of that name has other bytes. Or more
                is asked after a single record that a database has committed by itself
                (`journal.kept`): what raises after that undoes nothing, and is given a note of it.
        """
        ...


Condition = tuple[str, Literal["is", "not", "from", "before", "among"], Any]
"""A column of a card, how it is compared, and with what. What a card lacks fulfils nothing."""

Where = Sequence[Sequence[Condition]]
"""Of each group of conditions one at least is to hold."""


class Cards(Protocol):
    """The cards of cases."""

    def find(
        self, where: Where, /, *, order: str = "case", after: Card | None = None, limit: int = 500
    ) -> Sequence[Card]:
        """Cards in the order of a column, those that lack it last, and by case at last.

        With a ``-`` before the column, from the greatest, by case too; they begin after the card `after`.
        """
        ...

    def put(self, cards: Sequence[Card], /) -> None:
        """Put cards in the place of those of the same cases that are of no later version."""
        ...


class Told(NamedTuple):
    """An event of the outbox, its place there, how often it was tried, and the last error."""

    place: int
    event: Event
    tries: int
    error: str


class Outbox(Protocol):
    """What is to be told to the systems of a host: at least once, and of each case in order."""

    def claim(
        self, limit: int, /, *, but: Collection[str] = ()
    ) -> AbstractContextManager[Sequence[Told]]:
        """The earliest events untold, one of a case but for some, which nobody else is given meanwhile."""
        ...

    def settle(self, place: int, /, error: str = "") -> None:
        """Say within a claim that an event was told, or why it could not be."""
        ...

    def replay(self, since: datetime, /) -> int:
        """Tell the events done since an instant once more; how many they are."""
        ...


class Store(Protocol):
    """All that an office keeps, under one transaction."""

    @property
    def journal(self) -> Journal:
        """The sealed records."""
        ...

    @property
    def cards(self) -> Cards:
        """Where the cases stand."""
        ...

    @property
    def outbox(self) -> Outbox:
        """What is to be told."""
        ...

    def begin(self) -> AbstractContextManager[Tx]:
        """A transaction. Raises `Conflict` at its end, where the database has let another write first."""
        ...

    def serial(self, series: str, /) -> int:
        """A number that a series has not given yet; it waits for nobody, and may leave gaps."""
        ...
