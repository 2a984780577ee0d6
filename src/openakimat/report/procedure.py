"""A procedure drawn: as Mermaid and Markdown by python-statemachine, as SVG by our own hand."""

from __future__ import annotations

from openakimat.errors import Fault, Malformed
from openakimat.office import Law
from openakimat.procedure import ProcedureType
from openakimat.report.chart import Edge, Node, svg
from openakimat.table import Table


def draw(chart: ProcedureType, form: str, /, *, law: Law) -> str:
    """A procedure as ``mermaid``, ``md`` (tables of its steps and clocks) or ``svg``.

    Args:
        chart: The procedure.
        form: How it is drawn.
        law: The law that knows how sure we are of what the chart cites.

    Raises:
        Malformed: The form is none of these.

    >>> from openakimat import kz
    >>> draw(kz.Appeal, "mermaid", law=kz.law()).splitlines()[0]
    'stateDiagram-v2'
    """
    if form == "mermaid":
        return f"{chart:mermaid}"
    if form == "svg":
        return svg(*_graph(chart.table), title=f"{chart.code}, {chart.law}")
    if form == "md":
        return steps(chart.table, law)
    raise Malformed("drawing", [Fault("form", f"{form!r} is none of mermaid, md, svg")])


def _said(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _graph(table: Table) -> tuple[list[Node], list[Edge]]:
    nodes = [
        Node(name, _said(name), initial=name == table.initial, final=name in table.final)
        for name in table.stages
    ]
    edges = [
        Edge(row.source, row.target, _said(row.act)) for way in table.rows.values() for row in way
    ]
    return nodes, edges


def steps(table: Table, law: Law, /) -> str:
    """The steps, grounds and clocks of a procedure as Markdown tables."""
    lines = [
        "| step | by | from | to | when | source | evidence |",
        "|---|---|---|---|---|---|---|",
    ]
    rows = [row for way in table.rows.values() for row in way]
    lines += [
        f"| {row.act} | {', '.join(sorted(row.by))} | {_said(row.source)} | {_said(row.target)} "
        f"| {', '.join(guard.code for guard in row.guards)} | {row.law} "
        f"| {law.evidence(table.law, row.law).value} |"
        for row in rows
    ]
    lines += ["", "| ground | source | evidence |", "|---|---|---|"]
    lines += dict.fromkeys(
        f"| {row.act}: {ground} | {cited} "
        f"| {law.evidence(table.law, cited, f'{row.act}.{ground}').value} |"
        for row in rows
        for guard in row.guards
        for ground, cited in guard.values.items()
    )
    lines += [
        "",
        "| clock | starts | stops | pauses | extends | at its end |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {clock.limit} | "
        + " | ".join(
            ", ".join(act.tag for act in acts)
            for acts in (clock.starts, clock.stops, clock.pauses, clock.extends)
        )
        + f" | {clock.on_lapse.tag} |"
        for clock in table.clocks.values()
    ]
    return "\n".join(lines)
