"""A value of law has editions: each with the day it holds from, its source and its evidence."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Generic, TypeVar

import attrs

from openakimat.errors import PackError, Undated

T = TypeVar("T")


class Evidence(Enum):
    """How sure we are that a provision says what we say it says."""

    # From the surest on: `weakest` goes by this order.
    CONFIRMED = "confirmed"
    SECONDARY = "secondary"
    UNCONFIRMED = "unconfirmed"


LATER = {"later": True}
"""A field added to a value after such values were stored: written only where it says something."""


def weakest(marks: Iterable[Evidence], /) -> Evidence:
    """The mark of what rests on several provisions.

    >>> weakest([Evidence.CONFIRMED, Evidence.SECONDARY]).value
    'secondary'
    """
    return max(marks, key=tuple(Evidence).index)


@attrs.frozen
class Edition(Generic[T]):
    """A value as one wording of the law has it.

    `law` names the wording (``"code-2026"``), `since` is its first day in force,
    `source` cites act and article. Both are kept, for a wording may govern a case on days when
    it is not, or no longer, in force.
    """

    value: T
    law: str
    since: date
    source: str
    evidence: Evidence


def _as_tuple(editions: Iterable[Edition[T]]) -> tuple[Edition[T], ...]:
    return tuple(editions)


@attrs.frozen
class Dated(Generic[T]):
    """A named value and its editions, oldest first.

    >>> from datetime import date
    >>> fee = Dated("fee", (
    ...     Edition(30, "2023", date(2023, 1, 1), "budget 2023", Evidence.SECONDARY),
    ...     Edition(36, "2024", date(2024, 1, 1), "budget 2024", Evidence.SECONDARY)))
    >>> fee.on(date(2024, 5, 1)).value
    36
    >>> fee.on(date(2024, 5, 1), law="2023").value
    30
    """

    name: str
    editions: tuple[Edition[T], ...] = attrs.field(converter=_as_tuple)

    def __attrs_post_init__(self) -> None:
        """Refuse two editions of one wording, or editions out of order."""
        # `on` finds an edition by its wording, or as the last that has begun: either must be one.
        laws = [edition.law for edition in self.editions]
        for law in laws:
            if laws.count(law) > 1:
                raise PackError(f"{self.name}: two editions under {law}")
        for older, newer in zip(self.editions, self.editions[1:], strict=False):
            if newer.since <= older.since:
                raise PackError(
                    f"{self.name}: edition {newer.law} ({newer.since}) does not follow "
                    f"{older.law} ({older.since})"
                )

    def __iter__(self) -> Iterator[Edition[T]]:
        return iter(self.editions)

    def on(self, day: date, /, *, law: str | None = None) -> Edition[T]:
        """The edition in force on a day, or that of the wording named.

        Raises `Undated` if no edition had begun by that day.

        Args:
            day: The day asked for.
            law: A wording that governs whatever the day; ignored where this
                value has no edition of that name.
        """
        in_force = None
        for edition in self.editions:
            # Before the day is looked at: the wording that governs a case does so on any day.
            if edition.law == law:
                return edition
            if edition.since <= day:
                in_force = edition
        # Nothing is guessed backwards: the oldest edition known says nothing of the days before.
        if in_force is None:
            raise Undated(f"{self.name} has no edition on {day}")
        return in_force

    def starting(self, first_days: Mapping[str, date], /) -> "Dated[T]":
        """The same editions, the named wordings beginning on other days."""
        if not any(edition.law in first_days for edition in self.editions):
            return self
        return self.mapped(lambda of: attrs.evolve(of, since=first_days.get(of.law, of.since)))

    def mapped(self, change: Callable[[Edition[T]], Edition[T]], /) -> "Dated[T]":
        """The same value, each of its editions changed."""
        # A wording moved may now begin before the one it followed.
        return Dated(self.name, in_order(map(change, self.editions)))


def in_order(editions: Iterable[Edition[T]]) -> tuple[Edition[T], ...]:
    """Editions oldest first."""
    return tuple(sorted(editions, key=lambda edition: edition.since))
