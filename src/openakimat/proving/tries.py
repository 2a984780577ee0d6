"""Which acts are tried at a stage, and by whom it could make a difference."""

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence

import attrs

from openakimat.case.people import Actor, Role
from openakimat.chart.asks import joined
from openakimat.chart.table import Guard, Row, Table
from openakimat.lives.actors import acts_apart, asks_of
from openakimat.proving.likeness import Deeds, Likeness

Group = tuple[Hashable, Sequence[Actor]]
"""Some people of whom one is as good as another, those who did least first; and what they are."""


@attrs.frozen(eq=False)
class Try:
    """An act that a stage takes.

    Attributes:
        apart: The acts of which it matters who performed them.
        able: Those whose roles open a row to them: together who have the same open to them.
        late: Whether it matters when: it moves a clock, or a guard asks for the time.
        by_name: Whether it matters who performs it.
        everybody: Whether a guard may ask for whom a record names, or who did what was done last.
        of_anybody: Of each row, the guards that answer the same whoever acts.
    """

    tag: str
    way: tuple[Row, ...]
    apart: frozenset[str]
    able: tuple[Group, ...]
    late: bool
    by_name: bool
    everybody: bool
    of_anybody: tuple[tuple[Guard, ...], ...]

    def open_to_anybody(self, holds: Callable[[Guard], bool], /) -> bool:
        """Whether a row may be taken, as far as guards say that ask nothing of who acts."""
        return any(all(map(holds, guards)) for guards in self.of_anybody)

    def groups(
        self, deeds: Mapping[str, Deeds], followed: Container[str], *, idle: bool
    ) -> Iterator[Group]:
        """Those who may perform it, in groups of which one is as good as another.

        Of those who are `followed` it is remembered what they did; where `idle`, they do nothing.
        """
        for open_to_them, people in self.able:
            alike: dict[Hashable, list[Actor]] = {}
            for person in people:
                if person.id not in followed:
                    alike.setdefault(None, []).append(person)
                elif not idle:
                    who: Hashable = self.by_name and (person.roles, deeds.get(person.id))
                    alike.setdefault(who, []).append(person)
            for who, some in alike.items():
                for able in self._unlike(some, deeds):
                    yield (open_to_them, who), able

    def _unlike(self, people: list[Actor], deeds: Mapping[str, Deeds]) -> list[list[Actor]]:
        """Of some people one for each deeds, those who did least first.

        Each of them apart where who did what may decide which row is taken.
        """
        if self.everybody:
            return [people]
        if not self.by_name:
            return [people[:1]]
        alike: dict[Deeds | None, Actor] = {}
        for person in people:
            alike.setdefault(deeds.get(person.id), person)
        some = [alike[did] for did in sorted(alike, key=lambda did: len(did[0]) if did else 0)]
        return [[person] for person in some] if self.apart and len(self.way) > 1 else [some]


def tries_at(
    table: Table, roles: Mapping[Actor, frozenset[Role]], likeness: Likeness, /
) -> Mapping[str, Sequence[Try]]:
    """The acts that each stage takes."""
    found: dict[str, list[Try]] = {stage: [] for stage in table.stages}
    moving = likeness.relevance.moving
    for (stage, tag), way in table.rows.items():
        asks, apart = joined(asks_of(way)), acts_apart(table, way)
        found[stage].append(
            Try(
                tag,
                way,
                apart,
                tuple(_able(way, roles, unlike=asks.roles)),
                late=tag in moving or asks.now or bool(asks.limits),
                by_name=bool(apart) or asks.by or tag in likeness.remembered(stage),
                everybody=asks.every_performer or (asks.by and bool(asks.filling)),
                of_anybody=tuple(tuple(filter(_is_of_anybody, row.guards)) for row in way),
            )
        )
    return found


def _able(
    way: Iterable[Row], roles: Mapping[Actor, frozenset[Role]], *, unlike: bool
) -> Iterator[Group]:
    """Those to whom rows are open, together to whom the same are; `unlike`, by all their roles."""
    alike: dict[Hashable, tuple[Hashable, list[Actor]]] = {}
    for person, held in roles.items():
        opens = tuple(not row.by.isdisjoint(held) for row in way)
        if any(opens):
            _, people = alike.setdefault(held if unlike else opens, (opens, []))
            people.append(person)
    yield from alike.values()


def _is_of_anybody(guard: Guard) -> bool:
    """Whether a guard answers the same whoever acts."""
    sees = guard.sees
    asks_who = sees.by or sees.roles or sees.performers or sees.every_performer
    # Nor is it asked without what it relies on.
    return not asks_who and all(map(_is_of_anybody, guard.relies))
