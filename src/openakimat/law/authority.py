"""Who signs what in an office, up to which kind or sum: its own order, laid over who may by law.

Rules. (1) It lends nobody a right: of the roles that may perform an act by law it names those that
sign it here. (2) A line that names procedures or kinds is for these; where no line is for a case,
the law alone says. (3) It is no law: a chart bears the same name with it, and what was signed before
it is believed as it was.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, get_type_hints

import attrs

from openakimat.case import VOCABULARY, Act, Case, Role
from openakimat.case.fields import misfits
from openakimat.chart.table import Guard, Row, Table
from openakimat.errors import Fault, Malformed, NotCompetent, make_fault, unknown_fault
from openakimat.law.law import Law


def _as_set(of: Any) -> Any:
    # What is no collection is left as it is, and refused with whatever else is wrong.
    try:
        return frozenset({Role(of)} if isinstance(of, str) else of)
    except TypeError:
        return of


@attrs.frozen
class Signs:
    """One line of the order, of any procedure and kind if none are named.

    By a field of the act that holds a sum, `up_to` is the most that these sign.
    """

    act: str
    by: frozenset[Role] = attrs.field(converter=_as_set)
    procedures: frozenset[str] = attrs.field(default=frozenset(), converter=_as_set)
    kinds: frozenset[str] = attrs.field(default=frozenset(), converter=_as_set)
    up_to: Mapping[str, int] = attrs.field(factory=dict)
    source: str = ""

    def __attrs_post_init__(self) -> None:
        """Refuse what a field is not declared to hold, all at once."""
        if faults := misfits(self):
            raise Malformed("authority", faults)

    def covers(self, case: Case, act: Act | type[Act], /) -> bool:
        """Whether it is for an act in a case; of a class of acts, whatever their sums."""
        sums = {} if isinstance(act, type) else self.up_to
        fits = not self.kinds or case.received.kind in self.kinds
        return fits and all(getattr(act, field) <= most for field, most in sums.items())


def with_authority(law: Law, order: Sequence[Signs], /) -> Law:
    """The law as an office lets it be signed."""
    if not order:
        return law
    procedures = {
        key: dated.mapped(lambda of: attrs.evolve(of, value=_signed(of.value, order)))
        for key, dated in law.procedures.items()
    }
    return attrs.evolve(law, procedures=procedures)


def _signed(table: Table, order: Sequence[Signs]) -> Table:
    lines = [one for one in order if not one.procedures or table.procedure in one.procedures]
    rows = {
        where: tuple(new for row in way for new in _ways(row, lines))
        for where, way in table.rows.items()
    }
    return attrs.evolve(table, rows=rows)


def _ways(row: Row, lines: Iterable[Signs]) -> Iterator[Row]:
    """The ways of a row, one for each line of the order that it is for."""
    own = [one for one in lines if one.act == row.act and not one.by.isdisjoint(row.by)]
    for one in own:
        yield attrs.evolve(row, by=row.by & one.by, guards=(*row.guards, _signer(one, own)))
    if all(one.kinds for one in own):
        rest = (_signer(None, own),) if own else ()
        yield attrs.evolve(row, guards=(*row.guards, *rest))


def _signer(line: Signs | None, own: Sequence[Signs]) -> Guard:
    """Whether a line of the order covers an act; without one, whether no line names such a kind."""

    def holds(case: Case, act: Any, _: object) -> bool:
        if line is None:
            return all(case.received.kind not in one.kinds for one in own)
        return line.covers(case, act)

    def competent(case: Case, act: Act | type[Act]) -> Iterable[Role]:
        return {role for one in own if one.covers(case, act) for role in one.by}

    asks = [f"act.{field}" for field in line.up_to] if line else ()
    why, source = "others sign it here", line.source if line else ""
    told = ("authority.signs", why, source, holds, NotCompetent)
    return Guard(*told, asks=asks, competent=competent)


def authority_faults(law: Law, order: Mapping[str, Signs], /) -> Iterator[Fault]:
    """What of an order, each line by its path, means nothing in a law."""
    every = [(of.procedure, row) for of in law.tables for row in of.every_row]
    kinds = {*law.by_kind.get("kind", ()), *(k for face in law.faces.values() for k in face.kinds)}
    for path, line in order.items():
        if not isinstance(line, Signs):
            yield make_fault(path, "no-class", type(line).__name__, "Signs")
            continue
        rows = [(at, row) for at, row in every if row.act == line.act]
        of = line.procedures or {at for at, _ in rows}
        fields = get_type_hints(VOCABULARY[line.act]) if rows else {}
        # Without the act nothing of the others means anything.
        named: Mapping[str, tuple[Iterable[str], Iterable[str]]] = {
            "procedures": (line.procedures, {at for at, _ in rows}),
            "kinds": (line.kinds, kinds),
            "by": (line.by, {role for at, row in rows if at in of for role in row.by}),
            "up_to": (line.up_to, {name for name, hint in fields.items() if hint is int}),
        }
        if not rows:
            named = {"act": ([line.act], {row.act for _, row in every})}
        for name, (words, known) in named.items():
            for word in sorted({*words} - {*known}):
                yield unknown_fault(f"{path}.{name}", word, sorted(known))
