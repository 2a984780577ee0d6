"""The plain form of a table: what is stored of a chart, and what its name is the digest of.

Rules. (1) In it is all that becomes of a case, in order: the order of stages, ways and clocks
decides. (2) Citations are not: a better one makes no other procedure. (3) Guards are there by code
and values, so that another guard makes another chart; they are never read back, for a stored
chart is believed and never judged by. (4) Acts are tags; what the engine asks of them beside
stands in the form.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import attrs

from openakimat.case import VOCABULARY, Role
from openakimat.case.fields import misfits
from openakimat.case.forgotten import Traits, traits_of
from openakimat.chart.clock import Clock
from openakimat.chart.table import Guard, Opening, Row, Table
from openakimat.errors import BrokenTrail

Charts = Callable[[str], Table]
"""Gives the chart that a record names, or raises `BrokenTrail` where there is none."""

_CLOCK = tuple(field.name for field in attrs.fields(Clock))


def with_form(table: Table, /) -> Table:
    """The table with its plain form and its name.

    Of each act that it names it says what the act is to it, as the code of today has it.

    >>> from openakimat import kz
    >>> with_form(kz.appeal.Appeal2026.table).under == kz.appeal.Appeal2026.table.under
    True
    """
    tags = table.tags.union(*(clock.acts | {clock.on_lapse} for clock in table.clocks.values()))
    acts = {tag: traits_of(VOCABULARY[tag]) for tag in sorted(tags) if tag in VOCABULARY}
    table = attrs.evolve(table, acts=acts, stored=False)
    form = json.dumps(_plain(table), ensure_ascii=False, separators=(",", ":")).encode()
    return attrs.evolve(table, form=form, under=name_of(form))


def name_of(form: bytes, /) -> str:
    """The name of a chart by its form: procedure, wording, SHA-256.

    >>> name_of(b'{"chart":"petition","law":"code-2"}')[:26]
    'petition/code-2@b2d6c5d48a'
    """
    plain = json.loads(form)
    return f"{plain['chart']}/{plain['law']}@{hashlib.sha256(form).hexdigest()}"


def read_form(form: bytes, /, *, under: str) -> Table:
    """The table that a form holds; it has no guards and no citations.

    Raises `BrokenTrail` if it does not bear that name, or is no chart.
    """
    try:
        if name_of(form) != under:
            raise _broken(under, "it does not bear its name", code="trail.altered-chart")
        table = read_trusted(form, under=under)
        faults = list(_faults(table))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as wrong:
        raise _broken(under, f"it is no chart: {wrong}", code="trail.altered-chart") from wrong
    if faults:
        raise _broken(under, f"it is no chart: {'; '.join(faults)}", code="trail.altered-chart")
    return table


def _faults(table: Table) -> Iterator[str]:
    parts: list[attrs.AttrsInstance] = [table, table.opening, *table.acts.values()]
    parts += table.every_row
    for part in (*parts, *table.clocks.values()):
        yield from map(str, misfits(part))
    for clock in table.clocks.values():
        if not all(isinstance(text, str) for pair in clock.becomes.items() for text in pair):
            yield f"{clock.limit} becomes what is no limit"


def read_trusted(form: bytes, /, *, under: str) -> Table:
    """The table in a form that came with the code, whatever name records have for it."""
    plain = json.loads(form)
    rows: dict[tuple[str, str], tuple[Row, ...]] = {}
    for act, leaves, enters, by, _, tells, apart in plain["rows"]:
        roles = frozenset(map(Role, by))
        row = Row(act, leaves, enters, roles, (), "", tells, frozenset(apart))
        rows[leaves, act] = (*rows.get((leaves, act), ()), row)
    clocks = (
        Clock(**dict(zip(_CLOCK, _read_clock(each), strict=True))) for each in plain["clocks"]
    )
    return Table(
        procedure=plain["chart"],
        law=plain["law"],
        initial=plain["initial"],
        stages=tuple(plain["stages"]),
        final=frozenset(plain["final"]),
        rows=rows,
        clocks={clock.limit: clock for clock in clocks},
        opening=Opening(plain["opening"][0], frozenset(map(Role, plain["opening"][1]))),
        moves={(wording, stage): enters for wording, stage, enters in plain["moves"]},
        acts={tag: Traits(*traits) for tag, *traits in plain["acts"]},
        form=form,
        under=under,
        stored=True,
    )


def charts_in(form: Callable[[str], bytes | None], first_edition: Mapping[str, bytes], /) -> Charts:
    """The charts that a journal keeps; of the first edition, which kept none, those of the code.

    `form` gives a form by its name, see `openakimat.ports.Journal`; `first_edition` are the
    forms of its charts by their names.
    """

    @cache
    def chart(under: str) -> Table:
        if under in first_edition:
            return read_trusted(first_edition[under], under=under)
        stored = form(under)
        if stored is None:
            raise _broken(under, "it is not in the journal", code="trail.no-chart")
        return read_form(stored, under=under)

    return chart


def _broken(under: str, why: str, *, code: str) -> BrokenTrail:
    return BrokenTrail(f"chart {under}: {why}", at_record=0, code=code)


def _plain(table: Table) -> dict[str, Any]:
    opening = table.opening
    return {
        "chart": table.procedure,
        "law": table.law,
        "initial": table.initial,
        "stages": table.stages,
        "final": sorted(table.final),
        "opening": [opening.act, sorted(opening.by), _plain_guards(opening.guards)],
        "rows": [*map(_plain_row, table.every_row)],
        "clocks": [_plain_clock(clock) for clock in table.clocks.values()],
        "moves": sorted([*where, enters] for where, enters in table.moves.items()),
        "acts": [[tag, *attrs.astuple(traits)] for tag, traits in table.acts.items()],
    }


def _plain_row(row: Row) -> list[Any]:
    guards = _plain_guards(row.guards)
    return [row.act, row.leaves, row.enters, sorted(row.by), guards, row.tells, sorted(row.apart)]


def _plain_guards(guards: Iterable[Guard]) -> list[list[str]]:
    return [[guard.code, *guard.values] for guard in guards]


def _plain_clock(clock: Clock) -> list[Any]:
    fields = (getattr(clock, name) for name in _CLOCK)
    # A mapping as pairs: its order decides nothing, and an object of JSON has none.
    return [sorted(field.items()) if isinstance(field, Mapping) else field for field in fields]


def _read_clock(fields: list[Any]) -> list[Any]:
    becomes = _CLOCK.index("becomes")
    return [*fields[:becomes], dict(fields[becomes]), *fields[becomes + 1 :]]
