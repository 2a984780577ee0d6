"""A journal and numbers of a host that has no store: an act is kept all the same, and nothing beside it.

What it cannot do: numbers and records are apart, so that one taken for an act that then fails is
a gap; without cards every question reads every case; nothing is told, and no key is remembered.
"""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime

from openakimat.errors import Malformed, make_fault
from openakimat.ports import Change, Journal, Numbers, Repeat, Store


class Apart:
    """A journal and numbers, as far as they are a store. It is a transaction of its own."""

    def __init__(self, journal: Journal, numbers: Numbers) -> None:
        self.journal = journal
        self.next = self.serial = numbers.next

    def hold(self, _series: str, /, past: int = 0) -> int:
        """Nobody is kept from taking a number, and which was the last is not known."""
        return past

    def begin(self) -> "nullcontext[Apart]":
        """No transaction: a journal keeps the records of a case all or none by itself."""
        return nullcontext(self)

    def keep(self, *changes: Change) -> None:
        """Keep what acts leave, each case by itself; which of them bears a number is not known."""
        for of in changes:
            self.journal.append(of.case, of.rows, expected=of.expected, forms=of.forms)

    def watch(self, _cases: Sequence[str], /) -> Mapping[str, int]:
        """What others write meanwhile is not seen."""
        return {}

    def repeat(self, _office: str, _key: str, /) -> Repeat | None:
        """Refuse what only a store keeps."""
        raise no_store("key")

    def claim(self, _office: str, _at: datetime, /) -> str | None:
        """Refuse what only a store keeps."""
        raise no_store("lapse_due")


def store_of(
    store: Store | Apart | None, journal: Journal | None, numbers: Numbers | None, /
) -> Store | Apart:
    """The store that a desk works on: a whole one, or a journal and numbers apart."""
    if store is not None and journal is None and numbers is None:
        return store
    if store is None and journal is not None and numbers is not None:
        return Apart(journal, numbers)
    raise Malformed("desk", [make_fault("store", "one-store")])


def no_store(asked: str, /) -> Malformed:
    """What is told where something is asked that only a store keeps."""
    return Malformed("asked", [make_fault(asked, "no-store")])
