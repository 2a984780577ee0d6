"""Who takes part: role assignments that could make a difference, of as few people as will do.

Roles that stand in the same rows are one, unless a guard looks at roles. One person at a
time is followed by name through all they do; of the others there are as many as it takes,
and whoever has done least of what is to be apart goes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product

import attrs

from openakimat.case.people import APPLICANT, LAW, REPRESENTATIVE, Mandate, Official, Role
from openakimat.chart.table import Row, Table
from openakimat.proving.asks import Reading, read_guard, read_rows, readings_of

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

    Attributes:
        people: The officials.
        followed: The ids of those who are followed.
        of: The act of which it is remembered that they performed it; all, when empty. Then
            they perform that act alone, and those that are to be apart from it.
    """

    people: tuple[Official, ...]
    followed: frozenset[str] = frozenset()
    of: str = ""


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


def asks_of_the_last(rows: Iterable[Row], /) -> bool:
    """Whether a guard that looks at persons may ask who was the last to do something."""
    asked = (one.names for one in readings_of(rows) if one.of_persons and one.kinds)
    return any(not names.isdisjoint({"last", "latest", "reversed"}) for names in asked)


def casts(table: Table, /) -> list[Cast]:
    """The people to explore a table with.

    First a sufficient office: each role somebody's own, with as many substitutes as its
    duties could ask for. Where a guard looks at persons or roles, or duties are declared
    apart, the same office and one who has every role and is followed, from each of those acts
    on: whoever did two acts could have been that one. Where such a guard looks at roles, likewise one for each
    two roles that would be in one hand; where at mandates, one who has all by mandate.

    >>> from openakimat import kz
    >>> [sorted(one.followed) for one in casts(kz.appeal.AppealL221.table)]
    [[], ['s.akhmetova']]
    """
    rows = [row for way in table.rows.values() for row in way]
    tags, reading = told_apart(rows), read_rows(rows)
    groups = _groups(rows, alike=not _asks_roles(reading))
    n_spare = len(tags) + any(one.of_any_person for one in readings_of(rows))
    office = _people([group for group in groups for _ in range(min(MOST, 1 + n_spare))])
    every = frozenset[Role]().union(*groups)
    ones = [
        Official(_FOLLOWED, held) for held in (every, *sorted(_pairs(rows, groups), key=sorted))
    ]
    duties = read_rows(row for row in rows if told_apart((row,)))
    if office and not duties.names.isdisjoint({"on_behalf", "mandates", "persons"}):
        order = Mandate(office[0].id, every, "order of substitution", date.min)
        ones.append(Official(_FOLLOWED, (), mandates=(order,)))
    if not (tags or _asks_roles(reading)):
        return [Cast(office)]
    return [
        Cast(office),
        *(
            Cast((one, *office), frozenset({one.id}), of)
            for one in ones
            for of in sorted(tags) or [""]
        ),
    ]


def _asks_roles(reading: Reading) -> bool:
    return not reading.names.isdisjoint({"role", "roles"})


def _people(roles: Iterable[frozenset[Role]]) -> tuple[Official, ...]:
    """People with those roles, each with a name."""
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
