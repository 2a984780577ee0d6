"""What a guard looks at, read from its code: acts, fields, words, persons.

A guard is followed into the functions it calls, except those of the library's own spine,
and into what it closes over. What is built at run time is not seen: a name put together
by `getattr` and an f-string, or a callable that is no Python function.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from types import CodeType, FunctionType, MethodType

import attrs

from openakimat.case.act import Act
from openakimat.chart.table import Row

_WORD = re.compile(r"\.?\w+([.-]\w+)*")

_NOTHING = frozenset[str]()


@attrs.frozen
class Reading:
    """What a guard, or several, may look at.

    Attributes:
        names: Names and attributes in its code, such as ``reason`` in ``act.reason``.
        words: Single words that it compares with, such as ``"repeat"``.
        kinds: The classes of acts it names.
        together: The same, for each guard that names several: it may ask which came later.
    """

    names: frozenset[str] = _NOTHING
    words: frozenset[str] = _NOTHING
    kinds: frozenset[type[Act]] = frozenset()
    together: frozenset[frozenset[type[Act]]] = frozenset()

    @property
    def of_persons(self) -> bool:
        """Whether it may ask who somebody is, not only what they are."""
        return not self.names.isdisjoint({"id", "persons"})

    @property
    def of_any_person(self) -> bool:
        """Whether it may ask who did something, whatever that was: who did the last act, for one."""
        return "by" in self.names and "records" in self.names and not self.kinds

    @property
    def of_all(self) -> bool:
        """Whether it may look through the records for acts that it does not name."""
        return "records" in self.names and not self.kinds

    @property
    def of_latest(self) -> bool:
        """Whether of the acts it names it asks for the last one only (`Case.latest`)."""
        return "latest" in self.names and self.names.isdisjoint({"records", "last", "reversed"})

    def limits_among(self, limits: Iterable[str]) -> frozenset[str]:
        """The limits whose deadlines it may ask for; all, when it does not name which."""
        if self.names.isdisjoint({"deadline_of", "deadlines", "pending", "next_wakeup"}):
            return _NOTHING
        known = frozenset(limits)
        named = {limit for limit in known for word in self.words if _names(word, limit)}
        return frozenset(named) or known


def _names(word: str, limit: str) -> bool:
    """Whether a word is a limit, or the end of its name as an f-string leaves it."""
    return word == limit or (word.startswith(".") and limit.endswith(word))


def read_rows(rows: Iterable[Row], /) -> Reading:
    """All that the guards of some rows look at.

    >>> from openakimat import kz
    >>> rows = kz.Appeal.table.rows["considered", "notify"]
    >>> [kind.tag for kind in read_rows(rows).kinds], sorted(read_rows(rows).words)
    (['extend'], ['extension'])
    """
    return joined(readings_of(rows))


def readings_of(rows: Iterable[Row], /) -> set[Reading]:
    """What each guard of some rows looks at."""
    return {read_guard(guard.holds) for row in rows for guard in row.guards}


def joined(readings: Iterable[Reading], /) -> Reading:
    """Several readings as one."""
    found = Reading()
    for one in readings:
        found = Reading(
            found.names | one.names,
            found.words | one.words,
            found.kinds | one.kinds,
            found.together | one.together,
        )
    return found


@cache
def read_guard(holds: Callable[..., bool], /) -> Reading:
    """All that one guard looks at."""
    names, words, kinds = set[str](), set[str](), set[type[Act]]()
    open_: list[object] = [holds]
    seen = set[int]()
    while open_:
        found = open_.pop()
        if id(found) in seen:
            continue
        seen.add(id(found))
        if isinstance(found, type) and issubclass(found, Act):
            kinds.add(found)
        elif isinstance(found, str) and _WORD.fullmatch(found):
            words.add(found)
        elif isinstance(found, FunctionType) and (found is holds or not _of_the_spine(found)):
            names.update(name for code in _codes(found.__code__) for name in code.co_names)
        open_ += _within(found, holds)
    several = {frozenset(kinds)} if len(kinds) > 1 else set()
    return Reading(frozenset(names), frozenset(words), frozenset(kinds), frozenset(several))


def _within(found: object, holds: object) -> Iterator[object]:
    """What something is made of, as far as a guard could see it."""
    if isinstance(found, MethodType):
        yield found.__func__
    elif isinstance(found, partial):
        yield from (found.func, *found.args, *found.keywords.values())
    elif isinstance(found, FunctionType) and (found is holds or not _of_the_spine(found)):
        yield from (cell.cell_contents for cell in found.__closure__ or ())
        for code in _codes(found.__code__):
            yield from (value for value in code.co_consts if value != found.__doc__)
            yield from (found.__globals__[n] for n in code.co_names if n in found.__globals__)
    elif isinstance(found, (Mapping, tuple, list, set, frozenset)):
        yield from found


def _of_the_spine(found: FunctionType) -> bool:
    """Whether a function is the library's own, such as `deadline_of`: it answers from the clocks."""
    package, _, rest = found.__module__.partition(".")
    return package == __name__.partition(".")[0] and not rest.startswith("kz.")


def _codes(code: CodeType) -> Iterator[CodeType]:
    """Code and the code within it."""
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _codes(one)
