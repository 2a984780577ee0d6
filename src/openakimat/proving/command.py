"""The command `lint`: what can be seen in the tables of a law, and what a search of their cases finds.

It stands beside the command line, for it joins the country with the tools of testing;
like the command line it may look at a clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import perf_counter
from typing import Annotated

import attrs
import typer

from openakimat import kz
from openakimat.chart.table import Table
from openakimat.errors import Fault, Malformed, none_of
from openakimat.kz.roles import ROLES
from openakimat.law.office import Office
from openakimat.proving.explore import Apart, Exploration, explore
from openakimat.proving.lint import lint as seen_in
from openakimat.tried import APART, APART_WHERE, BESIDE, EXAMPLES

SOUND, UNSOUND = 0, 1


@attrs.frozen
class Proof:
    """What was found about one chart.

    Attributes:
        seen: What is wrong with its table, without running it.
        explored: What is wrong with its cases.
        reading: The answer under which it was searched, if not that by default.
        seconds: How long that took.
    """

    seen: tuple[str, ...]
    explored: Exploration
    seconds: float
    reading: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing was found, and the search saw everything."""
        return not (self.seen or self.explored.findings or self.explored.bounds)

    def __str__(self) -> str:
        found = self.explored
        head = (
            f"{f'{found.under} {self.reading}':<40} {found.n_states:>6,} states {found.n_transitions:>7,} transitions "
            f"{self.seconds:>6.2f} s  {'sound' if self.sound else 'UNSOUND'}"
        )
        return "\n".join((head, *self.seen, *map(str, found.findings), *found.bounds))


def proofs(office: Office, procedure: str = "", /, *, but: str = "") -> Iterator[Proof]:
    """Every chart of an office's law, or those of one procedure, proved; `but` is left out.

    A chart is proved again under an answer to a reading under which alone a guard of it asks
    anything, where the duties that it then keeps apart are told.

    Raises:
        Malformed: The law has no procedure of either name.

    >>> [proof.explored.under for proof in proofs(kz.office(), "simplified")]
    ['simplified/l221', 'simplified/appc-2021', 'simplified/appc-2026']
    """
    for code in _codes(office, procedure, but):
        for edition in office.law.procedures[code]:
            table = edition.value
            begun = perf_counter()
            seen, explored = tuple(seen_in(table, roles=ROLES)), _explored(table, office)
            yield Proof(seen, explored, perf_counter() - begun)
            for reading, answer in _asked(table, office):
                begun = perf_counter()
                answered = attrs.evolve(office, readings={**office.readings, reading: answer})
                explored = _explored(table, answered, APART_WHERE[reading, answer])
                yield Proof((), explored, perf_counter() - begun, f"{reading}={answer}")


def _asked(table: Table, office: Office) -> list[tuple[str, str]]:
    """The readings, with answers that are not the office's, under which a guard of a chart asks."""
    rows = (row for way in table.rows.values() for row in way)
    asked = {guard.where for row in rows for guard in row.guards}
    told = (where for where, by_code in APART_WHERE.items() if table.procedure in by_code)
    return [where for where in told if where in asked and office.answer(where[0]) != where[1]]


def _explored(
    table: Table, office: Office, where: Mapping[str, Apart] | None = None
) -> Exploration:
    """The search of a chart, with what is told of its procedure above."""
    return explore(
        table,
        office,
        examples=EXAMPLES.get(table.procedure),
        beside=BESIDE.get(table.procedure),
        apart={**_apart(table, APART), **_apart(table, where or {})},
    )


def _apart(table: Table, told: Mapping[str, Apart]) -> Apart:
    """The duties told to be apart of a procedure, as far as this wording of it has them."""
    acts = {act for _, act in table.rows}
    return {act: apart for act, apart in told.get(table.procedure, {}).items() if act in acts}


def _codes(office: Office, procedure: str, but: str) -> list[str]:
    """The procedures to prove."""
    known = office.law.procedures
    if unknown := [name for name in (procedure, but) if name and name not in known]:
        raise Malformed("lint", [Fault("", none_of(name, known)) for name in unknown])
    return [procedure] if procedure else [code for code in known if code != but]


def _proved(code: str) -> tuple[Proof, ...]:
    return tuple(proofs(kz.office(), code))


def lint(
    name: Annotated[str, typer.Argument(help="A procedure; every one, if not given.")] = "",
    *,
    but: Annotated[str, typer.Option("--except", help="A procedure to leave out.")] = "",
) -> None:
    """Prove every procedure: its tables are sound, and no case of it goes wrong.

    Exit code 0: nothing found. 1: something found, each with the story that leads to it.
    """
    if name and but:
        raise Malformed("lint", [Fault("--except", "goes with all procedures, not with one")])
    codes, found, begun = _codes(kz.office(), name, but), list[Proof](), perf_counter()
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for proved in (pool.map if len(codes) > 1 else map)(_proved, codes):
            for proof in proved:
                typer.echo(str(proof))
            found += proved
    n_states, n_ways = (
        sum(getattr(proof.explored, what) for proof in found)
        for what in ("n_states", "n_transitions")
    )
    n_charts = sum(not proof.reading for proof in found)
    n_unsound = sum(not proof.sound for proof in found)
    typer.echo(
        f"{n_charts} charts, {n_unsound} unsound: {n_states:,} states, {n_ways:,} transitions, "
        f"{perf_counter() - begun:.2f} s"
    )
    raise typer.Exit(UNSOUND if n_unsound else SOUND)
