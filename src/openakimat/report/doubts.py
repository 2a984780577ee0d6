"""What of a law is shipped as unconfirmed, procedure by procedure."""

from collections.abc import Iterable, Iterator
from itertools import chain

import attrs

from openakimat.chart.table import Opening, Row, Table
from openakimat.dated import Edition, Evidence
from openakimat.law.law import Law
from openakimat.limits.limit import TimeLimit

RULES = ("base", "first_day", "late", "roll")
"""The counting rules of a limit, each with a mark of its own."""


@attrs.frozen
class Doubt:
    """One thing that is told as law and has not been seen there; of the wordings, of no procedure.

    Its `kind` is ``since``, ``term``, a counting rule such as ``first-day``, ``step`` or ``ground``; its
    `name` the wording, the key of the limit, the act's tag, or tag and ground.
    """

    procedure: str
    wording: str
    kind: str
    name: str
    source: str


def doubts(law: Law, /) -> tuple[Doubt, ...]:
    """Everything of a law that is marked unconfirmed: wordings, then each procedure.

    >>> from openakimat import kz
    >>> print(doubts(kz.law())[-1].procedure)
    retaliation
    """
    doubtful = [*_of_wordings(law)]
    seen: set[tuple[str, str]] = set()
    for code, dated in law.procedures.items():
        for table in (edition.value for edition in dated):
            keys = [
                key for key in law.limits if key in _limits(table) or key.startswith(f"{code}.")
            ]
            editions = [e for key in keys for e in law.limits[key] if e.law == table.law]
            fresh = [e for e in editions if (e.value.key, e.law) not in seen]
            seen |= {(e.value.key, e.law) for e in fresh}
            doubtful += [*_of_limits(code, fresh), *_of_table(code, table, law)]
    return tuple(dict.fromkeys(doubtful))


def _limits(table: Table) -> frozenset[str]:
    of_clocks = {
        k for clock in table.clocks.values() for k in (clock.limit, *clock.becomes.values())
    }
    return frozenset(of_clocks | {row.tells for way in table.rows.values() for row in way})


def _of_wordings(law: Law) -> Iterator[Doubt]:
    for timeline in (law.wordings, *law.others.values()):
        for edition in timeline:
            if edition.evidence is Evidence.UNCONFIRMED:
                yield Doubt("", edition.law, "since", str(edition.since), edition.source)


def _of_limits(code: str, editions: Iterable[Edition[TimeLimit]]) -> Iterator[Doubt]:
    """Terms not confirmed, and counting rules that rest on something else than their term."""
    for edition in editions:
        own = (edition.source, edition.evidence)
        if edition.evidence is Evidence.UNCONFIRMED:
            yield Doubt(code, edition.law, "term", edition.value.key, edition.source)
        for name in RULES:
            rule = getattr(edition.value, name)
            if rule.evidence is Evidence.UNCONFIRMED and (rule.source, rule.evidence) != own:
                yield Doubt(
                    code, edition.law, name.replace("_", "-"), edition.value.key, rule.source
                )


def _of_table(code: str, table: Table, law: Law) -> Iterator[Doubt]:
    """Steps and grounds that cite what was not seen."""
    for kind, name, source in _citations(table):
        ground = name if kind == "ground" else ""
        if law.evidence(table.law, source, ground) is Evidence.UNCONFIRMED:
            yield Doubt(code, table.law, kind, name, source)


def _citations(table: Table) -> Iterator[tuple[str, str, str]]:
    """What a chart cites: of which kind, for what, and the source."""
    ways: list[Opening | Row] = [table.opening, *chain.from_iterable(table.rows.values())]
    for row in ways:
        yield "step", row.act, row.source
        for guard in row.guards:
            if guard.source:
                yield "step", row.act, guard.source
            for ground, source in guard.values.items():
                yield "ground", f"{row.act}.{ground}", source
