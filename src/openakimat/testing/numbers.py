"""What numbers owe, as tests that the author of an adapter runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from openakimat.ports import Numbers
from openakimat.testing.machine import LOOK_ALIKE, at_once, same


class NumbersContract:
    """What numbers owe.

    Attributes:
        n_writers: Threads that ask at once; 1 where one thread is all they serve.
        n_asked: How many numbers each asks for.

    >>> from openakimat.adapters import memory
    >>> class TestMemory(NumbersContract):
    ...     def make(self):
    ...         return memory.Numbers()
    >>> TestMemory().test_a_series_counts_from_1()
    """

    n_writers: ClassVar[int] = 4
    n_asked: ClassVar[int] = 25

    def make(self) -> Numbers:
        """Fresh numbers, none of them given."""
        raise NotImplementedError

    def reopen(self, numbers: Numbers, /) -> Numbers:
        """The numbers after their host has stopped and started."""
        return numbers

    def done(self, numbers: Numbers, /) -> None:
        """Let go of the numbers."""

    @contextmanager
    def _numbers(self) -> Iterator[Numbers]:
        numbers = self.make()
        try:
            yield numbers
        finally:
            self.done(numbers)

    def test_a_series_counts_from_1(self) -> None:
        """Asked one after another, the numbers are 1, 2, 3."""
        with self._numbers() as numbers:
            same([1, 2, 3, 4, 5], [numbers.next("a") for _ in range(5)], "numbers")

    def test_series_count_apart(self) -> None:
        """Series that look alike are told apart."""
        with self._numbers() as numbers:
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

    def test_asked_at_once_no_number_is_given_twice(self) -> None:
        """Each of several threads gets numbers of its own, and they grow."""
        with self._numbers() as numbers:

            def ask(_: int) -> list[int]:
                return [numbers.next("a") for _ in range(self.n_asked)]

            given = at_once(self.n_writers, ask)
            flat = [no for one in given for no in (one if isinstance(one, list) else [one])]
            same(self.n_writers * self.n_asked, len(set(flat)), f"different numbers among {flat}")
            for one in given:
                same(sorted(one) if isinstance(one, list) else [], one, "numbers of one thread")
