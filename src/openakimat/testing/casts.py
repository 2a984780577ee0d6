"""Who takes part: role assignments that could make a difference, of as few people as will do.

Roles that stand in the same rows are one, unless a guard looks at roles; people with the
same roles are told apart only by what they have done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product

from openakimat.people import APPLICANT, LAW, REPRESENTATIVE, Mandate, Official, Role
from openakimat.table import Row, Table
from openakimat.testing.reading import Reading, read_guard, read_rows

MOST = 5
"""The most people who may have the same roles."""

_NAMES = (
    "s.akhmetova", "n.bekova", "d.omarov", "g.serikova", "e.zhakupov",
    "a.nurlanova", "b.kassymov", "m.tleuova", "k.abenov", "r.dauletova",
)  # fmt: skip

Cast = tuple[Official, ...]


def told_apart(rows: Iterable[Row], /) -> frozenset[str]:
    """The acts of which it matters who performed them: declared apart, or asked by a guard."""
    found = set[str]()
    for row in rows:
        found |= row.apart
        for guard in row.guards:
            reading = read_guard(guard.holds)
            if reading.of_persons:
                found |= {kind.tag for kind in reading.kinds}
    return frozenset(found)


def casts(table: Table, /) -> list[Cast]:
    """The people to explore a table with.

    First a sufficient office: each role somebody's own, with as many substitutes as its
    duties could ask for. Where a guard looks at persons or roles, or duties are declared
    apart, also one where everybody holds every role, one of them by mandate; and where such a guard looks at
    roles, one for each two roles that would then be in one hand.

    >>> from openakimat import kz
    >>> [len(cast) for cast in casts(kz.Appeal.table)]
    [4]
    """
    rows = [row for way in table.rows.values() for row in way]
    tags = told_apart(rows)
    groups = _groups(rows, alike=not _asks_roles(read_rows(rows)))
    each = min(MOST, 1 + len(tags))
    found = [_people([group for group in groups for _ in range(each)])]
    if len(groups) > 1 and (tags or _asks_roles(read_rows(rows))):
        found.append(_substituted(_people([frozenset[Role]().union(*groups)] * each)))
    for pair in _pairs(rows, groups):
        others = [group for group in groups if not group <= pair]
        found.append(_people([pair, *(group for group in (*others, pair) for _ in range(each))]))
    return found


def _asks_roles(reading: Reading) -> bool:
    return not reading.names.isdisjoint({"role", "roles"})


def _people(roles: Iterable[frozenset[Role]]) -> Cast:
    """People with those roles, each with a name."""
    return tuple(
        Official(_NAMES[n] if n < len(_NAMES) else f"official {n + 1}", held)
        for n, held in enumerate(roles)
    )


def _substituted(people: Cast) -> Cast:
    """The same people and a substitute, who has every role of the first by mandate only."""
    first = people[0]
    order = Mandate(first.id, first.roles, "order of substitution", date.min)
    return (*people[: MOST - 1], Official("substitute", (), mandates=(order,)))


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


def _pairs(rows: Iterable[Row], groups: Iterable[frozenset[Role]]) -> set[frozenset[Role]]:
    """Any two groups of roles whose duties are apart, where a guard that keeps them looks at roles."""
    by: dict[str, frozenset[Role]] = {}
    for row in rows:
        by[row.act] = by.get(row.act, frozenset()) | row.by
    return {
        first | second
        for row in rows
        if (tags := told_apart((row,))) and _asks_roles(read_rows((row,)))
        for tag in tags
        for first, second in product(_among(groups, by, tag), _among(groups, by, row.act))
        if first != second
    }


def _among(
    groups: Iterable[frozenset[Role]], by: Mapping[str, frozenset[Role]], tag: str
) -> list[frozenset[Role]]:
    return [group for group in groups if group & by.get(tag, frozenset())]
