"""What else is to be hidden, so that groups of few cases are: no sum or difference of the others gives them."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from statistics import mode
from typing import Any

LEAST = 5
"""The least number of cases that anything is told of."""


def hide_few(of: Mapping[tuple[str, str], Sequence[int]], least: int, /) -> set[tuple[str, str]]:
    """The groups of few cases, and so many others that no sum or difference of what is told gives those."""
    from scipy.sparse import csc_array

    given = {name for name, rows in of.items() if len(rows) < least}
    if not given or not any(of.values()):
        return given
    names = defaultdict[int, list[Any]](list)
    for name, rows in of.items():
        for row in rows:
            # Those of one part together may be few too.
            names[row] += (name, name[:1]) if len(rows) < least else (name,)
    # Cases of the same names are one unknown.
    unknown = Counter(map(tuple, names.values()))
    place = {name: n for n, name in enumerate(dict.fromkeys(chain(*unknown)))}
    ones = [(n, place[name]) for n, told_of in enumerate(unknown) for name in told_of]
    has = csc_array(([1.0] * len(ones), (*zip(*ones, strict=True),)))
    sizes = [*unknown.values()] @ has
    few = [name for name, n in zip(place, sizes, strict=True) if n < least]
    hidden = set[tuple[str, str]]()
    while given:
        hidden, given = hidden | given, set()
        told = [name for name in of if name not in hidden]
        parts = [name[0] for name in told]
        most = mode(parts or [""])
        sums, wanted = (has[:, [place[one] for one in some]] for some in (told, few))
        for n, places in _sums(sums, wanted, [part == most for part in parts]):
            of_it, by = [told[one] for one in places], few[n][0]
            given.add(min(of_it, key=lambda name: (name[0] != by, len(of[name]))))
    return hidden


def _sums(told: Any, wanted: Any, parted: Sequence[bool]) -> Iterator[tuple[int, list[int]]]:
    """Each column wanted that is a sum of those told, and the places of these, in the sum of least squares.

    Those told that are `parted` share no unknown, and go out of the reckoning by their means (Frisch,
    Waugh and Lovell): of thousands what is left is small.
    """
    import numpy as np

    first = np.argsort(~np.array(parted, bool), kind="stable")
    apart, rest = told[:, first[: sum(parted)]], told[:, first[sum(parted) :]]
    size = np.asarray(apart.sum(axis=0))[:, None]
    means, share = (apart.T @ rest).toarray() / size, (apart.T @ wanted).toarray() / size
    values, vectors = np.linalg.eigh((rest.T @ rest).toarray() - means.T @ (size * means))
    null = values < 1e-12 * max(values.max(initial=0), 1)
    live, want = vectors[:, ~null], (rest.T @ wanted).toarray() - means.T @ (size * share)
    by = live @ (live.T @ want / values[~null, None])
    explained = (size * share**2).sum(axis=0) + (want * by).sum(axis=0)
    found = np.flatnonzero(np.isclose(np.asarray(wanted.sum(axis=0)), explained))
    ways = np.vstack([share - means @ by, by])[:, found]
    # Of all ways to the same sum the least.
    same = np.vstack([-means @ vectors[:, null], vectors[:, null]])
    ways -= same @ (np.linalg.pinv(same) @ ways)
    for n, way in zip(found.tolist(), ways.T, strict=True):
        yield n, sorted(first[~np.isclose(way, 0)])


def suppress(groups: Sequence[dict[str, Any]], least: int, /) -> list[dict[str, Any]]:
    """The groups without the figures of those that have few cases.

    Where that is one, the next smallest goes with it: else the total would tell it.

    >>> [one["n"] for one in suppress([{"key": "a", "n": 9}, {"key": "b", "n": 2}, {"key": "c", "n": 7}], 5)]
    [9, None, None]
    """
    by_size = sorted(range(len(groups)), key=lambda n: groups[n]["n"])
    n_few = sum(group["n"] < least for group in groups)
    few = by_size[: max(n_few, 2) if n_few else 0]
    return [
        {name: value if isinstance(value, str) else None for name, value in group.items()} if n in few else group
        for n, group in enumerate(groups)
    ]  # fmt: skip
