"""A procedure drawn in words: as SVG by our own hand, as Mermaid, as tables in Markdown."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from openakimat.case import VOCABULARY
from openakimat.chart.clock import Clock
from openakimat.chart.table import Row, Table
from openakimat.dated import Edition
from openakimat.errors import Malformed, unknown_fault
from openakimat.law.law import Law
from openakimat.law.words import Words
from openakimat.limits.limit import TimeLimit
from openakimat.report.chart import svg
from openakimat.report.layout import Edge, Node


def draw(table: Table, form: str, /, *, law: Law, language: str = "en") -> str:
    r"""A procedure as ``mermaid``, ``md`` (tables of its steps and clocks) or ``svg``.

    The `law` has the words, and knows how sure we are of what the procedure cites.
    Raises `Malformed` if the form or the language is none of these.

    >>> from openakimat import kz
    >>> print("\n".join(draw(kz.Appeal.table, "mermaid", law=kz.law(), language="kk").splitlines()[:4]))
    stateDiagram-v2
        state "келіп түсті" as received
        state "тіркелді" as registered
        state "сәйкес келтіру күтілуде" as awaiting_correction
    """
    if form not in FORMS:
        raise Malformed("drawing", [unknown_fault("form", form, FORMS)])
    return FORMS[form](table, Words(law, language))


def title(table: Table, words: Words, /) -> str:
    """What a procedure is called, with its wording."""
    return f"{words.heading('procedure', table.procedure)}: {words('wording', table.law)}"


def graph(table: Table, words: Words) -> tuple[list[Node], list[Edge]]:
    """The states and acts of a procedure, in words."""
    nodes = [
        Node(name, words("stage", name), initial=name == table.initial, final=name in table.final)
        for name in table.stages
    ]
    edges = [Edge(row.leaves, row.enters, words("act", row.act)) for row in _rows(table)]
    return nodes, edges


def _rows(table: Table) -> Iterator[Row]:
    return (row for way in table.rows.values() for row in way)


def _mermaid(table: Table, words: Words) -> str:
    nodes, edges = graph(table, words)
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


def _md(table: Table, words: Words) -> str:
    parts = {
        "stages": _stages, "steps": _steps, "acts": _acts, "grounds": _grounds, "clocks": _clocks
    }  # fmt: skip
    tables = {name: part(table, words) for name, part in parts.items()}
    return "\n\n".join(
        f"## {words('heading', name)}\n\n{rows}" for name, rows in tables.items() if rows
    )


def _table(words: Words, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table under the words of its columns; none where it has no rows."""
    lines = dict.fromkeys("| " + " | ".join(row) + " |" for row in rows)
    head = "| " + " | ".join(words.heading("column", name) for name in columns) + " |"
    return "\n".join((head, "|" + "---|" * len(columns), *lines)) if lines else ""


def _stages(table: Table, words: Words) -> str:
    places = {**dict.fromkeys(table.final, "final"), table.initial: "initial"}
    told = {name: words("phrase", place) for name, place in places.items()}
    rows = ((words("stage", name), f"`{name}`", told.get(name, "")) for name in table.stages)
    return _table(words, ("stage", "name", "place"), rows)


def _mark(words: Words, table: Table, source: str, ground: str = "") -> str:
    evidence = words.law.evidence(table.law, source, ground)
    return words.mark(evidence)


def _steps(table: Table, words: Words) -> str:
    opening = table.opening
    by = words.roles(opening.by) or words("phrase", "anyone")
    first = (
        _named(words, opening.act), by, "", words("stage", table.initial), "", "",
        words.source(opening.source), _mark(words, table, opening.source),
    )  # fmt: skip
    columns = ("step", "by", "from", "to", "when", "tells", "source", "evidence")
    alike: dict[Row, list[str]] = {}
    for row in _rows(table):
        alike.setdefault(attrs.evolve(row, leaves=""), []).append(row.leaves)
    steps = (_step(row, sources, table, words) for row, sources in alike.items())
    return _table(words, columns, (first, *steps))


def _step(row: Row, sources: Iterable[str], table: Table, words: Words) -> tuple[str, ...]:
    """One way of an act, from all the stages that it leads from alike."""
    return (
        _named(words, row.act),
        words.roles(row.by),
        ", ".join(words("stage", stage) for stage in sources),
        words("stage", row.enters),
        "; ".join(f"{words.reason(one.code, one.why)} `{one.code}`" for one in row.guards),
        words("limit", row.tells) if row.tells else "",
        words.source(row.source),
        _mark(words, table, row.source),
    )


def _named(words: Words, act: str) -> str:
    return f"{words('act', act)} `{act}`"


def _acts(table: Table, words: Words) -> str:
    """The class of each act that somebody performs, by where it can be imported from."""
    taken = (act for stage in table.stages for act, _ in table.allowed(stage))
    tags = dict.fromkeys((table.opening.act, *taken))
    kinds = {act: VOCABULARY[act] for act in tags}
    rows = (
        (_named(words, act), f"`{kind.__module__}.{kind.__qualname__}`")
        for act, kind in kinds.items()
    )
    return _table(words, ("step", "class"), rows)


def _grounds(table: Table, words: Words) -> str:
    """What a field of an act may be: each ground once, by the act and the field it belongs to."""
    columns = ("step", "kind", "ground", "source", "evidence")
    grounds = (
        (
            _named(words, row.act),
            f"{words('field', guard.field)} `{guard.field}`" if guard.field else "",
            f"{words('ground', f'{row.act}.{ground}')} `{ground}`",
            words.source(cited),
            _mark(words, table, cited, f"{row.act}.{ground}"),
        )
        for row in _rows(table)
        for guard in row.guards
        for ground, cited in guard.values.items()
    )
    return _table(words, columns, grounds)


def _clocks(table: Table, words: Words) -> str:
    columns = (
        "clock", "term", "starts", "stops", "pauses", "extends", "at-end", "source", "evidence"
    )  # fmt: skip
    return _table(words, columns, (_clock(one, table, words) for one in table.clocks.values()))


def _clock(clock: Clock, table: Table, words: Words) -> tuple[str, ...]:
    def acts(tags: Iterable[str]) -> str:
        named = (name.partition("=") for name in tags)
        of = (
            (words("act", tag), value and words("ground", f"{tag}.{value}"))
            for tag, _, value in named
        )
        return ", ".join(f"{act} ({value})" if value else act for act, value in of)

    edition = _edition(clock.limit, table, words.law)
    return (
        f"{words('limit', clock.limit)} `{clock.limit}`",
        words.term(edition.value) if edition else "",
        *map(acts, (clock.starts, clock.stops, clock.pauses, clock.extends)),
        words("act", clock.on_lapse),
        words.source(edition.source) if edition else "",
        words.mark(edition.evidence) if edition else "",
    )


def _edition(key: str, table: Table, law: Law) -> Edition[TimeLimit] | None:
    return next((edition for edition in law.limits.get(key, ()) if edition.law == table.law), None)


FORMS: dict[str, Callable[[Table, Words], str]] = {
    "mermaid": _mermaid,
    "md": _md,
    "svg": lambda table, words: svg(*graph(table, words), title=title(table, words)),
}
