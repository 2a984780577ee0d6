"""A procedure drawn in words: as SVG by our own hand, as Mermaid, as tables in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from openakimat.acts import Act
from openakimat.dated import Edition
from openakimat.errors import Fault, Malformed
from openakimat.explain import PHRASES
from openakimat.limits import TimeLimit
from openakimat.office import Law
from openakimat.procedure import ProcedureType
from openakimat.report.chart import Edge, Node, svg
from openakimat.table import Clock, Row, Table
from openakimat.words import known, reason, roles, said, term


@attrs.frozen
class Teller:
    """A law that tells in one language."""

    law: Law
    language: str = attrs.field(converter=known)

    def __call__(self, kind: str, key: str, /) -> str:
        """What something is called."""
        return said(self.law, kind, key, self.language)

    def named(self, kind: str, key: str, /) -> str:
        """What something is called, with its stored name."""
        return f"{self(kind, key)} `{key}`"


def draw(chart: ProcedureType, form: str, /, *, law: Law, language: str = "en") -> str:
    """A procedure as ``mermaid``, ``md`` (tables of its steps and clocks) or ``svg``.

    Args:
        chart: The procedure.
        form: How it is drawn.
        law: The law that has the words, and knows how sure we are of what the chart cites.
        language: ``kk``, ``ru`` or ``en``.

    Raises:
        Malformed: The form or the language is none of these.

    >>> from openakimat import kz
    >>> print("\\n".join(draw(kz.Appeal, "mermaid", law=kz.law(), language="kk").splitlines()[:4]))
    stateDiagram-v2
        state "түсті" as received
        state "тіркелді" as registered
        state "сәйкестендіру күтілуде" as awaiting_correction
    """
    if form not in FORMS:
        raise Malformed("drawing", [Fault("form", f"{form!r} is none of {', '.join(FORMS)}")])
    return FORMS[form](chart.table, Teller(law, language))


def title(table: Table, tell: Teller, /) -> str:
    """What a procedure is called, with its wording."""
    return f"{tell('procedure', table.procedure)}: {tell('wording', table.law)}"


def _graph(table: Table, tell: Teller) -> tuple[list[Node], list[Edge]]:
    nodes = [
        Node(name, tell("stage", name), initial=name == table.initial, final=name in table.final)
        for name in table.stages
    ]
    edges = [Edge(row.source, row.target, tell("act", row.act)) for row in _rows(table)]
    return nodes, edges


def _rows(table: Table) -> Iterator[Row]:
    return (row for way in table.rows.values() for row in way)


def _svg(table: Table, tell: Teller) -> str:
    return svg(*_graph(table, tell), title=title(table, tell))


def _mermaid(table: Table, tell: Teller) -> str:
    nodes, edges = _graph(table, tell)
    acts: dict[tuple[str, str], dict[str, None]] = {}
    for edge in edges:
        acts.setdefault((edge.source, edge.target), {})[edge.label] = None
    lines = [
        *(f'state "{node.label}" as {node.name}' for node in nodes),
        f"[*] --> {table.initial}",
        *(f"{source} --> {target} : {', '.join(on)}" for (source, target), on in acts.items()),
        *(f"{node.name} --> [*]" for node in nodes if node.final),
    ]
    return "\n    ".join(("stateDiagram-v2", *lines))


# -- tables -----------------------------------------------------------------------------


def _md(table: Table, tell: Teller) -> str:
    """The stages, steps, grounds and clocks of a procedure, a table each."""
    parts = {"stages": _stages, "steps": _steps, "grounds": _grounds, "clocks": _clocks}
    told = {name: part(table, tell) for name, part in parts.items()}
    return "\n\n".join(
        f"## {tell('heading', name)}\n\n{rows}" for name, rows in told.items() if rows
    )


def _table(tell: Teller, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table under the words of its columns; none where it has no rows."""
    lines = dict.fromkeys("| " + " | ".join(row) + " |" for row in rows)
    head = "| " + " | ".join(tell("column", name) for name in columns) + " |"
    return "\n".join((head, "|" + "---|" * len(columns), *lines)) if lines else ""


