"""What numbers owe, as tests that the author of an adapter runs."""

from functools import partial
from typing import ClassVar

from openakimat.ports import Numbers
from openakimat.testing.contract import Contract, Opener
from openakimat.testing.machine import LOOK_ALIKE, same


class NumbersContract(Contract[Numbers]):
    """What numbers owe.

    Attributes:
        n_asked: How many numbers each of several asks for at once.

    >>> from openakimat.adapters import memory
    >>> class TestMemory(NumbersContract):
    ...     def make(self):
    ...         return memory.Numbers()
    >>> TestMemory().test_a_series_counts_from_1()
    """

    n_asked: ClassVar[int] = 25

    def test_a_series_counts_from_1(self) -> None:
        """Asked one after another, the numbers are 1, 2, 3."""
        with self.fresh() as numbers:
            same([1, 2, 3, 4, 5], [numbers.next("a") for _ in range(5)], "numbers")

    def test_series_count_apart(self) -> None:
        """Series that look alike are told apart."""
        with self.fresh() as numbers:
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
        """Each of several threads gets numbers of its own, and they grow; processes likewise."""
        with self.fresh() as numbers:
            given = self.at_once(partial(_ask, self.n_asked, lambda: numbers))
            given += self.race(numbers, partial(_ask, self.n_asked))
            flat = [no for one in given for no in (one if isinstance(one, list) else [one])]
            same(
                2 * self.n_writers * self.n_asked, len(set(flat)), f"different numbers among {flat}"
            )
            for one in given:
                same(sorted(one) if isinstance(one, list) else [], one, "numbers of one thread")


def _ask(n: int, opened: Opener[Numbers], _: int) -> list[int]:
    numbers = opened()
    return [numbers.next("a") for _ in range(n)]
