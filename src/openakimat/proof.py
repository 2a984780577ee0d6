"""The command `lint`: what can be seen in the tables of a law, and what a search of their cases finds.

It stands beside the command line, for it joins the country with the tools of testing;
like the command line it may look at a clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter
from typing import Annotated

import attrs
import typer

from openakimat import kz
from openakimat.errors import Fault, Malformed, none_of
from openakimat.office import Office
from openakimat.procedure import ProcedureType
from openakimat.testing.lint import lint as seen_in
from openakimat.testing.model import Exploration, explore
from openakimat.tried import BESIDE, EXAMPLES

SOUND, UNSOUND = 0, 1


@attrs.frozen
class Proof:
    """What was found about one chart.

    Attributes:
        seen: What is wrong with its table, without running it.
        explored: What is wrong with its cases.
        seconds: How long that took.
    """

    seen: tuple[str, ...]
    explored: Exploration
    seconds: float

    @property
    def sound(self) -> bool:
        """Whether nothing was found, and the search saw everything."""
        return not (self.seen or self.explored.findings or self.explored.bounds)

    def __str__(self) -> str:
        found = self.explored
        head = (
            f"{found.under:<28} {found.n_states:>6,} states {found.n_transitions:>7,} transitions "
            f"{self.seconds:>6.2f} s  {'sound' if self.sound else 'UNSOUND'}"
        )
        return "\n".join((head, *self.seen, *map(str, found.findings), *found.bounds))


def proofs(office: Office, procedure: str = "", /, *, but: str = "") -> Iterator[Proof]:
    """Every chart of an office's law, or those of one procedure, proved; `but` is left out.

    Raises:
        Malformed: The law has no procedure of either name.

    >>> [proof.explored.under for proof in proofs(kz.office(), "simplified")]
    ['simplified/l221', 'simplified/appc-2021', 'simplified/appc-2026']
    """
    known = office.law.procedures
    if unknown := [name for name in (procedure, but) if name and name not in known]:
        raise Malformed("lint", [Fault("", none_of(name, known)) for name in unknown])
    for code in [procedure] if procedure else [code for code in known if code != but]:
        for edition in known[code]:
            begun = perf_counter()
            seen, explored = tuple(seen_in(edition.value.table)), _explored(edition.value, office)
            yield Proof(seen, explored, perf_counter() - begun)


def _explored(chart: ProcedureType, office: Office) -> Exploration:
    """The search of a chart, with what is told of its procedure above."""
    examples, beside = EXAMPLES.get(chart.code), BESIDE.get(chart.code)
    return explore(chart, office, examples=examples, beside=beside)


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
    found = []
    for proof in proofs(kz.office(), name, but=but):
        typer.echo(str(proof))
        found.append(proof)
    n_states, n_ways = (
        sum(getattr(proof.explored, what) for proof in found)
        for what in ("n_states", "n_transitions")
    )
    n_unsound = sum(not proof.sound for proof in found)
    typer.echo(
        f"{len(found)} charts, {n_unsound} unsound: {n_states:,} states, {n_ways:,} transitions, "
        f"{sum(proof.seconds for proof in found):.2f} s"
    )
    raise typer.Exit(UNSOUND if n_unsound else SOUND)