def _stages(table: Table, tell: Teller) -> str:
    def kind(name: str) -> str:
        if name == table.initial:
            return tell("phrase", "initial")
        return tell("phrase", "final") if name in table.final else ""

    return _table(
        tell,
        ("stage", "name", "place"),
        ((tell("stage", name), f"`{name}`", kind(name)) for name in table.stages),
    )


def _mark(tell: Teller, table: Table, source: str, ground: str = "") -> str:
    evidence = tell.law.evidence(table.law, source, ground)
    return PHRASES[tell.language][evidence.value]


def _steps(table: Table, tell: Teller) -> str:
    opening = table.opening
    by = roles(tell.law, opening.by, tell.language) or tell("phrase", "anyone")
    first = (
        tell.named("act", opening.act.tag), by, "", tell("stage", table.initial), "", "",
        opening.source, _mark(tell, table, opening.source),
    )  # fmt: skip
    columns = ("step", "by", "from", "to", "when", "tells", "source", "evidence")
    alike: dict[Row, list[str]] = {}
    for row in _rows(table):
        alike.setdefault(attrs.evolve(row, source=""), []).append(row.source)
    told = (_step(row, sources, table, tell) for row, sources in alike.items())
    return _table(tell, columns, (first, *told))


def _step(row: Row, sources: Iterable[str], table: Table, tell: Teller) -> tuple[str, ...]:
    """One way of an act, from all the stages that it leads from alike."""
    codes = (guard.code for guard in row.guards)
    return (
        tell.named("act", row.act),
        roles(tell.law, row.by, tell.language),
        ", ".join(tell("stage", stage) for stage in sources),
        tell("stage", row.target),
        "; ".join(f"{reason(tell.law, code, tell.language)} `{code}`" for code in codes),
        tell("limit", row.tells) if row.tells else "",
        row.law,
        _mark(tell, table, row.law),
    )


def _grounds(table: Table, tell: Teller) -> str:
    found = (
        (
            f"{tell('act', row.act)}: {tell('ground', f'{row.act}.{ground}')} `{ground}`",
            cited,
            _mark(tell, table, cited, f"{row.act}.{ground}"),
        )
        for row in _rows(table)
        for guard in row.guards
        for ground, cited in guard.values.items()
    )
    return _table(tell, ("ground", "source", "evidence"), found)


def _clocks(table: Table, tell: Teller) -> str:
    columns = (
        "clock", "term", "starts", "stops", "pauses", "extends", "at-end", "source", "evidence"
    )  # fmt: skip
    return _table(tell, columns, (_clock(one, table, tell) for one in table.clocks.values()))


def _clock(clock: Clock, table: Table, tell: Teller) -> tuple[str, ...]:
    def acts(kinds: Iterable[type[Act]]) -> str:
        return ", ".join(tell("act", kind.tag) for kind in kinds)

    edition = _edition(clock.limit, table, tell.law)
    return (
        f"{tell('limit', clock.limit)} `{clock.limit}`",
        term(tell.law, edition.value, tell.language) if edition else "",
        *map(acts, (clock.starts, clock.stops, clock.pauses, clock.extends)),
        tell("act", clock.on_lapse.tag),
        edition.source if edition else "",
        PHRASES[tell.language][edition.evidence.value] if edition else "",
    )


def _edition(key: str, table: Table, law: Law) -> Edition[TimeLimit] | None:
    """A limit as the wording of a table has it."""
    return next((one for one in law.limits.get(key, ()) if one.law == table.law), None)


FORMS: dict[str, Callable[[Table, Teller], str]] = {"mermaid": _mermaid, "md": _md, "svg": _svg}
"""How a procedure may be drawn."""
