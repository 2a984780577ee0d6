"""Cards in memory, and whether conditions hold of one: the same for whatever keeps them."""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from openakimat.judgement.card import Card
from openakimat.ports import Where

OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "is": operator.eq,
    "not": operator.ne,
    "from": operator.ge,
    "before": operator.lt,
    "among": lambda value, values: value in values,
}


def fulfils(card: Card, where: Where, /) -> bool:
    """Whether conditions hold of a card.

    >>> fulfils(Card("a-1", "khromtau", stage="considered"), [[("stage", "is", "considered")]])
    True
    """
    return all(
        any(
            (value := getattr(card, column)) is not None and OPERATORS[how](value, other)
            for column, how, other in group
        )
        for group in where
    )


class Shelf:
    """Cards in memory.

    >>> shelf = Shelf([Card("a-1", "khromtau"), Card("a-2", "khromtau", stage="considered")])
    >>> [card.case for card in shelf.find([[("stage", "is", "considered")]])]
    ['a-2']
    """

    def __init__(self, cards: Iterable[Card] = ()) -> None:
        self._cards: dict[str, Card] = {}
        self._borne: dict[tuple[str, str], str] = {}
        self.put([*cards])

    def find(
        self, where: Where, /, *, order: str = "case", after: Card | None = None, limit: int = 500
    ) -> Sequence[Card]:
        """Cards in an order, from the one after that which was the last."""
        found = [card for card in self._cards.values() if fulfils(card, where)]
        column, downwards = order.lstrip("-"), order.startswith("-")
        # As text: in tables that somebody has altered an id may be none.
        found.sort(key=lambda card: str(card.case), reverse=downwards)
        known = [card for card in found if getattr(card, column) is not None]
        if column != "case":
            known.sort(key=operator.attrgetter(column), reverse=downwards)
        found = known + [card for card in found if getattr(card, column) is None]
        if after is not None:
            found = [
                card for card in found if _comes_after(card, after, column, downwards=downwards)
            ]
        return found[:limit]

    def get(self, case: str, /) -> Card | None:
        """The card of a case, if there is one."""
        return self._cards.get(case)

    def bearing(self, office: str, number: str, /) -> str | None:
        """The case of an office that bears a number, if there is one."""
        return self._borne.get((office, number))

    def set(self, case: str, card: Card | None, /) -> None:
        """Put a card in the place of whatever there is, or nothing."""
        known = self._cards.pop(case, None)
        # Of two that bear one number, as an old register may have it, the last is told.
        if known is not None and self._borne.get((known.office, known.number)) == case:
            del self._borne[known.office, known.number]
        if card is not None:
            self._cards[case] = card
            if card.number:
                self._borne[card.office, card.number] = case

    def put(self, cards: Sequence[Card], /) -> None:
        """Put cards in the place of those that are of no later version."""
        for card in cards:
            known = self._cards.get(card.case)
            if known is None or known.version <= card.version:
                self.set(card.case, card)


def _comes_after(card: Card, last: Card, column: str, *, downwards: bool) -> bool:
    value, other = getattr(card, column), getattr(last, column)
    if value == other:
        case, before = str(card.case), str(last.case)
        return case < before if downwards else case > before
    # What lacks the column stands last, whichever way the others go.
    if value is None or other is None:
        return value is None
    return bool(value < other if downwards else value > other)
