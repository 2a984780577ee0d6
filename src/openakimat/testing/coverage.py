"""Which lines of the charts that tests put to use no test touched.

A way is touched when an act goes it, a guard when it bars one, a clock when it runs out. What is
only listed as possible touches nothing. Of two ways that differ in their guards alone either will do.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from openakimat.chart.clock import Clock
from openakimat.chart.table import Guard, Opening, Row, Table
from openakimat.judgement.onlookers import Line
from openakimat.law.law import Law
from openakimat.law.words import Words

Told = dict[str, dict[str, bool]]
"""By procedure and wording, each line of its chart in words, and whether a test touched it."""


class Coverage:
    """An onlooker that remembers what was touched, of some procedures or of all that it sees."""

    def __init__(self, procedures: Collection[str] = ()) -> None:
        self._procedures, self._touched = procedures, set[tuple[str, str]]()
        self._seen: dict[str, tuple[Law, Table]] = {}

    def __call__(self, law: Law, table: Table, line: Line, barred_by: Sequence[Guard], /) -> None:
        """Remember a line, or the guards that barred it."""
        if table.stored or (self._procedures and table.procedure not in self._procedures):
            return
        name = f"{table.procedure}/{table.law}"
        self._seen.setdefault(name, (law, table))
        if isinstance(line, Clock):
            self._touched.add((name, line.limit))
        elif barred_by:
            self._touched.update((name, f"{line.act} {guard.code}") for guard in barred_by)
        else:
            self._touched.add((name, _way(line)))

    def tell(self, language: str, /) -> Told:
        """What was touched and what not, in words; in the first language of a law without that."""
        told: Told = {}
        for name, (law, table) in self._seen.items():
            words = Words(law, language if language in law.tongues else next(iter(law.tongues)))
            for key, text in dict(_lines(table, words)).items():
                merge(told, {name: {text: (name, key) in self._touched}})
        return told


def _way(line: Opening | Row) -> str:
    if isinstance(line, Opening):
        return line.act
    return f"{line.leaves} {line.act} {line.enters} {line.source}"


def _lines(table: Table, words: Words) -> Iterator[tuple[str, str]]:
    def tell(kind: str, what: str, source: str) -> str:
        return words.spoken.phrase(f"untouched-{kind}", what=what, source=words.source(source))

    opening = table.opening
    ways = [*table.every_row]
    yield _way(opening), tell("way", words("act", opening.act), opening.source)
    for row in ways:
        led = " → ".join(words("stage", stage) for stage in (row.leaves, row.enters))
        yield _way(row), tell("way", f"{words('act', row.act)}: {led}", row.source)
    lines: tuple[Opening | Row, ...] = (opening, *ways)
    for line, guard in ((of, guard) for of in lines for guard in of.guards):
        why = f"{words('act', line.act)}: {words.reason(guard.code, guard.why)} ({guard.code})"
        yield f"{line.act} {guard.code}", tell("guard", why, guard.source or line.source)
    for limit in table.clocks:
        editions = words.law.limits.get(limit, ())
        source = next((one.source for one in editions if one.law == table.law), "")
        yield limit, tell("clock", f"{words('limit', limit)} ({limit})", source)


def merge(known: Told, more: Mapping[str, Mapping[str, bool]], /) -> None:
    """Add what another process touched.

    >>> known = {"petition/draft": {"register": False, "decide": True}}
    >>> merge(known, {"petition/draft": {"register": True, "decide": False}})
    >>> known
    {'petition/draft': {'register': True, 'decide': True}}
    """
    for name, lines in more.items():
        before = known.setdefault(name, {})
        for text, touched in lines.items():
            before[text] = touched or before.get(text, False)


def percent(told: Mapping[str, Mapping[str, bool]], /) -> float:
    """How many of a hundred lines were touched; none where there are no lines.

    >>> percent({"petition/draft": {"register": True, "decide": False}}), percent({})
    (50.0, 0.0)
    """
    lines = [touched for of in told.values() for touched in of.values()]
    return 100 * sum(lines) / len(lines) if lines else 0.0
