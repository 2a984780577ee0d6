"""Who takes part: role assignments that could make a difference, of as few people as will do.

Roles that stand in the same rows are one, unless a guard looks at roles. One person at a
time is followed by name through all they do; of the others there are as many as it takes,
and whoever has done least of what is to be apart goes first.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product

import attrs

from openakimat.case import APPLICANT, LAW, REPRESENTATIVE, VOCABULARY, Act, Mandate, Official, Role
from openakimat.chart.asks import Asks, joined
from openakimat.chart.table import Row, Table

MOST = 5
"""The most people who may have the same roles."""

_FOLLOWED = "s.akhmetova"

_NAMES = (
    "n.bekova", "d.omarov", "g.serikova", "e.zhakupov",
    "a.nurlanova", "b.kassymov", "m.tleuova", "k.abenov", "r.dauletova",
)  # fmt: skip


@attrs.frozen
class Cast:
    """Who takes part, and of whom it is remembered what they have done.

    Of those `followed` it is remembered that they performed the act `of`; all, when empty. Then they perform
    that act alone, and those that are to be apart from it.
    """

    people: tuple[Official, ...]
    followed: frozenset[str] = frozenset()
    of: str = ""


def asks_of(rows: Iterable[Row], /) -> tuple[Asks, ...]:
    """What the guards of some rows look at, each once."""
    return tuple(dict.fromkeys(guard.sees for row in rows for guard in row.guards))


def acts_apart(table: Table, rows: Iterable[Row], /) -> frozenset[str]:
    """The acts of which it matters who performed them: declared apart, or asked by a guard.

    >>> from openakimat import kz
    >>> table = kz.Appeal.table
    >>> sorted(acts_apart(table, table.rows["considered", "decide"]))
    ['propose']
    """
    rows = tuple(rows)
    kinds = joined(asks_of(rows)).performers
    return acts_of(table, kinds).union(*(row.apart for row in rows))


def acts_of(table: Table, kinds: Iterable[type[Act]], /) -> frozenset[str]:
    """The acts of a table, by tag, that are of some kinds."""
    of = tuple(kinds)
    return frozenset(tag for tag in table.tags if issubclass(VOCABULARY[tag], of))


def casts(table: Table, /) -> list[Cast]:
    """The people to explore a table with.

    First a sufficient office: each role somebody's own, with as many substitutes as its
    duties could ask for. Where a guard looks at persons or roles, or duties are declared
    apart, the same office and one who has every role and is followed, from each of those acts
    on: whoever did two acts could have been that one. Where such a guard looks at roles, likewise
    one for each two roles that would be in one hand; where at persons, one who has all by mandate.

    >>> from openakimat import kz
    >>> [sorted(one.followed) for one in casts(kz.appeal.AppealL221.table)]
    [[], ['s.akhmetova']]
    """
    rows = [*table.every_row]
    tags, asks = acts_apart(table, rows), asks_of(rows)
    roles = any(sees.roles for sees in asks)
    groups = _groups(rows, alike=not roles)
    # Whoever did the last act, whatever it was, may be the one who may not do the next.
    n_spare = len(tags) + any(sees.every_performer for sees in asks)
    office = _people([group for group in groups for _ in range(min(MOST, 1 + n_spare))])
    if not (tags or roles):
        return [Cast(office)]
    every = frozenset[Role]().union(*groups)
    followed_people = [
        Official(_FOLLOWED, held)
        for held in (every, *sorted(_pairs(table, rows, groups), key=sorted))
    ]
    duties = (row for row in rows if acts_apart(table, (row,)))
    if office and any(sees.by for sees in asks_of(duties)):
        order = Mandate(office[0].id, every, "order of substitution", date.min)
        followed_people.append(Official(_FOLLOWED, (), mandates=(order,)))
    # What rows declare is what is to be proved of one person; the guards of other acts are
    # asked of everybody whose deeds differ, whoever is followed.
    declared = frozenset[str]().union(*(row.apart for row in rows))
    followed = sorted(declared or tags) or [""]
    return [
        Cast(office),
        *(
            Cast((person, *office), frozenset({person.id}), of)
            for person in followed_people
            for of in followed
        ),
    ]


def _people(roles: Iterable[frozenset[Role]]) -> tuple[Official, ...]:
    return tuple(Official(_name(n), held) for n, held in enumerate(roles))


def _name(n: int) -> str:
    """A name for each number; those after the last begin again, counted."""
    before, place = divmod(n, len(_NAMES))
    return f"{_NAMES[place]}-{before + 1}" if before else _NAMES[place]


def _groups(rows: Iterable[Row], *, alike: bool) -> list[frozenset[Role]]:
    """The roles that officials may have, those that stand in the same rows together."""
    stands: dict[Role, set[int]] = {}
    for n, row in enumerate(rows):
        for role in row.by - {LAW, APPLICANT, REPRESENTATIVE}:
            stands.setdefault(role, set()).add(n)
    if not alike:
        return [frozenset({role}) for role in sorted(stands)]
    groups: dict[frozenset[int], set[Role]] = {}
    for role in sorted(stands):
        groups.setdefault(frozenset(stands[role]), set()).add(role)
    return [frozenset({min(group)}) for group in groups.values()]


def _pairs(
    table: Table, rows: Iterable[Row], groups: Iterable[frozenset[Role]]
) -> set[frozenset[Role]]:
    """Any two groups of roles whose duties are apart, where a guard that keeps them looks at roles."""
    by: dict[str, frozenset[Role]] = {}
    for row in rows:
        by[row.act] = by.get(row.act, frozenset()) | row.by
    return {
        first | second
        for row in rows
        for sees in asks_of((row,))
        if sees.roles
        for tag in acts_of(table, sees.performers)
        for first, second in product(_among(groups, by, tag), _among(groups, by, row.act))
        if first != second
    }


def _among(
    groups: Iterable[frozenset[Role]], by: Mapping[str, frozenset[Role]], tag: str
) -> list[frozenset[Role]]:
    return [group for group in groups if group & by.get(tag, frozenset())]
